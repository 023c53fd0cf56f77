/* SPDX-License-Identifier: MIT */
/* compare.c - which layers are laid side by side, and what ONNX Runtime's profiles become. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "ort.h"

/* A profile from lines "layer: node node ...", with ten runs of 1, 2, 3 ... us each. */
static Profile *made(const char *lines)
{
    Profile *p = mem(sizeof *p);
    p->path = p->label = "made";
    p->sha256 = "ab";
    char *s = text("%s", lines), *line_end, *word_end;
    for (char *line = strtok_r(s, "\n", &line_end); line; line = strtok_r(NULL, "\n", &line_end)) {
        Layer l = {.name = strtok_r(line, ":", &word_end),
                   .op = "Conv",
                   .macs = 5,
                   .bytes = ABSENT};
        l.zeros_in.elements = l.zeros_out.elements = ABSENT;
        for (char *node; (node = strtok_r(NULL, " ", &word_end));)
            PUSH(l.node, l.nnode, node);
        for (int r = 0; r < 10; r++)
            PUSH(l.ns.at, l.ns.n, 1000 * (p->nlayer + 1) + r);
        PUSH(p->layer, p->nlayer, l);
    }
    return p;
}

/* Groups as "a + b | c" a line: the layers of each profile. */
static const char *aligned(Profile **profile, int n)
{
    int ngroup;
    const Group *g = align(profile, n, &ngroup);
    const char *all = "";
    for (int i = 0; i < ngroup; i++)
        for (int k = 0; k < n; k++) {
            const Side *s = &g[i].side[k];
            for (int m = 0; m < s->n; m++)
                all = text("%s%s%s", all, m ? " + " : "", s->layer[m]->name);
            all = text("%s%s", all, k + 1 < n ? " | " : "\n");
        }
    return all;
}

static const char *two(const char *a, const char *b)
{
    Profile *p[] = {made(a), made(b)};
    return aligned(p, 2);
}

START_TEST(fusions_differ)
{
    ck_assert_str_eq(two("a: 1\nb: 2\n", "a: 1\nb: 2\n"), "a | a\nb | b\n");
    ck_assert_str_eq(two("ab: 1 2\nc: 3\n", "a: 1\nb: 2\nc: 3\n"), "ab | a + b\nc | c\n");
    ck_assert_str_eq(two("ab: 1 2\ncd: 3 4\n", "a: 1\nbc: 2 3\nd: 4\n"), "ab + cd | a + bc + d\n");
    ck_assert_str_eq(two("a: 1\na2: 1\n", "a: 1\n"), "a + a2 | a\n"); /* a node in two layers */
    ck_assert_str_eq(two("b: 2\na: 1\n", "a: 1\nb: 2\n"), "b | b\na | a\n"); /* another order */
}
END_TEST

START_TEST(some_are_on_one_side_only)
{
    ck_assert_str_eq(two("a: 1\nb: 2\n", "a: 1\n"), "a | a\nb | \n");
    ck_assert_str_eq(two("a: 1\n", "a: 1\nz: 9\n"), "a | a\n | z\n");
    ck_assert_str_eq(two("Copy x:\na: 1\n", "a: 1\nCopy x:\n"), "Copy x | Copy x\na | a\n");
    ck_assert_str_eq(two("", "a: 1\n"), " | a\n");
    ck_assert_str_eq(two("", ""), "");
}
END_TEST

START_TEST(three_profiles)
{
    Profile *p[] = {made("ab: 1 2\nc: 3\n"), made("a: 1\nb: 2\nc: 3\n"), made("a: 1\nbc: 2 3\n")};
    ck_assert_str_eq(aligned(p, 3), "ab + c | a + b + c | a + bc\n");
}
END_TEST

START_TEST(sums_of_groups)
{
    Profile *p[] = {made("ab: 1 2\nc: 3\n"), made("a: 1\nb: 2\nc: 3\n")};
    const Comparison *c = compare(p, 2);
    ck_assert_int_eq(c->ngroup, 2);
    ck_assert(c->group[0].side[0].median == 1004.5 && c->group[0].side[1].median == 3009);
    ck_assert(c->group[0].side[1].macs == 10 && c->group[0].side[1].bytes == ABSENT);
    ck_assert(c->group[0].side[1].change.ratio == 3009 / 1004.5);
    ck_assert(c->group[0].side[1].change.marked && !c->group[0].side[0].change.marked);
    ck_assert(side_difference(&c->group[0], 1) == 3009 - 1004.5);
    ck_assert(c->whole.side[0].median == 3009); /* no runs: the sum of the layers */
    ck_assert_str_eq(c->group[0].name, "ab");
    ck_assert_str_eq(c->group[0].op, "Conv");
    ck_assert(compare_metric(c, 1, "latency").value == c->whole.side[1].median);
    ck_assert(compare_metric(c, 1, "zeros").value == ABSENT);
    ck_assert_int_eq(compare_order(c)[0], 0); /* 2 us against 1 us */
}
END_TEST

