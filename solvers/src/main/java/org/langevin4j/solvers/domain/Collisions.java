package org.langevin4j.solvers.domain;

import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.UnderdampedLangevin;

/** Collisions of underdamped paths with walls in the space of positions, after a step of any scheme. */
final class Collisions implements Confinement {

    /** A path that meets the walls more often in one step is faster than the step can follow. */
    private static final int MOST = 10_000;

    private final Sde sde;
    private final double[] mass;
    private final List<Hypersurface> faces;
    private final List<Hypersurface.Circle> circles;
    private final double stepSize;
    private final ThermalWall thermal;

    private final int n;
    private final double[] from;
    private final double[] to;
    private final double[] normal;
    private final double[] momentum;
    private final double[] state;
    private final double[] force;
    private Sde frozen;

    Collisions(
            UnderdampedLangevin equation,
            List<Hypersurface> faces,
            List<Hypersurface.Circle> circles,
            double stepSize,
            ThermalWall thermal) {
        this.sde = equation.sde();
        this.n = equation.degreesOfFreedom();
        this.mass = new double[n];
        for (int i = 0; i < n; i++) {
            mass[i] = equation.mass(i);
        }
        this.faces = faces;
        this.circles = circles;
        this.stepSize = stepSize;
        this.thermal = thermal;
        this.from = new double[n];
        this.to = new double[n];
        this.normal = new double[n];
        this.momentum = new double[n];
        this.state = new double[2 * n];
        this.force = new double[2 * n];
        this.frozen = sde;
    }

    @Override
    public void apply(double t, double[][] before, double[][] x, int paths, long[] path, long step, int[] exits) {
        Arrays.fill(exits, 0, paths, INSIDE);
        frozen = sde.atTime(t);
        for (int p = 0; p < paths; p++) {
            for (int i = 0; i < n; i++) {
                to[i] = x[i][p];
            }
            if (isInside()) {
                continue;
            }
            for (int i = 0; i < n; i++) {
                from[i] = before[i][p];
                momentum[i] = x[n + i][p];
            }
            exits[p] = follow(t, path[p], step);
            for (int i = 0; i < n; i++) {
                x[i][p] = to[i];
                x[n + i][p] = momentum[i];
            }
        }
        for (Hypersurface.Circle circle : circles) {
            circle.interval().wrap(x[circle.coordinate()], paths);
        }
    }

    private boolean isInside() {
        for (Hypersurface face : faces) {
            if (isBeyond(face, face.level().at(to))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBeyond(Hypersurface face, double level) {
        return face.face() == Face.REFLECTING ? !(level >= 0.0) : !(level > 0.0);
    }

    /** From {@link #from} to {@link #to} with {@link #momentum} at the end; the number of the face that absorbs. */
    private int follow(double t, long path, long step) {
        double left = stepSize;
        for (int collision = 0; collision < MOST; collision++) {
            int hit = -1;
            double first = Double.POSITIVE_INFINITY;
            for (int f = 0; f < faces.size(); f++) {
                double end = faces.get(f).level().at(to);
                if (isBeyond(faces.get(f), end)) {
                    double s = crossing(faces.get(f), end);
                    if (s < first) {
                        first = s;
                        hit = f;
                    }
                }
            }
            if (hit < 0) {
                return INSIDE;
            }
            left *= 1.0 - first;
            for (int i = 0; i < n; i++) {
                double contact = from[i] + first * (to[i] - from[i]);
                to[i] -= contact;
                from[i] = contact;
            }
            if (faces.get(hit).face() != Face.REFLECTING) {
                System.arraycopy(from, 0, to, 0, n);
                return hit;
            }
            faces.get(hit).gradient().at(from, normal);
            collide(hit, t, left, path, step, collision);
            for (int i = 0; i < n; i++) {
                to[i] += from[i];
            }
        }
        throw new IllegalArgumentException("stepSize must be so small that a path meets the walls at most " + MOST
                + " times in a step, path " + path + " does so more often in step " + step + " of " + stepSize);
    }

    /**
     * The fraction of the way at which g vanishes first, g being taken as the parabola through its values at both ends with
     * its slope at the first: exact for planes and spheres, third order for others.
     */
    private double crossing(Hypersurface face, double end) {
        double start = Math.max(0.0, face.level().at(from));
        face.gradient().at(from, normal);
        double slope = 0.0;
        for (int i = 0; i < n; i++) {
            slope += normal[i] * (to[i] - from[i]);
        }
        double bend = end - start - slope;
        double root = Math.sqrt(Math.max(0.0, slope * slope - 4.0 * bend * start));
        if (slope > 0.0) {
            return Math.min(1.0, (slope + root) / (-2.0 * bend));
        }
        return start == 0.0 ? 0.0 : Math.min(1.0, 2.0 * start / (root - slope));
    }

    /** Gives {@link #to}, relative to the point of contact {@link #from}, and {@link #momentum} after a collision. */
    private void collide(int face, double t, double left, long path, long step, int collision) {
        if (thermal.isThermal(path, step, collision)) {
            thermal.emit(face, t + stepSize - left, normal, momentum);
            for (int i = 0; i < n; i++) {
                to[i] = left * momentum[i] / mass[i];
            }
            addForce(left, 1.0);
            thermal.kick(frozen, state, left, momentum);
            return;
        }
        addForce(left, -1.0);
        reverse(momentum, false);
        reverse(to, true);
        addForce(left, 1.0);
    }

    /** p ← p ± τ b(c, p). */
    private void addForce(double tau, double sign) {
        System.arraycopy(from, 0, state, 0, n);
        System.arraycopy(momentum, 0, state, n, n);
        frozen.drift().at(state, force);
        for (int i = 0; i < n; i++) {
            momentum[i] += sign * tau * force[n + i];
        }
    }

    /** I − 2n(M⁻¹n)ᵀ/(nᵀM⁻¹n) on momenta, its transpose on displacements. */
    private void reverse(double[] v, boolean displacement) {
        double product = 0.0;
        double squared = 0.0;
        for (int i = 0; i < n; i++) {
            product += normal[i] * (displacement ? v[i] : v[i] / mass[i]);
            squared += normal[i] * normal[i] / mass[i];
        }
        double factor = 2.0 * product / squared;
        for (int i = 0; i < n; i++) {
            v[i] -= factor * (displacement ? normal[i] / mass[i] : normal[i]);
        }
    }
}
