# SPDX-License-Identifier: MIT
# Instrumented builds: what stays as it is, what the hooks say to a caller of one's own, and dnncc profile from end to end.
. "$srcdir/tests/lib.sh"
command -v protoc >/dev/null || { echo "needs protoc: apt-get install protobuf-compiler"; exit 77; }
cp "$srcdir/samples/digits/digits.onnx" .
for name in if_then lstm loop_slices depthwise_residual; do
    [ ! -f "$srcdir/tests/models/$name.textproto" ] ||
        encode ModelProto <"$srcdir/tests/models/$name.textproto" >"$name.onnx"
done

# ---- the net: layer functions are the same, and without -i there is no word of probes ----

functions() { awk '/^rt_layer/ { on = 1 } on; /^}/ { on = 0 }' "$1"; }
for model in *.onnx; do
    for target in c avx2 avx512; do
        "$DNNCC" "$model" -t $target -o net.c && functions net.c >plain.txt &&
            ! grep -qi 'probe' net.c net.h && [ -s plain.txt ] &&
            "$DNNCC" "$model" -t $target -i time -o net.c && functions net.c >timed.txt && cmp plain.txt timed.txt
        verdict "the same functions: $model for $target" $?
    done
done
for compiler in "gcc -std=c11" "gcc -std=c99" "clang -std=c11" "g++ -std=c++17 -x c++"; do
    command -v "${compiler%% *}" >/dev/null || continue
    "$DNNCC" digits.onnx -i time -o net.c &&
        $compiler -O1 -pedantic -Wall -Wextra -Wshadow -Werror -c net.c -o net.o
    verdict "no warning with hooks: $compiler" $?
done

# ---- a caller of one's own: its clock ticks once each time it is read ----

"$DNNCC" digits.onnx -i time -o net.c
sizes=$(sed -n 's/^#define \(NET_.*_SIZE\) .*/\1/p' net.h | tr '\n' ' ')
cat >caller.c <<CEND
#include <stdio.h>
#include <stdint.h>
#include "net.h"
static _Alignas(64) unsigned char work[NET_WORK_BYTES];
static uint64_t tick;
static int told[NET_LAYERS + 1];
static uint64_t clock_of(void *user) { return user == &tick ? tick++ : 0; }
static void sink(void *user, int what, int layer, const uint64_t *values, int count)
{
    if (user == &tick && what == NET_TIME && layer >= 1 && layer <= NET_LAYERS && count == 1 && *values == 1)
        told[layer]++;
}
int main(void)
{
    static float x[${sizes%% *}], y[$(echo $sizes | cut -d' ' -f2)];
    net_probe probe = {&tick, 0, sink, clock_of};
    int calls = 0;
    if (net_run(x, y, work) || net_run_probed(x, y, work, NULL) || net_run_probed(x, y, work, &probe) || tick)
        return 1;
    probe.on = NET_TIME;
    if (net_run_probed(x, y, work, &probe)) return 2;
    for (int i = 1; i <= NET_LAYERS; i++) {
        if (!told[i]) return 3;
        calls += told[i];
    }
    return tick == 2 * (uint64_t)calls ? 0 : 4;
}
CEND
gcc -std=c11 -Wall -Wextra -Werror -fsanitize=address,undefined caller.c net.c net_weights.c -lm -o caller && ./caller
verdict "a clock and a sink of the caller's own" $?

# ---- dnncc profile ----

mkdir -p set/test_data_set_0 set/test_data_set_1
awk 'BEGIN { for (i = 0; i < 64; i++) printf "float_data: %g\n", i * 7 % 17 / 16 }' >pixels
for k in 0 1; do
    { echo 'dims: [1, 1, 8, 8] data_type: 1'; cat pixels; } | encode TensorProto >set/test_data_set_$k/input_0.pb
done
"$DNNCC" profile digits.onnx -i time --data set --seconds 0.3 --launches 3 -o run.json >table.txt 2>err.txt && [ ! -s err.txt ]
verdict "profile prints a table and nothing else" $?
cat >check.py <<'PYEND'
import json, sys
p = json.load(open(sys.argv[1]))
threads = int(sys.argv[2])
assert (p["schema"], p["version"], p["threads"], p["data"]["sets"]) == ("dnncc-profile", 1, threads, 2)
runs = p["run"]["ns"]
assert len(p["run"]["launches"]) == 3 and sum(p["run"]["launches"]) == len(runs)
layers = p["layers"]
assert runs and layers
for l in layers:
    assert len(l["time"]["ns"]) == len(runs) and l["bytes"] > 0 and l["name"] and l["nodes"], l
