/* SPDX-License-Identifier: MIT
 * words.c - every word of the vocabulary on awkward inputs: prints "word hash-of-results", which
 * must be the same lane by lane and by intrinsics. tests/vmath.sh puts a target's prelude before
 * this text. Words that multiply and add get factors whose products are exact, since a fused
 * operation may round otherwise.
 */
#include <stdio.h>
#include <stdlib.h>

#define N 4096 /* a multiple of every VL */

static float x[N + 64], y[N + 64], exact[N], powers[N], codes[N], normal[N], positive[N], bytes[N], out[N];
static uint8_t u8[N + 64], u8_out[N];
static int8_t i8_out[N];
static int32_t i32[N + 64], i32_out[N];

static uint32_t random_bits(void)
{
    static uint64_t s = 88172645463325252u;
    s ^= s << 13;
    s ^= s >> 7;
    s ^= s << 17;
    return (uint32_t)(s >> 16);
}

static float awkward(void)
{
    static const float special[] = {0,        -0.0f,        1,         -1,        0.5f,
                                    -0.5f,    1.5f,         2.5f,      -2.5f,     INFINITY,
                                    -INFINITY, NAN,         0x1p-149f, -0x1p-140f, 0x1p-126f,
                                    0x1p23f,  0x1.fffffep22f, -8388609, 0x1p31f,  -3e38f};
    uint32_t r = random_bits(), bits = random_bits();
    float f;
    if (r % 4 == 0)
        return special[r / 4 % (sizeof special / sizeof *special)];
    if (r % 4 == 1)
        return (float)((int)(bits % 4096) - 2048) / 4;
    memcpy(&f, &bits, sizeof f);
    return f;
}

static void fill(void)
{
    for (int i = 0; i < N + 64; i++) {
        x[i] = awkward();
        y[i] = random_bits() % 8 ? awkward() : x[i];
        u8[i] = (uint8_t)(random_bits() % 3 ? random_bits() : 0);
        i32[i] = (int32_t)random_bits() >> random_bits() % 32;
    }
    for (int i = 0; i < N; i++) {
        exact[i] = (float)((int)(random_bits() % 2001) - 1000) / 8;
        powers[i] = (float)((int)(random_bits() % 505) - 252);
        codes[i] = 0x1.8p+23f + 127 + (float)((int)(random_bits() % 253) - 126);
        normal[i] = 1 + (float)(random_bits() >> 8) / (1 << 24);
        positive[i] = x[i] >= 0x1p-126f && x[i] < INFINITY ? x[i] : 1;
        bytes[i] = (float)((int)(random_bits() % 256));
    }
}

/* Every NaN counts as the same one. */
static void tell(const char *word, const void *results, size_t bytes_of_them, int floats)
{
    const unsigned char *p = (const unsigned char *)results;
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < bytes_of_them; i++) {
        float f = 0;
        if (floats)
            memcpy(&f, p + i / 4 * 4, 4);
        h = (h ^ (f != f ? 7 : p[i])) * 16777619u;
    }
    printf("%s %08x\n", word, (unsigned)h);
}

