package org.langevin4j.examples.physics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.util.Arrays;
import java.util.Locale;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.special.Erf;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.field.GaussLegendre;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Event;
import org.langevin4j.solvers.ensemble.Intervals;
import org.langevin4j.solvers.ensemble.Reset;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.EulerMaruyama;

/** A leaky integrate-and-fire neuron, dV = (μ − V)dt + √(2T) dW; at V = 1 a spike, and V starts again from 0. */
final class Neuron {

    private static final Temperature NOISE = Temperature.of(0.08);

    private static final double STEP = 0.01;

    /** −ζ(½)/√(2π): how far a walk with unit normal steps overshoots a level that is far away. */
    private static final double OVERSHOOT = 0.5826;

    private Neuron() {}

    static XyPanel write(Sheet sheet) {
        double[] currents = {0.6, 0.8, 1.0, 1.3, 1.7, 2.2};
        double[][] found = new double[2][currents.length];
        double[][] errors = new double[2][currents.length];
        Evidence evidence = sheet.supplement("a neuron that fires at a threshold and is reset");
        double late = 1.0 + OVERSHOOT * Math.sqrt(2.0 * NOISE.value() * STEP);
        for (int k = 0; k < currents.length; k++) {
            for (boolean bridged : new boolean[] {true, false}) {
                Intervals.Summary summary = spikes(currents[k], bridged, k, sheet);
                int row = bridged ? 0 : 1;
                double siegert = siegert(currents[k], 1.0);
                found[row][k] = summary.mean() / siegert;
                errors[row][k] = summary.meanError() / siegert;
                evidence.measure(
                                String.format(
                                        Locale.ROOT,
                                        "μ = %s: mean interval, threshold %s",
                                        currents[k],
                                        bridged ? "bridged" : "seen at steps only"),
                                summary.mean())
                        .in("time")
                        .standardError(summary.meanError())
                        .near(
                                siegert(currents[k], bridged ? 1.0 : late),
                                standardErrors(4).plus(STEP, "a step, which a reset may lose"),
                                bridged
                                        ? closedForm("Siegert (1951), Phys. Rev. 81, 617")
                                        : literature(
                                                "Siegert's formula with the threshold shifted by 0.5826 √(2Th): Broadie,"
                                                        + " Glasserman and Kou (1997)"));
            }
        }
        double[] all = new double[61];
        Arrays.setAll(all, i -> 0.55 + 1.75 * i / 60.0);
        return XyPanel.titled("Leaky integrate-and-fire neuron, T = 0.08, h = 0.01")
                .xAxis("current μ")
                .yAxis("mean interval over Siegert's formula")
                .line(
                        "threshold shifted by 0.5826 √(2Th)",
                        all,
                        Arrays.stream(all)
                                .map(mu -> siegert(mu, late) / siegert(mu, 1.0))
                                .toArray())
                .points("threshold bridged", currents, found[0], errors[0])
                .points("seen at steps", currents, found[1], errors[1])
                .horizontalLine(1.0, "");
    }

    private static Intervals.Summary spikes(double current, boolean bridged, int part, Sheet sheet) {
        Sde sde = Sde.ito(
                new VectorField() {
                    @Override
                    public void at(double[] v, double[] out) {
                        out[0] = current - v[0];
                    }

                    @Override
                    public void atBlock(double[][] v, int paths, double[][] out) {
                        for (int p = 0; p < paths; p++) {
                            out[0][p] = current - v[0][p];
                        }
                    }
                },
                Diffusion.isotropic(1, 1.0),
                NOISE);
        Event spike = Event.of("spike", v -> 1.0 - v[0]);
        Reset reset = Reset.at(spike, (v, mark) -> v[0] = 0.0);
        Intervals intervals = Intervals.of(spike, Axis.uniform(0.0, 40.0, 80));
        Ensemble ensemble = Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(STEP))
                .onEvent(bridged ? reset.bridged((v, out) -> out[0] = -1.0) : reset)
                .paths(sheet.choose(32, 256, 1024))
                // Cut off at T, the mean of whole intervals is too short by σ²/T: a quarter of a per cent at most.
                .until(1600.0)
                .startingAt(0.0)
                .seed(sheet.seed().derive(20 + part))
                .observe(When.every(1, 0.0), intervals);
        return sheet.run("jumps-and-resets, neuron", ensemble).get(intervals);
    }

    /** √π ∫ e^(u²)(1 + erf u) du from (0 − μ)/√(2T) to (V − μ)/√(2T), V the threshold. */
    private static double siegert(double current, double threshold) {
        double scale = Math.sqrt(2.0 * NOISE.value());
        GaussIntegrator rule = GaussLegendre.rule(60, -current / scale, (threshold - current) / scale);
        return Math.sqrt(Math.PI)
                * rule.integrate(u -> u > -4.0
                        ? Math.exp(u * u) * (1.0 + Erf.erf(u))
                        // e^(u²) erfc(−u), by its asymptotic series.
                        : asymptotic(-u));
    }

    private static double asymptotic(double x) {
        double square = 2.0 * x * x;
        double term = 1.0;
        double sum = 1.0;
        for (int n = 1; n <= 12; n++) {
            term *= -(2 * n - 1) / square;
            sum += term;
        }
        return sum / (x * Math.sqrt(Math.PI));
    }
}
