/* SPDX-License-Identifier: MIT
 * elementwise.c - elementwise operators that one expression text cannot say: those whose meaning depends on an
 * attribute or a type, and the older forms of binary operators, which named the axis to broadcast along. */
#include <math.h>
#include <string.h>
#include "ops.h"

Expr *gelu_expr(const Node *n)
{
    if (!strcmp(n->a.approximate, "none"))
        return expr_parse("0.5 * a * (1 + erf(a * 0.70710678118654752))", n);
    if (strcmp(n->a.approximate, "tanh"))
        blocker(n, "'none' and 'tanh' are", "approximate '%s' is not supported", n->a.approximate);
    return expr_parse("0.5 * a * (1 + tanh(0.79788456080286536 * (a + 0.044715 * a * a * a)))", n);
}

static Expr *equals(Expr *e, double v)
{
    return expr_call(FN_eq, 2, (Expr *[]){e, expr_const(e->dtype, v)});
}

Expr *isinf_expr(const Node *n)
{
    Expr *x = expr_leaf(0, n->in[0]->dtype);
    if (n->a.detect_positive && n->a.detect_negative)
        return equals(expr_call(FN_abs, 1, &x), INFINITY);
    if (n->a.detect_positive || n->a.detect_negative)
        return equals(x, n->a.detect_positive ? INFINITY : -INFINITY);
    return expr_const(DT_BOOL, 0);
}

Expr *bitshift_expr(const Node *n)
{
    const char *direction = n->a.direction ? n->a.direction : "";
    bool left = !strcmp(direction, "LEFT");
    if (!left && strcmp(direction, "RIGHT"))
        blocker(n, "it is LEFT or RIGHT", "direction '%s' is not known", direction);
    Expr *leaf[] = {expr_leaf(0, n->in[0]->dtype), expr_leaf(1, n->in[1]->dtype)};
    return expr_call(left ? FN_shl : FN_shr, 2, leaf);
}

/* fmod=1 takes the sign of the dividend as in C, otherwise that of the divisor as in Python. */
Expr *mod_expr(const Node *n)
{
    Expr *leaf[] = {expr_leaf(0, n->in[0]->dtype), expr_leaf(1, n->in[1]->dtype)};
    return expr_call(n->a.fmod ? FN_fmod : FN_mod, 2, leaf);
}

/* Integers meet fractions: those are kept until the result is one of the integers again. */
static Expr *in_double(const Node *n, const char *text)
{
    Node wide = *n;
    Value in[2];
    for (int k = 0; k < n->nin; k++) {
        in[k] = *n->in[k];
        in[k].dtype = DT_DOUBLE;
    }
    wide.in = (Value *[]){&in[0], &in[1]};
    Expr *e = expr_parse(text, &wide);
    for (int k = 0; k < n->nin; k++)
        e = expr_substitute(e, k, expr_cast(expr_leaf(k, n->in[k]->dtype), DT_DOUBLE));
    return expr_cast(e, n->in[0]->dtype);
}

Expr *pow_expr(const Node *n)
{
    bool fraction = !dtype_is_float(n->in[0]->dtype) && dtype_is_float(n->in[1]->dtype);
    return fraction ? in_double(n, "pow(a, b)") : expr_parse("pow(a, b)", n);
}

Expr *shrink_expr(const Node *n)
{
    const char *text = "a < -lambd ? a + bias : a > lambd ? a - bias : 0";
    return dtype_is_float(n->in[0]->dtype) ? expr_parse(text, n) : in_double(n, text);
}

/* Where the limits cross, the upper one wins. */
Expr *clip_expr(const Node *n)
{
    Expr *e = expr_leaf(0, n->in[0]->dtype);
    if (node_in(n, 1))
        e = expr_call(FN_max, 2, (Expr *[]){e, expr_leaf(1, n->in[1]->dtype)});
    if (node_in(n, 2))
        e = expr_call(FN_min, 2, (Expr *[]){e, expr_leaf(2, n->in[2]->dtype)});
    return e;
}

/* Before opset 11 the limits were attributes. */
void clip_canon(Graph *g, Node *n)
{
    if (n->opset >= 11)
        return;
    if (n->a.has[A_min])
        input_set(n, 1, value_scalar(g, "min", n->in[0]->dtype, n->a.min));
    if (n->a.has[A_max])
        input_set(n, 2, value_scalar(g, "max", n->in[0]->dtype, n->a.max));
}

/* CastLike is Cast to the type of its second input, whose elements do not matter. */
void cast_like_canon(Graph *g, Node *n)
{
    (void)g;
    n->op = op_find("", "Cast");
    n->a.to = n->in[1]->dtype;
    n->nin = n->nown = 1;
}

Expr *clamped(Expr *x, double least, double most)
{
    Expr *low = expr_const(x->dtype, least), *high = expr_const(x->dtype, most);
    Expr *above = expr_call(FN_gt, 2, (Expr *[]){x, high});
    Expr *below = expr_call(FN_lt, 2, (Expr *[]){x, low});
    Expr *e = expr_call(FN_sel, 3, (Expr *[]){below, low, x});
    return expr_call(FN_sel, 3, (Expr *[]){above, high, e});
}

