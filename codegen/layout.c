/* SPDX-License-Identifier: MIT
 * layout.c - decides how every tensor lies in memory, as strides over a storage.
 *
 * Walking in order, each output gets a storage of its own: channels-last where convolution-like operators make or follow
 * it, else row-major. What only renames elements (Reshape, Transpose, Slice ...) becomes a view and leaves the graph;
 * what is gathered into one tensor (Concat, the results of If) is written in place by its producers where they can.
 * Where a view cannot express it, a Copy node moves the elements. A ConvTranspose gives way to convolutions that write
 * interleaved views of its output. Afterwards no VIEW operator and no Concat is left. */
#include <string.h>
#include "layout.h"

static bool vectors; /* the target computes in vectors: channels-last pays */

static bool by_phases; /* but not where the naive kernels are the oracle */

static const Graph *top;

static bool is_graph_out(const Graph *g, const Value *v)
{
    for (int i = 0; i < g->nout; i++)
        if (g->out[i] == v)
            return true;
    return false;
}

static const char *const spatial_ops[] = {"Conv",        "ConvInteger", "ConvTranspose", "MaxPool",
                                          "AveragePool", "LpPool",      "Resize"};
static const char *const follow_ops[] = {"Map",        "Copy",      "Concat",    "Pad",
                                         "ReduceMean", "ReduceMax", "ReduceSum", "ReduceL2"};

static bool listed(const Node *n, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (node_is(n, names[i]))
            return true;
    return false;
}

static bool is_channels_last(const Value *v)
{
    int64_t s[MAX_RANK];
    stride_channels_last(v, s);
    if (!v->base || v->rank < 3 || value_is_plain(v))
        return false;
    return v->stride[1] == 1 || v->dim[1] == 1;
}

/* A tensor that computes in rows of channels wants them to be neighbours. What the caller gets is row-major: a layer that
 * computes any layout equally well writes it so at once. */
static bool wants_channels_last(const Node *n, const Value *out)
{
    if (!vectors || out->rank < 3 || (node_is(n, "Map") && is_graph_out(top, out)))
        return false;
    if (listed(n, spatial_ops, COUNT(spatial_ops)))
        return true;
    if (!listed(n, follow_ops, COUNT(follow_ops)))
        return false;
    for (int i = 0; i < n->nin; i++)
        if (n->in[i] && n->in[i]->rank == out->rank && n->in[i]->base && !n->in[i]->data &&
            is_channels_last(n->in[i]))
            return true;
    return false;
}

/* Give v its part of the value it is written into, whose storage is decided first. */
static void place_into(Node *n, Value *v)
{
    Value *whole = v->into;
    if (!whole->base)
        place_out(n, whole);
    value_view(v, whole, v->into_at * (v->rank ? whole->stride[v->into_axis] : 0), whole->stride);
}

void place_out(Node *n, Value *v)
{
    int64_t stride[MAX_RANK];
    if (v->base)
        return;
    if (v->into) {
        place_into(n, v);
        return;
    }
    if (wants_channels_last(n, v))
        stride_channels_last(v, stride);
    else
        stride_plain(v, stride);
    value_own(v, stride);
}

static void place_outs(Node *n)
{
    for (int i = 0; i < n->nout; i++)
        if (n->out[i])
            place_out(n, n->out[i]);
}

static void constants_plain(Node *n)
{
    int64_t stride[MAX_RANK];
    for (int i = 0; i < n->nin; i++) {
        Value *v = n->in[i];
        if (!v || !v->data || v->storage == IN_WEIGHTS)
            continue;
        stride_plain(v, stride);
        value_own(v, stride);
        v->storage = IN_WEIGHTS;
    }
}

Value *copy_of(Graph *g, Value *v)
{
    Value *w = value_new(g, text("%s copy", v->name), v->dtype, v->rank, v->dim);
    w->stored = value_stored(v);
    Node *n = graph_add(g, node_new(g, "Copy", v->name, 1, &v, 1, &w));
    if (v->producer)
        n->name = v->producer->name, n->origin[0] = n->name;
    constants_plain(n);
    return w;
}

static Value *plain_copy(Graph *g, Value *v)
{
    int64_t stride[MAX_RANK];
    Value *w = copy_of(g, v);
    stride_plain(w, stride);
    value_own(w, stride);
    return w;
}

