/* SPDX-License-Identifier: MIT
 * roofline.h - the program that measures a core's roofs (runtime/roofline.ct). */
#ifndef DNNCC_ROOFLINE_H
#define DNNCC_ROOFLINE_H
#include "dnncc.h"

enum {
    READS = 8
}; /* vectors in flight while memory is read: sums that do not wait for each other */
#define ROOFLINE_PORTABLE "ROOFLINE_PORTABLE" /* macro of the portable build */

void emit_roofline(Out *o, const Target *t);
#endif
