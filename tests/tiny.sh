# SPDX-License-Identifier: MIT
# Tiny models written as text, with expected values that an independent program computed: each is compiled for every
# target and compared, also as portable C under sanitizers; and the layers of its C are compared with tests/golden.
# `UPDATE=1 make check TESTS=tests/tiny.sh` rewrites the golden files: read their diff before you commit it.
. "$srcdir/tests/lib.sh"
CFLAGS=-O1; export CFLAGS

encode() { protoc -I"$srcdir/schema" --encode="onnx.$1" onnx.proto; }

# Lines "input x 1 2x3: v v v" as a TensorProto, or those of "input x[0] ...", "input x[1] ..." as a SequenceProto.
# Numbers go to the field that their type is stored in.
tensor() {
    awk -v OFS=' ' '{
        field = $3 == 1 ? "float_data" : $3 == 7 ? "int64_data" : "int32_data"
        dims = $4; sub(":", "", dims)
        if (list) printf "tensor_values { "
        printf "name: \"%s\" data_type: %s\n", $2, $3
        if (dims != "scalar") { n = split(dims, d, "x"); for (i = 1; i <= n; i++) printf "dims: %s\n", d[i] }
        for (i = 5; i <= NF; i++) printf "%s: %s\n", field, $i
        if (list) printf "}\n"
    }' list="$2" - | encode "$1"
}

data_set() { # data_set NAME SUFFIX: fills NAME.SUFFIX.dir/
    mkdir -p "$1.$2.dir"
    for kind in input output; do
        k=0
        sed -n "s/^$kind \([^ []*\).*/\1/p" "$srcdir/tests/models/$1.$2" | uniq >"$kind.ports"
        while read -r port; do
            type=TensorProto list=
            grep -q "^$kind $port\[" "$srcdir/tests/models/$1.$2" && type=SequenceProto list=1
            grep "^$kind $port[ []" "$srcdir/tests/models/$1.$2" | tensor $type $list >"$1.$2.dir/${kind}_$k.pb"
            k=$((k + 1))
        done <"$kind.ports"
    done
}

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
    from= # what a list holds, the compiler takes from the data
    grep -q '^input [^ ]*\[' "$srcdir/tests/models/$name.data" && from="--data $name.data.dir"
    for target in c $avx2 $simd; do
        runs "$name" "$target"; verdict "$name for $target" $?
    done
    CFLAGS="-O0 -g -fsanitize=address,undefined -fno-sanitize-recover=all" runs "$name" avx2 --portable
    verdict "$name portable under sanitizers" $?
    runs "$name" c --no-fuse --kernel=none; verdict "$name unfused and naive" $?

    if [ -e "$srcdir/tests/models/$name.refused" ]; then # data that do not fit the net's shapes
        data_set "$name" refused
        "./$name.exe" --data "$name.refused.dir" 2>&1 | grep -q 'run returned 2'
        verdict "$name: data of other shapes are refused" $?
    fi

    "$DNNCC" "$name.onnx" -t avx2 -o "$name.c" $from && sed -n '/^\/\* l01_/,$p' "$name.c" >"$name.golden"
    golden=$srcdir/tests/golden/$name.c
    if [ -n "${UPDATE-}" ]; then cp "$name.golden" "$golden"; fi
    diff -u "$golden" "$name.golden"; verdict "$name: golden C" $?
done

# The plan says which words of the vocabulary a target lacks, and how the arena stands to its bound.
explains() { "$DNNCC" conv_relu.onnx -t "$1" --explain | grep -q "$2"; }
explains avx512-simde 'no intrinsics for, and computes lane by lane:.* vf_storen'
verdict "words that run lane by lane are named" $?
! explains avx2 'lane by lane'; verdict "no word of avx2 runs lane by lane" $?
explains c '^arena [0-9]* bytes, liveness bound [0-9]* bytes'; verdict "arena and bound" $?
totals
