/* SPDX-License-Identifier: MIT
 * unroll.c - bodies repeated in the graph around them: a Loop whose turns differ in shape or hand on
 * sequences, and SequenceMap. Each repetition is a copy of the body as the model gave it, in which
 * what the body is handed has been put in the place of its inputs. */
#include <inttypes.h>
#include "ops.h"

enum { MOST_NODES = 1 << 17 }; /* in all copies of a model's bodies */

/* ---- copies of a body ------------------------------------------------------------------------ */

static Value *twin_of(Value *v)
{
    return v && v->twin ? v->twin : v;
}

/* Lists of integers are what canon and infer write to. */
#define COPY_I(field)
#define COPY_F(field)
#define COPY_S(field)
#define COPY_Is(field) \
    if ((field).n)     \
    (field).v = mem_copy((field).v, (size_t)(field).n * sizeof *(field).v)
#define COPY_Fs(field)
#define COPY_Ss(field)
#define COPY_T(field)
#define COPY_G(field)
#define COPY_P(field)

static void attrs_copy(Attrs *a)
{
#define ATTR(kind, name) COPY_##kind(a->name);
#include "attrs.def"
#undef ATTR
}

static void values_copy(const Graph *from, Graph *to)
{
    for (int i = 0; i < from->nvalue; i++) {
        Value *v = mem_copy(from->value[i], sizeof *v);
        PUSH(to->value, to->nvalue, v);
        from->value[i]->twin = v;
    }
}

static Graph *copy_graph(const Graph *from, Graph *outer);

static Node *node_copy(const Node *from, Graph *g)
{
    Node *n = mem_copy(from, sizeof *n);
    n->in = n->out = NULL;
    n->nin = n->nout = 0;
    attrs_copy(&n->a);
    for (int i = 0; i < from->nin; i++)
        PUSH(n->in, n->nin, twin_of(from->in[i]));
    for (int i = 0; i < from->nout; i++) {
        PUSH(n->out, n->nout, twin_of(from->out[i]));
        if (n->out[i])
            n->out[i]->producer = n;
    }
    for (int b = 0; b < 2; b++)
        if (from->body[b])
            n->body[b] = copy_graph(from->body[b], g);
    return n;
}

static Graph *copy_graph(const Graph *from, Graph *outer)
{
    Graph *g = graph_new(outer);
    g->name = from->name;
    g->random = from->random;
    values_copy(from, g);
    for (int i = 0; i < from->nnode; i++)
        graph_add(g, node_copy(from->node[i], g));
    for (int i = 0; i < from->nin; i++)
        PUSH(g->in, g->nin, twin_of(from->in[i]));
    for (int i = 0; i < from->nout; i++)
        PUSH(g->out, g->nout, twin_of(from->out[i]));
    return g;
}

static void forget_twins(const Graph *g)
{
    for (int i = 0; i < g->nvalue; i++)
        g->value[i]->twin = NULL;
    for (int i = 0; i < g->nnode; i++)
        for (int b = 0; b < 2; b++)
            if (g->node[i]->body[b])
                forget_twins(g->node[i]->body[b]);
}

Graph *body_copy(const Graph *body)
{
    Graph *g = copy_graph(body, body->outer);
    forget_twins(body);
    return g;
}

static int64_t nodes_in(const Graph *g)
{
    int64_t count = g->nnode;
    for (int i = 0; i < g->nnode; i++)
        for (int b = 0; b < 2; b++)
            if (g->node[i]->body[b])
                count += nodes_in(g->node[i]->body[b]);
    return count;
}

bool body_repeats(Graph *g, const Node *n, const Graph *body, int64_t times)
{
    int64_t nodes = mul_size(nodes_in(body) + 1, times);
    while (g->outer)
        g = g->outer;
    if (nodes >= 0 && nodes <= MOST_NODES - g->copied) {
        g->copied += nodes;
        return true;
    }
    blocker(n, NULL, "its body would have to be repeated %" PRId64 " times", times);
    return false;
}

/* A copy of the body whose inputs are `given`, opened in g: what it returns. */
Value **body_apply(Graph *g, const Graph *body, Value *const *given)
{
    Graph *copy = body_copy(body);
    for (int i = 0; i < copy->nin; i++)
        graph_replace(copy, copy->in[i], given[i]);
    body_open(g, copy);
    return copy->out;
}

/* ---- Loop ------------------------------------------------------------------------------------ */

/* The slices of all turns, each with one more axis in front, in one tensor. */
static void gather_slices(Graph *g, Node *n, int count, Value **slice, Value *out)
{
    Value **part = mem((size_t)(count + 1) * sizeof *part);
    Value *axis = value_ints(g, "axis", 1, &(int64_t){0});
    for (int t = 0; t < count; t++) {
        Value *in[] = {slice[t], axis};
        part[t] = value_new(g, slice[t]->name, DT_NONE, -1, NULL);
        infer_walk(g, node_new(g, "Unsqueeze", n->name, 2, in, 1, &part[t]));
    }
    Node *join = node_new(g, "Concat", n->name, count, part, 1, &out);
    join->a.axis = 0;
    infer_walk(g, join);
}

void loop_unroll(Graph *g, Node *n, const Graph *body)
{
    int states = loop_states(n), slices = n->nout - states, blockers = blockers_count();
    Value **given = mem((size_t)(n->nin + 1) * sizeof *given);
    Value **slice = mem(((size_t)slices * (size_t)n->trips + 1) * sizeof *slice);
    for (int k = 0; k < states; k++)
        given[LOOP_IN + k] = n->in[LOOP_IN + k];
    given[LOOP_COND] = value_scalar(g, "true", DT_BOOL, 1);
    for (int64_t t = 0; t < n->trips && blockers_count() == blockers; t++) {
        given[LOOP_TURN] = value_scalar(g, "turn", DT_INT64, (double)t);
        Value **got = body_apply(g, body, given);
        for (int k = 0; k < states; k++)
            given[LOOP_IN + k] = got[LOOP_OUT + k];
        for (int i = 0; i < slices; i++)
            slice[i * n->trips + t] = got[LOOP_OUT + states + i];
    }
    for (int k = 0; k < n->nout && blockers_count() == blockers; k++)
        if (k < states)
            infer_walk(g, node_new(g, "Identity", n->name, 1, &given[LOOP_IN + k], 1, &n->out[k]));
        else
            gather_slices(g, n, (int)n->trips, slice + (k - states) * n->trips, n->out[k]);
}
