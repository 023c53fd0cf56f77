/* l01_scatter_naive: ScatterElements
 *   y
 *   x  float 4x3
 *   index  int64 2x3
 *   u  float 2x3
 *   y  float 4x3
 */
rt_layer void l01_scatter_naive(const float *restrict x, const int64_t *restrict index, const float *restrict u, float *restrict y)
{
    memcpy(y, x, 48);
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 3; i1++) {
        int64_t at = index[i0 * 3 + i1];
        at += at < 0 ? 4 : 0;
        if (at >= 0 && at < 4) {
            y[at * 3 + i1] = u[i0 * 3 + i1];
        }
    }
}

/* l02_scatter_naive: ScatterND
 *   z
 *   x  float 4x3
 *   index  int64 3x1
 *   u  float 3x3
 *   y  float 4x3
 */
rt_layer void l02_scatter_naive(const float *restrict x, const int64_t *restrict index, const float *restrict u, float *restrict y)
{
    memcpy(y, x, 48);
    for (int i0 = 0; i0 < 3; i0++) {
        int64_t at0 = index[i0 + 0];
        at0 += at0 < 0 ? 4 : 0;
        if (at0 >= 0 && at0 < 4) {
            for (int i1 = 0; i1 < 3; i1++) {
                const float old = y[at0 * 3 + i1], v = u[i0 * 3 + i1];
                y[at0 * 3 + i1] = old + v;
            }
        }
    }
}

/* l03_topk_naive: TopK
 *   best
 *   x  float 2x6
 *   y  float 2x4
 *   index  int64 2x4
 */
rt_layer void l03_topk_naive(const float *restrict x, float *restrict y, int64_t *restrict index)
{
    for (int i0 = 0; i0 < 2; i0++) {
        for (int k = 0; k < 4; k++) {
            const float v = x[i0 * 6 + k];
            const int64_t of = k;
            int at = k;
            for (; at > 0; at = (at - 1) / 2) {
                const float up = y[i0 * 4 + ((at - 1) / 2)];
                const int64_t upper = index[i0 * 4 + ((at - 1) / 2)];
                if (up < v) break;
                y[i0 * 4 + at] = up;
                index[i0 * 4 + at] = upper;
            }
            y[i0 * 4 + at] = v;
            index[i0 * 4 + at] = of;
        }
        for (int k = 4; k < 6; k++) {
            const float v = x[i0 * 6 + k];
            const int64_t of = k;
            if (v > y[i0 * 4]) {
                int at = 0;
                for (int child = 1; child < 4; child = 2 * at + 1) {
                    if (child + 1 < 4) {
                        const float left = y[i0 * 4 + child];
                        const int64_t first = index[i0 * 4 + child];
                        if (y[i0 * 4 + (child + 1)] < left || (y[i0 * 4 + (child + 1)] == left && index[i0 * 4 + (child + 1)] > first)) child++;
                    }
                    if (!(y[i0 * 4 + child] < v || (y[i0 * 4 + child] == v && index[i0 * 4 + child] > of))) break;
                    y[i0 * 4 + at] = y[i0 * 4 + child];
                    index[i0 * 4 + at] = index[i0 * 4 + child];
                    at = child;
                }
                y[i0 * 4 + at] = v;
                index[i0 * 4 + at] = of;
            }
        }
        for (int k = 3; k > 0; k--) {
            const float v = y[i0 * 4 + k];
            const int64_t of = index[i0 * 4 + k];
            y[i0 * 4 + k] = y[i0 * 4];
            index[i0 * 4 + k] = index[i0 * 4];
            int at = 0;
            for (int child = 1; child < k; child = 2 * at + 1) {
                if (child + 1 < k) {
                    const float left = y[i0 * 4 + child];
                    const int64_t first = index[i0 * 4 + child];
                    if (y[i0 * 4 + (child + 1)] < left || (y[i0 * 4 + (child + 1)] == left && index[i0 * 4 + (child + 1)] > first)) child++;
                }
                if (!(y[i0 * 4 + child] < v || (y[i0 * 4 + child] == v && index[i0 * 4 + child] > of))) break;
                y[i0 * 4 + at] = y[i0 * 4 + child];
                index[i0 * 4 + at] = index[i0 * 4 + child];
                at = child;
            }
            y[i0 * 4 + at] = v;
            index[i0 * 4 + at] = of;
        }
    }
}

/* l04_map_naive: ReverseSequence
 *   back
 *   x0  int64 4x1
 *   x1  int64 3
 *   y  int64 4x3
 *   computes sel((a < b), ((b - 1) - a), a)
 */
rt_layer void l04_map_naive(const int64_t *x0, const int64_t *x1, int64_t *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    for (int i1 = 0; i1 < 3; i1++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[i1];
        const int64_t t0 = (a0 < a1) ? ((int64_t)((uint64_t)((int64_t)((uint64_t)a1 - (uint64_t)1)) - (uint64_t)a0)) : a0;
        y[i0 * 3 + i1] = t0;
    }
}

/* l05_gather_naive: GatherElements
 *   back
 *   x  float 4x3
 *   index  int64 4x3
 *   y  float 4x3
 */
rt_layer void l05_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 4; i0++)
    for (int i1 = 0; i1 < 3; i1++) {
        int64_t at = index[i0 * 3 + i1];
        at += at < 0 ? 4 : 0;
        at = at < 0 ? 0 : at < 4 ? at : 3;
        y[i0 * 3 + i1] = x[at * 3 + i1];
    }
}

/* l06_scatter_naive: ScatterElements
 *   img
 *   x  float 1x9
 *   index  int64 1x16
 *   u  float 1x16
 *   y  float 1x9
 */
rt_layer void l06_scatter_naive(const float *restrict x, const int64_t *restrict index, const float *restrict u, float *restrict y)
{
    memcpy(y, x, 36);
    for (int i1 = 0; i1 < 16; i1++) {
        int64_t at = index[i1];
        at += at < 0 ? 9 : 0;
        if (at >= 0 && at < 9) {
            const float old = y[at], v = u[i1];
            y[at] = old + v;
        }
    }
}

/* l07_copy_naive: Copy
 *   eye
 *   x  int32 4x3
 *   y  int32 4x3
 */
rt_layer void l07_copy_naive(const int32_t *restrict x, int32_t *restrict y)
{
    memcpy(y + 0, x + 0, 48);
}

static const int64_t indices_const1[4] = {0, 1, 2, 3};
static const float indices_const2[9] = {0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f};
static const int64_t indices_const3[16] = {0, 1, 3, 4, 1, 2, 4, 5, 3, 4, 6, 7, 4, 5, 7, 8};
static const int32_t indices_const4[12] = {0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0};
int indices_run(const float x[12], const int64_t i[6], const float u[6], const int64_t nd[3], const float w_2[9], const float t[12], const int64_t lens[3], const float cols[16], float y[12], float z[12], float best[8], int64_t at[8], float back[12], float img[9], int32_t eye[12], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !x || !i || !u || !nd || !w_2 || !t || !lens || !cols || !y || !z || !best || !at || !back || !img || !eye)
        return 1;
    l01_scatter_naive(x, i, u, y); /* y */
    l02_scatter_naive(x, nd, w_2, z); /* z */
    l03_topk_naive(t, best, at); /* best */
    l04_map_naive(indices_const1, lens, (int64_t *)(m + 0)); /* back */
    l05_gather_naive(x, (const int64_t *)(m + 0), back); /* back */
    l06_scatter_naive(indices_const2, indices_const3, cols, img); /* img */
    l07_copy_naive(indices_const4, eye); /* eye */
    return 0;
}
