/* SPDX-License-Identifier: MIT
 * pad.c - Pad and CenterCropPad. Negative pads crop the axis first, and the rest is padded:
 *
 *     0 1 2 3 4, before 2, after -1  ->  kept 0 1 2 3
 *        constant c c 0 1 2 3    edge 0 0 0 1 2 3    reflect 2 1 0 1 2 3    wrap 2 3 0 1 2 3 */
#include <inttypes.h>
#include <string.h>
#include "ops.h"

static const char *const pad_modes[] = {"constant", "reflect", "edge", "wrap"};

PadMode pad_mode(const Node *n)
{
    size_t i = 0;
    while (i < COUNT(pad_modes) && strcmp(n->a.mode, pad_modes[i]) != 0)
        i++;
    return (PadMode)i;
}

static void pad_value_canon(Graph *g, Node *n)
{
    if (n->in[0]->dtype == DT_STRING && !node_in(n, 2))
        input_set(n, 2, value_scalar(g, "value", DT_STRING, 0));
    if (!n->a.has[A_value] || node_in(n, 2))
        return;
    n->a.has[A_value] = false;
    double value = n->a.value ? value_at(n->a.value, 0) : 0;
    input_set(n, 2, value_scalar(g, "value", n->in[0]->dtype, value));
}

/* ---- pads that are read at run time ------------------------------------------------------ */

/* Where position a of a padded axis lies among the b elements of it that are kept; outside of them, in constant mode. */
static const char *const source_text[] = {
    [PAD_CONSTANT] = "max(min(a, b - 1), 0)",
    [PAD_EDGE] = "max(min(a, b - 1), 0)",
    [PAD_WRAP] = "mod(a, b)",
    [PAD_REFLECT] = "mod(a, max(2 * b - 2, 1)) < b ? mod(a, max(2 * b - 2, 1))"
                    " : 2 * b - 2 - mod(a, max(2 * b - 2, 1))",
};

/* Axis `axis` of x, of which the pads' places [k] and [k + count] speak, becomes `dim` long. */
static Value *axis_padded(Graph *g, Node *n, Value *x, int axis, int64_t dim, Value *before,
                          Value *after)
{
    PadMode mode = pad_mode(n);
    int64_t one[MAX_RANK];
    int behind = x->rank - 1 - axis;
    Value *pad[] = {before, after, value_scalar(g, "dim", DT_INT64, (double)x->dim[axis])};
    require(g, n, map_text(g, n->name, text("a + b + c == %" PRId64, dim), 3, pad, NULL),
            "the pads do not lead to the shape that is declared");
    Value *kept = map_text(g, n->name, "max(c + min(a, 0) + min(b, 0), 0)", 3, pad, NULL);
    Value *at[] = {positions(g, DT_INT64, 0, dim, 0), before};
    at[0] = map_text(g, n->name, "a - max(b, 0)", 2, at, NULL);
    at[1] = kept;
    Value *place = map_text(g, n->name, source_text[mode], 2, at, NULL);
    place = map_text(g, n->name, "a - min(b, 0)", 2, (Value *[]){place, before}, NULL);
    Value *y = along_axis(g, n, "Gather", axis, 2, (Value *[]){x, place}, NULL);
    if (mode != PAD_CONSTANT)
        return y;
    for (int i = 0; i <= behind; i++)
        one[i] = i ? 1 : dim;
    Value *inside = map_text(g, n->name, "a >= 0 && a < b", 2, at, NULL);
    inside =
        op_now(g, "Reshape", n, 2, (Value *[]){inside, value_ints(g, "shape", behind + 1, one)});
    Value *value = node_in(n, 2) ? n->in[2] : value_scalar(g, "value", x->dtype, 0);
    return map_text(g, n->name, "a ? b : c", 3, (Value *[]){inside, y, value}, NULL);
}

