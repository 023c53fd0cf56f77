/* SPDX-License-Identifier: MIT
 * build.c - `dnncc build MODEL -t TARGET -o EXE`: compile, add the test bench and call the C compiler. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "cc.h"
#include "files.h"
#include "tune.h"

/* To another file system, whole or not at all. */
static void copy_program(const char *from, const char *to)
{
    size_t n;
    struct stat there, here;
    FILE *in = fopen(from, "rb");
    if (!in || fstat(fileno(in), &there))
        fatal(NULL, "cannot read '%s': %s", from, strerror(errno));
    FILE *out = file_begin(to);
    char *part = mem(1 << 16);
    while ((n = fread(part, 1, 1 << 16, in)) > 0 && fwrite(part, 1, n, out) == n)
        continue;
    if (ferror(in))
        fatal(NULL, "cannot read '%s': %s", from, strerror(errno));
    fclose(in);
    if (!fstat(fileno(out), &here) && S_ISREG(here.st_mode) &&
        fchmod(fileno(out), there.st_mode & 0777))
        fatal(NULL, "cannot write '%s': %s", to, strerror(errno));
    files_commit();
}

static void move_program(const char *from, const char *to)
{
    if (!rename(from, to))
        return;
    copy_program(from, to);
    remove(from);
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
    move_program(cc_build(&p, cc_folder(&p), false), p.out);
    return 0;
}
