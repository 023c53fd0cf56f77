/* SPDX-License-Identifier: MIT
 * attention.c - Attention: y = softmax(q k' scale + mask) v for every head.
 *
 * Of [batch][heads][rows][size], heads that share keys and values (hq = hkv * r) lie next to each other, so that their
 * rows are the rows of one product: q is viewed as [b][hkv][r rows][d]. What may not be attended is -inf before the
 * softmax, said by comparing positions: row i stands at offset + i among the keys. A row that may attend nothing gives
 * zeros. */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include "ops.h"

#define FORBIDDEN "0 - 1 / 0"

/* ---- shapes ---------------------------------------------------------------------------------------- */

typedef struct Sizes {
    int64_t b, hq, hkv, s, past, t; /* batch, heads, rows of q, keys of the past, keys in all */
    int64_t d, dv;                  /* of a head in q and k, in v */
} Sizes;

/* The dims of x as [batch][heads][rows][size]; heads: of those a packed x [batch][rows][heads size] has. */
static bool head_dims(const Value *x, int64_t heads, int64_t dim[4])
{
    if (x->rank == 4) {
        memcpy(dim, x->dim, 4 * sizeof *dim);
        return true;
    }
    if (x->rank != 3 || heads < 1 || x->dim[2] % heads)
        return false;
    dim[0] = x->dim[0];
    dim[1] = heads;
    dim[2] = x->dim[1];
    dim[3] = x->dim[2] / heads;
    return true;
}

static bool past_fits(const Value *v, const Sizes *z, int64_t size)
{
    return v && v->rank == 4 && v->dim[0] == z->b && v->dim[1] == z->hkv && v->dim[3] == size;
}

static bool sizes_of(const Node *n, Sizes *z)
{
    const Value *k_past = node_in(n, 4), *v_past = node_in(n, 5);
    int64_t q[4], k[4], v[4];
    bool fits = n->in[1]->rank == n->in[0]->rank && n->in[2]->rank == n->in[0]->rank &&
                head_dims(n->in[0], n->a.q_num_heads, q) &&
                head_dims(n->in[1], n->a.kv_num_heads, k) &&
                head_dims(n->in[2], n->a.kv_num_heads, v);
    fits = fits && k[0] == q[0] && v[0] == q[0] && v[1] == k[1] && k[1] > 0 && q[1] % k[1] == 0 &&
           q[3] == k[3] && k[2] == v[2];
    if (!fits)
        return false;
    *z = (Sizes){.b = q[0], .hq = q[1], .hkv = k[1], .s = q[2], .d = q[3], .dv = v[3]};
    z->past = k_past && k_past->rank == 4 ? k_past->dim[2] : 0;
    z->t = z->past + k[2];
    if (!k_past && !v_past)
        return true;
    return past_fits(k_past, z, z->d) && past_fits(v_past, z, z->dv) && v_past->dim[2] == z->past;
}

/* A mask's last axis may be shorter than the keys: what lies beyond may not be attended. */
static bool mask_fits(const Node *n, const Sizes *z)
{
    const Value *mask = node_in(n, 3);
    const int64_t want[4] = {z->b, z->hq, z->s, z->t};
    if (!mask)
        return true;
    bool fits = mask->rank >= 1 && mask->rank <= 4 && mask->dim[mask->rank - 1] <= z->t &&
                mask->dtype != DT_STRING;
    for (int i = 0; fits && i < mask->rank - 1; i++)
        fits = mask->dim[i] == 1 || mask->dim[i] == want[4 - mask->rank + i];
    if (!fits)
        blocker(n, NULL,
                "the mask '%s', %s of shape %s, does not fit scores of %" PRId64 "x%" PRId64
                "x%" PRId64 "x%" PRId64,
                mask->name, dtype_name(mask->dtype), dims_text(mask), z->b, z->hq, z->s, z->t);
    return fits;
}