/* The first axis behind those from `first` on that have `count` elements together; -1: there is none. */
static int axis_after(const Value *v, int first, int64_t count)
{
    int64_t n = 1;
    while (first < v->rank && n < count)
        n *= v->dim[first++];
    return n == count ? first : -1;
}

/* Axes [first, end) row by row from `step` on; returns the step of an axis outside of them. */
static int64_t stride_run(const Value *v, int first, int end, int64_t step, int64_t *stride)
{
    for (int i = end - 1; i >= first; step *= v->dim[i--])
        stride[i] = step;
    return step;
}

/* Does a reshape to the images `to` make channels of axes of v, of which one is contiguous, and leave the others as they
 * are? Then their strides as rows of channels: channels that are shuffled in each pixel stay with it. */
static bool stride_shuffled(const Value *v, const Value *to, int64_t *stride)
{
    if (!vectors || to->rank < 4 || !value_count(v))
        return false;
    int first = axis_after(v, 0, to->dim[0]),
        end = first < 0 ? -1 : axis_after(v, first, to->dim[1]);
    bool rows = false;
    if (end < 0 || v->rank - end != to->rank - 2)
        return false;
    for (int i = end; i < v->rank; i++)
        if (v->dim[i] != to->dim[i - end + 2])
            return false;
    for (int i = first; i < end; i++)
        rows |= v->dim[i] > 1 && v->stride[i] == 1;
    int64_t step = stride_run(v, first, end, 1, stride);
    stride_run(v, 0, first, stride_run(v, end, v->rank, step, stride), stride);
    return rows;
}

static Value *copy_to_reshape(Graph *g, Value *v, const Value *to)
{
    int64_t stride[MAX_RANK];
    if (!stride_shuffled(v, to, stride))
        return plain_copy(g, v);
    Value *w = copy_of(g, v);
    value_own(w, stride);
    return w;
}

static void layout_view(Graph *g, Node *n)
{
    if (!n->op->view(n)) {
        n->in[0] = node_is(n, "Reshape") ? copy_to_reshape(g, n->in[0], n->out[0])
                                         : plain_copy(g, n->in[0]);
        if (!n->op->view(n))
            BUG("node '%s' (%s): no view of a row-major tensor", n->name, n->op->name);
    }
    n->out[0]->producer = n->in[0]->producer; /* the node itself is gone */
}

static void layout_concat(Graph *g, Node *n)
{
    Value *out = n->out[0];
    int axis = (int)(n->a.axis < 0 ? n->a.axis + out->rank : n->a.axis);
    int64_t at = 0;
    place_out(n, out);
    for (int i = 0; i < n->nin; at += n->in[i]->dim[axis], i++) {
        Value *v = n->in[i];
        if ((v->into == out && v->into_at == at) || value_count(v) == 0)
            continue;
        Value *part = copy_of(g, v);
        part->into = out;
        part->into_axis = axis;
        part->into_at = at;
        place_into(n, part);
    }
    out->producer = g->nnode ? g->node[g->nnode - 1] : NULL;
}

/* Operators whose vector kernels read rows of channels get them, when there are channels worth a vector. */
static void channels_last_input(Graph *g, Node *n)
{
    Value *x = node_in(n, 0);
    bool depthwise = node_is(n, "Conv") && n->a.group > 1 && n->a.group == x->dim[1];
    bool reads_rows =
        depthwise || node_is(n, "MaxPool") || node_is(n, "AveragePool") || node_is(n, "Resize");
    if (!vectors || !reads_rows || x->rank < 3 || x->dim[1] < 4 || x->stride[1] == 1)
        return;
    int64_t stride[MAX_RANK];
    Value *w = copy_of(g, x);
    stride_channels_last(w, stride);
    value_own(w, stride);
    n->in[0] = w;
}

static void layout_if(Graph *g, Node *n)
{
    (void)g;
    place_outs(n);
    for (int b = 0; b < 2; b++) {
        Graph *body = n->body[b];
        layout_graph(body);
        for (int i = 0; i < body->nout; i++) {
            if (!n->out[i] || !n->out[i]->uses || body->out[i]->into == n->out[i])
                continue;
            Value *w = copy_of(body, body->out[i]);
            value_view(w, n->out[i], 0, n->out[i]->stride);
            body->out[i] = w;
        }
    }
}

