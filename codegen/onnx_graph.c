/* SPDX-License-Identifier: MIT
 * onnx_graph.c - nodes to a Graph. Names become values through scopes (see onnx.h); a node that calls a function of
 * the model is replaced by the function's nodes. Everything dnncc does not support becomes a blocker and reading goes
 * on, so that one run tells all; what makes no sense as a graph ends it. */
#include <inttypes.h>
#include <string.h>
#include "onnx.h"

#define NODES_MAX \
    (1 << 17) /* a few functions that call each other can stand for more than any memory holds */
#define CALLS_MAX 32

const char *node_label(const Onnx__NodeProto *p)
{
    if (*wire_text(p->name))
        return safe_name(p->name);
    const char *out = "";
    for (size_t i = 0; i < p->n_output && !*out; i++)
        out = p->output[i];
    return safe_name(text("%s_%s", wire_text(p->op_type), out));
}

static const char *domain_of(const char *domain)
{
    return !domain || !strcmp(domain, "ai.onnx") ? "" : domain;
}

/* The version of a domain that the function or model being read was written for; -1: it names none. */
static int64_t opset_of(const Call *call, const char *domain)
{
    for (; call; call = call->caller)
        for (size_t i = 0; i < call->nopset; i++)
            if (!strcmp(domain_of(call->opset[i]->domain), domain))
                return call->opset[i]->version;
    return -1;
}

/* How messages name a node that has not become one. */
static const char *who(const Scope *s, const Onnx__NodeProto *p)
{
    return text("node '%s%s' (%s)", s->call->prefix, node_label(p),
                safe_name(wire_text(p->op_type)));
}

/* The value called `name`; NULL for a parameter left out. It is read by node p, or (NULL) is an output. */
static Value *value_read(Scope *s, const char *name, const Onnx__NodeProto *p)
{
    for (Scope *in = s; in; in = in->outer) {
        const Name *found = names_find(&in->names, name);
        if (found)
            return found->value;
    }
    const char *safe = safe_name(name);
    blocker(NULL, NULL, "%s '%s' which nothing produces",
            p ? text("%s: reads", who(s, p)) : "has the output", safe);
    return value_new(s->g, safe, DT_NONE, -1, NULL);
}

static const Value *declared_find(const Scope *s, const char *name)
{
    const Name *found = names_find(&s->declared, name);
    return found ? found->value : NULL;
}

/* A value of node n, called `name` in the scope. */
static Value *value_make(Scope *s, const char *name)
{
    Value *v = value_new(s->g, safe_name(text("%s%s", s->call->prefix, name)), DT_NONE, -1, NULL);
    v->declared = declared_find(s, name);
    names_find(&s->names, name)->value = v;
    return v;
}

static int trimmed(size_t n, char **name)
{
    while (n && !*name[n - 1])
        n--;
    return (int)n;
}

static void count_check(const Node *n, const char *what, int have, int least, int most)
{
    const char *range = most < 0        ? text("at least %d", least)
                        : least == most ? text("%d", least)
                                        : text("%d to %d", least, most);
    if (have < least || (most >= 0 && have > most))
        blocker(n, NULL, "has %d %s%s, not %s", have, what, have == 1 ? "" : "s", range);
}

static void inputs_link(Scope *s, Node *n, const Onnx__NodeProto *p)
{
    int count = trimmed(p->n_input, p->input);
    for (int i = 0; i < count; i++) {
        Value *v = *p->input[i] ? value_read(s, p->input[i], p) : NULL;
        bool optional = n->op->max_in >= 0 || n->op->cls == OP_CONTROL;
        if (!v && (i < n->op->min_in || !optional))
            blocker(n, NULL, "input %d is left out but required", i);
        node_input_add(n, v);
    }
    n->nown = n->nin;
    count_check(n, "input", count, n->op->min_in, n->op->max_in);
}

