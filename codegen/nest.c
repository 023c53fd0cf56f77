/* SPDX-License-Identifier: MIT
 * nest.c - heads of loop nests in generated code, for kernels that walk tensors of any rank. A loop of one turn is left
 * out: its variable is the text "0", and offset_text leaves its term out too. */
#include <inttypes.h>
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
