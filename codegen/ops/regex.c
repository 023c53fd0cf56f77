/* SPDX-License-Identifier: MIT
 * regex.c - RegexFullMatch: the pattern becomes a table while compiling, so that the net follows one number from byte
 * to byte.
 *
 *     text -> tree -> states with choices -> sets of such states, each with what byte came before, as rows of a table
 *
 * The syntax is that of RE2. What depends on Unicode's tables, flags, and brackets with letters beyond ASCII are refused. */
#include <ctype.h>
#include <string.h>
#include "ops.h"

enum {
    MOST_BYTES = 4096,
    MOST_DEPTH = 100,
    MOST_TIMES = 1000,
    MOST_STATES = 1024,
    MOST_ROWS = 256,
    MATCH = 0
};
enum { BEFORE_ALL, AFTER_WORD, AFTER_OTHER, AT_END }; /* what lies next to a place */

typedef enum ReKind { RE_SET, RE_BOTH, RE_EITHER, RE_TIMES, RE_PLACE, RE_NOTHING } ReKind;
typedef struct Re {
    ReKind kind;
    bool set[256];
    const struct Re *a, *b;
    int least, most; /* times; most -1: any number */
    char place;      /* one of ^ $ b B */
} Re;

/* ---- text to tree ------------------------------------------------------------------------------ */

typedef struct Parser {
    const char *p, *why; /* why: what is not supported; NULL: nothing so far */
    int depth;
    bool words; /* a place asks for words */
} Parser;

static Re *re_new(ReKind kind, const Re *a, const Re *b)
{
    Re *r = mem(sizeof *r);
    *r = (Re){.kind = kind, .a = a, .b = b};
    return r;
}

static Re *range(int from, int to)
{
    Re *r = re_new(RE_SET, NULL, NULL);
    for (int c = from; c <= to; c++)
        r->set[c] = true;
    return r;
}

static Re *either(const Re *a, const Re *b)
{
    return re_new(RE_EITHER, a, b);
}

/* A character beyond ASCII, in UTF-8. */
static Re *beyond_ascii(void)
{
    Re *r = re_new(RE_BOTH, range(0xc2, 0xdf), range(0x80, 0xbf));
    Re *tail = re_new(RE_BOTH, range(0x80, 0xbf), range(0x80, 0xbf));
    r = either(r, re_new(RE_BOTH, range(0xe0, 0xef), tail));
    tail = re_new(RE_BOTH, range(0x80, 0xbf), tail);
    return either(r, re_new(RE_BOTH, range(0xf0, 0xf4), tail));
}

static bool is_word(int c)
{
    return c < 128 && (isalnum(c) || c == '_');
}

/* The class that a letter behind a backslash names; false: none. */
static bool class_add(bool *set, int letter)
{
    if (!strchr("dDwWsS", letter) || !letter)
        return false;
    for (int c = 0; c < 128; c++) {
        bool in = tolower(letter) == 'd'   ? isdigit(c) != 0
                  : tolower(letter) == 'w' ? is_word(c)
                                           : c && strchr("\t\n\f\r ", c) != NULL;
        set[c] |= in != (isupper(letter) != 0);
    }
    return true;
}

/* A character behind a backslash that stands for itself or is a control character; -1: none such. */
static int escaped(Parser *t)
{
    static const char letters[] = "ntrfav", meant[] = "\n\t\r\f\a\v";
    const char *at = strchr(letters, *t->p);
    int value = 0;
    if (*t->p && at)
        return t->p++, meant[at - letters];
    if (*t->p == 'x' && isxdigit((unsigned char)t->p[1]) && isxdigit((unsigned char)t->p[2])) {
        for (int i = 1; i <= 2; i++)
            value = 16 * value +
                    (isdigit((unsigned char)t->p[i]) ? t->p[i] - '0' : tolower(t->p[i]) - 'a' + 10);
        t->p += 3;
        return value < 128 ? value : -1;
    }
    return ispunct((unsigned char)*t->p) ? *t->p++ : -1;
}

