/* SPDX-License-Identifier: MIT
 * extent.c - sizes that only the data decide. Such an axis is as long as it can get, its bound, so
 * that memory and strides stay static; how much of it there is in a run is its extent, a number
 * that the net computes.
 *
 *     Value y, 2 x 8:   dim 2, 8    extent -, e          0 <= e <= 8
 *         y0 y1 y2  0  0  0  0  0   what lies beyond the extent is never read as a result:
 *         y8 y9 ya  0  0  0  0  0   zeros, or whatever elementwise layers make of zeros
 *
 * A layer that treats every place along an axis by itself works to the bound, and its output has the
 * extent of its input: that is what the functions here say, operator by operator. One that mixes
 * places first has what lies beyond replaced by elements that make no difference. All others are
 * refused. After infer nobody looks at extents any more: nodes hold all there is to do. */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include "ops.h"

bool has_extent(const Value *v)
{
    for (int i = 0; v && i < v->rank; i++)
        if (v->extent[i])
            return true;
    return false;
}

Value *extent_of(Graph *g, const Value *v, int axis)
{
    return v->extent[axis] ? v->extent[axis]
                           : value_scalar(g, "dim", DT_INT64, (double)v->dim[axis]);
}

static Value *as_list(Graph *g, const Node *n, Value *v)
{
    return op_now(g, "Reshape", n, 2, (Value *[]){v, value_ints(g, "one", 1, &(int64_t){1})});
}

Value *shape_now(Graph *g, const Node *n, const Value *v)
{
    Value *dim[MAX_RANK];
    if (!has_extent(v))
        return value_ints(g, "shape", v->rank, v->dim);
    for (int i = 0; i < v->rank; i++)
        dim[i] = as_list(g, n, extent_of(g, v, i));
    return v->rank == 1 ? dim[0] : along_axis(g, n, "Concat", 0, v->rank, dim, NULL);
}

void extent_set(Graph *g, const Node *n, Value *v, int axis, Value *e)
{
    if (!v->extent[axis])
        v->extent[axis] = e;
    else if (v->extent[axis] != e && e)
        require(g, n, map_text(g, n->name, "a == b", 2, (Value *[]){v->extent[axis], e}, NULL),
                text("sizes along axis %d of '%s' disagree", axis, v->name));
}

Value *whole(Value *v)
{
    if (v->producer)
        v->producer->whole = true;
    return v;
}

Value *extent_masked(Graph *g, const Node *n, Value *v, int axis, Value *beyond)
{
    if (!v->extent[axis])
        return v;
    Value *in[] = {positions(g, DT_INT64, 0, v->dim[axis], v->rank - 1 - axis), v->extent[axis]};
    Value *inside = map_text(g, n->name, "a < b", 2, in, NULL);
    Value *pick[] = {inside, v, beyond};
    Value *m = whole(map_text(g, n->name, "a ? b : c", 3, pick, NULL));
    for (int i = 0; i < v->rank; i++)
        m->extent[i] = i == axis ? NULL : v->extent[i];
    return m;
}

/* One that is there already has been set by whoever put the node there. */
static void pass(Value *to, int axis, Value *e)
{
    if (e)
        to->extent[axis] = e;
}

/* ---- what becomes of extents ------------------------------------------------------------------- */

void extents_map(Graph *g, Node *n)
{
    Value *y = n->out[0];
    for (int k = 0; k < n->nin; k++) {
        const Value *v = n->in[k];
        for (int i = 0; v && i < v->rank; i++) {
            int axis = i + y->rank - v->rank;
            if (v->extent[i] && (v->dim[i] == y->dim[axis] || y->dim[axis] == 1))
                extent_set(g, n, y, axis, v->extent[i]);
            else if (v->extent[i]) /* at most one, and broadcast */
                require(g, n, map_text(g, n->name, "a == 1", 1, (Value **)&v->extent[i], NULL),
                        text("'%s' may have no element", v->name));
        }
    }
    for (int k = 0; k < n->nin; k++) { /* one that is as long as the bound says how long it is */
        const Value *v = n->in[k];
        for (int i = 0; v && i < v->rank; i++) {
            int axis = i + y->rank - v->rank;
            if (!v->extent[i] && y->extent[axis] && v->dim[i] != 1)
                extent_set(g, n, y, axis, value_scalar(g, "dim", DT_INT64, (double)v->dim[i]));
        }
    }
}

