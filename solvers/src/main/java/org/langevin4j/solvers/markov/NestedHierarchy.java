package org.langevin4j.solvers.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The same process on coarser and coarser chains, and with it an approximate inverse of I − G on each: the K-cycle of Notay
 * (2008). Each chain has its own M·diag(x) with a reference vector x, so that u = p/x is smooth. The coarse residual is the
 * sum over the states inside, the correction is interpolated linearly: orders 1 and 2, enough for a second-order operator.
 * Not safe for several threads.
 */
final class NestedHierarchy {

    /** Where log ρ falls by less from one chain to the next it is taken as it is. */
    private static final double COLDER = 1.0;

    /** The chains but the coarsest, from coarse to fine. */
    private final List<Mesh> meshes = new ArrayList<>();

    private final ScaledChain coarsest;
    private final CoarsestInverse inverse;

    /** log ρ with which the finest chain so far began, if a finer one is to come. */
    private double[] guess = {};

    /** One chain and how it is joined to the next coarser one. */
    private static final class Mesh {

        final ScaledChain level;
        final NestedChain.Interpolation interpolation;
        /** Mass of each coarse state there divided by that of its parts here. */
        final double[] ratios;

        /** Vectors of the coarse chain. */
        final AggregationHierarchy.Space space;

        /** What is missing, as a flow through each state; where it is asked for. */
        private double[] rest = {};

        Mesh(int coarse, ScaledChain level, NestedChain.Interpolation interpolation) {
            this.level = level;
            this.interpolation = interpolation;
            this.ratios = new double[coarse];
            this.space = new AggregationHierarchy.Space(coarse);
        }

        double[] rest() {
            if (rest.length == 0) {
                rest = new double[level.states];
            }
            return rest;
        }
    }

    /**
     * The coarsest chain alone.
     *
     * @param coarsest with its reference vector
     * @param conservative whether nothing is lost
     */
    NestedHierarchy(ScaledChain coarsest, boolean conservative) {
        this(coarsest, CoarsestInverse.of(coarsest, conservative));
    }

    /** The coarsest chain alone, and its inverse. */
    NestedHierarchy(ScaledChain coarsest, CoarsestInverse inverse) {
        this.coarsest = coarsest;
        this.inverse = inverse;
    }

    /** Number of the finest chain so far; the coarsest is 0. */
    int finest() {
        return meshes.size();
    }

    ScaledChain level(int number) {
        return number == 0 ? coarsest : meshes.get(number - 1).level;
    }

    /** A law on the next coarser chain, interpolated in log ρ. */
    static double[] refined(ChainSequence chains, int number, double[] coarse) {
        return law(chains, number, interpolated(chains, number, logarithms(chains, number + 1, coarse)));
    }

    /** log ρ but for a constant, at most 0. */
    private static double[] logarithms(ChainSequence chains, int number, double[] p) {
        double[] volumes = chains.chain(number).volumes();
        double[] logs = new double[p.length];
        ParallelStrips strips = ParallelStrips.of(p.length);
        strips.each((from, to) -> {
            for (int k = from; k < to; k++) {
                logs[k] = Math.log(p[k] / volumes[k]);
            }
        });
        return lowered(strips, logs);
    }

    private static double[] lowered(ParallelStrips strips, double[] logs) {
        double largest = Multigrid.largest(strips, logs);
        strips.each((from, to) -> {
            for (int k = from; k < to; k++) {
                logs[k] -= largest;
            }
        });
        return logs;
    }

    private static double[] interpolated(ChainSequence chains, int number, double[] logs) {
        double[] fine = new double[chains.chain(number).generator().states()];
        ParallelStrips strips = ParallelStrips.of(fine.length);
        strips.each((from, to) -> chains.interpolation(number).addExtrapolated(logs, fine, from, to));
        return lowered(strips, fine);
    }

