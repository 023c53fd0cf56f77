/* SPDX-License-Identifier: MIT
 * nn.c - what convolution, pooling, normalisation and resizing infer: shapes, the pads that
 * auto_pad stands for, the tables of Resize, MACs; and what is refused, with one message each. */
#include <check.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "dnncc.h"
#include "ops/ops.h"

static Graph *g;

static void setup(void)
{
    g = graph_new(NULL);
}

/* "1 2 3", or "1x2x3", as numbers; NULL has none. */
static Ints list(const char *s)
{
    Ints a = {0};
    while (s && *s) {
        char *end;
        PUSH(a.v, a.n, strtoll(s, &end, 10));
        s = *end ? end + 1 : end;
    }
    return a;
}

static const char *list_text(Ints a)
{
    const char *s = "";
    for (int i = 0; i < a.n; i++)
        s = text("%s%s%" PRId64, s, i ? " " : "", a.v[i]);
    return s;
}

static Value *tensor(DType t, const char *dims)
{
    Ints d = list(dims);
    return dims ? value_new(g, dims, t, d.n, d.v) : NULL;
}

static Node *node(const char *op, int nin, Value **in, int nout)
{
    Value *out[3];
    for (int i = 0; i < nout; i++)
        out[i] = value_new(g, "y", DT_NONE, -1, NULL);
    return node_new(g, op, "n", nin, in, nout, out);
}

/* The shape of the output, "?" when the node was refused. */
static const char *shape(Node *n)
{
    infer_node(g, n);
    return dims_text(n->out[0]);
}

/* ---- the window ------------------------------------------------------------------------------ */

