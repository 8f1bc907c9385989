package org.langevin4j.solvers.orbit;

import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.hipparchus.ode.ODEStateAndDerivative;
import org.hipparchus.ode.events.Action;
import org.hipparchus.ode.events.ODEStepEndHandler;
import org.langevin4j.core.field.ScalarField;

/** Stops at the end of the first step across which a function of the state changes its sign. Zero counts as positive. */
final class SignChange implements ODEStepEndHandler {

    private static final int MAX_ROOT_EVALUATIONS = 200;

    private final ScalarField function;
    private final boolean risingOnly;
    private boolean positive;
    private boolean found;
    private boolean undecided;

    private SignChange(ScalarField function, boolean positive, boolean risingOnly, boolean undecided) {
        this.function = function;
        this.positive = positive;
        this.risingOnly = risingOnly;
        this.undecided = undecided;
    }

    /** From negative to positive, where the start has a sign that is given. */
    static SignChange rising(ScalarField function, boolean positive) {
        return new SignChange(function, positive, true, false);
    }

    /** In either direction; a start where the function vanishes is on the side to which the orbit goes. */
    static SignChange any(ScalarField function, double[] start) {
        double value = function.at(start);
        return new SignChange(function, value > 0.0, false, value == 0.0);
    }

    @Override
    public Action stepEndOccurred(ODEStateAndDerivative state, boolean forward) {
        boolean now = function.at(state.getPrimaryState()) >= 0.0;
        found = !undecided && now != positive && (now || !risingOnly);
        undecided = false;
        positive = now;
        return found ? Action.STOP : Action.CONTINUE;
    }

    boolean found() {
        return found;
    }

    /** Where a function of time changes its sign, just beyond it: an orbit that goes on from there has changed sides. */
    static double root(UnivariateFunction function, double from, double to) {
        UnivariateFunction signed = t -> {
            double value = function.value(t);
            return value == 0.0 ? Double.MIN_NORMAL : value;
        };
        return new BracketingNthOrderBrentSolver(0.0, 1e-14 * Math.max(1.0, to), 0.0, 5)
                .solveInterval(MAX_ROOT_EVALUATIONS, signed, from, to)
                .getRightAbscissa();
    }
}
