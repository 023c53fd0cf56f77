/* l01_map_naive: Map
 *   part
 *   part
 *   part
 *   x0  int64 1
 *   x1  int64 2x1
 *   y  int64 2x1
 *   computes int64(sel(or((a == b), ((a + 2) == b)), 1, 0))
 */
rt_layer void l01_map_naive(const int64_t *x0, const int64_t *x1, int64_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const int64_t a0 = x0[0];
        const int64_t a1 = x1[i0];
        y[i0] = (int64_t)(((a0 == a1) || (((int64_t)((uint64_t)a0 + (uint64_t)2)) == a1)) ? 1 : 0);
    }
}

/* l02_map_naive: Map
 *   part
 *   part
 *   part
 *   x0  int64 1
 *   x1  int64 2x1
 *   x2  int64 1
 *   y  int64 2x1
 *   computes sel(or((a == b), ((a + 2) == b)), c, 0)
 */
rt_layer void l02_map_naive(const int64_t *x0, const int64_t *x1, const int64_t *x2, int64_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const int64_t a0 = x0[0];
        const int64_t a1 = x1[i0];
        const int64_t a2 = x2[0];
        y[i0] = ((a0 == a1) || (((int64_t)((uint64_t)a0 + (uint64_t)2)) == a1)) ? a2 : 0;
    }
}

/* l03_reduce_naive: ReduceSum
 *   part
 *   part
 *   part
 *   part
 *   part
 *   part
 *   x  int64 2x1
 *   y  int64 2x1
 */
rt_layer void l03_reduce_naive(const int64_t *restrict x, int64_t *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++) {
        int64_t acc = 0;
        {
            const int64_t v = x[i0];
            acc = (int64_t)((uint64_t)acc + (uint64_t)v);
        }
        y[i0] = acc;
    }
}

/* l04_reduce_naive: ReduceSum
 *   part
 *   part
 *   part
 *   x  int64 2
 *   y  int64 1
 */
rt_layer void l04_reduce_naive(const int64_t *restrict x, int64_t *restrict y)
{
    {
        int64_t acc = 0;
        for (int k0 = 0; k0 < 2; k0++) {
            const int64_t v = x[k0];
            acc = (int64_t)((uint64_t)acc + (uint64_t)v);
        }
        y[0] = acc;
    }
}

/* l05_map_naive: Map
 *   part
 *   part
 *   part
 *   x0  int64 2
 *   x1  int64 1
 *   y  bool 2
 *   computes and(le(a, 1), (b == 1))
 */
rt_layer void l05_map_naive(const int64_t *x0, const int64_t *x1, uint8_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[0];
        y[i0] = (a0 <= 1) && (a1 == 1);
    }
}

/* l06_reduce_naive: ReduceMin
 *   part
 *   part
 *   part
 *   part
 *   x  bool 2
 *   y  bool 1
 */
rt_layer void l06_reduce_naive(const uint8_t *restrict x, uint8_t *restrict y)
{
    {
        uint64_t acc = UINT64_C(1);
        for (int k0 = 0; k0 < 2; k0++) {
            const uint64_t v = x[k0];
            acc = v < acc ? v : acc;
        }
        y[0] = acc != 0;
    }
}

/* l07_map_naive: Map
 *   part
 *   x0  int64 2
 *   x1  int64 2
 *   x2  int64 2
 *   y  int64 2
 *   computes max(min(sel((a > 0), b, 1), (c + 1)), (neg(c) - 1))
 */
rt_layer void l07_map_naive(const int64_t *x0, const int64_t *x1, const int64_t *x2, int64_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[i0];
        const int64_t a2 = x2[i0];
        const int64_t t0 = (a0 > 0) ? a1 : 1;
        const int64_t t1 = (int64_t)((uint64_t)a2 + (uint64_t)1);
        const int64_t t2 = t0 < t1 ? t0 : t1;
        const int64_t t3 = (int64_t)((uint64_t)((int64_t)(0 - (uint64_t)a2)) - (uint64_t)1);
        y[i0] = t2 > t3 ? t2 : t3;
    }
}

