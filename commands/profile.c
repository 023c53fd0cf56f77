/* SPDX-License-Identifier: MIT
 * profile.c - `dnncc profile MODEL -i LIST --data DIR -o run.json`: builds the net with its hooks, lets its bench measure,
 * and writes what came out beside what the compiler knows. With --and it does so for several builds, in turns. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "annotate.h"
#include "callgrind.h"
#include "cc.h"
#include "compare.h"
#include "counters.h"
#include "files.h"
#include "measure.h"
#include "probe.h"
#include "record.h"
#include "sheet.h"
#include "table.h"

/* The first line that a shell command prints. */
static const char *first_line(const char *command)
{
    char line[256] = "";
    FILE *f = popen(command, "r");
    if (f) {
        if (!fgets(line, sizeof line, f))
            *line = 0;
        while (getc(f) != EOF)
            ;
        pclose(f);
    }
    line[strcspn(line, "\n")] = 0;
    return text("%s", line);
}

/* "run" of "out/run.json" */
static const char *label_of(const Options *p)
{
    if (p->label)
        return p->label;
    const char *path = p->out ? p->out : p->c.model, *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    return dot && dot > name ? text("%.*s", (int)(dot - name), name) : name;
}

static void put_setting(json_t *profile, const Options *p)
{
    json_object_set_new(profile, "cc",
                        json_text(first_line(text("%s --version 2>/dev/null", cc_name(p)))));
    json_object_set_new(profile, "cflags", json_text(cc_flags(p)));
    json_object_set_new(profile, "machine",
                        json_pack("{s:o, s:i}", "cpu", json_text(machine_cpu()), "cores",
                                  (int)sysconf(_SC_NPROCESSORS_ONLN)));
}

static void check_options(const Options *p)
{
    if (p->c.callgrind && (p->c.nprobe > 1 || !probe_on(&p->c, "counters")))
        usage_error("--method=callgrind is for -i counters alone");
    if (p->c.callgrind && p->nmeasured)
        usage_error("--method=callgrind has its own events: no --events");
    if (p->c.callgrind)
        callgrind_check(p);
}

/* Builds that take turns have their own names, and as many starts. */
static void check_pair(const Options *p, const Options *q)
{
    if (p->out && q->out && !strcmp(p->out, q->out))
        usage_error("two profiles cannot both be '%s'", p->out);
    if (p->keep && q->keep && !strcmp(p->keep, q->keep))
        usage_error("the sources of two builds cannot both be in '%s'", p->keep);
    if (measure_launches(p) != measure_launches(q))
        usage_error("builds that take turns need the same --launches, and -i time all or none");
}

/* The options of each build: those up to the first --and, and those behind its own. */
static Bench *read_benches(int argc, char **argv, int *n)
{
    int first = 1, from, to;
    while (first < argc && strcmp(argv[first], "--and"))
        first++;
    Bench *bench = NULL;
    for (from = first; !*n || from < argc; from = to) {
        Bench b = {.dir = NULL};
        char **words = mem(((size_t)argc + 1) * sizeof *words);
        for (to = *n ? from + 1 : first; to < argc && strcmp(argv[to], "--and");)
            to++;
        memcpy(words, argv, (size_t)first * sizeof *words);
        memcpy(words + first, argv + from, (size_t)(to - from) * sizeof *words);
        options_read(&b.p, 'p', first + to - from, words);
        if (!b.p.c.nprobe)
            probes_choose(&b.p.c, b.p.c.callgrind ? "counters" : "time");
        check_options(&b.p);
        for (int k = 0; k < *n; k++)
            check_pair(&bench[k].p, &b.p);
        PUSH(bench, *n, b);
    }
    return bench;
}

static void build(Bench *b)
{
    Compiler *c = &b->p.c;
    const char *dump = c->dump_onnx;
    c->dump_onnx = NULL; /* nothing is measured yet */
    c->name = c->name ? c_identifier(c->name) : "net";
    message_subject(c->model);
    b->exe = cc_build(&b->p, b->dir, true);
    c->dump_onnx = dump;
}

/* Where it can be read again: beside the sources, if -o names none, or a pipe. */
static const char *path_of(const Bench *b)
{
    struct stat there;
    bool file = b->p.out && (stat(b->p.out, &there) || S_ISREG(there.st_mode));
    return file ? b->p.out : text("%s/profile.json", b->dir);
}

static bool is_stdout(const char *path)
{
    struct stat a, b;
    return path && !stat(path, &a) && !fstat(STDOUT_FILENO, &b) && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

static void write_profile(const Bench *b)
{
    json_t *profile = record_profile(&b->p.c, b->raw, label_of(&b->p));
    put_setting(profile, &b->p);
    if (b->p.c.callgrind)
        json_object_set_new(profile, "simulated", callgrind_caches(&b->p));
    const char *path = path_of(b);
    if (b->p.out && path != b->p.out)
        json_put(json_incref(profile), file_begin(b->p.out));
    json_put(profile, file_begin(path));
}

static void show(const Comparison *c)
{
    int width = terminal_width(stdout);
    if (c->n > 1) {
        compare_print(c, stdout, width);
        return;
    }
    sheet_print(*c->profile, stdout, width);
    counters_print(*c->profile, stdout, width);
}

int cmd_profile(int argc, char **argv)
{
    int n = 0;
    bool quiet = false;
    const char *html = NULL;
    Bench *bench = read_benches(argc, argv, &n);
    Profile **profile = mem((size_t)n * sizeof *profile);
    message_subject(NULL);
    for (int k = 0; k < n; k++)
        bench[k].dir = cc_folder(&bench[k].p);
    for (int k = 0; k < n; k++)
        build(&bench[k]);
    message_subject(NULL);
    measure(bench, n);
    for (int k = 0; k < n; k++)
        write_profile(&bench[k]);
    files_commit();
    for (int k = 0; k < n; k++) {
        const Options *p = &bench[k].p;
        profile[k] = profile_read(path_of(&bench[k]));
        html = p->html ? p->html : html;
        if (p->c.dump_onnx)
            onnx_annotate(p->c.model, p->c.dump_onnx, remarks_of, profile[k]);
        if (path_of(&bench[k]) != p->out)
            remove(path_of(&bench[k]));
        quiet |= is_stdout(p->out);
    }
    Comparison *c = compare(profile, n);
    if (html)
        compare_html(c, file_begin(html));
    files_commit();
    if (!quiet) /* the profile is there alone */
        show(c);
    return 0;
}
