/* SPDX-License-Identifier: MIT
 * compare.c - `dnncc compare A.json B.json ...`: profiles side by side, the first or --baseline as what the others are
 * measured by. */
#include <stdlib.h>
#include <string.h>
#include "compare.h"
#include "files.h"
#include "options.h"
#include "ort.h"
#include "sheet.h"
#include "table.h"

/* The profile with this label or path becomes the first. */
static void choose_baseline(Profile **profile, int n, const char *name)
{
    int found = -1;
    for (int k = 0; k < n; k++)
        if (!strcmp(profile[k]->label, name) || !strcmp(profile[k]->path, name)) {
            if (found >= 0)
                fatal("give its path", "two profiles are called '%s'", name);
            found = k;
        }
    if (found < 0)
        fatal("a label or path of one of the profiles", "there is no profile '%s' for --baseline",
              name);
    Profile *base = profile[found];
    memmove(profile + 1, profile, (size_t)found * sizeof *profile);
    *profile = base;
}

/* "latency>3%": a metric may not change by more than so much; "zeros<-3%": not by less. */
typedef struct Limit {
    const char *said, *metric;
    bool under;
    double percent;
} Limit;

static Limit read_limit(const char *s)
{
    static const char *const names[] = {"latency", "zeros", "bytes", "arena"};
    size_t n = strcspn(s, "<>");
    char *end;
    Limit l = {s, text("%.*s", (int)n, s), s[n] == '<', s[n] ? strtod(s + n + 1, &end) : 0};
    bool known = false;
    for (size_t i = 0; i < COUNT(names); i++)
        known |= !strcmp(l.metric, names[i]);
    if (!known || !s[n] || end == s + n + 1 || strcmp(end, "%") ||
        !(l.percent > -1e9 && l.percent < 1e9))
        usage_error("--fail-if takes latency, zeros, bytes or arena, > or <, and a percentage: "
                    "'latency>3%%', not '%s'",
                    s);
    return l;
}

/* Of times the difference must also be more than chance: the interval of the ratio does not hold 1. */
static bool passes(const Comparison *c, int k, const Limit *l)
{
    Metric m = compare_metric(c, k, l->metric);
    if (m.base < 0 || m.value < 0)
        fatal(NULL, "--fail-if '%s': '%s' has no %s", l->said, c->profile[m.base < 0 ? 0 : k]->path,
              l->metric);
    double ratio = m.change ? m.change->ratio : m.base > 0 ? m.value / m.base : ABSENT;
    double change = ratio >= 0 ? 100 * (ratio - 1) : m.value > 0 ? 1e9 : 0;
    bool chance = m.change && m.change->low >= 0 && m.change->low <= 1 && m.change->high >= 1;
    if (chance || (l->under ? change >= l->percent : change <= l->percent))
        return true;
    fprintf(stderr, "dnncc: '%s' against '%s': %s %+.2f%%, which --fail-if '%s' forbids\n",
            c->profile[k]->label, c->profile[0]->label, l->metric, change, l->said);
    return false;
}

static bool passes_all(const Comparison *c, const Limit *limit, int n)
{
    bool all = true;
    for (int k = 1; k < c->n; k++)
        for (int i = 0; i < n; i++)
            all &= passes(c, k, &limit[i]);
    return all;
}

static void write_files(const Comparison *c, const Options *p)
{
    const struct {
        const char *path;
        void (*write)(const Comparison *, FILE *);
    } outputs[] = {{p->html, compare_html},
                   {p->csv, compare_csv},
                   {p->json_out, compare_json},
                   {p->trace, compare_trace}};
    for (size_t i = 0; i < COUNT(outputs); i++)
        if (outputs[i].path)
            outputs[i].write(c, file_begin(outputs[i].path));
    files_commit();
}

int cmd_compare(int argc, char **argv)
{
    Options p = {0};
    options_read(&p, 'd', argc, argv);
    Limit *limit = mem((size_t)p.nlimit * sizeof *limit + 1);
    for (int i = 0; i < p.nlimit; i++)
        limit[i] = read_limit(p.limit[i]);
    if (p.nlimit && p.nfile < 2)
        usage_error("--fail-if needs two profiles");
    Profile **profile = mem((size_t)p.nfile * sizeof *profile);
    for (int k = 0; k < p.nfile; k++)
        profile[k] = profile_read(p.file[k]);
    if (p.baseline)
        choose_baseline(profile, p.nfile, p.baseline);
    if (!p.force)
        compare_check_models(profile, p.nfile);
    ort_rename(profile, p.nfile);
    Comparison *c = compare(profile, p.nfile);
    write_files(c, &p);
    if (c->n > 1)
        compare_print(c, stdout, terminal_width(stdout));
    else
        sheet_print(*profile, stdout, terminal_width(stdout));
    return passes_all(c, limit, p.nlimit) ? 0 : 3;
}
