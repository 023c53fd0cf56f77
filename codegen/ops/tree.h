/* SPDX-License-Identifier: MIT
 * tree.h - the inputs of Trees, see ml_tree.c, and the modes of its nodes. */
#ifndef DNNCC_TREE_H
#define DNNCC_TREE_H

enum {
    TREE_X, /* [row][feature], of the type of splits, members, weights and the result */
    TREE_FEATURE,
    TREE_SPLIT,
    TREE_MODE,
    TREE_YES,
    TREE_NO,
    TREE_SET,
    TREE_MEMBERS,
    TREE_FIRST,
    TREE_TARGET,
    TREE_WEIGHT,
    TREE_ROOT,
    TREE_INPUTS
};

/* A node says yes when its feature is <=, <, >=, >, == or != the split, or in its set; and (added to the mode) when the
 * feature is NaN. */
enum { TREE_LEQ, TREE_LT, TREE_GTE, TREE_GT, TREE_EQ, TREE_NEQ, TREE_MEMBER, TREE_MISSING = 8 };
#endif
