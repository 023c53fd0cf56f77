/* l01_gemm_vec: Conv
 *   left
 *   x  float 2x6x3x4
 *   w  [n/16][k][16]
 *   y  float 2x9x3x4 channels-last, pitch 18
 *   1296 MACs
 *   tile 6 x 2 vectors
 */
rt_layer void l01_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        {
            const float *wp = w;
            for (int i = 0; i < 12; i += 6) {
                const float *xk = x + i0 * 72 + i, *wk = wp;
                float *yp = y + i0 * 216 + i * 18;
                vf a0_0 = vf_splat(0.0f), a0_1 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f), a1_1 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f), a2_1 = vf_splat(0.0f);
                vf a3_0 = vf_splat(0.0f), a3_1 = vf_splat(0.0f);
                vf a4_0 = vf_splat(0.0f), a4_1 = vf_splat(0.0f);
                vf a5_0 = vf_splat(0.0f), a5_1 = vf_splat(0.0f);
                for (int k = 0; k < 6; k++, xk += 12, wk += 16) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk), w1 = vf_load(wk + 8);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1);
                    s = vf_splat(xk[1]); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                    s = vf_splat(xk[2]); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                    s = vf_splat(xk[3]); a3_0 = vf_fma(s, w0, a3_0); a3_1 = vf_fma(s, w1, a3_1);
                    s = vf_splat(xk[4]); a4_0 = vf_fma(s, w0, a4_0); a4_1 = vf_fma(s, w1, a4_1);
                    s = vf_splat(xk[5]); a5_0 = vf_fma(s, w0, a5_0); a5_1 = vf_fma(s, w1, a5_1);
                }
                vf_store(yp, a0_0);
                vf_storen(yp + 8, a0_1, 1);
                vf_store(yp + 18, a1_0);
                vf_storen(yp + 26, a1_1, 1);
                vf_store(yp + 36, a2_0);
                vf_storen(yp + 44, a2_1, 1);
                vf_store(yp + 54, a3_0);
                vf_storen(yp + 62, a3_1, 1);
                vf_store(yp + 72, a4_0);
                vf_storen(yp + 80, a4_1, 1);
                vf_store(yp + 90, a5_0);
                vf_storen(yp + 98, a5_1, 1);
            }
        }
    }
}

/* l02_conv_direct: Conv
 *   right
 *   x  float 2x6x3x4
 *   w  [oc/16][kh][kw][ic][16]
 *   y  float 2x9x3x4 channels-last, pitch 18
 *   11664 MACs
 *   tile 4 x 2 vectors
 */
rt_layer void l02_conv_direct(const float *restrict x, const float *restrict w, float *restrict y)
{
    {
        const float *wp = w;
        for (int n = 0; n < 2; n++) for (int oh = 0; oh < 3; oh++) {
            const int ih = oh - 1;
            const int kh0 = ih < 0 ? -ih : 0;
            const int kh1 = ih < 1 ? 3 : 3 - ih;
            const int row = n * 12 + oh * 4;
            {
                const float *xp = x + n * 72;
                float *yp = y + row * 18;
                vf a0_0 = vf_splat(0.0f), a0_1 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f), a1_1 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f), a2_1 = vf_splat(0.0f);
                vf a3_0 = vf_splat(0.0f), a3_1 = vf_splat(0.0f);
                for (int kh = kh0; kh < kh1; kh++) {
                    {
                        const float *xk = xp + (ih + kh) * 4, *wk = wp + kh * 288;
                        for (int i = 0; i < 6; i++, xk += 12, wk += 16) {
                            rt_keep(xk);
                            rt_keep(wk);
                            const vf w0 = vf_load(wk), w1 = vf_load(wk + 8);
                            vf s;
                            s = vf_splat(xk[0]); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                            s = vf_splat(xk[1]); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                            s = vf_splat(xk[2]); a3_0 = vf_fma(s, w0, a3_0); a3_1 = vf_fma(s, w1, a3_1);
                        }
                    }
                    {
                        const float *xk = xp + (ih + kh) * 4, *wk = wp + kh * 288 + 96;
                        for (int i = 0; i < 6; i++, xk += 12, wk += 16) {
                            rt_keep(xk);
                            rt_keep(wk);
                            const vf w0 = vf_load(wk), w1 = vf_load(wk + 8);
                            vf s;
                            s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1);
                            s = vf_splat(xk[1]); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                            s = vf_splat(xk[2]); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                            s = vf_splat(xk[3]); a3_0 = vf_fma(s, w0, a3_0); a3_1 = vf_fma(s, w1, a3_1);
                        }
                    }
                    {
                        const float *xk = xp + (ih + kh) * 4 + 1, *wk = wp + kh * 288 + 192;
                        for (int i = 0; i < 6; i++, xk += 12, wk += 16) {
                            rt_keep(xk);
                            rt_keep(wk);
                            const vf w0 = vf_load(wk), w1 = vf_load(wk + 8);
                            vf s;
                            s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1);
                            s = vf_splat(xk[1]); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                            s = vf_splat(xk[2]); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                        }
                    }
                }
                vf_store(yp, a0_0);
                vf_storen(yp + 8, a0_1, 1);
                vf_store(yp + 18, a1_0);
                vf_storen(yp + 26, a1_1, 1);
                vf_store(yp + 36, a2_0);
                vf_storen(yp + 44, a2_1, 1);
                vf_store(yp + 54, a3_0);
                vf_storen(yp + 62, a3_1, 1);
            }
        }
    }
}

