# SPDX-License-Identifier: MIT
# The unit tests: one Check program, which counts its cases.
if [ ! -x "$builddir/tests/unit/run" ]; then
    echo "Check is not there: apt-get install check, then ./configure again"
    exit 77
fi
"$builddir/tests/unit/run"
