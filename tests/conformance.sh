# SPDX-License-Identifier: MIT
# A fixed part of the ONNX backend suite, one case in eight, the user's way: none may fail, and those
# that are refused stand in tests/conformance/onnx-1.12.md. `make conformance` runs all of it.
set -u
command -v python3 >/dev/null || { echo "no python3 to run the cases"; exit 77; }
python3 "$srcdir/tests/conformance/run.py" --dnncc "$DNNCC" --out results --jobs 1 --every 8 \
    --table "$srcdir/tests/conformance/onnx-1.12.md" >said
status=$?
cat said
[ $status = 77 ] && exit 77
awk '/ random of / { pass = $1; fail = $3; left = $5 + $7 } /^REFUSED / { bad++ }
    END { print pass " passed, " fail + bad " failed, " left - bad " skipped" }' said
exit $status
