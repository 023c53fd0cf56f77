/* SPDX-License-Identifier: MIT
 * ml.c - operators of domain ai.onnx.ml that prepare features, and what the models of that domain have in
 * common: their input as rows of floats, scores that are transformed, labels of classes.
 *
 * Their parameters are attributes; they become constants, and operators of ONNX do the work. */
#include <inttypes.h>
#include <string.h>
#include "ml.h"

Value *floats_value(Graph *g, const char *name, Floats list)
{
    return value_const(g, name, DT_FLOAT, 1, &(int64_t){list.n}, list.v);
}

bool features_fit(const Node *n)
{
    const Value *x = n->in[0];
    if (x->rank >= 1 && x->rank <= 2 && x->dtype != DT_BOOL && dtype_kind(x->dtype) != 's')
        return true;
    blocker(n, "it takes [rows][features], or the features of one row", "'%s' is %s of shape %s",
            x->name, dtype_name(x->dtype), dims_text(x));
    return false;
}

int64_t feature_rows(const Node *n)
{
    return n->in[0]->rank == 2 ? n->in[0]->dim[0] : 1;
}

int64_t feature_count(const Node *n)
{
    return n->in[0]->dim[n->in[0]->rank - 1];
}

Value *feature_matrix(Graph *g, const Node *n, DType t)
{
    int64_t dim[2] = {feature_rows(n), feature_count(n)};
    return reshape_now(g, n, convert_to(g, n, n->in[0], t, NULL), 2, dim);
}

/* One number for all features, or one for each. */
static bool list_fits(const Node *n, const char *name, int count)
{
    const Value *x = n->in[0];
    if (x->rank >= 1 && (count == 1 || count == x->dim[x->rank - 1]))
        return true;
    blocker(n, NULL, "%s has %d values for '%s' of shape %s", name, count, x->name, dims_text(x));
    return false;
}

/* ---- Scaler, Imputer, Normalizer ----------------------------------------------------------------- */

void scaler_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    (void)g;
    if (features_fit(n) && (!n->a.offset.n || list_fits(n, "offset", n->a.offset.n)) &&
        (!n->a.scale_list.n || list_fits(n, "scale", n->a.scale_list.n)))
        out_set(n, 0, DT_FLOAT, x->rank, x->dim);
}

void scaler_expand(Graph *g, Node *n)
{
    Value *in[3] = {convert_to(g, n, n->in[0], DT_FLOAT, NULL)};
    in[1] = n->a.offset.n ? floats_value(g, "offset", n->a.offset)
                          : value_scalar(g, "offset", DT_FLOAT, 0);
    in[2] = n->a.scale_list.n ? floats_value(g, "scale", n->a.scale_list)
                              : value_scalar(g, "scale", DT_FLOAT, 1);
    map_text(g, n->name, "(a - b) * c", 3, in, n->out[0]);
}

void imputer_infer(Graph *g, Node *n)
{
    bool floats = dtype_is_float(n->in[0]->dtype);
    int count = floats ? n->a.imputed_value_floats.n : n->a.imputed_value_int64s.n;
    if (features_fit(n) && list_fits(n, "the list of imputed values", count))
        infer_same(g, n);
}

void imputer_expand(Graph *g, Node *n)
{
    const Attrs *a = &n->a;
    DType t = n->in[0]->dtype;
    bool floats = dtype_is_float(t),
         nan = floats && a->replaced_value_float != a->replaced_value_float;
    int64_t count = floats ? a->imputed_value_floats.n : a->imputed_value_int64s.n;
    Value *value = value_const(g, "value", t, 1, &count, NULL);
    void *data = mem((size_t)value_bytes(value));
    for (int64_t i = 0; i < count; i++)
        data_put(data, t, i, floats ? (double)a->imputed_value_floats.v[i] : 0,
                 floats ? 0 : a->imputed_value_int64s.v[i]);
    value->data = data;
    Value *replaced =
        value_scalar(g, "replaced", t,
                     floats ? (double)a->replaced_value_float : (double)a->replaced_value_int64);
    map_text(g, n->name, nan ? "a != a ? b : a" : "a == c ? b : a", nan ? 2 : 3,
             (Value *[]){n->in[0], value, replaced}, n->out[0]);
}

static const char *norm_reduction(const Node *n)
{
    static const char *const names[][2] = {{"MAX", "ReduceMax"},
                                           {"L1", "ReduceL1"},
                                           {"L2", "ReduceL2"}};
    for (size_t i = 0; i < COUNT(names); i++)
        if (!strcmp(n->a.norm, names[i][0]))
            return names[i][1];
    return NULL;
}

