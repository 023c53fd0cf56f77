/* SPDX-License-Identifier: MIT
 * control.c - tests of Loop, Scan, sequences and optionals on graphs made by hand: which turns are
 * known, which loops vanish or are repeated, what a list names after each operator. */
#include <check.h>
#include <string.h>
#include "dnncc.h"

static Graph *g;

static void setup(void)
{
    g = graph_new(NULL);
}

static Value *input(const char *name, int rank, int64_t d0, int64_t d1)
{
    Value *v = value_new(g, name, DT_FLOAT, rank, (int64_t[]){d0, d1});
    PUSH(g->in, g->nin, v);
    return v;
}

static Value *number(int64_t n)
{
    return value_ints(g, "number", 1, &n);
}

static Value *add(Graph *in, const char *op, int nin, Value **v)
{
    Value *out = value_new(in, op, DT_NONE, -1, NULL);
    graph_add(in, node_new(in, op, op, nin, v, 1, &out));
    return out;
}

static Value *run(Value *out)
{
    Compiler c = {.graph = g};
    PUSH(g->out, g->nout, out);
    infer(&c);
    return g->nout ? g->out[0] : NULL;
}

static int count_of(const char *op)
{
    int count = 0;
    for (int i = 0; i < g->nnode; i++)
        count += node_is(g->node[i], op);
    return count;
}

/* A body (turn, condition, state) that returns `again` (NULL: what it was given), op(state) and a slice of it. */
static Graph *body_of(const char *op, Value *again)
{
    static const char *const names[] = {"turn", "go", "state"};
    Graph *body = graph_new(g);
    for (int i = 0; i < 3; i++)
        PUSH(body->in, body->nin, value_new(body, names[i], DT_NONE, -1, NULL));
    Value *state[2] = {body->in[2], body->in[2]};
    bool concat = !strcmp(op, "Concat");
    Value *next = add(body, op, concat ? 2 : 1, state);
    if (concat)
        next->producer->a.axis = 0;
    PUSH(body->out, body->nout, again ? again : body->in[1]);
    PUSH(body->out, body->nout, next);
    PUSH(body->out, body->nout, next);
    return body;
}

static Node *loop(Value *turns, Value *go, Value *first, Graph *body)
{
    Value *in[] = {turns, go, first};
    Value *out[] = {value_new(g, "last", DT_NONE, -1, NULL),
                    value_new(g, "all", DT_NONE, -1, NULL)};
    Node *n = graph_add(g, node_new(g, "Loop", "loop", 3, in, 2, out));
    n->body[0] = body;
    return n;
}

START_TEST(test_counted)
{
    Node *n = loop(number(4), NULL, input("x", 2, 2, 3), body_of("Neg", NULL));
    ck_assert_str_eq(dims_text(run(n->out[1])), "4x2x3");
    ck_assert_int_eq(count_of("Loop"), 1);
    ck_assert(loop_counted(n));
}
END_TEST

START_TEST(test_no_turns)
{
    Node *n = loop(number(0), NULL, input("x", 1, 2, 0), body_of("Neg", NULL));
    Value *slices = n->out[1];
    ck_assert_str_eq(dims_text(run(n->out[0])), "2");
    ck_assert_str_eq(dims_text(slices), "0x2");
    ck_assert_int_eq(count_of("Loop"), 0);
}
END_TEST

/* The first turn says that it is the last. */
START_TEST(test_one_turn)
{
    Value *no = value_scalar(g, "no", DT_BOOL, 0), *yes = value_scalar(g, "yes", DT_BOOL, 1);
    Node *n = loop(NULL, yes, input("x", 1, 2, 0), body_of("Neg", no));
    ck_assert_str_eq(dims_text(run(n->out[1])), "1x2");
    ck_assert_int_eq(n->trips, 1);
}
END_TEST

START_TEST(test_endless)
{
    run(loop(NULL, NULL, input("x", 1, 2, 0), body_of("Neg", NULL))->out[0]);
    ck_assert_int_eq(blockers_count(), 1);
}
END_TEST

/* What the turns of a loop gather is as long as the model declares, where only the data tell. */
START_TEST(test_declared)
{
    Value *turns = value_new(g, "m", DT_INT64, 0, NULL);
    PUSH(g->in, g->nin, turns);
    Node *n = loop(turns, NULL, input("x", 1, 2, 0), body_of("Neg", NULL));
    n->out[1]->declared = value_new(graph_new(NULL), "", DT_FLOAT, 2, (int64_t[]){5, -1});
    ck_assert_str_eq(dims_text(run(n->out[1])), "5x2");
    ck_assert_int_eq(count_of("If"), 1); /* the check */
    ck_assert_int_eq(blockers_count(), 0);
}
END_TEST

