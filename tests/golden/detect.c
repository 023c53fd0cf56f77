/* l01_nms_naive: NonMaxSuppression
 *   nms
 *   boxes  float 1x5x4
 *   scores  float 1x2x5
 *   most  int64 1
 *   overlap  float 1
 *   y  int64 10x3
 *   count  int64 scalar
 *   gone  [boxes]
 */
rt_layer void l01_nms_naive(const float *restrict boxes, const float *restrict scores, const int64_t *restrict most, const float *restrict overlap, int64_t *restrict y, int64_t *restrict count, uint8_t *restrict gone)
{
    const int64_t there = 5;
    const int64_t limit = most[0] < 5 ? most[0] : 5;
    int64_t found = 0;
    for (int b = 0; b < 1; b++)
    for (int c = 0; c < 2; c++) {
        memset(gone, 0, 5);
        for (int64_t turn = 0; turn < limit; turn++) {
            int best = -1;
            for (int i = 0; i < there; i++)
            if (!gone[i] && (best < 0 || scores[b * 10 + c * 5 + i] > scores[b * 10 + c * 5 + best]))
                best = i;
            if (best < 0)
                break;
            y[found * 3] = b;
            y[found * 3 + 1] = c;
            y[found * 3 + 2] = best;
            found++;
            const float u0 = boxes[b * 20 + best * 4] < boxes[b * 20 + best * 4 + 2] ? boxes[b * 20 + best * 4] : boxes[b * 20 + best * 4 + 2], u1 = boxes[b * 20 + best * 4] < boxes[b * 20 + best * 4 + 2] ? boxes[b * 20 + best * 4 + 2] : boxes[b * 20 + best * 4];
            const float v0 = boxes[b * 20 + best * 4 + 1] < boxes[b * 20 + best * 4 + 3] ? boxes[b * 20 + best * 4 + 1] : boxes[b * 20 + best * 4 + 3], v1 = boxes[b * 20 + best * 4 + 1] < boxes[b * 20 + best * 4 + 3] ? boxes[b * 20 + best * 4 + 3] : boxes[b * 20 + best * 4 + 1];
            for (int i = 0; i < there; i++) {
                const float p0 = boxes[b * 20 + i * 4] < boxes[b * 20 + i * 4 + 2] ? boxes[b * 20 + i * 4] : boxes[b * 20 + i * 4 + 2], p1 = boxes[b * 20 + i * 4] < boxes[b * 20 + i * 4 + 2] ? boxes[b * 20 + i * 4 + 2] : boxes[b * 20 + i * 4];
                const float q0 = boxes[b * 20 + i * 4 + 1] < boxes[b * 20 + i * 4 + 3] ? boxes[b * 20 + i * 4 + 1] : boxes[b * 20 + i * 4 + 3], q1 = boxes[b * 20 + i * 4 + 1] < boxes[b * 20 + i * 4 + 3] ? boxes[b * 20 + i * 4 + 3] : boxes[b * 20 + i * 4 + 1];
                const float high = (u1 < p1 ? u1 : p1) - (u0 > p0 ? u0 : p0);
                const float wide = (v1 < q1 ? v1 : q1) - (v0 > q0 ? v0 : q0);
                const float common = high > 0 && wide > 0 ? high * wide : 0;
                const float all = (u1 - u0) * (v1 - v0) + (p1 - p0) * (q1 - q0) - common;
                if (common > 0 && common / all > overlap[0])
                    gone[i] = 1;
            }
            gone[best] = 1;
        }
    }
    count[0] = found;
    for (; found < 10; found++) {
        y[found * 3] = 0;
        y[found * 3 + 1] = 0;
        y[found * 3 + 2] = 0;
    }
}

/* l02_gather_naive: Gather
 *   look
 *   x  float 5x4
 *   index  int64 10 strided
 *   y  float 10x4
 */
rt_layer void l02_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 10; i0++) {
        int64_t at = index[i0 * 3];
        at += at < 0 ? 5 : 0;
        at = at < 0 ? 0 : at < 5 ? at : 4;
        for (int i1 = 0; i1 < 4; i1++) {
            y[i0 * 4 + i1] = x[at * 4 + i1];
        }
    }
}

/* l03_copy_naive: Copy
 *   nms
 *   kept/Reshape
 *   turned/Reshape
 *   nms
 *   x  int64 1
 *   y  int64 1
 */
rt_layer void l03_copy_naive(const int64_t *restrict x, int64_t *restrict y)
{
    y[0] = x[0];
}

/* l04_compact_naive: Compact
 *   turned
 *   x  float 4x10 strided
 *   dims  int64 2
 *   y  float 4x10
 */
rt_layer void l04_compact_naive(const float *restrict x, const int64_t *restrict dims, float *restrict y)
{
    float *to = y;
    for (int i0 = 0; i0 < dims[0]; i0++)
    for (int i1 = 0; i1 < dims[1]; i1++)
        *to++ = x[i0 + i1 * 4];
}

static const float detect_const1[1] = {0.5f};
static const int64_t detect_const2[1] = {3};
static const int64_t detect_const3[1] = {4};
int detect_run(const float boxes[20], const float scores[10], const int64_t most[1], int64_t kept[30], float turned[40], int64_t kept_dims[2], int64_t turned_dims[2], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !boxes || !scores || !most || !kept || !turned || !kept_dims || !turned_dims)
        return 1;
    l01_nms_naive(boxes, scores, most, detect_const1, kept, (int64_t *)(m + 160), (uint8_t *)(m + 0)); /* nms */
    l02_gather_naive(boxes, kept + 2, (float *)(m + 0)); /* look */
    l03_copy_naive((const int64_t *)(m + 160), kept_dims); /* nms */
    l03_copy_naive(detect_const2, kept_dims + 1); /* kept/Reshape */
    l03_copy_naive(detect_const3, turned_dims); /* turned/Reshape */
    l03_copy_naive((const int64_t *)(m + 160), turned_dims + 1); /* nms */
    l04_compact_naive((const float *)(m + 0), turned_dims, turned); /* turned */
    return 0;
}
