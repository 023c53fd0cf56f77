/* SPDX-License-Identifier: MIT
 * resize.c - Resize and Upsample. Every mode is the same sum: along each axis an output coordinate reads a few input
 * coordinates, its taps, each with a weight, and the axes are independent of each other.
 *
 *      y[i][j] = sum over k, l of  wi[i][k] * wj[j][l] * x[xi[i][k]][xj[j][l]]
 *
 * The modes only decide the tables xi and wi, which are computed here, in double, and become constants of the net. */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include "ops.h"

#define LIMIT ((int64_t)1 << 30)

/* How one axis is stretched: output coordinate o stands num / den input elements further for each step. */
typedef struct Axis {
    int64_t in, out;
    double num, den;
    double start, end; /* of the region of interest, in shares of the axis */
    bool moved;        /* false: the axis stays as it is */
} Axis;

static bool is(const char *value, const char *word)
{
    return !strcmp(value, word);
}

static bool crops(const Node *n)
{
    return is(n->a.coordinate_transformation_mode, "tf_crop_and_resize");
}

static bool one_of(const Node *n, const char *name, const char *value, const char *words)
{
    const char *hit = strstr(words, text(" %s ", value));
    if (!hit || !*value)
        blocker(n, text("it may be%.*s", (int)strlen(words) - 1, words), "%s '%s' is not supported",
                name, value);
    return hit && *value;
}

static bool words_known(const Node *n)
{
    const Attrs *a = &n->a;
    return one_of(n, "mode", a->mode, " nearest linear cubic ") &&
           one_of(n, "nearest_mode", a->nearest_mode,
                  " round_prefer_floor round_prefer_ceil floor ceil ") &&
           one_of(n, "keep_aspect_ratio_policy", a->keep_aspect_ratio_policy,
                  " stretch not_larger not_smaller ") &&
           one_of(n, "coordinate_transformation_mode", a->coordinate_transformation_mode,
                  " half_pixel half_pixel_symmetric pytorch_half_pixel align_corners asymmetric "
                  "tf_half_pixel_for_nn "
                  "tf_crop_and_resize ");
}

/* ---- sizes ----------------------------------------------------------------------------------------------------- */

/* The axes that roi, scales and sizes speak of: how many, -1 after a blocker. */
static int axes_listed(const Node *n, int *axes)
{
    int rank = n->in[0]->rank;
    const Ints *given = &n->a.axes;
    bool seen[MAX_RANK] = {false};
    for (int i = 0; i < rank; i++)
        axes[i] = i;
    if (!n->a.has[A_axes])
        return rank;
    for (int i = 0; i < given->n; i++) {
        int64_t axis = given->v[i] < 0 ? given->v[i] + rank : given->v[i];
        if (axis < 0 || axis >= rank || seen[axis]) {
            blocker(n, NULL, "attribute 'axes' names axis %" PRId64 " of a tensor with %d dims",
                    given->v[i], rank);
            return -1;
        }
        seen[axis] = true;
        axes[i] = (int)axis;
    }
    return given->n;
}

static bool numbers_fit(const Node *n, const char *what, const Value *v, int64_t count)
{
    if (!value_is_const(v))
        blocker(n, "sizes must follow from the model and the input dims alone",
                "%s '%s' is not known at compile time", what, v->name);
    else if (value_count(v) != count)
        blocker(n, NULL, "%s '%s' has %s elements instead of %" PRId64, what, v->name, dims_text(v),
                count);
    return value_is_const(v) && value_count(v) == count;
}

static bool inputs_fit(const Node *n, int naxes)
{
    const Value *roi = n->in[1], *scales = n->in[2], *sizes = n->in[3];
    if (!scales == !sizes) {
        blocker(n, NULL, "%s of scales and sizes must be given", scales ? "only one" : "one");
        return false;
    }
    if (crops(n) && !roi) {
        blocker(n, NULL, "tf_crop_and_resize needs a roi");
        return false;
    }
    return (!crops(n) || numbers_fit(n, "roi", roi, 2 * naxes)) &&
           numbers_fit(n, scales ? "scales" : "sizes", scales ? scales : sizes, naxes);
}

