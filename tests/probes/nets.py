# SPDX-License-Identifier: MIT
"""Small nets with their data, written as ONNX files and computed by the definitions (operators.py)."""
import onnxfile as onnx
from operators import COMPUTE, Random, Tensor, prod

SETS = 2


class Node:
    def __init__(self, op, name, inputs, attrs):
        self.op, self.name, self.inputs, self.attrs = op, name, inputs, attrs
        self.zeros = [0, 0]
        self.last = attrs.pop("last", False)  # hands out its last state only

    def attr(self, name, default=None):
        return self.attrs.get(name, default)

    def zero(self, operand):
        return self.zeros[operand]

    def outputs(self):
        """Of a Loop the states, of which there is one, then its slices: NAME, NAME_1 ..."""
        n = len(self.attrs["body"].outputs) - 1 if self.op == "Loop" else 1
        return [self.name] + [f"{self.name}_{i}" for i in range(1, n)]

    def written(self):
        attrs = {k: v.written() if isinstance(v, Body) else v for k, v in self.attrs.items()}
        return onnx.node(self.op, self.name, self.inputs, ([""] if self.last else []) + self.outputs(), attrs)


class Body:
    """The graph in an If or a Loop."""

    def __init__(self, inputs, nodes, outputs):
        self.inputs, self.nodes, self.outputs = inputs, nodes, outputs

    def written(self):
        kinds = {"Identity": onnx.BOOL}
        made = {n.name: kinds.get(n.op, onnx.FLOAT) for n in self.nodes}
        return onnx.graph([n.written() for n in self.nodes], [], [onnx.value_info(*i) for i in self.inputs],
                          [onnx.value_info(o, made[o], None) for o in self.outputs])


class Run:
    """Every tensor by name: all that it has been, turn by turn; every node as it was computed, with what there was."""

    def __init__(self):
        self.made, self.current, self.computed = {}, {}, []

    def put(self, name, tensor):
        self.made.setdefault(name, []).append(tensor)
        self.current[name] = tensor

    def now(self, name):
        return self.current[name]

    def nodes(self, nodes):
        for n in nodes:
            if n.op == "If":
                body = n.attr("then_branch" if self.now(n.inputs[0]).v[0] else "else_branch")
                self.nodes(body.nodes)
                self.put(n.name, self.now(body.outputs[0]))
            elif n.op == "Loop":
                self.loop(n, n.attr("body"))
            else:
                tensors = [self.now(i) for i in n.inputs if i]
                self.computed.append((n, tensors, dict(self.current)))
                y = COMPUTE[n.op](n, lambda *args: None, *tensors)
                self.put(n.name, Tensor(y.dims[1:], y.v[-prod(y.dims[1:]):]) if n.last else y)

    def loop(self, n, body):
        turns, state, slices = self.now(n.inputs[0]).v[0], self.now(n.inputs[2]), []
        for turn in range(turns):
            for (name, dtype, dims), value in zip(body.inputs, ([turn], [1], state.v)):
                self.put(name, Tensor(dims, value, dtype))
            self.nodes(body.nodes)
            state = self.now(body.outputs[1])
            slices.append(self.now(body.outputs[2]))
        self.put(n.name, state)
        self.put(n.name + "_1", Tensor([turns] + slices[0].dims, [v for s in slices for v in s.v]))


