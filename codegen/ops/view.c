/* SPDX-License-Identifier: MIT
 * view.c - operators that move no element: Identity, Reshape and its special cases,
 * Transpose, Expand. (Slice has a file of its own.)
 *
 * infer gives the output its dims; view gives it strides over the storage of its input. Only a
 * reshape of strided memory can fail to have such strides. */
#include <inttypes.h>
#include <string.h>
#include "ops.h"

bool identity_view(Node *n)
{
    value_view(n->out[0], n->in[0], 0, n->in[0]->stride);
    return true;
}

/* ---- Reshape, Flatten, Squeeze, Unsqueeze ------------------------------------------------ */

bool reshape_view(Node *n)
{
    int64_t stride[MAX_RANK];
    Value *to = n->out[0];
    if (!view_reshape(n->in[0], to->rank, to->dim, stride))
        return false;
    value_view(to, n->in[0], 0, stride);
    return true;
}

/* The declared shape; a dim it leaves open follows from the others. */
static bool reshape_declared(const Node *n, Ints *shape)
{
    int64_t rest = 1, count = value_count(n->in[0]);
    int open = -1, nopen = 0;
    if (!declared_dims(n, 0, shape))
        return false;
    for (int i = 0; i < shape->n; i++)
        if (shape->v[i] < 0)
            nopen++, open = i;
        else
            rest = mul_size(rest, shape->v[i]);
    if (nopen == 1 && rest > 0 && count % rest == 0)
        shape->v[open] = count / rest;
    return nopen == 0 ? rest == count : nopen == 1 && rest > 0 && count % rest == 0;
}

/* Of dims that only data decide, one follows from all the others; more of them are what they are at most, and their
 * extents those of the axes that they take over. */
static void reshape_bounded(Graph *g, Node *n)
{
    Ints least, most;
    int open = 0, at = -1, follows = -1;
    int64_t rest = 1, count = value_count(n->in[0]);
    if (!lengths_of(n->in[1], &least, &most) || most.n > MAX_RANK)
        return;
    for (int k = 0; k < most.n; k++) {
        if (least.v[k] != most.v[k])
            open++, at = k;
        if (most.v[k] == 0 && k < n->in[0]->rank && !n->a.allowzero)
            most.v[k] = n->in[0]->dim[k];
        if (most.v[k] == -1)
            follows = k;
        else
            rest = mul_size(rest, most.v[k]);
    }
    if (open == 1 && follows < 0)
        most.v[at] = -1;
    else if (follows >= 0 && rest > 0 && count % rest == 0)
        most.v[follows] = count / rest;
    n->in[1] = value_ints(g, "bounds", most.n, most.v);
}

void reshape_canon(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t kept[MAX_RANK];
    Ints shape;
    attr_to_input(g, n, A_shape, 1, n->a.shape);
    if (!at_run_time(n, 1))
        return;
    if (has_extent(x) || !reshape_declared(n, &shape)) {
        reshape_bounded(g, n);
        return;
    }
    for (int i = 0; i < shape.n; i++) /* what a 0 in the shape stands for */
        kept[i] = n->a.allowzero ? 0 : i < x->rank ? x->dim[i] : -1;
    settle(g, n, 1, shape, "a == b || a == -1 || (a == 0 && b == c)", kept);
}

/* Copy a wanted shape to dim, with 0 replaced by the input's dim; returns where -1 stands. */
static int reshape_wanted(const Node *n, const Ints *shape, int64_t *dim)
{
    const Value *x = n->in[0];
    int open = -1;
    for (int i = 0; i < shape->n; i++) {
        dim[i] = shape->v[i];
        if (dim[i] == 0 && !n->a.allowzero) {
            if (i >= x->rank)
                blocker(n, NULL, "dim %d of the shape is 0, but '%s' has only %d dims", i, x->name,
                        x->rank);
            dim[i] = i < x->rank ? x->dim[i] : 0;
        } else if (dim[i] == -1 && open < 0) {
            open = i;
            dim[i] = 1;
        } else if (dim[i] < 0) {
            blocker(n, NULL, "dim %d of the shape is %" PRId64, i, dim[i]);
        }
    }
    return open;
}

static void reshape_refuse(const Node *n, const Ints *shape)
{
    Value want = {.rank = shape->n};
    memcpy(want.dim, shape->v, (size_t)shape->n * sizeof *want.dim);
    blocker(n, NULL, "'%s' of shape %s cannot be reshaped to %s", n->in[0]->name,
            dims_text(n->in[0]), dims_text(&want));
}

