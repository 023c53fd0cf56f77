/* SPDX-License-Identifier: MIT
 * views.c - strides: how a tensor lies in its storage, and how loops run over several at once.
 *
 *     element (i, j, k) of v  =  base[v->start + i*stride[0] + j*stride[1] + k*stride[2]]
 *
 * A transpose permutes strides, a slice changes start and signs, a broadcast sets a stride to 0,
 * and a reshape finds new strides where each group of axes that it merges is evenly spaced. None
 * of them moves an element. An axis of length 1 is never stepped along, so its stride is free and
 * no test looks at it. */
#include <stdlib.h>
#include <string.h>
#include "dnncc.h"

void stride_plain(const Value *v, int64_t *stride)
{
    int64_t step = 1;
    for (int i = v->rank - 1; i >= 0; i--) {
        stride[i] = step;
        step *= v->dim[i];
    }
}

void stride_channels_last(const Value *v, int64_t *stride)
{
    if (v->rank < 3) {
        stride_plain(v, stride);
        return;
    }
    int64_t step = v->dim[1];
    for (int i = v->rank - 1; i >= 2; i--) {
        stride[i] = step;
        step *= v->dim[i];
    }
    stride[1] = 1;
    stride[0] = step;
}

bool value_is_plain(const Value *v)
{
    int64_t step = 1;
    for (int i = v->rank - 1; i >= 0; i--) {
        if (v->dim[i] == 0)
            return true;
        if (v->dim[i] != 1 && v->stride[i] != step)
            return false;
        step *= v->dim[i];
    }
    return true;
}

/* Insert axis into order, longest stride first; axes with equal strides stay as they came. */
static void order_insert(int *order, int n, int axis, const int64_t *stride)
{
    int at = n;
    while (at > 0 && llabs(stride[order[at - 1]]) < llabs(stride[axis])) {
        order[at] = order[at - 1];
        at--;
    }
    order[at] = axis;
}

/* Axes longer than 1, outermost in memory first. */
static int memory_order(const Value *v, int *order)
{
    int n = 0;
    for (int i = 0; i < v->rank; i++)
        if (v->dim[i] != 1)
            order_insert(order, n++, i, v->stride);
    return n;
}

bool value_is_dense(const Value *v)
{
    int order[MAX_RANK], n = memory_order(v, order);
    int64_t step = 1;
    if (value_count(v) == 0)
        return true;
    while (n--) {
        if (v->stride[order[n]] != step)
            return false;
        step *= v->dim[order[n]];
    }
    return true;
}

void value_own(Value *v, const int64_t *stride)
{
    v->base = v;
    v->start = 0;
    v->pace = NULL;
    v->size = 1;
    for (int i = 0; i < v->rank; i++) {
        v->stride[i] = stride[i];
        v->size += (v->dim[i] - 1) * stride[i];
    }
    if (value_count(v) == 0)
        v->size = 0;
}

void value_view(Value *v, const Value *of, int64_t start, const int64_t *stride)
{
    v->base = of->base;
    v->pace = of->pace;
    v->start = of->start + start;
    for (int i = 0; i < v->rank; i++)
        v->stride[i] = stride[i];
}

/* A view holds what its base does. */
const Stored *value_stored(const Value *v)
{
    return v->stored ? v->stored : v->base ? v->base->stored : NULL;
}

/* Axes of length 1 dropped and neighbours merged where one step of the outer is a whole run of the inner. */
static int merged_axes(const Value *v, int64_t *dim, int64_t *stride)
{
    int n = 0;
    for (int i = 0; i < v->rank; i++) {
        if (v->dim[i] == 1)
            continue;
        if (n && stride[n - 1] == v->stride[i] * v->dim[i]) {
            dim[n - 1] *= v->dim[i];
            stride[n - 1] = v->stride[i];
        } else {
            dim[n] = v->dim[i];
            stride[n++] = v->stride[i];
        }
    }
    return n;
}

/* Both shapes count the same elements. From the innermost axis on, each run of evenly spaced
 * elements is cut into new axes; an axis that would reach from one run into the next has no
 * stride. */
bool view_reshape(const Value *from, int rank, const int64_t *dim, int64_t *stride)
{
    int64_t run[MAX_RANK], step[MAX_RANK];
    int n = merged_axes(from, run, step) - 1;
    bool empty = value_count(from) == 0;
    for (int i = rank - 1; i >= 0; i--) {
        stride[i] = !empty && n >= 0 ? step[n] : 1;
        if (empty || dim[i] == 1)
            continue;
        if (n < 0 || run[n] % dim[i])
            return false;
        run[n] /= dim[i];
        step[n] *= dim[i];
        if (run[n] == 1)
            n--;
    }
    return true;
}

void broadcast_strides(const Value *v, const Value *out, int64_t *stride)
{
    int shift = out->rank - v->rank;
    for (int i = 0; i < out->rank; i++)
        stride[i] = i < shift || v->dim[i - shift] == 1 ? 0 : v->stride[i - shift];
}

/* Does one step along loop l equal a whole run along `axis`, for every operand? */
static bool can_merge(const Loops *loops, int l, int nv, int64_t (*stride)[MAX_RANK], int axis,
                      int64_t dim)
{
    for (int k = 0; k <= nv; k++)
        if (loops->stride[k][l] != stride[k][axis] * dim)
            return false;
    return true;
}

int outer_axis(const Value *v)
{
    int order[MAX_RANK];
    return memory_order(v, order) ? order[0] : 0;
}

Loops loops_split(const Loops *loops, int64_t turns)
{
    Loops l = *loops;
    if (l.dim[0] == turns)
        return l;
    for (int i = l.n++; i > 0; i--)
        l.dim[i] = l.dim[i - 1];
    l.dim[0] = turns;
    l.dim[1] /= turns;
    for (int k = 0; k < (int)COUNT(l.stride); k++) {
        memmove(l.stride[k] + 1, l.stride[k], (MAX_RANK - 1) * sizeof **l.stride);
        l.stride[k][0] *= l.dim[1];
    }
    return l;
}

/* Operand nv is out itself, so that merging never tears the output apart. */
Loops loops_of(const Value *out, int nv, Value *const *v)
{
    Loops loops = {0};
    int64_t stride[COUNT(loops.stride)][MAX_RANK];
    int order[MAX_RANK], n = memory_order(out, order);
    if (nv >= (int)COUNT(loops.stride))
        BUG("%d operands in one loop nest", nv);
    for (int k = 0; k < nv; k++)
        broadcast_strides(v[k], out, stride[k]);
    broadcast_strides(out, out, stride[nv]);
    for (int i = 0; i < n; i++) {
        int axis = order[i];
        int64_t dim = out->dim[axis];
        bool merge = loops.n && can_merge(&loops, loops.n - 1, nv, stride, axis, dim);
        int l = merge ? loops.n - 1 : loops.n++;
        loops.dim[l] = merge ? loops.dim[l] * dim : dim;
        for (int k = 0; k <= nv; k++)
            loops.stride[k][l] = stride[k][axis];
    }
    return loops;
}
