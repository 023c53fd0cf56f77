/* l01_string_naive: StringNormalizer
 *   week
 *   x  string 4
 *   w  string 2
 *   y  string 4
 *   count  int64 scalar
 */
rt_layer void l01_string_naive(const rt_string *restrict x, const rt_string *restrict w, rt_string *restrict y, int64_t *restrict count)
{
    int found = 0;
    for (int i = 0; i < 4; i++) {
        const rt_string v = x[i];
        const rt_string key = rt_string_case(v, 'A');
        int stops = 0;
        for (int k = 0; k < 2 && !stops; k++)
            stops = rt_string_equal(key, w[k]);
        if (stops)
            continue;
        y[found] = rt_string_case(v, 'a');
        found++;
    }
    count[0] = found ? found : 1;
    for (; found < 4; found++)
        memset(&y[found], 0, sizeof *y);
}

/* l02_string_naive: StringLength
 *   join
 *   x  string 4
 *   y  int64 4
 */
rt_layer void l02_string_naive(const rt_string *restrict x, int64_t *restrict y)
{
    for (int i0 = 0; i0 < 4; i0++) {
        y[i0] = rt_string_length(x[i0]);
    }
}

/* l03_string_naive: StringLength
 *   join
 *   x  string 1
 *   y  int64 1
 */
rt_layer void l03_string_naive(const rt_string *restrict x, int64_t *restrict y)
{
    {
        y[0] = rt_string_length(x[0]);
    }
}

/* l04_map_naive: Map
 *   join
 *   x0  int64 4
 *   x1  int64 1
 *   y  bool 4
 *   computes ((a + b) < 64)
 */
rt_layer void l04_map_naive(const int64_t *x0, const int64_t *x1, uint8_t *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    {
        const int64_t a0 = x0[i0];
        const int64_t a1 = x1[0];
        y[i0] = ((int64_t)((uint64_t)a0 + (uint64_t)a1)) < 64;
    }
}

/* l05_reduce_naive: ReduceMin
 *   join
 *   x  bool 4
 *   y  bool 1
 */
rt_layer void l05_reduce_naive(const uint8_t *restrict x, uint8_t *restrict y)
{
    {
        uint64_t acc = UINT64_C(1);
        for (int k0 = 0; k0 < 4; k0++) {
            const uint64_t v = x[k0];
            acc = v < acc ? v : acc;
        }
        y[0] = acc != 0;
    }
}

/* l06_string_naive: StringConcat
 *   join
 *   x  string 4
 *   w  string 1
 *   y  string 4
 */
rt_layer void l06_string_naive(const rt_string *restrict x, const rt_string *restrict w, rt_string *restrict y)
{
    for (int i0 = 0; i0 < 4; i0++) {
        y[i0] = rt_string_join(x[i0], w[0]);
    }
}

/* l07_string_naive: StringSplit
 *   cut
 *   x  string 4
 *   w  string 1
 *   y  string 4x64
 *   count  int64 4
 *   longest  int64 scalar
 */
rt_layer void l07_string_naive(const rt_string *restrict x, const rt_string *restrict w, rt_string *restrict y, int64_t *restrict count, int64_t *restrict longest)
{
    longest[0] = 0;
    for (int i0 = 0; i0 < 4; i0++) {
        rt_string *const to = &y[i0 * 64];
        int n = rt_string_split(x[i0], w[0], 64, to, 1);
        count[i0] = n;
        if (n > longest[0])
            longest[0] = n;
        for (; n < 64; n++)
            memset(&to[n * 1], 0, sizeof *to);
    }
}

/* l08_map_naive: Equal+Where
 *   same
 *   x0  string 4
 *   x1  string scalar
 *   x2  string 1
 *   y  string 4
 *   computes sel((a == b), a, c)
 */
