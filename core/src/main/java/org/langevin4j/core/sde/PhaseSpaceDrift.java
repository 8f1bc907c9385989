package org.langevin4j.core.sde;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.langevin4j.core.field.VectorField;

/** The drift (M⁻¹p, −∇U − ΓM⁻¹p) of an underdamped equation, or what it is at one time. */
final class PhaseSpaceDrift implements VectorField {

    /** Whose drift it is, to be found again. */
    private final Object equation;

    /** Whether nothing of the equation depends on time, its temperatures included. */
    private final BooleanSupplier autonomous;

    /** NaN where the drift is not that of one time of a driven equation. */
    private final double time;

    private final VectorField gradient;
    private final Friction friction;
    private final double[] mass;

    private PhaseSpaceDrift(
            Object equation,
            BooleanSupplier autonomous,
            double time,
            VectorField gradient,
            Friction friction,
            double[] mass) {
        this.equation = equation;
        this.autonomous = autonomous;
        this.time = time;
        this.gradient = gradient;
        this.friction = friction;
        this.mass = mass;
    }

    static PhaseSpaceDrift of(
            Object equation, BooleanSupplier autonomous, VectorField gradient, Friction friction, double[] mass) {
        return new PhaseSpaceDrift(equation, autonomous, Double.NaN, gradient, friction, mass);
    }

    Object equation() {
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
        return autonomous.getAsBoolean()
                ? this
                : new PhaseSpaceDrift(equation, autonomous, t, gradient.atTime(t), friction.atTime(t), mass);
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
