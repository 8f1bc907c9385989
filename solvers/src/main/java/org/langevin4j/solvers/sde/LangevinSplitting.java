package org.langevin4j.solvers.sde;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.langevin4j.core.block.BlockMath;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.UnderdampedLangevin;

/**
 * The parts A (drift of q), B (kick of p) and O (friction and noise of p at fixed q) on a block of paths. A carries the
 * time along; B and O are taken at one time each.
 */
final class LangevinSplitting {

    private final UnderdampedLangevin equation;
    private final int n;
    private final Thermostat thermostat;
    private double[][] gradient = new double[0][0];

    /** Positions at which {@link #gradient} holds; a kick at the same positions need not evaluate it again. */
    private double[][] known = new double[0][0];

    private int knownPaths;
    private double knownTime;

    private LangevinSplitting(UnderdampedLangevin equation) {
        this.equation = equation;
        this.n = equation.degreesOfFreedom();
        this.thermostat = equation.hasConstantRates()
                ? new ConstantRates(equation)
                : equation.rates().isPresent()
                        ? new RateField(equation, equation.rates().get())
                        : new MatrixThermostat(equation);
    }

    static LangevinSplitting of(String scheme, Sde sde) {
        AcceptedEquations.requirePlain(scheme, sde);
        return new LangevinSplitting(UnderdampedLangevin.recognise(sde)
                .orElseThrow(() -> new IllegalArgumentException(scheme
                        + " splits the underdamped Langevin equation, this equation is not made by"
                        + " UnderdampedLangevin.sde(); use EulerMaruyama")));
    }

    /** The normals of one O: none where there is no bath. */
    int noises() {
        return thermostat.noises();
    }

    /** The time at which the step after this one begins, as who counts steps computes it. */
    static double end(double t, double h) {
        double steps = Math.rint(t / h);
        return steps * h == t ? (steps + 1.0) * h : t + h;
    }

    /** A: q ← q + τM⁻¹p. */
    void drift(double[][] x, int paths, double tau) {
        for (int i = 0; i < n; i++) {
            double factor = tau / equation.mass(i);
            double[] q = x[i];
            double[] momentum = x[n + i];
            for (int p = 0; p < paths; p++) {
                q[p] += factor * momentum[p];
            }
        }
    }

    /** B: p ← p − τ∇U(t, q). */
    void kick(double[][] x, int paths, double tau, double t) {
        if (!isKnown(x, paths, t)) {
            if (gradient.length != n || gradient[0].length < paths) {
                gradient = new double[n][paths];
                known = new double[n][paths];
            }
            equation.gradient().atTime(t).atBlock(Arrays.copyOf(x, n), paths, gradient);
            for (int i = 0; i < n; i++) {
                System.arraycopy(x[i], 0, known[i], 0, paths);
            }
            knownPaths = paths;
            knownTime = t;
        }
        for (int i = 0; i < n; i++) {
            double[] g = gradient[i];
            double[] momentum = x[n + i];
            for (int p = 0; p < paths; p++) {
                momentum[p] -= tau * g[p];
            }
        }
    }

    private boolean isKnown(double[][] x, int paths, double t) {
        boolean same =
                knownPaths == paths && (knownTime == t || equation.gradient().isAutonomous());
        for (int i = 0; same && i < n; i++) {
            same = Arrays.equals(x[i], 0, paths, known[i], 0, paths);
        }
        return same;
    }

    /** O: dp = −ΓM⁻¹p dt + √(2β⁻¹Γ) dW over a time τ, with the normals from component {@code first} on. */
    void thermostat(double[][] x, int paths, double tau, double[][] xi, int first, double t) {
        thermostat.apply(x, paths, tau, xi, first, t);
    }

    private interface Thermostat {

        int noises();

        void apply(double[][] x, int paths, double tau, double[][] xi, int first, double t);
    }

    /** Exact: pᵢ ← e^(−γᵢτ)pᵢ + √(TᵢMᵢᵢ(1 − e^(−2γᵢτ)))ξ. */
    private static final class ConstantRates implements Thermostat {

        private final UnderdampedLangevin equation;
        private final double[] rates;

        /** The coordinates with a bath. */
        private final int[] heated;

        ConstantRates(UnderdampedLangevin equation) {
            this.equation = equation;
            this.rates = new double[equation.degreesOfFreedom()];
            equation.rates().orElseThrow().at(rates.clone(), rates);
            this.heated =
                    IntStream.range(0, rates.length).filter(i -> rates[i] > 0.0).toArray();
        }

        @Override
        public int noises() {
            return heated.length;
        }

        @Override
        public void apply(double[][] x, int paths, double tau, double[][] xi, int first, double t) {
            int n = rates.length;
            for (int k = 0; k < heated.length; k++) {
                int i = heated[k];
                double gammaTau = rates[i] * tau;
                double decay = StrictMath.exp(-gammaTau);
                double variance = -StrictMath.expm1(-2.0 * gammaTau)
                        * equation.temperature(i).atTime(t).value();
                double amplitude = Math.sqrt(variance * equation.mass(i));
                double[] noise = xi[first + k];
                double[] momentum = x[n + i];
                for (int p = 0; p < paths; p++) {
                    momentum[p] = decay * momentum[p] + amplitude * noise[p];
                }
            }
        }
    }

    /** The same where γᵢ is a function of t and q, which O does not change. */
    private static final class RateField implements Thermostat {

        private final UnderdampedLangevin equation;
        private final VectorField rates;
        private double[][] rate = new double[0][0];
        private double[] decay = new double[0];

