/* SPDX-License-Identifier: MIT
 * qlinear.c - operators on quantised tensors, each (elements, scale, zero point). Products and convolutions run on the
 * integers and are requantised by one factor, which is a constant where the scales are. */
#include <string.h>
#include "ops.h"

/* Input i is one number, or one for each of `count` channels. */
static bool scale_fits(const Node *n, int i, int64_t count, const char *what)
{
    const Value *v = node_in(n, i);
    if (!v || value_count(v) == 1 || (v->rank == 1 && v->dim[0] == count))
        return true;
    blocker(n, NULL, "the %s '%s' has shape %s", what, v->name, dims_text(v));
    return false;
}

static bool is_byte(const Node *n, int i)
{
    const Value *v = node_in(n, i);
    if (!v || v->dtype == DT_UINT8 || v->dtype == DT_INT8)
        return true;
    blocker(n, NULL, "'%s' is %s, not uint8 or int8", v->name, dtype_name(v->dtype));
    return false;
}

static bool scales_are_floats(const Node *n, int count, const int *which)
{
    for (int i = 0; i < count; i++) {
        const Value *v = node_in(n, which[i]);
        if (v && !dtype_is_float(v->dtype)) {
            blocker(n, NULL, "the scale '%s' is %s", v->name, dtype_name(v->dtype));
            return false;
        }
    }
    return true;
}

/* out = saturate(rint(acc * factor) + zero) */
static void requantise(Graph *g, const Node *n, Value *acc, Value *factor, Value *zero, Value *out)
{
    Value *in[] = {acc, factor, zero};
    Expr *e = expr_cast(expr_leaf(0, DT_INT32), DT_FLOAT);
    e = expr_call(FN_mul, 2, (Expr *[]){e, expr_leaf(1, DT_FLOAT)});
    e = saturated(e, zero ? expr_leaf(2, zero->dtype) : NULL, out->dtype);
    graph_add(g, node_new(g, "Map", n->name, zero ? 3 : 2, in, 1, &out))->expr = e;
    g->node[g->nnode - 1]->origin_ops = n->op->name;
}

/* v as floats in other dims, if it is more than one number. */
static Value *scale_as(Graph *g, const Node *n, Value *v, int rank, const int64_t *dim)
{
    v = convert_to(g, n, v, DT_FLOAT, NULL);
    if (value_count(v) == 1)
        return v->rank ? op_now(g, "Reshape", n, 2, (Value *[]){v, value_ints(g, "shape", 0, dim)})
                       : v;
    return op_now(g, "Reshape", n, 2, (Value *[]){v, value_ints(g, "shape", rank, dim)});
}

/* ---- QLinearMatMul: a, scale, zero, b, scale, zero, scale of y, zero ------------------------------------------ */

static Node product_node(const Node *n, Value **in)
{
    Node product = *n;
    in[0] = n->in[0], in[1] = n->in[3], in[2] = n->in[2], in[3] = n->in[5];
    product.in = in;
    product.nin = product.nown = 4;
    return product;
}

void qlinear_matmul_infer(Graph *g, Node *n)
{
    Value *in[4], *y = n->out[0];
    Node product = product_node(n, in);
    if (!is_byte(n, 0) || !is_byte(n, 3) || !is_byte(n, 7) ||
        !scales_are_floats(n, 3, (int[]){1, 4, 6}))
        return;
    int blockers = blockers_count();
    matmul_integer_infer(g, &product);
    if (blockers_count() > blockers)
        return;
    y->dtype = n->in[7]->dtype;
    if (value_count(n->in[6]) != 1 || value_count(n->in[7]) != 1)
        blocker(n, NULL, "scale and zero point of the result are not one number");
}

void qlinear_matmul_expand(Graph *g, Node *n)
{
    Value *in[4], *a = n->in[1];
    product_node(n, in);
    int64_t rows[2] = {value_count(a), 1};
    a = a->rank > 1 && value_count(a) != 1 ? convert_to(g, n, a, DT_FLOAT, NULL)
                                           : scale_as(g, n, a, 2, rows);
    Value *scales[] = {a, convert_to(g, n, n->in[4], DT_FLOAT, NULL),
                       scale_as(g, n, n->in[6], 0, NULL)};
    Value *factor = map_text(g, n->name, "a * b / c", 3, scales, NULL);
    Value *zero = reshape_to(g, n, n->in[7], 0, NULL, NULL);
    zero->dtype = n->in[7]->dtype;
    requantise(g, n, add_op(g, "MatMulInteger", n->name, 4, in, NULL), factor, zero, n->out[0]);
}

/* ---- QLinearConv: x, scale, zero, w, scale, zero, scale of y, zero, bias ---------------------------------------- */

static Node conv_node(const Node *n, Value **in)
{
    Node conv = *n;
    in[0] = n->in[0], in[1] = n->in[3], in[2] = n->in[2], in[3] = n->in[5];
    conv.in = in;
    conv.nin = conv.nown = 4;
    return conv;
}

