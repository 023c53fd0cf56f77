/* SPDX-License-Identifier: MIT
 * ml_tree.c - ensembles of decision trees: TreeEnsembleRegressor, TreeEnsembleClassifier, TreeEnsemble.
 *
 * Whatever way a model lists its trees, they become the tables that Trees reads:
 *
 *     node    feature  split  mode  yes  no  set      yes and no: >= 0 a node, else ~ a leaf
 *     leaf    first: where its targets begin          target  weight, of all leaves in their order
 *     root    of each tree, as yes and no
 *     members the sets of nodes that ask for membership, each ended by NaN; set: where the node's begins
 *
 * Trees gives the sums [row][target]; transforms and labels are other operators. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "ml.h"
#include "tree.h"

typedef struct Forest {
    DType type; /* of splits, weights and sums: float or double */
    int64_t targets, nodes, leaves, weights, trees, members;
    int32_t *feature, *yes, *no, *set, *first, *target, *root;
    uint8_t *mode;
    double *split, *weight, *member;
} Forest;

static Forest forest_new(int64_t nodes, int64_t leaves, int64_t weights, int64_t trees)
{
    size_t n = (size_t)nodes + 1, l = (size_t)leaves + 2, w = (size_t)weights + 1;
    return (Forest){.type = DT_FLOAT,
                    .nodes = nodes,
                    .leaves = leaves,
                    .weights = weights,
                    .trees = trees,
                    .feature = mem(n * 4),
                    .yes = mem(n * 4),
                    .no = mem(n * 4),
                    .set = mem(n * 4),
                    .mode = mem(n),
                    .split = mem(n * 8),
                    .first = mem(l * 4),
                    .target = mem(w * 4),
                    .weight = mem(w * 8),
                    .root = mem(((size_t)trees + 1) * 4)};
}

/* A walk must end: taking away nodes that nothing points to, one after the other, must leave none. */
static bool forest_ends(const Forest *f)
{
    int32_t *readers = mem((size_t)(f->nodes + 1) * sizeof *readers);
    int32_t *ready = mem((size_t)(f->nodes + 1) * sizeof *ready);
    int64_t nready = 0, gone = 0;
    for (int64_t i = 0; i < f->nodes; i++)
        for (int b = 0; b < 2; b++) {
            int32_t to = b ? f->yes[i] : f->no[i];
            if (to >= 0)
                readers[to]++;
        }
    for (int32_t i = 0; i < f->nodes; i++)
        if (!readers[i])
            ready[nready++] = i;
    for (; gone < nready; gone++)
        for (int b = 0; b < 2; b++) {
            int32_t to = b ? f->yes[ready[gone]] : f->no[ready[gone]];
            if (to >= 0 && !--readers[to])
                ready[nready++] = to;
        }
    return gone == f->nodes;
}

/* Are all numbers in range of what they point into? */
static bool forest_sound(const Node *n, const Forest *f)
{
    bool sound = f->trees > 0 && f->targets >= 1 && f->targets <= 1 << 24;
    for (int64_t i = 0; i < f->nodes && sound; i++)
        sound = f->feature[i] >= 0 && f->feature[i] < feature_count(n) && f->yes[i] < f->nodes &&
                f->no[i] < f->nodes && f->yes[i] >= ~(int32_t)(f->leaves - 1) &&
                f->no[i] >= ~(int32_t)(f->leaves - 1);
    for (int64_t i = 0; i < f->trees && sound; i++)
        sound = f->root[i] < f->nodes && f->root[i] >= ~(int32_t)(f->leaves - 1);
    for (int64_t i = 0; i < f->weights && sound; i++)
        sound = f->target[i] >= 0 && f->target[i] < f->targets;
    if (sound && forest_ends(f))
        return true;
    blocker(n, NULL,
            sound ? "its trees have a cycle"
                  : "its trees name a feature, a node or a target that does not exist");
    return false;
}

/* ---- as TreeEnsembleRegressor and TreeEnsembleClassifier list them ------------------------------------------- */

