/* SPDX-License-Identifier: MIT
 * onnx_tensor.c - constants. Elements come as raw bytes, as a list of one of five wider types, or from a file beside
 * the model, which must not lead out of the model's folder: a model is data, and data does not choose files to read.
 * A constant points into the message or the file where it can; the format and the hosts we run on are little-endian. */
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include "onnx.h"

/* What a TensorProto holds: n elements of `width` bytes each. */
typedef struct Content {
    const void *data;
    int64_t n;
    int width;
} Content;

const char *tensor_type_text(int type)
{
    const ProtobufCEnumValue *v =
        protobuf_c_enum_descriptor_get_value(&onnx__tensor_proto__data_type__descriptor, type);
    if (dtype_known(type))
        return dtype_name((DType)type);
    return v ? v->name : text("number %d", type);
}

static const char *external_key(const Onnx__TensorProto *t, const char *key)
{
    for (size_t i = 0; i < t->n_external_data; i++)
        if (!strcmp(wire_text(t->external_data[i]->key), key))
            return wire_text(t->external_data[i]->value);
    return NULL;
}

static int64_t external_number(const Onnx__TensorProto *t, const char *what, const char *key,
                               int64_t otherwise)
{
    const char *s = external_key(t, key);
    if (!s)
        return otherwise;
    char *end;
    errno = 0;
    int64_t v = strtoll(s, &end, 10);
    if (errno || end == s || *end || v < 0)
        fatal(NULL, "%s: the %s '%s' of its external data is not a number of bytes", what, key,
              safe_name(s));
    return v;
}

static bool leads_out(const char *location)
{
    for (const char *p = location; p; p = strchr(p, '/') ? strchr(p, '/') + 1 : NULL)
        if (!strncmp(p, "..", 2) && (p[2] == '/' || !p[2]))
            return true;
    return *location == '/';
}

/* The path of external data. Links are followed before it is judged. */
static const char *external_path(Reader *r, const char *what, const char *location)
{
    static const char hint[] = "external data must lie in the model's folder or below";
    char real[PATH_MAX], root[PATH_MAX];
    if (leads_out(location))
        fatal(hint, "%s: its external data '%s' lies outside the model's folder", what,
              safe_name(location));
    const char *path = text("%s/%s", r->folder, location);
    if (!realpath(r->folder, root) || !realpath(path, real))
        fatal(NULL, "%s: cannot read its external data '%s': %s", what, safe_name(location),
              strerror(errno));
    size_t n = strlen(root);
    if (strncmp(root, real, n) || (n > 1 && real[n] != '/'))
        fatal(hint, "%s: its external data '%s' is a link to outside the model's folder", what,
              safe_name(location));
    return strcmp(r->folder, ".") ? path : location;
}

static const File *external_file(Reader *r, const char *path)
{
    for (int i = 0; i < r->nfile; i++)
        if (!strcmp(r->file[i].path, path))
            return &r->file[i];
    size_t bytes;
    const char *data = read_file(path, &bytes);
    PUSH(r->file, r->nfile, ((File){path, data, (int64_t)bytes}));
    PUSH(r->c->dep, r->c->ndep, path);
    return &r->file[r->nfile - 1];
}

static Content external_content(Reader *r, const Onnx__TensorProto *t, const char *what,
                                int64_t need)
{
    const char *location = external_key(t, "location");
    if (!location || !*location)
        fatal(NULL, "%s: its external data has no location", what);
    const File *f = external_file(r, external_path(r, what, location));
    int64_t offset = external_number(t, what, "offset", 0);
    int64_t length = external_number(t, what, "length", need);
    if (offset > f->bytes || length > f->bytes - offset)
        fatal("the file is truncated or belongs to another model",
              "%s: its external data is bytes %" PRId64 " to %" PRId64
              " of '%s', which has %" PRId64,
              what, offset, offset + (length < INT64_MAX - offset ? length : 0),
              safe_name(location), f->bytes);
    return (Content){f->data + offset, length, 1};
}

