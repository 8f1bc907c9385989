package org.langevin4j.core.sde;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.FieldMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.VectorField;

/**
 * Equations of a complex state, read as real ones of twice the dimension:
 *
 * <pre>dz = b(z) dt + √(2β⁻¹) G(z) dξ,   z ∈ ℂᵈ,   E dξⱼ dξₖ* = δⱼₖ dt,   E dξⱼ dξₖ = 0,</pre>
 *
 * with n complex noises dξ = (dW₁ + i dW₂)/√2, G of d×n entries. A complex vector is stored as it is in the C language and
 * most libraries, real and imaginary parts in turn: z = (x₁ + ix₂, x₃ + ix₄, …), so that the real equation has the dimension
 * 2d and 2n noises, and its factor B has for each entry G = g + ih of row j and column k
 *
 * <pre>rows 2j, 2j + 1 and columns 2k, 2k + 1:   (g  −h; h  g)/√2.</pre>
 *
 * <p>A norm ‖z‖ that the exact solution keeps is kept by projecting each step on the sphere in ℝ²ᵈ, as in quantum state
 * diffusion (Gisin and Percival 1992, J. Phys. A 25, 5677), whose noise is this one with β⁻¹ = ½.
 */
public final class ComplexSde {

    private ComplexSde() {}

    /**
     * The Itô equation with noise that depends on the state.
     *
     * @param dimension d ≥ 1
     * @param noises n ≥ 1
     * @param drift b, which writes d complex numbers of d complex numbers, stored in turn; {@link #field} makes one of a
     *     function of complex numbers
     * @param factor G, which writes its d·n complex entries in row-major order, stored in turn
     * @param temperature β⁻¹; ½ makes the noise G dξ
     * @return the real equation of dimension 2d
     */
    public static Sde ito(int dimension, int noises, VectorField drift, VectorField factor, Temperature temperature) {
        if (!(dimension > 0 && dimension <= 1 << 29)) {
            throw new IllegalArgumentException("dimension must be positive, at most 2^29, got " + dimension);
        }
        if (!(noises > 0 && 4L * dimension * noises <= Integer.MAX_VALUE)) {
            throw new IllegalArgumentException("noises must be positive, with 4dn < 2^31, got " + noises);
        }
        Objects.requireNonNull(factor, "factor");
        return Sde.ito(
                drift,
                Diffusion.factor(2 * dimension, 2 * noises, new RealFactor(dimension, noises, factor)),
                temperature);
    }

    /**
     * The equation with additive noise, in which all readings agree.
     *
     * @param drift b, which writes d complex numbers of d complex numbers, stored in turn
     * @param factor G, d×n
     * @param temperature β⁻¹; ½ makes the noise G dξ
     * @return the real equation of dimension 2d
     */
    public static Sde additive(VectorField drift, FieldMatrix<Complex> factor, Temperature temperature) {
        int rows = factor.getRowDimension();
        int columns = factor.getColumnDimension();
        RealMatrix real = MatrixUtils.createRealMatrix(2 * rows, 2 * columns);
        double root = Math.sqrt(0.5);
        for (int j = 0; j < rows; j++) {
            for (int k = 0; k < columns; k++) {
                Complex entry = factor.getEntry(j, k);
                real.setEntry(2 * j, 2 * k, root * entry.getReal());
                real.setEntry(2 * j, 2 * k + 1, -root * entry.getImaginary());
                real.setEntry(2 * j + 1, 2 * k, root * entry.getImaginary());
                real.setEntry(2 * j + 1, 2 * k + 1, root * entry.getReal());
            }
        }
        return Sde.ito(drift, Diffusion.constantFactor(real), temperature);
    }

    /**
     * A field given by a function of complex numbers; one that computes with real and imaginary parts itself is faster.
     *
     * @param function v: ℂᵈ → ℂⁿ; must be thread-safe
     * @return the field on real and imaginary parts
     */
    public static VectorField field(UnaryOperator<Complex[]> function) {
        Objects.requireNonNull(function, "function");
        return (x, out) -> {
            Complex[] values = function.apply(vector(x));
            if (!(2 * values.length == out.length)) {
                throw new IllegalArgumentException(
                        "function must give " + out.length / 2 + " complex numbers, got " + values.length);
            }
            System.arraycopy(parts(values), 0, out, 0, out.length);
        };
    }

    /**
     * The complex vector of a real one.
     *
     * @param parts real and imaginary parts in turn, length 2d
     * @return z, length d
     */
    public static Complex[] vector(double[] parts) {
        if (!(parts.length % 2 == 0)) {
            throw new IllegalArgumentException("parts must have even length, got " + parts.length);
        }
        Complex[] z = new Complex[parts.length / 2];
        for (int j = 0; j < z.length; j++) {
            z[j] = new Complex(parts[2 * j], parts[2 * j + 1]);
        }
        return z;
    }

    /**
     * The real vector of a complex one.
     *
     * @param z length d
     * @return real and imaginary parts in turn, length 2d
     */
    public static double[] parts(Complex... z) {
        double[] parts = new double[2 * z.length];
        for (int j = 0; j < z.length; j++) {
            parts[2 * j] = z[j].getReal();
            parts[2 * j + 1] = z[j].getImaginary();
        }
        return parts;
    }

    /** The entries of B, of those of G. */
    private record RealFactor(int dimension, int noises, VectorField factor) implements VectorField {

        @Override
        public void requireWritten(String name, double t, double[] x, int values) {
            factor.requireWritten(name, t, x, 2 * dimension * noises);
        }

        @Override
        public void at(double[] x, double[] out) {
            double[] entries = new double[2 * dimension * noises];
            factor.at(x, entries);
            double root = Math.sqrt(0.5);
            int width = 2 * noises;
            for (int j = 0; j < dimension; j++) {
                for (int k = 0; k < noises; k++) {
                    double real = root * entries[2 * (j * noises + k)];
                    double imaginary = root * entries[2 * (j * noises + k) + 1];
                    int first = 2 * j * width + 2 * k;
                    out[first] = real;
                    out[first + 1] = -imaginary;
                    out[first + width] = imaginary;
                    out[first + width + 1] = real;
                }
            }
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            double[][] entries = new double[2 * dimension * noises][paths];
            factor.atBlock(x, paths, entries);
            double root = Math.sqrt(0.5);
            int width = 2 * noises;
            for (int j = 0; j < dimension; j++) {
                for (int k = 0; k < noises; k++) {
                    double[] real = entries[2 * (j * noises + k)];
                    double[] imaginary = entries[2 * (j * noises + k) + 1];
                    int first = 2 * j * width + 2 * k;
                    for (int p = 0; p < paths; p++) {
                        double g = root * real[p];
                        double h = root * imaginary[p];
                        out[first][p] = g;
                        out[first + 1][p] = -h;
                        out[first + width][p] = h;
                        out[first + width + 1][p] = g;
                    }
                }
            }
        }
    }
}