static const char *const modes[] = {"BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE",
                                    "BRANCH_GT",  "BRANCH_EQ", "BRANCH_NEQ"};
enum { LEAF = COUNT(modes), MODE_BAD };

static int mode_of(const char *name)
{
    for (int i = 0; i < (int)COUNT(modes); i++)
        if (!strcmp(name, modes[i]))
            return i;
    return strcmp(name, "LEAF") ? MODE_BAD : LEAF;
}

/* The k-th of a list of numbers that is given as floats or as a tensor. */
static double number(const Floats *list, const Value *tensor, int64_t k)
{
    return tensor ? value_at(tensor, k) : (double)list->v[k];
}

static int64_t numbers(const Floats *list, const Value *tensor)
{
    return tensor ? value_count(tensor) : list->n;
}

/* What is listed of leaves, and of classes or targets alike. */
typedef struct Listed {
    Ints tree, node, id;
    Floats weight;
    const Value *weight_tensor;
} Listed;

static Listed listed(const Node *n)
{
    const Attrs *a = &n->a;
    if (node_is(n, "TreeEnsembleClassifier"))
        return (Listed){a->class_treeids, a->class_nodeids, a->class_ids, a->class_weights,
                        a->class_weights_as_tensor};
    return (Listed){a->target_treeids, a->target_nodeids, a->target_ids, a->target_weights,
                    a->target_weights_as_tensor};
}

/* A node as the model names it, and its place in the lists. */
typedef struct NodeKey {
    int64_t tree, node;
    int32_t at, index; /* index: as a node or ~ leaf of the tables */
} NodeKey;

static int key_compare(const void *a, const void *b)
{
    const NodeKey *x = a, *y = b;
    if (x->tree != y->tree)
        return x->tree < y->tree ? -1 : 1;
    return (x->node > y->node) - (x->node < y->node);
}

/* The tables' number of a node; the number of nodes, which is none, when the model does not list it. */
static const NodeKey *key_find(const NodeKey *key, int64_t count, int64_t tree, int64_t node)
{
    NodeKey want = {.tree = tree, .node = node};
    return bsearch(&want, key, (size_t)count, sizeof *key, key_compare);
}

static bool lists_fit(const Node *n, const Listed *l)
{
    const Attrs *a = &n->a;
    int count = a->nodes_nodeids.n;
    int64_t weights = numbers(&l->weight, l->weight_tensor);
    bool fits =
        count > 0 && a->nodes_treeids.n == count && a->nodes_modes.n == count &&
        a->nodes_featureids.n == count && a->nodes_truenodeids.n == count &&
        a->nodes_falsenodeids.n == count &&
        numbers(&a->nodes_values, a->nodes_values_as_tensor) == count &&
        (!a->nodes_missing_value_tracks_true.n || a->nodes_missing_value_tracks_true.n == count) &&
        l->tree.n == weights && l->node.n == weights && l->id.n == weights;
    for (int i = 0; i < count && fits; i++)
        fits = mode_of(a->nodes_modes.v[i]) != MODE_BAD;
    if (!fits)
        blocker(n, NULL, "its lists of nodes or of leaves differ in length, or have a bad mode");
    return fits;
}

/* Nodes sorted by their names; leaves and other nodes are numbered in the order listed. */
static NodeKey *keys_of(const Node *n, Forest *f)
{
    const Attrs *a = &n->a;
    int count = a->nodes_nodeids.n;
    NodeKey *key = mem((size_t)count * sizeof *key);
    for (int i = 0; i < count; i++) {
        bool leaf = mode_of(a->nodes_modes.v[i]) == LEAF;
        key[i] = (NodeKey){a->nodes_treeids.v[i], a->nodes_nodeids.v[i], i,
                           leaf ? ~(int32_t)f->leaves : (int32_t)f->nodes};
        *(leaf ? &f->leaves : &f->nodes) += 1;
    }
    qsort(key, (size_t)count, sizeof *key, key_compare);
    for (int i = 1; i < count; i++)
        if (!key_compare(&key[i - 1], &key[i])) {
            blocker(n, NULL, "node %" PRId64 " of tree %" PRId64 " is listed twice", key[i].node,
                    key[i].tree);
            return NULL;
        }
    return key;
}

