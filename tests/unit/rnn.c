/* SPDX-License-Identifier: MIT */
/* rnn.c - dims of recurrent layers in both layouts, and which activation gets which alpha and beta. */
#include <check.h>
#include "dnncc.h"
#include "ops/ops.h"
#include "ops/rnn.h"

/* 5 steps, batch 2, input 3, hidden 4, both directions. */
static Node *lstm(Graph *g, bool batch_first)
{
    const int64_t time_first[] = {5, 2, 3}, first[] = {2, 5, 3};
    Value *in[] = {value_new(g, "x", DT_FLOAT, 3, batch_first ? first : time_first),
                   value_new(g, "w", DT_FLOAT, 3, (int64_t[]){2, 16, 3}),
                   value_new(g, "r", DT_FLOAT, 3, (int64_t[]){2, 16, 4})};
    Value *out[] = {value_new(g, "y", DT_NONE, -1, NULL), NULL,
                    value_new(g, "yc", DT_NONE, -1, NULL)};
    Node *n = node_new(g, "LSTM", "n", 3, in, 3, out);
    n->a.direction = "bidirectional";
    n->a.layout = batch_first;
    return n;
}

START_TEST(dims_of_both_layouts)
{
    Graph *g = graph_new(NULL);
    Node *n = lstm(g, false), *b = lstm(g, true);
    infer_node(g, n);
    infer_node(g, b);
    ck_assert_str_eq(dims_text(n->out[0]), "5x2x2x4");
    ck_assert_str_eq(dims_text(n->out[2]), "2x2x4");
    ck_assert_str_eq(dims_text(b->out[0]), "2x5x2x4");
    ck_assert_int_eq(rnn_of(b).batch, 2);
    ck_assert_int_eq(rnn_of(b).seq, 5);
}
END_TEST

static double at(const Node *n, int d, int k, double x)
{
    return expr_eval(rnn_activation(n, d, k, DT_FLOAT), (Num[]){{0, 0}, {x, 0}}).f;
}

START_TEST(parameters_go_to_those_that_take_them)
{
    static const char *names[] = {"Sigmoid", "LeakyRelu", "Relu", "hardsigmoid", "Affine", "Elu"};
    static float alpha[] = {0.5f, 0.25f, 3}, beta[] = {0.125f, 7};
    Graph *g = graph_new(NULL);
    Node *n = lstm(g, false);
    n->a.activations = (Strings){6, names};
    n->a.activation_alpha = (Floats){3, alpha};
    n->a.activation_beta = (Floats){2, beta};
    infer_node(g, n);
    ck_assert_int_eq(blockers_count(), 0);
    ck_assert_double_eq(at(n, 0, 1, -2), -1);
    ck_assert_double_eq(at(n, 0, 2, -2), 0);
    ck_assert_double_eq(at(n, 1, 0, 1), 0.375);
    ck_assert_double_eq(at(n, 1, 1, 2), 13);
    ck_assert_double_eq_tol(at(n, 1, 2, -100), -1, 1e-6);
}
END_TEST

Suite *rnn_suite(void)
{
    Suite *s = suite_create("rnn");
    TCase *c = tcase_create("rnn");
    tcase_add_test(c, dims_of_both_layouts);
    tcase_add_test(c, parameters_go_to_those_that_take_them);
    suite_add_tcase(s, c);
    return s;
}