static void outputs_link(Scope *s, Node *n, const Onnx__NodeProto *p)
{
    int count = trimmed(p->n_output, p->output);
    for (int i = 0; i < count; i++) {
        Value *v = *p->output[i] ? value_make(s, p->output[i]) : NULL;
        PUSH(n->out, n->nout, v);
        if (v)
            v->producer = n;
    }
    count_check(n, "output", count, n->op->min_out, n->op->max_out);
}

static void op_read(Scope *s, const Onnx__NodeProto *p, const Op *op)
{
    Node *n = node_of(op, text("%s%s", s->call->prefix, node_label(p)), 0, NULL, 0, NULL);
    int64_t opset = opset_of(s->call, op->domain);
    /* Versions of operators came with IR 3. Tools that put operators of other domains into a model often name none of the
     * domain; dnncc knows one version of each. */
    if (opset < 0 && (s->r->model->ir_version < 3 || *op->domain))
        opset = 1;
    if (opset < 0)
        fatal(NULL, "node '%s' (%s) is of domain 'ai.onnx', of which the model names no version",
              n->name, op->name);
    n->opset = (int)opset;
    inputs_link(s, n, p);
    outputs_link(s, n, p);
    attrs_read(s, n, p);
    graph_add(s->g, n);
}

static const char *refusal_of(const char *op)
{
    static const struct {
        const char *name, *why;
    } refused[] = {
#define REFUSED(name, why) {#name, why},
#include "refused.def"
#undef REFUSED
    };
    for (size_t i = 0; i < COUNT(refused); i++)
        if (!strcmp(refused[i].name, op))
            return refused[i].why;
    return NULL;
}

static void op_unknown(Scope *s, const Onnx__NodeProto *p, const char *domain)
{
    const char *why = refusal_of(wire_text(p->op_type));
    if (why)
        blocker(NULL, NULL, "%s: %s, which is not supported", who(s, p), why);
    else
        blocker(
            NULL,
            *domain
                ? "export the model with operators of ONNX alone, or with this one as a function"
                : "the operator may be misspelt, or not supported yet",
            "%s: operator '%s' of domain '%s' is not known", who(s, p),
            safe_name(wire_text(p->op_type)), *domain ? safe_name(domain) : "ai.onnx");
    for (size_t i = 0; i < p->n_output; i++)
        if (*p->output[i])
            value_make(s, p->output[i]);
}

/* ---- functions ---- */

const char *function_key(const char *domain, const char *name, const char *overload)
{
    return text("%s:%s:%s", domain_of(domain), wire_text(name), wire_text(overload));
}

static const Onnx__FunctionProto *function_find(const Reader *r, const Onnx__NodeProto *p)
{
    const Name *found = names_find(&r->functions, function_key(p->domain, p->op_type, p->overload));
    return found ? r->model->functions[found->maker] : NULL;
}

/* What the call gives for the function's attributes, and the defaults of the others. */
static void call_attributes(Scope *s, Call *call, const Onnx__NodeProto *p)
{
    const Onnx__FunctionProto *f = call->function;
    for (size_t i = 0; i < f->n_attribute_proto; i++)
        PUSH(call->given, call->ngiven,
             ((Given){wire_text(f->attribute_proto[i]->name), f->attribute_proto[i], s}));
    for (size_t i = 0; i < p->n_attribute; i++) {
        Given g = attr_resolve(s, p->attribute[i]); /* a later one of a name replaces the default */
        bool known = false;
        for (size_t k = 0; k < f->n_attribute; k++)
            known |= !strcmp(f->attribute[k], g.name);
        for (size_t k = 0; k < f->n_attribute_proto; k++)
            known |= !strcmp(wire_text(f->attribute_proto[k]->name), g.name);
        if (!known)
            blocker(NULL, NULL, "%s: the function has no attribute '%s'", who(s, p),
                    safe_name(g.name));
        if (g.attr)
            PUSH(call->given, call->ngiven, g);
    }
}

