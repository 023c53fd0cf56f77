/* l01_map_vec: ConvInteger
 *   conv
 *   x0  uint8 1x4x5x6
 *   x1  uint8 scalar
 *   y  float 1x4x5x6
 *   computes (float(a) - float(b))
 *   tile 1 x 1 vectors
 */
rt_layer void l01_map_vec(const uint8_t *x0, const uint8_t *x1, float *y)
{
    {
        for (int i0 = 0; i0 < 120; i0 += 8) {
            const vf a0 = vf_load_u8(x0 + i0);
            const vf a1 = vf_splat((float)x1[0]);
            vf_store(y + i0, vf_sub(a0, a1));
        }
    }
}

/* l02_conv_direct: ConvInteger
 *   conv
 *   x  float 1x4x5x6
 *   w  [group][oc/8][kh][kw][ic][8]
 *   y  int32 1x6x5x6 channels-last
 *   computes int32(y)
 *   3240 MACs
 *   tile 6 x 1 vectors
 */
rt_layer void l02_conv_direct(const float *restrict x, const float *restrict w, int32_t *restrict y)
{
    for (int g = 0; g < 2; g++) {
        {
            const float *wp = w + g * 144;
            for (int oh = 0; oh < 5; oh++) {
                const int ih = oh - 1;
                const int kh0 = ih < 0 ? -ih : 0;
                const int kh1 = ih < 3 ? 3 : 5 - ih;
                const int row = oh * 6;
                {
                    const float *xp = x + g * 60;
                    int32_t *yp = y + row * 6 + g * 3;
                    vf a0_0 = vf_splat(0.0f);
                    vf a1_0 = vf_splat(0.0f);
                    vf a2_0 = vf_splat(0.0f);
                    vf a3_0 = vf_splat(0.0f);
                    vf a4_0 = vf_splat(0.0f);
                    vf a5_0 = vf_splat(0.0f);
                    for (int kh = kh0; kh < kh1; kh++) {
                        {
                            const float *xk = xp + (ih + kh) * 6, *wk = wp + kh * 48;
                            for (int i = 0; i < 2; i++, xk += 30, wk += 8) {
                                rt_keep(xk);
                                rt_keep(wk);
                                const vf w0 = vf_load(wk);
                                vf s;
                                s = vf_splat(xk[0]); a1_0 = vf_fma(s, w0, a1_0);
                                s = vf_splat(xk[1]); a2_0 = vf_fma(s, w0, a2_0);
                                s = vf_splat(xk[2]); a3_0 = vf_fma(s, w0, a3_0);
                                s = vf_splat(xk[3]); a4_0 = vf_fma(s, w0, a4_0);
                                s = vf_splat(xk[4]); a5_0 = vf_fma(s, w0, a5_0);
                            }
                        }
                        {
                            const float *xk = xp + (ih + kh) * 6, *wk = wp + kh * 48 + 16;
                            for (int i = 0; i < 2; i++, xk += 30, wk += 8) {
                                rt_keep(xk);
                                rt_keep(wk);
                                const vf w0 = vf_load(wk);
                                vf s;
                                s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                                s = vf_splat(xk[1]); a1_0 = vf_fma(s, w0, a1_0);
                                s = vf_splat(xk[2]); a2_0 = vf_fma(s, w0, a2_0);
                                s = vf_splat(xk[3]); a3_0 = vf_fma(s, w0, a3_0);
                                s = vf_splat(xk[4]); a4_0 = vf_fma(s, w0, a4_0);
                                s = vf_splat(xk[5]); a5_0 = vf_fma(s, w0, a5_0);
                            }
                        }
                        {
                            const float *xk = xp + (ih + kh) * 6 + 1, *wk = wp + kh * 48 + 32;
                            for (int i = 0; i < 2; i++, xk += 30, wk += 8) {
                                rt_keep(xk);
                                rt_keep(wk);
                                const vf w0 = vf_load(wk);
                                vf s;
                                s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                                s = vf_splat(xk[1]); a1_0 = vf_fma(s, w0, a1_0);
                                s = vf_splat(xk[2]); a2_0 = vf_fma(s, w0, a2_0);
                                s = vf_splat(xk[3]); a3_0 = vf_fma(s, w0, a3_0);
                                s = vf_splat(xk[4]); a4_0 = vf_fma(s, w0, a4_0);
                            }
                        }
                    }
                    vf_storen_i32(yp, vf_trunc(a0_0), 3);
                    vf_storen_i32(yp + 6, vf_trunc(a1_0), 3);
                    vf_storen_i32(yp + 12, vf_trunc(a2_0), 3);
                    vf_storen_i32(yp + 18, vf_trunc(a3_0), 3);
                    vf_storen_i32(yp + 24, vf_trunc(a4_0), 3);
                    vf_storen_i32(yp + 30, vf_trunc(a5_0), 3);
                }
            }
        }
    }
}

