/* SPDX-License-Identifier: MIT
 * microsoft.c - operators of the domain com.microsoft, which ONNX Runtime's optimisers put into models: several operators
 * of ONNX in one. canon takes them apart again; fusion finds together what belongs together here. */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include "ops.h"

void ms_said(Graph *g, Node *n, int i, Value *v)
{
    if (i < n->nout && n->out[i])
        add_op(g, "Identity", n->name, 1, &v, n->out[i]);
}

Value *ms_sum(Graph *g, const Node *n, Value *a, Value *b)
{
    return b ? op_now(g, "Add", n, 2, (Value *[]){a, b}) : a;
}

/* ---- activations ------------------------------------------------------------------------------------------------- */

Expr *fast_gelu_expr(const Node *n)
{
    const char *x = node_in(n, 1) ? "(a + b)" : "a";
    return expr_parse(
        text("0.5 * %s * (1 + tanh(0.79788456080286536 * (%s + 0.044715 * %s * %s * %s)))", x, x, x,
             x, x),
        n);
}

/* The activation of a fused operator; its numbers are a list. */
static Value *activated(Graph *g, const Node *n, Value *y)
{
    static const struct {
        const char *name;
        int numbers;
        const char *text;
    } known[] = {{"Relu", 0, "max(a, 0)"},
                 {"Sigmoid", 0, "sigmoid(a)"},
                 {"Tanh", 0, "tanh(a)"},
                 {"LeakyRelu", 1, "a >= 0 ? a : %.9g * a"},
                 {"Clip", 2, "min(max(a, %.9g), %.9g)"},
                 {"HardSigmoid", 2, "min(max(%.9g * a + %.9g, 0), 1)"}};
    const Floats *p = &n->a.activation_params;
    if (!*n->a.activation || !strcmp(n->a.activation, "none"))
        return y;
    for (size_t i = 0; i < COUNT(known); i++)
        if (!strcmp(n->a.activation, known[i].name) && p->n >= known[i].numbers) {
            double a = p->n > 0 ? p->v[0] : 0, b = p->n > 1 ? p->v[1] : 0;
            if (i == 4)
                return map_text(g, n->name, text("min(max(a, %.9g), %.9g)", a, b), 1, &y, NULL);
            if (i == 5)
                return map_text(g, n->name, text("min(max(%.9g * a + %.9g, 0), 1)", a, b), 1, &y,
                                NULL);
            if (i == 3)
                return map_text(g, n->name, text("a >= 0 ? a : %.9g * a", a), 1, &y, NULL);
            return map_text(g, n->name, known[i].text, 1, &y, NULL);
        }
    blocker(n, NULL, "activation '%s' with %d numbers is not supported", n->a.activation, p->n);
    return y;
}

/* ---- products ------------------------------------------------------------------------------------------------------- */

/* x, w, bias, what is added before the activation */
void fused_conv_canon(Graph *g, Node *n)
{
    Value *in[] = {n->in[0], n->in[1], node_in(n, 2)};
    Value *y = add_op(g, "Conv", n->name, in[2] ? 3 : 2, in, NULL);
    Node *conv = g->node[g->nnode - 1];
    conv->a = n->a;
    int blockers = blockers_count();
    infer_node(g, conv);
    if (blockers_count() > blockers)
        return;
    y = activated(g, n, ms_sum(g, n, y, node_in(n, 3)));
    node_replaced(g, n, y);
}

/* Channels last in x and y. */
void nhwc_conv_canon(Graph *g, Node *n)
{
    Value *in[] = {n->in[0], n->in[1], node_in(n, 2)};
    if (in[0]->rank != 4) {
        blocker(n, NULL, "'%s' (%s) has no 4 axes", in[0]->name, dims_text(in[0]));
        return;
    }
    in[0] = transpose_to(g, n, in[0], 4, (int64_t[]){0, 3, 1, 2}, NULL);
    Value *y = add_op(g, "Conv", n->name, in[2] ? 3 : 2, in, NULL);
    g->node[g->nnode - 1]->a = n->a;
    y = transpose_to(g, n, y, 4, (int64_t[]){0, 2, 3, 1}, NULL);
    node_replaced(g, n, y);
}

