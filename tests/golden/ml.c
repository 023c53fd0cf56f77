/* l01_trees_naive: Trees
 *   r1
 *   x  float 3x3
 *   feature  int32 15
 *   split  float 15
 *   mode  uint8 15
 *   yes  int32 15
 *   no  int32 15
 *   first  int32 19
 *   target  int32 18
 *   weight  float 18
 *   root  int32 3
 *   y  float 3x3
 *   sum  [3]
 */
rt_layer void l01_trees_naive(const float *restrict x, const int32_t *restrict feature, const float *restrict split, const uint8_t *restrict mode, const int32_t *restrict yes, const int32_t *restrict no, const int32_t *restrict first, const int32_t *restrict target, const float *restrict weight, const int32_t *restrict root, float *restrict y, float *restrict sum)
{
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) sum[j] = 0;
        for (int j = 0; j < 3; j++) {
            int at = root[j];
            while (at >= 0) {
                const float v = x[i * 3 + feature[at]];
                int hit = 0;
                switch (mode[at] & 7) {
                    case 0: hit = v <= split[at]; break;
                    case 1: hit = v < split[at]; break;
                    case 2: hit = v >= split[at]; break;
                    case 3: hit = v > split[at]; break;
                    case 4: hit = v == split[at]; break;
                    case 5: hit = v != split[at]; break;
                }
                if (mode[at] & 8 && v != v) hit = 1;
                at = hit ? yes[at] : no[at];
            }
            for (int k = first[~at]; k < first[~at + 1]; k++) {
                sum[target[k]] += weight[k];
            }
        }
        for (int j = 0; j < 3; j++) y[i * 3 + j] = sum[j] / 3;
    }
}

/* l02_map_vec: TreeEnsembleRegressor
 *   r1
 *   x0  float 3x3
 *   x1  float 3
 *   y  float 3x3
 *   computes (a + b)
 *   tile 1 x 1 vectors
 */
rt_layer void l02_map_vec(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 3, 3);
        const vf a1 = vf_loadn(x1, 3);
        vf_storen(y + i0 * 3, vf_add(a0, a1), 3);
    }
}

/* l03_trees_naive: Trees
 *   r2
 *   x  float 3x3
 *   feature  int32 12
 *   split  float 12
 *   mode  uint8 12
 *   yes  int32 12
 *   no  int32 12
 *   first  int32 16
 *   target  int32 30
 *   weight  float 30
 *   root  int32 3
 *   y  float 3x2
 *   sum  [2]
 */
rt_layer void l03_trees_naive(const float *restrict x, const int32_t *restrict feature, const float *restrict split, const uint8_t *restrict mode, const int32_t *restrict yes, const int32_t *restrict no, const int32_t *restrict first, const int32_t *restrict target, const float *restrict weight, const int32_t *restrict root, float *restrict y, float *restrict sum)
{
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 2; j++) sum[j] = INFINITY;
        for (int j = 0; j < 3; j++) {
            int at = root[j];
            while (at >= 0) {
                const float v = x[i * 3 + feature[at]];
                int hit = 0;
                switch (mode[at] & 7) {
                    case 0: hit = v <= split[at]; break;
                    case 1: hit = v < split[at]; break;
                    case 2: hit = v >= split[at]; break;
                    case 3: hit = v > split[at]; break;
                    case 4: hit = v == split[at]; break;
                    case 5: hit = v != split[at]; break;
                }
                if (mode[at] & 8 && v != v) hit = 1;
                at = hit ? yes[at] : no[at];
            }
            for (int k = first[~at]; k < first[~at + 1]; k++) {
                if (weight[k] < sum[target[k]]) sum[target[k]] = weight[k];
            }
        }
        for (int j = 0; j < 2; j++) y[i * 2 + j] = sum[j] == INFINITY ? 0 : sum[j];
    }
}

/* l04_map_naive: TreeEnsembleRegressor
 *   r2
 *   x0  float 3x2
 *   x1  float 2
 *   y  float 3x2
 *   computes (a + b)
 */
rt_layer void l04_map_naive(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    for (int i1 = 0; i1 < 2; i1++)
    {
        const float a0 = x0[i0 * 2 + i1];
        const float a1 = x1[i1];
        y[i0 * 2 + i1] = a0 + a1;
    }
}

