/* SPDX-License-Identifier: MIT
 * infer.c - tests of shapes, strides and folding on graphs made by hand. Most rows are read as:
 * operator, inputs, expected output, where a tensor is written "dims: elements". */
#include <check.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "dnncc.h"

static Graph *g;

static void setup(void)
{
    g = graph_new(NULL);
}

/* "2x3" to dims; "" is a scalar. */
static int parse_dims(const char *s, int64_t *dim)
{
    int rank = 0;
    while (*s && *s != ':') {
        char *end;
        dim[rank++] = strtoll(s, &end, 10);
        s = *end == 'x' ? end + 1 : end;
    }
    return rank;
}

/* "2x2: 1 2 3 4" is a constant, "2x2" a graph input, NULL an absent input. */
static Value *tensor(DType t, const char *s)
{
    int64_t dim[MAX_RANK];
    if (!s)
        return NULL;
    Value *v = value_new(g, s, t, parse_dims(s, dim), dim);
    const char *p = strchr(s, ':');
    if (!p) {
        PUSH(g->in, g->nin, v);
        return v;
    }
    void *data = mem((size_t)value_bytes(v));
    for (int64_t i = 0; i < value_count(v); i++) {
        char *end;
        double x = strtod(p + 1, &end);
        data_put(data, t, i, x, strtoll(p + 1, NULL, 10));
        p = end - 1;
        if (*end == ' ')
            p = end;
    }
    v->data = data;
    return v;
}

static Value *floats(const char *s)
{
    return tensor(DT_FLOAT, s);
}

static Value *ints(const char *s)
{
    return tensor(DT_INT64, s);
}

static Node *add(const char *op, int nin, Value **in)
{
    Value *out = value_new(g, op, DT_NONE, -1, NULL);
    return graph_add(g, node_new(g, op, op, nin, in, 1, &out));
}

static Value *run(Value *out)
{
    Compiler c = {.graph = g};
    PUSH(g->out, g->nout, out);
    infer(&c);
    return out;
}

static Value *run1(const char *op, int nin, Value **in)
{
    return run(add(op, nin, in)->out[0]);
}

/* The text that tensor() reads; without elements when not constant. */
static const char *shown(const Value *v)
{
    char *s = text("%s", v->rank > 0 ? dims_text(v) : v->rank == 0 ? "" : "?");
    if (!v->data)
        return s;
    s = text("%s:", s);
    for (int64_t i = 0; i < value_count(v); i++)
        s = text("%s %.6g", s, value_at(v, i));
    return s;
}

#define EXPECT(v, want) ck_assert_str_eq(shown(v), want)

/* ---- strides --------------------------------------------------------------------------------- */

static const struct {
    const char *from, *strides, *to, *want; /* want NULL: needs a copy */
} reshapes[] = {
    {"2x3x4", "12x4x1", "6x4", "4x1"},
    {"2x3x4", "12x4x1", "24", "1"},
    {"24", "1", "2x3x4", "12x4x1"},
    {"2x3x4", "12x4x1", "2x1x12", "12x12x1"},
    {"4x6", "1x4", "24", NULL},        /* transposed */
    {"4x6", "1x4", "4x2x3", "1x12x4"}, /* transposed, cut along one axis */
    {"4x6", "1x4", "2x2x6", "2x1x4"},
    {"4x6", "12x1", "24", NULL},        /* rows with gaps */
    {"4x6", "12x2", "4x3x2", "12x4x2"}, /* every other element */
    {"1x6x1", "99x2x77", "6", "2"},     /* strides of dims of 1 mean nothing */
    {"5x6", "0x1", "5x2x3", "0x3x1"},   /* broadcast */
    {"5x6", "0x1", "30", NULL},
    {"6", "0", "2x3", "0x0"},
    {"6", "-1", "2x3", "-3x-1"}, /* backwards */
    {"2x3", "3x1", "3x2", "2x1"},
    {"2x6", "6x1", "3x4", "4x1"},
    {"2x6", "8x1", "3x4", NULL},
    {"0x3", "3x1", "3x0", "1x1"},
    {"1", "1", "", ""},
};

