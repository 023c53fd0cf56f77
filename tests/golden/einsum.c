/* l01_gemm_vec: MatMul
 *   y
 *   x  float 2x2x3
 *   w  float 2x3x3 channels-last
 *   y  float 2x2x3
 *   panel  [k][8]
 *   36 MACs
 *   tile 2 x 1 vectors
 */
rt_layer void l01_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y, float *restrict panel)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        {
            const float *wp = panel;
            for (int k = 0; k < 3; k++) {
                vf_store(panel + k * 8, vf_loadsn(w + i0 * 9 + k, 3, 3));
            }
            {
                const float *xk = x + i0 * 6, *wk = wp;
                float *yp = y + i0 * 6;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                for (int k = 0; k < 3; k++, xk += 1, wk += 8) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[3]); a1_0 = vf_fma(s, w0, a1_0);
                }
                vf_storen(yp, a0_0, 3);
                vf_storen(yp + 3, a1_0, 3);
            }
        }
    }
}

/* l02_reduce_vec: ReduceSum
 *   s
 *   x  float 2x2x3
 *   y  float 1x1x3
 */
rt_layer void l02_reduce_vec(const float *restrict x, float *restrict y)
{
    const vf start = vf_splat(0.0f);
    vf a0 = start;
    const float *p = x;
    for (int k = 0; k < 4; k++, p += 3) {
        a0 = vf_add(a0, vf_loadn(p, 3));
    }
    vf_storen(y, a0, 3);
}

/* l03_gemm_naive: MatMul
 *   s
 *   a  float 1x1x3
 *   b  float 1x3x1
 *   y  float 1x1x1
 *   3 MACs
 */
rt_layer void l03_gemm_naive(const float *restrict a, const float *restrict b, float *restrict y)
{
    {
        float acc = 0;
        for (int k = 0; k < 3; k++) acc += a[k] * b[k];
        y[0] = acc;
    }
}

/* l04_copy_naive: Copy
 *   y
 *   x  float 2x2x3 strided
 *   y  float 2x2x3
 */
rt_layer void l04_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 2; i1++)
        memcpy(y + i0 * 6 + i1 * 3, x + i0 * 3 + i1 * 6, 12);
}

/* l05_copy_naive: Copy
 *   d
 *   x  float 3x2 strided
 *   y  float 3x2
 */
rt_layer void l05_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++)
        memcpy(y + i0 * 2, x + i0 * 8, 8);
}

int einsum_run(const float a[12], const float b[18], const float m_2[18], const float v[3], float y[12], float d[6], float s[1], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !a || !b || !m_2 || !v || !y || !d || !s)
        return 1;
    l01_gemm_vec(a, b, (float *)(m + 96), (float *)(m + 0)); /* y */
    l02_reduce_vec(a, (float *)(m + 0)); /* s */
    l03_gemm_naive((const float *)(m + 0), v, s); /* s */
    l04_copy_naive((const float *)(m + 96), y); /* y */
    l05_copy_naive(m_2, d); /* d */
    return 0;
}
