#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Random ONNX graphs, to compare what dnncc and ONNX Runtime make of them.

  bench/random_models.py OUT [FROM TO]
  bench/models_vs_ort.py -t c,avx2 --below 3 --ort LIBONNXRUNTIME.so OUT

Writes OUT/N/model.onnx for each seed N from FROM to TO - 1 (0 to 99), always the same for a seed.  Even seeds are nets of
convolutions, pools, norms, recurrent layers and what lies between them, odd ones compute with integers, bools, indices and
sizes that data decide.  Needs Debian's python3-onnx, whose shape inference says what a node makes; where that is wrong,
ONNX Runtime refuses the model.  Differences to expect: Resize with align_corners and a scale that makes no whole number
(ONNX's reference takes the fraction, ONNX Runtime the size), Round and Floor next to a whole number.
"""
import math
import os
import random
import sys

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper, numpy_helper

OPSET = 17
MOST_ELEMENTS = 60000
NUMPY = {T.FLOAT: np.float32, T.INT64: np.int64, T.INT32: np.int32, T.BOOL: np.bool_}


class Unfit(Exception):
    """What was drawn does not fit; another draw may."""


class Net:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.np = np.random.RandomState(seed)
        self.nodes, self.constants, self.inputs = [], [], []
        self.values = {}  # name: (type, dims), None for a dim that data decide
        self.live = []    # what further nodes may read
        self.count = 0

    def name(self, stem):
        self.count += 1
        return f"{stem}{self.count}"

    def input(self, name, dtype, dims):
        self.inputs.append(name)
        self.values[name] = dtype, list(dims)
        self.live.append(name)

    def constant(self, array, dtype=np.float32):
        name = self.name("c")
        self.constants.append(numpy_helper.from_array(np.asarray(array, dtype), name))
        return name

    def weights(self, *dims):
        return self.constant(self.np.randn(*dims) * 0.3)

    def ints(self, *values):
        return self.constant(values, np.int64)

    def dims(self, x):
        return self.values[x][1]

    def dtype(self, x):
        return self.values[x][0]

    def info(self, x):
        return helper.make_tensor_value_info(x, self.dtype(x), [f"{x}_{i}" if d is None else d for i, d in enumerate(self.dims(x))])

    def add(self, op, inputs, outputs=1, **attrs):
        """A node; its outputs' names, which nobody reads until `live` has them."""
        names = [self.name("t") for _ in range(outputs)]
        node = helper.make_node(op, inputs, names, name=self.name(op), **attrs)
        known = [self.info(i) for i in dict.fromkeys(inputs) if i in self.values]
        graph = helper.make_graph([node], "one", known, [onnx.ValueInfoProto(name=n) for n in names],
                                  [c for c in self.constants if c.name in inputs])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
        try:
            model = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
        except Exception as error:  # of its own classes, and of what it is made in
            raise Unfit(str(error)) from error
        for out in model.graph.output:
            tensor = out.type.tensor_type
            dims = [d.dim_value if d.HasField("dim_value") else None for d in tensor.shape.dim]
            if not tensor.elem_type or not tensor.HasField("shape"):
                raise Unfit("unknown shape")
            if len(dims) > 6 or 0 in dims or math.prod(d or 1 for d in dims) > MOST_ELEMENTS:
                raise Unfit(f"dims {dims}")
            self.values[out.name] = tensor.elem_type, dims
        self.nodes.append(node)
        return names

    def pick(self, fits=lambda dtype, dims: True):
        """One of the live values that fit, often the newest."""
        good = [v for v in self.live if fits(*self.values[v])]
        if not good:
            raise Unfit("no such value")
        return good[-1] if self.r.random() < 0.6 else self.r.choice(good)

    def like(self, x):
        return self.r.choice([v for v in self.live if self.values[v] == self.values[x]])

    def axis(self, x):
        return self.r.randrange(len(self.dims(x)))

    def grow(self, kinds, most):
        for _ in range(20 * most):
            before = len(self.nodes), len(self.constants)
            try:
                self.live += self.r.choice(kinds)(self)
            except (Unfit, IndexError, ValueError):
                del self.nodes[before[0]:], self.constants[before[1]:]
            if len(self.nodes) >= most:
                break

    def model(self):
        """What no node reads is an output; a node that none needs is not there."""
        read = {i for n in self.nodes for i in n.input}
        outputs = [v for v in self.live if v not in read and v not in self.inputs][:6]
        nodes, needed = [], set(outputs)
        for node in reversed(self.nodes):
            if needed & set(node.output):
                nodes.insert(0, node)
                needed |= set(node.input)
        inputs = [i for i in self.inputs if i in needed]
        if not inputs or not outputs:
            return None
        graph = helper.make_graph(nodes, "random", [self.info(i) for i in inputs], [self.info(o) for o in outputs],
                                  [c for c in self.constants if c.name in needed])
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)


