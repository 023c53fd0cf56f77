/* l01_map_vec: Add
 *   Add_noisy
 *   x0  float 2x4
 *   x1  float 2x4
 *   y  float 2x4
 *   computes (a + b)
 *   tile 1 x 1 vectors
 */
rt_layer void l01_map_vec(const float *x0, const float *x1, float *y)
{
    {
        for (int i0 = 0; i0 < 8; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            const vf a1 = vf_load(x1 + i0);
            vf_store(y + i0, vf_add(a0, a1));
        }
    }
}

/* l02_map_naive: Bernoulli
 *   Bernoulli_bernoulli
 *   x0  float 2x4
 *   x1  float 2x4
 *   y  int64 2x4
 *   computes int64((a < b))
 */
rt_layer void l02_map_naive(const float *x0, const float *x1, int64_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 4; i1++)
    {
        const float a0 = x0[i0 * 4 + i1];
        const float a1 = x1[i0 * 4 + i1];
        y[i0 * 4 + i1] = (int64_t)(a0 < a1);
    }
}

/* l03_reduce_naive: ReduceMax
 *   Multinomial_multinomial
 *   x  float 2x4
 *   y  float 2x1
 */
rt_layer void l03_reduce_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++) {
        float acc = -INFINITY;
        for (int k1 = 0; k1 < 4; k1++) {
            const float v = x[i0 * 4 + k1];
            acc = v > acc ? v : acc;
        }
        y[i0] = acc;
    }
}

/* l04_map_vec: Multinomial
 *   Multinomial_multinomial
 *   x0  float 2x4
 *   x1  float 2x1
 *   y  float 2x4
 *   computes exp((a - b))
 *   tile 1 x 1 vectors
 */
rt_layer void l04_map_vec(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 4, 4);
        const vf a1 = vf_splat(x1[i0]);
        vf_storen(y + i0 * 4, vf_exp(vf_sub(a0, a1)), 4);
    }
}

/* l05_cumulate_naive: CumSum
 *   Multinomial_multinomial
 *   x  float 2x4
 *   y  float 2x4
 */
rt_layer void l05_cumulate_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++) {
        float acc = 0.0f;
        for (int k = 0; k < 4; k++) {
            const float v = x[i0 * 4 + k];
            acc = acc + v;
            y[i0 * 4 + k] = acc;
        }
    }
}

/* l06_map_naive: Multinomial
 *   Multinomial_multinomial
 *   x0  float 2x6x1
 *   x1  float 2x1x1 strided
 *   x2  float 2x1x4
 *   y  int64 2x6x4 channels-last
 *   computes int64(le(c, (a * b)))
 */
rt_layer void l06_map_naive(const float *x0, const float *x1, const float *x2, int64_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 6; i1++)
    for (int i2 = 0; i2 < 4; i2++)
    {
        const float a0 = x0[i0 * 6 + i1];
        const float a1 = x1[i0 * 4];
        const float a2 = x2[i0 * 4 + i2];
        y[i0 * 24 + i1 + i2 * 6] = (int64_t)(a2 <= (a0 * a1));
    }
}

/* l07_reduce_naive: ReduceSum
 *   Multinomial_multinomial
 *   x  int64 2x6x4 channels-last
 *   y  int64 2x6x1
 */
rt_layer void l07_reduce_naive(const int64_t *restrict x, int64_t *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 6; i1++) {
        int64_t acc = 0;
        for (int k2 = 0; k2 < 4; k2++) {
            const int64_t v = x[i0 * 24 + i1 + k2 * 6];
            acc = (int64_t)((uint64_t)acc + (uint64_t)v);
        }
        y[i0 * 6 + i1] = acc;
    }
}

/* l08_map_vec: Map
 *   Dropout_dropped
 *   x0  float 2x4
 *   x1  bool 2x4
 *   y  float 2x4
 *   computes sel(b, (a * 1.33333337), 0)
 *   tile 1 x 1 vectors
 */
rt_layer void l08_map_vec(const float *x0, const uint8_t *x1, float *y)
{
    {
        for (int i0 = 0; i0 < 8; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            const vm a1 = vm_load_u8(x1 + i0);
            vf_store(y + i0, vf_sel(a1, vf_mul(a0, vf_splat(1.3333334f)), vf_splat(0.0f)));
        }
    }
}

/* l09_nonzero_naive: NonZero
 *   NonZero_at
 *   x  float 2x4
 *   y  int64 2x8
 *   count  int64 scalar
 */