static Content typed_content(const Onnx__TensorProto *t)
{
    switch (t->data_type) {
    case DT_FLOAT: return (Content){t->float_data, (int64_t)t->n_float_data, 4};
    case DT_DOUBLE: return (Content){t->double_data, (int64_t)t->n_double_data, 8};
    case DT_INT64: return (Content){t->int64_data, (int64_t)t->n_int64_data, 8};
    case DT_UINT32:
    case DT_UINT64: return (Content){t->uint64_data, (int64_t)t->n_uint64_data, 8};
    default: return (Content){t->int32_data, (int64_t)t->n_int32_data, 4};
    }
}

/* Elements as the compiler wants them: aligned, of the type's own width, bools 0 or 1. */
static const void *elements(Content c, DType t, int64_t count)
{
    int bytes = dtype_bytes(t), step = c.width == 1 ? bytes : c.width;
    if (dtype_bits(t) < 8) {
        uint8_t *packed = mem((size_t)c.n + 1), *data = mem((size_t)count + 1);
        for (int64_t i = 0; i < c.n; i++)
            packed[i] = ((const uint8_t *)c.data)[i * c.width];
        bits_unpack(t, count, packed, data);
        return data;
    }
    if (step == bytes && (uintptr_t)c.data % (uintptr_t)bytes == 0 && c.data && t != DT_BOOL)
        return c.data;
    uint8_t *to = mem((size_t)(count * bytes) + 1);
    for (int64_t i = 0; i < count; i++)
        memcpy(to + i * bytes, (const uint8_t *)c.data + i * step, (size_t)bytes);
    for (int64_t i = 0; t == DT_BOOL && i < count; i++)
        to[i] = to[i] != 0;
    return to;
}

/* Strings are always listed; each becomes a record of a fixed size. */
static const void *tensor_strings(const Onnx__TensorProto *t, const Value *v, const char *what)
{
    if (t->data_location == ONNX__TENSOR_PROTO__DATA_LOCATION__EXTERNAL || t->raw_data.len)
        fatal(NULL, "%s: strings cannot be raw or external data", what);
    if (value_bytes(v) > INT32_MAX)
        fatal(NULL, "%s of shape %s takes too much memory", what, dims_text(v));
    if ((int64_t)t->n_string_data != value_count(v))
        fatal("the file is damaged or was written by a faulty exporter",
              "%s holds %zu strings; its shape %s needs %" PRId64, what, t->n_string_data,
              dims_text(v), value_count(v));
    char *data = mem((size_t)value_bytes(v) + 1);
    for (size_t i = 0; i < t->n_string_data; i++) {
        const ProtobufCBinaryData *s = &t->string_data[i];
        if (string_put(data, (int64_t)i, s->data ? (const char *)s->data : "", s->len))
            continue;
        blocker(NULL, "give --string-bytes=N",
                "%s has a string of %zu bytes, or with a NUL in it; up to %d fit", what, s->len,
                dtype_bytes(DT_STRING) - 1);
        break;
    }
    return data;
}

static const void *tensor_data(Reader *r, const Onnx__TensorProto *t, const Value *v,
                               const char *what)
{
    int64_t count = value_count(v), need = packed_bytes(v->dtype, count);
    int64_t listed = dtype_bits(v->dtype) < 8 ? need : count;
    Content c = typed_content(t);
    if (t->data_location == ONNX__TENSOR_PROTO__DATA_LOCATION__EXTERNAL)
        c = external_content(r, t, what, need);
    else if (t->has_raw_data && (t->raw_data.len || !c.n))
        c = (Content){t->raw_data.data, (int64_t)t->raw_data.len, 1};
    if (c.n != (c.width == 1 ? need : listed))
        fatal("the file is damaged or was written by a faulty exporter",
              "%s holds %" PRId64 " %s; its shape %s of %s needs %" PRId64, what, c.n,
              c.width == 1 ? "bytes" : "elements", dims_text(v), dtype_name(v->dtype),
              c.width == 1 ? need : listed);
    return elements(c, v->dtype, count);
}

