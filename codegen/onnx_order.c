/* SPDX-License-Identifier: MIT
 * onnx_order.c - an order in which nodes can be computed. The specification asks for one, but files break it. Depth
 * first along what each node reads, starting from the nodes as they stand: those already in order stay where they are.
 * An If reads what its branches read from around them. */
#include <string.h>
#include "onnx.h"

/* Names that branches define for themselves, innermost first. */
typedef struct Inner {
    const struct Inner *outer;
    Names names;
} Inner;

typedef struct Edges {
    int *to;
    int n;
} Edges;

static void read_name(const Names *names, const Inner *inner, Edges *e, const char *name)
{
    for (; inner; inner = inner->outer)
        if (names_find(&inner->names, name))
            return;
    const Name *found = names_find(names, name);
    if (found && found->maker >= 0)
        PUSH(e->to, e->n, found->maker);
}

static void read_graph(const Names *names, const Inner *inner, Edges *e, const Onnx__GraphProto *g);

static void read_node(const Names *names, const Inner *inner, Edges *e, const Onnx__NodeProto *p)
{
    for (size_t i = 0; i < p->n_input; i++)
        read_name(names, inner, e, p->input[i]);
    for (size_t i = 0; i < p->n_attribute; i++)
        if (p->attribute[i]->g)
            read_graph(names, inner, e, p->attribute[i]->g);
}

static void read_graph(const Names *names, const Inner *outer, Edges *e, const Onnx__GraphProto *g)
{
    Inner inner = {.outer = outer};
    for (size_t i = 0; i < g->n_initializer; i++)
        names_add(&inner.names, wire_text(g->initializer[i]->name));
    for (size_t i = 0; i < g->n_input; i++)
        names_add(&inner.names, wire_text(g->input[i]->name));
    for (size_t i = 0; i < g->n_node; i++)
        for (size_t k = 0; k < g->node[i]->n_output; k++)
            names_add(&inner.names, g->node[i]->output[k]);
    for (size_t i = 0; i < g->n_node; i++)
        read_node(names, &inner, e, g->node[i]);
    for (size_t i = 0; i < g->n_output; i++)
        read_name(names, &inner, e, wire_text(g->output[i]->name));
}

typedef enum State { NEW, OPEN, DONE } State;

typedef struct Search {
    Onnx__NodeProto **node;
    Edges *edges;
    int *next; /* edges of a node that were followed */
    char *state;
    int *stack, top;
    int *order, n;
} Search;

static void visit(Search *s, int i)
{
    if (s->state[i] == OPEN)
        fatal("an ONNX graph must not contain a cycle",
              "node '%s' (%s) reads what is computed from its own output", node_label(s->node[i]),
              safe_name(wire_text(s->node[i]->op_type)));
    if (s->state[i] == DONE)
        return;
    s->state[i] = OPEN;
    s->stack[s->top++] = i;
}

static void search(Search *s)
{
    while (s->top) {
        int i = s->stack[s->top - 1];
        if (s->next[i] < s->edges[i].n) {
            visit(s, s->edges[i].to[s->next[i]++]);
            continue;
        }
        s->state[i] = DONE;
        s->order[s->n++] = i;
        s->top--;
    }
}

int *order_nodes(const Names *names, int n, Onnx__NodeProto **node)
{
    size_t ints = ((size_t)n + 1) * sizeof(int);
    Search s = {.node = node, .edges = mem(((size_t)n + 1) * sizeof(Edges)), .next = mem(ints)};
    s.state = mem((size_t)n + 1);
    s.stack = mem(ints);
    s.order = mem(ints);
    for (int i = 0; i < n; i++)
        read_node(names, NULL, &s.edges[i], node[i]);
    for (int i = 0; i < n; i++)
        if (s.state[i] == NEW) {
            visit(&s, i);
            search(&s);
        }
    return s.order;
}
