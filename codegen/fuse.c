/* SPDX-License-Identifier: MIT
 * fuse.c - fewer layers. Constant scales and shifts go into the weights of the product before them; elementwise layers
 * join their elementwise producer, or become the epilogue of the layer that makes their operand. The pairs that may
 * join are rows of fusions.def. */
#include <string.h>
#include "fuse.h"

typedef struct Fusion {
    const char *first, *second;
    bool (*join)(Graph *g, Node *first, Node *second);
} Fusion;

static const Fusion fusions[] = {
#define FUSE(first, second, function) {#first, #second, function},
#include "fusions.def"
#undef FUSE
};

/* ---- helpers ------------------------------------------------------------------------------------------------------- */

int reads_of(const Node *n, const Value *v)
{
    int reads = 0;
    for (int k = 0; k < n->nin; k++)
        reads += n->in[k] == v;
    return reads;
}

/* n reads v, and nobody else does. */
static bool only_reader(const Node *n, const Value *v)
{
    return v->uses && v->uses == reads_of(n, v);
}

/* Index of v among in[from..], added when it is not there yet. */
static int operand_index(Node *n, Value *v, int from)
{
    for (int k = from; k < n->nin; k++)
        if (n->in[k] == v)
            return k;
    node_input_add(n, v);
    return n->nin - 1;
}

/* Take `second`'s expression, over first's operands, with its leaf for `through` replaced by `inner`. */
static Expr *adopt(Node *first, const Node *second, const Value *through, Expr *inner, int from)
{
    int to[64];
    for (int k = 0; k < second->nin; k++)
        to[k] = second->in[k] == through ? 63 : operand_index(first, second->in[k], from);
    return expr_substitute(expr_renumber(second->expr, to), 63, inner);
}

static void take_output(Node *first, Node *second)
{
    first->out[0] = second->out[0];
    first->out[0]->producer = first;
    node_absorb(first, second);
}

enum { OWN = 4, MOST_OPERANDS = 14 };

static bool operands_fit(const Node *first, const Node *second)
{
    return first->nin + second->nin <= MOST_OPERANDS;
}

/* ---- the joins ------------------------------------------------------------------------------------------------------- */

/* Kernels look at a node's own inputs by position: absent ones become NULL before operands follow. */
static void pad_own_inputs(Node *n)
{
    if (n->expr)
        return;
    while (n->nin < MAX(OWN, n->op->max_in))
        node_input_add(n, NULL);
    n->nown = n->nin;
}

/* f(a) then g(.) is one loop over g(f(a)), unless g's output is larger: f would be computed again and again. */
bool join_maps(Graph *g, Node *first, Node *second)
{
    (void)g;
    Value *v = first->out[0];
    if (!operands_fit(first, second) ||
        (!value_same_dims(v, second->out[0]) && expr_cost(first->expr) > 2))
        return false;
    if (!value_same_dims(v, second->out[0]) && value_count(v) != value_count(second->out[0]))
        return false;
    first->expr = adopt(first, second, v, first->expr, 0);
    first->nown = first->nin;
    take_output(first, second);
    return true;
}

static Expr *result_of(const Node *n)
{
    return n->expr ? n->expr : expr_leaf(-1, n->out[0]->dtype);
}

/* An operand that vector epilogues can read: one number, one per channel, or as large as the result. */
static bool epilogue_operand(const Value *v, const Value *out, int axis)
{
    if (value_count(v) == 1 || value_same_dims(v, out))
        return true;
    int shift = out->rank - v->rank;
    for (int i = 0; i < out->rank; i++) {
        int64_t dim = i < shift ? 1 : v->dim[i - shift];
        if (dim != 1 && i != axis)
            return false;
        if (i == axis && dim != out->dim[i])
            return false;
    }
    return true;
}

static bool join_epilogue(Node *first, Node *second, int axis)
{
    Value *v = first->out[0];
    if (!operands_fit(first, second) || !value_same_dims(v, second->out[0]) || first->nout > 1)
        return false;
    if (first->out[0]->dtype == DT_FLOAT && !expr_is_vector(second->expr))
        return false;
    for (int k = 0; k < second->nin; k++)
        if (second->in[k] != v && !epilogue_operand(second->in[k], v, axis))
            return false;
    pad_own_inputs(first);
    first->expr = adopt(first, second, v, result_of(first), first->nown);
    take_output(first, second);
    return true;
}

/* The result's rows run along the channels (axis 1). */
bool join_epilogue_channels(Graph *g, Node *first, Node *second)
{
    (void)g;
    return join_epilogue(first, second, 1);
}

/* The result's rows run along the last axis. */
bool join_epilogue_last(Graph *g, Node *first, Node *second)
{
    (void)g;
    return join_epilogue(first, second, first->out[0]->rank - 1);
}

