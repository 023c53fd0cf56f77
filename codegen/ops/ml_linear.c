/* SPDX-License-Identifier: MIT
 * ml_linear.c - linear models and support vector machines of ai.onnx.ml, as matrix products with constants.
 *
 * A support vector machine compares a row with its vectors by a kernel function; what it decides between
 * each two of its classes, and the votes that these decisions are, are again products. */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include "ml.h"

/* x times the transpose of list, rows of `columns` each, plus one number for each row or for all. */
static Value *product(Graph *g, const Node *n, Value *x, Floats list, int64_t columns, Floats plus)
{
    int64_t dim[2] = {list.n / columns, columns};
    Value *in[3] = {x, value_const(g, "coefficients", DT_FLOAT, 2, dim, list.v)};
    in[1] = op_now(g, "Transpose", n, 1, in + 1);
    Value *y = op_now(g, "MatMul", n, 2, in);
    if (!plus.n)
        return y;
    return map_text(g, n->name, "a + b", 2, (Value *[]){y, floats_value(g, "intercepts", plus)},
                    NULL);
}

/* Do coefficients hold `rows` rows for the features there are, and `plus` a number for each of them, or none? */
static bool coefficients_fit(const Node *n, int64_t rows, Floats plus)
{
    int64_t features = features_fit(n) ? feature_count(n) : 0;
    if (features && rows >= 1 && n->a.coefficients.n == mul_size(rows, features) &&
        (!plus.n || plus.n == rows))
        return true;
    if (features)
        blocker(n, NULL,
                "%d coefficients and %d intercepts do not fit %" PRId64 " rows for %" PRId64
                " features",
                n->a.coefficients.n, plus.n, rows, features);
    return false;
}

/* ---- LinearRegressor, LinearClassifier ----------------------------------------------------------- */

void linear_regressor_infer(Graph *g, Node *n)
{
    (void)g;
    if (transform_known(n) && coefficients_fit(n, n->a.targets, n->a.intercepts))
        out_set(n, 0, DT_FLOAT, 2, (int64_t[]){feature_rows(n), n->a.targets});
}

void linear_regressor_expand(Graph *g, Node *n)
{
    Value *x = feature_matrix(g, n, DT_FLOAT);
    Value *y = product(g, n, x, n->a.coefficients, feature_count(n), n->a.intercepts);
    put_result(g, n, transformed(g, n, y), 0);
}

static int64_t linear_classes(const Node *n)
{
    if (n->a.intercepts.n)
        return n->a.intercepts.n;
    return n->in[0]->rank ? n->a.coefficients.n / MAX(feature_count(n), 1) : 0;
}

/* One row of coefficients may decide between two labels. */
void linear_classifier_infer(Graph *g, Node *n)
{
    int64_t classes = linear_classes(n), labels = label_count(n);
    (void)g;
    if (!labels_known(n) || !transform_known(n) || !coefficients_fit(n, classes, n->a.intercepts))
        return;
    if (labels != classes && !(classes == 1 && labels == 2)) {
        blocker(n, NULL, "it has %" PRId64 " labels for %" PRId64 " classes", labels, classes);
        return;
    }
    out_set(n, 0, label_type(n), 1, (int64_t[]){feature_rows(n)});
    out_set(n, 1, DT_FLOAT, 2, (int64_t[]){feature_rows(n), labels});
}

void linear_classifier_expand(Graph *g, Node *n)
{
    Value *x = feature_matrix(g, n, DT_FLOAT);
    Value *s = product(g, n, x, n->a.coefficients, feature_count(n), n->a.intercepts);
    if (s->dim[1] > 1 || label_count(n) == 1) {
        put_label(g, n, best_class(g, n, s));
        put_result(g, n, transformed(g, n, s), 1);
        return;
    }
    Value *positive = map_text(g, n->name, "a > 0", 1, &s, NULL);
    put_label(g, n, convert_to(g, n, positive, DT_INT64, NULL));
    put_result(g, n, both_scores(g, n, transformed(g, n, s), "1 - a"), 1);
}

/* ---- support vectors -------------------------------------------------------------------------------- */

enum { PARAMETERS = 3 }; /* gamma, coef0, degree */

static double parameter(const Node *n, int i)
{
    return i < n->a.kernel_params.n ? (double)n->a.kernel_params.v[i] : 0;
}

static bool kernel_known(const Node *n)
{
    static const char *const known[] = {"LINEAR", "POLY", "RBF", "SIGMOID"};
    bool found = false;
    for (size_t i = 0; i < COUNT(known); i++)
        found |= !strcmp(n->a.kernel_type, known[i]);
    for (int i = 0; i < PARAMETERS; i++)
        found &= isfinite(parameter(n, i)) != 0;
    if (!found)
        blocker(n, NULL, "kernel_type '%s', or its parameters, are not supported",
                n->a.kernel_type);
    return found;
}

