/* SPDX-License-Identifier: MIT
 * conv.c - convolution: x [n][c][spatial...], w [m][c / group][kernel...], b [m] -> y [n][m][spatial...].
 *
 * The m outputs and c inputs fall into `group` equal parts that do not see each other; group == c is depthwise. The
 * transposed form scatters what the plain one gathers, and its w is [c][m / group][kernel...]. */
#include <inttypes.h>
#include <string.h>
#include "ops.h"

#define LIMIT ((int64_t)1 << 30)

static bool ranks_fit(const Node *n)
{
    const Value *x = n->in[0], *w = n->in[1];
    if (x->rank < 3 || x->rank > 5)
        blocker(n, "the input is [n][c] and 1 to 3 spatial dims", "'%s' has shape %s", x->name,
                dims_text(x));
    else if (w->rank != x->rank)
        blocker(n, NULL, "the weights '%s' have shape %s, the input %s", w->name, dims_text(w),
                dims_text(x));
    return x->rank >= 3 && x->rank <= 5 && w->rank == x->rank;
}

static bool channels_fit(const Node *n, bool transposed)
{
    const Value *x = n->in[0], *w = n->in[1];
    int64_t group = n->a.group, grouped = w->dim[1];
    bool fits = group > 0 && group <= LIMIT && grouped <= LIMIT && w->dim[0] % group == 0;
    if (!fits || (transposed ? w->dim[0] : grouped * group) != x->dim[1]) {
        blocker(n, "channels must divide evenly into the groups, and weights match the input's",
                "weights '%s' of shape %s do not match an input of shape %s in %" PRId64 " groups",
                w->name, dims_text(w), dims_text(x), group);
        return false;
    }
    return true;
}

/* The kernel's shape is that of the weights; where the attribute says so too, it must agree. */
static bool kernel_fits(Node *n)
{
    const Value *w = n->in[1];
    Ints *k = &n->a.kernel_shape;
    bool fits = k->n == 0 || k->n == w->rank - 2;
    for (int i = 0; fits && i < k->n; i++)
        fits = k->v[i] == w->dim[i + 2];
    if (!fits)
        blocker(n, NULL, "kernel_shape does not agree with the weights '%s' of shape %s", w->name,
                dims_text(w));
    *k = (Ints){w->rank - 2, mem_copy(w->dim + 2, (size_t)(w->rank - 2) * sizeof *k->v)};
    return fits;
}

static bool vector_fits(const Node *n, const char *what, const Value *v, int64_t count)
{
    if (!v || (v->rank == 1 && v->dim[0] == count))
        return true;
    blocker(n, NULL, "the %s '%s' has shape %s instead of %" PRId64, what, v->name, dims_text(v),
            count);
    return false;
}

static bool floats(const Node *n)
{
    for (int i = 0; i < n->nin; i++)
        if (n->in[i] && (!dtype_is_float(n->in[i]->dtype) || n->in[i]->dtype != n->in[0]->dtype)) {
            blocker(n, "input, weights and bias have one type, a float", "'%s' is %s",
                    n->in[i]->name, dtype_name(n->in[i]->dtype));
            return false;
        }
    return true;
}

static bool dims_fit(Node *n, int64_t *dim)
{
    const Value *x = n->in[0], *w = n->in[1];
    if (!ranks_fit(n) || !channels_fit(n, false) || !kernel_fits(n))
        return false;
    dim[0] = x->dim[0];
    dim[1] = w->dim[0];
    return window_infer(n, x, dim + 2);
}

void conv_infer(Graph *g, Node *n)
{
    int64_t dim[MAX_RANK];
    (void)g;
    if (floats(n) && dims_fit(n, dim) && vector_fits(n, "bias", node_in(n, 2), dim[1]))
        out_set(n, 0, n->in[0]->dtype, n->in[0]->rank, dim);
}

