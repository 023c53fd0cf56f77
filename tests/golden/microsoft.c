/* l01_map_vec: Map
 *   four
 *   x0  uint8 2x4x1
 *   y  int32 2x4x1
 *   computes int32(a)
 *   tile 1 x 1 vectors
 */
rt_layer void l01_map_vec(const uint8_t *x0, int32_t *y)
{
    {
        for (int i0 = 0; i0 < 8; i0 += 8) {
            const vf a0 = vf_load_u8(x0 + i0);
            vf_store_i32(y + i0, a0);
        }
    }
}

/* l02_map_naive: Map
 *   four
 *   x0  int32 2x4x1
 *   x1  int32 2
 *   y  int32 2x4x2
 *   computes fmod((a / b), 16)
 */
rt_layer void l02_map_naive(const int32_t *x0, const int32_t *x1, int32_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 4; i1++)
    for (int i2 = 0; i2 < 2; i2++)
    {
        const int32_t a0 = x0[i0 * 4 + i1];
        const int32_t a1 = x1[i2];
        const int32_t t0 = 16 == 0 || 16 == -1 ? 0 : (int32_t)((a1 == 0 ? 0 : a1 == -1 ? (int32_t)(0 - (uint32_t)a0) : (int32_t)(a0 / a1)) % 16);
        y[i0 * 8 + i1 * 2 + i2] = t0;
    }
}

/* l03_map_naive: Map
 *   four
 *   x0  uint8 2x1x1
 *   y  int32 2x1x1
 *   computes int32(a)
 */
rt_layer void l03_map_naive(const uint8_t *x0, int32_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const uint8_t a0 = x0[i0];
        y[i0] = (int32_t)a0;
    }
}

/* l04_map_naive: Map
 *   four
 *   x0  int32 2x1x1
 *   x1  int32 2
 *   y  int32 2x1x2
 *   computes fmod((a / b), 16)
 */
rt_layer void l04_map_naive(const int32_t *x0, const int32_t *x1, int32_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i2 = 0; i2 < 2; i2++)
    {
        const int32_t a0 = x0[i0];
        const int32_t a1 = x1[i2];
        const int32_t t0 = 16 == 0 || 16 == -1 ? 0 : (int32_t)((a1 == 0 ? 0 : a1 == -1 ? (int32_t)(0 - (uint32_t)a0) : (int32_t)(a0 / a1)) % 16);
        y[i0 * 2 + i2] = t0;
    }
}

/* l05_map_vec: Map
 *   four
 *   x0  int32 2x2x1
 *   y  float 2x2x1
 *   computes float(a)
 *   tile 1 x 1 vectors
 */
rt_layer void l05_map_vec(const int32_t *x0, float *y)
{
    {
        const vf a0 = vf_loadn_i32(x0, 4);
        vf_storen(y, a0, 4);
    }
}

/* l06_map_vec: Map
 *   four
 *   x0  int32 2x2x4
 *   x1  float 2x2x1
 *   x2  float 2x2x1
 *   y  float 2x2x4
 *   computes ((float(a) - c) * b)
 *   tile 1 x 1 vectors
 */
rt_layer void l06_map_vec(const int32_t *x0, const float *x1, const float *x2, float *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    {
        const vf a0 = vf_loadn_i32(x0 + i0 * 4, 4);
        const vf a1 = vf_splat(x1[i0]);
        const vf a2 = vf_splat(x2[i0]);
        vf_storen(y + i0 * 4, vf_mul(vf_sub(a0, a2), a1), 4);
    }
}

/* l07_gemm_vec: MatMul
 *   four
 *   x  float 2x5
 *   w  float 5x2 strided
 *   y  float 2x2
 *   panel  [k][8]
 *   20 MACs
 *   tile 2 x 1 vectors
 */
rt_layer void l07_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y, float *restrict panel)
{
    {
        {
            const float *wp = panel;
            for (int k = 0; k < 5; k++) {
                vf_store(panel + k * 8, vf_loadsn(w + k, 8, 2));
            }
            {
                const float *xk = x, *wk = wp;
                float *yp = y;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                for (int k = 0; k < 5; k++, xk += 1, wk += 8) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[5]); a1_0 = vf_fma(s, w0, a1_0);
                }
                vf_storen(yp, a0_0, 2);
                vf_storen(yp + 2, a1_0, 2);
            }
        }
    }
}

