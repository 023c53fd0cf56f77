/* SPDX-License-Identifier: MIT
 * emit_files.c - net.h, the weights (string literals in a file of their own, or a blob), the depfile; and the writing of
 * all of them. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "bench.h"
#include "probe.h"
#include "files.h"

/* ---- names of parameters ------------------------------------------------------------------------------------------ */

/* What NAME_run calls its own: work memory, weights, counters of loops (t1 n1 go1) and of strips (from1 to1 line1). */
static bool reserved(const char *ident)
{
    static const char *const counters[] = {"t", "n", "go", "from", "to", "line"};
    size_t letters = strcspn(ident, "0123456789");
    bool numbered = ident[letters] && !ident[letters + strspn(ident + letters, "0123456789")];
    for (size_t i = 0; i < COUNT(counters) && numbered; i++)
        if (strlen(counters[i]) == letters && !memcmp(ident, counters[i], letters))
            return true;
    return !strcmp(ident, "w") || !strcmp(ident, "m") || !strcmp(upper(ident), "WORK") ||
           !strcmp(upper(ident), "WEIGHTS");
}

static bool taken(const Compiler *c, int k, const char *ident)
{
    for (int i = 0; i < k; i++)
        if (!strcmp(upper(c->ident[i]), upper(ident)))
            return true;
    if (c->threads > 1 &&
        (!strcmp(ident, "c") || !strcmp(ident, "ctx") || !strcmp(ident, "parallel")))
        return true;
    if (c->nprobe && (!strcmp(ident, "probe") || !strcmp(ident, "since")))
        return true;
    return reserved(ident) || !strncmp(ident, text("%s_const", c->name), strlen(c->name) + 6);
}

/* Unique also in upper case, since macros are made from them; functions of the file are l01_... and NAME_... */
static void name_ports(Compiler *c)
{
    int n = 0;
    const Graph *g = c->graph;
    for (int i = 0; i < g->nin + g->nout; i++) {
        const Value *v = i < g->nin ? g->in[i] : g->out[i - g->nin];
        const char *base =
                       c_identifier(i < g->nin || !c->out_name ? v->name : c->out_name[i - g->nin]),
                   *s = base;
        for (int k = 2; taken(c, n, s); k++)
            s = text("%s_%d", base, k);
        PUSH(c->ident, n, s);
    }
}

const char *input_ident(const Compiler *c, int i)
{
    return c->ident[i];
}

const char *output_ident(const Compiler *c, int i)
{
    return c->ident[c->graph->nin + i];
}

const char *literal_ident(const Compiler *c, int i)
{
    return text("%s_const%d", c->name, i + 1);
}

/* ---- net.h --------------------------------------------------------------------------------------------------------- */

static void header_port(Out *o, const Compiler *c, const Value *v, const char *ident,
                        const char *onnx_name, const char *role, const char *note)
{
    const char *up = text("%s_%s", upper(c->name), upper(ident));
    const char *packing = dtype_bits(v->dtype) < 8 ? ", one element in each byte" : "";
    out_line(o, "/* %s '%s': %s %s, row-major%s%s */", role, comment_text(onnx_name),
             dtype_name(v->dtype), text("%s%s", dims_text(v), *note ? " at most" : ""), packing,
             note);
    out_line(o, "#define %s_SIZE %" PRId64, up, value_count(v));
    for (int i = 0; i < v->rank; i++)
        out_line(o, "#define %s_DIM%d %" PRId64, up, i, v->dim[i]);
}

/* Which parameters a sequence or an optional has become. */
static void header_lists(Out *o, int nport, const Port *port, const char *const *ident,
                         const char *role)
{
    for (int k = 0; k < nport; ident += port[k++].parameters) {
        const char *s = "";
        for (int i = 0; i < port[k].parameters; i++)
            s = text("%s%s%s", s, i ? ", " : "", ident[i]);
        if (port[k].list)
            out_line(o, "/* %s '%s' is a list of %d: %s */", role, comment_text(port[k].name),
                     port[k].parameters, *s ? s : "no parameter");
    }
}

/* What is said of an output whose dims are bounds. */
static const char *bound_note(const Compiler *c, int i)
{
    if (i >= c->nresult || !c->shape_at[i])
        return "";
    const char *real = output_ident(c, c->shape_at[i]);
    return text("; %s_run stores its dims in %s, and as many elements", c->name, real);
}

