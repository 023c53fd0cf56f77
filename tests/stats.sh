# SPDX-License-Identifier: MIT
# dnncc stats: the counts of six well-known networks to the digit that is published of them, and its three formats.
. "$srcdir/tests/lib.sh"
command -v protoc >/dev/null || { echo "needs protoc: apt-get install protobuf-compiler"; exit 77; }
command -v python3 >/dev/null || { echo "needs python3"; exit 77; }
truncate -s 411041792 zeros.bin

json() { # json FILE EXPRESSION: true of the object d
    python3 -c 'import json, sys; d = json.load(open(sys.argv[1])); sys.exit(not eval(f"({sys.argv[2]})"))' "$@"
}

# counts NAME MACS WEIGHTS OF-CONVOLUTIONS
counts() {
    python3 "$srcdir/tests/stats/networks.py" "$1" | encode ModelProto >"$1.onnx" &&
        "$DNNCC" stats "$1.onnx" --json --csv "$1.csv" >"$1.json" &&
        json "$1.json" "(d['macs'], d['weights'], d['macs_by_op']['Conv']) == ($2, $3, $4)"
    verdict "$1" $?
}
counts alexnet 724406816 60954656 665784864
counts vgg16 15470264320 138344128 15346630656
counts resnet50_v1 3857973248 25502912 3855925248
counts resnet50_v1.5 4089184256 25502912 4087136256
counts googlenet 1582671872 6990272 1581647872
counts mobilenetv2 300774272 3469760 299494272
rm -f zeros.bin

json vgg16.json "d['weights'] - d['nonzero_weights'] == 25088 * 4096"
verdict "weights that are zero" $?

# All of VGG's convolutions are 3x3 of stride 1: 16 and 36 products for 4 and 16 outputs, tiles at the edge whole.
# FFT of 16 points: 3 * 16 * 9 real products for 14 x 14 outputs.
json vgg16.json "d['winograd_f2_multiplications'] == 123633664 + sum(l['macs'] * 4 // 9 if o % 2 == 0 else 0
    for l in d['layers'] if l['op'] == 'Conv' for o in [int(l['output'].split('x')[2])])"
verdict "products by F(2,3)" $?
json vgg16.json "d['winograd_f4_multiplications'] == 123633664 + sum(l['macs'] // 9 // o // o * (-(-o // 4) * 6) ** 2
    for l in d['layers'] if l['op'] == 'Conv' for o in [int(l['output'].split('x')[2])])"
verdict "products by F(4,3)" $?
json vgg16.json "[(l['fft_points'], l['fft_multiplications']) for l in d['layers'] if l['output'] == '1x512x14x14'
    and l['op'] == 'Conv'] == [(16, 512 * 512 * 3 * 16 * 9)] * 3"
verdict "products by FFT" $?
json mobilenetv2.json "all(l['winograd_f4_multiplications'] == l['macs'] for l in d['layers'] if l['name'] == 'conv3')"
verdict "stride 2 is computed directly" $?

for key in macs activation_bytes winograd_f4_multiplications fft_multiplications; do
    json googlenet.json "d['$key'] == sum(l['$key'] for l in d['layers'])"
    verdict "layers add up: $key" $?
done
json googlenet.json "d['live_bytes'] == max(l['live_bytes'] for l in d['layers'])"
verdict "live bytes" $?
python3 - <<'END'
import csv, json, sys
rows, sheet = list(csv.DictReader(open("googlenet.csv"))), json.load(open("googlenet.json"))
same = all(r[k] == str(v) for r, l in zip(rows, sheet["layers"]) for k, v in l.items() if isinstance(v, int))
sys.exit(not (same and len(rows) == len(sheet["layers"]) + 1 and rows[-1]["macs"] == str(sheet["macs"])))
END
verdict "CSV is JSON" $?

"$DNNCC" stats vgg16.onnx --csv nowhere/x.csv >/dev/null 2>&1
[ $? = 1 ]; verdict "a folder that is not there" $?
"$DNNCC" stats googlenet.onnx --per-layer >text && grep -q '^MACs  *1582671872 = 1.583 G$' text &&
    grep -q '^gemm[0-9]*  *Gemm  *1x1000  *1024000 ' text
verdict "text" $?

# By hand: mobilenetv2's classifier, 1280 x 1000.
"$DNNCC" stats mobilenetv2.onnx --json --energy horowitz45 >energy.json &&
    json energy.json "abs([l['energy'] for l in d['layers'] if l['op'] == 'Gemm'][0] - (1280000 * (3.7 + 0.9)
        + (1280000 + 1000 + 1280 + 1000) * (5 + 640))) < 1 and d['energy_model'] == {'table': 'horowitz45', 'unit': 'pJ'}"
verdict "energy by horowitz45" $?
"$DNNCC" stats mobilenetv2.onnx --per-layer --energy eyeriss >text &&
    grep -q "^gemm.* $(echo $((1280000 * 5 + (1280000 + 1000 + 1280 + 1000) * 206)) | awk '{ printf "%.6g", $1 }' | sed 's/+/./')\$" text
verdict "energy by eyeriss" $?
"$DNNCC" stats mobilenetv2.onnx --energy guess >/dev/null 2>&1; [ $? = 2 ]; verdict "a table that is none" $?

# A constant that two layers read is there once.
encode ModelProto >shared.onnx <<'END'
ir_version: 8 opset_import { version: 13 } graph { name: "g"
initializer { name: "w" dims: [2, 2] data_type: 1 float_data: [1, 0, 2, 3] }
node { op_type: "MatMul" name: "a\"1" input: "x" input: "w" output: "t" }
node { op_type: "MatMul" name: "b" input: "t" input: "w" output: "y" }
input { name: "x" type { tensor_type { elem_type: 1 shape { dim { dim_value: 1 } dim { dim_value: 2 } } } } }
output { name: "y" } }
END
"$DNNCC" stats shared.onnx --json >shared.json &&
    json shared.json "(d['weights'], d['nonzero_weights'], d['weight_bytes'], d['macs']) == (4, 3, 16, 8)
        and [l['weights'] for l in d['layers']] == [4, 4] and d['layers'][0]['name'] == 'a\"1'"
verdict "shared weights count once" $?
totals