/* l08_map_vec: Map
 *   two
 *   x0  uint8 3x2x1
 *   y  int32 3x2x1
 *   computes int32(a)
 *   tile 1 x 1 vectors
 */
rt_layer void l08_map_vec(const uint8_t *x0, int32_t *y)
{
    {
        const vf a0 = vf_loadn_u8(x0, 6);
        vf_storen_i32(y, a0, 6);
    }
}

/* l09_map_naive: Map
 *   two
 *   x0  int32 3x2x1
 *   x1  int32 4
 *   y  int32 3x2x4
 *   computes fmod((a / b), 4)
 */
rt_layer void l09_map_naive(const int32_t *x0, const int32_t *x1, int32_t *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    for (int i1 = 0; i1 < 2; i1++)
    for (int i2 = 0; i2 < 4; i2++)
    {
        const int32_t a0 = x0[i0 * 2 + i1];
        const int32_t a1 = x1[i2];
        const int32_t t0 = 4 == 0 || 4 == -1 ? 0 : (int32_t)((a1 == 0 ? 0 : a1 == -1 ? (int32_t)(0 - (uint32_t)a0) : (int32_t)(a0 / a1)) % 4);
        y[i0 * 8 + i1 * 4 + i2] = t0;
    }
}

/* l10_map_vec: Map
 *   two
 *   x0  int32 3x2x4
 *   x1  float 3x2x1
 *   y  float 3x2x4
 *   computes ((float(a) - 2) * b)
 *   tile 1 x 1 vectors
 */
rt_layer void l10_map_vec(const int32_t *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 6; i0++)
    {
        const vf a0 = vf_loadn_i32(x0 + i0 * 4, 4);
        const vf a1 = vf_splat(x1[i0]);
        vf_storen(y + i0 * 4, vf_mul(vf_sub(a0, vf_splat(2.0f)), a1), 4);
    }
}

/* l11_gemm_vec: MatMul
 *   two
 *   x  float 2x5
 *   w  float 5x3 strided
 *   y  float 2x3
 *   panel  [k][8]
 *   30 MACs
 *   tile 2 x 1 vectors
 */
rt_layer void l11_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y, float *restrict panel)
{
    {
        {
            const float *wp = panel;
            for (int k = 0; k < 5; k++) {
                vf_store(panel + k * 8, vf_loadsn(w + k, 8, 3));
            }
            {
                const float *xk = x, *wk = wp;
                float *yp = y;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                for (int k = 0; k < 5; k++, xk += 1, wk += 8) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[5]); a1_0 = vf_fma(s, w0, a1_0);
                }
                vf_storen(yp, a0_0, 3);
                vf_storen(yp + 3, a1_0, 3);
            }
        }
    }
}

/* l12_map_naive: Map
 *   smooth
 *   sunk
 *   x0  int32 1
 *   y  int64 1
 *   computes int64(a)
 */
rt_layer void l12_map_naive(const int32_t *x0, int64_t *y)
{
    {
        const int32_t a0 = x0[0];
        y[0] = (int64_t)a0;
    }
}

/* l13_map_naive: Map
 *   smooth
 *   sunk
 *   x0  int64 scalar
 *   y  bool scalar
 *   computes (max(a, 0) == 3)
 */
rt_layer void l13_map_naive(const int64_t *x0, uint8_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = (a0 > 0 ? a0 : 0) == 3;
    }
}

/* l14_copy_naive: Copy
 *   smooth/Transpose
 *   smooth/Transpose
 *   sunk/Transpose
 *   sunk/Transpose
 *   x  float 1x1x3x4
 *   y  float 1x1x3x4
 */
rt_layer void l14_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 48);
}

/* l15_copy_naive: Copy
 *   smooth/Expand
 *   smooth/Expand
 *   sunk/Expand
 *   sunk/Expand
 *   x  float 1x1x1x4
 *   y  float 1x1x1x4
 */
