/* SPDX-License-Identifier: MIT
 * matmul.c - matrix products: Gemm, MatMul and MatMulInteger; and Det.
 *
 * Every product is the same loop nest, over batch axes, m rows, n columns and k terms; what differs is how far each
 * operand moves along each loop (0: not at all). product_of() gives these strides, and kernels see nothing else:
 * transposition, broadcasting over batches and one-dimensional operands are strides. */
#include <string.h>
#include "ops.h"

/* ---- Gemm: y = alpha A' B' + beta C ------------------------------------------------------------------------------ */

static Value *scaled(Graph *g, Value *v, float factor)
{
    Value *f = value_scalar(g, text("%s_factor", v->name), v->dtype, factor);
    return map_text(g, v->name, "a * b", 2, (Value *[]){v, f}, NULL);
}

/* n becomes alpha * product + c, an elementwise step behind a product of its own. */
static void gemm_split(Graph *g, Node *n)
{
    Value *c = node_in(n, 2), *product = add_op(g, "Gemm", n->name, 2, n->in, NULL);
    Attrs *a = &g->node[g->nnode - 1]->a;
    a->transA = n->a.transA;
    a->transB = n->a.transB;
    DType t = n->in[0]->dtype;
    Expr *e = expr_call(FN_mul, 2, (Expr *[]){expr_leaf(0, t), expr_const(t, n->a.alpha)});
    if (c)
        e = expr_call(FN_add, 2, (Expr *[]){e, expr_leaf(1, t)});
    n->op = op_find("", "Map");
    n->expr = e;
    n->in[0] = product;
    n->in[1] = c;
    n->nin = n->nown = c ? 2 : 1;
}

/* alpha and beta fold into a constant operand; where there is none they become elementwise, so that no kernel knows
 * them. Integer products keep them: a fraction of an operand would be lost. */
/* What lies beyond the extent of the terms adds nothing. */
static void mask_terms(Graph *g, Node *n, int a_axis, int b_axis)
{
    for (int k = 0; k < 2; k++)
        if (n->in[k]->rank)
            n->in[k] = extent_masked(g, n, n->in[k], k ? b_axis : a_axis,
                                     value_scalar(g, "zero", n->in[k]->dtype, 0));
}

void gemm_canon(Graph *g, Node *n)
{
    mask_terms(g, n, n->a.transA == 0, n->a.transB != 0);
    Value *a = n->in[0], *b = n->in[1], *c = node_in(n, 2);
    if (!dtype_is_float(a->dtype))
        return;
    if (c && n->a.beta == 0)
        c = n->in[2] = NULL;
    else if (c && n->a.beta != 1)
        c = n->in[2] = scaled(g, c, n->a.beta);
    if (n->a.alpha != 1 && value_is_const(b))
        n->in[1] = scaled(g, b, n->a.alpha);
    else if (n->a.alpha != 1 && value_is_const(a))
        n->in[0] = scaled(g, a, n->a.alpha);
    else if (n->a.alpha != 1)
        gemm_split(g, n);
    n->a.alpha = n->a.beta = 1;
}

static bool broadcasts_to(const Value *v, int rank, const int64_t *dim)
{
    if (v->rank > rank)
        return false;
    for (int i = 0; i < v->rank; i++)
        if (v->dim[i] != 1 && v->dim[i] != dim[rank - v->rank + i])
            return false;
    return true;
}

void gemm_infer(Graph *g, Node *n)
{
    const Value *a = n->in[0], *b = n->in[1], *c = node_in(n, 2);
    (void)g;
    if (a->rank != 2 || b->rank != 2) {
        blocker(n, NULL, "'%s' and '%s' have %d and %d dims instead of 2", a->name, b->name,
                a->rank, b->rank);
        return;
    }
    int ta = n->a.transA != 0, tb = n->a.transB != 0;
    if (a->dim[!ta] != b->dim[tb]) {
        blocker(n, NULL, "%s times %s: the inner dims differ", dims_text(a), dims_text(b));
        return;
    }
    int64_t dim[2] = {a->dim[ta], b->dim[!tb]};
    if (c && !broadcasts_to(c, 2, dim)) {
        blocker(n, NULL, "'%s' of %s does not broadcast to the product", c->name, dims_text(c));
        return;
    }
    out_set(n, 0, a->dtype, 2, dim);
}

