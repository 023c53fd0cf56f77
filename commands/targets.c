/* SPDX-License-Identifier: MIT
 * targets.c - `dnncc targets`: what -t accepts, and which of it this machine runs. */
#include <string.h>

#include "options.h"

int cmd_targets(int argc, char **argv)
{
    if (argc > 1)
        usage_error("targets takes no arguments, not '%s'", argv[1]);
    int n;
    const char **name = target_names(&n), *best = target_best();
    for (int i = 0; i < n; i++) {
        const Target *t = target_load(name[i]);
        const char *missing = target_missing(t);
        printf("%-14s %-58s %s%s\n", name[i], t->description,
               missing                 ? "lacks "
               : strcmp(name[i], best) ? "runs here"
                                       : "runs here, the best (-t native)",
               missing ? missing : "");
    }
    return 0;
}
