package org.langevin4j.solvers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.FirstPassage;
import org.langevin4j.solvers.ensemble.FunctionMoments;
import org.langevin4j.solvers.sde.EulerMaruyama;

/** Reflection at curved walls, and corners. */
class ReflectionTest {

    private static final ScalarField DISC = x -> 1 - x[0] * x[0] - x[1] * x[1];

    private static final VectorField INWARD = (x, out) -> {
        out[0] = -2 * x[0];
        out[1] = -2 * x[1];
    };

    private static final FunctionMoments OBSERVED = FunctionMoments.of(
            (x, out) -> {
                out[0] = x[0];
                out[1] = x[1];
                out[2] = x[0] * x[0];
                out[3] = x[1] * x[1];
            },
            4);

    private static RunningMoments run(Sde sde, Domain domain, double h, double until, int paths) {
        return Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(h))
                .until(until)
                .startingAt(0.1, 0.0)
                .paths(paths)
                .seed(14)
                .within(domain)
                .observe(OBSERVED)
                .run()
                .get(OBSERVED);
    }

    private static Sde tilted(double tilt, double d1, double d2, double temperature) {
        return Sde.ito(
                (x, out) -> {
                    out[0] = -d1 * tilt;
                    out[1] = 0.0;
                },
                Diffusion.diagonal(d1, d2),
                Temperature.of(temperature));
    }

    /** I₁ and I₂ by their series. */
    private static double bessel(int order, double k) {
        double term = order == 1 ? k / 2 : k * k / 8;
        double sum = 0.0;
        for (int m = 0; m < 40; m++) {
            sum += term;
            term *= k * k / 4 / ((m + 1.0) * (m + 1.0 + order));
        }
        return sum;
    }

    /** Uniform on the disc, ⟨xᵢ²⟩ = ¼; with U = ax₁ the law is ∝ e^(−kx₁), k = a/T, and ⟨x₁⟩ = −I₂(k)/I₁(k). */
    @Test
    void discWithAndWithoutATilt() {
        Domain disc = LevelSet.reflecting(2, DISC, INWARD);
        RunningMoments flat = run(tilted(0.0, 1.0, 1.0, 0.5), disc, 0.002, 1.5, 8_000);
        double[] uniform = {0.0, 0.0, 0.25, 0.25};
        for (int i = 0; i < 4; i++) {
            assertThat(flat.mean(i)).isCloseTo(uniform[i], within(4 * flat.standardError(i) + 1e-3));
        }
        double k = 1.5 / 0.5;
        RunningMoments slope = run(tilted(1.5, 1.0, 1.0, 0.5), disc, 0.002, 1.5, 8_000);
        assertThat(slope.mean(0)).isCloseTo(-bessel(2, k) / bessel(1, k), within(4 * slope.standardError(0) + 3e-3));
        assertThat(slope.mean(1)).isCloseTo(0.0, within(4 * slope.standardError(1)));
    }

    /** From coarse steps, where the error is seen, to half of them it falls by half or more: at least order 1. */
    @Test
    void weakOrderAtACurvedWall() {
        double k = 1.5 / 0.5;
        double exact = -bessel(2, k) / bessel(1, k);
        Domain disc = LevelSet.reflecting(2, DISC, INWARD);
        RunningMoments coarse = run(tilted(1.5, 1.0, 1.0, 0.5), disc, 0.1, 2.0, 100_000);
        RunningMoments fine = run(tilted(1.5, 1.0, 1.0, 0.5), disc, 0.05, 2.0, 100_000);
        double one = Math.abs(coarse.mean(0) - exact);
        double half = Math.abs(fine.mean(0) - exact);
        double noise = Math.hypot(0.65 * coarse.standardError(0), fine.standardError(0));
        assertThat(one).isGreaterThan(10 * coarse.standardError(0));
        assertThat(half).isLessThan(0.65 * one + 4 * noise);
    }

    /**
     * With D = diag(2, ½) the law is e^(−βU) only for reflection along the co-normal Dn, J·n = 0: uniform for U = 0, ⟨x₁⟩ =
     * −I₂(k)/I₁(k) for the tilt. Along the normal the law is another.
     */
    @Test
    void theConormalLetsNothingThrough() {
        VectorField conormal = (x, out) -> {
            out[0] = -2 * x[0] * 2.0;
            out[1] = -2 * x[1] * 0.5;
        };
        Domain disc = LevelSet.reflecting(2, DISC, INWARD, conormal);
        RunningMoments flat = run(tilted(0.0, 2.0, 0.5, 0.5), disc, 0.001, 3.0, 6_000);
        double[] uniform = {0.0, 0.0, 0.25, 0.25};
        for (int i = 0; i < 4; i++) {
            assertThat(flat.mean(i)).isCloseTo(uniform[i], within(4 * flat.standardError(i) + 1.5e-3));
        }
        RunningMoments slope = run(tilted(1.0, 2.0, 0.5, 0.5), disc, 0.001, 3.0, 6_000);
        assertThat(slope.mean(0))
                .isCloseTo(-bessel(2, 2.0) / bessel(1, 2.0), within(4 * slope.standardError(0) + 3e-3));
        RunningMoments normal =
                run(tilted(0.0, 2.0, 0.5, 0.5), LevelSet.reflecting(2, DISC, INWARD), 0.001, 3.0, 6_000);
        assertThat(Math.abs(normal.mean(2) - 0.25)).isGreaterThan(5 * normal.standardError(2));
    }

    /** A plane as a level set is the half-space: the same states, for a normal and for an oblique direction. */
    @Test
    void aPlaneAsALevelSetIsTheHalfSpace() {
        double[] n = {1.0, 2.0};
        ScalarField level = x -> x[0] + 2 * x[1] + 1;
        VectorField normal = (x, out) -> {
            out[0] = 1.0;
            out[1] = 2.0;
        };
        VectorField oblique = (x, out) -> {
            out[0] = 2.0;
            out[1] = 0.5;
        };
        Sde sde = tilted(1.0, 1.0, 1.0, 0.7);
        Domain[][] pairs = {
            {LevelSet.reflecting(2, level, normal), HalfSpace.reflecting(n, -1)},
            {LevelSet.reflecting(2, level, normal, oblique), HalfSpace.reflecting(n, -1, new double[] {2, 0.5})}
        };
        for (Domain[] pair : pairs) {
            RunningMoments one = run(sde, pair[0], 0.05, 1.0, 100);
            RunningMoments two = run(sde, pair[1], 0.05, 1.0, 100);
            for (int i = 0; i < 4; i++) {
                assertThat(one.mean(i)).isCloseTo(two.mean(i), within(1e-12));
            }
        }
    }

    /** Half a disc: ⟨x₂⟩ = 4/(3π); a quadrant is a box; a wedge of 45° between two half-planes by its own symmetry. */
    @Test
    void corners() {
        Domain half =
                Intersection.of(LevelSet.reflecting(2, DISC, INWARD), HalfSpace.reflecting(new double[] {0, 1}, 0));
        RunningMoments moments = run(tilted(0.0, 1.0, 1.0, 0.5), half, 0.002, 1.5, 8_000);
        assertThat(moments.mean(1)).isCloseTo(4 / (3 * Math.PI), within(4 * moments.standardError(1) + 1e-3));
        assertThat(moments.mean(0)).isCloseTo(0.0, within(4 * moments.standardError(0)));

        // U = |x|²/2 between x₂ = 0 and x₂ = x₁, an eighth of the plane: ⟨x₁⟩ = √(πT/2)·(4/π)·sin(π/4).
        Sde bowl = Sde.ito(
                (x, out) -> {
                    out[0] = -x[0];
                    out[1] = -x[1];
                },
                Diffusion.isotropic(2, 1.0),
                Temperature.of(0.8));
        Domain wedge = Intersection.of(
                HalfSpace.reflecting(new double[] {0, 1}, 0), HalfSpace.reflecting(new double[] {1, -1}, 0));
        FunctionMoments observed = FunctionMoments.of(
                (x, out) -> {
                    out[0] = x[0];
                    out[1] = x[1];
                    out[2] = x[1] >= 0 && x[1] <= x[0] ? 1.0 : 0.0;
                },
                3);
        RunningMoments eighth = Ensemble.of(bowl)
                .scheme(EulerMaruyama.withStep(0.01))
                .until(5.0)
                .startingAt(0.5, 0.2)
                .paths(10_000)
                .seed(3)
                .within(wedge)
                .observe(observed)
                .run()
                .get(observed);
        double radius = Math.sqrt(Math.PI * 0.8 / 2) * 4 / Math.PI;
        assertThat(eighth.mean(0))
                .isCloseTo(radius * Math.sin(Math.PI / 4), within(4 * eighth.standardError(0) + 6e-3));
        assertThat(eighth.mean(1))
                .isCloseTo(radius * (1 - Math.cos(Math.PI / 4)), within(4 * eighth.standardError(1) + 6e-3));
        assertThat(eighth.mean(2)).isEqualTo(1.0);
    }

    /** Two half-spaces, or two boxes of one coordinate each, are a box: the same paths leave and the same are mirrored. */
    @Test
    void anIntersectionOfPlanesIsABox() {
        double inf = Double.POSITIVE_INFINITY;
        Sde sde = tilted(0.5, 1.0, 0.5, 0.7);
        Domain quadrant = Box.of(
                new Interval(0, Face.REFLECTING, inf, Face.REFLECTING),
                new Interval(0, Face.REFLECTING, inf, Face.REFLECTING));
        Domain planes = Intersection.of(
                HalfSpace.reflecting(new double[] {1, 0}, 0), HalfSpace.reflecting(new double[] {0, 1}, 0));
        Domain strips = Intersection.of(
                Box.of(Interval.unbounded(), new Interval(0, Face.REFLECTING, inf, Face.REFLECTING)),
                Box.of(new Interval(0, Face.REFLECTING, inf, Face.REFLECTING), Interval.unbounded()));
        RunningMoments box = run(sde, quadrant, 0.05, 2.0, 300);
        for (Domain domain : new Domain[] {planes, strips}) {
            RunningMoments other = run(sde, domain, 0.05, 2.0, 300);
            assertThat(other.mean(0)).isCloseTo(box.mean(0), within(1e-12));
            assertThat(other.mean(3)).isCloseTo(box.mean(3), within(1e-12));
        }
        assertThat(planes.faces()).isEqualTo(2);
        assertThat(strips.faces()).isEqualTo(8);
        assertThat(planes.dimension()).isEqualTo(2);
        assertThat(planes.contains(new double[] {1, -1})).isFalse();
    }

    /**
     * Planar Brownian motion from (a, b) out of the quadrant: P(T > t) = (2Φ(a/√t) − 1)(2Φ(b/√t) − 1), with both bridges;
     * faces are numbered through.
     */
    @Test
    void exitsThroughCorners() {
        Sde sde = Sde.ito((x, out) -> Arrays.fill(out, 0.0), Diffusion.isotropic(2, 0.5), Temperature.of(1.0));
        Domain quadrant = Intersection.of(
                HalfSpace.absorbing(new double[] {1, 0}, 0), HalfSpace.absorbing(new double[] {0, 1}, 0));
        FirstPassage passage = FirstPassage.outOfDomain(Axis.of(0.0, 1.025, 20.0));
        int paths = 20_000;
        EnsembleResult result = Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(0.05))
                .until(1.0)
                .startingAt(0.7, 1.2)
                .paths(paths)
                .seed(5)
                .within(quadrant)
                .observe(passage)
                .run();
        // 2Φ(0.7) − 1 and 2Φ(1.2) − 1 (tables of the normal distribution).
        double expected = 0.5160726955538542 * 0.7698606595565834;
        assertThat((double) result.get(passage).censored() / paths)
                .isCloseTo(expected, within(4 * Math.sqrt(expected * (1 - expected) / paths)));
        Confinement confinement = quadrant.confinement(sde, 0.05, Seed.of(1));
        int[] exits = new int[3];
        double[][] x = {{-0.1, 0.5, 0.5}, {0.5, -0.1, 0.5}};
        confinement.apply(0.0, new double[][] {{9, 9, 9}, {9, 9, 9}}, x, 3, new long[] {0, 1, 2}, 0, exits);
        assertThat(exits).containsExactly(0, 1, Confinement.INSIDE);
    }

    @Test
    void badLevelSetsAndIntersectionsAreRefused() {
        assertThatThrownBy(() -> Intersection.of()).hasMessage("parts must number at least 1, got 0");
        assertThatThrownBy(() ->
                        Intersection.of(Box.of(Interval.unbounded()), HalfSpace.reflecting(new double[] {1, 0}, 0)))
                .hasMessage("parts must have one dimension, got 1 and 2");
        assertThatThrownBy(() -> new LevelSet(2, DISC, INWARD, Face.PERIODIC, INWARD))
                .hasMessage("face of a level set must absorb or reflect, got PERIODIC");
        VectorField outward = (x, out) -> {
            out[0] = x[0];
            out[1] = x[1];
        };
        assertThatThrownBy(() ->
                        run(tilted(0.0, 1.0, 1.0, 1.0), LevelSet.reflecting(2, DISC, INWARD, outward), 0.1, 5.0, 10))
                .hasStackTraceContaining("direction must have a positive product with the gradient, got");
    }
}
