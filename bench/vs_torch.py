#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Times dnncc's code against PyTorch eager on the networks of export_models.py, one thread each, in turns.

  /usr/bin/python3 bench/vs_torch.py --programs DIR NETS_DIR [NAME ...]

NETS_DIR is what export_models.py wrote, and DIR holds a program for each network, as `vs_ort.py
--programs DIR` leaves them.  Prints a row for each: the median times and ratios as in vs_ort.py.
Needs Debian's python3-torch and python3-torchvision.
"""
import argparse
import math
import os
import statistics
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.append(HERE)
import torch
from export_models import NETWORKS, prepare
from vs_ort import median_ms


def torch_ms(net, x, seconds):
    times = []
    with torch.inference_mode():
        net(x)
        end = time.perf_counter() + seconds
        while time.perf_counter() < end or not times:
            start = time.perf_counter()
            net(x)
            times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--programs", required=True)
    ap.add_argument("--rounds", type=int, default=3)
    ap.add_argument("--seconds", type=float, default=0.5)
    ap.add_argument("folder")
    ap.add_argument("names", nargs="*")
    opt = ap.parse_args()
    torch.set_num_threads(1)
    logs = []
    for name in opt.names or sorted(NETWORKS):
        make, shape = NETWORKS[name]
        net, x = prepare(make).eval(), torch.randn(*shape)
        command = [os.path.join(opt.programs, name), "--data", os.path.join(opt.folder, name, "test_data_set_0"),
                   "--seconds", str(opt.seconds)]
        rounds = [(median_ms(command, None), torch_ms(net, x, opt.seconds)) for _ in range(opt.rounds)]
        ratios = [t / o for o, t in rounds]
        logs.append(math.log(statistics.median(ratios)))
        ours, theirs = (statistics.median(c) for c in zip(*rounds))
        print(f"{name:24} {ours:10.4f} {theirs:10.4f} {statistics.median(ratios):7.2f}"
              f"   {min(ratios):.2f}  {max(ratios):.2f}", flush=True)
    print(f"geometric mean of the ratios: {math.exp(statistics.fmean(logs)):.3f} over {len(logs)} networks")


if __name__ == "__main__":
    main()
