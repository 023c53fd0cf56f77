/* SPDX-License-Identifier: MIT
 * table.c - a table for the terminal. Columns are as wide as their widest cell; where the terminal is narrower, texts
 * are cut first (a name keeps its end, which tells layers apart), then the least important columns go. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "json.h"
#include "table.h"

enum { GAP = 2 };

struct Table {
    const Column *column;
    int n, ncell;
    const char **cell;
};

/* What is shown of s: names come from models, so whatever could steer a terminal becomes '?'. */
static char *printable(const char *s)
{
    char *clean = utf8(s);
    for (unsigned char *p = (unsigned char *)clean; *p; p++) {
        if (*p < ' ' || *p == 0x7f)
            *p = '?';
        else if (*p == 0xc2 && p[1] < 0xa0) /* U+0080 to U+009F: control */
            memcpy(p, "??", 2);
        else if (*p == 0xe2 && ((p[1] == 0x80 && (p[2] > 0xa9 && p[2] < 0xaf)) ||
                                (p[1] == 0x81 && p[2] > 0xa5 && p[2] < 0xaa)))
            memcpy(p, "???", 3); /* changes of the direction of writing */
    }
    return clean;
}

/* Characters of s. */
static int breadth(const char *s)
{
    int n = 0;
    for (; *s; s++)
        n += (*s & 0xc0) != 0x80;
    return n;
}

Table *table_new(const Column *column, int n)
{
    Table *t = mem(sizeof *t);
    *t = (Table){.column = column, .n = n};
    return t;
}

void table_cell(Table *t, const char *fmt, ...)
{
    char s[4096];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(s, sizeof s, fmt, ap);
    va_end(ap);
    PUSH(t->cell, t->ncell, printable(s));
}

static int total(const int *width, int n)
{
    int sum = -GAP;
    for (int k = 0; k < n; k++)
        sum += width[k] ? width[k] + GAP : 0;
    return sum;
}

/* The width of each column; 0: it is left out. */
static int *widths(const Table *t, int room)
{
    int *w = mem((size_t)t->n * sizeof *w);
    for (int i = 0; i < t->ncell; i++)
        w[i % t->n] = MAX(w[i % t->n], breadth(t->cell[i]));
    for (int k = 0; k < t->n; k++)
        w[k] = w[k] ? MAX(w[k], breadth(t->column[k].head)) : 0;
    while (room && total(w, t->n) > room) {
        int cut = -1, drop = -1;
        for (int k = 0; k < t->n; k++) {
            const Column *c = &t->column[k];
            if (w[k] && c->least && w[k] > c->least && (cut < 0 || w[k] > w[cut]))
                cut = k;
            if (w[k] && c->rank && (drop < 0 || c->rank > t->column[drop].rank))
                drop = k;
        }
        if (cut >= 0)
            w[cut]--;
        else if (drop >= 0)
            w[drop] = 0;
        else
            break;
    }
    return w;
}

/* s without its first characters, so that `most` are left. */
static const char *tail_of(const char *s, int most)
{
    for (int over = breadth(s) - most; over > 0; over--)
        do
            s++;
        while ((*s & 0xc0) == 0x80);
    return s;
}

static void print_cell(FILE *f, const char *s, int width, bool left, bool last)
{
    if (breadth(s) > width)
        s = text("..%s", tail_of(s, width - 2));
    int pad = width - breadth(s);
    if (left)
        fprintf(f, "%s%*s", s, last ? 0 : pad, "");
    else
        fprintf(f, "%*s%s", pad, "", s);
}

void table_print(const Table *t, FILE *f, int width)
{
    const int *w = widths(t, width);
    int last = t->n - 1;
    while (last > 0 && !w[last])
        last--;
    for (int i = -t->n; i < t->ncell; i++) {
        int k = i < 0 ? i + t->n : i % t->n;
        if (!w[k])
            continue;
        print_cell(f, i < 0 ? t->column[k].head : t->cell[i], w[k], t->column[k].left, k == last);
        fprintf(f, "%*s", k == last ? 0 : GAP, "");
        if (k == last)
            fputc('\n', f);
    }
}

int terminal_width(FILE *f)
{
    struct winsize size = {0};
    if (!isatty(fileno(f)))
        return 0;
    const char *columns = getenv("COLUMNS");
    if (columns && atoi(columns) > 0)
        return atoi(columns);
    return ioctl(fileno(f), TIOCGWINSZ, &size) || !size.ws_col ? 80 : size.ws_col;
}
