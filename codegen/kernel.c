/* SPDX-License-Identifier: MIT
 * kernel.c - chooses, for every node, the kernel with the least predicted cycles among those that apply, and lets it
 * declare its arguments. The naive kernels always apply. */
#include <string.h>
#include "dnncc.h"

#define KERNEL(name) extern const Kernel kernel_##name;
#include "kernels.def"
#undef KERNEL

static const Kernel *const kernels[] = {
#define KERNEL(name) &kernel_##name,
#include "kernels.def"
#undef KERNEL
};

const Kernel *kernel_row(int i)
{
    return i >= 0 && i < (int)COUNT(kernels) ? kernels[i] : NULL;
}

static bool in_list(const char *list, const char *word, const char *separators)
{
    size_t len = strlen(word);
    for (const char *p = list; *p;) {
        size_t n = strcspn(p, separators);
        if (n == len && !memcmp(p, word, n))
            return true;
        p += n;
        p += strspn(p, separators);
    }
    return false;
}

const Kernel *kernel_find(const char *name)
{
    for (size_t i = 0; i < COUNT(kernels); i++)
        if (!strcmp(kernels[i]->name, name))
            return kernels[i];
    return NULL;
}

Plan plan_no(const char *why)
{
    return (Plan){.cycles = -1, .why = why};
}

/* ---- arguments --------------------------------------------------------------------------------------------------- */

static Arg *arg_add(Node *n, ArgKind kind, const char *name, DType t, Value *v, const char *note)
{
    PUSH(n->arg, n->narg,
         ((Arg){.kind = kind, .name = name, .dtype = t, .value = v, .note = note}));
    return &n->arg[n->narg - 1];
}

void arg_in(Node *n, const char *name, Value *v)
{
    arg_add(n, v->base && v->base->storage == IN_WEIGHTS ? ARG_WEIGHT : ARG_IN, name, v->dtype, v,
            NULL);
}

void arg_out(Node *n, const char *name, Value *v)
{
    arg_add(n, ARG_OUT, name, v->dtype, v, NULL);
}

static Value *own_flat(Graph *g, DType t, int64_t count)
{
    Value *v = value_new(g, "", t, 1, &count);
    value_own(v, (int64_t[]){1});
    return v;
}

void *arg_weight(Graph *g, Node *n, const char *name, DType t, int64_t count, const char *note)
{
    Value *v = own_flat(g, t, count);
    void *data = mem((size_t)(count * dtype_bytes(t)));
    v->data = data;
    v->storage = IN_WEIGHTS;
    arg_add(n, ARG_WEIGHT, name, t, v, note);
    return data;
}

void arg_scratch(Graph *g, Node *n, const char *name, DType t, int64_t count, const char *note)
{
    arg_add(n, ARG_SCRATCH, name, t, own_flat(g, t, count), note);
}

/* ---- choice ------------------------------------------------------------------------------------------------------ */

bool may_reassociate(const Compiler *c)
{
    return c->accuracy == ACCURACY_DEFAULT || c->accuracy == ACCURACY_FAST;
}

/* Which of the things k requires is not to be had; NULL: none. */
static const char *lacks(const Compiler *c, const Kernel *k)
{
    for (const char *p = k->needs; *p;) {
        size_t n = strcspn(p, " ");
        const char *need = text("%.*s", (int)n, p);
        if (!strcmp(need, "reassociate")) {
            if (!may_reassociate(c))
                return "not with this --accuracy";
        } else if (!strcmp(need, "mix_rows")) {
            if (c->accuracy != ACCURACY_FAST)
                return "only with --accuracy=fast";
        } else if (!target_has(c->target, need))
            return text("target lacks %s", need);
        p += n;
        p += strspn(p, " ");
    }
    return NULL;
}

