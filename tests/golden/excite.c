/* l01_copy_vec: Copy
 *   x
 *   x  float 1x10x8x6
 *   y  float 1x10x8x6 channels-last
 */
rt_layer void l01_copy_vec(const float *restrict x, float *restrict y)
{
    for (int b0 = 0; b0 < 48; b0 += 16) {
        const int i0 = b0 < 32 ? b0 : 32;
        for (int b1 = 0; b1 < 10; b1 += 8) {
            const int i1 = b1 < 2 ? b1 : 2;
            const float *xp = x + i0 + i1 * 48;
            float *yp = y + i0 * 10 + i1;
            for (int c = 0; c < 16; c += 8) vf_transpose(xp + c, 48, yp + c * 10, 10);
        }
    }
}

/* l02_conv_depthwise: Conv+Relu
 *   depthwise
 *   x  float 1x10x8x6 channels-last
 *   w  [c/8][kh][kw][8]
 *   b  float 16
 *   y  float 1x10x8x6 channels-last
 *   computes max(y, 0)
 *   4320 MACs
 *   tile 6 x 1 vectors
 */
rt_layer void l02_conv_depthwise(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y)
{
    for (int oh = 0; oh < 8; oh++) {
        const int ih = oh - 1;
        const int kh0 = ih < 0 ? -ih : 0;
        const int kh1 = ih < 6 ? 3 : 8 - ih;
        const int row = oh * 6;
        for (int i = 0; i < 10; i += 8) {
            const int c = i < 2 ? i : 2;
            float *yp = y + row * 10 + c;
            const float *bias = b + i;
            rt_anew(bias);
            vf a0_0 = vf_load(bias);
            vf a1_0 = vf_load(bias);
            vf a2_0 = vf_load(bias);
            vf a3_0 = vf_load(bias);
            vf a4_0 = vf_load(bias);
            vf a5_0 = vf_load(bias);
            const float *xp = x + c, *wp = w + i * 9;
            for (int kh = kh0; kh < kh1; kh++) {
                const float *xk = xp + (ih + kh) * 60, *wk = wp + kh * 24;
                rt_keep(xk);
                rt_keep(wk);
                const vf w0_0 = vf_load(wk);
                const vf w1_0 = vf_load(wk + 8);
                const vf w2_0 = vf_load(wk + 16);
                vf s;
                s = vf_load(xk); a0_0 = vf_fma(s, w1_0, a0_0); a1_0 = vf_fma(s, w0_0, a1_0);
                s = vf_load(xk + 10); a0_0 = vf_fma(s, w2_0, a0_0); a1_0 = vf_fma(s, w1_0, a1_0); a2_0 = vf_fma(s, w0_0, a2_0);
                s = vf_load(xk + 20); a1_0 = vf_fma(s, w2_0, a1_0); a2_0 = vf_fma(s, w1_0, a2_0); a3_0 = vf_fma(s, w0_0, a3_0);
                s = vf_load(xk + 30); a2_0 = vf_fma(s, w2_0, a2_0); a3_0 = vf_fma(s, w1_0, a3_0); a4_0 = vf_fma(s, w0_0, a4_0);
                s = vf_load(xk + 40); a3_0 = vf_fma(s, w2_0, a3_0); a4_0 = vf_fma(s, w1_0, a4_0); a5_0 = vf_fma(s, w0_0, a5_0);
                s = vf_load(xk + 50); a4_0 = vf_fma(s, w2_0, a4_0); a5_0 = vf_fma(s, w1_0, a5_0);
            }
            vf_store(yp, vf_max(a0_0, vf_splat(0.0f)));
            vf_store(yp + 10, vf_max(a1_0, vf_splat(0.0f)));
            vf_store(yp + 20, vf_max(a2_0, vf_splat(0.0f)));
            vf_store(yp + 30, vf_max(a3_0, vf_splat(0.0f)));
            vf_store(yp + 40, vf_max(a4_0, vf_splat(0.0f)));
            vf_store(yp + 50, vf_max(a5_0, vf_splat(0.0f)));
        }
    }
}

/* l03_reduce_vec: ReduceMean
 *   squeeze
 *   x  float 1x10x8x6 channels-last
 *   y  float 1x10x1x1
 */
