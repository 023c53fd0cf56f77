/* SPDX-License-Identifier: MIT
 *
 * Where time goes and how sparse the data are, by the hooks of digits.c alone: on a board there is no `dnncc profile`.
 *
 *     digits_run_probed --ticks()--> your timer
 *                       --sink()---> numbers of a layer, as soon as it has run
 *
 * Nothing here but putchar() needs more than the CPU: no heap, no files, no clock of the system. */
#include <stdint.h>
#include "digits.h"
#include "digits_test.h"

enum { RUNS = 200, COLUMNS = 12 };

typedef struct Layer {
    uint64_t ticks, calls, zeros, elements;
} Layer;

static _Alignas(DIGITS_WORK_ALIGN) unsigned char work[DIGITS_WORK_BYTES];
static Layer layers[DIGITS_LAYERS + 1]; /* they count from 1 on; 0 is the whole run */

/* ---- what a board has its own of ---- */

/* Any counter that counts up. */
static uint64_t ticks(void *user)
{
    (void)user;
#if defined(__x86_64__) || defined(__i386__)
    return __builtin_ia32_rdtsc();
#elif defined(__aarch64__)
    uint64_t t;
    __asm__ volatile("mrs %0, cntvct_el0" : "=r"(t));
    return t;
#else
    static uint64_t t; /* your timer's register; this one only shows that it is read */
    return ++t;
#endif
}

int putchar(int c); /* a serial line, say */

static void put_text(const char *s, int columns)
{
    for (; *s; s++, columns--) putchar(*s);
    for (; columns > 0; columns--) putchar(' ');
}

static void put_number(uint64_t n)
{
    char digits[COLUMNS + 9] = {0};
    int at = COLUMNS + 8;
    do digits[--at] = (char)('0' + n % 10);
    while ((n /= 10) && at);
    while (at > 8) digits[--at] = ' ';
    put_text(digits + at, 0);
}

/* ---- the hooks ---- */

/* What values are, stands in digits.h beside the members of digits_probe. */
static void sink(void *user, int what, int layer, const uint64_t *values, int count)
{
    Layer *l = (Layer *)user + layer;
    if (what == DIGITS_TIME) {
        l->ticks += values[0];
        l->calls++;
    }
    if (what == DIGITS_SPARSITY && values[0] == 1) { /* 1: of its output */
        l->elements += values[4] * values[5];
        for (int i = 6; i < count; i++) l->zeros += values[i];
    }
}

static int run(const digits_probe *probe)
{
    float image[DIGITS_IMAGE_SIZE], probability[DIGITS_PROBABILITY_SIZE];
    for (int i = 0; i < RUNS; i++) {
        for (int k = 0; k < DIGITS_IMAGE_SIZE; k++) /* '.' is paper, '>' ink */
            image[k] = (float)(digits_test[i].pixels[k] - '.') / 16.0f;
        uint64_t since = ticks(0);
        if (digits_run_probed(image, probability, work, probe)) return 1;
        if (probe->on == DIGITS_TIME) layers[0].ticks += ticks(0) - since;
    }
    return 0;
}

int main(void)
{
    uint64_t sum = 0, zeros = 0;
    digits_probe probe = {.user = layers, .sink = sink, .clock = ticks};
    probe.on = DIGITS_TIME; /* one thing at a time, so that none is measured with another */
    if (run(&probe)) return 1;
    probe.on = DIGITS_SPARSITY;
    if (run(&probe)) return 1;
    put_text("       layer ticks a run     percent zeros/1000\n", 0);
    for (int i = 1; i <= DIGITS_LAYERS; i++) {
        const Layer *l = &layers[i];
        put_number((uint64_t)i);
        put_number(l->ticks / RUNS);
        put_number(100 * l->ticks / layers[0].ticks);
        put_number(l->elements ? 1000 * l->zeros / l->elements : 0);
        putchar('\n');
        sum += l->ticks;
        zeros += l->zeros;
    }
    put_text("   whole run", 0);
    put_number(layers[0].ticks / RUNS);
    putchar('\n');
    return sum > layers[0].ticks || zeros == 0; /* layers are part of the run, and ReLU makes zeros */
}
