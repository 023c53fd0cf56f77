/* SPDX-License-Identifier: MIT
 * stats.c - `dnncc stats MODEL`: the static sheet. Counts are exact and made on the model's own operators, after shapes are
 * known and before any fusion; the arena is what the compiled net needs.
 *
 * Every figure is a field of Sheet and a row of `columns`, from which text, JSON and CSV are printed. Weights are the
 * constants that MACs multiply with, wherever the model has them from; other constants (biases, scales, tables) count only
 * as bytes. In the totals a constant that several layers read counts once. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "files.h"
#include "json.h"
#include "options.h"

typedef struct Sheet {
    int64_t macs, weights, nonzero, weight_bytes, activation_bytes, live_bytes;
    int64_t winograd2, winograd4, fft, fft_points;
    double mac_energy; /* by --energy */
} Sheet;

typedef struct Row {
    const char *name, *op, *output;
    Sheet s;
} Row;

/* What one constant adds to the totals. */
typedef struct Constant {
    const void *data;
    Sheet s;
} Constant;

static struct {
    const EnergyTable *energy; /* NULL: not asked for */
    Row *row;
    int nrow;
    Constant *constant;
    int nconstant;
    const Alive *step;
    int nstep;
} found;

static const struct {
    const char *key, *heading;
    size_t field;
    int width;
} columns[] = {
#define COLUMN(key, heading, field, width)          \
    {                                               \
        key, heading, offsetof(Sheet, field), width \
    }
    COLUMN("macs", "MACs", macs, 12),
    COLUMN("weights", "weights", weights, 10),
    COLUMN("nonzero_weights", "non-zero", nonzero, 10),
    COLUMN("weight_bytes", "weight B", weight_bytes, 10),
    COLUMN("activation_bytes", "act. B", activation_bytes, 10),
    COLUMN("live_bytes", "live B", live_bytes, 10),
    COLUMN("winograd_f2_multiplications", "F(2,3)", winograd2, 12),
    COLUMN("winograd_f4_multiplications", "F(4,3)", winograd4, 12),
    COLUMN("fft_multiplications", "FFT", fft, 12),
    COLUMN("fft_points", "points", fft_points, 6),
#undef COLUMN
};

static int64_t *field(const Sheet *s, size_t column)
{
    return (int64_t *)((char *)s + columns[column].field);
}

static void sheet_add(Sheet *to, const Sheet *s)
{
    for (size_t i = 0; i < COUNT(columns); i++)
        *field(to, i) += *field(s, i);
    to->mac_energy += s->mac_energy;
}

static double intensity(const Sheet *s)
{
    int64_t bytes = s->weight_bytes + s->activation_bytes;
    return bytes ? 2.0 * (double)s->macs / (double)bytes : 0;
}

/* Of MACs and memory. */
static double energy(const Sheet *s)
{
    return s->mac_energy + energy_of_bytes(found.energy, s->weight_bytes + s->activation_bytes);
}

/* ---- counting ------------------------------------------------------------------------------------------------------ */

static int64_t nonzero(const Value *v)
{
    int64_t count = value_count(v), n = 0;
    for (int64_t i = 0; i < count; i++)
        n += value_at(v, i) != 0;
    return n;
}

static void count_constant(Sheet *s, const Value *v, bool factor)
{
    Constant c = {.data = v->data, .s = {.weight_bytes = value_bytes(v)}};
    if (factor) {
        c.s.weights = value_count(v);
        c.s.nonzero = nonzero(v);
    }
    PUSH(found.constant, found.nconstant, c);
    sheet_add(s, &c.s);
}

static int64_t live_bytes(const Node *n)
{
    for (int i = 0; i < found.nstep; i++)
        if (found.step[i].node == n)
            return found.step[i].bytes;
    return 0;
}

/* What n computes and moves in all the turns of the loops around it. */
static Sheet count_node(const Node *n, int64_t turns)
{
    Sheet s = {.macs = node_macs(n) * turns, .live_bytes = live_bytes(n)};
    int points;
    s.winograd2 = node_winograd(n, 2) * turns;
    s.winograd4 = node_winograd(n, 4) * turns;
    s.fft = node_fft(n, &points) * turns;
    s.fft_points = points;
    if (found.energy && s.macs)
        s.mac_energy = (double)s.macs * energy_of_mac(found.energy, n->in[0]->dtype);
    for (int k = 0; k < n->nin; k++)
        if (n->in[k] && n->in[k]->data)
            count_constant(&s, n->in[k], node_multiplies(n, k));
        else if (n->in[k])
            s.activation_bytes += value_bytes(n->in[k]) * turns;
    for (int k = 0; k < n->nout; k++)
        if (n->out[k])
            s.activation_bytes += value_bytes(n->out[k]) * turns;
    return s;
}

