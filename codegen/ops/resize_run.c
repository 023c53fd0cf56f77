/* SPDX-License-Identifier: MIT
 * resize_run.c - Resize with scales, sizes or a region of interest that are read at run time, while
 * the model declares the shape of the result. The tables of resize.c become elementwise layers:
 *
 *     nearest          y = Gather(x, index) along each axis, index[o] computed from o and the scale
 *     linear, cubic    y = x W along each axis, W[i][o] the weight of element i in element o
 *
 * An axis that the declared shape leaves as long as it is must have the scale 1, unless one ratio
 * holds for all axes. */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include "ops.h"

enum { MOST_TAPS = 64 };

/* One axis: coordinate o of the result lies o * num / den elements into x. All values are double. */
typedef struct Stretch {
    int axis;
    int64_t in, out;
    Value *num, *den, *start, *end;
} Stretch;

static bool is(const char *value, const char *word)
{
    return !strcmp(value, word);
}

static bool crops(const Node *n)
{
    return is(n->a.coordinate_transformation_mode, "tf_crop_and_resize");
}

static Value *map(Graph *g, const Node *n, const char *expr, Value *a, Value *b, Value *c)
{
    return map_text(g, n->name, expr, c ? 3 : b ? 2 : 1, (Value *[]){a, b, c}, NULL);
}

static Value *number(Graph *g, double v)
{
    return value_scalar(g, "number", DT_DOUBLE, v);
}

/* ---- where an element comes from ------------------------------------------------------------- */

/* a is the coordinate, b num, c den, d and e the region's start and end. */
static const char *coordinate_text(const Node *n, const Stretch *s)
{
    const char *mode = n->a.coordinate_transformation_mode, *half = "((a + 0.5) * b / c - 0.5)";
    double in = (double)s->in, out = (double)s->out, last = in - 1;
    if (is(mode, "asymmetric"))
        return "a * b / c";
    if (is(mode, "align_corners"))
        return text("%.17g * c / b == 1 ? 0 : a * %.17g / (%.17g * c / b - 1)", in, last, in);
    if (is(mode, "tf_half_pixel_for_nn"))
        return text("%s + 0.5", half);
    if (is(mode, "pytorch_half_pixel"))
        return out > 1 ? half : "0 * a";
    if (is(mode, "half_pixel_symmetric"))
        return text("%s + %.17g * (1 - %.17g / (%.17g * c / b))", half, in / 2, out, in);
    if (crops(n))
        return out > 1 ? text("d * %.17g + a * (e - d) * %.17g / %.17g", last, last, out - 1)
                       : text("0 * a + 0.5 * (d + e) * %.17g", last);
    return half;
}

static Value *coordinates(Graph *g, const Node *n, const Stretch *s)
{
    Value *in[] = {positions(g, DT_DOUBLE, 0, s->out, 0), s->num, s->den, s->start, s->end};
    return map_text(g, n->name, coordinate_text(n, s), crops(n) ? 5 : 3, in, NULL);
}

static const char *nearest_text(const Node *n)
{
    const char *mode = n->a.nearest_mode;
    if (is(mode, "floor"))
        return "floor(a)";
    if (is(mode, "ceil"))
        return "ceil(a)";
    return is(mode, "round_prefer_ceil") ? "floor(a + 0.5)" : "ceil(a - 0.5)";
}

static Value *take_nearest(Graph *g, const Node *n, const Stretch *s, Value *x, Value *at)
{
    const char *inside = text("max(min(%s, %.17g), 0)", nearest_text(n), (double)s->in - 1);
    Value *index = as_int64(g, n, map(g, n, inside, at, NULL, NULL));
    return along_axis(g, n, "Gather", s->axis, 2, (Value *[]){x, index}, NULL);
}

/* The weight at distance |b * (a - c)| of element a, which is 0 outside where outside does not count. */
static const char *weight_text(const Node *n, const Stretch *s, int k)
{
    const char *i = text("(a + %d)", k), *d = text("abs(b * (%s - c))", i), *w;
    double c = n->a.cubic_coeff_a;
    if (is(n->a.mode, "linear"))
        w = text("max(0, 1 - %s)", d);
    else
        w = text("%s <= 1 ? ((%.9g + 2) * %s - (%.9g + 3)) * %s * %s + 1 : %s < 2 ? ((%s - 5) * %s "
                 "+ 8) * %s * (%.9g) - 4 * (%.9g) : 0",
                 d, c, d, c, d, d, d, d, d, d, c, c);
    if (n->a.exclude_outside)
        w = text("%s < 0 || %s > %.17g ? 0 : %s", i, i, (double)s->in - 1, w);
    return w;
}

