/* SPDX-License-Identifier: MIT */
/*
 * ort.c - times one model under ONNX Runtime, through its C API, so that no interpreter stands
 * between the clock and the engine.
 *
 *     ort LIBONNXRUNTIME.so MODEL.onnx INPUTS SECONDS
 *
 * INPUTS, which vs_ort.py writes, holds the input tensors one after the other:
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
    CREATE_CPU_MEMORY_INFO = 69,
    GET_DEFAULT_ALLOCATOR = 78,
    RELEASE_VALUE = 96,
    API_VERSION = 17,
    ALL_OPTIMIZATIONS = 99
};
enum { MAX_PORTS = 32, MAX_DIMS = 16, MIN_RUNS = 5, WARM_UP = 3, MAX_RUNS = 1000000 };

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

static Session open_session(const char *model, const char *inputs)
{
    Session s;
    void *env, *options, *memory, *allocator;
    CALL(CREATE_ENV, 3, "bench", &env);
    CALL(CREATE_SESSION_OPTIONS, &options);
    CALL(SET_OPTIMIZATION_LEVEL, options, ALL_OPTIMIZATIONS);
    CALL(SET_INTRA_OP_THREADS, options, 1);
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

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: ort LIBONNXRUNTIME.so MODEL.onnx INPUTS SECONDS\n");
        return 2;
    }
    load_library(argv[1]);
    Session s = open_session(argv[2], argv[3]);
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
    printf("\"threads\":1,\"runs\":%d}\n", n);
    return 0;
}