/* The nodes that n is replaced by see to it: none of them is made from how long an axis is. */
void extents_expanded(Graph *g, Node *n)
{
    (void)g;
    (void)n;
}

void extents_split(Graph *g, Node *n)
{
    int axis = axis_norm(g, n, n->a.axis, n->in[0]->rank);
    if (axis >= 0 && n->in[0]->extent[axis])
        extents_refuse(n, n->in[0]);
}

void extents_same(Graph *g, Node *n)
{
    for (int i = 0; i < n->in[0]->rank; i++)
        if (n->in[0]->extent[i])
            extent_set(g, n, n->out[0], i, n->in[0]->extent[i]);
}

/* Only batches may be fewer. */
void extents_batch(Graph *g, Node *n)
{
    (void)g;
    for (int k = 0; k < n->nin; k++)
        for (int i = k == 0; n->in[k] && i < n->in[k]->rank; i++)
            if (n->in[k]->extent[i]) {
                extents_refuse(n, n->in[k]);
                return;
            }
    for (int k = 0; k < n->nout; k++)
        if (n->out[k])
            pass(n->out[k], 0, n->in[0]->extent[0]);
}

/* The axis of y that takes over axis i of x: as many elements lie before it, and behind. The outermost one may also take
 * in axes behind it. -1: none does. */
static int axis_kept(const Value *x, const Value *y, int i)
{
    int64_t before = dims_product(x->dim, 0, i), behind = dims_product(x->dim, i + 1, x->rank);
    int at = -1;
    for (int k = 0; k < y->rank; k++) {
        int64_t rest = dims_product(y->dim, k + 1, y->rank);
        bool same = y->dim[k] == x->dim[i] && rest == behind;
        if (dims_product(y->dim, 0, k) == before && (same || (before == 1 && behind % rest == 0)))
            at = at < 0 || y->dim[at] == 1 ? k : at;
    }
    for (int k = i + 1; k < x->rank && at >= 0; k++)
        if (x->extent[k] && dims_product(y->dim, at + 1, y->rank) != behind)
            return -1;
    return at;
}

/* The axis whose length follows from the others; -1 where the shape names all, or each is that of an axis of x. */
static int axis_open(const Node *n, const Ints *shape)
{
    for (int k = 0; k < shape->n; k++)
        if (shape->v[k] == -1)
            return k;
    return n->out[0]->rank == 1 ? 0 : -1;
}

/* As a last resort without what lies beyond the extents: if y is open at its outermost axis, that is how y lies. */
static void reshape_compact(Graph *g, Node *n, int open)
{
    Value *x = n->in[0], *y = n->out[0];
    if (open < 0 || dims_product(y->dim, 0, open) != 1) {
        extents_refuse(n, x);
        return;
    }
    int64_t rest = dims_product(y->dim, open + 1, y->rank);
    Value *dims = shape_now(g, n, x),
          *count = element_of(g, n, op_now(g, "ReduceProd", n, 1, &dims), 0);
    require(g, n,
            map_text(g, n->name, text("a / %" PRId64 " * %" PRId64 " == a", rest, rest), 1, &count,
                     NULL),
            "the elements there are do not fill the shape");
    n->in[0] = whole(op_now(g, "Compact", n, 2, (Value *[]){x, dims}));
    y->extent[open] = map_text(g, n->name, text("a / %" PRId64, rest), 1, &count, NULL);
}

