/* SPDX-License-Identifier: MIT
 * expr.c - elementwise expressions: building, simplifying, evaluating and rewriting them.
 *
 * Every elementwise operator is an expression over its inputs; fusion substitutes one into another, so that a chain of
 * operators is one expression (a DAG: shared parts keep their identity). Three readers follow: the evaluator here
 * folds constants, expr_scalar and expr_vector (expr_c.c) print C. */
#include <math.h>
#include <string.h>
#include "dnncc.h"

typedef struct FnRow {
    const char *name;
    int arity;
    char kind;
} FnRow;

static const FnRow fns[] = {
#define FN(name, arity, kind, ftext, itext, feval, ieval) {#name, arity, kind},
#include "fn.def"
#undef FN
};

int fn_find(const char *name)
{
    for (size_t i = 0; i < COUNT(fns); i++)
        if (!strcmp(fns[i].name, name))
            return (int)i;
    return -1;
}

const char *fn_name(FnId fn)
{
    return fns[fn].name;
}

int fn_arity(FnId fn)
{
    return fns[fn].arity;
}

Expr *expr_leaf(int leaf, DType t)
{
    Expr *e = mem(sizeof *e);
    *e = (Expr){.kind = EX_LEAF, .dtype = t, .leaf = leaf};
    return e;
}

Expr *expr_const(DType t, double v)
{
    Expr *e = mem(sizeof *e);
    *e = (Expr){.kind = EX_CONST,
                .dtype = t,
                .f = v,
                .i = fabs(v) < 0x1p63 ? (int64_t)v : INT64_MIN};
    return e;
}

/* ---- evaluation ------------------------------------------------------------------------------------------------ */

/* Bring a result into the range and precision of its type. */
static Num wrap(DType t, Num x)
{
    if (t == DT_FLOAT)
        return (Num){.f = (float)x.f};
    uint64_t cell[1] = {0};
    Value v = {.dtype = t, .data = cell};
    if (t == DT_NONE)
        return x;
    data_put(cell, t, 0, x.f, x.i);
    if (dtype_is_float(t))
        return (Num){.f = value_at(&v, 0)};
    return (Num){.i = value_int_at(&v, 0)};
}

/* v without its mantissa, after something was added to that. */
static double power_of_2(double v, uint32_t add)
{
    float f = (float)v;
    uint32_t u;
    memcpy(&u, &f, 4);
    if ((u & 0x7f800000) != 0x7f800000)
        u = (u + add) & 0xff800000;
    memcpy(&f, &u, 4);
    return f;
}

static Num eval_fn(FnId fn, DType t, Num x, Num y, Num z)
{
    Num r = {0};
    if (dtype_is_float(t) || t == DT_NONE) {
        double a = x.f, b = y.f, c = z.f;
        (void)a, (void)b, (void)c;
        switch (fn) {
#define FN(name, arity, kind, ftext, itext, feval, ieval) \
    case FN_##name:                                       \
        r.f = (feval);                                    \
        break;
#include "fn.def"
#undef FN
        default: BUG("function %d", fn);
        }
        return r;
    }
    int64_t a = x.i, b = y.i, c = z.i;
    (void)a, (void)b, (void)c;
    switch (fn) {
#define FN(name, arity, kind, ftext, itext, feval, ieval) \
    case FN_##name:                                       \
        r.i = (ieval);                                    \
        break;
#include "fn.def"
#undef FN
    default: BUG("function %d", fn);
    }
    return r;
}

/* The functions whose meaning differs for integers above INT64_MAX. */
static bool eval_u64(FnId fn, uint64_t a, uint64_t b, Num *r)
{
    switch (fn) {
    case FN_lt: r->i = a < b; return true;
    case FN_le: r->i = a <= b; return true;
    case FN_gt: r->i = a > b; return true;
    case FN_ge: r->i = a >= b; return true;
    case FN_max: r->i = (int64_t)(a > b ? a : b); return true;
    case FN_min: r->i = (int64_t)(a < b ? a : b); return true;
    case FN_div: r->i = b ? (int64_t)(a / b) : 0; return true;
    case FN_mod:
    case FN_fmod: r->i = b ? (int64_t)(a % b) : 0; return true;
    case FN_pow: r->i = (int64_t)pow((double)a, (double)b); return true;
    default: return false;
    }
}