def floats(dtype, dims):
    return dtype == T.FLOAT and len(dims) > 0 and None not in dims


def fixed(dtype, dims):
    return len(dims) > 0 and None not in dims


def numbers(dtype, dims):
    return dtype in (T.FLOAT, T.INT64, T.INT32)


def integers(dtype, dims):
    return dtype in (T.INT64, T.INT32)


def image(dtype, dims):
    return floats(dtype, dims) and len(dims) > 2


# ---- layers of nets: each adds nodes, and returns what further ones may read ----

def activation(n):
    return n.add(n.r.choice("Relu Sigmoid Tanh LeakyRelu Elu HardSigmoid HardSwish Softplus Erf Selu Abs Cos".split()),
                 [n.pick(floats)])


def with_constant(n):
    x = n.pick(floats)
    dims = n.dims(x)
    other = n.r.choice([[1], dims[-1:], dims[1:2] + [1] * (len(dims) - 2), dims])
    return n.add(n.r.choice(["Add", "Mul", "Sub", "Max", "PRelu"]), [x, n.weights(*other)])


def with_another(n):
    x = n.pick(floats)
    return n.add(n.r.choice(["Add", "Mul", "Sub", "Max"]), [x, n.like(x)])


def window(n, x):
    """Attributes of a window over the spatial axes of x."""
    axes = len(n.dims(x)) - 2
    kernel = [n.r.choice([1, 3, 3, 5, 2]) for _ in range(axes)] if n.r.random() < 0.5 else [n.r.choice([1, 3, 3])] * axes
    return {"kernel_shape": kernel, "strides": [n.r.choice([1, 1, 2, 3])] * axes,
            "pads": [n.r.randint(0, k // 2 + (n.r.random() < 0.2)) for k in kernel] * 2}


def convolution(n):
    x = n.pick(image)
    c = n.dims(x)[1]
    group = n.r.choice([1, 1, 1, c, c] + [g for g in (2, 4, 8) if c % g == 0])
    out = group * n.r.choice([1, 2, 8] if group > 1 else [1, 3, 8, 16, 20, 33])
    attrs = window(n, x)
    attrs["dilations"] = [n.r.choice([1, 1, 1, 2]) for _ in attrs["kernel_shape"]]
    bias = [n.weights(out)] if n.r.random() < 0.6 else []
    y = n.add("Conv", [x, n.weights(out, c // group, *attrs["kernel_shape"])] + bias, group=group, **attrs)
    then = n.r.choice(["", "", "Relu", "HardSwish", "Sigmoid", "SiLU", "BatchNormalization"])
    if then == "BatchNormalization":
        return n.add(then, [y[0], n.weights(out), n.weights(out), n.weights(out), n.constant(n.np.rand(out) + 0.5)])
    if then == "SiLU":
        return n.add("Mul", [y[0], n.add("Sigmoid", y)[0]])
    return n.add(then, y) if then else y


def transposed_convolution(n):
    x = n.pick(image)
    attrs = window(n, x)
    return n.add("ConvTranspose", [x, n.weights(n.dims(x)[1], n.r.choice([1, 4, 8]), *attrs["kernel_shape"])], **attrs)


def pool(n):
    x = n.pick(image)
    axes = len(n.dims(x)) - 2
    attrs = {"count_include_pad": n.r.randint(0, 1)} if n.r.random() < 0.5 else {}
    return n.add("AveragePool" if attrs else "MaxPool", [x], kernel_shape=[n.r.choice([2, 3])] * axes, ceil_mode=n.r.randint(0, 1),
                 strides=[n.r.choice([1, 2])] * axes, pads=[n.r.randint(0, 1)] * (2 * axes), **attrs)


def squeeze_and_excite(n):
    x = n.pick(image)
    c, ones = n.dims(x)[1], [1] * (len(n.dims(x)) - 2)
    few = max(1, c // 4)
    s = n.add("Relu", n.add("Conv", [n.add("GlobalAveragePool", [x])[0], n.weights(few, c, *ones)]))
    return n.add("Mul", [x, n.add("Sigmoid", n.add("Conv", [s[0], n.weights(c, few, *ones)]))[0]])


def norm(n):
    x = n.pick(image)
    c = n.dims(x)[1]
    if n.r.random() < 0.5:
        return n.add("InstanceNormalization", [x, n.weights(c), n.weights(c)])
    return n.add("LayerNormalization", [x, n.weights(n.dims(x)[-1]), n.weights(n.dims(x)[-1])], axis=-1)


def resize(n):
    x = n.pick(image)
    scales = n.constant([1, 1] + [n.r.choice([1, 2, 1.5, 0.5, 3]) for _ in n.dims(x)[2:]])
    mode = n.r.choice(["nearest", "linear", "cubic"] if len(n.dims(x)) == 4 else ["nearest", "linear"])
    return n.add("Resize", [x, "", scales], mode=mode,
                 coordinate_transformation_mode=n.r.choice(["half_pixel", "asymmetric", "pytorch_half_pixel"]))


def shuffle(n):
    x = n.pick(image)
    d = n.dims(x)
    if d[1] % 2 or len(d) > 4:
        raise Unfit("odd")
    y = n.add("Reshape", [x, n.ints(d[0], 2, d[1] // 2, *d[2:])])
    y = n.add("Transpose", y, perm=[0, 2, 1] + list(range(3, len(d) + 1)))
    return n.add("Reshape", [y[0], n.ints(*d)])


def product(n):
    x = n.pick(floats)
    d = n.dims(x)
    if len(d) == 2 and n.r.random() < 0.7:
        out, turned = n.r.choice([1, 5, 8, 31]), n.r.randint(0, 1)
        w = n.weights(out, d[1]) if turned else n.weights(d[1], out)
        return n.add("Gemm", [x, w, n.weights(*n.r.choice([[out], [1, out], [1]]))], transB=turned, beta=n.r.choice([1.0, 2.0]))
    if len(d) == 3 and n.r.random() < 0.3:
        return n.add("MatMul", [x, n.add("Transpose", [x], perm=[0, 2, 1])[0]])
    return n.add("MatMul", [x, n.weights(d[-1], n.r.choice([1, 3, 8, 33]))])


def recurrent(n):
    x = n.pick(lambda dtype, dims: floats(dtype, dims) and len(dims) == 3)
    op, gates = n.r.choice([("LSTM", 4), ("GRU", 3), ("RNN", 1)])
    hidden, direction = n.r.choice([3, 8, 16]), n.r.choice(["forward", "reverse", "bidirectional"])
    ways = 2 if direction == "bidirectional" else 1
    bias = [n.weights(ways, 2 * gates * hidden)] if n.r.random() < 0.7 else []
    attrs = {"linear_before_reset": n.r.randint(0, 1)} if op == "GRU" else {}
    return n.add(op, [x, n.weights(ways, gates * hidden, n.dims(x)[2]), n.weights(ways, gates * hidden, hidden)] + bias,
                 hidden_size=hidden, direction=direction, **attrs)


def softmax(n):
    x = n.pick(floats)
    return n.add(n.r.choice(["Softmax", "LogSoftmax"]), [x], axis=n.axis(x))


# ---- what moves elements, of any type ----

def transpose(n):
    x = n.pick(lambda dtype, dims: len(dims) > 1)
    return n.add("Transpose", [x], perm=n.r.sample(range(len(n.dims(x))), len(n.dims(x))))


def reshape(n):
    x = n.pick(fixed)
    d, i = n.dims(x), n.axis(x)
    if len(d) > 2 and i + 1 < len(d) and n.r.random() < 0.5:
        return n.add("Reshape", [x, n.ints(*d[:i], d[i] * d[i + 1], *d[i + 2:])])
    factor = n.r.choice([f for f in (2, 3, 4, 7) if d[i] % f == 0])
    return n.add("Reshape", [x, n.ints(*d[:i], factor, d[i] // factor, *d[i + 1:])])


def concat(n):
    x = n.pick(lambda dtype, dims: len(dims) > 0)
    axis, (dtype, dims) = n.axis(x), n.values[x]
    good = [v for v in n.live if n.dtype(v) == dtype and len(n.dims(v)) == len(dims) and
            all(n.dims(v)[i] == d and d is not None for i, d in enumerate(dims) if i != axis)]
    return n.add("Concat", n.r.choices(good, k=n.r.randint(1, 2)) + [x], axis=axis - (len(dims) if n.r.random() < 0.3 else 0))


def split(n):
    x = n.pick(fixed)
    axis = n.axis(x)
    first = n.r.randrange(1, n.dims(x)[axis])
    return n.add("Split", [x, n.ints(first, n.dims(x)[axis] - first)], 2, axis=axis)


def slices(n):
    x = n.pick(lambda dtype, dims: len(dims) > 0)
    axis = n.axis(x)
    size = n.dims(x)[axis]
    if size is None:
        return n.add("Slice", [x, n.ints(0), n.ints(n.r.randint(1, 3)), n.ints(axis)])
    if n.r.random() < 0.25:
        return n.add("Slice", [x, n.ints(size - 1), n.ints(-10**6), n.ints(axis), n.ints(-n.r.randint(1, 2))])
    return n.add("Slice", [x, n.ints(n.r.randint(0, size // 2)), n.ints(n.r.choice([10**6, size])), n.ints(axis),
                           n.ints(n.r.choice([1, 1, 2]))])


def pad(n):
    x = n.pick(floats)
    d = n.dims(x)
    pads, mode = [n.r.randint(0, 2) for _ in range(2 * len(d))], n.r.choice(["constant", "edge", "reflect"])
    if mode == "reflect":
        pads = [min(p, d[i % len(d)] - 1) for i, p in enumerate(pads)]
    return n.add("Pad", [x, n.ints(*pads)], mode=mode)


def gather(n):
    x = n.pick(fixed)
    axis = n.axis(x)
    size = n.dims(x)[axis]
    index = n.np.randint(-size, size, [n.r.randint(1, 3) for _ in range(n.r.randint(0, 2))])
    return n.add("Gather", [x, n.constant(index, np.int64)], axis=axis)


def reduction(n):
    x = n.pick(lambda dtype, dims: numbers(dtype, dims) and fixed(dtype, dims))
    axes = sorted(n.r.sample(range(len(n.dims(x))), n.r.randint(1, max(1, len(n.dims(x)) - 1))))
    op = n.r.choice(["ReduceMax", "ReduceMin"] + ["ReduceMean", "ReduceL2", "ReduceSumSquare", "ReduceLogSumExp"] *
                    (n.dtype(x) == T.FLOAT))
    return n.add(op, [x], axes=axes, keepdims=n.r.randint(0, 1))


def cumulate(n):
    x = n.pick(lambda dtype, dims: numbers(dtype, dims) and fixed(dtype, dims))
    return n.add("CumSum", [x, n.constant(n.axis(x), np.int64)], exclusive=n.r.randint(0, 1), reverse=n.r.randint(0, 1))


# ---- integers, bools, indices, and sizes that data decide ----

def cast(n):
    return n.add("Cast", [n.pick()], to=n.r.choice(list(NUMPY)))


def compare(n):
    x = n.pick(numbers)
    other = n.like(x) if None not in n.dims(x) and n.r.random() < 0.5 else n.constant(n.r.choice([0, 1, 2]), NUMPY[n.dtype(x)])
    return n.add(n.r.choice(["Less", "Greater", "Equal", "GreaterOrEqual", "LessOrEqual"]), [x, other])


def logic(n):
    x = n.pick(lambda dtype, dims: dtype == T.BOOL)
    return n.add(n.r.choice(["And", "Or", "Xor"]), [x, x if None in n.dims(x) else n.like(x)])


def choose(n):
    x = n.pick(lambda dtype, dims: dtype == T.BOOL and None not in dims)
    y = n.r.choice([v for v in n.live if n.dims(v) == n.dims(x) and n.dtype(v) != T.BOOL])
    return n.add("Where", [x, y, n.like(y)])


def whole_numbers(n):
    x = n.pick(integers)
    op = n.r.choice(["Add", "Sub", "Mul", "Div", "Max", "Min", "Mod"])
    return n.add(op, [x, n.constant(n.r.choice([2, 3]), NUMPY[n.dtype(x)])])


def extreme(n):
    x = n.pick(floats)
    return n.add(n.r.choice(["ArgMax", "ArgMin"]), [x], axis=n.axis(x), keepdims=n.r.randint(0, 1), select_last_index=n.r.randint(0, 1))


def best(n):
    x = n.pick(floats)
    axis = n.axis(x)
    return n.add("TopK", [x, n.ints(n.r.randint(1, n.dims(x)[axis]))], 2, axis=axis, largest=n.r.randint(0, 1))


def one_hot(n):
    x = n.pick(lambda dtype, dims: dtype == T.INT64 and None not in dims)
    return n.add("OneHot", [x, n.constant(4, np.int64), n.constant([0.5, 2])], axis=n.r.randint(0, len(n.dims(x))))


def places(n):
    x = n.pick(fixed)
    return n.add("NonZero", [n.add("Cast", [x], to=T.BOOL)[0]])


def chosen(n):
    x = n.pick(lambda dtype, dims: fixed(dtype, dims) and len(dims) == 1)
    y = n.pick(lambda dtype, dims: fixed(dtype, dims) and dims[0] >= n.dims(x)[0])
    rows = n.add("Squeeze", [n.add("NonZero", [n.add("Cast", [x], to=T.BOOL)[0]])[0], n.ints(0)])
    return n.add("Gather", [y, rows[0]], axis=0)


def chosen_elements(n):
    x = n.pick(fixed)
    y = n.r.choice([v for v in n.live if n.dims(v) == n.dims(x)])
    at = n.add("Transpose", n.add("NonZero", [n.add("Cast", [x], to=T.BOOL)[0]]), perm=[1, 0])
    return n.add("GatherND", [y, at[0]])


def distinct(n):
    x = n.pick(lambda dtype, dims: dtype in (T.FLOAT, T.INT64) and fixed(dtype, dims))
    return [n.add("Unique", [x], 4)[i] for i in (0, 3)]


def scatter(n):
    x = n.pick(lambda dtype, dims: fixed(dtype, dims) and dtype != T.BOOL)
    d, axis = n.dims(x), n.axis(x)
    at = n.np.permutation(d[axis])[:n.r.randint(1, d[axis])]
    dims = d[:axis] + [len(at)] + d[axis + 1:]
    index = np.broadcast_to(at.reshape([-1 if i == axis else 1 for i in range(len(d))]), dims)
    index = np.where(n.np.rand(*dims) < 0.3, index - d[axis], index)
    update = n.add("Slice", [x, n.ints(0), n.ints(len(at)), n.ints(axis)])
    return n.add("ScatterElements", [x, n.constant(index, np.int64), update[0]], axis=axis)


def size(n):
    return n.add("Shape", [n.pick(lambda dtype, dims: len(dims) > 0)])


def spread(n):
    x = n.pick(lambda dtype, dims: None in dims and len(dims) == 1)
    return n.add("Expand", [x, n.add("Concat", [n.ints(2), n.add("Shape", [x])[0]], axis=0)[0]])


MOVES = [transpose, reshape, concat, split, slices, gather, reduction, cumulate]
LAYERS = MOVES + [activation, with_constant, with_another, pool, pool, transposed_convolution, squeeze_and_excite, norm, resize,
                  shuffle, product, product, recurrent, softmax, pad] + 7 * [convolution]
INDICES = MOVES + [cast, compare, logic, choose, whole_numbers, extreme, best, one_hot, places, chosen, chosen_elements,
                   distinct, scatter, size, spread, activation]


def make(seed):
    n = Net(seed)
    r = n.r
    if seed % 2:
        dims = [r.choice([1, 2, 3, 5, 8]) for _ in range(r.choice([1, 2, 2, 3]))]
        n.input("x", T.FLOAT, dims)
        n.input("k", T.INT64, dims)
        n.grow(INDICES, r.randint(4, 16))
    else:
        space = {2: [], 3: [r.choice([7, 16, 19])], 4: [r.choice([5, 8, 14]), r.choice([6, 7, 13, 16])], 5: [4, 5, 6]}
        n.input("x", T.FLOAT, [r.choice([1, 1, 1, 2, 3]), r.choice([1, 3, 4, 7, 8, 16, 17, 24, 32])] + space[r.choice([4, 4, 4, 3, 2, 5])])
        n.grow(LAYERS, r.randint(3, 14))
    return n.model()


def main():
    if len(sys.argv) not in (2, 4):
        sys.exit(__doc__)
    first, end = map(int, sys.argv[2:] or (0, 100))
    for seed in range(first, end):
        model = make(seed)
        if model:
            onnx.checker.check_model(model)
            folder = os.path.join(sys.argv[1], f"{seed:05d}")
            os.makedirs(folder, exist_ok=True)
            onnx.save(model, os.path.join(folder, "model.onnx"))


if __name__ == "__main__":
    main()