class Net:
    def __init__(self, name):
        self.name, self.runs = name, {}
        self.nodes, self.known, self.constants, self.inputs, self.random = [], {}, {}, {}, Random(1)

    def constant(self, dims, low=-2, high=2, zeros=30, dtype=onnx.FLOAT):
        name = f"c{len(self.constants)}"
        self.constants[name] = self.random.tensor(dims, low, high, zeros, dtype)
        return name

    def value(self, values, dims, dtype=onnx.FLOAT):
        name = f"c{len(self.constants)}"
        self.constants[name] = Tensor(dims, values, dtype)
        return name

    def input(self, dims, low=-3, high=3, zeros=20, dtype=onnx.FLOAT):
        name = f"x{len(self.inputs)}"
        self.inputs[name] = [self.random.tensor(dims, low, high, zeros, dtype) for _ in range(SETS)]
        return name

    def node(self, op, *inputs, **attrs):
        name = f"n{len(self.known)}_{op}"
        self.known[name] = Node(op, name, list(inputs), attrs)
        self.nodes.append(self.known[name])
        return name

    def body(self, inputs, build):
        """build adds its nodes and says which are outputs."""
        outside, self.nodes = self.nodes, []
        outputs = build()
        nodes, self.nodes = self.nodes, outside
        return Body(inputs, nodes, outputs)

    def run(self, k):
        """Of data set k."""
        if k not in self.runs:
            run = self.runs[k] = Run()
            for name, t in self.constants.items():
                run.put(name, t)
            for name, sets in self.inputs.items():
                run.put(name, sets[k])
            run.nodes(self.nodes)
        return self.runs[k]

    def visit(self, k, node, visitor):
        """Computes one node again, each time that it was; visitor(tensors, current) is its visit()."""
        for n, tensors, current in self.run(k).computed:
            if n is node:
                COMPUTE[n.op](n, visitor(tensors, current), *tensors)

    def write(self, folder):
        made = self.run(0).made
        read = {i for n in self.known.values() for i in n.inputs}
        ends = [o for n in self.nodes for o in n.outputs() if o not in read]
        onnx.write(f"{folder}/m.onnx", onnx.model(onnx.graph(
            [n.written() for n in self.nodes],
            [onnx.tensor(name, c.dtype, c.dims, c.v) for name, c in self.constants.items()],
            [onnx.value_info(name, s[0].dtype, s[0].dims) for name, s in self.inputs.items()],
            [onnx.value_info(name, made[name][0].dtype, made[name][0].dims) for name in ends])))
        for k in range(SETS):
            made = self.run(k).made
            for i, (name, s) in enumerate(self.inputs.items()):
                onnx.write(f"{folder}/data/test_data_set_{k}/input_{i}.pb",
                           onnx.tensor(name, s[k].dtype, s[k].dims, s[k].v))
            for i, name in enumerate(ends):
                t = made[name][0]
                onnx.write(f"{folder}/data/test_data_set_{k}/output_{i}.pb", onnx.tensor(name, t.dtype, t.dims, t.v))


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


def net_excite(net):
    """A scale of channels that goes into weights; some are 0. One more, of every other pixel."""
    x = net.node("Conv", net.input([1, 12, 14, 13]), net.constant([12, 1, 3, 3]), group=12, pads=[1, 1, 1, 1])
    x = net.node("Relu", x)
    s = net.node("MaxPool", x, kernel_shape=[14, 13], strides=[1, 1])
    s = net.node("Clip", net.node("Conv", s, net.constant([12, 12, 1, 1])), net.constant([], 0, 0), net.constant([], 6, 6, 0))
    net.node("Relu", net.node("Conv", net.node("Mul", x, s), net.constant([9, 12, 1, 1]), net.constant([9])))
    net.node("Conv", net.node("Mul", x, s), net.constant([3, 12, 1, 1]), strides=[2, 2])


def net_transposed(net):
    """Groups and dilation; without strides it stays one layer."""
    x = net.node("ConvTranspose", net.input([1, 4, 5, 4]), net.constant([4, 3, 2, 3]), group=2, dilations=[2, 1], pads=[1, 0, 0, 1])
    net.node("ConvTranspose", x, net.constant([6, 2, 3, 2]), group=3, strides=[2, 1], dilations=[1, 2], pads=[0, 1, 1, 1])


