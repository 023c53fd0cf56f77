/* SPDX-License-Identifier: MIT
 * norm.c - normalisations: y = (x - mean) / sqrt(variance + epsilon) * scale + shift. Batch normalisation knows its
 * statistics, so that two numbers a channel remain; the others take them from x, over some of its axes. They expand
 * into reductions and elementwise steps, of which fusion makes few loops. */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include "ops.h"

/* ---- pieces ---------------------------------------------------------------------------------------------------- */

Value *axes_from(Graph *g, int first, int rank)
{
    int64_t axis[MAX_RANK];
    for (int i = first; i < rank; i++)
        axis[i - first] = i;
    return value_ints(g, "axes", rank - first, axis);
}

/* The mean of x over some axes, which keep length 1. */
static Value *mean_over(Graph *g, const Node *n, Value *x, Value *axes)
{
    return op_now(g, "ReduceMean", n, 2, (Value *[]){x, axes});
}

/* Mean of x, and mean square of what is off it. */
static void moments(Graph *g, const Node *n, Value *x, Value *axes, Value **mean, Value **variance)
{
    *mean = mean_over(g, n, x, axes);
    Value *off = map_text(g, n->name, "a - b", 2, (Value *[]){x, *mean}, NULL);
    Value *square = map_text(g, n->name, "a * a", 1, &off, NULL);
    *variance = mean_over(g, n, square, axes);
}

/* Mean and 1 / deviation of x over its axes from `first` on. */
static void statistics(Graph *g, const Node *n, Value *x, int first, Value **mean, Value **inverse)
{
    const char *rsqrt = text("1 / sqrt(a + %.9g)", (double)n->a.epsilon);
    moments(g, n, x, axes_from(g, first, x->rank), mean, inverse);
    *inverse = map_text(g, n->name, rsqrt, 1, inverse, NULL);
}

/* out = expr over in[0..nin), reckoned in full width. */
static void finish(Graph *g, const Node *n, const char *expr, int nin, Value **in, Value *out)
{
    DType t = n->in[0]->dtype;
    Value *y = map_text(g, n->name, expr, nin, in, t == wide_type(t) ? out : NULL);
    if (y != out)
        convert_to(g, n, y, t, out);
}

/* A vector over the channels of x as [c][1][1]..., so that it broadcasts. */
static Value *per_channel(Graph *g, const Node *n, Value *v)
{
    int64_t dim[MAX_RANK] = {v->dim[0], 1, 1, 1, 1, 1, 1, 1};
    v = convert_to(g, n, v, wide_type(n->in[0]->dtype), NULL);
    return n->in[0]->rank < 3 ? v : reshape_now(g, n, v, n->in[0]->rank - 1, dim);
}

static bool is_number(const Node *n, const char *name, float v)
{
    if (!isfinite(v))
        blocker(n, NULL, "attribute '%s' is not a finite number", name);
    return isfinite(v);
}

static bool input_fits(const Node *n, int least_rank)
{
    const Value *x = n->in[0];
    if (!is_number(n, "epsilon", n->a.epsilon))
        return false;
    if (x->rank >= least_rank && dtype_is_float(x->dtype))
        return true;
    blocker(n, NULL, "'%s' is %s of shape %s, not a float of %d or more dims", x->name,
            dtype_name(x->dtype), dims_text(x), least_rank);
    return false;
}

/* Inputs from `first` on are vectors of `count` floats. */
static bool vectors_fit(const Node *n, int first, int64_t count)
{
    for (int i = first; i < n->nin; i++) {
        const Value *v = n->in[i];
        if (v->rank == 1 && v->dim[0] == count && dtype_is_float(v->dtype))
            continue;
        blocker(n, NULL, "'%s' is %s of shape %s, not a vector of %" PRId64 " floats", v->name,
                dtype_name(v->dtype), dims_text(v), count);
        return false;
    }
    return true;
}

/* ---- BatchNormalization ---------------------------------------------------------------------------------------- */

/* Opset 8 and before, spatial=0: the statistics have one number for each element of a batch's item. */
static bool elementwise(const Node *n)
{
    return n->opset < 9 && n->a.has[A_spatial] && !n->a.spatial;
}

