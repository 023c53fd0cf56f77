/* l01_copy_naive: Copy
 *   h0
 *   product
 *   x  float 2x3
 *   y  float 2x3
 */
rt_layer void l01_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 24);
}

/* l02_gemm_vec: MatMul+Add+Tanh
 *   product
 *   x  float 2x3
 *   w  [n/8][k][8]
 *   y  float 2x3
 *   r0  float 2x3 strided
 *   computes tanh((y + e))
 *   18 MACs
 *   tile 2 x 1 vectors
 */
rt_layer void l02_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y, const float *restrict r0)
{
    {
        {
            const float *wp = w;
            {
                const float *xk = x, *wk = wp;
                float *yp = y;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                for (int k = 0; k < 3; k++, xk += 1, wk += 8) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[3]); a1_0 = vf_fma(s, w0, a1_0);
                }
                vf_storen(yp, vf_tanh(vf_add(a0_0, vf_loadn(r0, 3))), 3);
                vf_storen(yp + 3, vf_tanh(vf_add(a1_0, vf_loadn(r0 + 1 * 12, 3))), 3);
            }
        }
    }
}

/* l03_map_naive: Mul
 *   gate
 *   x0  float 2x3
 *   x1  float 3
 *   y  float 2x3 strided
 *   computes (a * b)
 */
rt_layer void l03_map_naive(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 3; i1++)
    {
        const float a0 = x0[i0 * 3 + i1];
        const float a1 = x1[i1];
        y[i0 * 12 + i1 * 4] = a0 * a1;
    }
}

/* l04_copy_naive: Copy
 *   product
 *   x  float 2x3
 *   y  float 2x3 strided
 */
rt_layer void l04_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
        memcpy(y + i0 * 12, x + i0 * 3, 12);
}

int scan_run(const float h0[6], const float x[24], const float z[12], float h[6], float seen[24], float gates[24], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = scan_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !h0 || !x || !z || !h || !seen || !gates)
        return 1;
    l01_copy_naive(h0, h); /* h0 */
    for (int64_t t1 = 0; t1 < 4; t1++) { /* recurrence */
        l02_gemm_vec(h, (const float *)(w + 0), (float *)(m + 0), x + 9 - t1 * 3); /* product */
        l03_map_naive((const float *)(m + 0), z + t1 * 3, gates + t1 * 1); /* gate */
        l04_copy_naive((const float *)(m + 0), seen + 9 - t1 * 3); /* product */
        l01_copy_naive((const float *)(m + 0), h); /* product */
    }
    return 0;
}
