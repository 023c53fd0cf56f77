/* SPDX-License-Identifier: MIT
 * random.c - tests of random numbers on graphs made by hand: their moments and distribution, that they come again
 * and that no two nodes share them, and what becomes of them in loops. tests/models compares their values. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include "dnncc.h"

enum { MANY = 100000 };

static Compiler c;
static Graph *g;

static void setup(void)
{
    c = (Compiler){.graph = g = graph_new(NULL)};
}

static Value *add(Graph *to, const char *op, int nin, Value **in)
{
    Value *out = value_new(to, op, DT_NONE, -1, NULL);
    Node *n = graph_add(to, node_new(to, op, op, nin, in, 1, &out));
    attrs_default(n);
    out->producer = n;
    PUSH(to->out, to->nout, out);
    return out;
}

static Value *like(const char *op, DType t, int64_t count)
{
    Value *x = value_new(g, "x", t, 1, &count);
    PUSH(g->in, g->nin, x);
    return add(g, op, 1, &x);
}

static double *numbers(const Value *v)
{
    double *x = mem(MANY * sizeof *x);
    ck_assert(value_is_const(v));
    for (int i = 0; i < MANY; i++)
        x[i] = value_at(v, i);
    return x;
}

static double moment(const double *x, double about, int power)
{
    double sum = 0;
    for (int i = 0; i < MANY; i++)
        sum += pow(x[i] - about, power);
    return sum / MANY;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double uniform(double x)
{
    return x;
}

static double normal(double x)
{
    return erfc(-x / sqrt(2)) / 2;
}

/* The statistic of Kolmogorov and Smirnov; 1.63 is exceeded once in a hundred times. */
static double distance(double *x, double (*below)(double))
{
    double most = 0;
    qsort(x, MANY, sizeof *x, ascending);
    for (int i = 0; i < MANY; i++)
        most = fmax(most, fabs(below(x[i]) - (i + 0.5) / MANY));
    return most * sqrt(MANY);
}

START_TEST(test_uniform)
{
    Value *y = like("RandomUniformLike", DT_FLOAT, MANY);
    infer(&c);
    double *x = numbers(y);
    ck_assert_double_eq_tol(moment(x, 0, 1), 0.5, 0.003);
    ck_assert_double_eq_tol(moment(x, 0.5, 2), 1 / 12.0, 0.001);
    ck_assert_double_lt(distance(x, uniform), 1.63);
    ck_assert(x[0] >= 0 && x[MANY - 1] < 1);
}
END_TEST

START_TEST(test_normal)
{
    Value *y = like("RandomNormalLike", DT_DOUBLE, MANY);
    infer(&c);
    double *x = numbers(y);
    ck_assert_int_eq(y->dtype, DT_DOUBLE);
    ck_assert_double_eq_tol(moment(x, 0, 1), 0, 0.01);
    ck_assert_double_eq_tol(moment(x, 0, 2), 1, 0.015);
    ck_assert_double_eq_tol(moment(x, 0, 4), 3, 0.1);
    ck_assert_double_lt(distance(x, normal), 1.63);
}
END_TEST

/* How often two neighbours fall into each of 10 x 10 boxes: chi-square of 99 degrees of freedom, below 135 in 99 of 100. */
START_TEST(test_pairs)
{
    int box[10][10] = {{0}};
    double chi = 0, each = MANY / 2 / 100.0;
    Value *y = like("RandomUniformLike", DT_FLOAT, MANY);
    infer(&c);
    double *x = numbers(y);
    for (int i = 0; i < MANY; i += 2)
        box[(int)(x[i] * 10)][(int)(x[i + 1] * 10)]++;
    for (int i = 0; i < 100; i++)
        chi += pow(box[i / 10][i % 10] - each, 2) / each;
    ck_assert_double_lt(chi, 135);
}
END_TEST

START_TEST(test_bernoulli)
{
    float *p = mem(MANY * sizeof *p);
    for (int i = 0; i < MANY; i++)
        p[i] = i % 4 / 3.0f;
    Value *x = value_const(g, "p", DT_FLOAT, 1, &(int64_t){MANY}, p);
    Value *y = add(g, "Bernoulli", 1, &x);
    infer(&c);
    int ones[4] = {0};
    double *drawn = numbers(y);
    for (int i = 0; i < MANY; i++)
        ones[i % 4] += drawn[i] == 1;
    ck_assert_int_eq(ones[0], 0);
    ck_assert_int_eq(ones[3], MANY / 4);
    for (int i = 1; i < 3; i++)
        ck_assert_double_eq_tol(ones[i] * 4.0 / MANY, i / 3.0, 0.01);
}
END_TEST