static bool lengths_fit(const Node *n, const Sizes *z)
{
    const Value *length = node_in(n, 6);
    if (!length ||
        (value_count(length) == z->b && !dtype_is_float(length->dtype) && !node_in(n, 4)))
        return true;
    blocker(n, "one length for each of the batch, and no past", "'%s' (%s) does not fit",
            length->name, dims_text(length));
    return false;
}

void attention_infer(Graph *g, Node *n)
{
    const Value *q = n->in[0];
    Sizes z;
    (void)g;
    if (!dtype_is_float(q->dtype) || !sizes_of(n, &z)) {
        blocker(n, "q, k and v have the same rank: 4, or 3 with q_num_heads and kv_num_heads",
                "queries '%s' (%s), keys (%s), values (%s) or their past do not fit each other",
                q->name, dims_text(q), dims_text(n->in[1]), dims_text(n->in[2]));
        return;
    }
    if (n->a.qk_matmul_output_mode < 0 || n->a.qk_matmul_output_mode > 3) {
        blocker(n, "it is 0 to 3", "qk_matmul_output_mode %" PRId64 " is not supported",
                n->a.qk_matmul_output_mode);
        return;
    }
    if (!mask_fits(n, &z) || !lengths_fit(n, &z))
        return;
    if (q->rank == 4)
        out_set(n, 0, q->dtype, 4, (int64_t[]){z.b, z.hq, z.s, z.dv});
    else
        out_set(n, 0, q->dtype, 3, (int64_t[]){z.b, z.s, z.hq * z.dv});
    out_set(n, 1, n->in[1]->dtype, 4, (int64_t[]){z.b, z.hkv, z.t, z.d});
    out_set(n, 2, n->in[2]->dtype, 4, (int64_t[]){z.b, z.hkv, z.t, z.dv});
    out_set(n, 3, q->dtype, 4, (int64_t[]){z.b, z.hq, z.s, z.t});
}

/* ---- pieces, each inferred at once -------------------------------------------------------------------- */

static Value *known(Graph *g, Value *v)
{
    infer_node(g, g->node[g->nnode - 1]);
    return v;
}

static Value *reshaped(Graph *g, const Node *n, Value *v, int64_t a, int64_t b, int64_t c,
                       int64_t d)
{
    return reshape_now(g, n, v, 4, (int64_t[]){a, b, c, d});
}

static Value *turned(Graph *g, const Node *n, Value *v, int a, int b, int c, int d)
{
    return known(g, transpose_to(g, n, v, 4, (int64_t[]){a, b, c, d}, NULL));
}

static Value *product(Graph *g, const Node *n, Value *a, Value *b)
{
    return op_now(g, "MatMul", n, 2, (Value *[]){a, b});
}

/* What output i is, if anybody asked for it. */
static void deliver(Graph *g, const Node *n, Value *v, int i)
{
    Value *out = i < n->nout ? n->out[i] : NULL;
    if (out && v->dtype != out->dtype)
        cast_op(g, n, v, out);
    else if (out)
        add_op(g, "Identity", n->name, 1, &v, out);
}

/* Input i as [batch][heads][rows][size]. */
static Value *as_heads(Graph *g, const Node *n, int i, int64_t heads)
{
    Value *v = n->in[i];
    int64_t dim[4] = {0};
    if (v->rank == 4 || !head_dims(v, heads, dim))
        return v;
    return turned(g, n, reshaped(g, n, v, dim[0], dim[2], dim[1], dim[3]), 0, 2, 1, 3);
}

/* Keys or values behind those of the past; also output i. */
static Value *present(Graph *g, const Node *n, int i, int64_t heads)
{
    Value *v = as_heads(g, n, i, heads), *past = node_in(n, i + 3);
    if (past)
        v = along_axis(g, n, "Concat", 2, 2, (Value *[]){past, v}, NULL);
    deliver(g, n, v, i);
    return v;
}

/* ---- masks ------------------------------------------------------------------------------------------------ */

