/* l01_gemm_vec: Conv
 *   pw
 *   x  float 1x16x8x9
 *   w  [n/16][k][16]
 *   y  float 1x16x8x9 channels-last
 *   18432 MACs
 *   tile 6 x 2 vectors
 */
rt_layer void l01_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y)
{
    {
        {
            const float *wp = w;
            for (int i = 0; i < 72; i += 6) {
                const float *xk = x + i, *wk = wp;
                float *yp = y + i * 16;
                vf a0_0 = vf_splat(0.0f), a0_1 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f), a1_1 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f), a2_1 = vf_splat(0.0f);
                vf a3_0 = vf_splat(0.0f), a3_1 = vf_splat(0.0f);
                vf a4_0 = vf_splat(0.0f), a4_1 = vf_splat(0.0f);
                vf a5_0 = vf_splat(0.0f), a5_1 = vf_splat(0.0f);
                for (int k = 0; k < 16; k++, xk += 72, wk += 16) {
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
                vf_store(yp + 8, a0_1);
                vf_store(yp + 16, a1_0);
                vf_store(yp + 24, a1_1);
                vf_store(yp + 32, a2_0);
                vf_store(yp + 40, a2_1);
                vf_store(yp + 48, a3_0);
                vf_store(yp + 56, a3_1);
                vf_store(yp + 64, a4_0);
                vf_store(yp + 72, a4_1);
                vf_store(yp + 80, a5_0);
                vf_store(yp + 88, a5_1);
            }
        }
    }
}

/* l02_map_vec: Relu
 *   r1
 *   x0  float 1x16x8x9 channels-last
 *   y  float 1x16x8x9 channels-last
 *   computes max(a, 0)
 *   tile 1 x 1 vectors
 */
rt_layer void l02_map_vec(const float *x0, float *y)
{
    {
        for (int i0 = 0; i0 < 1152; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            vf_store(y + i0, vf_max(a0, vf_splat(0.0f)));
        }
    }
}

/* l03_conv_winograd4: Conv+Relu+Add
 *   conv
 *   x  float 1x16x8x9 channels-last
 *   w  [oc/16][36][ic][16]
 *   b  float 16
 *   zero  what lies outside x
 *   y  float 1x16x8x9 channels-last
 *   v  [36][6][ic], transformed x
 *   sum  [36][6][16]
 *   r0  float 1x16x8x9 channels-last
 *   computes (max(y, 0) + e)
 *   165888 MACs
 *   tile 6 x 2 vectors
 */
