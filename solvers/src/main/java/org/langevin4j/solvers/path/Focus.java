package org.langevin4j.solvers.path;

import java.util.ArrayDeque;
import java.util.Optional;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.linear.LinearAlgebra;

/**
 * A stable focus x̄ of the drift, out of which a path of least action spirals in infinitely many turns. On an ellipsoid
 * V₀(x) = ½(x − x̄)ᵀU(x − x̄) = const of the size r they are known: they follow ẋ = b + 2D∇V₀ and cost V₀ + O(r³). U
 * is that of −∂b = (D+Q)U (Chaudhari and Soatto 2018, Lemma 20). Not safe for several threads: it holds scratch space.
 */
final class Focus {

    /** Rotation over decay above which the turns count: below, the fifth part of a turn shrinks the path by half. */
    private static final double RATIO = 1.0;

    /** How far the drift may move the given point from the resting point, relative to the path. */
    static final double NEAR = 1e-6;

    /** Steps for each turn, and for each fall of the radius by e. */
    private static final int STEPS = 200;

    /** Below this part of V₀ what is left of a correction of third order is nothing. */
    private static final double DEEP = 1e-6;

    private final Hamiltonian hamiltonian;
    private final int d;
    private final double[] rest;
    /** U and the matrix of the linear characteristics ẏ = (−F + 2DU)y. */
    private final RealMatrix u;

    private final RealMatrix outward;
    /** Largest |Im λ|/Re λ, and largest |λ|, of the eigenvalues of F. */
    private final double ratio;

    private final double fastest;
    private final double[] momentum;
    private double rate;
    private double along;
    private double cubic;

    private Focus(
            Hamiltonian hamiltonian, double[] rest, RealMatrix u, RealMatrix outward, double ratio, double fastest) {
        this.hamiltonian = hamiltonian;
        this.d = rest.length;
        this.rest = rest;
        this.u = u;
        this.outward = outward;
        this.ratio = ratio;
        this.fastest = fastest;
        this.momentum = new double[d];
    }

    /** The focus at a point, if there is one: b = 0, all eigenvalues of ∂b stable, one of them with a strong rotation. */
    static Optional<Focus> at(Hamiltonian hamiltonian, double[] point, double length) {
        int d = point.length;
        double[] b = new double[d];
        double[] entries = new double[d * d];
        hamiltonian.drift(point, b);
        hamiltonian.jacobian(point, entries);
        if (!(SplineCurve.norm(b) <= NEAR * length * SplineCurve.norm(entries))) {
            return Optional.empty();
        }
        RealMatrix f = MatrixUtils.createRealMatrix(d, d);
        RealMatrix diffusion = MatrixUtils.createRealMatrix(d, d);
        for (int i = 0; i < d * d; i++) {
            f.setEntry(i / d, i % d, -entries[i]);
        }
        hamiltonian.diffusion(point, entries);
        for (int i = 0; i < d * d; i++) {
            diffusion.setEntry(i / d, i % d, entries[i]);
        }
        double ratio = 0.0;
        double fastest = 0.0;
        try {
            for (Complex value : LinearAlgebra.pureJava().eigenvalues(f)) {
                if (!(value.getReal() > 0.0)) {
                    return Optional.empty();
                }
                ratio = Math.max(ratio, Math.abs(value.getImaginary()) / value.getReal());
                fastest = Math.max(fastest, value.norm());
            }
            if (!(ratio > RATIO)) {
                return Optional.empty();
            }
            RealMatrix u = LinearDecomposition.of(f, diffusion).u();
            RealMatrix outward = diffusion.multiply(u).scalarMultiply(2.0).subtract(f);
            return Optional.of(new Focus(hamiltonian, point.clone(), u, outward, ratio, fastest));
        } catch (ArithmeticException | IllegalArgumentException e) {
            // Without U there is no local form: the path starts at the point itself.
            return Optional.empty();
        }
    }

