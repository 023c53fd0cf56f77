/* SPDX-License-Identifier: MIT
 * page.js - run in the report by a browser: uses it as a reader would and leaves what it found in the document, as
 * lines "ok NAME" or "FAIL NAME". */
"use strict";
window.addEventListener("load", function () {
    var said = [], table = document.getElementById("table"), chart = document.getElementById("layers");
    function check(name, ok) { said.push((ok ? "ok " : "FAIL ") + name); }
    function rows(t) { return Array.prototype.slice.call(t.tBodies[0].rows); }
    function shown(t) { return rows(t).filter(function (r) { return !r.hidden; }); }
    function values(i) { return rows(table).map(function (r) { return Number(r.cells[i].dataset.v); }); }
    function sorted(list, sign) { return list.every(function (v, i) { return !i || sign * (v - list[i - 1]) >= 0; }); }
    function input(id, value) {
        var e = document.getElementById(id);
        if (e.type === "checkbox") e.checked = value; else e.value = value;
        e.dispatchEvent(new Event(e.tagName === "SELECT" && id === "sort" ? "change" : "input"));
    }
    function first() { return chart.tBodies[0].rows[0]; }
    var names = rows(table).map(function (r) { return r.cells[0].textContent; });

    check("bars are drawn", chart.querySelectorAll("rect").length >= rows(chart).length &&
        chart.querySelector("rect").getBoundingClientRect().width > 50);
    check("the largest difference is first", sorted(rows(chart).map(function (r) { return Number(r.dataset.d); }), -1));
    input("sort", "o");
    check("sorted by order", sorted(rows(chart).map(function (r) { return Number(r.dataset.o); }), 1));
    input("sort", "t");
    check("sorted by time", sorted(rows(chart).map(function (r) { return Number(r.dataset.t); }), -1));

    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    var column = heads.findIndex(function (h) { return /A .s/.test(h.textContent); });
    heads[column].querySelector("button").click();
    check("a heading sorts, the largest first", sorted(values(column), -1) && heads[column].getAttribute("aria-sort") === "descending");
    heads[column].querySelector("button").click();
    check("and back", sorted(values(column), 1) && heads[column].getAttribute("aria-sort") === "ascending");
    column = heads.findIndex(function (h) { return h.textContent === "A zero MACs"; });
    heads[column].querySelector("button").click();
    check("zero MACs are there and sort", values(column).filter(function (v) { return v > 0.2 && v < 1; }).length > 100 &&
        sorted(rows(table).map(function (r) { return r.cells[column].dataset.v === undefined ? -1 : Number(r.cells[column].dataset.v); }), -1) &&
        /^\d+\.\d%$/.test(rows(table)[0].cells[column].textContent));
    var bits = heads.findIndex(function (h) { return h.textContent === "A bits"; });
    check("and bits of so many", /^\d+\.\d of 16$/.test(rows(table)[0].cells[bits].textContent));
    check("the same numbers once only", heads.every(function (h) { return !/^B (zeros|zero MACs|bits)$/.test(h.textContent); }));
    heads[0].querySelector("button").click();
    check("names sort, too", heads[0].getAttribute("aria-sort") === "ascending" && !heads[column].hasAttribute("aria-sort"));

    input("op", "MaxPool");
    check("filter by operator", shown(table).length > 20 && shown(chart).length === Math.min(shown(table).length, 40) &&
        shown(table).every(function (r) { return r.dataset.op === "MaxPool"; }));
    input("op", "");
    input("word", "IMG SRC");
    check("filter by name", shown(table).length === 1);
    input("word", "");
    input("only", true);
    check("only what is marked", shown(table).every(function (r) { return r.dataset.m === "1"; }));
    input("only", false);
    check("the rest is a button away", shown(chart).length <= 40);
    document.getElementById("more").click();
    check("all are there", shown(chart).length === names.length && document.getElementById("more").hidden);

    check("names are texts", names.indexOf("<script>alert('1')</" + "script>") >= 0 && !document.querySelector("img, bdi *"));
    check("headings of sections", Array.prototype.map.call(document.querySelectorAll("h2"), function (h) { return h.textContent; }).join() ===
        "Layers,Roofline,Operators,Arena,Sparsity,Time steps,Bit widths,Table,How it was measured");
    check("methods of each profile", Array.prototype.map.call(document.querySelectorAll("#methods dt, #methods dd"), function (e) { return e.textContent; })
        .join("|") === "A|time: clock; counters: n/a: made up|B|time: clock; counters: pmu");
    check("every cell has a heading", rows(table).every(function (r) { return r.cells.length === heads.length && r.cells[0].scope === "row"; }) &&
        heads.every(function (h) { return h.scope === "col"; }));
    check("all can be reached by keyboard", Array.prototype.every.call(document.querySelectorAll("button, select, input, .wide"), function (e) {
        if (e.hidden) return true;
        e.focus();
        return document.activeElement === e;
    }));
    check("pictures have words", Array.prototype.every.call(document.querySelectorAll("svg"), function (s) {
        return s.getAttribute("aria-hidden") === "true" || s.getAttribute("aria-label");
    }));
    check("controls have labels", Array.prototype.every.call(document.querySelectorAll("select, input"), function (e) { return e.closest("label"); }));
    check("nothing is wider than the window", document.documentElement.scrollWidth <= window.innerWidth);
    check("nothing was asked for", performance.getEntriesByType("resource").length === 0);
    said.push("drawn after " + Math.round(performance.timing.domComplete - performance.timing.responseEnd) + " ms");
    var pre = document.createElement("pre");
    pre.id = "said";
    pre.textContent = "\n" + said.join("\n") + "\n";
    document.body.appendChild(pre);
});
