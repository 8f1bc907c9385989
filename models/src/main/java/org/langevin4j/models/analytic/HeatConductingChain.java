package org.langevin4j.models.analytic;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.LyapunovEquation;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.model.StationaryMoments;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Parity;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * A chain of equal masses and springs with fixed ends, whose first and last mass touch heat baths.
 *
 * <pre>
 * q̇ᵢ = pᵢ,   ṗᵢ = k(qᵢ₊₁ − 2qᵢ + qᵢ₋₁) − γᵢpᵢ + √(2γᵢTᵢ) dWᵢ/dt,   q₀ = qₙ₊₁ = 0
 * γ₁ = γₙ = γ, other γᵢ = 0,   T₁ = β⁻¹τ,   Tₙ = β⁻¹,   x = (q, p) ∈ ℝ²ⁿ
 * J = (k/2γ)(T₁ − Tₙ) sinh((n−1)a)/sinh(na),   cosh a = 1 + k/(2γ²)
 * </pre>
 *
 * <p>J is the heat that flows from the first bath to the second in unit time. It does not fall with the length: the chain obeys
 * no law of Fourier. For τ = 1 the law is that of Boltzmann, e^(−βH).
 *
 * @param oscillators n, a whole number from 2 on
 * @param stiffness k > 0
 * @param friction γ > 0
 * @param ratio τ > 0
 */
public record HeatConductingChain(int oscillators, double stiffness, double friction, double ratio) implements Model {

    private static final Parameter OSCILLATORS =
            Parameter.of("oscillators", 32, Range.whole(2, 1_000_000), "1", "n, how many masses");
    private static final Parameter STIFFNESS =
            Parameter.of("stiffness", 1.0, Range.POSITIVE, "1/time²", "k, of each spring, for masses 1");
    private static final Parameter FRICTION =
            Parameter.of("friction", 1.0, Range.POSITIVE, "1/time", "γ, coupling to each bath");
    private static final Parameter RATIO =
            Parameter.of("ratio", 2.0, Range.POSITIVE, "1", "τ, temperature of the first bath over that of the second");

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public HeatConductingChain {
        OSCILLATORS.at(oscillators);
        STIFFNESS.at(stiffness);
        FRICTION.at(friction);
        RATIO.at(ratio);
    }

    /** The default parameters. */
    public HeatConductingChain() {
        this((int) OSCILLATORS.defaultValue(), STIFFNESS.defaultValue(), FRICTION.defaultValue(), RATIO.defaultValue());
    }

    @Override
    public String name() {
        return "heat-conducting-chain";
    }

    @Override
    public String description() {
        return "harmonic chain between two heat baths, q̈ᵢ = k(qᵢ₊₁ − 2qᵢ + qᵢ₋₁), ends fixed, first and last in baths of β⁻¹τ and β⁻¹";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(OSCILLATORS.at(oscillators), STIFFNESS.at(stiffness), FRICTION.at(friction), RATIO.at(ratio));
    }

