package org.langevin4j.solvers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.hipparchus.special.Beta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.FirstPassage;
import org.langevin4j.solvers.ensemble.FunctionMoments;
import org.langevin4j.solvers.ensemble.Start;
import org.langevin4j.solvers.sde.Baoab;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.Obabo;
import org.langevin4j.solvers.sde.Scheme;
import org.langevin4j.solvers.sde.Stepper;

/** Walls for the momenta of underdamped systems. */
class WallsTest {

    private static final double INFINITY = Double.POSITIVE_INFINITY;

    static VectorField linear(double constant, double stiffness) {
        return new VectorField() {
            @Override
            public void at(double[] q, double[] out) {
                for (int i = 0; i < out.length; i++) {
                    out[i] = constant + stiffness * q[i];
                }
            }

            @Override
            public void atBlock(double[][] q, int paths, double[][] out) {
                for (int i = 0; i < out.length; i++) {
                    for (int p = 0; p < paths; p++) {
                        out[i][p] = constant + stiffness * q[i][p];
                    }
                }
            }
        };
    }

    /** Fault P1 of the field: ∇U = 1, γ = 0.2. */
    static UnderdampedLangevin falling(double temperature) {
        return UnderdampedLangevin.ofGradient(1, linear(1.0, 0.0), 0.2, Temperature.of(temperature));
    }

