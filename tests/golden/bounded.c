/* l01_nonzero_naive: NonZero
 *   find
 *   x  bool 2x3
 *   y  int64 2x6
 *   count  int64 scalar
 */
rt_layer void l01_nonzero_naive(const uint8_t *restrict x, int64_t *restrict y, int64_t *restrict count)
{
    int64_t found = 0;
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 3; i1++) {
        if (x[i0 * 3 + i1] != 0) {
            y[found] = i0;
            y[1 * 6 + found] = i1;
            found++;
        }
    }
    count[0] = found;
    for (; found < 6; found++) {
        y[found] = 0;
        y[1 * 6 + found] = 0;
    }
}

/* l02_gather_naive: GatherND
 *   pick
 *   x  float 2x3
 *   index  int64 6x2 strided
 *   y  float 6
 */
rt_layer void l02_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 6; i0++) {
        int64_t at0 = index[i0 + 0];
        at0 += at0 < 0 ? 2 : 0;
        at0 = at0 < 0 ? 0 : at0 < 2 ? at0 : 1;
        int64_t at1 = index[i0 + 6];
        at1 += at1 < 0 ? 3 : 0;
        at1 = at1 < 0 ? 0 : at1 < 3 ? at1 : 2;
        {
            y[i0] = x[at0 * 3 + at1];
        }
    }
}

/* l03_gather_naive: Gather
 *   look
 *   x  float 3x2
 *   index  int64 6
 *   y  float 6x2
 */
rt_layer void l03_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 6; i0++) {
        int64_t at = index[i0];
        at += at < 0 ? 3 : 0;
        at = at < 0 ? 0 : at < 3 ? at : 2;
        for (int i1 = 0; i1 < 2; i1++) {
            y[i0 * 2 + i1] = x[at * 2 + i1];
        }
    }
}

/* l04_map_vec: Mul
 *   double
 *   x0  float 6x2
 *   y  float 6x2
 *   computes (a * 2)
 *   tile 1 x 1 vectors
 */
rt_layer void l04_map_vec(const float *x0, float *y)
{
    {
        for (int i0 = 0; i0 < 8; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            vf_store(y + i0, vf_mul(a0, vf_splat(2.0f)));
        }
        const vf a0 = vf_loadn(x0 + 8, 4);
        vf_storen(y + 8, vf_mul(a0, vf_splat(2.0f)), 4);
    }
}

/* l05_map_naive: Map
 *   mean
 *   product
 *   product
 *   row
 *   x0  int64 6x1
 *   x1  int64 scalar
 *   y  bool 6x1
 *   computes (a < b)
 */
rt_layer void l05_map_naive(const int64_t *x0, const int64_t *x1, uint8_t *y)
{
    for (int i0 = 0; i0 < 6; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[0];
        y[i0] = a0 < a1;
    }
}

/* l06_map_naive: Map
 *   mean
 *   row
 *   x0  bool 6x1
 *   x1  float 6x2
 *   y  float 6x2
 *   computes sel(a, b, 0)
 */
rt_layer void l06_map_naive(const uint8_t *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 6; i0++)
    for (int i1 = 0; i1 < 2; i1++)
    {
        const uint8_t a0 = x0[i0];
        const float a1 = x1[i0 * 2 + i1];
        y[i0 * 2 + i1] = a0 ? a1 : 0.0f;
    }
}

/* l07_reduce_vec: ReduceSum
 *   mean
 *   x  float 6x2
 *   y  float 2
 */
rt_layer void l07_reduce_vec(const float *restrict x, float *restrict y)
{
    const vf start = vf_splat(0.0f);
    vf a0 = start;
    const float *p = x;
    for (int k = 0; k < 6; k++, p += 2) {
        a0 = vf_add(a0, vf_loadn(p, 2));
    }
    vf_storen(y, a0, 2);
}

/* l08_map_naive: Map
 *   mean
 *   x0  int64 scalar
 *   y  float scalar
 *   computes float(a)
 */
rt_layer void l08_map_naive(const int64_t *x0, float *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = (float)a0;
    }
}

