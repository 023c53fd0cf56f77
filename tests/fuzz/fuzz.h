/* SPDX-License-Identifier: MIT */
#ifndef DNNCC_FUZZ_H
#define DNNCC_FUZZ_H
#include <stddef.h>
#include <stdint.h>

/* Compiles the bytes of a model, as libFuzzer calls it; returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);
#endif
