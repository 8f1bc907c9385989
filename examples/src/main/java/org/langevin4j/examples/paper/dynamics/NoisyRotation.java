package org.langevin4j.examples.paper.dynamics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hipparchus.complex.Complex;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.PowerSpectrum;
import org.langevin4j.core.statistics.SpectralPeak;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.models.analytic.HopfNormalForm;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.RelaxationModes;
import org.langevin4j.solvers.irreversibility.Periods;
import org.langevin4j.solvers.irreversibility.PhaseAngle;
import org.langevin4j.solvers.irreversibility.PhaseProfile;
import org.langevin4j.solvers.irreversibility.SpectralDensity;
import org.langevin4j.solvers.irreversibility.Winding;
import org.langevin4j.solvers.sde.Sra1;

/**
 * What was found of one system at one temperature.
 *
 * @param line eigenvalue of the slowest rotating mode, extrapolated from three grids; NaN where they do not resolve it
 * @param doubt estimated errors of its two parts
 * @param crater density at the centre over the largest
 * @param turnTime 1/flux about the origin, the mean time of a turn, extrapolated from two grids, and its estimated error
 */
record NoisyRotation(
        double beta,
        Complex line,
        Complex doubt,
        double crater,
        List<Double> turnTime,
        PowerSpectrum spectrum,
        SpectralPeak peak,
        Periods.Summary periods,
        Winding.Summary winding,
        PhaseProfile.Profile profile) {

    static final double OMEGA = 2.0;

    static final int SECTORS = 12;

    /** Of the histogram of periods. */
    static final Axis PERIODS = Axis.uniform(0, 10, 100);

    static final double STEP = 0.02;

    /** In the time of the equation. */
    private static final double TRANSIENT = 20.0;

    private static final double GOLDEN_ANGLE = 2.399963229728653;

    /** Beyond it the ring around the cycle is a few cells wide on grids that are to be had. */
    private static final double LARGEST_ON_GRID = 16.0;

    boolean hasLine() {
        return !line.isNaN();
    }

    /** Im λ₁/(2|Re λ₁|) from grids, or from the spectral line where there is none. */
    double quality() {
        return hasLine() ? line.getImaginaryPart() / (-2.0 * line.getRealPart()) : peak.quality();
    }

    /** The error estimated from refinement, or the standard error of the spectral line's. */
    double qualityError() {
        return hasLine()
                ? quality()
                        * Math.hypot(
                                doubt.getRealPart() / line.getRealPart(),
                                doubt.getImaginaryPart() / line.getImaginaryPart())
                : peak.qualityError();
    }

    double variation() {
        return periods.deviation() / periods.mean();
    }

    private static Sde equation(boolean cycle, double beta) {
        Temperature temperature = Temperature.of(1 / beta);
        return cycle ? new HopfNormalForm(1, OMEGA).sde(temperature) : new DoubleWell(1.5).sde(temperature);
    }

    private static Grid box(boolean cycle, double beta, int cells) {
        double end = 1.0 + (cycle ? 2.2 : 3.0) / Math.sqrt(Math.sqrt(beta));
        return Grid.square(-end, end, cells);
    }

    /** The decay is that expected, and sets the resolution of the spectrum alone. */
    static NoisyRotation measure(boolean cycle, double beta, double decay, Sheet sheet) {
        Sde sde = equation(cycle, beta);
        Complex[] line = cycle && beta > LARGEST_ON_GRID
                ? new Complex[] {Complex.NaN, Complex.NaN}
                : line(sde, cycle, beta, sheet);
        double crater = Math.exp(-beta / 4);
        List<Double> turnTime = List.of(2 * Math.PI / OMEGA, 0.0);
        if (!cycle) {
            int cells = sheet.choose(81, 161, 241);
            double[] fine = craterAndTurnTime(sde, box(false, beta, cells));
            double coarse = craterAndTurnTime(sde, box(false, beta, cells / 3 * 2 + 1))[1];
            double correction = (fine[1] - coarse) / (2.25 - 1.0);
            crater = fine[0];
            turnTime = List.of(fine[1] + correction, Math.abs(correction));
        }
        double interval = 0.2;
        // A resolution of about an eighth of the expected half width.
        int segment = Integer.highestOneBit((int) (8 * 2 * Math.PI / (decay * interval))) * 2;
        SpectralDensity spectral = SpectralDensity.of(x -> x[0], segment);
        Periods periods = Periods.of(PhaseAngle.about(0, 0), PERIODS);
        // Few and long: what is cut off at the end of a path makes periods too short.
        int paths = 64;
        double duration = sheet.choose(1.6e5, 1e6, 6e6) / paths;
        String title = String.format(Locale.ROOT, "%s, β = %.0f", cycle ? "Hopf" : "Example 19", beta);
        EnsembleResult few = sheet.run(
                title,
                started(sde, paths, Math.max(duration, 4.0 * segment * interval), sheet)
                        .observe(When.every(1, TRANSIENT), periods)
                        .observe(When.every(10, TRANSIENT), spectral));
        Winding winding = Winding.about(0, 0);
        PhaseProfile profile = PhaseProfile.of(PhaseAngle.about(0, 0), x -> Math.hypot(x[0], x[1]), SECTORS);
        EnsembleResult many = sheet.run(
                title,
                started(sde, sheet.choose(4096, 8192, 16_384), 20, sheet)
                        .observe(When.every(1, TRANSIENT), winding)
                        .observe(When.every(10, TRANSIENT), profile));
        PowerSpectrum spectrum = few.get(spectral);
        double nan = Double.NaN;
        return new NoisyRotation(
                beta,
                line[0],
                line[1],
                crater,
                turnTime,
                spectrum,
                spectrum.peak().orElse(new SpectralPeak(nan, nan, nan, nan, nan, spectrum.resolution())),
                few.get(periods),
                many.get(winding),
                many.get(profile));
    }

    private static Ensemble started(Sde sde, int paths, double duration, Sheet sheet) {
        return Ensemble.of(sde)
                .scheme(Sra1.withStep(STEP))
                .paths(paths)
                .until(Math.rint((TRANSIENT + duration) / STEP) * STEP)
                .startingFrom((path, out) -> {
                    double angle = GOLDEN_ANGLE * path;
                    out[0] = Math.cos(angle);
                    out[1] = Math.sin(angle);
                })
                .seed(sheet.seed());
    }

    /** The eigenvalue of the slowest rotating mode, errors of second and fourth order taken out by three grids; and what the last took out. */
    private static Complex[] line(Sde sde, boolean cycle, double beta, Sheet sheet) {
        int[] cells = beta < LARGEST_ON_GRID
                ? sheet.choose(new int[] {36, 48, 72}, new int[] {48, 64, 96}, new int[] {64, 96, 128})
                : sheet.choose(new int[] {48, 64, 96}, new int[] {64, 96, 128}, new int[] {96, 128, 192});
        Complex[] slowest = Arrays.stream(cells)
                .mapToObj(n -> rotating(
                        RelaxationModes.of(FokkerPlanck.of(sde, box(cycle, beta, n), Boundary.REFLECTING), 3, 2.0)))
                .toArray(Complex[]::new);
        Complex three = extrapolated(cells, slowest, 0);
        Complex change = three.subtract(extrapolated(cells, slowest, 1));
        return new Complex[] {three, new Complex(Math.abs(change.getRealPart()), Math.abs(change.getImaginaryPart()))};
    }

    /** The polynomial in h² through the values from the first grid on, at h = 0. */
    private static Complex extrapolated(int[] cells, Complex[] values, int first) {
        Complex sum = Complex.ZERO;
        for (int i = first; i < cells.length; i++) {
            double weight = 1.0;
            for (int k = first; k < cells.length; k++) {
                double ratio = (double) cells[k] / cells[i];
                weight *= k == i ? 1.0 : 1.0 / (1.0 - ratio * ratio);
            }
            sum = sum.add(values[i].multiply(weight));
        }
        return sum;
    }

    private static double[] craterAndTurnTime(Sde sde, Grid grid) {
        FokkerPlanck equation = FokkerPlanck.of(sde, grid, Boundary.REFLECTING);
        Density steady = equation.steadyState().density();
        double highest = Arrays.stream(steady.values()).max().orElseThrow();
        double[] origin = {0.0, 0.0};
        double flux =
                equation.current(steady).flux(origin, new double[] {grid.axis(0).max(), 0.0});
        return new double[] {steady.value(grid.cellOf(origin)) / highest, 1.0 / flux};
    }

    /** The slowest eigenvalue with a positive imaginary part. */
    private static Complex rotating(RelaxationModes spectrum) {
        for (int k = 1; k < spectrum.size(); k++) {
            if (spectrum.frequency(k) > 1e-6) {
                return spectrum.eigenvalue(k);
            }
        }
        return Complex.NaN;
    }
}
