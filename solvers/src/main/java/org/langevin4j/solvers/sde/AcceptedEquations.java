package org.langevin4j.solvers.sde;

import java.util.Optional;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Sde;

/** Which equations a scheme solves: calculus, no jumps, no delay. Constant noise reads alike in all α-type ones. */
final class AcceptedEquations {

    private AcceptedEquations() {}

    static void requireIto(String scheme, Sde sde) {
        requirePlain(scheme, sde);
        requireItoReading(scheme, sde);
    }

    static void requireItoReading(String scheme, Sde sde) {
        if (!(isConstantAlpha(sde) || sde.calculus().equals(Calculus.ITO))) {
            throw new IllegalArgumentException(
                    scheme + " solves Itô equations, this one is " + sde.calculus() + "; convert it by toIto()");
        }
    }

    /** A stepper takes the continuous part of an equation: jumps are made by a {@link JumpStepper} beside it. */
    static void requirePlain(String scheme, Sde sde) {
        sde.requireContinuous(scheme).requireMemoryless(scheme);
    }

    static void requireStratonovich(String scheme, Sde sde) {
        requirePlain(scheme, sde);
        if (!(isConstantAlpha(sde) || sde.calculus().equals(Calculus.STRATONOVICH))) {
            throw new IllegalArgumentException(scheme + " solves Stratonovich equations, this one is " + sde.calculus()
                    + "; use Milstein or EulerMaruyama, after toIto() if it is not Itô");
        }
    }

    private static boolean isConstantAlpha(Sde sde) {
        return sde.calculus() instanceof Calculus.Alpha && sde.diffusion().isConstant();
    }

    /** The closed form behind an equation, for schemes that need one. */
    static <M> M recognised(String scheme, Optional<M> form, String type, String otherwise) {
        return form.orElseThrow(() ->
                new IllegalArgumentException(scheme + " needs an equation made by " + type + ".sde(); " + otherwise));
    }
}
