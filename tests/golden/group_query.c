/* l01_map_naive: Map
 *   step
 *   prompt
 *   x0  int32 1
 *   y  int64 1
 *   computes int64(a)
 */
rt_layer void l01_map_naive(const int32_t *x0, int64_t *y)
{
    {
        const int32_t a0 = x0[0];
        y[0] = (int64_t)a0;
    }
}

/* l02_map_naive: Map
 *   step
 *   x0  int64 scalar
 *   y  bool scalar
 *   computes (max(a, 3) == 4)
 */
rt_layer void l02_map_naive(const int64_t *x0, uint8_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = (a0 > 3 ? a0 : 3) == 4;
    }
}

/* l03_map_naive: Map
 *   step
 *   x0  int32 2
 *   y  int64 2
 *   computes int64(a)
 */
rt_layer void l03_map_naive(const int32_t *x0, int64_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const int32_t a0 = x0[i0];
        y[i0] = (int64_t)a0;
    }
}

/* l04_map_naive: Map
 *   step
 *   x0  int64 2x1
 *   x1  int64 scalar
 *   y  int64 2x1
 *   computes sel((b == 1), 0, ((a + 1) - 1))
 */
rt_layer void l04_map_naive(const int64_t *x0, const int64_t *x1, int64_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[0];
        const int64_t t0 = (a1 == 1) ? 0 : ((int64_t)((uint64_t)((int64_t)((uint64_t)a0 + (uint64_t)1)) - (uint64_t)1));
        y[i0] = t0;
    }
}

/* l05_map_naive: Map
 *   step
 *   x0  int64 2x1
 *   y  bool 2x1
 *   computes and(and(ge(a, 0), le(a, 3)), le(a, 3))
 */
rt_layer void l05_map_naive(const int64_t *x0, uint8_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const int64_t a0 = x0[i0];
        y[i0] = ((a0 >= 0) && (a0 <= 3)) && (a0 <= 3);
    }
}

/* l06_reduce_naive: ReduceMin
 *   step
 *   x  bool 2x1
 *   y  bool 1x1
 */
rt_layer void l06_reduce_naive(const uint8_t *restrict x, uint8_t *restrict y)
{
    {
        uint64_t acc = UINT64_C(1);
        for (int k0 = 0; k0 < 2; k0++) {
            const uint64_t v = x[k0];
            acc = v < acc ? v : acc;
        }
        y[0] = acc != 0;
    }
}

/* l07_map_naive: Add
 *   step
 *   x0  int64 2x1
 *   y  int64 2x1
 *   computes a
 */
rt_layer void l07_map_naive(const int64_t *x0, int64_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const int64_t a0 = x0[i0];
        y[i0] = a0;
    }
}

/* l08_gather_naive: Gather
 *   step
 *   step
 *   step
 *   step
 *   x  float 4x8
 *   index  int64 2x1
 *   y  float 2x1x8
 */
rt_layer void l08_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++) {
        int64_t at = index[i0];
        at += at < 0 ? 4 : 0;
        at = at < 0 ? 0 : at < 4 ? at : 3;
        for (int i2 = 0; i2 < 8; i2++) {
            y[i0 * 8 + i2] = x[at * 8 + i2];
        }
    }
}

/* l09_map_vec: RotaryEmbedding
 *   step
 *   x0  float 2x1x2x8 strided
 *   x1  float 2x1x2x8 strided
 *   x2  float 2x1x1x8
 *   x3  float 2x1x1x8
 *   y  float 2x1x2x8 channels-last, pitch 1
 *   computes ((a * c) - (b * d))
 *   tile 1 x 1 vectors
 */
rt_layer void l09_map_vec(const float *x0, const float *x1, const float *x2, const float *x3, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 2; i1++)
    {
        for (int i2 = 0; i2 < 8; i2 += 8) {
            const vf a0 = vf_load(x0 + i0 * 32 + i1 * 16 + i2);
            const vf a1 = vf_load(x1 + i0 * 32 + i1 * 16 + i2);
            const vf a2 = vf_load(x2 + i0 * 8 + i2);
            const vf a3 = vf_load(x3 + i0 * 8 + i2);
            vf_store(y + i0 * 32 + i1 * 16 + i2, vf_sub(vf_mul(a0, a2), vf_mul(a1, a3)));
        }
    }
}

/* l10_map_vec: RotaryEmbedding
 *   step
 *   x0  float 2x1x2x8 strided
 *   x1  float 2x1x2x8 strided
 *   x2  float 2x1x1x8
 *   x3  float 2x1x1x8
 *   y  float 2x1x2x8 channels-last, pitch 1
 *   computes ((a * d) + (b * c))
 *   tile 1 x 1 vectors
 */
rt_layer void l10_map_vec(const float *x0, const float *x1, const float *x2, const float *x3, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 2; i1++)
    {
        for (int i2 = 0; i2 < 8; i2 += 8) {
            const vf a0 = vf_load(x0 + i0 * 32 + i1 * 16 + i2);
            const vf a1 = vf_load(x1 + i0 * 32 + i1 * 16 + i2);
            const vf a2 = vf_load(x2 + i0 * 8 + i2);
            const vf a3 = vf_load(x3 + i0 * 8 + i2);
            vf_store(y + i0 * 32 + i1 * 16 + i2, vf_add(vf_mul(a0, a3), vf_mul(a1, a2)));
        }
    }
}

/* l11_map_vec: RotaryEmbedding
 *   step
 *   x0  float 2x1x1x8 strided
 *   x1  float 2x1x1x8 strided
 *   x2  float 2x1x1x8
 *   x3  float 2x1x1x8
 *   y  float 2x1x1x8 channels-last, pitch 1
 *   computes ((a * c) - (b * d))
 *   tile 1 x 1 vectors
 */
