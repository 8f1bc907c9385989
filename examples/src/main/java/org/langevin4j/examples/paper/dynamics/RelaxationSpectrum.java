package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.MatrixUtils;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.RelaxationModes;

/** How fast densities relax, and how rotation hurries them: the slowest eigenvalues and eigenfunctions of generators. */
public final class RelaxationSpectrum implements Experiment {

    private static final String CLOSED_FORMS = "The slowest eigenvalues of generators are those of closed forms";

    @Override
    public String name() {
        return "relaxation-spectrum";
    }

    @Override
    public String summary() {
        return "The slowest eigenvalues of generators against closed forms; rotation widens the gap by √(1+ω²)";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        brownian(sheet);
        doubleWell(sheet);
        ornsteinUhlenbeck(sheet);
        RotatingDoubleWell.measure(sheet);
    }

    private static void brownian(Sheet sheet) {
        Sde sde = Sde.ito((x, out) -> out[0] = 0.0, Diffusion.isotropic(1, 1.0), Temperature.of(0.5));
        int[] cells = {100, 200, 400};
        for (Boundary boundary : new Boundary[] {Boundary.REFLECTING, Boundary.ABSORBING}) {
            RelaxationModes[] spectra = new RelaxationModes[3];
            for (int g = 0; g < 3; g++) {
                Grid grid = Grid.of(Axis.uniform(-1, 1, cells[g]));
                spectra[g] = RelaxationModes.of(FokkerPlanck.of(sde, grid, boundary), 6);
            }
            double error = 0.0;
            double doubt = 0.0;
            for (int k = 0; k < 6; k++) {
                int n = boundary == Boundary.REFLECTING ? k : k + 1;
                double exact = -0.5 * Math.pow(0.5 * n * Math.PI, 2);
                double scale = Math.max(Math.abs(exact), 1.0);
                double before = extrapolated(spectra[0], spectra[1], k);
                double found = extrapolated(spectra[1], spectra[2], k);
                error = Math.max(error, Math.abs(found - exact) / scale);
                doubt = Math.max(doubt, Math.abs(found - before) / (15.0 * scale));
            }
            sheet.supplement(CLOSED_FORMS)
                    .measure(
                            "Brownian motion on [−1, 1], " + boundary.name().toLowerCase(Locale.ROOT)
                                    + " ends: largest relative error of six eigenvalues, extrapolated",
                            error)
                    .discretisationError(doubt)
                    .near(0.0, estimatedErrors(2), closedForm("−(nπ/2)²/2"));
        }
    }

    /** Of order 4: second differences and half cells at the ends have errors in even powers of the width. */
    private static double extrapolated(RelaxationModes coarse, RelaxationModes fine, int k) {
        double value = fine.eigenvalue(k).getRealPart();
        return value + (value - coarse.eigenvalue(k).getRealPart()) / 3.0;
    }

    private static void doubleWell(Sheet sheet) {
        double[] betas = {1, 2, 4, 16};
        double[] exact = {0.7920884265794528, 0.4229446453977572, 0.18717041808709853, 0.007444898327359342};
        for (int i = 0; i < betas.length; i++) {
            Sde sde = Sde.ito(
                    (x, out) -> out[0] = x[0] - x[0] * x[0] * x[0],
                    Diffusion.isotropic(1, 1.0),
                    Temperature.of(1 / betas[i]));
            double halfWidth = 1.4 + 3 / Math.sqrt(betas[i]);
            double[] gap = new double[2];
            for (int g = 0; g < 2; g++) {
                Grid grid = Grid.of(Axis.uniform(-halfWidth, halfWidth, 400 * (g + 1)));
                gap[g] = RelaxationModes.of(FokkerPlanck.of(sde, grid, Boundary.REFLECTING), 2)
                        .gap();
            }
            sheet.supplement(CLOSED_FORMS)
                    .measure(
                            String.format(Locale.ROOT, "double well in one dimension, β = %.0f: |λ₁|", betas[i]),
                            gap[1])
                    .in("1/time")
                    .discretisationError(Math.abs(gap[1] - gap[0]) / 3.0)
                    .near(exact[i], estimatedErrors(2), independent("expansion in Hermite functions"));
        }
    }