#define EACH(i) for (int i = 0; i < N; i += VL)
#define UNARY_ON(word, a)                                                                          \
    EACH(i) vf_store(out + i, word(vf_load(a + i)));                                               \
    tell(#word, out, sizeof out, 1);
#define UNARY(word) UNARY_ON(word, x)
#define BINARY(word)                                                                               \
    EACH(i) vf_store(out + i, word(vf_load(x + i), vf_load(y + i)));                               \
    tell(#word, out, sizeof out, 1);
#define TERNARY(word)                                                                              \
    EACH(i) vf_store(out + i, word(vf_load(exact + i), vf_load(exact + N - VL - i), vf_load(x + i))); \
    tell(#word, out, sizeof out, 1);
#define COMPARE(word)                                                                              \
    EACH(i) vm_store_u8(u8_out + i, word(vf_load(x + i), vf_load(y + i)));                         \
    tell(#word, u8_out, sizeof u8_out, 0);
#define LOGICAL(word)                                                                              \
    EACH(i) vm_store_u8(u8_out + i, word(vm_load_u8(u8 + i), vf_lt(vf_load(x + i), vf_load(y + i)))); \
    tell(#word, u8_out, sizeof u8_out, 0);
#define ACROSS(word, a)                                                                            \
    EACH(i) out[i] = word(vf_load(a + i));                                                         \
    tell(#word, out, sizeof out, 1);
/* i % (VL + 1) is every count there is, from places that are not aligned. */
#define LOADS(word, ...)                                                                           \
    for (int i = 0, n = 0; i < N; i += VL, n = (n + 1) % (VL + 1))                                 \
        vf_store(out + i, word(__VA_ARGS__));                                                      \
    tell(#word, out, sizeof out, 1);
#define STORES(word, to, floats, ...)                                                              \
    memset(to, 1, sizeof to);                                                                      \
    for (int i = 0, n = 0; i < N; i += VL, n = (n + 1) % (VL + 1))                                 \
        word(to + i, __VA_ARGS__);                                                                 \
    tell(#word, to, sizeof to, floats);

static void memory(void)
{
    const int8_t *i8 = (const int8_t *)u8;
    LOADS(vf_load, x + i + n)
    LOADS(vf_loadn, x + i + n, n)
    LOADS(vf_loads, x + N / 2, n - VL / 2)
    LOADS(vf_loadsn, x + N / 2, n - VL / 2, n)
    LOADS(vf_splat, x[i])
    LOADS(vf_load_u8, u8 + i + n)
    LOADS(vf_load_i8, i8 + i + n)
    LOADS(vf_load_i32, i32 + i + n)
    LOADS(vf_loadn_u8, u8 + i + n, n)
    LOADS(vf_loadn_i8, i8 + i + n, n)
    LOADS(vf_loadn_i32, i32 + i + n, n)
    STORES(vf_store, out, 1, vf_load(x + i))
    STORES(vf_storen, out, 1, vf_load(x + i), n)
    STORES(vf_store_u8, u8_out, 0, vf_load(bytes + i))
    STORES(vf_store_i8, i8_out, 0, vf_sub(vf_load(bytes + i), vf_splat(128)))
    STORES(vf_store_i32, i32_out, 0, vf_mul(vf_load(bytes + i), vf_splat(-8388608)))
    STORES(vf_storen_u8, u8_out, 0, vf_load(bytes + i), n)
    STORES(vf_storen_i8, i8_out, 0, vf_sub(vf_load(bytes + i), vf_splat(128)), n)
    STORES(vf_storen_i32, i32_out, 0, vf_mul(vf_load(bytes + i), vf_splat(-8388608)), n)
    STORES(vm_store_u8, u8_out, 0, vm_load_u8(u8 + i + n))
    STORES(vm_store_u8, u8_out, 0, vm_loadn_u8(u8 + i + n, n))
    STORES(vm_storen_u8, u8_out, 0, vm_load_u8(u8 + i + n), n)
    vf_prefetch(x);
    vf_transpose(x + 1, VL + 3, out, VL + 1);
    vf_transpose(x, N / VL, out + N / 2, VL);
    tell("vf_transpose", out, sizeof out, 1);
    vf_pair(x + 1, x + VL + 2, out + 3);
    tell("vf_pair", out, sizeof out, 1);
    for (int n = 2; n <= VL; n *= 2)
        for (int k = 0; k < n; k++)
            vf_store(out + (n + k) * VL, vf_among(vf_load(x + n + k), k, n));
    tell("vf_among", out, sizeof out, 1);
}

static void arithmetic(void)
{
    BINARY(vf_add)
    BINARY(vf_sub)
    BINARY(vf_mul)
    BINARY(vf_div)
    BINARY(vf_max)
    BINARY(vf_min)
    BINARY(vf_mod)
    BINARY(vf_fmod)
    TERNARY(vf_fma)
    TERNARY(vf_fnma)
    UNARY(vf_neg)
    UNARY(vf_abs)
    UNARY(vf_sqrt)
    UNARY(vf_rint)
    UNARY(vf_floor)
    UNARY(vf_ceil)
    UNARY(vf_trunc)
    UNARY_ON(vf_power2, codes)
    UNARY_ON(vf_getexp, positive)
    UNARY_ON(vf_getmant, positive)
    EACH(i) vf_store(out + i, vf_scale2(vf_load(normal + i), vf_load(powers + i)));
    tell("vf_scale2", out, sizeof out, 1);
    ACROSS(vf_hadd, exact)
    ACROSS(vf_hmax, exact)
    ACROSS(vf_hmin, exact)
}

static void choices(void)
{
    COMPARE(vf_lt)
    COMPARE(vf_le)
    COMPARE(vf_gt)
    COMPARE(vf_ge)
    COMPARE(vf_eq)
    COMPARE(vf_ne)
    LOGICAL(vm_and)
    LOGICAL(vm_or)
    LOGICAL(vm_xor)
    EACH(i) vm_store_u8(u8_out + i, vm_not(vm_load_u8(u8 + i)));
    tell("vm_not", u8_out, sizeof u8_out, 0);
    EACH(i) vf_store(out + i, vf_sel(vm_load_u8(u8 + i), vf_load(x + i), vf_load(y + i)));
    tell("vf_sel", out, sizeof out, 1);
}

/* Those of math.h, lane by lane on every target; the runtime's own are ulp.c's matter. */
static void functions(void)
{
    UNARY(vf_sin)
    UNARY(vf_cos)
    UNARY(vf_tan)
    UNARY(vf_asin)
    UNARY(vf_acos)
    UNARY(vf_atan)
    UNARY(vf_sinh)
    UNARY(vf_cosh)
    UNARY(vf_asinh)
    UNARY(vf_acosh)
    UNARY(vf_atanh)
    UNARY(vf_log1p)
    UNARY(vf_expm1)
    UNARY(vf_pow2_up)
    UNARY(vf_pow2_nearest)
    UNARY(vf_pow2_down)
}

int main(void)
{
    fill();
    memory();
    arithmetic();
    choices();
    functions();
    return 0;
}
