/* SPDX-License-Identifier: MIT
 * stream.c - row streaming: which layers run together, strip by strip.
 *
 * Most layers of an image make a row of it from a few rows of another one. A chain of them runs by strips of rows, so
 * that what one hands on to the next is a few lines which stay in cache, and in the arena, instead of a whole tensor:
 *
 *     x   . . . . [======] . .      expand 1x1
 *     a         [h|======]          depthwise 3x3: it needs the halo h, two lines that the strip before made
 *     b           [======]          project 1x1
 *     y   = = = = [======] . .
 *
 * After a strip the halo moves to the front of its line buffer.
 *
 * What the heads of an attention make of each other runs by heads likewise: products, the softmax between them. Rows are
 * then whatever lies along a tensor's outermost axis. */
#include <limits.h>
#include "dnncc.h"

/* ---- windows ----------------------------------------------------------------------------------------------------- */

RowWindow row_window(const Node *n)
{
    const Attrs *a = &n->a;
    RowWindow w = {1, 1, 0, n->out[0]->dim[outer_axis(n->out[0])]};
    if (a->kernel_shape.n == 2)
        w = (RowWindow){(a->kernel_shape.v[0] - 1) * a->dilations.v[0] + 1, a->strides.v[0],
                        a->pads.v[0], n->in[0]->dim[2]};
    return w;
}

RowWindow row_window_all(const Node *n)
{
    RowWindow w = row_window(n);
    int64_t end = (n->plan.rows - 1) * w.stride - w.pad + w.extent;
    w.extent = MAX(w.extent + MAX(w.in - end, 0), w.stride);
    return w;
}

bool window_is_row(const RowWindow *w)
{
    return w->extent == 1 && w->stride == 1 && w->pad == 0;
}

/* ---- chains ------------------------------------------------------------------------------------------------------ */

static bool needs_scratch(const Node *n)
{
    for (int k = 0; k < n->narg; k++)
        if (n->arg[k].kind == ARG_SCRATCH)
            return true;
    return false;
}

/* It makes rows of one image. */
static bool is_image(const Node *n)
{
    const Value *y = n->out[0];
    return y->rank == 4 && y->dim[0] == 1 && outer_axis(y) == 2 && !needs_scratch(n);
}

/* Has v, which n reads, a matrix for each of y's along this axis? */
static bool has_heads(const Value *v, const Value *y, int axis)
{
    return v->rank == y->rank && v->dim[axis] == y->dim[axis] && v->stride[axis];
}

/* It makes the matrices of heads, each from one matrix of its first input. */
static bool is_heads(const Node *n)
{
    const Value *y = n->out[0];
    int axis = outer_axis(y);
    for (int i = 0; i < axis; i++)
        if (y->dim[i] > 1)
            return false;
    if (axis > y->rank - 3 || node_is(n, "Map"))
        return axis <= y->rank - 3;
    if (node_is(n, "MatMul"))
        return has_heads(n->in[0], y, axis) && has_heads(n->in[1], y, axis);
    return node_is(n, "Softmax") && n->a.axis > axis && has_heads(n->in[0], y, axis);
}

/* Its rows lie one behind the other in memory. */
static bool by_rows(const Node *n)
{
    return n->kernel && n->plan.rows && n->plan.rows == n->out[0]->dim[outer_axis(n->out[0])] &&
           (is_image(n) || is_heads(n));
}

static int reads_of(const Graph *g, const Value *base)
{
    int reads = 0;
    for (int i = 0; i < g->nout; i++)
        reads += g->out[i]->base == base;
    for (int i = 0; i < g->nnode; i++) {
        const Node *n = g->node[i];
        for (int k = 0; k < n->narg; k++)
            reads += n->arg[k].kind != ARG_OUT && n->arg[k].value->base == base;
        for (int k = 0; n->op->cls == OP_CONTROL && k < n->nin; k++)
            reads += n->in[k] && n->in[k]->base == base;
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                reads += reads_of(n->body[b], base);
    }
    return reads;
}

enum { LONGEST = 1 << 28 }; /* windows, so that generated code can reckon in int */

/* Is v what n makes its rows of, each from rows that lie inside v at least in part? */
static bool makes_rows_of(const Node *n, const Value *v)
{
    if (outer_axis(v) != outer_axis(n->out[0]))
        return false;
    if (!node_is(n, "Map")) {
        RowWindow w = row_window(n);
        return n->in[0] == v && w.in == v->dim[outer_axis(v)] && w.pad < w.extent &&
               w.extent < LONGEST && (n->plan.rows - 1) * w.stride - w.pad < w.in;
    }
    for (int k = 0; k < n->nin; k++)
        if (n->in[k] == v)
            return value_same_dims(v, n->out[0]);
    return false;
}

