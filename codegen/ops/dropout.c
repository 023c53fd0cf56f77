/* SPDX-License-Identifier: MIT
 * dropout.c - Dropout. At inference nothing is dropped, and the mask is true everywhere.
 *
 * In training elements are dropped at random. With a seed the numbers are fixed when the model is
 * compiled, those that ONNX's own reference draws: the Mersenne Twister MT19937 (Matsumoto and
 * Nishimura, 1998, seeded by its init_genrand), 53 bits each. Without a seed it is refused. */
#include <string.h>
#include "ops.h"

enum { WORDS = 624, AHEAD = 397, MOST_DRAWS = 1 << 22 };

typedef struct Twister {
    uint32_t word[WORDS];
    int at;
} Twister;

static void twister_seed(Twister *t, uint32_t seed)
{
    t->word[0] = seed;
    for (int i = 1; i < WORDS; i++)
        t->word[i] = 1812433253u * (t->word[i - 1] ^ t->word[i - 1] >> 30) + (uint32_t)i;
    t->at = WORDS;
}

static void twister_turn(Twister *t)
{
    for (int i = 0; i < WORDS; i++) {
        uint32_t y = (t->word[i] & 0x80000000u) | (t->word[(i + 1) % WORDS] & 0x7fffffffu);
        t->word[i] = t->word[(i + AHEAD) % WORDS] ^ y >> 1 ^ (y & 1 ? 0x9908b0dfu : 0);
    }
    t->at = 0;
}

static uint32_t twister_next(Twister *t)
{
    if (t->at == WORDS)
        twister_turn(t);
    uint32_t y = t->word[t->at++];
    y ^= y >> 11;
    y ^= y << 7 & 0x9d2c5680u;
    y ^= y << 15 & 0xefc60000u;
    return y ^ y >> 18;
}

/* A constant like x of numbers in [0, 1). */
static Value *uniform(Graph *g, const Value *x, uint32_t seed)
{
    int64_t count = value_count(x);
    double *u = mem((size_t)count * sizeof *u);
    Twister t;
    twister_seed(&t, seed);
    for (int64_t i = 0; i < count; i++) {
        uint32_t high = twister_next(&t) >> 5, low = twister_next(&t) >> 6;
        u[i] = (high * 67108864.0 + low) / 9007199254740992.0;
    }
    return value_const(g, "uniform", DT_DOUBLE, x->rank, x->dim, u);
}

/* Could an element be dropped? */
static bool drops(const Node *n)
{
    const Value *mode = node_in(n, 2), *ratio = node_in(n, 1);
    if (!mode || (value_is_const(mode) && value_int_at(mode, 0) == 0))
        return false;
    return !ratio || !value_is_const(ratio) || value_at(ratio, 0) != 0;
}

/* keep = !mode || uniform >= ratio, and x = keep ? x * (mode ? 1 / (1 - ratio) : 1) : 0. */
static void drop(Graph *g, Node *n, Value *mask)
{
    Value *x = n->in[0], *mode = n->in[2], *ratio = node_in(n, 1);
    if (!ratio)
        ratio = value_scalar(g, "ratio", DT_FLOAT, 0.5);
    Value *keep[] = {uniform(g, x, (uint32_t)n->a.seed), convert_to(g, n, ratio, DT_DOUBLE, NULL),
                     mode};
    mask = map_text(g, n->name, "!c || a >= b", 3, keep, mask);
    Value *in[] = {x, convert_to(g, n, ratio, x->dtype, NULL), mode, mask};
    n->in[0] = map_text(g, n->name, "d ? a * (c ? 1 / (1 - b) : 1) : 0", 4, in, NULL);
}

static bool seeded(const Node *n)
{
    const Value *x = n->in[0], *ratio = node_in(n, 1);
    return n->a.has[A_seed] && value_count(x) <= MOST_DRAWS && dtype_is_float(x->dtype) &&
           n->in[2]->dtype == DT_BOOL && value_count(n->in[2]) == 1 && n->in[2]->rank == 0 &&
           (!ratio || (ratio->rank == 0 && dtype_is_float(ratio->dtype)));
}

static void all_kept(Graph *g, Node *n, Value *mask)
{
    const Value *x = n->in[0];
    Value *one = value_scalar(g, "keep", n->opset < 10 ? x->dtype : DT_BOOL, 1);
    Value *shape = value_ints(g, "shape", x->rank, x->dim);
    graph_add(g, node_new(g, "Expand", n->name, 2, (Value *[]){one, shape}, 1, &mask));
}

void dropout_canon(Graph *g, Node *n)
{
    Value *mask = n->nout > 1 && n->out[1] && n->out[1]->uses ? n->out[1] : NULL;
    if (drops(n) && !seeded(n)) {
        blocker(n, "export the model for inference, or give it a seed",
                "it may drop elements at random: '%s' is not false", n->in[2]->name);
        return;
    }
    if (drops(n))
        drop(g, n, mask);
    else if (mask)
        all_kept(g, n, mask);
    n->nout = 1;
    inputs_keep(n, 1);
}