/* l08_map_naive: Map
 *   part
 *   x0  int64 2
 *   x1  int64 2
 *   x2  int64 2
 *   x3  int64 2
 *   y  int64 2
 *   computes min(max(sel((sel((a > 0), b, 0) < 0), (sel((a > 0), b, 0) + c), sel((a > 0), b, 0)), 0), sel((d > 0), c, (c - 1)))
 */
rt_layer void l08_map_naive(const int64_t *x0, const int64_t *x1, const int64_t *x2, const int64_t *x3, int64_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[i0];
        const int64_t a2 = x2[i0];
        const int64_t a3 = x3[i0];
        const int64_t t0 = (a0 > 0) ? a1 : 0;
        const int64_t t1 = (t0 < 0) ? ((int64_t)((uint64_t)t0 + (uint64_t)a2)) : t0;
        const int64_t t2 = t1 > 0 ? t1 : 0;
        const int64_t t3 = (a3 > 0) ? a2 : ((int64_t)((uint64_t)a2 - (uint64_t)1));
        y[i0] = t2 < t3 ? t2 : t3;
    }
}

/* l09_map_naive: Map
 *   part
 *   x0  int64 2
 *   x1  int64 2
 *   x2  int64 2
 *   x3  int64 2
 *   x4  int64 2
 *   x5  int64 2
 *   y  bool 2
 *   computes and((max(sel((d > 0), ((((min(max(sel((sel((a > 0), b, c) < 0), (sel((a > 0), b, c) + c), sel((a > 0), b, c)), int64(sel((d > 0), 0, -1))), sel((d > 0), c, (c - 1))) - e) + d) - 1) / d), ((((e - min(max(sel((sel((a > 0), b, c) < 0), (sel((a > 0), b, c) + c), sel((a > 0), b, c)), int64(sel((d > 0), 0, -1))), sel((d > 0), c, (c - 1)))) - d) - 1) / neg(d))), 0) == f), ne(d, 0))
 */
rt_layer void l09_map_naive(const int64_t *x0, const int64_t *x1, const int64_t *x2, const int64_t *x3, const int64_t *x4, const int64_t *x5, uint8_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[i0];
        const int64_t a2 = x2[i0];
        const int64_t a3 = x3[i0];
        const int64_t a4 = x4[i0];
        const int64_t a5 = x5[i0];
        const int64_t t0 = (a0 > 0) ? a1 : a2;
        const int64_t t1 = (t0 < 0) ? ((int64_t)((uint64_t)t0 + (uint64_t)a2)) : t0;
        const int64_t t2 = (int64_t)((a3 > 0) ? 0 : (-1));
        const int64_t t3 = t1 > t2 ? t1 : t2;
        const int64_t t4 = (a3 > 0) ? a2 : ((int64_t)((uint64_t)a2 - (uint64_t)1));
        const int64_t t5 = t3 < t4 ? t3 : t4;
        const int64_t t6 = (int64_t)((uint64_t)((int64_t)((uint64_t)((int64_t)((uint64_t)t5 - (uint64_t)a4)) + (uint64_t)a3)) - (uint64_t)1);
        const int64_t t7 = (int64_t)((uint64_t)((int64_t)((uint64_t)((int64_t)((uint64_t)a4 - (uint64_t)t5)) - (uint64_t)a3)) - (uint64_t)1);
        const int64_t t8 = (int64_t)(0 - (uint64_t)a3);
        const int64_t t9 = (a3 > 0) ? (a3 == 0 ? 0 : a3 == -1 ? (int64_t)(0 - (uint64_t)t6) : (int64_t)(t6 / a3)) : (t8 == 0 ? 0 : t8 == -1 ? (int64_t)(0 - (uint64_t)t7) : (int64_t)(t7 / t8));
        y[i0] = ((t9 > 0 ? t9 : 0) == a5) && (a3 != 0);
    }
}

