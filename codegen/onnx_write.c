/* SPDX-License-Identifier: MIT
 * onnx_write.c - a Graph as ONNX, at any stage, to look at it with the tools that show ONNX. What standard operators
 * cannot say goes to the domain "dnncc": Map, with its expression as attribute `expr`; and operators with fused steps,
 * whose further inputs are the steps' operands and whose attribute `epilogue` says what is done to the result y.
 * Letters in both are inputs: a the first, b the second ... */
#include <inttypes.h>
#include <stddef.h>
#include <string.h>
#include "onnx.h"
#include "files.h"

#define TYPE(name) ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__##name

/* Values of different passes and branches may share a name; in the file all differ. */
typedef struct Writer {
    Names names;
    Onnx__GraphProto *top; /* holds every constant: branches see what is around them */
    int opset;
} Writer;

static char *bytes_of(const char *s)
{
    return text("%s", s);
}

static ProtobufCBinaryData string_of(const char *s)
{
    return (ProtobufCBinaryData){strlen(s), (uint8_t *)bytes_of(s)};
}

static Onnx__TensorProto *tensor_of(const Value *v, const char *name)
{
    Onnx__TensorProto *t = mem(sizeof *t);
    onnx__tensor_proto__init(t);
    t->name = bytes_of(name);
    t->has_data_type = 1;
    t->data_type = (int32_t)v->dtype;
    t->n_dims = (size_t)v->rank;
    t->dims = mem_copy(v->dim, sizeof v->dim);
    for (int64_t i = 0; v->dtype == DT_STRING && i < value_count(v); i++)
        PUSH(t->string_data, t->n_string_data, string_of(string_at(v, i)));
    if (v->dtype == DT_STRING)
        return t;
    t->has_raw_data = 1;
    size_t bytes = (size_t)packed_bytes(v->dtype, value_count(v));
    t->raw_data = (ProtobufCBinaryData){bytes, (uint8_t *)v->data};
    if (dtype_bits(v->dtype) < 8) {
        t->raw_data.data = mem(bytes);
        bits_pack(v->dtype, value_count(v), v->data, t->raw_data.data);
    }
    return t;
}

/* The name of v in the file. The search takes the same path each time, so it finds v again. */
static const char *name_of(Writer *w, const Value *v)
{
    for (int try = 0;; try++) {
        const char *name = try ? text("%s~%d", v->name, try) : *v->name ? v->name : "~";
        Name *known = names_find(&w->names, name);
        if (known && known->value == v)
            return name;
        if (known)
            continue;
        names_add(&w->names, name)->value = (Value *)v;
        if (v->data)
            PUSH(w->top->initializer, w->top->n_initializer, tensor_of(v, name));
        return name;
    }
}

static Onnx__TensorShapeProto *shape_of(const Value *v)
{
    Onnx__TensorShapeProto *shape = mem(sizeof *shape);
    onnx__tensor_shape_proto__init(shape);
    for (int i = 0; i < v->rank; i++) {
        Onnx__TensorShapeProto__Dimension *d = mem(sizeof *d);
        onnx__tensor_shape_proto__dimension__init(d);
        d->value_case = ONNX__TENSOR_SHAPE_PROTO__DIMENSION__VALUE_DIM_VALUE;
        d->dim_value = v->dim[i];
        PUSH(shape->dim, shape->n_dim, d);
    }
    return shape;
}

static Onnx__ValueInfoProto *info_of(Writer *w, const Value *v)
{
    Onnx__ValueInfoProto *info = mem(sizeof *info);
    onnx__value_info_proto__init(info);
    info->name = bytes_of(name_of(w, v));
    if (v->rank < 0) /* before types are inferred */
        return info;
    info->type = mem(sizeof *info->type);
    onnx__type_proto__init(info->type);
    info->type->value_case = ONNX__TYPE_PROTO__VALUE_TENSOR_TYPE;
    info->type->tensor_type = mem(sizeof *info->type->tensor_type);
    onnx__type_proto__tensor__init(info->type->tensor_type);
    info->type->tensor_type->has_elem_type = 1;
    info->type->tensor_type->elem_type = (int32_t)v->dtype;
    info->type->tensor_type->shape = shape_of(v);
    return info;
}

