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
    int d;                  /* direction */
} RnnJob;

/* rnn_walk.ct */
typedef struct RnnWalk {
    int gates, rows, chains, vl;
    int64_t k;           /* terms */
    const char *x, *w;   /* pointers to the first term and its weights */
    int64_t pitch, step; /* of x: from row to row, from term to term */
} RnnWalk;
/* Leaves the sums in a0, a1 ...: row by row, gate by gate. `start`: texts of what they begin with. */
void rnn_walk(Out *o, RnnWalk w, const char *const *start);
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
void rnn_each_block(Out *o,
                    const RnnJob *j); /* opens a loop over blocks; the only one needs none */

/* rnn_cell.ct */
bool rnn_resets_first(
    const Node *n); /* a GRU whose candidate's product takes what the gate r left */
void rnn_step(Out *o, const RnnJob *j); /* of all blocks and entries: from `last` to `made` */
#endif
