/* SPDX-License-Identifier: MIT
 * ops.h - the functions that rows of ops.def name; each is defined in the file of its family. */
#ifndef DNNCC_OPS_H
#define DNNCC_OPS_H
#include "dnncc.h"

void affine_grid_canon(Graph *g, Node *n);
void affine_grid_expand(Graph *g, Node *n);
void affine_grid_infer(Graph *g, Node *n);
bool argminmax_fold(Graph *g, Node *n);
void argminmax_canon(Graph *g, Node *n);
void argminmax_infer(Graph *g, Node *n);
void attention_expand(Graph *g, Node *n);
void attention_infer(Graph *g, Node *n);
Value *axes_from(Graph *g, int first, int rank); /* a constant: first .. rank - 1 */
void axes_canon(Graph *g, Node *n);
void batchnorm_canon(Graph *g, Node *n);
void batchnorm_expand(Graph *g, Node *n);
void batchnorm_infer(Graph *g, Node *n);
bool bitcast_fold(Graph *g, Node *n);
void bitcast_infer(Graph *g, Node *n);
void bernoulli_expand(Graph *g, Node *n);
void bernoulli_infer(Graph *g, Node *n);
Expr *bitshift_expr(const Node *n);
Value **body_apply(Graph *g, const Graph *body, Value *const *given); /* what a copy returns */
Graph *body_copy(const Graph *body);
void body_open(Graph *g, Graph *body); /* its values and nodes become g's own, and are walked */
bool body_repeats(Graph *g, const Node *n, const Graph *body, int64_t times); /* not too often? */
Expr *cast_expr(const Node *n);
void cast_like_canon(Graph *g, Node *n);
void causal_conv_expand(Graph *g, Node *n);
void causal_conv_infer(Graph *g, Node *n);
void center_crop_pad_canon(Graph *g, Node *n);
void center_crop_pad_expand(Graph *g, Node *n);
void center_crop_pad_infer(Graph *g, Node *n);
void clip_canon(Graph *g, Node *n);
Expr *clip_expr(const Node *n);
void col2im_canon(Graph *g, Node *n);
void col2im_expand(Graph *g, Node *n);
void col2im_infer(Graph *g, Node *n);
void compress_expand(Graph *g, Node *n);
void compress_infer(Graph *g, Node *n);
void concat_canon(Graph *g, Node *n);
void broadcast_canon(Graph *g, Node *n);
bool concat_fold(Graph *g, Node *n);
void concat_from_sequence_infer(Graph *g, Node *n);
void concat_infer(Graph *g, Node *n);
bool constant_fold(Graph *g, Node *n);
void constant_infer(Graph *g, Node *n);
bool constant_of_shape_fold(Graph *g, Node *n);
void constant_of_shape_canon(Graph *g, Node *n);
void constant_of_shape_infer(Graph *g, Node *n);
void conv_infer(Graph *g, Node *n);
void conv_integer_infer(Graph *g, Node *n);
void conv_transpose_infer(Graph *g, Node *n);
void couple_infer(Graph *g, Node *n);
void crop_canon(Graph *g, Node *n);
void cross_entropy_expand(Graph *g, Node *n);
void cumulate_canon(Graph *g, Node *n);
void cumulate_infer(Graph *g, Node *n);
void deform_conv_expand(Graph *g, Node *n);
void deform_conv_infer(Graph *g, Node *n);
void depth_to_space_expand(Graph *g, Node *n);
void depth_to_space_infer(Graph *g, Node *n);
void dequantize_expand(Graph *g, Node *n);
void dequantize_infer(Graph *g, Node *n);
void dft_canon(Graph *g, Node *n);
void dft_expand(Graph *g, Node *n);
void dft_infer(Graph *g, Node *n);
void det_infer(Graph *g, Node *n);
void dropout_canon(Graph *g, Node *n);
void dynamic_quantize_expand(Graph *g, Node *n);
void dynamic_quantize_infer(Graph *g, Node *n);
void dynamic_quantize_matmul_canon(Graph *g, Node *n);
void embed_layernorm_canon(Graph *g, Node *n);
void expand_canon(Graph *g, Node *n);
void einsum_expand(Graph *g, Node *n);
void einsum_infer(Graph *g, Node *n);
void expand_infer(Graph *g, Node *n);
bool expand_view(Node *n);
void eye_like_expand(Graph *g, Node *n);
void eye_like_infer(Graph *g, Node *n);
Expr *fast_gelu_expr(const Node *n);
void feature_extractor_expand(Graph *g, Node *n);
void feature_extractor_infer(Graph *g, Node *n);
void feature_vectorizer_expand(Graph *g, Node *n);
void feature_vectorizer_infer(Graph *g, Node *n);
void flatten_infer(Graph *g, Node *n);
void flex_attention_canon(Graph *g, Node *n);
void fused_conv_canon(Graph *g, Node *n);
void fused_matmul_canon(Graph *g, Node *n);
void gather_canon(Graph *g, Node *n);
bool gather_fold(Graph *g, Node *n);
void gather_elements_canon(Graph *g, Node *n);
void gather_elements_infer(Graph *g, Node *n);
void gather_infer(Graph *g, Node *n);
void gather_nd_canon(Graph *g, Node *n);
void gather_nd_infer(Graph *g, Node *n);
Expr *gelu_expr(const Node *n);
void gemm_canon(Graph *g, Node *n);
void gemm_infer(Graph *g, Node *n);
void global_lp_pool_expand(Graph *g, Node *n);
void global_lp_pool_infer(Graph *g, Node *n);
void global_pool_expand(Graph *g, Node *n);
void global_pool_infer(Graph *g, Node *n);
void gradient_expand(Graph *g, Node *n);
void gradient_infer(Graph *g, Node *n);
void grid_sample_infer(Graph *g, Node *n);
void group_query_attention_canon(Graph *g, Node *n);
void groupnorm_expand(Graph *g, Node *n);
void groupnorm_infer(Graph *g, Node *n);
bool identity_view(Node *n);
void if_infer(Graph *g, Node *n);
void image_scaler_canon(Graph *g, Node *n);
void imputer_expand(Graph *g, Node *n);
void imputer_infer(Graph *g, Node *n);
void instancenorm_expand(Graph *g, Node *n);
void instancenorm_infer(Graph *g, Node *n);
Expr *isinf_expr(const Node *n);
void label_encoder_expand(Graph *g, Node *n);
void label_encoder_infer(Graph *g, Node *n);
void layernorm_expand(Graph *g, Node *n);
void layernorm_infer(Graph *g, Node *n);
void linear_attention_infer(Graph *g, Node *n);
void linear_classifier_expand(Graph *g, Node *n);
void linear_classifier_infer(Graph *g, Node *n);
void linear_regressor_expand(Graph *g, Node *n);
void linear_regressor_infer(Graph *g, Node *n);
void list_copy(Value *to, const Value *from);
bool list_given(Node *n);
void loop_infer(Graph *g, Node *n);
void loop_unroll(Graph *g, Node *n, const Graph *body);
void lp_norm_expand(Graph *g, Node *n);
void lp_norm_infer(Graph *g, Node *n);
void lrn_expand(Graph *g, Node *n);
void lrn_infer(Graph *g, Node *n);
void loss_infer(Graph *g, Node *n);
bool map_fold(Graph *g, Node *n);
void map_infer(Graph *g, Node *n);
void matmul_canon(Graph *g, Node *n);
void matmul_infer(Graph *g, Node *n);
void matmul_integer_infer(Graph *g, Node *n);
void matmul_integer_to_float_canon(Graph *g, Node *n);
void matmul_nbits_canon(Graph *g, Node *n);
void max_roi_pool_infer(Graph *g, Node *n);
void mel_canon(Graph *g, Node *n);
void mel_expand(Graph *g, Node *n);
void mel_infer(Graph *g, Node *n);
void max_unpool_canon(Graph *g, Node *n);
void max_unpool_expand(Graph *g, Node *n);
void max_unpool_infer(Graph *g, Node *n);
Expr *mod_expr(const Node *n);
void ms_attention_canon(Graph *g, Node *n);
void ms_rotary_canon(Graph *g, Node *n);
void multi_head_attention_canon(Graph *g, Node *n);
void multinomial_expand(Graph *g, Node *n);
void multinomial_infer(Graph *g, Node *n);
void mvn_expand(Graph *g, Node *n);
void mvn_infer(Graph *g, Node *n);
void nhwc_conv_canon(Graph *g, Node *n);
void nll_loss_expand(Graph *g, Node *n);
void normalizer_expand(Graph *g, Node *n);
void normalizer_infer(Graph *g, Node *n);
void one_hot_encoder_expand(Graph *g, Node *n);
void one_hot_encoder_infer(Graph *g, Node *n);
void nms_canon(Graph *g, Node *n);
void nms_infer(Graph *g, Node *n);
void nonzero_canon(Graph *g, Node *n);
bool nonzero_fold(Graph *g, Node *n);
void nonzero_infer(Graph *g, Node *n);
void one_hot_expand(Graph *g, Node *n);
void one_hot_canon(Graph *g, Node *n);
void one_hot_infer(Graph *g, Node *n);
void optional_get_infer(Graph *g, Node *n);
void optional_has_infer(Graph *g, Node *n);
void optional_infer(Graph *g, Node *n);
void optimiser_expand(Graph *g, Node *n);
void optimiser_infer(Graph *g, Node *n);
void pad_canon(Graph *g, Node *n);
bool pad_fold(Graph *g, Node *n);
void pad_infer(Graph *g, Node *n);
void pool_infer(Graph *g, Node *n);
Expr *pow_expr(const Node *n);
void prelu_canon(Graph *g, Node *n);
void qlinear_canon(Graph *g, Node *n);
void qlinear_concat_canon(Graph *g, Node *n);
void qlinear_conv_expand(Graph *g, Node *n);
void qlinear_conv_infer(Graph *g, Node *n);
void qlinear_matmul_expand(Graph *g, Node *n);
void qlinear_matmul_infer(Graph *g, Node *n);
void quantize_expand(Graph *g, Node *n);
void quantize_infer(Graph *g, Node *n);
void random_infer(Graph *g, Node *n);
void random_like_infer(Graph *g, Node *n);
void random_normal_expand(Graph *g, Node *n);
/* As many as like has elements, of its type or floats: a constant, or an input of the model. */
Value *random_numbers(Graph *g, const Node *n, bool normal, const Value *like);
void random_uniform_expand(Graph *g, Node *n);
bool range_fold(Graph *g, Node *n);
void range_canon(Graph *g, Node *n);
void range_infer(Graph *g, Node *n);
bool reduce_fold(Graph *g, Node *n);
void reduce_canon(Graph *g, Node *n);
void reduce_infer(Graph *g, Node *n);
void regex_canon(Graph *g, Node *n);
void regex_infer(Graph *g, Node *n);
void reshape_canon(Graph *g, Node *n);
void reshape_infer(Graph *g, Node *n);
bool reshape_view(Node *n);
void resize_canon(Graph *g, Node *n);
void resize_infer(Graph *g, Node *n);
void reverse_sequence_expand(Graph *g, Node *n);
void reverse_sequence_infer(Graph *g, Node *n);
void rmsnorm_expand(Graph *g, Node *n);
void rmsnorm_infer(Graph *g, Node *n);
void rnn_canon(Graph *g, Node *n);
void rnn_infer(Graph *g, Node *n);
void roi_align_canon(Graph *g, Node *n);
void roi_align_infer(Graph *g, Node *n);
void rotary_expand(Graph *g, Node *n);
void rotary_infer(Graph *g, Node *n);
void scaler_expand(Graph *g, Node *n);
void scaler_infer(Graph *g, Node *n);
void scan_infer(Graph *g, Node *n);
void scatter_elements_infer(Graph *g, Node *n);
void scatter_nd_infer(Graph *g, Node *n);
void sequence_at_infer(Graph *g, Node *n);
void sequence_construct_infer(Graph *g, Node *n);
void sequence_erase_infer(Graph *g, Node *n);
void sequence_insert_infer(Graph *g, Node *n);
void sequence_length_infer(Graph *g, Node *n);
void sequence_map_infer(Graph *g, Node *n);
bool shape_fold(Graph *g, Node *n);
void selu_canon(Graph *g, Node *n);
void shape_canon(Graph *g, Node *n);
void shape_infer(Graph *g, Node *n);
Expr *shrink_expr(const Node *n);
void simplified_layernorm_canon(Graph *g, Node *n);
void size_infer(Graph *g, Node *n);
void skip_layernorm_canon(Graph *g, Node *n);
void skip_rmsnorm_canon(Graph *g, Node *n);
void slice_canon(Graph *g, Node *n);
void slice_infer(Graph *g, Node *n);
bool slice_view(Node *n);
void softmax_canon(Graph *g, Node *n);
void space_to_depth_expand(Graph *g, Node *n);
void space_to_depth_infer(Graph *g, Node *n);
void split_canon(Graph *g, Node *n);
void split_expand(Graph *g, Node *n);
void split_infer(Graph *g, Node *n);
void split_to_sequence_infer(Graph *g, Node *n);
void squeeze_canon(Graph *g, Node *n);
void squeeze_infer(Graph *g, Node *n);
void stft_canon(Graph *g, Node *n);
void stft_expand(Graph *g, Node *n);
void stft_infer(Graph *g, Node *n);
void string_concat_canon(Graph *g, Node *n);
void string_concat_infer(Graph *g, Node *n);
void string_length_infer(Graph *g, Node *n);
void string_normalizer_canon(Graph *g, Node *n);
void string_normalizer_infer(Graph *g, Node *n);
void string_split_canon(Graph *g, Node *n);
void string_split_infer(Graph *g, Node *n);
void svm_classifier_expand(Graph *g, Node *n);
void svm_classifier_infer(Graph *g, Node *n);
void svm_regressor_expand(Graph *g, Node *n);
void svm_regressor_infer(Graph *g, Node *n);
void tensor_scatter_expand(Graph *g, Node *n);
void tensor_scatter_infer(Graph *g, Node *n);
void tile_canon(Graph *g, Node *n);
/* Some n-grams of a TfIdfVectorizer's pool, from the first-th of all on. */
typedef struct Grams {
    int64_t first, count;
    const int64_t *pool; /* [count][tokens] */
} Grams;
Grams tfidf_grams(const Node *n, int tokens);
void tfidf_canon(Graph *g, Node *n);
void tfidf_infer(Graph *g, Node *n);
void tile_expand(Graph *g, Node *n);
void tile_infer(Graph *g, Node *n);
void topk_canon(Graph *g, Node *n);
void topk_infer(Graph *g, Node *n);
void transpose_infer(Graph *g, Node *n);
bool transpose_view(Node *n);
void tree_classifier_expand(Graph *g, Node *n);
void tree_classifier_infer(Graph *g, Node *n);
void tree_ensemble_canon(Graph *g, Node *n);
void tree_ensemble_expand(Graph *g, Node *n);
void tree_ensemble_infer(Graph *g, Node *n);
void tree_regressor_expand(Graph *g, Node *n);
void tree_regressor_infer(Graph *g, Node *n);
void trees_infer(Graph *g, Node *n);
void trilu_expand(Graph *g, Node *n);
void trilu_infer(Graph *g, Node *n);
void unique_expand(Graph *g, Node *n);
void unique_infer(Graph *g, Node *n);
void unique_rows_infer(Graph *g, Node *n);
void unsqueeze_canon(Graph *g, Node *n);
void unsqueeze_infer(Graph *g, Node *n);
void upsample_canon(Graph *g, Node *n);
void window_function_canon(Graph *g, Node *n);
bool window_function_fold(Graph *g, Node *n);
void window_function_infer(Graph *g, Node *n);

