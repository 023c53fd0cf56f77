/* SPDX-License-Identifier: MIT
 * loss.c - NegativeLogLikelihoodLoss and SoftmaxCrossEntropyLoss: the element of each row of
 * logarithms of probabilities that the target names, negated, weighted by its class and reduced.
 *
 * x is [n][class][...], the target [n][...]. They expand into look-ups, elementwise steps and
 * reductions; a target that is to be ignored looks up class 0, of which nothing counts. */
#include <inttypes.h>
#include <string.h>
#include "ops.h"

static bool reduction_known(const Node *n)
{
    const char *how = n->a.reduction;
    if (!strcmp(how, "none") || !strcmp(how, "mean") || !strcmp(how, "sum"))
        return true;
    blocker(n, "it is none, mean or sum", "reduction '%s' is not known", how);
    return false;
}

static bool target_fits(const Node *n)
{
    const Value *x = n->in[0], *target = n->in[1], *weight = node_in(n, 2);
    bool fits =
        x->rank >= 2 && target->rank == x->rank - 1 && target->dim[0] == x->dim[0] && x->dim[1] > 0;
    for (int i = 1; i < target->rank && fits; i++)
        fits = target->dim[i] == x->dim[i + 1];
    if (!fits || !dtype_is_float(x->dtype) ||
        (target->dtype != DT_INT32 && target->dtype != DT_INT64)) {
        blocker(n, NULL, "the target '%s' (%s %s) does not fit '%s' (%s %s)", target->name,
                dtype_name(target->dtype), dims_text(target), x->name, dtype_name(x->dtype),
                dims_text(x));
        return false;
    }
    if (!weight || (weight->rank == 1 && weight->dim[0] == x->dim[1] && weight->dtype == x->dtype))
        return true;
    blocker(n, NULL, "the weights '%s' (%s %s) are not one %s for each of %" PRId64 " classes",
            weight->name, dtype_name(weight->dtype), dims_text(weight), dtype_name(x->dtype),
            x->dim[1]);
    return false;
}

void loss_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0], *target = n->in[1];
    (void)g;
    if (!reduction_known(n) || !target_fits(n))
        return;
    bool none = !strcmp(n->a.reduction, "none");
    out_set(n, 0, x->dtype, none ? target->rank : 0, target->dim);
    out_set(n, 1, x->dtype, x->rank, x->dim);
}

/* What each target counts: the weight of its class, 0 when it is to be ignored; NULL: all count 1. */
static Value *target_weights(Graph *g, const Node *n, Value *target, Value *class)
{
    Value *weight = node_in(n, 2);
    bool ignores = n->a.has[A_ignore_index];
    const char *kept = text("a != %" PRId64, n->a.ignore_index);
    DType t = wide_type(n->in[0]->dtype);
    if (weight)
        weight = along_axis(g, n, "Gather", 0, 2,
                            (Value *[]){convert_to(g, n, weight, t, NULL), class}, NULL);
    if (weight && ignores)
        return map_text(g, n->name, text("%s ? b : 0", kept), 2, (Value *[]){target, weight}, NULL);
    if (ignores)
        weight = convert_to(g, n, map_text(g, n->name, kept, 1, &target, NULL), t, NULL);
    return weight;
}

/* logs are in full width; the target gets an axis of length 1 where logs has the classes. */
static void loss_of(Graph *g, Node *n, Value *logs)
{
    DType t = n->in[0]->dtype;
    bool ignores = n->a.has[A_ignore_index];
    Value *target = n->in[1], *class, *axis = value_ints(g, "axis", 1, &(int64_t){1});
    target = op_now(g, "Unsqueeze", n, 2, (Value *[]){target, axis});
    class = target;
    if (ignores)
        class = map_text(g, n->name, text("a != %" PRId64 " ? a : 0", n->a.ignore_index), 1,
                         &target, NULL);
    Value *weight = target_weights(g, n, target, class);
    Value *loss = along_axis(g, n, "GatherElements", 1, 2, (Value *[]){logs, class}, NULL);
    const char *how = ignores  ? text("c != %" PRId64 " ? -a * b : 0", n->a.ignore_index)
                      : weight ? "-a * b"
                               : "-a";
    loss = map_text(g, n->name, how,
                    ignores  ? 3
                    : weight ? 2
                             : 1,
                    (Value *[]){loss, weight, target}, NULL);
    if (!strcmp(n->a.reduction, "sum") || (!strcmp(n->a.reduction, "mean") && weight))
        loss = op_now(g, "ReduceSum", n, 1, &loss);
    else if (!strcmp(n->a.reduction, "mean"))
        loss = op_now(g, "ReduceMean", n, 1, &loss);
    if (!strcmp(n->a.reduction, "mean") && weight)
        loss = map_text(g, n->name, "a / b", 2,
                        (Value *[]){loss, op_now(g, "ReduceSum", n, 1, &weight)}, NULL);
    loss = convert_to(g, n, loss, t, NULL);
    reshape_to(g, n, loss, n->out[0]->rank, n->out[0]->dim, n->out[0]);
}

void nll_loss_expand(Graph *g, Node *n)
{
    loss_of(g, n, convert_to(g, n, n->in[0], wide_type(n->in[0]->dtype), NULL));
}

void cross_entropy_expand(Graph *g, Node *n)
{
    Value *x = convert_to(g, n, n->in[0], wide_type(n->in[0]->dtype), NULL);
    Value *logs = along_axis(g, n, "LogSoftmax", 1, 1, &x, NULL);
    if (n->out[0])
        loss_of(g, n, logs);
    if (n->nout > 1 && n->out[1])
        convert_to(g, n, logs, n->in[0]->dtype, n->out[1]);
}
