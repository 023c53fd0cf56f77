/* l01_reduce_naive: ReduceMax
 *   largest
 *   x  float 3
 *   y  float scalar
 */
rt_layer void l01_reduce_naive(const float *restrict x, float *restrict y)
{
    {
        float acc = -INFINITY;
        for (int k0 = 0; k0 < 3; k0++) {
            const float v = x[k0];
            acc = v > acc ? v : acc;
        }
        y[0] = acc;
    }
}

/* l02_map_naive: Less
 *   negative
 *   x0  float scalar
 *   y  bool scalar
 *   computes (a < 0)
 */
rt_layer void l02_map_naive(const float *x0, uint8_t *y)
{
    {
        const float a0 = x0[0];
        y[0] = a0 < 0.0f;
    }
}

/* l03_map_vec: Abs
 *   sizes
 *   x0  float 3
 *   y  float 3
 *   computes abs(a)
 *   tile 1 x 1 vectors
 */
rt_layer void l03_map_vec(const float *x0, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 3);
        vf_storen(y, vf_abs(a0), 3);
    }
}

int branch_out_run(const float x[3], float y[1], float z[3], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !x || !y || !z)
        return 1;
    l01_reduce_naive(x, (float *)(m + 0)); /* largest */
    l02_map_naive((const float *)(m + 0), (uint8_t *)(m + 4)); /* negative */
    if (!*(const uint8_t *)(m + 4))
        return 2; /* choose: node 'impossible' (Add): 'pair' of shape 2 does not broadcast to the other inputs */
    l03_map_vec(x, z); /* sizes */
    return 0;
}
