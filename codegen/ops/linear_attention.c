/* SPDX-License-Identifier: MIT
 * linear_attention.c - operators of networks that carry a state from one call to the next instead of all keys:
 * CausalConvWithState, a depthwise convolution over what went before and what comes, and LinearAttention, whose state is
 * a matrix for each head. Also RotaryEmbedding, which turns pairs of elements by an angle that grows with the place. */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include "ops.h"

static bool same_float(const Node *n, int count)
{
    for (int i = 0; i < count; i++) {
        const Value *v = node_in(n, i);
        if (v && (!dtype_is_float(v->dtype) || v->dtype != n->in[0]->dtype)) {
            blocker(n, NULL, "'%s' is %s, '%s' %s", v->name, dtype_name(v->dtype), n->in[0]->name,
                    dtype_name(n->in[0]->dtype));
            return false;
        }
    }
    return true;
}

static bool has_shape(const Node *n, const Value *v, int rank, const int64_t *dim)
{
    if (!v || (v->rank == rank && !memcmp(v->dim, dim, (size_t)rank * sizeof *dim)))
        return true;
    blocker(n, NULL, "'%s' has shape %s, which does not fit '%s' (%s)", v->name, dims_text(v),
            n->in[0]->name, dims_text(n->in[0]));
    return false;
}

/* ---- CausalConvWithState: x[n][c][length], w[c][1][k], b[c], past[n][c][k - 1] -------------------------------- */

static bool gated(const Node *n)
{
    return !strcmp(n->a.activation, "silu") || !strcmp(n->a.activation, "swish");
}

void causal_conv_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0], *w = n->in[1];
    (void)g;
    if (x->rank != 3 || w->rank != 3 || w->dim[0] != x->dim[1] || w->dim[1] != 1 || w->dim[2] < 1) {
        blocker(n, "they are [n][c][length] and [c][1][k]",
                "weights '%s' (%s) do not fit '%s' (%s)", w->name, dims_text(w), x->name,
                dims_text(x));
        return;
    }
    int64_t state[3] = {x->dim[0], x->dim[1], w->dim[2] - 1};
    if (!same_float(n, 4) || !has_shape(n, node_in(n, 2), 1, x->dim + 1) ||
        !has_shape(n, node_in(n, 3), 3, state))
        return;
    if (!gated(n) && strcmp(n->a.activation, "none")) {
        blocker(n, "it is none, silu or swish", "activation '%s' is not supported",
                n->a.activation);
        return;
    }
    out_set(n, 0, x->dtype, 3, x->dim);
    out_set(n, 1, x->dtype, 3, state);
}

/* Convolve behind the past, or behind zeros. */
void causal_conv_expand(Graph *g, Node *n)
{
    Value *x = n->in[0], *past = node_in(n, 3), *y = n->out[0],
          *state = n->nout > 1 ? n->out[1] : NULL;
    int64_t kept = n->in[1]->dim[2] - 1, end = x->dim[2] + kept;
    int64_t pads[6] = {0, 0, kept, 0, 0, 0};
    if (kept && past)
        x = along_axis(g, n, "Concat", 2, 2, (Value *[]){past, x}, NULL);
    else if (kept)
        x = add_op(g, "Pad", n->name, 2, (Value *[]){x, value_ints(g, "pads", 6, pads)}, NULL);
    if (state)
        slice_to(g, n, x, 2, (int64_t[]){end - kept, end, 1}, state);
    if (!y)
        return;
    Value *conv[] = {x, n->in[1], node_in(n, 2)};
    y = add_op(g, "Conv", n->name, conv[2] ? 3 : 2, conv, gated(n) ? NULL : y);
    g->node[g->nnode - 1]->a.group = n->in[0]->dim[1];
    if (gated(n))
        add_op(g, "Swish", n->name, 1, &y, n->out[0]);
}

/* ---- LinearAttention -------------------------------------------------------------------------------------------- */

