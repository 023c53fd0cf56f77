/* l01_grid_naive: GridSample
 *   y
 *   x  float 1x2x4x5
 *   grid  float 1x2x3x2
 *   y  float 1x2x2x3
 */
rt_layer void l01_grid_naive(const float *restrict x, const float *restrict grid, float *restrict y)
{
    for (int i2 = 0; i2 < 2; i2++)
    for (int i3 = 0; i3 < 3; i3++) {
        int at0[2];
        float by0[2];
        {
            float p = grid[i2 * 6 + i3 * 2 + 1];
            p = ((p + 1) * 4.0f - 1) / 2;
            p = p > -1e+09f ? p < 1e+09f ? p : 1e+09f : -1e+09f;
            const float q = floorf(p);
            const float r = p - q;
            by0[0] = 1 - r;
            by0[1] = r;
            for (int k = 0; k < 2; k++) {
                const int i = (int)q + k;
                at0[k] = i >= 0 && i < 4 ? i : -1;
            }
        }
        int at1[2];
        float by1[2];
        {
            float p = grid[i2 * 6 + i3 * 2];
            p = ((p + 1) * 5.0f - 1) / 2;
            p = p > -1e+09f ? p < 1e+09f ? p : 1e+09f : -1e+09f;
            const float q = floorf(p);
            const float r = p - q;
            by1[0] = 1 - r;
            by1[1] = r;
            for (int k = 0; k < 2; k++) {
                const int i = (int)q + k;
                at1[k] = i >= 0 && i < 5 ? i : -1;
            }
        }
        for (int c = 0; c < 2; c++) {
            float acc = 0;
            for (int k0 = 0; k0 < 2; k0++)
            for (int k1 = 0; k1 < 2; k1++)
            if (at0[k0] >= 0 && at1[k1] >= 0)
                acc += by0[k0] * by1[k1] * x[c * 20 + at0[k0] * 5 + at1[k1]];
            y[c * 6 + i2 * 3 + i3] = acc;
        }
    }
}

int sample_run(const float x[40], const float grid[12], float y[12], void *work)
{
    if (!work || (uintptr_t)work % 64 || !x || !grid || !y)
        return 1;
    l01_grid_naive(x, grid, y); /* y */
    return 0;
}
