# SPDX-License-Identifier: MIT
"""Writes small ONNX models and data sets: as much of protobuf as that takes."""
import os
import struct

FLOAT, UINT8, INT8, INT16, INT32, INT64, BOOL = 1, 2, 3, 5, 6, 7, 9
PACK = {FLOAT: "f", UINT8: "B", INT8: "b", INT16: "h", INT32: "i", INT64: "q", BOOL: "?"}


def varint(n):
    n &= 2**64 - 1
    out = b""
    while n > 127:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + bytes([n])


def number(field, n):
    return varint(field << 3) + varint(n)


def block(field, data):
    data = data.encode() if isinstance(data, str) else data
    return varint(field << 3 | 2) + varint(len(data)) + data


def tensor(name, dtype, dims, values):
    raw = struct.pack(f"<{len(values)}{PACK[dtype]}", *values)
    return b"".join(number(1, d) for d in dims) + number(2, dtype) + block(8, name) + block(9, raw)


def attribute(name, v):
    out = block(1, name)
    if isinstance(v, int):
        return out + number(3, v) + number(20, 2)
    if isinstance(v, bytes):
        return out + block(6, v) + number(20, 5)
    if isinstance(v, str):
        return out + block(4, v) + number(20, 3)
    if isinstance(v[0], str):
        return out + b"".join(block(9, s) for s in v) + number(20, 8)
    return out + b"".join(number(8, i) for i in v) + number(20, 7)


def node(op, name, inputs, outputs, attrs):
    return (b"".join(block(1, i) for i in inputs) + b"".join(block(2, i) for i in outputs) +
            block(3, name) + block(4, op) + b"".join(block(5, attribute(*a)) for a in attrs.items()))


def value_info(name, dtype, dims):
    """dims may be None: the model does not say them."""
    shape = b"" if dims is None else block(2, b"".join(block(1, number(1, d)) for d in dims))
    return block(1, name) + block(2, block(1, number(1, dtype) + shape))


def graph(nodes, constants, inputs, outputs):
    """Lists of what the functions above return; inputs and outputs are value_infos."""
    return (b"".join(block(1, n) for n in nodes) + block(2, "g") +
            b"".join(block(5, c) for c in constants) + b"".join(block(11, i) for i in inputs) +
            b"".join(block(12, o) for o in outputs))


def model(main):
    return number(1, 8) + block(7, main) + block(8, block(1, "") + number(2, 13))


def write(path, data):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "wb") as f:
        f.write(data)