    /** Eigenvalues nμ + mμ̄ with μ = −1.1 + 1.9975i, whatever D is. */
    private static void ornsteinUhlenbeck(Sheet sheet) throws IOException {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = -x[0] + 2 * x[1];
                    out[1] = -2 * x[0] - 1.2 * x[1];
                },
                Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{1, 0.5}, {0.5, 1}})),
                Temperature.of(1.0));
        int cells = sheet.choose(48, 96, 192);
        RelaxationModes[] spectra = new RelaxationModes[2];
        for (int g = 0; g < 2; g++) {
            int n = cells * (g + 3) / 4;
            Grid grid = Grid.of(Axis.uniform(-5.5, 5.5, n), Axis.uniform(-4.5, 4.5, n));
            spectra[g] = RelaxationModes.of(FokkerPlanck.of(sde, grid, Boundary.REFLECTING), 10);
        }
        Complex mu = new Complex(-1.1, Math.sqrt(4 - 0.01));
        List<double[]> rings = new ArrayList<>();
        List<double[]> dots = new ArrayList<>();
        List<double[]> errors = new ArrayList<>();
        double worst = 0.0;
        double doubt = 0.0;
        for (int total = 1; total <= 3; total++) {
            for (int n = 0; n <= total; n++) {
                Complex exact = mu.multiply(n).add(mu.conjugate().multiply(total - n));
                ExtrapolatedMode found = ExtrapolatedMode.of(spectra[0], spectra[1], exact);
                double error = found.value().subtract(exact).norm() / exact.norm();
                worst = Math.max(worst, error);
                doubt = Math.max(doubt, found.correction().norm() / exact.norm());
                rings.add(new double[] {exact.getRealPart(), exact.getImaginaryPart()});
                dots.add(
                        new double[] {found.value().getRealPart(), found.value().getImaginaryPart()});
                errors.add(new double[] {
                    exact.norm(),
                    ExtrapolatedMode.nearest(spectra[1], exact).subtract(exact).norm() / exact.norm(),
                    error
                });
            }
        }
        sheet.supplement(CLOSED_FORMS)
                .measure(
                        "Ornstein–Uhlenbeck, rotation and full D: largest relative error of nine eigenvalues of degree ≤ 3,"
                                + " extrapolated from " + 3 * cells / 4 + "² and " + cells + "² cells",
                        worst)
                .discretisationError(doubt)
                .near(0.0, estimatedErrors(1), closedForm("nμ + mμ̄"));
        sheet.figure(
                "ornstein-uhlenbeck",
                "Left: eigenvalues of the generator in the upper half of the complex plane, extrapolated from two grids (dots) within"
                        + " those of the closed form (rings). Right: their relative errors, on the finer grid and extrapolated.",
                Figure.titled("Ornstein–Uhlenbeck with rotation: eigenvalues of the generator")
                        .row(
                                FieldPanel.titled(
                                                "eigenvalues",
                                                Grid.of(Axis.uniform(-4.6, 1.0, 2), Axis.uniform(-0.5, 6.5, 2)))
                                        .axes("Re λ", "Im λ")
                                        .rings("nμ + mμ̄, μ = −1.1 + 1.9975i", rings.toArray(new double[0][]))
                                        .dots("extrapolated", dots.toArray(new double[0][])),
                                XyPanel.titled("relative error")
                                        .xAxis("|λ|, 1/time")
                                        .yAxis("|λ computed − λ|/|λ|")
                                        .logY()
                                        .points(cells + "² cells", column(errors, 0), column(errors, 1))
                                        .points("extrapolated", column(errors, 0), column(errors, 2)))
                        .panelSize(480, 480));
    }

    private static double[] column(List<double[]> rows, int k) {
        return rows.stream().mapToDouble(row -> row[k]).toArray();
    }
}
