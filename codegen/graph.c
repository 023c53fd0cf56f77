/* SPDX-License-Identifier: MIT
 * graph.c - values, nodes and graphs: making them, rewiring them, checking and printing them. */
#include <inttypes.h>
#include <string.h>
#include "dnncc.h"

Graph *graph_new(Graph *outer)
{
    Graph *g = mem(sizeof *g);
    g->outer = outer;
    g->name = "";
    return g;
}

Value *value_new(Graph *g, const char *name, DType t, int rank, const int64_t *dim)
{
    Value *v = mem(sizeof *v);
    v->name = name ? name : "";
    v->dtype = t;
    v->rank = rank;
    v->id = g->nvalue;
    for (int i = 0; i < rank; i++)
        v->dim[i] = dim[i];
    PUSH(g->value, g->nvalue, v);
    return v;
}

Value *value_const(Graph *g, const char *name, DType t, int rank, const int64_t *dim,
                   const void *data)
{
    Value *v = value_new(g, name, t, rank, dim);
    v->data = data;
    return v;
}

Value *value_scalar(Graph *g, const char *name, DType t, double x)
{
    void *data = mem((size_t)MAX(dtype_bytes(t), 8));
    if (t != DT_STRING)
        data_put(data, t, 0, x, (int64_t)x);
    return value_const(g, name, t, 0, NULL, data);
}

Value *value_ints(Graph *g, const char *name, int n, const int64_t *x)
{
    return value_const(g, name, DT_INT64, 1, &(int64_t){n}, mem_copy(x, (size_t)n * 8));
}

Value *value_strings(Graph *g, const Node *n, const char *name, Strings list)
{
    int64_t count = list.n;
    char *data = mem((size_t)(count * dtype_bytes(DT_STRING)) + 1);
    for (int64_t i = 0; i < count; i++)
        if (!string_put(data, i, list.v[i], strlen(list.v[i])))
            blocker(n, "give --string-bytes=N", "%s has a string of %zu bytes, up to %d fit", name,
                    strlen(list.v[i]), dtype_bytes(DT_STRING) - 1);
    return value_const(g, name, DT_STRING, 1, &count, data);
}

int64_t value_count(const Value *v)
{
    int64_t n = 1;
    for (int i = 0; i < v->rank; i++)
        n = mul_size(n, v->dim[i]);
    return n;
}

int64_t value_bytes(const Value *v)
{
    return value_count(v) * dtype_bytes(v->dtype);
}

bool value_is_const(const Value *v)
{
    return v && v->data;
}

static float half_to_float(uint16_t h)
{
    uint32_t sign = (uint32_t)(h & 0x8000) << 16, e = h >> 10 & 31, m = h & 1023, bits;
    float f;
    if (e == 31) {
        bits = sign | 0x7f800000 | m << 13;
    } else if (e) {
        bits = sign | (e + 112) << 23 | m << 13;
    } else { /* zero or subnormal: m * 2^-24 */
        f = (float)m * 0x1p-24f;
        return sign ? -f : f;
    }
    memcpy(&f, &bits, 4);
    return f;
}

/* Round a float to its upper 16 bits (bfloat16) or to a half, to nearest even. */
static uint16_t float_to_bfloat(float f)
{
    uint32_t b;
    memcpy(&b, &f, 4);
    if ((b & 0x7fffffff) > 0x7f800000)
        return (uint16_t)(b >> 16 | 64);
    return (uint16_t)((b + 0x7fff + (b >> 16 & 1)) >> 16);
}

static uint16_t float_to_half(float f)
{
    uint32_t b;
    memcpy(&b, &f, 4);
    uint16_t sign = (uint16_t)(b >> 16 & 0x8000);
    b &= 0x7fffffff;
    if (b > 0x7f800000)
        return sign | 0x7e00;
    if (b >= 0x477ff000) /* rounds to 65536 or more */
        return sign | 0x7c00;
    if (b >= 0x38800000)
        return (uint16_t)(sign | ((b - 0x38000000 + 0xfff + (b >> 13 & 1)) >> 13));
    memcpy(&f, &b, 4);
    f += 0.5f; /* aligns the subnormal's last bit with that of the sum, which rounds to even */
    memcpy(&b, &f, 4);
    return (uint16_t)(sign | (b - 0x3f000000));
}

const char *string_at(const Value *v, int64_t i)
{
    return (const char *)v->data + i * dtype_bytes(DT_STRING);
}

