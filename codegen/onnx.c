/* SPDX-License-Identifier: MIT
 * onnx.c - reading a model: the file, the versions it was written for, its functions; then its graph (onnx_graph.c).
 * The messages stay in the arena, because constants point into them. */
#include <inttypes.h>
#include <nettle/sha2.h>
#include <string.h>
#include <sys/stat.h>
#include "onnx.h"

static char *file_read(const char *path, size_t *bytes)
{
    struct stat st;
    if (!stat(path, &st) && st.st_size > INT32_MAX)
        fatal("larger models keep their tensors in files of their own, as external data",
              "has %lld bytes; an ONNX file cannot have more than 2 GiB", (long long)st.st_size);
    char *data = read_file(path, bytes);
    if (!*bytes)
        fatal(NULL, "the file is empty");
    return data;
}

void sha256_hex(const void *data, size_t bytes, char hex[2 * SHA256_DIGEST_SIZE + 1])
{
    struct sha256_ctx sha;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&sha);
    sha256_update(&sha, bytes, data);
    sha256_digest(&sha, sizeof digest, digest);
    for (int i = 0; i < SHA256_DIGEST_SIZE; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

static void opsets_check(const char *whose, size_t n, Onnx__OperatorSetIdProto *const *opset)
{
    for (size_t i = 0; i < n; i++) {
        const char *domain = wire_text(opset[i]->domain);
        int64_t v = opset[i]->version;
        if (*domain && strcmp(domain, "ai.onnx"))
            continue;
        if (v < OPSET_OLDEST || v > OPSET_NEWEST)
            fatal(text("export the model for opset %d", OPSET_NEWEST),
                  "%suses opset %" PRId64 ", which is %s; dnncc reads %d to %d", whose, v,
                  v < OPSET_OLDEST ? "none" : "newer than this dnncc knows", OPSET_OLDEST,
                  OPSET_NEWEST);
    }
}

static void versions_check(const Onnx__ModelProto *m)
{
    if (!m->graph || !m->has_ir_version)
        fatal("is it a tensor, or another format?", "is not an ONNX model: it has no %s",
              m->graph ? "IR version" : "graph");
    if (m->ir_version < IR_OLDEST || m->ir_version > IR_NEWEST)
        fatal(m->ir_version > IR_NEWEST
                  ? "export the model with an older IR version, or use a newer dnncc"
                  : "convert the model with a newer ONNX",
              "has IR version %" PRId64 "; dnncc reads %d to %d", m->ir_version, IR_OLDEST,
              IR_NEWEST);
    opsets_check("", m->n_opset_import, m->opset_import);
}

static void functions_list(Reader *r)
{
    for (size_t i = 0; i < r->model->n_functions; i++) {
        const Onnx__FunctionProto *f = r->model->functions[i];
        const char *name = safe_name(wire_text(f->name));
        Name *added = names_add(&r->functions, function_key(f->domain, f->name, f->overload));
        if (!added)
            fatal(NULL, "function '%s' is defined twice", name);
        added->maker = (int)i;
        opsets_check(text("function '%s' ", name), f->n_opset_import, f->opset_import);
    }
}

Graph *onnx_read(Compiler *c, const char *path)
{
    Reader r = {.c = c};
    const char *slash = strrchr(path, '/');
    size_t bytes;
    char *data = file_read(path, &bytes);
    r.folder = !slash ? "." : slash == path ? "/" : text("%.*s", (int)(slash - path), path);
    sha256_hex(data, bytes, c->sha256);
    PUSH(c->dep, c->ndep, path);
    r.model = wire_read(&onnx__model_proto__descriptor, data, bytes, "the file");
    mem_release(data, bytes + 1); /* messages are copies */
    versions_check(r.model);
    c->ir_version = r.model->ir_version;
    functions_list(&r);
    return model_read(&r);
}
