/* SPDX-License-Identifier: MIT
 * sheet.c - a profile as a table for people. What was not measured has no column. */
#include <stdlib.h>
#include <string.h>
#include "sheet.h"
#include "statistics.h"
#include "table.h"

enum {
    NAME,
    OP,
    KERNEL,
    TILE,
    TIME,
    SHARE,
    RATE,
    PEAK,
    BYTES,
    INTENSITY,
    ZEROS,
    ZERO_MACS,
    TERMS,
    BITS,
    WEIGHT_BITS
};

static const Column columns[] = {
    [NAME] = {"layer", true, 12, 0},
    [OP] = {"operators", true, 8, 4},
    [KERNEL] = {"kernel", true, 0, 3},
    [TILE] = {"tile", false, 0, 6},
    [TIME] = {"us", false, 0, 0},
    [SHARE] = {"share", false, 0, 0},
    [RATE] = {"GFLOP/s", false, 0, 1},
    [PEAK] = {"of peak", false, 0, 2},
    [BYTES] = {"KiB", false, 0, 5},
    [INTENSITY] = {"FLOP/B", false, 0, 5},
    [ZEROS] = {"zeros", false, 0, 1},
    [ZERO_MACS] = {"zero MACs", false, 0, 1},
    [TERMS] = {"terms", false, 0, 2},
    [BITS] = {"bits", false, 0, 2},
    [WEIGHT_BITS] = {"w bits", false, 0, 2},
};

typedef struct Row {
    const Layer *layer;
    double ns;
} Row;

static int longest_first(const void *a, const void *b)
{
    const Row *x = a, *y = b;
    return x->ns != y->ns ? (x->ns < y->ns) - (x->ns > y->ns)
                          : (x->layer->id > y->layer->id) - (x->layer->id < y->layer->id);
}

/* A cell of part / whole; empty unless both were measured. */
static void share_cell(Table *t, double part, double whole)
{
    if (part >= 0 && whole > 0)
        table_cell(t, "%.1f%%", 100 * part / whole);
    else
        table_cell(t, "%s", "");
}

static void cell(Table *t, const char *format, bool there, double v)
{
    char s[64];
    snprintf(s, sizeof s, format, v);
    table_cell(t, "%s", there ? s : "");
}

static void layer_cells(Table *t, const Profile *p, const Row *r, double total)
{
    const Layer *l = r->layer;
    double flops = 2 * l->macs, terms = quantity(&l->bits_in.terms, "naf");
    bool timed = r->ns > 0;
    table_cell(t, "%s", l->name);
    table_cell(t, "%s", l->op);
    table_cell(t, "%s", l->kernel);
    table_cell(t, "%s", l->tile ? l->tile : "");
    cell(t, "%.1f", timed, r->ns / 1e3);
    share_cell(t, r->ns, total);
    cell(t, "%.1f", timed && flops > 0, flops / r->ns);
    share_cell(t, timed && flops > 0 ? 2 * l->multiplications / r->ns : ABSENT, p->gflops);
    cell(t, "%.1f", true, l->bytes / 1024);
    cell(t, "%.1f", flops > 0, flops / l->bytes);
    share_cell(t, l->zeros_in.zeros, l->zeros_in.elements);
    double with_zero = quantity(&l->zero_macs, "activation") + quantity(&l->zero_macs, "weight") -
                       quantity(&l->zero_macs, "both");
    share_cell(t, l->zero_macs.n ? with_zero : ABSENT, quantity(&l->zero_macs, "all"));
    cell(t, "%.2f", l->bits_in.elements > 0 && terms >= 0, terms / l->bits_in.elements);
    cell(t, "%.0f", l->bits_in.width >= 0, l->bits_in.width);
    cell(t, "%.0f", l->bits_weight.width >= 0, l->bits_weight.width);
}

/* The median share of a run that its layers take together. */
static double share_of_layers(const Profile *p)
{
    Series share = {mem(((size_t)p->ns.n + 1) * sizeof *share.at), p->ns.n};
    for (int r = 0; r < share.n; r++) {
        for (int i = 0; i < p->nlayer; i++)
            share.at[r] += p->layer[i].ns.at[r];
        share.at[r] /= p->ns.at[r];
    }
    return median(share);
}

static void print_whole(const Profile *p, FILE *f, double run)
{
    double macs = 0, multiplications = 0;
    for (int i = 0; i < p->nlayer; i++) {
        macs += p->layer[i].macs;
        multiplications += p->layer[i].multiplications;
    }
    if (run > 0)
        fprintf(f, "run %.4g ms (median of %d), layers %.1f%% of it, %.1f GFLOP/s", run / 1e6,
                p->ns.n, 100 * share_of_layers(p), 2 * macs / run);
    else
        fprintf(f, "%d layers, %.1f million MACs", p->nlayer, macs / 1e6);
    if (run > 0 && p->gflops > 0)
        fprintf(f, ", %.1f%% of the peak", 200 * multiplications / run / p->gflops);
    fprintf(f, "; arena %.1f KiB, weights %.1f KiB; target %s, %.0f thread%s\n",
            p->arena_bytes / 1024, p->weight_bytes / 1024, p->target, p->threads,
            p->threads > 1 ? "s" : "");
}

void sheet_print(const Profile *p, FILE *f, int width)
{
    Table *t = table_new(columns, COUNT(columns));
    Row *row = mem((size_t)p->nlayer * sizeof *row + 1);
    double sum = 0;
    for (int i = 0; i < p->nlayer; i++) {
        row[i] = (Row){&p->layer[i], median(p->layer[i].ns)};
        sum += row[i].ns > 0 ? row[i].ns : 0;
    }
    qsort(row, (size_t)p->nlayer, sizeof *row, longest_first);
    for (int i = 0; i < p->nlayer; i++)
        layer_cells(t, p, &row[i], sum);
    table_print(t, f, width);
    print_whole(p, f, median(p->ns));
    for (int i = 0; i < p->methods.n; i++)
        if (p->methods.at[i].text && !strncmp(p->methods.at[i].text, "n/a", 3))
            fprintf(f, "%s: %s\n", p->methods.at[i].name, p->methods.at[i].text);
}
