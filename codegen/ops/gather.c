/* SPDX-License-Identifier: MIT
 * gather.c - Gather, GatherElements, GatherND, ReverseSequence: parts of a tensor chosen by indices.
 * Evenly spaced constant indices of Gather are a Slice; what else of it is constant folds, and the
 * rest looks the indices up. */
#include <inttypes.h>
#include <string.h>
#include "ops.h"

/* Do constant indices run start, start + step, start + 2 step ...? All must be inside the axis. */
static bool evenly_spaced(const Ints *index, int64_t range[3])
{
    int64_t step = index->n > 1 ? index->v[1] - index->v[0] : 1;
    for (int i = 1; i < index->n; i++)
        if (index->v[i] - index->v[i - 1] != step)
            return false;
    if (index->n == 0 || step == 0)
        return false;
    int64_t end = index->v[index->n - 1] + (step > 0 ? 1 : -1);
    range[0] = index->v[0];
    range[1] = end < 0 ? INT64_MIN : end;
    range[2] = step;
    return true;
}

/* Constant indices, those that count from the end made positive; false after a blocker. */
static bool gather_indices(Node *n, int64_t dim, Ints *index)
{
    value_ints_of(n->in[1], index);
    for (int i = 0; i < index->n; i++) {
        int64_t k = index->v[i];
        if (k < -dim || k >= dim) {
            blocker(n, NULL, "index %" PRId64 " in '%s' is outside of an axis of %" PRId64, k,
                    n->in[1]->name, dim);
            return false;
        }
        index->v[i] = k < 0 ? k + dim : k;
    }
    return true;
}

static int gather_dims(const Node *n, int axis, int64_t *dim)
{
    const Value *x = n->in[0], *index = n->in[1];
    int rank = 0;
    for (int i = 0; i < axis; i++)
        dim[rank++] = x->dim[i];
    for (int i = 0; i < index->rank; i++)
        dim[rank++] = index->dim[i];
    for (int i = axis + 1; i < x->rank; i++)
        dim[rank++] = x->dim[i];
    return rank;
}

/* Indices below 0 count from the end of what there is: `length`, of the axis or of each indexed one. */
static void count_from_end(Graph *g, Node *n, Value *length)
{
    Value *in[] = {as_int64(g, n, n->in[1]), length};
    n->in[1] = map_text(g, n->name, "a < 0 ? a + b : a", 2, in, NULL);
}

static bool counts_from_end(const Node *n, int axis)
{
    return !n->whole && axis >= 0 && n->in[0]->extent[axis] && index_type(n);
}

void gather_elements_canon(Graph *g, Node *n)
{
    int axis = axis_norm(g, n, n->a.axis, n->in[0]->rank);
    if (counts_from_end(n, axis))
        count_from_end(g, n, n->in[0]->extent[axis]);
}

void gather_nd_canon(Graph *g, Node *n)
{
    const Value *x = n->in[0], *index = n->in[1];
    int batch = (int)n->a.batch_dims, depth = index->rank ? (int)index->dim[index->rank - 1] : 0;
    bool any = false;
    if (batch < 0 || depth < 1 || batch + depth > x->rank)
        return;
    for (int i = batch; i < batch + depth; i++)
        any |= counts_from_end(n, i);
    Value *in[] = {any ? shape_now(g, n, x) : NULL, positions(g, DT_INT64, batch, depth, 0)};
    if (any)
        count_from_end(g, n, op_now(g, "Gather", n, 2, in));
}

void gather_canon(Graph *g, Node *n)
{
    Value *x = n->in[0];
    Ints index;
    int axis = axis_norm(g, n, n->a.axis, x->rank);
    if (counts_from_end(n, axis)) {
        count_from_end(g, n, x->extent[axis]);
        return;
    }
    if (axis < 0 || !value_is_const(n->in[1]) || !gather_indices(n, x->dim[axis], &index))
        return;
    int64_t range[3], dim[2 * MAX_RANK];
    if (value_is_const(x) || !evenly_spaced(&index, range))
        return;
    int rank = gather_dims(n, axis, dim);
    Value *shape = value_ints(g, "shape", rank, dim);
    Value *part = slice_to(g, n, x, axis, range, NULL);
    node_become(n, "Reshape", 2, (Value *[]){part, shape});
    n->a.allowzero = 1;
}

bool index_type(const Node *n)
{
    const Value *index = n->in[1];
    if (index->dtype == DT_INT32 || index->dtype == DT_INT64)
        return true;
    blocker(n, NULL, "the indices '%s' are %s, not int32 or int64", index->name,
            dtype_name(index->dtype));
    return false;
}

