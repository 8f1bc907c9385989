"""The steady state of `bench fp` by SciPy's sparse LU, and how often as long it takes. Arguments: numbers of cells along an axis, and the jar.

Exponential fluxes between the N×N cells of [-3, 3]², inverse iteration from the uniform law. At 1024 it takes 4 GB.
"""
import re
import subprocess
import sys
import time

import numpy as np
import scipy.sparse as sparse
import scipy.sparse.linalg as linalg

LAMBDA = 1.5
SIDE = 6.0


def drift(x, y):
    """b of DoubleWell: j − ∇Φ with j = λe^(Φ − r⁴/4)(−y, x)."""
    swirl = LAMBDA * np.exp((x**2 - 1) ** 2 / 4 + y**2 / 2 - (x**2 + y**2) ** 2 / 4)
    return -swirl * y - x * (x**2 - 1), swirl * x - y


def bernoulli(z):
    small = np.abs(z) < 1e-4
    z = np.where(small, 1e-4, z), np.where(small, z, 0.0)
    return np.where(small, 1 - z[1] / 2 + z[1] ** 2 / 12, z[0] / np.expm1(z[0]))


def generator(n):
    h = SIDE / n
    centres = h * (np.arange(n) + 0.5) - SIDE / 2
    edges = h * np.arange(1, n) - SIDE / 2
    number = np.arange(n * n).reshape(n, n)
    first = drift(edges[:, None], centres[None, :])[0] * h
    second = drift(centres[:, None], edges[None, :])[1] * h
    rows, columns, rates = [], [], []
    for w, below, above in ((first, number[:-1], number[1:]), (second, number[:, :-1], number[:, 1:])):
        rows += [above.ravel(), below.ravel()]
        columns += [below.ravel(), above.ravel()]
        rates += [bernoulli(-w).ravel() / h**2, bernoulli(w).ravel() / h**2]
    a = sparse.coo_matrix(
        (np.concatenate(rates), (np.concatenate(rows), np.concatenate(columns))), shape=(n * n, n * n)
    ).tocsc()
    return a - sparse.diags(np.asarray(a.sum(axis=0)).ravel(), format="csc"), centres


def steady(a):
    factors = linalg.splu((1e-9 * sparse.identity(a.shape[0], format="csc") - a).tocsc())
    p = np.ones(a.shape[0])
    for _ in range(3):
        p = factors.solve(p)
        p /= p.sum()
    return p


def ours(jar, n):
    """Seconds of the first build and solution, and of the best ones."""
    line = subprocess.run(
        ["java", "-jar", jar, "bench", "fp", "--cells", str(n), "--lambda", str(LAMBDA)],
        check=True, capture_output=True, text=True,
    ).stdout
    first, second = re.findall(r"build ([0-9.]+) s, solve ([0-9.]+) s", line)
    return sum(map(float, first)), sum(map(float, second))


for n in map(int, sys.argv[1:-1]):
    begin = time.time()
    a, centres = generator(n)
    build = time.time() - begin
    p = steady(a)
    both = time.time() - begin
    exact = np.exp(-((centres[:, None] ** 2 - 1) ** 2) / 4 - centres[None, :] ** 2 / 2).ravel()
    error = np.abs(p - exact / exact.sum()).sum()
    del a, p
    first, best = ours(sys.argv[-1], n)
    print(
        f"{n} x {n}: LU {both:.2f} s ({build:.2f} s to build, L1 error {error:.2e}); here the first {first:.2f} s, the best"
        f" {best:.2f} s: {both / first:.1f} and {both / best:.1f} times as fast",
        flush=True,
    )