static bool elements_fit(const Node *n)
{
    int64_t count = 1;
    for (int i = 1; i < n->in[0]->rank; i++)
        count = mul_size(count, n->in[0]->dim[i]);
    for (int i = 1; i < 5; i++)
        if (value_count(n->in[i]) != count || !dtype_is_float(n->in[i]->dtype)) {
            blocker(n, NULL, "'%s' of shape %s does not match an input of shape %s", n->in[i]->name,
                    dims_text(n->in[i]), dims_text(n->in[0]));
            return false;
        }
    return true;
}

/* Until opset 13 it is the presence of further outputs that asks for training. */
static bool trains(const Node *n)
{
    for (int i = 1; i < n->nout; i++)
        if (n->out[i] && n->out[i]->uses)
            return true;
    return n->opset >= 14 && n->a.training_mode;
}

/* An input of one axis is a batch of one channel. */
void batchnorm_canon(Graph *g, Node *n)
{
    Value *x = n->in[0], *in[5];
    if (x->rank != 1 || x->dim[0] < 1 || elementwise(n) || trains(n))
        return;
    memcpy(in, n->in, sizeof in);
    in[0] = reshape_now(g, n, x, 2, (int64_t[]){x->dim[0], 1});
    Value *y = add_op(g, "BatchNormalization", n->name, 5, in, NULL);
    g->node[g->nnode - 1]->a.epsilon = n->a.epsilon;
    node_replaced(g, n, reshape_to(g, n, y, 1, x->dim, NULL));
}

void batchnorm_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    (void)g;
    if (!input_fits(n, 2) || !is_number(n, "momentum", n->a.momentum) ||
        !(elementwise(n) ? elements_fit(n) : vectors_fit(n, 1, x->dim[1])))
        return;
    value_same_type(n->out[0], x);
    for (int i = 1; i < n->nout; i++)
        out_set(n, i, n->in[4 - i % 2]->dtype, n->in[3]->rank, n->in[3]->dim);
}

/* ImageScaler, which no opset of ONNX has any more. */
void image_scaler_canon(Graph *g, Node *n)
{
    Value *x = n->in[0];
    const Floats *bias = &n->a.bias_list;
    if (!input_fits(n, 3) || bias->n != x->dim[1]) {
        blocker(n, NULL, "%d biases do not fit '%s' (%s)", bias->n, x->name, dims_text(x));
        return;
    }
    float *data = mem_copy(bias->v, (size_t)bias->n * sizeof *data + 1);
    Value *shift = value_const(g, "bias", DT_FLOAT, 1, &(int64_t){bias->n}, data);
    Value *in[] = {x, convert_to(g, n, per_channel(g, n, shift), x->dtype, NULL)};
    node_replaced(g, n,
                  map_text(g, n->name, text("a * %.9g + b", (double)n->a.scale), 2, in, NULL));
}

/* scale and shift in the shape that broadcasts over x. */
static Value *statistic(Graph *g, const Node *n, Value *v)
{
    if (!elementwise(n))
        return per_channel(g, n, v);
    v = convert_to(g, n, v, wide_type(n->in[0]->dtype), NULL);
    return reshape_now(g, n, v, n->in[0]->rank - 1, n->in[0]->dim + 1);
}

/* Output i in the shape and type of a statistic. */
static void statistic_out(Graph *g, const Node *n, Value *v, int i)
{
    if (i >= n->nout || !n->out[i])
        return;
    v = convert_to(g, n, v, n->out[i]->dtype, NULL);
    reshape_to(g, n, v, n->out[i]->rank, n->out[i]->dim, n->out[i]);
}