rt_layer void l09_nonzero_naive(const float *restrict x, int64_t *restrict y, int64_t *restrict count)
{
    int64_t found = 0;
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 4; i1++) {
        if (x[i0 * 4 + i1] != 0) {
            y[found] = i0;
            y[1 * 8 + found] = i1;
            found++;
        }
    }
    count[0] = found;
    for (; found < 8; found++) {
        y[found] = 0;
        y[1 * 8 + found] = 0;
    }
}

/* l10_map_naive: Cast
 *   Cast_place
 *   x0  int64 2x8
 *   y  float 2x8
 *   computes float(a)
 */
rt_layer void l10_map_naive(const int64_t *x0, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 8; i1++)
    {
        const int64_t a0 = x0[i0 * 8 + i1];
        y[i0 * 8 + i1] = (float)a0;
    }
}

/* l11_map_vec: Add
 *   Add_moved
 *   x0  float 2x8
 *   x1  float 2x8
 *   y  float 2x8
 *   computes (a + b)
 *   tile 1 x 1 vectors
 */
rt_layer void l11_map_vec(const float *x0, const float *x1, float *y)
{
    {
        for (int i0 = 0; i0 < 16; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            const vf a1 = vf_load(x1 + i0);
            vf_store(y + i0, vf_add(a0, a1));
        }
    }
}

/* l12_map_vec: Bernoulli
 *   Bernoulli_some
 *   x0  float 2x8
 *   x1  float 2x8
 *   y  float 2x8
 *   computes float((a < b))
 *   tile 1 x 1 vectors
 */
rt_layer void l12_map_vec(const float *x0, const float *x1, float *y)
{
    {
        for (int i0 = 0; i0 < 16; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            const vf a1 = vf_load(x1 + i0);
            vf_store(y + i0, vf_sel(vf_lt(a0, a1), vf_splat(1.0f), vf_splat(0.0f)));
        }
    }
}

/* l13_map_vec: Map
 *   Dropout_few
 *   x0  float 2x8
 *   x1  bool 2x8
 *   y  float 2x8
 *   computes sel(b, (a * 1.33333337), 0)
 *   tile 1 x 1 vectors
 */
rt_layer void l13_map_vec(const float *x0, const uint8_t *x1, float *y)
{
    {
        for (int i0 = 0; i0 < 16; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            const vm a1 = vm_load_u8(x1 + i0);
            vf_store(y + i0, vf_sel(a1, vf_mul(a0, vf_splat(1.3333334f)), vf_splat(0.0f)));
        }
    }
}

/* l14_copy_naive: Copy
 *   moved/Reshape
 *   NonZero_at
 *   some/Reshape
 *   NonZero_at
 *   few/Reshape
 *   NonZero_at
 *   x  int64 1
 *   y  int64 1
 */
rt_layer void l14_copy_naive(const int64_t *restrict x, int64_t *restrict y)
{
    y[0] = x[0];
}

/* l15_compact_naive: Compact
 *   moved
 *   some
 *   few
 *   x  float 2x8
 *   dims  int64 2
 *   y  float 2x8
 */
rt_layer void l15_compact_naive(const float *restrict x, const int64_t *restrict dims, float *restrict y)
{
    float *to = y;
    for (int i0 = 0; i0 < dims[0]; i0++)
    for (int i1 = 0; i1 < dims[1]; i1++)
        *to++ = x[i0 * 8 + i1];
}

/* l16_copy_naive: Copy
 *   uniform
 *   x  float 2x3
 *   y  float 2x3
 */
rt_layer void l16_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 24);
}

/* l17_copy_naive: Copy
 *   normal
 *   x  float 5
 *   y  float 5
 */
rt_layer void l17_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 20);
}

/* l18_copy_naive: Copy
 *   like
 *   x  float 2x4
 *   y  float 2x4
 */
rt_layer void l18_copy_naive(const float *restrict x, float *restrict y)
{
    memcpy(y + 0, x + 0, 32);
}

/* l19_copy_naive: Copy
 *   mask
 *   x  bool 2x4
 *   y  bool 2x4
 */
rt_layer void l19_copy_naive(const uint8_t *restrict x, uint8_t *restrict y)
{
    memcpy(y + 0, x + 0, 8);
}

