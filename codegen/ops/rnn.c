/* SPDX-License-Identifier: MIT
 * rnn.c - LSTM, GRU and RNN: shapes, and the activations as expressions.
 *
 * The three share their inputs up to initial_h and their outputs up to Y_h; they differ in the number of gates and of
 * activations. What `layout` moves about (batch first or time first) is only a matter of strides. */
#include <inttypes.h>
#include <string.h>
#include <strings.h>
#include "ops.h"
#include "rnn.h"

/* ---- activations ------------------------------------------------------------------------------------------------ */

typedef struct Activation {
    const char *name, *expr;
    int params;        /* how many of alpha and beta it has */
    float alpha, beta; /* when the model gives none */
} Activation;

static const Activation activations[] = {
    {"Relu", "max(a, 0)", 0, 0, 0},
    {"Tanh", "tanh(a)", 0, 0, 0},
    {"Sigmoid", "sigmoid(a)", 0, 0, 0},
    {"Affine", "alpha * a + beta", 2, 1, 0},
    {"LeakyRelu", "a >= 0 ? a : alpha * a", 1, 0.01f, 0},
    {"ThresholdedRelu", "a >= alpha ? a : 0", 1, 1, 0},
    {"ScaledTanh", "alpha * tanh(beta * a)", 2, 1, 1},
    {"HardSigmoid", "min(max(alpha * a + beta, 0), 1)", 2, 0.2f, 0.5f},
    {"Elu", "a >= 0 ? a : alpha * (exp(a) - 1)", 1, 1, 0},
    {"Softsign", "a / (1 + abs(a))", 0, 0, 0},
    {"Softplus", "max(a, 0) + log1p(exp(-abs(a)))", 0, 0, 0},
};

static const Activation *activation_find(const char *name)
{
    for (size_t i = 0; i < COUNT(activations); i++)
        if (!strcasecmp(activations[i].name, name))
            return &activations[i];
    return NULL;
}

/* Activations of one direction: f g h of LSTM, f g of GRU, f of RNN. */
static int per_direction(const Node *n)
{
    return node_is(n, "LSTM") ? 3 : node_is(n, "GRU") ? 2 : 1;
}

static const char *activation_name(const Node *n, int i)
{
    static const char *const usual[] = {"Sigmoid", "Tanh", "Tanh"};
    if (n->a.activations.n)
        return n->a.activations.v[i];
    return node_is(n, "RNN") ? "Tanh" : usual[i % per_direction(n)];
}

/* The lists of alphas and betas have an entry for each activation that takes one, in order; those at the end may lack. */
static Activation activation_at(const Node *n, int i)
{
    int alphas = 0, betas = 0;
    for (int k = 0; k < i; k++) {
        const Activation *before = activation_find(activation_name(n, k));
        alphas += before->params >= 1;
        betas += before->params >= 2;
    }
    Activation a = *activation_find(activation_name(n, i));
    if (a.params >= 1 && alphas < n->a.activation_alpha.n)
        a.alpha = n->a.activation_alpha.v[alphas];
    if (a.params >= 2 && betas < n->a.activation_beta.n)
        a.beta = n->a.activation_beta.v[betas];
    return a;
}

Expr *rnn_activation(const Node *n, int d, int k, DType t)
{
    Activation act = activation_at(n, d * per_direction(n) + k);
    Value v = {.dtype = t};
    Value *in[] = {&v};
    Node params = {.in = in, .nin = 1, .nown = 1, .a = {.alpha = act.alpha, .beta = act.beta}};
    return expr_parse(act.expr, &params);
}

Expr *rnn_clipped(const Node *n, Expr *e)
{
    if (!n->a.has[A_clip] || n->a.clip <= 0)
        return e;
    e = expr_call(FN_max, 2, (Expr *[]){e, expr_const(e->dtype, -n->a.clip)});
    return expr_call(FN_min, 2, (Expr *[]){e, expr_const(e->dtype, n->a.clip)});
}

static bool activations_known(const Node *n, int dirs)
{
    int given = n->a.activations.n;
    if (given && given != dirs * per_direction(n)) {
        blocker(n, NULL, "%d activations are given instead of %d", given, dirs * per_direction(n));
        return false;
    }
    for (int i = 0; i < given; i++)
        if (!activation_find(n->a.activations.v[i])) {
            blocker(n, NULL, "activation '%s' is not known", n->a.activations.v[i]);
            return false;
        }
    return true;
}

/* ---- shapes ------------------------------------------------------------------------------------------------------ */

static bool has_dims(const Node *n, const Value *v, int rank, const int64_t *dim)
{
    const Value want = {.rank = rank, .dim = {dim[0], dim[1], rank > 2 ? dim[2] : 0}};
    if (!v || value_same_dims(v, &want))
        return true;
    blocker(n, NULL, "'%s' is %s instead of %s", v->name, dims_text(v), dims_text(&want));
    return false;
}

static bool states_fit(const Node *n, const Rnn *r)
{
    int64_t state[] = {r->dirs, r->batch, r->hidden}, first[] = {r->batch, r->dirs, r->hidden};
    const int64_t *dim = r->batch_first ? first : state;
    if (!has_dims(n, r->h0, 3, dim) || !has_dims(n, r->c0, 3, dim))
        return false;
    if (!r->lens || (r->lens->rank == 1 && r->lens->dim[0] == r->batch))
        return true;
    blocker(n, NULL, "'%s' is %s instead of %" PRId64, r->lens->name, dims_text(r->lens), r->batch);
    return false;
}