def net_volume(net):
    """Three spatial axes; depthwise, dilated."""
    x = net.node("Conv", net.input([1, 2, 5, 6, 4]), net.constant([4, 1, 3, 2, 2]), group=2, dilations=[1, 2, 1], pads=[1, 1, 0, 1, 1, 1])
    net.node("Conv", x, net.constant([3, 4, 2, 1, 1]), strides=[2, 1, 1])


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


def net_heads(net):
    """Products of heads, one after the other."""
    c = net.node("Relu", net.node("MatMul", net.input([1, 5, 7, 3]), net.input([1, 5, 3, 6])))
    net.node("Relu", net.node("MatMul", c, net.input([1, 5, 6, 2])))


def net_rnn(net):
    """Backward, from a given state."""
    net.node("RNN", net.input([4, 2, 5], -1, 1, 40), net.constant([1, 3, 5], -1, 1, 50), net.constant([1, 3, 3], -1, 1, 60), "", "",
             net.input([1, 2, 3], 0, 2, 40), hidden_size=3, direction="reverse", activations=["Relu"])


def net_gru(net):
    net.node("GRU", net.input([3, 2, 3], -1, 1, 40), net.constant([2, 12, 3], -1, 1, 70), net.constant([2, 12, 4], -1, 1, 85),
             hidden_size=4, direction="bidirectional", activations=["Relu"] * 4)


def net_lstm(net):
    relus = ["Relu"] * 6
    y = net.node("LSTM", net.input([5, 2, 3], -1, 1, 30), net.constant([2, 16, 3], -1, 1), net.constant([2, 16, 4], -1, 1, 80),
                 hidden_size=4, direction="bidirectional", activations=relus)
    net.node("Relu", y)


def net_one_step(net):
    """States that are not handed out, but for the last one; there are none in between."""
    net.node("LSTM", net.input([1, 2, 5], -1, 1, 30), net.constant([1, 12, 5], -1, 1), net.constant([1, 12, 3], -1, 1, 80), "", "",
             net.input([1, 2, 3], 0, 2, 40), hidden_size=3, activations=["Relu"] * 3, last=True)


def net_integers(net):
    """Weights that are constant, so that floats may do, and others; zero points."""
    u, i = onnx.UINT8, onnx.INT8
    net.node("ConvInteger", net.input([2, 3, 6, 5], 0, 4, 10, u), net.constant([4, 3, 3, 2], -2, 2, 10, i),
             net.constant([], 2, 2, 0, u), net.constant([], 1, 1, 0, i), pads=[1, 0, 1, 0])
    net.node("ConvInteger", net.input([1, 4, 7, 5], 0, 4, 10, u), net.input([6, 2, 2, 2], -2, 2, 10, i),
             net.constant([], 1, 1, 0, u), net.constant([], 0, 0, 0, i), group=2)
    net.node("MatMulInteger", net.input([4, 6], 0, 4, 10, u), net.input([6, 5], -2, 2, 10, i),
             net.constant([], 1, 1, 0, u), net.constant([], -1, -1, 0, i))


def net_dynamic(net):
    """A zero point that only the run tells."""
    u, i = onnx.UINT8, onnx.INT8
    net.node("MatMulInteger", net.input([5, 20], 0, 255, 10, u), net.constant([20, 6], -9, 9, 10, i), net.input([], 120, 130, 0, u),
             net.constant([], 0, 0, 0, i))


