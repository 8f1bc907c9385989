package org.langevin4j.solvers.fokkerplanck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.markov.ReactiveFlux;

class TransitionPathTheoryTest {

    private static Sde sde(int d, double temperature, VectorField drift) {
        return Sde.ito(drift, Diffusion.isotropic(d, 1.0), Temperature.of(temperature));
    }

    private static Sde doubleWell(double temperature) {
        return sde(1, temperature, (x, out) -> out[0] = x[0] - x[0] * x[0] * x[0]);
    }

    private static double integral(double from, double to, DoubleUnaryOperator f) {
        int n = 4000;
        double h = (to - from) / n;
        return h
                / 3
                * IntStream.rangeClosed(0, n)
                        .mapToDouble(i -> (i == 0 || i == n ? 1 : i % 2 == 0 ? 2 : 4) * f.applyAsDouble(from + i * h))
                        .sum();
    }

    /** Cells of smoothly changing widths on [−3, 2.5], with faces at −0.8 and 0.7. */
    private static Axis graded(int n) {
        double[] corners = {-3.0, -0.8, 0.7, 2.5};
        double[] edges = new double[3 * n + 1];
        for (int i = 0; i <= 3 * n; i++) {
            int piece = Math.min(i / n, 2);
            double u = (double) (i - piece * n) / n;
            double bent = u + 0.05 * Math.sin(2 * Math.PI * u);
            edges[i] = i == 3 * n ? 2.5 : corners[piece] + (corners[piece + 1] - corners[piece]) * bent;
        }
        return Axis.of(edges);
    }

    /** In one dimension F = T/(∫e^(−U/T) ∫e^(U/T)), the second integral from A to B, and q⁺ is its part. */
    @Test
    void theDoubleWellOnAGradedAxisAtLowTemperature() {
        double temperature = 0.4;
        DoubleUnaryOperator u = x -> Math.pow(x * x - 1, 2) / 4;
        double z = integral(-3, 2.5, x -> Math.exp(-u.applyAsDouble(x) / temperature));
        double barrier = integral(-0.8, 0.7, x -> Math.exp(u.applyAsDouble(x) / temperature));
        DoubleUnaryOperator q =
                x -> integral(-0.8, Math.max(x, -0.8), y -> Math.exp(u.applyAsDouble(y) / temperature)) / barrier;
        double flux = temperature / (z * barrier);
        double inA = integral(-3, -0.8, x -> Math.exp(-u.applyAsDouble(x) / temperature)) / z;
        int n = 60;
        double h = 1.5 / n;
        double last = 0;
        double reactive = 0;
        for (int i = 0; i < n; i++) {
            double x = -0.8 + (i + 0.5) * h;
            double part = q.applyAsDouble(x);
            double density = Math.exp(-u.applyAsDouble(x) / temperature) / z;
            last += h * density * (1 - part);
            reactive += h * density * part * (1 - part);
        }
        double[][] errors = new double[2][4];
        for (int i = 0; i < 2; i++) {
            FokkerPlanck fp = FokkerPlanck.of(doubleWell(temperature), Grid.of(graded(20 << i)), Boundary.REFLECTING);
            TransitionPathTheory found = TransitionPathTheory.of(fp, x -> x[0] < -0.8, x -> x[0] > 0.7);
            errors[i][0] = Math.abs(found.flux() / flux - 1);
            errors[i][1] = Math.abs(found.rate() / (flux / (inA + last)) - 1);
            errors[i][2] = Math.abs(found.reactiveTime() / reactive - 1);
            int centre = fp.grid().cellOf(0.05);
            double[] x = new double[1];
            fp.grid().centre(centre, x);
            errors[i][3] = Math.abs(found.forwardCommittor().value(centre) - q.applyAsDouble(x[0]));
            assertThat(found.meanDuration()).isCloseTo(found.reactiveTime() / found.flux(), within(1e-12));
            for (int k = 0; k < fp.grid().cells(); k++) {
                assertThat(found.forwardCommittor().value(k)
                                + found.backwardCommittor().value(k))
                        .isCloseTo(1.0, within(1e-9));
            }
        }
        for (int k = 0; k < 4; k++) {
            assertThat(errors[1][k]).as("quantity " + k).isLessThan(2e-3);
            assertThat(errors[1][k]).isLessThan(0.35 * errors[0][k]);
        }
    }

