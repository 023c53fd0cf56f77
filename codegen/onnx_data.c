/* SPDX-License-Identifier: MIT
 * onnx_data.c - the --data folder: input_0.pb, input_1.pb ... from which the sizes that a model leaves open are taken.
 * For an input that is a sequence or an optional it says how many tensors there are; each becomes an input. The
 * output_K.pb of a list declares what the model cannot state: how many tensors it holds, and their shapes. */
#include <string.h>
#include <unistd.h>
#include "onnx.h"

struct Data {
    struct {
        const char *path, *bytes;
        size_t size;
        const Onnx__TensorProto *tensor; /* when it has been asked for */
        bool list;
    } file[DATA_MOST];
    int n;
};

Data *data_new(const Onnx__GraphProto *p, const Names *initializers)
{
    Data *d = mem(sizeof *d);
    int port = 0;
    for (size_t i = 0; i < p->n_input && port < DATA_MOST; i++)
        if (!names_find(initializers, wire_text(p->input[i]->name)))
            d->file[port++].list = type_is_list(p->input[i]->type);
    return d;
}

/* Where the tensors lie: in the folder, or in the first data set of several. */
static const char *first_set(const char *folder)
{
    const char *set = text("%s/test_data_set_0", folder);
    return access(text("%s/input_0.pb", folder), F_OK) && !access(set, F_OK) ? set : folder;
}

static void data_open(Data *d, const char *folder)
{
    folder = first_set(folder);
    for (; !d->n || d->n < DATA_MOST; d->n++) {
        const char *path = text("%s/input_%d.pb", folder, d->n);
        if (access(path, F_OK))
            break;
        d->file[d->n].path = path;
        d->file[d->n].bytes = read_file(path, &d->file[d->n].size);
    }
    if (!d->n)
        fatal("the folder holds one test data set: input_0.pb, output_0.pb ...",
              "no input_0.pb in '%s'", folder);
}

static const Onnx__TensorProto *tensor_of(Data *d, int i)
{
    if (!d->file[i].list && !d->file[i].tensor)
        d->file[i].tensor = wire_read(&onnx__tensor_proto__descriptor, d->file[i].bytes,
                                      d->file[i].size, d->file[i].path);
    return d->file[i].tensor;
}

const Onnx__TensorProto *data_tensor(Data *d, const Compiler *c, const char *input)
{
    if (!d->n)
        data_open(d, c->data);
    for (int i = 0; i < d->n; i++)
        if (tensor_of(d, i) && !strcmp(wire_text(tensor_of(d, i)->name), input))
            return tensor_of(d, i);
    return c->nin_port < d->n ? tensor_of(d, c->nin_port) : NULL;
}

/* ---- lists ------------------------------------------------------------------------------------------------------- */

bool type_is_list(const Onnx__TypeProto *type)
{
    return type && (type->value_case == ONNX__TYPE_PROTO__VALUE_SEQUENCE_TYPE ||
                    type->value_case == ONNX__TYPE_PROTO__VALUE_OPTIONAL_TYPE);
}

static Value *list_new(Scope *s, const char *name, Kind kind)
{
    Value *v = value_new(s->g, name, DT_NONE, 0, NULL);
    v->kind = kind;
    return v;
}

/* A tensor of the list: an input of the net. */
static Value *tensor_input(Scope *s, const char *name, const Onnx__TypeProto *type,
                           const Onnx__TensorProto *t)
{
    Value *v = value_new(s->g, name, DT_NONE, 0, NULL);
    int elem = type && type->value_case == ONNX__TYPE_PROTO__VALUE_TENSOR_TYPE
                   ? type->tensor_type->elem_type
                   : 0;
    PUSH(s->g->in, s->g->nin, v);
    if (!dtype_known(elem) || t->data_type != elem) {
        blocker(NULL, NULL,
                "input '%s': elements of type %s are not supported, or not those of the data", name,
                tensor_type_text(elem));
        return v;
    }
    v->dtype = (DType)elem;
    for (size_t i = 0; i < t->n_dims; i++) {
        if (i >= MAX_RANK || t->dims[i] < 0 || t->dims[i] > DIM_MAX) {
            blocker(NULL, NULL, "input '%s' has a shape that is not supported", name);
            return v;
        }
        v->dim[v->rank++] = t->dims[i];
    }
    return v;
}

