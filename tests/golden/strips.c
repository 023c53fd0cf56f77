/* l01_gemm_vec: Conv+Relu
 *   expand
 *   x  float 1x5x13x15
 *   w  [n/24][k][24]
 *   b  [24]
 *   y  float 1x19x13x15 channels-last
 *   computes max(y, 0)
 *   18525 MACs
 *   tile 4 x 3 vectors
 */
rt_layer void l01_gemm_vec(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y, int from, int to, int y_row)
{
    const int begin = from * 15, end = to * 15;
    {
        {
            const float *wp = w;
            for (int r = begin; r < end; r += 4) {
                const int i = r < end - 4 ? r : end - 4;
                const float *xk = x + i, *wk = wp;
                float *yp = y + (i - y_row * 15) * 19;
                const float *bias = b;
                rt_anew(bias);
                vf a0_0 = vf_load(bias), a0_1 = vf_load(bias + 8), a0_2 = vf_load(bias + 16);
                vf a1_0 = vf_load(bias), a1_1 = vf_load(bias + 8), a1_2 = vf_load(bias + 16);
                vf a2_0 = vf_load(bias), a2_1 = vf_load(bias + 8), a2_2 = vf_load(bias + 16);
                vf a3_0 = vf_load(bias), a3_1 = vf_load(bias + 8), a3_2 = vf_load(bias + 16);
                for (int k = 0; k < 5; k++, xk += 195, wk += 24) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk), w1 = vf_load(wk + 8), w2 = vf_load(wk + 16);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1); a0_2 = vf_fma(s, w2, a0_2);
                    s = vf_splat(xk[1]); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1); a1_2 = vf_fma(s, w2, a1_2);
                    s = vf_splat(xk[2]); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1); a2_2 = vf_fma(s, w2, a2_2);
                    s = vf_splat(xk[3]); a3_0 = vf_fma(s, w0, a3_0); a3_1 = vf_fma(s, w1, a3_1); a3_2 = vf_fma(s, w2, a3_2);
                }
                vf_store(yp, vf_max(a0_0, vf_splat(0.0f)));
                vf_store(yp + 8, vf_max(a0_1, vf_splat(0.0f)));
                vf_storen(yp + 16, vf_max(a0_2, vf_splat(0.0f)), 3);
                vf_store(yp + 19, vf_max(a1_0, vf_splat(0.0f)));
                vf_store(yp + 27, vf_max(a1_1, vf_splat(0.0f)));
                vf_storen(yp + 35, vf_max(a1_2, vf_splat(0.0f)), 3);
                vf_store(yp + 38, vf_max(a2_0, vf_splat(0.0f)));
                vf_store(yp + 46, vf_max(a2_1, vf_splat(0.0f)));
                vf_storen(yp + 54, vf_max(a2_2, vf_splat(0.0f)), 3);
                vf_store(yp + 57, vf_max(a3_0, vf_splat(0.0f)));
                vf_store(yp + 65, vf_max(a3_1, vf_splat(0.0f)));
                vf_storen(yp + 73, vf_max(a3_2, vf_splat(0.0f)), 3);
            }
        }
    }
}

/* l02_conv_depthwise: Conv+Relu
 *   depthwise
 *   x  float 1x19x13x15 channels-last
 *   w  [c/8][kh][kw][8]
 *   b  float 24
 *   y  float 1x19x13x15 channels-last
 *   computes max(y, 0)
 *   33345 MACs
 *   tile 8 x 1 vectors
 */