START_TEST(test_view_reshape)
{
    int64_t dim[MAX_RANK], stride[MAX_RANK], want[MAX_RANK];
    Value from = {.rank = parse_dims(reshapes[_i].from, from.dim)};
    parse_dims(reshapes[_i].strides, from.stride);
    int rank = parse_dims(reshapes[_i].to, dim);
    bool ok = view_reshape(&from, rank, dim, stride);
    ck_assert_int_eq(ok, reshapes[_i].want != NULL);
    if (!ok)
        return;
    parse_dims(reshapes[_i].want, want);
    for (int i = 0; i < rank; i++)
        if (dim[i] != 1)
            ck_assert_int_eq(stride[i], want[i]);
}
END_TEST

START_TEST(test_layouts)
{
    Value v = {.rank = 4, .dim = {2, 3, 4, 5}};
    int64_t stride[MAX_RANK];
    stride_channels_last(&v, stride);
    value_own(&v, stride);
    ck_assert_int_eq(stride[0], 60);
    ck_assert_int_eq(stride[1], 1);
    ck_assert_int_eq(stride[2], 15);
    ck_assert_int_eq(stride[3], 3);
    ck_assert_int_eq(v.size, 120);
    ck_assert(value_is_dense(&v) && !value_is_plain(&v));
    stride_plain(&v, stride);
    value_own(&v, stride);
    ck_assert(value_is_dense(&v) && value_is_plain(&v));
    v.stride[0] = 100;
    ck_assert(!value_is_dense(&v) && !value_is_plain(&v));
}
END_TEST

START_TEST(test_loops)
{
    Value out = {.rank = 4, .dim = {2, 3, 4, 5}}, row = {.rank = 1, .dim = {5}};
    Value channel = {.rank = 3, .dim = {3, 1, 1}};
    Value *all[] = {&row, &channel};
    int64_t stride[MAX_RANK];
    stride_plain(&out, stride);
    value_own(&out, stride);
    value_own(&row, (int64_t[]){1});
    value_own(&channel, (int64_t[]){1, 1, 1});
    Loops l = loops_of(&out, 0, NULL);
    ck_assert_int_eq(l.n, 1);
    ck_assert_int_eq(l.dim[0], 120);
    l = loops_of(&out, 1, all); /* 24 rows of 5 */
    ck_assert_int_eq(l.n, 2);
    ck_assert_int_eq(l.dim[0], 24);
    ck_assert_int_eq(l.stride[0][0], 0);
    ck_assert_int_eq(l.stride[0][1], 1);
    ck_assert_int_eq(l.stride[1][0], 5);
    stride_channels_last(&out, stride);
    value_own(&out, stride);
    l = loops_of(&out, 1, all + 1); /* 40 pixels of 3 channels */
    ck_assert_int_eq(l.n, 2);
    ck_assert_int_eq(l.dim[0], 40);
    ck_assert_int_eq(l.dim[1], 3);
    ck_assert_int_eq(l.stride[0][1], 1);
}
END_TEST

/* ---- shapes ---------------------------------------------------------------------------------- */

static const struct {
    const char *from, *shape;
    int allowzero;
    const char *want; /* "?": refused */
} shapes[] = {
    {"2x3x4", "2: 6 4", 0, "6x4"},
    {"2x3x4", "2: 0 -1", 0, "2x12"},
    {"2x3x4", "3: -1 0 2", 0, "4x3x2"},
    {"2x3x4", "0:", 0, "?"},
    {"1x1", "0:", 0, ""},
    {"2x3x4", "2: -1 -1", 0, "?"},
    {"2x3x4", "2: 5 -1", 0, "?"},
    {"2x3x4", "2: -2 12", 0, "?"},
    {"2x3x4", "4: 2 3 4 0", 0, "?"},
    {"2x3x4", "2: 0 24", 1, "?"},
    {"0x3", "2: 3 0", 1, "3x0:"},
    {"0x3", "2: 0 3", 0, "0x3:"},
    {"0x3", "2: -1 3", 0, "0x3:"},
    {"0x3", "2: 0 -1", 0, "?"},
    {"2x3", "2: 9223372036854775807 2", 0, "?"},
    {"2x3", "9: 1 1 1 1 1 1 1 1 6", 0, "?"},
};