/* Training: the statistics are those of the batch, and running ones move on towards them. */
static void batch_statistics(Graph *g, Node *n, Value *x, Value **s)
{
    const char *move =
        text("a * %.9g + b * %.9g", (double)n->a.momentum, 1 - (double)n->a.momentum);
    int64_t axis[MAX_RANK];
    int count = 0;
    for (int i = 0; i < x->rank; i++)
        if (elementwise(n) ? i == 0 : i != 1)
            axis[count++] = i;
    Value *batch[2];
    moments(g, n, x, value_ints(g, "axes", count, axis), &batch[0], &batch[1]);
    for (int i = 0; i < 2; i++) {
        statistic_out(g, n, map_text(g, n->name, move, 2, (Value *[]){s[3 + i], batch[i]}, NULL),
                      1 + i);
        statistic_out(g, n, batch[i], 3 + i); /* until opset 13 */
        s[3 + i] = batch[i];
    }
}

void batchnorm_expand(Graph *g, Node *n)
{
    const char *divide = text("a / sqrt(b + %.9g)", (double)n->a.epsilon);
    Value *x = convert_to(g, n, n->in[0], wide_type(n->in[0]->dtype), NULL), *s[5];
    for (int i = 1; i < 5; i++)
        s[i] = statistic(g, n, n->in[i]);
    if (trains(n))
        batch_statistics(g, n, x, s);
    Value *scale = map_text(g, n->name, divide, 2, (Value *[]){s[1], s[4]}, NULL);
    Value *shift = map_text(g, n->name, "a - b * c", 3, (Value *[]){s[2], s[3], scale}, NULL);
    finish(g, n, "a * b + c", 3, (Value *[]){x, scale, shift}, n->out[0]);
}

/* ---- InstanceNormalization, GroupNormalization, LayerNormalization --------------------------------------------- */

void instancenorm_infer(Graph *g, Node *n)
{
    if (input_fits(n, 3) && vectors_fit(n, 1, n->in[0]->dim[1]))
        infer_same(g, n);
}

void instancenorm_expand(Graph *g, Node *n)
{
    Value *x = convert_to(g, n, n->in[0], wide_type(n->in[0]->dtype), NULL), *mean, *inverse;
    statistics(g, n, x, 2, &mean, &inverse);
    Value *in[] = {x, mean, inverse, per_channel(g, n, n->in[1]), per_channel(g, n, n->in[2])};
    finish(g, n, "(a - b) * c * d + e", 5, in, n->out[0]);
}

/* Until opset 20 there is one scale for a group, later one for a channel. */
static int64_t group_scales(const Node *n)
{
    return n->opset < 21 ? n->a.num_groups : n->in[0]->dim[1];
}

void groupnorm_infer(Graph *g, Node *n)
{
    int64_t groups = n->a.num_groups;
    if (!input_fits(n, 3))
        return;
    if (groups < 1 || n->in[0]->dim[1] % groups)
        blocker(n, NULL, "%" PRId64 " channels do not divide into %" PRId64 " groups",
                n->in[0]->dim[1], groups);
    else if (vectors_fit(n, 1, group_scales(n)))
        infer_same(g, n);
}

/* In the shape [n][group][channel of the group][element of the channel]. */
void groupnorm_expand(Graph *g, Node *n)
{
    Value *x = n->in[0], *mean, *inverse;
    DType t = wide_type(x->dtype);
    int64_t groups = n->a.num_groups, c = x->dim[1] / groups,
            size = value_count(x) / MAX(x->dim[0] * x->dim[1], 1);
    int64_t part[] = {groups, group_scales(n) / groups, 1};
    Value *in[5];
    in[0] =
        reshape_now(g, n, convert_to(g, n, x, t, NULL), 4, (int64_t[]){x->dim[0], groups, c, size});
    statistics(g, n, in[0], 2, &mean, &inverse);
    in[1] = mean;
    in[2] = inverse;
    for (int i = 1; i < 3; i++)
        in[i + 2] = reshape_now(g, n, convert_to(g, n, n->in[i], t, NULL), 3, part);
    Value *y = map_text(g, n->name, "(a - b) * c * d + e", 5, in, NULL);
    y = convert_to(g, n, y, x->dtype, NULL);
    add_op(g, "Reshape", n->name, 2, (Value *[]){y, value_ints(g, "shape", x->rank, x->dim)},
           n->out[0]);
}

