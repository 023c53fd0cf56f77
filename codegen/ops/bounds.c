/* SPDX-License-Identifier: MIT
 * bounds.c - what the elements of small tensors of numbers can be at least and at most, where they follow from sizes
 * that data decide (extent.c): shape arithmetic goes on, and ends in a bound for another size.
 *
 *     Shape of n x 4, n up to 9:  0 4 .. 9 4   ->  Gather 0:  0 .. 9   ->  times 2:  0 .. 18
 *
 * A node whose result grows or falls with each of its inputs is folded with every choice of their least and most; what
 * comes out the same then is a constant. So is the answer that two numbers differ which have no value in common: exporters
 * ask of each size whether it is -1. */
#include <math.h>
#include <string.h>
#include "ops.h"

enum { MOST_ELEMENTS = 64, MOST_INPUTS = 4 };

bool bounds_of(const Value *v, Ints *least, Ints *most)
{
    if (value_ints_of(v, least))
        return value_ints_of(v, most);
    if (!v || !v->most || (dtype_kind(v->dtype) != 'i' && dtype_kind(v->dtype) != 'u'))
        return false;
    *least = *most = (Ints){(int)value_count(v), NULL};
    least->v = mem((size_t)least->n * sizeof *least->v + 1);
    most->v = mem((size_t)most->n * sizeof *most->v + 1);
    for (int i = 0; i < least->n; i++) {
        least->v[i] = (int64_t)v->least[i];
        most->v[i] = (int64_t)v->most[i];
    }
    return true;
}

/* An extent lies between 0 and the dim of its axis. */
static void note_extents(const Value *v)
{
    for (int i = 0; i < v->rank; i++) {
        Value *e = v->extent[i];
        double dim = (double)v->dim[i], none = 0;
        if (!e || e->data || (e->most && e->most[0] <= dim))
            continue;
        e->least = mem_copy(&none, sizeof none);
        e->most = mem_copy(&dim, sizeof dim);
    }
}

static bool bounded(const Value *v)
{
    return v->data || v->most;
}

static double least_at(const Value *v, int64_t i)
{
    return v->data ? value_at(v, i) : v->least[i];
}

static double most_at(const Value *v, int64_t i)
{
    return v->data ? value_at(v, i) : v->most[i];
}

static bool positive(const Node *n, const Expr *e)
{
    if (e->kind == EX_CONST)
        return dtype_is_float(e->dtype) ? e->f > 0 : e->i > 0;
    const Value *v = e->kind == EX_LEAF ? n->in[e->leaf] : NULL;
    bool all = v && bounded(v);
    for (int64_t i = 0; all && i < value_count(v); i++)
        all = least_at(v, i) > 0;
    return all;
}

static bool chosen_already(const Node *n, const Expr *e)
{
    return e->kind == EX_CALL && e->fn == FN_sel && e->arg[0]->kind == EX_LEAF &&
           n->in[e->arg[0]->leaf]->data;
}

/* Does e grow or fall all along with each of its leaves? */
static bool monotone(const Node *n, const Expr *e)
{
    static const FnId fns[] = {FN_add, FN_sub,   FN_mul,  FN_div,  FN_neg,  FN_min,
                               FN_max, FN_floor, FN_ceil, FN_rint, FN_trunc};
    bool fits = e->kind != EX_CALL && e->dtype != DT_BOOL;
    for (size_t i = 0; i < COUNT(fns) && !fits; i++)
        fits = e->kind == EX_CALL && e->fn == fns[i];
    if (e->kind == EX_CALL && e->fn == FN_div)
        fits = positive(n, e->arg[1]);
    fits = fits || chosen_already(n, e);
    for (int i = chosen_already(n, e); i < e->nargs; i++)
        fits = fits && monotone(n, e->arg[i]);
    return fits;
}

static bool nowhere_negative(const Value *v)
{
    for (int64_t i = 0; i < value_count(v); i++)
        if (least_at(v, i) < 0)
            return false;
    return true;
}

static bool grows_with_inputs(const Node *n)
{
    if (node_is(n, "Map"))
        return monotone(n, n->expr);
    if (node_is(n, "ReduceProd"))
        return nowhere_negative(n->in[0]);
    return n->op->cls == OP_VIEW || node_is(n, "Concat") || node_is(n, "Gather") ||
           node_is(n, "ReduceSum") || node_is(n, "ReduceMax") || node_is(n, "ReduceMin");
}

