/* SPDX-License-Identifier: MIT
 * cpu.c - what this machine can run. Features that a target names and that the table below knows
 * are asked of the CPU; the others only tell kernels what they may do.
 */
#include <string.h>
#include "dnncc.h"

#if defined __x86_64__ || defined __i386__
#define CPU_HAS(feature) __builtin_cpu_supports(feature)
#else
#define CPU_HAS(feature) 0
#endif

#define CPU_FEATURES(F) \
    F("sse2")           \
    F("sse4.1")         \
    F("sse4.2")         \
    F("avx")            \
    F("avx2")           \
    F("fma")            \
    F("avx512f")        \
    F("avx512bw")       \
    F("avx512dq") F("avx512vl") F("avx512cd") F("avx512vnni") F("avx512vbmi") F("avx512bf16")

const char *target_missing(const Target *t)
{
    const char *missing = NULL;
#define ASK(feature)                                 \
    if (target_has(t, feature) && !CPU_HAS(feature)) \
        missing = missing ? text("%s %s", missing, feature) : feature;
    CPU_FEATURES(ASK)
#undef ASK
    return missing;
}

bool target_runs_here(const Target *t)
{
    return !target_missing(t);
}

const char *target_best(void)
{
    int n;
    const char **name = target_names(&n), *best = "c";
    double fastest = 0;
    for (int i = 0; i < n; i++) {
        const Target *t = target_load(name[i]);
        double rate = t->lanes * t->fma_per_cycle;
        if (rate > fastest && target_runs_here(t)) {
            fastest = rate;
            best = name[i];
        }
    }
    return best;
}

const char *machine_cpu(void)
{
    char line[256], *name = NULL;
    FILE *f = fopen("/proc/cpuinfo", "r");
    while (f && !name && fgets(line, sizeof line, f))
        if (!strncmp(line, "model name", 10) && strchr(line, ':'))
            name = strchr(line, ':') + 1;
    if (f)
        fclose(f);
    if (!name)
        return "unknown CPU";
    name += strspn(name, " \t");
    return text("%.*s", (int)strcspn(name, "\n"), name);
}
