/* SPDX-License-Identifier: MIT
 * target.c - reads targets: one YAML file each, a mapping whose keys are the table below.
 *
 *     extends: c            everything the other target says, then what this one says instead
 *     lanes: 8
 *     types: {vf: __m256, vm: __m256}
 *     words: {vf_add: "_mm256_add_ps($0, $1)", vf_mod: ~}     ~: back to lanes
 *
 * A list replaces the inherited one; words are merged one by one, but those of other types or
 * lanes are not inherited. Every mistake is told with file, line and column. What a file says ends up in C text and on the compiler's command
 * line, so every text is checked for the characters that may stand there.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yaml.h>

#include "dnncc.h"
#include "vocab.h"

#define MAX_FILE_BYTES (1 << 20)

typedef struct Source {
    const char *path;
    const struct Source *child; /* the file whose `extends` led here */
    yaml_document_t doc;
    Target *t;
} Source;

typedef struct Key {
    const char *name;
    void (*read)(Source *s, const yaml_node_t *v, const struct Key *key);
    size_t field, count; /* offsets in Target; count is a list's length */
    const char *chars;   /* of texts: what may stand there beside letters, digits and '_' */
    int64_t most;        /* of integers, which start at 1 */
} Key;

static void source_read(const char *path, const Source *child, Target *t);
static const char *target_path(const char *name, const char *beside);

