/* SPDX-License-Identifier: MIT
 * split.c - which layers run on several threads, and how each is divided among them.
 *
 * Every thread computes a fixed part of the output, by the very code that would compute all of it: rows, or panels of
 * columns where rows are few. So results are the same for any number of threads. Threads meet after every divided
 * layer, and fetch what others have made:
 *
 *     alone      the caller computes it, and fetches what others made of x
 *     rows       each thread reads all weights and its part of x, which it has if x was made by rows
 *     panels     each thread reads its part of the weights and all of x
 *
 * So no layer is judged by itself. From none divided, and from all that are worth it by themselves, layers change to
 * what is cheapest as long as any does, and the cheaper end is taken. */
#include <limits.h>
#include <math.h>
#include "dnncc.h"

enum { ALONE, ROWS, PANELS, WAYS };

/* Measured on two cores of a Zen 4: to meet takes 0.1 us while both threads are awake if the cores share an L3 and 0.35 if
 * they do not; 4 KB that go there and back take 2 or 6.5 us, 8 or 1.4 bytes in a ns. It is reckoned with what lies between:
 * where cores lie apart, ppocr_v2_cls, whose layers are all small, took 2.1 times as long on two threads as on one without
 * it; where they do not, densenet121 and shufflenet_v2 take 1.15 and 1.5 times as long with half as many bytes. */
enum { MEET_CYCLES = 5000, WEIGHT_BYTES_PER_CYCLE = 16 };
static const double MOVED_BYTES_PER_CYCLE = 1;

static double arg_bytes(const Node *n, ArgKind kind)
{
    double sum = 0;
    for (int k = 0; k < n->narg; k++)
        if (n->arg[k].kind == kind)
            sum += (double)value_bytes(n->arg[k].value);
    return sum;
}

/* Threads that so many equal pieces are divided among; 0: it is not divided. */
static int parts_of(const Compiler *c, int64_t pieces)
{
    int parts = (int)MIN(pieces, c->threads);
    return parts > 1 && pieces <= INT_MAX / parts ? parts : 0;
}

/* Of the busiest thread. */
static double divided_cycles(const Compiler *c, const Node *n, int64_t pieces)
{
    int parts = n->kernel ? parts_of(c, pieces) : 0;
    if (!parts)
        return INFINITY;
    int64_t most = (pieces + parts - 1) / parts;
    return n->plan.cycles * (double)most / (double)pieces + MEET_CYCLES;
}

/* INFINITY: it cannot run so. */
static double way_cycles(const Compiler *c, const Node *n, int way)
{
    double rows = divided_cycles(c, n, n->plan.rows), panels = divided_cycles(c, n, n->plan.panels);
    if (n->chain)
        return way == (n->chain->parts ? ROWS : ALONE) ? 0 : INFINITY;
    if (way == ROWS)
        return rows + arg_bytes(n, ARG_WEIGHT) / WEIGHT_BYTES_PER_CYCLE;
    if (way == PANELS)
        return panels;
    return c->split_all && MIN(rows, panels) < INFINITY ? INFINITY : MAX(n->plan.cycles, 0);
}

/* The part of x that the thread which waits longest fetches from others. */
static double moved_part(int made, int read, int threads)
{
    double own = 1.0 / threads;
    if (made == ALONE)
        return read == ALONE ? 0 : read == ROWS ? own : 1;
    if (read == ROWS)
        return made == ROWS ? 0 : own * (1 - own);
    return 1 - own;
}

/* On cache lines of their own. */
void scratch_copies(Node *n, int parts)
{
    enum { LINE = 64 };
    for (int k = 0; k < n->narg; k++) {
        Value *v = n->arg[k].value;
        int64_t line = LINE / dtype_bytes(v->dtype);
        if (n->arg[k].kind != ARG_SCRATCH)
            continue;
        n->arg[k].copies = parts;
        v->size = (v->size + line - 1) / line * line * parts;
    }
}

static void divide(const Compiler *c, Node *n, int way)
{
    n->ranged = way == ROWS;
    n->paneled = way == PANELS;
    n->parts = parts_of(c, n->ranged ? n->plan.rows : n->plan.panels);
    scratch_copies(n, n->parts);
}

/* What layer `to` reads that layer `from` made; -1: that is there from the start. */
typedef struct Edge {
    int from, to;
    double bytes;
} Edge;

typedef struct Plot {
    const Compiler *c;
    const Graph *g;
    Edge *edge;
    int nedge;
    int **at, *nat; /* of each layer: the edges that it is an end of */
    int *way;
} Plot;