void normalizer_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    (void)g;
    if (!norm_reduction(n))
        blocker(n, "it is MAX, L1 or L2", "norm '%s' is not known", n->a.norm);
    else if (features_fit(n))
        out_set(n, 0, DT_FLOAT, x->rank, x->dim);
}

/* Rows whose norm is 0 stay as they are. */
void normalizer_expand(Graph *g, Node *n)
{
    Value *x = convert_to(g, n, n->in[0], DT_FLOAT, NULL);
    Value *last = value_ints(g, "axis", 1, &(int64_t){-1});
    Value *norm = op_now(g, norm_reduction(n), n, 2, (Value *[]){x, last});
    map_text(g, n->name, "b == 0 ? a : a / b", 2, (Value *[]){x, norm}, n->out[0]);
}

/* ---- OneHotEncoder, LabelEncoder: what a value is among those of a list ------------------------------ */

/* x[...] == list[k] as [...][k]; NaN is the same as NaN. */
static Value *matches(Graph *g, const Node *n, Value *x, Value *list)
{
    Value *last = value_ints(g, "axis", 1, &(int64_t){-1});
    x = op_now(g, "Unsqueeze", n, 2, (Value *[]){x, last});
    const char *same = dtype_is_float(x->dtype) ? "a == b || (a != a && b != b)" : "a == b";
    return map_text(g, n->name, same, 2, (Value *[]){x, list}, NULL);
}

void one_hot_encoder_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t dim[MAX_RANK + 1];
    (void)g;
    bool strings = x->dtype == DT_STRING;
    int count = strings ? n->a.cats_strings.n : n->a.cats_int64s.n;
    if (!count || x->rank == MAX_RANK) {
        blocker(n, NULL, "it has no categories for '%s' (%s %s)", x->name, dtype_name(x->dtype),
                dims_text(x));
        return;
    }
    memcpy(dim, x->dim, sizeof x->dim);
    dim[x->rank] = count;
    out_set(n, 0, DT_FLOAT, x->rank + 1, dim);
}

void one_hot_encoder_expand(Graph *g, Node *n)
{
    Value *x = n->in[0], *list;
    if (x->dtype == DT_STRING)
        list = value_strings(g, n, "categories", n->a.cats_strings);
    else
        list = value_ints(g, "categories", n->a.cats_int64s.n, n->a.cats_int64s.v);
    Value *hit = matches(g, n, convert_to(g, n, x, list->dtype, NULL), list);
    hit = convert_to(g, n, hit, DT_FLOAT, n->out[0]);
    if (n->a.zeros)
        return;
    Value *last = value_ints(g, "axis", 1, &(int64_t){-1});
    Value *any = op_now(g, "ReduceMax", n, 2, (Value *[]){hit, last});
    require(g, n, map_text(g, n->name, "a > 0", 1, &any, NULL),
            text("'%s' holds a value that is no category", n->in[0]->name));
}

/* Keys, values and default of a LabelEncoder as constants; NULL: there are none. */
static Value *label_list(Graph *g, const Node *n, const char *name, Value *tensor, Ints ints,
                         Floats floats, Strings strings)
{
    if (tensor)
        return tensor;
    if (strings.n)
        return value_strings(g, n, name, strings);
    if (ints.n)
        return value_ints(g, name, ints.n, ints.v);
    return floats.n ? floats_value(g, name, floats) : NULL;
}

static Value *label_keys(Graph *g, const Node *n)
{
    return label_list(g, n, "keys", n->a.keys_tensor, n->a.keys_int64s, n->a.keys_floats,
                      n->a.keys_strings);
}

static Value *label_values(Graph *g, const Node *n)
{
    return label_list(g, n, "values", n->a.values_tensor, n->a.values_int64s, n->a.values_floats,
                      n->a.values_strings);
}

static Value *label_default(Graph *g, const Node *n, DType t)
{
    if (n->a.default_tensor)
        return n->a.default_tensor;
    if (t == DT_STRING)
        return value_strings(g, n, "default", (Strings){1, (const char **)&n->a.default_string});
    if (dtype_is_float(t))
        return value_scalar(g, "default", t,
                            n->a.has[A_default_float] ? (double)n->a.default_float : -0.0);
    return value_scalar(g, "default", t, (double)n->a.default_int64);
}

