/* SPDX-License-Identifier: MIT
 * declared.c - parameters that are read at run time, where the model states the shape they lead to.
 *
 * That shape settles them: Reshape to a shape nobody knows yet, with an output declared 2x12, can
 * only mean 2x12. canon puts the constant in the parameter's place, so that the rest of the
 * compiler never sees another, and a check beside it: NAME_run returns 2 when the data disagree. */
#include <inttypes.h>
#include <string.h>
#include "ops.h"

bool at_run_time(const Node *n, int i)
{
    return node_in(n, i) && !value_is_const(node_in(n, i));
}

bool declared_dims(const Node *n, int i, Ints *shape)
{
    const Value *d = i < n->nout && n->out[i] ? n->out[i]->declared : NULL;
    *shape = d ? (Ints){d->rank, mem_copy(d->dim, sizeof d->dim)} : (Ints){0};
    return d != NULL;
}

bool declared_shape(const Node *n, int i, Ints *shape)
{
    bool known = declared_dims(n, i, shape);
    for (int k = 0; k < shape->n; k++)
        known = known && shape->v[k] >= 0;
    return known;
}

/* The result probably has the shape of the inputs: where it has not, they are broadcast, the check that a wrong guess
 * leads to fails. */
static bool keeps_shape(const Node *n)
{
    return n->nout && n->out[0] && (n->op->cls == OP_MAP || node_is(n, "Identity"));
}

void declared_spread(Graph *g)
{
    for (int i = g->nnode - 1; i >= 0; i--) {
        Node *n = g->node[i];
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                declared_spread(n->body[b]);
        for (int k = 0; keeps_shape(n) && k < n->nin; k++)
            if (n->in[k] && !n->in[k]->declared)
                n->in[k]->declared = n->out[0]->declared;
    }
}

Value *op_now(Graph *g, const char *op, const Node *n, int nin, Value **in)
{
    Value *out = add_op(g, op, n->name, nin, in, NULL);
    Node *now = g->node[g->nnode - 1];
    infer_node(g, now);
    if (out->rank < 0) /* refused */
        return out;
    if (now->op->cls == OP_MAP)
        map_make(g, now);
    if (fold_node(g, now))
        g->nnode--;
    return out;
}

Value *as_int64(Graph *g, const Node *n, Value *v)
{
    return convert_to(g, n, v, DT_INT64, NULL);
}

Value *element_of(Graph *g, const Node *n, Value *v, int i)
{
    return op_now(g, "Gather", n, 2, (Value *[]){v, value_scalar(g, "at", DT_INT64, i)});
}

void node_replaced(Graph *g, Node *n, Value *with)
{
    add_op(g, "Identity", n->name, 1, &with, n->out[0]);
    n->nout = 0;
}

/* An If without outputs, whose else-branch is refused: all that runs on is the empty other one. */
void require(Graph *g, const Node *n, Value *ok, const char *why)
{
    if (value_count(ok) != 1)
        ok = op_now(g, "ReduceMin", n, 1, &ok);
    if (value_is_const(ok)) {
        if (!value_at(ok, 0))
            blocker(n, NULL, "%s", why);
        return;
    }
    Node *check = graph_add(g, node_new(g, "If", n->name, 1, &ok, 0, NULL));
    for (int b = 0; b < 2; b++)
        check->body[b] = graph_new(g);
    check->refused = why;
}

static const char *disagrees(const Node *n, int i)
{
    return text("'%s' does not give the shape that is declared", n->in[i]->name);
}

void settle(Graph *g, Node *n, int i, Ints want, const char *holds, const int64_t *other)
{
    Value *in[3] = {n->in[i], value_ints(g, "declared", want.n, want.v)};
    Value *constant = in[1];
    if (value_count(in[0]) != want.n) {
        blocker(n, NULL, "'%s' has %s elements, which do not lead to the shape that is declared",
                in[0]->name, dims_text(in[0]));
        return;
    }
    in[0] = as_int64(g, n, in[0]);
    if (other)
        in[2] = value_ints(g, "other", want.n, other);
    if (want.n)
        require(g, n, map_text(g, n->name, holds, other ? 3 : 2, in, NULL), disagrees(n, i));
    n->in[i] = constant;
}

/* ---- axes ---------------------------------------------------------------------------------- */

/* The set of axes that v lists, as a number with a bit for each; those outside of the rank add nothing. */
static Value *axes_bits(Graph *g, const Node *n, Value *v, int rank)
{
    int64_t bit[MAX_RANK];
    for (int i = 0; i < rank; i++)
        bit[i] = INT64_C(1) << i;
    Value *axis = as_int64(g, n, v);
    Value *in[] = {axis,
                   op_now(g, "Gather", n, 2, (Value *[]){value_ints(g, "bits", rank, bit), axis})};
    const char *inside = text("a >= %d && a < %d ? b : 0", -rank, rank);
    Value *bits = map_text(g, n->name, inside, 2, in, NULL);
    return op_now(g, "ReduceSum", n, 1, &bits);
}

