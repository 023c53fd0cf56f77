/* SPDX-License-Identifier: MIT
 * names.c - a map from names to values: open addressing, at most half full. */
#include <string.h>
#include "onnx.h"

static uint32_t hash(const char *s)
{
    uint32_t h = 2166136261u; /* FNV-1a */
    while (*s)
        h = (h ^ (unsigned char)*s++) * 16777619u;
    return h;
}

/* The slot that holds key, or the free one where it belongs. */
static Name *slot_of(const Names *m, const char *key)
{
    uint32_t mask = (uint32_t)m->cap - 1, i = hash(key) & mask;
    while (m->slot[i].key && strcmp(m->slot[i].key, key))
        i = (i + 1) & mask;
    return &m->slot[i];
}

static void grow(Names *m)
{
    Names big = {.cap = m->cap ? 2 * m->cap : 16, .used = m->used};
    big.slot = mem((size_t)big.cap * sizeof *big.slot);
    for (int i = 0; i < m->cap; i++)
        if (m->slot[i].key)
            *slot_of(&big, m->slot[i].key) = m->slot[i];
    *m = big;
}

Name *names_find(const Names *m, const char *key)
{
    Name *n = m->cap ? slot_of(m, key) : NULL;
    return n && n->key ? n : NULL;
}

/* Places move when the map grows: a Name is good until the next names_add. */
Name *names_add(Names *m, const char *key)
{
    if (2 * m->used >= m->cap)
        grow(m);
    Name *n = slot_of(m, key);
    if (n->key)
        return NULL;
    *n = (Name){.key = key, .maker = -1};
    m->used++;
    return n;
}