void label_encoder_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0], *keys = label_keys(g, n), *values = label_values(g, n);
    const Value *other = values ? label_default(g, n, values->dtype) : NULL;
    if (!keys || !values) {
        blocker(n, NULL, "it has no keys, or no values");
        return;
    }
    if (keys->dtype != x->dtype || keys->rank != 1 || !value_same_dims(keys, values) ||
        value_count(keys) == 0 || other->dtype != values->dtype || value_count(other) != 1) {
        blocker(n, NULL, "%s keys and %s values do not fit each other, the default or '%s' (%s)",
                dims_text(keys), dims_text(values), x->name, dtype_name(x->dtype));
        return;
    }
    if (x->rank + 1 > MAX_RANK)
        blocker(n, NULL, "'%s' has %d dims", x->name, x->rank);
    out_set(n, 0, values->dtype, x->rank, x->dim);
}

/* The first key that matches has the value: [...][1]. */
static Value *looked_up(Graph *g, const Node *n, Value *x, Value *keys, Value *values,
                        Value *otherwise)
{
    Value *last = value_ints(g, "axis", 1, &(int64_t){-1});
    Value *hit = convert_to(g, n, matches(g, n, x, keys), DT_INT32, NULL);
    Value *any = op_now(g, "ReduceMax", n, 2, (Value *[]){hit, last});
    Value *which = along_axis(g, n, "ArgMax", x->rank, 1, &hit, NULL);
    Value *found = along_axis(g, n, "Gather", 0, 2, (Value *[]){values, which}, NULL);
    Value *other = reshape_now(g, n, otherwise, 0, NULL);
    return map_text(g, n->name, "a > 0 ? b : c", 3, (Value *[]){any, found, other}, NULL);
}

void label_encoder_expand(Graph *g, Node *n)
{
    Value *x = n->in[0], *values = label_values(g, n);
    Value *found = looked_up(g, n, x, label_keys(g, n), values, label_default(g, n, values->dtype));
    reshape_to(g, n, found, x->rank, x->dim, n->out[0]);
}

Value *place_among(Graph *g, const Node *n, Value *x, Value *list)
{
    Value *places = positions(g, DT_INT64, 0, value_count(list), 0);
    Value *found = looked_up(g, n, x, list, places, value_scalar(g, "none", DT_INT64, -1));
    return reshape_now(g, n, found, x->rank, x->dim);
}

/* ---- ArrayFeatureExtractor, FeatureVectorizer ---------------------------------------------------------- */

void feature_extractor_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t dim[MAX_RANK] = {1}, count = value_count(n->in[1]);
    int rank = MAX(x->rank, 2);
    (void)g;
    if (x->rank < 1 || feature_count(n) < 1 || n->in[1]->dtype != DT_INT64) {
        blocker(n, NULL, "'%s' (%s) has no features, or '%s' is not int64", x->name, dims_text(x),
                n->in[1]->name);
        return;
    }
    for (int i = 0; i < x->rank - 1; i++)
        dim[i] = x->dim[i];
    dim[rank - 1] = count;
    out_set(n, 0, x->dtype, rank, dim);
}

void feature_extractor_expand(Graph *g, Node *n)
{
    int64_t count = value_count(n->in[1]);
    Value *in[] = {n->in[0], reshape_now(g, n, n->in[1], 1, &count)};
    Value *y = along_axis(g, n, "Gather", n->in[0]->rank - 1, 2, in, NULL);
    reshape_to(g, n, y, n->out[0]->rank, n->out[0]->dim, n->out[0]);
}

/* Features of a row in input i. */
static int64_t input_features(const Node *n, int i)
{
    const Value *x = n->in[i];
    return x->rank < 2 ? value_count(x) : dims_product(x->dim, 1, x->rank);
}

void feature_vectorizer_infer(Graph *g, Node *n)
{
    int64_t dim[2] = {n->in[0]->rank < 2 ? 1 : n->in[0]->dim[0], 0};
    const Ints *given = &n->a.inputdimensions;
    (void)g;
    for (int i = 0; i < n->nin; i++) {
        const Value *x = n->in[i];
        dim[1] += input_features(n, i);
        if ((x->rank < 2 ? 1 : x->dim[0]) == dim[0] && x->dtype != DT_BOOL &&
            (!given->n || (i < given->n && given->v[i] == input_features(n, i))))
            continue;
        blocker(n, NULL, "'%s' (%s %s) does not fit the other inputs, or its inputdimensions",
                x->name, dtype_name(x->dtype), dims_text(x));
        return;
    }
    out_set(n, 0, DT_FLOAT, 2, dim);
}

void feature_vectorizer_expand(Graph *g, Node *n)
{
    Value **in = mem((size_t)n->nin * sizeof *in);
    for (int i = 0; i < n->nin; i++) {
        int64_t dim[2] = {n->out[0]->dim[0], input_features(n, i)};
        in[i] = reshape_now(g, n, convert_to(g, n, n->in[i], DT_FLOAT, NULL), 2, dim);
    }
    along_axis(g, n, "Concat", 1, n->nin, in, n->out[0]);
}

