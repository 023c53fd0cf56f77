#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Draws what the other scripts measured: ratios to ONNX Runtime, and how near to the peak each layer comes.

  /usr/bin/python3 bench/plot.py --ratios ratios.json --peak GFLOPS --out bench/results.svg PROFILE.json...

ratios.json is of `vs_ort.py --json`, the profiles are of `dnncc profile -o`; GFLOPS is what `dnncc
roofline` says of multiply-adds.  A layer is a dot; those that multiply and take over half a percent
of the time are shown, by the multiplications that they make.  Needs Debian's python3-matplotlib.
"""
import argparse
import json
import statistics

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

plt.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "dnncc", "font.size": 8})


def ratios(ax, path):
    with open(path, encoding="utf-8") as f:
        done = json.load(f)
    rows = sorted(done["rows"], key=lambda r: r["ratio"])
    at = range(len(rows))
    spread = [[r["ratio"] - r["ratio_min"] for r in rows], [r["ratio_max"] - r["ratio"] for r in rows]]
    ax.barh(at, [r["ratio"] for r in rows], xerr=spread, color="#4878a8", error_kw={"elinewidth": 0.7})
    ax.set_yticks(at, [r["model"] for r in rows])
    ax.axvline(1, color="black", linewidth=0.7)
    ax.set_xlabel(f"ONNX Runtime's time over dnncc's, {done['target']}, threads: {done['threads']}")


def layers(path, peak):
    """(label, percent of the peak of each layer shown)"""
    with open(path, encoding="utf-8") as f:
        profile = json.load(f)
    rows = [(statistics.median(l["time"]["ns"]), l.get("multiplications", l["macs"])) for l in profile["layers"]]
    total = sum(ns for ns, _ in rows)
    return profile["label"], [200 * m / ns / peak for ns, m in rows if m and ns > total / 200]


def peaks(ax, paths, peak):
    names = []
    for k, path in enumerate(paths):
        name, dots = layers(path, peak)
        names.append(name)
        ax.plot(dots, [k] * len(dots), "o", markersize=5, alpha=0.4, color="#a84848", markeredgewidth=0)
    ax.set_yticks(range(len(names)), names)
    ax.axvline(100, color="black", linewidth=0.7)
    ax.set_xlim(0, 110)
    ax.set_xlabel(f"percent of {peak:.1f} GFLOP/s, layer by layer")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--ratios", required=True)
    ap.add_argument("--peak", type=float, required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("profiles", nargs="+")
    opt = ap.parse_args()
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    ratios(left, opt.ratios)
    peaks(right, opt.profiles, opt.peak)
    figure.tight_layout()
    figure.savefig(opt.out, metadata={"Date": None})


if __name__ == "__main__":
    main()
