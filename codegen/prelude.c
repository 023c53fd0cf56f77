/* SPDX-License-Identifier: MIT
 * prelude.c - the head of a generated file: the C functions behind the words its code uses, and no
 * others (an unused function is a warning to clang).
 *
 *     includes                        what the text below and the code need
 *     scalar runtime functions        of use in both builds
 *     #ifdef NET_PORTABLE             words as loops over lanes (also without the target's `when`)
 *     #else                           words as intrinsics; without one, a loop over lanes
 *     #endif
 *     vector runtime functions        made of words: vf_exp ...
 *
 * What is needed follows from the text: the identifiers of the code, of the definitions they lead
 * to, and so on. The two builds may need different functions, so each has its own closure; what
 * is in only one of them stands inside its half.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dnncc.h"
#include "vocab.h"

typedef struct Item {
    const char *name;
    const Word *word; /* NULL: VL and the types */
    const char *text; /* its definition */
    bool placed;      /* in Closure.item: all that it uses stands there before it */
} Item;

/* What one build needs, each item after those it uses. */
typedef struct Closure {
    const Target *t;
    bool native;
    Out out; /* the definition being written */
    Item **item;
    int nitem;
    Item **seen; /* those begun, too */
    int nseen;
} Closure;

static bool is_vector(const char *name)
{
    return !strncmp(name, "vf", 2) || !strncmp(name, "vm", 2);
}

/* ---- definitions ----------------------------------------------------------------------------------- */

enum { MOST_PARAMS = 4 };

typedef struct Param {
    const char *type, *name;
    bool vector;
} Param;

static int params_of(const Word *w, Param *param)
{
    int n = 0;
    for (const char *p = w->params; *p && n < MOST_PARAMS; n++) {
        const char *end = strchr(p, ',') ? strchr(p, ',') : p + strlen(p), *name = end;
        while (isalnum((unsigned char)name[-1]) || name[-1] == '_')
            name--;
        param[n].name = text("%.*s", (int)(end - name), name);
        param[n].type = text("%.*s", (int)(name - p), p);
        param[n].vector = !strcmp(param[n].type, "vf ") || !strcmp(param[n].type, "vm ");
        p = *end ? end + 2 : end;
    }
    return n;
}

/* The meaning with $k replaced, and with fn.def's @ and $T as they are for float. */
static const char *meaning_text(const char *p, const char *const *arg)
{
    const char *s = "";
    for (; *p; p++) {
        if (p[0] == '$' && p[1] == 'T')
            s = text("%sfloat", s), p++;
        else if (p[0] == '$' && isdigit((unsigned char)p[1]))
            s = text("%s%s", s, arg[*++p - '0']);
        else if (*p == '@')
            s = text("%sf", s);
        else
            s = text("%s%c", s, *p);
    }
    return s;
}

static void lines_of(Out *o, const char *p)
{
    while (*p) {
        size_t n = strcspn(p, "\n");
        out_line(o, "%.*s", (int)n, p);
        p += n + (p[n] == '\n');
    }
}

static const char *signature(const Word *w, const Param *param, int n, const char *suffix)
{
    const char *s = text("static inline %s %s(", w->returns, w->name);
    for (int i = 0; i < n; i++)
        s = text("%s%s%s%s%s", s, i ? ", " : "", param[i].type, param[i].name,
                 param[i].vector ? suffix : "");
    return text("%s)", s);
}

/* A word by its intrinsic: a line of its own where it fits. */
static void define_native(Out *o, const Word *w, const char *meaning)
{
    Param param[MOST_PARAMS];
    int n = params_of(w, param);
    const char *arg[MOST_PARAMS] = {""};
    for (int i = 0; i < n; i++)
        arg[i] = param[i].name;
    const char *head = signature(w, param, n, ""), *body = meaning_text(meaning, arg);
    if (!strchr(body, ';'))
        body = text("%s%s;", strcmp(w->returns, "void") ? "return " : "", body);
    for (int i = 0; i < n; i++)
        if (!text_mentions(body, param[i].name))
            body = text("(void)%s;\n%s", param[i].name, body);
    if (!strchr(body, '\n') && strlen(head) + strlen(body) < 96) {
        out_line(o, "%s { %s }", head, body);
        return;
    }
    out_line(o, "%s", head);
    out_line(o, "{");
    lines_of(o, body);
    out_line(o, "}");
}