/* A loop whose turns are known only when it runs counts as one turn. */
static void count_graph(const Graph *g, int64_t turns)
{
    for (int i = 0; i < g->nnode; i++) {
        const Node *n = g->node[i];
        const char *dims = n->nout ? dims_text(node_result(n)) : "-"; /* a check has none */
        Row r = {n->origin[0], n->origin_ops, dims, count_node(n, turns)};
        PUSH(found.row, found.nrow, r);
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                count_graph(n->body[b],
                            node_is_loop(n) && loop_counted(n) ? turns * n->trips : turns);
    }
}

static void count_inferred(Compiler *c, const char *stage)
{
    if (strcmp(stage, "infer"))
        return;
    graph_clean(c->graph);
    found.step = liveness_steps(c->graph, &found.nstep);
    count_graph(c->graph, 1);
}

/* Those of which more is counted come first. */
static int by_data(const void *a, const void *b)
{
    const Constant *x = a, *y = b;
    if (x->data != y->data)
        return (uintptr_t)x->data < (uintptr_t)y->data ? -1 : 1;
    return (x->s.weights < y->s.weights) - (x->s.weights > y->s.weights);
}

static Sheet total(void)
{
    Sheet all = {0};
    for (int i = 0; i < found.nrow; i++) {
        Sheet s = found.row[i].s;
        all.live_bytes = MAX(all.live_bytes, s.live_bytes);
        s.weights = s.nonzero = s.weight_bytes = s.live_bytes = s.fft_points = 0;
        sheet_add(&all, &s);
    }
    if (found.nconstant)
        qsort(found.constant, (size_t)found.nconstant, sizeof *found.constant, by_data);
    for (int i = 0; i < found.nconstant; i++)
        if (!i || found.constant[i].data != found.constant[i - 1].data)
            sheet_add(&all, &found.constant[i].s);
    return all;
}

/* ---- printing ------------------------------------------------------------------------------------------------------ */

/* " = 15.470 G" */
static const char *scaled(int64_t v)
{
    return v >= 1000000000 ? text(" = %.3f G", (double)v / 1e9)
           : v >= 1000000  ? text(" = %.2f M", (double)v / 1e6)
                           : "";
}

static void print_rows(void)
{
    printf("%-32s %-18s %-18s", "node", "operators", "output");
    for (size_t i = 0; i < COUNT(columns); i++)
        printf(" %*s", columns[i].width, columns[i].heading);
    printf(" %8s", "FLOP/B");
    if (found.energy)
        printf(" %14s", found.energy->unit);
    printf("\n");
    for (const Row *r = found.row; r < found.row + found.nrow; r++) {
        printf("%-32.32s %-18.18s %-18s", r->name, r->op, r->output);
        for (size_t i = 0; i < COUNT(columns); i++)
            printf(" %*" PRId64, columns[i].width, *field(&r->s, i));
        printf(" %8.2f", intensity(&r->s));
        if (found.energy)
            printf(" %14.6g", energy(&r->s));
        printf("\n");
    }
}

/* MACs of all rows with the operator of row i; 0 where it is not the first of them. */
static int64_t op_macs(int i)
{
    int64_t macs = 0;
    for (int k = 0; k < found.nrow; k++) {
        bool same = !strcmp(found.row[k].op, found.row[i].op);
        if (same && k < i)
            return 0;
        macs += same ? found.row[k].s.macs : 0;
    }
    return macs;
}

static void print_line(const char *what, int64_t v)
{
    printf("%-26s %" PRId64 "%s\n", what, v, scaled(v));
}

static void print_text(const Compiler *c, const Sheet *s)
{
    print_line("MACs", s->macs);
    for (int i = 0; i < found.nrow; i++)
        if (op_macs(i))
            printf("  %-24s %" PRId64 "%s\n", found.row[i].op, op_macs(i), scaled(op_macs(i)));
    print_line("weights", s->weights);
    print_line("non-zero weights", s->nonzero);
    print_line("weight bytes", s->weight_bytes);
    print_line("activation bytes", s->activation_bytes);
    printf("%-26s %.3f\n", "FLOP per byte", intensity(s));
    print_line("products by F(2,3)", s->winograd2);
    print_line("products by F(4,3)", s->winograd4);
    print_line("products by FFT", s->fft);
    print_line("arena bytes", c->arena_bytes);
    print_line("liveness bound", c->bound_bytes);
    print_line("bound without fusion", s->live_bytes);
    if (found.energy)
        printf("%-26s %.6g %s, %.1f%% of it arithmetic (model %s)\n", "energy", energy(s),
               found.energy->unit, 100 * s->mac_energy / energy(s), found.energy->name);
}

