#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Trains the denoiser of this sample on the digits of ../digits and writes denoise.onnx.

    python3 train.py            (Debian: python3-numpy python3-sklearn python3-onnx; ~30 s)

A dirty sensor is imitated: each pixel has, with a chance of 1/8, a random shade instead of its
own. The net sees the dirty picture and learns to give the clean one; main.c makes the same dirt.
The held-out digits are not used for training here either.
"""
import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: sums in one fixed order
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "digits"))
import smallnet
from smallnet import Conv, Relu, Sigmoid

EPOCHS, BATCH, RATE, DIRT = 40, 50, 0.01, 1 / 8


def dirty(rng, images):
    shades = rng.integers(0, 17, images.shape).astype(np.float32) / 16
    return np.where(rng.random(images.shape) < DIRT, shades, images)


def batches(rng, images):
    for _ in range(EPOCHS):
        order = rng.permutation(len(images))
        for start in range(0, len(order) - BATCH + 1, BATCH):
            clean = images[order[start : start + BATCH]]
            yield dirty(rng, clean), clean


def main():
    rng = np.random.default_rng(1)
    (images, _), (held_out, _) = smallnet.load_split()
    net = [Conv(rng, 1, 16), Relu(), Conv(rng, 16, 16), Relu(), Conv(rng, 16, 1), Sigmoid()]
    smallnet.train(net, batches(rng, images), RATE)
    out = sys.argv[1] if len(sys.argv) > 1 else HERE
    smallnet.save_onnx(net, "denoise", "dirty", "clean", os.path.join(out, "denoise.onnx"))
    before = dirty(rng, held_out)
    after = smallnet.forward(net, before)
    errors = [np.sqrt(np.mean((x - held_out) ** 2)) for x in (before, after)]
    print("held-out, RMS error of a pixel: %.3f dirty, %.3f denoised" % tuple(errors))


if __name__ == "__main__":
    main()