static void count_layers(const Graph *g, int *all, int *reassociated)
{
    for (int i = 0; i < g->nnode; i++) {
        const Node *n = g->node[i];
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                count_layers(n->body[b], all, reassociated);
        *all += n->kernel != NULL;
        *reassociated += n->kernel && in_list(n->kernel->needs, "reassociate", " ");
    }
}

const char *accuracy_text(const Compiler *c)
{
    int all = 0, some = 0;
    count_layers(c->graph, &all, &some);
    if (c->accuracy == ACCURACY_DOUBLE)
        return "double: floats are computed as doubles";
    if (c->accuracy == ACCURACY_STRICT)
        return "strict: direct algorithms only";
    const char *level = c->accuracy == ACCURACY_FAST ? "fast" : "default";
    const char *whose = c->accuracy == ACCURACY_FAST ? "Winograd's or Strassen's" : "Winograd's";
    return some ? text("%s: %s algorithm in %d of %d layers", level, whose, some, all)
                : text("%s: direct algorithms in all layers", level);
}

static bool is_naive(const Kernel *k)
{
    return strstr(k->name, "_naive") != NULL;
}

/* --kernel=a,b allows only these beside the naive ones: tests force each kernel so. */
static bool allowed(const Compiler *c, const Kernel *k)
{
    return !c->only_kernels || is_naive(k) || in_list(c->only_kernels, k->name, ",");
}

/* Is k with plan p the one to take? With --kernel those named win over the naive ones at any cost. */
static bool wins(const Compiler *c, const Node *n, const Kernel *k, Plan p)
{
    if (!n->kernel)
        return true;
    if (c->only_kernels && is_naive(k) != is_naive(n->kernel))
        return is_naive(n->kernel);
    return p.cycles < n->plan.cycles;
}

static void lost(Node *n, const Kernel *k, const char *why)
{
    n->explain =
        text("%s%s%s: %s", n->explain ? n->explain : "", n->explain ? "; " : "", k->name, why);
}

/* Also of a layer that scales its input. */
static Plan plan_of(const Compiler *c, const Node *n, const Kernel *k)
{
    Plan p = k->plan(n, c->target);
    return p.cycles >= 0 && node_scale(n) && !p.scales ? plan_no("does not scale its input") : p;
}

static void consider(const Compiler *c, Node *n, const Kernel *k)
{
    if (!in_list(k->ops, n->op->name, " ") || !allowed(c, k))
        return;
    if (lacks(c, k)) {
        lost(n, k, lacks(c, k));
        return;
    }
    Plan p = plan_of(c, n, k);
    if (p.cycles < 0) {
        lost(n, k, p.why);
    } else if (!wins(c, n, k, p)) {
        lost(n, k, text("%.0f cycles", p.cycles));
    } else {
        if (n->kernel)
            lost(n, n->kernel, text("%.0f cycles", n->plan.cycles));
        n->kernel = k;
        n->plan = p;
    }
}

static bool possible(const Compiler *c, const Node *n, const Kernel *k)
{
    return in_list(k->ops, n->op->name, " ") && allowed(c, k) && !lacks(c, k);
}

/* What wisdom or a test of candidates wants, if the kernel applies; else nothing changes. */
static void take(const Compiler *c, Node *n, const Choice *choice)
{
    n->choice = *choice;
    Plan p = possible(c, n, choice->kernel) ? plan_of(c, n, choice->kernel) : plan_no(NULL);
    if (p.cycles < 0) {
        n->choice = (Choice){0};
        return;
    }
    if (choice->kernel != n->kernel)
        lost(n, n->kernel, text("%.0f cycles, and wisdom", n->plan.cycles));
    n->kernel = choice->kernel;
    n->plan = p;
}

/* What may win when it is timed: the best predicted first, kernels and tiles predicted to take up to half as long again. */
enum { MOST_CANDIDATES = 6, MOST_WIDTH = 4 };
static const double TRIED = 1.5;

typedef struct Candidate {
    Choice choice;
    double cycles;
} Candidate;

