/* SPDX-License-Identifier: MIT
 * fourier.c - DFT and STFT. A transform of N points is a product with an N x N matrix of roots of unity, which is what
 * short ones become. A long one of N = A * B points becomes two of A and of B points (Cooley and Tukey), which expand
 * in turn:
 *
 *      x[B a + b]  --A points-->  [k1][b]  --times w^(b k1)-->  --B points-->  [k1][k2]  =  X[k1 + A k2]
 *
 * Complex numbers are a last axis of 2. */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include "ops.h"

enum {
    WHOLE = 512
}; /* points up to which one product takes fewer MACs and passes than two steps */
#define LIMIT ((int64_t)1 << 26)

typedef struct Dft {
    int axis;
    int64_t points, used, out; /* of the transform; elements read, written along the axis */
    bool mirrored;             /* a one-sided spectrum in, a real signal out */
} Dft;

static Value *scalar_int(Graph *g, const char *name, int64_t v)
{
    return value_const(g, name, DT_INT64, 0, NULL, mem_copy(&v, sizeof v));
}

/* Does a transform along the one axis of the set lead to the declared shape? */
static bool dft_fits(const Node *n, int64_t set, const Ints *shape)
{
    const Value *x = n->in[0];
    bool fits = shape->n == x->rank && !(set >> (x->rank - 1) & 1);
    for (int i = 0; fits && i < x->rank - 1; i++)
        fits = set >> i & 1 || shape->v[i] == x->dim[i];
    for (int i = 0; fits && i < x->rank - 1 && !node_in(n, 1); i++) {
        int64_t dim = x->dim[i], one_sided = n->a.inverse ? 2 * (dim - 1) : dim / 2 + 1;
        fits = !(set >> i & 1) || shape->v[i] == (n->a.onesided ? one_sided : dim);
    }
    return fits;
}

/* Where several axes do, the data choose between them. */
static Value *dft_choose(Graph *g, const Node *n, Value *bits, int count, const int64_t *set)
{
    if (count == 1)
        return axes_apply(g, n, 2, set[0]);
    Value *cond = axes_among(g, n, bits, 1, set);
    Value *out = value_new(g, n->out[0]->name, DT_NONE, -1, NULL);
    Node *choice = node_new(g, "If", n->name, 1, &cond, 1, &out);
    for (int b = 0; b < 2; b++) {
        Graph *body = choice->body[b] = graph_new(g);
        Value *v = dft_choose(body, n, bits, b ? count - 1 : 1, set + b);
        PUSH(body->out, body->nout, v);
    }
    graph_add(g, choice);
    return out;
}

static void dft_axis_settle(Graph *g, Node *n)
{
    int64_t set[1 << MAX_RANK];
    int rank = n->in[0]->rank;
    int count = at_run_time(n, 2) && rank > 1 ? axes_sets(n, 2, rank, dft_fits, set) : 0;
    if (!count)
        return;
    Value *bits = axes_require(g, n, 2, rank, count, set);
    if (count == 1) {
        axes_take(g, n, 2, set[0]);
        return;
    }
    Value *y = dft_choose(g, n, bits, count, set);
    add_op(g, "Identity", n->name, 1, &y, n->out[0]);
    n->nout = 0; /* what was added stands for n */
}

/* Of a one-sided spectrum, 2 * (bins - 1) points are as likely as one more. */
static void dft_length_settle(Graph *g, Node *n)
{
    Ints shape, axis;
    if (!at_run_time(n, 1) || at_run_time(n, 2) || !declared_shape(n, 0, &shape) ||
        !value_ints_of(n->in[2], &axis) || axis.n != 1 || axis.v[0] >= shape.n ||
        axis.v[0] < -shape.n)
        return;
    int64_t out = shape.v[axis.v[0] < 0 ? axis.v[0] + shape.n : axis.v[0]];
    int64_t points = n->a.onesided && !n->a.inverse ? 2 * (out - 1) : out;
    settle(g, n, 1, (Ints){1, &points}, "a == b", NULL);
}

