/* SPDX-License-Identifier: MIT
 * compare_data.c - a comparison for other programs: CSV for spreadsheets, JSON, and a trace for trace viewers. */
#include <string.h>
#include "compare.h"
#include "json.h"

/* ---- CSV (RFC 4180) -------------------------------------------------------------------------------------------------- */

/* Names come from models. One that a spreadsheet would take for a formula gets an apostrophe in front. */
static void csv_text(FILE *f, const char *s)
{
    fputc('"', f);
    if (*s && strchr("=+-@\t\r", *s))
        fputc('\'', f);
    for (const char *p = utf8(s); *p; p++) {
        if (*p == '"')
            fputc('"', f);
        fputc(*p, f);
    }
    fputc('"', f);
}

static void csv_number(FILE *f, double x)
{
    if (x >= 0)
        fprintf(f, ",%.12g", x);
    else
        fputc(',', f);
}

static void csv_side(FILE *f, const Side *s, bool change)
{
    const double column[] = {s->n,     s->runs,       s->least,       s->median,  s->mean,
                             s->p95,   s->macs,       s->bytes,       s->zeros,   s->zero_macs,
                             s->width, s->input_bits, s->weight_bits, s->off_chip};
    for (size_t i = 0; i < COUNT(column); i++)
        csv_number(f, column[i]);
    fputc(',', f);
    if (s->representation)
        csv_text(f, s->representation);
    if (!change)
        return;
    csv_number(f, s->change.ratio);
    csv_number(f, s->change.low);
    csv_number(f, s->change.high);
    fprintf(f, ",%d", s->change.marked);
}

static void csv_row(FILE *f, const Group *g, int n)
{
    csv_text(f, g->name);
    fputc(',', f);
    csv_text(f, g->op);
    for (int k = 0; k < n; k++)
        csv_side(f, &g->side[k], k > 0);
    fputs("\r\n", f);
}

void compare_csv(const Comparison *c, FILE *f)
{
    static const char *const column[] = {"layers",      "runs",      "least_ns",
                                         "median_ns",   "mean_ns",   "p95_ns",
                                         "macs",        "bytes",     "zeros",
                                         "zero_macs",   "width",     "input_bits",
                                         "weight_bits", "off_chip",  "representation",
                                         "ratio",       "ratio_low", "ratio_high",
                                         "marked"};
    fputs("name,operators", f);
    for (int k = 0; k < c->n; k++)
        for (size_t i = 0; i < COUNT(column) - (k ? 0 : 4); i++) {
            fputc(',', f);
            csv_text(f, text("%s %s", c->profile[k]->label, column[i]));
        }
    fputs("\r\n", f);
    for (int i = 0; i < c->ngroup; i++)
        csv_row(f, &c->group[i], c->n);
    csv_row(f, &c->whole, c->n);
}

/* ---- JSON ------------------------------------------------------------------------------------------------------------ */

static void put(json_t *to, const char *key, double x)
{
    if (x >= 0)
        json_object_set_new(to, key, json_real(x));
}

static json_t *side_json(const Side *s, bool whole)
{
    json_t *j = json_object(), *layers = json_array();
    for (int i = 0; i < s->n && !whole; i++)
        json_array_append_new(layers, json_text(s->layer[i]->name));
    if (!whole)
        json_object_set(j, "layers", layers);
    json_decref(layers);
    put(j, "runs", s->runs);
    put(j, "least_ns", s->least);
    put(j, "median_ns", s->median);
    put(j, "mean_ns", s->mean);
    put(j, "p95_ns", s->p95);
    put(j, "macs", s->macs);
    put(j, "bytes", s->bytes);
    put(j, "zeros", s->zeros);
    put(j, "zero_macs", s->zero_macs);
    put(j, "width", s->width);
    put(j, "input_bits", s->input_bits);
    put(j, "weight_bits", s->weight_bits);
    put(j, "off_chip", s->off_chip);
    if (s->representation)
        json_object_set_new(j, "representation", json_text(s->representation));
    put(j, "ratio", s->change.ratio);
    put(j, "ratio_low", s->change.low);
    put(j, "ratio_high", s->change.high);
    if (s->change.low >= 0)
        json_object_set_new(j, "marked", json_boolean(s->change.marked));
    return j;
}

