#!/bin/sh
# SPDX-License-Identifier: MIT
# compare.sh [MODEL.onnx [FOLDER [OPTION...]]] - two questions about a model, each answered by two profiles and a report:
# what do wider vectors gain, and what does fusion gain? Options (--data DIR, --dim NAME=N ...) are for dnncc profile.
set -eu
dnncc=${DNNCC:-dnncc}
model=${1:-$(dirname "$0")/../digits/digits.onnx}
out=${2:-out}
[ $# -lt 2 ] && shift $# || shift 2
mkdir -p "$out"

runs_here() { "$dnncc" targets | grep -q "^$1 .*runs here"; }
if runs_here avx512; then narrow=avx2 wide=avx512
elif runs_here avx2; then narrow=c wide=avx2
else narrow=c wide=c; fi

# The peaks of this machine, for the roofline; once for each target.
for target in $narrow $wide; do
    [ -f "$out/$target.yaml" ] || "$dnncc" roofline -t $target -o "$out/$target.yaml"
done

# Three builds in turns, so that what else the machine does happens to all of them. A profile says what was built, on which
# machine, and every time that was measured. What stands before the first --and holds for all.
"$dnncc" profile "$model" -i time,sparsity "$@" \
    -t $narrow --device "$out/$narrow.yaml" --label $narrow -o "$out/$narrow.json" \
    --and -t $wide --device "$out/$wide.yaml" --label $wide -o "$out/$wide.json" \
    --and -t $wide --device "$out/$wide.yaml" --label unfused --no-fuse -o "$out/unfused.json" >"$out/all.txt"

echo "== $wide against $narrow"
"$dnncc" compare "$out/$narrow.json" "$out/$wide.json" --html "$out/targets.html"
echo "== fused against unfused, $wide"
"$dnncc" compare "$out/unfused.json" "$out/$wide.json" --html "$out/fusion.html"
echo "The reports: $out/targets.html and $out/fusion.html"
