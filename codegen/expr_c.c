/* SPDX-License-Identifier: MIT
 * expr_c.c - expressions as C text, once in scalars of any type and once in float vectors of the vocabulary.
 *
 * A part that is used more than once, or that its function's text repeats, becomes a variable of its own; the rest
 * nests, so that simple chains read as one line. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "dnncc.h"

static const struct {
    const char *ftext, *itext;
    char kind;
} texts[] = {
#define FN(name, arity, kind, ftext, itext, feval, ieval) {ftext, itext, kind},
#include "fn.def"
#undef FN
};

bool fn_defined(FnId fn, DType t)
{
    bool arithmetic = texts[fn].kind == 'a';
    if (t == DT_STRING)
        return fn == FN_eq || fn == FN_sel;
    if (dtype_is_float(t))
        return texts[fn].ftext != NULL;
    return texts[fn].itext != NULL && !(arithmetic && dtype_bits(t) < 8);
}

typedef struct Writer {
    Out *o;
    const char *const *leaf;
    bool vector;
    const Expr **part; /* inner parts met so far */
    const char **said; /* text that stands for the part */
    int *count;        /* readers of the part */
    int npart, nsaid, ncount;
} Writer;

static int temps; /* numbers t0, t1 ... within one function */

void expr_restart(void)
{
    temps = 0;
}

static int part_find(const Writer *w, const Expr *e)
{
    for (int i = 0; i < w->npart; i++)
        if (w->part[i] == e)
            return i;
    return -1;
}

static void count_parts(Writer *w, const Expr *e)
{
    if (e->kind == EX_LEAF || e->kind == EX_CONST)
        return;
    int i = part_find(w, e);
    if (i >= 0) {
        w->count[i]++;
        return;
    }
    PUSH(w->part, w->npart, e);
    PUSH(w->said, w->nsaid, (const char *)NULL);
    PUSH(w->count, w->ncount, 1);
    for (int k = 0; k < e->nargs; k++)
        count_parts(w, e->arg[k]);
}

/* pattern with $0 $1 $2 replaced by arguments, $T $U by types and @ by the suffix of libm names. */
static char *fill(const char *pattern, const char *const *arg, const char *t, const char *u,
                  const char *suffix)
{
    size_t cap = 1;
    for (const char *p = pattern; *p; p++) {
        const char *piece = p[0] == '$' && p[1] == 'T'   ? t
                            : p[0] == '$' && p[1] == 'U' ? u
                            : p[0] == '$'                ? arg[p[1] - '0']
                                                         : suffix;
        cap += *p == '$' || *p == '@' ? strlen(piece) : 1;
    }
    char *s = mem(cap), *q = s;
    for (const char *p = pattern; *p; p++) {
        const char *piece = NULL;
        if (*p == '@')
            piece = suffix;
        else if (*p == '$')
            p++, piece = *p == 'T' ? t : *p == 'U' ? u : arg[*p - '0'];
        if (piece)
            q = stpcpy(q, piece);
        else
            *q++ = *p;
    }
    return s;
}

static bool repeats(const char *pattern, int k)
{
    char mark[] = {'$', (char)('0' + k), 0};
    const char *first = strstr(pattern, mark);
    return first && strstr(first + 1, mark);
}

const char *compute_c(DType t)
{
    return dtype_kind(t) == 'h' ? "float" : dtype_c(t);
}

static const char *unsigned_c(DType t)
{
    return dtype_bytes(t) == 8 ? "uint64_t" : "uint32_t";
}

const char *float_text(float v)
{
    if (isnan(v))
        return "NAN";
    if (isinf(v))
        return v > 0 ? "INFINITY" : "-INFINITY";
    for (int digits = 1; digits <= 9; digits++) {
        char *s = text("%.*g", digits, (double)v);
        if (strtof(s, NULL) == v)
            return text("%s%sf", s, strpbrk(s, ".e") ? "" : ".0");
    }
    return text("%af", (double)v);
}

