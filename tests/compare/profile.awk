# SPDX-License-Identifier: MIT
# profile.awk - a profile of LAYERS layers, made up: awk -v seed=1 -v layers=40 -v slow=7 -f profile.awk
#
#   slow    number of a layer that takes `by` times as long (1.05)
#   starts  of the program (20), each at its own level; runs in each (20)
#   turns   what it shares with profiles that were measured in turns with it; machine: how far it drifts meanwhile (0)
#   full    1: with every other measurement, too; counters: how those were got
#   odd     1: with names that want to be more than names

function uniform() { return rand() }
function normal(   i, s) { s = -6; for (i = 0; i < 12; i++) s += rand(); return s }
function series(n,   i, s) { for (i = 0; i < n; i++) s = s (i ? "," : "") sprintf("%.3f", rand() ^ 2); return s }

function name(i) {
    if (odd && i == 1) return "<script>alert('1')</script>"
    if (odd && i == 2) return "=cmd|' /C calc'!A0"
    if (odd && i == 3) return "\\\"><img src=x onerror=alert(1)>&amp;"
    if (odd && i == 4) return "\\u001b[31mred \\u202eback"
    if (odd && i == 5) return "</script><!-- \\\\ ${x} %s%n"
    return sprintf("/features/%d/%s", i, op(i))
}
function op(i) { return i % 7 == 6 ? "MaxPool" : i % 5 == 4 ? "Add" : i == layers - 1 ? "Gemm" : "Conv" }

BEGIN {
    if (!layers) layers = 40
    if (!starts) starts = 20
    if (!runs) runs = 20
    if (!by) by = 1.05
    if (!model) model = "ab12"
    if (slow == "") slow = -1
    srand(seed)
    for (i = 0; i < layers; i++) {
        for (s = 0; s < starts; s++) {
            level = 0.01 * normal()
            drift = 0
            for (r = 0; r < runs; r++) {
                drift = 0.7 * drift + 0.005 * normal()
                ns = (20000 + i * 37 % 23 * 9000) * (i == slow ? by : 1) * (1 + level + drift + machine * sin(s))
                if (uniform() < 0.05) ns *= 1.3
                ns = sprintf("%.0f", ns * (factor ? factor : 1))
                time[i] = time[i] (s + r ? "," : "") ns
                total[s * runs + r] += ns
            }
        }
    }
    printf "{\"schema\": \"dnncc-profile\", \"version\": 1, \"dnncc\": \"0\", \"label\": \"%s\",\n", label ? label : "run" seed
    printf " \"model\": {\"file\": \"made.onnx\", \"sha256\": \"%s\", \"ops\": %d}, \"target\": \"%s\", \"threads\": 1,\n",
        model, layers, target ? target : "avx2"
    printf " \"machine\": {\"cpu\": \"made up\", \"cores\": 2},\n"
    if (full) printf " \"methods\": {\"time\": \"clock\", \"counters\": \"%s\"},\n", counters ? counters : "n/a: made up"
    if (full) printf " \"peak\": {\"gflops\": 110, \"bytes_per_s\": {\"l1\": 3.2e11, \"l2\": 1.5e11, \"memory\": 2e10}},\n"
    if (full) {
        printf " \"arena\": {\"bytes\": %d, \"bound_bytes\": 900000, \"weight_bytes\": 3000000, \"buffers\": [", arena ? arena : 1000000
        for (i = 0; i < layers; i++)
            printf "%s{\"name\": \"t%d\", \"offset\": %d, \"bytes\": %d, \"first\": %d, \"last\": %d}", i ? "," : "", i,
                i % 3 * 300000, 300000 - i * 500 % 100000, i, i + 1 + (i % 4 == 0)
        print "]},"
    }
    printf " \"run\": {\"ns\": ["
    for (r = 0; r < starts * runs; r++) printf "%s%.0f", r ? "," : "", total[r] * 1.004
    printf "], \"launches\": ["
    for (s = 0; s < starts; s++) printf "%s%d", s ? "," : "", runs
    print "]" (turns ? ", \"turns\": \"" turns "\"" : "") "},"
    print " \"layers\": ["
    for (i = 0; i < layers; i++) {
        printf "  {\"id\": %d, \"step\": %d, \"name\": \"%s\", \"nodes\": [\"%s\", \"relu%d\"], \"op\": \"%s\",", i + 1, i, name(i), name(i), i,
            op(i) (op(i) == "Conv" ? "+Relu" : "")
        printf " \"kernel\": \"conv_direct\", \"tile\": \"6x2\", \"input\": [1, 64, 56, 56], \"output\": [1, 64, 56, 56],"
        macs = op(i) == "Conv" || op(i) == "Gemm" ? 1e6 + i * 53 % 17 * 2e5 : 0
        printf " \"macs\": %d, \"bytes\": %d, \"weight_bytes\": %d,", macs, 40000 + i * 71 % 19 * 30000, macs / 100
        if (full) {
            zeros = i * 29 % 70
            printf " \"sparsity\": {\"input\": {\"elements\": 100, \"zeros\": %d}, \"output\": {\"elements\": 100, \"zeros\": %d, \"channels\": [%s]}},",
                (i * 29 + 41) % 70, zeros, series(channels ? channels : 64) (i % 10 ? "" : "], \"steps\": [0, 0.5, 0.25")
            if (macs) printf " \"zero_macs\": {\"all\": %d, \"activation\": %d, \"weight\": %d, \"both\": %d, \"padding\": 0},", macs, macs / 4 + i * 1000, macs / 10, macs / 20
            printf " \"bits\": {\"input\": {\"representation\": \"linear:16\", \"bits\": 16, \"elements\": 100, \"zeros\": 5, \"ones\": 300, \"group\": 256, \"width\": 9, \"off_chip\": {\"baseline\": 1600, \"groups\": 700}, \"widths\": [%s]}, \"weight\": {\"representation\": \"linear:16\", \"width\": 7, \"off_chip\": {\"baseline\": 400, \"groups\": 100}}},", widths(i)
        }
        printf " \"time\": {\"ns\": [%s]}}%s\n", time[i], i < layers - 1 ? "," : ""
    }
    print " ]}"
}

function widths(i,   w, s) {
    for (w = 0; w <= 16; w++) s = s (w ? "," : "") int(1000 * exp(-((w - 6 - i % 5) / 2.5) ^ 2))
    return s
}
