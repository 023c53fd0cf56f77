/* SPDX-License-Identifier: MIT
 * sample.c - operators that read an image between its elements, at places that data choose: GridSample, RoiAlign and
 * MaxRoiPool, which have kernels; AffineGrid, a product of matrices with a grid of positions; DeformConv, which samples
 * the elements under its windows and then is a product, too. */
#include <inttypes.h>
#include <string.h>
#include "ops.h"

/* ---- GridSample -------------------------------------------------------------------------------- */

GridMode grid_mode(const Node *n)
{
    static const char *const words[] = {"nearest", "linear", "bilinear", "cubic", "bicubic"};
    static const GridMode modes[] = {GRID_NEAREST, GRID_LINEAR, GRID_LINEAR, GRID_CUBIC,
                                     GRID_CUBIC};
    const char *mode = n->a.has[A_mode] ? n->a.mode : "linear";
    for (size_t i = 0; i < COUNT(words); i++)
        if (!strcmp(mode, words[i]))
            return modes[i];
    return GRID_UNKNOWN;
}

static bool words_known(const Node *n)
{
    const char *padding = n->a.padding_mode;
    if (grid_mode(n) == GRID_UNKNOWN)
        blocker(n, "it is nearest, linear or cubic", "mode '%s' is not supported", n->a.mode);
    else if (strcmp(padding, "zeros") && strcmp(padding, "border") && strcmp(padding, "reflection"))
        blocker(n, "it is zeros, border or reflection", "padding_mode '%s' is not supported",
                padding);
    else
        return true;
    return false;
}

/* x[n][c][in...], grid[n][out...][axes] -> y[n][c][out...] */
void grid_sample_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0], *grid = n->in[1];
    int64_t dim[MAX_RANK];
    (void)g;
    bool fits = x->rank >= 3 && x->rank <= 5 && grid->rank == x->rank &&
                grid->dim[0] == x->dim[0] && grid->dim[grid->rank - 1] == x->rank - 2 &&
                dtype_is_float(grid->dtype);
    for (int i = 2; fits && i < x->rank; i++)
        fits = x->dim[i] > 0 && x->dim[i] < 1 << 30;
    if (!fits) {
        blocker(n,
                "they are [n][c] and 1 to 3 axes, and [n], as many axes and a coordinate for each",
                "the grid '%s' (%s) does not fit '%s' (%s)", grid->name, dims_text(grid), x->name,
                dims_text(x));
        return;
    }
    if (!words_known(n))
        return;
    memcpy(dim, grid->dim, sizeof dim);
    memmove(dim + 2, dim + 1, (size_t)(x->rank - 2) * sizeof *dim);
    dim[1] = x->dim[1];
    out_set(n, 0, x->dtype, x->rank, dim);
}

/* ---- AffineGrid -------------------------------------------------------------------------------- */

/* The size is declared but for the channels, which do not matter. */
void affine_grid_canon(Graph *g, Node *n)
{
    Ints grid, size = {0};
    if (!at_run_time(n, 1) || !declared_shape(n, 0, &grid) || grid.n < 3)
        return;
    PUSH(size.v, size.n, grid.v[0]);
    PUSH(size.v, size.n, 1);
    for (int i = 1; i < grid.n - 1; i++)
        PUSH(size.v, size.n, grid.v[i]);
    int64_t counts[MAX_RANK] = {1, 0, 1, 1, 1, 1, 1, 1};
    settle(g, n, 1, size, "a == b || c == 0", counts);
}

void affine_grid_infer(Graph *g, Node *n)
{
    const Value *theta = n->in[0];
    int64_t dim[MAX_RANK];
    Ints size;
    (void)g;
    if (!input_ints(n, 1, "the size", &size))
        return;
    int axes = size.n - 2;
    bool fits = (axes == 2 || axes == 3) && theta->rank == 3 && dtype_is_float(theta->dtype) &&
                theta->dim[0] == size.v[0] && theta->dim[1] == axes && theta->dim[2] == axes + 1;
    for (int i = 2; fits && i < size.n; i++)
        fits = size.v[i] >= 0 && size.v[i] < 1 << 30;
    if (!fits) {
        blocker(n, "2-D: n x 2 x 3 and [n, c, h, w]; 3-D: n x 3 x 4 and [n, c, d, h, w]",
                "the matrices '%s' (%s) do not fit a size of %d numbers", theta->name,
                dims_text(theta), size.n);
        return;
    }
    dim[0] = size.v[0];
    for (int i = 2; i < size.n; i++)
        dim[i - 1] = size.v[i];
    dim[axes + 1] = axes;
    out_set(n, 0, theta->dtype, axes + 2, dim);
}