        RateField(UnderdampedLangevin equation, VectorField rates) {
            this.equation = equation;
            this.rates = rates;
        }

        @Override
        public int noises() {
            return equation.degreesOfFreedom();
        }

        @Override
        public void apply(double[][] x, int paths, double tau, double[][] xi, int first, double t) {
            int n = equation.degreesOfFreedom();
            if (decay.length < paths) {
                rate = new double[n][paths];
                decay = new double[paths];
            }
            rates.atTime(t).atBlock(Arrays.copyOf(x, n), paths, rate);
            for (int i = 0; i < n; i++) {
                double[] exponent = rate[i];
                for (int p = 0; p < paths; p++) {
                    if (exponent[p] < 0.0) {
                        throw negative(i, exponent[p], x, p);
                    }
                    exponent[p] *= -tau;
                }
                BlockMath.exp(exponent, paths, decay);
                double strength = equation.temperature(i).atTime(t).value() * equation.mass(i);
                double[] noise = xi[first + i];
                double[] momentum = x[n + i];
                for (int p = 0; p < paths; p++) {
                    double variance = oneMinusSquare(exponent[p], decay[p]);
                    momentum[p] = decay[p] * momentum[p] + Math.sqrt(variance * strength) * noise[p];
                }
            }
        }

        /** 1 − e^(2y) for y ≤ 0, given e^y; by its series where the difference would lose digits. */
        private static double oneMinusSquare(double y, double exponential) {
            double a = -2.0 * y;
            return a < 0.01
                    ? a * (1.0 - a / 2 * (1.0 - a / 3 * (1.0 - a / 4 * (1.0 - a / 5 * (1.0 - a / 6)))))
                    : 1.0 - exponential * exponential;
        }

        private IllegalArgumentException negative(int i, double value, double[][] x, int p) {
            double[] q = new double[equation.degreesOfFreedom()];
            for (int k = 0; k < q.length; k++) {
                q[k] = x[k][p];
            }
            return new IllegalArgumentException(
                    "friction must not be negative, got γ[" + i + "] = " + value + " at q = " + Arrays.toString(q));
        }
    }

    /**
     * The midpoint rule for a matrix, p′ = p − τΓ M⁻¹(p + p′)/2 + √(2β⁻¹τ)Bξ: it leaves the Gaussian of covariance β⁻¹M as
     * it is, for any τ. With w = M⁻¹(p + p′)/2: (2M + τΓ)w = 2p + √(2β⁻¹τ)Bξ, p′ = 2Mw − p.
     */
    private static final class MatrixThermostat implements Thermostat {

        private final UnderdampedLangevin equation;
        private final Diffusion gamma;
        private double[] matrix = new double[0];
        private double matrixTau = Double.NaN;
        private double[][] kicks = new double[0][0];

        MatrixThermostat(UnderdampedLangevin equation) {
            this.equation = equation;
            this.gamma = equation.frictionMatrix();
        }

        @Override
        public int noises() {
            return gamma.noiseDimension();
        }

        @Override
        public void apply(double[][] x, int paths, double tau, double[][] xi, int first, double t) {
            int n = equation.degreesOfFreedom();
            if (matrix.length == 0 || kicks[0].length < paths) {
                matrix = new double[n * n];
                kicks = new double[n][paths];
                matrixTau = Double.NaN;
            }
            Diffusion now = gamma.atTime(t);
            double[][] positions = Arrays.copyOf(x, n);
            now.factorTimesBlock(positions, Arrays.copyOfRange(xi, first, first + noises()), paths, kicks);
            double amplitude = Math.sqrt(2.0 * equation.temperature(0).atTime(t).value() * tau);
            boolean fixed = gamma.isConstant() && gamma.isAutonomous();
            double[] q = new double[n];
            double[] w = new double[n];
            for (int p = 0; p < paths; p++) {
                for (int i = 0; i < n; i++) {
                    q[i] = x[i][p];
                    w[i] = 2.0 * x[n + i][p] + amplitude * kicks[i][p];
                }
                if (!(fixed && matrixTau == tau)) {
                    prepare(now, q, tau);
                    matrixTau = tau;
                }
                solve(w);
                for (int i = 0; i < n; i++) {
                    x[n + i][p] = 2.0 * equation.mass(i) * w[i] - x[n + i][p];
                }
            }
        }

        /** 2M + τΓ = LDLᵀ, with L below and D on the diagonal. */
        private void prepare(Diffusion now, double[] q, double tau) {
            int n = q.length;
            now.matrix(q, matrix);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    matrix[i * n + j] *= tau;
                }
                matrix[i * n + i] += 2.0 * equation.mass(i);
            }
            for (int i = 0; i < n; i++) {
                double pivot = matrix[i * n + i];
                for (int j = 0; j < i; j++) {
                    double sum = matrix[i * n + j];
                    for (int k = 0; k < j; k++) {
                        sum -= matrix[i * n + k] * matrix[j * n + k] * matrix[k * n + k];
                    }
                    matrix[i * n + j] = sum / matrix[j * n + j];
                    pivot -= matrix[i * n + j] * sum;
                }
                matrix[i * n + i] = pivot;
            }
        }

        private void solve(double[] w) {
            int n = w.length;
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < i; k++) {
                    w[i] -= matrix[i * n + k] * w[k];
                }
            }
            for (int i = n - 1; i >= 0; i--) {
                w[i] /= matrix[i * n + i];
                for (int k = i + 1; k < n; k++) {
                    w[i] -= matrix[k * n + i] * w[k];
                }
            }
        }
    }
}
