/* l01_map_vec: Exp
 *   grow
 *   x0  float 2
 *   y  float 2
 *   computes exp(a)
 *   tile 1 x 1 vectors
 */
rt_layer void l01_map_vec(const float *x0, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 2);
        vf_storen(y, vf_exp(a0), 2);
    }
}

/* l02_map_vec: Mul+Div+Add
 *   scale
 *   x0  float 2
 *   x1  float 1
 *   x2  float 2
 *   y  float 2
 *   computes ((a * b) + (c / b))
 *   tile 1 x 1 vectors
 */
rt_layer void l02_map_vec(const float *x0, const float *x1, const float *x2, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 2);
        const vf a1 = vf_splat(x1[0]);
        const vf a2 = vf_loadn(x2, 2);
        vf_storen(y, vf_add(vf_mul(a0, a1), vf_div(a2, a1)), 2);
    }
}

/* l03_map_naive: Gradient
 *   back
 *   back
 *   x0  float 2
 *   y  float 2
 *   computes a
 */
rt_layer void l03_map_naive(const float *x0, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const float a0 = x0[i0];
        y[i0] = a0;
    }
}

/* l04_map_vec: Gradient
 *   back
 *   x0  float 2
 *   x1  float 1
 *   x2  float 2
 *   y  float 2
 *   computes ((neg(c) * a) / (b * b))
 *   tile 1 x 1 vectors
 */
rt_layer void l04_map_vec(const float *x0, const float *x1, const float *x2, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 2);
        const vf a1 = vf_splat(x1[0]);
        const vf a2 = vf_loadn(x2, 2);
        vf_storen(y, vf_div(vf_mul(vf_neg(a2), a0), vf_mul(a1, a1)), 2);
    }
}

/* l05_reduce_vec: ReduceSum
 *   back
 *   back
 *   x  float 2
 *   y  float 1
 */
rt_layer void l05_reduce_vec(const float *restrict x, float *restrict y)
{
    const vf start = vf_splat(0.0f);
    vf a0 = start;
    const float *p = x;
    a0 = vf_add(a0, vf_loadn(p, 2));
    const float acc = vf_hadd(a0);
    y[0] = acc;
}

/* l06_map_vec: Gradient
 *   back
 *   x0  float 1
 *   x1  float 2
 *   x2  float 2
 *   x3  float 2
 *   y  float 2
 *   computes (((b / a) * exp(c)) + (d * a))
 *   tile 1 x 1 vectors
 */
rt_layer void l06_map_vec(const float *x0, const float *x1, const float *x2, const float *x3, float *y)
{
    {
        const vf a0 = vf_splat(x0[0]);
        const vf a1 = vf_loadn(x1, 2);
        const vf a2 = vf_loadn(x2, 2);
        const vf a3 = vf_loadn(x3, 2);
        vf_storen(y, vf_add(vf_mul(vf_div(a1, a0), vf_exp(a2)), vf_mul(a3, a0)), 2);
    }
}

/* l07_map_naive: Gradient
 *   back
 *   x0  float 2
 *   x1  float 2
 *   y  float 2
 *   computes (b * a)
 */
rt_layer void l07_map_naive(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const float a0 = x0[i0];
        const float a1 = x1[i0];
        y[i0] = a1 * a0;
    }
}

/* l08_map_naive: Gradient
 *   back
 *   x0  float 1
 *   x1  float 1
 *   y  float 1
 *   computes (a + b)
 */
rt_layer void l08_map_naive(const float *x0, const float *x1, float *y)
{
    {
        const float a0 = x0[0];
        const float a1 = x1[0];
        y[0] = a0 + a1;
    }
}

static const float gradient_const1[2] = {1.0f, 1.0f};
int gradient_run(const float x[2], const float w_2[1], float y[2], float dx[2], float dw[1], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !x || !w_2 || !y || !dx || !dw)
        return 1;
    l01_map_vec(x, (float *)(m + 0)); /* grow */
    l02_map_vec(x, w_2, (const float *)(m + 0), y); /* scale */
    l03_map_naive(gradient_const1, (float *)(m + 8)); /* back */
    l03_map_naive(gradient_const1, (float *)(m + 16)); /* back */
    l04_map_vec((const float *)(m + 0), w_2, (const float *)(m + 16), (float *)(m + 0)); /* back */
    l05_reduce_vec((const float *)(m + 0), (float *)(m + 24)); /* back */
    l06_map_vec(w_2, (const float *)(m + 16), x, (const float *)(m + 8), dx); /* back */
    l07_map_naive(x, (const float *)(m + 8), (float *)(m + 8)); /* back */
    l05_reduce_vec((const float *)(m + 8), (float *)(m + 0)); /* back */
    l08_map_naive((const float *)(m + 24), (const float *)(m + 0), dw); /* back */
    return 0;
}
