# SPDX-License-Identifier: MIT
# dnncc compare: what it marks, what it writes, what it says to bad profiles. The profiles are made up (compare/profile.awk).
set -u
. "$srcdir/tests/lib.sh"

made() { $AWK -f "$srcdir/tests/compare/profile.awk" "$@"; } # made -v NAME=VALUE ...
judge() { # judge NAME COMMAND...: the command must succeed
    name=$1
    shift
    "$@" >said 2>err
    status=$?
    [ $status = 0 ] || { sed 's/^/    /' said err; }
    verdict "$name" $status
}
refused() { # refused NAME PATTERN ARGUMENT...: status 1, one message, no file
    name=$1 pattern=$2
    shift 2
    rm -rf out; mkdir out
    "$DNNCC" compare "$@" >said 2>err
    [ $? = 1 ] && [ "$(grep -c '^dnncc: ' err)" = 1 ] && ! grep -v '^dnncc: \|^  hint: ' err &&
        grep -q -- "$pattern" err && [ ! -s said ] && [ -z "$(ls -A out)" ]
    good=$?
    [ $good = 0 ] || cat said err
    verdict "$name" $good
}

made -v seed=1 -v label=base -v full=1 -v turns=1 -v machine=0.2 >a.json
made -v seed=2 -v label=same -v full=1 -v turns=1 -v machine=0.2 >b.json
made -v seed=3 -v label=slow -v slow=7 -v turns=1 -v machine=0.2 >c.json
made -v seed=3 -v label=apart -v slow=7 -v turns=2 >apart.json

# ---- marks ----

"$DNNCC" compare a.json b.json >said
grep -q '0 are faster, 0 slower' said && grep -q 'no significant difference' said && ! grep -q ' \* ' said
verdict "the same again: nothing is marked" $?
"$DNNCC" compare a.json c.json --json c.out.json >said
[ "$(grep -c '[0-9] \*' said)" = 1 ] && grep '^/features/7/Conv .* \*' said | grep -q ' 1\.0[3-7]'
verdict "a layer slowed by 5% is marked, and only it, on a machine that drifts by 20%" $?
"$DNNCC" compare a.json apart.json >said
grep -q '0 are faster, 0 slower' said && grep -q 'measured apart: .*--and' said
verdict "not where it was measured apart" $?
[ "$("$DNNCC" compare a.json c.json | cksum)" = "$("$DNNCC" compare a.json c.json | cksum)" ]
verdict "the same numbers each time" $?
made -v seed=1 -v label=all -v factor=0.5 -v turns=1 -v machine=0.2 >half.json
"$DNNCC" compare a.json half.json | grep -q '^B takes 0.500 of the time of A.*2.00 times as fast'
verdict "twice as fast" $?
"$DNNCC" compare half.json a.json --baseline base | grep -q '^B takes 0.500 '
verdict "--baseline" $?

# ---- what is written ----

made -v seed=4 -v odd=1 -v full=1 >odd.json
judge "all files" "$DNNCC" compare odd.json a.json c.json --csv o.csv --json o.json --trace o.trace
judge "they are what they are called" python3 - <<'END'
import csv, json
rows = list(csv.reader(open("o.csv", newline="")))
assert len({len(r) for r in rows}) == 1 and rows[-1][0] == "whole run", rows[-1]
names = [r[0] for r in rows]
assert "'=cmd|' /C calc'!A0" in names and "<script>alert('1')</script>" in names, names
whole = json.load(open("o.json"))
assert whole["schema"] == "dnncc-comparison" and len(whole["profiles"]) == 3
assert len(whole["groups"]) == len(rows) - 2
needs = dict(zip(rows[0], rows[20]))
assert [needs["base " + k] for k in ("input_bits", "weight_bits", "off_chip", "representation")] == ["9", "7", "0.4", "linear:16"], needs
assert [whole["groups"][19]["profiles"][1][k] for k in ("input_bits", "weight_bits", "off_chip")] == [9, 7, 0.4]
assert whole["whole"]["profiles"][1]["ratio"] > 0
for k, name in (0, "odd.json"), (1, "a.json"):
    ns = sorted(json.load(open(name))["run"]["ns"])
    got = [whole["whole"]["profiles"][k][key] for key in ("runs", "least_ns", "mean_ns")]
    assert abs(got[2] - sum(ns) / len(ns)) < 1e-3 and got[:2] == [len(ns), ns[0]], got
