# SPDX-License-Identifier: MIT
#
# tmplc.awk - compile a template (*.ct) to C.      awk -f tmplc.awk templates/conv.ct > conv.c
#
#   $ code      a line of C that runs inside dnncc while it writes a net ("$" alone: an empty one)
#   $# note     a note to the reader of the template; nothing comes of it
#   text        any other line is output; blanks at both ends are dropped, Out owns indentation
#   ${expr}     in text: the value of a C expression, an integer or a string
#   text \      leaves the output line open; what follows joins it after one blank
#
# Line N of the template becomes line N of the C, so one #line serves the whole file, and a text
# line becomes ONE statement, so an unbraced "$ for" repeats just the line below it.  Text writes
# to the variable `o`, an Out *, through the verbs of out.h.

# Where the quoted literal that opens at s[i] ends; 0 if it never does.
function quote_end(s, i,    q, c) {
    q = substr(s, i, 1)
    while ((c = substr(s, ++i, 1)) != "") {
        if (c == "\\") i++
        else if (c == q) return i
    }
    return 0
}

# Where the '}' stands that closes the "${" before s[i]; quotes hide braces, braces nest.
function expr_end(s, i,    c, depth) {
    for (; (c = substr(s, i, 1)) != ""; i++) {
        if (c == "\"" || c == "'") {
            if (!(i = quote_end(s, i))) return 0
        } else if (c == "{") depth++
        else if (c == "}" && !depth--) return i
    }
    return 0
}

# Braces that a line of C leaves open; comments (which may go on for lines) and quotes hide them.
function braces(s,    i, c, two, n) {
    for (i = 1; (c = substr(s, i, 1)) != ""; i++) {
        two = substr(s, i, 2)
        if (in_comment) {
            if (two == "*/") { in_comment = 0; i++ }
        } else if (two == "/*") { in_comment = 1; i++ }
        else if (two == "//") break
        else if (c == "\"" || c == "'") {
            if (!(i = quote_end(s, i))) fail("unclosed " c)
        } else n += (c == "{") - (c == "}")
    }
    return n + 0
}

# s as the inside of a C string literal; "??" is split lest it start a trigraph.
function escape(s,    i, c, r) {
    for (i = 1; (c = substr(s, i, 1)) != ""; i++) {
        if (c == "\\" || c == "\"" || (c == "?" && substr(s, i - 1, 1) == "?")) r = r "\\"
        r = r (c == "\t" ? "\\t" : c)
    }
    return r
}

function literal(s) { return s == "" ? "" : "out_s(o, \"" escape(s) "\"); " }

function fail(msg) {
    print FILENAME ":" FNR ": error: " msg > "/dev/stderr"
    failed = 1
    exit 1
}

# The statement that writes one line of text.
function text(s,    open, i, end, expr, c) {
    sub(/^[ \t]+/, "", s)
    sub(/[ \t]+$/, "", s)
    open = sub(/[ \t]*\\$/, "", s)
    while ((i = index(s, "${")) > 0) {
        if (!(end = expr_end(s, i + 2))) fail("unclosed ${")
        expr = substr(s, i + 2, end - i - 2)
        if (expr ~ /^[ \t]*$/) fail("nothing between ${ and }")
        c = c literal(substr(s, 1, i - 1)) "out_v(o, (" expr ")); "
        s = substr(s, end + 1)
    }
    return "{ out_gap(o); " c literal(s) (open ? "" : "out_nl(o); ") "}"
}

FNR == 1 {
    print "/* Made by tmplc.awk from " FILENAME ": edit that. */"
    print "#include \"dnncc.h\""
    print "#line 1 \"" FILENAME "\""
}

/^[ \t]*\$#/ { print ""; next }

/^[ \t]*\$([ \t]|$)/ {
    sub(/^[ \t]*\$[ \t]?/, "")
    depth += braces($0)
    print
    next
}

/^[ \t]*\$[^{]/ { fail("a line starts with '$ ' (code), '$#' (note) or '${' (a value)") }

# Between functions only blank lines make sense as text, and they mean nothing.
depth == 0 && /^[ \t]*$/ { print ""; next }
depth == 0 { fail("text outside a function: no '{' is open on the '$ ' lines above") }

{ print text($0) }

END {
    if (!failed && depth) fail("the file ends, but a '{' of its '$ ' lines is still open")
    exit failed
}