static const struct {
    const char *x, *w, *kernel, *strides, *dilations, *auto_pad, *pads;
    int64_t group;
    const char *want, *want_pads;
} convs[] = {
    {"1x3x32x32", "8x3x3x3", NULL, NULL, NULL, "NOTSET", NULL, 1, "1x8x30x30", "0 0 0 0"},
    {"1x3x32x32", "8x3x3x3", "3 3", "2 2", NULL, "NOTSET", "1 1 1 1", 1, "1x8x16x16", "1 1 1 1"},
    {"1x3x7", "8x3x3", NULL, "2", NULL, "SAME_UPPER", NULL, 1, "1x8x4", "1 1"},
    {"1x3x8", "8x3x3", NULL, "2", NULL, "SAME_UPPER", NULL, 1, "1x8x4", "0 1"},
    {"1x3x8", "8x3x3", NULL, "2", NULL, "SAME_LOWER", NULL, 1, "1x8x4", "1 0"},
    {"1x3x5", "8x3x1", NULL, "3", NULL, "SAME_UPPER", NULL, 1, "1x8x2", "0 0"},
    {"1x3x8", "8x3x3", NULL, "2", NULL, "VALID", "4 4", 1, "1x8x3", "0 0"},
    {"1x3x9", "8x3x3", NULL, NULL, "4", "NOTSET", NULL, 1, "1x8x1", "0 0"},
    {"1x3x9", "8x3x3", NULL, NULL, "2", "SAME_UPPER", NULL, 1, "1x8x9", "2 2"},
    {"2x6x5x6x7", "4x3x1x2x3", NULL, "1 2 3", NULL, "NOTSET", "0 1 0 0 0 1", 2, "2x4x5x3x2",
     "0 1 0 0 0 1"},
    {"1x8x4x4", "8x1x3x3", NULL, NULL, NULL, "SAME_LOWER", NULL, 8, "1x8x4x4", "1 1 1 1"},
    {"1x8x4x4", "16x1x3x3", NULL, NULL, NULL, "NOTSET", NULL, 8, "1x16x2x2", "0 0 0 0"},
    /* refused */
    {"1x3x8", "8x3x3", NULL, NULL, "4", "NOTSET", NULL, 1, "?", NULL},
    {"1x3x8", "8x3x3", NULL, NULL, NULL, "SAME", NULL, 1, "?", NULL},
    {"1x3x8", "8x3x3", "2", NULL, NULL, "NOTSET", NULL, 1, "?", NULL},
    {"1x3x8", "8x3x0", NULL, NULL, NULL, "NOTSET", NULL, 1, "?", NULL},
    {"1x3x8", "8x3x3x3", NULL, NULL, NULL, "NOTSET", NULL, 1, "?", NULL},
    {"1x3", "8x3", NULL, NULL, NULL, "NOTSET", NULL, 1, "?", NULL},
    {"1x3x8", "8x2x3", NULL, NULL, NULL, "NOTSET", NULL, 1, "?", NULL},
    {"1x4x8", "3x2x3", NULL, NULL, NULL, "NOTSET", NULL, 2, "?", NULL},
    {"1x3x8", "8x3x3", NULL, NULL, NULL, "NOTSET", NULL, 0, "?", NULL},
    {"1x3x8", "8x3x3", NULL, NULL, NULL, "NOTSET", NULL, -1, "?", NULL},
    {"1x3x8", "8x3x3", NULL, NULL, NULL, "NOTSET", NULL, INT64_MAX, "?", NULL},
    {"1x3x8", "8x3x3", NULL, "0", NULL, "NOTSET", NULL, 1, "?", NULL},
    {"1x3x8", "8x3x3", NULL, "-1", NULL, "NOTSET", NULL, 1, "?", NULL},
    {"1x3x8", "8x3x3", NULL, "1 1", NULL, "NOTSET", NULL, 1, "?", NULL},
    {"1x3x8", "8x3x3", NULL, NULL, "0", "NOTSET", NULL, 1, "?", NULL},
    {"1x3x8", "8x3x3", NULL, NULL, "9223372036854775807", "NOTSET", NULL, 1, "?", NULL},
    {"1x3x8", "8x3x3", NULL, NULL, "1073741824", "SAME_UPPER", NULL, 1, "?", NULL},
    {"1x3x8", "8x3x3", NULL, NULL, NULL, "NOTSET", "-1 0", 1, "?", NULL},
    {"1x3x8", "8x3x3", NULL, NULL, NULL, "NOTSET", "1", 1, "?", NULL},
    {"1x3x8", "8x3x3", NULL, NULL, NULL, "NOTSET", "0 9223372036854775807", 1, "?", NULL},
    {"1x3x8", "8x3x3", NULL, NULL, NULL, "NOTSET", "1073741824 1073741824", 1, "?", NULL},
};

START_TEST(conv)
{
    Node *n = node("Conv", 2,
                   (Value *[]){tensor(DT_FLOAT, convs[_i].x), tensor(DT_FLOAT, convs[_i].w)}, 1);
    n->a.kernel_shape = list(convs[_i].kernel);
    n->a.strides = list(convs[_i].strides);
    n->a.dilations = list(convs[_i].dilations);
    n->a.pads = list(convs[_i].pads);
    n->a.auto_pad = convs[_i].auto_pad;
    n->a.group = convs[_i].group;
    for (int again = 0; again < 2 && !blockers_count(); again++) {
        ck_assert_str_eq(shape(n), convs[_i].want);
        if (convs[_i].want_pads)
            ck_assert_str_eq(list_text(n->a.pads), convs[_i].want_pads);
    }
    ck_assert_int_eq(blockers_count(), *convs[_i].want == '?');
}
END_TEST

START_TEST(conv_operands)
{
    Value *x = tensor(DT_FLOAT, "1x4x8"), *w = tensor(DT_FLOAT, "6x4x3");
    ck_assert_str_eq(shape(node("Conv", 3, (Value *[]){x, w, tensor(DT_FLOAT, "6")}, 1)), "1x6x6");
    ck_assert_int_eq(blockers_count(), 0);
    shape(node("Conv", 3, (Value *[]){x, w, tensor(DT_FLOAT, "5")}, 1));
    ck_assert_int_eq(blockers_count(), 1);
    shape(node("Conv", 2, (Value *[]){x, tensor(DT_DOUBLE, "6x4x3")}, 1));
    ck_assert_int_eq(blockers_count(), 2);
}
END_TEST

