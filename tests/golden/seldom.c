/* l01_map_vec: Map
 *   scaler
 *   x0  float 1x2x2x3
 *   x1  float 2x1x1
 *   y  float 1x2x2x3
 *   computes ((a * 0.5) + b)
 *   tile 1 x 1 vectors
 */
rt_layer void l01_map_vec(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 6, 6);
        const vf a1 = vf_splat(x1[i0]);
        vf_storen(y + i0 * 6, vf_add(vf_mul(a0, vf_splat(0.5f)), a1), 6);
    }
}

/* l02_map_vec: BatchNormalization
 *   norm
 *   x0  float 6x1
 *   y  float 6x1
 *   computes ((a * 0.35355249) + 0.28535524)
 *   tile 1 x 1 vectors
 */
rt_layer void l02_map_vec(const float *x0, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 6);
        vf_storen(y, vf_add(vf_mul(a0, vf_splat(0.3535525f)), vf_splat(0.28535524f)), 6);
    }
}

/* l03_map_vec: Attention
 *   attend
 *   x0  float 1x1x2x4
 *   y  float 1x1x2x4
 *   computes (a * 0.5)
 *   tile 1 x 1 vectors
 */
rt_layer void l03_map_vec(const float *x0, float *y)
{
    {
        for (int i0 = 0; i0 < 8; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            vf_store(y + i0, vf_mul(a0, vf_splat(0.5f)));
        }
    }
}

/* l04_gemm_vec: MatMul
 *   attend
 *   x  float 1x1x2x4
 *   w  float 1x1x4x3 strided
 *   y  float 1x1x2x3
 *   panel  [k][8]
 *   24 MACs
 *   tile 2 x 1 vectors
 */
rt_layer void l04_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y, float *restrict panel)
{
    {
        {
            const float *wp = panel;
            for (int k = 0; k < 4; k++) {
                vf_store(panel + k * 8, vf_loadsn(w + k, 4, 3));
            }
            {
                const float *xk = x, *wk = wp;
                float *yp = y;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                for (int k = 0; k < 4; k++, xk += 1, wk += 8) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[4]); a1_0 = vf_fma(s, w0, a1_0);
                }
                vf_storen(yp, a0_0, 3);
                vf_storen(yp + 3, a1_0, 3);
            }
        }
    }
}

/* l05_map_vec: Attention
 *   attend
 *   x0  int32 2x3
 *   x1  float 1x1x2x3
 *   y  float 1x1x2x3
 *   computes sel((float(a) == -inf), float(a), (b + float(a)))
 *   tile 1 x 1 vectors
 */
rt_layer void l05_map_vec(const int32_t *x0, const float *x1, float *y)
{
    {
        const vf a0 = vf_loadn_i32(x0, 6);
        const vf a1 = vf_loadn(x1, 6);
        const vf t0 = a0;
        vf_storen(y, vf_sel(vf_eq(t0, vf_splat(-INFINITY)), t0, vf_add(a1, t0)), 6);
    }
}

/* l06_softmax_vec: Softmax
 *   attend
 *   x  float 1x1x2x3
 *   y  float 1x1x2x3
 */
rt_layer void l06_softmax_vec(const float *x, float *y)
{
    const float *p = x;
    float *q = y;
    float e[8];
    for (int r = 0; r < 2; r++) {
        float most = p[r * 3];
        for (int k = 1; k < 3; k++) most = p[r * 3 + k] > most ? p[r * 3 + k] : most;
        for (int k = 0; k < 3; k++) e[r * 3 + k] = p[r * 3 + k] - most;
    }
    for (int k = 6; k < 8; k++) e[k] = 0.0f;
    for (int k = 0; k < 8; k += 8) vf_store(e + k, vf_exp(vf_load(e + k)));
    for (int r = 0; r < 2; r++) {
        float sum = 0.0f;
        for (int k = 0; k < 3; k++) sum += e[r * 3 + k];
        const float by = 1.0f / sum;
        for (int k = 0; k < 3; k++) q[r * 3 + k] = e[r * 3 + k] * by;
    }
}