static Value *padded_mask(Graph *g, const Node *n, Value *mask, const Sizes *z)
{
    int64_t pads[8] = {0}, missing = z->t - mask->dim[mask->rank - 1];
    DType t = mask->dtype;
    if (!missing)
        return mask;
    pads[2 * mask->rank - 1] = missing;
    Value *in[] = {mask, value_ints(g, "pads", 2 * mask->rank, pads),
                   value_scalar(g, "value", t, t == DT_BOOL ? 0 : -INFINITY)};
    add_op(g, "Pad", n->name, 3, in, value_new(g, "mask", t, -1, NULL));
    Node *pad = g->node[g->nnode - 1];
    infer_node(g, pad);
    return pad->out[0];
}

/* "c <= b + offset && ..." over rows b, keys c and the lengths d; "" when everything may be attended. */
static const char *position_rule(const Node *n, const Sizes *z)
{
    const Attrs *a = &n->a;
    const char *s = "", *p = node_in(n, 6) ? text("(b + d - %" PRId64 ")", z->s)
                                           : text("(b + %" PRId64 ")", z->past);
    if (a->is_causal)
        s = text("c <= %s", p);
    if (a->left_window_size >= 0)
        s = text("%s%sc >= %s - %" PRId64, s, *s ? " && " : "", p, a->left_window_size);
    if (a->right_window_size >= 0)
        s = text("%s%sc <= %s + %" PRId64, s, *s ? " && " : "", p, a->right_window_size);
    if (node_in(n, 6))
        s = text("%s%sc < d", s, *s ? " && " : "");
    return s;
}

static Value *masked(Graph *g, const Node *n, Value *scores, const Sizes *z)
{
    Value *mask = node_in(n, 3), *length = node_in(n, 6);
    const char *rule = position_rule(n, z);
    DType t = scores->dtype;
    if (mask) {
        bool truth = mask->dtype == DT_BOOL;
        mask = padded_mask(g, n, truth ? mask : convert_to(g, n, mask, t, NULL), z);
        scores =
            map_text(g, n->name, truth ? "b ? a : " FORBIDDEN : "b == " FORBIDDEN " ? b : a + b", 2,
                     (Value *[]){scores, mask}, NULL);
    }
    if (!*rule)
        return scores;
    Value *in[4] = {scores, positions(g, t, 0, z->s, 1), positions(g, t, 0, z->t, 0)};
    if (length)
        in[3] = convert_to(g, n, reshaped(g, n, length, z->b, 1, 1, 1), t, NULL);
    return map_text(g, n->name, text("%s ? a : " FORBIDDEN, rule), length ? 4 : 3, in, NULL);
}

/* Can a row be left without any key? */
static bool rows_may_be_empty(const Node *n)
{
    return node_in(n, 3) || node_in(n, 6) || n->a.left_window_size >= 0 ||
           n->a.right_window_size >= 0;
}

static Value *weights(Graph *g, const Node *n, Value *scores)
{
    DType t = scores->dtype, precision = (DType)n->a.softmax_precision;
    bool other = precision == DT_DOUBLE || precision == DT_FLOAT;
    Value *p = other ? convert_to(g, n, scores, precision, NULL) : scores;
    p = op_now(g, "Softmax", n, 1, &p);
    p = convert_to(g, n, p, t, NULL);
    if (!rows_may_be_empty(n))
        return p;
    Value *in[] = {scores, value_ints(g, "axis", 1, &(int64_t){3})};
    Value *most = op_now(g, "ReduceMax", n, 2, in);
    return map_text(g, n->name, "b == " FORBIDDEN " ? 0 : a", 2, (Value *[]){p, most}, NULL);
}

/* ---- all of it -------------------------------------------------------------------------------------------- */

