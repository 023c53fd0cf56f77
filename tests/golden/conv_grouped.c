/* l01_conv_grouped: Conv+Relu
 *   wider
 *   x  float 1x12x4x7
 *   w  [oc/24][kh][ic][kw][24]
 *   b  float 24
 *   y  float 1x24x4x7 channels-last
 *   computes max(y, 0)
 *   24192 MACs
 *   tile 4 x 3 vectors
 */
rt_layer void l01_conv_grouped(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y)
{
    {
        const float *wp = w;
        for (int oh = 0; oh < 4; oh++) {
            const int ih = oh - 1;
            const int kh0 = ih < 0 ? -ih : 0;
            const int kh1 = ih < 2 ? 3 : 4 - ih;
            const int row = oh * 7;
            {
                const float *xp = x;
                float *yp = y + row * 24;
                const float *bias = b;
                rt_anew(bias);
                vf a0_0 = vf_load(bias), a0_1 = vf_load(bias + 8), a0_2 = vf_load(bias + 16);
                vf a1_0 = vf_load(bias), a1_1 = vf_load(bias + 8), a1_2 = vf_load(bias + 16);
                vf a2_0 = vf_load(bias), a2_1 = vf_load(bias + 8), a2_2 = vf_load(bias + 16);
                vf a3_0 = vf_load(bias), a3_1 = vf_load(bias + 8), a3_2 = vf_load(bias + 16);
                for (int kh = kh0; kh < kh1; kh++) {
                    {
                        const float *xk = xp + (ih + kh) * 7, *wk = wp + kh * 288;
                        for (int ic = 0; ic < 4; ic++, xk += 28, wk += 72) {
                            rt_keep(xk);
                            rt_keep(wk);
                            {
                                const vf w0 = vf_load(wk);
                                const vf w1 = vf_load(wk + 24);
                                const vf w2 = vf_load(wk + 48);
                                vf s;
                                s = vf_splat(xk[0]); a0_0 = vf_fma(s, w1, a0_0); a1_0 = vf_fma(s, w0, a1_0);
                                s = vf_splat(xk[1]); a0_0 = vf_fma(s, w2, a0_0); a1_0 = vf_fma(s, w1, a1_0); a2_0 = vf_fma(s, w0, a2_0);
                                s = vf_splat(xk[2]); a1_0 = vf_fma(s, w2, a1_0); a2_0 = vf_fma(s, w1, a2_0); a3_0 = vf_fma(s, w0, a3_0);
                                s = vf_splat(xk[3]); a2_0 = vf_fma(s, w2, a2_0); a3_0 = vf_fma(s, w1, a3_0);
                                s = vf_splat(xk[4]); a3_0 = vf_fma(s, w2, a3_0);
                            }
                            {
                                const vf w0 = vf_load(wk + 8);
                                const vf w1 = vf_load(wk + 32);
                                const vf w2 = vf_load(wk + 56);
                                vf s;
                                s = vf_splat(xk[112]); a0_1 = vf_fma(s, w1, a0_1); a1_1 = vf_fma(s, w0, a1_1);
                                s = vf_splat(xk[113]); a0_1 = vf_fma(s, w2, a0_1); a1_1 = vf_fma(s, w1, a1_1); a2_1 = vf_fma(s, w0, a2_1);
                                s = vf_splat(xk[114]); a1_1 = vf_fma(s, w2, a1_1); a2_1 = vf_fma(s, w1, a2_1); a3_1 = vf_fma(s, w0, a3_1);
                                s = vf_splat(xk[115]); a2_1 = vf_fma(s, w2, a2_1); a3_1 = vf_fma(s, w1, a3_1);
                                s = vf_splat(xk[116]); a3_1 = vf_fma(s, w2, a3_1);
                            }
                            {
                                const vf w0 = vf_load(wk + 16);
                                const vf w1 = vf_load(wk + 40);
                                const vf w2 = vf_load(wk + 64);
                                vf s;
                                s = vf_splat(xk[224]); a0_2 = vf_fma(s, w1, a0_2); a1_2 = vf_fma(s, w0, a1_2);
                                s = vf_splat(xk[225]); a0_2 = vf_fma(s, w2, a0_2); a1_2 = vf_fma(s, w1, a1_2); a2_2 = vf_fma(s, w0, a2_2);
                                s = vf_splat(xk[226]); a1_2 = vf_fma(s, w2, a1_2); a2_2 = vf_fma(s, w1, a2_2); a3_2 = vf_fma(s, w0, a3_2);
                                s = vf_splat(xk[227]); a2_2 = vf_fma(s, w2, a2_2); a3_2 = vf_fma(s, w1, a3_2);
                                s = vf_splat(xk[228]); a3_2 = vf_fma(s, w2, a3_2);
                            }
                        }
                    }
                }
                vf_store(yp, vf_max(a0_0, vf_splat(0.0f)));
                vf_store(yp + 8, vf_max(a0_1, vf_splat(0.0f)));
                vf_store(yp + 16, vf_max(a0_2, vf_splat(0.0f)));
                vf_store(yp + 24, vf_max(a1_0, vf_splat(0.0f)));
                vf_store(yp + 32, vf_max(a1_1, vf_splat(0.0f)));
                vf_store(yp + 40, vf_max(a1_2, vf_splat(0.0f)));
                vf_store(yp + 48, vf_max(a2_0, vf_splat(0.0f)));
                vf_store(yp + 56, vf_max(a2_1, vf_splat(0.0f)));
                vf_store(yp + 64, vf_max(a2_2, vf_splat(0.0f)));
                vf_store(yp + 72, vf_max(a3_0, vf_splat(0.0f)));
                vf_store(yp + 80, vf_max(a3_1, vf_splat(0.0f)));
                vf_store(yp + 88, vf_max(a3_2, vf_splat(0.0f)));
            }
            {
                const float *xp = x;
                float *yp = y + row * 24 + 4 * 24;
                const float *bias = b;
                rt_anew(bias);
                vf a0_0 = vf_load(bias), a0_1 = vf_load(bias + 8), a0_2 = vf_load(bias + 16);
                vf a1_0 = vf_load(bias), a1_1 = vf_load(bias + 8), a1_2 = vf_load(bias + 16);
                vf a2_0 = vf_load(bias), a2_1 = vf_load(bias + 8), a2_2 = vf_load(bias + 16);
                for (int kh = kh0; kh < kh1; kh++) {
                    {
                        const float *xk = xp + (ih + kh) * 7 + 3, *wk = wp + kh * 288;
                        for (int ic = 0; ic < 4; ic++, xk += 28, wk += 72) {
                            rt_keep(xk);
                            rt_keep(wk);
                            {
                                const vf w0 = vf_load(wk);
                                const vf w1 = vf_load(wk + 24);
                                const vf w2 = vf_load(wk + 48);
                                vf s;
                                s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                                s = vf_splat(xk[1]); a0_0 = vf_fma(s, w1, a0_0); a1_0 = vf_fma(s, w0, a1_0);
                                s = vf_splat(xk[2]); a0_0 = vf_fma(s, w2, a0_0); a1_0 = vf_fma(s, w1, a1_0); a2_0 = vf_fma(s, w0, a2_0);
                                s = vf_splat(xk[3]); a1_0 = vf_fma(s, w2, a1_0); a2_0 = vf_fma(s, w1, a2_0);
                            }
                            {
                                const vf w0 = vf_load(wk + 8);
                                const vf w1 = vf_load(wk + 32);
                                const vf w2 = vf_load(wk + 56);
                                vf s;
                                s = vf_splat(xk[112]); a0_1 = vf_fma(s, w0, a0_1);
                                s = vf_splat(xk[113]); a0_1 = vf_fma(s, w1, a0_1); a1_1 = vf_fma(s, w0, a1_1);
                                s = vf_splat(xk[114]); a0_1 = vf_fma(s, w2, a0_1); a1_1 = vf_fma(s, w1, a1_1); a2_1 = vf_fma(s, w0, a2_1);
                                s = vf_splat(xk[115]); a1_1 = vf_fma(s, w2, a1_1); a2_1 = vf_fma(s, w1, a2_1);
                            }
                            {
                                const vf w0 = vf_load(wk + 16);
                                const vf w1 = vf_load(wk + 40);
                                const vf w2 = vf_load(wk + 64);
                                vf s;
                                s = vf_splat(xk[224]); a0_2 = vf_fma(s, w0, a0_2);
                                s = vf_splat(xk[225]); a0_2 = vf_fma(s, w1, a0_2); a1_2 = vf_fma(s, w0, a1_2);
                                s = vf_splat(xk[226]); a0_2 = vf_fma(s, w2, a0_2); a1_2 = vf_fma(s, w1, a1_2); a2_2 = vf_fma(s, w0, a2_2);
                                s = vf_splat(xk[227]); a1_2 = vf_fma(s, w2, a1_2); a2_2 = vf_fma(s, w1, a2_2);
                            }
                        }
                    }
                }
                vf_store(yp, vf_max(a0_0, vf_splat(0.0f)));
                vf_store(yp + 8, vf_max(a0_1, vf_splat(0.0f)));
                vf_store(yp + 16, vf_max(a0_2, vf_splat(0.0f)));
                vf_store(yp + 24, vf_max(a1_0, vf_splat(0.0f)));
                vf_store(yp + 32, vf_max(a1_1, vf_splat(0.0f)));
                vf_store(yp + 40, vf_max(a1_2, vf_splat(0.0f)));
                vf_store(yp + 48, vf_max(a2_0, vf_splat(0.0f)));
                vf_store(yp + 56, vf_max(a2_1, vf_splat(0.0f)));
                vf_store(yp + 64, vf_max(a2_2, vf_splat(0.0f)));
            }
        }
    }
}