START_TEST(test_reshape)
{
    Node *n = add("Reshape", 2, (Value *[]){floats(shapes[_i].from), ints(shapes[_i].shape)});
    n->a.allowzero = shapes[_i].allowzero;
    EXPECT(run(n->out[0]), shapes[_i].want);
    ck_assert_int_eq(blockers_count(), *shapes[_i].want == '?');
}
END_TEST

static const struct {
    const char *op, *a, *b, *want;
} rows[] = {
    {"Squeeze", "1x3x1", NULL, "3"},
    {"Squeeze", "1x3x1", "1: -1", "1x3"},
    {"Squeeze", "1x3x1", "1: 1", "?"},
    {"Squeeze", "1x3x1", "2: 0 -3", "?"},
    {"Unsqueeze", "3x4", "2: 0 -1", "1x3x4x1"},
    {"Unsqueeze", "", "1: 0", "1"},
    {"Unsqueeze", "3x4", "2: 1 1", "?"},
    {"Unsqueeze", "3x4", "1: 3", "?"},
    {"Expand", "3x1", "3: 2 1 4", "2x3x4"},
    {"Expand", "3x1", "1: 1", "3x1"},
    {"Expand", "3x1", "2: 2 4", "?"},
    {"Expand", "3x1", "2: 3 -1", "?"},
    {"Expand", "3x1", "2: 3 0", "3x0:"},
    {"Tile", "2x3", "2: 2 1", "4x3"},
    {"Tile", "2x3", "1: 2", "?"},
    {"Tile", "2x3", "2: 2 -1", "?"},
    {"Tile", "2x3", "2: 4294967296 4294967296", "?"},
    {"Tile", "2x3", "2: 0 1", "0x3:"},
    {"Pad", "2x3", "4: 1 0 0 2", "3x5"},
    {"Pad", "2x3", "4: -1 0 0 -1", "1x2"},
    {"Pad", "2x3", "4: -3 0 0 0", "?"},
    {"Pad", "2x3", "4: 9223372036854775807 0 1 0", "?"},
    {"Pad", "2x3", "3: 1 1 1", "?"},
    {"Pad", "2x3", "4: 0 0 0 0", "2x3"},
    {"Gather", "5x3", "2: 4 -5", "2x3"},
    {"Gather", "5x3", "2x2: 0 1 2 4", "2x2x3"},
    {"Gather", "5x3", ": 2", "3"},
    {"Gather", "5x3", "1: 5", "?"},
    {"Gather", "5x3", "0:", "0x3:"},
};

START_TEST(test_rows)
{
    Value *in[2] = {floats(rows[_i].a), ints(rows[_i].b)};
    EXPECT(run1(rows[_i].op, 2, in), rows[_i].want);
    ck_assert_int_eq(blockers_count(), *rows[_i].want == '?');
}
END_TEST

START_TEST(test_broadcast)
{
    EXPECT(run1("Add", 2, (Value *[]){floats("2x1x4"), floats("3x1")}), "2x3x4");
    EXPECT(run1("Add", 2, (Value *[]){floats("2x1x4"), floats("0x1")}), "2x0x4:");
    EXPECT(run1("Add", 2, (Value *[]){floats(""), floats("")}), "");
    ck_assert_int_eq(blockers_count(), 0);
    EXPECT(run1("Add", 2, (Value *[]){floats("2x3"), floats("4")}), "?");
    ck_assert_int_eq(blockers_count(), 1);
}
END_TEST

START_TEST(test_flatten)
{
    static const char *const want[] = {"24x1", "?", "1x24", "2x12", "6x4", "24x1", "?"};
    static const int axis[] = {3, 4, 0, 1, -1, 3, -4};
    for (size_t i = 0; i < COUNT(axis); i++) {
        setup();
        Node *n = add("Flatten", 1, (Value *[]){floats("2x3x4")});
        n->a.axis = axis[i];
        EXPECT(run(n->out[0]), want[i]);
    }
}
END_TEST

