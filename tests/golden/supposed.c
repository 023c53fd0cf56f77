/* l01_map_naive: Map
 *   size
 *   x0  int64 3
 *   x1  int64 3
 *   x2  int64 3
 *   y  bool 3
 *   computes and(ge(a, b), le(a, c))
 */
rt_layer void l01_map_naive(const int64_t *x0, const int64_t *x1, const int64_t *x2, uint8_t *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[i0];
        const int64_t a2 = x2[i0];
        y[i0] = (a0 >= a1) && (a0 <= a2);
    }
}

/* l02_reduce_naive: ReduceMin
 *   size
 *   x  bool 3
 *   y  bool 1
 */
rt_layer void l02_reduce_naive(const uint8_t *restrict x, uint8_t *restrict y)
{
    {
        uint64_t acc = UINT64_C(1);
        for (int k0 = 0; k0 < 3; k0++) {
            const uint64_t v = x[k0];
            acc = v < acc ? v : acc;
        }
        y[0] = acc != 0;
    }
}

/* l03_pad_naive: Pad
 *   grow
 *   x  float 2x4
 *   y  float 3x5
 */
rt_layer void l03_pad_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++)
    for (int i1 = 0; i1 < 5; i1++) {
        const float v = i0 < 2 && i1 < 4 ? x[i0 * 4 + i1] : 0.0f;
        y[i0 * 5 + i1] = v;
    }
}

/* l04_copy_naive: Copy
 *   grow
 *   x  float 3x5 strided
 *   y  float 3x5
 */
rt_layer void l04_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++)
        memcpy(y + i0 * 5, x + i0 * -5, 20);
}

static const int64_t supposed_const1[3] = {3, -4096, 5};
static const int64_t supposed_const2[3] = {3, 4096, 5};
int supposed_run(const float x[8], const int64_t size[3], float y[15], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !x || !size || !y)
        return 1;
    l01_map_naive(size, supposed_const1, supposed_const2, (uint8_t *)(m + 0)); /* size */
    l02_reduce_naive((const uint8_t *)(m + 0), (uint8_t *)(m + 3)); /* size */
    if (!*(const uint8_t *)(m + 3))
        return 2; /* size: it does not lead to the shapes that are declared */
    l03_pad_naive(x, (float *)(m + 0)); /* grow */
    l04_copy_naive((const float *)(m + 40), y); /* grow */
    return 0;
}
