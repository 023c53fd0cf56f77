/* SPDX-License-Identifier: MIT
 * target.h - a target: an ISA as a YAML vocabulary. What a kernel may ask of it. */
#ifndef DNNCC_TARGET_H
#define DNNCC_TARGET_H
#include <stdbool.h>
#include <stdint.h>

/* A core of a machine, measured: a device file has it under `machine`. */
typedef struct Machine {
    const char *cpu;
    const char *target; /* whose vectors reached ... */
    double gflops;      /* ... this many multiply-adds, times 2 */
    /* Levels of memory, from the nearest: bytes that each holds (0: no end) and reads in a second; 0: there is none. */
    int64_t bytes[4];
    double bytes_per_s[4];
} Machine;
enum { MEMORY_LEVELS = 4 };
extern const char *const memory_level[MEMORY_LEVELS]; /* "l1" ... "memory" */

typedef struct Target {
    const char *name; /* "avx2" */
    const char *description;
    const char *cflags; /* what $CC needs: "-mavx2 -mfma" */
    const char **guard;
    int nguard; /* macros that must be defined, unless portable: "__AVX2__" */
    const char **when;
    int nwhen; /* macros without which it is plain C: "__GNUC__" */
    const char **header;
    int nheader; /* <...> includes of the non-portable build: "immintrin.h" */
    const char **define;
    int ndefine; /* NAME or NAME=VALUE, before those includes */
    const char **feature;
    int nfeature;   /* "fma", "mask" ...: names kernels may require; also checked on this CPU */
    int lanes;      /* floats in a vf */
    int registers;  /* vector registers */
    int64_t l1, l2; /* cache bytes a core has */
    double fma_per_cycle; /* vector multiply-adds started in a cycle */
    const char **word, **meaning;
    int nword;              /* vocabulary: word (or type) -> intrinsic text with $0 $1 $2 */
    const Machine *machine; /* NULL: nothing is known */
    const char **file;
    int nfile; /* the YAML files it was read from, for the depfile */
} Target;

/* By name (in $DNNCC_TARGETS, the installed folder, then beside a build tree) or by path to a YAML file. */
const Target *target_load(const char *name_or_path);
/* t with what a device file says of the machine, or otherwise than t. */
const Target *target_on_device(const Target *t, const char *path);
const char *target_meaning(const Target *t, const char *word); /* NULL: falls back to lanes */
bool target_has(const Target *t, const char *feature);
const char *target_missing(const Target *t); /* features that this CPU lacks; NULL: it runs here */
bool target_runs_here(const Target *t);      /* this CPU can execute what its cflags produce */
const char *machine_cpu(void);               /* what the CPU calls itself */
const char **target_names(int *n);           /* every target found, sorted */
/* Name of the best target this machine runs ("avx512" > "avx2" > "c"): what -t native means. */
const char *target_best(void);
#endif