/* Fill the tables' nodes; true in `child` for nodes that are one. */
static bool fill_nodes(const Node *n, Forest *f, const NodeKey *key, bool *child)
{
    const Attrs *a = &n->a;
    int count = a->nodes_nodeids.n;
    for (int i = 0; i < count; i++) {
        int at = key[i].at, mode = mode_of(a->nodes_modes.v[at]);
        int32_t to = key[i].index;
        if (mode == LEAF)
            continue;
        const NodeKey *yes = key_find(key, count, key[i].tree, a->nodes_truenodeids.v[at]);
        const NodeKey *no = key_find(key, count, key[i].tree, a->nodes_falsenodeids.v[at]);
        int64_t feature = a->nodes_featureids.v[at];
        if (!yes || !no || feature < 0 || feature > INT32_MAX) {
            blocker(n, NULL,
                    "node %" PRId64 " of tree %" PRId64 " names a node or a feature that "
                    "does not exist",
                    key[i].node, key[i].tree);
            return false;
        }
        bool missing =
            a->nodes_missing_value_tracks_true.n && a->nodes_missing_value_tracks_true.v[at];
        f->feature[to] = (int32_t)feature;
        f->mode[to] = (uint8_t)(mode | (missing ? TREE_MISSING : 0));
        f->split[to] = number(&a->nodes_values, a->nodes_values_as_tensor, at);
        f->yes[to] = yes->index;
        f->no[to] = no->index;
        child[yes->at] = child[no->at] = true;
    }
    return true;
}

/* Sort what the leaves hold by leaf: count, add up, put. */
static bool fill_leaves(const Node *n, Forest *f, const NodeKey *key, const Listed *l)
{
    int32_t *leaf = mem((size_t)(f->weights + 1) * sizeof *leaf);
    int32_t *next = mem((size_t)(f->leaves + 1) * sizeof *next);
    for (int64_t i = 0; i < f->weights; i++) {
        const NodeKey *k = key_find(key, n->a.nodes_nodeids.n, l->tree.v[i], l->node.v[i]);
        if (!k || k->index >= 0 || l->id.v[i] < 0 || l->id.v[i] >= f->targets) {
            blocker(n, NULL,
                    "a weight is listed for node %" PRId64 " of tree %" PRId64 ", which is "
                    "no leaf, or for target %" PRId64,
                    l->node.v[i], l->tree.v[i], l->id.v[i]);
            return false;
        }
        leaf[i] = ~k->index;
        f->first[leaf[i] + 1]++;
    }
    for (int64_t i = 0; i < f->leaves; i++) {
        f->first[i + 1] += f->first[i];
        next[i] = f->first[i];
    }
    for (int64_t i = 0; i < f->weights; i++) {
        int32_t to = next[leaf[i]]++;
        f->target[to] = (int32_t)l->id.v[i];
        f->weight[to] = number(&l->weight, l->weight_tensor, i);
    }
    return true;
}

/* The trees in the order listed; their roots are the nodes that are nobody's child. */
static bool forest_listed(const Node *n, int64_t targets, Forest *f)
{
    const Attrs *a = &n->a;
    Listed l = listed(n);
    Forest count = {0};
    int listed_nodes = a->nodes_nodeids.n;
    if (!features_fit(n) || !lists_fit(n, &l))
        return false;
    NodeKey *key = keys_of(n, &count);
    if (!key)
        return false;
    *f = forest_new(count.nodes, count.leaves, l.tree.n, listed_nodes);
    f->targets = targets;
    f->trees = 0;
    if (n->in[0]->dtype == DT_DOUBLE || a->nodes_values_as_tensor || l.weight_tensor)
        f->type = DT_DOUBLE;
    bool *child = mem((size_t)listed_nodes * sizeof *child);
    int32_t *index = mem((size_t)listed_nodes * sizeof *index);
    if (!fill_nodes(n, f, key, child) || !fill_leaves(n, f, key, &l))
        return false;
    for (int i = 0; i < listed_nodes; i++)
        index[key[i].at] = key[i].index;
    for (int i = 0; i < listed_nodes; i++)
        if (!child[i])
            f->root[f->trees++] = index[i];
    return forest_sound(n, f);
}