static void pad_at_run_time(Graph *g, Node *n)
{
    Value *x = n->in[0], *pads = as_int64(g, n, n->in[1]), *half[2];
    int64_t count = value_count(pads) / 2;
    bool all = at_run_time(n, 3); /* any axis may be listed */
    Ints axes, shape;
    if (pad_mode(n) == PAD_UNKNOWN || !declared_shape(n, 0, &shape) || shape.n != x->rank ||
        count > x->rank ||
        value_count(pads) != 2 * (node_in(n, 3) ? value_count(n->in[3]) : x->rank))
        return;
    for (int i = 0; i < 2; i++) {
        half[i] = op_now(g, "Gather", n, 2,
                         (Value *[]){pads, positions(g, DT_INT64, i * count, count, 0)});
        if (all)
            half[i] = axes_spread(g, n, n->in[3], half[i], value_scalar(g, "none", DT_INT64, 0));
    }
    if (!all)
        input_ints(n, 3, "the list of axes", &axes);
    for (int k = 0; k < (all ? x->rank : (int)count); k++) {
        int axis = all || !node_in(n, 3) ? k : axis_norm(g, n, axes.v[k], x->rank);
        if (axis < 0)
            return;
        x = axis_padded(g, n, x, axis, shape.v[axis], element_of(g, n, half[0], k),
                        element_of(g, n, half[1], k));
    }
    node_replaced(g, n, x);
}

/* ---- Pad --------------------------------------------------------------------------------- */

void pad_canon(Graph *g, Node *n)
{
    Ints pads;
    attr_to_input(g, n, A_pads, 1, n->a.pads);
    attr_to_input(g, n, A_paddings, 1, n->a.paddings); /* opset 1 */
    pad_value_canon(g, n);
    if (!node_in(n, 1))
        blocker(n, NULL, "pads are missing");
    if (at_run_time(n, 1) || at_run_time(n, 3))
        pad_at_run_time(g, n);
    if (!n->nout)
        return;
    if (!input_ints(n, 1, "the list of pads", &pads))
        return;
    for (int i = 0; i < pads.n; i++)
        if (pads.v[i] != 0)
            return;
    node_become(n, "Identity", 1, n->in);
}

/* Attribute pads becomes the complete list: what each axis gets before, then what it gets after. */
static bool pad_fill(Graph *g, Node *n)
{
    int rank = n->in[0]->rank;
    Ints pads, axes, full = {2 * rank, mem(2 * MAX_RANK * sizeof(int64_t))};
    bool seen[MAX_RANK] = {false};
    if (!input_ints(n, 1, "the list of pads", &pads) || !axes_marked(g, n, 3, rank, seen) ||
        !input_ints(n, 3, "the list of axes", &axes))
        return false;
    int count = node_in(n, 3) ? axes.n : rank;
    if (pads.n != 2 * count) {
        blocker(n, NULL, "%d pads are given for %d axes", pads.n, count);
        return false;
    }
    for (int i = 0; i < count; i++) {
        int axis = node_in(n, 3) ? axis_norm(g, n, axes.v[i], rank) : i;
        full.v[axis] = pads.v[i];
        full.v[rank + axis] = pads.v[count + i];
    }
    n->a.pads = full;
    return true;
}

void pad_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0], *value = node_in(n, 2);
    const int64_t limit = (int64_t)1 << 31;
    int64_t dim[MAX_RANK];
    PadMode mode = pad_mode(n);
    if (mode == PAD_UNKNOWN)
        blocker(n, NULL, "mode '%s' is not supported", n->a.mode);
    else if (value && (value->dtype != x->dtype || value_count(value) != 1))
        blocker(n, NULL, "the value '%s' is not one %s", value->name, dtype_name(x->dtype));
    if (mode == PAD_UNKNOWN || !pad_fill(g, n))
        return;
    for (int i = 0; i < x->rank; i++) {
        int64_t before = n->a.pads.v[i], after = n->a.pads.v[x->rank + i];
        bool fits = before > -limit && before < limit && after > -limit && after < limit;
        dim[i] = fits ? x->dim[i] + before + after : -1;
        if (dim[i] < 0 || (dim[i] > 0 && mode != PAD_CONSTANT && pad_axis(n, i).length == 0)) {
            blocker(n, NULL, "axis %d of '%s' (%s) cannot be padded by %" PRId64 " and %" PRId64, i,
                    x->name, dims_text(x), before, after);
            return;
        }
    }
    out_set(n, 0, x->dtype, x->rank, dim);
}

PadAxis pad_axis(const Node *n, int axis)
{
    const Value *x = n->in[0];
    int64_t before = n->a.pads.v[axis], after = n->a.pads.v[x->rank + axis];
    int64_t first = MAX(-before, 0), length = x->dim[axis] - first - MAX(-after, 0);
    return (PadAxis){MAX(before, 0), first, MAX(length, 0)};
}

/* Reflecting runs back and forth between the ends for as long as the pad is: its period. */
int64_t pad_period(PadMode mode, int64_t length)
{
    return mode == PAD_REFLECT ? MAX(2 * (length - 1), 1) : MAX(length, 1);
}

