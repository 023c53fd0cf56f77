/* SPDX-License-Identifier: MIT
 * widen.c - --accuracy=double: every float of the inferred graph becomes a double, so that plain kernels compute what
 * the others are measured by. The net's own inputs and outputs stay as they are, behind casts. */
#include "dnncc.h"

static DType wide(DType t)
{
    return t == DT_FLOAT ? DT_DOUBLE : t;
}

static const void *wide_data(const Value *v)
{
    int64_t count = value_count(v);
    double *to = mem((size_t)(count + 1) * sizeof *to);
    for (int64_t i = 0; i < count; i++)
        to[i] = value_at(v, i);
    return to;
}

static void widen_value(Value *v)
{
    if (v->dtype == DT_FLOAT && v->data)
        v->data = wide_data(v);
    v->dtype = wide(v->dtype);
}

/* Shared parts are met more than once, which does no harm. */
static void widen_expr(Expr *e)
{
    e->dtype = wide(e->dtype);
    for (int i = 0; i < e->nargs; i++)
        widen_expr(e->arg[i]);
}

static void widen_graph(Graph *g)
{
    for (int i = 0; i < g->nvalue; i++)
        widen_value(g->value[i]);
    for (int i = 0; i < g->nnode; i++) {
        if (g->node[i]->expr)
            widen_expr(g->node[i]->expr);
        for (int b = 0; b < 2; b++)
            if (g->node[i]->body[b])
                widen_graph(g->node[i]->body[b]);
    }
}

/* A Map node at `at` of the list that makes `to` of `from`. */
static void cast_insert(Graph *g, int at, Value *from, Value *to)
{
    Node *n = node_new(g, "Map", to->name, 1, &from, 1, &to);
    n->expr = expr_cast(expr_leaf(0, from->dtype), to->dtype);
    graph_insert(g, at, n);
}

static void widen_input(Graph *g, Value *v)
{
    Value *inside = value_new(g, v->name, DT_DOUBLE, v->rank, v->dim);
    graph_replace(g, v, inside);
    v->dtype = DT_FLOAT;
    cast_insert(g, 0, v, inside);
}

static Value *narrow_output(Graph *g, Value *v)
{
    Value *outside = value_new(g, v->name, DT_FLOAT, v->rank, v->dim);
    cast_insert(g, g->nnode, v, outside);
    return outside;
}

static bool *are_floats(int n, Value *const *v)
{
    bool *is = mem((size_t)n + 1);
    for (int i = 0; i < n; i++)
        is[i] = v[i]->dtype == DT_FLOAT;
    return is;
}

void widen(Compiler *c)
{
    Graph *g = c->graph;
    bool *in = are_floats(g->nin, g->in), *out = are_floats(g->nout, g->out);
    if (c->accuracy != ACCURACY_DOUBLE)
        return;
    widen_graph(g);
    for (int i = 0; i < g->nin; i++)
        if (in[i])
            widen_input(g, g->in[i]);
    for (int i = 0; i < g->nout; i++)
        if (out[i])
            g->out[i] = narrow_output(g, g->out[i]);
}
