/* SPDX-License-Identifier: MIT
 * move.c - operators that put tensors together from whole parts of others: Concat, Split, Tile,
 * DepthToSpace, SpaceToDepth.
 *
 * All but Concat are nothing but views put together, and are replaced by them. */
#include <inttypes.h>
#include <string.h>
#include "ops.h"

/* ---- Concat ------------------------------------------------------------------------------ */

/* Empty inputs add nothing; what is left of one input is that input. */
/* Parts joined at their bounds leave gaps of what lies beyond their extents: the real tensor skips them.
 *     a0 a1  -  -  b0 b1 b2      index[p] = p + (gap of a, once p has passed a's end)  */
static void concat_gaps(Graph *g, Node *n, int axis)
{
    int64_t bound = 0;
    bool any = false;
    for (int i = 0; i < n->nin; i++) {
        bound += n->in[i]->dim[axis];
        any |= n->in[i]->extent[axis] != NULL;
    }
    if (!any || n->whole)
        return;
    Value *y = whole(along_axis(g, n, "Concat", axis, n->nin, n->in, NULL)), *end = NULL;
    Value *at = positions(g, DT_INT64, 0, bound, 0), *index = at;
    for (int i = 0; i < n->nin; i++) {
        Value *e = extent_of(g, n->in[i], axis);
        end = end ? map_text(g, n->name, "a + b", 2, (Value *[]){end, e}, NULL) : e;
        const char *gap = text("a >= b ? c + %" PRId64 " - d : c", n->in[i]->dim[axis]);
        if (n->in[i]->extent[axis] && i + 1 < n->nin)
            index = map_text(g, n->name, gap, 4, (Value *[]){at, end, index, e}, NULL);
    }
    index = map_text(g, n->name, text("min(a, %" PRId64 ")", bound - 1), 1, &index, NULL);
    y = whole(along_axis(g, n, "Gather", axis, 2, (Value *[]){y, index}, NULL));
    y->extent[axis] = end;
    for (int i = 0; i < n->nin; i++)
        for (int k = 0; k < y->rank; k++)
            if (k != axis && n->in[i]->extent[k])
                extent_set(g, n, y, k, n->in[i]->extent[k]);
    node_replaced(g, n, y);
}

void concat_canon(Graph *g, Node *n)
{
    int kept = 0;
    for (int i = 0; i < n->nin; i++) {
        if (!n->in[i]) {
            blocker(n, NULL, "input %d is missing", i + 1);
            return;
        }
        if (value_count(n->in[i]) != 0 || (kept == 0 && i == n->nin - 1))
            n->in[kept++] = n->in[i];
    }
    inputs_keep(n, kept);
    if (kept == 1) {
        node_become(n, "Identity", 1, n->in);
        return;
    }
    int axis = axis_norm(g, n, n->a.axis, n->in[0]->rank);
    if (axis >= 0)
        concat_gaps(g, n, axis);
}

void concat_infer(Graph *g, Node *n)
{
    const Value *a = n->in[0];
    int64_t dim[MAX_RANK], sum = 0;
    int axis = axis_norm(g, n, n->a.axis, a->rank);
    if (axis < 0)
        return;
    memcpy(dim, a->dim, sizeof dim);
    for (int i = 0; i < n->nin; i++) {
        Value b = *n->in[i];
        sum += b.rank == a->rank ? b.dim[axis] : 0;
        b.dim[axis] = dim[axis];
        if (b.dtype != a->dtype || !value_same_dims(&b, a)) {
            blocker(n, NULL, "'%s' (%s %s) and '%s' (%s %s) cannot be joined along axis %d",
                    a->name, dtype_name(a->dtype), dims_text(a), b.name, dtype_name(b.dtype),
                    dims_text(n->in[i]), axis);
            return;
        }
    }
    dim[axis] = sum;
    out_set(n, 0, a->dtype, a->rank, dim);
}

bool concat_fold(Graph *g, Node *n)
{
    Value *out = n->out[0];
    int axis = axis_norm(g, n, n->a.axis, out->rank);
    int64_t rows = dims_product(out->dim, 0, axis), bytes = dtype_bytes(out->dtype), at = 0;
    char *data = mem((size_t)value_bytes(out));
    for (int64_t r = 0; r < rows; r++)
        for (int i = 0; i < n->nin; i++) {
            int64_t part = dims_product(n->in[i]->dim, axis, out->rank) * bytes;
            memcpy(data + at, (const char *)n->in[i]->data + r * part, (size_t)part);
            at += part;
        }
    out->data = data;
    return true;
}

/* ---- Split ------------------------------------------------------------------------------- */

