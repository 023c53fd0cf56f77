/* SPDX-License-Identifier: MIT
 * liveness.c - the liveness bound: what an arena needs that holds every tensor of the fused graph for its whole life,
 * with no layer working in place. The largest sum of tensors alive at one step; views count with what they show, the
 * graph's inputs, outputs and constants live elsewhere. What a loop's turns read again and again lives until the last
 * turn, its states and what it gathers from the first. place.c is judged by it. */
#include "dnncc.h"

typedef struct Span {
    const Value *v;
    int first, last;
} Span;

typedef struct Spans {
    Span *s;
    int n;
    Alive *step;
    int nstep;
} Spans;

/* What a view shows in the end. */
static const Value *root_of(const Value *v)
{
    while (v->producer && v->producer->op->cls == OP_VIEW)
        v = v->producer->in[0];
    return v;
}

static int next_step(Spans *l, const Node *n)
{
    PUSH(l->step, l->nstep, ((Alive){n, 0}));
    return l->nstep - 1;
}

static void seen(Spans *l, const Value *v, int step)
{
    v = root_of(v);
    if (v->data || !v->producer)
        return;
    for (int i = 0; i < l->n; i++)
        if (l->s[i].v == v) {
            l->s[i].last = step;
            return;
        }
    PUSH(l->s, l->n, ((Span){v, step, step}));
}

/* States that change places need room for one of them: the largest new value that is another state's old one. */
static const Value *exchanged(const Node *n)
{
    const Graph *body = n->body[0];
    const Value *largest = NULL;
    for (int k = 0; k < loop_states(n); k++)
        for (int i = 0; i < loop_states(n); i++) {
            const Value *v = body->out[LOOP_OUT + k];
            if (i != k && root_of(v) == body->in[LOOP_IN + i] &&
                (!largest || value_bytes(v) > value_bytes(largest)))
                largest = v;
        }
    return largest;
}

static void walk(Spans *l, const Graph *g);

static void walk_loop(Spans *l, const Node *n, int start)
{
    for (int k = 0; k < n->nout; k++)
        seen(l, n->out[k], start);
    walk(l, n->body[0]);
    int end = next_step(l, NULL);
    for (int k = 0; k < n->nout; k++)
        seen(l, n->out[k], end);
    for (int k = 0; k < n->body[0]->nout; k++)
        seen(l, n->body[0]->out[k], end);
    if (exchanged(n))
        PUSH(l->s, l->n, ((Span){exchanged(n), end, end}));
    for (int i = LOOP_IN + loop_states(n); i < n->nin; i++) /* read slice by slice */
        seen(l, n->in[i], end);
    for (int i = 0; i < l->n; i++)
        if (l->s[i].first <= start && l->s[i].last > start)
            l->s[i].last = end;
}

static void walk(Spans *l, const Graph *g)
{
    for (int i = 0; i < g->nnode; i++) {
        const Node *n = g->node[i];
        int step = next_step(l, n);
        for (int k = 0; k < n->nin; k++)
            if (n->in[k])
                seen(l, n->in[k], step);
        if (node_is_loop(n)) {
            walk_loop(l, n, step);
            continue;
        }
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                walk(l, n->body[b]);
        for (int k = 0; k < n->nout; k++)
            if (n->out[k] && n->out[k]->uses)
                seen(l, n->out[k], step);
    }
}

static bool is_output(const Graph *g, const Value *v)
{
    for (int i = 0; i < g->nout; i++)
        if (root_of(g->out[i]) == v)
            return true;
    return false;
}

Alive *liveness_steps(const Graph *g, int *nstep)
{
    Spans l = {0};
    walk(&l, g);
    for (int i = 0; i < l.n; i++) {
        int64_t bytes = is_output(g, l.s[i].v) ? 0 : value_bytes(l.s[i].v);
        for (int step = l.s[i].first; step <= l.s[i].last; step++)
            l.step[step].bytes += bytes;
    }
    *nstep = l.nstep;
    return l.step;
}

int64_t liveness_bound(const Graph *g)
{
    int n;
    const Alive *step = liveness_steps(g, &n);
    int64_t most = 0;
    for (int i = 0; i < n; i++)
        most = MAX(most, step[i].bytes);
    return most;
}
