# SPDX-License-Identifier: MIT
# For test scripts that check several things: . "$srcdir/tests/lib.sh", then verdict after each and
# totals as the last command, which prints the line that tests/run adds up.
passed=0 failed=0 skipped=0

verdict() { # verdict NAME STATUS: 0 passed, 77 skipped, else failed
    case $2 in
    0) passed=$((passed + 1)) ;;
    77) skipped=$((skipped + 1)); echo "SKIP: $1" ;;
    *) failed=$((failed + 1)); echo "FAIL: $1" ;;
    esac
}

totals() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ $failed = 0 ]
}

# ---- models and data as text: tests/models ----

encode() { protoc -I"$srcdir/schema" --encode="onnx.$1" onnx.proto; }

# Lines "input x 1 2x3: v v v" as a TensorProto, or those of "input x[0] ...", "input x[1] ..." as a SequenceProto.
# Numbers go to the field that their type is stored in; strings are words, \s an empty one.
tensor() {
    awk -v OFS=' ' '{
        field = $3 == 1 ? "float_data" : $3 == 7 ? "int64_data" : $3 == 8 ? "string_data" : "int32_data"
        dims = $4; sub(":", "", dims)
        if (list) printf "tensor_values { "
        printf "name: \"%s\" data_type: %s\n", $2, $3
        if (dims != "scalar") { n = split(dims, d, "x"); for (i = 1; i <= n; i++) printf "dims: %s\n", d[i] }
        for (i = 5; i <= NF; i++) printf $3 != 8 ? "%s: %s\n" : "%s: \"%s\"\n", field, $3 == 8 && $i == "\\s" ? "" : $i
        if (list) printf "}\n"
    }' list="$2" - | encode "$1"
}

data_set() { # data_set NAME SUFFIX: fills NAME.SUFFIX.dir/
    mkdir -p "$1.$2.dir"
    for kind in input output; do
        k=0
        sed -n "s/^$kind \([^ []*\).*/\1/p" "$srcdir/tests/models/$1.$2" | uniq >"$kind.ports"
        while read -r port; do
            type=TensorProto list=
            grep -q "^$kind $port\[" "$srcdir/tests/models/$1.$2" && type=SequenceProto list=1
            grep "^$kind $port[ []" "$srcdir/tests/models/$1.$2" | tensor $type $list >"$1.$2.dir/${kind}_$k.pb"
            k=$((k + 1))
        done <"$kind.ports"
    done
}

options_of() { # options_of NAME: what the line "options ..." of its data says, for dnncc
    sed -n 's/^options //p' "$srcdir/tests/models/$1.data"
}

# The option for a model with lists: what a list holds, the compiler takes from the data.
lists_from() {
    ! grep -q '^input [^ ]*\[' "$srcdir/tests/models/$1.data" || echo "--data $1.data.dir"
}

# ---- sweeps of kernels: tests/kernels ----

# The layers, the error that they may have, and what the naive kernels say that they compute.
prepare() { # prepare KERNEL
    mkdir -p "$1"
    said=$(python3 "$srcdir/tests/kernels/sweep.py" "$1" "$1") && layers=${said% *} error=${said#* } &&
        encode ModelProto <"$1/model.txt" >"$1/model.onnx" &&
        encode TensorProto <"$1/input_0.txt" >"$1/input_0.pb" &&
        CFLAGS=-O0 "$DNNCC" build "$1/model.onnx" -t c --kernel none -o naive &&
        ./naive --data "$1" --save "$1" --quiet
}

# ---- real models: $DNNCC_MODELS ----

# What EXE takes to judge by meta.json, one word a line: "--rtol R --atol NAME=A ...".
tolerances() { # tolerances MODEL_DIR
    python3 - "$1/meta.json" <<'EOF'
import json, sys
meta = json.load(open(sys.argv[1]))
print("--rtol", meta["rtol"], sep="\n")
for name, atol in meta["atol"].items():
    print("--atol", f"{name}={atol}", sep="\n")
EOF
}
