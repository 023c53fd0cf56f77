/* SPDX-License-Identifier: MIT
 * slide.h - the window that slides over the input's spatial axes, for kernels that compute rows of channels in tiles of
 * several pixels (templates/slide.ct).
 *
 * Nothing is padded. Along the outer axes the window is cut to the input at run time; along the innermost one, the
 * tile's, pixels at the border leave out what they would read outside. Between the pixels where that changes, tiles are
 * alike and make one loop.
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
    char letter;         /* of its coordinates: oh in y, kh in the window, ih in x */
    int64_t in, out, kernel, stride, dilation, pad;
    int64_t x, row;      /* neighbours: elements of x between them, rows of y between them */
    int64_t place;       /* neighbours in the window, in the model's count of its places */
} SlideAxis;

typedef struct Slide {
    SlideAxis axis[3];
    int n;
    const SlideAxis *tile; /* the last of them, which tiles run along */
    int64_t batch, xn;   /* xn: elements of x between images */
    int64_t pitch;       /* elements of y between rows */
    int64_t runs;        /* how often the tile's axis is walked for one set of channels */
    int64_t places;      /* of the window */
} Slide;

const char *slide_unfit(const Node *n); /* why y cannot be computed in rows of channels; NULL: it can */
Slide *slide_of(const Node *n);
int64_t slide_model_place(const Slide *s, int64_t i); /* place i in the order of the axes -> in the model's order */

/* Pixels of the tile's axis in order: `count` tiles of m from `at` on that read alike, a loop when count > 1. */
typedef struct SlideRun {
    int64_t at, count;
    int m;
} SlideRun;
bool slide_next(const SlideAxis *a, int m, SlideRun *r); /* starting from {0}; m: pixels of a whole tile */
bool slide_reads(const SlideAxis *a, int64_t pixel, int64_t place); /* inside the input? */
/* Pixels [first, last) of m from `at` on read place `from` of the window and all up to the one returned. */
int64_t slide_places_alike(const SlideAxis *a, int64_t at, int m, int64_t from, int *first, int *last);

/* Text. Coordinates of loops that are left out are "0". */
void slide_open(Out *o, const Slide *s);        /* loops over images and outer axes; `row` is the first pixel's row of y */
void slide_window(Out *o, const Slide *s);      /* heads of loops over the window's outer places */
const char *slide_image(const Slide *s, const char *x); /* x + the image's offset */
const char *slide_x(const Slide *s, const char *x);     /* x + the offset of the window's outer place */
const char *slide_w(const Slide *s, const char *w, int64_t each); /* w + it in weights, `each` elements a place */
void slide_tiles(Out *o, const SlideAxis *a, const SlideRun *r); /* opens the run's block */
const char *slide_pixel(const SlideAxis *a, const SlideRun *r);  /* its tile's first pixel */
const char *slide_row(const SlideAxis *a, const SlideRun *r);    /* and that one's row of y */

/* A loop over channels in vectors; opens its block. Where they are no whole number of vectors, the last one begins
 * earlier and computes some of them again; fewer than one vector are a partial one. */
typedef struct Channels {
    const char *first;   /* text: the vector's first channel */
    const char *packed;  /* text: where the vector begins in packed weights of one element a channel */
    int lanes;
} Channels;
Channels channels_open(Out *o, int64_t channels, int vl);
int64_t channels_padded(int64_t channels, int vl);           /* elements of such weights */
int64_t channels_first(int64_t channels, int vl, int64_t i); /* the first channel of vector i */
#endif
