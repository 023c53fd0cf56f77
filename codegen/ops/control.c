/* SPDX-License-Identifier: MIT
 * control.c - If. A condition that the model decides leaves one branch, whose nodes become nodes of
 * the graph around it; else both are kept, as graphs of their own that read values around them. */
#include <string.h>
#include "ops.h"

void body_open(Graph *g, Graph *body)
{
    for (int i = 0; i < body->nvalue; i++) {
        body->value[i]->id = g->nvalue;
        PUSH(g->value, g->nvalue, body->value[i]);
    }
    for (int i = 0; i < body->nnode; i++) {
        Node *inner = body->node[i];
        for (int b = 0; b < 2; b++)
            if (inner->body[b])
                inner->body[b]->outer = g;
        infer_walk(g, inner);
    }
}

/* Each result of the branch reaches its reader by an Identity. */
static void take_branch(Graph *g, Node *n, Graph *branch)
{
    body_open(g, branch);
    for (int i = 0; i < n->nout && i < branch->nout; i++)
        if (n->out[i])
            infer_walk(g, node_new(g, "Identity", n->name, 1, &branch->out[i], 1, &n->out[i]));
}

/* v with zeros appended, until it is as long as `bound` along the axis. */
static Value *grown(Graph *body, const Node *n, Value *v, int axis, int64_t bound)
{
    int64_t dim[MAX_RANK];
    memcpy(dim, v->dim, sizeof dim);
    dim[axis] = bound - v->dim[axis];
    Value *zeros = value_const(body, "zeros", v->dtype, v->rank, dim, NULL);
    zeros->data = mem((size_t)value_bytes(zeros) + 1);
    Value *y = whole(along_axis(body, n, "Concat", axis, 2, (Value *[]){v, zeros}, NULL));
    memcpy(y->extent, v->extent, sizeof y->extent);
    return y;
}

/* Branches may give different lengths along an axis: the longer is the bound, and how long it is one more result. */
static void lengths_agree(Graph *g, Node *n, int i, int axis)
{
    int64_t bound = 0;
    bool known = true;
    for (int b = 0; b < 2; b++) {
        const Value *v = n->body[b]->out[i];
        known = known && !v->extent[axis] && (!bound || bound == v->dim[axis]);
        bound = MAX(bound, v->dim[axis]);
    }
    if (known)
        return;
    for (int b = 0; b < 2; b++) {
        Graph *body = n->body[b];
        Value *v = body->out[i], *e = extent_of(body, v, axis);
        if (v->dim[axis] < bound)
            body->out[i] = grown(body, n, v, axis, bound);
        PUSH(body->out, body->nout, e);
    }
    Value *e = value_new(g, text("%s length", n->out[i]->name), DT_INT64, 0, NULL);
    e->producer = n;
    n->out[i]->extent[axis] = e;
    PUSH(n->out, n->nout, e);
}

static void results_agree(Graph *g, Node *n)
{
    int nout = n->nout;
    for (int i = 0; i < nout; i++) {
        const Graph *yes = n->body[0], *no = n->body[1];
        const Value *a = i < yes->nout ? yes->out[i] : NULL, *b = i < no->nout ? no->out[i] : NULL;
        for (int axis = 0; n->out[i] && a && b && a->rank == b->rank && axis < a->rank; axis++)
            lengths_agree(g, n, i, axis);
    }
}

static void results_type(Node *n)
{
    for (int i = 0; i < n->nout; i++) {
        if (!n->out[i])
            continue;
        const Graph *yes = n->body[0], *no = n->body[1];
        const Value *a = i < yes->nout ? yes->out[i] : NULL, *b = i < no->nout ? no->out[i] : NULL;
        if (!a || !b || a->rank < 0 || b->rank < 0)
            return;
        if (a->dtype != b->dtype)
            blocker(n, "both branches must give the same type",
                    "the branches give '%s' different types, %s and %s", n->out[i]->name,
                    dtype_name(a->dtype), dtype_name(b->dtype));
        else if (!value_same_dims(a, b))
            blocker(n, "both branches must give as many axes, unless the condition is constant",
                    "the branches give '%s' different shapes, %s and %s", n->out[i]->name,
                    dims_text(a), dims_text(b));
        else
            value_same_type(n->out[i], a);
    }
}

/* Shapes may rule one branch out (a model for two sample rates, given the input of one). The other takes the place of the
 * If, behind a check: running into the refused one is an error of the generated function, said now. */
