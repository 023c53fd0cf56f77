/* SPDX-License-Identifier: MIT
 * layout_loop.c - where the bodies of Loop and Scan read and write.
 *
 * A state has one storage, that of the loop's output: the first value is copied or produced there, a turn reads it
 * there and leaves the next value there. A kernel writes the next value straight into it when nothing of this turn
 * reads the old one any more; else the value has memory of its own and is copied when the turn ends. Slices are views
 * of the whole tensor whose start moves on each turn (Pace), so reading one copies nothing, and neither does writing
 * one when a kernel makes it. */
#include <string.h>
#include "layout.h"

/* ---- writing in place -------------------------------------------------------------------------------------------- */

/* What a chain of views shows. */
static const Value *root_of(const Value *v)
{
    while (v->producer && v->producer->op->cls == OP_VIEW)
        v = v->producer->in[0];
    return v;
}

static bool reads_root(const Node *n, const Value *root)
{
    for (int k = 0; k < n->nin; k++)
        if (n->in[k] && root_of(n->in[k]) == root)
            return true;
    for (int b = 0; b < 2; b++)
        for (int i = 0; n->body[b] && i < n->body[b]->nnode; i++)
            if (reads_root(n->body[b]->node[i], root))
                return true;
    for (int b = 0; b < 2; b++)
        for (int i = 0; n->body[b] && i < n->body[b]->nout; i++)
            if (root_of(n->body[b]->out[i]) == root)
                return true;
    return false;
}

/* An elementwise layer that reads the state only element by element may write over it. */
static bool reads_as_it_writes(const Node *n, const Value *state)
{
    if (!node_is(n, "Map"))
        return false;
    for (int k = 0; k < n->nin; k++)
        if (n->in[k] && root_of(n->in[k]) == state &&
            (n->in[k] != state || !value_same_dims(state, n->out[0])))
            return false;
    return true;
}

/* May the producer of `next` write over the state? No other node may read the old one afterwards. */
static bool may_overwrite(const Graph *body, const Value *state, const Value *next)
{
    const Node *p = next->producer;
    int at = 0;
    while (body->node[at] != p)
        at++;
    if (reads_root(p, state) && !reads_as_it_writes(p, state))
        return false;
    while (++at < body->nnode)
        if (body->node[at]->op->cls != OP_VIEW && reads_root(body->node[at], state))
            return false;
    for (int i = 0; i < body->nout; i++)
        if (root_of(body->out[i]) == state)
            return false;
    return true;
}

static bool written_by_kernel(const Graph *g, const Value *v)
{
    return produced_here(g, v) && !node_is(v->producer, "Concat");
}

void loop_in_place(Graph *g, Node *n)
{
    Graph *body = n->body[0];
    int states = loop_states(n);
    for (int k = 0; k < states; k++) {
        Value *first = n->in[LOOP_IN + k], *next = body->out[LOOP_OUT + k];
        if (written_by_kernel(g, first) && first->uses == 1)
            first->into = n->out[k];
        if (written_by_kernel(body, next) && may_overwrite(body, body->in[LOOP_IN + k], next))
            next->into = n->out[k];
    }
    for (int i = states; i < n->nout; i++) {
        Value *v = body->out[LOOP_OUT + i];
        if (!written_by_kernel(body, v))
            continue;
        v->into = value_new(body, text("%s slice", n->out[i]->name), v->dtype, v->rank, v->dim);
        v->into->into = n->out[i];
    }
}

/* ---- slices ------------------------------------------------------------------------------------------------------ */

/* v shows the slice of `whole` along an axis that belongs to the turn; backwards: the last one in the first turn. */
static void view_slice(Value *v, const Node *loop, const Value *whole, int axis, bool backwards)
{
    int64_t stride[MAX_RANK], step = whole->stride[axis];
    for (int d = 0; d < v->rank; d++)
        stride[d] = whole->stride[d + (d >= axis)];
    value_view(v, whole, backwards ? (whole->dim[axis] - 1) * step : 0, stride);
    Pace *pace = mem(sizeof *pace);
    *pace = (Pace){loop, backwards ? -step : step, whole->pace};
    v->pace = pace;
}

static bool is_backwards(const Ints *directions, int i)
{
    return i < directions->n && directions->v[i] == 1;
}

static void view_read_slice(Node *n, int i)
{
    int at = LOOP_IN + loop_states(n) + i;
    const Value *whole = n->in[at];
    view_slice(n->body[0]->in[at], n, whole, loop_axis(&n->a.scan_input_axes, i, whole->rank),
               is_backwards(&n->a.scan_input_directions, i));
}

static void view_written_slice(Node *n, int i, Value *slice)
{
    const Value *whole = n->out[loop_states(n) + i];
    view_slice(slice, n, whole, loop_axis(&n->a.scan_output_axes, i, whole->rank),
               is_backwards(&n->a.scan_output_directions, i));
}

/* ---- the end of a turn ------------------------------------------------------------------------------------------- */

static Value *copy_to(Graph *g, Value *v, const Value *to)
{
    Value *w = copy_of(g, v);
    value_view(w, to, 0, to->stride);
    return w;
}

