/* SPDX-License-Identifier: MIT
 * fuse_affine.c - y * s + t with constant s and t per channel, after a convolution or Gemm with constant weights, goes
 * into those weights:  (W x + b) * s + t  =  (s W) x + (s b + t). BatchNormalization arrives here as such a Map.
 *
 * Whether an expression is affine in one leaf is read off its structure; s and t are then evaluated per channel. */
#include <string.h>
#include "fuse.h"

/* Is e scale * leaf + shift with no other occurrence of the leaf? */
static bool is_affine(const Expr *e, int leaf)
{
    if (e->kind == EX_LEAF || e->kind == EX_CONST)
        return e->dtype == DT_FLOAT;
    if (e->kind != EX_CALL || e->dtype != DT_FLOAT)
        return false;
    bool a = expr_uses(e->arg[0], leaf), b = e->nargs > 1 && expr_uses(e->arg[1], leaf);
    if (!a && !b)
        return true;
    switch (e->fn) {
    case FN_add:
    case FN_sub: return is_affine(e->arg[0], leaf) && is_affine(e->arg[1], leaf);
    case FN_mul: return !(a && b) && is_affine(e->arg[0], leaf) && is_affine(e->arg[1], leaf);
    case FN_div: return !b && is_affine(e->arg[0], leaf);
    case FN_neg: return is_affine(e->arg[0], leaf);
    default: return false;
    }
}

/* scale and shift of e as doubles, given the other leaves' values. */
static void affine(const Expr *e, int leaf, const double *value, double *scale, double *shift)
{
    double s[2] = {0}, t[2] = {0};
    if (e->kind == EX_LEAF) {
        *scale = e->leaf == leaf;
        *shift = e->leaf == leaf ? 0 : value[e->leaf];
        return;
    }
    if (e->kind == EX_CONST || !expr_uses(e, leaf)) {
        Num in[65] = {{0}};
        for (int i = 0; i < 64; i++)
            in[i + 1].f = value[i];
        *scale = 0;
        *shift = expr_eval(e, in).f;
        return;
    }
    for (int i = 0; i < e->nargs; i++)
        affine(e->arg[i], leaf, value, &s[i], &t[i]);
    switch (e->fn) {
    case FN_add: *scale = s[0] + s[1], *shift = t[0] + t[1]; break;
    case FN_sub: *scale = s[0] - s[1], *shift = t[0] - t[1]; break;
    case FN_mul: *scale = s[0] * t[1] + s[1] * t[0], *shift = t[0] * t[1]; break;
    case FN_div: *scale = s[0] / t[1], *shift = t[0] / t[1]; break;
    default: *scale = -s[0], *shift = -t[0]; break;
    }
}

/* A constant that is one number, or one per channel on `axis` of out. */
static bool per_channel(const Value *v, const Value *out, int axis)
{
    if (!value_is_const(v) || v->rank > out->rank)
        return false;
    for (int i = 0; i < v->rank; i++) {
        int at = i + out->rank - v->rank;
        if (v->dim[i] != 1 && !(at == axis && v->dim[i] == out->dim[axis]))
            return false;
    }
    return true;
}

static double of_channel(const Value *v, int64_t ch)
{
    return value_at(v, value_count(v) == 1 ? 0 : ch);
}

/* Channel axis of the product's output, or -1 when n is not a product that can take a scale. */
static int product_axis(const Node *n)
{
    bool weights =
        n->nin >= 2 && value_is_const(n->in[1]) && n->in[1]->dtype == DT_FLOAT && !n->expr;
    const Value *bias = node_in(n, 2);
    if (!weights || (bias && !value_is_const(bias)))
        return -1;
    if (node_is(n, "Conv"))
        return 1;
    if (node_is(n, "Gemm") && (!bias || (bias->rank == 1 && bias->dim[0] == n->out[0]->dim[1])))
        return 1;
    return -1;
}