/* l07_reduce_naive: ReduceMax
 *   attend
 *   x  float 1x1x2x3
 *   y  float 1x1x2x1
 */
rt_layer void l07_reduce_naive(const float *restrict x, float *restrict y)
{
    for (int i2 = 0; i2 < 2; i2++) {
        float acc = -INFINITY;
        for (int k3 = 0; k3 < 3; k3++) {
            const float v = x[i2 * 3 + k3];
            acc = v > acc ? v : acc;
        }
        y[i2] = acc;
    }
}

/* l08_map_vec: Attention
 *   attend
 *   x0  float 1x1x2x3
 *   x1  float 1x1x2x1
 *   y  float 1x1x2x3
 *   computes sel((b == -inf), 0, a)
 *   tile 1 x 1 vectors
 */
rt_layer void l08_map_vec(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 3, 3);
        const vf a1 = vf_splat(x1[i0]);
        vf_storen(y + i0 * 3, vf_sel(vf_eq(a1, vf_splat(-INFINITY)), vf_splat(0.0f), a0), 3);
    }
}

/* l09_gemm_vec: MatMul
 *   attend
 *   x  float 1x1x2x3
 *   w  float 1x1x3x2
 *   y  float 1x1x2x2
 *   12 MACs
 *   tile 2 x 1 vectors
 */
rt_layer void l09_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y)
{
    {
        {
            const float *wp = w;
            {
                const float *xk = x, *wk = wp;
                float *yp = y;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                for (int k = 0; k < 3; k++, xk += 1, wk += 2) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_loadn(wk, 2);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[3]); a1_0 = vf_fma(s, w0, a1_0);
                }
                vf_storen(yp, a0_0, 2);
                vf_storen(yp + 2, a1_0, 2);
            }
        }
    }
}

/* l10_map_naive: BitShift
 *   up
 *   x0  int32 3
 *   x1  int32 3
 *   y  int32 3
 *   computes shl(a, b)
 */
rt_layer void l10_map_naive(const int32_t *x0, const int32_t *x1, int32_t *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    {
        const int32_t a0 = x0[i0];
        const int32_t a1 = x1[i0];
        y[i0] = (uint64_t)a1 < 8 * sizeof(int32_t) ? (int32_t)((uint32_t)a0 << a1) : 0;
    }
}

/* l11_map_naive: BitShift
 *   down
 *   x0  int32 3
 *   x1  int32 3
 *   y  int32 3
 *   computes shr(a, b)
 */
rt_layer void l11_map_naive(const int32_t *x0, const int32_t *x1, int32_t *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    {
        const int32_t a0 = x0[i0];
        const int32_t a1 = x1[i0];
        y[i0] = (uint64_t)a1 < 8 * sizeof(int32_t) ? (int32_t)(a0 >> a1) : 0;
    }
}

/* l12_map_vec: Affine
 *   affine
 *   x0  float 6
 *   y  float 6
 *   computes ((2 * a) + 0.5)
 *   tile 1 x 1 vectors
 */
rt_layer void l12_map_vec(const float *x0, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 6);
        vf_storen(y, vf_add(vf_mul(vf_splat(2.0f), a0), vf_splat(0.5f)), 6);
    }
}

/* l13_map_vec: ParametricSoftplus
 *   parametricsoftplus
 *   x0  float 6
 *   y  float 6
 *   computes (0.5 * (max((2 * a), 0) + log1p(exp(neg(abs((2 * a)))))))
 *   tile 1 x 1 vectors
 */
rt_layer void l13_map_vec(const float *x0, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 6);
        const vf t0 = vf_add(vf_max(vf_mul(vf_splat(2.0f), a0), vf_splat(0.0f)), vf_log1p(vf_exp(vf_neg(vf_abs(vf_mul(vf_splat(2.0f), a0))))));
        vf_storen(y, vf_mul(vf_splat(0.5f), t0), 6);
    }
}