rt_layer void l02_conv_depthwise(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y, int from, int to, int x_row, int y_row)
{
    for (int oh = from; oh < to; oh++) {
        const int ih = oh - 1;
        const int kh0 = ih < 0 ? -ih : 0;
        const int kh1 = ih < 11 ? 3 : 13 - ih;
        const int line = (oh - y_row) * 15;
        for (int i = 0; i < 19; i += 8) {
            const int c = i < 11 ? i : 11;
            float *yp = y + line * 19 + c;
            const float *bias = b + i;
            rt_anew(bias);
            vf a0_0 = vf_load(bias);
            vf a1_0 = vf_load(bias);
            vf a2_0 = vf_load(bias);
            vf a3_0 = vf_load(bias);
            vf a4_0 = vf_load(bias);
            vf a5_0 = vf_load(bias);
            vf a6_0 = vf_load(bias);
            vf a7_0 = vf_load(bias);
            const float *xp = x + c, *wp = w + i * 9;
            for (int kh = kh0; kh < kh1; kh++) {
                const float *xk = xp + (ih - x_row + kh) * 285, *wk = wp + kh * 24;
                rt_keep(xk);
                rt_keep(wk);
                const vf w0_0 = vf_load(wk);
                const vf w1_0 = vf_load(wk + 8);
                const vf w2_0 = vf_load(wk + 16);
                vf s;
                s = vf_load(xk); a0_0 = vf_fma(s, w1_0, a0_0); a1_0 = vf_fma(s, w0_0, a1_0);
                s = vf_load(xk + 19); a0_0 = vf_fma(s, w2_0, a0_0); a1_0 = vf_fma(s, w1_0, a1_0); a2_0 = vf_fma(s, w0_0, a2_0);
                s = vf_load(xk + 38); a1_0 = vf_fma(s, w2_0, a1_0); a2_0 = vf_fma(s, w1_0, a2_0); a3_0 = vf_fma(s, w0_0, a3_0);
                s = vf_load(xk + 57); a2_0 = vf_fma(s, w2_0, a2_0); a3_0 = vf_fma(s, w1_0, a3_0); a4_0 = vf_fma(s, w0_0, a4_0);
                s = vf_load(xk + 76); a3_0 = vf_fma(s, w2_0, a3_0); a4_0 = vf_fma(s, w1_0, a4_0); a5_0 = vf_fma(s, w0_0, a5_0);
                s = vf_load(xk + 95); a4_0 = vf_fma(s, w2_0, a4_0); a5_0 = vf_fma(s, w1_0, a5_0); a6_0 = vf_fma(s, w0_0, a6_0);
                s = vf_load(xk + 114); a5_0 = vf_fma(s, w2_0, a5_0); a6_0 = vf_fma(s, w1_0, a6_0); a7_0 = vf_fma(s, w0_0, a7_0);
                s = vf_load(xk + 133); a6_0 = vf_fma(s, w2_0, a6_0); a7_0 = vf_fma(s, w1_0, a7_0);
                s = vf_load(xk + 152); a7_0 = vf_fma(s, w2_0, a7_0);
            }
            vf_store(yp, vf_max(a0_0, vf_splat(0.0f)));
            vf_store(yp + 19, vf_max(a1_0, vf_splat(0.0f)));
            vf_store(yp + 38, vf_max(a2_0, vf_splat(0.0f)));
            vf_store(yp + 57, vf_max(a3_0, vf_splat(0.0f)));
            vf_store(yp + 76, vf_max(a4_0, vf_splat(0.0f)));
            vf_store(yp + 95, vf_max(a5_0, vf_splat(0.0f)));
            vf_store(yp + 114, vf_max(a6_0, vf_splat(0.0f)));
            vf_store(yp + 133, vf_max(a7_0, vf_splat(0.0f)));
        }
        for (int i = 0; i < 19; i += 8) {
            const int c = i < 11 ? i : 11;
            float *yp = y + line * 19 + 8 * 19 + c;
            const float *bias = b + i;
            rt_anew(bias);
            vf a0_0 = vf_load(bias);
            vf a1_0 = vf_load(bias);
            vf a2_0 = vf_load(bias);
            vf a3_0 = vf_load(bias);
            vf a4_0 = vf_load(bias);
            vf a5_0 = vf_load(bias);
            vf a6_0 = vf_load(bias);
            const float *xp = x + c, *wp = w + i * 9;
            for (int kh = kh0; kh < kh1; kh++) {
                const float *xk = xp + (ih - x_row + kh) * 285 + 133, *wk = wp + kh * 24;
                rt_keep(xk);
                rt_keep(wk);
                const vf w0_0 = vf_load(wk);
                const vf w1_0 = vf_load(wk + 8);
                const vf w2_0 = vf_load(wk + 16);
                vf s;
                s = vf_load(xk); a0_0 = vf_fma(s, w0_0, a0_0);
                s = vf_load(xk + 19); a0_0 = vf_fma(s, w1_0, a0_0); a1_0 = vf_fma(s, w0_0, a1_0);
                s = vf_load(xk + 38); a0_0 = vf_fma(s, w2_0, a0_0); a1_0 = vf_fma(s, w1_0, a1_0); a2_0 = vf_fma(s, w0_0, a2_0);
                s = vf_load(xk + 57); a1_0 = vf_fma(s, w2_0, a1_0); a2_0 = vf_fma(s, w1_0, a2_0); a3_0 = vf_fma(s, w0_0, a3_0);
                s = vf_load(xk + 76); a2_0 = vf_fma(s, w2_0, a2_0); a3_0 = vf_fma(s, w1_0, a3_0); a4_0 = vf_fma(s, w0_0, a4_0);
                s = vf_load(xk + 95); a3_0 = vf_fma(s, w2_0, a3_0); a4_0 = vf_fma(s, w1_0, a4_0); a5_0 = vf_fma(s, w0_0, a5_0);
                s = vf_load(xk + 114); a4_0 = vf_fma(s, w2_0, a4_0); a5_0 = vf_fma(s, w1_0, a5_0); a6_0 = vf_fma(s, w0_0, a6_0);
                s = vf_load(xk + 133); a5_0 = vf_fma(s, w2_0, a5_0); a6_0 = vf_fma(s, w1_0, a6_0);
            }
            vf_store(yp, vf_max(a0_0, vf_splat(0.0f)));
            vf_store(yp + 19, vf_max(a1_0, vf_splat(0.0f)));
            vf_store(yp + 38, vf_max(a2_0, vf_splat(0.0f)));
            vf_store(yp + 57, vf_max(a3_0, vf_splat(0.0f)));
            vf_store(yp + 76, vf_max(a4_0, vf_splat(0.0f)));
            vf_store(yp + 95, vf_max(a5_0, vf_splat(0.0f)));
            vf_store(yp + 114, vf_max(a6_0, vf_splat(0.0f)));
        }
    }
}

/* l03_gemm_vec: Conv+Add
 *   project
 *   x  float 1x19x13x15 channels-last
 *   w  [n/8][k][8]
 *   b  [8]
 *   y  float 1x5x13x15 channels-last
 *   r0  float 1x5x13x15
 *   computes (y + e)
 *   18525 MACs
 *   tile 14 x 1 vectors
 */
