/* SPDX-License-Identifier: MIT
 * reduce.c - reductions over a set of axes; ArgMax, ArgMin, TopK, CumSum and CumProd over one.
 *
 * A reduction is a row of reductions.def: where the accumulator starts, how it takes in an element, what becomes of it
 * at the end. The steps are elementwise expressions, so the evaluator that folds constants, the naive kernel (any type)
 * and the vector kernel read the same row. */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include "ops.h"

/* ---- types and shapes ---------------------------------------------------------------------------------------- */

/* The dims that remain, reduced ones kept as 1 or dropped. */
static void out_reduced(Node *n, DType t, const bool *reduced)
{
    const Value *x = n->in[0];
    int64_t dim[MAX_RANK];
    int rank = 0;
    for (int i = 0; i < x->rank; i++)
        if (!reduced[i] || n->a.keepdims)
            dim[rank++] = reduced[i] ? 1 : x->dim[i];
    out_set(n, 0, t, rank, dim);
}

/* Does the model's shape follow when the axes in the set are reduced? */
static bool reduce_fits(const Node *n, int64_t set, const Ints *shape)
{
    const Value *x = n->in[0];
    int rank = 0;
    for (int i = 0; i < x->rank; i++) {
        bool reduced = set >> i & 1;
        if (reduced && !n->a.keepdims)
            continue;
        if (rank == shape->n || shape->v[rank++] != (reduced ? 1 : x->dim[i]))
            return false;
    }
    return rank == shape->n;
}

/* Sets that differ only in axes of length 1 reduce alike; those like the first come first. Returns how many they are. */
static int alike_first(const Value *x, int count, int64_t *set)
{
    int64_t long_axes = 0;
    int alike = 1;
    for (int i = 0; i < x->rank; i++)
        long_axes |= (int64_t)(x->dim[i] != 1) << i;
    for (int i = 1; i < count; i++)
        if ((set[i] & long_axes) == (set[0] & long_axes)) {
            int64_t s = set[alike];
            set[alike++] = set[i];
            set[i] = s;
        }
    return alike;
}

/* The declared shape leaves a choice, so the data make it: an If between the first set of axes and the others. */
static Value *reduce_choose(Graph *g, const Node *n, Value *bits, int count, int64_t *set)
{
    int alike = alike_first(n->in[0], count, set);
    if (alike == count)
        return axes_apply(g, n, 1, set[0]);
    Value *cond = axes_among(g, n, bits, alike, set),
          *out = value_new(g, n->out[0]->name, DT_NONE, -1, NULL);
    Node *choice = node_new(g, "If", n->name, 1, &cond, 1, &out);
    for (int b = 0; b < 2; b++) {
        Graph *body = choice->body[b] = graph_new(g);
        Value *v = b ? reduce_choose(body, n, bits, count - alike, set + alike)
                     : axes_apply(body, n, 1, set[0]);
        PUSH(body->out, body->nout, v);
    }
    graph_add(g, choice);
    return out;
}

/* The element that makes no difference to that reduction of values of type t. */
static Value *neutral(Graph *g, const char *reduction, DType t)
{
    const Reduction *r =
        reduction_find(strcmp(reduction, "ReduceLogSumExp") ? reduction : "ReduceMax");
    const Expr *e = reduction_start(r, t, t);
    void *data = mem(8);
    data_put(data, t, 0, e->f, e->i);
    return value_const(g, "neutral", t, 0, NULL, data);
}

/* A mean over what there is: a sum, and how many went into it. */
static void mean_extents(Graph *g, Node *n, const bool *reduced)
{
    Value *x = n->in[0], *count = value_scalar(g, "one", DT_INT64, 1);
    for (int i = 0; i < x->rank; i++)
        if (reduced[i])
            count = map_text(g, n->name, "a * b", 2, (Value *[]){count, extent_of(g, x, i)}, NULL);
    Value *sum = value_new(g, text("%s/sum", n->name), DT_NONE, -1, NULL);
    Node *s = graph_add(g, node_new(g, "ReduceSum", n->name, n->nin, n->in, 1, &sum));
    s->a = n->a;
    count = convert_to(g, n, count, x->dtype, NULL);
    add_op(g, "Div", n->name, 2, (Value *[]){sum, count}, n->out[0]);
    n->nout = 0;
}

