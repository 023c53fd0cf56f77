/* SPDX-License-Identifier: MIT
 * place.c - one arena for all intermediate tensors.
 *
 * The nodes are numbered in the order they run (the branches of an If one after the other, the body of a loop once). A
 * storage lives from the first step that writes it to the last that reads it, and through all of a loop that reads it
 * again each turn; two that live at once must not overlap. Storages are placed
 * largest first at the lowest free offset, in a few orders of which the smallest arena wins. An elementwise layer takes
 * the place of an operand that dies there. Constants follow one another in the weights, but for those of a few values,
 * which read better as numbers in net.c. Where scratch memory would lift the arena over its bound, the caller's outputs
 * lend theirs until they are written. */
#include <stdlib.h>
#include <string.h>
#include "probe.h"

enum { LINE = 64, SMALL = 4096, WORK = 300000000, MOST_LITERALS = 16 };

typedef struct Live {
    Value **v;
    int n;
} Live;

static void number_steps(Graph *g, int *step)
{
    for (int i = 0; i < g->nnode; i++) {
        Node *n = g->node[i];
        n->step = (*step)++;
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                number_steps(n->body[b], step);
        n->end = node_is_loop(n) ? (*step)++ : n->step;
    }
}

static void touch(Live *l, const Value *v, int step)
{
    Value *b = v->base;
    if (b->storage != IN_ARENA)
        return;
    if (b->first < 0) {
        b->first = step;
        PUSH(l->v, l->n, b);
    }
    b->last = MAX(b->last, step);
}

/* The layers of a chain run in turn, so what one of them needs lives as long as all of them run. */
static int turn_first(const Node *n)
{
    return n->chain ? n->chain->node[0]->step : n->step;
}

static int turn_last(const Node *n)
{
    return n->chain ? n->chain->node[n->chain->n - 1]->step : n->step;
}

static void reset_lives(Graph *g)
{
    for (int i = 0; i < g->nvalue; i++)
        g->value[i]->first = g->value[i]->last = -1, g->value[i]->share = NULL;
    for (int i = 0; i < g->nnode; i++)
        for (int b = 0; b < 2; b++)
            if (g->node[i]->body[b])
                reset_lives(g->node[i]->body[b]);
}

static void find_lives(Live *l, Graph *g);

/* What lives before the first turn and is read in a turn is needed until the last one. */
static void find_loop_lives(Live *l, Node *n)
{
    for (int k = 0; k < LOOP_IN; k++)
        if (n->in[k] && !n->in[k]->data)
            touch(l, n->in[k], n->step);
    for (int i = 0; i < n->nout; i++)
        touch(l, n->out[i], n->step);
    find_lives(l, n->body[0]);
    if (!n->body[0]->out[LOOP_AGAIN]->data)
        touch(l, n->body[0]->out[LOOP_AGAIN], n->end);
    for (int i = 0; i < n->nout; i++)
        touch(l, n->out[i], n->end);
    for (int i = 0; i < l->n; i++)
        if (l->v[i]->first <= n->step && l->v[i]->last > n->step)
            l->v[i]->last = MAX(l->v[i]->last, n->end);
}

static void find_lives(Live *l, Graph *g)
{
    for (int i = 0; i < g->nnode; i++) {
        Node *n = g->node[i];
        for (int k = 0; k < n->narg; k++) {
            touch(l, n->arg[k].value, turn_first(n));
            touch(l, n->arg[k].value, turn_last(n));
        }
        if (n->scaled) {
            touch(l, n->scaled, turn_first(n));
            touch(l, n->scaled, turn_last(n));
        }
        if (node_is_loop(n)) {
            find_loop_lives(l, n);
        } else if (n->op->cls == OP_CONTROL) {
            touch(l, n->in[0], n->step);
            for (int b = 0; b < 2; b++)
                find_lives(l, n->body[b]);
        }
    }
}

/* ---- in place ---------------------------------------------------------------------------------------------------- */