/* l05_trees_naive: Trees
 *   l1
 *   x  float 3x3
 *   feature  int32 13
 *   split  float 13
 *   yes  int32 13
 *   no  int32 13
 *   first  int32 18
 *   target  int32 17
 *   weight  float 17
 *   root  int32 4
 *   y  float 3x2
 *   sum  [2]
 */
rt_layer void l05_trees_naive(const float *restrict x, const int32_t *restrict feature, const float *restrict split, const int32_t *restrict yes, const int32_t *restrict no, const int32_t *restrict first, const int32_t *restrict target, const float *restrict weight, const int32_t *restrict root, float *restrict y, float *restrict sum)
{
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 2; j++) sum[j] = 0;
        for (int j = 0; j < 4; j++) {
            int at = root[j];
            while (at >= 0) {
                const float v = x[i * 3 + feature[at]];
                const int hit = v <= split[at];
                at = hit ? yes[at] : no[at];
            }
            for (int k = first[~at]; k < first[~at + 1]; k++) {
                sum[target[k]] += weight[k];
            }
        }
        for (int j = 0; j < 2; j++) y[i * 2 + j] = sum[j];
    }
}

/* l06_map_naive: TreeEnsembleClassifier
 *   l1
 *   x0  float 3x1 strided
 *   y  int64 3x1
 *   computes int64((a > 0))
 */
rt_layer void l06_map_naive(const float *x0, int64_t *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    {
        const float a0 = x0[i0 * 2];
        y[i0] = (int64_t)(a0 > 0.0f);
    }
}

/* l07_gather_naive: Gather
 *   l1
 *   x  int64 2
 *   index  int64 3x1
 *   y  int64 3x1
 */
rt_layer void l07_gather_naive(const int64_t *restrict x, const int64_t *restrict index, int64_t *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++) {
        int64_t at = index[i0];
        at += at < 0 ? 2 : 0;
        at = at < 0 ? 0 : at < 2 ? at : 1;
        {
            y[i0] = x[at];
        }
    }
}

/* l08_map_naive: TreeEnsembleClassifier
 *   l1
 *   x0  float 3x1 strided
 *   y  float 3x1 strided
 *   computes sigmoid(a)
 */
rt_layer void l08_map_naive(const float *x0, float *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    {
        const float a0 = x0[i0 * 2];
        y[i0 * 2] = 1 / (1 + expf(-a0));
    }
}

/* l09_map_naive: TreeEnsembleClassifier
 *   l1
 *   x0  float 3x1 strided
 *   y  float 3x1 strided
 *   computes (1 - a)
 */
rt_layer void l09_map_naive(const float *x0, float *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    {
        const float a0 = x0[i0 * 2];
        y[i0 * 2] = 1.0f - a0;
    }
}

/* l10_map_naive: SVMClassifier
 *   cl0
 *   x0  float 3x3
 *   y  double 3x3
 *   computes double(a)
 */
rt_layer void l10_map_naive(const float *x0, double *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    for (int i1 = 0; i1 < 3; i1++)
    {
        const float a0 = x0[i0 * 3 + i1];
        y[i0 * 3 + i1] = (double)a0;
    }
}

/* l11_reduce_naive: ReduceSumSquare
 *   cl0
 *   x  double 3x3
 *   y  double 3x1
 */
rt_layer void l11_reduce_naive(const double *restrict x, double *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++) {
        double acc = 0.0;
        for (int k1 = 0; k1 < 3; k1++) {
            const double v = x[i0 * 3 + k1];
            acc = v * v + acc;
        }
        y[i0] = acc;
    }
}

/* l12_gemm_naive: MatMul
 *   cl0
 *   a  double 3x3
 *   b  double 3x7
 *   y  double 3x7
 *   63 MACs
 */
rt_layer void l12_gemm_naive(const double *restrict a, const double *restrict b, double *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++)
    for (int i1 = 0; i1 < 7; i1++) {
        double acc = 0;
        for (int k = 0; k < 3; k++) acc += a[i0 * 3 + k] * b[i1 + k * 7];
        y[i0 * 7 + i1] = acc;
    }
}

/* l13_map_naive: SVMClassifier
 *   cl0
 *   x0  double 3x7
 *   x1  double 3x1
 *   x2  double 7
 *   y  float 3x7
 *   computes float(exp((-0.5 * max(((b + c) - (2 * a)), 0))))
 */
