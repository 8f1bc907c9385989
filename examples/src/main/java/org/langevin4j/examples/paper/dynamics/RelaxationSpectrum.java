package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.order;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.MatrixUtils;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.RelaxationModes;

/** How fast densities relax, and how rotation hurries them: the slowest eigenvalues and eigenfunctions of generators. */
public final class RelaxationSpectrum implements Experiment {

    /** √(U″(1)|U″(0)|)/π: the Eyring–Kramers prefactor of λ₁ of the double well (x² − 1)²/4. */
    private static final double PREFACTOR = Math.sqrt(2.0) / Math.PI;

    private static final double BARRIER = 0.25;

    private static final double[] OMEGAS = {0, 1, 2, 4};

    /**
     * The double well with b = −∇Φ + ω(∂₂Φ, −∂₁Φ), D = I: |λ₁| and the second odd eigenvalue for each ω, from an expansion
     * in Hermite functions at two sizes, agreeing to 3e-8 or better.
     */
    private record Reference(double beta, double halfWidth, List<Double> first, List<Complex> second) {}

    private static final List<Reference> REFERENCES = List.of(
            new Reference(
                    4,
                    2.8,
                    List.of(0.18717041808854684, 0.34061227716711867, 0.6219046258310176, 0.9419335086609034),
                    List.of(
                            new Complex(-1.0),
                            new Complex(-1.4058292850138487),
                            new Complex(-2.1319890818603504, 1.2090079813390024),
                            new Complex(-2.3691395439000242, 3.228391102181061))),
            new Reference(
                    8,
                    2.3,
                    List.of(0.056818325253584386, 0.08967872989240018, 0.1480992912374947, 0.2518583932414261),
                    List.of(
                            new Complex(-1.0),
                            new Complex(-1.7897446255839056, 0.8212960301138292),
                            new Complex(-2.1255324326718217, 2.0472448182493403),
                            new Complex(-2.611354883862667, 4.572898870071883))),
            new Reference(
                    16,
                    2.0,
                    List.of(0.0074448983276686215, 0.01098789959689254, 0.017650729909544475, 0.03178612263431095),
                    List.of(
                            new Complex(-1.0),
                            new Complex(-1.3891196016943328, 1.0867401844040372),
                            new Complex(-1.537639546619435, 2.398944886168763),
                            new Complex(-1.6997759580744378, 5.0046232387553635))));

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
        rotation(sheet);
        eigenfunctions(sheet);
    }

    private static void brownian(Sheet sheet) {
        Sde sde = Sde.ito((x, out) -> out[0] = 0.0, Diffusion.isotropic(1, 1.0), Temperature.of(0.5));
        Grid grid = Grid.of(Axis.uniform(-1, 1, 400));
        for (Boundary boundary : new Boundary[] {Boundary.REFLECTING, Boundary.ABSORBING}) {
            RelaxationModes spectrum = RelaxationModes.of(FokkerPlanck.of(sde, grid, boundary), 6);
            double error = 0.0;
            int last = 0;
            for (int k = 0; k < 6; k++) {
                last = boundary == Boundary.REFLECTING ? k : k + 1;
                double exact = 0.5 * Math.pow(0.5 * last * Math.PI, 2);
                error = Math.max(error, Math.abs(spectrum.eigenvalue(k).getRealPart() + exact) / Math.max(exact, 1.0));
            }
            // Second differences of a sine: (nπ/2)²h²/12 of the eigenvalue, to leading order from above.
            sheet.supplement(CLOSED_FORMS)
                    .measure(
                            "Brownian motion on [−1, 1], " + boundary.name().toLowerCase(Locale.ROOT)
                                    + " ends: largest relative error of six eigenvalues",
                            error)
                    .exact()
                    .near(0.0, order(2, 0.005, Math.pow(0.5 * last * Math.PI, 2) / 12), closedForm("−(nπ/2)²/2"));
        }
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

    /** The error is of second order in h: two grids, the first of ¾ as many cells, give it, and it is taken out. */
    private record Extrapolated(Complex value, Complex correction) {

        /** Of the mode that is nearest on the finer grid, and of the same number on the other: where modes are close the nearest may differ. */
        static Extrapolated of(RelaxationModes coarse, RelaxationModes fine, Complex near) {
            int mode = nearest(fine, near);
            Complex value = fine.eigenvalue(mode);
            Complex correction = value.subtract(coarse.eigenvalue(mode)).multiply(9.0 / 7.0);
            return new Extrapolated(value.add(correction), correction);
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
                Extrapolated found = Extrapolated.of(spectra[0], spectra[1], exact);
                double error = found.value().subtract(exact).norm() / exact.norm();
                worst = Math.max(worst, error);
                doubt = Math.max(doubt, found.correction().norm() / exact.norm());
                rings.add(new double[] {exact.getRealPart(), exact.getImaginaryPart()});
                dots.add(
                        new double[] {found.value().getRealPart(), found.value().getImaginaryPart()});
                errors.add(new double[] {
                    exact.norm(),
                    spectra[1]
                                    .eigenvalue(nearest(spectra[1], exact))
                                    .subtract(exact)
                                    .norm()
                            / exact.norm(),
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

    private static FokkerPlanck rotating(double beta, double omega, double halfWidth, int cells) {
        AntisymmetricField q =
                AntisymmetricField.constant(MatrixUtils.createRealMatrix(new double[][] {{0, -omega}, {omega, 0}}));
        Decomposition system = new Decomposition(new DoubleWell(0.0).potential(), Diffusion.isotropic(2, 1.0), q);
        return FokkerPlanck.of(
                system,
                Temperature.of(1 / beta),
                Region.of(Grid.square(-halfWidth, halfWidth, cells), Boundary.REFLECTING));
    }

    private static void rotation(Sheet sheet) throws IOException {
        int cells = sheet.choose(64, 96, 160);
        XyPanel gaps =
                XyPanel.titled("").xAxis("ω").yAxis("|λ₁|, 1/time").logY().xRange(-0.15, 4.15);
        Evidence evidence =
                sheet.supplement("Rotation leaves ρˢˢ as it is, widens the spectral gap and turns eigenvalues complex");
        var hermite = independent("expansion in Hermite functions of two sizes, alike to 3e-8");
        double[] omega = IntStream.rangeClosed(0, 80).mapToDouble(i -> 0.05 * i).toArray();
        for (Reference reference : REFERENCES) {
            double beta = reference.beta();
            double[] computed = new double[OMEGAS.length];
            double[] errors = new double[OMEGAS.length];
            for (int i = 0; i < OMEGAS.length; i++) {
                RelaxationModes[] spectra = new RelaxationModes[2];
                for (int g = 0; g < 2; g++) {
                    FokkerPlanck fp = rotating(beta, OMEGAS[i], reference.halfWidth(), cells * (g + 3) / 4);
                    spectra[g] = RelaxationModes.of(fp, 6, 2.0);
                }
                Complex first = new Complex(-reference.first().get(i));
                Extrapolated slowest = Extrapolated.of(spectra[0], spectra[1], first);
                computed[i] = -slowest.value().getRealPart();
                errors[i] = slowest.correction().norm();
                Complex exact = reference.second().get(i);
                Extrapolated second = Extrapolated.of(spectra[0], spectra[1], exact);
                String at = String.format(Locale.ROOT, "β = %.0f, ω = %.0f: ", beta, OMEGAS[i]);
                evidence.measure(at + "|λ₁|, extrapolated from two grids", computed[i])
                        .in("1/time")
                        .discretisationError(errors[i])
                        .near(reference.first().get(i), estimatedErrors(2), hermite);
                evidence.measure(
                                at + "relative error of the second odd eigenvalue, extrapolated",
                                second.value().subtract(exact).norm() / exact.norm())
                        .discretisationError(second.correction().norm() / exact.norm())
                        .near(0.0, estimatedErrors(2), hermite);
            }
            double[] kramers = Arrays.stream(omega)
                    .map(w -> PREFACTOR * Math.exp(-beta * BARRIER) * Math.hypot(1.0, w))
                    .toArray();
            String name = String.format(Locale.ROOT, "β = %.0f", beta);
            gaps.points(name + ", computed", OMEGAS, computed).line(name + ", Eyring–Kramers", omega, kramers);
            evidence.measure(name + ": gap at ω = 4 over that at ω = 0", computed[3] / computed[0])
                    .discretisationError(
                            computed[3] / computed[0] * Math.hypot(errors[3] / computed[3], errors[0] / computed[0]))
                    .atLeast(1.0, estimatedErrors(4), closedForm("1 if rotation did not hurry"));
            evidence.measure(
                    name + ", ω = 4: |λ₁| over Eyring–Kramers (Bouchet and Reygner 2016)", computed[3] / kramers[80]);
        }
        sheet.figure(
                "gap",
                "The gap |λ₁| of the double well against the strength of rotation, with the asymptotic law"
                        + " (√2/π)√(1+ω²) e^(−β/4) of Eyring and Kramers, for large β, as lines.",
                Figure.titled("Rotation widens the spectral gap of the double well")
                        .row(gaps)
                        .panelSize(760, 480));
    }

    private static int nearest(RelaxationModes spectrum, Complex value) {
        int best = 0;
        for (int k = 1; k < spectrum.size(); k++) {
            if (spectrum.eigenvalue(k).subtract(value).norm()
                    < spectrum.eigenvalue(best).subtract(value).norm()) {
                best = k;
            }
        }
        return best;
    }

    private static void eigenfunctions(Sheet sheet) throws IOException {
        int cells = sheet.choose(64, 120, 160);
        RelaxationModes still = RelaxationModes.of(rotating(8, 0, 2.0, cells), 2);
        RelaxationModes turning = RelaxationModes.of(rotating(8, 4, 2.0, cells), 8, 2.0);
        int complex = 0;
        while (!(turning.frequency(complex) > 0.0)) {
            complex++;
        }
        Grid window = Grid.square(-2, 2, 2);
        RelaxationModes.ComplexFunction mode = turning.left(complex);
        double high = Math.max(mode.real().maxNorm(), mode.imaginary().maxNorm());
        String of = String.format(
                Locale.ROOT,
                "of λ = −%.2f + %.2fi, ω = 4",
                1.0 / turning.relaxationTime(complex),
                turning.frequency(complex));
        sheet.figure(
                "eigenfunctions",
                "Left eigenfunctions (observables) of the double well at β = 8. Above: u₁ without and with"
                        + " rotation, nearly constant in each well. Below: the real and the imaginary part of the"
                        + " slowest complex mode at ω = 4; its level lines wind round the wells.",
                Figure.titled("Left eigenfunctions of the double well, β = 8")
                        .row(
                                FieldPanel.titled(title("u₁, ω = 0, λ₁", still), window)
                                        .signedHeatMap(still.left(1).real(), "u₁", 1.2),
                                FieldPanel.titled(title("u₁, ω = 4, λ₁", turning), window)
                                        .signedHeatMap(turning.left(1).real(), "u₁", 1.2))
                        .row(
                                FieldPanel.titled("Re u " + of, window).signedHeatMap(mode.real(), "Re u", high),
                                FieldPanel.titled("Im u " + of, window).signedHeatMap(mode.imaginary(), "Im u", high)));
    }

    private static String title(String what, RelaxationModes spectrum) {
        return String.format(Locale.ROOT, "%s = −%.4f", what, spectrum.gap());
    }
}