rt_layer void l08_map_naive(const rt_string *x0, const rt_string *x1, const rt_string *x2, rt_string *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    {
        const rt_string a0 = x0[i0];
        const rt_string a1 = x1[0];
        const rt_string a2 = x2[0];
        y[i0] = rt_string_equal(a0, a1) ? a0 : a2;
    }
}

/* l09_map_naive: Cast
 *   digits
 *   x0  float 2
 *   y  string 2
 *   computes string(a)
 */
rt_layer void l09_map_naive(const float *x0, rt_string *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const float a0 = x0[i0];
        y[i0] = rt_string_of_float(a0, 24, -149);
    }
}

/* l10_map_naive: Cast
 *   whole
 *   x0  string 2
 *   y  int64 2
 *   computes int64(a)
 */
rt_layer void l10_map_naive(const rt_string *x0, int64_t *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const rt_string a0 = x0[i0];
        y[i0] = (int64_t)rt_string_to_int(a0);
    }
}

/* l11_map_naive: Cast
 *   back
 *   x0  string 2
 *   y  float 2
 *   computes float(a)
 */
rt_layer void l11_map_naive(const rt_string *x0, float *y)
{
    for (int i0 = 0; i0 < 2; i0++)
    {
        const rt_string a0 = x0[i0];
        y[i0] = (float)rt_string_to_float(a0, 24, -149);
    }
}

/* l12_copy_naive: Copy
 *   x
 *   x  string 4
 *   y  string 4
 */
rt_layer void l12_copy_naive(const rt_string *restrict x, rt_string *restrict y)
{
    memcpy(y + 0, x + 0, 256);
}

/* l13_copy_naive: Copy
 *   digits
 *   x  string 2
 *   y  string 2
 */
rt_layer void l13_copy_naive(const rt_string *restrict x, rt_string *restrict y)
{
    memcpy(y + 0, x + 0, 128);
}

/* l14_unique_naive: UniqueRows
 *   once
 *   x  string 4x1
 *   first  int64 4
 *   number  int64 4
 *   times  int64 4
 *   count  int64 scalar
 *   sorted  [rows]
 *   rank  [rows]
 */
rt_layer void l14_unique_naive(const rt_string *restrict x, int64_t *restrict first, int64_t *restrict number, int64_t *restrict times, int64_t *restrict count, int64_t *restrict sorted, int64_t *restrict rank)
{
    int64_t found = 0;
    for (int i = 0; i < 4; i++) {
        int64_t low = 0, high = found, same = -1;
        while (low < high && same < 0) {
            const int64_t at = low + (high - low) / 2;
            int sign = 0;
            for (int k = 0; k < 1 && !sign; k++) {
                const rt_string a = x[i + k], b = x[first[sorted[at]] + k];
                sign = rt_string_order(a, b);
            }
            if (sign < 0)
                high = at;
            else if (sign > 0)
                low = at + 1;
            else
                same = sorted[at];
        }
        if (same < 0) {
            for (int64_t k = found; k > low; k--)
                sorted[k] = sorted[k - 1];
            sorted[low] = same = found++;
            first[same] = i;
            times[same] = 0;
        }
        number[i] = same;
        times[same]++;
    }
    for (int64_t i = 0; i < found; i++)
        rank[sorted[i]] = i;
    for (int i = 0; i < 4; i++)
        number[i] = rank[number[i]];
    for (int64_t i = 0; i < found; i++)
        rank[i] = first[sorted[i]];
    for (int64_t i = 0; i < found; i++)
        first[i] = rank[i];
    for (int64_t i = 0; i < found; i++)
        rank[i] = times[sorted[i]];
    for (int64_t i = 0; i < found; i++)
        times[i] = rank[i];
    count[0] = found;
    for (; found < 4; found++)
        first[found] = times[found] = 0;
}

/* l15_gather_naive: Gather
 *   once
 *   x  string 4
 *   index  int64 4
 *   y  string 4
 */
