/* SPDX-License-Identifier: MIT
 * callgrind.c - counters of a simulated CPU: the bench under valgrind's callgrind, which dumps what it has counted before
 * and after each layer (runtime/probe_counters.ct). A dump says in its description what it belongs to; all dumps of a layer
 * add up to its counts, and all dumps to the whole.
 *
 * It is deterministic: the caches are given, not those of the machine, the environment is empty, and the net runs once for
 * each data set, from cold caches. Data references are not reported, as valgrind splits those of wide vectors. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "callgrind.h"
#include "cc.h"

enum { L1_BYTES = 32768, LAST_BYTES = 8 << 20, LINE = 64 };

static int64_t last_level(const Options *p)
{
    return p->last_level ? p->last_level : LAST_BYTES;
}

void callgrind_check(const Options *p)
{
    if (!p->portable && target_has(p->c.target, "avx512f"))
        fatal("-t avx2 has instructions that it knows",
              "valgrind cannot run AVX-512, which target '%s' is made of", p->c.target->name);
    if (shell_run("command -v valgrind >/dev/null"))
        fatal("on Debian: apt-get install valgrind", "--method=callgrind needs valgrind");
}

static const char *dump_path(const char *dir, int n)
{
    return text("%s/dump.%d", dir, n);
}

const char *callgrind_prefix(const Options *p, const char *dir)
{
    for (int n = 1; !remove(dump_path(dir, n));) /* of a run before, in the folder of --keep */
        n++;
    return text("env -i \"$(command -v valgrind)\" -q --tool=callgrind --log-file=%s "
                "--callgrind-out-file=%s --cache-sim=yes --branch-sim=yes --dump-line=no "
                "--I1=%d,8,%d --D1=%d,8,%d --LL=%" PRId64 ",16,%d ",
                shell_quoted(text("%s/valgrind.log", dir)), shell_quoted(text("%s/dump", dir)),
                L1_BYTES, LINE, L1_BYTES, LINE, last_level(p), LINE);
}

const char *callgrind_complaint(const char *dir)
{
    const char *path = text("%s/valgrind.log", dir);
    size_t bytes;
    FILE *f = fopen(path, "r");
    if (!f)
        return "it left no word";
    fclose(f);
    const char *said = read_file(path, &bytes);
    return text("valgrind said: %.400s", bytes ? said : "nothing");
}

json_t *callgrind_caches(const Options *p)
{
    return json_pack("{s:i, s:i, s:I}", "l1i", L1_BYTES, "l1d", L1_BYTES, "llc",
                     (json_int_t)last_level(p));
}

/* ---- dumps --------------------------------------------------------------------------------------------------------- */

/* What a counter is the sum of: callgrind's names, each with a blank behind it. */
static const struct {
    const char *name, *events;
} counters[] = {
    {"instructions", "Ir "}, {"branches", "Bc Bi "},       {"branch_misses", "Bcm Bim "},
    {"l1i_misses", "I1mr "}, {"l1d_misses", "D1mr D1mw "}, {"llc_misses", "ILmr DLmr DLmw "},
};

typedef struct Counts {
    int64_t at[COUNT(counters)];
} Counts;

/* Adds what a dump counted: names of events in one line, numbers in another. */
static void counts_add(Counts *c, const char *events, const char *totals)
{
    char *number = (char *)totals;
    for (const char *name = events; *name;) {
        size_t len = strcspn(name, " ");
        int64_t v = strtoll(number, &number, 10);
        for (size_t i = 0; i < COUNT(counters); i++) {
            const char *hit = strstr(counters[i].events, text("%.*s ", (int)len, name));
            if (hit && (hit == counters[i].events || hit[-1] == ' '))
                c->at[i] += v;
        }
        name += len;
        name += strspn(name, " ");
    }
}

/* The rest of the line that starts so; NULL: there is none. */
static const char *line_after(const char *s, const char *start)
{
    for (const char *p = s; p; p = strchr(p, '\n')) {
        p += *p == '\n';
        if (!strncmp(p, start, strlen(start)))
            return text("%.*s", (int)strcspn(p + strlen(start), "\n"), p + strlen(start));
    }
    return NULL;
}

/* Adds the dump to the layer it belongs to, and to the whole, which is count[0]. */
static void dump_add(const char *path, Counts *count, int nlayer)
{
    size_t bytes;
    const char *s = read_file(path, &bytes);
    const char *what = line_after(s, "desc: Trigger: Client Request: ");
    const char *events = line_after(s, "events: "), *totals = line_after(s, "totals: ");
    int layer = 0;
    if (!what || !events || !totals)
        fatal("is this valgrind newer than 3.19?", "a dump of valgrind is not as expected: '%s'",
              path);
    if (sscanf(what, "layer %d", &layer) == 1 && (layer < 1 || layer > nlayer))
        BUG("a dump of layer %d", layer);
    counts_add(&count[0], events, totals);
    if (layer)
        counts_add(&count[layer], events, totals);
}

/* Of one run. */
static json_t *counts_json(const Counts *c, int64_t runs)
{
    json_t *j = json_object();
    for (size_t i = 0; i < COUNT(counters); i++)
        json_object_set_new(j, counters[i].name,
                            c->at[i] % runs ? json_real((double)c->at[i] / (double)runs)
                                            : json_integer(c->at[i] / runs));
    return j;
}

static bool exists(const char *path)
{
    FILE *f = fopen(path, "r");
    return f && !fclose(f);
}

void callgrind_merge(const Options *p, const char *dir, json_t *raw)
{
    int nlayer = p->c.nlayer, n = 0;
    int64_t runs = MAX(json_integer_value(json_object_get(raw, "sets")), 1);
    Counts *count = mem(((size_t)nlayer + 1) * sizeof *count);
    json_t *layers = json_array();
    for (const char *path; exists(path = dump_path(dir, n + 1)); n++) {
        dump_add(path, count, nlayer);
        if (!p->keep)
            remove(path);
    }
    if (!n)
        fatal(callgrind_complaint(dir), "valgrind wrote no dump");
    for (int i = 1; i <= nlayer; i++)
        json_array_append_new(layers, counts_json(&count[i], runs));
    json_object_set_new(raw, "counters", layers);
    json_object_set_new(raw, "run_counters", counts_json(&count[0], runs));
}
