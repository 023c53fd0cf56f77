/* SPDX-License-Identifier: MIT
 * work.c - the multiplications of a layer, as instruments count them: sums over products a[p, k] * w[k, o].
 *
 * p are places that only the activation a depends on, o those that only the weight w does, k those summed over; on shared
 * axes (groups, batches, directions) both depend. So all multiplications with a property of a and one of w are, for each k,
 * places p with the one times places o with the other. Spatial axes couple p and k: place p of the output and k of the
 * kernel meet at p * stride + k * dilation - pad, which may lie in padding. */
#include <string.h>
#include "ops/ops.h"
#include "ops/rnn.h"
#include "probe.h"

static WorkAxis alone(int64_t n, int64_t a, int64_t w)
{
    return (WorkAxis){n, a, w};
}

static Work work_new(Value *a, Value *w)
{
    Work k = {.a = a, .w = w};
    for (int i = 0; i < WORK_SPATIAL; i++)
        k.spatial[i] = (WorkSpatial){.out = 1, .kernel = 1, .stride = 1, .dilation = 1, .in = 1};
    for (int i = 0; i < MAX_RANK; i++)
        k.shared[i].n = 1;
    k.image = k.ic = k.oc = alone(1, 0, 0);
    return k;
}

static int conv_work(const Node *n, Work *to)
{
    Value *x = n->scaled ? n->scaled : n->in[0], *w = n->in[1];
    bool transposed = node_is(n, "ConvTranspose");
    int64_t group = n->a.group, ic = x->dim[1] / group;
    int64_t oc = transposed ? w->dim[1] : w->dim[0] / group;
    Work k = work_new(x, w);
    k.transposed = transposed;
    const int axes = n->a.kernel_shape.n,
              first = axes == 1; /* the only one has no strips of rows */
    k.windows = first + axes - 1;
    k.image = alone(x->dim[0], x->stride[0], 0);
    k.shared[0] = alone(group, ic * x->stride[1], (transposed ? ic : oc) * w->stride[0]);
    k.ic = alone(ic, x->stride[1], w->stride[transposed ? 0 : 1]);
    k.oc = alone(oc, 0, w->stride[transposed ? 1 : 0]);
    for (int i = 0; i < axes; i++)
        k.spatial[first + i] = (WorkSpatial){.out = (transposed ? x : n->out[0])->dim[i + 2],
                                             .kernel = w->dim[i + 2],
                                             .stride = n->a.strides.v[i],
                                             .dilation = n->a.dilations.v[i],
                                             .pad = n->a.pads.v[i],
                                             .in = (transposed ? n->out[0] : x)->dim[i + 2],
                                             .a = x->stride[i + 2],
                                             .w = w->stride[i + 2]};
    *to = k;
    return 1;
}

/* A constant on the left is the weight. */
static int product_work(const Node *n, Work *to)
{
    Product p = product_of(n);
    bool swap = value_is_const(n->in[0]) && !value_is_const(n->in[1]);
    const int64_t *a = swap ? p.b : p.a, *w = swap ? p.a : p.b;
    Work k = work_new(n->in[swap], n->in[!swap]);
    for (int i = 0; i < p.nb; i++)
        k.shared[i] = alone(p.batch[i], a[i], w[i]);
    k.image = alone(swap ? p.n : p.m, a[p.nb + swap], 0);
    k.oc = alone(swap ? p.m : p.n, 0, w[p.nb + !swap]);
    k.ic = alone(p.k, a[p.nb + 2], w[p.nb + 2]);
    k.swapped = swap;
    *to = k;
    return 1;
}

/* On x, on the states y before each step but the first, and on the initial state, which may be nothing. The steps come one
 * after another, so they are no places, but an axis on which the activation alone depends. */
