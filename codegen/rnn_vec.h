/* SPDX-License-Identifier: MIT
 * rnn_vec.h - what the parts of rnn_vec share: rnn_vec.ct has the plan, the packing and the frame, rnn_walk.ct a walk
 * through weights and the input's share of a chunk, rnn_cell.ct a step of an LSTM, a GRU and an RNN. */
#ifndef DNNCC_RNN_VEC_H
#define DNNCC_RNN_VEC_H
#include "ops/rnn.h"

typedef struct RnnJob {
    const Node *n;
    Rnn r;
    int vl, blocks, padded; /* lanes; blocks of units; units with those that fill the last block */
    int x_rows, h_rows;     /* rows of register tiles: steps or batch entries, and batch entries */
    int64_t chunk;          /* steps whose share of the input is held */
    bool by_batch;          /* tiles of the input run over batch entries */
    /* Steps in a piece of the next chunk's share, which walks take along; 0: they do not. The blocks that they get done,
     * and how many pieces share the terms of a row of a block. */
    int ahead_rows, ahead_blocks, parts;
    int d; /* direction */
} RnnJob;

/* rnn_walk.ct */
typedef struct RnnWalk {
    const char *id; /* begins the names of its variables */
    int gates, rows, vl;
    int chains, unroll;  /* sums of a gate and row; terms in a turn */
    const RnnJob *ahead; /* a piece of the next chunk's share is taken along; or NULL */
    int64_t k;           /* terms */
    const char *x, *w;   /* pointers to the first term and its weights */
    int64_t pitch, step; /* of x: from row to row, from term to term */
} RnnWalk;
/* Leaves the sums in a0, a1 ...: row by row, gate by gate. `start`: texts of what they begin with. */
void rnn_walk(Out *o, RnnWalk w, const char *const *start);
int rnn_pieces(const RnnJob *j); /* that a chunk's walks take along */
void rnn_input_share(Out *o, const RnnJob *j, const char *steps);
/* Texts of places. Of batch entries, n is the first of a tile, m counts within it; blocks are counted by j. */
const char *rnn_block_part(const RnnJob *j, const char *name, int gates, int64_t k);
const char *rnn_entry(const RnnJob *j);
const char *rnn_steps_before(const RnnJob *j); /* step s of the chunk */
const char *rnn_time(const RnnJob *j);         /* of step s of the chunk */
int64_t rnn_gates_pitch(const RnnJob *j);
const char *rnn_gate_at(const RnnJob *j, int m, int q, int64_t m_pitch); /* of step s */
const char *rnn_state_at(const RnnJob *j, const char *name, int m);      /* the block's units */
const char *rnn_units_of(const RnnJob *j, const char *name);             /* all units */
/* Opens a loop over the blocks from `first` on; the only one needs none. */
void rnn_each_block(Out *o, const RnnJob *j, const char *first);

/* rnn_cell.ct */
bool rnn_resets_first(
    const Node *n); /* a GRU whose candidate's product takes what the gate r left */
void rnn_step(Out *o, const RnnJob *j); /* of all blocks and entries: from `last` to `made` */
#endif
