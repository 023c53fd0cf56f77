# SPDX-License-Identifier: MIT
# Threads: every tiny model gives the same bits on 1, 2 and 3 of them, all layers divided that can be, and ThreadSanitizer
# finds nothing, if the compiler has it. And tests/threads/caller.c: a parallel-for of the caller's own, two pools at once.
. "$srcdir/tests/lib.sh"
digits=$srcdir/samples/digits/digits.onnx

simd=avx2
"$DNNCC" targets | grep '^avx2 ' | grep -q 'runs here' || simd=c

compiles() { printf '%s\n' "$1" >probe.c && ${CC:-cc} $2 probe.c -o probe 2>/dev/null && ./probe; }
tsan=-fsanitize=thread
compiles '#include <pthread.h>
static void *f(void *p) { return p; }
int main(void) { pthread_t t; return pthread_create(&t, 0, f, 0) || pthread_join(t, 0); }' "$tsan -pthread" || tsan=

on_threads() { # on_threads MODEL N
    rm -rf "$1.many"
    "./$1.exe" --data "$1.data.dir" --save "$1.many" --threads "$2" >/dev/null && diff -r "$1.one" "$1.many"
}

same_bits() { # same_bits MODEL
    "$DNNCC" build "$1.onnx" $from -t $simd -o "$1.exe" && "./$1.exe" --data "$1.data.dir" --save "$1.one" >/dev/null || return 1
    "$DNNCC" build "$1.onnx" $from -t $simd -o "$1.exe" --threads 2,all && on_threads "$1" 1 && on_threads "$1" 2 &&
        CFLAGS="-O1 -g $tsan" "$DNNCC" build "$1.onnx" $from -t $simd -o "$1.exe" --threads 3,all && on_threads "$1" 3
}

CFLAGS=-O1; export CFLAGS
for text in "$srcdir"/tests/models/*.textproto; do
    name=$(basename "$text" .textproto)
    encode ModelProto <"$text" >"$name.onnx"
    data_set "$name" data
    from="$(options_of "$name") $(lists_from "$name")"
    same_bits "$name"
    verdict "$name: the same bits on 1, 2 and 3 threads" $?
done

caller() { # caller "COMPILER" FLAGS...
    compiler=$1; shift
    $compiler -O1 -g -pedantic -Wall -Wextra -Wshadow -Werror -pthread -I. "$@" \
        "$srcdir/tests/threads/caller.c" net.c net_weights.c -o caller -lm && $run ./caller
}
"$DNNCC" "$digits" -t c -o net.c --threads 3,all
for compiler in "gcc -std=c11" "clang -std=c11" "g++ -std=c++17 -x c++" "clang++ -std=c++17 -x c++"; do
    command -v "${compiler%% *}" >/dev/null || continue
    run= caller "$compiler"; verdict "caller: $compiler" $?
    run= caller "$compiler" -DNET_SPIN=0; verdict "caller: $compiler, no spinning" $?
    run= caller "$compiler" -DNET_NO_POOL; verdict "caller: $compiler, no pool" $?
done
if [ -n "$tsan" ]; then
    run= caller "${CC:-cc} -std=c11" $tsan; verdict "caller under ThreadSanitizer" $?
    run= caller "${CC:-cc} -std=c11" $tsan -DNET_SPIN=0; verdict "caller under ThreadSanitizer, no spinning" $?
fi
# Helgrind does not know C's atomics, on which the pool rests: it judges the rest.
if command -v valgrind >/dev/null; then
    run="valgrind -q --tool=helgrind --error-exitcode=9" caller "${CC:-cc} -std=c11" -DNET_NO_POOL
    verdict "caller under helgrind" $?
fi
CFLAGS="-O1 -Wall -Wextra -Werror" "$DNNCC" build arithmetic.onnx -t c -o exe --threads 2; verdict "where nothing is divided" $?
[ "$("$DNNCC" build "$digits" -t c -o exe --threads 2 && ./exe --seconds 0.01 | grep -c '"threads":2')" = 1 ]
verdict "the bench says on how many threads" $?
! ./exe --seconds 0.01 --threads 3 2>/dev/null
verdict "no more threads than the net was compiled for" $?
totals
