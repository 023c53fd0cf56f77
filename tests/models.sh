# SPDX-License-Identifier: MIT
# Real models: each is built for every target and must reproduce the outputs that came with it.
#
# A folder of models is $DNNCC_MODELS, else ../shared/models beside the source tree; each model's
# folder holds model.onnx, test_data_set_N and meta.json, which gives the tolerances.  MODELS and
# TARGETS narrow the run:  make check TESTS=tests/models.sh MODELS=mnist_cntk TARGETS='c avx2'
set -uf
. "$srcdir/tests/lib.sh"

models=${DNNCC_MODELS:-$srcdir/../shared/models}
[ -d "$models" ] || { echo "no models in $models"; exit 77; }
command -v python3 >/dev/null || { echo "no python3 to read meta.json"; exit 77; }
flags='-O2 -std=c11 -pedantic -Wall -Wextra -Werror'
sanitize='-O0 -g -std=c11 -fsanitize=address,undefined -fno-sanitize-recover=all'
newline='
'

# Whether one program serves all data sets: the shapes of their inputs agree.
same_shapes() { # same_shapes MODEL_DIR
    python3 - "$1/meta.json" <<'EOF'
import json, sys
sets = json.load(open(sys.argv[1])).get("sets", [])
sys.exit(any(s["inputs"] != sets[0]["inputs"] for s in sets))
EOF
}

has_cpu() { # has_cpu FLAG...: does this machine have all of these?
    for flag in "$@"; do grep -qsw "$flag" /proc/cpuinfo || return 1; done
}

# The target whose code this machine can run in place of one that it cannot; empty if there is none.
runnable() { # runnable TARGET
    case $1 in
    avx2) has_cpu avx2 fma && echo avx2 ;;
    avx512)
        if has_cpu avx512f avx512bw avx512dq avx512vl; then
            echo avx512
        elif echo '#include <simde/x86/avx512.h>' | $CC -E - >/dev/null 2>&1; then
            echo avx512-simde
        fi ;;
    *) echo "$1" ;;
    esac
}

# Runs one data set; prints the largest error of every output.
run_set() { # run_set EXE DATA_SET MODEL_DIR
    exe=$1 data=$2
    IFS=$newline
    set -- $(tolerances "$3")
    unset IFS
    "$exe" --data "$data" "$@" >said 2>&1
    status=$?
    sed "s,^$models/,    ," said
    return $status
}

build() { # build MODEL_DIR TARGET CFLAGS DATA_SET OPTION...
    model=$1 target=$2 cflags=$3 data=$4
    shift 4
    CFLAGS=$cflags "$DNNCC" build "$model/model.onnx" -t "$target" -o ./exe --data "$data" "$@"
}

# Builds a model, once if one program will do, and runs all of its data sets.
check_model() { # check_model LABEL MODEL_DIR TARGET CFLAGS OPTION...
    label=$1 model=$2 target=$3 cflags=$4
    shift 4
    rm -f exe
    for n in 0 1 2 3 4 5 6 7 8 9; do
        data=$model/test_data_set_$n
        [ -d "$data" ] || break
        if [ ! -x exe ] || ! same_shapes "$model"; then
            rm -f exe
            build "$model" "$target" "$cflags" "$data" "$@" || { verdict "$label, dnncc build" 1; return; }
        fi
        run_set ./exe "$data" "$model"
        verdict "$label, data set $n" $?
    done
}

# The arena stays at or under the liveness bound.
check_arena() { # check_arena NAME TARGET
    "$DNNCC" "$models/$1/model.onnx" -t "$2" --data "$models/$1/test_data_set_0" --explain 2>/dev/null |
        awk '/^arena/ { found = 1; over = $2 + 0 > $6 + 0; print "    " $0 } END { exit !found || over }'
    verdict "$1 for $2, arena" $?
}

for name in ${MODELS:-$(ls "$models")}; do
    [ -f "$models/$name/model.onnx" ] || continue
    for target in ${TARGETS:-c avx2 avx512}; do
        check_arena "$name" "$target"
        on=$(runnable "$target")
        echo "$name for $target${on:+$([ "$on" = "$target" ] || echo " (through $on)")}"
        if [ -z "$on" ]; then
            verdict "$name for $target: this machine has no $target" 77
            continue
        fi
        check_model "$name for $target" "$models/$name" "$on" "$flags"
    done
    case $name in
    mnist_cntk|mnist_dynq|ppocr_v2_cls|silero_vad_v6)
        for target in avx2 avx512; do
            echo "$name for $target as plain C, sanitized"
            check_model "$name for $target, portable" "$models/$name" $target "$sanitize" --portable
        done ;;
    esac
done
totals
