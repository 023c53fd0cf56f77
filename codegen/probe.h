/* SPDX-License-Identifier: MIT
 * probe.h - an instrument (-i): what NAME_run does round the call of a layer function to measure something.
 *
 * Layer functions do not know of probes. NAME_run_probed has the hooks, static functions in net.c do the measuring, and
 * what they find out goes to the caller's sink. The test bench is such a caller: it sums up and writes JSON. */
#ifndef DNNCC_PROBE_H
#define DNNCC_PROBE_H
#include "emit.h"

/* The call of a layer function. */
typedef struct Call {
    const Node *n;
    const char *from, *to; /* rows of its output that it computes, as C text; NULL: all of them */
    const char *x_row,
        *y_row; /* the first rows that its input's and output's buffers hold; NULL: these hold all */
} Call;

/* What is there for a probe: the table of tensors (look.c); that of multiplications (work.c) with their constant factors as
 * they are computed with or as the model stores them; the zero points of these. */
enum { NEEDS_TENSORS = 1, NEEDS_FACTORS = 2, NEEDS_STORED = 4, NEEDS_ZERO_POINTS = 8 };

/* An option of `dnncc profile` and of the bench that it builds. */
typedef struct ProbeOption {
    const char *name, *arg, *help;
    const char *wants; /* what stands there for arg, in words */
    bool (*fits)(const char *value);
    const char *take; /* the bench's statement that keeps it; sees the strings `value` and `name` */
} ProbeOption;

struct Probe {
    const char *name, *measures;
    const char *key; /* of what it says of a layer in a profile, see report/PROFILE.md */
    const char *
        method; /* how its figures are got: "clock", "exact" ...; NULL: NAME_method() of the bench tells */
    bool
        looks; /* at the tensors: not while several threads write them, nor when nothing was computed */
    bool one_thread;            /* it counts what one thread does */
    unsigned needs;             /* of the NEEDS_* below */
    const ProbeOption *options; /* up to one without a name; NULL: it has none */
    void (*settings)(Out *o);   /* the bench's variables that they set, and functions for that */
    const char
        *fill;   /* the bench's statement that sets its members of NAME_probe; NULL: it has none */
    bool repeat; /* the bench runs each data set for a while, not once */
    const char *passes; /* how often the bench goes through all data sets: C text */
    void (*header)(Out *o, const Compiler *c);  /* net.h: members of NAME_probe */
    void (*declare)(Out *o, const Compiler *c); /* net.c: its static functions */
    void (*locals)(Out *o, const Compiler *c);  /* variables of NAME_run_probed; may be NULL */
    void (*before)(Out *o, const Unit *u, const Call *call);
    void (*after)(Out *o, const Unit *u, const Call *call);
    /* NAME_bench.c: NAME_begin(pass), NAME_sink(layer, values, count), NAME_end(batch) after so many runs, and NAME_write(f),
     * which prints a JSON array of an object or null for each layer; NAME being the probe's. */
    void (*bench)(Out *o, const Compiler *c);
};

/* look.c: the tensors that are looked at. */
typedef struct Axis {
    int64_t dim, stride;
} Axis;

/* A tensor as instruments see it: its images, its time steps, its channels, and the other axes, of which the first is that
 * of rows. */
typedef struct Axes {
    Axis image, step, channel;
    int64_t n;
    Axis rest[MAX_RANK];
} Axes;

typedef struct Look {
    const Graph *g;
    const Node *n;
    int side; /* 0: its input, before the call; 1: its output, after it */
    const Value *v;
    Axes axes;
    int *told, ntold; /* layers: K of their output, -K of their input */
} Look;

typedef struct Looks {
    Look *look;
    int n;
} Looks;

Value *layer_tensor(const Node *n, int side); /* its input or output; NULL: there is none */
Axes axes_of(const Node *n, const Value *v);
Looks looks_of(Graph *g); /* numbers them, too: Node.look */
/* In NAME_run: arguments `tensor, pointer, rows` of a function that looks at what a call reads or has made. */
const char *look_text(const Unit *u, const Call *call, int side);

