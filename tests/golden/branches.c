/* l01_map_vec: Tanh
 *   tanh
 *   x0  float 2x3
 *   y  float 2x3 strided
 *   computes tanh(a)
 *   tile 1 x 1 vectors
 */
rt_layer void l01_map_vec(const float *x0, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 3, 3);
        vf_storen(y + i0 * 6, vf_tanh(a0), 3);
    }
}

/* l02_copy_naive: Copy
 *   zeros
 *   x
 *   x
 *   x  float 2x3
 *   y  float 2x3 strided
 */
rt_layer void l02_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
        memcpy(y + i0 * 6, x + i0 * 3, 12);
}

/* l03_copy_naive: Copy
 *   zeros
 *   x
 *   x  float 2x6
 *   y  float 2x6
 */
rt_layer void l03_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 48);
}

/* l04_copy_naive: Copy
 *   dim
 *   dim
 *   z/Reshape
 *   choice
 *   x  int64 scalar
 *   y  int64 scalar
 */
rt_layer void l04_copy_naive(const int64_t *restrict x, int64_t *restrict y)
{
    y[0] = x[0];
}

/* l05_map_vec: Neg
 *   neg
 *   x0  float 2x6
 *   y  float 2x6
 *   computes neg(a)
 *   tile 1 x 1 vectors
 */
rt_layer void l05_map_vec(const float *x0, float *y)
{
    {
        for (int i0 = 0; i0 < 8; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            vf_store(y + i0, vf_neg(a0));
        }
        const vf a0 = vf_loadn(x0 + 8, 4);
        vf_storen(y + 8, vf_neg(a0), 4);
    }
}

/* l06_map_naive: Map
 *   max
 *   x0  int64 6
 *   x1  int64 scalar
 *   y  bool 6
 *   computes (a < b)
 */
rt_layer void l06_map_naive(const int64_t *x0, const int64_t *x1, uint8_t *y)
{
    for (int i0 = 0; i0 < 6; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[0];
        y[i0] = a0 < a1;
    }
}

/* l07_map_vec: Map
 *   max
 *   x0  bool 6
 *   x1  float 2x6
 *   y  float 2x6
 *   computes sel(a, b, -inf)
 *   tile 1 x 1 vectors
 */
rt_layer void l07_map_vec(const uint8_t *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const vm a0 = vm_loadn_u8(x0, 6);
        const vf a1 = vf_loadn(x1 + i0 * 6, 6);
        vf_storen(y + i0 * 6, vf_sel(a0, a1, vf_splat(-INFINITY)), 6);
    }
}

/* l08_reduce_vec: ReduceMax
 *   max
 *   x  float 2x6
 *   y  float 1x1
 */
rt_layer void l08_reduce_vec(const float *restrict x, float *restrict y)
{
    const vf start = vf_splat(-INFINITY);
    vf a0 = start;
    const float *p = x;
    a0 = vf_max(vf_load(p), a0);
    a0 = vf_max(vf_load(p + 4), a0);
    const float acc = vf_hmax(a0);
    y[0] = acc;
}

/* l09_compact_naive: Compact
 *   z
 *   x  float 2x6
 *   dims  int64 2
 *   y  float 2x6
 */
rt_layer void l09_compact_naive(const float *restrict x, const int64_t *restrict dims, float *restrict y)
{
    float *to = y;
    for (int i0 = 0; i0 < dims[0]; i0++)
    for (int i1 = 0; i1 < dims[1]; i1++)
        *to++ = x[i0 * 6 + i1];
}

static const float branches_const1[6] = {0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f};
static const int64_t branches_const2[1] = {3};
static const int64_t branches_const3[1] = {6};
static const int64_t branches_const4[6] = {0, 1, 2, 3, 4, 5};
static const int64_t branches_const5[1] = {2};
int branches_run(const uint8_t c[1], const float x[6], float z[12], float most[1], int64_t z_dims[2], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !c || !x || !z || !most || !z_dims)
        return 1;
    if (*c) { /* choice */
        l01_map_vec(x, (float *)(m + 0)); /* tanh */
        l02_copy_naive(branches_const1, (float *)(m + 12)); /* zeros */
        l03_copy_naive((const float *)(m + 0), (float *)(m + 48)); /* zeros */
        l04_copy_naive(branches_const2, (int64_t *)(m + 96)); /* dim */
    } else {
        l02_copy_naive(x, (float *)(m + 0)); /* x */
        l02_copy_naive(x, (float *)(m + 12)); /* x */
        l03_copy_naive((const float *)(m + 0), (float *)(m + 48)); /* x */
        l04_copy_naive(branches_const3, (int64_t *)(m + 96)); /* dim */
    }
    l05_map_vec((const float *)(m + 48), (float *)(m + 0)); /* neg */
    l06_map_naive(branches_const4, (const int64_t *)(m + 96), (uint8_t *)(m + 104)); /* max */
    l07_map_vec((const uint8_t *)(m + 104), (const float *)(m + 48), (float *)(m + 48)); /* max */
    l08_reduce_vec((const float *)(m + 48), most); /* max */
    l04_copy_naive(branches_const5, z_dims); /* z/Reshape */
    l04_copy_naive((const int64_t *)(m + 96), z_dims + 1); /* choice */
    l09_compact_naive((const float *)(m + 0), z_dims, z); /* z */
    return 0;
}
