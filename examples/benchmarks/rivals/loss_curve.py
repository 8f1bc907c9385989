"""Trains tiny-fc on the digits 0 to 4 of MNIST with PyTorch and with Langevin4j, several seeds of each in one run, and compares the mean loss of each epoch.

Arguments: DATA (a folder with mnist), JAR, epochs (6), seeds (20), threads of PyTorch (1).
"""
import gzip
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import numpy as np
import torch
from torch import nn

RATE, BATCH = 0.05, 128
data, jar = pathlib.Path(sys.argv[1]), sys.argv[2]
epochs, seeds, threads = [int(sys.argv[k]) if len(sys.argv) > k else usual for k, usual in [(3, 6), (4, 20), (5, 1)]]
torch.set_num_threads(threads)


def read(name, header):
    return np.frombuffer(gzip.open(data / "mnist" / name).read(), np.uint8, offset=header)


def digits():
    labels = read("train-labels-idx1-ubyte.gz", 8)
    images = read("train-images-idx3-ubyte.gz", 16).reshape(-1, 7, 4, 7, 4).mean((2, 4)).reshape(-1, 49)[labels < 5]
    images = (images - images.mean()) / images.std()
    return torch.tensor(images, dtype=torch.float32), torch.tensor(labels[labels < 5].astype(np.int64))


def pytorch(inputs, labels, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(49, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Linear(16, 5))
    optimiser = torch.optim.SGD(network.parameters(), lr=RATE, momentum=0.9, nesterov=True)
    criterion, losses = nn.CrossEntropyLoss(), []
    for _ in range(epochs):
        order, total = torch.randperm(len(labels)), 0.0
        for chosen in order.split(BATCH):
            optimiser.zero_grad()
            loss = criterion(network(inputs[chosen]), labels[chosen])
            loss.backward()
            optimiser.step()
            total += loss.item() * len(chosen)
        losses.append(total / len(labels))
    return losses


def langevin4j(seed):
    with tempfile.TemporaryDirectory() as out:
        command = ["java", "-jar", jar, "train", "--network", "tiny-fc", "--data", str(data), "--epochs", str(epochs),
                   "--rate", str(RATE), "--batch", str(BATCH), "--seed", str(seed), "--out", out]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [float(loss) for loss in re.findall(r"epoch \d+: loss (\S+)", printed)]


inputs, labels = digits()
began = time.time()
theirs = np.array([pytorch(inputs, labels, seed) for seed in range(seeds)])
between = time.time()
ours = np.array([langevin4j(1 + seed) for seed in range(seeds)])
print(f"{len(labels)} samples, {seeds} seeds; seconds, with start and reading: "
      f"PyTorch {between - began:.1f}, Langevin4j {time.time() - between:.1f}")
print("epoch  PyTorch (deviation of seeds)  Langevin4j (deviation)  difference over its error")
for k in range(epochs):
    a, b = theirs[:, k], ours[:, k]
    error = np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / seeds)
    print(f"{k + 1:5d}  {a.mean():.5f} ({a.std(ddof=1):.5f})  {b.mean():.5f} ({b.std(ddof=1):.5f})  {(b.mean() - a.mean()) / error:+.2f}")