rt_layer void l03_reduce_vec(const float *restrict x, float *restrict y)
{
    const vf start = vf_splat(0.0f);
    vf a0 = start, a1 = start, a2 = start, a3 = start, a4 = start, a5 = start, a6 = start, a7 = start;
    const float *p = x;
    for (int k = 0; k < 12; k++, p += 40) {
        a0 = vf_add(a0, vf_load(p));
        a1 = vf_add(a1, vf_loadn(p + 8, 2));
        a2 = vf_add(a2, vf_load(p + 10));
        a3 = vf_add(a3, vf_loadn(p + 18, 2));
        a4 = vf_add(a4, vf_load(p + 20));
        a5 = vf_add(a5, vf_loadn(p + 28, 2));
        a6 = vf_add(a6, vf_load(p + 30));
        a7 = vf_add(a7, vf_loadn(p + 38, 2));
    }
    a0 = vf_add(a0, a4);
    a1 = vf_add(a1, a5);
    a2 = vf_add(a2, a6);
    a3 = vf_add(a3, a7);
    a0 = vf_add(a0, a2);
    a1 = vf_add(a1, a3);
    vf_store(y, vf_div(a0, vf_splat(48.0f)));
    vf_storen(y + 8, vf_div(a1, vf_splat(48.0f)), 2);
}

/* l04_conv_dot: Conv+Relu
 *   fc1
 *   x  float 1x10x1x1
 *   w  [oc][place][ic]
 *   b  float 4
 *   y  float 1x4x1x1
 *   computes max(y, 0)
 *   40 MACs
 *   tile 1 x 4 vectors
 */
rt_layer void l04_conv_dot(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y)
{
    {
        const int ih = 0;
        const int row = 0;
        {
            vf a0_0 = vf_splat(0.0f), a0_1 = vf_splat(0.0f), a0_2 = vf_splat(0.0f), a0_3 = vf_splat(0.0f);
            {
                const float *xk = x + ih * 10, *wk = w;
                for (int i = 0; i < 8; i += 8, xk += 8, wk += 8) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk);
                    const vf w1 = vf_load(wk + 10);
                    const vf w2 = vf_load(wk + 20);
                    const vf w3 = vf_load(wk + 30);
                    vf s;
                    s = vf_load(xk); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1); a0_2 = vf_fma(s, w2, a0_2); a0_3 = vf_fma(s, w3, a0_3);
                }
                const vf w0 = vf_loadn(wk, 2);
                const vf w1 = vf_loadn(wk + 10, 2);
                const vf w2 = vf_loadn(wk + 20, 2);
                const vf w3 = vf_loadn(wk + 30, 2);
                vf s;
                s = vf_loadn(xk, 2); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1); a0_2 = vf_fma(s, w2, a0_2); a0_3 = vf_fma(s, w3, a0_3);
            }
            float *yp = y + row * 4;
            {
                const float result = vf_hadd(a0_0) + b[0];
                yp[0] = result > 0.0f ? result : 0.0f;
            }
            {
                const float result = vf_hadd(a0_1) + b[1];
                yp[1] = result > 0.0f ? result : 0.0f;
            }
            {
                const float result = vf_hadd(a0_2) + b[2];
                yp[2] = result > 0.0f ? result : 0.0f;
            }
            {
                const float result = vf_hadd(a0_3) + b[3];
                yp[3] = result > 0.0f ? result : 0.0f;
            }
        }
    }
}

/* l05_gemm_vec: Conv+HardSigmoid
 *   fc2
 *   x  float 1x4x1x1
 *   w  [n/16][k][16]
 *   b  [16]
 *   y  float 1x10x1x1
 *   computes min(max(((0.200000003 * y) + 0.5), 0), 1)
 *   40 MACs
 *   tile 1 x 2 vectors
 */
rt_layer void l05_gemm_vec(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y)
{
    {
        {
            const float *wp = w;
            {
                const float *xk = x, *wk = wp;
                float *yp = y;
                const float *bias = b;
                rt_anew(bias);
                vf a0_0 = vf_load(bias), a0_1 = vf_load(bias + 8);
                for (int k = 0; k < 4; k++, xk += 1, wk += 16) {
                    rt_keep(xk);
                    rt_keep(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, vf_load(wk), a0_0); a0_1 = vf_fma(s, vf_load(wk + 8), a0_1);
                }
                const vf t0 = vf_min(vf_max(vf_add(vf_mul(vf_splat(0.2f), a0_0), vf_splat(0.5f)), vf_splat(0.0f)), vf_splat(1.0f));
                vf_store(yp, t0);
                const vf t1 = vf_min(vf_max(vf_add(vf_mul(vf_splat(0.2f), a0_1), vf_splat(0.5f)), vf_splat(0.0f)), vf_splat(1.0f));
                vf_storen(yp + 8, t1, 2);
            }
        }
    }
}