rt_layer void l15_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 16);
}

/* l16_map_vec: Attention
 *   smooth
 *   sunk
 *   x0  float 1x2x3x4 strided
 *   y  float 1x2x3x4
 *   computes (a * 0.5)
 *   tile 1 x 1 vectors
 */
rt_layer void l16_map_vec(const float *x0, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 3; i1++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 4 + i1 * 8, 4);
        vf_storen(y + i0 * 12 + i1 * 4, vf_mul(a0, vf_splat(0.5f)), 4);
    }
}

/* l17_gemm_vec: MatMul
 *   smooth
 *   sunk
 *   x  float 1x1x6x4
 *   w  float 1x1x4x4 strided
 *   y  float 1x1x6x4
 *   panel  [k][8]
 *   96 MACs
 *   tile 6 x 1 vectors
 */
rt_layer void l17_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y, float *restrict panel)
{
    {
        {
            const float *wp = panel;
            for (int k = 0; k < 4; k++) {
                vf_store(panel + k * 8, vf_loadsn(w + k, 4, 4));
            }
            {
                const float *xk = x, *wk = wp;
                float *yp = y;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f);
                vf a3_0 = vf_splat(0.0f);
                vf a4_0 = vf_splat(0.0f);
                vf a5_0 = vf_splat(0.0f);
                for (int k = 0; k < 4; k++, xk += 1, wk += 8) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[4]); a1_0 = vf_fma(s, w0, a1_0);
                    s = vf_splat(xk[8]); a2_0 = vf_fma(s, w0, a2_0);
                    s = vf_splat(xk[12]); a3_0 = vf_fma(s, w0, a3_0);
                    s = vf_splat(xk[16]); a4_0 = vf_fma(s, w0, a4_0);
                    s = vf_splat(xk[20]); a5_0 = vf_fma(s, w0, a5_0);
                }
                vf_storen(yp, a0_0, 4);
                vf_storen(yp + 4, a1_0, 4);
                vf_storen(yp + 8, a2_0, 4);
                vf_storen(yp + 12, a3_0, 4);
                vf_storen(yp + 16, a4_0, 4);
                vf_storen(yp + 20, a5_0, 4);
            }
        }
    }
}

/* l18_map_vec: Attention
 *   smooth
 *   x0  float 1x2x3x4
 *   x1  float 1x2x3x4
 *   y  float 1x2x3x4
 *   computes sel((b == -inf), b, (a + b))
 *   tile 1 x 1 vectors
 */
rt_layer void l18_map_vec(const float *x0, const float *x1, float *y)
{
    {
        for (int i0 = 0; i0 < 24; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            const vf a1 = vf_load(x1 + i0);
            vf_store(y + i0, vf_sel(vf_eq(a1, vf_splat(-INFINITY)), a1, vf_add(a0, a1)));
        }
    }
}

/* l19_softmax_vec: Softmax
 *   smooth
 *   x  float 1x2x3x4
 *   y  float 1x2x3x4
 */
rt_layer void l19_softmax_vec(const float *x, float *y)
{
    const float *p = x;
    float *q = y;
    float e[24];
    for (int r = 0; r < 6; r++) {
        float most = p[r * 4];
        for (int k = 1; k < 4; k++) most = p[r * 4 + k] > most ? p[r * 4 + k] : most;
        for (int k = 0; k < 4; k++) e[r * 4 + k] = p[r * 4 + k] - most;
    }
    for (int k = 0; k < 24; k += 8) vf_store(e + k, vf_exp(vf_load(e + k)));
    for (int r = 0; r < 6; r++) {
        float sum = 0.0f;
        for (int k = 0; k < 4; k++) sum += e[r * 4 + k];
        const float by = 1.0f / sum;
        for (int k = 0; k < 4; k++) q[r * 4 + k] = e[r * 4 + k] * by;
    }
}

/* l20_reduce_naive: ReduceMax
 *   smooth
 *   x  float 1x2x3x4
 *   y  float 1x2x3x1
 */