static void header_strings(Out *o, const Compiler *c)
{
    const char *up = upper(c->name);
    out_line(o,
             "/* An element of type string: up to %d bytes, and NULs behind them up to the end of "
             "the record. */",
             dtype_bytes(DT_STRING) - 1);
    out_line(o, "#define %s_STRING_BYTES %d", up, dtype_bytes(DT_STRING));
    out_line(o, "typedef struct %s_string {", c->name);
    out_line(o, "char s[%s_STRING_BYTES];", up);
    out_line(o, "} %s_string;", c->name);
}

static void emit_header(Out *o, const Compiler *c)
{
    const char *up = upper(c->name);
    const Graph *g = c->graph;
    emit_banner(o, c, text("%s.h - how to call the network in %s.c.", c->header, c->header));
    out_line(o, "#ifndef %s_NET_H", up);
    out_line(o, "#define %s_NET_H", up);
    out_line(o, "#include <stdint.h>");
    out_nl(o);
    out_line(
        o,
        "/* Bytes of memory that the caller lends for the time of a call, and its alignment. */");
    out_line(o, "#define %s_WORK_BYTES %" PRId64, up, MAX(c->arena_bytes, 64));
    out_line(o, "#define %s_WORK_ALIGN 64", up);
    out_line(o, "/* Bytes of constants%s. */",
             c->weights_bin ? text(", read from %s.bin; aligned like work", c->header) : "");
    out_line(o, "#define %s_WEIGHTS_BYTES %" PRId64, up, c->weight_bytes);
    out_line(o, "#define %s_INPUTS %d", up, g->nin);
    out_line(o, "#define %s_OUTPUTS %d", up, g->nout);
    if (c->strings)
        header_strings(o, c);
    header_lists(o, c->nin_port, c->in_port, c->ident, "input");
    header_lists(o, c->nout_port, c->out_port, c->ident + g->nin, "output");
    for (int i = 0; i < g->nin; i++)
        header_port(o, c, g->in[i], input_ident(c, i), g->in[i]->name,
                    i < g->nin - c->ndrawn ? "input" : "random numbers that the caller draws,", "");
    for (int i = 0; i < g->nout; i++)
        header_port(o, c, g->out[i], output_ident(c, i), c->out_name[i],
                    i < c->nresult ? "output" : "shape", bound_note(c, i));
    out_nl(o);
    out_line(o, "#ifdef __cplusplus");
    out_line(o, "extern \"C\" {");
    out_line(o, "#endif");
    out_raw(o, text("/* Runs the network once. Re-entrant: all state is in work, which need not be "
                    "cleared. Returns 0; 1 when a\n"
                    " * pointer is null or work%s is not aligned; 2 when the data ask for other "
                    "shapes than those it was\n"
                    " * compiled for: they name another size than the model declares, or lead into "
                    "a branch that these shapes\n"
                    " * rule out%s. The outputs are undefined then, and may hold anything while it "
                    "runs. */\n",
                    c->weights_bin ? " or weights" : "",
                    c->strings ? ", or a string would not fit its record" : ""));
    out_raw(o, text("%s;\n", run_prototype(c)));
    if (c->threads > 1) {
        Out threads;
        out_init(&threads);
        emit_threads_header(&threads, c, run_parallel_prototype(c));
        out_raw(o, threads.text);
    }
    if (c->nprobe) {
        Out probes;
        out_init(&probes);
        emit_probe_header(&probes, c, run_probed_prototype(c));
        out_raw(o, probes.text);
    }
    out_raw(o, "#ifdef __cplusplus\n}\n#endif\n#endif\n");
}

/* ---- weights -------------------------------------------------------------------------------------------------------- */

const void *pack_value(const Value *v)
{
    size_t bytes = (size_t)dtype_bytes(v->dtype);
    const unsigned char *from = v->data;
    int64_t ix[MAX_RANK] = {0}, count = value_count(v), at = 0;
    if (value_is_plain(v) && v->size == count)
        return v->data;
    unsigned char *to = mem((size_t)MAX(v->size, 1) * bytes);
    for (int64_t i = 0; i < count; i++) {
        memcpy(to + (size_t)at * bytes, from + (size_t)i * bytes, bytes);
        for (int d = v->rank - 1; d >= 0; d--) {
            at += v->stride[d];
            if (++ix[d] < v->dim[d])
                break;
            at -= ix[d] * v->stride[d];
            ix[d] = 0;
        }
    }
    return to;
}

