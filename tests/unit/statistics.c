/* SPDX-License-Identifier: MIT */
/* statistics.c - known quantiles and tails; and that noise is not marked while a slower layer is. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "statistics.h"

START_TEST(quantiles)
{
    double x[] = {4, 1, 3, 2}, one[] = {7};
    Series s = {x, 4}, empty = {NULL, 0};
    ck_assert(median(s) == 2.5);
    ck_assert(fabs(quantile(s, 0.95) - 3.85) < 1e-12);
    ck_assert(quantile(s, 0) == 1 && quantile(s, 1) == 4);
    ck_assert(median((Series){x, 3}) == 3);
    ck_assert(quantile((Series){one, 1}, 0.95) == 7);
    ck_assert(median(empty) == ABSENT);
}
END_TEST

/* Of tables of Student's t. */
START_TEST(tails)
{
    static const double known[][3] = {{0, 5, 0.5},          {1, 1, 0.25},
                                      {6.3138, 1, 0.05},    {4.3027, 2, 0.025},
                                      {2.2281, 10, 0.025},  {3.1693, 10, 0.005},
                                      {1.9840, 100, 0.025}, {5.2076, 30, 6.5e-6},
                                      {1.96, 1e5, 0.025}};
    for (size_t i = 0; i < COUNT(known); i++) {
        double p = student_tail(known[i][0], known[i][1]);
        ck_assert_msg(fabs(p / known[i][2] - 1) < 0.02, "t %g, df %g: %g", known[i][0], known[i][1],
                      p);
    }
}
END_TEST

static uint64_t state;

/* Nearly normal: 12 uniform numbers less 6. */
static double noise(void)
{
    double sum = -6;
    for (int i = 0; i < 12; i++) {
        state = state * 6364136223846793005 + 1442695040888963407;
        sum += (double)(state >> 11) * 0x1p-53;
    }
    return sum;
}

/* Runs around `ns`: each start has its own level (1%), neighbours resemble each other, some runs are disturbed; and the
 * machine drifts, which profiles with the same `turns` share. */
static Times measured(double ns, int launches, int runs, const char *turns)
{
    Times t = {.turns = turns};
    for (int i = 0; i < launches; i++) {
        double level = 0.01 * noise() + (turns ? 0.2 * sin(i) : 0), drift = 0;
        for (int k = 0; k < runs; k++) {
            drift = 0.7 * drift + 0.005 * noise();
            double late = noise() > 1.5 ? 0.3 : 0;
            PUSH(t.ns.at, t.ns.n, ns * (1 + level + drift + late));
        }
        PUSH(t.launches.at, t.launches.n, runs);
    }
    return t;
}

/* How many of 40 layers are marked; *found: the last, which is `slower` times as slow. */
static int marked(double slower, int launches, int runs, const char *turns, bool *found)
{
    enum { LAYERS = 40 };
    Change change[LAYERS], *all[LAYERS];
    int n = 0;
    for (int i = 0; i < LAYERS; i++) {
        Times a = measured(1e4 * (i + 1), launches, runs, turns);
        Times b = measured(1e4 * (i + 1) * (i == LAYERS - 1 ? slower : 1), launches, runs, turns);
        change[i] = change_between(&a, &b);
        all[i] = &change[i];
    }
    mark_changes(all, LAYERS);
    for (int i = 0; i < LAYERS; i++)
        n += change[i].marked;
    *found = change[LAYERS - 1].marked;
    mem_reset();
    return n;
}

START_TEST(noise_is_not_marked)
{
    int wrong = 0;
    bool found;
    for (int i = 0; i < 20; i++)
        wrong += marked(1, 20, 20, i % 2 ? "a" : NULL, &found) > 0;
    ck_assert_int_le(wrong, 1);
}
END_TEST

START_TEST(five_percent_are_found)
{
    int hits = 0;
    bool found;
    for (int i = 0; i < 10; i++)
        hits += marked(1.05, 20, 20, "a", &found) == 1 && found;
    ck_assert_int_ge(hits, 9);
    ck_assert(marked(1.3, 20, 20, NULL, &found) == 1 &&
              found); /* not in turns: only what is far apart */
    ck_assert_int_eq(marked(1.05, 20, 20, NULL, &found), 0);
    ck_assert(marked(1.3, 1, 50, NULL, &found) == 1 && found);
    ck_assert_int_eq(marked(1.05, 1, 50, NULL, &found), 0);
}
END_TEST

START_TEST(equal_series_give_one)
{
    Times a = measured(1e5, 4, 10, NULL), empty = {0}, few = {.ns = {a.ns.at, 4}};
    Change c = change_between(&a, &a), again = change_between(&a, &a);
    ck_assert(c.ratio == 1 && c.low < 1 && c.high > 1 && c.chance == 1);
    ck_assert(c.low == again.low && c.high == again.high);
    c = change_between(&empty, &a);
    ck_assert(c.ratio == ABSENT && c.low == ABSENT);
    c = change_between(&few, &a); /* too few for an interval */
    ck_assert(c.ratio > 0 && c.low == ABSENT && c.chance == 1);
}
END_TEST

START_TEST(turns_are_paired)
{
    Times a = measured(1e5, 10, 10, "a"), b = measured(1e5, 10, 10, "a"), c = b, d = b;
    c.turns = "b";
    d.launches.n = 9;
    ck_assert(in_turns(&a, &b) && !in_turns(&a, &c) && !in_turns(&a, &d));
    c.turns = NULL;
    ck_assert(!in_turns(&a, &c) && !in_turns(&c, &c));
}
END_TEST

/* The interval of 95% holds the true ratio in about 95% of all cases. */
START_TEST(intervals_cover)
{
    int inside = 0;
    for (int i = 0; i < 200; i++) {
        const char *turns = i % 2 ? "a" : NULL;
        Times a = measured(1e6, 10, 10, turns), b = measured(1.1e6, 10, 10, turns);
        Change c = change_between(&a, &b);
        inside += c.low <= 1.1 && 1.1 <= c.high;
        mem_reset();
    }
    ck_assert_int_ge(inside, 180);
}
END_TEST

Suite *statistics_suite(void)
{
    Suite *s = suite_create("statistics");
    TCase *c = tcase_create("statistics");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, quantiles);
    tcase_add_test(c, tails);
    tcase_add_test(c, noise_is_not_marked);
    tcase_add_test(c, five_percent_are_found);
    tcase_add_test(c, equal_series_give_one);
    tcase_add_test(c, turns_are_paired);
    tcase_add_test(c, intervals_cover);
    suite_add_tcase(s, c);
    return s;
}
