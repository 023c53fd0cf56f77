/* SPDX-License-Identifier: MIT
 * statistics.c - is B slower than A, and by how much?
 *
 * Neighbouring runs resemble each other (caches, clock rate, other programs), and all runs of one start of a program share
 * where its memory lies. So what is drawn again and again is not a run but a block of them: all runs of one start
 * where there were several (Kalibera and Jones, "Rigorous benchmarking in reasonable time", 2013), otherwise n^(1/3)
 * runs in a row, round the end to the first one (the circular block bootstrap of Politis and Romano, 1992). The spread
 * of medians of such draws gives the interval of the ratio, and their standard error a Student's t.
 *
 * Where the programs were started in turns, start k of B ran beside start k of A, and what the machine did meanwhile is
 * in both of them: each pair of starts gives a ratio of its own, and it is pairs that are drawn (the paired bootstrap of
 * Efron and Tibshirani, "An introduction to the bootstrap", 1993). A pair compares the fastest run of either start,
 * since other programs only ever make runs slower (Chen and Revels, "Robust benchmarking in noisy environments", 2016).
 *
 * A change is marked when it is beyond a margin, not beyond zero: with enough runs every difference is beyond zero. Many
 * layers are tested at once, so Holm's correction (1979) keeps the chance of any wrong mark at 5%. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "statistics.h"

/* Two cores of a virtual machine with a load of 12, AVX2, 20 starts each. Builds of ultraface (57 groups of layers) in turns:
 * none of 34 comparisons of a build with itself marked a layer; one slowed by 5% was found in 67 of 68, and only it. Of
 * mobilenet_v2 (54 groups): none of 34, and 65 of 68. Of both on a core of their own: none of 28, and 56 of 56. With the
 * lower quartile in the place of the fastest run 47 of 60 were found, with the fastest 56. Of builds measured apart, one
 * after another, 3 of 145 comparisons marked layers beyond 10%, and 14 of 45 beyond 2%. */
#define MARGIN 0.02 /* in turns */
#define MARGIN_APART 0.1
#define CLOCK_NS 25 /* what reading the clock may add or take */
#define FAST 0.1    /* the quantile of the fast runs of a program that was started once */

enum { DRAWS = 1000, MOST_RUNS = 1000 };

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double *sorted(Series s)
{
    double *x = mem_copy(s.at, (size_t)s.n * sizeof *x);
    qsort(x, (size_t)s.n, sizeof *x, ascending);
    return x;
}

static double quantile_sorted(const double *x, int n, double p)
{
    double place = p * (n - 1);
    int i = MIN((int)place, n - 2);
    return n == 1 ? *x : x[i] + (place - i) * (x[i + 1] - x[i]);
}

/* Puts x in order. */
static double median_in(double *x, int n)
{
    qsort(x, (size_t)n, sizeof *x, ascending);
    return quantile_sorted(x, n, 0.5);
}

double quantile(Series s, double p)
{
    return s.n ? quantile_sorted(sorted(s), s.n, p) : ABSENT;
}

double median(Series s)
{
    return quantile(s, 0.5);
}

/* With t = sqrt(df) tan(angle) the density becomes a power of the cosine, which Simpson's rule integrates. */
double student_tail(double t, double df)
{
    enum { STEPS = 1000 };
    double from = atan(t / sqrt(df)), h = (acos(0) - from) / STEPS, sum = 0;
    for (int i = 0; i < STEPS; i++) /* at the last point the cosine is 0 */
        sum += pow(cos(from + i * h), df - 1) * (i == 0 ? 1 : i % 2 ? 4 : 2);
    if (df == 1)
        sum += 1;
    return sum * h / 3 * exp(lgamma((df + 1) / 2) - lgamma(df / 2)) / sqrt(acos(-1));
}