/* ---- as TreeEnsemble lists them ------------------------------------------------------------------------------ */

static bool ensemble_lists_fit(const Node *n)
{
    const Attrs *a = &n->a;
    int count = a->nodes_featureids.n;
    bool fits =
        a->tree_roots.n > 0 && a->nodes_modes_tensor && a->nodes_splits && a->leaf_weights &&
        value_count(a->nodes_modes_tensor) == count && value_count(a->nodes_splits) == count &&
        a->nodes_truenodeids.n == count && a->nodes_falsenodeids.n == count &&
        a->nodes_trueleafs.n == count && a->nodes_falseleafs.n == count &&
        value_count(a->leaf_weights) == a->leaf_targetids.n &&
        (!a->nodes_missing_value_tracks_true.n || a->nodes_missing_value_tracks_true.n == count);
    if (!fits)
        blocker(n, NULL, "its lists of nodes or of leaves differ in length, or are missing");
    return fits;
}

/* A number of the model as one of the tables; what does not fit becomes one that cannot be sound. */
static int32_t narrow(int64_t v, bool leaf)
{
    return v < 0 || v >= INT32_MAX ? INT32_MAX : leaf ? ~(int32_t)v : (int32_t)v;
}

static bool forest_ensemble(const Node *n, Forest *f)
{
    const Attrs *a = &n->a;
    const Value *members = a->membership_values;
    int64_t set = 0;
    if (!features_fit(n) || !ensemble_lists_fit(n))
        return false;
    *f = forest_new(a->nodes_featureids.n, a->leaf_targetids.n, a->leaf_targetids.n,
                    a->tree_roots.n);
    f->targets = a->n_targets;
    f->type =
        n->in[0]->dtype == DT_DOUBLE || a->nodes_splits->dtype == DT_DOUBLE ? DT_DOUBLE : DT_FLOAT;
    f->members = members ? value_count(members) + 1 : 0;
    f->member = mem((size_t)(f->members + 1) * 8);
    for (int64_t i = 0; i < f->members; i++)
        f->member[i] = i + 1 < f->members ? value_at(members, i) : (double)NAN;
    for (int64_t i = 0; i < f->nodes; i++) {
        int64_t mode = value_int_at(a->nodes_modes_tensor, i);
        if (mode < 0 || mode > TREE_MEMBER || (mode == TREE_MEMBER && set >= f->members)) {
            blocker(n, NULL, "mode %" PRId64 " of node %" PRId64 " is not known, or has no members",
                    mode, i);
            return false;
        }
        bool missing =
            a->nodes_missing_value_tracks_true.n && a->nodes_missing_value_tracks_true.v[i];
        f->feature[i] = narrow(a->nodes_featureids.v[i], false);
        f->mode[i] = (uint8_t)(mode | (missing ? TREE_MISSING : 0));
        f->split[i] = value_at(a->nodes_splits, i);
        f->yes[i] = narrow(a->nodes_truenodeids.v[i], a->nodes_trueleafs.v[i] != 0);
        f->no[i] = narrow(a->nodes_falsenodeids.v[i], a->nodes_falseleafs.v[i] != 0);
        f->set[i] = (int32_t)set;
        if (mode != TREE_MEMBER)
            continue;
        while (f->member[set] == f->member[set])
            set++;
        set++;
    }
    for (int i = 0; i < f->trees; i++)
        f->root[i] = narrow(a->tree_roots.v[i], false);
    for (int64_t i = 0; i < f->leaves; i++) {
        f->first[i + 1] = (int32_t)i + 1;
        f->target[i] = narrow(a->leaf_targetids.v[i], false);
        f->weight[i] = value_at(a->leaf_weights, i);
    }
    return forest_sound(n, f);
}

