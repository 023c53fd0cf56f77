/* SPDX-License-Identifier: MIT
 * prologue.c - a scale for each channel of the image that a layer reads, applied as it reads.
 *
 * Squeeze-and-excite multiplies an image x by s, a number for each channel, and a 1x1 convolution reads the product, a
 * pass of its own over the image. But
 *
 *     y = w (s x) = (w s) x
 *
 * and w s, made anew in each run as the kernel packs its weights, are fewer products where x has more pixels than y has
 * channels. select takes what is predicted to cost less: kernels that can do so (`Plan.scales`) find s by node_scale.
 * Instruments see s x as the layer's input all the same: they make it, see look.c. */
#include "dnncc.h"

enum { SCALE = 3 /* its place among the inputs of Conv */, MOST_LAYERS = 8 /* from x to s */ };

Value *node_scale(const Node *n)
{
    return node_is(n, "Conv") ? node_in(n, SCALE) : NULL;
}

static bool same_layout(const Value *a, const Value *b)
{
    for (int i = 0; i < a->rank; i++)
        if (a->dim[i] != b->dim[i] || (a->dim[i] > 1 && a->stride[i] != b->stride[i]))
            return false;
    return a->rank == b->rank;
}

/* Is v computed from x, by at most so many layers? Then all of x is there before v is. */
static bool is_from(const Value *v, const Value *x, int layers)
{
    const Node *p = v->producer;
    for (int i = 0; p && layers && i < p->nin; i++)
        if (p->in[i] && (p->in[i] == x || is_from(p->in[i], x, layers - 1)))
            return true;
    return false;
}

/* A number for each channel of one image. */
static bool is_scale(const Value *s, const Value *x)
{
    if (s->rank != x->rank || s->rank != 4 || x->dim[0] != 1 || s->dtype != DT_FLOAT)
        return false;
    for (int i = 0; i < s->rank; i++)
        if (s->dim[i] != (i == 1 ? x->dim[1] : 1))
            return false;
    return true;
}

/* Is m nothing but x * s? */
static bool is_scaling(const Node *m, Value **x, Value **s)
{
    const Expr *e = m->expr;
    if (e->kind != EX_CALL || e->fn != FN_mul || e->dtype != DT_FLOAT ||
        e->arg[0]->kind != EX_LEAF || e->arg[1]->kind != EX_LEAF)
        return false;
    for (int k = 0; k < 2; k++) {
        *x = m->in[e->arg[k]->leaf];
        *s = m->in[e->arg[!k]->leaf];
        if (same_layout(*x, m->out[0]) && is_scale(*s, *x) && is_from(*s, *x, MOST_LAYERS))
            return true;
    }
    return false;
}

Node *prologue_of(const Node *n, Node *scaled)
{
    Value *v = node_is(n, "Conv") ? n->in[0] : NULL, *x, *s;
    Node *m = v && v->uses == 1 ? v->producer : NULL;
    if (!m || !node_is(m, "Map") || n->a.group != 1 || node_scale(n) || !is_scaling(m, &x, &s))
        return NULL;
    *scaled = *n;
    scaled->in = NULL;
    scaled->nin = 0;
    for (int k = 0; k < n->nown || k <= SCALE; k++)
        node_input_add(scaled, k < n->nown ? n->in[k] : NULL);
    scaled->in[0] = x;
    scaled->in[SCALE] = s;
    scaled->nown = scaled->nin;
    for (int k = n->nown; k < n->nin; k++)
        node_input_add(scaled, n->in[k]);
    return n->nown == scaled->nown || !n->expr ? m : NULL;
}
