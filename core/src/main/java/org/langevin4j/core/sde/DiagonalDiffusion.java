package org.langevin4j.core.sde;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.hipparchus.analysis.differentiation.Gradient;
import org.langevin4j.core.field.Automatic;
import org.langevin4j.core.field.VectorField;

/** D(x) diagonal, B(x) = √D(x). */
final class DiagonalDiffusion implements Diffusion {

    /** The derivative of the entries along a direction. */
    @FunctionalInterface
    private interface DirectionalDerivative {
        void at(double[] x, double[] v, double[] out);
    }

    private final int dimension;
    private final Structure structure;
    private final boolean constant;
    private final VectorField entries;
    private final VectorField entryDerivatives;

    /** (x, v, out): ∂ᵥDᵢᵢ. */
    private final DirectionalDerivative entriesAlong;

    /** √Dᵢᵢ where constant, else empty. */
    private final double[] roots;

    private DiagonalDiffusion(
            int dimension,
            Structure structure,
            VectorField entries,
            VectorField entryDerivatives,
            DirectionalDerivative entriesAlong,
            boolean constant,
            double[] roots) {
        this.dimension = dimension;
        this.structure = structure;
        this.entries = entries;
        this.entryDerivatives = entryDerivatives;
        this.entriesAlong = entriesAlong;
        this.constant = constant;
        this.roots = roots;
    }

    static DiagonalDiffusion constant(double[] entries) {
        if (entries.length == 0) {
            throw new IllegalArgumentException("entries must not be empty");
        }
        double[] roots = new double[entries.length];
        boolean isotropic = true;
        for (int i = 0; i < entries.length; i++) {
            if (!(entries[i] >= 0.0 && entries[i] <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "diffusion must be finite and not negative, got D[" + i + "][" + i + "] = " + entries[i]);
            }
            roots[i] = Math.sqrt(entries[i]);
            isotropic &= entries[i] == entries[0];
        }
        return new DiagonalDiffusion(
                entries.length,
                isotropic ? Structure.ISOTROPIC : Structure.DIAGONAL,
                (x, out) -> System.arraycopy(entries, 0, out, 0, entries.length),
                (x, out) -> Arrays.fill(out, 0.0),
                (x, v, out) -> Arrays.fill(out, 0.0),
                true,
                roots);
    }

    static DiagonalDiffusion automatic(int dimension, Function<Gradient[], Gradient[]> entries) {
        if (!(dimension > 0)) {
            throw new IllegalArgumentException("dimension must be positive, got " + dimension);
        }
        Objects.requireNonNull(entries, "entries");
        return new DiagonalDiffusion(
                dimension,
                Structure.DIAGONAL,
                (x, out) -> {
                    Gradient[] values = entries.apply(Automatic.constants(x));
                    for (int i = 0; i < dimension; i++) {
                        out[i] = values[i].getValue();
                    }
                },
                (x, out) -> {
                    Gradient[] values = entries.apply(Automatic.variables(x));
                    for (int i = 0; i < dimension; i++) {
                        out[i] = values[i].getPartialDerivative(i);
                    }
                },
                (x, v, out) -> {
                    Gradient[] values = entries.apply(Automatic.along(x, v));
                    for (int i = 0; i < dimension; i++) {
                        out[i] = values[i].getPartialDerivative(0);
                    }
                },
                false,
                new double[0]);
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int noiseDimension() {
        return dimension;
    }

    @Override
    public Structure structure() {
        return structure;
    }

    @Override
    public boolean isConstant() {
        return constant;
    }

    @Override
    public boolean isSilent(int noise) {
        return constant && roots[noise] == 0.0;
    }

    @Override
    public void factorTimes(double[] x, double[] xi, double[] out) {
        if (constant) {
            for (int i = 0; i < dimension; i++) {
                out[i] = roots[i] * xi[i];
            }
            return;
        }
        entries.at(x, out);
        for (int i = 0; i < dimension; i++) {
            if (!(out[i] >= 0.0)) {
                throw new IllegalArgumentException("diffusion must not be negative, got D[" + i + "][" + i + "] = "
                        + out[i] + " at x = " + Arrays.toString(x));
            }
            out[i] = Math.sqrt(out[i]) * xi[i];
        }
    }

    @Override
    public void factorTimesBlock(double[][] x, double[][] xi, int paths, double[][] out) {
        if (!constant) {
            Diffusion.super.factorTimesBlock(x, xi, paths, out);
            return;
        }
        for (int i = 0; i < dimension; i++) {
            double root = roots[i];
            double[] noise = xi[i];
            double[] result = out[i];
            for (int p = 0; p < paths; p++) {
                result[p] = root * noise[p];
            }
        }
    }

    @Override
    public void times(double[] x, double[] v, double[] out) {
        entries.at(x, out);
        for (int i = 0; i < dimension; i++) {
            out[i] *= v[i];
        }
    }

    @Override
    public void divergence(double[] x, double[] out) {
        entryDerivatives.at(x, out);
    }

    /** Bᵢᵢ ∂ᵢBᵢᵢ = ½ ∂ᵢDᵢᵢ. */
    @Override
    public Optional<VectorField> noiseInducedDrift() {
        return Optional.of((x, out) -> {
            entryDerivatives.at(x, out);
            for (int i = 0; i < dimension; i++) {
                out[i] *= 0.5;
            }
        });
    }

    /** ∂ᵥBᵢᵢ = ∂ᵥDᵢᵢ/(2√Dᵢᵢ). At a zero of Dᵢᵢ, where D has its minimum and the root a kink, zero is returned. */
    @Override
    public Optional<FactorDerivative> factorDerivative() {
        return Optional.of((x, v, xi, out) -> {
            double[] values = new double[dimension];
            entries.at(x, values);
            entriesAlong.at(x, v, out);
            for (int i = 0; i < dimension; i++) {
                out[i] = values[i] > 0.0 ? 0.5 * out[i] / Math.sqrt(values[i]) * xi[i] : 0.0;
            }
        });
    }
}
