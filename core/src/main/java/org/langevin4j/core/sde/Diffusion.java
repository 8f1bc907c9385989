package org.langevin4j.core.sde;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.field.CentralDifferences;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;

/**
 * A diffusion matrix D(x), symmetric and positive semi-definite, d×d, together with a factor B(x), d×m, B Bᵀ = D.
 *
 * <p>It is more than a matrix: solvers ask for its {@link #structure()} and for products with B and D, never for d×d
 * entries unless they need them. A diffusion with m ≪ d costs O(dm) a step.
 *
 * <p>Implementations must be safe for use by several threads at once.
 */
public interface Diffusion {

    /** What is known of the shape of D(x), from the most special to the general. */
    enum Structure {
        /** D(x) = c(x)·I and B = √c·I, m = d. */
        ISOTROPIC,
        /** D(x) diagonal and B its square root, m = d. */
        DIAGONAL,
        /** Nothing beyond D = B Bᵀ. */
        FULL
    }

    /**
     * The dimension of the state.
     *
     * @return d
     */
    int dimension();

    /**
     * The number of independent noises.
     *
     * @return m, the number of columns of B
     */
    int noiseDimension();

    /**
     * The shape of D.
     *
     * @return the most special structure known to hold at every state
     */
    Structure structure();

    /**
     * Whether D and B do not depend on the state (additive noise).
     *
     * @return true if constant
     */
    boolean isConstant();

    /**
     * Whether D and B are functions of the state alone.
     *
     * @return false if they depend on time; they can then be evaluated through {@link #atTime} only
     */
    default boolean isAutonomous() {
        return true;
    }

    /**
     * The diffusion at one time, D(t, ·).
     *
     * @param t time
     * @return an autonomous diffusion; this one if it does not depend on time
     */
    default Diffusion atTime(double t) {
        return this;
    }

    /**
     * Refuses a diffusion that depends on time, for those who study autonomous ones.
     *
     * @param who what is asked of the diffusion
     * @return this diffusion
     * @throws IllegalArgumentException if it depends on time
     */
    default Diffusion requireAutonomous(String who) {
        if (!isAutonomous()) {
            throw new IllegalArgumentException(
                    who + " takes an autonomous diffusion, this one depends on time; freeze it by atTime(t)");
        }
        return this;
    }

    /**
     * Whether a noise has no effect at any state or time: its column of B is zero. It need not be drawn then.
     *
     * @param noise which one, 0 … m − 1
     * @return true if that is known
     */
    default boolean isSilent(int noise) {
        return false;
    }

    /**
     * Computes B(x)ξ; with standard normal ξ the result has covariance D(x).
     *
     * @param x state, length d; not modified
     * @param xi length m; not modified
     * @param out receives B(x)ξ, length d
     */
    void factorTimes(double[] x, double[] xi, double[] out);

    /**
     * Computes B(x)ξ for a block of states, the same bits as {@link #factorTimes}.
     *
     * @param x states, {@code x[i][p]}, d arrays; not modified
     * @param xi noises, {@code xi[k][p]}, m arrays; not modified
     * @param paths number of states in the block
     * @param out receives {@code (B ξ)[i][p]}, d arrays
     */
    default void factorTimesBlock(double[][] x, double[][] xi, int paths, double[][] out) {
        double[] state = new double[dimension()];
        double[] noise = new double[noiseDimension()];
        double[] value = new double[dimension()];
        for (int p = 0; p < paths; p++) {
            for (int i = 0; i < state.length; i++) {
                state[i] = x[i][p];
            }
            for (int k = 0; k < noise.length; k++) {
                noise[k] = xi[k][p];
            }
            factorTimes(state, noise, value);
            for (int i = 0; i < value.length; i++) {
                out[i][p] = value[i];
            }
        }
    }

    /**
     * Refuses, at one state, a diffusion whose function reads or writes beyond its arrays or leaves an entry as it was; in
     * both forms. The default looks at the product with B.
     *
     * @param t time, which matters for a driven diffusion
     * @param x state, length d; not modified
     * @throws IllegalArgumentException with index and dimension if it does
     */
    default void requireWritten(double t, double[] x) {
        double[] xi = new double[noiseDimension()];
        Arrays.fill(xi, 1.0);
        VectorField product = new VectorField() {
            @Override
            public void at(double[] state, double[] out) {
                factorTimes(state, xi, out);
            }

            @Override
            public void atBlock(double[][] states, int paths, double[][] out) {
                double[][] noises = new double[xi.length][paths];
                for (double[] noise : noises) {
                    Arrays.fill(noise, 1.0);
                }
                factorTimesBlock(states, noises, paths, out);
            }
        };
        product.requireWritten("diffusion", t, x, dimension());
    }

