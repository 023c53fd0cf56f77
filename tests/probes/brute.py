#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""brute.py DNNCC TARGET NET [OPTION...]: what the instruments say of a small net, against brute force.

Everything is computed here by the definitions of ONNX's operators, one multiplication at a time, on
small whole numbers, of which any order of sums gives the same. A layer of the profile is found by the
names of its nodes: its input is that of the first one, its output that of the last.
"""
import json
import math
import subprocess
import sys

from bits import check, check_bits, check_terms, check_uniform, check_work
from nets import NETS, SETS, Net
from operators import INTEGER, PRODUCTS, RECURRENT


class Layer:
    """A layer of the profile, and what it computes."""

    def __init__(self, net, l):
        self.l, self.nodes = l, [net.known[n] for n in l["nodes"] if n in net.known]
        self.nodes.sort(key=list(net.known.values()).index)
        self.product = next((n for n in self.nodes if n.op in PRODUCTS), None)
        first = self.product or self.nodes[0]
        self.input = next(i for i in first.inputs if i not in net.constants)
        self.output = self.nodes[-1].name

    def axes(self, dims, side="input"):
        """Which axes are images, channels and steps."""
        if self.product and self.product.op in RECURRENT:
            return (2, 3, 0) if len(dims) == 4 else (1, 2, 0 if side == "input" else None)
        if len(dims) == 3 and self.product and "MatMul" in self.product.op:
            return 0, 2, None
        return 0, 1, None


def share(t, axis, i):
    of = [t.at(*p) for p in t.places() if axis is None or p[axis] == i]
    return sum(v == 0 for v in of), len(of)


def check_zeros(layer, side, name, runs, near):
    """Turns of a loop count for the images of their data set."""
    z, sets = layer.l["sparsity"][side], [made.get(name, []) for made in runs]
    ts, what = [t for s in sets for t in s], f"{layer.l['name']} {side}"
    image, channel, step = layer.axes(ts[0].dims, side)
    check(what + " elements", z["elements"], sum(len(t.v) for t in ts))
    check(what + " zeros", z["zeros"], sum(share(t, None, 0)[0] for t in ts))
    check(what + " near", z.get("near_zeros"), sum(abs(v) <= near for t in ts for v in t.v) if near else None)

    def ratios(axis, tensors):
        pairs = [[share(t, axis, i) for t in tensors] for i in range(ts[0].dims[axis])]
        return [float("%.9g" % (sum(p[0] for p in s) / max(sum(p[1] for p in s), 1))) for s in pairs]

    check(what + " images", z["images"], [r for s in sets for r in ratios(image, s)])
    over, mean = z["over_images"], sum(z["images"]) / len(z["images"])
    check(what + " over images", [over["least"], over["most"]], [min(z["images"]), max(z["images"])])
    check(what + " histogram", over["histogram"], [sum(min(int(20 * v), 19) == i for v in z["images"]) for i in range(20)])
    spread = math.sqrt(sum((v - mean)**2 for v in z["images"]) / len(z["images"]))
    check(what + " spread", abs(over["mean"] - mean) + abs(over["deviation"] - spread) < 1e-8, True)
    check(what + " channels", z["channels"], ratios(channel, ts))
    if step is not None and ts[0].dims[step] > 1:
        check(what + " steps", z["steps"], ratios(step, ts))


def count_macs(net, node, swapped):
    """all, activation, weight, both, padding, over all data sets; the same of each step."""
    steps = {}

    def visitor(tensors, current):
        def visit(a, w, total, term):
            n = steps.setdefault(total[0] if node.op in ("LSTM", "GRU", "RNN") else 0, [0] * 5)
            n[0] += 1
            if a is None:
                n[4] += 1
                return
            weights = tensors[3 if node.op.startswith("QLinear") else 1].v
            za = a[1] == 0 if isinstance(a, tuple) else tensors[0].v[a] == node.zero(0)
            zw = tensors[2].v[w[1]] == 0 if isinstance(w, tuple) else weights[w] == node.zero(1)
            n[1] += zw if swapped else za
            n[2] += za if swapped else zw
            n[3] += za and zw
        return visit

    for k in range(SETS):
        net.visit(k, node, visitor)
    return [sum(n) for n in zip(*steps.values())], [steps[t] for t in sorted(steps)]


def check_macs(net, layers):
    """Of phases only what lies outside padding is that of the definition."""
    product = layers[0].product
    if not product or any(not l.l["macs"] for l in layers):
        return
    want, steps = count_macs(net, product, product.inputs[0] in net.constants)
    got = [sum(l.l["zero_macs"][key] for l in layers) for key in ("all", "activation", "weight", "both", "padding")]
    if product.op == "ConvTranspose":
        for counts in got, want:
            counts[0] -= counts[4]
            counts[4] = 0
    check(product.name + " multiplications", got, want)
    if len(steps) > 1:
        check(product.name + " multiplications by step", [list(t.values()) for t in layers[0].l["zero_macs"]["steps"]], steps)
    turns = sum(len(net.run(k).made.get(product.name, [])) for k in range(SETS))
    check(product.name + " macs", sum(l.l["zero_macs"]["all"] for l in layers), turns * sum(l.l["macs"] for l in layers))


def check_parts(layers, name, runs):
    """The phases of a transposed convolution make its output together."""
    parts, ts = [l.l["sparsity"]["output"] for l in layers], [t for made in runs for t in made[name]]
    for key, want in ("elements", sum(len(t.v) for t in ts)), ("zeros", sum(v == 0 for t in ts for v in t.v)):
        check(f"{name} {key} of phases", sum(p[key] for p in parts), want)


def check_net(net, profile, near, bits, group):
    layers = [Layer(net, l) for l in profile["layers"] if l["nodes"] and l["op"] != "Copy"]
    every = [net.run(k).made for k in range(SETS)]
    seen = set()
    for layer in layers:
        phases = [l for l in layers if l.product is layer.product] if layer.product else [layer]
        runs = [made if layer.output in made else {} for made in every]  # in which its branch was taken
        only_converts = len(phases) > 1 and layer.product.op != "ConvTranspose" and not layer.l["macs"]
        if len(phases) > 1 and layer.product.op != "ConvTranspose":
            phases = [l for l in phases if l.l["macs"]]
        elif "sparsity" in layer.l:
            check_zeros(layer, "input", layer.input, runs, near)
            if len(phases) > 1:
                check_parts(phases, layer.output, runs)
            else:
                check_zeros(layer, "output", layer.output, runs, near)
        if "bits" in layer.l and not only_converts:
            check_bits(net, layer, runs, bits, group)
        if "work" in layer.l.get("bits", {}) and len(phases) == 1 and not only_converts:
            check_work(net, layer, bits, group)
            if net.name == "uniform":
                check_uniform(layer)
        if layer is phases[0] and any("zero_macs" in l.l for l in layers):
            check_macs(net, phases)
        seen |= {n.name for n in layer.nodes}
    missing = [n.name for n in net.known.values() if n.name not in seen and n.op in PRODUCTS]
    check("layers without a product", missing, [])
    return len(layers)


def main():
    dnncc, target, name, *options = sys.argv[1:]
    net = Net(name)
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
