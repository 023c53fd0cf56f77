/* SPDX-License-Identifier: MIT
 * emit.c - net.c: banner, table of layers, guard, prelude, one function per distinct layer, and NAME_run that calls them.
 *
 * Two layers share a function when their kernels wrote the same text for them: shapes are literals in it and tensors are
 * parameters, so equal text is exactly what "the same layer" means. */
#include <inttypes.h>
#include <string.h>
#include "emit.h"
#include "files.h"
#include "vocab.h"

/* ONNX names may hold anything: nothing in them may end or nest a comment. */
const char *comment_text(const char *s)
{
    char *t = text("%s", s);
    for (char *p = t; *p; p++) {
        if ((unsigned char)*p < 32 || *p == 127 || (p[0] == '*' && p[1] == '/') ||
            (p[0] == '/' && p[1] == '*'))
            *p = '_';
        if (*p == '\\' && (!p[1] || p[1] == '\n'))
            *p = '_';
    }
    return t;
}

/* ---- functions ---------------------------------------------------------------------------------------------------- */

static const char *parameter(const Node *n, const Arg *a)
{
    bool writes = a->kind == ARG_OUT || a->kind == ARG_SCRATCH;
    const char *alias = node_in_place(n) ? "" : "restrict "; /* it may work in place */
    return text("%s%s *%s%s", writes ? "" : "const ", dtype_c(a->dtype), alias, a->name);
}

static const char *signature(const Node *n)
{
    const char *s = "";
    for (int i = 0; i < n->narg; i++)
        s = text("%s%s%s", s, i ? ", " : "", parameter(n, &n->arg[i]));
    if (n->ranged || n->paneled)
        s = text("%s, int from, int to%s%s", s, node_lines(n) ? ", int x_row" : "",
                 n->out[0]->base->lines ? ", int y_row" : "");
    return *s ? s : "void";
}

/* A name for people: that of the ONNX node where each layer has its own function, else that of the kernel. */
static const char *function_name(const Unit *u, const Node *n)
{
    enum { LONGEST = 80 };
    const char *own = u->c->symbols && *n->origin[0] ? c_identifier(n->origin[0]) : n->kernel->name;
    return text("l%02d_%.*s", u->nf + 1, LONGEST, own);
}

static Function *function_of(Unit *u, Node *n)
{
    Out o;
    out_init(&o);
    o.depth = 1;
    expr_restart();
    n->kernel->emit(&o, n, u->c->target);
    const char *key = text("(%s)\n{\n%s}\n", signature(n), o.text);
    for (int i = 0; i < u->nf && !u->c->symbols; i++)
        if (!strcmp(u->f[i].key, key))
            return &u->f[i];
    Function f = {.name = function_name(u, n), .key = key};
    PUSH(u->f, u->nf, f);
    return &u->f[u->nf - 1];
}

static void collect(Unit *u, Graph *g)
{
    for (int i = 0; i < g->nnode; i++) {
        Node *n = g->node[i];
        if (n->kernel) {
            Function *f = function_of(u, n);
            n->layer = ++u->nlayer;
            n->function = (int)(f - u->f);
            n->symbol = f->name;
            PUSH(f->user, f->nuser, n);
        }
        n->counter = node_is_loop(n) ? ++u->nloop : 0;
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                collect(u, n->body[b]);
    }
}

static const char *layout_note(const Value *v)
{
    if (value_is_plain(v))
        return "";
    int64_t s[MAX_RANK];
    if (v->rank >= 3) {
        stride_channels_last(v, s);
        if (!memcmp(s, v->stride, (size_t)v->rank * sizeof *s))
            return " channels-last";
        if (v->stride[1] == 1 && row_pitch(v, 1) >= 0)
            return text(" channels-last, pitch %" PRId64, row_pitch(v, 1));
    }
    return " strided";
}

static void describe_arg(Out *o, const Arg *a)
{
    const Value *v = a->value;
    if (a->note)
        out_line(o, " *   %s  %s", a->name, a->note);
    else
        out_line(o, " *   %s  %s %s%s", a->name, dtype_name(v->dtype), dims_text(v),
                 layout_note(v));
}

static void describe(Out *o, const Function *f)
{
    const Node *n = f->user[0];
    out_line(o, "/* %s: %s", f->name, n->origin_ops);
    for (int i = 0; i < MIN(f->nuser, 8); i++)
        out_line(o, " *   %s", comment_text(f->user[i]->origin[0]));
    if (f->nuser > 8)
        out_line(o, " *   and %d more", f->nuser - 8);
    for (int i = 0; i < n->narg; i++)
        describe_arg(o, &n->arg[i]);
    if (node_scale(n))
        out_line(o, " *   of x times scale");
    if (n->expr)
        out_line(o, " *   computes %s", comment_text(expr_text(n->expr, n)));
    if (node_macs(n))
        out_line(o, " *   %" PRId64 " MACs", node_macs(n));
    if (n->plan.m)
        out_line(o, " *   tile %d x %d vectors", n->plan.m, n->plan.v);
    out_line(o, " */");
}