/* Until opset 19 the axis was an attribute. */
void dft_canon(Graph *g, Node *n)
{
    if (!node_in(n, 2))
        input_set(n, 2, scalar_int(g, "axis", n->opset < 20 ? n->a.axis : -2));
    dft_length_settle(g, n);
    dft_axis_settle(g, n);
}

static bool dft_axis(Graph *g, Node *n, int *axis)
{
    Ints list;
    const Value *x = n->in[0];
    if (!input_ints(n, 2, "the axis", &list))
        return false;
    if (x->rank < 2 || list.n != 1) {
        blocker(n, NULL, "'%s' has %d dims, and the axis '%s' %d elements", x->name, x->rank,
                n->in[2]->name, list.n);
        return false;
    }
    *axis = axis_norm(g, n, list.v[0], x->rank);
    if (*axis == x->rank - 1)
        blocker(n, NULL, "the last axis holds the parts of a number");
    return *axis >= 0 && *axis < x->rank - 1;
}

static bool dft_of(Graph *g, Node *n, Dft *d)
{
    const Value *x = n->in[0];
    Ints length;
    if (!dft_axis(g, n, &d->axis) || !input_ints(n, 1, "the length of the transform", &length))
        return false;
    int64_t dim = x->dim[d->axis], parts = x->dim[x->rank - 1];
    d->mirrored = n->a.onesided && n->a.inverse;
    d->points =
        node_in(n, 1) ? (length.n == 1 ? length.v[0] : 0) : (d->mirrored ? 2 * (dim - 1) : dim);
    if (!dtype_is_float(x->dtype) || parts < 1 || parts > 2) {
        blocker(n, "the last axis has a real part, or a real and an imaginary one",
                "'%s' is %s of shape %s", x->name, dtype_name(x->dtype), dims_text(x));
        return false;
    }
    if (d->points < 1 || d->points > LIMIT) {
        blocker(n, NULL, "a transform of %" PRId64 " points is not supported", d->points);
        return false;
    }
    d->used = MIN(dim, d->mirrored ? d->points / 2 + 1 : d->points);
    d->out = n->a.onesided && !n->a.inverse ? d->points / 2 + 1 : d->points;
    return true;
}

/* The larger of two factors that are as near to each other as can be; 1: points is prime, or few enough. */
static int64_t factor_of(int64_t points)
{
    if (points > WHOLE)
        for (int64_t a = (int64_t)sqrt((double)points); a > 1; a--)
            if (points % a == 0)
                return points / a;
    return 1;
}

void dft_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t dim[MAX_RANK];
    Dft d;
    if (!dft_of(g, n, &d))
        return;
    memcpy(dim, x->dim, sizeof dim);
    dim[d.axis] = d.out;
    dim[x->rank - 1] = d.mirrored ? 1 : 2;
    if (factor_of(d.points) == 1 && mul_size(2 * d.used, 2 * d.out) > LIMIT)
        blocker(n, "pad the signal to a length with small factors",
                "a transform of %" PRId64 " points, a large prime, is not supported", d.points);
    else
        out_set(n, 0, x->dtype, x->rank, dim);
}

/* exp(2 pi i k / n), where it is a power of i exactly. */
static void root_of_unity(int64_t k, int64_t n, double *re, double *im)
{
    static const double quarter[] = {1, 0, -1, 0};
    k = (k % n + n) % n;
    double x = 2 * acos(-1) * (double)k / (double)n;
    bool exact = 4 * k % n == 0;
    *re = exact ? quarter[4 * k / n] : cos(x);
    *im = exact ? quarter[(4 * k / n + 3) % 4] : sin(x);
}

/* What element j of the input adds to element k of the output: a number, by which complex ones are multiplied. Of a
 * one-sided spectrum, element j also stands for its mirror image, and only the real part counts. */
static void coefficient(const Node *n, const Dft *d, int64_t j, int64_t k, double *re, double *im)
{
    int64_t turn = j * k % d->points;
    double scale = n->a.inverse ? 1 / (double)d->points : 1;
    if (d->mirrored && j != 0 && 2 * j != d->points)
        scale *= 2;
    root_of_unity(n->a.inverse ? turn : -turn, d->points, re, im);
    *re *= scale;
    *im *= scale;
}