rt_layer void l15_gather_naive(const rt_string *restrict x, const int64_t *restrict index, rt_string *restrict y)
{
    for (int i0 = 0; i0 < 4; i0++) {
        int64_t at = index[i0];
        at += at < 0 ? 4 : 0;
        at = at < 0 ? 0 : at < 4 ? at : 3;
        {
            y[i0] = x[at];
        }
    }
}

/* l16_map_naive: LabelEncoder
 *   number
 *   x0  string 4x1
 *   x1  string 2
 *   y  int32 4x2
 *   computes int32((a == b))
 */
rt_layer void l16_map_naive(const rt_string *x0, const rt_string *x1, int32_t *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    for (int i1 = 0; i1 < 2; i1++)
    {
        const rt_string a0 = x0[i0];
        const rt_string a1 = x1[i1];
        y[i0 * 2 + i1] = (int32_t)rt_string_equal(a0, a1);
    }
}

/* l17_reduce_naive: ReduceMax
 *   number
 *   x  int32 4x2
 *   y  int32 4x1
 */
rt_layer void l17_reduce_naive(const int32_t *restrict x, int32_t *restrict y)
{
    for (int i0 = 0; i0 < 4; i0++) {
        int64_t acc = INT64_C(-2147483648);
        for (int k1 = 0; k1 < 2; k1++) {
            const int64_t v = x[i0 * 2 + k1];
            acc = v > acc ? v : acc;
        }
        y[i0] = (int32_t)acc;
    }
}

/* l18_argminmax_naive: ArgMax
 *   number
 *   x  int32 4x2
 *   y  int64 4x1
 */
rt_layer void l18_argminmax_naive(const int32_t *restrict x, int64_t *restrict y)
{
    for (int i0 = 0; i0 < 4; i0++) {
        int64_t best = 0;
        int32_t most = x[i0 * 2];
        for (int k = 1; k < 2; k++) {
            const int32_t v = x[i0 * 2 + k];
            if (v > most) {
                best = k;
                most = v;
            }
        }
        y[i0] = best;
    }
}

/* l19_gather_naive: Gather
 *   number
 *   x  int64 2
 *   index  int64 4x1
 *   y  int64 4x1
 */
rt_layer void l19_gather_naive(const int64_t *restrict x, const int64_t *restrict index, int64_t *restrict y)
{
    for (int i0 = 0; i0 < 4; i0++) {
        int64_t at = index[i0];
        at += at < 0 ? 2 : 0;
        at = at < 0 ? 0 : at < 2 ? at : 1;
        {
            y[i0] = x[at];
        }
    }
}

/* l20_map_naive: LabelEncoder
 *   number
 *   grams
 *   x0  int32 4x1
 *   x1  int64 4x1
 *   y  int64 4x1
 *   computes sel((a > 0), b, -1)
 */
rt_layer void l20_map_naive(const int32_t *x0, const int64_t *x1, int64_t *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    {
        const int32_t a0 = x0[i0];
        const int64_t a1 = x1[i0];
        y[i0] = (a0 > 0) ? a1 : (-1);
    }
}

/* l21_map_naive: LabelEncoder
 *   name
 *   x0  int64 4x1
 *   y  int32 4x1
 *   computes int32((a == 1))
 */
rt_layer void l21_map_naive(const int64_t *x0, int32_t *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    {
        const int64_t a0 = x0[i0];
        y[i0] = (int32_t)(a0 == 1);
    }
}

/* l22_reduce_naive: ReduceMax
 *   name
 *   x  int32 4x1
 *   y  int32 4x1
 */
rt_layer void l22_reduce_naive(const int32_t *restrict x, int32_t *restrict y)
{
    for (int i0 = 0; i0 < 4; i0++) {
        int64_t acc = INT64_C(-2147483648);
        {
            const int64_t v = x[i0];
            acc = v > acc ? v : acc;
        }
        y[i0] = (int32_t)acc;
    }
}

/* l23_argminmax_naive: ArgMax
 *   name
 *   x  int32 4x1
 *   y  int64 4x1
 */
