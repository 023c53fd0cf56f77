/* SPDX-License-Identifier: MIT
 * callgrind.h - counters of a simulated CPU, by valgrind. */
#ifndef DNNCC_CALLGRIND_H
#define DNNCC_CALLGRIND_H
#include "json.h"
#include "options.h"

void callgrind_check(
    const Options *p); /* fatal where valgrind is missing, or cannot run the target */
/* What stands before the command of a bench, so that valgrind runs it and leaves its dumps in dir. */
const char *callgrind_prefix(const Options *p, const char *dir);
const char *callgrind_complaint(const char *dir); /* why valgrind failed; a hint */
/* Puts the dumps together: counters of each layer and of the whole become part of raw, what the bench wrote. */
void callgrind_merge(const Options *p, const char *dir, json_t *raw);
json_t *callgrind_caches(const Options *p); /* what was simulated */
#endif
