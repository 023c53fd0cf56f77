/* l01_map_vec: Greater
 *   good
 *   x0  float 6
 *   y  bool 6
 *   computes (a > 0.200000003)
 *   tile 1 x 1 vectors
 */
rt_layer void l01_map_vec(const float *x0, uint8_t *y)
{
    {
        const vf a0 = vf_loadn(x0, 6);
        vm_storen_u8(y, vf_gt(a0, vf_splat(0.2f)), 6);
    }
}

/* l02_nonzero_naive: NonZero
 *   find
 *   x  bool 6
 *   y  int64 1x6
 *   count  int64 scalar
 */
rt_layer void l02_nonzero_naive(const uint8_t *restrict x, int64_t *restrict y, int64_t *restrict count)
{
    int64_t found = 0;
    for (int i0 = 0; i0 < 6; i0++) {
        if (x[i0] != 0) {
            y[found] = i0;
            found++;
        }
    }
    count[0] = found;
    for (; found < 6; found++) {
        y[found] = 0;
    }
}

/* l03_gather_naive: GatherND
 *   pick
 *   x  float 6
 *   index  int64 6x1
 *   y  float 6
 */
rt_layer void l03_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 6; i0++) {
        int64_t at0 = index[i0 + 0];
        at0 += at0 < 0 ? 6 : 0;
        at0 = at0 < 0 ? 0 : at0 < 6 ? at0 : 5;
        {
            y[i0] = x[at0];
        }
    }
}

/* l04_gather_naive: GatherND
 *   boxes_of
 *   x  float 6x4
 *   index  int64 6x1
 *   y  float 6x4
 */
rt_layer void l04_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 6; i0++) {
        int64_t at0 = index[i0 + 0];
        at0 += at0 < 0 ? 6 : 0;
        at0 = at0 < 0 ? 0 : at0 < 6 ? at0 : 5;
        for (int i1 = 0; i1 < 4; i1++) {
            y[i0 * 4 + i1] = x[at0 * 4 + i1];
        }
    }
}

/* l05_copy_naive: Copy
 *   three
 *   find
 *   limit
 *   sizes/Reshape
 *   dim
 *   any
 *   y/Reshape
 *   x  int64 1
 *   y  int64 1
 */
rt_layer void l05_copy_naive(const int64_t *restrict x, int64_t *restrict y)
{
    y[0] = x[0];
}

/* l06_reduce_naive: ReduceMin
 *   limit
 *   x  int64 2
 *   y  int64 1
 */
rt_layer void l06_reduce_naive(const int64_t *restrict x, int64_t *restrict y)
{
    {
        int64_t acc = INT64_C(9223372036854775807);
        for (int k0 = 0; k0 < 2; k0++) {
            const int64_t v = x[k0];
            acc = v < acc ? v : acc;
        }
        y[0] = acc;
    }
}

/* l07_map_naive: Map
 *   best
 *   x0  int64 6
 *   x1  int64 scalar
 *   x2  float 6
 *   y  float 6
 *   computes sel((a < b), c, -inf)
 */
rt_layer void l07_map_naive(const int64_t *x0, const int64_t *x1, const float *x2, float *y)
{
    for (int i0 = 0; i0 < 6; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[0];
        const float a2 = x2[i0];
        y[i0] = (a0 < a1) ? a2 : (-INFINITY);
    }
}

/* l08_map_naive: Map
 *   best
 *   x0  int64 scalar
 *   x1  int64 scalar
 *   y  bool scalar
 *   computes and(ge(a, 0), le(a, b))
 */
rt_layer void l08_map_naive(const int64_t *x0, const int64_t *x1, uint8_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t a1 = x1[0];
        y[0] = (a0 >= 0) && (a0 <= a1);
    }
}

/* l09_topk_naive: TopK
 *   best
 *   x  float 6
 *   y  float 3
 *   index  int64 3
 */
