/* SPDX-License-Identifier: MIT
 * strings.c - numbers as text and back, against the C library: the text is the shortest that it reads as the same number.
 * tests/vmath.sh puts the prelude before this text.
 */
#include <stdio.h>
#include <stdlib.h>

static int failures;

#define CHECK(condition)                                                                           \
    if (!(condition)) {                                                                            \
        printf("strings.c:%d: %s\n", __LINE__, #condition);                                        \
        failures++;                                                                                \
    }

static rt_string record(const char *text)
{
    rt_string r;
    memset(&r, 0, sizeof r);
    for (int i = 0; text[i] && i < (int)sizeof r.s; i++)
        r.s[i] = text[i];
    return r;
}

static int same(rt_string a, const char *text)
{
    return rt_string_equal(a, record(text));
}

/* Digits in front of an exponent, without leading and trailing zeros. */
static int digits_of(const char *s)
{
    int n = 0, zeros = 0;
    for (; *s && *s != 'e'; s++) {
        if (*s < '0' || *s > '9' || (*s == '0' && !n))
            continue;
        zeros = *s == '0' ? zeros + 1 : 0;
        n++;
    }
    return n - zeros;
}

/* v reads back, no shorter text does, and the library's reading of that length is read in the same way. */
static void check_double(double v)
{
    const rt_string s = rt_string_of_float(v, 53, -1074);
    char text[40];
    int shortest = 1;
    while (sprintf(text, "%.*e", shortest - 1, v), strtod(text, NULL) != v)
        shortest++;
    const int digits = digits_of(s.s);
    if (strtod(s.s, NULL) != v || digits > shortest || rt_string_to_float(s, 53, -1074) != v ||
        rt_string_to_float(record(text), 53, -1074) != v) {
        printf("strings.c: %a is %s, and %s\n", v, s.s, text);
        failures++;
    }
}

static void check_float(float v)
{
    const rt_string s = rt_string_of_float((double)v, 24, -149);
    char text[40];
    int shortest = 1;
    while (sprintf(text, "%.*e", shortest - 1, (double)v), strtof(text, NULL) != v)
        shortest++;
    if (strtof(s.s, NULL) != v || digits_of(s.s) > shortest ||
        (float)rt_string_to_float(record(text), 24, -149) != v) {
        printf("strings.c: %a is %s, and %s\n", (double)v, s.s, text);
        failures++;
    }
}

/* Texts with more digits than a float has, near the middle between two. */
static void check_reading(uint64_t bits)
{
    char text[64];
    double v;
    memcpy(&v, &bits, sizeof v);
    sprintf(text, "%.*e", 20 + (int)(bits % 30), v);
    const rt_string s = record(text);
    CHECK(rt_string_to_float(s, 53, -1074) == strtod(text, NULL))
    CHECK(isinf(strtof(text, NULL)) || rt_string_to_float(s, 24, -149) == (double)strtof(text, NULL))
}

static void random_numbers(void)
{
    uint64_t x = 1;
    for (int i = 0; i < 5000; i++) {
        double d;
        float f;
        x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        const uint64_t bits = x >> 1;
        const uint32_t low = (uint32_t)(x >> 33);
        memcpy(&d, &bits, sizeof d);
        memcpy(&f, &low, sizeof f);
        if (d == d && !isinf(d)) {
            check_double(d);
            check_reading(bits);
        }
        if (f == f && !isinf(f))
            check_float(f);
    }
}

static void edges(void)
{
    for (int e = -1074; e < 1024; e++) {
        check_double(ldexp(1, e));
        if (e > -1074)
            check_double(nextafter(ldexp(1, e), 0));
    }
    for (int e = -149; e < 128; e++)
        check_float(ldexpf(1, e));
    CHECK(rt_string_to_float(record("1.00000005960464477539"), 24, -149) == 1)
    CHECK(rt_string_to_float(record("1.000000059604644775390625"), 24, -149) == 1)
    CHECK(rt_string_to_float(record("1.00000005960464477539063"), 24, -149) == 1 + 0x1p-23)
    CHECK(rt_string_to_float(record("2.4703282292062327e-324"), 53, -1074) == 0)
    CHECK(rt_string_to_float(record("2.4703282292062329e-324"), 53, -1074) == 0x1p-1074)
    CHECK(isinf(rt_string_to_float(record("1e999999999999"), 53, -1074)))
    CHECK(rt_string_to_float(record("0e999999999999"), 53, -1074) == 0)
    CHECK(rt_string_to_float(record("1e-400"), 53, -1074) == 0)
}

static void forms(void)
{
    static const char *const texts[] = {"0.0",    "-0.0",  "1.0",    "0.1",     "-2.5",   "0.0001",   "1e-05",
                                        "1.5e-05", "100000.0", "1e+16", "1.25e+17", "1e+100", "123456.789"};
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++)
        CHECK(same(rt_string_of_float(strtod(texts[i], NULL), 53, -1074), texts[i]))
    CHECK(same(rt_string_of_float((double)0.1f, 24, -149), "0.1"))
    CHECK(same(rt_string_of_float(0x1.998p-4, 11, -24), "0.1"))
    CHECK(same(rt_string_of_float(NAN, 24, -149), "NaN"))
    CHECK(same(rt_string_of_float(INFINITY, 24, -149), "INF"))
    CHECK(same(rt_string_of_float(-INFINITY, 24, -149), "-INF"))
    CHECK(isnan(rt_string_to_float(record("nAn"), 24, -149)))
    CHECK(rt_string_to_float(record("+inf"), 24, -149) == INFINITY)
    CHECK(rt_string_to_float(record("-Inf"), 24, -149) == -INFINITY)
    CHECK(rt_string_to_float(record(" 1E8 "), 24, -149) == 1e8)
    CHECK(isnan(rt_string_to_float(record(""), 24, -149)))
    CHECK(isnan(rt_string_to_float(record("1e"), 24, -149)))
    CHECK(isnan(rt_string_to_float(record("1.2.3"), 24, -149)))
    CHECK(isnan(rt_string_to_float(record("12x"), 24, -149)))
    CHECK(same(rt_string_of_int(INT64_MIN), "-9223372036854775808"))
    CHECK(same(rt_string_of_uint(UINT64_MAX, 0), "18446744073709551615"))
    CHECK(same(rt_string_of_int(0), "0") && same(rt_string_of_bool(1), "True") && same(rt_string_of_bool(0), "False"))
    CHECK(rt_string_to_int(record("-9223372036854775808")) == INT64_MIN)
    CHECK((uint64_t)rt_string_to_int(record("18446744073709551615")) == UINT64_MAX)
    CHECK(rt_string_to_int(record("100.5")) == 100 && rt_string_to_int(record("-1e3")) == -1000)
}

