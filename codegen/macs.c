/* SPDX-License-Identifier: MIT
 * macs.c - multiply-accumulates of a node, exactly: what its definition multiplies, padding included; and how many
 * multiplications fast algorithms would make of them. Elementwise work is not counted.
 *
 * Fast algorithms are counted as Lavin and Gray do (Fast Algorithms for Convolutional Neural Networks, CVPR 2016): the
 * products between transformed tiles of input and weights, not the transforms; tiles at the edge count whole. Both go axis
 * by axis: an axis of length o with a kernel of 1 costs o products, the others
 *
 *     Winograd F(m, 3)   ceil(o / m) tiles of m + 2 products
 *     FFT of T points    ceil(o / (T - k + 1)) tiles of T complex products, of which, the data being real, T / 2 + 1 are
 *                        needed along one axis; each is three real ones, by Gauss's trick
 *
 * and the costs of the axes multiply. A layer to which an algorithm does not apply, or where it saves nothing, is computed
 * directly. */
#include "dnncc.h"

static int64_t kernel_size(const Node *n)
{
    int64_t size = 1;
    for (int i = 0; i < n->a.kernel_shape.n; i++)
        size *= n->a.kernel_shape.v[i];
    return size;
}

static int64_t last_dim(const Value *v)
{
    return v->rank ? v->dim[v->rank - 1] : 1;
}

static bool is_conv(const Node *n)
{
    return node_is(n, "Conv") || node_is(n, "ConvInteger");
}

static bool is_recurrent(const Node *n)
{
    return node_is(n, "LSTM") || node_is(n, "GRU") || node_is(n, "RNN");
}

/* x [steps][batch][inputs], w [directions][gates * hidden][inputs], r [directions][gates * hidden][hidden] */
static int64_t rnn_macs(const Node *n)
{
    const Value *x = n->in[0];
    return x->dim[0] * x->dim[1] * (value_count(n->in[1]) + value_count(n->in[2]));
}

int64_t node_macs(const Node *n)
{
    if (is_conv(n))
        return value_count(n->out[0]) * n->in[1]->dim[1] * kernel_size(n);
    if (node_is(n, "ConvTranspose"))
        return value_count(n->in[0]) * n->in[1]->dim[1] * kernel_size(n);
    if (node_is(n, "Gemm"))
        return value_count(n->out[0]) * n->in[0]->dim[n->a.transA ? 0 : 1];
    if (node_is(n, "MatMul") || node_is(n, "MatMulInteger"))
        return value_count(n->out[0]) * last_dim(n->in[0]);
    if (is_recurrent(n))
        return rnn_macs(n);
    return 0;
}

bool node_multiplies(const Node *n, int i)
{
    return node_macs(n) && i < (is_recurrent(n) ? 3 : 2);
}

/* Can outputs along axis i be made tile by tile, from neighbouring inputs? */
static bool slides(const Node *n, int i)
{
    return n->a.strides.v[i] == 1 && n->a.dilations.v[i] == 1;
}

/* Pairs of an input channel and an output channel that meet, in all images. */
static int64_t channel_pairs(const Node *n)
{
    return n->out[0]->dim[0] * n->out[0]->dim[1] * n->in[1]->dim[1];
}

static int64_t ceil_div(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

int64_t node_winograd(const Node *n, int m)
{
    if (!is_conv(n) || kernel_size(n) == 1)
        return node_macs(n);
    int64_t products = channel_pairs(n);
    for (int i = 0; i < n->a.kernel_shape.n; i++) {
        int64_t k = n->a.kernel_shape.v[i], o = n->out[0]->dim[i + 2];
        if (k != 1 && (k != 3 || !slides(n, i)))
            return node_macs(n);
        products *= k == 1 ? o : ceil_div(o, m) * (m + 2);
    }
    return MIN(products, node_macs(n));
}

/* Seven products of quarters; of an odd number of rows, the one in the middle belongs to both halves. */
int64_t node_strassen(const Node *n)
{
    int64_t weights = value_count(n->in[1]);
    return 7 * ceil_div(node_macs(n) / weights, 2) * (weights / 4);
}

/* With transforms of T points; -1 where they do not apply. */
static int64_t fft_products(const Node *n, int64_t points)
{
    int64_t products = channel_pairs(n);
    bool half = true;
    for (int i = 0; i < n->a.kernel_shape.n; i++) {
        int64_t k = n->a.kernel_shape.v[i], o = n->out[0]->dim[i + 2];
        if (k != 1 && (k > points || !slides(n, i)))
            return -1;
        products *= k == 1 ? o : ceil_div(o, points - k + 1) * (half ? points / 2 + 1 : points);
        half &= k == 1;
    }
    return half ? -1 : 3 * products;
}

int64_t node_fft(const Node *n, int *points)
{
    int64_t least = node_macs(n);
    *points = 0;
    for (int t = 8; t <= 64 && is_conv(n); t *= 2) {
        int64_t products = fft_products(n, t);
        if (products >= 0 && products < least) {
            least = products;
            *points = t;
        }
    }
    return least;
}