START_TEST(test_limits)
{
    Value *big = floats("65536x65536");
    run1("Relu", 1, &big);
    ck_assert_int_eq(blockers_count(), 1);
    setup();
    Value *x = floats("65536x1");
    EXPECT(run1("Add", 2, (Value *[]){x, floats("1x65536")}), "?");
    ck_assert_int_eq(blockers_count(), 2);
}
END_TEST

/* One cause, one message: nodes behind a refused one say nothing. */
START_TEST(test_one_message)
{
    Value *bad = add("Reshape", 2, (Value *[]){floats("4"), ints("1: 3")})->out[0];
    Value *next = add("Relu", 1, &bad)->out[0];
    EXPECT(run1("Add", 2, (Value *[]){next, bad}), "?");
    ck_assert_int_eq(blockers_count(), 1);
}
END_TEST

START_TEST(test_run_time_shape)
{
    EXPECT(run1("Reshape", 2, (Value *[]){floats("4"), ints("2")}), "?");
    ck_assert_int_eq(blockers_count(), 1);
    EXPECT(run1("Range", 3, (Value *[]){ints(": 0"), ints(""), ints(": 1")}), "?");
    ck_assert_int_eq(blockers_count(), 2);
}
END_TEST

/* ---- folding --------------------------------------------------------------------------------- */

static const struct {
    const char *starts, *ends, *steps, *want; /* of 0 1 2 3 4 */
} slices[] = {
    {"1: 1", "1: 3", NULL, "2: 1 2"},
    {"1: -2", "1: 9223372036854775807", NULL, "2: 3 4"},
    {"1: 0", "1: -1", "1: 2", "2: 0 2"},
    {"1: 4", "1: -9223372036854775808", "1: -1", "5: 4 3 2 1 0"},
    {"1: -1", "1: -6", "1: -2", "3: 4 2 0"},
    {"1: 9223372036854775807", "1: 0", "1: -1", "4: 4 3 2 1"},
    {"1: -9223372036854775808", "1: 9223372036854775807", "1: 9223372036854775807", "1: 0"},
    {"1: 3", "1: 0", "1: -9223372036854775808", "1: 3"},
    {"1: 3", "1: 1", NULL, "0:"},
    {"1: 7", "1: 9", NULL, "0:"},
    {"0:", "0:", NULL, "5: 0 1 2 3 4"},
    {"1: 0", "1: 5", "1: 0", "?"},
    {"2: 0 0", "1: 5", NULL, "?"},
};

START_TEST(test_slice)
{
    Value *in[5] = {floats("5: 0 1 2 3 4"), ints(slices[_i].starts), ints(slices[_i].ends), NULL,
                    ints(slices[_i].steps)};
    EXPECT(run1("Slice", 5, in), slices[_i].want);
}
END_TEST

START_TEST(test_slice_axes)
{
    Value *in[5] = {floats("2x3: 1 2 3 4 5 6"), ints("1: 2"), ints("1: 0"), ints("1: -1"),
                    ints("1: -1")};
    EXPECT(run1("Slice", 5, in), "2x2: 3 2 6 5");
    Node *old = add("Slice", 1, in);
    old->opset = 9;
    old->a.starts = (Ints){1, (int64_t[]){1}};
    old->a.ends = (Ints){1, (int64_t[]){2}};
    old->a.has[A_starts] = old->a.has[A_ends] = true;
    EXPECT(run(old->out[0]), "1x3: 4 5 6");
}
END_TEST

START_TEST(test_transpose)
{
    Value *x = floats("2x3: 1 2 3 4 5 6"), *y = floats("2x1x3: 1 2 3 4 5 6");
    EXPECT(run1("Transpose", 1, &x), "3x2: 1 4 2 5 3 6");
    Node *n = add("Transpose", 1, &y);
    n->a.has[A_perm] = true;
    n->a.perm = (Ints){3, (int64_t[]){1, 2, 0}};
    EXPECT(run(n->out[0]), "1x3x2: 1 4 2 5 3 6");
    n = add("Transpose", 1, &y);
    n->a.has[A_perm] = true;
    n->a.perm = (Ints){3, (int64_t[]){1, 1, 0}};
    EXPECT(run(n->out[0]), "?");
}
END_TEST