void reshape_infer(Graph *g, Node *n)
{
    Value *x = n->in[0], to = {.name = ""};
    Ints shape;
    (void)g;
    if (!input_ints(n, 1, "the shape", &shape))
        return;
    if (shape.n > MAX_RANK) {
        out_set(n, 0, x->dtype, shape.n, NULL);
        return;
    }
    to.rank = shape.n;
    int blockers = blockers_count(), open = reshape_wanted(n, &shape, to.dim);
    int64_t count = value_count(x), rest = value_count(&to);
    if (blockers_count() > blockers)
        return;
    if (open >= 0)
        to.dim[open] = rest > 0 ? count / rest : -1;
    if (value_count(&to) == count)
        out_set(n, 0, x->dtype, to.rank, to.dim);
    else
        reshape_refuse(n, &shape);
}

void flatten_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t axis = n->a.axis < 0 ? n->a.axis + x->rank : n->a.axis, dim[2] = {1, 1};
    (void)g;
    if (axis < 0 || axis > x->rank) {
        axis_norm(g, n, n->a.axis, x->rank);
        return;
    }
    for (int i = 0; i < x->rank; i++)
        dim[i >= axis] = mul_size(dim[i >= axis], x->dim[i]);
    out_set(n, 0, x->dtype, 2, dim);
}

void axes_canon(Graph *g, Node *n)
{
    attr_to_input(g, n, A_axes, 1, n->a.axes);
}

static bool squeeze_fits(const Node *n, int64_t set, const Ints *shape)
{
    const Value *x = n->in[0];
    int rank = 0;
    for (int i = 0; i < x->rank; i++) {
        if (set >> i & 1 ? x->dim[i] != 1 : rank == shape->n || x->dim[i] != shape->v[rank])
            return false;
        rank += !(set >> i & 1);
    }
    return rank == shape->n;
}

void squeeze_canon(Graph *g, Node *n)
{
    axes_canon(g, n);
    axes_settle(g, n, 1, n->in[0]->rank, squeeze_fits);
}

static bool unsqueeze_fits(const Node *n, int64_t set, const Ints *shape)
{
    const Value *x = n->in[0];
    int k = 0;
    for (int i = 0; i < shape->n; i++)
        if (shape->v[i] != (set >> i & 1 ? 1 : k < x->rank ? x->dim[k++] : -1))
            return false;
    return k == x->rank;
}

void unsqueeze_canon(Graph *g, Node *n)
{
    axes_canon(g, n);
    if (at_run_time(n, 1))
        axes_settle(g, n, 1, n->in[0]->rank + (int)MIN(value_count(n->in[1]), MAX_RANK + 1),
                    unsqueeze_fits);
}

/* Mark the axes that input i lists, counted in a tensor of that rank. */
bool axes_marked(Graph *g, Node *n, int i, int rank, bool *mark)
{
    Ints axes;
    if (!input_ints(n, i, "the list of axes", &axes))
        return false;
    for (int k = 0; k < axes.n; k++) {
        int axis = axis_norm(g, n, axes.v[k], rank);
        if (axis < 0)
            return false;
        if (mark[axis]) {
            blocker(n, NULL, "axis %d is listed twice", axis);
            return false;
        }
        mark[axis] = true;
    }
    return true;
}

void squeeze_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    bool drop[MAX_RANK] = {false};
    int64_t dim[MAX_RANK];
    int rank = 0;
    if (!axes_marked(g, n, 1, x->rank, drop))
        return;
    for (int i = 0; i < x->rank; i++) {
        if (drop[i] && x->dim[i] != 1) {
            blocker(n, NULL, "axis %d of '%s' (%s) is not 1 long", i, x->name, dims_text(x));
            return;
        }
        if (node_in(n, 1) ? !drop[i] : x->dim[i] != 1)
            dim[rank++] = x->dim[i];
    }
    out_set(n, 0, x->dtype, rank, dim);
}

void unsqueeze_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    bool fresh[MAX_RANK] = {false};
    int64_t dim[MAX_RANK];
    Ints axes;
    if (!input_ints(n, 1, "the list of axes", &axes))
        return;
    int rank = x->rank + MIN(axes.n, MAX_RANK + 1);
    if (rank > MAX_RANK) {
        out_set(n, 0, x->dtype, rank, NULL);
        return;
    }
    if (!axes_marked(g, n, 1, rank, fresh))
        return;
    for (int i = 0, k = 0; i < rank; i++)
        dim[i] = fresh[i] ? 1 : x->dim[k++];
    out_set(n, 0, x->dtype, rank, dim);
}

