/* SPDX-License-Identifier: MIT
 * fuse_integer.c - products of 8-bit integers in the kernels for floats, where that is exact.
 *
 * A float holds every integer below 2^24. With constant weights the largest sum that can come up
 * is known, 255 times the sum of their magnitudes; where it stays below 2^24 no partial sum is
 * ever rounded, in whatever order the terms are added, and
 *
 *     ConvInteger(x, w, zx, zw)  =  int32(Conv(float(x) - zx, w - zw))
 *
 * holds to the bit. The elementwise parts then fuse with their neighbours like any others. */
#include <stdlib.h>
#include "fuse.h"

enum { EXACT = 1 << 24, MOST_DATA = 255 };

/* What an element of the weights counts for: its value less its zero point, which is one number or
 * one for each output channel, of which there are `channels`, `inner` elements apart. */
static int64_t weight_of(const Value *w, const Value *zero, int64_t i, int64_t inner,
                         int64_t channels)
{
    int64_t of = zero && value_count(zero) > 1 ? i / inner % channels : 0;
    return value_int_at(w, i) - (zero ? value_int_at(zero, of) : 0);
}

/* Weights as floats; NULL when a sum may need more than a float holds. */
static float *exact_weights(const Value *w, const Value *zero, int64_t inner, int64_t channels)
{
    int64_t count = value_count(w);
    int64_t *sum = mem((size_t)channels * sizeof *sum);
    float *to = mem((size_t)count * sizeof *to);
    for (int64_t i = 0; i < count; i++) {
        int64_t v = weight_of(w, zero, i, inner, channels);
        to[i] = (float)v;
        if ((sum[i / inner % channels] += llabs(v) * MOST_DATA) >= EXACT)
            return NULL;
    }
    return to;
}

static bool one_number(const Value *v)
{
    return !v || value_count(v) == 1;
}

static void insert(Graph *g, int at, Node *made, const Node *from)
{
    node_stand_for(made, from);
    graph_insert(g, at, made);
}

/* float(x) - float(zero) as a node before the at-th. */
static Value *as_float(Graph *g, int at, const Node *from, Value *x, Value *zero)
{
    Value *in[2] = {x, zero},
          *y = value_new(g, text("%s float", x->name), DT_FLOAT, x->rank, x->dim);
    Node *map = node_new(g, "Map", from->name, zero ? 2 : 1, in, 1, &y);
    map->expr = expr_cast(expr_leaf(0, x->dtype), DT_FLOAT);
    if (zero)
        map->expr =
            expr_call(FN_sub, 2,
                      (Expr *[]){map->expr, expr_cast(expr_leaf(1, zero->dtype), DT_FLOAT)});
    Stored s = {x->dtype, 1, 0, zero && !zero->data, NULL};
    if (zero && zero->data)
        s.zero = (double)value_int_at(zero, 0);
    y->stored = mem_copy(&s, sizeof s);
    insert(g, at, map, from);
    return y;
}

/* True: the node at `at` has become three, the last of which makes its output. */
static bool rewrite(Graph *g, int at)
{
    Node *n = g->node[at];
    bool conv = node_is(n, "ConvInteger");
    Value *x = n->in[0], *w = n->in[1], *zx = node_in(n, 2), *zw = node_in(n, 3);
    if ((!conv && !node_is(n, "MatMulInteger")) || !value_is_const(w) || w->rank < 2 ||
        (zw && !value_is_const(zw)) || !one_number(zx))
        return false;
    int64_t channels = conv ? w->dim[0] : w->dim[w->rank - 1];
    int64_t inner = conv ? value_count(w) / MAX(channels, 1) : 1;
    if (value_count(w) == 0 || (!one_number(zw) && value_count(zw) != channels))
        return false;
    float *weights = exact_weights(w, zw, inner, channels);
    if (!weights)
        return false;
    Value *y = n->out[0], *sum = value_new(g, text("%s sum", y->name), DT_FLOAT, y->rank, y->dim);
    Value *in[2] = {as_float(g, at, n, x, zx),
                    value_const(g, w->name, DT_FLOAT, w->rank, w->dim, weights)};
    in[1]->stored = mem_copy(&(Stored){.t = w->dtype, .integers = w}, sizeof *w->stored);
    Node *product = node_new(g, conv ? "Conv" : "MatMul", n->name, 2, in, 1, &sum);
    product->a = n->a;
    product->exact = true;
    insert(g, at + 1, product, n);
    Node *back = node_new(g, "Map", n->name, 1, &sum, 1, &y);
    back->expr = expr_cast(expr_leaf(0, DT_FLOAT), DT_INT32);
    node_stand_for(back, n);
    g->node[at + 2] = back;
    return true;
}

void integers_as_floats(Graph *g)
{
    for (int i = 0; i < g->nnode; i++)
        if (rewrite(g, i))
            i += 2;
}
