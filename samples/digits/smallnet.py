# SPDX-License-Identifier: MIT
"""A very small neural network library in numpy: enough to train the nets of the samples.

A net is a list of layers. forward() keeps what backward() needs; backward() takes the gradient
of the loss with respect to the layer's output and returns the one with respect to its input.
Tensors are [n][c][h][w], as in ONNX, and each layer can say itself as an ONNX node.
"""
import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper
from sklearn.datasets import load_digits

HELD_OUT = 400  # the last images of the set: no training script ever trains on them


def load_split():
    """UCI digits in 0..1 as ((train images, labels), (held-out images, labels))."""
    data = load_digits()
    images = (data.images / 16).astype(np.float32)[:, None]  # [1797][1][8][8]
    cut = len(images) - HELD_OUT
    return (images[:cut], data.target[:cut]), (images[cut:], data.target[cut:])


class Layer:
    """A layer without parameters whose ONNX operator needs no attributes."""

    params = ()
    attributes = {}

    def node(self, x, y, names):
        return helper.make_node(type(self).__name__, [x, *names], [y], **self.attributes)


class Conv(Layer):
    """3x3 convolution, stride 1, zero padding of one pixel, so the picture keeps its size."""

    attributes = {"kernel_shape": [3, 3], "pads": [1, 1, 1, 1]}

    def __init__(self, rng, cin, cout):
        scale = np.sqrt(2 / (9 * cin))
        self.w = rng.normal(0, scale, (cout, cin, 3, 3)).astype(np.float32)
        self.b = np.zeros(cout, np.float32)
        self.params = (self.w, self.b)

    @staticmethod
    def columns(x):
        """Every 3x3 neighbourhood as a row: [n*h*w][c*9]."""
        n, c, h, w = x.shape
        padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
        windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), (2, 3))
        return windows.transpose(0, 2, 3, 1, 4, 5).reshape(n * h * w, c * 9)

    @classmethod
    def product(cls, cols, weights, shape):
        n, _, h, w = shape
        y = cols @ weights.reshape(len(weights), -1).T
        return y.reshape(n, h, w, -1).transpose(0, 3, 1, 2)

    def forward(self, x):
        self.cols = self.columns(x)
        return self.product(self.cols, self.w, x.shape) + self.b[:, None, None]

    def backward(self, g):
        rows = g.transpose(0, 2, 3, 1).reshape(-1, len(self.b))
        self.grads = (rows.T @ self.cols).reshape(self.w.shape), rows.sum(0)
        # The adjoint of a convolution is one with the kernel turned by half a circle.
        turned = self.w.transpose(1, 0, 2, 3)[:, :, ::-1, ::-1]
        return self.product(self.columns(g), turned, g.shape)


class Gemm(Layer):
    """Fully connected layer: y = x w' + b."""

    attributes = {"transB": 1}

    def __init__(self, rng, nin, nout):
        self.w = rng.normal(0, np.sqrt(1 / nin), (nout, nin)).astype(np.float32)
        self.b = np.zeros(nout, np.float32)
        self.params = (self.w, self.b)

    def forward(self, x):
        self.x = x
        return x @ self.w.T + self.b

    def backward(self, g):
        self.grads = g.T @ self.x, g.sum(0)
        return g @ self.w


class Relu(Layer):
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, g):
        return g * self.mask


class MaxPool(Layer):
    """The largest of each 2x2 square; on a tie the gradient goes to all of the equals."""

    attributes = {"kernel_shape": [2, 2], "strides": [2, 2]}

    def forward(self, x):
        n, c, h, w = x.shape
        squares = x.reshape(n, c, h // 2, 2, w // 2, 2)
        top = squares.max((3, 5), keepdims=True)
        self.mask = squares == top
        return top[:, :, :, 0, :, 0]

    def backward(self, g):
        n, c, h, w = g.shape
        return (self.mask * g[:, :, :, None, :, None]).reshape(n, c, 2 * h, 2 * w)


class Flatten(Layer):
    def forward(self, x):
        self.shape = x.shape
        return x.reshape(len(x), -1)

    def backward(self, g):
        return g.reshape(self.shape)


class Softmax(Layer):
    """Trained with cross-entropy, whose gradient through softmax is simply p - target."""

    attributes = {"axis": -1}

    def forward(self, x):
        e = np.exp(x - x.max(1, keepdims=True))
        return e / e.sum(1, keepdims=True)

    def backward(self, g):
        return g


class Sigmoid(Layer):
    """Trained with cross-entropy per pixel: the gradient is again p - target."""

    def forward(self, x):
        return 1 / (1 + np.exp(-x))

    def backward(self, g):
        return g


def forward(net, x):
    for layer in net:
        x = layer.forward(x)
    return x


def train(net, batches, rate):
    """Adam over batches of (input, target), with a rate that falls along a cosine to zero."""
    batches = list(batches)
    state = {}
    for step, (x, target) in enumerate(batches, 1):
        now = rate * (1 + np.cos(np.pi * step / len(batches))) / 2
        g = (forward(net, x) - target) / len(x)
        for layer in reversed(net):
            g = layer.backward(g)
            for i, p in enumerate(layer.params):
                m, v = state.get((id(layer), i), (0, 0))
                d = layer.grads[i]
                m, v = 0.9 * m + 0.1 * d, 0.999 * v + 0.001 * d * d
                state[id(layer), i] = m, v
                p -= now * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)


def save_onnx(net, name, input_name, output_name, path):
    """Writes the net for one 8x8 picture at a time and lets ONNX's own checker look at it."""
    nodes, weights, x = [], [], input_name
    for i, layer in enumerate(net):
        label = f"{type(layer).__name__.lower()}{i}"
        names = [f"{label}.{p}" for p in "wb"[: len(layer.params)]]
        y = label if i + 1 < len(net) else output_name
        nodes.append(layer.node(x, y, names))
        weights += [numpy_helper.from_array(p, n) for p, n in zip(layer.params, names)]
        x = y
    shape = forward(net, np.zeros((1, 1, 8, 8), np.float32)).shape
    ends = [
        helper.make_tensor_value_info(input_name, TensorProto.FLOAT, (1, 1, 8, 8)),
        helper.make_tensor_value_info(output_name, TensorProto.FLOAT, shape),
    ]
    graph = helper.make_graph(nodes, name, ends[:1], ends[1:], weights)
    opset = helper.make_opsetid("", 13)
    model = helper.make_model(graph, opset_imports=[opset], ir_version=8, producer_name="train.py")
    checker.check_model(model, full_check=True)
    with open(path, "wb") as f:
        f.write(model.SerializeToString())