static Value *matrix_turned(Graph *g, const Node *n, Value *v)
{
    int64_t perm[MAX_RANK];
    if (v->rank < 2)
        return v;
    for (int i = 0; i < v->rank; i++)
        perm[i] = i;
    perm[v->rank - 1] = v->rank - 2;
    perm[v->rank - 2] = v->rank - 1;
    v = transpose_to(g, n, v, v->rank, perm, NULL);
    infer_node(g, g->node[g->nnode - 1]);
    return v;
}

void fused_matmul_canon(Graph *g, Node *n)
{
    if (n->a.transBatchA || n->a.transBatchB) {
        blocker(n, NULL, "transposed batches are not supported");
        return;
    }
    Value *in[] = {n->a.transA ? matrix_turned(g, n, n->in[0]) : n->in[0],
                   n->a.transB ? matrix_turned(g, n, n->in[1]) : n->in[1]};
    Value *y = add_op(g, "MatMul", n->name, 2, in, NULL);
    if (n->a.alpha != 1) {
        Value *scale = value_scalar(g, "alpha", n->in[0]->dtype, (double)n->a.alpha);
        y = add_op(g, "Mul", n->name, 2, (Value *[]){y, scale}, NULL);
    }
    node_replaced(g, n, y);
}

/* float(product of integers) * scales + bias */
static void rescaled(Graph *g, Node *n, Value **in, Value *a_scale, Value *b_scale, Value *bias)
{
    Value *y = op_now(g, "MatMulInteger", n, 4, in);
    y = convert_to(g, n, y, DT_FLOAT, NULL);
    Value *scale = op_now(g, "Mul", n, 2, (Value *[]){a_scale, b_scale});
    y = op_now(g, "Mul", n, 2, (Value *[]){y, scale});
    node_replaced(g, n, ms_sum(g, n, y, bias));
}

/* a, b, scale of b, zero of b, bias */
void dynamic_quantize_matmul_canon(Graph *g, Node *n)
{
    Value *q[3];
    for (int i = 0; i < 3; i++)
        q[i] = value_new(g, text("%s/a%d", n->name, i), DT_NONE, -1, NULL);
    graph_add(g, node_new(g, "DynamicQuantizeLinear", n->name, 1, n->in, 3, q));
    infer_node(g, g->node[g->nnode - 1]);
    rescaled(g, n, (Value *[]){q[0], n->in[1], q[2], node_in(n, 3)}, q[1], n->in[2], node_in(n, 4));
}

/* a, b, scale of a, scale of b, zero of a, zero of b, bias */
void matmul_integer_to_float_canon(Graph *g, Node *n)
{
    Value *in[] = {n->in[0], n->in[1], node_in(n, 4), node_in(n, 5)};
    rescaled(g, n, in, n->in[2], n->in[3], node_in(n, 6));
}

/* Number i of those of `bits` bits that are packed into bytes, the first in the lowest bits. */
static int packed_at(const uint8_t *data, int64_t i, int bits)
{
    return data[i * bits / 8] >> (i * bits % 8) & ((1 << bits) - 1);
}

/* b[n][block][bytes] times the scale of its block, as [k][n] of the scales' type. */
static Value *block_weights(Graph *g, const Node *n, int64_t blocks)
{
    const Value *b = n->in[1], *scale = n->in[2], *zero = node_in(n, 3);
    int bits = (int)n->a.bits;
    int64_t k = n->a.K, cols = n->a.N, size = n->a.block_size;
    int64_t row_bytes = blocks * size * bits / 8, zero_bytes = (blocks * bits + 7) / 8;
    void *data = mem((size_t)(k * cols * dtype_bytes(scale->dtype)));
    for (int64_t c = 0; c < cols; c++)
        for (int64_t i = 0; i < k; i++) {
            int64_t block = c * blocks + i / size;
            double middle = 1 << (bits - 1);
            if (zero && zero->dtype == DT_UINT8)
                middle = packed_at((const uint8_t *)zero->data + c * zero_bytes, i / size, bits);
            else if (zero)
                middle = value_at(zero, block);
            int v = packed_at((const uint8_t *)b->data + c * row_bytes, i, bits);
            data_put(data, scale->dtype, i * cols + c, (v - middle) * value_at(scale, block), 0);
        }
    return value_const(g, "weights", scale->dtype, 2, (int64_t[]){k, cols}, data);
}

