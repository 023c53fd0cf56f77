# SPDX-License-Identifier: MIT
# The test bench that dnncc build adds: what it reads, how it judges, what it says to bad files.
# The program is built from the digits sample as plain C under sanitizers.
set -u
. "$srcdir/tests/lib.sh"
command -v protoc >/dev/null || { echo "needs protoc: apt-get install protobuf-compiler"; exit 77; }

# Judges the last bench: its exit status, and a pattern in what it said.
expect() { # expect NAME STATUS [PATTERN]
    [ "$status" = "$2" ] && ! grep -q 'runtime error\|Sanitizer' said &&
        { [ -z "${3-}" ] || grep -q -- "$3" said; }
    good=$?
    verdict "$1" $good
    [ $good = 0 ] || { echo "status $status:"; cat said; }
}

bench() { # bench OPTION...: runs ./exe
    ./exe "$@" >said 2>&1
    status=$?
}

tensor() { # tensor FILE: text format on stdin -> TensorProto
    protoc -I"$srcdir/schema" --encode=onnx.TensorProto onnx.proto >"$1"
}

pixels() { awk 'BEGIN { for (i = 0; i < 64; i++) printf "float_data: %g\n", i * 7 % 17 / 16 }'; }

CFLAGS='-O1 -g -std=c11 -fsanitize=address,undefined -fno-sanitize-recover=all' \
    "$DNNCC" build "$srcdir/samples/digits/digits.onnx" -t c -o ./exe || exit 1
header='dims: [1, 1, 8, 8] data_type: 1'

mkdir data
echo "$header $(pixels)" | tensor data/input_0.pb
bench --data data --save saved
expect 'nothing to compare with, but --save' 0
bench --data data
expect 'nothing to compare with' 1 'output_K.pb is missing'

cp saved/output_0.pb data
bench --data data
expect 'the same again' 0 'largest error 0: ok'
bench --data data --quiet
expect 'quiet when all is well' 0
[ ! -s said ]
verdict 'quiet says nothing' $?

protoc -I"$srcdir/schema" --decode=onnx.TensorProto onnx.proto <saved/output_0.pb >saved.txt
grep -q 'name: "probability"' saved.txt
verdict 'the saved tensor has its name' $?
echo 'dims: [1, 10] data_type: 1 float_data: [0, 0, 0, 0, 0, 0, 0, 0, 0, 3]' | tensor data/output_0.pb
bench --data data
expect 'a wrong output' 1 MISMATCH
bench --data data --atol 3
expect 'a tolerance for all' 0
bench --data data --atol probability=3
expect 'a tolerance for one' 0
bench --data data --atol nobody=3
expect 'a tolerance for none' 2
cp saved/output_0.pb data

mkdir -p model/test_data_set_0 model/test_data_set_1
cp data/* model/test_data_set_0
cp data/* model/test_data_set_1
bench --data model
expect 'a folder of data sets' 0 'test_data_set_1'
bench --data model --seconds 0.05
expect 'timing prints JSON' 0 '^{"median_ms":[0-9.e-]*,"min_ms":[0-9.e-]*,"p90_ms":[0-9.e-]*,"threads":1,"runs":[0-9]*}$'
bench --seconds 0.05
expect 'timing on noise' 0 median_ms

bad() { # bad NAME PATTERN TEXT: an input that must be refused, in text format
    echo "$3" | tensor bad/input_0.pb
    bench --data bad --save bad
    expect "$1" 1 "$2"
}
mkdir bad
bad 'other dims' "'image' of the net is" "dims: [1, 1, 8, 9] data_type: 1 $(pixels)"
bad 'other rank' "'image' of the net is" "dims: 64 data_type: 1 $(pixels)"
bad 'other type' int32 'dims: [1, 1, 8, 8] data_type: 6'
bad 'a value too many' 'holds 65 values' "$header float_data: 1 $(pixels)"
bad 'values missing' 'holds 1 values' "$header float_data: 1"
bad 'raw data cut short' 'holds 7 bytes' "$header raw_data: '1234567'"
bad 'gigantic dims' 'of the net is' 'dims: [1099511627776, 1099511627776] data_type: 1'
bad 'external data' 'another file' "$header data_location: EXTERNAL"

size=$(wc -c <data/input_0.pb)
cut=0
while [ "$cut" -lt "$size" ]; do
    head -c "$cut" data/input_0.pb >bad/input_0.pb
    bench --data bad --save bad
    [ "$status" = 1 ] && ! grep -q 'runtime error\|Sanitizer' said || break
    cut=$((cut + 1))
done
[ "$cut" = "$size" ]
verdict "cut short after $cut of $size bytes" $?

bench
expect 'no option' 2 usage
bench --data
expect 'an option without its value' 2 usage
bench --data nowhere
expect 'no such folder' 1 'No such file'
bench --data data --save data/input_0.pb
expect 'a file for a folder' 1 'output_0.pb'
totals
