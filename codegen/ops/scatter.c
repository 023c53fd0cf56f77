/* SPDX-License-Identifier: MIT
 * scatter.c - elements put where indices say: Scatter, ScatterElements and ScatterND, and what they
 * can say: TensorScatter, MaxUnpool, Col2Im.
 *
 * The result starts as a copy of the first input. An index outside of its axis puts nothing. */
#include <inttypes.h>
#include <string.h>
#include "ops.h"

/* ---- ScatterElements, ScatterND ---------------------------------------------------------------- */

static const struct {
    const char *name;
    FnId fn;
} reductions[] = {{"add", FN_add}, {"mul", FN_mul}, {"max", FN_max}, {"min", FN_min}};

/* What becomes of an element (leaf 0) that meets an update (leaf 1); NULL: it is replaced. */
Expr *scatter_expr(const Node *n)
{
    DType t = n->in[0]->dtype;
    for (size_t i = 0; i < COUNT(reductions); i++)
        if (n->a.reduction && !strcmp(n->a.reduction, reductions[i].name))
            return expr_call(reductions[i].fn, 2, (Expr *[]){expr_leaf(0, t), expr_leaf(1, t)});
    return NULL;
}

static bool scatter_types(const Node *n)
{
    const Value *x = n->in[0], *update = n->in[2];
    const char *how = n->a.reduction ? n->a.reduction : "none";
    if (update->dtype != x->dtype) {
        blocker(n, "add a Cast", "the updates '%s' are %s, but '%s' is %s", update->name,
                dtype_name(update->dtype), x->name, dtype_name(x->dtype));
        return false;
    }
    bool replaces = !strcmp(how, "none");
    bool numbers = x->dtype != DT_BOOL && x->dtype != DT_STRING;
    if (!replaces && (!numbers || !scatter_expr(n))) {
        blocker(n, NULL, "reduction '%s' of %s is not supported", how, dtype_name(x->dtype));
        return false;
    }
    return index_type(n);
}

static void scatter_refuse(const Node *n)
{
    blocker(n, NULL, "indices of shape %s and updates of shape %s do not fit '%s' (%s)",
            dims_text(n->in[1]), dims_text(n->in[2]), n->in[0]->name, dims_text(n->in[0]));
}

void scatter_elements_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0], *index = n->in[1];
    int axis = axis_norm(g, n, n->a.axis, x->rank);
    if (axis < 0 || !scatter_types(n))
        return;
    bool fits = index->rank == x->rank && value_same_dims(index, n->in[2]);
    for (int i = 0; i < x->rank && fits; i++)
        fits = i == axis || index->dim[i] <= x->dim[i];
    n->a.axis = axis;
    if (fits)
        infer_same(g, n);
    else
        scatter_refuse(n);
}

/* The last axis of the indices holds the first coordinates of what an update replaces. */
void scatter_nd_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0], *index = n->in[1], *update = n->in[2];
    int outer = index->rank - 1, depth = outer < 0 ? 0 : (int)MIN(index->dim[outer], MAX_RANK + 1);
    if (!scatter_types(n))
        return;
    bool fits = outer >= 0 && depth <= x->rank && update->rank == outer + x->rank - depth;
    for (int i = 0; i < update->rank && fits; i++)
        fits = update->dim[i] == (i < outer ? index->dim[i] : x->dim[i - outer + depth]);
    if (fits)
        infer_same(g, n);
    else
        scatter_refuse(n);
}

/* Append out = base with the updates put along one axis. */
static void scatter_to(Graph *g, const Node *n, Value *base, Value *index, Value *update, int axis,
                       Value *out)
{
    along_axis(g, n, "ScatterElements", axis, 3, (Value *[]){base, index, update}, out);
}

/* ---- TensorScatter: a sequence written into a cache, for every batch entry from a place of its own ------------- */