/* [used][parts of x][out][parts of y] */
static Value *matrix_of(Graph *g, const Node *n, const Dft *d, DType t, int64_t in, int64_t out)
{
    int64_t at = 0, dim[2] = {d->used * in, d->out * out};
    void *data = mem((size_t)(dim[0] * dim[1] * dtype_bytes(t)));
    for (int64_t j = 0; j < d->used; j++)
        for (int part = 0; part < in; part++)
            for (int64_t k = 0; k < d->out; k++) {
                double re, im;
                coefficient(n, d, j, k, &re, &im);
                data_put(data, t, at++, part ? -im : re, 0);
                if (out == 2)
                    data_put(data, t, at++, part ? re : im, 0);
            }
    return value_const(g, "roots", t, 2, dim, data);
}

/* x[m][used][parts] -> [m][out][parts]. */
static Value *by_matrix(Graph *g, const Node *n, const Dft *d, Value *x, const int64_t *dim,
                        int64_t parts)
{
    Value *w = matrix_of(g, n, d, x->dtype, dim[2], parts);
    x = reshape_to(g, n, x, 2, (int64_t[]){dim[0], dim[1] * dim[2]}, NULL);
    x = add_op(g, "MatMul", n->name, 2, (Value *[]){x, w}, NULL);
    return reshape_to(g, n, x, 3, (int64_t[]){dim[0], d->out, parts}, NULL);
}

/* ---- by factors ---------------------------------------------------------------------------------- */

static Value *multiply(Graph *g, const Node *n, Value *a, Value *b)
{
    return add_op(g, "Mul", n->name, 2, (Value *[]){a, b}, NULL);
}

/* x[m][a][b][2] times w^(a b): (x, y)(c, s) = (x, y) c + (y, x)(-s, s). */
static Value *twiddle(Graph *g, const Node *n, Value *x, DType t, int64_t a, int64_t b)
{
    int64_t dim[3] = {a, b, 2}, size = a * b * 2;
    void *same = mem((size_t)(size * dtype_bytes(t))), *swap = mem((size_t)(size * dtype_bytes(t)));
    for (int64_t i = 0; i < a * b; i++) {
        double re, im;
        int64_t turn = (i / b) * (i % b);
        root_of_unity(n->a.inverse ? turn : -turn, a * b, &re, &im);
        for (int part = 0; part < 2; part++) {
            data_put(same, t, 2 * i + part, re, 0);
            data_put(swap, t, 2 * i + part, part ? im : -im, 0);
        }
    }
    Value *turned = slice_to(g, n, x, 3, (int64_t[]){1, INT64_MIN, -1}, NULL);
    Value *in[] = {multiply(g, n, x, value_const(g, "cos", t, 3, dim, same)),
                   multiply(g, n, turned, value_const(g, "sin", t, 3, dim, swap))};
    return add_op(g, "Add", n->name, 2, in, NULL);
}

/* A complex transform along one axis of x. */
static Value *dft_along(Graph *g, const Node *n, Value *x, int64_t axis)
{
    x = add_op(g, "DFT", n->name, 3, (Value *[]){x, NULL, scalar_int(g, "axis", axis)}, NULL);
    g->node[g->nnode - 1]->a.inverse = n->a.inverse;
    return x;
}

/* x with zeros behind it, [dim[0]][length][parts]. */
static Value *lengthened(Graph *g, const Node *n, Value *x, int64_t *dim, int64_t length,
                         int64_t parts)
{
    int64_t pads[6] = {0, 0, 0, 0, length - dim[1], parts - dim[2]};
    dim[1] = length;
    dim[2] = parts;
    return add_op(g, "Pad", n->name, 2, (Value *[]){x, value_ints(g, "pads", 6, pads)}, NULL);
}