rt_layer void l11_map_vec(const float *x0, const float *x1, const float *x2, const float *x3, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        for (int i1 = 0; i1 < 8; i1 += 8) {
            const vf a0 = vf_load(x0 + i0 * 16 + i1);
            const vf a1 = vf_load(x1 + i0 * 16 + i1);
            const vf a2 = vf_load(x2 + i0 * 8 + i1);
            const vf a3 = vf_load(x3 + i0 * 8 + i1);
            vf_store(y + i0 * 16 + i1, vf_sub(vf_mul(a0, a2), vf_mul(a1, a3)));
        }
    }
}

/* l12_map_vec: RotaryEmbedding
 *   step
 *   x0  float 2x1x1x8 strided
 *   x1  float 2x1x1x8 strided
 *   x2  float 2x1x1x8
 *   x3  float 2x1x1x8
 *   y  float 2x1x1x8 channels-last, pitch 1
 *   computes ((a * d) + (b * c))
 *   tile 1 x 1 vectors
 */
rt_layer void l12_map_vec(const float *x0, const float *x1, const float *x2, const float *x3, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        for (int i1 = 0; i1 < 8; i1 += 8) {
            const vf a0 = vf_load(x0 + i0 * 16 + i1);
            const vf a1 = vf_load(x1 + i0 * 16 + i1);
            const vf a2 = vf_load(x2 + i0 * 8 + i1);
            const vf a3 = vf_load(x3 + i0 * 8 + i1);
            vf_store(y + i0 * 16 + i1, vf_add(vf_mul(a0, a3), vf_mul(a1, a2)));
        }
    }
}

/* l13_map_naive: Map
 *   step
 *   step
 *   x0  int64 4x1
 *   x1  int64 2x1x1x1
 *   y  int64 2x1x4x1
 *   computes sel((a < b), a, sel((a < (b + 1)), ((a - b) + 3), 0))
 */
rt_layer void l13_map_naive(const int64_t *x0, const int64_t *x1, int64_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i2 = 0; i2 < 4; i2++)
    {
        const int64_t a0 = x0[i2];
        const int64_t a1 = x1[i0];
        const int64_t t0 = (a0 < ((int64_t)((uint64_t)a1 + (uint64_t)1))) ? ((int64_t)((uint64_t)((int64_t)((uint64_t)a0 - (uint64_t)a1)) + (uint64_t)3)) : 0;
        y[i0 * 4 + i2] = (a0 < a1) ? a0 : t0;
    }
}

/* l14_copy_naive: Copy
 *   past_k
 *   past_v
 *   x  float 2x1x3x16
 *   y  float 2x1x3x16 strided
 */
rt_layer void l14_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
        memcpy(y + i0 * 64, x + i0 * 48, 192);
}

/* l15_copy_naive: Copy
 *   step
 *   step/Transpose
 *   x  float 2x1x1x16
 *   y  float 2x1x1x16 strided
 */
rt_layer void l15_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
        memcpy(y + i0 * 64, x + i0 * 16, 64);
}

/* l16_gather_naive: GatherElements
 *   step
 *   step
 *   x  float 2x1x4x16
 *   index  int64 2x1x4x16 strided
 *   y  float 2x1x4x16
 */
rt_layer void l16_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i2 = 0; i2 < 4; i2++)
    for (int i3 = 0; i3 < 16; i3++) {
        int64_t at = index[i0 * 4 + i2];
        at += at < 0 ? 4 : 0;
        at = at < 0 ? 0 : at < 4 ? at : 3;
        y[i0 * 64 + i2 * 16 + i3] = x[i0 * 64 + at * 16 + i3];
    }
}

/* l17_map_naive: Map
 *   step
 *   step
 *   x0  int64 4x1
 *   x1  int64 2x1x1x1
 *   x2  float 2x1x4x16
 *   y  float 2x1x4x16
 *   computes sel((a < (b + 1)), c, 0)
 */
rt_layer void l17_map_naive(const int64_t *x0, const int64_t *x1, const float *x2, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i2 = 0; i2 < 4; i2++)
    for (int i3 = 0; i3 < 16; i3++)
    {
        const int64_t a0 = x0[i2];
        const int64_t a1 = x1[i0];
        const float a2 = x2[i0 * 64 + i2 * 16 + i3];
        y[i0 * 64 + i2 * 16 + i3] = (a0 < ((int64_t)((uint64_t)a1 + (uint64_t)1))) ? a2 : 0.0f;
    }
}

/* l18_map_naive: Map
 *   step
 *   x0  int64 4
 *   x1  int64 2x1x1x1
 *   y  bool 2x1x1x4
 *   computes and(le(a, b), (a > (b - 2)))
 */
rt_layer void l18_map_naive(const int64_t *x0, const int64_t *x1, uint8_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i3 = 0; i3 < 4; i3++)
    {
        const int64_t a0 = x0[i3];
        const int64_t a1 = x1[i0];
        y[i0 * 4 + i3] = (a0 <= a1) && (a0 > ((int64_t)((uint64_t)a1 - (uint64_t)2)));
    }
}

/* l19_map_vec: Attention
 *   step
 *   x0  float 2x2x1x16
 *   y  float 2x2x1x16
 *   computes (a * 0.25)
 *   tile 1 x 1 vectors
 */
rt_layer void l19_map_vec(const float *x0, float *y)
{
    {
        for (int i0 = 0; i0 < 64; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            vf_store(y + i0, vf_mul(a0, vf_splat(0.25f)));
        }
    }
}

/* l20_gemm_vec: MatMul
 *   step
 *   x  float 2x1x2x16
 *   w  float 2x1x16x4 strided
 *   y  float 2x1x2x4
 *   panel  [k][8]
 *   256 MACs
 *   tile 2 x 1 vectors
 */
rt_layer void l20_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y, float *restrict panel)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        {
            const float *wp = panel;
            for (int k = 0; k < 16; k++) {
                vf_store(panel + k * 8, vf_loadsn(w + i0 * 64 + k, 16, 4));
            }
            {
                const float *xk = x + i0 * 32, *wk = wp;
                float *yp = y + i0 * 8;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                for (int k = 0; k < 16; k++, xk += 1, wk += 8) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[16]); a1_0 = vf_fma(s, w0, a1_0);
                }
                vf_storen(yp, a0_0, 4);
                vf_storen(yp + 4, a1_0, 4);
            }
        }
    }
}