void tensor_scatter_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0], *update = n->in[1], *from = node_in(n, 2);
    int axis = axis_norm(g, n, n->a.axis, x->rank);
    if (axis < 0)
        return;
    bool fits = axis > 0 && update->rank == x->rank && update->dtype == x->dtype;
    for (int i = 0; i < x->rank && fits; i++)
        fits = i == axis ? update->dim[i] <= x->dim[i] : update->dim[i] == x->dim[i];
    if (from)
        fits &= from->rank == 1 && from->dim[0] == x->dim[0] && from->dtype == DT_INT64;
    if (strcmp(n->a.mode, "linear") && strcmp(n->a.mode, "circular"))
        blocker(n, "it is linear or circular", "mode '%s' is not known", n->a.mode);
    else if (!fits)
        blocker(n, NULL, "the update '%s' (%s) does not fit '%s' (%s) along axis %d", update->name,
                dims_text(update), x->name, dims_text(x), axis);
    else
        infer_same(g, n);
}

void tensor_scatter_expand(Graph *g, Node *n)
{
    Value *x = n->in[0], *update = n->in[1], *from = node_in(n, 2);
    int axis = axis_norm(g, n, n->a.axis, x->rank);
    int64_t first[MAX_RANK] = {x->dim[0], 1, 1, 1, 1, 1, 1, 1};
    Value *at = positions(g, DT_INT64, 0, update->dim[axis], x->rank - 1 - axis);
    const char *sum =
        strcmp(n->a.mode, "linear") ? text("mod(a + b, %" PRId64 ")", x->dim[axis]) : "a + b";
    if (from) {
        from = reshape_now(g, n, from, x->rank, first);
        at = map_text(g, n->name, sum, 2, (Value *[]){at, from}, NULL);
    }
    scatter_to(g, n, x, expand_now(g, n, at, x->rank, update->dim), update, axis, n->out[0]);
}

/* ---- MaxUnpool: each maximum back to where it was, zeros elsewhere --------------------------------------------- */

/* The dims that a MaxPool with these attributes had as its input, when nothing was left over. */
static bool unpooled_dims(Node *n, int64_t *dim)
{
    const Value *x = n->in[0];
    int spatial = x->rank - 2;
    if (spatial < 1 || !value_same_dims(x, n->in[1]) || n->in[1]->dtype != DT_INT64) {
        blocker(n, NULL, "the indices '%s' (%s) do not fit '%s' (%s)", n->in[1]->name,
                dims_text(n->in[1]), x->name, dims_text(x));
        return false;
    }
    if (!window_fill(n, spatial))
        return false;
    for (int i = 0; i < x->rank; i++)
        dim[i] = x->dim[i];
    for (int i = 0; i < spatial; i++) {
        dim[2 + i] = (x->dim[2 + i] - 1) * n->a.strides.v[i] + n->a.kernel_shape.v[i] -
                     n->a.pads.v[i] - n->a.pads.v[spatial + i];
        if (dim[2 + i] < 1 || x->dim[2 + i] < 1) {
            blocker(n, NULL, "axis %d of the result would have %" PRId64 " elements", 2 + i,
                    dim[2 + i]);
            return false;
        }
    }
    return true;
}

void max_unpool_canon(Graph *g, Node *n)
{
    Ints shape;
    if (at_run_time(n, 2) && declared_shape(n, 0, &shape))
        settle(g, n, 2, shape, "a == b", NULL);
}

void max_unpool_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t dim[MAX_RANK];
    Ints shape;
    (void)g;
    if (!unpooled_dims(n, dim) || !input_ints(n, 2, "the output shape", &shape))
        return;
    if (shape.n && shape.n != x->rank)
        blocker(n, NULL, "the output shape has %d dims instead of %d", shape.n, x->rank);
    for (int i = 0; i < shape.n && i < x->rank; i++)
        if (shape.v[i] < 1)
            blocker(n, NULL, "dim %d of the output shape is %" PRId64, i, shape.v[i]);
    out_set(n, 0, x->dtype, x->rank, shape.n == x->rank ? shape.v : dim);
}

