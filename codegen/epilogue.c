/* SPDX-License-Identifier: MIT
 * epilogue.c - the fused elementwise steps that a kernel applies to its results before storing them, in scalars for any
 * strides and in vectors for outputs that are rows of neighbours; and typed loads and stores. */
#include <string.h>
#include "dnncc.h"

/* ---- typed access ------------------------------------------------------------------------------------------------ */

const char *load_text(DType t, const char *pointer, const char *index)
{
    if (dtype_kind(t) == 'h')
        return text("rt_%s_to_f32(%s[%s])", short_float(t)->name, pointer, index);
    return text("%s[%s]", pointer, index);
}

void store_line(Out *o, DType t, const char *pointer, const char *index, const char *value)
{
    if (dtype_kind(t) == 'h')
        out_line(o, "%s[%s] = rt_f32_to_%s(%s);", pointer, index, short_float(t)->name, value);
    else
        out_line(o, "%s[%s] = %s;", pointer, index, value);
}

static const char *lane_suffix(DType t)
{
    return t == DT_UINT8 || t == DT_BOOL ? "_u8"
           : t == DT_INT8                ? "_i8"
           : t == DT_INT32               ? "_i32"
                                         : "";
}

const char *vector_load(DType t, const char *pointer, int lanes, int vl)
{
    const char *set = t == DT_BOOL ? "vm" : "vf";
    if (lanes < vl)
        return text("%s_loadn%s(%s, %d)", set, lane_suffix(t), pointer, lanes);
    return text("%s_load%s(%s)", set, lane_suffix(t), pointer);
}

void vector_store(Out *o, DType t, const char *pointer, const char *value, int lanes, int vl)
{
    const char *set = t == DT_BOOL ? "vm" : "vf";
    if (lanes < vl)
        out_line(o, "%s_storen%s(%s, %s, %d);", set, lane_suffix(t), pointer, value, lanes);
    else
        out_line(o, "%s_store%s(%s, %s);", set, lane_suffix(t), pointer, value);
}

/* ---- offsets ----------------------------------------------------------------------------------------------------- */

/* An index as a factor: "(ow + 1)". Text of which nothing is added outside brackets stays. */
static const char *factor_text(const char *index)
{
    int depth = 0;
    for (const char *s = index; *s; s++) {
        depth += (*s == '(' || *s == '[') - (*s == ')' || *s == ']');
        if (!depth && strchr("+-?", *s))
            return text("(%s)", index);
    }
    return index;
}

const char *offset_text(int rank, const int64_t *stride, const char *const *ix)
{
    const char *s = "";
    for (int i = 0; i < rank; i++) {
        if (!stride[i] || !strcmp(ix[i], "0"))
            continue;
        const char *term =
            stride[i] == 1 ? ix[i] : text("%s * %lld", factor_text(ix[i]), (long long)stride[i]);
        s = *s ? text("%s + %s", s, term) : term;
    }
    return *s ? s : "0";
}

const char *index_text(const Value *v, const Value *out, const char *const *ix)
{
    int64_t stride[MAX_RANK];
    broadcast_strides(v, out, stride);
    return offset_text(out->rank, stride, ix);
}

/* ---- operands ---------------------------------------------------------------------------------------------------- */

static const char *operand_name(const Node *n, int k)
{
    return text("r%d", k - n->nown);
}

/* Give a constant that covers the whole output the output's order of axes, so that both are read in step. */
static void follow_layout(Value *v, const Value *out)
{
    int64_t stride[MAX_RANK];
    if (!v->data || !value_same_dims(v, out) || !value_is_dense(out))
        return;
    memcpy(stride, out->stride, sizeof stride);
    value_own(v, stride);
    v->storage = IN_WEIGHTS;
}

void arg_operands(Graph *g, Node *n)
{
    (void)g;
    for (int k = n->nown; k < n->nin; k++) {
        if (n->expr && !expr_uses(n->expr, k))
            continue;
        arg_in(n, operand_name(n, k), n->in[k]);
    }
}

void operands_follow(Node *n)
{
    for (int k = n->nown; k < n->nin; k++)
        if (n->in[k])
            follow_layout(n->in[k], n->out[0]);
}

