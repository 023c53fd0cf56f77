/* SPDX-License-Identifier: MIT
 * onnx.c - what reading makes of models that are as they should be, or unusual but right. They are
 * in onnx.txt, which protoc encodes; without protoc nothing is tested. tests/bad.sh has the
 * wrong ones. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include "dnncc.h"

/* tests/unit/onnx.txt to NAME.txt, once for all tests. */
static void expand(void)
{
    const char *files = "\"$srcdir/tests/expand.awk\" \"$srcdir/tests/unit/onnx.txt\"";
    ck_assert_int_eq(system(text("${AWK:-awk} -f %s", files)), 0);
}

static void encode(const char *type, const char *from, const char *to)
{
    const char *protoc = "protoc -I\"$srcdir/schema\" --encode=onnx";
    ck_assert_int_eq(system(text("%s.%s onnx.proto <%s >%s", protoc, type, from, to)), 0);
}

static Graph *read_with(Compiler *c, const char *name)
{
    encode("ModelProto", text("%s.txt", name), "model.onnx");
    Graph *g = onnx_read(c, "model.onnx");
    blockers_check();
    return g;
}

static Graph *read_case(const char *name)
{
    Compiler c = {0};
    return read_with(&c, name);
}

/* ---- constants ---- */

/* What is read from the fields `tensor` of a TensorProto, of which the model has but a placeholder. */
static Value *constant(const char *tensor)
{
    size_t bytes;
    char *model = read_file("constant.txt", &bytes), *mark = strstr(model, "TENSOR");
    FILE *f = fopen("edited.txt", "w");
    fprintf(f, "%.*s%s%s", (int)(mark - model), model, tensor, mark + strlen("TENSOR"));
    fclose(f);
    Value *w = read_case("edited")->node[0]->in[1];
    ck_assert_str_eq(w->name, "w");
    ck_assert(value_is_const(w));
    return w;
}

