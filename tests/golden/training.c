/* l01_reduce_vec: ReduceMean
 *   y
 *   y
 *   x  float 2x2x3
 *   y  float 1x2x1
 */
rt_layer void l01_reduce_vec(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++) {
        const vf start = vf_splat(0.0f);
        vf a0 = start;
        for (int j0 = 0; j0 < 2; j0++) {
            const float *p = x + i0 * 3 + j0 * 6;
            a0 = vf_add(a0, vf_loadn(p, 3));
        }
        const float acc = vf_hadd(a0);
        y[i0] = acc / 6.0f;
    }
}

/* l02_map_vec: BatchNormalization
 *   y
 *   x0  float 2x2x3
 *   x1  float 1x2x1
 *   y  float 2x2x3
 *   computes ((a - b) * (a - b))
 *   tile 1 x 1 vectors
 */
rt_layer void l02_map_vec(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 2; i1++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 6 + i1 * 3, 3);
        const vf a1 = vf_splat(x1[i1]);
        const vf t0 = vf_sub(a0, a1);
        vf_storen(y + i0 * 6 + i1 * 3, vf_mul(t0, t0), 3);
    }
}

/* l03_map_vec: BatchNormalization
 *   y
 *   y
 *   x0  float 2x1
 *   x1  float 1x2x1
 *   y  float 1x2x1
 *   computes ((a * 0.75) + (b * 0.25))
 *   tile 1 x 1 vectors
 */
rt_layer void l03_map_vec(const float *x0, const float *x1, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 2);
        const vf a1 = vf_loadn(x1, 2);
        vf_storen(y, vf_add(vf_mul(a0, vf_splat(0.75f)), vf_mul(a1, vf_splat(0.25f))), 2);
    }
}

/* l04_map_vec: BatchNormalization
 *   y
 *   x0  float 2x1
 *   x1  float 1x2x1
 *   y  float 1x2x1
 *   computes (a / sqrt((b + 9.99999975e-06)))
 *   tile 1 x 1 vectors
 */
rt_layer void l04_map_vec(const float *x0, const float *x1, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 2);
        const vf a1 = vf_loadn(x1, 2);
        vf_storen(y, vf_div(a0, vf_sqrt(vf_add(a1, vf_splat(1e-05f)))), 2);
    }
}

/* l05_map_naive: BatchNormalization
 *   y
 *   x0  float 2x1
 *   x1  float 1x2x1
 *   x2  float 1x2x1
 *   y  float 1x2x1
 *   computes (a - (b * c))
 */
rt_layer void l05_map_naive(const float *x0, const float *x1, const float *x2, float *y)
{
    for (int i1 = 0; i1 < 2; i1++)
    {
        const float a0 = x0[i1];
        const float a1 = x1[i1];
        const float a2 = x2[i1];
        y[i1] = a0 - (a1 * a2);
    }
}

/* l06_map_vec: BatchNormalization
 *   y
 *   x0  float 2x2x3
 *   x1  float 1x2x1
 *   x2  float 1x2x1
 *   y  float 2x2x3
 *   computes ((a * b) + c)
 *   tile 1 x 1 vectors
 */
rt_layer void l06_map_vec(const float *x0, const float *x1, const float *x2, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 2; i1++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 6 + i1 * 3, 3);
        const vf a1 = vf_splat(x1[i1]);
        const vf a2 = vf_splat(x2[i1]);
        vf_storen(y + i0 * 6 + i1 * 3, vf_add(vf_mul(a0, a1), a2), 3);
    }
}

/* l07_reduce_vec: ReduceL2
 *   norm
 *   x  float 2x2x3
 *   y  float 2x2x1
 */
rt_layer void l07_reduce_vec(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 4; i0++) {
        const vf start = vf_splat(0.0f);
        vf a0 = start;
        const float *p = x + i0 * 3;
        a0 = vf_fma(vf_loadn(p, 3), vf_loadn(p, 3), a0);
        const float acc = vf_hadd(a0);
        y[i0] = sqrtf(acc);
    }
}

/* l08_map_vec: LpNormalization
 *   norm
 *   x0  float 2x2x3
 *   x1  float 2x2x1
 *   y  float 2x2x3
 *   computes sel((b == 0), 0, (a / b))
 *   tile 1 x 1 vectors
 */
rt_layer void l08_map_vec(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 3, 3);
        const vf a1 = vf_splat(x1[i0]);
        vf_storen(y + i0 * 3, vf_sel(vf_eq(a1, vf_splat(0.0f)), vf_splat(0.0f), vf_div(a0, a1)), 3);
    }
}

/* l09_det_naive: Det
 *   det
 *   x  float 3x3
 *   y  float scalar
 *   m  [3][3]
 */
rt_layer void l09_det_naive(const float *restrict x, float *restrict y, float *restrict m)
{
    {
        float det = 1;
        for (int r = 0; r < 3; r++) for (int c = 0; c < 3; c++) m[r * 3 + c] = x[r * 3 + c];
        for (int k = 0; k < 3; k++) {
            int largest = k;
            for (int r = k + 1; r < 3; r++) if (fabsf(m[r * 3 + k]) > fabsf(m[largest * 3 + k])) largest = r;
            for (int c = 0; c < 3 && largest != k; c++) {
                const float v = m[k * 3 + c];
                m[k * 3 + c] = m[largest * 3 + c];
                m[largest * 3 + c] = v;
            }
            det *= largest != k ? -m[k * 3 + k] : m[k * 3 + k];
            if (det == 0) break;
            for (int r = k + 1; r < 3; r++) {
                const float part = m[r * 3 + k] / m[k * 3 + k];
                for (int c = k + 1; c < 3; c++) m[r * 3 + c] -= part * m[k * 3 + c];
            }
        }
        y[0] = det;
    }
}