static bool rule_known(const Node *n)
{
    const char *rule = n->a.update_rule;
    bool decays = strstr(rule, "gated") != NULL, corrects = strstr(rule, "delta") != NULL;
    bool known = !strcmp(rule, "linear") || !strcmp(rule, "gated") || !strcmp(rule, "delta") ||
                 !strcmp(rule, "gated_delta");
    if (!known)
        blocker(n, "it is linear, gated, delta or gated_delta", "update_rule '%s' is not supported",
                rule);
    else if (decays != (node_in(n, 4) != NULL) || corrects != (node_in(n, 5) != NULL))
        blocker(n, "decay goes with gated, beta with delta",
                "update_rule '%s' does not fit the inputs", rule);
    else
        return true;
    return false;
}

/* The last dim of a packed [batch][steps][heads * size] input. */
static bool packed(const Node *n, int i, int64_t one, int64_t other)
{
    const Value *v = node_in(n, i), *q = n->in[0];
    if (!v || (v->rank == 3 && v->dim[0] == q->dim[0] && v->dim[1] == q->dim[1] &&
               (v->dim[2] == one || v->dim[2] == other)))
        return true;
    blocker(n, NULL, "'%s' (%s) does not fit the queries '%s' (%s)", v->name, dims_text(v), q->name,
            dims_text(q));
    return false;
}

/* q[b][t][hq dk], k[b][t][hkv dk], v[b][t][hkv dv], past[b][hkv][dk][dv], decay, beta */
void linear_attention_infer(Graph *g, Node *n)
{
    const Value *q = n->in[0], *v = n->in[2], *past = node_in(n, 3);
    int64_t hq = n->a.q_num_heads, hkv = n->a.kv_num_heads;
    (void)g;
    bool fits = hq >= 1 && hkv >= 1 && hq % hkv == 0 && q->rank == 3 && v->rank == 3 &&
                q->dim[2] % hq == 0 && v->dim[2] % hkv == 0;
    if (!fits) {
        blocker(n, NULL,
                "'%s' (%s) and '%s' (%s) do not divide into %" PRId64 " and %" PRId64 " heads",
                q->name, dims_text(q), v->name, dims_text(v), hq, hkv);
        return;
    }
    int64_t dk = q->dim[2] / hq, dv = v->dim[2] / hkv, state[4] = {q->dim[0], hkv, dk, dv};
    if (!rule_known(n) || !same_float(n, 3) || !has_shape(n, past, 4, state) ||
        !packed(n, 1, hkv * dk, hkv * dk) || !packed(n, 2, hkv * dv, hkv * dv) ||
        !packed(n, 4, hkv, hkv * dk) || !packed(n, 5, hkv, 1))
        return;
    out_set(n, 0, q->dtype, 3, (int64_t[]){q->dim[0], q->dim[1], hq * dv});
    out_set(n, 1, past ? past->dtype : q->dtype, 4, state);
}

/* ---- RotaryEmbedding: x, cos and sin of the places, numbers of the places --------------------------------------- */

/* x as [batch][rows][heads][size] */
static bool rotary_dims(const Node *n, int64_t dim[4])
{
    const Value *x = n->in[0];
    int64_t heads = n->a.num_heads;
    if (x->rank == 4) {
        memcpy(dim, (int64_t[]){x->dim[0], x->dim[2], x->dim[1], x->dim[3]}, 4 * sizeof *dim);
        return true;
    }
    if (x->rank != 3 || heads < 1 || x->dim[2] % heads)
        return false;
    memcpy(dim, (int64_t[]){x->dim[0], x->dim[1], heads, x->dim[2] / heads}, 4 * sizeof *dim);
    return true;
}

static int64_t turned_size(const Node *n, const int64_t *dim)
{
    return n->a.rotary_embedding_dim ? n->a.rotary_embedding_dim : dim[3];
}