/* l21_map_vec: Attention
 *   step
 *   x0  float 2x2x1x4
 *   x1  bool 2x1x1x4
 *   y  float 2x2x1x4
 *   computes sel(b, a, -inf)
 *   tile 1 x 1 vectors
 */
rt_layer void l21_map_vec(const float *x0, const uint8_t *x1, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 2; i1++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 8 + i1 * 4, 4);
        const vm a1 = vm_loadn_u8(x1 + i0 * 4, 4);
        vf_storen(y + i0 * 8 + i1 * 4, vf_sel(a1, a0, vf_splat(-INFINITY)), 4);
    }
}

/* l22_softmax_vec: Softmax
 *   step
 *   x  float 2x2x1x4
 *   y  float 2x2x1x4
 */
rt_layer void l22_softmax_vec(const float *x, float *y)
{
    const float *p = x;
    float *q = y;
    float e[16];
    for (int r = 0; r < 4; r++) {
        float most = p[r * 4];
        for (int k = 1; k < 4; k++) most = p[r * 4 + k] > most ? p[r * 4 + k] : most;
        for (int k = 0; k < 4; k++) e[r * 4 + k] = p[r * 4 + k] - most;
    }
    for (int k = 0; k < 16; k += 8) vf_store(e + k, vf_exp(vf_load(e + k)));
    for (int r = 0; r < 4; r++) {
        float sum = 0.0f;
        for (int k = 0; k < 4; k++) sum += e[r * 4 + k];
        const float by = 1.0f / sum;
        for (int k = 0; k < 4; k++) q[r * 4 + k] = e[r * 4 + k] * by;
    }
}

/* l23_reduce_naive: ReduceMax
 *   step
 *   x  float 2x2x1x4
 *   y  float 2x2x1x1
 */
rt_layer void l23_reduce_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 2; i1++) {
        float acc = -INFINITY;
        for (int k3 = 0; k3 < 4; k3++) {
            const float v = x[i0 * 8 + i1 * 4 + k3];
            acc = v > acc ? v : acc;
        }
        y[i0 * 2 + i1] = acc;
    }
}

/* l24_map_vec: Attention
 *   step
 *   x0  float 2x2x1x4
 *   x1  float 2x2x1x1
 *   y  float 2x2x1x4
 *   computes sel((b == -inf), 0, a)
 *   tile 1 x 1 vectors
 */
rt_layer void l24_map_vec(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 4, 4);
        const vf a1 = vf_splat(x1[i0]);
        vf_storen(y + i0 * 4, vf_sel(vf_eq(a1, vf_splat(-INFINITY)), vf_splat(0.0f), a0), 4);
    }
}

/* l25_gemm_vec: MatMul
 *   step
 *   x  float 2x1x2x4
 *   w  float 2x1x4x16
 *   y  float 2x1x2x16
 *   256 MACs
 *   tile 2 x 2 vectors
 */
rt_layer void l25_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        {
            const float *wp = w + i0 * 64;
            {
                const float *xk = x + i0 * 8, *wk = wp;
                float *yp = y + i0 * 32;
                vf a0_0 = vf_splat(0.0f), a0_1 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f), a1_1 = vf_splat(0.0f);
                for (int k = 0; k < 4; k++, xk += 1, wk += 16) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk), w1 = vf_load(wk + 8);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1);
                    s = vf_splat(xk[4]); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                }
                vf_store(yp, a0_0);
                vf_store(yp + 8, a0_1);
                vf_store(yp + 16, a1_0);
                vf_store(yp + 24, a1_1);
            }
        }
    }
}

/* l26_map_naive: Map
 *   prompt
 *   x0  int64 scalar
 *   y  bool scalar
 *   computes (max(a, 0) == 3)
 */
rt_layer void l26_map_naive(const int64_t *x0, uint8_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = (a0 > 0 ? a0 : 0) == 3;
    }
}

/* l27_map_vec: RotaryEmbedding
 *   prompt
 *   x0  float 1x3x2x8 strided
 *   x1  float 1x3x2x8 strided
 *   x2  float 1x3x1x8
 *   x3  float 1x3x1x8
 *   y  float 1x3x2x8
 *   computes ((a * c) - (b * d))
 *   tile 1 x 1 vectors
 */
rt_layer void l27_map_vec(const float *x0, const float *x1, const float *x2, const float *x3, float *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    for (int i1 = 0; i1 < 2; i1++)
    {
        for (int i2 = 0; i2 < 8; i2 += 8) {
            const vf a0 = vf_loads(x0 + i0 * 64 + i1 * 16 + i2 * 2, 2);
            const vf a1 = vf_loads(x1 + i0 * 64 + i1 * 16 + i2 * 2, 2);
            const vf a2 = vf_load(x2 + i0 * 8 + i2);
            const vf a3 = vf_load(x3 + i0 * 8 + i2);
            vf_store(y + i0 * 16 + i1 * 8 + i2, vf_sub(vf_mul(a0, a2), vf_mul(a1, a3)));
        }
    }
}

/* l28_map_vec: RotaryEmbedding
 *   prompt
 *   x0  float 1x3x2x8 strided
 *   x1  float 1x3x2x8 strided
 *   x2  float 1x3x1x8
 *   x3  float 1x3x1x8
 *   y  float 1x3x2x8
 *   computes ((a * d) + (b * c))
 *   tile 1 x 1 vectors
 */
rt_layer void l28_map_vec(const float *x0, const float *x1, const float *x2, const float *x3, float *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    for (int i1 = 0; i1 < 2; i1++)
    {
        for (int i2 = 0; i2 < 8; i2 += 8) {
            const vf a0 = vf_loads(x0 + i0 * 64 + i1 * 16 + i2 * 2, 2);
            const vf a1 = vf_loads(x1 + i0 * 64 + i1 * 16 + i2 * 2, 2);
            const vf a2 = vf_load(x2 + i0 * 8 + i2);
            const vf a3 = vf_load(x3 + i0 * 8 + i2);
            vf_store(y + i0 * 16 + i1 * 8 + i2, vf_add(vf_mul(a0, a3), vf_mul(a1, a2)));
        }
    }
}