static Num eval_call(const Expr *e, Num x, Num y, Num z)
{
    const Expr *typed =
        e->arg[e->fn == FN_sel ? 1 : 0]; /* operands decide how it is computed, not the result */
    bool is_float = dtype_is_float(typed->dtype) || typed->dtype == DT_NONE;
    Num r;
    if (e->fn == FN_sel)
        return x.i ? y : z;
    if (typed->dtype == DT_UINT64 && eval_u64(e->fn, (uint64_t)x.i, (uint64_t)y.i, &r))
        return r;
    r = eval_fn(e->fn, typed->dtype, x, y, z);
    if (is_float && fns[e->fn].kind == 'c')
        r.i = r.f != 0;
    return r;
}

/* float -> integer truncates; what does not fit becomes what x86 conversions give. */
static int64_t to_integer(double d, DType t)
{
    if (t == DT_BOOL)
        return d != 0;
    if (t == DT_UINT64 && d >= 0x1p63 && d < 0x1p64)
        return (int64_t)(uint64_t)d;
    if (t == DT_INT64 || t == DT_UINT64 || t == DT_UINT32)
        return d >= -0x1p63 && d < 0x1p63 ? (int64_t)d : INT64_MIN;
    return d > -2147483649.0 && d < 2147483648.0 ? (int64_t)d : INT32_MIN;
}

static Num eval_cast(DType from, DType to, Num x)
{
    Num r = x;
    if (dtype_is_float(to))
        r.f = dtype_is_float(from) ? x.f : from == DT_UINT64 ? (double)(uint64_t)x.i : (double)x.i;
    else
        r.i = dtype_is_float(from) ? to_integer(x.f, to) : to == DT_BOOL ? x.i != 0 : x.i;
    return r;
}

Num expr_eval(const Expr *e, const Num *leaf)
{
    switch (e->kind) {
    case EX_LEAF: return leaf[e->leaf + 1];
    case EX_CONST: return wrap(e->dtype, (Num){e->f, e->i});
    case EX_CAST:
        return wrap(e->dtype, eval_cast(e->arg[0]->dtype, e->dtype, expr_eval(e->arg[0], leaf)));
    case EX_CALL: break;
    }
    Num a[3] = {{0}};
    for (int i = 0; i < e->nargs; i++)
        a[i] = expr_eval(e->arg[i], leaf);
    return wrap(e->dtype, eval_call(e, a[0], a[1], a[2]));
}

/* ---- building -------------------------------------------------------------------------------------------------- */

static bool is_unsigned(DType t)
{
    return dtype_kind(t) == 'u' || dtype_kind(t) == 'b';
}

static bool is_const(const Expr *e)
{
    return e->kind == EX_CONST;
}

static bool const_is(const Expr *e, double v)
{
    return is_const(e) && (dtype_is_float(e->dtype) ? e->f : (double)e->i) == v;
}

static Expr *of_type(Expr *e, DType t)
{
    if (e->dtype == t || t == DT_NONE)
        return e;
    return is_const(e) && e->dtype == DT_NONE ? expr_const(t, e->f) : expr_cast(e, t);
}

/* The type operands of an arithmetic call meet in: that of the first one that has a type. */
static DType meet(int n, Expr *const *arg)
{
    for (int i = 0; i < n; i++)
        if (arg[i]->dtype != DT_NONE)
            return arg[i]->dtype;
    return DT_NONE;
}

/* Identities that hold exactly; NULL when none applies. Comparisons of unsigned values with 0 are decided here, so that
 * no compiler warns about them. */