START_TEST(conv_integer)
{
    Value *x = tensor(DT_UINT8, "1x4x8"), *w = tensor(DT_INT8, "6x4x3"), *zx = tensor(DT_UINT8, "");
    Node *n = node("ConvInteger", 4, (Value *[]){x, w, zx, tensor(DT_INT8, "6")}, 1);
    ck_assert_str_eq(shape(n), "1x6x6");
    ck_assert_int_eq(n->out[0]->dtype, DT_INT32);
    ck_assert_str_eq(shape(node("ConvInteger", 4, (Value *[]){x, w, NULL, tensor(DT_INT8, "")}, 1)),
                     "1x6x6");
    ck_assert_int_eq(blockers_count(), 0);
    shape(node("ConvInteger", 4, (Value *[]){x, w, zx, tensor(DT_INT8, "4")}, 1));
    ck_assert_int_eq(blockers_count(), 1);
    shape(node("ConvInteger", 3, (Value *[]){x, w, tensor(DT_INT8, "")}, 1));
    ck_assert_int_eq(blockers_count(), 2);
}
END_TEST

static const struct {
    const char *x, *w, *strides, *pads, *extra, *shape, *auto_pad, *want, *want_pads;
} transposed[] = {
    {"1x4x3x3", "4x2x3x3", NULL, NULL, NULL, NULL, "NOTSET", "1x2x5x5", "0 0 0 0"},
    {"1x4x3x3", "4x2x3x3", "3 2", "1 1 2 2", NULL, NULL, "NOTSET", "1x2x6x4", "1 1 2 2"},
    {"1x4x3x3", "4x2x3x3", "3 2", NULL, "1 1", NULL, "NOTSET", "1x2x10x8", "0 0 0 0"},
    {"1x4x3", "4x2x3", "2", NULL, NULL, "6", "NOTSET", "1x2x6", "1 0"},
    {"1x4x3", "4x2x3", "2", NULL, NULL, NULL, "SAME_UPPER", "1x2x6", "0 1"},
    {"1x4x3", "4x2x3", "2", "5 5", NULL, NULL, "VALID", "1x2x7", "0 0"},
    {"1x4x3", "4x2x3", "2", NULL, NULL, "9", "NOTSET", "1x2x9", "0 0"},
    {"1x4x3", "4x2x3", NULL, "3 3", NULL, NULL, "NOTSET", "?", NULL},
    {"1x4x3", "3x2x3", NULL, NULL, NULL, NULL, "NOTSET", "?", NULL},
    {"1x4x3", "4x2x3", NULL, NULL, NULL, "0", "NOTSET", "?", NULL},
    {"1x4x3", "4x2x3", NULL, NULL, "-1", NULL, "NOTSET", "?", NULL},
    {"1x4x3", "4x2x3", "1073741824", NULL, NULL, NULL, "NOTSET", "?", NULL},
};

START_TEST(conv_transpose)
{
    Value *in[] = {tensor(DT_FLOAT, transposed[_i].x), tensor(DT_FLOAT, transposed[_i].w)};
    Node *n = node("ConvTranspose", 2, in, 1);
    n->a.strides = list(transposed[_i].strides);
    n->a.pads = list(transposed[_i].pads);
    n->a.output_padding = list(transposed[_i].extra);
    n->a.output_shape = list(transposed[_i].shape);
    n->a.auto_pad = transposed[_i].auto_pad;
    ck_assert_str_eq(shape(n), transposed[_i].want);
    if (transposed[_i].want_pads)
        ck_assert_str_eq(list_text(n->a.pads), transposed[_i].want_pads);
    ck_assert_int_eq(blockers_count(), *transposed[_i].want == '?');
}
END_TEST

