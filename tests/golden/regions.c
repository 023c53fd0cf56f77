/* l01_map_vec: Greater
 *   good
 *   x0  float 4
 *   y  bool 4
 *   computes (a > 0.5)
 *   tile 1 x 1 vectors
 */
rt_layer void l01_map_vec(const float *x0, uint8_t *y)
{
    {
        const vf a0 = vf_loadn(x0, 4);
        vm_storen_u8(y, vf_gt(a0, vf_splat(0.5f)), 4);
    }
}

/* l02_nonzero_naive: NonZero
 *   find
 *   x  bool 4
 *   y  int64 1x4
 *   count  int64 scalar
 */
rt_layer void l02_nonzero_naive(const uint8_t *restrict x, int64_t *restrict y, int64_t *restrict count)
{
    int64_t found = 0;
    for (int i0 = 0; i0 < 4; i0++) {
        if (x[i0] != 0) {
            y[found] = i0;
            found++;
        }
    }
    count[0] = found;
    for (; found < 4; found++) {
        y[found] = 0;
    }
}

/* l03_gather_naive: Gather
 *   pick
 *   x  float 4x4
 *   index  int64 4
 *   y  float 4x4
 */
rt_layer void l03_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 4; i0++) {
        int64_t at = index[i0];
        at += at < 0 ? 4 : 0;
        at = at < 0 ? 0 : at < 4 ? at : 3;
        for (int i1 = 0; i1 < 4; i1++) {
            y[i0 * 4 + i1] = x[at * 4 + i1];
        }
    }
}

/* l04_map_naive: Map+Map
 *   of_one_image
 *   x0  int64 scalar
 *   x1  int64 scalar
 *   y  bool scalar
 *   computes (b == max(a, 0))
 */
rt_layer void l04_map_naive(const int64_t *x0, const int64_t *x1, uint8_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t a1 = x1[0];
        y[0] = a1 == (a0 > 0 ? a0 : 0);
    }
}

/* l05_map_naive: Map
 *   align
 *   back
 *   x0  int64 4x1
 *   x1  int64 scalar
 *   y  bool 4x1
 *   computes (a < b)
 */
rt_layer void l05_map_naive(const int64_t *x0, const int64_t *x1, uint8_t *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[0];
        y[i0] = a0 < a1;
    }
}

/* l06_map_vec: Map
 *   align
 *   x0  bool 4x1
 *   x1  float 4x4
 *   y  float 4x4
 *   computes sel(a, b, 0)
 *   tile 1 x 1 vectors
 */
rt_layer void l06_map_vec(const uint8_t *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    {
        const vm a0 = vf_ne(vf_splat((float)x0[i0]), vf_splat(0.0f));
        const vf a1 = vf_loadn(x1 + i0 * 4, 4);
        vf_storen(y + i0 * 4, vf_sel(a0, a1, vf_splat(0.0f)), 4);
    }
}

/* l07_roi_naive: RoiAlign
 *   align
 *   x  float 1x1x4x4
 *   rois  float 4x4
 *   batch  int64 4
 *   y  float 4x1x2x2
 */
rt_layer void l07_roi_naive(const float *restrict x, const float *restrict rois, const int64_t *restrict batch, float *restrict y)
{
    for (int i0 = 0; i0 < 4; i0++) {
        int64_t b = batch[i0];
        b = b < 0 ? 0 : b < 1 ? b : 0;
        const float h0 = rois[i0 * 4 + 1] * 1.0f - 0.5f;
        const float h1 = rois[i0 * 4 + 3] * 1.0f - 0.5f;
        const float h_part = (h1 - h0) / 2.0f;
        const int h_count = h_part > 0 ? h_part < 1e6 ? (int)ceilf(h_part) : 1000000 : 0;
        const float w0 = rois[i0 * 4] * 1.0f - 0.5f;
        const float w1 = rois[i0 * 4 + 2] * 1.0f - 0.5f;
        const float w_part = (w1 - w0) / 2.0f;
        const int w_count = w_part > 0 ? w_part < 1e6 ? (int)ceilf(w_part) : 1000000 : 0;
        for (int i2 = 0; i2 < 2; i2++)
        for (int i3 = 0; i3 < 2; i3++) {
            float acc = 0;
            for (int i = 0; i < h_count; i++)
            for (int j = 0; j < w_count; j++) {
                const float ph = h0 + ((float)i2 + ((float)i + 0.5f) / (float)h_count) * h_part;
                const float pw = w0 + ((float)i3 + ((float)j + 0.5f) / (float)w_count) * w_part;
                float v = 0;
                if (ph >= -1 && ph <= 4 && pw >= -1 && pw <= 4) {
                    const float h = ph > 0 ? ph : 0;
                    const int h_low = h < 3 ? (int)h : 3;
                    const int h_high = h_low < 3 ? h_low + 1 : 3;
                    const float h_r = h_low < 3 ? h - (float)h_low : 0;
                    const float w = pw > 0 ? pw : 0;
                    const int w_low = w < 3 ? (int)w : 3;
                    const int w_high = w_low < 3 ? w_low + 1 : 3;
                    const float w_r = w_low < 3 ? w - (float)w_low : 0;
                    const float corner[4] = {(1 - h_r) * (1 - w_r) * x[b * 16 + h_low * 4 + w_low], (1 - h_r) * w_r * x[b * 16 + h_low * 4 + w_high],
                        h_r * (1 - w_r) * x[b * 16 + h_high * 4 + w_low], h_r * w_r * x[b * 16 + h_high * 4 + w_high]};
                    v = corner[0] + corner[1] + corner[2] + corner[3];
                }
                acc += v;
            }
            acc /= h_count * w_count > 1 ? (float)h_count * (float)w_count : 1;
            y[i0 * 4 + i2 * 2 + i3] = acc;
        }
    }
}

