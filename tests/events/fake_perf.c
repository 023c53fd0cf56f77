/* SPDX-License-Identifier: MIT
 * fake_perf.c - preloaded, a kernel with counters for tests on machines that have none: perf_event_open, the readings of
 * its groups, /proc/cpuinfo and the paranoid level, as the environment says.
 *
 * Event k that was opened grows by COST at each reading, and between the two readings round layer j, of FAKE_LAYERS, by
 * 1000 j (k + 1) more. All is counted FAKE_RUNNING percent of the time, and the kernel then has seen so much less.
 * FAKE_FAIL lists events that cannot be opened, "type:config=errno,", * being all; FAKE_LOG gets a line for each event. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <linux/perf_event.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MOST_FDS = 1024, MOST_EVENTS = 16, COST = 7, COST_READINGS = 200, ENABLED_NS = 100 };

typedef struct Group {
    int n, id[MOST_EVENTS];
    uint64_t format, readings, value[MOST_EVENTS], enabled, running;
} Group;

static Group groups[MOST_FDS]; /* by the leader's fd */
static int opened;

static long number(const char *name, long otherwise)
{
    const char *s = getenv(name);
    return s ? atol(s) : otherwise;
}

static int failure_of(const struct perf_event_attr *a)
{
    char key[64];
    const char *list = getenv("FAKE_FAIL"), *at = list ? strstr(list, "*=") : NULL;
    snprintf(key, sizeof key, "%u:%#llx=", a->type, (unsigned long long)a->config);
    if (list && strstr(list, key)) at = strstr(list, key);
    return at ? atoi(strchr(at, '=') + 1) : 0;
}

static void note(const struct perf_event_attr *a, int leader, int error)
{
    FILE *f = getenv("FAKE_LOG") ? fopen(getenv("FAKE_LOG"), "a") : NULL;
    if (!f) return;
    fprintf(f, "%s%u:%#llx%s%s\n", leader < 0 ? "" : "+", a->type, (unsigned long long)a->config,
            a->exclude_kernel && a->exclude_hv ? "" : " kernel", error ? " failed" : "");
    fclose(f);
}

static int open_event(const struct perf_event_attr *a, int leader)
{
    int error = a->size != sizeof *a ? E2BIG : failure_of(a);
    note(a, leader, error);
    if (error) {
        errno = error;
        return -1;
    }
    int fd = dup(STDERR_FILENO);
    Group *g = &groups[leader < 0 ? fd : leader];
    if (leader < 0) {
        memset(g, 0, sizeof *g);
        g->format = a->read_format;
    }
    g->id[g->n++] = opened++;
    return fd;
}

/* The readings of a run: its beginning, two round each layer, its end. */
static void count(Group *g)
{
    long layers = number("FAKE_LAYERS", 0), running = number("FAKE_RUNNING", 100);
    uint64_t at = g->readings >= COST_READINGS ? (g->readings - COST_READINGS) % (uint64_t)(2 * layers + 2) : 0;
    g->readings++;
    g->enabled += ENABLED_NS;
    g->running += (uint64_t)(ENABLED_NS * running / 100);
    for (int i = 0; i < g->n; i++) {
        uint64_t work = at && at % 2 == 0 ? 1000 * (at / 2) * (uint64_t)(g->id[i] + 1) : 0;
        g->value[i] += COST + work * (uint64_t)running / 100;
    }
}

ssize_t read(int fd, void *to, size_t bytes)
{
    uint64_t words[3 + 2 * MOST_EVENTS];
    size_t n = 0;
    if (fd < 0 || fd >= MOST_FDS || !groups[fd].n)
        return ((ssize_t(*)(int, void *, size_t))dlsym(RTLD_NEXT, "read"))(fd, to, bytes);
    Group *g = &groups[fd];
    count(g);
    if (g->format & PERF_FORMAT_GROUP) words[n++] = (uint64_t)g->n;
    if (g->format & PERF_FORMAT_TOTAL_TIME_ENABLED) words[n++] = g->enabled;
    if (g->format & PERF_FORMAT_TOTAL_TIME_RUNNING) words[n++] = g->running;
    for (int i = 0; i < g->n; i++) {
        words[n++] = g->value[i];
        if (g->format & PERF_FORMAT_ID) words[n++] = (uint64_t)g->id[i];
    }
    if (n * sizeof *words > bytes) {
        errno = ENOSPC;
        return -1;
    }
    memcpy(to, words, n * sizeof *words);
    return (ssize_t)(n * sizeof *words);
}

int close(int fd)
{
    if (fd >= 0 && fd < MOST_FDS) groups[fd].n = 0;
    return ((int (*)(int))dlsym(RTLD_NEXT, "close"))(fd);
}

long syscall(long call, ...)
{
    va_list list;
    long a[6];
    va_start(list, call);
    for (int i = 0; i < 6; i++) a[i] = va_arg(list, long);
    va_end(list);
    if (call == SYS_perf_event_open)
        return open_event((const struct perf_event_attr *)a[0], (int)a[3]);
    return ((long (*)(long, ...))dlsym(RTLD_NEXT, "syscall"))(call, a[0], a[1], a[2], a[3], a[4], a[5]);
}

FILE *fopen(const char *path, const char *mode)
{
    const char *other = !strcmp(path, "/proc/cpuinfo")                         ? getenv("FAKE_CPUINFO")
                        : !strcmp(path, "/proc/sys/kernel/perf_event_paranoid") ? getenv("FAKE_PARANOID")
                        : strstr(path, "/intel-rapl:0/")                        ? "/nowhere"
                                                                                : NULL;
    return ((FILE * (*)(const char *, const char *))dlsym(RTLD_NEXT, "fopen"))(other ? other : path, mode);
}
