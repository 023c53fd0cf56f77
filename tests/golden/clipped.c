/* l01_map_naive: Clip
 *   clip
 *   x0  int64 scalar
 *   y  int64 scalar
 *   computes min(max(a, -4), 4)
 */
rt_layer void l01_map_naive(const int64_t *x0, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t t0 = a0 > (-4) ? a0 : (-4);
        y[0] = t0 < 4 ? t0 : 4;
    }
}

/* l02_map_naive: Map
 *   both
 *   scaled
 *   counted
 *   x0  int64 scalar
 *   y  int64 scalar
 *   computes max((((a - 0) + 1) - 1), 0)
 */
rt_layer void l02_map_naive(const int64_t *x0, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t t0 = (int64_t)((uint64_t)((int64_t)((uint64_t)((int64_t)((uint64_t)a0 - (uint64_t)0)) + (uint64_t)1)) - (uint64_t)1);
        y[0] = t0 > 0 ? t0 : 0;
    }
}

/* l03_map_naive: Map
 *   both
 *   x0  int64 scalar
 *   y  bool scalar
 *   computes le(a, 4)
 */
rt_layer void l03_map_naive(const int64_t *x0, uint8_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = a0 <= 4;
    }
}

/* l04_map_naive: Min+Sub
 *   min
 *   x0  int64 scalar
 *   y  int64 scalar
 *   computes (min(a, 4) - 1)
 */
rt_layer void l04_map_naive(const int64_t *x0, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = (int64_t)((uint64_t)(a0 < 4 ? a0 : 4) - (uint64_t)1);
    }
}

/* l05_map_naive: Map
 *   above
 *   x0  int64 scalar
 *   y  int64 scalar
 *   computes max(((((a - 0) + 2) - 1) / 2), 0)
 */
rt_layer void l05_map_naive(const int64_t *x0, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t t0 = (int64_t)((uint64_t)((int64_t)((uint64_t)((int64_t)((uint64_t)a0 - (uint64_t)0)) + (uint64_t)2)) - (uint64_t)1);
        const int64_t t1 = 2 == 0 ? 0 : 2 == -1 ? (int64_t)(0 - (uint64_t)t0) : (int64_t)(t0 / 2);
        y[0] = t1 > 0 ? t1 : 0;
    }
}

/* l06_map_naive: Map
 *   above
 *   x0  int64 scalar
 *   y  bool scalar
 *   computes le(a, 2)
 */
rt_layer void l06_map_naive(const int64_t *x0, uint8_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = a0 <= 2;
    }
}

/* l07_map_naive: Max
 *   max
 *   x0  int64 scalar
 *   y  int64 scalar
 *   computes max(a, -4)
 */
rt_layer void l07_map_naive(const int64_t *x0, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = a0 > (-4) ? a0 : (-4);
    }
}

/* l08_map_naive: Map
 *   down
 *   x0  int64 scalar
 *   y  int64 scalar
 *   computes max((((2 - a) - -1) - 1), 0)
 */
rt_layer void l08_map_naive(const int64_t *x0, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t t0 = (int64_t)((uint64_t)((int64_t)((uint64_t)((int64_t)((uint64_t)2 - (uint64_t)a0)) - (uint64_t)(-1))) - (uint64_t)1);
        y[0] = t0 > 0 ? t0 : 0;
    }
}

/* l09_map_naive: Map
 *   down
 *   scaled
 *   counted
 *   x0  int64 scalar
 *   y  bool scalar
 *   computes le(a, 6)
 */
rt_layer void l09_map_naive(const int64_t *x0, uint8_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = a0 <= 6;
    }
}

/* l10_map_naive: Clip+Mul+Ceil+Cast
 *   fraction
 *   x0  float scalar
 *   y  int64 scalar
 *   computes int64(ceil((min(max(a, -0.5), 1.5) * 4)))
 */
rt_layer void l10_map_naive(const float *x0, int64_t *y)
{
    {
        const float a0 = x0[0];
        const float t0 = a0 > (-0.5f) ? a0 : (-0.5f);
        y[0] = rt_cast_int64(ceilf(((t0 < 1.5f ? t0 : 1.5f) * 4.0f)));
    }
}

/* l11_map_naive: Cast
 *   ones
 *   x0  bool 2x3
 *   y  int64 2x3
 *   computes int64(a)
 */
rt_layer void l11_map_naive(const uint8_t *x0, int64_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 3; i1++)
    {
        const uint8_t a0 = x0[i0 * 3 + i1];
        y[i0 * 3 + i1] = (int64_t)a0;
    }
}

/* l12_reduce_naive: ReduceSum
 *   sum
 *   x  int64 2x3
 *   y  int64 scalar
 */
