/* SPDX-License-Identifier: MIT
 * counters.c - the kernel-instruction table: what a CPU, real or simulated, or the kernel counted of each layer.
 * Columns of what was not counted are left out. */
#include <string.h>
#include "counters.h"
#include "table.h"

enum { RATE_OF_1000 = 1000 };

/* Counters of a profile that have columns of their own; others follow, each by its name. */
static const char *const usual[] = {
    "instructions", "cycles",    "branches",   "branch_misses", "l1i_misses",
    "l1d_misses",   "l2_misses", "llc_misses", "fp_scalar",     "fp_128",
    "fp_256",       "fp_512",    "fp_ops",     "energy_uj",
};

static const Column columns[] = {
    {"layer", true, 12, 0},        {"operators", true, 8, 4},   {"kernel", true, 0, 5},
    {"instructions", false, 0, 0}, {"cycles", false, 0, 0},     {"IPC", false, 0, 0},
    {"branches", false, 0, 2},     {"missed", false, 0, 1},     {"of them", false, 0, 2},
    {"L1I misses", false, 0, 3},   {"L1D misses", false, 0, 1}, {"a 1000", false, 0, 2},
    {"L2 misses", false, 0, 1},    {"a 1000", false, 0, 2},     {"LL misses", false, 0, 0},
    {"a 1000", false, 0, 2},       {"FP ops", false, 0, 3},     {"packed", false, 0, 3},
    {"uJ", false, 0, 3},
};

static void count_cell(Table *t, double v)
{
    if (v >= 0)
        table_cell(t, "%.0f", v);
    else
        table_cell(t, "%s", "");
}

static void ratio_cell(Table *t, const char *format, double a, double b, double scale)
{
    if (a >= 0 && b > 0)
        table_cell(t, format, scale * a / b);
    else
        table_cell(t, "%s", "");
}

/* A count, and how often in a thousand instructions. */
static void miss_cells(Table *t, const Quantities *q, const char *name)
{
    double misses = quantity(q, name);
    count_cell(t, misses);
    ratio_cell(t, "%.3f", misses, quantity(q, "instructions"), RATE_OF_1000);
}

/* The share of vectors among floating-point operations; ABSENT: no widths were counted. */
static double packed_share(const Quantities *q)
{
    static const char *const widths[] = {"fp_128", "fp_256", "fp_512"};
    double packed = 0, scalar = quantity(q, "fp_scalar");
    for (size_t i = 0; i < COUNT(widths); i++)
        packed += MAX(quantity(q, widths[i]), 0);
    return scalar >= 0 && packed + scalar > 0 ? packed / (packed + scalar) : ABSENT;
}

static bool is_usual(const char *name)
{
    for (size_t i = 0; i < COUNT(usual); i++)
        if (!strcmp(usual[i], name))
            return true;
    return false;
}

static Table *make_table(const Quantities *all)
{
    Column *c = mem((COUNT(columns) + (size_t)all->n) * sizeof *c);
    int n = COUNT(columns);
    memcpy(c, columns, sizeof columns);
    for (int i = 0; i < all->n; i++)
        if (!is_usual(all->at[i].name))
            c[n++] = (Column){all->at[i].name, false, 0, 0};
    return table_new(c, n);
}

static void row(Table *t, const Quantities *all, const char *name, const char *op,
                const char *kernel, const Quantities *q)
{
    double instructions = quantity(q, "instructions"), branches = quantity(q, "branches");
    table_cell(t, "%s", name);
    table_cell(t, "%s", op);
    table_cell(t, "%s", kernel);
    count_cell(t, instructions);
    count_cell(t, quantity(q, "cycles"));
    ratio_cell(t, "%.2f", instructions, quantity(q, "cycles"), 1);
    count_cell(t, branches);
    count_cell(t, quantity(q, "branch_misses"));
    ratio_cell(t, "%.2f%%", quantity(q, "branch_misses"), branches, 100);
    count_cell(t, quantity(q, "l1i_misses"));
    miss_cells(t, q, "l1d_misses");
    miss_cells(t, q, "l2_misses");
    miss_cells(t, q, "llc_misses");
    count_cell(t, quantity(q, "fp_ops"));
    ratio_cell(t, "%.1f%%", packed_share(q), 1, 100);
    count_cell(t, quantity(q, "energy_uj"));
    for (int i = 0; i < all->n; i++)
        if (!is_usual(all->at[i].name))
            count_cell(t, quantity(q, all->at[i].name));
}

void counters_print(const Profile *p, FILE *f, int width)
{
    const char *method = NULL;
    for (int i = 0; i < p->methods.n; i++)
        if (!strcmp(p->methods.at[i].name, "counters"))
            method = p->methods.at[i].text;
    if (!method || !p->whole.n)
        return;
    Table *t = make_table(&p->whole);
    for (int i = 0; i < p->nlayer; i++) {
        const Layer *l = &p->layer[i];
        row(t, &p->whole, l->name, l->op, l->kernel ? l->kernel : "", &l->counters);
    }
    row(t, &p->whole, "(between layers)", "", "", &p->between);
    row(t, &p->whole, "whole run", "", "", &p->whole);
    table_print(t, f, width);
    fprintf(f, "counters of one run, by %s\n", method);
}
