/* SPDX-License-Identifier: MIT
 * emit_run.c - NAME_run: the calls of the layer functions, in the order of the schedule.
 *
 * A call stands alone, in the branches of an If or the body of a loop, or in a loop over strips. Where it is divided among
 * threads it stands in a task, a function that computes part i: there the names of NAME_run are members of a frame.
 * Round the calls stand the hooks of the probes that are chosen (-i). */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>
#include "probe.h"

/* ---- calls --------------------------------------------------------------------------------------------------------- */

/* How far the turns of the loops around have moved v. */
static const char *pace_text(const Unit *u, const Value *v, int unit)
{
    const char *s = "";
    for (const Pace *p = v->pace; p; p = p->outer)
        s = text("%s %c %st%d * %" PRId64, s, p->step < 0 ? '-' : '+', u->frame, p->loop->counter,
                 (p->step < 0 ? -p->step : p->step) * unit);
    return s;
}

/* Each part of a layer has scratch memory of its own. */
static const char *scratch_text(const Unit *u, const Arg *a)
{
    const Value *v = a->value;
    int64_t each = a->copies ? v->size / a->copies * dtype_bytes(v->dtype) : 0;
    return *u->frame && each ? text(" + i * %" PRId64, each) : "";
}

static const char *pointer_to(const Unit *u, const Arg *a)
{
    const Value *v = a->value, *b = v->base;
    const char *qualifier = a->kind == ARG_OUT || a->kind == ARG_SCRATCH ? "" : "const ";
    if (b->storage == IN_INPUT || b->storage == IN_OUTPUT || b->storage == IN_TEXT) {
        const char *p = b->storage == IN_INPUT    ? input_ident(u->c, b->index)
                        : b->storage == IN_OUTPUT ? output_ident(u->c, b->index)
                                                  : literal_ident(u->c, b->index);
        return text("%s%s%s%s", b->storage == IN_TEXT ? "" : u->frame, p,
                    v->start ? text(" + %" PRId64, v->start) : "", pace_text(u, v, 1));
    }
    if (b->storage == IN_TURN)
        return text("&%st%d", u->frame, b->pace->loop->counter);
    int64_t at = b->offset + v->start * dtype_bytes(v->dtype);
    return text("(%s%s *)(%s%s + %" PRId64 "%s%s)", qualifier, dtype_c(a->dtype), u->frame,
                b->storage == IN_WEIGHTS ? "w" : "m", at, pace_text(u, v, dtype_bytes(v->dtype)),
                scratch_text(u, a));
}

const char *value_text(const Unit *u, const Value *v)
{
    Arg a = {.kind = ARG_IN, .dtype = v->dtype, .value = (Value *)v};
    return pointer_to(u, &a);
}

static void emit_call(Out *o, const Unit *u, const Call *call)
{
    const Node *n = call->n;
    probes_before(o, u, call, false);
    out_s(o, u->f[n->function].name);
    out_s(o, "(");
    for (int i = 0; i < n->narg; i++)
        out_f(o, "%s%s", i ? ", " : "", pointer_to(u, &n->arg[i]));
    if (call->from)
        out_f(o, ", %s, %s", call->from, call->to);
    if (call->x_row)
        out_f(o, ", %s", call->x_row);
    if (call->y_row)
        out_f(o, ", %s", call->y_row);
    out_s(o, ");");
    if (*n->origin[0])
        out_f(o, " /* %s */", comment_text(n->origin[0]));
    out_nl(o);
    probes_after(o, u, call, false);
}

/* ---- threads ------------------------------------------------------------------------------------------------------- */

/* What tasks see of a run: the pointers that it has, and the turns of its loops. */
static void emit_frame(Out *o, const Unit *u)
{
    const Compiler *c = u->c;
    const Graph *g = c->graph;
    out_line(o, "typedef struct %s_frame {", c->name);
    for (int i = 0; i < g->nin; i++)
        out_line(o, "const %s *%s;", dtype_c(g->in[i]->dtype), input_ident(c, i));
    for (int i = 0; i < g->nout; i++)
        out_line(o, "%s *%s;", dtype_c(g->out[i]->dtype), output_ident(c, i));
    out_line(o, "unsigned char *m;");
    out_line(o, "const %s *w;", c->weights_bin ? "unsigned char" : "char");
    for (int i = 1; i <= u->nloop; i++)
        out_line(o, "int64_t t%d;", i);
    out_line(o, "} %s_frame;", c->name);
}