/* ---- nest.c: heads of loop nests ------------------------------------------------------------------------------- */

const char **nest_names(const char *prefix, int n,
                        const int64_t *dim); /* "i0", "i1" ...; "0" where dim is 1 */
void nest_open(Out *o, int n, const int64_t *dim, const char *const *name); /* opens one block */

typedef struct NestAxis {
    int64_t dim, x, y; /* turns, strides in input and output */
} NestAxis;
typedef struct Nest {
    const char *prefix; /* loop variables are prefix0, prefix1 ... */
    int n;
    bool ranged;             /* only turns [from, to) of the outermost loop */
    bool apart;              /* which never merges */
    bool x_lines, y_lines;   /* x and y begin with turn x_row, y_row of it */
    NestAxis axis[MAX_RANK]; /* longest stride in x first */
} Nest;
void nest_add(Nest *nest, int64_t dim, int64_t x,
              int64_t y);          /* in its place; nothing when dim is 1 */
void nest_merge(Nest *nest);       /* neighbours that are one in x and in y */
Nest nest_outer(const Nest *nest); /* all but the innermost */
double nest_turns(const Nest *nest);
int64_t nest_ranges(const Nest *nest);     /* turns of the outermost loop; 0: there is none */
void nest_begin(Out *o, const Nest *nest); /* opens one block, none if there are no loops */
void nest_end(Out *o, const Nest *nest);
const char *nest_offset(const Nest *nest, bool of_y,
                        const char *then); /* where the loops stand, + then */