double value_at(const Value *v, int64_t i)
{
    switch (v->dtype) {
    case DT_FLOAT: return ((const float *)v->data)[i];
    case DT_DOUBLE: return ((const double *)v->data)[i];
    case DT_FLOAT16: return half_to_float(((const uint16_t *)v->data)[i]);
    case DT_BFLOAT16: {
        uint32_t b = (uint32_t)((const uint16_t *)v->data)[i] << 16;
        float f;
        memcpy(&f, &b, 4);
        return f;
    }
    case DT_UINT64: return (double)((const uint64_t *)v->data)[i];
    case DT_STRING: BUG("the string '%s' is no number", v->name);
    default:
        if (dtype_kind(v->dtype) == 'h')
            return short_decode(v->dtype, ((const uint8_t *)v->data)[i]);
        return (double)value_int_at(v, i);
    }
}

int64_t value_int_at(const Value *v, int64_t i)
{
    switch (v->dtype) {
    case DT_INT64:
    case DT_UINT64: return ((const int64_t *)v->data)[i];
    case DT_INT32: return ((const int32_t *)v->data)[i];
    case DT_UINT32: return ((const uint32_t *)v->data)[i];
    case DT_INT16: return ((const int16_t *)v->data)[i];
    case DT_UINT16: return ((const uint16_t *)v->data)[i];
    case DT_INT2:
    case DT_INT4:
    case DT_INT8: return ((const int8_t *)v->data)[i];
    case DT_UINT2:
    case DT_UINT4:
    case DT_UINT8:
    case DT_BOOL: return ((const uint8_t *)v->data)[i];
    default: {
        double d = value_at(v, i);
        return d >= -0x1p63 && d < 0x1p63 ? (int64_t)d : INT64_MIN;
    }
    }
}

void data_put(void *data, DType t, int64_t i, double x, int64_t k)
{
    switch (t) {
    case DT_FLOAT: ((float *)data)[i] = (float)x; break;
    case DT_DOUBLE: ((double *)data)[i] = x; break;
    case DT_FLOAT16: ((uint16_t *)data)[i] = float_to_half((float)x); break;
    case DT_BFLOAT16: ((uint16_t *)data)[i] = float_to_bfloat((float)x); break;
    case DT_INT64:
    case DT_UINT64: ((int64_t *)data)[i] = k; break;
    case DT_INT32:
    case DT_UINT32: ((uint32_t *)data)[i] = (uint32_t)k; break;
    case DT_INT16:
    case DT_UINT16: ((uint16_t *)data)[i] = (uint16_t)k; break;
    case DT_INT8:
    case DT_UINT8: ((uint8_t *)data)[i] = (uint8_t)k; break;
    case DT_BOOL: ((uint8_t *)data)[i] = k != 0; break;
    case DT_UINT2:
    case DT_UINT4: ((uint8_t *)data)[i] = (uint8_t)(k & ((1 << dtype_bits(t)) - 1)); break;
    case DT_INT2: ((int8_t *)data)[i] = (int8_t)(((k & 3) ^ 2) - 2); break;
    case DT_INT4: ((int8_t *)data)[i] = (int8_t)(((k & 15) ^ 8) - 8); break;
    default:
        if (dtype_kind(t) != 'h')
            BUG("data of type %s", dtype_name(t));
        ((uint8_t *)data)[i] = (uint8_t)short_encode(t, (float)x);
    }
}

bool value_ints_of(const Value *v, Ints *out)
{
    if (!value_is_const(v) || v->dtype == DT_STRING)
        return false;
    int64_t n = value_count(v);
    out->n = (int)n;
    out->v = mem((size_t)n * 8);
    for (int64_t i = 0; i < n; i++)
        out->v[i] = value_int_at(v, i);
    return true;
}

void value_same_type(Value *to, const Value *from)
{
    to->dtype = from->dtype;
    to->rank = from->rank;
    memcpy(to->dim, from->dim, sizeof to->dim);
}

bool value_same_dims(const Value *a, const Value *b)
{
    return a->rank == b->rank &&
           (a->rank <= 0 || !memcmp(a->dim, b->dim, (size_t)a->rank * sizeof *a->dim));
}

const char *dims_text(const Value *v)
{
    char *s = v->rank < 0 ? text("?") : v->rank == 0 ? text("scalar") : text("%" PRId64, v->dim[0]);
    for (int i = 1; i < v->rank; i++)
        s = text("%sx%" PRId64, s, v->dim[i]);
    return s;
}

Node *node_new(Graph *g, const char *op, const char *name, int nin, Value **in, int nout,
               Value **out)
{
    const Op *row = op_find("", op);
    (void)g;
    if (!row)
        BUG("no operator '%s'", op);
    return node_of(row, name, nin, in, nout, out);
}

