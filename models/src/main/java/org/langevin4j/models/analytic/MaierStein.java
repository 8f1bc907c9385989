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
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * The system of Maier and Stein (1993) with μ = 1 and D = I: two wells without a potential, between which the most likely path
 * bifurcates.
 *
 * <pre>b(x) = (x₁ − x₁³ − κx₁x₂², −(1 + x₁²)x₂)</pre>
 *
 * <p>The axes are invariant, x₁ = 0 is the edge of the wells' basins. It is the gradient of a potential for κ = 1 alone, f =
 * (x₁² − 1)²/4 + (1 + x₁²)x₂²/2. For κ ≤ 4 the most likely path from a well to the saddle is the axis, V(x₁, 0) = (1 − x₁²)²/4
 * there and the barrier is ¼; for κ &gt; 4 the axis is a maximum between two mirrored paths whose action is smaller. Maier and
 * Stein write α for κ and √ε dW for the noise, with V twice as large.
 *
 * @param kappa κ, positive and finite
 */
public record MaierStein(double kappa) implements Model {

    private static final Parameter KAPPA =
            Parameter.of("kappa", 5.0, Range.POSITIVE, "1", "how much x₂ pushes towards the edge of the basins");

    /** Above this κ the most likely path leaves the axis. */
    public static final double BIFURCATION_KAPPA = 4.0;

    /** The quasi-potential of the saddle seen from a well for κ ≤ 4. */
    public static final double BARRIER_ON_AXIS = 0.25;

    /**
     * Checks κ.
     *
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public MaierStein {
        KAPPA.at(kappa);
    }

    /** κ = 5. */
    public MaierStein() {
        this(KAPPA.defaultValue());
    }

    @Override
    public String name() {
        return "maier-stein";
    }

    @Override
    public String description() {
        return "two wells without a potential, b = (x₁ − x₁³ − κx₁x₂², −(1 + x₁²)x₂), D = I";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(KAPPA.at(kappa));
    }

    @Override
    public MaierStein withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new MaierStein(values[0]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("x1", "x2");
    }

    @Override
    public List<String> sources() {
        return List.of("Maier and Stein (1993), Phys. Rev. Lett. 71, 1783");
    }

    /**
     * For κ = 1, where the drift is a gradient, (f, I, 0) at every temperature.
     *
     * @param temperature β⁻¹
     * @return the decomposition; empty for other κ
     */
    @Override
    public Optional<Decomposition> decomposition(Temperature temperature) {
        if (kappa != 1.0) {
            return Optional.empty();
        }
        Potential loss = Potential.of(
                x -> {
                    double x2 = x[0] * x[0];
                    return 0.25 * (x2 - 1.0) * (x2 - 1.0) + 0.5 * (1.0 + x2) * x[1] * x[1];
                },
                (x, out) -> {
                    out[0] = -x[0] * (1.0 - x[0] * x[0] - x[1] * x[1]);
                    out[1] = (1.0 + x[0] * x[0]) * x[1];
                });
        return Optional.of(new Decomposition(loss, diffusion(), AntisymmetricField.zero(2)));
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
     * The diffusion matrix.
     *
     * @return I
     */
    public Diffusion diffusion() {
        return Diffusion.isotropic(2, 1.0);
    }

    /**
     * The drift with its Jacobian.
     *
     * @return b
     */
    public DifferentiableField drift() {
        return new Drift(kappa);
    }

    private record Drift(double kappa) implements DifferentiableField {

        @Override
        public void at(double[] x, double[] out) {
            out[0] = x[0] * (1.0 - x[0] * x[0] - kappa * x[1] * x[1]);
            out[1] = -(1.0 + x[0] * x[0]) * x[1];
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            block(x[0], x[1], paths, out[0], out[1]);
        }

        private void block(double[] x0, double[] x1, int paths, double[] out0, double[] out1) {
            for (int p = 0; p < paths; p++) {
                out0[p] = x0[p] * (1.0 - x0[p] * x0[p] - kappa * x1[p] * x1[p]);
                out1[p] = -(1.0 + x0[p] * x0[p]) * x1[p];
            }
        }

        @Override
        public void jacobian(double[] x, double[] out) {
            out[0] = 1.0 - 3.0 * x[0] * x[0] - kappa * x[1] * x[1];
            out[1] = -2.0 * kappa * x[0] * x[1];
            out[2] = -2.0 * x[0] * x[1];
            out[3] = -(1.0 + x[0] * x[0]);
        }
    }

    /**
     * The points where the drift vanishes.
     *
     * @return the saddle (0, 0), then the wells (1, 0) and (−1, 0)
     */
    @Override
    public List<double[]> restingPoints() {
        return List.of(new double[] {0.0, 0.0}, new double[] {1.0, 0.0}, new double[] {-1.0, 0.0});
    }
}