/* l08_map_naive: Map
 *   back
 *   x0  bool 4x1x1x1
 *   x1  int64 4x1x2x2 strided
 *   y  int64 4x1x2x2
 *   computes sel(a, b, 2.14748365e+09)
 */
rt_layer void l08_map_naive(const uint8_t *x0, const int64_t *x1, int64_t *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    for (int i2 = 0; i2 < 2; i2++)
    for (int i3 = 0; i3 < 2; i3++)
    {
        const uint8_t a0 = x0[i0];
        const int64_t a1 = x1[i0];
        y[i0 * 4 + i2 * 2 + i3] = a0 ? a1 : 2147483647;
    }
}

/* l09_scatter_naive: ScatterElements
 *   back
 *   x  float 4x1x2x2
 *   index  int64 4x1x2x2
 *   u  float 4x1x2x2
 *   y  float 4x1x2x2
 */
rt_layer void l09_scatter_naive(const float *restrict x, const int64_t *restrict index, const float *restrict u, float *restrict y)
{
    memcpy(y, x, 64);
    for (int i0 = 0; i0 < 4; i0++)
    for (int i2 = 0; i2 < 2; i2++)
    for (int i3 = 0; i3 < 2; i3++) {
        int64_t at = index[i0 * 4 + i2 * 2 + i3];
        at += at < 0 ? 4 : 0;
        if (at >= 0 && at < 4) {
            y[at * 4 + i2 * 2 + i3] = u[i0 * 4 + i2 * 2 + i3];
        }
    }
}

/* l10_map_naive: Map
 *   back_whole
 *   x0  int64 4x1
 *   x1  int64 scalar
 *   x2  int64 4x1
 *   y  int64 4x1
 *   computes sel((a < b), c, 2.14748365e+09)
 */
rt_layer void l10_map_naive(const int64_t *x0, const int64_t *x1, const int64_t *x2, int64_t *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[0];
        const int64_t a2 = x2[i0];
        y[i0] = (a0 < a1) ? a2 : 2147483647;
    }
}

/* l11_scatter_naive: ScatterND
 *   back_whole
 *   x  float 4x1x2x2
 *   index  int64 4x1
 *   u  float 4x1x2x2
 *   y  float 4x1x2x2
 */
rt_layer void l11_scatter_naive(const float *restrict x, const int64_t *restrict index, const float *restrict u, float *restrict y)
{
    memcpy(y, x, 64);
    for (int i0 = 0; i0 < 4; i0++) {
        int64_t at0 = index[i0 + 0];
        at0 += at0 < 0 ? 4 : 0;
        if (at0 >= 0 && at0 < 4) {
            for (int i2 = 0; i2 < 2; i2++)
            for (int i3 = 0; i3 < 2; i3++) {
                y[at0 * 4 + i2 * 2 + i3] = u[i0 * 4 + i2 * 2 + i3];
            }
        }
    }
}

/* l12_copy_naive: Copy
 *   find
 *   y/Reshape
 *   y/Reshape
 *   y/Reshape
 *   x  int64 1
 *   y  int64 1
 */
rt_layer void l12_copy_naive(const int64_t *restrict x, int64_t *restrict y)
{
    y[0] = x[0];
}

static const int64_t regions_const1[4] = {0, 1, 2, 3};
static const int64_t regions_const2[4] = {0, 0, 0, 0};
static const int64_t regions_const3[4] = {0, 1, 2, 3};
static const float regions_const4[16] = {0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f};
static const int64_t regions_const5[1] = {1};
static const int64_t regions_const6[1] = {2};
int regions_run(const float x[16], const float boxes[16], const float scores[4], float y[16], float z[16], float v[16], int64_t y_dims[4], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !x || !boxes || !scores || !y || !z || !v || !y_dims)
        return 1;
    l01_map_vec(scores, (uint8_t *)(m + 0)); /* good */
    l02_nonzero_naive((const uint8_t *)(m + 0), (int64_t *)(m + 128), (int64_t *)(m + 160)); /* find */
    l03_gather_naive(boxes, (const int64_t *)(m + 128), (float *)(m + 0)); /* pick */
    l04_map_naive((const int64_t *)(m + 160), (const int64_t *)(m + 160), (uint8_t *)(m + 64)); /* of_one_image */
    if (!*(const uint8_t *)(m + 64))
        return 2; /* align: sizes along axis 0 of 'y' disagree */
    l05_map_naive(regions_const1, (const int64_t *)(m + 160), (uint8_t *)(m + 64)); /* align */
    l06_map_vec((const uint8_t *)(m + 64), (const float *)(m + 0), (float *)(m + 0)); /* align */
    l07_roi_naive(x, (const float *)(m + 0), regions_const2, y); /* align */
    l05_map_naive(regions_const3, (const int64_t *)(m + 160), (uint8_t *)(m + 168)); /* back */
    l08_map_naive((const uint8_t *)(m + 168), (const int64_t *)(m + 128), (int64_t *)(m + 0)); /* back */
    l09_scatter_naive(regions_const4, (const int64_t *)(m + 0), y, z); /* back */
    l10_map_naive(regions_const1, (const int64_t *)(m + 160), (const int64_t *)(m + 128), (int64_t *)(m + 0)); /* back_whole */
    l11_scatter_naive(regions_const4, (const int64_t *)(m + 0), y, v); /* back_whole */
    l12_copy_naive((const int64_t *)(m + 160), y_dims); /* find */
    l12_copy_naive(regions_const5, y_dims + 1); /* y/Reshape */
    l12_copy_naive(regions_const6, y_dims + 2); /* y/Reshape */
    l12_copy_naive(regions_const6, y_dims + 3); /* y/Reshape */
    return 0;
}