rt_layer void l13_map_naive(const double *x0, const double *x1, const double *x2, float *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    for (int i1 = 0; i1 < 7; i1++)
    {
        const double a0 = x0[i0 * 7 + i1];
        const double a1 = x1[i0];
        const double a2 = x2[i1];
        const double t0 = (a1 + a2) - (2.0 * a0);
        y[i0 * 7 + i1] = (float)exp(((-0.5) * (t0 > 0.0 ? t0 : 0.0)));
    }
}

/* l14_gemm_vec: MatMul+SVMClassifier
 *   cl0
 *   pl0
 *   x  float 3x7
 *   w  [n/8][k][8]
 *   y  float 3x3
 *   r0  float 3
 *   computes (y + e)
 *   63 MACs
 *   tile 3 x 1 vectors
 */
rt_layer void l14_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y, const float *restrict r0)
{
    {
        {
            const float *wp = w;
            {
                const float *xk = x, *wk = wp;
                float *yp = y;
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
                vf_storen(yp, vf_add(a0_0, vf_loadn(r0, 3)), 3);
                vf_storen(yp + 3, vf_add(a1_0, vf_loadn(r0, 3)), 3);
                vf_storen(yp + 6, vf_add(a2_0, vf_loadn(r0, 3)), 3);
            }
        }
    }
}

/* l15_map_vec: SVMClassifier
 *   cl0
 *   pl0
 *   x0  float 3x3
 *   y  float 3x3
 *   computes float((a > 0))
 *   tile 1 x 1 vectors
 */
rt_layer void l15_map_vec(const float *x0, float *y)
{
    {
        for (int i0 = 0; i0 < 8; i0 += 8) {
            const vf a0 = vf_load(x0 + i0);
            vf_store(y + i0, vf_sel(vf_gt(a0, vf_splat(0.0f)), vf_splat(1.0f), vf_splat(0.0f)));
        }
        const vf a0 = vf_loadn(x0 + 8, 1);
        vf_storen(y + 8, vf_sel(vf_gt(a0, vf_splat(0.0f)), vf_splat(1.0f), vf_splat(0.0f)), 1);
    }
}

/* l16_gemm_vec: MatMul+SVMClassifier
 *   cl0
 *   pl0
 *   x  float 3x3
 *   w  [n/8][k][8]
 *   y  float 3x3
 *   r0  float 3
 *   computes (y + e)
 *   27 MACs
 *   tile 3 x 1 vectors
 */
rt_layer void l16_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y, const float *restrict r0)
{
    {
        {
            const float *wp = w;
            {
                const float *xk = x, *wk = wp;
                float *yp = y;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f);
                for (int k = 0; k < 3; k++, xk += 1, wk += 8) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[3]); a1_0 = vf_fma(s, w0, a1_0);
                    s = vf_splat(xk[6]); a2_0 = vf_fma(s, w0, a2_0);
                }
                vf_storen(yp, vf_add(a0_0, vf_loadn(r0, 3)), 3);
                vf_storen(yp + 3, vf_add(a1_0, vf_loadn(r0, 3)), 3);
                vf_storen(yp + 6, vf_add(a2_0, vf_loadn(r0, 3)), 3);
            }
        }
    }
}

/* l17_argminmax_naive: ArgMax
 *   cl0
 *   pl0
 *   x  float 3x3
 *   y  int64 3x1
 */
rt_layer void l17_argminmax_naive(const float *restrict x, int64_t *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++) {
        int64_t best = 0;
        float most = x[i0 * 3];
        for (int k = 1; k < 3; k++) {
            const float v = x[i0 * 3 + k];
            if (v > most) {
                best = k;
                most = v;
            }
        }
        y[i0] = best;
    }
}

/* l18_gather_naive: Gather
 *   cl0
 *   pl0
 *   x  int64 3
 *   index  int64 3x1
 *   y  int64 3x1
 */
rt_layer void l18_gather_naive(const int64_t *restrict x, const int64_t *restrict index, int64_t *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++) {
        int64_t at = index[i0];
        at += at < 0 ? 3 : 0;
        at = at < 0 ? 0 : at < 3 ? at : 2;
        {
            y[i0] = x[at];
        }
    }
}