/* l29_copy_naive: Copy
 *   prompt
 *   prompt
 *   x  float 1x3x2x8x1
 *   y  float 1x3x2x8x1 strided
 */
rt_layer void l29_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 48; i0++)
        y[i0 * 2] = x[i0];
}

/* l30_map_vec: RotaryEmbedding
 *   prompt
 *   x0  float 1x3x1x8 strided
 *   x1  float 1x3x1x8 strided
 *   x2  float 1x3x1x8
 *   x3  float 1x3x1x8
 *   y  float 1x3x1x8
 *   computes ((a * c) - (b * d))
 *   tile 1 x 1 vectors
 */
rt_layer void l30_map_vec(const float *x0, const float *x1, const float *x2, const float *x3, float *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    {
        for (int i1 = 0; i1 < 8; i1 += 8) {
            const vf a0 = vf_loads(x0 + i0 * 64 + i1 * 2, 2);
            const vf a1 = vf_loads(x1 + i0 * 64 + i1 * 2, 2);
            const vf a2 = vf_load(x2 + i0 * 8 + i1);
            const vf a3 = vf_load(x3 + i0 * 8 + i1);
            vf_store(y + i0 * 8 + i1, vf_sub(vf_mul(a0, a2), vf_mul(a1, a3)));
        }
    }
}

/* l31_map_vec: RotaryEmbedding
 *   prompt
 *   x0  float 1x3x1x8 strided
 *   x1  float 1x3x1x8 strided
 *   x2  float 1x3x1x8
 *   x3  float 1x3x1x8
 *   y  float 1x3x1x8
 *   computes ((a * d) + (b * c))
 *   tile 1 x 1 vectors
 */
rt_layer void l31_map_vec(const float *x0, const float *x1, const float *x2, const float *x3, float *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    {
        for (int i1 = 0; i1 < 8; i1 += 8) {
            const vf a0 = vf_loads(x0 + i0 * 64 + i1 * 2, 2);
            const vf a1 = vf_loads(x1 + i0 * 64 + i1 * 2, 2);
            const vf a2 = vf_load(x2 + i0 * 8 + i1);
            const vf a3 = vf_load(x3 + i0 * 8 + i1);
            vf_store(y + i0 * 8 + i1, vf_add(vf_mul(a0, a3), vf_mul(a1, a2)));
        }
    }
}

/* l32_copy_naive: Copy
 *   prompt
 *   prompt
 *   x  float 1x3x1x8x1
 *   y  float 1x3x1x8x1 strided
 */
rt_layer void l32_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 24; i0++)
        y[i0 * 2] = x[i0];
}

/* l33_map_vec: Attention
 *   prompt
 *   x0  float 1x2x3x16 strided
 *   y  float 1x2x3x16
 *   computes (a * 0.5)
 *   tile 1 x 1 vectors
 */
rt_layer void l33_map_vec(const float *x0, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 3; i1++)
    {
        for (int i2 = 0; i2 < 16; i2 += 8) {
            const vf a0 = vf_load(x0 + i0 * 16 + i1 * 32 + i2);
            vf_store(y + i0 * 48 + i1 * 16 + i2, vf_mul(a0, vf_splat(0.5f)));
        }
    }
}

/* l34_gemm_vec: MatMul
 *   prompt
 *   x  float 1x1x6x16
 *   w  float 1x1x16x3 strided
 *   y  float 1x1x6x3
 *   panel  [k][8]
 *   288 MACs
 *   tile 6 x 1 vectors
 */
rt_layer void l34_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y, float *restrict panel)
{
    {
        {
            const float *wp = panel;
            for (int k = 0; k < 16; k++) {
                vf_store(panel + k * 8, vf_loadsn(w + k, 16, 3));
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
                for (int k = 0; k < 16; k++, xk += 1, wk += 8) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[16]); a1_0 = vf_fma(s, w0, a1_0);
                    s = vf_splat(xk[32]); a2_0 = vf_fma(s, w0, a2_0);
                    s = vf_splat(xk[48]); a3_0 = vf_fma(s, w0, a3_0);
                    s = vf_splat(xk[64]); a4_0 = vf_fma(s, w0, a4_0);
                    s = vf_splat(xk[80]); a5_0 = vf_fma(s, w0, a5_0);
                }
                vf_storen(yp, a0_0, 3);
                vf_storen(yp + 3, a1_0, 3);
                vf_storen(yp + 6, a2_0, 3);
                vf_storen(yp + 9, a3_0, 3);
                vf_storen(yp + 12, a4_0, 3);
                vf_storen(yp + 15, a5_0, 3);
            }
        }
    }
}

/* l35_map_vec: Attention
 *   prompt
 *   x0  float 1x2x3x3
 *   x1  bool 1x1x3x3
 *   y  float 1x2x3x3
 *   computes sel(b, (2 * tanh((a / 2))), -inf)
 *   tile 1 x 1 vectors
 */
rt_layer void l35_map_vec(const float *x0, const uint8_t *x1, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        for (int i1 = 0; i1 < 8; i1 += 8) {
            const vf a0 = vf_load(x0 + i0 * 9 + i1);
            const vm a1 = vm_load_u8(x1 + i1);
            const vf t0 = vf_sel(a1, vf_mul(vf_splat(2.0f), vf_tanh(vf_div(a0, vf_splat(2.0f)))), vf_splat(-INFINITY));
            vf_store(y + i0 * 9 + i1, t0);
        }
        const vf a0 = vf_loadn(x0 + i0 * 9 + 8, 1);
        const vm a1 = vm_loadn_u8(x1 + 8, 1);
        const vf t1 = vf_sel(a1, vf_mul(vf_splat(2.0f), vf_tanh(vf_div(a0, vf_splat(2.0f)))), vf_splat(-INFINITY));
        vf_storen(y + i0 * 9 + 8, t1, 1);
    }
}

