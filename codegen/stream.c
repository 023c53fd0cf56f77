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
 * After a strip the halo moves to the front of its line buffer. */
#include "dnncc.h"

/* ---- windows ----------------------------------------------------------------------------------------------------- */

RowWindow row_window(const Node *n)
{
    const Attrs *a = &n->a;
    RowWindow w = {1, 1, 0, n->out[0]->dim[2]};
    if (a->kernel_shape.n == 2)
        w = (RowWindow){(a->kernel_shape.v[0] - 1) * a->dilations.v[0] + 1, a->strides.v[0],
                        a->pads.v[0], n->in[0]->dim[2]};
    return w;
}

bool window_is_row(const RowWindow *w)
{
    return w->extent == 1 && w->stride == 1 && w->pad == 0;
}

/* ---- chains ------------------------------------------------------------------------------------------------------ */

/* It makes rows of one image, one below the other in memory. */
static bool by_rows(const Node *n)
{
    const Value *y = n->nout ? n->out[0] : NULL;
    return n->kernel && n->plan.rows && y->rank == 4 && y->dim[0] == 1 &&
           n->plan.rows == y->dim[2] && outer_axis(y) == 2;
}

static void chain_add(Chain *c, Node *n)
{
    PUSH(c->node, c->n, n);
    n->chain = c;
    n->ranged = true;
}

static void stream_graph(const Compiler *c, Graph *g)
{
    for (int i = 0; i < g->nnode; i++) {
        Node *n = g->node[i];
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                stream_graph(c, n->body[b]);
        if (c->strip > 0 && by_rows(n)) {
            Chain *chain = mem(sizeof *chain);
            chain->strip = c->strip;
            chain_add(chain, n);
        }
    }
}

void stream(Compiler *c)
{
    if (c->strip >= 0)
        stream_graph(c, c->graph);
}