rt_layer void l20_reduce_naive(const float *restrict x, float *restrict y)
{
    for (int i1 = 0; i1 < 2; i1++)
    for (int i2 = 0; i2 < 3; i2++) {
        float acc = -INFINITY;
        for (int k3 = 0; k3 < 4; k3++) {
            const float v = x[i1 * 12 + i2 * 4 + k3];
            acc = v > acc ? v : acc;
        }
        y[i1 * 3 + i2] = acc;
    }
}

/* l21_map_vec: Attention
 *   smooth
 *   x0  float 1x2x3x4
 *   x1  float 1x2x3x1
 *   y  float 1x2x3x4
 *   computes sel((b == -inf), 0, a)
 *   tile 1 x 1 vectors
 */
rt_layer void l21_map_vec(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 6; i0++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 4, 4);
        const vf a1 = vf_splat(x1[i0]);
        vf_storen(y + i0 * 4, vf_sel(vf_eq(a1, vf_splat(-INFINITY)), vf_splat(0.0f), a0), 4);
    }
}

/* l22_gemm_vec: MatMul
 *   smooth
 *   sunk
 *   x  float 1x1x6x4
 *   w  float 1x1x4x4
 *   y  float 1x1x6x4
 *   96 MACs
 *   tile 6 x 1 vectors
 */
rt_layer void l22_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y)
{
    {
        {
            const float *wp = w;
            {
                const float *xk = x, *wk = wp;
                float *yp = y;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f);
                vf a3_0 = vf_splat(0.0f);
                vf a4_0 = vf_splat(0.0f);
                vf a5_0 = vf_splat(0.0f);
                for (int k = 0; k < 4; k++, xk += 1, wk += 4) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_loadn(wk, 4);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[4]); a1_0 = vf_fma(s, w0, a1_0);
                    s = vf_splat(xk[8]); a2_0 = vf_fma(s, w0, a2_0);
                    s = vf_splat(xk[12]); a3_0 = vf_fma(s, w0, a3_0);
                    s = vf_splat(xk[16]); a4_0 = vf_fma(s, w0, a4_0);
                    s = vf_splat(xk[20]); a5_0 = vf_fma(s, w0, a5_0);
                }
                vf_storen(yp, a0_0, 4);
                vf_storen(yp + 4, a1_0, 4);
                vf_storen(yp + 8, a2_0, 4);
                vf_storen(yp + 12, a3_0, 4);
                vf_storen(yp + 16, a4_0, 4);
                vf_storen(yp + 20, a5_0, 4);
            }
        }
    }
}

/* l23_copy_naive: Copy
 *   smooth
 *   sunk
 *   x  float 1x3x2x4 strided
 *   y  float 1x3x2x4
 */
rt_layer void l23_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++)
    for (int i1 = 0; i1 < 2; i1++)
        memcpy(y + i0 * 8 + i1 * 4, x + i0 * 4 + i1 * 12, 16);
}

/* l24_copy_naive: Copy
 *   sunk/Expand
 *   x  float 1x2x3x3
 *   y  float 1x2x3x3 channels-last, pitch 2
 */
rt_layer void l24_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++)
    for (int i1 = 0; i1 < 3; i1++)
    for (int i2 = 0; i2 < 2; i2++)
        y[i0 * 8 + i1 * 2 + i2] = x[i0 * 3 + i1 + i2 * 9];
}

/* l25_copy_naive: Copy
 *   sunk/Expand
 *   x  float 1x2x3x1 strided
 *   y  float 1x2x3x1 channels-last, pitch 8
 */
rt_layer void l25_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++)
        memcpy(y + i0 * 8, x + 0, 8);
}

/* l26_map_vec: Attention
 *   sunk
 *   x0  float 1x2x3x4
 *   x1  float 1x2x3x4 channels-last
 *   y  float 1x2x3x4 channels-last
 *   computes sel((b == -inf), b, (a + b))
 *   tile 8 x 1 vectors
 */
