/* SPDX-License-Identifier: MIT
 * infer.c - types and shapes of every value, constants folded on the way.
 *
 * The nodes are walked once in their order and the list is rebuilt: a node is brought to the
 * newest form of its operator (canon), gets the types of its outputs (infer), and then either
 * vanishes because its outputs are known (fold), is replaced by other nodes which are walked in
 * turn (expand), or stays. Shape arithmetic thus disappears; what has bodies walks them itself
 * (ops/control.c, ops/loop.c). A node behind a refused one is left alone: one cause, one message. */
#include <inttypes.h>
#include <string.h>
#include "ops/ops.h"

/* Walk what canon or expand appended from `mark` on as if the model had said it. */
static void walk_since(Graph *g, int mark)
{
    int count = g->nnode - mark;
    if (!count)
        return;
    Node **node = mem_copy(g->node + mark, (size_t)count * sizeof *node);
    g->nnode = mark;
    for (int i = 0; i < count; i++)
        infer_walk(g, node[i]);
}

void infer_graph(Graph *g)
{
    Node **node = g->node;
    int count = g->nnode;
    g->node = NULL;
    g->nnode = 0;
    for (int i = 0; i < count; i++)
        infer_walk(g, node[i]);
}

/* False when something before n was refused. */
static bool inputs_known(const Node *n)
{
    for (int i = 0; i < n->nin; i++)
        if (n->in[i] && n->in[i]->rank < 0)
            return false;
    return true;
}

static bool outputs_wanted(const Node *n)
{
    for (int i = 0; i < n->nout; i++)
        if (n->out[i])
            return true;
    return false;
}

static bool inputs_given(const Node *n)
{
    for (int i = 0; i < n->op->min_in; i++)
        if (!node_in(n, i)) {
            blocker(n, NULL, "input %d is missing", i + 1);
            return false;
        }
    return true;
}

static bool strings_fit(const Node *n)
{
    for (int i = 0; i < n->nin; i++)
        if (n->in[i] && n->in[i]->dtype == DT_STRING && !(n->op->strings >> MIN(i, 31) & 1)) {
            blocker(n, NULL, "'%s' holds strings, which are not supported here", n->in[i]->name);
            return false;
        }
    return true;
}

/* A dim of 0 counts as 1, so that no product of dims anywhere can overflow. */
static void check_value(const Node *n, const Value *v)
{
    int64_t count = v->dtype == DT_STRING ? dtype_bytes(DT_STRING) : 1;
    if (n && v->dtype == DT_STRING && !n->op->strings)
        blocker(n, NULL, "'%s' holds strings, which are not supported here", v->name);
    for (int i = 0; i < v->rank; i++)
        count = mul_size(count, v->dim[i] ? v->dim[i] : 1);
    if (count < 0 || count >= (int64_t)1 << 31)
        blocker(n, "a tensor may have up to 2^31 - 1 elements, or bytes of strings",
                "tensor '%s' is too large: %s", v->name, dims_text(v));
}

/* Inputs and initializers, which no node stands for. */
static void check_given(const Graph *g)
{
    for (int i = 0; i < g->nvalue; i++)
        if (g->value[i]->rank >= 0)
            check_value(NULL, g->value[i]);
    for (int i = 0; i < g->nnode; i++)
        for (int b = 0; b < 2; b++)
            if (g->node[i]->body[b])
                check_given(g->node[i]->body[b]);
}

/* The outputs' types are those that infer set; what is empty is known without computing it. */
bool infer_outputs(Node *n, int blockers)
{
    if (blockers_count() > blockers)
        return false;
    for (int i = 0; i < n->nout; i++) {
        Value *v = n->out[i];
        if (!v)
            continue;
        if (v->rank < 0 || v->dtype == DT_NONE)
            BUG("%s left the type of output %d unknown", n->op->name, i);
        check_value(n, v);
    }
    return blockers_count() == blockers;
}

static void outputs_unknown(Node *n)
{
    for (int i = 0; i < n->nout; i++)
        if (n->out[i])
            n->out[i]->rank = -1;
}

