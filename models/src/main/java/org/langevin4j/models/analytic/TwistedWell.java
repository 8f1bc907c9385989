package org.langevin4j.models.analytic;

import java.util.List;
import java.util.Optional;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.model.StationaryMoments;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * A double well whose noise and rotation both depend on the state: the smallest system in which every term of eq. (19)
 * of Chaudhari and Soatto (2018) is at work.
 *
 * <pre>
 * Φ(x) = (x₁² − 1)²/4 + x₂²/2
 * B(x) = [[1 + 0.3 s(x₂), 0], [0.5 s(x₁), 1 + 0.3 c(x₁)]],   D = B Bᵀ
 * Q(x) = q [[0, 1], [−1, 0]],   q(x) = ω (1 + 0.5 c(x₁) s(x₂))
 * s(u) = u/√(1 + u²),   c(u) = 1/√(1 + u²)
 * </pre>
 *
 * <p>Given as (Φ, D, Q) its stationary density is e^(−βΦ)/Z at every temperature. D is positive definite everywhere.
 *
 * @param omega ω, finite, strength of the rotation
 */
public record TwistedWell(double omega) implements Model {

    private static final Parameter OMEGA = Parameter.of("omega", 2.0, Range.FINITE, "1", "strength of the rotation");

    /**
     * Checks ω.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public TwistedWell {
        OMEGA.at(omega);
    }

    /** ω = 2. */
    public TwistedWell() {
        this(OMEGA.defaultValue());
    }

    @Override
    public String name() {
        return "twisted-well";
    }

    @Override
    public String description() {
        return "double well with state-dependent, correlated noise and rotation, b = −(D+Q)∇Φ + β⁻¹∇·(D+Q)";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(OMEGA.at(omega));
    }

    @Override
    public TwistedWell withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new TwistedWell(values[0]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("x1", "x2");
    }

    @Override
    public List<String> sources() {
        return List.of("an example of eq. (19) of Chaudhari and Soatto (2018) with all its terms");
    }

    /**
     * The Itô equation with the drift of eq. (19), which depends on the temperature.
     *
     * @param temperature β⁻¹
     * @return the equation
     */
    @Override
    public Sde sde(Temperature temperature) {
        return parts().aType(temperature).toIto();
    }

    @Override
    public Optional<StationaryMoments> stationaryMoments(Temperature temperature) {
        return Optional.of(DoubleWell.momentsOfWells(temperature));
    }

    /**
     * (Φ, D, Q), the same at every temperature.
     *
     * @param temperature β⁻¹
     * @return the decomposition
     */
    @Override
    public Optional<Decomposition> decomposition(Temperature temperature) {
        return Optional.of(parts());
    }

    private Decomposition parts() {
        return new Decomposition(potential(), diffusion(), antisymmetric());
    }

    /**
     * The potential, that of {@link DoubleWell}.
     *
     * @return Φ
     */
    public Potential potential() {
        return new DoubleWell(0.0).potential();
    }

    /**
     * The antisymmetric matrix.
     *
     * @return Q
     */
    public AntisymmetricField antisymmetric() {
        return AntisymmetricField.planar(Potential.of(
                x -> omega * (1.0 + 0.5 * decay(x[0]) * sigmoid(x[1])), (x, out) -> {
                    double c = decay(x[0]);
                    double e = decay(x[1]);
                    out[0] = -0.5 * omega * x[0] * c * c * c * x[1] * e;
                    out[1] = 0.5 * omega * c * e * e * e;
                }));
    }

    /** s(u), with s′ = c³. */
    private static double sigmoid(double u) {
        return u * decay(u);
    }

    /** c(u), with c′ = −uc³. */
    private static double decay(double u) {
        return 1.0 / Math.sqrt(1.0 + u * u);
    }

    /**
     * The diffusion matrix.
     *
     * @return D with its factor B and all derivatives in closed form
     */
    public Diffusion diffusion() {
        return new TwistedNoise();
    }

    private static final class TwistedNoise implements Diffusion {

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public int noiseDimension() {
            return 2;
        }

        @Override
        public Structure structure() {
            return Structure.FULL;
        }

        @Override
        public boolean isConstant() {
            return false;
        }

        @Override
        public void factorTimes(double[] x, double[] xi, double[] out) {
            double c = decay(x[0]);
            out[0] = (1.0 + 0.3 * sigmoid(x[1])) * xi[0];
            out[1] = 0.5 * x[0] * c * xi[0] + (1.0 + 0.3 * c) * xi[1];
        }

        @Override
        public void factorTimesBlock(double[][] x, double[][] xi, int paths, double[][] out) {
            for (int p = 0; p < paths; p++) {
                double c = decay(x[0][p]);
                out[0][p] = (1.0 + 0.3 * sigmoid(x[1][p])) * xi[0][p];
                out[1][p] = 0.5 * x[0][p] * c * xi[0][p] + (1.0 + 0.3 * c) * xi[1][p];
            }
        }

        @Override
        public void times(double[] x, double[] v, double[] out) {
            double c = decay(x[0]);
            double b11 = 1.0 + 0.3 * sigmoid(x[1]);
            double b21 = 0.5 * x[0] * c;
            double b22 = 1.0 + 0.3 * c;
            double first = b11 * v[0] + b21 * v[1];
            out[0] = b11 * first;
            out[1] = b21 * first + b22 * b22 * v[1];
        }

        @Override
        public void divergence(double[] x, double[] out) {
            double c = decay(x[0]);
            double e = decay(x[1]);
            out[0] = 0.15 * e * e * e * x[0] * c;
            out[1] = 0.5 * (1.0 + 0.3 * x[1] * e) * c * c * c;
        }

        /** Equal to ∇·D, because no column of B diverges: B₁₁ and B₂₁ do not depend on x₁ and x₂, nor B₂₂ on x₂. */
        @Override
        public Optional<VectorField> noiseInducedDrift() {
            return Optional.of(this::divergence);
        }
    }
}
