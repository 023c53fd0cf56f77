/* SPDX-License-Identifier: MIT
 * onnx.h - what the files that read and write ONNX share. Only they include it, so only they see the protobuf.
 *
 * Reading is done with a stack of scopes. A scope maps names to values: the model's graph has one, each branch of an
 * If another that continues in the enclosing one, and each call of a function one of its own, in which the parameters
 * are bound to the caller's values while the nodes go to the caller's graph: that is all inlining takes. */
#ifndef DNNCC_ONNX_H
#define DNNCC_ONNX_H
#include "dnncc.h"
#include "schema/onnx.pb-c.h"

#define IR_OLDEST 1
#define IR_NEWEST 13
#define OPSET_OLDEST 1
#define OPSET_NEWEST 28
#define DIM_MAX ((int64_t)1 << 31)

/* ---- names.c: names to values ---- */
typedef struct Name {
    const char *key;
    Value *value; /* NULL: not made yet, or a parameter the caller left out */
    int maker;    /* of the nodes being read, the one that makes it; -1: none of them */
} Name;
typedef struct Names {
    Name *slot;
    int used, cap;
} Names;
Name *names_find(const Names *m, const char *key); /* NULL when unknown */
Name *names_add(Names *m, const char *key);        /* NULL when already there */

/* A file beside the model that holds data of tensors. */
typedef struct File {
    const char *path;
    const char *data;
    int64_t bytes;
} File;

typedef struct Reader {
    Compiler *c;
    const char *folder; /* of the model, as the user wrote it */
    Onnx__ModelProto *model;
    Names functions; /* "domain:name:overload" to its place in model->functions */
    int nodes;       /* read so far, those of inlined functions too */
    File *file;
    int nfile;
    DimFix *symbol; /* symbolic dims of the inputs; value 0 until known */
    int nsymbol;
} Reader;

typedef struct Scope Scope;

/* An attribute given to a function, and where the names in a graph it holds are looked up. */
typedef struct Given {
    const char *name;
    const Onnx__AttributeProto *attr;
    Scope *scope;
} Given;

/* A function being inlined, or (caller NULL) the model itself. */
typedef struct Call {
    const struct Call *caller;
    const Onnx__FunctionProto *function;
    const char *prefix; /* of the names of its nodes and values: "call/" */
    Onnx__OperatorSetIdProto **opset;
    size_t nopset;
    Given *given;
    int ngiven;
} Call;

struct Scope {
    Reader *r;
    Scope *outer; /* where names not found here are looked up */
    const Call *call;
    Graph *g;
    Names names;
    Names declared; /* names to values that hold nothing but the shape the graph states for them */
};

/* onnx_wire.c: bytes to messages */
void *wire_read(const ProtobufCMessageDescriptor *type, const char *data, size_t bytes,
                const char *what);
static inline const char *wire_text(const char *s)
{
    return s ? s : "";
}
const char *safe_name(const char *s); /* fit for comments, messages and literals */

/* onnx_tensor.c */
Value *tensor_read(Reader *r, Graph *g, const Onnx__TensorProto *t, const char *what,
                   const char *name);
/* The same of a sparse one, made dense. */
Value *sparse_read(Reader *r, Graph *g, const Onnx__SparseTensorProto *t, const char *what);
const char *
tensor_type_text(int type); /* ONNX name of any TensorProto.DataType, known to dnncc or not */

/* onnx_data.c: the --data folder */
#define DATA_MOST 256
typedef struct Data Data;
Data *data_new(const Onnx__GraphProto *p, const Names *initializers);
/* The tensor for the input that is read now: the one with its name, else the one at its place; or NULL. */
const Onnx__TensorProto *data_tensor(Data *d, const Compiler *c, const char *input);
bool type_is_list(const Onnx__TypeProto *type);
Value *list_input(Scope *s, Data *d, const char *name, const Onnx__TypeProto *type);
void outputs_declare(Scope *s, const Onnx__GraphProto *p);

/* onnx_input.c: the model's inputs with every dim fixed */
void inputs_read(Scope *s, const Onnx__GraphProto *p);
void declarations_read(Scope *s, const Onnx__GraphProto *p); /* fills s->declared */

/* onnx_attr.c */
void attrs_read(Scope *s, Node *n, const Onnx__NodeProto *p);
/* The attribute that `a` stands for in s: itself, or what a caller gave for its ref_attr_name; attr NULL: nothing. */
Given attr_resolve(Scope *s, const Onnx__AttributeProto *a);

/* onnx_graph.c */
Graph *model_read(Reader *r);
Graph *branch_read(Scope *outer, const Onnx__GraphProto *p);
const char *function_key(const char *domain, const char *name,
                         const char *overload);                      /* in Reader.functions */
int *order_nodes(const Names *names, int n, Onnx__NodeProto **node); /* onnx_order.c */
const char *node_label(const Onnx__NodeProto *p); /* its name; unnamed: "Add_y" */
#endif
