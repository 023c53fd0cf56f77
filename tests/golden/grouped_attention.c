/* l01_copy_naive: Copy
 *   past_key
 *   past_value
 *   x  float 1x2x2x4
 *   y  float 1x2x2x4 strided
 */
rt_layer void l01_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
        memcpy(y + i0 * 20, x + i0 * 8, 32);
}

/* l02_copy_naive: Copy
 *   y/Transpose
 *   y/Transpose
 *   x  float 1x2x3x4 strided
 *   y  float 1x2x3x4 strided
 */
rt_layer void l02_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 3; i1++)
        memcpy(y + i0 * 20 + i1 * 4, x + i0 * 4 + i1 * 8, 16);
}

/* l03_map_vec: Attention
 *   y
 *   x0  float 1x4x3x4 strided
 *   y  float 1x4x3x4
 *   computes (a * 0.5)
 *   tile 1 x 1 vectors
 */
rt_layer void l03_map_vec(const float *x0, float *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    for (int i1 = 0; i1 < 3; i1++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 4 + i1 * 16, 4);
        vf_storen(y + i0 * 12 + i1 * 4, vf_mul(a0, vf_splat(0.5f)), 4);
    }
}

/* l04_gemm_vec: MatMul
 *   y
 *   x  float 1x2x6x4
 *   w  float 1x2x4x5 strided
 *   y  float 1x2x6x5
 *   panel  [k][8]
 *   240 MACs
 *   tile 6 x 1 vectors
 */
rt_layer void l04_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y, float *restrict panel)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        {
            const float *wp = panel;
            for (int k = 0; k < 4; k++) {
                vf_store(panel + k * 8, vf_loadsn(w + i0 * 20 + k, 4, 5));
            }
            {
                const float *xk = x + i0 * 24, *wk = wp;
                float *yp = y + i0 * 30;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f);
                vf a3_0 = vf_splat(0.0f);
                vf a4_0 = vf_splat(0.0f);
                vf a5_0 = vf_splat(0.0f);
                for (int k = 0; k < 4; k++, xk += 1, wk += 8) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[4]); a1_0 = vf_fma(s, w0, a1_0);
                    s = vf_splat(xk[8]); a2_0 = vf_fma(s, w0, a2_0);
                    s = vf_splat(xk[12]); a3_0 = vf_fma(s, w0, a3_0);
                    s = vf_splat(xk[16]); a4_0 = vf_fma(s, w0, a4_0);
                    s = vf_splat(xk[20]); a5_0 = vf_fma(s, w0, a5_0);
                }
                vf_storen(yp, a0_0, 5);
                vf_storen(yp + 5, a1_0, 5);
                vf_storen(yp + 10, a2_0, 5);
                vf_storen(yp + 15, a3_0, 5);
                vf_storen(yp + 20, a4_0, 5);
                vf_storen(yp + 25, a5_0, 5);
            }
        }
    }
}

/* l05_map_vec: Attention
 *   y
 *   x0  float 1x4x3x5
 *   x1  float 3x1
 *   x2  float 5
 *   y  float 1x4x3x5
 *   computes sel(le(c, (b + 2)), a, -inf)
 *   tile 1 x 1 vectors
 */
rt_layer void l05_map_vec(const float *x0, const float *x1, const float *x2, float *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    for (int i1 = 0; i1 < 3; i1++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 15 + i1 * 5, 5);
        const vf a1 = vf_splat(x1[i1]);
        const vf a2 = vf_loadn(x2, 5);
        vf_storen(y + i0 * 15 + i1 * 5, vf_sel(vf_le(a2, vf_add(a1, vf_splat(2.0f))), a0, vf_splat(-INFINITY)), 5);
    }
}

/* l06_softmax_vec: Softmax
 *   y
 *   x  float 1x4x3x5
 *   y  float 1x4x3x5
 */
