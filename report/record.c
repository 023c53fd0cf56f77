/* SPDX-License-Identifier: MIT
 * record.c - a profile in the making: each layer as the compiler knows it, and beside it, under the probe's own name, what
 * the bench measured of it. */
#include <string.h>
#include "probe.h"
#include "record.h"

static void put_text(json_t *to, const char *key, const char *s)
{
    json_object_set_new(to, key, json_text(s));
}

static void put(json_t *to, const char *key, int64_t n)
{
    json_object_set_new(to, key, json_integer(n));
}

/* ---- layers -------------------------------------------------------------------------------------------------------- */

/* The layers that a record stands for: threads run a chain as one. */
typedef struct Group {
    Node *const *node;
    int n;
} Group;

static json_t *dims_json(const Value *v)
{
    json_t *a = json_array();
    for (int i = 0; i < v->rank; i++)
        json_array_append_new(a, json_integer(v->dim[i]));
    return a;
}

static bool has_text(json_t *list, const char *s)
{
    size_t i;
    json_t *e;
    json_array_foreach(list, i, e) if (!strcmp(json_string_value(e), s)) return true;
    return false;
}

static json_t *nodes_json(const Group *g)
{
    json_t *list = json_array();
    for (int k = 0; k < g->n; k++)
        for (int i = 0; i < g->node[k]->norigin; i++) {
            const char *name = utf8(g->node[k]->origin[i]);
            if (*name && !has_text(list, name))
                json_array_append_new(list, json_string(name));
        }
    return list;
}

/* What the kernel makes of the definition's MACs. */
static int64_t multiplications(const Node *n)
{
    return !strcmp(n->kernel->name, "conv_winograd2")   ? node_winograd(n, 2)
           : !strcmp(n->kernel->name, "conv_winograd4") ? node_winograd(n, 4)
           : !strcmp(n->kernel->name, "gemm_strassen")  ? node_strassen(n)
                                                        : node_macs(n);
}

static void put_work(json_t *to, const Group *g)
{
    int64_t macs = 0, made = 0, bytes = 0, weights = 0;
    double cycles = 0;
    for (int k = 0; k < g->n; k++) {
        const Node *n = g->node[k];
        macs += node_macs(n);
        made += multiplications(n);
        cycles += n->plan.cycles;
        for (int i = 0; i < n->narg; i++) {
            const Arg *a = &n->arg[i];
            int64_t size = a->kind == ARG_SCRATCH ? 0 : value_bytes(a->value);
            bytes += size;
            weights += a->kind == ARG_WEIGHT || a->value->data ? size : 0;
        }
    }
    put(to, "macs", macs);
    if (made != macs)
        put(to, "multiplications", made);
    put(to, "bytes", bytes);
    put(to, "weight_bytes", weights);
    json_object_set_new(to, "predicted_cycles", json_real(cycles));
}

static const char *kernel_text(const Group *g, bool function)
{
    const char *s = "";
    for (int k = 0; k < g->n; k++) {
        const Node *n = g->node[k];
        s = text("%s%s%s", s, k ? "+" : "", function ? n->symbol : n->kernel->name);
    }
    return s;
}

static const char *ops_text(const Group *g)
{
    const char *s = g->node[0]->origin_ops;
    for (int k = 1; k < g->n; k++)
        s = text("%s+%s", s, g->node[k]->origin_ops);
    return s;
}

static json_t *layer_json(const Group *g, int chain)
{
    const Node *n = g->node[0], *last = g->node[g->n - 1];
    const Value *x = n->nin && n->in[0] ? n->in[0] : node_result(n), *y = node_result(last);
    json_t *l = json_object(), *nodes = nodes_json(g);
    put(l, "id", n->layer);
    put(l, "step", n->step);
    if (json_array_size(nodes))
        json_object_set(l, "name", json_array_get(nodes, 0));
    else
        put_text(l, "name", text("%s %s", n->origin_ops, y->name));
    json_object_set_new(l, "nodes", nodes);
    put_text(l, "op", ops_text(g));
    put_text(l, "kernel", kernel_text(g, false));
    if (n->plan.m && g->n == 1)
        put_text(l, "tile", text("%dx%d", n->plan.m, n->plan.v));
    put_text(l, "function", kernel_text(g, true));
    if (chain)
        put(l, "chain", chain);
    json_object_set_new(l, "input", dims_json(x));
    json_object_set_new(l, "output", dims_json(y));
    put_work(l, g);
    return l;
}

/* What the probes saw of layer n, each under its own key. */
static void put_measured(json_t *to, const Compiler *c, const Node *n, json_t *raw)
{
    for (int i = 0; i < c->nprobe; i++) {
        const char *name = c->probe[i]->key;
        json_t *of = json_array_get(json_object_get(raw, name), (size_t)n->layer - 1);
        if (!of)
            fatal("was it built by this dnncc?", "the bench wrote nothing about '%s' of layer %d",
                  name, n->layer);
        if (!json_is_null(of))
            json_object_set(to, name, of);
    }
}

/* Appends a graph's layers; chains count up. */
static void put_layers(json_t *to, const Compiler *c, const Graph *g, json_t *raw, int *chains)
{
    for (int i = 0; i < g->nnode; i++) {
        Node *n = g->node[i];
        Chain *chain = n->chain;
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                put_layers(to, c, n->body[b], raw, chains);
        bool first = chain && n == chain->node[0], together = chain && chain->parts;
        *chains += first;
        if (!n->kernel || (together && !first))
            continue;
        Group group = {together ? chain->node : &g->node[i], together ? chain->n : 1};
        json_t *l = layer_json(&group, chain && !together ? *chains : 0);
        put_measured(l, c, n, raw);
        json_array_append_new(to, l);
    }
}