/* One character of a bracket, or -1 after a class, which has been added. */
static int bracket_item(Parser *t, bool *set, bool *wide)
{
    unsigned char c = (unsigned char)*t->p++;
    if (c == '[' && *t->p == ':')
        t->why = "a class with a name";
    if (c >= 128)
        t->why = "a letter beyond ASCII in brackets";
    if (c != '\\')
        return c;
    if (class_add(set, *t->p)) {
        *wide |= isupper((unsigned char)*t->p++) != 0;
        return -1;
    }
    int e = escaped(t);
    if (e < 0)
        t->why = "an escape in brackets";
    return e;
}

static const Re *bracket(Parser *t)
{
    Re *r = re_new(RE_SET, NULL, NULL);
    bool not = *t->p == '^', wide = false;
    t->p += not ;
    for (bool first = true; !t->why && *t->p && (*t->p != ']' || first); first = false) {
        int from = bracket_item(t, r->set, &wide), to = from;
        if (from >= 0 && *t->p == '-' && t->p[1] && t->p[1] != ']') {
            t->p++;
            to = bracket_item(t, r->set, &wide);
        }
        if (to < from)
            t->why = "a range in brackets";
        for (int c = from; c >= 0 && c <= to && !t->why; c++)
            r->set[c] = true;
    }
    if (*t->p != ']')
        t->why = t->why ? t->why : "a bracket without its end";
    else
        t->p++;
    for (int c = 0; c < 128 && not ; c++)
        r->set[c] = !r->set[c];
    return not != wide ? either(r, beyond_ascii()) : r;
}

static const Re *at_place(Parser *t, char which)
{
    Re *r = re_new(RE_PLACE, NULL, NULL);
    r->place = which;
    t->words |= which == 'b' || which == 'B';
    return r;
}

static const Re *backslash(Parser *t)
{
    Re *r = re_new(RE_SET, NULL, NULL);
    char c = *t->p;
    if (c == 'b' || c == 'B' || c == 'A' || c == 'z') {
        t->p++;
        return at_place(t, c == 'A' ? '^' : c == 'z' ? '$' : c);
    }
    if (class_add(r->set, c)) {
        t->p++;
        return isupper((unsigned char)c) ? either(r, beyond_ascii()) : r;
    }
    int e = escaped(t);
    if (e < 0)
        t->why = "an escape";
    else
        r->set[e] = true;
    return r;
}

/* A character as its bytes. */
static const Re *literal(Parser *t)
{
    const Re *r = range((unsigned char)*t->p, (unsigned char)*t->p);
    for (t->p++; ((unsigned char)*t->p & 0xc0) == 0x80; t->p++)
        r = re_new(RE_BOTH, r, range((unsigned char)*t->p, (unsigned char)*t->p));
    return r;
}

static const Re *alternatives(Parser *t);

static const Re *group(Parser *t)
{
    if (!strncmp(t->p, "?:", 2))
        t->p += 2;
    else if (!strncmp(t->p, "?P<", 3) && strchr(t->p, '>'))
        t->p = strchr(t->p, '>') + 1;
    else if (*t->p == '?')
        t->why = "a group with flags";
    const Re *r = alternatives(t);
    if (*t->p == ')')
        t->p++;
    else
        t->why = t->why ? t->why : "a group without its end";
    return r;
}

static const Re *atom(Parser *t)
{
    char c = *t->p;
    if (strchr("*+?{", c)) {
        t->why = "a repetition of nothing";
        return NULL;
    }
    if (!strchr(".[\\(^$", c))
        return literal(t);
    t->p++;
    switch (c) {
    case '.': {
        Re *r = range(0, 127);
        r->set['\n'] = false;
        return either(r, beyond_ascii());
    }
    case '[': return bracket(t);
    case '\\': return backslash(t);
    case '(': return group(t);
    default: return at_place(t, c);
    }
}

static int number(Parser *t)
{
    int n = -1;
    for (; isdigit((unsigned char)*t->p); t->p++)
        n = n < 0 ? *t->p - '0' : n > MOST_TIMES ? n : 10 * n + *t->p - '0';
    return n;
}

/* How often the piece before it; false: no such thing stands here. */
static bool times(Parser *t, Re *r)
{
    char c = *t->p;
    if (!c || !strchr("*+?{", c))
        return false;
    t->p++;
    r->least = c == '+';
    r->most = c == '?' ? 1 : -1;
    if (c == '{') {
        r->least = number(t);
        r->most = r->least;
        if (*t->p == ',') {
            t->p++;
            r->most = number(t);
        }
        if (*t->p++ != '}' || r->least < 0 || r->least > MOST_TIMES || r->most > MOST_TIMES ||
            (r->most >= 0 && r->most < r->least))
            t->why = "a number of repetitions";
    }
    t->p += *t->p == '?'; /* to match as little as possible makes no difference to a full match */
    return true;
}