static Value *raw_scores(Graph *g, const Node *n, Value *k, const Sizes *z)
{
    double scale = n->a.has[A_scale] ? n->a.scale : 1 / sqrt((double)z->d);
    DType t = wide_type(n->in[0]->dtype);
    Value *q = convert_to(g, n, as_heads(g, n, 0, z->hq), t, NULL);
    q = map_text(g, n->name, text("a * %.17g", scale), 1, &q, NULL);
    q = reshaped(g, n, q, z->b, z->hkv, z->hq / z->hkv * z->s, z->d);
    k = turned(g, n, convert_to(g, n, k, t, NULL), 0, 1, 3, 2);
    return reshaped(g, n, product(g, n, q, k), z->b, z->hq, z->s, z->t);
}

void attention_expand(Graph *g, Node *n)
{
    Value *out = n->out[0], *stage[4];
    DType t = wide_type(n->in[0]->dtype);
    Sizes z;
    sizes_of(n, &z);
    Value *k = present(g, n, 1, z.hkv), *v = present(g, n, 2, z.hkv);
    stage[0] = stage[1] = raw_scores(g, n, k, &z);
    if (n->a.softcap > 0)
        stage[1] = map_text(g, n->name, text("%.9g * tanh(a / %.9g)", n->a.softcap, n->a.softcap),
                            1, stage, NULL);
    stage[2] = masked(g, n, stage[1], &z);
    stage[3] = weights(g, n, stage[2]);
    deliver(g, n, stage[n->a.qk_matmul_output_mode], 3);
    if (!out)
        return;
    Value *y = reshaped(g, n, stage[3], z.b, z.hkv, z.hq / z.hkv * z.s, z.t);
    y = product(g, n, y, convert_to(g, n, v, t, NULL));
    y = reshaped(g, n, y, z.b, z.hq, z.s, z.dv);
    if (out->rank == 3)
        y = turned(g, n, y, 0, 2, 1, 3);
    y = reshape_now(g, n, y, out->rank, out->dim);
    deliver(g, n, y, 0);
}

/* ---- FlexAttention: the model brings what is done to the scores and to their softmax ---------------------------------- */

static Value *modified(Graph *g, const Node *n, const Graph *body, Value *v)
{
    if (!body)
        return v;
    if (body->nin != 1 || body->nout != 1) {
        blocker(n, NULL, "a graph of it has %d inputs and %d outputs instead of one", body->nin,
                body->nout);
        return v;
    }
    return body_apply(g, body, &v)[0];
}

void flex_attention_canon(Graph *g, Node *n)
{
    Sizes z;
    DType t = wide_type(n->in[0]->dtype), precision = (DType)n->a.softmax_precision;
    if (n->in[0]->rank != 4 || !dtype_is_float(n->in[0]->dtype) || !sizes_of(n, &z)) {
        blocker(n, "they are [batch][heads][rows][size]",
                "queries '%s' (%s), keys (%s) and values (%s) do not fit each other",
                n->in[0]->name, dims_text(n->in[0]), dims_text(n->in[1]), dims_text(n->in[2]));
        return;
    }
    Value *p = raw_scores(g, n, n->in[1], &z);
    if (precision == DT_DOUBLE)
        p = convert_to(g, n, p, t = DT_DOUBLE, NULL);
    p = modified(g, n, n->a.score_mod, p);
    if (p->rank < 0) /* refused */
        return;
    p = op_now(g, "Softmax", n, 1, &p);
    p = modified(g, n, n->a.prob_mod, p);
    int64_t rows[4] = {z.b, z.hkv, z.hq / z.hkv * z.s, z.t}, out[4] = {z.b, z.hq, z.s, z.dv};
    p = reshape_to(g, n, p, 4, rows, NULL);
    Value *in[] = {p, convert_to(g, n, n->in[2], t, NULL)};
    p = reshape_to(g, n, add_op(g, "MatMul", n->name, 2, in, NULL), 4, out, NULL);
    p = add_op(g, "Cast", n->name, 1, &p, NULL);
    g->node[g->nnode - 1]->a.to = n->in[2]->dtype;
    node_replaced(g, n, p);
}
