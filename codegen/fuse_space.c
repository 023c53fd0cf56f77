/* SPDX-License-Identifier: MIT
 * fuse_space.c - a convolution of an image whose blocks of s x s pixels have become channels is a convolution of the
 * image itself, with window, stride and padding s times as large and the same weights in another order:
 *
 *     x [c][s h][s w]  ->  [s s c][h][w]  ->  Conv k x k       =       x  ->  Conv s k x s k
 *
 * How the blocks become channels does not matter, SpaceToDepth or Slices of every other pixel that are joined: every
 * element is followed back to where it lies in x. */
#include "fuse.h"

/* An image's channels are few. With more of them Winograd's algorithm, which has no strides, may be worth the copy. */
enum { MOST_CHANNELS = 4, MOST_FOLDED = 64, MOST_ELEMENTS = 1 << 23 };

/* A view's elements, in row-major order, over those of what it is a view of. */
typedef struct Way {
    const Value *v;
    int64_t start, stride[MAX_RANK];
} Way;

typedef struct Ways {
    Way *way;
    int n;
} Ways;

/* The at-th element of v, in row-major order. */
typedef struct Origin {
    const Value *v;
    int64_t at;
} Origin;

static const Way *way_of(Ways *w, const Value *v)
{
    for (int i = 0; i < w->n; i++)
        if (w->way[i].v == v)
            return &w->way[i];
    Node view = *v->producer;
    Value x = *view.in[0], y = *v, **in = mem_copy(view.in, (size_t)view.nin * sizeof *in);
    Way way = {.v = v};
    stride_plain(&x, way.stride);
    value_own(&x, way.stride);
    in[0] = &x;
    view.in = in;
    view.out = (Value *[]){&y};
    if (!view.op->view(&view))
        return NULL;
    way.start = y.start;
    for (int i = 0; i < y.rank; i++)
        way.stride[i] = y.stride[i];
    PUSH(w->way, w->n, way);
    return &w->way[w->n - 1];
}

static void into_part(const Node *concat, Origin *o)
{
    const Value *y = concat->out[0];
    int axis = (int)(concat->a.axis < 0 ? concat->a.axis + y->rank : concat->a.axis), k = 0;
    int64_t inner = 1;
    for (int i = axis + 1; i < y->rank; i++)
        inner *= y->dim[i];
    int64_t outer = o->at / inner / y->dim[axis], row = o->at / inner % y->dim[axis];
    for (; row >= concat->in[k]->dim[axis]; k++)
        row -= concat->in[k]->dim[axis];
    o->v = concat->in[k];
    o->at = (outer * o->v->dim[axis] + row) * inner + o->at % inner;
}

/* To the tensor that it was moved from; false: it was computed. */
static bool step_back(Ways *w, Origin *o)
{
    const Node *p = o->v->data ? NULL : o->v->producer;
    if (p && node_is(p, "Concat")) {
        into_part(p, o);
        return true;
    }
    const Way *way = p && p->op->cls == OP_VIEW && p->nout == 1 ? way_of(w, o->v) : NULL;
    if (!way)
        return false;
    int64_t at = way->start;
    for (int i = o->v->rank - 1; i >= 0; o->at /= o->v->dim[i], i--)
        at += o->at % o->v->dim[i] * way->stride[i];
    *o = (Origin){p->in[0], at};
    return true;
}

typedef struct Fold {
    Value *x;
    int64_t s;
    int64_t at[MOST_FOLDED]; /* of each channel: where its first element lies in x */
} Fold;

/* Could v be x, its blocks turned into channels? */
static bool folds_to(const Value *x, const Value *v)
{
    int64_t s = x->rank == 4 && v->dim[2] ? x->dim[2] / v->dim[2] : 0;
    return s > 1 && x->dim[0] == v->dim[0] && x->dim[2] == s * v->dim[2] &&
           x->dim[3] == s * v->dim[3] && x->dim[1] <= MOST_CHANNELS &&
           v->dim[1] == x->dim[1] * s * s && v->dim[1] <= MOST_FOLDED;
}

