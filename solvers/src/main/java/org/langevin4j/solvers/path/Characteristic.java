package org.langevin4j.solvers.path;

/**
 * One characteristic of H = 0 in the plane, with the action V as its clock: dy/dV = (b + 2Dp)/p·Dp, dp/dV = −∂H/∂y/p·Dp, by
 * the Runge–Kutta method of fourth order; steps are halved until the slopes of the two midpoints agree.
 */
final class Characteristic {

    private static final double AGREEMENT = 0.002;
    private static final int HALVINGS = 12;

    private final Hamiltonian hamiltonian;
    private final double[] y = new double[2];
    private final double[] p = new double[2];
    private final double[] velocity = new double[2];
    private final double[] force = new double[2];
    private final double[][] slopes = new double[4][4];
    private final double[] start = new double[4];

    Characteristic(Hamiltonian hamiltonian) {
        this.hamiltonian = hamiltonian;
    }

    /** Moves (y, p) on by an action; false where the characteristic comes to rest or leaves the finite numbers. */
    boolean advance(double[] state, double action) {
        double done = 0.0;
        double step = action;
        int depth = 0;
        while (done < action) {
            double h = Math.min(step, action - done);
            if (step(state, h)) {
                done += h;
                step *= 1.5;
                depth = Math.max(0, depth - 1);
                if (action - done < 1e-12 * action) {
                    break;
                }
            } else {
                step = 0.5 * h;
                if (++depth > HALVINGS) {
                    return false;
                }
            }
        }
        y[0] = state[0];
        y[1] = state[1];
        p[0] = state[2];
        p[1] = state[3];
        double factor = hamiltonian.toZeroEnergy(y, p);
        state[2] = p[0];
        state[3] = p[1];
        return factor > 0.5 && factor < 2.0;
    }

    private boolean step(double[] state, double h) {
        System.arraycopy(state, 0, start, 0, 4);
        if (!slope(start, slopes[0])
                || !slopeAt(start, 0.5 * h, slopes[0], slopes[1])
                || !slopeAt(start, 0.5 * h, slopes[1], slopes[2])
                || !slopeAt(start, h, slopes[2], slopes[3])) {
            return false;
        }
        double dy = LevelCurve.length(slopes[2][0] - slopes[1][0], slopes[2][1] - slopes[1][1]);
        double dp = LevelCurve.length(slopes[2][2] - slopes[1][2], slopes[2][3] - slopes[1][3]);
        double length = LevelCurve.length(slopes[0][0], slopes[0][1]);
        double momentum = LevelCurve.length(start[2], start[3]);
        if (!(dy <= AGREEMENT * length && h * dp <= AGREEMENT * momentum)) {
            return false;
        }
        for (int i = 0; i < 4; i++) {
            state[i] = start[i] + h / 6.0 * (slopes[0][i] + 2.0 * (slopes[1][i] + slopes[2][i]) + slopes[3][i]);
        }
        return true;
    }

    private final double[] stage = new double[4];

    private boolean slopeAt(double[] from, double h, double[] along, double[] out) {
        for (int i = 0; i < 4; i++) {
            stage[i] = from[i] + h * along[i];
        }
        return slope(stage, out);
    }

    private boolean slope(double[] state, double[] out) {
        y[0] = state[0];
        y[1] = state[1];
        p[0] = state[2];
        p[1] = state[3];
        double rate = hamiltonian.velocity(y, p, velocity);
        hamiltonian.momentumRate(y, p, force);
        out[0] = velocity[0] / rate;
        out[1] = velocity[1] / rate;
        out[2] = force[0] / rate;
        out[3] = force[1] / rate;
        return rate > 0.0 && rate < Double.MAX_VALUE;
    }
}
