package org.langevin4j.solvers.fokkerplanck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleFunction;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.FreeEnergy;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

class DrivenFokkerPlanckTest {

    private static final double AMPLITUDE = 0.8;
    private static final double FREQUENCY = 2.0;

    /** dx = (−x + A cos ωt)dt + √(2β⁻¹(t))dW, β⁻¹(t) = 0.7(1 + 0.5 sin 3t). */
    private static Sde line() {
        return Sde.ito(
                VectorField.driven(t -> {
                    double push = AMPLITUDE * Math.cos(FREQUENCY * t);
                    return (x, out) -> out[0] = -x[0] + push;
                }),
                Diffusion.isotropic(1, 1.0),
                Temperature.varying(t -> 0.7 * (1.0 + 0.5 * Math.sin(3.0 * t))));
    }

    private static double lineMean(double start, double t) {
        Complex c = new Complex(AMPLITUDE).divide(new Complex(1.0, FREQUENCY));
        Complex turned = c.multiply(new Complex(Math.cos(FREQUENCY * t), Math.sin(FREQUENCY * t)));
        return (start - c.getReal()) * Math.exp(-t) + turned.getReal();
    }

    private static double lineVariance(double start, double t) {
        Complex c = new Complex(0.7).divide(new Complex(2.0, 3.0));
        Complex turned = c.multiply(new Complex(Math.cos(3.0 * t), Math.sin(3.0 * t)));
        return 0.7 + turned.getImaginary() + (start - 0.7 - c.getImaginary()) * Math.exp(-2.0 * t);
    }

    private static double[] lineErrors(int cells, DoubleFunction<Integrator> method) {
        Grid grid = Grid.of(Axis.uniform(-6.0, 6.0, cells));
        DrivenFokkerPlanck equation = DrivenFokkerPlanck.of(line(), grid, Boundary.REFLECTING);
        Density start = Density.gaussian(grid, new double[] {0.5}, 0.6);
        DrivenEvolution flow = equation.evolve(start, 0.0, new double[] {0.4, 1.7}, method.apply(6.0 / cells));
        double mean = flow.last().mean()[0];
        double variance = flow.last().covariance().getEntry(0, 0);
        assertThat(flow.massError()).isLessThan(1e-13);
        return new double[] {mean - lineMean(0.5, 1.7), variance - lineVariance(0.36, 1.7)};
    }

    @Test
    void theMomentsOfADrivenGaussianInSpaceAndTime() {
        for (DoubleFunction<Integrator> method :
                List.<DoubleFunction<Integrator>>of(Integrator::sdirk2, Integrator::crankNicolson)) {
            double[] coarse = lineErrors(120, method);
            double[] fine = lineErrors(240, method);
            for (int moment = 0; moment < 2; moment++) {
                assertThat(Math.abs(fine[moment])).isLessThan(1e-3);
                assertThat(Math.log(coarse[moment] / fine[moment]) / Math.log(2.0))
                        .isCloseTo(2.0, within(0.2));
            }
        }
    }

    /** A rotation, a push along both axes and a D that turns with time. */
    private static Sde plane(Calculus calculus) {
        return new Sde(
                VectorField.driven(t -> {
                    double push = 0.7 * Math.sin(1.3 * t);
                    return (x, out) -> {
                        out[0] = -x[0] - 1.5 * x[1] + push;
                        out[1] = 1.5 * x[0] - 1.2 * x[1] - 0.5 * push;
                    };
                }),
                Diffusion.driven(t -> Diffusion.constant(turning(t))),
                Temperature.varying(t -> 0.4 + 0.2 * Math.cos(t)),
                calculus);
    }

    private static RealMatrix turning(double t) {
        double c = Math.cos(0.9 * t);
        double s = Math.sin(0.9 * t);
        return MatrixUtils.createRealMatrix(new double[][] {
            {c * c + 0.4 * s * s, 0.6 * c * s}, {0.6 * c * s, s * s + 0.4 * c * c}
        });
    }

    /** m′ = Fm + a, Σ′ = FΣ + ΣFᵀ + 2β⁻¹D, as five numbers. */
    private static double[] planeMoments(double[] start, double until) {
        OrdinaryDifferentialEquation moments = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return 5;
            }