/* Rounded as a product of floats, like everyone does: 10 * 0.7 is 7. */
static void by_scale(const Node *n, Axis *a, double scale)
{
    float size = (float)a->in * (float)scale;
    if (crops(n))
        size = (float)(a->in * (a->end - a->start)) * (float)scale;
    a->out = size >= 1 && size <= (float)LIMIT ? (int64_t)floorf(size) : 0;
    a->den = scale;
}

static void by_size(Axis *a, int64_t size)
{
    a->out = size;
    a->num = (double)a->in;
    a->den = (double)size;
}

/* One ratio for all the listed axes: the smallest or the largest of theirs. */
static void keep_aspect(const Node *n, Axis *axis, int naxes, const int *axes)
{
    bool larger = is(n->a.keep_aspect_ratio_policy, "not_smaller");
    if (is(n->a.keep_aspect_ratio_policy, "stretch") || naxes == 0)
        return;
    Axis best = axis[axes[0]];
    for (int i = 1; i < naxes; i++) {
        const Axis *a = &axis[axes[i]];
        double more = a->den * best.num - best.den * a->num;
        if (larger ? more > 0 : more < 0)
            best = *a;
    }
    for (int i = 0; i < naxes; i++) {
        Axis *a = &axis[axes[i]];
        double size = floor((double)a->in * best.den / best.num + 0.5);
        a->num = best.num;
        a->den = best.den;
        a->out = size <= (double)LIMIT ? (int64_t)size : 0;
    }
}

static bool axis_fits(const Node *n, const Axis *a, int i)
{
    bool finite = isfinite(a->start) && isfinite(a->end) && isfinite(a->num / a->den);
    if (a->in >= 1 && a->in <= LIMIT && a->out >= 1 && a->out <= LIMIT && a->den > 0 && finite)
        return true;
    if (!a->moved)
        return true;
    blocker(n, "scales and sizes are positive",
            "axis %d of %" PRId64 " elements cannot be resized as asked", i, a->in);
    return false;
}

static bool resolve(const Node *n, Axis *axis)
{
    const Value *x = n->in[0], *roi = n->in[1], *scales = n->in[2], *sizes = n->in[3];
    int axes[MAX_RANK], naxes = axes_listed(n, axes);
    for (int i = 0; i < x->rank; i++)
        axis[i] = (Axis){.in = x->dim[i], .out = x->dim[i], .num = 1, .den = 1, .end = 1};
    if (naxes < 0 || !inputs_fit(n, naxes))
        return false;
    for (int i = 0; i < naxes; i++) {
        Axis *a = &axis[axes[i]];
        if (crops(n)) {
            a->start = value_at(roi, i);
            a->end = value_at(roi, naxes + i);
        }
        if (scales)
            by_scale(n, a, value_at(scales, i));
        else
            by_size(a, value_int_at(sizes, i));
    }
    if (sizes)
        keep_aspect(n, axis, naxes, axes);
    bool fits = true;
    for (int i = 0; i < x->rank; i++) {
        axis[i].moved = axis[i].num != axis[i].den || axis[i].start != 0 || axis[i].end != 1;
        axis[i].out = axis[i].moved ? axis[i].out : axis[i].in;
        fits = fits && axis_fits(n, &axis[i], i);
    }
    return fits;
}

/* Input elements on each side of a coordinate that count, and the factor that brings their distance to the filter's. */
static int reach(const Node *n, const Axis *a, double *squeeze)
{
    double support = is(n->a.mode, "cubic") ? 2 : 1;
    *squeeze = n->a.antialias ? MIN(1, a->den / a->num) : 1;
    return (int)MIN(ceil(support / *squeeze), (double)LIMIT);
}

/* A filter that is wider than the whole axis asks for a table out of proportion. */
static bool filter_fits(const Node *n, const Axis *a, int i)
{
    double squeeze;
    int64_t side = reach(n, a, &squeeze);
    if (!a->moved || (side <= 2 * a->in + 2 && a->out * side <= LIMIT / 8))
        return true;
    blocker(n, NULL, "axis %d is scaled down beyond its %" PRId64 " elements", i, a->in);
    return false;
}

void resize_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    Axis axis[MAX_RANK];
    int64_t dim[MAX_RANK];
    (void)g;
    if (!words_known(n) || !resolve(n, axis))
        return;
    for (int i = 0; i < x->rank; i++) {
        dim[i] = axis[i].out;
        if (!filter_fits(n, &axis[i], i))
            return;
    }
    if (x->dtype == DT_BOOL && !is(n->a.mode, "nearest"))
        blocker(n, NULL, "'%s' is bool, which has no mean", x->name);
    else
        out_set(n, 0, x->dtype, x->rank, dim);
}