static Onnx__AttributeProto *attr_add(Onnx__NodeProto *p, const char *name,
                                      Onnx__AttributeProto__AttributeType type)
{
    Onnx__AttributeProto *a = mem(sizeof *a);
    onnx__attribute_proto__init(a);
    a->name = bytes_of(name);
    a->has_type = 1;
    a->type = type;
    PUSH(p->attribute, p->n_attribute, a);
    return a;
}

static void graph_write(Writer *w, Onnx__GraphProto *p, const Graph *g);

/* One function for each kind of attrs.def: writes the field unless it has its default and the model did not give it. */
static void write_I(Onnx__NodeProto *p, const char *name, bool given, int64_t v, int64_t usual)
{
    if (!given && v == usual)
        return;
    Onnx__AttributeProto *a = attr_add(p, name, TYPE(INT));
    a->has_i = 1;
    a->i = v;
}

static void write_F(Onnx__NodeProto *p, const char *name, bool given, float v, float usual)
{
    if (!given && v == usual)
        return;
    Onnx__AttributeProto *a = attr_add(p, name, TYPE(FLOAT));
    a->has_f = 1;
    a->f = v;
}

static void write_S(Onnx__NodeProto *p, const char *name, bool given, const char *v,
                    const char *usual)
{
    if (!v || (!given && usual && !strcmp(v, usual)))
        return;
    Onnx__AttributeProto *a = attr_add(p, name, TYPE(STRING));
    a->has_s = 1;
    a->s = string_of(v);
}

static void write_Is(Onnx__NodeProto *p, const char *name, bool given, Ints v, Ints usual)
{
    (void)usual;
    if (!given && !v.n)
        return;
    Onnx__AttributeProto *a = attr_add(p, name, TYPE(INTS));
    a->n_ints = (size_t)v.n;
    a->ints = v.v;
}

static void write_Fs(Onnx__NodeProto *p, const char *name, bool given, Floats v, Floats usual)
{
    (void)usual;
    if (!given && !v.n)
        return;
    Onnx__AttributeProto *a = attr_add(p, name, TYPE(FLOATS));
    a->n_floats = (size_t)v.n;
    a->floats = v.v;
}

static void write_Ss(Onnx__NodeProto *p, const char *name, bool given, Strings v, Strings usual)
{
    (void)usual;
    if (!given && !v.n)
        return;
    Onnx__AttributeProto *a = attr_add(p, name, TYPE(STRINGS));
    for (int i = 0; i < v.n; i++)
        PUSH(a->strings, a->n_strings, string_of(v.v[i]));
}

static void write_T(Onnx__NodeProto *p, const char *name, bool given, const Value *v,
                    const Value *usual)
{
    (void)given;
    (void)usual;
    if (v && v->data)
        attr_add(p, name, TYPE(TENSOR))->t = tensor_of(v, v->name);
}

/* Graphs are written from Node.body, which passes keep up to date. */
static void write_G(Onnx__NodeProto *p, const char *name, bool given, const Graph *v,
                    const Graph *usual)
{
    (void)p;
    (void)name;
    (void)given;
    (void)v;
    (void)usual;
}

static void write_P(Onnx__NodeProto *p, const char *name, bool given, bool v, bool usual)
{
    (void)p;
    (void)name;
    (void)given;
    (void)v;
    (void)usual;
}

