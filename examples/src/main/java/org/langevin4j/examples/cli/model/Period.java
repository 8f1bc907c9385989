package org.langevin4j.examples.cli.model;

import java.util.Locale;
import org.langevin4j.core.sde.Sde;

/** What {@code --period} may be. */
final class Period {

    private Period() {}

    /** A typed period that goes with the equation: one whose drift is another after it would give numbers of no meaning. */
    static double of(Sde sde, double period) {
        if (sde.isAutonomous()) {
            throw new IllegalArgumentException("--period is for models that depend on t, this one does not");
        }
        if (!(period > 0.0 && period <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("--period must be positive and finite, got " + period);
        }
        int d = sde.dimension();
        double[] x = new double[d];
        for (int k = 0; k < d; k++) {
            x[k] = 0.37 + 0.21 * k;
        }
        double[] now = new double[d];
        double[] later = new double[d];
        for (double t : new double[] {0.0, 0.13 * period, 0.61 * period}) {
            sde.drift().atTime(t).at(x, now);
            sde.drift().atTime(t + period).at(x, later);
            for (int i = 0; i < d; i++) {
                if (!(Math.abs(now[i] - later[i]) <= 1e-6 * (1.0 + Math.abs(now[i])))) {
                    throw new IllegalArgumentException(String.format(
                            Locale.ROOT,
                            "--period %s: the drift at t = %.4g is %.8g, one period later %.8g; cos(w*t) has the period 2π/w",
                            period,
                            t,
                            now[i],
                            later[i]));
                }
            }
        }
        return period;
    }
}
