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
