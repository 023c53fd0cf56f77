/* l01_conv_direct: Conv+BatchNormalization+Clip
 *   conv
 *   x  float 1x3x6x5
 *   w  [oc/8][kh][kw][ic][8]
 *   b  float 8
 *   y  float 1x4x3x3 channels-last
 *   computes min(max(y, 0), 1)
 *   972 MACs
 *   tile 3 x 1 vectors
 */
rt_layer void l01_conv_direct(const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y)
{
    {
        const float *wp = w;
        const float *bp = b;
        for (int oh = 0; oh < 3; oh++) {
            const int ih = oh * 2 - 1;
            const int kh0 = ih < 0 ? -ih : 0;
            const int kh1 = ih < 4 ? 3 : 6 - ih;
            const int row = oh * 3;
            {
                float *yp = y + row * 4;
                const float *bias = bp;
                rt_anew(bias);
                vf a0_0 = vf_load(bias);
                vf a1_0 = vf_load(bias);
                vf a2_0 = vf_load(bias);
                for (int kh = kh0; kh < kh1; kh++) {
                    {
                        const float *xk = x + (ih + kh) * 5 + 1, *wk = wp + kh * 72;
                        for (int i = 0; i < 3; i++, xk += 30, wk += 8) {
                            rt_keep(xk);
                            rt_keep(wk);
                            const vf w0 = vf_load(wk);
                            vf s;
                            s = vf_splat(xk[0]); a1_0 = vf_fma(s, w0, a1_0);
                            s = vf_splat(xk[2]); a2_0 = vf_fma(s, w0, a2_0);
                        }
                    }
                    {
                        const float *xk = x + (ih + kh) * 5, *wk = wp + kh * 72 + 24;
                        for (int i = 0; i < 3; i++, xk += 30, wk += 8) {
                            rt_keep(xk);
                            rt_keep(wk);
                            const vf w0 = vf_load(wk);
                            vf s;
                            s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                            s = vf_splat(xk[2]); a1_0 = vf_fma(s, w0, a1_0);
                            s = vf_splat(xk[4]); a2_0 = vf_fma(s, w0, a2_0);
                        }
                    }
                    {
                        const float *xk = x + (ih + kh) * 5 + 1, *wk = wp + kh * 72 + 48;
                        for (int i = 0; i < 3; i++, xk += 30, wk += 8) {
                            rt_keep(xk);
                            rt_keep(wk);
                            const vf w0 = vf_load(wk);
                            vf s;
                            s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                            s = vf_splat(xk[2]); a1_0 = vf_fma(s, w0, a1_0);
                        }
                    }
                }
                vf_storen(yp, vf_min(vf_max(a0_0, vf_splat(0.0f)), vf_splat(1.0f)), 4);
                vf_storen(yp + 4, vf_min(vf_max(a1_0, vf_splat(0.0f)), vf_splat(1.0f)), 4);
                vf_storen(yp + 8, vf_min(vf_max(a2_0, vf_splat(0.0f)), vf_splat(1.0f)), 4);
            }
        }
    }
}

/* l02_copy_naive: Copy
 *   conv
 *   x  float 1x4x3x3 channels-last
 *   y  float 1x4x3x3
 */
rt_layer void l02_copy_naive(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 4; i0++)
    for (int i1 = 0; i1 < 9; i1++)
        y[i0 * 9 + i1] = x[i0 + i1 * 4];
}

static const float conv_bn_clip_const1[8] = {-1.3305994f, -1.3217763f, 0.58123857f, -0.91237867f, 0.0f, 0.0f, 0.0f, 0.0f};
int conv_bn_clip_run(const float x[90], float y[36], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = conv_bn_clip_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !x || !y)
        return 1;
    l01_conv_direct(x, (const float *)(w + 0), conv_bn_clip_const1, (float *)(m + 0)); /* conv */
    l02_copy_naive((const float *)(m + 0), y); /* conv */
    return 0;
}
