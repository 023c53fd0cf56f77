/* SPDX-License-Identifier: MIT
 * microsoft_attention.c - the attentions of the domain com.microsoft, each as ONNX's own: what differs is how queries, keys and
 * values come packed, what masks say, and where the keys of the past lie. */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include "ops.h"

static Value *columns(Graph *g, const Node *n, Value *v, int axis, int64_t first, int64_t end)
{
    v = slice_to(g, n, v, axis, (int64_t[]){first, end, 1}, NULL);
    infer_node(g, g->node[g->nnode - 1]);
    return v;
}

/* A mask of numbers, 0 where nothing may be attended, as what is added to the scores: [b][1][rows or 1][keys]. Of
 * one axis it holds where the keys end that count, and then, perhaps, where they start. */
static Value *added_mask(Graph *g, const Node *n, Value *mask, int64_t batch, int64_t keys)
{
    const char *hidden = text("%.9g", (double)n->a.mask_filter_value);
    if (mask->rank == 1 && (mask->dim[0] == batch || mask->dim[0] == 2 * batch)) {
        bool starts = mask->dim[0] > batch;
        mask = reshape_now(g, n, mask, 5, (int64_t[]){mask->dim[0] / batch, batch, 1, 1, 1});
        mask = convert_to(g, n, mask, DT_FLOAT, NULL);
        Value *in[] = {columns(g, n, mask, 0, 0, 1), positions(g, DT_FLOAT, 0, keys, 0),
                       starts ? columns(g, n, mask, 0, 1, 2) : NULL};
        for (int i = 0; i < 3; i += 2)
            if (in[i])
                in[i] = reshape_now(g, n, in[i], 4, (int64_t[]){batch, 1, 1, 1});
        const char *inside = starts ? "b < a && b >= c" : "b < a";
        return map_text(g, n->name, text("%s ? 0 : %s", inside, hidden), 2 + starts, in, NULL);
    }
    if ((mask->rank != 2 && mask->rank != 3) || mask->dim[mask->rank - 1] != keys) {
        blocker(n, "[batch], [2 batch], [batch][keys] or [batch][rows][keys]",
                "the mask '%s' (%s) is not supported", mask->name, dims_text(mask));
        return NULL;
    }
    int64_t dim[4] = {mask->dim[0], 1, mask->rank == 3 ? mask->dim[1] : 1, keys};
    mask = convert_to(g, n, reshape_now(g, n, mask, 4, dim), DT_FLOAT, NULL);
    return map_text(g, n->name, text("a > 0 ? 0 : %s", hidden), 1, &mask, NULL);
}

/* Attention of ONNX over packed q, k, v; `in` has them, the mask and the past. Its outputs 1 and 2 go to `present`. */
static void attend(Graph *g, Node *n, Value **in, Value *mask, Value *bias, Value **present)
{
    DType t = in[0]->dtype;
    if (mask && bias)
        mask = op_now(g, "Add", n, 2, (Value *[]){mask, convert_to(g, n, bias, DT_FLOAT, NULL)});
    in[3] = mask ? mask : bias;
    if (in[3])
        in[3] = convert_to(g, n, in[3], t, NULL);
    Value *out[] = {n->out[0], present[0], present[1]};
    Node *a = graph_add(g, node_new(g, "Attention", n->name, 6, in, 3, out));
    a->a.q_num_heads = a->a.kv_num_heads = n->a.num_heads;
    a->a.is_causal = n->a.unidirectional;
    a->a.scale = n->a.scale;
    a->a.has[A_scale] = n->a.has[A_scale] && n->a.scale != 0;
    n->out[0] = NULL;
}