Node *node_of(const Op *op, const char *name, int nin, Value **in, int nout, Value **out)
{
    Node *n = mem(sizeof *n);
    n->op = op;
    n->name = name ? name : "";
    n->opset = OPSET_OURS;
    for (int i = 0; i < nin; i++)
        PUSH(n->in, n->nin, in[i]);
    for (int i = 0; i < nout; i++) {
        PUSH(n->out, n->nout, out[i]);
        if (out[i])
            out[i]->producer = n;
    }
    n->nown = nin;
    n->origin_ops = op->name;
    PUSH(n->origin, n->norigin, n->name);
    attrs_default(n);
    return n;
}

Node *graph_add(Graph *g, Node *n)
{
    PUSH(g->node, g->nnode, n);
    return n;
}

void graph_insert(Graph *g, int at, Node *n)
{
    graph_add(g, n);
    memmove(g->node + at + 1, g->node + at, (size_t)(g->nnode - 1 - at) * sizeof *g->node);
    g->node[at] = n;
}

void node_input_add(Node *n, Value *v)
{
    PUSH(n->in, n->nin, v);
}

void node_stand_for(Node *made, const Node *of)
{
    made->origin = of->origin;
    made->norigin = of->norigin;
    made->origin_ops = of->origin_ops;
}

static bool names(const Node *n, const char *name)
{
    for (int i = 0; i < n->norigin; i++)
        if (!strcmp(n->origin[i], name))
            return true;
    return false;
}

/* The parts of one node of the model, when they come together again, are that node. */
void node_absorb(Node *into, const Node *from)
{
    if (from->norigin == 1 && *from->origin[0] && names(into, from->origin[0]) &&
        strstr(into->origin_ops, from->origin_ops))
        return;
    for (int i = 0; i < from->norigin; i++)
        PUSH(into->origin, into->norigin, from->origin[i]);
    into->origin_ops = text("%s+%s", into->origin_ops, from->origin_ops);
}

Value *node_in(const Node *n, int i)
{
    return i < n->nin && i < n->nown ? n->in[i] : NULL;
}

Value *node_result(const Node *n)
{
    for (int i = 0; i < n->nout; i++)
        if (n->out[i])
            return n->out[i];
    BUG("node '%s' has no output", n->name);
}

static void each_value(Graph *g, void (*f)(Value **, void *), void *arg)
{
    for (int i = 0; i < g->nnode; i++) {
        Node *n = g->node[i];
        for (int k = 0; k < n->nin; k++)
            if (n->in[k])
                f(&n->in[k], arg);
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                each_value(n->body[b], f, arg);
    }
    for (int i = 0; i < g->nout; i++)
        f(&g->out[i], arg);
}

static void replace_one(Value **v, void *arg)
{
    Value **pair = arg;
    if (*v == pair[0])
        *v = pair[1];
}

void graph_replace(Graph *g, Value *old, Value *with)
{
    each_value(g, replace_one, (Value *[]){old, with});
}

static void zero_uses(Graph *g)
{
    for (int i = 0; i < g->nvalue; i++)
        g->value[i]->uses = 0;
    for (int i = 0; i < g->nnode; i++)
        for (int b = 0; b < 2; b++)
            if (g->node[i]->body[b])
                zero_uses(g->node[i]->body[b]);
}

static void count_one(Value **v, void *arg)
{
    (void)arg;
    (*v)->uses++;
}

void graph_count_uses(Graph *g)
{
    zero_uses(g);
    each_value(g, count_one, NULL);
}

static bool needed(const Node *n)
{
    for (int i = 0; i < n->nout; i++)
        if (n->out[i] && n->out[i]->uses)
            return true;
    return n->nout == 0; /* a check */
}

static void clean(Graph *g);

/* n goes, and with it what it used: its inputs, and all of its branches. */
static void drop(Node *n)
{
    for (int k = 0; k < n->nin; k++)
        if (n->in[k])
            n->in[k]->uses--;
    for (int b = 0; b < 2; b++) {
        Graph *body = n->body[b];
        for (int i = 0; body && i < body->nout; i++)
            body->out[i]->uses--;
        if (body)
            clean(body);
    }
}

static void drop_unread_slices(Node *n)
{
    for (int i = n->nout - 1; node_is_loop(n) && i >= loop_states(n); i--)
        if (!n->out[i]->uses) {
            n->body[0]->out[LOOP_OUT + i]->uses--;
            loop_drop_slices(n, i);
        }
}

