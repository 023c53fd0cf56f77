/* SPDX-License-Identifier: MIT
 * compile.c - `dnncc MODEL -t TARGET -o net.c`: the main job. */
#include <string.h>
#include "tune.h"

/* net from out/net.c: what symbols start with when --name does not say. */
const char *name_from(const char *path)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    return c_identifier(text("%.*s", (int)strcspn(base, "."), base));
}

int cmd_compile(int argc, char **argv)
{
    Options p = {0};
    options_read(&p, 'c', argc, argv);
    bool writes = !p.c.check && !p.c.dump && !p.c.dump_onnx && !p.c.explain;
    p.c.out = p.out ? p.out : writes ? "net.c" : NULL;
    if (p.c.check)
        p.c.out = NULL;
    if (p.c.out && (strlen(p.c.out) < 3 || strcmp(p.c.out + strlen(p.c.out) - 2, ".c")))
        usage_error("-o names the C file to write, such as net.c, not '%s'", p.c.out);
    p.c.name = p.c.name ? c_identifier(p.c.name) : name_from(p.c.out ? p.c.out : "net.c");
    if (p.tune)
        tune(&p);
    compile(&p.c);
    if (p.c.check)
        printf("%s: can be compiled for %s\n", p.c.model, p.c.target->name);
    return 0;
}
