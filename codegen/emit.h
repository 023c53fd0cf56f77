/* SPDX-License-Identifier: MIT
 * emit.h - the pieces of the generated files that emit.c, emit_run.c and emit_files.c share. */
#ifndef DNNCC_EMIT_H
#define DNNCC_EMIT_H
#include "dnncc.h"

typedef struct Function {
    const char *name; /* l03_conv_direct */
    const char *key;  /* signature and body, without the name */
    Node **user;
    int nuser; /* the layers it computes */
} Function;

typedef struct Unit {
    Compiler *c;
    Function *f;
    int nf;
    int nloop, nlayer;
    const char *frame; /* where a call finds its pointers: "" or, in a task, "c->" */
    Out tasks;         /* functions that compute a part of a layer */
    int ntask;
} Unit;

void emit_net(Out *o, Compiler *c); /* net.c */
void emit_run(Out *o, Unit *u);     /* NAME_run, and with threads NAME_run_parallel */
void emit_banner(Out *o, const Compiler *c, const char *what);
const char *run_prototype(const Compiler *c);          /* "int net_run(...)" */
const char *run_parallel_prototype(const Compiler *c); /* the same with a parallel-for */
const char *run_probed_prototype(const Compiler *c);   /* the whole, with a NAME_probe behind it */
const char *value_text(const Unit *u,
                       const Value *v);            /* in NAME_run: pointer to its first element */
const char *input_ident(const Compiler *c, int i); /* parameter names, unique C identifiers */
const char *output_ident(const Compiler *c, int i);
const char *literal_ident(const Compiler *c, int i); /* the array of a small constant */
const void *pack_value(const Value *v); /* a constant's elements as its strides say; gaps are 0 */
void weights_type(Out *o, const Compiler *c); /* declares NAME_weights */
const char *comment_text(const char *s);

/* runtime/threads.ct: what net.h and net.c have with --threads */
void emit_threads_header(Out *o, const Compiler *c, const char *prototype);
void emit_threads(Out *o, const Compiler *c);
#endif
