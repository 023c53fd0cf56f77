#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""sweep.py KERNEL DIR: one model of many small layers that KERNEL must compute.

Without arguments prints the kernels that have a sweep. Writes DIR/model.txt and DIR/input_0.txt for protoc, and prints how many layers there are and which error is allowed. Sizes go
around the borders of every kernel's tile: 1, tile - 1, tile, tile + 1, two tiles and a bit. Every
number is a small multiple of 1/8, so that sums are exact in any order and outputs must be equal,
but for those of INEXACT.

A kernel's sweep is a function in SWEEPS that adds layers to a Model.
"""
import itertools
import os
import struct
import sys

FLOAT, UINT8, INT64 = 1, 2, 7


def prod(dims):
    n = 1
    for d in dims:
        n *= d
    return n


def quoted(data):
    return '"' + "".join(f"\\{b:03o}" for b in data) + '"'


def eighths(seed, count):
    """Numbers in [-1, 1], none of them 0."""
    out, state = [], seed * 2654435761 % 2**32 + 1
    for _ in range(count):
        state = (state * 1103515245 + 12345) % 2**31
        k = state >> 16 & 15
        out.append((k - 8 if k < 8 else k - 7) / 8)
    return out


def tensor(name, dtype, dims, values):
    data = struct.pack(f"<{len(values)}{'f' if dtype == FLOAT else 'q'}", *values)
    shape = "".join(f" dims: {d}" for d in dims)
    return f'{shape} data_type: {dtype} name: "{name}" raw_data: {quoted(data)}'


def attribute(name, v):
    if isinstance(v, int):
        return f'attribute {{ name: "{name}" type: INT i: {v} }}'
    if isinstance(v, str):
        return f'attribute {{ name: "{name}" type: STRING s: "{v}" }}'
    if isinstance(v, float):
        return f'attribute {{ name: "{name}" type: FLOAT f: {v} }}'
    return f'attribute {{ name: "{name}" type: INTS ' + " ".join(f"ints: {i}" for i in v) + " }"


class Model:
    def __init__(self):
        self.parts, self.outputs, self.size, self.layers = [], [], 0, 0

    def constant(self, dims, values=None, dtype=FLOAT):
        name = f"c{len(self.parts)}"
        values = eighths(len(self.parts), prod(dims)) if values is None else values
        self.parts.append(f"initializer {{ {tensor(name, dtype, dims, values)} }}")
        return name

    def ints(self, *values):
        return self.constant([len(values)], values, INT64)

    def node(self, op, inputs, **attrs):
        name = f"v{len(self.parts)}"
        text = " ".join([f'input: "{i}"' for i in inputs] + [attribute(*a) for a in attrs.items()])
        self.parts.append(f'node {{ op_type: "{op}" name: "{name}" output: "{name}" {text} }}')
        return name

    def value(self, dims):
        """A tensor known only at run time: a part of the model's one input."""
        begin, self.size = self.size, self.size + prod(dims)
        part = self.node("Slice", ["data", self.ints(begin), self.ints(self.size), self.ints(0)])
        return self.node("Reshape", [part, self.ints(*dims)])

    def output(self, name):
        self.outputs.append(name)

    def layer(self, name):
        """An output that the kernel under test computes."""
        self.layers += 1
        self.output(name)

    def write(self, folder):
        ports = [f'output {{ name: "{o}" }}' for o in self.outputs]
        ports.append('input { name: "data" type { tensor_type { elem_type: 1 '
                     f"shape {{ dim {{ dim_value: {self.size} }} }} }} }} }}")
        graph = "\n".join(self.parts + ports)
        with open(os.path.join(folder, "model.txt"), "w") as f:
            f.write(f'ir_version: 8 opset_import {{ version: 17 }} graph {{ name: "sweep"\n{graph}\n}}\n')
        with open(os.path.join(folder, "input_0.txt"), "w") as f:
            f.write(tensor("data", FLOAT, [self.size], eighths(7, self.size)))


# ---- convolution --------------------------------------------------------------------------------

