package org.langevin4j.solvers.sde;

import java.util.Optional;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;

/**
 * The drift-implicit Euler scheme for Itô equations with a stiff drift, y = x + b(y)h + √(2β⁻¹h) B(x)ξ (Kloeden and
 * Platen 1992, section 12.2, with α = 1). For dx = −λx dt + σx dW the mean square shrinks, for every h, wherever that of
 * the equation does.
 *
 * <p>y is found by Newton's method, started at x, to a correction ‖δ‖ ≤ tolerance·(1 + ‖y‖) in the maximum norm; the
 * drift must know its Jacobian ({@link DifferentiableField}). For a drift that is linear or affine by its type one
 * factorisation serves all steps.
 *
 * @param stepSize h
 * @param tolerance bound of the last correction, relative and absolute
 * @param maxIterations iterations after which a step fails
 */
public record DriftImplicitEuler(double stepSize, double tolerance, int maxIterations) implements Scheme {

    /** Of corrections; Newton's method converges quadratically, so the error is far smaller. */
    public static final double DEFAULT_TOLERANCE = 1e-10;

    /** Enough for any step from which Newton's method converges at all. */
    public static final int DEFAULT_MAX_ITERATIONS = 50;

    /** Checks all. */
    public DriftImplicitEuler {
        Scheme.requireStepSize(stepSize);
        if (!(tolerance > 0.0 && tolerance < 1.0)) {
            throw new IllegalArgumentException("tolerance must be in (0, 1), got " + tolerance);
        }
        if (!(maxIterations > 0)) {
            throw new IllegalArgumentException("maxIterations must be positive, got " + maxIterations);
        }
    }

    /**
     * The scheme with a step, tolerance 10⁻¹⁰ and at most 50 iterations.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static DriftImplicitEuler withStep(double stepSize) {
        return new DriftImplicitEuler(stepSize, DEFAULT_TOLERANCE, DEFAULT_MAX_ITERATIONS);
    }

    /** ½; 1 for additive noise. */
    @Override
    public double strongOrder() {
        return 0.5;
    }

    @Override
    public double strongOrder(Noise noise) {
        return noise == Noise.ADDITIVE ? 1.0 : 0.5;
    }

    @Override
    public double weakOrder() {
        return 1.0;
    }

    /**
     * Prepares the scheme.
     *
     * @throws IllegalArgumentException if the equation is not Itô, its drift does not know its Jacobian, or the drift is
     *     affine and I − hA singular
     */
    @Override
    public Stepper stepper(Sde sde) {
        Readings.requireIto("DriftImplicitEuler", sde);
        Optional<AffineField> affine = AffineField.recognise(sde.drift());
        if (affine.isPresent()) {
            return new ImplicitStepper(sde, new AffineSolution(affine.get(), stepSize), stepSize);
        }
        if (sde.drift() instanceof DifferentiableField field) {
            return new ImplicitStepper(sde, new Newton(field, this), stepSize);
        }
        throw new IllegalArgumentException("DriftImplicitEuler needs the Jacobian of the drift; give the drift as a"
                + " DifferentiableField, for instance by DifferentiableField.automatic, or use SkRock");
    }

    /** Solves y = hb(y) + r. */
    @FunctionalInterface
    private interface Solution {

        /** Writes y into out; x is the state before the step. */
        void solve(double[] x, double[] r, double[] out);
    }

    private static final class AffineSolution implements Solution {

        private final DecompositionSolver solver;
        private final double[] offset;
        private final double h;

        AffineSolution(AffineField field, double h) {
            this.h = h;
            this.offset = field.offset();
            RealMatrix identity = MatrixUtils.createRealIdentityMatrix(field.dimension());
            this.solver = new LUDecomposition(identity.subtract(field.matrix().scalarMultiply(h))).getSolver();
            if (!solver.isNonSingular()) {
                throw new IllegalArgumentException(
                        "stepSize must leave I − hA regular, got " + h + " with 1/h an eigenvalue of A");
            }
        }

