/* l01_map_vec: Add+Clip
 *   add
 *   x0  float 1x2x3x3
 *   x1  float 2x1x1
 *   y  float 1x2x3x3
 *   computes min(max((a + b), -0.5), 0.5)
 *   tile 1 x 1 vectors
 */
rt_layer void l01_map_vec(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        for (int i1 = 0; i1 < 8; i1 += 8) {
            const vf a0 = vf_load(x0 + i0 * 9 + i1);
            const vf a1 = vf_splat(x1[i0]);
            vf_store(y + i0 * 9 + i1, vf_min(vf_max(vf_add(a0, a1), vf_splat(-0.5f)), vf_splat(0.5f)));
        }
        const vf a0 = vf_loadn(x0 + i0 * 9 + 8, 1);
        const vf a1 = vf_splat(x1[i0]);
        vf_storen(y + i0 * 9 + 8, vf_min(vf_max(vf_add(a0, a1), vf_splat(-0.5f)), vf_splat(0.5f)), 1);
    }
}

static const float opset6_const1[2] = {0.125f, 0.25f};
int opset6_run(const float x[18], float y[18], void *work)
{
    if (!work || (uintptr_t)work % 64 || !x || !y)
        return 1;
    l01_map_vec(x, opset6_const1, y); /* add */
    return 0;
}