    /** p from log ρ, in its place. */
    private static double[] law(ChainSequence chains, int number, double[] logs) {
        double[] volumes = chains.chain(number).volumes();
        ParallelStrips.of(logs.length).each((from, to) -> {
            for (int k = from; k < to; k++) {
                logs[k] = Math.max(Math.exp(logs[k]) * volumes[k], ScaledChain.SMALLEST_MASS);
            }
        });
        return logs;
    }

    /**
     * What log ρ will be on the next finer chain where cells are too wide for the drift: there chains are too hot, by a part of the
     * temperature that is proportional to the width, so that 1/log ρ is linear in it.
     *
     * @param logs log ρ ≤ 0; overwritten
     * @param wide the same from a chain of cells twice as wide
     */
    private static void extrapolate(double[] logs, double[] wide) {
        ParallelStrips.of(logs.length).each((from, to) -> {
            for (int k = from; k < to; k++) {
                double now = logs[k];
                // No colder than half of the temperature.
                double before = Math.min(wide[k] - COLDER, 0.5 * now);
                if (before > now) {
                    logs[k] = now * before / (1.5 * before - 0.5 * now);
                }
            }
        });
    }

    /** Adds the next finer chain, its level scaled with the x of the one below, interpolated in log ρ. */
    void refine(ChainSequence chains, int number, ScaledChain level) {
        ScaledChain below = level(finest());
        double[] logs = logarithms(chains, number + 1, below.mass);
        if (guess.length > 0) {
            extrapolate(logs, guess);
        }
        double[] fine = interpolated(chains, number, logs);
        guess = number > 0 ? fine.clone() : new double[0];
        level.rescale(law(chains, number, fine));
        meshes.add(new Mesh(below.states, level, chains.interpolation(number)));
    }

    /** Adds the next finer chain, its level scaled already. */
    void add(ChainSequence chains, int number, ScaledChain level) {
        meshes.add(new Mesh(level(finest()).states, level, chains.interpolation(number)));
        weigh();
    }

    /** Joins the finest chain so far to the one below; to be called again when the reference vector of either has changed. */
    void weigh() {
        Mesh mesh = meshes.get(finest() - 1);
        ScaledChain below = level(finest() - 1);
        below.strips.each((from, to) -> {
            mesh.interpolation.sums(mesh.level.mass, mesh.ratios, from, to);
            for (int a = from; a < to; a++) {
                mesh.ratios[a] = below.mass[a] / mesh.ratios[a];
            }
        });
    }

    /** See {@link AggregationHierarchy#amplification}. */
    double amplification() {
        double[] r = new double[level(finest()).states];
        Arrays.fill(r, 1.0);
        for (int number = finest(); number > 0; number--) {
            r = restricted(number, r);
        }
        double[] u = new double[r.length];
        inverse.times(r, u);
        return Arrays.stream(u).max().orElseThrow();
    }

    /** Values on the chain below interpolated. */
    private double[] interpolated(int number, double[] values) {
        Mesh mesh = meshes.get(number - 1);
        double[] u = new double[mesh.level.states];
        mesh.level.strips.each((from, to) -> mesh.interpolation.add(values, u, from, to));
        return u;
    }

    /** One cycle: u ≈ (I − G)⁻¹r on a chain; with room for one number a state. */
    void cycle(int number, double[] r, double[] u, double[] room) {
        if (number == 0) {
            inverse.times(r, u);
            return;
        }
        Mesh mesh = meshes.get(number - 1);
        ScaledChain level = mesh.level;
        ScaledChain below = level(number - 1);
        level.start(u, r);
        double[] right = mesh.space.right;
        double[] correction = mesh.space.correction;
        level.restrict(mesh.interpolation::sums, below, u, room, right);
        below.strips.each((from, to) -> {
            for (int a = from; a < to; a++) {
                right[a] *= mesh.ratios[a];
            }
        });
        if (number == 1) {
            inverse.times(right, correction);
        } else {
            AggregationHierarchy.correct(
                    below, (given, out, spare) -> cycle(number - 1, given, out, spare), mesh.space, true);
        }
        level.strips.each((from, to) -> mesh.interpolation.add(correction, u, from, to));
        level.sweep(true, u, r);
        level.sweep(false, u, r);
    }

