/* SPDX-License-Identifier: MIT
 * vocab.c - the vocabulary as a table: runtime text first, then the words of vocab.def, then those
 * that follow from fn.def, so that a name that is in several is found in its fastest form.
 */
#include <ctype.h>
#include <string.h>

#include "dnncc.h"
#include "vocab.h"

#define WORD(returns, name, params, lane)
#define RUNTIME(name) void emit_##name(Out *o);
#include "vocab.def"
#undef WORD
#undef RUNTIME

/* The word's form follows from the function's kind; a kind 'a' of integers only has no word. */
#define FN_NAME(name, kind) ((kind) == 'l' ? "vm_" #name : "vf_" #name)
#define FN_RETURNS(kind) ((kind) == 'a' || (kind) == 's' ? "vf" : "vm")
#define FN_PARAMS(arity, kind)                                \
    ((kind) == 's'   ? "vm m, vf a, vf b"                     \
     : (kind) == 'l' ? ((arity) == 1 ? "vm a" : "vm a, vm b") \
     : (arity) == 1  ? "vf a"                                 \
     : (arity) == 2  ? "vf a, vf b"                           \
                     : "vf a, vf b, vf c")
#define FN_LANE(kind, ftext, itext) ((kind) == 'l' || (kind) == 's' ? (itext) : (ftext))

static const Word words[] = {
#define WORD(returns, name, params, lane)
#define RUNTIME(name) {#name, NULL, NULL, NULL, emit_##name},
#include "vocab.def"
#undef WORD
#undef RUNTIME
#define WORD(returns, name, params, lane) {#name, #returns, params, lane, NULL},
#define RUNTIME(name)
#include "vocab.def"
#undef WORD
#undef RUNTIME
#define FN(name, arity, kind, ftext, itext, feval, ieval)                                        \
    {FN_NAME(name, kind), FN_RETURNS(kind), FN_PARAMS(arity, kind), FN_LANE(kind, ftext, itext), \
     NULL},
#include "fn.def"
#undef FN
};

static bool is_word(const Word *w)
{
    return w->lane || w->emit;
}

const Word *vocab_row(int i)
{
    return i < (int)COUNT(words) ? &words[i] : NULL;
}

const Word *vocab_find(const char *name)
{
    for (size_t i = 0; i < COUNT(words); i++)
        if (is_word(&words[i]) && !strcmp(words[i].name, name))
            return &words[i];
    return NULL;
}

/* Letters to change, add or drop to make b of a, as far as 24 letters go. */
static int distance(const char *a, const char *b)
{
    int row[25], n = (int)strnlen(b, 24);
    for (int j = 0; j <= n; j++)
        row[j] = j;
    for (int i = 1; a[i - 1] && i <= 24; i++) {
        int diagonal = row[0]++;
        for (int j = 1; j <= n; j++) {
            int best = MIN(diagonal + (a[i - 1] != b[j - 1]), MIN(row[j], row[j - 1]) + 1);
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[n];
}

const char *vocab_nearest(const char *name)
{
    const char *best = NULL;
    int least = 4;
    for (size_t i = 0; i < COUNT(words); i++) {
        int d = words[i].lane ? distance(name, words[i].name) : least;
        if (d < least) {
            least = d;
            best = words[i].name;
        }
    }
    return best;
}

int vocab_params(const Word *w)
{
    int n = 1;
    for (const char *p = w->params; (p = strchr(p, ',')); p++)
        n++;
    return n;
}

/* Past the comment or quoted text that starts at p; p itself if none does. */
static const char *skip_quoted(const char *p)
{
    if (p[0] == '/' && p[1] == '*') {
        const char *end = strstr(p + 2, "*/");
        return end ? end + 2 : p + strlen(p);
    }
    if (*p != '"' && *p != '\'')
        return p;
    char quote = *p++;
    while (*p && *p != quote)
        p += *p == '\\' && p[1] ? 2 : 1;
    return *p ? p + 1 : p;
}

void text_identifiers(const char *p, void (*see)(void *arg, const char *id), void *arg)
{
    while (*p) {
        const char *start = p;
        if ((p = skip_quoted(p)) != start)
            continue;
        while (isalnum((unsigned char)*p) || *p == '_')
            p++;
        if (p == start)
            p++;
        else if (!isdigit((unsigned char)*start))
            see(arg, text("%.*s", (int)(p - start), start));
    }
}

typedef struct Search {
    const char *name;
    bool found;
} Search;

static void compare(void *arg, const char *id)
{
    Search *s = arg;
    s->found |= !strcmp(id, s->name);
}

bool text_mentions(const char *c_text, const char *name)
{
    Search s = {name, false};
    text_identifiers(c_text, compare, &s);
    return s.found;
}