static const struct {
    const char *x, *kernel, *strides, *dilations, *auto_pad, *pads;
    int ceil_mode;
    const char *want;
} pools[] = {
    {"1x3x32x32", "2 2", NULL, NULL, "NOTSET", NULL, 0, "1x3x31x31"},
    {"1x1x4x4", "3 3", "2 2", NULL, "NOTSET", NULL, 0, "1x1x1x1"},
    {"1x1x4x4", "3 3", "2 2", NULL, "NOTSET", NULL, 1, "1x1x2x2"},
    {"1x1x3", "1", "2", NULL, "NOTSET", NULL, 1, "1x1x2"},
    {"1x1x2", "1", "2", NULL, "NOTSET", NULL, 1, "1x1x1"},  /* a window would start at the end */
    {"1x1x4", "2", "2", NULL, "NOTSET", "0 1", 1, "1x1x2"}, /* and here in the padding */
    {"1x1x4", "2", "3", NULL, "NOTSET", "0 3", 0, "1x1x2"}, /* rounded down it may */
    {"1x1x8", "3", "2", "2", "NOTSET", NULL, 1, "1x1x3"},
    {"1x1x2", "3", "2", NULL, "NOTSET", NULL, 1,
     "1x1x1"}, /* even the first reaches beyond the end */
    {"1x1x1", "3", "2", NULL, "NOTSET", NULL, 1, "?"},
    {"1x1x8", "3", "3", NULL, "VALID", NULL, 1, "1x1x2"},
    {"1x1x8", "3", "3", NULL, "SAME_UPPER", NULL, 1, "1x1x3"},
    {"1x1x8", NULL, NULL, NULL, "NOTSET", NULL, 0, "?"},
    {"1x1x8", "0", NULL, NULL, "NOTSET", NULL, 0, "?"},
    {"1x1x8", "9", NULL, NULL, "NOTSET", NULL, 0, "?"},
    {"1x8", "1", NULL, NULL, "NOTSET", NULL, 0, "?"},
    {"1x1x8", "1099511627776", NULL, NULL, "NOTSET", NULL, 0, "?"},
};

START_TEST(pool)
{
    Value *x = tensor(DT_FLOAT, pools[_i].x);
    Node *n = node("MaxPool", 1, &x, 2);
    n->a.kernel_shape = list(pools[_i].kernel);
    n->a.strides = list(pools[_i].strides);
    n->a.dilations = list(pools[_i].dilations);
    n->a.pads = list(pools[_i].pads);
    n->a.auto_pad = pools[_i].auto_pad;
    n->a.ceil_mode = pools[_i].ceil_mode;
    for (int again = 0; again < 2 && !blockers_count(); again++)
        ck_assert_str_eq(shape(n), pools[_i].want);
    ck_assert_int_eq(blockers_count(), *pools[_i].want == '?');
    if (*pools[_i].want != '?') {
        ck_assert_str_eq(dims_text(n->out[1]), pools[_i].want);
        ck_assert_int_eq(n->out[1]->dtype, DT_INT64);
    }
}
END_TEST

START_TEST(pool_of_all)
{
    Value *x = tensor(DT_FLOAT, "2x3x4x5");
    Node *n = node("GlobalMaxPool", 1, &x, 1);
    ck_assert_str_eq(shape(n), "2x3x1x1");
    n->op->expand(g, n);
    ck_assert_str_eq(g->node[0]->op->name, "ReduceMax");
    ck_assert_str_eq(list_text((Ints){2, (int64_t *)g->node[0]->in[1]->data}), "2 3");
}
END_TEST

/* ---- normalisation --------------------------------------------------------------------------- */

