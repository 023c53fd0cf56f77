# SPDX-License-Identifier: MIT
"""-i bits by brute force: representations, terms, widths, and what multiplications cost."""
import itertools
import re
import struct

import onnxfile as onnx
from nets import SETS
from operators import RECURRENT, Tensor, prod


def check(what, got, want):
    if got != want:
        raise SystemExit(f"{what}: got {got}, want {want}")


def ioe(n):
    """Runs of three ones or more, with single zeros in what follows them, are two terms and one a zero."""
    return sum(2 + r.count("0") if len(r) > 1 else 1 for r in re.findall("111+(?:01+)*|1", bin(n)[2:]))


def naf(n):
    terms = 0
    while n:
        if n & 1:
            terms += 1
            n -= 2 - n % 4
        n //= 2
    return terms


def booth4(n):
    """Digits of two bits each and the one before; alike, they are 0."""
    terms, n = 0, 2 * n
    while n:
        terms += n & 7 not in (0, 7)
        n >>= 2
    return terms


TERMS = {"popcount": lambda n: bin(n).count("1"), "ioe": ioe, "naf": naf, "booth4": booth4}


def bf16(v):
    """To nearest, ties to even: the upper half of a float's bits."""
    code = struct.unpack("<I", struct.pack("<f", v))[0]
    half = code + 0x7fff + (code >> 16 & 1) >> 16
    return half, struct.unpack("<f", struct.pack("<I", half << 16))[0]


def significand(v):
    """Eight bits, the first of which is not stored."""
    half = bf16(v)[0]
    return (half & 127 | (128 if half >> 7 & 255 else 0)) * (-1 if v < 0 else 1)


def magnitude(values, digits):
    """Bits before the point and behind it: M.F, or as many in all as hold the largest."""
    if "." in digits:
        return map(int, digits.split("."))
    most, mag = max(map(abs, values)), -99
    while 2.0**mag <= most:
        mag += 1
    return (mag, int(digits) - mag) if most else (0, int(digits))


def represent(values, option, dtype):
    """Whole numbers, and how many bits they have."""
    if dtype != onnx.FLOAT:
        return values, 16 if dtype == onnx.INT16 else 8
    if option == "bf16":
        return [significand(v) for v in values], 8
    kind, digits = option.split(":")

    def rounded(v):
        return int(abs(v) + 0.5) * (1 if v >= 0 else -1)
    if kind == "profiled":
        mag, frac = magnitude(values, digits)
        top = 2 ** (mag + frac) - 1
        return [max(-top, min(top, rounded(v * 2.0**frac))) for v in values], mag + frac + (min(values) < 0)
    bits, most = int(digits), max(map(abs, values))
    scale = (2**bits - 1) / (most if min(values) >= 0 else 2 * most) if most else 0
    low, high = (0, 2**bits - 1) if min(values) >= 0 else (-2 ** (bits - 1), 2 ** (bits - 1) - 1)
    return [max(low, min(high, rounded(v * scale))) for v in values], bits


def width(group):
    used = [i for i in range(20) if any(abs(v) >> i & 1 for v in group)]
    return max(used) - min(used) + 1 + any(v < 0 for v in group) if used else 1


def tokens(values):
    count = run = 0
    for v in values:
        run = 0 if v else run + 1
        count += v != 0 or run % 16 == 0
    return count


# ---- a tensor ----

def stored(net, name):
    """The tensor of integers that an operand stands for, by name; the operand itself if there is none, or several scales."""
    made_by = net.known.get(name)
    if made_by and made_by.op == "Flatten":
        return stored(net, made_by.inputs[0])
    if not made_by or made_by.op != "DequantizeLinear":
        return name
    integers = made_by.inputs[0]
    return integers if integers in net.constants or len(net.constants[made_by.inputs[1]].v) == 1 else name


def centre(net, node, label, k):
    """What integers are less of, where only the run tells their zero point."""
    return net.run(k).made[node.inputs[2]][0].v[0] if label.startswith("centred") else 0


def count(values, parts, size):
    """values in parts (time steps of images), beyond which neither groups nor runs go."""
    widths = [width(p[k:k + size]) for p in parts for k in range(0, len(p), size)]
    n, zrl = len(values), sum(tokens(p) for p in parts)
    return {"elements": n, "zeros": values.count(0), "ones": sum(bin(abs(v)).count("1") for v in values),
            "terms": {k: sum(f(abs(v)) for v in values) for k, f in TERMS.items()}, "width": width(values),
            "widths": [sum(min(w, 16) == i for w in widths) for i in range(17)], "zrl_tokens": zrl,
            "off_chip": {"baseline": 16 * n, "profiled": 4 + n * width(values),
                         "groups": float("%.12g" % (n * sum(widths) / len(widths) + 4 * len(widths))), "zrl": 20 * zrl}}