/* The layer whose rows n could read from a line buffer; NULL: there is none. */
static Node *feeder_of(const Graph *g, const Node *n)
{
    for (int k = 0; k < n->nin && by_rows(n); k++) {
        const Value *v = n->in[k];
        Node *p = v ? v->producer : NULL;
        if (p && p->step < g->nnode && g->node[p->step] == p && by_rows(p) && v == p->out[0] &&
            v->base == v && v->storage == IN_ARENA && makes_rows_of(n, v) && reads_of(g, v) == 1)
            return p;
    }
    return NULL;
}

/* ---- line buffers ------------------------------------------------------------------------------------------------ */

/* Lines that must be there between each of n layers and the next, for strips of so many rows of the last one's output.
 * The first turn makes rows up to the halo, and those of the halo before where it begins within the image (`seams`); each
 * later one as many as the next layer moves on by, and keeps the halo. `all`: of rows that no layer needs, too. */
static void count_lines(Node *const *node, int n, int64_t strip, bool seams, bool all,
                        int64_t *lines)
{
    int64_t end = strip, step = strip;
    for (int i = n - 2; i >= 0; i--) {
        RowWindow w = (all ? row_window_all : row_window)(node[i + 1]);
        end = MIN((end - 1) * w.stride + w.extent - (seams ? 0 : w.pad), w.in);
        step = MIN(step * w.stride, w.in);
        lines[i] = MIN(MAX(end, step + MAX(w.extent - w.stride, 0)), w.in);
    }
}

const Value *node_lines(const Node *n)
{
    for (int k = 0; k < n->nin; k++)
        if (n->in[k] && n->in[k]->base && n->in[k]->base->lines)
            return n->in[k];
    return NULL;
}

/* Threads that the rows are divided among. */
static int parts_of(const Compiler *c, int64_t rows)
{
    return c->threads > 1 && rows < INT_MAX / c->threads ? (int)MIN(rows, c->threads) : 0;
}

enum { LINE = 64 };

/* Each part has line buffers of its own. */
static void copies_for(Node *n, const Value *v, int parts)
{
    for (int k = 0; k < n->narg; k++)
        if (n->arg[k].value == v)
            n->arg[k].copies = parts;
}

static void run_in_strips(const Compiler *compiler, Node *const *node, int n, int64_t strip,
                          double gain)
{
    int64_t *lines = mem((size_t)n * sizeof *lines), rows = node[n - 1]->plan.rows;
    Chain *c = mem(sizeof *c);
    c->parts = compiler->split_all || !compiler->strip ? parts_of(compiler, rows) : 0;
    c->strip = MIN(strip, (rows + MAX(c->parts, 1) - 1) / MAX(c->parts, 1));
    c->gain = gain;
    c->heads = !is_image(node[n - 1]);
    if (c->heads && probes_look(compiler) && !c->parts)
        c->strip = rows;
    count_lines(node, n, c->strip, c->parts > 0, probes_look(compiler), lines);
    for (int i = 0; i < n; i++) {
        Value *v = node[i]->out[0];
        PUSH(c->node, c->n, node[i]);
        node[i]->chain = c;
        node[i]->ranged = true;
        if (c->parts)
            scratch_copies(node[i], c->parts);
        if (i + 1 == n)
            break;
        v->lines = lines[i];
        v->size = lines[i] * v->stride[outer_axis(v)];
        if (c->parts) {
            int64_t line = LINE / dtype_bytes(v->dtype);
            v->size = (v->size + line - 1) / line * line * c->parts;
            copies_for(node[i], v, c->parts);
            copies_for(node[i + 1], v, c->parts);
        }
    }
}

/* ---- cost -------------------------------------------------------------------------------------------------------- */

/* Measured on Zen 4 with AVX2 (1 MB of L2), where fp32 products run at nine tenths of their peak: strips gain 4 to 12
 * percent on the first layers of mobilenet_v2 and ultraface, whose tensors are 2 to 5 MB, 2 to 4 percent on 3x3 layers
 * between tensors of 13 MB, nothing below 1 MB. Where a halo moves, strips of 1 row lose up to 10 percent. */
