/* SPDX-License-Identifier: MIT
 * compare.c - profiles side by side: the sums over each group's layers, and the changes against the baseline. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "compare.h"

static double plus(double sum, double x)
{
    return x < 0 ? sum : sum < 0 ? x : sum + x;
}

/* The layers' times run by run. */
static Series sum_runs(const Layer *const *layer, int n)
{
    Series s = {0};
    for (int i = 0; i < n; i++) {
        if (!s.n)
            s = (Series){mem((size_t)layer[i]->ns.n * sizeof *s.at), layer[i]->ns.n};
        for (int r = 0; r < s.n; r++)
            s.at[r] += layer[i]->ns.at[r];
    }
    return s;
}

/* Multiplications of the definition, and those with a zero operand. */
static void summarize_zero_macs(Side *s)
{
    double all = ABSENT, zero = ABSENT;
    for (int i = 0; i < s->n; i++) {
        const Quantities *q = &s->layer[i]->zero_macs;
        if (quantity(q, "all") < 0)
            continue;
        all = plus(all, quantity(q, "all"));
        zero = plus(zero, quantity(q, "activation") + quantity(q, "weight") - quantity(q, "both"));
    }
    s->zero_macs = all > 0 && zero >= 0 ? zero / all : ABSENT;
}

/* Over all groups of values; what is wider than the last width counts as that. */
static void summarize_widths(Side *s)
{
    double groups = 0, sum = 0;
    s->bits = ABSENT;
    for (int i = 0; i < s->n; i++) {
        const Bits *b = &s->layer[i]->bits_in;
        for (int w = 0; w < b->widths.n; w++) {
            groups += b->widths.at[w];
            sum += w * b->widths.at[w];
        }
        s->bits = fmax(s->bits, b->bits);
    }
    s->width = groups > 0 ? sum / groups : ABSENT;
}

/* What memory must hand on: bits for all values of a layer, and traffic with the widths of groups. */
static void summarize_needs(Side *s)
{
    double baseline = 0, groups = 0;
    s->input_bits = s->weight_bits = ABSENT;
    for (int i = 0; i < s->n; i++) {
        const Bits *side[] = {&s->layer[i]->bits_in, &s->layer[i]->bits_weight};
        s->input_bits = fmax(s->input_bits, side[0]->width);
        s->weight_bits = fmax(s->weight_bits, side[1]->width);
        s->representation = s->representation ? s->representation : side[0]->representation;
        for (int k = 0; k < 2; k++) {
            baseline += fmax(quantity(&side[k]->off_chip, "baseline"), 0);
            groups += fmax(quantity(&side[k]->off_chip, "groups"), 0);
        }
    }
    s->off_chip = baseline > 0 ? groups / baseline : ABSENT;
}

static double mean(Series s)
{
    double sum = 0;
    for (int i = 0; i < s.n; i++)
        sum += s.at[i] / s.n;
    return s.n ? sum : ABSENT;
}

static void summarize(Side *s, const Profile *p, Series ns)
{
    double zeros = ABSENT, elements = ABSENT;
    s->times = (Times){ns, p->launches, p->turns};
    s->runs = ns.n ? ns.n : ABSENT;
    s->least = quantile(ns, 0);
    s->mean = mean(ns);
    s->median = median(ns);
    s->p95 = quantile(ns, 0.95);
    s->macs = s->multiplications = s->bytes = ABSENT;
    for (int i = 0; i < s->n; i++) {
        s->macs = plus(s->macs, s->layer[i]->macs);
        s->multiplications = plus(s->multiplications, s->layer[i]->multiplications);
        s->bytes = plus(s->bytes, s->layer[i]->bytes);
        zeros = plus(zeros, s->layer[i]->zeros_out.zeros);
        elements = plus(elements, s->layer[i]->zeros_out.elements);
    }
    s->zeros = elements > 0 ? zeros / elements : ABSENT;
    summarize_zero_macs(s);
    summarize_widths(s);
    summarize_needs(s);
}

static void change(Group *g, int n)
{
    for (int k = 1; k < n; k++)
        g->side[k].change = change_between(&g->side[0].times, &g->side[k].times);
    g->side[0].change = (Change){ABSENT, ABSENT, ABSENT, 1, false};
}

static void make_whole(Comparison *c)
{
    c->whole.name = c->whole.op = "whole run";
    c->whole.side = mem((size_t)c->n * sizeof *c->whole.side);
    for (int k = 0; k < c->n; k++) {
        const Profile *p = c->profile[k];
        Side *s = &c->whole.side[k];
        for (int i = 0; i < p->nlayer; i++)
            PUSH(s->layer, s->n, &p->layer[i]);
        summarize(s, p, p->ns.n ? p->ns : sum_runs(s->layer, s->n));
        s->representation = NULL; /* each layer has its own */
    }
    change(&c->whole, c->n);
}

static void mark(Comparison *c)
{
    Change **all = mem(((size_t)c->ngroup + 1) * sizeof *all);
    for (int k = 1; k < c->n; k++) {
        for (int i = 0; i < c->ngroup; i++)
            all[i] = &c->group[i].side[k].change;
        mark_changes(all, c->ngroup);
        *all = &c->whole.side[k].change;
        mark_changes(all, 1);
    }
}

