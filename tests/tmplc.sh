# SPDX-License-Identifier: MIT
# The template compiler: what a template writes, where the C compiler says its mistakes are, and
# what tmplc.awk says of its own.  A stand-in for dnncc.h shows each verb of Out as text.
set -u
tmplc="$AWK -f $srcdir/codegen/tmplc.awk"
. "$srcdir/tests/lib.sh"

rejects() { # rejects NAME MESSAGE <TEMPLATE
    cat >bad.ct
    if $tmplc bad.ct >bad.c 2>bad.err; then
        echo "$1: accepted"
        verdict "$1" 1
    else
        grep -qF "$2" bad.err
        verdict "$1" $?
        cat bad.err
    fi
}

cat >dnncc.h <<'END'
#include <stdio.h>
typedef struct Out { int open; } Out;
static inline void out_gap(Out *o) { if (o->open) putchar('_'); o->open = 1; }
static inline void out_s(Out *o, const char *s) { (void)o; fputs(s, stdout); }
static inline void out_i(Out *o, long v) { (void)o; printf("%ld", v); }
static inline void out_nl(Out *o) { putchar('\n'); o->open = 0; }
#define out_v(o, x) _Generic((x), char *: out_s, const char *: out_s, default: out_i)(o, x)
END

mkdir -p sub
cat >sub/good.ct <<'END'
$# A note, with a stray ${ and an unclosed "quote.
$ #define TWICE(x) \
$     ((x) * 2)

$ /* A comment with don't, { and "
$  * over two lines. */
$ static void body(Out *o, int n)
$ {
$     const char brace = '{', *quote = "\"{";
    int a = "quoted \n" '\\' /* 100% ??( */;
    $ for (int i = 0; i < n; i++)
        x${i} = ${TWICE(i)};\
    $ out_nl(o);

    $ if (n > 2) {
        ${n > 1 ? "}" : "{"}${(int[]){4, 2}[1]}${ '}' == brace + 2 }${quote}
    $ }
    left \
    right
$ }
$
$ int main(void)
$ {
$     Out o_ = { 0 }, *o = &o_;
$     body(o, 3);
$     return 0;
$ }
END
cat >good.want <<'END'
int a = "quoted \n" '\\' /* 100% ??( */;
x0 = 0;_x1 = 2;_x2 = 4;

}21"{
left_right
END
$tmplc sub/good.ct >good.c && $CC $CFLAGS $LDFLAGS -I. -o good good.c && ./good >good.got &&
    diff good.want good.got
verdict "text, values, notes, open lines" $?

# A mistake in a ${} of line 12 must be reported there, under the path that was given.
sed '12s/TWICE(i)/nothing/' sub/good.ct >sub/wrong.ct
$tmplc sub/wrong.ct >wrong.c
$CC -I. -c -o wrong.o wrong.c 2>wrong.err
grep -q '^sub/wrong\.ct:12:' wrong.err
verdict "the C compiler names the template's line" $?

rejects "unclosed value" 'bad.ct:2: error: unclosed ${' <<'END'
$ void f(Out *o) {
    x ${f("}"
$ }
END
rejects "empty value" 'bad.ct:2: error: nothing between ${ and }' <<'END'
$ void f(Out *o) {
    x ${ }
$ }
END
rejects "odd dollar" "bad.ct:1: error: a line starts with '$ '" <<'END'
$void f(Out *o) {
END
rejects "text outside" 'bad.ct:1: error: text outside a function' <<'END'
static int x;
END
rejects "open brace" "bad.ct:3: error: the file ends" <<'END'
$ void f(Out *o) {
    x;
$
END
rejects "unclosed quote" 'bad.ct:1: error: unclosed "' <<'END'
$ const char *s = "abc;
END

totals