static void take_possible(Graph *g, Node *n, const char *const *refused)
{
    int b = refused[1] != NULL;
    Value *ok = n->in[0];
    if (refused[0] && refused[1]) {
        blocker(n, NULL, "neither branch can be compiled; then: %s; else: %s", refused[0],
                refused[1]);
        return;
    }
    note("the %s branch of '%s' cannot run with these shapes, and NAME_run will return 2 "
         "there: %s",
         b ? "else" : "then", n->name, refused[b]);
    require(g, n, b ? ok : op_now(g, "Not", n, 1, &ok), refused[b]);
    take_branch(g, n, n->body[1 - b]);
}

/* ---- branches that return lists --------------------------------------------------------------- */

static bool same_list(const Value *a, const Value *b)
{
    if (a->kind != b->kind || a->nitem != b->nitem)
        return false;
    for (int i = 0; i < a->nitem; i++)
        if (!same_list(a->item[i], b->item[i]))
            return false;
    return true;
}

static void open_result(Graph *g, Node *n, Value *out, Value *yes, Value *no)
{
    for (int i = 0; i < yes->nitem; i++) {
        Value *item = value_new(g, out->name, DT_NONE, -1, NULL);
        PUSH(out->item, out->nitem, item);
        open_result(g, n, item, yes->item[i], no->item[i]);
    }
    out->kind = yes->kind;
    if (out->kind != TENSOR) {
        out->rank = 0;
        return;
    }
    out->producer = n;
    PUSH(n->out, n->nout, out);
    PUSH(n->body[0]->out, n->body[0]->nout, yes);
    PUSH(n->body[1]->out, n->body[1]->nout, no);
}

/* A branch that returns another list than is declared must not be run into. */
static void refuse_other_lists(const Node *n, const char **refused)
{
    for (int i = 0; i < n->nout; i++) {
        const Value *d = n->out[i] ? n->out[i]->declared : NULL;
        for (int b = 0; b < 2 && d && d->kind != TENSOR; b++)
            if (!refused[b] && !refused[1 - b] && !same_list(n->body[b]->out[i], d) &&
                same_list(n->body[1 - b]->out[i], d))
                refused[b] = text("it gives '%s' another list than is declared", n->out[i]->name);
    }
}

/* The If returns the tensors that a list holds, as many on either side. */
static bool lists_open(Graph *g, Node *n)
{
    int count = n->nout;
    Graph *yes = n->body[0], *no = n->body[1];
    Value **out = n->out, **then = yes->out, **other = no->out;
    n->out = n->body[0]->out = n->body[1]->out = NULL;
    n->nout = n->body[0]->nout = n->body[1]->nout = 0;
    for (int i = 0; i < count; i++) {
        if (!out[i])
            continue;
        if (!same_list(then[i], other[i])) {
            blocker(n, "what an optional holds and how long a sequence is must be known",
                    "the branches give '%s' lists of different length", out[i]->name);
            return false;
        }
        open_result(g, n, out[i], then[i], other[i]);
    }
    return true;
}

static bool branches_given(const Node *n)
{
    for (int b = 0; b < 2; b++)
        if (!n->body[b] || n->body[b]->nin || n->body[b]->nout != n->nout) {
            blocker(n, NULL, "%s is missing, has inputs, or does not have %d outputs",
                    b ? "else_branch" : "then_branch", n->nout);
            return false;
        }
    return true;
}

void if_infer(Graph *g, Node *n)
{
    const Value *cond = n->in[0];
    if (n->nout == 0) { /* a check that require() made */
        graph_add(g, n);
        return;
    }
    if (!branches_given(n))
        return;
    if (cond->kind != TENSOR || value_count(cond) != 1) {
        blocker(n, NULL, "the condition '%s' has %s elements instead of one", cond->name,
                dims_text(cond));
        return;
    }
    if (value_is_const(cond)) {
        take_branch(g, n, n->body[value_int_at(cond, 0) ? 0 : 1]);
        return;
    }
    const char *refused[2];
    int blockers = blockers_count();
    for (int b = 0; b < 2; b++) {
        n->body[b]->outer = g;
        infer_graph(n->body[b]);
        refused[b] = blockers_take(blockers);
    }
    if (!refused[0] && !refused[1])
        refuse_other_lists(n, refused);
    if (refused[0] || refused[1]) {
        take_possible(g, n, refused);
        return;
    }
    if (!lists_open(g, n))
        return;
    graph_add(g, n);
    results_agree(g, n);
    results_type(n);
}