/* l03_map_vec: MatMulInteger
 *   product
 *   x0  uint8 3x7
 *   x1  uint8 scalar
 *   y  float 3x7
 *   computes (float(a) - float(b))
 *   tile 1 x 1 vectors
 */
rt_layer void l03_map_vec(const uint8_t *x0, const uint8_t *x1, float *y)
{
    {
        for (int i0 = 0; i0 < 16; i0 += 8) {
            const vf a0 = vf_load_u8(x0 + i0);
            const vf a1 = vf_splat((float)x1[0]);
            vf_store(y + i0, vf_sub(a0, a1));
        }
        const vf a0 = vf_loadn_u8(x0 + 16, 5);
        const vf a1 = vf_splat((float)x1[0]);
        vf_storen(y + 16, vf_sub(a0, a1), 5);
    }
}

/* l04_gemm_vec: MatMulInteger
 *   product
 *   x  float 3x7
 *   w  [n/8][k][8]
 *   y  int32 3x5
 *   computes int32(y)
 *   105 MACs
 *   tile 3 x 1 vectors
 */
rt_layer void l04_gemm_vec(const float *restrict x, const float *restrict w, int32_t *restrict y)
{
    {
        {
            const float *wp = w;
            {
                const float *xk = x, *wk = wp;
                int32_t *yp = y;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f);
                for (int k = 0; k < 7; k++, xk += 1, wk += 8) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[7]); a1_0 = vf_fma(s, w0, a1_0);
                    s = vf_splat(xk[14]); a2_0 = vf_fma(s, w0, a2_0);
                }
                vf_storen_i32(yp, vf_trunc(a0_0), 5);
                vf_storen_i32(yp + 5, vf_trunc(a1_0), 5);
                vf_storen_i32(yp + 10, vf_trunc(a2_0), 5);
            }
        }
    }
}

/* l05_copy_naive: Copy
 *   conv
 *   x  int32 1x6x5x6 channels-last
 *   y  int32 1x6x5x6
 */
rt_layer void l05_copy_naive(const int32_t *restrict x, int32_t *restrict y)
{
    for (int i0 = 0; i0 < 6; i0++)
    for (int i1 = 0; i1 < 30; i1++)
        y[i0 * 30 + i1] = x[i0 + i1 * 6];
}

int integer_products_run(const uint8_t x[120], const uint8_t zx[1], const uint8_t a[21], const uint8_t za[1], int32_t y[180], int32_t p[15], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = integer_products_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !x || !zx || !a || !za || !y || !p)
        return 1;
    l01_map_vec(x, zx, (float *)(m + 720)); /* conv */
    l02_conv_direct((const float *)(m + 720), (const float *)(w + 0), (int32_t *)(m + 0)); /* conv */
    l03_map_vec(a, za, (float *)(m + 720)); /* product */
    l04_gemm_vec((const float *)(m + 720), (const float *)(w + 1152), p); /* product */
    l05_copy_naive((const int32_t *)(m + 0), y); /* conv */
    return 0;
}