void weights_type(Out *o, const Compiler *c)
{
    out_raw(o, "#ifdef __cplusplus\nextern \"C\" {\n#endif\n");
    out_raw(o, text("extern const union %s_weights {\n    char bytes[%" PRId64
                    "];\n    double align;\n} %s_weights;\n",
                    c->name, c->weight_bytes + 1, c->name));
    out_raw(o, "#ifdef __cplusplus\n}\n#endif\n");
}

/* A byte as it stands in a string literal: octal where needed, three digits where a digit follows. '?' is never written
 * plainly, so that no trigraph arises. */
static int escape(char *to, unsigned char b, bool digit)
{
    if (b >= ' ' && b < 127 && b != '"' && b != '\\' && b != '?') {
        *to = (char)b;
        return 1;
    }
    int digits = b > 63 || digit ? 3 : b > 7 ? 2 : 1;
    *to = '\\';
    for (int i = digits; i > 0; i--, b >>= 3)
        to[i] = (char)('0' + (b & 7));
    return digits + 1;
}

/* The weights on their way to a file, as they are or as rows of string literals. */
enum { ROW = 96 };
typedef struct Sink {
    FILE *f;
    bool literals;
    struct Escaped {
        char s[4];
        int n;
    } byte[2][256]; /* [a digit follows] */
    unsigned char row[ROW];
    int n; /* bytes in row */
} Sink;

static void row_write(Sink *to)
{
    char line[4 * ROW + 8];
    int n = 0;
    line[n++] = '"';
    for (int k = 0; k < to->n; k++) {
        bool digit = k + 1 < to->n && to->row[k + 1] >= '0' && to->row[k + 1] <= '9';
        const struct Escaped *e = &to->byte[digit][to->row[k]];
        memcpy(line + n, e->s, sizeof e->s);
        n += e->n;
    }
    line[n++] = '"';
    line[n++] = '\n';
    fwrite(line, 1, (size_t)n, to->f);
    to->n = 0;
}

static void bytes_write(Sink *to, const unsigned char *p, int64_t count)
{
    if (!to->literals) {
        fwrite(p, 1, (size_t)count, to->f);
        return;
    }
    while (count) {
        int n = (int)MIN(count, ROW - to->n);
        memcpy(to->row + to->n, p, (size_t)n);
        to->n += n;
        p += n;
        count -= n;
        if (to->n == ROW)
            row_write(to);
    }
}

/* One after another: all of them at once would be in memory twice. */
static void write_all_weights(const Compiler *c, FILE *f, bool literals)
{
    static const unsigned char zeros[64];
    Sink to = {.f = f, .literals = literals};
    int64_t at = 0;
    for (int b = 0; b < 512; b++)
        to.byte[b / 256][b % 256].n =
            escape(to.byte[b / 256][b % 256].s, (unsigned char)b, b > 255);
    for (int i = 0; i < c->nweight; i++) {
        const Value *v = c->weight[i];
        int64_t bytes = v->size * dtype_bytes(v->dtype);
        for (; at < v->offset; at += MIN(v->offset - at, 64))
            bytes_write(&to, zeros, MIN(v->offset - at, 64));
        bytes_write(&to, pack_value(v), bytes);
        at += bytes;
    }
    for (; at < c->weight_bytes; at += MIN(c->weight_bytes - at, 64))
        bytes_write(&to, zeros, MIN(c->weight_bytes - at, 64));
    if (to.n)
        row_write(&to);
}

static void write_weights_c(const Compiler *c, FILE *f)
{
    Out o;
    out_init(&o);
    emit_banner(&o, c,
                text("%s_weights.c - the constants of %s.c, packed for its layers; little-endian.",
                     c->header, c->header));
    out_raw(&o,
            "#if defined __BYTE_ORDER__ && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__\n"
            "#error \"these constants are little-endian\"\n#endif\n"
            "#ifdef __GNUC__\n#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n#endif\n");
    weights_type(&o, c);
    out_raw(&o, "#ifdef __cplusplus\nalignas(64)\n#elif __STDC_VERSION__ >= 201112L\n_Alignas(64)\n"
                "#elif defined __GNUC__\n__attribute__((aligned(64)))\n#endif\n");
    fwrite(o.text, 1, o.len, f);
    fprintf(f, "const union %s_weights %s_weights = { ", c->name, c->name);
    write_all_weights(c, f, true);
    fputs("};\n", f);
}

/* ---- all of them ---------------------------------------------------------------------------------------------------- */

static void write_text(const char *path, const Out *o)
{
    FILE *f = file_begin(path);
    fwrite(o->text, 1, o->len, f);
}