/* l06_gemm_vec: Mul+Conv+Add+Relu
 *   project
 *   x  float 1x10x8x6 channels-last
 *   w  [n/16][k][16]
 *   b  [16]
 *   scale  float 1x10x1x1
 *   y  float 1x9x8x6 channels-last
 *   panel  [k][16]
 *   r0  float 1x9x8x6
 *   of x times scale
 *   computes max((y + e), 0)
 *   4320 MACs
 *   tile 6 x 2 vectors
 */
rt_layer void l06_gemm_vec(const float *restrict x, const float *restrict w, const float *restrict b, const float *restrict scale, float *restrict y, float *restrict panel, const float *restrict r0)
{
    {
        {
            const float *wp = panel;
            for (int k = 0; k < 10; k++) {
                const vf by = vf_splat(scale[k]);
                vf_store(panel + k * 16, vf_mul(by, vf_load(w + k * 16)));
                vf_store(panel + k * 16 + 8, vf_mul(by, vf_load(w + k * 16 + 8)));
            }
            for (int i = 0; i < 48; i += 6) {
                const float *xk = x + i * 10, *wk = wp;
                const float *xn = xk + 60;
                float *yp = y + i * 9;
                const float *bias = b;
                rt_anew(bias);
                vf a0_0 = vf_load(bias), a0_1 = vf_load(bias + 8);
                vf a1_0 = vf_load(bias), a1_1 = vf_load(bias + 8);
                vf a2_0 = vf_load(bias), a2_1 = vf_load(bias + 8);
                vf a3_0 = vf_load(bias), a3_1 = vf_load(bias + 8);
                vf a4_0 = vf_load(bias), a4_1 = vf_load(bias + 8);
                vf a5_0 = vf_load(bias), a5_1 = vf_load(bias + 8);
                for (int k = 0; k < 10; k++, xk += 1, wk += 16, xn += 6) {
                    rt_keep(xk);
                    rt_keep(wk);
                    vf_prefetch(xn);
                    const vf w0 = vf_load(wk), w1 = vf_load(wk + 8);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1);
                    s = vf_splat(xk[10]); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                    s = vf_splat(xk[20]); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                    s = vf_splat(xk[30]); a3_0 = vf_fma(s, w0, a3_0); a3_1 = vf_fma(s, w1, a3_1);
                    s = vf_splat(xk[40]); a4_0 = vf_fma(s, w0, a4_0); a4_1 = vf_fma(s, w1, a4_1);
                    s = vf_splat(xk[50]); a5_0 = vf_fma(s, w0, a5_0); a5_1 = vf_fma(s, w1, a5_1);
                }
                vf_store(yp, vf_max(vf_add(a0_0, vf_loads(r0 + i, 48)), vf_splat(0.0f)));
                vf_storen(yp + 8, vf_max(vf_add(a0_1, vf_loadsn(r0 + 8 * 48 + i, 48, 1)), vf_splat(0.0f)), 1);
                vf_store(yp + 9, vf_max(vf_add(a1_0, vf_loads(r0 + i + 1, 48)), vf_splat(0.0f)));
                vf_storen(yp + 17, vf_max(vf_add(a1_1, vf_loadsn(r0 + 8 * 48 + i + 1, 48, 1)), vf_splat(0.0f)), 1);
                vf_store(yp + 18, vf_max(vf_add(a2_0, vf_loads(r0 + i + 2, 48)), vf_splat(0.0f)));
                vf_storen(yp + 26, vf_max(vf_add(a2_1, vf_loadsn(r0 + 8 * 48 + i + 2, 48, 1)), vf_splat(0.0f)), 1);
                vf_store(yp + 27, vf_max(vf_add(a3_0, vf_loads(r0 + i + 3, 48)), vf_splat(0.0f)));
                vf_storen(yp + 35, vf_max(vf_add(a3_1, vf_loadsn(r0 + 8 * 48 + i + 3, 48, 1)), vf_splat(0.0f)), 1);
                vf_store(yp + 36, vf_max(vf_add(a4_0, vf_loads(r0 + i + 4, 48)), vf_splat(0.0f)));
                vf_storen(yp + 44, vf_max(vf_add(a4_1, vf_loadsn(r0 + 8 * 48 + i + 4, 48, 1)), vf_splat(0.0f)), 1);
                vf_store(yp + 45, vf_max(vf_add(a5_0, vf_loads(r0 + i + 5, 48)), vf_splat(0.0f)));
                vf_storen(yp + 53, vf_max(vf_add(a5_1, vf_loadsn(r0 + 8 * 48 + i + 5, 48, 1)), vf_splat(0.0f)), 1);
            }
        }
    }
}

