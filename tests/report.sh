# SPDX-License-Identifier: MIT
# The report, in a real browser: no error in its console, bars drawn, sorting and filters work, nothing is asked for.
set -u
. "$srcdir/tests/lib.sh"

made() { $AWK -f "$srcdir/tests/compare/profile.awk" -v full=1 "$@"; }
made -v seed=1 -v layers=400 -v channels=300 -v odd=1 -v turns=1 >a.json
made -v seed=2 -v layers=400 -v channels=300 -v odd=1 -v slow=7 -v turns=1 -v counters=pmu >b.json
made -v seed=3 -v odd=1 >c.json

"$DNNCC" compare a.json b.json --html report.html >said
verdict "a report of 400 layers" $?
[ "$(wc -c <report.html)" -lt 2000000 ]
verdict "is smaller than 2 MB" $?
"$DNNCC" compare a.json b.json --html again.html >said
cmp report.html again.html
verdict "the same each time" $?
"$DNNCC" compare c.json --html one.html >said && grep -q '<h2>Layers' one.html
verdict "a report of a single profile" $?
python3 - <<'END'
import html.parser
class Balance(html.parser.HTMLParser):
    open_tags = []
    def handle_starttag(self, tag, attributes):
        assert tag not in ("img", "link", "iframe") and not {"src", "href", "style", "onerror"} & dict(attributes).keys()
        if tag not in ("meta", "input"):
            self.open_tags.append(tag)
    def handle_startendtag(self, tag, attributes):
        pass
    def handle_endtag(self, tag):
        assert self.open_tags and self.open_tags.pop() == tag, (tag, self.getpos())
for name in "report.html", "one.html":
    page = Balance()
    text = open(name, encoding="utf-8").read()
    assert "url(" not in text and "@import" not in text
    page.feed(text)
    assert not page.open_tags, page.open_tags
END
verdict "tags are closed, and refer to nothing outside" $?

browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
    verdict "in a browser: there is none (apt-get install chromium)" 77
    totals
    exit
}
in_browser() { # in_browser FILE: the document after page.js has run, and the console in err
    $AWK 'FNR == NR { script = script $0 "\n"; next }
        sub("</head>", "") { print "<script>" script "</script></head>" } { print }' \
        "$srcdir/tests/compare/page.js" "$1" >test.html
    HOME=$PWD timeout 120 "$browser" --headless --no-sandbox --disable-gpu --window-size=1280,900 --enable-logging=stderr \
        --user-data-dir="$PWD/browser" --dump-dom "file://$PWD/test.html" 2>err
}
in_browser report.html >dom.html
sed -n '/<pre id="said">/,/<\/pre>/p' dom.html >found
cat found
[ "$(grep -c '^ok ' found)" -gt 15 ] && ! grep -q '^FAIL' found
verdict "used in a browser" $?
! grep 'CONSOLE' err
verdict "no error in the console" $?
[ "$(sed -n 's/^drawn after \([0-9]*\) ms.*/\1/p' found)" -lt 3000 ] # a second, on a machine with nothing else to do
verdict "drawn in a moment" $?
totals
