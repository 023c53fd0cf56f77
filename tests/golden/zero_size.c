/* l01_gemm_naive: MatMul+Add
 *   product
 *   a  float 2x0
 *   b  float 0x3
 *   y  float 2x3
 *   r0  float 1x3
 *   computes (y + e)
 */
rt_layer void l01_gemm_naive(const float *restrict a, const float *restrict b, float *restrict y, const float *restrict r0)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 3; i1++) {
        float acc = 0;
        for (int k = 0; k < 0; k++) acc += a[k] * b[i1 + k * 3];
        const float e0 = r0[i1];
        y[i0 * 3 + i1] = acc + e0;
    }
}

/* l02_copy_naive: Copy
 *   e
 *   x  float 0x3
 *   y  float 0x3
 */
rt_layer void l02_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 0);
}

/* l03_copy_naive: Copy
 *   j
 *   s
 *   x  float 1x3
 *   y  float 1x3
 */
rt_layer void l03_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 12);
}

static const float zero_size_const1[1] = {0.0f};
static const float zero_size_const2[1] = {0.0f};
static const float zero_size_const3[3] = {0.0f, 0.0f, 0.0f};
int zero_size_run(const float x[1], const float y[3], const float z[1], float e[1], float j[3], float s[3], float a[6], void *work)
{
    if (!work || (uintptr_t)work % 64 || !x || !y || !z || !e || !j || !s || !a)
        return 1;
    l01_gemm_naive(zero_size_const1, zero_size_const2, a, y); /* product */
    l02_copy_naive(zero_size_const2, e); /* e */
    l03_copy_naive(y, j); /* j */
    l03_copy_naive(zero_size_const3, s); /* s */
    return 0;
}