/* ---- Transpose --------------------------------------------------------------------------- */

/* Output axis i is input axis from[i]. */
static bool transpose_axes(Graph *g, Node *n, int *from)
{
    int rank = n->in[0]->rank;
    bool seen[MAX_RANK] = {false};
    if (n->a.has[A_perm] && n->a.perm.n != rank) {
        blocker(n, NULL, "perm lists %d axes of a tensor with %d dims", n->a.perm.n, rank);
        return false;
    }
    for (int i = 0; i < rank; i++) {
        from[i] = n->a.has[A_perm] ? axis_norm(g, n, n->a.perm.v[i], rank) : rank - 1 - i;
        if (from[i] < 0)
            return false;
        if (seen[from[i]]) {
            blocker(n, NULL, "perm lists axis %d twice", from[i]);
            return false;
        }
        seen[from[i]] = true;
    }
    return true;
}

void transpose_infer(Graph *g, Node *n)
{
    int from[MAX_RANK];
    int64_t dim[MAX_RANK];
    const Value *x = n->in[0];
    if (!transpose_axes(g, n, from))
        return;
    for (int i = 0; i < x->rank; i++)
        dim[i] = x->dim[from[i]];
    out_set(n, 0, x->dtype, x->rank, dim);
}

bool transpose_view(Node *n)
{
    int from[MAX_RANK];
    int64_t stride[MAX_RANK];
    transpose_axes(NULL, n, from);
    for (int i = 0; i < n->in[0]->rank; i++)
        stride[i] = n->in[0]->stride[from[i]];
    value_view(n->out[0], n->in[0], 0, stride);
    return true;
}

/* ---- Expand ------------------------------------------------------------------------------ */

/* Where x is one long, the result is as long as the shape says; elsewhere as x. */
static void expand_bounded(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    Ints least, most;
    if (!lengths_of(n->in[1], &least, &most) || most.n > MAX_RANK)
        return;
    int rank = MAX(x->rank, most.n);
    for (int k = 0; k < most.n; k++) {
        int axis = k + rank - most.n, of_x = axis - (rank - x->rank);
        bool broadcast = of_x < 0 || (x->dim[of_x] == 1 && !x->extent[of_x]);
        if (least.v[k] != most.v[k] && broadcast)
            n->out[0]->extent[axis] = length_given(g, n, 1, k);
        else if (!broadcast && (x->extent[of_x] || least.v[k] != most.v[k]))
            most.v[k] = 1;
    }
    n->in[1] = value_ints(g, "bounds", most.n, most.v);
}

void expand_canon(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t dim[MAX_RANK];
    Ints shape;
    if (!at_run_time(n, 1))
        return;
    if (has_extent(x) || !declared_shape(n, 0, &shape)) {
        expand_bounded(g, n);
        return;
    }
    int shift = shape.n - x->rank, missing = shape.n - (int)MIN(value_count(n->in[1]), shape.n);
    for (int i = 0; i < shape.n; i++)
        dim[i] = i < shift ? 1 : x->dim[i - shift];
    Ints want = {shape.n - missing, shape.v + missing};
    settle(g, n, 1, want, "a == b || (a == 1 && b == c)", dim + missing);
}

void expand_infer(Graph *g, Node *n)
{
    Value shape = {.name = ""};
    Ints want;
    if (!input_ints(n, 1, "the shape", &want))
        return;
    if (want.n > MAX_RANK) {
        out_set(n, 0, n->in[0]->dtype, want.n, NULL);
        return;
    }
    shape.name = n->in[1]->name;
    shape.rank = want.n;
    for (int i = 0; i < want.n; i++) {
        shape.dim[i] = want.v[i];
        if (want.v[i] < 0) {
            blocker(n, NULL, "dim %d of the shape is %" PRId64, i, want.v[i]);
            return;
        }
    }
    n->out[0]->dtype = n->in[0]->dtype;
    infer_broadcast(g, n, n->out[0], 2, (Value *[]){n->in[0], &shape});
}

bool expand_view(Node *n)
{
    int64_t stride[MAX_RANK];
    broadcast_strides(n->in[0], n->out[0], stride);
    value_view(n->out[0], n->in[0], 0, stride);
    return true;
}