/* Large storages begin on cache lines; small ones where their type may, since there a split line costs less than RAM. */
static int64_t align_of(const Value *b)
{
    return b->size * dtype_bytes(b->dtype) >= SMALL ? LINE : dtype_bytes(b->dtype);
}

static int64_t align_up(int64_t at, int64_t align)
{
    return (at + align - 1) / align * align;
}

static int64_t storage_bytes(const Value *b)
{
    return b->size * dtype_bytes(b->dtype);
}

static Value *place_of(Value *b)
{
    while (b->share)
        b = b->share;
    return b;
}

static int reads_of(const Node *n, const Value *base)
{
    int reads = 0;
    for (int k = 0; k < n->narg; k++)
        reads += n->arg[k].kind != ARG_OUT && n->arg[k].value->base == base;
    return reads;
}

bool node_in_place(const Node *n)
{
    return node_is(n, "Map") || node_is(n, "Softmax") || node_is(n, "LogSoftmax");
}

/* In each turn of a chain, are out's lines made from those of b, which nobody needs afterwards, and keep none of them? */
static bool lines_pass_on(const Node *n, const Value *out, const Value *b)
{
    const Chain *c = n->chain;
    if (!c || !b->lines || b->lines != out->lines || n == c->node[c->n - 1])
        return false;
    int i = 0;
    while (c->node[i] != n)
        i++;
    RowWindow w = row_window_all(c->node[i + 1]);
    return window_is_row(&w);
}

/* Element i of the operand is read before element i of the output is written, and nobody needs it any more. */
static bool can_overwrite(const Node *n, const Value *out, Value *x)
{
    Value *b = x->base;
    if (b->storage != IN_ARENA || b != x || out->base != out || out->storage != IN_ARENA)
        return false;
    bool dies = b->last == n->step && b->first < n->step && out->first == n->step;
    if ((!dies && !lines_pass_on(n, out, b)) || reads_of(n, b) != 1)
        return false;
    return dtype_bytes(x->dtype) == dtype_bytes(out->dtype) && x->rank == out->rank &&
           value_same_dims(x, out) &&
           !memcmp(x->stride, out->stride, (size_t)x->rank * sizeof *x->stride);
}

static void share_places(Graph *g)
{
    for (int i = 0; i < g->nnode; i++) {
        Node *n = g->node[i];
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                share_places(n->body[b]);
        if (!node_in_place(n))
            continue;
        for (int k = 0; k < n->nin; k++) {
            if (!n->in[k] || n->in[k]->data || !n->in[k]->base ||
                !can_overwrite(n, n->out[0], n->in[k]))
                continue;
            n->out[0]->share = n->in[k];
            Value *root = place_of(n->in[k]);
            root->last = MAX(root->last, n->out[0]->last);
            break;
        }
    }
}

/* ---- offsets ----------------------------------------------------------------------------------------------------- */

static int order_by; /* which order the next try takes */

