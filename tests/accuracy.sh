# SPDX-License-Identifier: MIT
# What --accuracy promises. The small models keep to their reference outputs when they are computed in double precision;
# and on real models default and fast stay within 1e-4 of the largest output of that computation.
#
# A folder of models is $DNNCC_MODELS, else ../shared/models beside the source tree; of those, the ones count that use
# a fast algorithm (Winograd's, with --accuracy=fast Strassen's).  MODELS and TARGETS narrow the run.
set -f
. "$srcdir/tests/lib.sh"
models=${DNNCC_MODELS:-$srcdir/../shared/models}
allowed=1e-4

computes() { # computes MODEL DATA OPTION...: builds and runs ./exe, which says what is wrong
    model=$1 data=$2
    shift 2
    "$DNNCC" build "$model" -o ./exe --data "$data" "$@" || return 1
}

if command -v protoc >/dev/null; then
    for text in conv_relu depthwise_residual lstm if_then mlp_softmax; do
        encode ModelProto <"$srcdir/tests/models/$text.textproto" >"$text.onnx"
        data_set "$text" data
        computes "$text.onnx" "$text.data.dir" -t c --accuracy=double &&
            ./exe --data "$text.data.dir" --atol 1e-6 --rtol 2e-5
        verdict "$text in double" $?
    done
else
    verdict "no protoc to encode the small models" 77
fi

# Layers by the algorithm that the level is about must be there. In a quantised model a rounding that falls the other way is
# a whole step.
within() { # within LEVEL TARGET: the model $name
    ! grep -q QuantizeLinear "$model" || return 0
    kernel=conv_winograd
    [ "$1" = default ] || kernel=gemm_strassen
    "$DNNCC" "$model" --data "$data" -t "$2" --accuracy="$1" --explain | grep -q "^ *[0-9]* *$kernel" || return 0
    if [ ! -d "$name" ]; then
        mkdir "$name"
        set +f
        cp "$data"/input_*.pb "$name"
        set -f
        computes "$model" "$data" -t c --accuracy=double && ./exe --data "$data" --save "$name" --quiet
        verdict "$name in double" $?
    fi
    computes "$model" "$data" -t "$2" --accuracy="$1" && ./exe --data "$name" --atol 0 --rtol 0 --mtol $allowed
    verdict "$name for $2, $1: within $allowed of the largest output" $?
}

avx2=$(grep -qsw avx2 /proc/cpuinfo && grep -qsw fma /proc/cpuinfo && echo avx2)
for name in ${MODELS:-$([ -d "$models" ] && ls "$models")}; do
    model=$models/$name/model.onnx data=$models/$name/test_data_set_0
    [ -f "$model" ] && [ -d "$data" ] || continue
    for target in ${TARGETS:-c $avx2}; do
        for level in default fast; do
            within $level "$target"
        done
    done
done
totals
