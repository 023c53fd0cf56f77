#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""networks.py NAME: a well-known network as an ONNX model in text, for protoc.

Without arguments prints the names.  Weights are made by ConstantOfShape, so that the file is tiny whatever the
network's size; compiled, they are constants like any other.  Those too large to be folded lie in zeros.bin,
which `truncate` makes without a byte on the disk.  A network is a generator of layers over a Net.
"""
import math
import sys


def ints(name, values):
    return f'attribute {{ name: "{name}" type: INTS ' + " ".join(f"ints: {v}" for v in values) + " }"


class Net:
    def __init__(self):
        self.parts, self.channels, self.last = [], {"image": 3}, "image"

    def node(self, op, inputs, attrs="", channels=0):
        name = f"{op.lower()}{len(self.parts)}"
        text = " ".join(f'input: "{i}"' for i in inputs)
        self.parts.append(f'node {{ op_type: "{op}" name: "{name}" output: "{name}" {text} {attrs} }}')
        self.channels[name] = channels
        self.last = name
        return name

    def weights(self, *dims):
        """A constant of these dims, each element 1; 0 where it is larger than 256 MB."""
        if math.prod(dims) > 1 << 26:
            name = f"zeros{len(self.parts)}"
            shape = " ".join(f"dims: {d}" for d in dims)
            length = f'external_data {{ key: "length" value: "{4 * math.prod(dims)}" }}'
            self.parts.append(f'initializer {{ name: "{name}" {shape} data_type: 1 data_location: EXTERNAL '
                              f'external_data {{ key: "location" value: "zeros.bin" }} {length} }}')
            return name
        shape = f"shape{len(self.parts)}"
        values = " ".join(f"int64_data: {d}" for d in dims)
        self.parts.append(f'initializer {{ name: "{shape}" dims: {len(dims)} data_type: 7 {values} }}')
        one = 'attribute { name: "value" type: TENSOR t { dims: 1 data_type: 1 float_data: 1 } }'
        return self.node("ConstantOfShape", [shape], one)

    def conv(self, oc, k, s=1, p=0, group=1, x=None, act="Relu"):
        x = x or self.last
        w, b = self.weights(oc, self.channels[x] // group, k, k), self.weights(oc)
        attrs = ints("strides", [s] * 2) + ints("pads", [p] * 4)
        attrs += f'attribute {{ name: "group" type: INT i: {group} }}'
        self.node("Conv", [x, w, b], attrs, oc)
        return self.node(act, [self.last], channels=oc) if act else self.last

    def pool(self, k, s, p=0, x=None, ceil=0):
        x = x or self.last
        attrs = ints("kernel_shape", [k] * 2) + ints("strides", [s] * 2) + ints("pads", [p] * 4)
        attrs += f'attribute {{ name: "ceil_mode" type: INT i: {ceil} }}'
        return self.node("MaxPool", [x], attrs, self.channels[x])

    def average(self):
        return self.node("GlobalAveragePool", [self.last], channels=self.channels[self.last])

    def fc(self, inputs, outputs, act=None):
        flat = self.node("Flatten", [self.last])
        b = 'attribute { name: "transB" type: INT i: 1 }'
        self.node("Gemm", [flat, self.weights(outputs, inputs), self.weights(outputs)], b, outputs)
        return self.node(act, [self.last], channels=outputs) if act else self.last

    def add(self, a, b, act=None):
        c = self.channels[a]
        y = self.node("Add", [a, b], channels=c)
        return self.node(act, [y], channels=c) if act else y

    def write(self, size):
        dims = " ".join(f"dim {{ dim_value: {d} }}" for d in (1, 3, size, size))
        print('ir_version: 8 opset_import { version: 13 } graph { name: "net"')
        print("\n".join(self.parts))
        print(f'input {{ name: "image" type {{ tensor_type {{ elem_type: 1 shape {{ {dims} }} }} }} }}')
        print(f'output {{ name: "{self.last}" }} }}')


def alexnet(n):
    n.conv(96, 11, 4)
    n.pool(3, 2)
    n.conv(256, 5, 1, 2, group=2)
    n.pool(3, 2)
    n.conv(384, 3, 1, 1)
    n.conv(384, 3, 1, 1, group=2)
    n.conv(256, 3, 1, 1, group=2)
    n.pool(3, 2)
    n.fc(9216, 4096, "Relu")
    n.fc(4096, 4096, "Relu")
    n.fc(4096, 1000)
    n.write(227)


def vgg16(n):
    for convs, width in ((2, 64), (2, 128), (3, 256), (3, 512), (3, 512)):
        for _ in range(convs):
            n.conv(width, 3, 1, 1)
        n.pool(2, 2)
    n.fc(25088, 4096, "Relu")
    n.fc(4096, 4096, "Relu")
    n.fc(4096, 1000)
    n.write(224)


def resnet50(n, first, second):
    """The stride of a stage's first block stands in its first convolution or in the second."""
    n.conv(64, 7, 2, 3)
    n.pool(3, 2, 1)
    for blocks, width, stride in ((3, 64, 1), (4, 128, 2), (6, 256, 2), (3, 512, 2)):
        for i in range(blocks):
            x, s = n.last, stride if i == 0 else 1
            n.conv(width, 1, s if first else 1)
            n.conv(width, 3, s if second else 1, 1)
            y = n.conv(4 * width, 1, act=None)
            n.add(y, n.conv(4 * width, 1, s, x=x, act=None) if i == 0 else x, "Relu")
    n.average()
    n.fc(2048, 1000)
    n.write(224)