static Profile *from_json(const char *json)
{
    json_t *j = json_loads(json, 0, NULL);
    ck_assert_ptr_nonnull(j);
    return ort_profile(j, "dir/ort.json");
}

#define RUN(ts, dur) \
    "{\"cat\":\"Session\",\"ts\":" #ts ",\"dur\":" #dur ",\"name\":\"model_run\",\"args\":{}},"
#define NODE(ts, dur, name, op, ...)                                     \
    "{\"cat\":\"Node\",\"ts\":" #ts ",\"dur\":" #dur ",\"name\":\"" name \
    "_kernel_time\",\"args\":"                                           \
    "{\"op_name\":\"" op                                                 \
    "\",\"node_index\":\"7\",\"output_type_shape\":[{\"float\":[" #__VA_ARGS__ "]}]}}"

START_TEST(onnx_runtime)
{
    Profile *p = from_json("[" RUN(10, 50) RUN(100, 40) NODE(11, 20, "loop", "Loop", 1) "," NODE(
        12, 3, "add", "Add",
        1) "," NODE(16, 3, "add", "Add",
                    1) "," NODE(40, 9, "", "Relu",
                                4) "," NODE(101, 10, "loop", "Loop",
                                            1) "," NODE(102, 4, "add", "Add",
                                                        1) "," NODE(130, 5, "", "Relu",
                                                                    4) "," NODE(900, 5, "late",
                                                                                "Relu", 4) "]");
    ck_assert_str_eq(p->label, "ort.json");
    ck_assert_int_eq(p->nlayer, 3);
    ck_assert(p->ns.n == 2 && p->ns.at[0] == 50000 && p->ns.at[1] == 40000);
    ck_assert(p->layer[0].ns.at[0] == 14000 && p->layer[0].ns.at[1] == 6000); /* without its body */
    ck_assert(p->layer[1].ns.at[0] == 6000 && p->layer[1].ns.at[1] == 4000);
    ck_assert_str_eq(p->layer[2].name, "Relu 7");
    ck_assert(p->layer[2].output.at[0] == 4);
}
END_TEST

/* Renamed by its optimiser: "fused c1", y2 of an unnamed node, by operator and shape, and kernels of its own. */
START_TEST(onnx_runtime_renames)
{
    Profile *ours = made("c1: c1 r1\nConv_y2: Conv_y2\nm: m\nc3: c3\nx: x\n");
    ours->layer[2].op = "MatMul+Add";
    double dims[] = {8, 9};
    ours->layer[2].output = (Series){dims, 2};
    Profile *p[] = {
        ours, from_json("[" RUN(0, 99) NODE(1, 1, "ReorderInput", "ReorderInput", 1) "," NODE(
                  2, 1, "fused c1", "FusedConv",
                  1) "," NODE(3, 1, "y2_nchwc", "Conv",
                              1) "," NODE(4, 1, "ReorderOutput", "ReorderOutput",
                                          1) "," NODE(5, 1, "MatMul_Add_Fusion_3", "FusedMatMul", 8,
                                                      9) "," NODE(6, 1, "c3", "Conv", 1) "]")};
    ort_rename(p, 2);
    ck_assert_str_eq(aligned(p, 2), "c1 | ReorderInput + fused c1\n"
                                    "Conv_y2 | y2_nchwc + ReorderOutput\n"
                                    "m | MatMul_Add_Fusion_3\n"
                                    "c3 + x | c3\n");
}
END_TEST

/* Two layers alike, in another order: what it fuses by itself tells which is which, and the kernel before it. */
START_TEST(onnx_runtime_fuses)
{
    Profile *ours = made("a: a sa ma\nb: b sb mb\n");
    double dims[] = {8, 9};
    for (int i = 0; i < 2; i++) {
        ours->layer[i].op = "Conv+Sigmoid+Mul";
        ours->layer[i].output = (Series){dims, 2};
    }
    Profile *p[] = {ours,
                    from_json("[" RUN(0, 99) NODE(1, 1, "1_nchwc", "Conv", 8, 9) "," NODE(
                        2, 1, "mb/QuickGeluFusion/", "QuickGelu",
                        8) "," NODE(3, 1, "2_nchwc", "Conv", 8,
                                    9) "," NODE(4, 1, "ma/QuickGeluFusion/", "QuickGelu", 8) "]")};
    ort_rename(p, 2);
    ck_assert_str_eq(aligned(p, 2), "a | 2_nchwc + ma/QuickGeluFusion/\n"
                                    "b | 1_nchwc + mb/QuickGeluFusion/\n");
}
END_TEST

Suite *compare_suite(void)
{
    Suite *s = suite_create("compare");
    TCase *c = tcase_create("compare");
    tcase_add_test(c, fusions_differ);
    tcase_add_test(c, some_are_on_one_side_only);
    tcase_add_test(c, three_profiles);
    tcase_add_test(c, sums_of_groups);
    tcase_add_test(c, onnx_runtime);
    tcase_add_test(c, onnx_runtime_renames);
    tcase_add_test(c, onnx_runtime_fuses);
    suite_add_tcase(s, c);
    return s;
}
