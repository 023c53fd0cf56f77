/* SPDX-License-Identifier: MIT
 * dropout.c - Dropout. At inference nothing is dropped, and the mask is true everywhere.
 *
 * In training elements are dropped at random, by the numbers of random.c. */
#include <string.h>
#include "ops.h"

/* Could an element be dropped? */
static bool drops(const Node *n)
{
    const Value *mode = node_in(n, 2), *ratio = node_in(n, 1);
    if (!mode || (value_is_const(mode) && value_int_at(mode, 0) == 0))
        return false;
    return !ratio || !value_is_const(ratio) || value_at(ratio, 0) != 0;
}

static Value *one_number(Graph *g, const Node *n, Value *v, DType t)
{
    return convert_to(g, n, reshape_now(g, n, v, 0, NULL), t, NULL);
}

/* keep = !mode || uniform >= ratio, and x = keep ? x * (mode ? 1 / (1 - ratio) : 1) : 0. */
static void drop(Graph *g, Node *n, Value *mask)
{
    Value *x = n->in[0], *mode = reshape_now(g, n, n->in[2], 0, NULL), *ratio = node_in(n, 1);
    if (!ratio)
        ratio = value_scalar(g, "ratio", DT_FLOAT, 0.5);
    Value *keep[] = {random_numbers(g, n, false, x), NULL, mode};
    keep[1] = one_number(g, n, ratio, keep[0]->dtype);
    mask = map_text(g, n->name, "!c || a >= b", 3, keep, mask);
    memcpy(mask->extent, x->extent, sizeof mask->extent); /* also where it is a constant */
    Value *in[] = {x, one_number(g, n, ratio, x->dtype), mode, mask};
    n->in[0] = map_text(g, n->name, "d ? a * (c ? 1 / (1 - b) : 1) : 0", 4, in, NULL);
}

static bool types_fit(const Node *n)
{
    const Value *x = n->in[0], *mode = n->in[2], *ratio = node_in(n, 1);
    if (dtype_is_float(x->dtype) && mode->dtype == DT_BOOL && value_count(mode) == 1 &&
        (!ratio || (value_count(ratio) == 1 && dtype_is_float(ratio->dtype))))
        return true;
    blocker(n, NULL, "it needs floats, one float as its ratio and one bool as its mode");
    return false;
}

static void all_kept(Graph *g, Node *n, Value *mask)
{
    const Value *x = n->in[0];
    Value *one = value_scalar(g, "keep", n->opset < 10 ? x->dtype : DT_BOOL, 1);
    Value *shape = value_ints(g, "shape", x->rank, x->dim);
    graph_add(g, node_new(g, "Expand", n->name, 2, (Value *[]){one, shape}, 1, &mask));
}

void dropout_canon(Graph *g, Node *n)
{
    Value *mask = n->nout > 1 && n->out[1] && n->out[1]->uses ? n->out[1] : NULL;
    if (drops(n) && !types_fit(n))
        return;
    if (drops(n))
        drop(g, n, mask);
    else if (mask)
        all_kept(g, n, mask);
    n->nout = 1;
    inputs_keep(n, 1);
}
