package org.langevin4j.models.analytic;

import java.util.List;
import java.util.Optional;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.model.StationaryMoments;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * Schlögl's model of a chemical reaction with two stable states, A + 2X ⇌ 3X, B ⇌ X, by its chemical Langevin equation.
 *
 * <pre>
 * b(x) = w₊ − w₋,   D(x) = (w₊ + w₋)/2,   w₊ = k₁x² + k₃,   w₋ = k₂x³ + k₄x,   β = volume
 * Φ(x) = 2x − 4∫₀ˣ w₊/(w₊ + w₋) du + β⁻¹ log D(x)
 * </pre>
 *
 * <p>Φ is that of a reflecting wall at x = 0, on x ≥ 0, and depends on the temperature. Its integral is done by Gauss and
 * Legendre's rule on panels that double in length: with all kᵢ > 0 the poles are at least 60° away from the positive axis, so
 * that twenty points a panel give it to rounding. As β → ∞ it is the large-deviation rate of the Langevin equation, not of the
 * jump process (Vellela and Qian 2009).
 *
 * @param k1 k₁ > 0, of A + 2X → 3X, with the concentration of A in it
 * @param k2 k₂ > 0, of 3X → A + 2X
 * @param k3 k₃ > 0, of B → X, with the concentration of B in it
 * @param k4 k₄ > 0, of X → B
 */
public record Schloegl(double k1, double k2, double k3, double k4) implements Model {

    private static final Parameter K1 =
            Parameter.of("k1", 3.0, Range.POSITIVE, "1/(concentration·time)", "k₁, autocatalysis");
    private static final Parameter K2 =
            Parameter.of("k2", 0.6, Range.POSITIVE, "1/(concentration²·time)", "k₂, its reverse");
    private static final Parameter K3 = Parameter.of("k3", 0.25, Range.POSITIVE, "concentration/time", "k₃, supply");
    private static final Parameter K4 = Parameter.of("k4", 2.95, Range.POSITIVE, "1/time", "k₄, decay");

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public Schloegl {
        K1.at(k1);
        K2.at(k2);
        K3.at(k3);
        K4.at(k4);
    }

    /** The default parameters. */
    public Schloegl() {
        this(K1.defaultValue(), K2.defaultValue(), K3.defaultValue(), K4.defaultValue());
    }

    @Override
    public String name() {
        return "schloegl";
    }

    @Override
    public String description() {
        return "Schlögl model, ẋ = k₁x² − k₂x³ + k₃ − k₄x, chemical Langevin noise";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(K1.at(k1), K2.at(k2), K3.at(k3), K4.at(k4));
    }

    @Override
    public Schloegl withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new Schloegl(values[0], values[1], values[2], values[3]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("x");
    }

    @Override
    public List<String> sources() {
        return List.of(
                "Schlögl (1972), Z. Phys. 253, 147",
                "Vellela and Qian (2009), J. R. Soc. Interface 6, 925",
                "Gillespie (2000), J. Chem. Phys. 113, 297");
    }

    /**
     * The equation in the Itô calculus; β⁻¹ is one over the volume.
     *
     * @param temperature β⁻¹
     * @return the equation
     */
    @Override
    public Sde sde(Temperature temperature) {
        return Sde.ito(drift(), diffusion(), temperature);
    }

    /**
     * The drift.
     *
     * @return w₊ − w₋ with its derivative
     */
    public DifferentiableField drift() {
        return new Drift(k1, k2, k3, k4);
    }

    /**
     * The diffusion.
     *
     * @return (w₊ + w₋)/2 with its derivative
     */
    public Diffusion diffusion() {
        return new Noise(k1, k2, k3, k4);
    }

    private record Drift(double k1, double k2, double k3, double k4) implements DifferentiableField {

        @Override
        public void at(double[] x, double[] out) {
            out[0] = k3 + x[0] * (x[0] * (k1 - k2 * x[0]) - k4);
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            block(x[0], paths, out[0]);
        }

        private void block(double[] from, int paths, double[] to) {
            for (int p = 0; p < paths; p++) {
                to[p] = k3 + from[p] * (from[p] * (k1 - k2 * from[p]) - k4);
            }
        }

        @Override
        public void jacobian(double[] x, double[] out) {
            out[0] = x[0] * (2.0 * k1 - 3.0 * k2 * x[0]) - k4;
        }
    }

    private record Noise(double k1, double k2, double k3, double k4) implements ReactionNoise {

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
            out[0] = 0.5 * (k3 + x[0] * (k4 + x[0] * (k1 + k2 * x[0])));
        }

        @Override
        public void intensitiesBlock(double[][] x, int paths, double[][] out) {
            double[] from = x[0];
            double[] to = out[0];
            for (int p = 0; p < paths; p++) {
                to[p] = 0.5 * (k3 + from[p] * (k4 + from[p] * (k1 + k2 * from[p])));
            }
        }

        @Override
        public void intensityGradients(double[] x, double[] out) {
            out[0] = 0.5 * (k4 + x[0] * (2.0 * k1 + 3.0 * k2 * x[0]));
        }
    }

    /** (Φ, D, 0) on x ≥ 0. */
    @Override
    public Optional<Decomposition> decomposition(Temperature temperature) {
        double t = temperature.value();
        Drift b = new Drift(k1, k2, k3, k4);
        Noise d = new Noise(k1, k2, k3, k4);
        Potential phi = Potential.of(x -> phi(x[0], t), (x, out) -> {
            // Φ′ = (β⁻¹D′ − b)/D.
            double[] one = new double[1];
            b.at(x, one);
            double drift = one[0];
            d.intensities(x, one);
            double noise = one[0];
            d.intensityGradients(x, one);
            out[0] = (t * one[0] - drift) / noise;
        });
        return Optional.of(new Decomposition(phi, d, AntisymmetricField.zero(1)));
    }

    private double phi(double x, double t) {
        if (!(x >= 0.0)) {
            return Double.NaN;
        }
        // No pole is nearer to zero than this (Cauchy's bound).
        double end = k3 / (k3 + Math.max(k1, Math.max(k2, k4)));
        double begin = 0.0;
        double sum = 0.0;
        while (begin < x) {
            double stop = Math.min(end, x);
            sum += Quadrature.integral(this::birthShare, begin, stop, 1);
            begin = stop;
            end *= 2.0;
        }
        return 2.0 * x - 4.0 * sum + t * Math.log(0.5 * (k3 + x * (k4 + x * (k1 + k2 * x))));
    }

    /** w₊/(w₊ + w₋). */
    private double birthShare(double u) {
        return (k1 * u * u + k3) / (k3 + u * (k4 + u * (k1 + k2 * u)));
    }

    /** On x ≥ 0, by quadrature. */
    @Override
    public Optional<StationaryMoments> stationaryMoments(Temperature temperature) {
        double t = temperature.value();
        List<Double> rest = Cubic.roots(-k2, k1, -k4, k3);
        double lowest = Double.POSITIVE_INFINITY;
        for (double x : rest) {
            lowest = Math.min(lowest, phi(Math.max(x, 0.0), t));
        }
        double end = 2.0 * rest.get(rest.size() - 1);
        while (phi(end, t) < lowest + 40.0 * t) {
            end *= 1.25;
        }
        double[] moments = Quadrature.meanAndVariance(x -> phi(x, t), 1.0 / t, 0.0, end, 64);
        return Optional.of(StationaryMoments.uncorrelated(new double[] {moments[0]}, moments[1]));
    }

    @Override
    public List<double[]> restingPoints() {
        return Cubic.roots(-k2, k1, -k4, k3).stream().map(x -> new double[] {x}).toList();
    }
}