/* l03_copy_vec: Copy
 *   right
 *   x  float 2x9x2x3x4 channels-last, pitch 9
 *   y  float 2x9x2x3x4 strided
 */
rt_layer void l03_copy_vec(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 24; i0++) {
        for (int b = 0; b < 9; b += 8) {
            const int i1 = b < 1 ? b : 1;
            const float *xp = x + i0 * 18 + i1;
            vf_pair(xp, xp + 9, y + i0 * 18 + i1 * 2);
        }
    }
}

/* l04_gemm_vec: Conv
 *   one
 *   x  float 2x9x3x4 channels-last, pitch 18
 *   w  [n/8][k][8]
 *   y  float 2x4x3x4 channels-last
 *   864 MACs
 *   tile 12 x 1 vectors
 */
rt_layer void l04_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y)
{
    {
        {
            const float *wp = w;
            for (int i = 0; i < 24; i += 12) {
                const float *xk = x + i * 18, *wk = wp;
                const float *xn = xk + 216;
                float *yp = y + i * 4;
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
                for (int k = 0; k < 9; k++, xk += 1, wk += 8, xn += 24) {
                    rt_keep(xk);
                    rt_keep(wk);
                    vf_prefetch(xn);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[18]); a1_0 = vf_fma(s, w0, a1_0);
                    s = vf_splat(xk[36]); a2_0 = vf_fma(s, w0, a2_0);
                    s = vf_splat(xk[54]); a3_0 = vf_fma(s, w0, a3_0);
                    s = vf_splat(xk[72]); a4_0 = vf_fma(s, w0, a4_0);
                    s = vf_splat(xk[90]); a5_0 = vf_fma(s, w0, a5_0);
                    s = vf_splat(xk[108]); a6_0 = vf_fma(s, w0, a6_0);
                    s = vf_splat(xk[126]); a7_0 = vf_fma(s, w0, a7_0);
                    s = vf_splat(xk[144]); a8_0 = vf_fma(s, w0, a8_0);
                    s = vf_splat(xk[162]); a9_0 = vf_fma(s, w0, a9_0);
                    s = vf_splat(xk[180]); a10_0 = vf_fma(s, w0, a10_0);
                    s = vf_splat(xk[198]); a11_0 = vf_fma(s, w0, a11_0);
                }
                vf_storen(yp, a0_0, 4);
                vf_storen(yp + 4, a1_0, 4);
                vf_storen(yp + 8, a2_0, 4);
                vf_storen(yp + 12, a3_0, 4);
                vf_storen(yp + 16, a4_0, 4);
                vf_storen(yp + 20, a5_0, 4);
                vf_storen(yp + 24, a6_0, 4);
                vf_storen(yp + 28, a7_0, 4);
                vf_storen(yp + 32, a8_0, 4);
                vf_storen(yp + 36, a9_0, 4);
                vf_storen(yp + 40, a10_0, 4);
                vf_storen(yp + 44, a11_0, 4);
            }
        }
    }
}