static void emit_frame_fill(Out *o, const Unit *u)
{
    const Compiler *c = u->c;
    int ports = c->graph->nin + c->graph->nout;
    out_line(o, "%s_frame c;", c->name);
    for (int i = 0; i < ports; i++)
        out_line(o, "c.%s = %s;", c->ident[i], c->ident[i]);
    out_line(o, "c.m = m;");
    if (c->weight_bytes)
        out_line(o, "c.w = w;");
}

static bool mentions(const char *code, const char *word)
{
    size_t len = strlen(word);
    for (const char *p = code; (p = strstr(p, word)); p += len)
        if (!isalnum((unsigned char)p[len]) && (p == code || !isalnum((unsigned char)p[-1])))
            return true;
    return false;
}

/* A task that runs part i, and the call that runs all parts. */
static void emit_task(Out *o, Unit *u, int parts, const char *body)
{
    int task = ++u->ntask;
    out_line(&u->tasks, "static void %s_task%d(void *frame, int i)", u->c->name, task);
    out_line(&u->tasks, "{");
    out_line(&u->tasks, "const %s_frame *const c = (const %s_frame *)frame;", u->c->name,
             u->c->name);
    out_raw(&u->tasks, body);
    out_line(&u->tasks, "}");
    for (int i = 1; i <= u->nloop; i++)
        if (mentions(body, text("t%d", i)))
            out_line(o, "c.t%d = t%d;", i, i);
    out_line(o, "parallel(ctx, %d, %s_task%d, &c);", parts, u->c->name, task);
}

/* Layer n in parts: its task computes part i. */
static void emit_parts(Out *o, Unit *u, const Node *n)
{
    Out call;
    int64_t all = n->ranged ? n->plan.rows : n->plan.panels;
    out_init(&call);
    call.depth = 1;
    u->frame = "c->";
    emit_call(&call, u,
              &(Call){.n = n,
                      .from = text("i * %" PRId64 " / %d", all, n->parts),
                      .to = text("(i + 1) * %" PRId64 " / %d", all, n->parts)});
    u->frame = "";
    probes_before(o, u, &(Call){.n = n}, false);
    emit_task(o, u, n->parts, call.text);
    probes_after(o, u, &(Call){.n = n}, false);
}

/* ---- strips -------------------------------------------------------------------------------------------------------- */

/* Texts for a layer of a chain: it computes rows [from, to) in this turn, and its line buffer begins
 * with row `line`. The last layer and those that hand on a halo count in fromK, toK and lineK, which
 * emit_files.c reserves; any other goes along with the layer that reads it. */
typedef struct Turn {
    const char *from, *to, *line;
    bool halo;
    RowWindow reader; /* of the next layer on what this one makes */
} Turn;

static const char *row_sum(const char *row, int64_t factor, int64_t k)
{
    const char *s = factor == 1 ? row : text("%s * %" PRId64, row, factor);
    return k ? text("%s %c %" PRId64, s, k < 0 ? '-' : '+', k < 0 ? -k : k) : s;
}

static Turn *turns_of(const Unit *u, const Chain *c)
{
    bool all = probes_look(u->c);
    Turn *t = mem((size_t)c->n * sizeof *t);
    t[c->n - 1] = (Turn){.from = text("from%d", c->n - 1), .to = text("to%d", c->n - 1)};
    for (int i = c->n - 2; i >= 0; i--) {
        RowWindow w = (all ? row_window_all : row_window)(c->node[i + 1]);
        if (window_is_row(&w))
            t[i] = (Turn){.from = t[i + 1].from, .to = t[i + 1].to, .line = t[i + 1].from};
        else
            t[i] = (Turn){text("from%d", i), text("to%d", i), text("line%d", i), true, w};
    }
    return t;
}

/* Up to which row a layer must have come for the next one's turn. */
static void emit_end(Out *o, const Turn *t, const char *to)
{
    const char *rows =
        row_sum(to, t->reader.stride, t->reader.extent - t->reader.stride - t->reader.pad);
    out_line(o, "const int %s = %s < %" PRId64 " ? %s : %" PRId64 ";", t->to, rows, t->reader.in,
             rows, t->reader.in);
}

/* The first row that a layer reads for one from `row` on. */
static const char *first_text(const RowWindow *w, const char *row)
{
    row = row_sum(row, w->stride, -w->pad);
    return w->pad ? text("(%s > 0 ? %s : 0)", row, row) : row;
}