START_TEST(elements_of_every_list)
{
    static const struct {
        const char *tensor;
        double want;
    } rows[] = {
        {"data_type: 1 float_data: [1.5, -2.5]", -2.5},
        {"data_type: 11 double_data: [1.5, 1e300]", 1e300},
        {"data_type: 7 int64_data: [1, -9223372036854775808]", -0x1p63},
        {"data_type: 6 int32_data: [1, -7]", -7},
        {"data_type: 3 int32_data: [1, -7]", -7},
        {"data_type: 2 int32_data: [1, 250]", 250},
        {"data_type: 4 int32_data: [1, 65535]", 65535},
        {"data_type: 9 int32_data: [0, 1]", 1},
        {"data_type: 12 uint64_data: [1, 4294967295]", 4294967295.},
        {"data_type: 13 uint64_data: [1, 18446744073709551615]", 0x1p64},
        {"data_type: 10 int32_data: [0, 0xC100]", -2.5},
        {"data_type: 16 int32_data: [0, 0xC020]", -2.5},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_double_eq(value_at(constant(text("dims: 2 %s", rows[i].tensor)), 1),
                            rows[i].want);
}
END_TEST

START_TEST(elements_as_bytes)
{
    ck_assert_int_eq(value_int_at(constant("dims: 2 data_type: 5 raw_data: '\\001\\000\\376\\377'"),
                                  1),
                     -2);
    Value *truth = constant("dims: 3 data_type: 9 raw_data: '\\000\\001\\007'");
    ck_assert_int_eq(((const uint8_t *)truth->data)[2], 1);
    ck_assert_str_eq(dims_text(constant("data_type: 1 raw_data: '\\000\\000\\200\\077'")),
                     "scalar");
    ck_assert_int_eq(value_count(constant("dims: [3, 0] data_type: 1")), 0);
    /* A writer may leave the empty bytes in. */
    ck_assert_double_eq(value_at(constant("dims: 1 data_type: 1 raw_data: '' float_data: 4"), 0),
                        4);
}
END_TEST

START_TEST(elements_in_a_file)
{
    FILE *f = fopen("w.bin", "wb");
    const float v[] = {1, 2, 3};
    fwrite("-", 1, 1, f);
    fwrite(v, sizeof v, 1, f);
    fclose(f);
    Value *w = constant("dims: 2 data_type: 1 data_location: EXTERNAL"
                        " external_data { key: 'location' value: 'w.bin' }"
                        " external_data { key: 'offset' value: '5' }"
                        " external_data { key: 'length' value: '8' }");
    ck_assert_uint_eq((uintptr_t)w->data % sizeof(float), 0);
    ck_assert_double_eq(value_at(w, 0), 2);
    ck_assert_double_eq(value_at(w, 1), 3);
}
END_TEST

/* ---- inputs ---- */

START_TEST(an_input_with_an_initializer_is_a_constant)
{
    Graph *g = read_case("old");
    ck_assert_int_eq(g->nin, 1);
    ck_assert_ptr_eq(g->in[0], g->node[0]->in[0]);
    ck_assert(value_is_const(g->node[0]->in[1]));
    ck_assert_int_eq(g->node[0]->opset, 8);
}
END_TEST

START_TEST(a_shape_makes_it_an_input_again)
{
    ShapeFix fix = {"w", 1, {2}};
    Compiler c = {.shape = &fix, .nshape = 1};
    Graph *g = read_with(&c, "old");
    ck_assert_int_eq(g->nin, 2);
    ck_assert_ptr_eq(g->in[1], g->node[0]->in[1]);
    ck_assert(!value_is_const(g->in[1]));
}
END_TEST

START_TEST(dims_by_option)
{
    DimFix dim[] = {{"N", 5}, {"H", 7}};
    ShapeFix shape = {"z", 2, {8, 9}};
    Compiler c = {.dim = dim, .ndim = 2, .shape = &shape, .nshape = 1};
    Graph *g = read_with(&c, "open");
    ck_assert_str_eq(dims_text(g->in[0]), "5x3x7");
    ck_assert_str_eq(dims_text(g->in[1]), "8x9");
    ck_assert_str_eq(g->in[0]->dim_name[2], "H");
    ck_assert_ptr_null(g->in[0]->dim_name[1]);
}
END_TEST

START_TEST(dims_by_data)
{
    Compiler c = {.data = "data"};
    ck_assert_int_eq(system("mkdir -p data"), 0);
    ck_assert_int_eq(system("echo \"dims: [2, 4] name: 'z'\" >0.txt"), 0);
    ck_assert_int_eq(system("echo \"dims: [1, 3, 2]\" >1.txt"), 0);
    ck_assert_int_eq(system("echo \"dims: [6, 3, 2] name: 'x'\" >2.txt"), 0);
    for (int i = 0; i < 3; i++)
        encode("TensorProto", text("%d.txt", i), text("data/input_%d.pb", i));
    Graph *g = read_with(&c, "open");
    ck_assert_str_eq(dims_text(g->in[0]), "6x3x2");
    ck_assert_str_eq(dims_text(g->in[1]), "2x4");
}
END_TEST

START_TEST(a_symbol_known_in_one_input_is_known_in_all)
{
    ShapeFix shape = {"z", 2, {8, 9}};
    DimFix dim = {"N", 1};
    Compiler c = {.dim = &dim, .ndim = 1, .shape = &shape, .nshape = 1};
    ck_assert_str_eq(dims_text(read_with(&c, "open")->in[0]), "1x3x8");
}
END_TEST

/* ---- nodes ---- */

START_TEST(nodes_get_into_order)
{
    Graph *g = read_case("unordered");
    const char *names = "";
    for (int i = 0; i < g->nnode; i++)
        names = text("%s%s ", names, g->node[i]->name);
    ck_assert_str_eq(names, "n_Abs n_Exp n_Add n_Neg ");
}
END_TEST

START_TEST(what_is_left_out_is_null)
{
    Graph *g = read_case("left-out");
    ck_assert_int_eq(g->node[0]->nin, 3);
    ck_assert_ptr_null(g->node[0]->in[1]);
    ck_assert_int_eq(g->node[1]->nin, 1);
    ck_assert_int_eq(g->node[2]->nout, 1);
    ck_assert_str_eq(g->node[2]->name, "Dropout_y");
}
END_TEST

START_TEST(attributes_of_every_kind)
{
    Graph *g = read_case("attributes");
    const Attrs *a = &g->node[1]->a;
    ck_assert_int_eq(value_int_at(g->node[0]->a.value, 1), 4);
    ck_assert_int_eq(a->hidden_size, 5);
    ck_assert_double_eq(a->clip, 1.5);
    ck_assert_str_eq(a->direction, "reverse");
    ck_assert_int_eq(a->activation_alpha.n, 2);
    ck_assert_str_eq(a->activations.v[1], "Tanh");
    ck_assert(a->has[A_input_forget] && !a->has[A_layout]);
}
END_TEST

START_TEST(branches_see_what_is_around_them)
{
    Graph *g = read_case("branches");
    ck_assert_str_eq(g->node[0]->op->name, "Abs");
    Graph *then = g->node[1]->body[0], *other = g->node[1]->body[1];
    ck_assert_ptr_eq(then->node[0]->in[0], g->node[0]->out[0]);
    ck_assert_ptr_eq(other->node[0]->in[0], g->in[0]);
    ck_assert_ptr_eq(other->out[0], other->node[0]->out[0]);
    ck_assert_ptr_eq(then->outer, g);
}
END_TEST

START_TEST(names_are_made_safe)
{
    Graph *g = read_case("names");
    ck_assert_str_eq(g->in[0]->name, "a_*b___?(");
}
END_TEST

/* ---- functions ---- */

START_TEST(functions_are_inlined)
{
    Graph *g = read_case("functions");
    ck_assert_int_eq(g->nnode, 5);
    ck_assert_str_eq(g->node[0]->name, "n_Outer/n_Inner/n_Clip");
    ck_assert_int_eq(g->node[0]->nin, 2);
    ck_assert_ptr_null(g->node[0]->in[1]);
    ck_assert_double_eq(g->node[1]->a.alpha, 3);
    ck_assert_double_eq(g->node[4]->a.alpha, 0.5);
    ck_assert_int_eq(g->node[1]->opset, 17);
    ck_assert_int_eq(g->node[2]->opset, 16);
    ck_assert_str_eq(g->node[2]->out[0]->name, "m");
    ck_assert_str_eq(g->out[0]->name, "y");
}
END_TEST

START_TEST(an_overload_is_chosen_by_name)
{
    Graph *g = read_case("overload");
    ck_assert_str_eq(g->node[0]->op->name, "Abs");
}
END_TEST

START_TEST(forms_of_the_first_opset)
{
    Compiler c = {0};
    const Graph *g = c.graph = read_with(&c, "first");
    infer(&c);
    ck_assert_str_eq(dims_text(g->out[0]), "1x8");
    ck_assert_int_eq(blockers_count(), 0);
}
END_TEST

/* A function that hands its input through: the graph's output still has its own name. */
START_TEST(an_output_keeps_its_name)
{
    Graph *g = read_case("through");
    ck_assert_str_eq(g->out[0]->name, "y");
    ck_assert(node_is(g->out[0]->producer, "Identity"));
    ck_assert_ptr_eq(g->out[1], g->in[0]);
}
END_TEST

/* ---- extremes ---- */

/* 100000 graphs inside each other, built from the innermost: each level is a tag and a length before what there is. */
START_TEST(nesting_ends_with_a_message)
{
    static const uint8_t tags[] = {6 << 3 | 2, 5 << 3 | 2,
                                   1 << 3 | 2}; /* attribute.g, node.attribute, graph.node */
    size_t room = 1 << 20, at = room;
    uint8_t *b = mem(room);
    for (int level = 0; level < 100000; level++) {
        uint8_t head[8];
        int n = 0;
        head[n++] = level == 99999 ? 7 << 3 | 2 : tags[level % 3];
        for (size_t len = room - at; len || n == 1; len >>= 7)
            head[n++] = (uint8_t)((len & 127) | (len > 127 ? 128 : 0));
        at -= (size_t)n;
        memcpy(b + at, head, (size_t)n);
    }
    FILE *f = fopen("deep.onnx", "wb");
    fwrite(b + at, 1, room - at, f);
    fclose(f);
    Compiler c = {0};
    onnx_read(&c, "deep.onnx");
}
END_TEST

START_TEST(written_and_read_again)
{
    Graph *g = read_case("again");
    onnx_write(g, "again.onnx");
    Compiler c = {0};
    Graph *again = onnx_read(&c, "again.onnx");
    blockers_check();
    const Node *n = again->node[0];
    ck_assert_int_eq(again->nnode, 2);
    ck_assert_int_eq(n->a.transB, 1);
    ck_assert_double_eq(n->a.alpha, 0.5);
    ck_assert(!n->a.has[A_transA]);
    ck_assert_double_eq(value_at(n->in[1], 7), 8);
    ck_assert_str_eq(dims_text(again->in[0]), "1x4");
    ck_assert_int_eq(n->opset, 13);
}
END_TEST

Suite *onnx_suite(void)
{
    Suite *s = suite_create("onnx");
    TCase *t = tcase_create("reading");
    suite_add_tcase(s, t);
    tcase_add_exit_test(t, nesting_ends_with_a_message, 1);
    if (system("command -v protoc >/dev/null"))
        return s;
    tcase_add_unchecked_fixture(t, expand, NULL);
    tcase_add_test(t, elements_of_every_list);
    tcase_add_test(t, elements_as_bytes);
    tcase_add_test(t, elements_in_a_file);
    tcase_add_test(t, an_input_with_an_initializer_is_a_constant);
    tcase_add_test(t, a_shape_makes_it_an_input_again);
    tcase_add_test(t, dims_by_option);
    tcase_add_test(t, dims_by_data);
    tcase_add_test(t, a_symbol_known_in_one_input_is_known_in_all);
    tcase_add_test(t, nodes_get_into_order);
    tcase_add_test(t, what_is_left_out_is_null);
    tcase_add_test(t, attributes_of_every_kind);
    tcase_add_test(t, branches_see_what_is_around_them);
    tcase_add_test(t, names_are_made_safe);
    tcase_add_test(t, functions_are_inlined);
    tcase_add_test(t, an_overload_is_chosen_by_name);
    tcase_add_test(t, forms_of_the_first_opset);
    tcase_add_test(t, an_output_keeps_its_name);
    tcase_add_test(t, written_and_read_again);
    return s;
}