void split_canon(Graph *g, Node *n)
{
    Ints shape, length = {0};
    attr_to_input(g, n, A_split, 1, n->a.split);
    if (!at_run_time(n, 1))
        return;
    int axis = axis_norm(g, n, n->a.axis, n->in[0]->rank);
    for (int i = 0; i < n->nout && axis >= 0; i++) {
        if (!declared_shape(n, i, &shape) || axis >= shape.n)
            return;
        PUSH(length.v, length.n, shape.v[axis]);
    }
    if (axis >= 0)
        settle(g, n, 1, length, "a == b", NULL);
}

/* Lengths of the parts of an axis: as listed, or equal but for the last, which may be shorter. */
static bool split_lengths(Graph *g, Node *n, int64_t *length, int *axis)
{
    const Value *x = n->in[0];
    Ints list;
    *axis = axis_norm(g, n, n->a.axis, x->rank);
    if (*axis < 0 || !input_ints(n, 1, "the lengths of the parts", &list))
        return false;
    int64_t dim = x->dim[*axis], rest = dim, part = dim / n->nout + (dim % n->nout != 0);
    bool given = node_in(n, 1) != NULL, bad = given && list.n != n->nout;
    if (!given && part * n->nout != dim && n->opset < 18)
        bad = true;
    for (int i = 0; i < n->nout && !bad; i++) {
        length[i] = given ? list.v[i] : MIN(part, rest);
        bad = length[i] < 0 || length[i] > rest;
        rest -= bad ? 0 : length[i];
    }
    if (!bad && rest == 0)
        return true;
    blocker(n, NULL, "axis %d of '%s' (%s) cannot be split into these %d parts", *axis, x->name,
            dims_text(x), n->nout);
    return false;
}

void split_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t *length = mem((size_t)n->nout * sizeof *length), dim[MAX_RANK];
    int axis;
    if (n->a.has[A_num_outputs] && n->a.num_outputs != n->nout) {
        blocker(n, NULL, "num_outputs is %" PRId64 ", but there are %d outputs", n->a.num_outputs,
                n->nout);
        return;
    }
    if (!split_lengths(g, n, length, &axis))
        return;
    memcpy(dim, x->dim, sizeof dim);
    for (int i = 0; i < n->nout; i++) {
        dim[axis] = length[i];
        out_set(n, i, x->dtype, x->rank, dim);
    }
}

void split_expand(Graph *g, Node *n)
{
    int64_t *length = mem((size_t)n->nout * sizeof *length), at = 0;
    int axis;
    split_lengths(g, n, length, &axis);
    for (int i = 0; i < n->nout; i++) {
        if (n->out[i])
            slice_to(g, n, n->in[0], axis, (int64_t[]){at, at + length[i], 1}, n->out[i]);
        at += length[i];
    }
}

/* ---- Tile -------------------------------------------------------------------------------- */

static void tile_settle(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    Ints times;
    if (!at_run_time(n, 1) || !declared_shape(n, 0, &times) || times.n != x->rank)
        return;
    for (int i = 0; i < x->rank; i++) {
        int64_t dim = times.v[i];
        times.v[i] = x->dim[i] ? dim / x->dim[i] : 1;
        if (times.v[i] * x->dim[i] != dim)
            return;
    }
    settle(g, n, 1, times, "a == b", NULL);
}

/* Opset 1 to 5: how many tiles along which axis. */
void tile_canon(Graph *g, Node *n)
{
    Ints tiles, axis;
    int64_t repeats[MAX_RANK];
    int rank = n->in[0]->rank;
    if (!node_in(n, 2)) {
        tile_settle(g, n);
        return;
    }
    if (!input_ints(n, 1, "the number of tiles", &tiles) || !input_ints(n, 2, "the axis", &axis))
        return;
    if (tiles.n != 1 || axis.n != 1 || axis_norm(g, n, axis.v[0], rank) < 0) {
        blocker(n, NULL, "tiles '%s' and axis '%s' are not one number each", n->in[1]->name,
                n->in[2]->name);
        return;
    }
    for (int i = 0; i < rank; i++)
        repeats[i] = i == axis_norm(g, n, axis.v[0], rank) ? tiles.v[0] : 1;
    inputs_keep(n, 2);
    n->in[1] = value_ints(g, "repeats", rank, repeats);
}

void tile_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t dim[MAX_RANK];
    Ints times;
    (void)g;
    if (!input_ints(n, 1, "the list of repeats", &times))
        return;
    if (times.n != x->rank) {
        blocker(n, NULL, "%d repeats are given for %d axes", times.n, x->rank);
        return;
    }
    for (int i = 0; i < x->rank; i++) {
        dim[i] = mul_size(x->dim[i], times.v[i]);
        if (times.v[i] < 0) {
            blocker(n, NULL, "the repeats of axis %d are %" PRId64, i, times.v[i]);
            return;
        }
    }
    out_set(n, 0, x->dtype, x->rank, dim);
}