    /** A first approximation (Brandt 1977): the solution on the chain below, interpolated, and one cycle. */
    double[] nested(int number, double[] r) {
        ScaledChain level = level(number);
        double[] u = new double[level.states];
        if (number == 0) {
            inverse.times(r, u);
            return u;
        }
        double[] first = interpolated(number, nested(number - 1, restricted(number, r)));
        double[] residual = new double[level.states];
        level.residual(first, r, residual);
        cycle(number, residual, u, new double[level.states]);
        level.strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                u[i] += first[i];
            }
        });
        return u;
    }

    /**
     * As {@link #nested}, u ≥ 0 where r is: the solution on the chain below, improved by one cycle, interpolated and swept.
     */
    void start(int number, double[] r, double[] u) {
        if (number == 0) {
            inverse.times(r, u);
            return;
        }
        Mesh mesh = meshes.get(number - 1);
        double[] right = restricted(number, r);
        start(number - 1, right, mesh.space.correction);
        if (number > 1) {
            leave(number - 1, right, mesh.space.correction);
            correct(number - 1, right, mesh.space.correction, true);
        }
        Arrays.fill(u, 0.0);
        add(mesh, u, true);
        mesh.level.sweepInOrder(false, u, r);
    }

    /** Sweeps u once and finds what then is left of r; Σ Dᵢ|rᵢ| of that. */
    double leave(int number, double[] r, double[] u) {
        Mesh mesh = meshes.get(number - 1);
        mesh.level.sweepInOrder(true, u, r);
        return mesh.level.missing(u, r, mesh.rest());
    }

    /**
     * Corrects u by what {@link #leave} has found, in a cycle that visits the two chains below the finest twice.
     *
     * @param positive whether u ≥ 0 is asked for, r being so
     */
    void correct(int number, double[] r, double[] u, boolean positive) {
        Mesh mesh = meshes.get(number - 1);
        double[] right = mesh.space.right;
        double[] correction = mesh.space.correction;
        restrict(number);
        if (number == 1) {
            inverse.times(right, correction);
        } else {
            flows(meshes.get(number - 2), right);
            Arrays.fill(correction, 0.0);
            correct(number - 1, right, correction, false);
            if (number > finest() - 2) {
                leave(number - 1, right, correction);
                correct(number - 1, right, correction, false);
            }
        }
        add(mesh, u, positive);
        mesh.level.sweepInOrder(true, u, r);
        mesh.level.sweepInOrder(false, u, r);
    }

    /** r summed over the parts of the states of the chain below, in its units, in the room of that. */
    private double[] restricted(int number, double[] r) {
        Mesh mesh = meshes.get(number - 1);
        flows(mesh, r);
        restrict(number);
        return mesh.space.right;
    }

    /** What is missing in u = 0. */
    private static void flows(Mesh mesh, double[] r) {
        ScaledChain level = mesh.level;
        double[] rest = mesh.rest();
        level.strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                rest[i] = r[i] * level.outflow[i];
            }
        });
    }

    /** The flows that are missing, summed over the parts of the states of the chain below, in its units. */
    private void restrict(int number) {
        Mesh mesh = meshes.get(number - 1);
        ScaledChain below = level(number - 1);
        double[] right = mesh.space.right;
        double[] rest = mesh.rest();
        below.strips.each((from, to) -> {
            mesh.interpolation.sums(rest, right, from, to);
            for (int a = from; a < to; a++) {
                right[a] *= mesh.ratios[a] / below.outflow[a];
            }
        });
    }

    /** Adds the interpolated correction; makes u ≥ 0 if that is asked for. */
    private static void add(Mesh mesh, double[] u, boolean positive) {
        mesh.level.strips.each((from, to) -> {
            mesh.interpolation.add(mesh.space.correction, u, from, to);
            for (int i = from; i < to && positive; i++) {
                if (u[i] < 0.0) {
                    u[i] = 0.0;
                }
            }
        });
    }
}