def inception(n, a, b, c, d):
    x = n.last
    one = n.conv(a, 1)
    n.conv(b[0], 1, x=x)
    three = n.conv(b[1], 3, 1, 1)
    n.conv(c[0], 1, x=x)
    five = n.conv(c[1], 5, 1, 2)
    n.pool(3, 1, 1, x=x)
    pool = n.conv(d, 1)
    axis = 'attribute { name: "axis" type: INT i: 1 }'
    n.node("Concat", [one, three, five, pool], axis, a + b[1] + c[1] + d)


def googlenet(n):
    n.conv(64, 7, 2, 3)
    n.pool(3, 2, ceil=1)
    n.conv(64, 1)
    n.conv(192, 3, 1, 1)
    n.pool(3, 2, ceil=1)
    inception(n, 64, (96, 128), (16, 32), 32)
    inception(n, 128, (128, 192), (32, 96), 64)
    n.pool(3, 2, ceil=1)
    inception(n, 192, (96, 208), (16, 48), 64)
    inception(n, 160, (112, 224), (24, 64), 64)
    inception(n, 128, (128, 256), (24, 64), 64)
    inception(n, 112, (144, 288), (32, 64), 64)
    inception(n, 256, (160, 320), (32, 128), 128)
    n.pool(3, 2, ceil=1)
    inception(n, 256, (160, 320), (32, 128), 128)
    inception(n, 384, (192, 384), (48, 128), 128)
    n.average()
    n.fc(1024, 1000)
    n.write(224)


def mobilenetv2(n):
    n.conv(32, 3, 2, 1)
    for widen, width, blocks, stride in ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2),
                                         (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)):
        for i in range(blocks):
            x, s = n.last, stride if i == 0 else 1
            wide = n.channels[x] * widen
            if widen > 1:
                n.conv(wide, 1)
            n.conv(wide, 3, s, 1, group=wide)
            y = n.conv(width, 1, act=None)
            if i:
                n.add(x, y)
    n.conv(1280, 1)
    n.average()
    n.fc(1280, 1000)
    n.write(224)


NETWORKS = {
    "alexnet": alexnet,
    "vgg16": vgg16,
    "resnet50_v1": lambda n: resnet50(n, True, False),
    "resnet50_v1.5": lambda n: resnet50(n, False, True),
    "googlenet": googlenet,
    "mobilenetv2": mobilenetv2,
}

if __name__ == "__main__":
    if len(sys.argv) == 2:
        NETWORKS[sys.argv[1]](Net())
    else:
        print(*NETWORKS)
