/* SPDX-License-Identifier: MIT
 * split.c - which layers run on several threads, and how each is divided among them.
 *
 * Every thread computes a fixed part of the output, by the very code that would compute all of it: rows, or panels of
 * columns where rows are few. So results are the same for any number of threads. Threads meet after every divided
 * layer, which costs more than a small layer takes: that one stays with the caller.
 *
 *     rows       each thread reads its part of x and all weights
 *     panels     each thread reads all of x and its part of the weights */
#include <limits.h>
#include <math.h>
#include "dnncc.h"

/* Measured on two cores of a Zen 4: to meet takes 0.2 us while both threads are awake, and what one has written travels to
 * the other; 1.0 us in all for 128 floats, 1.7 us for 1024. */
enum { MEET_CYCLES = 5000, BYTES_PER_CYCLE = 16 };

typedef struct Way {
    double cycles, shared; /* of the busiest thread; bytes that all threads read */
    int parts;
} Way;

static double weight_bytes(const Node *n)
{
    double sum = 0;
    for (int k = 0; k < n->narg; k++)
        if (n->arg[k].kind == ARG_WEIGHT)
            sum += (double)value_bytes(n->arg[k].value);
    return sum;
}

/* Divided into `units` equal pieces, of which the busiest thread has the most; all read `shared` bytes. */
static Way way_of(const Node *n, int64_t units, int threads, double shared)
{
    int parts = (int)MIN(units, threads);
    if (parts < 2 || units > INT_MAX / parts)
        return (Way){.cycles = INFINITY};
    int64_t most = (units + parts - 1) / parts;
    double cycles = n->plan.cycles * (double)most / (double)units;
    return (Way){cycles + MEET_CYCLES, shared, parts};
}

static bool is_better(Way a, Way b)
{
    return a.cycles + a.shared / BYTES_PER_CYCLE <= b.cycles + b.shared / BYTES_PER_CYCLE;
}

/* Memory that a layer needs while it runs, once for each thread, on cache lines of its own. */
static void scratch_for(Node *n)
{
    enum { LINE = 64 };
    for (int k = 0; k < n->narg; k++) {
        Value *v = n->arg[k].value;
        int64_t line = LINE / dtype_bytes(v->dtype);
        if (n->arg[k].kind != ARG_SCRATCH)
            continue;
        n->arg[k].copies = n->parts;
        v->size = (v->size + line - 1) / line * line * n->parts;
    }
}

static void split_node(const Compiler *c, Node *n)
{
    double weights = weight_bytes(n), x = n->nin && n->in[0] ? (double)value_bytes(n->in[0]) : 0;
    Way rows = way_of(n, n->plan.rows, c->threads, weights),
        panels = way_of(n, n->plan.panels, c->threads, x);
    bool by_rows = is_better(rows, panels);
    Way best = by_rows ? rows : panels;
    if (!best.parts || (!c->split_all && best.cycles >= n->plan.cycles))
        return;
    n->parts = best.parts;
    n->ranged = by_rows;
    n->paneled = !by_rows;
    scratch_for(n);
}

static void split_graph(const Compiler *c, Graph *g)
{
    for (int i = 0; i < g->nnode; i++) {
        Node *n = g->node[i];
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                split_graph(c, n->body[b]);
        if (n->kernel && !n->chain)
            split_node(c, n);
    }
}

void split(Compiler *c)
{
    if (c->threads > 1)
        split_graph(c, c->graph);
}