static DType result_type(const Expr *e)
{
    if (e->kind == EX_LEAF)
        return e->leaf == -1 ? e->dtype : DT_NONE;
    for (int i = 0; i < e->nargs; i++) {
        DType t = result_type(e->arg[i]);
        if (t != DT_NONE)
            return t;
    }
    return DT_NONE;
}

const char *epilogue_scalar(Out *o, const Node *n, const char *acc, const char *const *ix)
{
    if (!n->expr)
        return acc;
    const char **leaf = mem((size_t)(n->nin + 1) * sizeof *leaf);
    leaf[0] = acc;
    if (n->expr->kind != EX_LEAF && strcspn(acc, " +*(") != strlen(acc)) {
        out_line(o, "const %s result = %s;", compute_c(result_type(n->expr)), acc);
        leaf[0] = "result";
    }
    for (int k = n->nown; k < n->nin; k++) {
        const Value *v = n->in[k];
        if (!expr_uses(n->expr, k))
            continue;
        const char *name = text("e%d", k - n->nown);
        out_line(o, "const %s %s = %s;", compute_c(v->dtype), name,
                 load_text(v->dtype, operand_name(n, k), index_text(v, n->out[0], ix)));
        leaf[k + 1] = name;
    }
    return expr_scalar(o, n->expr, leaf);
}

/* ---- rows ---------------------------------------------------------------------------------------------------------- */

int row_axis(const Value *v)
{
    for (int i = v->rank - 1; i >= 0; i--)
        if (v->dim[i] > 1 && v->stride[i] == 1)
            return i;
    return v->rank >= 3 && v->stride[1] == 1 && !value_is_plain(v) ? 1 : v->rank - 1;
}

int64_t row_pitch(const Value *v, int axis)
{
    int64_t pitch = 0;
    if (v->dim[axis] > 1 && v->stride[axis] != 1)
        return -1;
    for (int i = 0; i < v->rank; i++)
        if (i != axis && v->dim[i] > 1 && (!pitch || v->stride[i] < pitch))
            pitch = v->stride[i];
    for (int i = 0; i < v->rank; i++)
        if (i != axis && v->dim[i] > 1 && (pitch < v->dim[axis] || v->stride[i] % pitch))
            return -1;
    return pitch ? pitch : MAX(v->dim[axis], 1);
}

/* Operators over windows write rows of channels, even of one channel, whose neighbours in memory are then pixels. */
int epilogue_axis(const Node *n)
{
    static const char *const windows[] = {"Conv",        "ConvTranspose", "MaxPool",
                                          "AveragePool", "LpPool",        "Resize"};
    const Value *out = n->out[0];
    for (size_t i = 0; i < COUNT(windows); i++)
        if (node_is(n, windows[i]) && row_pitch(out, 1) >= 0)
            return 1;
    return row_axis(out);
}

typedef enum Reach { REACH_NO, REACH_SCALAR, REACH_COLUMN, REACH_ROW, REACH_FULL } Reach;

/* How operand v meets the rows of out: the same number everywhere, one per column, one per row, or all of it. */
static Reach reach(const Value *v, const Value *out, int axis)
{
    int64_t s[MAX_RANK], pitch = row_pitch(out, axis), own = -1;
    bool any = false, columns;
    broadcast_strides(v, out, s);
    columns = s[axis] != 0 && out->dim[axis] > 1;
    for (int i = 0; i < out->rank; i++)
        any |= i != axis && out->dim[i] > 1 && s[i] != 0;
    if (columns && s[axis] != 1 && (s[axis] < 0 || v->dtype != DT_FLOAT))
        return REACH_NO;
    if (!any)
        return columns ? REACH_COLUMN : REACH_SCALAR;
    for (int i = 0; i < out->rank; i++) {
        if (i == axis || out->dim[i] <= 1)
            continue;
        int64_t p = s[i] * pitch / out->stride[i];
        if (p * out->stride[i] != s[i] * pitch || p <= 0 || (own >= 0 && p != own))
            return REACH_NO;
        own = p;
    }
    return columns || out->dim[axis] == 1 ? REACH_FULL : REACH_ROW;
}

static int64_t operand_step(const Value *v, const Value *out, int axis)
{
    int64_t s[MAX_RANK];
    broadcast_strides(v, out, s);
    return s[axis];
}