    @Override
    public HeatConductingChain withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new HeatConductingChain((int) OSCILLATORS.at(values[0]).value(), values[1], values[2], values[3]);
    }

    @Override
    public List<String> sources() {
        return List.of("Rieder, Lebowitz and Lieb (1967), J. Math. Phys. 8, 1073");
    }

    /**
     * The equation in the Itô calculus; the noise is additive, so that every calculus agrees.
     *
     * @param temperature β⁻¹
     * @return the equation
     */
    @Override
    public Sde sde(Temperature temperature) {
        return Sde.ito(drift(), Diffusion.diagonal(noise()), temperature);
    }

    /** q1 … qn, p1 … pn. */
    @Override
    public List<String> coordinates() {
        return IntStream.range(0, 2 * oscillators)
                .mapToObj(i -> i < oscillators ? "q" + (i + 1) : "p" + (i - oscillators + 1))
                .toList();
    }

    @Override
    public int dimension() {
        return 2 * oscillators;
    }

    private double[] noise() {
        double[] entries = new double[2 * oscillators];
        entries[oscillators] = friction * ratio;
        entries[2 * oscillators - 1] = friction;
        return entries;
    }

    /**
     * The drift, evaluated in O(n).
     *
     * @return b with its Jacobian
     */
    public DifferentiableField drift() {
        return new Drift(oscillators, stiffness, friction);
    }

    private record Drift(int oscillators, double stiffness, double friction) implements DifferentiableField {

        @Override
        public void at(double[] x, double[] out) {
            int n = oscillators;
            for (int i = 0; i < n; i++) {
                double left = i > 0 ? x[i - 1] : 0.0;
                double right = i + 1 < n ? x[i + 1] : 0.0;
                out[i] = x[n + i];
                out[n + i] = stiffness * ((left + right) - 2.0 * x[i]);
            }
            out[n] -= friction * x[n];
            out[2 * n - 1] -= friction * x[2 * n - 1];
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            int n = oscillators;
            double[] wall = new double[paths];
            for (int i = 0; i < n; i++) {
                System.arraycopy(x[n + i], 0, out[i], 0, paths);
                spring(i > 0 ? x[i - 1] : wall, x[i], i + 1 < n ? x[i + 1] : wall, paths, out[n + i]);
            }
            damp(x[n], paths, out[n]);
            damp(x[2 * n - 1], paths, out[2 * n - 1]);
        }

        private void spring(double[] left, double[] middle, double[] right, int paths, double[] out) {
            for (int p = 0; p < paths; p++) {
                out[p] = stiffness * ((left[p] + right[p]) - 2.0 * middle[p]);
            }
        }

        private void damp(double[] momentum, int paths, double[] out) {
            for (int p = 0; p < paths; p++) {
                out[p] -= friction * momentum[p];
            }
        }

        @Override
        public void jacobian(double[] x, double[] out) {
            int n = oscillators;
            int d = 2 * n;
            Arrays.fill(out, 0, d * d, 0.0);
            for (int i = 0; i < n; i++) {
                out[i * d + n + i] = 1.0;
                out[(n + i) * d + i] = -2.0 * stiffness;
                if (i > 0) {
                    out[(n + i) * d + i - 1] = stiffness;
                }
                if (i + 1 < n) {
                    out[(n + i) * d + i + 1] = stiffness;
                }
            }
            out[n * d + n] = -friction;
            out[(d - 1) * d + d - 1] = -friction;
        }
    }

    /** F of b = −Fx. */
    private RealMatrix matrix() {
        int d = 2 * oscillators;
        double[] entries = new double[d * d];
        drift().jacobian(new double[d], entries);
        RealMatrix f = MatrixUtils.createRealMatrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                f.setEntry(i, j, -entries[i * d + j]);
            }
        }
        return f;
    }

    /**
     * Mean zero, and the covariance that solves FΣ + ΣFᵀ = 2β⁻¹D, where b = −Fx. It takes O(n³).
     *
     * @param temperature β⁻¹
     * @return the moments
     */
    @Override
    public Optional<StationaryMoments> stationaryMoments(Temperature temperature) {
        RealMatrix twice = MatrixUtils.createRealDiagonalMatrix(noise()).scalarMultiply(2.0 * temperature.value());
        RealMatrix covariance = LyapunovEquation.of(matrix(), LinearAlgebra.forOrder(2 * oscillators))
                .solve(twice, LyapunovEquation.Symmetry.SYMMETRIC);
        return Optional.of(StationaryMoments.of(new double[2 * oscillators], covariance));
    }

    /** The same parts at every temperature, by Lemma 20. They take O(n³). */
    @Override
    public Optional<Decomposition> decomposition(Temperature temperature) {
        return Optional.of(LinearDecomposition.of(matrix(), MatrixUtils.createRealDiagonalMatrix(noise()))
                .toDecomposition());
    }

    @Override
    public List<double[]> restingPoints() {
        return List.of(new double[2 * oscillators]);
    }

    /**
     * How the coordinates behave when time runs backwards.
     *
     * @return positions even, momenta odd
     */
    public Parity parity() {
        return Parity.ofPhaseSpace(oscillators);
    }

    /**
     * The stationary production of entropy, J(1/Tₙ − 1/T₁) = (k/2γ)(τ − 1)²/τ · sinh((n−1)a)/sinh(na). It does not depend on
     * the temperature.
     *
     * @return σ, nats in unit time
     */
    public double entropyProductionRate() {
        return heatCurrent(Temperature.of(1.0)) * (1.0 - 1.0 / ratio);
    }

    /**
     * The stationary flow of heat from the first bath to the second.
     *
     * @param temperature β⁻¹
     * @return J, an energy in unit time
     */
    public double heatCurrent(Temperature temperature) {
        double half = 0.5 * stiffness / (friction * friction);
        // a = arcosh(1 + half) without cancellation, and the ratio of the sines by what has decayed.
        double a = Math.log1p(half + Math.sqrt(half * (half + 2.0)));
        double decay = Math.exp(-a) * Math.expm1(-2.0 * (oscillators - 1) * a) / Math.expm1(-2.0 * oscillators * a);
        return 0.5 * stiffness / friction * (ratio - 1.0) * temperature.value() * decay;
    }
}
