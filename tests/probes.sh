# SPDX-License-Identifier: MIT
# What instruments say of tensors, against brute force: tests/probes/brute.py computes small nets by the definitions, and every
# figure must be equal, fused or not, strip by strip or not. The nets' results must be so, too, and their layer functions the
# same with every instrument.
. "$srcdir/tests/lib.sh"
command -v python3 >/dev/null || { echo "no python3 for the brute force"; exit 77; }
brute=$srcdir/tests/probes/brute.py
CFLAGS=-O0; export CFLAGS

simd=avx2
"$DNNCC" targets | grep '^avx2 ' | grep -q 'runs here' || simd=

agrees() { # agrees NET TARGET OPTION...
    net=$1 target=$2
    shift 2
    python3 "$brute" "$DNNCC" $target $net -i sparsity,macs,bits "$@" >said 2>&1
    good=$?
    verdict "$net for $target $*" $good
    [ $good = 0 ] || cat said
}
for each in ${NET:-$(python3 "$brute")}; do
    agrees $each c --kernel=none --stream=3 --bits=profiled:6
    agrees $each ${simd:-c} --stream=1 --bits=linear:8 --group=16
    agrees $each ${simd:-c} --stream=2 --no-fuse --near=1.5 --bits=bf16 --group=7
    agrees $each ${simd:-c} --stream=off --bits=profiled:2.3 --group=100
done

functions() { awk '/^rt_layer/ { on = 1 } on; /^}/ { on = 0 }' "$1"; }
for net in ${NET:-$(python3 "$brute")}; do
    "$DNNCC" $net/m.onnx -t avx2 --stream=2 -o net.c && functions net.c >plain.txt && ! grep -qi 'probe\|sparsity\|_macs' net.c net.h
    verdict "$net: without instruments no word of them" $?
    for probe in sparsity macs bits; do
        "$DNNCC" $net/m.onnx -t avx2 --stream=2 -i $probe -o net.c && functions net.c >probed.txt && cmp plain.txt probed.txt
        verdict "$net: the same functions with $probe" $?
        case $net in integers | lstm | qdq) ;; *) continue ;; esac
        for compiler in "gcc -std=c11" "gcc -std=c99" "clang -std=c11" "g++ -std=c++17 -x c++" "clang++ -std=c++17 -x c++"; do
            command -v "${compiler%% *}" >/dev/null || continue
            $compiler -O1 -mavx2 -mfma -pedantic -Wall -Wextra -Wshadow -Werror -c net.c -o net.o
            verdict "$net: no warning of $compiler with $probe" $?
        done
    done
done
totals
