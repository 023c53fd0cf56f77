/* SPDX-License-Identifier: MIT
 * ulp.c - the errors of the vector math against libm's double functions, in units of the last place
 * of the float result, over every STRIDE-th float there is; exits 1 where one is above the bound
 * that runtime/vmath.ct states. tests/vmath.sh puts a target's prelude before this text.
 */
#include <stdio.h>
#include <stdlib.h>

static double ulp(float f)
{
    int e;
    frexp((double)f, &e);
    return ldexp(1.0, (e < -125 ? -125 : e) - 24);
}

/* Infinity counts as the float that would follow the largest one; a wrong sign, NaN or the lack of
 * one as infinitely wrong. */
static double error(float got, double want)
{
    if (isnan(want) || isnan(got))
        return isnan(want) && isnan(got) ? 0 : HUGE_VAL;
    if (!signbit(got) != !signbit(want))
        return HUGE_VAL;
    double g = isinf(got) ? 0x1p128 : fabs((double)got), w = fabs(want);
    return isinf(got) && w >= 0x1p128 ? 0 : fabs(g - w) / ulp((float)(w < 0x1p127 ? w : 0x1p127));
}

typedef struct Worst {
    double error;
    float a, b, got;
} Worst;

static void worse(Worst *w, double e, float a, float b, float got)
{
    if (e > w->error) {
        w->error = e;
        w->a = a;
        w->b = b;
        w->got = got;
    }
}

static int failures;

static void judge(const char *name, const Worst *w, double bound)
{
    printf("%-24s %6.3f of %.2f at (%a, %a): %a\n", name, w->error, bound, (double)w->a,
           (double)w->b, (double)w->got);
    failures += !(w->error <= bound);
}

static double sigmoid(double x)
{
    return 1 / (1 + exp(-x));
}

#define UNARY(word, reference, bound)                                                              \
    {                                                                                              \
        Worst worst = {0, 0, 0, 0};                                                                \
        for (uint64_t u = 0; u >> 32 == 0; u += stride * VL) {                                     \
            float in[VL], out[VL];                                                                 \
            for (int i = 0; i < VL; i++) {                                                         \
                const uint32_t bits = (uint32_t)(u + stride * (uint32_t)i);                        \
                memcpy(&in[i], &bits, sizeof bits);                                                \
            }                                                                                      \
            vf_store(out, word(vf_load(in)));                                                      \
            for (int i = 0; i < VL; i++)                                                           \
                worse(&worst, error(out[i], reference((double)in[i])), in[i], 0, out[i]);          \
        }                                                                                          \
        judge(#word, &worst, bound);                                                               \
    }

static uint32_t random_bits(void)
{
    static uint64_t s = 88172645463325252u;
    s ^= s << 13;
    s ^= s >> 7;
    s ^= s << 17;
    return (uint32_t)(s >> 16);
}

static float any_float(void)
{
    const uint32_t bits = random_bits();
    float f;
    memcpy(&f, &bits, sizeof f);
    return f;
}

static float between(double low, double high)
{
    return (float)(low + (high - low) * random_bits() / 4294967296.0);
}

/* Bases and exponents of one kind; those of "range" have a finite result. */
static void pow_inputs(const char *kind, int k, float *a, float *b)
{
    static const float odd[] = {0,         -0.0f,           1,          -1,           2,
                                -0.5f,     3,               -3,         INFINITY,     -INFINITY,
                                NAN,       0x1p-149f,       -0x1p-149f, 1.5f,         0x1p24f,
                                -0x1p-30f, 0x1.fffffep127f, 16777215,   0x1.000002p0f, -2.5f};
    static const float usual[] = {2, 3, 0.5f, -1, -0.5f, 1.5f, 1 / 3.0f, 2.2f, 4, 7};
    const int nodd = sizeof odd / sizeof *odd, nusual = sizeof usual / sizeof *usual;
    if (kind[0] == 'o') {
        *a = odd[k / nodd % nodd];
        *b = odd[k % nodd];
    } else if (kind[0] == 'a') {
        *a = any_float();
        *b = any_float();
    } else if (kind[0] == 'u') {
        *a = between(0, 20);
        *b = usual[k % nusual];
    } else {
        *a = kind[0] == 'r' ? fabsf(any_float()) : between(0.68, 1.48);
        const double l = log((double)*a);
        *b = isfinite(l) && l != 0 ? (float)((double)between(-100, 88) / l) : 1;
    }
}

/* The bound is for |b log a| = 0 and grows by a fifth of that. */
static void judge_pow(const char *kind, int n)
{
    Worst worst = {0, 0, 0, 0};
    for (int k = 0; k < n; k += VL) {
        float a[VL], b[VL], out[VL];
        for (int i = 0; i < VL; i++)
            pow_inputs(kind, k + i, &a[i], &b[i]);
        vf_store(out, vf_pow(vf_load(a), vf_load(b)));
        for (int i = 0; i < VL; i++) {
            const double want = pow((double)a[i], (double)b[i]);
            const double t = isfinite(want) && want != 0 ? fabs(log(fabs(want))) : 0;
            worse(&worst, error(out[i], want) - t / 5, a[i], b[i], out[i]);
        }
    }
    judge(kind, &worst, 1.1);
}

int main(int argc, char **argv)
{
    const uint32_t stride = argc > 1 ? (uint32_t)atoi(argv[1]) : 9973;
    UNARY(vf_exp, exp, 1.02)
    UNARY(vf_log, log, 0.9)
    UNARY(vf_tanh, tanh, 2.6)
    UNARY(vf_sigmoid, sigmoid, 2.5)
    UNARY(vf_erf, erf, 6)
    const int n = (int)(UINT32_MAX / stride / 16);
    judge_pow("odd", 400);
    judge_pow("any", n);
    judge_pow("usual", n);
    judge_pow("range", n);
    judge_pow("near 1", n);
    return failures > 0;
}