            @Override
            public double[] computeDerivatives(double t, double[] y) {
                double push = 0.7 * Math.sin(1.3 * t);
                RealMatrix d = turning(t).scalarMultiply(2.0 * (0.4 + 0.2 * Math.cos(t)));
                return new double[] {
                    -y[0] - 1.5 * y[1] + push,
                    1.5 * y[0] - 1.2 * y[1] - 0.5 * push,
                    2.0 * (-y[2] - 1.5 * y[3]) + d.getEntry(0, 0),
                    1.5 * y[2] - 1.2 * y[3] - y[3] - 1.5 * y[4] + d.getEntry(0, 1),
                    2.0 * (1.5 * y[3] - 1.2 * y[4]) + d.getEntry(1, 1)
                };
            }
        };
        return new DormandPrince853Integrator(1e-8, 1.0, 1e-12, 1e-12)
                .integrate(moments, new ODEState(0.0, start), until)
                .getPrimaryState();
    }

    private static double[] planeErrors(int cells, Calculus calculus) {
        Grid grid = Grid.square(-4.0, 4.0, cells);
        DrivenFokkerPlanck equation = DrivenFokkerPlanck.of(plane(calculus), grid, Boundary.REFLECTING);
        Density start = Density.gaussian(grid, new double[] {0.6, -0.4}, 0.6);
        Density end = equation.evolve(start, 0.0, new double[] {1.2}, Integrator.sdirk2(1.6 / cells))
                .last();
        double[] exact = planeMoments(new double[] {0.6, -0.4, 0.36, 0.0, 0.36}, 1.2);
        RealMatrix covariance = end.covariance();
        return new double[] {
            end.mean()[0] - exact[0],
            end.mean()[1] - exact[1],
            covariance.getEntry(0, 0) - exact[2],
            covariance.getEntry(0, 1) - exact[3],
            covariance.getEntry(1, 1) - exact[4]
        };
    }

    @Test
    void everythingDependsOnTimeInThePlane() {
        double[] coarse = planeErrors(32, Calculus.ITO);
        double[] fine = planeErrors(64, Calculus.STRATONOVICH);
        for (int k = 0; k < coarse.length; k++) {
            assertThat(Math.abs(fine[k])).isLessThan(1.2e-2);
            assertThat(Math.abs(fine[k])).isLessThan(0.4 * Math.abs(coarse[k]) + 1e-3);
        }
    }

    /** p′ = A(t)p by an explicit method of order 8, with the generators of single times. */
    private static double[] exact(DrivenFokkerPlanck equation, double[] p, double from, double until) {
        OrdinaryDifferentialEquation flow = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return p.length;
            }

            @Override
            public double[] computeDerivatives(double t, double[] y) {
                double[] out = new double[y.length];
                equation.atTime(t).generator().times(y, out);
                return out;
            }
        };
        return new DormandPrince853Integrator(1e-8, 1.0, 1e-11, 1e-11)
                .integrate(flow, new ODEState(from, p), until)
                .getPrimaryState();
    }

    @Test
    void theOrdersInTimeAgainstAnExplicitMethod() {
        Grid grid = Grid.of(Axis.uniform(-4.0, 4.0, 24));
        DrivenFokkerPlanck equation = DrivenFokkerPlanck.of(line(), grid, Boundary.REFLECTING);
        Density start = Density.gaussian(grid, new double[] {-0.5}, 0.9);
        double[] exact = exact(equation, start.probabilities(), 0.3, 1.5);
        assertThat(order(equation, start, exact, Integrator::implicitEuler)).isCloseTo(1.0, within(0.1));
        assertThat(order(equation, start, exact, Integrator::sdirk2)).isCloseTo(2.0, within(0.1));
        assertThat(order(equation, start, exact, Integrator::crankNicolson)).isCloseTo(2.0, within(0.1));
    }

    private static double order(
            DrivenFokkerPlanck equation, Density start, double[] exact, DoubleFunction<Integrator> method) {
        double[] errors = new double[2];
        for (int k = 0; k < 2; k++) {
            double[] p = equation.evolve(start, 0.3, new double[] {1.5}, method.apply(k == 0 ? 1.0 / 20 : 1.0 / 80))
                    .last()
                    .probabilities();
            errors[k] = PeriodMap.l1(PeriodMap.difference(p, exact));
        }
        return Math.log(errors[0] / errors[1]) / Math.log(4.0);
    }

    @Test
    void anEquationThatDoesNotDependOnTimeIsTheSame() {
        Sde frozen = plane(Calculus.ITO).atTime(0.4);
        Grid grid = Grid.square(-3.0, 3.0, 14);
        FokkerPlanck autonomous = FokkerPlanck.of(frozen, grid, Boundary.ABSORBING);
        DrivenFokkerPlanck driven = DrivenFokkerPlanck.of(frozen, grid, Boundary.ABSORBING);
        Density start = Density.gaussian(grid, new double[2], 0.7);
        double[] times = {0.0, 0.21, 0.5};
        for (Integrator integrator :
                List.of(Integrator.implicitEuler(0.05), Integrator.sdirk2(0.05), Integrator.crankNicolson(0.02))) {
            Evolution expected = autonomous.evolve(start, times, integrator);
            DrivenEvolution flow = driven.evolve(start, 0.0, times, integrator);
            assertThat(flow.times()).isEqualTo(expected.times());
            assertThat(flow.massError()).isLessThan(1e-13);
            for (int n = 0; n < 3; n++) {
                assertThat(flow.densities()
                                .get(n)
                                .l1Distance(expected.densities().get(n)))
                        .isLessThan(1e-12);
                assertThat(flow.absorbed().get(n)).isCloseTo(expected.absorbed().get(n), within(1e-12));
            }
            assertThat(flow.absorbed().get(2)).isGreaterThan(5e-4);
        }
    }

    @Test
    void twoSolutionsComeNearerAndFreeEnergyIsRelativeToAGivenDensity() {
        Grid grid = Grid.of(Axis.uniform(-5.0, 5.0, 60));
        DrivenFokkerPlanck equation = DrivenFokkerPlanck.of(line(), grid, Boundary.REFLECTING);
        double[] times = {0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 4.0};
        Integrator positive = Integrator.implicitEuler(0.5);
        DrivenEvolution left = equation.evolve(Density.gaussian(grid, new double[] {-2.0}, 0.15), 0.0, times, positive);
        DrivenEvolution right = equation.evolve(Density.gaussian(grid, new double[] {1.0}, 0.8), 0.0, times, positive);
        double before = Double.POSITIVE_INFINITY;
        for (int n = 0; n < left.times().size(); n++) {
            double distance =
                    left.densities().get(n).relativeEntropy(right.densities().get(n));
            assertThat(distance).isLessThan(before);
            before = distance;
        }
        assertThat(left.diagnostics().smallestDensity()).isNotNegative();
        // β⁻¹(t)KL of the first and the last density, by their definition.
        Density reference = right.last();
        List<FreeEnergy> trace = left.freeEnergyRelativeTo(reference);
        assertThat(trace).hasSize(8);
        assertThat(trace.get(4).total())
                .isCloseTo(
                        0.7
                                * (1.0 + 0.5 * Math.sin(1.5))
                                * left.densities().get(4).relativeEntropy(reference),
                        within(1e-12));
    }

    @Test
    void aStepThatIsTooLongIsNotHidden() {
        Grid grid = Grid.of(Axis.uniform(-5.0, 5.0, 200));
        DrivenFokkerPlanck equation = DrivenFokkerPlanck.of(line(), grid, Boundary.REFLECTING);
        Density start = Density.at(grid, 0.0);
        assertThatThrownBy(() -> equation.evolve(start, 0.0, new double[] {1.0}, Integrator.crankNicolson(0.5)))
                .isInstanceOf(NegativeDensityException.class);
        assertThat(equation.evolve(start, 0.0, new double[] {1.0}, Integrator.implicitEuler(0.5))
                        .diagnostics()
                        .smallestDensity())
                .isNotNegative();
        assertThatThrownBy(() -> equation.evolve(start, 0.0, new double[] {1.0}, Integrator.uniformisation(1e-6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("integrator must be implicitEuler, sdirk2 or crankNicolson");
        assertThatThrownBy(() -> equation.evolve(start, 1.0, new double[] {0.5}, Integrator.sdirk2(0.1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("times must be finite, not before 1.0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2.0})
    void theResponseOfADrivenGaussian(double frequency) {
        // ⟨x⟩ = Re A e^{iωt}/(1 + iω); the second harmonic is 0, and the variance does not respond.
        Complex exact = new Complex(1.0).divide(new Complex(1.0, frequency));
        double[] errors = new double[2];
        for (int k = 0; k < 2; k++) {
            int cells = 60 << k;
            Sde sde = Sde.ito(
                    VectorField.driven(t -> {
                        double push = Math.cos(frequency * t);
                        return (x, out) -> out[0] = -x[0] + push;
                    }),
                    Diffusion.isotropic(1, 1.0),
                    Temperature.of(0.5));
            PeriodicSteadyState state = DrivenFokkerPlanck.of(
                            sde, Grid.of(Axis.uniform(-6.0, 6.0, cells)), Boundary.REFLECTING)
                    .periodicSteadyState(2.0 * Math.PI / frequency, 2 * cells / 3, Integrator.sdirk2(1.0));
            assertThat(state.residual()).isLessThan(1e-11);
            assertThat(state.periods()).isLessThan(30);
            Complex response = state.response(x -> x[0], 1);
            errors[k] = response.subtract(exact).norm();
            assertThat(state.response(x -> x[0], 2).norm()).isLessThan(2e-3);
            assertThat(state.average().mean()[0]).isCloseTo(0.0, within(1e-9));
            assertThat(state.densities().get(7).mass()).isCloseTo(1.0, within(1e-12));
        }
        assertThat(errors[1]).isLessThan(3e-3);
        assertThat(Math.log(errors[0] / errors[1]) / Math.log(2.0)).isCloseTo(2.0, within(0.25));
    }

    @Test
    void theFixedPointOfADenseMap() {
        // Everything turns with period 2π/3: the map of a period by an explicit method, column by column.
        Grid grid = Grid.square(-2.0, 2.0, 4);
        double turn = 3.0;
        Sde sde = Sde.ito(
                VectorField.driven(t -> {
                    double push = Math.cos(turn * t);
                    return (x, out) -> {
                        out[0] = -x[0] - x[1] + push;
                        out[1] = x[0] - x[1];
                    };
                }),
                Diffusion.driven(t -> Diffusion.constant(turning(turn * t / 0.9))),
                Temperature.varying(t -> 0.6 + 0.3 * Math.sin(turn * t)));
        double period = 2.0 * Math.PI / turn;
        DrivenFokkerPlanck equation = DrivenFokkerPlanck.of(sde, grid, Boundary.REFLECTING);
        int n = grid.cells();
        RealMatrix system = MatrixUtils.createRealMatrix(n, n);
        for (int j = 0; j < n; j++) {
            double[] unit = new double[n];
            unit[j] = 1.0;
            double[] column = exact(equation, unit, 0.0, period);
            column[j] -= 1.0;
            column[n - 1] = 1.0;
            system.setColumn(j, column);
        }
        double[] right = new double[n];
        right[n - 1] = 1.0;
        double[] expected = new org.hipparchus.linear.LUDecomposition(system)
                .getSolver()
                .solve(MatrixUtils.createRealVector(right))
                .toArray();
        double[] errors = new double[2];
        for (int k = 0; k < 2; k++) {
            double[] p = equation.periodicSteadyState(period, 20 << k, Integrator.sdirk2(1.0))
                    .densities()
                    .get(0)
                    .probabilities();
            errors[k] = PeriodMap.l1(PeriodMap.difference(p, expected));
        }
        assertThat(errors[1]).isLessThan(1e-3);
        assertThat(Math.log(errors[0] / errors[1]) / Math.log(2.0)).isCloseTo(2.0, within(0.3));
    }

    @Test
    void aPeriodThatIsNoneIsRefused() {
        Grid grid = Grid.of(Axis.uniform(-4.0, 4.0, 20));
        Sde sde = Sde.ito(
                VectorField.driven(t -> (x, out) -> out[0] = -x[0] + Math.sin(t)),
                Diffusion.isotropic(1, 1.0),
                Temperature.of(1.0));
        DrivenFokkerPlanck equation = DrivenFokkerPlanck.of(sde, grid, Boundary.REFLECTING);
        for (double period : new double[] {1.0, Math.PI, 2.0 * Math.PI / 3.0}) {
            assertThatThrownBy(() -> equation.periodicSteadyState(period, 10, Integrator.sdirk2(0.1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("period must be one of the equation");
        }
        assertThat(equation.periodicSteadyState(4.0 * Math.PI, 10, Integrator.sdirk2(0.5))
                        .times())
                .hasSize(10);
        assertThatThrownBy(() -> DrivenFokkerPlanck.of(sde, Region.of(grid, Boundary.ABSORBING))
                        .periodicSteadyState(2.0 * Math.PI, 10, Integrator.sdirk2(0.1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("absorbed");
        assertThatThrownBy(() -> DrivenFokkerPlanck.of(sde, Grid.square(-1.0, 1.0, 4), Boundary.REFLECTING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dimension");
    }
}
