/* SPDX-License-Identifier: MIT
 * fold.c - nodes whose outputs are known while compiling: constants in, constants out.
 *
 * Elementwise expressions are evaluated, views are read through their strides, other operators
 * bring a fold() of their own. Constants are plain: elements in row-major order of the dims. */
#include <string.h>
#include "dnncc.h"
#include "ops/ops.h"

enum { FOLD_LIMIT = 256 << 20 }; /* bytes; a larger result is computed at run time instead */

static void own_plain(Value *v)
{
    int64_t stride[MAX_RANK];
    stride_plain(v, stride);
    value_own(v, stride);
}

/* Move the coordinates ix on by one element of out, and with them nv offsets. */
static void advance(const Value *out, int64_t *ix, int nv, int64_t (*stride)[MAX_RANK], int64_t *at)
{
    for (int a = out->rank - 1; a >= 0; a--) {
        for (int k = 0; k < nv; k++)
            at[k] += stride[k][a];
        if (++ix[a] < out->dim[a])
            return;
        for (int k = 0; k < nv; k++)
            at[k] -= stride[k][a] * out->dim[a];
        ix[a] = 0;
    }
}

static Num element(const Value *v, int64_t at)
{
    if (dtype_is_float(v->dtype))
        return (Num){.f = value_at(v, at)};
    return (Num){.i = value_int_at(v, at)};
}

/* Strings are compared, chosen and converted when the net runs. */
static bool has_strings(const Node *n)
{
    bool any = n->out[0]->dtype == DT_STRING;
    for (int k = 0; k < n->nin; k++)
        any |= n->in[k] && n->in[k]->dtype == DT_STRING;
    return any;
}

/* leaf[0] is an epilogue's -1, which a Map has not. */
bool map_fold(Graph *g, Node *n)
{
    Value *out = n->out[0];
    if (has_strings(n))
        return false;
    int nv = n->nin;
    int64_t ix[MAX_RANK] = {0}, count = value_count(out);
    int64_t(*stride)[MAX_RANK] = mem((size_t)nv * sizeof *stride);
    int64_t *at = mem((size_t)nv * sizeof *at);
    Num *leaf = mem((size_t)(nv + 1) * sizeof *leaf);
    void *data = mem((size_t)value_bytes(out));
    (void)g;
    for (int k = 0; k < nv; k++)
        if (n->in[k]) {
            own_plain(n->in[k]);
            broadcast_strides(n->in[k], out, stride[k]);
        }
    for (int64_t i = 0; i < count; i++) {
        for (int k = 0; k < nv; k++)
            leaf[k + 1] = n->in[k] ? element(n->in[k], at[k]) : (Num){0};
        Num r = expr_eval(n->expr, leaf);
        data_put(data, out->dtype, i, r.f, r.i);
        advance(out, ix, nv, stride, at);
    }
    out->data = data;
    return true;
}

static void *gather_view(const Value *v, const char *data)
{
    int64_t ix[MAX_RANK] = {0}, at[1] = {v->start}, stride[1][MAX_RANK];
    int64_t count = value_count(v);
    size_t bytes = (size_t)dtype_bytes(v->dtype);
    char *copy = mem((size_t)count * bytes);
    memcpy(stride[0], v->stride, sizeof stride[0]);
    for (int64_t i = 0; i < count; i++) {
        memcpy(copy + (size_t)i * bytes, data + at[0] * (int64_t)bytes, bytes);
        advance(v, ix, 1, stride, at);
    }
    return copy;
}

/* The same view of the integers that a constant stands for. */
static const Stored *stored_view(const Value *to, const Stored *from)
{
    Stored s = *from;
    s.integers = mem_copy(to, sizeof *to);
    s.integers->dtype = from->t;
    s.integers->data = gather_view(s.integers, from->integers->data);
    s.integers->base = NULL;
    return mem_copy(&s, sizeof s);
}

/* A view in one piece shares the data of its input, whatever its size. */
static bool view_fold(Node *n)
{
    Value *from = n->in[0], *to = n->out[0];
    own_plain(from);
    if (!n->op->view(n))
        BUG("%s of a plain tensor is no view", n->op->name);
    if (value_is_plain(to))
        to->data = (const char *)from->data + to->start * dtype_bytes(to->dtype);
    else if (value_bytes(to) <= FOLD_LIMIT)
        to->data = gather_view(to, from->data);
    if (to->data && from->stored && from->stored->integers)
        to->stored = stored_view(to, from->stored);
    to->base = NULL;
    return to->data != NULL;
}

static bool inputs_constant(const Node *n)
{
    for (int i = 0; i < n->nin; i++)
        if (n->in[i] && !n->in[i]->data)
            return false;
    return true;
}

static int64_t outputs_bytes(const Node *n)
{
    int64_t bytes = 0;
    for (int i = 0; i < n->nout; i++)
        bytes += n->out[i] ? value_bytes(n->out[i]) : 0;
    return bytes;
}

static bool fold(Graph *g, Node *n)
{
    bool shape_only = n->op->fold == shape_fold; /* asks for dims, and those are known */
    if (!inputs_constant(n) && !shape_only)
        return false;
    if (n->op->view)
        return view_fold(n);
    if (!n->op->fold || outputs_bytes(n) > FOLD_LIMIT)
        return false;
    return n->op->fold(g, n);
}

bool fold_node(Graph *g, Node *n)
{
    if (!fold(g, n))
        return false;
    for (int i = 0; i < n->nout; i++)
        if (n->out[i])
            n->out[i]->producer = NULL;
    return true;
}