rt_layer void l26_map_vec(const float *x0, const float *x1, float *y)
{
    {
        for (int i0 = 0; i0 < 12; i0 += 12) {
            float p0[24];
            for (int r = 0; r < 12; r++) {
                p0[r * 2] = x0[(i0 + r)];
                p0[r * 2 + 1] = x0[(i0 + r) + 1 * 12];
            }
            for (int e = 0; e < 24; e += 8) {
                const vf a0 = vf_load(p0 + e);
                const vf a1 = vf_load(x1 + i0 * 2 + e);
                vf_store(y + i0 * 2 + e, vf_sel(vf_eq(a1, vf_splat(-INFINITY)), a1, vf_add(a0, a1)));
            }
        }
    }
}

/* l27_softmax_naive: Softmax
 *   sunk
 *   x  float 1x2x3x4 channels-last
 *   y  float 1x2x3x4
 */
rt_layer void l27_softmax_naive(const float *x, float *y)
{
    for (int i1 = 0; i1 < 2; i1++)
    for (int i2 = 0; i2 < 3; i2++) {
        float most = x[i1 + i2 * 8];
        for (int k = 1; k < 4; k++) {
            const float v = x[i1 + i2 * 8 + k * 2];
            if (v > most) {
                most = v;
            }
        }
        float sum = 0;
        for (int k = 0; k < 4; k++) sum += expf(x[i1 + i2 * 8 + k * 2] - most);
        for (int k = 0; k < 4; k++) {
            const float v = x[i1 + i2 * 8 + k * 2];
            y[i1 * 12 + i2 * 4 + k] = expf(v - most) / sum;
        }
    }
}

/* l28_reduce_vec: ReduceMax
 *   sunk
 *   x  float 1x2x3x4 channels-last
 *   y  float 1x2x3x1 channels-last
 */
rt_layer void l28_reduce_vec(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++) {
        const vf start = vf_splat(-INFINITY);
        vf a0 = start;
        const float *p = x + i0 * 8;
        for (int k = 0; k < 4; k++, p += 2) {
            a0 = vf_max(vf_loadn(p, 2), a0);
        }
        vf_storen(y + i0 * 2, a0, 2);
    }
}

/* l29_map_naive: Attention
 *   sunk
 *   x0  float 1x2x3x4
 *   x1  float 1x2x3x1 channels-last
 *   y  float 1x2x3x4 channels-last
 *   computes sel((b == -inf), 0, a)
 */
rt_layer void l29_map_naive(const float *x0, const float *x1, float *y)
{
    for (int i1 = 0; i1 < 2; i1++)
    for (int i2 = 0; i2 < 3; i2++)
    for (int i3 = 0; i3 < 4; i3++)
    {
        const float a0 = x0[i1 * 12 + i2 * 4 + i3];
        const float a1 = x1[i1 + i2 * 2];
        y[i1 + i2 * 8 + i3 * 2] = (a1 == (-INFINITY)) ? 0.0f : a0;
    }
}

/* l30_copy_naive: Copy
 *   sunk
 *   x  float 1x2x3x4 channels-last
 *   y  float 1x2x3x4
 */
rt_layer void l30_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 12; i1++)
        y[i0 * 12 + i1] = x[i0 + i1 * 2];
}

