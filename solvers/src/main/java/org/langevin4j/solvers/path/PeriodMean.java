package org.langevin4j.solvers.path;

import java.util.Arrays;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;

/**
 * Drift and diffusion averaged over a period, and what is between them and the driven ones; only where a way begins, so that a few instants do.
 *
 * @param drift b̄
 * @param diffusion D̄
 */
record PeriodMean(VectorField drift, Diffusion diffusion) {

    private static final int INSTANTS = 8;

    static PeriodMean of(VectorField drift, Diffusion diffusion, double period) {
        int d = diffusion.dimension();
        double[] weights = new double[INSTANTS];
        Arrays.fill(weights, 1.0 / INSTANTS);
        VectorField[] fields = new VectorField[INSTANTS];
        Diffusion[] matrices = new Diffusion[INSTANTS];
        for (int k = 0; k < INSTANTS; k++) {
            fields[k] = drift.atTime(k * period / INSTANTS);
            matrices[k] = diffusion.atTime(k * period / INSTANTS);
        }
        return new PeriodMean(
                drift.isAutonomous() ? drift : sum(weights, fields, d),
                diffusion.isAutonomous() ? diffusion : sum(weights, matrices));
    }

    /** b̄ + s(b − b̄). */
    VectorField drift(VectorField driven, double strength) {
        if (strength == 1.0 || driven.isAutonomous()) {
            return driven;
        }
        double[] weights = {1.0 - strength, strength};
        int d = diffusion.dimension();
        return driven.atTime(0.0) instanceof DifferentiableField
                ? DifferentiableField.driven(t ->
                        (DifferentiableField) sum(weights, new VectorField[] {drift, driven.atTime(t)}, d))
                : VectorField.driven(t -> sum(weights, new VectorField[] {drift, driven.atTime(t)}, d));
    }

    /** D̄ + s(D − D̄). */
    Diffusion diffusion(Diffusion driven, double strength) {
        if (strength == 1.0 || driven.isAutonomous()) {
            return driven;
        }
        double[] weights = {1.0 - strength, strength};
        return Diffusion.driven(t -> sum(weights, new Diffusion[] {diffusion, driven.atTime(t)}));
    }

    private static VectorField sum(double[] weights, VectorField[] fields, int d) {
        VectorField sum = weighted(weights, d, (k, x, out) -> fields[k].at(x, out));
        return Arrays.stream(fields).allMatch(DifferentiableField.class::isInstance)
                ? DifferentiableField.of(
                        sum,
                        weighted(weights, d * d, (k, x, out) -> ((DifferentiableField) fields[k]).jacobian(x, out)))
                : sum;
    }

    private static Diffusion sum(double[] weights, Diffusion[] diffusions) {
        int d = diffusions[0].dimension();
        return Diffusion.of(MatrixField.of(d, weighted(weights, d * d, (k, x, out) -> diffusions[k].matrix(x, out))));
    }

    /** One of several functions of the state. */
    @FunctionalInterface
    private interface Term {
        void at(int k, double[] x, double[] out);
    }

    private static VectorField weighted(double[] weights, int size, Term term) {
        return (x, out) -> {
            double[] one = new double[size];
            Arrays.fill(out, 0.0);
            for (int k = 0; k < weights.length; k++) {
                term.at(k, x, one);
                for (int i = 0; i < size; i++) {
                    out[i] += weights[k] * one[i];
                }
            }
        };
    }
}
