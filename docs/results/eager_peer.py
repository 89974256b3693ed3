#!/usr/bin/env python3
"""The weights of a model file in plain eager PyTorch, float32: what firstframe is measured against.

    apt-get install python3-torch python3-pil
    docs/results/eager_peer.py MODEL.safetensors DEGRADED RESTORED.tiff [STRIDE]

Restores one grey picture with a residual or rnn model, writes it as float32 TIFF, and prints the milliseconds of the best of
several runs with PyTorch's default threads and with one on every core. Written from the definitions in docs/restorers.md alone; the frame is
reflected at its edges as the command does it.
"""
import json
import os
import struct
import sys
import time

import numpy
import torch
import torch.nn.functional as F
from PIL import Image


def load(path):
    data = open(path, "rb").read()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    weights = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        values = numpy.frombuffer(data[8 + size + begin:8 + size + end], dtype=numpy.float32).copy()
        weights[name] = torch.from_numpy(values).reshape(entry["shape"])
    return weights


def residual(w, y):
    blocks = sum(name.startswith("body") and name.endswith("weight") for name in w) // 2
    inside = w["tail.weight"].shape[0]
    u = int(inside ** 0.5)
    halo = (u * (2 + 2 * blocks) + (w["filters"].shape[2] // 2 if "filters" in w else 0) + u - 1) // u * u
    frame = F.pad(y, (halo,) * 4, mode="reflect")
    seen = frame
    if "filters" in w:
        seen = torch.cat([frame, F.conv2d(frame, w["filters"], padding=w["filters"].shape[2] // 2) - frame], 1)

    def conv(name, x):
        return F.conv2d(x, w[name + ".weight"], w[name + ".bias"], padding=1)

    x = torch.relu(conv("head", F.pixel_unshuffle(seen, u) if u > 1 else seen))
    for i in range(blocks):
        x = x + conv(f"body.{2 * i + 1}", torch.relu(conv(f"body.{2 * i}", x)))
    change = conv("tail", torch.relu(x))
    change = F.pixel_shuffle(change, u) if u > 1 else change
    return (frame + change)[:, :, halo:-halo, halo:-halo]


def rnn(w, y, stride):
    patch = w["weight_in"].shape[1]
    rows, cols = y.shape[2:]
    first = (patch - 1) // stride * stride
    up = lambda n: (n + stride - 1) // stride * stride
    tall, wide = up(rows) + first + patch - stride, up(cols) + first + patch - stride
    frame = F.pad(y, (first, wide - cols - first, first, tall - rows - first), mode="reflect")
    patches = F.unfold(frame, patch, stride=stride)[0].t().reshape(-1, patch, patch)
    steps = patches - patches.mean((1, 2), keepdim=True)
    state, read = None, []
    for t in range(patch):
        driven = steps[:, t] @ w["weight_in"].t() + w["bias"]
        state = torch.relu(driven if state is None else driven + state @ w["weight_rec"].t())
        read.append(state @ w["weight_out"].t() + w["bias_out"])
    restored = patches + torch.stack(read, 1)
    at = (torch.arange(patch) - (patch - 1) / 2) / (patch / 4)
    line = torch.exp(-at * at / 2)
    window = torch.outer(line, line).reshape(-1, 1)
    fold = lambda v: F.fold(v.t().reshape(1, patch * patch, -1), (tall, wide), patch, stride=stride)
    summed = fold(restored.reshape(len(restored), -1) * window.t())
    weight = fold(window.t().expand(len(restored), -1))
    return (summed / weight)[:, :, first:first + rows, first:first + cols]


def milliseconds(run, budget=4.0):
    best, spent = 1e9, 0.0
    while spent < budget:
        begin = time.perf_counter()
        run()
        took = time.perf_counter() - begin
        best, spent = min(best, took), spent + took
    return best * 1e3


def main():
    model, degraded, restored = sys.argv[1:4]
    weights = load(model)
    y = torch.from_numpy(numpy.array(Image.open(degraded).convert("L"), dtype=numpy.float32) / 255)[None, None]
    if "head.weight" in weights:
        run = lambda: residual(weights, y)
    else:
        stride = int(sys.argv[4]) if len(sys.argv) > 4 else max(1, weights["weight_in"].shape[1] // 3)
        run = lambda: rnn(weights, y, stride)
    with torch.inference_mode():
        Image.fromarray(run()[0, 0].numpy()).save(restored)
        print(f"{model}: {tuple(y.shape[2:])}, {milliseconds(run):.1f} ms with PyTorch's default of {torch.get_num_threads()}", end="")
        torch.set_num_threads(os.cpu_count())
        print(f", {milliseconds(run):.1f} ms with {os.cpu_count()} threads")


if __name__ == "__main__":
    main()