/* l19_gemm_vec: MatMul+SVMClassifier
 *   pl0
 *   x  float 3x3
 *   w  [n/8][k][8]
 *   y  float 3x7
 *   computes (((0.5 * y) + 1) * ((0.5 * y) + 1))
 *   63 MACs
 *   tile 3 x 1 vectors
 */
rt_layer void l19_gemm_vec(const float *restrict x, const float *restrict w, float *restrict y)
{
    {
        {
            const float *wp = w;
            {
                const float *xk = x, *wk = wp;
                float *yp = y;
                vf a0_0 = vf_splat(0.0f);
                vf a1_0 = vf_splat(0.0f);
                vf a2_0 = vf_splat(0.0f);
                for (int k = 0; k < 3; k++, xk += 1, wk += 8) {
                    rt_keep(xk);
                    rt_keep(wk);
                    const vf w0 = vf_load(wk);
                    vf s;
                    s = vf_splat(xk[0]); a0_0 = vf_fma(s, w0, a0_0);
                    s = vf_splat(xk[3]); a1_0 = vf_fma(s, w0, a1_0);
                    s = vf_splat(xk[6]); a2_0 = vf_fma(s, w0, a2_0);
                }
                const vf t0 = vf_add(vf_mul(vf_splat(0.5f), a0_0), vf_splat(1.0f));
                vf_storen(yp, vf_mul(t0, t0), 7);
                const vf t1 = vf_add(vf_mul(vf_splat(0.5f), a1_0), vf_splat(1.0f));
                vf_storen(yp + 7, vf_mul(t1, t1), 7);
                const vf t2 = vf_add(vf_mul(vf_splat(0.5f), a2_0), vf_splat(1.0f));
                vf_storen(yp + 14, vf_mul(t2, t2), 7);
            }
        }
    }
}

/* l20_map_vec: SVMClassifier
 *   pl0
 *   x0  float 3x3
 *   x1  float 3
 *   x2  float 3
 *   y  float 3x3
 *   computes min(max(sigmoid(neg(((a * b) + c))), 1e-07), 0.9999999)
 *   tile 1 x 1 vectors
 */
rt_layer void l20_map_vec(const float *x0, const float *x1, const float *x2, float *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 3, 3);
        const vf a1 = vf_loadn(x1, 3);
        const vf a2 = vf_loadn(x2, 3);
        const vf t0 = vf_min(vf_max(vf_sigmoid(vf_neg(vf_add(vf_mul(a0, a1), a2))), vf_splat(1e-07f)), vf_splat(0.9999999f));
        vf_storen(y + i0 * 3, t0, 3);
    }
}

/* l21_couple_naive: Couple
 *   pl0
 *   r  float 3x3
 *   y  float 3x3
 *   q  [3][3]
 *   p  [3], then Q times it
 */
rt_layer void l21_couple_naive(const float *restrict r, float *restrict y, float *restrict q, float *restrict p)
{
    float *const qp = p + 3;
    for (int n = 0; n < 3; n++) {
        for (int i = 0; i < 3; i++) {
            q[i * 3 + i] = 0;
            p[i] = 1.0f / 3;
        }
        for (int i = 0, pair = 0; i < 3; i++) {
            for (int j = i + 1; j < 3; j++, pair++) {
                const float rij = r[n * 3 + pair];
                const float rji = 1 - rij;
                q[i * 3 + i] += rji * rji;
                q[j * 3 + j] += rij * rij;
                q[i * 3 + j] = q[j * 3 + i] = -rji * rij;
            }
        }
        for (int turn = 0; turn < 100; turn++) {
            float pqp = 0, most = 0;
            for (int i = 0; i < 3; i++) {
                qp[i] = 0;
                for (int j = 0; j < 3; j++) qp[i] += q[i * 3 + j] * p[j];
                pqp += p[i] * qp[i];
            }
            for (int i = 0; i < 3; i++) most = fabsf(qp[i] - pqp) > most ? fabsf(qp[i] - pqp) : most;
            if (most < 0.005f / 3) break;
            for (int i = 0; i < 3; i++) {
                const float qii = q[i * 3 + i], step = (pqp - qp[i]) / qii;
                p[i] += step;
                pqp = (pqp + step * (step * qii + 2 * qp[i])) / ((1 + step) * (1 + step));
                for (int j = 0; j < 3; j++) {
                    qp[j] = (qp[j] + step * q[i * 3 + j]) / (1 + step);
                    p[j] /= 1 + step;
                }
            }
        }
        for (int i = 0; i < 3; i++) y[n * 3 + i] = p[i];
    }
}

