/* l01_map_naive: Map
 *   fold
 *   x0  int64 3
 *   x1  int64 3
 *   x2  int64 3
 *   y  bool 3
 *   computes or(or((a == b), (a == -1)), and((a == 0), (b == c)))
 */
rt_layer void l01_map_naive(const int64_t *x0, const int64_t *x1, const int64_t *x2, uint8_t *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[i0];
        const int64_t a2 = x2[i0];
        y[i0] = ((a0 == a1) || (a0 == (-1))) || ((a0 == 0) && (a1 == a2));
    }
}

/* l02_reduce_naive: ReduceMin
 *   fold
 *   repeat
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

/* l03_gather_naive: Gather
 *   wrap
 *   unwrap
 *   x  int64 4
 *   index  int64 1
 *   y  int64 1
 */
rt_layer void l03_gather_naive(const int64_t *restrict x, const int64_t *restrict index, int64_t *restrict y)
{
    {
        int64_t at = index[0];
        at += at < 0 ? 4 : 0;
        at = at < 0 ? 0 : at < 4 ? at : 3;
        {
            y[0] = x[at];
        }
    }
}

/* l04_map_naive: Map
 *   wrap
 *   unwrap
 *   x0  int64 1
 *   x1  int64 1
 *   y  int64 1
 *   computes sel(and(ge(a, -4), (a < 4)), b, 0)
 */
rt_layer void l04_map_naive(const int64_t *x0, const int64_t *x1, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t a1 = x1[0];
        y[0] = ((a0 >= (-4)) && (a0 < 4)) ? a1 : 0;
    }
}

/* l05_reduce_naive: ReduceSum
 *   wrap
 *   unwrap
 *   most
 *   x  int64 1
 *   y  int64 1
 */
rt_layer void l05_reduce_naive(const int64_t *restrict x, int64_t *restrict y)
{
    {
        int64_t acc = 0;
        {
            const int64_t v = x[0];
            acc = (int64_t)((uint64_t)acc + (uint64_t)v);
        }
        y[0] = acc;
    }
}

/* l06_map_naive: Map
 *   wrap
 *   unwrap
 *   most
 *   x0  int64 1
 *   y  bool 1
 *   computes (a == 2)
 */
rt_layer void l06_map_naive(const int64_t *x0, uint8_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = a0 == 2;
    }
}

/* l07_gather_naive: Gather
 *   most
 *   x  int64 3
 *   index  int64 1
 *   y  int64 1
 */
rt_layer void l07_gather_naive(const int64_t *restrict x, const int64_t *restrict index, int64_t *restrict y)
{
    {
        int64_t at = index[0];
        at += at < 0 ? 3 : 0;
        at = at < 0 ? 0 : at < 3 ? at : 2;
        {
            y[0] = x[at];
        }
    }
}

/* l08_map_naive: Map
 *   most
 *   x0  int64 1
 *   x1  int64 1
 *   y  int64 1
 *   computes sel(and(ge(a, -3), (a < 3)), b, 0)
 */
rt_layer void l08_map_naive(const int64_t *x0, const int64_t *x1, int64_t *y)
{
    {
        const int64_t a0 = x0[0];
        const int64_t a1 = x1[0];
        y[0] = ((a0 >= (-3)) && (a0 < 3)) ? a1 : 0;
    }
}

/* l09_map_naive: Map
 *   most
 *   x0  int64 1
 *   y  bool 1
 *   computes or(or((a == 1), (a == 2)), (a == 4))
 */
rt_layer void l09_map_naive(const int64_t *x0, uint8_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = ((a0 == 1) || (a0 == 2)) || (a0 == 4);
    }
}

/* l10_map_naive: Map
 *   most
 *   x0  int64 1
 *   y  bool 1
 *   computes (a == 1)
 */
rt_layer void l10_map_naive(const int64_t *x0, uint8_t *y)
{
    {
        const int64_t a0 = x0[0];
        y[0] = a0 == 1;
    }
}

/* l11_reduce_vec: ReduceMax
 *   most
 *   x  float 2x2x2
 *   y  float 2x2
 */
rt_layer void l11_reduce_vec(const float *restrict x, float *restrict y)
{
    const vf start = vf_splat(-INFINITY);
    vf a0 = start;
    const float *p = x;
    for (int k = 0; k < 2; k++, p += 4) {
        a0 = vf_max(vf_loadn(p, 4), a0);
    }
    vf_storen(y, a0, 4);
}

/* l12_reduce_vec: ReduceMax
 *   most
 *   x  float 2x2x2
 *   y  float 2x2
 */
rt_layer void l12_reduce_vec(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++) {
        const vf start = vf_splat(-INFINITY);
        vf a0 = start;
        const float *p = x + i0 * 4;
        for (int k = 0; k < 2; k++, p += 2) {
            a0 = vf_max(vf_loadn(p, 2), a0);
        }
        vf_storen(y + i0 * 2, a0, 2);
    }
}

