/* SPDX-License-Identifier: MIT */
/*
 * ort.c - times one model under ONNX Runtime, through its C API, so that no interpreter stands
 * between the clock and the engine; or has it compute what a model gives.
 *
 *     ort LIBONNXRUNTIME.so MODEL.onnx INPUTS SECONDS THREADS  time it, with all optimisations
 *     ort LIBONNXRUNTIME.so MODEL.onnx INPUTS -o OUTPUTS       write its outputs, with none
 *
 * INPUTS, which the scripts beside this file write, and OUTPUTS hold tensors one after the other:
 *
 *     int64 element type | int64 rank | int64 dims[rank] | int64 bytes | the elements
 *
 * The API is a table of function pointers to which each version only appends, so a slot's number is
 * all that is needed of the header.  Every function used here returns NULL or an error to print.
 * The last line printed is the same JSON object that programs of `dnncc build` print.
 */
#define _POSIX_C_SOURCE 200112L

#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    GET_ERROR_MESSAGE = 2,
    CREATE_ENV = 3,
    CREATE_SESSION = 7,
    RUN = 9,
    CREATE_SESSION_OPTIONS = 10,
    SET_OPTIMIZATION_LEVEL = 23,
    SET_INTRA_OP_THREADS = 24,
    SET_INTER_OP_THREADS = 25,
    SESSION_INPUT_COUNT = 30,
    SESSION_OUTPUT_COUNT = 31,
    SESSION_INPUT_NAME = 36,
    SESSION_OUTPUT_NAME = 37,
    CREATE_TENSOR_WITH_DATA = 49,
    IS_TENSOR = 50,
    TENSOR_DATA = 51,
    TENSOR_ELEMENT_TYPE = 60,
    TENSOR_RANK = 61,
    TENSOR_DIMS = 62,
    TENSOR_COUNT = 64,
    TENSOR_TYPE_AND_SHAPE = 65,
    CREATE_CPU_MEMORY_INFO = 69,
    GET_DEFAULT_ALLOCATOR = 78,
    RELEASE_VALUE = 96,
    API_VERSION = 17
};
enum { NO_OPTIMIZATIONS = 0, ALL_OPTIMIZATIONS = 99 };
enum { MAX_PORTS = 256, MAX_DIMS = 16, MIN_RUNS = 5, WARM_UP = 3, MAX_RUNS = 1000000 };

static void *const *api;

static void die(const char *what, const char *why)
{
    fprintf(stderr, "ort: %s: %s\n", what, why);
    exit(1);
}

static void check(void *status)
{
    const char *(*message)(const void *) = (const char *(*)(const void *))api[GET_ERROR_MESSAGE];
    if (status)
        die("onnxruntime", message(status));
}

#define CALL(slot, ...) check(((void *(*)())api[slot])(__VA_ARGS__))

typedef struct Session {
    void *handle, *in[MAX_PORTS];
    char *in_name[MAX_PORTS], *out_name[MAX_PORTS];
    size_t nin, nout;
} Session;

static void load_library(const char *path)
{
    void *lib = dlopen(path, RTLD_NOW);
    if (!lib)
        die(path, dlerror());
    struct {
        void *const *(*get_api)(uint32_t version);
    } * base, *(*get_base)(void);
    *(void **)&get_base = dlsym(lib, "OrtGetApiBase");
    if (!get_base)
        die(path, "it is not ONNX Runtime");
    base = get_base();
    api = base->get_api(API_VERSION);
    if (!api)
        die(path, "it does not offer the version of the API that is needed");
}

static int64_t read_int(FILE *f)
{
    int64_t v;
    if (fread(&v, sizeof v, 1, f) != 1)
        die("inputs", "cut short");
    return v;
}

static void *read_tensor(FILE *f, void *memory)
{
    void *tensor;
    int64_t dims[MAX_DIMS], type = read_int(f), rank = read_int(f);
    if (rank < 0 || rank > MAX_DIMS)
        die("inputs", "too many dims");
    for (int d = 0; d < rank; d++)
        dims[d] = read_int(f);
    size_t bytes = (size_t)read_int(f);
    void *data = calloc(bytes + 1, 1);
    if (!data || fread(data, 1, bytes, f) != bytes)
        die("inputs", "cut short");
    CALL(CREATE_TENSOR_WITH_DATA, memory, data, bytes, dims, (size_t)rank, (int)type, &tensor);
    return tensor;
}

