/* SPDX-License-Identifier: MIT
 * rewrite.c - what canon() and expand() of many operators do: turn attributes into inputs, make a
 * node one of another operator, put views together. */
#include <string.h>
#include "ops.h"

void input_set(Node *n, int i, Value *v)
{
    while (n->nin <= i)
        node_input_add(n, NULL);
    n->in[i] = v;
    n->nown = n->nin;
}

void inputs_keep(Node *n, int count)
{
    n->nin = MIN(n->nin, count);
    n->nown = n->nin;
}

void attr_to_input(Graph *g, Node *n, AttrId id, int i, Ints list)
{
    if (!n->a.has[id] || node_in(n, i))
        return;
    n->a.has[id] = false;
    input_set(n, i, value_ints(g, text("%s/%d", n->name, i), list.n, list.v));
}

/* n becomes a node of another operator that reads in[0..nin). */
void node_become(Node *n, const char *op, int nin, Value **in)
{
    n->op = op_find("", op);
    n->nin = 0;
    for (int i = 0; i < nin; i++) {
        Value *v = in[i]; /* in may be n->in itself */
        PUSH(n->in, n->nin, v);
    }
    n->nown = nin;
    memset(n->a.has, 0, sizeof n->a.has);
    attrs_default(n);
}

Value *reshape_to(Graph *g, const Node *n, Value *x, int rank, const int64_t *dim, Value *out)
{
    Value *shape = value_ints(g, "shape", rank, dim);
    return add_op(g, "Reshape", n->name, 2, (Value *[]){x, shape}, out);
}

Value *reshape_now(Graph *g, const Node *n, Value *x, int rank, const int64_t *dim)
{
    return op_now(g, "Reshape", n, 2, (Value *[]){x, value_ints(g, "shape", rank, dim)});
}

Value *expand_now(Graph *g, const Node *n, Value *x, int rank, const int64_t *dim)
{
    return op_now(g, "Expand", n, 2, (Value *[]){x, value_ints(g, "shape", rank, dim)});
}

Value *transpose_to(Graph *g, const Node *n, Value *x, int rank, const int64_t *perm, Value *out)
{
    out = add_op(g, "Transpose", n->name, 1, &x, out);
    Node *t = g->node[g->nnode - 1];
    t->a.perm = (Ints){rank, mem_copy(perm, (size_t)rank * sizeof *perm)};
    t->a.has[A_perm] = true;
    return out;
}

/* [start, end) of x along one axis, by step. */
Value *slice_to(Graph *g, const Node *n, Value *x, int axis, const int64_t range[3], Value *out)
{
    Value *in[5] = {x};
    for (int i = 0; i < 2; i++)
        in[1 + i] = value_ints(g, i ? "end" : "start", 1, range + i);
    in[3] = value_ints(g, "axis", 1, &(int64_t){axis});
    in[4] = value_ints(g, "step", 1, range + 2);
    return add_op(g, "Slice", n->name, 5, in, out);
}

int64_t dims_product(const int64_t *dim, int from, int to)
{
    int64_t count = 1;
    for (int i = from; i < to; i++)
        count *= dim[i];
    return count;
}

/* v in type `to`, at once if it is constant; out NULL: a new value, or v itself where nothing changes. */
Value *convert_to(Graph *g, const Node *n, Value *v, DType to, Value *out)
{
    if (v->dtype == to && !out)
        return v;
    Value *y = add_op(g, "Map", n->name, 1, &v, out);
    Node *m = g->node[g->nnode - 1];
    m->expr = expr_cast(expr_leaf(0, v->dtype), to);
    infer_node(g, m);
    if (fold_node(g, m))
        g->nnode--;
    return y;
}

Value *cast_op(Graph *g, const Node *n, Value *x, Value *out)
{
    add_op(g, "Cast", n->name, 1, &x, out);
    g->node[g->nnode - 1]->a.to = out->dtype;
    return out;
}

/* Floats of half the width are reckoned with in full width. */
DType wide_type(DType t)
{
    return dtype_kind(t) == 'h' ? DT_FLOAT : t;
}

Value *along_axis(Graph *g, const Node *n, const char *op, int axis, int nin, Value **in,
                  Value *out)
{
    out = add_op(g, op, n->name, nin, in, out);
    Node *added = g->node[g->nnode - 1];
    added->a.axis = axis;
    added->a.has[A_axis] = true;
    infer_node(g, added);
    return out;
}
