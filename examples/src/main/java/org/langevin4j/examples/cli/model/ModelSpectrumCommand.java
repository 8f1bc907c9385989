package org.langevin4j.examples.cli.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntToDoubleFunction;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.Panel;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.examples.cli.output.OutputOptions;
import org.langevin4j.examples.cli.output.Result;
import org.langevin4j.solvers.NumericalException;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.RelaxationModes;
import org.langevin4j.solvers.orbit.Flow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code spectrum MODEL}: the slowest relaxation rates. */
@Command(
        name = "spectrum",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Slowest relaxation rates of a model on a grid; or, of a FILE of per-sample gradients, the eigenvalues of D.",
            "Of a model: the eigenvalues λ of largest real part of the Fokker–Planck generator of 1 to 3 coordinates, each with its error; correlations decay as e^(λt).",
            "quality = |Im λ|/|Re λ|, the angle through which an oscillation stays coherent. Of a file: see 'langevin4j spectrum FILE --help'."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  langevin4j spectrum --drift \"x-x^3\" --beta 8 --modes 4",
            "  langevin4j spectrum hopf-normal-form --beta 20 --modes 8 --chart modes.png --out modes.npz",
            "  langevin4j spectrum --drift 1 --grid x=-5:1:300 --walls absorbing   (mode 0: the rate of loss)",
            "  langevin4j spectrum gradients.npy --leading 10"
        })
public final class ModelSpectrumCommand implements Callable<Integer> {

    /** Multiples of one eigenvalue in the sums that are eigenvalues of a linear equation. */
    private static final int MULTIPLES = 24;

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Mixin
    private GridOptions grids = new GridOptions();

    @Option(names = "--modes", paramLabel = "K", description = "How many that decay (default: ${DEFAULT-VALUE}).")
    private int modes = 6;

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** The command, for picocli. */
    public ModelSpectrumCommand() {}

    @Override
    public Integer call() throws IOException {
        output.check();
        ChosenModel chosen = models.choose();
        if (!(modes >= 1 && modes <= 60)) {
            throw new IllegalArgumentException("--modes must be from 1 to 60, got " + modes);
        }
        if (!chosen.sde().isAutonomous()) {
            throw new IllegalArgumentException("'spectrum' takes a model that does not depend on t;"
                    + " 'steady-state --period T' gives what a driven one settles into");
        }
        Region region = grids.region(chosen, output);
        FokkerPlanck equation = equation(chosen, region);
        boolean closed = equation.generator().isConservative();
        RelaxationModes found = RelaxationModes.of(equation, closed ? modes + 1 : modes);
        Optional<RelaxationModes> coarse = coarse(chosen, region, found.size());
        Result result = chosen.about(output.begin());
        GridOptions.about(result, chosen, region);
        fill(result, chosen, equation, found, coarse);
        arrays(result, chosen, region, found);
        output.finish(result, () -> figure(chosen, found, closed ? 1 : 0));
        return 0;
    }

    /** By Φ and Q where noise is missing and they are known: motion without noise then has a flux of third order. */
    private static FokkerPlanck equation(ChosenModel chosen, Region region) {
        boolean open = false;
        for (int a = 0; a < region.grid().dimension(); a++) {
            open |= region.lower(a) != Boundary.REFLECTING;
        }
        Optional<Decomposition> parts =
                open || !NoiseRank.isSingular(chosen.sde(), region.grid()) ? Optional.empty() : KnownParts.of(chosen);
        return parts.map(known -> FokkerPlanck.of(known, chosen.temperature(), region))
                .orElseGet(() -> FokkerPlanck.of(chosen.sde(), region));
    }