const char *plus_text(const char *pointer,
                      const char *offset); /* "p + offset", "p" when that is 0 */
const char *plus_number(const char *pointer, int64_t offset);

/* ---- matmul.c: a product as loops ------------------------------------------------------------------------------ */

/* Loops over nb batch axes, then m rows, n columns and k terms. Of every operand, its stride along each of these loops
 * in this order; y and c do not move along k. az and bz are zero points. */
typedef struct Product {
    int nb;
    int64_t batch[MAX_RANK], m, n, k;
    int64_t a[MAX_RANK + 3], b[MAX_RANK + 3], c[MAX_RANK + 3], y[MAX_RANK + 3], az[MAX_RANK + 3],
        bz[MAX_RANK + 3];
} Product;
Product
product_of(const Node *n); /* Gemm, MatMul, MatMulInteger; strides hold from the layout pass on */
/* Coordinates ix of the output, from the loops' variables: batch axes, row, column. */
void product_coordinates(const Product *p, const Node *n, const char *const *loop, const char **ix);

/* ---- reduce.c: the table of reductions ------------------------------------------------------------------------- */

typedef struct Reduction {
    const char *name;
    double start;
    const char *step, *end; /* see reductions.def */
    FnId join;
} Reduction;
const Reduction *reduction_find(const char *name);
const Reduction *reduction_of(const Node *n);
DType reduction_type(const Reduction *r, DType t); /* what elements of type t accumulate in */
Expr *reduction_start(const Reduction *r, DType acc, DType t);
Expr *reduction_step(const Reduction *r,
                     DType acc); /* leaves: 0 accumulator, 1 element, 2 largest element */
