/* SPDX-License-Identifier: MIT
 * train.c - the steps of optimisers, of domain ai.onnx.preview.training: Momentum, Adagrad, Adam.
 *
 * The inputs are a rate, the count of steps before, and then in groups of as many tensors each: what is
 * trained, its gradients, and one or two states. The first group and the states come out anew. Each is
 * a few elementwise steps over one tensor of every group. */
#include <inttypes.h>
#include <string.h>
#include "ops.h"

static int groups_of(const Node *n)
{
    return node_is(n, "Adam") ? 4 : 3;
}

static bool mode_known(const Node *n)
{
    const char *mode = n->a.mode ? n->a.mode : "";
    if (!node_is(n, "Momentum") || !strcmp(mode, "standard") || !strcmp(mode, "nesterov"))
        return true;
    blocker(n, "it is standard or nesterov", "mode '%s' is not known", mode);
    return false;
}

void optimiser_infer(Graph *g, Node *n)
{
    int groups = groups_of(n), count = (n->nin - 2) / groups;
    const Value *rate = n->in[0], *steps = n->in[1];
    (void)g;
    if (count < 1 || n->nin != 2 + groups * count || n->nout > (groups - 1) * count) {
        blocker(n, NULL, "%d inputs and %d outputs are not %d groups of tensors", n->nin, n->nout,
                groups);
        return;
    }
    if (value_count(rate) != 1 || value_count(steps) != 1 || steps->dtype != DT_INT64) {
        blocker(n, NULL, "the rate '%s' is not one number, or the count '%s' not one int64",
                rate->name, steps->name);
        return;
    }
    for (int i = 2; i < n->nin; i++) {
        const Value *x = n->in[2 + (i - 2) % count];
        if (!value_same_dims(n->in[i], x) || n->in[i]->dtype != x->dtype ||
            dtype_kind(x->dtype) != 'f' || rate->dtype != x->dtype) {
            blocker(n, NULL, "'%s' (%s %s) does not fit '%s' (%s %s)", n->in[i]->name,
                    dtype_name(n->in[i]->dtype), dims_text(n->in[i]), x->name, dtype_name(x->dtype),
                    dims_text(x));
            return;
        }
    }
    if (mode_known(n))
        for (int i = 0; i < n->nout; i++) {
            const Value *x = n->in[2 + i % count];
            out_set(n, i, x->dtype, x->rank, x->dim);
        }
}

/* One tensor on its way: x gets its new value, and so do the states. */
typedef struct Step {
    Graph *g;
    const Node *n;
    Value *rate, *count; /* scalars of x's type */
    Value *x, *gradient, *state[2];
} Step;

static Value *step(const Step *s, const char *expr, int nin, Value *const *in)
{
    Value *copy[8];
    memcpy(copy, in, (size_t)nin * sizeof *copy);
    return map_text(s->g, s->n->name, expr, nin, copy, NULL);
}

static void momentum(Step *s)
{
    const Attrs *a = &s->n->a;
    const char *move = text("%.9g * a + (c > 0 ? %.9g : 1) * b", (double)a->alpha, (double)a->beta);
    const char *to = !strcmp(a->mode, "nesterov") ? text("a - b * (d + %.9g * c)", (double)a->alpha)
                                                  : "a - b * c";
    s->state[0] = step(s, move, 3, (Value *[]){s->state[0], s->gradient, s->count});
    s->x = step(s, to, 4, (Value *[]){s->x, s->rate, s->state[0], s->gradient});
}

static void adagrad(Step *s)
{
    const Attrs *a = &s->n->a;
    const char *rate = text("a / (1 + b * %.9g)", (double)a->decay_factor);
    const char *to = text("a - b * c / (sqrt(d) + %.9g)", (double)a->epsilon);
    s->rate = step(s, rate, 2, (Value *[]){s->rate, s->count});
    s->state[0] = step(s, "a + b * b", 2, (Value *[]){s->state[0], s->gradient});
    s->x = step(s, to, 4, (Value *[]){s->x, s->rate, s->gradient, s->state[0]});
}

static void adam(Step *s)
{
    const Attrs *a = &s->n->a;
    double alpha = (double)a->alpha, beta = (double)a->beta;
    const char *rate =
        text("b > 0 ? a * sqrt(1 - pow(%.9g, b)) / (1 - pow(%.9g, b)) : a", beta, alpha);
    const char *to = text("%.9g * (a - b * c / (sqrt(d) + %.9g))",
                          1 - (double)a->norm_coefficient_post, (double)a->epsilon);
    s->rate = step(s, rate, 2, (Value *[]){s->rate, s->count});
    s->state[0] = step(s, text("%.9g * a + %.9g * b", alpha, 1 - alpha), 2,
                       (Value *[]){s->state[0], s->gradient});
    s->state[1] = step(s, text("%.9g * a + %.9g * (b * b)", beta, 1 - beta), 2,
                       (Value *[]){s->state[1], s->gradient});
    s->x = step(s, to, 4, (Value *[]){s->x, s->rate, s->state[0], s->state[1]});
}

static void put(const Step *s, Value *v, int i)
{
    if (i < s->n->nout && s->n->out[i])
        add_op(s->g, "Identity", s->n->name, 1, &v, s->n->out[i]);
}

void optimiser_expand(Graph *g, Node *n)
{
    int groups = groups_of(n), count = (n->nin - 2) / groups;
    const char *regular = text("a + %.9g * b", (double)n->a.norm_coefficient);
    for (int i = 0; i < count; i++) {
        Value **in = n->in + 2 + i;
        Step s = {.g = g, .n = n, .x = in[0], .state = {in[2 * count]}};
        s.rate = reshape_now(g, n, n->in[0], 0, NULL);
        s.count = convert_to(g, n, reshape_now(g, n, n->in[1], 0, NULL), s.x->dtype, NULL);
        s.gradient = step(&s, regular, 2, (Value *[]){in[count], in[0]});
        if (groups == 4)
            s.state[1] = in[3 * count];
        if (node_is(n, "Momentum"))
            momentum(&s);
        else if (node_is(n, "Adagrad"))
            adagrad(&s);
        else
            adam(&s);
        put(&s, s.x, i);
        put(&s, s.state[0], count + i);
        if (groups == 4)
            put(&s, s.state[1], 2 * count + i);
    }
}
