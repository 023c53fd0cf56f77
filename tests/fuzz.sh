# SPDX-License-Identifier: MIT
# Damaged models under ASan and UBSan, through the whole compiler (tests/fuzz/variants.c): those of
# tests/models, and Debian's backend suite where it is. VARIANTS says how many, 2000 by default.
set -u
command -v protoc >/dev/null || { echo "no protoc to encode the models"; exit 77; }
count=${VARIANTS:-2000} suite=/usr/share/libonnx-testdata/data

$CC -O1 -g -std=c11 -fsanitize=address,undefined -fno-sanitize-recover=undefined -DDNNCC_PARANOID=1 \
    -DPACKAGE_VERSION='"fuzz"' -DPKGDATADIR='"."' -D_XOPEN_SOURCE=700 -I"$srcdir/codegen" -I"$builddir" \
    -I"$builddir/schema" "$srcdir"/codegen/*.c "$srcdir"/codegen/ops/*.c "$builddir"/templates/*.c \
    "$builddir"/runtime/*.c "$builddir"/schema/*.c "$srcdir"/tests/fuzz/fuzz.c "$srcdir"/tests/fuzz/variants.c \
    -o variants -lprotobuf-c -lyaml -lnettle -lm || exit 1

for text in "$srcdir"/tests/models/*.textproto; do
    name=$(basename "$text" .textproto).onnx
    protoc -I"$srcdir/schema" --encode=onnx.ModelProto onnx.proto <"$text" >"$name" && echo "$name"
done >models
if [ -d $suite ]; then find $suite -name model.onnx -size -300k | sort >>models; fi

for target in avx2 c; do
    # shellcheck disable=SC2046
    FUZZ_TARGET=$target ./variants $((count / 2)) $(cat models) >said 2>err && continue
    tail -n 1 said
    grep -v '^dnncc: \|^  hint: ' err | tail -n 40
    exit 1
done
echo "$count variants of $(wc -l <models) models"
