/* l01_map_vec: RandomUniform
 *   RandomUniform_uniform
 *   x0  float 2x3
 *   y  float 2x3
 *   computes ((a * 4) + -1)
 *   tile 1 x 1 vectors
 */
rt_layer void l01_map_vec(const float *x0, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 6);
        vf_storen(y, vf_add(vf_mul(a0, vf_splat(4.0f)), vf_splat(-1.0f)), 6);
    }
}

/* l02_map_vec: RandomNormal
 *   RandomNormal_normal
 *   x0  float 5
 *   y  float 5
 *   computes ((a * 2) + 1)
 *   tile 1 x 1 vectors
 */
rt_layer void l02_map_vec(const float *x0, float *y)
{
    {
        const vf a0 = vf_loadn(x0, 5);
        vf_storen(y, vf_add(vf_mul(a0, vf_splat(2.0f)), vf_splat(1.0f)), 5);
    }
}

/* l03_map_vec: RandomUniformLike
 *   RandomUniformLike_like
 *   x0  float 2x4
 *   y  float 2x4
 *   computes (a + 0)
 *   tile 1 x 1 vectors
 */
rt_layer void l03_map_vec(const float *x0, float *y)
{
    {
        for (int i0 = 0; i0 < 8; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            vf_store(y + i0, vf_add(a0, vf_splat(0.0f)));
        }
    }
}

/* l04_map_vec: RandomNormalLike+Add
 *   RandomNormalLike_noise
 *   x0  float 2x4
 *   x1  float 2x4
 *   y  float 2x4
 *   computes (b + (a + 0))
 *   tile 1 x 1 vectors
 */
rt_layer void l04_map_vec(const float *x0, const float *x1, float *y)
{
    {
        for (int i0 = 0; i0 < 8; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            const vf a1 = vf_load(x1 + i0);
            vf_store(y + i0, vf_add(a1, vf_add(a0, vf_splat(0.0f))));
        }
    }
}

/* l05_map_naive: Bernoulli
 *   Bernoulli_bernoulli
 *   x0  float 2x4
 *   x1  float 2x4
 *   y  int64 2x4
 *   computes int64((a < b))
 */
rt_layer void l05_map_naive(const float *x0, const float *x1, int64_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 4; i1++)
    {
        const float a0 = x0[i0 * 4 + i1];
        const float a1 = x1[i0 * 4 + i1];
        y[i0 * 4 + i1] = (int64_t)(a0 < a1);
    }
}

/* l06_reduce_naive: ReduceMax
 *   Multinomial_multinomial
 *   x  float 2x4
 *   y  float 2x1
 */
rt_layer void l06_reduce_naive(const float *restrict x, float *restrict y)
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

/* l07_map_vec: Multinomial
 *   Multinomial_multinomial
 *   x0  float 2x4
 *   x1  float 2x1
 *   y  float 2x4
 *   computes exp((a - b))
 *   tile 1 x 1 vectors
 */
rt_layer void l07_map_vec(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 4, 4);
        const vf a1 = vf_splat(x1[i0]);
        vf_storen(y + i0 * 4, vf_exp(vf_sub(a0, a1)), 4);
    }
}

/* l08_cumulate_naive: CumSum
 *   Multinomial_multinomial
 *   x  float 2x4
 *   y  float 2x4
 */
rt_layer void l08_cumulate_naive(const float *restrict x, float *restrict y)
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

/* l09_map_naive: Multinomial
 *   Multinomial_multinomial
 *   x0  float 2x6x1
 *   x1  float 2x1x1 strided
 *   x2  float 2x1x4
 *   y  int64 2x6x4 channels-last
 *   computes int64(le(c, (a * b)))
 */
rt_layer void l09_map_naive(const float *x0, const float *x1, const float *x2, int64_t *y)
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

/* l10_reduce_naive: ReduceSum
 *   Multinomial_multinomial
 *   x  int64 2x6x4 channels-last
 *   y  int64 2x6x1
 */
rt_layer void l10_reduce_naive(const int64_t *restrict x, int64_t *restrict y)
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

/* l11_map_vec: Map
 *   Dropout_dropped
 *   x0  float 2x4
 *   y  bool 2x4
 *   computes or(0, ge(a, 0.25))
 *   tile 1 x 1 vectors
 */