static const Call *call_new(Scope *s, const Onnx__NodeProto *p, const Onnx__FunctionProto *f)
{
    Call *call = mem(sizeof *call);
    int depth = 0;
    for (const Call *c = s->call; c; c = c->caller, depth++)
        if (c->function == f || depth > CALLS_MAX)
            fatal(NULL,
                  c->function == f ? "function '%s' calls itself"
                                   : "function '%s' is called too deep inside others",
                  safe_name(wire_text(f->name)));
    *call = (Call){.caller = s->call,
                   .function = f,
                   .opset = f->opset_import,
                   .nopset = f->n_opset_import};
    call->prefix = text("%s%s/", s->call->prefix, node_label(p));
    call_attributes(s, call, p);
    return call;
}

static void nodes_read(Scope *s, size_t n, Onnx__NodeProto **node);

static void parameters_bind(Scope *s, Scope *in, const Onnx__NodeProto *p,
                            const Onnx__FunctionProto *f)
{
    for (size_t i = 0; i < f->n_input; i++) {
        Name *parameter = names_add(&in->names, f->input[i]);
        if (!parameter)
            fatal(NULL, "function '%s' has two inputs '%s'", safe_name(wire_text(f->name)),
                  safe_name(f->input[i]));
        if (i < p->n_input && *p->input[i])
            parameter->value = value_read(s, p->input[i], p);
    }
    if ((size_t)trimmed(p->n_input, p->input) > f->n_input ||
        (size_t)trimmed(p->n_output, p->output) > f->n_output)
        blocker(NULL, NULL, "%s: has more inputs or outputs than the function's %zu and %zu",
                who(s, p), f->n_input, f->n_output);
}

static void function_inline(Scope *s, const Onnx__NodeProto *p, const Onnx__FunctionProto *f)
{
    Scope in = {.r = s->r, .call = call_new(s, p, f), .g = s->g};
    parameters_bind(s, &in, p, f);
    nodes_read(&in, f->n_node, f->node);
    for (size_t i = 0; i < p->n_output; i++) {
        if (!*p->output[i])
            continue;
        Value *v = i < f->n_output ? value_read(&in, f->output[i], NULL)
                                   : value_new(s->g, "", DT_NONE, -1, NULL);
        const Name *inside = i < f->n_output ? names_find(&in.names, f->output[i]) : NULL;
        if (inside && inside->maker >= 0) { /* made by the function, so the caller names it */
            v->name = safe_name(text("%s%s", s->call->prefix, p->output[i]));
            v->declared = declared_find(s, p->output[i]);
        }
        names_find(&s->names, p->output[i])->value = v;
    }
}

/* ---- graphs ---- */

/* Rows of ours that are no ONNX operators. */
static bool is_internal(const char *name)
{
    static const char *const ours[] = {"Map", "Copy", "Compact", "Couple", "Trees", "UniqueRows"};
    for (size_t i = 0; i < COUNT(ours); i++)
        if (!strcmp(ours[i], name))
            return true;
    return false;
}

static void node_read(Scope *s, const Onnx__NodeProto *p)
{
    const char *domain = domain_of(p->domain), *name = wire_text(p->op_type);
    const Onnx__FunctionProto *f = function_find(s->r, p);
    const Op *op = is_internal(name) ? NULL : op_find(domain, name);
    if (++s->r->nodes > NODES_MAX)
        fatal(NULL, "the model has more than %d nodes", NODES_MAX);
    if (f)
        function_inline(s, p, f);
    else if (op)
        op_read(s, p, op);
    else
        op_unknown(s, p, domain);
}

static void nodes_read(Scope *s, size_t n, Onnx__NodeProto **node)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < node[i]->n_output; k++) {
            Name *name = *node[i]->output[k] ? names_add(&s->names, node[i]->output[k]) : NULL;
            if (name)
                name->maker = (int)i;
            else if (*node[i]->output[k])
                fatal("in an ONNX graph every name has one producer",
                      "'%s' is defined twice, the second time by node '%s' (%s)",
                      safe_name(node[i]->output[k]), node_label(node[i]),
                      safe_name(wire_text(node[i]->op_type)));
        }
    const int *order = order_nodes(&s->names, (int)n, node);
    for (size_t i = 0; i < n; i++)
        node_read(s, node[order[i]]);
}