    /** Over a high barrier k(A→B) + k(B→A) is the slowest rate of relaxation (Vanden-Eijnden 2006). */
    @Test
    void theRateIsTheSlowestEigenvalueWhereWellsAreDeep() {
        FokkerPlanck fp = FokkerPlanck.of(doubleWell(0.025), Grid.of(Axis.uniform(-2, 2, 200)), Boundary.REFLECTING);
        Predicate<double[]> left = x -> x[0] < -0.8;
        Predicate<double[]> right = x -> x[0] > 0.8;
        double both = TransitionPathTheory.of(fp, left, right).rate()
                + TransitionPathTheory.of(fp, right, left).rate();
        assertThat(-both / RelaxationModes.of(fp, 2).eigenvalue(1).getReal()).isCloseTo(1.0, within(2e-3));
    }

    /** Constant drift round a ring of length 1, several sets: along an arc ρv/(1 − e^(−vl/T)), against it ρv/(e^(vl/T) − 1). */
    @Test
    void driftRoundARingIsExact() {
        double v = 1.3;
        double temperature = 0.3;
        Grid grid = Grid.of(Axis.uniform(0, 1, 40));
        FokkerPlanck fp = FokkerPlanck.of(sde(1, temperature, (x, out) -> out[0] = v), grid, Boundary.PERIODIC);
        Predicate<double[]> a = x -> x[0] < 0.1;
        Predicate<double[]> b = x -> x[0] > 0.35 && x[0] < 0.6;
        Predicate<double[]> c = x -> x[0] > 0.9 && x[0] < 0.95;
        DoubleUnaryOperator along = l -> v / (1 - Math.exp(-v * l / temperature));
        DoubleUnaryOperator against = l -> v / Math.expm1(v * l / temperature);
        TransitionPathTheory found = TransitionPathTheory.of(fp, a, b);
        double up = along.applyAsDouble(0.25);
        double down = against.applyAsDouble(0.4);
        assertThat(found.flux()).isCloseTo(up + down, within(1e-9));
        assertThat(found.current().component(0).at(0.2)).isCloseTo(up, within(1e-9));
        assertThat(found.current().component(0).at(0.8)).isCloseTo(-down, within(1e-9));
        for (int cell = 4; cell < 14; cell++) {
            double s = (cell + 0.5) / 40 - 0.1;
            double forth = Math.expm1(-v * s / temperature) / Math.expm1(-v * 0.25 / temperature);
            double back = 1 - Math.expm1(v * s / temperature) / Math.expm1(v * 0.25 / temperature);
            assertThat(found.forwardCommittor().value(cell)).isCloseTo(forth, within(1e-10));
            assertThat(found.backwardCommittor().value(cell)).isCloseTo(back, within(1e-10));
            assertThat(found.reactiveDensity().value(cell)).isCloseTo(forth * back, within(1e-9));
        }
        double[][] fluxes = TransitionPathTheory.fluxes(fp, a, b, c);
        double[][] exact = {
            {0, along.applyAsDouble(0.25), against.applyAsDouble(0.05)},
            {against.applyAsDouble(0.25), 0, along.applyAsDouble(0.3)},
            {along.applyAsDouble(0.05), against.applyAsDouble(0.3), 0}
        };
        for (int i = 0; i < 3; i++) {
            assertThat(fluxes[i]).containsExactly(exact[i], within(1e-8));
        }
    }

    /** Φ = (x² − 1)²/4 + y²/2 with a rotation ω(∂₂Φ, −∂₁Φ) that leaves e^(−Φ/T) as it is. */
    private static FokkerPlanck rotating(double omega, double temperature, int cells) {
        VectorField drift = (x, out) -> {
            double u = x[0] * x[0] * x[0] - x[0];
            out[0] = -u + omega * x[1];
            out[1] = -x[1] - omega * u;
        };
        return FokkerPlanck.of(
                sde(2, temperature, drift),
                Grid.of(Axis.uniform(-2.5, 2.5, cells), Axis.uniform(-2.4, 2.4, cells)),
                Boundary.REFLECTING);
    }

