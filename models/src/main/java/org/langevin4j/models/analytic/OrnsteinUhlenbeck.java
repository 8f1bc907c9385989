package org.langevin4j.models.analytic;

import java.util.List;
import java.util.Optional;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.model.StationaryMoments;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * An Ornstein–Uhlenbeck process of the plane with rotation and unequal noise, dx = −Fx dt + √(2β⁻¹D) dW.
 *
 * <pre>
 * F = [[a, −ω], [ω, a]],   D = diag(1, δ)
 * Σ = β⁻¹ [[s + u, −ωu/a], [−ωu/a, s − u]],   s = (1 + δ)/(2a),   u = a(1 − δ)/(2(a² + ω²))
 * </pre>
 *
 * <p>Q and Φ = xᵀUx/2 are those of {@link LinearDecomposition}; detailed balance holds for ω = 0 alone.
 *
 * @param relaxation a > 0
 * @param rotation ω, finite
 * @param anisotropy δ > 0
 */
public record OrnsteinUhlenbeck(double relaxation, double rotation, double anisotropy) implements Model {

    private static final Parameter RELAXATION =
            Parameter.of("relaxation", 1.0, Range.POSITIVE, "1/time", "a, rate of relaxation");
    private static final Parameter ROTATION =
            Parameter.of("rotation", 0.5, Range.FINITE, "1/time", "ω, angular velocity");
    private static final Parameter ANISOTROPY =
            Parameter.of("anisotropy", 0.5, Range.POSITIVE, "1", "δ, noise of x2 over that of x1");

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public OrnsteinUhlenbeck {
        RELAXATION.at(relaxation);
        ROTATION.at(rotation);
        ANISOTROPY.at(anisotropy);
    }

    /** The default parameters. */
    public OrnsteinUhlenbeck() {
        this(RELAXATION.defaultValue(), ROTATION.defaultValue(), ANISOTROPY.defaultValue());
    }

    @Override
    public String name() {
        return "ornstein-uhlenbeck";
    }

    @Override
    public String description() {
        return "linear relaxation with rotation, dx = −Fx dt + √(2β⁻¹D) dW, F = [[a, −ω], [ω, a]], D = diag(1, δ)";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(RELAXATION.at(relaxation), ROTATION.at(rotation), ANISOTROPY.at(anisotropy));
    }

    @Override
    public OrnsteinUhlenbeck withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new OrnsteinUhlenbeck(values[0], values[1], values[2]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("x1", "x2");
    }

    @Override
    public List<String> sources() {
        return List.of("Uhlenbeck and Ornstein (1930), Phys. Rev. 36, 823", "Chaudhari and Soatto (2018), Lemma 20");
    }

    /**
     * The equation in the Itô calculus; the noise is additive, so that every calculus agrees.
     *
     * @param temperature β⁻¹
     * @return the equation
     */
    @Override
    public Sde sde(Temperature temperature) {
        return Sde.ito(drift(), diffusion(), temperature);
    }

    /**
     * The drift, of a class that exact schemes recognise.
     *
     * @return −Fx
     */
    public AffineField drift() {
        return AffineField.of(matrix().scalarMultiply(-1.0), 0.0, 0.0);
    }

    /**
     * The diffusion matrix.
     *
     * @return diag(1, δ)
     */
    public Diffusion diffusion() {
        return Diffusion.diagonal(1.0, anisotropy);
    }

    private RealMatrix matrix() {
        return MatrixUtils.createRealMatrix(new double[][] {{relaxation, -rotation}, {rotation, relaxation}});
    }

    /** The same parts at every temperature. */
    @Override
    public Optional<Decomposition> decomposition(Temperature temperature) {
        return Optional.of(
                LinearDecomposition.of(matrix(), MatrixUtils.createRealDiagonalMatrix(new double[] {1.0, anisotropy}))
                        .toDecomposition());
    }

    @Override
    public Optional<StationaryMoments> stationaryMoments(Temperature temperature) {
        double t = temperature.value();
        double s = 0.5 * (1.0 + anisotropy) / relaxation;
        double u = 0.5 * relaxation * (1.0 - anisotropy) / (relaxation * relaxation + rotation * rotation);
        double mixed = -rotation * u / relaxation;
        return Optional.of(StationaryMoments.of(new double[2], MatrixUtils.createRealMatrix(new double[][] {
            {t * (s + u), t * mixed}, {t * mixed, t * (s - u)}
        })));
    }

    @Override
    public List<double[]> restingPoints() {
        return List.of(new double[2]);
    }
}
