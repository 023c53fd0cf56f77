/* SPDX-License-Identifier: MIT */
/* quant.c - quantisation as arithmetic: rounding, saturation, and scales per axis and per block. */
#include <check.h>
#include "dnncc.h"
#include "ops/ops.h"

/* The constant that inference makes of a graph of the one node n. */
static const Value *folded(Graph *g, Node *n)
{
    Compiler c = {.graph = g};
    Value *y = n->out[0];
    graph_add(g, n);
    PUSH(g->out, g->nout, y);
    infer(&c);
    ck_assert_int_eq(blockers_count(), 0);
    ck_assert(value_is_const(y));
    return y;
}

static Node *node(Graph *g, const char *op, Value *x, Value *scale, Value *zero)
{
    Value *in[] = {x, scale, zero}, *y = value_new(g, "y", DT_NONE, -1, NULL);
    return node_new(g, op, "n", zero ? 3 : 2, in, 1, &y);
}

static void is(const Value *v, int n, const double *want)
{
    ck_assert_int_eq(value_count(v), n);
    for (int i = 0; i < n; i++)
        ck_assert_double_eq(value_at(v, i), want[i]);
}

START_TEST(rounds_to_even_and_saturates)
{
    const float x[] = {1, 3, 5, -1, 1000, -1000};
    Graph *g = graph_new(NULL);
    Value *zero = value_scalar(g, "zero", DT_INT8, -3);
    Node *n = node(g, "QuantizeLinear", value_const(g, "x", DT_FLOAT, 1, (int64_t[]){6}, x),
                   value_scalar(g, "scale", DT_FLOAT, 2), zero);
    const Value *y = folded(g, n);
    ck_assert_int_eq(y->dtype, DT_INT8);
    is(y, 6, (double[]){-3, -1, -1, -3, 127, -128});
}
END_TEST

START_TEST(scale_per_axis)
{
    const uint8_t x[] = {10, 20, 30, 40};
    const float scale[] = {0.5f, 2};
    const uint8_t zero[] = {10, 20};
    Graph *g = graph_new(NULL);
    Node *n = node(g, "DequantizeLinear", value_const(g, "x", DT_UINT8, 2, (int64_t[]){2, 2}, x),
                   value_const(g, "scale", DT_FLOAT, 1, (int64_t[]){2}, scale),
                   value_const(g, "zero", DT_UINT8, 1, (int64_t[]){2}, zero));
    n->a.axis = -2;
    is(folded(g, n), 4, (double[]){0, 5, 20, 40});
}
END_TEST

START_TEST(scale_per_block)
{
    const int16_t x[] = {1, 1, 1, 2, 2, 2};
    const float scale[] = {1, 10, 100, 1000};
    Graph *g = graph_new(NULL);
    Node *n = node(g, "DequantizeLinear", value_const(g, "x", DT_INT16, 2, (int64_t[]){2, 3}, x),
                   value_const(g, "scale", DT_FLOAT, 2, (int64_t[]){2, 2}, scale), NULL);
    n->a.block_size = 2;
    is(folded(g, n), 6, (double[]){1, 1, 10, 200, 200, 2000});
}
END_TEST

START_TEST(dynamic_range_holds_zero)
{
    const float x[] = {2, 4, 5.1f, 3};
    Graph *g = graph_new(NULL);
    Value *in = value_const(g, "x", DT_FLOAT, 1, (int64_t[]){4}, x), *out[3];
    for (int i = 0; i < 3; i++) {
        out[i] = value_new(g, "out", DT_NONE, -1, NULL);
        PUSH(g->out, g->nout, out[i]);
    }
    folded(g, node_new(g, "DynamicQuantizeLinear", "n", 1, &in, 3, out));
    is(out[0], 4, (double[]){100, 200, 255, 150});
    ck_assert_double_eq_tol(value_at(out[1], 0), 0.02, 1e-7);
    ck_assert_int_eq(value_int_at(out[2], 0), 0);
}
END_TEST

Suite *quant_suite(void)
{
    Suite *s = suite_create("quant");
    TCase *c = tcase_create("quant");
    tcase_add_test(c, rounds_to_even_and_saturates);
    tcase_add_test(c, scale_per_axis);
    tcase_add_test(c, scale_per_block);
    tcase_add_test(c, dynamic_range_holds_zero);
    suite_add_tcase(s, c);
    return s;
}
