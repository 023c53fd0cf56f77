# SPDX-License-Identifier: MIT
# Makes of a file of cases, as tests/bad/models.txt explains them, for each NAME.txt (in protobuf's text
# format), NAME.want and NAME.args.

function head() {
    if (!name)
        return
    if (body !~ /ir_version/ && name != "no-graph")
        print "ir_version: 8" >model
    if (body !~ /(^|\n)opset_import/)
        print "opset_import { version: 13 }" >model
    gsub(/ir_version: 0[^\n]*/, "", body)
    printf "%s", body >model
    close(model)
    close(name ".want")
    name = body = ""
}

function quoted(list, n, label,   i, s) {
    for (i = 1; i <= n; i++)
        s = s " " label ": \"" (list[i] == "-" ? "" : list[i]) "\""
    return s
}

function dim(d) {
    if (d == "?")
        return " dim { }"
    return d ~ /^-?[0-9]+$/ ? " dim { dim_value: " d " }" : " dim { dim_param: \"" d "\" }"
}

function input(   i, s) {
    for (i = 3; i <= NF; i++)
        s = s dim($i)
    return "input { name: \"" $2 "\" type { tensor_type { elem_type: 1 shape {" s " } } } }"
}

function node(   i, n, m, ins, outs, rest, at) {
    for (i = 3; i <= NF && $i != ">"; i++)
        ins[++n] = $i
    for (i++; i <= NF && $i != "|"; i++)
        outs[++m] = $i
    at = index($0, "|")
    rest = at ? substr($0, at + 1) : ""
    return "node { op_type: \"" $2 "\" name: \"n_" $2 "\"" quoted(ins, n, "input") \
        quoted(outs, m, "output") rest (rest ~ /\{$/ ? "" : " }")
}

function weights(   i, s) {
    s = "initializer { name: \"" $2 "\" data_type: 1"
    for (i = 3; $i != ":"; i++)
        s = s " dims: " $i
    for (i++; i <= NF; i++)
        s = s " float_data: " $i
    return s " }"
}

/^#/ || /^$/ { next }
$1 == "case" { head(); name = $2; model = name ".txt"; printf "" >(name ".want"); next }
$1 == "want" { print substr($0, 6) >(name ".want"); next }
$1 == "args" { print substr($0, 6) >(name ".args"); close(name ".args"); next }
$1 == "%in" { body = body input() "\n"; next }
$1 == "%out" { body = body "output { name: \"" $2 "\" }\n"; next }
$1 == "%node" { body = body node() "\n"; next }
$1 == "%w" { body = body weights() "\n"; next }
{ body = body $0 "\n" }
END { head() }