static bool weights_fit(const Node *n, const Rnn *r)
{
    int64_t w[] = {r->dirs, r->gates * r->hidden, r->input},
            u[] = {r->dirs, r->gates * r->hidden, r->hidden};
    int64_t b[] = {r->dirs, 2 * r->gates * r->hidden}, p[] = {r->dirs, 3 * r->hidden};
    if (n->a.has[A_hidden_size] && n->a.hidden_size != r->hidden) {
        blocker(n, NULL, "hidden_size is %" PRId64 ", but '%s' is %s", n->a.hidden_size, r->r->name,
                dims_text(r->r));
        return false;
    }
    return has_dims(n, r->w, 3, w) && has_dims(n, r->r, 3, u) && has_dims(n, r->b, 2, b) &&
           has_dims(n, r->p, 2, p);
}

static bool direction_known(const Node *n)
{
    static const char *const known[] = {"forward", "reverse", "bidirectional"};
    for (size_t i = 0; i < COUNT(known); i++)
        if (!strcmp(n->a.direction, known[i]))
            return true;
    blocker(n, "it is forward, reverse or bidirectional", "direction '%s' is not known",
            n->a.direction);
    return false;
}

/* Outputs that nobody reads need no memory. */
void rnn_canon(Graph *g, Node *n)
{
    (void)g;
    for (int i = 0; i < n->nout; i++)
        if (n->out[i] && !n->out[i]->uses)
            n->out[i] = NULL;
}

void rnn_infer(Graph *g, Node *n)
{
    (void)g;
    if (n->in[0]->rank != 3 || n->in[1]->rank != 3 || n->in[2]->rank != 3) {
        blocker(n, NULL, "X, W and R must have 3 dims");
        return;
    }
    if (!direction_known(n))
        return;
    Rnn r = rnn_of(n);
    if (!weights_fit(n, &r) || !states_fit(n, &r) || !activations_known(n, r.dirs))
        return;
    int64_t y[] = {r.seq, r.dirs, r.batch, r.hidden},
            y_first[] = {r.batch, r.seq, r.dirs, r.hidden};
    int64_t h[] = {r.dirs, r.batch, r.hidden}, h_first[] = {r.batch, r.dirs, r.hidden};
    out_set(n, 0, r.x->dtype, 4, r.batch_first ? y_first : y);
    out_set(n, 1, r.x->dtype, 3, r.batch_first ? h_first : h);
    out_set(n, 2, r.x->dtype, 3, r.batch_first ? h_first : h);
}

/* ---- what kernels read ------------------------------------------------------------------------------------------- */

static Value *out_or_null(const Node *n, int i)
{
    return i < n->nout ? n->out[i] : NULL;
}

Rnn rnn_of(const Node *n)
{
    bool lstm = node_is(n, "LSTM"), two = !strcmp(n->a.direction, "bidirectional");
    const Value *x = n->in[0], *recurrent = n->in[2];
    bool batch_first = n->a.layout != 0;
    return (Rnn){
        .gates = lstm                ? 4
                 : node_is(n, "GRU") ? 3
                                     : 1,
        .dirs = two ? 2 : 1,
        .backward = {!strcmp(n->a.direction, "reverse"), true},
        .batch_first = batch_first,
        .seq = x->dim[batch_first],
        .batch = x->dim[!batch_first],
        .input = x->dim[2],
        .hidden = recurrent->dim[2],
        .x = n->in[0],
        .w = n->in[1],
        .r = n->in[2],
        .b = node_in(n, 3),
        .lens = node_in(n, 4),
        .h0 = node_in(n, 5),
        .c0 = lstm ? node_in(n, 6) : NULL,
        .p = lstm ? node_in(n, 7) : NULL,
        .y = out_or_null(n, 0),
        .yh = out_or_null(n, 1),
        .yc = lstm ? out_or_null(n, 2) : NULL,
    };
}

int64_t rnn_stride_x(const Rnn *r, char axis)
{
    return r->x->stride[axis == 'i' ? 2 : (axis == 't') == r->batch_first];
}

int64_t rnn_stride_y(const Rnn *r, char axis)
{
    const char *axes = r->batch_first ? "btdh" : "tdbh";
    return r->y->stride[strchr(axes, axis) - axes];
}

int64_t rnn_stride_state(const Rnn *r, const Value *v, char axis)
{
    const char *axes = r->batch_first ? "bdh" : "dbh";
    return v->stride[strchr(axes, axis) - axes];
}

void rnn_arg_in(Node *n, const char *name, Value *v)
{
    if (v)
        arg_in(n, name, v);
}

void rnn_arg_states(Node *n, const Rnn *r)
{
    static const char *const name[] = {"y", "yh", "yc"};
    Value *const out[] = {r->y, r->yh, r->yc};
    rnn_arg_in(n, "h0", r->h0);
    rnn_arg_in(n, "c0", r->c0);
    for (size_t i = 0; i < COUNT(out); i++)
        if (out[i])
            arg_out(n, name[i], out[i]);
}
