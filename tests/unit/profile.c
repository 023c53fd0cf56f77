/* SPDX-License-Identifier: MIT */
/* profile.c - profiles: what a file says is read, every mistake told with its place; and the table on the terminal. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "profile.h"
#include "said.h"
#include "table.h"

static void read_it(const char *path)
{
    profile_read(path);
}

/* What profile_read says about this text; "" when nothing. */
static const char *complaint(const char *json)
{
    return said_about("p.json", json, read_it);
}

static const char head[] = "{\"schema\": \"dnncc-profile\", \"version\": 1, "
                           "\"model\": {\"file\": \"m.onnx\", \"sha256\": \"ab\"}";
static const char layer[] =
    "\"name\": \"conv\", \"op\": \"Conv+Relu\", \"nodes\": [\"conv\", \"r\"]";

START_TEST(a_profile_is_read)
{
    put_file("p.json",
             text("%s, \"target\": \"avx2\", \"new\": [1], \"methods\": {\"time\": \"clock\"}, "
                  "\"arena\": {\"bytes\": 8, \"buffers\": [{\"name\": \"x\", \"offset\": 0, "
                  "\"bytes\": 8, \"first\": 0, \"last\": 2}]}, \"run\": {\"ns\": [5, 6.5], "
                  "\"launches\": [1, 1]}, "
                  "\"layers\": [{%s, \"macs\": 7, \"time\": {\"ns\": [3, 4]}, "
                  "\"sparsity\": {\"output\": {\"elements\": 4, \"zeros\": 1, "
                  "\"channels\": [0, 0.5]}}, \"counters\": {\"cycles\": 9}}]}",
                  head, layer));
    const Profile *p = profile_read("p.json");
    ck_assert_str_eq(p->label, "p.json");
    ck_assert_str_eq(p->target, "avx2");
    ck_assert_str_eq(p->methods.at[0].text, "clock");
    ck_assert_ptr_null(p->cc);
    ck_assert(p->threads == ABSENT);
    ck_assert(p->ns.at[1] == 6.5);
    ck_assert_int_eq(p->nlayer, 1);
    const Layer *l = p->layer;
    ck_assert_str_eq(layer_main_op(l), "Conv");
    ck_assert_str_eq(l->node[1], "r");
    ck_assert(l->macs == 7 && l->bytes == ABSENT && l->ns.at[1] == 4);
    ck_assert(l->zeros_out.channels.at[1] == 0.5 && l->zeros_in.elements == ABSENT);
    ck_assert(quantity(&l->counters, "cycles") == 9);
    ck_assert(quantity(&l->counters, "branches") == ABSENT);
}
END_TEST

