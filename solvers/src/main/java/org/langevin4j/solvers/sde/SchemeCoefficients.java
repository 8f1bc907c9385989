package org.langevin4j.solvers.sde;

import org.jspecify.annotations.Nullable;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;

/**
 * The coefficients of an equation at the times of the stages of a step; one and the same object for all times where
 * nothing depends on time. For one thread.
 */
final class SchemeCoefficients {

    private final Sde sde;
    private final double stepSize;

    /** Asked once: the answer takes a call of each coefficient. */
    private final boolean autonomous;

    private @Nullable At known;
    private double time;

    SchemeCoefficients(Sde sde, double stepSize) {
        this.sde = sde;
        this.stepSize = stepSize;
        this.autonomous = sde.isAutonomous();
        if (autonomous) {
            this.known = at(sde);
        }
        this.time = Double.NaN;
    }

    Sde sde() {
        return sde;
    }

    double stepSize() {
        return stepSize;
    }

    /** The coefficients at a time. */
    At at(double t) {
        At last = known;
        if (last != null && (autonomous || t == time)) {
            return last;
        }
        At at = at(sde.atTime(t));
        known = at;
        time = t;
        return at;
    }

    private At at(Sde frozen) {
        double twice = 2.0 * frozen.temperature().value();
        return new At(frozen.drift(), frozen.diffusion(), Math.sqrt(twice), Math.sqrt(twice * stepSize));
    }

    /** b and B of one time; two of these are the same coefficients only if they are one object. */
    static final class At {

        private final VectorField drift;
        private final Diffusion diffusion;
        private final double amplitude;
        private final double stepAmplitude;

        private At(VectorField drift, Diffusion diffusion, double amplitude, double stepAmplitude) {
            this.drift = drift;
            this.diffusion = diffusion;
            this.amplitude = amplitude;
            this.stepAmplitude = stepAmplitude;
        }

        /** b. */
        VectorField drift() {
            return drift;
        }

        /** D with its factor B. */
        Diffusion diffusion() {
            return diffusion;
        }

        /** √(2β⁻¹): σ = amplitude·B. */
        double amplitude() {
            return amplitude;
        }

        /** √(2β⁻¹h): the noise of a step is stepAmplitude·Bξ. */
        double stepAmplitude() {
            return stepAmplitude;
        }

        /** Whether the noise is that of another time. */
        boolean hasNoiseOf(At other) {
            return diffusion == other.diffusion && amplitude == other.amplitude;
        }
    }
}
