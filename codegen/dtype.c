/* SPDX-License-Identifier: MIT
 * dtype.c - look-ups in the table of element types. */
#include "dnncc.h"

typedef struct Row {
    DType t;
    int bytes;
    const char *ctype, *name;
    char kind;
} Row;

static const Row rows[] = {
#define DTYPE(id, number, bytes, ctype, name, kind) {DT_##id, bytes, ctype, name, kind},
#include "dtypes.def"
#undef DTYPE
};

static const Row *row(DType t)
{
    static const Row none = {DT_NONE, 0, "void", "undefined", '?'};
    for (size_t i = 0; i < COUNT(rows); i++)
        if (rows[i].t == t)
            return &rows[i];
    return &none;
}

bool dtype_known(int number)
{
    return row((DType)number)->t != DT_NONE;
}

int dtype_bytes(DType t)
{
    return row(t)->bytes;
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