rt_layer void l06_softmax_vec(const float *x, float *y)
{
    for (int i = 0; i < 1; i++) {
        const float *p = x + i * 40;
        float *q = y + i * 40;
        float e[40];
        for (int r = 0; r < 8; r++) {
            float most = p[r * 5];
            for (int k = 1; k < 5; k++) most = p[r * 5 + k] > most ? p[r * 5 + k] : most;
            for (int k = 0; k < 5; k++) e[r * 5 + k] = p[r * 5 + k] - most;
        }
        for (int k = 0; k < 40; k += 8) vf_store(e + k, vf_exp(vf_load(e + k)));
        for (int r = 0; r < 8; r++) {
            float sum = 0.0f;
            for (int k = 0; k < 5; k++) sum += e[r * 5 + k];
            const float by = 1.0f / sum;
            for (int k = 0; k < 5; k++) q[r * 5 + k] = e[r * 5 + k] * by;
        }
    }
    const float *p = x + 40;
    float *q = y + 40;
    float e[24];
    for (int r = 0; r < 4; r++) {
        float most = p[r * 5];
        for (int k = 1; k < 5; k++) most = p[r * 5 + k] > most ? p[r * 5 + k] : most;
        for (int k = 0; k < 5; k++) e[r * 5 + k] = p[r * 5 + k] - most;
    }
    for (int k = 20; k < 24; k++) e[k] = 0.0f;
    for (int k = 0; k < 24; k += 8) vf_store(e + k, vf_exp(vf_load(e + k)));
    for (int r = 0; r < 4; r++) {
        float sum = 0.0f;
        for (int k = 0; k < 5; k++) sum += e[r * 5 + k];
        const float by = 1.0f / sum;
        for (int k = 0; k < 5; k++) q[r * 5 + k] = e[r * 5 + k] * by;
    }
}

/* l07_gemm_vec: MatMul
 *   y
 *   x  float 1x2x6x5
 *   w  float 1x2x5x4
 *   y  float 1x2x6x4
 *   240 MACs
 *   tile 6 x 1 vectors
 */
rt_layer void l07_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        {
            const float *wp = w + i0 * 20;
            {
                const float *xk = x + i0 * 30, *wk = wp;
                float *yp = y + i0 * 24;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f);
                vf a3_0 = vf_splat(0.0f);
                vf a4_0 = vf_splat(0.0f);
                vf a5_0 = vf_splat(0.0f);
                for (int k = 0; k < 5; k++, xk += 1, wk += 4) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_loadn(wk, 4);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[5]); a1_0 = vf_fma(s, w0, a1_0);
                    s = vf_splat(xk[10]); a2_0 = vf_fma(s, w0, a2_0);
                    s = vf_splat(xk[15]); a3_0 = vf_fma(s, w0, a3_0);
                    s = vf_splat(xk[20]); a4_0 = vf_fma(s, w0, a4_0);
                    s = vf_splat(xk[25]); a5_0 = vf_fma(s, w0, a5_0);
                }
                vf_storen(yp, a0_0, 4);
                vf_storen(yp + 4, a1_0, 4);
                vf_storen(yp + 8, a2_0, 4);
                vf_storen(yp + 12, a3_0, 4);
                vf_storen(yp + 16, a4_0, 4);
                vf_storen(yp + 20, a5_0, 4);
            }
        }
    }
}

/* l08_copy_naive: Copy
 *   y
 *   x  float 1x3x4x4 strided
 *   y  float 1x3x4x4
 */
rt_layer void l08_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++)
    for (int i1 = 0; i1 < 4; i1++)
        memcpy(y + i0 * 16 + i1 * 4, x + i0 * 4 + i1 * 12, 16);
}

static const float grouped_attention_const1[3] = {0.0f, 1.0f, 2.0f};
static const float grouped_attention_const2[5] = {0.0f, 1.0f, 2.0f, 3.0f, 4.0f};
int grouped_attention_run(const float q[48], const float k[24], const float v[24], const float past_key[16], const float past_value[16], float y[48], float key[40], float value[40], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !q || !k || !v || !past_key || !past_value || !y || !key || !value)
        return 1;
    l01_copy_naive(past_key, key); /* past_key */
    l02_copy_naive(k, key + 8); /* y/Transpose */
    l01_copy_naive(past_value, value); /* past_value */
    l02_copy_naive(v, value + 8); /* y/Transpose */
    l03_map_vec(q, (float *)(m + 240)); /* y */
    l04_gemm_vec((const float *)(m + 240), key, (float *)(m + 0), y); /* y */
    l05_map_vec((const float *)(m + 0), grouped_attention_const1, grouped_attention_const2, (float *)(m + 240)); /* y */
    l06_softmax_vec((const float *)(m + 240), (float *)(m + 240)); /* y */
    l07_gemm_vec((const float *)(m + 240), value, (float *)(m + 0)); /* y */
    l08_copy_naive((const float *)(m + 0), y); /* y */
    return 0;
}