static json_t *group_json(const Group *g, int n, bool whole)
{
    json_t *j = json_object(), *sides = json_array();
    json_object_set_new(j, "name", json_text(g->name));
    json_object_set_new(j, "op", json_text(g->op));
    for (int k = 0; k < n; k++)
        json_array_append_new(sides, side_json(&g->side[k], whole));
    json_object_set_new(j, "profiles", sides);
    return j;
}

static json_t *profile_json(const Comparison *c, int k)
{
    const Profile *p = c->profile[k];
    json_t *j = json_object();
    json_object_set_new(j, "label", json_text(p->label));
    json_object_set_new(j, "setting", json_text(profile_setting(p)));
    if (p->sha256)
        json_object_set_new(j, "sha256", json_text(p->sha256));
    put(j, "arena_bytes", p->arena_bytes);
    if (k)
        json_object_set_new(j, "in_turns",
                            json_boolean(
                                in_turns(&c->whole.side[0].times, &c->whole.side[k].times)));
    return j;
}

void compare_json(const Comparison *c, FILE *f)
{
    json_t *j = json_object(), *profiles = json_array(), *groups = json_array();
    for (int k = 0; k < c->n; k++)
        json_array_append_new(profiles, profile_json(c, k));
    for (int i = 0; i < c->ngroup; i++)
        json_array_append_new(groups, group_json(&c->group[i], c->n, false));
    json_object_set_new(j, "schema", json_string("dnncc-comparison"));
    json_object_set_new(j, "version", json_integer(1));
    json_object_set_new(j, "profiles", profiles);
    json_object_set_new(j, "whole", group_json(&c->whole, c->n, true));
    json_object_set_new(j, "groups", groups);
    json_put(j, f);
    json_decref(j);
}

/* ---- trace events ----------------------------------------------------------------------------------------------------- */

/* The run whose time is the median: one that there was, so that its layers add up. */
static int median_run(const Profile *p)
{
    double want = median(p->ns);
    int best = 0;
    for (int r = 1; r < p->ns.n; r++)
        if (want - p->ns.at[r] >= 0 && (p->ns.at[best] > want || p->ns.at[r] > p->ns.at[best]))
            best = r;
    return best;
}

static json_t *event_of(const Layer *l, int process, double at, double ns)
{
    json_t *args = json_object(), *nodes = json_array();
    json_object_set_new(args, "operators", json_text(l->op));
    if (l->kernel)
        json_object_set_new(args, "kernel", json_text(l->kernel));
    if (l->tile)
        json_object_set_new(args, "tile", json_text(l->tile));
    put(args, "macs", l->macs);
    put(args, "bytes", l->bytes);
    if (l->macs > 0 && ns > 0)
        put(args, "gflop_per_s", 2 * l->macs / ns);
    for (int i = 0; i < l->nnode; i++)
        json_array_append_new(nodes, json_text(l->node[i]));
    json_object_set_new(args, "nodes", nodes);
    return json_pack("{s:s, s:o, s:s, s:i, s:i, s:f, s:f, s:o}", "ph", "X", "name",
                     json_text(l->name), "cat", "layer", "pid", process, "tid", 1, "ts", at / 1e3,
                     "dur", ns / 1e3, "args", args);
}

/* Each profile is a process; layers stand one after another, as if none ran strip by strip. */
void compare_trace(const Comparison *c, FILE *f)
{
    json_t *j = json_object(), *events = json_array();
    for (int k = 0; k < c->n; k++) {
        const Profile *p = c->profile[k];
        int run = median_run(p);
        double at = 0;
        json_array_append_new(events, json_pack("{s:s, s:s, s:i, s:{s:o}}", "ph", "M", "name",
                                                "process_name", "pid", k + 1, "args", "name",
                                                json_text(p->label)));
        for (int i = 0; i < p->nlayer; i++) {
            double ns = run < p->layer[i].ns.n ? p->layer[i].ns.at[run] : 0;
            json_array_append_new(events, event_of(&p->layer[i], k + 1, at, ns));
            at += ns;
        }
    }
    json_object_set_new(j, "displayTimeUnit", json_string("ns"));
    json_object_set_new(j, "traceEvents", events);
    json_put(j, f);
    json_decref(j);
}