START_TEST(every_mistake_has_a_place)
{
    static const char *const cases[][2] = {
        {"{\"schema\": \"dnncc-profile\"", "'p.json' is no JSON: line 1"},
        {"", "'p.json' is no JSON: line 1"},
        {"[1, 2]", "'p.json' is no profile"},
        {"{\"schema\": 1}", "'p.json' is no profile"},
        {"{\"schema\": \"dnncc-profile\", \"version\": 2}", "is a profile of version 2, not 1"},
        {"{\"schema\": \"dnncc-profile\", \"version\": 1}", ": model.sha256 must be there"},
        {"{\"schema\": \"dnncc-profile\", \"version\": 1, \"model\": 1}", ": model must be an obj"},
    };
    static const char *const more[][2] = {
        {"", ": layers must be there"},
        {"\"layers\": 1", ": layers must be an array"},
        {"\"layers\": [1]", ": layers[0] must be an object"},
        {"\"layers\": [{}]", ": layers[0].name must be there"},
        {"\"layers\": [{\"name\": \"a\", \"op\": \"b\"}]", ": layers[0].nodes must be there"},
        {"\"layers\": [{\"name\": \"a\", \"op\": \"b\", \"nodes\": [1]}]",
         ": layers[0].nodes[0] must be a string"},
        {"\"layers\": [{LAYER, \"macs\": \"7\"}]", ": layers[0].macs must be a number from 0 on"},
        {"\"layers\": [{LAYER, \"macs\": -7}]", ": layers[0].macs must be a number from 0 on"},
        {"\"layers\": [{LAYER, \"macs\": 1e999}]", "is no JSON"},
        {"\"layers\": [{LAYER, \"time\": {\"ns\": [1, -1]}}]",
         ": layers[0].time.ns[1] must be a number from 0 on"},
        {"\"run\": {\"ns\": [1, 2]}, \"layers\": [{LAYER, \"time\": {\"ns\": [1]}}]",
         ": layers[0].time.ns must be 2 numbers"},
        {"\"run\": {\"ns\": [1, 2, 3], \"launches\": [2]}, \"layers\": []",
         ": run.launches must be numbers of runs whose sum"},
        {"\"layers\": [{LAYER, \"sparsity\": {\"input\": {\"elements\": 1, \"zeros\": 2}}}]",
         ": layers[0].sparsity.input.zeros must be at most"},
        {"\"layers\": [{LAYER, \"bits\": {\"input\": {\"representation\": \"x\", \"widths\": "
         "[1]}}}]",
         ": layers[0].bits.input.widths must be 17 numbers"},
        {"\"arena\": {\"bytes\": 4, \"buffers\": [{\"name\": \"x\", \"offset\": 1, \"bytes\": 4, "
         "\"first\": 0, \"last\": 0}]}, \"layers\": []",
         ": arena.buffers[0] must be a place in the arena"},
        {"\"label\": \"\xff\", \"layers\": []", "is no JSON"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        ck_assert_ptr_nonnull(strstr(complaint(cases[i][0]), cases[i][1]));
    for (size_t i = 0; i < COUNT(more); i++) {
        const char *rest = more[i][0], *mark = strstr(rest, "LAYER");
        if (mark)
            rest = text("%.*s%s%s", (int)(mark - rest), rest, layer, mark + strlen("LAYER"));
        const char *said = complaint(text("%s%s%s}", head, *rest ? ", " : "", rest));
        ck_assert_msg(strstr(said, more[i][1]) != NULL, "'%s' but not '%s'", said, more[i][1]);
    }
    ck_assert_str_eq(complaint(text("%s, \"layers\": []}", head)), "");
}
END_TEST

/* Cut anywhere, the file is refused. */
START_TEST(a_part_is_no_profile)
{
    const char *whole = text("%s, \"layers\": [{%s}]}", head, layer);
    for (size_t n = 0; n < strlen(whole); n++)
        ck_assert_ptr_nonnull(strstr(complaint(text("%.*s", (int)n, whole)), "p.json"));
}
END_TEST

START_TEST(names_become_utf8)
{
    ck_assert_str_eq(utf8("caf\xc3\xa9 \xf0\x9f\x98\x80"), "caf\xc3\xa9 \xf0\x9f\x98\x80");
    ck_assert_str_eq(utf8("a\xffz\xc0\x80\xed\xa0\x80"), "a\xef\xbf\xbdz\xef\xbf\xbd\xef\xbf\xbd"
                                                         "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    ck_assert_str_eq(utf8("\xe2\x82"), "\xef\xbf\xbd\xef\xbf\xbd");
}
END_TEST

static const char *printed(const Table *t, int width)
{
    size_t n;
    FILE *f = fopen("t.txt", "w");
    table_print(t, f, width);
    fclose(f);
    return read_file("t.txt", &n);
}

START_TEST(a_table_fits_its_width)
{
    static const Column columns[] = {{"layer", true, 6, 0},
                                     {"empty", false, 0, 0},
                                     {"ms", false, 0, 0},
                                     {"op", true, 0, 1}};
    Table *t = table_new(columns, COUNT(columns));
    table_cell(t, "a/long/name");
    table_cell(t, "%s", "");
    table_cell(t, "%.2f", 12.5);
    table_cell(t, "Conv");
    table_cell(t, "\x1b[1mcaf\xc3\xa9");
    table_cell(t, "%s", "");
    table_cell(t, "%.2f", 1.0);
    table_cell(t, "Relu");
    ck_assert_str_eq(printed(t, 0), "layer           ms  op\n"
                                    "a/long/name  12.50  Conv\n"
                                    "?[1mcaf\xc3\xa9      1.00  Relu\n");
    ck_assert_str_eq(printed(t, 20), "layer       ms  op\n"
                                     "../name  12.50  Conv\n"
                                     "..mcaf\xc3\xa9   1.00  Relu\n");
    ck_assert_str_eq(printed(t, 13), "layer      ms\n"
                                     "..name  12.50\n"
                                     "..caf\xc3\xa9   1.00\n");
}
END_TEST

Suite *profile_suite(void)
{
    Suite *s = suite_create("profile");
    TCase *c = tcase_create("profile");
    tcase_add_test(c, a_profile_is_read);
    tcase_add_test(c, every_mistake_has_a_place);
    tcase_add_test(c, a_part_is_no_profile);
    tcase_add_test(c, names_become_utf8);
    tcase_add_test(c, a_table_fits_its_width);
    suite_add_tcase(s, c);
    return s;
}
