/* SPDX-License-Identifier: MIT
 * loop.c - Loop and Scan. Both are brought to one form, in which the parts stand in the same order
 * on the inside and on the outside:
 *
 *     in:   turns, condition | states ...          | tensors read slice by slice ...
 *     body: turn,  (true)    | states ...          | slices ...
 *     out of the body: again | states ...          | slices ...
 *     out:                     states in the end ... | tensors written slice by slice ...
 *
 * A turn runs only while the condition holds, so that within the body it is simply true. */
#include <inttypes.h>
#include "ops.h"

bool node_is_loop(const Node *n)
{
    return node_is(n, "Loop") || node_is(n, "Scan");
}

int loop_states(const Node *n)
{
    return n->nin - LOOP_IN - (int)n->a.num_scan_inputs;
}

static bool decided(const Value *v)
{
    return !v || v->data;
}

bool loop_counted(const Node *n)
{
    return n->trips >= 0 && decided(n->in[LOOP_COND]) && n->body[0]->out[LOOP_AGAIN]->data;
}

int loop_axis(const Ints *axes, int i, int rank)
{
    int64_t axis = i < axes->n ? axes->v[i] : 0;
    return (int)(axis < 0 ? axis + rank : axis);
}

static Value *new_true(Graph *g)
{
    return value_scalar(g, "true", DT_BOOL, 1);
}

/* ---- the form of Loop ---------------------------------------------------------------------- */

static bool one_element(const Node *n, const Value *v, DType t, const char *what)
{
    if (!v || (v->kind == TENSOR && v->dtype == t && value_count(v) == 1))
        return true;
    blocker(n, NULL, "%s '%s' is %s %s instead of one %s", what, v->name, dtype_name(v->dtype),
            dims_text(v), dtype_name(t));
    return false;
}

static bool all_given(const Node *n, int from)
{
    for (int i = from; i < n->nin; i++)
        if (!n->in[i]) {
            blocker(n, NULL, "input %d is left out but required", i);
            return false;
        }
    return true;
}

static bool counts_agree(const Node *n, int ins, int outs)
{
    const Graph *body = n->body[0];
    if (body && body->nin == ins && body->nout >= outs && body->nout >= n->nout + LOOP_OUT)
        return true;
    blocker(n, NULL, "its body is missing or does not have %d inputs and %d outputs", ins,
            MAX(outs, n->nout + LOOP_OUT));
    return false;
}

static int64_t turns_most(const Node *n)
{
    const Value *m = n->in[LOOP_M], *cond = n->in[LOOP_COND];
    if (cond && cond->data && !value_int_at(cond, 0))
        return 0;
    return m && m->data ? MAX(value_int_at(m, 0), 0) : -1;
}

static bool loop_form(Node *n)
{
    while (n->nin < LOOP_IN)
        node_input_add(n, NULL);
    n->nown = n->nin;
    if (!all_given(n, LOOP_IN) || !one_element(n, n->in[LOOP_M], DT_INT64, "the trip count") ||
        !one_element(n, n->in[LOOP_COND], DT_BOOL, "the condition") ||
        !counts_agree(n, n->nin, LOOP_OUT + n->nin - LOOP_IN))
        return false;
    n->trips = turns_most(n);
    return true;
}

/* What the body says about going on is heeded only by a loop that was given a condition. */
static void settle_condition(Node *n)
{
    Graph *body = n->body[0];
    Value **again = &body->out[LOOP_AGAIN];
    while ((*again)->producer && node_is((*again)->producer, "Identity"))
        *again = (*again)->producer->in[0];
    if (!n->in[LOOP_COND])
        *again = new_true(body);
    if ((*again)->rank < 0 ||
        !one_element(n, *again, DT_BOOL, "the condition that the body returns"))
        return;
    if ((*again)->data && !value_int_at(*again, 0)) {
        n->trips = n->trips < 0 && !n->in[LOOP_M] ? 1 : MIN(n->trips, 1);
        if (n->trips >= 0)
            *again = new_true(body);
    }
    if (!n->in[LOOP_M] && n->trips < 0 && (*again)->data)
        blocker(n, NULL,
                "it would never end: it has neither a trip count nor a changing condition");
}

/* ---- the form of Scan ------------------------------------------------------------------------ */