/* ---- scores and labels --------------------------------------------------------------------------------------- */

static const char *const transforms[] = {"NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO", "PROBIT"};

bool transform_known(const Node *n)
{
    for (size_t i = 0; i < COUNT(transforms); i++)
        if (!strcmp(n->a.post_transform, transforms[i]))
            return true;
    blocker(n, NULL, "post_transform '%s' is not known", n->a.post_transform);
    return false;
}

void transform_number(Node *n)
{
    int64_t i = n->a.post_transform_number;
    n->a.post_transform =
        i >= 0 && i < (int64_t)COUNT(transforms) ? transforms[i] : text("%" PRId64, i);
}

/* Scores that are 0 have no part in it: e^0 would be 1. */
static Value *softmax_zero(Graph *g, const Node *n, Value *s)
{
    Value *axis = value_ints(g, "axis", 1, &(int64_t){1});
    Value *most = op_now(g, "ReduceMax", n, 2, (Value *[]){s, axis});
    s = map_text(g, n->name, "abs(a) > 0.0000001 ? exp(a - b) : a * exp(-b)", 2,
                 (Value *[]){s, most}, NULL);
    Value *sum = op_now(g, "ReduceSum", n, 2, (Value *[]){s, axis});
    return map_text(g, n->name, "a / b", 2, (Value *[]){s, sum}, NULL);
}

/* The inverse of the normal distribution function by way of that of erf, in closed form to 3 digits: with
 * u = log(1 - x^2), v = 2 / (pi 0.147) + u / 2, it is sign(x) sqrt(sqrt(v^2 - u / 0.147) - v). */
static Value *probit(Graph *g, const Node *n, Value *s)
{
    Value *x = map_text(g, n->name, "2 * a - 1", 1, &s, NULL);
    Value *u = map_text(g, n->name, "log((1 - a) * (1 + a))", 1, &x, NULL);
    Value *v = map_text(g, n->name, "4.33075024 + a / 2", 1, &u, NULL);
    return map_text(g, n->name, "1.41421356 * (a < 0 ? -1 : 1) * sqrt(sqrt(c * c - b / 0.147) - c)",
                    3, (Value *[]){x, u, v}, NULL);
}

Value *transformed(Graph *g, const Node *n, Value *s)
{
    const char *how = n->a.post_transform;
    if (!strcmp(how, "SOFTMAX"))
        return along_axis(g, n, "Softmax", 1, 1, &s, NULL);
    if (!strcmp(how, "LOGISTIC"))
        return map_text(g, n->name, "sigmoid(a)", 1, &s, NULL);
    if (!strcmp(how, "SOFTMAX_ZERO"))
        return softmax_zero(g, n, s);
    return strcmp(how, "PROBIT") ? s : probit(g, n, s);
}

/* Integers by one of two names, or strings. */
int64_t label_count(const Node *n)
{
    const Attrs *a = &n->a;
    return a->classlabels_strings.n ? a->classlabels_strings.n
                                    : a->classlabels_ints.n + a->classlabels_int64s.n;
}

DType label_type(const Node *n)
{
    return n->a.classlabels_strings.n ? DT_STRING : DT_INT64;
}

bool labels_known(const Node *n)
{
    if (!label_count(n))
        blocker(n, NULL, "it has no labels");
    return label_count(n) > 0;
}

static Value *labels_list(Graph *g, const Node *n)
{
    const Ints *ints = n->a.classlabels_ints.n ? &n->a.classlabels_ints : &n->a.classlabels_int64s;
    return label_type(n) == DT_STRING ? value_strings(g, n, "labels", n->a.classlabels_strings)
                                      : value_ints(g, "labels", ints->n, ints->v);
}

void put_result(Graph *g, const Node *n, Value *v, int i)
{
    if (i >= n->nout || !n->out[i])
        return;
    v = convert_to(g, n, v, n->out[i]->dtype, NULL);
    reshape_to(g, n, v, n->out[i]->rank, n->out[i]->dim, n->out[i]);
}

void put_label(Graph *g, const Node *n, Value *which)
{
    Value *in[] = {labels_list(g, n), which};
    put_result(g, n, along_axis(g, n, "Gather", 0, 2, in, NULL), 0);
}

Value *best_class(Graph *g, const Node *n, Value *s)
{
    return along_axis(g, n, "ArgMax", 1, 1, &s, NULL);
}

Value *both_scores(Graph *g, const Node *n, Value *s, const char *other)
{
    Value *pair[] = {map_text(g, n->name, other, 1, &s, NULL), s};
    return along_axis(g, n, "Concat", 1, 2, pair, NULL);
}
