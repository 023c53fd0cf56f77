/* l01_copy_naive: Copy
 *   rows/Expand
 *   x  float 3x125x4 strided
 *   y  float 3x125x4
 */
rt_layer void l01_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++)
    for (int i1 = 0; i1 < 125; i1++)
        memcpy(y + i0 * 500 + i1 * 4, x + i0 * 4, 16);
}

/* l02_copy_naive: Copy
 *   columns/Expand
 *   x  float 1x100x5 strided
 *   y  float 1x100x5
 */
rt_layer void l02_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 100; i0++)
        memcpy(y + i0 * 5, x + 0, 20);
}

/* l03_map_vec: Add
 *   image
 *   x0  float 1x3x500x1
 *   x1  float 1x1x1x500
 *   y  float 1x3x500x500
 *   computes (a + b)
 *   tile 1 x 1 vectors
 */
rt_layer void l03_map_vec(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 1500; i0++)
    {
        for (int i1 = 0; i1 < 496; i1 += 8) {
            const vf a0 = vf_splat(x0[i0]);
            const vf a1 = vf_load(x1 + i1);
            vf_store(y + i0 * 500 + i1, vf_add(a0, a1));
        }
        const vf a0 = vf_splat(x0[i0]);
        const vf a1 = vf_loadn(x1 + 496, 4);
        vf_storen(y + i0 * 500 + 496, vf_add(a0, a1), 4);
    }
}

/* l04_reduce_vec: ReduceMean
 *   mean
 *   x  float 1x3x500x500
 *   y  float 1x3x1x1
 */
rt_layer void l04_reduce_vec(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++) {
        const vf start = vf_splat(0.0f);
        vf a0 = start, a1 = start, a2 = start, a3 = start;
        for (int j0 = 0; j0 < 250; j0++) {
            vf b0 = start, b1 = start, b2 = start, b3 = start;
            const float *p = x + i0 * 250000 + j0 * 1000;
            for (int k = 0; k < 992; k += 32) {
                b0 = vf_add(b0, vf_load(p + k));
                b1 = vf_add(b1, vf_load(p + k + 8));
                b2 = vf_add(b2, vf_load(p + k + 16));
                b3 = vf_add(b3, vf_load(p + k + 24));
            }
            b0 = vf_add(b0, vf_load(p + 992));
            a0 = vf_add(a0, b0);
            a1 = vf_add(a1, b1);
            a2 = vf_add(a2, b2);
            a3 = vf_add(a3, b3);
        }
        a0 = vf_add(a0, a2);
        a1 = vf_add(a1, a3);
        a0 = vf_add(a0, a1);
        const float acc = vf_hadd(a0);
        y[i0] = acc / (2.5e+05f);
    }
}

/* l05_reduce_vec: ReduceL1
 *   sum
 *   x  float 1x3x500x500
 *   y  float 1
 */
rt_layer void l05_reduce_vec(const float *restrict x, float *restrict y)
{
    const vf start = vf_splat(0.0f);
    vf a0 = start, a1 = start, a2 = start, a3 = start;
    for (int j0 = 0; j0 < 750; j0++) {
        vf b0 = start, b1 = start, b2 = start, b3 = start;
        const float *p = x + j0 * 1000;
        for (int k = 0; k < 992; k += 32) {
            b0 = vf_add(b0, vf_abs(vf_load(p + k)));
            b1 = vf_add(b1, vf_abs(vf_load(p + k + 8)));
            b2 = vf_add(b2, vf_abs(vf_load(p + k + 16)));
            b3 = vf_add(b3, vf_abs(vf_load(p + k + 24)));
        }
        b0 = vf_add(b0, vf_abs(vf_load(p + 992)));
        a0 = vf_add(a0, b0);
        a1 = vf_add(a1, b1);
        a2 = vf_add(a2, b2);
        a3 = vf_add(a3, b3);
    }
    a0 = vf_add(a0, a2);
    a1 = vf_add(a1, a3);
    a0 = vf_add(a0, a1);
    const float acc = vf_hadd(a0);
    y[0] = acc;
}