rt_layer void l03_conv_winograd4(const float *restrict x, const float *restrict w, const float *restrict b, const float *restrict zero, float *restrict y, float *restrict v, float *restrict sum, const float *restrict r0)
{
    static const float factors[8] = {0.625f, 1.5f, 0.390625f, 2.25f, 0.24414062f, 3.375f, 0.87890625f, 2.640625f};
    {
        const int count = 6;
        for (int t = 0; t < count; t++) {
            const float *factor = factors;
            rt_anew(factor);
            const vf p = vf_splat(factor[0]), q = vf_splat(factor[1]), pp = vf_splat(factor[2]), qq = vf_splat(factor[3]), ppqq = vf_splat(factor[6]), pp_qq = vf_splat(factor[7]);
            const int oh = t / 3 * 4, ow = t % 3 * 4;
            const float *xp[6][6];
            for (int k = 0; k < 6; k++)
            for (int j = 0; j < 6; j++) {
                const int ih = oh + k - 1, iw = ow + j - 1;
                const int inside = ih >= 0 && ih < 8 && iw >= 0 && iw < 9;
                xp[k][j] = inside ? x + ih * 144 + iw * 16 : zero;
            }
            for (int c = 0; c < 16; c += 8) {
                vf d[6][6];
                for (int j = 0; j < 6; j++) {
                    const vf d0 = vf_load(xp[0][j] + c);
                    const vf d1 = vf_load(xp[1][j] + c);
                    const vf d2 = vf_load(xp[2][j] + c);
                    const vf d3 = vf_load(xp[3][j] + c);
                    const vf d4 = vf_load(xp[4][j] + c);
                    const vf d5 = vf_load(xp[5][j] + c);
                    const vf e = vf_fnma(qq, d2, d4), f = vf_fnma(qq, d1, d3);
                    const vf g = vf_fnma(pp, d2, d4), h = vf_fnma(pp, d1, d3);
                    const vf v0 = vf_fma(ppqq, d0, vf_fnma(pp_qq, d2, d4)), v1 = vf_fma(p, f, e), v2 = vf_fnma(p, f, e);
                    const vf v3 = vf_fma(q, h, g), v4 = vf_fnma(q, h, g), v5 = vf_fma(ppqq, d1, vf_fnma(pp_qq, d3, d5));
                    d[0][j] = v0;
                    d[1][j] = v1;
                    d[2][j] = v2;
                    d[3][j] = v3;
                    d[4][j] = v4;
                    d[5][j] = v5;
                }
                for (int k = 0; k < 6; k++) {
                    float *vp = v + k * 672 + t * 16 + c;
                    const vf d0 = d[k][0], d1 = d[k][1], d2 = d[k][2], d3 = d[k][3], d4 = d[k][4], d5 = d[k][5];
                    const vf e = vf_fnma(qq, d2, d4), f = vf_fnma(qq, d1, d3);
                    const vf g = vf_fnma(pp, d2, d4), h = vf_fnma(pp, d1, d3);
                    const vf v0 = vf_fma(ppqq, d0, vf_fnma(pp_qq, d2, d4)), v1 = vf_fma(p, f, e), v2 = vf_fnma(p, f, e);
                    const vf v3 = vf_fma(q, h, g), v4 = vf_fnma(q, h, g), v5 = vf_fma(ppqq, d1, vf_fnma(pp_qq, d3, d5));
                    vf_store(vp, v0);
                    vf_store(vp + 112, v1);
                    vf_store(vp + 224, v2);
                    vf_store(vp + 336, v3);
                    vf_store(vp + 448, v4);
                    vf_store(vp + 560, v5);
                }
            }
        }
        {
            for (int k = 0; k < 36; k++) {
                const float *vk = v + k * 112;
                const float *wp = w + k * 256;
                float *sk = sum + k * 112;
                {
                    const float *xk = vk, *wk = wp;
                    float *yp = sk;
                    vf a0_0 = vf_splat(0.0f), a0_1 = vf_splat(0.0f);
                    vf a1_0 = vf_splat(0.0f), a1_1 = vf_splat(0.0f);
                    vf a2_0 = vf_splat(0.0f), a2_1 = vf_splat(0.0f);
                    vf a3_0 = vf_splat(0.0f), a3_1 = vf_splat(0.0f);
                    vf a4_0 = vf_splat(0.0f), a4_1 = vf_splat(0.0f);
                    vf a5_0 = vf_splat(0.0f), a5_1 = vf_splat(0.0f);
                    for (int ic = 0; ic < 16; ic++, xk++, wk += 16) {
                        rt_keep(xk);
                        rt_keep(wk);
                        const vf w0 = vf_load(wk), w1 = vf_load(wk + 8);
                        vf_prefetch(wk + 1024);
                        vf s;
                        s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1);
                        s = vf_splat(xk[16]); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                        s = vf_splat(xk[32]); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                        s = vf_splat(xk[48]); a3_0 = vf_fma(s, w0, a3_0); a3_1 = vf_fma(s, w1, a3_1);
                        s = vf_splat(xk[64]); a4_0 = vf_fma(s, w0, a4_0); a4_1 = vf_fma(s, w1, a4_1);
                        s = vf_splat(xk[80]); a5_0 = vf_fma(s, w0, a5_0); a5_1 = vf_fma(s, w1, a5_1);
                    }
                    vf_store(yp, a0_0);
                    vf_store(yp + 8, a0_1);
                    vf_store(yp + 16, a1_0);
                    vf_store(yp + 24, a1_1);
                    vf_store(yp + 32, a2_0);
                    vf_store(yp + 40, a2_1);
                    vf_store(yp + 48, a3_0);
                    vf_store(yp + 56, a3_1);
                    vf_store(yp + 64, a4_0);
                    vf_store(yp + 72, a4_1);
                    vf_store(yp + 80, a5_0);
                    vf_store(yp + 88, a5_1);
                }
            }
            for (int t = 0; t < count; t++) {
                const float *factor = factors;
                rt_anew(factor);
                const vf p = vf_splat(factor[0]), q = vf_splat(factor[1]), pp = vf_splat(factor[2]), qq = vf_splat(factor[3]), ppp = vf_splat(factor[4]), qqq = vf_splat(factor[5]);
                static const float c0 = 0.0f;
                const float *r1 = &c0;
                rt_anew(r1);
                const int oh = t / 3 * 4, ow = t % 3 * 4;
                const int row = oh * 9 + ow;
                const int rows = oh + 4 <= 8 ? 4 : 8 - oh;
                const int columns = ow + 4 <= 9 ? 4 : 9 - ow;
                for (int c = 0; c < 16; c += 8) {
                    vf d[4][6];
                    for (int j = 0; j < 6; j++) {
                        const float *sp = sum + j * 112 + t * 16 + c;
                        const vf s0 = vf_load(sp);
                        const vf s1 = vf_load(sp + 672);
                        const vf s2 = vf_load(sp + 1344);
                        const vf s3 = vf_load(sp + 2016);
                        const vf s4 = vf_load(sp + 2688);
                        const vf s5 = vf_load(sp + 3360);
                        const vf e = vf_add(s1, s2), f = vf_sub(s1, s2), g = vf_add(s3, s4), h = vf_sub(s3, s4);
                        const vf y0 = vf_add(vf_add(s0, e), g), y1 = vf_fma(q, h, vf_mul(p, f));
                        const vf y2 = vf_fma(qq, g, vf_mul(pp, e)), y3 = vf_fma(qqq, h, vf_fma(ppp, f, s5));
                        d[0][j] = y0;
                        d[1][j] = y1;
                        d[2][j] = y2;
                        d[3][j] = y3;
                    }
                    const vf bias = vf_load(b + 0 + c);
                    for (int i = 0; i < rows; i++) {
                        vf result[4];
                        const vf s0 = d[i][0], s1 = d[i][1], s2 = d[i][2], s3 = d[i][3], s4 = d[i][4], s5 = d[i][5];
                        const vf e = vf_add(s1, s2), f = vf_sub(s1, s2), g = vf_add(s3, s4), h = vf_sub(s3, s4);
                        const vf y0 = vf_add(vf_add(s0, e), g), y1 = vf_fma(q, h, vf_mul(p, f));
                        const vf y2 = vf_fma(qq, g, vf_mul(pp, e)), y3 = vf_fma(qqq, h, vf_fma(ppp, f, s5));
                        result[0] = vf_add(y0, bias);
                        result[1] = vf_add(y1, bias);
                        result[2] = vf_add(y2, bias);
                        result[3] = vf_add(y3, bias);
                        for (int j = 0; j < columns; j++) {
                            const int at = row + i * 9 + j;
                            float *yp = y + at * 16;
                            vf_store(yp + 0 + c, vf_add(vf_max(result[j], vf_splat(r1[0])), vf_load(r0 + 0 + c + at * 16)));
                        }
                    }
                }
            }
        }
    }
}