rt_layer void l11_map_vec(const float *x0, uint8_t *y)
{
    {
        for (int i0 = 0; i0 < 8; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            vm_store_u8(y + i0, vm_or(vf_ne(vf_splat(0.0f), vf_splat(0.0f)), vf_ge(a0, vf_splat(0.25f))));
        }
    }
}

/* l12_map_vec: Map
 *   Dropout_dropped
 *   x0  float 2x4
 *   x1  bool 2x4
 *   y  float 2x4
 *   computes sel(b, (a * 1.33333337), 0)
 *   tile 1 x 1 vectors
 */
rt_layer void l12_map_vec(const float *x0, const uint8_t *x1, float *y)
{
    {
        for (int i0 = 0; i0 < 8; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            const vm a1 = vm_load_u8(x1 + i0);
            vf_store(y + i0, vf_sel(a1, vf_mul(a0, vf_splat(1.3333334f)), vf_splat(0.0f)));
        }
    }
}

/* l13_nonzero_naive: NonZero
 *   NonZero_at
 *   x  float 2x4
 *   y  int64 2x8
 *   count  int64 scalar
 */
rt_layer void l13_nonzero_naive(const float *restrict x, int64_t *restrict y, int64_t *restrict count)
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

/* l14_map_naive: Cast
 *   Cast_place
 *   x0  int64 2x8
 *   y  float 2x8
 *   computes float(a)
 */
rt_layer void l14_map_naive(const int64_t *x0, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 8; i1++)
    {
        const int64_t a0 = x0[i0 * 8 + i1];
        y[i0 * 8 + i1] = (float)a0;
    }
}

/* l15_map_vec: RandomNormalLike+Add
 *   RandomNormalLike_jitter
 *   x0  float 2x8
 *   x1  float 2x8
 *   y  float 2x8
 *   computes (b + (a + 0))
 *   tile 1 x 1 vectors
 */
rt_layer void l15_map_vec(const float *x0, const float *x1, float *y)
{
    {
        for (int i0 = 0; i0 < 16; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            const vf a1 = vf_load(x1 + i0);
            vf_store(y + i0, vf_add(a1, vf_add(a0, vf_splat(0.0f))));
        }
    }
}

/* l16_map_vec: Bernoulli
 *   Bernoulli_some
 *   x0  float 2x8
 *   x1  float 2x8
 *   y  float 2x8
 *   computes float((a < b))
 *   tile 1 x 1 vectors
 */
rt_layer void l16_map_vec(const float *x0, const float *x1, float *y)
{
    {
        for (int i0 = 0; i0 < 16; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            const vf a1 = vf_load(x1 + i0);
            vf_store(y + i0, vf_sel(vf_lt(a0, a1), vf_splat(1.0f), vf_splat(0.0f)));
        }
    }
}

/* l17_map_vec: Map
 *   Dropout_few
 *   x0  float 2x8
 *   x1  float 2x8
 *   y  float 2x8
 *   computes sel(or(0, ge(a, 0.25)), (b * 1.33333337), 0)
 *   tile 1 x 1 vectors
 */
rt_layer void l17_map_vec(const float *x0, const float *x1, float *y)
{
    {
        for (int i0 = 0; i0 < 16; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            const vf a1 = vf_load(x1 + i0);
            const vf t0 = vf_sel(vm_or(vf_ne(vf_splat(0.0f), vf_splat(0.0f)), vf_ge(a0, vf_splat(0.25f))), vf_mul(a1, vf_splat(1.3333334f)), vf_splat(0.0f));
            vf_store(y + i0, t0);
        }
    }
}

/* l18_copy_naive: Copy
 *   moved/Reshape
 *   NonZero_at
 *   some/Reshape
 *   NonZero_at
 *   few/Reshape
 *   NonZero_at
 *   x  int64 1
 *   y  int64 1
 */
rt_layer void l18_copy_naive(const int64_t *restrict x, int64_t *restrict y)
{
    y[0] = x[0];
}

/* l19_compact_naive: Compact
 *   moved
 *   some
 *   few
 *   x  float 2x8
 *   dims  int64 2
 *   y  float 2x8
 */
rt_layer void l19_compact_naive(const float *restrict x, const int64_t *restrict dims, float *restrict y)
{
    float *to = y;
    for (int i0 = 0; i0 < dims[0]; i0++)
    for (int i1 = 0; i1 < dims[1]; i1++)
        *to++ = x[i0 * 8 + i1];
}