/* l05_conv_depthwise: Conv
 *   each
 *   x  float 2x9x3x4 channels-last, pitch 18
 *   w  [c/8][kh][kw][8]
 *   y  float 2x9x3x4 channels-last
 *   1944 MACs
 *   tile 4 x 1 vectors
 */
rt_layer void l05_conv_depthwise(const float *restrict x, const float *restrict w, float *restrict y)
{
    for (int n = 0; n < 2; n++) for (int oh = 0; oh < 3; oh++) {
        const int ih = oh - 1;
        const int kh0 = ih < 0 ? -ih : 0;
        const int kh1 = ih < 1 ? 3 : 3 - ih;
        const int row = n * 12 + oh * 4;
        for (int i = 0; i < 9; i += 8) {
            const int c = i < 1 ? i : 1;
            float *yp = y + row * 9 + c;
            vf a0_0 = vf_splat(0.0f);
            vf a1_0 = vf_splat(0.0f);
            vf a2_0 = vf_splat(0.0f);
            vf a3_0 = vf_splat(0.0f);
            const float *xp = x + n * 216 + c, *wp = w + i * 9;
            for (int kh = kh0; kh < kh1; kh++) {
                const float *xk = xp + (ih + kh) * 72, *wk = wp + kh * 24;
                rt_keep(xk);
                rt_keep(wk);
                const vf w0_0 = vf_load(wk);
                const vf w1_0 = vf_load(wk + 8);
                const vf w2_0 = vf_load(wk + 16);
                vf s;
                s = vf_load(xk); a0_0 = vf_fma(s, w1_0, a0_0); a1_0 = vf_fma(s, w0_0, a1_0);
                s = vf_load(xk + 18); a0_0 = vf_fma(s, w2_0, a0_0); a1_0 = vf_fma(s, w1_0, a1_0); a2_0 = vf_fma(s, w0_0, a2_0);
                s = vf_load(xk + 36); a1_0 = vf_fma(s, w2_0, a1_0); a2_0 = vf_fma(s, w1_0, a2_0); a3_0 = vf_fma(s, w0_0, a3_0);
                s = vf_load(xk + 54); a2_0 = vf_fma(s, w2_0, a2_0); a3_0 = vf_fma(s, w1_0, a3_0);
            }
            vf_store(yp, a0_0);
            vf_store(yp + 9, a1_0);
            vf_store(yp + 18, a2_0);
            vf_store(yp + 27, a3_0);
        }
    }
}

/* l06_copy_naive: Copy
 *   one
 *   x  float 2x4x3x4 channels-last
 *   y  float 2x4x3x4
 */
rt_layer void l06_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 4; i1++)
    for (int i2 = 0; i2 < 12; i2++)
        y[i0 * 48 + i1 * 12 + i2] = x[i0 * 48 + i1 + i2 * 4];
}

/* l07_copy_vec: Copy
 *   each
 *   x  float 2x9x3x4 channels-last
 *   y  float 2x9x3x4
 */
rt_layer void l07_copy_vec(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++) {
        for (int b1 = 0; b1 < 9; b1 += 8) {
            const int i1 = b1 < 1 ? b1 : 1;
            for (int b2 = 0; b2 < 12; b2 += 8) {
                const int i2 = b2 < 4 ? b2 : 4;
                const float *xp = x + i0 * 108 + i1 + i2 * 9;
                float *yp = y + i0 * 108 + i1 * 12 + i2;
                vf_transpose(xp, 9, yp, 12);
            }
        }
    }
}

int channel_shuffle_run(const float x[144], float y[96], float z[216], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = channel_shuffle_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !x || !y || !z)
        return 1;
    l01_gemm_vec(x, (const float *)(w + 0), (float *)(m + 0)); /* left */
    l02_conv_direct(x, (const float *)(w + 384), (float *)(m + 36)); /* right */
    l03_copy_vec((const float *)(m + 0), (float *)(m + 1728)); /* right */
    l04_gemm_vec((const float *)(m + 1728), (const float *)(w + 3840), (float *)(m + 864)); /* one */
    l05_conv_depthwise((const float *)(m + 1764), (const float *)(w + 4160), (float *)(m + 0)); /* each */
    l06_copy_naive((const float *)(m + 864), y); /* one */
    l07_copy_vec((const float *)(m + 0), z); /* each */
    return 0;
}
