# SPDX-License-Identifier: MIT
# The vocabulary on every target: words by intrinsics against words by lanes, the errors of the
# vector math, the scalar conversions, and no warning from any of it.  STRIDE=3 compares every third
# float there is instead of every 9973rd.
set -u
. "$srcdir/tests/lib.sh"
prelude=$builddir/tests/vmath/prelude
flags='-std=c11 -O1 -ffp-contract=off -pedantic -Wall -Wextra -Wshadow'
sanitize='-O0 -fsanitize=address,undefined -fno-sanitize-recover=all'

say() { # the verdict on the last command, and what it had to say
    status=$?
    verdict "$1" $status
    [ $status = 0 ] || cat said 2>/dev/null
}

# Compiles quietly, or not at all.
build() { # build EXE SOURCE FLAGS
    $CC $flags $3 -o "$1" "$2" -lm >said 2>&1 && ! grep 'warning:' said
}

# SIMDe's headers are not ours to judge, and are not there everywhere.
usable() { # usable TARGET
    echo 'int main(void) { return 0; }' >try.c
    [ "$1" != avx512-simde ] || echo '#include <simde/x86/avx512.h>' >>try.c
    $CC $(cflags "$1") -o try try.c >said 2>&1
}

cflags() { sed -n 's/^cflags: //p' "$srcdir/targets/$1.yaml"; }

for word in $("$prelude" --words); do
    grep -qw "$word" "$srcdir"/tests/vmath/*.c
    say "$word is tested"
done

for target in $(cd "$srcdir/targets" && ls | sed 's/\.yaml$//'); do
    usable "$target" || { verdict "$target: not for this compiler" 77; continue; }
    for text in words ulp; do
        "$prelude" "$target" "$srcdir/tests/vmath/$text.c" >$text.c
        build $text $text.c "$(cflags "$target")" && build $text-lanes $text.c -DNET_PORTABLE
        say "$target: $text compiles"
    done
    ./words-lanes >lanes && ./ulp-lanes "${STRIDE-9973}" >said
    say "$target: errors of the lanes"
    "$DNNCC" targets | grep -q "^$target .* runs here" || { verdict "$target: not for this CPU" 77; continue; }
    ./words >native && diff lanes native >said
    say "$target: words mean the same by intrinsics"
    ./ulp "${STRIDE-9973}" >said
    say "$target: errors"
done

for text in words numbers strings; do
    for portable in '' -DNET_PORTABLE; do
        "$prelude" c "$srcdir/tests/vmath/$text.c" >$text.c
        build $text $text.c "$sanitize -g $portable" && ./$text >said 2>&1
        say "$text under sanitizers $portable"
    done
done
totals
