/* l01_rnn_vec: LSTM
 *   lstm
 *   x  float 3x1x2
 *   w  [dir][unit/8][2][gate 4][8]
 *   u  [dir][unit/8][3][gate 4][8]
 *   b  [dir][unit/8][1][gate 5][8]
 *   y  float 3x1x1x3
 *   yh  float 1x1x3
 *   yc  float 1x1x3
 *   180 MACs
 *   tile 3 x 4 vectors
 */
rt_layer void l01_rnn_vec(const float *restrict x, const float *restrict w, const float *restrict u, const float *restrict b, float *restrict y, float *restrict yh, float *restrict yc)
{
    float h[8];
    float next[8];
    float gate[96];
    float cell[8];
    float *last = h, *made = next;
    /* forward */
    for (int k = 0; k < 8; k++) last[k] = 0.0f;
    for (int k = 0; k < 8; k++) cell[k] = 0.0f;
    {
        const float *wj = w;
        const float *bj = b;
        int s = 0;
        for (; s + 3 <= 3; s += 3) {
            vf a0 = vf_load(bj), a1 = vf_load(bj + 8), a2 = vf_load(bj + 16), a3 = vf_load(bj + 24);
            vf a4 = vf_load(bj), a5 = vf_load(bj + 8), a6 = vf_load(bj + 16), a7 = vf_load(bj + 24);
            vf a8 = vf_load(bj), a9 = vf_load(bj + 8), a10 = vf_load(bj + 16), a11 = vf_load(bj + 24);
            const float *xk = x + s * 2, *wk = wj;
            for (int k = 0; k < 2; k++, xk++, wk += 32) {
                const vf x0_0 = vf_splat(xk[0]);
                const vf x0_1 = vf_splat(xk[2]);
                const vf x0_2 = vf_splat(xk[4]);
                const vf w0_0 = vf_load(wk);
                a0 = vf_fma(w0_0, x0_0, a0);
                a4 = vf_fma(w0_0, x0_1, a4);
                a8 = vf_fma(w0_0, x0_2, a8);
                const vf w0_1 = vf_load(wk + 8);
                a1 = vf_fma(w0_1, x0_0, a1);
                a5 = vf_fma(w0_1, x0_1, a5);
                a9 = vf_fma(w0_1, x0_2, a9);
                const vf w0_2 = vf_load(wk + 16);
                a2 = vf_fma(w0_2, x0_0, a2);
                a6 = vf_fma(w0_2, x0_1, a6);
                a10 = vf_fma(w0_2, x0_2, a10);
                const vf w0_3 = vf_load(wk + 24);
                a3 = vf_fma(w0_3, x0_0, a3);
                a7 = vf_fma(w0_3, x0_1, a7);
                a11 = vf_fma(w0_3, x0_2, a11);
            }
            vf_store(gate + s * 32, a0);
            vf_store(gate + s * 32 + 8, a1);
            vf_store(gate + s * 32 + 16, a2);
            vf_store(gate + s * 32 + 24, a3);
            vf_store(gate + s * 32 + 32, a4);
            vf_store(gate + s * 32 + 40, a5);
            vf_store(gate + s * 32 + 48, a6);
            vf_store(gate + s * 32 + 56, a7);
            vf_store(gate + s * 32 + 64, a8);
            vf_store(gate + s * 32 + 72, a9);
            vf_store(gate + s * 32 + 80, a10);
            vf_store(gate + s * 32 + 88, a11);
        }
        for (; s < 3; s++) {
            vf a0 = vf_load(bj), a1 = vf_load(bj + 8), a2 = vf_load(bj + 16), a3 = vf_load(bj + 24);
            const float *xk = x + s * 2, *wk = wj;
            for (int k = 0; k < 2; k++, xk++, wk += 32) {
                const vf x0_0 = vf_splat(xk[0]);
                a0 = vf_fma(vf_load(wk), x0_0, a0);
                a1 = vf_fma(vf_load(wk + 8), x0_0, a1);
                a2 = vf_fma(vf_load(wk + 16), x0_0, a2);
                a3 = vf_fma(vf_load(wk + 24), x0_0, a3);
            }
            vf_store(gate + s * 32, a0);
            vf_store(gate + s * 32 + 8, a1);
            vf_store(gate + s * 32 + 16, a2);
            vf_store(gate + s * 32 + 24, a3);
        }
    }
    for (int s = 0; s < 3; s++) {
        {
            const float *uj = u;
            vf a0 = vf_load(gate + s * 32), a1 = vf_load(gate + s * 32 + 8), a2 = vf_load(gate + s * 32 + 16), a3 = vf_load(gate + s * 32 + 24);
            const float *xk = last, *wk = uj;
            for (int k = 0; k < 3; k++, xk++, wk += 32) {
                const vf x0_0 = vf_splat(xk[0]);
                a0 = vf_fma(vf_load(wk), x0_0, a0);
                a1 = vf_fma(vf_load(wk + 8), x0_0, a1);
                a2 = vf_fma(vf_load(wk + 16), x0_0, a2);
                a3 = vf_fma(vf_load(wk + 24), x0_0, a3);
            }
            {
                const vf before = vf_load(cell);
                const vf gi = vf_sigmoid(a0);
                const vf gf = vf_sigmoid(a2);
                const vf after = vf_fma(gf, before, vf_mul(gi, vf_tanh(a3)));
                const vf go = vf_sigmoid(a1);
                vf_store(cell, after);
                vf_store(made, vf_mul(go, vf_tanh(after)));
            }
        }
        float *swap = last;
        last = made;
        made = swap;
        vf_storen(y + s * 3, vf_load(last), 3);
    }
    for (int k = 0; k < 3; k++) yh[k] = last[k];
    for (int k = 0; k < 3; k++) yc[k] = cell[k];
}

int lstm_run(const float X[6], float Y[9], float Yh[3], float Yc[3], void *work)
{
    const char *const w = lstm_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !X || !Y || !Yh || !Yc)
        return 1;
    l01_rnn_vec(X, (const float *)(w + 0), (const float *)(w + 256), (const float *)(w + 640), Y, Yh, Yc); /* lstm */
    return 0;
}
