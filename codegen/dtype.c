/* SPDX-License-Identifier: MIT
 * dtype.c - look-ups in the table of element types. */
#include <string.h>
#include "dnncc.h"

typedef struct Row {
    DType t;
    int bytes;
    const char *id, *ctype, *name;
    char kind;
} Row;

static const Row rows[] = {
#define DTYPE(id, number, bytes, ctype, name, kind) {DT_##id, bytes, #id, ctype, name, kind},
#include "dtypes.def"
#undef DTYPE
};

static const Row *row(DType t)
{
    static const Row none = {DT_NONE, 0, "UNDEFINED", "void", "undefined", '?'};
    for (size_t i = 0; i < COUNT(rows); i++)
        if (rows[i].t == t)
            return &rows[i];
    return &none;
}

bool dtype_known(int number)
{
    return row((DType)number)->t != DT_NONE;
}

DType dtype_named(const char *name)
{
    for (size_t i = 0; i < COUNT(rows); i++)
        if (!strcmp(rows[i].id, name))
            return rows[i].t;
    return DT_NONE;
}

int dtype_bytes(DType t)
{
    return row(t)->bytes;
}

int dtype_bits(DType t)
{
    return 8 * dtype_bytes(t);
}

const char *dtype_c(DType t)
{
    return row(t)->ctype;
}

const char *dtype_name(DType t)
{
    return row(t)->name;
}

char dtype_kind(DType t)
{
    return row(t)->kind;
}