/* l10_map_naive: Map
 *   part
 *   part
 *   x0  int64 scalar
 *   x1  int64 2
 *   x2  int64 scalar
 *   y  int64 2
 *   computes max((a + (b * c)), 0)
 */
rt_layer void l10_map_naive(const int64_t *x0, const int64_t *x1, const int64_t *x2, int64_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const int64_t a0 = x0[0];
        const int64_t a1 = x1[i0];
        const int64_t a2 = x2[0];
        const int64_t t0 = (int64_t)((uint64_t)a0 + (uint64_t)((int64_t)((uint64_t)a1 * (uint64_t)a2)));
        y[i0] = t0 > 0 ? t0 : 0;
    }
}

/* l11_gather_naive: Gather
 *   part
 *   border
 *   x  float 2x4
 *   index  int64 2
 *   y  float 2x4
 */
rt_layer void l11_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++) {
        int64_t at = index[i0];
        at += at < 0 ? 2 : 0;
        at = at < 0 ? 0 : at < 2 ? at : 1;
        for (int i1 = 0; i1 < 4; i1++) {
            y[i0 * 4 + i1] = x[at * 4 + i1];
        }
    }
}

/* l12_gather_naive: Gather
 *   part
 *   x  float 2x4
 *   index  int64 2
 *   y  float 2x2
 */
rt_layer void l12_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 2; i1++) {
        int64_t at = index[i1];
        at += at < 0 ? 4 : 0;
        at = at < 0 ? 0 : at < 4 ? at : 3;
        {
            y[i0 * 2 + i1] = x[i0 * 4 + at];
        }
    }
}

/* l13_map_naive: Map
 *   border
 *   x0  int64 scalar
 *   x1  int64 scalar
 *   y  bool scalar
 *   computes (((a + b) + 2) == 2)
 */
rt_layer void l13_map_naive(const int64_t *x0, const int64_t *x1, uint8_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t a1 = x1[0];
        y[0] = ((int64_t)((uint64_t)((int64_t)((uint64_t)a0 + (uint64_t)a1)) + (uint64_t)2)) == 2;
    }
}

/* l14_map_naive: Map
 *   border
 *   x0  int64 scalar
 *   x1  int64 scalar
 *   y  int64 scalar
 *   computes max(((2 + min(a, 0)) + min(b, 0)), 0)
 */
rt_layer void l14_map_naive(const int64_t *x0, const int64_t *x1, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t a1 = x1[0];
        const int64_t t0 = (int64_t)((uint64_t)((int64_t)((uint64_t)2 + (uint64_t)(a0 < 0 ? a0 : 0))) + (uint64_t)(a1 < 0 ? a1 : 0));
        y[0] = t0 > 0 ? t0 : 0;
    }
}

/* l15_map_naive: Map
 *   border
 *   x0  int64 2
 *   x1  int64 scalar
 *   x2  int64 scalar
 *   y  int64 2
 *   computes (sel((mod((a - max(b, 0)), max(((2 * c) - 2), 1)) < c), mod((a - max(b, 0)), max(((2 * c) - 2), 1)), (((2 * c) - 2) - mod((a - max(b, 0)), max(((2 * c) - 2), 1)))) - min(b, 0))
 */