/* l02_conv_grouped: Conv
 *   same
 *   x  float 1x24x4x7 channels-last
 *   w  [oc/16][kh][ic][kw][16]
 *   y  float 1x24x2x4 channels-last
 *   6912 MACs
 *   tile 4 x 2 vectors
 */
rt_layer void l02_conv_grouped(const float *restrict x, const float *restrict w, float *restrict y)
{
    {
        const float *wp = w;
        for (int oh = 0; oh < 2; oh++) {
            const int ih = oh * 2 - 1;
            const int kh0 = ih < 0 ? -ih : 0;
            const int kh1 = ih < 2 ? 3 : 4 - ih;
            const int row = oh * 4;
            {
                const float *xp = x;
                float *yp = y + row * 24;
                vf a0_0 = vf_splat(0.0f), a0_1 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f), a1_1 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f), a2_1 = vf_splat(0.0f);
                vf a3_0 = vf_splat(0.0f), a3_1 = vf_splat(0.0f);
                for (int kh = kh0; kh < kh1; kh++) {
                    {
                        const float *xk = xp + (ih + kh) * 168, *wk = wp + kh * 192;
                        for (int ic = 0; ic < 4; ic++, wk += 48) {
                            rt_keep(xk);
                            rt_keep(wk);
                            vf_prefetch(wk + 576);
                            vf_prefetch(wk + 592);
                            vf_prefetch(wk + 608);
                            {
                                const vf w0 = vf_load(wk);
                                const vf w1 = vf_load(wk + 16);
                                const vf w2 = vf_load(wk + 32);
                                vf s;
                                s = vf_among(vf_load(xk), ic, 4); a0_0 = vf_fma(s, w1, a0_0);
                                s = vf_among(vf_load(xk + 24), ic, 4); a0_0 = vf_fma(s, w2, a0_0); a1_0 = vf_fma(s, w0, a1_0);
                                s = vf_among(vf_load(xk + 48), ic, 4); a1_0 = vf_fma(s, w1, a1_0);
                                s = vf_among(vf_load(xk + 72), ic, 4); a1_0 = vf_fma(s, w2, a1_0); a2_0 = vf_fma(s, w0, a2_0);
                                s = vf_among(vf_load(xk + 96), ic, 4); a2_0 = vf_fma(s, w1, a2_0);
                                s = vf_among(vf_load(xk + 120), ic, 4); a2_0 = vf_fma(s, w2, a2_0); a3_0 = vf_fma(s, w0, a3_0);
                                s = vf_among(vf_load(xk + 144), ic, 4); a3_0 = vf_fma(s, w1, a3_0);
                            }
                            {
                                const vf w0 = vf_load(wk + 8);
                                const vf w1 = vf_load(wk + 24);
                                const vf w2 = vf_load(wk + 40);
                                vf s;
                                s = vf_among(vf_load(xk + 8), ic, 4); a0_1 = vf_fma(s, w1, a0_1);
                                s = vf_among(vf_load(xk + 32), ic, 4); a0_1 = vf_fma(s, w2, a0_1); a1_1 = vf_fma(s, w0, a1_1);
                                s = vf_among(vf_load(xk + 56), ic, 4); a1_1 = vf_fma(s, w1, a1_1);
                                s = vf_among(vf_load(xk + 80), ic, 4); a1_1 = vf_fma(s, w2, a1_1); a2_1 = vf_fma(s, w0, a2_1);
                                s = vf_among(vf_load(xk + 104), ic, 4); a2_1 = vf_fma(s, w1, a2_1);
                                s = vf_among(vf_load(xk + 128), ic, 4); a2_1 = vf_fma(s, w2, a2_1); a3_1 = vf_fma(s, w0, a3_1);
                                s = vf_among(vf_load(xk + 152), ic, 4); a3_1 = vf_fma(s, w1, a3_1);
                            }
                        }
                    }
                }
                vf_store(yp, a0_0);
                vf_store(yp + 8, a0_1);
                vf_store(yp + 24, a1_0);
                vf_store(yp + 32, a1_1);
                vf_store(yp + 48, a2_0);
                vf_store(yp + 56, a2_1);
                vf_store(yp + 72, a3_0);
                vf_store(yp + 80, a3_1);
            }
        }
    }
    {
        const float *wp = w + 16 * 36;
        for (int oh = 0; oh < 2; oh++) {
            const int ih = oh * 2 - 1;
            const int kh0 = ih < 0 ? -ih : 0;
            const int kh1 = ih < 2 ? 3 : 4 - ih;
            const int row = oh * 4;
            {
                const float *xp = x + 16;
                float *yp = y + row * 24 + 16;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f);
                vf a3_0 = vf_splat(0.0f);
                for (int kh = kh0; kh < kh1; kh++) {
                    {
                        const float *xk = xp + (ih + kh) * 168, *wk = wp + kh * 96;
                        for (int ic = 0; ic < 4; ic++, wk += 24) {
                            rt_keep(xk);
                            rt_keep(wk);
                            vf_prefetch(wk + 288);
                            vf_prefetch(wk + 304);
                            {
                                const vf w0 = vf_load(wk);
                                const vf w1 = vf_load(wk + 8);
                                const vf w2 = vf_load(wk + 16);
                                vf s;
                                s = vf_among(vf_load(xk), ic, 4); a0_0 = vf_fma(s, w1, a0_0);
                                s = vf_among(vf_load(xk + 24), ic, 4); a0_0 = vf_fma(s, w2, a0_0); a1_0 = vf_fma(s, w0, a1_0);
                                s = vf_among(vf_load(xk + 48), ic, 4); a1_0 = vf_fma(s, w1, a1_0);
                                s = vf_among(vf_load(xk + 72), ic, 4); a1_0 = vf_fma(s, w2, a1_0); a2_0 = vf_fma(s, w0, a2_0);
                                s = vf_among(vf_load(xk + 96), ic, 4); a2_0 = vf_fma(s, w1, a2_0);
                                s = vf_among(vf_load(xk + 120), ic, 4); a2_0 = vf_fma(s, w2, a2_0); a3_0 = vf_fma(s, w0, a3_0);
                                s = vf_among(vf_load(xk + 144), ic, 4); a3_0 = vf_fma(s, w1, a3_0);
                            }
                        }
                    }
                }
                vf_store(yp, a0_0);
                vf_store(yp + 24, a1_0);
                vf_store(yp + 48, a2_0);
                vf_store(yp + 72, a3_0);
            }
        }
    }
}

/* l03_copy_vec: Copy
 *   same
 *   x  float 1x24x2x4 channels-last
 *   y  float 1x24x2x4
 */
rt_layer void l03_copy_vec(const float *restrict x, float *restrict y)
{
    for (int b0 = 0; b0 < 24; b0 += 16) {
        const int i0 = b0 < 8 ? b0 : 8;
        for (int b1 = 0; b1 < 8; b1 += 8) {
            const int i1 = b1 < 0 ? b1 : 0;
            const float *xp = x + i0 + i1 * 24;
            float *yp = y + i0 * 8 + i1;
            for (int c = 0; c < 16; c += 8) vf_transpose(xp + c, 24, yp + c * 8, 8);
        }
    }
}

int conv_grouped_run(const float x[336], float y[192], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = conv_grouped_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !x || !y)
        return 1;
    l01_conv_grouped(x, (const float *)(w + 0), (const float *)(w + 3456), (float *)(m + 0)); /* wider */
    l02_conv_grouped((const float *)(m + 0), (const float *)(w + 3584), (float *)(m + 2688)); /* same */
    l03_copy_vec((const float *)(m + 2688), y); /* same */
    return 0;
}
