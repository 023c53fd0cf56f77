/* SPDX-License-Identifier: MIT
 * list.c - sequences and optionals. How many tensors one holds, and of what shapes, is known while
 * compiling; so a list is a Value that only names others (its items), operators on lists just name
 * them anew, and when infer is done no list and no such operator is left. */
#include <inttypes.h>
#include <string.h>
#include "ops.h"

enum { PARTS_MOST = 1 << 14 };

void list_copy(Value *to, const Value *from)
{
    to->kind = from->kind;
    to->dtype = from->dtype;
    to->rank = 0;
    to->producer = NULL;
    to->item = NULL;
    to->nitem = 0;
    for (int i = 0; i < from->nitem; i++)
        PUSH(to->item, to->nitem, from->item[i]);
}

bool list_given(Node *n)
{
    for (int i = 0; i < n->nin; i++)
        if (n->in[i] && n->in[i]->kind != TENSOR)
            return true;
    return false;
}

/* The output becomes an empty list. */
static Value *list_out(Node *n, Kind kind, DType t)
{
    list_copy(n->out[0], &(Value){.kind = kind, .dtype = t});
    return n->out[0];
}

static void list_add(Value *list, Value *v)
{
    PUSH(list->item, list->nitem, v);
}

static bool is_sequence(const Node *n, int i)
{
    if (n->in[i]->kind == SEQUENCE)
        return true;
    blocker(n, NULL, "'%s' is not a sequence", n->in[i]->name);
    return false;
}

/* The node's output is v itself, a tensor or a list. */
static void is_item(Graph *g, Node *n, Value *v)
{
    if (v->kind == TENSOR && v->rank < 0)
        blocker(n, NULL, "the size of '%s' is not known at compile time", v->name);
    else
        graph_add(g, node_new(g, "Identity", n->name, 1, &v, 1, n->out));
}

static void is_number(Graph *g, Node *n, DType t, int64_t number)
{
    is_item(g, n, value_scalar(g, n->out[0]->name, t, (double)number));
}

/* Input i, a place in a list of `length` places, negative from the end; absent: `usual`. -1 and a blocker otherwise. */
static int64_t position(const Node *n, int i, int64_t length, int64_t usual)
{
    const Value *v = node_in(n, i);
    if (!v)
        return usual;
    if (!value_is_const(v) || value_count(v) != 1) {
        blocker(n, "the position must follow from the model alone",
                "the position '%s' is not known at compile time", v->name);
        return -1;
    }
    int64_t at = value_int_at(v, 0), count = n->in[0]->nitem;
    at += at < 0 ? count : 0;
    if (at >= 0 && at < length)
        return at;
    blocker(n, NULL, "position %" PRId64 " is outside of a sequence of %" PRId64,
            value_int_at(v, 0), count);
    return -1;
}

/* ---- sequences --------------------------------------------------------------------------------- */

void sequence_construct_infer(Graph *g, Node *n)
{
    (void)g;
    Value *list = list_out(n, SEQUENCE, n->nin ? n->in[0]->dtype : (DType)n->a.dtype);
    for (int i = 0; i < n->nin; i++)
        list_add(list, n->in[i]);
}

/* The only place where inserting in[1] gives the shapes that are declared; -1: there is none, or several. */
static int64_t place_declared(const Node *n)
{
    const Value *from = n->in[0], *d = n->out[0]->declared;
    int64_t place = -1;
    if (!d || d->kind != SEQUENCE || d->nitem != from->nitem + 1)
        return -1;
    for (int at = 0; at <= from->nitem; at++) {
        bool fits = true;
        for (int i = 0; i < d->nitem; i++)
            fits = fits && value_same_dims(d->item[i], i < at    ? from->item[i]
                                                       : i == at ? n->in[1]
                                                                 : from->item[i - 1]);
        if (fits && place >= 0)
            return -1;
        place = fits ? at : place;
    }
    return place;
}

void sequence_insert_infer(Graph *g, Node *n)
{
    if (!is_sequence(n, 0))
        return;
    int64_t place = at_run_time(n, 2) ? place_declared(n) : -1, other = place - n->in[0]->nitem;
    if (place >= 0)
        settle(g, n, 2, (Ints){1, &place}, "a == b || a == c", &other);
    const Value *from = n->in[0];
    int64_t at = position(n, 2, from->nitem + 1, from->nitem);
    if (at < 0)
        return;
    Value *list = list_out(n, SEQUENCE, from->dtype);
    for (int i = 0; i <= from->nitem; i++)
        list_add(list, i < at ? from->item[i] : i == at ? n->in[1] : from->item[i - 1]);
}