rt_layer void l23_argminmax_naive(const int32_t *restrict x, int64_t *restrict y)
{
    for (int i0 = 0; i0 < 4; i0++) {
        int64_t best = 0;
        int32_t most = x[i0];
        for (int k = 1; k < 1; k++) {
            const int32_t v = x[i0 + k];
            if (v > most) {
                best = k;
                most = v;
            }
        }
        y[i0] = best;
    }
}

/* l24_gather_naive: Gather
 *   name
 *   x  string 1
 *   index  int64 4x1
 *   y  string 4x1
 */
rt_layer void l24_gather_naive(const rt_string *restrict x, const int64_t *restrict index, rt_string *restrict y)
{
    for (int i0 = 0; i0 < 4; i0++) {
        int64_t at = index[i0];
        at += at < 0 ? 1 : 0;
        at = at < 0 ? 0 : at < 1 ? at : 0;
        {
            y[i0] = x[at];
        }
    }
}

/* l25_map_naive: LabelEncoder
 *   name
 *   x0  int32 4x1
 *   x1  string 4x1
 *   x2  string scalar
 *   y  string 4x1
 *   computes sel((a > 0), b, c)
 */
rt_layer void l25_map_naive(const int32_t *x0, const rt_string *x1, const rt_string *x2, rt_string *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    {
        const int32_t a0 = x0[i0];
        const rt_string a1 = x1[i0];
        const rt_string a2 = x2[0];
        y[i0] = (a0 > 0) ? a1 : a2;
    }
}

/* l26_map_naive: OneHotEncoder
 *   hot
 *   x0  string 4x1
 *   x1  string 2
 *   y  float 4x2
 *   computes float((a == b))
 */
rt_layer void l26_map_naive(const rt_string *x0, const rt_string *x1, float *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    for (int i1 = 0; i1 < 2; i1++)
    {
        const rt_string a0 = x0[i0];
        const rt_string a1 = x1[i1];
        y[i0 * 2 + i1] = (float)rt_string_equal(a0, a1);
    }
}

/* l27_gemm_naive: MatMul
 *   class
 *   a  float 1x2
 *   b  float 2x2
 *   y  float 1x2
 *   4 MACs
 */
rt_layer void l27_gemm_naive(const float *restrict a, const float *restrict b, float *restrict y)
{
    for (int i1 = 0; i1 < 2; i1++) {
        float acc = 0;
        for (int k = 0; k < 2; k++) acc += a[k] * b[i1 + k * 2];
        y[i1] = acc;
    }
}

/* l28_argminmax_naive: ArgMax
 *   class
 *   x  float 1x2
 *   y  int64 1x1
 */
rt_layer void l28_argminmax_naive(const float *restrict x, int64_t *restrict y)
{
    {
        int64_t best = 0;
        float most = x[0];
        for (int k = 1; k < 2; k++) {
            const float v = x[k];
            if (v > most) {
                best = k;
                most = v;
            }
        }
        y[0] = best;
    }
}

/* l29_gather_naive: Gather
 *   class
 *   x  string 2
 *   index  int64 1x1
 *   y  string 1x1
 */
rt_layer void l29_gather_naive(const rt_string *restrict x, const int64_t *restrict index, rt_string *restrict y)
{
    {
        int64_t at = index[0];
        at += at < 0 ? 2 : 0;
        at = at < 0 ? 0 : at < 2 ? at : 1;
        {
            y[0] = x[at];
        }
    }
}

/* l30_map_naive: Map
 *   grams
 *   x0  string 4x1
 *   x1  string 4
 *   y  int32 4x4
 *   computes int32((a == b))
 */
rt_layer void l30_map_naive(const rt_string *x0, const rt_string *x1, int32_t *y)
{
    for (int i0 = 0; i0 < 4; i0++)
    for (int i1 = 0; i1 < 4; i1++)
    {
        const rt_string a0 = x0[i0];
        const rt_string a1 = x1[i1];
        y[i0 * 4 + i1] = (int32_t)rt_string_equal(a0, a1);
    }
}

