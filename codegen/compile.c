/* SPDX-License-Identifier: MIT
 * compile.c - the pipeline: from a model's bytes to C, one call a stage. */
#include <string.h>
#include <time.h>
#include "dnncc.h"

static void read_model(Compiler *c)
{
    c->graph = onnx_read(c, c->model);
    blockers_check();
}

static void infer_checked(Compiler *c)
{
    infer(c);
    blockers_check();
}

static void bound(Compiler *c)
{
    graph_count_uses(c->graph);
    c->bound_bytes = liveness_bound(c->graph);
}

static const Pass passes[] = {
    {"read", read_model}, {"infer", infer_checked}, {"widen", widen},           {"fuse", fuse},
    {"bound", bound},     {"layout", layout},       {"select", select_kernels}, {"stream", stream},
    {"split", split},     {"place", place},
};

static void dump(const Compiler *c, const char *stage)
{
    if (c->dump && !strcmp(c->dump, stage))
        graph_dump(c->graph, stdout, 0);
    if (c->dump_onnx && !strcmp(stage, c->dump ? c->dump : "fuse"))
        onnx_write(c->graph, c->dump_onnx);
}

static void check_stage_name(const char *stage)
{
    const char *all = "";
    for (size_t i = 0; i < COUNT(passes); i++) {
        if (!strcmp(passes[i].name, stage))
            return;
        all = text("%s%s%s", all, i ? ", " : "", passes[i].name);
    }
    fatal(text("stages are %s", all), "there is no stage '%s' to dump", stage);
}

void compile(Compiler *c)
{
    time_t start = time(NULL);
    string_bytes_set(c->string_bytes ? c->string_bytes : STRING_BYTES);
    if (c->dump)
        check_stage_name(c->dump);
    for (size_t i = 0; i < COUNT(passes); i++) {
        if (time(NULL) > start + 1)
            progress("dnncc: %s ...", passes[i].name);
        passes[i].run(c);
        graph_verify(c->graph, passes[i].name);
        dump(c, passes[i].name);
        if (c->watch)
            c->watch(c, passes[i].name);
    }
    if (c->explain)
        explain(c, stdout);
    if (c->out)
        emit_files(c);
}