/* l10_map_vec: Adam
 *   Xn
 *   x0  float 3
 *   x1  float 3
 *   y  float 3
 *   computes (a + (0.25 * b))
 *   tile 1 x 1 vectors
 */
rt_layer void l10_map_vec(const float *x0, const float *x1, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 3);
        const vf a1 = vf_loadn(x1, 3);
        vf_storen(y, vf_add(a0, vf_mul(vf_splat(0.25f), a1)), 3);
    }
}

/* l11_map_naive: Adam
 *   Xn
 *   x0  int64 scalar
 *   x1  float scalar
 *   y  float scalar
 *   computes sel((float(a) > 0), ((b * sqrt((1 - pow(0.75, float(a))))) / (1 - pow(0.5, float(a)))), b)
 */
rt_layer void l11_map_naive(const int64_t *x0, const float *x1, float *y)
{
    {
        const int64_t a0 = x0[0];
        const float a1 = x1[0];
        const float t0 = (float)a0;
        y[0] = (t0 > 0.0f) ? ((a1 * sqrtf((1.0f - powf(0.75f, t0)))) / (1.0f - powf(0.5f, t0))) : a1;
    }
}

/* l12_map_vec: Adam
 *   Xn
 *   x0  float 3
 *   x1  float 3
 *   y  float 3
 *   computes ((0.5 * a) + (0.5 * b))
 *   tile 1 x 1 vectors
 */
rt_layer void l12_map_vec(const float *x0, const float *x1, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 3);
        const vf a1 = vf_loadn(x1, 3);
        vf_storen(y, vf_add(vf_mul(vf_splat(0.5f), a0), vf_mul(vf_splat(0.5f), a1)), 3);
    }
}

/* l13_map_vec: Adam
 *   Xn
 *   x0  float 3
 *   x1  float 3
 *   y  float 3
 *   computes ((0.75 * a) + (0.25 * (b * b)))
 *   tile 1 x 1 vectors
 */
rt_layer void l13_map_vec(const float *x0, const float *x1, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 3);
        const vf a1 = vf_loadn(x1, 3);
        vf_storen(y, vf_add(vf_mul(vf_splat(0.75f), a0), vf_mul(vf_splat(0.25f), vf_mul(a1, a1))), 3);
    }
}

/* l14_map_vec: Adam
 *   Xn
 *   x0  float 3
 *   x1  float scalar
 *   x2  float 3
 *   x3  float 3
 *   y  float 3
 *   computes (0.875 * (a - ((b * c) / (sqrt(d) + 0.0625))))
 *   tile 1 x 1 vectors
 */
rt_layer void l14_map_vec(const float *x0, const float *x1, const float *x2, const float *x3, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 3);
        const vf a1 = vf_splat(x1[0]);
        const vf a2 = vf_loadn(x2, 3);
        const vf a3 = vf_loadn(x3, 3);
        const vf t0 = vf_mul(vf_splat(0.875f), vf_sub(a0, vf_div(vf_mul(a1, a2), vf_add(vf_sqrt(a3), vf_splat(0.0625f)))));
        vf_storen(y, t0, 3);
    }
}

static const float training_const1[2] = {0.5f, 2.0f};
static const float training_const2[2] = {0.25f, -1.0f};
int training_run(const float x[12], const float m_2[2], const float v[2], const float a[9], const float r[1], const int64_t t[1], const float X_2[3], const float G[3], const float V_2[3], const float H[3], float y[12], float rm[2], float rv[2], float norm[12], float det[1], float Xn[3], float Vn[3], float Hn[3], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !x || !m_2 || !v || !a || !r || !t || !X_2 || !G || !V_2 || !H || !y || !rm || !rv || !norm || !det || !Xn || !Vn || !Hn)
        return 1;
    l01_reduce_vec(x, (float *)(m + 48)); /* y */
    l02_map_vec(x, (const float *)(m + 48), (float *)(m + 0)); /* y */
    l01_reduce_vec((const float *)(m + 0), (float *)(m + 56)); /* y */
    l03_map_vec(m_2, (const float *)(m + 48), rm); /* y */
    l03_map_vec(v, (const float *)(m + 56), rv); /* y */
    l04_map_vec(training_const1, (const float *)(m + 56), (float *)(m + 56)); /* y */
    l05_map_naive(training_const2, (const float *)(m + 48), (const float *)(m + 56), (float *)(m + 48)); /* y */
    l06_map_vec(x, (const float *)(m + 56), (const float *)(m + 48), y); /* y */
    l07_reduce_vec(x, (float *)(m + 0)); /* norm */
    l08_map_vec(x, (const float *)(m + 0), norm); /* norm */
    l09_det_naive(a, det, (float *)(m + 0)); /* det */
    l10_map_vec(G, X_2, (float *)(m + 0)); /* Xn */
    l11_map_naive(t, r, (float *)(m + 12)); /* Xn */
    l12_map_vec(V_2, (const float *)(m + 0), Vn); /* Xn */
    l13_map_vec(H, (const float *)(m + 0), Hn); /* Xn */
    l14_map_vec(X_2, (const float *)(m + 12), Vn, Hn, Xn); /* Xn */
    return 0;
}
