/* SPDX-License-Identifier: MIT
 * mask.c - operators that choose by position, which is a constant: Trilu and EyeLike compare
 * diagonals with k, OneHot its indices with the positions along a new axis. Elementwise operators do the work. */
#include <inttypes.h>
#include "ops.h"

enum { POSITIONS_MOST = 1 << 26 };

Value *positions(Graph *g, DType t, int64_t first, int64_t count, int after)
{
    int64_t dim[MAX_RANK] = {count};
    Value *v;
    if (count > POSITIONS_MOST)
        fatal("sizes that parameters or data decide may be up to 2^26",
              "an axis of %" PRId64 " elements is too long to look them up", count);
    for (int i = 1; i <= after; i++)
        dim[i] = 1;
    v = value_const(g, "positions", t, 1 + after, dim, NULL);
    void *data = mem((size_t)value_bytes(v) + 1);
    for (int64_t i = 0; i < count; i++)
        data_put(data, t, i, (double)(first + i), first + i);
    v->data = data;
    return v;
}

/* Of every element (i, j) of a matrix the diagonal it lies on, j - i. */
static Value *diagonals(Graph *g, const Node *n, int64_t rows, int64_t columns)
{
    Value *in[] = {positions(g, DT_INT64, 0, columns, 0), positions(g, DT_INT64, 0, rows, 1)};
    return map_text(g, n->name, "a - b", 2, in, NULL);
}

/* ---- Trilu ------------------------------------------------------------------------------- */

void trilu_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0], *k = node_in(n, 1);
    (void)g;
    if (x->rank < 2)
        blocker(n, NULL, "'%s' (%s) is not a matrix", x->name, dims_text(x));
    else if (k && (k->dtype != DT_INT64 || value_count(k) != 1))
        blocker(n, NULL, "the diagonal '%s' is not one int64", k->name);
    else
        value_same_type(n->out[0], x);
}

void trilu_expand(Graph *g, Node *n)
{
    Value *x = n->in[0], *zero = value_scalar(g, "zero", x->dtype, 0);
    Value *k = node_in(n, 1) ? reshape_to(g, n, n->in[1], 0, NULL, NULL)
                             : value_scalar(g, "k", DT_INT64, 0);
    const int64_t *dim = x->dim + x->rank - 2;
    Value *at = diagonals(g, n, dim[0], dim[1]);
    const char *kept = n->a.upper ? "GreaterOrEqual" : "LessOrEqual";
    Value *mask = add_op(g, kept, n->name, 2, (Value *[]){at, k}, NULL);
    add_op(g, "Where", n->name, 3, (Value *[]){mask, x, zero}, n->out[0]);
}

/* ---- EyeLike ----------------------------------------------------------------------------- */

void eye_like_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t type = n->a.has[A_dtype] ? n->a.dtype : x->dtype;
    (void)g;
    if (x->rank != 2)
        blocker(n, NULL, "'%s' (%s) is not a matrix", x->name, dims_text(x));
    else if (type < 0 || type > INT32_MAX || !dtype_known((int)type) || type == DT_STRING)
        blocker(n, NULL, "dtype %" PRId64 " is not supported", type);
    else
        out_set(n, 0, (DType)type, 2, x->dim);
}

void eye_like_expand(Graph *g, Node *n)
{
    Value *y = n->out[0], *at = diagonals(g, n, y->dim[0], y->dim[1]);
    at = map_text(g, n->name, text("a == %" PRId64, n->a.k), 1, &at, NULL);
    convert_to(g, n, at, y->dtype, y);
}

/* ---- OneHot ------------------------------------------------------------------------------ */

static int one_hot_axis(Graph *g, Node *n)
{
    return axis_norm(g, n, n->a.axis, n->in[0]->rank + 1);
}

void one_hot_canon(Graph *g, Node *n)
{
    Ints shape;
    if (!at_run_time(n, 1) || !declared_shape(n, 0, &shape) || shape.n != n->in[0]->rank + 1)
        return;
    int axis = one_hot_axis(g, n);
    if (axis >= 0)
        settle(g, n, 1, (Ints){1, shape.v + axis}, "a == b", NULL);
}

void one_hot_infer(Graph *g, Node *n)
{
    const Value *index = n->in[0], *values = n->in[2];
    int64_t dim[MAX_RANK + 1];
    Ints depth;
    int axis = one_hot_axis(g, n), rank = index->rank + 1;
    if (axis < 0 || !input_ints(n, 1, "the depth", &depth))
        return;
    if (depth.n != 1 || depth.v[0] < 1 || value_count(values) != 2) {
        blocker(n, NULL, "depth '%s' is not one positive number, or '%s' not two", n->in[1]->name,
                values->name);
        return;
    }
    for (int i = 0; i < rank; i++)
        dim[i] = i == axis ? depth.v[0] : index->dim[i - (i > axis)];
    out_set(n, 0, values->dtype, rank, dim);
}

/* An index of -1 is the last position: it is compared with the positions less the depth, too. */
void one_hot_expand(Graph *g, Node *n)
{
    Value *index = n->in[0], *part[2], *hit[2];
    int axis = one_hot_axis(g, n);
    int64_t depth = n->out[0]->dim[axis], place = axis;
    Value *axes = value_ints(g, "axis", 1, &place);
    Value *wide = add_op(g, "Unsqueeze", n->name, 2, (Value *[]){index, axes}, NULL);
    for (int i = 0; i < 2; i++) {
        Value *at = positions(g, index->dtype, i ? -depth : 0, depth, index->rank - axis);
        part[i] = slice_to(g, n, n->in[2], 0, (int64_t[]){i, i + 1, 1}, NULL);
        part[i] = reshape_to(g, n, part[i], 0, NULL, NULL);
        hit[i] = add_op(g, "Equal", n->name, 2, (Value *[]){wide, at}, NULL);
    }
    Value *either = add_op(g, "Or", n->name, 2, hit, NULL);
    add_op(g, "Where", n->name, 3, (Value *[]){either, part[1], part[0]}, n->out[0]);
}