    /**
     * Computes D(x)v.
     *
     * @param x state, length d; not modified
     * @param v length d; not modified
     * @param out receives D(x)v, length d
     */
    void times(double[] x, double[] v, double[] out);

    /**
     * Computes all entries of D(x). Only for moderate d: the default asks for d products D(x)eᵢ.
     *
     * @param x state, length d; not modified
     * @param out receives D(x) in row-major order, length d²
     */
    default void matrix(double[] x, double[] out) {
        int d = dimension();
        double[] unit = new double[d];
        double[] column = new double[d];
        for (int j = 0; j < d; j++) {
            unit[j] = 1.0;
            times(x, unit, column);
            unit[j] = 0.0;
            for (int i = 0; i < d; i++) {
                out[i * d + j] = column[i];
            }
        }
    }

    /**
     * The field D(x)⁻¹v(x). Unless D is known to be diagonal, d×d entries are formed and factored, for moderate d.
     *
     * @param v a vector field of d components
     * @return the field; where D(x) is singular it throws an {@link IllegalArgumentException} that names pivot and state
     * @throws IllegalArgumentException if D is constant and singular, or d² entries do not fit into memory
     */
    default VectorField inverseTimes(VectorField v) {
        if (structure() == Structure.FULL) {
            return InverseField.of(dimension(), isConstant(), this::matrix, v);
        }
        double[] ones = new double[dimension()];
        Arrays.fill(ones, 1.0);
        return InverseField.ofDiagonal(ones.length, isConstant(), (x, out) -> times(x, ones, out), v);
    }

    /**
     * Computes the divergence (∇·D)ᵢ = Σⱼ ∂ⱼDᵢⱼ.
     *
     * @param x state, length d; not modified
     * @param out receives (∇·D)(x), length d
     */
    void divergence(double[] x, double[] out);

    /**
     * The vector Σⱼₖ Bⱼₖ ∂ⱼBᵢₖ by which the readings of the noise differ; zero for a constant diffusion. It depends on
     * the factor, not on D alone.
     *
     * @return the field, or empty where the derivative of the factor is not known
     */
    Optional<VectorField> noiseInducedDrift();

    /**
     * The derivative of the factor along a direction.
     *
     * @return the derivative, or empty where it is not known
     */
    default Optional<FactorDerivative> factorDerivative() {
        return Optional.empty();
    }

    /**
     * What is known of the noise term B(x) dW. The default reads it off {@link #isConstant()} and the number of noises;
     * what cannot be read off is declared by {@link #declaring}.
     *
     * @return the most special kind known to hold at every state
     */
    default Noise noise() {
        return isConstant() ? Noise.ADDITIVE : noiseDimension() == 1 ? Noise.SCALAR : Noise.GENERAL;
    }

    /**
     * This diffusion with the knowledge that its noise is of a kind, which holds at every state. Schemes rely on it.
     *
     * @param noise the kind
     * @return the same diffusion that answers {@link #noise()} so
     * @throws IllegalArgumentException if shape or structure exclude that kind
     */
    default Diffusion declaring(Noise noise) {
        return new DeclaredDiffusion(this, noise);
    }

    /**
     * A diffusion that depends on time, D(t, x). Dimension, number of noises, structure and kind of noise are those at t =
     * 0 and must be the same at every time.
     *
     * @param diffusion the autonomous diffusion D(t, ·) of each time t; must be thread-safe
     * @return D(t, x)
     */
    static Diffusion driven(DoubleFunction<? extends Diffusion> diffusion) {
        return new DrivenDiffusion(diffusion);
    }

    /**
     * D = c·I with constant c.
     *
     * @param dimension d ≥ 1
     * @param c not negative
     * @return the diffusion
     * @throws IllegalArgumentException if c is negative or not finite, or d entries do not fit into memory
     */
    static Diffusion isotropic(int dimension, double c) {
        if (!(dimension > 0)) {
            throw new IllegalArgumentException("dimension must be positive, got " + dimension);
        }
        Memory.require("a diagonal of dimension " + dimension, 24.0 * dimension, "smaller dimensions need less");
        double[] entries = new double[dimension];
        Arrays.fill(entries, c);
        return DiagonalDiffusion.constant(entries);
    }

    /**
     * D = c(x)·I, B = √c(x)·I.
     *
     * @param dimension d ≥ 1
     * @param c not negative where it is used; a {@link Potential} brings its gradient, of another function it comes from
     *     central differences, see {@link CentralDifferences}
     * @return the diffusion
     */
    static Diffusion isotropic(int dimension, ScalarField c) {
        return DiagonalDiffusion.isotropic(dimension, c);
    }