/* What exporters write for x.view(x.shape[0], -1): all of it vanishes but the Reshape. */
START_TEST(test_shape_chain)
{
    Value *x = floats("2x3x4");
    Value *shape = add("Shape", 1, &x)->out[0];
    Value *first = add("Gather", 2, (Value *[]){shape, ints(": 0")})->out[0];
    Value *row = add("Unsqueeze", 2, (Value *[]){first, ints("1: 0")})->out[0];
    Node *both = add("Concat", 2, (Value *[]){row, ints("1: -1")});
    both->a.axis = 0;
    EXPECT(run1("Reshape", 2, (Value *[]){x, both->out[0]}), "2x12");
    ck_assert_int_eq(g->nnode, 1);
    EXPECT(both->out[0], "2: 2 -1");
}
END_TEST

START_TEST(test_shape_ends)
{
    static const int64_t start[] = {0, 1, -1, -9, 2}, end[] = {2, -1, 9, 1, 1};
    static const char *const want[] = {"2: 2 3", "1: 3", "1: 4", "1: 2", "0:"};
    for (size_t i = 0; i < COUNT(start); i++) {
        setup();
        Node *n = add("Shape", 1, (Value *[]){floats("2x3x4")});
        n->a.start = start[i];
        n->a.end = end[i];
        n->a.has[A_end] = true;
        EXPECT(run(n->out[0]), want[i]);
    }
    EXPECT(run1("Size", 1, (Value *[]){floats("2x3x4")}), ": 24");
}
END_TEST

static const struct {
    DType t;
    const char *start, *limit, *delta, *want;
} ranges[] = {
    {DT_INT64, ": 3", ": 9", ": 3", "2: 3 6"},
    {DT_INT64, ": 10", ": 4", ": -2", "3: 10 8 6"},
    {DT_INT32, ": 1", ": 1", ": 1", "0:"},
    {DT_FLOAT, ": 0", ": 1", ": 0.3", "4: 0 0.3 0.6 0.9"},
    {DT_INT64, ": 0", ": 9", ": 0", "?"},
    {DT_FLOAT, ": 0", ": inf", ": 1", "?"},
    {DT_FLOAT, ": nan", ": 2", ": 1", "0:"},
    {DT_INT64, ": -9223372036854775808", ": 9223372036854775807", ": 1", "?"},
    {DT_INT64, ": -9223372036854775808", ": 9223372036854775807", ": 9223372036854775807",
     "3: -9.22337e+18 -1 9.22337e+18"},
};

START_TEST(test_range)
{
    DType t = ranges[_i].t;
    Value *in[3] = {tensor(t, ranges[_i].start), tensor(t, ranges[_i].limit),
                    tensor(t, ranges[_i].delta)};
    EXPECT(run1("Range", 3, in), ranges[_i].want);
}
END_TEST

START_TEST(test_constant_of_shape)
{
    Value *shape = ints("2: 2 2"), *empty = ints("1: 0"), *bad = ints("1: -1");
    EXPECT(run1("ConstantOfShape", 1, &shape), "2x2: 0 0 0 0");
    Node *n = add("ConstantOfShape", 1, &empty);
    n->a.value = ints("1: 7");
    n->a.has[A_value] = true;
    EXPECT(run(n->out[0]), "0:");
    ck_assert_int_eq(n->out[0]->dtype, DT_INT64);
    EXPECT(run1("ConstantOfShape", 1, &bad), "?");
}
END_TEST

START_TEST(test_elementwise)
{
    Value *is = add("Equal", 2, (Value *[]){ints("3: 4 -1 2"), ints("1: -1")})->out[0];
    EXPECT(run1("Where", 3, (Value *[]){is, ints(": 1"), ints("3: 4 -1 2")}), "3: 4 1 2");
    EXPECT(run1("Mul", 2, (Value *[]){ints("2x1: 2 3"), ints("2: 10 100")}), "2x2: 20 200 30 300");
    EXPECT(run1("Div", 2, (Value *[]){ints("2: 7 -7"), ints(": 2")}), "2: 3 -3");
    EXPECT(run1("Pow", 2, (Value *[]){ints("3: 0 2 9"), floats("3: 0.5 1.9 0.5")}), "3: 0 3 3");
    Node *shrink = add("Shrink", 1, (Value *[]){ints("4: -3 -1 1 3")});
    shrink->a.lambd = shrink->a.bias = 1.5f;
    EXPECT(run(shrink->out[0]), "4: -1 0 0 1");
    ck_assert_int_eq(g->nnode, 0);
}
END_TEST

