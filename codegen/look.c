/* SPDX-License-Identifier: MIT
 * look.c - which tensors the instruments look at, when, and as which axes.
 *
 * A layer's input is the first tensor it is handed that is no constant, its output the first that it writes. A tensor is
 * looked at when a layer has made it, strip by strip if so it is made, for that layer and for those that read it; what no
 * layer of the same graph makes is looked at before it is read. So each element is seen once and for all.
 *
 * Of a layer that scales what it reads (prologue.c) instruments see the product, which NAME_run_probed makes for them. */
#include <inttypes.h>
#include <string.h>
#include "probe.h"

bool probes_look(const Compiler *c)
{
    for (int i = 0; i < c->nprobe; i++)
        if (c->probe[i]->looks)
            return true;
    return false;
}

bool probes_need(const Compiler *c, unsigned what)
{
    for (int i = 0; i < c->nprobe; i++)
        if (c->probe[i]->needs & what)
            return true;
    return false;
}

Value *layer_tensor(const Node *n, int side)
{
    if (n->scaled && side == 0)
        return n->scaled;
    for (int k = 0; k < n->narg; k++) {
        Value *v = n->arg[k].value;
        if (side ? n->arg[k].kind == ARG_OUT : n->arg[k].kind == ARG_IN && !v->data)
            return value_count(v) && dtype_kind(v->dtype) != 's' ? v : NULL;
    }
    return NULL;
}

/* ---- axes ---------------------------------------------------------------------------------------------------------- */

static bool is_recurrent(const Node *n)
{
    return node_is(n, "LSTM") || node_is(n, "GRU") || node_is(n, "RNN");
}

static bool is_product(const Node *n)
{
    return node_is(n, "MatMul") || node_is(n, "Gemm") || node_is(n, "MatMulInteger");
}

/* x [step][image][channel], y [step][direction][image][channel]; with layout 1 images come first. */
static void recurrent_axes(const Node *n, const Value *v, int *image, int *channel, int *step)
{
    bool batch_first = n->a.layout == 1, y = v->rank == 4;
    *channel = v->rank - 1;
    *step = batch_first ? 1 : 0;
    *image = batch_first ? 0 : y ? 2 : 1;
    if (v != layer_tensor(n, 0) && !y) /* y_h [direction][image][channel] has no steps */
        *step = -1;
}

Axes axes_of(const Node *n, const Value *v)
{
    int image = v->rank > 1 ? 0 : -1, channel = v->rank > 1 ? 1 : v->rank - 1, step = -1;
    Axes a = {{1, 0}, {1, 0}, {1, 0}, 0, {{1, 0}}};
    if (is_recurrent(n) && v->rank >= 3)
        recurrent_axes(n, v, &image, &channel, &step);
    else if (is_product(n) && v->rank == 3)
        channel = 2;
    for (int i = 0; i < v->rank; i++) {
        Axis one = {v->dim[i], v->stride[i]};
        if (i == image)
            a.image = one;
        else if (i == channel)
            a.channel = one;
        else if (i == step)
            a.step = one;
        else if (a.n > 1 && a.rest[a.n - 1].stride == one.stride * one.dim)
            a.rest[a.n - 1] = (Axis){one.dim * a.rest[a.n - 1].dim, one.stride};
        else
            a.rest[a.n++] = one;
    }
    return a;
}

/* ---- who looks at what --------------------------------------------------------------------------------------------- */

static const Node *maker_of(const Graph *g, const Value *v)
{
    for (int i = 0; v && i < g->nnode; i++)
        if (g->node[i]->kernel && layer_tensor(g->node[i], 1) == v)
            return g->node[i];
    return NULL;
}

static bool same_axes(const Node *a, const Node *b, const Value *v)
{
    Axes x = axes_of(a, v), y = axes_of(b, v);
    return !memcmp(&x, &y, sizeof x);
}

/* Is n told of its input when another layer has made it? */
static bool is_told(const Graph *g, const Node *n, const Value *v)
{
    const Node *maker = maker_of(g, v);
    return maker && maker != n && same_axes(maker, n, v);
}

static void add_look(Looks *l, const Graph *g, Node *n, int side)
{
    Value *v = layer_tensor(n, side);
    n->look[side] = 0;
    if (!v || (side == 0 && is_told(g, n, v)))
        return;
    Look one = {.g = g, .n = n, .side = side, .v = v, .axes = axes_of(n, v)};
    PUSH(l->look, l->n, one);
    n->look[side] = l->n;
}

static void add_told(Look *look)
{
    const Graph *g = look->g;
    PUSH(look->told, look->ntold, look->side ? look->n->layer : -look->n->layer);
    for (int i = 0; look->side && i < g->nnode; i++) {
        const Node *n = g->node[i];
        if (n->kernel && !n->look[0] && layer_tensor(n, 0) == look->v &&
            maker_of(g, look->v) == look->n)
            PUSH(look->told, look->ntold, -n->layer);
    }
}

static void looks_in(Looks *l, Graph *g)
{
    for (int i = 0; i < g->nnode; i++) {
        Node *n = g->node[i];
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                looks_in(l, n->body[b]);
        for (int side = 0; n->kernel && side < 2; side++)
            add_look(l, g, n, side);
    }
}

bool scales_any(const Graph *g)
{
    for (int i = 0; i < g->nnode; i++) {
        const Node *n = g->node[i];
        for (int b = 0; b < 2; b++)
            if (n->body[b] && scales_any(n->body[b]))
                return true;
        if (n->scaled)
            return true;
    }
    return false;
}

Looks looks_of(Graph *g)
{
    Looks l = {0};
    looks_in(&l, g);
    for (int i = 0; i < l.n; i++)
        add_told(&l.look[i]);
    return l;
}

const char *look_text(const Unit *u, const Call *call, int side)
{
    const Node *n = call->n;
    const Value *v = layer_tensor(n, side);
    int index = n->look[side] - 1, axis = outer_axis(v);
    const char *at = text("&%s_tensors[%d], %s", u->c->name, index, value_text(u, v));
    if (side == 0 || !call->from || n->chain->heads)
        return text("%s, %s_tensors[%d].n[0]", at, u->c->name, index);
    if (!call->y_row)
        at = text("%s + %s * %" PRId64, at, call->from, v->stride[axis]);
    else if (strcmp(call->from, call->y_row))
        at = text("%s + (%s - %s) * %" PRId64, at, call->from, call->y_row, v->stride[axis]);
    return text("%s, %s - %s", at, call->to, call->from);
}