static bool outputs_empty(const Node *n)
{
    for (int i = 0; i < n->nout; i++)
        if (n->out[i] && value_count(n->out[i]) != 0)
            return false;
    return true;
}

/* True when the outputs are known; the node is needed no more. */
static bool vanish(Graph *g, Node *n)
{
    if (!outputs_empty(n))
        return fold_node(g, n);
    for (int i = 0; i < n->nout; i++)
        if (n->out[i]) {
            n->out[i]->data = mem(1);
            n->out[i]->producer = NULL;
        }
    return true;
}

/* ---- one node ---------------------------------------------------------------------------- */

void infer_node(Graph *g, Node *n)
{
    int blockers = blockers_count();
    n->op->infer(g, n);
    if (!infer_outputs(n, blockers))
        outputs_unknown(n);
}

/* True when n now has the newest form; what canon put before n has been walked. */
static bool canonical(Graph *g, Node *n)
{
    int mark = g->nnode, blockers = blockers_count();
    if (n->op->canon)
        n->op->canon(g, n);
    walk_since(g, mark);
    return blockers_count() == blockers && inputs_known(n);
}

/* Nothing remains of a node that works on lists but what it adds to get at their tensors. */
static void walk_list(Graph *g, Node *n)
{
    int mark = g->nnode, blockers = blockers_count();
    if (n->op->cls == OP_LIST)
        n->op->infer(g, n);
    else if (node_is(n, "Identity"))
        list_copy(n->out[0], n->in[0]);
    else
        blocker(n, NULL, "it cannot take a sequence or an optional");
    if (blockers_count() == blockers)
        walk_since(g, mark);
}

/* Elementwise parts of an operator have no name of their own: reports call them by its name. */
static void name_parts(Graph *g, int mark, const Node *of)
{
    for (int i = mark; i < g->nnode; i++)
        if (node_is(g->node[i], "Map") || g->node[i]->op->cls == OP_EXPAND)
            g->node[i]->origin_ops = of->origin_ops;
}

void infer_walk(Graph *g, Node *n)
{
    int blockers = blockers_count();
    if (!inputs_known(n) || !inputs_given(n) || !strings_fit(n))
        return;
    if (n->op->cls == OP_CONTROL) {
        extents_pass(g, n);
        if (blockers_count() == blockers)
            n->op->infer(g, n);
        return;
    }
    if (n->op->cls == OP_LIST || list_given(n)) {
        walk_list(g, n);
        return;
    }
    if (!canonical(g, n) || !outputs_wanted(n))
        return;
    infer_node(g, n);
    int mark = g->nnode;
    if (blockers_count() == blockers)
        extents_pass(g, n);
    if (blockers_count() > blockers) {
        outputs_unknown(n);
        return;
    }
    walk_since(g, mark);
    if (n->op->cls == OP_MAP)
        map_make(g, n);
    if (vanish(g, n) || bounds_pass(g, n))
        return;
    if (n->op->cls == OP_EXPAND) {
        mark = g->nnode;
        n->op->expand(g, n);
        name_parts(g, mark, n);
        walk_since(g, mark);
    } else {
        graph_add(g, n);
    }
}

/* An input without elements is known: whoever reads it reads a constant. */
static void empty_inputs(Graph *g)
{
    for (int i = 0; i < g->nin; i++) {
        const Value *v = g->in[i];
        if (v->rank >= 0 && value_count(v) == 0)
            graph_replace(g, g->in[i], value_const(g, v->name, v->dtype, v->rank, v->dim, mem(1)));
    }
}

/* A result of which only the data know the shape leaves the net in one piece, and its shape beside it. */
static void finish_outputs(Compiler *c)
{
    Graph *g = c->graph;
    c->nresult = g->nout;
    c->shape_at = mem((size_t)(g->nout + 1) * sizeof *c->shape_at);
    for (int i = 0; i < c->nresult; i++) {
        Value *v = g->out[i];
        const Node names = {.name = v->name};
        int mark = g->nnode, nname = g->nout;
        bool gaps = false;
        if (!has_extent(v))
            continue;
        for (int k = 1; k < v->rank; k++)
            gaps |= v->extent[k] != NULL;
        Value *dims = shape_now(g, &names, v);
        if (gaps)
            g->out[i] = whole(op_now(g, "Compact", &names, 2, (Value *[]){v, dims}));
        if (c->out_name)
            PUSH(c->out_name, nname, text("%s dims", c->out_name[i]));
        c->shape_at[i] = g->nout;
        PUSH(g->out, g->nout, dims);
        walk_since(g, mark);
    }
}