rt_layer void l09_topk_naive(const float *restrict x, float *restrict y, int64_t *restrict index)
{
    {
        for (int k = 0; k < 3; k++) {
            const float v = x[k];
            const int64_t of = k;
            int at = k;
            for (; at > 0; at = (at - 1) / 2) {
                const float up = y[((at - 1) / 2)];
                const int64_t upper = index[((at - 1) / 2)];
                if (up < v) break;
                y[at] = up;
                index[at] = upper;
            }
            y[at] = v;
            index[at] = of;
        }
        for (int k = 3; k < 6; k++) {
            const float v = x[k];
            const int64_t of = k;
            if (v > y[0]) {
                int at = 0;
                for (int child = 1; child < 3; child = 2 * at + 1) {
                    if (child + 1 < 3) {
                        const float left = y[child];
                        const int64_t first = index[child];
                        if (y[(child + 1)] < left || (y[(child + 1)] == left && index[(child + 1)] > first)) child++;
                    }
                    if (!(y[child] < v || (y[child] == v && index[child] > of))) break;
                    y[at] = y[child];
                    index[at] = index[child];
                    at = child;
                }
                y[at] = v;
                index[at] = of;
            }
        }
        for (int k = 2; k > 0; k--) {
            const float v = y[k];
            const int64_t of = index[k];
            y[k] = y[0];
            index[k] = index[0];
            int at = 0;
            for (int child = 1; child < k; child = 2 * at + 1) {
                if (child + 1 < k) {
                    const float left = y[child];
                    const int64_t first = index[child];
                    if (y[(child + 1)] < left || (y[(child + 1)] == left && index[(child + 1)] > first)) child++;
                }
                if (!(y[child] < v || (y[child] == v && index[child] > of))) break;
                y[at] = y[child];
                index[at] = index[child];
                at = child;
            }
            y[at] = v;
            index[at] = of;
        }
    }
}

/* l10_map_naive: Map
 *   best_boxes
 *   result
 *   result_scores
 *   x0  int64 3
 *   x1  int64 scalar
 *   y  int64 3
 *   computes sel((a < 0), (a + b), a)
 */
rt_layer void l10_map_naive(const int64_t *x0, const int64_t *x1, int64_t *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[0];
        y[i0] = (a0 < 0) ? ((int64_t)((uint64_t)a0 + (uint64_t)a1)) : a0;
    }
}

/* l11_gather_naive: Gather
 *   best_boxes
 *   x  float 6x4
 *   index  int64 3
 *   y  float 3x4
 */
rt_layer void l11_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++) {
        int64_t at = index[i0];
        at += at < 0 ? 6 : 0;
        at = at < 0 ? 0 : at < 6 ? at : 5;
        for (int i1 = 0; i1 < 4; i1++) {
            y[i0 * 4 + i1] = x[at * 4 + i1];
        }
    }
}

/* l12_reduce_naive: ReduceProd
 *   all
 *   x  int64 2
 *   y  int64 scalar
 */
rt_layer void l12_reduce_naive(const int64_t *restrict x, int64_t *restrict y)
{
    {
        int64_t acc = 1;
        for (int k0 = 0; k0 < 2; k0++) {
            const int64_t v = x[k0];
            acc = (int64_t)((uint64_t)acc * (uint64_t)v);
        }
        y[0] = acc;
    }
}

/* l13_map_naive: Equal
 *   none
 *   x0  int64 scalar
 *   y  bool scalar
 *   computes (a == 0)
 */
rt_layer void l13_map_naive(const int64_t *x0, uint8_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = a0 == 0;
    }
}

/* l14_copy_naive: Copy
 *   zeros
 *   zeros
 *   x  int64 3
 *   y  int64 3
 */
rt_layer void l14_copy_naive(const int64_t *restrict x, int64_t *restrict y)
{
    memcpy(y + 0, x + 0, 24);
}

