/* SPDX-License-Identifier: MIT
 * matrix.h - products of matrices, shared by the kernels that compute them (templates/matrix.ct).
 *
 *     for each batch:  y[row][n] = sum over k of x[row][k] w[k][n]
 *
 * Operands may have any strides. All loops that the weights do not follow (batches, pixels) merge into the rows where
 * x and y step alike. */
#ifndef DNNCC_MATRIX_H
#define DNNCC_MATRIX_H
#include "tile.h"

/* A loop: its turns, and what a turn means for each operand. */
typedef struct Turn {
    int64_t n, x, w, y;
} Turn;

typedef enum Source { PACKED, ROWS, SCRATCH, SCALED } Source; /* of weights, see gemm_vec.ct */

typedef struct Matrix {
    Turn batch[MAX_RANK];
    int nb;
    Turn row;
    int64_t n, k, xk, wk, wn;
    int64_t pitch; /* of y's rows, as the epilogue counts them */
    int axis;      /* of y, that columns run along */
    const Value *bias;
    int64_t bias_row, bias_n;
    Source source;
    Panels panels;
    int64_t block; /* rows that run through all panels together */
    bool ranged;   /* rows [from, to) are asked for: turns of the outermost batch, or `unit` rows */
    int64_t unit;
    bool x_lines, y_lines; /* x and y begin with row x_row, y_row of the image */
    int64_t x_line;        /* elements of x between rows of the image */
} Matrix;

/* What a node computes; source, panels and all that follows them are left to the kernel. */
Matrix matrix_of(const Node *n);
/* Why it cannot be computed in vectors of columns; NULL: it can. */
const char *matrix_refusal(const Node *n, const Target *t);
bool matrix_weights_change(const Matrix *p); /* from batch to batch */
bool matrix_bias_packed(const Matrix *p);    /* a constant for each column, or one for all */

/* Constant weights lie row-major, as [k][n] or [n][k]: elements between columns, and between rows. */
typedef struct MatrixWeights {
    const float *data;
    int64_t column, row;
} MatrixWeights;
MatrixWeights matrix_weights(const Node *n, const Matrix *p);
#endif
