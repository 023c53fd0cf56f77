/* l01_map_naive: Mul+Add
 *   mul
 *   x0  float 2
 *   x1  float scalar
 *   x2  float 2
 *   y  float 2
 *   computes (c + (a * b))
 */
rt_layer void l01_map_naive(const float *x0, const float *x1, const float *x2, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const float a0 = x0[i0];
        const float a1 = x1[0];
        const float a2 = x2[i0];
        y[i0] = a2 + (a0 * a1);
    }
}

/* l02_map_vec: Mul+Add
 *   mul
 *   x0  float 3
 *   x1  float scalar
 *   x2  float 3
 *   y  float 3
 *   computes (c + (a * b))
 *   tile 1 x 1 vectors
 */
rt_layer void l02_map_vec(const float *x0, const float *x1, const float *x2, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 3);
        const vf a1 = vf_splat(x1[0]);
        const vf a2 = vf_loadn(x2, 3);
        vf_storen(y, vf_add(a2, vf_mul(a0, a1)), 3);
    }
}

/* l03_map_naive: Mul+Add
 *   mul
 *   x0  float 1
 *   x1  float scalar
 *   x2  float 1
 *   y  float 1
 *   computes (c + (a * b))
 */
rt_layer void l03_map_naive(const float *x0, const float *x1, const float *x2, float *y)
{
    {
        const float a0 = x0[0];
        const float a1 = x1[0];
        const float a2 = x2[0];
        y[0] = a2 + (a0 * a1);
    }
}

/* l04_copy_naive: Copy
 *   mul
 *   mul
 *   x  float 2
 *   y  float 2
 */
rt_layer void l04_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 8);
}

/* l05_copy_naive: Copy
 *   mul
 *   mul
 *   mul
 *   x  float 3
 *   y  float 3
 */
rt_layer void l05_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 12);
}

/* l06_copy_naive: Copy
 *   mul
 *   scale
 *   scale
 *   x  float 1
 *   y  float 1
 */
rt_layer void l06_copy_naive(const float *restrict x, float *restrict y)
{
    y[0] = x[0];
}

/* l07_copy_naive: Copy
 *   mul
 *   x  float 4
 *   y  float 4
 */
rt_layer void l07_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 16);
}

/* l08_copy_naive: Copy
 *   mul
 *   y
 *   x  float 6
 *   y  float 6
 */
rt_layer void l08_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 24);
}

/* l09_map_vec: Neg
 *   minus
 *   x0  float 6
 *   y  float 6
 *   computes neg(a)
 *   tile 1 x 1 vectors
 */
rt_layer void l09_map_vec(const float *x0, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 6);
        vf_storen(y, vf_neg(a0), 6);
    }
}

/* l10_copy_naive: Copy
 *   count
 *   x  int64 scalar
 *   y  int64 scalar
 */
rt_layer void l10_copy_naive(const int64_t *restrict x, int64_t *restrict y)
{
    y[0] = x[0];
}

static const int64_t lists_const1[1] = {4};
int lists_run(const float x_0[2], const float x_1[3], const float x_2[1], const float y[6], const float scale[1], const uint8_t swap[1], float rest_0[3], float rest_1[1], float rest_2[4], float rest_3[6], float maybe[14], int64_t count[1], float pair_0[1], float pair_1[6], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !x_0 || !x_1 || !x_2 || !y || !scale || !swap || !rest_0 || !rest_1 || !rest_2 || !rest_3 || !maybe || !count || !pair_0 || !pair_1)
        return 1;
    l01_map_naive(y, scale, x_0, (float *)(m + 0)); /* mul */
    l02_map_vec(y + 2, scale, x_1, rest_0); /* mul */
    l03_map_naive(y + 5, scale, x_2, rest_1); /* mul */
    l04_copy_naive((const float *)(m + 0), rest_2); /* mul */
    l04_copy_naive((const float *)(m + 0), rest_2 + 2); /* mul */
    l05_copy_naive(rest_0, rest_3); /* mul */
    l05_copy_naive(rest_0, rest_3 + 3); /* mul */
    l05_copy_naive(rest_0, maybe); /* mul */
    l06_copy_naive(rest_1, maybe + 3); /* mul */
    l07_copy_naive(rest_2, maybe + 4); /* mul */
    l08_copy_naive(rest_3, maybe + 8); /* mul */
    if (*swap) { /* choice */
        l06_copy_naive(scale, pair_0); /* scale */
        l08_copy_naive(y, pair_1); /* y */
    } else {
        l09_map_vec(y, pair_1); /* minus */
        l06_copy_naive(scale, pair_0); /* scale */
    }
    l10_copy_naive(lists_const1, count); /* count */
    return 0;
}