rt_layer void l03_gemm_vec(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y, const float *restrict r0, int from, int to, int x_row, int y_row)
{
    const int begin = from * 15, end = to * 15;
    {
        {
            const float *wp = w;
            for (int r = begin; r < end; r += 14) {
                const int i = r < end - 14 ? r : end - 14;
                const float *xk = x + (i - x_row * 15) * 19, *wk = wp;
                const float *xn = xk + 266;
                float *yp = y + (i - y_row * 15) * 5;
                const float *bias = b;
                rt_anew(bias);
                vf a0_0 = vf_load(bias);
                vf a1_0 = vf_load(bias);
                vf a2_0 = vf_load(bias);
                vf a3_0 = vf_load(bias);
                vf a4_0 = vf_load(bias);
                vf a5_0 = vf_load(bias);
                vf a6_0 = vf_load(bias);
                vf a7_0 = vf_load(bias);
                vf a8_0 = vf_load(bias);
                vf a9_0 = vf_load(bias);
                vf a10_0 = vf_load(bias);
                vf a11_0 = vf_load(bias);
                vf a12_0 = vf_load(bias);
                vf a13_0 = vf_load(bias);
                for (int k = 0; k < 19; k++, xk += 1, wk += 8, xn += 14) {
                    rt_keep(xk);
                    rt_keep(wk);
                    vf_prefetch(xn);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[19]); a1_0 = vf_fma(s, w0, a1_0);
                    s = vf_splat(xk[38]); a2_0 = vf_fma(s, w0, a2_0);
                    s = vf_splat(xk[57]); a3_0 = vf_fma(s, w0, a3_0);
                    s = vf_splat(xk[76]); a4_0 = vf_fma(s, w0, a4_0);
                    s = vf_splat(xk[95]); a5_0 = vf_fma(s, w0, a5_0);
                    s = vf_splat(xk[114]); a6_0 = vf_fma(s, w0, a6_0);
                    s = vf_splat(xk[133]); a7_0 = vf_fma(s, w0, a7_0);
                    s = vf_splat(xk[152]); a8_0 = vf_fma(s, w0, a8_0);
                    s = vf_splat(xk[171]); a9_0 = vf_fma(s, w0, a9_0);
                    s = vf_splat(xk[190]); a10_0 = vf_fma(s, w0, a10_0);
                    s = vf_splat(xk[209]); a11_0 = vf_fma(s, w0, a11_0);
                    s = vf_splat(xk[228]); a12_0 = vf_fma(s, w0, a12_0);
                    s = vf_splat(xk[247]); a13_0 = vf_fma(s, w0, a13_0);
                }
                vf_storen(yp, vf_add(a0_0, vf_loadsn(r0 + i, 195, 5)), 5);
                vf_storen(yp + 5, vf_add(a1_0, vf_loadsn(r0 + i + 1, 195, 5)), 5);
                vf_storen(yp + 10, vf_add(a2_0, vf_loadsn(r0 + i + 2, 195, 5)), 5);
                vf_storen(yp + 15, vf_add(a3_0, vf_loadsn(r0 + i + 3, 195, 5)), 5);
                vf_storen(yp + 20, vf_add(a4_0, vf_loadsn(r0 + i + 4, 195, 5)), 5);
                vf_storen(yp + 25, vf_add(a5_0, vf_loadsn(r0 + i + 5, 195, 5)), 5);
                vf_storen(yp + 30, vf_add(a6_0, vf_loadsn(r0 + i + 6, 195, 5)), 5);
                vf_storen(yp + 35, vf_add(a7_0, vf_loadsn(r0 + i + 7, 195, 5)), 5);
                vf_storen(yp + 40, vf_add(a8_0, vf_loadsn(r0 + i + 8, 195, 5)), 5);
                vf_storen(yp + 45, vf_add(a9_0, vf_loadsn(r0 + i + 9, 195, 5)), 5);
                vf_storen(yp + 50, vf_add(a10_0, vf_loadsn(r0 + i + 10, 195, 5)), 5);
                vf_storen(yp + 55, vf_add(a11_0, vf_loadsn(r0 + i + 11, 195, 5)), 5);
                vf_storen(yp + 60, vf_add(a12_0, vf_loadsn(r0 + i + 12, 195, 5)), 5);
                vf_storen(yp + 65, vf_add(a13_0, vf_loadsn(r0 + i + 13, 195, 5)), 5);
            }
        }
    }
}

/* l04_gemm_vec: Conv+Relu
 *   expand2
 *   x  float 1x5x13x15 channels-last
 *   w  [n/16][k][16]
 *   b  [16]
 *   y  float 1x12x13x15 channels-last
 *   computes max(y, 0)
 *   11700 MACs
 *   tile 6 x 2 vectors
 */
rt_layer void l04_gemm_vec(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y, int from, int to, int x_row, int y_row)
{
    const int begin = from * 15, end = to * 15;
    {
        {
            const float *wp = w;
            for (int r = begin; r < end; r += 6) {
                const int i = r < end - 6 ? r : end - 6;
                const float *xk = x + (i - x_row * 15) * 5, *wk = wp;
                const float *xn = xk + 30;
                float *yp = y + (i - y_row * 15) * 12;
                const float *bias = b;
                rt_anew(bias);
                vf a0_0 = vf_load(bias), a0_1 = vf_load(bias + 8);
                vf a1_0 = vf_load(bias), a1_1 = vf_load(bias + 8);
                vf a2_0 = vf_load(bias), a2_1 = vf_load(bias + 8);
                vf a3_0 = vf_load(bias), a3_1 = vf_load(bias + 8);
                vf a4_0 = vf_load(bias), a4_1 = vf_load(bias + 8);
                vf a5_0 = vf_load(bias), a5_1 = vf_load(bias + 8);
                for (int k = 0; k < 5; k++, xk += 1, wk += 16, xn += 6) {
                    rt_keep(xk);
                    rt_keep(wk);
                    vf_prefetch(xn);
                    const vf w0 = vf_load(wk), w1 = vf_load(wk + 8);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1);
                    s = vf_splat(xk[5]); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                    s = vf_splat(xk[10]); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                    s = vf_splat(xk[15]); a3_0 = vf_fma(s, w0, a3_0); a3_1 = vf_fma(s, w1, a3_1);
                    s = vf_splat(xk[20]); a4_0 = vf_fma(s, w0, a4_0); a4_1 = vf_fma(s, w1, a4_1);
                    s = vf_splat(xk[25]); a5_0 = vf_fma(s, w0, a5_0); a5_1 = vf_fma(s, w1, a5_1);
                }
                vf_store(yp, vf_max(a0_0, vf_splat(0.0f)));
                vf_storen(yp + 8, vf_max(a0_1, vf_splat(0.0f)), 4);
                vf_store(yp + 12, vf_max(a1_0, vf_splat(0.0f)));
                vf_storen(yp + 20, vf_max(a1_1, vf_splat(0.0f)), 4);
                vf_store(yp + 24, vf_max(a2_0, vf_splat(0.0f)));
                vf_storen(yp + 32, vf_max(a2_1, vf_splat(0.0f)), 4);
                vf_store(yp + 36, vf_max(a3_0, vf_splat(0.0f)));
                vf_storen(yp + 44, vf_max(a3_1, vf_splat(0.0f)), 4);
                vf_store(yp + 48, vf_max(a4_0, vf_splat(0.0f)));
                vf_storen(yp + 56, vf_max(a4_1, vf_splat(0.0f)), 4);
                vf_store(yp + 60, vf_max(a5_0, vf_splat(0.0f)));
                vf_storen(yp + 68, vf_max(a5_1, vf_splat(0.0f)), 4);
            }
        }
    }
}

/* l05_conv_depthwise: Conv
 *   depthwise2
 *   x  float 1x12x13x15 channels-last
 *   w  [c/8][kh][kw][8]
 *   b  float 16
 *   y  float 1x12x7x8 channels-last
 *   16800 MACs
 *   tile 8 x 1 vectors
 */