/* l06_map_vec: Mul
 *   scaled
 *   x0  float 1x500x500x3 strided
 *   x1  float 3
 *   y  float 1x500x500x3
 *   computes (a * b)
 *   tile 8 x 1 vectors
 */
rt_layer void l06_map_vec(const float *x0, const float *x1, float *y)
{
    {
        for (int i0 = 0; i0 < 250000; i0 += 16) {
            float p0[48];
            float p1[48];
            for (int r = 0; r < 16; r++) {
                p0[r * 3] = x0[(i0 + r)];
                p0[r * 3 + 1] = x0[(i0 + r) + 1 * 250000];
                p0[r * 3 + 2] = x0[(i0 + r) + 2 * 250000];
                p1[r * 3] = x1[0];
                p1[r * 3 + 1] = x1[1];
                p1[r * 3 + 2] = x1[2];
            }
            for (int e = 0; e < 48; e += 8) {
                const vf a0 = vf_load(p0 + e);
                const vf a1 = vf_load(p1 + e);
                vf_store(y + i0 * 3 + e, vf_mul(a0, a1));
            }
        }
    }
}

/* l07_softmax_vec: Softmax
 *   shares
 *   x  float 1x500x500x3
 *   y  float 1x500x500x3
 */
rt_layer void l07_softmax_vec(const float *x, float *y)
{
    for (int i = 0; i < 31250; i++) {
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
}

/* l08_reduce_vec: ReduceMean
 *   down
 *   x  float 1x500x500x3
 *   y  float 1x3
 */
rt_layer void l08_reduce_vec(const float *restrict x, float *restrict y)
{
    const vf start = vf_splat(0.0f);
    vf a0 = start, a1 = start, a2 = start, a3 = start;
    for (int j0 = 0; j0 < 250; j0++) {
        vf b0 = start, b1 = start, b2 = start, b3 = start;
        const float *p = x + j0 * 3000;
        for (int k = 0; k < 250; k++, p += 12) {
            b0 = vf_add(b0, vf_loadn(p, 3));
            b1 = vf_add(b1, vf_loadn(p + 3, 3));
            b2 = vf_add(b2, vf_loadn(p + 6, 3));
            b3 = vf_add(b3, vf_loadn(p + 9, 3));
        }
        a0 = vf_add(a0, b0);
        a1 = vf_add(a1, b1);
        a2 = vf_add(a2, b2);
        a3 = vf_add(a3, b3);
    }
    a0 = vf_add(a0, a2);
    a1 = vf_add(a1, a3);
    a0 = vf_add(a0, a1);
    vf_storen(y, vf_div(a0, vf_splat(2.5e+05f)), 3);
}

static const float long_sums_const1[3] = {1.0f, 2.0f, 0.5f};
int long_sums_run(const float x[12], const float y[5], float m_2[3], float s[1], float d[3], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !x || !y || !m_2 || !s || !d)
        return 1;
    l01_copy_naive(x, (float *)(m + 3000000)); /* rows/Expand */
    l02_copy_naive(y, (float *)(m + 3006000)); /* columns/Expand */
    l03_map_vec((const float *)(m + 3000000), (const float *)(m + 3006000), (float *)(m + 0)); /* image */
    l04_reduce_vec((const float *)(m + 0), m_2); /* mean */
    l05_reduce_vec((const float *)(m + 0), s); /* sum */
    l06_map_vec((const float *)(m + 0), long_sums_const1, (float *)(m + 3000000)); /* scaled */
    l07_softmax_vec((const float *)(m + 3000000), (float *)(m + 3000000)); /* shares */
    l08_reduce_vec((const float *)(m + 3000000), d); /* down */
    return 0;
}
