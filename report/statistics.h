/* SPDX-License-Identifier: MIT
 * statistics.h - medians, quantiles, and what two series of times say about each other. */
#ifndef REPORT_STATISTICS_H
#define REPORT_STATISTICS_H
#include "profile.h"

/* Times of runs in the order in which they were made; runs of one start of the program are neighbours. */
typedef struct Times {
    Series ns;
    Series launches;   /* how many runs each start made; empty: not known */
    const char *turns; /* what was started in turns has the same */
} Times;

typedef struct Change {
    double ratio;     /* of the medians, or the median of pairs' ratios; ABSENT without times */
    double low, high; /* 95% confidence interval of the ratio; ABSENT: too few runs */
    double chance;    /* that it is this far beyond the margin by chance; 1 without an interval */
    bool marked;      /* it is real, says mark_changes */
} Change;

enum { FEWEST_RUNS = 5, FEWEST_LAUNCHES = 4 }; /* for an interval; to be looked at start by start */

double quantile(Series s, double p); /* linear between the two neighbours; ABSENT: empty */
double median(Series s);
uint64_t draw(uint64_t *state);           /* random numbers, the same on every machine */
double student_tail(double t, double df); /* P(T > t), t >= 0 */

bool in_turns(const Times *a, const Times *b); /* their starts are pairs */
/* b against a; equal arguments give equal results. */
Change change_between(const Times *a, const Times *b);
void mark_changes(Change **change, int n); /* n tests at once, 5% in all */
#endif
