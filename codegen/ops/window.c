/* SPDX-License-Identifier: MIT
 * window.c - the sliding window that convolution and pooling share, along one axis:
 *
 *      pad  | 0  1  2  3  4  5  6  7 |  pad          extent = (kernel - 1) * dilation + 1
 *     [*  .  *  .  *]                                 kernel 3, dilation 2, stride 3
 *               [*  .  *  .  *]
 *
 * It fits (padded - extent) / stride + 1 times, rounded down, or up when ceil_mode is set. Here the attributes get
 * their one complete form: every list filled, auto_pad resolved into pads (all begins, then all ends). */
#include <inttypes.h>
#include <string.h>
#include "ops.h"

#define LIMIT ((int64_t)1 << 30) /* of every size here, so that generated code can reckon in int */

static bool fill(const Node *n, const char *name, Ints *a, int count, int64_t least,
                 int64_t missing)
{
    if (a->n == 0) {
        a->n = count;
        a->v = mem((size_t)count * sizeof *a->v);
        for (int i = 0; i < count; i++)
            a->v[i] = missing;
    }
    if (a->n != count) {
        blocker(n, NULL, "attribute '%s' has %d values instead of %d", name, a->n, count);
        return false;
    }
    for (int i = 0; i < count; i++)
        if (a->v[i] < least || a->v[i] > LIMIT) {
            blocker(n, NULL,
                    "attribute '%s' holds %" PRId64 ", which is not within %" PRId64 "..%" PRId64,
                    name, a->v[i], least, LIMIT);
            return false;
        }
    return true;
}

bool window_fill(Node *n, int spatial)
{
    Attrs *a = &n->a;
    if (!a->kernel_shape.n) {
        blocker(n, NULL, "attribute 'kernel_shape' is missing");
        return false;
    }
    return fill(n, "kernel_shape", &a->kernel_shape, spatial, 1, 1) &&
           fill(n, "strides", &a->strides, spatial, 1, 1) &&
           fill(n, "dilations", &a->dilations, spatial, 1, 1) &&
           fill(n, "pads", &a->pads, 2 * spatial, 0, 0);
}

int64_t window_extent(const Node *n, int axis)
{
    return (n->a.kernel_shape.v[axis] - 1) * n->a.dilations.v[axis] + 1;
}

bool window_auto_pad(const Node *n)
{
    static const char *const known[] = {"NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER"};
    for (size_t i = 0; i < COUNT(known); i++)
        if (!strcmp(n->a.auto_pad, known[i]))
            return true;
    blocker(n, "auto_pad is NOTSET, VALID, SAME_UPPER or SAME_LOWER",
            "auto_pad '%s' is not supported", n->a.auto_pad);
    return false;
}

void window_pads_split(Node *n, int axis, int64_t total, bool more_at_end)
{
    int64_t less = total / 2, more = total - less;
    n->a.pads.v[axis] = more_at_end ? less : more;
    n->a.pads.v[n->a.pads.n / 2 + axis] = more_at_end ? more : less;
}

/* The window stands once for every stride of the unpadded input: pad for what it then misses. */
static int64_t same_size(Node *n, int axis, int64_t in)
{
    int64_t stride = n->a.strides.v[axis], out = (in + stride - 1) / stride;
    int64_t missing = (out - 1) * stride + window_extent(n, axis) - in;
    window_pads_split(n, axis, MAX(missing, 0), !strcmp(n->a.auto_pad, "SAME_UPPER"));
    return out;
}

/* Rounded up, even the first window may reach beyond the input, and the last one start beyond it and its leading
 * padding: that one is dropped. */
static int64_t padded_size(const Node *n, int axis, int64_t in)
{
    const Attrs *a = &n->a;
    int64_t stride = a->strides.v[axis], begin = a->pads.v[axis],
            end = a->pads.v[a->pads.n / 2 + axis];
    int64_t room = in + begin + end - window_extent(n, axis);
    if (room < 0)
        return a->ceil_mode && room > -stride;
    if (!a->ceil_mode)
        return room / stride + 1;
    int64_t out = (room + stride - 1) / stride + 1;
    return (out - 1) * stride >= in + begin ? out - 1 : out;
}

static bool axis_infer(Node *n, int axis, int64_t in, int64_t *out)
{
    const Ints *pads = &n->a.pads;
    bool same = !strncmp(n->a.auto_pad, "SAME", 4);
    int64_t extent = window_extent(n, axis), padded = in;
    if (in <= LIMIT && !same)
        padded += pads->v[axis] + pads->v[pads->n / 2 + axis];
    if (padded > LIMIT || extent > LIMIT) {
        blocker(n, NULL, "a window of %" PRId64 " over %" PRId64 " elements is too large", extent,
                padded);
        return false;
    }
    *out = same ? same_size(n, axis, in) : padded_size(n, axis, in);
    if (*out < 1)
        blocker(n, "check kernel_shape, dilations and pads against the input's shape",
                "the window of %" PRId64 " elements along axis %d does not fit into the padded "
                "input of %" PRId64,
                extent, axis + 2, padded);
    return *out > 0;
}

bool window_infer(Node *n, const Value *x, int64_t *out)
{
    int spatial = x->rank - 2;
    if (!window_auto_pad(n) || !window_fill(n, spatial))
        return false;
    if (strcmp(n->a.auto_pad, "NOTSET")) { /* explicit pads and ceil_mode then mean nothing */
        n->a.pads.v = mem((size_t)n->a.pads.n * sizeof(int64_t));
        n->a.ceil_mode = 0;
    }
    for (int i = 0; i < spatial; i++)
        if (!axis_infer(n, i, x->dim[i + 2], &out[i]))
            return false;
    n->a.auto_pad = "NOTSET";
    return true;
}