rt_layer void l15_map_naive(const int64_t *x0, const int64_t *x1, const int64_t *x2, int64_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[0];
        const int64_t a2 = x2[0];
        const int64_t t0 = (int64_t)((uint64_t)a0 - (uint64_t)(a1 > 0 ? a1 : 0));
        const int64_t t1 = (int64_t)((uint64_t)((int64_t)((uint64_t)2 * (uint64_t)a2)) - (uint64_t)2);
        const int64_t t2 = t1 > 1 ? t1 : 1;
        const int64_t t3 = t2 == 0 || t2 == -1 ? 0 : (int64_t)(t0 % t2 != 0 && (t0 % t2 < 0) != (t2 < 0) ? t0 % t2 + t2 : t0 % t2);
        const int64_t t4 = (int64_t)((uint64_t)((int64_t)((uint64_t)2 * (uint64_t)a2)) - (uint64_t)2);
        const int64_t t5 = t4 > 1 ? t4 : 1;
        const int64_t t6 = t5 == 0 || t5 == -1 ? 0 : (int64_t)(t0 % t5 != 0 && (t0 % t5 < 0) != (t5 < 0) ? t0 % t5 + t5 : t0 % t5);
        const int64_t t7 = (int64_t)((uint64_t)((int64_t)((uint64_t)2 * (uint64_t)a2)) - (uint64_t)2);
        const int64_t t8 = t7 > 1 ? t7 : 1;
        const int64_t t9 = t8 == 0 || t8 == -1 ? 0 : (int64_t)(t0 % t8 != 0 && (t0 % t8 < 0) != (t8 < 0) ? t0 % t8 + t8 : t0 % t8);
        const int64_t t10 = (int64_t)((uint64_t)((int64_t)((uint64_t)((int64_t)((uint64_t)2 * (uint64_t)a2)) - (uint64_t)2)) - (uint64_t)t9);
        y[i0] = (int64_t)((uint64_t)((t3 < a2) ? t6 : t10) - (uint64_t)(a1 < 0 ? a1 : 0));
    }
}

/* l16_map_naive: Map
 *   border
 *   x0  int64 scalar
 *   x1  int64 scalar
 *   y  bool scalar
 *   computes (((a + b) + 4) == 6)
 */
rt_layer void l16_map_naive(const int64_t *x0, const int64_t *x1, uint8_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t a1 = x1[0];
        y[0] = ((int64_t)((uint64_t)((int64_t)((uint64_t)a0 + (uint64_t)a1)) + (uint64_t)4)) == 6;
    }
}

/* l17_map_naive: Map
 *   border
 *   x0  int64 scalar
 *   x1  int64 scalar
 *   y  int64 scalar
 *   computes max(((4 + min(a, 0)) + min(b, 0)), 0)
 */
rt_layer void l17_map_naive(const int64_t *x0, const int64_t *x1, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t a1 = x1[0];
        const int64_t t0 = (int64_t)((uint64_t)((int64_t)((uint64_t)4 + (uint64_t)(a0 < 0 ? a0 : 0))) + (uint64_t)(a1 < 0 ? a1 : 0));
        y[0] = t0 > 0 ? t0 : 0;
    }
}

/* l18_map_naive: Map
 *   border
 *   x0  int64 6
 *   x1  int64 scalar
 *   x2  int64 scalar
 *   y  int64 6
 *   computes (sel((mod((a - max(b, 0)), max(((2 * c) - 2), 1)) < c), mod((a - max(b, 0)), max(((2 * c) - 2), 1)), (((2 * c) - 2) - mod((a - max(b, 0)), max(((2 * c) - 2), 1)))) - min(b, 0))
 */