/* After the turn: which lines the next one begins with; those that are there already move up. */
static void emit_halo(Out *o, const Unit *u, const Turn *t, const Node *n, const char *to)
{
    const Value *v = n->out[0];
    const Call part = {.n = n};
    const char *keep = first_text(&t->reader, to);
    int64_t bytes = v->stride[outer_axis(v)] * dtype_bytes(v->dtype);
    if (t->reader.extent > t->reader.stride) {
        const Arg *a = n->arg;
        while (a->value != v)
            a++;
        probes_before(o, u, &part, true);
        out_line(o, "%s = rt_move_up(%sm + %" PRId64 "%s, %" PRId64 ", %s, %s, %s);", t->line,
                 u->frame, v->offset, scratch_text(u, a), bytes, t->line, keep, t->to);
        probes_after(o, u, &part, true);
        out_line(o, "%s = %s;", t->from, t->to);
    } else
        out_line(o, "%s = %s = %s;", t->line, t->from, keep);
}

static void describe_chain(Out *o, const Chain *c)
{
    out_line(o, "/* By strips of %" PRId64 " rows%s:", c->strip,
             c->n > 1 ? ", so that what these layers hand on stays in cache" : "");
    for (int i = 0; i < c->n; i++) {
        const Node *n = c->node[i];
        out_f(o, " *   %s", comment_text(n->origin[0]));
        if (i + 1 < c->n)
            out_f(o, ", %" PRId64 " of %" PRId64 " rows", n->out[0]->lines, n->plan.rows);
        out_nl(o);
    }
    out_line(o, " */");
}

static void emit_strip(Out *o, const Unit *u, const Chain *c, const Turn *t)
{
    for (int i = c->n - 2; i >= 0; i--)
        if (t[i].halo)
            emit_end(o, &t[i], t[i + 1].to);
    for (int i = 0; i < c->n; i++)
        emit_call(o, u,
                  &(Call){.n = c->node[i],
                          .from = t[i].from,
                          .to = t[i].to,
                          .x_row = i ? t[i - 1].line : NULL,
                          .y_row = i + 1 < c->n ? t[i].line : NULL});
    for (int i = 0; i + 1 < c->n; i++)
        if (t[i].halo)
            emit_halo(o, u, &t[i], c->node[i], t[i + 1].to);
}

/* The turns that make rows from `begin` to `end` of the last layer's output. */
static void emit_turns(Out *o, const Unit *u, const Chain *c, const char *begin, const char *end)
{
    Turn *t = turns_of(u, c), *last = &t[c->n - 1];
    const char *from = last->from, *to = text("%s + %lld", from, (long long)c->strip);
    for (int i = c->n - 2; i >= 0; i--) {
        const char *reader = strcmp(t[i + 1].from, from) ? t[i + 1].from : begin;
        if (t[i].halo)
            out_line(o, "int %s = %s, %s = %s;", t[i].line,
                     strcmp(begin, "0") ? first_text(&t[i].reader, reader) : "0", t[i].from,
                     t[i].line);
    }
    out_line(o, "for (int %s = %s; %s < %s; %s += %lld) {", from, begin, from, end, from,
             (long long)c->strip);
    if (c->parts || c->node[c->n - 1]->plan.rows % c->strip)
        to = text("%s < %s ? %s : %s", to, end, to, end);
    out_line(o, "const int %s = %s;", last->to, to);
    emit_strip(o, u, c, t);
    out_line(o, "}");
}

static void emit_chain(Out *o, Unit *u, const Chain *c)
{
    long long rows = (long long)c->node[c->n - 1]->plan.rows;
    describe_chain(o, c);
    if (!c->parts) {
        out_line(o, "{");
        emit_turns(o, u, c, "0", text("%lld", rows));
        out_line(o, "}");
        return;
    }
    Out body;
    out_init(&body);
    body.depth = 1;
    u->frame = "c->";
    out_line(&body, "const int begin = i * %lld / %d, end = (i + 1) * %lld / %d;", rows, c->parts,
             rows, c->parts);
    emit_turns(&body, u, c, "begin", "end");
    u->frame = "";
    probes_before(o, u, &(Call){.n = c->node[0]}, false);
    emit_task(o, u, c->parts, body.text);
    probes_after(o, u, &(Call){.n = c->node[0]}, false);
}

/* ---- control ------------------------------------------------------------------------------------------------------- */

static void emit_calls(Out *o, Unit *u, const Graph *g);

