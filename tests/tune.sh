# SPDX-License-Identifier: MIT
# --wisdom takes kernels and tiles from a file, --tune writes one. What is fastest, no test can know: wisdom here is
# written by hand, and of what --tune finds only the form is looked at.
set -f
. "$srcdir/tests/lib.sh"
command -v protoc >/dev/null || { echo "no protoc to encode the models"; exit 77; }
grep -qw avx2 /proc/cpuinfo && grep -qw fma /proc/cpuinfo || { echo "no avx2 to time"; exit 77; }
target=avx2 model=model.onnx
encode ModelProto <"$srcdir/tests/models/depthwise_residual.textproto" >$model
data_set depthwise_residual data
mkdir -p a b c

plan() { "$DNNCC" $model -t $target --explain "$@"; }

"$DNNCC" build $model -t $target -o tuned --tune found --seconds 0.05 >said 2>&1
verdict "--tune" $?
[ "$(head -1 found)" = 'dnncc wisdom 1' ]; verdict "it writes wisdom" $?
cp found before && "$DNNCC" $model -t $target --tune found -o a/net.c && cmp -s found before
verdict "what is known is not measured again" $?
"$DNNCC" $model -t $target --wisdom found -o b/net.c && "$DNNCC" $model -t $target --wisdom found -o c/net.c &&
    cmp b/net.c c/net.c && cmp b/net_weights.c c/net_weights.c
verdict "the same wisdom makes the same code" $?

# The second layer, as another kernel or in another tile.
wisdom() { echo 'dnncc wisdom 1'; sed -n "s/^[a-z]*_[a-z]* [0-9]*x[0-9]* avx2 Conv k1x1/$1 avx2 Conv k1x1/p" found; }
wisdom 'conv_naive 0x0' >mine
plan --wisdom mine >said && grep -q ' conv_naive ' said && grep -q 'instead of .* cycles, and wisdom' said
verdict "wisdom forces a kernel" $?
wisdom 'conv_direct 3x2' >mine
plan --wisdom mine >said && grep -q ' conv_direct  *3x2 ' said; verdict "wisdom forces a tile" $?
"$DNNCC" build $model -t $target --wisdom mine -o exe && ./exe --data depthwise_residual.data.dir --quiet
verdict "with which the net computes the same" $?
wisdom 'conv_depthwise 0x0' >mine
plan --wisdom mine >said && plan >want && cmp -s said want; verdict "a kernel that does not apply is not taken" $?

refused() { # refused NAME MESSAGE: the file `bad` is damaged
    plan --wisdom bad >said 2>&1
    [ $? = 1 ] && grep -qF -- "$2" said && [ "$(grep -c '^dnncc: ' said)" = 1 ]; status=$?
    verdict "$1" $status
    [ $status = 0 ] || cat said
}
key='avx2 Conv x'
printf 'dnncc wisdom 2\n' >bad; refused "another version" "bad:1: it does not begin with 'dnncc wisdom 1'"
printf '' >bad; refused "an empty file" "bad:1: it does not begin with"
printf 'dnncc wisdom 1\nconv_fast 6x2 %s\n' "$key" >bad; refused "no such kernel" "bad:2: there is no kernel 'conv_fast'"
printf 'dnncc wisdom 1\nconv_direct 6by2 %s\n' "$key" >bad; refused "no tile" "bad:2: '6by2' is no tile such as 6x2"
printf 'dnncc wisdom 1\nconv_direct\n' >bad; refused "half a line" "bad:2: a line is a kernel, a tile and a key"
printf 'dnncc wisdom 1\nconv_direct 6x2 %s' "$key" >bad; refused "cut off" "bad:2: the line has no end"
printf 'dnncc wisdom 1\nconv_direct 6x2 %s\nconv_dot 0x0 %s\n' "$key" "$key" >bad; refused "twice" "bad:3: this layer stands above, too"
printf 'dnncc wisdom 1\nconv\0direct 6x2 %s\n' "$key" >bad; refused "no text" "bad:1: it is no text"
plan --wisdom nowhere >said 2>&1; [ $? = 1 ]; verdict "no file" $?
plan --tune a --wisdom b >said 2>&1; [ $? = 2 ]; verdict "both options" $?
totals
