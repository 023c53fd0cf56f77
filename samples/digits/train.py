#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Trains the digit recogniser of this sample: writes digits.onnx and digits_test.h.

    python3 train.py            (Debian: python3-numpy python3-sklearn python3-onnx; ~20 s)

The data are the UCI digits that scikit-learn brings along: 1797 pictures of 8x8 pixels in 17
shades. The last 400 are held out: they only measure the result, here and in main.c. The settings
below were chosen on a part of the other 1397. The seed is fixed, so a second run on the same
numpy gives the same file; another numpy may differ in the last bits.
"""
import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: sums in one fixed order
import numpy as np

import smallnet
from smallnet import Conv, Flatten, Gemm, MaxPool, Relu, Softmax

EPOCHS, BATCH, RATE = 60, 50, 0.01
HERE = os.path.dirname(os.path.abspath(__file__))


def jitter(rng, images):
    """Each picture moved by up to one pixel: the net shall not care where exactly a digit is."""
    wide = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
    corners = rng.integers(0, 3, (len(images), 2))
    return np.stack([w[:, y : y + 8, x : x + 8] for w, (y, x) in zip(wide, corners)])


def batches(rng, images, labels):
    one_hot = np.eye(10, dtype=np.float32)
    for _ in range(EPOCHS):
        order = rng.permutation(len(images))
        for start in range(0, len(order) - BATCH + 1, BATCH):
            pick = order[start : start + BATCH]
            yield jitter(rng, images[pick]), one_hot[labels[pick]]


HEADER = """\
/* The held-out digits, written by train.py: the class, then 8 rows of 8 pixels, each a
 * character from '.' (0, paper) to '>' (16, ink). They are the last %d of the UCI "Optical
 * Recognition of Handwritten Digits" test set by E. Alpaydin and C. Kaynak (1998). */
#define DIGITS_TEST_COUNT %d

static const struct digit {
    int label;
    char pixels[65];
} digits_test[DIGITS_TEST_COUNT] = {
"""


def write_header(path, images, labels):
    with open(path, "w") as f:
        f.write(HEADER % (len(images), len(images)))
        for image, label in zip(images, labels):
            text = "".join(chr(ord(".") + round(16 * float(v))) for v in image.ravel())
            f.write(f'    {{{label}, "{text}"}},\n')
        f.write("};\n")


def main():
    rng = np.random.default_rng(1)
    (images, labels), (held_out, truth) = smallnet.load_split()
    net = [
        Conv(rng, 1, 8),
        Relu(),
        Conv(rng, 8, 16),
        Relu(),
        MaxPool(),
        Flatten(),
        Gemm(rng, 16 * 4 * 4, 10),
        Softmax(),
    ]
    smallnet.train(net, batches(rng, images, labels), RATE)
    out = sys.argv[1] if len(sys.argv) > 1 else HERE
    smallnet.save_onnx(net, "digits", "image", "probability", os.path.join(out, "digits.onnx"))
    write_header(os.path.join(out, "digits_test.h"), held_out, truth)
    right = int((smallnet.forward(net, held_out).argmax(1) == truth).sum())
    print(f"held-out: {right} of {len(truth)} right, {100 * right / len(truth):.2f}%")


if __name__ == "__main__":
    main()
