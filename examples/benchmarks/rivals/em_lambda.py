"""The drift of the first rows of `bench ensembles` with Numba on one thread, compiled before the clock starts: ns a coordinate-step."""
import math
import time

import numba
import numpy as np


@numba.njit(fastmath=True)
def run(paths, steps, h, lam):
    root = math.sqrt(2.0 * h)
    total = 0.0
    for _ in range(paths):
        x = 0.5
        y = 0.5
        for _ in range(steps):
            a = x * x - 1.0
            r2 = x * x + y * y
            c = lam * math.exp(0.25 * a * a + 0.5 * y * y - 0.25 * r2 * r2)
            fx = -c * y - x * a
            fy = c * x - y
            x += fx * h + root * np.random.normal()
            y += fy * h + root * np.random.normal()
        total += x
    return total / paths


begin = time.time()
run(10, 10, 1e-3, 1.5)
print(f"compiled in {time.time() - begin:.2f} s")
best = math.inf
for _ in range(6):
    begin = time.time()
    run(25_000, 400, 1e-3, 1.5)
    best = min(best, (time.time() - begin) / (2 * 25_000 * 400))
print(f"Example 19, Numba: {best * 1e9:.2f} ns a coordinate-step")
