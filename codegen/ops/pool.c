/* SPDX-License-Identifier: MIT
 * pool.c - pooling: one value for each window of each channel. Pooling over everything is a reduction. */
#include <inttypes.h>
#include "ops.h"

static bool type_fits(const Node *n)
{
    const Value *x = n->in[0];
    if (dtype_is_float(x->dtype) || (node_is(n, "MaxPool") && x->dtype != DT_BOOL))
        return true;
    blocker(n, NULL, "'%s' is %s", x->name, dtype_name(x->dtype));
    return false;
}

static bool p_fits(const Node *n)
{
    if (n->a.p < 1)
        blocker(n, NULL, "p is %" PRId64 ", not 1 or more", n->a.p);
    return n->a.p >= 1;
}

/* Opset 8 and before: MaxPool of a float only, AveragePool and LpPool without dilations; all are special cases. */
void pool_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t dim[MAX_RANK] = {0};
    (void)g;
    if (x->rank < 3 || x->rank > 5) {
        blocker(n, "the input is [n][c] and 1 to 3 spatial dims", "'%s' has shape %s", x->name,
                dims_text(x));
        return;
    }
    if (node_is(n, "LpPool") && !p_fits(n))
        return;
    dim[0] = x->dim[0];
    dim[1] = x->dim[1];
    if (!type_fits(n) || !window_infer(n, x, dim + 2))
        return;
    out_set(n, 0, x->dtype, x->rank, dim);
    out_set(n, 1, DT_INT64, x->rank, dim);
}

void global_pool_infer(Graph *g, Node *n)
{
    Value *x = n->in[0];
    int64_t dim[MAX_RANK] = {0};
    (void)g;
    if (x->rank < 2 || !dtype_is_float(x->dtype)) {
        blocker(n, "the input is [n][c] and spatial dims, of a float type",
                "'%s' is %s of shape %s", x->name, dtype_name(x->dtype), dims_text(x));
        return;
    }
    for (int i = 0; i < x->rank; i++)
        dim[i] = i < 2 ? x->dim[i] : 1;
    out_set(n, 0, x->dtype, x->rank, dim);
}

void global_pool_expand(Graph *g, Node *n)
{
    const char *reduce = node_is(n, "GlobalMaxPool") ? "ReduceMax" : "ReduceMean";
    int spatial = n->in[0]->rank - 2;
    if (spatial == 0)
        add_op(g, "Identity", n->name, 1, n->in, n->out[0]);
    else
        add_op(g, reduce, n->name, 2, (Value *[]){n->in[0], axes_from(g, 2, n->in[0]->rank)},
               n->out[0]);
}

void global_lp_pool_infer(Graph *g, Node *n)
{
    if (p_fits(n))
        global_pool_infer(g, n);
}

/* A window over everything. */
void global_lp_pool_expand(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int spatial = x->rank - 2;
    if (spatial == 0) {
        add_op(g, "Abs", n->name, 1, n->in, n->out[0]);
        return;
    }
    int64_t flat[3] = {x->dim[0], x->dim[1], dims_product(x->dim, 2, x->rank)};
    Value *y = reshape_to(g, n, n->in[0], 3, flat, NULL);
    y = add_op(g, "LpPool", n->name, 1, &y, NULL);
    Attrs *a = &g->node[g->nnode - 1]->a;
    a->kernel_shape = (Ints){1, mem_copy(flat + 2, sizeof *flat)};
    a->p = n->a.p;
    reshape_to(g, n, y, x->rank, n->out[0]->dim, n->out[0]);
}
