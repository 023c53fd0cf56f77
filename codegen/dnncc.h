/* SPDX-License-Identifier: MIT
 * dnncc.h - every type and prototype of the compiler, grouped by the file that defines them.
 *
 * A model is read into a Graph of Nodes and Values. A Value is a tensor seen through strides over a storage (its base):
 * views (Reshape, Transpose, Slice ...), channels-last memory and concatenation in place are all the same idea. The
 * passes rewrite the Graph, kernels are chosen, one arena is laid out, and C is emitted. One memory arena owns every
 * object of a compilation; nobody frees. */
#ifndef DNNCC_H
#define DNNCC_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include "out.h"

#define MAX_RANK 8
#define COUNT(a) (sizeof(a) / sizeof *(a))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

typedef struct Value Value;
typedef struct Node Node;
typedef struct Graph Graph;
typedef struct Op Op;
typedef struct Kernel Kernel;
typedef struct Target Target;
typedef struct Expr Expr;
typedef struct Compiler Compiler;
typedef struct Chain Chain;
typedef struct Probe Probe; /* probe.h */

/* ---- dtype.c: element types ---------------------------------------------------------------------------------- */
typedef enum DType {
    DT_NONE = 0,
#define DTYPE(id, number, bits, ctype, name, kind) DT_##id = number,
#include "dtypes.def"
#undef DTYPE
} DType;
bool dtype_known(int number);
int dtype_bytes(DType t);
int dtype_bits(DType t);             /* of a value: may be fewer than those in memory */
DType dtype_named(const char *name); /* "FLOAT" as in TensorProto.DataType; DT_NONE: no such type */
const char *dtype_c(DType t);        /* C type in generated code: "float", "uint8_t" ... */
const char *dtype_name(DType t);     /* ONNX name: "float", "int64" ... */
char dtype_kind(DType t);            /* 'f' 'h' 'i' 'u' 'b' 's', see dtypes.def */
static inline bool dtype_is_float(DType t)
{
    return dtype_kind(t) == 'f' || dtype_kind(t) == 'h';
}
/* Kind 'h', see dtypes.def. */
typedef struct ShortFloat {
    DType t;
    const char *name; /* "f16": part of the names of runtime functions */
    int exponent, mantissa, bias;
    char specials;
    unsigned most; /* code of the largest finite number */
} ShortFloat;
const ShortFloat *short_float(DType t);
double short_decode(DType t, unsigned code);
unsigned short_encode(DType t,
                      double v); /* to nearest, ties to even; what is too large: infinity or NaN */
/* An element of type string takes a fixed number of bytes: the text, and NULs up to its end, of which there is at least one.
 * So equal strings are equal bytes, and all that moves elements moves strings. */
enum { STRING_BYTES = 64, STRING_LEAST = 32, STRING_MOST = 4096 }; /* the least holds any number */
void string_bytes_set(int bytes);                                  /* --string-bytes */
/* Element i of data becomes s; false: it is too long, or holds a NUL. */
bool string_put(void *data, int64_t i, const char *s, size_t length);
/* Elements of fewer than 8 bits are packed in files, the first in the lowest bits. In both, `data` has one in each byte. */
int64_t packed_bytes(DType t, int64_t count);
void bits_unpack(DType t, int64_t count, const uint8_t *packed, uint8_t *data);
void bits_pack(DType t, int64_t count, const uint8_t *data, uint8_t *packed);

/* ---- util.c: memory, text, messages -------------------------------------------------------------------------- */
void *mem(size_t bytes); /* zeroed, 64-byte aligned, lives until mem_reset */
void *mem_copy(const void *p, size_t bytes);
void *mem_grow(void *p, size_t old, size_t bytes);
void mem_release(void *p, size_t bytes); /* what was just made by mem, if it is large */
void mem_reset(void);
char *text(const char *fmt, ...) __attribute__((format(printf, 1, 2))); /* a string in the arena */
/* Append x to the growing array a of n elements (capacity doubles at powers of two). */
#define PUSH(a, n, x)                                                                          \
    ((((n) & ((n)-1)) == 0 ? (void)((a) = mem_grow((a), (size_t)(n) * sizeof *(a),             \
                                                   ((n) ? 2 * (size_t)(n) : 1) * sizeof *(a))) \
                           : (void)0),                                                         \
     (void)((a)[(n)++] = (x)))
