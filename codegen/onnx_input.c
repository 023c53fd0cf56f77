/* SPDX-License-Identifier: MIT
 * onnx_input.c - the model's inputs. Generated code has literal sizes, so every dim that the model leaves open must
 * come from somewhere: --shape for the whole input, --dim for a symbol, the tensors in the --data folder, or another
 * input in which the same symbol is known. What is still open then is reported in one message. */
#include <inttypes.h>
#include <string.h>
#include "onnx.h"

static const ShapeFix *shape_fix(const Compiler *c, const char *input)
{
    const ShapeFix *last = NULL;
    for (int i = 0; i < c->nshape; i++)
        if (!strcmp(c->shape[i].input, input))
            last = &c->shape[i];
    return last;
}

static DimFix *symbol_of(Reader *r, const char *name)
{
    for (int i = 0; i < r->nsymbol; i++)
        if (!strcmp(r->symbol[i].name, name))
            return &r->symbol[i];
    DimFix fix = {name, 0};
    for (int i = 0; i < r->c->ndim; i++)
        if (!strcmp(r->c->dim[i].name, name))
            fix.value = r->c->dim[i].value;
    PUSH(r->symbol, r->nsymbol, fix);
    return &r->symbol[r->nsymbol - 1];
}

/* One input while its dims are being found. */
typedef struct Input {
    const char *name; /* as in the model */
    Value *v;         /* dims still open are -1 */
    const Onnx__TensorShapeProto *shape;
    const ShapeFix *fix;
    const Onnx__TensorProto *data; /* NULL: no --data, or none for this input */
} Input;

static void dim_set(const Input *in, int axis, int64_t dim)
{
    if (dim < 0 || dim > DIM_MAX)
        blocker(NULL, "give the input's dims with --shape",
                "input '%s' has dimension %" PRId64 " at axis %d", in->v->name, dim, axis);
    in->v->dim[axis] = MAX(dim, 0); /* -1 is for open ones */
}

/* Some exporters write -1 where a dim is open. */
static bool dim_given(const Onnx__TensorShapeProto__Dimension *d)
{
    return d->value_case == ONNX__TENSOR_SHAPE_PROTO__DIMENSION__VALUE_DIM_VALUE &&
           d->dim_value != -1;
}

static void input_axis(Reader *r, const Input *in, int axis)
{
    const Onnx__TensorShapeProto__Dimension *d = in->shape ? in->shape->dim[axis] : NULL;
    bool named =
        d && d->value_case == ONNX__TENSOR_SHAPE_PROTO__DIMENSION__VALUE_DIM_PARAM && *d->dim_param;
    DimFix *symbol = named ? symbol_of(r, d->dim_param) : NULL;
    if (symbol)
        in->v->dim_name[axis] = safe_name(d->dim_param);
    in->v->dim[axis] = -1;
    if (in->fix)
        dim_set(in, axis, in->fix->dim[axis]);
    else if (d && dim_given(d))
        dim_set(in, axis, d->dim_value);
    else if (symbol && symbol->value)
        dim_set(in, axis, symbol->value);
    else if (in->data)
        dim_set(in, axis, in->data->dims[axis]);
    if (symbol && !symbol->value && in->v->dim[axis] > 0)
        symbol->value = in->v->dim[axis];
}

/* The number of axes; -1 when nothing tells it, which is like an open dim. */
static int input_rank(const Input *in)
{
    size_t rank = in->shape  ? in->shape->n_dim
                  : in->fix  ? (size_t)in->fix->rank
                  : in->data ? in->data->n_dims
                             : 0;
    if (rank > MAX_RANK) {
        blocker(NULL, NULL, "input '%s' has %zu axes, more than %d are not supported", in->v->name,
                rank, MAX_RANK);
        return 0;
    }
    if (in->fix && in->fix->rank != (int)rank)
        fatal(NULL, "--shape gives %d dims for input '%s', which has %zu", in->fix->rank,
              in->v->name, rank);
    if (in->data && in->data->n_dims != rank && !in->fix)
        fatal(NULL, "the --data folder has a tensor of %zu dims for input '%s', which has %zu",
              in->data->n_dims, in->v->name, rank);
    return in->shape || in->fix || in->data ? (int)rank : -1;
}

static bool has_open_dim(const Onnx__TensorShapeProto *shape)
{
    for (size_t i = 0; shape && i < shape->n_dim; i++)
        if (!dim_given(shape->dim[i]))
            return true;
    return !shape;
}