/* Repeat up to three axes of x, whose dims are `dim` and grow accordingly. An axis to repeat gets
 * one of length 1 before it, which is then expanded; all axes up to the next such are one:
 *     2 x 3 x 4, repeats 1 2 1:  (2 x 3 x 4) -> 2 x 1 x 12 -> 2 x 2 x 12 -> (2 x 6 x 4) */
static Value *tile_some(Graph *g, Node *n, Value *x, int64_t *dim)
{
    Value *out = n->out[0];
    int64_t apart[MAX_RANK], spread[MAX_RANK];
    int wide = 0, repeated = 0;
    for (int i = 0; i < out->rank; i++) {
        bool repeat = repeated < 3 && dim[i] != out->dim[i];
        if (repeat) {
            repeated++;
            apart[wide] = 1;
            spread[wide++] = out->dim[i] / dim[i];
        }
        if (repeat || i == 0) {
            apart[wide] = 1;
            spread[wide++] = 1;
        }
        apart[wide - 1] *= dim[i];
        spread[wide - 1] *= dim[i];
        dim[i] = repeat ? out->dim[i] : dim[i];
    }
    bool done = !memcmp(dim, out->dim, (size_t)out->rank * sizeof *dim);
    Value *shape = value_ints(g, "shape", wide, spread);
    x = reshape_to(g, n, x, wide, apart, NULL);
    x = add_op(g, "Expand", n->name, 2, (Value *[]){x, shape}, NULL);
    return reshape_to(g, n, x, out->rank, dim, done ? out : NULL);
}

void tile_expand(Graph *g, Node *n)
{
    Value *x = n->in[0];
    int64_t dim[MAX_RANK];
    memcpy(dim, x->dim, sizeof dim);
    while (x != n->out[0])
        x = tile_some(g, n, x, dim);
}

/* ---- DepthToSpace, SpaceToDepth ---------------------------------------------------------- */

static bool block_known(const Node *n)
{
    const Value *x = n->in[0];
    if (x->rank == 4 && n->a.blocksize > 0 && n->a.blocksize < 1 << 15)
        return true;
    blocker(n, NULL, "'%s' (%s) cannot be moved in blocks of %" PRId64, x->name, dims_text(x),
            n->a.blocksize);
    return false;
}

void depth_to_space_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t b = n->a.blocksize;
    (void)g;
    if (strcmp(n->a.mode, "DCR") && strcmp(n->a.mode, "CRD")) {
        blocker(n, NULL, "mode '%s' is not supported", n->a.mode);
    } else if (block_known(n)) {
        if (x->dim[1] % (b * b))
            blocker(n, NULL, "%" PRId64 " channels are no multiple of %" PRId64, x->dim[1], b * b);
        else
            out_set(n, 0, x->dtype, 4,
                    (int64_t[]){x->dim[0], x->dim[1] / (b * b), x->dim[2] * b, x->dim[3] * b});
    }
}

/* in -> six axes -> their new order -> out */
static void six_axes(Graph *g, Node *n, const int64_t *six, const int64_t *order)
{
    Value *out = n->out[0];
    Value *x = reshape_to(g, n, n->in[0], 6, six, NULL);
    x = transpose_to(g, n, x, 6, order, NULL);
    reshape_to(g, n, x, 4, out->dim, out);
}

void depth_to_space_expand(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t b = n->a.blocksize, c = x->dim[1] / (b * b);
    if (!strcmp(n->a.mode, "DCR"))
        six_axes(g, n, (int64_t[]){x->dim[0], b, b, c, x->dim[2], x->dim[3]},
                 (int64_t[]){0, 3, 4, 1, 5, 2});
    else
        six_axes(g, n, (int64_t[]){x->dim[0], c, b, b, x->dim[2], x->dim[3]},
                 (int64_t[]){0, 1, 4, 2, 5, 3});
}

void space_to_depth_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t b = n->a.blocksize;
    (void)g;
    if (!block_known(n))
        return;
    if (x->dim[2] % b || x->dim[3] % b)
        blocker(n, NULL, "'%s' (%s) does not divide into blocks of %" PRId64, x->name, dims_text(x),
                b);
    else
        out_set(n, 0, x->dtype, 4,
                (int64_t[]){x->dim[0], mul_size(x->dim[1], b * b), x->dim[2] / b, x->dim[3] / b});
}

void space_to_depth_expand(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t b = n->a.blocksize;
    six_axes(g, n, (int64_t[]){x->dim[0], x->dim[1], x->dim[2] / b, b, x->dim[3] / b, b},
             (int64_t[]){0, 3, 5, 1, 2, 4});
}
