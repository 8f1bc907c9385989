package org.langevin4j.core.sde;

import java.util.Optional;
import org.hipparchus.analysis.differentiation.Gradient;
import org.langevin4j.core.block.VectorText;

/**
 * The square-root process of Cox, Ingersoll and Ross (1985, Econometrica 53, 385), independent coordinates,
 *
 * <pre>dxᵢ = κᵢ(θᵢ − xᵢ) dt + σᵢ√xᵢ dWᵢ,   xᵢ ≥ 0.</pre>
 *
 * With c = σ²(1 − e^(−κt))/(4κ), x(t)/c has the noncentral χ² law of 4κθ/σ² degrees of freedom and noncentrality
 * x(0)e^(−κt)/c. The stationary law is that of Gamma with shape 2κθ/σ² and mean θ. 0 is reached where 2κθ &lt; σ² (Feller
 * 1951); the coefficient √x is not Lipschitz there, and steps of Euler's kind leave x ≥ 0.
 *
 * <p>{@link #sde()} gives it as an equation; {@link #recognise} finds it again.
 */
public final class CoxIngersollRoss {

    private final double[] rate;
    private final double[] mean;
    private final double[] volatility;
    private final Sde sde;

    private CoxIngersollRoss(double[] rate, double[] mean, double[] volatility) {
        this.rate = rate;
        this.mean = mean;
        this.volatility = volatility;
        int d = rate.length;
        Diffusion diffusion = Diffusion.automaticDiagonal(d, x -> {
                    Gradient[] entries = new Gradient[d];
                    for (int i = 0; i < d; i++) {
                        entries[i] = x[i].multiply(volatility[i] * volatility[i]);
                    }
                    return entries;
                })
                .declaring(Noise.DIAGONAL);
        // β⁻¹ = ½ makes √(2β⁻¹D) = σ√x.
        this.sde = Sde.ito(new RelaxingField(this), diffusion, Temperature.of(0.5));
    }

    /**
     * The process in one dimension.
     *
     * @param rate κ > 0
     * @param mean θ ≥ 0
     * @param volatility σ > 0
     * @return the process
     */
    public static CoxIngersollRoss of(double rate, double mean, double volatility) {
        return of(new double[] {rate}, new double[] {mean}, new double[] {volatility});
    }

    /**
     * Independent processes.
     *
     * @param rates κ, length d ≥ 1, positive and finite; copied
     * @param means θ, length d, not negative and finite; copied
     * @param volatilities σ, length d, positive and finite; copied
     * @return the process in d dimensions
     */
    public static CoxIngersollRoss of(double[] rates, double[] means, double[] volatilities) {
        if (!(rates.length > 0 && rates.length == means.length && rates.length == volatilities.length)) {
            throw new IllegalArgumentException(
                    "rates, means and volatilities must have one and the same positive length," + " got " + rates.length
                            + ", " + means.length + " and " + volatilities.length);
        }
        for (int i = 0; i < rates.length; i++) {
            if (!(rates[i] > 0.0 && rates[i] <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("rates must be positive and finite, got κ[" + i + "] = " + rates[i]);
            }
            if (!(means[i] >= 0.0 && means[i] <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "means must be finite and not negative, got θ[" + i + "] = " + means[i]);
            }
            if (!(volatilities[i] > 0.0 && volatilities[i] <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "volatilities must be positive and finite, got σ[" + i + "] = " + volatilities[i]);
            }
        }
        return new CoxIngersollRoss(rates.clone(), means.clone(), volatilities.clone());
    }

    /**
     * The process behind an equation.
     *
     * @param sde any equation
     * @return the process whose {@link #sde()} it is, or empty if there is none
     */
    public static Optional<CoxIngersollRoss> recognise(Sde sde) {
        return ClosedFormDrift.formOf(sde, CoxIngersollRoss.class);
    }

    /**
     * The dimension.
     *
     * @return d
     */
    public int dimension() {
        return rate.length;
    }

    /**
     * The rate of relaxation.
     *
     * @param i coordinate
     * @return κᵢ
     */
    public double rate(int i) {
        return rate[i];
    }

    /**
     * The stationary mean.
     *
     * @param i coordinate
     * @return θᵢ
     */
    public double mean(int i) {
        return mean[i];
    }

    /**
     * The volatility.
     *
     * @param i coordinate
     * @return σᵢ
     */
    public double volatility(int i) {
        return volatility[i];
    }

    /**
     * The equation: drift κ(θ − x), D = diag(σᵢ²xᵢ), β⁻¹ = ½, Itô.
     *
     * @return the equation
     */
    public Sde sde() {
        return sde;
    }

    private static final class RelaxingField implements ClosedFormDrift<CoxIngersollRoss> {

        private final CoxIngersollRoss process;

        RelaxingField(CoxIngersollRoss process) {
            this.process = process;
        }

        @Override
        public CoxIngersollRoss form() {
            return process;
        }

        @Override
        public Sde equation() {
            return process.sde;
        }

        @Override
        public void at(double[] x, double[] out) {
            for (int i = 0; i < out.length; i++) {
                out[i] = process.rate[i] * (process.mean[i] - x[i]);
            }
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            for (int i = 0; i < out.length; i++) {
                double rate = process.rate[i];
                double mean = process.mean[i];
                for (int p = 0; p < paths; p++) {
                    out[i][p] = rate * (mean - x[i][p]);
                }
            }
        }
    }

    @Override
    public String toString() {
        return "CoxIngersollRoss[rate = " + VectorText.of(rate) + ", mean = " + VectorText.of(mean) + ", volatility = "
                + VectorText.of(volatility) + "]";
    }
}
