# SPDX-License-Identifier: MIT
# dnncc roofline measures a core and writes a device file, which --device reads; what the figures are, no test can know,
# but that they are in order.
. "$srcdir/tests/lib.sh"
model=$srcdir/samples/digits/digits.onnx

# Numbers of a device file, one a line: GFLOP/s, then bytes a second from the nearest level to memory.
numbers() { sed -n 's/^  gflops: //p; s/^  bytes_per_s: {\(.*\)}/\1/p' "$1" | tr ',' '\n' | sed 's/.*: //'; }

CFLAGS="-O2 -std=c11 -Wall -Wextra -Wshadow -pedantic -Werror" "$DNNCC" roofline -t c -o c.yaml >said
verdict "it measures" $?
numbers c.yaml | awk 'NR == 1 && $1 > 0.01 { n++ } NR > 1 && $1 > 1e6 { n++ } END { exit !(NR >= 3 && n == NR) }'
verdict "numbers" $?
numbers c.yaml | awk 'NR == 2 { l1 = $1 } { last = $1 } END { exit !(l1 > last) }'; verdict "L1 is faster than memory" $?
grep -q 'multiply-add .* GFLOP/s' said && grep -q '^l1 .* KiB .* GB/s' said; verdict "the table" $?
CFLAGS="-O1 -fsanitize=undefined -fno-sanitize-recover=all" "$DNNCC" roofline -t avx512 --portable -o p.yaml \
    >said 2>&1 && ! grep -q 'runtime error' said
verdict "portable under a sanitizer" $?
if command -v clang >/dev/null; then
    CFLAGS="-O1 -std=c11 -Wall -Wextra -Wshadow -pedantic -Werror" "$DNNCC" roofline -t c --cc clang --keep k -o k.yaml >said
    verdict "clang" $?
    [ -e k/roofline.c ]; verdict "--keep" $?
fi

mkdir -p plain device && "$DNNCC" "$model" -t c -o plain/a.c && "$DNNCC" "$model" -t c --device c.yaml -o device/a.c &&
    sed 's/ --device c.yaml//' device/a.c | cmp - plain/a.c
verdict "figures of the machine change no code" $?

"$DNNCC" profile "$model" -t c --seconds 0.1 --device c.yaml -o run.json >said && grep -q 'of peak' said &&
    grep -q '^ "peak": {"gflops": ' run.json
verdict "profile knows the peak" $?

refused() { # refused NAME PATTERN TEXT: a device file that is not accepted
    printf '%s\n' "$3" >bad.yaml
    "$DNNCC" stats "$model" -t c --device bad.yaml >said 2>&1
    [ $? = 1 ] && grep -q "$2" said; status=$?
    verdict "$1" $status
    [ $status = 0 ] || cat said
}
good='cpu: x, target: c, gflops: 30'
refused "no machine" 'has a machine' 'lanes: 4'
refused "another target" "for target 'avx2', not 'c'" 'machine: {cpu: x, target: avx2, gflops: 30}'
refused "no figures" 'bad.yaml:1:10: a machine has' 'machine: {cpu: x}'
refused "an unknown key" "bad.yaml:1:.*unknown key 'speed'" "machine: {$good, speed: 1}"
refused "an unknown level" "unknown level 'l4'" "machine: {$good, bytes: {l4: 1}}"
refused "no number" 'bytes_per_s must be a number' "machine: {$good, bytes_per_s: {l1: fast}}"
refused "no mapping" 'bytes must be a mapping' "machine: {$good, bytes: 3}"
"$DNNCC" stats "$model" -t c --device nowhere.yaml >/dev/null 2>&1; [ $? = 1 ]; verdict "no file" $?
"$DNNCC" roofline "$model" >/dev/null 2>&1; [ $? = 2 ]; verdict "a model" $?
"$DNNCC" roofline -t c -o nowhere/d.yaml >/dev/null 2>&1; [ $? = 1 ]; verdict "a folder that is not there" $?
if ! "$DNNCC" targets | grep -q '^avx512 .*runs here'; then
    "$DNNCC" roofline -t avx512 >said 2>&1; [ $? = 1 ] && grep -q "cannot run target 'avx512': it lacks" said
    verdict "a target that does not run here" $?
fi
totals
