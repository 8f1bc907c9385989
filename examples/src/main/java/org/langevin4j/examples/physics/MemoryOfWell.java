package org.langevin4j.examples.physics;

import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.FunctionMoments;
import org.langevin4j.solvers.ensemble.TimeSeries;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.Baoab;
import org.langevin4j.solvers.sweep.Sweep;
import org.langevin4j.solvers.sweep.SweepPoint;
import org.langevin4j.solvers.sweep.SweepResult;

/** How fast particles in a double well forget which well they started in, at a barrier of ΔU/T = 3.1 and over all frictions. */
final class MemoryOfWell {

    private static final double COLD = 0.08;

    /**
     * The slowest decay λ₁ = 2k, and the next one, of the odd modes of Kramers' equation in the double well at T = 0.08:
     * Hermite functions in q and p, 150 × 220 of them, at γ = 0.03 140 × 340, shift-and-invert (SciPy). The last digit given is certain.
     */
    private record Decay(double friction, double slowest, double next) {}

    private static final List<Decay> DECAYS = List.of(
            new Decay(0.03, 0.002964, 0.0556),
            new Decay(0.1, 0.00759132, 0.169),
            new Decay(0.3, 0.013336162, 0.434),
            new Decay(1.0, 0.011745201, 1.0),
            new Decay(3.0, 0.005512084, 0.548),
            new Decay(10.0, 0.0017648187, 0.152));

    private static final double STEP = 0.05;

    private MemoryOfWell() {}

    static XyPanel write(Sheet sheet) {
        double[] frictions = DECAYS.stream().mapToDouble(Decay::friction).toArray();
        double[] exact = DECAYS.stream().mapToDouble(Decay::slowest).toArray();
        SweepResult sweep = Sweep.over("friction", frictions)
                .replicas(16)
                .seed(sheet.seed().derive(2))
                .run(List.of("early", "late"), point -> memory(point, sheet));
        Map<List<Double>, RunningMoments> early = sweep.overReplicas("early");
        Map<List<Double>, RunningMoments> late = sweep.overReplicas("late");
        double[] rates = new double[frictions.length];
        double[] errors = new double[frictions.length];
        for (int k = 0; k < frictions.length; k++) {
            Decay decay = DECAYS.get(k);
            RunningMoments first = early.getOrDefault(List.of(frictions[k]), new RunningMoments(1));
            RunningMoments second = late.getOrDefault(List.of(frictions[k]), new RunningMoments(1));
            double between = interval(decay);
            rates[k] = Math.log(first.mean(0) / second.mean(0)) / between;
            // The two times are correlated, which makes the error smaller than this.
            errors[k] = Math.hypot(first.standardError(0) / first.mean(0), second.standardError(0) / second.mean(0))
                    / between;
            sheet.supplement("Kramers' turnover: the wells are forgotten fastest at a middle friction")
                    .measure(
                            String.format(
                                    Locale.ROOT,
                                    "T = 0.08, γ = %s: decay of the memory of the well by paths",
                                    frictions[k]),
                            rates[k])
                    .in("1/time")
                    .standardError(errors[k])
                    .near(
                            exact[k],
                            standardErrors(4),
                            independent("Hermite functions in q and p, shift-and-invert, by SciPy"));
        }
        double[] all = new double[61];
        Arrays.setAll(all, i -> 0.02 * Math.pow(700.0, i / 60.0));
        double[] slow = Arrays.copyOf(all, 20);
        return XyPanel.titled("Decay of the memory of the well, λ₁ = 2k")
                .xAxis("friction γ")
                .yAxis("λ₁")
                .logX()
                .logY()
                .line("Kramers, strong friction", all, map(all, g -> 2.0 * EscapeTheory.strong(g, COLD)))
                .line("Kramers, energy diffusion", slow, map(slow, g -> 2.0 * EscapeTheory.weak(g, COLD)))
                .line("spectral (SciPy), at the points", frictions, exact)
                .points("paths ± 2 s.e.", frictions, rates, map(errors, e -> 2.0 * e));
    }

    private static double[] map(double[] x, DoubleUnaryOperator function) {
        return Arrays.stream(x).map(function).toArray();
    }

    /** From one to the other the memory falls to 1/e; whole steps. */
    private static double interval(Decay decay) {
        return Math.rint(1.0 / decay.slowest() / STEP) * STEP;
    }

    /** ⟨sign q⟩ of paths that start in the left well, after the fast modes have decayed and an interval later. */
    private static double[] memory(SweepPoint point, Sheet sheet) {
        double friction = point.get("friction");
        Decay decay = DECAYS.stream()
                .filter(candidate -> candidate.friction() == friction)
                .findFirst()
                .orElseThrow();
        long first = Math.round(5.0 / decay.next() / STEP);
        long later = first + Math.round(interval(decay) / STEP);
        FunctionMoments sign = FunctionMoments.of((x, out) -> out[0] = x[0] < 0.0 ? 1.0 : -1.0, 1);
        TimeSeries<RunningMoments> series = TimeSeries.of(sign);
        List<TimeSeries.Entry<RunningMoments>> entries = Ensemble.of(
                        UnderdampedLangevin.ofGradient(1, EscapeTheory.SLOPE, friction, Temperature.of(COLD))
                                .sde())
                .scheme(Baoab.withStep(STEP))
                .paths(sheet.choose(500, 2_500, 25_000))
                .until(later * STEP)
                .startingAt(-1.0, 0.0)
                .seed(point.seed())
                .threads(1)
                .observe(When.at(first * STEP, later * STEP), series)
                .run()
                .get(series);
        return new double[] {
            entries.get(0).result().mean(0), entries.get(1).result().mean(0)
        };
    }
}
