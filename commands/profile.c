/* SPDX-License-Identifier: MIT
 * profile.c - `dnncc profile MODEL -i LIST --data DIR -o run.json`: builds the net with its hooks, lets its bench measure,
 * and writes what came out beside what the compiler knows. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "annotate.h"
#include "callgrind.h"
#include "cc.h"
#include "compare.h"
#include "files.h"
#include "counters.h"
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

/* Starts of the bench. */
static int launches(const Options *p)
{
    return !probe_on(&p->c, "time") ? 1 : p->launches ? p->launches : 10;
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

/* What the bench measured in one start; only: of that probe, NULL: of all. */
static json_t *measure(const Options *p, const char *exe, const char *dir, int launch,
                       const char *only)
{
    const char *raw = text("%s/measured.json", dir);
    const char *command =
        text("%s%s --profile %s --launch %d/%d", p->c.callgrind ? callgrind_prefix(p, dir) : "",
             shell_quoted(exe), shell_quoted(raw), launch, launches(p));
    if (only)
        command = text("%s --probe %s", command, only);
    if (p->c.data)
        command = text("%s --data %s", command, shell_quoted(p->c.data));
    if (p->seconds > 0)
        command = text("%s --seconds %g", command, p->seconds);
    if (p->sets)
        command = text("%s --sets %d", command, p->sets);
    if (p->measuring)
        command = text("%s%s", command, p->measuring);
    fflush(stdout);
    if (shell_run(command))
        fatal(p->c.callgrind ? callgrind_complaint(dir) : "what it said stands above",
              "the net's test bench failed");
    json_t *measured = json_read(raw);
    remove(raw);
    return measured;
}

static void append(json_t *to, json_t *from)
{
    if (to && json_array_extend(to, from))
        BUG("a bench does not measure the same each time");
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void wait_until(double when)
{
    double left = when - now();
    struct timespec t = {(time_t)left, (long)(1e9 * fmod(left, 1))};
    if (left > 0)
        nanosleep(&t, NULL);
}

/* All starts of the bench: where memory lies differs from start to start, and with it the times; and as other programs
 * come and go within seconds, half of `--seconds` at least lies between two starts (statistics.c has the figures). */
static json_t *measure_all(const Options *p, const char *exe, const char *dir)
{
    double pause = (p->seconds > 0 ? p->seconds : 2) / 2, next = now() + pause;
    json_t *all = measure(p, exe, dir, 0, NULL), *runs = json_object_get(all, "run_ns");
    json_t *starts = json_pack("[i]", (int)json_array_size(runs)), *layer;
    for (int k = 1; k < launches(p); k++) {
        wait_until(next);
        next = now() + pause;
        json_t *more = measure(p, exe, dir, k, "time"), *times = json_object_get(more, "time");
        size_t i;
        append(runs, json_object_get(more, "run_ns"));
        json_array_foreach(json_object_get(all, "time"), i, layer)
            append(json_object_get(layer, "ns"), json_object_get(json_array_get(times, i), "ns"));
        json_array_append_new(starts, json_integer((json_int_t)json_array_size(
                                          json_object_get(more, "run_ns"))));
        json_decref(more);
    }
    json_object_set_new(all, "launches", starts);
    if (p->c.callgrind)
        callgrind_merge(p, dir, all);
    return all;
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

int cmd_profile(int argc, char **argv)
{
    Options p = {0};
    options_read(&p, 'p', argc, argv);
    if (!p.c.nprobe)
        probes_choose(&p.c, p.c.callgrind ? "counters" : "time");
    if (p.c.callgrind && (p.c.nprobe > 1 || !probe_on(&p.c, "counters")))
        usage_error("--method=callgrind is for -i counters alone");
    if (p.c.callgrind)
        callgrind_check(&p);
    const char *dump = p.c.dump_onnx;
    p.c.dump_onnx = NULL; /* nothing is measured yet */
    p.c.name = p.c.name ? c_identifier(p.c.name) : "net";
    const char *dir = cc_folder(&p), *exe = cc_build(&p, dir), *out = p.out;
    json_t *profile = record_profile(&p.c, measure_all(&p, exe, dir), label_of(&p));
    put_setting(profile, &p);
    if (p.c.callgrind)
        json_object_set_new(profile, "simulated", callgrind_caches(&p));
    if (!out)
        out = text("%s/profile.json", dir);
    message_subject(NULL);
    json_put(profile, file_begin(out));
    files_commit();
    Profile *f = profile_read(out);
    if (p.html)
        compare_html(compare(&f, 1), file_begin(p.html));
    files_commit();
    if (dump)
        onnx_annotate(p.c.model, dump, remarks_of, f);
    sheet_print(f, stdout, terminal_width(stdout));
    counters_print(f, stdout, terminal_width(stdout));
    if (!p.out)
        remove(out);
    return 0;
}
