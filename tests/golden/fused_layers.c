/* l01_map_vec: Add
 *   n
 *   x0  float 1x2x16
 *   x1  float 1x2x16
 *   y  float 1x2x16
 *   computes (a + b)
 *   tile 1 x 1 vectors
 */
rt_layer void l01_map_vec(const float *x0, const float *x1, float *y)
{
    {
        for (int i0 = 0; i0 < 32; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            const vf a1 = vf_load(x1 + i0);
            vf_store(y + i0, vf_add(a0, a1));
        }
    }
}

/* l02_reduce_vec: ReduceMean
 *   n
 *   n
 *   x  float 1x2x16
 *   y  float 1x2x1
 */
rt_layer void l02_reduce_vec(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++) {
        const vf start = vf_splat(0.0f);
        vf a0 = start, a1 = start;
        const float *p = x + i0 * 16;
        a0 = vf_add(a0, vf_load(p));
        a1 = vf_add(a1, vf_load(p + 8));
        a0 = vf_add(a0, a1);
        const float acc = vf_hadd(a0);
        y[i0] = acc / 16.0f;
    }
}

/* l03_map_vec: LayerNormalization
 *   n
 *   x0  float 1x2x16
 *   x1  float 1x2x1
 *   y  float 1x2x16
 *   computes ((a - b) * (a - b))
 *   tile 1 x 1 vectors
 */
rt_layer void l03_map_vec(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        for (int i1 = 0; i1 < 16; i1 += 8) {
            const vf a0 = vf_load(x0 + i0 * 16 + i1);
            const vf a1 = vf_splat(x1[i0]);
            const vf t0 = vf_sub(a0, a1);
            vf_store(y + i0 * 16 + i1, vf_mul(t0, t0));
        }
    }
}

/* l04_map_vec: LayerNormalization
 *   n
 *   x0  float 1x2x1
 *   y  float 1x2x1
 *   computes (1 / sqrt((a + 9.99999975e-06)))
 *   tile 1 x 1 vectors
 */
rt_layer void l04_map_vec(const float *x0, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 2);
        vf_storen(y, vf_div(vf_splat(1.0f), vf_sqrt(vf_add(a0, vf_splat(1e-05f)))), 2);
    }
}

/* l05_map_vec: LayerNormalization
 *   n
 *   x0  float 1x2x16
 *   x1  float 1x2x1
 *   x2  float 1x2x1
 *   x3  float 16
 *   x4  float 16
 *   y  float 1x2x16
 *   computes ((((a - b) * c) * d) + e)
 *   tile 1 x 1 vectors
 */
rt_layer void l05_map_vec(const float *x0, const float *x1, const float *x2, const float *x3, const float *x4, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        for (int i1 = 0; i1 < 16; i1 += 8) {
            const vf a0 = vf_load(x0 + i0 * 16 + i1);
            const vf a1 = vf_splat(x1[i0]);
            const vf a2 = vf_splat(x2[i0]);
            const vf a3 = vf_load(x3 + i1);
            const vf a4 = vf_load(x4 + i1);
            vf_store(y + i0 * 16 + i1, vf_add(vf_mul(vf_mul(vf_sub(a0, a1), a2), a3), a4));
        }
    }
}

/* l06_gemm_vec: MatMul
 *   h
 *   x  float 1x2x16
 *   w  [n/8][k][8]
 *   y  float 1x2x3
 *   96 MACs
 *   tile 2 x 1 vectors
 */
rt_layer void l06_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y)
{
    {
        {
            const float *wp = w;
            {
                const float *xk = x, *wk = wp;
                float *yp = y;
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
                vf_storen(yp, a0_0, 3);
                vf_storen(yp + 3, a1_0, 3);
            }
        }
    }
}

/* l07_map_vec: BiasGelu
 *   y
 *   x0  float 1x2x3
 *   x1  float 3
 *   y  float 1x2x3
 *   computes ((0.5 * (a + b)) * (1 + erf(((a + b) * 0.707106781))))
 *   tile 1 x 1 vectors
 */
rt_layer void l07_map_vec(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 3, 3);
        const vf a1 = vf_loadn(x1, 3);
        const vf t0 = vf_mul(vf_mul(vf_splat(0.5f), vf_add(a0, a1)), vf_add(vf_splat(1.0f), vf_erf(vf_mul(vf_add(a0, a1), vf_splat(0.70710677f)))));
        vf_storen(y + i0 * 3, t0, 3);
    }
}

static const float fused_layers_const1[16] = {-0.125f, 0.375f, 0.5f, -0.5f, -0.25f, -0.875f, -0.75f, -0.5f, -0.125f, 1.0f, -0.25f, 0.5f, -1.0f, 0.75f, 0.875f, 0.75f};
static const float fused_layers_const2[16] = {0.75f, 0.375f, 0.0f, -0.5f, -0.375f, -1.0f, 0.25f, 1.0f, 0.75f, -0.75f, 0.25f, -0.875f, 0.5f, -0.375f, 0.75f, 0.625f};
static const float fused_layers_const3[3] = {-0.875f, 0.625f, 0.875f};
int fused_layers_run(const float x[32], const float skip[32], float y[6], float sum[32], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = fused_layers_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !x || !skip || !y || !sum)
        return 1;
    l01_map_vec(x, skip, sum); /* n */
    l02_reduce_vec(sum, (float *)(m + 128)); /* n */
    l03_map_vec(sum, (const float *)(m + 128), (float *)(m + 0)); /* n */
    l02_reduce_vec((const float *)(m + 0), (float *)(m + 136)); /* n */
    l04_map_vec((const float *)(m + 136), (float *)(m + 136)); /* n */
    l05_map_vec(sum, (const float *)(m + 128), (const float *)(m + 136), fused_layers_const1, fused_layers_const2, (float *)(m + 0)); /* n */
    l06_gemm_vec((const float *)(m + 0), (const float *)(w + 0), (float *)(m + 128)); /* h */
    l07_map_vec((const float *)(m + 128), fused_layers_const3, y); /* y */
    return 0;
}