/* W[in][out]: what lies outside counts for the border. */
static Value *weights(Graph *g, const Node *n, const Stretch *s, Value *at, int side)
{
    Value *base = map(g, n, "floor(a)", at, NULL, NULL), *w = NULL;
    Value *squeeze =
        n->a.antialias ? map(g, n, "min(a / b, 1)", s->den, s->num, NULL) : number(g, 1);
    Value *i = positions(g, DT_DOUBLE, 0, s->in, 1);
    for (int k = 1 - side; k <= side; k++) {
        Value *tap = map(g, n, weight_text(n, s, k), base, squeeze, at);
        const char *here = text("a == max(min(b + %d, %.17g), 0) ? c : 0", k, (double)s->in - 1);
        Value *part = map(g, n, here, i, base, tap);
        w = w ? map(g, n, "a + b", w, part, NULL) : part;
    }
    if (!n->a.antialias && !n->a.exclude_outside)
        return w;
    Value *first = value_ints(g, "axis", 1, &(int64_t){0});
    return map(g, n, "a / b", w, op_now(g, "ReduceSum", n, 2, (Value *[]){w, first}), NULL);
}

static Value *swapped(Graph *g, const Node *n, Value *x, int axis)
{
    int64_t perm[MAX_RANK];
    for (int i = 0; i < x->rank; i++)
        perm[i] = i == axis ? x->rank - 1 : i == x->rank - 1 ? axis : i;
    x = transpose_to(g, n, x, x->rank, perm, NULL);
    infer_node(g, g->node[g->nnode - 1]);
    return x;
}

static Value *take_weighted(Graph *g, const Node *n, const Stretch *s, Value *x, Value *at,
                            int side)
{
    Value *w = convert_to(g, n, weights(g, n, s, at, side), x->dtype, NULL);
    x = swapped(g, n, x, s->axis);
    return swapped(g, n, op_now(g, "MatMul", n, 2, (Value *[]){x, w}), s->axis);
}

/* Elements on either side that may count: the smallest scale that leads to the declared length tells. */
static int taps_beside(const Node *n, const Stretch *s)
{
    int support = is(n->a.mode, "cubic") ? 2 : 1;
    if (!n->a.antialias || s->in <= s->out)
        return support;
    return (int)MIN(support * (s->in / s->out + 1) + 1, MOST_TAPS);
}

/* ---- parameters ------------------------------------------------------------------------------ */

/* Which elements of x lie outside of the region, along the axis. */
static Value *outside_of(Graph *g, const Node *n, const Stretch *s, Value *at)
{
    int64_t dim[MAX_RANK] = {s->out};
    int rank = n->in[0]->rank - s->axis;
    for (int i = 1; i < rank; i++)
        dim[i] = 1;
    at = op_now(g, "Reshape", n, 2, (Value *[]){at, value_ints(g, "shape", rank, dim)});
    return map(g, n, text("a < 0 || a > %.17g", (double)s->in - 1), at, NULL, NULL);
}

static const char wrong[] = "the sizes, scales or region do not lead to the shape that is declared";

/* The scale of one axis, in num and den, after a check that it leads to the declared length. */
static void scale_axis(Graph *g, const Node *n, Stretch *s, int k, Value *aspect)
{
    Value *scales = n->in[2], *in = number(g, (double)s->in);
    s->num = number(g, 1);
    if (aspect) {
        s->den = aspect;
        require(g, n, map(g, n, text("floor(a * b + 0.5) == %" PRId64, s->out), in, aspect, NULL),
                wrong);
    } else if (scales) {
        Value *region = crops(n) ? map(g, n, "a * (c - b)", in, s->start, s->end) : in;
        Value *length = convert_to(g, n, region, DT_FLOAT, NULL);
        Value *scale = element_of(g, n, scales, k);
        s->den = convert_to(g, n, scale, DT_DOUBLE, NULL);
        scale = convert_to(g, n, scale, DT_FLOAT, NULL);
        require(g, n, map(g, n, text("floor(a * b) == %" PRId64, s->out), length, scale, NULL),
                wrong);
    } else {
        s->num = in;
        s->den = number(g, (double)s->out);
    }
}