/* l31_reduce_naive: ReduceMax
 *   grams
 *   x  int32 4x4
 *   y  int32 4x1
 */
rt_layer void l31_reduce_naive(const int32_t *restrict x, int32_t *restrict y)
{
    for (int i0 = 0; i0 < 4; i0++) {
        int64_t acc = INT64_C(-2147483648);
        for (int k1 = 0; k1 < 4; k1++) {
            const int64_t v = x[i0 * 4 + k1];
            acc = v > acc ? v : acc;
        }
        y[i0] = (int32_t)acc;
    }
}

/* l32_argminmax_naive: ArgMax
 *   grams
 *   x  int32 4x4
 *   y  int64 4x1
 */
rt_layer void l32_argminmax_naive(const int32_t *restrict x, int64_t *restrict y)
{
    for (int i0 = 0; i0 < 4; i0++) {
        int64_t best = 0;
        int32_t most = x[i0 * 4];
        for (int k = 1; k < 4; k++) {
            const int32_t v = x[i0 * 4 + k];
            if (v > most) {
                best = k;
                most = v;
            }
        }
        y[i0] = best;
    }
}

/* l33_gather_naive: Gather
 *   grams
 *   x  int64 4
 *   index  int64 4x1
 *   y  int64 4x1
 */
rt_layer void l33_gather_naive(const int64_t *restrict x, const int64_t *restrict index, int64_t *restrict y)
{
    for (int i0 = 0; i0 < 4; i0++) {
        int64_t at = index[i0];
        at += at < 0 ? 4 : 0;
        at = at < 0 ? 0 : at < 4 ? at : 3;
        {
            y[i0] = x[at];
        }
    }
}

/* l34_tfidf_naive: TfIdfVectorizer
 *   grams
 *   x  int64 4
 *   pool  [n-gram][token]
 *   index  [n-gram], of y
 *   y  float 3
 */
rt_layer void l34_tfidf_naive(const int64_t *restrict x, const int64_t *restrict pool, const int32_t *restrict index, float *restrict y)
{
    for (int i0 = 0; i0 < 3; i0++) {
        y[i0] = 0;
    }
    for (int skip = 1; skip <= 1; skip++) {
        for (int at = 0; at < 4 - skip * 0; at++) {
            for (int k = 0; k < 2; k++) {
                int same = 1;
                for (int i = 0; i < 1; i++)
                    same &= x[(at + i * skip) * 1] == pool[0 + k * 1 + i];
                if (same)
                    y[index[0 + k] * 1] += 1;
            }
        }
    }
    for (int skip = 1; skip <= 1; skip++) {
        for (int at = 0; at < 4 - skip * 1; at++) {
            for (int k = 0; k < 1; k++) {
                int same = 1;
                for (int i = 0; i < 2; i++)
                    same &= x[(at + i * skip) * 1] == pool[2 + k * 2 + i];
                if (same)
                    y[index[2 + k] * 1] += 1;
            }
        }
    }
}

/* l35_string_naive: RegexFullMatch
 *   match
 *   x  string 4
 *   w  uint8 256
 *   next  uint16 12x10
 *   ends  uint8 12
 *   y  bool 4
 */
rt_layer void l35_string_naive(const rt_string *restrict x, const uint8_t *restrict w, const uint16_t *restrict next, const uint8_t *restrict ends, uint8_t *restrict y)
{
    for (int i0 = 0; i0 < 4; i0++) {
        const rt_string v = x[i0];
        int row = 0;
        for (int i = 0; i < (int)sizeof v.s && v.s[i]; i++)
            row = next[row * 10 + w[(unsigned char)v.s[i]]];
        y[i0] = ends[row];
    }
}

/* l36_copy_naive: Copy
 *   pieces/Reshape
 *   cut
 *   once
 *   x  int64 1
 *   y  int64 1
 */
