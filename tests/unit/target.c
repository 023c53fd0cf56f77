/* SPDX-License-Identifier: MIT */
/* target.c - targets: what a YAML file says and inherits, every mistake told with its place, and
 * the prelude that follows from code. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "dnncc.h"
#include "said.h"

static void read_it(const char *path)
{
    target_load(path);
}

/* What target_load says about this text; "" when nothing. */
static const char *complaint(const char *yaml)
{
    return said_about("./t.yaml", yaml, read_it);
}

static const char base[] = "lanes: 4\nregisters: 16\nl1: 1\nl2: 2\nfma_per_cycle: 1.5\n";

static const char *prelude(const Target *t, const char *body)
{
    Out o;
    out_init(&o);
    prelude_emit(&o, t, "NET_PORTABLE", body);
    return o.text;
}

START_TEST(every_mistake_has_a_place)
{
    static const char *const cases[][2] = {
        {"lane: 4\n", "t.yaml:1:1: unknown key 'lane'\n  hint: the keys are extends"},
        {"description: x\nlanes: four\n", "t.yaml:2:8: lanes must be an integer, not 'four'"},
        {"lanes: 4.0\n", "t.yaml:1:8: lanes must be an integer, not '4.0'"},
        {"lanes: 65\n", "t.yaml:1:8: lanes must be 1 to 64"},
        {"lanes: 99999999999999999999\n", "t.yaml:1:8: lanes must be 1 to 64"},
        {"lanes: 6\n", "t.yaml:1:8: lanes must be a power of two"},
        {"lanes: [4]\n", "t.yaml:1:8: lanes must be one value"},
        {"fma_per_cycle: nan\n", "t.yaml:1:16: fma_per_cycle must be a number"},
        {"guard: __AVX2__\n", "t.yaml:1:8: guard must be a list"},
        {"guard: ['A) || (B']\n", "t.yaml:1:9: guard may not have the character ')'"},
        {"headers: [\"a>\\n#error\"]\n", "t.yaml:1:11: headers may not have the character '>'"},
        {"cflags: -O2; rm x\n", "t.yaml:1:9: cflags may not have the character ';'"},
        {"description: \"a\\0b\"\n", "t.yaml:1:14: description has a character beyond"},
        {"lanes: 4\nlanes: 8\n", "t.yaml:2:1: 'lanes' is given twice"},
        {"[lanes]\n", "t.yaml:1:1: a target must be a mapping"},
        {"", "t.yaml:1:1: an empty file"},
        {"lanes: 4\n---\nlanes: 4\n", "t.yaml:3:1: a second document"},
        {"lanes: {\n", "not YAML"},
        {"extends: none\n", "t.yaml:1:10: no target 'none'"},
        {"extends: ./t.yaml\n", "t.yaml:1:10: extends goes round in a circle"},
        {"types: {vi: int}\n", "t.yaml:1:9: unknown type 'vi'"},
        {"words: {vf_ad: $0}\n",
         "t.yaml:1:9: unknown word 'vf_ad'\n  hint: did you mean 'vf_add'?"},
        {"words: {vf_exp: $0}\n", "t.yaml:1:9: 'vf_exp' is made of other words"},
        {"words: {vf_add: $0 + $2}\n", "t.yaml:1:17: 'vf_add' has 2 parameters: $0 to $1"},
        {"words: {vf_add: $x}\n", "t.yaml:1:17: 'vf_add' has 2 parameters"},
        {"words: {vf_add: f($0}\n", "t.yaml:1:17: 'vf_add' has brackets that do not match"},
        {"words: {vf_add: ''}\n", "t.yaml:1:17: 'vf_add' has an empty meaning"},
        {"words: {vf_add: 'f(\"$0\")'}\n", "t.yaml:1:17: 'vf_add' has a quote"},
        {"words: {vf_add: 'vf_add($0, $1)'}\n", "t.yaml:1:17: 'vf_add' is explained by itself"},
        {"words: {vf_add: vf_exp($0)}\n", "t.yaml:1:17: 'vf_add' uses 'vf_exp'"},
        {"words: [vf_add]\n", "t.yaml:1:8: words must be a mapping"},
        {"lanes: 4\n", "t.yaml: no registers"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *said = complaint(cases[i][0]);
        ck_assert_msg(strstr(said, cases[i][1]) != NULL, "case %zu: wanted '%s', got '%s'", i,
                      cases[i][1], said);
    }
}
END_TEST

START_TEST(types_and_words_belong_together)
{
    ck_assert_str_eq(complaint(base), "");
    ck_assert_ptr_nonnull(strstr(complaint(text("%stypes: {vf: V}", base)), "both vf and vm"));
    ck_assert_ptr_nonnull(
        strstr(complaint(text("%swords: {vf_add: $0}", base)), "words without types"));
    ck_assert_ptr_nonnull(strstr(complaint(text("%stypes: {vf: V, vm: M}", base)), "no 'vf_sel'"));
}
END_TEST

START_TEST(aliases_and_depth_do_no_harm)
{
    char deep[4001];
    memset(deep, '[', 4000);
    deep[4000] = 0;
    complaint(deep);
    complaint("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nlanes: *c\n");
    complaint("lanes: &l [*l]\n");
}
END_TEST

START_TEST(a_target_extends_another)
{
    put_file("parent.yaml", text("%sguard: [A, B]\nfeatures: [fma]\ntypes: {vf: V, vm: M}\nwords:\n"
                                 "  vf_sel: s($0, $1, $2)\n  vf_ne: n($0, $1)\n"
                                 "  vf_neg: -$0\n  vf_abs: a($0)\n",
                                 base));
    put_file("child.yaml", "words: {vf_neg: ~, vf_abs: b($0)}\nguard: [C]\nregisters: 8\n"
                           "extends: parent\n");
    const Target *t = target_load("./child.yaml");
    ck_assert_str_eq(t->name, "child");
    ck_assert_int_eq(t->lanes, 4);
    ck_assert_int_eq(t->registers, 8);
    ck_assert_int_eq(t->nguard, 1);
    ck_assert_str_eq(t->guard[0], "C");
    ck_assert(target_has(t, "fma") && !target_has(t, "mask"));
    ck_assert_ptr_null(target_meaning(t, "vf_neg"));
    ck_assert_str_eq(target_meaning(t, "vf_abs"), "b($0)");
    ck_assert_str_eq(target_meaning(t, "vf_ne"), "n($0, $1)");
    ck_assert_int_eq(t->nfile, 2);
}
END_TEST

START_TEST(words_of_other_vectors_are_not_inherited)
{
    put_file("parent.yaml", text("%swhen: [W]\ntypes: {vf: V, vm: M}\nwords:\n"
                                 "  vf_sel: s($0, $1, $2)\n  vf_ne: n($0, $1)\n",
                                 base));
    put_file("wide.yaml", "lanes: 8\nextends: parent\n");
    const Target *t = target_load("./wide.yaml");
    ck_assert_ptr_null(target_meaning(t, "vf"));
    ck_assert_int_eq(t->nwhen, 0);
    put_file("same.yaml", "lanes: 4\nextends: parent\n");
    t = target_load("./same.yaml");
    ck_assert_str_eq(target_meaning(t, "vf_ne"), "n($0, $1)");
    ck_assert_ptr_nonnull(
        strstr(prelude(t, "vf_ne(a, b)"), "#if defined NET_PORTABLE || !defined W\n"));
    ck_assert_ptr_nonnull(
        strstr(complaint("extends: parent\ntypes: {vf: X, vm: Y}\n"), "no 'vf_sel'"));
}
END_TEST

START_TEST(only_words_in_use_are_defined)
{
    put_file("t.yaml", base);
    const Target *t = target_load("./t.yaml");
    const char *p = prelude(t, "f(vf_neg(a)); /* vf_add */ \"vf_sub\"; vf_load_u8_not;");
    ck_assert_ptr_nonnull(strstr(p, "vf vf_neg(vf a)"));
    ck_assert_ptr_nonnull(strstr(p, "enum { VL = 4 };"));
    ck_assert(!strstr(p, "vf_add") && !strstr(p, "vf_sub") && !strstr(p, "vf_load"));
    ck_assert(!strstr(p, "NET_PORTABLE") && !strstr(p, "#include"));
    ck_assert_ptr_null(strstr(prelude(t, "y[0] = x[0];"), "VL"));
    ck_assert_ptr_nonnull(strstr(prelude(t, "y = expf(x) + INFINITY;"), "#include <math.h>"));
}
END_TEST

START_TEST(a_missing_word_is_a_loop_over_lanes)
{
    put_file("t.yaml", text("%stypes: {vf: V, vm: M}\nwords:\n  vf_sel: s($0, $1, $2)\n"
                            "  vf_ne: n($0, $1)\n  vf_neg: minus($0)\n",
                            base));
    const char *p = prelude(target_load("./t.yaml"), "vf_neg(vf_sin(a)), vm_not(m)");
    const char *native = strstr(p, "#else");
    ck_assert_ptr_nonnull(native);
    ck_assert_ptr_nonnull(strstr(native, "vf vf_neg(vf a) { return minus(a); }"));
    ck_assert_ptr_nonnull(strstr(native, "r.l[i] = sinf(a.l[i]);"));
    ck_assert_ptr_nonnull(strstr(native, "vf_lanes a = vf_to_lanes(vf_sel(a_, "));
    ck_assert_ptr_nonnull(strstr(native, "return vf_ne(vf_of_lanes(r), vf_splat(0));"));
}
END_TEST

Suite *target_suite(void)
{
    Suite *s = suite_create("target");
    TCase *c = tcase_create("target");
    tcase_add_test(c, every_mistake_has_a_place);
    tcase_add_test(c, types_and_words_belong_together);
    tcase_add_test(c, aliases_and_depth_do_no_harm);
    tcase_add_test(c, a_target_extends_another);
    tcase_add_test(c, words_of_other_vectors_are_not_inherited);
    tcase_add_test(c, only_words_in_use_are_defined);
    tcase_add_test(c, a_missing_word_is_a_loop_over_lanes);
    suite_add_tcase(s, c);
    return s;
}
