/* l01_copy_naive: Copy
 *   a0
 *   b0
 *   c0
 *   k
 *   w
 *   power
 *   a_out
 *   bw
 *   and 1 more
 *   x  float 3
 *   y  float 3
 */
rt_layer void l01_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 12);
}

/* l02_map_vec: Mul+Add
 *   bw
 *   x0  float 3
 *   x1  float 3
 *   x2  float 3
 *   y  float 3
 *   computes (c + (a * b))
 *   tile 1 x 1 vectors
 */
rt_layer void l02_map_vec(const float *x0, const float *x1, const float *x2, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 3);
        const vf a1 = vf_loadn(x1, 3);
        const vf a2 = vf_loadn(x2, 3);
        vf_storen(y, vf_add(a2, vf_mul(a0, a1)), 3);
    }
}

/* l03_map_naive: Mod+Cast
 *   parity
 *   x0  int64 scalar
 *   y  bool scalar
 *   computes bool(mod(a, 2))
 */
rt_layer void l03_map_naive(const int64_t *x0, uint8_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t t0 = 2 == 0 || 2 == -1 ? 0 : (int64_t)(a0 % 2 != 0 && (a0 % 2 < 0) != (2 < 0) ? a0 % 2 + 2 : a0 % 2);
        y[0] = t0 != 0;
    }
}

/* l04_map_vec: Sub
 *   less
 *   x0  float 3
 *   x1  float 3
 *   y  float 3
 *   computes (a - b)
 *   tile 1 x 1 vectors
 */
rt_layer void l04_map_vec(const float *x0, const float *x1, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 3);
        const vf a1 = vf_loadn(x1, 3);
        vf_storen(y, vf_sub(a0, a1), 3);
    }
}

/* l05_map_vec: Mul
 *   times
 *   x0  float 3
 *   x1  float 3
 *   y  float 3
 *   computes (a * b)
 *   tile 1 x 1 vectors
 */
rt_layer void l05_map_vec(const float *x0, const float *x1, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 3);
        const vf a1 = vf_loadn(x1, 3);
        vf_storen(y, vf_mul(a0, a1), 3);
    }
}

int loop_run(const float a0[3], const float b0[3], const float c0[3], const float w_2[3], float a[3], float b[3], float c[3], float sums[12], float powers[12], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !a0 || !b0 || !c0 || !w_2 || !a || !b || !c || !sums || !powers)
        return 1;
    l01_copy_naive(a0, a); /* a0 */
    l01_copy_naive(b0, b); /* b0 */
    l01_copy_naive(c0, c); /* c0 */
    for (int64_t t1 = 0; t1 < 4; t1++) { /* fibonacci */
        l02_map_vec(b, w_2, a, sums + t1 * 3); /* bw */
        l03_map_naive(&t1, (uint8_t *)(m + 0)); /* parity */
        if (*(const uint8_t *)(m + 0)) { /* choice */
            l04_map_vec(c, sums + t1 * 3, (float *)(m + 0)); /* less */
        } else {
            l01_copy_naive(c, (float *)(m + 0)); /* k */
        }
        l01_copy_naive(w_2, (float *)(m + 12)); /* w */
        const int64_t n2 = *&t1;
        for (int64_t t2 = 0; t2 < n2; t2++) { /* power */
            l05_map_vec((const float *)(m + 12), a, (float *)(m + 12)); /* times */
        }
        l01_copy_naive((const float *)(m + 12), powers + t1 * 3); /* power */
        l01_copy_naive(b, a); /* a_out */
        l01_copy_naive(sums + t1 * 3, b); /* bw */
        l01_copy_naive((const float *)(m + 0), c); /* choice */
    }
    return 0;
}
