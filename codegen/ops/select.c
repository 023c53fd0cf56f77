/* SPDX-License-Identifier: MIT
 * select.c - operators that keep as many elements as the data say: NonZero, Compress, Unique,
 * NonMaxSuppression. Each has a bound; how many there are is one more output, the extent. */
#include <inttypes.h>
#include "ops.h"

Value *output_given(Graph *g, Node *n, int i)
{
    while (n->nout <= i)
        PUSH(n->out, n->nout, NULL);
    if (!n->out[i]) {
        n->out[i] = value_new(g, text("%s/%d", n->name, i), DT_NONE, -1, NULL);
        n->out[i]->producer = n;
    }
    return n->out[i];
}

/* ---- NonZero ----------------------------------------------------------------------------------- */

/* out[0] is a list of coordinates for each axis, out[1] their number. */
void nonzero_canon(Graph *g, Node *n)
{
    Value *x = n->in[0], *count = output_given(g, n, 1);
    for (int i = 0; i < x->rank; i++)
        x = extent_masked(g, n, x, i, value_scalar(g, "zero", x->dtype, 0));
    n->in[0] = x;
    if (n->out[0] && !value_is_const(x))
        n->out[0]->extent[1] = count;
}

void nonzero_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t most = 0;
    (void)g;
    for (int64_t i = 0; i < value_count(x); i++)
        most += !value_is_const(x) || value_at(x, i) != 0;
    out_set(n, 0, DT_INT64, 2, (int64_t[]){x->rank, most});
    out_set(n, 1, DT_INT64, 0, NULL);
}

bool nonzero_fold(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t count = n->out[0]->dim[1], at = 0, *data = mem((size_t)value_bytes(n->out[0]) + 1);
    (void)g;
    for (int64_t i = 0; i < value_count(x); i++) {
        if (value_at(x, i) == 0)
            continue;
        for (int64_t axis = x->rank - 1, rest = i; axis >= 0; rest /= x->dim[axis--])
            data[axis * count + at] = rest % x->dim[axis];
        at++;
    }
    n->out[0]->data = data;
    n->out[1]->data = mem_copy(&count, sizeof count);
    return true;
}

/* ---- Compress ---------------------------------------------------------------------------------- */

void compress_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0], *kept = n->in[1];
    int64_t dim[MAX_RANK] = {0};
    int axis = n->a.has[A_axis] ? axis_norm(g, n, n->a.axis, x->rank) : 0;
    int rank = n->a.has[A_axis] ? x->rank : 1;
    if (axis < 0)
        return;
    if (kept->dtype != DT_BOOL || kept->rank != 1 ||
        kept->dim[0] > (n->a.has[A_axis] ? x->dim[axis] : value_count(x))) {
        blocker(n, NULL, "'%s' (%s %s) does not tell what to keep of '%s' (%s)", kept->name,
                dtype_name(kept->dtype), dims_text(kept), x->name, dims_text(x));
        return;
    }
    for (int i = 0; i < rank; i++)
        dim[i] = i == axis ? kept->dim[0] : x->dim[i];
    out_set(n, 0, x->dtype, rank, dim);
}

/* The places where the condition holds, looked up. */
void compress_expand(Graph *g, Node *n)
{
    Value *x = n->in[0], *places, *flat = value_ints(g, "flat", 1, &(int64_t){-1});
    int axis = n->a.has[A_axis] ? (int)axis_norm(g, n, n->a.axis, x->rank) : 0;
    if (!n->a.has[A_axis])
        x = add_op(g, "Reshape", n->name, 2, (Value *[]){x, flat}, NULL);
    places = add_op(g, "NonZero", n->name, 1, &n->in[1], NULL);
    places = add_op(g, "Reshape", n->name, 2, (Value *[]){places, flat}, NULL);
    add_op(g, "Gather", n->name, 2, (Value *[]){x, places}, n->out[0]);
    g->node[g->nnode - 1]->a.axis = axis;
}

/* ---- Unique ------------------------------------------------------------------------------------ */

/* A row is what one index of the axis stands for. */
void unique_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    bool flat = !n->a.has[A_axis];
    int axis = flat ? 0 : axis_norm(g, n, n->a.axis, x->rank);
    if (axis < 0)
        return;
    int64_t rows = flat ? value_count(x) : x->dim[axis];
    if (flat)
        out_set(n, 0, x->dtype, 1, &rows);
    else
        out_set(n, 0, x->dtype, x->rank, x->dim);
    for (int i = 1; i < n->nout; i++)
        out_set(n, i, DT_INT64, 1, &rows);
}