static Value *vector(int64_t n, float v)
{
    float *data = mem((size_t)n * sizeof *data);
    for (int64_t i = 0; i < n; i++)
        data[i] = v + (float)i;
    return value_const(g, "v", DT_FLOAT, 1, &n, data);
}

static Node *batchnorm(int64_t c, int nout)
{
    Value *in[] = {tensor(DT_FLOAT, "2x3x4x5"), vector(c, 2), vector(c, 3), vector(c, 4),
                   vector(c, 1)};
    Node *n = node("BatchNormalization", 5, in, nout);
    n->a.epsilon = 0;
    return n;
}

/* What is constant becomes a scale and a shift for each channel, and one elementwise step. */
START_TEST(batchnorm_folds)
{
    Node *n = batchnorm(3, 1);
    ck_assert_str_eq(shape(n), "2x3x4x5");
    n->op->expand(g, n);
    ck_assert_int_eq(g->nnode, 1);
    const Node *m = g->node[0];
    ck_assert_str_eq(m->op->name, "Map");
    ck_assert_str_eq(dims_text(m->in[1]), "3x1x1");
    for (int i = 0; i < 3; i++) {
        double scale = (2.0 + i) / sqrt(1.0 + i);
        ck_assert_double_eq_tol(value_at(m->in[1], i), scale, 1e-6);
        ck_assert_double_eq_tol(value_at(m->in[2], i), 3 + i - (4 + i) * scale, 1e-5);
    }
}
END_TEST

START_TEST(batchnorm_refused)
{
    shape(batchnorm(4, 1));
    ck_assert_int_eq(blockers_count(), 1);
    Node *n = batchnorm(3, 1);
    n->a.epsilon = NAN;
    shape(n);
    ck_assert_int_eq(blockers_count(), 2);
}
END_TEST

START_TEST(layernorm)
{
    Value *in[] = {tensor(DT_FLOAT, "2x3x4"), tensor(DT_FLOAT, "4"), tensor(DT_FLOAT, "3x4")};
    Node *n = node("LayerNormalization", 3, in, 3);
    ck_assert_str_eq(shape(n), "2x3x4");
    ck_assert_str_eq(dims_text(n->out[1]), "2x3x1");
    n->a.axis = 1;
    ck_assert_str_eq(shape(n), "2x3x4");
    ck_assert_str_eq(dims_text(n->out[2]), "2x1x1");
    n->a.axis = 3;
    ck_assert_str_eq(shape(n), "?");
    ck_assert_int_eq(blockers_count(), 1);
    n->a.axis = -1;
    n->a.stash_type = 0; /* undefined */
    ck_assert_str_eq(shape(n), "2x3x4");
    ck_assert_int_eq(n->out[1]->dtype, DT_FLOAT);
    n->a.stash_type = 1 << 20;
    shape(n);
    ck_assert_int_eq(blockers_count(), 2);
}
END_TEST

/* ---- Resize ---------------------------------------------------------------------------------- */

static Value *scales_of(int n, const float *v)
{
    return value_const(g, "scales", DT_FLOAT, 1, (int64_t[]){n},
                       mem_copy(v, (size_t)n * sizeof *v));
}

static Node *resize(const char *x, Value *scales, Value *sizes)
{
    return node("Resize", 4, (Value *[]){tensor(DT_FLOAT, x), NULL, scales, sizes}, 1);
}

static Node *resize_line(int64_t in, float scale, const char *mode, const char *how)
{
    Node *n = resize(text("%d", (int)in), scales_of(1, &scale), NULL);
    n->a.mode = mode;
    n->a.coordinate_transformation_mode = how;
    shape(n);
    return n;
}

static void expect_taps(const Taps *t, int count, const int *index, const double *weight, int n)
{
    ck_assert_int_eq(t->count, count);
    for (int i = 0; i < n; i++) {
        ck_assert_int_eq(t->index[i], index[i]);
        ck_assert_double_eq_tol(t->weight[i], weight[i], 1e-12);
    }
}