/* Of nodes without a seed, each has its own, which is the same each time; another --random is another. */
START_TEST(test_seeds)
{
    double first[2];
    for (int i = 0; i < 3; i++) {
        setup();
        c.random = i == 2;
        Value *a = like("RandomUniformLike", DT_FLOAT, 8),
              *b = like("RandomUniformLike", DT_FLOAT, 8);
        infer(&c);
        ck_assert_double_ne(value_at(a, 0), value_at(b, 0));
        if (i)
            ck_assert_int_eq(first[0] == value_at(a, 0) && first[1] == value_at(b, 0), i == 1);
        first[0] = value_at(a, 0);
        first[1] = value_at(b, 0);
    }
}
END_TEST

START_TEST(test_inputs)
{
    c.random = RANDOM_INPUT;
    Value *y = like("RandomUniformLike", DT_FLOAT16, 8);
    like("RandomNormalLike", DT_DOUBLE, 4);
    PUSH(c.in_port, c.nin_port, ((Port){"x", false, 1}));
    PUSH(c.in_port, c.nin_port, ((Port){"x", false, 1}));
    infer(&c);
    ck_assert_int_eq(y->dtype, DT_FLOAT16);
    ck_assert_int_eq(g->nin, 4);
    ck_assert_int_eq(c.nin_port, 4);
    ck_assert_int_eq(c.ndrawn, 2);
    ck_assert_int_eq(g->in[2]->dtype, DT_FLOAT);
    ck_assert_str_eq(g->in[3]->name, "RandomNormalLike_normal");
}
END_TEST

/* state -> state + noise, so many times; turns NULL: for ever. */
static Node *loop(Value *turns, bool seed)
{
    static const char *const names[] = {"turn", "go", "state"};
    Graph *body = graph_new(g);
    Value *in[] = {turns, value_scalar(g, "go", DT_BOOL, 1),
                   value_const(g, "first", DT_FLOAT, 1, &(int64_t){1}, mem(4))};
    for (int i = 0; i < 3; i++)
        PUSH(body->in, body->nin, value_new(body, names[i], DT_NONE, -1, NULL));
    PUSH(body->out, body->nout, body->in[1]);
    Value *noise = add(body, "RandomUniformLike", 1, &body->in[2]);
    noise->producer->a.has[A_seed_float] = seed;
    body->nout = 1;
    add(body, "Add", 2, (Value *[]){body->in[2], noise});
    Value *out = value_new(g, "last", DT_NONE, -1, NULL);
    Node *n = graph_add(g, node_new(g, "Loop", "loop", 3, in, 1, &out));
    n->body[0] = body;
    PUSH(g->out, g->nout, out);
    return n;
}

static Value *count(int64_t turns)
{
    return value_ints(g, "turns", 1, &turns);
}

/* Turns draw anew: two make not twice what one makes. With a seed they draw the same. */
START_TEST(test_turns)
{
    Node *once = loop(count(1), false), *twice = loop(count(2), false),
         *seeded = loop(count(2), true);
    infer(&c);
    ck_assert_int_eq(blockers_count(), 0);
    ck_assert(value_is_const(once->out[0]) && value_is_const(twice->out[0]));
    ck_assert_double_ne(value_at(twice->out[0], 0), 2 * value_at(once->out[0], 0));
    ck_assert(!value_is_const(seeded->out[0]));
}
END_TEST

START_TEST(test_endless)
{
    Value *turns = value_new(g, "turns", DT_INT64, 0, NULL);
    PUSH(g->in, g->nin, turns);
    loop(turns, false);
    infer(&c);
    ck_assert_int_eq(blockers_count(), 1);
    ck_assert_ptr_nonnull(blockers_take(0));
}
END_TEST

START_TEST(test_too_many)
{
    like("RandomUniformLike", DT_FLOAT, (1 << 22) + 1);
    infer(&c);
    ck_assert_int_eq(blockers_count(), 1);
    ck_assert_ptr_nonnull(blockers_take(0));
}
END_TEST

Suite *random_suite(void);
Suite *random_suite(void)
{
    Suite *s = suite_create("random");
    TCase *t = tcase_create("random");
    tcase_add_checked_fixture(t, setup, mem_reset);
    tcase_add_test(t, test_uniform);
    tcase_add_test(t, test_normal);
    tcase_add_test(t, test_pairs);
    tcase_add_test(t, test_bernoulli);
    tcase_add_test(t, test_seeds);
    tcase_add_test(t, test_inputs);
    tcase_add_test(t, test_turns);
    tcase_add_test(t, test_endless);
    tcase_add_test(t, test_too_many);
    suite_add_tcase(s, t);
    return s;
}
