/* SPDX-License-Identifier: MIT
 * profile.c - reads a profile (PROFILE.md). A member of a wrong type or range is an error that names its place, such as
 * layers[3].time.ns[0]; members that are not known are passed over. What reads on from here need check nothing. */
#include <math.h>
#include <string.h>
#include "json.h"
#include "ort.h"
#include "profile.h"

enum { FORMAT = 1, MOST_LAYERS = 1000000 };

/* An object of the file, and the words for it: "layers[3].time". */
typedef struct Place {
    const json_t *object;
    const char *path, *name;
} Place;

static _Noreturn void wrong(const char *path, const char *name, const char *want)
{
    fatal(NULL, "'%s' is no profile that can be read: %s must be %s", path, name, want);
}

static const char *inside(const Place *p, const char *key)
{
    return *p->name ? text("%s.%s", p->name, key) : key;
}

/* Member `key`, an object; without it an empty place, all of whose members are absent. */
static Place object_in(const Place *p, const char *key)
{
    Place o = {json_object_get(p->object, key), p->path, inside(p, key)};
    if (o.object && !json_is_object(o.object))
        wrong(p->path, o.name, "an object");
    return o;
}

static const char *text_in(const Place *p, const char *key)
{
    const json_t *s = json_object_get(p->object, key);
    if (s && !json_is_string(s))
        wrong(p->path, inside(p, key), "a string");
    return s ? text("%s", json_string_value(s)) : NULL;
}

static const char *text_needed(const Place *p, const char *key)
{
    const char *s = text_in(p, key);
    if (!s)
        wrong(p->path, inside(p, key), "there");
    return s;
}

static double number_in(const Place *p, const char *key)
{
    const json_t *n = json_object_get(p->object, key);
    if (!n)
        return ABSENT;
    if (!json_is_number(n) || !(json_number_value(n) >= 0))
        wrong(p->path, inside(p, key), "a number from 0 on");
    return json_number_value(n);
}

/* Member `key`, an array; NULL without it. */
static const json_t *array_in(const Place *p, const char *key)
{
    const json_t *a = json_object_get(p->object, key);
    if (a && !json_is_array(a))
        wrong(p->path, inside(p, key), "an array");
    if (json_array_size(a) > INT32_MAX / 2)
        wrong(p->path, inside(p, key), "shorter");
    return a;
}

static Series series_in(const Place *p, const char *key, double most)
{
    const json_t *a = array_in(p, key);
    Series s = {.n = (int)json_array_size(a)};
    s.at = mem((size_t)s.n * sizeof *s.at);
    for (int i = 0; i < s.n; i++) {
        const json_t *v = json_array_get(a, (size_t)i);
        s.at[i] = json_number_value(v);
        if (!json_is_number(v) || !(s.at[i] >= 0 && s.at[i] <= most))
            wrong(p->path, text("%s[%d]", inside(p, key), i),
                  most == 1 ? "a number from 0 to 1" : "a number from 0 on");
    }
    return s;
}

/* The members of an object: numbers, or texts. Lists among numbers are the same by time step. */
static Quantities quantities_of(const Place *o, bool texts)
{
    Quantities q = {0};
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)o->object, name, value)
    {
        Quantity one = {text("%s", name), ABSENT, NULL};
        if (texts)
            one.text = text_needed(o, name);
        else if (!json_is_array(value))
            one.value = number_in(o, name);
        if (texts || !json_is_array(value))
            PUSH(q.at, q.n, one);
    }
    return q;
}

static Quantities quantities_in(const Place *p, const char *key, bool texts)
{
    Place o = object_in(p, key);
    return quantities_of(&o, texts);
}

static Zeros zeros_in(const Place *p, const char *key)
{
    Place o = object_in(p, key);
    Zeros z = {.elements = number_in(&o, "elements"), .zeros = number_in(&o, "zeros")};
    z.near_zeros = number_in(&o, "near_zeros");
    z.images = series_in(&o, "images", 1);
    z.channels = series_in(&o, "channels", 1);
    Place over = object_in(&o, "over_images");
    z.least = number_in(&over, "least");
    z.most = number_in(&over, "most");
    z.deviation = number_in(&over, "deviation");
    z.histogram = series_in(&over, "histogram", 1e9);
    z.steps = series_in(&o, "steps", 1);
    if (o.object && !(z.zeros >= 0 && z.zeros <= z.elements))
        wrong(p->path, inside(&o, "zeros"), "at most .elements");
    return z;
}