/* The user's error: "dnncc: SUBJECT: message", then "  hint: ..." when hint is not NULL; exits 1 or longjmps. */
_Noreturn void fatal(const char *hint, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
_Noreturn void bug_at(const char *file, int line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)
void message_subject(const char *path); /* what "dnncc: " messages name first; NULL for none */
/* Note a reason why this model cannot be compiled; all of them are printed at once by blockers_check. */
void blocker(const Node *n, const char *hint, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
int blockers_count(void);
char *blockers_take(int from); /* withdraw those from the from-th on, as one text; NULL: none */
void note(const char *fmt, ...)
    __attribute__((format(printf, 1, 2))); /* something the user should know; goes on */
void blockers_check(void);          /* returns if there are none, else prints them and exits 1 */
void on_fatal(void (*clean)(void)); /* run before exit: removes unfinished files */
void progress(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
char *read_file(const char *path, size_t *bytes); /* NUL-terminated; fatal when unreadable */
char *c_identifier(const char *name); /* letters, digits, '_'; never empty nor a C keyword */
char *upper(const char *s);
char *quoted(const char *s); /* as a C string literal, whatever bytes it has */
/* Overflow-checked product; -1 when it does not fit in 2^47 or a factor is negative. */
int64_t mul_size(int64_t a, int64_t b);

/* ---- graph.c -------------------------------------------------------------------------------------------------- */
/* IN_TEXT: a constant of a few values, an array in net.c itself; IN_TURN: the number of a loop's turn, a variable of
 * NAME_run; which loop's, says pace. */
typedef enum Storage { IN_ARENA, IN_INPUT, IN_OUTPUT, IN_WEIGHTS, IN_TEXT, IN_TURN } Storage;

/* What a loop reads or writes a slice of each turn: the slice is a view that moves on by `step` elements a turn. */
typedef struct Pace {
    const Node *loop;
    int64_t step;
    const struct Pace *outer; /* a slice of a slice: of a loop around this one */
} Pace;

/* Sequences and optionals have a length that is known while compiling, so that no node works on one: see ops/list.c. */
typedef enum Kind { TENSOR, SEQUENCE, OPTIONAL } Kind;

/* Floats that stand for integers which the model stores: (integer - zero) * scale. */
typedef struct Stored {
    DType t;
    double scale, zero;
    bool centred;    /* zero is known only when the net runs: for the integers less it */
    Value *integers; /* of a constant: these, whatever their scales are; else NULL */
} Stored;

struct Value {
    const char *name;
    DType dtype;
    int rank; /* -1: not known yet */
    int64_t dim[MAX_RANK];
    const char *dim_name[MAX_RANK]; /* symbolic name of an open dim of a graph input, else NULL */
    const void *data;               /* constant: elements in row-major order of dim; else NULL */
    Value *extent
        [MAX_RANK]; /* how many there are along an axis, an int64 that the net computes; NULL: dim */
    const double *least, *most; /* of each element of a small tensor, where bounds are known */
    const Value *declared; /* the shape that the model states for it, open dims -1; NULL: none */
    Node *producer;        /* NULL for inputs and constants */
    Kind kind;             /* lists are no tensors: they hold some */
    Value **item;
    int nitem;
    const Stored *stored; /* NULL: for nothing else; only instruments ask */
    Value *twin;          /* its copy, while the body it belongs to is copied */
    int uses;             /* readers, counting graph outputs; kept by graph_count_uses */
    int id;               /* dense number, for side tables */
    /* memory, decided from the layout pass on */
    Value *base;      /* owner of the storage; itself unless a view */
    int64_t start;    /* first element, counted from the start of base ... */
    const Pace *pace; /* ... in the first turn of each of these loops */
    int64_t
        stride[MAX_RANK]; /* elements of base between neighbours along each axis; 0 = broadcast */
    Storage storage;      /* of a base */
    int64_t size;         /* of a base: elements its storage has room for */
    int64_t offset;       /* of a base: byte offset in arena or weights */
    int first, last;      /* of a base: life in steps of the schedule */
    int index;            /* of IN_INPUT/IN_OUTPUT/IN_TEXT: which */
    int64_t lines;        /* of a base: it holds so many rows of axis 2 at a time; 0: all */
    Value *share;  /* of a base: it takes the place of this one, which dies where it is born */
    Value *into;   /* written in place: a part of this value (Concat, If) ... */
    int into_axis; /* ... from into_at on along this axis */
    int64_t into_at;
};

typedef struct Ints {
    int n;
    int64_t *v;
} Ints;
typedef struct Floats {
    int n;
    float *v;
} Floats;
typedef struct Strings {
    int n;
    const char **v;
} Strings;
#define ATTR_I int64_t
#define ATTR_F float
#define ATTR_S const char *
#define ATTR_Is Ints
#define ATTR_Fs Floats
#define ATTR_Ss Strings
#define ATTR_T Value *
#define ATTR_G Graph *
#define ATTR_P bool /* given: nothing depends on what it says */
typedef enum AttrId {
#define ATTR(kind, name) A_##name,
#include "attrs.def"
#undef ATTR
    ATTR_COUNT
} AttrId;
typedef struct Attrs {
#define ATTR(kind, name) ATTR_##kind name;
#include "attrs.def"
#undef ATTR
    bool has[ATTR_COUNT]; /* given by the model (not a default) */
} Attrs;

/* One argument of a generated layer function. */
typedef enum ArgKind { ARG_IN, ARG_OUT, ARG_WEIGHT, ARG_SCRATCH } ArgKind;
typedef struct Arg {
    ArgKind kind;
    const char *name; /* parameter name in the function: x, w, b, y ... */
    DType dtype;
    Value *value; /* the tensor (view) passed: the pointer passed is that of its first element */
    const char *note; /* shape and packing, for the comment: "[oc/32][kh][kw][ic][32]" */
    int copies;       /* of scratch memory: one for each part of a divided layer; 0: a single one */
} Arg;

typedef struct Plan {
    double cycles;   /* predicted; < 0: the kernel does not apply */
    const char *why; /* when it does not apply: the reason, for --explain */
    int m, v;        /* register tile: pixels (rows) x vectors */
    int block;       /* kernel's own use: rows per cache block */
    int64_t rows;    /* that the output has when a range of them can be computed; 0: it cannot.
                      * Those of axis 2 where images are rows of pixels, else the kernel's own. */
    int64_t
        panels;  /* of columns, or turns of the kernel's own outermost loop: a range of them can be
                      * computed; 0: it cannot */
    bool scales; /* it honours node_scale */
} Plan;

/* How a layer shall be computed. */
typedef struct Choice {
    const Kernel *kernel;
    int m, v; /* register tile; 0: as the kernel thinks best */
} Choice;

struct Node {
    const char *name; /* from the model; "" when it has none */
    const Op *op;
    int opset; /* version of the op's domain the model imports */
    Value **in;
    int nin; /* absent optional inputs are NULL */
    Value **out;
    int nout;
    Attrs a;
    bool whole;          /* works on its inputs up to their bounds, whatever their extents are */
    Expr *expr;          /* Map: what it computes; others: the epilogue on the result, leaf -1 */
    int nown;            /* inputs of the op itself; in[nown..nin) are operands of the epilogue */
    bool exact;          /* its sums are integers, which no kernel may round */
    Graph *body[2];      /* If: then, else; Loop, Scan: body[0], see control.c */
    int64_t trips;       /* Loop, Scan: turns at most; -1: known only when it runs */
    bool counts;         /* Loop: exactly that many, or NAME_run returns 2 */
    int counter;         /* Loop, Scan: number of its counter in the generated code */
    const char *refused; /* If without outputs: a check; why NAME_run returns 2 where it fails */
    const char **origin;
    int norigin;            /* ONNX node names that were fused into this one, first the main one */
    const char *origin_ops; /* "Conv+BatchNormalization+Relu": for comments and --explain */
    /* decided by select */
    const char *key; /* what its speed depends on, see wisdom.c; NULL: nobody asks */
    Choice choice;   /* the tile that plan, bind and emit shall take, if they can */
    const Kernel *kernel;
    Plan plan;
    const char *explain; /* why the other kernels lost */
    Arg *arg;
    int narg;
    int step;           /* place in the linear schedule */
    bool seen;          /* by graph_verify */
    int end;            /* Loop, Scan: the step after all those of the body */
    int function;       /* number of its generated function ... */
    const char *symbol; /* ... and its name in net.c */
    int layer;          /* number in the table of layers, from 1 on */
    int look
        [2];   /* instruments: numbers of its input and output among the tensors looked at, or 0 */
    int works; /* instruments: of the first of its multiplications among all, see work.c */
    Value *scaled; /* instruments: what it reads times node_scale, made for them alone; or NULL */
    bool ranged;   /* the function computes rows [from, to) of plan.rows */
    bool paneled;  /* the function computes panels [from, to) of plan.panels */
    int parts;     /* threads that it is divided among; 0: the caller's alone */
    Chain *chain;  /* layers it runs with, strip by strip; NULL: it runs by itself, at once */
};

struct Graph {
    const char *name;
    Graph *outer; /* graph whose values a body may read */
    Node **node;
    int nnode; /* topological order */
    Value **in;
    int nin; /* without those that have an initializer; of a body: what the loop hands it each turn */
    Value **out;
    int nout;
    Value **value;
    int nvalue;     /* all, by id */
    int64_t copied; /* of the model: nodes in copies of its bodies */
    int64_t random; /* of the model: the seed of those nodes that have none, or RANDOM_INPUT ... */
    int64_t drawn;  /* ... and how many nodes have drawn random numbers */
    bool repeats;   /* the body of a loop */
};

enum { RANDOM_INPUT = -1 }; /* random numbers are inputs of the model */
enum { OPSET_OURS = 99 };   /* opset of nodes that are ours */
Graph *graph_new(Graph *outer);
Value *value_new(Graph *g, const char *name, DType t, int rank, const int64_t *dim);
Value *value_const(Graph *g, const char *name, DType t, int rank, const int64_t *dim,
                   const void *data);
Value *value_scalar(Graph *g, const char *name, DType t,
                    double v); /* rank 0 constant; a string is empty */
Value *value_ints(Graph *g, const char *name, int n, const int64_t *v); /* rank 1 int64 constant */
Value *value_strings(Graph *g, const Node *n, const char *name,
                     Strings list);  /* rank 1; a blocker of n when one is too long */
int64_t value_count(const Value *v); /* elements */
int64_t value_bytes(const Value *v);
bool value_is_const(const Value *v);
double value_at(const Value *v, int64_t i);       /* i-th element of a constant, as double */
const char *string_at(const Value *v, int64_t i); /* i-th element of a constant of strings */
int64_t value_int_at(const Value *v,
                     int64_t i); /* i-th element of a constant, as int64 (floats truncate) */
bool value_ints_of(const Value *v, Ints *out); /* all elements of a constant of any numeric type */
void data_put(void *data, DType t, int64_t i, double v,
              int64_t k);                           /* store v (float kinds) or k (integer kinds) */
void value_same_type(Value *to, const Value *from); /* copy dtype, rank and dims */
bool value_same_dims(const Value *a, const Value *b);
const char *dims_text(const Value *v); /* "1x3x224x224"; "scalar" */
Node *node_new(Graph *g, const char *op, const char *name, int nin, Value **in, int nout,
               Value **out);
Node *node_of(const Op *op, const char *name, int nin, Value **in, int nout, Value **out);
Node *graph_add(Graph *g, Node *n); /* append */
void graph_insert(Graph *g, int at, Node *n);
void node_input_add(Node *n, Value *v);
void node_stand_for(Node *made, const Node *of); /* reports name it as they name `of` */
void node_absorb(Node *into, const Node *from); /* into takes over from's ONNX names, for reports */
Value *node_in(const Node *n,
               int i); /* input of the op itself, not of its epilogue; NULL when absent */
Value *node_result(const Node *n);                     /* the first output there is */
void graph_replace(Graph *g, Value *old, Value *with); /* every reader, in g and its subgraphs */
void graph_count_uses(Graph *g);
void graph_clean(Graph *g); /* drop nodes nobody needs; recount uses */
void graph_verify(const Graph *g, const char *stage);
void graph_dump(const Graph *g, FILE *f, int indent);

/* ---- expr.c: elementwise expressions, the meaning of every Map and epilogue ------------------------------------ */
typedef enum FnId {
#define FN(name, arity, kind, ftext, itext, feval, ieval) FN_##name,
#include "fn.def"
#undef FN
    FN_COUNT
} FnId;
typedef enum ExprKind { EX_LEAF, EX_CONST, EX_CALL, EX_CAST } ExprKind;
struct Expr {
    ExprKind kind;
    DType dtype;
    int leaf; /* EX_LEAF: index into Node.in; -1 = the result an epilogue works on */
    double f;
    int64_t i; /* EX_CONST: value, in f for float kinds and i for the others */
    FnId fn;
    int nargs; /* EX_CALL; EX_CAST has one argument */
    Expr *arg[3];
};
/* Parse the text of a MAP row. Variables a, b, c are inputs 0..2, attribute names their values, dtypes come from n. */
Expr *expr_parse(const char *text, const Node *n);
Expr *expr_leaf(int leaf, DType t);
Expr *expr_const(DType t, double v);
Expr *expr_call(FnId fn, int nargs, Expr *const *arg);
Expr *expr_cast(Expr *e, DType to);
Expr *expr_substitute(const Expr *e, int leaf, Expr *with); /* every leaf `leaf` becomes `with` */
Expr *expr_renumber(const Expr *e, const int *to);          /* leaf i becomes to[i]; -1 stays */
Expr *
expr_by_reciprocals(Expr *e); /* a / c as a * (1 / c), before what neither rounds nor compares */
/* Float constants become leaves from `leaf` on, whose values are appended to the empty list. */
Expr *expr_constants(const Expr *e, int leaf, Floats *value);
bool expr_uses(const Expr *e, int leaf);
int expr_cost(const Expr *e); /* rough vector instructions per vector */
bool expr_is_vector(
    const Expr *e); /* can be computed in float vectors (leaves float; casts to bool inside) */
/* Value of e with leaf values given as double/int64 pairs (index leaf + 1). */
typedef struct Num {
    double f;
    int64_t i;
} Num;
Num expr_eval(const Expr *e, const Num *leaf);
/* C text of e. leaf[k + 1] is the text of leaf k (already in e's own leaf dtype). Shared or long parts are written to o
 * as `const T tN = ...;` lines before the text that is returned. */
const char *expr_scalar(Out *o, const Expr *e, const char *const *leaf);
const char *expr_vector(Out *o, const Expr *e, const char *const *leaf);
char *expr_text(const Expr *e, const Node *n); /* readable infix form for comments and dumps */
int fn_find(const char *name);                 /* -1 when unknown */
const char *fn_name(FnId fn);
bool fn_defined(FnId fn, DType t); /* has fn a meaning on arguments of type t? */
void expr_restart(void); /* temporaries are numbered from t0 again: a new function begins */

/* ---- op.c: the operator table (ops.def) -------------------------------------------------------------------------- */
typedef enum OpClass {
    OP_MAP,     /* elementwise: the row's expression says it all; becomes a Map node */
    OP_VIEW,    /* moves no element: sets strides on its input's storage when it can */
    OP_COMPUTE, /* has kernels */
    OP_EXPAND,  /* replaced by other nodes before fusion */
    OP_LIST,    /* works on sequences and optionals, which are gone when infer is done */
    OP_CONTROL  /* infer walks its bodies and puts it in its place */
} OpClass;
struct Op {
    const char *name, *domain;
    OpClass cls;
    int min_in, max_in; /* max_in -1: variadic */
    int min_out, max_out;
    const char
        *attrs; /* "group=1 pads strides auto_pad=NOTSET": accepted attributes with defaults */
    const char *expr; /* elementwise rows; expr_of when it depends on attributes or types */
    Expr *(*expr_of)(const Node *);
    void (*canon)(Graph *,
                  Node *); /* older opset forms -> the canonical one; NULL when there is one form */
    void (*infer)(Graph *,
                  Node *); /* sets dtype, rank, dims of outputs; blocker() when impossible */
    void (*extents)(Graph *, Node *); /* those of the outputs, from those of the inputs, which
                                         NULL does not take: see ops/extent.c */
    bool (*fold)(Graph *,
                 Node *); /* all inputs constant: give every output its data; false: cannot */
    unsigned strings;     /* bit i: input i may hold strings; 0: outputs never do */
    bool (*view)(Node *); /* VIEW: out[0] = strides over in[0]'s base, false when not expressible */
    void (*expand)(
        Graph *, Node *); /* EXPAND: append the replacing nodes to g->node (n itself is dropped) */
};
const Op *op_find(const char *domain, const char *name);
const Op *op_row(int i); /* i-th row, NULL past the end: tables drive tests and docs */
bool node_is(const Node *n, const char *op);
void map_make(Graph *g, Node *n); /* a node of a MAP row becomes a Map node */
void attrs_default(Node *n);      /* fill the row's defaults */
bool attr_accepted(const Op *op, const char *name);
Expr *map_expr(const Node *n); /* what an elementwise node computes */
/* For expand(): add a node with default attributes (out NULL: a new value), or an elementwise one given as text over its
 * inputs a b c ...; the latter is inferred, and folded when constant. Both return the output. */
Value *add_op(Graph *g, const char *op, const char *name, int nin, Value **in, Value *out);
Value *map_text(Graph *g, const char *name, const char *expr, int nin, Value **in, Value *out);

/* ---- onnx.c: the only file that sees the protobuf ------------------------------------------------------------------ */
typedef struct DimFix {
    const char *name;
    int64_t value;
} DimFix; /* --dim name=value */
typedef struct ShapeFix {
    const char *input;
    int rank;
    int64_t dim[MAX_RANK];
} ShapeFix; /* --shape input=1x3 */
Graph *onnx_read(Compiler *c, const char *path);
void onnx_write(const Graph *g, const char *path);
void sha256_hex(const void *data, size_t bytes,
                char hex[65]); /* by it files name what they came from */
/* The model again, its nodes with metadata: keys and values in turn, up to a NULL, which `of` tells by a node's name as
 * reports know it (NULL: none). */
typedef const char **Remarks(const void *arg, const char *node);
void onnx_annotate(const char *model, const char *path, Remarks *of, const void *arg);

/* ---- infer.c, fold.c: shapes of every value, constants folded ------------------------------------------------------ */
void infer(Compiler *c);
bool infer_all(Graph *g); /* the model's, up to its lists; false: there are blockers */
/* suppose.c: elements of inputs that are sizes, from what the model declares */
Graph *suppose_copy(const Compiler *c); /* the graph as it was read, where there are such inputs */
bool suppose(Compiler *c, const Graph *fresh, int blockers); /* true: c->graph now is inferred */
bool fold_node(Graph *g, Node *n); /* true: every output became constant */
void infer_node(Graph *g, Node *n);
void infer_walk(Graph *g, Node *n); /* n takes its place in g: canonical, typed, folded, expanded */
void infer_graph(Graph *g);         /* the same for all of a body's nodes */
bool infer_outputs(Node *n, int blockers); /* are all typed and not too large, nothing refused? */

/* control.c: If, Loop and Scan. A loop's in, out, body->in and body->out start with LOOP_IN or LOOP_OUT places of their
 * own, then come loop_states() states, then what is read or written slice by slice. */
enum { LOOP_M, LOOP_COND, LOOP_IN };
enum { LOOP_TURN = 0, LOOP_AGAIN = 0, LOOP_OUT = 1 };
bool node_is_loop(const Node *n);
int loop_states(const Node *n);
void lists_dissolve(
    Compiler *c); /* list.c: outputs become ports, and lists the tensors they hold */
bool loop_counted(const Node *n); /* makes n->trips turns, whatever it computes */
int loop_axis(const Ints *axes, int i, int rank);
void loop_drop_slices(Node *n, int i); /* the output i, written slice by slice, is not wanted */
/* Helpers for the families of ops in ops/. */
bool infer_broadcast(Graph *g, Node *n, Value *out, int nin,
                     Value *const *in); /* dims of out, multidirectional */
int axis_norm(Graph *g, Node *n, int64_t axis,
              int rank); /* negative counts from the end; blocker when outside */
void out_set(Node *n, int i, DType t, int rank, const int64_t *dim);
void infer_same(Graph *g, Node *n); /* out[0] has the type of in[0] */
/* The elements of in[i], none if it is absent; not a constant: blocker about `what`, false. */
bool input_ints(const Node *n, int i, const char *what, Ints *out);

/* ---- passes: fuse.c, layout.c, kernel.c, place.c ------------------------------------------------------------------ */
typedef struct Pass {
    const char *name;
    void (*run)(Compiler *);
} Pass;
void widen(Compiler *c); /* widen.c: --accuracy=double */
void fuse(Compiler *c);
void layout(Compiler *c);
void select_kernels(Compiler *c);
void place(Compiler *c);
bool node_in_place(
    const Node *n); /* place.c: element i of its output may lie where that of its input does */

/* stream.c: layers that run together, strip by strip */
void stream(Compiler *c);
struct Chain {
    Node **node; /* neighbours in the schedule; each reads rows that the one before makes for it */
    int n;
    int64_t strip; /* rows of the last one's output in a turn */
    int parts;     /* threads that the last one's rows are divided among; 0: the caller's alone */
    double gain;   /* predicted cycles */
    bool heads;    /* rows are matrices, not rows of pixels; instruments look at all in one turn */
};
/* A layer's window along axis 2 of an image: row r of its output is made of rows from
 * r * stride - pad on, `extent` of them. */
typedef struct RowWindow {
    int64_t extent, stride, pad, in;
} RowWindow;
RowWindow row_window(const Node *n);
const Value *
node_lines(const Node *n); /* the input of which only some rows are there; NULL: none */
RowWindow row_window_all(const Node *n); /* the same, grown until each row of `in` is in one */
bool window_is_row(const RowWindow *w);  /* row r is made of row r alone */

/* split.c: layers that run on several threads */
void split(Compiler *c);
void scratch_copies(Node *n, int parts); /* memory that n needs while it runs: once for each part */

/* phases.c: a ConvTranspose whose output has its storage -> a Conv for each phase, appended to g */
bool phases_serve(const Node *n);
void phases_add(Graph *g, const Node *n);

/* views.c: strides */
void stride_plain(const Value *v, int64_t *stride);         /* row-major */
void stride_channels_last(const Value *v, int64_t *stride); /* N, spatial..., C innermost */
bool value_is_plain(const Value *v); /* rows contiguous in ONNX order (dims of 1 do not matter) */
bool value_is_dense(const Value *v); /* some order of axes covers it without gaps */
const Stored *
value_stored(const Value *v); /* what its elements stand for; NULL: for nothing else */
void value_own(Value *v, const int64_t *stride); /* v becomes a base with these strides */
void value_view(Value *v, const Value *of, int64_t start,
                const int64_t *stride); /* start relative to `of`'s first element */
bool view_reshape(const Value *from, int rank, const int64_t *dim,
                  int64_t *stride); /* no-copy reshape of strides */
/* Strides of operand `v` as seen from output `out` (axes aligned at the right, 0 where broadcast). */
void broadcast_strides(const Value *v, const Value *out, int64_t *stride);
/* Iteration space over `out` for nv operands: axes sorted outermost first by out's strides and merged where all
 * operands allow. dim[l] and stride[operand][l] describe loop l of n; stride[nv] is out's own. */
typedef struct Loops {
    int n;
    int64_t dim[MAX_RANK];
    int64_t stride[16][MAX_RANK];
} Loops;
Loops loops_of(const Value *out, int nv, Value *const *v);
Loops loops_split(const Loops *loops,
                  int64_t turns); /* the outermost becomes one of so many turns */
int outer_axis(const Value *v);   /* the axis whose neighbours lie farthest apart */

struct Kernel {
    const char *name; /* op_method, the same in file, function, --explain and generated comment */
    const char *ops;  /* names of the ops it computes, separated by blanks */
    /* "" or target features it requires; "reassociate" when its sums are not those of the definition:
     * --accuracy=strict leaves it out; "mix_rows" when rows share rounding errors: only --accuracy=fast lets it in */
    const char *needs;
    Plan (*plan)(const Node *n, const Target *t); /* applicability, tile and predicted cycles */
    void (*bind)(Graph *g, Node *n,
                 const Target *t); /* arguments: packs weights, asks for scratch */
    void (*emit)(Out *o, const Node *n,
                 const Target *t); /* the function's body, between the braces */
};
const Kernel *kernel_row(int i); /* NULL past the end */
const Kernel *kernel_find(const char *name);
Plan plan_no(const char *why); /* "does not apply because" */
/* What --accuracy says and came to, for the banner and --explain. */
const char *accuracy_text(const Compiler *c);
bool may_reassociate(const Compiler *c); /* with this --accuracy */
/* Arguments, for bind(): each adds one parameter in order. */
void arg_in(Node *n, const char *name, Value *v);
void arg_out(Node *n, const char *name, Value *v);
void *arg_weight(Graph *g, Node *n, const char *name, DType t, int64_t count,
                 const char *note); /* zeroed; fill it */
void arg_scratch(Graph *g, Node *n, const char *name, DType t, int64_t count, const char *note);
void operands_follow(Node *n); /* constant operands as large as the output take its layout */
void arg_operands(Graph *g,
                  Node *n); /* the epilogue's operands: r0, r1 ... (constants become weights) */
int64_t const_at(const Value *v, const int64_t *ix);

/* prologue.c */
Value *node_scale(const Node *n); /* of a Conv: what in[0] is to be multiplied by; NULL: nothing */
/* A layer that only scales what n reads, and n as it would be if it scaled by itself; NULL: there is none. */
Node *prologue_of(const Node *n, Node *scaled);

/* wisdom.c: what --tune found out, a file of lines. */
typedef struct Wisdom {
    const char *key;
    Choice choice;
} Wisdom;
const char *layer_key(const Node *n, const Target *t);
void wisdom_read(Compiler *c, const char *path);               /* fatal when it is damaged */
const Choice *wisdom_find(const Compiler *c, const char *key); /* NULL: nothing is known */
void wisdom_write(const Compiler *c, FILE *f);

/* Scalar access to a tensor in generated code: half types are converted to float and back. */
const char *load_text(DType t, const char *pointer, const char *index);
void store_line(Out *o, DType t, const char *pointer, const char *index, const char *value);
const char *compute_c(DType t); /* C type values of t are computed in: "float" for half types */

/* epilogue.c: fused steps, shared by all kernels.
 * Scalar form: `ix` are the C texts of the output's coordinates. Returns the text to store. */
const char *epilogue_scalar(Out *o, const Node *n, const char *acc, const char *const *ix);
/* Vector form, for outputs that are rows of contiguous elements: element (row, col) lies at row * pitch + col (a pixel's
 * channels, a matrix row). acc holds VL neighbours of a row; row and col are the C texts of acc's first element; lanes <
 * VL: only so many count (loads are partial). Returns the text to store, see vector_store. */
bool epilogue_vectors(const Node *n); /* can all steps be computed so? */
bool epilogue_rows(const Node *n);    /* does any operand change from row to row? */
int epilogue_axis(const Node *n);     /* of the output: which one the rows run along */
const char *epilogue_vector(Out *o, const Node *n, const char *acc, const char *row,
                            const char *col, int lanes, int vl);
/* n with its epilogue's constants as operands, which the lines written here read where they stand, not earlier. */
const Node *epilogue_anew(Out *o, const Node *n);
/* When v is rows along `axis`, of neighbours, that all lie at multiples of one step: that step; else -1. */
int64_t row_pitch(const Value *v, int axis);
int row_axis(
    const Value
        *v); /* the axis of unit stride that rows run along: 1 of channels-last, else the last */
/* Loads and stores of any vector dtype: "vf_load(p)", "vf_loadn_u8(p, 5)". */
const char *vector_load(DType t, const char *pointer, int lanes, int vl);
void vector_store(Out *o, DType t, const char *pointer, const char *value, int lanes, int vl);
const char *index_text(const Value *v, const Value *out,
                       const char *const *ix); /* offset text, broadcast to out */
const char *offset_text(int rank, const int64_t *stride, const char *const *ix);

/* ---- emit.c: the generated files --------------------------------------------------------------------------------- */
void emit_files(Compiler *c);
void prelude_emit(Out *o, const Target *t, const char *portable_macro, const char *body);
/* The words that body needs and that the target has no intrinsics for: "vf_rint, vf_loads"; they run lane by lane. */
const char *prelude_lane_words(const Target *t, const char *body);
const char *layers_text(Compiler *c); /* the C text of every layer */
const char *float_text(float v); /* hex float literal, or INFINITY / NAN text that needs math.h */
const char *number_text(DType t, double f, int64_t i);

/* ---- target.c: YAML vocabularies ---------------------------------------------------------------------------------- */
#include "target.h"

/* ---- compile.c: the pipeline ---------------------------------------------------------------------------------------- */
/* An input or output of the model, and how many parameters of NAME_run it is. */
typedef struct Port {
    const char *name;
    bool list; /* a sequence or an optional: the parameters are the tensors it holds */
    int parameters;
} Port;

enum { MOST_THREADS = 256 };
struct Compiler {
    const char *model;   /* path */
    const char *command; /* command line for the banner: no absolute path, no host */
    const char *out;     /* net.c */
    const char *name;    /* C prefix */
    const char *data;    /* --data DIR: dims are taken from its input_K.pb */
    const char *dump;    /* stage to print */
    const char *dump_onnx;
    const char *depfile;
    const char *only_kernels; /* --kernel: comma-separated names allowed (naive always is) */
    bool check, explain, weights_bin, no_fuse;
    int64_t strip;  /* --stream: rows in a strip, of all layers; 0: as it pays, -1: off */
    int threads;    /* --threads: a run is divided among so many; 0, 1: it is not */
    bool split_all; /* layers that are not worth it, too */
    Wisdom *wisdom; /* --wisdom */
    int nwisdom;
    bool
        tuning; /* layers of which wisdom knows nothing take their candidate-th choice, or else the first ... */
    int candidate;
    int candidates; /* ... and this is how many the layer with the most of them has */
    enum { ACCURACY_DEFAULT, ACCURACY_STRICT, ACCURACY_DOUBLE, ACCURACY_FAST } accuracy;
    bool bench;                                    /* write the test bench too */
    void (*watch)(Compiler *c, const char *stage); /* called after each stage; NULL: nobody */
    bool symbols;        /* each layer has a function of its own, named after its ONNX node */
    bool callgrind;      /* the bench of -i counters is for valgrind */
    const Probe **probe; /* -i */
    int nprobe;
    int64_t random;   /* --random: Graph.random */
    int string_bytes; /* of an element of type string; 0: STRING_BYTES */
    bool strings;     /* there are any: the generated files declare their type */
    DimFix *dim;
    int ndim;
    ShapeFix *shape;
    int nshape;
    const Target *target;
    /* results */
    char sha256[65];
    Graph *graph;
    int64_t ir_version;
    const char **dep;
    int ndep; /* files read, for the depfile */
    Value **weight;
    int nweight; /* constants in the order they lie in the weights */
    Value **literal;
    int nliteral; /* constants so small that they stand in net.c */
    int nlayer;   /* calls of layer functions in the net's text */
    int64_t arena_bytes, bound_bytes, weight_bytes;
    int nresult;              /* outputs of the model; those after them are shapes of results ... */
    int *shape_at;            /* ... of which only data know it: which output it is, 0 for none */
    const char **out_name;    /* ONNX names of the outputs: values may be copied on the way */
    Port *in_port, *out_port; /* of the model; a list stands for several parameters */
    int nin_port, nout_port;
    int ndrawn;         /* of the inputs, the last so many are random numbers */
    const char **ident; /* C names of inputs, then outputs */
    const char *header; /* "net" of net.h, without folders */
};
void compile(Compiler *c);              /* all stages; files written on success */
int64_t liveness_bound(const Graph *g); /* liveness.c: bytes, before the layout pass */
/* The steps of that schedule: bytes of the tensors alive at each, and the node that runs (NULL: a loop's turn ends). */
typedef struct Alive {
    const Node *node;
    int64_t bytes;
} Alive;
Alive *liveness_steps(const Graph *g, int *nstep);
/* energy.c: published costs of a MAC by its factors' type, and of a word of 32 bits on the chip and beyond. */
typedef struct EnergyTable {
    const char *name, *unit;
    double float32, float16, int8, int32, near, far;
} EnergyTable;
const EnergyTable *energy_find(const char *name); /* NULL: there is no such table */
double energy_of_mac(const EnergyTable *t, DType factor);
double energy_of_bytes(const EnergyTable *t, int64_t bytes);
/* macs.c: multiply-accumulates, exact; 0 for other operators. */
int64_t node_macs(const Node *n);
bool node_multiplies(const Node *n, int i);   /* is input i one of the factors? */
int64_t node_winograd(const Node *n, int m);  /* multiplications by F(m, 3), 3 taps an axis */
int64_t node_strassen(const Node *n);         /* of a product with constant weights */
int64_t node_fft(const Node *n, int *points); /* by transforms of so many points; 0: directly */
void explain(Compiler *c, FILE *f);           /* explain.c: the plan as a table */
/* probe.c: c->probe becomes what a list like "time,sparsity" names; returns a name that is none, or NULL. */
const char *probes_choose(Compiler *c, const char *list);
bool probes_need(const Compiler *c,
                 unsigned what);     /* look.c: does one that is chosen? NEEDS_... of probe.h */
bool probes_look(const Compiler *c); /* look.c: at tensors, which shall be there in full */
const char *probes_names(void);      /* "time, counters" */
#endif