enum {
    MOST_LAYERS = 16,
    CALL_CYCLES = 200,
    L2_BYTES_PER_CYCLE = 20,
    FAR_BYTES_PER_CYCLE = 25, /* written back and fetched ahead while products run */
    FARTHEST_BYTES_PER_CYCLE = 10,
    SHARED_CACHE = 8 << 20 /* what a core may hope to keep of it */
};
static const double LEAST_GAIN = 0.02, LEAST_LOSS = 0.01; /* of the cycles of a chain's layers */

/* A tensor is written and read again from beyond L2. */
static double far_cycles(double bytes)
{
    return 2 * bytes / (bytes > SHARED_CACHE ? FARTHEST_BYTES_PER_CYCLE : FAR_BYTES_PER_CYCLE);
}

static double bytes_of_row(const Value *v)
{
    return (double)(v->stride[outer_axis(v)] * dtype_bytes(v->dtype));
}

static double weights_of(const Node *n)
{
    double bytes = 0;
    for (int k = 0; k < n->narg; k++)
        if (n->arg[k].kind == ARG_WEIGHT)
            bytes += (double)value_bytes(n->arg[k].value);
    return bytes;
}

/* Do the lines that layer i makes take the place of those that it reads? */
static bool passes_on(Node *const *node, int i, const int64_t *lines)
{
    RowWindow w = row_window(node[i + 1]);
    return i > 0 && node_in_place(node[i]) && window_is_row(&w) && lines[i] == lines[i - 1] &&
           bytes_of_row(node[i]->out[0]) == bytes_of_row(node[i - 1]->out[0]);
}

/* Cycles, when n layers run in strips of so many rows: saved where what does not fit in L2 would be written and read
 * again, in part if even one row of lines does not fit; spent on each strip's calls, its weights, tiles that are not full, and the halo, which moves, is read from L2
 * once more, and is made twice where threads meet. */
typedef struct Gain {
    double saved, spent, layers;
    bool fits;
} Gain;

static Gain gain_of(Node *const *node, int n, const Compiler *c, int64_t strip)
{
    const Target *t = c->target;
    int64_t lines[MOST_LAYERS], halo = 0;
    double strips = (double)((node[n - 1]->plan.rows + strip - 1) / strip), fill = 0, far = 0;
    int parts = parts_of(c, node[n - 1]->plan.rows);
    Gain g = {0};
    count_lines(node, n, strip, parts > 0, false, lines);
    for (int i = n - 1; i >= 0; i--) {
        const Value *v = node[i]->out[0];
        const Plan *p = &node[i]->plan;
        double weights = weights_of(node[i]);
        g.layers += p->cycles;
        g.spent += (strips - 1) * (CALL_CYCLES + weights / L2_BYTES_PER_CYCLE);
        if (is_image(node[i]))
            g.spent += strips * p->cycles * p->m / 2 / (double)(v->dim[2] * v->dim[3]);
        if (i + 1 == n)
            continue;
        RowWindow w = row_window(node[i + 1]);
        halo = MIN(halo * w.stride + MAX(w.extent - w.stride, 0), w.in);
        g.spent += MAX(parts - 1, 0) * p->cycles * (double)halo / (double)p->rows;
        double row = bytes_of_row(v), whole = row * (double)v->dim[outer_axis(v)];
        if (!passes_on(node, i, lines))
            fill += row * (double)lines[i];
        far += whole > (double)t->l2 ? whole : 0;
        g.saved += whole > (double)t->l2 ? far_cycles(whole) : 0;
        g.spent += strips * row * (double)MAX(w.extent - w.stride, 0) * 3 / L2_BYTES_PER_CYCLE;
    }
    g.fits = fill <= (double)t->l2;
    if (!g.fits && strip == 1) {
        g.fits = fill * MAX(parts, 1) <= SHARED_CACHE;
        g.saved -= far_cycles(1) * far;
    }
    return g;
}

/* A prediction is not that good: the gain shall be some, or nothing be at stake. */
static bool is_worth(const Gain *g)
{
    return g->fits && g->saved > g->spent &&
           (g->saved - g->spent > LEAST_GAIN * g->layers || g->spent < LEAST_LOSS * g->layers);
}

/* Strips of about equal size. */
static int64_t even(int64_t rows, int64_t strip)
{
    int64_t strips = (rows + strip - 1) / strip;
    return (rows + strips - 1) / strips;
}

static int64_t arena_bytes(const Value *v)
{
    return v->base->storage == IN_ARENA ? value_bytes(v) : 0;
}