void rotary_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0], *cos = n->in[1], *sin = n->in[2], *place = node_in(n, 3);
    int64_t dim[4];
    if (!rotary_dims(n, dim) || !same_float(n, 3)) {
        blocker(n, "it has 4 axes, or 3 and the attribute num_heads", "'%s' (%s) is not supported",
                x->name, dims_text(x));
        return;
    }
    int64_t size = turned_size(n, dim);
    bool fits = size > 0 && size <= dim[3] && size % 2 == 0 && value_same_dims(cos, sin) &&
                cos->rank == (place ? 2 : 3) && cos->dim[cos->rank - 1] == size / 2;
    if (fits && place)
        fits = place->rank == 2 && place->dim[0] == dim[0] && place->dim[1] == dim[1];
    else if (fits)
        fits = cos->dim[0] == dim[0] && cos->dim[1] == dim[1];
    if (fits)
        infer_same(g, n);
    else
        blocker(n, NULL, "'%s' and '%s' (%s) do not fit '%s' (%s)", cos->name, sin->name,
                dims_text(cos), x->name, dims_text(x));
}

/* Rows of the table for each place, [batch][rows][1][size / 2]. */
static Value *table_rows(Graph *g, const Node *n, int i, const int64_t *dim, int64_t half)
{
    Value *v = n->in[i];
    if (node_in(n, 3))
        v = op_now(g, "Gather", n, 2, (Value *[]){v, n->in[3]});
    v = convert_to(g, n, v, wide_type(v->dtype), NULL);
    return reshape_now(g, n, v, 4, (int64_t[]){dim[0], dim[1], 1, half});
}

static Value *part(Graph *g, const Node *n, Value *x, int64_t first, int64_t end, int64_t step)
{
    x = slice_to(g, n, x, 3, (int64_t[]){first, end, step}, NULL);
    infer_node(g, g->node[g->nnode - 1]);
    return x;
}

static Value *joined(Graph *g, const Node *n, int axis, Value *a, Value *b)
{
    return along_axis(g, n, "Concat", axis, 2, (Value *[]){a, b}, NULL);
}

/* Pairs are neighbours, or come from the two halves. */
void rotary_expand(Graph *g, Node *n)
{
    Value *out = n->out[0], *x = n->in[0], *in[4];
    int64_t dim[4], order[4] = {0, 2, 1, 3};
    DType t = wide_type(x->dtype);
    rotary_dims(n, dim);
    int64_t size = turned_size(n, dim), half = size / 2;
    x = convert_to(g, n, x, t, NULL);
    if (x->rank == 3) {
        x = reshape_now(g, n, x, 4, dim);
    } else {
        x = transpose_to(g, n, x, 4, order, NULL);
        infer_node(g, g->node[g->nnode - 1]);
    }
    bool pairs = n->a.interleaved;
    in[0] = pairs ? part(g, n, x, 0, size, 2) : part(g, n, x, 0, half, 1);
    in[1] = pairs ? part(g, n, x, 1, size, 2) : part(g, n, x, half, size, 1);
    in[2] = table_rows(g, n, 1, dim, half);
    in[3] = table_rows(g, n, 2, dim, half);
    Value *real = map_text(g, n->name, "a * c - b * d", 4, in, NULL);
    Value *imaginary = map_text(g, n->name, "a * d + b * c", 4, in, NULL);
    Value *y;
    if (pairs) {
        int64_t apart[5] = {dim[0], dim[1], dim[2], half, 1},
                together[4] = {dim[0], dim[1], dim[2], size};
        y = joined(g, n, 4, reshape_now(g, n, real, 5, apart),
                   reshape_now(g, n, imaginary, 5, apart));
        y = reshape_now(g, n, y, 4, together);
    } else {
        y = joined(g, n, 3, real, imaginary);
    }
    if (size < dim[3])
        y = joined(g, n, 3, y, part(g, n, x, size, dim[3], 1));
    if (out->rank == 3)
        y = reshape_to(g, n, y, 3, out->dim, t == out->dtype ? out : NULL);
    else
        y = transpose_to(g, n, y, 4, order, t == out->dtype ? out : NULL);
    if (t != out->dtype)
        cast_op(g, n, y, out);
}