rt_layer void l18_map_naive(const int64_t *x0, const int64_t *x1, const int64_t *x2, int64_t *y)
{
    for (int i0 = 0; i0 < 6; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[0];
        const int64_t a2 = x2[0];
        const int64_t t0 = (int64_t)((uint64_t)a0 - (uint64_t)(a1 > 0 ? a1 : 0));
        const int64_t t1 = (int64_t)((uint64_t)((int64_t)((uint64_t)2 * (uint64_t)a2)) - (uint64_t)2);
        const int64_t t2 = t1 > 1 ? t1 : 1;
        const int64_t t3 = t2 == 0 || t2 == -1 ? 0 : (int64_t)(t0 % t2 != 0 && (t0 % t2 < 0) != (t2 < 0) ? t0 % t2 + t2 : t0 % t2);
        const int64_t t4 = (int64_t)((uint64_t)((int64_t)((uint64_t)2 * (uint64_t)a2)) - (uint64_t)2);
        const int64_t t5 = t4 > 1 ? t4 : 1;
        const int64_t t6 = t5 == 0 || t5 == -1 ? 0 : (int64_t)(t0 % t5 != 0 && (t0 % t5 < 0) != (t5 < 0) ? t0 % t5 + t5 : t0 % t5);
        const int64_t t7 = (int64_t)((uint64_t)((int64_t)((uint64_t)2 * (uint64_t)a2)) - (uint64_t)2);
        const int64_t t8 = t7 > 1 ? t7 : 1;
        const int64_t t9 = t8 == 0 || t8 == -1 ? 0 : (int64_t)(t0 % t8 != 0 && (t0 % t8 < 0) != (t8 < 0) ? t0 % t8 + t8 : t0 % t8);
        const int64_t t10 = (int64_t)((uint64_t)((int64_t)((uint64_t)((int64_t)((uint64_t)2 * (uint64_t)a2)) - (uint64_t)2)) - (uint64_t)t9);
        y[i0] = (int64_t)((uint64_t)((t3 < a2) ? t6 : t10) - (uint64_t)(a1 < 0 ? a1 : 0));
    }
}

/* l19_gather_naive: Gather
 *   border
 *   x  float 2x4
 *   index  int64 6
 *   y  float 2x6
 */
rt_layer void l19_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 6; i1++) {
        int64_t at = index[i1];
        at += at < 0 ? 4 : 0;
        at = at < 0 ? 0 : at < 4 ? at : 3;
        {
            y[i0 * 6 + i1] = x[i0 * 4 + at];
        }
    }
}

/* l20_map_naive: Map
 *   count
 *   count
 *   count
 *   stretch
 *   x0  float scalar
 *   y  double scalar
 *   computes double(a)
 */
rt_layer void l20_map_naive(const float *x0, double *y)
{
    {
        const float a0 = x0[0];
        y[0] = (double)a0;
    }
}

/* l21_map_naive: Map
 *   count
 *   x0  double scalar
 *   x1  double scalar
 *   x2  double scalar
 *   y  bool scalar
 *   computes and((max(ceil(((b - a) / c)), 0) == 3), ne(c, 0))
 */
rt_layer void l21_map_naive(const double *x0, const double *x1, const double *x2, uint8_t *y)
{
    {
        const double a0 = x0[0];
        const double a1 = x1[0];
        const double a2 = x2[0];
        const double t0 = ceil(((a1 - a0) / a2));
        y[0] = ((t0 > 0.0 ? t0 : 0.0) == 3.0) && (a2 != 0.0);
    }
}

/* l22_map_naive: Map
 *   count
 *   x0  double scalar
 *   x1  double 3
 *   x2  double scalar
 *   y  float 3
 *   computes float((a + (b * c)))
 */
rt_layer void l22_map_naive(const double *x0, const double *x1, const double *x2, float *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    {
        const double a0 = x0[0];
        const double a1 = x1[i0];
        const double a2 = x2[0];
        y[i0] = (float)(a0 + (a1 * a2));
    }
}

/* l23_map_naive: Map
 *   stretch
 *   x0  float scalar
 *   y  bool scalar
 *   computes (floor((2 * a)) == 2)
 */
rt_layer void l23_map_naive(const float *x0, uint8_t *y)
{
    {
        const float a0 = x0[0];
        y[0] = floorf((2.0f * a0)) == 2.0f;
    }
}

/* l24_map_naive: Map
 *   stretch
 *   x0  float scalar
 *   y  bool scalar
 *   computes (1 == double(a))
 */
rt_layer void l24_map_naive(const float *x0, uint8_t *y)
{
    {
        const float a0 = x0[0];
        y[0] = 1.0 == ((double)a0);
    }
}

/* l25_map_naive: Map
 *   stretch
 *   x0  float scalar
 *   y  bool scalar
 *   computes (floor((4 * a)) == 8)
 */
rt_layer void l25_map_naive(const float *x0, uint8_t *y)
{
    {
        const float a0 = x0[0];
        y[0] = floorf((4.0f * a0)) == 8.0f;
    }
}