static Expr *simplify(FnId fn, Expr *const *a, DType t)
{
    switch (fn) {
    case FN_abs: return is_unsigned(t) ? a[0] : NULL;
    case FN_rint:
    case FN_floor:
    case FN_ceil:
    case FN_trunc: return dtype_is_float(t) ? NULL : a[0];
    case FN_lt:
        return is_unsigned(t) && is_const(a[1]) && a[1]->f <= 0 ? expr_const(DT_BOOL, 0) : NULL;
    case FN_ge:
        return is_unsigned(t) && is_const(a[1]) && a[1]->f <= 0 ? expr_const(DT_BOOL, 1) : NULL;
    case FN_max: return is_unsigned(t) && is_const(a[1]) && a[1]->f <= 0 ? a[0] : NULL;
    case FN_sel: return is_const(a[0]) ? (a[0]->i ? a[1] : a[2]) : NULL;
    case FN_mul: return const_is(a[1], 1) ? a[0] : const_is(a[0], 1) ? a[1] : NULL;
    case FN_div: return const_is(a[1], 1) ? a[0] : NULL;
    case FN_add: return const_is(a[1], 0) && !dtype_is_float(t) ? a[0] : NULL;
    case FN_pow:
        if (const_is(a[1], 2))
            return expr_call(FN_mul, 2, (Expr *[]){a[0], a[0]});
        if (const_is(a[1], 0.5) && t == DT_FLOAT)
            return expr_call(FN_sqrt, 1, a);
        return const_is(a[1], 1) ? a[0] : NULL;
    default: return NULL;
    }
}

Expr *expr_call(FnId fn, int nargs, Expr *const *arg)
{
    const FnRow *row = &fns[fn];
    Expr *a[3] = {NULL};
    int skip = fn == FN_sel;
    if (nargs != row->arity)
        BUG("%s takes %d arguments", row->name, row->arity);
    DType t = meet(nargs - skip, arg + skip);
    for (int i = 0; i < nargs; i++)
        a[i] = of_type(arg[i], skip && i == 0 ? DT_BOOL : row->kind == 'l' ? DT_BOOL : t);
    if (fn == FN_mod && is_unsigned(t))
        fn = FN_fmod;
    Expr *same = simplify(fn, a, t);
    if (same)
        return same;
    Expr *e = mem(sizeof *e);
    *e = (Expr){.kind = EX_CALL, .fn = fn, .nargs = nargs, .dtype = t};
    if (row->kind == 'c' || row->kind == 'l')
        e->dtype = DT_BOOL;
    bool constant = true;
    for (int i = 0; i < nargs; i++) {
        e->arg[i] = a[i];
        constant &= is_const(a[i]);
    }
    if (!constant)
        return e;
    Num v = expr_eval(e, NULL);
    Expr *c = expr_const(e->dtype, v.f);
    if (e->dtype != DT_NONE)
        c->i = v.i;
    return c;
}

/* A float that is known to hold an integer: casting it to an integer type and back changes nothing. */
static bool is_integral(const Expr *e)
{
    if (e->kind == EX_CONST)
        return e->f == rint(e->f);
    if (e->kind == EX_CAST)
        return !dtype_is_float(e->arg[0]->dtype) && e->arg[0]->dtype != DT_STRING;
    if (e->kind != EX_CALL)
        return false;
    switch (e->fn) {
    case FN_rint:
    case FN_floor:
    case FN_ceil:
    case FN_trunc: return true;
    case FN_add:
    case FN_sub:
    case FN_max:
    case FN_min:
    case FN_mul: return is_integral(e->arg[0]) && is_integral(e->arg[1]);
    default: return false;
    }
}

/* Is the float e clamped to what integer type t can hold? Looks through the min(max(..)) that quantisation makes. */
static bool fits(const Expr *e, DType t)
{
    double lo = t == DT_UINT8 || t == DT_UINT16 ? 0
                : t == DT_INT8                  ? -128
                : t == DT_INT16                 ? -32768
                                                : 1;
    double hi = t == DT_UINT8    ? 255
                : t == DT_INT8   ? 127
                : t == DT_UINT16 ? 65535
                : t == DT_INT16  ? 32767
                                 : 0;
    bool above = false, below = false;
    while (e->kind == EX_CALL && (e->fn == FN_min || e->fn == FN_max) && is_const(e->arg[1])) {
        above |= e->fn == FN_max && e->arg[1]->f >= lo;
        below |= e->fn == FN_min && e->arg[1]->f <= hi;
        e = e->arg[0];
    }
    return lo <= 0 && above && below;
}