/* Where element i of an axis lies, from -1 to 1: the centres of the first and the last, or their outer edges. */
static double position(int64_t i, int64_t dim, bool corners)
{
    if (corners)
        return dim > 1 ? 2.0 * (double)i / (double)(dim - 1) - 1 : -1;
    return (2.0 * (double)i + 1) / (double)dim - 1;
}

/* [axes + 1][elements]: of each element its position, the last axis first, and 1. */
static Value *grid_positions(Graph *g, const Node *n, DType t)
{
    const int64_t *dim = n->out[0]->dim + 1;
    int axes = n->out[0]->rank - 2;
    int64_t count = dims_product(dim, 0, axes), size[2] = {axes + 1, count};
    void *data = mem((size_t)((axes + 1) * count * dtype_bytes(t)));
    for (int64_t e = 0; e < count; e++) {
        int64_t rest = e;
        for (int row = 0; row < axes; row++) {
            int64_t length = dim[axes - 1 - row];
            data_put(data, t, row * count + e, position(rest % length, length, n->a.align_corners),
                     0);
            rest /= length;
        }
        data_put(data, t, axes * count + e, 1, 0);
    }
    return value_const(g, "positions", t, 2, size, data);
}

void affine_grid_expand(Graph *g, Node *n)
{
    Value *out = n->out[0];
    DType t = wide_type(out->dtype);
    Value *in[] = {convert_to(g, n, n->in[0], t, NULL), grid_positions(g, n, t)};
    Value *y = transpose_to(g, n, add_op(g, "MatMul", n->name, 2, in, NULL), 3,
                            (int64_t[]){0, 2, 1}, NULL);
    y = reshape_to(g, n, y, out->rank, out->dim, t == out->dtype ? out : NULL);
    y->dtype = t;
    if (y != out)
        cast_op(g, n, y, out);
}

/* ---- RoiAlign, MaxRoiPool ------------------------------------------------------------------------ */

static bool roi_sizes(const Node *n, int64_t height, int64_t width, int64_t columns)
{
    const Value *x = n->in[0], *rois = n->in[1];
    bool fits = x->rank == 4 && rois->rank == 2 && rois->dim[1] == columns &&
                dtype_is_float(x->dtype) && rois->dtype == x->dtype;
    for (int i = 0; fits && i < 4; i++)
        fits = x->dim[i] > 0 && x->dim[i] < 1 << 30;
    if (!fits)
        blocker(n, NULL, "the regions '%s' (%s) do not fit '%s', %s of shape %s", rois->name,
                dims_text(rois), x->name, dtype_name(x->dtype), dims_text(x));
    else if (height < 1 || width < 1 || height > 1 << 20 || width > 1 << 20)
        blocker(n, NULL, "a result of %" PRId64 " x %" PRId64 " is not supported", height, width);
    else
        return true;
    return false;
}

/* Until opset 15 places in the image were not shifted by half an element. */
void roi_align_canon(Graph *g, Node *n)
{
    (void)g;
    if (!n->a.has[A_coordinate_transformation_mode])
        n->a.coordinate_transformation_mode = n->opset < 16 ? "output_half_pixel" : "half_pixel";
}

void roi_align_infer(Graph *g, Node *n)
{
    const Attrs *a = &n->a;
    const Value *x = n->in[0], *batch = n->in[2];
    (void)g;
    if (!roi_sizes(n, a->output_height, a->output_width, 4))
        return;
    if (strcmp(a->mode, "avg") && strcmp(a->mode, "max"))
        blocker(n, "it is avg or max", "mode '%s' is not supported", a->mode);
    else if (strcmp(a->coordinate_transformation_mode, "half_pixel") &&
             strcmp(a->coordinate_transformation_mode, "output_half_pixel"))
        blocker(n, "it is half_pixel or output_half_pixel",
                "coordinate_transformation_mode '%s' is not supported",
                a->coordinate_transformation_mode);
    else if (a->sampling_ratio < 0 || a->sampling_ratio > 1 << 15)
        blocker(n, NULL, "sampling_ratio %" PRId64 " is not supported", a->sampling_ratio);
    else if (batch->rank != 1 || batch->dim[0] != n->in[1]->dim[0] || batch->dtype != DT_INT64)
        blocker(n, NULL, "'%s' is %s of shape %s, not an int64 for each region", batch->name,
                dtype_name(batch->dtype), dims_text(batch));
    else
        out_set(n, 0, x->dtype, 4,
                (int64_t[]){batch->dim[0], x->dim[1], a->output_height, a->output_width});
}