void layernorm_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t dim[MAX_RANK] = {0};
    if (!input_fits(n, 1))
        return;
    if (n->a.stash_type == DT_NONE) /* undefined, which says nothing */
        n->a.stash_type = DT_FLOAT;
    DType stash = (DType)n->a.stash_type;
    if (n->a.stash_type < 0 || n->a.stash_type > DT_BFLOAT16 || !dtype_is_float(stash)) {
        blocker(n, NULL, "stash_type %" PRId64 " is not a float type", n->a.stash_type);
        return;
    }
    int axis = axis_norm(g, n, n->a.axis, x->rank);
    for (int i = 0; axis >= 0 && i < x->rank; i++)
        dim[i] = i < axis ? x->dim[i] : 1;
    if (axis < 0 || !infer_broadcast(g, n, n->out[0], n->nin, n->in))
        return;
    if (!value_same_dims(n->out[0], x)) {
        blocker(n, NULL, "scale or bias has more dims than the input '%s' of shape %s", x->name,
                dims_text(x));
        return;
    }
    out_set(n, 0, x->dtype, x->rank, x->dim);
    out_set(n, 1, stash, x->rank, dim);
    out_set(n, 2, stash, x->rank, dim);
}

void layernorm_expand(Graph *g, Node *n)
{
    DType t = wide_type(n->in[0]->dtype);
    Value *in[5] = {convert_to(g, n, n->in[0], t, NULL)};
    int axis = axis_norm(g, n, n->a.axis, in[0]->rank), nin = 3;
    statistics(g, n, in[0], axis, &in[1], &in[2]);
    for (int i = 1; i < 3; i++)
        if (node_in(n, i))
            in[nin++] = convert_to(g, n, n->in[i], t, NULL);
    finish(g, n, nin == 5 ? "(a - b) * c * d + e" : "(a - b) * c * d", nin, in, n->out[0]);
    for (int i = 1; i < n->nout; i++)
        if (n->out[i])
            convert_to(g, n, in[i], (DType)n->a.stash_type, n->out[i]);
}

/* y = x / sqrt(mean of x^2 + epsilon) * scale, in the scale's type; and that inverse, for those who ask. */
void rmsnorm_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0], *scale = n->in[1];
    int64_t dim[MAX_RANK];
    if (!input_fits(n, 1))
        return;
    int axis = axis_norm(g, n, n->a.axis, x->rank);
    if (axis < 0 || !infer_broadcast(g, n, n->out[0], 2, n->in))
        return;
    if (!value_same_dims(n->out[0], x) || !dtype_is_float(scale->dtype)) {
        blocker(n, NULL, "the scale '%s' is %s of shape %s, which does not fit '%s' (%s)",
                scale->name, dtype_name(scale->dtype), dims_text(scale), x->name, dims_text(x));
        return;
    }
    for (int i = 0; i < x->rank; i++)
        dim[i] = i < axis ? x->dim[i] : 1;
    out_set(n, 0, scale->dtype, x->rank, x->dim);
    out_set(n, 1, DT_FLOAT, x->rank, dim);
}

void rmsnorm_expand(Graph *g, Node *n)
{
    DType t = wide_type(n->in[0]->dtype);
    Value *in[3] = {convert_to(g, n, n->in[0], t, NULL)};
    int axis = axis_norm(g, n, n->a.axis, in[0]->rank);
    Value *square = map_text(g, n->name, "a * a", 1, in, NULL);
    Value *mean = mean_over(g, n, square, axes_from(g, axis, square->rank));
    in[1] = map_text(g, n->name, text("1 / sqrt(a + %.9g)", (double)n->a.epsilon), 1, &mean, NULL);
    in[2] = convert_to(g, n, n->in[1], t, NULL);
    Value *out = n->out[0];
    Value *y = map_text(g, n->name, "a * b * c", 3, in, t == out->dtype ? out : NULL);
    if (y != out)
        convert_to(g, n, y, out->dtype, out);
    if (n->nout > 1 && n->out[1])
        convert_to(g, n, in[1], DT_FLOAT, n->out[1]);
}

/* ---- LRN ------------------------------------------------------------------------------------------------------- */

