package org.langevin4j.models.analytic;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.langevin4j.core.block.BlockMath;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * Kuramoto's globally coupled phase oscillators with noise, D = I, in the frame of their mean frequency.
 *
 * <pre>
 * bᵢ(θ) = ωᵢ + (K/n) Σⱼ sin(θⱼ − θᵢ) = ωᵢ + K(S cos θᵢ − C sin θᵢ),   C + iS = Re^(iψ) = (1/n) Σⱼ e^(iθⱼ)
 * ωᵢ = γ tan(π((i + ½)/n − ½)),   i = 0 … n − 1,   the quantiles of the Lorentz law
 * </pre>
 *
 * <p>The cost of the drift is O(n). In the limit n → ∞ disorder becomes unstable at K = 2(β⁻¹ + γ) (Sakaguchi 1988). Identical
 * oscillators, γ = 0, are in detailed balance with Φ = −KnR²/2 at every n and temperature, and as n → ∞ the order R solves R =
 * I₁(βKR)/I₀(βKR) (Bertini et al. 2010). Phases are not wrapped.
 *
 * @param oscillators n, a whole number from 2 on
 * @param coupling K, finite
 * @param spread γ ≥ 0; 0 are identical oscillators
 */
public record Kuramoto(int oscillators, double coupling, double spread) implements Model {

    private static final Parameter OSCILLATORS =
            Parameter.of("oscillators", 100, Range.whole(2, 10_000_000), "1", "n, how many");
    private static final Parameter COUPLING =
            Parameter.of("coupling", 3.0, Range.FINITE, "1/time", "K, coupling to the mean field");
    private static final Parameter SPREAD =
            Parameter.of("spread", 0.0, Range.NOT_NEGATIVE, "1/time", "γ, width of the law of the frequencies");

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public Kuramoto {
        OSCILLATORS.at(oscillators);
        COUPLING.at(coupling);
        SPREAD.at(spread);
    }

    /** The default parameters. */
    public Kuramoto() {
        this((int) OSCILLATORS.defaultValue(), COUPLING.defaultValue(), SPREAD.defaultValue());
    }

    @Override
    public String name() {
        return "kuramoto";
    }

    @Override
    public String description() {
        return "globally coupled phases, dθᵢ = [ωᵢ + (K/n) Σⱼ sin(θⱼ − θᵢ)] dt + √(2β⁻¹) dWᵢ, ωᵢ of a Lorentz law of width γ";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(OSCILLATORS.at(oscillators), COUPLING.at(coupling), SPREAD.at(spread));
    }

