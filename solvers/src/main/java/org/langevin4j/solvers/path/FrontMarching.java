package org.langevin4j.solvers.path;

import java.util.ArrayList;
import java.util.List;
import org.langevin4j.solvers.ConvergenceException;

/** The level curves of V on their way outwards, in units of cells. */
final class FrontMarching {

    /** Distance of the first level curve from the attractor, and its markers around a point, as later at least. */
    static final double START = 0.5;

    static final int START_MARKERS = 256;

    /** Length of central differences. */
    static final double DIFFERENCE = 1e-3;

    /** While the curve is small, V grows by this factor. */
    private static final double GROWTH = 0.3;

    /** Markers are added above and dropped below these distances, in units of their distance, and angles. */
    private static final double FAR = 1.5;

    private static final double CLOSE = 0.4;
    private static final double CORNER_DISTANCE = 0.25;
    private static final double COSINE_TURNED = Math.cos(0.06);
    private static final double COSINE_STRAIGHT = Math.cos(0.02);

    /** A marker that would go this many spacings in one step is at rest, and no longer edge is filled. */
    private static final double LEAP = 4.0;

    private static final double LONGEST_EDGE = 5.0;

    /** A fold of this many spacings is torn. */
    private static final double TORN = 3.0;

    /** Neighbours that part by more than this factor, on a way so many times longer along the level curve than across it. */
    private static final double STRETCH = 2.0;

    private static final double ALONG = 4.0;

    /** How much a step in V may exceed the one before, and down to which part of the usual one it is halved. */
    private static final double HASTE = 1.5;

    private static final double SHORTEST = 1.0 / 64.0;

    private static final double LARGEST_CORRECTION = 0.05;

    private static final int BISECTIONS = 6;

    /** Square of a sine up to which three terms of the arcsine do. */
    private static final double SMALL = 1e-3;

    /** Markers allowed in all, for each cell of half the grid's circumference, and pieces of level curves. */
    private static final long PATIENCE = 1_500_000;

    private static final long PATIENCE_PER_CELL = 10_000;

    private static final int PIECES = 500;

    private enum Fate {
        GOES_ON,
        OVERTAKEN,
        ENDS
    }

    private final Hamiltonian hamiltonian;
    private final Characteristic characteristic;
    private final LevelStrips surface;
    private final int rows;
    private final int columns;
    private final double spacing;
    private final double margin;
    private final double[] position = new double[2];
    private final double[] momentum = new double[2];
    private final double[] here = new double[2];
    private final double[] slope = new double[2];
    private final double[] rate = new double[2];
    private double distance;
    private double reached;
    private Fate[][] fates = {};
    private int fronts;
    private long markers;

    FrontMarching(Hamiltonian hamiltonian, int rows, int columns, double spacing, double margin) {
        this.hamiltonian = hamiltonian;
        this.characteristic = new Characteristic(hamiltonian);
        this.surface = new LevelStrips(rows, columns, LONGEST_EDGE * spacing);
        this.rows = rows;
        this.columns = columns;
        this.spacing = spacing;
        this.margin = margin;
    }

    LevelStrips surface() {
        return surface;
    }

    int fronts() {
        return fronts;
    }

    long markers() {
        return markers;
    }

    /** From the attractor, where V = 0, over the first level curves until the grid is full or nothing moves on. */
    void run(LevelCurve attractor, List<LevelCurve> start, double startValue) {
        for (LevelCurve front : start) {
            surface.strip(attractor, 0, 0, 0.0, front, startValue);
        }
        List<LevelCurve> living = start;
        double v = startValue;
        // The least step in V, so that markers pass a saddle.
        double least = 0.0;
        double last = Double.POSITIVE_INFINITY;
        while (!living.isEmpty() && surface.settled() < surface.size()) {
            double step = spacing * smallestMomentum(living);
            boolean growing = least == 0.0 && GROWTH * v < step;
            if (growing) {
                step = GROWTH * v;
            } else if (least == 0.0) {
                // |∇V| grows in proportion to the distance: this is a spacing from the attractor.
                least = 0.5 * GROWTH * step;
            }
            step = Math.max(step, least);
            double[][][] states = step(living, v, step, Math.min(step, HASTE * last), growing);
            last = reached - v;
            List<LevelCurve> moved = new ArrayList<>();
            for (int i = 0; i < living.size(); i++) {
                advance(living.get(i), v, states[i], fates[i], moved);
            }
            living = moved;
            v = reached;
            fronts++;
            // Around a point the small level curves are loops, whatever becomes of the large ones.
            boolean torn = attractor.size() == 1
                    && !(living.size() == 1 && living.get(0).closed());
            if (growing && (living.isEmpty() || torn)) {
                throw torn("tear next to the attractor");
            }
            if (living.size() > PIECES) {
                throw torn("tear into " + living.size() + " pieces");
            }
            if (markers > PATIENCE + PATIENCE_PER_CELL * (rows + columns)) {
                throw torn("do not come to an end");
            }
        }
    }