static Bits bits_in(const Place *p, const char *key, bool named)
{
    Place o = object_in(p, key);
    Bits b = {.bits = number_in(&o, "bits"), .elements = number_in(&o, "elements")};
    b.representation = text_in(&o, "representation");
    if (named && o.object && !b.representation)
        wrong(p->path, inside(&o, "representation"), "there");
    b.zeros = number_in(&o, "zeros");
    b.ones = number_in(&o, "ones");
    b.group = number_in(&o, "group");
    b.zrl_tokens = number_in(&o, "zrl_tokens");
    b.width = number_in(&o, "width");
    b.terms = quantities_in(&o, "terms", false);
    b.off_chip = quantities_in(&o, "off_chip", false);
    b.widths = series_in(&o, "widths", HUGE_VAL);
    if (b.widths.n && b.widths.n != 17)
        wrong(p->path, inside(&o, "widths"), "17 numbers");
    return b;
}

/* The elements of `steps`, objects. */
static Place *steps_in(const Place *p, int *n)
{
    const json_t *a = array_in(p, "steps");
    *n = (int)json_array_size(a);
    Place *step = mem((size_t)*n * sizeof *step + 1);
    for (int i = 0; i < *n; i++) {
        step[i] =
            (Place){json_array_get(a, (size_t)i), p->path, text("%s[%d]", inside(p, "steps"), i)};
        if (!json_is_object(step[i].object))
            wrong(p->path, step[i].name, "an object");
    }
    return step;
}

/* What recurrent layers did by time step. */
static void read_steps(const Place *macs, const Place *bits, Layer *l)
{
    Place *step = steps_in(macs, &l->nstep_macs);
    l->step_macs = mem((size_t)l->nstep_macs * sizeof *l->step_macs + 1);
    for (int i = 0; i < l->nstep_macs; i++)
        l->step_macs[i] = quantities_of(&step[i], false);
    step = steps_in(bits, &l->nstep_bits);
    l->step_bits = mem((size_t)l->nstep_bits * sizeof *l->step_bits + 1);
    for (int i = 0; i < l->nstep_bits; i++)
        l->step_bits[i] = bits_in(&step[i], "input", false);
}

static void read_nodes(const Place *p, Layer *l)
{
    const json_t *a = array_in(p, "nodes");
    if (!a)
        wrong(p->path, inside(p, "nodes"), "there");
    l->nnode = (int)json_array_size(a);
    l->node = mem((size_t)l->nnode * sizeof *l->node);
    for (int i = 0; i < l->nnode; i++) {
        const char *s = json_string_value(json_array_get(a, (size_t)i));
        if (!s)
            wrong(p->path, text("%s[%d]", inside(p, "nodes"), i), "a string");
        l->node[i] = text("%s", s);
    }
}

static void read_layer(const Place *p, Layer *l)
{
    Place time = object_in(p, "time"), zeros = object_in(p, "sparsity"),
          bits = object_in(p, "bits");
    l->name = text_needed(p, "name");
    l->op = text_needed(p, "op");
    l->kernel = text_in(p, "kernel");
    l->tile = text_in(p, "tile");
    l->function = text_in(p, "function");
    l->id = number_in(p, "id");
    l->step = number_in(p, "step");
    l->chain = number_in(p, "chain");
    l->macs = number_in(p, "macs");
    l->bytes = number_in(p, "bytes");
    l->weight_bytes = number_in(p, "weight_bytes");
    l->multiplications = number_in(p, "multiplications");
    if (l->multiplications < 0)
        l->multiplications = l->macs;
    l->predicted_cycles = number_in(p, "predicted_cycles");
    l->input = series_in(p, "input", HUGE_VAL);
    l->output = series_in(p, "output", HUGE_VAL);
    l->ns = series_in(&time, "ns", HUGE_VAL);
    l->counters = quantities_in(p, "counters", false);
    l->zero_macs = quantities_in(p, "zero_macs", false);
    l->zeros_in = zeros_in(&zeros, "input");
    l->zeros_out = zeros_in(&zeros, "output");
    l->bits_in = bits_in(&bits, "input", true);
    l->bits_weight = bits_in(&bits, "weight", true);
    l->work = quantities_in(&bits, "work", false);
    read_nodes(p, l);
    Place macs = object_in(p, "zero_macs");
    read_steps(&macs, &bits, l);
}

static void read_layers(const Place *top, Profile *f)
{
    const json_t *a = array_in(top, "layers");
    if (!a)
        wrong(f->path, "layers", "there");
    if (json_array_size(a) > MOST_LAYERS)
        wrong(f->path, "layers", "a million at most");
    f->nlayer = (int)json_array_size(a);
    f->layer = mem((size_t)f->nlayer * sizeof *f->layer);
    for (int i = 0; i < f->nlayer; i++) {
        Place p = {json_array_get(a, (size_t)i), f->path, text("layers[%d]", i)};
        if (!json_is_object(p.object))
            wrong(f->path, p.name, "an object");
        read_layer(&p, &f->layer[i]);
        int runs = f->layer[i].ns.n, others = f->ns.n ? f->ns.n : f->layer[0].ns.n;
        if (runs != others)
            wrong(f->path, text("%s.time.ns", p.name),
                  text("%d numbers, one for each run", others));
    }
}