static void write_slices(Node *n)
{
    Graph *body = n->body[0];
    for (int i = loop_states(n); i < n->nout; i++) {
        Value *v = body->out[LOOP_OUT + i];
        if (v->into && v->into->into == n->out[i])
            continue;
        Value *w = copy_of(body, v);
        view_written_slice(n, i - loop_states(n), w);
        body->out[LOOP_OUT + i] = w;
    }
}

/* Is v part of a state as it was when the turn began? */
static bool is_old_state(const Node *n, const Value *v)
{
    for (int k = 0; k < loop_states(n); k++)
        if (!v->producer && !v->data && v->base == n->out[k]->base)
            return true;
    return false;
}

static bool is_unchanged(const Node *n, int k)
{
    const Value *v = n->body[0]->out[LOOP_OUT + k], *state = n->out[k];
    return is_old_state(n, v) && v->base == state->base && v->start == state->start &&
           value_same_dims(v, state) &&
           !memcmp(v->stride, state->stride, (size_t)v->rank * sizeof *v->stride);
}

static void save_old_state(Graph *body, Value **v)
{
    int64_t stride[MAX_RANK];
    Value *w = copy_of(body, *v);
    stride_plain(w, stride);
    value_own(w, stride);
    *v = w;
}

/* Does another state that is still to be written take the old value of state k, or a part of it? */
static bool is_awaited(const Node *n, const bool *done, int k)
{
    for (int i = 0; i < loop_states(n); i++) {
        const Value *v = n->body[0]->out[LOOP_OUT + i];
        if (i != k && !done[i] && is_old_state(n, v) && v->base == n->out[k]->base)
            return true;
    }
    return false;
}

static void write_state(Node *n, int k)
{
    Graph *body = n->body[0];
    Value **v = &body->out[LOOP_OUT + k];
    if ((*v)->base == n->out[k]->base && is_old_state(n, *v)) /* a view of itself */
        save_old_state(body, v);
    *v = copy_to(body, *v, n->out[k]);
}

static bool any_left(const Node *n, const bool *done)
{
    for (int k = 0; k < loop_states(n); k++)
        if (!done[k])
            return true;
    return false;
}

/* A state still to be written that nothing awaits; else -1. */
static int next_free(const Node *n, const bool *done)
{
    for (int k = 0; k < loop_states(n); k++)
        if (!done[k] && !is_awaited(n, done, k))
            return k;
    return -1;
}

/* Where it goes round (two states that change places) some new value that is an old one is saved. */
static void break_cycle(Node *n, const bool *done)
{
    Value **out = n->body[0]->out;
    for (int k = 0; k < loop_states(n); k++)
        if (!done[k] && is_old_state(n, out[LOOP_OUT + k])) {
            save_old_state(n->body[0], &out[LOOP_OUT + k]);
            return;
        }
    BUG("states of '%s' await each other", n->name);
}

/* States that take the old values of others are written before those. */
static void write_states(Node *n)
{
    bool *done = mem((size_t)loop_states(n) + 1);
    Value **out = n->body[0]->out;
    if (is_old_state(n, out[LOOP_AGAIN]))
        save_old_state(n->body[0], &out[LOOP_AGAIN]);
    for (int k = 0; k < loop_states(n); k++) {
        const Value *v = out[LOOP_OUT + k];
        done[k] = v->into == n->out[k] || is_unchanged(n, k) || !value_count(v);
    }
    for (int k = next_free(n, done); any_left(n, done); k = next_free(n, done))
        if (k < 0) {
            break_cycle(n, done);
        } else {
            write_state(n, k);
            done[k] = true;
        }
}

/* ---- the loop ---------------------------------------------------------------------------------------------------- */

static void layout_turn(Node *n)
{
    Value *turn = n->body[0]->in[LOOP_TURN];
    Pace *pace = mem(sizeof *pace);
    *pace = (Pace){.loop = n};
    value_own(turn, NULL);
    turn->storage = IN_TURN;
    turn->pace = pace; /* says which loop's */
}

static void layout_state(Graph *g, Node *n, int k)
{
    Value *first = n->in[LOOP_IN + k], *state = n->out[k];
    place_out(n, state);
    if (first->into != state && value_count(first))
        copy_to(g, first, state);
    value_view(n->body[0]->in[LOOP_IN + k], state, 0, state->stride);
}

void layout_loop(Graph *g, Node *n)
{
    Graph *body = n->body[0];
    layout_turn(n);
    for (int k = 0; k < loop_states(n); k++)
        layout_state(g, n, k);
    for (int i = 0; i < n->a.num_scan_inputs; i++)
        view_read_slice(n, i);
    for (int i = loop_states(n); i < n->nout; i++) {
        Value *slice = body->out[LOOP_OUT + i]->into;
        place_out(n, n->out[i]);
        if (slice && slice->into == n->out[i])
            view_written_slice(n, i - loop_states(n), slice);
    }
    layout_graph(body);
    write_slices(n);
    write_states(n);
}