/* l26_map_naive: Map
 *   stretch
 *   x0  double 8
 *   x1  double scalar
 *   y  double 8
 *   computes (a / b)
 */
rt_layer void l26_map_naive(const double *x0, const double *x1, double *y)
{
    for (int i0 = 0; i0 < 8; i0++)
    {
        const double a0 = x0[i0];
        const double a1 = x1[0];
        y[i0] = a0 / a1;
    }
}

/* l27_map_naive: Map
 *   stretch
 *   x0  double 8
 *   y  double 8
 *   computes floor(a)
 */
rt_layer void l27_map_naive(const double *x0, double *y)
{
    for (int i0 = 0; i0 < 8; i0++)
    {
        const double a0 = x0[i0];
        y[i0] = floor(a0);
    }
}

/* l28_map_naive: Map
 *   stretch
 *   x0  double 8
 *   x1  double 8
 *   y  double 8
 *   computes max(0, (1 - abs(((a + 0) - b))))
 */
rt_layer void l28_map_naive(const double *x0, const double *x1, double *y)
{
    for (int i0 = 0; i0 < 8; i0++)
    {
        const double a0 = x0[i0];
        const double a1 = x1[i0];
        const double t0 = 1.0 - fabs(((a0 + 0.0) - a1));
        y[i0] = 0.0 > t0 ? 0.0 : t0;
    }
}

/* l29_map_naive: Map
 *   stretch
 *   x0  double 8
 *   x1  double 8
 *   y  double 8
 *   computes max(0, (1 - abs(((a + 1) - b))))
 */
rt_layer void l29_map_naive(const double *x0, const double *x1, double *y)
{
    for (int i0 = 0; i0 < 8; i0++)
    {
        const double a0 = x0[i0];
        const double a1 = x1[i0];
        const double t0 = 1.0 - fabs(((a0 + 1.0) - a1));
        y[i0] = 0.0 > t0 ? 0.0 : t0;
    }
}

/* l30_map_naive: Map
 *   stretch
 *   x0  double 4x1
 *   x1  double 8
 *   x2  double 8
 *   x3  double 8
 *   y  float 4x8
 *   computes float((sel((a == max(min((b + 0), 3), 0)), c, 0) + sel((a == max(min((b + 1), 3), 0)), d, 0)))
 */
rt_layer void l30_map_naive(const double *x0, const double *x1, const double *x2, const double *x3, float *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    for (int i1 = 0; i1 < 8; i1++)
    {
        const double a0 = x0[i0];
        const double a1 = x1[i1];
        const double a2 = x2[i1];
        const double a3 = x3[i1];
        const double t0 = a1 + 0.0;
        const double t1 = t0 < 3.0 ? t0 : 3.0;
        const double t2 = a1 + 1.0;
        const double t3 = t2 < 3.0 ? t2 : 3.0;
        const float t4 = (float)(((a0 == (t1 > 0.0 ? t1 : 0.0)) ? a2 : 0.0) + ((a0 == (t3 > 0.0 ? t3 : 0.0)) ? a3 : 0.0));
        y[i0 * 8 + i1] = t4;
    }
}

/* l31_gemm_vec: MatMul
 *   stretch
 *   x  float 2x4
 *   w  float 4x8
 *   y  float 2x8
 *   64 MACs
 *   tile 2 x 1 vectors
 */
rt_layer void l31_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y)
{
    {
        {
            const float *wp = w;
            {
                const float *xk = x, *wk = wp;
                float *yp = y;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                for (int k = 0; k < 4; k++, xk += 1, wk += 8) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[4]); a1_0 = vf_fma(s, w0, a1_0);
                }
                vf_store(yp, a0_0);
                vf_store(yp + 8, a1_0);
            }
        }
    }
}