/* x, weights of q, k and v side by side, bias, mask, past[2], what is added to the scores */
void ms_attention_canon(Graph *g, Node *n)
{
    Value *x = n->in[0], *w = n->in[1], *mask = node_in(n, 3), *past = node_in(n, 4);
    int64_t heads = n->a.num_heads, sizes[3], at = 0;
    bool fits = x->rank == 3 && w->rank == 2 && heads > 0 && !n->a.do_rotary &&
                !n->a.past_present_share_buffer && !node_in(n, 6) && (!past || past->rank == 5);
    for (int i = 0; i < 3 && fits; i++)
        at += sizes[i] = n->a.qkv_hidden_sizes.n == 3 ? n->a.qkv_hidden_sizes.v[i] : w->dim[1] / 3;
    if (!fits || at != w->dim[1] || sizes[0] != sizes[1]) {
        blocker(n, NULL, "weights '%s' (%s), rotation or shared buffers are not supported", w->name,
                dims_text(w));
        return;
    }
    int64_t keys = x->dim[1] + (past ? past->dim[3] : 0);
    if (mask && !(mask = added_mask(g, n, mask, x->dim[0], keys)))
        return;
    Value *all = ms_sum(g, n, op_now(g, "MatMul", n, 2, (Value *[]){x, w}), node_in(n, 2)),
          *in[6] = {NULL};
    if (all->rank != 3)
        return;
    at = 0;
    for (int i = 0; i < 3; at += sizes[i++])
        in[i] = columns(g, n, all, 2, at, at + sizes[i]);
    for (int i = 0; past && i < 2; i++)
        in[4 + i] = reshape_now(g, n, columns(g, n, past, 0, i, i + 1), 4, past->dim + 1);
    Value *present[2] = {NULL};
    if (n->nout > 1 && n->out[1]) {
        Value *part[2], *axis = value_ints(g, "axis", 1, &(int64_t){0});
        for (int i = 0; i < 2; i++) {
            present[i] = value_new(g, text("%s/present%d", n->name, i), DT_NONE, -1, NULL);
        }
        attend(g, n, in, mask, node_in(n, 5), present);
        for (int i = 0; i < 2; i++)
            part[i] = add_op(g, "Unsqueeze", n->name, 2, (Value *[]){present[i], axis}, NULL);
        add_op(g, "Concat", n->name, 2, part, n->out[1]);
        g->node[g->nnode - 1]->a.axis = 0;
        g->node[g->nnode - 1]->a.has[A_axis] = true;
    } else {
        attend(g, n, in, mask, node_in(n, 5), present);
    }
    n->nout = 0;
}

/* q, k, v packed, their bias, mask of the keys, what is added to the scores, past keys and values */
void multi_head_attention_canon(Graph *g, Node *n)
{
    Value *in[6] = {n->in[0], node_in(n, 1), node_in(n, 2)}, *bias = node_in(n, 3),
          *mask = node_in(n, 4);
    Value *past = node_in(n, 6);
    bool fits = in[0]->rank == 3 && in[1] && in[2] && n->a.num_heads > 0 && !node_in(n, 8);
    for (int i = 1; i < 3 && fits; i++)
        if (in[i]->rank == 4) { /* [b][heads][keys][size] */
            int64_t dim[3] = {in[i]->dim[0], in[i]->dim[2], in[i]->dim[1] * in[i]->dim[3]};
            in[i] = transpose_to(g, n, in[i], 4, (int64_t[]){0, 2, 1, 3}, NULL);
            infer_node(g, g->node[g->nnode - 1]);
            in[i] = reshape_now(g, n, in[i], 3, dim);
        } else {
            fits = in[i]->rank == 3;
        }
    if (!fits || (bias && bias->rank != 1)) {
        blocker(n, NULL, "'%s' (%s) or packed keys and values are not supported", n->in[0]->name,
                dims_text(n->in[0]));
        return;
    }
    int64_t at = 0, keys = in[1]->dim[1] + (past && past->rank == 4 ? past->dim[2] : 0);
    for (int i = 0; bias && i < 3; i++) {
        int64_t size = in[i]->dim[2];
        in[i] = ms_sum(g, n, in[i], columns(g, n, bias, 0, at, at + size));
        at += size;
    }
    if (mask && !(mask = added_mask(g, n, mask, in[0]->dim[0], keys)))
        return;
    in[4] = past;
    in[5] = node_in(n, 7);
    Value *present[2] = {n->nout > 1 ? n->out[1] : NULL, n->nout > 2 ? n->out[2] : NULL};
    attend(g, n, in, mask, node_in(n, 5), present);
    if (n->nout > 3 && n->out[3] && n->out[3]->uses)
        blocker(n, NULL, "the products of queries and keys are no output that is supported");
    n->nout = 0;
}

