"""The Gram route of `bench networks --full` with NumPy: eigenvalues of BBᵀ for N gradients of length d. Arguments: N, d, number of threads."""
import os
import sys
import time

n, d, threads = (int(a) for a in sys.argv[1:4])
os.environ["OPENBLAS_NUM_THREADS"] = str(threads)

import numpy as np  # noqa: E402, after the number of threads

rows = np.random.default_rng(1).standard_normal((n, d))
begin = time.time()
rows -= rows.mean(axis=0)
gram = rows @ rows.T / n
formed = time.time() - begin
largest = np.linalg.eigvalsh(gram)[-1]
print(f"{n} x {d}: {time.time() - begin:.1f} s, of these {formed:.1f} s to form it; largest eigenvalue {largest:.4g}")
