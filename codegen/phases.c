/* SPDX-License-Identifier: MIT
 * phases.c - a transposed convolution as convolutions, one for each phase of its stride.
 *
 * Output o gathers the inputs i with i * stride + k * dilation == o + pad. Outputs that are alike
 * modulo the stride use the same places k of the kernel, every (stride / gcd)-th, on inputs that
 * follow one another: that is a convolution of stride 1 with those places in reverse, whose
 * results lie `stride` apart in the output. Nothing is inserted, added up or moved, and the
 * kernels of Conv serve. */
#include <string.h>
#include "dnncc.h"

enum { MOST_PHASES = 16 };

/* One axis of one phase. */
typedef struct Phase {
    int64_t at, out;            /* its first output, how many there are */
    int64_t first, step, count; /* the places of the kernel it uses; count 0: none */
    int64_t pad, dilation;      /* of the convolution; pad may be negative */
} Phase;

static int64_t gcd(int64_t a, int64_t b)
{
    return b ? gcd(b, a % b) : a;
}

static Phase phase_of(const Node *n, int axis, int64_t at)
{
    int64_t s = n->a.strides.v[axis], d = n->a.dilations.v[axis], g = gcd(s, d);
    int64_t kernel = n->a.kernel_shape.v[axis], from = at + n->a.pads.v[axis];
    Phase p = {.at = at, .step = s / g, .dilation = d / g};
    p.out = (n->out[0]->dim[axis + 2] - at + s - 1) / s;
    while (p.first < MIN(p.step, kernel) && (from - p.first * d) % s)
        p.first++;
    if (p.first < MIN(p.step, kernel)) {
        p.count = (kernel - p.first + p.step - 1) / p.step;
        p.pad = (p.count - 1) * p.dilation - (from - p.first * d) / s;
    }
    return p;
}

/* The weights [C][M / group][k ...] as the phase wants them, [M][C / group][places in reverse]. */
static Value *phase_weights(Graph *g, const Node *n, const Phase *p, int spatial)
{
    const Value *w = n->in[1];
    int64_t group = n->a.group, ic = w->dim[0] / group, oc = w->dim[1];
    int64_t dim[MAX_RANK] = {oc * group, ic}, places = 1, kernel = 1;
    for (int i = 0; i < spatial; i++) {
        places *= dim[i + 2] = MAX(p[i].count, 1);
        kernel *= w->dim[i + 2];
    }
    float *to = mem((size_t)(dim[0] * ic * places) * sizeof *to);
    for (int64_t m = 0; m < dim[0]; m++)
        for (int64_t c = 0; c < ic; c++)
            for (int64_t k = 0; k < places; k++, to++) {
                int64_t left = k, place = 0, step = 1;
                for (int i = spatial - 1; i >= 0; i--) {
                    int64_t turn = dim[i + 2] - 1 - left % dim[i + 2];
                    left /= dim[i + 2];
                    place = p[i].count ? place + (p[i].first + turn * p[i].step) * step : -kernel;
                    step *= w->dim[i + 2];
                }
                if (place >= 0)
                    *to = ((const float *)
                               w->data)[((m / oc * ic + c) * oc + m % oc) * kernel + place];
            }
    to -= dim[0] * ic * places;
    Value *v = value_const(g, w->name, DT_FLOAT, w->rank, dim, to);
    int64_t stride[MAX_RANK];
    stride_plain(v, stride);
    value_own(v, stride);
    v->storage = IN_WEIGHTS;
    return v;
}

/* What v, as large as the output along axis or broadcast, holds for the phase. */
static Value *phase_view(Graph *g, const Node *n, Value *v, const Phase *p)
{
    const Value *y = n->out[0];
    int64_t dim[MAX_RANK], stride[MAX_RANK], start = 0;
    for (int i = 0; i < v->rank; i++) {
        int axis = i + y->rank - v->rank;
        dim[i] = v->dim[i];
        stride[i] = v->stride[i];
        if (axis < 2 || v->dim[i] == 1)
            continue;
        dim[i] = p[axis - 2].out;
        start += p[axis - 2].at * v->stride[i];
        stride[i] *= n->a.strides.v[axis - 2];
    }
    Value *part = value_new(g, v->name, v->dtype, v->rank, dim);
    value_view(part, v, start, stride);
    return part;
}

static void phase_attributes(Node *to, const Node *n, const Phase *p, int spatial)
{
    Attrs *a = &to->a;
    int64_t *v = mem((size_t)spatial * 5 * sizeof *v);
    a->group = n->a.group;
    a->auto_pad = "NOTSET";
    a->kernel_shape = (Ints){spatial, v};
    a->strides = (Ints){spatial, v + spatial};
    a->dilations = (Ints){spatial, v + 2 * spatial};
    a->pads = (Ints){2 * spatial, v + 3 * spatial};
    for (int i = 0; i < spatial; i++) {
        int64_t taps = MAX(p[i].count, 1), in = n->in[0]->dim[i + 2];
        a->kernel_shape.v[i] = taps;
        a->strides.v[i] = 1;
        a->dilations.v[i] = p[i].dilation;
        a->pads.v[i] = p[i].pad;
        a->pads.v[spatial + i] = p[i].out - 1 + (taps - 1) * p[i].dilation + 1 - in - p[i].pad;
    }
}

static void phase_add(Graph *g, const Node *n, const Phase *p, int spatial)
{
    Value *y = phase_view(g, n, n->out[0], p);
    Node *to = node_new(g, "Conv", n->name, n->nin, n->in, 1, &y);
    attrs_default(to);
    phase_attributes(to, n, p, spatial);
    to->in[1] = phase_weights(g, n, p, spatial);
    for (int k = n->nown; k < n->nin; k++)
        to->in[k] = n->in[k] ? phase_view(g, n, n->in[k], p) : NULL;
    to->nown = n->nown;
    to->expr = n->expr;
    node_stand_for(to, n);
    graph_add(g, to);
}

bool phases_serve(const Node *n)
{
    const Value *w = node_in(n, 1), *b = node_in(n, 2);
    int64_t phases = 1;
    if (!node_is(n, "ConvTranspose") || w->dtype != DT_FLOAT || !w->data || (b && !b->data))
        return false;
    for (int i = 0; i < n->a.strides.n; i++) {
        phases *= MIN(n->a.strides.v[i], n->out[0]->dim[i + 2]);
        if (phases > MOST_PHASES)
            return false;
    }
    for (int k = n->nown; k < n->nin; k++)
        if (n->in[k] && n->in[k]->data && value_count(n->in[k]) == value_count(n->out[0]))
            return false; /* a constant operand is packed whole */
    return true;
}

void phases_add(Graph *g, const Node *n)
{
    int spatial = n->a.strides.n;
    int64_t at[MAX_RANK] = {0};
    for (int i = spatial; i >= 0;) {
        Phase p[MAX_RANK];
        for (i = 0; i < spatial; i++)
            p[i] = phase_of(n, i, at[i]);
        phase_add(g, n, p, spatial);
        for (i = spatial - 1; i >= 0; at[i--] = 0)
            if (++at[i] < MIN(n->a.strides.v[i], n->out[0]->dim[i + 2]))
                break;
    }
}
