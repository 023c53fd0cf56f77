# SPDX-License-Identifier: MIT
# -i counters by perf_event_open: the events of the kernel, which every machine has, and those of CPUs on a kernel that is
# made up (events/fake_perf.c), whose counts are known.
. "$srcdir/tests/lib.sh"
[ "$(uname)" = Linux ] || { echo "needs Linux"; exit 77; }
command -v python3 >/dev/null || { echo "needs python3"; exit 77; }
model=$srcdir/samples/digits/digits.onnx

check() { # check NAME FILE EXPRESSION: true of the object p; `layers` are its layers' counters, `whole` those of the run
    python3 -c 'import json, sys; p = json.load(open(sys.argv[1])); layers = [l.get("counters") for l in p["layers"]]
method, whole = p["methods"]["counters"], p["run"].get("counters", {}).get("whole")
sys.exit(not eval(f"({sys.argv[2]})", dict(globals())))' "$2" "$3"
    good=$?
    verdict "$1" $good
    [ $good = 0 ] || cat said
}

# ---- options ----

refuse() { # refuse NAME PATTERN OPTION...
    name=$1 pattern=$2
    shift 2
    "$DNNCC" profile "$model" "$@" >said 2>&1
    [ $? = 2 ] && grep -q -- "$pattern" said; verdict "$name" $?
}
refuse "an event that is not known" "names of report/PROFILE.md" -i counters --events cycle
refuse "one twice" "takes up to 20 events" -i counters --events cycles,r10d1,cycles
refuse "none" "takes up to 20 events" -i counters --events ''
refuse "a comma too many" "takes up to 20 events" -i counters --events cycles,
refuse "21 of them" "takes up to 20 events" -i counters \
    --events r1,r2,r3,r4,r5,r6,r7,r8,r9,ra,rb,rc,rd,re,rf,r10,r11,r12,r13,r14,r15
refuse "under callgrind" "no --events" -i counters --method callgrind --events cycles
refuse "without counters" "options of -i counters without it" -i time --events cycles

# ---- the kernel's own ----

CFLAGS="-O1 -std=c11 -Wall -Wextra -Wshadow -pedantic -Werror" "$DNNCC" profile "$model" -t c -i counters \
    --events page_faults,task_clock_ns,cpu_migrations,minor_faults,major_faults --keep kept -o soft.json >table.txt 2>said
verdict "profile" $?
if grep -q '"n/a' soft.json; then
    verdict "events of the kernel are not there" 77
else
    check "they are counted" soft.json 'method == "pmu" and len(whole) == 5 and
        0 < sum(l["task_clock_ns"] for l in layers) <= whole["task_clock_ns"] * 1.05 and
        all(l["page_faults"] >= l["minor_faults"] >= 0 for l in layers)'
    grep -q 'task_clock_ns  *cpu_migrations' table.txt; verdict "columns of the table" $?
    # A program that touches memory: the kernel says for the whole of it what the bench says of the run.
    perf stat -x, -e page-faults -o stat.txt ./kept/net.exe --profile raw.json --probe counters --events page_faults 2>/dev/null &&
        python3 -c 'import json
all, run = float(open("stat.txt").read().split(",")[0].split()[-1]), json.load(open("raw.json"))["run_counters"]["page_faults"]
assert 0 <= run <= all, (run, all)'
    case $? in 0) verdict "not more than perf stat says" 0 ;; *) verdict "perf stat" $(command -v perf >/dev/null && echo 1 || echo 77) ;; esac
fi

# ---- CPUs' ----

${CC:-cc} -shared -fPIC -O1 -Wall -Wextra -o fake.so "$srcdir/tests/events/fake_perf.c" -ldl || {
    verdict "a kernel that is made up" 77
    totals
    exit
}
layers=$(grep -c '"function"' soft.json)

cpu() { # cpu VENDOR FAMILY MODEL FLAGS...: writes cpuinfo
    vendor=$1 family=$2 number=$3
    shift 3
    printf 'processor\t: 0\nvendor_id\t: %s\ncpu family\t: %d\nmodel\t\t: %d\nmodel name\t: none\nflags\t\t: fpu %s lm\n\n' \
        "$vendor" "$family" "$number" "$*" >cpuinfo
}
faked() { # faked NAME=VALUE... -- OPTION...: profile F.json, log.txt
    rm -f log.txt faked.json
    while [ "$1" != -- ]; do set -- "$@" "$1"; shift; done
    shift
    options= settings=
    for word; do case $word in FAKE_*) settings="$settings $word" ;; *) options="$options $word" ;; esac; done
    env FAKE_CPUINFO=cpuinfo FAKE_LOG=log.txt FAKE_LAYERS=$layers $settings LD_PRELOAD=./fake.so \
        ./kept/net.exe --profile raw.json --probe counters $options >said 2>&1 &&
        python3 - <<'END'
