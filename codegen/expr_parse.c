/* SPDX-License-Identifier: MIT
 * expr_parse.c - the little language of ops.def rows: C's operators ?: || && comparisons + - * / unary - !, numbers,
 * function calls (fn.def), a b c ... for the inputs, and attribute names for their values. A parser by precedence. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "dnncc.h"

typedef struct Parser {
    const char *all, *p;
    const Node *n;
} Parser;

static Expr *parse(Parser *s, int level);

_Noreturn static void bad(const Parser *s, const char *what)
{
    BUG("expression '%s', at '%s': %s", s->all, s->p, what);
}

static void blanks(Parser *s)
{
    while (isspace((unsigned char)*s->p))
        s->p++;
}

static bool accept(Parser *s, const char *token)
{
    blanks(s);
    size_t n = strlen(token);
    if (strncmp(s->p, token, n))
        return false;
    if (n == 1 && strchr("<>=!", *token) && s->p[1] == '=') /* "<" is not the start of "<=" */
        return false;
    s->p += n;
    return true;
}

static void expect(Parser *s, const char *token)
{
    if (!accept(s, token))
        bad(s, token);
}

/* Value of a numeric attribute of the node. */
static Expr *attribute(Parser *s, const char *name)
{
    const Attrs *a = &s->n->a;
#define GET_I(v) expr_const(DT_NONE, (double)(v))
#define GET_F(v) expr_const(DT_NONE, (double)(v))
#define GET_S(v) ((void)(v), NULL)
#define GET_Is(v) ((void)(v), NULL)
#define GET_Fs(v) ((void)(v), NULL)
#define GET_Ss(v) ((void)(v), NULL)
#define GET_T(v) ((void)(v), NULL)
#define GET_G(v) ((void)(v), NULL)
#define GET_P(v) ((void)(v), NULL)
#define ATTR(kind, id)      \
    if (!strcmp(name, #id)) \
        return GET_##kind(a->id);
#include "attrs.def"
#undef ATTR
    bad(s, "unknown name");
}

static Expr *input(Parser *s, int k)
{
    const Value *v = node_in(s->n, k);
    if (!v)
        bad(s, "an input that the node does not have");
    return expr_leaf(k, v->dtype);
}

static Expr *name(Parser *s)
{
    const char *start = s->p;
    while (isalnum((unsigned char)*s->p) || *s->p == '_')
        s->p++;
    const char *id = text("%.*s", (int)(s->p - start), start);
    if (accept(s, "(")) {
        int fn = fn_find(id), n = 0;
        Expr *arg[3];
        if (fn < 0)
            bad(s, "unknown function");
        do {
            if (n == 3)
                bad(s, "too many arguments");
            arg[n++] = parse(s, 0);
        } while (accept(s, ","));
        expect(s, ")");
        return expr_call((FnId)fn, n, arg);
    }
    if (!id[1] && *id >= 'a' && *id <= 'h')
        return input(s, *id - 'a');
    return attribute(s, id);
}

static Expr *primary(Parser *s)
{
    blanks(s);
    if (accept(s, "-"))
        return expr_call(FN_neg, 1, (Expr *[]){primary(s)});
    if (accept(s, "!"))
        return expr_call(FN_not, 1, (Expr *[]){primary(s)});
    if (accept(s, "(")) {
        Expr *e = parse(s, 0);
        expect(s, ")");
        return e;
    }
    if (isdigit((unsigned char)*s->p)) {
        char *end;
        double v = strtod(s->p, &end);
        s->p = end;
        return expr_const(DT_NONE, v);
    }
    return name(s);
}

/* Binary operators by level of precedence, loosest first; level 0 is the conditional. */
static const struct {
    const char *token;
    int level;
    FnId fn;
} operators[] = {
    {"||", 1, FN_or}, {"&&", 2, FN_and}, {"<=", 3, FN_le}, {">=", 3, FN_ge},
    {"==", 3, FN_eq}, {"!=", 3, FN_ne},  {"<", 3, FN_lt},  {">", 3, FN_gt},
    {"+", 4, FN_add}, {"-", 4, FN_sub},  {"*", 5, FN_mul}, {"/", 5, FN_div},
};

static int operator_here(Parser *s, int level)
{
    for (size_t i = 0; i < COUNT(operators); i++)
        if (operators[i].level == level && accept(s, operators[i].token))
            return (int)i;
    return -1;
}

static Expr *parse(Parser *s, int level)
{
    if (level > 5)
        return primary(s);
    Expr *e = parse(s, level + 1);
    if (level == 0) {
        if (!accept(s, "?"))
            return e;
        Expr *yes = parse(s, 0);
        expect(s, ":");
        return expr_call(FN_sel, 3, (Expr *[]){e, yes, parse(s, 0)});
    }
    for (int i; (i = operator_here(s, level)) >= 0;)
        e = expr_call(operators[i].fn, 2, (Expr *[]){e, parse(s, level + 1)});
    return e;
}

Expr *expr_parse(const char *all, const Node *n)
{
    Parser s = {.all = all, .p = all, .n = n};
    Expr *e = parse(&s, 0);
    blanks(&s);
    if (*s.p)
        bad(&s, "end expected");
    if (e->dtype == DT_NONE && n->nin)
        e = expr_cast(e, n->in[0]->dtype);
    return e;
}
