/* SPDX-License-Identifier: MIT
 * einsum.c - Einsum: sums of products in index notation, as "bij,bjk->bik".
 *
 * Every axis of an operand has a label; those of an ellipsis get labels of their own, counted from the
 * right. Axes of length 1 are dropped at once, which is all that broadcasting takes, and of repeated
 * labels the diagonal remains. Then operands are joined pairwise: a label of both is a batch axis of
 * the product while somebody else still needs it, and one of its terms otherwise. */
#include <ctype.h>
#include <string.h>
#include "ops.h"

enum { LETTERS = 128, LABELS = LETTERS + MAX_RANK }; /* characters, then the axes of the ellipsis */

typedef struct Term {
    int n;
    int label[MAX_RANK];
} Term;

/* An operand on its way to the result. The dims of v are the sizes of its labels, or 1 at first. */
typedef struct Operand {
    Value *v;
    Term t;
} Operand;

typedef struct Equation {
    Operand *in;
    Term out;
    int nin;
    int dots;             /* axes of the longest ellipsis */
    int64_t size[LABELS]; /* -1: not seen yet */
} Equation;

/* ---- reading it -------------------------------------------------------------------------------- */

/* The labels of one term from *p on; an ellipsis has `dots` axes, and -1 says what it must have. */
static bool term_read(const Node *n, const char **p, int dots, Term *t)
{
    bool seen = false;
    *t = (Term){0};
    for (; **p && **p != ',' && **p != '-'; ++*p) {
        bool ellipsis = !strncmp(*p, "...", 3);
        if (**p == ' ')
            continue;
        if ((!ellipsis && !isalpha((unsigned char)**p)) || (ellipsis && seen)) {
            blocker(n, NULL, "the equation '%s' cannot be read at '%s'", n->a.equation, *p);
            return false;
        }
        int count = ellipsis ? dots : 1;
        if (t->n + count > MAX_RANK) {
            blocker(n, NULL, "the equation '%s' has a term of more than %d axes", n->a.equation,
                    MAX_RANK);
            return false;
        }
        for (int i = 0; i < count; i++)
            t->label[t->n++] = ellipsis ? LABELS - count + i : (unsigned char)**p;
        seen |= ellipsis;
        *p += ellipsis ? 2 : 0;
    }
    return true;
}

/* Axes of v that are left for an ellipsis in the term at p; -1 without one. */
static int dots_of(const char *p, const Value *v)
{
    bool ellipsis = false;
    int letters = 0;
    for (; *p && *p != ',' && *p != '-'; p++) {
        letters += isalpha((unsigned char)*p) != 0;
        ellipsis |= *p == '.';
    }
    return ellipsis ? v->rank - letters : -1;
}

static bool sizes_agree(const Node *n, Equation *e, const Term *t, const Value *v)
{
    bool fits = t->n == v->rank;
    for (int i = 0; i < t->n && fits; i++) {
        int64_t *size = &e->size[t->label[i]];
        bool open = *size < 0 || *size == 1;
        fits = open || v->dim[i] == *size || v->dim[i] == 1;
        *size = open ? v->dim[i] : *size;
    }
    if (!fits)
        blocker(n, NULL, "'%s' (%s) does not fit its term in the equation '%s'", v->name,
                dims_text(v), n->a.equation);
    return fits;
}

static int times_in(const Term *t, int label)
{
    int times = 0;
    for (int i = 0; i < t->n; i++)
        times += t->label[i] == label;
    return times;
}

/* Without "->" the result has the ellipsis, then the letters that occur once, in their order. */
static void output_implied(Equation *e)
{
    for (int i = 0; i < e->dots; i++)
        e->out.label[e->out.n++] = LABELS - e->dots + i;
    for (int letter = 0; letter < LETTERS && e->out.n < MAX_RANK; letter++) {
        int times = 0;
        for (int i = 0; i < e->nin; i++)
            times += times_in(&e->in[i].t, letter);
        if (times == 1)
            e->out.label[e->out.n++] = letter;
    }
}

static bool output_known(const Node *n, const Equation *e)
{
    for (int i = 0; i < e->out.n; i++) {
        bool found = false;
        for (int k = 0; k < e->nin; k++)
            found |= times_in(&e->in[k].t, e->out.label[i]) > 0;
        if (found && times_in(&e->out, e->out.label[i]) == 1)
            continue;
        blocker(n, NULL, "the equation '%s' gives an axis that no operand has, or one twice",
                n->a.equation);
        return false;
    }
    return true;
}