/* l15_nms_naive: NonMaxSuppression
 *   nms
 *   boxes  float 1x3x4
 *   scores  float 1x1x3
 *   most  int64 1
 *   overlap  float 1
 *   present  int64 scalar
 *   y  int64 3x3
 *   count  int64 scalar
 *   gone  [boxes]
 */
rt_layer void l15_nms_naive(const float *restrict boxes, const float *restrict scores, const int64_t *restrict most, const float *restrict overlap, const int64_t *restrict present, int64_t *restrict y, int64_t *restrict count, uint8_t *restrict gone)
{
    const int64_t there = present[0];
    const int64_t limit = most[0] < 3 ? most[0] : 3;
    int64_t found = 0;
    for (int b = 0; b < 1; b++)
    for (int c = 0; c < 1; c++) {
        memset(gone, 0, 3);
        for (int64_t turn = 0; turn < limit; turn++) {
            int best = -1;
            for (int i = 0; i < there; i++)
            if (!gone[i] && (best < 0 || scores[b + c + i] > scores[b + c + best]))
                best = i;
            if (best < 0)
                break;
            y[found * 3] = b;
            y[found * 3 + 1] = c;
            y[found * 3 + 2] = best;
            found++;
            const float u0 = boxes[b + best * 4] < boxes[b + best * 4 + 2] ? boxes[b + best * 4] : boxes[b + best * 4 + 2], u1 = boxes[b + best * 4] < boxes[b + best * 4 + 2] ? boxes[b + best * 4 + 2] : boxes[b + best * 4];
            const float v0 = boxes[b + best * 4 + 1] < boxes[b + best * 4 + 3] ? boxes[b + best * 4 + 1] : boxes[b + best * 4 + 3], v1 = boxes[b + best * 4 + 1] < boxes[b + best * 4 + 3] ? boxes[b + best * 4 + 3] : boxes[b + best * 4 + 1];
            for (int i = 0; i < there; i++) {
                const float p0 = boxes[b + i * 4] < boxes[b + i * 4 + 2] ? boxes[b + i * 4] : boxes[b + i * 4 + 2], p1 = boxes[b + i * 4] < boxes[b + i * 4 + 2] ? boxes[b + i * 4 + 2] : boxes[b + i * 4];
                const float q0 = boxes[b + i * 4 + 1] < boxes[b + i * 4 + 3] ? boxes[b + i * 4 + 1] : boxes[b + i * 4 + 3], q1 = boxes[b + i * 4 + 1] < boxes[b + i * 4 + 3] ? boxes[b + i * 4 + 3] : boxes[b + i * 4 + 1];
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
    for (; found < 3; found++) {
        y[found * 3] = 0;
        y[found * 3 + 1] = 0;
        y[found * 3 + 2] = 0;
    }
}

/* l16_copy_naive: Copy
 *   nms
 *   x  int64 3 strided
 *   y  int64 3
 */
rt_layer void l16_copy_naive(const int64_t *restrict x, int64_t *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++)
        y[i0] = x[i0 * 3];
}

/* l17_gather_naive: Gather
 *   result
 *   x  float 3x4
 *   index  int64 3
 *   y  float 3x4
 */
rt_layer void l17_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++) {
        int64_t at = index[i0];
        at += at < 0 ? 3 : 0;
        at = at < 0 ? 0 : at < 3 ? at : 2;
        for (int i1 = 0; i1 < 4; i1++) {
            y[i0 * 4 + i1] = x[at * 4 + i1];
        }
    }
}

/* l18_gather_naive: Gather
 *   result_scores
 *   x  float 3
 *   index  int64 3
 *   y  float 3
 */
rt_layer void l18_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++) {
        int64_t at = index[i0];
        at += at < 0 ? 3 : 0;
        at = at < 0 ? 0 : at < 3 ? at : 2;
        {
            y[i0] = x[at];
        }
    }
}

