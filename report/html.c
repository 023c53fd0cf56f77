/* SPDX-License-Identifier: MIT
 * html.c - words of the report: names that come from models, and numbers as people read them. */
#include <math.h>
#include <string.h>
#include "html.h"
#include "json.h"

static const char dash[] = "\xe2\x80\x93";

/* A character that is not text as it stands; NULL: it is. */
static const char *entity(unsigned char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '\n': return "&#10;";
    default: return c < ' ' || c == 0x7f ? "\xef\xbf\xbd" : NULL;
    }
}

const char *html(const char *s)
{
    const char *clean = utf8(s ? s : "");
    char *safe = mem(6 * strlen(clean) + 1), *p = safe;
    for (; *clean; clean++) {
        const char *e = entity((unsigned char)*clean);
        size_t n = e ? strlen(e) : 1;
        memcpy(p, e ? e : clean, n);
        p += n;
    }
    return safe;
}

const char *html_fixed(double x, int decimals)
{
    return x < 0 ? dash : text("%.*f", decimals, x);
}

const char *html_us(double ns)
{
    return html_fixed(ns < 0 ? ns : ns / 1e3, ns < 1e5 ? 2 : 1);
}

const char *html_percent(double share)
{
    return share < 0 ? dash : text("%.1f%%", 100 * share);
}

const char *html_bytes(double bytes)
{
    return bytes < 0     ? dash
           : bytes < 1e3 ? text("%.0f B", bytes)
           : bytes < 1e6 ? text("%.1f kB", bytes / 1e3)
           : bytes < 1e9 ? text("%.2f MB", bytes / 1e6)
                         : text("%.2f GB", bytes / 1e9);
}

const char *html_ratio(const Change *c)
{
    if (c->low < 0)
        return html_fixed(c->ratio, 3);
    return text("%.3f (%.3f to %.3f)", c->ratio, c->low, c->high);
}

const char *html_nodes(const Group *g)
{
    const Side *s = g->side;
    const char *all = "";
    while (!s->n)
        s++;
    for (int i = 0; i < s->n; i++)
        for (int k = 0; k < s->layer[i]->nnode && strlen(all) < 1000; k++)
            all = text("%s%s%s", all, *all ? "\n" : "", s->layer[i]->node[k]);
    return html(all);
}

const char *html_main_op(const Group *g)
{
    return html(text("%.*s", (int)strcspn(g->op, "+"), g->op));
}

double html_gflops(const Side *s)
{
    return s->macs > 0 && s->median > 0 ? 2 * s->macs / s->median : ABSENT;
}
