/* SPDX-License-Identifier: MIT
 * measure.c - running the test benches of nets with instruments: many starts of each, and of several benches in turns.
 *
 * Where memory lies differs from start to start, and with it the times; and other programs come and go within seconds
 * (statistics.c has the figures). So a net is started often, alone with pauses. Nets that shall be compared take turns, launch
 * by launch: what the machine does then happens to all of them, and what is compared are launches side by side. Every
 * second round runs in the opposite order of the one before, which is drawn by lot: A B, B A, B A, A B ... A drift
 * through two rounds cancels out, and nothing that comes back at regular times meets the same net each time. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "callgrind.h"
#include "cc.h"
#include "measure.h"
#include "probe.h"
#include "statistics.h"

int measure_launches(const Options *p)
{
    return !probe_on(&p->c, "time") ? 1 : p->launches ? p->launches : 20;
}

/* What the bench measured in one start; only: of that probe, NULL: of all. Each start is of a new copy of the program:
 * where the system keeps a file, and with it the weights, stays the same from start to start, and made a layer that
 * reads 5 MB of weights take 150 us from one copy and 210 from another. */
static json_t *start(const Bench *b, int launch, const char *only)
{
    const Options *p = &b->p;
    const char *raw = text("%s/measured.json", b->dir), *copy = text("%s/copy.exe", b->dir);
    const char *command =
        text("cp %s %s && %s%s --profile %s --launch %d/%d", shell_quoted(b->exe),
             shell_quoted(copy), p->c.callgrind ? callgrind_prefix(p, b->dir) : "",
             shell_quoted(copy), shell_quoted(raw), launch, measure_launches(p));
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
    int status = shell_run(command);
    if (status == 1 && !p->c.callgrind)
        exit(1); /* it has said why */
    if (status)
        fatal(p->c.callgrind ? callgrind_complaint(b->dir) : "what it said stands above",
              "the net's test bench failed");
    json_t *measured = json_read(raw);
    remove(raw);
    remove(copy);
    return measured;
}

static void append(json_t *to, json_t *from)
{
    if (to && json_array_extend(to, from))
        BUG("a bench does not measure the same each time");
}

/* Launch k of a bench: the first measures everything, the others time again. */
static void launch(Bench *b, int k)
{
    json_t *one = start(b, k, k ? "time" : NULL), *layer;
    json_t *runs = json_integer((json_int_t)json_array_size(json_object_get(one, "run_ns")));
    size_t i;
    if (k) {
        append(json_object_get(b->raw, "run_ns"), json_object_get(one, "run_ns"));
        json_array_foreach(json_object_get(b->raw, "time"), i, layer)
            append(json_object_get(layer, "ns"),
                   json_object_get(json_array_get(json_object_get(one, "time"), i), "ns"));
        json_decref(one);
    } else {
        b->raw = one;
        json_object_set_new(b->raw, "launches", json_array());
    }
    json_array_append_new(json_object_get(b->raw, "launches"), runs);
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

static void swap(int *a, int *b)
{
    int t = *a;
    *a = *b;
    *b = t;
}

/* Who is started when in this round. */
static void take_turns(int *order, int n, int round, uint64_t *state)
{
    if (round % 2)
        for (int i = 0; i < n / 2; i++)
            swap(&order[i], &order[n - 1 - i]);
    else
        for (int i = n - 1; i > 0; i--)
            swap(&order[i], &order[draw(state) % (uint64_t)(i + 1)]);
}

/* Profiles that were measured in turns share a key: a digest of all times. */
static void put_turns(Bench *bench, int n)
{
    const char *all = "";
    char hex[65];
    for (int k = 0; k < n; k++) {
        char *runs = json_dumps(json_object_get(bench[k].raw, "run_ns"), JSON_COMPACT);
        all = text("%s%s", all, runs);
        free(runs);
    }
    sha256_hex(all, strlen(all), hex);
    for (int k = 0; k < n; k++)
        json_object_set_new(bench[k].raw, "turns", json_stringn(hex, 16));
}

void measure(Bench *bench, int n)
{
    const Options *p = &bench->p;
    double pause = n > 1 ? 0 : (p->seconds > 0 ? p->seconds : 2) / 4, next = now();
    int *order = mem((size_t)n * sizeof *order);
    uint64_t state = 1;
    for (int i = 0; i < n; i++)
        order[i] = i;
    for (int k = 0; k < measure_launches(p); k++) {
        wait_until(next);
        next = now() + pause;
        take_turns(order, n, k, &state);
        for (int i = 0; i < n; i++)
            launch(&bench[order[i]], k);
    }
    for (int k = 0; k < n; k++)
        if (bench[k].p.c.callgrind)
            callgrind_merge(&bench[k].p, bench[k].dir, bench[k].raw);
    if (n > 1)
        put_turns(bench, n);
}
