/* SPDX-License-Identifier: MIT
 * slice.c - Slice. One whose ranges are known moves no element: it is a view. One whose ranges are
 * read at run time looks its elements up, axis by axis, at first, first + step, first + 2 step ... */
#include <inttypes.h>
#include <string.h>
#include "ops.h"

typedef struct Range {
    int64_t start, step, count;
} Range;

static int64_t clamp(int64_t v, int64_t low, int64_t high)
{
    return v < low ? low : v > high ? high : v;
}

/* Negative positions count from the end of the axis; those outside of it, however far, mean its
 * end. A backward slice may stop before the first element, at -1. */
static Range range_of(int64_t dim, int64_t start, int64_t end, int64_t step)
{
    bool forward = step > 0;
    int64_t last = forward ? dim : dim - 1;
    step = clamp(step, -dim - 1, dim + 1);
    start = clamp(start < 0 ? start + dim : start, 0, last);
    end = clamp(end < 0 ? end + dim : end, forward ? 0 : -1, last);
    int64_t length = forward ? end - start : start - end;
    if (dim == 0 || length <= 0)
        return (Range){0, 1, 0};
    return (Range){start, step, (length - 1) / (forward ? step : -step) + 1};
}

static bool slice_inputs(Node *n, Ints *starts, Ints *ends, Ints *axes, Ints *steps)
{
    if (!input_ints(n, 1, "where the slice starts,", starts) ||
        !input_ints(n, 2, "where the slice ends,", ends) ||
        !input_ints(n, 3, "the list of axes", axes) ||
        !input_ints(n, 4, "the step of the slice", steps))
        return false;
    if (starts->n == ends->n && (!node_in(n, 3) || axes->n == starts->n) &&
        (!node_in(n, 4) || steps->n == starts->n))
        return true;
    blocker(n, NULL, "starts, ends, axes and steps are lists of different lengths");
    return false;
}

/* The range of every axis of in[0]; false after a blocker. */
static bool slice_ranges(Graph *g, Node *n, Range *range)
{
    const Value *x = n->in[0];
    bool seen[MAX_RANK] = {false};
    Ints starts, ends, axes, steps;
    if (!slice_inputs(n, &starts, &ends, &axes, &steps))
        return false;
    for (int i = 0; i < x->rank; i++)
        range[i] = (Range){0, 1, x->dim[i]};
    for (int k = 0; k < starts.n; k++) {
        int axis = axis_norm(g, n, axes.n ? axes.v[k] : k, x->rank);
        int64_t step = steps.n ? steps.v[k] : 1;
        if (axis < 0)
            return false;
        if (seen[axis] || step == 0) {
            blocker(n, NULL, step ? "axis %d is listed twice" : "the step along axis %d is 0",
                    axis);
            return false;
        }
        seen[axis] = true;
        range[axis] = range_of(x->dim[axis], starts.v[k], ends.v[k], step);
    }
    return true;
}

void slice_infer(Graph *g, Node *n)
{
    Range range[MAX_RANK];
    int64_t dim[MAX_RANK];
    const Value *x = n->in[0];
    if (!slice_ranges(g, n, range))
        return;
    for (int i = 0; i < x->rank; i++)
        dim[i] = range[i].count;
    out_set(n, 0, x->dtype, x->rank, dim);
}

bool slice_view(Node *n)
{
    Range range[MAX_RANK];
    int64_t stride[MAX_RANK], start = 0;
    const Value *x = n->in[0];
    slice_ranges(NULL, n, range);
    for (int i = 0; i < x->rank; i++) {
        stride[i] = x->stride[i] * range[i].step;
        start += x->stride[i] * range[i].start;
    }
    value_view(n->out[0], x, start, stride);
    return true;
}

/* ---- ranges that are read at run time ------------------------------------------------------ */

/* The lists of a Slice as values, one element for each axis that is sliced. */
typedef struct Lists {
    Value *start, *end, *step, *dim;
    int n;
    int axis[MAX_RANK];
} Lists;

