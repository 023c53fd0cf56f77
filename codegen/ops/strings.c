/* SPDX-License-Identifier: MIT
 * strings.c - operators on strings: StringNormalizer, StringConcat, StringSplit. A string is a record of a fixed size
 * (see dtypes.def), so how many pieces there can be is bounded by that; how many there are is an extent. Case is that
 * of ASCII letters: no locale takes part. */
#include <inttypes.h>
#include <string.h>
#include "ops.h"

/* ---- StringNormalizer -------------------------------------------------------------------------- */

static bool change_known(const Node *n)
{
    static const char *const known[] = {"NONE", "LOWER", "UPPER"};
    for (size_t i = 0; i < COUNT(known); i++)
        if (!strcmp(n->a.case_change_action, known[i]))
            return true;
    blocker(n, "it is NONE, LOWER or UPPER", "case_change_action '%s' is not known",
            n->a.case_change_action);
    return false;
}

static bool is_row_of_strings(const Node *n)
{
    const Value *x = n->in[0];
    if (x->dtype == DT_STRING && (x->rank == 1 || (x->rank == 2 && x->dim[0] == 1)))
        return true;
    blocker(n, "it takes [C] or [1][C] strings", "'%s' is %s %s", x->name, dtype_name(x->dtype),
            dims_text(x));
    return false;
}

/* Where case does not tell stop words apart, both sides are compared in lower case. */
static void stopwords_lower(Strings *list)
{
    const char **v = mem((size_t)list->n * sizeof *v + 1);
    for (int i = 0; i < list->n; i++) {
        char *s = text("%s", list->v[i]);
        for (char *p = s; *p; p++)
            *p = (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p);
        v[i] = s;
    }
    list->v = v;
}

/* in[1] is the list of stop words, out[1] how many strings are left. Where none is, one empty one takes their place. */
void string_normalizer_canon(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    Strings stop = n->a.stopwords;
    if (!is_row_of_strings(n))
        return;
    if (value_count(x) == 0) {
        int64_t dim[2] = {1, 1};
        Value *empty =
            value_const(g, "empty", DT_STRING, x->rank, dim, mem((size_t)dtype_bytes(DT_STRING)));
        node_replaced(g, n, empty);
        return;
    }
    Value *count = output_given(g, n, 1);
    if (!stop.n)
        return;
    if (!n->a.is_case_sensitive)
        stopwords_lower(&stop);
    input_set(n, 1, value_strings(g, n, "the list of stop words", stop));
    n->out[0]->extent[x->rank - 1] = count;
}

void string_normalizer_infer(Graph *g, Node *n)
{
    (void)g;
    if (!change_known(n))
        return;
    infer_same(g, n);
    out_set(n, 1, DT_INT64, 0, NULL);
}

/* ---- StringConcat ------------------------------------------------------------------------------ */

void string_length_infer(Graph *g, Node *n)
{
    (void)g;
    out_set(n, 0, DT_INT64, n->in[0]->rank, n->in[0]->dim);
}

/* What is too long for a record is never cut off: NAME_run returns 2. */
void string_concat_canon(Graph *g, Node *n)
{
    Value *length[2];
    for (int i = 0; i < 2; i++) {
        if (n->in[i]->dtype != DT_STRING) {
            blocker(n, NULL, "'%s' is %s instead of string", n->in[i]->name,
                    dtype_name(n->in[i]->dtype));
            return;
        }
        length[i] = op_now(g, "StringLength", n, 1, &n->in[i]);
    }
    const char *fits = text("a + b < %d", dtype_bytes(DT_STRING));
    if (value_count(length[0]) && value_count(length[1]))
        require(g, n, map_text(g, n->name, fits, 2, length, NULL),
                "a string does not fit its record: see --string-bytes");
}

void string_concat_infer(Graph *g, Node *n)
{
    if (infer_broadcast(g, n, n->out[0], 2, n->in))
        n->out[0]->dtype = DT_STRING;
}

/* ---- StringSplit ------------------------------------------------------------------------------- */

/* Pieces that a string can have at most. */
static int64_t pieces_most(const Node *n)
{
    size_t length = n->a.delimiter ? strlen(n->a.delimiter) : 0;
    int64_t most =
        length ? (dtype_bytes(DT_STRING) - 1) / (int64_t)length + 1 : dtype_bytes(DT_STRING) / 2;
    return n->a.has[A_maxsplit] ? MIN(most, n->a.maxsplit + 1) : most;
}

/* in[1] is the delimiter, empty for any white space; out[2] the number of pieces of the string that has most. */
void string_split_canon(Graph *g, Node *n)
{
    const char *delimiter = n->a.delimiter ? n->a.delimiter : "";
    if (n->a.has[A_maxsplit] && n->a.maxsplit < 0) {
        blocker(n, NULL, "maxsplit is %" PRId64, n->a.maxsplit);
        return;
    }
    input_set(n, 1, value_strings(g, n, "the delimiter", (Strings){1, &delimiter}));
    output_given(g, n, 1);
    Value *longest = output_given(g, n, 2);
    if (n->out[0] && value_count(n->in[0]))
        n->out[0]->extent[n->in[0]->rank] = longest;
    output_given(g, n, 0);
}

void string_split_infer(Graph *g, Node *n)
{
    const Value *x = n->in[0];
    int64_t dim[MAX_RANK + 1];
    (void)g;
    if (x->dtype != DT_STRING || x->rank == MAX_RANK) {
        blocker(n, NULL, "'%s' is %s %s", x->name, dtype_name(x->dtype), dims_text(x));
        return;
    }
    memcpy(dim, x->dim, sizeof x->dim);
    dim[x->rank] = value_count(x) ? pieces_most(n) : 0;
    out_set(n, 0, DT_STRING, x->rank + 1, dim);
    out_set(n, 1, DT_INT64, x->rank, dim);
    out_set(n, 2, DT_INT64, 0, NULL);
}
