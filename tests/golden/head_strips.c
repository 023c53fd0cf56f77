/* l01_gemm_vec: MatMul+Tanh
 *   scores
 *   x  float 1x5x6x4
 *   w  float 1x5x4x19
 *   y  float 1x5x6x19
 *   computes tanh(y)
 *   2280 MACs
 *   tile 3 x 3 vectors
 */
rt_layer void l01_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y, int from, int to, int y_row)
{
    for (int i0 = from; i0 < to; i0++)
    {
        {
            const float *wp = w + i0 * 76;
            for (int i = 0; i < 6; i += 3) {
                const float *xk = x + i0 * 24 + i * 4, *wk = wp;
                const float *xn = xk + 12;
                float *yp = y + (i0 - y_row) * 114 + i * 19;
                vf a0_0 = vf_splat(0.0f), a0_1 = vf_splat(0.0f), a0_2 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f), a1_1 = vf_splat(0.0f), a1_2 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f), a2_1 = vf_splat(0.0f), a2_2 = vf_splat(0.0f);
                for (int k = 0; k < 4; k++, xk += 1, wk += 19, xn += 3) {
                    rt_keep(xk);
                    rt_keep(wk);
                    vf_prefetch(xn);
                    const vf w0 = vf_load(wk), w1 = vf_load(wk + 8), w2 = vf_loadn(wk + 16, 3);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1); a0_2 = vf_fma(s, w2, a0_2);
                    s = vf_splat(xk[4]); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1); a1_2 = vf_fma(s, w2, a1_2);
                    s = vf_splat(xk[8]); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1); a2_2 = vf_fma(s, w2, a2_2);
                }
                vf_store(yp, vf_tanh(a0_0));
                vf_store(yp + 8, vf_tanh(a0_1));
                vf_storen(yp + 16, vf_tanh(a0_2), 3);
                vf_store(yp + 19, vf_tanh(a1_0));
                vf_store(yp + 27, vf_tanh(a1_1));
                vf_storen(yp + 35, vf_tanh(a1_2), 3);
                vf_store(yp + 38, vf_tanh(a2_0));
                vf_store(yp + 46, vf_tanh(a2_1));
                vf_storen(yp + 54, vf_tanh(a2_2), 3);
            }
        }
    }
}

/* l02_map_vec: Add
 *   mask
 *   x0  float 1x5x6x19
 *   x1  float 6x19
 *   y  float 1x5x6x19
 *   computes (a + b)
 *   tile 1 x 1 vectors
 */
rt_layer void l02_map_vec(const float *x0, const float *x1, float *y, int from, int to, int x_row, int y_row)
{
    for (int i0 = from; i0 < to; i0++)
    {
        for (int i1 = 0; i1 < 112; i1 += 8) {
            const vf a0 = vf_load(x0 + (i0 - x_row) * 114 + i1);
            const vf a1 = vf_load(x1 + i1);
            vf_store(y + (i0 - y_row) * 114 + i1, vf_add(a0, a1));
        }
        const vf a0 = vf_loadn(x0 + (i0 - x_row) * 114 + 112, 2);
        const vf a1 = vf_loadn(x1 + 112, 2);
        vf_storen(y + (i0 - y_row) * 114 + 112, vf_add(a0, a1), 2);
    }
}

/* l03_softmax_vec: Softmax
 *   soft
 *   x  float 1x5x6x19
 *   y  float 1x5x6x19
 */
rt_layer void l03_softmax_vec(const float *x, float *y, int from, int to, int x_row, int y_row)
{
    for (int i0 = from; i0 < to; i0++)
    for (int i1 = 0; i1 < 6; i1++) {
        const float *p = x + (i0 - x_row) * 114 + i1 * 19;
        float *q = y + (i0 - y_row) * 114 + i1 * 19;
        vf m0 = vf_load(p), m1 = m0;
        for (int k = 0; k < 16; k += 16) {
            m0 = vf_max(vf_load(p + k), m0);
            m1 = vf_max(vf_load(p + k + 8), m1);
        }
        m1 = vf_max(vf_load(p + 11), m1);
        const float most = vf_hmax(vf_max(m0, m1));
        const vf m = vf_splat(most);
        vf s = vf_splat(0.0f);
        for (int k = 0; k < 16; k += 8) {
            const vf e = vf_exp(vf_sub(vf_load(p + k), m));
            vf_store(q + k, e);
            s = vf_add(s, e);
        }
        vf_storen(q + 16, vf_exp(vf_sub(vf_loadn(p + 16, 3), m)), 3);
        s = vf_add(s, vf_loadn(q + 16, 3));
        const vf by = vf_splat(1.0f / vf_hadd(s));
        for (int k = 0; k < 16; k += 8) vf_store(q + k, vf_mul(vf_load(q + k), by));
        vf_storen(q + 16, vf_mul(vf_loadn(q + 16, 3), by), 3);
    }
}

/* l04_gemm_vec: MatMul
 *   mix
 *   x  float 1x5x6x19
 *   w  float 1x5x19x7
 *   y  float 1x5x6x7
 *   3990 MACs
 *   tile 6 x 1 vectors
 */
rt_layer void l04_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y, int from, int to, int x_row)
{
    for (int i0 = from; i0 < to; i0++)
    {
        {
            const float *wp = w + i0 * 133;
            {
                const float *xk = x + (i0 * 114 - x_row * 114), *wk = wp;
                float *yp = y + i0 * 42;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f);
                vf a3_0 = vf_splat(0.0f);
                vf a4_0 = vf_splat(0.0f);
                vf a5_0 = vf_splat(0.0f);
                for (int k = 0; k < 19; k++, xk += 1, wk += 7) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_loadn(wk, 7);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[19]); a1_0 = vf_fma(s, w0, a1_0);
                    s = vf_splat(xk[38]); a2_0 = vf_fma(s, w0, a2_0);
                    s = vf_splat(xk[57]); a3_0 = vf_fma(s, w0, a3_0);
                    s = vf_splat(xk[76]); a4_0 = vf_fma(s, w0, a4_0);
                    s = vf_splat(xk[95]); a5_0 = vf_fma(s, w0, a5_0);
                }
                vf_storen(yp, a0_0, 7);
                vf_storen(yp + 7, a1_0, 7);
                vf_storen(yp + 14, a2_0, 7);
                vf_storen(yp + 21, a3_0, 7);
                vf_storen(yp + 28, a4_0, 7);
                vf_storen(yp + 35, a5_0, 7);
            }
        }
    }
}

int head_strips_run(const float q[120], const float k[380], const float v[665], const float m_2[114], float y[210], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !q || !k || !v || !m_2 || !y)
        return 1;
    /* By strips of 2 rows, so that what these layers hand on stays in cache:
     *   scores, 2 of 5 rows
     *   mask, 2 of 5 rows
     *   soft, 2 of 5 rows
     *   mix
     */
    {
        for (int from3 = 0; from3 < 5; from3 += 2) {
            const int to3 = from3 + 2 < 5 ? from3 + 2 : 5;
            l01_gemm_vec(q, k, (float *)(m + 0), from3, to3, from3); /* scores */
            l02_map_vec((const float *)(m + 0), m_2, (float *)(m + 0), from3, to3, from3, from3); /* mask */
            l03_softmax_vec((const float *)(m + 0), (float *)(m + 0), from3, to3, from3, from3); /* soft */
            l04_gemm_vec((const float *)(m + 0), v, y, from3, to3, from3); /* mix */
        }
    }
    return 0;
}
