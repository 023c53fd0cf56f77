/* SPDX-License-Identifier: MIT
 * options.h - the command line of every subcommand, read into one struct. */
#ifndef DNNCC_OPTIONS_H
#define DNNCC_OPTIONS_H
#include "dnncc.h"

typedef struct Options {
    Compiler c;
    const char *target, *out, *keep, *cc, *csv, *device, *tune, *wisdom;
    bool portable, per_layer, json;
    const EnergyTable *energy;
    int64_t last_level; /* bytes of callgrind's last cache; 0: the usual */
    double seconds;
    const char *measuring;  /* options of instruments, for the bench's command line ... */
    const Probe **measured; /* ... and whose they are */
    int nmeasured;
    int sets, launches;
    const char *label, *model_before; /* model_before: that of the options before --and */
    const char **file, **limit, *json_out, *html, *trace, *baseline; /* of compare */
    int nfile, nlimit;
    bool force;
} Options;

/* Reads argv[1..] for the command with this letter; usage errors exit 2. Sets c.model, c.command, c.target;
 * for compare file[]. */
void options_read(Options *p, char letter, int argc, char **argv);
void options_help(FILE *f, char letter); /* the options' lines of --help */
_Noreturn void usage_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

int cmd_compile(int argc, char **argv);
int cmd_build(int argc, char **argv);
int cmd_compare(int argc, char **argv);
int cmd_profile(int argc, char **argv);
int cmd_roofline(int argc, char **argv);
int cmd_stats(int argc, char **argv);
int cmd_targets(int argc, char **argv);
#endif