/* The next power of two, from 2^-127 to 2^127; beyond them, where that does not saturate, NaN. */
static Expr *power_cast(const Node *n, Expr *x)
{
    const char *mode = n->a.round_mode ? n->a.round_mode : "up";
    bool up = !strcmp(mode, "up"), down = !strcmp(mode, "down");
    if (!up && !down && strcmp(mode, "nearest"))
        blocker(n, "it is up, down or nearest", "round_mode '%s' is not supported", mode);
    x = expr_call(up ? FN_pow2_up : down ? FN_pow2_down : FN_pow2_nearest, 1, &x);
    if (n->a.saturate)
        return clamped(x, 0x1p-127, 0x1p127);
    Expr *less = expr_call(FN_lt, 2, (Expr *[]){x, expr_const(DT_FLOAT, 0x1p-127)});
    return expr_call(FN_sel, 3, (Expr *[]){less, expr_const(DT_FLOAT, NAN), x});
}

/* To a float of 8 or 4 bits. */
static Expr *short_cast(const Node *n, Expr *x, DType to)
{
    double most = short_decode(to, short_float(to)->most);
    if (x->dtype == to)
        return x;
    x = expr_cast(x, x->dtype == DT_DOUBLE ? DT_DOUBLE : DT_FLOAT);
    if (to == DT_FLOAT8E8M0)
        x = power_cast(n, expr_cast(x, DT_FLOAT));
    else if (n->a.saturate)
        x = clamped(x, -most, most);
    return expr_cast(x, to);
}

Expr *cast_expr(const Node *n)
{
    Expr *x = expr_leaf(0, n->in[0]->dtype);
    DType to = (DType)n->a.to;
    if (!dtype_known((int)n->a.to) || (x->dtype == DT_STRING && to == DT_BOOL)) {
        const char *name = dtype_known((int)n->a.to) ? dtype_name(to) : text("%d", (int)n->a.to);
        blocker(n, NULL, "casting %s to type %s is not supported", dtype_name(x->dtype), name);
        return x;
    }
    return dtype_kind(to) == 'h' && dtype_bytes(to) == 1 ? short_cast(n, x, to) : expr_cast(x, to);
}

/* b with `count` axes of length 1 behind its own, so that its last axis lies along another one of a. */
static Value *append_axes(Graph *g, Value *b, int count)
{
    int64_t axis[MAX_RANK];
    for (int i = 0; i < count; i++)
        axis[i] = b->rank + i;
    Value *axes = value_ints(g, text("%s_axes", b->name), count, axis);
    return add_op(g, "Unsqueeze", b->name, 2, (Value *[]){b, axes}, NULL);
}

/* Before opset 7, broadcast=1 let b's axes lie along those of a from `axis` on; without axis they are the last ones. */
void broadcast_canon(Graph *g, Node *n)
{
    Value *a = n->in[0], *b = node_in(n, 1);
    if (n->opset >= 7 || !b || !n->a.broadcast || !n->a.has[A_axis])
        return;
    int64_t axis = n->a.axis < 0 ? n->a.axis + a->rank : n->a.axis;
    if (axis < 0 || axis + b->rank > a->rank) {
        blocker(n, NULL, "axis %d does not fit operands of %d and %d dims", (int)n->a.axis, a->rank,
                b->rank);
        return;
    }
    int behind = a->rank - b->rank - (int)axis;
    if (behind > 0)
        n->in[1] = append_axes(g, b, behind);
}

/* Before opset 6 the defaults had fewer digits. */
void selu_canon(Graph *g, Node *n)
{
    (void)g;
    if (n->opset < 6 && !n->a.has[A_alpha])
        n->a.alpha = 1.6732f;
    if (n->opset < 6 && !n->a.has[A_gamma])
        n->a.gamma = 1.0507f;
}

/* Before opset 7, a slope of one dim goes along the channels. */
void prelu_canon(Graph *g, Node *n)
{
    Value *x = n->in[0], *slope = n->in[1];
    if (n->opset < 7 && slope->rank == 1 && slope->dim[0] != 1 && x->rank > 2)
        n->in[1] = append_axes(g, slope, x->rank - 2);
}

/* ---- BitCast ------------------------------------------------------------------------------- */

void bitcast_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    DType to = (DType)n->a.to;
    (void)g;
    if (!dtype_known((int)n->a.to) || dtype_bits(to) != dtype_bits(x->dtype))
        blocker(n, "both types have as many bits", "the bits of %s cannot be read as type %d",
                dtype_name(x->dtype), (int)n->a.to);
    else
        out_set(n, 0, to, x->rank, x->dim);
}

bool bitcast_fold(Graph *g, Node *n)
{
    (void)g;
    n->out[0]->data = n->in[0]->data;
    return true;
}