/* The numbers packed in v, `bytes` of bytes in each of `rows`: [rows][the first `count` of a row]. */
static Value *unpacked(Graph *g, const Node *n, Value *v, int64_t rows, int64_t bytes,
                       int64_t count)
{
    int64_t bits = n->a.bits, each = 8 / bits, apart[3] = {rows, bytes, 1};
    int64_t row[2] = {rows, bytes * each};
    double *power = mem(8 * sizeof *power);
    for (int i = 0; i < each; i++)
        power[i] = 1 << (i * bits);
    Value *in[] = {convert_to(g, n, reshape_now(g, n, v, 3, apart), DT_INT32, NULL),
                   value_const(g, "power", DT_DOUBLE, 1, &each, power)};
    in[1] = convert_to(g, n, in[1], DT_INT32, NULL);
    v = map_text(g, n->name, text("fmod(a / b, %d)", 1 << bits), 2, in, NULL);
    v = slice_to(g, n, reshape_now(g, n, v, 2, row), 1, (int64_t[]){0, count, 1}, NULL);
    infer_node(g, v->producer);
    return v;
}

/* The same as block_weights, when the net runs. */
static Value *block_weights_now(Graph *g, const Node *n, int64_t blocks)
{
    int64_t bits = n->a.bits, size = n->a.block_size, cols = n->a.N;
    int64_t all[3] = {cols, blocks, size}, one[3] = {cols, blocks, 1},
            row[2] = {cols, blocks * size};
    DType t = n->in[2]->dtype;
    Value *zero = node_in(n, 3), *b = n->in[1];
    b = unpacked(g, n, b, cols, blocks * size * bits / 8, blocks * size);
    if (zero && zero->dtype == DT_UINT8)
        zero = unpacked(g, n, zero, cols, (blocks * bits + 7) / 8, blocks);
    Value *in[] = {convert_to(g, n, reshape_now(g, n, b, 3, all), t, NULL),
                   reshape_now(g, n, n->in[2], 3, one), NULL};
    if (zero)
        in[2] = convert_to(g, n, reshape_now(g, n, zero, 3, one), t, NULL);
    const char *weight = zero ? "(a - c) * b" : text("(a - %d) * b", 1 << (bits - 1));
    b = reshape_now(g, n, map_text(g, n->name, weight, zero ? 3 : 2, in, NULL), 2, row);
    b = slice_to(g, n, b, 1, (int64_t[]){0, n->a.K, 1}, NULL);
    infer_node(g, b->producer);
    return matrix_turned(g, n, b);
}

/* a, packed b, scales, zero points, g_idx, bias. Constant weights are unpacked here, once. */
void matmul_nbits_canon(Graph *g, Node *n)
{
    const Value *b = n->in[1], *scale = n->in[2], *zero = node_in(n, 3);
    int64_t bits = n->a.bits, k = n->a.K, cols = n->a.N, size = n->a.block_size;
    bool fits = (bits == 2 || bits == 4 || bits == 8) && k > 0 && cols > 0 && size > 0 &&
                k < 1 << 24 && cols < 1 << 24 && size < 1 << 24 && size * bits % 8 == 0;
    int64_t blocks = fits ? (k + size - 1) / size : 0, zeros = (blocks * bits + 7) / 8 * cols;
    if (node_in(n, 4)) {
        blocker(n, NULL, "an order of the blocks (g_idx) is not supported");
        return;
    }
    bool known = value_is_const(b) && value_is_const(scale) && (!zero || value_is_const(zero));
    fits = fits && b->dtype == DT_UINT8 && value_count(b) == cols * blocks * size * bits / 8 &&
           dtype_is_float(scale->dtype) && value_count(scale) == cols * blocks &&
           (!zero || value_count(zero) == (zero->dtype == DT_UINT8 ? zeros : cols * blocks));
    if (!fits) {
        blocker(n, NULL,
                "weights '%s' (%s) are not %" PRId64 " x %" PRId64 " numbers of %" PRId64
                " bits in blocks of %" PRId64,
                b->name, dims_text(b), k, cols, bits, size);
        return;
    }
    Value *in[] = {n->in[0], known ? block_weights(g, n, blocks) : block_weights_now(g, n, blocks)};
    Value *y = op_now(g, "MatMul", n, 2, in);
    node_replaced(g, n, ms_sum(g, n, y, node_in(n, 5)));
}

