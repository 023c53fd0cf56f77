/* SPDX-License-Identifier: MIT
 * ort.c - profiles that ONNX Runtime writes. Each event says how long one kernel ran; a kernel inside another (the body
 * of a Loop or If) is taken off the outer one's time. The optimiser renames nodes, so `ort_rename` finds each kernel's
 * place in another profile: by name, then, as both ran in an order that respects the graph, by the best alignment of
 * the two sequences of (operator, shape). What has no partner in it counts to what ran just before. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "ort.h"

typedef struct Event {
    double from, dur; /* us */
    const char *name, *op;
    const json_t *args;
    double self; /* dur without kernels inside */
    int run;
} Event;

typedef struct Events {
    Event *node, *run;
    int nnode, nrun;
} Events;

static double number(const json_t *event, const char *key, const char *path, size_t i)
{
    const json_t *n = json_object_get(event, key);
    if (!json_is_number(n) || !(json_number_value(n) >= 0))
        fatal(NULL, "'%s' is no profile that can be read: [%zu].%s must be a number from 0 on",
              path, i, key);
    return json_number_value(n);
}

static const char *string(const json_t *object, const char *key)
{
    const char *s = json_string_value(json_object_get(object, key));
    return s ? s : "";
}

/* "Conv_3" of "Conv_3_kernel_time"; NULL: no kernel. */
static const char *kernel_of(const json_t *event)
{
    static const char suffix[] = "_kernel_time";
    const char *name = string(event, "name");
    size_t n = strlen(name), m = strlen(suffix);
    if (strcmp(string(event, "cat"), "Node") || n < m || strcmp(name + n - m, suffix))
        return NULL;
    return text("%.*s", (int)(n - m), name);
}

static int by_time(const void *a, const void *b)
{
    const Event *x = a, *y = b;
    if (x->from != y->from)
        return (x->from > y->from) - (x->from < y->from);
    return (x->dur < y->dur) - (x->dur > y->dur); /* what lies inside comes later */
}

static Events read_events(const json_t *array, const char *path)
{
    Events e = {0};
    size_t i;
    json_t *event;
    json_array_foreach((json_t *)array, i, event)
    {
        const char *name = kernel_of(event),
                   *op = string(json_object_get(event, "args"), "op_name");
        bool run =
            !strcmp(string(event, "cat"), "Session") && !strcmp(string(event, "name"), "model_run");
        if (!name && !run)
            continue;
        Event one = {number(event, "ts", path, i),
                     number(event, "dur", path, i),
                     name,
                     text("%s", op),
                     json_object_get(event, "args"),
                     0,
                     0};
        if (name && !*name) /* nodes need no name */
            one.name = text("%s %s", op, string(one.args, "node_index"));
        if (run)
            PUSH(e.run, e.nrun, one);
        else
            PUSH(e.node, e.nnode, one);
    }
    if (e.nnode)
        qsort(e.node, (size_t)e.nnode, sizeof *e.node, by_time);
    if (e.nrun)
        qsort(e.run, (size_t)e.nrun, sizeof *e.run, by_time);
    return e;
}

/* Own times, and the run that each kernel belongs to (-1: none). */
static void place_events(Events *e)
{
    int *open = mem((size_t)e->nnode * sizeof *open + 1), nopen = 0, run = 0;
    for (int i = 0; i < e->nnode; i++) {
        Event *n = &e->node[i];
        while (nopen && e->node[open[nopen - 1]].from + e->node[open[nopen - 1]].dur <= n->from)
            nopen--;
        n->self = n->dur;
        if (nopen)
            e->node[open[nopen - 1]].self -= n->dur;
        open[nopen++] = i;
        while (run < e->nrun && e->run[run].from + e->run[run].dur < n->from)
            run++;
        n->run = run < e->nrun && e->run[run].from <= n->from ? run : -1;
    }
}

/* The dims of the first of the tensors in args[key]: [{"float": [1, 3, 224, 224]}, ...] */
static Series dims_of(const json_t *args, const char *key)
{
    Series s = {0};
    const char *type;
    json_t *dims, *first = json_array_get(json_object_get(args, key), 0), *d;
    size_t i;
    json_object_foreach(first, type, dims)
    {
        json_array_foreach(dims, i, d) PUSH(s.at, s.n, json_number_value(d));
        break;
    }
    return s;
}

