/* SPDX-License-Identifier: MIT
 * main.c - the program `dnncc`: looks at the first word and hands over to a subcommand. */
#include <string.h>
#include "options.h"

static const struct {
    const char *name;
    int (*run)(int, char **);
    char letter;
    const char *usage;
} commands[] = {
    {"compile", cmd_compile, 'c',
     "dnncc [compile] MODEL.onnx -t TARGET -o net.c   write net.c, net.h and net_weights.c"},
    {"build", cmd_build, 'b',
     "dnncc build MODEL.onnx -t TARGET -o EXE         compile, add a test bench, call $CC"},
    {"profile", cmd_profile, 'p',
     "dnncc profile MODEL.onnx -t TARGET -i time      run it on --data and measure, layer by "
     "layer"},
    {"compare", cmd_compare, 'd',
     "dnncc compare A.json B.json ...                 profiles side by side, by the names of ONNX "
     "nodes"},
    {"roofline", cmd_roofline, 'r',
     "dnncc roofline [-t TARGET] -o device.yaml       peaks of one core, for --device"},
    {"stats", cmd_stats, 's',
     "dnncc stats MODEL.onnx [--per-layer]            MACs, weights, memory; nothing is run"},
    {"targets", cmd_targets, 0,
     "dnncc targets                                   what -t accepts, and what runs here"},
};

static int help_of(size_t i)
{
    printf("%s\n", commands[i].usage);
    if (commands[i].letter)
        options_help(stdout, commands[i].letter);
    return 0;
}

static int help(void)
{
    puts("dnncc " PACKAGE_VERSION ": compiles ONNX models to standalone C\n");
    for (size_t i = 0; i < COUNT(commands); i++) {
        help_of(i);
        putchar('\n');
    }
    puts("dnncc COMMAND --help prints the part of a command.\n"
         "EXE --data DIR [--save OUT] runs and compares, EXE --seconds S times; EXE --help tells "
         "more.\n"
         "Exit status: 0 done, 1 the model or a file is at fault, 2 the command line is, "
         "3 compare found what --fail-if forbids.");
    return 0;
}

static bool is_help(const char *word)
{
    return !strcmp(word, "--help") || !strcmp(word, "-h");
}

/* The command that a word names; otherwise the first, whose name may be left out. */
static size_t command_named(const char *word, bool *named)
{
    for (size_t i = 0; i < COUNT(commands); i++)
        if (!strcmp(word, commands[i].name)) {
            *named = true;
            return i;
        }
    *named = false;
    return 0;
}

int main(int argc, char **argv)
{
    const char *first = argc > 1 ? argv[1] : "--help";
    bool named, asks = !strcmp(first, "help");
    if (is_help(first) || (asks && argc == 2))
        return help();
    if (!strcmp(first, "--version"))
        return printf("dnncc %s\n", PACKAGE_VERSION) < 0;
    size_t command = command_named(asks ? argv[2] : first, &named);
    if (asks && !named)
        usage_error("there is no command '%s'", argv[2]);
    for (int i = 2; i < argc; i++)
        asks |= is_help(argv[i]);
    if (asks)
        return help_of(command);
    return commands[command].run(argc - named, argv + named);
}