    @Override
    public Kuramoto withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new Kuramoto((int) OSCILLATORS.at(values[0]).value(), values[1], values[2]);
    }

    @Override
    public List<String> sources() {
        return List.of(
                "Kuramoto (1984), Chemical Oscillations, Waves, and Turbulence, Section 5.4",
                "Sakaguchi (1988), Prog. Theor. Phys. 79, 39",
                "Bertini, Giacomin and Pakdaman (2010), J. Stat. Phys. 138, 270");
    }

    /**
     * The equation in the Itô calculus; the noise is additive, so that every calculus agrees.
     *
     * @param temperature β⁻¹
     * @return the equation
     */
    @Override
    public Sde sde(Temperature temperature) {
        return Sde.ito(drift(), Diffusion.isotropic(oscillators, 1.0), temperature);
    }

    /** theta1 … thetan. */
    @Override
    public List<String> coordinates() {
        return IntStream.rangeClosed(1, oscillators).mapToObj(i -> "theta" + i).toList();
    }

    @Override
    public int dimension() {
        return oscillators;
    }

    /**
     * The drift.
     *
     * @return b, evaluated by the mean field
     */
    public VectorField drift() {
        return new Drift(this);
    }

    /** Equal by its model. */
    private static final class Drift implements VectorField {

        private final Kuramoto model;
        private final double[] frequencies;

        Drift(Kuramoto model) {
            this.model = model;
            this.frequencies = model.frequencies();
        }

        @Override
        public void at(double[] x, double[] out) {
            int n = frequencies.length;
            double[] cosine = new double[n];
            BlockMath.sin(x, n, out);
            BlockMath.cos(x, n, cosine);
            double sines = 0.0;
            double cosines = 0.0;
            for (int i = 0; i < n; i++) {
                sines += out[i];
                cosines += cosine[i];
            }
            double strength = model.coupling / n;
            double s = strength * sines;
            double c = strength * cosines;
            for (int i = 0; i < n; i++) {
                out[i] = frequencies[i] + (s * cosine[i] - c * out[i]);
            }
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            int n = frequencies.length;
            double[] sines = new double[paths];
            double[] cosines = new double[paths];
            double[] cosine = new double[paths];
            for (int i = 0; i < n; i++) {
                BlockMath.sin(x[i], paths, out[i]);
                BlockMath.cos(x[i], paths, cosine);
                add(out[i], paths, sines);
                add(cosine, paths, cosines);
            }
            double strength = model.coupling / n;
            for (int p = 0; p < paths; p++) {
                sines[p] = strength * sines[p];
                cosines[p] = strength * cosines[p];
            }
            for (int i = 0; i < n; i++) {
                BlockMath.cos(x[i], paths, cosine);
                pull(frequencies[i], sines, cosines, cosine, paths, out[i]);
            }
        }

        private static void add(double[] values, int paths, double[] sums) {
            for (int p = 0; p < paths; p++) {
                sums[p] += values[p];
            }
        }

        private static void pull(
                double frequency, double[] s, double[] c, double[] cosine, int paths, double[] sineThenDrift) {
            for (int p = 0; p < paths; p++) {
                sineThenDrift[p] = frequency + (s[p] * cosine[p] - c[p] * sineThenDrift[p]);
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Drift drift && drift.model.equals(model);
        }

        @Override
        public int hashCode() {
            return model.hashCode();
        }
    }

    /**
     * The frequencies, in ascending order with sum zero.
     *
     * @return a new array of length n
     */
    public double[] frequencies() {
        double[] frequencies = new double[oscillators];
        for (int i = 0; i < oscillators / 2; i++) {
            double frequency = spread * Math.tan(Math.PI * (0.5 - (i + 0.5) / oscillators));
            frequencies[i] = -frequency;
            frequencies[oscillators - 1 - i] = frequency;
        }
        return frequencies;
    }

    /**
     * The order of a state.
     *
     * @param theta phases, length n
     * @return R = |Σⱼ e^(iθⱼ)|/n, from 0 to 1
     * @throws IllegalArgumentException if there is no phase
     */
    public double order(double[] theta) {
        if (!(theta.length >= 1)) {
            throw new IllegalArgumentException("theta must have at least one phase");
        }
        double sines = 0.0;
        double cosines = 0.0;
        for (double phase : theta) {
            sines += Math.sin(phase);
            cosines += Math.cos(phase);
        }
        return Math.hypot(sines, cosines) / theta.length;
    }

    /**
     * The coupling at which disorder becomes unstable as n → ∞.
     *
     * @param temperature β⁻¹
     * @return 2(β⁻¹ + γ)
     */
    public double criticalCoupling(Temperature temperature) {
        return 2.0 * (temperature.value() + spread);
    }

    /**
     * The order R of identical oscillators in the stationary state as n → ∞.
     *
     * @param temperature β⁻¹
     * @return the root of R = I₁(βKR)/I₀(βKR), 0 up to the critical coupling; empty if γ > 0
     */
    public OptionalDouble limitOfOrder(Temperature temperature) {
        if (spread != 0.0) {
            return OptionalDouble.empty();
        }
        double strength = coupling * temperature.beta();
        if (!(strength > 2.0)) {
            return OptionalDouble.of(0.0);
        }
        // The ratio is concave: one root between zero and one. R² ≥ (1 − 2/(βK))/2 is below it.
        double below = Math.sqrt(0.5 * (1.0 - 2.0 / strength));
        return OptionalDouble.of(new BracketingNthOrderBrentSolver(1e-15, 1e-15, 5)
                .solve(200, r -> besselRatio(strength * r) - r, below, 1.0));
    }

    /** I₁(x)/I₀(x) by Gauss's continued fraction 1/(2/x + 1/(4/x + 1/(6/x + …))), from its tail. */
    private static double besselRatio(double x) {
        double ratio = 0.0;
        for (int k = 40 + (int) Math.min(x, 1e5); k >= 1; k--) {
            ratio = 1.0 / (2.0 * k / x + ratio);
        }
        return ratio;
    }

    /**
     * For identical oscillators (Φ, I, 0) at every temperature, Φ = −KnR²/2.
     *
     * @param temperature β⁻¹
     * @return the decomposition; empty for γ > 0
     */
    @Override
    public Optional<Decomposition> decomposition(Temperature temperature) {
        if (spread != 0.0) {
            return Optional.empty();
        }
        VectorField drift = drift();
        Potential phi =
                Potential.of(theta -> -0.5 * coupling * oscillators * order(theta) * order(theta), (theta, out) -> {
                    drift.at(theta, out);
                    for (int i = 0; i < out.length; i++) {
                        out[i] = -out[i];
                    }
                });
        return Optional.of(
                new Decomposition(phi, Diffusion.isotropic(oscillators, 1.0), AntisymmetricField.zero(oscillators)));
    }
}
