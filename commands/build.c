/* SPDX-License-Identifier: MIT
 * build.c - `dnncc build MODEL -t TARGET -o EXE`: compile, add the test bench and call the C compiler. */
#include <stdio.h>
#include <string.h>
#include "cc.h"
#include "tune.h"

static void move_file(const char *from, const char *to)
{
    const char *f = shell_quoted(from), *t = shell_quoted(to);
    if (rename(from, to) && shell_run(text("cp %s %s && rm %s", f, t, f))) /* another file system */
        fatal(NULL, "cannot write '%s'", to);
}

int cmd_build(int argc, char **argv)
{
    Options p = {0};
    options_read(&p, 'b', argc, argv);
    if (!p.out)
        usage_error("-o names the program to write");
    const char *slash = strrchr(p.out, '/');
    p.c.name = p.c.name ? c_identifier(p.c.name) : c_identifier(slash ? slash + 1 : p.out);
    if (p.tune)
        tune(&p);
    move_file(cc_build(&p, cc_folder(&p), false), p.out);
    return 0;
}
