package org.langevin4j.solvers.path;

import java.util.Optional;
import org.langevin4j.solvers.ConvergenceException;

/** Runs the flow of paths until they settle. Counts its iterations; not safe for several threads. */
final class Relaxation {

    /** Steps in τ, in units of 1/‖∂b‖², and how often they may be halved. */
    private static final double STEP = 0.2;

    private static final int HALVINGS = 8;

    /** While all goes well the step grows by a factor, up to a longest one: ‖∂b‖ may overstate what limits it. */
    private static final double LONGER_STEP = 1.5;

    private static final double LONGEST = 4.0;

    /** A residual that grows so much above the least one seen, while the action grows too, calls for a smaller step. */
    private static final double GROWTH = 100.0;

    /** How often a path is kept to go back to. */
    private static final int KEEP = 100;

    /** How far a path is nudged to see whether it comes back, relative to the length, with what tolerance and for how long. */
    private static final double NUDGE = 3e-3;

    private static final double COARSER = 10.0;
    private static final int LONGER = 1000;

    /** What counts as a lesser action, next to the error of fourth order. */
    private static final double LESS = 1e-8;

    private final double tolerance;
    private final int maxIterations;
    private final double length;
    private double residual;
    private int iterations;

    /** Until no point moves by more than a fraction of a length in a time 1/‖∂b‖² of the flow. */
    Relaxation(double tolerance, int maxIterations, double length) {
        this.tolerance = tolerance;
        this.maxIterations = maxIterations;
        this.length = length;
    }

    /** The residual of the last path. */
    double residual() {
        return residual;
    }

    /** The iterations of all paths. */
    int iterations() {
        return iterations;
    }

    /** The path that a start settles to. */
    double[][] settle(GeometricFlow flow, double[][] start) {
        double[][] settled = run(flow, start, tolerance, maxIterations);
        if (!(residual <= tolerance)) {
            throw new ConvergenceException("the path did not settle", residual, maxIterations, tolerance);
        }
        return settled;
    }

    private double[][] run(GeometricFlow flow, double[][] start, double small, int limit) {
        double step = STEP;
        int halvings = 0;
        double[][] points = start;
        double[][] kept = start;
        double keptAction = flow.action(start);
        double least = Double.POSITIVE_INFINITY;
        double earlier = Double.POSITIVE_INFINITY;
        for (int iteration = 1; iteration <= limit; iteration++) {
            iterations++;
            double[][] next = flow.advance(points, step);
            residual = 0.0;
            for (int i = 0; i < points.length; i++) {
                // Not Math.max, which a NaN must not pass by.
                double moved = SplineCurve.distance(next[i], points[i]) / (step * length);
                residual = moved <= residual ? residual : moved;
            }
            if (residual <= small) {
                return next;
            }
            if (iteration % KEEP == 0 && halvings == 0) {
                step = residual < earlier ? Math.min(LONGEST, LONGER_STEP * step) : step;
                earlier = residual;
            }
            boolean grown = !(residual < GROWTH * least) || !(residual < Double.MAX_VALUE);
            least = Math.min(least, residual);
            if (grown || iteration % KEEP == 0) {
                // The residual also grows where a path leaves a saddle of the action, but then the action falls.
                double action = flow.action(next);
                if (action <= keptAction) {
                    kept = next;
                    keptAction = action;
                    least = residual;
                } else if (grown) {
                    if (++halvings > HALVINGS) {
                        throw new ConvergenceException(
                                "the path does not settle at any step of its flow", residual, iteration, small);
                    }
                    step = Math.min(STEP, 0.5 * step);
                    next = kept;
                    least = Double.POSITIVE_INFINITY;
                }
            }
            points = next;
        }
        return points;
    }

    /** A path of lesser action that a settled one goes to after a nudge: there is one if and only if it is at a saddle. */
    Optional<double[][]> beside(GeometricFlow flow, double[][] settled) {
        int n = settled.length - 1;
        double[][] nudged = new double[n + 1][];
        for (int i = 0; i <= n; i++) {
            nudged[i] = settled[i].clone();
            double bow = Math.sin(Math.PI * i / n);
            double wave = Math.sin(2.0 * Math.PI * i / n);
            for (int c = 0; c < nudged[i].length; c++) {
                nudged[i][c] += NUDGE * length * (bow * Math.cos(1.0 + 2.4 * c) + 0.3 * wave * Math.cos(2.0 + 2.4 * c));
            }
        }
        double before = flow.action(settled);
        double result = residual;
        double less = LESS + Math.pow(n, -4);
        try {
            double[][] path = run(flow, nudged, COARSER * tolerance, Math.min(maxIterations, LONGER));
            return flow.action(path) < before - less * flow.scale(settled) ? Optional.of(path) : Optional.empty();
        } catch (ConvergenceException e) {
            return Optional.empty();
        } finally {
            residual = result;
        }
    }
}