/* A state that grows: repeated where the turns are known, else refused. */
START_TEST(test_growing)
{
    Node *n = loop(number(3), NULL, input("x", 1, 2, 0), body_of("Concat", NULL));
    n->nout = 1;
    ck_assert_str_eq(dims_text(run(n->out[0])), "16");
    ck_assert_int_eq(count_of("Loop"), 0);
    ck_assert_int_eq(count_of("Concat"), 3);
    ck_assert_int_eq(blockers_count(), 0);
    for (int i = 0; i < g->nvalue; i++)
        ck_assert_int_eq(g->value[i]->id, i);
}
END_TEST

START_TEST(test_growing_on)
{
    Value *turns = value_new(g, "m", DT_INT64, 0, NULL);
    PUSH(g->in, g->nin, turns);
    run(loop(turns, NULL, input("x", 1, 2, 0), body_of("Concat", NULL))->out[0]);
    ck_assert_int_eq(blockers_count(), 1);
}
END_TEST

/* ---- Scan ------------------------------------------------------------------------------------ */

static Node *scan(Value *x, const char *op)
{
    Graph *body = graph_new(g);
    Value *slice = value_new(body, "slice", DT_NONE, -1, NULL);
    PUSH(body->in, body->nin, slice);
    PUSH(body->out, body->nout, add(body, op, 1, &slice));
    Value *out = value_new(g, "y", DT_NONE, -1, NULL);
    Node *n = graph_add(g, node_new(g, "Scan", "scan", 1, &x, 1, &out));
    n->body[0] = body;
    n->a.num_scan_inputs = 1;
    return n;
}

START_TEST(test_scan_axes)
{
    int64_t axis[] = {-1}, out = 1;
    Node *n = scan(input("x", 2, 2, 5), "Neg");
    n->a.scan_input_axes = (Ints){1, axis};
    n->a.scan_output_axes = (Ints){1, &out};
    ck_assert_str_eq(dims_text(run(n->out[0])), "2x5");
    ck_assert_int_eq(n->trips, 5);
}
END_TEST

/* Opset 8: a batch of sequences is two loops, one in the other. */
START_TEST(test_scan_batch)
{
    Node *n = scan(input("x", 2, 2, 5), "Neg");
    Value *in[] = {NULL, n->in[0]};
    n->in = in;
    n->nin = n->nown = 2;
    n->opset = 8;
    ck_assert_str_eq(dims_text(run(n->out[0])), "2x5");
    ck_assert(n->body[0]->nnode == 1 && node_is(n->body[0]->node[0], "Scan"));
}
END_TEST

/* ---- lists ----------------------------------------------------------------------------------- */

static Value *list_of(int n, Value **v)
{
    return add(g, "SequenceConstruct", n, v);
}

START_TEST(test_sequence)
{
    Value *v[] = {input("a", 1, 1, 0), input("b", 1, 2, 0), input("c", 1, 3, 0)};
    Value *list = list_of(2, v), *minus = number(-1);
    list = add(g, "SequenceInsert", 3, (Value *[]){list, v[2], minus}); /* a c b */
    list = add(g, "SequenceErase", 2, (Value *[]){list, number(0)});    /* c b */
    Value *length = add(g, "SequenceLength", 1, &list);
    ck_assert_str_eq(dims_text(run(add(g, "SequenceAt", 2, (Value *[]){list, minus}))), "2");
    ck_assert_int_eq(value_int_at(length, 0), 2);
    ck_assert_int_eq(blockers_count(), 0);
    ck_assert_int_eq(g->nnode, 1); /* the Identity that hands b to the output */
}
END_TEST

START_TEST(test_sequence_outside)
{
    Value *x = input("x", 1, 1, 0), *list = list_of(1, &x);
    run(add(g, "SequenceAt", 2, (Value *[]){list, number(1)}));
    ck_assert_int_eq(blockers_count(), 1);
}
END_TEST