rt_layer void l05_conv_depthwise(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y, int from, int to, int x_row, int y_row)
{
    for (int oh = from; oh < to; oh++) {
        const int ih = oh * 2 - 2;
        const int kh0 = ih < 0 ? -ih : 0;
        const int kh1 = ih < 9 ? 5 : 13 - ih;
        const int line = (oh - y_row) * 8;
        for (int i = 0; i < 12; i += 8) {
            const int c = i < 4 ? i : 4;
            float *yp = y + line * 12 + c;
            const float *bias = b + i;
            rt_anew(bias);
            vf a0_0 = vf_load(bias);
            vf a1_0 = vf_load(bias);
            vf a2_0 = vf_load(bias);
            vf a3_0 = vf_load(bias);
            vf a4_0 = vf_load(bias);
            vf a5_0 = vf_load(bias);
            vf a6_0 = vf_load(bias);
            vf a7_0 = vf_load(bias);
            const float *xp = x + c, *wp = w + i * 25;
            for (int kh = kh0; kh < kh1; kh++) {
                const float *xk = xp + (ih - x_row + kh) * 180, *wk = wp + kh * 40;
                rt_keep(xk);
                rt_keep(wk);
                const vf w0_0 = vf_load(wk);
                const vf w1_0 = vf_load(wk + 8);
                const vf w2_0 = vf_load(wk + 16);
                const vf w3_0 = vf_load(wk + 24);
                const vf w4_0 = vf_load(wk + 32);
                vf s;
                s = vf_load(xk); a0_0 = vf_fma(s, w2_0, a0_0); a1_0 = vf_fma(s, w0_0, a1_0);
                s = vf_load(xk + 12); a0_0 = vf_fma(s, w3_0, a0_0); a1_0 = vf_fma(s, w1_0, a1_0);
                s = vf_load(xk + 24); a0_0 = vf_fma(s, w4_0, a0_0); a1_0 = vf_fma(s, w2_0, a1_0); a2_0 = vf_fma(s, w0_0, a2_0);
                s = vf_load(xk + 36); a1_0 = vf_fma(s, w3_0, a1_0); a2_0 = vf_fma(s, w1_0, a2_0);
                s = vf_load(xk + 48); a1_0 = vf_fma(s, w4_0, a1_0); a2_0 = vf_fma(s, w2_0, a2_0); a3_0 = vf_fma(s, w0_0, a3_0);
                s = vf_load(xk + 60); a2_0 = vf_fma(s, w3_0, a2_0); a3_0 = vf_fma(s, w1_0, a3_0);
                s = vf_load(xk + 72); a2_0 = vf_fma(s, w4_0, a2_0); a3_0 = vf_fma(s, w2_0, a3_0); a4_0 = vf_fma(s, w0_0, a4_0);
                s = vf_load(xk + 84); a3_0 = vf_fma(s, w3_0, a3_0); a4_0 = vf_fma(s, w1_0, a4_0);
                s = vf_load(xk + 96); a3_0 = vf_fma(s, w4_0, a3_0); a4_0 = vf_fma(s, w2_0, a4_0); a5_0 = vf_fma(s, w0_0, a5_0);
                s = vf_load(xk + 108); a4_0 = vf_fma(s, w3_0, a4_0); a5_0 = vf_fma(s, w1_0, a5_0);
                s = vf_load(xk + 120); a4_0 = vf_fma(s, w4_0, a4_0); a5_0 = vf_fma(s, w2_0, a5_0); a6_0 = vf_fma(s, w0_0, a6_0);
                s = vf_load(xk + 132); a5_0 = vf_fma(s, w3_0, a5_0); a6_0 = vf_fma(s, w1_0, a6_0);
                s = vf_load(xk + 144); a5_0 = vf_fma(s, w4_0, a5_0); a6_0 = vf_fma(s, w2_0, a6_0); a7_0 = vf_fma(s, w0_0, a7_0);
                s = vf_load(xk + 156); a6_0 = vf_fma(s, w3_0, a6_0); a7_0 = vf_fma(s, w1_0, a7_0);
                s = vf_load(xk + 168); a6_0 = vf_fma(s, w4_0, a6_0); a7_0 = vf_fma(s, w2_0, a7_0);
            }
            vf_store(yp, a0_0);
            vf_store(yp + 12, a1_0);
            vf_store(yp + 24, a2_0);
            vf_store(yp + 36, a3_0);
            vf_store(yp + 48, a4_0);
            vf_store(yp + 60, a5_0);
            vf_store(yp + 72, a6_0);
            vf_store(yp + 84, a7_0);
        }
    }
}

/* l06_pool_vec: MaxPool
 *   widest
 *   x  float 1x12x7x8 channels-last
 *   y  float 1x12x7x8 channels-last
 *   tile 8 x 1 vectors
 */
rt_layer void l06_pool_vec(const float *restrict x, float *restrict y, int from, int to, int x_row, int y_row)
{
    for (int oh = from; oh < to; oh++) {
        const int ih = oh - 1;
        const int kh0 = ih < 0 ? -ih : 0;
        const int kh1 = ih < 5 ? 3 : 7 - ih;
        const int line = (oh - y_row) * 8;
        for (int i = 0; i < 12; i += 8) {
            const int c = i < 4 ? i : 4;
            const float *xp = x + c;
            float *yp = y + line * 12 + c;
            vf c0_0 = vf_splat(-INFINITY);
            vf c1_0 = vf_splat(-INFINITY);
            vf c2_0 = vf_splat(-INFINITY);
            vf c3_0 = vf_splat(-INFINITY);
            vf c4_0 = vf_splat(-INFINITY);
            vf c5_0 = vf_splat(-INFINITY);
            vf c6_0 = vf_splat(-INFINITY);
            vf c7_0 = vf_splat(-INFINITY);
            for (int kh = kh0; kh < kh1; kh++) {
                const float *xk = xp + (ih - x_row + kh) * 96;
                rt_keep(xk);
                c0_0 = vf_max(vf_load(xk), c0_0);
                c1_0 = vf_max(vf_load(xk + 12), c1_0);
                c2_0 = vf_max(vf_load(xk + 24), c2_0);
                c3_0 = vf_max(vf_load(xk + 36), c3_0);
                c4_0 = vf_max(vf_load(xk + 48), c4_0);
                c5_0 = vf_max(vf_load(xk + 60), c5_0);
                c6_0 = vf_max(vf_load(xk + 72), c6_0);
                c7_0 = vf_max(vf_load(xk + 84), c7_0);
            }
            const vf a0_0 = vf_max(c1_0, c0_0);
            const vf a1_0 = vf_max(c2_0, vf_max(c1_0, c0_0));
            const vf a2_0 = vf_max(c3_0, vf_max(c2_0, c1_0));
            const vf a3_0 = vf_max(c4_0, vf_max(c3_0, c2_0));
            const vf a4_0 = vf_max(c5_0, vf_max(c4_0, c3_0));
            const vf a5_0 = vf_max(c6_0, vf_max(c5_0, c4_0));
            const vf a6_0 = vf_max(c7_0, vf_max(c6_0, c5_0));
            const vf a7_0 = vf_max(c7_0, c6_0);
            vf_store(yp, a0_0);
            vf_store(yp + 12, a1_0);
            vf_store(yp + 24, a2_0);
            vf_store(yp + 36, a3_0);
            vf_store(yp + 48, a4_0);
            vf_store(yp + 60, a5_0);
            vf_store(yp + 72, a6_0);
            vf_store(yp + 84, a7_0);
        }
    }
}

