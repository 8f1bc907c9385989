package org.langevin4j.core.sde;

import java.util.Arrays;
import java.util.Optional;
import org.langevin4j.core.field.VectorField;

/** diag(γᵢ(t, q)cᵢ), the diffusion of momenta whose friction depends on the position; n noises. */
final class RateDiffusion implements Diffusion {

    private final VectorField rates;
    private final double[] factors;

    RateDiffusion(VectorField rates, double[] factors) {
        this.rates = rates;
        this.factors = factors;
    }

    @Override
    public int dimension() {
        return factors.length;
    }

    @Override
    public int noiseDimension() {
        return factors.length;
    }

    @Override
    public Structure structure() {
        return Structure.DIAGONAL;
    }

    @Override
    public boolean isConstant() {
        return false;
    }

    @Override
    public boolean isAutonomous() {
        return rates.isAutonomous();
    }

    @Override
    public Diffusion atTime(double t) {
        return isAutonomous() ? this : new RateDiffusion(rates.atTime(t), factors);
    }

    private double entry(double[] q, double[] rate, int i) {
        // NaN goes on: the path that has it is reported by who follows it.
        if (rate[i] < 0.0) {
            throw new IllegalArgumentException(
                    "friction must not be negative, got γ[" + i + "] = " + rate[i] + " at q = " + Arrays.toString(q));
        }
        return rate[i] * factors[i];
    }

    @Override
    public void requireWritten(double t, double[] x) {
        rates.requireWritten("friction", t, x, factors.length);
    }

    @Override
    public void factorTimes(double[] q, double[] xi, double[] out) {
        rates.at(q, out);
        for (int i = 0; i < factors.length; i++) {
            out[i] = Math.sqrt(entry(q, out, i)) * xi[i];
        }
    }

    @Override
    public void times(double[] q, double[] v, double[] out) {
        rates.at(q, out);
        for (int i = 0; i < factors.length; i++) {
            out[i] = entry(q, out, i) * v[i];
        }
    }

    @Override
    public void matrix(double[] q, double[] out) {
        double[] values = new double[factors.length];
        rates.at(q, values);
        for (int i = 0; i < values.length; i++) {
            values[i] = entry(q, values, i);
        }
        Entries.diagonal(values, out);
    }

    /** Not known: the rates need not be differentiable. Nothing in phase space asks for it. */
    @Override
    public void divergence(double[] q, double[] out) {
        throw new IllegalStateException("the divergence of a friction that depends on q is not known");
    }

    @Override
    public Optional<VectorField> noiseInducedDrift() {
        return Optional.empty();
    }
}
