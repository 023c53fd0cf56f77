/* SPDX-License-Identifier: MIT */
/*
 * bench.h - the test bench: a main() that `dnncc build` puts beside net.c to make a program.
 *
 * Its text lies in templates: runtime/tensor_file.ct reads and writes TensorProto files, runtime/bench.ct
 * has the net's memory, timing and main(), and runtime/bench_*.ct the rest.  All that is particular to one
 * net are two tables and one call, so the bench is described by its inputs and outputs alone.
 */
#ifndef DNNCC_BENCH_H
#define DNNCC_BENCH_H

#include <stdbool.h>
#include <stdint.h>

#include "out.h"

/* One input or output, in the order of net_run's parameters. */
typedef struct BenchPort {
    const char *name;  /* in the ONNX graph */
    const char *ident; /* net_run's parameter */
    int elem_type;     /* TensorProto.DataType */
    int rank;
    const int64_t *dims; /* [rank] */
    bool unread;         /* an input on which nothing depends */
    int file;            /* K of input_K.pb */
    int shape_at; /* of an output whose dims are bounds: the one that gets the real ones; else 0 */
    int item;     /* of the tensors in that file, when it holds a list; -1: it is one tensor */
} BenchPort;

typedef struct BenchNet {
    const char *name;                   /* net: net.h, net_run */
    const char *upper;                  /* NET: NET_WORK_BYTES */
    const char *weights_file;           /* blob to embed, a path; NULL: none */
    int threads;                        /* that a run is divided among; 0, 1: it is not */
    const char *probes, *probe_options; /* texts of runtime/probe.ct; NULL: no -i */
    const BenchPort *inputs;
    int ninputs;
    int ndrawn; /* the last so many are random numbers, which the model does not know of */
    const BenchPort *outputs;
    int noutputs;
    int nresults; /* the first so many outputs; the others are shapes of these */
    const int
        *input_lists; /* of each file, how many tensors its list holds; -1: it is one tensor */
    int ninput_files;
    const int *output_lists;
    int noutput_files;
} BenchNet;

/* Writes NAME_bench.c. */
void emit_bench(Out *o, const BenchNet *net);

/* Its parts, in order. */
void emit_bench_options(Out *o, const BenchNet *net);
void emit_bench_data(Out *o);
void emit_bench_compare(Out *o);
void emit_bench_sets(Out *o);

/* The part of it that knows TensorProto files. */
void emit_tensor_file(Out *o);

/* runtime/input_file.ct: other files for inputs. */
void emit_other_fields(Out *o);
void emit_image_values(Out *o);

#endif
