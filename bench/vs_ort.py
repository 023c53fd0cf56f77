#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Times dnncc's code against ONNX Runtime on the same models and inputs, on as many threads each.

  bench/vs_ort.py --ort LIBONNXRUNTIME.so [--dnncc ./dnncc] [-t avx2] [--threads 1] [MODEL_DIR ...]

MODEL_DIR holds model.onnx and test_data_set_0 (default: the folders of ../shared/models beside the
source tree).  The two sides take turns, because a machine's speed drifts: each round gives one
ratio, ONNX Runtime's median time over dnncc's, and a row quotes the median of the ratios with the
smallest and the largest.  A ratio over 1 means that dnncc is faster.
"""
import argparse
import json
import math
import os
import statistics
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.append(os.path.join(HERE, "..", "scripts"))
from wire import fields, varints

FLOAT, INT32, INT64, DOUBLE = 1, 6, 7, 11


def options():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--ort", required=True, help="ONNX Runtime's shared library")
    ap.add_argument("--dnncc", default="./dnncc")
    ap.add_argument("-t", "--target", default="avx2")
    ap.add_argument("--rounds", type=int, default=7)
    ap.add_argument("--seconds", type=float, default=0.5, help="of each side in a round")
    ap.add_argument("--threads", type=int, default=1, help="of each side")
    ap.add_argument("--cpu", type=int, help="pin both sides to this CPU")
    ap.add_argument("--prefix", default="", help="words before each program that is timed, such as 'chrt -f 10'")
    ap.add_argument("--programs", help="folder where built programs stay; those that are there are not built again")
    ap.add_argument("--json", help="write the rows to this file")
    ap.add_argument("--table", help="write the rows to this file, as Markdown")
    ap.add_argument("models", nargs="*")
    return ap.parse_args()


# ---- inputs for bench/ort.c ---------------------------------------------------------------------


def flat_tensor(path):
    """A TensorProto's type, dims and elements as bench/ort.c reads them."""
    with open(path, "rb") as f:
        data = f.read()
    dims, kind, raw, typed = [], 0, None, b""
    for number, body in fields(data):
        if number == 1:
            dims += varints(body)
        elif number == 2:
            kind = next(varints(body))
        elif number == 9:
            raw = body
        elif number in (4, 10):
            typed += body
        elif number in (5, 7):
            typed += b"".join(struct.pack("<i" if number == 5 else "<q", v) for v in varints(body))
    if raw is None and kind not in (FLOAT, INT32, INT64, DOUBLE) and typed:
        sys.exit(f"vs_ort: {path}: element type {kind} is only read from raw_data")
    values = typed if raw is None else raw
    return struct.pack(f"<{len(dims) + 3}q", kind, len(dims), *dims, len(values)) + values


def write_inputs(data_set, path):
    with open(path, "wb") as f:
        k = 0
        while os.path.exists(source := os.path.join(data_set, f"input_{k}.pb")):
            f.write(flat_tensor(source))
            k += 1


# ---- timing -------------------------------------------------------------------------------------


def median_ms(command, cpu, prefix=""):
    command = prefix.split() + command
    pin = (lambda: os.sched_setaffinity(0, {cpu})) if cpu is not None else None
    done = subprocess.run(command, check=True, capture_output=True, text=True, preexec_fn=pin)
    return json.loads(done.stdout.strip().splitlines()[-1])["median_ms"]


def race(opt, folder, tmp):
    """Builds a model and runs both sides in turn: a row of the table."""
    model, data = os.path.join(folder, "model.onnx"), os.path.join(folder, "test_data_set_0")
    name = os.path.basename(os.path.normpath(folder))
    exe, inputs = os.path.join(opt.programs or tmp, name), os.path.join(tmp, "inputs")
    build = [opt.dnncc, "build", model, "-t", opt.target, "-o", exe, "--data", data, "--threads", str(opt.threads)]
    if not (opt.programs and os.path.exists(exe)):
        subprocess.run(build, check=True, capture_output=True, text=True)
    write_inputs(data, inputs)
    ours, theirs = [], []
    for _ in range(opt.rounds):
        ours.append(median_ms([exe, "--data", data, "--seconds", str(opt.seconds)], opt.cpu, opt.prefix))
        command = [os.path.join(tmp, "ort"), opt.ort, model, inputs, str(opt.seconds), str(opt.threads)]
        theirs.append(median_ms(command, opt.cpu, opt.prefix))
    ratios = [t / o for o, t in zip(ours, theirs)]
    return {"model": name, "dnncc_ms": statistics.median(ours),
            "ort_ms": statistics.median(theirs), "ratio": statistics.median(ratios),
            "ratio_min": min(ratios), "ratio_max": max(ratios)}


def default_models():
    top = os.environ.get("DNNCC_MODELS", os.path.join(HERE, "..", "..", "shared", "models"))
    return sorted(d.path for d in os.scandir(top) if os.path.exists(os.path.join(d.path, "model.onnx")))


def main():
    opt = options()
    rows, failed = [], []
    with tempfile.TemporaryDirectory(prefix="vs_ort-") as tmp:
        subprocess.run(["cc", "-O2", "-o", os.path.join(tmp, "ort"), os.path.join(HERE, "ort.c"), "-ldl"], check=True)
        print(f"{'model':24} {'dnncc ms':>10} {'ort ms':>10} {'ratio':>7}   from  to      ({opt.target}, threads: {opt.threads})")
        for folder in opt.models or default_models():
            try:
                rows.append(race(opt, folder, tmp))
            except subprocess.CalledProcessError as e:
                failed.append(folder)
                print(f"{os.path.basename(os.path.normpath(folder)):24} {(e.stderr or str(e)).strip().splitlines()[0]}")
                continue
            r = rows[-1]
            print(f"{r['model']:24} {r['dnncc_ms']:10.4f} {r['ort_ms']:10.4f} {r['ratio']:7.2f}"
                  f"   {r['ratio_min']:.2f}  {r['ratio_max']:.2f}", flush=True)
    if rows:
        mean = math.exp(statistics.fmean(math.log(r["ratio"]) for r in rows))
        print(f"geometric mean of the ratios: {mean:.3f} over {len(rows)} models")
    if opt.table:
        with open(opt.table, "w", encoding="utf-8") as f:
            f.write("| model | dnncc ms | ONNX Runtime ms | ratio | smallest | largest |\n| --- " + "| ---: " * 5 + "|\n")
            for r in rows:
                f.write(f"| {r['model']} | {r['dnncc_ms']:.3g} | {r['ort_ms']:.3g} | {r['ratio']:.2f} |"
                        f" {r['ratio_min']:.2f} | {r['ratio_max']:.2f} |\n")
    if opt.json:
        with open(opt.json, "w", encoding="utf-8") as f:
            json.dump({"target": opt.target, "threads": opt.threads, "rows": rows, "failed": failed}, f, indent=1)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
