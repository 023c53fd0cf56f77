# SPDX-License-Identifier: MIT
# The schema against models that others wrote: every tenth model of Debian's libonnx-testdata must
# decode without an unknown field, which is how a wrong number or wire type would show.
set -u
data=/usr/share/libonnx-testdata/data
if [ ! -d $data ] || ! command -v protoc >/dev/null; then
    echo "needs protoc and $data: apt-get install protobuf-compiler libonnx-testdata"
    exit 77
fi

find $data -name model.onnx | sort | awk 'NR % 10 == 1' >models
while read -r model; do
    # A field of the schema prints as a name, an unknown one as its number.
    protoc -I"$srcdir/schema" --decode=onnx.ModelProto onnx.proto <"$model" >text &&
        ! grep -nE '^ *[0-9]+(:| \{)' text || { echo "FAIL: $model"; exit 1; }
done <models
[ -s models ]
