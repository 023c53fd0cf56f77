# SPDX-License-Identifier: MIT
# What every generated file promises: the same bytes from any folder, no warning from gcc and clang as C99, C11 and
# C++17, no symbol but libm's and memcpy/memset, several nets in one program, weights as a blob, a depfile, and nothing
# left behind by a failure.
. "$srcdir/tests/lib.sh"
digits=$srcdir/samples/digits/digits.onnx
for name in depthwise_residual attention lstm if_then quantize resize_pad_slice; do
    protoc -I"$srcdir/schema" --encode=onnx.ModelProto onnx.proto \
        <"$srcdir/tests/models/$name.textproto" >"$name.onnx"
done

mkdir -p a b/c
cp "$digits" a/m.onnx
cp "$digits" b/c/m.onnx
(cd a && "$DNNCC" m.onnx -t avx512 -o net.c) && (cd b && "$DNNCC" c/m.onnx -t avx512 -o ../b/net.c)
cmp a/net.c b/net.c && cmp a/net.h b/net.h && cmp a/net_weights.c b/net_weights.c
verdict "same bytes from two folders" $?
grep -q "model  m.onnx, sha256 $(sha256sum <a/m.onnx | cut -d' ' -f1)$" a/net.c
verdict "the banner names the model by its SHA-256" $?

warnings() { # warnings MODEL TARGET FLAGS
    "$DNNCC" "$1" -t "$2" -o net.c || return 1
    for compiler in "gcc -std=c11" "gcc -std=c99" "clang -std=c11" "g++ -std=c++17 -x c++" "clang++ -std=c++17 -x c++" \
        "gcc -std=c11 -DNET_PORTABLE" "clang -std=c11 -DNET_PORTABLE"; do
        command -v "${compiler%% *}" >/dev/null || continue
        $compiler -O1 -pedantic -Wall -Wextra -Wshadow -Werror $3 -c net.c -o net.o || return 1
        [ ! -f net_weights.c ] ||
            $compiler -O0 -pedantic -Wall -Wextra -Werror $3 -c net_weights.c -o net_weights.o || return 1
    done
    gcc -O2 $3 -c net.c -o net.o
    ! nm -u net.o | awk '{ print $2 }' |
        grep -vE '^(net_weights|mem(cpy|set)|(exp|log|log1p|expm1|tanh|erf|pow|sqrt|sin|cos|tan|a?(sin|cos|tan)h?|rint|floor|ceil|trunc|fmod|fabs|fma|ldexp)f?)$'
}
for model in "$digits" *.onnx; do
    rm -f net*
    warnings "$model" c ""; verdict "no warning, no symbol: $(basename "$model") for c" $?
    warnings "$model" avx2 "-mavx2 -mfma"; verdict "no warning, no symbol: $(basename "$model") for avx2" $?
    warnings "$model" avx512 "-mavx512f -mavx512bw -mavx512dq -mavx512vl -mfma"
    verdict "no warning, no symbol: $(basename "$model") for avx512" $?
done

! gcc -c a/net.c -Ia -o guard.o 2>guard.txt && grep -q 'needs' guard.txt
verdict "the guard stops a build without the target's flags" $?

mkdir -p bin
"$DNNCC" "$digits" -t c --weights=bin -o bin/d.c -MF bin/d.d --name=dig &&
    [ ! -f bin/d_weights.c ] && grep -q 'digits.onnx' bin/d.d && grep -q 'c.yaml' bin/d.d &&
    size=$(sed -n 's/^#define DIG_WEIGHTS_BYTES //p' bin/d.h) && [ "$(wc -c <bin/d.bin)" = "$size" ] &&
    "$DNNCC" build "$digits" -t c -o bin/exe && bin/exe --seconds 0.01 >/dev/null
verdict "weights as a blob, --name, -MF" $?

rm -rf gone && mkdir gone
! "$DNNCC" "$srcdir/README.md" -o gone/net.c 2>/dev/null && [ -z "$(ls gone)" ]
verdict "a failure leaves nothing" $?

mkdir -p build
TMPDIR=$PWD/build "$DNNCC" build "$digits" -t c -o one.exe && [ -z "$(ls build)" ]
verdict "build leaves nothing but the program" $?
totals
