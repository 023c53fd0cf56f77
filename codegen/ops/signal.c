/* SPDX-License-Identifier: MIT
 * signal.c - windows, which are sums of cosines and constants once their size is known, and the
 * matrix of mel filters, which expands into elementwise steps in double. */
#include <inttypes.h>
#include <math.h>
#include "ops.h"

/* ---- HannWindow, HammingWindow, BlackmanWindow ----------------------------------------------- */

static bool output_type(const Node *n, int64_t type, DType *t)
{
    *t = (DType)type;
    if (type >= 0 && type <= INT32_MAX && dtype_known((int)type) && *t != DT_STRING &&
        *t != DT_BOOL)
        return true;
    blocker(n, NULL, "output_datatype %" PRId64 " is not a type of numbers", type);
    return false;
}

/* One number of at least 1 that input i holds. */
static bool size_known(const Node *n, int i, const char *what, int64_t *size)
{
    Ints list;
    if (!input_ints(n, i, what, &list))
        return false;
    if (list.n == 1 && list.v[0] >= 0 && list.v[0] < (int64_t)1 << 31) {
        *size = list.v[0];
        return true;
    }
    blocker(n, NULL, "%s '%s' is not one number from 0 on", what, n->in[i]->name);
    return false;
}

void window_function_canon(Graph *g, Node *n)
{
    Ints shape;
    if (at_run_time(n, 0) && declared_shape(n, 0, &shape) && shape.n == 1)
        settle(g, n, 0, shape, "a == b", NULL);
}

void window_function_infer(Graph *g, Node *n)
{
    int64_t size;
    DType t;
    (void)g;
    if (output_type(n, n->a.output_datatype, &t) && size_known(n, 0, "the size", &size))
        out_set(n, 0, t, 1, &size);
}

/* Weights of 1, cos x and cos 2x, x running once around. */
static const double *cosines(const Node *n)
{
    static const double hann[] = {0.5, -0.5, 0}, hamming[] = {25. / 46, -21. / 46, 0},
                        blackman[] = {0.42, -0.5, 0.08};
    return node_is(n, "HannWindow") ? hann : node_is(n, "HammingWindow") ? hamming : blackman;
}

bool window_function_fold(Graph *g, Node *n)
{
    Value *out = n->out[0];
    const double *w = cosines(n);
    int64_t size = out->dim[0], turn = n->a.periodic ? size : MAX(size - 1, 1);
    void *data = mem((size_t)value_bytes(out));
    (void)g;
    for (int64_t i = 0; i < size; i++) {
        double x = 2 * acos(-1) * (double)i / (double)turn;
        double v = w[0] + w[1] * cos(x) + w[2] * cos(2 * x);
        data_put(data, out->dtype, i, v, (int64_t)v);
    }
    out->data = data;
    return true;
}

/* ---- MelWeightMatrix --------------------------------------------------------------------------- */

/* The declared shape holds the number of filters, and half the length of the transform. */
void mel_canon(Graph *g, Node *n)
{
    Ints shape;
    if (!declared_shape(n, 0, &shape) || shape.n != 2)
        return;
    if (at_run_time(n, 0))
        settle(g, n, 0, (Ints){1, shape.v + 1}, "a == b", NULL);
    if (!at_run_time(n, 1) || value_count(n->in[1]) != 1)
        return;
    Value *length = as_int64(g, n, n->in[1]);
    const char *holds =
        text("a == %" PRId64 " || a == %" PRId64, 2 * shape.v[0] - 2, 2 * shape.v[0] - 1);
    require(g, n, map_text(g, n->name, holds, 1, &length, NULL),
            "the length does not give the shape that is declared");
}

static bool mel_dims(const Node *n, int64_t dim[2])
{
    Ints shape;
    if (!size_known(n, 0, "the number of bins", &dim[1]))
        return false;
    if (at_run_time(n, 1) && declared_shape(n, 0, &shape) && shape.n == 2) {
        dim[0] = shape.v[0];
        return true;
    }
    bool known = size_known(n, 1, "the length of the transform", &dim[0]);
    dim[0] = dim[0] / 2 + 1;
    return known;
}

void mel_infer(Graph *g, Node *n)
{
    int64_t dim[2] = {0};
    DType t;
    (void)g;
    if (!output_type(n, n->a.output_datatype, &t) || !mel_dims(n, dim))
        return;
    for (int i = 2; i < 5; i++)
        if (value_count(n->in[i]) != 1) {
            blocker(n, NULL, "'%s' (%s) is not one number", n->in[i]->name, dims_text(n->in[i]));
            return;
        }
    out_set(n, 0, t, 2, dim);
}

/* Edges of the filters lie evenly on the mel scale, log(1 + f / 700), and at whole bins of the spectrum. Filter i is the
 * triangle from edge i over edge i + 1, where it is 1, to edge i + 2. */
void mel_expand(Graph *g, Node *n)
{
    Value *out = n->out[0], *in[4], *low, *high;
    int64_t bins = out->dim[1];
    low = convert_to(g, n, n->in[3], DT_DOUBLE, NULL);
    high = convert_to(g, n, n->in[4], DT_DOUBLE, NULL);
    low = map_text(g, n->name, "log(1 + a / 700)", 1, &low, NULL);
    high = map_text(g, n->name, "log(1 + a / 700)", 1, &high, NULL);
    Value *step =
        map_text(g, n->name, text("(b - a) / %" PRId64, bins + 2), 2, (Value *[]){low, high}, NULL);
    Value *scale = map_text(g, n->name, "(a + 1) / b * 700", 2,
                            (Value *[]){convert_to(g, n, n->in[1], DT_DOUBLE, NULL),
                                        convert_to(g, n, n->in[2], DT_DOUBLE, NULL)},
                            NULL);
    for (int edge = 0; edge < 3; edge++)
        in[edge] =
            map_text(g, n->name, "floor(d * (exp(a + b * c) - 1))", 4,
                     (Value *[]){low, step, positions(g, DT_DOUBLE, edge, bins, 0), scale}, NULL);
    in[3] = positions(g, DT_DOUBLE, 0, out->dim[0], 1);
    Value *y = map_text(g, n->name,
                        "d == b ? 1 : d > a && d < b ? (d - a) / (b - a) : "
                        "d > b && d < c ? (c - d) / (c - b) : 0",
                        4, in, NULL);
    convert_to(g, n, y, out->dtype, out);
}