/* x, numbers of the places (or the first one), cos, sin */
void ms_rotary_canon(Graph *g, Node *n)
{
    Value *x = n->in[0], *place = n->in[1], *cos = n->in[2];
    int64_t rows = x->rank > 2 ? x->dim[x->rank - 2] : 0,
            size = cos->rank == 2 ? 2 * cos->dim[1] : 0;
    if (!rows || !size || place->rank < 1 || n->a.is_packed_batching || n->a.scale != 1) {
        blocker(n, NULL, "'%s' (%s) is not supported", x->name, dims_text(x));
        return;
    }
    if (!n->a.num_heads && x->rank == 3)
        n->a.num_heads = x->dim[2] / (n->a.rotary_embedding_dim ? n->a.rotary_embedding_dim : size);
    if (value_count(place) == 1) {
        int64_t dim[2] = {x->dim[0], rows};
        place = ms_sum(g, n, as_int64(g, n, place), positions(g, DT_INT64, 0, rows, 0));
        place = expand_now(g, n, place, 2, dim);
    }
    n->in[1] = cos;
    n->in[2] = n->in[3];
    n->in[3] = place;
    n->op = op_find("", "RotaryEmbedding");
    n->opset = OPSET_OURS;
}

/* ---- GroupQueryAttention ------------------------------------------------------------------------------------------------- */

/* Queries, keys and values come packed [batch][rows][heads size], or all in one. Keys of the past lie in a buffer, of which
 * `seen` rows count; the new ones go behind those:
 *
 *     past, 6 rows: p0 p1 p2 .. .. ..   new: n0 n1   seen 3   ->   present: p0 p1 p2 n0 n1 ..
 *
 * Row i of the queries stands at place seen + i. How many are seen, each of the batch tells at run time. */
typedef struct Grouped {
    int64_t batch, rows, heads, kv_heads, size, past, total;
    Value *seen; /* [batch][1], int64; NULL: none */
} Grouped;

static bool grouped_sizes(Node *n, Grouped *z)
{
    const Value *q = n->in[0], *k = node_in(n, 1), *v = node_in(n, 2), *past = node_in(n, 3),
                *last = n->in[5];
    int64_t packed = n->a.num_heads + 2 * n->a.kv_num_heads;
    bool in_one = !k || !v || k->rank != 3, fits = q->rank == 3 && n->a.num_heads > 0 &&
                                                   n->a.kv_num_heads > 0 && packed < 1 << 20 &&
                                                   n->a.num_heads % n->a.kv_num_heads == 0;
    if (!fits || (past == NULL) != (node_in(n, 4) == NULL))
        return false;
    *z = (Grouped){q->dim[0], q->dim[1], n->a.num_heads, n->a.kv_num_heads, 0, 0, 0, NULL};
    z->size = q->dim[2] / (in_one ? packed : z->heads);
    z->past = past && past->rank == 4 ? past->dim[2] : 0;
    int64_t kv[3] = {z->batch, z->rows, z->kv_heads * z->size};
    int64_t kept[4] = {z->batch, z->kv_heads, z->past, z->size};
    fits = q->dim[2] == z->size * (in_one ? packed : z->heads) && value_count(last) == z->batch;
    for (int i = 1; i < 3 && !in_one; i++)
        fits = fits && n->in[i]->rank == 3 && !memcmp(n->in[i]->dim, kv, sizeof kv);
    for (int i = 3; i < 5 && past; i++)
        fits = fits && n->in[i]->rank == 4 && !memcmp(n->in[i]->dim, kept, sizeof kept);
    return fits;
}

/* How long the keys are is what the model declares, or follows from the total length; else the past and all that is new. */
static bool grouped_total(Graph *g, const Node *n, Grouped *z)
{
    Value *total = n->in[6];
    Ints shape;
    if (value_count(total) != 1)
        return false;
    z->total = z->past + z->rows;
    if (z->past && value_is_const(total))
        z->total = MAX(z->past, value_int_at(total, 0));
    else if (z->past && declared_shape(n, 1, &shape) && shape.n == 4)
        z->total = shape.v[2];
    if (z->total < MAX(z->past, z->rows) || z->total > z->past + z->rows)
        return false;
    Value *in[] = {reshape_now(g, n, as_int64(g, n, total), 0, NULL)};
    if (!value_is_const(total))
        require(g, n,
                map_text(g, n->name, text("max(a, %" PRId64 ") == %" PRId64, z->past, z->total), 1,
                         in, NULL),
                "the total length does not fit the keys");
    if (!z->past)
        return true;
    int64_t each[2] = {z->batch, 1};
    Value *seen[] = {reshape_now(g, n, as_int64(g, n, n->in[5]), 2, each), in[0]};
    seen[0] =
        map_text(g, n->name, text("b == %" PRId64 " ? 0 : a + 1 - %" PRId64, z->rows, z->rows), 2,
                 seen, NULL);
    const char *fits =
        text("a >= 0 && a <= %" PRId64 " && a <= %" PRId64, z->past, z->total - z->rows);
    require(g, n, map_text(g, n->name, fits, 1, seen, NULL), "the lengths do not fit the keys");
    z->seen = seen[0];
    return true;
}