static Session open_session(const char *model, const char *inputs, int optimizations, int threads)
{
    Session s;
    void *env, *options, *memory, *allocator;
    CALL(CREATE_ENV, 3, "bench", &env);
    CALL(CREATE_SESSION_OPTIONS, &options);
    CALL(SET_OPTIMIZATION_LEVEL, options, optimizations);
    CALL(SET_INTRA_OP_THREADS, options, threads);
    CALL(SET_INTER_OP_THREADS, options, 1);
    CALL(CREATE_SESSION, env, model, options, &s.handle);
    CALL(CREATE_CPU_MEMORY_INFO, 1, 0, &memory);
    CALL(GET_DEFAULT_ALLOCATOR, &allocator);
    CALL(SESSION_INPUT_COUNT, s.handle, &s.nin);
    CALL(SESSION_OUTPUT_COUNT, s.handle, &s.nout);
    if (s.nin > MAX_PORTS || s.nout > MAX_PORTS)
        die(model, "too many inputs or outputs");
    FILE *f = fopen(inputs, "rb");
    if (!f)
        die(inputs, "cannot be read");
    for (size_t i = 0; i < s.nin; i++) {
        CALL(SESSION_INPUT_NAME, s.handle, i, allocator, &s.in_name[i]);
        s.in[i] = read_tensor(f, memory);
    }
    fclose(f);
    for (size_t i = 0; i < s.nout; i++)
        CALL(SESSION_OUTPUT_NAME, s.handle, i, allocator, &s.out_name[i]);
    return s;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Milliseconds of one run.  The engine makes the outputs anew; giving them back is not timed. */
static double time_run(Session *s)
{
    void *out[MAX_PORTS] = {NULL};
    double begin = now();
    CALL(RUN, s->handle, NULL, s->in_name, s->in, s->nin, s->out_name, s->nout, out);
    double ms = 1e3 * (now() - begin);
    for (size_t i = 0; i < s->nout; i++)
        ((void (*)(void *))api[RELEASE_VALUE])(out[i]);
    return ms;
}

/* Bytes of an element, by its number in TensorProto.DataType; 0: not one that can be written. */
static size_t element_bytes(int type)
{
    static const unsigned char bytes[] = {0, 4, 1, 1, 2, 2, 4, 8, 0, 1, 2, 8, 4, 8, 8, 16, 2};
    return type >= 0 && type < (int)sizeof bytes ? bytes[type] : 0;
}

static void put_int(FILE *f, int64_t v)
{
    fwrite(&v, sizeof v, 1, f);
}

static void write_tensor(FILE *f, void *tensor, const char *name)
{
    void *info, *data;
    int type, is_tensor;
    size_t rank, count;
    int64_t dims[MAX_DIMS];
    CALL(IS_TENSOR, tensor, &is_tensor);
    if (!is_tensor)
        die(name, "this output is no tensor");
    CALL(TENSOR_TYPE_AND_SHAPE, tensor, &info);
    CALL(TENSOR_ELEMENT_TYPE, info, &type);
    CALL(TENSOR_RANK, info, &rank);
    CALL(TENSOR_COUNT, info, &count);
    if (rank > MAX_DIMS || !element_bytes(type))
        die(name, "this output has a type or rank that cannot be written");
    CALL(TENSOR_DIMS, info, dims, rank);
    CALL(TENSOR_DATA, tensor, &data);
    put_int(f, type);
    put_int(f, (int64_t)rank);
    for (size_t d = 0; d < rank; d++)
        put_int(f, dims[d]);
    put_int(f, (int64_t)(count * element_bytes(type)));
    fwrite(data, element_bytes(type), count, f);
}

static void write_outputs(Session *s, const char *path)
{
    void *out[MAX_PORTS] = {NULL};
    FILE *f = fopen(path, "wb");
    if (!f)
        die(path, "cannot be written");
    CALL(RUN, s->handle, NULL, s->in_name, s->in, s->nin, s->out_name, s->nout, out);
    for (size_t i = 0; i < s->nout; i++)
        write_tensor(f, out[i], s->out_name[i]);
    if (fclose(f))
        die(path, "cannot be written");
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fprintf(stderr, "usage: ort LIBONNXRUNTIME.so MODEL.onnx INPUTS SECONDS THREADS\n"
                        "       ort LIBONNXRUNTIME.so MODEL.onnx INPUTS -o OUTPUTS\n");
        return 2;
    }
    load_library(argv[1]);
    int compute = !strcmp(argv[4], "-o"), threads = compute ? 1 : atoi(argv[5]);
    Session s =
        open_session(argv[2], argv[3], compute ? NO_OPTIMIZATIONS : ALL_OPTIMIZATIONS, threads);
    if (compute) {
        write_outputs(&s, argv[5]);
        return 0;
    }
    double seconds = atof(argv[4]), *ms = malloc(MAX_RUNS * sizeof *ms);
    int n = 0;
    if (!ms)
        die("memory", "there is not enough");
    for (int i = 0; i < WARM_UP; i++)
        time_run(&s);
    for (double begin = now(); n < MAX_RUNS && (n < MIN_RUNS || now() - begin < seconds); n++)
        ms[n] = time_run(&s);
    qsort(ms, (size_t)n, sizeof *ms, by_value);
    printf("{\"median_ms\":%.6g,\"min_ms\":%.6g,\"p90_ms\":%.6g,", ms[n / 2], ms[0],
           ms[n * 9 / 10]);
    printf("\"threads\":%d,\"runs\":%d}\n", threads, n);
    return 0;
}
