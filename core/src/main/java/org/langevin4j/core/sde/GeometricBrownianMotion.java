package org.langevin4j.core.sde;

import java.util.Optional;
import org.hipparchus.analysis.differentiation.Gradient;
import org.langevin4j.core.block.VectorText;

/**
 * Geometric Brownian motion with independent noises, dxᵢ = μᵢxᵢ dt + σᵢxᵢ ∘α dWᵢ (Kloeden and Platen 1992, section 4.4, for
 * Itô). Read with α the growth rate of the mean is μᵢ + ασᵢ², and
 *
 * <pre>xᵢ(t) = xᵢ(0) exp((μᵢ + (α − ½)σᵢ²)t + σᵢWᵢ(t)).</pre>
 *
 * <p>{@link #sde()} gives it as an equation that any scheme takes; {@link #recognise} finds it again.
 */
public final class GeometricBrownianMotion {

    private final double[] rate;
    private final double[] volatility;
    private final double alpha;
    private final Sde sde;

    private GeometricBrownianMotion(double[] rate, double[] volatility, Calculus.Alpha calculus) {
        this.rate = rate;
        this.volatility = volatility;
        this.alpha = calculus.alpha();
        int d = rate.length;
        Diffusion diffusion = Diffusion.automaticDiagonal(d, x -> {
            Gradient[] entries = new Gradient[d];
            for (int i = 0; i < d; i++) {
                entries[i] = x[i].multiply(volatility[i]).square();
            }
            return entries;
        });
        // β⁻¹ = ½ makes √(2β⁻¹D) = σx.
        this.sde = new Sde(new GrowthField(this), diffusion, Temperature.of(0.5), calculus);
    }

    /**
     * The motion read as Itô.
     *
     * @param rates μ, length d ≥ 1, finite; copied
     * @param volatilities σ, length d, finite and not negative; copied
     * @return the motion
     */
    public static GeometricBrownianMotion of(double[] rates, double[] volatilities) {
        if (!(rates.length > 0 && rates.length == volatilities.length)) {
            throw new IllegalArgumentException("rates and volatilities must have one and the same positive length, got "
                    + rates.length + " and " + volatilities.length);
        }
        for (int i = 0; i < rates.length; i++) {
            if (!(Math.abs(rates[i]) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("rates must be finite, got μ[" + i + "] = " + rates[i]);
            }
            if (!(volatilities[i] >= 0.0 && volatilities[i] <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "volatilities must be finite and not negative, got σ[" + i + "] = " + volatilities[i]);
            }
        }
        return new GeometricBrownianMotion(rates.clone(), volatilities.clone(), (Calculus.Alpha) Calculus.ITO);
    }

    /**
     * The same symbols in another reading: another process, unless σ = 0.
     *
     * @param calculus an α-type reading
     * @return the changed motion
     * @throws IllegalArgumentException if the reading is A-type
     */
    public GeometricBrownianMotion read(Calculus calculus) {
        if (!(calculus instanceof Calculus.Alpha reading)) {
            throw new IllegalArgumentException("calculus must be α-type, got " + calculus);
        }
        return new GeometricBrownianMotion(rate, volatility, reading);
    }

    /**
     * The motion behind an equation.
     *
     * @param sde any equation
     * @return the motion whose {@link #sde()} it is, or empty if there is none
     */
    public static Optional<GeometricBrownianMotion> recognise(Sde sde) {
        return ClosedFormDrift.formOf(sde, GeometricBrownianMotion.class);
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
     * The growth rate of log xᵢ(t).
     *
     * @param i coordinate
     * @return μᵢ + (α − ½)σᵢ²
     */
    public double logarithmicRate(int i) {
        return rate[i] + (alpha - 0.5) * volatility[i] * volatility[i];
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
     * The equation: drift μx, D = diag(σᵢ²xᵢ²), β⁻¹ = ½.
     *
     * @return the equation in the motion's calculus
     */
    public Sde sde() {
        return sde;
    }

    private static final class GrowthField implements ClosedFormDrift<GeometricBrownianMotion> {

        private final GeometricBrownianMotion motion;

        GrowthField(GeometricBrownianMotion motion) {
            this.motion = motion;
        }

        @Override
        public GeometricBrownianMotion form() {
            return motion;
        }

        @Override
        public Sde equation() {
            return motion.sde;
        }

        @Override
        public void at(double[] x, double[] out) {
            for (int i = 0; i < motion.rate.length; i++) {
                out[i] = motion.rate[i] * x[i];
            }
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            for (int i = 0; i < motion.rate.length; i++) {
                double rate = motion.rate[i];
                double[] from = x[i];
                double[] to = out[i];
                for (int p = 0; p < paths; p++) {
                    to[p] = rate * from[p];
                }
            }
        }
    }

    @Override
    public String toString() {
        return "geometric Brownian motion, rates " + VectorText.of(rate) + ", volatilities "
                + VectorText.of(volatility);
    }
}