static const int64_t drawn_const1[1] = {2};
int drawn_run(const float x[8], const int64_t n[8], const float logp[8], const float RandomUniform_uniform_uniform[6], const float RandomNormal_normal_normal[5], const float RandomUniformLike_like_uniform[8], const float RandomNormalLike_noise_normal[8], const float Bernoulli_bernoulli_uniform[8], const float Multinomial_multinomial_uniform[12], const float Dropout_dropped_uniform[8], const float RandomNormalLike_jitter_normal[16], const float Bernoulli_some_uniform[16], const float Dropout_few_uniform[16], float uniform[6], float normal[5], float like[8], float noisy[8], int64_t bernoulli[8], int64_t multinomial[12], float dropped[8], uint8_t mask[8], float moved[16], float some[16], float few[16], int64_t moved_dims[2], int64_t some_dims[2], int64_t few_dims[2], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    if (!work || (uintptr_t)work % 64 || !x || !n || !logp || !RandomUniform_uniform_uniform || !RandomNormal_normal_normal || !RandomUniformLike_like_uniform || !RandomNormalLike_noise_normal || !Bernoulli_bernoulli_uniform || !Multinomial_multinomial_uniform || !Dropout_dropped_uniform || !RandomNormalLike_jitter_normal || !Bernoulli_some_uniform || !Dropout_few_uniform || !uniform || !normal || !like || !noisy || !bernoulli || !multinomial || !dropped || !mask || !moved || !some || !few || !moved_dims || !some_dims || !few_dims)
        return 1;
    l01_map_vec(RandomUniform_uniform_uniform, uniform); /* RandomUniform_uniform */
    l02_map_vec(RandomNormal_normal_normal, normal); /* RandomNormal_normal */
    l03_map_vec(RandomUniformLike_like_uniform, like); /* RandomUniformLike_like */
    l04_map_vec(RandomNormalLike_noise_normal, x, noisy); /* RandomNormalLike_noise */
    l05_map_naive(Bernoulli_bernoulli_uniform, x, bernoulli); /* Bernoulli_bernoulli */
    l06_reduce_naive(logp, (float *)(m + 32)); /* Multinomial_multinomial */
    l07_map_vec(logp, (const float *)(m + 32), (float *)(m + 0)); /* Multinomial_multinomial */
    l08_cumulate_naive((const float *)(m + 0), (float *)(m + 384)); /* Multinomial_multinomial */
    l09_map_naive(Multinomial_multinomial_uniform, (const float *)(m + 396), (const float *)(m + 384), (int64_t *)(m + 0)); /* Multinomial_multinomial */
    l10_reduce_naive((const int64_t *)(m + 0), multinomial); /* Multinomial_multinomial */
    l11_map_vec(Dropout_dropped_uniform, mask); /* Dropout_dropped */
    l12_map_vec(x, mask, dropped); /* Dropout_dropped */
    l13_nonzero_naive(x, (int64_t *)(m + 0), (int64_t *)(m + 192)); /* NonZero_at */
    l14_map_naive((const int64_t *)(m + 0), (float *)(m + 128)); /* Cast_place */
    l15_map_vec(RandomNormalLike_jitter_normal, (const float *)(m + 128), (float *)(m + 0)); /* RandomNormalLike_jitter */
    l16_map_vec(Bernoulli_some_uniform, (const float *)(m + 128), (float *)(m + 64)); /* Bernoulli_some */
    l17_map_vec(Dropout_few_uniform, (const float *)(m + 128), (float *)(m + 128)); /* Dropout_few */
    l18_copy_naive(drawn_const1, moved_dims); /* moved/Reshape */
    l18_copy_naive((const int64_t *)(m + 192), moved_dims + 1); /* NonZero_at */
    l19_compact_naive((const float *)(m + 0), moved_dims, moved); /* moved */
    l18_copy_naive(drawn_const1, some_dims); /* some/Reshape */
    l18_copy_naive((const int64_t *)(m + 192), some_dims + 1); /* NonZero_at */
    l19_compact_naive((const float *)(m + 64), some_dims, some); /* some */
    l18_copy_naive(drawn_const1, few_dims); /* few/Reshape */
    l18_copy_naive((const int64_t *)(m + 192), few_dims + 1); /* NonZero_at */
    l19_compact_naive((const float *)(m + 128), few_dims, few); /* few */
    return 0;
}