void extents_reshape(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    Value *y = n->out[0];
    Ints shape = {0};
    int open = -1;
    if (node_is(n, "Reshape") && value_ints_of(n->in[1], &shape))
        open = axis_open(n, &shape);
    for (int i = 0; i < x->rank; i++) {
        int at = x->extent[i] ? axis_kept(x, y, i) : -1;
        bool named = at >= 0 && shape.n && shape.v[at] > 0 && open >= 0 && open != at;
        if (x->extent[i] && (at < 0 || named)) {
            reshape_compact(g, n, open);
            return;
        }
    }
    for (int i = 0; i < x->rank; i++) {
        if (!x->extent[i])
            continue;
        int at = axis_kept(x, y, i);
        Value *e = x->extent[i];
        int64_t times =
            dims_product(x->dim, i + 1, x->rank) / dims_product(y->dim, at + 1, y->rank);
        if (times != 1)
            e = map_text(g, n->name, text("a * %" PRId64, times), 1, &e, NULL);
        extent_set(g, n, y, at, e);
    }
}

void extents_transpose(Graph *g, Node *n)
{
    int rank = n->in[0]->rank;
    (void)g;
    for (int i = 0; i < rank; i++) {
        int64_t from = n->a.has[A_perm] ? n->a.perm.v[i] : rank - 1 - i;
        pass(n->out[0], i, n->in[0]->extent[from < 0 ? from + rank : from]);
    }
}

/* Slices of an axis that has an extent are no views; Pad and Resize leave axes alone whose length they do not change. */
void extents_unmoved(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int shift = n->out[0]->rank - x->rank;
    (void)g;
    for (int i = 0; i < x->rank; i++)
        if (x->extent[i] && x->dim[i] != n->out[0]->dim[i + shift]) {
            extents_refuse(n, x);
            return;
        }
    for (int i = 0; i < x->rank; i++)
        pass(n->out[0], i + shift, x->extent[i]);
}

void extents_gather(Graph *g, Node *n)
{
    const Value *x = n->in[0], *index = n->in[1];
    Value *y = n->out[0];
    int axis = axis_norm(g, n, n->a.axis, x->rank);
    for (int i = 0; i < x->rank; i++)
        if (i != axis)
            pass(y, i < axis ? i : i + index->rank - 1, x->extent[i]);
    for (int i = 0; i < index->rank; i++)
        pass(y, axis + i, index->extent[i]);
}

void extents_gather_elements(Graph *g, Node *n)
{
    (void)g;
    for (int i = 0; i < n->in[1]->rank; i++)
        pass(n->out[0], i, n->in[1]->extent[i]);
}

void extents_gather_nd(Graph *g, Node *n)
{
    const Value *x = n->in[0], *index = n->in[1];
    int last = index->rank - 1, depth = (int)index->dim[last], batch = (int)n->a.batch_dims;
    (void)g;
    if (index->extent[last]) {
        extents_refuse(n, index);
        return;
    }
    for (int i = 0; i < last; i++)
        pass(n->out[0], i, index->extent[i]);
    for (int i = batch + depth; i < x->rank; i++)
        pass(n->out[0], last + i - batch - depth, x->extent[i]);
}

void extents_concat(Graph *g, Node *n)
{
    Value *y = n->out[0];
    for (int k = 0; k < n->nin; k++)
        for (int i = 0; i < y->rank; i++)
            if (n->in[k]->extent[i])
                extent_set(g, n, y, i, n->in[k]->extent[i]);
    for (int k = 0; k < n->nin; k++)
        for (int i = 0; i < y->rank; i++)
            if (y->extent[i])
                extent_set(g, n, y, i, extent_of(g, n->in[k], i));
}

/* Rows, columns and batches of a product; terms have been masked. */
void extents_matmul(Graph *g, Node *n)
{
    Value *y = n->out[0];
    int rows = n->in[0]->rank > 1, batches = y->rank - rows - (n->in[1]->rank > 1);
    for (int k = 0; k < 2; k++) {
        const Value *v = n->in[k];
        for (int i = 0; i < v->rank - 2; i++)
            if (v->extent[i])
                extent_set(g, n, y, batches - (v->rank - 2) + i, v->extent[i]);
        int own = v->rank - 2 + k;
        if (v->rank > 1 && v->extent[own])
            extent_set(g, n, y, batches + (k && rows), v->extent[own]);
    }
}

