# SPDX-License-Identifier: MIT
"""ONNX's operators by their definitions, one multiplication at a time.

Each is given a node, a visitor and the tensors that it reads, and returns the tensor that it makes. visit(a, w, total, term)
is told of each multiplication: a and w are places in the operands' lists of values, a is None in padding; of recurrent
states they are ("h", value) and ("r", place). total names the sum that it belongs to (of recurrent layers by its time step
first), term its place in that: channels innermost, then those of the kernel.
"""
import itertools

import onnxfile as onnx


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
            wi, term = w.index([p[1], *k]), (*k[1:], k[0])
            if any(not 0 <= a < d for a, d in zip(at, x.dims[2:])):
                visit(None, wi, p, term)
                continue
            xi = x.index([p[0], p[1] // to * per + k[0], *at])
            visit(xi, wi, p, term)
            total += (x.v[xi] - n.zero(0)) * (w.v[wi] - n.zero(1))
        y.v[y.index(p)] = total
    return y


def conv_transpose(n, visit, x, w, b=None):
    stride, pads = n.attr("strides", [1, 1]), n.attr("pads", [0] * 4)
    dilation, group = n.attr("dilations", [1, 1]), n.attr("group", 1)
    kernel, to, per = w.dims[2:], w.dims[1], w.dims[0] // group
    out = [(x.dims[i + 2] - 1) * stride[i] + (kernel[i] - 1) * dilation[i] + 1 - pads[i] - pads[i + 2] for i in range(2)]
    y = Tensor([x.dims[0], to * group] + out, [0] * (x.dims[0] * to * group * prod(out)))
    for p in x.places():
        for oc, kh, kw in itertools.product(range(to), *map(range, kernel)):
            oh, ow = p[2] * stride[0] + kh * dilation[0] - pads[0], p[3] * stride[1] + kw * dilation[1] - pads[1]
            if 0 <= oh < out[0] and 0 <= ow < out[1]:
                xi, wi = x.index(p), w.index([p[1], oc, kh, kw])
                at = (p[0], p[1] // per * to + oc, oh, ow)
                visit(xi, wi, at, (kh, kw, p[1]))
                y.v[y.index(at)] += x.v[xi] * w.v[wi]
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
            visit(ai, bi, p, i)
            total += (a.v[ai] - n.zero(0)) * (b.v[bi] - n.zero(1))
        y.v[y.index(p)] = total
    return y


def gemm(n, visit, a, b, c=None):
    y = Tensor([a.dims[0], b.dims[0]], [0] * (a.dims[0] * b.dims[0]))
    for p in y.places():
        total = c.v[p[1]] if c else 0
        for i in range(a.dims[1]):
            ai, bi = a.index([p[0], i]), b.index([p[1], i])
            visit(ai, bi, p, i)
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


def identity(n, visit, x):
    return x


def clip(n, visit, x, low, high):
    return Tensor(x.dims, [min(max(v, low.v[0]), high.v[0]) for v in x.v])


def add(n, visit, a, b):
    return Tensor(a.dims, [p + q for p, q in zip(a.v, b.v)])


def mul(n, visit, a, b):
    """b is a number for each channel, or like a."""
    return Tensor(a.dims, [a.at(*p) * b.at(*(k % d for k, d in zip(p, b.dims))) for p in a.places()])


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


def of_axis(n, x, scale):
    """For each element the index of its scale: one of several, along an axis."""
    run = prod(x.dims[n.attr("axis", 1) + 1:])
    return [i // run % len(scale.v) for i in range(len(x.v))]


def quantize(n, visit, x, scale, zero):
    """Scales are powers of two, so that floats are exact; halves go to even."""
    low, high = (0, 255) if zero.dtype == onnx.UINT8 else (-128, 127)
    at = of_axis(n, x, scale)
    return Tensor(x.dims, [min(max(round(v / scale.v[k]) + zero.v[k], low), high) for v, k in zip(x.v, at)], zero.dtype)


def dequantize(n, visit, q, scale, zero):
    return Tensor(q.dims, [(v - zero.v[k]) * scale.v[k] for v, k in zip(q.v, of_axis(n, q, scale))])


def qlinear(product):
    def f(n, visit, a, a_scale, a_zero, b, b_scale, b_zero, y_scale, y_zero):
        n.zeros = [a_zero.v[0], b_zero.v[0]]
        y, factor = product(n, visit, a, b), a_scale.v[0] * b_scale.v[0]
        return quantize(n, visit, Tensor(y.dims, [v * factor for v in y.v]), y_scale, y_zero)
    return f


def recurrent(gates, cell):
    """With relu for every activation, whole numbers remain whole. cell: the states h and c after a step."""
    def f(n, visit, x, w, r, h0=None):
        steps, batch, inputs = x.dims
        dirs, hidden = w.dims[0], r.dims[2]
        y = Tensor([steps, dirs, batch, hidden], [0] * (steps * dirs * batch * hidden))
        for d, b in itertools.product(range(dirs), range(batch)):
            h, c = [h0.at(d, b, j) if h0 else 0 for j in range(hidden)], [0] * hidden
            backward = d == 1 or n.attr("direction") == "reverse"
            for t in (reversed(range(steps)) if backward else range(steps)):
                for g, i in itertools.product(range(gates * hidden), range(inputs)):
                    visit(x.index([t, b, i]), w.index([d, g, i]), (t, "x", d, b, g), i)
                for g, j in itertools.product(range(gates * hidden), range(hidden)):
                    visit(("h", h[j]), ("r", r.index([d, g, j])), (t, "h", d, b, g), j)

                def of_x(g):
                    return sum(x.at(t, b, i) * w.at(d, g, i) for i in range(inputs))

                def of_h(g, state):
                    return sum(state[j] * r.at(d, g, j) for j in range(hidden))
                h, c = cell(hidden, of_x, of_h, h, c)
                for j in range(hidden):
                    y.v[y.index([t, d, b, j])] = h[j]
        return y
    return f


def relus(values):
    return [max(v, 0) for v in values]


def rnn_cell(hidden, of_x, of_h, h, c):
    return relus(of_x(g) + of_h(g, h) for g in range(hidden)), c


def gru_cell(hidden, of_x, of_h, h, c):
    z, r = (relus(of_x(g) + of_h(g, h) for g in range(q * hidden, (q + 1) * hidden)) for q in range(2))
    reset = [a * b for a, b in zip(r, h)]
    new = relus(of_x(g) + of_h(g, reset) for g in range(2 * hidden, 3 * hidden))
    return [(1 - z[j]) * new[j] + z[j] * h[j] for j in range(hidden)], c


def lstm_cell(hidden, of_x, of_h, h, c):
    i, o, f, k = (relus(of_x(g) + of_h(g, h) for g in range(q * hidden, (q + 1) * hidden)) for q in range(4))
    c = [f[j] * c[j] + i[j] * k[j] for j in range(hidden)]
    return [o[j] * max(c[j], 0) for j in range(hidden)], c


COMPUTE = {"Conv": conv, "ConvInteger": integer(conv), "ConvTranspose": conv_transpose, "MatMul": matmul,
           "MatMulInteger": integer(matmul), "Gemm": gemm, "Relu": relu, "Clip": clip, "Add": add, "Mul": mul, "MaxPool": max_pool,
           "Concat": concat, "Flatten": flatten, "Cast": cast, "Identity": identity, "QuantizeLinear": quantize, "DequantizeLinear": dequantize,
           "QLinearConv": qlinear(conv), "QLinearMatMul": qlinear(matmul), "RNN": recurrent(1, rnn_cell),
           "GRU": recurrent(3, gru_cell), "LSTM": recurrent(4, lstm_cell)}
RECURRENT = ("RNN", "GRU", "LSTM")
INTEGER = ("ConvInteger", "MatMulInteger", "QLinearConv", "QLinearMatMul")
PRODUCTS = ("Conv", "ConvTranspose", "MatMul", "Gemm", *RECURRENT, *INTEGER)
