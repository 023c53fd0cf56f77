/* l01_conv_direct: ConvTranspose
 *   up
 *   x  float 1x4x3x5
 *   w  [group][oc/8][kh][kw][ic][8]
 *   b  float 16
 *   y  float 1x6x4x6 channels-last, pitch 12
 *   1152 MACs
 *   tile 6 x 1 vectors
 */
rt_layer void l01_conv_direct(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y)
{
    for (int g = 0; g < 2; g++) {
        {
            const float *wp = w + g * 64;
            const float *bp = b + g * 8;
            for (int oh = 0; oh < 4; oh++) {
                const int ih = oh - 1;
                const int kh0 = ih < 0 ? -ih : 0;
                const int kh1 = ih < 2 ? 2 : 3 - ih;
                const int row = oh * 11;
                {
                    const float *xp = x + g * 30;
                    float *yp = y + row * 12 + g * 3;
                    const float *bias = bp;
                    rt_anew(bias);
                    vf a0_0 = vf_load(bias);
                    vf a1_0 = vf_load(bias);
                    vf a2_0 = vf_load(bias);
                    vf a3_0 = vf_load(bias);
                    vf a4_0 = vf_load(bias);
                    vf a5_0 = vf_load(bias);
                    for (int kh = kh0; kh < kh1; kh++) {
                        {
                            const float *xk = xp + (ih + kh) * 5, *wk = wp + kh * 32;
                            for (int i = 0; i < 2; i++, xk += 15, wk += 8) {
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
                            const float *xk = xp + (ih + kh) * 5, *wk = wp + kh * 32 + 16;
                            for (int i = 0; i < 2; i++, xk += 15, wk += 8) {
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
                    vf_storen(yp + 12, a1_0, 3);
                    vf_storen(yp + 24, a2_0, 3);
                    vf_storen(yp + 36, a3_0, 3);
                    vf_storen(yp + 48, a4_0, 3);
                    vf_storen(yp + 60, a5_0, 3);
                }
            }
        }
    }
}

/* l02_conv_direct: ConvTranspose
 *   up
 *   x  float 1x4x3x5
 *   w  [group][oc/8][kh][kw][ic][8]
 *   b  float 16
 *   y  float 1x6x4x5 channels-last, pitch 12
 *   480 MACs
 *   tile 5 x 1 vectors
 */
rt_layer void l02_conv_direct(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y)
{
    for (int g = 0; g < 2; g++) {
        {
            const float *wp = w + g * 32;
            const float *bp = b + g * 8;
            for (int oh = 0; oh < 4; oh++) {
                const int ih = oh - 1;
                const int kh0 = ih < 0 ? -ih : 0;
                const int kh1 = ih < 2 ? 2 : 3 - ih;
                const int row = oh * 11;
                {
                    const float *xp = x + g * 30;
                    float *yp = y + row * 12 + g * 3;
                    const float *bias = bp;
                    rt_anew(bias);
                    vf a0_0 = vf_load(bias);
                    vf a1_0 = vf_load(bias);
                    vf a2_0 = vf_load(bias);
                    vf a3_0 = vf_load(bias);
                    vf a4_0 = vf_load(bias);
                    for (int kh = kh0; kh < kh1; kh++) {
                        const float *xk = xp + (ih + kh) * 5, *wk = wp + kh * 16;
                        for (int i = 0; i < 2; i++, xk += 15, wk += 8) {
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
                    vf_storen(yp, a0_0, 3);
                    vf_storen(yp + 12, a1_0, 3);
                    vf_storen(yp + 24, a2_0, 3);
                    vf_storen(yp + 36, a3_0, 3);
                    vf_storen(yp + 48, a4_0, 3);
                }
            }
        }
    }
}

/* l03_conv_direct: ConvTranspose
 *   up
 *   x  float 1x4x3x5
 *   w  [group][oc/8][kh][kw][ic][8]
 *   b  float 16
 *   y  float 1x6x3x6 channels-last, pitch 12
 *   432 MACs
 *   tile 6 x 1 vectors
 */
rt_layer void l03_conv_direct(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y)
{
    for (int g = 0; g < 2; g++) {
        {
            const float *wp = w + g * 32;
            const float *bp = b + g * 8;
            for (int oh = 0; oh < 3; oh++) {
                const int ih = oh;
                const int row = oh * 11;
                {
                    const float *xp = x + g * 30;
                    float *yp = y + row * 12 + g * 3;
                    const float *bias = bp;
                    rt_anew(bias);
                    vf a0_0 = vf_load(bias);
                    vf a1_0 = vf_load(bias);
                    vf a2_0 = vf_load(bias);
                    vf a3_0 = vf_load(bias);
                    vf a4_0 = vf_load(bias);
                    vf a5_0 = vf_load(bias);
                    {
                        const float *xk = xp + ih * 5, *wk = wp;
                        for (int i = 0; i < 2; i++, xk += 15, wk += 8) {
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
                        const float *xk = xp + ih * 5, *wk = wp + 16;
                        for (int i = 0; i < 2; i++, xk += 15, wk += 8) {
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
                    vf_storen(yp, a0_0, 3);
                    vf_storen(yp + 12, a1_0, 3);
                    vf_storen(yp + 24, a2_0, 3);
                    vf_storen(yp + 36, a3_0, 3);
                    vf_storen(yp + 48, a4_0, 3);
                    vf_storen(yp + 60, a5_0, 3);
                }
            }
        }
    }
}

/* l04_conv_direct: ConvTranspose
 *   up
 *   x  float 1x4x3x5
 *   w  [group][oc/8][kh][kw][ic][8]
 *   b  float 16
 *   y  float 1x6x3x5 channels-last, pitch 12
 *   180 MACs
 *   tile 5 x 1 vectors
 */
rt_layer void l04_conv_direct(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y)
{
    for (int g = 0; g < 2; g++) {
        {
            const float *wp = w + g * 16;
            const float *bp = b + g * 8;
            for (int oh = 0; oh < 3; oh++) {
                const int ih = oh;
                const int row = oh * 11;
                {
                    const float *xp = x + g * 30;
                    float *yp = y + row * 12 + g * 3;
                    const float *bias = bp;
                    rt_anew(bias);
                    vf a0_0 = vf_load(bias);
                    vf a1_0 = vf_load(bias);
                    vf a2_0 = vf_load(bias);
                    vf a3_0 = vf_load(bias);
                    vf a4_0 = vf_load(bias);
                    const float *xk = xp + ih * 5, *wk = wp;
                    for (int i = 0; i < 2; i++, xk += 15, wk += 8) {
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
                    vf_storen(yp, a0_0, 3);
                    vf_storen(yp + 12, a1_0, 3);
                    vf_storen(yp + 24, a2_0, 3);
                    vf_storen(yp + 36, a3_0, 3);
                    vf_storen(yp + 48, a4_0, 3);
                }
            }
        }
    }
}

/* l05_map_vec: Add+Relu
 *   add
 *   x0  float 1x6x7x11 channels-last
 *   x1  float 1x6x7x11
 *   y  float 1x6x7x11
 *   computes max((a + b), 0)
 *   tile 1 x 1 vectors
 */
rt_layer void l05_map_vec(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 6; i0++)
    {
        for (int i1 = 0; i1 < 72; i1 += 8) {
            const vf a0 = vf_loads(x0 + i0 + i1 * 6, 6);
            const vf a1 = vf_load(x1 + i0 * 77 + i1);
            vf_store(y + i0 * 77 + i1, vf_max(vf_add(a0, a1), vf_splat(0.0f)));
        }
        const vf a0 = vf_loadsn(x0 + i0 + 72 * 6, 6, 5);
        const vf a1 = vf_loadn(x1 + i0 * 77 + 72, 5);
        vf_storen(y + i0 * 77 + 72, vf_max(vf_add(a0, a1), vf_splat(0.0f)), 5);
    }
}

static const float conv_transpose_const1[16] = {0.25f, -0.5f, -0.125f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.75f, 0.875f, 0.125f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f};
int conv_transpose_run(const float x[60], const float r[462], float y[462], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = conv_transpose_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !x || !r || !y)
        return 1;
    l01_conv_direct(x, (const float *)(w + 0), conv_transpose_const1, (float *)(m + 0)); /* up */
    l02_conv_direct(x, (const float *)(w + 512), conv_transpose_const1, (float *)(m + 24)); /* up */
    l03_conv_direct(x, (const float *)(w + 768), conv_transpose_const1, (float *)(m + 264)); /* up */
    l04_conv_direct(x, (const float *)(w + 1024), conv_transpose_const1, (float *)(m + 288)); /* up */
    l05_map_vec((const float *)(m + 0), r, y); /* add */
    return 0;
}