/* l09_map_vec: Div
 *   mean
 *   x0  float 2
 *   x1  float scalar
 *   y  float 2
 *   computes (a / b)
 *   tile 1 x 1 vectors
 */
rt_layer void l09_map_vec(const float *x0, const float *x1, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 2);
        const vf a1 = vf_splat(x1[0]);
        vf_storen(y, vf_div(a0, a1), 2);
    }
}

/* l10_map_naive: Map
 *   soft
 *   best
 *   top
 *   x0  int64 6
 *   x1  int64 scalar
 *   x2  float 6
 *   y  float 6
 *   computes sel((a < b), c, -inf)
 */
rt_layer void l10_map_naive(const int64_t *x0, const int64_t *x1, const float *x2, float *y)
{
    for (int i0 = 0; i0 < 6; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[0];
        const float a2 = x2[i0];
        y[i0] = (a0 < a1) ? a2 : (-INFINITY);
    }
}

/* l11_softmax_naive: Softmax
 *   soft
 *   x  float 6
 *   y  float 6
 */
rt_layer void l11_softmax_naive(const float *x, float *y)
{
    {
        float most = x[0];
        for (int k = 1; k < 6; k++) {
            const float v = x[k];
            if (v > most) {
                most = v;
            }
        }
        float sum = 0;
        for (int k = 0; k < 6; k++) sum += expf(x[k] - most);
        for (int k = 0; k < 6; k++) {
            const float v = x[k];
            y[k] = expf(v - most) / sum;
        }
    }
}

/* l12_copy_naive: Copy
 *   pick
 *   soft
 *   pick
 *   x  float 6
 *   y  float 6
 */
rt_layer void l12_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 24);
}

/* l13_map_naive: Map
 *   join
 *   join
 *   x0  int64 scalar
 *   x1  int64 scalar
 *   y  int64 scalar
 *   computes (a + b)
 */
rt_layer void l13_map_naive(const int64_t *x0, const int64_t *x1, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t a1 = x1[0];
        y[0] = (int64_t)((uint64_t)a0 + (uint64_t)a1);
    }
}

/* l14_map_naive: Map
 *   join
 *   x0  int64 18
 *   x1  int64 scalar
 *   x2  int64 18
 *   x3  int64 scalar
 *   x4  int64 scalar
 *   y  int64 18
 *   computes min(sel(ge(a, e), ((sel(ge(a, b), ((c + 6) - d), c) + 6) - b), sel(ge(a, b), ((c + 6) - d), c)), 17)
 */
rt_layer void l14_map_naive(const int64_t *x0, const int64_t *x1, const int64_t *x2, const int64_t *x3, const int64_t *x4, int64_t *y)
{
    for (int i0 = 0; i0 < 18; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[0];
        const int64_t a2 = x2[i0];
        const int64_t a3 = x3[0];
        const int64_t a4 = x4[0];
        const int64_t t0 = (a0 >= a1) ? ((int64_t)((uint64_t)((int64_t)((uint64_t)a2 + (uint64_t)6)) - (uint64_t)a3)) : a2;
        const int64_t t1 = (a0 >= a4) ? ((int64_t)((uint64_t)((int64_t)((uint64_t)t0 + (uint64_t)6)) - (uint64_t)a1)) : t0;
        y[i0] = t1 < 17 ? t1 : 17;
    }
}

/* l15_gather_naive: Gather
 *   join
 *   x  float 18
 *   index  int64 18
 *   y  float 18
 */
rt_layer void l15_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 18; i0++) {
        int64_t at = index[i0];
        at += at < 0 ? 18 : 0;
        at = at < 0 ? 0 : at < 18 ? at : 17;
        {
            y[i0] = x[at];
        }
    }
}

/* l16_map_naive: Map
 *   product
 *   x0  bool 6
 *   x1  int64 2x6
 *   y  int64 2x6
 *   computes sel(a, b, 0)
 */
