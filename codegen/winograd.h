/* SPDX-License-Identifier: MIT
 * winograd.h - convolution 3x3 by Winograd's algorithm F(m x m, 3 x 3) (templates/winograd.ct); the kernels are its
 * sizes. Node.plan.block is m. */
#ifndef DNNCC_WINOGRAD_H
#define DNNCC_WINOGRAD_H
#include "dnncc.h"

Plan winograd_plan(const Node *n, const Target *t, int m); /* m: 2 or 4 */
void winograd_bind(Graph *g, Node *n, const Target *t);
void winograd_emit(Out *o, const Node *n, const Target *t);
#endif
