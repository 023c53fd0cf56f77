/* SPDX-License-Identifier: MIT
 * measure.h - running the test benches of nets with instruments. */
#ifndef DNNCC_MEASURE_H
#define DNNCC_MEASURE_H
#include "json.h"
#include "options.h"

/* A net that is measured. */
typedef struct Bench {
    Options p;
    const char *dir, *exe; /* where its sources are, and the program */
    json_t *raw;           /* what all its starts measured together */
} Bench;

int measure_launches(const Options *p); /* starts of its bench */
/* Fills raw. Several benches are started in turns, and equally often. */
void measure(Bench *bench, int n);
#endif