/* ---- the operators ------------------------------------------------------------------------------------------- */

void trees_infer(Graph *g, Node *n)
{
    (void)g;
    out_set(n, 0, n->in[TREE_X]->dtype, 2, (int64_t[]){n->in[TREE_X]->dim[0], n->a.targets});
}

static Value *table(Graph *g, const char *name, DType t, int64_t count, const void *data)
{
    return value_const(g, name, t, 1, (int64_t[]){MAX(count, 1)}, data);
}

/* Numbers of the model in the type that the trees reckon in. */
static Value *number_table(Graph *g, const char *name, DType t, int64_t count, const double *from)
{
    void *data = mem((size_t)(MAX(count, 1) * dtype_bytes(t)));
    for (int64_t i = 0; i < count; i++)
        data_put(data, t, i, from[i], 0);
    return table(g, name, t, count, data);
}

/* What each row's trees come to: [row][target]. */
static Value *trees(Graph *g, const Node *n, const Forest *f, const char *aggregate)
{
    Value *in[TREE_INPUTS];
    in[TREE_X] = feature_matrix(g, n, f->type);
    in[TREE_FEATURE] = table(g, "feature", DT_INT32, f->nodes, f->feature);
    in[TREE_SPLIT] = number_table(g, "split", f->type, f->nodes, f->split);
    in[TREE_MODE] = table(g, "mode", DT_UINT8, f->nodes, f->mode);
    in[TREE_YES] = table(g, "yes", DT_INT32, f->nodes, f->yes);
    in[TREE_NO] = table(g, "no", DT_INT32, f->nodes, f->no);
    in[TREE_SET] = table(g, "set", DT_INT32, f->nodes, f->set);
    in[TREE_MEMBERS] = number_table(g, "members", f->type, f->members, f->member);
    in[TREE_FIRST] = table(g, "first", DT_INT32, f->leaves + 1, f->first);
    in[TREE_TARGET] = table(g, "target", DT_INT32, f->weights, f->target);
    in[TREE_WEIGHT] = number_table(g, "weight", f->type, f->weights, f->weight);
    in[TREE_ROOT] = table(g, "root", DT_INT32, f->trees, f->root);
    Value *y = add_op(g, "Trees", n->name, TREE_INPUTS, in, NULL);
    Node *added = g->node[g->nnode - 1];
    added->a.aggregate_function = aggregate;
    added->a.targets = f->targets;
    infer_node(g, added);
    return y;
}

static int64_t base_count(const Node *n)
{
    return numbers(&n->a.base_values, n->a.base_values_as_tensor);
}

/* s plus the base values, of which there are as many as s has columns. */
static Value *plus_base(Graph *g, const Node *n, Value *s)
{
    int64_t count = base_count(n);
    double *base = mem((size_t)(count + 1) * sizeof *base);
    for (int64_t i = 0; i < count; i++)
        base[i] = number(&n->a.base_values, n->a.base_values_as_tensor, i);
    if (!count)
        return s;
    Value *in[] = {s, number_table(g, "base", s->dtype, count, base)};
    return map_text(g, n->name, "a + b", 2, in, NULL);
}

static bool base_fits(const Node *n, int64_t targets)
{
    int64_t count = base_count(n);
    if (!count || count == targets)
        return true;
    blocker(n, NULL, "it has %" PRId64 " base values for %" PRId64 " targets", count, targets);
    return false;
}

static bool aggregate_known(const Node *n, const char *how)
{
    if (!strcmp(how, "SUM") || !strcmp(how, "AVERAGE") || !strcmp(how, "MIN") ||
        !strcmp(how, "MAX"))
        return true;
    blocker(n, "it is SUM, AVERAGE, MIN or MAX", "aggregate_function '%s' is not known", how);
    return false;
}

