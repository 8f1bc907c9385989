package org.langevin4j.models.analytic;

import java.util.List;
import java.util.Optional;
import org.hipparchus.linear.MatrixUtils;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.model.StationaryMoments;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * The square-root process of Cox, Ingersoll and Ross, on x ≥ 0.
 *
 * <pre>
 * dx = κ(θ − x) dt + √(2β⁻¹σ²x) dW,   D = σ²x;   the book's equation is that of β⁻¹ = ½
 * Φ(x) = (κx − κθ log x)/σ² + β⁻¹ log x
 * stationary:  Gamma of shape s = βκθ/σ², mean θ, variance β⁻¹σ²θ/κ
 * from x₀:     mean θ + (x₀ − θ)e^(−κt),  variance (2β⁻¹σ²/κ)(x₀(e^(−κt) − e^(−2κt)) + ½θ(1 − e^(−κt))²)
 * </pre>
 *
 * <p>The path reaches zero if s &lt; 1 (Feller 1951), and there √x is not Lipschitz: plain schemes are biased or leave the states
 * that make sense, where the noise is NaN.
 *
 * @param reversion κ > 0
 * @param level θ > 0
 * @param volatility σ > 0
 */
public record CoxIngersollRoss(double reversion, double level, double volatility) implements Model {

    private static final Parameter REVERSION =
            Parameter.of("reversion", 0.5, Range.POSITIVE, "1/time", "κ, rate of return to the mean");
    private static final Parameter LEVEL =
            Parameter.of("level", 0.04, Range.POSITIVE, "rate", "θ, mean of the stationary law");
    private static final Parameter VOLATILITY =
            Parameter.of("volatility", 0.2, Range.POSITIVE, "rate^½/time^½", "σ, size of the noise");

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public CoxIngersollRoss {
        REVERSION.at(reversion);
        LEVEL.at(level);
        VOLATILITY.at(volatility);
    }

    /** The default parameters. */
    public CoxIngersollRoss() {
        this(REVERSION.defaultValue(), LEVEL.defaultValue(), VOLATILITY.defaultValue());
    }

    @Override
    public String name() {
        return "cox-ingersoll-ross";
    }

    @Override
    public String description() {
        return "interest rate that stays positive, dx = κ(θ − x) dt + √(2β⁻¹σ²x) dW";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(REVERSION.at(reversion), LEVEL.at(level), VOLATILITY.at(volatility));
    }

    @Override
    public CoxIngersollRoss withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new CoxIngersollRoss(values[0], values[1], values[2]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("x");
    }

    @Override
    public List<String> sources() {
        return List.of("Cox, Ingersoll and Ross (1985), Econometrica 53, 385", "Feller (1951), Ann. Math. 54, 173");
    }

    /**
     * The equation in the Itô calculus.
     *
     * @param temperature β⁻¹
     * @return the equation
     */
    @Override
    public Sde sde(Temperature temperature) {
        return Sde.ito(drift(), diffusion(), temperature);
    }

    /**
     * The process in the form that exact sampling recognises, with all of the noise in its volatility, σ√(2β⁻¹).
     *
     * @param temperature β⁻¹
     * @return the process whose equation has the paths of {@link #sde}
     */
    public org.langevin4j.core.sde.CoxIngersollRoss process(Temperature temperature) {
        return org.langevin4j.core.sde.CoxIngersollRoss.of(
                reversion, level, volatility * Math.sqrt(2.0 * temperature.value()));
    }

    /**
     * The drift, of a class that schemes recognise as affine.
     *
     * @return κ(θ − x)
     */
    public AffineField drift() {
        return AffineField.of(MatrixUtils.createRealMatrix(new double[][] {{-reversion}}), reversion * level);
    }

    /**
     * The diffusion.
     *
     * @return σ²x with its derivative
     */
    public Diffusion diffusion() {
        return new Noise(volatility * volatility);
    }

    private record Noise(double variance) implements ReactionNoise {

        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public int noiseDimension() {
            return 1;
        }

        @Override
        public double direction(int i, int k) {
            return 1.0;
        }

        @Override
        public void intensities(double[] x, double[] out) {
            out[0] = variance * x[0];
        }

        @Override
        public void intensitiesBlock(double[][] x, int paths, double[][] out) {
            for (int p = 0; p < paths; p++) {
                out[0][p] = variance * x[0][p];
            }
        }

        @Override
        public void intensityGradients(double[] x, double[] out) {
            out[0] = variance;
        }
    }

    /** (Φ, D, 0) on x > 0. */
    @Override
    public Optional<Decomposition> decomposition(Temperature temperature) {
        double variance = volatility * volatility;
        double slope = reversion / variance;
        double logarithm = temperature.value() - slope * level;
        return Optional.of(new Decomposition(
                Potential.of(
                        x -> slope * x[0] + logarithm * Math.log(x[0]), (x, out) -> out[0] = slope + logarithm / x[0]),
                diffusion(),
                AntisymmetricField.zero(1)));
    }

    @Override
    public Optional<StationaryMoments> stationaryMoments(Temperature temperature) {
        return Optional.of(StationaryMoments.uncorrelated(
                new double[] {level}, temperature.value() * volatility * volatility * level / reversion));
    }

    /**
     * The mean after some time.
     *
     * @param start x₀ ≥ 0
     * @param time t ≥ 0
     * @return E[x(t)]
     */
    public double mean(double start, double time) {
        return level + (start - level) * Math.exp(-reversion * time);
    }

    /**
     * The variance after some time.
     *
     * @param temperature β⁻¹
     * @param start x₀ ≥ 0
     * @param time t ≥ 0
     * @return Var x(t)
     */
    public double variance(Temperature temperature, double start, double time) {
        double gone = -Math.expm1(-reversion * time);
        return 2.0
                * temperature.value()
                * volatility
                * volatility
                / reversion
                * gone
                * (start * Math.exp(-reversion * time) + 0.5 * level * gone);
    }

    @Override
    public List<double[]> restingPoints() {
        return List.of(new double[] {level});
    }
}
