package org.langevin4j.solvers.orbit;

import org.hipparchus.ode.ODEStateAndDerivative;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.langevin4j.core.linear.Vectors;

/**
 * The next place where an orbit goes through a section in its direction, on the section to rounding.
 *
 * @param orbit how orbits are followed
 * @param section where they are stopped
 */
record SectionSearch(OrbitIntegration orbit, Section section) {

    /** A start this near to a section lies on it. */
    private static final double ON_SECTION = 1e-8;

    /** A start that would move less than this in all the time does not move. */
    private static final double AT_REST = 1e-12;

    Crossing next(double[] x, double maxDuration) {
        requireMotion(x, x, 0.0, maxDuration);
        OrdinaryDifferentialEquation equation = orbit.equation();
        double height = section.height(x);
        boolean onSection = Math.abs(height) <= ON_SECTION * (1.0 + Vectors.norm(x));
        SignChange change = SignChange.rising(section::height, height >= 0.0 || onSection);
        DormandPrince853Integrator integrator = orbit.integrator(maxDuration);
        integrator.addStepEndHandler(change);
        OrbitIntegration.LastStep last = new OrbitIntegration.LastStep(x);
        integrator.addStepHandler(last);
        ODEStateAndDerivative end = orbit.integrate(integrator, equation, x, maxDuration);
        double[] state = end.getPrimaryState();
        if (!change.found()) {
            throw new OrbitException(
                    "orbit from " + OrbitException.text(x) + " did not cross the section " + section
                            + " within the time "
                            + maxDuration + "; it ended at " + OrbitException.text(state)
                            + ", distance from the section "
                            + section.height(state),
                    maxDuration,
                    state);
        }
        // From the start of the last step, so that the interpolant plays no part.
        double[] before = last.state();
        double within = SignChange.root(
                t -> section.height(orbit.advance(equation, before, t)), 0.0, end.getTime() - last.time());
        double time = last.time() + within;
        state = orbit.advance(equation, before, within);
        for (int k = 0; k < 3; k++) {
            double correction = -section.height(state) / section.rate(orbit.velocity(state));
            state = orbit.advance(equation, state, correction);
            time += correction;
        }
        requireMotion(x, state, time, maxDuration);
        return new Crossing(state, time);
    }

    /** Next to a fixed point the sign of the distance from a section is rounding. */
    private void requireMotion(double[] start, double[] x, double time, double maxDuration) {
        double speed = Vectors.norm(orbit.velocity(x));
        if (!(speed * maxDuration > AT_REST * (1.0 + Vectors.norm(x)))) {
            throw new OrbitException(
                    "orbit from " + OrbitException.text(start) + " is at rest at t = " + time + ", x = "
                            + OrbitException.text(x) + ": |b| = " + speed,
                    time,
                    x);
        }
    }
}