static int recurrent_work(const Node *n, Work *to)
{
    Rnn r = rnn_of(n);
    int count = 0;
    if (r.lens || (!r.y && r.seq > 1))
        return 0; /* not all steps are made, or states are not there to be looked at */
    Value *const operand[] = {r.x, r.y, r.h0}, *const weight[] = {r.w, r.r, r.r};
    int64_t t = r.y ? rnn_stride_y(&r, 't') : 0, steps[] = {r.seq, r.seq - 1, 1};
    for (int i = 0; i < 3; i++) {
        if (steps[i] == 0)
            continue;
        Work k = work_new(operand[i], weight[i]);
        Value *a = operand[i], *w = weight[i];
        k.steps = true;
        for (int d = 0; d < r.dirs; d++)
            k.first_step[d] = i == 0 ? 0 : i == 1 ? !r.backward[d] : r.backward[d] ? r.seq - 1 : 0;
        k.ic = alone(i ? r.hidden : r.input, 0, w->stride[2]);
        k.oc = alone(r.gates * r.hidden, 0, w->stride[1]);
        k.shared[0] = alone(r.dirs, 0, w->stride[0]);
        k.shared[1] = alone(steps[i], 0, 0);
        k.spatial[0].out = k.spatial[0].in = r.batch;
        if (i == 0) {
            k.shared[1].a = rnn_stride_x(&r, 't');
            k.spatial[0].a = rnn_stride_x(&r, 'b');
            k.ic.a = rnn_stride_x(&r, 'i');
        } else if (i == 1) {
            k.shared[1].a = t;
            k.spatial[0].a = rnn_stride_y(&r, 'b');
            k.ic.a = rnn_stride_y(&r, 'h');
            k.shared[0].a = rnn_stride_y(&r, 'd') + (r.dirs == 2 ? t : 0);
            k.start = r.dirs == 1 && r.backward[0] ? t : 0;
            k.after = true;
        } else if (a) {
            k.spatial[0].a = rnn_stride_state(&r, a, 'b');
            k.ic.a = rnn_stride_state(&r, a, 'h');
            k.shared[0].a = rnn_stride_state(&r, a, 'd');
        }
        to[count++] = k;
    }
    return count;
}

static bool one_zero_point(const Node *n, int i)
{
    return !node_in(n, i) || value_count(node_in(n, i)) == 1;
}

/* Constants are plain, so integers lie like the floats that stand for them. */
static void find_stored(Work *k)
{
    k->stored = k->a && !k->a->data ? value_stored(k->a) : NULL;
    k->integers = k->w->data && k->w->stored ? k->w->stored->integers : NULL;
    if (k->integers && k->integers->storage != IN_WEIGHTS && k->integers->storage != IN_TEXT) {
        value_own(k->integers, k->w->stride);
        k->integers->storage = IN_WEIGHTS;
    }
}

int works_of(const Node *n, Work to[MOST_WORKS])
{
    bool integer = node_is(n, "ConvInteger") || node_is(n, "MatMulInteger");
    int count = 0;
    if (!n->kernel || !node_macs(n))
        return 0;
    if (node_is(n, "Conv") || node_is(n, "ConvInteger") || node_is(n, "ConvTranspose"))
        count = conv_work(n, to);
    else if (node_is(n, "LSTM") || node_is(n, "GRU") || node_is(n, "RNN"))
        count = recurrent_work(n, to);
    else
        count = product_work(n, to);
    if (integer && (!one_zero_point(n, 2) || !one_zero_point(n, 3)))
        return 0;
    for (int i = 0; i < count; i++)
        find_stored(&to[i]);
    for (int i = 0; integer && i < count; i++) {
        to[i].a_zero = node_in(n, to[i].swapped ? 3 : 2);
        to[i].w_zero = node_in(n, to[i].swapped ? 2 : 3);
    }
    return count;
}

static void works_of_graph(Graph *g, Works *to)
{
    for (int i = 0; i < g->nnode; i++) {
        Node *n = g->node[i];
        Work k[MOST_WORKS];
        int count = works_of(n, k);
        n->works = to->n;
        for (int j = 0; j < count; j++)
            PUSH(to->work, to->n, k[j]);
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                works_of_graph(n->body[b], to);
    }
}

Works works_in(Graph *g)
{
    Works all = {NULL, 0};
    works_of_graph(g, &all);
    return all;
}
