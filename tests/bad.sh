# SPDX-License-Identifier: MIT
# Bad input gets one clear message per problem, exit status 1, and leaves no file. The models of
# tests/bad/models.txt, and what the world does to files: damaged, missing, nowhere to write.
set -uf
. "$srcdir/tests/lib.sh"

command -v protoc >/dev/null || { echo "no protoc: apt-get install protobuf-compiler"; exit 77; }

encode() { # encode NAME: NAME.txt to NAME.onnx
    protoc -I"$srcdir/schema" --encode=onnx.ModelProto onnx.proto <"$1.txt" >"$1.onnx"
}

# Whatever dnncc was given: no crash, no output after a failure, messages of the right form.
orderly() { # orderly STATUS: judges err and the folder out/
    [ "$1" -le 1 ] || { echo "exit status $1"; return 1; }
    ! grep -q 'internal error' err || return 1
    [ "$1" = 0 ] && return
    grep -q '^dnncc: ' err && ! grep -v '^dnncc: \|^  hint: ' err && [ -z "$(ls -A out)" ]
}

try() { # try ARGUMENT...: dnncc into an empty folder out/
    rm -rf out
    mkdir out
    "$DNNCC" "$@" >said 2>err
}

# Refused with exactly the messages that the file `want` has parts of, a line each.
refused() { # refused NAME ARGUMENT...
    label=$1
    shift
    try "$@"
    status=$? bad=0
    orderly $status || bad=1
    [ $status = 1 ] || bad=1
    while IFS= read -r part; do
        grep -qF -- "$part" err || { echo "no message '$part'"; bad=1; }
    done <want
    [ "$(grep -c '^dnncc: ' err)" = "$(grep -c . want)" ] || bad=1
    [ $bad = 0 ] || sed 's/^/    /' err
    verdict "$label" $bad
}

# ---- models ----

printf 1234 >short.bin
ln -s /etc/passwd link.bin
mkdir sub
$AWK -f "$srcdir/tests/expand.awk" "$srcdir/tests/bad/models.txt"
for name in $(sed -n 's/^case //p' "$srcdir/tests/bad/models.txt"); do
    encode "$name" || { verdict "$name cannot be encoded" 1; continue; }
    cp "$name.want" want
    refused "$name" "$name.onnx" -t c -o out/net.c $(cat "$name.args" 2>/dev/null)
done

# Messages inside messages, deeper than any model.
awk 'BEGIN {
    for (i = 0; i < 100; i++) { a = a "sequence_type { elem_type { "; b = b "} } " }
    print "ir_version: 8 graph { input { name: \"x\" type { " a b "} } }"
}' >deep.txt
encode deep
echo 'the file nests messages deeper than' >want
refused "deep nesting" deep.onnx -t c -o out/net.c

# ---- files ----

: >empty.onnx
echo 'the file is empty' >want
refused "empty file" empty.onnx -t c -o out/net.c

echo 'not valid ONNX' >want
printf '\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\0\1' >png.onnx
refused "a picture" png.onnx -t c -o out/net.c
echo 'import torch' >text.onnx
refused "a text" text.onnx -t c -o out/net.c

echo "cannot read 'nowhere.onnx': No such file" >want
refused "missing model" nowhere.onnx -t c -o out/net.c
echo "cannot read 'sub': " >want
refused "a folder as model" sub -t c -o out/net.c
echo "no input_0.pb in 'sub'" >want
refused "an empty --data folder" dims-open.onnx -t c -o out/net.c --data sub

# ---- a good model, and no place for its output ----

good=$srcdir/samples/digits/digits.onnx
try "$good" -t c -o out/net.c
verdict "the good model is good" $?

echo "nowhere/net.c" >want
refused "output into a missing folder" "$good" -t c -o nowhere/net.c
if [ "$(id -u)" != 0 ]; then
    mkdir -m 500 closed
    echo "closed/net.c" >want
    refused "output into a folder without write permission" "$good" -t c -o closed/net.c
fi

# A full disk, as a limit on the size of files: writing fails in the middle.
(
    trap '' XFSZ
    ulimit -f 8
    rm -rf out
    mkdir out
    "$DNNCC" "$good" -t c -o out/net.c >said 2>err
    status=$?
    [ $status = 1 ] && orderly $status
)
verdict "a full disk" $?

# ---- the command line ----

asked() { # asked HEAD OPTION...: help, of which the first line begins so
    head=$1
    shift
    "$DNNCC" "$@" >said 2>err && [ ! -s err ] && head -1 said | grep -q "^dnncc $head"
    verdict "$*" $?
}
asked "[0-9.]*: compiles" --help
asked "[0-9.]*: compiles" help
for command in compile build profile compare roofline stats targets; do
    asked "\\[*$command" $command --help
    asked "\\[*$command" $command -t c -h
    asked "\\[*$command" help $command
done
asked "\\[compile" "$good" --help
"$DNNCC" compare --help >said; grep -q -- '^  --fail-if=LIMIT ' said && ! grep -q -- --data said; verdict "help of a command is of no other" $?
for words in "help nothing" "stats --nothing"; do
    "$DNNCC" $words >said 2>err; [ $? = 2 ] && [ ! -s said ] && grep -q nothing err
    verdict "$words" $?
done

# ---- targets ----

echo "no target 'z80'" >want
refused "unknown target" "$good" -t z80 -o out/net.c
sed '$a colour: blue' "$srcdir/targets/c.yaml" >./colour.yaml
echo "colour.yaml:" >want
refused "unknown key in a target" "$good" -t ./colour.yaml -o out/net.c

# ---- damage: any outcome is fine but a crash ----

damaged() { # damaged LABEL: damaged.onnx
    try damaged.onnx -t c -o out/net.c
    status=$?
    orderly $status && return
    echo "$1"
    cp damaged.onnx "$builddir/tests/log/damaged.onnx"
    sed 's/^/    /' err
    return 1
}

cut() { # cut MODEL: at many places
    bad=0
    bytes=$(wc -c <"$1")
    for percent in 1 2 3 5 8 13 21 34 55 70 80 90 95 98 99; do
        head -c $((bytes * percent / 100)) "$1" >damaged.onnx
        damaged "cut at $percent%" || bad=1
    done
    return $bad
}

draw() { # draw N: a number below N; Knuth's generator, modulo 2^31
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    drawn=$((seed / 256 % $1))
}

flip() { # flip MODEL TIMES: one bit each time
    bad=0 seed=1
    bytes=$(wc -c <"$1")
    for i in $(seq "$2"); do
        draw "$bytes"
        at=$drawn
        draw 8
        byte=$(od -An -tu1 -j "$at" -N 1 "$1" | tr -d ' ')
        cp "$1" damaged.onnx
        printf "\\$(printf %o $((byte ^ 1 << drawn)))" |
            dd of=damaged.onnx bs=1 seek="$at" conv=notrunc 2>/dev/null
        damaged "bit $drawn of byte $at flipped" || bad=1
    done
    return $bad
}

$AWK -f "$srcdir/tests/expand.awk" "$srcdir/tests/bad/good.txt"
encode good
try good.onnx -t c -o out/net.c
verdict "the small model is good" $?
for model in "$good" good.onnx; do
    cut "$model"
    verdict "$(basename "$model") truncated" $?
    flip "$model" 100
    verdict "$(basename "$model") with flipped bits" $?
done
totals