static const char *scalar_text(const Unit *u, const Value *v)
{
    return text("*%s", value_text(u, v));
}

static void emit_if(Out *o, Unit *u, const Node *n)
{
    if (n->nout == 0) { /* a check that require() made */
        out_line(o, "if (!%s)", scalar_text(u, n->in[0]));
        out_line(o, "return 2; /* %s: %s */", comment_text(n->name), comment_text(n->refused));
        return;
    }
    out_line(o, "if (%s) { /* %s */", scalar_text(u, n->in[0]), comment_text(n->name));
    emit_calls(o, u, n->body[0]);
    out_line(o, "} else {");
    emit_calls(o, u, n->body[1]);
    out_line(o, "}");
}

/* t1 counts the turns of loop 1, n1 is their number when it is not a constant, go1 the condition. */
static void emit_loop(Out *o, Unit *u, const Node *n)
{
    Value *m = n->in[LOOP_M], *cond = n->in[LOOP_COND], *again = n->body[0]->out[LOOP_AGAIN];
    const char *id = text("%d", n->counter), *limit = "", *go = "";
    Out turn;
    out_init(&turn);
    turn.depth = o->depth + 1;
    emit_calls(&turn, u, n->body[0]);
    if (!turn.len && again->data && !n->counts) /* nothing is left of the body */
        return;
    if (m && m->data)
        limit = text("t%s < %" PRId64, id, value_int_at(m, 0));
    else if (n->trips >= 0 && !n->counts)
        limit = text("t%s < %" PRId64, id, n->trips);
    else if (m)
        limit = text("t%s < n%s", id, id);
    if ((cond && !cond->data) || !again->data) {
        go = text("go%s%s", id, *limit ? " && " : "");
        out_line(o, "uint8_t go%s = %s;", id, cond && !cond->data ? scalar_text(u, cond) : "1");
    }
    if (m && !m->data)
        out_line(o, "const int64_t n%s = %s;", id, scalar_text(u, m));
    if (n->counts) {
        out_line(o, "int64_t t%s = 0;", id);
        out_line(o, "for (; %s%s; t%s++) { /* %s */", go, limit, id, comment_text(n->name));
        out_line(o, "if (t%s == %" PRId64 ")", id, n->trips);
        out_line(o, "return 2; /* more turns than are declared */");
    } else if (*limit || mentions(turn.text, text("t%s", id)))
        out_line(o, "for (int64_t t%s = 0; %s%s; t%s++) { /* %s */", id, go, limit, id,
                 comment_text(n->name));
    else
        out_line(o, "while (%s) { /* %s */", go, comment_text(n->name));
    out_raw(o, turn.text);
    if (!again->data)
        out_line(o, "go%s = %s;", id, scalar_text(u, again));
    else if (!value_int_at(again, 0))
        out_line(o, "break;");
    out_line(o, "}");
    if (n->counts) {
        out_line(o, "if (t%s != %" PRId64 ")", id, n->trips);
        out_line(o, "return 2; /* fewer turns than are declared */");
    }
}

static void emit_calls(Out *o, Unit *u, const Graph *g)
{
    for (int i = 0; i < g->nnode; i++) {
        const Node *n = g->node[i];
        if (n->chain) {
            if (n == n->chain->node[0])
                emit_chain(o, u, n->chain);
        } else if (n->parts) {
            emit_parts(o, u, n);
        } else if (n->op->cls != OP_CONTROL) {
            emit_call(o, u, &(Call){.n = n});
        } else {
            (node_is_loop(n) ? emit_loop : emit_if)(o, u, n);
        }
    }
}

/* ---- NAME_run ------------------------------------------------------------------------------------------------------ */

/* The type that the caller knows. */
static const char *port_type(const Compiler *c, const Value *v)
{
    return v->dtype == DT_STRING ? text("%s_string", c->name) : dtype_c(v->dtype);
}

static const char *prototype(const Compiler *c, const char *run, const char *rest)
{
    const char *s = text("int %s_%s(", c->name, run);
    const Graph *g = c->graph;
    for (int i = 0; i < g->nin; i++)
        s = text("%sconst %s %s[%" PRId64 "], ", s, port_type(c, g->in[i]), input_ident(c, i),
                 MAX(value_count(g->in[i]), 1));
    for (int i = 0; i < g->nout; i++)
        s = text("%s%s %s[%" PRId64 "], ", s, port_type(c, g->out[i]), output_ident(c, i),
                 MAX(value_count(g->out[i]), 1));
    if (c->weights_bin)
        s = text("%sconst void *weights, ", s);
    return text("%svoid *work%s)", s, rest);
}

