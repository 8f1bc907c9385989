package org.langevin4j.solvers.sde;

import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;

/** Slopes of errors against the step on logarithmic axes. */
final class OrderFit {

    private OrderFit() {}

    /** The least-squares slope of log error(n) against log(1/n). */
    static double slope(IntToDoubleFunction error, int... steps) {
        double sx = 0.0;
        double sy = 0.0;
        double sxx = 0.0;
        double sxy = 0.0;
        for (int n : steps) {
            double u = -Math.log(n);
            double v = Math.log(error.applyAsDouble(n));
            sx += u;
            sy += v;
            sxx += u * u;
            sxy += u * v;
        }
        return (steps.length * sxy - sx * sy) / (steps.length * sxx - sx * sx);
    }

    /**
     * Root mean square of X_T − exact for one-dimensional equations with one noise: all schemes see the same Brownian
     * paths, T = 1, given by {@code fine} increments each.
     *
     * @param exact end of the exact path, from its increments of W
     */
    static double strongError(
            Scheme scheme,
            Sde sde,
            int steps,
            int fine,
            int paths,
            long seed,
            double start,
            ToDoubleFunction<double[]> exact) {
        Stepper stepper = scheme.stepper(sde);
        NormalStream normals = NormalStream.of(Seed.of(seed));
        int ratio = fine / steps;
        double sum = 0.0;
        for (int path = 0; path < paths; path++) {
            double[] increments = new double[fine];
            double[][] xi = new double[1][1];
            for (int k = 0; k < fine; k++) {
                normals.fill(path, 1, k, xi);
                increments[k] = xi[0][0] / Math.sqrt(fine);
            }
            double[][] x = {{start}};
            stepper.begin(1);
            for (int step = 0; step < steps; step++) {
                double w = 0.0;
                for (int k = step * ratio; k < (step + 1) * ratio; k++) {
                    w += increments[k];
                }
                xi[0][0] = w * Math.sqrt(steps);
                stepper.step(0.0, x, 1, xi);
            }
            double difference = x[0][0] - exact.applyAsDouble(increments);
            sum += difference * difference;
        }
        return Math.sqrt(sum / paths);
    }
}
