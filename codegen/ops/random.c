/* SPDX-License-Identifier: MIT
 * random.c - RandomNormal, RandomUniform, what is like them, Bernoulli and Multinomial; the numbers of Dropout.
 *
 * How many numbers a node draws, and of which distribution, does not depend on data: only what it makes of them does.
 * So they are constants made while compiling, the same in each run, or with --random=input an input of the net that
 * the caller fills; either way the net has no state. The generator is the Mersenne Twister MT19937 (Matsumoto
 * and Nishimura, 1998, seeded by its init_genrand), 53 bits for a number; normal numbers are made of pairs of uniform
 * ones by the polar method (Marsaglia and Bray, 1964). So a node with a seed draws what NumPy's RandomState does, and
 * with it ONNX's own reference; one without draws by a seed of its own, which follows from its place. */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include "ops.h"

enum { WORDS = 624, AHEAD = 397, MOST_DRAWS = 1 << 22 };

typedef struct Twister {
    uint32_t word[WORDS];
    int at;
    double spare; /* the other one of a pair of normal numbers */
    bool spared;
} Twister;

static void twister_seed(Twister *t, uint32_t seed)
{
    *t = (Twister){.word = {seed}, .at = WORDS};
    for (int i = 1; i < WORDS; i++)
        t->word[i] = 1812433253u * (t->word[i - 1] ^ t->word[i - 1] >> 30) + (uint32_t)i;
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

/* In [0, 1), of 53 bits. */
static double twister_uniform(Twister *t)
{
    uint32_t high = twister_next(t) >> 5, low = twister_next(t) >> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
}

static double twister_normal(Twister *t)
{
    double x, y, square;
    t->spared = !t->spared;
    if (!t->spared)
        return t->spare;
    do {
        x = 2 * twister_uniform(t) - 1;
        y = 2 * twister_uniform(t) - 1;
        square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double factor = sqrt(-2 * log(square) / square);
    t->spare = factor * x;
    return factor * y;
}

/* ---- what a node draws -------------------------------------------------------------------------- */

static Graph *model_of(Graph *g)
{
    while (g->outer)
        g = g->outer;
    return g;
}

static bool in_loop(const Graph *g)
{
    while (g && !g->repeats)
        g = g->outer;
    return g;
}

static bool has_seed(const Node *n)
{
    return n->a.has[A_seed] || n->a.has[A_seed_float];
}

static uint32_t seed_of(const Graph *model, const Node *n)
{
    if (n->a.has[A_seed])
        return (uint32_t)n->a.seed;
    if (n->a.has[A_seed_float])
        return fabsf(n->a.seed_float) < 0x1p62f ? (uint32_t)(int64_t)n->a.seed_float : 0;
    return (uint32_t)model->random + 0x9e3779b9u * (uint32_t)model->drawn;
}

static Value *drawn_input(Graph *model, const Node *n, const char *what, const Value *like)
{
    const char *name = text("%s_%s", n->name, what);
    for (int i = 0; i < model->nin; i++)
        if (!strcmp(model->in[i]->name, name))
            name = text("%s_%s_%" PRId64, n->name, what, model->drawn);
    Value *v = value_new(model, name, like->dtype, like->rank, like->dim);
    memcpy(v->extent, like->extent, sizeof v->extent);
    PUSH(model->in, model->nin, v);
    return v;
}

/* Uniform floats are rounded down, so that they stay below 1. */
static double rounded(double x, DType t, bool normal)
{
    float f = (float)x;
    if (t == DT_DOUBLE)
        return x;
    return f > x && !normal ? nextafterf(f, 0) : f;
}

static Value *drawn_constant(Graph *g, const Node *n, bool normal, Value *v)
{
    Twister twister;
    int64_t count = value_count(v);
    void *data = mem((size_t)value_bytes(v) + 1);
    twister_seed(&twister, seed_of(model_of(g), n));
    for (int64_t i = 0; i < count; i++) {
        double x = normal ? twister_normal(&twister) : twister_uniform(&twister);
        data_put(data, v->dtype, i, rounded(x, v->dtype, normal), 0);
    }
    v->data = data;
    return v;
}

Value *random_numbers(Graph *g, const Node *n, bool normal, const Value *like)
{
    const char *what = normal ? "normal" : "uniform";
    Graph *model = model_of(g);
    bool input = model->random == RANDOM_INPUT;
    int64_t count = value_count(like);
    DType t = like->dtype == DT_DOUBLE ? DT_DOUBLE : DT_FLOAT;
    Value *v = value_new(g, what, t, like->rank, like->dim);
    model->drawn++;
    memcpy(v->extent, like->extent, sizeof v->extent); /* there are as many as the bound says */
    if (in_loop(g) && (input || !has_seed(n)))
        blocker(n,
                input ? "leave out --random=input"
                      : "give it a seed, if it shall; or make the number of turns a constant",
                "each turn of a loop would draw the same random numbers");
    else if (input && count)
        return drawn_input(model, n, what, v);
    else if (count > MOST_DRAWS)
        blocker(n, "--random=input makes them an input",
                "it draws more than %d random numbers, too many for constants", MOST_DRAWS);
    else
        return drawn_constant(g, n, normal, v);
    return v;
}

/* ---- RandomNormal, RandomUniform, RandomNormalLike, RandomUniformLike ---------------------------- */

static DType float_type(const Node *n, int64_t wanted)
{
    static const DType types[] = {DT_FLOAT, DT_FLOAT16, DT_DOUBLE, DT_BFLOAT16};
    for (size_t i = 0; i < COUNT(types); i++)
        if (wanted == types[i])
            return types[i];
    blocker(n, "float, float16, bfloat16 and double are",
            "random numbers of dtype %" PRId64 " are not supported", wanted);
    return DT_NONE;
}

void random_infer(Graph *g, Node *n)
{
    int64_t size = 1;
    const Ints *shape = &n->a.shape;
    DType t = float_type(n, n->a.dtype);
    (void)g;
    if (!n->a.has[A_shape])
        blocker(n, NULL, "attribute 'shape' is missing");
    for (int i = 0; i < shape->n && size >= 0; i++)
        size = mul_size(size, shape->v[i]);
    if (size < 0)
        blocker(n, NULL, "a dim of its shape is negative, or they are too large");
    else if (t && n->a.has[A_shape])
        out_set(n, 0, t, shape->n, shape->v);
}

void random_like_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    DType t = float_type(n, n->a.has[A_dtype] ? n->a.dtype : (int64_t)x->dtype);
    (void)g;
    if (t)
        out_set(n, 0, t, x->rank, x->dim);
}

void random_normal_expand(Graph *g, Node *n)
{
    Value *x = random_numbers(g, n, true, n->out[0]);
    Value *in[] = {x, value_scalar(g, "scale", x->dtype, n->a.scale),
                   value_scalar(g, "mean", x->dtype, n->a.mean)};
    convert_to(g, n, map_text(g, n->name, "a * b + c", 3, in, NULL), n->out[0]->dtype, n->out[0]);
}

void random_uniform_expand(Graph *g, Node *n)
{
    Value *x = random_numbers(g, n, false, n->out[0]);
    Value *in[] = {x, value_scalar(g, "range", x->dtype, (double)n->a.high - n->a.low),
                   value_scalar(g, "low", x->dtype, n->a.low)};
    convert_to(g, n, map_text(g, n->name, "a * b + c", 3, in, NULL), n->out[0]->dtype, n->out[0]);
}

/* ---- Bernoulli, Multinomial ----------------------------------------------------------------------- */

static bool takes_floats(const Node *n)
{
    if (dtype_is_float(n->in[0]->dtype))
        return true;
    blocker(n, NULL, "'%s' holds %s instead of floats", n->in[0]->name,
            dtype_name(n->in[0]->dtype));
    return false;
}

/* 1 with the probability that x says. */
void bernoulli_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t t = n->a.has[A_dtype] ? n->a.dtype : (int64_t)x->dtype;
    (void)g;
    if (t < 0 || t > INT32_MAX || !dtype_known((int)t) || t == DT_STRING)
        blocker(n, NULL, "dtype %" PRId64 " is not supported", t);
    else if (takes_floats(n))
        out_set(n, 0, (DType)t, x->rank, x->dim);
}