/* Places of the rows of queries: [batch][rows]. */
static Value *grouped_places(Graph *g, const Node *n, const Grouped *z)
{
    Value *at = positions(g, DT_INT64, 0, z->rows, 0);
    int64_t dim[2] = {z->batch, z->rows};
    return expand_now(g, n, z->seen ? ms_sum(g, n, z->seen, at) : at, 2, dim);
}

/* x packed [batch][rows][heads size], turned by its places if the model says so, as [batch][heads][rows][size]. */
static Value *grouped_heads(Graph *g, const Node *n, const Grouped *z, Value *x, int64_t heads,
                            Value *places)
{
    int64_t dim[4] = {z->batch, z->rows, heads, z->size};
    if (places) {
        Value *in[] = {x, n->in[7], n->in[8], places};
        x = add_op(g, "RotaryEmbedding", n->name, 4, in, NULL);
        Node *turn = g->node[g->nnode - 1];
        turn->a.num_heads = heads;
        turn->a.interleaved = n->a.rotary_interleaved;
        if (n->in[7]->rank == 2 && 2 * n->in[7]->dim[1] < z->size)
            turn->a.rotary_embedding_dim = 2 * n->in[7]->dim[1];
        infer_node(g, turn);
    }
    x = transpose_to(g, n, reshape_now(g, n, x, 4, dim), 4, (int64_t[]){0, 2, 1, 3}, NULL);
    infer_node(g, g->node[g->nnode - 1]);
    return x;
}

/* The keys or values of in[i], those of the past first, zeros behind; also output `out`. */
static Value *grouped_present(Graph *g, Node *n, const Grouped *z, Value *x, int i, int out)
{
    if (z->seen) {
        int64_t dim[4] = {z->batch, z->kv_heads, z->total, z->size}, each[4] = {z->batch, 1, 1, 1};
        Value *in[] = {positions(g, DT_INT64, 0, z->total, 1), reshape_now(g, n, z->seen, 4, each),
                       NULL};
        const char *from =
            text("a < b ? a : a < b + %" PRId64 " ? a - b + %" PRId64 " : 0", z->rows, z->past);
        Value *index = expand_now(g, n, map_text(g, n->name, from, 2, in, NULL), 4, dim);
        x = along_axis(g, n, "Concat", 2, 2, (Value *[]){n->in[i], x}, NULL);
        in[2] = along_axis(g, n, "GatherElements", 2, 2, (Value *[]){x, index}, NULL);
        x = map_text(g, n->name, text("a < b + %" PRId64 " ? c : 0", z->rows), 3, in, NULL);
    }
    ms_said(g, n, out, x);
    return x;
}

/* What row i may attend: no later place, and no earlier one than the window reaches. */
static Value *grouped_mask(Graph *g, const Node *n, const Grouped *z, Value *places, Value *bias)
{
    int64_t dim[4] = {z->batch, 1, z->rows, 1}, window = n->a.local_window_size;
    Value *in[] = {positions(g, DT_INT64, 0, z->total, 0), reshape_now(g, n, places, 4, dim), bias};
    const char *rule = window > 0 ? text("a <= b && a > b - %" PRId64, window) : "a <= b";
    return map_text(g, n->name, bias ? text("%s ? c : 0 - 1 / 0", rule) : rule, bias ? 3 : 2, in,
                    NULL);
}

/* A key of zeros behind all others, whose value is zero as well and whose score is that of the head's sink, 0 if there are none:
 * then not all that is attended adds up to 1. in[1..4) are keys, values and the mask. */