/* ---- older forms ----------------------------------------------------------------------------------------------- */

static void set_inputs(Node *n, Value *roi, Value *scales, Value *sizes)
{
    Value *in[] = {n->in[0], roi, scales, sizes};
    n->in = mem_copy(in, sizeof in);
    n->nin = n->nown = 4;
}

/* An empty tensor is as good as none. */
static Value *optional(const Node *n, int i)
{
    Value *v = node_in(n, i);
    return v && value_count(v) ? v : NULL;
}

/* As it was before coordinates could be chosen. */
static void set_plain(Node *n)
{
    n->a.coordinate_transformation_mode = "asymmetric";
    n->a.nearest_mode = "floor";
}

/* Exporters leave a Resize where the sizes happen to agree already. */
static void drop_if_still(Node *n)
{
    Axis axis[MAX_RANK];
    bool moved = !words_known(n) || !resolve(n, axis);
    for (int i = 0; !moved && i < n->in[0]->rank; i++)
        moved = axis[i].moved;
    if (moved)
        return;
    n->op = op_find("", "Identity");
    n->nin = n->nown = 1;
}

/* Sizes are what comes out, unless the aspect ratio is kept. */
static void sizes_settle(Graph *g, Node *n)
{
    int axes[MAX_RANK], naxes = axes_listed(n, axes);
    Ints shape, want = {0};
    if (!at_run_time(n, 3) || !is(n->a.keep_aspect_ratio_policy, "stretch") ||
        !declared_shape(n, 0, &shape) || shape.n != n->in[0]->rank)
        return;
    for (int i = 0; i < naxes; i++)
        PUSH(want.v, want.n, shape.v[axes[i]]);
    settle(g, n, 3, want, "a == b", NULL);
}

static void settle_parameters(Graph *g, Node *n)
{
    int axes[MAX_RANK], naxes;
    sizes_settle(g, n);
    if (at_run_time(n, 1) || at_run_time(n, 2) || at_run_time(n, 3)) {
        naxes = axes_listed(n, axes);
        if (naxes > 0 && words_known(n))
            resize_at_run_time(g, n, axes, naxes);
    }
    if (n->nout)
        drop_if_still(n);
}

void resize_canon(Graph *g, Node *n)
{
    if (n->opset > 10) {
        set_inputs(n, optional(n, 1), optional(n, 2), optional(n, 3));
    } else {
        set_plain(n);
        set_inputs(n, NULL, optional(n, 1), NULL);
    }
    settle_parameters(g, n);
}

/* Upsample: its scales were attributes until opset 8, and before opset 7 only those of height and width. */
void upsample_canon(Graph *g, Node *n)
{
    float hw[] = {1, 1, n->a.height_scale, n->a.width_scale};
    Floats s = n->a.scales.n ? n->a.scales : (Floats){4, hw};
    Value *scales = optional(n, 1);
    const char *mode = n->a.mode;
    if (n->opset < 9)
        scales = value_const(g, "scales", DT_FLOAT, 1, &(int64_t){s.n},
                             mem_copy(s.v, (size_t)s.n * sizeof *s.v));
    n->op = op_find("", "Resize");
    attrs_default(n);
    n->a.mode = is(mode, "bilinear") ? "linear" : mode;
    set_plain(n);
    set_inputs(n, NULL, scales, NULL);
    settle_parameters(g, n);
}

/* ---- taps ------------------------------------------------------------------------------------------------------ */

/* Where output coordinate o lies on the input's axis. */
static double coordinate(const Node *n, const Axis *a, int64_t o)
{
    const char *mode = n->a.coordinate_transformation_mode;
    double size = (double)a->in * a->den / a->num; /* the output's length before it was rounded */
    double half = ((double)o + 0.5) * a->num / a->den - 0.5, last = (double)a->in - 1;
    if (is(mode, "asymmetric"))
        return (double)o * a->num / a->den;
    if (is(mode, "align_corners"))
        return size == 1 ? 0 : (double)o * last / (size - 1);
    if (is(mode, "tf_half_pixel_for_nn"))
        return half + 0.5;
    if (is(mode, "pytorch_half_pixel"))
        return a->out > 1 ? half : 0;
    if (is(mode, "half_pixel_symmetric"))
        return half + (double)a->in / 2 * (1 - (double)a->out / size);
    if (is(mode, "tf_crop_and_resize"))
        return a->out > 1
                   ? a->start * last + (double)o * (a->end - a->start) * last / ((double)a->out - 1)
                   : 0.5 * (a->start + a->end) * last;
    return half;
}