rt_layer void l12_reduce_naive(const int64_t *restrict x, int64_t *restrict y)
{
    {
        int64_t acc = 0;
        for (int k0 = 0; k0 < 2; k0++)
        for (int k1 = 0; k1 < 3; k1++) {
            const int64_t v = x[k0 * 3 + k1];
            acc = (int64_t)((uint64_t)acc + (uint64_t)v);
        }
        y[0] = acc;
    }
}

/* l13_map_naive: Mul
 *   square
 *   x0  int64 scalar
 *   x1  int64 scalar
 *   y  int64 scalar
 *   computes (a * b)
 */
rt_layer void l13_map_naive(const int64_t *x0, const int64_t *x1, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t a1 = x1[0];
        y[0] = (int64_t)((uint64_t)a0 * (uint64_t)a1);
    }
}

/* l14_copy_naive: Copy
 *   r
 *   x  int64 4
 *   y  int64 4
 */
rt_layer void l14_copy_naive(const int64_t *restrict x, int64_t *restrict y)
{
    memcpy(y + 0, x + 0, 32);
}

/* l15_copy_naive: Copy
 *   evens
 *   x  int64 2
 *   y  int64 2
 */
rt_layer void l15_copy_naive(const int64_t *restrict x, int64_t *restrict y)
{
    memcpy(y + 0, x + 0, 16);
}

/* l16_copy_naive: Copy
 *   falls
 *   s
 *   c
 *   x  int64 6
 *   y  int64 6
 */
rt_layer void l16_copy_naive(const int64_t *restrict x, int64_t *restrict y)
{
    memcpy(y + 0, x + 0, 48);
}

static const int64_t clipped_const1[4] = {0, 1, 2, 3};
static const int64_t clipped_const2[2] = {0, 2};
static const int64_t clipped_const3[6] = {2, 1, 0, -1, -2, -3};
static const int64_t clipped_const4[6] = {0, 1, 2, 3, 4, 5};
int clipped_run(const int64_t n[1], const float f[1], const uint8_t m_2[6], int64_t r[4], int64_t evens[2], int64_t falls[6], int64_t s[6], int64_t c[6], int64_t square[1], int64_t r_dims[1], int64_t evens_dims[1], int64_t falls_dims[1], int64_t s_dims[1], int64_t c_dims[1], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !n || !f || !m_2 || !r || !evens || !falls || !s || !c || !square || !r_dims || !evens_dims || !falls_dims || !s_dims || !c_dims)
        return 1;
    l01_map_naive(n, (int64_t *)(m + 48)); /* clip */
    l02_map_naive((const int64_t *)(m + 48), r_dims); /* both */
    l03_map_naive(r_dims, (uint8_t *)(m + 0)); /* both */
    if (!*(const uint8_t *)(m + 0))
        return 2; /* both: the range is longer than its bound */
    l04_map_naive(n, (int64_t *)(m + 0)); /* min */
    l05_map_naive((const int64_t *)(m + 0), evens_dims); /* above */
    l06_map_naive(evens_dims, (uint8_t *)(m + 0)); /* above */
    if (!*(const uint8_t *)(m + 0))
        return 2; /* above: the range is longer than its bound */
    l07_map_naive(n, (int64_t *)(m + 0)); /* max */
    l08_map_naive((const int64_t *)(m + 0), falls_dims); /* down */
    l09_map_naive(falls_dims, (uint8_t *)(m + 0)); /* down */
    if (!*(const uint8_t *)(m + 0))
        return 2; /* down: the range is longer than its bound */
    l10_map_naive(f, (int64_t *)(m + 0)); /* fraction */
    l02_map_naive((const int64_t *)(m + 0), s_dims); /* scaled */
    l09_map_naive(s_dims, (uint8_t *)(m + 0)); /* scaled */
    if (!*(const uint8_t *)(m + 0))
        return 2; /* scaled: the range is longer than its bound */
    l11_map_naive(m_2, (int64_t *)(m + 0)); /* ones */
    l12_reduce_naive((const int64_t *)(m + 0), (int64_t *)(m + 56)); /* sum */
    l02_map_naive((const int64_t *)(m + 56), c_dims); /* counted */
    l09_map_naive(c_dims, (uint8_t *)(m + 0)); /* counted */
    if (!*(const uint8_t *)(m + 0))
        return 2; /* counted: the range is longer than its bound */
    l13_map_naive((const int64_t *)(m + 48), (const int64_t *)(m + 48), square); /* square */
    l14_copy_naive(clipped_const1, r); /* r */
    l15_copy_naive(clipped_const2, evens); /* evens */
    l16_copy_naive(clipped_const3, falls); /* falls */
    l16_copy_naive(clipped_const4, s); /* s */
    l16_copy_naive(clipped_const4, c); /* c */
    return 0;
}
