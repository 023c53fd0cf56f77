/* SPDX-License-Identifier: MIT
 * rnn.h - what the kernels of LSTM, GRU and RNN know of a node: its sizes, its tensors by name (NULL: absent) and its
 * activations. */
#ifndef DNNCC_RNN_H
#define DNNCC_RNN_H
#include "dnncc.h"

typedef struct Rnn {
    int gates;        /* blocks of `hidden` rows in w and r: 4 (i o f c), 3 (z r h) or 1 */
    int dirs;         /* 1 or 2 */
    bool backward[2]; /* does direction d go from the last step to the first? */
    bool batch_first; /* layout=1 */
    int64_t seq, batch, input, hidden;
    Value *x, *w, *r, *b;
    Value *lens;    /* steps of each batch entry */
    Value *h0, *c0; /* initial state */
    Value *p;       /* peepholes i o f */
    Value *y, *yh, *yc;
} Rnn;

Rnn rnn_of(const Node *n);
int64_t rnn_stride_x(const Rnn *r, char axis); /* 't', 'b' or 'i' of x */
int64_t rnn_stride_y(const Rnn *r, char axis); /* 't', 'd', 'b' or 'h' of y */
int64_t rnn_stride_state(const Rnn *r, const Value *v,
                         char axis);                  /* 'd', 'b' or 'h' of h0, c0, yh, yc */
void rnn_arg_in(Node *n, const char *name, Value *v); /* arg_in, unless v is absent */
void rnn_arg_states(Node *n, const Rnn *r);           /* h0 c0 y yh yc, those that are there */
/* Activation k (f g h of the specification) of direction d, on leaf 0 of type t. */
Expr *rnn_activation(const Node *n, int d, int k, DType t);
Expr *rnn_clipped(const Node *n, Expr *e); /* e within +-clip, as the inputs of gates are */
#endif
