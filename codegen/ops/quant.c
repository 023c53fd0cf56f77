/* SPDX-License-Identifier: MIT
 * quant.c - QuantizeLinear, DequantizeLinear and DynamicQuantizeLinear, as elementwise steps.
 *
 * Scale and zero point hold for the whole tensor, for each index of one axis, or for each block along it. They are
 * brought to a shape that broadcasts, and what remains is arithmetic, which fusion then sees like any other. */
#include <inttypes.h>
#include <math.h>
#include "ops.h"

/* ---- shapes ------------------------------------------------------------------------------------------------------ */

/* Blocks of block_size along axis; the last may be short. */
static bool blocks_fit(const Node *n, const Value *x, const Value *s, int axis)
{
    if (s->rank != x->rank || n->a.block_size < 1)
        return false;
    for (int i = 0; i < x->rank; i++) {
        int64_t want = i == axis ? (x->dim[i] - 1) / n->a.block_size + 1 : x->dim[i];
        if (s->dim[i] != want)
            return false;
    }
    return true;
}

static bool per_axis(const Node *n, const Value *s)
{
    return s->rank == 1 && n->a.block_size == 0 && value_count(s) != 1;
}

/* Does the scale or zero point s fit x? Leaves the axis, not negative, in a.axis when it counts. */
static bool params_fit(Graph *g, Node *n, const Value *x, const Value *s)
{
    if (!s || value_count(s) == 1)
        return true;
    int axis = axis_norm(g, n, n->a.axis, x->rank);
    if (axis < 0)
        return false;
    n->a.axis = axis;
    if (per_axis(n, s) ? s->dim[0] == x->dim[axis] : blocks_fit(n, x, s, axis))
        return true;
    blocker(n, NULL, "'%s' of %s does not fit '%s' of %s along axis %d", s->name, dims_text(s),
            x->name, dims_text(x), axis);
    return false;
}

/* Integers of up to 16 bits, and floats of up to 8. */
static bool is_quantized(DType t)
{
    char kind = dtype_kind(t);
    return (kind == 'h' && dtype_bits(t) <= 8 && t != DT_FLOAT8E8M0) ||
           ((kind == 'i' || kind == 'u') && dtype_bits(t) <= 16);
}

void quantize_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0], *zero = node_in(n, 2);
    if (!params_fit(g, n, x, n->in[1]) || !params_fit(g, n, x, zero))
        return;
    DType t = zero ? zero->dtype : n->a.output_dtype ? (DType)n->a.output_dtype : DT_UINT8;
    if (!is_quantized(t)) {
        blocker(n, "integers of up to 16 bits are, and floats of up to 8",
                "quantising to %s is not supported", dtype_name(t));
        return;
    }
    out_set(n, 0, t, x->rank, x->dim);
}

void dequantize_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    if (!params_fit(g, n, x, n->in[1]) || !params_fit(g, n, x, node_in(n, 2)))
        return;
    if (!is_quantized(x->dtype) && x->dtype != DT_INT32) {
        blocker(n, NULL, "dequantising %s is not supported", dtype_name(x->dtype));
        return;
    }
    DType t = n->a.output_dtype ? (DType)n->a.output_dtype : n->in[1]->dtype;
    if (!dtype_is_float(t)) {
        blocker(n, NULL, "dequantising to %s is not supported", dtype_name(t));
        return;
    }
    out_set(n, 0, t, x->rank, x->dim);
}

void dynamic_quantize_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    (void)g;
    if (x->dtype != DT_FLOAT) {
        blocker(n, NULL, "'%s' is %s, not float", x->name, dtype_name(x->dtype));
        return;
    }
    out_set(n, 0, DT_UINT8, x->rank, x->dim);
    out_set(n, 1, DT_FLOAT, 0, NULL);
    out_set(n, 2, DT_UINT8, 0, NULL);
}

/* ---- parameters that broadcast ------------------------------------------------------------------------------------ */

static Value *with_ints(Graph *g, const char *op, Value *v, int count, const int64_t *list)
{
    return add_op(g, op, v->name, 2,
                  (Value *[]){v, value_ints(g, text("%s_%s", v->name, op), count, list)}, NULL);
}

