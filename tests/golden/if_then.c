/* l01_map_vec: Tanh
 *   tanh
 *   x0  float 2x3
 *   y  float 2x3
 *   computes tanh(a)
 *   tile 1 x 1 vectors
 */
rt_layer void l01_map_vec(const float *x0, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 6);
        vf_storen(y, vf_tanh(a0), 6);
    }
}

/* l02_map_vec: Mul+Add
 *   double
 *   x0  float 2x3
 *   y  float 2x3
 *   computes ((a * 2) + 1)
 *   tile 1 x 1 vectors
 */
rt_layer void l02_map_vec(const float *x0, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 6);
        vf_storen(y, vf_add(vf_mul(a0, vf_splat(2.0f)), vf_splat(1.0f)), 6);
    }
}

int if_then_run(const uint8_t c[1], const float x[6], float y[6], void *work)
{
    if (!work || (uintptr_t)work % 64 || !c || !x || !y)
        return 1;
    if (*c) { /* choice */
        l01_map_vec(x, y); /* tanh */
    } else {
        l02_map_vec(x, y); /* double */
    }
    return 0;
}
