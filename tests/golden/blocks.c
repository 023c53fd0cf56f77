/* l01_conv_direct: Conv+Concat+Relu
 *   stem
 *   x  float 2x2x6x4
 *   w  [oc/8][kh][kw][ic][8]
 *   b  float 8
 *   y  float 2x3x3x2 channels-last
 *   computes max(y, 0)
 *   2592 MACs
 *   tile 2 x 1 vectors
 */
rt_layer void l01_conv_direct(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y)
{
    {
        const float *wp = w;
        const float *bp = b;
        for (int n = 0; n < 2; n++) for (int oh = 0; oh < 3; oh++) {
            const int ih = oh * 2 - 2;
            const int kh0 = ih < 0 ? -ih : 0;
            const int kh1 = ih < 1 ? 6 : 6 - ih;
            const int row = n * 6 + oh * 2;
            {
                const float *xp = x + n * 48;
                float *yp = y + row * 3;
                const float *bias = bp;
                rt_anew(bias);
                vf a0_0 = vf_load(bias);
                vf a1_0 = vf_load(bias);
                for (int kh = kh0; kh < kh1; kh++) {
                    {
                        for (int kw = 0; kw < 2; kw++) {
                            const float *xk = xp + (ih + kh) * 4 + kw, *wk = wp + kh * 96 + kw * 16;
                            for (int ic = 0; ic < 2; ic++, xk += 24, wk += 8) {
                                rt_keep(xk);
                                rt_keep(wk);
                                vf s;
                                s = vf_splat(xk[0]); a1_0 = vf_fma(s, vf_load(wk), a1_0);
                            }
                        }
                    }
                    {
                        for (int kw = 0; kw < 2; kw++) {
                            const float *xk = xp + (ih + kh) * 4 + kw, *wk = wp + kh * 96 + 32 + kw * 16;
                            for (int ic = 0; ic < 2; ic++, xk += 24, wk += 8) {
                                rt_keep(xk);
                                rt_keep(wk);
                                const vf w0 = vf_load(wk);
                                vf s;
                                s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                                s = vf_splat(xk[2]); a1_0 = vf_fma(s, w0, a1_0);
                            }
                        }
                    }
                    {
                        for (int kw = 0; kw < 2; kw++) {
                            const float *xk = xp + (ih + kh) * 4 + 2 + kw, *wk = wp + kh * 96 + 64 + kw * 16;
                            for (int ic = 0; ic < 2; ic++, xk += 24, wk += 8) {
                                rt_keep(xk);
                                rt_keep(wk);
                                vf s;
                                s = vf_splat(xk[0]); a0_0 = vf_fma(s, vf_load(wk), a0_0);
                            }
                        }
                    }
                }
                vf_storen(yp, vf_max(a0_0, vf_splat(0.0f)), 3);
                vf_storen(yp + 3, vf_max(a1_0, vf_splat(0.0f)), 3);
            }
        }
    }
}

/* l02_conv_direct: Conv+Reshape
 *   patches
 *   x  float 2x2x6x4
 *   w  [oc/8][kh][kw][ic][8]
 *   y  float 2x5x2x2 channels-last
 *   1280 MACs
 *   tile 2 x 1 vectors
 */
rt_layer void l02_conv_direct(const float *restrict x, const float *restrict w, float *restrict y)
{
    {
        const float *wp = w;
        for (int n = 0; n < 2; n++) for (int oh = 0; oh < 2; oh++) {
            const int ih = oh * 4;
            const int kh0 = ih < 0 ? -ih : 0;
            const int kh1 = ih < 3 ? 4 : 6 - ih;
            const int row = n * 4 + oh * 2;
            {
                const float *xp = x + n * 48;
                float *yp = y + row * 5;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                for (int kh = kh0; kh < kh1; kh++) {
                    {
                        for (int kw = 0; kw < 2; kw++) {
                            const float *xk = xp + (ih + kh) * 4 + kw, *wk = wp + kh * 64 + kw * 16;
                            for (int ic = 0; ic < 2; ic++, xk += 24, wk += 8) {
                                rt_keep(xk);
                                rt_keep(wk);
                                vf s;
                                s = vf_splat(xk[0]); a1_0 = vf_fma(s, vf_load(wk), a1_0);
                            }
                        }
                    }
                    {
                        for (int kw = 0; kw < 2; kw++) {
                            const float *xk = xp + (ih + kh) * 4 + kw, *wk = wp + kh * 64 + 32 + kw * 16;
                            for (int ic = 0; ic < 2; ic++, xk += 24, wk += 8) {
                                rt_keep(xk);
                                rt_keep(wk);
                                const vf w0 = vf_load(wk);
                                vf s;
                                s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                                s = vf_splat(xk[2]); a1_0 = vf_fma(s, w0, a1_0);
                            }
                        }
                    }
                }
                vf_storen(yp, a0_0, 5);
                vf_storen(yp + 5, a1_0, 5);
            }
        }
    }
}

