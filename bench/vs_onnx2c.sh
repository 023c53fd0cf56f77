#!/bin/sh
# SPDX-License-Identifier: MIT
# Times dnncc's code beside that of onnx2c, which compiles to plain C as well, one thread each, in turns:
#
#     ONNX2C=.../onnx2c DNNCC=./dnncc bench/vs_onnx2c.sh MODEL_DIR...
#
# MODEL_DIR holds model.onnx and test_data_set_0. onnx2c's code is compiled with `gcc -O3 -march=native -ffast-math`,
# dnncc's with its -O2. For each model: ms of onnx2c, of dnncc -t c and of -t avx2; or why there are none of onnx2c.
# Its `entry` is called with one input and one output of up to 16 MiB.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/main.c" <<'END'
#define _POSIX_C_SOURCE 199309L
#include <stdio.h>
#include <time.h>
enum { MOST = 1 << 22 };
static float x[MOST], y[MOST];
void entry(const float *, float *);
static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}
int main(void)
{
    for (int i = 0; i < MOST; i++)
        x[i] = (float)(i * 7919 % 256) / 256;
    double best = 1e300, end = now() + 500;
    do {
        double start = now();
        entry(x, y);
        double ms = now() - start;
        best = ms < best ? ms : best;
    } while (now() < end);
    printf("%.5g\n", best);
}
END
ours() { # ours TARGET
    "${DNNCC:-./dnncc}" build "$model/model.onnx" -t "$1" -o "$work/ours_$1" --data "$model/test_data_set_0" >/dev/null
}
least() { # the smallest of three
    sort -g | head -n 1
}
printf '%-24s %10s %10s %10s   (ms, the fastest of three rounds in turns)\n' model onnx2c c avx2
for model; do
    name=$(basename "$model")
    if ! "${ONNX2C:-onnx2c}" "$model/model.onnx" >"$work/net.c" 2>"$work/said"; then
        printf '%-24s onnx2c: %s\n' "$name" "$(grep -a Fatal "$work/said" | tail -n 1 | sed 's/.*\[Fatal\] //')"
        continue
    fi
    if ! gcc -w -O3 -march=native -ffast-math "$work/net.c" "$work/main.c" -o "$work/theirs" -lm 2>"$work/said"; then
        printf '%-24s onnx2c: gcc: %s\n' "$name" "$(grep -m 1 error "$work/said" | sed 's/.*error: //')"
        continue
    fi
    ours c && ours avx2 || exit 1
    for _ in 1 2 3; do
        "$work/theirs" >>"$work/$name.theirs"
        for t in c avx2; do
            "$work/ours_$t" --data "$model/test_data_set_0" --seconds 0.5 | sed -n 's/.*"min_ms":\([0-9.e-]*\).*/\1/p' >>"$work/$name.$t"
        done
    done
    printf '%-24s %10s %10s %10s\n' "$name" "$(least <"$work/$name.theirs")" "$(least <"$work/$name.c")" "$(least <"$work/$name.avx2")"
done