START_TEST(resize_sizes)
{
    float scales[] = {1, 1, 0.7f, 1.5f};
    ck_assert_str_eq(shape(resize("1x2x10x3", scales_of(4, scales), NULL)), "1x2x7x4");
    Node *n = resize("1x2x4x6", NULL, value_ints(g, "sizes", 2, (int64_t[]){8, 9}));
    n->a.axes = list("2 -1");
    n->a.has[A_axes] = true;
    ck_assert_str_eq(shape(n), "1x2x8x9");
    n->a.keep_aspect_ratio_policy = "not_larger";
    ck_assert_str_eq(shape(n), "1x2x6x9");
    n->a.keep_aspect_ratio_policy = "not_smaller";
    ck_assert_str_eq(shape(n), "1x2x8x12");
    ck_assert_int_eq(blockers_count(), 0);
}
END_TEST

/* The sizes agree already: nothing is left to do. */
START_TEST(resize_still)
{
    Node *n = resize("1x2x4", NULL, value_ints(g, "sizes", 3, (int64_t[]){1, 2, 4}));
    n->opset = 13;
    n->op->canon(g, n);
    ck_assert_str_eq(n->op->name, "Identity");
    ck_assert_str_eq(shape(n), "1x2x4");
}
END_TEST

START_TEST(resize_tables)
{
    Taps t = resize_taps(resize_line(2, 2, "linear", "half_pixel"), 0);
    expect_taps(&t, 2, (int[]){0, 0, 0, 1, 0, 1, 1, 1},
                (double[]){.25, .75, .75, .25, .25, .75, .75, .25}, 8);
    ck_assert(t.weighted && !t.identity && !t.outside);
    t = resize_taps(resize_line(4, 0.5f, "linear", "asymmetric"), 0);
    expect_taps(&t, 1, (int[]){0, 2}, (double[]){1, 1}, 2);
    ck_assert(!t.weighted);
    t = resize_taps(resize_line(2, 2, "nearest", "half_pixel"), 0);
    expect_taps(&t, 1, (int[]){0, 0, 1, 1}, (double[]){1, 1, 1, 1}, 4);
    t = resize_taps(resize_line(3, 1, "cubic", "half_pixel"), 0);
    ck_assert(t.identity);
}
END_TEST

/* Half of [0, 1] lies inside the region; the rest has no taps. */
START_TEST(resize_outside)
{
    Value *roi = scales_of(2, (float[]){0.5f, 1.5f}),
          *sizes = value_ints(g, "sizes", 1, (int64_t[]){3});
    Node *n = node("Resize", 4, (Value *[]){tensor(DT_FLOAT, "3"), roi, NULL, sizes}, 1);
    n->a.coordinate_transformation_mode = "tf_crop_and_resize";
    ck_assert_str_eq(shape(n), "3");
    Taps t = resize_taps(n, 0);
    expect_taps(&t, 1, (int[]){1, 2, -1}, (double[]){1, 1, 0}, 3);
    ck_assert(t.outside && !t.weighted);
}
END_TEST

static const float bad_scales[] = {0, -1, 1e30f, INFINITY, NAN, 0.1f};

START_TEST(resize_refused)
{
    shape(resize("4", scales_of(1, &bad_scales[_i]), NULL));
    ck_assert_int_eq(blockers_count(), 1);
}
END_TEST