START_TEST(test_split)
{
    Value *x = input("x", 2, 5, 3);
    Value *rows = add(g, "SplitToSequence", 1, &x);
    rows->producer->a.keepdims = 0;
    Value *pairs =
        add(g, "SplitToSequence", 2, (Value *[]){x, value_scalar(g, "two", DT_INT64, 2)});
    Value *columns =
        add(g, "SplitToSequence", 2, (Value *[]){x, value_ints(g, "parts", 2, (int64_t[]){2, 1})});
    columns->producer->a.axis = -1;
    Value *row = add(g, "SequenceAt", 2, (Value *[]){rows, number(4)});
    Value *part = add(g, "SequenceAt", 2, (Value *[]){columns, number(0)});
    Value *last = add(g, "SequenceAt", 2, (Value *[]){pairs, number(2)});
    run(row);
    ck_assert_int_eq(pairs->nitem, 3);
    ck_assert_str_eq(dims_text(row), "3");
    ck_assert_str_eq(dims_text(part), "5x2");
    ck_assert_str_eq(dims_text(last), "1x3");
}
END_TEST

/* A list that is declared to hold tensors of these lengths. */
static Value *declared_list(int n, const int64_t *length)
{
    Graph *aside = graph_new(NULL);
    Value *list = value_new(aside, "", DT_FLOAT, 0, NULL);
    list->kind = SEQUENCE;
    for (int i = 0; i < n; i++)
        PUSH(list->item, list->nitem, value_new(aside, "", DT_FLOAT, 1, &length[i]));
    return list;
}

static Value *run_time_number(int rank, int64_t dim)
{
    Value *v = value_new(g, "n", DT_INT64, rank, &dim);
    PUSH(g->in, g->nin, v);
    return v;
}

START_TEST(test_split_declared)
{
    Value *in[] = {input("x", 1, 6, 0), run_time_number(1, 2)};
    Value *list = add(g, "SplitToSequence", 2, in);
    list->declared = declared_list(2, (int64_t[]){2, 4});
    run(list);
    ck_assert_int_eq(g->nout, 2);
    ck_assert_str_eq(dims_text(g->out[1]), "4");
    ck_assert_int_eq(count_of("If"), 1); /* the check */
}
END_TEST

START_TEST(test_insert_declared)
{
    static const struct {
        int64_t length[3];
        int blockers;
    } rows[] = {{{1, 3, 2}, 0}, {{1, 2, 3}, 0}, {{1, 2, 2}, 1}};
    Value *v[] = {input("a", 1, 1, 0), input("b", 1, 2, 0)};
    bool twice = rows[_i].blockers;
    Value *in[] = {list_of(2, v), input("c", 1, twice ? 2 : 3, 0), run_time_number(0, 0)};
    Value *list = add(g, "SequenceInsert", 3, in);
    list->declared = declared_list(3, rows[_i].length);
    run(list);
    ck_assert_int_eq(blockers_count(), rows[_i].blockers);
    if (!twice)
        ck_assert_int_eq(g->out[2]->dim[0], rows[_i].length[2]);
}
END_TEST

START_TEST(test_optional)
{
    Value *x = input("x", 1, 4, 0), *some = add(g, "Optional", 1, &x),
          *none = add(g, "Optional", 0, NULL);
    Value *has[] = {add(g, "OptionalHasElement", 1, &some), add(g, "OptionalHasElement", 1, &none)};
    ck_assert_str_eq(dims_text(run(add(g, "OptionalGetElement", 1, &some))), "4");
    ck_assert_int_eq(value_int_at(has[0], 0), 1);
    ck_assert_int_eq(value_int_at(has[1], 0), 0);
}
END_TEST

START_TEST(test_tensor_wanted)
{
    Value *x = input("x", 1, 4, 0), *list = list_of(1, &x);
    run(add(g, "Neg", 1, &list));
    ck_assert_int_eq(blockers_count(), 1);
}
END_TEST

Suite *control_suite(void)
{
    Suite *s = suite_create("control");
    TCase *t = tcase_create("control");
    tcase_add_checked_fixture(t, setup, NULL);
    tcase_add_test(t, test_counted);
    tcase_add_test(t, test_no_turns);
    tcase_add_test(t, test_one_turn);
    tcase_add_test(t, test_endless);
    tcase_add_test(t, test_declared);
    tcase_add_test(t, test_growing);
    tcase_add_test(t, test_growing_on);
    tcase_add_test(t, test_scan_axes);
    tcase_add_test(t, test_scan_batch);
    tcase_add_test(t, test_sequence);
    tcase_add_test(t, test_sequence_outside);
    tcase_add_test(t, test_split);
    tcase_add_test(t, test_split_declared);
    tcase_add_loop_test(t, test_insert_declared, 0, 3);
    tcase_add_test(t, test_optional);
    tcase_add_test(t, test_tensor_wanted);
    suite_add_tcase(s, t);
    return s;
}
