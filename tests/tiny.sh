# SPDX-License-Identifier: MIT
# Tiny models written as text, with expected values that an independent program computed: each is compiled for every
# target and compared, also as portable C under sanitizers; and the layers of its C are compared with tests/golden.
# A line "options ..." of the data is for dnncc.
# `UPDATE=1 make check TESTS=tests/tiny.sh` rewrites the golden files: read their diff before you commit it.
. "$srcdir/tests/lib.sh"
CFLAGS=-O1; export CFLAGS

runs() { # runs NAME TARGET OPTION...
    name=$1 target=$2; shift 2
    "$DNNCC" build "$name.onnx" -t "$target" -o "$name.exe" $from "$@" &&
        "./$name.exe" --data "$name.data.dir" --atol 1e-6 --rtol 2e-5 && return 0
    return 1
}

simd=avx512
"$DNNCC" targets | grep -q '^avx512 .*runs here' || simd=
if [ -z "$simd" ] && echo '#include <simde/x86/avx512.h>' | ${CC:-cc} -E - >/dev/null 2>&1; then
    simd=avx512-simde
fi
avx2=avx2
"$DNNCC" targets | grep '^avx2 ' | grep -q 'runs here' || avx2=

for text in "$srcdir"/tests/models/*.textproto; do
    name=$(basename "$text" .textproto)
    encode ModelProto <"$text" >"$name.onnx"
    data_set "$name" data
    options=$(options_of "$name")
    from=$(lists_from "$name")
    for target in c $avx2 $simd; do
        runs "$name" "$target" $options; verdict "$name for $target" $?
    done
    CFLAGS="-O0 -g -fsanitize=address,undefined -fno-sanitize-recover=all" runs "$name" avx2 --portable $options
    verdict "$name portable under sanitizers" $?
    runs "$name" c $options --no-fuse --kernel=none; verdict "$name unfused and naive" $?

    if [ -e "$srcdir/tests/models/$name.refused" ]; then # data that do not fit the net's shapes
        data_set "$name" refused
        "./$name.exe" --data "$name.refused.dir" 2>&1 | grep -q 'run returned 2'
        verdict "$name: data of other shapes are refused" $?
    fi

    "$DNNCC" "$name.onnx" -t avx2 -o "$name.c" $options $from && sed -n '/^\/\* l01_/,$p' "$name.c" >"$name.golden"
    golden=$srcdir/tests/golden/$name.c
    if [ -n "${UPDATE-}" ]; then cp "$name.golden" "$golden"; fi
    diff -u "$golden" "$name.golden"; verdict "$name: golden C" $?
done

# The plan says which words of the vocabulary a target lacks, and how the arena stands to its bound.
explains() { "$DNNCC" conv_relu.onnx -t "$1" --explain | grep -q "$2"; }
explains avx512-simde 'no intrinsics for, and computes lane by lane:.* vf_storen'
verdict "words that run lane by lane are named" $?
! explains avx2 'lane by lane'; verdict "no word of avx2 runs lane by lane" $?
explains c '^accuracy default: direct algorithms in all layers'; verdict "accuracy" $?
accuracy() { "$DNNCC" winograd.onnx -t c --explain --accuracy="$1" | grep -q "^accuracy $2"; }
accuracy default "default: Winograd's algorithm in 1 of 4 layers" && accuracy strict 'strict: direct' && accuracy double 'double: '
verdict "levels of accuracy" $?
explains c '^arena [0-9]* bytes, liveness bound [0-9]* bytes'; verdict "arena and bound" $?
totals