Expr *reduction_end(const Reduction *r, DType acc, DType t,
                    int64_t count); /* leaves 0 and 2; of type t */
bool reduction_needs_max(const Reduction *r);
int64_t reduced_count(const Node *n); /* elements that go into one result */
enum { LONG_SUM = 1024 };             /* more numbers are added in parts */

/* resize.c: element o of an axis is the sum over k < count of weight[o * count + k] * x[index[o * count + k]]; with an
 * index of -1 it is the extrapolation value. */
typedef struct Taps {
    int count;
    bool identity; /* the axis stays as it is */
    bool outside;  /* there are indices of -1 */
    bool weighted; /* there are weights that are not 1 */
    int32_t *index;
    double *weight;
} Taps;
Taps resize_taps(const Node *n, int axis);

void resize_at_run_time(Graph *g, Node *n, const int *axes, int naxes); /* resize_run.c */

/* window.c: the sliding window of convolution and pooling, by its spatial axis (0 is the first after [n][c]). */
bool window_fill(Node *n,
                 int spatial); /* give the attributes' lists all their values, after a check */
bool window_auto_pad(const Node *n); /* is it a known word? */
int64_t window_extent(const Node *n, int axis);
void window_pads_split(Node *n, int axis, int64_t total, bool more_at_end);
bool window_infer(Node *n, const Value *x,
                  int64_t *out); /* all of it: pads resolved, out gets the spatial dims */