Comparison *compare(Profile **profile, int n)
{
    Comparison *c = mem(sizeof *c);
    c->profile = profile;
    c->n = n;
    c->group = align(profile, n, &c->ngroup);
    for (int i = 0; i < c->ngroup; i++) {
        for (int k = 0; k < n; k++) {
            Side *s = &c->group[i].side[k];
            summarize(s, profile[k], sum_runs(s->layer, s->n));
        }
        change(&c->group[i], n);
    }
    make_whole(c);
    mark(c);
    return c;
}

void compare_check_models(Profile **profile, int n)
{
    const Profile *first = NULL;
    for (int k = 0; k < n; k++) {
        if (!profile[k]->sha256)
            continue;
        if (!first)
            first = profile[k];
        if (strcmp(first->sha256, profile[k]->sha256))
            fatal("--force compares them all the same, by the names of their nodes",
                  "'%s' is of another model than '%s': %s (sha256 %.12s), not %s (%.12s)",
                  profile[k]->path, first->path, profile[k]->model, profile[k]->sha256,
                  first->model, first->sha256);
    }
}

double side_difference(const Group *g, int k)
{
    double a = g->side[0].median, b = g->side[k].median;
    return k ? fmax(b, 0) - fmax(a, 0) : 0;
}

/* ---- for all that print --------------------------------------------------------------------------------------------- */

const char *profile_letter(int k)
{
    return k < 26 ? text("%c", 'A' + k) : text("P%d", k + 1);
}

const char *profile_setting(const Profile *p)
{
    const char *s = "";
    const char *const part[] = {p->model,
                                p->target,
                                p->accuracy && strcmp(p->accuracy, "default") ? p->accuracy : NULL,
                                p->cc,
                                p->cflags,
                                p->threads > 0
                                    ? text("%g thread%s", p->threads, p->threads > 1 ? "s" : "")
                                    : NULL,
                                p->cpu,
                                p->ns.n ? text("%d run%s", p->ns.n, p->ns.n > 1 ? "s" : "") : NULL,
                                p->launches.n ? text("%d starts", p->launches.n) : NULL};
    for (size_t i = 0; i < COUNT(part); i++)
        if (part[i])
            s = text("%s%s%s", s, *s ? ", " : "", part[i]);
    return s;
}

const char *compare_headline(const Comparison *c, int k)
{
    const Change *w = &c->whole.side[k].change;
    if (w->ratio < 0)
        return text("%s and %s: no times to compare", profile_letter(0), profile_letter(k));
    const char *s =
        text("%s takes %.3f of the time of %s", profile_letter(k), w->ratio, profile_letter(0));
    if (w->low >= 0)
        s = text("%s (95%%: %.3f to %.3f)", s, w->low, w->high);
    if (w->ratio > 0)
        s = text("%s: %s", s,
                 !w->marked     ? "no significant difference"
                 : w->ratio < 1 ? text("%.2f times as fast", 1 / w->ratio)
                                : text("%.1f%% slower", 100 * (w->ratio - 1)));
    return s;
}

const char *compare_way(const Comparison *c, int k)
{
    const char *a = c->profile[0]->turns, *b = c->profile[k]->turns;
    if (in_turns(&c->whole.side[0].times, &c->whole.side[k].times))
        return text("measured in turns: ratios are those of %d pairs of starts",
                    c->profile[k]->launches.n);
    if (a && b && !strcmp(a, b))
        return text("differences under 10%% are not marked: that takes %d starts of each program",
                    FEWEST_LAUNCHES);
    return "measured apart: differences under 10% are not marked; `dnncc profile ... --and ...` "
           "measures builds in turns";
}

typedef struct Ordered {
    double key;
    int group;
} Ordered;

static int largest_first(const void *a, const void *b)
{
    const Ordered *x = a, *y = b;
    return x->key != y->key ? (x->key < y->key) - (x->key > y->key) : x->group - y->group;
}

int *compare_order(const Comparison *c)
{
    Ordered *o = mem(((size_t)c->ngroup + 1) * sizeof *o);
    int *order = mem(((size_t)c->ngroup + 1) * sizeof *order);
    for (int i = 0; i < c->ngroup; i++) {
        o[i] = (Ordered){c->n == 1 ? c->group[i].side[0].median : 0, i};
        for (int k = 1; k < c->n; k++)
            o[i].key = fmax(o[i].key, fabs(side_difference(&c->group[i], k)));
    }
    qsort(o, (size_t)c->ngroup, sizeof *o, largest_first);
    for (int i = 0; i < c->ngroup; i++)
        order[i] = o[i].group;
    return order;
}

Metric compare_metric(const Comparison *c, int k, const char *name)
{
    const Side *a = &c->whole.side[0], *b = &c->whole.side[k];
    const Metric all[] = {{"latency", a->median, b->median, &b->change},
                          {"zeros", a->zeros, b->zeros, NULL},
                          {"bytes", a->bytes, b->bytes, NULL},
                          {"arena", c->profile[0]->arena_bytes, c->profile[k]->arena_bytes, NULL}};
    for (size_t i = 0; i < COUNT(all); i++)
        if (!strcmp(all[i].name, name))
            return all[i];
    return (Metric){NULL, ABSENT, ABSENT, NULL};
}