static const Re *alternatives(Parser *t)
{
    const Re *all = NULL, *one = re_new(RE_NOTHING, NULL, NULL);
    if (++t->depth > MOST_DEPTH)
        t->why = "so deep a nesting";
    while (!t->why && *t->p && *t->p != ')') {
        if (*t->p == '|') {
            t->p++;
            all = all ? either(all, one) : one;
            one = re_new(RE_NOTHING, NULL, NULL);
            continue;
        }
        const Re *piece = atom(t);
        Re repeated = {.kind = RE_TIMES};
        while (!t->why && times(t, &repeated)) {
            repeated.a = piece;
            piece = mem_copy(&repeated, sizeof repeated);
        }
        one = re_new(RE_BOTH, one, piece);
    }
    t->depth--;
    return all ? either(all, one) : one;
}

/* ---- tree to states ---------------------------------------------------------------------------- */

/* A set is left by one of its bytes, others without any: a place where it holds, a choice in two ways. */
typedef struct State {
    const Re *re; /* RE_SET, RE_PLACE or RE_EITHER; NULL: the end */
    int to, or_to;
} State;

typedef struct Automaton {
    State state[MOST_STATES];
    int n, calls; /* of build() */
    bool words;
} Automaton;

static int state_new(Automaton *m, const Re *re, int to, int or_to)
{
    if (m->n == MOST_STATES)
        return MATCH;
    m->state[m->n] = (State){re, to, or_to};
    return m->n++;
}

/* The state from which r leads to `next`. */
static int build(Automaton *m, const Re *r, int next)
{
    static const Re choice = {.kind = RE_EITHER};
    int start = next;
    if (++m->calls > 1 << 20)
        m->n = MOST_STATES; /* nothing, very often */
    if (m->n == MOST_STATES)
        return MATCH;
    switch (r->kind) {
    case RE_NOTHING: return next;
    case RE_BOTH: return build(m, r->a, build(m, r->b, next));
    case RE_EITHER: return state_new(m, &choice, build(m, r->a, next), build(m, r->b, next));
    case RE_TIMES: break;
    default: return state_new(m, r, next, MATCH);
    }
    if (r->most < 0) {
        start = state_new(m, &choice, MATCH, next);
        int body = build(m, r->a, start);
        m->state[start].to = start ? body : MATCH;
    }
    for (int i = r->least; i < r->most && m->n < MOST_STATES; i++)
        start = state_new(m, &choice, build(m, r->a, start), next);
    for (int i = 0; i < r->least && m->n < MOST_STATES; i++)
        start = build(m, r->a, start);
    return start;
}

/* ---- states to a table ------------------------------------------------------------------------- */

/* The states one may be in, before those that are reached without a byte, and what came before. */
typedef struct Row {
    bool in[MOST_STATES];
    int before;
} Row;

static bool holds(char place, int before, int after)
{
    bool edge = (before == AFTER_WORD) != (after == AFTER_WORD);
    return place == '^'   ? before == BEFORE_ALL
           : place == '$' ? after == AT_END
                          : edge == (place == 'b');
}

static void reach(const Automaton *m, bool *seen, int from, int before, int after)
{
    int stack[MOST_STATES + 1], n = 0;
    stack[n++] = from;
    while (n) {
        int at = stack[--n];
        const State *s = &m->state[at];
        if (seen[at])
            continue;
        seen[at] = true;
        if (!s->re || s->re->kind == RE_SET)
            continue;
        if (s->re->kind == RE_EITHER && !seen[s->or_to] && n < MOST_STATES)
            stack[n++] = s->or_to;
        if (s->re->kind == RE_EITHER || holds(s->re->place, before, after))
            stack[n++] = s->to;
    }
}

static void reached(const Automaton *m, const Row *row, int after, bool *seen)
{
    memset(seen, 0, MOST_STATES);
    for (int i = 0; i < m->n; i++)
        if (row->in[i])
            reach(m, seen, i, row->before, after);
}