const char *run_prototype(const Compiler *c)
{
    return prototype(c, "run", "");
}

const char *run_parallel_prototype(const Compiler *c)
{
    return prototype(c, "run_parallel", text(", %s_parallel_for *parallel, void *ctx", c->name));
}

const char *run_probed_prototype(const Compiler *c)
{
    const char *threads =
        c->threads > 1 ? text(", %s_parallel_for *parallel, void *ctx", c->name) : "";
    return prototype(c, "run_probed", text("%s, const %s_probe *probe", threads, c->name));
}

static void emit_checks(Out *o, const Compiler *c)
{
    const Graph *g = c->graph;
    const char *s = "!work || (uintptr_t)work % 64";
    if (c->threads > 1)
        s = text("%s || !parallel", s);
    for (int i = 0; i < g->nin; i++)
        s = text("%s || !%s", s, input_ident(c, i));
    for (int i = 0; i < g->nout; i++)
        s = text("%s || !%s", s, output_ident(c, i));
    if (c->weights_bin)
        s = text("%s || !weights || (uintptr_t)weights %% 64", s);
    out_line(o, "if (%s)", s);
    out_line(o, "return 1;");
}

/* The function `head`, which calls another with the same arguments and some more. */
static void emit_hand_on(Out *o, const Compiler *c, const char *head, const char *to,
                         const char *rest)
{
    int ports = c->graph->nin + c->graph->nout;
    out_nl(o);
    out_line(o, "%s", head);
    out_line(o, "{");
    out_f(o, "return %s_%s(", c->name, to);
    for (int i = 0; i < ports; i++)
        out_f(o, "%s, ", c->ident[i]);
    out_f(o, "%swork%s);", c->weights_bin ? "weights, " : "", rest);
    out_nl(o);
    out_line(o, "}");
}

/* NAME_run where there are threads: the parts one after the other. */
static void emit_run_alone(Out *o, const Compiler *c)
{
    out_line(o,
             "static void %s_in_turn(void *ctx, int n, void (*task)(void *arg, int i), void *arg)",
             c->name);
    out_line(o, "{");
    out_line(o, "(void)ctx;");
    out_line(o, "for (int i = 0; i < n; i++)");
    out_line(o, "task(arg, i);");
    out_line(o, "}");
    emit_hand_on(o, c, run_prototype(c), "run_parallel", text(", %s_in_turn, work", c->name));
}

void emit_run(Out *o, Unit *u)
{
    const Compiler *c = u->c;
    bool threads = c->threads > 1;
    Out calls;
    out_init(&calls);
    out_init(&u->tasks);
    calls.depth = 1;
    if (probes_look(c)) { /* numbers them */
        looks_of(c->graph);
        works_in(c->graph);
    }
    emit_calls(&calls, u, c->graph);
    if (u->ntask)
        emit_frame(o, u);
    out_raw(o, u->tasks.text ? u->tasks.text : "");
    if (c->nprobe)
        emit_probe_functions(o, c);
    out_line(o, "%s",
             c->nprobe ? run_probed_prototype(c)
             : threads ? run_parallel_prototype(c)
                       : run_prototype(c));
    out_line(o, "{");
    if (strstr(calls.text, "(m + ") || u->ntask)
        out_line(o, "unsigned char *const m = (unsigned char *)work;");
    bool weights = strstr(calls.text, "(w + ") || (u->ntask && c->weight_bytes);
    if (weights && c->weights_bin)
        out_line(o, "const unsigned char *const w = (const unsigned char *)weights;");
    else if (weights)
        out_line(o, "const char *const w = %s_weights.bytes;", c->name);
    if (u->ntask)
        emit_frame_fill(o, u);
    for (int i = 0; i < c->nprobe; i++)
        if (c->probe[i]->locals)
            c->probe[i]->locals(o, c);
    if (threads && !u->ntask)
        out_line(o, "(void)ctx;");
    emit_checks(o, c);
    out_raw(o, calls.text);
    out_line(o, "return 0;");
    out_line(o, "}");
    if (c->nprobe)
        emit_hand_on(o, c, threads ? run_parallel_prototype(c) : run_prototype(c), "run_probed",
                     threads ? ", parallel, ctx, NULL" : ", NULL");
    if (threads)
        emit_run_alone(o, c);
}