/* The indices count elements of the unpooled tensor; one of another shape has it in its first corner. */
void max_unpool_expand(Graph *g, Node *n)
{
    Value *x = n->in[0], *y = n->out[0], *in[2];
    int64_t dim[MAX_RANK], pads[2 * MAX_RANK] = {0}, count = value_count(x);
    unpooled_dims(n, dim);
    for (int i = 0; i < 2; i++)
        in[i] = reshape_now(g, n, n->in[i], 1, &count);
    Value *flat = value_new(g, text("%s/flat", n->name), x->dtype, 1,
                            (int64_t[]){dims_product(dim, 0, x->rank)});
    Value *zero = expand_now(g, n, value_scalar(g, "zero", x->dtype, 0), 1, flat->dim);
    scatter_to(g, n, zero, in[1], in[0], 0, flat);
    for (int i = 0; i < x->rank; i++)
        pads[x->rank + i] = y->dim[i] - dim[i];
    flat = reshape_to(g, n, flat, x->rank, dim, NULL);
    Value *by = value_ints(g, "pads", 2 * x->rank, pads);
    add_op(g, "Pad", n->name, 2, (Value *[]){flat, by}, y);
}

/* ---- Col2Im: columns of blocks added up to the image that they were taken from --------------------------------- */

/* The declared shape tells that of the image, but not of the blocks. */
void col2im_canon(Graph *g, Node *n)
{
    Ints shape;
    if (at_run_time(n, 1) && declared_shape(n, 0, &shape) && shape.n > 2)
        settle(g, n, 1, (Ints){shape.n - 2, shape.v + 2}, "a == b", NULL);
}

/* The image's shape, and the attributes' lists filled; false after a blocker. */
static bool image_read(Node *n, Ints *image)
{
    Ints block = {0};
    if (!input_ints(n, 1, "the image's shape", image))
        return false;
    for (int i = 0; i < image->n && at_run_time(n, 2); i++)
        PUSH(block.v, block.n, 1);
    if (!at_run_time(n, 2) && !input_ints(n, 2, "the block's shape", &block))
        return false;
    n->a.kernel_shape = block;
    if (image->n >= 1 && image->n + 2 <= MAX_RANK && value_count(n->in[2]) == image->n)
        return window_fill(n, image->n);
    blocker(n, NULL, "an image of %d dims and blocks of %s do not fit", image->n,
            dims_text(n->in[2]));
    return false;
}

/* Elements of the image along axis i at which blocks can start, from the first to the last. */
static int64_t room(const Node *n, const Ints *image, int i)
{
    return image->v[i] + n->a.pads.v[i] + n->a.pads.v[image->n + i] - window_extent(n, i);
}

static bool blocks_fit(const Node *n, const Ints *image)
{
    const Value *x = n->in[0];
    int64_t blocks = 1, size = 1;
    for (int i = 0; i < image->n; i++) {
        if (image->v[i] < 1 || image->v[i] > INT32_MAX || room(n, image, i) < 0) {
            blocker(n, NULL, "blocks do not fit axis %d of the image, of %" PRId64, i, image->v[i]);
            return false;
        }
        blocks = mul_size(blocks, room(n, image, i) / n->a.strides.v[i] + 1);
        size = mul_size(size, n->a.kernel_shape.v[i]);
    }
    bool fits = x->rank == 3 && x->dtype != DT_BOOL && size > 0 && x->dim[1] % size == 0;
    if (fits && (x->dim[2] == blocks || at_run_time(n, 2)))
        return true;
    blocker(n, NULL, "'%s' (%s %s) does not hold %" PRId64 " blocks of %" PRId64 " elements",
            x->name, dtype_name(x->dtype), dims_text(x), blocks, size);
    return false;
}

void col2im_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t dim[MAX_RANK];
    Ints image, shape;
    (void)g;
    if (!image_read(n, &image) || !blocks_fit(n, &image))
        return;
    dim[0] = x->dim[0];
    dim[1] = x->dim[1] / dims_product(n->a.kernel_shape.v, 0, image.n);
    if (at_run_time(n, 2)) {
        if (!declared_shape(n, 0, &shape) || shape.n != image.n + 2 || shape.v[1] < 1 ||
            x->dim[1] % shape.v[1])
            input_ints(n, 2, "the block's shape", &shape); /* refuses */
        else
            dim[1] = shape.v[1];
    }
    memcpy(dim + 2, image.v, (size_t)image.n * sizeof *dim);
    out_set(n, 0, x->dtype, image.n + 2, dim);
}