void tree_regressor_infer(Graph *g, Node *n)
{
    Forest f;
    (void)g;
    if (transform_known(n) && aggregate_known(n, n->a.aggregate_function) &&
        base_fits(n, n->a.n_targets) && forest_listed(n, n->a.n_targets, &f))
        out_set(n, 0, DT_FLOAT, 2, (int64_t[]){feature_rows(n), f.targets});
}

void tree_regressor_expand(Graph *g, Node *n)
{
    Forest f;
    forest_listed(n, n->a.n_targets, &f);
    Value *s = plus_base(g, n, trees(g, n, &f, n->a.aggregate_function));
    put_result(g, n, transformed(g, n, s), 0);
}

/* Version 5 gives as numbers what used to be words. */
void tree_ensemble_canon(Graph *g, Node *n)
{
    static const char *const aggregates[] = {"AVERAGE", "SUM", "MIN", "MAX"};
    int64_t i = n->a.aggregate_number;
    (void)g;
    transform_number(n);
    n->a.aggregate_function =
        i >= 0 && i < (int64_t)COUNT(aggregates) ? aggregates[i] : text("%" PRId64, i);
}

void tree_ensemble_infer(Graph *g, Node *n)
{
    Forest f;
    (void)g;
    if (transform_known(n) && aggregate_known(n, n->a.aggregate_function) && forest_ensemble(n, &f))
        out_set(n, 0, n->in[0]->dtype, 2, (int64_t[]){feature_rows(n), f.targets});
}

void tree_ensemble_expand(Graph *g, Node *n)
{
    Forest f;
    forest_ensemble(n, &f);
    put_result(g, n, transformed(g, n, trees(g, n, &f, n->a.aggregate_function)), 0);
}

/* Of two classes one may be all that the leaves speak of; -1 otherwise. */
static int64_t only_class(const Node *n, const Forest *f)
{
    for (int64_t i = 1; i < f->weights; i++)
        if (f->target[i] != f->target[0])
            return -1;
    return f->targets == 2 && f->weights && base_count(n) < 2 ? f->target[0] : -1;
}

void tree_classifier_infer(Graph *g, Node *n)
{
    int64_t labels = label_count(n);
    Forest f;
    (void)g;
    if (!labels_known(n) || !transform_known(n) || !forest_listed(n, labels, &f))
        return;
    if (only_class(n, &f) < 0 && !base_fits(n, labels))
        return;
    out_set(n, 0, label_type(n), 1, (int64_t[]){feature_rows(n)});
    out_set(n, 1, DT_FLOAT, 2, (int64_t[]){feature_rows(n), labels});
}

/* The score of one of two classes: a probability when no weight is negative, else what is more than 0 wins. */
static void two_classes(Graph *g, Node *n, const Forest *f, Value *s, int64_t class)
{
    bool positive = true, logistic = !strcmp(n->a.post_transform, "LOGISTIC");
    for (int64_t i = 0; i < f->weights; i++)
        positive &= f->weight[i] >= 0;
    s = plus_base(g, n,
                  op_now(g, "Slice", n, 4,
                         (Value *[]){s, value_ints(g, "from", 1, &class),
                                     value_ints(g, "to", 1, (int64_t[]){class + 1}),
                                     value_ints(g, "axis", 1, (int64_t[]){1})}));
    Value *yes = map_text(g, n->name, positive ? "a > 0.5" : "a > 0", 1, &s, NULL);
    put_label(g, n, convert_to(g, n, yes, DT_INT64, NULL));
    if (!positive && logistic)
        s = transformed(g, n, s);
    put_result(g, n, both_scores(g, n, s, positive || logistic ? "1 - a" : "-a"), 1);
}

void tree_classifier_expand(Graph *g, Node *n)
{
    Forest f;
    forest_listed(n, label_count(n), &f);
    Value *s = trees(g, n, &f, "SUM");
    int64_t class = only_class(n, &f);
    if (class >= 0) {
        two_classes(g, n, &f, s, class);
        return;
    }
    s = plus_base(g, n, s);
    put_label(g, n, best_class(g, n, s));
    put_result(g, n, transformed(g, n, s), 1);
}
