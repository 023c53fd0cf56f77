/* SPDX-License-Identifier: MIT
 * compare_table.c - a comparison on the terminal: who is who, the whole run, and the groups by what they changed. */
#include <math.h>
#include "compare.h"
#include "table.h"

enum { FIXED = 2, EACH = 5 }; /* columns: name and operators; then for each profile */

static void time_cell(Table *t, double ns)
{
    if (ns < 0)
        table_cell(t, "%s", "");
    else
        table_cell(t, "%.*f", ns < 1e4 ? 2 : 1, ns / 1e3);
}

static void change_cells(Table *t, const Group *g, int k)
{
    const Change *c = &g->side[k].change;
    if (c->ratio < 0) {
        for (int i = 0; i < EACH - 2; i++)
            table_cell(t, "%s", "");
        return;
    }
    table_cell(t, "%+.*f", fabs(side_difference(g, k)) < 1e4 ? 2 : 1, side_difference(g, k) / 1e3);
    table_cell(t, "%.3f%s", c->ratio, c->marked ? " *" : "  ");
    if (c->low < 0)
        table_cell(t, "%s", "");
    else
        table_cell(t, "%.3f..%.3f", c->low, c->high);
}

static void row(Table *t, const Group *g, int n)
{
    table_cell(t, "%s", g->name);
    table_cell(t, "%s", g->op);
    for (int k = 0; k < n; k++) {
        time_cell(t, g->side[k].median);
        time_cell(t, g->side[k].p95);
        if (k)
            change_cells(t, g, k);
    }
}

static Table *make_table(int n)
{
    Column *c = mem((size_t)(FIXED + n * EACH) * sizeof *c);
    int at = 0;
    c[at++] = (Column){"layer", true, 12, 0};
    c[at++] = (Column){"operators", true, 8, 3};
    for (int k = 0; k < n; k++) {
        const char *me = profile_letter(k);
        c[at++] = (Column){text("%s us", me), false, 0, 0};
        c[at++] = (Column){"p95 us", false, 0, 2};
        if (!k)
            continue;
        c[at++] = (Column){text("%s-A", me), false, 0, 0};
        c[at++] = (Column){text("%s/A  ", me), false, 0, 0};
        c[at++] = (Column){"95%", false, 0, 1};
    }
    return table_new(c, at);
}

static void print_verdict(const Comparison *c, FILE *f, int k)
{
    int faster = 0, slower = 0, alone = 0;
    for (int i = 0; i < c->ngroup; i++) {
        const Side *s = &c->group[i].side[k];
        faster += s->change.marked && s->change.ratio < 1;
        slower += s->change.marked && s->change.ratio > 1;
        alone += !s->n || !c->group[i].side[0].n;
    }
    fprintf(f, "%s\n", compare_headline(c, k));
    fprintf(f, "  of %d groups of layers %d are faster, %d slower (*: significant)", c->ngroup,
            faster, slower);
    fprintf(f, alone ? ", %d in one of the two only\n" : "\n", alone);
    if (c->whole.side[k].change.ratio >= 0)
        fprintf(f, "  %s\n", compare_way(c, k));
}

void compare_print(const Comparison *c, FILE *f, int width)
{
    Table *t = make_table(c->n);
    const int *order = compare_order(c);
    for (int i = 0; i < c->ngroup; i++)
        row(t, &c->group[order[i]], c->n);
    row(t, &c->whole, c->n);
    table_print(t, f, width);
    for (int k = 0; k < c->n; k++)
        fprintf(f, "%s  %s: %s\n", profile_letter(k), c->profile[k]->label,
                profile_setting(c->profile[k]));
    for (int k = 1; k < c->n; k++)
        print_verdict(c, f, k);
}
