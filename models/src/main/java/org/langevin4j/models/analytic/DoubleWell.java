package org.langevin4j.models.analytic;

import java.util.List;
import java.util.Optional;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.langevin4j.core.block.BlockMath;
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
 * Example 19 of Chaudhari and Soatto (2018): a double well with a rotating force, D = I.
 *
 * <pre>
 * Φ(x)   = (x₁² − 1)²/4 + x₂²/2
 * Jˢˢ(x) = λ e^(−r⁴/4) (−x₂, x₁),   r² = x₁² + x₂²     (up to the factor 1/Z of ρˢˢ = e^(−Φ)/Z)
 * j(x)   = e^Φ Jˢˢ
 * b(x)   = −∇f = j − ∇Φ
 * Q(x)   = q [[0, 1], [−1, 0]],   q(x) = λ (√π/2) erfc(r²/2) e^Φ
 * </pre>
 *
 * <p>q follows from Jˢˢ = ∇·(Qe^(−Φ)): with Qe^(−Φ) = ψ(r)[[0, 1], [−1, 0]] the right side is (∂₂ψ, −∂₁ψ) = (ψ′/r)(x₂, −x₁),
 * so ψ′ = −λ r e^(−r⁴/4), and ψ = λ∫_{r²/2}^∞ e^(−u²) du vanishes at infinity.
 *
 * <p>Φ is the potential of this drift at β = 1 alone (the paper's Theorem 22 says otherwise, see its Example 19 at other
 * temperatures); it is for every β if λ = 0. The paper's Assumption 4, ∇·j = 0, does not hold here, only ∇·(jρˢˢ) = 0, and
 * the drift has no limit cycle for any λ.
 *
 * @param lambda λ ≥ 0, strength of the rotation
 */
public record DoubleWell(double lambda) implements Model {

    private static final double TINY = 1e-200;

    private static final Parameter LAMBDA =
            Parameter.of("lambda", 1.5, Range.NOT_NEGATIVE, "1/time", "strength of the rotation");

    /** The wells of the drift meet the origin at λ = e^(−1/4). */
    public static final double MERGING_LAMBDA = Math.exp(-0.25);

    /**
     * Checks λ.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public DoubleWell {
        LAMBDA.at(lambda);
    }

    /** λ = 1.5. */
    public DoubleWell() {
        this(LAMBDA.defaultValue());
    }

    @Override
    public String name() {
        return "double-well";
    }

    @Override
    public String description() {
        return "double well with a rotating force, dx = (j − ∇Φ) dt + √(2β⁻¹) dW, Φ = (x₁² − 1)²/4 + x₂²/2,"
                + " j = λ e^(Φ − r⁴/4) (−x₂, x₁)";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(LAMBDA.at(lambda));
    }

    @Override
    public DoubleWell withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new DoubleWell(values[0]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("x1", "x2");
    }

    @Override
    public List<String> sources() {
        return List.of("Chaudhari and Soatto (2018), Example 19");
    }

    /**
     * The equation dx = b dt + √(2β⁻¹) dW in the Itô calculus; the noise is additive, so that every calculus agrees.
     *
     * @param temperature β⁻¹
     * @return the equation
     */
    @Override
    public Sde sde(Temperature temperature) {
        return Sde.ito(drift(), diffusion(), temperature);
    }

    /**
     * (Φ, I, Q), whose drift by eq. (19) is {@link #drift()} at β = 1, and at every β if λ = 0.
     *
     * @param temperature β⁻¹
     * @return the decomposition; empty at other temperatures, where Φ is another function
     */
    @Override
    public Optional<Decomposition> decomposition(Temperature temperature) {
        return lambda == 0.0 || (temperature.isConstant() && temperature.value() == 1.0)
                ? Optional.of(new Decomposition(potential(), diffusion(), antisymmetric()))
                : Optional.empty();
    }

    /** Of e^(−βΦ), where Φ is the potential: x₁ by quadrature, x₂ normal of variance β⁻¹. */
    @Override
    public Optional<StationaryMoments> stationaryMoments(Temperature temperature) {
        return decomposition(temperature).map(parts -> momentsOfWells(temperature));
    }

    static StationaryMoments momentsOfWells(Temperature temperature) {
        double t = temperature.value();
        // Beyond this x₁ the density is e^(−40) of its largest value.
        double end = Math.sqrt(1.0 + Math.sqrt(160.0 * t));
        double[] first = Quadrature.meanAndVariance(x -> phi(x, 0.0), 1.0 / t, -end, end, 64);
        return StationaryMoments.uncorrelated(new double[2], first[1], t);
    }

    /**
     * The diffusion matrix.
     *
     * @return I
     */
    public Diffusion diffusion() {
        return Diffusion.isotropic(2, 1.0);
    }

    /**
     * The potential.
     *
     * @return Φ with its gradient (x₁³ − x₁, x₂)
     */
    public Potential potential() {
        return Potential.of(x -> phi(x[0], x[1]), (x, out) -> {
            out[0] = x[0] * (x[0] * x[0] - 1.0);
            out[1] = x[1];
        });
    }

