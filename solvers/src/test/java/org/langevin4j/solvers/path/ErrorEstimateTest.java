package org.langevin4j.solvers.path;

import static org.assertj.core.api.Assertions.assertThat;

import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;

/**
 * {@link TransitionPath#errorEstimate} against known errors: Maier and Stein's system (values.json), b = −(D+Q)∇Φ with constant and varying
 * D, where S = ΔΦ, with and without a focus to begin at.
 */
class ErrorEstimateTest {

    private static final Diffusion IDENTITY = Diffusion.isotropic(2, 1.0);
    private static final double[] WELL = {-1.0, 0.0};

    private int cases;
    private int close;

    private void check(VectorField drift, Diffusion diffusion, int segments, double exact, double[]... corners) {
        TransitionPath path =
                MinimumAction.of(drift, diffusion).withSegments(segments).along(corners);
        double error = Math.abs(path.action() - exact);
        assertThat(path.errorEstimate()).as("case %d, error %g", cases, error).isGreaterThan(error);
        cases++;
        close += path.errorEstimate() <= 100.0 * error ? 1 : 0;
    }

    private void rotating(Diffusion diffusion, double omega, int segments, double x, double y) {
        double[] end = {x, y};
        VectorField drift = PathProblems.rotating(PathProblems.DOUBLE_WELL, diffusion, omega);
        check(drift, diffusion, segments, PathProblems.DOUBLE_WELL.at(end), WELL, end);
    }

    @Test
    void isNeverBelowTheErrorAndSeldomFarAbove() {
        double[] bend = {-0.5, 0.3};
        check(PathProblems.maierStein(5.0), IDENTITY, 200, 0.5 * 0.4830697091936, WELL, bend, new double[2]);
        check(PathProblems.maierStein(10.0), IDENTITY, 100, 0.5 * 0.3400414033302, WELL, bend, new double[2]);
        check(PathProblems.maierStein(3.0), IDENTITY, 100, 0.25, WELL, bend, new double[2]);
        Diffusion full = Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{2.0, 0.8}, {0.8, 1.0}}));
        rotating(full, 0.0, 100, -0.2, 0.7);
        Diffusion varying = PathProblems.varying();
        rotating(varying, 0.0, 100, -0.2, 0.7);
        rotating(varying, 0.5, 200, -0.2, 0.7);
        rotating(varying, 1.0, 100, -0.2, 0.7);
        rotating(varying, 2.0, 100, -0.2, 0.7);
        rotating(IDENTITY, 0.5, 100, 0.0, 0.0);
        rotating(IDENTITY, 0.9, 100, -0.3, 0.4);
        rotating(IDENTITY, 1.5, 100, -0.3, 0.4);
        rotating(IDENTITY, 2.0, 200, 0.0, 0.0);
        assertThat(cases).isEqualTo(12);
        assertThat(close).isGreaterThanOrEqualTo(11);
    }
}
