/* l01_nonzero_naive: NonZero
 *   find
 *   x  float 2x3
 *   y  int64 2x6
 *   count  int64 scalar
 */
rt_layer void l01_nonzero_naive(const float *restrict x, int64_t *restrict y, int64_t *restrict count)
{
    int64_t found = 0;
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 3; i1++) {
        if (x[i0 * 3 + i1] != 0) {
            y[found] = i0;
            y[1 * 6 + found] = i1;
            found++;
        }
    }
    count[0] = found;
    for (; found < 6; found++) {
        y[found] = 0;
        y[1 * 6 + found] = 0;
    }
}

/* l02_copy_naive: Copy
 *   shape/Reshape
 *   find
 *   twice
 *   lr
 *   flat/Reshape
 *   find
 *   fill
 *   filled/Reshape
 *   and 8 more
 *   x  int64 1
 *   y  int64 1
 */
rt_layer void l02_copy_naive(const int64_t *restrict x, int64_t *restrict y)
{
    y[0] = x[0];
}

/* l03_map_naive: Map
 *   count
 *   x0  int64 scalar
 *   y  int64 scalar
 *   computes max((((a - 0) + 1) - 1), 0)
 */
rt_layer void l03_map_naive(const int64_t *x0, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t t0 = (int64_t)((uint64_t)((int64_t)((uint64_t)((int64_t)((uint64_t)a0 - (uint64_t)0)) + (uint64_t)1)) - (uint64_t)1);
        y[0] = t0 > 0 ? t0 : 0;
    }
}

/* l04_map_naive: Map
 *   count
 *   x0  int64 scalar
 *   y  bool scalar
 *   computes le(a, 6)
 */
rt_layer void l04_map_naive(const int64_t *x0, uint8_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = a0 <= 6;
    }
}

/* l05_map_naive: Mul
 *   twice
 *   x0  int64 scalar
 *   y  int64 scalar
 *   computes (a * 2)
 */
rt_layer void l05_map_naive(const int64_t *x0, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = (int64_t)((uint64_t)a0 * (uint64_t)2);
    }
}

/* l06_map_naive: Map
 *   fill
 *   spread
 *   x0  int64 scalar
 *   y  int64 scalar
 *   computes max(a, 0)
 */
rt_layer void l06_map_naive(const int64_t *x0, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = a0 > 0 ? a0 : 0;
    }
}

/* l07_reduce_naive: ReduceProd
 *   flat
 *   x  int64 2
 *   y  int64 1
 */
rt_layer void l07_reduce_naive(const int64_t *restrict x, int64_t *restrict y)
{
    {
        int64_t acc = 1;
        for (int k0 = 0; k0 < 2; k0++) {
            const int64_t v = x[k0];
            acc = (int64_t)((uint64_t)acc * (uint64_t)v);
        }
        y[0] = acc;
    }
}

/* l08_map_naive: Map
 *   flat
 *   x0  int64 scalar
 *   y  bool scalar
 *   computes (a == a)
 */
rt_layer void l08_map_naive(const int64_t *x0, uint8_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = a0 == a0;
    }
}

/* l09_compact_naive: Compact
 *   flat
 *   x  int64 2x6
 *   dims  int64 2
 *   y  int64 2x6
 */
rt_layer void l09_compact_naive(const int64_t *restrict x, const int64_t *restrict dims, int64_t *restrict y)
{
    int64_t *to = y;
    for (int i0 = 0; i0 < dims[0]; i0++)
    for (int i1 = 0; i1 < dims[1]; i1++)
        *to++ = x[i0 * 6 + i1];
}

/* l10_map_naive: Map
 *   flat
 *   x0  int64 scalar
 *   y  int64 scalar
 *   computes a
 */
rt_layer void l10_map_naive(const int64_t *x0, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = a0;
    }
}

/* l11_map_naive: Map
 *   part
 *   x0  int64 1
 *   y  int64 1
 *   computes max((((min(max(sel((a < 0), (a + 3), a), 0), 3) - 0) + 1) - 1), 0)
 */
rt_layer void l11_map_naive(const int64_t *x0, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t t0 = (a0 < 0) ? ((int64_t)((uint64_t)a0 + (uint64_t)3)) : a0;
        const int64_t t1 = t0 > 0 ? t0 : 0;
        const int64_t t2 = (int64_t)((uint64_t)((int64_t)((uint64_t)((int64_t)((uint64_t)(t1 < 3 ? t1 : 3) - (uint64_t)0)) + (uint64_t)1)) - (uint64_t)1);
        y[0] = t2 > 0 ? t2 : 0;
    }
}

/* l12_map_naive: Map
 *   part
 *   y  bool 1
 *   computes 1
 */
rt_layer void l12_map_naive(uint8_t *y)
{
    {
        y[0] = 1;
    }
}

/* l13_compact_naive: Compact
 *   cube
 *   x  int64 2x6x1
 *   dims  int64 3
 *   y  int64 2x6x1
 */
rt_layer void l13_compact_naive(const int64_t *restrict x, const int64_t *restrict dims, int64_t *restrict y)
{
    int64_t *to = y;
    for (int i0 = 0; i0 < dims[0]; i0++)
    for (int i1 = 0; i1 < dims[1]; i1++)
    for (int i2 = 0; i2 < dims[2]; i2++)
        *to++ = x[i0 * 6 + i1 + i2];
}