void lrn_infer(Graph *g, Node *n)
{
    if (n->a.size < 1 || n->a.size > 1 << 30)
        blocker(n, NULL, "size %" PRId64 " is not positive, or too large", n->a.size);
    else if (input_fits(n, 2) && is_number(n, "alpha", n->a.alpha) &&
             is_number(n, "beta", n->a.beta) && is_number(n, "bias", n->a.bias))
        infer_same(g, n);
}

/* y = x / (bias + alpha * mean of the squares of `size` neighbouring channels)^beta; channels that do not exist count as
 * zeros: an average pool along the channels. */
void lrn_expand(Graph *g, Node *n)
{
    Value *x = convert_to(g, n, n->in[0], wide_type(n->in[0]->dtype), NULL);
    int64_t rows[4] = {x->dim[0], 1, x->dim[1], value_count(x) / MAX(x->dim[0] * x->dim[1], 1)};
    int64_t before = (n->a.size - 1) / 2, pads[4] = {before, 0, n->a.size - 1 - before, 0};
    Value *square = reshape_now(g, n, map_text(g, n->name, "a * a", 1, &x, NULL), 4, rows);
    Value *mean = add_op(g, "AveragePool", n->name, 1, &square,
                         value_new(g, text("%s/mean", n->name), x->dtype, 4, rows));
    Attrs *a = &g->node[g->nnode - 1]->a;
    a->kernel_shape = (Ints){2, mem_copy((int64_t[]){n->a.size, 1}, 2 * sizeof(int64_t))};
    a->pads = (Ints){4, mem_copy(pads, sizeof pads)};
    a->count_include_pad = 1;
    const char *expr = text("a / pow(%.9g + %.9g * b, %.9g)", (double)n->a.bias, (double)n->a.alpha,
                            (double)n->a.beta);
    finish(g, n, expr, 2, (Value *[]){x, reshape_now(g, n, mean, x->rank, x->dim)}, n->out[0]);
}

/* ---- MeanVarianceNormalization, LpNormalization ---------------------------------------------------------------- */

/* Without axes given, over all but the channels of an image. */
static bool mvn_axes(Graph *g, Node *n, int64_t *axis, int *count)
{
    static const int64_t usual[] = {0, 2, 3};
    bool given = n->a.has[A_axes];
    *count = 0;
    for (int i = 0; i < (given ? n->a.axes.n : (int)COUNT(usual)); i++) {
        int a = axis_norm(g, n, given ? n->a.axes.v[i] : usual[i], n->in[0]->rank);
        if (a < 0 || *count == MAX_RANK)
            return false;
        axis[(*count)++] = a;
    }
    return true;
}

void mvn_infer(Graph *g, Node *n)
{
    int64_t axis[MAX_RANK];
    int count;
    if (input_fits(n, 1) && mvn_axes(g, n, axis, &count))
        infer_same(g, n);
}

void mvn_expand(Graph *g, Node *n)
{
    Value *in[3] = {convert_to(g, n, n->in[0], wide_type(n->in[0]->dtype), NULL)};
    int64_t axis[MAX_RANK];
    int count;
    mvn_axes(g, n, axis, &count);
    moments(g, n, in[0], value_ints(g, "axes", count, axis), &in[1], &in[2]);
    finish(g, n, "(a - b) / (sqrt(c) + 0.000000001)", 3, in, n->out[0]);
}

void lp_norm_infer(Graph *g, Node *n)
{
    if (n->a.p != 1 && n->a.p != 2)
        blocker(n, "it is 1 or 2", "p is %" PRId64, n->a.p);
    else if (input_fits(n, 1) && axis_norm(g, n, n->a.axis, n->in[0]->rank) >= 0)
        infer_same(g, n);
}

/* What has no length stays 0. */
void lp_norm_expand(Graph *g, Node *n)
{
    Value *x = convert_to(g, n, n->in[0], wide_type(n->in[0]->dtype), NULL);
    Value *axis = value_ints(g, "axis", 1, &n->a.axis);
    Value *norm = op_now(g, n->a.p == 1 ? "ReduceL1" : "ReduceL2", n, 2, (Value *[]){x, axis});
    finish(g, n, "b == 0 ? 0 : a / b", 2, (Value *[]){x, norm}, n->out[0]);
}
