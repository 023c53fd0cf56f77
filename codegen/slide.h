/* SPDX-License-Identifier: MIT
 * slide.h - the window that slides over the input's spatial axes, for kernels that compute rows of
 * channels in tiles of several pixels (templates/slide.ct).
 *
 * Nothing is padded. Along the outer axes the window is cut to the input at run time; along the
 * innermost one, the tile's, pixels at the border leave out what they would read outside. Between
 * the pixels where that changes, tiles are alike and make one loop.
 *
 *     ow   0 1 2 3 4 5 | 6 ... 53 | 54 55       kernel 3, pad 1, 56 pixels, tiles of 6
 *     kw 0   x x x x x | x  ...  x |  x  x
 *     kw 1 x x x x x x | x  ...  x |  x  x
 *     kw 2 x x x x x x | x  ...  x |  x
 */
#ifndef DNNCC_SLIDE_H
#define DNNCC_SLIDE_H
#include "dnncc.h"

typedef struct SlideAxis {
    char letter; /* of its coordinates: oh in y, kh in the window, ih in x */
    int64_t in, out, kernel, stride, dilation, pad;
    int64_t x, row; /* neighbours: elements of x between them, rows of y between them */
    int64_t place;  /* neighbours in the window, in the model's count of its places */
} SlideAxis;

typedef struct Slide {
    SlideAxis axis[3];
    int n;
    const SlideAxis *tile; /* the last of them, which tiles run along */
    int64_t batch, xn;     /* images; elements of x between them */
    int64_t pitch;         /* elements of y between rows */
    int64_t yn;            /* rows of y between images */
    int64_t runs;          /* how often the tile's axis is walked for one set of channels */
    int64_t places;        /* of the window */
    bool ranged;           /* rows [from, to) are asked for, as slide_rows counts them */
    bool x_lines, y_lines; /* x and y begin with row x_row, y_row of the outermost axis */
    bool row_used;         /* by the epilogue */
} Slide;

/* Why y cannot be computed in rows of channels; NULL: it can. */
const char *slide_unfit(const Node *n);
Slide *slide_of(const Node *n);
/* Rows that can be computed one by one: turns of the outermost axis, image after image. 0: only one. */
int64_t slide_rows(const Slide *s);
/* Place i of the window in the order of the axes -> in the model's order. */
int64_t slide_model_place(const Slide *s, int64_t i);

/* ---- the tile's axis --------------------------------------------------------------------------- */

/* Pixels in order: `count` tiles of m from `at` on that read alike, a loop when count > 1. */
typedef struct SlideRun {
    int64_t at, count;
    int m;
} SlideRun;

/* The next run, starting from {0}; m: pixels of a whole tile. */
bool slide_next(const SlideAxis *a, int m, SlideRun *r);
/* Runs are text: are they few? Not for a long window over a wide border, where every tile differs. */
bool slide_few_runs(const SlideAxis *a, int m);
/* Places [first, last) of the window that pixel `at` reads inside the input; {0, 0}: none. */
void slide_range(const SlideAxis *a, int64_t at, int64_t *first, int64_t *last);
/* Does a pixel read a place of the window inside the input? Does any of a run's tile? */
bool slide_reads(const SlideAxis *a, int64_t pixel, int64_t place);
bool slide_uses(const SlideAxis *a, const SlideRun *r, int64_t place);
/* A tile reads columns of x, counted from where the window of its pixel 0 begins: how many there
 * are, and at which place of its window pixel m reads one; -1: it does not. */
int64_t slide_columns(const SlideAxis *a, int m);
int64_t slide_place(const SlideAxis *a, const SlideRun *r, int m, int64_t column);
/* Pixels [first, last) of a tile of m read place `from` and all up to the one returned. */
int64_t slide_places_alike(const SlideAxis *a, int64_t at, int m, int64_t from, int *first,
                           int *last);

/* ---- text; coordinates of loops that are left out are "0" --------------------------------------- */

/* Loops over images and outer axes; `row` is the row of y that their first pixel is. */
void slide_open(Out *o, const Slide *s);
/* Opens the loop over a run's tiles; false: it is a single one. Its first pixel; that one's row of y. */
bool slide_tiles(Out *o, const SlideAxis *a, const SlideRun *r);
const char *slide_pixel(const SlideAxis *a, const SlideRun *r);
const char *slide_row(const SlideAxis *a, const SlideRun *r);
/* x and y + the offset of the tile's first pixel. */
const char *slide_x(const Slide *s, const SlideRun *r, const char *x);
const char *slide_y(const Slide *s, const SlideRun *r, const char *y);
/* Opens loops over the window's outer places in one block; false: there are none. */
bool slide_window(Out *o, const Slide *s);
/* Inside: x + the offset of the place and of a column; w + that of the place's weights, `each`
 * elements for each place of the window. */
const char *slide_column(const Slide *s, const SlideRun *r, const char *x, int64_t column);
const char *slide_w(const Slide *s, const char *w, int64_t each);

/* ---- channels ----------------------------------------------------------------------------------- */

/* A loop over channels in vectors; opens its block. Where they are no whole number of vectors, the
 * last one begins earlier and computes some of them again; fewer than one vector are a partial one. */
typedef struct Channels {
    const char *first;  /* text: the vector's first channel */
    const char *packed; /* text: where the vector begins in weights of one element a channel */
    int lanes;
} Channels;

Channels channels_open(Out *o, int64_t channels, int width);
/* The same for the channels [from, to) that two texts give, whole vectors of them. */
Channels channels_open_part(Out *o, int64_t channels, int width, const char *from, const char *to);
/* Elements of such weights; the first channel of vector i. */
int64_t channels_padded(int64_t channels, int width);
int64_t channels_first(int64_t channels, int width, int64_t i);
/* How many of the target's vectors a kernel had better take at once. */
int slide_vectors(const Slide *s, const Target *t, int64_t channels);
#endif