/* l36_softmax_vec: Softmax
 *   prompt
 *   x  float 1x2x3x3
 *   y  float 1x2x3x3
 */
rt_layer void l36_softmax_vec(const float *x, float *y)
{
    const float *p = x;
    float *q = y;
    float e[24];
    for (int r = 0; r < 6; r++) {
        float most = p[r * 3];
        for (int k = 1; k < 3; k++) most = p[r * 3 + k] > most ? p[r * 3 + k] : most;
        for (int k = 0; k < 3; k++) e[r * 3 + k] = p[r * 3 + k] - most;
    }
    for (int k = 18; k < 24; k++) e[k] = 0.0f;
    for (int k = 0; k < 24; k += 8) vf_store(e + k, vf_exp(vf_load(e + k)));
    for (int r = 0; r < 6; r++) {
        float sum = 0.0f;
        for (int k = 0; k < 3; k++) sum += e[r * 3 + k];
        const float by = 1.0f / sum;
        for (int k = 0; k < 3; k++) q[r * 3 + k] = e[r * 3 + k] * by;
    }
}

/* l37_reduce_naive: ReduceMax
 *   prompt
 *   x  float 1x2x3x3
 *   y  float 1x2x3x1
 */
rt_layer void l37_reduce_naive(const float *restrict x, float *restrict y)
{
    for (int i1 = 0; i1 < 2; i1++)
    for (int i2 = 0; i2 < 3; i2++) {
        float acc = -INFINITY;
        for (int k3 = 0; k3 < 3; k3++) {
            const float v = x[i1 * 9 + i2 * 3 + k3];
            acc = v > acc ? v : acc;
        }
        y[i1 * 3 + i2] = acc;
    }
}

/* l38_map_vec: Attention
 *   prompt
 *   x0  float 1x2x3x3
 *   x1  float 1x2x3x1
 *   y  float 1x2x3x3
 *   computes sel((b == -inf), 0, a)
 *   tile 1 x 1 vectors
 */
rt_layer void l38_map_vec(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 6; i0++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 3, 3);
        const vf a1 = vf_splat(x1[i0]);
        vf_storen(y + i0 * 3, vf_sel(vf_eq(a1, vf_splat(-INFINITY)), vf_splat(0.0f), a0), 3);
    }
}

/* l39_gemm_vec: MatMul
 *   prompt
 *   x  float 1x1x6x3
 *   w  float 1x1x3x16 strided
 *   y  float 1x1x6x16
 *   288 MACs
 *   tile 6 x 2 vectors
 */
rt_layer void l39_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y)
{
    {
        {
            const float *wp = w;
            {
                const float *xk = x, *wk = wp;
                float *yp = y;
                vf a0_0 = vf_splat(0.0f), a0_1 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f), a1_1 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f), a2_1 = vf_splat(0.0f);
                vf a3_0 = vf_splat(0.0f), a3_1 = vf_splat(0.0f);
                vf a4_0 = vf_splat(0.0f), a4_1 = vf_splat(0.0f);
                vf a5_0 = vf_splat(0.0f), a5_1 = vf_splat(0.0f);
                for (int k = 0; k < 3; k++, xk += 1, wk += 64) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk), w1 = vf_load(wk + 8);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1);
                    s = vf_splat(xk[3]); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                    s = vf_splat(xk[6]); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                    s = vf_splat(xk[9]); a3_0 = vf_fma(s, w0, a3_0); a3_1 = vf_fma(s, w1, a3_1);
                    s = vf_splat(xk[12]); a4_0 = vf_fma(s, w0, a4_0); a4_1 = vf_fma(s, w1, a4_1);
                    s = vf_splat(xk[15]); a5_0 = vf_fma(s, w0, a5_0); a5_1 = vf_fma(s, w1, a5_1);
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

/* l40_copy_naive: Copy
 *   prompt
 *   x  float 1x3x2x16 strided
 *   y  float 1x3x2x16
 */
rt_layer void l40_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++)
    for (int i1 = 0; i1 < 2; i1++)
        memcpy(y + i0 * 32 + i1 * 16, x + i0 * 16 + i1 * 48, 64);
}

/* l41_map_vec: Map
 *   padded
 *   x0  int32 2x2x1x1x1
 *   y  float 2x2x1x1x1
 *   computes float(a)
 *   tile 1 x 1 vectors
 */
rt_layer void l41_map_vec(const int32_t *x0, float *y)
{
    {
        const vf a0 = vf_loadn_i32(x0, 4);
        vf_storen(y, a0, 4);
    }
}

/* l42_map_naive: Map
 *   padded
 *   x0  float 2x1x1x1
 *   x1  float 3
 *   x2  float 2x1x1x1
 *   y  float 2x1x1x3
 *   computes float(sel(and((b < a), ge(b, c)), 0, -10000))
 */
rt_layer void l42_map_naive(const float *x0, const float *x1, const float *x2, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i3 = 0; i3 < 3; i3++)
    {
        const float a0 = x0[i0];
        const float a1 = x1[i3];
        const float a2 = x2[i0];
        y[i0 * 3 + i3] = (float)(((a1 < a0) && (a1 >= a2)) ? 0 : (-10000));
    }
}

/* l43_gemm_vec: MatMul+Add
 *   padded
 *   x  float 2x3x4
 *   w  [n/16][k][16]
 *   y  float 2x3x12
 *   r0  float 12
 *   computes (y + e)
 *   288 MACs
 *   tile 6 x 2 vectors
 */