/* What lies beyond the extent of an axis that is reduced makes no difference. */
static void reduce_extents(Graph *g, Node *n)
{
    Value *x = n->in[0];
    bool reduced[MAX_RANK] = {false}, any = false;
    if (!has_extent(x) || !axes_marked(g, n, 1, x->rank, reduced))
        return;
    bool none = !node_in(n, 1) || value_count(n->in[1]) == 0;
    for (int i = 0; i < x->rank; i++) {
        reduced[i] |= none && !n->a.noop_with_empty_axes;
        any |= reduced[i] && x->extent[i];
    }
    if (any && node_is(n, "ReduceMean")) {
        mean_extents(g, n, reduced);
        return;
    }
    for (int i = 0; i < x->rank && any; i++)
        if (reduced[i])
            n->in[0] = extent_masked(g, n, n->in[0], i, neutral(g, n->op->name, x->dtype));
}

void reduce_canon(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t set[1 << MAX_RANK];
    axes_canon(g, n);
    if (!at_run_time(n, 1))
        reduce_extents(g, n);
    int count = at_run_time(n, 1) ? axes_sets(n, 1, x->rank, reduce_fits, set) : 0;
    if (!count)
        return;
    Value *bits = axes_require(g, n, 1, x->rank, count, set);
    if (alike_first(x, count, set) == count) {
        axes_take(g, n, 1, set[0]);
        return;
    }
    Value *y = reduce_choose(g, n, bits, count, set);
    add_op(g, "Identity", n->name, 1, &y, n->out[0]);
    n->nout = 0; /* what was added stands for n */
}

/* Leaves the sorted, non-negative axes in a.axes, for the kernels. */
void reduce_infer(Graph *g, Node *n)
{
    bool reduced[MAX_RANK] = {false};
    const Value *x = n->in[0];
    if (!axes_marked(g, n, 1, x->rank, reduced))
        return;
    bool none = !node_in(n, 1) || value_count(n->in[1]) == 0;
    Ints axes = {0};
    for (int i = 0; i < x->rank; i++) {
        reduced[i] |= none && !n->a.noop_with_empty_axes;
        if (reduced[i])
            PUSH(axes.v, axes.n, i);
    }
    n->a.axes = axes;
    out_reduced(n, x->dtype, reduced);
}

void argminmax_canon(Graph *g, Node *n)
{
    Value *x = n->in[0];
    int axis = axis_norm(g, n, n->a.axis, x->rank);
    if (axis < 0 || !x->extent[axis])
        return;
    if (n->a.select_last_index)
        extents_refuse(n, x);
    else
        n->in[0] =
            extent_masked(g, n, x, axis,
                          neutral(g, node_is(n, "ArgMax") ? "ReduceMax" : "ReduceMin", x->dtype));
}

void argminmax_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    bool reduced[MAX_RANK] = {false};
    int axis = axis_norm(g, n, n->a.axis, x->rank);
    if (axis < 0)
        return;
    if (x->dim[axis] == 0) {
        blocker(n, NULL, "axis %d of '%s' has no elements", axis, x->name);
        return;
    }
    n->a.axis = axis;
    reduced[axis] = true;
    out_reduced(n, DT_INT64, reduced);
}

/* ---- TopK ------------------------------------------------------------------------------------------------------ */

