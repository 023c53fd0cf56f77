/* SPDX-License-Identifier: MIT
 * layout.h - what layout.c shares with layout_loop.c, which lays out the bodies of loops. */
#ifndef DNNCC_LAYOUT_H
#define DNNCC_LAYOUT_H
#include "dnncc.h"

void layout_graph(Graph *g);
void place_out(Node *n, Value *v);  /* v, an output of n, gets a storage unless it has one */
Value *copy_of(Graph *g, Value *v); /* append a Copy of v; the new value has no storage yet */
bool produced_here(const Graph *g, const Value *v); /* could its kernel write it elsewhere? */

/* layout_loop.c */
void loop_in_place(Graph *g, Node *n);
void layout_loop(Graph *g, Node *n);
#endif
