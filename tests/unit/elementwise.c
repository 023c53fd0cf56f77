/* SPDX-License-Identifier: MIT */
/* elementwise.c - operators whose expression depends on attributes and types, and what may be computed in vectors. */
#include <check.h>
#include <math.h>
#include <string.h>
#include "dnncc.h"
#include "ops/ops.h"

static Node *unary(Graph *g, const char *op, DType t)
{
    Value *x = value_new(g, "x", t, 1, (int64_t[]){4}), *y = value_new(g, "y", DT_NONE, -1, NULL);
    return node_new(g, op, "n", 1, &x, 1, &y);
}

static Num at(const Expr *e, double x)
{
    return expr_eval(e, (Num[]){{0, 0}, {x, (int64_t)x}});
}

START_TEST(old_clip_gets_inputs)
{
    Graph *g = graph_new(NULL);
    Node *n = unary(g, "Clip", DT_FLOAT);
    n->opset = 6;
    n->a.max = 6;
    n->a.has[A_max] = true;
    clip_canon(g, n);
    ck_assert_int_eq(n->nin, 3);
    ck_assert_ptr_null(node_in(n, 1));
    ck_assert_double_eq(value_at(n->in[2], 0), 6);
    const Num leaf[] = {{0, 0}, {9, 0}, {0, 0}, {6, 0}};
    ck_assert_double_eq(expr_eval(clip_expr(n), leaf).f, 6);
}
END_TEST

START_TEST(infinities_by_sign)
{
    Graph *g = graph_new(NULL);
    Node *n = unary(g, "IsInf", DT_FLOAT);
    ck_assert_int_eq(at(isinf_expr(n), -INFINITY).i, 1);
    ck_assert_int_eq(at(isinf_expr(n), 1e38).i, 0);
    n->a.detect_negative = 0;
    ck_assert_int_eq(at(isinf_expr(n), -INFINITY).i, 0);
    ck_assert_int_eq(at(isinf_expr(n), INFINITY).i, 1);
}
END_TEST

START_TEST(casts_truncate_and_wrap)
{
    Graph *g = graph_new(NULL);
    Node *n = unary(g, "Cast", DT_FLOAT);
    n->a.to = DT_INT32;
    ck_assert_int_eq(at(cast_expr(n), -2.9).i, -2);
    n->a.to = DT_BOOL;
    ck_assert_int_eq(at(cast_expr(n), 0.25).i, 1);
    n = unary(g, "Cast", DT_INT32);
    n->a.to = DT_UINT8;
    ck_assert_int_eq(at(cast_expr(n), 257).i, 1);
}
END_TEST

/* The dims that b of shape 3 has against 2x3x4x5. */
static const char *aligned(int opset, int64_t axis)
{
    Graph *g = graph_new(NULL);
    Value *in[] = {value_new(g, "a", DT_FLOAT, 4, (int64_t[]){2, 3, 4, 5}),
                   value_new(g, "b", DT_FLOAT, 1, (int64_t[]){3})};
    Value *y = value_new(g, "y", DT_NONE, -1, NULL);
    Node *n = node_new(g, "Add", "n", 2, in, 1, &y);
    n->opset = opset;
    n->a.broadcast = 1;
    n->a.axis = axis;
    n->a.has[A_axis] = true;
    broadcast_canon(g, n);
    for (int i = 0; i < g->nnode; i++)
        infer_node(g, g->node[i]);
    return dims_text(n->in[1]);
}

/* The compiler's own conversions: each code there and back, and what is too large. */
START_TEST(short_floats_by_their_definition)
{
    static const DType types[] = {DT_FLOAT16,        DT_BFLOAT16,   DT_FLOAT8E4M3FN,
                                  DT_FLOAT8E4M3FNUZ, DT_FLOAT8E5M2, DT_FLOAT8E5M2FNUZ,
                                  DT_FLOAT4E2M1,     DT_FLOAT8E8M0};
    for (size_t i = 0; i < COUNT(types); i++)
        for (unsigned c = 0; c < 1u << dtype_bits(types[i]); c++) {
            double v = short_decode(types[i], c);
            if (v == v)
                ck_assert_uint_eq(short_encode(types[i], v), c);
            else
                ck_assert_double_nan(short_decode(types[i], short_encode(types[i], v)));
        }
    ck_assert_uint_eq(short_encode(DT_FLOAT8E5M2, 1e9), 0x7c);
    ck_assert_uint_eq(short_encode(DT_FLOAT8E4M3FN, -1e9), 0xff);
    ck_assert_uint_eq(short_encode(DT_FLOAT4E2M1, -9), 15);
}
END_TEST

START_TEST(small_elements_are_packed_in_files)
{
    const uint8_t packed[] = {0x87, 0x0a};
    uint8_t data[3], again[2];
    bits_unpack(DT_INT4, 3, packed, data);
    ck_assert_int_eq((int8_t)data[0], 7);
    ck_assert_int_eq((int8_t)data[1], -8);
    ck_assert_int_eq((int8_t)data[2], -6);
    bits_pack(DT_INT4, 3, data, again);
    ck_assert_mem_eq(again, packed, 2);
}
END_TEST

START_TEST(strings_are_records)
{
    char data[2 * STRING_BYTES];
    memset(data, 'x', sizeof data);
    ck_assert(string_put(data, 1, "abc", 2));
    ck_assert_int_eq(data[STRING_BYTES - 1], 'x');
    ck_assert_str_eq(data + STRING_BYTES, "ab");
    ck_assert_int_eq(data[2 * STRING_BYTES - 1], 0);
    ck_assert(!string_put(data, 0, "a\0b", 3));
    memset(data, 'y', sizeof data);
    ck_assert(!string_put(data, 0, data, STRING_BYTES));
    ck_assert(string_put(data, 1, data, STRING_BYTES - 1));
    ck_assert(fn_defined(FN_eq, DT_STRING) && fn_defined(FN_sel, DT_STRING));
    ck_assert(!fn_defined(FN_lt, DT_STRING) && !fn_defined(FN_add, DT_STRING));
}
END_TEST

START_TEST(old_operands_lie_along_an_axis)
{
    ck_assert_str_eq(aligned(6, 1), "3x1x1");
    ck_assert_str_eq(aligned(6, -3), "3x1x1");
    ck_assert_str_eq(aligned(7, 1), "3");
}
END_TEST

START_TEST(vectors_keep_integers_exact)
{
    Expr *word = expr_leaf(0, DT_INT32), *byte = expr_leaf(0, DT_UINT8);
    ck_assert(!expr_is_vector(word));
    ck_assert(expr_is_vector(byte));
    ck_assert(expr_is_vector(expr_cast(word, DT_FLOAT)));
    ck_assert(!expr_is_vector(expr_cast(word, DT_UINT8)));
    ck_assert(!expr_is_vector(expr_cast(byte, DT_INT8)));
    ck_assert(expr_is_vector(expr_cast(byte, DT_INT32)));
}
END_TEST

Suite *elementwise_suite(void)
{
    Suite *s = suite_create("elementwise");
    TCase *c = tcase_create("elementwise");
    tcase_add_test(c, old_clip_gets_inputs);
    tcase_add_test(c, infinities_by_sign);
    tcase_add_test(c, casts_truncate_and_wrap);
    tcase_add_test(c, short_floats_by_their_definition);
    tcase_add_test(c, small_elements_are_packed_in_files);
    tcase_add_test(c, strings_are_records);
    tcase_add_test(c, old_operands_lie_along_an_axis);
    tcase_add_test(c, vectors_keep_integers_exact);
    suite_add_tcase(s, c);
    return s;
}