trace = json.load(open("o.trace"))["traceEvents"]
layers = [e for e in trace if e["ph"] == "X"]
assert {e["pid"] for e in trace} == {1, 2, 3} and len(layers) == 120
first = [e for e in layers if e["pid"] == 1]
assert all(abs(a["ts"] + a["dur"] - b["ts"]) < 1e-3 for a, b in zip(first, first[1:]))
one = json.load(open("c.out.json"))
marked = [g["name"] for g in one["groups"] if g["profiles"][1]["marked"]]
assert marked == ["/features/7/Conv"], marked
END
"$DNNCC" compare odd.json a.json | LC_ALL=C grep -q "$(printf '\033\|\342\200\256')"
[ $? = 1 ]
verdict "names do not steer the terminal" $?
judge "a single profile" "$DNNCC" compare a.json --csv one.csv
judge "output to a pipe" sh -c '"$DNNCC" compare a.json b.json --csv /dev/stdout | grep -q "^name,operators"'

# ---- limits ----

limit() { # limit STATUS ARGUMENT...
    want=$1
    shift
    "$DNNCC" compare "$@" >said 2>err
    status=$?
    [ $status = "$want" ] || cat err
    [ $status = "$want" ] && { [ $want != 3 ] || grep -q "forbids" err; }
    verdict "exit $want: $*" $?
}
made -v seed=5 -v factor=1.1 -v full=1 -v arena=1200000 -v turns=1 -v machine=0.2 >d.json
limit 3 a.json d.json --fail-if 'latency>3%'
limit 0 a.json d.json --fail-if 'latency>15%'
limit 0 d.json a.json --fail-if 'latency>3%'
limit 3 d.json a.json --fail-if 'latency<-3%'
limit 0 a.json b.json --fail-if 'latency>1%' --fail-if 'bytes>0%' --fail-if 'zeros<0%' --fail-if 'arena>0%'
limit 3 a.json d.json --fail-if 'latency>50%' --fail-if 'arena>10%'
limit 2 a.json b.json --fail-if 'speed>3%'
limit 2 a.json b.json --fail-if 'latency>3'
limit 2 a.json b.json --fail-if 'latency=3%'
limit 2 a.json --fail-if 'latency>3%'
limit 1 a.json c.json --fail-if 'arena>3%'
limit 2

# ---- bad input ----

for percent in 1 10 50 90 99; do
    head -c $(($(wc -c <a.json) * percent / 100)) a.json >cut.json
    refused "cut at $percent%" "'cut.json'" a.json cut.json --csv out/x.csv
done
echo '{"name": "not ours"}' >foreign.json
refused "foreign JSON" "'foreign.json' is no profile" foreign.json a.json
echo '[{"cat": "Session"}]' >foreign.json
refused "foreign events" "'foreign.json' is no profile" foreign.json a.json
echo '[1, "x", {"cat": "Node", "name": "a_kernel_time", "ts": "1", "dur": 2}]' >foreign.json
refused "events with texts for times" "'foreign.json'.*\[2\].ts" foreign.json a.json
refused "no such file" "cannot read 'nowhere.json'" a.json nowhere.json
made -v model=cd34 >other.json
refused "another model" "'other.json' is of another model than 'a.json'" a.json other.json --csv out/x.csv
judge "another model by --force" "$DNNCC" compare a.json other.json --force
refused "no such baseline" "no profile 'x'" a.json b.json --baseline x
cp a.json twin.json
refused "a baseline of two" "two profiles are called 'base'" a.json twin.json --baseline base
refused "nowhere to write" "cannot write 'nowhere/x.csv'" a.json b.json --csv nowhere/x.csv
for option in --csv --html --json --trace; do
    refused "a full disk: $option" "cannot write '/dev/full'" a.json b.json $option /dev/full
done
(
    trap '' XFSZ
    ulimit -f 4
    refused "a disk that fills up" "cannot write 'out/x" a.json b.json --csv out/x.csv --json out/x.json
    [ $failed = 0 ]
)
verdict "a disk that fills up" $?
totals
