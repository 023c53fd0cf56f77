/* SPDX-License-Identifier: MIT
 * macs.c - multiply-accumulates of a node, exactly: what its definition multiplies, padding included. Elementwise work
 * is not counted. */
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

/* x [steps][batch][inputs], w [directions][gates * hidden][inputs], r [directions][gates * hidden][hidden] */
static int64_t rnn_macs(const Node *n)
{
    const Value *x = n->in[0];
    return x->dim[0] * x->dim[1] * (value_count(n->in[1]) + value_count(n->in[2]));
}

int64_t node_macs(const Node *n)
{
    if (node_is(n, "Conv") || node_is(n, "ConvInteger"))
        return value_count(n->out[0]) * n->in[1]->dim[1] * kernel_size(n);
    if (node_is(n, "ConvTranspose"))
        return value_count(n->in[0]) * n->in[1]->dim[1] * kernel_size(n);
    if (node_is(n, "Gemm"))
        return value_count(n->out[0]) * n->in[0]->dim[n->a.transA ? 0 : 1];
    if (node_is(n, "MatMul") || node_is(n, "MatMulInteger"))
        return value_count(n->out[0]) * last_dim(n->in[0]);
    if (node_is(n, "LSTM") || node_is(n, "GRU") || node_is(n, "RNN"))
        return rnn_macs(n);
    return 0;
}
