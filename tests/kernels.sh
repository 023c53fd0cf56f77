# SPDX-License-Identifier: MIT
# Every vector kernel against the naive ones, for every target: a model of many small layers around
# the sizes of its tile (tests/kernels/sweep.py), compiled with nothing but that kernel allowed.
#
# KERNEL and TARGETS narrow the run:  make check TESTS=tests/kernels.sh KERNEL=conv_direct
set -uf
. "$srcdir/tests/lib.sh"
command -v python3 >/dev/null || { echo "no python3 to make the models"; exit 77; }
command -v protoc >/dev/null || { echo "no protoc to encode the models"; exit 77; }
warnings='-std=c11 -pedantic -Wall -Wextra -Wshadow -Werror'
sanitize='-O0 -g -std=c11 -fsanitize=address,undefined -fno-sanitize-recover=all'

runs() { # runs TARGET: can this machine?
    echo 'int main(void) { return 0; }' >try.c
    case $1 in
    avx2) grep -qw avx2 /proc/cpuinfo && grep -qw fma /proc/cpuinfo ;;
    avx512-simde) echo '#include <simde/x86/avx512.h>' | $CC -E - >/dev/null 2>&1 && runs avx2 ;;
    esac
}

# What is run for a moment and takes long to compile, the intrinsics that SIMDe spells out above all,
# is not optimised; the machine's own instructions are.
flags_of() { # flags_of TARGET
    case $1 in
    *-simde) echo "-O0 $warnings" ;;
    *) echo "-O1 $warnings" ;;
    esac
}

check() { # check KERNEL LABEL CFLAGS OPTION...
    kernel=$1 label=$2 cflags=$3
    shift 3
    CFLAGS=$cflags "$DNNCC" build "$kernel/model.onnx" --kernel "$kernel" --accuracy=fast --explain -o ./exe "$@" >plan &&
        ./exe --data "$kernel" --atol 0 --rtol 0 --mtol "$error" --quiet
    verdict "$kernel, $label" $?
    taken=$(grep -c "^ *[0-9]* *$kernel " plan)
    [ "$taken" = "$layers" ]
    verdict "$kernel, $label: takes $taken of $layers layers" $?
}

for kernel in ${KERNEL:-$(python3 "$srcdir/tests/kernels/sweep.py")}; do
    prepare "$kernel"
    verdict "$kernel: the naive kernels" $?
    for target in ${TARGETS:-c avx2 avx512-simde}; do
        if runs "$target"; then
            flags=$(flags_of "$target")
            check "$kernel" "$target" "$flags" -t "$target"
            [ "$target" = c ] || check "$kernel" "$target, two rows at a time" "$flags" -t "$target" --stream=2
        else
            verdict "$kernel, $target: not on this machine" 77
        fi
    done
    check "$kernel" "c, sanitized" "$sanitize" -t c
    check "$kernel" "c, sanitized, row by row" "$sanitize" -t c --stream=1
    check "$kernel" "c, sanitized, on 3 threads" "$sanitize" -t c --threads=3,all
done
totals