static bool lists_fit(const Node *n, int ins, int outs)
{
    const struct {
        const Ints *list;
        int most;
        const char *name;
    } lists[] = {{&n->a.scan_input_axes, ins, "scan_input_axes"},
                 {&n->a.scan_input_directions, ins, "scan_input_directions"},
                 {&n->a.scan_output_axes, outs, "scan_output_axes"},
                 {&n->a.scan_output_directions, outs, "scan_output_directions"}};
    for (size_t i = 0; i < COUNT(lists); i++)
        if (lists[i].list->n && lists[i].list->n != lists[i].most) {
            blocker(n, NULL, "%s has %d elements instead of %d", lists[i].name, lists[i].list->n,
                    lists[i].most);
            return false;
        }
    return true;
}

/* Every tensor that is read in slices has one for each turn. */
static bool scan_turns(Graph *g, Node *n)
{
    for (int i = 0; i < n->a.num_scan_inputs; i++) {
        const Value *x = n->in[LOOP_IN + loop_states(n) + i];
        int64_t axis = i < n->a.scan_input_axes.n ? n->a.scan_input_axes.v[i] : 0;
        int at = axis_norm(g, n, axis, x->rank);
        if (at < 0)
            return false;
        if (i && x->dim[at] != n->trips) {
            blocker(n, NULL, "'%s' of shape %s does not have %" PRId64 " slices along axis %d",
                    x->name, dims_text(x), n->trips, at);
            return false;
        }
        n->trips = x->dim[at];
    }
    return true;
}

/* Before opset 9 all had a batch axis in front: a Scan over it, in whose body stands the Scan over the sequence. */
static bool scan_batch(Graph *g, Node *n)
{
    if (n->nin < 2 || n->in[0]) {
        blocker(n, "convert the model to opset 9 or later",
                "sequences of different lengths (input sequence_lens) are not supported");
        return false;
    }
    Graph *all = graph_new(g);
    Node *one = node_new(all, "Scan", n->name, 0, NULL, 0, NULL);
    for (int i = 1; i < n->nin; i++) {
        Value *v = value_new(all, n->in[i]->name, DT_NONE, -1, NULL);
        PUSH(all->in, all->nin, v);
        node_input_add(one, v);
    }
    for (int i = 0; i < n->nout; i++) {
        Value *v = value_new(all, n->out[i] ? n->out[i]->name : "", DT_NONE, -1, NULL);
        v->producer = one;
        PUSH(one->out, one->nout, v);
        PUSH(all->out, all->nout, v);
    }
    one->nown = one->nin;
    one->a.num_scan_inputs = n->a.num_scan_inputs;
    one->a.scan_input_directions = n->a.directions;
    one->a.body = n->a.body;
    one->body[0] = n->body[0];
    graph_add(all, one);
    for (int i = 1; i < n->nin; i++)
        n->in[i - 1] = n->in[i];
    n->nown = --n->nin;
    n->a.num_scan_inputs = n->nin;
    n->a.directions = (Ints){0};
    n->body[0] = all;
    n->opset = one->opset;
    return true;
}

static void prepend(Value ***list, int *count, int places)
{
    Value **old = *list;
    int n = *count;
    *list = NULL;
    *count = 0;
    for (int i = 0; i < places; i++)
        PUSH(*list, *count, NULL);
    for (int i = 0; i < n; i++)
        PUSH(*list, *count, old[i]);
}

static bool scan_form(Graph *g, Node *n)
{
    if (!all_given(n, n->opset < 9) || (n->body[0] && n->opset < 9 && !scan_batch(g, n)))
        return false;
    int64_t read = n->a.num_scan_inputs;
    if (read < 1 || read > n->nin) {
        blocker(n, NULL, "num_scan_inputs is %" PRId64 ", of %d inputs", read, n->nin);
        return false;
    }
    Graph *body = n->body[0];
    if (body) {
        prepend(&body->in, &body->nin, LOOP_IN);
        prepend(&body->out, &body->nout, LOOP_OUT);
        body->in[LOOP_TURN] = value_new(body, "turn", DT_NONE, -1, NULL);
        body->in[LOOP_COND] = value_new(body, "condition", DT_NONE, -1, NULL);
        body->out[LOOP_AGAIN] = new_true(body);
    }
    prepend(&n->in, &n->nin, LOOP_IN);
    n->nown = n->nin;
    n->trips = -1;
    return counts_agree(n, n->nin, LOOP_OUT + loop_states(n)) &&
           lists_fit(n, (int)read, body->nout - LOOP_OUT - loop_states(n)) && scan_turns(g, n);
}

/* ---- types ----------------------------------------------------------------------------------- */