Expr *expr_cast(Expr *e, DType to)
{
    if (e->dtype == to)
        return e;
    if (e->dtype == DT_NONE && is_const(e))
        return expr_const(to, e->f);
    if (is_const(e) && to != DT_STRING) {
        Num v = wrap(to, eval_cast(e->dtype, to, expr_eval(e, NULL)));
        Expr *c = expr_const(to, v.f);
        c->i = v.i;
        if (!dtype_is_float(to))
            c->f = (double)v.i;
        return c;
    }
    if (e->kind == EX_CAST && e->arg[0]->dtype == to && to == DT_FLOAT && is_integral(e->arg[0]) &&
        fits(e->arg[0], e->dtype))
        return e->arg[0]; /* float -> uint8 -> float of a clamped, rounded value */
    Expr *c = mem(sizeof *c);
    *c = (Expr){.kind = EX_CAST, .dtype = to, .nargs = 1, .arg = {e}};
    return c;
}

/* ---- rewriting --------------------------------------------------------------------------------------------------- */

typedef struct Memo {
    const Expr **from;
    Expr **to;
    int nfrom, nto;
} Memo;

/* Rebuild e with each leaf and constant replaced by leaf_of(it); parts that were shared stay shared. */
static Expr *rebuild(Memo *m, const Expr *e, Expr *(*leaf_of)(const Expr *, void *), void *arg)
{
    for (int i = 0; i < m->nfrom; i++)
        if (m->from[i] == e)
            return m->to[i];
    Expr *a[3] = {NULL}, *r;
    for (int i = 0; i < e->nargs; i++)
        a[i] = rebuild(m, e->arg[i], leaf_of, arg);
    if (e->kind == EX_LEAF || e->kind == EX_CONST)
        r = leaf_of(e, arg);
    else if (e->kind == EX_CAST)
        r = expr_cast(a[0], e->dtype);
    else
        r = expr_call(e->fn, e->nargs, a);
    PUSH(m->from, m->nfrom, e);
    PUSH(m->to, m->nto, r);
    return r;
}

typedef struct Subst {
    int leaf;
    Expr *with;
    const int *to;
} Subst;

static Expr *substitute_leaf(const Expr *e, void *arg)
{
    Subst *s = arg;
    return e->kind == EX_LEAF && e->leaf == s->leaf ? s->with : (Expr *)e;
}

Expr *expr_substitute(const Expr *e, int leaf, Expr *with)
{
    return rebuild(&(Memo){0}, e, substitute_leaf, &(Subst){.leaf = leaf, .with = with});
}

static Expr *renumber_leaf(const Expr *e, void *arg)
{
    Subst *s = arg;
    return e->kind == EX_CONST || e->leaf < 0 ? (Expr *)e : expr_leaf(s->to[e->leaf], e->dtype);
}

Expr *expr_renumber(const Expr *e, const int *to)
{
    return rebuild(&(Memo){0}, e, renumber_leaf, &(Subst){.to = to});
}

typedef struct Constants {
    int leaf;
    Floats *value;
} Constants;

static Expr *constant_leaf(const Expr *e, void *arg)
{
    Constants *c = arg;
    int i = 0;
    float v = (float)e->f;
    if (e->kind != EX_CONST || e->dtype != DT_FLOAT)
        return (Expr *)e;
    while (i < c->value->n && memcmp(&c->value->v[i], &v, sizeof v))
        i++;
    if (i == c->value->n)
        PUSH(c->value->v, c->value->n, v);
    return expr_leaf(c->leaf + i, DT_FLOAT);
}

