/* SPDX-License-Identifier: MIT
 * onnx_wire.c - from bytes to protobuf messages. protobuf-c calls itself for every nested message, so a file could
 * make it run out of stack; therefore a walk with a stack of its own goes first. It also tells where a damaged file
 * breaks, which protobuf-c does not. */
#include <ctype.h>
#include <string.h>
#include "onnx.h"

#define DEPTH_MAX 64 /* an If inside an If takes three levels: node, attribute, graph */

typedef struct Level {
    const uint8_t *end;
    const ProtobufCMessageDescriptor *type;
} Level;

typedef struct Walk {
    const uint8_t *p;
    Level level[DEPTH_MAX];
    int depth;
    bool bad, deep;
} Walk;

static uint64_t varint(Walk *w)
{
    const uint8_t *end = w->level[w->depth].end;
    uint64_t v = 0;
    for (int shift = 0; shift < 70 && w->p < end; shift += 7) {
        uint8_t b = *w->p++;
        v |= shift < 64 ? (uint64_t)(b & 127) << shift : 0;
        if (b < 128)
            return v;
    }
    w->bad = true;
    return 0;
}

static void skip(Walk *w, uint64_t bytes)
{
    if (bytes > (uint64_t)(w->level[w->depth].end - w->p))
        w->bad = true;
    else
        w->p += bytes;
}

/* A field with a length: enter it if it is a message, else step over it. */
static void enter(Walk *w, const ProtobufCFieldDescriptor *field)
{
    uint64_t bytes = varint(w);
    const uint8_t *start = w->p;
    skip(w, bytes);
    if (w->bad || !field || field->type != PROTOBUF_C_TYPE_MESSAGE)
        return;
    if (++w->depth == DEPTH_MAX) {
        w->bad = w->deep = true;
        return;
    }
    w->level[w->depth] = (Level){w->p, field->descriptor};
    w->p = start;
}

static void walk_field(Walk *w)
{
    uint64_t tag = varint(w);
    const ProtobufCMessageDescriptor *type = w->level[w->depth].type;
    switch (tag & 7) {
    case 0: varint(w); break;
    case 1: skip(w, 8); break;
    case 2: enter(w, protobuf_c_message_descriptor_get_field(type, (unsigned)(tag >> 3))); break;
    case 5: skip(w, 4); break;
    default: w->bad = true;
    }
}

static Walk walk(const ProtobufCMessageDescriptor *type, const uint8_t *data, size_t bytes)
{
    Walk w = {.p = data, .level = {{data + bytes, type}}};
    while (w.depth >= 0 && !w.bad) {
        if (w.p == w.level[w.depth].end)
            w.depth--;
        else
            walk_field(&w);
    }
    return w;
}

static void *wire_alloc(void *unused, size_t bytes)
{
    (void)unused;
    return mem(bytes);
}

static void wire_free(void *unused, void *p)
{
    (void)unused;
    (void)p;
}

/* The message in `bytes` bytes, in the arena; so are its strings and lists, aligned for any element type. */
void *wire_read(const ProtobufCMessageDescriptor *type, const char *data, size_t bytes,
                const char *what)
{
    static ProtobufCAllocator arena = {wire_alloc, wire_free, NULL};
    Walk w = walk(type, (const uint8_t *)data, bytes);
    if (w.deep)
        fatal("the format allows it, but no exporter writes such files",
              "%s nests messages deeper than %d levels", what, DEPTH_MAX);
    void *m = w.bad ? NULL : protobuf_c_message_unpack(type, &arena, bytes, (const uint8_t *)data);
    if (w.bad)
        fatal("it is truncated, damaged, or of another format",
              "%s is not valid ONNX: its encoding breaks at byte %td of %zu", what,
              w.p - (const uint8_t *)data, bytes);
    if (!m)
        fatal("it is damaged, or of another format",
              "%s is not valid ONNX: a field has the wrong type", what);
    return m;
}

/* Names come from strangers and end up in comments and on terminals: no control bytes, nothing that opens or closes a
 * comment, joins lines or makes a trigraph. */
const char *safe_name(const char *s)
{
    char *out = text("%s", s);
    for (char *p = out; *p; p++) {
        bool comment = (*p == '*' && p[1] == '/') || (*p == '/' && p[1] == '*');
        if ((unsigned char)*p < ' ' || (unsigned char)*p > '~' || *p == '\\' || comment ||
            (*p == '?' && p[1] == '?'))
            *p = '_';
    }
    return out;
}
