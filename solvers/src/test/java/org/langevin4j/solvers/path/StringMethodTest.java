package org.langevin4j.solvers.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.solvers.ConvergenceException;

class StringMethodTest {

    private static final Diffusion IDENTITY = Diffusion.isotropic(2, 1.0);

    /** Müller and Brown (1979). */
    private static final Potential MUELLER_BROWN = Potential.automatic(v -> {
        double[][] terms = {
            {-200, -1, 0, -10, 1, 0},
            {-100, -1, 0, -10, 0, 0.5},
            {-170, -6.5, 11, -6.5, -0.5, 1.5},
            {15, 0.7, 0.6, 0.7, -1, 1}
        };
        Gradient sum = v[0].multiply(0.0);
        for (double[] t : terms) {
            Gradient x = v[0].subtract(t[4]);
            Gradient y = v[1].subtract(t[5]);
            sum = sum.add(x.square()
                    .multiply(t[1])
                    .add(x.multiply(y).multiply(t[2]))
                    .add(y.square().multiply(t[3]))
                    .exp()
                    .multiply(t[0]));
        }
        return sum;
    });

    /** Resting points by scipy.optimize.fsolve, to 1e-12. */
    @Test
    void muellerBrown() {
        MinimumEnergyPath string = StringMethod.of(PathProblems.rotating(MUELLER_BROWN, IDENTITY, 0.0), IDENTITY)
                .withSegments(160)
                .along(new double[] {-0.5, 1.4}, new double[] {-0.7, 0.5}, new double[] {0.6, 0.1});
        assertThat(string.saddle().orElseThrow())
                .containsExactly(new double[] {-0.822001558733, 0.624312802815}, within(1e-7));
        assertThat(string.barrier()).isCloseTo(146.69951720995402 - 40.6648435086574, within(1e-3));
        assertThat(string.backwardBarrier()).isCloseTo(108.16672411685235 - 40.6648435086574, within(1e-3));
        TransitionPath path = string.path();
        assertThat(path.point(0)).containsExactly(new double[] {-0.5582236346, 1.4417258418}, within(1e-6));
        assertThat(path.point(160)).containsExactly(new double[] {0.6234994049, 0.0280377585}, within(1e-6));
        // Over the second barrier as well, from the shallow well between at −80.7678 to −72.2489.
        assertThat(path.action())
                .isCloseTo(146.69951720995402 - 40.6648435086574 + 80.76781812965903 - 72.24894011232522, within(2e-2));
    }

    /** With a full D the string bends, but the barrier is that of Φ, and its saddle too. */
    @Test
    void theBarrierDoesNotDependOnTheDiffusion() {
        Diffusion diffusion = Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{2.0, 0.8}, {0.8, 1.0}}));
        VectorField drift = PathProblems.rotating(PathProblems.DOUBLE_WELL, diffusion, 0.0);
        MinimumEnergyPath string = StringMethod.of(drift, diffusion)
                .along(new double[] {-1.2, 0.3}, new double[] {0.2, 0.9}, new double[] {0.8, -0.2});
        assertThat(string.barrier()).isCloseTo(0.25, within(1e-9));
        assertThat(string.path().action()).isCloseTo(0.25, within(1e-7));
        assertThat(string.saddle().orElseThrow()).containsExactly(new double[2], within(1e-9));
        assertThat(string.backwardBarrier()).isCloseTo(0.25, within(1e-9));
    }

    /** Without detailed balance the saddle is right, and the action an upper bound of ΔΦ = ¼. */
    @Test
    void withRotationItIsAHeteroclinicOrbit() {
        double omega = 0.3;
        VectorField drift = PathProblems.rotating(PathProblems.DOUBLE_WELL, IDENTITY, omega);
        MinimumEnergyPath string = StringMethod.of(drift, IDENTITY)
                .along(new double[] {-1.0, 0.1}, new double[] {0.3, 0.2}, new double[] {1.0, 0.0});
        TransitionPath path = string.path();
        assertThat(string.saddle().orElseThrow()).containsExactly(new double[2], within(1e-9));
        assertThat(path.action()).isGreaterThan(0.26);
        double[] b = new double[2];
        for (int i = 10; i < 100; i += 10) {
            double[] before = path.point(i - 1);
            double[] after = path.point(i + 1);
            drift.at(path.point(i), b);
            double cross = b[0] * (after[1] - before[1]) - b[1] * (after[0] - before[0]);
            assertThat(cross / (Math.hypot(b[0], b[1]) * Math.hypot(after[0] - before[0], after[1] - before[1]) + 1e-3))
                    .isCloseTo(0.0, within(0.02));
        }
        assertThat(MinimumAction.of(drift, IDENTITY)
                        .along(new double[] {-1.0, 0.0}, new double[] {-0.5, -0.1}, new double[2])
                        .action())
                .isCloseTo(0.25, within(1e-5));
    }

    @Test
    void aStringInOneBasinShrinksToNothing() {
        StringMethod method = StringMethod.of(
                (x, out) -> {
                    out[0] = -x[0];
                    out[1] = -2.0 * x[1];
                },
                IDENTITY);
        assertThatThrownBy(() -> method.along(new double[] {1.0, 0.0}, new double[] {0.0, 1.0}))
                .isInstanceOf(ConvergenceException.class);
    }

    @Test
    void badInputIsRefused() {
        StringMethod method = StringMethod.of(PathProblems.maierStein(5.0), IDENTITY);
        assertThatThrownBy(() -> method.withSegments(8)).hasMessage("segments must be even and at least 16, got 8");
        assertThatThrownBy(() -> method.withTolerance(0.0)).hasMessage("tolerance must be positive, got 0.0");
        assertThatThrownBy(() -> method.withMaxIterations(-1)).hasMessage("maxIterations must be positive, got -1");
        assertThatThrownBy(() -> method.along(new double[2]))
                .hasMessage("a path must have at least two corners, got 1");
    }
}