/* Elements of the weights that feed channel ch: `count` of them from `first` in steps of `step`. */
static void weights_of(const Node *n, int64_t ch, int64_t *first, int64_t *step, int64_t *count)
{
    const Value *w = n->in[1];
    bool rows = node_is(n, "Conv") || n->a.transB;
    int64_t channels = rows ? w->dim[0] : w->dim[1];
    *count = value_count(w) / channels;
    *first = rows ? ch * *count : ch;
    *step = rows ? 1 : channels;
}

/* w has been replaced by a copy: large weights should not be in memory twice. Views of constants have their data. */
static void drop_weights(const Graph *g, Value *w)
{
    for (int i = 0; i < g->nvalue; i++)
        if (g->value[i] != w && g->value[i]->data == w->data)
            return;
    if (w->uses == 1 && !g->outer) {
        mem_release((void *)w->data, (size_t)value_bytes(w));
        w->data = NULL;
    }
}

static void scale_product(Graph *g, Node *n, int64_t channels, const double *scale,
                          const double *shift)
{
    Value *w = n->in[1], *b = node_in(n, 2);
    float *data = mem_copy(w->data, (size_t)value_bytes(w)),
          *bias = mem((size_t)channels * sizeof *bias);
    double alpha = node_is(n, "Gemm") ? n->a.alpha : 1, beta = node_is(n, "Gemm") ? n->a.beta : 1;
    for (int64_t ch = 0; ch < channels; ch++) {
        int64_t first, step, count;
        weights_of(n, ch, &first, &step, &count);
        for (int64_t i = 0; i < count; i++)
            data[first + i * step] = (float)(data[first + i * step] * scale[ch] * alpha);
        bias[ch] = (float)((b ? beta * value_at(b, ch) : 0) * scale[ch] + shift[ch]);
    }
    n->a.alpha = n->a.beta = 1;
    n->in[1] = value_const(g, w->name, DT_FLOAT, w->rank, w->dim, data);
    n->in[1]->uses = 1;
    n->in[1]->stored = w->stored;
    drop_weights(g, w);
    Value *nb =
        value_const(g, b ? b->name : text("%s bias", w->name), DT_FLOAT, 1, &channels, bias);
    while (n->nin < 3)
        node_input_add(n, NULL);
    n->in[2] = nb;
    n->nown = n->nin;
}

static bool join_affine(Graph *g, Node *first, Node *map)
{
    int axis = product_axis(first), leaf = -1;
    const Value *v = first->out[0];
    if (axis < 0 || !value_same_dims(v, map->out[0]) || map->nin > 32)
        return false;
    for (int k = 0; k < map->nin; k++) {
        if (map->in[k] == v)
            leaf = leaf < 0 ? k : 99;
        else if (!per_channel(map->in[k], v, axis))
            return false;
    }
    if (leaf < 0 || leaf == 99 || !is_affine(map->expr, leaf))
        return false;
    int64_t channels = v->dim[axis];
    double *scale = mem((size_t)channels * sizeof *scale),
           *shift = mem((size_t)channels * sizeof *shift);
    for (int64_t ch = 0; ch < channels; ch++) {
        double value[64] = {0};
        for (int k = 0; k < map->nin; k++)
            value[k] = k == leaf ? 0 : of_channel(map->in[k], ch);
        affine(map->expr, leaf, value, &scale[ch], &shift[ch]);
    }
    scale_product(g, first, channels, scale, shift);
    first->out[0] = map->out[0];
    first->out[0]->producer = first;
    node_absorb(first, map);
    return true;
}

void fold_affine(Graph *g)
{
    int kept = 0;
    for (int i = 0; i < g->nnode; i++) {
        Node *n = g->node[i];
        bool joined = false;
        for (int k = 0; node_is(n, "Map") && k < n->nin && !joined; k++) {
            Value *v = n->in[k];
            if (v && v->producer && v->uses == 1 && v->producer->nout == 1)
                joined = join_affine(g, v->producer, n);
        }
        if (!joined)
            g->node[kept++] = n;
    }
    g->nnode = kept;
}
