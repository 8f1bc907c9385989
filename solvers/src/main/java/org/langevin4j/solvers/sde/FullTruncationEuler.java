package org.langevin4j.solvers.sde;

import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.sde.Sde;

/**
 * Euler's scheme with full truncation for Itô equations with coordinates that must not be negative, as of square-root
 * diffusions (Lord, Koekkoek and van Dijk 2010, Quant. Finance 10, 177, eq. 14):
 *
 * <pre>y ← y + b(x)h + √(2β⁻¹h) B(x)ξ,   x = y⁺,</pre>
 *
 * where x is the state that everybody sees and y = x − (what it lacks below 0) is remembered. For a drift κ(θ − x) the mean of x
 * in the stationary state is θ at every step, where cutting off or reflecting y itself adds to the mean. Steps converge to the
 * solution as h → 0; no order is claimed, for √x is not Lipschitz at 0 (the source proves none). {@link CoxIngersollRossExact}
 * has the law itself.
 *
 * <p>y is kept from step to step: {@link Stepper#begin} must be called where a block of paths starts.
 *
 * @param stepSize h
 * @param coordinates those that must not be negative; none means all
 */
public record FullTruncationEuler(double stepSize, List<Integer> coordinates) implements Scheme {

    /** Checks all. */
    public FullTruncationEuler {
        Scheme.requireStepSize(stepSize);
        coordinates = List.copyOf(coordinates);
        for (int i : coordinates) {
            if (!(i >= 0)) {
                throw new IllegalArgumentException("coordinates must not be negative, got " + i);
            }
        }
    }

    @Override
    public FullTruncationEuler withStepSize(double value) {
        return new FullTruncationEuler(value, coordinates);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @param coordinates those that must not be negative; none means all
     * @return the scheme
     */
    public static FullTruncationEuler withStep(double stepSize, int... coordinates) {
        return new FullTruncationEuler(
                stepSize, Arrays.stream(coordinates).boxed().toList());
    }

    /** 0: it converges, but no order is known. */
    @Override
    public double strongOrder() {
        return 0.0;
    }

    /** 0: it converges, but no order is known. */
    @Override
    public double weakOrder() {
        return 0.0;
    }

    /**
     * Prepares the scheme.
     *
     * @throws IllegalArgumentException if the equation is not Itô, or has no such coordinates
     */
    @Override
    public Stepper stepper(Sde sde) {
        AcceptedEquations.requireIto("FullTruncationEuler", sde);
        boolean[] kept = new boolean[sde.dimension()];
        Arrays.fill(kept, coordinates.isEmpty());
        for (int i : coordinates) {
            if (!(i < kept.length)) {
                throw new IllegalArgumentException("coordinates must be below " + kept.length + ", got " + i);
            }
            kept[i] = true;
        }
        return new TruncationStepper(sde, stepSize, kept);
    }

    private static final class TruncationStepper implements Stepper {

        private final SchemeCoefficients coefficients;
        private final boolean[] kept;
        private double[][] drift = new double[0][0];
        private double[][] noise = new double[0][0];

        /** min(y, 0): what x lacks of y. */
        private double[][] lacking = new double[0][0];

        TruncationStepper(Sde sde, double stepSize, boolean[] kept) {
            this.coefficients = new SchemeCoefficients(sde, stepSize);
            this.kept = kept;
        }

        @Override
        public int noises() {
            return coefficients.sde().diffusion().noiseDimension();
        }

        @Override
        public void begin(int paths) {
            drift = PathStepper.atLeast(drift, kept.length, paths);
            noise = PathStepper.atLeast(noise, kept.length, paths);
            lacking = new double[kept.length][paths];
        }

        @Override
        public double[][] memory() {
            return lacking;
        }

        @Override
        public void restart(int p, double t, double[] state) {
            for (double[] row : lacking) {
                row[p] = 0.0;
            }
        }

        @Override
        public void step(double t, double[][] x, int paths, double[][] xi) {
            if (!(lacking.length > 0 && paths <= lacking[0].length)) {
                throw new IllegalStateException("begin must have been called with all the " + paths
                        + " paths of the step, it was with " + (lacking.length == 0 ? 0 : lacking[0].length));
            }
            for (int i = 0; i < x.length; i++) {
                for (int p = 0; kept[i] && p < paths; p++) {
                    if (x[i][p] < 0.0) {
                        lacking[i][p] = x[i][p];
                        x[i][p] = 0.0;
                    }
                }
            }
            SchemeCoefficients.At now = coefficients.at(t);
            now.drift().atBlock(x, paths, drift);
            now.diffusion().factorTimesBlock(x, xi, paths, noise);
            double h = coefficients.stepSize();
            double amplitude = now.stepAmplitude();
            for (int i = 0; i < x.length; i++) {
                for (int p = 0; p < paths; p++) {
                    // A state that somebody has put elsewhere lacks nothing.
                    double y = kept[i] && x[i][p] == 0.0 ? lacking[i][p] : x[i][p];
                    y += drift[i][p] * h + amplitude * noise[i][p];
                    x[i][p] = kept[i] && y < 0.0 ? 0.0 : y;
                    lacking[i][p] = kept[i] && y < 0.0 ? y : 0.0;
                }
            }
        }
    }
}
