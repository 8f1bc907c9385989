package org.langevin4j.models.analytic;

import cern.jet.stat.Probability;
import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.random.Mark;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Jump;
import org.langevin4j.core.sde.Jumps;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.StateMap;
import org.langevin4j.core.sde.Temperature;

/**
 * Merton's jump diffusion, as the logarithm y of a price S = e^y, so that its noise is additive.
 *
 * <pre>
 * dy = (r − β⁻¹σ² − λk) dt + √(2β⁻¹)σ dW + jumps of N(m, δ²) at the rate λ,   k = e^(m+δ²/2) − 1
 * E[S(t)] = S(0)e^(rt),   E[y] = y₀ + (r − β⁻¹σ² − λk + λm)t,   Var y = (2β⁻¹σ² + λ(m² + δ²))t
 * </pre>
 *
 * <p>The book's equation is that of β⁻¹ = ½. It has no stationary law.
 *
 * @param rate r, finite
 * @param volatility σ ≥ 0
 * @param intensity λ ≥ 0
 * @param jumpMean m, finite
 * @param jumpDeviation δ ≥ 0
 */
public record MertonJumpDiffusion(
        double rate, double volatility, double intensity, double jumpMean, double jumpDeviation) implements Model {

    /** Of a series, which takes some seconds. */
    private static final double MOST_JUMPS = 1e7;

    private static final Parameter RATE =
            Parameter.of("rate", 0.05, Range.FINITE, "1/time", "r, growth of the mean price");
    private static final Parameter VOLATILITY =
            Parameter.of("volatility", 0.2, Range.NOT_NEGATIVE, "1/time^½", "σ, size of the noise");
    private static final Parameter INTENSITY =
            Parameter.of("intensity", 1.0, Range.NOT_NEGATIVE, "1/time", "λ, jumps in unit time");
    private static final Parameter JUMP_MEAN =
            Parameter.of("jumpMean", -0.1, Range.FINITE, "1", "m, mean jump of the logarithm");
    private static final Parameter JUMP_DEVIATION = Parameter.of(
            "jumpDeviation", 0.15, Range.NOT_NEGATIVE, "1", "δ, standard deviation of the jumps of the logarithm");

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public MertonJumpDiffusion {
        RATE.at(rate);
        VOLATILITY.at(volatility);
        INTENSITY.at(intensity);
        JUMP_MEAN.at(jumpMean);
        JUMP_DEVIATION.at(jumpDeviation);
    }

    /** The default parameters. */
    public MertonJumpDiffusion() {
        this(
                RATE.defaultValue(),
                VOLATILITY.defaultValue(),
                INTENSITY.defaultValue(),
                JUMP_MEAN.defaultValue(),
                JUMP_DEVIATION.defaultValue());
    }

    @Override
    public String name() {
        return "merton-jump-diffusion";
    }

    @Override
    public String description() {
        return "logarithm of a price with jumps, dy = (r − β⁻¹σ² − λk) dt + √(2β⁻¹)σ dW + jumps of N(m, δ²) at the rate λ";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                RATE.at(rate),
                VOLATILITY.at(volatility),
                INTENSITY.at(intensity),
                JUMP_MEAN.at(jumpMean),
                JUMP_DEVIATION.at(jumpDeviation));
    }

    @Override
    public MertonJumpDiffusion withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new MertonJumpDiffusion(values[0], values[1], values[2], values[3], values[4]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("y");
    }

    @Override
    public List<String> sources() {
        return List.of("Merton (1976), J. Financ. Econ. 3, 125");
    }

    /**
     * The equation in the Itô calculus, with its jumps.
     *
     * @param temperature β⁻¹
     * @return the equation
     */
    @Override
    public Sde sde(Temperature temperature) {
        return Sde.ito(drift(temperature), Diffusion.isotropic(1, volatility * volatility), temperature)
                .with(Jumps.of(Jump.atRate(intensity, new Leap(jumpMean, jumpDeviation))));
    }

    /** y + m + δξ. */
    private record Leap(double mean, double deviation) implements StateMap {

        @Override
        public void apply(double[] x, Mark mark) {
            x[0] += mean + deviation * mark.normal(0);
        }
    }

    /**
     * The drift, of a class that exact schemes recognise; with it the price grows by r in the mean.
     *
     * @param temperature β⁻¹
     * @return r − β⁻¹σ² − λk
     */
    public AffineField drift(Temperature temperature) {
        return AffineField.of(
                MatrixUtils.createRealMatrix(1, 1),
                rate - temperature.value() * volatility * volatility - intensity * meanJump());
    }

    private double meanJump() {
        return Math.expm1(jumpMean + 0.5 * jumpDeviation * jumpDeviation);
    }

    /**
     * The mean of y(t) − y(0).
     *
     * @param temperature β⁻¹
     * @param time t ≥ 0
     * @return (r − β⁻¹σ² − λk + λm)t
     */
    public double meanGrowth(Temperature temperature, double time) {
        double noise = temperature.value() * volatility * volatility;
        return (rate - noise + intensity * (jumpMean - meanJump())) * time;
    }

    /**
     * The variance of y(t) − y(0).
     *
     * @param temperature β⁻¹
     * @param time t ≥ 0
     * @return (2β⁻¹σ² + λ(m² + δ²))t
     */
    public double variance(Temperature temperature, double time) {
        return (2.0 * temperature.value() * volatility * volatility
                        + intensity * (jumpMean * jumpMean + jumpDeviation * jumpDeviation))
                * time;
    }

    /**
     * The price of a European call, e^(−rt) E[max(S(t) − strike, 0)], by Merton's series over the number n of jumps: given
     * n, the logarithm is normal.
     *
     * @param temperature β⁻¹; the book's is ½
     * @param price S(0) > 0
     * @param strike the strike > 0
     * @param time t > 0
     * @return the price
     * @throws IllegalArgumentException if a number is not positive and finite, or jumps by the law or weighted by their prices are more than ten million
     * @throws ArithmeticException if the price, or a part of it, is beyond the doubles
     */
    public double callPrice(Temperature temperature, double price, double strike, double time) {
        if (!(price > 0.0
                && strike > 0.0
                && time > 0.0
                && Math.max(Math.max(price, strike), time) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("price, strike and time must be positive and finite, got " + price + ", "
                    + strike + " and " + time);
        }
        double noise = 2.0 * temperature.value() * volatility * volatility * time;
        double expected = intensity * time;
        double start = Math.log(price) + (rate - intensity * meanJump()) * time - 0.5 * noise;
        double sum = 0.0;
        double logWeight = -expected;
        // Weighted by the price, which jumps upwards raise, n is Poisson with this mean.
        double most = Math.max(expected, expected * (1.0 + meanJump()));
        if (!(most <= MOST_JUMPS)) {
            throw new IllegalArgumentException(
                    "time must be so short that jumps are at most " + MOST_JUMPS + ", got " + time + " with " + most);
        }
        for (int n = 0; n < most + 40.0 + 12.0 * Math.sqrt(most); n++) {
            if (n > 0) {
                logWeight += Math.log(expected / n);
            }
            double variance = noise + n * jumpDeviation * jumpDeviation;
            double part = Math.exp(logWeight) * call(start + n * jumpMean, variance, strike);
            // A price that is beyond the doubles times a weight that is below: as one exponent.
            sum += part <= Double.MAX_VALUE
                    ? part
                    : call(start + n * jumpMean + logWeight, variance, strike * Math.exp(logWeight));
        }
        double found = Math.exp(-rate * time) * sum;
        if (!(found <= Double.MAX_VALUE)) {
            throw new ArithmeticException("the price of a call, or a part of it, is beyond the doubles, got " + found);
        }
        return found;
    }

    /** E[max(e^y − strike, 0)] of a normal y. */
    private static double call(double mean, double variance, double strike) {
        double deviation = Math.sqrt(variance);
        if (deviation == 0.0) {
            return Math.max(Math.exp(mean) - strike, 0.0);
        }
        double away = (mean - Math.log(strike)) / deviation;
        return Math.exp(mean + 0.5 * variance) * Probability.normal(away + deviation)
                - strike * Probability.normal(away);
    }
}
