package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.MatrixUtils;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ExampleResult;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.RelaxationModes;

/** How fast densities relax, and how rotation hurries them: the slowest eigenvalues and eigenfunctions of generators. */
public final class RelaxationSpectrum implements Example {

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

    @Override
    public String name() {
        return "relaxation-spectrum";
    }

    @Override
    public String summary() {
        return "The slowest eigenvalues of generators against closed forms; rotation widens the gap by √(1+ω²)";
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        brownian(measurements);
        doubleWell(measurements);
        Picture plane = ornsteinUhlenbeck(context, measurements);
        List<Picture> pictures = new ArrayList<>(List.of(plane));
        pictures.addAll(rotation(context, measurements));
        return new ExampleResult(
                name(),
                "The generator's slowest eigenvalues agree with closed forms. Rotation leaves ρˢˢ as it is and turns"
                        + " eigenvalues complex; over a barrier it hurries relaxation by Eyring and Kramers' factor"
                        + " √(1+ω²) where β is large.",
                "Brownian motion and Ornstein–Uhlenbeck: closed forms. Double wells: Hermite expansions computed"
                        + " independently. Eyring–Kramers with a non-gradient drift: Bouchet and Reygner (2016).",
                context.seed().value(),
                measurements,
                pictures);
    }

    private static void brownian(List<Measurement> measurements) {
        Sde sde = Sde.ito((x, out) -> out[0] = 0.0, Diffusion.isotropic(1, 1.0), Temperature.of(0.5));
        Grid grid = Grid.of(Axis.uniform(-1, 1, 400));
        for (Boundary boundary : new Boundary[] {Boundary.REFLECTING, Boundary.ABSORBING}) {
            RelaxationModes spectrum = RelaxationModes.of(FokkerPlanck.of(sde, grid, boundary), 6);
            double error = 0.0;
            for (int k = 0; k < 6; k++) {
                int n = boundary == Boundary.REFLECTING ? k : k + 1;
                double exact = 0.5 * Math.pow(0.5 * n * Math.PI, 2);
                error = Math.max(error, Math.abs(spectrum.eigenvalue(k).getRealPart() + exact) / Math.max(exact, 1.0));
            }
            measurements.add(Measurement.atMost(
                    "Brownian motion on [−1, 1], " + boundary.name().toLowerCase(Locale.ROOT)
                            + " ends: largest relative error of six eigenvalues",
                    error,
                    3e-4));
        }
    }

    private static void doubleWell(List<Measurement> measurements) {
        double[] betas = {1, 2, 4, 16};
        // Independent figures, from an expansion in Hermite functions.
        double[] exact = {0.7920884265794528, 0.4229446453977572, 0.18717041808709853, 0.007444898327359342};
        for (int i = 0; i < betas.length; i++) {
            Sde sde = Sde.ito(
                    (x, out) -> out[0] = x[0] - x[0] * x[0] * x[0],
                    Diffusion.isotropic(1, 1.0),
                    Temperature.of(1 / betas[i]));
            double halfWidth = 1.4 + 3 / Math.sqrt(betas[i]);
            FokkerPlanck fp =
                    FokkerPlanck.of(sde, Grid.of(Axis.uniform(-halfWidth, halfWidth, 800)), Boundary.REFLECTING);
            measurements.add(Measurement.near(
                            String.format(Locale.ROOT, "Double well in one dimension, β = %.0f: |λ₁|", betas[i]),
                            RelaxationModes.of(fp, 2).gap(),
                            exact[i],
                            1e-3 * exact[i])
                    .in("1/time"));
        }
    }