/* l04_copy_vec: Copy
 *   conv
 *   x  float 1x16x8x9 channels-last
 *   y  float 1x16x8x9
 */
rt_layer void l04_copy_vec(const float *restrict x, float *restrict y)
{
    for (int b0 = 0; b0 < 16; b0 += 16) {
        const int i0 = b0 < 0 ? b0 : 0;
        for (int b1 = 0; b1 < 72; b1 += 16) {
            const int i1 = b1 < 56 ? b1 : 56;
            const float *xp = x + i0 + i1 * 16;
            float *yp = y + i0 * 72 + i1;
            for (int r = 0; r < 16; r += 8) for (int c = 0; c < 16; c += 8) vf_transpose(xp + r * 16 + c, 16, yp + c * 72 + r, 72);
        }
    }
}

static const float winograd_const1[16] = {-0.75f, -0.5f, -0.25f, 0.0f, 0.25f, 0.5f, 0.75f, 1.0f, 1.25f, 1.5f, 1.75f, 2.0f, 2.25f, 2.5f, 2.75f, 3.0f};
static const float winograd_const2[16] = {0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f};
int winograd_run(const float x[1152], float y[1152], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = winograd_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !x || !y)
        return 1;
    l01_gemm_vec(x, (const float *)(w + 0), (float *)(m + 32256)); /* pw */
    l02_map_vec((const float *)(m + 32256), (float *)(m + 36864)); /* r1 */
    l03_conv_winograd4((const float *)(m + 36864), (const float *)(w + 1024), winograd_const1, winograd_const2, (float *)(m + 41472), (float *)(m + 0), (float *)(m + 16128), (const float *)(m + 32256)); /* conv */
    l04_copy_vec((const float *)(m + 41472), y); /* conv */
    return 0;
}