def net_qdq(net):
    """Between dequantisation and quantisation products run in floats: what counts are the integers."""
    def scale(exponent, count=1):
        return net.value([2.0**(exponent + k % 2) for k in range(count)], [] if count == 1 else [count])

    def both(x, exponent, zero, dtype):
        by = scale(exponent), net.value([zero], [], dtype)
        return net.node("DequantizeLinear", net.node("QuantizeLinear", x, *by), *by)

    def weights(dims, exponent):
        return net.node("DequantizeLinear", net.constant(dims, -9, 9, 20, onnx.INT8), scale(exponent, dims[0]),
                        net.value([0] * dims[0], [dims[0]], onnx.INT8), axis=0)
    x = both(net.input([1, 3, 9, 7], -9, 9), -1, 20, onnx.UINT8)
    y = both(net.node("Relu", net.node("Conv", x, weights([6, 3, 3, 3], -3), pads=[1, 1, 1, 1])), 0, -128, onnx.INT8)
    z = both(net.node("Conv", y, weights([6, 1, 3, 3], -2), group=6), 1, -4, onnx.INT8)
    flat = net.node("Flatten", z)
    net.node("Gemm", flat, weights([5, 210], -4), transB=1)
    by = scale(1, 6), net.value([3] * 6, [6], onnx.UINT8)  # a scale for each channel: floats count
    net.node("Conv", net.node("DequantizeLinear", net.node("QuantizeLinear", z, *by, axis=1), *by, axis=1), weights([4, 6, 1, 1], -3))


def net_qlinear(net):
    u, i = onnx.UINT8, onnx.INT8

    def of(exponent, zero, dtype):
        return net.value([2.0**exponent], []), net.value([zero], [], dtype)
    y = net.node("QLinearConv", net.input([1, 3, 7, 5], 0, 40, 10, u), *of(-1, 17, u), net.constant([4, 3, 3, 2], -9, 9, 10, i),
                 *of(-2, 0, i), *of(0, 100, u), pads=[1, 0, 1, 0])
    net.node("QLinearMatMul", net.node("Flatten", y), *of(0, 100, u), net.constant([112, 6], -9, 9, 10, i), *of(-3, 1, i),
             *of(3, 128, u))


def net_branch(net):
    """Each branch is taken in one of the data sets."""
    x, choice = net.input([2, 3, 6, 5]), net.input([], 0, 0, 0, onnx.BOOL)
    net.inputs[choice][1].v = [1]

    def then():
        return [net.node("Relu", net.node("Conv", x, net.constant([4, 3, 3, 3]), pads=[1, 1, 1, 1]))]

    def otherwise():
        return [net.node("Conv", net.node("Relu", x), net.constant([4, 3, 1, 1]))]
    y = net.node("If", choice, then_branch=net.body([], then), else_branch=net.body([], otherwise))
    net.node("Conv", y, net.constant([2, 4, 2, 2]))


def net_loop(net):
    """What is in the body counts in all turns; of a state and of slices that leave it."""
    w, turns = net.constant([6, 6], -1, 1, 60), net.value([3], [], onnx.INT64)
    inputs = [("turn", onnx.INT64, []), ("on", onnx.BOOL, []), ("state", onnx.FLOAT, [4, 6])]

    def body():
        again, y = net.node("Identity", "on"), net.node("MatMul", "state", w)
        return [again, net.node("Relu", y), net.node("Clip", y, net.value([-3], []), net.value([2], []))]
    y = net.node("Loop", turns, "", net.input([4, 6], -2, 2), body=net.body(inputs, body))
    net.node("Relu", y + "_1")
    net.node("MatMul", y, net.constant([6, 3]))


def net_uniform(net):
    """Each number of 8 bits as often as any other."""
    x = net.input([256, 1], 0, 0, 0, onnx.UINT8)
    for t in net.inputs[x]:
        t.v = list(range(256))
    zero = net.value([0], [], onnx.UINT8), net.value([0], [], onnx.INT8)
    net.node("MatMulInteger", x, net.constant([1, 3], 1, 9, 0, onnx.INT8), *zero)


def net_terms(net):
    """Every number of 8 bits and of 15 once, so that sums of terms are the means of the table."""
    for dtype, count in (onnx.UINT8, 256), (onnx.INT16, 32768):
        x = net.input([1, 1, count], 0, 0, 0, dtype)
        for t in net.inputs[x]:
            t.v = list(range(count))
        net.node("Relu", net.node("Cast", x, to=onnx.FLOAT))


NETS = {name[4:]: f for name, f in list(globals().items()) if name.startswith("net_")}