/* l03_copy_naive: Copy
 *   p00
 *   p01
 *   p10
 *   x  float 2x2x3x2 strided
 *   y  float 2x2x3x2 strided
 */
rt_layer void l03_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 6; i1++)
    for (int i2 = 0; i2 < 2; i2++)
        y[i0 * 48 + i1 * 2 + i2] = x[i0 * 48 + i1 * 8 + i2 * 2];
}

/* l04_copy_naive: Copy
 *   back
 *   x  float 2x2x3x2 strided
 *   y  float 2x2x3x2 strided
 */
rt_layer void l04_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 6; i1++)
    for (int i2 = 0; i2 < 2; i2++)
        y[i0 * 48 + i1 * 2 + i2] = x[i0 * 48 + i1 * 8 + i2 * -2];
}

/* l05_conv_direct: Conv
 *   copied
 *   x  float 2x8x3x2
 *   w  [oc/8][kh][kw][ic][8]
 *   y  float 2x5x2x1 channels-last
 *   640 MACs
 *   tile 2 x 1 vectors
 */
rt_layer void l05_conv_direct(const float *restrict x, const float *restrict w, float *restrict y)
{
    {
        const float *wp = w;
        for (int n = 0; n < 2; n++) {
            const int iw = 0;
            const int row = n * 2;
            {
                const float *xp = x + n * 48;
                float *yp = y + row * 5;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                for (int kw = 0; kw < 2; kw++) {
                    for (int kh = 0; kh < 2; kh++) {
                        const float *xk = xp + (iw + kw) + kh * 2, *wk = wp + kw * 128 + kh * 64;
                        for (int ic = 0; ic < 8; ic++, xk += 6, wk += 8) {
                            rt_keep(xk);
                            rt_keep(wk);
                            const vf w0 = vf_load(wk);
                            vf s;
                            s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                            s = vf_splat(xk[2]); a1_0 = vf_fma(s, w0, a1_0);
                        }
                    }
                }
                vf_storen(yp, a0_0, 5);
                vf_storen(yp + 5, a1_0, 5);
            }
        }
    }
}

/* l06_copy_naive: Copy
 *   stem
 *   x  float 2x3x3x2 channels-last
 *   y  float 2x3x3x2
 */
rt_layer void l06_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 3; i1++)
    for (int i2 = 0; i2 < 6; i2++)
        y[i0 * 18 + i1 * 6 + i2] = x[i0 * 18 + i1 + i2 * 3];
}

/* l07_copy_naive: Copy
 *   patches
 *   x  float 2x5x2x2 channels-last
 *   y  float 2x5x2x2
 */
rt_layer void l07_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 5; i1++)
    for (int i2 = 0; i2 < 4; i2++)
        y[i0 * 20 + i1 * 4 + i2] = x[i0 * 20 + i1 + i2 * 5];
}

/* l08_copy_naive: Copy
 *   copied
 *   x  float 2x5x2x1 channels-last
 *   y  float 2x5x2x1
 */
rt_layer void l08_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 5; i1++)
    for (int i2 = 0; i2 < 2; i2++)
        y[i0 * 10 + i1 * 2 + i2] = x[i0 * 10 + i1 + i2 * 5];
}

static const float blocks_const1[8] = {-0.625f, -0.5f, -0.375f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f};
int blocks_run(const float x[96], float y1[36], float y2[40], float y3[20], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = blocks_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !x || !y1 || !y2 || !y3)
        return 1;
    l01_conv_direct(x, (const float *)(w + 0), blocks_const1, (float *)(m + 544)); /* stem */
    l02_conv_direct(x, (const float *)(w + 2304), (float *)(m + 384)); /* patches */
    l03_copy_naive(x, (float *)(m + 0)); /* p00 */
    l04_copy_naive(x + 7, (float *)(m + 48)); /* back */
    l03_copy_naive(x + 1, (float *)(m + 96)); /* p01 */
    l03_copy_naive(x + 4, (float *)(m + 144)); /* p10 */
    l05_conv_direct((const float *)(m + 0), (const float *)(w + 3328), (float *)(m + 688)); /* copied */
    l06_copy_naive((const float *)(m + 544), y1); /* stem */
    l07_copy_naive((const float *)(m + 384), y2); /* patches */
    l08_copy_naive((const float *)(m + 688), y3); /* copied */
    return 0;
}
