/* SPDX-License-Identifier: MIT
 * roofline.c - `dnncc roofline -t TARGET -o device.yaml`: what one core of this machine can do at most with a target's
 * vectors, measured by a program that is generated, compiled and run as a net would be. `--device` reads the file. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "cc.h"
#include "files.h"
#include "roofline.h"

/* The first line of a file of the system; "" where there is none. */
static const char *system_line(const char *path)
{
    char line[256] = "";
    FILE *f = fopen(path, "r");
    if (f && !fgets(line, sizeof line, f))
        *line = 0;
    if (f)
        fclose(f);
    line[strcspn(line, "\n")] = 0;
    return text("%s", line);
}

/* Bytes of the first core's data cache of a level, as Linux tells; 0: unknown. */
static int64_t cache_bytes(int level)
{
    for (int i = 0; i < 8; i++) {
        const char *dir = text("/sys/devices/system/cpu/cpu0/cache/index%d", i);
        const char *size = system_line(text("%s/size", dir));
        if (atoi(system_line(text("%s/level", dir))) != level ||
            !strcmp(system_line(text("%s/type", dir)), "Instruction"))
            continue;
        int64_t n = atoll(size);
        return strchr(size, 'K') ? n << 10 : strchr(size, 'M') ? n << 20 : n;
    }
    return 0;
}

/* Caches that Linux does not tell of are as large as the target says; of an L3 nothing is known then. */
static void find_levels(Machine *m, const Target *t)
{
    for (int i = 0; i < MEMORY_LEVELS - 1; i++)
        m->bytes[i] = cache_bytes(i + 1);
    m->bytes[0] = m->bytes[0] ? m->bytes[0] : t->l1;
    m->bytes[1] = m->bytes[1] ? m->bytes[1] : t->l2;
}

/* What to read so that it lies in one level: half of the cache, which the stack and others use, too, but not so little
 * that the level before holds much of it. Of a last level that cores share, and perhaps other machines, a quarter. Memory:
 * four times the largest cache. */
static int64_t working_set(const Machine *m, int level)
{
    enum { LEAST = 64 << 20, MOST = 512 << 20 };
    if (level == 2)
        return m->bytes[2] / 4;
    if (level < 2)
        return m->bytes[level] / 2;
    int64_t all = 4 * MAX(m->bytes[2], m->bytes[1]);
    return MAX(LEAST, MIN(all, MOST));
}

/* Is the level larger than the one before, so that it can be told apart? */
static bool level_exists(const Machine *m, int level)
{
    return level == 0 || level == MEMORY_LEVELS - 1 ||
           working_set(m, level) > 2 * m->bytes[level - 1] ||
           (level == 1 && m->bytes[1] >= 4 * m->bytes[0]);
}

static void write_source(const Target *t, const char *path)
{
    Out o;
    out_init(&o);
    emit_roofline(&o, t);
    FILE *f = file_begin(path);
    fwrite(o.text, 1, o.len, f);
    files_commit();
}

static double next_number(FILE *f)
{
    double v = 0;
    if (fscanf(f, "%lf", &v) != 1 || !(v > 0))
        fatal("does this machine run it? `dnncc targets` tells",
              "the program that measures failed");
    return v;
}

static void measure(Machine *m, const char *exe)
{
    const char *command = shell_quoted(exe);
    for (int i = 0; i < MEMORY_LEVELS; i++)
        if (level_exists(m, i))
            command = text("%s %" PRId64, command, working_set(m, i));
    FILE *f = popen(command, "r");
    if (!f)
        fatal(NULL, "cannot run '%s'", exe);
    m->gflops = next_number(f);
    for (int i = 0; i < MEMORY_LEVELS; i++)
        if (level_exists(m, i))
            m->bytes_per_s[i] = next_number(f);
    pclose(f);
}

/* A text between quotes in YAML. */
static const char *yaml_quoted(const char *s)
{
    char *q = text("\"%s\"", s);
    for (char *p = q + 1; p[1]; p++)
        if (*p < ' ' || *p > '~' || *p == '"' || *p == '\\')
            *p = '_';
    return q;
}

static void write_device(const Machine *m, const Target *t, const char *path)
{
    const char *comma = "";
    FILE *f = file_begin(path);
    fprintf(f,
            "# One core, measured by dnncc " PACKAGE_VERSION " roofline -t %s; for --device.\n"
            "machine:\n  cpu: %s\n  target: %s\n  gflops: %.5g\n  bytes: {",
            t->name, yaml_quoted(m->cpu), t->name, m->gflops);
    for (int i = 0; i < MEMORY_LEVELS - 1; i++)
        if (m->bytes_per_s[i]) {
            fprintf(f, "%s%s: %" PRId64, comma, memory_level[i], m->bytes[i]);
            comma = ", ";
        }
    fprintf(f, "}\n  bytes_per_s: {");
    comma = "";
    for (int i = 0; i < MEMORY_LEVELS; i++)
        if (m->bytes_per_s[i]) {
            fprintf(f, "%s%s: %.5g", comma, memory_level[i], m->bytes_per_s[i]);
            comma = ", ";
        }
    fprintf(f, "}\n");
    files_commit();
}

static const char *size_text(int64_t bytes)
{
    return !bytes              ? ""
           : bytes < (1 << 20) ? text("%" PRId64 " KiB", bytes >> 10)
                               : text("%" PRId64 " MiB", bytes >> 20);
}

static void print_device(const Machine *m, const Target *t)
{
    printf("%s, one core with %s's vectors\n%-10s %10s %10.1f GFLOP/s\n", m->cpu, t->name,
           "multiply-add", "", m->gflops);
    for (int i = 0; i < MEMORY_LEVELS; i++)
        if (m->bytes_per_s[i])
            printf("%-12s %10s %10.1f GB/s read; the roof is flat from %.2f FLOP/B on\n",
                   memory_level[i], size_text(m->bytes[i]), m->bytes_per_s[i] / 1e9,
                   m->gflops * 1e9 / m->bytes_per_s[i]);
}

int cmd_roofline(int argc, char **argv)
{
    Options p = {0};
    options_read(&p, 'r', argc, argv);
    p.c.name = "roofline";
    const Target *t = p.c.target;
    if (!p.portable && target_missing(t))
        fatal("`dnncc targets` tells what runs here; --portable makes plain C of any target",
              "this machine cannot run target '%s': it lacks %s", t->name, target_missing(t));
    Machine m = {.cpu = machine_cpu(), .target = t->name};
    const char *dir = cc_folder(&p), *exe = text("%s/roofline.exe", dir);
    write_source(t, text("%s/roofline.c", dir));
    cc_run(&p, exe, text("%s/roofline.c", shell_quoted(dir)));
    progress("dnncc: measuring ...");
    find_levels(&m, t);
    measure(&m, exe);
    if (!p.keep)
        remove(exe);
    if (p.out)
        write_device(&m, t, p.out);
    print_device(&m, t);
    return 0;
}