/* In a native build the lanes of vectors are reached through memory. */
static void lanes_open(Out *o, const Param *param, int n)
{
    for (int i = 0; i < n; i++) {
        if (param[i].type[1] == 'm' && param[i].vector)
            out_line(o, "vf_lanes %s = vf_to_lanes(vf_sel(%s_, vf_splat(1), vf_splat(0)));",
                     param[i].name, param[i].name);
        else if (param[i].vector)
            out_line(o, "vf_lanes %s = vf_to_lanes(%s_);", param[i].name, param[i].name);
    }
}

static const char *lanes_result(const Word *w, bool native)
{
    if (!native)
        return "r";
    return w->returns[1] == 'm' ? "vf_ne(vf_of_lanes(r), vf_splat(0))" : "vf_of_lanes(r)";
}

/* A word as a loop over lanes. */
static void define_lanes(Out *o, const Word *w, bool native)
{
    Param param[MOST_PARAMS];
    const char *arg[MOST_PARAMS] = {""};
    int n = params_of(w, param);
    for (int i = 0; i < n; i++)
        arg[i] = param[i].vector ? text("%s.l[i]", param[i].name) : param[i].name;
    const char *lane = meaning_text(w->lane, arg);
    bool result = w->returns[0] == 'v' && w->returns[1] != 'o', body = lane[0] == '{';
    out_line(o, "%s", signature(w, param, n, native ? "_" : ""));
    out_line(o, "{");
    if (native)
        lanes_open(o, param, n);
    if (result)
        out_line(o, "%s r;", native ? "vf_lanes" : w->returns);
    if (body) {
        lines_of(o, text("%.*s", (int)strlen(lane) - 4, lane + 2));
    } else {
        out_line(o, "for (int i = 0; i < VL; i++)");
        out_line(o, "%s%s;", result ? "r.l[i] = " : "", lane);
    }
    if (result)
        out_line(o, "return %s;", lanes_result(w, native));
    out_line(o, "}");
}

static const char *definition(Closure *c, const Item *e)
{
    Out *o = &c->out;
    const char *native = c->native ? target_meaning(c->t, e->name) : NULL;
    o->len = 0;
    if (e->word && e->word->emit)
        e->word->emit(o);
    else if (e->word && native)
        define_native(o, e->word, native);
    else if (e->word)
        define_lanes(o, e->word, c->native);
    else if (!strcmp(e->name, "VL"))
        out_line(o, "enum { VL = %d }; /* floats in a vf */", c->t->lanes);
    else if (native)
        out_line(o, "typedef %s %s;", native, e->name);
    else
        out_line(o, "typedef struct { %s l[VL]; } %s;", strcmp(e->name, "vm") ? "float" : "int",
                 e->name);
    return text("%.*s", (int)o->len, o->text);
}

/* ---- closures -------------------------------------------------------------------------------------- */

typedef struct Ids {
    const char **id;
    int n;
} Ids;