    private ConvergenceException torn(String how) {
        return new ConvergenceException(
                "the fronts " + how + ", as where rotation is strong and uneven: use ordered line integrals,"
                        + " or a lesser spacing; residual is the fraction of cells not reached",
                1.0 - surface.settled() / (double) surface.size(),
                fronts,
                0.0);
    }

    private double smallestMomentum(List<LevelCurve> living) {
        double smallest = Double.POSITIVE_INFINITY;
        for (LevelCurve front : living) {
            markers += front.size();
            for (int k = 0; k < front.size(); k++) {
                smallest = Math.min(smallest, front.momentum(k));
            }
        }
        return smallest;
    }

    /**
     * Moves the markers of all chains by a step in V, or by less where that would stretch a chain too far to add markers well: where
     * the flow along the level curves is fast and uneven.
     */
    private double[][][] step(List<LevelCurve> living, double v, double longest, double hopeful, boolean growing) {
        double[][][] states = new double[living.size()][][];
        fates = new Fate[living.size()][];
        double taken = hopeful;
        for (int i = 0; i < states.length; i++) {
            LevelCurve old = living.get(i);
            states[i] = new double[old.size()][5];
            fates[i] = new Fate[old.size()];
            reached = v + taken;
            for (int k = 0; k < old.size(); k++) {
                fates[i][k] = move(old, k, v, reached, growing, states[i][k]);
                if (k > 0 && taken > SHORTEST * longest && stretched(old, k, taken, fates[i], states[i])) {
                    taken *= 0.5;
                    i = -1;
                    break;
                }
            }
        }
        return states;
    }

    private boolean stretched(LevelCurve old, int k, double step, Fate[] fates, double[][] states) {
        double gap = states[k][4] - states[k - 1][4];
        return fates[k] == Fate.GOES_ON
                && fates[k - 1] == Fate.GOES_ON
                && gap > FAR * (old.closed() ? Math.min(spacing, old.length() / START_MARKERS) : spacing)
                && gap > STRETCH * (old.arc(k) - old.arc(k - 1))
                && Math.abs(states[k][4] - old.arc(k)) * old.momentum(k) > ALONG * step;
    }

    /** Links the markers of one chain at the next level; it may fall into several. */
    private void advance(LevelCurve old, double v, double[][] states, Fate[] fates, List<LevelCurve> out) {
        int n = old.size();
        double next = reached;
        // Small loops keep their markers.
        distance = old.closed() ? Math.min(spacing, old.length() / START_MARKERS) : spacing;
        boolean[] dead = new boolean[n];
        int firstDead = -1;
        for (int k = 0; k < n; k++) {
            // The last overtaken marker before one that goes on stays, to close the strip behind it.
            dead[k] = fates[k] == Fate.ENDS
                    || (fates[k] == Fate.OVERTAKEN && alone(old, fates, k - 1) && alone(old, fates, k + 1));
            if (dead[k] && firstDead < 0) {
                firstDead = k;
            }
        }
        List<LevelCurve> pieces = new ArrayList<>();
        List<int[]> origins = new ArrayList<>();
        // A closed chain is begun behind a gap, so that no piece runs over its end.
        int begin = old.closed() && firstDead >= 0 ? firstDead : 0;
        double[] last = new double[5];
        LevelCurve piece = new LevelCurve(false);
        int[] origin = new int[2];
        for (int s = 0; s < n; s++) {
            int k = (begin + s) % n;
            states[k][4] += begin + s < n ? 0.0 : old.length();
            if (!dead[k] && piece.size() > 0) {
                piece.get(piece.size() - 1, last);
                if (crowded(last, states[k]) && s < n - 1) {
                    origin[1] = k;
                    continue;
                }
            }
            boolean linked = !dead[k] && (piece.size() == 0 || join(piece, last, states[k], 0));
            if (!linked && piece.size() > 0) {
                pieces.add(piece);
                origins.add(origin);
                piece = new LevelCurve(false);
            }
            if (!dead[k]) {
                if (piece.size() == 0) {
                    origin = new int[] {k, k};
                }
                piece.add(states[k]);
                origin[1] = k;
            }
        }
        if (piece.size() > 0) {
            pieces.add(piece);
            origins.add(origin);
        }
        if (old.closed() && firstDead < 0) {
            close(pieces, origins, old.length());
        }
        for (int i = 0; i < pieces.size(); i++) {
            LevelCurve front = pieces.get(i);
            if (front.size() > 1) {
                front.measure();
                surface.strip(old, origins.get(i)[0], origins.get(i)[1], v, front, next);
                out.add(front);
            }
        }
    }

