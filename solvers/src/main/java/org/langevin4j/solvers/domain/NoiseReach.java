package org.langevin4j.solvers.domain;

import java.util.Arrays;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;

/**
 * Refuses to reflect along n where nᵀDn = 0: there the state moves along n by a force alone, as a position does by its
 * momentum, and to mirror it leaves that force as it was. One dimension is exempt: nothing else could push.
 */
final class NoiseReach {

    private final Sde sde;
    private final boolean once;
    private final double[] state;

    NoiseReach(Sde sde) {
        this.sde = sde;
        this.once = sde.diffusion().isConstant() && sde.diffusion().isAutonomous();
        this.state = new double[sde.dimension()];
    }

    /** Before the first step, where D is the same at all states and times. */
    void require(double[] normal) {
        if (once) {
            require(sde.diffusion(), normal);
        }
    }

    /** At a contact with a plane wall, at the state before the step. */
    void require(double t, double[] normal, double[][] before, int p) {
        if (!once) {
            requireHere(t, normal, before, p);
        }
    }

    /** At a contact with a wall whose normal is another at each point. */
    void requireHere(double t, double[] normal, double[][] before, int p) {
        if (state.length > 1) {
            for (int i = 0; i < state.length; i++) {
                state[i] = before[i][p];
            }
            require(sde.diffusion().atTime(t), normal);
        }
    }

    private void require(Diffusion diffusion, double[] n) {
        if (n.length == 1) {
            return;
        }
        double[] product = new double[n.length];
        diffusion.times(state, n, product);
        double form = 0.0;
        double squared = 0.0;
        double image = 0.0;
        for (int i = 0; i < n.length; i++) {
            form += n[i] * product[i];
            squared += n[i] * n[i];
            image += product[i] * product[i];
        }
        if (form > 1e-12 * Math.sqrt(squared) * Math.sqrt(image)) {
            return;
        }
        // Dn is zero, or so nearly orthogonal to n that rounding decides: against the entries that take part.
        double largest = 0.0;
        double[] unit = new double[n.length];
        for (int i = 0; i < n.length; i++) {
            if (n[i] != 0.0) {
                unit[i] = 1.0;
                diffusion.times(state, unit, product);
                unit[i] = 0.0;
                largest = Math.max(largest, Math.abs(product[i]));
            }
        }
        if (!(form > 16.0 * n.length * Math.ulp(1.0) * squared * largest)) {
            throw refusal(form, "n = " + Arrays.toString(n) + (once ? "" : " at x = " + Arrays.toString(state)));
        }
    }

    static IllegalArgumentException refusal(double form, String along) {
        return new IllegalArgumentException("domain must reflect only where the noise reaches the wall, nᵀDn > 0; got "
                + form + " along " + along
                + ". Positions of an underdamped system have Walls.specular and Walls.thermal");
    }
}
