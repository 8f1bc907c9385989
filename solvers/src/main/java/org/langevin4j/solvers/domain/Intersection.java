package org.langevin4j.solvers.domain;

import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;

/**
 * What several domains have in common. Their faces are numbered through in the order of the domains. A path that is beyond
 * several of them after a step leaves through the first that absorbs it; mirrored by one wall beyond another it is mirrored
 * again, until it is inside.
 *
 * @param parts domains of one dimension
 */
public record Intersection(List<Domain> parts) implements Domain {

    /** More passes than any corner needs that is not a needle. */
    private static final int PASSES = 64;

    /** Checks the parts. */
    public Intersection {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("parts must number at least 1, got 0");
        }
        for (Domain part : parts) {
            if (part.dimension() != parts.get(0).dimension()) {
                throw new IllegalArgumentException(
                        "parts must have one dimension, got " + parts.get(0).dimension() + " and " + part.dimension());
            }
        }
    }

    /**
     * The intersection of domains.
     *
     * @param parts domains of one dimension
     * @return the intersection
     */
    public static Intersection of(Domain... parts) {
        return new Intersection(Arrays.asList(parts));
    }

    @Override
    public int dimension() {
        return parts.get(0).dimension();
    }

    @Override
    public int faces() {
        return parts.stream().mapToInt(Domain::faces).sum();
    }

    @Override
    public List<Hypersurface> surfaces() {
        return parts.stream().flatMap(part -> part.surfaces().stream()).toList();
    }

    @Override
    public boolean contains(double[] x) {
        return parts.stream().allMatch(part -> part.contains(x));
    }

    @Override
    public Confinement confinement(Sde sde, double stepSize, Seed seed) {
        Confinement[] confinements = new Confinement[parts.size()];
        for (int k = 0; k < confinements.length; k++) {
            // Bridges are keyed by the number of the face: those of the first part are as they are for it alone.
            Seed own = k == 0 ? seed : seed.derive(k);
            confinements[k] = parts.get(k).confinement(sde, stepSize, own);
        }
        return new Corners(confinements);
    }

    @Override
    public String identity() {
        return "Intersection" + parts.stream().map(Domain::identity).toList();
    }

    private final class Corners implements Confinement {

        private final Confinement[] confinements;
        private final double[] state = new double[dimension()];
        private int[] some = new int[0];
        private int[] slots = new int[0];
        private double[][] start = new double[0][0];
        private double[][] end = new double[0][0];
        private long[] ofPath = new long[0];

        Corners(Confinement[] confinements) {
            this.confinements = confinements;
        }

        @Override
        public void apply(double t, double[][] before, double[][] x, int paths, long[] path, long step, int[] exits) {
            if (some.length < paths) {
                some = new int[paths];
                slots = new int[paths];
                ofPath = new long[paths];
                start = new double[state.length][paths];
                end = new double[state.length][paths];
            }
            Arrays.fill(exits, 0, paths, INSIDE);
            int count = paths;
            for (int p = 0; p < paths; p++) {
                slots[p] = p;
            }
            // What one wall has mirrored may be beyond another.
            for (int pass = 0; count > 0; pass++) {
                gather(before, x, path, count);
                boolean last = pass == PASSES;
                int face = 0;
                for (int k = 0; k < confinements.length && !last; k++) {
                    confinements[k].apply(t, start, end, count, ofPath, step, some);
                    for (int c = 0; c < count; c++) {
                        if (some[c] != INSIDE && exits[slots[c]] == INSIDE) {
                            exits[slots[c]] = face + some[c];
                            // Where it has left it stays, whatever the other parts do.
                            put(end, c, x, slots[c]);
                        }
                    }
                    face += parts.get(k).faces();
                }
                int outside = 0;
                for (int c = 0; c < count; c++) {
                    int p = slots[c];
                    if (exits[p] != INSIDE) {
                        continue;
                    }
                    put(last ? start : end, c, x, p);
                    if (!last && !isInside(x, p)) {
                        slots[outside] = p;
                        outside++;
                    }
                }
                count = outside;
            }
        }

        private void gather(double[][] before, double[][] x, long[] path, int count) {
            for (int c = 0; c < count; c++) {
                ofPath[c] = path[slots[c]];
                for (int i = 0; i < state.length; i++) {
                    start[i][c] = before[i][slots[c]];
                    end[i][c] = x[i][slots[c]];
                }
            }
        }

        private void put(double[][] from, int c, double[][] x, int p) {
            for (int i = 0; i < state.length; i++) {
                x[i][p] = from[i][c];
            }
        }

        private boolean isInside(double[][] x, int p) {
            for (int i = 0; i < state.length; i++) {
                state[i] = x[i][p];
            }
            return contains(state);
        }
    }
}