/* A record without a NUL is as long as it is. */
static void ends(void)
{
    rt_string full, piece[40];
    memset(&full, 'a', sizeof full);
    CHECK(rt_string_length(full) == 64 && rt_string_order(full, full) == 0)
    CHECK(rt_string_order(record("a"), record("ab")) < 0 && rt_string_order(record("b"), record("ab")) > 0)
    CHECK(isnan(rt_string_to_float(full, 24, -149)))
    CHECK(same(rt_string_join(record("ab"), record("c")), "abc"))
    CHECK(rt_string_length(rt_string_join(full, full)) == 64)
    CHECK(same(rt_string_case(record("aBz[{"), 'a'), "ABZ[{") && same(rt_string_case(record("aBZ@"), 'A'), "abz@"))
    CHECK(rt_string_split(record(" a  b "), record(""), 32, piece, 1) == 2)
    CHECK(same(piece[0], "a") && same(piece[1], "b"))
    CHECK(rt_string_split(record("a, b, "), record(", "), 32, piece, 2) == 3)
    CHECK(same(piece[0], "a") && same(piece[2], "b") && same(piece[4], ""))
    CHECK(rt_string_split(record("a b c"), record(""), 2, piece, 1) == 2 && same(piece[1], "b c"))
    CHECK(rt_string_split(record("  "), record(""), 32, piece, 1) == 0)
    CHECK(rt_string_split(record(""), record("-"), 32, piece, 1) == 1)
}

int main(void)
{
    random_numbers();
    edges();
    forms();
    ends();
    return failures != 0;
}