/* UniqueRows tells the different rows of a matrix by their first places, in order; Gather takes them. */
void unique_expand(Graph *g, Node *n)
{
    Value *x = n->in[0], *rows, *out[4];
    bool flat = !n->a.has[A_axis];
    int axis = flat ? 0 : axis_norm(g, n, n->a.axis, x->rank);
    int64_t perm[MAX_RANK], dim[2] = {flat ? value_count(x) : x->dim[axis], 1};
    dim[1] = dim[0] ? value_count(x) / dim[0] : 0;
    for (int i = 0; i < x->rank; i++)
        perm[i] = i == 0 ? axis : i - (i <= axis);
    rows = flat ? x : transpose_to(g, n, x, x->rank, perm, NULL);
    rows = reshape_to(g, n, rows, 2, dim, NULL);
    for (int i = 0; i < 3; i++)
        out[i] =
            i + 1 < n->nout && n->out[i + 1] ? n->out[i + 1] : value_new(g, "", DT_NONE, -1, NULL);
    out[3] = value_new(g, "count", DT_NONE, -1, NULL);
    Node *u = graph_add(g, node_new(g, "UniqueRows", n->name, 1, &rows, 4, out));
    u->a.sorted = n->a.sorted;
    if (!n->out[0])
        return;
    if (flat)
        x = add_op(g, "Reshape", n->name, 2,
                   (Value *[]){x, value_ints(g, "flat", 1, &(int64_t){-1})}, NULL);
    add_op(g, "Gather", n->name, 2, (Value *[]){x, out[0]}, n->out[0]);
    g->node[g->nnode - 1]->a.axis = axis;
}

/* out: first place of each different row, the number of the row that each row is, how often each occurs, how many. */
void unique_rows_infer(Graph *g, Node *n)
{
    (void)g;
    for (int i = 0; i < 3; i++)
        out_set(n, i, DT_INT64, 1, n->in[0]->dim);
    out_set(n, 3, DT_INT64, 0, NULL);
    n->out[0]->extent[0] = n->out[2]->extent[0] = n->out[3];
}

/* ---- NonMaxSuppression ------------------------------------------------------------------------- */

static bool one_number(const Node *n, int i, DType t)
{
    const Value *v = node_in(n, i);
    if (!v || (v->dtype == t && value_count(v) == 1))
        return true;
    blocker(n, NULL, "'%s' (%s %s) is not one %s", v->name, dtype_name(v->dtype), dims_text(v),
            dtype_name(t));
    return false;
}

enum {
    NMS_INPUTS = 5
}; /* of the model; behind them how many boxes there are, when data decide it */

void nms_canon(Graph *g, Node *n)
{
    const Value *boxes = n->in[0], *scores = n->in[1];
    Value *count = output_given(g, n, 1), *present = boxes->rank == 3 ? boxes->extent[1] : NULL;
    bool others = boxes->rank != 3 || scores->rank != 3 || boxes->extent[0] || boxes->extent[2] ||
                  scores->extent[0] || scores->extent[1];
    if (n->out[0])
        n->out[0]->extent[0] = count;
    if (n->nin > NMS_INPUTS || others || !present)
        return;
    while (n->nin < NMS_INPUTS)
        PUSH(n->in, n->nin, NULL);
    PUSH(n->in, n->nin, present);
    n->nown = n->nin;
    n->whole = true;
}

void nms_infer(Graph *g, Node *n)
{
    const Value *boxes = n->in[0], *scores = n->in[1], *most = node_in(n, 2);
    (void)g;
    if (!one_number(n, 2, DT_INT64) || !one_number(n, 3, DT_FLOAT) || !one_number(n, 4, DT_FLOAT))
        return;
    if (boxes->rank != 3 || scores->rank != 3 || boxes->dim[2] != 4 || boxes->dtype != DT_FLOAT ||
        scores->dtype != DT_FLOAT || boxes->dim[0] != scores->dim[0] ||
        boxes->dim[1] != scores->dim[2]) {
        blocker(n, NULL, "'%s' (%s %s) and '%s' (%s %s) are no boxes and their scores", boxes->name,
                dtype_name(boxes->dtype), dims_text(boxes), scores->name, dtype_name(scores->dtype),
                dims_text(scores));
        return;
    }
    int64_t each = boxes->dim[1];
    if (!most)
        each = 0;
    else if (value_is_const(most))
        each = MAX(0, MIN(each, value_int_at(most, 0)));
    int64_t bound = mul_size(mul_size(scores->dim[0], scores->dim[1]), each);
    out_set(n, 0, DT_INT64, 2, (int64_t[]){bound, 3});
    out_set(n, 1, DT_INT64, 0, NULL);
}
