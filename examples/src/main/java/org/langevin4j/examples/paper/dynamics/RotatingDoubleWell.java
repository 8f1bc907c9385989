package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;

import java.io.IOException;
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
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.RelaxationModes;

/** The double well with a rotation that leaves ρˢˢ as it is: its spectral gap, its complex modes, its eigenfunctions. */
final class RotatingDoubleWell {

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

    private RotatingDoubleWell() {}

    static void measure(Sheet sheet) throws IOException {
        rotation(sheet);
        eigenfunctions(sheet);
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
                ExtrapolatedMode slowest = ExtrapolatedMode.of(spectra[0], spectra[1], first);
                computed[i] = -slowest.value().getRealPart();
                errors[i] = slowest.correction().norm();
                Complex exact = reference.second().get(i);
                ExtrapolatedMode second = ExtrapolatedMode.of(spectra[0], spectra[1], exact);
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
            gaps.points(name + ", computed", OMEGAS, computed)
                    .line(name + ", Eyring–Kramers", omega, kramers)
                    .like(name + ", computed");
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
                                FieldPanel.titled("Re u " + of, window).signedHeatMap(mode.real(), "u", high),
                                FieldPanel.titled("Im u " + of, window).signedHeatMap(mode.imaginary(), "u", high)));
    }

    private static String title(String what, RelaxationModes spectrum) {
        return String.format(Locale.ROOT, "%s = −%.4f", what, spectrum.gap());
    }
}