static bool equation_read(const Node *n, Equation *e)
{
    const char *p = n->a.equation ? n->a.equation : "";
    *e = (Equation){.nin = n->nin, .in = mem((size_t)n->nin * sizeof *e->in)};
    memset(e->size, -1, sizeof e->size);
    for (int i = 0; i < n->nin; i++) {
        int dots = dots_of(p, n->in[i]);
        if (!term_read(n, &p, MAX(dots, 0), &e->in[i].t) ||
            !sizes_agree(n, e, &e->in[i].t, n->in[i]))
            return false;
        e->dots = MAX(e->dots, dots);
        if (i + 1 < n->nin && *p++ != ',') {
            blocker(n, NULL, "the equation '%s' has %d terms for %d inputs", n->a.equation, i + 1,
                    n->nin);
            return false;
        }
    }
    if (!*p) {
        output_implied(e);
        return output_known(n, e);
    }
    if (strncmp(p, "->", 2)) {
        blocker(n, NULL, "the equation '%s' cannot be read at '%s'", n->a.equation, p);
        return false;
    }
    p += 2;
    if (!term_read(n, &p, e->dots, &e->out) || !output_known(n, e))
        return false;
    if (*p)
        blocker(n, NULL, "the equation '%s' cannot be read at '%s'", n->a.equation, p);
    return !*p;
}

void einsum_infer(Graph *g, Node *n)
{
    Equation e;
    int64_t dim[MAX_RANK];
    (void)g;
    for (int i = 1; i < n->nin; i++)
        if (n->in[i]->dtype != n->in[0]->dtype) {
            blocker(n, "add a Cast", "inputs '%s' and '%s' are of types %s and %s", n->in[0]->name,
                    n->in[i]->name, dtype_name(n->in[0]->dtype), dtype_name(n->in[i]->dtype));
            return;
        }
    if (n->in[0]->dtype == DT_BOOL)
        blocker(n, NULL, "it is not defined for bool");
    else if (equation_read(n, &e)) {
        for (int i = 0; i < e.out.n; i++)
            dim[i] = e.size[e.out.label[i]];
        out_set(n, 0, n->in[0]->dtype, e.out.n, dim);
    }
}

/* ---- saying it with other operators ------------------------------------------------------------ */

static Value *shaped(Graph *g, const Node *n, const Equation *e, Value *v, const Term *t)
{
    int64_t dim[MAX_RANK];
    for (int i = 0; i < t->n; i++)
        dim[i] = e->size[t->label[i]];
    return reshape_to(g, n, v, t->n, dim, NULL);
}

/* Bring the axes of x into the order of t, which has the same labels. */
static void reorder(Graph *g, const Node *n, Operand *x, const Term *t)
{
    int64_t perm[MAX_RANK];
    bool same = true;
    for (int i = 0; i < t->n; i++) {
        for (int k = 0; k < x->t.n; k++)
            if (x->t.label[k] == t->label[i])
                perm[i] = k;
        same &= perm[i] == i;
    }
    if (!same)
        x->v = transpose_to(g, n, x->v, t->n, perm, NULL);
    x->t = *t;
}

static void drop_ones(Graph *g, const Node *n, const Equation *e, Operand *x)
{
    Term kept = {0};
    for (int i = 0; i < x->t.n; i++)
        if (x->v->dim[i] != 1)
            kept.label[kept.n++] = x->t.label[i];
    if (kept.n < x->t.n)
        x->v = shaped(g, n, e, x->v, &kept);
    x->t = kept;
}

/* Of two axes with the same label the diagonal: last of all and made one, it is every size + 1st. */
static void take_diagonal(Graph *g, const Node *n, const Equation *e, Operand *x, int a, int b)
{
    int64_t perm[MAX_RANK], dim[MAX_RANK], size = e->size[x->t.label[a]];
    Term kept = {0};
    int label = x->t.label[a], rank = x->t.n - 2;
    for (int i = 0; i < x->t.n; i++)
        if (i != a && i != b) {
            perm[kept.n] = i;
            dim[kept.n] = e->size[x->t.label[i]];
            kept.label[kept.n++] = x->t.label[i];
        }
    perm[rank] = a;
    perm[rank + 1] = b;
    dim[rank] = size * size;
    kept.label[kept.n++] = label;
    x->v = transpose_to(g, n, x->v, rank + 2, perm, NULL);
    x->v = reshape_to(g, n, x->v, rank + 1, dim, NULL);
    x->v = slice_to(g, n, x->v, rank, (int64_t[]){0, size * size, size + 1}, NULL);
    x->t = kept;
}

static void take_diagonals(Graph *g, const Node *n, const Equation *e, Operand *x)
{
    for (int a = 0; a < x->t.n; a++)
        for (int b = a + 1; b < x->t.n; b++)
            if (x->t.label[a] == x->t.label[b]) {
                take_diagonal(g, n, e, x, a, b);
                a = -1;
                break;
            }
}

