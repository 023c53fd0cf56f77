/* SPDX-License-Identifier: MIT
 * tfidf.c - TfIdfVectorizer: how often each n-gram of a pool occurs in a row of tokens,
 * its tokens next to each other or with up to max_skip_count tokens between them.
 *
 *     pool_int64s   [1-grams ... | 2-grams ... | 3-grams ...]    ngram_counts: where each part starts
 *     y[row][ngram_indexes[i]]   belongs to the i-th n-gram of the pool, counted through all parts */
#include <inttypes.h>
#include <string.h>
#include "ml.h"

/* The part of the pool with n-grams of so many tokens. */
Grams tfidf_grams(const Node *n, int tokens)
{
    const Ints *start = &n->a.ngram_counts;
    Grams g = {0};
    for (int i = 0; i < tokens && i < start->n; i++) {
        int64_t from = start->v[i], to = i + 1 < start->n ? start->v[i + 1] : n->a.pool_int64s.n;
        g.first += g.count;
        g.count = (to - from) / (i + 1);
        g.pool = n->a.pool_int64s.v + from;
    }
    if (tokens > start->n || tokens < n->a.min_gram_length || tokens > n->a.max_gram_length)
        g.count = 0;
    return g;
}

static bool pool_fits(const Node *n)
{
    const Ints *start = &n->a.ngram_counts;
    int64_t grams = 0;
    for (int i = 0; i < start->n; i++) {
        int64_t from = start->v[i], to = i + 1 < start->n ? start->v[i + 1] : n->a.pool_int64s.n;
        if (from < 0 || from > to || to > n->a.pool_int64s.n || (to - from) % (i + 1))
            return false;
        grams += (to - from) / (i + 1);
    }
    return grams == n->a.ngram_indexes.n && (!n->a.weights.n || n->a.weights.n == grams);
}

static bool attributes_fit(const Node *n)
{
    static const char *const modes[] = {"TF", "IDF", "TFIDF"};
    bool known = false;
    for (size_t i = 0; i < COUNT(modes); i++)
        known |= n->a.mode && !strcmp(n->a.mode, modes[i]);
    if (!n->a.has[A_pool_int64s])
        blocker(n, NULL, "it has no pool for tokens of type %s", dtype_name(n->in[0]->dtype));
    else if (!known)
        blocker(n, "mode is TF, IDF or TFIDF", "attribute 'mode' is missing or not known");
    else if (n->a.min_gram_length < 1 || n->a.max_gram_length < n->a.min_gram_length ||
             n->a.max_skip_count < 0)
        blocker(n, NULL, "min_gram_length, max_gram_length or max_skip_count is out of range");
    else if (!pool_fits(n))
        blocker(n, NULL, "ngram_counts, ngram_indexes and weights do not fit the pool");
    else
        return true;
    return false;
}

/* Strings become numbers first: each is the place of its like in the pool, or -1. The pool's become the same. */
void tfidf_canon(Graph *g, Node *n)
{
    Strings pool = n->a.pool_strings;
    Value *x = n->in[0];
    if (x->dtype != DT_STRING || !pool.n || n->a.has[A_pool_int64s])
        return;
    int64_t *place = mem((size_t)pool.n * sizeof *place);
    for (int i = 0; i < pool.n; i++)
        while (strcmp(pool.v[place[i]], pool.v[i]))
            place[i]++;
    n->a.pool_int64s = (Ints){pool.n, place};
    n->a.has[A_pool_int64s] = true;
    n->in[0] = place_among(g, n, x, value_strings(g, n, "pool", pool));
}

void tfidf_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t last = -1;
    (void)g;
    if (!attributes_fit(n))
        return;
    if (x->rank > 2 || (x->dtype != DT_INT32 && x->dtype != DT_INT64)) {
        blocker(n, NULL, "'%s' is %s %s instead of int32 or int64 with one or two dims", x->name,
                dtype_name(x->dtype), dims_text(x));
        return;
    }
    for (int i = 0; i < n->a.ngram_indexes.n; i++) {
        int64_t at = n->a.ngram_indexes.v[i];
        last = at < 0 || at >= INT32_MAX ? INT32_MAX : MAX(last, at);
    }
    if (last == INT32_MAX) {
        blocker(n, NULL, "ngram_indexes has an element that is out of range");
        return;
    }
    out_set(n, 0, DT_FLOAT, MAX(x->rank, 1),
            x->rank == 2 ? (int64_t[]){x->dim[0], last + 1} : (int64_t[]){last + 1});
}