/* Where in x is the at-th element of v? */
static bool origin_of(Ways *w, const Value *v, int64_t at, const Value *x, int64_t *from)
{
    Origin o = {v, at};
    while (o.v != x)
        if (!step_back(w, &o))
            return false;
    *from = o.at;
    return true;
}

static bool channels_of(Ways *w, const Value *v, Fold *f)
{
    int64_t image = f->x->dim[2] * f->x->dim[3];
    bool seen[MOST_FOLDED] = {false};
    for (int64_t c = 0; c < v->dim[1]; c++) {
        if (!origin_of(w, v, c * v->dim[2] * v->dim[3], f->x, &f->at[c]))
            return false;
        int64_t row = f->at[c] % image / f->x->dim[3], column = f->at[c] % f->x->dim[3];
        int64_t place = (f->at[c] / image * f->s + row) * f->s + column;
        if (row >= f->s || column >= f->s || place >= v->dim[1] || seen[place])
            return false;
        seen[place] = true;
    }
    return true;
}

static bool fold_of(const Value *v, Fold *f)
{
    Ways w = {0};
    Origin o = {v, 0};
    int64_t at = 0, from;
    if (v->rank != 4 || !value_count(v) || value_count(v) > MOST_ELEMENTS)
        return false;
    while (!folds_to(o.v, v))
        if (!step_back(&w, &o))
            return false;
    f->x = (Value *)o.v;
    f->s = f->x->dim[2] / v->dim[2];
    if (!channels_of(&w, v, f))
        return false;
    for (int64_t n = 0; n < v->dim[0]; n++)
        for (int64_t c = 0; c < v->dim[1]; c++)
            for (int64_t h = 0; h < v->dim[2]; h++)
                for (int64_t i = 0; i < v->dim[3]; i++, at++)
                    if (!origin_of(&w, v, at, f->x, &from) ||
                        from != n * value_count(f->x) / v->dim[0] + f->at[c] +
                                    (h * f->x->dim[3] + i) * f->s)
                        return false;
    return true;
}

/* w[oc][s s c][kh][kw] -> [oc][c][s kh][s kw] */
static Value *weights_unfolded(Graph *g, const Value *w, const Fold *f)
{
    int64_t channels = f->x->dim[1], width = f->x->dim[3], image = f->x->dim[2] * width;
    int64_t dim[] = {w->dim[0], channels, w->dim[2] * f->s, w->dim[3] * f->s};
    const float *from = w->data;
    float *to = mem((size_t)value_bytes(w));
    for (int64_t oc = 0; oc < w->dim[0]; oc++)
        for (int64_t c = 0; c < w->dim[1]; c++)
            for (int64_t kh = 0; kh < w->dim[2]; kh++)
                for (int64_t kw = 0; kw < w->dim[3]; kw++) {
                    int64_t row = kh * f->s + f->at[c] % image / width;
                    int64_t column = kw * f->s + f->at[c] % width, of = f->at[c] / image;
                    to[((oc * channels + of) * dim[2] + row) * dim[3] + column] = *from++;
                }
    return value_const(g, w->name, w->dtype, 4, dim, to);
}

static Ints times(const Ints *a, int64_t s)
{
    Ints b = {a->n, mem((size_t)a->n * sizeof *b.v)};
    for (int i = 0; i < a->n; i++)
        b.v[i] = a->v[i] * s;
    return b;
}

void unfold_images(Graph *g)
{
    for (int i = 0; i < g->nnode; i++) {
        Node *n = g->node[i];
        Fold f;
        bool plain = node_is(n, "Conv") && n->a.group == 1 && n->in[1]->dtype == DT_FLOAT &&
                     n->in[1]->data && !n->in[1]->stored && n->in[0]->uses == 1 &&
                     n->in[0]->producer;
        for (int k = 0; plain && k < n->a.dilations.n; k++)
            plain = n->a.dilations.v[k] == 1;
        if (!plain || !fold_of(n->in[0], &f))
            continue;
        node_absorb(n, n->in[0]->producer);
        n->in[0] = f.x;
        n->in[1] = weights_unfolded(g, n->in[1], &f);
        n->a.kernel_shape = times(&n->a.kernel_shape, f.s);
        n->a.strides = times(&n->a.strides, f.s);
        n->a.pads = times(&n->a.pads, f.s);
    }
}
