/* SPDX-License-Identifier: MIT
 * align.c - which layers of several profiles do the same work. Layers and ONNX nodes are the two sides of a bipartite
 * graph; where fusion differs, one layer here shares nodes with several there, so what can be compared are the graph's
 * connected components. */
#include <stdlib.h>
#include <string.h>
#include "compare.h"

/* A layer of any profile under one of its nodes' names. */
typedef struct Entry {
    const char *name;
    int layer; /* counted through all profiles */
} Entry;

static int root(int *parent, int i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

static int by_name(const void *a, const void *b)
{
    const Entry *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order ? order : x->layer - y->layer;
}

/* For each layer, counted through all profiles, the first of its component. */
static int *components(Profile **profile, int n, int *total)
{
    Entry *entry = NULL;
    int nentry = 0, all = 0;
    for (int k = 0; k < n; k++)
        for (int i = 0; i < profile[k]->nlayer; i++, all++) {
            const Layer *l = &profile[k]->layer[i];
            for (int m = 0; m < l->nnode; m++)
                PUSH(entry, nentry, ((Entry){l->node[m], all}));
            if (!l->nnode) /* a layer that no node asked for: alike if named alike */
                PUSH(entry, nentry, ((Entry){text("\n%s", l->name), all}));
        }
    int *parent = mem((size_t)all * sizeof *parent + 1);
    for (int i = 0; i < all; i++)
        parent[i] = i;
    if (nentry)
        qsort(entry, (size_t)nentry, sizeof *entry, by_name);
    for (int i = 1; i < nentry; i++)
        if (!strcmp(entry[i - 1].name, entry[i].name)) {
            int a = root(parent, entry[i - 1].layer), b = root(parent, entry[i].layer);
            parent[MAX(a, b)] = MIN(a, b);
        }
    for (int i = 0; i < all; i++)
        parent[i] = root(parent, i);
    *total = all;
    return parent;
}

/* "Conv+Relu" and "Add": "Conv+Relu+Add". */
static const char *ops_of(const Side *s)
{
    const char *ops = s->layer[0]->op;
    for (int i = 1; i < s->n; i++)
        ops = text("%s+%s", ops, s->layer[i]->op);
    return ops;
}

static void name_group(Group *g, int n)
{
    int k = 0;
    while (k < n - 1 && !g->side[k].n)
        k++;
    const Side *s = &g->side[k];
    g->name = s->n > 1 ? text("%s (+%d)", s->layer[0]->name, s->n - 1) : s->layer[0]->name;
    g->op = ops_of(s);
}

typedef struct Ranked {
    Group group;
    double place; /* [0, 1): in the order of the first profile that has it */
    int first;    /* where there are several at one place */
} Ranked;

static int by_place(const void *a, const void *b)
{
    const Ranked *x = a, *y = b;
    return x->place != y->place ? (x->place > y->place) - (x->place < y->place)
                                : x->first - y->first;
}

Group *align(Profile **profile, int n, int *ngroup)
{
    int total, at = 0, found = 0;
    int *first = components(profile, n, &total), *number = mem((size_t)total * sizeof *number + 1);
    Ranked *ranked = mem((size_t)total * sizeof *ranked + 1);
    for (int k = 0; k < n; k++)
        for (int i = 0; i < profile[k]->nlayer; i++, at++) {
            if (first[at] == at) {
                number[at] = found;
                ranked[found].place = (double)i / profile[k]->nlayer;
                ranked[found].first = at;
                ranked[found++].group.side = mem((size_t)n * sizeof(Side));
            }
            Side *s = &ranked[number[first[at]]].group.side[k];
            PUSH(s->layer, s->n, &profile[k]->layer[i]);
        }
    if (found)
        qsort(ranked, (size_t)found, sizeof *ranked, by_place);
    Group *group = mem((size_t)found * sizeof *group + 1);
    for (int i = 0; i < found; i++) {
        group[i] = ranked[i].group;
        name_group(&group[i], n);
    }
    *ngroup = found;
    return group;
}
