/* l01_map_vec: QuantizeLinear
 *   q
 *   x0  float 2x6
 *   y  int8 2x6
 *   computes int8(min(max((rint((a / 0.100000001)) + 7), -128), 127))
 *   tile 1 x 1 vectors
 */
rt_layer void l01_map_vec(const float *x0, int8_t *y)
{
    {
        for (int i0 = 0; i0 < 8; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            const vf t0 = vf_min(vf_max(vf_add(vf_rint(vf_div(a0, vf_splat(0.1f))), vf_splat(7.0f)), vf_splat(-128.0f)), vf_splat(127.0f));
            vf_store_i8(y + i0, vf_trunc(t0));
        }
        const vf a0 = vf_loadn(x0 + 8, 4);
        const vf t1 = vf_min(vf_max(vf_add(vf_rint(vf_div(a0, vf_splat(0.1f))), vf_splat(7.0f)), vf_splat(-128.0f)), vf_splat(127.0f));
        vf_storen_i8(y + 8, vf_trunc(t1), 4);
    }
}

/* l02_map_vec: DequantizeLinear
 *   dq
 *   x0  int8 2x6
 *   y  float 2x6
 *   computes ((float(a) - 7) * 0.100000001)
 *   tile 1 x 1 vectors
 */
rt_layer void l02_map_vec(const int8_t *x0, float *y)
{
    {
        for (int i0 = 0; i0 < 8; i0 += 8) {
            const vf a0 = vf_load_i8(x0 + i0);
            vf_store(y + i0, vf_mul(vf_sub(a0, vf_splat(7.0f)), vf_splat(0.1f)));
        }
        const vf a0 = vf_loadn_i8(x0 + 8, 4);
        vf_storen(y + 8, vf_mul(vf_sub(a0, vf_splat(7.0f)), vf_splat(0.1f)), 4);
    }
}

int quantize_run(const float x[12], int8_t q[12], float y[12], void *work)
{
    if (!work || (uintptr_t)work % 64 || !x || !q || !y)
        return 1;
    l01_map_vec(x, q); /* q */
    l02_map_vec(q, y); /* dq */
    return 0;
}