    private Fate move(LevelCurve old, int k, double v, double next, boolean growing, double[] state) {
        old.get(k, state);
        boolean moves = next - v <= LEAP * spacing * old.momentum(k)
                && characteristic.advance(state, next - v)
                && within(state);
        if (!moves) {
            return Fate.ENDS;
        }
        state[4] = old.arc(k) + slip(old, k, state);
        return !growing && surface.overtakes(state, next) ? Fate.OVERTAKEN : Fate.GOES_ON;
    }

    /** How far a characteristic has moved along its level curve: along the mean tangent, as on concentric arcs. */
    private static double slip(LevelCurve old, int k, double[] state) {
        int n = old.size();
        int before = old.closed() ? Math.floorMod(k - 1, n) : Math.max(0, k - 1);
        int after = old.closed() ? (k + 1) % n : Math.min(n - 1, k + 1);
        double px = old.px(k);
        double py = old.py(k);
        // The tangent is p turned by a right angle, in the sense of the chain.
        double sense = Math.signum(px * (old.y(after) - old.y(before)) - py * (old.x(after) - old.x(before)));
        double p = LevelCurve.length(px, py);
        double q = LevelCurve.length(state[2], state[3]);
        double t1 = -sense * (py / p + state[3] / q);
        double t2 = sense * (px / p + state[2] / q);
        double along = ((state[0] - old.x(k)) * t1 + (state[1] - old.y(k)) * t2) / LevelCurve.length(t1, t2);
        // The arc is longer than its chord by half its angle over the sine of that.
        double cosine = Math.max(-1.0, Math.min(1.0, (px * state[2] + py * state[3]) / (p * q)));
        double sine2 = 0.5 * (1.0 - cosine);
        if (sine2 < SMALL) {
            return along * (1.0 + sine2 * (1.0 / 6.0 + sine2 * 0.075));
        }
        return along * 0.5 * Math.acos(cosine) / Math.sqrt(sine2);
    }

    /** Whether there is no marker at a place that goes on. */
    private static boolean alone(LevelCurve chain, Fate[] fates, int k) {
        if (!chain.closed() && (k < 0 || k >= fates.length)) {
            return true;
        }
        return fates[Math.floorMod(k, fates.length)] != Fate.GOES_ON;
    }

    /** Joins the last piece of an unbroken loop to the first. */
    private void close(List<LevelCurve> pieces, List<int[]> origins, double length) {
        int end = pieces.size() - 1;
        LevelCurve tail = pieces.get(end);
        LevelCurve head = pieces.get(0);
        double[] last = new double[5];
        double[] first = new double[5];
        tail.get(tail.size() - 1, last);
        head.get(0, first);
        first[4] += length;
        if (!join(tail, last, first, 0)) {
            return;
        }
        if (end == 0) {
            LevelCurve loop = new LevelCurve(true);
            loop.append(tail, 0.0);
            pieces.set(0, loop);
            return;
        }
        tail.append(head, length);
        origins.get(end)[1] = origins.get(0)[1];
        pieces.remove(0);
        origins.remove(0);
    }

    private boolean within(double[] state) {
        double x = margin * rows;
        double y = margin * columns;
        return state[0] >= -0.5 - x
                && state[0] <= rows - 0.5 + x
                && state[1] >= -0.5 - y
                && state[1] <= columns - 0.5 + y;
    }

    private boolean crowded(double[] a, double[] b) {
        return LevelCurve.length(b[0] - a[0], b[1] - a[1]) < CLOSE * distance && cosine(a, b) > COSINE_STRAIGHT;
    }

    private static double cosine(double[] a, double[] b) {
        return (a[2] * b[2] + a[3] * b[3]) / Math.sqrt((a[2] * a[2] + a[3] * a[3]) * (b[2] * b[2] + b[3] * b[3]));
    }

