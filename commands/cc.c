/* SPDX-License-Identifier: MIT
 * cc.c - calling the C compiler on generated sources, in temporary folders that are gone afterwards. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "cc.h"
#include "files.h"

static const char **folder;
static int nfolder;

static void remove_folders(void)
{
    for (int i = 0; i < nfolder; i++) {
        DIR *d = opendir(folder[i]);
        if (!d)
            continue;
        for (struct dirent *e; (e = readdir(d));)
            if (strcmp(e->d_name, ".") && strcmp(e->d_name, ".."))
                unlinkat(dirfd(d), e->d_name, 0);
        closedir(d);
        rmdir(folder[i]);
    }
}

static const char *new_folder(const Options *p)
{
    if (p->keep) {
        if (mkdir(p->keep, 0777) && errno != EEXIST)
            fatal(NULL, "cannot make '%s': %s", p->keep, strerror(errno));
        return p->keep;
    }
    const char *tmp = getenv("TMPDIR");
    char *dir = text("%s/dnncc-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(dir))
        fatal(NULL, "cannot make '%s': %s", dir, strerror(errno));
    if (!nfolder)
        atexit(remove_folders);
    PUSH(folder, nfolder, dir);
    return dir;
}

/* What takes minutes shall not fail at its end. */
const char *cc_folder(const Options *p)
{
    const char *dir = new_folder(p), *out[] = {p->out, p->html, p->c.dump_onnx, p->tune};
    for (size_t i = 0; i < COUNT(out); i++)
        if (out[i])
            file_check(out[i]);
    return dir;
}

char *shell_quoted(const char *s)
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

const char *cc_name(const Options *p)
{
    return p->cc ? p->cc : from_environment("CC", "cc");
}

const char *cc_flags(const Options *p)
{
    return text("%s %s%s", from_environment("CFLAGS", "-O2"),
                p->portable ? text("-D%s_PORTABLE", upper(p->c.name)) : p->c.target->cflags,
                p->c.threads > 1 ? " -pthread" : "");
}

int shell_run(const char *command)
{
    int status = system(command);
    return status == -1 || !WIFEXITED(status) ? -1 : WEXITSTATUS(status);
}

void cc_run(const Options *p, const char *exe, const char *sources)
{
    progress("dnncc: %s ...", cc_name(p));
    if (shell_run(text("%s %s -o %s %s -lm", cc_name(p), cc_flags(p), shell_quoted(exe), sources)))
        fatal("the command was printed above by the compiler; --keep=DIR keeps its input",
              "'%s' failed", cc_name(p));
}

/* The bench without the net, of which the C compiler makes in half a second what tells of all --data. */
static void check_data(const Options *p, const char *dir)
{
    const char *q = shell_quoted(dir), *name = p->c.name, *exe = text("%s/check.exe", dir);
    if (shell_run(text("%s %s -O0 -w -D%s_CHECK -I%s %s/%s_bench.c -o %s -lm", cc_name(p),
                       cc_flags(p), upper(name), q, q, name, shell_quoted(exe))))
        fatal(NULL, "'%s' failed", cc_name(p));
    int status = shell_run(text("%s --profile . --data %s --sets %d", shell_quoted(exe),
                                shell_quoted(p->c.data), p->sets));
    remove(exe);
    if (status)
        exit(1); /* it has said why */
}

const char *cc_build(Options *p, const char *dir, bool reads)
{
    const char *q = shell_quoted(dir), *name = p->c.name;
    p->c.bench = true;
    p->c.out = text("%s/%s.c", dir, name);
    compile(&p->c);
    if (reads && p->c.data)
        check_data(p, dir);
    const char *sources = text("-I%s %s/%s.c %s/%s_bench.c", q, q, name, q, name);
    if (p->c.weight_bytes)
        sources = text("%s %s/%s_weights.c", sources, q, name);
    const char *exe = text("%s/%s.exe", dir, name);
    cc_run(p, exe, sources);
    return exe;
}
