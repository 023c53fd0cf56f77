/* SPDX-License-Identifier: MIT */
/*
 * main.c - the program `dnncc`: looks at the first word and hands over to a subcommand.
 */
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        printf("dnncc %s\n", PACKAGE_VERSION);
        return 0;
    }
    fprintf(stderr, "usage: dnncc MODEL.onnx -t TARGET -o net.c\n");
    return 2;
}