static void layout_node(Graph *g, Node *n)
{
    constants_plain(n);
    if (n->op->cls == OP_VIEW) {
        layout_view(g, n);
    } else if (node_is(n, "Concat")) {
        layout_concat(g, n);
    } else if (n->op->cls == OP_CONTROL) {
        (node_is_loop(n) ? layout_loop : layout_if)(g, n);
        graph_add(g, n);
    } else if (vectors && by_phases && phases_serve(n)) {
        place_outs(n);
        phases_add(g, n);
        n->out[0]->producer = g->node[g->nnode - 1];
    } else {
        if (n->nin && n->in[0])
            channels_last_input(g, n);
        place_outs(n);
        graph_add(g, n);
    }
}

void layout_graph(Graph *g)
{
    Node **node = g->node;
    int nnode = g->nnode;
    g->node = NULL;
    g->nnode = 0;
    for (int i = 0; i < nnode; i++)
        layout_node(g, node[i]);
}

/* ---- writing in place -------------------------------------------------------------------------------------------- */

bool produced_here(const Graph *g, const Value *v)
{
    const Node *p = v->producer;
    if (!p || v->data || v->into || p->op->cls != OP_COMPUTE)
        return false;
    for (int i = 0; i < g->nnode; i++)
        if (g->node[i] == p)
            return true;
    return false;
}

static bool nests_in(const Value *whole, const Value *v)
{
    for (; whole; whole = whole->into)
        if (whole == v)
            return true;
    return false;
}

/* The inputs of a Concat are written straight to their places when a kernel of this graph makes them. A whole that is
 * a graph output lies row-major in the caller's memory; others may be channels-last. */
static void concat_in_place(Graph *g, Node *n)
{
    int64_t at = 0;
    int axis = (int)(n->a.axis < 0 ? n->a.axis + n->out[0]->rank : n->a.axis);
    for (int i = 0; i < n->nin; at += n->in[i]->dim[axis], i++) {
        Value *v = n->in[i];
        if (!produced_here(g, v) || is_graph_out(g, v) || nests_in(n->out[0], v))
            continue;
        v->into = n->out[0];
        v->into_axis = axis;
        v->into_at = at;
    }
}

static void if_in_place(Graph *g, Node *n)
{
    (void)g;
    for (int b = 0; b < 2; b++)
        for (int i = 0; i < n->body[b]->nout; i++) {
            Value *v = n->body[b]->out[i];
            if (n->out[i] && produced_here(n->body[b], v) && !node_is(v->producer, "Concat"))
                v->into = n->out[i];
        }
}

static void find_in_place(Graph *g)
{
    for (int i = g->nnode - 1; i >= 0; i--) {
        Node *n = g->node[i];
        if (node_is(n, "Concat"))
            concat_in_place(g, n);
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                find_in_place(n->body[b]);
        if (n->op->cls == OP_CONTROL)
            (node_is_loop(n) ? loop_in_place : if_in_place)(g, n);
    }
}

/* ---- the graph's own inputs and outputs -------------------------------------------------------------------------- */

static void layout_inputs(Graph *g)
{
    int64_t stride[MAX_RANK];
    for (int i = 0; i < g->nin; i++) {
        stride_plain(g->in[i], stride);
        value_own(g->in[i], stride);
        g->in[i]->storage = IN_INPUT;
        g->in[i]->index = i;
    }
}

/* The caller's memory holds output i itself where one storage is exactly it, else a copy is made at the end. */
static void layout_output(Graph *g, int i)
{
    Value *v = g->out[i];
    int64_t stride[MAX_RANK];
    if (v->data && v->storage != IN_WEIGHTS) {
        stride_plain(v, stride);
        value_own(v, stride);
        v->storage = value_count(v) ? IN_WEIGHTS : IN_ARENA; /* nothing to copy */
    }
    Value *b = v->base;
    if (b->storage != IN_ARENA || v->start || b->size != value_count(v) || !value_is_plain(v) ||
        b->dtype != v->dtype) {
        v = plain_copy(g, v);
        g->out[i] = v;
        b = v;
    }
    b->storage = IN_OUTPUT;
    b->index = i;
}

void layout(Compiler *c)
{
    Graph *g = c->graph;
    top = g;
    vectors = c->target->lanes > 1;
    by_phases = !c->only_kernels || strcmp(c->only_kernels, "none");
    layout_inputs(g);
    find_in_place(g);
    layout_graph(g);
    for (int i = 0; i < g->nout; i++)
        layout_output(g, i);
}
