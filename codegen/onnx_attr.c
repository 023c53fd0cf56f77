/* SPDX-License-Identifier: MIT
 * onnx_attr.c - attributes. attrs.def says which field of Attrs holds an attribute and of what type it must be; the
 * operator's row says whether it accepts it. In the body of a function an attribute may stand for a parameter. */
#include <stddef.h>
#include <string.h>
#include "onnx.h"

#define TYPE(name) ONNX__ATTRIBUTE_PROTO__ATTRIBUTE_TYPE__##name
#define TYPE_I TYPE(INT)
#define TYPE_F TYPE(FLOAT)
#define TYPE_S TYPE(STRING)
#define TYPE_Is TYPE(INTS)
#define TYPE_Fs TYPE(FLOATS)
#define TYPE_Ss TYPE(STRINGS)
#define TYPE_T TYPE(TENSOR)
#define TYPE_G TYPE(GRAPH)
#define TYPE_P TYPE(TYPE_PROTO)

static const struct {
    const char *name, *field;
    Onnx__AttributeProto__AttributeType type;
    size_t at;
} rows[] = {
#define ATTR(kind, name) ATTR_AS(kind, name, name)
#define ATTR_AS(kind, field, name) {#name, #field, TYPE_##kind, offsetof(Attrs, field)},
#include "attrs.def"
#undef ATTR
};

/* Files of the first years leave the type to be guessed from what is there. */
static Onnx__AttributeProto__AttributeType type_of(const Onnx__AttributeProto *a,
                                                   Onnx__AttributeProto__AttributeType wanted)
{
    if (a->type != TYPE(UNDEFINED))
        return a->type;
    if (a->has_f || a->has_i || a->has_s)
        return a->has_f ? TYPE_F : a->has_i ? TYPE_I : TYPE_S;
    if (a->t || a->g)
        return a->t ? TYPE_T : TYPE_G;
    if (a->n_floats || a->n_ints || a->n_strings)
        return a->n_floats ? TYPE_Fs : a->n_ints ? TYPE_Is : TYPE_Ss;
    return wanted == TYPE_Is || wanted == TYPE_Fs || wanted == TYPE_Ss ? wanted : TYPE(UNDEFINED);
}

static const char *type_text(int type)
{
    const ProtobufCEnumValue *v =
        protobuf_c_enum_descriptor_get_value(&onnx__attribute_proto__attribute_type__descriptor,
                                             type);
    return v ? v->name : text("number %d", type);
}

static const char *string_of(ProtobufCBinaryData s)
{
    return text("%.*s", (int)s.len, s.data ? (const char *)s.data : "");
}

/* Opset 1 gave some integers as a float (p) or as the name of a type (to). */
static int64_t integer_of(const Onnx__AttributeProto *a)
{
    if (a->has_i)
        return a->i;
    return a->has_s ? dtype_named(string_of(a->s)) : (int64_t)a->f;
}

/* Is an attribute of type `type` to be taken for one of type `wanted`? */
static bool type_fits(int id, int type, const Onnx__AttributeProto *a)
{
    if (type == TYPE_F && rows[id].type == TYPE_I)
        return id == A_p && a->f >= 1 && a->f <= INT32_MAX && a->f == (float)(int64_t)a->f;
    if (type == TYPE_S && rows[id].type == TYPE_I)
        return id == A_to && dtype_named(string_of(a->s)) != DT_NONE;
    return type == (int)rows[id].type;
}

static void store_strings(Strings *to, const Onnx__AttributeProto *a)
{
    *to = (Strings){0};
    for (size_t i = 0; i < a->n_strings; i++)
        PUSH(to->v, to->n, string_of(a->strings[i]));
}

/* Where the tensor or graph of an attribute is missing, its field stays NULL and the caller complains. */
static void store(Scope *s, Node *n, int id, const Onnx__AttributeProto *a)
{
    void *to = (char *)&n->a + rows[id].at;
    switch (rows[id].type) {
    case TYPE_I: *(int64_t *)to = integer_of(a); break;
    case TYPE_F: *(float *)to = a->f; break;
    case TYPE_S: *(const char **)to = string_of(a->s); break;
    case TYPE_Is: *(Ints *)to = (Ints){(int)a->n_ints, a->ints}; break;
    case TYPE_Fs: *(Floats *)to = (Floats){(int)a->n_floats, a->floats}; break;
    case TYPE_Ss: store_strings(to, a); break;
    case TYPE_T:
        if (!a->t) { /* Pad's value was a number before it became a tensor */
            *(Value **)to =
                value_scalar(s->g, text("%s_%s", n->name, rows[id].name), DT_FLOAT, a->f);
            break;
        }
        *(Value **)to = tensor_read(s->r, s->g, a->t,
                                    text("attribute '%s' of node '%s'", rows[id].name, n->name),
                                    text("%s_%s", n->name, rows[id].name));
        break;
    case TYPE_P: *(bool *)to = true; break;
    default: *(Graph **)to = branch_read(s, a->g);
    }
}

/* The row of the attribute that op knows by that name, or -1. */
static int row_of(const Op *op, const char *name)
{
    for (int i = 0; i < ATTR_COUNT; i++)
        if (!strcmp(rows[i].name, name) && attr_accepted(op, rows[i].field))
            return i;
    return -1;
}

Given attr_resolve(Scope *s, const Onnx__AttributeProto *a)
{
    const char *parameter = wire_text(a->ref_attr_name);
    Given g = {wire_text(a->name), a, s};
    if (!*parameter)
        return g;
    g.attr = NULL;
    for (int i = 0; i < s->call->ngiven; i++)
        if (!strcmp(s->call->given[i].name, parameter)) {
            g.attr = s->call->given[i].attr;
            g.scope = s->call->given[i].scope;
        }
    return g;
}

static void attr_read(Scope *s, Node *n, const Onnx__AttributeProto *p)
{
    const Given given = attr_resolve(s, p);
    const Onnx__AttributeProto *a = given.attr;
    const char *name = safe_name(given.name);
    int id = row_of(n->op, name);
    if (!a || (n->opset < 6 && !strcmp(name, "consumed_inputs"))) /* what may be overwritten */
        return;
    if (id < 0) {
        blocker(n, NULL, "attribute '%s' is not supported", name);
        return;
    }
    int type = type_of(a, rows[id].type);
    bool hollow = (type == TYPE_T && !a->t) || (type == TYPE_G && !a->g);
    if (type == TYPE_F && rows[id].type == TYPE_T)
        type = TYPE_T;
    if (!type_fits(id, type, a) || hollow)
        blocker(n, NULL, "attribute '%s' must be of type %s, not %s", name,
                type_text(rows[id].type), hollow ? "empty" : type_text(type));
    else if (n->a.has[id])
        blocker(n, NULL, "attribute '%s' is given twice", name);
    else
        store(given.scope, n, id, a);
    n->a.has[id] = true;
}

void attrs_read(Scope *s, Node *n, const Onnx__NodeProto *p)
{
    for (size_t i = 0; i < p->n_attribute; i++)
        attr_read(s, n, p->attribute[i]);
    n->body[0] = n->a.body ? n->a.body : n->a.then_branch;
    n->body[1] = n->a.else_branch;
}
