/* SPDX-License-Identifier: MIT
 * html.h - the parts of the report as HTML, and the words that they share. What is not known is a dash. */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H
#include "compare.h"

const char *html(const char *s);                /* any bytes, made harmless as text or attribute */
const char *html_fixed(double x, int decimals); /* ABSENT: a dash */
const char *html_us(double ns);                 /* microseconds */
const char *html_percent(double share);         /* of 1 */
const char *html_bytes(double bytes);           /* "1.58 MB" */
const char *html_ratio(const Change *c);        /* "0.623 (0.611 to 0.634)" */
const char *html_nodes(const Group *g);         /* names of all its nodes, a line each */
const char *html_main_op(const Group *g);       /* "Conv" */
double html_gflops(const Side *s);              /* GFLOP/s; ABSENT */

/* Each writes a section, or nothing where there is nothing to show. */
void html_layers(Out *o, const Comparison *c);
void html_table(Out *o, const Comparison *c);
void html_roofline(Out *o, const Comparison *c);
void html_operators(Out *o, const Comparison *c);
void html_arena(Out *o, const Comparison *c);
void html_sparsity(Out *o, const Comparison *c);
void html_steps(Out *o, const Comparison *c);
void html_widths(Out *o, const Comparison *c);
#endif