/* The other side of the spectrum: what remains of it backwards, its imaginary part negated. */
static Value *mirrored(Graph *g, const Node *n, Value *x, DType t, int64_t points, int64_t used)
{
    const double sign[] = {1, -1};
    void *data = mem(16);
    for (int i = 0; i < 2; i++)
        data_put(data, t, i, sign[i], 0);
    Value *other = slice_to(g, n, x, 1, (int64_t[]){points - used, 0, -1}, NULL);
    other = multiply(g, n, other, value_const(g, "conjugate", t, 1, (int64_t[]){2}, data));
    other = add_op(g, "Concat", n->name, 2, (Value *[]){x, other}, NULL);
    g->node[g->nnode - 1]->a.axis = 1;
    return other;
}

/* x[m][used][parts] -> [m][out][parts], through [m][a][b][2]. */
static Value *by_factors(Graph *g, const Node *n, const Dft *d, Value *x, DType t, int64_t *dim,
                         int64_t parts)
{
    int64_t b = factor_of(d->points), a = d->points / b;
    x = lengthened(g, n, x, dim, d->mirrored ? d->points / 2 + 1 : d->points, 2);
    if (d->mirrored && d->points > 2)
        x = mirrored(g, n, x, t, d->points, dim[1]);
    x = reshape_to(g, n, x, 4, (int64_t[]){dim[0], a, b, 2}, NULL);
    x = dft_along(g, n, x, 1);
    x = twiddle(g, n, x, t, a, b);
    x = dft_along(g, n, x, 2);
    x = transpose_to(g, n, x, 4, (int64_t[]){0, 2, 1, 3}, NULL);
    x = reshape_to(g, n, x, 3, (int64_t[]){dim[0], d->points, 2}, NULL);
    if (d->out < d->points)
        x = slice_to(g, n, x, 1, (int64_t[]){0, d->out, 1}, NULL);
    return parts == 2 ? x : slice_to(g, n, x, 2, (int64_t[]){0, 1, 1}, NULL);
}

/* The axis becomes the last but one, the others before it one. */
void dft_expand(Graph *g, Node *n)
{
    Value *x = n->in[0], *out = n->out[0];
    DType t = wide_type(x->dtype);
    int rank = x->rank;
    int64_t perm[MAX_RANK], shape[MAX_RANK];
    Dft d;
    dft_of(g, n, &d);
    for (int i = 0; i < rank; i++) {
        perm[i] = i < d.axis || i == rank - 1 ? i : i == rank - 2 ? d.axis : i + 1;
        shape[i] = out->dim[perm[i]];
    }
    int64_t dim[3] = {1, d.used, x->dim[rank - 1]};
    for (int i = 0; i < rank - 2; i++)
        dim[0] *= shape[i];
    x = convert_to(g, n, x, t, NULL);
    if (d.used < n->in[0]->dim[d.axis])
        x = slice_to(g, n, x, d.axis, (int64_t[]){0, d.used, 1}, NULL);
    x = transpose_to(g, n, x, rank, perm, NULL);
    x = reshape_to(g, n, x, 3, dim, NULL);
    x->dtype = t;
    int64_t parts = out->dim[rank - 1];
    x = factor_of(d.points) == 1 ? by_matrix(g, n, &d, x, dim, parts)
                                 : by_factors(g, n, &d, x, t, dim, parts);
    x = reshape_to(g, n, x, rank, shape, NULL);
    for (int i = 0; i < rank; i++) /* back to its place */
        perm[i] = i < d.axis || i == rank - 1 ? i : i == d.axis ? rank - 2 : i - 1;
    x = transpose_to(g, n, x, rank, perm, t == out->dtype ? out : NULL);
    if (t != out->dtype)
        cast_op(g, n, x, out);
}

/* ---- STFT -------------------------------------------------------------------------------------------- */

