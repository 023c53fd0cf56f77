/* SPDX-License-Identifier: MIT
 * caller.c - runs the digits net in every way that a net of --threads offers, and wants the same bits each time: alone,
 * divided by a function of our own, and in two runs at once with a pool each. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include "net.h"

enum { RUNS = 10 };

typedef struct Work {
    double align[8]; /* some compilers align static arrays of it to 64 bytes, work() sees to it for all */
    unsigned char bytes[NET_WORK_BYTES + 64];
} Work;

static Work memory[2];
static float image[NET_IMAGE_SIZE], want[NET_PROBABILITY_SIZE];

static void *work(int i)
{
    unsigned char *p = memory[i].bytes;
    return p + (64 - (uintptr_t)p % 64) % 64;
}

/* ---- a parallel-for of our own: a thread for every part ---- */

typedef struct Part {
    void (*task)(void *arg, int i);
    void *arg;
    int i;
} Part;

static void *run_part(void *p)
{
    const Part *part = (const Part *)p;
    part->task(part->arg, part->i);
    return NULL;
}

static void our_parallel_for(void *ctx, int n, void (*task)(void *arg, int i), void *arg)
{
    pthread_t thread[NET_THREADS];
    Part part[NET_THREADS];
    *(int *)ctx += n;
    for (int i = 0; i < n; i++) {
        part[i].task = task;
        part[i].arg = arg;
        part[i].i = i;
        pthread_create(&thread[i], NULL, run_part, &part[i]);
    }
    for (int i = 0; i < n; i++)
        pthread_join(thread[i], NULL);
}

static int by_callback(void)
{
    int parts = 0;
    float got[NET_PROBABILITY_SIZE];
    if (net_run_parallel(image, got, work(0), our_parallel_for, &parts))
        return 1;
    printf("%d parts in a run\n", parts);
    return parts < 2 || memcmp(got, want, sizeof want) ||
           net_run_parallel(image, got, work(0), NULL, NULL) != 1;
}

/* ---- pools ---- */

#ifndef NET_NO_POOL
static void *by_pool(void *p)
{
    net_pool pool;
    float got[NET_PROBABILITY_SIZE];
    const int i = (int)((Work *)p - memory);
    int bad = net_pool_start(&pool, i ? NET_THREADS : 2);
    for (int k = 0; k < RUNS && !bad; k++) {
        memset(work(i), 0xff, NET_WORK_BYTES);
        bad = net_run_parallel(image, got, work(i), net_pool_for, &pool) ||
              memcmp(got, want, sizeof want);
    }
    net_pool_stop(&pool);
    return bad ? p : NULL;
}

static int by_pools(void)
{
    pthread_t thread;
    void *bad = NULL;
    pthread_create(&thread, NULL, by_pool, &memory[1]);
    const int here = by_pool(&memory[0]) != NULL;
    pthread_join(thread, &bad);
    return here || bad;
}
#else
static int by_pools(void)
{
    return 0;
}
#endif

int main(void)
{
    for (int i = 0; i < NET_IMAGE_SIZE; i++)
        image[i] = (float)(i * 7 % 17) / 16.0f;
    if (net_run(image, want, work(0)))
        return 1;
    if (by_callback())
        return 2;
    return by_pools() ? 3 : 0;
}
