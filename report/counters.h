/* SPDX-License-Identifier: MIT
 * counters.h - counters of a profile as a table. */
#ifndef REPORT_COUNTERS_H
#define REPORT_COUNTERS_H
#include "profile.h"

/* The layers in their order, what lies between them, and the whole; nothing where nothing was counted. */
void counters_print(const Profile *p, FILE *f, int width);
#endif
