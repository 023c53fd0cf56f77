/* l01_gather_naive: Gather
 *   y
 *   x  float 1x20x1
 *   index  int64 4x8
 *   y  float 1x4x8x1
 */
rt_layer void l01_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i1 = 0; i1 < 4; i1++)
    for (int i2 = 0; i2 < 8; i2++) {
        int64_t at = index[i1 * 8 + i2];
        at += at < 0 ? 20 : 0;
        at = at < 0 ? 0 : at < 20 ? at : 19;
        {
            y[i1 * 8 + i2] = x[at];
        }
    }
}

/* l02_map_vec: Mul
 *   y
 *   x0  float 1x4x8x1
 *   x1  float 8x1
 *   y  float 1x4x8x1
 *   computes (a * b)
 *   tile 1 x 1 vectors
 */
rt_layer void l02_map_vec(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    {
        for (int i1 = 0; i1 < 8; i1 += 8) {
            const vf a0 = vf_load(x0 + i0 * 8 + i1);
            const vf a1 = vf_load(x1 + i1);
            vf_store(y + i0 * 8 + i1, vf_mul(a0, a1));
        }
    }
}

/* l03_gemm_vec: MatMul
 *   y
 *   x  float 4x8
 *   w  [n/16][k][16]
 *   y  float 4x10
 *   320 MACs
 *   tile 4 x 2 vectors
 */
rt_layer void l03_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y)
{
    {
        {
            const float *wp = w;
            {
                const float *xk = x, *wk = wp;
                float *yp = y;
                vf a0_0 = vf_splat(0.0f), a0_1 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f), a1_1 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f), a2_1 = vf_splat(0.0f);
                vf a3_0 = vf_splat(0.0f), a3_1 = vf_splat(0.0f);
                for (int k = 0; k < 8; k++, xk += 1, wk += 16) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk), w1 = vf_load(wk + 8);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1);
                    s = vf_splat(xk[8]); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                    s = vf_splat(xk[16]); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                    s = vf_splat(xk[24]); a3_0 = vf_fma(s, w0, a3_0); a3_1 = vf_fma(s, w1, a3_1);
                }
                vf_store(yp, a0_0);
                vf_storen(yp + 8, a0_1, 2);
                vf_store(yp + 10, a1_0);
                vf_storen(yp + 18, a1_1, 2);
                vf_store(yp + 20, a2_0);
                vf_storen(yp + 28, a2_1, 2);
                vf_store(yp + 30, a3_0);
                vf_storen(yp + 38, a3_1, 2);
            }
        }
    }
}

static const float spectrum_const1[8] = {0.0f, 0.14644662f, 0.5f, 0.8535534f, 1.0f, 0.8535534f, 0.5f, 0.14644662f};
int spectrum_run(const float x[20], float y[40], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = spectrum_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !x || !y)
        return 1;
    l01_gather_naive(x, (const int64_t *)(w + 0), (float *)(m + 0)); /* y */
    l02_map_vec((const float *)(m + 0), spectrum_const1, (float *)(m + 0)); /* y */
    l03_gemm_vec((const float *)(m + 0), (const float *)(w + 256), y); /* y */
    return 0;
}