/* l07_conv_direct: Conv+Relu
 *   full
 *   x  float 1x12x7x8 channels-last
 *   w  [oc/8][kh][kw][ic][8]
 *   b  float 8
 *   y  float 1x7x7x8 channels-last
 *   computes max(y, 0)
 *   42336 MACs
 *   tile 8 x 1 vectors
 */
rt_layer void l07_conv_direct(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y, int from, int to, int x_row)
{
    {
        const float *wp = w;
        const float *bp = b;
        for (int oh = from; oh < to; oh++) {
            const int ih = oh;
            const int kh0 = ih < 0 ? -ih : 0;
            const int kh1 = ih < 5 ? 3 : 7 - ih;
            const int row = oh * 8;
            {
                float *yp = y + row * 7;
                const float *bias = bp;
                rt_anew(bias);
                vf a0_0 = vf_load(bias);
                vf a1_0 = vf_load(bias);
                vf a2_0 = vf_load(bias);
                vf a3_0 = vf_load(bias);
                vf a4_0 = vf_load(bias);
                vf a5_0 = vf_load(bias);
                vf a6_0 = vf_load(bias);
                vf a7_0 = vf_load(bias);
                for (int kh = kh0; kh < kh1; kh++) {
                    {
                        const float *xk = x + (ih - x_row + kh) * 96, *wk = wp + kh * 288;
                        for (int i = 0; i < 12; i++, xk += 1, wk += 8) {
                            rt_keep(xk);
                            rt_keep(wk);
                            const vf w0 = vf_load(wk);
                            vf s;
                            s = vf_splat(xk[0]); a1_0 = vf_fma(s, w0, a1_0);
                            s = vf_splat(xk[12]); a2_0 = vf_fma(s, w0, a2_0);
                            s = vf_splat(xk[24]); a3_0 = vf_fma(s, w0, a3_0);
                            s = vf_splat(xk[36]); a4_0 = vf_fma(s, w0, a4_0);
                            s = vf_splat(xk[48]); a5_0 = vf_fma(s, w0, a5_0);
                            s = vf_splat(xk[60]); a6_0 = vf_fma(s, w0, a6_0);
                            s = vf_splat(xk[72]); a7_0 = vf_fma(s, w0, a7_0);
                        }
                    }
                    {
                        const float *xk = x + (ih - x_row + kh) * 96, *wk = wp + kh * 288 + 96;
                        for (int i = 0; i < 12; i++, xk += 1, wk += 8) {
                            rt_keep(xk);
                            rt_keep(wk);
                            const vf w0 = vf_load(wk);
                            vf s;
                            s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                            s = vf_splat(xk[12]); a1_0 = vf_fma(s, w0, a1_0);
                            s = vf_splat(xk[24]); a2_0 = vf_fma(s, w0, a2_0);
                            s = vf_splat(xk[36]); a3_0 = vf_fma(s, w0, a3_0);
                            s = vf_splat(xk[48]); a4_0 = vf_fma(s, w0, a4_0);
                            s = vf_splat(xk[60]); a5_0 = vf_fma(s, w0, a5_0);
                            s = vf_splat(xk[72]); a6_0 = vf_fma(s, w0, a6_0);
                            s = vf_splat(xk[84]); a7_0 = vf_fma(s, w0, a7_0);
                        }
                    }
                    {
                        const float *xk = x + (ih - x_row + kh) * 96 + 12, *wk = wp + kh * 288 + 192;
                        for (int i = 0; i < 12; i++, xk += 1, wk += 8) {
                            rt_keep(xk);
                            rt_keep(wk);
                            const vf w0 = vf_load(wk);
                            vf s;
                            s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                            s = vf_splat(xk[12]); a1_0 = vf_fma(s, w0, a1_0);
                            s = vf_splat(xk[24]); a2_0 = vf_fma(s, w0, a2_0);
                            s = vf_splat(xk[36]); a3_0 = vf_fma(s, w0, a3_0);
                            s = vf_splat(xk[48]); a4_0 = vf_fma(s, w0, a4_0);
                            s = vf_splat(xk[60]); a5_0 = vf_fma(s, w0, a5_0);
                            s = vf_splat(xk[72]); a6_0 = vf_fma(s, w0, a6_0);
                        }
                    }
                }
                vf_storen(yp, vf_max(a0_0, vf_splat(0.0f)), 7);
                vf_storen(yp + 7, vf_max(a1_0, vf_splat(0.0f)), 7);
                vf_storen(yp + 14, vf_max(a2_0, vf_splat(0.0f)), 7);
                vf_storen(yp + 21, vf_max(a3_0, vf_splat(0.0f)), 7);
                vf_storen(yp + 28, vf_max(a4_0, vf_splat(0.0f)), 7);
                vf_storen(yp + 35, vf_max(a5_0, vf_splat(0.0f)), 7);
                vf_storen(yp + 42, vf_max(a6_0, vf_splat(0.0f)), 7);
                vf_storen(yp + 49, vf_max(a7_0, vf_splat(0.0f)), 7);
            }
        }
    }
}

/* l08_pool_vec: MaxPool
 *   maxpool
 *   x  float 1x7x7x8 channels-last
 *   y  float 1x7x7x8 channels-last, pitch 14
 *   tile 8 x 1 vectors
 */
