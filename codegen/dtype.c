/* SPDX-License-Identifier: MIT
 * dtype.c - look-ups in the table of element types, floats of few bits by their definition, strings, and packing. */
#include <math.h>
#include <string.h>
#include "dnncc.h"

typedef struct Row {
    DType t;
    int bits;
    const char *id, *ctype, *name;
    char kind;
} Row;

static const Row rows[] = {
#define DTYPE(id, number, bits, ctype, name, kind) {DT_##id, bits, #id, ctype, name, kind},
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

static int string_bytes = STRING_BYTES;

void string_bytes_set(int bytes)
{
    string_bytes = bytes;
}

int dtype_bits(DType t)
{
    return t == DT_STRING ? 8 * string_bytes : row(t)->bits;
}

int dtype_bytes(DType t)
{
    return (dtype_bits(t) + 7) / 8;
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

/* ---- floats of few bits ------------------------------------------------------------------------------------------ */

/* All ones, without the sign; what is below infinity, or the NaN. */
#define MOST(e, m, specials)   \
    ((1u << ((e) + (m))) - 1 - \
     ((specials) == 'i' ? 1u << (m) : (specials) == 'n' || (specials) == 'u'))

static const ShortFloat floats[] = {
#define DTYPE(id, number, bits, ctype, name, kind)
#define SHORT_FLOAT(id, name, e, m, bias, specials) \
    {DT_##id, name, e, m, bias, specials, MOST(e, m, specials)},
#include "dtypes.def"
#undef DTYPE
};

const ShortFloat *short_float(DType t)
{
    for (size_t i = 0; i < COUNT(floats); i++)
        if (floats[i].t == t)
            return &floats[i];
    BUG("%s is no short float", dtype_name(t));
}

static unsigned sign_bit(const ShortFloat *s)
{
    return s->specials == 'u' ? 0 : 1u << (s->exponent + s->mantissa);
}

double short_decode(DType t, unsigned code)
{
    const ShortFloat *s = short_float(t);
    unsigned sign = sign_bit(s), size = code & ((1u << (s->exponent + s->mantissa)) - 1);
    int e = (int)(size >> s->mantissa), m = (int)(size & ((1u << s->mantissa) - 1));
    bool odd = size > s->most, endless = odd && s->specials == 'i' && m == 0;
    if (s->specials == 'z' ? code == sign : odd && !endless)
        return NAN;
    double v = endless              ? INFINITY
               : s->specials == 'u' ? ldexp(1, e - s->bias)
               : e                  ? ldexp(m + (1 << s->mantissa), e - s->bias - s->mantissa)
                                    : ldexp(m, 1 - s->bias - s->mantissa);
    return code & sign ? -v : v;
}

/* What stands for numbers that are too large, and for NaN. */
static unsigned code_beyond(const ShortFloat *s, bool nan)
{
    unsigned ones = (1u << (s->exponent + s->mantissa)) - 1;
    if (s->specials == 'z' || (s->specials == '-' && nan))
        return sign_bit(s);
    return nan || s->specials == '-' ? ones : s->most + 1;
}

unsigned short_encode(DType t, double v)
{
    const ShortFloat *s = short_float(t);
    unsigned sign = signbit(v) && !isnan(v) ? sign_bit(s) : 0;
    double a = fabs(v);
    if (isnan(v))
        return code_beyond(s, true);
    if (s->specials == 'u') {
        int e = a == 0 ? -1000 : isinf(a) ? 1000 : ilogb(a / 1.5) + 1;
        return e + s->bias < 0 ? 0 : (unsigned)MIN(e + s->bias, 255);
    }
    int least = 1 - s->bias, e = a < ldexp(1, least) ? least : isinf(a) ? 2000 : ilogb(a);
    unsigned code = s->most + 1;
    if (e <= 1 << s->exponent)
        code = (unsigned)((e - least) * (1 << s->mantissa) + (int)rint(ldexp(a, s->mantissa - e)));
    if (code > s->most)
        return s->specials == 'z' ? code_beyond(s, false) : sign | code_beyond(s, false);
    return s->specials == 'z' && code == 0 ? 0 : sign | code;
}

/* ---- strings ----------------------------------------------------------------------------------------------------- */

bool string_put(void *data, int64_t i, const char *s, size_t length)
{
    char *to = (char *)data + i * string_bytes;
    if (length >= (size_t)string_bytes || memchr(s, 0, length))
        return false;
    memcpy(to, s, length);
    memset(to + length, 0, (size_t)string_bytes - length);
    return true;
}

/* ---- packing ------------------------------------------------------------------------------------------------------- */

int64_t packed_bytes(DType t, int64_t count)
{
    return dtype_bits(t) < 8 ? (count * dtype_bits(t) + 7) / 8 : count * dtype_bytes(t);
}

void bits_unpack(DType t, int64_t count, const uint8_t *packed, uint8_t *data)
{
    int bits = dtype_bits(t), each = 8 / bits, sign = dtype_kind(t) == 'i' ? 1 << (bits - 1) : 0;
    for (int64_t i = 0; i < count; i++) {
        int v = packed[i / each] >> (i % each * bits) & ((1 << bits) - 1);
        data[i] = (uint8_t)((v ^ sign) - sign);
    }
}

void bits_pack(DType t, int64_t count, const uint8_t *data, uint8_t *packed)
{
    int bits = dtype_bits(t), each = 8 / bits;
    memset(packed, 0, (size_t)packed_bytes(t, count));
    for (int64_t i = 0; i < count; i++)
        packed[i / each] |= (uint8_t)((data[i] & ((1 << bits) - 1)) << (i % each * bits));
}