const char *number_text(DType t, double f, int64_t i)
{
    if (t == DT_DOUBLE)
        return isnan(f)   ? "(double)NAN"
               : isinf(f) ? (f > 0 ? "(double)INFINITY" : "(double)-INFINITY")
                          : text("%.17g%s", f, f == rint(f) && fabs(f) < 1e15 ? ".0" : "");
    if (dtype_is_float(t))
        return float_text((float)f);
    if (t == DT_INT64)
        return i == INT64_MIN                    ? "INT64_MIN"
               : i > INT32_MAX || i <= INT32_MIN ? text("INT64_C(%lld)", (long long)i)
                                                 : text("%lld", (long long)i);
    if (t == DT_UINT64)
        return text("UINT64_C(%llu)", (unsigned long long)i);
    if (t == DT_UINT32)
        return text("%uu", (unsigned)i);
    if (t == DT_INT32 && i == INT32_MIN)
        return "INT32_MIN";
    return text("%lld", (long long)i);
}

static bool is_word(const char *s)
{
    for (; *s; s++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.", *s))
            return false;
    return true;
}

static bool is_call(const char *s)
{
    size_t word = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_");
    int depth = 0;
    if (!word || s[word] != '(')
        return false;
    for (const char *p = s + word; *p; p++) {
        depth += (*p == '(') - (*p == ')');
        if (!depth)
            return !p[1];
    }
    return false;
}

static const char *group(const char *s)
{
    return is_word(s) || is_call(s) ? s : text("(%s)", s);
}

static const char *vector_type(DType t)
{
    return t == DT_BOOL ? "vm" : "vf";
}

static const char *variable(Writer *w, const Expr *e, const char *value)
{
    const char *name = text("t%d", temps++);
    out_line(w->o, "const %s %s = %s;", w->vector ? vector_type(e->dtype) : compute_c(e->dtype),
             name, value);
    return name;
}

/* Of a format's numbers: bits of the mantissa, and the exponent of the smallest one. */
static const char *precision_text(DType t)
{
    if (dtype_kind(t) != 'h')
        return t == DT_DOUBLE ? "53, -1074" : "24, -149";
    const ShortFloat *s = short_float(t);
    return text("%d, %d", s->mantissa + 1, 1 - s->bias - s->mantissa);
}

static const char *cast_to_string(DType from, const char *s)
{
    if (dtype_is_float(from))
        return text("rt_string_of_float(%s, %s)", s, precision_text(from));
    if (from == DT_BOOL)
        return text("rt_string_of_bool(%s)", s);
    if (dtype_kind(from) == 'u')
        return text("rt_string_of_uint(%s, 0)", s);
    return text("rt_string_of_int(%s)", s);
}

static const char *scalar_cast(DType from, DType to, const char *s)
{
    if (to == DT_STRING)
        return cast_to_string(from, s);
    if (from == DT_STRING && dtype_is_float(to))
        return text("%srt_string_to_float(%s, %s)", to == DT_DOUBLE ? "" : "(float)", s,
                    precision_text(to));
    if (from == DT_STRING)
        return scalar_cast(DT_INT64, to, text("rt_string_to_int(%s)", s));
    if (to == DT_BOOL)
        return text("%s != 0", group(s));
    if (dtype_kind(to) == 'h' && dtype_kind(from) != 'h' && dtype_bytes(to) == 2)
        return text("(float)%s", group(s)); /* rounded when it is stored */
    if (dtype_kind(to) == 'h') {
        const char *name = short_float(to)->name;
        s = from == DT_FLOAT || dtype_kind(from) == 'h' ? s : text("(float)%s", group(s));
        return text("rt_%s_to_f32(rt_f32_to_%s(%s))", name, name, s);
    }
    if (dtype_bits(to) < 8 && !dtype_is_float(from)) {
        int bits = dtype_bits(to);
        s = text("(%s & %d)", group(s), (1 << bits) - 1);
        return dtype_kind(to) == 'u'
                   ? text("(uint8_t)%s", s)
                   : text("(int8_t)((%s ^ %d) - %d)", s, 1 << (bits - 1), 1 << (bits - 1));
    }
    if (dtype_is_float(from) && !dtype_is_float(to))
        return text("rt_cast_%s(%s)", dtype_name(to), s);
    return text("(%s)%s", compute_c(to), group(s));
}

static const char *scalar_call(const Expr *e, const char *const *arg, const char *pattern)
{
    const Expr *typed = e->arg[e->fn == FN_sel];
    DType t = texts[e->fn].kind == 'c' || texts[e->fn].kind == 'l' ? typed->dtype : e->dtype;
    const char *a[3] = {"", "", ""};
    for (int i = 0; i < e->nargs; i++)
        a[i] = group(arg[i]);
    const char *c = compute_c(t);
    char *s = fill(pattern, a, c, unsigned_c(t), t == DT_DOUBLE ? "" : "f");
    /* small integers compute in int: bring the result back into its type */
    if (!dtype_is_float(t) && dtype_bytes(t) < 4 && texts[e->fn].kind == 'a' && strncmp(s, "(", 1))
        return text("(%s)(%s)", c, s);
    return s;
}

static const char *scalar_pattern(const Expr *e)
{
    DType t = e->arg[e->fn == FN_sel]->dtype;
    if (t == DT_STRING && e->fn == FN_eq)
        return "rt_string_equal($0, $1)";
    if (dtype_kind(t) == 'u' && e->fn == FN_div)
        return "$1 == 0 ? 0 : $0 / $1";
    if (dtype_kind(t) == 'u' && e->fn == FN_fmod)
        return "$1 == 0 ? 0 : $0 % $1";
    const char *s = dtype_is_float(t) ? texts[e->fn].ftext : texts[e->fn].itext;
    if (!s)
        BUG("%s is not defined for %s", fn_name(e->fn), dtype_name(t));
    return s;
}

static const char *scalar(Writer *w, const Expr *e);
static const char *vector(Writer *w, const Expr *e);

static const char *say(Writer *w, const Expr *e)
{
    return w->vector ? vector(w, e) : scalar(w, e);
}

/* Text of a part: made once, kept in a variable when several readers want it. */
static const char *part(Writer *w, const Expr *e, const char *(*make)(Writer *, const Expr *))
{
    int i = part_find(w, e);
    if (w->said[i])
        return w->said[i];
    const char *s = make(w, e);
    if (w->count[i] > 1 || strlen(s) > 90)
        s = variable(w, e, s);
    return w->said[i] = s;
}

static const char *scalar_part(Writer *w, const Expr *e)
{
    if (e->kind == EX_CAST)
        return scalar_cast(e->arg[0]->dtype, e->dtype, say(w, e->arg[0]));
    const char *pattern = scalar_pattern(e), *arg[3] = {NULL};
    for (int k = 0; k < e->nargs; k++) {
        arg[k] = say(w, e->arg[k]);
        if (repeats(pattern, k) && !is_word(arg[k]) && e->arg[k]->kind != EX_CONST)
            arg[k] = variable(w, e->arg[k], arg[k]);
    }
    return scalar_call(e, arg, pattern);
}

static const char *scalar(Writer *w, const Expr *e)
{
    if (e->kind == EX_LEAF)
        return w->leaf[e->leaf + 1];
    if (e->kind == EX_CONST)
        return number_text(e->dtype, e->f, e->i);
    return part(w, e, scalar_part);
}

/* ---- vectors ----------------------------------------------------------------------------------------------------- */

/* Integers of up to 8 bits and int32 travel in float vectors: loads and stores of the vocabulary convert. */
static bool vector_dtype(DType t)
{
    return t == DT_FLOAT || t == DT_BOOL || t == DT_UINT8 || t == DT_INT8 || t == DT_INT32;
}

/* Small integers wrap into each other, and int32 is rounded in a float: neither may pass through one unchanged. */
static bool cast_is_vector(DType from, DType to)
{
    if (to == DT_INT32)
        return from != DT_INT32;
    return to == DT_FLOAT || to == DT_BOOL || from == DT_FLOAT || from == DT_BOOL;
}

static bool call_is_vector(const Expr *e)
{
    const Expr *typed = e->arg[e->fn == FN_sel];
    bool boolean = texts[e->fn].kind == 'l';
    return typed->dtype == DT_FLOAT
               ? texts[e->fn].ftext != NULL && e->fn != FN_fmod && e->fn != FN_mod
               : boolean && e->fn != FN_xor;
}

static bool part_is_vector(const Expr *e)
{
    if (!vector_dtype(e->dtype))
        return false;
    for (int i = 0; i < e->nargs; i++)
        if (!part_is_vector(e->arg[i]))
            return false;
    return e->kind == EX_CALL   ? call_is_vector(e)
           : e->kind == EX_CAST ? cast_is_vector(e->arg[0]->dtype, e->dtype)
                                : true;
}

bool expr_is_vector(const Expr *e)
{
    return part_is_vector(e) && !(e->kind == EX_LEAF && e->dtype == DT_INT32);
}

static const char *vector_part(Writer *w, const Expr *e)
{
    const char *a[3] = {NULL};
    for (int k = 0; k < e->nargs; k++)
        a[k] = say(w, e->arg[k]);
    if (e->kind == EX_CAST) {
        DType from = e->arg[0]->dtype;
        if (e->dtype == DT_BOOL)
            return text("vf_ne(%s, vf_splat(0.0f))", a[0]);
        if (from == DT_BOOL)
            return text("vf_sel(%s, vf_splat(1.0f), vf_splat(0.0f))", a[0]);
        return from == DT_FLOAT ? text("vf_trunc(%s)", a[0]) : a[0];
    }
    const char *set = texts[e->fn].kind == 'l' ? "vm" : "vf", *args = a[0];
    for (int k = 1; k < e->nargs; k++)
        args = text("%s, %s", args, a[k]);
    return text("%s_%s(%s)", set, fn_name(e->fn), args);
}

static const char *vector(Writer *w, const Expr *e)
{
    if (e->kind == EX_LEAF)
        return w->leaf[e->leaf + 1];
    if (e->kind == EX_CONST && e->dtype == DT_BOOL)
        return text("vf_ne(vf_splat(%s), vf_splat(0.0f))", e->i ? "1.0f" : "0.0f");
    if (e->kind == EX_CONST)
        return text("vf_splat(%s)",
                    float_text((float)(e->dtype == DT_FLOAT ? e->f : (double)e->i)));
    return part(w, e, vector_part);
}

static const char *write_expr(Out *o, const Expr *e, const char *const *leaf, bool vectors)
{
    Writer w = {.o = o, .leaf = leaf, .vector = vectors};
    count_parts(&w, e);
    return say(&w, e);
}

const char *expr_scalar(Out *o, const Expr *e, const char *const *leaf)
{
    return write_expr(o, e, leaf, false);
}

const char *expr_vector(Out *o, const Expr *e, const char *const *leaf)
{
    return write_expr(o, e, leaf, true);
}

/* ---- for people -------------------------------------------------------------------------------------------------- */

char *expr_text(const Expr *e, const Node *n)
{
    const char *a[3] = {"", "", ""};
    if (e->kind == EX_LEAF)
        return e->leaf < 0 ? text("y") : text("%c", 'a' + e->leaf % 26);
    if (e->kind == EX_CONST)
        return text("%.9g", dtype_is_float(e->dtype) || e->dtype == DT_NONE ? e->f : (double)e->i);
    for (int i = 0; i < e->nargs; i++)
        a[i] = expr_text(e->arg[i], n);
    if (e->kind == EX_CAST)
        return text("%s(%s)", dtype_name(e->dtype), a[0]);
    static const struct {
        FnId fn;
        const char *sign;
    } infix[] = {{FN_add, "+"}, {FN_sub, "-"}, {FN_mul, "*"}, {FN_div, "/"},
                 {FN_lt, "<"},  {FN_gt, ">"},  {FN_eq, "=="}};
    for (size_t i = 0; i < COUNT(infix); i++)
        if (infix[i].fn == e->fn)
            return text("(%s %s %s)", a[0], infix[i].sign, a[1]);
    return text("%s(%s%s%s%s%s)", fn_name(e->fn), a[0], e->nargs > 1 ? ", " : "", a[1],
                e->nargs > 2 ? ", " : "", a[2]);
}
