/* SPDX-License-Identifier: MIT
 * numbers.c - the scalar conversions of the runtime: all halves there and back, the ties between
 * them, and integers at the edges of their types. tests/vmath.sh puts the prelude before this text.
 */
#include <stdio.h>
#include <stdlib.h>

static int failures;

#define CHECK(condition)                                                                           \
    if (!(condition)) {                                                                            \
        printf("numbers.c:%d: %s\n", __LINE__, #condition);                                        \
        failures++;                                                                                \
    }

/* A half by its definition. */
static double half(int h)
{
    const int e = h >> 10 & 31, m = h & 1023;
    const double v = e ? ldexp(1024 + m, e - 25) : ldexp(m, -24);
    return h & 0x8000 ? -v : v;
}

static void halves(void)
{
    for (int h = 0; h < 0x10000; h++) {
        const float f = rt_f16_to_f32((uint16_t)h);
        if ((h & 0x7fff) > 0x7c00) {
            CHECK(isnan(f) && isnan(rt_f16_to_f32(rt_f32_to_f16(f))))
            continue;
        }
        CHECK((h & 0x7fff) == 0x7c00 ? isinf(f) : (double)f == half(h))
        CHECK(!signbit(f) == !(h & 0x8000))
        CHECK(rt_f32_to_f16(f) == h)
        if ((h & 0x7fff) >= 0x7bff)
            continue;
        const float next = rt_f16_to_f32((uint16_t)(h + 1)), middle = (f + next) / 2;
        CHECK(rt_f32_to_f16(middle) == h + (h & 1))
        CHECK(rt_f32_to_f16(nextafterf(middle, f)) == h)
        CHECK(rt_f32_to_f16(nextafterf(middle, next)) == h + 1)
    }
    CHECK(rt_f32_to_f16(65519.996f) == 0x7bff && rt_f32_to_f16(65520) == 0x7c00)
    CHECK(rt_f32_to_f16(1e30f) == 0x7c00 && rt_f32_to_f16(-INFINITY) == 0xfc00)
    CHECK(rt_f32_to_f16(0x1p-26f) == 0 && rt_f32_to_f16(-1e-30f) == 0x8000)
}

static void brain_halves(void)
{
    for (int h = 0; h < 0x10000; h++) {
        const float f = rt_bf16_to_f32((uint16_t)h);
        if (isnan(f)) {
            CHECK(isnan(rt_bf16_to_f32(rt_f32_to_bf16(f))))
            continue;
        }
        CHECK(rt_f32_to_bf16(f) == h)
        if ((h & 0x7fff) >= 0x7f7f)
            continue;
        const float next = rt_bf16_to_f32((uint16_t)(h + 1));
        const float middle = (float)(((double)f + (double)next) / 2);
        CHECK(rt_f32_to_bf16(middle) == h + (h & 1))
        CHECK(rt_f32_to_bf16(nextafterf(middle, next)) == h + 1)
    }
    CHECK(rt_f32_to_bf16(0x1.fffffep127f) == 0x7f80 && isnan(rt_bf16_to_f32(rt_f32_to_bf16(NAN))))
}

static void saturating(void)
{
    CHECK(rt_sat_int8(-128.9) == -128 && rt_sat_int8(127.9) == 127 && rt_sat_int8(1e9) == 127)
    CHECK(rt_sat_int8(-1e300) == -128 && rt_sat_int8(NAN) == 0 && rt_sat_int8(-5.7) == -5)
    CHECK(rt_sat_uint8(-0.5) == 0 && rt_sat_uint8(-3) == 0 && rt_sat_uint8(256) == 255)
    CHECK(rt_sat_int16(-40000) == INT16_MIN && rt_sat_int16(32768) == INT16_MAX)
    CHECK(rt_sat_uint16(65535.5) == 65535 && rt_sat_uint16(-INFINITY) == 0)
    CHECK(rt_sat_int32(2147483647.5) == INT32_MAX && rt_sat_int32(-2147483648.5) == INT32_MIN)
    CHECK(rt_sat_int32(INFINITY) == INT32_MAX && rt_sat_uint32(4294967295.0) == UINT32_MAX)
    CHECK(rt_sat_uint32(1e10) == UINT32_MAX && rt_sat_uint32(-1) == 0)
    CHECK(rt_sat_int64(0x1p63) == INT64_MAX && rt_sat_int64(-0x1p63) == INT64_MIN)
    CHECK(rt_sat_uint64(0x1p64) == UINT64_MAX && rt_sat_uint64(0x1p63) == (uint64_t)1 << 63)
}

/* As x86 does it. */
static void casting(void)
{
    CHECK(rt_cast_int8(200) == -56 && rt_cast_int8(-1.9) == -1 && rt_cast_int8(NAN) == 0)
    CHECK(rt_cast_uint8(-1) == 255 && rt_cast_uint8(256.5) == 0 && rt_cast_uint8(1e20) == 0)
    CHECK(rt_cast_int16(40000) == 40000 - 65536 && rt_cast_uint16(-2) == 65534)
    CHECK(rt_cast_int32(2147483647.9) == INT32_MAX && rt_cast_int32(2147483648.0) == INT32_MIN)
    CHECK(rt_cast_int32(-2147483648.9) == INT32_MIN && rt_cast_int32(NAN) == INT32_MIN)
    CHECK(rt_cast_uint32(4294967295.0) == UINT32_MAX && rt_cast_uint32(-1) == UINT32_MAX)
    CHECK(rt_cast_int64(NAN) == INT64_MIN && rt_cast_int64(-0x1p63) == INT64_MIN)
    CHECK(rt_cast_uint64(0x1p63) == (uint64_t)1 << 63 && rt_cast_uint64(-1) == UINT64_MAX)
    CHECK(rt_cast_uint64(0x1.8p63) == (uint64_t)3 << 62 && rt_cast_uint64(0x1p64) == 0)
}

/* Every code there and back; the middle between neighbours goes to the even one. */
static void codes(int count, float (*decode)(uint8_t), uint8_t (*encode)(float))
{
    for (int c = 0; c < count; c++) {
        const float f = decode((uint8_t)c), next = decode((uint8_t)(c + 1)), middle = (f + next) / 2;
        if (f != f) {
            CHECK(isnan(decode(encode(f))))
            continue;
        }
        CHECK(encode(f) == c)
        if (c + 1 == count || !isfinite(f) || !isfinite(next) || fabsf(next) < fabsf(f))
            continue;
        CHECK(encode(middle) == c + (c & 1))
        CHECK(encode(nextafterf(middle, f)) == c && encode(nextafterf(middle, next)) == c + 1)
    }
}

static void short_floats(void)
{
    codes(256, rt_f8e4m3fn_to_f32, rt_f32_to_f8e4m3fn);
    codes(256, rt_f8e4m3fnuz_to_f32, rt_f32_to_f8e4m3fnuz);
    codes(256, rt_f8e5m2_to_f32, rt_f32_to_f8e5m2);
    codes(256, rt_f8e5m2fnuz_to_f32, rt_f32_to_f8e5m2fnuz);
    codes(16, rt_f4e2m1_to_f32, rt_f32_to_f4e2m1);
    for (int c = 0; c < 255; c++)
        CHECK(rt_f32_to_f8e8m0(rt_f8e8m0_to_f32((uint8_t)c)) == c)
    CHECK(rt_f8e4m3fn_to_f32(0x7e) == 448 && rt_f8e4m3fnuz_to_f32(0x7f) == 240)
    CHECK(rt_f8e5m2_to_f32(0x7b) == 57344 && rt_f8e5m2fnuz_to_f32(0x7f) == 57344)
    CHECK(rt_f4e2m1_to_f32(7) == 6 && rt_f8e8m0_to_f32(254) == 0x1p127f && rt_f8e8m0_to_f32(0) == 0x1p-127f)
    CHECK(isnan(rt_f8e4m3fn_to_f32(0xff)) && isnan(rt_f8e5m2fnuz_to_f32(0x80)) && isnan(rt_f8e8m0_to_f32(255)))
    CHECK(rt_f32_to_f8e5m2(INFINITY) == 0x7c && rt_f32_to_f8e5m2(-1e9f) == 0xfc)
    CHECK(rt_f32_to_f8e4m3fn(1e9f) == 0x7f && rt_f32_to_f8e4m3fn(464) == 0x7e)
    CHECK(rt_f32_to_f4e2m1(-100) == 15 && rt_f32_to_f4e2m1(NAN) == 8)
    CHECK(rt_f32_to_f8e4m3fnuz(-0.0f) == 0 && rt_f32_to_f8e8m0(INFINITY) == 255)
    CHECK(rt_power_of_2(1.1f, 0x7fffff) == 2 && rt_power_of_2(1.9f, 0) == 1)
    CHECK(rt_power_of_2(1.5f, 0x400000) == 2 && rt_power_of_2(1.4f, 0x400000) == 1)
}

static void small_integers(void)
{
    CHECK(rt_cast_int4(-9) == 7 && rt_cast_int4(7.9) == 7 && rt_cast_int4(8) == -8)
    CHECK(rt_cast_uint4(-1) == 15 && rt_cast_uint4(17) == 1)
    CHECK(rt_cast_int2(-3) == 1 && rt_cast_int2(2) == -2 && rt_cast_uint2(5) == 1)
}

int main(void)
{
    short_floats();
    small_integers();
    halves();
    brain_halves();
    saturating();
    casting();
    return failures > 0;
}