START_TEST(resize_inputs_refused)
{
    float one = 2;
    Value *sizes = value_ints(g, "sizes", 1, (int64_t[]){8});
    int count = 0;
    shape(resize("4", NULL, NULL));
    ck_assert_int_eq(blockers_count(), ++count);
    shape(resize("4", scales_of(1, &one), sizes));
    ck_assert_int_eq(blockers_count(), ++count);
    shape(resize("4x4", scales_of(1, &one), NULL));
    ck_assert_int_eq(blockers_count(), ++count);
    shape(resize("4", tensor(DT_FLOAT, "1"), NULL));
    ck_assert_int_eq(blockers_count(), ++count);
    shape(resize("4", NULL, value_ints(g, "sizes", 1, (int64_t[]){INT64_MAX})));
    ck_assert_int_eq(blockers_count(), ++count);
    resize_line(4, 2, "linear ", "half_pixel");
    ck_assert_int_eq(blockers_count(), ++count);
    resize_line(4, 2, "linear", "");
    ck_assert_int_eq(blockers_count(), ++count);
    resize_line(4, 2, "linear", "tf_crop_and_resize");
    ck_assert_int_eq(blockers_count(), ++count);
}
END_TEST

START_TEST(upsample)
{
    Value *x = tensor(DT_FLOAT, "1x1x2x3");
    Node *n = node("Upsample", 1, &x, 1);
    n->opset = 7;
    n->a.scales = (Floats){4, (float[]){1, 1, 2, 3}};
    n->op->canon(g, n);
    ck_assert_str_eq(n->op->name, "Resize");
    ck_assert_str_eq(n->a.coordinate_transformation_mode, "asymmetric");
    ck_assert_str_eq(shape(n), "1x1x4x9");
}
END_TEST

/* ---- MACs ------------------------------------------------------------------------------------ */

static int64_t macs(Node *n)
{
    ck_assert_str_ne(shape(n), "?");
    return node_macs(n);
}

START_TEST(multiplications)
{
    Node *n = node("Conv", 2,
                   (Value *[]){tensor(DT_FLOAT, "1x32x112x112"), tensor(DT_FLOAT, "32x1x3x3")}, 1);
    n->a.group = 32;
    n->a.auto_pad = "SAME_UPPER";
    ck_assert_int_eq(macs(n), 32 * 112 * 112 * 9);
    n = node("Gemm", 2, (Value *[]){tensor(DT_FLOAT, "1280x2"), tensor(DT_FLOAT, "1280x1000")}, 1);
    n->a.transA = 1;
    ck_assert_int_eq(macs(n), 2 * 1280 * 1000);
    n = node("MatMul", 2, (Value *[]){tensor(DT_FLOAT, "5x4x7"), tensor(DT_FLOAT, "7x3")}, 1);
    ck_assert_int_eq(macs(n), 5 * 4 * 7 * 3);
    Value *in[] = {tensor(DT_FLOAT, "6x2x8"), tensor(DT_FLOAT, "1x16x8"),
                   tensor(DT_FLOAT, "1x16x4")};
    n = node("LSTM", 3, in, 1);
    n->a.hidden_size = 4;
    ck_assert_int_eq(macs(n), 6 * 2 * 16 * (8 + 4));
}
END_TEST

Suite *nn_suite(void)
{
    Suite *s = suite_create("nn");
    TCase *t = tcase_create("nn");
    tcase_add_checked_fixture(t, setup, NULL);
    tcase_add_loop_test(t, conv, 0, (int)COUNT(convs));
    tcase_add_test(t, conv_operands);
    tcase_add_test(t, conv_integer);
    tcase_add_loop_test(t, conv_transpose, 0, (int)COUNT(transposed));
    tcase_add_loop_test(t, pool, 0, (int)COUNT(pools));
    tcase_add_test(t, pool_of_all);
    tcase_add_test(t, batchnorm_folds);
    tcase_add_test(t, batchnorm_refused);
    tcase_add_test(t, layernorm);
    tcase_add_test(t, resize_sizes);
    tcase_add_test(t, resize_still);
    tcase_add_test(t, resize_tables);
    tcase_add_test(t, resize_outside);
    tcase_add_loop_test(t, resize_refused, 0, (int)COUNT(bad_scales));
    tcase_add_test(t, resize_inputs_refused);
    tcase_add_test(t, upsample);
    tcase_add_test(t, multiplications);
    suite_add_tcase(s, t);
    return s;
}