static int compare(const void *pa, const void *pb)
{
    const Value *a = *(Value *const *)pa, *b = *(Value *const *)pb;
    int64_t x = storage_bytes(a), y = storage_bytes(b);
    if (order_by == 1) {
        x *= a->last - a->first + 1;
        y *= b->last - b->first + 1;
    }
    if (order_by == 2) {
        x = a->last - a->first;
        y = b->last - b->first;
    }
    if (order_by == 3 && a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (x != y)
        return x > y ? -1 : 1;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return a->id - b->id;
}

static int by_offset(const void *pa, const void *pb)
{
    const Value *a = *(Value *const *)pa, *b = *(Value *const *)pb;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

static Value **rivals; /* room for all storages */

/* Those placed already (v[0..placed)) that live at the same time as x, by offset. */
static int find_rivals(Value *const *v, int placed, const Value *x)
{
    int n = 0;
    for (int i = 0; i < placed; i++)
        if (v[i]->first <= x->last && x->first <= v[i]->last)
            rivals[n++] = v[i];
    qsort(rivals, (size_t)n, sizeof *rivals, by_offset);
    return n;
}

static int64_t lowest_gap(int n, const Value *x)
{
    int64_t at = 0, bytes = storage_bytes(x);
    for (int i = 0; i < n && at + bytes > rivals[i]->offset; i++)
        at = align_up(MAX(at, rivals[i]->offset + storage_bytes(rivals[i])), align_of(x));
    return at;
}

/* The highest place under `roof`, or the lowest gap when there is none. */
static int64_t highest_gap(int n, const Value *x, int64_t roof)
{
    int64_t bytes = storage_bytes(x), at = (roof - bytes) / LINE * LINE;
    for (int i = n - 1; i >= 0 && at >= 0; i--) {
        if (rivals[i]->offset + storage_bytes(rivals[i]) <= at)
            continue;
        if (rivals[i]->offset < at + bytes)
            at = (rivals[i]->offset - bytes) / LINE * LINE;
    }
    for (int i = 0; i < n && at >= 0; i++)
        if (rivals[i]->offset < at + bytes && at < rivals[i]->offset + storage_bytes(rivals[i]))
            at = -1;
    return at >= 0 ? at : lowest_gap(n, x);
}

/* v[i]->index says from which end the i-th looks for its place. */
static int64_t place_in_turn(Value **v, int n, int64_t roof)
{
    int64_t top = 0;
    for (int i = 0; i < n; i++) {
        int rival = find_rivals(v, i, v[i]);
        v[i]->offset = v[i]->index ? highest_gap(rival, v[i], roof) : lowest_gap(rival, v[i]);
        top = MAX(top, v[i]->offset + storage_bytes(v[i]));
    }
    return top;
}

/* No arena can be smaller than what lives at one step. */
static int64_t most_alive(Value *const *v, int n)
{
    int64_t most = 0;
    for (int i = 0; i < n; i++) { /* the maximum is reached where some storage begins */
        int64_t sum = 0;
        for (int k = 0; k < n; k++)
            if (v[k]->first <= v[i]->first && v[i]->first <= v[k]->last)
                sum += storage_bytes(v[k]);
        most = MAX(most, sum);
    }
    return most;
}

typedef struct Search {
    Value **v, **best;
    int *end; /* index of each in best */
    int n;
    uint32_t seed;
    int64_t top, least;
} Search;

static int draw(Search *s, int below)
{
    s->seed = s->seed * 1664525u + 1013904223u;
    return (int)((s->seed >> 8) % (uint32_t)below);
}

static void keep(Search *s, int64_t top)
{
    s->top = top;
    memcpy(s->best, s->v, (size_t)s->n * sizeof *s->v);
    for (int i = 0; i < s->n; i++)
        s->end[i] = s->v[i]->index;
}

static int64_t back_to_best(Search *s)
{
    memcpy(s->v, s->best, (size_t)s->n * sizeof *s->v);
    for (int i = 0; i < s->n; i++)
        s->v[i]->index = s->end[i];
    return place_in_turn(s->v, s->n, s->least);
}

static void move_turn(Value **v, int from, int to)
{
    Value *x = v[from];
    if (to < from)
        memmove(v + to + 1, v + to, (size_t)(from - to) * sizeof *v);
    else
        memmove(v + from, v + from + 1, (size_t)(to - from) * sizeof *v);
    v[to] = x;
}

/* Give a storage that reaches the top another turn or end, drawn from a fixed sequence of pseudo-random numbers; keep
 * what makes the arena no larger, until nothing better is possible. */
static void improve(Search *s)
{
    int tries = s->n > 2 ? MIN(30000, WORK / (s->n * s->n)) : 0; /* a third of a second at most */
    for (int t = 0; t < tries && s->top > s->least; t++) {
        int at = 0;
        for (int i = 0; i < s->n; i++)
            if (s->v[i]->offset + storage_bytes(s->v[i]) == s->top)
                at = i;
        if (draw(s, 3) == 0)
            at = draw(s, s->n);
        s->v[at]->index ^= draw(s, 2);
        move_turn(s->v, at, draw(s, s->n));
        int64_t now = place_in_turn(s->v, s->n, s->least);
        if (now <= s->top)
            keep(s, now);
        else
            back_to_best(s);
    }
}

static int64_t place_arena(Live *l)
{
    Search s = {.top = INT64_MAX, .seed = 1};
    for (int i = 0; i < l->n; i++) /* storages that share a place leave the list */
        if (!l->v[i]->share)
            l->v[s.n++] = l->v[i];
    l->n = s.n;
    if (!s.n)
        return 0;
    s.v = l->v;
    s.best = mem((size_t)(s.n + 1) * sizeof *s.best);
    s.end = mem((size_t)(s.n + 1) * sizeof *s.end);
    rivals = mem((size_t)(s.n + 1) * sizeof *rivals);
    s.least = most_alive(s.v, s.n);
    for (order_by = 0; order_by < 4; order_by++) {
        qsort(s.v, (size_t)s.n, sizeof *s.v, compare);
        int64_t top = place_in_turn(s.v, s.n, s.least);
        if (top < s.top)
            keep(&s, top);
    }
    back_to_best(&s);
    improve(&s);
    return back_to_best(&s);
}

static void check_overlaps(const Live *l)
{
    for (int i = 0; i < l->n; i++)
        for (int k = 0; k < i; k++) {
            const Value *a = l->v[i], *b = l->v[k];
            bool together = a->first <= b->last && b->first <= a->last;
            if (together && a->offset < b->offset + storage_bytes(b) &&
                b->offset < a->offset + storage_bytes(a))
                BUG("'%s' and '%s' overlap in the arena", a->name, b->name);
        }
}

static void offsets_of_shared(Graph *g)
{
    for (int i = 0; i < g->nvalue; i++)
        if (g->value[i]->share)
            g->value[i]->offset = place_of(g->value[i])->offset;
    for (int i = 0; i < g->nnode; i++)
        for (int b = 0; b < 2; b++)
            if (g->node[i]->body[b])
                offsets_of_shared(g->node[i]->body[b]);
}

/* ---- weights ------------------------------------------------------------------------------------------------------ */

static bool same_bytes(const Value *a, const Value *b)
{
    return a->dtype == b->dtype && a->size == b->size && value_same_dims(a, b) &&
           !memcmp(a->stride, b->stride, (size_t)a->rank * sizeof *a->stride) &&
           !memcmp(a->data, b->data, (size_t)value_bytes(a));
}

/* b itself or its equal among n constants; large ones are not compared. */
static const Value *find_equal(Value *const *v, int n, const Value *b)
{
    for (int i = 0; i < n; i++)
        if (v[i] == b || (value_bytes(b) <= 1 << 16 && same_bytes(v[i], b)))
            return v[i];
    return NULL;
}

static void place_literal(Compiler *c, Value *b)
{
    const Value *equal = find_equal(c->literal, c->nliteral, b);
    b->storage = IN_TEXT;
    b->index = equal ? equal->index : c->nliteral;
    if (!equal)
        PUSH(c->literal, c->nliteral, b);
}

/* In the order the layers read them; equal small ones are kept once. */
static void place_weight(Compiler *c, Value *b)
{
    const Value *equal = find_equal(c->weight, c->nweight, b);
    if (equal) {
        b->offset = equal->offset;
        return;
    }
    b->offset = c->weight_bytes;
    c->weight_bytes += (b->size * dtype_bytes(b->dtype) + LINE - 1) / LINE * LINE;
    PUSH(c->weight, c->nweight, b);
}

static void place_constant(Compiler *c, Value *b)
{
    if (b->size <= MOST_LITERALS)
        place_literal(c, b);
    else
        place_weight(c, b);
}

/* Behind all others, the factors of products as instruments look at them: kernels have packed them. */
static void place_factors(Compiler *c, Graph *g)
{
    const bool computed = probes_need(c, NEEDS_FACTORS), stored = probes_need(c, NEEDS_STORED);
    const bool zeros = probes_need(c, NEEDS_ZERO_POINTS);
    for (int i = 0; i < g->nnode; i++) {
        Work work[MOST_WORKS];
        for (int k = works_of(g->node[i], work) - 1; k >= 0; k--) {
            const Work *w = &work[k];
            Value *const v[] = {w->a, computed || !w->integers ? w->w : NULL,
                                stored ? w->integers : NULL, zeros ? w->a_zero : NULL,
                                zeros ? w->w_zero : NULL};
            for (size_t f = 0; f < COUNT(v); f++)
                if (v[f] && v[f]->data)
                    place_constant(c, v[f]->base);
        }
        for (int b = 0; b < 2; b++)
            if (g->node[i]->body[b])
                place_factors(c, g->node[i]->body[b]);
    }
}

static void place_weights(Compiler *c, Graph *g)
{
    for (int i = 0; i < g->nnode; i++) {
        Node *n = g->node[i];
        for (int k = 0; k < n->narg; k++)
            if (n->arg[k].kind == ARG_WEIGHT)
                place_constant(c, n->arg[k].value->base);
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                place_weights(c, n->body[b]);
    }
}

/* ---- scratch in the outputs ----------------------------------------------------------------------------------------- */

static void first_write_in(const Graph *g, const Value *b, int *first)
{
    for (int i = 0; i < g->nnode; i++) {
        const Node *n = g->node[i];
        for (int k = 0; k < n->narg; k++)
            if (n->arg[k].value->base == b)
                *first = MIN(*first, turn_first(n));
        for (int k = 0; k < n->nout; k++)
            if (n->out[k] && n->out[k]->base == b)
                *first = MIN(*first, n->step);
        for (int s = 0; s < 2; s++)
            if (n->body[s])
                first_write_in(n->body[s], b, first);
    }
}

/* Elements of an output that scratch lent before takes while v lives. */
static int64_t lent_to(const Live *lent, const Value *v, int output)
{
    int64_t end = 0;
    for (int i = 0; i < lent->n; i++) {
        const Value *u = lent->v[i];
        if (u->index == output && u->first <= v->last && v->first <= u->last)
            end = MAX(end, u->start + u->size);
    }
    return end;
}

/* Until an output is written, its memory may serve as the scratch of layers. */
static void lend_output(const Compiler *c, Live *lent, Value *scratch)
{
    for (int i = 0; i < c->graph->nout; i++) {
        const Value *out = c->graph->out[i]->base;
        int written = INT32_MAX;
        if (out->storage != IN_OUTPUT || out->dtype != scratch->dtype)
            continue;
        int64_t at = lent_to(lent, scratch, out->index);
        first_write_in(c->graph, out, &written);
        if (scratch->last >= written || out->size - at < scratch->size)
            continue;
        scratch->storage = IN_OUTPUT;
        scratch->index = out->index;
        scratch->start = at;
        PUSH(lent->v, lent->n, scratch);
        return;
    }
}

/* Of the layers outside of loops; where threads have scratch each, it stays in the arena. */
static bool lend_outputs(const Compiler *c)
{
    Live lent = {0};
    for (int i = 0; i < c->graph->nnode; i++)
        for (int k = 0; k < c->graph->node[i]->narg; k++) {
            const Arg *a = &c->graph->node[i]->arg[k];
            if (a->kind == ARG_SCRATCH && !a->copies && a->value->storage == IN_ARENA)
                lend_output(c, &lent, a->value);
        }
    return lent.n > 0;
}

static void place_tensors(Compiler *c)
{
    Live l = {0};
    reset_lives(c->graph);
    find_lives(&l, c->graph);
    share_places(c->graph);
    c->arena_bytes = place_arena(&l);
    check_overlaps(&l);
    offsets_of_shared(c->graph);
}

void place(Compiler *c)
{
    int step = 0;
    number_steps(c->graph, &step);
    place_tensors(c);
    if (c->arena_bytes > c->bound_bytes && lend_outputs(c))
        place_tensors(c);
    c->weight_bytes = 0;
    place_weights(c, c->graph);
    if (probes_need(c, NEEDS_FACTORS | NEEDS_STORED))
        place_factors(c, c->graph);
}