    /** What leaves A goes through every line between the sets and arrives in B. */
    @Test
    void theFluxIsTheSameThroughEverySurface() {
        FokkerPlanck fp = rotating(1.5, 0.4, 50);
        Grid grid = fp.grid();
        TransitionPathTheory found = TransitionPathTheory.of(fp, x -> x[0] < -0.7, x -> x[0] > 0.8);
        CellFunction along = found.current().component(0);
        CellFunction divergence = found.current().divergence();
        double h = grid.axis(1).width(0);
        double out = 0;
        double in = 0;
        for (int i = 0; i < 50; i++) {
            double x = grid.axis(0).centre(i);
            double line = 0;
            for (int j = 0; j < 50; j++) {
                int cell = i * grid.stride(0) + j * grid.stride(1);
                line += h * along.value(cell);
                double leaving = divergence.value(cell) * grid.volume(cell);
                out += x < -0.7 ? leaving : 0;
                in -= x > 0.8 ? leaving : 0;
                if (x > -0.7 && x < 0.8) {
                    assertThat(leaving).isCloseTo(0.0, within(1e-12 * found.flux()));
                }
            }
            if (x > -0.7 && x < 0.8) {
                assertThat(line / found.flux()).isCloseTo(1.0, within(1e-10));
            }
        }
        assertThat(out / found.flux()).isCloseTo(1.0, within(1e-10));
        assertThat(in / found.flux()).isCloseTo(1.0, within(1e-10));
    }

    /** Against the process run backwards, −∇Φ with the other rotation, discretised on its own. */
    @Test
    void theBackwardCommittorIsThatOfTheReversedDrift() {
        Predicate<double[]> a = x -> x[0] < -0.7 && x[1] < 0.384;
        Predicate<double[]> b = x -> x[0] > 0.8 && x[1] > -0.384;
        double[] errors = new double[2];
        double[] fluxes = new double[2];
        for (int i = 0; i < 2; i++) {
            FokkerPlanck fp = rotating(1.5, 0.4, 50 << i);
            FokkerPlanck back = rotating(-1.5, 0.4, 50 << i);
            TransitionPathTheory found = TransitionPathTheory.of(fp, a, b);
            CellFunction q = HittingProblem.of(back, a, b).probability(0);
            double irreversible = 0;
            for (int k = 0; k < fp.grid().cells(); k++) {
                double mass = found.steadyState().value(k) * fp.grid().volume(k);
                errors[i] += mass * Math.abs(found.backwardCommittor().value(k) - q.value(k));
                irreversible += mass
                        * Math.abs(found.backwardCommittor().value(k)
                                + found.forwardCommittor().value(k)
                                - 1);
            }
            assertThat(irreversible).isGreaterThan(0.02);
            fluxes[i] = Math.abs(TransitionPathTheory.of(back, b, a).flux() / found.flux() - 1);
        }
        assertThat(errors[1]).isLessThan(2e-4);
        assertThat(errors[1]).isLessThan(0.35 * errors[0]);
        assertThat(fluxes[1]).isLessThan(2e-3);
    }

    /** The chain's own theory with sets whose edge is half a cell inside, and half a cell outside, by a solver that knows no grid. */
    @Test
    void fluxesLieBetweenThoseOfTheChain() {
        FokkerPlanck fp = rotating(1.5, 0.4, 50);
        double h = 0.1;
        double flux =
                TransitionPathTheory.of(fp, x -> x[0] < -0.7, x -> x[0] > 0.8).flux();
        double[] chain = new double[2];
        for (int wide = 0; wide < 2; wide++) {
            double more = wide * h;
            chain[wide] = ReactiveFlux.of(
                            fp.generator(), cells(fp, x -> x[0] < -0.7 + more), cells(fp, x -> x[0] > 0.8 - more))
                    .flux();
        }
        assertThat(chain[0]).isLessThan(flux);
        assertThat(chain[1]).isGreaterThan(flux);
        assertThat(0.5 * (chain[0] + chain[1]) / flux).isCloseTo(1.0, within(0.01));
    }

    private static int[] cells(FokkerPlanck fp, Predicate<double[]> set) {
        double[] x = new double[2];
        return IntStream.range(0, fp.grid().cells())
                .filter(cell -> {
                    fp.grid().centre(cell, x);
                    return set.test(x);
                })
                .toArray();
    }