static const int64_t moved_const1[2] = {0, 1};
static const int64_t moved_const2[2] = {2, 4};
static const int64_t moved_const3[2] = {2, 2};
static const int64_t moved_const4[2] = {0, 1};
static const int64_t moved_const5[6] = {0, 1, 2, 3, 4, 5};
static const double moved_const6[3] = {0.0, 1.0, 2.0};
static const double moved_const7[8] = {0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0};
static const double moved_const8[4] = {0.0, 1.0, 2.0, 3.0};
int moved_run(const float x[8], const int64_t starts[1], const int64_t ends[1], const int64_t axes[1], const int64_t steps[1], const int64_t pads[4], const float from[1], const float to[1], const float by[1], const float scales[2], float s[4], float p[12], float r[3], float z[16], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !x || !starts || !ends || !axes || !steps || !pads || !from || !to || !by || !scales || !s || !p || !r || !z)
        return 1;
    l01_map_naive(axes, moved_const1, (int64_t *)(m + 0)); /* part */
    l02_map_naive(axes, moved_const1, starts, (int64_t *)(m + 16)); /* part */
    l03_reduce_naive((const int64_t *)(m + 0), (int64_t *)(m + 32)); /* part */
    l03_reduce_naive((const int64_t *)(m + 16), (int64_t *)(m + 0)); /* part */
    l04_reduce_naive((const int64_t *)(m + 32), (int64_t *)(m + 16)); /* part */
    l05_map_naive((const int64_t *)(m + 32), (const int64_t *)(m + 16), (uint8_t *)(m + 24)); /* part */
    l06_reduce_naive((const uint8_t *)(m + 24), (uint8_t *)(m + 16)); /* part */
    if (!*(const uint8_t *)(m + 16))
        return 2; /* part: an axis is listed twice, or there is none such */
    l01_map_naive(axes, moved_const1, (int64_t *)(m + 16)); /* part */
    l02_map_naive(axes, moved_const1, ends, (int64_t *)(m + 48)); /* part */
    l03_reduce_naive((const int64_t *)(m + 16), (int64_t *)(m + 64)); /* part */
    l03_reduce_naive((const int64_t *)(m + 48), (int64_t *)(m + 16)); /* part */
    l04_reduce_naive((const int64_t *)(m + 64), (int64_t *)(m + 48)); /* part */
    l05_map_naive((const int64_t *)(m + 64), (const int64_t *)(m + 48), (uint8_t *)(m + 56)); /* part */
    l06_reduce_naive((const uint8_t *)(m + 56), (uint8_t *)(m + 48)); /* part */
    if (!*(const uint8_t *)(m + 48))
        return 2; /* part: an axis is listed twice, or there is none such */
    l01_map_naive(axes, moved_const1, (int64_t *)(m + 48)); /* part */
    l02_map_naive(axes, moved_const1, steps, (int64_t *)(m + 80)); /* part */
    l03_reduce_naive((const int64_t *)(m + 48), (int64_t *)(m + 96)); /* part */
    l03_reduce_naive((const int64_t *)(m + 80), (int64_t *)(m + 48)); /* part */
    l04_reduce_naive((const int64_t *)(m + 96), (int64_t *)(m + 80)); /* part */
    l05_map_naive((const int64_t *)(m + 96), (const int64_t *)(m + 80), (uint8_t *)(m + 88)); /* part */
    l06_reduce_naive((const uint8_t *)(m + 88), (uint8_t *)(m + 80)); /* part */
    if (!*(const uint8_t *)(m + 80))
        return 2; /* part: an axis is listed twice, or there is none such */
    l07_map_naive((const int64_t *)(m + 96), (const int64_t *)(m + 48), moved_const2, (int64_t *)(m + 80)); /* part */
    l08_map_naive((const int64_t *)(m + 32), (const int64_t *)(m + 0), moved_const2, (const int64_t *)(m + 80), (int64_t *)(m + 48)); /* part */
    l09_map_naive((const int64_t *)(m + 64), (const int64_t *)(m + 16), moved_const2, (const int64_t *)(m + 80), (const int64_t *)(m + 48), moved_const3, (uint8_t *)(m + 0)); /* part */
    l06_reduce_naive((const uint8_t *)(m + 0), (uint8_t *)(m + 2)); /* part */
    if (!*(const uint8_t *)(m + 2))
        return 2; /* part: the slice does not have the shape that is declared */
    l10_map_naive((const int64_t *)(m + 48), moved_const4, (const int64_t *)(m + 80), (int64_t *)(m + 32)); /* part */
    l11_gather_naive(x, (const int64_t *)(m + 32), (float *)(m + 0)); /* part */
    l10_map_naive((const int64_t *)(m + 56), moved_const4, (const int64_t *)(m + 88), (int64_t *)(m + 32)); /* part */
    l12_gather_naive((const float *)(m + 0), (const int64_t *)(m + 32), s); /* part */
    l13_map_naive(pads, pads + 2, (uint8_t *)(m + 0)); /* border */
    if (!*(const uint8_t *)(m + 0))
        return 2; /* border: the pads do not lead to the shape that is declared */
    l14_map_naive(pads, pads + 2, (int64_t *)(m + 16)); /* border */
    l15_map_naive(moved_const4, pads, (const int64_t *)(m + 16), (int64_t *)(m + 0)); /* border */
    l11_gather_naive(x, (const int64_t *)(m + 0), (float *)(m + 48)); /* border */
    l16_map_naive(pads + 1, pads + 3, (uint8_t *)(m + 0)); /* border */
    if (!*(const uint8_t *)(m + 0))
        return 2; /* border: the pads do not lead to the shape that is declared */
    l17_map_naive(pads + 1, pads + 3, (int64_t *)(m + 80)); /* border */
    l18_map_naive(moved_const5, pads + 1, (const int64_t *)(m + 80), (int64_t *)(m + 0)); /* border */
    l19_gather_naive((const float *)(m + 48), (const int64_t *)(m + 0), p); /* border */
    l20_map_naive(from, (double *)(m + 0)); /* count */
    l20_map_naive(to, (double *)(m + 8)); /* count */
    l20_map_naive(by, (double *)(m + 16)); /* count */
    l21_map_naive((const double *)(m + 0), (const double *)(m + 8), (const double *)(m + 16), (uint8_t *)(m + 24)); /* count */
    if (!*(const uint8_t *)(m + 24))
        return 2; /* count: the range does not have the length that is declared */
    l22_map_naive((const double *)(m + 0), moved_const6, (const double *)(m + 16), r); /* count */
    l23_map_naive(scales, (uint8_t *)(m + 0)); /* stretch */
    if (!*(const uint8_t *)(m + 0))
        return 2; /* stretch: the sizes, scales or region do not lead to the shape that is declared */
    l24_map_naive(scales, (uint8_t *)(m + 0)); /* stretch */
    if (!*(const uint8_t *)(m + 0))
        return 2; /* stretch: the sizes, scales or region do not lead to the shape that is declared */
    l20_map_naive(scales + 1, (double *)(m + 0)); /* stretch */
    l25_map_naive(scales + 1, (uint8_t *)(m + 8)); /* stretch */
    if (!*(const uint8_t *)(m + 8))
        return 2; /* stretch: the sizes, scales or region do not lead to the shape that is declared */
    l26_map_naive(moved_const7, (const double *)(m + 0), (double *)(m + 128)); /* stretch */
    l27_map_naive((const double *)(m + 128), (double *)(m + 192)); /* stretch */
    l28_map_naive((const double *)(m + 192), (const double *)(m + 128), (double *)(m + 256)); /* stretch */
    l29_map_naive((const double *)(m + 192), (const double *)(m + 128), (double *)(m + 128)); /* stretch */
    l30_map_naive(moved_const8, (const double *)(m + 192), (const double *)(m + 256), (const double *)(m + 128), (float *)(m + 0)); /* stretch */
    l31_gemm_vec(x, (const float *)(m + 0), z); /* stretch */
    return 0;
}