void qlinear_conv_infer(Graph *g, Node *n)
{
    Value *in[4];
    Node conv = conv_node(n, in);
    int blockers = blockers_count();
    if (!is_byte(n, 7) || !scales_are_floats(n, 3, (int[]){1, 4, 6}))
        return;
    conv_integer_infer(g, &conv);
    n->a = conv.a;
    if (blockers_count() > blockers)
        return;
    n->out[0]->dtype = n->in[7]->dtype;
    int64_t channels = n->in[3]->dim[0];
    if (scale_fits(n, 1, 1, "scale") && scale_fits(n, 4, channels, "scale") &&
        scale_fits(n, 6, 1, "scale") && scale_fits(n, 7, 1, "zero point") && node_in(n, 8) &&
        (n->in[8]->dtype != DT_INT32 || n->in[8]->rank != 1 || n->in[8]->dim[0] != channels))
        blocker(n, NULL, "the bias '%s' is %s of shape %s", n->in[8]->name,
                dtype_name(n->in[8]->dtype), dims_text(n->in[8]));
}

void qlinear_conv_expand(Graph *g, Node *n)
{
    Value *in[4], *bias = node_in(n, 8), *out = n->out[0];
    int64_t channels[MAX_RANK] = {n->in[3]->dim[0], 1, 1, 1};
    conv_node(n, in);
    Value *acc = add_op(g, "ConvInteger", n->name, 4, in, NULL);
    Attrs *a = &g->node[g->nnode - 1]->a;
    *a = n->a;
    memset(a->has, 0, sizeof a->has);
    if (bias) {
        bias = reshape_to(g, n, bias, out->rank - 1, channels, NULL);
        acc = add_op(g, "Add", n->name, 2, (Value *[]){acc, bias}, NULL);
    }
    Value *scales[] = {scale_as(g, n, n->in[1], 0, NULL),
                       scale_as(g, n, n->in[4], out->rank - 1, channels),
                       scale_as(g, n, n->in[6], 0, NULL)};
    Value *factor = map_text(g, n->name, "a * b / c", 3, scales, NULL);
    Value *zero = reshape_to(g, n, n->in[7], 0, NULL, NULL);
    zero->dtype = n->in[7]->dtype;
    requantise(g, n, acc, factor, zero, out);
}

/* ---- com.microsoft: dequantise, compute, quantise ------------------------------------------------------------------- */

static Value *dequantised(Graph *g, const Node *n, int i)
{
    Value *in[] = {n->in[i], node_in(n, i + 1), node_in(n, i + 2)};
    return op_now(g, "DequantizeLinear", n, in[2] ? 3 : 2, in);
}

/* n becomes the quantisation of y, by the scale and zero point at i. */
static void quantise_as(Node *n, Value *y, int i, DType t)
{
    Value *in[] = {y, node_in(n, i), node_in(n, i + 1)};
    node_become(n, "QuantizeLinear", in[2] ? 3 : 2, in);
    n->a.output_dtype = in[2] ? (int64_t)in[2]->dtype : (int64_t)t;
    n->opset = OPSET_OURS;
}

static Value *channels_moved(Graph *g, const Node *n, Value *v, bool first)
{
    int64_t perm[MAX_RANK];
    for (int i = 0; i < v->rank; i++)
        perm[i] = first ? (i == 0   ? 0
                           : i == 1 ? v->rank - 1
                                    : i - 1)
                        : (i == 0             ? 0
                           : i == v->rank - 1 ? 1
                                              : i + 1);
    v = transpose_to(g, n, v, v->rank, perm, NULL);
    infer_node(g, g->node[g->nnode - 1]);
    return v;
}

/* QLinearSigmoid(x, scale, zero, scale of y, zero) is Sigmoid; of two operands: QLinearAdd. */
void qlinear_canon(Graph *g, Node *n)
{
    const char *op = n->op->name + strlen("QLinear");
    int operands = !strcmp(op, "Add") || !strcmp(op, "Mul") ? 2 : 1;
    DType t = n->in[0]->dtype;
    Value *in[2] = {NULL};
    for (int i = 0; i < operands; i++)
        in[i] = dequantised(g, n, 3 * i);
    bool last = n->a.channels_last && in[0]->rank > 2;
    if (last)
        in[0] = channels_moved(g, n, in[0], true);
    Value *y = add_op(g, op, n->name, operands, in, NULL);
    Node *node = g->node[g->nnode - 1];
    node->a = n->a;
    if (node->op->canon && !strcmp(op, "Softmax"))
        node->opset = (int)n->a.opset;
    if (last) {
        infer_node(g, node);
        y = channels_moved(g, n, y, false);
    }
    quantise_as(n, y, 3 * operands, t);
}

/* QLinearConcat: scale of y, zero, then x, scale, zero of each part. */
void qlinear_concat_canon(Graph *g, Node *n)
{
    int parts = (n->nin - 2) / 3;
    Value **in = mem((size_t)(parts + 1) * sizeof *in);
    if (n->nin < 5 || (n->nin - 2) % 3) {
        blocker(n, NULL, "%d inputs are no scale, zero point and parts of three", n->nin);
        return;
    }
    for (int i = 0; i < parts; i++)
        in[i] = dequantised(g, n, 2 + 3 * i);
    Value *y = add_op(g, "Concat", n->name, parts, in, NULL);
    g->node[g->nnode - 1]->a.axis = n->a.axis;
    g->node[g->nnode - 1]->a.has[A_axis] = true;
    quantise_as(n, y, 0, n->in[2]->dtype);
}