/* l22_map_vec: Imputer
 *   im
 *   x0  float 3x3
 *   x1  float 3
 *   y  float 3x3
 *   computes sel(ne(a, a), b, a)
 *   tile 1 x 1 vectors
 */
rt_layer void l22_map_vec(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 3, 3);
        const vf a1 = vf_loadn(x1, 3);
        vf_storen(y + i0 * 3, vf_sel(vf_ne(a0, a0), a1, a0), 3);
    }
}

/* l23_reduce_vec: ReduceL2
 *   nL2
 *   x  float 3x3
 *   y  float 3x1
 */
rt_layer void l23_reduce_vec(const float *restrict x, float *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++) {
        const vf start = vf_splat(0.0f);
        vf a0 = start;
        const float *p = x + i0 * 3;
        a0 = vf_fma(vf_loadn(p, 3), vf_loadn(p, 3), a0);
        const float acc = vf_hadd(a0);
        y[i0] = sqrtf(acc);
    }
}

/* l24_map_vec: Normalizer
 *   nL2
 *   x0  float 3x3
 *   x1  float 3x1
 *   y  float 3x3
 *   computes sel((b == 0), a, (a / b))
 *   tile 1 x 1 vectors
 */
rt_layer void l24_map_vec(const float *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 3; i0++)
    {
        const vf a0 = vf_loadn(x0 + i0 * 3, 3);
        const vf a1 = vf_splat(x1[i0]);
        vf_storen(y + i0 * 3, vf_sel(vf_eq(a1, vf_splat(0.0f)), a0, vf_div(a0, a1)), 3);
    }
}

/* l25_map_naive: LabelEncoder
 *   le
 *   x0  int64 2x3x1
 *   x1  int64 3
 *   y  int32 2x3x3
 *   computes int32((a == b))
 */
rt_layer void l25_map_naive(const int64_t *x0, const int64_t *x1, int32_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 3; i1++)
    for (int i2 = 0; i2 < 3; i2++)
    {
        const int64_t a0 = x0[i0 * 3 + i1];
        const int64_t a1 = x1[i2];
        y[i0 * 9 + i1 * 3 + i2] = (int32_t)(a0 == a1);
    }
}

/* l26_reduce_naive: ReduceMax
 *   le
 *   x  int32 2x3x3
 *   y  int32 2x3x1
 */
rt_layer void l26_reduce_naive(const int32_t *restrict x, int32_t *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 3; i1++) {
        int64_t acc = INT64_C(-2147483648);
        for (int k2 = 0; k2 < 3; k2++) {
            const int64_t v = x[i0 * 9 + i1 * 3 + k2];
            acc = v > acc ? v : acc;
        }
        y[i0 * 3 + i1] = (int32_t)acc;
    }
}

/* l27_argminmax_naive: ArgMax
 *   le
 *   x  int32 2x3x3
 *   y  int64 2x3x1
 */
rt_layer void l27_argminmax_naive(const int32_t *restrict x, int64_t *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 3; i1++) {
        int64_t best = 0;
        int32_t most = x[i0 * 9 + i1 * 3];
        for (int k = 1; k < 3; k++) {
            const int32_t v = x[i0 * 9 + i1 * 3 + k];
            if (v > most) {
                best = k;
                most = v;
            }
        }
        y[i0 * 3 + i1] = best;
    }
}

/* l28_gather_naive: Gather
 *   le
 *   x  float 3
 *   index  int64 2x3x1
 *   y  float 2x3x1
 */
rt_layer void l28_gather_naive(const float *restrict x, const int64_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 3; i1++) {
        int64_t at = index[i0 * 3 + i1];
        at += at < 0 ? 3 : 0;
        at = at < 0 ? 0 : at < 3 ? at : 2;
        {
            y[i0 * 3 + i1] = x[at];
        }
    }
}

/* l29_map_naive: LabelEncoder
 *   le
 *   x0  int32 2x3x1
 *   x1  float 2x3x1
 *   y  float 2x3x1
 *   computes sel((a > 0), b, -1)
 */
