package org.langevin4j.solvers.decomposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Parity;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.solvers.discretisation.GridGenerator;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;

class IrreversibleCurrentTest {

    private static final Parity KINETIC = Parity.of(1, -1);

    private static final double SIGMA2 = 0.0720256410256411;

    private static Sde linear(double[][] f, double beta, double... noise) {
        return Sde.ito(
                LinearField.of(MatrixUtils.createRealMatrix(f).scalarMultiply(-1)),
                Diffusion.diagonal(noise),
                Temperature.of(1 / beta));
    }

    /** Cells that grow outwards. */
    private static Axis graded(double end, int cells) {
        double[] edges = new double[cells + 1];
        for (int k = 0; k <= cells; k++) {
            double u = 2.0 * k / cells - 1;
            edges[k] = end * Math.sinh(1.5 * u) / Math.sinh(1.5);
        }
        return Axis.of(edges);
    }

    private static IrreversibleCurrent steady(FokkerPlanck equation, Sde sde, Parity parity) {
        Density density =
                equation.withErrorsUpTo(Double.POSITIVE_INFINITY).steadyState().density();
        return IrreversibleCurrent.of(sde, parity, equation.region(), density);
    }

    /** σ = tr(RᵀD⁻¹RΣβ), R = F_irr − DU, by scipy.linalg.solve_continuous_lyapunov; all even it would be 4.743. */
    @Test
    void linearSystemOnGradedAxes() {
        Sde sde = linear(new double[][] {{0.5, -1}, {1.2, 0.8}}, 2, 0.3, 1);
        double[] errors = new double[2];
        for (int level = 0; level < 2; level++) {
            int cells = 40 << level;
            Region region = Region.of(Grid.of(graded(4, cells), graded(4.5, cells)), Boundary.REFLECTING);
            IrreversibleCurrent current = steady(FokkerPlanck.of(sde, region), sde, KINETIC);
            errors[level] = current.entropyProductionRate() - SIGMA2;
        }
        assertThat(Math.abs(errors[1])).isLessThan(0.03 * SIGMA2);
        assertThat(Math.log(errors[0] / errors[1]) / Math.log(2)).isGreaterThan(1.6);
    }

    /** A third coordinate, even. */
    @Test
    void linearSystemInThreeDimensions() {
        Sde sde = linear(new double[][] {{0.6, -1, 0.2}, {1.1, 0.9, 0.7}, {0, -0.5, 0.8}}, 2, 0.5, 1, 0.4);
        double[] errors = new double[2];
        for (int level = 0; level < 2; level++) {
            int cells = 14 << level;
            Region region = Region.of(
                    Grid.of(Axis.uniform(-3.5, 3.5, cells), Axis.uniform(-3.5, 3.5, cells), Axis.uniform(-3, 3, cells)),
                    Boundary.REFLECTING);
            errors[level] = steady(FokkerPlanck.of(sde, region), sde, Parity.of(1, -1, 1))
                            .entropyProductionRate()
                    - 0.07634827697493463;
        }
        assertThat(Math.abs(errors[1])).isLessThan(0.1 * 0.07634827697493463);
        assertThat(Math.abs(errors[1])).isLessThan(0.4 * Math.abs(errors[0]));
    }

    /** Equilibrium: nothing by the form (Φ, D, Q), the square of the error of the density by (b, D). */
    @Test
    void doubleWellInEquilibrium() {
        Potential well = Potential.of(
                x -> 0.25 * x[0] * x[0] * x[0] * x[0] - 0.5 * x[0] * x[0],
                (x, out) -> out[0] = x[0] * x[0] * x[0] - x[0]);
        Sde sde = UnderdampedLangevin.of(1, well, 0.7, Temperature.of(0.4)).sde();
        double[] upwind = new double[2];
        for (int level = 0; level < 2; level++) {
            int cells = 48 << level;
            Region region = Region.of(Grid.of(Axis.uniform(-2.8, 2.8, cells), graded(3.8, cells)), Boundary.REFLECTING);
            assertThat(steady(FokkerPlanck.of(sde, region), sde, KINETIC).entropyProductionRate())
                    .isLessThan(1e-10);
            upwind[level] = steady(FokkerPlanck.of(GridGenerator.byDrift(sde, region)), sde, KINETIC)
                    .entropyProductionRate();
            assertThat(steady(FokkerPlanck.of(sde, region), sde, Parity.even(2)).entropyProductionRate())
                    .isEqualTo(Double.POSITIVE_INFINITY);
        }
        assertThat(upwind[1]).isLessThan(0.03);
        assertThat(Math.log(upwind[0] / upwind[1]) / Math.log(2)).isCloseTo(2, within(0.4));
    }

    /**
     * On a ring, γ = 1, T = 0.7, force 0.6 − ½ sin q: the work done is σT = 0.6⟨p⟩. ⟨p⟩ = 0.4941964559 by a spectral method, 33 Fourier
     * modes and 44 Hermite functions in SciPy. The upwind flow of q is of first order, which two grids take out.
     */
    @Test
    void drivenParticleOnARing() {
        check(0.6, 1, 0.7, 0, 0.42359696219, 0.005);
    }

    /** γ = 0.8, T(q) = ½ + ⅕cos q, force −½ sin q: σ = ⟨γp²/T − γ⟩ by the same spectral method. */
    @Test
    void temperatureThatDependsOnThePosition() {
        check(0, 0.8, 0.5, 0.2, 0.0148831299432, 0.05);
    }

    private static void check(
            double push, double friction, double mean, double wave, double expected, double tolerance) {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = x[1];
                    out[1] = push - 0.5 * Math.sin(x[0]) - friction * x[1];
                },
                Diffusion.diagonal(2, (x, out) -> {
                    out[0] = 0;
                    out[1] = 2 * friction * (mean + wave * Math.cos(x[0]));
                }),
                Temperature.of(0.5));
        double[] rates = new double[2];
        for (int level = 0; level < 2; level++) {
            int cells = 64 << level;
            Region region = Region.of(
                            Grid.of(Axis.uniform(-Math.PI, Math.PI, cells), Axis.uniform(-5, 5, cells)),
                            Boundary.REFLECTING)
                    .withFaces(0, Boundary.PERIODIC, Boundary.PERIODIC);
            rates[level] = steady(FokkerPlanck.of(sde, region), sde, KINETIC).entropyProductionRate();
        }
        assertThat(2 * rates[1] - rates[0]).isCloseTo(expected, within(tolerance * expected));
        assertThat(Math.abs(rates[1] - expected)).isLessThan(0.7 * Math.abs(rates[0] - expected));
    }
}
