# SPDX-License-Identifier: MIT
# -i counters: hooks in the net, the CPU's counters (most test machines have none: then the reason is given; events.sh has
# the code that counts), and those that valgrind's callgrind simulates.
. "$srcdir/tests/lib.sh"
command -v protoc >/dev/null || { echo "needs protoc: apt-get install protobuf-compiler"; exit 77; }
command -v python3 >/dev/null || { echo "needs python3"; exit 77; }
model=$srcdir/samples/digits/digits.onnx
mkdir -p set/test_data_set_0 set/test_data_set_1
for k in 0 1; do
    { echo 'dims: [1, 1, 8, 8] data_type: 1'
      awk -v k=$k 'BEGIN { for (i = 0; i < 64; i++) printf "float_data: %g\n", (i + k) * 7 % 17 / 16 }'; } |
        encode TensorProto >set/test_data_set_$k/input_0.pb
done

json() { # json FILE EXPRESSION: true of the object p; `layers` are its layers' counters
    python3 -c 'import json, sys; p = json.load(open(sys.argv[1])); layers = [l.get("counters") for l in p["layers"]]
sys.exit(not eval(f"({sys.argv[2]})", {"p": p, "layers": layers}))' "$@"
}

# ---- the net ----

functions() { awk '/^rt_layer/ { on = 1 } on; /^}/ { on = 0 }' "$1"; }
for target in c avx2 avx512; do
    "$DNNCC" "$model" -t $target -o net.c && functions net.c >plain.txt && [ -s plain.txt ] &&
        "$DNNCC" "$model" -t $target -i counters,time -o net.c && functions net.c >hooked.txt && cmp plain.txt hooked.txt
    verdict "the same functions for $target" $?
done

"$DNNCC" "$model" -i counters -o net.c
cat >caller.c <<'END'
#include "net.h"
static _Alignas(64) unsigned char work[NET_WORK_BYTES];
static int reads, told;
static void counters_of(void *user, int layer, uint64_t values[NET_COUNTER_VALUES])
{
    (void)user;
    for (int i = 0; i < NET_COUNTER_VALUES; i++) values[i] = (uint64_t)(reads * (i + layer));
    reads++;
}
static void sink(void *user, int what, int layer, const uint64_t *values, int count)
{
    int bad = user != &reads || what != NET_COUNTERS || count != NET_COUNTER_VALUES;
    for (int i = 0; i < NET_COUNTER_VALUES; i++) bad |= values[i] != (uint64_t)(i + layer);
    told += bad ? 1000 : 1;
}
int main(void)
{
    static float x[NET_IMAGE_SIZE], y[NET_PROBABILITY_SIZE];
    net_probe probe = {&reads, NET_COUNTERS, sink, counters_of};
    return net_run(x, y, work) || reads || net_run_probed(x, y, work, &probe) || told < NET_LAYERS || reads != 2 * told ||
        told >= 1000;
}
END
${CC:-cc} -std=c11 -Wall -Wextra -Werror -fsanitize=address,undefined caller.c net.c net_weights.c -lm -o caller && ./caller
verdict "counters and a sink of the caller's own" $?

# ---- the CPU's counters ----

CFLAGS="-O1 -std=c11 -Wall -Wextra -Wshadow -pedantic -Werror" "$DNNCC" profile "$model" -t c -i counters,time --launches 1 \
    --seconds 0.05 --data set --keep kept -o run.json >table.txt
verdict "profile" $?
if json run.json 'p["methods"]["counters"] == "pmu"'; then
    json run.json 'all(p["run"]["counters"]["whole"][k] >= sum(l[k] for l in layers) * 0.9 for k in layers[0]) and
        all(l["instructions"] > 0 for l in layers)'
    verdict "counters of the CPU" $?
else
    json run.json 'p["methods"]["counters"].startswith("n/a: perf_event_open: ") and layers == [None] * len(layers)'
    verdict "why there are no counters" $?
    grep -q 'counters: n/a: ' table.txt; verdict "the table says so" $?
fi

# ---- callgrind's ----

refuse() { # refuse NAME STATUS PATTERN OPTION...
    name=$1 want=$2 pattern=$3
    shift 3
    rm -f out.json
    "$DNNCC" profile "$model" -o out.json "$@" >said 2>&1
    [ $? = "$want" ] && grep -q -- "$pattern" said && [ ! -e out.json ]
    good=$?
    verdict "$name" $good
    [ $good = 0 ] || cat said
}
refuse "threads" 2 "one thread" -i counters --threads 2
refuse "no such method" 2 "pmu or callgrind" --method guess
refuse "time under callgrind" 2 "counters alone" --method callgrind -i time,counters
refuse "a cache of 3 MB" 2 "power of two" --method callgrind --ll 3M
refuse "a cache of no size" 2 "such as 8M" --method callgrind --ll much
(PATH=/nowhere; export PATH; exec "$DNNCC" profile "$model" --method callgrind) >said 2>&1
[ $? = 1 ] && grep -q "needs valgrind" said; verdict "no valgrind" $?
if ! command -v valgrind >/dev/null; then
    verdict "callgrind (valgrind is not there)" 77
    totals
    exit
fi
refuse "AVX-512 under valgrind" 1 "cannot run AVX-512" -t avx512 --method callgrind

simulate() { # simulate OPTION...: run.json
    "$DNNCC" profile "$model" -t c --method callgrind -o run.json "$@" >table.txt
}
simulate --data set/test_data_set_0 && cp run.json first.json && simulate --data set/test_data_set_0 && cmp run.json first.json
verdict "twice the same file" $?
json run.json 'p["methods"] == {"counters": "callgrind"} and "ns" not in p["run"] and
    all(p["run"]["counters"]["whole"][k] == p["run"]["counters"]["between"][k] + sum(l[k] for l in layers)
        for k in p["run"]["counters"]["whole"])'
verdict "layers and what lies between them are the whole" $?
grep -q '^(between layers) ' table.txt && grep -q '^whole run ' table.txt && grep -q 'a 1000' table.txt
verdict "the table" $?
json run.json 'all(l["instructions"] > l["branches"] > l["branch_misses"] >= 0 and l["llc_misses"] <= l["l1d_misses"] +
    l["l1i_misses"] for l in layers)'
verdict "counts are in order" $?
simulate --data set && json run.json 'p["data"]["sets"] == 2 and all(l["instructions"] > 0 for l in layers)'
verdict "two data sets" $?
simulate --data set/test_data_set_0 --ll 64K --keep kept2 && json run.json 'p["simulated"]["llc"] == 65536'
verdict "--ll" $?

# A function by itself: valgrind counts it from its first instruction to its last; the hooks add a few dozen.
function=$(sed -n 's/.*"function": "\(l01_[a-z_0-9]*\)".*/\1/p' run.json | head -1)
valgrind -q --tool=callgrind --callgrind-out-file=alone --toggle-collect="$function" kept2/net.exe \
    --data set/test_data_set_0 --save saved >/dev/null 2>&1
alone=$(sed -n 's/^totals: *\([0-9]*\).*/\1/p' alone)
json run.json "0 <= [l['counters']['instructions'] for l in p['layers'] if l['function'] == '$function'][0] - $alone < 150"
verdict "a layer is its function ($function: $alone)" $?
totals
