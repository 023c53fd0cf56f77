#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""brute.py DNNCC TARGET NET [OPTION...]: what the instruments say of a small net, against brute force.

Everything is computed here by the definitions of ONNX's operators, one multiplication at a time, on
small whole numbers, of which any order of sums gives the same. A layer of the profile is found by the
names of its nodes: its input is that of the first one, its output that of the last.
"""
import itertools
import json
import re
import subprocess
import sys

import onnxfile as onnx

SETS = 2


def prod(dims):
    n = 1
    for d in dims:
        n *= d
    return n


class Tensor:
    def __init__(self, dims, values, dtype=onnx.FLOAT):
        self.dims, self.v, self.dtype = list(dims), list(values), dtype
        assert len(self.v) == prod(dims), dims

    def index(self, at):
        i = 0
        for a, d in zip(at, self.dims):
            i = i * d + a
        return i

    def at(self, *at):
        return self.v[self.index(at)]

    def places(self):
        return itertools.product(*map(range, self.dims))


class Random:
    def __init__(self, seed):
        self.state = seed * 7919 + 1

    def below(self, n):
        self.state = (self.state * 1103515245 + 12345) % 2**31
        return (self.state >> 12) % n

    def tensor(self, dims, low, high, zeros, dtype=onnx.FLOAT):
        """Whole numbers from low to high; of a hundred, that many 0."""
        return Tensor(dims, [0 if self.below(100) < zeros else low + self.below(high - low + 1)
                             for _ in range(prod(dims))], dtype)


# ---- operators: the tensor that a node makes; visit(a, w) is told of each multiplication, a and w being
# places in the operands' lists of values, or None in padding; of recurrent states ("h", value), ("r", place) ----

def conv(n, visit, x, w, b=None):
    rank, group = len(x.dims) - 2, n.attr("group", 1)
    stride, dilation = n.attr("strides", [1] * rank), n.attr("dilations", [1] * rank)
    pads = n.attr("pads", [0] * 2 * rank)
    out = [(x.dims[i + 2] + pads[i] + pads[rank + i] - (w.dims[i + 2] - 1) * dilation[i] - 1) // stride[i] + 1
           for i in range(rank)]
    per, to = w.dims[1], w.dims[0] // group
    y = Tensor([x.dims[0], w.dims[0]] + out, [0] * (x.dims[0] * w.dims[0] * prod(out)))
    for p in y.places():
        total = b.v[p[1]] if b else 0
        for k in itertools.product(*map(range, w.dims[1:])):
            at = [p[i + 2] * stride[i] + k[i + 1] * dilation[i] - pads[i] for i in range(rank)]
            wi = w.index([p[1], *k])
            if any(not 0 <= a < d for a, d in zip(at, x.dims[2:])):
                visit(None, wi)
                continue
            xi = x.index([p[0], p[1] // to * per + k[0], *at])
            visit(xi, wi)
            total += (x.v[xi] - n.zero(0)) * (w.v[wi] - n.zero(1))
        y.v[y.index(p)] = total
    return y


def conv_transpose(n, visit, x, w, b=None):
    stride, pads = n.attr("strides", [1, 1]), n.attr("pads", [0] * 4)
    kernel, to = w.dims[2:], w.dims[1]
    out = [(x.dims[i + 2] - 1) * stride[i] + kernel[i] - pads[i] - pads[i + 2] for i in range(2)]
    y = Tensor([x.dims[0], to] + out, [0] * (x.dims[0] * to * prod(out)))
    for p in x.places():
        for oc, kh, kw in itertools.product(range(to), *map(range, kernel)):
            oh, ow = p[2] * stride[0] + kh - pads[0], p[3] * stride[1] + kw - pads[1]
            if 0 <= oh < out[0] and 0 <= ow < out[1]:
                xi, wi = x.index(p), w.index([p[1], oc, kh, kw])
                visit(xi, wi)
                y.v[y.index([p[0], oc, oh, ow])] += x.v[xi] * w.v[wi]
    return y


def matmul(n, visit, a, b, c=None):
    batch = a.dims[:-2] if len(a.dims) > len(b.dims) else b.dims[:-2]
    m, k, to = a.dims[-2], a.dims[-1], b.dims[-1]
    y = Tensor(batch + [m, to], [0] * (prod(batch) * m * to))
    for p in y.places():
        total = c.v[p[-1]] if c else 0
        pa, pb = p[len(p) - len(a.dims):-2], p[len(p) - len(b.dims):-2]
        for i in range(k):
            ai, bi = a.index([*pa, p[-2], i]), b.index([*pb, i, p[-1]])
            visit(ai, bi)
            total += (a.v[ai] - n.zero(0)) * (b.v[bi] - n.zero(1))
        y.v[y.index(p)] = total
    return y


def gemm(n, visit, a, b, c=None):
    y = Tensor([a.dims[0], b.dims[0]], [0] * (a.dims[0] * b.dims[0]))
    for p in y.places():
        total = c.v[p[1]] if c else 0
        for i in range(a.dims[1]):
            ai, bi = a.index([p[0], i]), b.index([p[1], i])
            visit(ai, bi)
            total += a.v[ai] * b.v[bi]
        y.v[y.index(p)] = total
    return y


def integer(product):
    """Operands are what is stored less a zero point."""
    def f(n, visit, a, b, a_zero, b_zero):
        n.zeros = [a_zero.v[0], b_zero.v[0]]
        y = product(n, visit, a, b)
        y.dtype = onnx.INT32
        return y
    return f


def relu(n, visit, x):
    return Tensor(x.dims, [max(v, 0) for v in x.v])


def cast(n, visit, x):
    return Tensor(x.dims, x.v)


def clip(n, visit, x, low, high):
    return Tensor(x.dims, [min(max(v, low.v[0]), high.v[0]) for v in x.v])


def add(n, visit, a, b):
    return Tensor(a.dims, [p + q for p, q in zip(a.v, b.v)])


def max_pool(n, visit, x):
    k, s = n.attr("kernel_shape"), n.attr("strides")
    out = [(x.dims[i + 2] - k[i]) // s[i] + 1 for i in range(2)]
    y = Tensor(x.dims[:2] + out, [0] * (prod(x.dims[:2]) * prod(out)))
    for p in y.places():
        y.v[y.index(p)] = max(x.at(p[0], p[1], p[2] * s[0] + i, p[3] * s[1] + j)
                              for i in range(k[0]) for j in range(k[1]))
    return y


def concat(n, visit, *xs):
    y = Tensor([xs[0].dims[0], sum(x.dims[1] for x in xs)] + xs[0].dims[2:], [0] * sum(len(x.v) for x in xs))
    for b in range(y.dims[0]):
        first = 0
        for x in xs:
            for p in x.places():
                y.v[y.index([p[0], p[1] + first, *p[2:]])] = x.at(*p)
            first += x.dims[1]
    return y


def flatten(n, visit, x):
    return Tensor([x.dims[0], prod(x.dims[1:])], x.v)


def lstm(n, visit, x, w, r):
    """With relu for every activation, whole numbers remain whole."""
    steps, batch, inputs = x.dims
    dirs, hidden = w.dims[0], r.dims[2]
    y = Tensor([steps, dirs, batch, hidden], [0] * (steps * dirs * batch * hidden))
    for d, b in itertools.product(range(dirs), range(batch)):
        h, c, before = [0] * hidden, [0] * hidden, None
        for t in (range(steps) if d == 0 else reversed(range(steps))):
            gates = []
            for g in range(4 * hidden):
                total = 0
                for i in range(inputs):
                    xi, wi = x.index([t, b, i]), w.index([d, g, i])
                    visit(xi, wi)
                    total += x.v[xi] * w.v[wi]
                for j in range(hidden):
                    visit(("h", h[j]), ("r", r.index([d, g, j])))
                    total += h[j] * r.at(d, g, j)
                gates.append(max(total, 0))
            i, o, f, k = (gates[q * hidden:(q + 1) * hidden] for q in range(4))
            c = [f[j] * c[j] + i[j] * k[j] for j in range(hidden)]
            h = [o[j] * max(c[j], 0) for j in range(hidden)]
            before = t
            for j in range(hidden):
                y.v[y.index([t, d, b, j])] = h[j]
    return y


COMPUTE = {"Conv": conv, "ConvInteger": integer(conv), "ConvTranspose": conv_transpose, "MatMul": matmul,
           "MatMulInteger": integer(matmul), "Gemm": gemm, "Relu": relu, "Clip": clip, "Add": add, "MaxPool": max_pool,
           "Concat": concat, "Flatten": flatten, "Cast": cast, "LSTM": lstm}
PRODUCTS = ("Conv", "ConvInteger", "ConvTranspose", "MatMul", "MatMulInteger", "Gemm", "LSTM")


# ---- nets ----

class Node:
    def __init__(self, op, name, inputs, attrs):
        self.op, self.name, self.inputs, self.attrs = op, name, inputs, attrs
        self.zeros = [0, 0]

    def attr(self, name, default=None):
        return self.attrs.get(name, default)

    def zero(self, operand):
        return self.zeros[operand]


class Net:
    def __init__(self):
        self.nodes, self.constants, self.inputs, self.random = [], {}, {}, Random(1)

    def constant(self, dims, low=-2, high=2, zeros=30, dtype=onnx.FLOAT):
        name = f"c{len(self.constants)}"
        self.constants[name] = self.random.tensor(dims, low, high, zeros, dtype)
        return name

    def input(self, dims, low=-3, high=3, zeros=20, dtype=onnx.FLOAT):
        name = f"x{len(self.inputs)}"
        self.inputs[name] = [self.random.tensor(dims, low, high, zeros, dtype) for _ in range(SETS)]
        return name

    def node(self, op, *inputs, **attrs):
        name = f"n{len(self.nodes)}_{op}"
        self.nodes.append(Node(op, name, list(inputs), attrs))
        return name

    def run(self, k, visitor=lambda node, tensors: lambda a, w: None):
        """Every tensor by name, of data set k."""
        env = dict(self.constants, **{name: sets[k] for name, sets in self.inputs.items()})
        for n in self.nodes:
            tensors = [env[i] for i in n.inputs if i]
            env[n.name] = COMPUTE[n.op](n, visitor(n, tensors), *tensors[:4])
        return env

    def write(self, folder):
        env = self.run(0)
        read = {i for n in self.nodes for i in n.inputs}
        ends = [n.name for n in self.nodes if n.name not in read]
        onnx.write(f"{folder}/m.onnx", onnx.model(
            [onnx.node(n.op, n.name, n.inputs, [n.name], n.attrs) for n in self.nodes],
            [onnx.tensor(name, c.dtype, c.dims, c.v) for name, c in self.constants.items()],
            [onnx.value_info(name, s[0].dtype, s[0].dims) for name, s in self.inputs.items()],
            [onnx.value_info(name, env[name].dtype, env[name].dims) for name in ends]))
        for k in range(SETS):
            env = self.run(k)
            for i, (name, s) in enumerate(self.inputs.items()):
                onnx.write(f"{folder}/data/test_data_set_{k}/input_{i}.pb",
                           onnx.tensor(name, s[k].dtype, s[k].dims, s[k].v))
            for i, name in enumerate(ends):
                onnx.write(f"{folder}/data/test_data_set_{k}/output_{i}.pb",
                           onnx.tensor(name, env[name].dtype, env[name].dims, env[name].v))


def net_chain(net):
    """Rows that no later layer needs: a 1x1 of stride 2, a pool on an odd number of rows."""
    x = net.node("Conv", net.input([1, 3, 19, 11]), net.constant([8, 3, 3, 3]), net.constant([8]), pads=[1, 1, 1, 1])
    x = net.node("Relu", x)
    x = net.node("Clip", net.node("Conv", x, net.constant([8, 1, 3, 3]), group=8, pads=[1, 1, 1, 1]),
                 net.constant([], 0, 0), net.constant([], 6, 6, 0))
    x = net.node("Conv", x, net.constant([24, 8, 1, 1]), strides=[2, 2])
    x = net.node("MaxPool", x, kernel_shape=[2, 2], strides=[2, 2])
    x = net.node("Relu", x)
    net.node("Conv", x, net.constant([17, 24, 1, 1]))


def net_convs(net):
    """Stride, dilation, groups, pads that differ, several images, two readers, one of them an addition."""
    x = net.input([2, 4, 9, 7])
    a = net.node("Relu", net.node("Conv", x, net.constant([6, 2, 3, 2]), group=2, strides=[2, 1], dilations=[1, 2],
                                  pads=[2, 0, 1, 3]))
    b = net.node("Conv", a, net.constant([6, 6, 1, 1]))
    c = net.node("Concat", net.node("Add", a, b), a, axis=1)
    d = net.node("Conv", c, net.constant([5, 12, 3, 3]), pads=[1, 1, 1, 1])
    d = net.node("Relu", net.node("ConvTranspose", d, net.constant([5, 3, 3, 2]), strides=[2, 2], pads=[1, 0, 0, 1]))
    net.node("Gemm", net.node("Flatten", d), net.constant([7, 450]), net.constant([7]), transB=1)


def net_line(net):
    """Convolution of rank 3, and products of three axes."""
    x = net.node("Relu", net.node("Conv", net.input([2, 3, 21]), net.constant([20, 3, 5]), strides=[2], pads=[3, 1]))
    y = net.node("MatMul", x, net.constant([11, 33]))
    net.node("MatMul", y, net.node("Relu", net.input([33, 4])))


def net_products(net):
    """Both operands at run time, batches, one that is broadcast."""
    a, b = net.node("Relu", net.input([2, 3, 5, 4])), net.node("Relu", net.input([2, 3, 4, 6]))
    c = net.node("MatMul", a, b)
    d = net.node("MatMul", net.node("Relu", c), net.input([6, 18]))
    net.node("MatMul", net.constant([5, 5]), net.node("Relu", d))


def net_lstm(net):
    relus = ["Relu"] * 6
    y = net.node("LSTM", net.input([5, 2, 3], -1, 1, 30), net.constant([2, 16, 3], -1, 1), net.constant([2, 16, 4], -1, 1, 80),
                 hidden_size=4, direction="bidirectional", activations=relus)
    net.node("Relu", y)


def net_integers(net):
    """Weights that are constant, so that floats may do, and others; zero points."""
    u, i = onnx.UINT8, onnx.INT8
    net.node("ConvInteger", net.input([2, 3, 6, 5], 0, 4, 10, u), net.constant([4, 3, 3, 2], -2, 2, 10, i),
             net.constant([], 2, 2, 0, u), net.constant([], 1, 1, 0, i), pads=[1, 0, 1, 0])
    net.node("ConvInteger", net.input([1, 4, 7, 5], 0, 4, 10, u), net.input([6, 2, 2, 2], -2, 2, 10, i),
             net.constant([], 1, 1, 0, u), net.constant([], 0, 0, 0, i), group=2)
    net.node("MatMulInteger", net.input([4, 6], 0, 4, 10, u), net.input([6, 5], -2, 2, 10, i),
             net.constant([], 1, 1, 0, u), net.constant([], -1, -1, 0, i))


def net_terms(net):
    """Every number of 8 bits and of 15 once, so that sums of terms are the means of the table."""
    for dtype, count in (onnx.UINT8, 256), (onnx.INT16, 32768):
        x = net.input([1, 1, count], 0, 0, 0, dtype)
        for t in net.inputs[x]:
            t.v = list(range(count))
        net.node("Relu", net.node("Cast", x, to=onnx.FLOAT))


NETS = {name[4:]: f for name, f in list(globals().items()) if name.startswith("net_")}


# ---- what is checked ----

def check(what, got, want):
    if got != want:
        sys.exit(f"{what}: got {got}, want {want}")


class Layer:
    """A layer of the profile, and what it computes."""

    def __init__(self, net, l):
        known = {n.name: n for n in net.nodes}
        self.l, self.nodes = l, [known[n] for n in l["nodes"] if n in known]
        self.nodes.sort(key=net.nodes.index)
        self.product = next((n for n in self.nodes if n.op in PRODUCTS), None)
        first = self.product or self.nodes[0]
        self.input = next(i for i in first.inputs if i not in net.constants)
        self.output = self.nodes[-1].name

    def is_recurrent(self):
        return self.product and self.product.op == "LSTM"

    def axes(self, t):
        """Which axes are images, channels and steps."""
        if self.is_recurrent():
            return (1, 2, 0) if len(t.dims) == 3 else (2, 3, 0)
        if len(t.dims) == 3 and self.product and self.product.op.startswith("MatMul"):
            return 0, 2, None
        return 0, 1, None


def share(t, axis, i):
    of = [t.at(*p) for p in t.places() if axis is None or p[axis] == i]
    return sum(v == 0 for v in of), len(of)


def check_zeros(layer, side, name, envs, near):
    z, ts = layer.l["sparsity"][side], [e[name] for e in envs]
    what = f"{layer.l['name']} {side}"
    image, channel, step = layer.axes(ts[0])
    check(what + " elements", z["elements"], sum(len(t.v) for t in ts))
    check(what + " zeros", z["zeros"], sum(share(t, None, 0)[0] for t in ts))
    check(what + " near", z.get("near_zeros"), sum(abs(v) <= near for t in ts for v in t.v) if near else None)

    def shares(axis):
        return [[share(t, axis, i) for i in range(ts[0].dims[axis])] for t in ts]

    def ratio(pairs):
        return float("%.9g" % (sum(p[0] for p in pairs) / sum(p[1] for p in pairs)))

    check(what + " images", z["images"], [ratio([p]) for s in shares(image) for p in s])
    check(what + " channels", z["channels"], [ratio(pairs) for pairs in zip(*shares(channel))])
    if step is not None:
        check(what + " steps", z["steps"], [ratio(pairs) for pairs in zip(*shares(step))])


def count_macs(net, node, swapped):
    """all, activation, weight, both, padding: over all data sets."""
    n = [0] * 5

    def visitor(of, tensors):
        def visit(a, w):
            n[0] += 1
            if a is None:
                n[4] += 1
                return
            za = a[1] == 0 if isinstance(a, tuple) else tensors[0].v[a] == of.zero(0)
            zw = tensors[2].v[w[1]] == 0 if isinstance(w, tuple) else tensors[1].v[w] == of.zero(1)
            n[1] += zw if swapped else za
            n[2] += za if swapped else zw
            n[3] += za and zw
        return visit if of is node else lambda a, w: None

    for k in range(SETS):
        net.run(k, visitor)
    return n


def check_macs(net, layers):
    """Of phases only what lies outside padding is that of the definition."""
    product = layers[0].product
    if not product or any(not l.l["macs"] for l in layers):
        return
    want = count_macs(net, product, product.inputs[0] in net.constants)
    got = [sum(l.l["zero_macs"][key] for l in layers) for key in ("all", "activation", "weight", "both", "padding")]
    if product.op == "ConvTranspose":
        for counts in got, want:
            counts[0] -= counts[4]
            counts[4] = 0
    check(product.name + " multiplications", got, want)
    check(product.name + " macs", sum(l.l["zero_macs"]["all"] for l in layers), SETS * sum(l.l["macs"] for l in layers))


# ---- bits ----

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


def represent(values, option, dtype):
    """Whole numbers, and how many bits they have."""
    if dtype != onnx.FLOAT:
        return values, 16 if dtype == onnx.INT16 else 8
    kind, digits = option.split(":")

    def rounded(v):
        return int(abs(v) + 0.5) * (1 if v >= 0 else -1)
    if kind == "profiled":
        mag, frac = map(int, digits.split("."))
        top = 2 ** (mag + frac) - 1
        return [max(-top, min(top, rounded(v * 2**frac))) for v in values], mag + frac + (min(values) < 0)
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


def check_bits(layer, envs, option, size):
    """Values in the order: image, step, other axes, channel."""
    ts = [e[layer.input] for e in envs]
    image, channel, step = layer.axes(ts[0])
    first = [a for a in (image, step) if a is not None]
    order = first + [a for a in range(len(ts[0].dims)) if a not in first + [channel]] + [channel]
    places = sorted(ts[0].places(), key=lambda p: [p[a] for a in order])
    values, bits = represent([t.at(*p) for t in ts for p in places], option, ts[0].dtype)
    per = len(values) // len(ts) // ts[0].dims[image]
    images = [values[i:i + per] for i in range(0, len(values), per)]
    groups = [i[k:k + size] for i in images for k in range(0, per, size)]
    b, what = layer.l["bits"]["input"], layer.l["name"] + " "
    check(what + "bits", b["bits"], bits)
    check(what + "zeros of bits", (b["elements"], b["zeros"]), (len(values), values.count(0)))
    check(what + "ones", b["ones"], sum(bin(abs(v)).count("1") for v in values))
    check(what + "terms", b["terms"], {k: sum(f(abs(v)) for v in values) for k, f in TERMS.items()})
    check(what + "widths", b["widths"], [sum(min(width(g), 16) == w for g in groups) for w in range(17)])
    check(what + "tokens", b["zrl_tokens"], sum(tokens(i) for i in images))


def multiplied(net, node, swapped):
    """Pairs of an activation (0 in padding) and a weight, and lists of the activations that meet one weight in turn."""
    pairs, meets = [], {}

    def visitor(of, tensors):
        def visit(a, w):
            va = 0 if a is None else a[1] if isinstance(a, tuple) else tensors[0].v[a]
            vw = tensors[2].v[w[1]] if isinstance(w, tuple) else tensors[1].v[w]
            pairs.append((vw, va) if swapped else (va, vw))
            meets.setdefault((k, w), []).append(va)
        return visit if of is node else lambda a, w: None

    for k in range(SETS):
        env = net.run(k, visitor)
    return pairs, meets, env[node.name]


def check_work(net, layer, option):
    """The ideal potentials: sums of costs over all multiplications."""
    product, of = layer.product, layer.l["bits"]
    swapped = product.inputs[0] in net.constants
    pairs, meets, y = multiplied(net, product, swapped)
    stored, b = of["input"]["representation"].startswith("stored"), of["input"]["bits"]

    def whole(values, how):
        return [int(v) for v in values] if stored else represent(values, how, onnx.FLOAT)[0]
    a, w = whole([p[0] for p in pairs], option), whole([p[1] for p in pairs], f"linear:{b}")
    p, q, n = width(a), width(w), len(pairs)
    both = list(zip(a, w))
    want = {"all": n * b * b, "A": sum(v != 0 for v in a) * b * b, "W": sum(v != 0 for v in w) * b * b,
            "W+A": sum(v != 0 and u != 0 for v, u in both) * b * b, "Ap": n * p * b, "Wp+Ap": n * p * q,
            "W+Ap": sum(v != 0 for v in w) * p * b}
    of_value, rows = dict(zip((v for v, _ in pairs), a)), []
    if product.op.startswith("Conv") and len(y.dims) > 3:
        rows = [[of_value[v] for v in m[i:i + y.dims[-1]]] for m in meets.values() for i in range(0, len(m), y.dims[-1])]
    for name, f in TERMS.items():
        terms = {v: f(abs(v)) for v in set(a) | set(w)}
        want["Ae " + name] = sum(terms[v] for v in a) * b
        want["We+Ae " + name] = sum(terms[v] * terms[u] for v, u in both)
        want["W+Ae " + name] = sum(terms[v] for v, u in both if u) * b
        if rows:
            want["Delta " + name] = sum(f(abs(v - u)) for r in rows for v, u in zip(r, [0] + r)) * b
    if product.op == "ConvTranspose":  # of which the definition leaves out what meets padding
        want = {k: v for k, v in want.items() if k.split()[0] in ("A", "W+A", "Ae", "We+Ae", "W+Ae")}
    check(layer.l["name"] + " work", {k: v for k, v in of["work"].items() if k in want}, want)
    check(layer.l["name"] + " potentials", len(of["work"]), 7 + 4 * (4 if rows else 3))


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


def check_parts(layers, name, envs):
    """The phases of a transposed convolution make its output together."""
    parts, ts = [l.l["sparsity"]["output"] for l in layers], [e[name] for e in envs]
    for key, want in ("elements", sum(len(t.v) for t in ts)), ("zeros", sum(v == 0 for t in ts for v in t.v)):
        check(f"{name} {key} of phases", sum(p[key] for p in parts), want)


def check_net(net, profile, near, bits, group):
    layers = [Layer(net, l) for l in profile["layers"] if l["nodes"] and l["op"] != "Copy"]
    envs = [net.run(k) for k in range(SETS)]
    seen = set()
    for layer in layers:
        phases = [l for l in layers if l.product is layer.product] if layer.product else [layer]
        if len(phases) > 1 and layer.product.op != "ConvTranspose":
            phases = [l for l in phases if l.l["macs"]]  # the others only convert for it
        elif "sparsity" in layer.l:
            check_zeros(layer, "input", layer.input, envs, near)
            if len(phases) > 1:
                check_parts(phases, layer.output, envs)
            else:
                check_zeros(layer, "output", layer.output, envs, near)
        if "bits" in layer.l and not (layer.product and layer.product.op == "ConvInteger"):
            check_bits(layer, envs, bits, group)
        if "work" in layer.l.get("bits", {}) and len(phases) == 1 and layer.product.zeros == [0, 0]:
            check_work(net, layer, bits)
        if layer is phases[0] and any("zero_macs" in l.l for l in layers):
            check_macs(net, phases)
        seen |= {n.name for n in layer.nodes}
    missing = [n.name for n in net.nodes if n.name not in seen and n.op in PRODUCTS]
    check("layers without a product", missing, [])
    return len(layers)


def main():
    dnncc, target, name, *options = sys.argv[1:]
    net = Net()
    NETS[name](net)
    net.write(name)
    given = dict(o[2:].split("=") for o in options if o.startswith("--") and "=" in o)
    check_terms()
    subprocess.run([dnncc, "profile", f"{name}/m.onnx", "-t", target, "--data", f"{name}/data", "-o", f"{name}/run.json",
                    "--keep", name, "--launches=1", *options], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([f"{name}/net.exe", "--data", f"{name}/data", "--quiet"], check=True)
    with open(f"{name}/run.json") as f:
        print(check_net(net, json.load(f), float(given.get("near", 0)), given.get("bits", "linear:16"),
                        int(given.get("group", 256))), "layers")


if __name__ == "__main__":
    if len(sys.argv) == 1:
        print("\n".join(NETS))
    else:
        main()