/* l14_copy_naive: Copy
 *   range
 *   x  int64 6
 *   y  int64 6
 */
rt_layer void l14_copy_naive(const int64_t *restrict x, int64_t *restrict y)
{
    memcpy(y + 0, x + 0, 48);
}

/* l15_copy_naive: Copy
 *   filled
 *   spread
 *   x  float 12x2
 *   y  float 12x2
 */
rt_layer void l15_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 96);
}

/* l16_copy_naive: Copy
 *   part
 *   x  float 3x2
 *   y  float 3x2
 */
rt_layer void l16_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 24);
}

static const int64_t arithmetic_const1[1] = {2};
static const int64_t arithmetic_const2[1] = {1};
static const int64_t arithmetic_const3[1] = {2};
static const int64_t arithmetic_const4[6] = {0, 1, 2, 3, 4, 5};
static const float arithmetic_const5[6] = {1.0f, 2.0f, 3.0f, 4.0f, 5.0f, 6.0f};
int arithmetic_run(const float m_2[6], int64_t r[1], int64_t range[6], float filled[24], float spread[24], int64_t flat[12], int64_t cube[12], float part[6], int64_t range_dims[1], int64_t filled_dims[2], int64_t spread_dims[2], int64_t flat_dims[1], int64_t cube_dims[3], int64_t part_dims[2], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = arithmetic_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !m_2 || !r || !range || !filled || !spread || !flat || !cube || !part || !range_dims || !filled_dims || !spread_dims || !flat_dims || !cube_dims || !part_dims)
        return 1;
    l01_nonzero_naive(m_2, (int64_t *)(m + 0), (int64_t *)(m + 128)); /* find */
    l02_copy_naive(arithmetic_const1, (int64_t *)(m + 96)); /* shape/Reshape */
    l02_copy_naive((const int64_t *)(m + 128), (int64_t *)(m + 104)); /* find */
    l03_map_naive((const int64_t *)(m + 104), range_dims); /* count */
    l04_map_naive(range_dims, (uint8_t *)(m + 112)); /* count */
    if (!*(const uint8_t *)(m + 112))
        return 2; /* count: the range is longer than its bound */
    l05_map_naive((const int64_t *)(m + 104), (int64_t *)(m + 136)); /* twice */
    l02_copy_naive((const int64_t *)(m + 136), (int64_t *)(m + 112)); /* twice */
    l02_copy_naive(arithmetic_const1, (int64_t *)(m + 120)); /* lr */
    l06_map_naive((const int64_t *)(m + 112), (int64_t *)(m + 136)); /* fill */
    l06_map_naive((const int64_t *)(m + 112), (int64_t *)(m + 144)); /* spread */
    l02_copy_naive(arithmetic_const1, (int64_t *)(m + 112)); /* flat/Reshape */
    l02_copy_naive((const int64_t *)(m + 128), (int64_t *)(m + 120)); /* find */
    l07_reduce_naive((const int64_t *)(m + 112), (int64_t *)(m + 152)); /* flat */
    l08_map_naive((const int64_t *)(m + 152), (uint8_t *)(m + 160)); /* flat */
    if (!*(const uint8_t *)(m + 160))
        return 2; /* flat: the elements there are do not fill the shape */
    l09_compact_naive((const int64_t *)(m + 0), (const int64_t *)(m + 112), flat); /* flat */
    l10_map_naive((const int64_t *)(m + 152), flat_dims); /* flat */
    l11_map_naive((const int64_t *)(m + 104), (int64_t *)(m + 112)); /* part */
    l12_map_naive((uint8_t *)(m + 96)); /* part */
    if (!*(const uint8_t *)(m + 96))
        return 2; /* part: the slice does not have the shape that is declared */
    l02_copy_naive((const int64_t *)(m + 136), filled_dims); /* fill */
    l02_copy_naive(arithmetic_const1, filled_dims + 1); /* filled/Reshape */
    l02_copy_naive((const int64_t *)(m + 144), spread_dims); /* spread */
    l02_copy_naive(arithmetic_const1, spread_dims + 1); /* spread/Reshape */
    l02_copy_naive(arithmetic_const1, cube_dims); /* cube/Reshape */
    l02_copy_naive((const int64_t *)(m + 128), cube_dims + 1); /* find */
    l02_copy_naive(arithmetic_const2, cube_dims + 2); /* cube/Reshape */
    l13_compact_naive((const int64_t *)(m + 0), cube_dims, cube); /* cube */
    l02_copy_naive((const int64_t *)(m + 112), part_dims); /* part */
    l02_copy_naive(arithmetic_const1, part_dims + 1); /* part/Reshape */
    l02_copy_naive(arithmetic_const3, r); /* r */
    l14_copy_naive(arithmetic_const4, range); /* range */
    l15_copy_naive((const float *)(w + 0), filled); /* filled */
    l15_copy_naive((const float *)(w + 128), spread); /* spread */
    l16_copy_naive(arithmetic_const5, part); /* part */
    return 0;
}
