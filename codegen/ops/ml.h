/* SPDX-License-Identifier: MIT
 * ml.h - what the operators of domain ai.onnx.ml share; defined in ml.c. */
#ifndef DNNCC_ML_H
#define DNNCC_ML_H
#include "ops.h"

Value *floats_value(Graph *g, const char *name, Floats list); /* rank 1 */
bool features_fit(const Node *n); /* is in[0] rows of features, or one row? else a blocker */
int64_t feature_rows(const Node *n);
int64_t feature_count(const Node *n);
Value *feature_matrix(Graph *g, const Node *n, DType t); /* in[0] as [rows][features] of type t */

/* Of each element of x the place of its like in the list; -1: it is not there. */
Value *place_among(Graph *g, const Node *n, Value *x, Value *list);

/* Scores are [rows][classes or targets]. */
bool transform_known(const Node *n); /* post_transform; or a blocker */
void transform_number(Node *n);      /* post_transform from the number it is given as */
Value *transformed(Graph *g, const Node *n, Value *s);
Value *both_scores(Graph *g, const Node *n, Value *s, const char *other); /* [other(s), s] */
bool labels_known(const Node *n); /* classes have labels; or a blocker */
int64_t label_count(const Node *n);
DType label_type(const Node *n);
Value *best_class(Graph *g, const Node *n, Value *s);      /* [rows][1] */
void put_label(Graph *g, const Node *n, Value *which);     /* to output 0 */
void put_result(Graph *g, const Node *n, Value *v, int i); /* to output i, in its type and shape */
#endif
