/* SPDX-License-Identifier: MIT
 * vocab.h - the vocabulary that templates write vector code in: its words and the runtime text
 * built from them. The rows are in vocab.def and fn.def; target.c maps words to intrinsics, and
 * prelude.c writes the C functions.
 */
#ifndef DNNCC_VOCAB_H
#define DNNCC_VOCAB_H
#include <stdbool.h>

#include "out.h"

/* A word: the function `returns name(params)`. Its meaning is C text for lane i, a value for those
 * that return vectors and a statement for those that return nothing; text in braces is the whole
 * body. $0 $1 ... are the parameters, of a vector its lane i. */
typedef struct Word {
    const char *name, *returns, *params;
    const char *lane;
    void (*emit)(Out *o); /* runtime text, the same for every target; NULL: a word */
} Word;

const Word *vocab_find(const char *name);
const Word *vocab_row(int i);                /* NULL past the end */
const char *vocab_nearest(const char *name); /* the word a misspelling may have meant */
int vocab_params(const Word *w);             /* how many */
bool text_mentions(const char *c_text, const char *name); /* as an identifier */

/* Calls see(arg, identifier) for every identifier of a C text, leaving out comments and quotes. */
void text_identifiers(const char *c_text, void (*see)(void *arg, const char *id), void *arg);

#endif
