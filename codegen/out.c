/* SPDX-License-Identifier: MIT
 * out.c - text under construction: an open line, and the finished lines indented by the braces seen so far. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "dnncc.h"

void out_init(Out *o)
{
    *o = (Out){.cap = 1 << 16, .linecap = 1 << 10};
    o->text = mem(o->cap);
    o->line = mem(o->linecap);
}

static char *room(char *buf, size_t len, size_t *cap, size_t more)
{
    if (len + more + 1 <= *cap)
        return buf;
    size_t old = *cap;
    while (*cap < len + more + 1)
        *cap *= 2;
    return mem_grow(buf, old, *cap);
}

static void put(Out *o, const char *s, size_t n)
{
    o->text = room(o->text, o->len, &o->cap, n);
    memcpy(o->text + o->len, s, n);
    o->len += n;
    o->text[o->len] = 0;
}

void out_s(Out *o, const char *s)
{
    size_t n = strlen(s);
    o->line = room(o->line, o->nline, &o->linecap, n);
    memcpy(o->line + o->nline, s, n + 1);
    o->nline += n;
}

void out_i(Out *o, long long v)
{
    char b[32];
    snprintf(b, sizeof b, "%lld", v);
    out_s(o, b);
}

void out_gap(Out *o)
{
    if (o->nline && o->line[o->nline - 1] != ' ')
        out_s(o, " ");
}

/* Follow braces, parentheses, strings and comments of a finished line, to know how deep the next one stands. */
static void follow(Out *o, const char *p)
{
    char quote = 0;
    for (; *p; p++) {
        if (o->comment) {
            if (p[0] == '*' && p[1] == '/')
                o->comment = 0, p++;
        } else if (quote) {
            if (*p == '\\' && p[1])
                p++;
            else if (*p == quote)
                quote = 0;
        } else if (p[0] == '/' && p[1] == '*') {
            o->comment = 1, p++;
        } else if (p[0] == '/' && p[1] == '/') {
            break;
        } else if (*p == '"' || *p == '\'') {
            quote = *p;
        } else {
            o->depth += (*p == '{') - (*p == '}');
            o->paren += (*p == '(') - (*p == ')');
        }
    }
}

/* "for (...)", "if (...)" or "else" alone on a line: the statement that follows hangs by one level. */
static int is_control(const char *s, size_t n)
{
    static const char *const words[] = {"for (", "if (", "while (", "else"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (!strncmp(s, words[i], strlen(words[i])))
            return s[n - 1] == ')' || !strcmp(s, "else");
    return 0;
}

void out_nl(Out *o)
{
    static const char blanks[] = "                                                                ";
    int depth = o->depth - (o->nline && o->line[0] == '}') + (o->paren > 0);
    while (o->nline && o->line[o->nline - 1] == ' ')
        o->line[--o->nline] = 0;
    int control = o->nline && is_control(o->line, o->nline);
    depth += o->control && !control && (!o->nline || o->line[o->nline - 1] != '{');
    o->control = control;
    if (o->nline && o->line[0] != '#') {
        int pad = 4 * MAX(depth, 0) + (o->line[0] == '*' && o->comment);
        put(o, blanks, (size_t)MIN(pad, (int)sizeof blanks - 1));
    }
    if (o->nline) {
        put(o, o->line, o->nline);
        if (o->line[0] != '#')
            follow(o, o->line);
    }
    put(o, "\n", 1);
    o->nline = 0;
    o->line[0] = 0;
}

static void put_formatted(Out *o, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    o->line = room(o->line, o->nline, &o->linecap, (size_t)n);
    vsnprintf(o->line + o->nline, (size_t)n + 1, fmt, ap);
    o->nline += (size_t)n;
}

void out_f(Out *o, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    put_formatted(o, fmt, ap);
    va_end(ap);
}

void out_line(Out *o, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    put_formatted(o, fmt, ap);
    va_end(ap);
    out_nl(o);
}

void out_raw(Out *o, const char *s)
{
    put(o, s, strlen(s));
}