/* "out/net.c" without ".c" */
static char *stem_of(const char *path)
{
    size_t n = strlen(path);
    return text("%.*s", (int)(n > 2 && !strcmp(path + n - 2, ".c") ? n - 2 : n), path);
}

/* A path as make reads it. */
static void write_dependency(FILE *f, const char *path)
{
    fputc(' ', f);
    for (const char *p = path; *p; p++) {
        if (strchr(" #\\", *p))
            fputc('\\', f);
        if (*p == '$')
            fputc('$', f);
        fputc(*p, f);
    }
}

static void write_depfile(const Compiler *c)
{
    FILE *f = file_begin(c->depfile);
    fprintf(f, "%s:", c->out);
    for (int i = 0; i < c->ndep; i++)
        write_dependency(f, c->dep[i]);
    for (int i = 0; i < c->target->nfile; i++)
        write_dependency(f, c->target->file[i]);
    fputc('\n', f);
}

static void write_weights(const Compiler *c, const char *stem)
{
    if (c->weights_bin)
        write_all_weights(c, file_begin(text("%s.bin", stem)), false);
    else if (c->weight_bytes)
        write_weights_c(c, file_begin(text("%s_weights.c", stem)));
}

static const BenchPort *bench_ports(const Compiler *c, bool outputs)
{
    const Graph *g = c->graph;
    const Port *port = outputs ? c->out_port : c->in_port;
    int nport = outputs ? c->nout_port : c->nin_port, n = 0;
    BenchPort *p = NULL;
    for (int k = 0; k < nport; k++)
        for (int i = 0; i < port[k].parameters; i++) {
            const Value *v = outputs ? g->out[n] : g->in[n];
            BenchPort one = {.name = port[k].name, .elem_type = v->dtype, .rank = v->rank};
            one.ident = outputs ? output_ident(c, n) : input_ident(c, n);
            one.dims = v->dim;
            one.unread = !outputs && v->uses == 0;
            one.file = k;
            one.item = port[k].list ? i : -1;
            one.shape_at = outputs ? c->shape_at[n] : 0;
            PUSH(p, n, one);
        }
    while (outputs && n < g->nout) { /* the shapes of results */
        const Value *v = g->out[n];
        BenchPort one = {.name = c->out_name[n], .elem_type = v->dtype, .rank = 1, .item = -1};
        one.ident = output_ident(c, n);
        one.dims = v->dim;
        PUSH(p, n, one);
    }
    return p;
}

static const int *bench_lists(int nport, const Port *port)
{
    int *lists = mem(((size_t)nport + 1) * sizeof *lists);
    for (int k = 0; k < nport; k++)
        lists[k] = port[k].list ? port[k].parameters : -1;
    return lists;
}

static void write_bench(const Compiler *c, const char *stem)
{
    const Graph *g = c->graph;
    const char *slash = strrchr(stem, '/');
    BenchNet net = {.name = c->name,
                    .upper = upper(c->name),
                    .threads = c->threads,
                    .ninputs = g->nin,
                    .ndrawn = c->ndrawn,
                    .noutputs = g->nout,
                    .nresults = c->nresult};
    net.inputs = bench_ports(c, false);
    net.outputs = bench_ports(c, true);
    net.input_lists = bench_lists(c->nin_port, c->in_port);
    net.output_lists = bench_lists(c->nout_port, c->out_port);
    net.ninput_files = c->nin_port;
    net.noutput_files = c->nout_port;
    if (c->weights_bin)
        net.weights_file = text("%s.bin", slash ? slash + 1 : stem);
    Out o, probes, options;
    out_init(&o);
    out_init(&probes);
    out_init(&options);
    if (c->nprobe) {
        emit_probe_bench(&probes, c);
        emit_probe_options(&options, c);
        net.probes = probes.text;
        net.probe_options = options.text;
    }
    emit_bench(&o, &net);
    write_text(text("%s_bench.c", stem), &o);
}

void emit_files(Compiler *c)
{
    Out net, header;
    char *stem = stem_of(c->out), *slash = strrchr(stem, '/');
    c->header = slash ? slash + 1 : stem;
    name_ports(c);
    out_init(&net);
    out_init(&header);
    emit_net(&net, c);
    emit_header(&header, c);
    write_text(c->out, &net);
    write_text(text("%s.h", stem), &header);
    write_weights(c, stem);
    if (c->bench)
        write_bench(c, stem);
    if (c->depfile)
        write_depfile(c);
    files_commit();
}
