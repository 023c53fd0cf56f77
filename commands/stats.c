/* SPDX-License-Identifier: MIT
 * stats.c - `dnncc stats MODEL`: the static sheet. Counts are exact and made on the model's own operators, before any
 * fusion; the arena is what the compiled net would need. */
#include <inttypes.h>
#include <string.h>
#include "options.h"

typedef struct Sheet {
    int64_t macs, weights, nonzero, weight_bytes, activation_bytes;
} Sheet;

/* What n computes and moves in all the turns of the loops around it. */
static void add_node(Sheet *s, const Node *n, int64_t turns)
{
    s->macs += node_macs(n) * turns;
    for (int k = 0; k < n->nin; k++) {
        const Value *v = n->in[k];
        if (!v)
            continue;
        if (!v->data) {
            s->activation_bytes += value_bytes(v) * turns;
            continue;
        }
        int64_t count = value_count(v);
        s->weights += count;
        s->weight_bytes += value_bytes(v);
        for (int64_t i = 0; i < count; i++)
            s->nonzero += value_at(v, i) != 0;
    }
    for (int k = 0; k < n->nout; k++)
        if (n->out[k])
            s->activation_bytes += value_bytes(n->out[k]) * turns;
}

static double intensity(const Sheet *s)
{
    int64_t bytes = s->weight_bytes + s->activation_bytes;
    return bytes ? 2.0 * (double)s->macs / (double)bytes : 0;
}

/* A loop whose turns are known only when it runs counts as one turn. */
static void add_graph(Sheet *all, const Graph *g, const Options *p, int64_t turns)
{
    for (int i = 0; i < g->nnode; i++) {
        const Node *n = g->node[i];
        Sheet one = {0};
        add_node(&one, n, turns);
        add_node(all, n, turns);
        if (p->per_layer && !p->json)
            printf("%-36.36s %-20s %-18s %12" PRId64 " %10" PRId64 " %10" PRId64
                   " %10.1f %10.1f %8.2f\n",
                   n->origin[0], n->origin_ops, dims_text(n->out[0]), one.macs, one.weights,
                   one.nonzero, (double)one.weight_bytes / 1024,
                   (double)one.activation_bytes / 1024, intensity(&one));
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                add_graph(all, n->body[b], p,
                          node_is_loop(n) && loop_counted(n) ? turns * n->trips : turns);
    }
}

static void heading(const Options *p)
{
    if (p->per_layer && !p->json)
        printf("%-36s %-20s %-18s %12s %10s %10s %10s %10s %8s\n", "node", "operators", "output",
               "MACs", "weights", "non-zero", "weight KiB", "act. KiB", "FLOP/B");
}

int cmd_stats(int argc, char **argv)
{
    Options p = {0};
    Sheet s = {0};
    options_read(&p, 's', argc, argv);
    p.c.name = "net";
    Compiler whole =
        p.c; /* the sheet counts the model's operators, so the graph is read once more without fusion */
    compile(&whole);
    p.c.explain = false;
    p.c.graph = onnx_read(&p.c, p.c.model);
    infer(&p.c);
    graph_clean(p.c.graph);
    heading(&p);
    add_graph(&s, p.c.graph, &p, 1);
    const char *format = p.json ? "{\"macs\": %" PRId64 ", \"weights\": %" PRId64
                                  ", \"nonzero_weights\": %" PRId64 ", \"weight_bytes\": %" PRId64
                                  ", \"activation_bytes\": %" PRId64
                                  ", \"flop_per_byte\": %.3f, \"arena_bytes\": %" PRId64
                                  ", \"liveness_bound_bytes\": %" PRId64 "}\n"
                                : "MACs              %" PRId64 "\nweights           %" PRId64
                                  "\nnon-zero weights  %" PRId64 "\nweight bytes      %" PRId64
                                  "\nactivation bytes  %" PRId64
                                  "\nFLOP per byte     %.3f\narena bytes       %" PRId64
                                  "\nliveness bound    %" PRId64 "\n";
    printf(format, s.macs, s.weights, s.nonzero, s.weight_bytes, s.activation_bytes, intensity(&s),
           whole.arena_bytes, whole.bound_bytes);
    return 0;
}
