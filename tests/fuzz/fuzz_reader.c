/* SPDX-License-Identifier: MIT
 * fuzz_reader.c - for libFuzzer: any bytes as a model, read and inferred. They end in a graph or in
 * messages; a crash, a hang or a sanitizer's report is a mistake of ours. In a build folder:
 *
 *   ../configure --enable-paranoid CC=clang CFLAGS='-g -O1 -fsanitize=fuzzer-no-link \
 *       -fno-sanitize=nonnull-attribute,pointer-overflow'
 *   make && make tests/fuzz/reader
 *   tests/fuzz/reader -detect_leaks=0 -close_fd_mask=2 corpus    # corpus: a folder of small models
 */
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "dnncc.h"

extern jmp_buf *fatal_jump;
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static char path[] = "/tmp/dnncc-fuzz-XXXXXX";

static void remove_file(void)
{
    unlink(path);
}

static void write_model(const uint8_t *data, size_t bytes)
{
    static FILE *f;
    if (!f) {
        f = fdopen(mkstemp(path), "wb");
        atexit(remove_file);
    }
    if (!f || fseek(f, 0, SEEK_SET) || fwrite(data, 1, bytes, f) != bytes || fflush(f) ||
        ftruncate(fileno(f), (off_t)bytes))
        abort();
}

static void read_and_infer(void)
{
    Compiler c = {.model = path};
    c.graph = onnx_read(&c, path);
    blockers_check();
    infer(&c);
    blockers_check();
    graph_count_uses(c.graph);
    graph_verify(c.graph, "infer");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    jmp_buf jump, pending;
    write_model(data, bytes);
    fatal_jump = &jump;
    if (!setjmp(jump))
        read_and_infer();
    fatal_jump = &pending;
    if (!setjmp(pending))
        blockers_check(); /* forgets those noted before a fatal() */
    fatal_jump = NULL;
    mem_reset();
    return 0;
}
