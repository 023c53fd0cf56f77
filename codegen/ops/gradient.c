/* SPDX-License-Identifier: MIT
 * gradient.c - Gradient: derivatives of a tensor of the graph by others that it is made from, through elementwise
 * operators. Backwards from y, the chain rule adds to each input of a layer the layer's own derivative by it times what
 * has come to its output. */
#include <string.h>
#include "ops.h"

/* What operators hand back to their first and second input: a and b are those, c is what has come to the output. */
static const struct {
    const char *op, *to[2];
} rules[] = {
    {"Add", {"c", "c"}},
    {"Sub", {"c", "-c"}},
    {"Mul", {"c * b", "c * a"}},
    {"Div", {"c / b", "-c * a / (b * b)"}},
    {"Neg", {"-c"}},
    {"Abs", {"a > 0 ? c : a < 0 ? -c : 0"}},
    {"Relu", {"a > 0 ? c : 0"}},
    {"Reciprocal", {"-c / (a * a)"}},
    {"Sqrt", {"0.5 * c / sqrt(a)"}},
    {"Exp", {"c * exp(a)"}},
    {"Log", {"c / a"}},
    {"Sigmoid", {"c * sigmoid(a) * (1 - sigmoid(a))"}},
    {"Tanh", {"c * (1 - tanh(a) * tanh(a))"}},
    {"Sin", {"c * cos(a)"}},
    {"Cos", {"-c * sin(a)"}},
};

static const char *rule_of(const Node *n, int input)
{
    for (size_t i = 0; i < COUNT(rules) && n->nin <= 2; i++)
        if (node_is(n, "Map") && !strcmp(n->origin_ops, rules[i].op))
            return rules[i].to[input];
    return NULL;
}

/* Numbers of values count in their own graph only. */
static bool is_own(const Graph *g, const Value *v)
{
    return v && v->id < g->nvalue && g->value[v->id] == v;
}

static Value *value_named(const Graph *g, const char *name)
{
    for (int i = g->nvalue - 1; i >= 0; i--)
        if (!strcmp(g->value[i]->name, name) && g->value[i]->rank >= 0)
            return g->value[i];
    return NULL;
}

static Value *target_of(const Graph *g, const Node *n)
{
    return n->a.y ? value_named(g, n->a.y) : NULL;
}

void gradient_infer(Graph *g, Node *n)
{
    const Value *y = target_of(g, n);
    if (!y || !dtype_is_float(y->dtype) || has_extent(y) || value_count(y) == 0) {
        blocker(n, NULL, "y is no tensor of floats that is computed before it");
        return;
    }
    for (int i = 0; i < n->nin; i++) {
        const char *name = i < n->a.xs.n               ? n->a.xs.v[i]
                           : i < n->a.xs.n + n->a.zs.n ? n->a.zs.v[i - n->a.xs.n]
                                                       : "";
        if (!is_own(g, n->in[i]) || strcmp(n->in[i]->name, name) || n->in[i]->dtype != y->dtype) {
            blocker(n, "give it the tensors that xs and zs name",
                    "derivatives at another place than '%s' are not supported", name);
            return;
        }
    }
    if (n->a.xs.n > n->nin || n->nout > n->a.xs.n)
        blocker(n, NULL, "it has %d inputs and %d outputs for %d tensors xs", n->nin, n->nout,
                n->a.xs.n);
    for (int i = 0; i < n->nout && i < n->nin; i++)
        out_set(n, i, y->dtype, n->in[i]->rank, n->in[i]->dim);
}

/* What has been broadcast gets the sum of what comes back. */
static Value *summed(Graph *g, const Node *n, Value *v, const Value *like)
{
    int64_t axis[MAX_RANK];
    int count = 0, shift = v->rank - like->rank;
    for (int i = 0; i < v->rank; i++)
        if (i < shift || (like->dim[i - shift] == 1 && v->dim[i] != 1))
            axis[count++] = i;
    if (count)
        v = op_now(g, "ReduceSum", n, 2, (Value *[]){v, value_ints(g, "axes", count, axis)});
    return value_same_dims(v, like) ? v : reshape_now(g, n, v, like->rank, like->dim);
}

/* What is made from xs, and what comes out of bodies, which may read anything. */
static bool *wanted_of(const Graph *g, const Node *n)
{
    bool *wanted = mem((size_t)g->nvalue);
    for (int i = 0; i < n->a.xs.n; i++)
        wanted[n->in[i]->id] = true;
    for (int i = 0; i < g->nnode; i++) {
        const Node *m = g->node[i];
        bool any = m->body[0] != NULL;
        for (int k = 0; k < m->nin; k++)
            any |= is_own(g, m->in[k]) && wanted[m->in[k]->id];
        for (int o = 0; o < m->nout; o++)
            if (is_own(g, m->out[o]))
                wanted[m->out[o]->id] |= any;
    }
    return wanted;
}

/* What layer m hands back to its inputs; grad[id] is what has come to a value so far. */
static bool hand_back(Graph *g, const Node *n, const Node *m, Value **grad, const bool *wanted)
{
    if (m->body[0])
        return false;
    if (!m->nin)
        return true;
    Value *in[] = {m->in[0], m->in[m->nin - 1], grad[m->out[0]->id]};
    for (int k = 0; k < m->nin; k++) {
        if (!is_own(g, m->in[k]) || !wanted[m->in[k]->id])
            continue;
        const char *rule = rule_of(m, k);
        if (!rule)
            return false;
        Value *part = summed(g, n, map_text(g, n->name, rule, 3, in, NULL), m->in[k]);
        Value **sum = &grad[m->in[k]->id];
        *sum = *sum ? map_text(g, n->name, "a + b", 2, (Value *[]){*sum, part}, NULL) : part;
    }
    return true;
}

void gradient_expand(Graph *g, Node *n)
{
    int count = g->nvalue, nodes = g->nnode;
    Value *y = target_of(g, n), **grad = mem((size_t)count * sizeof *grad);
    bool *wanted = wanted_of(g, n);
    grad[y->id] = expand_now(g, n, value_scalar(g, "one", y->dtype, 1), y->rank, y->dim);
    for (int i = nodes - 1; i >= 0; i--) {
        const Node *m = g->node[i];
        for (int o = 0; o < m->nout; o++)
            if (is_own(g, m->out[o]) && wanted[m->out[o]->id] && grad[m->out[o]->id] &&
                (o || !hand_back(g, n, m, grad, wanted))) {
                blocker(n, "elementwise operators of smooth functions have derivatives here",
                        "the derivative of node '%s' (%s) is not known", m->name, m->origin_ops);
                return;
            }
    }
    for (int i = 0; i < n->nout; i++) {
        Value *v = n->in[i];
        Value *d = grad[v->id] ? grad[v->id] : value_scalar(g, "none", v->dtype, 0);
        if (n->out[i] && value_same_dims(d, v))
            add_op(g, "Identity", n->name, 1, &d, n->out[i]);
        else if (n->out[i])
            add_op(g, "Expand", n->name, 2, (Value *[]){d, value_ints(g, "shape", v->rank, v->dim)},
                   n->out[i]);
    }
}
