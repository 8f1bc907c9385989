package org.langevin4j.core.sde;

import java.util.Arrays;
import org.langevin4j.core.block.VectorText;
import org.langevin4j.core.field.VectorField;

/** The friction −ΓM⁻¹p of an underdamped equation and the noise that comes with it. */
sealed interface Friction {

    /** Whether it does not depend on time. */
    default boolean isAutonomous() {
        return true;
    }

    default Friction atTime(double t) {
        return this;
    }

    /** change ← −change − Γ(q)M⁻¹p, where change holds ∇U(q). */
    void act(double[] q, double[] p, double[] mass, double[] change);

    /** The same for a block. */
    void act(double[][] q, double[][] p, double[] mass, int paths, double[][] change);

    /** The diffusion of p divided by the scales of the temperature, ΓTᵢ, n×n; {@code scales} has the length 1 or n. */
    Diffusion diffusion(double[] mass, double[] scales);

    /** Γ = γM with numbers γᵢ. */
    final class Rates implements Friction {

        private final double[] rates;

        private Rates(double[] rates) {
            this.rates = rates;
        }

        double[] values() {
            return rates.clone();
        }

        @Override
        public String toString() {
            return "γ = " + VectorText.of(rates);
        }

        @Override
        public void act(double[] q, double[] p, double[] mass, double[] change) {
            for (int i = 0; i < change.length; i++) {
                change[i] = -change[i] - rates[i] * p[i];
            }
        }

        @Override
        public void act(double[][] q, double[][] p, double[] mass, int paths, double[][] change) {
            for (int i = 0; i < change.length; i++) {
                double rate = rates[i];
                double[] out = change[i];
                double[] momentum = p[i];
                for (int k = 0; k < paths; k++) {
                    out[k] = -out[k] - rate * momentum[k];
                }
            }
        }

        @Override
        public Diffusion diffusion(double[] mass, double[] scales) {
            double[] entries = new double[mass.length];
            for (int i = 0; i < entries.length; i++) {
                double entry = rates[i] * mass[i];
                entries[i] = scales.length == 1 ? entry * scales[0] : entry * scales[i];
            }
            return Diffusion.diagonal(entries);
        }
    }

    /** Γ = γ(t, q)M with a function for all γᵢ. */
    record RateField(VectorField rates) implements Friction {

        @Override
        public boolean isAutonomous() {
            return rates.isAutonomous();
        }

        @Override
        public Friction atTime(double t) {
            return isAutonomous() ? this : new RateField(rates.atTime(t));
        }

        @Override
        public void act(double[] q, double[] p, double[] mass, double[] change) {
            double[] rate = new double[change.length];
            rates.at(q, rate);
            for (int i = 0; i < change.length; i++) {
                change[i] = -change[i] - rate[i] * p[i];
            }
        }

        @Override
        public void act(double[][] q, double[][] p, double[] mass, int paths, double[][] change) {
            double[][] rate = new double[change.length][paths];
            rates.atBlock(q, paths, rate);
            for (int i = 0; i < change.length; i++) {
                for (int k = 0; k < paths; k++) {
                    change[i][k] = -change[i][k] - rate[i][k] * p[i][k];
                }
            }
        }

        @Override
        public Diffusion diffusion(double[] mass, double[] scales) {
            double[] factors = mass.clone();
            for (int i = 0; i < factors.length; i++) {
                factors[i] *= scales.length == 1 ? scales[0] : scales[i];
            }
            return new RateDiffusion(rates, factors);
        }
    }

    /** Γ(t, q) any symmetric positive semi-definite matrix. */
    record Matrix(Diffusion gamma) implements Friction {

        @Override
        public boolean isAutonomous() {
            return gamma.isAutonomous();
        }

        @Override
        public Friction atTime(double t) {
            return isAutonomous() ? this : new Matrix(gamma.atTime(t));
        }

        @Override
        public void act(double[] q, double[] p, double[] mass, double[] change) {
            double[] velocity = p.clone();
            for (int i = 0; i < velocity.length; i++) {
                velocity[i] /= mass[i];
            }
            double[] force = new double[velocity.length];
            gamma.times(q, velocity, force);
            for (int i = 0; i < change.length; i++) {
                change[i] = -change[i] - force[i];
            }
        }

        @Override
        public void act(double[][] q, double[][] p, double[] mass, int paths, double[][] change) {
            double[] position = new double[mass.length];
            double[] momentum = new double[mass.length];
            double[] one = new double[mass.length];
            for (int k = 0; k < paths; k++) {
                for (int i = 0; i < one.length; i++) {
                    position[i] = q[i][k];
                    momentum[i] = p[i][k];
                    one[i] = change[i][k];
                }
                act(position, momentum, mass, one);
                for (int i = 0; i < one.length; i++) {
                    change[i][k] = one[i];
                }
            }
        }

        @Override
        public Diffusion diffusion(double[] mass, double[] scales) {
            return gamma;
        }
    }

    /** Checks rates, one for each coordinate or one for all. */
    static Friction ofRates(int n, double... rates) {
        double[] all = rates.clone();
        if (rates.length == 1) {
            all = new double[n];
            Arrays.fill(all, rates[0]);
        }
        if (all.length != n) {
            throw new IllegalArgumentException("rates must have length 1 or " + n + ", got " + rates.length);
        }
        for (int i = 0; i < n; i++) {
            if (!(all[i] >= 0.0 && all[i] <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "friction must be finite and not negative, got γ[" + i + "] = " + all[i]);
            }
        }
        return new Rates(all);
    }
}
