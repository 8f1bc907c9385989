package org.langevin4j.core.sde;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;

/** D(x) diagonal, B(x) = √D(x). */
final class DiagonalDiffusion implements Diffusion {

    /** The derivative of the entries along a direction. */
    @FunctionalInterface
    private interface DirectionalDerivative {
        void at(double[] x, double[] v, double[] out);
    }

    /** A negative entry of this size beside the largest is a zero. */
    private static final double ROUNDING = 1e-13;

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

    static DiagonalDiffusion of(int dimension, VectorField entries) {
        requireDimension(dimension);
        Objects.requireNonNull(entries, "entries");
        entries.requireShape(dimension, dimension);
        boolean given = entries instanceof DifferentiableField;
        DifferentiableField field = given ? (DifferentiableField) entries : DifferentiableField.byDifferences(entries);
        VectorField own = (x, out) -> {
            double[] jacobian = new double[dimension * dimension];
            field.jacobian(x, jacobian);
            for (int i = 0; i < dimension; i++) {
                out[i] = jacobian[i * dimension + i];
            }
        };
        return new DiagonalDiffusion(dimension, Structure.DIAGONAL, entries, own, field::along, false, new double[0]);
    }

    static DiagonalDiffusion isotropic(int dimension, ScalarField c) {
        requireDimension(dimension);
        Objects.requireNonNull(c, "c");
        Potential potential = c instanceof Potential given ? given : Potential.byDifferences(c);
        VectorField entries = new VectorField() {
            @Override
            public void at(double[] x, double[] out) {
                Arrays.fill(out, c.at(x));
            }

            @Override
            public void atBlock(double[][] x, int paths, double[][] out) {
                c.atBlock(x, paths, out[0]);
                for (int i = 1; i < dimension; i++) {
                    System.arraycopy(out[0], 0, out[i], 0, paths);
                }
            }
        };
        DirectionalDerivative along = (x, v, out) -> {
            double[] gradient = new double[dimension];
            potential.gradient(x, gradient);
            double sum = 0.0;
            for (int i = 0; i < dimension; i++) {
                sum += gradient[i] * v[i];
            }
            Arrays.fill(out, sum);
        };
        return new DiagonalDiffusion(
                dimension, Structure.ISOTROPIC, entries, potential::gradient, along, false, new double[0]);
    }

    private static void requireDimension(int dimension) {
        if (!(dimension > 0)) {
            throw new IllegalArgumentException("dimension must be positive, got " + dimension);
        }
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
    public void requireWritten(double t, double[] x) {
        entries.requireWritten("diffusion", t, x, dimension);
    }

    @Override
    public void factorTimes(double[] x, double[] xi, double[] out) {
        if (constant) {
            for (int i = 0; i < dimension; i++) {
                out[i] = roots[i] * xi[i];
            }
            return;
        }
        Entries.write("diffusion", entries, x, out);
        double largest = 0.0;
        for (int i = 0; i < dimension; i++) {
            largest = Math.max(largest, out[i]);
        }
        for (int i = 0; i < dimension; i++) {
            out[i] = Math.sqrt(out[i] >= 0.0 ? out[i] : notPositive(i, out[i], largest, x)) * xi[i];
        }
    }

    /** What an entry that is not at least 0 stands for: 0 if it is rounding beside the largest, NaN on a lost path. */
    private static double notPositive(int i, double entry, double largest, double[] x) {
        if (entry >= -ROUNDING * largest) {
            return 0.0;
        }
        if (Entries.blownUp(x)) {
            return Double.NaN;
        }
        throw new IllegalArgumentException("diffusion must not be negative, got D[" + i + "][" + i + "] = " + entry
                + " at x = " + Arrays.toString(x));
    }

    @Override
    public void factorTimesBlock(double[][] x, double[][] xi, int paths, double[][] out) {
        if (!constant) {
            Entries.writeBlock("diffusion", entries, x, paths, out);
            for (int p = 0; p < paths; p++) {
                double largest = 0.0;
                for (int i = 0; i < dimension; i++) {
                    largest = Math.max(largest, out[i][p]);
                }
                for (int i = 0; i < dimension; i++) {
                    double entry = out[i][p];
                    out[i][p] =
                            Math.sqrt(entry >= 0.0 ? entry : notPositive(i, entry, largest, state(x, p))) * xi[i][p];
                }
            }
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

    private static double[] state(double[][] x, int p) {
        double[] state = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            state[i] = x[i][p];
        }
        return state;
    }

    @Override
    public void times(double[] x, double[] v, double[] out) {
        Entries.write("diffusion", entries, x, out);
        for (int i = 0; i < dimension; i++) {
            out[i] *= v[i];
        }
    }

    @Override
    public void matrix(double[] x, double[] out) {
        double[] values = new double[dimension];
        Entries.write("diffusion", entries, x, values);
        Entries.diagonal(values, out);
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
                out[i] = values[i] <= 0.0 ? 0.0 : 0.5 * out[i] / Math.sqrt(values[i]) * xi[i];
            }
        });
    }
}