/* What lies beyond the extent comes last; a number of best ones that is read at run time is at most all there are. */
static void topk_extents(Graph *g, Node *n)
{
    Value *x = n->in[0], *k = n->in[1];
    int axis = axis_norm(g, n, n->a.axis, x->rank);
    Ints least, most;
    if (axis < 0 || x->dtype == DT_BOOL)
        return;
    n->in[0] = extent_masked(g, n, x, axis,
                             neutral(g, n->a.largest ? "ReduceMax" : "ReduceMin", x->dtype));
    if (!at_run_time(n, 1) || value_count(k) != 1)
        return;
    Value *in[] = {reshape_now(g, n, as_int64(g, n, k), 0, NULL), extent_of(g, x, axis)};
    require(g, n, map_text(g, n->name, "a >= 0 && a <= b", 2, in, NULL),
            "there are not as many elements");
    int64_t bound = x->dim[axis];
    if (bounds_of(k, &least, &most))
        bound = MAX(0, MIN(bound, most.v[0]));
    n->in[1] = value_ints(g, "bound", 1, &bound);
    n->a.sorted = 1;
    n->out[0]->extent[axis] = n->out[1]->extent[axis] = in[0];
}

/* Both outputs exist: the kernel keeps its heap there. The declared shape may settle how many are wanted. */
void topk_canon(Graph *g, Node *n)
{
    Ints shape;
    attr_to_input(g, n, A_k, 1, (Ints){1, &n->a.k});
    for (int i = 0; i < 2; i++) {
        if (i >= n->nout)
            PUSH(n->out, n->nout, NULL);
        if (n->out[i])
            continue;
        n->out[i] = value_new(g, text("%s/%d", n->name, i), DT_NONE, -1, NULL);
        n->out[i]->producer = n;
    }
    for (int i = 0; i < 2; i++)
        if (at_run_time(n, 1) && declared_shape(n, i, &shape) && shape.n == n->in[0]->rank) {
            int axis = axis_norm(g, n, n->a.axis, shape.n);
            if (axis >= 0)
                settle(g, n, 1, (Ints){1, shape.v + axis}, "a == b", NULL);
        }
    topk_extents(g, n);
}

void extents_topk(Graph *g, Node *n)
{
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < n->in[0]->rank; i++)
            if (n->in[0]->extent[i])
                extent_set(g, n, n->out[k], i, n->in[0]->extent[i]);
}

void topk_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int axis = axis_norm(g, n, n->a.axis, x->rank);
    int64_t dim[MAX_RANK];
    Ints k;
    if (axis < 0)
        return;
    if (!input_ints(n, 1, "the number of elements", &k))
        return;
    if (k.n != 1 || k.v[0] < 0 || k.v[0] > x->dim[axis] || x->dtype == DT_BOOL) {
        blocker(n, NULL, "there are no %" PRId64 " best ones along axis %d of '%s' (%s %s)",
                k.n ? k.v[0] : 0, axis, x->name, dtype_name(x->dtype), dims_text(x));
        return;
    }
    memcpy(dim, x->dim, sizeof dim);
    dim[axis] = k.v[0];
    n->a.axis = axis;
    out_set(n, 0, x->dtype, x->rank, dim);
    out_set(n, 1, DT_INT64, x->rank, dim);
}

/* ---- CumSum, CumProd: a reduction that stores on its way ------------------------------------------------------- */

/* From the end on, what lies beyond the extent makes no difference. */
static void cumulate_extent(Graph *g, Node *n, int axis)
{
    Value *x = n->in[0], *e = axis < 0 ? NULL : x->extent[axis];
    if (!e)
        return;
    const char *reduction = node_is(n, "CumSum") ? "ReduceSum" : "ReduceProd";
    n->in[0] = extent_masked(g, n, x, axis, neutral(g, reduction, x->dtype));
    n->out[0]->extent[axis] = e;
}