static void slice_type(const Node *n, int i)
{
    int state = loop_states(n);
    const Value *x = n->in[LOOP_IN + state + i];
    Value *slice = n->body[0]->in[LOOP_IN + state + i];
    int axis = loop_axis(&n->a.scan_input_axes, i, x->rank);
    slice->dtype = x->dtype;
    slice->rank = x->rank - 1;
    for (int d = 0; d < slice->rank; d++)
        slice->dim[d] = x->dim[d + (d >= axis)];
}

static void body_types(Node *n)
{
    Graph *body = n->body[0];
    body->in[LOOP_TURN]->dtype = DT_INT64;
    body->in[LOOP_TURN]->rank = 0;
    graph_replace(body, body->in[LOOP_COND], new_true(body));
    body->in[LOOP_COND]->dtype = DT_BOOL;
    body->in[LOOP_COND]->rank = 0;
    for (int k = 0; k < loop_states(n); k++)
        if (n->in[LOOP_IN + k]->kind == TENSOR)
            value_same_type(body->in[LOOP_IN + k], n->in[LOOP_IN + k]);
        else
            list_copy(body->in[LOOP_IN + k], n->in[LOOP_IN + k]);
    for (int i = 0; i < n->a.num_scan_inputs; i++)
        slice_type(n, i);
}

static bool states_keep_type(const Node *n)
{
    const Graph *body = n->body[0];
    int blockers = blockers_count();
    for (int k = 0; k < loop_states(n); k++) {
        const Value *before = body->in[LOOP_IN + k], *after = body->out[LOOP_OUT + k];
        if (before->kind != TENSOR || after->kind != TENSOR)
            blocker(n, "the number of turns must be known",
                    "it hands on '%s', a sequence or an optional", before->name);
        else if (before->dtype != after->dtype || !value_same_dims(before, after))
            blocker(n, "the shape of what a loop carries on must not change",
                    "'%s' enters a turn as %s %s and leaves it as %s %s", before->name,
                    dtype_name(before->dtype), dims_text(before), dtype_name(after->dtype),
                    dims_text(after));
    }
    return blockers_count() == blockers;
}

static int length_of(const Value *list)
{
    if (list->kind == OPTIONAL)
        return list->nitem ? length_of(list->item[0]) : 0;
    return list->nitem;
}

/* The turns that the declared shape of what they gather tells, or that of a sequence which grows by one tensor a turn;
 * -1: none does. */
static int64_t turns_declared(const Node *n)
{
    Ints shape;
    for (int k = 0; k < loop_states(n); k++)
        if (n->out[k]->declared && n->out[k]->declared->kind == SEQUENCE)
            return MAX(n->out[k]->declared->nitem - length_of(n->in[LOOP_IN + k]), -1);
    for (int i = loop_states(n); i < n->nout; i++)
        if (declared_dims(n, i, &shape) && shape.n && shape.v[0] >= 0)
            return shape.v[0];
    return -1;
}

/* Turns that are known only at run time must be as many as is declared. Where the trip count decides them it is checked
 * in advance and a constant from here on, else the turns are counted. */
static void settle_turns(Graph *g, Node *n)
{
    int64_t turns = turns_declared(n);
    Value *again = n->body[0]->out[LOOP_AGAIN], *m = n->in[LOOP_M], *cond = n->in[LOOP_COND];
    if (turns < 0 || loop_counted(n))
        return;
    if (!again->data || !value_int_at(again, 0) || !m) {
        n->counts = true;
        n->trips = turns;
        return;
    }
    const char *holds = turns ? text("a == %" PRId64, turns) : "a <= 0";
    Value *in[2] = {m, cond};
    if (!decided(cond))
        holds = text(turns ? "b && %s" : "!b || %s", holds);
    require(g, n, map_text(g, n->name, holds, decided(cond) ? 1 : 2, in, NULL),
            text("it does not make the %" PRId64 " turns that are declared", turns));
    n->in[LOOP_M] = value_ints(g, "turns", 1, &turns);
    n->in[LOOP_COND] = NULL;
    n->trips = turns;
}

