/* SPDX-License-Identifier: MIT
 * explain.c - the plan as a table for people: what computes each layer, how, at what predicted cost, and why the other
 * kernels lost. */
#include <inttypes.h>
#include "dnncc.h"

/* How a layer is divided, and the scratch memory that each thread has. */
static void explain_parts(const Node *n, FILE *f)
{
    int64_t scratch = 0;
    for (int k = 0; k < n->narg; k++)
        if (n->arg[k].copies)
            scratch += n->arg[k].value->size / n->parts * dtype_bytes(n->arg[k].dtype);
    fprintf(f, "      on %d threads by %s of %" PRId64, n->parts, n->ranged ? "rows" : "panels",
            n->ranged ? n->plan.rows : n->plan.panels);
    if (scratch)
        fprintf(f, ", scratch memory %d x %" PRId64 " bytes", n->parts, scratch);
    fprintf(f, "\n");
}

/* What runs strip by strip, before its first layer. */
static void explain_chain(const Chain *c, FILE *f)
{
    int64_t lines = 0, whole = 0;
    for (int i = 0; i + 1 < c->n; i++) {
        const Value *v = c->node[i]->out[0];
        lines += v->share ? 0 : v->size * dtype_bytes(v->dtype);
        int axis = outer_axis(v);
        whole += v->stride[axis] * v->dim[axis] * dtype_bytes(v->dtype);
    }
    fprintf(f,
            "      the next %d in strips of %" PRId64
            " rows%s: %.1f KiB of lines between them instead of %.1f, %.0f cycles less\n",
            c->n, c->strip, c->parts ? text(" on %d threads", c->parts) : "", (double)lines / 1024,
            (double)whole / 1024, c->gain);
}

static void explain_graph(const Graph *g, FILE *f, int *layer)
{
    for (int i = 0; i < g->nnode; i++) {
        const Node *n = g->node[i];
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                explain_graph(n->body[b], f, layer);
        if (!n->kernel)
            continue;
        if (n->chain && n == n->chain->node[0])
            explain_chain(n->chain, f);
        int64_t bytes = 0;
        for (int k = 0; k < n->narg; k++)
            bytes += value_bytes(n->arg[k].value);
        char tile[32] = "-";
        if (n->plan.m)
            snprintf(tile, sizeof tile, "%dx%d", n->plan.m, n->plan.v);
        fprintf(f, "%4d  %-20s %-6s %-20s %10.3f %10.1f %12.0f  %s (%s)\n", ++*layer,
                n->kernel->name, tile, dims_text(node_result(n)), (double)node_macs(n) / 1e6,
                (double)bytes / 1024, n->plan.cycles, n->origin[0], n->origin_ops);
        if (n->parts)
            explain_parts(n, f);
        if (n->explain)
            fprintf(f, "      instead of %s\n", n->explain);
    }
}

void explain(Compiler *c, FILE *f)
{
    int layer = 0;
    fprintf(f, "layer kernel               tile   output                     MMAC        KiB       "
               "cycles  node (operators)\n");
    explain_graph(c->graph, f, &layer);
    for (int i = 0; i < c->nresult; i++)
        if (c->shape_at[i])
            fprintf(f, "output '%s': %s at most, as the data decide\n", c->out_name[i],
                    dims_text(c->graph->out[i]));
    fprintf(f,
            "arena %" PRId64 " bytes, liveness bound %" PRId64 " bytes (%.2f), weights %" PRId64
            " bytes\n",
            c->arena_bytes, c->bound_bytes,
            c->bound_bytes ? (double)c->arena_bytes / (double)c->bound_bytes : 0.0,
            c->weight_bytes);
    fprintf(f, "accuracy %s\n", accuracy_text(c));
    const char *words = prelude_lane_words(c->target, layers_text(c));
    if (*words)
        fprintf(f, "target '%s' has no intrinsics for, and computes lane by lane: %s\n",
                c->target->name, words);
}
