# SPDX-License-Identifier: MIT
# The samples as a user builds them: with their Makefile for plain C and for this machine's best
# target, and with CMake where it is there.  Each sample judges its own accuracy.
set -u
. "$srcdir/tests/lib.sh"

sample_make() { # sample_make SAMPLE TARGET GOAL...
    sample=$1 target=$2
    shift 2
    make -C "$srcdir/samples/$sample" DNNCC="$DNNCC" CC="$CC" TARGET="$target" \
        OUT="$PWD/$sample-$target" CFLAGS='-O2 -std=c11 -pedantic -Wall -Wextra -Werror' "$@"
}

# Builds and runs; a second make must find nothing to do, or the depfile is wrong.
by_make() { # by_make SAMPLE TARGET
    sample_make "$1" "$2" run
    verdict "$1 for $2 by make" $?
    sample_make "$1" "$2" -q "$PWD/$1-$2/$1"
    verdict "$1 for $2 is up to date" $?
}

by_cmake() { # by_cmake SAMPLE TARGET; its exit status is the verdict
    cmake -E true 2>/dev/null || return 77
    CC=${CC%% *} cmake -S "$srcdir/samples/$1" -B "$1-cmake" -DDNNCC="$DNNCC" \
        -DDNNCC_TARGET="$2" && cmake --build "$1-cmake" && "$1-cmake/$1"
}

for name in digits two-nets; do
    by_make $name c
    by_make $name native
    by_cmake $name native
    verdict "$name for native by cmake" $?
done

# The hooks alone, as on a board: nothing of a standard library but what the net needs without them.
by_make hooks c
by_make hooks native
hooks-c/hooks >said && [ "$(grep -c '^ *[0-9]' said)" -gt 3 ] && ${CC:-cc} -O2 -ffreestanding -c hooks-c/digits.c &&
    ! nm -u digits.o | grep -v ' \(memcpy\|memset\|expf\?\|tanhf\?\|sqrtf\?\|_GLOBAL_OFFSET_TABLE_\|digits_[a-z_0-9]*\)$'
verdict "hooks need no library" $?

# Profiles of the digits, compared; the numbers of so short a time mean nothing.
DNNCC="$DNNCC" CC="$CC" sh "$srcdir/samples/compare/compare.sh" "$srcdir/samples/digits/digits.onnx" compare \
    --seconds 0.1 --launches 4 >said && grep -q '^B takes' said && [ -s compare/targets.html ] && [ -s compare/fusion.html ]
verdict "compare" $?
totals