def check_bits(net, layer, runs, option, size):
    """Values in the order: image, step, other axes, channel."""
    b, what, name = layer.l["bits"]["input"], layer.l["name"] + " bits", stored(net, layer.input)
    ts = [(t, k) for k, made in enumerate(runs) for t in made.get(name, [])]
    dims = next(made[layer.input][0].dims for made in runs if layer.input in made)
    image, channel, step = layer.axes(dims)
    first = [a for a in (image, step) if a is not None]
    order = first + [a for a in range(len(dims)) if a not in first + [channel]] + [channel]
    shape = Tensor(dims, [0] * prod(dims))
    places = sorted(map(list, shape.places()), key=lambda p: [p[a] for a in order])
    values = [t.v[shape.index(p)] - centre(net, layer.product, b["representation"], k) for t, k in ts for p in places]
    values, bits = represent(values, option, ts[0][0].dtype)
    steps = dims[step] if step is not None else 1
    per = len(places) // dims[image] // steps
    parts = [values[i:i + per] for i in range(0, len(values), per)]
    got = {k: v for k, v in b.items() if k not in ("representation", "group")}
    check(what, got, {"bits": bits + b["representation"].startswith("centred"), **count(values, parts, size)})
    for t in range(steps if steps > 1 else 0):
        of = parts[t::steps]
        check(f"{what} of step {t}", layer.l["bits"]["steps"][t]["input"], count([v for p in of for v in p], of, size))


# ---- multiplications ----

class Sums:
    """Every multiplication: an activation (0 in padding), a weight, the sum that it belongs to and its place there."""

    def __init__(self, net, layer):
        self.a, self.w, self.total, self.term, self.place = [], [], [], [], []
        self.meets = {}  # the activations that meet one weight, in turn
        node, label = layer.product, layer.l["bits"]["input"]["representation"]
        swapped = node.inputs[0] in net.constants
        self.weights = [node.inputs[1], node.inputs[2]] if node.op in RECURRENT else [
            node.inputs[0 if swapped else 3 if node.op.startswith("QLinear") else 1]]
        names = [stored(net, node.inputs[i]) for i in (0, 3 if node.op.startswith("QLinear") else 1)]
        for k in range(SETS):
            less = centre(net, node, label, k)
            turns = itertools.count()

            def visitor(tensors, current):
                left, right, turn = current[names[0]].v, current[names[1]].v, next(turns)

                def visit(a, w, total, term):
                    va = 0 if a is None else a[1] if isinstance(a, tuple) else left[a] - less
                    vw = tensors[2].v[w[1]] if isinstance(w, tuple) else right[w]
                    self.add(*((vw, va) if swapped else (va, vw)), (k, turn, total), term, a if swapped else w, (k, turn, w))
                return visit
            net.visit(k, node, visitor)
            made = net.run(k).made
            if node.name in made:
                self.out = made[node.name][0]
                self.dtypes = [made[names[i]][0].dtype for i in ((1, 0) if swapped else (0, 1))]

    def add(self, a, w, total, term, place, meets):
        for to, v in (self.a, a), (self.w, w), (self.total, total), (self.term, term), (self.place, place):
            to.append(v)
        self.meets.setdefault(meets, []).append(a)


def costs(a, w, totals, terms, b, p, q, size):
    """Of the multiplications of activations a and weights w, in groups of so many terms of a sum."""
    n, both = len(a), list(zip(a, w))
    want = {"all": n * b * b, "A": sum(v != 0 for v in a) * b * b, "W": sum(v != 0 for v in w) * b * b,
            "W+A": sum(v != 0 and u != 0 for v, u in both) * b * b, "Ap": n * p * b, "Wp+Ap": n * p * q,
            "W+Ap": sum(v != 0 for v in w) * p * b, "Ap group": 0, "Wp+Ap group": 0, "W+Ap group": 0}
    sums = {}
    for total, term, v, u in zip(totals, terms, a, w):
        sums.setdefault(total, []).append((term, v, u))
    for s in sums.values():
        s.sort()
        for g in (s[k:k + size] for k in range(0, len(s), size)):
            pa, pw = width([v for _, v, _ in g]), width([u for _, _, u in g])
            want["Ap group"] += len(g) * pa * b
            want["Wp+Ap group"] += len(g) * pa * pw
            want["W+Ap group"] += sum(u != 0 for _, _, u in g) * pa * b
    for name, f in TERMS.items():
        of = {v: f(abs(v)) for v in set(a) | set(w)}
        want["Ae " + name] = sum(of[v] for v in a) * b
        want["We+Ae " + name] = sum(of[v] * of[u] for v, u in both)
        want["W+Ae " + name] = sum(of[v] for v, u in both if u) * b
    return want