    /** Adds markers behind a up to b, which is not added, where the two are too far apart; false if the curve tears. */
    private boolean join(LevelCurve chain, double[] a, double[] b, int depth) {
        double c1 = b[0] - a[0];
        double c2 = b[1] - a[1];
        double chord = LevelCurve.length(c1, c2);
        double cosine = cosine(a, b);
        boolean turned = cosine < COSINE_TURNED && chord > CORNER_DISTANCE * distance;
        if (chord <= FAR * distance && !turned) {
            return true;
        }
        if (depth > BISECTIONS) {
            return false;
        }
        double pa = LevelCurve.length(a[2], a[3]);
        double pb = LevelCurve.length(b[2], b[3]);
        // Tangents are p turned by a right angle; the sense of the chain decides their sign.
        double alongA = a[2] * c2 - a[3] * c1;
        double alongB = b[2] * c2 - b[3] * c1;
        if (!(alongA * alongB > 0.0 && cosine > 0.0)) {
            return chord < TORN * spacing;
        }
        double sense = Math.signum(alongA);
        double ta1 = -sense * a[3] / pa;
        double ta2 = sense * a[2] / pa;
        double tb1 = -sense * b[3] / pb;
        double tb2 = sense * b[2] / pb;
        // The length of tangents with which the Hermite curve passes through the midpoint of a circular arc.
        double length = 2.0 * chord / (1.0 + Math.sqrt(0.5 * (1.0 + cosine)));
        position[0] = 0.5 * (a[0] + b[0]) + 0.125 * length * (ta1 - tb1);
        position[1] = 0.5 * (a[1] + b[1]) + 0.125 * length * (ta2 - tb2);
        double t1 = 1.5 * c1 - 0.25 * length * (ta1 + tb1);
        double t2 = 1.5 * c2 - 0.25 * length * (ta2 + tb2);
        momentum[0] = 0.5 * (a[2] + b[2]);
        momentum[1] = 0.5 * (a[3] + b[3]);
        correct(a, b, c1, c2);
        double guess = LevelCurve.length(momentum[0], momentum[1]) / LevelCurve.length(t1, t2);
        momentum[0] = sense * guess * t2;
        momentum[1] = -sense * guess * t1;
        double size = hamiltonian.toZeroEnergy(position, momentum) * LevelCurve.length(t1, t2) * guess;
        // Behind a saddle b no longer opposes the normal.
        if (!(size > 0.2 * Math.min(pa, pb) && size < 5.0 * Math.max(pa, pb))) {
            return false;
        }
        double[] middle = {position[0], position[1], momentum[0], momentum[1], 0.5 * (a[4] + b[4])};
        if (!join(chain, a, middle, depth + 1)) {
            return false;
        }
        chain.add(middle);
        return join(chain, middle, b, depth + 1);
    }

    /**
     * Takes the mean momentum from the middle of the chord to the middle of the curve: ∂²V maps the chord to the difference of the
     * momenta, and the velocity of a characteristic to the rate of its momentum.
     */
    private void correct(double[] a, double[] b, double c1, double c2) {
        double v1 = 0.0;
        double v2 = 0.0;
        double f1 = 0.0;
        double f2 = 0.0;
        for (double[] end : new double[][] {a, b}) {
            System.arraycopy(end, 0, here, 0, 2);
            System.arraycopy(end, 2, slope, 0, 2);
            hamiltonian.velocity(here, slope, rate);
            v1 += 0.5 * rate[0];
            v2 += 0.5 * rate[1];
            hamiltonian.momentumRate(here, slope, rate);
            f1 += 0.5 * rate[0];
            f2 += 0.5 * rate[1];
        }
        double d1 = position[0] - 0.5 * (a[0] + b[0]);
        double d2 = position[1] - 0.5 * (a[1] + b[1]);
        double determinant = c1 * v2 - c2 * v1;
        double chords = (d1 * v2 - d2 * v1) / determinant;
        double times = (c1 * d2 - c2 * d1) / determinant;
        double more1 = chords * (b[2] - a[2]) + times * f1;
        double more2 = chords * (b[3] - a[3]) + times * f2;
        // A large correction is the error of a chord and a velocity that are almost parallel, over which ∂²V changes.
        if (LevelCurve.length(more1, more2) <= LARGEST_CORRECTION * LevelCurve.length(momentum[0], momentum[1])) {
            momentum[0] += more1;
            momentum[1] += more2;
        }
    }
}