rt_layer void l16_map_naive(const uint8_t *x0, const int64_t *x1, int64_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 6; i1++)
    {
        const uint8_t a0 = x0[i1];
        const int64_t a1 = x1[i0 * 6 + i1];
        y[i0 * 6 + i1] = a0 ? a1 : 0;
    }
}

/* l17_map_naive: Map
 *   product
 *   x0  bool 6x1
 *   x1  int64 6x2 strided
 *   y  int64 6x2
 *   computes sel(a, b, 0)
 */
rt_layer void l17_map_naive(const uint8_t *x0, const int64_t *x1, int64_t *y)
{
    for (int i0 = 0; i0 < 6; i0++)
    for (int i1 = 0; i1 < 2; i1++)
    {
        const uint8_t a0 = x0[i0];
        const int64_t a1 = x1[i0 + i1 * 6];
        y[i0 * 2 + i1] = a0 ? a1 : 0;
    }
}

/* l18_gemm_naive: MatMul
 *   product
 *   a  int64 2x6
 *   b  int64 6x2
 *   y  int64 2x2
 *   24 MACs
 */
rt_layer void l18_gemm_naive(const int64_t *restrict a, const int64_t *restrict b, int64_t *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 2; i1++) {
        uint64_t acc = 0;
        for (int k = 0; k < 6; k++) acc += (uint64_t)a[i0 * 6 + k] * (uint64_t)b[i1 + k * 2];
        y[i0 * 2 + i1] = (int64_t)(acc + (uint64_t)0);
    }
}

/* l19_map_naive: Map
 *   row
 *   x0  int64 6
 *   x1  int64 scalar
 *   x2  float 6
 *   y  float 6
 *   computes sel((a < b), c, 0)
 */
rt_layer void l19_map_naive(const int64_t *x0, const int64_t *x1, const float *x2, float *y)
{
    for (int i0 = 0; i0 < 6; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[0];
        const float a2 = x2[i0];
        y[i0] = (a0 < a1) ? a2 : 0.0f;
    }
}

/* l20_gemm_vec: MatMul
 *   row
 *   x  float 6
 *   w  float 6x2
 *   y  float 2
 *   12 MACs
 *   tile 1 x 1 vectors
 */
rt_layer void l20_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y)
{
    {
        {
            const float *wp = w;
            {
                const float *xk = x, *wk = wp;
                float *yp = y;
                vf a0_0 = vf_splat(0.0f);
                for (int k = 0; k < 6; k++, xk += 1, wk += 2) {
                    rt_keep(xk);
                    rt_keep(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, vf_loadn(wk, 2), a0_0);
                }
                vf_storen(yp, a0_0, 2);
            }
        }
    }
}

/* l21_map_naive: Map
 *   tail
 *   x0  int64 1
 *   y  int64 1
 *   computes max(min(1, (a + 1)), (neg(a) - 1))
 */
rt_layer void l21_map_naive(const int64_t *x0, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t t0 = (int64_t)((uint64_t)a0 + (uint64_t)1);
        const int64_t t1 = 1 < t0 ? 1 : t0;
        const int64_t t2 = (int64_t)((uint64_t)((int64_t)(0 - (uint64_t)a0)) - (uint64_t)1);
        y[0] = t1 > t2 ? t1 : t2;
    }
}

/* l22_map_naive: Map
 *   tail
 *   x0  int64 1
 *   x1  int64 1
 *   y  int64 1
 *   computes min(max((-3 + a), 0), sel((b > 0), a, (a - 1)))
 */
rt_layer void l22_map_naive(const int64_t *x0, const int64_t *x1, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t a1 = x1[0];
        const int64_t t0 = (int64_t)((uint64_t)(-3) + (uint64_t)a0);
        const int64_t t1 = t0 > 0 ? t0 : 0;
        const int64_t t2 = (a1 > 0) ? a0 : ((int64_t)((uint64_t)a0 - (uint64_t)1));
        y[0] = t1 < t2 ? t1 : t2;
    }
}