void extents_gemm(Graph *g, Node *n)
{
    const Value *a = n->in[0], *b = n->in[1], *c = node_in(n, 2);
    Value *y = n->out[0], *rows = a->extent[n->a.transA != 0],
          *columns = b->extent[n->a.transB == 0];
    if (rows)
        extent_set(g, n, y, 0, rows);
    if (columns)
        extent_set(g, n, y, 1, columns);
    for (int i = 0; c && i < c->rank; i++)
        if (c->extent[i] && c->dim[i] > 1)
            extent_set(g, n, y, i + 2 - c->rank, c->extent[i]);
}

void extents_reduce(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int rank = 0;
    (void)g;
    for (int i = 0; i < x->rank; i++) {
        bool reduced = false;
        for (int k = 0; k < n->a.axes.n; k++)
            reduced |= n->a.axes.v[k] == i;
        if (!reduced)
            pass(n->out[0], rank, x->extent[i]);
        rank += !reduced || n->a.keepdims;
    }
}

void extents_argminmax(Graph *g, Node *n)
{
    n->a.axes = (Ints){1, &n->a.axis};
    extents_reduce(g, n);
}

/* As many results as there are regions. What lies beyond them must not look like large regions, of which a mean would
 * take long. */
void extents_roi(Graph *g, Node *n)
{
    Value *rois = n->in[1], *y = n->out[0];
    if (has_extent(n->in[0]) || rois->extent[1]) {
        extents_refuse(n, has_extent(n->in[0]) ? n->in[0] : rois);
        return;
    }
    for (int k = 1; k < n->nin; k++)
        extent_set(g, n, y, 0, extent_of(g, n->in[k], 0));
    n->in[1] = extent_masked(g, n, rois, 0, value_scalar(g, "none", rois->dtype, 0));
}

/* An index outside of its axis puts nothing: that is what lies beyond becomes. Counted from the end, an index would have
 * to know where that is. */
void extents_scatter(Graph *g, Node *n)
{
    const Value *x = n->in[0], *update = n->in[2];
    Value *index = n->in[1];
    bool nd = node_is(n, "ScatterND");
    int outer = index->rank - nd, depth = nd ? (int)index->dim[outer] : 1,
        first = nd ? 0 : (int)n->a.axis;
    bool fits = !nd || !index->extent[outer];
    for (int i = 0; i < outer; i++)
        fits = fits && !index->extent[i] == !update->extent[i];
    for (int i = first; i < first + depth; i++)
        fits = fits && !(nd && x->extent[i]);
    for (int i = outer; nd && i < update->rank; i++)
        fits = fits && !update->extent[i] == !x->extent[i - outer + depth];
    if (!fits) {
        extents_refuse(n, has_extent(index) ? index : has_extent(update) ? update : x);
        return;
    }
    for (int i = 0; i < outer; i++)
        index = extent_masked(g, n, index, i, value_scalar(g, "outside", index->dtype, INT32_MAX));
    if (!nd && x->extent[first])
        index = map_text(g, n->name, "a < 0 ? a + b : a", 2,
                         (Value *[]){as_int64(g, n, index), x->extent[first]}, NULL);
    n->in[1] = index;
    extents_same(g, n);
}

/* ---- all others -------------------------------------------------------------------------------- */

void extents_refuse(const Node *n, const Value *v)
{
    int axis = 0;
    while (axis < v->rank && !v->extent[axis])
        axis++;
    blocker(n,
            "elementwise operators, Gather, Transpose, Slice, Concat, MatMul, reductions, "
            "Softmax, RoiAlign and scattered updates take such sizes",
            "only data decide how long axis %d of '%s' is (up to %" PRId64
            "), which is not supported here",
            axis, v->name, axis < v->rank ? v->dim[axis] : 0);
}

void extents_pass(Graph *g, Node *n)
{
    const Value *first = NULL;
    for (int i = 0; i < n->nin && !first; i++)
        first = has_extent(n->in[i]) ? n->in[i] : NULL;
    if (!first || n->whole)
        return;
    if (n->op->extents)
        n->op->extents(g, n);
    else
        extents_refuse(n, first);
}
