/* SPDX-License-Identifier: MIT
 * bounds.c - what the elements of small tensors of numbers can be at least and at most, where they follow from sizes
 * that data decide (extent.c): shape arithmetic goes on, and ends in a bound for another size.
 *
 *     Shape of n x 4, n up to 9:  0 4 .. 9 4   ->  Gather 0:  0 .. 9   ->  times 2:  0 .. 18
 *
 * A node whose result grows or falls with each of its inputs is folded with every choice of their least and most; what
 * comes out the same then is a constant. What can be anything is infinite: a Clip or Min of it has a bound all the same.
 * That two numbers differ which have no value in common is a constant, too: exporters ask of each size whether it is -1. */
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
        least->v[i] = isinf(v->least[i]) ? INT64_MIN : (int64_t)v->least[i];
        most->v[i] = isinf(v->most[i]) ? INT64_MAX : (int64_t)v->most[i];
    }
    return true;
}

bool lengths_of(const Value *v, Ints *least, Ints *most)
{
    bool known = bounds_of(v, least, most);
    for (int i = 0; known && i < most->n; i++)
        known = most->v[i] < INT64_MAX;
    return known;
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

/* A number as far out as a type goes, or too far for a size: what comes to half of it can be anything. */
static double farthest(DType t, bool up)
{
    int bits = dtype_bits(t) - (dtype_kind(t) == 'i');
    if (t == DT_BOOL || (dtype_kind(t) == 'u' && !up))
        return up;
    return (up ? 1 : -1) * (dtype_is_float(t) ? INFINITY : ldexp(1, MIN(bits, 60)) - 1);
}

static double least_at(const Value *v, int64_t i)
{
    double none = v->dtype == DT_BOOL ? 0 : -INFINITY;
    return v->data ? value_at(v, i) : v->least ? v->least[i] : none;
}

static double most_at(const Value *v, int64_t i)
{
    double none = v->dtype == DT_BOOL ? 1 : INFINITY;
    return v->data ? value_at(v, i) : v->most ? v->most[i] : none;
}

/* Products or sums of two such numbers do not wrap round. */
static double harmless(DType t)
{
    return dtype_is_float(t) ? 0x1p62 : ldexp(1, 4 * dtype_bytes(t) - 1);
}

static bool within(const Value *v, double far)
{
    bool all = true;
    for (int64_t i = 0; all && i < value_count(v); i++)
        all = fabs(least_at(v, i)) <= far && fabs(most_at(v, i)) <= far;
    return all;
}

static bool positive(const Node *n, const Expr *e)
{
    if (e->kind == EX_CONST)
        return dtype_is_float(e->dtype) ? e->f > 0 : e->i > 0;
    const Value *v = e->kind == EX_LEAF ? n->in[e->leaf] : NULL;
    bool all = v != NULL;
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
    bool fits = e->kind != EX_CALL;
    for (size_t i = 0; i < COUNT(fns) && !fits; i++)
        fits = e->kind == EX_CALL && e->fn == fns[i];
    if (e->kind == EX_CALL && e->fn == FN_div)
        fits = positive(n, e->arg[1]);
    fits = fits || chosen_already(n, e);
    for (int i = chosen_already(n, e); i < e->nargs; i++)
        fits = fits && monotone(n, e->arg[i]);
    return fits;
}

/* a * a neither grows nor falls with a. */
static int times_read(const Node *n, const Expr *e, const Value *v)
{
    int times = e->kind == EX_LEAF && n->in[e->leaf] == v;
    for (int i = chosen_already(n, e); i < e->nargs; i++)
        times += times_read(n, e->arg[i], v);
    return times;
}

/* May leaves be infinite? As integers those are so large that other operators wrap round. */
static bool takes_infinite(const Expr *e)
{
    bool fits =
        e->kind != EX_CALL || dtype_is_float(e->dtype) || e->fn == FN_min || e->fn == FN_max;
    if (e->dtype == DT_INT64 && e->kind == EX_CALL)
        fits |= e->fn == FN_add || e->fn == FN_sub || e->fn == FN_neg;
    for (int i = 0; i < e->nargs && fits; i++)
        fits = takes_infinite(e->arg[i]);
    return fits && e->kind != EX_CAST;
}

static bool map_grows(const Node *n)
{
    bool infinite = takes_infinite(n->expr), fits = monotone(n, n->expr);
    for (int k = 0; k < n->nin && fits; k++) {
        const Value *v = n->in[k];
        fits = v && (infinite ? !v->data || within(v, 0x1p60) : within(v, harmless(v->dtype)));
        fits = fits && (v->data || times_read(n, n->expr, v) <= 1);
    }
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
        return map_grows(n);
    if (node_is(n, "ReduceProd"))
        return within(n->in[0], harmless(n->in[0]->dtype)) && nowhere_negative(n->in[0]);
    if (node_is(n, "ReduceSum"))
        return within(n->in[0], harmless(n->in[0]->dtype));
    return n->op->cls == OP_VIEW || node_is(n, "Concat") || node_is(n, "Gather") ||
           node_is(n, "ReduceMax") || node_is(n, "ReduceMin");
}

/* Inputs that are no constants; -1: too many, or nothing is known of what they can be. Only Map and Concat take several. */
static int open_inputs(const Node *n, int *open)
{
    int count = 0;
    bool map = node_is(n, "Map") && n->expr->kind == EX_CALL,
         known = map && (n->expr->fn == FN_min || n->expr->fn == FN_max);
    for (int k = 0; k < n->nin; k++) {
        const Value *v = n->in[k];
        if (!v || v->data)
            continue;
        known |= v->most || v->dtype == DT_BOOL;
        bool many = node_is(n, "Map") || node_is(n, "Concat");
        if (value_count(v) > MOST_ELEMENTS || count == MOST_INPUTS || (k && !many))
            return -1;
        open[count++] = k;
    }
    return known ? count : -1;
}

static const void *as_data(DType t, const double *x, int64_t count, double none)
{
    void *data = mem((size_t)(count * dtype_bytes(t)) + 1);
    for (int64_t i = 0; i < count; i++) {
        double v = x && !isinf(x[i]) ? x[i] : none;
        data_put(data, t, i, v, isinf(v) ? 0 : (int64_t)v);
    }
    return data;
}

/* Fold n with the least or (a bit of `which`) the most of each open input, and widen the bounds of its output. */
static bool fold_at(Graph *g, Node *n, int count, const int *open, int which)
{
    Value *y = n->out[0];
    double *least = (double *)y->least, *most = (double *)y->most;
    for (int k = 0; k < count; k++) {
        Value *v = n->in[open[k]];
        bool up = which >> k & 1;
        v->data =
            as_data(v->dtype, up ? v->most : v->least, value_count(v), farthest(v->dtype, up));
    }
    bool folded = fold_node(g, n);
    for (int64_t i = 0; folded && i < value_count(y); i++) {
        double v = value_at(y, i), far = farthest(y->dtype, true) / 2;
        least[i] = fmin(least[i], v <= -far ? -INFINITY : v);
        most[i] = fmax(most[i], v >= far ? INFINITY : v);
        folded = !isnan(v);
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
    bool fits = (a->data || a->most) && (b->data || b->most);
    fits = fits && (value_count(a) == 1 || value_count(a) == count);
    fits = fits && (value_count(b) == 1 || value_count(b) == count);
    for (int64_t i = 0; fits && i < count; i++) {
        int64_t of_a = value_count(a) == 1 ? 0 : i, of_b = value_count(b) == 1 ? 0 : i;
        fits = most_at(a, of_a) < least_at(b, of_b) || most_at(b, of_b) < least_at(a, of_a);
    }
    return fits;
}

static bool numbers(const Value *v)
{
    char kind = dtype_kind(v->dtype);
    return kind == 'i' || kind == 'u' || kind == 'f';
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
    if (!numbers(y) || (count = open_inputs(n, open)) < 1 || !grows_with_inputs(n))
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
        same = same && least[i] == most[i] && !isinf(least[i]);
    if (!folded)
        y->least = y->most = NULL;
    if (!folded || !same)
        return false;
    y->data = as_data(y->dtype, least, value_count(y), 0);
    y->producer = NULL;
    return true;
}

Value *length_given(Graph *g, const Node *n, int i, int k)
{
    Value *e = element_of(g, n, as_int64(g, n, n->in[i]), k);
    return map_text(g, n->name, "max(a, 0)", 1, &e, NULL);
}