static void read_arena(const Place *top, Profile *f)
{
    Place o = object_in(top, "arena");
    f->arena_bytes = number_in(&o, "bytes");
    f->bound_bytes = number_in(&o, "bound_bytes");
    f->weight_bytes = number_in(&o, "weight_bytes");
    const json_t *a = array_in(&o, "buffers");
    f->nbuffer = (int)json_array_size(a);
    f->buffer = mem((size_t)f->nbuffer * sizeof *f->buffer);
    for (int i = 0; i < f->nbuffer; i++) {
        Place p = {json_array_get(a, (size_t)i), f->path, text("arena.buffers[%d]", i)};
        if (!json_is_object(p.object))
            wrong(f->path, p.name, "an object");
        Buffer b = {text_needed(&p, "name"), number_in(&p, "offset"), number_in(&p, "bytes"),
                    number_in(&p, "first"), number_in(&p, "last")};
        if (b.offset < 0 || b.bytes < 0 || b.first < 0 || b.last < b.first ||
            b.last > MOST_LAYERS || b.offset + b.bytes > f->arena_bytes)
            wrong(f->path, p.name, "a place in the arena, from one step to another");
        f->buffer[i] = b;
    }
}

static void read_head(const Place *top, Profile *f)
{
    Place model = object_in(top, "model"), machine = object_in(top, "machine"),
          peak = object_in(top, "peak"), data = object_in(top, "data"), run = object_in(top, "run");
    const char *slash = strrchr(f->path, '/');
    f->label = text_in(top, "label");
    if (!f->label)
        f->label = slash ? slash + 1 : f->path;
    f->version = text_in(top, "dnncc");
    f->command = text_in(top, "command");
    f->model = text_in(&model, "file");
    f->sha256 = text_needed(&model, "sha256");
    f->ops = number_in(&model, "ops");
    f->target = text_in(top, "target");
    f->cc = text_in(top, "cc");
    f->cflags = text_in(top, "cflags");
    f->accuracy = text_in(top, "accuracy");
    f->threads = number_in(top, "threads");
    f->cpu = text_in(&machine, "cpu");
    f->cores = number_in(&machine, "cores");
    f->gflops = number_in(&peak, "gflops");
    f->gflops *= f->gflops > 0 && f->threads > 1 ? f->threads : 1;
    f->bytes_per_s = quantities_in(&peak, "bytes_per_s", false);
    f->methods = quantities_in(top, "methods", true);
    f->sets = number_in(&data, "sets");
    Place counters = object_in(&run, "counters");
    f->whole = quantities_in(&counters, "whole", false);
    f->between = quantities_in(&counters, "between", false);
    f->ns = series_in(&run, "ns", HUGE_VAL);
    f->launches = series_in(&run, "launches", HUGE_VAL);
    f->turns = text_in(&run, "turns");
    double runs = 0;
    for (int i = 0; i < f->launches.n; i++)
        runs += f->launches.at[i] >= 1 ? floor(f->launches.at[i]) : HUGE_VAL;
    if (f->launches.n && runs != f->ns.n)
        wrong(f->path, "run.launches", "numbers of runs whose sum is that of run.ns");
}

Profile *profile_read(const char *path)
{
    json_t *j = json_read(path);
    Place top = {j, path, ""};
    if (json_is_array(j)) {
        Profile *other = ort_profile(j, path);
        json_decref(j);
        return other;
    }
    Profile *f = mem(sizeof *f);
    f->path = path;
    const char *schema = json_string_value(json_object_get(j, "schema"));
    if (!schema || strcmp(schema, "dnncc-profile"))
        fatal("`dnncc profile` writes profiles", "'%s' is no profile", path);
    double version = number_in(&top, "version");
    if (version != FORMAT)
        fatal("measure again with this dnncc", "'%s' is a profile of version %g, not %d", path,
              version, FORMAT);
    read_head(&top, f);
    read_arena(&top, f);
    read_layers(&top, f);
    json_decref(j);
    return f;
}

const char *layer_main_op(const Layer *l)
{
    return text("%.*s", (int)strcspn(l->op, "+"), l->op);
}

double quantity(const Quantities *q, const char *name)
{
    for (int i = 0; i < q->n; i++)
        if (!strcmp(q->at[i].name, name))
            return q->at[i].value;
    return ABSENT;
}
