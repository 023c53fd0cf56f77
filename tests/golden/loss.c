/* l01_softmax_vec: LogSoftmax
 *   loss
 *   x  float 2x3x2
 *   y  float 2x3x2
 */
rt_layer void l01_softmax_vec(const float *x, float *y)
{
    for (int i0 = 0; i0 < 2; i0++) {
        const float *p = x + i0 * 6;
        float *q = y + i0 * 6;
        float m[8], s[8];
        vf_store(m, vf_loadn(p, 2));
        vf_store(s, vf_splat(0.0f));
        for (int k = 1; k < 3; k++) {
            vf_store(m, vf_max(vf_loadn(p + k * 2, 2), vf_load(m)));
        }
        for (int k = 0; k < 3; k++) {
            const vf e2 = vf_exp(vf_sub(vf_loadn(p + k * 2, 2), vf_load(m)));
            vf_store(s, vf_add(vf_load(s), e2));
        }
        vf_store(s, vf_log(vf_load(s)));
        for (int k = 0; k < 3; k++) {
            vf_storen(q + k * 2, vf_sub(vf_sub(vf_loadn(p + k * 2, 2), vf_load(m)), vf_load(s)), 2);
        }
    }
}

/* l02_map_naive: SoftmaxCrossEntropyLoss
 *   loss
 *   x0  int64 2x1x2
 *   y  int64 2x1x2
 *   computes sel(ne(a, -1), a, 0)
 */
rt_layer void l02_map_naive(const int64_t *x0, int64_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i2 = 0; i2 < 2; i2++)
    {
        const int64_t a0 = x0[i0 * 2 + i2];
        y[i0 * 2 + i2] = (a0 != (-1)) ? a0 : 0;
    }
}

/* l03_gather_naive: Gather
 *   loss
 *   x  float 3
 *   index  int64 2x1x2
 *   y  float 2x1x2
 */
rt_layer void l03_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i2 = 0; i2 < 2; i2++) {
        int64_t at = index[i0 * 2 + i2];
        at += at < 0 ? 3 : 0;
        at = at < 0 ? 0 : at < 3 ? at : 2;
        {
            y[i0 * 2 + i2] = x[at];
        }
    }
}

/* l04_map_naive: SoftmaxCrossEntropyLoss
 *   loss
 *   x0  int64 2x1x2
 *   x1  float 2x1x2
 *   y  float 2x1x2
 *   computes sel(ne(a, -1), b, 0)
 */
rt_layer void l04_map_naive(const int64_t *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i2 = 0; i2 < 2; i2++)
    {
        const int64_t a0 = x0[i0 * 2 + i2];
        const float a1 = x1[i0 * 2 + i2];
        y[i0 * 2 + i2] = (a0 != (-1)) ? a1 : 0.0f;
    }
}

/* l05_gather_naive: GatherElements
 *   loss
 *   x  float 2x3x2
 *   index  int64 2x1x2
 *   y  float 2x1x2
 */
rt_layer void l05_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i2 = 0; i2 < 2; i2++) {
        int64_t at = index[i0 * 2 + i2];
        at += at < 0 ? 3 : 0;
        at = at < 0 ? 0 : at < 3 ? at : 2;
        y[i0 * 2 + i2] = x[i0 * 6 + at * 2 + i2];
    }
}

/* l06_map_naive: SoftmaxCrossEntropyLoss
 *   loss
 *   x0  float 2x1x2
 *   x1  float 2x1x2
 *   x2  int64 2x1x2
 *   y  float 2x1x2
 *   computes sel(ne(c, -1), (neg(a) * b), 0)
 */
rt_layer void l06_map_naive(const float *x0, const float *x1, const int64_t *x2, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i2 = 0; i2 < 2; i2++)
    {
        const float a0 = x0[i0 * 2 + i2];
        const float a1 = x1[i0 * 2 + i2];
        const int64_t a2 = x2[i0 * 2 + i2];
        y[i0 * 2 + i2] = (a2 != (-1)) ? ((-a0) * a1) : 0.0f;
    }
}

/* l07_reduce_vec: ReduceSum
 *   loss
 *   loss
 *   x  float 2x1x2
 *   y  float 1x1x1
 */
rt_layer void l07_reduce_vec(const float *restrict x, float *restrict y)
{
    const vf start = vf_splat(0.0f);
    vf a0 = start;
    const float *p = x;
    a0 = vf_add(a0, vf_loadn(p, 4));
    const float acc = vf_hadd(a0);
    y[0] = acc;
}

/* l08_map_naive: SoftmaxCrossEntropyLoss
 *   loss
 *   x0  float 1x1x1
 *   x1  float 1x1x1
 *   y  float 1x1x1
 *   computes (a / b)
 */
rt_layer void l08_map_naive(const float *x0, const float *x1, float *y)
{
    {
        const float a0 = x0[0];
        const float a1 = x1[0];
        y[0] = a0 / a1;
    }
}

/* l09_map_vec: SoftmaxCrossEntropyLoss
 *   loss
 *   x0  float 2x3x2
 *   y  float 2x3x2
 *   computes a
 *   tile 1 x 1 vectors
 */
rt_layer void l09_map_vec(const float *x0, float *y)
{
    {
        for (int i0 = 0; i0 < 8; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            vf_store(y + i0, a0);
        }
        const vf a0 = vf_loadn(x0 + 8, 4);
        vf_storen(y + 8, a0, 4);
    }
}

/* l10_cumulate_naive: CumSum
 *   sums
 *   x  float 2x3x2
 *   y  float 2x3x2
 */
rt_layer void l10_cumulate_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i2 = 0; i2 < 2; i2++) {
        float acc = 0.0f;
        for (int k = 0; k < 3; k++) {
            const float v = x[i0 * 6 + (2 - k) * 2 + i2];
            y[i0 * 6 + (2 - k) * 2 + i2] = acc;
            acc = acc + v;
        }
    }
}

static const float loss_const1[3] = {0.5f, 1.0f, 0.25f};
int loss_run(const float x[12], const int64_t t[4], float loss[1], float logs[12], float sums[12], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !x || !t || !loss || !logs || !sums)
        return 1;
    l01_softmax_vec(x, (float *)(m + 0)); /* loss */
    l02_map_naive(t, (int64_t *)(m + 48)); /* loss */
    l03_gather_naive(loss_const1, (const int64_t *)(m + 48), (float *)(m + 80)); /* loss */
    l04_map_naive(t, (const float *)(m + 80), (float *)(m + 80)); /* loss */
    l05_gather_naive((const float *)(m + 0), (const int64_t *)(m + 48), (float *)(m + 96)); /* loss */
    l06_map_naive((const float *)(m + 96), (const float *)(m + 80), t, (float *)(m + 96)); /* loss */
    l07_reduce_vec((const float *)(m + 96), (float *)(m + 48)); /* loss */
    l07_reduce_vec((const float *)(m + 80), (float *)(m + 52)); /* loss */
    l08_map_naive((const float *)(m + 48), (const float *)(m + 52), loss); /* loss */
    l09_map_vec((const float *)(m + 0), logs); /* loss */
    l10_cumulate_naive(x, sums); /* sums */
    return 0;
}
