/* l01_gemm_vec: Conv
 *   c1
 *   x  float 1x4x4x6
 *   w  [n/8][k][8]
 *   y  float 1x8x4x6 channels-last, pitch 11
 *   768 MACs
 *   tile 12 x 1 vectors
 */
rt_layer void l01_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y)
{
    {
        {
            const float *wp = w;
            for (int i = 0; i < 24; i += 12) {
                const float *xk = x + i, *wk = wp;
                float *yp = y + i * 11;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f);
                vf a3_0 = vf_splat(0.0f);
                vf a4_0 = vf_splat(0.0f);
                vf a5_0 = vf_splat(0.0f);
                vf a6_0 = vf_splat(0.0f);
                vf a7_0 = vf_splat(0.0f);
                vf a8_0 = vf_splat(0.0f);
                vf a9_0 = vf_splat(0.0f);
                vf a10_0 = vf_splat(0.0f);
                vf a11_0 = vf_splat(0.0f);
                for (int k = 0; k < 4; k++, xk += 24, wk += 8) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[1]); a1_0 = vf_fma(s, w0, a1_0);
                    s = vf_splat(xk[2]); a2_0 = vf_fma(s, w0, a2_0);
                    s = vf_splat(xk[3]); a3_0 = vf_fma(s, w0, a3_0);
                    s = vf_splat(xk[4]); a4_0 = vf_fma(s, w0, a4_0);
                    s = vf_splat(xk[5]); a5_0 = vf_fma(s, w0, a5_0);
                    s = vf_splat(xk[6]); a6_0 = vf_fma(s, w0, a6_0);
                    s = vf_splat(xk[7]); a7_0 = vf_fma(s, w0, a7_0);
                    s = vf_splat(xk[8]); a8_0 = vf_fma(s, w0, a8_0);
                    s = vf_splat(xk[9]); a9_0 = vf_fma(s, w0, a9_0);
                    s = vf_splat(xk[10]); a10_0 = vf_fma(s, w0, a10_0);
                    s = vf_splat(xk[11]); a11_0 = vf_fma(s, w0, a11_0);
                }
                vf_store(yp, a0_0);
                vf_store(yp + 11, a1_0);
                vf_store(yp + 22, a2_0);
                vf_store(yp + 33, a3_0);
                vf_store(yp + 44, a4_0);
                vf_store(yp + 55, a5_0);
                vf_store(yp + 66, a6_0);
                vf_store(yp + 77, a7_0);
                vf_store(yp + 88, a8_0);
                vf_store(yp + 99, a9_0);
                vf_store(yp + 110, a10_0);
                vf_store(yp + 121, a11_0);
            }
        }
    }
}

/* l02_conv_direct: Conv
 *   c3
 *   x  float 1x4x4x6
 *   w  [oc/8][kh][kw][ic][8]
 *   y  float 1x3x4x6 channels-last, pitch 11
 *   2592 MACs
 *   tile 6 x 1 vectors
 */
