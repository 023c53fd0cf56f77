/* SPDX-License-Identifier: MIT
 * constant.c - operators whose result is known while compiling, or refused: Constant,
 * ConstantOfShape, Range, and Shape and Size, since every dim is static. */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include "ops.h"

/* ---- Constant ---------------------------------------------------------------------------- */

/* Whichever attribute gives the value, as one tensor. */
static Value *constant_value(Graph *g, const Node *n)
{
    const Attrs *a = &n->a;
    if (a->has[A_value])
        return a->value;
    if (a->has[A_value_float])
        return value_scalar(g, n->name, DT_FLOAT, a->value_float);
    if (a->has[A_value_int])
        return value_const(g, n->name, DT_INT64, 0, NULL, mem_copy(&a->value_int, 8));
    if (a->has[A_value_floats])
        return value_const(g, n->name, DT_FLOAT, 1, &(int64_t){a->value_floats.n},
                           mem_copy(a->value_floats.v, (size_t)a->value_floats.n * 4));
    if (a->has[A_value_ints])
        return value_ints(g, n->name, a->value_ints.n, a->value_ints.v);
    if (a->has[A_value_strings])
        return value_strings(g, n, n->name, a->value_strings);
    if (a->has[A_value_string]) {
        Value *v = value_strings(g, n, n->name, (Strings){1, (const char **)&a->value_string});
        v->rank = 0;
        return v;
    }
    return NULL;
}

void constant_infer(Graph *g, Node *n)
{
    Value *v = constant_value(g, n);
    if (!v) {
        blocker(n, NULL, "it gives no value of a type that is supported");
        return;
    }
    n->a.value = v;
    n->a.has[A_value] = true;
    value_same_type(n->out[0], v);
}

bool constant_fold(Graph *g, Node *n)
{
    (void)g;
    n->out[0]->data = n->a.value->data;
    return true;
}

/* ---- ConstantOfShape --------------------------------------------------------------------- */

void constant_of_shape_canon(Graph *g, Node *n)
{
    Ints shape, least;
    if (at_run_time(n, 0) && declared_shape(n, 0, &shape))
        settle(g, n, 0, shape, "a == b", NULL);
    if (!at_run_time(n, 0) || !lengths_of(n->in[0], &least, &shape) || shape.n > MAX_RANK)
        return;
    for (int k = 0; k < shape.n; k++)
        if (least.v[k] != shape.v[k])
            n->out[0]->extent[k] = length_given(g, n, 0, k);
    n->in[0] = value_ints(g, "bounds", shape.n, shape.v);
}

void constant_of_shape_infer(Graph *g, Node *n)
{
    const Value *value = n->a.value;
    Ints shape;
    (void)g;
    if (!input_ints(n, 0, "the shape", &shape))
        return;
    for (int i = 0; i < shape.n; i++)
        if (shape.v[i] < 0) {
            blocker(n, NULL, "dim %d of the shape is %" PRId64, i, shape.v[i]);
            return;
        }
    if (value && value_count(value) != 1)
        blocker(n, NULL, "its value has %s elements instead of one", dims_text(value));
    else
        out_set(n, 0, value ? value->dtype : DT_FLOAT, shape.n, shape.v);
}

bool constant_of_shape_fold(Graph *g, Node *n)
{
    Value *out = n->out[0];
    int64_t count = value_count(out);
    size_t bytes = (size_t)dtype_bytes(out->dtype);
    char *data = mem((size_t)count * bytes);
    (void)g;
    for (int64_t i = 0; i < count && n->a.value; i++)
        memcpy(data + (size_t)i * bytes, n->a.value->data, bytes);
    out->data = data;
    return true;
}

/* ---- Shape, Size ------------------------------------------------------------------------- */

static int64_t axis_clamped(int64_t axis, int rank)
{
    axis = axis < 0 ? axis + rank : axis;
    return axis < 0 ? 0 : MIN(axis, rank);
}

/* Where the data decide a dim, the shape is put together of what there is. */
void shape_canon(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    if (!has_extent(x))
        return;
    Value *shape = shape_now(g, n, x);
    int64_t first = axis_clamped(n->a.start, x->rank);
    int64_t end = n->a.has[A_end] ? axis_clamped(n->a.end, x->rank) : x->rank;
    if (node_is(n, "Size")) {
        shape = op_now(g, "ReduceProd", n, 1, &shape);
        shape = op_now(g, "Reshape", n, 2, (Value *[]){shape, value_ints(g, "scalar", 0, NULL)});
    } else {
        Value *in[] = {shape, positions(g, DT_INT64, first, MAX(end - first, 0), 0)};
        shape = op_now(g, "Gather", n, 2, in);
    }
    node_replaced(g, n, shape);
}

void shape_infer(Graph *g, Node *n)
{
    int rank = n->in[0]->rank;
    int64_t end = n->a.has[A_end] ? axis_clamped(n->a.end, rank) : rank;
    int64_t dim = end - axis_clamped(n->a.start, rank);
    (void)g;
    out_set(n, 0, DT_INT64, 1, &(int64_t){MAX(dim, 0)});
}

bool shape_fold(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    const int64_t *first = x->dim + axis_clamped(n->a.start, x->rank), count = value_count(x);
    (void)g;
    n->out[0]->data = n->out[0]->rank == 0 ? mem_copy(&count, sizeof count)
                                           : mem_copy(first, (size_t)n->out[0]->dim[0] * 8);
    return true;
}