static void grouped_sink(Graph *g, const Node *n, const Grouped *z, Value **in, Value *sink)
{
    DType t = in[1]->dtype;
    int64_t more[4] = {z->batch, z->kv_heads, 1, z->size},
            column[4] = {z->batch, z->heads, z->rows, 1},
            all[4] = {z->batch, z->heads, z->rows, z->total}, each[4] = {1, z->heads, 1, 1};
    Value *zeros = expand_now(g, n, value_scalar(g, "zero", t, 0), 4, more);
    for (int i = 1; i < 3; i++)
        in[i] = along_axis(g, n, "Concat", 2, 2, (Value *[]){in[i], zeros}, NULL);
    sink = sink ? convert_to(g, n, reshape_now(g, n, sink, 4, each), t, NULL)
                : value_scalar(g, "zero", t, 0);
    Value *choice[] = {in[3], value_scalar(g, "seen", t, 0),
                       value_scalar(g, "hidden", t, -INFINITY)};
    if (in[3]->dtype == DT_BOOL)
        in[3] = map_text(g, n->name, "a ? b : c", 3, choice, NULL);
    Value *part[] = {expand_now(g, n, convert_to(g, n, in[3], t, NULL), 4, all),
                     expand_now(g, n, sink, 4, column)};
    in[3] = along_axis(g, n, "Concat", 3, 2, part, NULL);
}

/* q, k, v, past keys and values, the place of each batch's last key, how many keys there are at most, cos, sin, places,
 * what is added to the scores */
void group_query_attention_canon(Graph *g, Node *n)
{
    Grouped z;
    Value *x[3] = {n->in[0], node_in(n, 1), node_in(n, 2)}, *places = node_in(n, 9), *in[4];
    Value *sink = node_in(n, 11);
    bool plain = !n->a.qk_output && !n->a.kv_cache_bit_width &&
                 (!sink || value_count(sink) == n->a.num_heads);
    for (int i = 12; i < n->nin; i++)
        plain = plain && !n->in[i];
    if (!node_in(n, 5) || !node_in(n, 6)) {
        blocker(n, NULL, "the lengths of the keys are left out");
        return;
    }
    if (!plain || (n->nout > 3 && n->out[3])) {
        blocker(n, NULL,
                "quantised keys, other sinks than one for each head and scores as outputs are not "
                "supported");
        return;
    }
    if (!grouped_sizes(n, &z) || (n->a.do_rotary && (!node_in(n, 7) || !node_in(n, 8)))) {
        blocker(n, NULL, "queries '%s' (%s), keys, values, their past or lengths do not fit",
                x[0]->name, dims_text(x[0]));
        return;
    }
    if (!grouped_total(g, n, &z)) {
        blocker(n, "give the total length by --dim, so that the shape of the keys is declared",
                "a past of %" PRId64 " keys and %" PRId64 " new ones do not make the total length",
                z.past, z.rows);
        return;
    }
    if (!x[1] || x[1]->rank != 3)
        for (int i = 2; i >= 0; i--) {
            int64_t at = i ? (z.heads + (i - 1) * z.kv_heads) * z.size : 0;
            x[i] = columns(g, n, n->in[0], 2, at, at + (i ? z.kv_heads : z.heads) * z.size);
        }
    Value *own = grouped_places(g, n, &z), *turned = n->a.do_rotary ? places ? places : own : NULL;
    in[0] = grouped_heads(g, n, &z, x[0], z.heads, turned);
    in[1] = grouped_heads(g, n, &z, x[1], z.kv_heads, turned);
    in[2] = grouped_heads(g, n, &z, x[2], z.kv_heads, NULL);
    for (int i = 1; i < 3; i++)
        in[i] = grouped_present(g, n, &z, in[i], i + 2, i);
    in[3] = grouped_mask(g, n, &z, own, node_in(n, 10));
    if (sink || n->a.smooth_softmax > 0)
        grouped_sink(g, n, &z, in, sink);
    Value *y = add_op(g, "Attention", n->name, 4, in, NULL);
    Node *a = g->node[g->nnode - 1];
    a->a.softcap = n->a.softcap;
    a->a.scale = n->a.scale;
    a->a.has[A_scale] = n->a.has[A_scale] && n->a.scale != 0;
    infer_node(g, a);
    if (y->rank != 4)
        return;
    y = transpose_to(g, n, y, 4, (int64_t[]){0, 2, 1, 3}, NULL);
    infer_node(g, g->node[g->nnode - 1]);
    reshape_to(g, n, y, 3, (int64_t[]){z.batch, z.rows, z.heads * z.size}, n->out[0]);
    n->nout = 0;
}