static Row next_row(const Automaton *m, const Row *row, int byte)
{
    Row next = {.before = AFTER_OTHER};
    int after = m->words && is_word(byte) ? AFTER_WORD : AFTER_OTHER;
    bool seen[MOST_STATES];
    reached(m, row, after, seen);
    for (int i = 1; i < m->n; i++)
        if (seen[i] && m->state[i].re->kind == RE_SET && m->state[i].re->set[byte]) {
            next.in[m->state[i].to] = true;
            next.before = after;
        }
    return next;
}

/* Bytes that no state tells apart share a number. */
static int bytes_number(const Automaton *m, uint8_t *number)
{
    int count = 0, first[256];
    for (int c = 0; c < 256; c++) {
        int k = 0;
        for (; k < count; k++) {
            bool same = is_word(c) == is_word(first[k]);
            for (int i = 1; i < m->n && same; i++)
                same = m->state[i].re->kind != RE_SET ||
                       m->state[i].re->set[c] == m->state[i].re->set[first[k]];
            if (same)
                break;
        }
        if (k == count)
            first[count++] = c;
        number[c] = (uint8_t)k;
    }
    return count;
}

/* The number of r among the rows, a new one if need be; -1: there are too many. */
static int row_find(Row **row, int *n, const Row *r)
{
    for (int i = 0; i < *n; i++)
        if (row[i]->before == r->before && !memcmp(row[i]->in, r->in, sizeof r->in))
            return i;
    if (*n == MOST_ROWS)
        return -1;
    row[*n] = mem_copy(r, sizeof *r);
    return (*n)++;
}

/* in[1] numbers bytes, in[2] is the next row for each row and number, in[3] says where a match may end. */
static bool table(Graph *g, Node *n, const Automaton *m, int start)
{
    uint8_t *number = mem(256), *ends = mem(MOST_ROWS);
    int count = bytes_number(m, number), rows = 0;
    uint16_t *next = mem((size_t)(MOST_ROWS * count) * sizeof *next);
    Row **row = mem(MOST_ROWS * sizeof *row), first = {.before = BEFORE_ALL};
    bool seen[MOST_STATES];
    first.in[start] = true;
    row_find(row, &rows, &first);
    for (int r = 0; r < rows; r++) {
        reached(m, row[r], AT_END, seen);
        ends[r] = seen[MATCH];
        for (int k = 0; k < count; k++) {
            int byte = 0;
            while (number[byte] != k)
                byte++;
            Row after = next_row(m, row[r], byte);
            int to = row_find(row, &rows, &after);
            if (to < 0)
                return false;
            next[r * count + k] = (uint16_t)to;
        }
    }
    input_set(n, 1, value_const(g, "bytes", DT_UINT8, 1, &(int64_t){256}, number));
    input_set(n, 2, value_const(g, "next", DT_UINT16, 2, (int64_t[]){rows, count}, next));
    input_set(n, 3, value_const(g, "ends", DT_UINT8, 1, &(int64_t){rows}, ends));
    return true;
}

/* ---- the operator ------------------------------------------------------------------------------ */

void regex_canon(Graph *g, Node *n)
{
    Parser t = {.p = n->a.pattern ? n->a.pattern : ""};
    if (strlen(t.p) > MOST_BYTES) {
        blocker(n, NULL, "the pattern is too large");
        return;
    }
    const Re *r = alternatives(&t);
    if (*t.p && !t.why)
        t.why = "a ')'";
    if (t.why) {
        blocker(n, NULL, "the pattern has %s, which is not supported, or is no regular expression",
                t.why);
        return;
    }
    Automaton *m = mem(sizeof *m);
    m->n = 1; /* MATCH */
    m->words = t.words;
    int start = build(m, r, MATCH);
    if (m->n == MOST_STATES || !table(g, n, m, start))
        blocker(n, NULL, "the pattern is too large");
}

void regex_infer(Graph *g, Node *n)
{
    (void)g;
    if (n->in[0]->dtype != DT_STRING)
        blocker(n, NULL, "'%s' is %s instead of string", n->in[0]->name,
                dtype_name(n->in[0]->dtype));
    else
        out_set(n, 0, DT_BOOL, n->in[0]->rank, n->in[0]->dim);
}
