package org.langevin4j.solvers.decomposition;

import java.util.Locale;
import org.langevin4j.core.density.CellFunction;

/**
 * What is left of a {@link Claim} on one grid.
 *
 * @param claim what should be zero
 * @param field what it is in each cell, for a vector its length; NaN outside the region and where ρ is zero
 * @param rms √E[field²], the norm of L²(ρˢˢ)
 * @param max the largest |field| where ρˢˢ is at least 1e-3 of its maximum
 * @param scale √E of the square of the terms that cancel: |b||∇Φ| times β, or |b|, in the unit of the field
 */
public record Residual(Claim claim, CellFunction field, double rms, double max, double scale) {

    /**
     * The norm relative to the terms that cancel.
     *
     * @return rms/scale, 0 if both are
     */
    public double relative() {
        return rms == 0.0 ? 0.0 : rms / scale;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: rms %.3g, largest %.3g, in units of %.3g", claim, rms, max, scale);
    }
}