static bool zero_point_fits(const Node *n, int i, const Value *of, int64_t channels)
{
    const Value *z = node_in(n, i);
    if (!z)
        return true;
    if (z->dtype != of->dtype) {
        blocker(n, NULL, "zero point '%s' is %s, '%s' is %s", z->name, dtype_name(z->dtype),
                of->name, dtype_name(of->dtype));
        return false;
    }
    return value_count(z) == 1 || vector_fits(n, "zero point", z, channels);
}

void conv_integer_infer(Graph *g, Node *n)
{
    int64_t dim[MAX_RANK];
    (void)g;
    for (int i = 0; i < 2; i++)
        if (n->in[i]->dtype != DT_UINT8 && n->in[i]->dtype != DT_INT8) {
            blocker(n, NULL, "'%s' is %s, not uint8 or int8", n->in[i]->name,
                    dtype_name(n->in[i]->dtype));
            return;
        }
    if (dims_fit(n, dim) && zero_point_fits(n, 2, n->in[0], 1) &&
        zero_point_fits(n, 3, n->in[1], dim[1]))
        out_set(n, 0, DT_INT32, n->in[0]->rank, dim);
}

/* ---- ConvTranspose --------------------------------------------------------------------------------------------- */

static bool list_fits(const Node *n, const char *name, const Ints *a, int count, int64_t least)
{
    bool fits = a->n == 0 || a->n == count;
    for (int i = 0; fits && i < a->n; i++)
        fits = a->v[i] >= least && a->v[i] <= LIMIT;
    if (!fits)
        blocker(n, NULL, "attribute '%s' does not hold %d values from %" PRId64 " on", name, count,
                least);
    return fits;
}

/* The whole reach of the kernels is stride * (in - 1) + extent; pads cut it down to the output. */
static int64_t transpose_size(Node *n, int i, int64_t in)
{
    const Attrs *a = &n->a;
    int64_t extra = a->output_padding.n ? a->output_padding.v[i] : 0;
    if (in > LIMIT)
        return 0;
    int64_t reach = a->strides.v[i] * (in - 1) + window_extent(n, i) + extra;
    if (a->output_shape.n || !strncmp(a->auto_pad, "SAME", 4)) {
        int64_t out = a->output_shape.n ? a->output_shape.v[i] : in * a->strides.v[i];
        window_pads_split(n, i, MAX(reach - out, 0), !strcmp(a->auto_pad, "SAME_UPPER"));
        return out;
    }
    return reach - a->pads.v[i] - a->pads.v[a->pads.n / 2 + i];
}

static bool transpose_sizes(Node *n, int spatial, int64_t *out)
{
    Attrs *a = &n->a;
    if (!window_auto_pad(n) || !window_fill(n, spatial) ||
        !list_fits(n, "output_shape", &a->output_shape, spatial, 1) ||
        !list_fits(n, "output_padding", &a->output_padding, spatial, 0))
        return false;
    if (a->output_shape.n || strcmp(a->auto_pad, "NOTSET")) /* explicit pads then mean nothing */
        a->pads.v = mem((size_t)a->pads.n * sizeof *a->pads.v);
    for (int i = 0; i < spatial; i++) {
        out[i] = transpose_size(n, i, n->in[0]->dim[i + 2]);
        if (out[i] < 1 || out[i] > LIMIT) {
            blocker(n, NULL, "the output would have %" PRId64 " elements along axis %d", out[i],
                    i + 2);
            return false;
        }
    }
    return true;
}

void conv_transpose_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0], *w = n->in[1];
    int64_t dim[MAX_RANK] = {x->dim[0]};
    (void)g;
    if (!floats(n) || !ranks_fit(n) || !channels_fit(n, true) || !kernel_fits(n))
        return;
    dim[1] = w->dim[1] * n->a.group;
    if (vector_fits(n, "bias", node_in(n, 2), dim[1]) && transpose_sizes(n, x->rank - 2, dim + 2))
        out_set(n, 0, x->dtype, x->rank, dim);
}