void max_roi_pool_infer(Graph *g, Node *n)
{
    const Ints *size = &n->a.pooled_shape;
    const Value *x = n->in[0];
    (void)g;
    if (size->n != 2)
        blocker(n, NULL, "pooled_shape has %d values instead of 2", size->n);
    else if (roi_sizes(n, size->v[0], size->v[1], 5))
        out_set(n, 0, x->dtype, 4,
                (int64_t[]){n->in[1]->dim[0], x->dim[1], size->v[0], size->v[1]});
}

/* ---- DeformConv ------------------------------------------------------------------------------------ */

static bool has_dims(const Node *n, const Value *v, int64_t batch, int64_t channels,
                     const int64_t *dim)
{
    bool fits = v->rank == n->in[0]->rank && v->dim[0] == batch && v->dim[1] == channels;
    for (int i = 2; fits && i < v->rank; i++)
        fits = v->dim[i] == dim[i];
    if (!fits)
        blocker(n, NULL, "'%s' (%s) does not fit an input of shape %s and weights of %s", v->name,
                dims_text(v), dims_text(n->in[0]), dims_text(n->in[1]));
    return fits;
}

/* Inputs x, w, offset[n][groups, kernel, axes][out...], b and mask[n][groups, kernel][out...]. */
void deform_conv_infer(Graph *g, Node *n)
{
    Value *x = n->in[0], *offset = n->in[2], *mask = node_in(n, 4);
    Value *plain[] = {x, n->in[1], node_in(n, 3)};
    int64_t groups = n->a.offset_group;
    Node conv = *n; /* what a convolution asks of its inputs, and makes of its window */
    conv.in = plain;
    conv.nin = conv.nown = 3;
    int blockers = blockers_count();
    conv_infer(g, &conv);
    n->a = conv.a;
    if (blockers_count() > blockers)
        return;
    if (groups < 1 || x->dim[1] % groups) {
        blocker(n, NULL, "%" PRId64 " channels do not divide into %" PRId64 " offset groups",
                x->dim[1], groups);
        return;
    }
    int64_t taps = groups * dims_product(n->in[1]->dim, 2, x->rank);
    if (!has_dims(n, offset, x->dim[0], taps * (x->rank - 2), n->out[0]->dim) ||
        (mask && !has_dims(n, mask, x->dim[0], taps, n->out[0]->dim)))
        return;
    if (offset->dtype != x->dtype || (mask && mask->dtype != x->dtype))
        blocker(n, NULL, "offset '%s' or the mask is not %s", offset->name, dtype_name(x->dtype));
}

/* [kernel][out...][axes]: where each element of each window lies before it is moved. */
static Value *window_places(Graph *g, const Node *n, DType t)
{
    const Attrs *a = &n->a;
    int axes = a->kernel_shape.n;
    const int64_t *out = n->out[0]->dim + 2;
    int64_t turns[6], dim[3], at = 0;
    memcpy(turns, a->kernel_shape.v, (size_t)axes * sizeof *turns);
    memcpy(turns + axes, out, (size_t)axes * sizeof *turns);
    int64_t count = dims_product(turns, 0, 2 * axes);
    void *data = mem((size_t)(count * axes * dtype_bytes(t)));
    for (int64_t e = 0; e < count; e++) {
        int64_t rest = e, ix[6];
        for (int i = 2 * axes - 1; i >= 0; rest /= turns[i], i--)
            ix[i] = rest % turns[i];
        for (int i = 0; i < axes; i++)
            data_put(data, t, at++,
                     (double)(ix[axes + i] * a->strides.v[i] + ix[i] * a->dilations.v[i] -
                              a->pads.v[i]),
                     0);
    }
    dim[0] = dims_product(turns, 0, axes);
    dim[1] = count / dim[0];
    dim[2] = axes;
    return value_const(g, "places", t, 3, dim, data);
}

/* A row of numbers, one for each spatial axis of x. */
static Value *per_axis(Graph *g, const Node *n, DType t, double factor, double power)
{
    int axes = n->in[0]->rank - 2;
    void *data = mem((size_t)(axes * 8));
    for (int i = 0; i < axes; i++)
        data_put(data, t, i, factor * (power < 0 ? 1 / (double)n->in[0]->dim[i + 2] : 1), 0);
    return value_const(g, "axes", t, 1, (int64_t[]){axes}, data);
}

