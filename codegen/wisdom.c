/* SPDX-License-Identifier: MIT
 * wisdom.c - what was found out by timing (--tune): for a layer, the kernel and register tile that won. A file of lines
 *
 *     dnncc wisdom 1
 *     gemm_vec 6x2 avx2 Conv k1x1 s1x1 d1x1 p0x0x0x0 g1 float 1x24x56x56<...> ...
 *
 * after whose first two words stands the key: all that the layer's speed depends on. Tile 0x0: as the kernel thinks best.
 * Who reads the same file makes the same code, on any machine. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "dnncc.h"

static const char *const first_line = "dnncc wisdom 1";

/* ---- keys -------------------------------------------------------------------------------------------------------- */

static const char *numbers_text(const char *s, const char *name, Ints a)
{
    s = text("%s %s", s, name);
    for (int i = 0; i < a.n; i++)
        s = text("%s%s%" PRId64, s, i ? "x" : "", a.v[i]);
    return s;
}

static const char *value_text(const Value *v)
{
    if (!v)
        return " -";
    const char *s = text(" %s %s%s", dtype_name(v->dtype), dims_text(v), v->data ? "=" : "");
    if (v->data || !v->base || value_is_plain(v))
        return s;
    for (int i = 0; i < v->rank; i++)
        s = text("%s%c%" PRId64, s, i ? ',' : '<', v->stride[i]);
    return text("%s>", s);
}

const char *layer_key(const Node *n, const Target *t)
{
    const char *s = text("%s %s", t->name, n->op->name);
    if (n->a.kernel_shape.n) {
        s = numbers_text(s, "k", n->a.kernel_shape);
        s = numbers_text(s, "s", n->a.strides);
        s = numbers_text(s, "d", n->a.dilations);
        s = text("%s g%" PRId64, numbers_text(s, "p", n->a.pads), n->a.group);
    }
    if (n->a.transA || n->a.transB)
        s = text("%s t%" PRId64 "%" PRId64, s, n->a.transA, n->a.transB);
    for (int i = 0; i < n->nin; i++)
        s = text("%s%s", s, value_text(n->in[i]));
    for (int i = 0; i < n->nout; i++)
        s = text("%s%s%s", s, i ? "" : " ->", value_text(n->out[i]));
    return n->expr ? text("%s : %s", s, expr_text(n->expr, n)) : s;
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

const Choice *wisdom_find(const Compiler *c, const char *key)
{
    for (int i = 0; i < c->nwisdom; i++)
        if (!strcmp(c->wisdom[i].key, key))
            return &c->wisdom[i].choice;
    return NULL;
}

_Noreturn static void damaged(const char *path, int line, const char *what)
{
    message_subject(NULL);
    fatal("--tune FILE writes such files anew", "%s:%d: %s", path, line, what);
}

/* "6x2" */
static bool tile_read(const char *s, Choice *c)
{
    char *end;
    long m = strtol(s, &end, 10), v = *end == 'x' ? strtol(end + 1, &end, 10) : -1;
    c->m = (int)m;
    c->v = (int)v;
    return !*end && m >= 0 && m < 100 && v >= 0 && v < 100;
}

static void line_read(Compiler *c, const char *path, int number, char *line)
{
    char *tile = strchr(line, ' '), *key = tile ? strchr(tile + 1, ' ') : NULL;
    Wisdom w = {0};
    if (!key)
        damaged(path, number, "a line is a kernel, a tile and a key");
    *tile = *key = 0;
    w.key = key + 1;
    w.choice.kernel = kernel_find(line);
    if (!w.choice.kernel)
        damaged(path, number, text("there is no kernel '%s'", line));
    if (!tile_read(tile + 1, &w.choice))
        damaged(path, number, text("'%s' is no tile such as 6x2", tile + 1));
    if (wisdom_find(c, w.key))
        damaged(path, number, "this layer stands above, too");
    PUSH(c->wisdom, c->nwisdom, w);
}

void wisdom_read(Compiler *c, const char *path)
{
    size_t bytes;
    char *line = read_file(path, &bytes);
    if (strlen(line) != bytes)
        damaged(path, 1, "it is no text");
    for (int number = 1; number == 1 || *line; number++) {
        char *end = line + strcspn(line, "\n");
        size_t length = strlen(first_line);
        if (number == 1 && (strncmp(line, first_line, length) || line[length] != '\n'))
            damaged(path, number, text("it does not begin with '%s'", first_line));
        if (!*end)
            damaged(path, number, "the line has no end");
        *end = 0;
        if (number > 1)
            line_read(c, path, number, line);
        line = end + 1;
    }
    PUSH(c->dep, c->ndep, path);
}

void wisdom_write(const Compiler *c, FILE *f)
{
    fprintf(f, "%s\n", first_line);
    for (int i = 0; i < c->nwisdom; i++) {
        const Wisdom *w = &c->wisdom[i];
        fprintf(f, "%s %dx%d %s\n", w->choice.kernel->name, w->choice.m, w->choice.v, w->key);
    }
}