/* l14_map_vec: ScaledTanh
 *   scaledtanh
 *   x0  float 6
 *   y  float 6
 *   computes (1.5 * tanh((0.5 * a)))
 *   tile 1 x 1 vectors
 */
rt_layer void l14_map_vec(const float *x0, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 6);
        vf_storen(y, vf_mul(vf_splat(1.5f), vf_tanh(vf_mul(vf_splat(0.5f), a0))), 6);
    }
}

/* l15_map_vec: BiasAdd
 *   biased
 *   x0  float 2x3
 *   x1  float 3
 *   x2  float 2x3
 *   y  float 2x3
 *   computes ((a + b) + c)
 *   tile 1 x 1 vectors
 */
rt_layer void l15_map_vec(const float *x0, const float *x1, const float *x2, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 3, 3);
        const vf a1 = vf_loadn(x1, 3);
        const vf a2 = vf_loadn(x2 + i0 * 3, 3);
        vf_storen(y + i0 * 3, vf_add(vf_add(a0, a1), a2), 3);
    }
}

/* l16_copy_naive: Copy
 *   cropped
 *   x  float 1x2x1x1 strided
 *   y  float 1x2x1x1
 */
rt_layer void l16_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
        y[i0] = x[i0 * 6];
}

/* l17_copy_naive: Copy
 *   window
 *   x  float 1x2x1x2 strided
 *   y  float 1x2x1x2
 */
rt_layer void l17_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
        memcpy(y + i0 * 2, x + i0 * 6, 8);
}

static const float seldom_const1[2] = {0.25f, -1.0f};
static const float seldom_const2[3] = {1.5f, 0.0f, -2.0f};
static const float seldom_const3[6] = {0.0f, 1e+01f, 0.0f, 0.0f, 0.0f, 2e+01f};
int seldom_run(const float plane[6], const float x[12], const float r[6], const float q[8], const float k[12], const float values[6], const int32_t mask[6], const int32_t s[3], const int32_t by_left[3], const int32_t by_right[3], float affine[6], float parame[6], float scaledtanh[6], float cropped[2], float window[4], float sums[6], float scaled[12], float flat[6], float y[4], int32_t left[3], int32_t right[3], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !plane || !x || !r || !q || !k || !values || !mask || !s || !by_left || !by_right || !affine || !parame || !scaledtanh || !cropped || !window || !sums || !scaled || !flat || !y || !left || !right)
        return 1;
    l01_map_vec(x, seldom_const1, scaled); /* scaler */
    l02_map_vec(r, flat); /* norm */
    l03_map_vec(q, (float *)(m + 128)); /* attend */
    l04_gemm_vec((const float *)(m + 128), k, (float *)(m + 160), (float *)(m + 0)); /* attend */
    l05_map_vec(mask, (const float *)(m + 160), (float *)(m + 0)); /* attend */
    l06_softmax_vec((const float *)(m + 0), (float *)(m + 24)); /* attend */
    l07_reduce_naive((const float *)(m + 0), (float *)(m + 48)); /* attend */
    l08_map_vec((const float *)(m + 24), (const float *)(m + 48), (float *)(m + 24)); /* attend */
    l09_gemm_vec((const float *)(m + 24), values, y); /* attend */
    l10_map_naive(s, by_left, left); /* up */
    l11_map_naive(s, by_right, right); /* down */
    l12_map_vec(r, affine); /* affine */
    l13_map_vec(r, parame); /* parametricsoftplus */
    l14_map_vec(r, scaledtanh); /* scaledtanh */
    l15_map_vec(plane, seldom_const2, seldom_const3, sums); /* biased */
    l16_copy_naive(x + 1, cropped); /* cropped */
    l17_copy_naive(x + 3, window); /* window */
    return 0;
}
