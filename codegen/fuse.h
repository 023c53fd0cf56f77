/* SPDX-License-Identifier: MIT
 * fuse.h - what the rows of fusions.def name. */
#ifndef DNNCC_FUSE_H
#define DNNCC_FUSE_H
#include "dnncc.h"

bool join_maps(Graph *g, Node *first, Node *second);
bool join_epilogue_channels(Graph *g, Node *first, Node *second);
bool join_epilogue_last(Graph *g, Node *first, Node *second);
void fold_affine(
    Graph
        *g); /* fuse_affine.c: constant scale and shift per channel into the weights before them */
void unfold_images(Graph *g);      /* fuse_space.c: convolutions of blocks that became channels */
void integers_as_floats(Graph *g); /* fuse_integer.c: integer products in the kernels for floats */
#endif