/* ---- MatMul: as numpy's ------------------------------------------------------------------------------------------- */

/* Axes before the last two; a one-dimensional operand has none. */
static int batch_rank(const Value *v)
{
    return MAX(v->rank - 2, 0);
}

/* Dims of the batch axes, aligned at the right; false when they do not broadcast. */
static bool batch_dims(const Value *a, const Value *b, int nb, int64_t *dim)
{
    for (int i = 0; i < nb; i++) {
        int ia = i - (nb - batch_rank(a)), ib = i - (nb - batch_rank(b));
        int64_t da = ia < 0 ? 1 : a->dim[ia], db = ib < 0 ? 1 : b->dim[ib];
        if (da != db && da != 1 && db != 1)
            return false;
        dim[i] = da == 1 ? db : da;
    }
    return true;
}

/* The dims of the product of a and b: returns the rank, or -1 after a blocker. */
static int matmul_dims(const Node *n, const Value *a, const Value *b, int64_t *dim)
{
    if (a->rank < 1 || b->rank < 1) {
        blocker(n, NULL, "a product needs operands with dims, but one is a scalar");
        return -1;
    }
    int nb = MAX(batch_rank(a), batch_rank(b)), rank = nb;
    if (a->dim[a->rank - 1] != b->dim[b->rank == 1 ? 0 : b->rank - 2] ||
        !batch_dims(a, b, nb, dim)) {
        blocker(n, NULL, "%s times %s: the dims do not agree", dims_text(a), dims_text(b));
        return -1;
    }
    if (a->rank > 1)
        dim[rank++] = a->dim[a->rank - 2];
    if (b->rank > 1)
        dim[rank++] = b->dim[b->rank - 1];
    return rank;
}

void matmul_canon(Graph *g, Node *n)
{
    mask_terms(g, n, n->in[0]->rank - 1, MAX(n->in[1]->rank - 2, 0));
}

void matmul_infer(Graph *g, Node *n)
{
    int64_t dim[MAX_RANK];
    int rank = matmul_dims(n, n->in[0], n->in[1], dim);
    (void)g;
    if (rank >= 0)
        out_set(n, 0, n->in[0]->dtype, rank, dim);
}

/* A zero point is one number, or one for each of `count` rows or columns, alone or with batch axes before. */
static void check_zero_point(const Node *n, const Value *zero, int64_t count, bool rows)
{
    if (!zero || value_count(zero) == 1)
        return;
    int last = zero->rank - 1;
    bool fits = zero->rank == 1 ? zero->dim[0] == count
                                : zero->dim[last - rows] == count && zero->dim[last - !rows] == 1;
    if (!fits)
        blocker(n, NULL, "the zero point '%s' of %s does not fit %d %s", zero->name,
                dims_text(zero), (int)count, rows ? "rows" : "columns");
}

void matmul_integer_infer(Graph *g, Node *n)
{
    const Value *a = n->in[0], *b = n->in[1];
    int64_t dim[MAX_RANK];
    int rank = matmul_dims(n, a, b, dim);
    (void)g;
    if (rank < 0)
        return;
    check_zero_point(n, node_in(n, 2), a->rank > 1 ? a->dim[a->rank - 2] : 1, true);
    check_zero_point(n, node_in(n, 3), b->rank > 1 ? b->dim[b->rank - 1] : 1, false);
    out_set(n, 0, DT_INT32, rank, dim);
}

/* ---- Det -------------------------------------------------------------------------------------------------------- */