assert all(sum(l["time"]["ns"][r] for l in layers) <= 1.05 * runs[r] + 50 * len(layers) for r in range(len(runs)))
assert len({l["id"] for l in layers}) == len(layers)
steps = [l["step"] for l in layers]
assert steps == sorted(steps) and steps[0] >= 0
for b in p["arena"]["buffers"]:
    assert 0 <= b["first"] <= b["last"] and b["offset"] + b["bytes"] <= p["arena"]["bytes"], b
PYEND
python3 check.py run.json 1 && grep -q 'gemm' table.txt && grep -q '^run .* ms' table.txt
verdict "a profile holds what PROFILE.md says" $?
"$DNNCC" profile digits.onnx -i time --threads 2,all --stream=2 --data set --seconds 0.3 --launches 3 -o run2.json >table.txt &&
    python3 check.py run2.json 2
verdict "the same on two threads" $?
"$DNNCC" profile digits.onnx --seconds 0.01 --launches 2 >table.txt && grep -q 'share' table.txt
verdict "a profile on noise, without a file" $?

# Two builds in turns: what was said before --and holds for both, but for names.
"$DNNCC" profile digits.onnx --seconds 0.3 --launches 4 --data set -t c -o first.json --label one --and --no-fuse -o second.json \
    --html both.html >said 2>err && [ ! -s err ] && grep -q 'measured in turns: .* 4 pairs' said && grep -q '^B  second: ' said &&
    grep -q 'measured in turns' both.html
verdict "two builds in turns are compared at once" $?
"$DNNCC" compare first.json second.json >again && cmp said again
verdict "and again from their profiles" $?
python3 - <<'PYEND'
import json
a, b = (json.load(open(f)) for f in ("first.json", "second.json"))
assert a["run"]["turns"] == b["run"]["turns"] and len(a["run"]["turns"]) == 16
assert len(a["run"]["launches"]) == len(b["run"]["launches"]) == 4
assert a["label"] == "one" and a["target"] == b["target"] and len(a["layers"]) < len(b["layers"])
assert "turns" not in json.load(open("run.json"))["run"]
PYEND
verdict "and share a key that others do not have" $?
"$DNNCC" profile digits.onnx --seconds 0.02 --launches 2 --and -t avx2 --portable --and --no-fuse >said && grep -q '^C  digits: ' said &&
    grep -q 'takes 4 starts' said
verdict "three, without files" $?

# Inputs of other kinds: the same pixels as an array, an image and bare elements.
mkdir -p kinds images
python3 - <<'PYEND'
import struct
pixels = [i * 7 % 17 * 15 for i in range(64)]
floats = struct.pack("<64f", *(p / 255 for p in pixels))
head = b"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 8, 8), }"
head += b" " * (-(len(head) + 11) % 64) + b"\n"
start = b"\x93NUMPY\1\0" + struct.pack("<H", len(head))
open("kinds/a.npy", "wb").write(start + head + floats)
open("kinds/b.raw", "wb").write(floats)
open("kinds/c.pgm", "wb").write(b"P5\n# drawn by hand\n8 8\n255\n" + bytes(pixels))
open("images/short.pgm", "wb").write(b"P5 8 8 255\n" + bytes(63))
open("images/wide.pgm", "wb").write(b"P5 9 8 255\n" + bytes(72))
open("images/cut.npy", "wb").write(start + head[:30])
open("images/big.npy", "wb").write(start + head.replace(b"<f4", b">f4") + floats)
open("images/long.raw", "wb").write(floats + b"x")
PYEND
CFLAGS='-O1 -fsanitize=address,undefined -fno-sanitize-recover=all' "$DNNCC" build digits.onnx -o exe
./exe --data kinds --save kinds.out && cmp kinds.out/test_data_set_0/output_0.pb kinds.out/test_data_set_1/output_0.pb &&
    cmp kinds.out/test_data_set_0/output_0.pb kinds.out/test_data_set_2/output_0.pb
verdict "an array, bare elements and an image are the same input" $?
"$DNNCC" profile digits.onnx --data kinds --seconds 0.01 --launches 2 -o run3.json >table.txt && grep -q '"sets": 3' run3.json
verdict "a folder of files is a data set each" $?
for case in "short.pgm: it holds 63" "wide.pgm: an image of" "cut.npy: its header is damaged" "big.npy: its elements are big" \
    "long.raw: it holds 257"; do
    ./exe --data "images/${case%%:*}" --save out.dir >said 2>&1
    [ $? = 1 ] && grep -q "$case" said
    verdict "refused: $case" $?
done

"$DNNCC" profile digits.onnx -i sparsity --data set -o zeros.json --html zeros.html >said && grep -q 'Times were not measured' zeros.html &&
    grep -q 'class="bars spread"' zeros.html && ! grep -q 'class="bars spread"' both.html