static const struct {
    const char *mode, *x, *pads, *value, *want;
} pads[] = {
    {"constant", "4: 0 1 2 3", "2: 2 1", ": 9", "7: 9 9 0 1 2 3 9"},
    {"constant", "4: 0 1 2 3", "2: 2 1", NULL, "7: 0 0 0 1 2 3 0"},
    {"constant", "4: 0 1 2 3", "2: -1 1", ": 9", "4: 1 2 3 9"},
    {"constant", "4: 0 1 2 3", "2: -5 4", ": 9", "3: 9 9 9"},
    {"constant", "0:", "2: 1 1", ": 9", "2: 9 9"},
    {"edge", "4: 0 1 2 3", "2: 2 1", NULL, "7: 0 0 0 1 2 3 3"},
    {"edge", "4: 0 1 2 3", "2: -1 2", NULL, "5: 1 2 3 3 3"},
    {"edge", "0:", "2: 1 1", NULL, "?"},
    {"reflect", "4: 0 1 2 3", "2: 2 1", NULL, "7: 2 1 0 1 2 3 2"},
    {"reflect", "3: 0 1 2", "2: 5 4", NULL, "12: 1 0 1 2 1 0 1 2 1 0 1 2"},
    {"reflect", "1: 5", "2: 1 1", NULL, "3: 5 5 5"},
    {"reflect", "4: 0 1 2 3", "2: 2 -1", NULL, "5: 2 1 0 1 2"},
    {"wrap", "4: 0 1 2 3", "2: 2 1", NULL, "7: 2 3 0 1 2 3 0"},
    {"wrap", "3: 0 1 2", "2: 4 0", NULL, "7: 2 0 1 2 0 1 2"},
    {"mirror", "3: 0 1 2", "2: 1 0", NULL, "?"},
    {"constant", "2x2: 1 2 3 4", "4: 1 0 0 1", NULL, "3x3: 0 0 0 1 2 0 3 4 0"},
};

START_TEST(test_pad)
{
    Node *n =
        add("Pad", 3, (Value *[]){floats(pads[_i].x), ints(pads[_i].pads), floats(pads[_i].value)});
    n->a.mode = pads[_i].mode;
    EXPECT(run(n->out[0]), pads[_i].want);
}
END_TEST

START_TEST(test_pad_axes)
{
    Value *in[] = {floats("2x2: 1 2 3 4"), ints("2: 1 1"), NULL, ints("1: -1")};
    EXPECT(run1("Pad", 4, in), "2x4: 0 1 2 0 0 3 4 0");
    Node *old = add("Pad", 1, in);
    old->opset = 2;
    old->a.pads = (Ints){4, (int64_t[]){0, 1, 0, 0}};
    old->a.value = floats(": 7");
    old->a.has[A_pads] = old->a.has[A_value] = true;
    EXPECT(run(old->out[0]), "2x3: 7 1 2 7 3 4");
}
END_TEST

START_TEST(test_gather)
{
    Value *x = floats("3x2: 1 2 3 4 5 6"), *in[] = {x, ints("2: -1 0")};
    EXPECT(run1("Gather", 2, in), "2x2: 5 6 1 2");
    Node *n = add("Gather", 2, (Value *[]){x, ints("1x1: 1")});
    n->a.axis = -1;
    EXPECT(run(n->out[0]), "3x1x1: 2 4 6");
}
END_TEST

/* Evenly spaced indices need no look-up. */
START_TEST(test_gather_view)
{
    EXPECT(run1("Gather", 2, (Value *[]){floats("4x3"), ints("2: -1 1")}), "2x3");
    for (int i = 0; i < g->nnode; i++)
        ck_assert(g->node[i]->op->cls == OP_VIEW);
    EXPECT(run1("Gather", 2, (Value *[]){floats("4x3"), ints("3: 0 1 3")}), "3x3");
    ck_assert(node_is(g->node[g->nnode - 1], "Gather"));
}
END_TEST

