"""`bench fp --passage` with SciPy: the mean time to the disc of radius 0.2 around (1, 0) in Example 19 on n x n cells, by sparse LU. Argument: n."""
import sys
import time

import numpy as np
import scipy.sparse as sparse
import scipy.sparse.linalg as linalg

n = int(sys.argv[1])
h = 6.0 / n
centre = -3.0 + h * (np.arange(n) + 0.5)
x, y = np.meshgrid(centre, centre, indexing="ij")


def drift(x, y):
    swirl = 1.5 * np.exp((x * x - 1) ** 2 / 4 + y * y / 2 - (x * x + y * y) ** 2 / 4)
    return -swirl * y - x * (x * x - 1), swirl * x - y


def bernoulli(w):
    return np.where(np.abs(w) < 1e-8, 1 - w / 2, w / np.expm1(np.where(np.abs(w) < 1e-8, 1, w)))


begin = time.time()
cell = np.arange(n * n).reshape(n, n)
low, high, w = [], [], []
for axis in (0, 1):
    a = (slice(None, -1), slice(None)) if axis == 0 else (slice(None), slice(None, -1))
    b = (slice(1, None), slice(None)) if axis == 0 else (slice(None), slice(1, None))
    along = drift((x[a] + x[b]) / 2, (y[a] + y[b]) / 2)[axis]
    low.append(cell[a].ravel())
    high.append(cell[b].ravel())
    w.append((along * h).ravel())
low, high, w = map(np.concatenate, (low, high, w))
source = np.concatenate([low, high])
target = np.concatenate([high, low])
w = np.concatenate([w, -w])
rate = bernoulli(-w) / h**2
hit = (np.hypot(x - 1, y) < 0.2).ravel()
# A hit is that of the face, half a cell away.
rate[hit[target]] = 2 * bernoulli(-w[hit[target]] / 2) / h**2
outflow = np.bincount(source, rate, n * n)
inner = ~hit[source] & ~hit[target]
number = np.cumsum(~hit) - 1
m = int((~hit).sum())
backward = sparse.csc_matrix(
    (np.concatenate([outflow[~hit], -rate[inner]]),
     (np.concatenate([np.arange(m), number[source[inner]]]), np.concatenate([np.arange(m), number[target[inner]]]))),
    shape=(m, m))
built = time.time()
tau = linalg.splu(backward, permc_spec="MMD_AT_PLUS_A").solve(np.ones(m))
left = number[cell[int(2 / h), int(3 / h)]]
print(f"{n * n} cells: build {built - begin:.3f} s, mean time to the disc in {time.time() - built:.3f} s;"
      f" from the cell around (-1, 0) {tau[left]:.10g}")