/* l23_map_naive: Map
 *   tail
 *   x0  int64 1
 *   x1  int64 1
 *   x2  int64 1
 *   y  int64 1
 *   computes max(sel((b > 0), ((((min(max((-1 + a), int64(sel((b > 0), 0, -1))), sel((b > 0), a, (a - 1))) - c) + b) - 1) / b), ((((c - min(max((-1 + a), int64(sel((b > 0), 0, -1))), sel((b > 0), a, (a - 1)))) - b) - 1) / neg(b))), 0)
 */
rt_layer void l23_map_naive(const int64_t *x0, const int64_t *x1, const int64_t *x2, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t a1 = x1[0];
        const int64_t a2 = x2[0];
        const int64_t t0 = (int64_t)((uint64_t)(-1) + (uint64_t)a0);
        const int64_t t1 = (int64_t)((a1 > 0) ? 0 : (-1));
        const int64_t t2 = t0 > t1 ? t0 : t1;
        const int64_t t3 = (a1 > 0) ? a0 : ((int64_t)((uint64_t)a0 - (uint64_t)1));
        const int64_t t4 = t2 < t3 ? t2 : t3;
        const int64_t t5 = (int64_t)((uint64_t)((int64_t)((uint64_t)((int64_t)((uint64_t)t4 - (uint64_t)a2)) + (uint64_t)a1)) - (uint64_t)1);
        const int64_t t6 = (int64_t)((uint64_t)((int64_t)((uint64_t)((int64_t)((uint64_t)a2 - (uint64_t)t4)) - (uint64_t)a1)) - (uint64_t)1);
        const int64_t t7 = (int64_t)(0 - (uint64_t)a1);
        const int64_t t8 = (a1 > 0) ? (a1 == 0 ? 0 : a1 == -1 ? (int64_t)(0 - (uint64_t)t5) : (int64_t)(t5 / a1)) : (t7 == 0 ? 0 : t7 == -1 ? (int64_t)(0 - (uint64_t)t6) : (int64_t)(t6 / t7));
        y[0] = t8 > 0 ? t8 : 0;
    }
}

/* l24_map_naive: Map
 *   tail
 *   x0  int64 1
 *   y  bool 1
 *   computes ne(a, 0)
 */
rt_layer void l24_map_naive(const int64_t *x0, uint8_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = a0 != 0;
    }
}

/* l25_map_naive: Map
 *   tail
 *   x0  int64 scalar
 *   x1  int64 2
 *   x2  int64 scalar
 *   x3  int64 scalar
 *   y  int64 2
 *   computes sel((max((a + (b * c)), 0) < 0), (max((a + (b * c)), 0) + d), max((a + (b * c)), 0))
 */
rt_layer void l25_map_naive(const int64_t *x0, const int64_t *x1, const int64_t *x2, const int64_t *x3, int64_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const int64_t a0 = x0[0];
        const int64_t a1 = x1[i0];
        const int64_t a2 = x2[0];
        const int64_t a3 = x3[0];
        const int64_t t0 = (int64_t)((uint64_t)a0 + (uint64_t)((int64_t)((uint64_t)a1 * (uint64_t)a2)));
        const int64_t t1 = t0 > 0 ? t0 : 0;
        y[i0] = (t1 < 0) ? ((int64_t)((uint64_t)t1 + (uint64_t)a3)) : t1;
    }
}

/* l26_gather_naive: Gather
 *   tail
 *   x  float 18
 *   index  int64 2
 *   y  float 2
 */
rt_layer void l26_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++) {
        int64_t at = index[i0];
        at += at < 0 ? 18 : 0;
        at = at < 0 ? 0 : at < 18 ? at : 17;
        {
            y[i0] = x[at];
        }
    }
}

/* l27_map_naive: Map
 *   last
 *   x0  int64 scalar
 *   y  int64 1
 *   computes (-1 + a)
 */
rt_layer void l27_map_naive(const int64_t *x0, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = (int64_t)((uint64_t)(-1) + (uint64_t)a0);
    }
}

/* l28_gather_naive: Gather
 *   last
 *   x  float 6
 *   index  int64 1
 *   y  float 1
 */