void bernoulli_expand(Graph *g, Node *n)
{
    Value *u = random_numbers(g, n, false, n->in[0]);
    Value *in[] = {u, convert_to(g, n, n->in[0], u->dtype, NULL)};
    convert_to(g, n, map_text(g, n->name, "a < b", 2, in, NULL), n->out[0]->dtype, n->out[0]);
}

void multinomial_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    (void)g;
    if (n->a.dtype != DT_INT32 && n->a.dtype != DT_INT64)
        blocker(n, NULL, "dtype %" PRId64 " is neither int32 nor int64", n->a.dtype);
    else if (x->rank != 2 || x->dim[1] == 0 || n->a.sample_size < 0)
        blocker(n, NULL, "sample_size is %" PRId64 " and '%s' is %s, instead of batch x classes",
                n->a.sample_size, x->name, dims_text(x));
    else if (takes_floats(n))
        out_set(n, 0, (DType)n->a.dtype, 2, (int64_t[]){x->dim[0], n->a.sample_size});
}

/* x holds logarithms of probabilities, of any sum. With p running sums of exp(x - its largest), a sample is how many of
 * them are not above u * the last one, which itself always is. */
void multinomial_expand(Graph *g, Node *n)
{
    Value *y = n->out[0], *axis = value_ints(g, "axis", 1, &(int64_t){1});
    int64_t batch = n->in[0]->dim[0], classes = n->in[0]->dim[1], samples = y->dim[1];
    Value wanted = {.dtype = n->in[0]->dtype, .rank = 2, .dim = {batch, samples}};
    Value *u = random_numbers(g, n, false, &wanted);
    Value *x = convert_to(g, n, n->in[0], u->dtype, NULL);
    Value *most = op_now(g, "ReduceMax", n, 2, (Value *[]){x, axis});
    Value *p = map_text(g, n->name, "exp(a - b)", 2, (Value *[]){x, most}, NULL);
    p = op_now(g, "CumSum", n, 2, (Value *[]){p, value_scalar(g, "axis", DT_INT64, 1)});
    p = reshape_now(g, n, p, 3, (int64_t[]){batch, 1, classes});
    u = reshape_now(g, n, u, 3, (int64_t[]){batch, samples, 1});
    Value *sum = slice_to(g, n, p, 2, (int64_t[]){classes - 1, classes, 1}, NULL);
    infer_node(g, sum->producer);
    Value *below = map_text(g, n->name, "c <= a * b", 3, (Value *[]){u, sum, p}, NULL);
    below = convert_to(g, n, below, y->dtype, NULL);
    Value *in[] = {below, value_ints(g, "axis", 1, &(int64_t){2})};
    Value *count = op_now(g, "ReduceSum", n, 2, in);
    reshape_to(g, n, count, 2, y->dim, y);
}