verdict "a report without times, of the zeros of two images" $?

"$DNNCC" profile digits.onnx -i sparsity --data set -o /dev/stdout | python3 -c 'import json, sys; json.load(sys.stdin)["layers"]'
verdict "a profile into a pipe, alone" $?
ln -s linked.json link.json && "$DNNCC" profile digits.onnx -i sparsity --data set -o /dev/stdout >linked.json &&
    python3 -c 'import json; json.load(open("linked.json"))["layers"]' && [ -h /dev/stdout ] &&
    "$DNNCC" profile digits.onnx -i sparsity --data set -o link.json >said && [ -h link.json ] && [ -s said ]
verdict "through a link" $?
"$DNNCC" profile digits.onnx -i sparsity --data set -o /dev/null | grep -q gemm; verdict "a table alone" $?

refuse() { # refuse NAME STATUS PATTERN OPTION...
    name=$1 want=$2 pattern=$3
    shift 3
    rm -f out.json
    "$DNNCC" profile "$@" >said 2>&1
    [ $? = "$want" ] && grep -q -- "$pattern" said && [ ! -e out.json ] && [ "$(grep -c '^dnncc: ' said)" = 1 ] &&
        ! grep -v '^dnncc: \|^  hint: ' said
    good=$?
    verdict "$name" $good
    [ $good = 0 ] || cat said
}
mkdir -p empty/test_data_set_0 short/test_data_set_0 long/test_data_set_0
{ echo 'dims: [1, 1, 8, 7] data_type: 1'; head -56 pixels; } | encode TensorProto >short/test_data_set_0/input_0.pb
{ echo 'dims: [1, 1, 8, 8] data_type: 11'; sed s/float_data/double_data/ pixels; } |
    encode TensorProto >long/test_data_set_0/input_0.pb
refuse "an instrument that is none" 2 "-i takes .*time" digits.onnx -i tme -o out.json
refuse "a value that does not fit" 2 "--bits takes linear.*'linear:99'" digits.onnx -i bits --bits=linear:99 -o out.json
refuse "an option of an instrument that is not there" 2 "options of -i sparsity" digits.onnx -i time --near 1 -o out.json
refuse "a folder that is not there" 1 "gone" digits.onnx --data gone -o out.json
refuse "a folder without inputs" 1 "no file for input" digits.onnx --data empty -o out.json
refuse "an input of another shape" 1 "8,7" digits.onnx --shape image=1x1x8x8 --data short -o out.json
refuse "an input of another type" 1 "double" digits.onnx --data long -o out.json
refuse "one file for two profiles" 2 "cannot both be 'out.json'" digits.onnx -o out.json --and -o out.json
refuse "one folder for two builds" 2 "cannot both be in 'src'" digits.onnx --keep src --and --keep src
refuse "other numbers of starts" 2 "same --launches" digits.onnx -o out.json --launches 3 --and --launches 4
refuse "a second model that is not there" 1 "gone.onnx" digits.onnx -o out.json --and gone.onnx
# What can be known before is said before: only the bench, without the net, has been compiled by then.
cat >counting <<'CEND'
#!/bin/sh
echo "$*" >>calls
exec cc "$@"
CEND
chmod +x counting
for data in gone empty long; do
    rm -f calls
    refuse "$data: before the net is compiled" 1 "dnncc: $data" digits.onnx --cc ./counting --data $data -o out.json
    [ "$(grep -c CHECK calls)" = 1 ] && [ "$(wc -l <calls)" = 1 ]; verdict "$data: after one call" $?
done
rm calls
mkdir folder
refuse "an output nowhere" 1 "cannot write 'nowhere/out.json'" digits.onnx --cc ./counting -o nowhere/out.json
refuse "a folder for an output" 1 "cannot write 'folder'" digits.onnx --cc ./counting --html folder
"$DNNCC" build digits.onnx --cc ./counting -o nowhere/exe 2>said; [ $? = 1 ] && grep -q "cannot write 'nowhere/exe'" said && [ ! -e calls ]
verdict "outputs are tried before anything is compiled" $?
"$DNNCC" build digits.onnx -o /dev/full 2>said; [ $? = 1 ] && [ "$(grep -c "cannot write '/dev/full'" said)" = 1 ] && [ -c /dev/full ]
verdict "a program for a full disk" $?
if [ -w /dev/shm ]; then
    TMPDIR=/dev/shm "$DNNCC" build digits.onnx -o moved && ./moved --seconds 0.01 >said; verdict "a program from another file system" $?
fi
refuse "a full disk" 1 "/dev/full" digits.onnx --seconds 0.01 --launches 2 -o /dev/full
totals