/* Where in the image each element of each block lies: [element of the block][block]. The place of an element outside
 * of the image, in its padding, is beyond its size. Reckoned in the graph, because blocks may be known at run time
 * only; otherwise it folds. */
static Value *image_places(Graph *g, Node *n, const Ints *image, int64_t elements)
{
    Value *k = positions(g, DT_INT64, 0, elements, 1), *size = value_scalar(g, "1", DT_INT64, 1);
    Value *l = positions(g, DT_INT64, 0, n->in[0]->dim[2], 0), *count = size;
    Value *at = value_scalar(g, "0", DT_INT64, 0);
    int64_t step = 1, most = dims_product(image->v, 0, image->n);
    for (int i = image->n - 1; i >= 0; i--) {
        int64_t stride = n->a.strides.v[i], dilation = n->a.dilations.v[i], pad = n->a.pads.v[i];
        int64_t padded = image->v[i] + pad + n->a.pads.v[image->n + i];
        const char *fits = text("(%" PRId64 " - (a - 1) * %" PRId64 ") / %" PRId64 " + 1",
                                padded - 1, dilation, stride);
        const char *place = text("mod(b, d) * %" PRId64 " + mod(a, c) * %" PRId64 " - %" PRId64,
                                 stride, dilation, pad);
        const char *add = text("b >= 0 && b < %" PRId64 " ? a + b * %" PRId64 " : a + %" PRId64,
                               image->v[i], step, most);
        Value *which = value_scalar(g, "axis", DT_INT64, i);
        Value *block = op_now(g, "Gather", n, 2, (Value *[]){n->in[2], which});
        Value *blocks = map_text(g, n->name, fits, 1, &block, NULL);
        Value *c = map_text(g, n->name, place, 4, (Value *[]){k, l, block, blocks}, NULL);
        at = map_text(g, n->name, add, 2, (Value *[]){at, c}, NULL);
        k = map_text(g, n->name, "a / b", 2, (Value *[]){k, block}, NULL);
        l = map_text(g, n->name, "a / b", 2, (Value *[]){l, blocks}, NULL);
        size = map_text(g, n->name, "a * b", 2, (Value *[]){size, block}, NULL);
        count = map_text(g, n->name, "a * b", 2, (Value *[]){count, blocks}, NULL);
        step *= image->v[i];
    }
    if (at_run_time(n, 2))
        require(g, n,
                map_text(g, n->name,
                         text("a == %" PRId64 " && b == %" PRId64, elements, n->in[0]->dim[2]), 2,
                         (Value *[]){size, count}, NULL),
                text("'%s' does not give the shape that is declared", n->in[2]->name));
    return at;
}

void col2im_expand(Graph *g, Node *n)
{
    Value *x = n->in[0], *y = n->out[0];
    Ints image;
    image_read(n, &image);
    int64_t images = y->dim[0] * y->dim[1], elements = x->dim[1] / y->dim[1];
    int64_t from[2] = {images, elements * x->dim[2]};
    int64_t to[2] = {images, dims_product(y->dim, 2, y->rank)};
    Value *place = image_places(g, n, &image, elements);
    place = expand_now(g, n, reshape_now(g, n, place, 1, from + 1), 2, from);
    Value *zero = expand_now(g, n, value_scalar(g, "zero", x->dtype, 0), 2, to);
    Value *sum = value_new(g, text("%s/sum", n->name), x->dtype, 2, to);
    scatter_to(g, n, zero, place, reshape_now(g, n, x, 2, from), 1, sum);
    sum->producer->a.reduction = "add";
    reshape_to(g, n, sum, y->rank, y->dim, y);
}