    private static double phi(double x, double y) {
        double well = x * x - 1.0;
        return 0.25 * well * well + 0.5 * y * y;
    }

    /** Φ − r⁴/4, bounded above by ½: no overflow, and no cancellation of x⁴. */
    private static double exponent(double x, double y) {
        double x2 = x * x;
        double y2 = y * y;
        return 0.25 - 0.5 * x2 + y2 * (0.5 - 0.5 * x2 - 0.25 * y2);
    }

    /**
     * The drift.
     *
     * @return b = j − ∇Φ
     */
    public VectorField drift() {
        return new Drift(lambda);
    }

    /** A record, so that equations of equal models are equal. */
    private record Drift(double lambda) implements VectorField {

        @Override
        public void at(double[] x, double[] out) {
            double swirl = lambda * BlockMath.exp(exponent(x[0], x[1]));
            out[0] = -swirl * x[1] - x[0] * (x[0] * x[0] - 1.0);
            out[1] = swirl * x[0] - x[1];
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            // Through the result's second array: exponent, its exponential, the drift.
            exponents(x[0], x[1], paths, out[1]);
            BlockMath.exp(out[1], paths, out[1]);
            drifts(x[0], x[1], paths, out[0], out[1]);
        }

        private void exponents(double[] x0, double[] x1, int paths, double[] out) {
            for (int p = 0; p < paths; p++) {
                double x2 = x0[p] * x0[p];
                double y2 = x1[p] * x1[p];
                out[p] = 0.25 - 0.5 * x2 + y2 * (0.5 - 0.5 * x2 - 0.25 * y2);
            }
        }

        private void drifts(double[] x0, double[] x1, int paths, double[] out0, double[] out1) {
            for (int p = 0; p < paths; p++) {
                double swirl = lambda * out1[p];
                out0[p] = -swirl * x1[p] - x0[p] * (x0[p] * x0[p] - 1.0);
                out1[p] = swirl * x0[p] - x1[p];
            }
        }
    }

    /**
     * The conservative force (eq. 8).
     *
     * @return j = λ e^(Φ − r⁴/4) (−x₂, x₁)
     */
    public VectorField conservativeForce() {
        return (x, out) -> {
            double swirl = lambda * Math.exp(exponent(x[0], x[1]));
            out[0] = -swirl * x[1];
            out[1] = swirl * x[0];
        };
    }

    /**
     * The stationary probability current without the factor 1/Z.
     *
     * @return λ e^(−r⁴/4) (−x₂, x₁)
     */
    public VectorField stationaryCurrent() {
        return (x, out) -> {
            double r2 = x[0] * x[0] + x[1] * x[1];
            double swirl = lambda * Math.exp(-0.25 * r2 * r2);
            out[0] = -swirl * x[1];
            out[1] = swirl * x[0];
        };
    }

    /**
     * The antisymmetric matrix of eq. (19).
     *
     * @return Q = q [[0, 1], [−1, 0]]
     */
    public AntisymmetricField antisymmetric() {
        return AntisymmetricField.planar(Potential.of(x -> q(x[0], x[1]), (x, out) -> {
            // ∇q = q∇Φ + e^Φ∇ψ with ∇ψ = −λ e^(−r⁴/4) x.
            double q = q(x[0], x[1]);
            double decay = lambda * Math.exp(exponent(x[0], x[1]));
            out[0] = q * x[0] * (x[0] * x[0] - 1.0) - decay * x[0];
            out[1] = q * x[1] - decay * x[1];
        }));
    }

    private double q(double x, double y) {
        double z = 0.5 * (x * x + y * y);
        return lambda * 0.5 * Math.sqrt(Math.PI) * ScaledErfc.at(z) * Math.exp(exponent(x, y));
    }

    /**
     * The points where the drift vanishes. Apart from the origin they exist for λ &lt; e^(−1/4) only: with E = λ e^(Φ − r⁴/4)
     * they are ±(√(1 − E²), E√(1 − E²)), E a root of a scalar equation that is solved to rounding.
     *
     * @return the origin, then the well with x₁ > 0 and its mirror image where they exist
     */
    @Override
    public List<double[]> restingPoints() {
        double[] origin = {0.0, 0.0};
        if (lambda >= MERGING_LAMBDA) {
            return List.of(origin);
        }
        // Of a tiny λ the exponent is that at E = 0, and a solver cannot see the sign of what is no normal number.
        double e = lambda <= TINY
                ? lambda * Math.exp(exponent(1.0, 0.0))
                : new BracketingNthOrderBrentSolver(1e-15, 1e-15, 5)
                        .solve(
                                200,
                                v -> {
                                    double x = Math.sqrt(1.0 - v * v);
                                    return lambda * Math.exp(exponent(x, v * x)) - v;
                                },
                                0.0,
                                1.0 - 1e-12);
        double x = Math.sqrt((1.0 - e) * (1.0 + e));
        return List.of(origin, new double[] {x, e * x}, new double[] {-x, -e * x});
    }
}