/* templates/window.ct: the loops over it in generated code, by the names of the coordinates. */
typedef struct Window {
    const char *out[MAX_RANK], *kernel[3], *in[MAX_RANK];
} Window;
Window window_names(const Node *n, const char *channel);
bool window_partial(const Node *n); /* does it anywhere reach beyond the input? */
/* Inside the loops: compute `in`; what follows up to window_leave is only for places inside the input. */
void window_enter(Out *o, const Node *n, const Window *w, const char *before);
void window_leave(Out *o, const Node *n);

/* rewrite.c: what canon and expand of many operators do. */
void input_set(Node *n, int i, Value *v); /* in[i] = v; inputs between are absent */
/* Output i of n, made if the model does not ask for it: kernels write all. */
Value *output_given(Graph *g, Node *n, int i);
void inputs_keep(Node *n, int count); /* drop all but the first */
/* An attribute that became input i: make it one, unless the input is there already. */
void attr_to_input(Graph *g, Node *n, AttrId id, int i, Ints list);
void node_become(Node *n, const char *op, int nin,
                 Value **in); /* of another op, attributes at their defaults */
/* Append one node named like n; out NULL: a new value. */
Value *reshape_to(Graph *g, const Node *n, Value *x, int rank, const int64_t *dim, Value *out);
/* The same, inferred at once; what is constant folds. Dims hold no 0. */
Value *reshape_now(Graph *g, const Node *n, Value *x, int rank, const int64_t *dim);
Value *expand_now(Graph *g, const Node *n, Value *x, int rank, const int64_t *dim);
Value *transpose_to(Graph *g, const Node *n, Value *x, int rank, const int64_t *perm, Value *out);
Value *slice_to(Graph *g, const Node *n, Value *x, int axis, const int64_t range[3],
                Value *out); /* start, end, step */
