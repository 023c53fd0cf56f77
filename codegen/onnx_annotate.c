/* SPDX-License-Identifier: MIT
 * onnx_annotate.c - the user's own model with remarks on its nodes, for programs that draw models. Some show a node's
 * metadata, others its doc_string: it gets both. External data stay where they are. */
#include <string.h>
#include "onnx.h"
#include "files.h"

typedef struct Annotator {
    Remarks *of;
    const void *arg;
} Annotator;

static char *copy(const char *s)
{
    return text("%s", s);
}

static void remarks_add(Onnx__NodeProto *p, const char **remark)
{
    const char *all = "";
    Onnx__StringStringEntryProto **list = NULL;
    int n = 0;
    for (size_t i = 0; i < p->n_metadata_props; i++)
        PUSH(list, n, p->metadata_props[i]);
    for (; remark[0]; remark += 2) {
        Onnx__StringStringEntryProto *e = mem(sizeof *e);
        onnx__string_string_entry_proto__init(e);
        e->key = copy(remark[0]);
        e->value = copy(remark[1]);
        PUSH(list, n, e);
        all = text("%s%s%s %s", all, *all ? ", " : "", remark[0], remark[1]);
    }
    p->metadata_props = list;
    p->n_metadata_props = (size_t)n;
    p->doc_string = *wire_text(p->doc_string) ? text("%s\n%s", p->doc_string, all) : copy(all);
}

static void graph_annotate(const Annotator *a, Onnx__GraphProto *g)
{
    for (size_t i = 0; i < g->n_node; i++) {
        Onnx__NodeProto *p = g->node[i];
        const char **remark = a->of(a->arg, node_label(p));
        if (remark)
            remarks_add(p, remark);
        for (size_t k = 0; k < p->n_attribute; k++)
            if (p->attribute[k]->g)
                graph_annotate(a, p->attribute[k]->g);
    }
}

void onnx_annotate(const char *model, const char *path, Remarks *of, const void *arg)
{
    Annotator a = {of, arg};
    size_t bytes;
    const char *data = read_file(model, &bytes);
    Onnx__ModelProto *m = wire_read(&onnx__model_proto__descriptor, data, bytes, "the file");
    graph_annotate(&a, m->graph);
    bytes = onnx__model_proto__get_packed_size(m);
    if (bytes > INT32_MAX)
        fatal(NULL, "cannot write '%s': an ONNX file cannot have more than 2 GiB", path);
    uint8_t *packed = mem(bytes);
    onnx__model_proto__pack(m, packed);
    fwrite(packed, 1, bytes, file_begin(path));
    files_commit();
}