static Layer *layer_of(Profile *p, const Event *e, int guess, int runs)
{
    if (guess < p->nlayer && !strcmp(p->layer[guess].name, e->name))
        return &p->layer[guess];
    for (int i = 0; i < p->nlayer; i++)
        if (!strcmp(p->layer[i].name, e->name))
            return &p->layer[i];
    Layer l = {.name = e->name, .op = e->op, .nnode = 1};
    l.node = mem(sizeof *l.node);
    *l.node = e->name;
    l.id = l.step = p->nlayer;
    l.chain = l.macs = l.multiplications = l.bytes = l.weight_bytes = l.predicted_cycles = ABSENT;
    l.zeros_in.elements = l.zeros_out.elements = l.zeros_in.zeros = l.zeros_out.zeros = ABSENT;
    l.input = dims_of(e->args, "input_type_shape");
    l.output = dims_of(e->args, "output_type_shape");
    l.ns = (Series){mem((size_t)runs * sizeof *l.ns.at), runs};
    PUSH(p->layer, p->nlayer, l);
    return &p->layer[p->nlayer - 1];
}

Profile *ort_profile(const json_t *events, const char *path)
{
    Events e = read_events(events, path);
    if (!e.nnode || !e.nrun)
        fatal("`dnncc profile` writes profiles, and so does ONNX Runtime with enable_profiling",
              "'%s' is no profile: no event of a run of a kernel in it", path);
    place_events(&e);
    Profile *p = mem(sizeof *p);
    const char *slash = strrchr(path, '/');
    p->path = path;
    p->label = slash ? slash + 1 : path;
    p->target = "ONNX Runtime";
    p->ops = p->threads = p->cores = p->sets = p->gflops = ABSENT;
    p->arena_bytes = p->bound_bytes = p->weight_bytes = ABSENT;
    for (int r = 0; r < e.nrun; r++)
        PUSH(p->ns.at, p->ns.n, 1e3 * e.run[r].dur);
    int next = 0;
    for (int i = 0; i < e.nnode; i++) {
        const Event *n = &e.node[i];
        if (n->run < 0)
            continue;
        Layer *l = layer_of(p, n, next, e.nrun);
        l->ns.at[n->run] += 1e3 * fmax(n->self, 0);
        next = (int)(l - p->layer) + 1;
    }
    return p;
}

/* ---- the names of its nodes ----------------------------------------------------------------------------------------- */

/* name without that suffix; NULL: it has another */
static const char *without(const char *name, const char *suffix)
{
    size_t n = strlen(name), cut = strlen(suffix);
    return n > cut && !strcmp(name + n - cut, suffix) ? text("%.*s", (int)(n - cut), name) : NULL;
}

/* The last node of what has become one, "Mul_5" of "Mul_5/QuickGeluFusion/"; NULL: name is no such. */
static const char *fusion_of(const char *name)
{
    const char *inner = without(name, "Fusion/"), *slash = inner ? strrchr(inner, '/') : NULL;
    return slash ? text("%.*s", (int)(slash - inner), inner) : NULL;
}

/* "fused Conv_3", "y_nchwc" and "Mul_5/QuickGeluFusion/" are how ONNX Runtime renames node Conv_3, the node of value y, and
 * Mul_5 with nodes before it. */
static const char *plain_name(const char *name)
{
    const char *value = without(name, "_nchwc"), *fused = fusion_of(name);
    return !strncmp(name, "fused ", 6) ? name + 6 : value ? value : fused ? fused : name;
}

/* Does l compute the node with this plain name? A node without a name is called by operator and output: "Conv_y". */
static bool computes(const Layer *l, const char *plain)
{
    for (int i = 0; i < l->nnode; i++) {
        const char *rest = strchr(l->node[i], '_');
        if (!strcmp(l->node[i], plain) || (rest && !strcmp(rest + 1, plain)))
            return true;
    }
    return false;
}

/* Is op, "Conv" or "FusedConv", the main operator of l? */
static bool same_op(const Layer *l, const char *op)
{
    if (!strncmp(op, "Fused", 5))
        op += 5;
    size_t n = strlen(op);
    return !strncmp(l->op, op, n) && (!l->op[n] || l->op[n] == '+');
}

static bool same_dims(const Series *a, const Series *b)
{
    return a->n == b->n && (!a->n || !memcmp(a->at, b->at, (size_t)a->n * sizeof *a->at));
}

/* How well layer b of ONNX Runtime fits layer a; 0: not at all. */
static int fit(const Layer *a, const Layer *b, const char *plain)
{
    if (computes(a, plain))
        return 8;
    if (!same_op(a, b->op) || !same_dims(&a->output, &b->output))
        return 0;
    return 2 + same_dims(&a->input, &b->input);
}

