/* SPDX-License-Identifier: MIT
 * statistics.c - is B slower than A, and by how much?
 *
 * Neighbouring runs resemble each other (caches, clock rate, other programs), and all runs of one start of a program share
 * where its memory lies. So what is drawn again and again is not a run but a block of them: all runs of one start
 * where there were several (Kalibera and Jones, "Rigorous benchmarking in reasonable time", 2013), otherwise n^(1/3)
 * runs in a row, round the end to the first one (the circular block bootstrap of Politis and Romano, 1992). The spread
 * of medians of such draws gives the interval of the ratio, and their standard error a Student's t.
 *
 * A change is marked when it is beyond a MARGIN, not beyond zero (with enough runs every difference is beyond zero),
 * and the fastest start (or the fast runs of one start) shows it as well as the middle ones: other programs only ever make runs slower (Chen and Revels,
 * "Robust benchmarking in noisy environments", 2016). Many layers are tested at once, so Holm's correction (1979)
 * keeps the chance of any wrong mark at 5%. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "statistics.h"

/* mobilenet_v2 (54 layers, AVX2) on a machine that others use, too. By where its memory lay, a layer's median differed
 * from start to start by up to 13%; in 5% of all pairs of starts some layer differed by more than 9%. Of 90 comparisons
 * of ten starts, 1.4 s apart, with the ten next ones, 3 marked some layer, 6 with a margin of 1.5%, 9 with 1%; starts
 * without a pause between them 10 of 100. */
#define MARGIN 0.02
#define MARGIN_ONE_START 0.1
#define CLOCK_NS 25 /* what reading the clock may add or take */
#define FAST 0.1    /* the quantile of the fast runs */

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

/* Steele's and Vigna's splitmix64: draws that are the same on every machine. */
static uint64_t draw(uint64_t *state)
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

/* How far b / a is beyond the margin, in logarithms; 0: it is not. The fast runs must say the same. */
static double beyond_margin(const Times *a, const Times *b)
{
    double ma = median(a->ns), change = log(median(b->ns) / ma);
    double fast = log(undisturbed(b) / undisturbed(a));
    bool launches = has_launches(a) && has_launches(b);
    double margin = log1p((launches ? MARGIN : MARGIN_ONE_START) + CLOCK_NS / ma);
    if (!(fabs(fast) > margin) || fast * change < 0)
        return 0;
    return fmax(fabs(change) - margin, 0);
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
    Sample sa = make_sample(a), sb = make_sample(b);
    Series ratio = {.at = mem(DRAWS * sizeof *ratio.at), .n = DRAWS};
    int *times = mem((size_t)MAX(sa.n, sb.n) * sizeof *times);
    uint64_t state = 1;
    double sum = 0, squares = 0;
    for (int i = 0; i < DRAWS; i++) {
        double drawn = median_drawn(&sb, times, &state) / median_drawn(&sa, times, &state);
        ratio.at[i] = log(drawn);
        sum += ratio.at[i];
        squares += ratio.at[i] * ratio.at[i];
    }
    c.low = exp(quantile(ratio, 0.025));
    c.high = exp(quantile(ratio, 0.975));
    double error = sqrt(fmax(squares / DRAWS - sum / DRAWS * (sum / DRAWS), 0));
    double beyond = beyond_margin(a, b);
    if (beyond > 0)
        c.chance = student_tail(beyond / fmax(error, 1e-6), MAX(sa.blocks + sb.blocks - 2, 1));
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