/* |x - v|^2 for each row x and vector v, as |x|^2 + |v|^2 - 2 x v: in double, since the parts may be large. */
static Value *distances(Graph *g, const Node *n, Value *x, Floats vectors)
{
    int64_t dim[2] = {vectors.n / feature_count(n), feature_count(n)};
    Value *axis = value_ints(g, "axis", 1, &(int64_t){1});
    Value *v = value_const(g, "vectors", DT_FLOAT, 2, dim, vectors.v), *square[2];
    x = convert_to(g, n, x, DT_DOUBLE, NULL);
    v = convert_to(g, n, v, DT_DOUBLE, NULL);
    square[0] = op_now(g, "ReduceSumSquare", n, 2, (Value *[]){x, axis});
    square[1] = op_now(g, "ReduceSumSquare", n, 2, (Value *[]){v, axis});
    square[1] = reshape_now(g, n, square[1], 1, dim);
    v = op_now(g, "Transpose", n, 1, &v);
    Value *in[] = {op_now(g, "MatMul", n, 2, (Value *[]){x, v}), square[0], square[1]};
    return map_text(g, n->name, "max(b + c - 2 * a, 0)", 3, in, NULL);
}

/* The kernel function of each row and each vector: [rows][vectors]. */
static Value *kernel_matrix(Graph *g, const Node *n, Value *x, Floats vectors, const char *type)
{
    double gamma = parameter(n, 0), coef0 = parameter(n, 1), degree = parameter(n, 2);
    if (!strcmp(type, "RBF")) {
        Value *d = distances(g, n, x, vectors);
        d = map_text(g, n->name, text("exp(-(%.9g) * a)", gamma), 1, &d, NULL);
        return convert_to(g, n, d, DT_FLOAT, NULL);
    }
    Value *k = product(g, n, x, vectors, feature_count(n), (Floats){0});
    const char *scaled = text("(%.9g) * a + (%.9g)", gamma, coef0);
    if (!strcmp(type, "POLY"))
        return map_text(g, n->name, text("pow(%s, %.9g)", scaled, degree), 1, &k, NULL);
    if (!strcmp(type, "SIGMOID"))
        return map_text(g, n->name, text("tanh(%s)", scaled), 1, &k, NULL);
    return k;
}

static bool vectors_fit(const Node *n, int64_t count)
{
    if (features_fit(n) && count >= 1 && feature_count(n) >= 1 &&
        n->a.support_vectors.n == mul_size(count, feature_count(n)))
        return true;
    blocker(n, NULL, "%d numbers are not %" PRId64 " support vectors for '%s' (%s)",
            n->a.support_vectors.n, count, n->in[0]->name, dims_text(n->in[0]));
    return false;
}

/* ---- SVMRegressor ----------------------------------------------------------------------------------- */

void svm_regressor_infer(Graph *g, Node *n)
{
    int64_t count = n->a.n_supports;
    (void)g;
    if (!transform_known(n) || !kernel_known(n) || (count && !vectors_fit(n, count)) ||
        (!count && !coefficients_fit(n, 1, n->a.rho)))
        return;
    if (n->a.rho.n != 1 || (count && n->a.coefficients.n != count))
        blocker(n, NULL, "%d coefficients and %d numbers rho do not fit %" PRId64 " vectors",
                n->a.coefficients.n, n->a.rho.n, count);
    else
        out_set(n, 0, DT_FLOAT, 2, (int64_t[]){feature_rows(n), 1});
}

/* Without vectors the coefficients are those of a linear function. */
void svm_regressor_expand(Graph *g, Node *n)
{
    const Attrs *a = &n->a;
    Value *x = feature_matrix(g, n, DT_FLOAT);
    if (a->n_supports)
        x = kernel_matrix(g, n, x, a->support_vectors, a->kernel_type);
    x = product(g, n, x, a->coefficients, a->coefficients.n, a->rho);
    if (a->one_class)
        x = map_text(g, n->name, "a > 0 ? 1 : -1", 1, &x, NULL);
    put_result(g, n, transformed(g, n, x), 0);
}

/* ---- SVMClassifier ---------------------------------------------------------------------------------- */

static int64_t svm_vectors(const Node *n)
{
    int64_t count = 0;
    for (int i = 0; i < n->a.vectors_per_class.n; i++) {
        int64_t more = n->a.vectors_per_class.v[i];
        if (more < 0 || more > INT32_MAX || count > INT32_MAX)
            return -1;
        count += more;
    }
    return count;
}

static bool svm_parts_fit(const Node *n, int64_t classes, int64_t vectors)
{
    const Attrs *a = &n->a;
    int64_t pairs = classes * (classes - 1) / 2;
    bool proba = a->prob_a.n || a->prob_b.n;
    if (classes >= 2 && classes < 1 << 15 && a->vectors_per_class.n == classes &&
        a->coefficients.n == mul_size(classes - 1, vectors) && a->rho.n == pairs &&
        (!proba || (a->prob_a.n == pairs && a->prob_b.n == pairs)))
        return true;
    blocker(n, NULL, "its %d coefficients, %d numbers rho and the vectors of %d classes do not fit",
            a->coefficients.n, a->rho.n, a->vectors_per_class.n);
    return false;
}