static json_t *json_sheet(const Sheet *s)
{
    json_t *j = json_object();
    for (size_t i = 0; i < COUNT(columns); i++)
        json_object_set_new(j, columns[i].key, json_integer(*field(s, i)));
    json_object_set_new(j, "flop_per_byte", json_real(intensity(s)));
    if (found.energy)
        json_object_set_new(j, "energy", json_real(energy(s)));
    return j;
}

static json_t *json_layers(void)
{
    json_t *layers = json_array();
    for (const Row *r = found.row; r < found.row + found.nrow; r++) {
        json_t *j = json_sheet(&r->s);
        json_object_set_new(j, "name", json_text(r->name));
        json_object_set_new(j, "op", json_text(r->op));
        json_object_set_new(j, "output", json_text(r->output));
        json_array_append_new(layers, j);
    }
    return layers;
}

static json_t *json_ops(void)
{
    json_t *j = json_object();
    for (int i = 0; i < found.nrow; i++)
        if (op_macs(i))
            json_object_set_new(j, utf8(found.row[i].op), json_integer(op_macs(i)));
    return j;
}

static void print_json(const Compiler *c, const Sheet *s)
{
    json_t *j = json_sheet(s);
    json_object_set_new(j, "arena_bytes", json_integer(c->arena_bytes));
    json_object_set_new(j, "liveness_bound_bytes", json_integer(c->bound_bytes));
    json_object_set_new(j, "macs_by_op", json_ops());
    json_object_set_new(j, "method", json_string("exact"));
    if (found.energy)
        json_object_set_new(j, "energy_model",
                            json_pack("{s:s, s:s}", "table", found.energy->name, "unit",
                                      found.energy->unit));
    json_object_set_new(j, "model_sha256", json_string(c->sha256));
    json_object_set_new(j, "target", json_text(c->target->name));
    json_object_set_new(j, "dnncc", json_string(PACKAGE_VERSION));
    json_object_set_new(j, "layers", json_layers());
    json_put(j, stdout);
}

/* A field of a CSV file: quoted where it must be. */
static void csv_text(FILE *f, const char *s)
{
    if (!strpbrk(s, ",\"\r\n")) {
        fputs(s, f);
        return;
    }
    fputc('"', f);
    for (; *s; s++)
        fprintf(f, *s == '"' ? "\"\"" : "%c", *s);
    fputc('"', f);
}

static void csv_row(FILE *f, const char *name, const char *op, const char *output, const Sheet *s)
{
    csv_text(f, name);
    fputc(',', f);
    csv_text(f, op);
    fprintf(f, ",%s", output);
    for (size_t i = 0; i < COUNT(columns); i++)
        fprintf(f, ",%" PRId64, *field(s, i));
    fprintf(f, ",%.3f", intensity(s));
    if (found.energy)
        fprintf(f, ",%.9g", energy(s));
    fputc('\n', f);
}

static void write_csv(const char *path, const Sheet *all)
{
    FILE *f = file_begin(path);
    fputs("name,op,output", f);
    for (size_t i = 0; i < COUNT(columns); i++)
        fprintf(f, ",%s", columns[i].key);
    fputs(found.energy ? ",flop_per_byte,energy\n" : ",flop_per_byte\n", f);
    for (const Row *r = found.row; r < found.row + found.nrow; r++)
        csv_row(f, r->name, r->op, r->output, &r->s);
    csv_row(f, "total", "", "", all);
    files_commit();
}

int cmd_stats(int argc, char **argv)
{
    Options p = {0};
    options_read(&p, 's', argc, argv);
    p.c.name = "net";
    p.c.watch = count_inferred;
    found.energy = p.energy;
    compile(&p.c);
    Sheet all = total();
    if (p.csv)
        write_csv(p.csv, &all);
    if (p.per_layer && !p.json)
        print_rows();
    if (p.json)
        print_json(&p.c, &all);
    else
        print_text(&p.c, &all);
    return 0;
}