/* l07_gemm_vec: Mul+Conv
 *   every other
 *   x  float 1x10x8x6 channels-last
 *   w  [n/8][k][8]
 *   scale  float 1x10x1x1
 *   y  float 1x3x4x3 channels-last
 *   panel  [k][8]
 *   of x times scale
 *   360 MACs
 *   tile 3 x 1 vectors
 */
rt_layer void l07_gemm_vec(const float *restrict x, const float *restrict w, const float *restrict scale, float *restrict y, float *restrict panel)
{
    for (int i0 = 0; i0 < 4; i0++)
    {
        {
            const float *wp = panel;
            for (int k = 0; k < 10; k++) {
                const vf by = vf_splat(scale[k]);
                vf_store(panel + k * 8, vf_mul(by, vf_load(w + k * 8)));
            }
            {
                const float *xk = x + i0 * 120, *wk = wp;
                float *yp = y + i0 * 9;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f);
                for (int k = 0; k < 10; k++, xk += 1, wk += 8) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[20]); a1_0 = vf_fma(s, w0, a1_0);
                    s = vf_splat(xk[40]); a2_0 = vf_fma(s, w0, a2_0);
                }
                vf_storen(yp, a0_0, 3);
                vf_storen(yp + 3, a1_0, 3);
                vf_storen(yp + 6, a2_0, 3);
            }
        }
    }
}

/* l08_copy_vec: Copy
 *   project
 *   x  float 1x9x8x6 channels-last
 *   y  float 1x9x8x6
 */
rt_layer void l08_copy_vec(const float *restrict x, float *restrict y)
{
    for (int b0 = 0; b0 < 9; b0 += 8) {
        const int i0 = b0 < 1 ? b0 : 1;
        for (int b1 = 0; b1 < 48; b1 += 16) {
            const int i1 = b1 < 32 ? b1 : 32;
            const float *xp = x + i0 + i1 * 9;
            float *yp = y + i0 * 48 + i1;
            for (int r = 0; r < 16; r += 8) vf_transpose(xp + r * 9, 9, yp + r, 48);
        }
    }
}

/* l09_copy_naive: Copy
 *   every other
 *   x  float 1x3x4x3 channels-last
 *   y  float 1x3x4x3
 */
rt_layer void l09_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++)
    for (int i1 = 0; i1 < 12; i1++)
        y[i0 * 12 + i1] = x[i0 + i1 * 3];
}

static const float excite_const1[16] = {0.125f, 0.375f, -0.5f, 0.375f, -0.875f, -0.125f, 0.875f, -0.5f, -0.5f, 0.375f, -0.875f, -0.125f, 0.875f, -0.5f, -0.375f, -0.75f};
static const float excite_const2[4] = {0.25f, -0.75f, -0.375f, 0.0f};
static const float excite_const3[16] = {0.375f, 0.25f, 0.25f, 0.375f, -0.875f, -1.0f, 0.75f, -0.5f, 1.0f, -0.125f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f};
static const float excite_const4[16] = {-0.125f, -1.0f, -1.0f, -0.875f, 0.5f, 0.0f, 0.25f, -0.625f, 0.5f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f};
int excite_run(const float x[480], const float res[432], float y[432], float z[36], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = excite_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !x || !res || !y || !z)
        return 1;
    l01_copy_vec(x, (float *)(m + 0)); /* x */
    l02_conv_depthwise((const float *)(m + 0), (const float *)(w + 0), excite_const1, (float *)(m + 1920)); /* depthwise */
    l03_reduce_vec((const float *)(m + 1920), (float *)(m + 0)); /* squeeze */
    l04_conv_dot((const float *)(m + 0), (const float *)(w + 576), excite_const2, (float *)(m + 40)); /* fc1 */
    l05_gemm_vec((const float *)(m + 40), (const float *)(w + 768), excite_const3, (float *)(m + 1872)); /* fc2 */
    l06_gemm_vec((const float *)(m + 1920), (const float *)(w + 1024), excite_const4, (const float *)(m + 1872), (float *)(m + 0), y, res); /* project */
    l07_gemm_vec((const float *)(m + 1920), (const float *)(w + 1664), (const float *)(m + 1872), (float *)(m + 1728), y); /* every other */
    l08_copy_vec((const float *)(m + 0), y); /* project */
    l09_copy_naive((const float *)(m + 1728), z); /* every other */
    return 0;
}