rt_layer void l28_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    {
        int64_t at = index[0];
        at += at < 0 ? 6 : 0;
        at = at < 0 ? 0 : at < 6 ? at : 5;
        {
            y[0] = x[at];
        }
    }
}

/* l29_copy_naive: Copy
 *   find
 *   shape/Reshape
 *   at/Reshape
 *   find
 *   find
 *   d/Reshape
 *   more/Reshape
 *   find
 *   and 3 more
 *   x  int64 1
 *   y  int64 1
 */
rt_layer void l29_copy_naive(const int64_t *restrict x, int64_t *restrict y)
{
    y[0] = x[0];
}

/* l30_argminmax_naive: ArgMax
 *   best
 *   x  float 6
 *   y  int64 1
 */
rt_layer void l30_argminmax_naive(const float *restrict x, int64_t *restrict y)
{
    {
        int64_t best = 0;
        float most = x[0];
        for (int k = 1; k < 6; k++) {
            const float v = x[k];
            if (v > most) {
                best = k;
                most = v;
            }
        }
        y[0] = best;
    }
}

/* l31_map_naive: Map
 *   flat
 *   x0  int64 scalar
 *   y  int64 scalar
 *   computes (a * 2)
 */
rt_layer void l31_map_naive(const int64_t *x0, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = (int64_t)((uint64_t)a0 * (uint64_t)2);
    }
}

/* l32_topk_naive: TopK
 *   top
 *   x  float 6
 *   y  float 1
 *   index  int64 1
 */