/* [.., S, ..] -> [.., S, 1, ..] -> [.., S, B, ..] -> [.., S * B, ..], cut to the length of x. */
static Value *repeat_blocks(Graph *g, const Node *n, Value *s, const Value *x)
{
    int axis = (int)n->a.axis;
    int64_t dim[MAX_RANK + 1], behind = axis + 1, block = MIN(n->a.block_size, x->dim[axis]);
    for (int i = 0; i <= x->rank; i++)
        dim[i] = i <= axis ? s->dim[i] : i == axis + 1 ? block : s->dim[i - 1];
    Value *v = with_ints(g, "Unsqueeze", s, 1, &behind);
    v = with_ints(g, "Expand", v, x->rank + 1, dim);
    for (int i = 0; i < x->rank; i++)
        dim[i] = i == axis ? s->dim[i] * block : s->dim[i];
    v = with_ints(g, "Reshape", v, x->rank, dim);
    if (dim[axis] == x->dim[axis])
        return v;
    int64_t zero = 0, end = x->dim[axis], at = axis;
    Value *in[] = {v, value_ints(g, "start", 1, &zero), value_ints(g, "end", 1, &end),
                   value_ints(g, "axis", 1, &at)};
    return add_op(g, "Slice", s->name, 4, in, NULL);
}

/* The scale or zero point s of n, in a shape that broadcasts to x. */
static Value *aligned(Graph *g, const Node *n, Value *s, const Value *x)
{
    int64_t axes[MAX_RANK];
    int behind = x->rank - 1 - (int)n->a.axis;
    if (value_count(s) == 1)
        return s->rank <= x->rank ? s : with_ints(g, "Reshape", s, 0, &(int64_t){0});
    if (!per_axis(n, s))
        return repeat_blocks(g, n, s, x);
    for (int i = 0; i < behind; i++)
        axes[i] = 1 + i;
    return behind ? with_ints(g, "Unsqueeze", s, behind, axes) : s;
}

/* ---- arithmetic --------------------------------------------------------------------------------------------------- */

static Expr *call(FnId fn, Expr *a, Expr *b)
{
    return expr_call(fn, b ? 2 : 1, (Expr *[]){a, b});
}

static double lowest(DType t)
{
    return dtype_kind(t) == 'i' ? -(double)(1 << (dtype_bits(t) - 1)) : 0;
}

static double highest(DType t)
{
    return lowest(t) + (1 << dtype_bits(t)) - 1;
}

Expr *saturated(Expr *e, Expr *zero, DType t)
{
    e = call(FN_rint, expr_cast(e, DT_FLOAT), NULL);
    if (zero)
        e = call(FN_add, e, expr_cast(zero, DT_FLOAT));
    e = call(FN_max, e, expr_const(DT_FLOAT, lowest(t)));
    e = call(FN_min, e, expr_const(DT_FLOAT, highest(t)));
    return expr_cast(e, t);
}

/* saturate(round(x / scale) + zero); the quotient has the scale's precision. */
static Expr *quantized(Expr *x, Expr *scale, Expr *zero, DType precision, DType t)
{
    return saturated(call(FN_div, expr_cast(x, precision), expr_cast(scale, precision)), zero, t);
}

/* The same in floats of few bits, which round by themselves. */
static Expr *quantized_float(Expr *x, Expr *zero, DType t, bool saturate)
{
    double most = short_decode(t, short_float(t)->most);
    Expr *e = expr_cast(x, DT_FLOAT);
    if (zero)
        e = call(FN_add, e, expr_cast(zero, DT_FLOAT));
    return expr_cast(saturate ? clamped(e, -most, most) : e, t);
}

static void add_map(Graph *g, const Node *n, Expr *e, int nin, Value **in)
{
    graph_add(g, node_new(g, "Map", n->name, nin, in, 1, &n->out[0]))->expr = e;
    g->node[g->nnode - 1]->origin_ops = n->op->name;
}

void quantize_expand(Graph *g, Node *n)
{
    Value *x = n->in[0], *zero = node_in(n, 2);
    DType wide = n->a.precision ? (DType)n->a.precision : n->in[1]->dtype;
    Value *in[3] = {x, aligned(g, n, n->in[1], x), zero ? aligned(g, n, zero, x) : NULL};
    Expr *z = zero ? expr_leaf(2, zero->dtype) : NULL;
    DType t = n->out[0]->dtype;
    Expr *value = expr_leaf(0, x->dtype), *scale = expr_leaf(1, n->in[1]->dtype), *e;
    if (dtype_is_float(t)) {
        e = call(FN_div, expr_cast(value, wide), expr_cast(scale, wide));
        e = quantized_float(e, z, t, n->a.saturate);
    } else {
        e = quantized(value, scale, z, wide, t);
    }
    add_map(g, n, e, zero ? 3 : 2, in);
}

