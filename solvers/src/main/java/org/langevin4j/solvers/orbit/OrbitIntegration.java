package org.langevin4j.solvers.orbit;

import java.util.Arrays;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.ODEStateAndDerivative;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.hipparchus.ode.sampling.ODEStateInterpolator;
import org.hipparchus.ode.sampling.ODEStepHandler;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.linear.Vectors;

/**
 * The integration of ẋ = b(x), and of systems of which x is the first part.
 *
 * @param field b
 * @param dimension d, of x
 * @param tolerance error of a step, absolute and relative
 * @param radius beyond this |x| an orbit counts as run away
 */
record OrbitIntegration(DifferentiableField field, int dimension, double tolerance, double radius) {

    private static final int MAX_EVALUATIONS = 20_000_000;

    double[] velocity(double[] x) {
        double[] out = new double[dimension];
        field.at(x, out);
        return out;
    }

    OrdinaryDifferentialEquation equation() {
        return new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return dimension;
            }

            @Override
            public double[] computeDerivatives(double t, double[] y) {
                return velocity(y);
            }
        };
    }

    /** The state after a duration, which may be negative here. */
    double[] advance(OrdinaryDifferentialEquation equation, double[] y, double duration) {
        if (Math.abs(duration) < 1e-12) {
            // Too short for an integrator, and for the second order to matter.
            double[] slope = equation.computeDerivatives(0.0, y);
            double[] end = y.clone();
            for (int i = 0; i < y.length; i++) {
                end[i] += duration * slope[i];
            }
            return end;
        }
        return integrate(integrator(duration), equation, y, duration).getPrimaryState();
    }

    DormandPrince853Integrator integrator(double duration) {
        double longest = Math.abs(duration);
        DormandPrince853Integrator integrator =
                new DormandPrince853Integrator(1e-15 * longest, longest, tolerance, tolerance);
        integrator.setMaxEvaluations(MAX_EVALUATIONS);
        return integrator;
    }

    ODEStateAndDerivative integrate(
            DormandPrince853Integrator integrator, OrdinaryDifferentialEquation equation, double[] y, double duration) {
        LastStep last = new LastStep(y);
        integrator.addStepHandler(last);
        integrator.addStepHandler(step -> requireNear(y, step.getCurrentState()));
        try {
            return integrator.integrate(equation, new ODEState(0.0, y), duration);
        } catch (MathRuntimeException e) {
            throw new OrbitException(
                    "orbit from " + start(y) + " cannot be followed beyond t = " + last.time() + ", x = "
                            + start(last.state()) + ": " + e.getMessage(),
                    last.time(),
                    Arrays.copyOf(last.state(), dimension));
        }
    }

    private void requireNear(double[] start, ODEStateAndDerivative now) {
        double[] x = Arrays.copyOf(now.getPrimaryState(), dimension);
        if (!(Vectors.norm(x) <= radius)) {
            throw new OrbitException(
                    "orbit from " + start(start) + " ran away: beyond |x| = " + radius + " at t = " + now.getTime()
                            + ", x = " + OrbitException.text(x),
                    now.getTime(),
                    x);
        }
    }

    private String start(double[] y) {
        return OrbitException.text(Arrays.copyOf(y, dimension));
    }

    /** Where the last whole step of the method began: a state that is not interpolated. */
    static final class LastStep implements ODEStepHandler {

        private double time;
        private double[] state;

        LastStep(double[] start) {
            state = start.clone();
        }

        @Override
        public void handleStep(ODEStateInterpolator interpolator) {
            if (!interpolator.isPreviousStateInterpolated()) {
                time = interpolator.getPreviousState().getTime();
                state = interpolator.getPreviousState().getPrimaryState();
            }
        }

        double time() {
            return time;
        }

        double[] state() {
            return state;
        }
    }
}