/* The tensor type of an input; NULL, and a blocker, when it is none that dnncc can take. */
static const Onnx__TypeProto__Tensor *tensor_type(const Onnx__ValueInfoProto *p, const char *name)
{
    static const char *const kinds[] = {[ONNX__TYPE_PROTO__VALUE_MAP_TYPE] = "a map",
                                        [ONNX__TYPE_PROTO__VALUE_OPAQUE_TYPE] = "opaque",
                                        [ONNX__TYPE_PROTO__VALUE_SPARSE_TENSOR_TYPE] =
                                            "a sparse tensor"};
    int kind = p->type ? (int)p->type->value_case : 0;
    if (kind == ONNX__TYPE_PROTO__VALUE_TENSOR_TYPE) {
        const Onnx__TypeProto__Tensor *t = p->type->tensor_type;
        if (dtype_known(t->elem_type))
            return t;
        blocker(NULL, NULL, "input '%s': elements of type %s are not supported", name,
                tensor_type_text(t->elem_type));
    } else {
        bool known = kind > 0 && kind < (int)COUNT(kinds) && kinds[kind];
        blocker(NULL, "only tensors, sequences and optionals can be inputs", "input '%s' is %s",
                name, known ? kinds[kind] : "of no known type");
    }
    return NULL;
}

static void input_read(Scope *s, const Onnx__ValueInfoProto *p, Data *data)
{
    Compiler *c = s->r->c;
    Input in = {.name = wire_text(p->name)};
    int before = s->g->nin;
    if (type_is_list(p->type)) {
        Value *list = list_input(s, data, safe_name(in.name), p->type);
        names_find(&s->names, in.name)->value = list;
        PUSH(c->in_port, c->nin_port, ((Port){list->name, true, s->g->nin - before}));
        return;
    }
    in.v = value_new(s->g, safe_name(in.name), DT_NONE, -1, NULL);
    const Onnx__TypeProto__Tensor *type = tensor_type(p, in.v->name);
    if (type) {
        in.v->dtype = (DType)type->elem_type;
        in.shape = type->shape;
        in.fix = shape_fix(c, in.name);
        if (c->data && !in.fix && has_open_dim(in.shape))
            in.data = data_tensor(data, c, in.name);
        in.v->rank = input_rank(&in);
        for (int i = 0; i < in.v->rank; i++)
            input_axis(s->r, &in, i);
    }
    names_find(&s->names, in.name)->value = in.v;
    PUSH(s->g->in, s->g->nin, in.v);
    PUSH(c->in_port, c->nin_port, ((Port){in.v->name, false, 1}));
}

/* An option as it would be typed: quoted where a shell asks for it. */
static const char *option(const char *name, const char *key, const char *value)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:/-";
    const char *quote = key[strspn(key, plain)] ? "'" : "";
    return text(" %s %s%s=%s%s", name, quote, key, value, quote);
}

/* Add what of v is open to the list in the message, and how to fix it to the hint. */
static void list_open(Reader *r, Value *v, const char **open, const char **hint)
{
    const char *shape = "";
    bool unnamed = v->rank < 0;
    if (unnamed && v->dtype)
        *open = text("%s%s'%s' has no shape", *open, **open ? "; " : "", v->name);
    for (int i = 0; i < v->rank; i++) {
        DimFix *symbol = v->dim_name[i] ? symbol_of(r, v->dim_name[i]) : NULL;
        if (v->dim[i] == -1 && symbol && symbol->value > 0)
            v->dim[i] = symbol->value;
        shape = text("%s%s%" PRId64, shape, i ? "x" : "", v->dim[i] == -1 ? 1 : v->dim[i]);
        if (v->dim[i] != -1)
            continue;
        *open = text("%s%s'%s' axis %d%s%s%s", *open, **open ? "; " : "", v->name, i,
                     symbol ? " (" : "", symbol ? v->dim_name[i] : "", symbol ? ")" : "");
        const char *fix = symbol ? option("--dim", v->dim_name[i], "1") : "";
        if (!strstr(*hint, fix))
            *hint = text("%s%s", *hint, fix);
        unnamed |= !symbol;
    }
    if (unnamed && v->dtype)
        *hint = text("%s%s", *hint, option("--shape", v->name, v->rank < 0 ? "..." : shape));
}

/* ---- shapes that the model states for values it computes ---- */

static bool stated(const Onnx__ValueInfoProto *p)
{
    return p->type && p->type->value_case == ONNX__TYPE_PROTO__VALUE_TENSOR_TYPE &&
           p->type->tensor_type->shape && p->type->tensor_type->shape->n_dim <= MAX_RANK;
}

