/* l01_map_naive: QuantizeLinear+DequantizeLinear
 *   q
 *   x0  float 8
 *   y  float 8
 *   computes ((float(int4(min(max((rint((a / 0.5)) + 1), -8), 7))) - 1) * 0.5)
 */
rt_layer void l01_map_naive(const float *x0, float *y)
{
    for (int i0 = 0; i0 < 8; i0++)
    {
        const float a0 = x0[i0];
        const float t0 = rintf((a0 / 0.5f)) + 1.0f;
        const float t1 = t0 > (-8.0f) ? t0 : (-8.0f);
        y[i0] = (((float)rt_cast_int4(t1 < 7.0f ? t1 : 7.0f)) - 1.0f) * 0.5f;
    }
}

/* l02_map_naive: QuantizeLinear+DequantizeLinear
 *   qf
 *   x0  float 8
 *   y  float 8
 *   computes (float(float4e2m1(sel((((a / 2) + 0) > 6), 6, sel((((a / 2) + 0) < -6), -6, ((a / 2) + 0))))) * 2)
 */
rt_layer void l02_map_naive(const float *x0, float *y)
{
    for (int i0 = 0; i0 < 8; i0++)
    {
        const float a0 = x0[i0];
        const float t0 = (a0 / 2.0f) + 0.0f;
        const float t1 = (float)rt_f4e2m1_to_f32(rt_f32_to_f4e2m1((t0 > 6.0f) ? 6.0f : ((t0 < (-6.0f)) ? (-6.0f) : t0)));
        y[i0] = t1 * 2.0f;
    }
}

/* l03_map_naive: Cast+Cast
 *   c
 *   x0  float 8
 *   y  float 8
 *   computes float(float8e4m3fn(sel((a > 448), 448, sel((a < -448), -448, a))))
 */
rt_layer void l03_map_naive(const float *x0, float *y)
{
    for (int i0 = 0; i0 < 8; i0++)
    {
        const float a0 = x0[i0];
        const float t0 = rt_f8e4m3fn_to_f32(rt_f32_to_f8e4m3fn((a0 > 448.0f) ? 448.0f : ((a0 < (-448.0f)) ? (-448.0f) : a0)));
        y[i0] = (float)t0;
    }
}

int short_types_run(const float x[8], float y[8], float yf[8], float yc[8], void *work)
{
    if (!work || (uintptr_t)work % 64 || !x || !y || !yf || !yc)
        return 1;
    l01_map_naive(x, y); /* q */
    l02_map_naive(x, yf); /* qf */
    l03_map_naive(x, yc); /* c */
    return 0;
}