def check_weight(net, layer, w, s, option, size):
    """Of constants, each once: those of one sum in turn are a part."""
    product, of = layer.product, layer.l["bits"]
    constant = all(stored(net, i) in net.constants for i in s.weights)
    check(layer.l["name"] + " weight", "weight" in of, constant)
    if not constant or product.op == "ConvTranspose":
        return
    sums, whole = {}, {}
    for v, u, total, term, place in zip(s.w, w, s.total, s.term, s.place):
        whole[v] = u
        sums.setdefault(total, []).append((term, place, v))
    parts = {tuple(place for _, place, _ in sorted(terms)): [whole[v] for _, _, v in sorted(terms)] for terms in sums.values()}
    values = [v for p in parts.values() for v in p]
    got = {k: v for k, v in of["weight"].items() if k not in ("representation", "group")}
    bits = 8 if s.dtypes[1] != onnx.FLOAT else of["input"]["bits"]
    check(layer.l["name"] + " weight", got, {"bits": bits, **count(values, list(parts.values()), size)})


def check_work(net, layer, option, size):
    """The ideal potentials: sums of costs over all multiplications."""
    product, of, s = layer.product, layer.l["bits"], Sums(net, layer)
    b, what = of["input"]["bits"], layer.l["name"] + " work"
    a = represent(s.a, option, s.dtypes[0])[0]
    w = represent(s.w, "bf16" if option == "bf16" else f"linear:{b}", s.dtypes[1])[0]
    want = costs(a, w, s.total, s.term, b, width(a), width(w), size)
    rows, whole = [], dict(zip(s.a, a))
    if "Conv" in product.op:
        run = s.out.dims[-1]
        rows = [m[i:i + run] for m in s.meets.values() for i in range(0, len(m), run)]
    for name, f in TERMS.items() if rows else ():
        def difference(v, u):
            if option == "bf16" and s.dtypes[0] == onnx.FLOAT:
                return significand(bf16(v)[1] - bf16(u)[1])
            return whole[v] - whole[u]
        want["Delta " + name] = sum(f(abs(whole[r[0]])) + sum(f(abs(difference(v, u))) for v, u in zip(r[1:], r)) for r in rows) * b
    keys = len(want)
    if product.op == "ConvTranspose":  # of which the definition leaves out what meets padding
        want = {k: v for k, v in want.items() if k.split()[0] in ("A", "W+A", "Ae", "We+Ae", "W+Ae")}
    check(what, {k: v for k, v in of["work"].items() if k in want}, want)
    check(what + ": potentials", len(of["work"]), keys)
    check_weight(net, layer, w, s, option, size)
    for t, step in enumerate(of.get("steps", [])):
        at = [i for i, total in enumerate(s.total) if total[2][0] == t]
        check(f"{what} of step {t}", step["work"], costs(*([l[i] for i in at] for l in (a, w, s.total, s.term)), b, width(a),
                                                         width(w), size))


def check_uniform(layer):
    """What the studies found of uniform numbers of 8 bits: half of the bits are ones, and what is saved by terms."""
    b, work = layer.l["bits"]["input"], layer.l["bits"]["work"]
    check("ones", b["ones"] / (b["bits"] * b["elements"]), 0.5)
    check("Ae", [round(work["all"] / work["Ae " + e], 3) for e in ("popcount", "naf")], [2.0, 2.573])


# ---- the encodings themselves ----

def check_terms():
    """The vectors of the studies that the encodings come from."""
    n = [3, 7, 15, 22, 27, 54, 91, 127, 170, 182, 219, 255]
    table = {"popcount": ([2, 3, 4, 3, 4, 4, 5, 7, 4, 5, 6, 8], 4.0, 7.5),
             "ioe": ([2, 2, 2, 3, 4, 4, 5, 2, 4, 5, 6, 2], 3.1992, 5.6594),
             "naf": ([2, 2, 2, 3, 3, 3, 4, 2, 4, 4, 4, 2], 3.1094, 5.4444),
             "booth4": ([2, 2, 2, 3, 3, 4, 4, 2, 5, 5, 5, 2], 3.5, 6.0)}
    for name, (terms, mean8, mean15) in table.items():
        f = TERMS[name]
        check(name, [f(i) for i in n], terms)
        check(name + " of 8 bits", round(sum(map(f, range(256))) / 256, 4), mean8)
        check(name + " of 15 bits", round(sum(map(f, range(32768))) / 32768, 4), mean15)