/* A dim that --dim names belongs to the model even when no input has it. */
static void symbols_find(Reader *r, size_t n, Onnx__ValueInfoProto **p)
{
    for (size_t i = 0; i < n; i++) {
        const Onnx__TensorShapeProto *shape = stated(p[i]) ? p[i]->type->tensor_type->shape : NULL;
        for (size_t d = 0; shape && d < shape->n_dim; d++)
            for (int k = 0; k < r->c->ndim; k++)
                if (shape->dim[d]->value_case ==
                        ONNX__TENSOR_SHAPE_PROTO__DIMENSION__VALUE_DIM_PARAM &&
                    !strcmp(shape->dim[d]->dim_param, r->c->dim[k].name))
                    symbol_of(r, shape->dim[d]->dim_param);
    }
}

static int64_t dim_stated(const Reader *r, const Onnx__TensorShapeProto__Dimension *d)
{
    if (d->value_case == ONNX__TENSOR_SHAPE_PROTO__DIMENSION__VALUE_DIM_VALUE)
        return d->dim_value >= 0 && d->dim_value <= DIM_MAX ? d->dim_value : -1;
    if (d->value_case != ONNX__TENSOR_SHAPE_PROTO__DIMENSION__VALUE_DIM_PARAM || !*d->dim_param)
        return -1;
    for (int i = 0; i < r->nsymbol; i++)
        if (!strcmp(r->symbol[i].name, d->dim_param) && r->symbol[i].value > 0)
            return r->symbol[i].value;
    return -1;
}

static void declare(Scope *s, size_t n, Onnx__ValueInfoProto **p)
{
    for (size_t i = 0; i < n; i++) {
        Name *name = stated(p[i]) ? names_add(&s->declared, wire_text(p[i]->name)) : NULL;
        if (!name)
            continue;
        const Onnx__TensorShapeProto *shape = p[i]->type->tensor_type->shape;
        name->value = mem(sizeof *name->value);
        name->value->rank = (int)shape->n_dim;
        for (size_t d = 0; d < shape->n_dim; d++)
            name->value->dim[d] = dim_stated(s->r, shape->dim[d]);
    }
}

void declarations_read(Scope *s, const Onnx__GraphProto *p)
{
    declare(s, p->n_output, p->output);
    declare(s, p->n_value_info, p->value_info);
}

/* Options that name nothing in the model are mistakes. */
static void check_options(Scope *s)
{
    Compiler *c = s->r->c;
    const char *symbols = "", *inputs = "";
    for (int i = 0; i < s->r->nsymbol; i++)
        symbols = text("%s%s'%s'", symbols, i ? ", " : "", safe_name(s->r->symbol[i].name));
    for (int i = 0; i < s->g->nin; i++)
        inputs = text("%s%s'%s'", inputs, i ? ", " : "", s->g->in[i]->name);
    for (int i = 0; i < c->ndim; i++) {
        bool found = false;
        for (int k = 0; k < s->r->nsymbol; k++)
            found |= !strcmp(s->r->symbol[k].name, c->dim[i].name);
        if (!found)
            fatal(*symbols ? text("its inputs have %s", symbols)
                           : "none of its inputs' dims has a name",
                  "the model has no dim '%s'", c->dim[i].name);
    }
    for (int i = 0; i < c->nshape; i++)
        if (!names_find(&s->names, c->shape[i].input))
            fatal(text("it has %s", *inputs ? inputs : "none"), "the model has no input '%s'",
                  c->shape[i].input);
}

/* Inputs with an initializer are constants, as in all models of IR 3; --shape makes such a one an input again. */
void inputs_read(Scope *s, const Onnx__GraphProto *p)
{
    Data *data = data_new(p, &s->names);
    const char *open = "", *hint = "";
    for (size_t i = 0; i < p->n_input; i++) {
        const char *name = wire_text(p->input[i]->name);
        const Name *known = names_find(&s->names, name);
        for (int k = 0; known && k < s->g->nin; k++)
            if (s->g->in[k] == known->value || known->value->kind != TENSOR)
                fatal(NULL, "the graph has two inputs '%s'", known->value->name);
        if (known && !shape_fix(s->r->c, name))
            continue;
        if (!known)
            names_add(&s->names, name);
        input_read(s, p->input[i], data);
    }
    symbols_find(s->r, p->n_output, p->output);
    symbols_find(s->r, p->n_value_info, p->value_info);
    check_options(s);
    for (int i = 0; i < s->g->nin; i++)
        list_open(s->r, s->g->in[i], &open, &hint);
    if (*open)
        blocker(NULL, text("for example%s, or take them from tensors with --data DIR", hint),
                "sizes left open: %s", open);
    for (int i = 0; i < s->g->nin; i++)
        if (s->g->in[i]->rank >= 0 && !*open && value_count(s->g->in[i]) < 0)
            blocker(NULL, NULL, "input '%s' of shape %s is too large", s->g->in[i]->name,
                    dims_text(s->g->in[i]));
}
