/* SPDX-License-Identifier: MIT
 * suppose.c - sizes that are elements of an input, where no operator says what they lead to. A model that resizes as an
 * input tells declares the shape of its output all the same. So its dims are tried as the input's elements, as many
 * of them as there are, in order, or with one element left open; what leads to all declared shapes is taken, and
 * NAME_run returns 2 where the input really is another.
 *
 *     input size: 4 elements, output declared 2 x 5 x 6 x 2  ->  size = 2 ? 5 6  */
#include <string.h>
#include "ops/ops.h"

enum {
    MOST_TRIES = 64,
    MOST_NODES = 4096,  /* of a model that is tried */
    OPEN_MOST = 1 << 12 /* an element that is left open is between -OPEN_MOST and that */
};

/* What the elements of an input of the graph are supposed to be: between these two. */
typedef struct Guess {
    int input;
    int64_t least[MAX_RANK], most[MAX_RANK];
} Guess;

static bool may_hold_sizes(const Value *v)
{
    return v->rank == 1 && v->dtype == DT_INT64 && v->dim[0] >= 1 && v->dim[0] <= MAX_RANK;
}

static bool is_declared(const Value *v)
{
    bool known = v->declared && v->declared->rank > 0;
    for (int i = 0; known && i < v->declared->rank; i++)
        known = v->declared->dim[i] >= 0;
    return known;
}

Graph *suppose_copy(const Compiler *c)
{
    const Graph *g = c->graph;
    bool sizes = false, declared = g->nnode <= MOST_NODES;
    for (int i = 0; i < c->nin_port; i++)
        declared &= !c->in_port[i].list;
    for (int i = 0; i < g->nout; i++)
        declared &= is_declared(g->out[i]);
    for (int i = 0; i < g->nin; i++)
        sizes |= may_hold_sizes(g->in[i]);
    return sizes && declared ? body_copy(g) : NULL;
}

static double *as_doubles(const int64_t *v)
{
    double *d = mem(MAX_RANK * sizeof *d);
    for (int i = 0; i < MAX_RANK; i++)
        d[i] = (double)v[i];
    return d;
}

/* A check goes in front of all other nodes, which then may rely on it. */
static void adopt(Graph *g, const Guess *guess)
{
    Value *v = g->in[guess->input];
    int count = (int)v->dim[0], nodes = g->nnode;
    const Node names = {.name = v->name};
    Value *in[] = {v, value_ints(g, v->name, count, guess->least),
                   value_ints(g, v->name, count, guess->most)};
    if (!memcmp(guess->least, guess->most, sizeof guess->least))
        graph_replace(g, v, in[1]);
    require(g, &names, map_text(g, v->name, "a >= b && a <= c", 3, in, NULL),
            "it does not lead to the shapes that are declared");
    Node **all = mem_copy(g->node, (size_t)g->nnode * sizeof *all);
    for (int i = 0; i < g->nnode; i++)
        g->node[i] = all[(i + nodes) % g->nnode];
    v->least = as_doubles(guess->least);
    v->most = as_doubles(guess->most);
}

/* Do all outputs have the declared shapes, and are all sizes known on the way there? */
static bool leads_there(const Graph *g, const Graph *fresh)
{
    for (int i = 0; i < g->nout; i++)
        if (!value_same_dims(g->out[i], fresh->out[i]->declared))
            return false;
    for (int i = 0; i < g->nvalue; i++)
        if (g->value[i]->rank > 0 && has_extent(g->value[i]))
            return false;
    return true;
}

static bool try(Compiler *c, const Graph *fresh, const Guess *guess)
{
    int before = blockers_count();
    c->graph = body_copy(fresh);
    adopt(c->graph, guess);
    if (infer_all(c->graph) && leads_there(c->graph, fresh))
        return true;
    blockers_take(before);
    return false;
}

static int bits_in(unsigned set)
{
    int n = 0;
    for (; set; set &= set - 1)
        n++;
    return n;
}

/* Elements at the places of one set are the dims at those of another, in order; there are as many. */
static Guess guess_of(int input, int count, unsigned places, const Value *like, unsigned dims)
{
    Guess guess = {.input = input};
    for (int i = 0, d = 0; i < count; i++) {
        guess.least[i] = -OPEN_MOST;
        guess.most[i] = OPEN_MOST;
        if (!(places >> i & 1))
            continue;
        while (!(dims >> d & 1))
            d++;
        guess.least[i] = guess.most[i] = like->dim[d++];
    }
    return guess;
}

/* With `open` elements that are no dims. */
static bool try_all(Compiler *c, const Graph *fresh, int open, int *tries)
{
    for (int i = 0; i < fresh->nin; i++)
        for (int o = 0; may_hold_sizes(fresh->in[i]) && o < fresh->nout; o++) {
            const Value *like = fresh->out[o]->declared;
            int count = (int)fresh->in[i]->dim[0];
            for (unsigned p = 1; p < 1u << count; p++)
                for (unsigned d = 1; bits_in(p) == count - open && d < 1u << like->rank; d++) {
                    if (bits_in(d) != bits_in(p) || (*tries)++ >= MOST_TRIES)
                        continue;
                    Guess guess = guess_of(i, count, p, like, d);
                    if (try(c, fresh, &guess))
                        return true;
                }
        }
    return false;
}

bool suppose(Compiler *c, const Graph *fresh, int blockers)
{
    Graph *refused = c->graph;
    int tries = 0;
    for (int open = 0; open < 2; open++)
        if (try_all(c, fresh, open, &tries)) {
            blockers_take(blockers);
            return true;
        }
    c->graph = refused;
    return false;
}