/* Does the arena need less than when each layer runs at once? An elementwise one then works in place. */
static bool saves_memory(Node *const *node, int n, int parts, int64_t strip)
{
    int64_t lines[MOST_LAYERS], in = arena_bytes(node[0]->in[0]), most = 0;
    int64_t sum = in + arena_bytes(node[n - 1]->out[0]);
    count_lines(node, n, strip, parts > 0, false, lines);
    for (int i = 0; i < n; i++) {
        int64_t out = arena_bytes(node[i]->out[0]);
        most = MAX(most, node_in_place(node[i]) ? MAX(in, out) : in + out);
        in = out;
        if (i + 1 < n && !passes_on(node, i, lines))
            sum += (int64_t)bytes_of_row(node[i]->out[0]) * lines[i] * MAX(parts, 1);
    }
    return sum < most;
}

static double best_strip(Node *const *node, int n, const Compiler *c, int64_t *strip)
{
    int64_t rows = node[n - 1]->plan.rows;
    double best = 0;
    for (int64_t s = 1; s < rows; s += MAX(s / 4, 1)) {
        int64_t now = even(rows, s);
        Gain g = gain_of(node, n, c, now);
        if (is_worth(&g) && g.saved - g.spent > best &&
            saves_memory(node, n, parts_of(c, rows), now)) {
            best = g.saved - g.spent;
            *strip = now;
        }
    }
    return best;
}

/* ---- choice ------------------------------------------------------------------------------------------------------ */

/* Layers 0..n-1 could be one chain: cuts it where that gains most. best[i] is the most that the first i gain, of which
 * the last `take[i]` are a chain. */
static void cut(const Compiler *c, Node *const *node, int n)
{
    double *best = mem((size_t)(n + 1) * sizeof *best);
    int *take = mem((size_t)(n + 1) * sizeof *take);
    int64_t *strip = mem((size_t)(n + 1) * sizeof *strip);
    for (int i = 1; i <= n; i++) {
        best[i] = best[i - 1];
        for (int k = 2; k <= MIN(i, MOST_LAYERS); k++) {
            int64_t s = 0;
            double gain = best_strip(node + i - k, k, c, &s);
            if (gain > 0 && best[i - k] + gain > best[i]) {
                best[i] = best[i - k] + gain;
                take[i] = k;
                strip[i] = s;
            }
        }
    }
    for (int i = n; i > 0; i -= MAX(take[i], 1))
        if (take[i])
            run_in_strips(c, node + i - take[i], take[i], strip[i], best[i] - best[i - take[i]]);
}

/* From n on, each layer and the one that could read its rows from a line buffer: reader[step]. */
static void stream_from(const Compiler *c, Node *n, Node *const *reader)
{
    Node **node = NULL;
    int nnode = 0;
    for (; n; n = reader[n->step])
        PUSH(node, nnode, n);
    if (c->strip)
        run_in_strips(c, node, nnode, c->strip, 0);
    else
        cut(c, node, nnode);
}

/* Layers of a chain run where the last of them stood: nobody else waits for the others. */
static void draw_together(Graph *g)
{
    Node **node = NULL;
    int nnode = 0;
    for (int i = 0; i < g->nnode; i++) {
        Node *n = g->node[i];
        if (!n->chain)
            PUSH(node, nnode, n);
        else if (n == n->chain->node[n->chain->n - 1])
            for (int k = 0; k < n->chain->n; k++)
                PUSH(node, nnode, n->chain->node[k]);
    }
    g->node = node;
    g->nnode = nnode;
}

static void stream_graph(const Compiler *c, Graph *g)
{
    Node **reader = mem((size_t)(g->nnode + 1) * sizeof *reader);
    bool *fed = mem((size_t)g->nnode + 1);
    for (int i = 0; i < g->nnode; i++)
        g->node[i]->step = i;
    for (int i = 0; i < g->nnode; i++) {
        Node *n = g->node[i], *feeder = feeder_of(g, n);
        if (feeder) {
            reader[feeder->step] = n;
            fed[i] = true;
        }
    }
    for (int i = 0; i < g->nnode; i++)
        if (!fed[i] && by_rows(g->node[i]))
            stream_from(c, g->node[i], reader);
    draw_together(g);
    for (int i = 0; i < g->nnode; i++)
        for (int b = 0; b < 2; b++)
            if (g->node[i]->body[b])
                stream_graph(c, g->node[i]->body[b]);
}

void stream(Compiler *c)
{
    if (c->strip >= 0)
        stream_graph(c, c->graph);
}