static int64_t operand_pitch(const Value *v, const Value *out, int axis)
{
    int64_t s[MAX_RANK];
    broadcast_strides(v, out, s);
    for (int i = 0; i < out->rank; i++)
        if (i != axis && out->dim[i] > 1)
            return s[i] * row_pitch(out, axis) / out->stride[i];
    return 0;
}

bool epilogue_vectors(const Node *n)
{
    const Value *out = n->out[0];
    if (!n->expr)
        return true;
    if (!expr_is_vector(n->expr) || !out->rank || row_pitch(out, epilogue_axis(n)) < 0)
        return false;
    for (int k = n->nown; k < n->nin; k++)
        if (expr_uses(n->expr, k) && reach(n->in[k], out, epilogue_axis(n)) == REACH_NO)
            return false;
    return true;
}

bool epilogue_rows(const Node *n)
{
    for (int k = n->nown; n->expr && k < n->nin; k++)
        if (expr_uses(n->expr, k) && reach(n->in[k], n->out[0], epilogue_axis(n)) >= REACH_ROW)
            return true;
    return false;
}

/* a + b as text, leaving out zeros. */
static const char *plus(const char *a, const char *b)
{
    if (!strcmp(b, "0"))
        return a;
    return text("%s + %s", a, b);
}

static const char *times(const char *a, int64_t k)
{
    if (!strcmp(a, "0") || k == 0)
        return "0";
    if (k == 1)
        return a;
    return strpbrk(a, " +-") ? text("(%s) * %lld", a, (long long)k)
                             : text("%s * %lld", a, (long long)k);
}

static const char *operand_vector(const Node *n, int k, const char *row, const char *col, int lanes,
                                  int vl)
{
    const Value *v = n->in[k], *out = n->out[0];
    int axis = epilogue_axis(n);
    Reach r = reach(v, out, axis);
    int64_t step = operand_step(v, out, axis);
    const char *p = operand_name(n, k);
    if (r == REACH_COLUMN || r == REACH_FULL)
        p = plus(p, times(col, step));
    if (r == REACH_ROW || r == REACH_FULL)
        p = plus(p, times(row, operand_pitch(v, out, axis)));
    if (step > 1)
        return lanes < vl ? text("vf_loadsn(%s, %lld, %d)", p, (long long)step, lanes)
                          : text("vf_loads(%s, %lld)", p, (long long)step);
    if (r == REACH_COLUMN || r == REACH_FULL)
        return vector_load(v->dtype, p, lanes, vl);
    const char *s = strcmp(p, operand_name(n, k)) ? text("*(%s)", p) : text("%s[0]", p);
    return v->dtype == DT_BOOL ? text("vf_ne(vf_splat((float)%s), vf_splat(0.0f))", s)
                               : text("vf_splat(%s%s)", v->dtype == DT_FLOAT ? "" : "(float)", s);
}

const char *epilogue_vector(Out *o, const Node *n, const char *acc, const char *row,
                            const char *col, int lanes, int vl)
{
    if (!n->expr)
        return acc;
    const char **leaf = mem((size_t)(n->nin + 1) * sizeof *leaf);
    leaf[0] = acc;
    for (int k = n->nown; k < n->nin; k++)
        if (expr_uses(n->expr, k))
            leaf[k + 1] = operand_vector(n, k, row, col, lanes, vl);
    return expr_vector(o, n->expr, leaf);
}

const Node *epilogue_anew(Out *o, const Node *n)
{
    Floats value = {0};
    if (!n->expr)
        return n;
    Node *with = mem_copy(n, sizeof *n);
    with->expr = expr_constants(n->expr, n->nin, &value);
    with->in = mem((size_t)(n->nin + value.n) * sizeof(Value *));
    memcpy(with->in, n->in, (size_t)n->nin * sizeof(Value *));
    for (int i = 0; i < value.n; i++) {
        Value *v = mem(sizeof *v);
        v->dtype = DT_FLOAT;
        v->base = v;
        with->in[with->nin++] = v;
        out_line(o, "static const float c%d = %s;", i, float_text(value.v[i]));
        out_line(o, "const float *%s = &c%d;", operand_name(n, n->nin + i), i);
        out_line(o, "rt_anew(%s);", operand_name(n, n->nin + i));
    }
    return with;
}
