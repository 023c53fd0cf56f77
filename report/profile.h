/* SPDX-License-Identifier: MIT
 * profile.h - a profile (PROFILE.md) in memory. Numbers are doubles, as in JSON; what was not measured is ABSENT, a
 * NULL string or an empty Series. */
#ifndef REPORT_PROFILE_H
#define REPORT_PROFILE_H
#include "dnncc.h"

#define ABSENT (-1.0) /* all that is measured is at least 0 */

typedef struct Series {
    double *at;
    int n;
} Series;

typedef struct Quantity { /* a number with a name: a counter, a potential, a method */
    const char *name;
    double value;
    const char *text; /* instead of the value */
} Quantity;

typedef struct Quantities {
    Quantity *at;
    int n;
} Quantities;

typedef struct Zeros {
    double elements, zeros, near_zeros; /* elements ABSENT: not measured */
    Series images, channels, steps;
    double least, most, deviation; /* of its images */
    Series histogram;
} Zeros;

typedef struct Bits {
    const char *representation; /* NULL: not measured */
    double bits, elements, zeros, ones, group, zrl_tokens;
    double width; /* of all values: the bits that they need */
    Quantities terms, off_chip;
    Series widths;
} Bits;

typedef struct Layer {
    double id, step, chain, macs, multiplications, bytes, weight_bytes, predicted_cycles;
    const char *name, *op, *kernel, *tile, *function;
    const char **node; /* ONNX names */
    int nnode;
    Series input, output, ns;
    Quantities counters, zero_macs, work; /* work: bits.work */
    Quantities *step_macs;                /* zero_macs by time step */
    Bits *step_bits;                      /* of its input, too */
    int nstep_macs, nstep_bits;
    Zeros zeros_in, zeros_out;
    Bits bits_in, bits_weight;
} Layer;

typedef struct Buffer {
    const char *name;
    double offset, bytes, first, last;
} Buffer;

typedef struct Profile {
    const char *path, *label, *command, *version;
    const char *model, *sha256; /* sha256 NULL: another program's profile */
    const char *target, *cc, *cflags, *accuracy, *cpu;
    double ops, threads, cores, sets;
    double gflops; /* of the peak, of all cores that it ran on */
    Quantities bytes_per_s, methods;
    Quantities whole, between; /* counters of whole runs, and of what lies between the layers */
    double arena_bytes, bound_bytes, weight_bytes;
    Buffer *buffer;
    int nbuffer;
    Series ns;         /* of whole runs; as many as each layer has, or none */
    Series launches;   /* how many of the runs each start of the program made; empty: not known */
    const char *turns; /* profiles whose starts took turns have the same; NULL: it was alone */
    Layer *layer;
    int nlayer;
} Profile;

Profile *profile_read(const char *path); /* fatal, naming the file and the place, if it is none */

/* The operator that a layer is: "Conv" of "Conv+BatchNormalization+Relu". */
const char *layer_main_op(const Layer *l);
double quantity(const Quantities *q, const char *name); /* ABSENT: none of this name */
#endif