/* What does not fit in the cache of who made it has left it before it is read. */
static void add_edge(Plot *p, int from, int to, const Value *v)
{
    Edge e = {from, to, (double)MIN(value_bytes(v), p->c->target->l2)};
    PUSH(p->at[to], p->nat[to], p->nedge);
    if (from >= 0)
        PUSH(p->at[from], p->nat[from], p->nedge);
    PUSH(p->edge, p->nedge, e);
}

/* Where the layer that made an argument is noted; all that comes from outside of g shares one place. */
static int *maker_of(const Graph *g, int *maker, const Arg *a)
{
    const Value *b = a->value->base;
    return &maker[b->id < g->nvalue && g->value[b->id] == b ? b->id : g->nvalue];
}

static void add_edges(Plot *p)
{
    const Graph *g = p->g;
    int *maker = mem((size_t)(g->nvalue + 1) * sizeof *maker); /* layers, from 1 on */
    for (int i = 0; i < g->nnode; i++) {
        const Node *n = g->node[i];
        for (int k = 0; k < n->narg; k++)
            if (n->arg[k].kind == ARG_IN)
                add_edge(p, *maker_of(g, maker, &n->arg[k]) - 1, i, n->arg[k].value);
        for (int k = 0; k < n->narg; k++)
            if (n->arg[k].kind == ARG_OUT)
                *maker_of(g, maker, &n->arg[k]) = i + 1;
    }
}

static double edge_cycles(const Plot *p, const Edge *e)
{
    int made = e->from < 0 ? ALONE : p->way[e->from];
    return e->bytes / MOVED_BYTES_PER_CYCLE * moved_part(made, p->way[e->to], p->c->threads);
}

/* Of layer i in way w, and of what then moves. */
static double cycles_so(Plot *p, int i, int w)
{
    double sum = way_cycles(p->c, p->g->node[i], w);
    p->way[i] = w;
    for (int k = 0; k < p->nat[i]; k++)
        sum += edge_cycles(p, &p->edge[p->at[i][k]]);
    return sum;
}

/* Each layer goes its cheapest way, given those of the others, as long as that changes anything. Returns all cycles. */
static double settle(Plot *p)
{
    enum { MOST_ROUNDS = 20 };
    double sum = 0;
    bool changed = true;
    for (int round = 0; changed && round < MOST_ROUNDS; round++) {
        changed = false;
        for (int i = 0; i < p->g->nnode; i++) {
            int before = p->way[i], best = before;
            double least = cycles_so(p, i, before);
            for (int w = 0; w < WAYS; w++) {
                double now = cycles_so(p, i, w);
                if (now < least) {
                    least = now;
                    best = w;
                }
            }
            p->way[i] = best;
            changed |= best != before;
        }
    }
    for (int i = 0; i < p->g->nnode; i++)
        sum += way_cycles(p->c, p->g->node[i], p->way[i]);
    for (int k = 0; k < p->nedge; k++)
        sum += edge_cycles(p, &p->edge[k]);
    return sum;
}

/* As few layers divided as can be, or each that is worth it by itself. */
static void start(Plot *p, bool alone)
{
    for (int i = 0; i < p->g->nnode; i++) {
        double least = INFINITY;
        for (int w = 0; w < WAYS; w++) {
            double now = way_cycles(p->c, p->g->node[i], w);
            if (now < least && !(alone && least < INFINITY)) {
                least = now;
                p->way[i] = w;
            }
        }
    }
}

static void split_graph(const Compiler *c, Graph *g)
{
    size_t room = (size_t)(g->nnode + 1);
    Plot p = {.c = c, .g = g, .at = mem(room * sizeof *p.at), .nat = mem(room * sizeof *p.nat)};
    Plot q;
    p.way = mem(room * sizeof *p.way);
    add_edges(&p);
    q = p;
    q.way = mem(room * sizeof *q.way);
    start(&p, true);
    start(&q, false);
    double alone = settle(&p), divided = settle(&q);
    const int *way = divided < alone ? q.way : p.way;
    for (int i = 0; i < g->nnode; i++) {
        for (int b = 0; b < 2; b++)
            if (g->node[i]->body[b])
                split_graph(c, g->node[i]->body[b]);
        if (way[i] != ALONE && !g->node[i]->chain)
            divide(c, g->node[i], way[i]);
    }
}

void split(Compiler *c)
{
    if (c->threads > 1)
        split_graph(c, c->graph);
}
