"""Trains the networks of `bench networks` with PyTorch, and prints samples per second. Argument: number of threads."""
import sys
import time

import torch
from torch import nn

SECONDS = 3.0
BATCH = 128


def dense(inputs, hidden, classes):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.BatchNorm1d(hidden), nn.ReLU(), nn.Linear(hidden, classes))


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 8, 5), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(3), nn.Dropout(0.1),
        nn.Conv2d(8, 16, 5), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.1),
        nn.Flatten(), nn.Linear(64, 128), nn.BatchNorm1d(128), nn.ReLU(), nn.Dropout(0.1), nn.Linear(128, 10))


def allcnn():
    layers, before = [], 3
    for channels, stride in [(12, 1), (12, 1), (12, 2), (24, 1), (24, 1), (24, 2), (24, 1), (24, 1)]:
        layers += [nn.Conv2d(before, channels, 3, stride, 1), nn.BatchNorm2d(channels), nn.ReLU()]
        before = channels
    layers += [nn.Conv2d(24, 10, 1), nn.BatchNorm2d(10), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten()]
    return nn.Sequential(*layers)


def rate(network, shape, samples, classes):
    inputs = torch.randn(samples, *shape)
    labels = torch.arange(samples) % classes
    optimiser = torch.optim.SGD(network.parameters(), lr=1e-3, momentum=0.9, nesterov=True)
    loss = nn.CrossEntropyLoss()
    network.train()

    def epoch():
        order = torch.randperm(samples)
        for start in range(0, samples, BATCH):
            chosen = order[start:start + BATCH]
            optimiser.zero_grad()
            loss(network(inputs[chosen]), labels[chosen]).backward()
            optimiser.step()

    epoch()
    begin, rounds = time.time(), 0
    while time.time() - begin < SECONDS:
        epoch()
        rounds += 1
    return rounds * samples / (time.time() - begin)


torch.set_num_threads(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
for name, network, shape, samples, classes in [
        ("tiny-fc", dense(49, 16, 5), (49,), 30_596, 5),
        ("small-fc", dense(49, 64, 10), (49,), 60_000, 10),
        ("small-lenet", lenet(), (1, 28, 28), 6_000, 10),
        ("small-allcnn", allcnn(), (3, 32, 32), 1_000, 10)]:
    weights = sum(p.numel() for p in network.parameters())
    print(f"{name:14s} {weights:8d} {rate(network, shape, samples, classes):12.0f} samples/s", flush=True)