/* Backwards, so that a node is met after all its readers. */
static void clean(Graph *g)
{
    int kept = g->nnode;
    for (int i = g->nnode - 1; i >= 0; i--) {
        Node *n = g->node[i];
        drop_unread_slices(n);
        if (!needed(n)) {
            drop(n);
            continue;
        }
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                clean(n->body[b]);
        g->node[--kept] = n;
    }
    g->nnode -= kept;
    for (int i = 0; i < g->nnode; i++)
        g->node[i] = g->node[kept + i];
}

void graph_clean(Graph *g)
{
    graph_count_uses(g);
    clean(g);
}

static void verify_inputs(const Graph *g, const char *stage)
{
    for (int i = 0; i < g->nnode; i++) {
        const Node *n = g->node[i];
        for (int k = 0; k < n->nin; k++) {
            const Value *v = n->in[k];
            if (v && v->producer && !v->data && !v->producer->seen)
                BUG("after %s: node '%s' (%s) reads '%s' before it is written", stage, n->name,
                    n->op->name, v->name);
        }
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                verify_inputs(n->body[b], stage);
        for (int k = 0; k < n->nout; k++)
            if (n->out[k] && n->out[k]->producer != n)
                BUG("after %s: '%s' is not produced by '%s'", stage, n->out[k]->name, n->name);
        ((Node *)n)->seen = true;
    }
}

static void mark_unvisited(const Graph *g)
{
    for (int i = 0; i < g->nnode; i++) {
        g->node[i]->seen = false;
        for (int b = 0; b < 2; b++)
            if (g->node[i]->body[b])
                mark_unvisited(g->node[i]->body[b]);
    }
}

/* Every value is written before it is read, by the node it names as its producer. */
void graph_verify(const Graph *g, const char *stage)
{
    mark_unvisited(g);
    verify_inputs(g, stage);
}

static void dump_value(const Value *v, FILE *f)
{
    if (!v) {
        fputs("-", f);
        return;
    }
    if (v->kind != TENSOR) {
        fprintf(f, "%s:%s[%d]", v->name, v->kind == SEQUENCE ? "sequence" : "optional", v->nitem);
        return;
    }
    fprintf(f, "%s:%s[%s]%s", v->name, dtype_name(v->dtype), dims_text(v), v->data ? "=const" : "");
    if (v->data && v->rank >= 0 && value_count(v) >= 1 && value_count(v) <= 4) {
        for (int64_t i = 0; i < value_count(v); i++)
            if (v->dtype == DT_STRING)
                fprintf(f, "%c'%s'", i ? ',' : '(', string_at(v, i));
            else
                fprintf(f, "%c%.9g", i ? ',' : '(', value_at(v, i));
        fputc(')', f);
    }
    if (v->base && v->base != v)
        fprintf(f, "@%s+%" PRId64, v->base->name, v->start);
    if (v->base && !value_is_plain(v)) {
        for (int i = 0; i < v->rank; i++)
            fprintf(f, "%c%" PRId64, i ? ',' : '<', v->stride[i]);
        fputc('>', f);
    }
}

static const char *body_label(const Node *n, int b)
{
    const Graph *body = n->body[b];
    if (node_is(n, "If"))
        return b ? "else" : "then";
    const char *s = "turn(";
    for (int i = 0; i < body->nin; i++)
        s = text("%s%s%s:%s[%s]", s, i ? ", " : "", body->in[i]->name,
                 dtype_name(body->in[i]->dtype), dims_text(body->in[i]));
    return text("%s)", s);
}

void graph_dump(const Graph *g, FILE *f, int indent)
{
    for (int i = 0; i < g->nnode; i++) {
        const Node *n = g->node[i];
        fprintf(f, "%*s", indent, "");
        for (int k = 0; k < n->nout; k++) {
            dump_value(n->out[k], f);
            fputs(k + 1 < n->nout ? ", " : " = ", f);
        }
        fprintf(f, "%s(", n->op->name);
        for (int k = 0; k < n->nin; k++) {
            dump_value(n->in[k], f);
            fputs(k + 1 < n->nin ? ", " : "", f);
        }
        fprintf(f, ")%s%s", n->expr ? " -> " : "", n->expr ? expr_text(n->expr, n) : "");
        if (n->kernel)
            fprintf(f, "  by %s", n->kernel->name);
        fprintf(f, "  # %s\n", n->name);
        for (int b = 0; b < 2; b++)
            if (n->body[b]) {
                fprintf(f, "%*s%s:\n", indent + 2, "", body_label(n, b));
                graph_dump(n->body[b], f, indent + 4);
            }
    }
    fprintf(f, "%*sreturn", indent, "");
    for (int i = 0; i < g->nout; i++) {
        fputs(i ? ", " : " ", f);
        dump_value(g->out[i], f);
    }
    fputc('\n', f);
}
