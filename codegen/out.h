/* SPDX-License-Identifier: MIT
 * out.h - text under construction. Templates add pieces to an open line and end it; the Out owns indentation
 * (braces and open parentheses decide it), so that no template ever writes leading blanks. */
#ifndef DNNCC_OUT_H
#define DNNCC_OUT_H
#include <stddef.h>
#include <stdint.h>

typedef struct Out {
    char *text; /* finished lines, NUL-terminated */
    size_t len, cap;
    char *line; /* the open line */
    size_t nline, linecap;
    int depth, paren; /* open braces and parentheses */
    int comment;      /* inside a block comment */
    int control;      /* the line before was "for (...)" or the like, without a brace */
} Out;

void out_init(Out *o);
void out_s(Out *o, const char *s); /* add a string to the open line */
void out_i(Out *o, long long v);   /* add an integer */
void out_gap(Out *o);              /* one space between the pieces of a line left open */
void out_nl(Out *o);               /* end the line */
void out_f(Out *o, const char *fmt, ...)
    __attribute__((format(printf, 2, 3))); /* add formatted text */
void out_line(Out *o, const char *fmt, ...)
    __attribute__((format(printf, 2, 3))); /* a whole line */
void out_raw(Out *o, const char *s);       /* finished text, copied as it is */

#define out_v(o, x) _Generic((x), char * : out_s, const char * : out_s, default : out_i)(o, x)
#endif