void gather_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0], *index = n->in[1];
    int axis = axis_norm(g, n, n->a.axis, x->rank);
    int64_t dim[2 * MAX_RANK];
    if (axis < 0 || !index_type(n))
        return;
    int rank = gather_dims(n, axis, dim);
    out_set(n, 0, x->dtype, rank, dim);
    if (x->dim[axis] == 0 && value_count(index) != 0)
        blocker(n, NULL, "axis %d of '%s' is empty", axis, x->name);
}

bool gather_fold(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int axis = axis_norm(g, n, n->a.axis, x->rank);
    Ints index;
    if (!gather_indices(n, x->dim[axis], &index))
        return false;
    int64_t rows = dims_product(x->dim, 0, axis), at = 0;
    int64_t part = dims_product(x->dim, axis + 1, x->rank) * dtype_bytes(x->dtype);
    char *data = mem((size_t)value_bytes(n->out[0]));
    for (int64_t r = 0; r < rows; r++)
        for (int i = 0; i < index.n; i++) {
            const char *from = (const char *)x->data + (r * x->dim[axis] + index.v[i]) * part;
            memcpy(data + at, from, (size_t)part);
            at += part;
        }
    n->out[0]->data = data;
    return true;
}

void gather_elements_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0], *index = n->in[1];
    int axis = axis_norm(g, n, n->a.axis, x->rank);
    if (axis < 0 || !index_type(n))
        return;
    bool fits = index->rank == x->rank;
    for (int i = 0; i < x->rank && fits; i++)
        fits = i == axis ? x->dim[i] > 0 : index->dim[i] <= x->dim[i];
    if (fits)
        out_set(n, 0, x->dtype, index->rank, index->dim);
    else
        blocker(n, NULL, "indices of shape %s do not fit '%s' (%s)", dims_text(index), x->name,
                dims_text(x));
}

void gather_nd_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0], *index = n->in[1];
    int64_t dim[2 * MAX_RANK], batch = n->a.batch_dims;
    int64_t depth = index->rank ? index->dim[index->rank - 1] : 0;
    int rank = 0;
    (void)g;
    bool fits = batch >= 0 && batch < index->rank && depth >= 1 && depth <= x->rank - batch;
    for (int i = 0; i < batch && fits; i++)
        fits = index->dim[i] == x->dim[i];
    for (int i = 0; i < depth && fits; i++)
        fits = x->dim[batch + i] > 0;
    if (!fits) {
        blocker(n, NULL, "indices of shape %s do not fit '%s' (%s)", dims_text(index), x->name,
                dims_text(x));
        return;
    }
    for (int i = 0; i < index->rank - 1; i++)
        dim[rank++] = index->dim[i];
    for (int i = (int)(batch + depth); i < x->rank; i++)
        dim[rank++] = x->dim[i];
    if (index_type(n))
        out_set(n, 0, x->dtype, rank, dim);
}

/* ---- ReverseSequence --------------------------------------------------------------------- */

void reverse_sequence_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0], *count = n->in[1];
    int64_t batch = n->a.batch_axis, time = n->a.time_axis;
    if (x->rank < 2 || batch < 0 || time < 0 || batch > 1 || time > 1 || batch == time)
        blocker(n, "one is 0, the other 1",
                "batch_axis %" PRId64 " and time_axis %" PRId64 " of '%s' (%s) are not supported",
                batch, time, x->name, dims_text(x));
    else if (count->rank != 1 || count->dim[0] != x->dim[batch] || count->dtype != DT_INT64)
        blocker(n, NULL, "the lengths '%s' (%s %s) are not one int64 for each batch entry",
                count->name, dtype_name(count->dtype), dims_text(count));
    else
        infer_same(g, n);
}

/* Step t of a sequence of b steps comes from step b - 1 - t, and those behind it stay. */
void reverse_sequence_expand(Graph *g, Node *n)
{
    Value *x = n->in[0];
    int time = (int)n->a.time_axis, batch = (int)n->a.batch_axis;
    int64_t dim[MAX_RANK] = {x->dim[batch], 1, 1, 1, 1, 1, 1, 1};
    Value *in[2] = {positions(g, DT_INT64, 0, x->dim[time], x->rank - 1 - time),
                    reshape_now(g, n, n->in[1], x->rank - batch, dim)};
    Value *index = map_text(g, n->name, "a < b ? b - 1 - a : a", 2, in, NULL);
    index = expand_now(g, n, index, x->rank, x->dim);
    along_axis(g, n, "GatherElements", time, 2, (Value *[]){x, index}, n->out[0]);
}