START_TEST(test_concat)
{
    Value *in[] = {floats("2x1: 1 2"), floats("2x0:"), floats("2x2: 3 4 5 6")};
    EXPECT(run1("Concat", 3, in), "2x3: 1 3 4 2 5 6");
    EXPECT(run1("Concat", 2, (Value *[]){floats("0:"), floats("0:")}), "0:");
    EXPECT(run1("Concat", 2, (Value *[]){floats("2x1: 1 2"), floats("1x2: 1 2")}), "?");
}
END_TEST

START_TEST(test_split)
{
    Value *x = floats("5: 1 2 3 4 5"), *out[3];
    for (int i = 0; i < 3; i++)
        out[i] = value_new(g, "part", DT_NONE, -1, NULL);
    Node *n = graph_add(g, node_new(g, "Split", "split", 1, &x, 3, out));
    n->a.num_outputs = 3;
    n->a.has[A_num_outputs] = true;
    run(out[0]);
    EXPECT(out[0], "2: 1 2");
    EXPECT(out[1], "2: 3 4");
    EXPECT(out[2], "1: 5");
    Node *old = graph_add(g, node_new(g, "Split", "split", 1, &x, 3, out));
    old->a.split = (Ints){3, (int64_t[]){3, 0, 2}};
    old->a.has[A_split] = true;
    run(out[0]);
    EXPECT(out[0], "3: 1 2 3");
    EXPECT(out[1], "0:");
    EXPECT(out[2], "2: 4 5");
}
END_TEST

START_TEST(test_tile)
{
    EXPECT(run1("Tile", 2, (Value *[]){floats("2x2: 1 2 3 4"), ints("2: 2 2")}),
           "4x4: 1 2 1 2 3 4 3 4 1 2 1 2 3 4 3 4");
    EXPECT(run1("Tile", 2, (Value *[]){floats("2x2: 1 2 3 4"), ints("2: 1 2")}),
           "2x4: 1 2 1 2 3 4 3 4");
    Value *many = floats("1x1x1x1x2: 1 2"), *times = ints("5: 2 1 2 1 2");
    EXPECT(run1("Tile", 2, (Value *[]){many, times}), "2x1x2x1x4: 1 2 1 2 1 2 1 2 1 2 1 2 1 2 1 2");
    many = floats("1x1x1x1x1x1x1x1: 3"), times = ints("8: 1 1 2 1 1 2 1 2");
    EXPECT(run1("Tile", 2, (Value *[]){many, times}), "1x1x2x1x1x2x1x2: 3 3 3 3 3 3 3 3");
}
END_TEST

START_TEST(test_blocks)
{
    Value *x = floats("1x4x1x2: 0 1 2 3 4 5 6 7");
    Node *n = add("DepthToSpace", 1, &x);
    n->a.blocksize = 2;
    Value *y = run(n->out[0]);
    EXPECT(y, "1x1x2x4: 0 2 1 3 4 6 5 7");
    n = add("SpaceToDepth", 1, &y);
    n->a.blocksize = 2;
    EXPECT(run(n->out[0]), "1x4x1x2: 0 1 2 3 4 5 6 7");
}
END_TEST

START_TEST(test_one_hot)
{
    Value *in[] = {ints("3: 2 -3 5"), ints(": 3"), floats("2: 7 9")};
    EXPECT(run1("OneHot", 3, in), "3x3: 7 7 9 9 7 7 7 7 7");
    Node *n = add("OneHot", 3, in);
    n->a.axis = 0;
    EXPECT(run(n->out[0]), "3x3: 7 9 7 7 7 7 9 7 7");
}
END_TEST

START_TEST(test_trilu)
{
    Value *in[] = {floats("2x3: 1 2 3 4 5 6"), ints("1: 1")};
    EXPECT(run1("Trilu", 2, in), "2x3: 0 2 3 0 0 6");
    Node *n = add("Trilu", 1, in);
    n->a.upper = 0;
    EXPECT(run(n->out[0]), "2x3: 1 0 0 4 5 0");
}
END_TEST