/* An axis that is not known is chosen among all: each is computed, but for one. */
void cumulate_canon(Graph *g, Node *n)
{
    Value *x = n->in[0], *axis = n->in[1], *chosen = NULL;
    if (value_count(axis) != 1 || !x->rank) {
        blocker(n, NULL, "'%s' is not one axis of '%s' (%s)", axis->name, x->name, dims_text(x));
        return;
    }
    if (value_is_const(axis)) {
        cumulate_extent(g, n, axis_norm(g, n, value_int_at(axis, 0), x->rank));
        return;
    }
    axis = reshape_now(g, n, axis, 0, NULL);
    for (int i = 0; i < x->rank; i++) {
        Value *y = value_new(g, text("%s/%d", n->name, i), x->dtype, x->rank, x->dim);
        add_op(g, n->op->name, n->name, 2, (Value *[]){x, value_ints(g, "axis", 1, &(int64_t){i})},
               y);
        g->node[g->nnode - 1]->a = n->a;
        const char *here = text("a == %d || a == %d ? b : c", i, i - x->rank);
        chosen = chosen ? map_text(g, n->name, here, 3, (Value *[]){axis, y, chosen}, NULL) : y;
    }
    node_become(n, "Identity", 1, &chosen);
}

void cumulate_infer(Graph *g, Node *n)
{
    infer_same(g, n);
    if (dtype_kind(n->in[0]->dtype) == 'b')
        blocker(n, NULL, "it is not defined for bool");
    n->a.axis = axis_norm(g, n, value_int_at(n->in[1], 0), n->in[0]->rank);
}

/* ---- the table ------------------------------------------------------------------------------------------------- */

static const Reduction rows[] = {
#define REDUCTION(name, start, step, end, join) {#name, start, step, end, FN_##join},
#include "reductions.def"
#undef REDUCTION
};

const Reduction *reduction_find(const char *name)
{
    for (size_t i = 0; i < COUNT(rows); i++)
        if (!strcmp(rows[i].name, name))
            return &rows[i];
    BUG("no reduction '%s'", name);
}

const Reduction *reduction_of(const Node *n)
{
    if (node_is(n, "CumSum") || node_is(n, "CumProd"))
        return reduction_find(node_is(n, "CumSum") ? "ReduceSum" : "ReduceProd");
    return reduction_find(n->op->name);
}

/* Half types accumulate in float, integers in 64 bits (they wrap alike), or in double where the result is a root or a
 * logarithm. */
DType reduction_type(const Reduction *r, DType t)
{
    if (dtype_is_float(t))
        return t == DT_DOUBLE ? t : DT_FLOAT;
    if (strstr(r->step, "exp") || strstr(r->end, "sqrt") || strstr(r->end, "log"))
        return DT_DOUBLE;
    return dtype_kind(t) == 'i' ? DT_INT64 : DT_UINT64;
}

/* Where the accumulator starts; a minimum starts above every value of type t, a maximum below. */
Expr *reduction_start(const Reduction *r, DType acc, DType t)
{
    if (!isinf(r->start) || dtype_is_float(acc))
        return expr_const(acc, r->start);
    Expr *e = expr_const(acc, 0);
    int bits = 8 * dtype_bytes(t) - (dtype_kind(t) == 'i');
    uint64_t most = t == DT_BOOL ? 1 : bits == 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
    e->i = r->start > 0 ? (int64_t)most : dtype_kind(t) == 'i' ? -(int64_t)most - 1 : 0;
    e->f = (double)e->i;
    return e;
}

/* The text of a row as an expression in the accumulator's type: leaf 0 the accumulator, 1 the element, 2 the largest
 * element, 3 the number of them. */
static Expr *row_expr(const char *expr, DType acc)
{
    Value v = {.dtype = acc};
    Value *in[] = {&v, &v, &v, &v};
    return expr_parse(expr, &(Node){.in = in, .nin = 4, .nown = 4});
}

Expr *reduction_step(const Reduction *r, DType acc)
{
    return row_expr(r->step, acc);
}

/* What is stored: `end`, in type t. */
Expr *reduction_end(const Reduction *r, DType acc, DType t, int64_t count)
{
    Expr *e = expr_substitute(row_expr(r->end, acc), 3, expr_const(acc, (double)count));
    return expr_cast(e, t);
}

bool reduction_needs_max(const Reduction *r)
{
    return expr_uses(row_expr(r->step, DT_DOUBLE), 2);
}

