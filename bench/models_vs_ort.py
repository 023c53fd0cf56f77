#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles models and compares what they compute with ONNX Runtime's outputs.

  bench/models_vs_ort.py --ort LIBONNXRUNTIME.so [--dnncc ./dnncc] [-t c,avx2] PATH...

PATH is a .onnx file or a folder that is searched for them.  The inputs are those of
test_data_set_0 beside the model, else random: floats from 0 to 1, integers from 0 below --below,
masks all ones.  An open dim of an input is what --dim NAME=N says, else 1.  ONNX Runtime computes
with its optimisations off; an output matches when it is within 1e-3 of each element plus 1e-4 of
the largest one (1/50 of the largest where the model is quantised: a rounding that falls the other
way is a whole step of 8 bits, and several meet in a deep model), and integers when they are equal.

A row tells the model, its bytes, opset, operators (nodes/kinds), and for each target the largest
error as a part of the output's largest element, or why there is none.  With --seconds both sides
are timed as vs_ort.py does, one round.  Exits 1 if a model did not compile or match.
"""
import argparse
import array
import math
import os
import random
import re
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path += [HERE, os.path.join(HERE, "..", "scripts")]
from vs_ort import median_ms, write_inputs
from wire import fields, varints

# TensorProto.DataType -> array.array's letter; float16 and bfloat16 travel as their bits
LETTER = {1: "f", 2: "B", 3: "b", 4: "H", 5: "h", 6: "i", 7: "q", 9: "B", 10: "H", 11: "d", 12: "I", 13: "Q", 16: "H"}
FLOATS, HALF, BFLOAT, BOOL = (1, 11), 10, 16, 9
LIMIT = 300  # seconds for a build or a run


def options():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--ort", required=True, help="ONNX Runtime's shared library")
    ap.add_argument("--dnncc", default="./dnncc")
    ap.add_argument("-t", "--targets", default="c,avx2")
    ap.add_argument("--dim", action="append", default=[], metavar="NAME=N", help="an open dim by its name")
    ap.add_argument("--shape", action="append", default=[], metavar="INPUT=1x3x..", help="the shape of an input")
    ap.add_argument("--below", type=int, default=10, help="random integers are less than this")
    ap.add_argument("--seconds", type=float, help="time both sides for so long")
    ap.add_argument("--table", help="write a Markdown table to this file")
    ap.add_argument("paths", nargs="+")
    opt = ap.parse_args()
    opt.dims = {k: int(v) for k, v in (d.split("=") for d in opt.dim)}
    opt.shapes = {k: [int(d) for d in v.split("x")] for k, v in (s.rsplit("=", 1) for s in opt.shape)}
    return opt


def find_models(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
        for folder, dirs, files in os.walk(path):
            dirs.sort()
            yield from (os.path.join(folder, f) for f in sorted(files) if f.endswith(".onnx"))


# ---- what a model says of itself ------------------------------------------------------------------


def bodies(data, number):
    return [body for n, body in fields(data) if n == number]


def number(data, field, default=0):
    """The last value of a field of numbers."""
    return next(varints(bodies(data, field)[-1])) if bodies(data, field) else default


def inputs_of(graph):
    """(name, element type, dims) of what the caller hands in; an open dim is its name."""
    constants = {bodies(t, 8)[0] for t in bodies(graph, 5) if bodies(t, 8)}
    for value in bodies(graph, 11):
        name, tensor = bodies(value, 1)[0], bodies(bodies(value, 2)[0], 1)
        if name in constants:
            continue
        if not tensor:
            raise ValueError(f"input '{name.decode()}' is no tensor")
        dims = [d for shape in bodies(tensor[0], 2) for d in bodies(shape, 1)]
        yield name.decode(), number(tensor[0], 1), [
            number(d, 1) if bodies(d, 1) else (bodies(d, 2) or [b""])[0].decode() for d in dims]


def operators_of(graph):
    """Operators of the nodes of a graph and of those within its attributes."""
    for node in bodies(graph, 1):
        yield bodies(node, 4)[0].decode()
        for attribute in bodies(node, 5):
            for body in bodies(attribute, 6):
                yield from operators_of(body)


def describe(path):
    with open(path, "rb") as f:
        model = f.read()
    graph = bodies(model, 7)[0]
    opset = max([number(i, 2) for i in bodies(model, 8) if (bodies(i, 1) or [b""])[0] in (b"", b"ai.onnx")] or [0])
    ops = [op for op in operators_of(graph) if op != "Constant"]
    return {"model": path, "bytes": len(model), "opset": opset, "nodes": len(ops), "ops": sorted(set(ops)),
            "inputs": list(inputs_of(graph)),
            "outputs": [bodies(v, 1)[0].decode() for v in bodies(graph, 12)]}


# ---- tensors --------------------------------------------------------------------------------------


def varint(n):
    return bytes([n & 127 | 128]) + varint(n >> 7) if n > 127 else bytes([n])


def tensor_proto(kind, dims, raw):
    """dims (1), data_type (2), raw_data (9)"""
    head = b"".join(b"\x08" + varint(d) for d in dims) + b"\x10" + varint(kind)
    return head + b"\x4a" + varint(len(raw)) + raw


def random_tensor(opt, rng, name, kind, dims):
    count = math.prod(dims)
    if "mask" in name.lower():
        values = [1] * count
    elif kind in (*FLOATS, HALF, BFLOAT):
        values = [rng.random() for _ in range(count)]
    else:
        values = [rng.randrange(2 if kind == BOOL else opt.below) for _ in range(count)]
    if kind == HALF:
        return struct.pack(f"<{count}e", *values)
    if kind == BFLOAT:
        return b"".join(struct.pack("<f", v)[2:] for v in values)
    return array.array(LETTER[kind], values).tobytes()


def make_inputs(opt, row, folder):
    rng = random.Random(1)
    for k, (name, kind, dims) in enumerate(row["inputs"]):
        if kind not in LETTER:
            raise ValueError(f"input '{name}' has element type {kind}, which this script cannot make")
        dims = opt.shapes.get(name, [opt.dims.get(d, 1) if isinstance(d, str) else d for d in dims])
        with open(os.path.join(folder, f"input_{k}.pb"), "wb") as f:
            f.write(tensor_proto(kind, dims, random_tensor(opt, rng, name, kind, dims)))


def numbers(kind, raw):
    if kind == HALF:
        return struct.unpack(f"<{len(raw) // 2}e", raw)
    values = array.array(LETTER[kind], raw)
    return [struct.unpack("<f", struct.pack("<I", v << 16))[0] for v in values] if kind == BFLOAT else values


def split_outputs(path, folder):
    """ONNX Runtime's outputs as output_K.pb; the largest finite element of each, None for integers."""
    with open(path, "rb") as f:
        data = f.read()
    at, largest = 0, []
    while at < len(data):
        kind, rank = struct.unpack_from("<2q", data, at)
        *dims, size = struct.unpack_from(f"<{rank + 1}q", data, at + 16)
        at += 8 * (rank + 3)
        raw, at = data[at:at + size], at + size
        with open(os.path.join(folder, f"output_{len(largest)}.pb"), "wb") as f:
            f.write(tensor_proto(kind, dims, raw))
        real = kind in (*FLOATS, HALF, BFLOAT)
        largest.append(max((abs(v) for v in numbers(kind, raw) if math.isfinite(v)), default=0) if real else None)
    return largest