static void attrs_write(Onnx__NodeProto *p, const Node *n)
{
    Node usual = {.op = n->op};
    attrs_default(&usual);
#define ATTR(kind, name) ATTR_AS(kind, name, name)
#define ATTR_AS(kind, field, name)    \
    if (attr_accepted(n->op, #field)) \
        write_##kind(p, #name, n->a.has[A_##field], n->a.field, usual.a.field);
#include "attrs.def"
#undef ATTR
}

static void scan_body_write(Onnx__GraphProto *p)
{
    p->input += LOOP_IN;
    p->n_input -= LOOP_IN;
    p->output += LOOP_OUT;
    p->n_output -= LOOP_OUT;
}

static void bodies_write(Writer *w, Onnx__NodeProto *p, const Node *n)
{
    const char *const names[] = {node_is(n, "If") ? "then_branch" : "body", "else_branch"};
    for (int b = 0; b < 2; b++)
        if (n->body[b]) {
            Onnx__AttributeProto *a = attr_add(p, names[b], TYPE(GRAPH));
            a->g = mem(sizeof *a->g);
            onnx__graph_proto__init(a->g);
            graph_write(w, a->g, n->body[b]);
            if (node_is(n, "Scan")) /* it has neither turn nor condition */
                scan_body_write(a->g);
        }
}

static Onnx__NodeProto *node_write(Writer *w, const Node *n)
{
    Onnx__NodeProto *p = mem(sizeof *p);
    onnx__node_proto__init(p);
    p->name = bytes_of(n->name);
    p->op_type = bytes_of(n->op->name);
    for (int i = node_is(n, "Scan") ? LOOP_IN : 0; i < n->nin; i++)
        PUSH(p->input, p->n_input, bytes_of(n->in[i] ? name_of(w, n->in[i]) : ""));
    for (int i = 0; i < n->nout; i++)
        PUSH(p->output, p->n_output, bytes_of(n->out[i] ? name_of(w, n->out[i]) : ""));
    attrs_write(p, n);
    bodies_write(w, p, n);
    bool map = node_is(n, "Map");
    if (n->expr)
        write_S(p, map ? "expr" : "epilogue", true, expr_text(n->expr, n), NULL);
    if (n->expr || map || node_is(n, "Copy") || node_is(n, "Compact") || node_is(n, "UniqueRows"))
        p->domain = bytes_of("dnncc");
    w->opset = MAX(w->opset, MIN(n->opset, OPSET_NEWEST));
    return p;
}

/* Types of all values, for those who look at the file. */
static void infos_write(Writer *w, Onnx__GraphProto *p, const Graph *g)
{
    for (int i = 0; i < g->nnode; i++)
        for (int k = 0; k < g->node[i]->nout; k++)
            if (g->node[i]->out[k] && !g->node[i]->out[k]->data)
                PUSH(p->value_info, p->n_value_info, info_of(w, g->node[i]->out[k]));
}

static void graph_write(Writer *w, Onnx__GraphProto *p, const Graph *g)
{
    p->name = bytes_of(*g->name ? g->name : "graph");
    for (int i = 0; i < g->nin; i++)
        PUSH(p->input, p->n_input, info_of(w, g->in[i]));
    for (int i = 0; i < g->nnode; i++)
        if (g->node[i]->nout) /* else a check, which is no ONNX */
            PUSH(p->node, p->n_node, node_write(w, g->node[i]));
    for (int i = 0; i < g->nout; i++)
        PUSH(p->output, p->n_output, info_of(w, g->out[i]));
    infos_write(w, p, g);
}

static void opset_add(Onnx__ModelProto *m, const char *domain, int version)
{
    Onnx__OperatorSetIdProto *o = mem(sizeof *o);
    onnx__operator_set_id_proto__init(o);
    o->domain = bytes_of(domain);
    o->has_version = 1;
    o->version = version;
    PUSH(m->opset_import, m->n_opset_import, o);
}

void onnx_write(const Graph *g, const char *path)
{
    Onnx__ModelProto m = ONNX__MODEL_PROTO__INIT;
    Onnx__GraphProto graph = ONNX__GRAPH_PROTO__INIT;
    Writer w = {.top = &graph, .opset = OPSET_OLDEST};
    graph_write(&w, &graph, g);
    m.has_ir_version = 1;
    m.ir_version = 8;
    m.producer_name = bytes_of("dnncc");
    m.graph = &graph;
    opset_add(&m, "", w.opset);
    opset_add(&m, "dnncc", 1);
    size_t bytes = onnx__model_proto__get_packed_size(&m);
    if (bytes > INT32_MAX)
        fatal(NULL, "cannot write '%s': an ONNX file cannot have more than 2 GiB", path);
    uint8_t *packed = mem(bytes);
    onnx__model_proto__pack(&m, packed);
    fwrite(packed, 1, bytes, file_begin(path));
    files_commit();
}