rt_layer void l29_map_naive(const int32_t *x0, const float *x1, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 3; i1++)
    {
        const int32_t a0 = x0[i0 * 3 + i1];
        const float a1 = x1[i0 * 3 + i1];
        y[i0 * 3 + i1] = (a0 > 0) ? a1 : (-1.0f);
    }
}

static const int32_t ml_const1[15] = {2, 2, 0, 1, 0, 0, 0, 0, 2, 1, 1, 1, 1, 2, 2};
static const float ml_const2[15] = {0.125f, -0.875f, -0.125f, 0.75f, -0.875f, -0.5f, 0.625f, 0.625f, -0.375f, 0.25f, 0.5f, -0.375f, -0.375f, 0.375f, -0.875f};
static const uint8_t ml_const3[15] = {13, 9, 11, 10, 9, 10, 4, 9, 11, 11, 10, 0, 3, 12, 2};
static const int32_t ml_const4[15] = {1, -1, -2, 4, -4, -6, -8, 8, -9, -11, 11, 12, -13, -16, -17};
static const int32_t ml_const5[15] = {3, 2, -3, 5, -5, -7, 7, 9, -10, -12, 13, -15, -14, 14, -18};
static const int32_t ml_const6[3] = {0, 6, 10};
static const float ml_const7[3] = {-0.25f, -0.25f, 0.25f};
static const int32_t ml_const8[12] = {1, 0, 2, 1, 1, 0, 2, 2, 1, 1, 1, 2};
static const float ml_const9[12] = {-0.625f, 0.125f, 0.125f, 0.625f, -0.5f, -0.5f, -1.0f, -0.5f, 0.625f, 0.875f, -0.375f, 0.125f};
static const uint8_t ml_const10[12] = {3, 11, 3, 1, 3, 11, 3, 11, 11, 11, 3, 3};
static const int32_t ml_const11[12] = {1, -2, -3, 4, -5, 6, 7, -8, -10, 10, -12, -14};
static const int32_t ml_const12[12] = {3, 2, -4, -7, -6, 9, 8, -9, -11, 11, -13, -15};
static const int32_t ml_const13[16] = {0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30};
static const int32_t ml_const14[3] = {-1, 0, 5};
static const float ml_const15[2] = {-0.25f, 0.0f};
static const int32_t ml_const16[13] = {1, 1, 0, 1, 2, 0, 2, 2, 2, 2, 0, 0, 0};
static const float ml_const17[13] = {-0.5f, -0.375f, 0.875f, 0.25f, 0.75f, 0.25f, -0.375f, -0.75f, 0.125f, 0.75f, 0.625f, 0.75f, -0.875f};
static const int32_t ml_const18[13] = {1, 2, -1, -3, 5, -5, -7, 8, -10, -11, 11, -14, -15};
static const int32_t ml_const19[13] = {4, 3, -2, -4, 6, -6, -8, -13, 9, -12, -17, 12, -16};
static const int32_t ml_const20[4] = {0, -9, 7, 10};
static const int64_t ml_const21[2] = {0, 1};
static const double ml_const22[7] = {1.171875, 0.40625, 0.8125, 1.546875, 0.40625, 1.265625, 1.8125};
static const float ml_const23[3] = {0.875f, 1.0f, -0.75f};
static const float ml_const24[3] = {0.0f, 1.0f, 2.0f};
static const int64_t ml_const25[3] = {5, 6, 7};
static const float ml_const26[3] = {-0.75f, 0.375f, -1.0f};
static const float ml_const27[3] = {-1.5f, -0.875f, -1.125f};
static const float ml_const28[3] = {-0.75f, 0.0f, -0.5f};
static const float ml_const29[3] = {1.0f, 2.0f, 3.0f};
static const int64_t ml_const30[3] = {4, 1, 0};
static const float ml_const31[3] = {0.5f, 1.5f, 2.5f};
int ml_run(const float x[9], const float xn[9], const int64_t q[6], float r1[9], float r2[6], int64_t l1[3], float s1[6], int64_t cl0[3], float cs0[9], int64_t pl0[3], float ps0[9], float im[9], float nL2[9], float le[6], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = ml_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !x || !xn || !q || !r1 || !r2 || !l1 || !s1 || !cl0 || !cs0 || !pl0 || !ps0 || !im || !nL2 || !le)
        return 1;
    l01_trees_naive(xn, ml_const1, ml_const2, ml_const3, ml_const4, ml_const5, (const int32_t *)(w + 0), (const int32_t *)(w + 128), (const float *)(w + 256), ml_const6, (float *)(m + 0), (float *)(m + 36)); /* r1 */
    l02_map_vec((const float *)(m + 0), ml_const7, r1); /* r1 */
    l03_trees_naive(xn, ml_const8, ml_const9, ml_const10, ml_const11, ml_const12, ml_const13, (const int32_t *)(w + 384), (const float *)(w + 512), ml_const14, (float *)(m + 192), (float *)(m + 0)); /* r2 */
    l04_map_naive((const float *)(m + 192), ml_const15, r2); /* r2 */
    l05_trees_naive(x, ml_const16, ml_const17, ml_const18, ml_const19, (const int32_t *)(w + 640), (const int32_t *)(w + 768), (const float *)(w + 896), ml_const20, (float *)(m + 0), (float *)(m + 24)); /* l1 */
    l06_map_naive((const float *)(m + 0), (int64_t *)(m + 24)); /* l1 */
    l07_gather_naive(ml_const21, (const int64_t *)(m + 24), l1); /* l1 */
    l08_map_naive((const float *)(m + 0), s1 + 1); /* l1 */
    l09_map_naive(s1 + 1, s1); /* l1 */
    l10_map_naive(x, (double *)(m + 192)); /* cl0 */
    l11_reduce_naive((const double *)(m + 192), (double *)(m + 168)); /* cl0 */
    l12_gemm_naive((const double *)(m + 192), (const double *)(w + 1024), (double *)(m + 0)); /* cl0 */
    l13_map_naive((const double *)(m + 0), (const double *)(m + 168), ml_const22, (float *)(m + 192)); /* cl0 */
    l14_gemm_vec((const float *)(m + 192), (const float *)(w + 1216), cs0, ml_const23); /* cl0 */
    l15_map_vec(cs0, (float *)(m + 0)); /* cl0 */
    l16_gemm_vec((const float *)(m + 0), (const float *)(w + 1472), (float *)(m + 36), ml_const24); /* cl0 */
    l17_argminmax_naive((const float *)(m + 36), (int64_t *)(m + 0)); /* cl0 */
    l18_gather_naive(ml_const25, (const int64_t *)(m + 0), cl0); /* cl0 */
    l19_gemm_vec(x, (const float *)(w + 1600), (float *)(m + 0)); /* pl0 */
    l14_gemm_vec((const float *)(m + 0), (const float *)(w + 1728), (float *)(m + 192), ml_const26); /* pl0 */
    l15_map_vec((const float *)(m + 192), (float *)(m + 0)); /* pl0 */
    l16_gemm_vec((const float *)(m + 0), (const float *)(w + 1472), (float *)(m + 36), ml_const24); /* pl0 */
    l17_argminmax_naive((const float *)(m + 36), (int64_t *)(m + 0)); /* pl0 */
    l18_gather_naive(ml_const25, (const int64_t *)(m + 0), pl0); /* pl0 */
    l20_map_vec((const float *)(m + 192), ml_const27, ml_const28, (float *)(m + 192)); /* pl0 */
    l21_couple_naive((const float *)(m + 192), ps0, (float *)(m + 0), (float *)(m + 36)); /* pl0 */
    l22_map_vec(xn, ml_const29, im); /* im */
    l23_reduce_vec(x, (float *)(m + 256)); /* nL2 */
    l24_map_vec(x, (const float *)(m + 256), nL2); /* nL2 */
    l25_map_naive(q, ml_const30, (int32_t *)(m + 48)); /* le */
    l26_reduce_naive((const int32_t *)(m + 48), (int32_t *)(m + 120)); /* le */
    l27_argminmax_naive((const int32_t *)(m + 48), (int64_t *)(m + 0)); /* le */
    l28_gather_naive(ml_const31, (const int64_t *)(m + 0), (float *)(m + 48)); /* le */
    l29_map_naive((const int32_t *)(m + 120), (const float *)(m + 48), le); /* le */
    return 0;
}