static bool one_constant(const Value *v)
{
    return v->data && value_count(v) == 1;
}

/* What the floats y = (q - zero) * scale stand for. */
static void note_stored(Value *y, Value *q, const Value *scale, const Value *zero)
{
    Stored s = {.t = q->dtype};
    if (dtype_is_float(q->dtype) || dtype_bits(q->dtype) > 16)
        return;
    if (q->data) {
        s.integers = q;
    } else {
        if (!one_constant(scale) || (zero && (value_count(zero) != 1)))
            return;
        s.scale = value_at(scale, 0);
        s.centred = zero && !zero->data;
        s.zero = zero && zero->data ? (double)value_int_at(zero, 0) : 0;
        if (!(s.scale > 0) || isinf(s.scale))
            return;
    }
    y->stored = mem_copy(&s, sizeof s);
}

void dequantize_expand(Graph *g, Node *n)
{
    Value *x = n->in[0], *zero = node_in(n, 2);
    note_stored(n->out[0], x, n->in[1], zero);
    Value *in[3] = {x, aligned(g, n, n->in[1], x), zero ? aligned(g, n, zero, x) : NULL};
    DType wide = n->out[0]->dtype == DT_DOUBLE ? DT_DOUBLE : DT_FLOAT;
    Expr *e = expr_cast(expr_leaf(0, x->dtype), wide);
    if (zero)
        e = call(FN_sub, e, expr_cast(expr_leaf(2, zero->dtype), wide));
    e = call(FN_mul, e, expr_cast(expr_leaf(1, n->in[1]->dtype), wide));
    add_map(g, n, expr_cast(e, n->out[0]->dtype), zero ? 3 : 2, in);
}

/* An elementwise node on floats whose shapes are not known yet. */
static Value *float_map(Graph *g, const Node *n, const char *expr, Value *a, Value *b, Value *out)
{
    out = add_op(g, "Map", n->name, b ? 2 : 1, (Value *[]){a, b}, out);
    Node *map = g->node[g->nnode - 1];
    a->dtype = out->dtype = DT_FLOAT;
    if (b)
        b->dtype = DT_FLOAT;
    map->expr = expr_parse(expr, map);
    return out;
}

static Value *reduced(Graph *g, const Node *n, const char *op)
{
    Value *y = add_op(g, op, n->name, 1, n->in, NULL);
    g->node[g->nnode - 1]->a.keepdims = 0;
    return y;
}

static Value *out_or_new(Graph *g, const Node *n, int i)
{
    Value *v = i < n->nout ? n->out[i] : NULL;
    return v ? v : value_new(g, text("%s/%d", n->name, i), DT_NONE, -1, NULL);
}

/* The range of x, stretched to hold 0, becomes 0..255. A tensor of zeros gets the scale 1. */
void dynamic_quantize_expand(Graph *g, Node *n)
{
    Value *most = float_map(g, n, "max(a, 0)", reduced(g, n, "ReduceMax"), NULL, NULL);
    Value *least = float_map(g, n, "min(a, 0)", reduced(g, n, "ReduceMin"), NULL, NULL);
    Value *scale = float_map(g, n, "a == b ? 1 : (a - b) / 255", most, least, out_or_new(g, n, 1));
    Value *zero =
        float_map(g, n, "min(max(rint(0 - a / b), 0), 255)", least, scale, out_or_new(g, n, 2));
    Node *last = g->node[g->nnode - 1];
    last->expr = expr_cast(last->expr, DT_UINT8);
    zero->dtype = DT_UINT8;
    Expr *e = quantized(expr_leaf(0, DT_FLOAT), expr_leaf(1, DT_FLOAT), expr_leaf(2, DT_UINT8),
                        DT_FLOAT, DT_UINT8);
    add_map(g, n, e, 3, (Value *[]){n->in[0], scale, zero});
}