bool infer_all(Graph *g)
{
    int blockers = blockers_count();
    graph_count_uses(g);
    check_given(g);
    if (blockers_count() == blockers) {
        empty_inputs(g);
        declared_spread(g);
        infer_graph(g);
    }
    return blockers_count() == blockers;
}

/* What operators added to the model's inputs, as far as anything needs it. */
static void finish_inputs(Compiler *c, int given)
{
    Graph *g = c->graph;
    int count = g->nin;
    g->nin = given;
    for (int i = given; i < count; i++)
        if (g->in[i]->uses) {
            g->in[g->nin++] = g->in[i];
            c->ndrawn++;
            PUSH(c->in_port, c->nin_port, ((Port){g->in[i]->name, false, 1}));
        }
}

void infer(Compiler *c)
{
    int blockers = blockers_count(), given = c->graph->nin;
    c->graph->random = c->random;
    const Graph *fresh = suppose_copy(c);
    if (!infer_all(c->graph) && !(fresh && suppose(c, fresh, blockers)))
        return;
    lists_dissolve(c);
    if (blockers_count() == blockers) {
        finish_outputs(c);
        graph_clean(c->graph);
        finish_inputs(c, given);
    }
}

/* ---- helpers of the families ------------------------------------------------------------- */

bool infer_broadcast(Graph *g, Node *n, Value *out, int nin, Value *const *in)
{
    int rank = 0;
    (void)g;
    for (int i = 0; i < nin; i++)
        rank = in[i] ? MAX(rank, in[i]->rank) : rank;
    out->rank = rank;
    for (int d = 0; d < rank; d++) {
        out->dim[d] = 1;
        for (int i = 0; i < nin; i++) {
            int axis = in[i] ? d - (rank - in[i]->rank) : -1;
            int64_t dim = axis < 0 ? 1 : in[i]->dim[axis];
            if (dim != 1 && out->dim[d] != 1 && dim != out->dim[d]) {
                blocker(n, NULL, "'%s' of shape %s does not broadcast to the other inputs",
                        in[i]->name, dims_text(in[i]));
                return false;
            }
            out->dim[d] = dim == 1 ? out->dim[d] : dim;
        }
    }
    return true;
}

int axis_norm(Graph *g, Node *n, int64_t axis, int rank)
{
    (void)g;
    if (axis >= -rank && axis < rank)
        return (int)(axis < 0 ? axis + rank : axis);
    blocker(n, NULL, "axis %" PRId64 " is outside of a tensor with %d dims", axis, rank);
    return -1;
}

bool input_ints(const Node *n, int i, const char *what, Ints *out)
{
    const Value *v = node_in(n, i);
    *out = (Ints){0};
    if (!v || value_ints_of(v, out))
        return true;
    blocker(n,
            "sizes must follow from the model and the input dims, or from a shape that the model "
            "declares for the result",
            "%s '%s' is not known at compile time", what, v->name);
    return false;
}

void out_set(Node *n, int i, DType t, int rank, const int64_t *dim)
{
    if (i >= n->nout || !n->out[i])
        return;
    if (rank > MAX_RANK) {
        blocker(n, NULL, "'%s' has %d dims; up to %d are supported", n->out[i]->name, rank,
                MAX_RANK);
        return;
    }
    n->out[i]->dtype = t;
    n->out[i]->rank = rank;
    for (int d = 0; d < rank; d++)
        n->out[i]->dim[d] = dim[d];
}

void infer_same(Graph *g, Node *n)
{
    (void)g;
    value_same_type(n->out[0], n->in[0]);
}