static int bits_in(int64_t set)
{
    int count = 0;
    for (; set; set &= set - 1)
        count++;
    return count;
}

/* "a == 2 || a == 4": a is one of the sets. */
static const char *one_of(int count, const int64_t *set)
{
    const char *s = "";
    for (int i = 0; i < count; i++)
        s = text("%s%sa == %" PRId64, s, i ? " || " : "", set[i]);
    return s;
}

static Ints axes_of(int64_t set)
{
    Ints axes = {0};
    for (int i = 0; i < MAX_RANK; i++)
        if (set >> i & 1)
            PUSH(axes.v, axes.n, i);
    return axes;
}

/* Sets of as many different axes as in[i] has elements add up to numbers with as many bits; a list with an axis twice,
 * or outside, never does. */
int axes_sets(const Node *n, int i, int rank, bool (*fits)(const Node *, int64_t, const Ints *),
              int64_t *set)
{
    Ints shape;
    int count = 0;
    if (!declared_shape(n, 0, &shape))
        return 0;
    for (int64_t s = 0; s < INT64_C(1) << rank; s++)
        if (bits_in(s) == value_count(n->in[i]) && fits(n, s, &shape))
            set[count++] = s;
    return count;
}

Value *axes_require(Graph *g, Node *n, int i, int rank, int count, const int64_t *set)
{
    Value *bits = axes_bits(g, n, n->in[i], rank);
    require(g, n, map_text(g, n->name, one_of(count, set), 1, &bits, NULL), disagrees(n, i));
    return bits;
}

Value *axes_among(Graph *g, const Node *n, Value *bits, int count, const int64_t *set)
{
    return map_text(g, n->name, one_of(count, set), 1, &bits, NULL);
}

void axes_take(Graph *g, Node *n, int i, int64_t set)
{
    Ints axes = axes_of(set);
    n->in[i] = value_ints(g, "axes", axes.n, axes.v);
}

void axes_settle(Graph *g, Node *n, int i, int rank,
                 bool (*fits)(const Node *, int64_t, const Ints *))
{
    int64_t set[1 << MAX_RANK];
    int count = at_run_time(n, i) && rank <= MAX_RANK ? axes_sets(n, i, rank, fits, set) : 0;
    if (!count)
        return;
    axes_require(g, n, i, rank, count, set);
    axes_take(g, n, i, set[0]);
}

Value *axes_apply(Graph *g, const Node *n, int i, int64_t set)
{
    Value *out = value_new(g, n->out[0]->name, DT_NONE, -1, NULL);
    Node *same = graph_add(g, node_new(g, n->op->name, n->name, n->nin, n->in, 1, &out));
    same->a = n->a;
    axes_take(g, same, i, set);
    return out;
}

/* For every axis k, the element of v at the place where axes lists k, and that of `other` where it does not:
 *     hit[k][i] = axes[i] is k,    result[k] = sum over i of hit[k][i] * v[i]  */
Value *axes_spread(Graph *g, const Node *n, Value *axes, Value *v, Value *other)
{
    int rank = n->in[0]->rank;
    Value *in[] = {as_int64(g, n, axes), positions(g, DT_INT64, 0, rank, 1), v, other};
    const char *hit = text("a == b || a + %d == b", rank);
    Value *hits = map_text(g, n->name, text("%s ? 1 : 0", hit), 2, in, NULL);
    Value *parts = map_text(g, n->name, text("%s ? c : 0", hit), 3, in, NULL);
    Value *axis = value_ints(g, "axis", 1, &(int64_t){1}), *sum[3];
    for (int i = 0; i < 2; i++) {
        sum[i] = op_now(g, "ReduceSum", n, 2, (Value *[]){i ? parts : hits, axis});
        sum[i] = op_now(g, "Reshape", n, 2,
                        (Value *[]){sum[i], value_ints(g, "shape", 1, &(int64_t){rank})});
    }
    sum[2] = op_now(g, "ReduceSum", n, 1, sum);
    const char *valid = text("a <= 1 && c == %" PRId64, value_count(axes));
    require(g, n, map_text(g, n->name, valid, 3, sum, NULL),
            "an axis is listed twice, or there is none such");
    sum[2] = other;
    return map_text(g, n->name, "a > 0 ? b : c", 3, sum, NULL);
}
