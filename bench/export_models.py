#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Exports the networks of the speed table as ONNX, each with an input and PyTorch's own output.

  /usr/bin/python3 bench/export_models.py OUT_DIR [NAME ...]      (--list names them)

Needs Debian's python3-torch and python3-torchvision, which nothing else here does.  OUT_DIR/NAME
gets model.onnx and test_data_set_0/{input_0,output_0}.pb, the layout that vs_ort.py and `dnncc build
--data` read.  The weights are random, from a fixed seed: speed does not depend on them.  They are
scaled so that values neither die out nor overflow on their way through a deep network, or the
comparison with output_0.pb would show nothing.
"""
import argparse
import os
import struct
import sys

import torch
import torchvision
from torch import nn

IMAGE = (1, 3, 224, 224)


class Lstm(nn.Module):
    """Two layers of 128 cells over 64 steps, and a classifier on the last step."""

    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(64, 128, 2)
        self.head = nn.Linear(128, 10)

    def forward(self, x):
        steps, _ = self.lstm(x)
        return self.head(steps[-1])


class EncoderLayer(nn.Module):
    """A transformer's encoder layer, normalised after each sum."""

    def __init__(self, width, heads, hidden):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.up, self.down = nn.Linear(width, hidden), nn.Linear(hidden, width)
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)

    def split(self, x):
        batch, steps, width = x.shape
        return x.reshape(batch, steps, self.heads, width // self.heads).transpose(1, 2)

    def forward(self, x):
        q, k, v = self.split(self.query(x)), self.split(self.key(x)), self.split(self.value(x))
        weights = torch.softmax(q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5, -1)
        mixed = (weights @ v).transpose(1, 2).reshape(x.shape)
        x = self.norm1(x + self.out(mixed))
        return self.norm2(x + self.down(nn.functional.gelu(self.up(x))))


def two_convs(inputs, outputs):
    layers = []
    for channels in (inputs, outputs):
        layers += [nn.Conv2d(channels, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]
    return nn.Sequential(*layers)


class UNet(nn.Module):
    """Four levels down and up again; the last step up is bilinear, the others are learnt."""

    def __init__(self, width):
        super().__init__()
        w = [width << level for level in range(5)]
        self.down = nn.ModuleList(two_convs(a, b) for a, b in zip([3] + w, w))
        self.up = nn.ModuleList(nn.ConvTranspose2d(w[i], w[i - 1], 2, 2) for i in (4, 3, 2))
        self.merge = nn.ModuleList(two_convs(2 * w[i], w[i]) for i in (3, 2, 1))
        self.last = two_convs(w[1] + w[0], w[0])
        self.head = nn.Conv2d(w[0], 4, 1)

    def forward(self, x):
        kept = []
        for i, block in enumerate(self.down):
            x = block(x if i == 0 else nn.functional.max_pool2d(x, 2))
            kept.append(x)
        for up, merge, skip in zip(self.up, self.merge, kept[3:0:-1]):
            x = merge(torch.cat([up(x), skip], 1))
        x = nn.functional.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)
        return self.head(self.last(torch.cat([x, kept[0]], 1)))


def encoder():
    return nn.Sequential(*(EncoderLayer(256, 4, 1024) for _ in range(4)))


def googlenet():
    return torchvision.models.googlenet(weights=None, aux_logits=False, transform_input=False, init_weights=False)


def vision(name):
    return lambda: getattr(torchvision.models, name)(weights=None)


NETWORKS = {name: (vision(name), IMAGE) for name in (
    "mobilenet_v2", "mobilenet_v3_small", "efficientnet_b0", "regnet_y_400mf", "shufflenet_v2_x1_0", "vgg11",
    "convnext_tiny", "densenet121", "resnet18", "resnet50", "squeezenet1_1", "vit_b_16")}
NETWORKS |= {"googlenet": (googlenet, IMAGE), "unet16": (lambda: UNet(16), IMAGE),
             "encoder4x256": (encoder, (1, 128, 256)), "lstm2x128": (Lstm, (64, 1, 64))}


def prepare(build):
    torch.manual_seed(0)
    net = build().eval()
    for m in net.modules():
        if isinstance(m, nn.BatchNorm2d):  # as after training, not the identity
            m.running_mean.normal_(0, 0.1)
            m.running_var.uniform_(0.5, 1.5)
            nn.init.uniform_(m.weight, 0.5, 1.5)
            nn.init.normal_(m.bias, 0, 0.1)
        if isinstance(m, nn.Linear) and not m.weight.any():
            nn.init.normal_(m.weight, 0, 0.02)
        if isinstance(m, nn.MultiheadAttention):
            m.training = True  # its fast path has no ONNX form; without dropout both compute the same
    return net


# ---- TensorProto -----------------------------------------------------------------------------------


def varint(n):
    out = b""
    while n > 127:
        out, n = out + bytes([n & 127 | 128]), n >> 7
    return out + bytes([n])


def tensor_proto(t):
    """A float tensor: dims (1), data_type (2) = FLOAT, raw_data (9)."""
    raw = struct.pack(f"<{t.numel()}f", *t.flatten().tolist())
    dims = b"".join(b"\x08" + varint(d) for d in t.shape)
    return dims + b"\x10\x01" + b"\x4a" + varint(len(raw)) + raw


def write(path, data):
    with open(path, "wb") as f:
        f.write(data)


def export(name, top):
    build, shape = NETWORKS[name]
    net, x = prepare(build), torch.randn(*shape)
    folder = os.path.join(top, name)
    data = os.path.join(folder, "test_data_set_0")
    os.makedirs(data, exist_ok=True)
    with torch.no_grad():
        y = net(x)
        torch.onnx.export(net, x, os.path.join(folder, "model.onnx"), opset_version=14, input_names=["x"],
                          output_names=["y"], do_constant_folding=True, training=torch.onnx.TrainingMode.PRESERVE)
    write(os.path.join(data, "input_0.pb"), tensor_proto(x))
    write(os.path.join(data, "output_0.pb"), tensor_proto(y))
    print(f"{name}: {os.path.getsize(os.path.join(folder, 'model.onnx')) / 1e6:.1f} MB, "
          f"largest output {y.abs().max():.3g}", flush=True)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--list", action="store_true")
    ap.add_argument("out", nargs="?")
    ap.add_argument("names", nargs="*")
    opt = ap.parse_args()
    if opt.list or not opt.out:
        print("\n".join(NETWORKS))
        return 0 if opt.list else 2
    for name in opt.names or NETWORKS:
        if name not in NETWORKS:
            sys.exit(f"export_models: there is no network '{name}'; --list names them")
        export(name, opt.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
