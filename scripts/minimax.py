#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Computes the polynomials of runtime/vmath.ct: minimax.py [NAME...]

Remez's exchange: a polynomial of n + 1 coefficients errs least where its weighted error reaches the
same size, with alternating signs, in n + 2 points. Solve for these points, move them to the extrema
of the error, repeat. Prints each polynomial in C, lowest coefficient first, and its largest error
before and after rounding to float. Needs mpmath (python3-mpmath), and numpy for erf's quotient.
"""
import struct
import sys

import numpy
from mpmath import cos, erf, exp, log, lu_solve, matrix, mp, mpf, pi, sqrt, tanh

mp.dps = 40
TINY = mpf(10) ** -30


def extrema(error, count):
    """Indexes of the largest error in each run of one sign, the best `count` of them."""
    found, i = [], 0
    while i < len(error):
        run = i
        while i < len(error) and (error[i] > 0) == (error[run] > 0):
            i += 1
        found.append(max(range(run, i), key=lambda k: abs(error[k])))
    while len(found) > count:
        found.pop(0 if abs(error[found[0]]) < abs(error[found[-1]]) else -1)
    return found


def value(coefficients, x):
    return sum(c * x**k for k, c in enumerate(coefficients))


def minimax(f, weight, low, high, degree):
    n = degree + 2
    points = [(low + high) / 2 - (high - low) / 2 * cos(pi * i / (n - 1)) for i in range(n)]
    grid = [low + (high - low) * i / 1500 for i in range(1501)]
    wanted = [(f(x), weight(x)) for x in grid]
    while True:
        a, b = matrix(n, n), matrix(n, 1)
        for i, x in enumerate(points):
            for k in range(n - 1):
                a[i, k] = x**k
            a[i, n - 1] = (-1) ** i / weight(x)
            b[i] = f(x)
        *coefficients, level = lu_solve(a, b)
        error = [w * (value(coefficients, x) - v) for x, (v, w) in zip(grid, wanted)]
        worst = max(map(abs, error))
        found = extrema(error, n)
        if worst < abs(level) * mpf("1.0001") or len(found) < n:
            return coefficients, worst
        points = [grid[i] for i in found]


def rounded(v):
    return struct.unpack("f", struct.pack("f", float(v)))[0]


def c_text(v):
    mantissa, exponent = v.hex().split("p")
    return mantissa[:-7] + "p" + exponent + "f"


def near_zero(f, series):
    return lambda x: series(x) if abs(x) < mpf(10) ** -10 else f(x)


# e^r = 1 + r + r^2 P(r)
EXP = near_zero(lambda r: (exp(r) - 1 - r) / r**2, lambda r: mpf(1) / 2 + r / 6)
# log(1 + f) = f - f^2 / 2 + f^3 P(f)
LOG = near_zero(lambda f: (log(1 + f) - f + f * f / 2) / f**3, lambda f: mpf(1) / 3 - f / 4)
# e^r = (P(r^2) + r) / (P(r^2) - r)
COTH = near_zero(lambda z: sqrt(z) / tanh(sqrt(z) / 2), lambda z: 2 + z / 6)
# erf a = a P(a^2) / Q(a^2)
ERF = near_zero(lambda z: erf(sqrt(z)) / sqrt(z), lambda z: 2 / sqrt(pi) * (1 - z / 3))

HALF_LN2 = mpf("0.347")
LOG_RANGE = sqrt(mpf(1) / 2) - mpf("1.00001"), sqrt(mpf(2)) - mpf("0.99999")
POLYNOMIALS = {  # name: function, weight that makes its error that of the result, range, degree
    "exp": (EXP, lambda r: r * r / exp(r) + TINY, -HALF_LN2, HALF_LN2, 4),
    "tanh": (EXP, lambda r: abs(r) + TINY, -HALF_LN2, HALF_LN2, 5),
    "log": (LOG, lambda f: f**2 + TINY, *LOG_RANGE, 7),
    "pow": (LOG, lambda f: abs(f) ** 3 + TINY, *LOG_RANGE, 8),
    "sigmoid": (COTH, lambda z: 2 * sqrt(z) / (COTH(z) ** 2 - z) + TINY, mpf(0), HALF_LN2**2, 2),
}


def erf_quotient(high, degree, first):
    """P and Q of one degree, Q's lowest coefficient given: Lawson's iteration, least squares whose weights
    grow where the error is large. One coefficient is rounded at a time, the others make up for it."""
    count = 1500
    z = high * (1 + numpy.cos(numpy.pi * (numpy.arange(count) + 0.5) / count)) / 2
    f = numpy.array([float(ERF(mpf(v))) for v in z])
    column = [v * (z / high) ** k for v in (numpy.ones(count), -f) for k in range(degree + 1)]
    scale = [high**k for k in range(degree + 1)] * 2
    fixed = {degree + 1: first}
    order = [0] + [k + side for k in (3, 4, 2, 5, 1) for side in (degree + 1, 0)]
    for k in order:
        free = [i for i in range(2 * degree + 2) if i not in fixed]
        known = sum(column[i] * v * scale[i] for i, v in fixed.items())
        weight, below, best = numpy.ones(count), numpy.ones(count), (1, None)
        for _ in range(120):
            s = numpy.sqrt(weight) / f / abs(below)
            a = numpy.stack([column[i] * s for i in free], 1)
            solution = numpy.linalg.lstsq(a, -known * s, rcond=None)[0]
            c = fixed | {i: v / scale[i] for i, v in zip(free, solution)}
            above, below = (sum((z**i) * c[i + side] for i in range(degree + 1)) for side in (0, degree + 1))
            error = abs(above / below / f - 1)
            best = min(best, (error.max(), c[k]))
            weight *= (error / error.max() + 0.01) ** 0.8
            weight /= weight.mean()
        fixed[k] = rounded(best[1])
    return [[fixed[i + side] for i in range(degree + 1)] for side in (0, degree + 1)]


# The first coefficient is such that the first one of P is nearly a float, too.
if not sys.argv[1:] or "erf" in sys.argv[1:]:
    for floats in erf_quotient(3.85**2, 5, float.fromhex("0x1.e539p+0")):
        print("erf:", ", ".join(map(c_text, floats)))
for name in [n for n in sys.argv[1:] if n != "erf"] or POLYNOMIALS:
    f, weight, low, high, degree = POLYNOMIALS[name]
    coefficients, worst = minimax(f, weight, low, high, degree)
    floats = [rounded(c) for c in coefficients]
    grid = [low + (high - low) * i / 1000 for i in range(1001)]
    after = max(abs(weight(x) * (value(map(mpf, floats), x) - f(x))) for x in grid)
    print(f"{name}: 2^{float(log(worst, 2)):.1f}, rounded 2^{float(log(after, 2)):.1f}")
    print("   ", ", ".join(map(c_text, floats)))