rt_layer void l43_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y, const float *restrict r0)
{
    {
        {
            const float *wp = w;
            {
                const float *xk = x, *wk = wp;
                float *yp = y;
                vf a0_0 = vf_splat(0.0f), a0_1 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f), a1_1 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f), a2_1 = vf_splat(0.0f);
                vf a3_0 = vf_splat(0.0f), a3_1 = vf_splat(0.0f);
                vf a4_0 = vf_splat(0.0f), a4_1 = vf_splat(0.0f);
                vf a5_0 = vf_splat(0.0f), a5_1 = vf_splat(0.0f);
                for (int k = 0; k < 4; k++, xk += 1, wk += 16) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk), w1 = vf_load(wk + 8);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1);
                    s = vf_splat(xk[4]); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                    s = vf_splat(xk[8]); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                    s = vf_splat(xk[12]); a3_0 = vf_fma(s, w0, a3_0); a3_1 = vf_fma(s, w1, a3_1);
                    s = vf_splat(xk[16]); a4_0 = vf_fma(s, w0, a4_0); a4_1 = vf_fma(s, w1, a4_1);
                    s = vf_splat(xk[20]); a5_0 = vf_fma(s, w0, a5_0); a5_1 = vf_fma(s, w1, a5_1);
                }
                vf_store(yp, vf_add(a0_0, vf_load(r0)));
                vf_storen(yp + 8, vf_add(a0_1, vf_loadn(r0 + 8, 4)), 4);
                vf_store(yp + 12, vf_add(a1_0, vf_load(r0)));
                vf_storen(yp + 20, vf_add(a1_1, vf_loadn(r0 + 8, 4)), 4);
                vf_store(yp + 24, vf_add(a2_0, vf_load(r0)));
                vf_storen(yp + 32, vf_add(a2_1, vf_loadn(r0 + 8, 4)), 4);
                vf_store(yp + 36, vf_add(a3_0, vf_load(r0)));
                vf_storen(yp + 44, vf_add(a3_1, vf_loadn(r0 + 8, 4)), 4);
                vf_store(yp + 48, vf_add(a4_0, vf_load(r0)));
                vf_storen(yp + 56, vf_add(a4_1, vf_loadn(r0 + 8, 4)), 4);
                vf_store(yp + 60, vf_add(a5_0, vf_load(r0)));
                vf_storen(yp + 68, vf_add(a5_1, vf_loadn(r0 + 8, 4)), 4);
            }
        }
    }
}

/* l44_map_naive: Attention
 *   padded
 *   x0  float 2x2x3x2 strided
 *   y  float 2x2x3x2
 *   computes (a * 0.707106781)
 */
rt_layer void l44_map_naive(const float *x0, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 2; i1++)
    for (int i2 = 0; i2 < 3; i2++)
    for (int i3 = 0; i3 < 2; i3++)
    {
        const float a0 = x0[i0 * 36 + i1 * 2 + i2 * 12 + i3];
        y[i0 * 12 + i1 * 6 + i2 * 2 + i3] = a0 * 0.70710677f;
    }
}

/* l45_gemm_vec: MatMul
 *   padded
 *   x  float 2x2x3x2
 *   w  float 2x2x2x3 strided
 *   y  float 2x2x3x3
 *   panel  [k][8]
 *   72 MACs
 *   tile 3 x 1 vectors
 */
rt_layer void l45_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y, float *restrict panel)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 2; i1++)
    {
        {
            const float *wp = panel;
            for (int k = 0; k < 2; k++) {
                vf_store(panel + k * 8, vf_loadsn(w + i0 * 36 + i1 * 2 + k, 12, 3));
            }
            {
                const float *xk = x + i0 * 12 + i1 * 6, *wk = wp;
                float *yp = y + i0 * 18 + i1 * 9;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f);
                for (int k = 0; k < 2; k++, xk += 1, wk += 8) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[2]); a1_0 = vf_fma(s, w0, a1_0);
                    s = vf_splat(xk[4]); a2_0 = vf_fma(s, w0, a2_0);
                }
                vf_storen(yp, a0_0, 3);
                vf_storen(yp + 3, a1_0, 3);
                vf_storen(yp + 6, a2_0, 3);
            }
        }
    }
}

/* l46_map_vec: Attention
 *   padded
 *   x0  float 2x2x3x3
 *   x1  float 2x1x1x3
 *   y  float 2x2x3x3
 *   computes sel((b == -inf), b, (a + b))
 *   tile 1 x 1 vectors
 */
rt_layer void l46_map_vec(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 6; i1++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 18 + i1 * 3, 3);
        const vf a1 = vf_loadn(x1 + i0 * 3, 3);
        vf_storen(y + i0 * 18 + i1 * 3, vf_sel(vf_eq(a1, vf_splat(-INFINITY)), a1, vf_add(a0, a1)), 3);
    }
}

/* l47_softmax_vec: Softmax
 *   padded
 *   x  float 2x2x3x3
 *   y  float 2x2x3x3
 */
rt_layer void l47_softmax_vec(const float *x, float *y)
{
    for (int i = 0; i < 1; i++) {
        const float *p = x + i * 24;
        float *q = y + i * 24;
        float e[24];
        for (int r = 0; r < 8; r++) {
            float most = p[r * 3];
            for (int k = 1; k < 3; k++) most = p[r * 3 + k] > most ? p[r * 3 + k] : most;
            for (int k = 0; k < 3; k++) e[r * 3 + k] = p[r * 3 + k] - most;
        }
        for (int k = 0; k < 24; k += 8) vf_store(e + k, vf_exp(vf_load(e + k)));
        for (int r = 0; r < 8; r++) {
            float sum = 0.0f;
            for (int k = 0; k < 3; k++) sum += e[r * 3 + k];
            const float by = 1.0f / sum;
            for (int k = 0; k < 3; k++) q[r * 3 + k] = e[r * 3 + k] * by;
        }
    }
    const float *p = x + 24;
    float *q = y + 24;
    float e[16];
    for (int r = 0; r < 4; r++) {
        float most = p[r * 3];
        for (int k = 1; k < 3; k++) most = p[r * 3 + k] > most ? p[r * 3 + k] : most;
        for (int k = 0; k < 3; k++) e[r * 3 + k] = p[r * 3 + k] - most;
    }
    for (int k = 12; k < 16; k++) e[k] = 0.0f;
    for (int k = 0; k < 16; k += 8) vf_store(e + k, vf_exp(vf_load(e + k)));
    for (int r = 0; r < 4; r++) {
        float sum = 0.0f;
        for (int k = 0; k < 3; k++) sum += e[r * 3 + k];
        const float by = 1.0f / sum;
        for (int k = 0; k < 3; k++) q[r * 3 + k] = e[r * 3 + k] * by;
    }
}