/* Steele's and Vigna's splitmix64. */
uint64_t draw(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

/* A sample made ready for draws: the rank of each run's time, and the blocks. */
typedef struct Sample {
    double *time; /* ascending */
    int *rank, n;
    int *from, *count, nblock; /* runs of each block; a block may go on at run 0 */
    int blocks;                /* that a draw takes: about n runs */
} Sample;

static bool has_launches(const Times *t)
{
    return t->launches.n >= FEWEST_LAUNCHES;
}

/* Very many runs of one start are first made few: medians of neighbours. */
static Series thinned(const Times *t)
{
    Series s = t->ns;
    if (s.n <= MOST_RUNS || has_launches(t))
        return s;
    Series few = {.at = mem(MOST_RUNS * sizeof *few.at), .n = MOST_RUNS};
    for (int i = 0; i < few.n; i++) {
        int from = (int)((int64_t)s.n * i / few.n), to = (int)((int64_t)s.n * (i + 1) / few.n);
        few.at[i] = median((Series){s.at + from, to - from});
    }
    return few;
}

static void add_block(Sample *s, int from, int count)
{
    int n = s->nblock;
    PUSH(s->from, n, from);
    PUSH(s->count, s->nblock, count);
}

static void make_blocks(Sample *s, const Times *t)
{
    if (has_launches(t)) {
        for (int i = 0, from = 0; i < t->launches.n; from += (int)t->launches.at[i++])
            add_block(s, from, (int)t->launches.at[i]);
        s->blocks = s->nblock;
        return;
    }
    int length = (int)ceil(cbrt(s->n));
    for (int i = 0; i < s->n; i++)
        add_block(s, i, length);
    s->blocks = (s->n + length - 1) / length;
}

static Sample make_sample(const Times *t)
{
    Series ns = thinned(t);
    Sample s = {.n = ns.n, .time = sorted(ns), .rank = mem((size_t)ns.n * sizeof *s.rank)};
    int *seen = mem((size_t)ns.n * sizeof *seen); /* equal times get ranks in turn */
    for (int i = 0; i < ns.n; i++) {
        int low = 0, high = ns.n - 1;
        while (low < high) { /* the first of this time */
            int middle = (low + high) / 2;
            if (s.time[middle] < ns.at[i])
                low = middle + 1;
            else
                high = middle;
        }
        s.rank[i] = low + seen[low]++;
    }
    make_blocks(&s, t);
    return s;
}

/* The median of one draw: runs are counted by rank, then counted off up to the middle. */
static double median_drawn(const Sample *s, int *times, uint64_t *state)
{
    int all = 0, below = 0;
    memset(times, 0, (size_t)s->n * sizeof *times);
    for (int b = 0; b < s->blocks; b++) {
        int k = (int)(draw(state) % (uint64_t)s->nblock);
        for (int i = s->from[k], left = s->count[k]; left; left--) {
            times[s->rank[i++]]++;
            i = i < s->n ? i : 0;
        }
        all += s->count[k];
    }
    for (int i = 0;; i++) {
        below += times[i];
        if (2 * below > all)
            return s->time[i];
        if (2 * below == all) {
            int next = i + 1;
            while (!times[next])
                next++;
            return (s->time[i] + s->time[next]) / 2;
        }
    }
}

static bool has_interval(const Times *a, const Times *b)
{
    return a->ns.n >= FEWEST_RUNS && b->ns.n >= FEWEST_RUNS && median(a->ns) > 0 &&
           median(b->ns) > 0;
}

/* What a program can do undisturbed: the median of its fastest start, or where there was but one, of its fast runs. */
static double undisturbed(const Times *t)
{
    if (!has_launches(t))
        return quantile(t->ns, FAST);
    double best = HUGE_VAL;
    for (int i = 0, from = 0; i < t->launches.n; from += (int)t->launches.at[i++])
        best = fmin(best, median((Series){t->ns.at + from, (int)t->launches.at[i]}));
    return best;
}

/* How far a change of time is beyond the margin; both in logarithms. 0: it is not. */
static double beyond_margin(double change, double margin, double ns)
{
    return fmax(fabs(change) - log1p(margin + CLOCK_NS / ns), 0);
}

/* Of profiles made apart, the fast runs must say the same. */
static double beyond_apart(const Times *a, const Times *b)
{
    double ns = median(a->ns), change = log(median(b->ns) / ns);
    double fast = log(undisturbed(b) / undisturbed(a));
    if (!(beyond_margin(fast, MARGIN_APART, ns) > 0) || fast * change < 0)
        return 0;
    return beyond_margin(change, MARGIN_APART, ns);
}

/* What draws of a logarithm say of it: interval, and the chance of being so far beyond the margin. */
static void judge(Change *c, Series drawn, double beyond, int df)
{
    double sum = 0, squares = 0;
    for (int i = 0; i < drawn.n; i++) {
        sum += drawn.at[i];
        squares += drawn.at[i] * drawn.at[i];
    }
    c->low = exp(quantile(drawn, 0.025));
    c->high = exp(quantile(drawn, 0.975));
    double error = sqrt(fmax(squares / drawn.n - sum / drawn.n * (sum / drawn.n), 0));
    if (beyond > 0)
        c->chance = student_tail(beyond / fmax(error, 1e-6), MAX(df, 1));
}

static void judge_apart(Change *c, const Times *a, const Times *b)
{
    Sample sa = make_sample(a), sb = make_sample(b);
    Series drawn = {.at = mem(DRAWS * sizeof *drawn.at), .n = DRAWS};
    int *times = mem((size_t)MAX(sa.n, sb.n) * sizeof *times);
    uint64_t state = 1;
    for (int i = 0; i < DRAWS; i++) {
        double mb = median_drawn(&sb, times, &state), ma = median_drawn(&sa, times, &state);
        drawn.at[i] = log(mb / ma);
    }
    judge(c, drawn, beyond_apart(a, b), sa.blocks + sb.blocks - 2);
}

/* The fastest run of each start. */
static Series fastest(const Times *t)
{
    Series s = {mem((size_t)t->launches.n * sizeof *s.at), t->launches.n};
    for (int i = 0, from = 0; i < s.n; from += (int)t->launches.at[i++])
        s.at[i] = quantile((Series){t->ns.at + from, (int)t->launches.at[i]}, 0);
    return s;
}

static void judge_pairs(Change *c, const Times *a, const Times *b)
{
    Series fa = fastest(a), fb = fastest(b), ratio = {mem((size_t)fa.n * sizeof *ratio.at), fa.n};
    Series some = {mem((size_t)fa.n * sizeof *some.at), fa.n};
    Series drawn = {.at = mem(DRAWS * sizeof *drawn.at), .n = DRAWS};
    uint64_t state = 1;
    for (int i = 0; i < ratio.n; i++) /* a clock may say 0 */
        ratio.at[i] = log(fmax(fb.at[i], 1) / fmax(fa.at[i], 1));
    for (int i = 0; i < DRAWS; i++) {
        for (int k = 0; k < some.n; k++)
            some.at[k] = ratio.at[draw(&state) % (uint64_t)ratio.n];
        drawn.at[i] = median_in(some.at, some.n);
    }
    c->ratio = exp(median(ratio));
    judge(c, drawn, beyond_margin(median(ratio), MARGIN, fmax(median(fa), 1)), ratio.n - 1);
}

bool in_turns(const Times *a, const Times *b)
{
    return a->turns && b->turns && !strcmp(a->turns, b->turns) && has_launches(a) &&
           a->launches.n == b->launches.n;
}

Change change_between(const Times *a, const Times *b)
{
    Change c = {ABSENT, ABSENT, ABSENT, 1, false};
    if (!a->ns.n || !b->ns.n)
        return c;
    double ma = median(a->ns);
    c.ratio = ma > 0 ? median(b->ns) / ma : ABSENT;
    if (!has_interval(a, b))
        return c;
    if (in_turns(a, b))
        judge_pairs(&c, a, b);
    else
        judge_apart(&c, a, b);
    return c;
}

static int by_chance(const void *a, const void *b)
{
    double x = (*(Change *const *)a)->chance, y = (*(Change *const *)b)->chance;
    return (x > y) - (x < y);
}

void mark_changes(Change **change, int n)
{
    Change **order = mem_copy(change, (size_t)n * sizeof *order);
    qsort(order, (size_t)n, sizeof *order, by_chance);
    for (int i = 0; i < n && order[i]->chance * (n - i) <= 0.05; i++)
        order[i]->marked = true;
}