static void ids_add(void *arg, const char *id)
{
    Ids *ids = arg;
    PUSH(ids->id, ids->n, id);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The identifiers of a text, sorted, each once. */
static Ids ids_of(const char *c_text)
{
    Ids ids = {NULL, 0};
    int n = 0;
    text_identifiers(c_text, ids_add, &ids);
    if (ids.n)
        qsort(ids.id, (size_t)ids.n, sizeof *ids.id, by_name);
    for (int i = 0; i < ids.n; i++)
        if (!n || strcmp(ids.id[n - 1], ids.id[i]))
            ids.id[n++] = ids.id[i];
    ids.n = n;
    return ids;
}

static bool is_item(const char *name)
{
    return !strcmp(name, "VL") || !strcmp(name, "vf") || !strcmp(name, "vm") || vocab_find(name);
}

static Item *item_of(Item **item, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (!strcmp(item[i]->name, name))
            return item[i];
    return NULL;
}

/* Puts an item, after all that its definition mentions, into the closure. */
static void closure_add(Closure *c, const char *name, const Item *user)
{
    if (!is_item(name))
        return;
    Item *e = item_of(c->seen, c->nseen, name);
    if (e && !e->placed && e != user)
        fatal(NULL, "target '%s': '%s' and '%s' explain each other", c->t->name, name, user->name);
    if (e)
        return;
    e = mem(sizeof *e);
    *e = (Item){.name = name, .word = vocab_find(name)};
    PUSH(c->seen, c->nseen, e);
    e->text = definition(c, e);
    Ids ids = ids_of(e->text);
    for (int i = 0; i < ids.n; i++)
        closure_add(c, ids.id[i], e);
    e->placed = true;
    PUSH(c->item, c->nitem, e);
}

static Closure closure(const Target *t, bool native, const Ids *ids)
{
    Closure c = {.t = t, .native = native};
    out_init(&c.out);
    for (int i = 0; i < ids->n; i++)
        closure_add(&c, ids->id[i], NULL);
    return c;
}

const char *prelude_lane_words(const Target *t, const char *body)
{
    const char *s = "";
    if (!target_meaning(t, "vf"))
        return s;
    Ids ids = ids_of(body);
    Closure native = closure(t, true, &ids);
    for (int i = 0; i < native.nitem; i++) {
        const Word *w = native.item[i]->word;
        if (w && !w->emit && is_vector(w->name) && !target_meaning(t, w->name))
            s = text("%s%s%s", s, *s ? ", " : "", w->name);
    }
    return s;
}

/* ---- headers of the C library ---------------------------------------------------------------------- */

typedef struct Header {
    const char *name, *ids;
} Header;

static const Header headers[] = {
    {"float.h", " FLT_EPSILON FLT_MAX FLT_MIN DBL_MAX "},
    {"math.h",
     " INFINITY NAN HUGE_VAL isnan isinf signbit copysignf frexp ldexp ldexpf ilogbf nearbyintf "
     "round roundf "},
    {"stddef.h", " NULL offsetof ptrdiff_t size_t "},
    {"stdint.h", " int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t uintptr_t "
                 "INT8_MIN INT8_MAX INT16_MIN INT16_MAX INT32_MIN INT32_MAX INT64_MIN INT64_MAX "
                 "UINT8_MAX UINT16_MAX UINT32_MAX UINT64_MAX INT64_C UINT64_C "},
    {"string.h", " memcpy memset "},
};

/* fn.def writes the functions of math.h as NAME@ or NAME. */
static bool is_math_function(const char *id)
{
    static const char *const meanings[] = {
#define FN(name, arity, kind, ftext, itext, feval, ieval) ftext, itext,
#include "fn.def"
#undef FN
    };
    size_t n = strlen(id);
    for (size_t i = 0; i < 2 * COUNT(meanings); i++) { /* erf is one, and so is erff */
        const char *m = meanings[i / 2];
        size_t bare = i % 2 && n > 1 && id[n - 1] == 'f' ? n - 1 : n;
        const char *hit = m ? strstr(m, text("%.*s@(", (int)bare, id)) : NULL;
        if (hit && (hit == m || !isalnum((unsigned char)hit[-1])))
            return true;
    }
    return false;
}

static bool header_needed(const Header *h, const Ids *ids)
{
    for (int i = 0; i < ids->n; i++)
        if (strstr(h->ids, text(" %s ", ids->id[i])) ||
            (!strcmp(h->name, "math.h") && is_math_function(ids->id[i])))
            return true;
    return false;
}

static const char *closure_text(const Closure *c)
{
    const char *s = "";
    for (int i = 0; i < c->nitem; i++)
        s = text("%s%s", s, c->item[i]->text);
    return s;
}

static void emit_headers(Out *o, const char *c_text)
{
    Ids ids = ids_of(c_text);
    for (size_t i = 0; i < COUNT(headers); i++)
        if (header_needed(&headers[i], &ids))
            out_line(o, "#include <%s>", headers[i].name);
}

/* ---- the prelude ----------------------------------------------------------------------------------- */

static bool is_one_line(const char *s)
{
    return strchr(s, '\n') == s + strlen(s) - 1;
}

/* Items of one line stand close together. */
static void emit_item(Out *o, const Item *e, const Item *before)
{
    if (!before || !is_one_line(e->text) || !is_one_line(before->text))
        out_nl(o);
    out_raw(o, e->text);
}

typedef enum Part { BEFORE, HALF, AFTER } Part;

/* Where an item of c stands, when the other build needs `other`. */
static Part part_of(const Item *e, const Closure *other)
{
    const Item *twin = item_of(other->item, other->nitem, e->name);
    if (!twin || (e->word && !e->word->emit) || strcmp(e->text, twin->text))
        return HALF;
    return is_vector(e->name) ? AFTER : BEFORE;
}

static void emit_part(Out *o, const Closure *c, const Closure *other, Part part)
{
    const Item *before = NULL;
    for (int i = 0; i < c->nitem; i++) {
        if (part_of(c->item[i], other) != part)
            continue;
        emit_item(o, c->item[i], before);
        before = c->item[i];
    }
}

static void emit_includes(Out *o, const Target *t)
{
    for (int i = 0; i < t->nheader; i++)
        out_line(o, "#include <%s>", t->header[i]);
}

static void emit_native_headers(Out *o, const Target *t)
{
    for (int i = 0; i < t->ndefine; i++) {
        const char *eq = strchr(t->define[i], '=');
        out_line(o, "#define %.*s %s", (int)(eq ? eq - t->define[i] : 1 << 20), t->define[i],
                 eq ? eq + 1 : "");
    }
    if (target_has(t, "avx512f")) {
        out_line(o, "#if defined __cplusplus && defined __GNUC__ && !defined __clang__");
        out_line(o, "#pragma GCC diagnostic push /* gcc 12 warns of its own header */");
        out_line(o, "#pragma GCC diagnostic ignored \"-Wuninitialized\"");
        out_line(o, "#pragma GCC diagnostic ignored \"-Wmaybe-uninitialized\"");
        emit_includes(o, t);
        out_line(o, "#pragma GCC diagnostic pop");
        out_line(o, "#endif");
    }
    emit_includes(o, t);
}

static void emit_both(Out *o, const Target *t, const char *portable_macro, const Closure *lanes,
                      const Closure *native)
{
    emit_part(o, lanes, native, BEFORE);
    out_nl(o);
    if (t->nwhen)
        out_f(o, "#if defined %s", portable_macro);
    else
        out_f(o, "#ifdef %s", portable_macro);
    for (int i = 0; i < t->nwhen; i++)
        out_f(o, " || !defined %s", t->when[i]);
    out_nl(o);
    emit_part(o, lanes, native, HALF);
    out_nl(o);
    out_line(o, "#else");
    emit_native_headers(o, t);
    emit_part(o, native, lanes, HALF);
    out_nl(o);
    out_line(o, "#endif");
    emit_part(o, lanes, native, AFTER);
}

void prelude_emit(Out *o, const Target *t, const char *portable_macro, const char *body)
{
    Ids ids = ids_of(body);
    Closure lanes = closure(t, false, &ids);
    bool both = target_meaning(t, "vf") && item_of(lanes.item, lanes.nitem, "VL");
    Closure native = closure(t, both, &ids);
    emit_headers(o, text("%s%s%s", body, closure_text(&lanes), closure_text(&native)));
    if (text_mentions(body, "restrict")) {
        out_nl(o);
        out_line(o, "#ifdef __cplusplus");
        out_line(o, "#define restrict __restrict");
        out_line(o, "#endif");
    }
    if (both)
        emit_both(o, t, portable_macro, &lanes, &native);
    for (int i = 0; i < lanes.nitem && !both; i++)
        emit_item(o, lanes.item[i], i ? lanes.item[i - 1] : NULL);
    out_nl(o);
}