static double nearest(const Node *n, double x)
{
    const char *mode = n->a.nearest_mode;
    if (is(mode, "floor"))
        return floor(x);
    if (is(mode, "ceil"))
        return ceil(x);
    return is(mode, "round_prefer_ceil") ? floor(x + 0.5) : ceil(x - 0.5);
}

/* The filter at distance d: a tent, or the cubic of Keys with coefficient c. */
static double filter(const Node *n, double d)
{
    double c = n->a.cubic_coeff_a;
    d = fabs(d);
    if (is(n->a.mode, "linear"))
        return MAX(0, 1 - d);
    if (d <= 1)
        return ((c + 2) * d - (c + 3)) * d * d + 1;
    return d < 2 ? ((d - 5) * d + 8) * d * c - 4 * c : 0;
}

static int32_t clamp(double i, int64_t in)
{
    return (int32_t)MAX(0, MIN(i, (double)in - 1));
}

/* Fill the count taps of a coordinate; what lies outside repeats the border, or counts nothing. */
static void taps_at(const Node *n, const Axis *a, double x, const Taps *t, int64_t o)
{
    double squeeze, sum = 0, base = floor(x);
    int side = reach(n, a, &squeeze);
    int32_t *index = t->index + o * t->count;
    double *weight = t->weight + o * t->count;
    for (int k = 0; k < t->count; k++) {
        double i = base + k - side + 1;
        bool outside = i < 0 || i > (double)a->in - 1;
        index[k] = clamp(i, a->in);
        weight[k] = outside && n->a.exclude_outside ? 0 : filter(n, squeeze * (i - x));
        sum += weight[k];
    }
    for (int k = 0; k < t->count; k++)
        weight[k] /= n->a.antialias || n->a.exclude_outside ? sum : 1;
}

static bool column_used(const Taps *t, int64_t out, int k)
{
    for (int64_t o = 0; o < out; o++)
        if (t->weight[o * t->count + k] != 0)
            return true;
    return false;
}

/* Leave out the taps that never count, at either end: align_corners by a whole factor needs one of two. */
static void taps_trim(Taps *t, int64_t out)
{
    int first = 0, last = t->count - 1, count;
    while (first < last && !column_used(t, out, first))
        first++;
    while (last > first && !column_used(t, out, last))
        last--;
    count = last - first + 1;
    for (int64_t o = 0; o < out; o++)
        for (int k = 0; k < count; k++) {
            t->index[o * count + k] = t->index[o * t->count + first + k];
            t->weight[o * count + k] = t->weight[o * t->count + first + k];
        }
    t->count = count;
}

Taps resize_taps(const Node *n, int i)
{
    Axis axis[MAX_RANK];
    double squeeze;
    if (!resolve(n, axis))
        BUG("Resize '%s' was not refused", n->name);
    const Axis *a = &axis[i];
    bool single = is(n->a.mode, "nearest");
    Taps t = {.count = !a->moved || single ? 1 : 2 * reach(n, a, &squeeze), .identity = !a->moved};
    t.index = mem((size_t)(a->out * t.count) * sizeof *t.index);
    t.weight = mem((size_t)(a->out * t.count) * sizeof *t.weight);
    for (int64_t o = 0; o < a->out; o++) {
        double x = a->moved ? coordinate(n, a, o) : (double)o;
        if (crops(n) && a->moved && (x < 0 || x > (double)a->in - 1)) {
            for (int k = 0; k < t.count; k++)
                t.index[o * t.count + k] = -1;
            t.outside = true;
        } else if (t.count == 1) {
            t.index[o] = clamp(single ? nearest(n, x) : x, a->in);
            t.weight[o] = 1;
        } else {
            taps_at(n, a, x, &t, o);
        }
    }
    taps_trim(&t, a->out);
    for (int64_t o = 0; o < a->out * t.count; o++)
        t.weighted |= t.index[o] >= 0 && t.weight[o] != 1;
    return t;
}