/* Dims are copied to v; fatal when they cannot be those of a tensor. */
static void tensor_dims(const Onnx__TensorProto *t, Value *v, const char *what)
{
    v->rank = (int)t->n_dims;
    for (int i = 0; i < v->rank; i++) {
        v->dim[i] = t->dims[i];
        if (v->dim[i] < 0 || v->dim[i] > DIM_MAX)
            fatal(NULL, "%s has the impossible dimension %" PRId64, what, v->dim[i]);
    }
    if (value_count(v) < 0 || value_bytes(v) < 0)
        fatal(NULL, "%s of shape %s is too large", what, dims_text(v));
}

/* The constant t holds, named `name`. What dnncc cannot represent is a blocker and gives a value without data. */
Value *tensor_read(Reader *r, Graph *g, const Onnx__TensorProto *t, const char *what,
                   const char *name)
{
    Value *v = value_new(g, safe_name(name), DT_NONE, -1, NULL);
    const char *why = NULL;
    if (!dtype_known(t->data_type))
        why = text("elements of type %s are", tensor_type_text(t->data_type));
    else if (t->n_dims > MAX_RANK)
        why = text("%zu axes, more than %d, are", t->n_dims, MAX_RANK);
    else if (t->segment)
        why = "data in segments is";
    if (why) {
        blocker(NULL, NULL, "%s: %s not supported", what, why);
        return v;
    }
    v->dtype = (DType)t->data_type;
    tensor_dims(t, v, what);
    v->data = v->dtype == DT_STRING ? tensor_strings(t, v, what) : tensor_data(r, t, v, what);
    return v;
}

/* Where element i of a sparse tensor lies in the dense one; -1: nowhere. Indices are flat, or one for each axis. */
static int64_t sparse_place(const Value *v, const Value *at, int64_t i)
{
    int64_t place = 0, count = value_count(v);
    if (at->rank == 1)
        return value_int_at(at, i) < 0 || value_int_at(at, i) >= count ? -1 : value_int_at(at, i);
    for (int k = 0; k < v->rank; k++) {
        int64_t index = value_int_at(at, i * v->rank + k);
        if (index < 0 || index >= v->dim[k])
            return -1;
        place = place * v->dim[k] + index;
    }
    return place;
}

Value *sparse_read(Reader *r, Graph *g, const Onnx__SparseTensorProto *t, const char *what)
{
    if (!t->values || !t->indices)
        fatal(NULL, "%s has no values or no indices", what);
    Value *x = tensor_read(r, g, t->values, what, wire_text(t->values->name)),
          *at = tensor_read(r, g, t->indices, what, "indices"),
          *v = value_new(g, x->name, x->dtype, 0, NULL);
    if (!x->data || !at->data)
        return x;
    if (t->n_dims > MAX_RANK || x->dtype == DT_STRING) {
        blocker(NULL, "store it as a dense initializer",
                "%s is sparse, which is supported for numbers of up to %d axes", what, MAX_RANK);
        return x;
    }
    Onnx__TensorProto dense = ONNX__TENSOR_PROTO__INIT;
    dense.n_dims = t->n_dims;
    dense.dims = t->dims;
    tensor_dims(&dense, v, what);
    int64_t count = value_count(x), bytes = dtype_bytes(x->dtype);
    bool fits = x->rank == 1 && at->dtype == DT_INT64 && at->rank > 0 && at->rank < 3 &&
                at->dim[0] == count && (at->rank == 1 || at->dim[1] == v->rank) &&
                value_bytes(v) < INT32_MAX;
    char *data = fits ? mem((size_t)value_bytes(v) + 1) : NULL;
    for (int64_t i = 0; i < count && fits; i++) {
        int64_t place = sparse_place(v, at, i);
        fits = place >= 0;
        if (fits)
            memcpy(data + place * bytes, (const char *)x->data + i * bytes, (size_t)bytes);
    }
    if (!fits)
        fatal(NULL,
              "%s: indices of shape %s do not place %" PRId64 " values in a tensor of shape %s",
              what, dims_text(at), count, dims_text(v));
    v->data = data;
    return v;
}