int64_t reduced_count(const Node *n)
{
    int64_t count = 1;
    for (int i = 0; i < n->a.axes.n; i++)
        count *= n->in[0]->dim[n->a.axes.v[i]];
    return count;
}

/* ---- folding --------------------------------------------------------------------------------------------------- */

/* Index of the result that element i of x goes into: the reduced axes do not count. */
static int64_t result_index(const Node *n, int64_t i)
{
    const Value *x = n->in[0];
    int64_t at = 0, step = 1;
    int left = n->a.axes.n - 1;
    for (int axis = x->rank - 1; axis >= 0; axis--) {
        int64_t c = i % x->dim[axis];
        i /= x->dim[axis];
        if (left >= 0 && n->a.axes.v[left] == axis) {
            left--;
        } else {
            at += c * step;
            step *= x->dim[axis];
        }
    }
    return at;
}

/* One accumulator per result. `most` is the result of the pass before, or NULL. */
static Num *accumulate(const Node *n, const Reduction *r, DType acc, const Num *most)
{
    const Value *x = n->in[0];
    int64_t results = value_count(n->out[0]);
    Num *sum = mem((size_t)results * sizeof *sum);
    Num start = expr_eval(reduction_start(r, acc, x->dtype), NULL);
    const Expr *step = reduction_step(r, acc), *as = expr_cast(expr_leaf(0, x->dtype), acc);
    for (int64_t i = 0; i < results; i++)
        sum[i] = start;
    for (int64_t i = 0; i < value_count(x); i++) {
        int64_t at = result_index(n, i);
        Num element = expr_eval(as, (Num[]){{0, 0}, {value_at(x, i), value_int_at(x, i)}});
        sum[at] = expr_eval(step, (Num[]){{0, 0}, sum[at], element, most ? most[at] : (Num){0, 0}});
    }
    return sum;
}

bool reduce_fold(Graph *g, Node *n)
{
    const Reduction *r = reduction_of(n);
    Value *y = n->out[0];
    DType acc = reduction_type(r, y->dtype);
    Num *most =
        reduction_needs_max(r) ? accumulate(n, reduction_find("ReduceMax"), acc, NULL) : NULL;
    Num *sum = accumulate(n, r, acc, most);
    const Expr *end = reduction_end(r, acc, y->dtype, reduced_count(n));
    void *data = mem((size_t)value_bytes(y) + 1);
    (void)g;
    for (int64_t i = 0; i < value_count(y); i++) {
        Num v = expr_eval(end, (Num[]){{0, 0}, sum[i], {0, 0}, most ? most[i] : (Num){0, 0}});
        data_put(data, y->dtype, i, v.f, v.i);
    }
    y->data = data;
    return true;
}

/* Elements along the axis are compared as double, or as int64 where that is the exact one. */
static bool beats(const Value *x, int64_t i, int64_t best, bool max)
{
    if (dtype_is_float(x->dtype) || x->dtype == DT_UINT64)
        return max ? value_at(x, i) > value_at(x, best) : value_at(x, i) < value_at(x, best);
    int64_t a = value_int_at(x, i), b = value_int_at(x, best);
    return max ? a > b : a < b;
}

bool argminmax_fold(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t along = x->dim[n->a.axis], inner = 1;
    bool max = node_is(n, "ArgMax");
    for (int i = (int)n->a.axis + 1; i < x->rank; i++)
        inner *= x->dim[i];
    int64_t *data = mem((size_t)value_bytes(n->out[0]) + 1);
    (void)g;
    for (int64_t o = 0; o < value_count(n->out[0]); o++) {
        int64_t first = o / inner * inner * along + o % inner, best = 0;
        for (int64_t i = 1; i < along; i++) {
            bool wins = beats(x, first + i * inner, first + best * inner, max);
            bool ties =
                n->a.select_last_index && !beats(x, first + best * inner, first + i * inner, max);
            best = wins || ties ? i : best;
        }
        data[o] = best;
    }
    n->out[0]->data = data;
    return true;
}
