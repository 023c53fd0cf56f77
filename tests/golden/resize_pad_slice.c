/* l01_resize_naive: Resize
 *   up
 *   x  float 1x2x3x3
 *   t2  [6][1]
 *   t3  [6][1]
 *   y  float 1x2x6x6 channels-last
 */
rt_layer void l01_resize_naive(const float *restrict x, const int32_t *restrict t2, const int32_t *restrict t3, float *restrict y)
{
    for (int i1 = 0; i1 < 2; i1++)
    for (int i2 = 0; i2 < 6; i2++)
    for (int i3 = 0; i3 < 6; i3++) {
        y[i1 + i2 * 12 + i3 * 2] = x[i1 * 9 + t2[i2] * 3 + t3[i3]];
    }
}

/* l02_pad_naive: Pad
 *   pad
 *   x  float 1x2x6x6 channels-last
 *   y  float 1x2x8x8 channels-last
 */
rt_layer void l02_pad_naive(const float *restrict x, float *restrict y)
{
    for (int i1 = 0; i1 < 2; i1++)
    for (int i2 = 0; i2 < 8; i2++)
    for (int i3 = 0; i3 < 8; i3++) {
        const int t2 = (i2 + 9) % 10;
        const int s2 = (t2 < 6 ? t2 : 10 - t2);
        const int t3 = (i3 + 9) % 10;
        const int s3 = (t3 < 6 ? t3 : 10 - t3);
        y[i1 + i2 * 16 + i3 * 2] = x[i1 + s2 * 12 + s3 * 2];
    }
}

/* l03_copy_naive: Copy
 *   pad
 *   x  float 1x2x4x3 strided
 *   y  float 1x2x4x3
 */
rt_layer void l03_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 4; i1++)
    for (int i2 = 0; i2 < 3; i2++)
        y[i0 * 12 + i1 * 3 + i2] = x[i0 + i1 * 32 + i2 * -6];
}

static const int32_t resize_pad_slice_const1[6] = {0, 0, 1, 1, 2, 2};
int resize_pad_slice_run(const float x[18], float y[24], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !x || !y)
        return 1;
    l01_resize_naive(x, resize_pad_slice_const1, resize_pad_slice_const1, (float *)(m + 512)); /* up */
    l02_pad_naive((const float *)(m + 512), (float *)(m + 0)); /* pad */
    l03_copy_naive((const float *)(m + 56), y); /* pad */
    return 0;
}