rt_layer void l02_conv_direct(const float *restrict x, const float *restrict w, float *restrict y)
{
    {
        const float *wp = w;
        for (int oh = 0; oh < 4; oh++) {
            const int ih = oh - 1;
            const int kh0 = ih < 0 ? -ih : 0;
            const int kh1 = ih < 2 ? 3 : 4 - ih;
            const int row = oh * 6;
            {
                float *yp = y + row * 11;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f);
                vf a3_0 = vf_splat(0.0f);
                vf a4_0 = vf_splat(0.0f);
                vf a5_0 = vf_splat(0.0f);
                for (int kh = kh0; kh < kh1; kh++) {
                    {
                        const float *xk = x + (ih + kh) * 6, *wk = wp + kh * 96;
                        for (int i = 0; i < 4; i++, xk += 24, wk += 8) {
                            rt_keep(xk);
                            rt_keep(wk);
                            const vf w0 = vf_load(wk);
                            vf s;
                            s = vf_splat(xk[0]); a1_0 = vf_fma(s, w0, a1_0);
                            s = vf_splat(xk[1]); a2_0 = vf_fma(s, w0, a2_0);
                            s = vf_splat(xk[2]); a3_0 = vf_fma(s, w0, a3_0);
                            s = vf_splat(xk[3]); a4_0 = vf_fma(s, w0, a4_0);
                            s = vf_splat(xk[4]); a5_0 = vf_fma(s, w0, a5_0);
                        }
                    }
                    {
                        const float *xk = x + (ih + kh) * 6, *wk = wp + kh * 96 + 32;
                        for (int i = 0; i < 4; i++, xk += 24, wk += 8) {
                            rt_keep(xk);
                            rt_keep(wk);
                            const vf w0 = vf_load(wk);
                            vf s;
                            s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                            s = vf_splat(xk[1]); a1_0 = vf_fma(s, w0, a1_0);
                            s = vf_splat(xk[2]); a2_0 = vf_fma(s, w0, a2_0);
                            s = vf_splat(xk[3]); a3_0 = vf_fma(s, w0, a3_0);
                            s = vf_splat(xk[4]); a4_0 = vf_fma(s, w0, a4_0);
                            s = vf_splat(xk[5]); a5_0 = vf_fma(s, w0, a5_0);
                        }
                    }
                    {
                        const float *xk = x + (ih + kh) * 6 + 1, *wk = wp + kh * 96 + 64;
                        for (int i = 0; i < 4; i++, xk += 24, wk += 8) {
                            rt_keep(xk);
                            rt_keep(wk);
                            const vf w0 = vf_load(wk);
                            vf s;
                            s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                            s = vf_splat(xk[1]); a1_0 = vf_fma(s, w0, a1_0);
                            s = vf_splat(xk[2]); a2_0 = vf_fma(s, w0, a2_0);
                            s = vf_splat(xk[3]); a3_0 = vf_fma(s, w0, a3_0);
                            s = vf_splat(xk[4]); a4_0 = vf_fma(s, w0, a4_0);
                        }
                    }
                }
                vf_storen(yp, a0_0, 3);
                vf_storen(yp + 11, a1_0, 3);
                vf_storen(yp + 22, a2_0, 3);
                vf_storen(yp + 33, a3_0, 3);
                vf_storen(yp + 44, a4_0, 3);
                vf_storen(yp + 55, a5_0, 3);
            }
        }
    }
}

/* l03_pool_vec: MaxPool
 *   pool
 *   x  float 1x11x4x6 channels-last
 *   y  float 1x11x2x3 channels-last
 *   tile 3 x 1 vectors
 */
rt_layer void l03_pool_vec(const float *restrict x, float *restrict y)
{
    for (int oh = 0; oh < 2; oh++) {
        const int ih = oh * 2;
        const int row = oh * 3;
        for (int i = 0; i < 11; i += 8) {
            const int c = i < 3 ? i : 3;
            const float *xp = x + c;
            float *yp = y + row * 11 + c;
            vf a0_0 = vf_splat(-INFINITY);
            vf a1_0 = vf_splat(-INFINITY);
            vf a2_0 = vf_splat(-INFINITY);
            for (int kh = 0; kh < 2; kh++) {
                {
                    const float *xk = xp + (ih + kh) * 66;
                    for (int k = 0; k < 2; k++, xk += 11) {
                        rt_keep(xk);
                        a0_0 = vf_max(vf_load(xk), a0_0);
                        a1_0 = vf_max(vf_load(xk + 22), a1_0);
                        a2_0 = vf_max(vf_load(xk + 44), a2_0);
                    }
                }
            }
            vf_store(yp, a0_0);
            vf_store(yp + 11, a1_0);
            vf_store(yp + 22, a2_0);
        }
    }
}

/* l04_copy_naive: Copy
 *   pool
 *   x  float 1x11x2x3 channels-last
 *   y  float 1x11x2x3
 */
rt_layer void l04_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 11; i0++)
    for (int i1 = 0; i1 < 6; i1++)
        y[i0 * 6 + i1] = x[i0 + i1 * 11];
}

int concat_pool_run(const float x[96], float y[66], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = concat_pool_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !x || !y)
        return 1;
    l01_gemm_vec(x, (const float *)(w + 0), (float *)(m + 0)); /* c1 */
    l02_conv_direct(x, (const float *)(w + 128), (float *)(m + 32)); /* c3 */
    l03_pool_vec((const float *)(m + 0), (float *)(m + 1056)); /* pool */
    l04_copy_naive((const float *)(m + 1056), y); /* pool */
    return 0;
}