/* The one ratio of sizes that keep the aspect ratio; NULL: each axis has its own. */
static Value *aspect_of(Graph *g, const Node *n, const int *axes, int naxes)
{
    double dim[MAX_RANK];
    if (!n->in[3] || is(n->a.keep_aspect_ratio_policy, "stretch"))
        return NULL;
    for (int i = 0; i < naxes; i++)
        dim[i] = (double)n->in[0]->dim[axes[i]];
    Value *in = value_const(g, "dims", DT_DOUBLE, 1, &(int64_t){naxes}, mem_copy(dim, sizeof dim));
    Value *ratio = map(g, n, "a / b", convert_to(g, n, n->in[3], DT_DOUBLE, NULL), in, NULL);
    bool larger = is(n->a.keep_aspect_ratio_policy, "not_smaller");
    ratio = op_now(g, larger ? "ReduceMax" : "ReduceMin", n, 1, &ratio);
    return element_of(g, n, ratio, 0);
}

/* Is all there that the declared shape cannot tell? */
static bool fits(const Node *n, const Ints *shape, int naxes)
{
    const Value *roi = n->in[1], *given = n->in[2] ? n->in[2] : n->in[3];
    bool fit = shape->n == n->in[0]->rank && naxes > 0 && !n->in[2] != !n->in[3] &&
               value_count(given) == naxes &&
               (!crops(n) || (roi && value_count(roi) == 2 * naxes)) &&
               !(crops(n) && (n->a.antialias || n->in[0]->dtype == DT_BOOL)) &&
               (is(n->a.mode, "nearest") || n->in[0]->dtype != DT_BOOL);
    for (int i = 0; i < shape->n && fit; i++)
        fit = shape->v[i] > 0 && n->in[0]->dim[i] > 0;
    return fit;
}

static Value *back_to_type(Graph *g, const Node *n, Value *x)
{
    DType t = n->in[0]->dtype;
    if (dtype_is_float(t) || x->dtype == t)
        return convert_to(g, n, x, t, NULL);
    int bits = 8 * dtype_bytes(t) - (dtype_kind(t) == 'i');
    double most = ldexp(1, bits) - 1, least = dtype_kind(t) == 'i' ? -most - 1 : 0;
    x = map(g, n, text("min(max(trunc(a), %.17g), %.17g)", least, most), x, NULL, NULL);
    return convert_to(g, n, x, t, NULL);
}

void resize_at_run_time(Graph *g, Node *n, const int *axes, int naxes)
{
    Value *x = n->in[0], *gone = NULL;
    Ints shape;
    if (!declared_shape(n, 0, &shape) || !fits(n, &shape, naxes))
        return;
    bool weighted = !is(n->a.mode, "nearest");
    Value *aspect = aspect_of(g, n, axes, naxes);
    if (weighted)
        x = convert_to(g, n, x, dtype_is_float(x->dtype) ? wide_type(x->dtype) : DT_DOUBLE, NULL);
    for (int k = 0; k < naxes; k++) {
        Stretch s = {.axis = axes[k], .in = x->dim[axes[k]], .out = shape.v[axes[k]]};
        if (crops(n)) {
            Value *roi = convert_to(g, n, n->in[1], DT_DOUBLE, NULL);
            s.start = element_of(g, n, roi, k);
            s.end = element_of(g, n, roi, naxes + k);
        }
        scale_axis(g, n, &s, k, aspect);
        if (s.in == s.out && (s.in == 1 || (!crops(n) && !aspect))) {
            if (s.in > 1)
                require(g, n, map(g, n, "a == b", s.num, s.den, NULL), wrong);
            continue;
        }
        Value *at = coordinates(g, n, &s);
        if (crops(n)) {
            Value *out = outside_of(g, n, &s, at);
            gone = gone ? map(g, n, "a || b", gone, out, NULL) : out;
        }
        x = weighted ? take_weighted(g, n, &s, x, at, taps_beside(n, &s))
                     : take_nearest(g, n, &s, x, at);
    }
    if (gone)
        x = map(g, n, text("a ? %.9g : b", (double)n->a.extrapolation_value), gone, x, NULL);
    node_replaced(g, n, back_to_type(g, n, x));
}