# ---- one model ------------------------------------------------------------------------------------


def run(command):
    """(what it printed, None), or (None, why it failed)"""
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return None, f"over {LIMIT} s"
    said = done.stderr.strip() or done.stdout.strip()
    if done.returncode < 0:
        return None, f"signal {-done.returncode}"
    return (done.stdout, None) if done.returncode == 0 else (None, said)


def reason(said):
    line = next((l for l in said.splitlines() if re.search(r"dnncc: |error:|MISMATCH|onnxruntime: ", l)), said[-200:])
    return re.sub(r"^(dnncc: )?\S*\.onnx: |^\S*?: (?=output)", "", line.strip())


def judge(opt, row, target, exe, data, largest):
    """The largest error as a part of the largest element, or why there is none."""
    build = [opt.dnncc, "build", row["model"], "-t", target, "-o", exe, "--data", data]
    _, wrong = run(build)
    if wrong is not None:
        return reason(wrong)
    part = 1 / 50 if any("Quantize" in op or "Integer" in op or op.startswith("QLinear") for op in row["ops"]) else 1e-4
    command = [exe, "--data", data, "--rtol", "1e-3"]
    for name, top in zip(row["outputs"], largest):
        if top is not None:
            command += ["--atol", f"{name}={max(part * top, 1e-30):.9g}"]
    said, wrong = run(command)
    if wrong is not None:
        return reason(wrong)
    errors = [float(e) for e in re.findall(r"largest error ([^\s:]+)", said)]
    return max((e / t for e, t in zip(errors, largest) if t), default=0.0)