static void emit_function(Out *o, const Function *f)
{
    describe(o, f);
    out_raw(o, text("rt_layer void %s%s\n", f->name, f->key));
}

/* ---- the file ------------------------------------------------------------------------------------------------------ */

void emit_banner(Out *o, const Compiler *c, const char *what)
{
    const char *base = strrchr(c->model, '/');
    out_line(o, "/* SPDX-License-Identifier: 0BSD");
    out_line(o, " * %s", what);
    out_line(o, " * Generated by dnncc " PACKAGE_VERSION ": %s", comment_text(c->command));
    out_line(o, " * model  %s, sha256 %s", comment_text(base ? base + 1 : c->model), c->sha256);
    out_line(o, " * target %s", c->target->name);
    out_line(o, " * accuracy %s", accuracy_text(c));
    out_line(o, " * This file is yours: see the licence note of dnncc on generated code. */");
}

static void table_of(Out *o, const Unit *u, const Graph *g)
{
    for (int i = 0; i < g->nnode; i++) {
        const Node *n = g->node[i];
        for (int b = 0; b < 2; b++)
            if (n->body[b])
                table_of(o, u, n->body[b]);
        if (!n->kernel)
            continue;
        const Value *x = n->nin && n->in[0] ? n->in[0] : node_result(n), *y = node_result(n);
        out_line(o, " * %3d %-28s %-20s %-20s %10.3f  %s", n->layer, u->f[n->function].name,
                 dims_text(x), dims_text(y), (double)node_macs(n) / 1e6,
                 comment_text(n->origin_ops));
    }
}

static void emit_table(Out *o, const Unit *u)
{
    out_line(o, "/* layer function                  input                output                    "
                "MMAC  ONNX operators");
    table_of(o, u, u->c->graph);
    out_line(o, " */");
}

static void emit_guard(Out *o, const Compiler *c)
{
    const Target *t = c->target;
    const char *s = text("!defined %s_PORTABLE && !(", upper(c->name));
    for (int i = 0; i < t->nguard; i++)
        s = text("%s%sdefined %s", s, i ? " && " : "", t->guard[i]);
    if (!t->nguard)
        return;
    out_line(o, "#if %s)", s);
    out_line(o, "#error \"%s.c needs %s (or define %s_PORTABLE)\"", c->name, t->cflags,
             upper(c->name));
    out_line(o, "#endif");
}

static void emit_weights_declaration(Out *o, const Compiler *c)
{
    if (c->weights_bin || !c->weight_bytes)
        return;
    weights_type(o, c);
}

/* Halves are written as the bits that they are in memory. */
static const char *literal_text(const Value *packed, int64_t i)
{
    if (packed->dtype == DT_STRING)
        return text("{%s}", quoted(string_at(packed, i)));
    if (dtype_kind(packed->dtype) == 'h')
        return text("%u", dtype_bytes(packed->dtype) == 1 ? ((const uint8_t *)packed->data)[i]
                                                          : ((const uint16_t *)packed->data)[i]);
    return number_text(packed->dtype, value_at(packed, i), value_int_at(packed, i));
}

static void emit_literals(Out *o, const Compiler *c)
{
    for (int i = 0; i < c->nliteral; i++) {
        const Value *v = c->literal[i];
        int64_t count = MAX(v->size, 1);
        Value packed = {.dtype = v->dtype, .rank = 1, .dim = {count}};
        packed.data = pack_value(v);
        const char *s = "";
        for (int64_t k = 0; k < count; k++)
            s = text("%s%s%s", s, k ? ", " : "", literal_text(&packed, k));
        out_line(o, "static const %s %s[%" PRId64 "] = {%s};", dtype_c(v->dtype),
                 literal_ident(c, i), count, s);
    }
}

const char *layers_text(Compiler *c)
{
    Unit u = {.c = c};
    Out o;
    collect(&u, c->graph);
    out_init(&o);
    for (int i = 0; i < u.nf; i++)
        out_raw(&o, u.f[i].key);
    return o.text;
}

void emit_net(Out *o, Compiler *c)
{
    Unit u = {.c = c, .frame = ""};
    Out body;
    collect(&u, c->graph);
    c->nlayer = u.nlayer;
    out_init(&body);
    for (int i = 0; i < u.nf; i++)
        emit_function(&body, &u.f[i]);
    emit_literals(&body, c);
    emit_run(&body, &u);
    const char *declared = text("%s%s", body.text, run_prototype(c));
    c->strings =
        text_mentions(declared, "rt_string") || text_mentions(declared, text("%s_string", c->name));
    emit_banner(o, c,
                text("%s.c - the network as C: call %s_run, declared in %s.h.", c->name, c->name,
                     c->name));
    emit_table(o, &u);
    emit_guard(o, c);
    out_line(o, "#include \"%s.h\"", c->header);
    if (text_mentions(body.text, "rt_string"))
        out_line(o, "typedef %s_string rt_string;", c->name);
    prelude_emit(o, c->target, text("%s_PORTABLE", upper(c->name)), body.text);
    emit_weights_declaration(o, c);
    out_nl(o);
    out_raw(o, body.text);
    if (c->threads > 1)
        emit_threads(o, c);
}