/* Does the result have the label, or any operand but a and b? */
static bool needed(const Equation *e, const Operand *a, const Operand *b, int label)
{
    bool found = times_in(&e->out, label) > 0;
    for (int i = 0; i < e->nin && !found; i++)
        found = &e->in[i] != a && &e->in[i] != b && times_in(&e->in[i].t, label) > 0;
    return found;
}

/* Sum over the labels that only x has. */
static void sum_own(Graph *g, const Node *n, const Equation *e, Operand *x)
{
    Term kept = {0};
    int64_t axis[MAX_RANK];
    int gone = 0;
    for (int i = 0; i < x->t.n; i++)
        if (needed(e, x, x, x->t.label[i]))
            kept.label[kept.n++] = x->t.label[i];
        else
            axis[gone++] = i;
    if (!gone)
        return;
    Value *axes = value_ints(g, "axes", gone, axis);
    x->v = add_op(g, "ReduceSum", n->name, 2, (Value *[]){x->v, axes}, NULL);
    x->v = shaped(g, n, e, x->v, &kept);
    x->t = kept;
}

static void term_append(Term *t, const Term *more)
{
    for (int i = 0; i < more->n && t->n < MAX_RANK; i++)
        t->label[t->n++] = more->label[i];
}

static int64_t term_size(const Equation *e, const Term *t)
{
    int64_t size = 1;
    for (int i = 0; i < t->n; i++)
        size *= e->size[t->label[i]];
    return size;
}

/* x in the order of two or three groups of its labels, each of which becomes one axis. */
static Value *grouped(Graph *g, const Node *n, const Equation *e, Operand *x, const Term *batch,
                      const Term *rows, const Term *columns)
{
    Term all = *batch;
    term_append(&all, rows);
    term_append(&all, columns);
    reorder(g, n, x, &all);
    int64_t dim[] = {term_size(e, batch), term_size(e, rows), term_size(e, columns)};
    return reshape_to(g, n, x->v, 3, dim, NULL);
}

/* a becomes the product of a and b: [batch][rows][terms] times [batch][terms][columns]. */
static void join(Graph *g, const Node *n, const Equation *e, Operand *a, Operand *b)
{
    Term batch = {0}, rows = {0}, columns = {0}, terms = {0};
    for (int i = 0; i < a->t.n; i++) {
        int label = a->t.label[i];
        Term *to = !times_in(&b->t, label) ? &rows : needed(e, a, b, label) ? &batch : &terms;
        to->label[to->n++] = label;
    }
    for (int i = 0; i < b->t.n; i++)
        if (!times_in(&a->t, b->t.label[i]))
            columns.label[columns.n++] = b->t.label[i];
    if (batch.n + rows.n + columns.n > MAX_RANK) {
        blocker(n, NULL, "a product in it has more than %d axes", MAX_RANK);
        return;
    }
    Value *in[] = {grouped(g, n, e, a, &batch, &rows, &terms),
                   grouped(g, n, e, b, &batch, &terms, &columns)};
    a->v = add_op(g, terms.n ? "MatMul" : "Mul", n->name, 2, in, NULL);
    a->t = batch;
    term_append(&a->t, &rows);
    term_append(&a->t, &columns);
    a->v = shaped(g, n, e, a->v, &a->t);
    b->t.n = 0;
}

void einsum_expand(Graph *g, Node *n)
{
    Equation e;
    Value *y = n->out[0];
    Term out = {0};
    equation_read(n, &e);
    for (int i = 0; i < n->nin; i++)
        if (value_count(n->in[i]) == 0) { /* sums of no terms */
            Value *zero = value_scalar(g, "zero", y->dtype, 0);
            Value *shape = value_ints(g, "shape", y->rank, y->dim);
            add_op(g, "Expand", n->name, 2, (Value *[]){zero, shape}, y);
            return;
        }
    for (int i = 0; i < n->nin; i++) {
        Operand *x = &e.in[i];
        x->v = convert_to(g, n, n->in[i], wide_type(y->dtype), NULL);
        drop_ones(g, n, &e, x);
        take_diagonals(g, n, &e, x);
    }
    for (int i = 0; i < n->nin; i++) {
        sum_own(g, n, &e, &e.in[i]);
        if (i)
            join(g, n, &e, &e.in[0], &e.in[i]);
    }
    for (int i = 0; i < e.out.n; i++)
        if (e.size[e.out.label[i]] != 1)
            out.label[out.n++] = e.out.label[i];
    reorder(g, n, &e.in[0], &out);
    bool narrow = y->dtype != wide_type(y->dtype);
    Value *v = reshape_to(g, n, e.in[0].v, y->rank, y->dim, narrow ? NULL : y);
    if (narrow) {
        add_op(g, "Cast", n->name, 1, &v, y);
        g->node[g->nnode - 1]->a.to = y->dtype;
    }
}