Expr *expr_constants(const Expr *e, int leaf, Floats *value)
{
    return rebuild(&(Memo){0}, e, constant_leaf, &(Constants){leaf, value});
}

/* Do small differences of fn's arguments stay small? Not where it rounds or compares. */
static bool is_smooth(FnId fn)
{
    switch (fn) {
    case FN_add:
    case FN_sub:
    case FN_mul:
    case FN_div:
    case FN_fma:
    case FN_max:
    case FN_min:
    case FN_neg:
    case FN_abs:
    case FN_exp:
    case FN_tanh:
    case FN_sigmoid:
    case FN_erf: return true;
    default: return false;
    }
}

enum { CLIP_DEPTH = 5 }; /* of x * min(max(x + 3, 0), 6) */

/* e * r where constants within e can take the factor r in: x * clip(x + 3, 0, 6) becomes x * clip(x r + 3 r, 0, 6 r).
 * Else NULL. */
static Expr *absorbing(const Expr *e, float r, int depth)
{
    if (is_const(e))
        return expr_const(DT_FLOAT, (float)(e->f * r));
    if (e->kind != EX_CALL || e->nargs != 2 || depth == 1)
        return NULL;
    Expr *b = absorbing(e->arg[1], r, depth - 1), *factor = expr_const(DT_FLOAT, r);
    if (e->fn == FN_add)
        return is_const(e->arg[1]) ? expr_call(FN_fma, 3, (Expr *[]){e->arg[0], factor, b}) : NULL;
    if (e->fn == FN_mul && b)
        return expr_call(FN_mul, 2, (Expr *[]){e->arg[0], b});
    Expr *a = absorbing(e->arg[0], r, depth - 1);
    if (e->fn == FN_mul && a)
        return expr_call(FN_mul, 2, (Expr *[]){a, e->arg[1]});
    if ((e->fn == FN_min || e->fn == FN_max) && a && b && r > 0)
        return expr_call(e->fn, 2, (Expr *[]){a, b});
    return NULL;
}

static Expr *by_reciprocals(Memo *m, Expr *e)
{
    Expr *a[3], *r = NULL;
    if (e->kind != EX_CALL || e->dtype != DT_FLOAT || !is_smooth(e->fn))
        return e;
    for (int i = 0; i < m->nfrom; i++)
        if (m->from[i] == e)
            return m->to[i];
    for (int i = 0; i < e->nargs; i++)
        a[i] = by_reciprocals(m, e->arg[i]);
    float c = e->fn == FN_div && is_const(a[1]) ? (float)a[1]->f : 0, by = isnormal(c) ? 1 / c : 0;
    if (isnormal(by)) {
        r = absorbing(a[0], by, CLIP_DEPTH);
        a[1] = expr_const(DT_FLOAT, by);
    }
    if (!r)
        r = expr_call(isnormal(by) ? FN_mul : e->fn, e->nargs, a);
    PUSH(m->from, m->nfrom, e);
    PUSH(m->to, m->nto, r);
    return r;
}

Expr *expr_by_reciprocals(Expr *e)
{
    return by_reciprocals(&(Memo){0}, e);
}

bool expr_uses(const Expr *e, int leaf)
{
    if (e->kind == EX_LEAF)
        return e->leaf == leaf;
    for (int i = 0; i < e->nargs; i++)
        if (expr_uses(e->arg[i], leaf))
            return true;
    return false;
}

int expr_cost(const Expr *e)
{
    int cost = e->kind == EX_CALL || e->kind == EX_CAST;
    if (e->kind == EX_CALL && e->fn >= FN_exp && e->fn <= FN_expm1)
        cost = e->fn == FN_sigmoid || e->fn == FN_erf                   ? 8
               : e->fn == FN_exp || e->fn == FN_tanh || e->fn == FN_log ? 16
                                                                        : 40;
    if (e->kind == EX_CALL && (e->fn == FN_div || e->fn == FN_sqrt))
        cost = 6;
    for (int i = 0; i < e->nargs; i++)
        cost += expr_cost(e->arg[i]);
    return MIN(cost, 10000);
}
