# SPDX-License-Identifier: MIT
# The avx512 target on a CPU that has AVX-512, on a machine that has none: the sweep of every vector kernel
# (tests/kernels) and the models of tests/models.sh, compiled with the real intrinsics, run in Bochs, which emulates
# such a CPU instruction by instruction. Linux boots there from a CD with all programs in its initial RAM disk, and
# says on the serial line how each of them ended. Takes minutes, so it is no part of `make check`:
#
#     srcdir=. DNNCC=./dnncc CC=gcc [KERNEL=conv_direct] [MODELS=mnist_cntk] sh tests/avx512-bochs.sh
#
# Wants Debian's bochs, bochsbios, vgabios, busybox-static, isolinux, syslinux-common, xorriso, cpio and a kernel:
# installed, or unpacked with `dpkg -x` under one folder, ROOT. Skipped where they are missing.
set -uf
. "$srcdir/tests/lib.sh"
root=${ROOT-} here=$(mktemp -d) models=${DNNCC_MODELS:-$srcdir/../shared/models}
trap 'rm -rf "$here"' EXIT
libraries=$root/usr/lib/x86_64-linux-gnu
export LD_LIBRARY_PATH="$libraries" LTDL_LIBRARY_PATH="$libraries/bochs/plugins" PATH="$root/usr/bin:$root/bin:$PATH"

set +f
for kernel in "$root"/boot/vmlinuz*; do :; done
set -f
for need in "$kernel" "$root/bin/busybox" "$root/usr/lib/ISOLINUX/isolinux.bin" "$libraries/bochs/plugins"; do
    [ -e "$need" ] || { echo "no $need"; exit 77; }
done
for need in bochs-bin xorriso cpio python3 protoc; do
    command -v $need >/dev/null || { echo "no $need"; exit 77; }
done

# A program and its data become a folder of the RAM disk; `run` there says how to start it.
add() { # add NAME DATA_DIR MODEL OPTION_OF_PROGRAM... -- OPTION_OF_DNNCC...
    name=$1 data=$2 model=$3 options=
    shift 3
    while [ "$1" != -- ]; do options="$options $1"; shift; done
    shift
    mkdir -p "$here/disk/t/$name"
    CFLAGS='-O1 -static' "$DNNCC" build "$model" -t avx512 -o "$here/disk/t/$name/exe" --data "$data" "$@" >/dev/null &&
        find "$data" -name '*.pb' -exec cp {} "$here/disk/t/$name" \; && echo "./exe --data . $options" >"$here/disk/t/$name/run"
    verdict "$name: builds" $?
}

boot() { # boot: what the machine wrote to its serial line, into $here/serial
    mkdir -p "$here/disk/bin" "$here/disk/dev" "$here/disk/proc" "$here/cd"
    cp "$root/bin/busybox" "$here/disk/bin"
    cat >"$here/disk/init" <<'EOF'
#!/bin/busybox sh
/bin/busybox mount -t devtmpfs dev /dev
exec >/dev/ttyS0 2>&1
for t in /t/*; do
    cd $t
    /bin/busybox sh ./run
    echo "${t#/t/} ended $?"
done
/bin/busybox sleep 2
/bin/busybox poweroff -f
EOF
    chmod +x "$here/disk/init"
    (cd "$here/disk" && find . | cpio -o -H newc --quiet) >"$here/cd/initrd"
    cp "$kernel" "$here/cd/vmlinuz"
    cp "$root/usr/lib/ISOLINUX/isolinux.bin" "$root/usr/lib/syslinux/modules/bios/ldlinux.c32" "$here/cd"
    # Bochs 2.7 gives the size of the standard form for the compacted one of XSAVE, at which Linux does without AVX.
    cat >"$here/cd/isolinux.cfg" <<'EOF'
default linux
label linux
kernel /vmlinuz
initrd /initrd
append console=ttyS0,115200 quiet mitigations=off nokaslr tsc=reliable nosmp noapic noxsaves clearcpuid=xsaves,xsavec
EOF
    xorriso -as mkisofs -quiet -o "$here/cd.iso" -b isolinux.bin -c boot.cat -no-emul-boot -boot-load-size 4 \
        -boot-info-table "$here/cd" >/dev/null 2>&1
    cat >"$here/rc" <<EOF
plugin_ctrl: speaker=0
cpu: model=corei7_skylake_x, ips=50000000
memory: guest=2048, host=2048
romimage: file=$root/usr/share/bochs/BIOS-bochs-latest
vgaromimage: file=$root/usr/share/bochs/VGABIOS-lgpl-latest
ata0-master: type=cdrom, path=$here/cd.iso, status=inserted
boot: cdrom
com1: enabled=1, mode=file, dev=$here/serial
display_library: rfb, options="timeout=0"
clock: sync=none
log: $here/log
panic: action=fatal
EOF
    echo c >"$here/go" # Debian's is built with a debugger, which waits to be told
    timeout "${SECONDS_AT_MOST:-3600}" bochs-bin -q -f "$here/rc" -rc "$here/go" </dev/null >/dev/null 2>&1
}

cd "$here" || exit 1
for kernel_name in ${KERNEL-$(python3 "$srcdir/tests/kernels/sweep.py")}; do
    prepare "$kernel_name"
    verdict "$kernel_name: the naive kernels" $?
    add "$kernel_name" "$kernel_name" "$kernel_name/model.onnx" --atol 0 --rtol 0 --mtol "$error" --quiet -- --kernel "$kernel_name" --accuracy=fast
done
for model in ${MODELS-$(ls "$models" 2>/dev/null)}; do
    [ -f "$models/$model/model.onnx" ] || continue
    add "$model" "$models/$model/test_data_set_0" "$models/$model/model.onnx" $(tolerances "$models/$model") --
done
boot
[ -z "${KEEP-}" ] || cp "$here/serial" "$KEEP"
for t in $(ls "$here/disk/t"); do
    status=$(tr -d '\r' <"$here/serial" | sed -n "s/^$t ended //p")
    verdict "$t, avx512 in Bochs" "${status:-1}"
done
totals
