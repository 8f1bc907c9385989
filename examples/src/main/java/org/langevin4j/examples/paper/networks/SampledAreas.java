package org.langevin4j.examples.paper.networks;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;

/**
 * An Ornstein–Uhlenbeck process dx = −Λx dt + √(2D) dW with a diagonal Λ, sampled exactly at steps h, x′ = φx + ε, and the area J = Σ xᵀNx′ of its
 * polygon in a plane, N = ½(pqᵀ − qpᵀ). With K − φKφ = ½(Nφ − φN) the sum less the change of xᵀKx is a martingale, whence
 *
 * <pre>⟨J⟩ = tr(NφΣ),   var J = tr(QWΣWᵀ) + 2 tr(KQKQ) a step,   W = Nᵀ + 2Kφ,   Q = ⟨εεᵀ⟩.</pre>
 */
final class SampledAreas {

    private final double[] factors;
    private final double[] p;
    private final double[] q;
    private final double step;
    private final RealMatrix covariance;
    private final RealMatrix noise;

    SampledAreas(double[] rates, RealMatrix d, double[] p, double[] q, double step) {
        int n = rates.length;
        this.p = p;
        this.q = q;
        this.step = step;
        this.factors = new double[n];
        this.covariance = MatrixUtils.createRealMatrix(n, n);
        this.noise = MatrixUtils.createRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            factors[i] = Math.exp(-rates[i] * step);
            for (int j = 0; j < n; j++) {
                double sum = rates[i] + rates[j];
                covariance.setEntry(i, j, 2.0 * d.getEntry(i, j) / sum);
                noise.setEntry(i, j, 2.0 * d.getEntry(i, j) * -Math.expm1(-sum * step) / sum);
            }
        }
    }

    private RealMatrix area() {
        RealMatrix n = MatrixUtils.createRealMatrix(p.length, p.length);
        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < p.length; j++) {
                n.setEntry(i, j, 0.5 * (p[i] * q[j] - q[i] * p[j]));
            }
        }
        return n;
    }

    /** Of the mean, a unit of time. */
    double rate() {
        RealMatrix map = MatrixUtils.createRealDiagonalMatrix(factors);
        return area().multiply(map).multiply(covariance).getTrace() / step;
    }

    /** Of the variance. */
    double varianceRate() {
        RealMatrix map = MatrixUtils.createRealDiagonalMatrix(factors);
        RealMatrix n = area();
        RealMatrix k = n.multiply(map).subtract(map.multiply(n)).scalarMultiply(0.5);
        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < p.length; j++) {
                k.multiplyEntry(i, j, 1.0 / (1.0 - factors[i] * factors[j]));
            }
        }
        RealMatrix w = n.transpose().add(k.multiply(map).scalarMultiply(2.0));
        RealMatrix kq = k.multiply(noise);
        double variance =
                noise.multiply(w).multiply(covariance).multiply(w.transpose()).getTrace()
                        + 2.0 * kq.multiply(kq).getTrace();
        return variance / step;
    }

    /** The areas of blocks of steps of one stationary path, one after the other. */
    double[] blocks(Seed seed, int path, int count, int length) {
        int n = p.length;
        NormalStream normals = NormalStream.of(seed);
        double[][] start = root(covariance);
        double[][] root = root(noise);
        double[][] xi = new double[n][1];
        double[] x = new double[n];
        normals.fill(path, 1, 0, xi);
        add(start, xi, x);
        double[] areas = new double[count];
        double first = Vectors.dot(p, x);
        double second = Vectors.dot(q, x);
        for (int t = 0; t < count * length; t++) {
            for (int i = 0; i < n; i++) {
                x[i] *= factors[i];
            }
            normals.fill(path, 1, t + 1L, xi);
            add(root, xi, x);
            double nextFirst = Vectors.dot(p, x);
            double nextSecond = Vectors.dot(q, x);
            areas[t / length] += 0.5 * (first * nextSecond - second * nextFirst);
            first = nextFirst;
            second = nextSecond;
        }
        return areas;
    }

    private static void add(double[][] root, double[][] xi, double[] x) {
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                x[i] += root[i][j] * xi[j][0];
            }
        }
    }

    private static double[][] root(RealMatrix matrix) {
        Eigenpairs eigen = LinearAlgebra.pureJava().symmetricEigen(matrix);
        RealMatrix root = eigen.vectors().copy();
        for (int j = 0; j < root.getColumnDimension(); j++) {
            double size = Math.sqrt(Math.max(0.0, eigen.value(j)));
            for (int i = 0; i < root.getRowDimension(); i++) {
                root.multiplyEntry(i, j, size);
            }
        }
        return root.getData();
    }
}
