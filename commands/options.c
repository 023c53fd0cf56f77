/* SPDX-License-Identifier: MIT
 * options.c - reads the command line by the table options.def, which also prints --help. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "cc.h"
#include "options.h"
#include "probe.h"

_Noreturn void usage_error(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fputs("dnncc: ", stderr);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputs("\n  hint: see `dnncc --help`\n", stderr);
    exit(2);
}

static int64_t number(const char *s, const char *all)
{
    char *end;
    errno = 0;
    long long v = strtoll(s, &end, 10);
    if (end == s || (*end && *end != 'x') || errno || v < 1)
        usage_error("'%s': sizes are whole numbers from 1 on", all);
    return v;
}

static void add_dim(Options *p, const char *v)
{
    const char *equals = strrchr(v, '=');
    if (!equals || equals == v || strchr(equals, 'x'))
        usage_error("--dim takes NAME=N, not '%s'", v);
    DimFix d = {text("%.*s", (int)(equals - v), v), number(equals + 1, v)};
    PUSH(p->c.dim, p->c.ndim, d);
}

static void add_shape(Options *p, const char *v)
{
    const char *equals = strrchr(v, '=');
    ShapeFix s = {0};
    if (!equals || equals == v)
        usage_error("--shape takes INPUT=1x3x224x224, not '%s'", v);
    s.input = text("%.*s", (int)(equals - v), v);
    for (const char *at = equals + 1; *at;) {
        if (s.rank == MAX_RANK)
            usage_error("'%s': up to %d dims", v, MAX_RANK);
        s.dim[s.rank++] = number(at, v);
        at += strcspn(at, "x");
        at += *at == 'x';
    }
    PUSH(p->c.shape, p->c.nshape, s);
}

static void set_stream(Options *p, const char *v)
{
    p->c.strip = strcmp(v, "off") ? number(v, v) : -1;
}

static void set_threads(Options *p, const char *v)
{
    const char *comma = strchr(v, ',');
    int64_t n = number(comma ? text("%.*s", (int)(comma - v), v) : v, v);
    if (n > MOST_THREADS || (comma && strcmp(comma, ",all")))
        usage_error("--threads takes 1 to %d, and perhaps ,all, not '%s'", MOST_THREADS, v);
    p->c.threads = (int)n;
    p->c.split_all = comma;
}

static void set_probes(Options *p, const char *v)
{
    const char *bad = probes_choose(&p->c, v);
    if (bad)
        usage_error("-i takes %s, not '%s'", probes_names(), bad);
}

static void set_symbols(Options *p, const char *v)
{
    if (strcmp(v, "per-layer"))
        usage_error("--symbols takes per-layer, not '%s'", v);
    p->c.symbols = true;
}

static void set_energy(Options *p, const char *v)
{
    p->energy = energy_find(v);
    if (!p->energy)
        usage_error("--energy takes horowitz45 or eyeriss, not '%s'", v);
}

static void set_method(Options *p, const char *v)
{
    if (strcmp(v, "pmu") && strcmp(v, "callgrind"))
        usage_error("--method takes pmu or callgrind, not '%s'", v);
    p->c.callgrind = !strcmp(v, "callgrind");
}

/* "8M" */
static void set_last_level(Options *p, const char *v)
{
    char *end;
    long long n = strtoll(v, &end, 10);
    int shift = *end == 'K' ? 10 : *end == 'M' ? 20 : *end == 'G' ? 30 : 0;
    if (end == v || end[shift ? 1 : 0] || n < 1 || n > (1 << 20))
        usage_error("--ll takes a size such as 8M, not '%s'", v);
    p->last_level = (int64_t)n << shift;
    if (p->last_level < 64 << 10 || p->last_level > (int64_t)1 << 30 ||
        p->last_level & (p->last_level - 1))
        usage_error("--ll takes a power of two from 64K to 1G, not '%s'", v);
}

static double positive(const char *v, const char *option)
{
    char *end;
    double d = strtod(v, &end);
    if (end == v || *end || !(d > 0 && d < 1e6))
        usage_error("%s takes a number above 0, not '%s'", option, v);
    return d;
}

static void set_string_bytes(Options *p, const char *v)
{
    int64_t n = number(v, v);
    if (n < STRING_LEAST || n > STRING_MOST)
        usage_error("--string-bytes takes %d to %d, not '%s'", STRING_LEAST, STRING_MOST, v);
    p->c.string_bytes = (int)n;
}

static void set_random(Options *p, const char *v)
{
    p->c.random = !strcmp(v, "input") ? RANDOM_INPUT : (int64_t)number(v, v);
}

/* What follows is of another build, which shares the options so far, but is not called or kept like the first. */
static void another(Options *p)
{
    p->model_before = p->c.model;
    p->c.model = p->out = p->label = p->keep = p->c.dump_onnx = NULL;
}

static void set_weights(Options *p, const char *v)
{
    if (strcmp(v, "bin"))
        usage_error("--weights takes bin, not '%s'", v);
    p->c.weights_bin = true;
}

static void set_accuracy(Options *p, const char *v)
{
    static const char *const levels[] = {"default", "strict", "double", "fast"};
    for (size_t i = 0; i < COUNT(levels); i++)
        if (!strcmp(v, levels[i])) {
            p->c.accuracy = i;
            return;
        }
    usage_error("--accuracy takes default, strict, double or fast, not '%s'", v);
}

static const struct {
    const char *spelling, *arg, *commands, *help;
} rows[] = {
#define OPT(spelling, arg, commands, action, help) {spelling, arg, commands, help},
#include "options.def"
#undef OPT
};