rt_layer void l36_copy_naive(const int64_t *restrict x, int64_t *restrict y)
{
    y[0] = x[0];
}

/* l37_compact_naive: Compact
 *   pieces
 *   x  string 4x64
 *   dims  int64 2
 *   y  string 4x64
 */
rt_layer void l37_compact_naive(const rt_string *restrict x, const int64_t *restrict dims, rt_string *restrict y)
{
    rt_string *to = y;
    for (int i0 = 0; i0 < dims[0]; i0++)
    for (int i1 = 0; i1 < dims[1]; i1++)
        *to++ = x[i0 * 64 + i1];
}

/* l38_copy_naive: Copy
 *   digits
 *   x  string 2x2 strided
 *   y  string 2x2
 */
rt_layer void l38_copy_naive(const rt_string *restrict x, rt_string *restrict y)
{
    for (int i0 = 0; i0 < 2; i0++)
    for (int i1 = 0; i1 < 2; i1++)
        y[i0 * 2 + i1] = x[i0 * -2 + i1 * 3];
}

/* l39_copy_naive: Copy
 *   border
 *   x  string 3
 *   y  string 3
 */
rt_layer void l39_copy_naive(const rt_string *restrict x, rt_string *restrict y)
{
    memcpy(y + 0, x + 0, 192);
}