def image(m, dims, how):
    """Channels apart in memory ("first"), neighbours ("last"), each times a number ("scaled"), or some of a pixel's channels."""
    if how == "first":
        return m.value(dims)
    n, c, *space = dims
    extra = 3 if how == "part" else 0
    x = m.node("LpPool", [m.value([n, c + extra] + space)], kernel_shape=[1] * len(space), p=1)
    if how == "scaled":
        return m.node("Mul", [x, m.value([1, c] + [1] * len(space))])
    x = m.node("Sub", [x, m.constant([], [0.5])])               # |x| has one sign
    return m.node("Slice", [x, m.ints(1), m.ints(c + 1), m.ints(1)]) if extra else x


def epilogue(m, y, dims, what):
    column = [1, dims[1]] + [1] * (len(dims) - 2)
    if what == "relu":
        return m.node("Relu", [y])
    if what == "add":
        return m.node("Add", [y, image(m, dims, "first" if dims[0] == 1 else "last")])
    if what == "column":
        return m.node("Mul", [y, m.value(column)])
    return y


def conv(m, x, oc, k, s=1, p=0, d=1, group=1, n=1, how="last", then="", bias=True, beside=0):
    """One convolution; p is one pad for all sides, or all pads; beside: channels it shares pixels with."""
    axes = len(k)
    ic, *space = x
    pads = [p] * 2 * axes if isinstance(p, int) else p
    steps, gaps = [[v] * axes if isinstance(v, int) else v for v in (s, d)]
    w = m.constant([oc, ic // group] + k)
    b = [m.constant([oc])] if bias else []
    y = m.node("Conv", [image(m, [n] + x, how), w] + b, kernel_shape=k, strides=steps, dilations=gaps,
               pads=pads, group=group)
    out = [(i + pads[a] + pads[a + axes] - (k[a] - 1) * gaps[a] - 1) // steps[a] + 1
           for a, i in enumerate(space)]
    y = epilogue(m, y, [n, oc] + out, then)
    if beside:
        other = m.node("MaxPool", [m.value([n, beside] + out)], kernel_shape=[1] * axes)
        y = m.node("Concat", [other, y], axis=1)
    m.layer(y)


def conv_direct(m):
    for width, how in itertools.product((1, 2, 5, 6, 7, 12, 13, 14, 15, 29), ("last", "first")):
        conv(m, [5, 4, width], 16, [3, 3], p=1, how=how, then="relu")
    for oc in (1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 24, 25, 33, 48, 65):
        conv(m, [3, 3, 9], oc, [3, 3], p=1, then="column")
    for ic, how in itertools.product((1, 2, 17), ("last", "first", "part")):
        conv(m, [ic, 4, 7], 12, [2, 3], p=1, how=how, bias=ic != 2)
    for s, d, p in itertools.product((1, 2, 3), (1, 2), (0, 1, 2)):
        conv(m, [4, 9, 17], 9, [3, 3], s=s, d=d, p=p, then="add")
    conv(m, [3, 20, 20], 17, [7, 7], s=2, p=3, how="first")
    conv(m, [3, 4, 4], 8, [9, 9], p=4)                          # a window wider than the image
    conv(m, [3, 2, 3], 8, [1, 2], s=5, p=[4, 6, 4, 7])          # whole windows outside
    conv(m, [4, 30, 40], 8, [3, 3], d=12, p=12)
    conv(m, [4, 7, 7], 16, [3, 3], p=[0, 1, 2, 0], n=3, then="add", beside=5)
    conv(m, [4, 9, 1], 16, [3, 1], p=[1, 0, 1, 0])              # tiles run down a column
    conv(m, [4, 1, 9], 16, [3, 3], p=1, beside=8)
    for group, each in ((2, 3), (3, 8), (4, 4), (5, 17)):
        conv(m, [group * 2, 4, 9], group * each, [3, 3], p=1, group=group, then="column")
    conv(m, [4, 11], 16, [3], p=1)
    conv(m, [4, 50], 24, [2], d=16, p=[16, 0], how="first")     # causal
    conv(m, [5, 13], 7, [5], s=3, p=[1, 3], n=2, then="add")
    conv(m, [3, 4, 5, 6], 9, [2, 3, 2], s=[1, 2, 1], p=1)
    conv(m, [16, 5, 13], 24, [1, 1], s=2)


def depthwise(m, c, space, k, **how):
    conv(m, [c] + space, c, k, group=c, **how)


def conv_depthwise(m):
    for c, how in itertools.product((1, 3, 4, 7, 8, 9, 15, 16, 17, 24, 33), ("last", "part")):
        depthwise(m, c, [3, 9], [3, 3], p=1, how=how, then="relu")
    for width in (1, 2, 7, 8, 9, 15, 16, 17, 18, 35):
        depthwise(m, 9, [3, width], [3, 3], p=1, how="first", then="column")
    for s, d, p in itertools.product((1, 2, 3), (1, 2), (0, 1, 2)):
        depthwise(m, 9, [9, 17], [3, 3], s=s, d=d, p=p, then="add")
    for k in (1, 2, 5, 7, 8, 9):                                # from 8 on a loop over the window
        depthwise(m, 17, [7, 21], [2, k], p=k // 2, bias=k != 2)
        depthwise(m, 5, [4, 30], [1, k], s=2, d=3, p=[0, k, 0, 0], n=2)
    depthwise(m, 8, [4, 4], [9, 9], p=4)                        # a window wider than the image
    depthwise(m, 8, [2, 3], [1, 2], s=5, p=[4, 6, 4, 7])        # whole windows outside
    depthwise(m, 6, [7, 7], [3, 3], p=[0, 1, 2, 0], n=3, then="add", beside=5)
    depthwise(m, 12, [9, 1], [3, 1], p=[1, 0, 1, 0])            # tiles run down a column
    depthwise(m, 512, [3, 9], [3, 3], p=1, then="add")          # two vectors at once
    depthwise(m, 512, [2, 9], [1, 9], p=[0, 4, 0, 4])
    depthwise(m, 20, [11], [3], p=1)
    depthwise(m, 20, [50], [31], p=[30, 0], n=2)                # causal
    depthwise(m, 20, [4, 5, 6], [2, 3, 2], s=[1, 2, 1], p=1)


def grouped(m, groups, ic, oc, space, k, **how):
    conv(m, [groups * ic] + space, groups * oc, k, group=groups, **how)


def conv_grouped(m):
    """Groups of a part of a vector, of one, of several, whatever its lanes."""
    for each, groups in itertools.product((2, 4, 8), (2, 3, 5, 8, 9, 17)):
        grouped(m, groups, each, each, [3, 9], [3, 3], p=1, how="part" if groups % 2 else "last", then="relu")
    for each, groups in itertools.product((16, 32, 48, 64), (2, 3)):
        grouped(m, groups, each, each, [3, 7], [3, 3], p=1, then="column")
    for width, each in itertools.product((1, 2, 3, 4, 6, 7, 9, 11, 13, 14, 25), (4, 8, 16)):
        grouped(m, 5, each, each, [3, width], [3, 3], p=1, bias=width % 2 == 1)
    for ic, oc, how in itertools.product((1, 3, 5, 17), (16, 32, 48), ("last", "first")):
        grouped(m, 3, ic, oc, [2, 7], [3, 3], p=1, how=how, then="add")
    for s, d, p in itertools.product((1, 2, 3), (1, 2), (0, 1, 2)):
        grouped(m, 3, 8, 8, [9, 17], [3, 3], s=s, d=d, p=p, then="add", bias=p != 1)
    for k in (1, 2, 4, 5):
        grouped(m, 7, 4, 4, [5, 21], [2, k], p=k // 2)
        grouped(m, 4, 16, 16, [2, 20], [1, k], s=2, d=3, p=[0, k, 0, 0], n=2)
    grouped(m, 3, 8, 8, [2, 3], [1, 2], s=5, p=[4, 6, 4, 7])    # whole windows outside
    grouped(m, 3, 8, 8, [7, 7], [3, 3], p=[0, 1, 2, 0], n=3, then="add", beside=5)
    grouped(m, 6, 2, 2, [9, 1], [3, 1], p=[1, 0, 1, 0])         # tiles run down a column
    grouped(m, 5, 4, 4, [1, 9], [3, 3], p=1, beside=8)
    grouped(m, 3, 8, 8, [20, 20], [3, 3], p=1)                  # more than FEW_PIXELS
    grouped(m, 5, 4, 4, [11], [3], p=1)
    grouped(m, 2, 8, 8, [4, 5, 6], [2, 3, 2], s=[1, 2, 1], p=1)


# ---- pooling and resizing -----------------------------------------------------------------------

def pool(m, op, c, space, k, s=1, p=0, d=1, n=1, how="last", then="", **attrs):
    axes = len(k)
    pads = [p] * 2 * axes if isinstance(p, int) else p
    if d != 1:
        attrs["dilations"] = [d] * axes
    y = m.node(op, [image(m, [n, c] + space, how)], kernel_shape=k, strides=[s] * axes, pads=pads, **attrs)
    m.layer(m.node("Relu", [y]) if then else y)


def pool_vec(m):
    for op, c in itertools.product(("MaxPool", "AveragePool"), (3, 4, 5, 8, 9, 15, 16, 17, 33)):
        pool(m, op, c, [3, 5], [3, 3], p=1, how="part" if c < 9 else "last", then="relu")
    for op, width in itertools.product(("MaxPool", "AveragePool"), (1, 2, 7, 8, 9, 15, 16, 17, 35)):
        pool(m, op, 9, [3, width], [3, 3], p=1, how="first")
    for op, s, d, p in itertools.product(("MaxPool", "AveragePool"), (1, 2, 3), (1, 2), (0, 1)):
        pool(m, op, 9, [9, 17], [3, 3], s=s, d=d if op == "MaxPool" else 1, p=p, n=2)
    for op, k in itertools.product(("MaxPool", "AveragePool"), (2, 5, 13, 31)):  # 31 columns: place by place
        pool(m, op, 17, [5, 40], [2, k], p=[0, k // 2, 0, k // 2])
        pool(m, op, 17, [5, 40], [2, k], s=2, p=[1, 1, 0, 0], ceil_mode=1)
    for ceil, s, k in itertools.product((0, 1), (2, 3), (2, 3)):  # rounded up, windows leave the padding too
        for include in (0, 1):
            pool(m, "AveragePool", 5, [8, 9], [k, k], s=s, p=[1, 0, 1, 1], ceil_mode=ceil, count_include_pad=include)
        pool(m, "MaxPool", 5, [8, 9], [k, k], s=s, p=[1, 0, 1, 1], ceil_mode=ceil)
    for op in ("MaxPool", "AveragePool"):                       # no window fits whole
        pool(m, op, 5, [2, 9], [3, 3], s=2, ceil_mode=1)
    pool(m, "MaxPool", 6, [7, 7], [13, 13], p=6)
    pool(m, "MaxPool", 512, [6, 6], [2, 2], s=2)                # two vectors at once
    pool(m, "AveragePool", 512, [2, 40], [1, 31], p=[0, 15, 0, 15])
    pool(m, "AveragePool", 12, [9, 1], [3, 1], p=[1, 0, 1, 0])
    for include in (0, 1):
        pool(m, "AveragePool", 10, [13], [4], s=3, p=[1, 2], n=2, count_include_pad=include)
        pool(m, "AveragePool", 10, [4, 5, 6], [2, 3, 2], p=[1, 1, 1, 0, 1, 1], count_include_pad=include)


def resize(m, c, space, to, mode, how="last", n=1, then="", beside=0, **attrs):
    """Dyadic ratios of linear and cubic keep sums exact."""
    y = m.node("Resize", [image(m, [n, c] + space, how), "", "", m.ints(n, c, *to)], mode=mode, **attrs)
    y = epilogue(m, y, [n, c] + to, then)
    if beside:
        y = m.node("Concat", [m.node("LpPool", [m.value([n, beside] + to)], kernel_shape=[1] * len(to), p=1), y], axis=1)
    m.layer(y)


def resize_vec(m):
    for c, mode in itertools.product((1, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 33, 65, 130), ("nearest", "linear", "cubic")):
        resize(m, c, [3, 4], [6, 8], mode)
        resize(m, c, [3, 5], [6, 10] if mode == "cubic" else [12, 20], mode, how="part", n=2, then="relu")
    for c, mode in itertools.product((3, 17), ("linear", "cubic")):
        for how in ("half_pixel", "asymmetric", "pytorch_half_pixel", "align_corners"):
            sizes = ([3, 5], [5, 9]) if how == "align_corners" else ([6, 10], [12, 5])
            resize(m, c, *sizes, mode, coordinate_transformation_mode=how)
        resize(m, c, [8, 16], [4, 4], mode, then="column")
        resize(m, c, [8, 8], [16, 16], mode, then="add", beside=5)
        resize(m, c, [4, 6], [4, 12], mode)
        resize(m, c, [4, 6], [8, 6], mode)
        resize(m, c, [1, 1], [2, 2], mode)
        resize(m, c, [6], [12], mode, n=2)
        resize(m, c, [2, 3, 4], [4, 3, 2], mode)
    for rule in ("floor", "ceil", "round_prefer_floor", "round_prefer_ceil"):
        resize(m, 9, [7, 5], [4, 13], "nearest", nearest_mode=rule, then="column")
    resize(m, 5, [2, 3, 4], [3, 7, 5], "nearest", then="add")
    resize(m, 12, [4, 4], [8, 8], "linear", how="first")
    resize(m, 16, [4, 8], [2, 2], "linear", antialias=1)


# ---- changes of layout ---------------------------------------------------------------------------

def turn(m, dims, perm, beside=0):
    """A transpose, alone or as the first part of a tensor."""
    y = m.node("Transpose", [m.value(dims)], perm=perm)
    if beside:
        dims = [dims[i] for i in perm]
        y = m.node("Concat", [y, m.value(dims[:-1] + [beside])], axis=len(dims) - 1)
    m.layer(y)


def copy_vec(m):
    for rows, columns in itertools.product((16, 17, 31, 32, 33, 50), repeat=2):
        turn(m, [rows, columns], [1, 0])
    turn(m, [20, 300], [1, 0])
    turn(m, [300, 20], [1, 0])
    turn(m, [2, 17, 5, 7], [0, 2, 3, 1])
    turn(m, [2, 5, 7, 17], [0, 3, 1, 2])
    turn(m, [17, 3, 19], [2, 1, 0])
    turn(m, [3, 17, 2, 19], [2, 3, 0, 1])
    turn(m, [40, 18], [1, 0], beside=3)
    for columns in (16, 17, 31, 33, 58):                        # pairs
        turn(m, [5, 2, columns], [0, 2, 1])


def strided_map(m, dims, beside, how="sum"):
    """Rows that lie apart in an operand, and where `beside`, in the result; a column of one number a row."""
    x = m.node("Slice", [m.value(dims[:-1] + [dims[-1] + 2]), m.ints(1), m.ints(dims[-1] + 1), m.ints(-1)])
    y = m.node("Mul", [x, m.value(dims)])
    column = m.value(dims[:-1] + [1])
    if how == "sum":
        y = m.node("Add", [y, column])
    elif how == "bool":
        y = m.node("Less", [y, column])
    else:
        y = m.node("Cast", [m.node("Clip", [y, m.constant([], [0.0]), m.constant([], [9.0])])], to=UINT8)
    if beside:
        y = m.node("Concat", [y, m.value(dims[:-1] + [beside])], axis=len(dims) - 1)
    m.layer(y)


def map_vec(m):
    for inner, beside in itertools.product((2, 3, 5, 7, 8, 9, 15, 17), (0, 3)):
        for rows in (1, 15, 16, 33, 70):
            strided_map(m, [rows, inner], beside)
    for inner, how in itertools.product((2, 3, 7), ("bool", "u8")):
        strided_map(m, [67, inner], 0, how)
    strided_map(m, [3, 5, 40, 2], 1)


# ---- products -----------------------------------------------------------------------------------

def gemm(m, rows, columns, depth, const=True, ta=0, tb=0, c=None):
    """c: the dims of the third operand, as a string if it is known only at run time."""
    a = m.value([depth, rows] if ta else [rows, depth])
    b = [columns, depth] if tb else [depth, columns]
    b = m.constant(b) if const else m.value(b)
    if c is not None:
        c = [m.value([int(d) for d in c.split()]) if isinstance(c, str) else m.constant(c)]
    m.layer(m.node("Gemm", [a, b] + (c or []), transA=ta, transB=tb))


def matmul(m, a, b, const=False, turned=False, then=""):
    """turned: the second operand is a transpose, as the keys of attention are."""
    if turned:
        order = list(range(len(b)))[:-2] + [len(b) - 1, len(b) - 2]
        w = m.node("Transpose", [m.value([b[i] for i in order])], perm=order)
    else:
        w = m.constant(b) if const else m.value(b)
    y = m.node("MatMul", [m.value(a), w])
    if then:
        y = m.node("Add", [y, m.constant([b[-1]])])
    m.layer(y)


def gemm_vec(m):
    for rows, const in itertools.product((1, 2, 5, 6, 7, 12, 13, 14, 29), (True, False)):
        gemm(m, rows, 25, 5, const)
    for columns, const in itertools.product((1, 3, 4, 7, 8, 9, 15, 16, 17, 24, 33, 65, 112, 113), (True, False)):
        gemm(m, 3, columns, 4, const)
        gemm(m, 13, columns, 4, const, c=[columns])
    for ta, tb, const in itertools.product((0, 1), (0, 1), (True, False)):
        gemm(m, 9, 17, 6, const, ta, tb, c="9 17")
        gemm(m, 1, 17, 1, const, ta, tb, c="17")
    for c in ([], [1], [9, 1], "1", "9 1", "1 17", "1 1"):
        gemm(m, 9, 17, 3, c=c)
    gemm(m, 700, 40, 200)                                        # blocks of rows
    gemm(m, 1, 40, 200)
    matmul(m, [2, 3, 7, 5], [5, 17], const=True, then="add")     # batches are rows
    matmul(m, [7, 5], [3, 5, 17], const=True)
    matmul(m, [2, 1, 9, 5], [3, 5, 17])
    matmul(m, [2, 3, 9, 5], [2, 3, 5, 17], turned=True)
    matmul(m, [2, 3, 2, 5], [2, 3, 5, 9])
    matmul(m, [5], [5, 17], const=True)
    matmul(m, [5], [2, 5, 17])
    matmul(m, [3, 1, 5], [3, 5, 9])
    for pixels, how in itertools.product((1, 5, 6, 7, 13), ("first", "last", "part")):
        conv(m, [6, 3, pixels], 17, [1, 1], how=how, then="relu")
    conv(m, [6, 4, 5], 24, [1, 1], n=2, then="add", beside=8)
    conv(m, [16, 5, 13], 24, [1, 1], s=2, n=2, bias=False)
    conv(m, [6, 9, 11], 1, [1, 1], then="add")
    conv(m, [6, 9], 10, [1], then="column")
    for oc in (1, 7, 8, 17, 25):
        conv(m, [6, 5, 7], oc, [1, 1], how="scaled", then="add")
    conv(m, [40, 20, 30], 17, [1, 1], s=2, how="scaled", bias=False)
    conv(m, [200, 35, 40], 40, [1, 1], how="scaled")              # blocks of rows


def conv_dot(m):
    for oc, width in itertools.product((1, 2, 3, 4), (1, 3, 4, 5, 6, 7, 13)):
        conv(m, [5, 4, width], oc, [3, 3], p=1, then="relu")
    for ic, how in itertools.product((3, 4, 7, 8, 9, 16, 17, 33), ("last", "part")):
        conv(m, [ic, 4, 7], 3, [2, 3], p=1, how=how, then="add")
    for s, d, p in itertools.product((1, 2), (1, 2), (0, 1, 2)):
        conv(m, [4, 9, 17], 2, [3, 3], s=s, d=d, p=p, then="column", bias=p != 1)
    conv(m, [1, 4, 17], 2, [3, 9], p=1)
    conv(m, [9, 6, 11], 1, [1, 1], n=2, beside=4)
    conv(m, [4, 5, 20], 2, [3, 3], p=1, n=2, then="add")
    conv(m, [8, 4, 4], 3, [9, 9], p=4)
    conv(m, [4, 9, 1], 1, [3, 1], p=[1, 0, 1, 0])
    conv(m, [9, 30], 2, [2], d=16, p=[16, 0])
    conv(m, [3, 4, 5, 6], 2, [2, 3, 2], s=[1, 2, 1], p=1)


def conv_winograd(m, tile):
    """Tiles of tile x tile pixels; blocks of tiles are as large as L2 allows."""
    edges = (1, tile - 1, tile, tile + 1, 2 * tile, 5 * tile + 1)
    for h, w in itertools.product(edges, edges):
        conv(m, [3, h, w], 4, [3, 3], p=1, then="relu")
    for oc in (1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 24, 25, 33, 48, 65):
        conv(m, [3, 5, 9], oc, [3, 3], p=1, then="column", bias=oc % 2 == 0)
    for ic, how in itertools.product((1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33), ("last", "part")):
        conv(m, [ic, 6, 7], 12, [3, 3], p=1, how=how, then="add", beside=5)
    for p in (0, 2, 3, [0, 1, 2, 0], [4, 0, 0, 7], [0, 3, 1, 5]):
        conv(m, [5, 6, 7], 9, [3, 3], p=p, then="add", n=3)
    conv(m, [16, 21, 43], 20, [3, 3], p=1, n=2)
    for ic, h in ((512, 9), (480, 31)):                         # blocks of tiles; the last one smaller
        conv(m, [ic, h, 13], 9, [3, 3], p=1, then="relu")


def conv_winograd2(m):
    conv_winograd(m, 2)


def conv_winograd4(m):
    conv_winograd(m, 4)


def gemm_strassen(m):
    for rows in (2, 3, 12, 13, 27):
        gemm(m, rows, 50, 32, c=[50])
    for columns in (2, 16, 48, 50, 98):
        gemm(m, 9, columns, 32)
        gemm(m, 26, columns, 64, tb=1, c=[1])
    gemm(m, 301, 80, 448)
    for ic, oc in ((32, 34), (64, 6)):
        conv(m, [ic, 5, 7], oc, [1, 1], then="add")
        conv(m, [ic, 4, 7], oc, [1, 1], then="relu", beside=5)


# ---- recurrent layers ----------------------------------------------------------------------------

GATES = {"RNN": 1, "GRU": 3, "LSTM": 4}


def recurrent(m, op, hidden, seq=5, batch=1, depth=6, direction="forward", **attrs):
    """Weights are small, or errors would grow from step to step."""
    dirs = 2 if direction == "bidirectional" else 1
    rows = GATES[op] * hidden

    def small(dims):
        return m.constant(dims, [v / hidden**0.5 for v in eighths(rows, prod(dims))])

    parts = [small([dirs, rows, depth]), small([dirs, rows, hidden]), small([dirs, 2 * rows])]
    m.layer(m.node(op, [m.value([seq, batch, depth])] + parts, hidden_size=hidden, direction=direction, **attrs))


def rnn_vec(m):
    for op, hidden in itertools.product(GATES, (1, 7, 8, 9, 16, 17, 33, 40)):
        recurrent(m, op, hidden, direction="bidirectional")
    for op, batch in itertools.product(GATES, (1, 2, 3, 5, 8)):
        recurrent(m, op, 24, batch=batch, direction="reverse")
    for op, seq in itertools.product(GATES, (1, 2, 3, 23)):
        recurrent(m, op, 17, seq=seq, batch=2)
    for batch in (1, 3):
        recurrent(m, "GRU", 19, batch=batch, direction="bidirectional", linear_before_reset=1)
    recurrent(m, "LSTM", 72, seq=19, depth=520)                 # weights of the input that L2 does not hold
    for hidden, depth in ((56, 28), (57, 30), (56, 53), (56, 120)):             # steps that compute ahead
        recurrent(m, "LSTM", hidden, seq=41, depth=depth, direction="bidirectional")
    for depth in (36, 70):
        recurrent(m, "GRU", 72, seq=44, depth=depth, direction="bidirectional", linear_before_reset=1)


# Errors allowed, relative to the largest output: F(4,3) weighs by fractions that are not dyadic.
INEXACT = {"conv_winograd4": 1e-5, "rnn_vec": 2e-6}

SWEEPS = {"conv_depthwise": conv_depthwise, "conv_direct": conv_direct, "conv_dot": conv_dot,
          "conv_grouped": conv_grouped,
          "conv_winograd2": conv_winograd2, "conv_winograd4": conv_winograd4,
          "copy_vec": copy_vec, "gemm_strassen": gemm_strassen, "gemm_vec": gemm_vec, "map_vec": map_vec,
          "pool_vec": pool_vec, "resize_vec": resize_vec, "rnn_vec": rnn_vec}


def main():
    if len(sys.argv) == 1:
        print(*SWEEPS)
        return
    kernel, folder = sys.argv[1:]
    m = Model()
    SWEEPS[kernel](m)
    m.write(folder)
    print(m.layers, INEXACT.get(kernel, 0))


if __name__ == "__main__":
    main()
