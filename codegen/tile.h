/* SPDX-License-Identifier: MIT
 * tile.h - register tiles, shared by the matrix kernels (templates/tile.ct).
 *
 *              v vectors of columns (output channels)
 *            +------------+------------+
 *     m rows |    a0_0    |    a0_1    |   += x of the row, splat, times the columns' weights
 *   (pixels) |    a1_0    |    a1_1    |
 *            +------------+------------+
 *
 * Columns come in panels of v vectors; the last panel may have fewer and its last vector fewer
 * lanes. The weights of a panel lie together, step by step of the sum: [n/NR][k][NR], NR = v * vl,
 * zeros behind the last column. */
#ifndef DNNCC_TILE_H
#define DNNCC_TILE_H
#include "dnncc.h"

typedef struct Tile {
    int m, v;
    int vl;      /* floats in a vector */
    int lanes;   /* of the last vector that count */
    bool stream; /* a panel's weights do not stay in L1 between tiles */
} Tile;

/* n columns as panels: whole ones of tile `main` from 0 to `split`, then one of tile `rest` if
 * split < n. */
typedef struct Panels {
    int64_t n, split;
    Tile main, rest;
    double cycles; /* of all panels */
} Panels;

/* What a panel is multiplied with: `runs` runs of `rows`. */
typedef struct Rows {
    int64_t rows, runs;
    bool even;    /* tiles of a run differ by a row at most, else the last one takes what is left */
    double extra; /* cycles for each vector stored */
    Choice tile;  /* the one of whole panels, if it fits */
} Rows;

/* How rows come in tiles of m at most: `tiles` of m rows, then `rest` of `low`. */
typedef struct Heights {
    int64_t tiles;
    int m;
    int64_t rest;
    int low;
} Heights;
Heights heights_of(int64_t rows, int m, bool even);

/* Cycles that multiply-adds into so many sums keep a core busy, beside loads and other instructions. */
enum { FMA_LATENCY = 4 };
double tile_busy_cycles(const Target *t, int sums, int fmas, int loads, int others);

/* The cheapest panels for n columns, when each sum has k terms. */
Panels panels_choose(const Target *t, int64_t n, int64_t k, const Rows *r);
int64_t panels_padded(const Panels *p); /* columns with the zeros behind the last */
int64_t panels_count(const Panels *p);
int tile_width(const Tile *t); /* floats in a row of the tile: NR */

/* Where step k of column n stands in packed weights of `depth` steps. */
int64_t panels_index(const Panels *p, int64_t depth, int64_t n, int64_t k);

/* What sums start from: the vector at p, lane by lane a column; or *p in all of them; row by row
 * `row` elements on. */
typedef struct Bias {
    const char *p; /* C text of a pointer; NULL: zero */
    int64_t row;
    bool splat;
    bool padded; /* there are elements behind the last column */
} Bias;

/* Text. In a step xk points at row `first` and rows are `xstep` elements apart; rows [first,
 * last) take part. wk points at the weights of the step, which may lie behind the last column
 * where `padded`. */
void tile_start(Out *o, const Tile *t, const Bias *bias);
void tile_step(Out *o, const Tile *t, int first, int last, int64_t xstep, bool padded);
/* The epilogue and the stores: results go to yp + row * ystep; `row` and `col` are what
 * epilogue_vector takes, and rowstep is what row grows by from one row of the tile to the next. n
 * NULL: the sums alone, whole vectors of float. */
void tile_store(Out *o, const Node *n, const Tile *t, const char *row, int64_t rowstep,
                const char *col, int64_t ystep);

/* Opens the block of the panels of tile `main` or `rest`, a loop in `column` if there are several; ranged: of those in
 * [from, to). Returns the text of the panel's first column. */
const char *panels_open(Out *o, const Panels *p, const Tile *t, const char *column, bool ranged);

/* C text of sums: s + variable * factor and s + k, without what is nothing; "" is an empty sum,
 * which number_add makes "0". */
const char *term_add(const char *s, const char *variable, int64_t factor);
const char *number_add(const char *s, int64_t k);
#endif
