/* SPDX-License-Identifier: MIT */
/* reduce.c - shapes of reductions, and that their folding agrees with arithmetic done by hand. */
#include <check.h>
#include <math.h>
#include "dnncc.h"
#include "ops/ops.h"

static const float six[] = {1, -2, 3, 4, 5, -6}; /* 2x3 */

static Node *reduction(Graph *g, const char *op, Value *x, Value *axes)
{
    Value *in[] = {x, axes}, *y = value_new(g, "y", DT_NONE, -1, NULL);
    return node_new(g, op, "n", axes ? 2 : 1, in, 1, &y);
}

static Value *input(Graph *g, DType t, const void *data)
{
    return value_const(g, "x", t, 2, (int64_t[]){2, 3}, data);
}

START_TEST(axes_and_dims)
{
    Graph *g = graph_new(NULL);
    Value *x = value_new(g, "x", DT_FLOAT, 3, (int64_t[]){2, 3, 4});
    Node *n = reduction(g, "ReduceSum", x, value_ints(g, "axes", 2, (int64_t[]){-1, 0}));
    infer_node(g, n);
    ck_assert_str_eq(dims_text(n->out[0]), "1x3x1");
    ck_assert_int_eq(n->a.axes.n, 2);
    ck_assert_int_eq(n->a.axes.v[0], 0);
    ck_assert_int_eq(n->a.axes.v[1], 2);
    n->a.keepdims = 0;
    infer_node(g, n);
    ck_assert_str_eq(dims_text(n->out[0]), "3");
}
END_TEST

START_TEST(no_axes_mean_all_or_none)
{
    Graph *g = graph_new(NULL);
    Node *n = reduction(g, "ReduceMax", value_new(g, "x", DT_FLOAT, 2, (int64_t[]){2, 3}), NULL);
    infer_node(g, n);
    ck_assert_str_eq(dims_text(n->out[0]), "1x1");
    n->a.noop_with_empty_axes = 1;
    infer_node(g, n);
    ck_assert_str_eq(dims_text(n->out[0]), "2x3");
}
END_TEST

static double folded(const char *op, DType t, const void *data, int64_t at)
{
    Graph *g = graph_new(NULL);
    Node *n = reduction(g, op, input(g, t, data), value_ints(g, "axes", 1, (int64_t[]){1}));
    infer_node(g, n);
    ck_assert(fold_node(g, n));
    return value_at(n->out[0], at);
}

START_TEST(folds)
{
    ck_assert_double_eq(folded("ReduceSum", DT_FLOAT, six, 0), 2);
    ck_assert_double_eq(folded("ReduceSum", DT_FLOAT, six, 1), 3);
    ck_assert_double_eq(folded("ReduceMean", DT_FLOAT, six, 1), 1);
    ck_assert_double_eq(folded("ReduceMax", DT_FLOAT, six, 1), 5);
    ck_assert_double_eq(folded("ReduceMin", DT_FLOAT, six, 0), -2);
    ck_assert_double_eq(folded("ReduceProd", DT_FLOAT, six, 0), -6);
    ck_assert_double_eq(folded("ReduceL1", DT_FLOAT, six, 0), 6);
    ck_assert_double_eq(folded("ReduceSumSquare", DT_FLOAT, six, 0), 14);
    ck_assert_double_eq_tol(folded("ReduceL2", DT_FLOAT, six, 0), sqrt(14), 1e-6);
    ck_assert_double_eq_tol(folded("ReduceLogSum", DT_FLOAT, six, 0), log(2), 1e-6);
    ck_assert_double_eq_tol(folded("ReduceLogSumExp", DT_FLOAT, six, 0),
                            log(exp(1) + exp(-2) + exp(3)), 1e-6);
}
END_TEST

START_TEST(integers_fold_in_their_type)
{
    const int8_t bytes[] = {100, 100, 3, -128, -128, 1};
    const uint8_t flags[] = {0, 1, 0, 0, 0, 0};
    ck_assert_double_eq(folded("ReduceSum", DT_INT8, bytes, 0), (int8_t)203);
    ck_assert_double_eq(folded("ReduceMax", DT_INT8, bytes, 1), 1);
    ck_assert_double_eq(folded("ReduceMin", DT_INT8, bytes, 0), 3);
    ck_assert_double_eq(folded("ReduceMax", DT_BOOL, flags, 0), 1);
    ck_assert_double_eq(folded("ReduceMax", DT_BOOL, flags, 1), 0);
    ck_assert_double_eq(folded("ReduceMin", DT_BOOL, flags, 0), 0);
}
END_TEST

START_TEST(argmax_breaks_ties)
{
    const int32_t v[] = {7, 1, 7, 2, 2, 0};
    Graph *g = graph_new(NULL);
    Node *n = reduction(g, "ArgMax", input(g, DT_INT32, v), NULL);
    n->a.axis = -1;
    n->a.keepdims = 0;
    infer_node(g, n);
    ck_assert_str_eq(dims_text(n->out[0]), "2");
    ck_assert(fold_node(g, n));
    ck_assert_int_eq(value_int_at(n->out[0], 0), 0);
    n->a.select_last_index = 1;
    ck_assert(fold_node(g, n));
    ck_assert_int_eq(value_int_at(n->out[0], 0), 2);
    ck_assert_int_eq(value_int_at(n->out[0], 1), 1);
}
END_TEST

Suite *reduce_suite(void)
{
    Suite *s = suite_create("reduce");
    TCase *c = tcase_create("reduce");
    tcase_add_test(c, axes_and_dims);
    tcase_add_test(c, no_axes_mean_all_or_none);
    tcase_add_test(c, folds);
    tcase_add_test(c, integers_fold_in_their_type);
    tcase_add_test(c, argmax_breaks_ties);
    suite_add_tcase(s, c);
    return s;
}