    /** Eigenvalues nμ + mμ̄ with μ = −1.1 + 1.9975i, whatever D is. */
    private static Picture ornsteinUhlenbeck(RunContext context, List<Measurement> measurements) throws IOException {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = -x[0] + 2 * x[1];
                    out[1] = -2 * x[0] - 1.2 * x[1];
                },
                Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{1, 0.5}, {0.5, 1}})),
                Temperature.of(1.0));
        int cells = context.effort().choose(48, 96, 192);
        Grid grid = Grid.of(Axis.uniform(-5.5, 5.5, cells), Axis.uniform(-4.5, 4.5, cells));
        RelaxationModes spectrum = RelaxationModes.of(FokkerPlanck.of(sde, grid, Boundary.REFLECTING), 10);
        Complex mu = new Complex(-1.1, Math.sqrt(4 - 0.01));
        List<double[]> exact = new ArrayList<>();
        double error = 0.0;
        for (int total = 0; total <= 3; total++) {
            for (int n = 0; n <= total; n++) {
                Complex value = mu.multiply(n).add(mu.conjugate().multiply(total - n));
                exact.add(new double[] {value.getRealPart(), value.getImaginaryPart()});
                error = Math.max(error, distance(spectrum, value) / Math.max(1.0, value.norm()));
            }
        }
        double h = 9.0 / cells;
        measurements.add(Measurement.atMost(
                "Ornstein–Uhlenbeck, rotation and full D, " + cells
                        + "² cells: largest relative error of the ten eigenvalues of degree ≤ 3, second order in h",
                error,
                4 * h * h));
        List<double[]> found = new ArrayList<>();
        for (int k = 0; k < spectrum.size(); k++) {
            found.add(new double[] {spectrum.eigenvalue(k).getRealPart(), spectrum.frequency(k)});
        }
        Grid plane = Grid.of(Axis.uniform(-4.2, 0.6, 2), Axis.uniform(-7, 7, 2));
        String file = "ornstein-uhlenbeck.png";
        Figure.titled("Ornstein–Uhlenbeck with rotation: eigenvalues of the generator")
                .row(FieldPanel.titled("", plane)
                        .axes("Re λ", "Im λ")
                        .rings("nμ + mμ̄, μ = −1.1 + 1.9975i", exact.toArray(new double[0][]))
                        .dots("computed", found.toArray(new double[0][])))
                .panelSize(520, 760)
                .writeTo(context.out().resolve(file));
        return new Picture(
                file,
                "Eigenvalues in the complex plane, computed on the grid (dots) within those of the closed form (rings).");
    }

    private static double distance(RelaxationModes spectrum, Complex value) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int k = 0; k < spectrum.size(); k++) {
            nearest = Math.min(nearest, spectrum.eigenvalue(k).subtract(value).norm());
        }
        return nearest;
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

    private static List<Picture> rotation(RunContext context, List<Measurement> measurements) throws IOException {
        int cells = context.effort().choose(40, 80, 160);
        XyPanel gaps =
                XyPanel.titled("").xAxis("ω").yAxis("|λ₁|, 1/time").logY().xRange(-0.15, 4.15);
        for (Reference reference : REFERENCES) {
            double beta = reference.beta();
            double[] computed = new double[OMEGAS.length];
            for (int i = 0; i < OMEGAS.length; i++) {
                // The error is of second order in h: two grids give it, and it is taken out.
                RelaxationModes[] spectra = new RelaxationModes[2];
                for (int g = 0; g < 2; g++) {
                    FokkerPlanck fp = rotating(beta, OMEGAS[i], reference.halfWidth(), cells * (g + 1) / 2);
                    spectra[g] = RelaxationModes.of(fp, 6, 2.0);
                }
                double fine = spectra[1].gap();
                computed[i] = fine + (fine - spectra[0].gap()) / 3;
                Complex exact = reference.second().get(i);
                Complex near = nearest(spectra[1], exact);
                Complex second =
                        near.add(near.subtract(nearest(spectra[0], exact)).divide(3.0));
                String at = String.format(Locale.ROOT, "β = %.0f, ω = %.0f: ", beta, OMEGAS[i]);
                measurements.add(Measurement.near(
                                at + "|λ₁|, extrapolated from two grids",
                                computed[i],
                                reference.first().get(i),
                                context.effort().choose(0.05, 0.01, 0.002)
                                        * reference.first().get(i))
                        .in("1/time"));
                measurements.add(Measurement.atMost(
                        at + "relative error of the second odd eigenvalue, extrapolated",
                        second.subtract(exact).norm() / exact.norm(),
                        context.effort().choose(0.05, 0.01, 0.002)));
            }
            double[] omega = new double[81];
            double[] kramers = new double[81];
            for (int i = 0; i <= 80; i++) {
                omega[i] = 0.05 * i;
                kramers[i] = PREFACTOR * Math.exp(-beta * BARRIER) * Math.hypot(1.0, omega[i]);
            }
            String name = String.format(Locale.ROOT, "β = %.0f", beta);
            gaps.points(name + ", computed", OMEGAS, computed).line(name + ", Eyring–Kramers", omega, kramers);
            measurements.add(
                    Measurement.reported(name + ", ω = 4: |λ₁| over Eyring–Kramers", computed[3] / kramers[80]));
        }
        Figure.titled("Rotation widens the spectral gap of the double well")
                .row(gaps)
                .panelSize(760, 480)
                .writeTo(context.out().resolve("gap.png"));
        eigenfunctions(context, context.effort().choose(64, 120, 160));
        return List.of(
                new Picture(
                        "gap.png",
                        "The gap |λ₁| of the double well against the strength of rotation, with the asymptotic law"
                                + " (√2/π)√(1+ω²) e^(−β/4) of Eyring and Kramers as lines."),
                new Picture(
                        "eigenfunctions.png",
                        "Left eigenfunctions (observables) of the double well at β = 8. Above: u₁ without and with"
                                + " rotation, nearly constant in each well. Below: the real and the imaginary part of the"
                                + " slowest complex mode at ω = 4; its level lines wind round the wells."));
    }

    private static Complex nearest(RelaxationModes spectrum, Complex value) {
        Complex best = spectrum.eigenvalue(0);
        for (int k = 1; k < spectrum.size(); k++) {
            if (spectrum.eigenvalue(k).subtract(value).norm()
                    < best.subtract(value).norm()) {
                best = spectrum.eigenvalue(k);
            }
        }
        return best;
    }

    private static void eigenfunctions(RunContext context, int cells) throws IOException {
        RelaxationModes still = RelaxationModes.of(rotating(8, 0, 2.0, cells), 2);
        RelaxationModes turning = RelaxationModes.of(rotating(8, 4, 2.0, cells), 8, 2.0);
        int complex = 0;
        while (!(turning.frequency(complex) > 0.0)) {
            complex++;
        }
        Grid window = Grid.square(-2, 2, 2);
        RelaxationModes.ComplexFunction mode = turning.left(complex);
        String of = String.format(
                Locale.ROOT,
                "of λ = −%.2f + %.2fi, ω = 4",
                1.0 / turning.relaxationTime(complex),
                turning.frequency(complex));
        Figure.titled("Left eigenfunctions of the double well, β = 8")
                .row(
                        FieldPanel.titled(title("u₁, ω = 0, λ₁", still), window)
                                .signedHeatMap(still.left(1).real(), "u₁"),
                        FieldPanel.titled(title("u₁, ω = 4, λ₁", turning), window)
                                .signedHeatMap(turning.left(1).real(), "u₁"))
                .row(
                        FieldPanel.titled("Re u " + of, window).signedHeatMap(mode.real(), "Re u"),
                        FieldPanel.titled("Im u " + of, window).signedHeatMap(mode.imaginary(), "Im u"))
                .writeTo(context.out().resolve("eigenfunctions.png"));
    }

    private static String title(String what, RelaxationModes spectrum) {
        return String.format(Locale.ROOT, "%s = −%.4f", what, spectrum.gap());
    }
}