/* l48_reduce_naive: ReduceMax
 *   padded
 *   x  float 2x2x3x3
 *   y  float 2x2x3x1
 */
rt_layer void l48_reduce_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 2; i1++)
    for (int i2 = 0; i2 < 3; i2++) {
        float acc = -INFINITY;
        for (int k3 = 0; k3 < 3; k3++) {
            const float v = x[i0 * 18 + i1 * 9 + i2 * 3 + k3];
            acc = v > acc ? v : acc;
        }
        y[i0 * 6 + i1 * 3 + i2] = acc;
    }
}

/* l49_map_vec: Attention
 *   padded
 *   x0  float 2x2x3x3
 *   x1  float 2x2x3x1
 *   y  float 2x2x3x3
 *   computes sel((b == -inf), 0, a)
 *   tile 8 x 1 vectors
 */
rt_layer void l49_map_vec(const float *x0, const float *x1, float *y)
{
    {
        for (int i0 = 0; i0 < 12; i0 += 12) {
            float p1[36];
            for (int r = 0; r < 12; r++) {
                p1[r * 3] = x1[(i0 + r)];
                p1[r * 3 + 1] = x1[(i0 + r)];
                p1[r * 3 + 2] = x1[(i0 + r)];
            }
            for (int e = 0; e < 32; e += 8) {
                const vf a0 = vf_load(x0 + i0 * 3 + e);
                const vf a1 = vf_load(p1 + e);
                vf_store(y + i0 * 3 + e, vf_sel(vf_eq(a1, vf_splat(-INFINITY)), vf_splat(0.0f), a0));
            }
            {
                const vf a0 = vf_loadn(x0 + i0 * 3 + 32, 4);
                const vf a1 = vf_loadn(p1 + 32, 4);
                vf_storen(y + i0 * 3 + 32, vf_sel(vf_eq(a1, vf_splat(-INFINITY)), vf_splat(0.0f), a0), 4);
            }
        }
    }
}

/* l50_gemm_vec: MatMul
 *   padded
 *   x  float 2x2x3x3
 *   w  float 2x2x3x2 strided
 *   y  float 2x2x3x2
 *   72 MACs
 *   tile 3 x 1 vectors
 */
rt_layer void l50_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 2; i1++)
    {
        {
            const float *wp = w + i0 * 36 + i1 * 2;
            {
                const float *xk = x + i0 * 18 + i1 * 9, *wk = wp;
                float *yp = y + i0 * 12 + i1 * 6;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f);
                for (int k = 0; k < 3; k++, xk += 1, wk += 12) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_loadn(wk, 2);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[3]); a1_0 = vf_fma(s, w0, a1_0);
                    s = vf_splat(xk[6]); a2_0 = vf_fma(s, w0, a2_0);
                }
                vf_storen(yp, a0_0, 2);
                vf_storen(yp + 2, a1_0, 2);
                vf_storen(yp + 4, a2_0, 2);
            }
        }
    }
}

/* l51_copy_naive: Copy
 *   padded
 *   x  float 2x3x2x2 strided
 *   y  float 2x3x2x2
 */
rt_layer void l51_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 3; i1++)
    for (int i2 = 0; i2 < 2; i2++)
        memcpy(y + i0 * 12 + i1 * 4 + i2 * 2, x + i0 * 12 + i1 * 2 + i2 * 6, 8);
}

/* l52_copy_naive: Copy
 *   first_v
 *   x  float 1x1x3x16 strided
 *   y  float 1x1x3x16
 */
rt_layer void l52_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++)
        memcpy(y + i0 * 16, x + i0 * 64, 64);
}