/* Where a layer of a computes what ONNX Runtime has fused by itself, the kernel before it may be its product, whose name is
 * lost: "1405_nchwc", "Mul_298/QuickGeluFusion/". */
static void find_fusions(const Profile *a, const Profile *b, int *partner)
{
    for (int k = 1; k < b->nlayer; k++) {
        const char *fused = fusion_of(b->layer[k].name);
        for (int i = 0; fused && i < a->nlayer; i++)
            if (computes(&a->layer[i], fused) && same_op(&a->layer[i], b->layer[k - 1].op) &&
                same_dims(&a->layer[i].output, &b->layer[k - 1].output))
                partner[k] = partner[k - 1] = i;
    }
}

/* partner[i]: the layer of a that layer i of b is, -1 for none: what is not found yet, by the best alignment of the two
 * sequences. */
static void best_alignment(const Profile *a, const Profile *b, const char **plain, int *partner)
{
    enum { MOST = 4000 };
    int n = MIN(a->nlayer, MOST), m = MIN(b->nlayer, MOST), width = m + 1;
    int *best = mem((size_t)(n + 1) * (size_t)width * sizeof *best);
    bool *taken = mem((size_t)a->nlayer * sizeof *taken + 1);
    for (int k = 0; k < b->nlayer; k++)
        if (partner[k] >= 0)
            taken[partner[k]] = true;
    for (int i = n - 1; i >= 0; i--)
        for (int k = m - 1; k >= 0; k--) {
            bool free = !taken[i] && partner[k] < 0;
            int with = free ? fit(&a->layer[i], &b->layer[k], plain[k]) : 0;
            int *at = &best[i * width + k];
            *at = MAX(at[width], at[1]);
            if (with)
                *at = MAX(*at, at[width + 1] + with);
        }
    for (int i = 0, k = 0; i < n && k < m;) {
        const int *at = &best[i * width + k];
        if (*at == at[width]) {
            i++;
        } else if (*at == at[1]) {
            k++;
        } else {
            partner[k++] = i++;
        }
    }
}

/* A kernel is named as a node of a, but stands elsewhere or is one of several in a layer of a. */
static void find_by_name(const Profile *a, const Profile *b, const char **plain, int *partner)
{
    for (int k = 0; k < b->nlayer; k++)
        for (int i = 0; i < a->nlayer && partner[k] < 0; i++)
            if (computes(&a->layer[i], plain[k]))
                partner[k] = i;
}

static void add_nodes(Layer *to, const Layer *from)
{
    for (int i = 0; i < from->nnode; i++)
        PUSH(to->node, to->nnode, from->node[i]);
    if (!from->nnode)
        PUSH(to->node, to->nnode, text("\n%s", from->name));
}

static void rename_by(const Profile *a, Profile *b)
{
    const char **plain = mem((size_t)b->nlayer * sizeof *plain + 1);
    for (int k = 0; k < b->nlayer; k++)
        plain[k] = plain_name(b->layer[k].name);
    int *partner = mem((size_t)b->nlayer * sizeof *partner + 1), first = -1;
    for (int k = 0; k < b->nlayer; k++)
        partner[k] = -1;
    find_fusions(a, b, partner);
    best_alignment(a, b, plain, partner);
    find_by_name(a, b, plain, partner);
    int *taker =
        mem((size_t)a->nlayer * sizeof *taker + 1); /* 1 + the last layer of b that is i of a */
    for (int k = 0; k < b->nlayer; k++) {
        Layer *l = &b->layer[k];
        l->node = NULL;
        l->nnode = 0;
        if (first < 0 && partner[k] >= 0)
            first = partner[k];
    }
    for (int k = 0, last = first; k < b->nlayer && first >= 0; k++) {
        last = partner[k] >= 0 ? partner[k] : last;
        add_nodes(&b->layer[k], &a->layer[last]);
        taker[last] = k + 1;
    }
    for (int i = 0, last = first >= 0 ? taker[first] : 0; i < a->nlayer && last; i++) {
        if (taker[i])
            last = taker[i];
        else
            add_nodes(&b->layer[last - 1], &a->layer[i]);
    }
}

void ort_rename(Profile **profile, int n)
{
    int known = 0;
    while (known < n && !profile[known]->sha256)
        known++;
    known = known < n ? known : 0;
    for (int k = 0; k < n; k++)
        if (k != known && !profile[k]->sha256)
            rename_by(profile[known], profile[k]);
}