static const rt_string strings_const1[2] = {{"sun"}, {"sat"}};
static const rt_string strings_const2[1] = {{"day"}};
static const rt_string strings_const3[1] = {{"u"}};
static const rt_string strings_const4[1] = {{"Mon"}};
static const rt_string strings_const5[2] = {{"Mon"}, {"Tue"}};
static const int64_t strings_const6[2] = {1, 2};
static const rt_string strings_const7[1] = {{"one"}};
static const rt_string strings_const8[1] = {{"_Unused"}};
static const rt_string strings_const9[2] = {{"Tue"}, {"Sun"}};
static const float strings_const10[4] = {1.0f, 0.0f, 0.0f, 1.0f};
static const rt_string strings_const11[2] = {{"no"}, {"yes"}};
static const rt_string strings_const12[4] = {{"Tue"}, {"Mon"}, {"Sun"}, {"Mon"}};
static const int64_t strings_const13[4] = {0, 1, 2, 3};
static const int64_t strings_const14[4] = {0, 1, 2, 1};
static const int32_t strings_const15[3] = {0, 1, 2};
static const uint8_t strings_const16[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
static const int64_t strings_const17[1] = {4};
static const rt_string strings_const18[3] = {{""}, {"day"}, {""}};
int strings_run(const strings_string x[4], const float v[2], strings_string week[4], strings_string joined[4], strings_string pieces[256], int64_t count[4], uint8_t match[4], strings_string pick[4], strings_string digits[2], int64_t whole[2], float back[2], strings_string take[4], strings_string border[3], strings_string once[4], int64_t first[4], strings_string name[4], float hot[8], strings_string class_[1], float scores[2], float grams[3], int64_t week_dims[1], int64_t pieces_dims[2], int64_t once_dims[1], int64_t first_dims[1], void *work)
{
    unsigned char *const m = (unsigned char *)work;
    const char *const w = strings_weights.bytes;
    if (!work || (uintptr_t)work % 64 || !x || !v || !week || !joined || !pieces || !count || !match || !pick || !digits || !whole || !back || !take || !border || !once || !first || !name || !hot || !class_ || !scores || !grams || !week_dims || !pieces_dims || !once_dims || !first_dims)
        return 1;
    l01_string_naive(x, strings_const1, week, week_dims); /* week */
    l02_string_naive(x, (int64_t *)(m + 0)); /* join */
    l03_string_naive(strings_const2, (int64_t *)(m + 32)); /* join */
    l04_map_naive((const int64_t *)(m + 0), (const int64_t *)(m + 32), (uint8_t *)(m + 40)); /* join */
    l05_reduce_naive((const uint8_t *)(m + 40), (uint8_t *)(m + 0)); /* join */
    if (!*(const uint8_t *)(m + 0))
        return 2; /* join: a string does not fit its record: see --string-bytes */
    l06_string_naive(x, strings_const2, joined); /* join */
    l07_string_naive(joined, strings_const3, (rt_string *)(m + 0), count, (int64_t *)(m + 17072)); /* cut */
    l08_map_naive(x, strings_const4, strings_const2, pick); /* same */
    l09_map_naive(v, digits); /* digits */
    l10_map_naive(digits, whole); /* whole */
    l11_map_naive(digits, back); /* back */
    l12_copy_naive(x, (rt_string *)(m + 16384)); /* x */
    l13_copy_naive(digits, (rt_string *)(m + 16640)); /* digits */
    l14_unique_naive(x, first, (int64_t *)(m + 16768), (int64_t *)(m + 16800), once_dims, (int64_t *)(m + 16832), (int64_t *)(m + 16864)); /* once */
    l15_gather_naive(x, first, once); /* once */
    l16_map_naive(x, strings_const5, (int32_t *)(m + 16768)); /* number */
    l17_reduce_naive((const int32_t *)(m + 16768), (int32_t *)(m + 16832)); /* number */
    l18_argminmax_naive((const int32_t *)(m + 16768), (int64_t *)(m + 16800)); /* number */
    l19_gather_naive(strings_const6, (const int64_t *)(m + 16800), (int64_t *)(m + 16768)); /* number */
    l20_map_naive((const int32_t *)(m + 16832), (const int64_t *)(m + 16768), (int64_t *)(m + 16768)); /* number */
    l21_map_naive((const int64_t *)(m + 16768), (int32_t *)(m + 16800)); /* name */
    l22_reduce_naive((const int32_t *)(m + 16800), (int32_t *)(m + 17056)); /* name */
    l23_argminmax_naive((const int32_t *)(m + 16800), (int64_t *)(m + 17024)); /* name */
    l24_gather_naive(strings_const7, (const int64_t *)(m + 17024), (rt_string *)(m + 16768)); /* name */
    l25_map_naive((const int32_t *)(m + 17056), (const rt_string *)(m + 16768), strings_const8, name); /* name */
    l26_map_naive(x, strings_const9, hot); /* hot */
    l27_gemm_naive(v, strings_const10, scores); /* class */
    l28_argminmax_naive(scores, (int64_t *)(m + 16768)); /* class */
    l29_gather_naive(strings_const11, (const int64_t *)(m + 16768), class_); /* class */
    l30_map_naive(x, strings_const12, (int32_t *)(m + 16768)); /* grams */
    l31_reduce_naive((const int32_t *)(m + 16768), (int32_t *)(m + 16864)); /* grams */
    l32_argminmax_naive((const int32_t *)(m + 16768), (int64_t *)(m + 16832)); /* grams */
    l33_gather_naive(strings_const13, (const int64_t *)(m + 16832), (int64_t *)(m + 16768)); /* grams */
    l20_map_naive((const int32_t *)(m + 16864), (const int64_t *)(m + 16768), (int64_t *)(m + 16768)); /* grams */
    l34_tfidf_naive((const int64_t *)(m + 16768), strings_const14, strings_const15, grams); /* grams */
    l35_string_naive(joined, (const uint8_t *)(w + 0), (const uint16_t *)(w + 256), strings_const16, match); /* match */
    l36_copy_naive(strings_const17, pieces_dims); /* pieces/Reshape */
    l36_copy_naive((const int64_t *)(m + 17072), pieces_dims + 1); /* cut */
    l37_compact_naive((const rt_string *)(m + 0), pieces_dims, pieces); /* pieces */
    l38_copy_naive((const rt_string *)(m + 16512), take); /* digits */
    l39_copy_naive(strings_const18, border); /* border */
    l36_copy_naive(once_dims, first_dims); /* once */
    return 0;
}
