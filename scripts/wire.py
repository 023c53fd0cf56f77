# SPDX-License-Identifier: MIT
"""Protobuf's wire format, as much as the project's scripts need to look into ONNX files.

A message is a row of fields: a key (number << 3 | wire type) and a body, whose end the wire type
tells.  Damaged bytes end in an IndexError.
"""


def varint(data, at):
    """The number that begins at data[at], 7 bits a byte, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def varints(data):
    """The signed numbers of a packed body, or of one that stands alone."""
    at = 0
    while at < len(data):
        value, at = varint(data, at)
        yield value - (value >> 63 << 64)


def fields(data):
    """(number, body) of each field of a message."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        end = at + {1: 8, 5: 4}.get(key & 7, 0)
        if key & 7 == 0:
            _, end = varint(data, at)
        elif key & 7 == 2:
            size, at = varint(data, at)
            end = at + size
        yield key >> 3, data[at:end]
        at = end
