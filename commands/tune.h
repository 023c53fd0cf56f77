/* SPDX-License-Identifier: MIT
 * tune.h - choosing kernels by timing them (commands/tune.c). */
#ifndef DNNCC_TUNE_H
#define DNNCC_TUNE_H
#include "options.h"

/* What is not known of p's layers is measured and added to the file p->tune; p->c knows it then. */
void tune(Options *p);
#endif
