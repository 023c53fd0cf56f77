/* SPDX-License-Identifier: MIT
 * softmax.c - Softmax, LogSoftmax and Hardmax along one axis. */
#include <math.h>
#include "ops.h"

/* The one axis from `axis` on that is longer than 1, or -1 if there are more of them. */
static int only_long_axis(const Value *x, int axis)
{
    int found = x->rank - 1;
    bool any = false;
    for (int i = axis; i < x->rank; i++) {
        if (x->dim[i] == 1)
            continue;
        if (any)
            return -1;
        any = true;
        found = i;
    }
    return found;
}

/* Before opset 13 the axes from `axis` on counted as one. Where several of them are longer than 1, the operator works on
 * a flattened view, and n turns into the Reshape back. */
static void softmax_flatten(Graph *g, Node *n, int axis)
{
    Value *x = n->in[0];
    Value *flat = add_op(g, "Flatten", n->name, 1, &x, NULL);
    g->node[g->nnode - 1]->a.axis = axis;
    Value *y = add_op(g, n->op->name, n->name, 1, &flat, NULL);
    Value *shape = value_ints(g, text("%s_shape", n->name), x->rank, x->dim);
    n->in[0] = y;
    input_set(n, 1, shape);
    n->op = op_find("", "Reshape");
}

/* What lies beyond the extent of the axis counts nothing. */
static void mask_axis(Graph *g, Node *n)
{
    Value *x = n->in[0], *e = n->a.axis >= 0 ? x->extent[n->a.axis] : NULL;
    if (!e)
        return;
    n->in[0] =
        extent_masked(g, n, x, (int)n->a.axis, value_scalar(g, "least", x->dtype, -INFINITY));
    n->out[0]->extent[n->a.axis] = e;
}

void softmax_canon(Graph *g, Node *n)
{
    Value *x = n->in[0];
    if (n->opset >= 13) {
        n->a.axis = axis_norm(g, n, n->a.has[A_axis] ? n->a.axis : -1, x->rank);
        n->a.has[A_axis] = true;
        mask_axis(g, n);
        return;
    }
    int axis = axis_norm(g, n, n->a.has[A_axis] ? n->a.axis : MIN(1, x->rank - 1), x->rank);
    if (axis < 0)
        return;
    n->a.axis = only_long_axis(x, axis);
    n->a.has[A_axis] = true;
    if (n->a.axis < 0)
        softmax_flatten(g, n, axis);
    else
        mask_axis(g, n);
}