void sequence_erase_infer(Graph *g, Node *n)
{
    (void)g;
    if (!is_sequence(n, 0))
        return;
    const Value *from = n->in[0];
    int64_t at = position(n, 1, from->nitem, from->nitem - 1);
    if (at < 0 && !node_in(n, 1))
        blocker(n, NULL, "'%s' is empty", from->name);
    if (at < 0)
        return;
    Value *list = list_out(n, SEQUENCE, from->dtype);
    for (int i = 0; i < from->nitem; i++)
        if (i != at)
            list_add(list, from->item[i]);
}

void sequence_at_infer(Graph *g, Node *n)
{
    if (!is_sequence(n, 0))
        return;
    int64_t at = position(n, 1, n->in[0]->nitem, 0);
    if (at >= 0)
        is_item(g, n, n->in[0]->item[at]);
}

void sequence_length_infer(Graph *g, Node *n)
{
    if (is_sequence(n, 0))
        is_number(g, n, DT_INT64, n->in[0]->nitem);
}

/* ---- splitting and joining --------------------------------------------------------------------- */

static bool not_too_many(const Node *n, int64_t parts)
{
    if (parts > PARTS_MOST)
        blocker(n, NULL, "a sequence of %" PRId64 " tensors is not supported", parts);
    return parts <= PARTS_MOST;
}

/* All of one length, but for the last. */
static bool parts_equal(const Node *n, int64_t dim, int64_t each, Ints *part)
{
    if (each < 1)
        blocker(n, NULL, "the parts have %" PRId64 " elements", each);
    if (each < 1 || !not_too_many(n, dim / each))
        return false;
    for (int64_t at = 0; at < dim; at += part->v[part->n - 1])
        PUSH(part->v, part->n, MIN(each, dim - at));
    return true;
}

/* The lengths that the declared tensors imply where the split is read at run time; it is checked to lead to them. */
static bool parts_declared(Graph *g, Node *n, int axis, Ints *part)
{
    const Value *d = n->out[0]->declared, *x = n->in[0];
    int64_t sum = 0;
    *part = (Ints){0};
    if (!at_run_time(n, 1) || !d || d->kind != SEQUENCE || !d->nitem)
        return false;
    for (int i = 0; i < d->nitem; i++) {
        if (d->item[i]->rank != x->rank || d->item[i]->dim[axis] < 0)
            return false;
        PUSH(part->v, part->n, d->item[i]->dim[axis]);
        sum += part->v[i];
    }
    if (sum != x->dim[axis])
        return false;
    bool scalar = n->in[1]->rank == 0;
    for (int i = 0; scalar && i < part->n; i++)
        if (i + 1 < part->n ? part->v[i] != part->v[0] : part->v[i] > part->v[0])
            return false;
    settle(g, n, 1, scalar ? (Ints){1, part->v} : *part, "a == b", NULL);
    return true;
}

/* How long each part is; -1 for all: their number is known, but not they. */
static bool parts_of(const Node *n, int64_t dim, Ints *part)
{
    const Value *split = node_in(n, 1);
    int64_t sum = 0;
    *part = (Ints){0};
    if (!split)
        return parts_equal(n, dim, 1, part);
    if (split->rank > 1 || (split->rank == 0 && !split->data)) {
        blocker(n, NULL, "the length '%s' of the parts is not known at compile time", split->name);
        return false;
    }
    if (split->rank == 0)
        return parts_equal(n, dim, value_int_at(split, 0), part);
    if (!not_too_many(n, split->dim[0]))
        return false;
    for (int i = 0; i < split->dim[0]; i++) {
        int64_t length = split->data ? value_int_at(split, i) : -1;
        PUSH(part->v, part->n, length);
        sum = length < 0 || length > dim ? dim + 1 : MIN(sum + length, dim + 1);
    }
    if (split->data && sum != dim)
        blocker(n, NULL, "the parts do not add up to the %" PRId64 " elements of the axis", dim);
    return !split->data || sum == dim;
}

void split_to_sequence_infer(Graph *g, Node *n)
{
    Value *x = n->in[0];
    Ints part;
    int axis = axis_norm(g, n, n->a.axis, x->rank);
    if (axis < 0 || (!parts_declared(g, n, axis, &part) && !parts_of(n, x->dim[axis], &part)))
        return;
    Value *list = list_out(n, SEQUENCE, x->dtype),
          *none = value_ints(g, "axis", 1, &(int64_t){axis});
    int64_t at = 0;
    for (int i = 0; i < part.n; at += part.v[i], i++) {
        Value *v = value_new(g, text("%s_%d", n->out[0]->name, i), DT_NONE, -1, NULL);
        list_add(list, v);
        if (part.v[i] < 0)
            continue;
        bool squeeze = !n->a.keepdims && !node_in(n, 1);
        Value *slice =
            slice_to(g, n, x, axis, (int64_t[]){at, at + part.v[i], 1}, squeeze ? NULL : v);
        if (squeeze)
            add_op(g, "Squeeze", n->name, 2, (Value *[]){slice, none}, v);
    }
}