static const float random_const1[8] = {1.6905257f, -0.46593738f, 0.032820165f, 0.40751627f, -0.788923f, 0.002065573f, -0.0008903859f, -1.7547243f};
static const float random_const2[8] = {0.07630829f, 0.7799188f, 0.4384092f, 0.72346514f, 0.9779895f, 0.53849584f, 0.50112045f, 0.07205113f};
static const float random_const3[12] = {0.07630829f, 0.7799188f, 0.4384092f, 0.72346514f, 0.9779895f, 0.53849584f, 0.50112045f, 0.07205113f, 0.26843897f, 0.4998825f, 0.67923f, 0.803739f};
static const uint8_t random_const4[8] = {0, 1, 1, 1, 1, 1, 1, 0};
static const float random_const5[16] = {1.6905257f, -0.46593738f, 0.032820165f, 0.40751627f, -0.788923f, 0.002065573f, -0.0008903859f, -1.7547243f, 1.017658f, 0.6004985f, -0.625429f, -0.17154826f, 0.5052994f, -0.2613564f, -0.24274908f, -1.4532415f};
static const float random_const6[16] = {0.07630829f, 0.7799188f, 0.4384092f, 0.72346514f, 0.9779895f, 0.53849584f, 0.50112045f, 0.07205113f, 0.26843897f, 0.4998825f, 0.67923f, 0.803739f, 0.38094112f, 0.06593634f, 0.28814557f, 0.9095935f};
static const uint8_t random_const7[16] = {0, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1};
static const int64_t random_const8[1] = {2};
static const float random_const9[6] = {-0.6947669f, 2.1196752f, 0.75363684f, 1.8938606f, 2.911958f, 1.1539834f};
static const float random_const10[5] = {4.381051f, 0.06812525f, 1.0656403f, 1.8150325f, -0.57784605f};
int random_run(const float x[8], const int64_t n[8], const float logp[8], float uniform[6], float normal[5], float like[8], float noisy[8], int64_t bernoulli[8], int64_t multinomial[12], float dropped[8], uint8_t mask[8], float moved[16], float some[16], float few[16], int64_t moved_dims[2], int64_t some_dims[2], int64_t few_dims[2], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !x || !n || !logp || !uniform || !normal || !like || !noisy || !bernoulli || !multinomial || !dropped || !mask || !moved || !some || !few || !moved_dims || !some_dims || !few_dims)
        return 1;
    l01_map_vec(x, random_const1, noisy); /* Add_noisy */
    l02_map_naive(random_const2, x, bernoulli); /* Bernoulli_bernoulli */
    l03_reduce_naive(logp, (float *)(m + 32)); /* Multinomial_multinomial */
    l04_map_vec(logp, (const float *)(m + 32), (float *)(m + 0)); /* Multinomial_multinomial */
    l05_cumulate_naive((const float *)(m + 0), (float *)(m + 384)); /* Multinomial_multinomial */
    l06_map_naive(random_const3, (const float *)(m + 396), (const float *)(m + 384), (int64_t *)(m + 0)); /* Multinomial_multinomial */
    l07_reduce_naive((const int64_t *)(m + 0), multinomial); /* Multinomial_multinomial */
    l08_map_vec(x, random_const4, dropped); /* Dropout_dropped */
    l09_nonzero_naive(x, (int64_t *)(m + 0), (int64_t *)(m + 192)); /* NonZero_at */
    l10_map_naive((const int64_t *)(m + 0), (float *)(m + 128)); /* Cast_place */
    l11_map_vec((const float *)(m + 128), random_const5, (float *)(m + 0)); /* Add_moved */
    l12_map_vec(random_const6, (const float *)(m + 128), (float *)(m + 64)); /* Bernoulli_some */
    l13_map_vec((const float *)(m + 128), random_const7, (float *)(m + 128)); /* Dropout_few */
    l14_copy_naive(random_const8, moved_dims); /* moved/Reshape */
    l14_copy_naive((const int64_t *)(m + 192), moved_dims + 1); /* NonZero_at */
    l15_compact_naive((const float *)(m + 0), moved_dims, moved); /* moved */
    l14_copy_naive(random_const8, some_dims); /* some/Reshape */
    l14_copy_naive((const int64_t *)(m + 192), some_dims + 1); /* NonZero_at */
    l15_compact_naive((const float *)(m + 64), some_dims, some); /* some */
    l14_copy_naive(random_const8, few_dims); /* few/Reshape */
    l14_copy_naive((const int64_t *)(m + 192), few_dims + 1); /* NonZero_at */
    l15_compact_naive((const float *)(m + 128), few_dims, few); /* few */
    l16_copy_naive(random_const9, uniform); /* uniform */
    l17_copy_naive(random_const10, normal); /* normal */
    l18_copy_naive(random_const2, like); /* like */
    l19_copy_naive(random_const4, mask); /* mask */
    return 0;
}