/* The grid for GridSample: offsets added to the places, scaled to -1..1 over the outer edges, the last axis first.
 * [n groups][kernel x first axis of out][other axes of out][axes] */
static Value *deform_grid(Graph *g, const Node *n, DType t)
{
    const int64_t *out = n->out[0]->dim + 2;
    int axes = n->in[0]->rank - 2;
    int64_t taps = dims_product(n->in[1]->dim, 2, axes + 2), count = dims_product(out, 0, axes);
    int64_t many = n->in[0]->dim[0] * n->a.offset_group;
    Value *v = convert_to(g, n, n->in[2], t, NULL);
    v = reshape_to(g, n, v, 4, (int64_t[]){many, taps, axes, count}, NULL);
    v = transpose_to(g, n, v, 4, (int64_t[]){0, 1, 3, 2}, NULL);
    v = add_op(g, "Add", n->name, 2, (Value *[]){v, window_places(g, n, t)}, NULL);
    v = add_op(g, "Mul", n->name, 2, (Value *[]){v, per_axis(g, n, t, 2, -1)}, NULL);
    v = add_op(g, "Add", n->name, 2, (Value *[]){v, per_axis(g, n, t, 1, -1)}, NULL);
    v = add_op(g, "Sub", n->name, 2, (Value *[]){v, value_scalar(g, "one", t, 1)}, NULL);
    v = slice_to(g, n, v, 3, (int64_t[]){-1, INT64_MIN, -1}, NULL);
    int64_t dim[MAX_RANK] = {many, taps * out[0]};
    memcpy(dim + 2, out + 1, (size_t)(axes - 1) * sizeof *dim);
    dim[axes + 1] = axes;
    return reshape_to(g, n, v, axes + 2, dim, NULL);
}

/* Samples as columns, [n][group][channels of the group x kernel][out]. */
static Value *deform_columns(Graph *g, const Node *n, DType t)
{
    const Value *x = n->in[0];
    Value *mask = node_in(n, 4);
    int64_t groups = n->a.offset_group, dim[MAX_RANK];
    int64_t taps = dims_product(n->in[1]->dim, 2, x->rank);
    int64_t count = dims_product(n->out[0]->dim, 2, x->rank);
    memcpy(dim, x->dim, sizeof dim);
    dim[0] *= groups;
    dim[1] /= groups;
    Value *in[2] = {reshape_to(g, n, convert_to(g, n, n->in[0], t, NULL), x->rank, dim, NULL),
                    deform_grid(g, n, t)};
    Value *v = add_op(g, "GridSample", n->name, 2, in, NULL);
    if (mask) {
        in[0] = reshape_to(g, n, v, 4, (int64_t[]){dim[0], dim[1], taps, count}, NULL);
        mask = convert_to(g, n, mask, t, NULL);
        in[1] = reshape_to(g, n, mask, 4, (int64_t[]){dim[0], 1, taps, count}, NULL);
        v = add_op(g, "Mul", n->name, 2, in, NULL);
    }
    return reshape_to(g, n, v, 4,
                      (int64_t[]){x->dim[0], n->a.group, x->dim[1] / n->a.group * taps, count},
                      NULL);
}

void deform_conv_expand(Graph *g, Node *n)
{
    Value *w = n->in[1], *b = node_in(n, 3), *out = n->out[0];
    DType t = wide_type(out->dtype);
    int64_t group = n->a.group, ones[MAX_RANK] = {w->dim[0], 1, 1, 1};
    int64_t rows[3] = {group, w->dim[0] / group, dims_product(w->dim, 1, w->rank)};
    w = reshape_to(g, n, convert_to(g, n, w, t, NULL), 3, rows, NULL);
    Value *y = add_op(g, "MatMul", n->name, 2, (Value *[]){w, deform_columns(g, n, t)}, NULL);
    bool last = !b && t == out->dtype;
    y = reshape_to(g, n, y, out->rank, out->dim, last ? out : NULL);
    y->dtype = t;
    if (b) {
        b = reshape_to(g, n, convert_to(g, n, b, t, NULL), out->rank - 1, ones, NULL);
        y = add_op(g, "Add", n->name, 2, (Value *[]){y, b}, t == out->dtype ? out : NULL);
    }
    if (t != out->dtype)
        cast_op(g, n, y, out);
}