/* v in type `to`, at once if it is constant; out NULL: a new value, or v itself where nothing changes. */
Value *convert_to(Graph *g, const Node *n, Value *v, DType to, Value *out);
int64_t dims_product(const int64_t *dim, int from, int to);    /* of dim[from..to) */
Value *cast_op(Graph *g, const Node *n, Value *x, Value *out); /* Cast to the type out has */
DType wide_type(DType t); /* what values of type t are reckoned with in */
/* An operator with the attribute axis; its output's type and dims are known at once. */
Value *along_axis(Graph *g, const Node *n, const char *op, int axis, int nin, Value **in,
                  Value *out);

/* declared.c: parameters that are read at run time, settled by the shape that the model declares for an output. */
void declared_spread(
    Graph *g); /* what is declared for a result holds for an operand of the same shape */
bool at_run_time(const Node *n, int i);                 /* in[i] is there and no constant */
bool declared_dims(const Node *n, int i, Ints *shape);  /* of out[i], those unknown -1 */
bool declared_shape(const Node *n, int i, Ints *shape); /* the same; true: all of them are known */
/* in[i] becomes the constant `want`, and NAME_run returns 2 where in[i] really is another: `holds` is an expression over
 * the elements a of in[i], b of want and c of `other` (NULL: none), as long as want, that says whether they agree. */
void settle(Graph *g, Node *n, int i, Ints want, const char *holds, const int64_t *other);
void require(Graph *g, const Node *n, Value *ok,
             const char *why); /* NAME_run returns 2 where an element of ok is false */
/* in[i] lists axes of a tensor of that rank: of the sets of them for which `fits` says that they lead to the declared
 * shape, the first is taken, as good as any other. */
void axes_settle(Graph *g, Node *n, int i, int rank,
                 bool (*fits)(const Node *, int64_t set, const Ints *shape));
int axes_sets(const Node *n, int i, int rank, bool (*fits)(const Node *, int64_t, const Ints *),
              int64_t *set);
/* The set in[i] lists, a bit for each axis, after a check that it is one of those. */
Value *axes_require(Graph *g, Node *n, int i, int rank, int count, const int64_t *set);
Value *axes_among(Graph *g, const Node *n, Value *bits, int count, const int64_t *set);
void axes_take(Graph *g, Node *n, int i, int64_t set); /* in[i] becomes a constant */
/* In g, what n computes when in[i] is that set of axes. */
Value *axes_apply(Graph *g, const Node *n, int i, int64_t set);
/* Append one node and infer it at once, so that map_text can take its result. */
Value *op_now(Graph *g, const char *op, const Node *n, int nin, Value **in);
Value *as_int64(Graph *g, const Node *n, Value *v);
/* extent.c: axes whose length the data decide. */
bool has_extent(const Value *v);
Value *extent_of(Graph *g, const Value *v, int axis); /* a constant where it is the dim */
Value *shape_now(Graph *g, const Node *n,
                 const Value *v); /* the shape that v has in a run, a list */
void extent_set(Graph *g, const Node *n, Value *v, int axis,
                Value *e); /* and check that it agrees with one set before */
