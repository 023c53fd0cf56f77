/* SPDX-License-Identifier: MIT
 * compare.h - profiles side by side. The first is the baseline; one alone has no changes, but all the rest. */
#ifndef REPORT_COMPARE_H
#define REPORT_COMPARE_H
#include "profile.h"
#include "statistics.h"

/* What one profile says about a group. ABSENT: it does not. */
typedef struct Side {
    const Layer **layer; /* none: the profile has no such nodes */
    int n;
    Times times;                     /* of all its layers together */
    double runs;                     /* that were timed */
    double least, median, mean, p95; /* ns */
    double macs, multiplications, bytes;
    double zeros;       /* share of its output's elements, [0, 1] */
    double zero_macs;   /* share of its multiplications with a zero operand, [0, 1] */
    double width, bits; /* mean of the bits that groups of its inputs need, of so many */
    double input_bits, weight_bits; /* that all values together need */
    double off_chip;                /* share of 16 bits for each value, with the widths of groups */
    const char *representation;     /* of its first input that has one; NULL */
    Change change;                  /* against the baseline; of the baseline itself: empty */
} Side;

/* The smallest set of ONNX nodes that is a union of layers in every profile. */
typedef struct Group {
    const char *name, *op;
    Side *side; /* one for each profile */
} Group;

typedef struct Comparison {
    Profile **profile;
    int n;
    Group *group; /* as the baseline runs them */
    int ngroup;
    Group whole; /* the runs as wholes; no layers */
} Comparison;

/* align.c: groups with the layers of their sides, and nothing else yet. */
Group *align(Profile **profile, int n, int *ngroup);

Comparison *compare(Profile **profile, int n);
void compare_check_models(Profile **profile, int n); /* fatal if they are of several models */
double side_difference(const Group *g,
                       int k);     /* ns, of medians against the baseline's; 0: unknown */
const char *profile_letter(int k); /* "A", "B" ... */
const char *profile_setting(const Profile *p); /* "avx2, gcc 12.2.0, 1 thread ..." */
int *compare_order(const Comparison *c);       /* groups, by difference of time or by time */

/* The change from the baseline to profile k in words: "B takes 0.623 of A's time (95%: 0.611 to 0.634)". */
const char *compare_headline(const Comparison *c, int k);

/* How it was measured, and what that means for marks: a sentence. */
const char *compare_way(const Comparison *c, int k);

/* What is looked at by --fail-if: latency, zeros, bytes, arena. */
typedef struct Metric {
    const char *name;
    double base, value;   /* ABSENT: not in the profile */
    const Change *change; /* of times, else NULL */
} Metric;
Metric compare_metric(const Comparison *c, int k, const char *name); /* name NULL: there is none */

void compare_print(const Comparison *c, FILE *f, int width);
void compare_csv(const Comparison *c, FILE *f);
void compare_json(const Comparison *c, FILE *f);
void compare_html(const Comparison *c, FILE *f);
void compare_trace(const Comparison *c, FILE *f);
#endif