        @Override
        public void solve(double[] x, double[] r, double[] out) {
            double[] right = new double[r.length];
            for (int i = 0; i < r.length; i++) {
                right[i] = r[i] + h * offset[i];
            }
            double[] y = solver.solve(new ArrayRealVector(right, false)).toArray();
            System.arraycopy(y, 0, out, 0, y.length);
        }
    }

    private static final class Newton implements Solution {

        private final DifferentiableField field;
        private final DriftImplicitEuler scheme;

        Newton(DifferentiableField field, DriftImplicitEuler scheme) {
            this.field = field;
            this.scheme = scheme;
        }

        @Override
        public void solve(double[] x, double[] r, double[] out) {
            int d = x.length;
            double h = scheme.stepSize;
            double[] value = new double[d];
            double[] entries = new double[d * d];
            double[] residual = new double[d];
            RealMatrix matrix = MatrixUtils.createRealMatrix(d, d);
            System.arraycopy(x, 0, out, 0, d);
            for (int iteration = 1; iteration <= scheme.maxIterations; iteration++) {
                field.at(out, value);
                field.jacobian(out, entries);
                for (int i = 0; i < d; i++) {
                    residual[i] = r[i] + h * value[i] - out[i];
                    for (int j = 0; j < d; j++) {
                        matrix.setEntry(i, j, (i == j ? 1.0 : 0.0) - h * entries[i * d + j]);
                    }
                }
                double[] correction;
                try {
                    correction = new LUDecomposition(matrix)
                            .getSolver()
                            .solve(new ArrayRealVector(residual, false))
                            .toArray();
                } catch (MathIllegalArgumentException singular) {
                    NonConvergenceException failure = failure(residual, iteration, x);
                    failure.initCause(singular);
                    throw failure;
                }
                double size = 0.0;
                double change = 0.0;
                for (int i = 0; i < d; i++) {
                    out[i] += correction[i];
                    size = Math.max(size, Math.abs(out[i]));
                    change = Math.max(change, Math.abs(correction[i]));
                }
                if (change <= scheme.tolerance * (1.0 + size)) {
                    return;
                }
            }
            field.at(out, value);
            for (int i = 0; i < d; i++) {
                residual[i] = r[i] + h * value[i] - out[i];
            }
            throw failure(residual, scheme.maxIterations, x);
        }

        private NonConvergenceException failure(double[] residual, int iterations, double[] x) {
            double largest = 0.0;
            for (double component : residual) {
                largest = Math.max(largest, Math.abs(component));
            }
            return new NonConvergenceException(
                    "Newton's method of DriftImplicitEuler", largest, iterations, scheme.tolerance, x);
        }
    }

    private static final class ImplicitStepper implements Stepper {

        private final Sde sde;
        private final Solution solution;
        private final double amplitude;
        private double[][] noise = new double[0][0];

        ImplicitStepper(Sde sde, Solution solution, double stepSize) {
            this.sde = sde;
            this.solution = solution;
            this.amplitude = Math.sqrt(2.0 * sde.temperature().value() * stepSize);
        }

        @Override
        public int noises() {
            return sde.diffusion().noiseDimension();
        }

        @Override
        public void step(double t, double[][] x, int paths, double[][] xi) {
            Diffusion diffusion = sde.diffusion();
            int d = x.length;
            if (noise.length != d || noise[0].length < paths) {
                noise = new double[d][paths];
            }
            diffusion.factorTimesBlock(x, xi, paths, noise);
            double[] state = new double[d];
            double[] right = new double[d];
            double[] next = new double[d];
            for (int p = 0; p < paths; p++) {
                for (int i = 0; i < d; i++) {
                    state[i] = x[i][p];
                    right[i] = state[i] + amplitude * noise[i][p];
                }
                solution.solve(state, right, next);
                for (int i = 0; i < d; i++) {
                    x[i][p] = next[i];
                }
            }
        }
    }
}
