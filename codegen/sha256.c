/* SPDX-License-Identifier: MIT
 * sha256.c - the digest of FIPS 180-4, so that a generated file can name the model it came from. The constants are,
 * as the standard defines them, the first 32 fraction bits of square and cube roots of the first primes. */
#include <math.h>
#include <string.h>
#include "dnncc.h"

typedef struct Sha {
    uint32_t h[8], k[64];
} Sha;

static uint32_t fraction(long double x)
{
    return (uint32_t)((x - floorl(x)) * 0x1p32L);
}

static void sha_init(Sha *s)
{
    for (int p = 2, n = 0; n < 64; p++) {
        bool prime = true;
        for (int d = 2; d * d <= p; d++)
            prime &= p % d != 0;
        if (!prime)
            continue;
        if (n < 8)
            s->h[n] = fraction(sqrtl(p));
        s->k[n++] = fraction(cbrtl(p));
    }
}

static uint32_t turn(uint32_t x, int n)
{
    return x >> n | x << (32 - n);
}

/* kw: the step's constant and its word of the message. */
#define STEP(a, b, c, d, e, f, g, h, kw)                                                 \
    (h += (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (g ^ (e & (f ^ g))) + (kw), d += h, \
     h += (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) | (c & (a | b))))

static void sha_block(Sha *s, const uint8_t *p)
{
    uint32_t w[64];
    for (int i = 0; i < 16; i++, p += 4)
        w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    for (int i = 16; i < 64; i++) {
        uint32_t x = w[i - 15], y = w[i - 2];
        w[i] = w[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ x >> 3) + w[i - 7] +
               (turn(y, 17) ^ turn(y, 19) ^ y >> 10);
    }
    uint32_t a = s->h[0], b = s->h[1], c = s->h[2], d = s->h[3];
    uint32_t e = s->h[4], f = s->h[5], g = s->h[6], h = s->h[7];
    for (int i = 0; i < 64; i += 8) { /* no letter moves on: the next step calls them otherwise */
        const uint32_t *k = s->k + i, *x = w + i;
        STEP(a, b, c, d, e, f, g, h, k[0] + x[0]);
        STEP(h, a, b, c, d, e, f, g, k[1] + x[1]);
        STEP(g, h, a, b, c, d, e, f, k[2] + x[2]);
        STEP(f, g, h, a, b, c, d, e, k[3] + x[3]);
        STEP(e, f, g, h, a, b, c, d, k[4] + x[4]);
        STEP(d, e, f, g, h, a, b, c, k[5] + x[5]);
        STEP(c, d, e, f, g, h, a, b, k[6] + x[6]);
        STEP(b, c, d, e, f, g, h, a, k[7] + x[7]);
    }
    const uint32_t end[8] = {a, b, c, d, e, f, g, h};
    for (int i = 0; i < 8; i++)
        s->h[i] += end[i];
}

void sha256_hex(const void *data, size_t bytes, char hex[65])
{
    const uint8_t *p = data;
    uint8_t last[128] = {0};
    size_t left = bytes % 64, tail = left < 56 ? 64 : 128;
    Sha s;
    sha_init(&s);
    for (; p < (const uint8_t *)data + bytes - left; p += 64)
        sha_block(&s, p);
    if (left)
        memcpy(last, p, left);
    last[left] = 0x80;
    for (int i = 0; i < 8; i++)
        last[tail - 1 - (size_t)i] = (uint8_t)((uint64_t)bytes * 8 >> 8 * i);
    for (size_t at = 0; at < tail; at += 64)
        sha_block(&s, last + at);
    for (int i = 0; i < 8; i++)
        snprintf(hex + 8 * i, 9, "%08x", (unsigned)s.h[i]);
}