static _Noreturn void wrong(const Source *s, yaml_mark_t at, const char *hint, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
static _Noreturn void wrong(const Source *s, yaml_mark_t at, const char *hint, const char *fmt, ...)
{
    char why[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(why, sizeof why, fmt, ap);
    va_end(ap);
    message_subject(NULL);
    fatal(hint, "%s:%zu:%zu: %s", s->path, at.line + 1, at.column + 1, why);
}

/* ---- values: every reader checks the node's kind and puts the value into the Target -------------- */

static const char *scalar(const Source *s, const yaml_node_t *v, const char *what)
{
    if (v->type != YAML_SCALAR_NODE)
        wrong(s, v->start_mark, NULL, "%s must be one value", what);
    for (size_t i = 0; i < v->data.scalar.length; i++) {
        unsigned char c = v->data.scalar.value[i];
        if ((c < ' ' && c != '\n') || c > '~')
            wrong(s, v->start_mark, NULL, "%s has a character beyond printable ASCII", what);
    }
    return text("%s", (const char *)v->data.scalar.value);
}

static const char *line_of(const Source *s, const yaml_node_t *v, const char *what,
                           const char *chars)
{
    const char *p = scalar(s, v, what);
    for (const char *c = p; *c && chars; c++)
        if (!isalnum((unsigned char)*c) && *c != '_' && !strchr(chars, *c))
            wrong(s, v->start_mark, NULL, "%s may not have the character %s", what,
                  *c == '\n' ? "'\\n'" : text("'%c'", *c));
    return p;
}

static void read_line(Source *s, const yaml_node_t *v, const Key *key)
{
    *(const char **)((char *)s->t + key->field) = line_of(s, v, key->name, key->chars);
}

static void read_list(Source *s, const yaml_node_t *v, const Key *key)
{
    const char **list = NULL;
    int n = 0;
    if (v->type != YAML_SEQUENCE_NODE)
        wrong(s, v->start_mark, text("%s: [one, two]", key->name), "%s must be a list", key->name);
    yaml_node_item_t *end = v->data.sequence.items.top;
    for (yaml_node_item_t *item = v->data.sequence.items.start; item < end; item++) {
        const yaml_node_t *e = yaml_document_get_node(&s->doc, *item);
        PUSH(list, n, line_of(s, e, key->name, key->chars));
        if (!*list[n - 1])
            wrong(s, e->start_mark, NULL, "%s has an empty element", key->name);
    }
    *(const char ***)((char *)s->t + key->field) = list;
    *(int *)((char *)s->t + key->count) = n;
}

static int64_t integer(const Source *s, const yaml_node_t *v, const Key *key)
{
    const char *p = scalar(s, v, key->name);
    char *end;
    errno = 0;
    long long n = strtoll(p, &end, 10);
    if (end == p || *end || isspace((unsigned char)*p))
        wrong(s, v->start_mark, NULL, "%s must be an integer, not '%s'", key->name, p);
    if (errno || n < 1 || n > key->most)
        wrong(s, v->start_mark, NULL, "%s must be 1 to %lld", key->name, (long long)key->most);
    return n;
}

static void read_int(Source *s, const yaml_node_t *v, const Key *key)
{
    *(int *)((char *)s->t + key->field) = (int)integer(s, v, key);
}

static void read_bytes(Source *s, const yaml_node_t *v, const Key *key)
{
    *(int64_t *)((char *)s->t + key->field) = integer(s, v, key);
}

/* What was inherited was for other vectors. */
static void words_drop(Target *t)
{
    t->nword = t->nwhen = 0;
}

static void read_lanes(Source *s, const yaml_node_t *v, const Key *key)
{
    int before = s->t->lanes;
    read_int(s, v, key);
    if (s->t->lanes != before)
        words_drop(s->t);
    if (s->t->lanes & (s->t->lanes - 1))
        wrong(s, v->start_mark, NULL, "lanes must be a power of two");
}

static double rate(const Source *s, const yaml_node_t *v, const char *name, int64_t most)
{
    const char *p = scalar(s, v, name);
    char *end;
    double n = strtod(p, &end);
    if (end == p || *end || !(n > 0 && n <= (double)most))
        wrong(s, v->start_mark, NULL, "%s must be a number above 0, up to %lld", name,
              (long long)most);
    return n;
}

static void read_rate(Source *s, const yaml_node_t *v, const Key *key)
{
    *(double *)((char *)s->t + key->field) = rate(s, v, key->name, key->most);
}

static void read_extends(Source *s, const yaml_node_t *v, const Key *key)
{
    const char *name = scalar(s, v, key->name);
    const char *path = target_path(name, s->path);
    if (!path)
        wrong(s, v->start_mark, "it is looked for beside this file first", "no target '%s'", name);
    int depth = 0;
    for (const Source *c = s; c; c = c->child)
        if (!strcmp(c->path, path) || ++depth > 16)
            wrong(s, v->start_mark, NULL, "extends goes round in a circle through '%s'", name);
    source_read(path, s, s->t);
}

/* ---- the vocabulary ------------------------------------------------------------------------------- */

static void meaning_set(Target *t, const char *word, const char *meaning)
{
    for (int i = 0; i < t->nword; i++) {
        if (!strcmp(t->word[i], word)) {
            t->meaning[i] = meaning;
            return;
        }
    }
    int n = t->nword;
    PUSH(t->word, t->nword, word);
    PUSH(t->meaning, n, meaning);
}

/* Brackets must close, or the text would swallow what the prelude writes after it. */
static bool brackets_match(const char *p)
{
    char open[64];
    int n = 0;
    for (; *p; p++) {
        if (strchr("([{", *p)) {
            if (n == (int)sizeof open)
                return false;
            open[n++] = *p;
        } else if (strchr(")]}", *p)) {
            if (n-- == 0 || strchr("([{", open[n]) - "([{" != strchr(")]}", *p) - ")]}")
                return false;
        }
    }
    return n == 0;
}

static void reject_runtime(void *arg, const char *id)
{
    const Word *w = vocab_find(id);
    if (w && w->emit)
        *(const char **)arg = id;
}

static void meaning_check(const Source *s, const yaml_node_t *v, const Word *w, const char *p)
{
    if (!*p || !brackets_match(p))
        wrong(s, v->start_mark, *p ? NULL : "write ~ for the lane-by-lane meaning", "'%s' %s",
              w->name, *p ? "has brackets that do not match" : "has an empty meaning");
    if (strpbrk(p, "\"'#\\"))
        wrong(s, v->start_mark, NULL, "'%s' has a quote, '#' or '\\'", w->name);
    const char *runtime = NULL;
    text_identifiers(p, reject_runtime, &runtime);
    if (runtime)
        wrong(s, v->start_mark, NULL, "'%s' uses '%s', which is made of words itself", w->name,
              runtime);
    if (text_mentions(p, w->name))
        wrong(s, v->start_mark, NULL, "'%s' is explained by itself", w->name);
    for (const char *c = p; (c = strchr(c, '$')); c++) {
        int n = vocab_params(w);
        if (c[1] < '0' || c[1] >= '0' + n)
            wrong(s, v->start_mark, text("%s %s(%s)", w->returns, w->name, w->params),
                  "'%s' has %d parameters: $0%s", w->name, n, n > 1 ? text(" to $%d", n - 1) : "");
    }
}

static bool is_null(const yaml_node_t *v)
{
    return v->type == YAML_SCALAR_NODE && v->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           (!strcmp((const char *)v->data.scalar.value, "~") ||
            !strcmp((const char *)v->data.scalar.value, "null"));
}

static void read_word(Source *s, const yaml_node_t *k, const yaml_node_t *v)
{
    const char *name = scalar(s, k, "a word");
    const Word *w = vocab_find(name);
    const char *near = w ? NULL : vocab_nearest(name);
    if (!w)
        wrong(s, k->start_mark, near ? text("did you mean '%s'?", near) : NULL, "unknown word '%s'",
              name);
    if (w->emit)
        wrong(s, k->start_mark, NULL, "'%s' is made of other words on every target", name);
    const char *meaning = is_null(v) ? NULL : scalar(s, v, name);
    if (meaning)
        meaning_check(s, v, w, meaning);
    meaning_set(s->t, w->name, meaning);
}

static void read_type(Source *s, const yaml_node_t *k, const yaml_node_t *v)
{
    const char *name = scalar(s, k, "a type");
    if (strcmp(name, "vf") && strcmp(name, "vm"))
        wrong(s, k->start_mark, "the types are vf, a vector of floats, and vm, a mask",
              "unknown type '%s'", name);
    meaning_set(s->t, name, is_null(v) ? NULL : line_of(s, v, name, " ()*"));
}

static void each_pair(Source *s, const yaml_node_t *v, const char *what,
                      void (*read)(Source *, const yaml_node_t *, const yaml_node_t *))
{
    if (v->type != YAML_MAPPING_NODE)
        wrong(s, v->start_mark, NULL, "%s must be a mapping", what);
    yaml_node_pair_t *start = v->data.mapping.pairs.start;
    for (yaml_node_pair_t *p = start; p < v->data.mapping.pairs.top; p++) {
        const yaml_node_t *k = yaml_document_get_node(&s->doc, p->key);
        const char *name = scalar(s, k, "a key");
        for (yaml_node_pair_t *q = start; q < p; q++)
            if (!strcmp(name, (char *)yaml_document_get_node(&s->doc, q->key)->data.scalar.value))
                wrong(s, k->start_mark, NULL, "'%s' is given twice", name);
        read(s, k, yaml_document_get_node(&s->doc, p->value));
    }
}

static void read_types(Source *s, const yaml_node_t *v, const Key *key)
{
    words_drop(s->t);
    each_pair(s, v, key->name, read_type);
}

static void read_words(Source *s, const yaml_node_t *v, const Key *key)
{
    each_pair(s, v, key->name, read_word);
}

/* ---- the machine ----------------------------------------------------------------------------------- */

const char *const memory_level[MEMORY_LEVELS] = {"l1", "l2", "l3", "memory"};

static int level_of(const Source *s, const yaml_node_t *k)
{
    const char *name = scalar(s, k, "a level");
    for (int i = 0; i < MEMORY_LEVELS; i++)
        if (!strcmp(memory_level[i], name))
            return i;
    wrong(s, k->start_mark, "the levels are l1, l2, l3 and memory", "unknown level '%s'", name);
}

static void read_level_bytes(Source *s, const yaml_node_t *k, const yaml_node_t *v)
{
    static const Key key = {.name = "bytes", .most = (int64_t)1 << 40};
    ((Machine *)s->t->machine)->bytes[level_of(s, k)] = integer(s, v, &key);
}

static void read_level_rate(Source *s, const yaml_node_t *k, const yaml_node_t *v)
{
    ((Machine *)s->t->machine)->bytes_per_s[level_of(s, k)] =
        rate(s, v, "bytes_per_s", (int64_t)1 << 50);
}

static void read_machine_key(Source *s, const yaml_node_t *k, const yaml_node_t *v)
{
    Machine *m = (Machine *)s->t->machine;
    const char *name = scalar(s, k, "a key");
    if (!strcmp(name, "cpu"))
        m->cpu = scalar(s, v, name);
    else if (!strcmp(name, "target"))
        m->target = scalar(s, v, name);
    else if (!strcmp(name, "gflops"))
        m->gflops = rate(s, v, name, (int64_t)1 << 40);
    else if (!strcmp(name, "bytes"))
        each_pair(s, v, name, read_level_bytes);
    else if (!strcmp(name, "bytes_per_s"))
        each_pair(s, v, name, read_level_rate);
    else
        wrong(s, k->start_mark, "the keys are cpu target gflops bytes bytes_per_s",
              "unknown key '%s' of a machine", name);
}

static void read_machine(Source *s, const yaml_node_t *v, const Key *key)
{
    Machine *m = mem(sizeof *m);
    s->t->machine = m;
    each_pair(s, v, key->name, read_machine_key);
    if (!m->cpu || !m->target || !m->gflops)
        wrong(s, v->start_mark, "`dnncc roofline` measures them",
              "a machine has cpu, target and gflops");
}

/* ---- the file -------------------------------------------------------------------------------------- */

#define FIELD(f) .field = offsetof(Target, f)
#define LIST(f) .field = offsetof(Target, f), .count = offsetof(Target, n##f)

/* In the order in which they are read, whatever their places in the file. */
static const Key keys[] = {
    {"extends", read_extends, .chars = NULL},
    {"lanes", read_lanes, FIELD(lanes), .most = 64},
    {"types", read_types, .chars = NULL},
    {"words", read_words, .chars = NULL},
    {"when", read_list, LIST(when), .chars = ""},
    {"description", read_line, FIELD(description), .chars = " .,:;+-/()"},
    {"cflags", read_line, FIELD(cflags), .chars = " -+=.,/"},
    {"guard", read_list, LIST(guard), .chars = ""},
    {"headers", read_list, LIST(header), .chars = "./-"},
    {"defines", read_list, LIST(define), .chars = "="},
    {"features", read_list, LIST(feature), .chars = "-."},
    {"registers", read_int, FIELD(registers), .most = 256},
    {"l1", read_bytes, FIELD(l1), .most = (int64_t)1 << 40},
    {"l2", read_bytes, FIELD(l2), .most = (int64_t)1 << 40},
    {"fma_per_cycle", read_rate, FIELD(fma_per_cycle), .most = 64},
    {"machine", read_machine, .chars = NULL},
};

static const Key *key_find(const char *name)
{
    for (size_t i = 0; i < COUNT(keys); i++)
        if (!strcmp(keys[i].name, name))
            return &keys[i];
    return NULL;
}

static const char *key_names(void)
{
    const char *all = "the keys are";
    for (size_t i = 0; i < COUNT(keys); i++)
        all = text("%s %s", all, keys[i].name);
    return all;
}

static void key_check(Source *s, const yaml_node_t *k, const yaml_node_t *v)
{
    (void)v;
    if (!key_find(scalar(s, k, "a key")))
        wrong(s, k->start_mark, key_names(), "unknown key '%s'", (char *)k->data.scalar.value);
}

static const yaml_node_t *value_of(Source *s, const yaml_node_t *map, const char *name)
{
    yaml_node_pair_t *end = map->data.mapping.pairs.top;
    for (yaml_node_pair_t *p = map->data.mapping.pairs.start; p < end; p++)
        if (!strcmp((char *)yaml_document_get_node(&s->doc, p->key)->data.scalar.value, name))
            return yaml_document_get_node(&s->doc, p->value);
    return NULL;
}

static void read_keys(Source *s, const yaml_node_t *root)
{
    each_pair(s, root, "a target", key_check);
    for (size_t i = 0; i < COUNT(keys); i++) {
        const yaml_node_t *v = value_of(s, root, keys[i].name);
        if (v)
            keys[i].read(s, v, &keys[i]);
    }
}

static void document_load(Source *s, yaml_parser_t *parser, yaml_document_t *doc)
{
    if (!yaml_parser_load(parser, doc))
        wrong(s, parser->problem_mark, NULL, "not YAML: %s",
              parser->problem ? parser->problem : "out of memory");
}

/* Reads the file into *t, over what is there. */
static void source_read(const char *path, const Source *child, Target *t)
{
    size_t bytes;
    const char *yaml = read_file(path, &bytes);
    Source s = {.path = path, .child = child, .t = t};
    yaml_mark_t top = {0, 0, 0};
    yaml_parser_t parser;
    yaml_document_t more;
    if (bytes > MAX_FILE_BYTES)
        wrong(&s, top, NULL, "too long for a target: %zu bytes", bytes);
    if (!yaml_parser_initialize(&parser))
        fatal(NULL, "out of memory");
    yaml_parser_set_input_string(&parser, (const unsigned char *)yaml, bytes);
    document_load(&s, &parser, &s.doc);
    const yaml_node_t *root = yaml_document_get_root_node(&s.doc);
    if (!root)
        wrong(&s, top, NULL, "an empty file");
    document_load(&s, &parser, &more);
    if (yaml_document_get_root_node(&more))
        wrong(&s, yaml_document_get_root_node(&more)->start_mark, NULL, "a second document");
    read_keys(&s, root);
    PUSH(t->file, t->nfile, path);
    yaml_document_delete(&more);
    yaml_document_delete(&s.doc);
    yaml_parser_delete(&parser);
}

/* ---- folders --------------------------------------------------------------------------------------- */

/* Where targets lie: $DNNCC_TARGETS, beside dnncc in the folder it was built in, installed. */
static const char **folders(int *n)
{
    const char **list = NULL;
    const char *env = getenv("DNNCC_TARGETS");
    char exe[4096];
    ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);
    *n = 0;
    if (env && *env)
        PUSH(list, *n, env);
    exe[MAX(len, 0)] = 0;
    if (strrchr(exe, '/')) {
        *strrchr(exe, '/') = 0;
        PUSH(list, *n, text("%s/targets", exe));
    }
    PUSH(list, *n, PKGDATADIR "/targets");
    return list;
}

static bool is_path(const char *name)
{
    size_t n = strlen(name);
    return strchr(name, '/') || (n > 5 && !strcmp(name + n - 5, ".yaml"));
}

/* The file that holds a target: a path (relative to the file that says so, if one does) or a name.
 * NULL: there is none. */
static const char *target_path(const char *name, const char *beside)
{
    const char *slash = beside ? strrchr(beside, '/') : NULL;
    const char *dir = slash ? text("%.*s/", (int)(slash - beside), beside) : "";
    int n;
    const char **folder = folders(&n);
    if (is_path(name))
        return name[0] == '/' || !*dir ? name : text("%s%s", dir, name);
    const char *path = text("%s%s.yaml", dir, name);
    if (beside && !access(path, R_OK))
        return path;
    for (int i = 0; i < n; i++) {
        path = text("%s/%s.yaml", folder[i], name);
        if (!access(path, R_OK))
            return path;
    }
    return NULL;
}

static const char *stem(const char *path)
{
    const char *slash = strrchr(path, '/'), *file = slash ? slash + 1 : path;
    const char *dot = strrchr(file, '.');
    return dot && dot > file ? text("%.*s", (int)(dot - file), file) : text("%s", file);
}

static void target_verify(const Target *t)
{
    static const char *const masks[] = {"vf_sel", "vf_ne"};
    const char *file = t->file[t->nfile - 1];
    const char *missing = !t->lanes           ? "lanes"
                          : !t->registers     ? "registers"
                          : !t->l1 || !t->l2  ? "l1 and l2"
                          : !t->fma_per_cycle ? "fma_per_cycle"
                                              : NULL;
    message_subject(NULL);
    if (missing)
        fatal("extends: c has them all", "%s: no %s", file, missing);
    if (!target_meaning(t, "vf") != !target_meaning(t, "vm"))
        fatal(NULL, "%s: types needs both vf and vm", file);
    for (int i = 0; i < t->nword && !target_meaning(t, "vf"); i++)
        if (t->meaning[i])
            fatal("types: {vf: ..., vm: ...}", "%s: words without types", file);
    for (size_t i = 0; i < COUNT(masks) && target_meaning(t, "vf"); i++)
        if (!target_meaning(t, masks[i]))
            fatal("masks reach lanes through vf_sel and vf_ne; all other words may be missing",
                  "%s: no '%s'", file, masks[i]);
}

const Target *target_load(const char *name_or_path)
{
    const char *name = strcmp(name_or_path, "native") ? name_or_path : target_best();
    const char *path = target_path(name, NULL);
    if (!path) {
        message_subject(NULL);
        fatal("`dnncc targets` lists them; the path of a YAML file will do too", "no target '%s'",
              name);
    }
    Target *t = mem(sizeof *t);
    t->name = stem(path);
    t->description = t->cflags = "";
    source_read(path, NULL, t);
    target_verify(t);
    return t;
}

const Target *target_on_device(const Target *t, const char *path)
{
    Target *on = mem_copy(t, sizeof *t);
    source_read(path, NULL, on);
    target_verify(on);
    if (!on->machine)
        fatal("`dnncc roofline -o FILE` writes one", "%s: a device file has a machine", path);
    if (strcmp(on->machine->target, t->name))
        fatal(text("dnncc roofline -t %s -o FILE", t->name),
              "%s: measured for target '%s', not '%s'", path, on->machine->target, t->name);
    return on;
}

const char *target_meaning(const Target *t, const char *word)
{
    for (int i = 0; i < t->nword; i++)
        if (!strcmp(t->word[i], word))
            return t->meaning[i];
    return NULL;
}

bool target_has(const Target *t, const char *feature)
{
    for (int i = 0; i < t->nfeature; i++)
        if (!strcmp(t->feature[i], feature))
            return true;
    return false;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **target_names(int *n)
{
    const char **names = NULL;
    int nfolders, unique = 0;
    const char **folder = folders(&nfolders);
    *n = 0;
    for (int i = 0; i < nfolders; i++) {
        DIR *d = opendir(folder[i]);
        for (struct dirent *e; d && (e = readdir(d));)
            if (is_path(e->d_name) && e->d_name[0] != '.')
                PUSH(names, *n, stem(e->d_name));
        if (d)
            closedir(d);
    }
    if (*n)
        qsort(names, (size_t)*n, sizeof *names, by_name);
    for (int i = 0; i < *n; i++)
        if (!unique || strcmp(names[unique - 1], names[i]))
            names[unique++] = names[i];
    *n = unique;
    return names;
}