import json
raw = json.load(open("raw.json"))
json.dump({"methods": raw["methods"], "layers": [{"counters": l} for l in raw["counters"]],
           "run": {"counters": {"whole": raw["run_counters"]}}}, open("faked.json", "w"))
END
}
opens() { # opens NAME EVENT...: those of group after group; + is a member
    name=$1
    shift
    printf '%s\n' "$@" | cmp -s - log.txt
    good=$?
    verdict "$name" $good
    [ $good = 0 ] || { cat said; diff - log.txt; } <<END
$(printf '%s\n' "$@")
END
}

basic="0:0x1 +0:0 +0:0x4 +0:0x5"
cpu GenuineIntel 6 60 avx2 bmi2
faked --; opens "Haswell" $basic 3:0x10000 +4:0x10d1 +3:0x10002
cpu GenuineIntel 6 94 avx2 adx
faked --; opens "Skylake" $basic 3:0x10000 +4:0x10d1 +3:0x10002 4:0x2c7 +4:0x8c7 +4:0x20c7
cpu GenuineIntel 6 143 avx2 adx avx512f
faked --; opens "Sapphire Rapids" $basic 3:0x10000 +4:0x10d1 +3:0x10002 4:0x2c7 +4:0x8c7 +4:0x20c7 +4:0x80c7
cpu GenuineIntel 6 190 avx2 adx
faked --; opens "an efficiency core" $basic 3:0x10000 +3:0x10002
cpu AuthenticAMD 23 1 avx2 adx
faked --; opens "Zen" $basic 3:0x10000 +4:0x964 4:0xf03
cpu AuthenticAMD 23 49 avx2 adx
faked --; opens "Zen 2" $basic 3:0x10000 +4:0x964 +4:0x4843 4:0xf03
cpu AuthenticAMD 25 17 avx2 adx avx512f
faked --; opens "Zen 4" $basic 3:0x10000 +4:0x964 +4:0x4843 4:0x408 +4:0x808 +4:0x1008 +4:0x2008 4:0xf03
check "its counts" faked.json 'method == "pmu" and len(layers[0]) == 12 and all(list(l.values()) ==
    [1000 * (j + 1) * (k + 1) for k in range(12)] for j, l in enumerate(layers))'
names='["instructions", "cycles", "branches", "branch_misses"]'
check "in their order" faked.json "list(layers[0])[:4] == $names and list(layers[0])[7:] ==
    ['fp_scalar', 'fp_128', 'fp_256', 'fp_512', 'fp_ops']"
check "whole runs have what reading costs, too" faked.json 'all(whole[name] == sum(l[name] for l in layers) +
    7 * (2 * len(layers) + 1) for name in whole)'
faked FAKE_RUNNING=50 --
check "half of the time is scaled" faked.json 'all(l["cycles"] == 2000 * (j + 1) for j, l in enumerate(layers))'
faked FAKE_RUNNING=0 --
check "never counted" faked.json 'method.startswith("n/a: other programs held") and whole is None and not any(layers)'

missing=0
for config in 0x1 0 0x4 0x5; do
    for error in 2 22 95; do
        faked FAKE_FAIL=0:$config=$error --
        check "without hardware event $config, error $error" faked.json "(lambda left: method == 'pmu' and all(list(l.items())[:3] ==
            [(name, 1000 * (j + 1) * (k + 1)) for k, name in enumerate(left)] for j, l in enumerate(layers)))(
            [n for i, n in enumerate($names) if i != $missing])"
    done
    missing=$((missing + 1))
done
echo 3 >level
for error in 13 1; do
    faked "FAKE_FAIL=*=$error" FAKE_PARANOID=level --
    check "not allowed, error $error" faked.json '"not allowed here; perf_event_paranoid is 3" in method and whole is None'
done
faked "FAKE_FAIL=*=2" --
check "a virtual machine" faked.json '"the CPU shows none, as in many virtual machines" in method and not any(layers)'

faked -- --events r01c2,page_faults,cycles,context_switches,instructions,l2_misses,r3c
opens "events that are asked for" 4:0x1c2 +1:0x2 +0:0 "+1:0x3 kernel" 0:0x1 +4:0x964 +4:0x3c
check "under their names" faked.json 'list(whole) == ["r01c2", "page_faults", "cycles", "context_switches", "instructions",
    "l2_misses", "r3c"] and layers[1]["r3c"] == 2000 * 7'
faked FAKE_FAIL=1:0x2=13 -- --events page_faults,cycles
check "one of them is not there" faked.json 'list(whole) == ["cycles"]'
grep -q 'page_faults is left out: perf_event_open: Permission denied' said; verdict "and is named" $?
cpu GenuineIntel 6 60 avx2
faked -- --events fp_256
check "one that the CPU does not have" faked.json 'method == "n/a: none of these events are known of this CPU"'
grep -q 'fp_256 is not known of this CPU' said; verdict "and is named, too" $?
totals