static const int64_t group_query_const1[4] = {0, 1, 2, 3};
static const int64_t group_query_const2[4] = {0, 1, 2, 3};
static const uint8_t group_query_const3[9] = {1, 0, 0, 1, 1, 0, 1, 1, 1};
static const float group_query_const4[3] = {0.0f, 1.0f, 2.0f};
static const float group_query_const5[12] = {0.28f, -0.58f, -0.21f, -0.04f, 0.76f, 1.66f, 0.13f, 0.25f, 0.5f, -0.68f, 0.38f, -0.62f};
int group_query_run(const float q[64], const float k[32], const float v[32], const float past_k[96], const float past_v[96], const int32_t last[2], const int32_t total[1], const float qkv[192], const int32_t end[1], const int32_t three[1], const float x[24], const int32_t ends[4], float y[64], float present_k[128], float present_v[128], float z[96], float first_k[48], float first_v[48], float p[24], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = group_query_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !q || !k || !v || !past_k || !past_v || !last || !total || !qkv || !end || !three || !x || !ends || !y || !present_k || !present_v || !z || !first_k || !first_v || !p)
        return 1;
    l01_map_naive(total, (int64_t *)(m + 16)); /* step */
    l02_map_naive((const int64_t *)(m + 16), (uint8_t *)(m + 0)); /* step */
    if (!*(const uint8_t *)(m + 0))
        return 2; /* step: the total length does not fit the keys */
    l03_map_naive(last, (int64_t *)(m + 0)); /* step */
    l04_map_naive((const int64_t *)(m + 0), (const int64_t *)(m + 16), (int64_t *)(m + 1344)); /* step */
    l05_map_naive((const int64_t *)(m + 1344), (uint8_t *)(m + 0)); /* step */
    l06_reduce_naive((const uint8_t *)(m + 0), (uint8_t *)(m + 2)); /* step */
    if (!*(const uint8_t *)(m + 2))
        return 2; /* step: the lengths do not fit the keys */
    l07_map_naive((const int64_t *)(m + 1344), (int64_t *)(m + 1360)); /* step */
    l08_gather_naive((const float *)(w + 0), (const int64_t *)(m + 1360), (float *)(m + 0)); /* step */
    l08_gather_naive((const float *)(w + 128), (const int64_t *)(m + 1360), (float *)(m + 64)); /* step */
    l09_map_vec(q, q + 8, (const float *)(m + 0), (const float *)(m + 64), (float *)(m + 1024)); /* step */
    l10_map_vec(q, q + 8, (const float *)(m + 0), (const float *)(m + 64), (float *)(m + 1056)); /* step */
    l08_gather_naive((const float *)(w + 0), (const int64_t *)(m + 1360), (float *)(m + 0)); /* step */
    l08_gather_naive((const float *)(w + 128), (const int64_t *)(m + 1360), (float *)(m + 64)); /* step */
    l11_map_vec(k, k + 8, (const float *)(m + 0), (const float *)(m + 64), (float *)(m + 512)); /* step */
    l12_map_vec(k, k + 8, (const float *)(m + 0), (const float *)(m + 64), (float *)(m + 544)); /* step */
    l13_map_naive(group_query_const1, (const int64_t *)(m + 1344), (int64_t *)(m + 1280)); /* step */
    l14_copy_naive(past_k, (float *)(m + 0)); /* past_k */
    l15_copy_naive((const float *)(m + 512), (float *)(m + 192)); /* step */
    l16_gather_naive((const float *)(m + 0), (const int64_t *)(m + 1280), (float *)(m + 512)); /* step */
    l17_map_naive(group_query_const1, (const int64_t *)(m + 1344), (const float *)(m + 512), present_k); /* step */
    l13_map_naive(group_query_const1, (const int64_t *)(m + 1344), (int64_t *)(m + 1280)); /* step */
    l14_copy_naive(past_v, (float *)(m + 0)); /* past_v */
    l15_copy_naive(v, (float *)(m + 192)); /* step/Transpose */
    l16_gather_naive((const float *)(m + 0), (const int64_t *)(m + 1280), (float *)(m + 512)); /* step */
    l17_map_naive(group_query_const1, (const int64_t *)(m + 1344), (const float *)(m + 512), present_v); /* step */
    l18_map_naive(group_query_const2, (const int64_t *)(m + 1360), (uint8_t *)(m + 832)); /* step */
    l19_map_vec((const float *)(m + 1024), (float *)(m + 512)); /* step */
    l20_gemm_vec((const float *)(m + 512), present_k, (float *)(m + 768), (float *)(m + 0)); /* step */
    l21_map_vec((const float *)(m + 768), (const uint8_t *)(m + 832), (float *)(m + 0)); /* step */
    l22_softmax_vec((const float *)(m + 0), (float *)(m + 64)); /* step */
    l23_reduce_naive((const float *)(m + 0), (float *)(m + 128)); /* step */
    l24_map_vec((const float *)(m + 64), (const float *)(m + 128), (float *)(m + 64)); /* step */
    l25_gemm_vec((const float *)(m + 64), present_v, y); /* step */
    l01_map_naive(three, (int64_t *)(m + 0)); /* prompt */
    l26_map_naive((const int64_t *)(m + 0), (uint8_t *)(m + 8)); /* prompt */
    if (!*(const uint8_t *)(m + 8))
        return 2; /* prompt: the total length does not fit the keys */
    l27_map_vec(qkv, qkv + 1, (const float *)(w + 256), (const float *)(w + 384), (float *)(m + 384)); /* prompt */
    l28_map_vec(qkv, qkv + 1, (const float *)(w + 256), (const float *)(w + 384), (float *)(m + 576)); /* prompt */
    l29_copy_naive((const float *)(m + 384), (float *)(m + 0)); /* prompt */
    l29_copy_naive((const float *)(m + 576), (float *)(m + 4)); /* prompt */
    l30_map_vec(qkv + 32, qkv + 33, (const float *)(w + 256), (const float *)(w + 384), (float *)(m + 384)); /* prompt */
    l31_map_vec(qkv + 32, qkv + 33, (const float *)(w + 256), (const float *)(w + 384), (float *)(m + 480)); /* prompt */
    l32_copy_naive((const float *)(m + 384), first_k); /* prompt */
    l32_copy_naive((const float *)(m + 480), first_k + 1); /* prompt */
    l33_map_vec((const float *)(m + 0), (float *)(m + 512)); /* prompt */
    l34_gemm_vec((const float *)(m + 512), first_k, (float *)(m + 896), (float *)(m + 0)); /* prompt */
    l35_map_vec((const float *)(m + 896), group_query_const3, (float *)(m + 0)); /* prompt */
    l36_softmax_vec((const float *)(m + 0), (float *)(m + 384)); /* prompt */
    l37_reduce_naive((const float *)(m + 0), (float *)(m + 72)); /* prompt */
    l38_map_vec((const float *)(m + 384), (const float *)(m + 72), (float *)(m + 384)); /* prompt */
    l39_gemm_vec((const float *)(m + 384), qkv + 48, (float *)(m + 0)); /* prompt */
    l40_copy_naive((const float *)(m + 0), z); /* prompt */
    l41_map_vec(ends, (float *)(m + 0)); /* padded */
    l42_map_naive((const float *)(m + 0), group_query_const4, (const float *)(m + 8), (float *)(m + 592)); /* padded */
    l43_gemm_vec(x, (const float *)(w + 512), (float *)(m + 0), group_query_const5); /* padded */
    l44_map_naive((const float *)(m + 0), (float *)(m + 432)); /* padded */
    l45_gemm_vec((const float *)(m + 432), (const float *)(m + 16), (float *)(m + 288), (float *)(m + 528)); /* padded */
    l46_map_vec((const float *)(m + 288), (const float *)(m + 592), (float *)(m + 432)); /* padded */
    l47_softmax_vec((const float *)(m + 432), (float *)(m + 288)); /* padded */
    l48_reduce_naive((const float *)(m + 432), (float *)(m + 576)); /* padded */
    l49_map_vec((const float *)(m + 288), (const float *)(m + 576), (float *)(m + 288)); /* padded */
    l50_gemm_vec((const float *)(m + 288), (const float *)(m + 32), (float *)(m + 432)); /* padded */
    l51_copy_naive((const float *)(m + 432), p); /* padded */
    l52_copy_naive(qkv + 48, first_v); /* first_v */
    return 0;
}
