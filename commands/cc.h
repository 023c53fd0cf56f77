/* SPDX-License-Identifier: MIT
 * cc.h - calling the C compiler on generated sources, and running what it made. */
#ifndef DNNCC_CC_H
#define DNNCC_CC_H
#include "options.h"

/* For sources: --keep, or a new one that goes when dnncc does; fatal where what p shall write cannot be written. */
const char *cc_folder(const Options *p);
const char *cc_name(const Options *p);  /* --cc, $CC or cc */
const char *cc_flags(const Options *p); /* $CFLAGS or -O2, and the target's */
/* Compiles and links sources, a part of a shell command, into a program. */
void cc_run(const Options *p, const char *exe, const char *sources);
/* Compiles the model of p with its test bench; the path of the program in dir. reads: fatal first where the bench of an
 * instrumented net cannot read its --data. */
const char *cc_build(Options *p, const char *dir, bool reads);
char *shell_quoted(const char *s);
int shell_run(const char *command); /* its exit status; -1: it had none */
#endif
