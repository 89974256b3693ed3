# What a user would write in Python: the same network and weights, eager PyTorch in float32, on a whole frame.
#   eager_peer.py MODEL.safetensors FRAME.f32 ROWS COLS THREADS SECONDS RESTORED.f32
# FRAME and RESTORED: float32, 0..1, row by row. THREADS 0: PyTorch's own choice. Patch models run at stride 1.
# Prints one JSON object: threads, median_ms, p99_ms, runs.
import json, struct, sys, time

import numpy as np
import torch
import torch.nn.functional as F


def read_model(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    info = json.loads(header.pop("__metadata__")["firstframe"])
    weights = {}
    for name, entry in header.items():
        first, last = entry["data_offsets"]
        values = np.frombuffer(data[first:last], dtype=np.float32).copy()
        weights[name] = torch.from_numpy(values).reshape(entry["shape"])
    return info, weights


def conv(x, w, name):
    weight = w[name + ".weight"]
    return F.conv2d(x, weight, w[name + ".bias"], padding=weight.shape[2] // 2)


def residual(frame, w, shape):
    seen = frame
    if "filters" in w:
        seen = torch.cat([frame, F.conv2d(frame, w["filters"], padding=w["filters"].shape[2] // 2) - frame], 1)
    side = shape["unshuffle"]
    x = F.relu(conv(F.pixel_unshuffle(seen, side), w, "head"))
    for block in range(shape["blocks"]):
        x = x + conv(F.relu(conv(x, w, f"body.{2 * block}")), w, f"body.{2 * block + 1}")
    return frame + F.pixel_shuffle(conv(F.relu(x), w, "tail"), side)


def unet(frame, w, shape):
    levels, x = [], frame
    for level in range(4):
        x = F.relu(conv(x, w, f"down.{level}"))
        levels.append(x)
    for i in range(3):
        x = F.relu(conv(torch.cat([x, levels[2 - i]], 1), w, f"up.{i}"))
    return frame + conv(x, w, "out")


def rnn(frame, w, shape):
    patch = shape["patch"]
    line = torch.exp(-(((torch.arange(patch) - (patch - 1) / 2) / (patch / 4)) ** 2) / 2)
    window = torch.outer(line, line).reshape(1, patch * patch, 1)
    total = torch.zeros_like(frame)
    weight = torch.zeros_like(frame)
    rows = 64  # of patch corners at a time, so that memory stays bounded
    for top in range(0, frame.shape[2] - patch + 1, rows):
        strip = frame[:, :, top:top + rows + patch - 1]
        patches = F.unfold(strip, patch)[0].t()
        steps = patches.reshape(-1, patch, patch)
        mean = steps.mean((1, 2), keepdim=True)
        change = w["bias_out"].expand(len(steps), patch, patch)
        for suffix, upward in (("", shape.get("up", 0) == 1 and shape.get("down", 1) == 0), ("_up", True)):
            if "weight_in" + suffix not in w:
                continue
            state, states = None, []
            order = range(patch - 1, -1, -1) if upward else range(patch)
            for t in order:
                driven = F.linear(steps[:, t] - mean[:, 0], w["weight_in" + suffix], w["bias" + suffix])
                state = F.relu(driven if state is None else driven + F.linear(state, w["weight_rec" + suffix]))
                states.append(state)
            if upward:
                states.reverse()
            change = change + F.linear(torch.stack(states, 1), w["weight_out" + suffix])
        values = (steps + change).reshape(1, -1, patch * patch).transpose(1, 2) * window
        total[:, :, top:top + strip.shape[2]] += F.fold(values, strip.shape[2:], patch)
        weight[:, :, top:top + strip.shape[2]] += F.fold(window.expand_as(values), strip.shape[2:], patch)
    return total / weight


def halo_of(name, shape, w):
    if name == "residual":
        return shape["unshuffle"] * (2 + 2 * shape["blocks"]) + (w["filters"].shape[2] // 2 + 1 if "filters" in w else 0)
    return 8 if name.startswith("unet") else shape["patch"] - 1


def main():
    path, frame_file, rows, cols, threads, seconds, out = sys.argv[1:]
    info, weights = read_model(path)
    if int(threads) > 0:
        torch.set_num_threads(int(threads))
    name, shape = info["restorer"], info["shape"]
    network = {"residual": residual, "rnn": rnn, "unet": unet}[name.split("-")[0]]
    side = shape.get("unshuffle", 1)
    halo = -(-halo_of(name, shape, weights) // side) * side
    mode = {"reflect": "reflect", "circular": "circular", "replicate": "replicate"}[info["border"]]
    frame = torch.from_numpy(np.fromfile(frame_file, np.float32)).reshape(1, 1, int(rows), int(cols))
    with torch.inference_mode():

        def restore():
            extended = F.pad(frame, [halo, halo + int(cols) % side, halo, halo + int(rows) % side], mode=mode)
            return network(extended, weights, shape)[:, :, halo:halo + int(rows), halo:halo + int(cols)]

        restored, times, start = restore(), [], time.perf_counter()
        while len(times) < 3 or time.perf_counter() - start < float(seconds):
            before = time.perf_counter()
            restored = restore()
            times.append(1000 * (time.perf_counter() - before))
    restored.contiguous().numpy().tofile(out)
    times.sort()
    print(json.dumps({"threads": torch.get_num_threads(), "median_ms": times[len(times) // 2],
                      "p99_ms": times[round(0.99 * (len(times) - 1))], "runs": len(times)}))


main()