rt_layer void l08_pool_vec(const float *restrict x, float *restrict y, int from, int to)
{
    for (int oh = from; oh < to; oh++) {
        const int ih = oh - 1;
        const int kh0 = ih < 0 ? -ih : 0;
        const int kh1 = ih < 5 ? 3 : 7 - ih;
        const int row = oh * 8;
        {
            const float *xp = x;
            float *yp = y + row * 14;
            vf c0_0 = vf_splat(-INFINITY);
            vf c1_0 = vf_splat(-INFINITY);
            vf c2_0 = vf_splat(-INFINITY);
            vf c3_0 = vf_splat(-INFINITY);
            vf c4_0 = vf_splat(-INFINITY);
            vf c5_0 = vf_splat(-INFINITY);
            vf c6_0 = vf_splat(-INFINITY);
            vf c7_0 = vf_splat(-INFINITY);
            for (int kh = kh0; kh < kh1; kh++) {
                const float *xk = xp + (ih + kh) * 56;
                rt_keep(xk);
                c0_0 = vf_max(vf_loadn(xk, 7), c0_0);
                c1_0 = vf_max(vf_loadn(xk + 7, 7), c1_0);
                c2_0 = vf_max(vf_loadn(xk + 14, 7), c2_0);
                c3_0 = vf_max(vf_loadn(xk + 21, 7), c3_0);
                c4_0 = vf_max(vf_loadn(xk + 28, 7), c4_0);
                c5_0 = vf_max(vf_loadn(xk + 35, 7), c5_0);
                c6_0 = vf_max(vf_loadn(xk + 42, 7), c6_0);
                c7_0 = vf_max(vf_loadn(xk + 49, 7), c7_0);
            }
            const vf a0_0 = vf_max(c1_0, c0_0);
            const vf a1_0 = vf_max(c2_0, vf_max(c1_0, c0_0));
            const vf a2_0 = vf_max(c3_0, vf_max(c2_0, c1_0));
            const vf a3_0 = vf_max(c4_0, vf_max(c3_0, c2_0));
            const vf a4_0 = vf_max(c5_0, vf_max(c4_0, c3_0));
            const vf a5_0 = vf_max(c6_0, vf_max(c5_0, c4_0));
            const vf a6_0 = vf_max(c7_0, vf_max(c6_0, c5_0));
            const vf a7_0 = vf_max(c7_0, c6_0);
            vf_storen(yp, a0_0, 7);
            vf_storen(yp + 14, a1_0, 7);
            vf_storen(yp + 28, a2_0, 7);
            vf_storen(yp + 42, a3_0, 7);
            vf_storen(yp + 56, a4_0, 7);
            vf_storen(yp + 70, a5_0, 7);
            vf_storen(yp + 84, a6_0, 7);
            vf_storen(yp + 98, a7_0, 7);
        }
    }
}

/* l09_pool_vec: AveragePool
 *   meanpool
 *   x  float 1x7x7x8 channels-last
 *   y  float 1x7x7x8 channels-last, pitch 14
 *   tile 8 x 1 vectors
 */
rt_layer void l09_pool_vec(const float *restrict x, float *restrict y, int from, int to)
{
    for (int oh = from; oh < to; oh++) {
        const int ih = oh - 1;
        const int kh0 = ih < 0 ? -ih : 0;
        const int kh1 = ih < 5 ? 3 : 7 - ih;
        const int row = oh * 8;
        const float count = (float)((kh1 - kh0));
        {
            const float *xp = x;
            float *yp = y + row * 14;
            vf c0_0 = vf_splat(0.0f);
            vf c1_0 = vf_splat(0.0f);
            vf c2_0 = vf_splat(0.0f);
            vf c3_0 = vf_splat(0.0f);
            vf c4_0 = vf_splat(0.0f);
            vf c5_0 = vf_splat(0.0f);
            vf c6_0 = vf_splat(0.0f);
            vf c7_0 = vf_splat(0.0f);
            for (int kh = kh0; kh < kh1; kh++) {
                const float *xk = xp + (ih + kh) * 56;
                rt_keep(xk);
                c0_0 = vf_add(vf_loadn(xk, 7), c0_0);
                c1_0 = vf_add(vf_loadn(xk + 7, 7), c1_0);
                c2_0 = vf_add(vf_loadn(xk + 14, 7), c2_0);
                c3_0 = vf_add(vf_loadn(xk + 21, 7), c3_0);
                c4_0 = vf_add(vf_loadn(xk + 28, 7), c4_0);
                c5_0 = vf_add(vf_loadn(xk + 35, 7), c5_0);
                c6_0 = vf_add(vf_loadn(xk + 42, 7), c6_0);
                c7_0 = vf_add(vf_loadn(xk + 49, 7), c7_0);
            }
            const vf a0_0 = vf_div(vf_add(c1_0, c0_0), vf_splat(count * 2.0f));
            const vf a1_0 = vf_div(vf_add(c2_0, vf_add(c1_0, c0_0)), vf_splat(count * 3.0f));
            const vf a2_0 = vf_div(vf_add(c3_0, vf_add(c2_0, c1_0)), vf_splat(count * 3.0f));
            const vf a3_0 = vf_div(vf_add(c4_0, vf_add(c3_0, c2_0)), vf_splat(count * 3.0f));
            const vf a4_0 = vf_div(vf_add(c5_0, vf_add(c4_0, c3_0)), vf_splat(count * 3.0f));
            const vf a5_0 = vf_div(vf_add(c6_0, vf_add(c5_0, c4_0)), vf_splat(count * 3.0f));
            const vf a6_0 = vf_div(vf_add(c7_0, vf_add(c6_0, c5_0)), vf_splat(count * 3.0f));
            const vf a7_0 = vf_div(vf_add(c7_0, c6_0), vf_splat(count * 2.0f));
            vf_storen(yp, a0_0, 7);
            vf_storen(yp + 14, a1_0, 7);
            vf_storen(yp + 28, a2_0, 7);
            vf_storen(yp + 42, a3_0, 7);
            vf_storen(yp + 56, a4_0, 7);
            vf_storen(yp + 70, a5_0, 7);
            vf_storen(yp + 84, a6_0, 7);
            vf_storen(yp + 98, a7_0, 7);
        }
    }
}

/* l10_map_vec: Mul
 *   scale
 *   x0  float 1x14x7x8 channels-last
 *   x1  float 1x14x1x1
 *   y  float 1x14x7x8 channels-last
 *   computes (a * b)
 *   tile 1 x 1 vectors
 */
rt_layer void l10_map_vec(const float *x0, const float *x1, float *y, int from, int to, int y_row)
{
    for (int i0 = from; i0 < to; i0++)
    for (int i1 = 0; i1 < 8; i1++)
    {
        for (int i2 = 0; i2 < 8; i2 += 8) {
            const vf a0 = vf_load(x0 + i0 * 112 + i1 * 14 + i2);
            const vf a1 = vf_load(x1 + i2);
            vf_store(y + (i0 - y_row) * 112 + i1 * 14 + i2, vf_mul(a0, a1));
        }
        const vf a0 = vf_loadn(x0 + i0 * 112 + i1 * 14 + 8, 6);
        const vf a1 = vf_loadn(x1 + 8, 6);
        vf_storen(y + (i0 - y_row) * 112 + i1 * 14 + 8, vf_mul(a0, a1), 6);
    }
}

