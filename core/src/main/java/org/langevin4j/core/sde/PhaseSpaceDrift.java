package org.langevin4j.core.sde;

import java.util.Arrays;
import org.langevin4j.core.field.VectorField;

/** The drift (M⁻¹p, −∇U − ΓM⁻¹p) of an underdamped equation, or what it is at one time. */
final class PhaseSpaceDrift implements VectorField {

    private final UnderdampedLangevin equation;

    /** NaN where the drift is not that of one time of a driven equation. */
    private final double time;

    private final VectorField gradient;
    private final Friction friction;
    private final double[] mass;

    private PhaseSpaceDrift(
            UnderdampedLangevin equation, double time, VectorField gradient, Friction friction, double[] mass) {
        this.equation = equation;
        this.time = time;
        this.gradient = gradient;
        this.friction = friction;
        this.mass = mass;
    }

    static PhaseSpaceDrift of(UnderdampedLangevin equation, VectorField gradient, Friction friction, double[] mass) {
        return new PhaseSpaceDrift(equation, Double.NaN, gradient, friction, mass);
    }

    UnderdampedLangevin equation() {
        return equation;
    }

    double time() {
        return time;
    }

    @Override
    public boolean isAutonomous() {
        return gradient.isAutonomous() && friction.isAutonomous();
    }

    /** Where only the temperature is driven the drift is the same at all times, yet it knows for which one it was asked. */
    @Override
    public VectorField atTime(double t) {
        return equation.isAutonomous()
                ? this
                : new PhaseSpaceDrift(equation, t, gradient.atTime(t), friction.atTime(t), mass);
    }

    /** Of the gradient, which is what is written by a user's function. */
    @Override
    public void requireWritten(String name, double t, double[] x, int values) {
        gradient.requireWritten("gradient", t, Arrays.copyOf(x, mass.length), mass.length);
    }

    @Override
    public void at(double[] x, double[] out) {
        int n = mass.length;
        double[] positions = Arrays.copyOf(x, n);
        double[] momenta = Arrays.copyOfRange(x, n, 2 * n);
        double[] change = new double[n];
        gradient.at(positions, change);
        friction.act(positions, momenta, mass, change);
        for (int i = 0; i < n; i++) {
            out[i] = x[n + i] / mass[i];
            out[n + i] = change[i];
        }
    }

    @Override
    public void atBlock(double[][] x, int paths, double[][] out) {
        int n = mass.length;
        double[][] positions = Arrays.copyOf(x, n);
        double[][] change = Arrays.copyOfRange(out, n, 2 * n);
        gradient.atBlock(positions, paths, change);
        friction.act(positions, Arrays.copyOfRange(x, n, 2 * n), mass, paths, change);
        for (int i = 0; i < n; i++) {
            double m = mass[i];
            double[] momentum = x[n + i];
            double[] velocity = out[i];
            for (int p = 0; p < paths; p++) {
                velocity[p] = momentum[p] / m;
            }
        }
    }
}