    private static Domain halfLine(String kind) {
        return switch (kind) {
            case "box" -> Box.of(new Interval(0, Face.REFLECTING, INFINITY, Face.REFLECTING));
            case "half-space" -> HalfSpace.reflecting(new double[] {3}, 0);
            case "level set" -> LevelSet.reflecting(1, q -> q[0] * (1 + q[0]), (q, out) -> out[0] = 1 + 2 * q[0]);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static final FunctionMoments OF_A_LINE = FunctionMoments.of(
            new VectorField() {
                @Override
                public void at(double[] x, double[] out) {
                    out[0] = x[0];
                    out[1] = x[1];
                    out[2] = x[1] * x[1];
                }

                @Override
                public void atBlock(double[][] x, int paths, double[][] out) {
                    System.arraycopy(x[0], 0, out[0], 0, paths);
                    System.arraycopy(x[1], 0, out[1], 0, paths);
                    for (int p = 0; p < paths; p++) {
                        out[2][p] = x[1][p] * x[1][p];
                    }
                }
            },
            3);

    private static RunningMoments fall(double temperature, Scheme scheme, Domain domain, int paths) {
        return Ensemble.of(falling(temperature).sde())
                .scheme(scheme)
                .until(30.0)
                .startingAt(0.5, 0.0)
                .paths(paths)
                .seed(4)
                .within(domain)
                .observe(OF_A_LINE)
                .run()
                .get(OF_A_LINE);
    }

    /** e^(−β(q + p²/2)) on q > 0: ⟨q⟩ = T, ⟨p⟩ = 0, ⟨p²⟩ = T. */
    @ParameterizedTest
    @ValueSource(strings = {"box", "half-space", "level set"})
    void barometricLawAboveASpecularWall(String kind) {
        RunningMoments moments = fall(0.7, Baoab.withStep(0.05), Walls.specular(halfLine(kind)), 15_000);
        assertThat(moments.mean(0)).isCloseTo(0.7, within(4 * moments.standardError(0)));
        assertThat(moments.mean(1)).isCloseTo(0.0, within(4 * moments.standardError(1)));
        assertThat(moments.mean(2)).isCloseTo(0.7, within(4 * moments.standardError(2)));
    }

    @Test
    void barometricLawAboveAThermalWallAndByOtherSchemes() {
        Walls warm = Walls.thermal(halfLine("box"), Temperature.of(0.7));
        Scheme[] schemes = {Baoab.withStep(0.05), Obabo.withStep(0.05), EulerMaruyama.withStep(0.005)};
        for (int k = 0; k < 3; k++) {
            Domain walls =
                    k == 2 ? Walls.specular(halfLine("half-space")) : k == 0 ? warm : warm.withAccommodation(0.4);
            RunningMoments moments = fall(0.7, schemes[k], walls, k == 2 ? 4_000 : 15_000);
            assertThat(moments.mean(0)).isCloseTo(0.7, within(4 * moments.standardError(0)));
            assertThat(moments.mean(1)).isCloseTo(0.0, within(4 * moments.standardError(1)));
            assertThat(moments.mean(2)).isCloseTo(0.7, within(4 * moments.standardError(2)));
        }
    }

    /** What came out before: to mirror q alone lets the momentum fall on, ⟨p⟩ → −1/γ; the domain now refuses to. */
    @Test
    void toMirrorThePositionAloneIsWrong() {
        Domain mirror = new Domain() {
            @Override
            public int dimension() {
                return 2;
            }

            @Override
            public boolean contains(double[] x) {
                return x[0] >= 0.0;
            }

            @Override
            public Confinement confinement(Sde sde, double stepSize, Seed seed) {
                return (t, before, x, paths, path, step, exits) -> {
                    for (int p = 0; p < paths; p++) {
                        x[0][p] = Math.abs(x[0][p]);
                        exits[p] = Confinement.INSIDE;
                    }
                };
            }
        };
        RunningMoments moments = fall(1.0, Baoab.withStep(0.05), mirror, 500);
        assertThat(moments.mean(1)).isLessThan(-4.5);
        assertThat(moments.mean(2)).isGreaterThan(20.0);
    }

    /** The force over the rest of a step is that on the new momentum: the bias of ⟨q⟩ falls by about 4, not by 2. */
    @Test
    void wallsKeepTheSecondOrderOfTheScheme() {
        double[] bias = new double[2];
        double[] error = new double[2];
        for (int k = 0; k < 2; k++) {
            RunningMoments moments =
                    fall(1.0, Baoab.withStep(k == 0 ? 1.0 : 0.5), Walls.specular(halfLine("box")), 60_000);
            bias[k] = moments.mean(0) - 1.0;
            error[k] = moments.standardError(0);
        }
        assertThat(bias[0]).isGreaterThan(10 * error[0]);
        assertThat(bias[0]).isGreaterThan(3 * bias[1] - 4 * Math.hypot(error[0], 3 * error[1]));
        assertThat(Math.abs(bias[1])).isLessThan(bias[0] / 2 - 2 * error[0]);
    }

    private static final FunctionMoments OF_A_PLANE = FunctionMoments.of(
            (x, out) -> {
                out[0] = (x[0] + 2 * x[1]) / Math.sqrt(5);
                out[1] = x[2] * x[2];
                out[2] = x[3] * x[3];
                out[3] = x[2] * x[3];
                out[4] = x[0] * x[0] + x[1] * x[1];
            },
            5);

    /** U = |q|²/2 on the half-plane n·q > 0, M = diag(1, 4): ⟨n·q⟩ = √(2T/π), ⟨pᵢpⱼ⟩ = TMᵢⱼ, ⟨|q|²⟩ = 2T. */
    @Test
    void tiltedWallWithUnequalMasses() {
        double t = 0.6;
        Sde sde = UnderdampedLangevin.ofGradient(2, linear(0.0, 1.0), 0.7, Temperature.of(t))
                .withMass(1.0, 4.0)
                .sde();
        Domain half = HalfSpace.reflecting(new double[] {1, 2}, 0);
        double[] expected = {Math.sqrt(2 * t / Math.PI), t, 4 * t, 0.0, 2 * t};
        for (Walls walls : new Walls[] {Walls.specular(half), Walls.thermal(half, Temperature.of(t))}) {
            RunningMoments moments = Ensemble.of(sde)
                    .scheme(Baoab.withStep(0.1))
                    .until(20.0)
                    .startingAt(0.5, 0.5, 0.0, 0.0)
                    .paths(20_000)
                    .seed(9)
                    .within(walls)
                    .observe(OF_A_PLANE)
                    .run()
                    .get(OF_A_PLANE);
            for (int i = 0; i < 5; i++) {
                // The mirror mixes momenta whose noises are different here, γMᵢᵢ: still in the law, as RMRᵀ = M.
                assertThat(moments.mean(i)).isCloseTo(expected[i], within(4 * moments.standardError(i) + 2e-3));
            }
        }
    }

    /** Billiard in the unit disc without friction or force: energy and angular momentum of each path are kept. */
    @Test
    void billiardInADisc() {
        Domain disc = LevelSet.reflecting(2, q -> 1 - q[0] * q[0] - q[1] * q[1], (q, out) -> {
            out[0] = -2 * q[0];
            out[1] = -2 * q[1];
        });
        FunctionMoments kept = FunctionMoments.of(
                (x, out) -> {
                    out[0] = x[2] * x[2] + x[3] * x[3];
                    out[1] = x[0] * x[3] - x[1] * x[2];
                    out[2] = Math.hypot(x[0], x[1]) <= 1 ? 1.0 : 0.0;
                    out[3] = x[0];
                    out[4] = x[1];
                },
                5);
        for (double h : new double[] {0.3, 2.0}) {
            RunningMoments moments = Ensemble.of(
                            UnderdampedLangevin.ofGradient(2, linear(0.0, 0.0), 1.0, Temperature.of(1.0))
                                    .withFriction(0.0)
                                    .sde())
                    .scheme(Baoab.withStep(h))
                    .until(6.0)
                    .startingAt(0.6, 0.0, 0.0, 1.7)
                    .paths(1)
                    .seed(1)
                    .within(Walls.specular(disc))
                    .observe(kept)
                    .run()
                    .get(kept);
            assertThat(moments.mean(0)).isCloseTo(1.7 * 1.7, within(1e-12));
            assertThat(moments.mean(1)).isCloseTo(0.6 * 1.7, within(1e-12));
            assertThat(moments.mean(2)).isEqualTo(1.0);
            // Chords have the length 1.6 and turn by π − 2·asin(0.6) at each end: 10.2 = 0.8 + 5·1.6 + 1.4.
            double turn = Math.PI - 2 * Math.asin(0.6);
            double direction = Math.PI / 2 + 6 * turn;
            double foot = 6 * turn;
            double along = 1.4 - 0.8;
            assertThat(moments.mean(3)).isCloseTo(0.6 * Math.cos(foot) + along * Math.cos(direction), within(1e-11));
            assertThat(moments.mean(4)).isCloseTo(0.6 * Math.sin(foot) + along * Math.sin(direction), within(1e-11));
        }
    }

    /** A step over many widths of a box: the triangle wave, and the momentum's sign by the number of walls met. */
    @Test
    void manyCollisionsInOneStep() {
        Domain box = Box.of(Interval.reflecting(0, 2));
        for (double[] start : new double[][] {{0.5, -7.6, 0.9, -7.6}, {0.5, 3.6, 0.1, 3.6}, {0.5, 2.0, 1.5, -2.0}}) {
            RunningMoments moments = Ensemble.of(
                            UnderdampedLangevin.ofGradient(1, linear(0.0, 0.0), 1.0, Temperature.of(1.0))
                                    .withFriction(0.0)
                                    .sde())
                    .scheme(Obabo.withStep(1.0))
                    .until(1.0)
                    .startingAt(start[0], start[1])
                    .paths(1)
                    .seed(1)
                    .within(Walls.specular(box))
                    .observe(OF_A_LINE)
                    .run()
                    .get(OF_A_LINE);
            assertThat(moments.mean(0)).isCloseTo(start[2], within(1e-12));
            assertThat(moments.mean(1)).isCloseTo(start[3], within(1e-12));
        }
    }

    private static final FunctionMoments OF_A_GAS = FunctionMoments.of(
            (x, out) -> {
                out[0] = x[0];
                out[1] = x[2] * x[2] / 2;
                out[2] = x[3] * x[3] / 0.5;
                out[3] = (x[2] * x[2] / 2 + x[3] * x[3] / 0.5) * x[2] / 2 / 2;
                out[4] = x[2];
            },
            5);

    /**
     * Knudsen gas between walls of T₁ and T₂ at the distance L, M = diag(2, ½), the second coordinate on a circle: each
     * stream carries the temperature of its wall, their densities are as √T₂ to √T₁. So ⟨p₁²/M₁⟩ = ⟨p₂²/M₂⟩ = √(T₁T₂), the
     * density is even, and the heat that a particle carries, ⟨(E₁ + E₂)v₁⟩ = (1 + ½)·√(2/(πM₁))·√(T₁T₂)(√T₁ − √T₂), where
     * E₁ alone makes the 1 (Cercignani 1988). With the accommodation α at both walls the streams mix: the same density and
     * temperature, and α/(2 − α) of the heat.
     */
    @ParameterizedTest
    @ValueSource(doubles = {1.0, 0.5})
    void knudsenGas(double alpha) {
        double hot = 4.0;
        double cold = 1.0;
        Sde sde = UnderdampedLangevin.ofGradient(2, linear(0.0, 0.0), 1.0, Temperature.of(1.0))
                .withMass(2.0, 0.5)
                .withFriction(0.0)
                .sde();
        Temperature side = Temperature.of(99.0);
        Walls walls = Walls.thermal(
                        Box.of(Interval.reflecting(0, 3), Interval.periodic(-1, 1)),
                        Temperature.of(hot),
                        Temperature.of(cold),
                        side,
                        side)
                .withAccommodation(alpha);
        Start gas = (path, out) -> {
            Random random = new Random(31 * path + 7);
            boolean fromHot = random.nextDouble() < Math.sqrt(cold) / (Math.sqrt(hot) + Math.sqrt(cold));
            boolean asEmitted = random.nextDouble() < 1 / (2 - alpha);
            double t = fromHot ? hot : cold;
            out[0] = 3 * random.nextDouble();
            out[1] = -1 + 2 * random.nextDouble();
            out[2] = Math.sqrt(2 * t) * Math.abs(random.nextGaussian()) * (fromHot == asEmitted ? 1 : -1);
            out[3] = Math.sqrt(0.5 * t) * random.nextGaussian();
        };
        RunningMoments moments = Ensemble.of(sde)
                .scheme(Baoab.withStep(0.5))
                .until(20.0)
                .startingFrom(gas)
                .paths(150_000)
                .seed(12)
                .within(walls)
                .observe(OF_A_GAS)
                .run()
                .get(OF_A_GAS);
        double heat = 1.5 * Math.sqrt(2 / (Math.PI * 2)) * 2 * (2 - 1) * alpha / (2 - alpha);
        double[] expected = {1.5, 2.0, 2.0, heat, 0.0};
        for (int i = 0; i < 5; i++) {
            assertThat(moments.mean(i)).isCloseTo(expected[i], within(4 * moments.standardError(i)));
        }
        assertThat(heat).isGreaterThan(20 * moments.standardError(3));
    }

    /** All paths meet the wall at t = 0.3, where T = 1 + 10t = 4: what leaves it has ⟨p²⟩ = 2T, ⟨p⟩ = √(πT/2). */
    @Test
    void theTemperatureOfAWallIsThatOfTheContact() {
        Sde sde = UnderdampedLangevin.ofGradient(1, linear(0.0, 0.0), 1.0, Temperature.of(1.0))
                .withFriction(0.0)
                .sde();
        Ensemble ensemble = Ensemble.of(sde)
                .scheme(Baoab.withStep(0.25))
                .until(0.5)
                .startingAt(0.3, -1.0)
                .paths(20_000)
                .seed(5)
                .within(Walls.thermal(halfLine("half-space"), Temperature.varying(t -> 1 + 10 * t)))
                .observe(OF_A_LINE);
        RunningMoments moments = ensemble.threads(1).run().get(OF_A_LINE);
        assertThat(moments.mean(1)).isCloseTo(Math.sqrt(2 * Math.PI), within(4 * moments.standardError(1)));
        assertThat(moments.mean(2)).isCloseTo(8.0, within(4 * moments.standardError(2)));
        assertThat(moments.mean(0)).isCloseTo(0.2 * Math.sqrt(2 * Math.PI), within(4 * moments.standardError(0)));
        RunningMoments threaded = ensemble.threads(3).run().get(OF_A_LINE);
        assertThat(threaded.mean(2)).isEqualTo(moments.mean(2));
        assertThat(threaded.variance(1)).isEqualTo(moments.variance(1));
    }

    /** Half a disc: ⟨q₂⟩ = 4/(3π) under an even law, ⟨pᵢ²⟩ = MᵢT. */
    @Test
    void cornersOfAnIntersection() {
        Domain disc = LevelSet.reflecting(2, q -> 1 - q[0] * q[0] - q[1] * q[1], (q, out) -> {
            out[0] = -2 * q[0];
            out[1] = -2 * q[1];
        });
        Domain half = Intersection.of(disc, HalfSpace.reflecting(new double[] {0, 1}, 0));
        Sde sde = UnderdampedLangevin.ofGradient(2, linear(0.0, 0.0), 0.5, Temperature.of(0.6))
                .withMass(1.0, 2.0)
                .sde();
        FunctionMoments observed = FunctionMoments.of(
                (x, out) -> {
                    out[0] = x[1];
                    out[1] = x[0] * x[0] + x[1] * x[1];
                    out[2] = x[2] * x[2];
                    out[3] = x[3] * x[3];
                    out[4] = x[0];
                },
                5);
        double[] expected = {4 / (3 * Math.PI), 0.5, 0.6, 1.2, 0.0};
        for (Walls walls :
                new Walls[] {Walls.specular(half), Walls.thermal(half, Temperature.of(0.6), Temperature.of(0.6))}) {
            RunningMoments moments = Ensemble.of(sde)
                    .scheme(Baoab.withStep(0.1))
                    .until(12.0)
                    .startingAt(0.0, 0.5, 0.0, 0.0)
                    .paths(15_000)
                    .seed(2)
                    .within(walls)
                    .observe(observed)
                    .run()
                    .get(observed);
            for (int i = 0; i < 5; i++) {
                assertThat(moments.mean(i)).isCloseTo(expected[i], within(4 * moments.standardError(i) + 2e-3));
            }
        }
    }

    /** ẍ = noise, 2γT = 2 with a friction too small to matter. */
    private static final Sde RANDOMLY_ACCELERATED = UnderdampedLangevin.ofGradient(
                    1, linear(0.0, 0.0), 1e-9, Temperature.of(1e9))
            .sde();

    /**
     * A randomly accelerated particle from rest at x leaves (0, 1) through 1 with the probability I_x(1/6, 1/6), a
     * regularised incomplete beta function (Bicout and Burkhardt 2000, J. Phys. A 33, 6835), and after the mean time
     * N[x(1 − x)]^(1/6)(F(x) + F(1 − x)), F = ₂F₁(1, −⅓; 7/6; ·) (Masoliver and Porrà 1995, Phys. Rev. Lett. 75, 189). N =
     * 0.88114 solves the integral equation of the mean time u at rest, D₀₊^⅓u + D₁₋^⅓u = 3^⅓(x^⅓ + (1 − x)^⅓) with
     * fractional derivatives, by quadrature at x = ½ and x = ¼. The position has no noise of its own and no bridge.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void exitsOfAKineticParticle(boolean asWalls) {
        Domain line = Box.of(Interval.absorbing(0, 1));
        Domain strip = Box.of(Interval.absorbing(0, 1), Interval.unbounded());
        Domain domain = asWalls ? Walls.specular(line) : strip;
        double h = 0.01;
        int paths = 20_000;
        Stepper stepper = Baoab.withStep(h).stepper(RANDOMLY_ACCELERATED);
        Confinement confinement = domain.confinement(RANDOMLY_ACCELERATED, h, Seed.of(1));
        NormalStream normals = NormalStream.of(Seed.of(6));
        double[][] x = new double[2][paths];
        Arrays.fill(x[0], 0.1);
        double[][] before = new double[2][paths];
        double[][] xi = new double[1][paths];
        long[] path = LongStream.range(0, paths).toArray();
        int[] exits = new int[paths];
        RunningMoments moments = new RunningMoments(2);
        int left = paths;
        for (int step = 0; left > 0; step++) {
            System.arraycopy(x[0], 0, before[0], 0, left);
            System.arraycopy(x[1], 0, before[1], 0, left);
            normals.fill(0, left, step, xi);
            stepper.step(step * h, x, left, xi);
            confinement.apply(step * h, before, x, left, path, step, exits);
            int stay = 0;
            for (int p = 0; p < left; p++) {
                if (exits[p] == Confinement.INSIDE) {
                    x[0][stay] = x[0][p];
                    x[1][stay] = x[1][p];
                    stay++;
                } else {
                    assertThat(x[0][p]).isCloseTo(exits[p], within(1e-12));
                    moments.add(new double[] {exits[p], (step + 0.5) * h});
                }
            }
            left = stay;
        }
        assertThat(moments.mean(0))
                .isCloseTo(Beta.regularizedBeta(0.1, 1.0 / 6, 1.0 / 6), within(4 * moments.standardError(0)));
        assertThat(moments.mean(1)).isCloseTo(0.88114 * 1.0316561, within(4 * moments.standardError(1)));
    }

    /** From a thermal wall straight to an absorbing one at the distance 1: L·E[1/v] = √(πM/(2T)). */
    @Test
    void transitFromAThermalWall() {
        Sde sde = UnderdampedLangevin.ofGradient(1, linear(0.0, 0.0), 1.0, Temperature.of(1.0))
                .withMass(3.0)
                .withFriction(0.0)
                .sde();
        FirstPassage passage = FirstPassage.outOfDomain(Axis.uniform(0, 200, 2));
        Domain gap = Box.of(new Interval(0, Face.REFLECTING, 1, Face.ABSORBING));
        // Every path is at the wall at t = 0.01 and starts anew from there.
        RunningMoments times = Ensemble.of(sde)
                .scheme(Baoab.withStep(0.02))
                .until(200.0)
                .startingAt(0.01, -3.0)
                .paths(10_000)
                .seed(8)
                .within(Walls.thermal(gap, Temperature.of(2.5)))
                .observe(passage)
                .run()
                .get(passage)
                .moments();
        double expected = 0.01 + Math.sqrt(Math.PI * 3 / (2 * 2.5));
        assertThat(times.mean(0) - 0.01).isCloseTo(expected, within(4 * times.standardError(0)));
    }
}
