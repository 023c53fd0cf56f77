/* l01_gemm_vec: MatMul+Add+Clip+Mul+Div
 *   product
 *   x  float 3x2
 *   w  [n/16][k][16]
 *   y  float 3x9
 *   computes (y * min(max(fma(y, 0.166666672, 0.5), 0), 1))
 *   54 MACs
 *   tile 3 x 2 vectors
 */
rt_layer void l01_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y)
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
                for (int k = 0; k < 2; k++, xk += 1, wk += 16) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk), w1 = vf_load(wk + 8);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1);
                    s = vf_splat(xk[2]); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                    s = vf_splat(xk[4]); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                }
                const vf t0 = vf_min(vf_max(vf_fma(a0_0, vf_splat(0.16666667f), vf_splat(0.5f)), vf_splat(0.0f)), vf_splat(1.0f));
                vf_store(yp, vf_mul(a0_0, t0));
                const vf t1 = vf_min(vf_max(vf_fma(a0_1, vf_splat(0.16666667f), vf_splat(0.5f)), vf_splat(0.0f)), vf_splat(1.0f));
                vf_storen(yp + 8, vf_mul(a0_1, t1), 1);
                const vf t2 = vf_min(vf_max(vf_fma(a1_0, vf_splat(0.16666667f), vf_splat(0.5f)), vf_splat(0.0f)), vf_splat(1.0f));
                vf_store(yp + 9, vf_mul(a1_0, t2));
                const vf t3 = vf_min(vf_max(vf_fma(a1_1, vf_splat(0.16666667f), vf_splat(0.5f)), vf_splat(0.0f)), vf_splat(1.0f));
                vf_storen(yp + 17, vf_mul(a1_1, t3), 1);
                const vf t4 = vf_min(vf_max(vf_fma(a2_0, vf_splat(0.16666667f), vf_splat(0.5f)), vf_splat(0.0f)), vf_splat(1.0f));
                vf_store(yp + 18, vf_mul(a2_0, t4));
                const vf t5 = vf_min(vf_max(vf_fma(a2_1, vf_splat(0.16666667f), vf_splat(0.5f)), vf_splat(0.0f)), vf_splat(1.0f));
                vf_storen(yp + 26, vf_mul(a2_1, t5), 1);
            }
        }
    }
}

/* l02_gemm_vec: MatMul+Div+Floor
 *   whole
 *   x  float 3x2
 *   w  [n/16][k][16]
 *   y  float 3x9
 *   computes floor((y / 41))
 *   54 MACs
 *   tile 3 x 2 vectors
 */
rt_layer void l02_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y)
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
                for (int k = 0; k < 2; k++, xk += 1, wk += 16) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk), w1 = vf_load(wk + 8);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0); a0_1 = vf_fma(s, w1, a0_1);
                    s = vf_splat(xk[2]); a1_0 = vf_fma(s, w0, a1_0); a1_1 = vf_fma(s, w1, a1_1);
                    s = vf_splat(xk[4]); a2_0 = vf_fma(s, w0, a2_0); a2_1 = vf_fma(s, w1, a2_1);
                }
                vf_store(yp, vf_floor(vf_div(a0_0, vf_splat(41.0f))));
                vf_storen(yp + 8, vf_floor(vf_div(a0_1, vf_splat(41.0f))), 1);
                vf_store(yp + 9, vf_floor(vf_div(a1_0, vf_splat(41.0f))));
                vf_storen(yp + 17, vf_floor(vf_div(a1_1, vf_splat(41.0f))), 1);
                vf_store(yp + 18, vf_floor(vf_div(a2_0, vf_splat(41.0f))));
                vf_storen(yp + 26, vf_floor(vf_div(a2_1, vf_splat(41.0f))), 1);
            }
        }
    }
}

int hard_swish_run(const float x[6], float y[27], float z[27], void *work)
{
    const char *const w = hard_swish_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !x || !y || !z)
        return 1;
    l01_gemm_vec(x, (const float *)(w + 0), y); /* product */
    l02_gemm_vec(x, (const float *)(w + 128), z); /* whole */
    return 0;
}