/* l13_reduce_naive: ReduceMax
 *   most
 *   x  float 2x2x2
 *   y  float 2x2
 */
rt_layer void l13_reduce_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 2; i1++) {
        float acc = -INFINITY;
        for (int k2 = 0; k2 < 2; k2++) {
            const float v = x[i0 * 4 + i1 * 2 + k2];
            acc = v > acc ? v : acc;
        }
        y[i0 * 2 + i1] = acc;
    }
}

/* l14_copy_naive: Copy
 *   most
 *   x  float 2x2
 *   y  float 2x2
 */
rt_layer void l14_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 16);
}

/* l15_map_naive: Map
 *   repeat
 *   x0  int64 3
 *   x1  int64 3
 *   y  bool 3
 *   computes (a == b)
 */
rt_layer void l15_map_naive(const int64_t *x0, const int64_t *x1, uint8_t *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[i0];
        y[i0] = a0 == a1;
    }
}

/* l16_copy_naive: Copy
 *   repeat/Expand
 *   x  float 2x2x4 strided
 *   y  float 2x2x4
 */
rt_layer void l16_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 2; i1++)
        memcpy(y + i0 * 8 + i1 * 4, x + i0 * 4, 16);
}

static const int64_t declared_const1[3] = {2, 2, 2};
static const int64_t declared_const2[3] = {2, 4, -1};
static const int64_t declared_const3[4] = {1, 2, 4, 8};
static const int64_t declared_const4[3] = {1, 2, 4};
static const int64_t declared_const5[3] = {1, 2, 1};
int declared_run(const float x[8], const int64_t shape[3], const int64_t place[1], const int64_t axes[1], const int64_t times[3], float y[4], float t[16], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !x || !shape || !place || !axes || !times || !y || !t)
        return 1;
    l01_map_naive(shape, declared_const1, declared_const2, (uint8_t *)(m + 0)); /* fold */
    l02_reduce_naive((const uint8_t *)(m + 0), (uint8_t *)(m + 3)); /* fold */
    if (!*(const uint8_t *)(m + 3))
        return 2; /* fold: 'shape' does not give the shape that is declared */
    l03_gather_naive(declared_const3, place, (int64_t *)(m + 0)); /* wrap */
    l04_map_naive(place, (const int64_t *)(m + 0), (int64_t *)(m + 0)); /* wrap */
    l05_reduce_naive((const int64_t *)(m + 0), (int64_t *)(m + 8)); /* wrap */
    l06_map_naive((const int64_t *)(m + 8), (uint8_t *)(m + 0)); /* wrap */
    if (!*(const uint8_t *)(m + 0))
        return 2; /* wrap: 'place' does not give the shape that is declared */
    l03_gather_naive(declared_const3, place, (int64_t *)(m + 0)); /* unwrap */
    l04_map_naive(place, (const int64_t *)(m + 0), (int64_t *)(m + 0)); /* unwrap */
    l05_reduce_naive((const int64_t *)(m + 0), (int64_t *)(m + 8)); /* unwrap */
    l06_map_naive((const int64_t *)(m + 8), (uint8_t *)(m + 0)); /* unwrap */
    if (!*(const uint8_t *)(m + 0))
        return 2; /* unwrap: 'place' does not give the shape that is declared */
    l07_gather_naive(declared_const4, axes, (int64_t *)(m + 0)); /* most */
    l08_map_naive(axes, (const int64_t *)(m + 0), (int64_t *)(m + 0)); /* most */
    l05_reduce_naive((const int64_t *)(m + 0), (int64_t *)(m + 8)); /* most */
    l09_map_naive((const int64_t *)(m + 8), (uint8_t *)(m + 0)); /* most */
    if (!*(const uint8_t *)(m + 0))
        return 2; /* most: 'axes' does not give the shape that is declared */
    l10_map_naive((const int64_t *)(m + 8), (uint8_t *)(m + 0)); /* most */
    if (*(const uint8_t *)(m + 0)) { /* most */
        l11_reduce_vec(x, y); /* most */
    } else {
        l06_map_naive((const int64_t *)(m + 8), (uint8_t *)(m + 0)); /* most */
        if (*(const uint8_t *)(m + 0)) { /* most */
            l12_reduce_vec(x, (float *)(m + 0)); /* most */
        } else {
            l13_reduce_naive(x, (float *)(m + 0)); /* most */
        }
        l14_copy_naive((const float *)(m + 0), y); /* most */
    }
    l15_map_naive(times, declared_const5, (uint8_t *)(m + 0)); /* repeat */
    l02_reduce_naive((const uint8_t *)(m + 0), (uint8_t *)(m + 3)); /* repeat */
    if (!*(const uint8_t *)(m + 3))
        return 2; /* repeat: 'times' does not give the shape that is declared */
    l16_copy_naive(x, t); /* repeat/Expand */
    return 0;
}
