package org.langevin4j.solvers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.FunctionMoments;
import org.langevin4j.solvers.sde.EulerMaruyama;

/** Domains that refuse systems whose noise does not reach their walls, and walls that are refused. */
class RefusedWallsTest {

    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static void refuses(Sde sde, Domain domain) {
        assertThatThrownBy(() -> Ensemble.of(sde)
                        .scheme(EulerMaruyama.withStep(0.05))
                        .until(50.0)
                        .startingAt(new double[sde.dimension()])
                        .paths(3)
                        .seed(1)
                        .within(domain)
                        .observe(FunctionMoments.of((x, out) -> out[0] = x[0], 1))
                        .run())
                .hasStackTraceContaining("domain must reflect only where the noise reaches the wall, nᵀDn > 0")
                .hasStackTraceContaining("Walls.specular");
    }

    @Test
    void aDomainRefusesASystemWhoseNoiseDoesNotReachItsWalls() {
        Sde kinetic = WallsTest.falling(1.0).sde();
        Interval line = Interval.unbounded();
        Interval above = new Interval(-1, Face.REFLECTING, INFINITY, Face.REFLECTING);
        Interval below = new Interval(-INFINITY, Face.REFLECTING, 1, Face.REFLECTING);
        ScalarField strip = x -> 1 - x[0] * x[0];
        VectorField normal = (x, out) -> {
            out[0] = -2 * x[0];
            out[1] = 0.0;
        };
        Sde ofPosition =
                WallsTest.falling(1.0).withFriction(q -> 1 + q[0] * q[0]).sde();
        Sde byHand = Sde.ito(
                (x, out) -> {
                    out[0] = x[1];
                    out[1] = -1 - 0.2 * x[1];
                },
                Diffusion.diagonal(0, 0.2),
                Temperature.of(1.0));
        // A ray of noise along (1, 2)/√5 and a wall along it, with rounding in all entries.
        double c = 1 / Math.sqrt(5.0);
        Sde oblique = Sde.ito(
                (x, out) -> {
                    out[0] = -2.0;
                    out[1] = 1.0;
                },
                Diffusion.constant(MatrixUtils.createRealMatrix(
                        new double[][] {{c * c, 2 * c * c}, {2 * c * c, 4 * c * c}})),
                Temperature.of(1.0));
        for (Sde sde : new Sde[] {kinetic, ofPosition, byHand}) {
            refuses(sde, Box.of(above, line));
            refuses(sde, HalfSpace.reflecting(new double[] {1, 0}, -1));
            refuses(sde, HalfSpace.reflecting(new double[] {1, 0}, -1, new double[] {1, 1}));
            refuses(sde, LevelSet.reflecting(2, strip, normal));
            refuses(sde, Intersection.of(Box.of(line, line), HalfSpace.reflecting(new double[] {1, 0}, -1)));
        }
        refuses(oblique, HalfSpace.reflecting(new double[] {2 * c, -c}, -1));
        refuses(oblique, HalfSpace.reflecting(new double[] {2 * c, -c}, -1, new double[] {1, 0}));
        refuses(
                UnderdampedLangevin.ofGradient(1, WallsTest.linear(-1.0, 0.0), 0.2, Temperature.of(1.0))
                        .withFriction(VectorField.driven(t -> (q, out) -> out[0] = 1 + t))
                        .sde()
                        .atTime(1.0),
                Box.of(below, line));
        refuses(WallsTest.falling(1.0).withFriction(0.0).sde(), Box.of(above, line));
    }

    /** A wall for p is reached by the noise of p; a noise that is weak along the normal is a noise. */
    @Test
    void noiseThatReachesTheWallIsTaken() {
        FunctionMoments observed = FunctionMoments.of((x, out) -> out[0] = x[1], 1);
        Sde weak = Sde.ito(
                (x, out) -> {
                    out[0] = 0.0;
                    out[1] = 0.0;
                },
                Diffusion.diagonal(1.0, 1e-20),
                Temperature.of(1.0));
        for (Domain domain : new Domain[] {
            Box.of(Interval.unbounded(), Interval.reflecting(-0.5, 2)), HalfSpace.reflecting(new double[] {0, 1}, -0.5)
        }) {
            for (Sde sde : new Sde[] {WallsTest.falling(1.0).sde(), weak}) {
                RunningMoments moments = Ensemble.of(sde)
                        .scheme(EulerMaruyama.withStep(0.1))
                        .until(2.0)
                        .paths(10)
                        .seed(1)
                        .within(domain)
                        .observe(observed)
                        .run()
                        .get(observed);
                assertThat(moments.mean(0)).isGreaterThanOrEqualTo(-0.5);
            }
        }
    }

    @Test
    void badWallsAreRefused() {
        Domain box = Box.of(Interval.reflecting(0, 1));
        assertThat(Walls.specular(box).dimension()).isEqualTo(2);
        assertThat(Walls.specular(box).faces()).isEqualTo(2);
        assertThatThrownBy(() -> Walls.thermal(box)).hasMessage("temperatures must number at least 1, got 0");
        assertThatThrownBy(() -> Walls.thermal(box, Temperature.of(1), Temperature.of(1), Temperature.of(1)))
                .hasMessage("temperatures must number 1 or, one for each face of the domain, 2, got 3");
        assertThatThrownBy(() -> Walls.specular(box).withAccommodation(0.5))
                .hasMessage("temperatures must be given for an accommodation of 0.5");
        assertThatThrownBy(() -> Walls.thermal(box, Temperature.of(1)).withAccommodation(Double.NaN))
                .hasMessage("accommodation must be in [0, 1], got NaN");
        assertThatThrownBy(() -> Walls.specular(HalfSpace.reflecting(new double[] {1, 0}, 0, new double[] {1, 1})))
                .hasMessageStartingWith("positions must be in a domain that reflects along its normal");
        assertThatThrownBy(() -> Walls.specular(Walls.specular(box)))
                .hasMessageStartingWith("positions must be in a box, a half-space, a level set");
        Sde byHand = Sde.ito((x, out) -> out[0] = x[1], Diffusion.diagonal(0, 1), Temperature.of(1));
        assertThatThrownBy(() -> Walls.specular(box).confinement(byHand, 0.1, Seed.of(1)))
                .hasMessage("Walls take an underdamped Langevin equation, this equation is not made by"
                        + " UnderdampedLangevin.sde()");
    }
}
