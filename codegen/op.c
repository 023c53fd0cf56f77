/* SPDX-License-Identifier: MIT
 * op.c - the operator table: ops.def as an array of rows, look-ups in it, attribute defaults, and the step from an
 * elementwise row to a Map node. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "ops/ops.h"

#define MAP(id, n, attributes, text) \
    {.name = #id,                    \
     .domain = DOMAIN,               \
     .cls = OP_MAP,                  \
     .min_in = n,                    \
     .max_in = n,                    \
     .min_out = 1,                   \
     .max_out = 1,                   \
     .attrs = attributes,            \
     .expr = text,                   \
     .canon = broadcast_canon,       \
     .infer = map_infer,             \
     .extents = extents_map,         \
     .fold = map_fold},
#define MAPS(id, attributes, text, ...) \
    {.name = #id,                       \
     .domain = DOMAIN,                  \
     .cls = OP_MAP,                     \
     .min_out = 1,                      \
     .max_out = 1,                      \
     .attrs = attributes,               \
     .expr = text,                      \
     .infer = map_infer,                \
     .extents = extents_map,            \
     .fold = map_fold,                  \
     __VA_ARGS__},
#define VARIADIC(id, text)   \
    {.name = #id,            \
     .domain = DOMAIN,       \
     .cls = OP_MAP,          \
     .min_in = 1,            \
     .max_in = -1,           \
     .min_out = 1,           \
     .max_out = 1,           \
     .attrs = "",            \
     .expr = text,           \
     .infer = map_infer,     \
     .extents = extents_map, \
     .fold = map_fold},
#define OP(id, class, least, most, outs, attributes, ...) \
    {.name = #id,                                         \
     .domain = DOMAIN,                                    \
     .cls = OP_##class,                                   \
     .min_in = least,                                     \
     .max_in = most,                                      \
     .min_out = 1,                                        \
     .max_out = outs,                                     \
     .attrs = attributes,                                 \
     __VA_ARGS__},

static const Op ops[] = {
#include "ops.def"
};
#undef DOMAIN

const Op *op_row(int i)
{
    return i >= 0 && i < (int)COUNT(ops) ? &ops[i] : NULL;
}

const Op *op_find(const char *domain, const char *name)
{
    for (size_t i = 0; i < COUNT(ops); i++)
        if (!strcmp(ops[i].name, name) && !strcmp(ops[i].domain, domain))
            return &ops[i];
    return NULL;
}

bool node_is(const Node *n, const char *op)
{
    return !strcmp(n->op->name, op);
}

/* The place of attribute `name` in a row's list "group=1 pads strides", or NULL. */
static const char *listed(const char *attrs, const char *name)
{
    size_t len = strlen(name);
    for (const char *p = attrs; *p;) {
        if (!strncmp(p, name, len) && strchr("= ", p[len])) /* strchr also finds the end */
            return p;
        p += strcspn(p, " ");
        p += strspn(p, " ");
    }
    return NULL;
}

bool attr_accepted(const Op *op, const char *name)
{
    return listed(op->attrs, name) != NULL;
}

#define DEFAULT_I(field, s) field = strtoll(s, NULL, 10)
#define DEFAULT_F(field, s) field = strtof(s, NULL)
#define DEFAULT_S(field, s) field = text("%.*s", (int)strcspn(s, " "), s)
#define DEFAULT_Is(field, s) (void)(s)
#define DEFAULT_Fs(field, s) (void)(s)
#define DEFAULT_Ss(field, s) (void)(s)
#define DEFAULT_T(field, s) (void)(s)
#define DEFAULT_G(field, s) (void)(s)
#define DEFAULT_P(field, s) (void)(s)

void attrs_default(Node *n)
{
    const char *at;
#define ATTR(kind, name)                   \
    at = listed(n->op->attrs, #name);      \
    if (at && at[sizeof #name - 1] == '=') \
        DEFAULT_##kind(n->a.name, at + sizeof #name);
#include "attrs.def"
#undef ATTR
}

/* ---- elementwise rows ------------------------------------------------------------------------------------------ */

/* Max(a, b, c) is max(max(a, b), c): the row's text holds for a and b, the rest is folded in. Mean divides at the end. */
static Expr *variadic_expr(const Node *n)
{
    Expr *e = expr_leaf(0, n->in[0]->dtype);
    if (n->nin > 1) {
        Expr *pair = expr_parse(n->op->expr, n);
        for (int i = 1; i < n->nin; i++) {
            Expr *next = expr_renumber(pair, (int[]){0, i});
            e = i == 1 ? next : expr_substitute(next, 0, e);
        }
    }
    if (node_is(n, "Mean"))
        e = expr_call(FN_div, 2, (Expr *[]){e, expr_const(DT_NONE, n->nin)});
    return e;
}

Expr *map_expr(const Node *n)
{
    if (n->expr)
        return n->expr;
    if (n->op->expr_of)
        return n->op->expr_of(n);
    return n->op->max_in < 0 ? variadic_expr(n) : expr_parse(n->op->expr, n);
}

/* From here on the node is a Map; its ONNX name stays, for comments and reports. */
void map_make(Graph *g, Node *n)
{
    (void)g;
    Expr *e = map_expr(n);
    n->origin_ops = n->op->name;
    n->op = op_find("", "Map");
    n->expr = e;
}

static bool defined_for(const Expr *e)
{
    for (int i = 0; i < e->nargs; i++)
        if (!defined_for(e->arg[i]))
            return false;
    return e->kind != EX_CALL || fn_defined(e->fn, e->arg[e->fn == FN_sel]->dtype);
}

/* ONNX converts nothing by itself. Only these few take inputs of several types; a Map is ours. */
static bool types_agree(const Node *n)
{
    const Value *first = node_in(n, node_is(n, "Where"));
    bool any = node_is(n, "Map") || node_is(n, "Pow") || node_is(n, "CastLike");
    for (int i = node_is(n, "Where"); i < n->nin && !any; i++)
        if (n->in[i] && n->in[i]->dtype != first->dtype) {
            blocker(n, "add a Cast", "inputs '%s' and '%s' are of types %s and %s", first->name,
                    n->in[i]->name, dtype_name(first->dtype), dtype_name(n->in[i]->dtype));
            return false;
        }
    return true;
}

void map_infer(Graph *g, Node *n)
{
    if (!types_agree(n))
        return;
    const Expr *e = map_expr(n);
    if (!defined_for(e)) {
        blocker(n, NULL, "%s is not defined for %s", n->op->name, dtype_name(n->in[0]->dtype));
        return;
    }
    if (infer_broadcast(g, n, n->out[0], n->nin, n->in))
        n->out[0]->dtype = e->dtype;
}

Value *add_op(Graph *g, const char *op, const char *name, int nin, Value **in, Value *out)
{
    if (!out)
        out = value_new(g, text("%s/%s", name, op), DT_NONE, -1, NULL);
    graph_add(g, node_new(g, op, name, nin, in, 1, &out));
    return out;
}

Value *map_text(Graph *g, const char *name, const char *expr, int nin, Value **in, Value *out)
{
    out = add_op(g, "Map", name, nin, in, out);
    Node *n = g->node[g->nnode - 1];
    n->expr = expr_parse(expr, n);
    infer_node(g, n);
    if (fold_node(g, n))
        g->nnode--;
    return out;
}