START_TEST(test_dropout)
{
    Value *x = floats("2"), *out[2];
    for (int i = 0; i < 2; i++)
        out[i] = value_new(g, "out", DT_NONE, -1, NULL);
    graph_add(g, node_new(g, "Dropout", "drop", 1, &x, 2, out));
    PUSH(g->out, g->nout, out[1]);
    run(out[0]);
    EXPECT(out[0], "2");
    EXPECT(out[1], "2: 1 1");
    ck_assert_int_eq(out[1]->dtype, DT_BOOL);
}
END_TEST

/* ---- If -------------------------------------------------------------------------------------- */

static Graph *branch(const char *op, Value *x)
{
    Graph *outer = g, *b = graph_new(outer);
    g = b;
    PUSH(b->out, b->nout, add(op, 1, &x)->out[0]);
    g = outer;
    return b;
}

static Value *add_if(Value *cond, const char *a, Value *x, const char *b, Value *y)
{
    Node *n = add("If", 1, &cond);
    n->body[0] = branch(a, x);
    n->body[1] = branch(b, y);
    return n->out[0];
}

START_TEST(test_if_constant)
{
    Value *x = floats("2x3"), *no = tensor(DT_BOOL, ": 0");
    EXPECT(run(add_if(no, "Neg", x, "Transpose", x)), "3x2");
    ck_assert_int_eq(blockers_count(), 0);
    for (int i = 0; i < g->nnode; i++)
        ck_assert(g->node[i]->op->cls == OP_VIEW);
    for (int i = 0; i < g->nvalue; i++)
        ck_assert_int_eq(g->value[i]->id, i);
}
END_TEST

START_TEST(test_if_run_time)
{
    Value *x = floats("2x3"), *y = floats("3"), *cond = tensor(DT_BOOL, "");
    EXPECT(run(add_if(cond, "Neg", x, "Abs", x)), "2x3");
    ck_assert_int_eq(g->nnode, 1);
    EXPECT(run(add_if(cond, "Neg", x, "Abs", y)), "?");
    ck_assert_int_eq(blockers_count(), 1);
}
END_TEST

Suite *infer_suite(void)
{
    Suite *s = suite_create("infer");
    TCase *t = tcase_create("infer");
    tcase_add_checked_fixture(t, setup, NULL);
    tcase_add_loop_test(t, test_view_reshape, 0, (int)COUNT(reshapes));
    tcase_add_test(t, test_layouts);
    tcase_add_test(t, test_loops);
    tcase_add_loop_test(t, test_reshape, 0, (int)COUNT(shapes));
    tcase_add_loop_test(t, test_rows, 0, (int)COUNT(rows));
    tcase_add_test(t, test_broadcast);
    tcase_add_test(t, test_flatten);
    tcase_add_test(t, test_limits);
    tcase_add_test(t, test_one_message);
    tcase_add_test(t, test_run_time_shape);
    tcase_add_loop_test(t, test_slice, 0, (int)COUNT(slices));
    tcase_add_test(t, test_slice_axes);
    tcase_add_test(t, test_transpose);
    tcase_add_test(t, test_shape_chain);
    tcase_add_test(t, test_shape_ends);
    tcase_add_loop_test(t, test_range, 0, (int)COUNT(ranges));
    tcase_add_test(t, test_constant_of_shape);
    tcase_add_test(t, test_elementwise);
    tcase_add_loop_test(t, test_pad, 0, (int)COUNT(pads));
    tcase_add_test(t, test_pad_axes);
    tcase_add_test(t, test_gather);
    tcase_add_test(t, test_gather_view);
    tcase_add_test(t, test_concat);
    tcase_add_test(t, test_split);
    tcase_add_test(t, test_tile);
    tcase_add_test(t, test_blocks);
    tcase_add_test(t, test_one_hot);
    tcase_add_test(t, test_trilu);
    tcase_add_test(t, test_dropout);
    tcase_add_test(t, test_if_constant);
    tcase_add_test(t, test_if_run_time);
    suite_add_tcase(s, t);
    return s;
}