void det_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    (void)g;
    if (x->rank < 2 || x->dim[x->rank - 1] != x->dim[x->rank - 2] || !dtype_is_float(x->dtype))
        blocker(n, NULL, "'%s' (%s %s) does not hold square matrices of floats", x->name,
                dtype_name(x->dtype), dims_text(x));
    else
        out_set(n, 0, x->dtype, x->rank - 2, x->dim);
}

/* ---- the loop nest ------------------------------------------------------------------------------------------------ */

/* Strides of v along the batch loops; its last `matrix` axes are not among them. */
static void batch_strides(const Value *v, int matrix, int nb, int64_t *stride)
{
    int own = MAX(v->rank - matrix, 0);
    for (int i = 0; i < own; i++)
        stride[nb - own + i] = v->dim[i] == 1 ? 0 : v->stride[i];
}

static int64_t stride_or_0(const Value *v, int axis)
{
    return axis < 0 || v->dim[axis] == 1 ? 0 : v->stride[axis];
}

static void zero_point_strides(const Value *zero, bool rows, int nb, int64_t *stride)
{
    if (!zero || value_count(zero) == 1)
        return;
    batch_strides(zero, 2, nb, stride);
    stride[nb + !rows] = stride_or_0(zero, zero->rank == 1 ? 0 : zero->rank - 1 - rows);
}

static Product gemm_product(const Node *n)
{
    const Value *a = n->in[0], *b = n->in[1], *c = node_in(n, 2), *y = n->out[0];
    int ta = n->a.transA != 0, tb = n->a.transB != 0;
    Product p = {.m = y->dim[0], .n = y->dim[1], .k = a->dim[!ta]};
    p.a[0] = a->stride[ta];
    p.a[2] = a->stride[!ta];
    p.b[1] = b->stride[!tb];
    p.b[2] = b->stride[tb];
    p.y[0] = y->stride[0];
    p.y[1] = y->stride[1];
    if (c)
        broadcast_strides(c, y, p.c);
    return p;
}

Product product_of(const Node *n)
{
    const Value *a = n->in[0], *b = n->in[1], *y = n->out[0];
    if (node_is(n, "Gemm"))
        return gemm_product(n);
    bool row = a->rank == 1, column = b->rank == 1; /* axes that y lacks */
    int nb = y->rank - !row - !column;
    Product p = {.nb = nb,
                 .m = row ? 1 : y->dim[nb],
                 .n = column ? 1 : y->dim[y->rank - 1],
                 .k = a->dim[a->rank - 1]};
    memcpy(p.batch, y->dim, (size_t)nb * sizeof *y->dim);
    batch_strides(a, 2, nb, p.a);
    batch_strides(b, 2, nb, p.b);
    memcpy(p.y, y->stride, (size_t)nb * sizeof *y->stride);
    p.a[nb] = row ? 0 : a->stride[a->rank - 2];
    p.a[nb + 2] = a->stride[a->rank - 1];
    p.b[nb + 1] = column ? 0 : b->stride[b->rank - 1];
    p.b[nb + 2] = b->stride[column ? 0 : b->rank - 2];
    p.y[nb] = row ? 0 : y->stride[nb];
    p.y[nb + 1] = column ? 0 : y->stride[y->rank - 1];
    if (node_is(n, "MatMulInteger")) {
        zero_point_strides(node_in(n, 2), true, nb, p.az);
        zero_point_strides(node_in(n, 3), false, nb, p.bz);
    }
    return p;
}

/* Where the product's loops stand in terms of the output's coordinates. */
void product_coordinates(const Product *p, const Node *n, const char *const *loop, const char **ix)
{
    const Value *y = n->out[0];
    int at = 0;
    for (int i = 0; i < p->nb; i++)
        ix[at++] = loop[i];
    if (node_is(n, "Gemm") || n->in[0]->rank > 1)
        ix[at++] = loop[p->nb];
    if (node_is(n, "Gemm") || n->in[1]->rank > 1)
        ix[at++] = loop[p->nb + 1];
    if (at != y->rank)
        BUG("%d coordinates for %d dims", at, y->rank);
}
