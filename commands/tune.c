/* SPDX-License-Identifier: MIT
 * tune.c - `--tune FILE`: times the kernels and tiles that a layer may have, and keeps the fastest in FILE.
 *
 * A net is built once for each candidate: in the first every layer has what is predicted to be the fastest, in the next
 * its second choice, and so on. So layers are timed where they stand, with the caches as the net leaves them. Each build
 * is a process of its own, which says of every layer what it had and how long that took. */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "cc.h"
#include "files.h"
#include "json.h"
#include "tune.h"

/* What a layer took with one choice; those of equal keys together. */
typedef struct Trial {
    const char *key;
    Choice choice;
    double ns;
    int layers;
} Trial;

static const double WORTH = 0.97; /* of the predicted one's time: less may be noise */

/* ---- in the process of a candidate ----------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_ns(const json_t *layer)
{
    json_t *ns = json_object_get(layer, "ns"), *one;
    size_t n = json_array_size(ns), i;
    double *all = mem((n + 1) * sizeof *all);
    json_array_foreach(ns, i, one) all[i] = json_number_value(one);
    qsort(all, n, sizeof *all, by_value);
    return all[n / 2];
}

static void report(const Graph *g, const json_t *times, FILE *f)
{
    for (int i = 0; i < g->nnode; i++) {
        const Node *n = g->node[i];
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                report(n->body[b], times, f);
        if (n->kernel)
            fprintf(f, "%.1f %s %dx%d %s\n", median_ns(json_array_get(times, (size_t)n->layer - 1)),
                    n->kernel->name, n->choice.m, n->choice.v, n->key);
    }
}

static const double SECONDS = 2; /* for a candidate, all starts together */
enum { STARTS = 3 };             /* where memory lies differs from one to the next */

static void measure(Options p, int candidate, const char *dir)
{
    p.c.tuning = true;
    p.c.candidate = candidate;
    p.c.strip = -1;
    p.c.threads = 1;
    p.c.explain = false;
    p.c.depfile = NULL;
    p.c.weights_bin = false;
    probes_choose(&p.c, "time");
    const char *exe = cc_build(&p, dir, false), *raw = text("%s/measured.json", dir);
    const char *data = p.c.data ? text(" --data %s", shell_quoted(p.c.data)) : "";
    FILE *f = fopen(text("%s/trials", dir), "w");
    if (!f)
        fatal(NULL, "cannot write '%s/trials'", dir);
    fprintf(f, "%d\n", p.c.candidates);
    for (int k = 0; k < STARTS; k++) {
        if (shell_run(text("%s --profile %s --seconds %g --sets 1%s >/dev/null", shell_quoted(exe),
                           shell_quoted(raw), (p.seconds > 0 ? p.seconds : SECONDS) / STARTS,
                           data)))
            fatal("what it said stands above", "the net's test bench failed");
        report(p.c.graph, json_object_get(json_read(raw), "time"), f);
    }
    if (fclose(f))
        fatal(NULL, "cannot write '%s/trials'", dir);
}

/* ---- all candidates -------------------------------------------------------------------------------------------- */

static void trial_add(Trial **list, int *n, Trial t)
{
    for (int i = 0; i < *n; i++) {
        Trial *old = &(*list)[i];
        if (!strcmp(old->key, t.key) && old->choice.kernel == t.choice.kernel &&
            old->choice.m == t.choice.m && old->choice.v == t.choice.v) {
            old->ns += t.ns;
            old->layers++;
            return;
        }
    }
    PUSH(*list, *n, t);
}

/* Reads what a process has reported; returns how many candidates there are. */
static int trials_read(const char *path, Trial **list, int *n)
{
    size_t bytes;
    char *line = read_file(path, &bytes);
    int candidates = (int)strtol(line, &line, 10);
    for (line++; *line;) {
        char name[64];
        int key = 0;
        Trial t = {.layers = 1};
        char *end = line + strcspn(line, "\n");
        *end = 0;
        if (sscanf(line, "%lf %63s %dx%d %n", &t.ns, name, &t.choice.m, &t.choice.v, &key) < 4)
            BUG("a trial reads '%s'", line);
        t.choice.kernel = kernel_find(name);
        t.key = line + key;
        trial_add(list, n, t);
        line = end + 1;
    }
    return candidates;
}

static void winners(Compiler *c, const Trial *list, int n)
{
    for (int i = 0; i < n; i++) {
        const Trial *best = &list[i]; /* the first is what was predicted */
        if (wisdom_find(c, list[i].key))
            continue;
        for (int k = i; k < n; k++)
            if (!strcmp(list[k].key, list[i].key)) {
                double time = list[k].ns / list[k].layers;
                if (time < best->ns / best->layers * (best == &list[i] ? WORTH : 1))
                    best = &list[k];
            }
        PUSH(c->wisdom, c->nwisdom, ((Wisdom){best->key, best->choice}));
    }
}

void tune(Options *p)
{
    const char *dir = cc_folder(p), *file = p->tune;
    Trial *list = NULL;
    int n = 0, all = 1;
    if (!access(file, F_OK))
        wisdom_read(&p->c, file);
    for (int k = 0; k < all; k++) {
        progress("dnncc: candidate %d%s ...", k + 1, k ? text(" of %d", all) : "");
        fflush(NULL);
        pid_t child = fork();
        int status;
        if (child == 0) {
            measure(*p, k, dir);
            fflush(NULL);
            _exit(0);
        }
        if (child < 0 || waitpid(child, &status, 0) < 0 || !WIFEXITED(status) ||
            WEXITSTATUS(status))
            fatal(NULL, "a candidate could not be timed");
        all = trials_read(text("%s/trials", dir), &list, &n);
    }
    winners(&p->c, list, n);
    wisdom_write(&p->c, file_begin(file));
    files_commit();
}
