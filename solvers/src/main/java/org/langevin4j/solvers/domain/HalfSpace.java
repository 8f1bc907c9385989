package org.langevin4j.solvers.domain;

import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;

/** A half-space {n·x ≥ c}, reflecting along a direction or absorbing. One face, number 0. Immutable. */
public final class HalfSpace implements Domain {

    private final double[] normal;
    private final double offset;

    /** γ with γ·n = 1; empty where the boundary absorbs. */
    private final double[] direction;

    private HalfSpace(double[] normal, double offset, double[] direction) {
        this.normal = normal;
        this.offset = offset;
        this.direction = direction;
    }

    /**
     * The half-space {n·x ≥ c} with normal reflection.
     *
     * @param normal n, any length but zero
     * @param offset c
     * @return the domain
     */
    public static HalfSpace reflecting(double[] normal, double offset) {
        return reflecting(normal, offset, normal);
    }

    /**
     * The half-space {n·x ≥ c} with oblique reflection.
     *
     * @param normal n, any length but zero
     * @param offset c
     * @param direction γ along which paths are pushed back, γ·n &gt; 0; γ = Dn lets no probability flow through
     * @return the domain
     */
    public static HalfSpace reflecting(double[] normal, double offset, double[] direction) {
        double[] n = requireNormal(normal, offset);
        double product = 0.0;
        for (int i = 0; i < n.length && direction.length == n.length; i++) {
            product += n[i] * direction[i];
        }
        if (!(product > 0.0 && product <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("direction must have a positive product with the normal "
                    + Arrays.toString(n) + ", got " + Arrays.toString(direction));
        }
        double[] scaled = direction.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] /= product;
        }
        return new HalfSpace(n, offset, scaled);
    }

    /**
     * The half-space {n·x &gt; c} at whose boundary paths stop, with the correction for crossings within a step.
     *
     * @param normal n, any length but zero
     * @param offset c
     * @return the domain
     */
    public static HalfSpace absorbing(double[] normal, double offset) {
        return new HalfSpace(requireNormal(normal, offset), offset, new double[0]);
    }

    private static double[] requireNormal(double[] normal, double offset) {
        double squared = 0.0;
        for (double component : normal) {
            squared += component * component;
        }
        if (!(squared > 0.0 && squared <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("normal must be finite and not zero, got " + Arrays.toString(normal));
        }
        if (!(Math.abs(offset) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("offset must be finite, got " + offset);
        }
        return normal.clone();
    }

    @Override
    public int dimension() {
        return normal.length;
    }

    double level(double[] x) {
        double sum = -offset;
        for (int i = 0; i < normal.length; i++) {
            sum += normal[i] * x[i];
        }
        return sum;
    }

    /** n·x − c, in blocks without the coordinates that have no part in it. */
    private final class Level implements ScalarField {

        @Override
        public double at(double[] x) {
            return level(x);
        }

        @Override
        public void atBlock(double[][] x, int paths, double[] out) {
            Arrays.fill(out, 0, paths, -offset);
            for (int i = 0; i < normal.length; i++) {
                if (normal[i] != 0.0) {
                    add(normal[i], x[i], paths, out);
                }
            }
        }

        private static void add(double factor, double[] x, int paths, double[] out) {
            for (int p = 0; p < paths; p++) {
                out[p] += factor * x[p];
            }
        }
    }

    void gradient(double[] x, double[] out) {
        System.arraycopy(normal, 0, out, 0, out.length);
    }

    /** Whether paths are pushed back along another direction than the normal. */
    private boolean isOblique() {
        double along = 0.0;
        double squared = 0.0;
        for (int i = 0; i < direction.length; i++) {
            along += direction[i] * direction[i];
            squared += normal[i] * normal[i];
        }
        // γ·n = 1, so that |γ||n| = 1 for γ along n.
        return direction.length > 0 && along * squared > 1.0 + 1e-12;
    }

    /** One plane; across an axis it is an end of that coordinate. */
    @Override
    public List<Hypersurface> surfaces() {
        VectorField gradient = this::gradient;
        VectorField push = isOblique() ? (x, out) -> System.arraycopy(direction, 0, out, 0, out.length) : gradient;
        Hypersurface plane =
                Hypersurface.of(direction.length == 0 ? Face.ABSORBING : Face.REFLECTING, this::level, gradient, push);
        int axis = -1;
        int parts = 0;
        for (int i = 0; i < normal.length; i++) {
            if (normal[i] != 0.0) {
                axis = i;
                parts++;
            }
        }
        return List.of(parts == 1 ? plane.asEnd(axis, offset / normal[axis], normal[axis] > 0.0) : plane);
    }

    @Override
    public boolean contains(double[] x) {
        return direction.length > 0 ? level(x) >= 0.0 : level(x) > 0.0;
    }

    @Override
    public Confinement confinement(Sde sde, double stepSize, Seed seed) {
        if (direction.length == 0) {
            return LevelSet.absorbing(normal.length, new Level(), this::gradient)
                    .absorption(normal, sde, stepSize, seed);
        }
        NoiseReach reach = new NoiseReach(sde);
        reach.require(normal);
        Level level = new Level();
        double[][] values = new double[1][0];
        return (t, before, x, paths, path, step, exits) -> {
            Arrays.fill(exits, 0, paths, Confinement.INSIDE);
            if (values[0].length < paths) {
                values[0] = new double[paths];
            }
            level.atBlock(x, paths, values[0]);
            for (int p = 0; p < paths; p++) {
                double value = values[0][p];
                if (value < 0.0) {
                    reach.require(t, normal, before, p);
                    for (int i = 0; i < normal.length; i++) {
                        x[i][p] -= 2.0 * value * direction[i];
                    }
                }
            }
        };
    }

    @Override
    public String identity() {
        return "HalfSpace[normal=" + Arrays.toString(normal) + ", offset=" + offset + ", direction="
                + Arrays.toString(direction) + "]";
    }

    @Override
    public String toString() {
        return identity();
    }
}