    /** V₀ at a state. */
    double value(double[] x) {
        double sum = 0.0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                sum += (x[i] - rest[i]) * u.getEntry(i, j) * (x[j] - rest[j]);
            }
        }
        return 0.5 * sum;
    }

    /**
     * V − V₀ at a state, up to O(r⁴): −∫H(y, ∇V₀)dt along the linear characteristic that comes to it, as (b + 2D∇V₀)·∇(V − V₀) =
     * −H(y, ∇V₀) up to squares of V − V₀.
     */
    double correction(double[] x) {
        double[][] points = spiral(new double[][] {x}, DEEP * value(x));
        double sum = 0.0;
        double[] velocity = new double[d];
        cubic = 0.0;
        double before = 0.0;
        for (double[] point : points) {
            // H = p·(b + 2Dp) − p·Dp.
            velocity(point, velocity);
            double energy = rate - along;
            sum -= 0.5 * timeStep() * (before + energy);
            before = energy;
            cubic = Math.max(cubic, Math.abs(sum) * Math.pow(value(point), -1.5));
        }
        return sum;
    }

    /** The next order of V at a state, if the largest ratio of the third to the second on the way to it is any guide. */
    double unknown(double[] x) {
        correction(x);
        return Math.pow(cubic * value(x), 2);
    }

    private double timeStep() {
        return 2.0 * Math.PI / (fastest * STEPS);
    }

    /** b + 2D∇V₀ at a state; {@link #rate} is then ∇V₀ along it. */
    void velocity(double[] x, double[] out) {
        for (int i = 0; i < d; i++) {
            momentum[i] = 0.0;
            for (int j = 0; j < d; j++) {
                momentum[i] += u.getEntry(i, j) * (x[j] - rest[j]);
            }
        }
        along = hamiltonian.velocity(x, momentum, out);
        rate = 0.0;
        for (int i = 0; i < d; i++) {
            rate += momentum[i] * out[i];
        }
    }

    double rate() {
        return rate;
    }

    /** The part of a broken line from the focus outside of V₀ = level, from its last crossing; its end lies outside. */
    double[][] outside(double[][] corners, double level) {
        int k = corners.length - 1;
        while (value(corners[k - 1]) > level) {
            k--;
        }
        double[] inner = corners[k - 1];
        double[] outer = corners[k];
        double low = 0.0;
        double high = 1.0;
        double[] point = new double[d];
        for (int i = 0; i < 60; i++) {
            double w = 0.5 * (low + high);
            for (int c = 0; c < d; c++) {
                point[c] = (1.0 - w) * inner[c] + w * outer[c];
            }
            if (value(point) < level) {
                low = w;
            } else {
                high = w;
            }
        }
        double[][] part = new double[corners.length - k + 1][];
        part[0] = point;
        System.arraycopy(corners, k, part, 1, corners.length - k);
        return part;
    }

    /** The linear characteristic that comes from V₀ = level, to a state outside of it, and then the given points. */
    double[][] spiral(double[][] points, double level) {
        double h = -timeStep();
        ArrayDeque<double[]> all = new ArrayDeque<>();
        double[] y = points[0];
        for (int k = 0; k < points.length; k++) {
            all.addLast(points[k]);
        }
        while (value(y) > level) {
            double[] term = new double[d];
            double[] next = y.clone();
            for (int c = 0; c < d; c++) {
                term[c] = y[c] - rest[c];
            }
            for (int order = 1; order <= 6; order++) {
                term = outward.operate(term);
                for (int c = 0; c < d; c++) {
                    term[c] *= h / order;
                    next[c] += term[c];
                }
            }
            y = next;
            all.addFirst(y);
        }
        return all.toArray(new double[0][]);
    }

    /** The least radius, relative to that of the end, at which a step of one of n segments turns by less than a given angle. */
    double leastRadius(int segments, double angle) {
        // A spiral from 0 to the radius R has the length R√(1 + ratio²).
        return Math.sqrt(1.0 + ratio * ratio) / (segments * angle);
    }

    /** How many segments it takes that one turns by less than an angle at the end. */
    double segments(double angle) {
        return Math.sqrt(1.0 + ratio * ratio) / angle;
    }
}