static const int32_t microsoft_const1[2] = {1, 16};
static const int32_t microsoft_const2[4] = {1, 4, 16, 64};
static const float microsoft_const3[4] = {0.0f, 0.0f, 0.0f, 0.0f};
int microsoft_run(const float a[10], const uint8_t b[8], const float scale[4], const uint8_t zero[2], const uint8_t c[6], const float q[24], const float k[12], const float v[12], const int32_t end[1], const int32_t three[1], const float sink[2], const float scale2[6], float y[4], float z[6], float smooth[24], float sunk[24], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = microsoft_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !a || !b || !scale || !zero || !c || !q || !k || !v || !end || !three || !sink || !scale2 || !y || !z || !smooth || !sunk)
        return 1;
    l01_map_vec(b, (int32_t *)(m + 64)); /* four */
    l02_map_naive((const int32_t *)(m + 64), microsoft_const1, (int32_t *)(m + 0)); /* four */
    l03_map_naive(zero, (int32_t *)(m + 80)); /* four */
    l04_map_naive((const int32_t *)(m + 80), microsoft_const1, (int32_t *)(m + 64)); /* four */
    l05_map_vec((const int32_t *)(m + 64), (float *)(m + 80)); /* four */
    l06_map_vec((const int32_t *)(m + 0), scale, (const float *)(m + 80), (float *)(m + 160)); /* four */
    l07_gemm_vec(a, (const float *)(m + 160), y, (float *)(m + 0)); /* four */
    l08_map_vec(c, (int32_t *)(m + 96)); /* two */
    l09_map_naive((const int32_t *)(m + 96), microsoft_const2, (int32_t *)(m + 0)); /* two */
    l10_map_vec((const int32_t *)(m + 0), scale2, (float *)(m + 160)); /* two */
    l11_gemm_vec(a, (const float *)(m + 160), z, (float *)(m + 0)); /* two */
    l12_map_naive(three, (int64_t *)(m + 0)); /* smooth */
    l13_map_naive((const int64_t *)(m + 0), (uint8_t *)(m + 8)); /* smooth */
    if (!*(const uint8_t *)(m + 8))
        return 2; /* smooth: the total length does not fit the keys */
    l14_copy_naive(k, (float *)(m + 320)); /* smooth/Transpose */
    l15_copy_naive(microsoft_const3, (float *)(m + 368)); /* smooth/Expand */
    l14_copy_naive(v, (float *)(m + 384)); /* smooth/Transpose */
    l15_copy_naive(microsoft_const3, (float *)(m + 432)); /* smooth/Expand */
    l16_map_vec(q, (float *)(m + 128)); /* smooth */
    l17_gemm_vec((const float *)(m + 128), (const float *)(m + 320), (float *)(m + 224), (float *)(m + 0)); /* smooth */
    l18_map_vec((const float *)(m + 224), (const float *)(w + 0), (float *)(m + 0)); /* smooth */
    l19_softmax_vec((const float *)(m + 0), (float *)(m + 96)); /* smooth */
    l20_reduce_naive((const float *)(m + 0), (float *)(m + 192)); /* smooth */
    l21_map_vec((const float *)(m + 96), (const float *)(m + 192), (float *)(m + 96)); /* smooth */
    l22_gemm_vec((const float *)(m + 96), (const float *)(m + 384), (float *)(m + 0)); /* smooth */
    l23_copy_naive((const float *)(m + 0), smooth); /* smooth */
    l12_map_naive(three, (int64_t *)(m + 0)); /* sunk */
    l13_map_naive((const int64_t *)(m + 0), (uint8_t *)(m + 8)); /* sunk */
    if (!*(const uint8_t *)(m + 8))
        return 2; /* sunk: the total length does not fit the keys */
    l14_copy_naive(k, (float *)(m + 416)); /* sunk/Transpose */
    l15_copy_naive(microsoft_const3, (float *)(m + 464)); /* sunk/Expand */
    l14_copy_naive(v, (float *)(m + 480)); /* sunk/Transpose */
    l15_copy_naive(microsoft_const3, (float *)(m + 528)); /* sunk/Expand */
    l24_copy_naive((const float *)(w + 128), (float *)(m + 128)); /* sunk/Expand */
    l25_copy_naive(sink, (float *)(m + 152)); /* sunk/Expand */
    l16_map_vec(q, (float *)(m + 224)); /* sunk */
    l17_gemm_vec((const float *)(m + 224), (const float *)(m + 416), (float *)(m + 320), (float *)(m + 0)); /* sunk */
    l26_map_vec((const float *)(m + 320), (const float *)(m + 128), (float *)(m + 128)); /* sunk */
    l27_softmax_naive((const float *)(m + 128), (float *)(m + 0)); /* sunk */
    l28_reduce_vec((const float *)(m + 128), (float *)(m + 224)); /* sunk */
    l29_map_naive((const float *)(m + 0), (const float *)(m + 224), (float *)(m + 96)); /* sunk */
    l30_copy_naive((const float *)(m + 96), (float *)(m + 0)); /* sunk */
    l22_gemm_vec((const float *)(m + 0), (const float *)(m + 480), (float *)(m + 96)); /* sunk */
    l23_copy_naive((const float *)(m + 96), sunk); /* sunk */
    return 0;
}