void svm_classifier_infer(Graph *g, Node *n)
{
    int64_t classes = label_count(n), vectors = svm_vectors(n), scores = classes;
    (void)g;
    if (!labels_known(n) || !transform_known(n) || !kernel_known(n))
        return;
    if (vectors ? !vectors_fit(n, vectors) || !svm_parts_fit(n, classes, vectors)
                : !coefficients_fit(n, classes, (Floats){0}))
        return;
    if (vectors && classes > 2 && !n->a.prob_a.n)
        scores = classes * (classes - 1) / 2;
    out_set(n, 0, label_type(n), 1, (int64_t[]){feature_rows(n)});
    out_set(n, 1, DT_FLOAT, 2, (int64_t[]){feature_rows(n), scores});
}

/* What each vector counts in the decision between each two classes i < j, [vector][pair]: those of class i by row j - 1
 * of the coefficients, those of class j by row i. Also what a decision for the first of a pair is in votes, [pair][class],
 * and the votes that all others get when every decision is for the second. */
typedef struct Duels {
    Value *weight, *vote, *lost;
} Duels;

static Duels duels(Graph *g, const Node *n, int64_t classes, int64_t vectors)
{
    int64_t pairs = classes * (classes - 1) / 2, at = 0;
    const Ints *per = &n->a.vectors_per_class;
    float *weight = mem((size_t)(vectors * pairs) * sizeof *weight);
    float *vote = mem((size_t)(pairs * classes) * sizeof *vote);
    float *lost = mem((size_t)classes * sizeof *lost);
    int64_t *first = mem((size_t)(classes + 1) * sizeof *first);
    for (int64_t c = 0; c < classes; c++)
        first[c + 1] = first[c] + per->v[c];
    for (int64_t i = 0; i < classes; i++)
        for (int64_t j = i + 1; j < classes; j++, at++) {
            for (int64_t v = first[i]; v < first[i + 1]; v++)
                weight[v * pairs + at] = n->a.coefficients.v[(j - 1) * vectors + v];
            for (int64_t v = first[j]; v < first[j + 1]; v++)
                weight[v * pairs + at] = n->a.coefficients.v[i * vectors + v];
            vote[at * classes + i] = 1;
            vote[at * classes + j] = -1;
            lost[j]++;
        }
    return (Duels){value_const(g, "weights", DT_FLOAT, 2, (int64_t[]){vectors, pairs}, weight),
                   value_const(g, "votes", DT_FLOAT, 2, (int64_t[]){pairs, classes}, vote),
                   value_const(g, "lost", DT_FLOAT, 1, &classes, lost)};
}

void couple_infer(Graph *g, Node *n)
{
    (void)g;
    out_set(n, 0, DT_FLOAT, 2, (int64_t[]){n->in[0]->dim[0], n->a.targets});
}

/* Probabilities of the classes, from those that the decisions between each two of them stand for. */
static Value *probabilities(Graph *g, const Node *n, Value *s)
{
    static const char p[] = "min(max(sigmoid(-(a * b + c)), 0.0000001), 0.9999999)";
    Value *in[] = {s, floats_value(g, "prob_a", n->a.prob_a),
                   floats_value(g, "prob_b", n->a.prob_b)};
    s = map_text(g, n->name, p, 3, in, NULL);
    s = add_op(g, "Couple", n->name, 1, &s, NULL);
    Node *added = g->node[g->nnode - 1];
    added->a.targets = label_count(n);
    infer_node(g, added);
    return s;
}

static Value *svm_scores(Graph *g, const Node *n, Value *s)
{
    if (n->a.prob_a.n)
        s = probabilities(g, n, s);
    else if (s->dim[1] == 1) /* two classes */
        return both_scores(g, n, s, strcmp(n->a.post_transform, "NONE") ? "1 - a" : "-a");
    return transformed(g, n, s);
}

void svm_classifier_expand(Graph *g, Node *n)
{
    int64_t vectors = svm_vectors(n);
    Value *x = feature_matrix(g, n, DT_FLOAT);
    if (!vectors) { /* linear */
        Floats rho = {1, n->a.rho.v};
        Value *s =
            product(g, n, x, n->a.coefficients, feature_count(n), n->a.rho.n ? rho : (Floats){0});
        put_label(g, n, best_class(g, n, s));
        put_result(g, n, transformed(g, n, s), 1);
        return;
    }
    Duels d = duels(g, n, label_count(n), vectors);
    Value *k = kernel_matrix(g, n, x, n->a.support_vectors, n->a.kernel_type);
    Value *s = op_now(g, "MatMul", n, 2, (Value *[]){k, d.weight});
    s = map_text(g, n->name, "a + b", 2, (Value *[]){s, floats_value(g, "rho", n->a.rho)}, NULL);
    Value *won = convert_to(g, n, map_text(g, n->name, "a > 0", 1, &s, NULL), DT_FLOAT, NULL);
    Value *votes = op_now(g, "MatMul", n, 2, (Value *[]){won, d.vote});
    votes = map_text(g, n->name, "a + b", 2, (Value *[]){votes, d.lost}, NULL);
    put_label(g, n, best_class(g, n, votes));
    put_result(g, n, svm_scores(g, n, s), 1);
}