static Value *sequence_input(Scope *s, const char *name, const Onnx__TypeProto *type,
                             const Onnx__SequenceProto *data)
{
    Value *list = list_new(s, name, SEQUENCE);
    const Onnx__TypeProto *elem = type->sequence_type->elem_type;
    if (data && data->n_sequence_values + data->n_optional_values)
        blocker(NULL, NULL, "input '%s' is a sequence of what are not tensors", name);
    for (size_t i = 0; data && i < data->n_tensor_values; i++)
        PUSH(list->item, list->nitem,
             tensor_input(s, text("%s_%zu", name, i), elem, data->tensor_values[i]));
    if (elem && elem->value_case == ONNX__TYPE_PROTO__VALUE_TENSOR_TYPE)
        list->dtype = (DType)elem->tensor_type->elem_type;
    return list;
}

static Value *optional_input(Scope *s, const char *name, const Onnx__TypeProto *type,
                             const Onnx__OptionalProto *data)
{
    Value *list = list_new(s, name, OPTIONAL);
    const Onnx__TypeProto *elem = type->optional_type->elem_type;
    bool sequence = elem && elem->value_case == ONNX__TYPE_PROTO__VALUE_SEQUENCE_TYPE;
    if (sequence ? data->tensor_value != NULL : data->sequence_value != NULL)
        blocker(NULL, NULL, "input '%s': the data are not of its type", name);
    else if (data->tensor_value)
        PUSH(list->item, list->nitem, tensor_input(s, name, elem, data->tensor_value));
    else if (data->sequence_value)
        PUSH(list->item, list->nitem, sequence_input(s, name, elem, data->sequence_value));
    return list;
}

Value *list_input(Scope *s, Data *d, const char *name, const Onnx__TypeProto *type)
{
    const Compiler *c = s->r->c;
    int port = c->nin_port;
    bool sequence = type->value_case == ONNX__TYPE_PROTO__VALUE_SEQUENCE_TYPE;
    if (c->data && !d->n)
        data_open(d, c->data);
    if (port >= d->n) {
        blocker(NULL, "what it holds is taken from a folder given with --data", "input '%s' is %s",
                name, sequence ? "a sequence" : "optional");
        return list_new(s, name, sequence ? SEQUENCE : OPTIONAL);
    }
    const void *data =
        wire_read(sequence ? &onnx__sequence_proto__descriptor : &onnx__optional_proto__descriptor,
                  d->file[port].bytes, d->file[port].size, d->file[port].path);
    return sequence ? sequence_input(s, name, type, data) : optional_input(s, name, type, data);
}

/* ---- outputs ----------------------------------------------------------------------------------------------------- */

static Value *tensor_declared(Graph *g, const Onnx__TensorProto *t)
{
    Value *v = value_new(g, "", (DType)t->data_type, 0, NULL);
    for (size_t i = 0; i < t->n_dims && i < MAX_RANK; i++)
        v->dim[v->rank++] = t->dims[i] >= 0 && t->dims[i] <= DIM_MAX ? t->dims[i] : -1;
    return v;
}

static Value *sequence_declared(Graph *g, const Onnx__SequenceProto *data)
{
    Value *list = value_new(g, "", DT_NONE, 0, NULL);
    list->kind = SEQUENCE;
    for (size_t i = 0; i < data->n_tensor_values; i++)
        PUSH(list->item, list->nitem, tensor_declared(g, data->tensor_values[i]));
    return list;
}

static Value *optional_declared(Graph *g, const Onnx__OptionalProto *data)
{
    Value *list = value_new(g, "", DT_NONE, 0, NULL);
    list->kind = OPTIONAL;
    if (data->tensor_value)
        PUSH(list->item, list->nitem, tensor_declared(g, data->tensor_value));
    else if (data->sequence_value)
        PUSH(list->item, list->nitem, sequence_declared(g, data->sequence_value));
    return list;
}

void outputs_declare(Scope *s, const Onnx__GraphProto *p)
{
    Graph *aside = graph_new(NULL);
    for (size_t i = 0; s->r->c->data && i < p->n_output; i++) {
        const char *path = text("%s/output_%zu.pb", first_set(s->r->c->data), i);
        size_t bytes;
        if (!type_is_list(p->output[i]->type) || access(path, F_OK))
            continue;
        const char *data = read_file(path, &bytes);
        bool sequence = p->output[i]->type->value_case == ONNX__TYPE_PROTO__VALUE_SEQUENCE_TYPE;
        void *list = wire_read(sequence ? &onnx__sequence_proto__descriptor
                                        : &onnx__optional_proto__descriptor,
                               data, bytes, path);
        s->g->out[i]->declared =
            sequence ? sequence_declared(aside, list) : optional_declared(aside, list);
    }
}