enum { LOOK_AXES = MAX_RANK - 2, CHANNELS = 256 /* that the sink is told of at once */ };

/* work.c: the multiplications of a layer. */
enum { WORK_SPATIAL = 3, WORK_AXES = MAX_RANK + WORK_SPATIAL + 1, MOST_WORKS = 3 };
typedef struct WorkAxis {
    int64_t n, a, w; /* places; elements between neighbours in the activation and in the weight */
} WorkAxis;

typedef struct WorkSpatial {
    int64_t out, kernel, stride, dilation, pad, in;
    int64_t a, w;
} WorkSpatial;

typedef struct Work {
    Value *a, *w;           /* a NULL: zeros */
    Value *a_zero, *w_zero; /* zero points, one number each, or NULL */
    const Stored *stored;   /* integers that a stands for; NULL: none */
    Value *integers;        /* those that w stands for, laid out like it; NULL: none */
    int64_t start;          /* of a: the first element */
    WorkAxis shared[MAX_RANK], image, ic, oc;
    WorkSpatial spatial[WORK_SPATIAL]; /* the first one is that of rows */
    bool
        transposed; /* places are those of the input, and meet the kernel's at places of the output */
    int windows;    /* the spatial axis along which windows are neighbours; 0: none */
    bool swapped;   /* a is the node's second operand */
    bool after;     /* a is what the layer makes */
    bool steps;     /* shared[0] are directions, shared[1] time steps, from this one on: */
    int64_t first_step[2];
} Work;

int works_of(
    const Node *n,
    Work to[MOST_WORKS]); /* how many; 0: no multiplications, or none that can be told apart */

typedef struct Works {
    Work *work;
    int n;
} Works;

Works works_in(
    Graph *g); /* of all layers, in order: NAME_works of net.c; numbers them: Node.works */

const Probe *probe_row(int i); /* NULL past the end */
const ProbeOption *probe_option(const char *name, size_t length, const Probe **of);
bool probe_on(const Compiler *c, const char *name);
/* The hooks of all probes; around: of those only that do not look at tensors. */
void probes_before(Out *o, const Unit *u, const Call *call, bool around);
void probes_after(Out *o, const Unit *u, const Call *call, bool around);

bool scales_any(const Graph *g); /* has a layer a product that only instruments see? */

/* runtime/look.ct */
void emit_looks(Out *o, const Compiler *c);
void emit_scaled(Out *o, const Compiler *c); /* the function of net.c for that ... */
void emit_scaled_call(Out *o, const Unit *u, const Call *call); /* ... and its call */
const char *stored_text(const Stored *s);      /* members scale, zero of a table's row */
const char *zero_text(DType t, const char *x); /* whether the element is 0 */

/* runtime/work.ct */
void emit_works(Out *o, const Compiler *c);
/* A function of net.c for each pair of types that is multiplied, by the name that is given to it. */
void emit_work_functions(Out *o, const Compiler *c,
                         const char *(*name)(const Compiler *, const Work *),
                         void (*emit)(Out *, const Compiler *, const Work *));
/* In NAME_run: arguments `layer, work, activation, w, from, to, row` for work k, the i-th of a call; w is its weight, or
 * the integers that this one stands for. */
const char *work_text(const Unit *u, const Call *call, const Work *k, int i, const Value *w);

/* runtime/bits_values.ct, bits_work.ct: of the bench, for -i bits */
void emit_bits_values(Out *o);
void emit_bits_work(Out *o);

/* runtime/counters_events.ct: of the bench, for -i counters */
void emit_counter_events(Out *o);
bool are_counter_events(const char *list); /* for --events */

/* runtime/probe.ct */
void emit_probe_header(Out *o, const Compiler *c, const char *prototype);
void emit_probe_functions(Out *o, const Compiler *c);
void emit_probe_bench(Out *o, const Compiler *c);
void emit_probe_options(Out *o, const Compiler *c); /* of the bench */
#endif
