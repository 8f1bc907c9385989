package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Sde;

/** Which calculus a scheme solves. Constant noise reads alike in all α-type ones. */
final class Readings {

    private Readings() {}

    static void requireIto(String scheme, Sde sde) {
        if (!(isConstantAlpha(sde) || sde.calculus().equals(Calculus.ITO))) {
            throw new IllegalArgumentException(
                    scheme + " solves Itô equations, this one is " + sde.calculus() + "; convert it by toIto()");
        }
    }

    static void requireStratonovich(String scheme, Sde sde) {
        if (!(isConstantAlpha(sde) || sde.calculus().equals(Calculus.STRATONOVICH))) {
            throw new IllegalArgumentException(scheme + " solves Stratonovich equations, this one is " + sde.calculus()
                    + "; use Milstein or EulerMaruyama, after toIto() if it is not Itô");
        }
    }

    private static boolean isConstantAlpha(Sde sde) {
        return sde.calculus() instanceof Calculus.Alpha && sde.diffusion().isConstant();
    }
}