void size_infer(Graph *g, Node *n)
{
    (void)g;
    out_set(n, 0, DT_INT64, 0, NULL);
}

/* ---- Range ------------------------------------------------------------------------------- */

static int64_t steps_float(double start, double limit, double delta)
{
    double count = ceil((limit - start) / delta);
    return count > 0 ? (int64_t)fmin(count, 0x1p62) : 0;
}

/* The distance of two int64 may need 64 bits without a sign. */
static int64_t steps_int(int64_t start, int64_t limit, int64_t delta)
{
    if (delta > 0 ? limit <= start : limit >= start)
        return 0;
    uint64_t far =
        delta > 0 ? (uint64_t)limit - (uint64_t)start : (uint64_t)start - (uint64_t)limit;
    uint64_t step = delta > 0 ? (uint64_t)delta : 0 - (uint64_t)delta;
    return (int64_t)MIN((far - 1) / step, (uint64_t)INT64_MAX - 1) + 1;
}

static bool range_inputs(const Node *n)
{
    static const char *const what[] = {"the start", "the limit", "the step"};
    Ints unused;
    for (int i = 0; i < 3; i++) {
        if (!input_ints(n, i, what[i], &unused))
            return false;
        if (n->in[i]->dtype == n->in[0]->dtype && value_count(n->in[i]) == 1)
            continue;
        blocker(n, NULL, "%s '%s' is not one %s", what[i], n->in[i]->name,
                dtype_name(n->in[0]->dtype));
        return false;
    }
    return true;
}

/* The most elements there can be; -1 when nothing tells. */
static int64_t range_most(const Node *n)
{
    Ints least[2], most[2];
    double delta = value_is_const(n->in[2]) ? value_at(n->in[2], 0) : 0;
    for (int i = 0; i < 2; i++)
        if (!bounds_of(n->in[i], &least[i], &most[i]))
            return -1;
    if (delta == 0 || dtype_is_float(n->in[0]->dtype))
        return -1;
    int64_t count = delta > 0 ? steps_int(least[0].v[0], most[1].v[0], value_int_at(n->in[2], 0))
                              : steps_int(most[0].v[0], least[1].v[0], value_int_at(n->in[2], 0));
    return count > INT32_MAX ? -1 : count;
}

/* The numbers are those that range_fold gives. */
void range_canon(Graph *g, Node *n)
{
    Value *in[3];
    Ints shape;
    DType t = dtype_is_float(n->in[0]->dtype) ? DT_DOUBLE : DT_INT64;
    if (!at_run_time(n, 0) && !at_run_time(n, 1) && !at_run_time(n, 2))
        return;
    for (int i = 0; i < 3; i++) {
        if (n->in[i]->dtype != n->in[0]->dtype || value_count(n->in[i]) != 1)
            return;
        in[i] = reshape_now(g, n, convert_to(g, n, n->in[i], t, NULL), 0, NULL);
    }
    bool declared = declared_shape(n, 0, &shape) && shape.n == 1;
    int64_t most = declared ? shape.v[0] : range_most(n);
    if (most < 0)
        return;
    const char *length =
        t == DT_DOUBLE ? "max(ceil((b - a) / c), 0)"
                       : "max(c > 0 ? (b - a + c - 1) / c : c < 0 ? (a - b - c - 1) / -c : -1, 0)";
    Value *count = map_text(g, n->name, length, 3, in, NULL);
    /* What is bounded by what data can be goes beyond where the numbers it is made of wrap round. */
    const char *ok = declared ? "a == %" PRId64 " && b != 0" : "a <= %" PRId64;
    require(g, n,
            map_text(g, n->name, text(ok, most), 1 + declared, (Value *[]){count, in[2]}, NULL),
            declared ? "the range does not have the length that is declared"
                     : "the range is longer than its bound");
    in[1] = positions(g, t, 0, most, 0);
    Value *y = map_text(g, n->name, "a + b * c", 3, in, NULL);
    y = convert_to(g, n, y, n->in[0]->dtype, NULL);
    n->out[0]->extent[0] = declared ? NULL : count;
    node_replaced(g, n, y);
}

void range_infer(Graph *g, Node *n)
{
    Value **in = n->in;
    (void)g;
    if (!range_inputs(n))
        return;
    double delta = value_at(in[2], 0);
    if (!(delta < 0 || delta > 0)) {
        blocker(n, NULL, "the step '%s' is %g", in[2]->name, delta);
        return;
    }
    int64_t count =
        dtype_is_float(in[0]->dtype)
            ? steps_float(value_at(in[0], 0), value_at(in[1], 0), delta)
            : steps_int(value_int_at(in[0], 0), value_int_at(in[1], 0), value_int_at(in[2], 0));
    out_set(n, 0, in[0]->dtype, 1, &count);
}

bool range_fold(Graph *g, Node *n)
{
    Value *out = n->out[0];
    double start = value_at(n->in[0], 0), delta = value_at(n->in[2], 0);
    uint64_t first = (uint64_t)value_int_at(n->in[0], 0),
             step = (uint64_t)value_int_at(n->in[2], 0);
    void *data = mem((size_t)value_bytes(out));
    (void)g;
    for (int64_t i = 0; i < out->dim[0]; i++)
        data_put(data, out->dtype, i, start + (double)i * delta,
                 (int64_t)(first + (uint64_t)i * step));
    out->data = data;
    return true;
}
