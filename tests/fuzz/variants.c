/* SPDX-License-Identifier: MIT
 * variants.c - variants COUNT FILE...: damages the files in turn, always in the same ways, and
 * compiles what comes out. One that takes over ten seconds of CPU ends the run. SIGPROF or a sanitizer's
 * report then follows the line that says which variant it was; `variants -ONE FILE...` repeats it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include "fuzz.h"

enum { LIMIT = 10, MOST_BYTES = 1 << 22 };

static uint32_t state;

/* xorshift32, Marsaglia 2003 */
static uint32_t random_below(uint32_t n)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return n ? state % n : 0;
}

static void flip(uint8_t *data, size_t bytes)
{
    static const uint8_t telling[] = {0, 1, 0x7f, 0x80, 0xff};
    uint8_t *at = &data[random_below((uint32_t)bytes)];
    switch (random_below(3)) {
    case 0: *at ^= (uint8_t)(1 << random_below(8)); break;
    case 1: *at = telling[random_below(sizeof telling)]; break;
    default: *at = (uint8_t)random_below(256);
    }
}

/* One piece over another, neither of which need be whole. */
static void move(uint8_t *data, size_t bytes)
{
    size_t from = random_below((uint32_t)bytes), to = random_below((uint32_t)bytes);
    size_t most = bytes - (from > to ? from : to);
    memmove(data + to, data + from, random_below((uint32_t)(most < 64 ? most : 64) + 1));
}

static size_t damage(uint8_t *data, size_t bytes)
{
    if (!bytes)
        return 0;
    for (uint32_t i = random_below(6) + 1; i > 0; i--)
        (random_below(4) ? flip : move)(data, bytes);
    return random_below(8) ? bytes : random_below((uint32_t)bytes);
}

static void run(long number, const char *path)
{
    static uint8_t data[MOST_BYTES];
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        exit(2);
    }
    size_t bytes = fread(data, 1, sizeof data, f);
    fclose(f);
    state = (uint32_t)number * 2654435761u + 1;
    bytes = damage(data, bytes);
    printf("variant %ld, of %s\n", number, path);
    fflush(stdout);
    setitimer(ITIMER_PROF, &(struct itimerval){.it_value.tv_sec = LIMIT}, NULL);
    LLVMFuzzerTestOneInput(data, bytes);
    setitimer(ITIMER_PROF, &(struct itimerval){{0}}, NULL);
}

int main(int argc, char **argv)
{
    long count = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
    if (!count) {
        fprintf(stderr, "usage: variants COUNT FILE...\n       variants -NUMBER FILE...\n");
        return 2;
    }
    for (long i = count < 0 ? -count : 1; i <= labs(count); i++)
        run(i, argv[2 + i % (argc - 2)]);
    return 0;
}