    /**
     * A constant diagonal D.
     *
     * @param entries D₁₁ … D_dd, none negative
     * @return the diffusion
     */
    static Diffusion diagonal(double... entries) {
        return DiagonalDiffusion.constant(entries.clone());
    }

    /**
     * A diagonal D(x) that depends on the state; its entries may mix coordinates. Where each depends on its own alone, {@link
     * #declaring} {@link Noise#DIAGONAL} opens schemes of higher order.
     *
     * @param dimension d
     * @param entries writes D₁₁ … D_dd, none negative where it is used; a {@link DifferentiableField} brings its
     *     Jacobian, of another field it comes from central differences, see {@link CentralDifferences}. A block form
     *     is used for blocks
     * @return the diffusion
     */
    static Diffusion diagonal(int dimension, VectorField entries) {
        return DiagonalDiffusion.of(dimension, entries);
    }

    /**
     * A diagonal D(x) that depends on the state.
     *
     * @param dimension d
     * @param entries the d diagonal entries of D, differentiated automatically; none may be negative where it is used
     * @return the diffusion
     */
    static Diffusion automaticDiagonal(int dimension, Function<Gradient[], Gradient[]> entries) {
        return DiagonalDiffusion.of(dimension, DifferentiableField.automatic(entries));
    }

    /**
     * A constant D given by its entries; factored once by its eigenvectors, so that a singular D has m = rank noises.
     *
     * @param d symmetric positive semi-definite matrix, of moderate size
     * @return the diffusion
     * @throws IllegalArgumentException if d is not square, finite, symmetric and positive semi-definite
     */
    static Diffusion constant(RealMatrix d) {
        return ConstantDiffusion.ofMatrix(d);
    }

    /**
     * A constant D = B Bᵀ given by its factor; d×d is never formed.
     *
     * @param factor B, d×m
     * @return the diffusion
     */
    static Diffusion constantFactor(RealMatrix factor) {
        return new ConstantDiffusion(LinearField.of(factor));
    }

    /**
     * A state-dependent D(x) = B(x) B(x)ᵀ given by its factor in plain doubles:
     *
     * <pre>{@code
     * Diffusion noise = Diffusion.factor(2, 1, (x, out) -> {
     *     out[0] = 0.0;
     *     out[1] = 0.3 * x[1];
     * });
     * }</pre>
     *
     * <p>∇·D, the noise-induced drift and the derivative of B follow from the Jacobian of its entries: exactly if B is a
     * {@link DifferentiableField}, such as {@code DifferentiableField.of(entries, jacobian)} where the Jacobian has ∂ⱼBᵢₖ
     * at (i·m + k)·d + j; otherwise by central differences of the entries, whose error is stated in {@link
     * CentralDifferences}. If B has a block form, blocks are computed by it.
     *
     * @param dimension d
     * @param noiseDimension m
     * @param factor writes the d·m entries of B(x) in row-major order, Bᵢₖ at i·m + k; all of them
     * @return the diffusion
     * @throws IllegalArgumentException if the field is known to have another shape
     */
    static Diffusion factor(int dimension, int noiseDimension, VectorField factor) {
        return FactorDiffusion.of(dimension, noiseDimension, factor);
    }

    /**
     * A state-dependent D(x) = B(x) B(x)ᵀ given by its factor. Both ∇·D and the noise-induced drift follow by automatic
     * differentiation.
     *
     * @param dimension d
     * @param noiseDimension m
     * @param factor the d×m entries of B(x)
     * @return the diffusion
     */
    static Diffusion automaticFactor(int dimension, int noiseDimension, Function<Gradient[], Gradient[][]> factor) {
        return FactorDiffusion.automatic(dimension, noiseDimension, factor);
    }

    /**
     * A state-dependent D(x) given by its entries and divergence, see {@link MatrixField#of(int, VectorField)} for
     * entries alone. B is computed where it is needed: Cholesky's factor without exchanges, or where D is so nearly
     * singular that this loses its digits the symmetric root √D. Of eigenvalues within rounding of zero, 10⁻¹³·d of the scale of
     * D, negative ones count as zeros. A known factor given to {@link #factor} is faster, and can be singular in any way.
     *
     * @param field D, symmetric
     * @return the diffusion; a product with B at a state where D is not positive semi-definite is refused with its
     *     smallest eigenvalue
     */
    static Diffusion of(MatrixField field) {
        return new MatrixDiffusion(field);
    }
}
