/* SPDX-License-Identifier: MIT
 * build.c - `dnncc build MODEL -t TARGET -o EXE`: compile, add the test bench and call the C compiler, in a temporary
 * folder that is gone afterwards. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "options.h"

static char folder[4096];

static void remove_folder(void)
{
    DIR *d = *folder ? opendir(folder) : NULL;
    if (!d)
        return;
    for (struct dirent *e; (e = readdir(d));)
        if (strcmp(e->d_name, ".") && strcmp(e->d_name, ".."))
            unlinkat(dirfd(d), e->d_name, 0);
    closedir(d);
    rmdir(folder);
    *folder = 0;
}

static const char *make_folder(const Options *p)
{
    if (p->keep) {
        if (mkdir(p->keep, 0777) && errno != EEXIST)
            fatal(NULL, "cannot make '%s': %s", p->keep, strerror(errno));
        return p->keep;
    }
    const char *tmp = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/dnncc-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(folder))
        fatal(NULL, "cannot make '%s': %s", folder, strerror(errno));
    atexit(remove_folder);
    return folder;
}

static char *quoted(const char *s)
{
    char *q = text("'");
    for (; *s; s++)
        q = *s == '\'' ? text("%s'\\''", q) : text("%s%c", q, *s);
    return text("%s'", q);
}

static const char *from_environment(const char *name, const char *otherwise)
{
    const char *v = getenv(name);
    return v && *v ? v : otherwise;
}

static int run_cc(const Options *p, const char *dir, const char *stem)
{
    const char *cc = p->cc ? p->cc : from_environment("CC", "cc");
    const char *flags = p->portable ? text("-D%s_PORTABLE", upper(p->c.name)) : p->c.target->cflags;
    const char *sources = text("%s/%s.c %s/%s_bench.c", quoted(dir), stem, quoted(dir), stem);
    if (p->c.weight_bytes)
        sources = text("%s %s/%s_weights.c", sources, quoted(dir), stem);
    const char *temp = text("%s/%s.exe", dir, stem);
    const char *command =
        text("%s %s %s%s -I%s -o %s %s -lm", cc, from_environment("CFLAGS", "-O2"), flags,
             p->c.threads > 1 ? " -pthread" : "", quoted(dir), quoted(temp), sources);
    progress("dnncc: %s ...", cc);
    int status = system(command);
    if (status == -1 || !WIFEXITED(status) || WEXITSTATUS(status))
        fatal("the command was printed above by the compiler; --keep=DIR keeps its input",
              "'%s' failed", cc);
    if (rename(temp, p->out)) { /* another file system */
        int moved = system(text("cp %s %s && rm %s", quoted(temp), quoted(p->out), quoted(temp)));
        if (moved)
            fatal(NULL, "cannot write '%s'", p->out);
    }
    return 0;
}

int cmd_build(int argc, char **argv)
{
    Options p = {0};
    options_read(&p, 'b', argc, argv);
    if (!p.out)
        usage_error("-o names the program to write");
    const char *slash = strrchr(p.out, '/');
    p.c.name = p.c.name ? c_identifier(p.c.name) : c_identifier(slash ? slash + 1 : p.out);
    p.c.bench = true;
    const char *dir = make_folder(&p);
    p.c.out = text("%s/%s.c", dir, p.c.name);
    compile(&p.c);
    return run_cc(&p, dir, p.c.name);
}