/* ---- the net ------------------------------------------------------------------------------------------------------- */

static void put_buffers(json_t *to, const Graph *g)
{
    for (int i = 0; i < g->nvalue; i++) {
        const Value *v = g->value[i];
        if (v->base != v || v->storage != IN_ARENA || v->data || !v->size || v->last < v->first)
            continue;
        json_t *b = json_object();
        put_text(b, "name", v->name);
        put(b, "offset", v->offset);
        put(b, "bytes", v->size * dtype_bytes(v->dtype));
        put(b, "first", v->first);
        put(b, "last", v->last);
        json_array_append_new(to, b);
    }
    for (int i = 0; i < g->nnode; i++)
        for (int b = 0; b < 2; b++)
            if (g->node[i]->body[b])
                put_buffers(to, g->node[i]->body[b]);
}

static json_t *arena_json(const Compiler *c)
{
    json_t *a = json_object(), *buffers = json_array();
    put(a, "bytes", c->arena_bytes);
    put(a, "bound_bytes", c->bound_bytes);
    put(a, "weight_bytes", c->weight_bytes);
    put_buffers(buffers, c->graph);
    json_object_set_new(a, "buffers", buffers);
    return a;
}

static json_t *model_json(const Compiler *c, json_t *layers)
{
    json_t *m = json_object(), *names = json_object(), *l, *name;
    const char *slash = strrchr(c->model, '/');
    size_t i, k;
    put_text(m, "file", slash ? slash + 1 : c->model);
    put_text(m, "sha256", c->sha256);
    json_array_foreach(layers, i, l) json_array_foreach(json_object_get(l, "nodes"), k, name)
        json_object_set_new(names, json_string_value(name), json_true());
    put(m, "ops", (int64_t)json_object_size(names));
    json_decref(names);
    return m;
}

static json_t *methods_json(const Compiler *c, json_t *raw)
{
    json_t *m = json_object(), *said = json_object_get(raw, "methods");
    for (int i = 0; i < c->nprobe; i++) {
        const char *name = c->probe[i]->name;
        json_t *how = json_object_get(said, name);
        json_object_set_new(m, name, how ? json_incref(how) : json_string(c->probe[i]->method));
    }
    return m;
}

/* What a layer can reach at most. */
static json_t *peak_json(const Machine *m)
{
    json_t *p = json_object(), *rates = json_object(), *bytes = json_object();
    for (int i = 0; i < MEMORY_LEVELS; i++) {
        if (m->bytes_per_s[i])
            json_object_set_new(rates, memory_level[i], json_real(m->bytes_per_s[i]));
        if (m->bytes[i])
            json_object_set_new(bytes, memory_level[i], json_integer(m->bytes[i]));
    }
    json_object_set_new(p, "gflops", json_real(m->gflops));
    json_object_set_new(p, "bytes_per_s", rates);
    json_object_set_new(p, "bytes", bytes);
    return p;
}

static json_t *count_json(double v)
{
    return v == (double)(int64_t)v ? json_integer((int64_t)v) : json_real(v);
}

/* What whole runs counted, and what of it lies between the layers. */
static json_t *run_counters_json(json_t *whole, json_t *layers)
{
    json_t *between = json_object(), *v, *l;
    const char *name;
    size_t i;
    json_object_foreach(whole, name, v)
    {
        double rest = json_number_value(v);
        json_array_foreach(layers, i, l) rest -=
            json_number_value(json_object_get(json_object_get(l, "counters"), name));
        json_object_set_new(between, name, count_json(MAX(rest, 0)));
    }
    return json_pack("{s:O, s:o}", "whole", whole, "between", between);
}

static json_t *run_json(json_t *raw, json_t *layers)
{
    json_t *run = json_object(), *counters = json_object_get(raw, "run_counters");
    if (json_array_size(json_object_get(raw, "run_ns"))) {
        json_object_set(run, "ns", json_object_get(raw, "run_ns"));
        json_object_set(run, "launches", json_object_get(raw, "launches"));
        json_object_set(run, "turns", json_object_get(raw, "turns"));
    }
    if (json_is_object(counters))
        json_object_set_new(run, "counters", run_counters_json(counters, layers));
    return run;
}

json_t *record_profile(const Compiler *c, json_t *raw, const char *label)
{
    json_t *p = json_object(), *layers = json_array(), *data = json_object();
    int chains = 0;
    string_bytes_set(c->string_bytes ? c->string_bytes
                                     : STRING_BYTES); /* other nets may be compiled */
    put_text(p, "schema", "dnncc-profile");
    put(p, "version", 1);
    put_text(p, "dnncc", PACKAGE_VERSION);
    put_text(p, "command", c->command);
    put_text(p, "label", label);
    put_layers(layers, c, c->graph, raw, &chains);
    json_object_set_new(p, "model", model_json(c, layers));
    put_text(p, "target", c->target->name);
    put(p, "threads", MAX(c->threads, 1));
    put_text(p, "accuracy", accuracy_text(c));
    if (c->target->machine)
        json_object_set_new(p, "peak", peak_json(c->target->machine));
    json_object_set_new(p, "methods", methods_json(c, raw));
    json_object_set(data, "sets", json_object_get(raw, "sets"));
    json_object_set_new(p, "data", data);
    json_object_set_new(p, "arena", arena_json(c));
    json_t *run = run_json(raw, layers);
    if (json_object_size(run))
        json_object_set_new(p, "run", run);
    json_object_set_new(p, "layers", layers);
    return p;
}
