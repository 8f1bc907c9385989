package org.langevin4j.examples;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.solvers.BracketedUnivariateSolver;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.ODEStateAndDerivative;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.events.Action;
import org.hipparchus.ode.events.AdaptableInterval;
import org.hipparchus.ode.events.ODEEventDetector;
import org.hipparchus.ode.events.ODEEventHandler;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.hipparchus.ode.sampling.StepNormalizer;
import org.langevin4j.core.field.VectorField;

/** Trajectories of ẋ = v(x) in the plane by Dormand and Prince's method of order 8, to nearly all digits. */
final class PlanarFlow {

    private static final double TOLERANCE = 1e-13;

    private final OrdinaryDifferentialEquation equation;

    PlanarFlow(VectorField field) {
        this.equation = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return 2;
            }

            @Override
            public double[] computeDerivatives(double t, double[] x) {
                double[] out = new double[2];
                field.at(x, out);
                return out;
            }
        };
    }

    private static DormandPrince853Integrator integrator() {
        return new DormandPrince853Integrator(1e-10, 10.0, 1e-2 * TOLERANCE, TOLERANCE);
    }

    /** The states at the multiples of an interval, each {t, x₁, x₂}. */
    List<double[]> sampled(double[] start, double interval, double end) {
        List<double[]> states = new ArrayList<>();
        DormandPrince853Integrator integrator = integrator();
        integrator.addStepHandler(new StepNormalizer(interval, (state, last) -> {
            double[] x = state.getPrimaryState();
            states.add(new double[] {state.getTime(), x[0], x[1]});
        }));
        integrator.integrate(equation, new ODEState(0.0, start), end);
        return states;
    }

    /**
     * From (s, 0) counter-clockwise so many times around to the half-line x₁ > 0, x₂ = 0.
     *
     * @return x₁ there and the time, both NaN if it does not come back in time
     */
    double[] returnTo(double s, int turns, double patience) {
        double[] found = {Double.NaN, Double.NaN};
        DormandPrince853Integrator integrator = integrator();
        integrator.addEventDetector(new Return(turns, found));
        integrator.integrate(equation, new ODEState(0.0, new double[] {s, 0.0}), patience);
        return found;
    }

    private static final class Return implements ODEEventDetector {

        private final double[] found;
        private int left;

        Return(int turns, double[] found) {
            this.left = turns;
            this.found = found;
        }

        @Override
        public AdaptableInterval getMaxCheckInterval() {
            return AdaptableInterval.of(0.05);
        }

        @Override
        public int getMaxIterationCount() {
            return 100;
        }

        @Override
        public BracketedUnivariateSolver<UnivariateFunction> getSolver() {
            return new BracketingNthOrderBrentSolver(0.0, 1e-13, 0.0, 5);
        }

        @Override
        public double g(ODEStateAndDerivative state) {
            return state.getPrimaryState()[1];
        }

        @Override
        public ODEEventHandler getHandler() {
            return (state, detector, increasing) -> {
                double[] x = state.getPrimaryState();
                if (!increasing || x[0] <= 0.0 || state.getTime() < 1e-6) {
                    return Action.CONTINUE;
                }
                left--;
                if (left > 0) {
                    return Action.CONTINUE;
                }
                found[0] = x[0];
                found[1] = state.getTime();
                return Action.STOP;
            };
        }
    }
}