/* Inputs that are no constants; -1: one of them can be anything. Only Map and Concat take several. */
static int open_inputs(const Node *n, int *open)
{
    int count = 0;
    for (int k = 0; k < n->nin; k++) {
        const Value *v = n->in[k];
        if (!v || v->data)
            continue;
        bool many = node_is(n, "Map") || node_is(n, "Concat");
        if (!v->most || value_count(v) > MOST_ELEMENTS || count == MOST_INPUTS || (k && !many))
            return -1;
        open[count++] = k;
    }
    return count;
}

static const void *as_data(DType t, const double *x, int64_t count)
{
    void *data = mem((size_t)(count * dtype_bytes(t)) + 1);
    for (int64_t i = 0; i < count; i++)
        data_put(data, t, i, x[i], (int64_t)x[i]);
    return data;
}

/* Fold n with the least or (a bit of `which`) the most of each open input, and widen the bounds of its output. */
static bool fold_at(Graph *g, Node *n, int count, const int *open, int which)
{
    Value *y = n->out[0];
    double *least = (double *)y->least, *most = (double *)y->most;
    for (int k = 0; k < count; k++) {
        Value *v = n->in[open[k]];
        v->data = as_data(v->dtype, which >> k & 1 ? v->most : v->least, value_count(v));
    }
    bool folded = fold_node(g, n);
    for (int64_t i = 0; folded && i < value_count(y); i++) {
        least[i] = fmin(least[i], value_at(y, i));
        most[i] = fmax(most[i], value_at(y, i));
    }
    for (int k = 0; k < count; k++) {
        n->in[open[k]]->data = NULL;
        n->in[open[k]]->base = NULL;
    }
    y->data = NULL;
    y->producer = n;
    return folded;
}

/* a == b, where in no element a and b can be the same. */
static bool never_equal(const Node *n)
{
    const Expr *e = node_is(n, "Map") ? n->expr : NULL;
    int64_t count = value_count(n->out[0]);
    if (!e || e->kind != EX_CALL || e->fn != FN_eq || e->arg[0]->kind != EX_LEAF ||
        e->arg[1]->kind != EX_LEAF)
        return false;
    const Value *a = n->in[e->arg[0]->leaf], *b = n->in[e->arg[1]->leaf];
    bool fits = bounded(a) && bounded(b);
    fits = fits && (value_count(a) == 1 || value_count(a) == count);
    fits = fits && (value_count(b) == 1 || value_count(b) == count);
    for (int64_t i = 0; fits && i < count; i++) {
        int64_t of_a = value_count(a) == 1 ? 0 : i, of_b = value_count(b) == 1 ? 0 : i;
        fits = most_at(a, of_a) < least_at(b, of_b) || most_at(b, of_b) < least_at(a, of_a);
    }
    return fits;
}

bool bounds_pass(Graph *g, Node *n)
{
    int open[MOST_INPUTS], count;
    Value *y = n->nout == 1 ? n->out[0] : NULL;
    for (int i = 0; i < n->nout; i++)
        if (n->out[i])
            note_extents(n->out[i]);
    if (!y || value_count(y) > MOST_ELEMENTS || value_count(y) == 0 || has_extent(y))
        return false;
    if (never_equal(n)) {
        y->data = mem((size_t)value_bytes(y));
        y->producer = NULL;
        return true;
    }
    if (dtype_kind(y->dtype) == 'b' || (count = open_inputs(n, open)) < 1 || !grows_with_inputs(n))
        return false;
    double *least = mem((size_t)value_count(y) * sizeof *least),
           *most = mem((size_t)value_count(y) * sizeof *most);
    bool folded = true, same = true;
    for (int64_t i = 0; i < value_count(y); i++) {
        least[i] = INFINITY;
        most[i] = -INFINITY;
    }
    y->least = least;
    y->most = most;
    for (int which = 0; which < 1 << count && folded; which++)
        folded = fold_at(g, n, count, open, which);
    for (int64_t i = 0; i < value_count(y); i++)
        same = same && least[i] == most[i];
    if (!folded)
        y->least = y->most = NULL;
    if (!folded || !same)
        return false;
    y->data = as_data(y->dtype, least, value_count(y));
    y->producer = NULL;
    return true;
}

Value *length_given(Graph *g, const Node *n, int i, int k)
{
    Value *e = element_of(g, n, as_int64(g, n, n->in[i]), k);
    return map_text(g, n->name, "max(a, 0)", 1, &e, NULL);
}
