# SPDX-License-Identifier: MIT
# What other programs see of a net: nm and perf a function for each layer, those that draw ONNX what was measured.
. "$srcdir/tests/lib.sh"
command -v protoc >/dev/null || { echo "needs protoc: apt-get install protobuf-compiler"; exit 77; }
model=$srcdir/samples/digits/digits.onnx

# Two layers that would share a function, and a node with a name that is no C.
encode ModelProto >twins.onnx <<'END'
ir_version: 8 opset_import { version: 13 } graph { name: "g"
node { op_type: "Softmax" name: "/head.0/soft max" input: "x" output: "t" }
node { op_type: "Softmax" name: "second" input: "t" output: "y" }
input { name: "x" type { tensor_type { elem_type: 1 shape { dim { dim_value: 1 } dim { dim_value: 64 } } } } }
output { name: "y" } }
END
symbols() { nm "$1" | sed -n 's/.* [tT] \(l[0-9][0-9]_[A-Za-z0-9_]*\).*/\1/p' | sort; }
"$DNNCC" build twins.onnx -o plain && [ "$(symbols plain | wc -l)" = 1 ]; verdict "layers share a function" $?
for compiler in gcc clang; do
    command -v $compiler >/dev/null || continue
    "$DNNCC" build twins.onnx -o named --symbols=per-layer --cc $compiler &&
        [ "$(symbols named | tr '\n' ' ')" = "l01_head_0_soft_max l02_second " ]
    verdict "a function for each layer: $compiler" $?
done
"$DNNCC" build twins.onnx -o never --symbols=all >/dev/null 2>&1; [ $? = 2 ]; verdict "symbols of another kind" $?

"$DNNCC" build "$model" -o digits --symbols=per-layer
if command -v perf >/dev/null && perf record -q -o perf.data ./digits --seconds 1 >/dev/null 2>&1; then
    perf report -i perf.data --stdio 2>/dev/null | grep -q 'l0[0-9]_Conv_conv'
    verdict "perf names the layers" $?
else
    verdict "perf (it is not there, or may not record)" 77
fi

# ---- metadata ----

"$DNNCC" profile "$model" -t c --seconds 0.05 --launches 1 --dump-onnx shown.onnx -o run.json >/dev/null &&
    "$DNNCC" shown.onnx --check >/dev/null &&
    protoc -I"$srcdir/schema" --decode=onnx.ModelProto onnx.proto <shown.onnx >shown.txt
verdict "a model with measured times" $?
protoc -I"$srcdir/schema" --decode=onnx.ModelProto onnx.proto <"$model" >plain.txt
awk '/metadata_props {/ { on = 1 } !on && !/^    doc_string: "(median_ns|part_of) / { print } /}/ { on = 0 }' shown.txt |
    diff plain.txt -
verdict "nothing else of it changed" $?
grep -q 'key: "median_ns"' shown.txt && grep -q 'doc_string: "median_ns [0-9]*, share [0-9.]*%, gflops' shown.txt
verdict "time and share" $?
awk '/key: "share"/ { getline; gsub(/[^0-9.]/, ""); sum += $0 } END { exit !(sum > 99.5 && sum < 100.5) }' shown.txt
verdict "shares add up" $?
grep -q 'doc_string: "part_of Conv_conv' shown.txt; verdict "fused nodes name their layer" $?
"$DNNCC" profile "$model" --seconds 0.01 --launches 1 --dump-onnx nowhere/x.onnx >/dev/null 2>&1
[ $? = 1 ]; verdict "a folder that is not there" $?
totals