rt_layer void l32_topk_naive(const float *restrict x, float *restrict y, int64_t *restrict index)
{
    {
        for (int k = 0; k < 1; k++) {
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
        for (int k = 1; k < 6; k++) {
            const float v = x[k];
            const int64_t of = k;
            if (v > y[0]) {
                int at = 0;
                for (int child = 1; child < 1; child = 2 * at + 1) {
                    if (child + 1 < 1) {
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
        for (int k = 0; k > 0; k--) {
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

/* l33_map_naive: Less+Map
 *   small
 *   x0  float 6
 *   x1  int64 6
 *   x2  int64 scalar
 *   y  bool 6
 *   computes sel((b < c), (a < 2), 0)
 */
rt_layer void l33_map_naive(const float *x0, const int64_t *x1, const int64_t *x2, uint8_t *y)
{
    for (int i0 = 0; i0 < 6; i0++)
    {
        const float a0 = x0[i0];
        const int64_t a1 = x1[i0];
        const int64_t a2 = x2[0];
        y[i0] = (a1 < a2) ? (a0 < 2.0f) : 0;
    }
}

/* l34_nonzero_naive: NonZero
 *   keep
 *   x  bool 6
 *   y  int64 1x6
 *   count  int64 scalar
 */
rt_layer void l34_nonzero_naive(const uint8_t *restrict x, int64_t *restrict y, int64_t *restrict count)
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

/* l35_map_naive: Map
 *   keep
 *   x0  int64 6
 *   x1  int64 scalar
 *   y  int64 6
 *   computes sel((a < 0), (a + b), a)
 */
rt_layer void l35_map_naive(const int64_t *x0, const int64_t *x1, int64_t *y)
{
    for (int i0 = 0; i0 < 6; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[0];
        y[i0] = (a0 < 0) ? ((int64_t)((uint64_t)a0 + (uint64_t)a1)) : a0;
    }
}

/* l36_gather_naive: Gather
 *   keep
 *   x  float 6x2
 *   index  int64 6
 *   y  float 6x2
 */
rt_layer void l36_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 6; i0++) {
        int64_t at = index[i0];
        at += at < 0 ? 6 : 0;
        at = at < 0 ? 0 : at < 6 ? at : 5;
        for (int i1 = 0; i1 < 2; i1++) {
            y[i0 * 2 + i1] = x[at * 2 + i1];
        }
    }
}

/* l37_compact_naive: Compact
 *   at
 *   x  int64 2x6
 *   dims  int64 2
 *   y  int64 2x6
 */
rt_layer void l37_compact_naive(const int64_t *restrict x, const int64_t *restrict dims, int64_t *restrict y)
{
    int64_t *to = y;
    for (int i0 = 0; i0 < dims[0]; i0++)
    for (int i1 = 0; i1 < dims[1]; i1++)
        *to++ = x[i0 * 6 + i1];
}

/* l38_compact_naive: Compact
 *   more
 *   x  float 1x6
 *   dims  int64 2
 *   y  float 1x6
 */
rt_layer void l38_compact_naive(const float *restrict x, const int64_t *restrict dims, float *restrict y)
{
    float *to = y;
    for (int i0 = 0; i0 < dims[0]; i0++)
    for (int i1 = 0; i1 < dims[1]; i1++)
        *to++ = x[i0 + i1];
}

/* l39_copy_naive: Copy
 *   double
 *   x  float 12
 *   y  float 12
 */
rt_layer void l39_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 48);
}

static const float bounded_const1[6] = {1.0f, 2.0f, 3.0f, 4.0f, 5.0f, 6.0f};
static const int64_t bounded_const2[6] = {0, 1, 2, 3, 4, 5};
static const int64_t bounded_const3[6] = {0, 1, 2, 3, 4, 5};
static const int64_t bounded_const4[2] = {0, 1};
static const int64_t bounded_const5[1] = {2};
static const int64_t bounded_const6[1] = {1};
int bounded_run(const uint8_t m_2[6], const float x[6], int64_t at[12], float v[6], float d[12], float mean[2], float soft[6], float join[18], int64_t gram[4], float mix[2], float tail[2], float last[1], int64_t shape[2], int64_t best[1], float flat[12], float more[6], float top[1], float keep[12], int64_t at_dims[2], int64_t v_dims[1], int64_t d_dims[2], int64_t soft_dims[1], int64_t join_dims[1], int64_t tail_dims[1], int64_t flat_dims[1], int64_t more_dims[2], int64_t keep_dims[2], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = bounded_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !m_2 || !x || !at || !v || !d || !mean || !soft || !join || !gram || !mix || !tail || !last || !shape || !best || !flat || !more || !top || !keep || !at_dims || !v_dims || !d_dims || !soft_dims || !join_dims || !tail_dims || !flat_dims || !more_dims || !keep_dims)
        return 1;
    l01_nonzero_naive(m_2, (int64_t *)(m + 0), v_dims); /* find */
    l02_gather_naive(x, (const int64_t *)(m + 0), v); /* pick */
    l03_gather_naive(bounded_const1, (const int64_t *)(m + 48), (float *)(m + 96)); /* look */
    l04_map_vec((const float *)(m + 96), d); /* double */
    l05_map_naive(bounded_const2, v_dims, (uint8_t *)(m + 144)); /* mean */
    l06_map_naive((const uint8_t *)(m + 144), d, (float *)(m + 96)); /* mean */
    l07_reduce_vec((const float *)(m + 96), (float *)(m + 144)); /* mean */
    l08_map_naive(v_dims, (float *)(m + 96)); /* mean */
    l09_map_vec((const float *)(m + 144), (const float *)(m + 96), mean); /* mean */
    l10_map_naive(bounded_const3, v_dims, v, (float *)(m + 96)); /* soft */
    l11_softmax_naive((const float *)(m + 96), soft); /* soft */
    l12_copy_naive(v, (float *)(m + 96)); /* pick */
    l12_copy_naive(soft, (float *)(m + 120)); /* soft */
    l12_copy_naive(v, (float *)(m + 144)); /* pick */
    l13_map_naive(v_dims, v_dims, (int64_t *)(m + 312)); /* join */
    l13_map_naive((const int64_t *)(m + 312), v_dims, join_dims); /* join */
    l14_map_naive((const int64_t *)(w + 0), v_dims, (const int64_t *)(w + 0), v_dims, (const int64_t *)(m + 312), (int64_t *)(m + 168)); /* join */
    l15_gather_naive((const float *)(m + 96), (const int64_t *)(m + 168), join); /* join */
    l05_map_naive(bounded_const3, v_dims, (uint8_t *)(m + 192)); /* product */
    l16_map_naive((const uint8_t *)(m + 192), (const int64_t *)(m + 0), (int64_t *)(m + 96)); /* product */
    l05_map_naive(bounded_const2, v_dims, (uint8_t *)(m + 288)); /* product */
    l17_map_naive((const uint8_t *)(m + 288), (const int64_t *)(m + 0), (int64_t *)(m + 192)); /* product */
    l18_gemm_naive((const int64_t *)(m + 96), (const int64_t *)(m + 192), gram); /* product */
    l19_map_naive(bounded_const3, v_dims, v, (float *)(m + 96)); /* row */
    l05_map_naive(bounded_const2, v_dims, (uint8_t *)(m + 168)); /* row */
    l06_map_naive((const uint8_t *)(m + 168), d, (float *)(m + 120)); /* row */
    l20_gemm_vec((const float *)(m + 96), (const float *)(m + 120), mix); /* row */
    l21_map_naive(join_dims, (int64_t *)(m + 96)); /* tail */
    l22_map_naive(join_dims, (const int64_t *)(m + 96), (int64_t *)(m + 104)); /* tail */
    l23_map_naive(join_dims, (const int64_t *)(m + 96), (const int64_t *)(m + 104), tail_dims); /* tail */
    l24_map_naive((const int64_t *)(m + 96), (uint8_t *)(m + 112)); /* tail */
    if (!*(const uint8_t *)(m + 112))
        return 2; /* tail: the slice does not have the shape that is declared */
    l25_map_naive((const int64_t *)(m + 104), bounded_const4, (const int64_t *)(m + 96), join_dims, (int64_t *)(m + 112)); /* tail */
    l26_gather_naive(join, (const int64_t *)(m + 112), tail); /* tail */
    l27_map_naive(v_dims, (int64_t *)(m + 96)); /* last */
    l28_gather_naive(v, (const int64_t *)(m + 96), last); /* last */
    l29_copy_naive(v_dims, shape); /* find */
    l29_copy_naive(bounded_const5, shape + 1); /* shape/Reshape */
    l10_map_naive(bounded_const3, v_dims, v, (float *)(m + 96)); /* best */
    l30_argminmax_naive((const float *)(m + 96), best); /* best */
    l31_map_naive(v_dims, flat_dims); /* flat */
    l10_map_naive(bounded_const3, v_dims, v, (float *)(m + 96)); /* top */
    l32_topk_naive((const float *)(m + 96), top, (int64_t *)(m + 120)); /* top */
    l33_map_naive(v, bounded_const3, v_dims, (uint8_t *)(m + 152)); /* small */
    l34_nonzero_naive((const uint8_t *)(m + 152), (int64_t *)(m + 96), (int64_t *)(m + 144)); /* keep */
    l35_map_naive((const int64_t *)(m + 96), v_dims, (int64_t *)(m + 152)); /* keep */
    l36_gather_naive(d, (const int64_t *)(m + 152), keep); /* keep */
    l29_copy_naive(bounded_const5, at_dims); /* at/Reshape */
    l29_copy_naive(v_dims, at_dims + 1); /* find */
    l37_compact_naive((const int64_t *)(m + 0), at_dims, at); /* at */
    l29_copy_naive(v_dims, d_dims); /* find */
    l29_copy_naive(bounded_const5, d_dims + 1); /* d/Reshape */
    l29_copy_naive(bounded_const6, more_dims); /* more/Reshape */
    l29_copy_naive(v_dims, more_dims + 1); /* find */
    l38_compact_naive(v, more_dims, more); /* more */
    l29_copy_naive((const int64_t *)(m + 144), keep_dims); /* keep */
    l29_copy_naive(bounded_const5, keep_dims + 1); /* keep/Reshape */
    l39_copy_naive(d, flat); /* double */
    l29_copy_naive(v_dims, soft_dims); /* find */
    return 0;
}
