package org.langevin4j.solvers.fokkerplanck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hipparchus.complex.Complex;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.Stepper;

/**
 * x′ = x − x³ + A cos Ωt + noise (Gammaitoni, Hänggi, Jung and Marchesoni 1998): the response at Ω by the periodic steady state,
 * on the torus of (x, θ) and by paths.
 */
class StochasticResonanceTest {

    private static final double AMPLITUDE = 0.15;
    private static final double FREQUENCY = 0.1;
    private static final double PERIOD = 2.0 * Math.PI / FREQUENCY;
    private static final Temperature TEMPERATURE = Temperature.of(0.11);
    private static final Axis AXIS = Axis.uniform(-2.2, 2.2, 88);

    private static Sde sde(double delay) {
        return Sde.ito(
                VectorField.driven(t -> {
                    double push = AMPLITUDE * Math.cos(FREQUENCY * (t - delay));
                    return (x, out) -> out[0] = x[0] - x[0] * x[0] * x[0] + push;
                }),
                Diffusion.isotropic(1, 1.0),
                TEMPERATURE);
    }

    private static PeriodicSteadyState state(Sde sde, int phases, Integrator integrator) {
        return DrivenFokkerPlanck.of(sde, Grid.of(AXIS), Boundary.REFLECTING)
                .periodicSteadyState(PERIOD, phases, integrator);
    }

    /** The steady state of dx = (x − x³ + A cos θ)dt + noise, dθ = Ω dt. */
    private static Density torus(int angles) {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = x[0] - x[0] * x[0] * x[0] + AMPLITUDE * Math.cos(x[1]);
                    out[1] = FREQUENCY;
                },
                Diffusion.diagonal(1.0, 0.0),
                TEMPERATURE);
        Region region = Region.of(Grid.of(AXIS, Axis.uniform(0.0, 2.0 * Math.PI, angles)), Boundary.REFLECTING)
                .withFaces(1, Boundary.PERIODIC, Boundary.PERIODIC);
        return FokkerPlanck.of(sde, region).steadyState().density();
    }

    /** 2⟨x e^{−iθ}⟩. */
    private static Complex response(Density torus) {
        return new Complex(
                2.0 * torus.expectation(x -> x[0] * Math.cos(x[1])),
                -2.0 * torus.expectation(x -> x[0] * Math.sin(x[1])));
    }

    @Test
    void theTorusIsThePeriodicSteadyStateByImplicitEuler() {
        // The upwind flow around the torus is a step of implicit Euler from one column to the next, with the generator
        // at the
        // centre of its cell: half a step after the time that counts cells.
        int angles = 40;
        double step = PERIOD / angles;
        Density torus = torus(angles);
        PeriodicSteadyState state = state(sde(0.5 * step), angles, Integrator.implicitEuler(step));
        for (int k = 0; k < angles; k++) {
            for (int i = 0; i < AXIS.cells(); i++) {
                // Cell k of the torus is at the end of step k, where phase k + 1 is.
                double there = torus.value(i * angles + k) * 2.0 * Math.PI;
                assertThat(state.densities().get((k + 1) % angles).value(i)).isCloseTo(there, within(1e-9));
            }
        }
    }

    @Test
    void gridsAgreeOnTheResponse() {
        Complex fine = state(sde(0.0), 128, Integrator.sdirk2(1.0)).response(x -> x[0], 1);
        Complex finer = state(sde(0.0), 256, Integrator.sdirk2(1.0)).response(x -> x[0], 1);
        assertThat(finer.subtract(fine).norm()).isLessThan(2e-4);
        // Of first order in the angle.
        Complex coarse = response(torus(64));
        Complex half = response(torus(128));
        double order =
                Math.log(coarse.subtract(finer).norm() / half.subtract(finer).norm()) / Math.log(2.0);
        assertThat(order).isCloseTo(1.0, within(0.15));
        assertThat(half.multiply(2.0).subtract(coarse).subtract(finer).norm()).isLessThan(3e-3);
    }

    @Test
    void pathsAgreeOnTheResponse() {
        Complex grid = state(sde(0.0), 128, Integrator.sdirk2(1.0)).response(x -> x[0], 1);
        int paths = 4_000;
        int steps = 3_000;
        double h = PERIOD / steps;
        NormalStream normals = NormalStream.of(Seed.of(1998));
        double[][] x = new double[1][paths];
        double[][] xi = new double[1][paths];
        for (int p = 0; p < paths; p++) {
            x[0][p] = p % 2 == 0 ? 1.0 : -1.0;
        }
        double[] real = new double[paths];
        double[] imaginary = new double[paths];
        // The first period forgets the start.
        for (int n = 0; n < 2 * steps; n++) {
            Stepper stepper = EulerMaruyama.withStep(h).stepper(sde(0.0).atTime(n * h));
            normals.fill(0, paths, n, xi);
            if (n >= steps) {
                for (int p = 0; p < paths; p++) {
                    real[p] += 2.0 / steps * x[0][p] * Math.cos(FREQUENCY * n * h);
                    imaginary[p] -= 2.0 / steps * x[0][p] * Math.sin(FREQUENCY * n * h);
                }
            }
            stepper.step(n * h, x, paths, xi);
        }
        double[] bands = {4.0 * error(real), 4.0 * error(imaginary)};
        assertThat(mean(real)).isCloseTo(grid.getReal(), within(bands[0]));
        assertThat(mean(imaginary)).isCloseTo(grid.getImaginary(), within(bands[1]));
        // Neither the response without lag nor none at all would pass.
        double adiabatic = 0.0;
        for (int k = 0; k < 64; k++) {
            double t = k * PERIOD / 64;
            double rest = FokkerPlanck.of(sde(0.0).atTime(t), Grid.of(AXIS), Boundary.REFLECTING)
                    .steadyState()
                    .density()
                    .mean()[0];
            adiabatic += 2.0 / 64 * rest * Math.cos(FREQUENCY * t);
        }
        assertThat(Math.abs(adiabatic - grid.getReal())).isGreaterThan(2.0 * bands[0]);
        assertThat(Math.abs(grid.getImaginary())).isGreaterThan(2.0 * bands[1]);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static double error(double[] values) {
        double mean = mean(values);
        double sum = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(sum / (values.length - 1.0) / values.length);
    }
}
