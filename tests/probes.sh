# SPDX-License-Identifier: MIT
# What instruments say of tensors, against brute force: tests/probes/brute.py computes small nets by the definitions, and every
# figure must be equal, fused or not, strip by strip or not. The nets' results must be so, too, and their layer functions the
# same with every instrument.
. "$srcdir/tests/lib.sh"
command -v python3 >/dev/null || { echo "no python3 for the brute force"; exit 77; }
brute=$srcdir/tests/probes/brute.py
CFLAGS=-O1; export CFLAGS

simd=avx2
"$DNNCC" targets | grep '^avx2 ' | grep -q 'runs here' || simd=

agrees() { # agrees NET TARGET OPTION...
    python3 "$brute" "$DNNCC" $2 $1 -i sparsity,macs,bits $3 $4 $5 >said 2>&1
    good=$?
    verdict "$1 for $2 $3 $4 $5" $good
    [ $good = 0 ] || cat said
}
for net in ${NET:-$(python3 "$brute")}; do
    agrees $net c --kernel=none --stream=3
    agrees $net ${simd:-c} --stream=1 --bits=linear:8 --group=16
    agrees $net ${simd:-c} --stream=2 --no-fuse --near=1.5
    agrees $net ${simd:-c} --stream=off --bits=profiled:2.3 --group=100
done

functions() { awk '/^rt_layer/ { on = 1 } on; /^}/ { on = 0 }' "$1"; }
for net in ${NET:-$(python3 "$brute")}; do
    "$DNNCC" $net/m.onnx -t avx2 --stream=2 -o net.c && functions net.c >plain.txt && ! grep -qi 'probe\|sparsity\|_macs' net.c net.h
    verdict "$net: without instruments no word of them" $?
    for probe in sparsity macs bits; do
        "$DNNCC" $net/m.onnx -t avx2 --stream=2 -i $probe -o net.c && functions net.c >probed.txt && cmp plain.txt probed.txt
        verdict "$net: the same functions with $probe" $?
        [ $net = integers ] || [ $net = lstm ] || continue
        for compiler in "gcc -std=c11" "gcc -std=c99" "clang -std=c11" "g++ -std=c++17 -x c++" "clang++ -std=c++17 -x c++"; do
            command -v "${compiler%% *}" >/dev/null || continue
            $compiler -O1 -mavx2 -mfma -pedantic -Wall -Wextra -Wshadow -Werror -c net.c -o net.o
            verdict "$net: no warning of $compiler with $probe" $?
        done
    done
done
totals
