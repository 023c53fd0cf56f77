/* l01_gemm_vec: Gemm
 *   fc
 *   x  float 2x12
 *   w  [n/8][k][8]
 *   b  [8]
 *   y  float 2x5
 *   120 MACs
 *   tile 2 x 1 vectors
 */
rt_layer void l01_gemm_vec(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y)
{
    {
        {
            const float *wp = w;
            {
                const float *xk = x, *wk = wp;
                float *yp = y;
                const float *bias = b;
                rt_anew(bias);
                vf a0_0 = vf_load(bias);
                vf a1_0 = vf_load(bias);
                for (int k = 0; k < 12; k++, xk += 1, wk += 8) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[12]); a1_0 = vf_fma(s, w0, a1_0);
                }
                vf_storen(yp, a0_0, 5);
                vf_storen(yp + 5, a1_0, 5);
            }
        }
    }
}

/* l02_softmax_vec: Softmax
 *   soft
 *   x  float 2x5
 *   y  float 2x5
 */
rt_layer void l02_softmax_vec(const float *x, float *y)
{
    const float *p = x;
    float *q = y;
    float e[16];
    for (int r = 0; r < 2; r++) {
        float most = p[r * 5];
        for (int k = 1; k < 5; k++) most = p[r * 5 + k] > most ? p[r * 5 + k] : most;
        for (int k = 0; k < 5; k++) e[r * 5 + k] = p[r * 5 + k] - most;
    }
    for (int k = 10; k < 16; k++) e[k] = 0.0f;
    for (int k = 0; k < 16; k += 8) vf_store(e + k, vf_exp(vf_load(e + k)));
    for (int r = 0; r < 2; r++) {
        float sum = 0.0f;
        for (int k = 0; k < 5; k++) sum += e[r * 5 + k];
        const float by = 1.0f / sum;
        for (int k = 0; k < 5; k++) q[r * 5 + k] = e[r * 5 + k] * by;
    }
}

static const float mlp_softmax_const1[8] = {0.125f, -0.375f, -0.375f, 0.125f, 0.5f, 0.0f, 0.0f, 0.0f};
int mlp_softmax_run(const float x[24], float y[10], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = mlp_softmax_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !x || !y)
        return 1;
    l01_gemm_vec(x, (const float *)(w + 0), mlp_softmax_const1, (float *)(m + 0)); /* fc */
    l02_softmax_vec((const float *)(m + 0), y); /* soft */
    return 0;
}