/* ---- normalisations ---------------------------------------------------------------------------------------------------- */

/* LayerNormalization of x into outputs 0, 1 and 2 of n; without a mean: of its root mean square. */
static void normalise(Graph *g, Node *n, Value *x, Value *scale, Value *shift, bool mean)
{
    Value *in[] = {x, scale, shift};
    Value *out[] = {n->out[0], n->nout > 1 ? n->out[1] : NULL, n->nout > 2 ? n->out[2] : NULL};
    if (!mean)
        out[1] = out[2];
    graph_add(g, node_new(g, mean ? "LayerNormalization" : "RMSNormalization", n->name,
                          shift ? 3 : 2, in, mean ? 3 : 2, out));
    g->node[g->nnode - 1]->a.epsilon = n->a.epsilon;
    n->nout = 0;
}

/* x, skip, scale, shift, bias; the sum is output 3 */
void skip_layernorm_canon(Graph *g, Node *n)
{
    Value *sum = ms_sum(g, n, ms_sum(g, n, n->in[0], n->in[1]), node_in(n, 4));
    ms_said(g, n, 3, sum);
    normalise(g, n, sum, n->in[2], node_in(n, 3), true);
}

/* x, skip, scale, bias */
void skip_rmsnorm_canon(Graph *g, Node *n)
{
    Value *sum = ms_sum(g, n, ms_sum(g, n, n->in[0], n->in[1]), node_in(n, 3));
    ms_said(g, n, 3, sum);
    if (n->nout > 1 && n->out[1] && n->out[1]->uses)
        blocker(n, NULL, "the mean is no output of this normalisation");
    normalise(g, n, sum, n->in[2], NULL, false);
}

void simplified_layernorm_canon(Graph *g, Node *n)
{
    (void)g;
    n->op = op_find("", "RMSNormalization");
    n->opset = OPSET_OURS;
}

static Value *rows_of(Graph *g, const Node *n, Value *table, Value *index)
{
    return op_now(g, "Gather", n, 2, (Value *[]){table, index});
}

/* ids, segments, tables of words, places and segments, scale, shift, mask, numbers of the places */
void embed_layernorm_canon(Graph *g, Node *n)
{
    Value *ids = n->in[0], *places = n->in[3], *mask = node_in(n, 7);
    if (ids->rank != 2 || places->rank != 2 || places->dim[0] < ids->dim[1]) {
        blocker(n, NULL, "'%s' (%s) and '%s' (%s) do not fit", ids->name, dims_text(ids),
                places->name, dims_text(places));
        return;
    }
    Value *sum = rows_of(g, n, n->in[2], ids);
    if (node_in(n, 8)) {
        places = rows_of(g, n, places, n->in[8]);
    } else {
        places = slice_to(g, n, places, 0, (int64_t[]){0, ids->dim[1], 1}, NULL);
        infer_node(g, g->node[g->nnode - 1]);
    }
    sum = ms_sum(g, n, sum, places);
    if (node_in(n, 4) && node_in(n, 1))
        sum = ms_sum(g, n, sum, rows_of(g, n, n->in[4], n->in[1]));
    ms_said(g, n, 2, sum);
    if (n->nout > 1 && n->out[1]) {
        Value *axis = value_ints(g, "axis", 1, &(int64_t){1});
        Value *in[] = {mask, axis}, *count = value_scalar(g, "none", DT_INT32, 0);
        Value *shape = value_ints(g, "shape", 1, ids->dim);
        if (mask) {
            count = add_op(g, "ReduceSum", n->name, 2, in, NULL);
            g->node[g->nnode - 1]->a.keepdims = 0;
        } else {
            count = add_op(g, "Expand", n->name, 2, (Value *[]){count, shape}, NULL);
        }
        ms_said(g, n, 1, count);
        n->out[1] = NULL;
    }
    if (n->nout > 2)
        n->out[2] = NULL;
    normalise(g, n, sum, n->in[5], n->in[6], true);
}
