#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""inner_loops.py - does the compiler keep the sums of generated code in registers?

Compiles net.c of each model to assembly with the flags of `dnncc build`, finds the innermost loops that hold
multiply-adds, and prints for each its layer function, multiply-adds, loads, and what it has on the stack: vectors
(sums and weights that no register was left for) and pointers. Where llvm-mca is installed also the cycles of a turn
that the ports of a CPU need by its tables, beside those of the multiply-adds alone. All of it is read off the text:
a model, not a measurement. Nothing is run, caches and latencies count for nothing, so it works without the CPU.

    bench/inner_loops.py -t avx512,avx2 --cc gcc,clang-16 MODEL.onnx...

The one idea: an innermost loop is a jump back over no other jump back."""
import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections import namedtuple

Loop = namedtuple("Loop", "function fmas loads moves vector_loads vector_stores pointer_loads pointer_stores text")
PORTS = 2  # that multiply and add, at any width
FMA = re.compile(r"\s+(vfn?m(add|sub)\d+[ps]s|vpdpbusd)\s")
JUMP = re.compile(r"\s+j\w+\s+(\.L\w+)")
LABEL = re.compile(r"(\.L\w+):")
MOVE = re.compile(r"\s+vmov[au]p[sd]\s+%[xyz]mm\d+, %[xyz]mm")
RETURN = re.compile(r"\s+ret")  # beyond it lies code moved out of the way, whose jumps back are no loops
NO_ACCESS = re.compile(r"\s+(lea|prefetch|nop)")


def innermost(lines):
    """First and last line of each loop."""
    at = {m.group(1): i for i, m in enumerate(map(LABEL.match, lines)) if m}
    jumps = [(at.get(m.group(1), i), i) for i, m in enumerate(map(JUMP.match, lines)) if m]
    back = [j for j in jumps if j[0] < j[1] and not any(RETURN.match(s) for s in lines[j[0]:j[1]])]
    return [b for b in back if not any(o != b and b[0] <= o[0] and o[1] <= b[1] for o in back)]


def memory_operand(line):
    """'load', 'store' or None, and is it a vector?"""
    code = line.split("#")[0].rstrip()
    if "(" not in code or NO_ACCESS.match(code):
        return None, False
    store = code.endswith(")") and not re.match(r"\s+(cmp|test)", code)
    return "store" if store else "load", bool(re.search(r"%[xyz]mm", code))


def loops(assembly):
    """The innermost loops with multiply-adds of all functions."""
    found = []
    for part in re.split(r"^(?=[A-Za-z_]\w*:)", assembly, flags=re.M):
        lines = part.split("\n")
        stack = re.compile(r"\(%r[sb]p" if re.search(r"movq\s+%rsp, %rbp", part) else r"\(%rsp")
        for first, last in innermost(lines):
            body = [s for s in lines[first:last + 1] if re.match(r"\s+[a-z]", s)]
            fmas = sum(bool(FMA.match(s)) for s in body)
            on = [(memory_operand(s), bool(stack.search(s))) for s in body]
            if fmas:
                found.append(Loop(lines[0].split(":")[0], fmas, sum(what[0] == "load" for what, _ in on), sum(bool(MOVE.match(s)) for s in body),
                                  *(on.count(((op, vector), True)) for vector in (True, False) for op in ("load", "store")),
                                  body))
    return found


def model_cycles(mca, cpu, found):
    """Cycles of one turn of each loop by llvm-mca's ports. Its latencies are left out: LLVM 16 has a multiply-add with an
    operand in memory wait for that before it takes the sum, as no CPU does."""
    text = ["# LLVM-MCA-BEGIN %d\n%s\n# LLVM-MCA-END\n" % (i, re.sub(r"(\s+j\w+\s+)\.L\w+", r"\1.Lon", "\n".join(l.text)))
            for i, l in enumerate(found)]
    run = subprocess.run([mca, "-mcpu=" + cpu, "-iterations=10"], input="".join(text) + ".Lon:\n", capture_output=True, text=True)
    return [float(c) for c in re.findall(r"^Block RThroughput:\s+([\d.]+)", run.stdout, re.M)] or [0] * len(found)


def assembly_of(a, model, target, cc):
    """Of net.c of a model; a .s file is itself."""
    if model.endswith(".s"):
        return open(model).read()
    data = os.path.join(os.path.dirname(model), "test_data_set_0")
    dims = ["--data=" + data] if os.path.isdir(data) else []
    with tempfile.TemporaryDirectory() as folder:
        c, s = os.path.join(folder, "net.c"), os.path.join(folder, "net.s")
        subprocess.run([a.dnncc, model, "-t", target, "--weights=bin", "-o", c, *dims, *a.options.split()], check=True)
        flags = re.search(r'#error "net.c needs (.*) \(or define', open(c).read())
        subprocess.run([cc, *os.environ.get("CFLAGS", "-O2").split(), *(flags.group(1).split() if flags else []), "-S", "-o", s, c], check=True)
        return open(s).read()


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("models", nargs="+", help="models, or assembly (.s) of theirs")
    p.add_argument("-t", "--targets", default="avx512")
    p.add_argument("--cc", default="gcc")
    p.add_argument("--dnncc", default="dnncc")
    p.add_argument("--options", default="", help="more options of dnncc")
    p.add_argument("--mca", default="llvm-mca-16")
    p.add_argument("--cpu", default="icelake-server", help="for llvm-mca")
    p.add_argument("--all", action="store_true", help="print every loop, not those alone that use the stack")
    a = p.parse_args()
    cases = [(m, t, c) for m in a.models for t in a.targets.split(",") for c in a.cc.split(",")]
    for model, target, cc in cases:
        found = loops(assembly_of(a, model, target, cc))
        try:
            cycles = model_cycles(a.mca, a.cpu, found)
        except FileNotFoundError:
            cycles = [0] * len(found)
        print("%s, %s, %s: %d loops, %d with vectors on the stack, %d with pointers" %
              (model, target, cc, len(found), sum(l.vector_loads + l.vector_stores > 0 for l in found),
               sum(l.pointer_loads + l.pointer_stores > 0 for l in found)))
        for l, c in zip(found, cycles):
            if a.all or sum(l[3:8]):
                print("  %-28s %3d fma %3d loads %2d moves, stack: vectors %d in %d out, pointers %d in %d out%s" %
                      (*l[:8], ", %.1f cycles of %.1f" % (c, l.fmas / PORTS) if c else ""))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