static bool lists_fit(const Node *n)
{
    int64_t count = value_count(n->in[1]);
    for (int i = 2; i <= 4; i++)
        if (node_in(n, i) && value_count(n->in[i]) != count) {
            blocker(n, NULL, "starts, ends, axes and steps are lists of different lengths");
            return false;
        }
    return count <= n->in[0]->rank || (blocker(n, NULL, "there are more ranges than axes"), false);
}

/* Axes are given at run time, so every axis may be the one: lists for all of them. */
static void lists_spread(Graph *g, Node *n, Lists *l)
{
    const Value *x = n->in[0];
    Value *axes = n->in[3];
    l->start = axes_spread(g, n, axes, l->start, value_scalar(g, "start", DT_INT64, 0));
    l->dim = shape_now(g, n, x);
    l->end = axes_spread(g, n, axes, l->end, l->dim);
    l->step = axes_spread(g, n, axes, l->step, value_scalar(g, "step", DT_INT64, 1));
    l->n = x->rank;
    for (int i = 0; i < l->n; i++)
        l->axis[i] = i;
}

static bool lists_of(Graph *g, Node *n, Lists *l)
{
    const Value *x = n->in[0];
    int64_t one[MAX_RANK], place[MAX_RANK];
    Ints axes;
    if (!lists_fit(n))
        return false;
    l->n = (int)value_count(n->in[1]);
    for (int i = 0; i < l->n; i++)
        one[i] = 1;
    l->start = as_int64(g, n, n->in[1]);
    l->end = as_int64(g, n, n->in[2]);
    l->step = node_in(n, 4) ? as_int64(g, n, n->in[4]) : value_ints(g, "step", l->n, one);
    if (at_run_time(n, 3)) {
        lists_spread(g, n, l);
        return true;
    }
    input_ints(n, 3, "the list of axes", &axes);
    for (int i = 0; i < l->n; i++) {
        l->axis[i] = axis_norm(g, n, axes.n ? axes.v[i] : i, x->rank);
        if (l->axis[i] < 0)
            return false;
        place[i] = l->axis[i];
    }
    l->dim = op_now(g, "Gather", n, 2,
                    (Value *[]){shape_now(g, n, x), value_ints(g, "axes", l->n, place)});
    return true;
}

/* What range_of does, as elementwise layers. Returns how many elements there are along each axis. */
static Value *ranges_at_run_time(Graph *g, const Node *n, Lists *l)
{
    Value *d = l->dim;
    Value *step =
        map_text(g, n->name, "max(min(a, b + 1), -b - 1)", 2, (Value *[]){l->step, d}, NULL);
    Value *first = map_text(g, n->name, "min(max(a < 0 ? a + b : a, 0), c > 0 ? b : b - 1)", 3,
                            (Value *[]){l->start, d, step}, NULL);
    Value *end =
        map_text(g, n->name, "min(max(a < 0 ? a + b : a, c > 0 ? 0 : -1), c > 0 ? b : b - 1)", 3,
                 (Value *[]){l->end, d, step}, NULL);
    const char *count = "max(c > 0 ? (b - a + c - 1) / c : (a - b - c - 1) / -c, 0)";
    l->start = first;
    l->step = step;
    return map_text(g, n->name, count, 3, (Value *[]){first, end, step}, NULL);
}

/* The most elements that range k can have. With constants it is what it has on an axis as long as its bound, but for a
 * slice from a place counted from the end to one that is not. */
static int64_t range_bound(const Node *n, const Lists *l, int k)
{
    int64_t dim = n->in[0]->dim[l->axis[k]];
    if (at_run_time(n, 1) || at_run_time(n, 2) || at_run_time(n, 3) || at_run_time(n, 4))
        return dim;
    int64_t start = value_int_at(n->in[1], k), end = value_int_at(n->in[2], k);
    int64_t step = node_in(n, 4) ? value_int_at(n->in[4], k) : 1;
    bool crossed = start < 0 && end >= 0 && end < dim;
    return step > 0 && !crossed ? range_of(dim, start, end, step).count : dim;
}

