/* SPDX-License-Identifier: MIT
 * fuzz.c - any bytes as a model, through the whole compiler up to the text of its layers. They end
 * in C or in messages; a crash, a hang or a sanitizer's report is a mistake of ours.
 *
 * For libFuzzer, in a build folder:
 *
 *   ../configure --enable-paranoid CC=clang CFLAGS='-g -O1 -fsanitize=fuzzer-no-link \
 *       -fno-sanitize=nonnull-attribute,pointer-overflow'
 *   make && make tests/fuzz/fuzz
 *   tests/fuzz/fuzz -detect_leaks=0 -close_fd_mask=2 corpus    # corpus: a folder of small models
 *
 * variants.c feeds it without libFuzzer. FUZZ_TARGET names another target than avx2. */
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "fuzz.h"
#include "dnncc.h"

extern jmp_buf *fatal_jump;

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

static void compile_model(void)
{
    const char *target = getenv("FUZZ_TARGET");
    Compiler c = {.model = path, .name = "net", .strip = -1};
    c.target = target_load(target ? target : "avx2");
    compile(&c);
    layers_text(&c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    jmp_buf jump, pending;
    write_model(data, bytes);
    fatal_jump = &jump;
    if (!setjmp(jump))
        compile_model();
    fatal_jump = &pending;
    if (!setjmp(pending))
        blockers_check(); /* forgets those noted before a fatal() */
    fatal_jump = NULL;
    mem_reset();
    return 0;
}