void concat_from_sequence_infer(Graph *g, Node *n)
{
    if (!is_sequence(n, 0))
        return;
    const Value *list = n->in[0];
    Value **part = mem(((size_t)list->nitem + 1) * sizeof *part);
    bool fresh = n->a.new_axis != 0;
    if (!n->a.has[A_axis] || !list->nitem) {
        blocker(n, NULL, list->nitem ? "attribute 'axis' is missing" : "the sequence is empty");
        return;
    }
    Value *axis = value_ints(g, "axis", 1, &n->a.axis);
    for (int i = 0; i < list->nitem; i++) {
        if (list->item[i]->rank < 0 || list->item[i]->kind != TENSOR) {
            blocker(n, NULL, "the size of '%s' is not known at compile time", list->item[i]->name);
            return;
        }
        part[i] = !fresh
                      ? list->item[i]
                      : add_op(g, "Unsqueeze", n->name, 2, (Value *[]){list->item[i], axis}, NULL);
    }
    add_op(g, "Concat", n->name, list->nitem, part, n->out[0]);
    g->node[g->nnode - 1]->a.axis = n->a.axis;
}

/* ---- SequenceMap ------------------------------------------------------------------------------- */

void sequence_map_infer(Graph *g, Node *n)
{
    const Graph *body = n->body[0];
    const Value *list = n->in[0];
    int blockers = blockers_count();
    if (!body || body->nin != n->nin || body->nout < n->nout) {
        blocker(n, NULL, "its body is missing or does not have %d inputs and %d outputs", n->nin,
                n->nout);
        return;
    }
    if (!is_sequence(n, 0) || !body_repeats(g, n, body, list->nitem))
        return;
    for (int k = 0; k < n->nout; k++)
        if (n->out[k])
            list_copy(n->out[k], &(Value){.kind = SEQUENCE});
    Value **given = mem((size_t)n->nin * sizeof *given);
    for (int i = 0; i < list->nitem && blockers_count() == blockers; i++) {
        for (int k = 0; k < n->nin; k++) {
            given[k] = n->in[k];
            if (given[k]->kind != SEQUENCE)
                continue;
            if (given[k]->nitem != list->nitem) {
                blocker(n, NULL, "'%s' holds %d tensors, not %d", given[k]->name, given[k]->nitem,
                        list->nitem);
                return;
            }
            given[k] = given[k]->item[i];
        }
        Value **got = body_apply(g, body, given);
        for (int k = 0; k < n->nout; k++)
            if (n->out[k])
                list_add(n->out[k], got[k]);
    }
}

/* ---- optionals --------------------------------------------------------------------------------- */

void optional_infer(Graph *g, Node *n)
{
    (void)g;
    Value *list = list_out(n, OPTIONAL, n->nin ? n->in[0]->dtype : DT_NONE);
    if (n->nin && n->in[0])
        list_add(list, n->in[0]);
}

void optional_has_infer(Graph *g, Node *n)
{
    const Value *v = node_in(n, 0);
    is_number(g, n, DT_BOOL, v && (v->kind != OPTIONAL || v->nitem));
}

void optional_get_infer(Graph *g, Node *n)
{
    Value *v = n->in[0];
    if (v->kind == OPTIONAL && !v->nitem)
        blocker(n, NULL, "'%s' is empty", v->name);
    else
        is_item(g, n, v->kind == OPTIONAL ? v->item[0] : v);
}

/* ---- outputs ----------------------------------------------------------------------------------- */

/* The tensors of v become outputs, named as v is when it holds just one that is optional. */
static void output_add(Compiler *c, const char *name, Value *v)
{
    int n = c->graph->nout;
    if (v->kind == TENSOR) {
        if (v->rank < 0)
            blocker(NULL, NULL, "the size of output '%s' is not known at compile time", name);
        PUSH(c->graph->out, c->graph->nout, v);
        PUSH(c->out_name, n, name);
        return;
    }
    for (int i = 0; i < v->nitem; i++)
        output_add(c, v->kind == OPTIONAL ? name : text("%s_%d", name, i), v->item[i]);
}

void lists_dissolve(Compiler *c)
{
    Graph *g = c->graph;
    Value **out = g->out;
    int count = g->nout;
    g->out = NULL;
    g->nout = 0;
    for (int i = 0; i < count; i++) {
        int before = g->nout;
        output_add(c, out[i]->name, out[i]);
        PUSH(c->out_port, c->nout_port,
             ((Port){out[i]->name, out[i]->kind != TENSOR, g->nout - before}));
    }
}
