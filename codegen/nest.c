/* SPDX-License-Identifier: MIT
 * nest.c - loop nests in generated code, for kernels that walk tensors of any rank.
 *
 * Naive kernels keep the tensor's axes as they are: one loop each, but those of one turn, whose variable is the text
 * "0". Vector kernels gather axes into a Nest, which sorts them as they lie in memory and merges neighbours. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "ops/ops.h"

const char **nest_names(const char *prefix, int n, const int64_t *dim)
{
    const char **name = mem((size_t)(n + 1) * sizeof *name);
    for (int i = 0; i < n; i++)
        name[i] = dim[i] == 1 ? "0" : text("%s%d", prefix, i);
    return name;
}

void nest_open(Out *o, int n, const int64_t *dim, const char *const *name)
{
    int last = n - 1;
    while (last >= 0 && dim[last] == 1)
        last--;
    if (last < 0)
        out_line(o, "{");
    for (int i = 0; i <= last; i++)
        if (dim[i] != 1)
            out_line(o, "for (int %s = 0; %s < %" PRId64 "; %s++)%s", name[i], name[i], dim[i],
                     name[i], i == last ? " {" : "");
}

void nest_add(Nest *nest, int64_t dim, int64_t x, int64_t y)
{
    if (dim == 1)
        return;
    int at = nest->n++;
    for (; at > 0 && llabs(nest->axis[at - 1].x) < llabs(x); at--)
        nest->axis[at] = nest->axis[at - 1];
    nest->axis[at] = (NestAxis){dim, x, y};
}

void nest_merge(Nest *nest)
{
    int last = nest->apart;
    for (int i = last + 1; i < nest->n; i++) {
        NestAxis *outer = &nest->axis[last], inner = nest->axis[i];
        if (outer->x == inner.x * inner.dim && outer->y == inner.y * inner.dim)
            *outer = (NestAxis){outer->dim * inner.dim, inner.x, inner.y};
        else
            nest->axis[++last] = inner;
    }
    nest->n = MIN(nest->n, last + 1);
}

Nest nest_outer(const Nest *nest)
{
    Nest outer = *nest;
    outer.n = MAX(nest->n - 1, 0);
    return outer;
}

int64_t nest_ranges(const Nest *nest)
{
    return nest->n && nest->axis[0].dim > 1 ? nest->axis[0].dim : 0;
}

double nest_turns(const Nest *nest)
{
    double turns = 1;
    for (int i = 0; i < nest->n; i++)
        turns *= (double)nest->axis[i].dim;
    return turns;
}

void nest_begin(Out *o, const Nest *nest)
{
    for (int i = 0; i < nest->n; i++) {
        const char *v = text("%s%d", nest->prefix, i), *open = i + 1 < nest->n ? "" : " {";
        if (nest->ranged && i == 0)
            out_line(o, "for (int %s = from; %s < to; %s++)%s", v, v, v, open);
        else
            out_line(o, "for (int %s = 0; %s < %" PRId64 "; %s++)%s", v, v, nest->axis[i].dim, v,
                     open);
    }
}

void nest_end(Out *o, const Nest *nest)
{
    if (nest->n)
        out_line(o, "}");
}

const char *nest_offset(const Nest *nest, bool of_y, const char *then)
{
    int64_t stride[MAX_RANK + 1];
    const char *ix[MAX_RANK + 1];
    for (int i = 0; i < nest->n; i++) {
        stride[i] = of_y ? nest->axis[i].y : nest->axis[i].x;
        ix[i] = text("%s%d", nest->prefix, i);
        if (i == 0 && (of_y ? nest->y_lines : nest->x_lines))
            ix[i] = text("(%s - %s)", ix[i], of_y ? "y_row" : "x_row");
    }
    stride[nest->n] = 1;
    ix[nest->n] = then;
    return offset_text(nest->n + 1, stride, ix);
}

const char *plus_text(const char *pointer, const char *offset)
{
    return strcmp(offset, "0") ? text("%s + %s", pointer, offset) : pointer;
}

const char *plus_number(const char *pointer, int64_t offset)
{
    return offset ? text("%s + %" PRId64, pointer, offset) : pointer;
}