/* The i-th tensor written slice by slice: one more axis than a slice. */
static void gathered_type(Graph *g, Node *n, int i)
{
    int state = loop_states(n);
    const Value *slice = n->body[0]->out[LOOP_OUT + state + i];
    if (slice->kind != TENSOR) {
        blocker(n, NULL, "'%s' would gather sequences or optionals", n->out[state + i]->name);
        return;
    }
    int64_t dim[MAX_RANK + 1], axis = i < n->a.scan_output_axes.n ? n->a.scan_output_axes.v[i] : 0;
    int at = axis_norm(g, n, axis, slice->rank + 1);
    if (at < 0)
        return;
    for (int d = 0; d <= slice->rank; d++)
        dim[d] = d == at ? n->trips : slice->dim[d - (d > at)];
    if (!loop_counted(n) && !n->counts)
        blocker(n, "make the trip count and the condition constants",
                "'%s' has as many rows as the loop makes turns, and those are not known at "
                "compile time",
                n->out[state + i]->name);
    else
        out_set(n, state + i, slice->dtype, slice->rank + 1, dim);
}

static void list_drop(Ints *list, int i)
{
    int64_t *v = mem((size_t)(list->n + 1) * sizeof *v);
    for (int k = 0, n = 0; k < list->n; k++)
        if (k != i)
            v[n++] = list->v[k];
    list->v = v;
    list->n -= i < list->n;
}

void loop_drop_slices(Node *n, int i)
{
    Graph *body = n->body[0];
    list_drop(&n->a.scan_output_axes, i - loop_states(n));
    list_drop(&n->a.scan_output_directions, i - loop_states(n));
    n->nout--;
    body->nout--;
    for (; i < n->nout; i++) {
        n->out[i] = n->out[i + 1];
        body->out[LOOP_OUT + i] = body->out[LOOP_OUT + i + 1];
    }
}

/* Every state has a place of its own, even where nobody reads its last value. */
static void outputs_complete(Graph *g, Node *n)
{
    Graph *body = n->body[0];
    while (n->nout < body->nout - LOOP_OUT)
        PUSH(n->out, n->nout, NULL);
    for (int i = n->nout - 1; i >= loop_states(n); i--)
        if (!n->out[i])
            loop_drop_slices(n, i);
    for (int k = 0; k < loop_states(n); k++)
        if (!n->out[k]) {
            n->out[k] = value_new(g, body->in[LOOP_IN + k]->name, DT_NONE, -1, NULL);
            n->out[k]->producer = n;
        }
}

/* Not a single turn: the states are what they were, and there are no slices. */
static void no_turns(Graph *g, Node *n)
{
    for (int k = 0; k < n->nout; k++) {
        if (k < loop_states(n)) {
            infer_walk(g, node_new(g, "Identity", n->name, 1, &n->in[LOOP_IN + k], 1, &n->out[k]));
        } else {
            n->out[k]->data = mem(1);
            n->out[k]->producer = NULL;
        }
    }
}

static void walk_loop(Graph *g, Node *n)
{
    int blockers = blockers_count();
    Graph *body = n->body[0];
    body->repeats = true;
    body_types(n);
    infer_graph(body);
    for (int i = 0; i < body->nout; i++)
        if (has_extent(body->out[i]))
            extents_refuse(n, body->out[i]);
    settle_condition(n);
    settle_turns(g, n);
    if (blockers_count() > blockers || !states_keep_type(n))
        return;
    for (int k = 0; k < loop_states(n); k++)
        value_same_type(n->out[k], n->in[LOOP_IN + k]);
    for (int i = loop_states(n); i < n->nout; i++)
        gathered_type(g, n, i - loop_states(n));
    if (!infer_outputs(n, blockers))
        return;
    if (loop_counted(n) && n->trips == 0)
        no_turns(g, n);
    else
        graph_add(g, n);
}

/* What cannot be one body for all turns is repeated for each, when their number is known. */
void loop_infer(Graph *g, Node *n)
{
    int blockers = blockers_count();
    if (!loop_form(n))
        return;
    outputs_complete(g, n);
    n->body[0]->outer = g;
    if (!body_repeats(g, n, n->body[0], 1))
        return;
    Graph *as_given = body_copy(n->body[0]);
    walk_loop(g, n);
    bool slices = n->nout > loop_states(n);
    if (blockers_count() == blockers || !loop_counted(n) || (slices && !n->trips))
        return;
    char *why = blockers_take(blockers);
    if (body_repeats(g, n, as_given, n->trips))
        loop_unroll(g, n, as_given);
    else
        blocker(n, NULL, "%s", why);
}

void scan_infer(Graph *g, Node *n)
{
    if (!scan_form(g, n))
        return;
    outputs_complete(g, n);
    n->body[0]->outer = g;
    walk_loop(g, n);
}