/* l11_gemm_vec: Conv
 *   step
 *   x  float 1x14x7x8 channels-last
 *   w  [n/16][k][16]
 *   b  [16]
 *   y  float 1x9x4x4 channels-last
 *   2016 MACs
 *   tile 4 x 2 vectors
 */
rt_layer void l11_gemm_vec(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y, int from, int to, int x_row, int y_row)
{
    for (int i0 = from; i0 < to; i0++)
    {
        {
            const float *wp = w;
            {
                const float *xk = x + (i0 * 224 - x_row * 112), *wk = wp;
                float *yp = y + (i0 - y_row) * 36;
                const float *bias = b;
                rt_anew(bias);
                vf a0_0 = vf_load(bias), a0_1 = vf_load(bias + 8);
                vf a1_0 = vf_load(bias), a1_1 = vf_load(bias + 8);
                vf a2_0 = vf_load(bias), a2_1 = vf_load(bias + 8);
                vf a3_0 = vf_load(bias), a3_1 = vf_load(bias + 8);
                for (int k = 0; k < 14; k++, xk += 1, wk += 16) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk), w1 = vf_load(wk + 8);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1);
                    s = vf_splat(xk[28]); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                    s = vf_splat(xk[56]); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                    s = vf_splat(xk[84]); a3_0 = vf_fma(s, w0, a3_0); a3_1 = vf_fma(s, w1, a3_1);
                }
                vf_store(yp, a0_0);
                vf_storen(yp + 8, a0_1, 1);
                vf_store(yp + 9, a1_0);
                vf_storen(yp + 17, a1_1, 1);
                vf_store(yp + 18, a2_0);
                vf_storen(yp + 26, a2_1, 1);
                vf_store(yp + 27, a3_0);
                vf_storen(yp + 35, a3_1, 1);
            }
        }
    }
}

/* l12_conv_dot: Conv
 *   y
 *   x  float 1x9x4x4 channels-last
 *   w  [oc][place][ic]
 *   b  float 2
 *   y  float 1x2x4x4 channels-last
 *   2592 MACs
 *   tile 4 x 2 vectors
 */
rt_layer void l12_conv_dot(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y, int from, int to, int x_row)
{
    for (int oh = from; oh < to; oh++) {
        const int ih = oh - 1;
        const int kh0 = ih < 0 ? -ih : 0;
        const int kh1 = ih < 2 ? 3 : 4 - ih;
        const int row = oh * 4;
        {
            vf a0_0 = vf_splat(0.0f), a0_1 = vf_splat(0.0f);
            vf a1_0 = vf_splat(0.0f), a1_1 = vf_splat(0.0f);
            vf a2_0 = vf_splat(0.0f), a2_1 = vf_splat(0.0f);
            vf a3_0 = vf_splat(0.0f), a3_1 = vf_splat(0.0f);
            for (int kh = kh0; kh < kh1; kh++) {
                {
                    const float *xk = x + (ih - x_row + kh) * 36, *wk = w + kh * 27;
                    for (int i = 0; i < 8; i += 8, xk += 8, wk += 8) {
                        rt_keep(xk);
                        rt_keep(wk);
                        const vf w0 = vf_load(wk);
                        const vf w1 = vf_load(wk + 81);
                        vf s;
                        s = vf_load(xk); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                        s = vf_load(xk + 9); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                        s = vf_load(xk + 18); a3_0 = vf_fma(s, w0, a3_0); a3_1 = vf_fma(s, w1, a3_1);
                    }
                    const vf w0 = vf_loadn(wk, 1);
                    const vf w1 = vf_loadn(wk + 81, 1);
                    vf s;
                    s = vf_loadn(xk, 1); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                    s = vf_loadn(xk + 9, 1); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                    s = vf_loadn(xk + 18, 1); a3_0 = vf_fma(s, w0, a3_0); a3_1 = vf_fma(s, w1, a3_1);
                }
                {
                    const float *xk = x + (ih - x_row + kh) * 36, *wk = w + kh * 27 + 9;
                    for (int i = 0; i < 8; i += 8, xk += 8, wk += 8) {
                        rt_keep(xk);
                        rt_keep(wk);
                        const vf w0 = vf_load(wk);
                        const vf w1 = vf_load(wk + 81);
                        vf s;
                        s = vf_load(xk); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1);
                        s = vf_load(xk + 9); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                        s = vf_load(xk + 18); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                        s = vf_load(xk + 27); a3_0 = vf_fma(s, w0, a3_0); a3_1 = vf_fma(s, w1, a3_1);
                    }
                    const vf w0 = vf_loadn(wk, 1);
                    const vf w1 = vf_loadn(wk + 81, 1);
                    vf s;
                    s = vf_loadn(xk, 1); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1);
                    s = vf_loadn(xk + 9, 1); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                    s = vf_loadn(xk + 18, 1); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                    s = vf_loadn(xk + 27, 1); a3_0 = vf_fma(s, w0, a3_0); a3_1 = vf_fma(s, w1, a3_1);
                }
                {
                    const float *xk = x + (ih - x_row + kh) * 36 + 9, *wk = w + kh * 27 + 18;
                    for (int i = 0; i < 8; i += 8, xk += 8, wk += 8) {
                        rt_keep(xk);
                        rt_keep(wk);
                        const vf w0 = vf_load(wk);
                        const vf w1 = vf_load(wk + 81);
                        vf s;
                        s = vf_load(xk); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1);
                        s = vf_load(xk + 9); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                        s = vf_load(xk + 18); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                    }
                    const vf w0 = vf_loadn(wk, 1);
                    const vf w1 = vf_loadn(wk + 81, 1);
                    vf s;
                    s = vf_loadn(xk, 1); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1);
                    s = vf_loadn(xk + 9, 1); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                    s = vf_loadn(xk + 18, 1); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                }
            }
            float *yp = y + row * 2;
            yp[0] = vf_hadd(a0_0) + b[0];
            yp[1] = vf_hadd(a0_1) + b[1];
            yp[2] = vf_hadd(a1_0) + b[0];
            yp[3] = vf_hadd(a1_1) + b[1];
            yp[4] = vf_hadd(a2_0) + b[0];
            yp[5] = vf_hadd(a2_1) + b[1];
            yp[6] = vf_hadd(a3_0) + b[0];
            yp[7] = vf_hadd(a3_1) + b[1];
        }
    }
}

