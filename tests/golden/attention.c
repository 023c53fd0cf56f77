/* l01_gemm_vec: MatMul+Mul
 *   scores
 *   x  float 1x2x3x4
 *   w  float 1x2x4x5 strided
 *   y  float 1x2x3x5
 *   panel  [k][8]
 *   computes (y * 0.5)
 *   120 MACs
 *   tile 3 x 1 vectors
 */
rt_layer void l01_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y, float *restrict panel)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        {
            const float *wp = panel;
            for (int k = 0; k < 4; k++) {
                vf_store(panel + k * 8, vf_loadsn(w + i0 * 20 + k, 4, 5));
            }
            {
                const float *xk = x + i0 * 12, *wk = wp;
                float *yp = y + i0 * 15;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f);
                for (int k = 0; k < 4; k++, xk += 1, wk += 8) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[4]); a1_0 = vf_fma(s, w0, a1_0);
                    s = vf_splat(xk[8]); a2_0 = vf_fma(s, w0, a2_0);
                }
                vf_storen(yp, vf_mul(a0_0, vf_splat(0.5f)), 5);
                vf_storen(yp + 5, vf_mul(a1_0, vf_splat(0.5f)), 5);
                vf_storen(yp + 10, vf_mul(a2_0, vf_splat(0.5f)), 5);
            }
        }
    }
}

/* l02_softmax_vec: Softmax
 *   p
 *   x  float 1x2x3x5
 *   y  float 1x2x3x5
 */
rt_layer void l02_softmax_vec(const float *x, float *y)
{
    const float *p = x;
    float *q = y;
    float e[32];
    for (int r = 0; r < 6; r++) {
        float most = p[r * 5];
        for (int k = 1; k < 5; k++) most = p[r * 5 + k] > most ? p[r * 5 + k] : most;
        for (int k = 0; k < 5; k++) e[r * 5 + k] = p[r * 5 + k] - most;
    }
    for (int k = 30; k < 32; k++) e[k] = 0.0f;
    for (int k = 0; k < 32; k += 8) vf_store(e + k, vf_exp(vf_load(e + k)));
    for (int r = 0; r < 6; r++) {
        float sum = 0.0f;
        for (int k = 0; k < 5; k++) sum += e[r * 5 + k];
        const float by = 1.0f / sum;
        for (int k = 0; k < 5; k++) q[r * 5 + k] = e[r * 5 + k] * by;
    }
}

/* l03_gemm_vec: MatMul
 *   mix
 *   x  float 1x2x3x5
 *   w  float 1x2x5x4
 *   y  float 1x2x3x4
 *   120 MACs
 *   tile 3 x 1 vectors
 */
rt_layer void l03_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        {
            const float *wp = w + i0 * 20;
            {
                const float *xk = x + i0 * 15, *wk = wp;
                float *yp = y + i0 * 12;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f);
                for (int k = 0; k < 5; k++, xk += 1, wk += 4) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_loadn(wk, 4);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[5]); a1_0 = vf_fma(s, w0, a1_0);
                    s = vf_splat(xk[10]); a2_0 = vf_fma(s, w0, a2_0);
                }
                vf_storen(yp, a0_0, 4);
                vf_storen(yp + 4, a1_0, 4);
                vf_storen(yp + 8, a2_0, 4);
            }
        }
    }
}

int attention_run(const float q[24], const float k[40], const float v[40], float y[24], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !q || !k || !v || !y)
        return 1;
    l01_gemm_vec(q, k, (float *)(m + 128), (float *)(m + 0)); /* scores */
    l02_softmax_vec((const float *)(m + 128), (float *)(m + 128)); /* p */
    l03_gemm_vec((const float *)(m + 128), v, y); /* mix */
    return 0;
}
