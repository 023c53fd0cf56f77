/* l01_copy_vec: Copy
 *   x
 *   x  float 1x9x4x4
 *   y  float 1x9x4x4 channels-last
 */
rt_layer void l01_copy_vec(const float *restrict x, float *restrict y)
{
    for (int b0 = 0; b0 < 16; b0 += 16) {
        const int i0 = b0 < 0 ? b0 : 0;
        for (int b1 = 0; b1 < 9; b1 += 8) {
            const int i1 = b1 < 1 ? b1 : 1;
            const float *xp = x + i0 + i1 * 16;
            float *yp = y + i0 * 9 + i1;
            for (int c = 0; c < 16; c += 8) vf_transpose(xp + c, 16, yp + c * 9, 9);
        }
    }
}

/* l02_conv_depthwise: Conv+Sigmoid+Mul
 *   dw
 *   x  float 1x9x4x4 channels-last
 *   w  [c/8][kh][kw][8]
 *   b  float 16
 *   y  float 1x9x4x4 channels-last
 *   computes (y * sigmoid(y))
 *   1296 MACs
 *   tile 4 x 1 vectors
 */
rt_layer void l02_conv_depthwise(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y)
{
    for (int oh = 0; oh < 4; oh++) {
        const int ih = oh - 1;
        const int kh0 = ih < 0 ? -ih : 0;
        const int kh1 = ih < 2 ? 3 : 4 - ih;
        const int row = oh * 4;
        for (int i = 0; i < 9; i += 8) {
            const int c = i < 1 ? i : 1;
            float *yp = y + row * 9 + c;
            const float *bias = b + i;
            rt_anew(bias);
            vf a0_0 = vf_load(bias);
            vf a1_0 = vf_load(bias);
            vf a2_0 = vf_load(bias);
            vf a3_0 = vf_load(bias);
            const float *xp = x + c, *wp = w + i * 9;
            for (int kh = kh0; kh < kh1; kh++) {
                const float *xk = xp + (ih + kh) * 36, *wk = wp + kh * 24;
                rt_keep(xk);
                rt_keep(wk);
                const vf w0_0 = vf_load(wk);
                const vf w1_0 = vf_load(wk + 8);
                const vf w2_0 = vf_load(wk + 16);
                vf s;
                s = vf_load(xk); a0_0 = vf_fma(s, w1_0, a0_0); a1_0 = vf_fma(s, w0_0, a1_0);
                s = vf_load(xk + 9); a0_0 = vf_fma(s, w2_0, a0_0); a1_0 = vf_fma(s, w1_0, a1_0); a2_0 = vf_fma(s, w0_0, a2_0);
                s = vf_load(xk + 18); a1_0 = vf_fma(s, w2_0, a1_0); a2_0 = vf_fma(s, w1_0, a2_0); a3_0 = vf_fma(s, w0_0, a3_0);
                s = vf_load(xk + 27); a2_0 = vf_fma(s, w2_0, a2_0); a3_0 = vf_fma(s, w1_0, a3_0);
            }
            vf_store(yp, vf_mul(a0_0, vf_sigmoid(a0_0)));
            vf_store(yp + 9, vf_mul(a1_0, vf_sigmoid(a1_0)));
            vf_store(yp + 18, vf_mul(a2_0, vf_sigmoid(a2_0)));
            vf_store(yp + 27, vf_mul(a3_0, vf_sigmoid(a3_0)));
        }
    }
}

/* l03_gemm_vec: Conv+Add
 *   pw
 *   x  float 1x9x4x4 channels-last
 *   w  [n/16][k][16]
 *   y  float 1x9x4x4 channels-last
 *   r0  float 1x9x4x4
 *   computes (y + e)
 *   1296 MACs
 *   tile 6 x 2 vectors
 */