Value *whole(Value *v);    /* v's node takes its inputs up to their bounds */
Value *extent_masked(Graph *g, const Node *n, Value *v, int axis,
                     Value *beyond);  /* v with that beyond its extent, which is none then */
void extents_pass(Graph *g, Node *n); /* to n's outputs, or a blocker */
void extents_refuse(const Node *n, const Value *v);
void extents_argminmax(Graph *g, Node *n);
void extents_batch(Graph *g, Node *n);
void extents_concat(Graph *g, Node *n);
void extents_expanded(Graph *g, Node *n);
void extents_gather(Graph *g, Node *n);
void extents_gather_elements(Graph *g, Node *n);
void extents_gather_nd(Graph *g, Node *n);
void extents_gemm(Graph *g, Node *n);
void extents_map(Graph *g, Node *n);
void extents_matmul(Graph *g, Node *n);
void extents_reduce(Graph *g, Node *n);
void extents_reshape(Graph *g, Node *n);
void extents_roi(Graph *g, Node *n);
void extents_same(Graph *g, Node *n);
void extents_scatter(Graph *g, Node *n);
void extents_transpose(Graph *g, Node *n);
void extents_split(Graph *g, Node *n);
void extents_topk(Graph *g, Node *n);
void extents_unmoved(Graph *g, Node *n);
/* bounds.c: what the elements of small tensors can be. */
bool bounds_pass(
    Graph *g,
    Node *n); /* from n's inputs to its output; true: it has turned out to be a constant */
/* Of integers; false: they can be anything. INT64_MIN and INT64_MAX: nothing bounds that side. */
bool bounds_of(const Value *v, Ints *least, Ints *most);
bool lengths_of(const Value *v, Ints *least, Ints *most); /* those that are bounded above */
Value *length_given(Graph *g, const Node *n, int i,
                    int k); /* element k of the list in[i], as an extent */
/* mask.c: the constant first, first + 1 ... along an axis with `after` axes of length 1 behind it. */
Value *positions(Graph *g, DType t, int64_t first, int64_t count, int after);
bool index_type(const Node *n); /* gather.c: in[1] are indices; or a blocker */
Expr *scatter_expr(
    const Node *n); /* scatter.c: leaf 0 meets the update, leaf 1; NULL: is replaced by it */
Value *element_of(Graph *g, const Node *n, Value *v, int i); /* of a list, as a scalar */
/* For every axis of in[0], the element of v at the place where the list `axes` has it, or that of `other`. */
Value *axes_spread(Graph *g, const Node *n, Value *axes, Value *v, Value *other);
void node_replaced(Graph *g, Node *n,
                   Value *with); /* n's result is `with`, and n is needed no more */
/* quant.c: saturate(round(e) + zero) in type t, halves rounded to even; zero NULL: none. */
Expr *saturated(Expr *e, Expr *zero, DType t);

/* microsoft.c: output i of n is v. When all are said, n is needed no more. */
void ms_said(Graph *g, Node *n, int i, Value *v);
Value *ms_sum(Graph *g, const Node *n, Value *a, Value *b); /* b NULL: a */

/* elementwise.c: x, but no less and no more; NaN stays. */
Expr *clamped(Expr *x, double least, double most);

/* sample.c: how GridSample reads between elements. */
typedef enum GridMode { GRID_NEAREST, GRID_LINEAR, GRID_CUBIC, GRID_UNKNOWN } GridMode;
GridMode grid_mode(const Node *n);

/* view.c: mark the axes that input i lists, of a tensor of that rank; a blocker and false when one is wrong. */
bool axes_marked(Graph *g, Node *n, int i, int rank, bool *mark);

/* pad.c: what one axis gets, also for the kernel. */
typedef enum PadMode { PAD_CONSTANT, PAD_REFLECT, PAD_EDGE, PAD_WRAP, PAD_UNKNOWN } PadMode;
typedef struct PadAxis {
    int64_t before;        /* elements put before ... */
    int64_t first, length; /* ... those of the axis that are kept */
} PadAxis;
PadMode pad_mode(const Node *n);
PadAxis pad_axis(const Node *n, int axis);
int64_t pad_period(PadMode mode,
                   int64_t length); /* the source repeats after so many elements (reflect, wrap) */
#endif