static const int64_t detector_const1[1] = {3};
static const int64_t detector_const2[6] = {0, 1, 2, 3, 4, 5};
static const int64_t detector_const3[1] = {4};
static const int64_t detector_const4[3] = {0, 0, 0};
static const int64_t detector_const5[1] = {0};
static const int64_t detector_const6[1] = {10};
static const float detector_const7[1] = {0.5f};
int detector_run(const float boxes[24], const float scores[6], float y[12], float z[3], int64_t y_dims[2], int64_t z_dims[1], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !boxes || !scores || !y || !z || !y_dims || !z_dims)
        return 1;
    l01_map_vec(scores, (uint8_t *)(m + 0)); /* good */
    l02_nonzero_naive((const uint8_t *)(m + 0), (int64_t *)(m + 136), (int64_t *)(m + 128)); /* find */
    l03_gather_naive(scores, (const int64_t *)(m + 136), (float *)(m + 96)); /* pick */
    l04_gather_naive(boxes, (const int64_t *)(m + 136), (float *)(m + 0)); /* boxes_of */
    l05_copy_naive(detector_const1, (int64_t *)(m + 152)); /* three */
    l05_copy_naive((const int64_t *)(m + 128), (int64_t *)(m + 160)); /* find */
    l06_reduce_naive((const int64_t *)(m + 152), (int64_t *)(m + 144)); /* limit */
    l07_map_naive(detector_const2, (const int64_t *)(m + 128), (const float *)(m + 96), (float *)(m + 96)); /* best */
    l08_map_naive((const int64_t *)(m + 144), (const int64_t *)(m + 128), (uint8_t *)(m + 120)); /* best */
    if (!*(const uint8_t *)(m + 120))
        return 2; /* best: there are not as many elements */
    l09_topk_naive((const float *)(m + 96), (float *)(m + 176), (int64_t *)(m + 152)); /* best */
    l10_map_naive((const int64_t *)(m + 152), (const int64_t *)(m + 128), (int64_t *)(m + 152)); /* best_boxes */
    l11_gather_naive((const float *)(m + 0), (const int64_t *)(m + 152), (float *)(m + 96)); /* best_boxes */
    l05_copy_naive((const int64_t *)(m + 144), (int64_t *)(m + 0)); /* limit */
    l05_copy_naive(detector_const3, (int64_t *)(m + 8)); /* sizes/Reshape */
    l12_reduce_naive((const int64_t *)(m + 0), (int64_t *)(m + 16)); /* all */
    l13_map_naive((const int64_t *)(m + 16), (uint8_t *)(m + 0)); /* none */
    if (*(const uint8_t *)(m + 0)) { /* any */
        l14_copy_naive(detector_const4, (int64_t *)(m + 24)); /* zeros */
        l14_copy_naive((const int64_t *)(m + 24), (int64_t *)(m + 0)); /* zeros */
        l05_copy_naive(detector_const5, z_dims); /* dim */
    } else {
        l15_nms_naive((const float *)(m + 96), (const float *)(m + 176), detector_const6, detector_const7, (const int64_t *)(m + 144), (int64_t *)(m + 24), z_dims, (uint8_t *)(m + 152)); /* nms */
        l16_copy_naive((const int64_t *)(m + 40), (int64_t *)(m + 0)); /* nms */
    }
    l10_map_naive((const int64_t *)(m + 0), (const int64_t *)(m + 144), (int64_t *)(m + 24)); /* result */
    l17_gather_naive((const float *)(m + 96), (const int64_t *)(m + 24), y); /* result */
    l10_map_naive((const int64_t *)(m + 0), (const int64_t *)(m + 144), (int64_t *)(m + 0)); /* result_scores */
    l18_gather_naive((const float *)(m + 176), (const int64_t *)(m + 0), z); /* result_scores */
    l05_copy_naive(z_dims, y_dims); /* any */
    l05_copy_naive(detector_const3, y_dims + 1); /* y/Reshape */
    return 0;
}