/* l13_copy_naive: Copy
 *   y
 *   x  float 1x2x4x4 channels-last
 *   y  float 1x2x4x4
 */
rt_layer void l13_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 16; i1++)
        y[i0 * 16 + i1] = x[i0 + i1 * 2];
}

static const float strips_const1[8] = {1.0f, 0.0f, -0.5f, 0.0f, -0.5f, 0.0f, 0.0f, 0.0f};
static const float strips_const2[16] = {-1.0f, 1.0f, 1.0f, -0.5f, -0.5f, -0.5f, 0.5f, -0.5f, -0.5f, -0.5f, 0.5f, -0.5f, 0.0f, 0.0f, 0.0f, 0.0f};
static const float strips_const3[16] = {-0.5f, -0.5f, 0.0f, -0.5f, 1.0f, 1.0f, -0.5f, 0.5f, 1.0f, 1.0f, -0.5f, 0.5f, 1.0f, 0.5f, -0.5f, -1.0f};
static const float strips_const4[8] = {1.0f, -0.5f, 0.5f, 1.0f, -0.5f, 0.5f, 0.5f, 0.0f};
static const float strips_const5[16] = {1.0f, 0.5f, -0.5f, -0.5f, 0.5f, 0.0f, 1.0f, -1.0f, -0.5f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f};
static const float strips_const6[2] = {0.5f, 0.5f};
int strips_run(const float x[975], const float g[14], float y[32], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = strips_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !x || !g || !y)
        return 1;
    /* By strips of 2 rows, so that what these layers hand on stays in cache:
     *   expand, 12 of 13 rows
     *   depthwise, 11 of 13 rows
     *   project, 11 of 13 rows
     *   expand2, 11 of 13 rows
     *   depthwise2, 5 of 7 rows
     *   widest, 4 of 7 rows
     *   full
     */
    {
        int line5 = 0, from5 = line5;
        int line4 = 0, from4 = line4;
        int line3 = 0, from3 = line3;
        int line0 = 0, from0 = line0;
        for (int from6 = 0; from6 < 7; from6 += 2) {
            const int to6 = from6 + 2 < 7 ? from6 + 2 : 7;
            const int to5 = to6 + 2 < 7 ? to6 + 2 : 7;
            const int to4 = to5 + 1 < 7 ? to5 + 1 : 7;
            const int to3 = to4 * 2 + 1 < 13 ? to4 * 2 + 1 : 13;
            const int to0 = to3 + 1 < 13 ? to3 + 1 : 13;
            l01_gemm_vec(x, (const float *)(w + 0), (const float *)(w + 512), (float *)(m + 26880), from0, to0, line0); /* expand */
            l02_conv_depthwise((const float *)(m + 26880), (const float *)(w + 640), (const float *)(w + 1536), (float *)(m + 7936), from3, to3, line0, from3); /* depthwise */
            l03_gemm_vec((const float *)(m + 7936), (const float *)(w + 1664), strips_const1, (float *)(m + 23580), x, from3, to3, from3, from3); /* project */
            l04_gemm_vec((const float *)(m + 23580), (const float *)(w + 2304), strips_const2, (float *)(m + 0), from3, to3, from3, line3); /* expand2 */
            l05_conv_depthwise((const float *)(m + 0), (const float *)(w + 2624), strips_const3, (float *)(m + 40560), from4, to4, line3, line4); /* depthwise2 */
            l06_pool_vec((const float *)(m + 40560), (float *)(m + 20476), from5, to5, line4, line5); /* widest */
            l07_conv_direct((const float *)(m + 20476), (const float *)(w + 4224), strips_const4, (float *)(m + 22012), from6, to6, line5); /* full */
            line0 = rt_move_up(m + 26880, 1140, line0, (to3 - 1 > 0 ? to3 - 1 : 0), to0);
            from0 = to0;
            line3 = rt_move_up(m + 0, 720, line3, (to4 * 2 - 2 > 0 ? to4 * 2 - 2 : 0), to3);
            from3 = to3;
            line4 = rt_move_up(m + 40560, 384, line4, (to5 - 1 > 0 ? to5 - 1 : 0), to4);
            from4 = to4;
            line5 = rt_move_up(m + 20476, 384, line5, to6, to5);
            from5 = to5;
        }
    }
    /* By strips of 2 rows:
     *   maxpool
     */
    {
        for (int from0 = 0; from0 < 7; from0 += 2) {
            const int to0 = from0 + 2 < 7 ? from0 + 2 : 7;
            l08_pool_vec((const float *)(m + 22012), (float *)(m + 39296), from0, to0); /* maxpool */
        }
    }
    /* By strips of 2 rows:
     *   meanpool
     */
    {
        for (int from0 = 0; from0 < 7; from0 += 2) {
            const int to0 = from0 + 2 < 7 ? from0 + 2 : 7;
            l09_pool_vec((const float *)(m + 22012), (float *)(m + 39324), from0, to0); /* meanpool */
        }
    }
    /* By strips of 2 rows, so that what these layers hand on stays in cache:
     *   scale, 5 of 7 rows
     *   step, 4 of 4 rows
     *   y
     */
    {
        int line1 = 0, from1 = line1;
        int line0 = 0, from0 = line0;
        for (int from2 = 0; from2 < 4; from2 += 2) {
            const int to2 = from2 + 2;
            const int to1 = to2 + 1 < 4 ? to2 + 1 : 4;
            const int to0 = to1 * 2 - 1 < 7 ? to1 * 2 - 1 : 7;
            l10_map_vec((const float *)(m + 39296), g, (float *)(m + 37056), from0, to0, line0); /* scale */
            l11_gemm_vec((const float *)(m + 37056), (const float *)(w + 7680), strips_const5, (float *)(m + 0), from1, to1, line0, line1); /* step */
            l12_conv_dot((const float *)(m + 0), (const float *)(w + 8576), strips_const6, (float *)(m + 576), from2, to2, line1); /* y */
            line0 = from0 = to1 * 2;
            line1 = rt_move_up(m + 0, 144, line1, (to2 - 1 > 0 ? to2 - 1 : 0), to1);
            from1 = to1;
        }
    }
    l13_copy_naive((const float *)(m + 576), y); /* y */
    return 0;
}