    private static Optional<RelaxationModes> coarse(ChosenModel chosen, Region region, int count) {
        try {
            FokkerPlanck wide = equation(chosen, GridOptions.coarser(region)).withErrorsUpTo(Double.POSITIVE_INFINITY);
            return Optional.of(RelaxationModes.of(
                    wide, Math.min(count + 2, wide.generator().states())));
        } catch (NumericalException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static void fill(
            Result result,
            ChosenModel chosen,
            FokkerPlanck equation,
            RelaxationModes found,
            Optional<RelaxationModes> coarse) {
        GridError error = GridError.of(equation);
        int n = found.size();
        double[] number = new double[n];
        double[] real = new double[n];
        double[] imaginary = new double[n];
        double[] errors = new double[n];
        double[] time = new double[n];
        double[] quality = new double[n];
        double[] residual = new double[n];
        for (int k = 0; k < n; k++) {
            Complex value = found.eigenvalue(k);
            number[k] = k;
            real[k] = value.getReal();
            imaginary[k] = value.getImaginary();
            errors[k] = error(found, k, coarse, error);
            time[k] = found.relaxationTime(k);
            quality[k] = real[k] == 0.0 ? Double.NaN : Math.abs(imaginary[k]) / Math.abs(real[k]);
            residual[k] = found.residual(k);
        }
        result.column("mode", "1", number)
                .column("real", "1/time", real)
                .column("imaginary", "rad/time", imaginary)
                .column("error", "1/time", errors);
        if (linear(chosen, equation.grid())) {
            exact(result, chosen, n);
        }
        result.column("relaxation_time", "time", time)
                .column("quality", "rad", quality)
                .column("residual", "1", residual);
        result.about("errors", error.remark());
        boolean closed = equation.generator().isConservative();
        if (closed && n >= 2) {
            result.number("gap", found.gap(), errors[1], "1/time", "the rate at which the steady state is reached");
        } else if (!closed) {
            result.number("loss_rate", -real[0], errors[0], "1/time", "at which probability is absorbed in the end");
        }
        result.number(
                "frequency_bound",
                found.frequencyBound(),
                Result.EXACT,
                "rad/time",
                "slow modes that turn faster could be missing");
        for (int k = closed ? 1 : 0; k < n; k++) {
            if (!found.isResolved(k)) {
                result.note("mode " + k + ": its decay is not told from 0, rounding is " + found.accuracy(k));
            }
        }
    }

    /** Of rough schemes by the library, which knows their order; else by the nearest eigenvalue of the coarser grid. */
    private static double error(RelaxationModes found, int k, Optional<RelaxationModes> coarse, GridError error) {
        Complex value = found.eigenvalue(k);
        double own = found.errorEstimate(k);
        if (own > 0.0) {
            return own * value.norm();
        }
        double nearest = Double.NaN;
        for (int other = 0; coarse.isPresent() && other < coarse.get().size(); other++) {
            double distance = coarse.get().eigenvalue(other).subtract(value).norm();
            nearest = Double.isNaN(nearest) ? distance : Math.min(nearest, distance);
        }
        return Math.max(error.part() * nearest, found.accuracy(k));
    }

    /** Whether the drift is Ax + c and D constant: then sums of eigenvalues of A are all there are. */
    private static boolean linear(ChosenModel chosen, Grid grid) {
        Sde sde = chosen.sde();
        if (!sde.diffusion().isConstant()) {
            return false;
        }
        double[] x = new double[grid.dimension()];
        Flow flow = Flow.of(sde.toIto().drift(), x.length);
        grid.centre(grid.cells() / 2, x);
        RealMatrix first = flow.jacobian(x);
        for (int k = 1; k < 6; k++) {
            grid.centre((int) ((long) grid.cells() * k / 6), x);
            if (!(flow.jacobian(x).subtract(first).getFrobeniusNorm() <= 1e-9 * first.getFrobeniusNorm())) {
                return false;
            }
        }
        return Arrays.stream(LinearAlgebra.pureJava().eigenvalues(first)).allMatch(value -> value.getReal() < 0.0);
    }

    private static void exact(Result result, ChosenModel chosen, int count) {
        int d = chosen.dimension();
        Complex[] own = LinearAlgebra.pureJava()
                .eigenvalues(Flow.of(chosen.sde().toIto().drift(), d).jacobian(new double[d]));
        List<Complex> sums = new ArrayList<>(List.of(Complex.ZERO));
        for (Complex value : own) {
            List<Complex> more = new ArrayList<>();
            for (Complex sum : sums) {
                for (int n = 0; n < MULTIPLES; n++) {
                    more.add(sum.add(value.multiply(n)));
                }
            }
            sums = more;
        }
        // A pair stands together, the positive imaginary part first, as the modes do.
        sums.sort(Comparator.comparingDouble((Complex z) -> -Math.rint(z.getReal() * 1e9))
                .thenComparingDouble(z -> Math.rint(Math.abs(z.getImaginary()) * 1e9))
                .thenComparingDouble(z -> -z.getImaginary()));
        result.column(
                "real_closed_form",
                "1/time",
                sums.stream().limit(count).mapToDouble(z -> z.getReal() + 0.0).toArray());
        result.column(
                "imaginary_closed_form",
                "rad/time",
                sums.stream()
                        .limit(count)
                        .mapToDouble(z -> z.getImaginary() + 0.0)
                        .toArray());
        result.note("closed form: sums of the eigenvalues of the linear drift, without walls");
    }

    private static void arrays(Result result, ChosenModel chosen, Region region, RelaxationModes found) {
        List<IntToDoubleFunction> left = new ArrayList<>();
        List<IntToDoubleFunction> right = new ArrayList<>();
        for (int k = 0; k < found.size(); k++) {
            RelaxationModes.ComplexFunction u = found.left(k);
            RelaxationModes.ComplexFunction rho = found.right(k);
            left.add(u.real()::value);
            left.add(u.imaginary()::value);
            right.add(rho.real()::value);
            right.add(rho.imaginary()::value);
        }
        result.array(GridArrays.stacked("observables", "1", region.grid(), left));
        result.array(GridArrays.stacked("densities", "1/volume", region.grid(), right));
        result.about("arrays", "first index: real and imaginary part of each mode in turn");
        GridArrays.edges(result, chosen.names(), region.grid());
    }

    private static Figure figure(ChosenModel chosen, RelaxationModes found, int first) {
        double[] real = new double[found.size()];
        double[] imaginary = new double[real.length];
        for (int k = 0; k < real.length; k++) {
            real[k] = found.eigenvalue(k).getReal();
            imaginary[k] = found.eigenvalue(k).getImaginary();
        }
        List<Panel> panels = new ArrayList<>();
        panels.add(XyPanel.titled("eigenvalues λ").xAxis("Re λ").yAxis("Im λ").points("", real, imaginary));
        if (first < found.size()) {
            CellFunction slowest = found.left(first).real();
            String title = "slowest observable, Re u";
            if (chosen.dimension() == 1) {
                panels.add(GridFigure.line(title, chosen.names().get(0), "u", slowest));
            } else if (chosen.dimension() == 2) {
                panels.add(GridFigure.signed(title, chosen.names(), slowest, "u"));
            }
        }
        return Figure.titled(chosen.title()).row(panels.toArray(Panel[]::new));
    }
}