def compare(opt, path, tmp):
    row = {"model": path}
    try:
        row |= describe(path)
        data = os.path.join(os.path.dirname(path), "test_data_set_0")
        if not os.path.exists(os.path.join(data, "input_0.pb")):
            data = None
        with tempfile.TemporaryDirectory(dir=tmp) as folder:
            return compare_on(opt, row, data, folder)
    except (ValueError, IndexError, KeyError) as e:
        return row | {"why": f"{type(e).__name__}: {e}"}


def compare_on(opt, row, data, folder):
    inputs, outputs, exe = (os.path.join(folder, n) for n in ("inputs", "outputs", "exe"))
    if data:
        for k in range(len(row["inputs"])):
            os.symlink(os.path.abspath(os.path.join(data, f"input_{k}.pb")), os.path.join(folder, f"input_{k}.pb"))
    else:
        make_inputs(opt, row, folder)
    write_inputs(folder, inputs)
    ort = [os.path.join(os.path.dirname(folder), "ort"), opt.ort, row["model"], inputs]
    _, wrong = run([*ort, "-o", outputs])
    if wrong is not None:
        return row | {"why": "ONNX Runtime: " + reason(wrong)}
    largest = split_outputs(outputs, folder)
    for target in opt.targets.split(","):
        row[target] = judge(opt, row, target, exe, folder, largest)
    if opt.seconds and os.path.exists(exe):
        row["dnncc_ms"] = median_ms([exe, "--data", folder, "--seconds", str(opt.seconds)], None)
        row["ort_ms"] = median_ms([*ort, str(opt.seconds), "1"], None)
    return row


# ---- the table ------------------------------------------------------------------------------------


def verdict(value):
    return f"{value:.1e}" if isinstance(value, float) else value


def cells(opt, row):
    verdicts = [verdict(row[t]) if t in row else row.get("why", "") for t in opt.targets.split(",")]
    times = [f"{row[k]:.3f}" if k in row else "" for k in ("dnncc_ms", "ort_ms")] if opt.seconds else []
    size = f"{row.get('nodes', 0)}/{len(row.get('ops', []))}"
    return [row["name"], str(row.get("bytes", "")),
            str(row.get("opset", "")), size, *verdicts, *times]


def short_name(path, paths):
    """Its path below the folder given that holds it, that folder included; not the file where it is model.onnx."""
    top = max((p for p in paths if path.startswith(p)), key=len)
    name = os.path.relpath(path, os.path.dirname(os.path.abspath(top)))
    return name.removesuffix("/model.onnx")


def main():
    opt = options()
    rows = []
    with tempfile.TemporaryDirectory(prefix="models_vs_ort-") as tmp:
        subprocess.run(["cc", "-O2", "-o", os.path.join(tmp, "ort"), os.path.join(HERE, "ort.c"), "-ldl"], check=True)
        for path in find_models(opt.paths):
            rows.append(compare(opt, path, tmp) | {"name": short_name(path, opt.paths)})
            print("  ".join(cells(opt, rows[-1])), flush=True)
    passed = [r for r in rows if all(isinstance(r.get(t), float) for t in opt.targets.split(","))]
    print(f"{len(passed)} of {len(rows)} models compile and match")
    if opt.table:
        heads = ["model", "bytes", "opset", "nodes/kinds", *opt.targets.split(","),
                 *(["dnncc ms", "ORT ms"] if opt.seconds else [])]
        with open(opt.table, "w", encoding="utf-8") as f:
            for line in [heads, ["---"] * len(heads), *(cells(opt, r) for r in rows)]:
                f.write("| " + " | ".join(c.replace("|", "\\|") for c in line) + " |\n")
    return len(passed) < len(rows)


if __name__ == "__main__":
    sys.exit(main())