/* Along each axis of the lists, look up the elements of the range: as many as are declared, or up to a bound. */
static void slice_at_run_time(Graph *g, Node *n)
{
    Value *x = n->in[0];
    Lists l;
    Ints shape;
    bool declared = declared_shape(n, 0, &shape) && shape.n == x->rank && !has_extent(x);
    if (!lists_of(g, n, &l))
        return;
    Value *count = ranges_at_run_time(g, n, &l);
    int64_t most[MAX_RANK];
    for (int i = 0; i < l.n; i++)
        most[i] = declared ? shape.v[l.axis[i]] : range_bound(n, &l, i);
    Value *in[] = {count, value_ints(g, "declared", l.n, most), l.step};
    require(g, n, map_text(g, n->name, declared ? "a == b && c != 0" : "c != 0", 3, in, NULL),
            "the slice does not have the shape that is declared");
    for (int i = 0; i < l.n; i++) {
        Value *at[] = {element_of(g, n, l.start, i), positions(g, DT_INT64, 0, most[i], 0),
                       element_of(g, n, l.step, i)};
        Value *index = map_text(g, n->name, "max(a + b * c, 0)", 3, at, NULL);
        x = along_axis(g, n, "Gather", l.axis[i], 2, (Value *[]){x, index}, NULL);
    }
    for (int i = 0; i < l.n && !declared; i++)
        x->extent[l.axis[i]] = element_of(g, n, count, i);
    node_replaced(g, n, x);
}

/* Does it cut an axis of which only the data know the length? */
static bool cuts_extent(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    Ints starts, ends, axes, steps;
    if (!has_extent(x) || !slice_inputs(n, &starts, &ends, &axes, &steps))
        return false;
    for (int k = 0; k < starts.n; k++) {
        int axis = axis_norm(g, n, axes.n ? axes.v[k] : k, x->rank);
        bool all = starts.v[k] == 0 && ends.v[k] >= x->dim[axis < 0 ? 0 : axis] &&
                   (!steps.n || steps.v[k] == 1);
        if (axis >= 0 && x->extent[axis] && !all)
            return true;
    }
    return false;
}

void slice_canon(Graph *g, Node *n)
{
    attr_to_input(g, n, A_starts, 1, n->a.starts);
    attr_to_input(g, n, A_ends, 2, n->a.ends);
    attr_to_input(g, n, A_axes, 3, n->a.axes);
    if (!node_in(n, 1) || !node_in(n, 2))
        blocker(n, NULL, "starts or ends are missing");
    else if (at_run_time(n, 1) || at_run_time(n, 2) || at_run_time(n, 3) || at_run_time(n, 4) ||
             cuts_extent(g, n))
        slice_at_run_time(g, n);
}

/* ---- Crop: borders of an image taken off, by an operator that no opset of ONNX has any more -------------------------- */

void crop_canon(Graph *g, Node *n)
{
    Value *x = n->in[0];
    const Ints *border = &n->a.border, *size = &n->a.scale_sizes;
    bool fits = x->rank == 4 && border->n == 4 && (size->n == 0 || size->n == 2);
    int64_t from[2] = {0}, end[2] = {0};
    for (int i = 0; i < 2 && fits;
         i++) { /* border: left, top, right, bottom; size: height, width */
        int64_t dim = x->dim[2 + i];
        from[i] = border->v[1 - i];
        fits = from[i] >= 0 && from[i] <= dim && border->v[3 - i] >= 0 && border->v[3 - i] <= dim &&
               (!size->n || (size->v[i] >= 0 && size->v[i] <= dim));
        end[i] = fits && size->n ? from[i] + size->v[i] : fits ? dim - border->v[3 - i] : 0;
        fits = fits && from[i] < end[i] && end[i] <= dim;
    }
    if (!fits) {
        blocker(n, NULL, "its borders do not fit '%s' (%s)", x->name, dims_text(x));
        return;
    }
    for (int i = 0; i < 2; i++) {
        x = slice_to(g, n, x, 2 + i, (int64_t[]){from[i], end[i], 1}, NULL);
        infer_node(g, g->node[g->nnode - 1]);
    }
    node_replaced(g, n, x);
}
