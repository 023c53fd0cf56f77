/* SPDX-License-Identifier: MIT */
/* matmul.c - dims of products, the loops they come down to, and where alpha and beta go. */
#include <check.h>
#include "dnncc.h"
#include "ops/ops.h"

static Value *tensor(Graph *g, int rank, const int64_t *dim)
{
    Value *v = value_new(g, "v", DT_FLOAT, rank, dim);
    int64_t stride[MAX_RANK];
    stride_plain(v, stride);
    value_own(v, stride);
    return v;
}

static Node *product(Graph *g, const char *op, Value *a, Value *b)
{
    Value *in[] = {a, b}, *y = value_new(g, "y", DT_NONE, -1, NULL);
    return node_new(g, op, "n", 2, in, 1, &y);
}

static const char *matmul_dims_of(int ra, const int64_t *a, int rb, const int64_t *b)
{
    Graph *g = graph_new(NULL);
    Node *n = product(g, "MatMul", tensor(g, ra, a), tensor(g, rb, b));
    infer_node(g, n);
    return dims_text(n->out[0]);
}

START_TEST(dims_as_numpy)
{
    ck_assert_str_eq(matmul_dims_of(2, (int64_t[]){2, 3}, 2, (int64_t[]){3, 4}), "2x4");
    ck_assert_str_eq(matmul_dims_of(1, (int64_t[]){3}, 2, (int64_t[]){3, 4}), "4");
    ck_assert_str_eq(matmul_dims_of(3, (int64_t[]){5, 2, 3}, 1, (int64_t[]){3}), "5x2");
    ck_assert_str_eq(matmul_dims_of(1, (int64_t[]){3}, 1, (int64_t[]){3}), "scalar");
    ck_assert_str_eq(matmul_dims_of(4, (int64_t[]){6, 1, 2, 3}, 3, (int64_t[]){5, 3, 4}),
                     "6x5x2x4");
}
END_TEST

START_TEST(batches_are_strides)
{
    Graph *g = graph_new(NULL);
    Node *n = product(g, "MatMul", tensor(g, 4, (int64_t[]){6, 1, 2, 3}),
                      tensor(g, 3, (int64_t[]){5, 3, 4}));
    int64_t stride[MAX_RANK];
    infer_node(g, n);
    stride_plain(n->out[0], stride);
    value_own(n->out[0], stride);
    Product p = product_of(n);
    const int64_t a[] = {6, 0, 3, 0, 1}, b[] = {0, 12, 0, 1, 4}, y[] = {40, 8, 4, 1, 0};
    ck_assert_int_eq(p.nb, 2);
    ck_assert_int_eq(p.k, 3);
    for (int i = 0; i < 5; i++) {
        ck_assert_int_eq(p.a[i], a[i]);
        ck_assert_int_eq(p.b[i], b[i]);
        ck_assert_int_eq(p.y[i], y[i]);
    }
}
END_TEST

START_TEST(transposition_is_strides)
{
    Graph *g = graph_new(NULL);
    Node *n = product(g, "Gemm", tensor(g, 2, (int64_t[]){3, 2}), tensor(g, 2, (int64_t[]){4, 3}));
    int64_t stride[MAX_RANK];
    n->a.transA = n->a.transB = 1;
    infer_node(g, n);
    ck_assert_str_eq(dims_text(n->out[0]), "2x4");
    stride_plain(n->out[0], stride);
    value_own(n->out[0], stride);
    Product p = product_of(n);
    ck_assert_int_eq(p.a[0], 1);
    ck_assert_int_eq(p.a[2], 2);
    ck_assert_int_eq(p.b[1], 3);
    ck_assert_int_eq(p.b[2], 1);
}
END_TEST

START_TEST(alpha_folds_into_a_constant)
{
    const float w[] = {1, 2, 3};
    Graph *g = graph_new(NULL);
    Value *b = value_const(g, "w", DT_FLOAT, 2, (int64_t[]){3, 1}, w);
    Node *n = product(g, "Gemm", tensor(g, 2, (int64_t[]){2, 3}), b);
    n->a.alpha = 0.5f;
    gemm_canon(g, n);
    ck_assert(n->a.alpha == 1);
    ck_assert(value_is_const(n->in[1]));
    ck_assert_double_eq(value_at(n->in[1], 2), 1.5);
    ck_assert_int_eq(g->nnode, 0);
}
END_TEST

START_TEST(alpha_without_a_constant_is_a_step)
{
    Graph *g = graph_new(NULL);
    Node *n = product(g, "Gemm", tensor(g, 2, (int64_t[]){2, 3}), tensor(g, 2, (int64_t[]){3, 1}));
    n->a.alpha = 0.5f;
    gemm_canon(g, n);
    ck_assert(node_is(n, "Map"));
    ck_assert_int_eq(g->nnode, 1);
    ck_assert(node_is(g->node[0], "Gemm"));
    ck_assert(g->node[0]->a.alpha == 1);
}
END_TEST

Suite *matmul_suite(void)
{
    Suite *s = suite_create("matmul");
    TCase *c = tcase_create("matmul");
    tcase_add_test(c, dims_as_numpy);
    tcase_add_test(c, batches_are_strides);
    tcase_add_test(c, transposition_is_strides);
    tcase_add_test(c, alpha_folds_into_a_constant);
    tcase_add_test(c, alpha_without_a_constant_is_a_step);
    suite_add_tcase(s, c);
    return s;
}