static int candidate_add(Candidate *list, int n, Candidate c)
{
    int at = 0;
    for (int i = 0; i < n; i++)
        if (list[i].choice.kernel == c.choice.kernel && list[i].choice.m == c.choice.m &&
            list[i].choice.v == c.choice.v)
            return n;
    while (at < n && list[at].cycles <= c.cycles)
        at++;
    for (int i = MIN(n, MOST_CANDIDATES - 1); i > at; i--)
        list[i] = list[i - 1];
    if (at < MOST_CANDIDATES)
        list[at] = c;
    return MIN(n + 1, MOST_CANDIDATES);
}

static int candidates_of(const Compiler *c, Node *n, Candidate *list)
{
    int count =
        candidate_add(list, 0, (Candidate){{n->kernel, n->plan.m, n->plan.v}, n->plan.cycles});
    for (size_t k = 0; k < COUNT(kernels); k++)
        for (int v = 0; v <= MOST_WIDTH && possible(c, n, kernels[k]); v++) {
            n->choice = (Choice){kernels[k], 0, v};
            Plan p = plan_of(c, n, kernels[k]);
            if (p.cycles >= 0 && p.cycles <= n->plan.cycles * TRIED && (!v || p.v == v))
                count = candidate_add(list, count, (Candidate){{kernels[k], p.m, p.v}, p.cycles});
        }
    n->choice = (Choice){0};
    return count;
}

static void learn(Compiler *c, Node *n)
{
    n->key = layer_key(n, c->target);
    const Choice *known = wisdom_find(c, n->key);
    if (known) {
        take(c, n, known);
    } else if (c->tuning) {
        Candidate list[MOST_CANDIDATES];
        int count = candidates_of(c, n, list);
        c->candidates = MAX(c->candidates, count);
        take(c, n, &list[c->candidate < count ? c->candidate : 0].choice);
    }
}

static void choose(const Compiler *c, Node *n)
{
    for (size_t k = 0; k < COUNT(kernels); k++)
        consider(c, n, kernels[k]);
}

static bool drop(Graph *g, const Node *n)
{
    int kept = 0, all = g->nnode;
    for (int i = 0; i < all; i++)
        if (g->node[i] != n)
            g->node[kept++] = g->node[i];
    g->nnode = kept;
    return kept < all;
}

/* A layer before n that only scales what n reads is dropped where n scales it at less cost. Its product is kept for
 * instruments alone. */
static bool takes_scale(const Compiler *c, Graph *g, Node *n)
{
    Node with, *scaler = prologue_of(n, &with);
    if (!scaler || !scaler->kernel || !may_reassociate(c) || c->no_fuse)
        return false;
    with.kernel = NULL;
    with.explain = NULL;
    choose(c, &with);
    if (with.plan.cycles >= n->plan.cycles + scaler->plan.cycles || !drop(g, scaler))
        return false;
    *n = with;
    if (probes_look(c))
        n->scaled = scaler->out[0];
    else
        scaler->out[0]->base = NULL; /* it needs no memory */
    const char *ops = text("%s+%s", scaler->origin_ops, n->origin_ops);
    node_absorb(n, scaler);
    n->origin_ops = ops;
    return true;
}

static void select_graph(Compiler *c, Graph *g)
{
    for (int i = 0; i < g->nnode; i++) {
        Node *n = g->node[i];
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                select_graph(c, n->body[b]);
        if (n->op->cls == OP_CONTROL)
            continue;
        operands_follow(n);
        choose(c, n);
        if (n->kernel && takes_scale(c, g, n))
            i--;
        if (n->kernel && (c->nwisdom || c->tuning))
            learn(c, n);
        if (!n->kernel)
            blocker(n, NULL, "there is no kernel for it");
        else
            n->kernel->bind(g, n, c->target);
    }
}

void select_kernels(Compiler *c)
{
    select_graph(c, c->graph);
    blockers_check();
}