static void act(Options *p, size_t row, const char *v)
{
    size_t i = 0;
    (void)v;
#define OPT(spelling, arg, commands, action, help) \
    if (i++ == row)                                \
        action;
#include "options.def"
#undef OPT
}

static void help_line(FILE *f, const char *left, const char *help)
{
    fprintf(f, "  %-22s %s\n", left, help);
}

/* Behind -i: the instruments, and of `profile` their options. */
static void probes_help(FILE *f, char letter)
{
    const Probe *row;
    for (int i = 0; (row = probe_row(i)); i++) {
        help_line(f, text("  %s", row->name), row->measures);
        for (const ProbeOption *p = row->options; letter == 'p' && p && p->name; p++)
            help_line(f, text("    %s=%s", p->name, p->arg), p->help);
    }
}

void options_help(FILE *f, char letter)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (!strchr(rows[i].commands, letter))
            continue;
        const char *left = text("%s%s%s", rows[i].spelling,
                                rows[i].arg ? (rows[i].spelling[1] == '-' ? "=" : " ") : "",
                                rows[i].arg ? rows[i].arg : "");
        help_line(f, left, rows[i].help);
        if (!strcmp(rows[i].spelling, "-i"))
            probes_help(f, letter);
    }
}

/* Row of the option a of the command, with *value set when it is written "--option=value"; -1 when there is none. */
static int find(const char *a, char letter, const char **value)
{
    size_t n = a[1] == '-' ? strcspn(a, "=") : strlen(a);
    for (size_t i = 0; i < COUNT(rows); i++)
        if (strlen(rows[i].spelling) == n && !strncmp(rows[i].spelling, a, n) &&
            strchr(rows[i].commands, letter)) {
            *value = a[n] ? a + n + 1 : NULL;
            return (int)i;
        }
    return -1;
}

/* The command line for the banner: paths lose their folders, so that the same model gives the same bytes anywhere. */
static void remember(Options *p, const char *word)
{
    const char *slash = strrchr(word, '/');
    if (slash && slash[1])
        word =
            text("%.*s%s",
                 (int)(strchr(word, '=') && strchr(word, '=') < slash ? strchr(word, '=') + 1 - word
                                                                      : 0),
                 word, slash + 1);
    p->c.command = text("%s %s", p->c.command, word);
}

/* An option of an instrument: the bench takes it. */
static void act_measuring(Options *p, const ProbeOption *o, const Probe *of, const char *value)
{
    if (!o->fits(value))
        usage_error("%s takes %s, not '%s'", o->name, o->wants, value);
    p->measuring = text("%s %s %s", p->measuring ? p->measuring : "", o->name, shell_quoted(value));
    PUSH(p->measured, p->nmeasured, of);
}

/* Its value, when a takes one: behind its '=', or the next word. */
static const char *value_for(Options *p, const char *a, const char *arg, const char *value,
                             const char *next)
{
    if (!arg && value)
        usage_error("%.*s takes no value", (int)strcspn(a, "="), a);
    if (!arg || value)
        return value;
    if (!next)
        usage_error("%s needs %s", a, arg);
    remember(p, next);
    return next;
}

static void check_probes(const Options *p)
{
    for (int i = 0; i < p->nmeasured; i++)
        if (!probe_on(&p->c, p->measured[i]->name))
            usage_error("there are options of -i %s without it", p->measured[i]->name);
    for (int i = 0; i < p->c.nprobe && p->c.threads > 1; i++)
        if (p->c.probe[i]->looks || p->c.probe[i]->one_thread)
            usage_error("-i %s is for one thread%s", p->c.probe[i]->name,
                        p->c.probe[i]->looks ? ": the numbers are the same for any" : "");
}

void options_read(Options *p, char letter, int argc, char **argv)
{
    p->c.command = letter == 'c' ? "dnncc" : text("dnncc %s", argv[0]);
    for (int i = 1; i < argc; i++) {
        const char *a = argv[i], *value = NULL;
        remember(p, a);
        if (a[0] != '-' || !a[1]) {
            if (letter == 'd') {
                PUSH(p->file, p->nfile, a);
                continue;
            }
            if (p->c.model)
                usage_error("one model at a time, not '%s' and '%s'", p->c.model, a);
            p->c.model = a;
            continue;
        }
        const Probe *of = NULL;
        const ProbeOption *measuring = letter == 'p' ? probe_option(a, strcspn(a, "="), &of) : NULL;
        int row = find(a, letter, &value);
        if (row < 0 && !measuring)
            usage_error("unknown option '%s'", a);
        const char *arg = measuring ? measuring->arg : rows[row].arg, *next = argv[i + 1];
        if (measuring && a[strcspn(a, "=")])
            value = strchr(a, '=') + 1;
        i += arg && !value;
        value = value_for(p, a, arg, value, next);
        if (measuring)
            act_measuring(p, measuring, of, value);
        else
            act(p, (size_t)row, value);
    }
    if (letter == 'd') {
        if (!p->nfile)
            usage_error("which profiles?");
        return;
    }
    if (!p->c.model)
        p->c.model = p->model_before;
    if (!p->c.model && letter != 'r')
        usage_error("which model?");
    if (p->c.model && letter == 'r')
        usage_error("it measures the machine, no model such as '%s'", p->c.model);
    check_probes(p);
    message_subject(NULL);
    p->c.target = target_load(p->target ? p->target : letter == 'r' ? "native" : "c");
    if (p->device)
        p->c.target = target_on_device(p->c.target, p->device);
    if (p->wisdom && p->tune)
        usage_error("--tune FILE reads FILE, too: it needs no --wisdom");
    if (p->wisdom)
        wisdom_read(&p->c, p->wisdom);
    message_subject(p->c.model);
}