static void initializer_add(Scope *s, const char *name, Value *v)
{
    Name *known = names_add(&s->names, name);
    if (!known)
        fatal(NULL, "initializer '%s' is given twice", v->name);
    known->value = v;
}

static void initializers_read(Scope *s, const Onnx__GraphProto *p)
{
    for (size_t i = 0; i < p->n_initializer; i++) {
        const char *name = wire_text(p->initializer[i]->name);
        initializer_add(s, name,
                        tensor_read(s->r, s->g, p->initializer[i],
                                    text("initializer '%s'", safe_name(name)), name));
    }
    for (size_t i = 0; i < p->n_sparse_initializer; i++) {
        const Onnx__SparseTensorProto *t = p->sparse_initializer[i];
        const char *name = t->values ? wire_text(t->values->name) : "";
        initializer_add(s, name,
                        sparse_read(s->r, s->g, t, text("initializer '%s'", safe_name(name))));
    }
}

/* A value known under another name, through a function or from around a branch, gets an Identity to carry this one. */
static Value *output_named(Scope *s, Value *v, const char *name)
{
    if (!v || !strcmp(v->name, name))
        return v;
    Value *out = value_new(s->g, name, DT_NONE, -1, NULL);
    graph_add(s->g, node_new(s->g, "Identity", text("%s_name", name), 1, &v, 1, &out));
    return out;
}

static void outputs_read(Scope *s, const Onnx__GraphProto *p)
{
    for (size_t i = 0; i < p->n_output; i++) {
        const char *name = wire_text(p->output[i]->name);
        const char *full = safe_name(text("%s%s", s->call->prefix, name));
        Value *v = output_named(s, value_read(s, name, NULL), full);
        if (!v)
            fatal(NULL, "output '%s' is a parameter that a call leaves out", full);
        PUSH(s->g->out, s->g->nout, v);
    }
    if (!s->g->nout)
        fatal(NULL, "a graph has no outputs");
}

/* What a loop hands its body each turn; the types follow from what the loop is given. */
static void parameters_read(Scope *s, const Onnx__GraphProto *p)
{
    for (size_t i = 0; i < p->n_input; i++) {
        Name *name = names_add(&s->names, wire_text(p->input[i]->name));
        const char *full = safe_name(text("%s%s", s->call->prefix, wire_text(p->input[i]->name)));
        if (!name)
            fatal(NULL, "the body '%s' has two inputs or an initializer '%s'", s->g->name, full);
        name->value = value_new(s->g, full, DT_NONE, -1, NULL);
        PUSH(s->g->in, s->g->nin, name->value);
    }
}

Graph *branch_read(Scope *outer, const Onnx__GraphProto *p)
{
    Scope s = {.r = outer->r, .outer = outer, .call = outer->call, .g = graph_new(outer->g)};
    s.g->name = safe_name(wire_text(p->name));
    initializers_read(&s, p);
    parameters_read(&s, p);
    declarations_read(&s, p);
    nodes_read(&s, p->n_node, p->node);
    outputs_read(&s, p);
    return s.g;
}

Graph *model_read(Reader *r)
{
    const Onnx__GraphProto *p = r->model->graph;
    Call model = {.prefix = "",
                  .opset = r->model->opset_import,
                  .nopset = r->model->n_opset_import};
    Scope s = {.r = r, .call = &model, .g = graph_new(NULL)};
    s.g->name = safe_name(wire_text(p->name));
    initializers_read(&s, p);
    inputs_read(&s, p);
    declarations_read(&s, p);
    nodes_read(&s, p->n_node, p->node);
    outputs_read(&s, p);
    outputs_declare(&s, p);
    return s.g;
}