/* A constant of one element becomes a number in the expression, where it can be simplified with the rest. */
static void inline_scalars(Graph *g)
{
    for (int i = 0; i < g->nnode; i++) {
        Node *n = g->node[i];
        for (int k = 0; node_is(n, "Map") && k < n->nin; k++) {
            Value *v = n->in[k];
            if (!v || !v->data || value_count(v) != 1 || v->dtype == DT_STRING ||
                !expr_uses(n->expr, k))
                continue;
            Expr *e = expr_const(v->dtype, value_at(v, 0));
            if (!dtype_is_float(v->dtype))
                e->i = value_int_at(v, 0);
            n->expr = expr_substitute(n->expr, k, e);
        }
    }
}

/* Inputs that no leaf mentions any more are dropped. */
static void drop_unused(Graph *g)
{
    for (int i = 0; i < g->nnode; i++) {
        Node *n = g->node[i];
        int to[64] = {0}, kept = 0;
        if (!node_is(n, "Map") || n->nin > 64)
            continue;
        for (int k = 0; k < n->nin; k++)
            if (expr_uses(n->expr, k)) {
                to[k] = kept;
                n->in[kept++] = n->in[k];
            }
        n->expr = expr_renumber(n->expr, to);
        n->nin = n->nown = kept;
    }
}

/* ---- divisions by constants ------------------------------------------------------------------------------------------ */

/* A division takes five times as long as a multiplication: in the hard-swish of a mobile net, x * clip(x + 3, 0, 6) / 6
 * behind 1x1 convolutions of 32 channels, a fifth of the layer. The sums of a product are rounded, too; those that are
 * known to be exact keep the quotient of the definition, as all do with --accuracy=strict. */
static void divide_by_reciprocals(Graph *g)
{
    for (int i = 0; i < g->nnode; i++) {
        Node *n = g->node[i];
        if (n->expr && !n->exact && !node_is(n, "Map"))
            n->expr = expr_by_reciprocals(n->expr);
    }
}

/* ---- the pass -------------------------------------------------------------------------------------------------------- */

static int position(const Graph *g, const Node *n)
{
    for (int i = 0; i < g->nnode; i++)
        if (g->node[i] == n)
            return i;
    return -1;
}

static bool join(Graph *g, Node *first, Node *second)
{
    for (size_t i = 0; i < COUNT(fusions); i++)
        if (node_is(first, fusions[i].first) && node_is(second, fusions[i].second) &&
            fusions[i].join(g, first, second))
            return true;
    return false;
}

/* The producer of one of n's operands that takes n in; the latest one, so that all other operands exist by then. The
 * joined node stands where n stood: nobody reads the producer's output before. */
static bool join_producer(Graph *g, int at)
{
    Node *n = g->node[at];
    int best = -1;
    bool tried[64] = {false};
    for (;;) {
        int pick = -1;
        best = -1;
        for (int k = 0; k < n->nin && k < 64; k++) {
            Value *v = n->in[k];
            if (tried[k] || !v || !v->producer || v->data || !only_reader(n, v))
                continue;
            int p = position(g, v->producer);
            if (p > best) {
                best = p;
                pick = k;
            }
        }
        if (pick < 0)
            return false;
        tried[pick] = true;
        Node *first = g->node[best];
        if (!join(g, first, n))
            continue;
        memmove(g->node + best, g->node + best + 1, (size_t)(at - best) * sizeof *g->node);
        g->node[at - 1] = first;
        memmove(g->node + at, g->node + at + 1, (size_t)(g->nnode - at - 1) * sizeof *g->node);
        g->nnode--;
        return true;
    }
}

static void join_graph(Compiler *c, Graph *g)
{
    for (int i = 0; i < g->nnode; i++) {
        for (int b = 0; b < 2; b++)
            if (g->node[i]->body[b])
                join_graph(c, g->node[i]->body[b]);
        while (i >= 0 && join_producer(g, i)) {
            graph_count_uses(c->graph);
            i--;
        }
    }
}

static void each_graph(Graph *g, void (*f)(Graph *))
{
    f(g);
    for (int i = 0; i < g->nnode; i++)
        for (int b = 0; b < 2; b++)
            if (g->node[i]->body[b])
                each_graph(g->node[i]->body[b], f);
}

void fuse(Compiler *c)
{
    Graph *g = c->graph;
    if (c->no_fuse)
        return;
    graph_clean(g);
    each_graph(g, integers_as_floats);
    each_graph(g, unfold_images);
    each_graph(g, fold_affine);
    each_graph(g, inline_scalars);
    each_graph(g, drop_unused);
    graph_clean(g);
    join_graph(c, g);
    if (may_reassociate(c))
        each_graph(g, divide_by_reciprocals);
    graph_clean(g);
}