rt_layer void l03_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y, const float *restrict r0)
{
    {
        {
            const float *wp = w;
            {
                const float *xk = x, *wk = wp;
                const float *xn = xk + 54;
                float *yp = y;
                vf a0_0 = vf_splat(0.0f), a0_1 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f), a1_1 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f), a2_1 = vf_splat(0.0f);
                vf a3_0 = vf_splat(0.0f), a3_1 = vf_splat(0.0f);
                vf a4_0 = vf_splat(0.0f), a4_1 = vf_splat(0.0f);
                vf a5_0 = vf_splat(0.0f), a5_1 = vf_splat(0.0f);
                for (int k = 0; k < 9; k++, xk += 1, wk += 16, xn += 6) {
                    rt_keep(xk);
                    rt_keep(wk);
                    vf_prefetch(xn);
                    const vf w0 = vf_load(wk), w1 = vf_load(wk + 8);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1);
                    s = vf_splat(xk[9]); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                    s = vf_splat(xk[18]); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                    s = vf_splat(xk[27]); a3_0 = vf_fma(s, w0, a3_0); a3_1 = vf_fma(s, w1, a3_1);
                    s = vf_splat(xk[36]); a4_0 = vf_fma(s, w0, a4_0); a4_1 = vf_fma(s, w1, a4_1);
                    s = vf_splat(xk[45]); a5_0 = vf_fma(s, w0, a5_0); a5_1 = vf_fma(s, w1, a5_1);
                }
                vf_store(yp, vf_add(a0_0, vf_loads(r0, 16)));
                vf_storen(yp + 8, vf_add(a0_1, vf_loadsn(r0 + 8 * 16, 16, 1)), 1);
                vf_store(yp + 9, vf_add(a1_0, vf_loads(r0 + 1, 16)));
                vf_storen(yp + 17, vf_add(a1_1, vf_loadsn(r0 + 8 * 16 + 1, 16, 1)), 1);
                vf_store(yp + 18, vf_add(a2_0, vf_loads(r0 + 2, 16)));
                vf_storen(yp + 26, vf_add(a2_1, vf_loadsn(r0 + 8 * 16 + 2, 16, 1)), 1);
                vf_store(yp + 27, vf_add(a3_0, vf_loads(r0 + 3, 16)));
                vf_storen(yp + 35, vf_add(a3_1, vf_loadsn(r0 + 8 * 16 + 3, 16, 1)), 1);
                vf_store(yp + 36, vf_add(a4_0, vf_loads(r0 + 4, 16)));
                vf_storen(yp + 44, vf_add(a4_1, vf_loadsn(r0 + 8 * 16 + 4, 16, 1)), 1);
                vf_store(yp + 45, vf_add(a5_0, vf_loads(r0 + 5, 16)));
                vf_storen(yp + 53, vf_add(a5_1, vf_loadsn(r0 + 8 * 16 + 5, 16, 1)), 1);
            }
            for (int i = 6; i < 16; i += 5) {
                const float *xk = x + i * 9, *wk = wp;
                const float *xn = xk + 45;
                float *yp = y + i * 9;
                vf a0_0 = vf_splat(0.0f), a0_1 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f), a1_1 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f), a2_1 = vf_splat(0.0f);
                vf a3_0 = vf_splat(0.0f), a3_1 = vf_splat(0.0f);
                vf a4_0 = vf_splat(0.0f), a4_1 = vf_splat(0.0f);
                for (int k = 0; k < 9; k++, xk += 1, wk += 16, xn += 5) {
                    rt_keep(xk);
                    rt_keep(wk);
                    vf_prefetch(xn);
                    const vf w0 = vf_load(wk), w1 = vf_load(wk + 8);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1);
                    s = vf_splat(xk[9]); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                    s = vf_splat(xk[18]); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                    s = vf_splat(xk[27]); a3_0 = vf_fma(s, w0, a3_0); a3_1 = vf_fma(s, w1, a3_1);
                    s = vf_splat(xk[36]); a4_0 = vf_fma(s, w0, a4_0); a4_1 = vf_fma(s, w1, a4_1);
                }
                vf_store(yp, vf_add(a0_0, vf_loads(r0 + i, 16)));
                vf_storen(yp + 8, vf_add(a0_1, vf_loadsn(r0 + 8 * 16 + i, 16, 1)), 1);
                vf_store(yp + 9, vf_add(a1_0, vf_loads(r0 + i + 1, 16)));
                vf_storen(yp + 17, vf_add(a1_1, vf_loadsn(r0 + 8 * 16 + i + 1, 16, 1)), 1);
                vf_store(yp + 18, vf_add(a2_0, vf_loads(r0 + i + 2, 16)));
                vf_storen(yp + 26, vf_add(a2_1, vf_loadsn(r0 + 8 * 16 + i + 2, 16, 1)), 1);
                vf_store(yp + 27, vf_add(a3_0, vf_loads(r0 + i + 3, 16)));
                vf_storen(yp + 35, vf_add(a3_1, vf_loadsn(r0 + 8 * 16 + i + 3, 16, 1)), 1);
                vf_store(yp + 36, vf_add(a4_0, vf_loads(r0 + i + 4, 16)));
                vf_storen(yp + 44, vf_add(a4_1, vf_loadsn(r0 + 8 * 16 + i + 4, 16, 1)), 1);
            }
        }
    }
}

/* l04_copy_vec: Copy
 *   pw
 *   x  float 1x9x4x4 channels-last
 *   y  float 1x9x4x4
 */
rt_layer void l04_copy_vec(const float *restrict x, float *restrict y)
{
    for (int b0 = 0; b0 < 9; b0 += 8) {
        const int i0 = b0 < 1 ? b0 : 1;
        for (int b1 = 0; b1 < 16; b1 += 16) {
            const int i1 = b1 < 0 ? b1 : 0;
            const float *xp = x + i0 + i1 * 9;
            float *yp = y + i0 * 16 + i1;
            for (int r = 0; r < 16; r += 8) vf_transpose(xp + r * 9, 9, yp + r, 16);
        }
    }
}

static const float depthwise_residual_const1[16] = {0.125f, 0.875f, 0.75f, -0.75f, -0.625f, -0.125f, 0.25f, -0.25f, 0.875f, 0.75f, -0.75f, -0.625f, -0.125f, 0.25f, -0.25f, -0.5f};
int depthwise_residual_run(const float x[144], float y[144], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = depthwise_residual_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !x || !y)
        return 1;
    l01_copy_vec(x, (float *)(m + 0)); /* x */
    l02_conv_depthwise((const float *)(m + 0), (const float *)(w + 0), depthwise_residual_const1, (float *)(m + 576)); /* dw */
    l03_gemm_vec((const float *)(m + 576), (const float *)(w + 576), (float *)(m + 0), x); /* pw */
    l04_copy_vec((const float *)(m + 0), y); /* pw */
    return 0;
}