/* The coordinate in x of coordinate i of the padded axis; -1 for the constant. */
static int64_t pad_source(PadMode mode, PadAxis p, int64_t i)
{
    int64_t period = pad_period(mode, p.length), at = i - p.before;
    int64_t turn = (at % period + period) % period;
    if (mode == PAD_CONSTANT && (at < 0 || at >= p.length))
        return -1;
    if (mode == PAD_EDGE)
        at = at < 0 ? 0 : MIN(at, p.length - 1);
    else if (mode != PAD_CONSTANT)
        at = turn < p.length ? turn : period - turn;
    return p.first + at;
}

/* Offset in x of the element that lies at ix of the padded tensor, or -1. */
static int64_t pad_offset(const Node *n, PadMode mode, const int64_t *ix)
{
    const Value *x = n->in[0];
    int64_t offset = 0;
    for (int a = 0; a < x->rank; a++) {
        int64_t at = pad_source(mode, pad_axis(n, a), ix[a]);
        if (at < 0)
            return -1;
        offset = offset * x->dim[a] + at;
    }
    return offset;
}

bool pad_fold(Graph *g, Node *n)
{
    const Value *value = node_in(n, 2);
    Value *out = n->out[0];
    size_t bytes = (size_t)dtype_bytes(out->dtype);
    char *data = mem((size_t)value_bytes(out));
    int64_t count = value_count(out), ix[MAX_RANK] = {0};
    (void)g;
    for (int64_t i = 0; i < count; i++) {
        int64_t at = pad_offset(n, pad_mode(n), ix);
        const char *from = at < 0 ? (value ? value->data : NULL) : n->in[0]->data;
        if (from)
            memcpy(data + (size_t)i * bytes, from + MAX(at, 0) * (int64_t)bytes, bytes);
        for (int a = out->rank - 1; a >= 0 && ++ix[a] == out->dim[a]; a--)
            ix[a] = 0;
    }
    out->data = data;
    return true;
}

/* ---- CenterCropPad: pads, or negative ones, in equal parts on both sides ----------------------- */

/* The axes that the shape lists dims for; their number, or -1 after a blocker. */
static int center_axes(Graph *g, Node *n, int *axis)
{
    int rank = n->in[0]->rank, count = n->a.has[A_axes] ? n->a.axes.n : rank;
    if (count > rank) {
        blocker(n, NULL, "%d axes are listed of a tensor with %d dims", count, rank);
        return -1;
    }
    for (int i = 0; i < count; i++) {
        axis[i] = n->a.has[A_axes] ? axis_norm(g, n, n->a.axes.v[i], rank) : i;
        if (axis[i] < 0)
            return -1;
    }
    return count;
}

void center_crop_pad_canon(Graph *g, Node *n)
{
    int axis[MAX_RANK], count = center_axes(g, n, axis);
    Ints shape, want = {0};
    if (!at_run_time(n, 1) || !declared_shape(n, 0, &shape) || shape.n != n->in[0]->rank)
        return;
    for (int i = 0; i < count; i++)
        PUSH(want.v, want.n, shape.v[axis[i]]);
    settle(g, n, 1, want, "a == b", NULL);
}

void center_crop_pad_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int axis[MAX_RANK], count = center_axes(g, n, axis);
    int64_t dim[MAX_RANK];
    Ints shape;
    if (count < 0 || !input_ints(n, 1, "the shape", &shape))
        return;
    if (shape.n != count) {
        blocker(n, NULL, "%d dims are given for %d axes", shape.n, count);
        return;
    }
    memcpy(dim, x->dim, sizeof dim);
    for (int i = 0; i < count; i++) {
        dim[axis[i]] = shape.v[i];
        if (shape.v[i] < 0 || shape.v[i] > INT32_MAX) {
            blocker(n, NULL, "dim %d of the shape is %" PRId64, i, shape.v[i]);
            return;
        }
    }
    out_set(n, 0, x->dtype, x->rank, dim);
}

void center_crop_pad_expand(Graph *g, Node *n)
{
    const Value *x = n->in[0], *y = n->out[0];
    int64_t pads[2 * MAX_RANK];
    for (int i = 0; i < x->rank; i++) {
        int64_t more = y->dim[i] - x->dim[i];
        pads[i] = more / 2;
        pads[x->rank + i] = more - more / 2;
    }
    Value *by = value_ints(g, "pads", 2 * x->rank, pads);
    add_op(g, "Pad", n->name, 2, (Value *[]){n->in[0], by}, n->out[0]);
}