    /** Maier and Stein (1993) at α = 10: there and back by different ways; at α = 1, a gradient, by the same. */
    @Test
    void currentsOfMaierAndSteinAreNotEachOthersReverse() {
        double[] asymmetry = new double[2];
        for (int i = 0; i < 2; i++) {
            double alpha = i == 0 ? 1.0 : 10.0;
            VectorField drift = (x, out) -> {
                out[0] = x[0] - x[0] * x[0] * x[0] - alpha * x[0] * x[1] * x[1];
                out[1] = -(1 + x[0] * x[0]) * x[1];
            };
            FokkerPlanck fp = FokkerPlanck.of(
                    sde(2, 0.1, drift),
                    Grid.of(Axis.uniform(-1.8, 1.8, 60), Axis.uniform(-1.2, 1.2, 40)),
                    Boundary.REFLECTING);
            Predicate<double[]> a = x -> Math.hypot(x[0] + 1, x[1]) < 0.3;
            Predicate<double[]> b = x -> Math.hypot(x[0] - 1, x[1]) < 0.3;
            TransitionPathTheory forth = TransitionPathTheory.of(fp, a, b);
            TransitionPathTheory back = TransitionPathTheory.of(fp, b, a);
            assertThat(back.flux() / forth.flux()).isCloseTo(1.0, within(1e-9));
            double sum = 0;
            double size = 0;
            for (int axis = 0; axis < 2; axis++) {
                for (int k = 0; k < fp.grid().cells(); k++) {
                    double there = forth.current().component(axis).value(k);
                    sum += Math.abs(there + back.current().component(axis).value(k));
                    size += Math.abs(there);
                }
            }
            asymmetry[i] = sum / size;
        }
        assertThat(asymmetry[0]).isLessThan(0.02);
        assertThat(asymmetry[1]).isGreaterThan(0.1);
    }

    /** Three dimensions, of which the others only turn: the flux of the first alone. */
    @Test
    void threeDimensionsWithARotationBesides() {
        Axis axis = graded(6);
        Axis other = Axis.uniform(-2, 2, 8);
        VectorField drift = (x, out) -> {
            out[0] = x[0] - x[0] * x[0] * x[0];
            out[1] = -x[1] - 2 * x[2];
            out[2] = -x[2] + 2 * x[1];
        };
        Predicate<double[]> a = x -> x[0] < -0.8;
        Predicate<double[]> b = x -> x[0] > 0.7;
        TransitionPathTheory found = TransitionPathTheory.of(
                FokkerPlanck.of(sde(3, 0.4, drift), Grid.of(axis, other, other), Boundary.REFLECTING), a, b);
        TransitionPathTheory line =
                TransitionPathTheory.of(FokkerPlanck.of(doubleWell(0.4), Grid.of(axis), Boundary.REFLECTING), a, b);
        assertThat(found.flux() / line.flux()).isCloseTo(1.0, within(1e-9));
        assertThat(found.rate() / line.rate()).isCloseTo(1.0, within(1e-9));
        assertThat(found.reactiveTime() / line.reactiveTime()).isCloseTo(1.0, within(1e-9));
    }

    /** Far cells whose probability is below the range of double take no part. */
    @Test
    void cellsThatAreNeverReachedDoNoHarm() {
        DoubleUnaryOperator u = x -> Math.pow(x * x - 1, 2) / 4;
        FokkerPlanck fp = FokkerPlanck.of(doubleWell(0.1), Grid.of(Axis.uniform(-5, 5, 500)), Boundary.REFLECTING);
        assertThat(fp.steadyState().density().value(0)).isZero();
        TransitionPathTheory found = TransitionPathTheory.of(fp, x -> x[0] < -0.8, x -> x[0] > 4.5);
        assertThat(found.flux()).isBetween(0.0, 1e-200);
        TransitionPathTheory wells =
                TransitionPathTheory.of(fp, x -> Math.abs(x[0] + 1) < 0.2, x -> Math.abs(x[0] - 1) < 0.2);
        double z = integral(-3, 3, x -> Math.exp(-u.applyAsDouble(x) / 0.1));
        double barrier = integral(-0.8, 0.8, x -> Math.exp(u.applyAsDouble(x) / 0.1));
        assertThat(wells.flux() * z * barrier / 0.1).isCloseTo(1.0, within(2e-3));
    }

    @Test
    void whatHasNoSteadyStateIsRefused() {
        Grid grid = Grid.of(Axis.uniform(-2, 2, 20));
        FokkerPlanck open = FokkerPlanck.of(doubleWell(1), grid, Boundary.ABSORBING);
        FokkerPlanck closed = FokkerPlanck.of(doubleWell(1), grid, Boundary.REFLECTING);
        Predicate<double[]> a = x -> x[0] < -1;
        Predicate<double[]> b = x -> x[0] > 1;
        for (FokkerPlanck fp : Arrays.asList(open, closed.withKilling(x -> 1.0), closed.withSource(x -> 1.0))) {
            assertThatThrownBy(() -> TransitionPathTheory.of(fp, a, b)).hasMessageContaining("no steady state");
        }
        assertThatThrownBy(() -> TransitionPathTheory.of(closed, a, x -> x[0] > 3))
                .hasMessageContaining("target 1 must contain");
        assertThatThrownBy(() -> TransitionPathTheory.fluxes(closed, a)).hasMessageContaining("at least 2, got 1");
    }
}