/* Elements a frame has, and how far the next one begins. */
static bool frames_of(const Node *n, int64_t *length, int64_t *step)
{
    const Value *x = n->in[0], *window = node_in(n, 2);
    Ints steps, lengths;
    if (!input_ints(n, 1, "the step of the frames", &steps) ||
        !input_ints(n, 3, "the length of the frames", &lengths))
        return false;
    *step = steps.n == 1 ? steps.v[0] : 0;
    *length = node_in(n, 3) ? (lengths.n == 1 ? lengths.v[0] : 0)
              : window      ? value_count(window)
                            : x->dim[1];
    if (*step >= 1 && *length >= 1 && *length <= x->dim[1])
        return true;
    blocker(n, NULL, "frames of %" PRId64 " elements, %" PRId64 " apart, do not fit '%s' (%s)",
            *length, *step, x->name, dims_text(x));
    return false;
}

/* Frames as long as the window; without one, twice the bins they have. Of the steps that lead to as many frames only one
 * may be right. */
void stft_canon(Graph *g, Node *n)
{
    const Value *x = n->in[0], *window = node_in(n, 2);
    Ints shape, list;
    if (x->rank != 3 || !declared_shape(n, 0, &shape) || shape.n != 4)
        return;
    int64_t length = window          ? value_count(window)
                     : n->a.onesided ? 2 * (shape.v[2] - 1)
                                     : shape.v[2];
    if (at_run_time(n, 3))
        settle(g, n, 3, (Ints){1, &length}, "a == b", NULL);
    if (node_in(n, 3) && value_ints_of(n->in[3], &list) && list.n == 1)
        length = list.v[0];
    if (!at_run_time(n, 1) || length > x->dim[1] || shape.v[1] < 1)
        return;
    int64_t frames = shape.v[1], room = x->dim[1] - length;
    int64_t step = frames > 1 ? room / (frames - 1) : room + 1;
    if (step > 0 && (frames == 1 || room / frames < step - (room % frames == 0)))
        settle(g, n, 1, (Ints){1, &step}, frames == 1 ? "a >= b" : "a == b", NULL);
}

void stft_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0], *window = node_in(n, 2);
    int64_t length, step;
    (void)g;
    if (x->rank != 3 || !dtype_is_float(x->dtype) || x->dim[2] < 1 || x->dim[2] > 2) {
        blocker(n, "it is [batch][elements][1 or 2 parts]", "'%s' is %s of shape %s", x->name,
                dtype_name(x->dtype), dims_text(x));
        return;
    }
    if (!frames_of(n, &length, &step))
        return;
    if (window && (window->rank != 1 || window->dtype != x->dtype || window->dim[0] > length)) {
        blocker(n, NULL, "the window '%s' (%s) does not fit frames of %" PRId64, window->name,
                dims_text(window), length);
        return;
    }
    int64_t count = (x->dim[1] - length) / step + 1;
    int64_t bins = n->a.onesided ? length / 2 + 1 : length;
    out_set(n, 0, x->dtype, 4, (int64_t[]){x->dim[0], count, bins, 2});
}

/* Frames are gathered, weighted by the window, and transformed. */
void stft_expand(Graph *g, Node *n)
{
    Value *x = n->in[0], *window = node_in(n, 2);
    int64_t length, step, count = n->out[0]->dim[1];
    frames_of(n, &length, &step);
    int64_t *index = mem((size_t)mul_size(count, length) * sizeof *index), dim[] = {count, length};
    for (int64_t i = 0; i < count * length; i++)
        index[i] = i / length * step + i % length;
    Value *frames = value_const(g, "frames", DT_INT64, 2, dim, index);
    x = add_op(g, "Gather", n->name, 2, (Value *[]){x, frames}, NULL);
    g->node[g->nnode - 1]->a.axis = 1;
    if (window && window->dim[0] < length) {
        int64_t pads[2] = {0, length - window->dim[0]};
        Value *in[] = {window, value_ints(g, "pads", 2, pads)};
        window = add_op(g, "Pad", n->name, 2, in, NULL);
    }
    if (window)
        x = multiply(g, n, x, reshape_to(g, n, window, 2, (int64_t[]){length, 1}, NULL));
    add_op(g, "DFT", n->name, 3, (Value *[]){x, NULL, scalar_int(g, "axis", 2)}, n->out[0]);
    g->node[g->nnode - 1]->a.onesided = n->a.onesided;
}
