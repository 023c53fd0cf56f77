/* l01_map_naive: Relu
 *   first
 *   x0  float 1x2
 *   y  float 1x2
 *   computes max(a, 0)
 */
rt_layer void l01_map_naive(const float *x0, float *y)
{
    for (int i1 = 0; i1 < 2; i1++)
    {
        const float a0 = x0[i1];
        y[i1] = a0 > 0.0f ? a0 : 0.0f;
    }
}

/* l02_copy_naive: Copy
 *   zero
 *   x  int64 scalar
 *   y  int64 scalar
 */
rt_layer void l02_copy_naive(const int64_t *restrict x, int64_t *restrict y)
{
    y[0] = x[0];
}

/* l03_reduce_vec: ReduceSum
 *   norm
 *   x  float 1x2
 *   y  float scalar
 */
rt_layer void l03_reduce_vec(const float *restrict x, float *restrict y)
{
    const vf start = vf_splat(0.0f);
    vf a0 = start;
    const float *p = x;
    a0 = vf_add(a0, vf_loadn(p, 2));
    const float acc = vf_hadd(a0);
    y[0] = acc;
}

/* l04_map_naive: Less
 *   small
 *   x0  float scalar
 *   y  bool scalar
 *   computes (a < 10)
 */
rt_layer void l04_map_naive(const float *x0, uint8_t *y)
{
    {
        const float a0 = x0[0];
        y[0] = a0 < (1e+01f);
    }
}

/* l05_gemm_naive: MatMul
 *   turn
 *   a  float 1x2
 *   b  float 2x2
 *   y  float 1x2
 *   4 MACs
 */
rt_layer void l05_gemm_naive(const float *restrict a, const float *restrict b, float *restrict y)
{
    for (int i1 = 0; i1 < 2; i1++) {
        float acc = 0;
        for (int k = 0; k < 2; k++) acc += a[k] * b[i1 + k * 2];
        y[i1] = acc;
    }
}

/* l06_map_naive: Add
 *   count
 *   x0  int64 scalar
 *   y  int64 scalar
 *   computes (a + 1)
 */
rt_layer void l06_map_naive(const int64_t *x0, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = (int64_t)((uint64_t)a0 + (uint64_t)1);
    }
}

/* l07_copy_naive: Copy
 *   turn
 *   x  float 1x2
 *   y  float 1x2
 */
rt_layer void l07_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 8);
}

static const int64_t loop_while_const1[1] = {0};
static const float loop_while_const2[4] = {1.0f, 0.5f, 0.75f, 1.0f};
int loop_while_run(const int64_t most[1], const uint8_t go[1], const float x[2], float y[2], int64_t turns[1], float path[10], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !most || !go || !x || !y || !turns || !path)
        return 1;
    l01_map_naive(x, y); /* first */
    l02_copy_naive(loop_while_const1, turns); /* zero */
    uint8_t go1 = *go;
    const int64_t n1 = *most;
    int64_t t1 = 0;
    for (; go1 && t1 < n1; t1++) { /* grow */
        if (t1 == 5)
            return 2; /* more turns than are declared */
        l03_reduce_vec(y, (float *)(m + 0)); /* norm */
        l04_map_naive((const float *)(m + 0), (uint8_t *)(m + 4)); /* small */
        l05_gemm_naive(y, loop_while_const2, path + t1 * 2); /* turn */
        l06_map_naive(turns, turns); /* count */
        l07_copy_naive(path + t1 * 2, y); /* turn */
        go1 = *(const uint8_t *)(m + 4);
    }
    if (t1 != 5)
        return 2; /* fewer turns than are declared */
    return 0;
}
