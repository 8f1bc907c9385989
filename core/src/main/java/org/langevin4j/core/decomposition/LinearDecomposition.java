package org.langevin4j.core.decomposition;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.util.FastMath;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.LyapunovEquation;
import org.langevin4j.core.linear.LyapunovEquation.Symmetry;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Temperature;

/**
 * The decomposition of a linear system dx = −Fx dt + √(2β⁻¹D) dW (Chaudhari and Soatto 2018, Lemma 20, eqs. (15), (16); Kwon, Ao and
 * Thouless 2005):
 *
 * <pre>F = (D + Q) U,   F Q + Q Fᵀ = F D − D Fᵀ,   Qᵀ = −Q,   Uᵀ = U,   Φ(x) = ½ xᵀUx.</pre>
 *
 * <p><b>When it exists.</b> Q is unique if and only if λᵢ + λⱼ ≠ 0 for every two eigenvalues i ≠ j of F; otherwise a
 * {@link ResonanceException} names two that cancel. Lemma 20 does not state this condition. Stable points, saddles and
 * maxima are all covered: U has as many positive and negative eigenvalues as F has with positive and negative real part
 * (the inertia theorem of Ostrowski and Schneider 1962, and Chen and Wimmer 1973 for singular D). A stationary density
 * e^(−βΦ) exists only where F is stable, all real parts positive; then its covariance is β⁻¹U⁻¹.
 *
 * <p><b>Singular D.</b> Noise acts on the reachable subspace R = im D + F im D + F² im D + …, which F maps to itself; let P
 * be an orthonormal basis of it. On R the matrix D + Q is always regular: a vector x with (D + Q)x = 0 has Dx = Qx = 0, so
 * that by (D + Q)Fᵀ = F(D + Q)ᵀ also (D + Q)Fᵀx = 0, and all Fᵀᵏx would be in the kernel of D. If R is the whole space, as
 * for Langevin's equation with inertia, Q and U are as ever although D is singular. If it is not, Q is zero off R (the
 * solution of least norm), U = (D + Q)⁺ F PPᵀ, and F = (D + Q)U holds on R; the motion across R has no noise. Uniqueness
 * then asks for λᵢ + λⱼ ≠ 0 on R only. In some directions of R noise may be so weak that rounding hides it; where F is
 * stable these, told by their stationary variance, are left out of U as well.
 *
 * <p><b>Scale.</b> F and D are brought to one size by powers of two before anything is computed: F times 2ᵏ gives the bits of
 * F, and so does D. Units in which U is beyond the numbers are refused.
 *
 * <p>Q comes from the Schur form of F (Bartels and Stewart 1972), or from its eigenvectors if it is exactly symmetric:
 * (VᵀQV)ᵢⱼ = (VᵀDV)ᵢⱼ(λᵢ − λⱼ)/(λᵢ + λⱼ). The condition is computed when first asked for, and kept.
 * How far the system is from equilibrium says {@link LinearIrreversibility}. All
 * matrices returned are the decomposition's own: do not change them. Safe for use by several threads.
 */
public final class LinearDecomposition {

    private final LinearSystem system;
    private final LinearAlgebra algebra;

    /** F, D, Q and U on the reachable subspace, in the units of the system. */
    private final RealMatrix fInside;

    private final RealMatrix dInside;
    private final RealMatrix qInside;
    private final RealMatrix uInside;
    private final LyapunovEquation equation;
    private final Complex[] eigenvalues;
    private final Optional<Resonance> closest;
    private final double asymmetry;
    private final RealMatrix q;
    private final RealMatrix u;
    private final double sylvesterResidual;
    private final double productResidual;
    private final double detailedBalanceDefect;

    private @Nullable Eigenpairs eigenOfCovariance;
    private @Nullable Double condition;

    private LinearDecomposition(LinearSystem system) {
        this.system = system;
        this.algebra = system.algebra;
        RealMatrix f = system.f;
        RealMatrix d = system.d;
        boolean projected = system.basis.isPresent();
        fInside = system.inside(f, MatrixUtils.isSymmetric(f, 0.0));
        dInside = system.inside(d, true);
        equation = LyapunovEquation.of(fInside, algebra);
        Complex[] onSubspace = equation.eigenvalues();
        eigenvalues = projected ? algebra.eigenvalues(f) : onSubspace;
        closest = Resonance.closest(onSubspace);
        double threshold = system.rounding();
        closest.filter(pair -> !(pair.distance() > threshold)).ifPresent(pair -> {
            throw new ResonanceException(
                    pair.scaled(system.exponentOfF), FastMath.scalb(threshold, system.exponentOfF));
        });
        RealMatrix fd = algebra.multiply(fInside, dInside);
        RealMatrix defect = fd.subtract(fd.transpose());
        detailedBalanceDefect = LinearSystem.ratio(defect, fd);
        qInside = equation.solve(defect, Symmetry.ANTISYMMETRIC);
        boolean hidden = system.rankOfD < system.dimension() && isStable() && rankOfCovariance() < reachableDimension();
        RealMatrix raw = hidden ? inverseOfCovariance() : algebra.solve(dInside.add(qInside), fInside);
        asymmetry = LinearSystem.ratio(raw.subtract(raw.transpose()), raw);
        uInside = raw.add(raw.transpose()).scalarMultiply(0.5);
        RealMatrix wholeQ = system.outside(qInside, -1.0);
        RealMatrix wholeU = system.outside(uInside, 1.0);
        RealMatrix fullFd = projected ? algebra.multiply(f, d) : fd;
        RealMatrix fq = algebra.multiply(f, wholeQ);
        // (FQ)ᵀ = −QFᵀ.
        sylvesterResidual =
                LinearSystem.ratio(fq.subtract(fq.transpose()).subtract(fullFd).add(fullFd.transpose()), fullFd);
        RealMatrix product = algebra.multiply(d.add(wholeQ), wholeU);
        Optional<RealMatrix> image =
                hidden ? Optional.of(algebra.multiply(reachableBasis(), rootOfCovariance(0.0))) : system.basis;
        RealMatrix onR = image.map(p -> algebra.multiply(algebra.multiply(f, p), p.transpose()))
                .orElse(f);
        productResidual = LinearSystem.ratio(product.subtract(onR), f);
        q = LinearSystem.inUnits("Q", wholeQ, system.exponentOfD, false);
        u = LinearSystem.inUnits("U", wholeU, system.exponentOfF - system.exponentOfD, true);
    }

    /**
     * The decomposition of a system. Eigenvalues of D below d·2⁻⁵² of the largest count as zero.
     *
     * @param f F, d×d, finite, not zero; the drift is b = −Fx. Copied
     * @param d D, d×d, finite, symmetric to 1e-12, positive semi-definite, not zero. Copied
     * @return the decomposition
     * @throws ResonanceException if two eigenvalues of F cancel
     * @throws IllegalArgumentException if F or D is not what it must be
     * @throws ArithmeticException if the iteration for the eigenvalues does not converge
     */
    public static LinearDecomposition of(RealMatrix f, RealMatrix d) {
        return of(f, d, f.getRowDimension() * LinearSystem.EPSILON, LinearAlgebra.forOrder(f.getRowDimension()));
    }

    /**
     * The decomposition of a system, with all choices.
     *
     * @param f F, d×d, finite, not zero; the drift is b = −Fx. Copied
     * @param d D, d×d, finite, symmetric to 1e-12, positive semi-definite, not zero. Copied
     * @param rankTolerance what counts as zero: eigenvalues of D relative to the largest, and steps out of a subspace
     *     relative to ‖F‖; in (0, 1)
     * @param algebra who computes
     * @return the decomposition
     * @throws ResonanceException if two eigenvalues of F cancel
     * @throws IllegalArgumentException if F or D is not what it must be
     * @throws ArithmeticException if the iteration for the eigenvalues does not converge
     */
    public static LinearDecomposition of(RealMatrix f, RealMatrix d, double rankTolerance, LinearAlgebra algebra) {
        return new LinearDecomposition(LinearSystem.of(f, d, rankTolerance, algebra));
    }

    /** What it was computed from, and in which units. */
    LinearSystem system() {
        return system;
    }

    /** U on the reachable subspace, in the units of the system. */
    RealMatrix uInside() {
        return uInside;
    }

    /** Q on the reachable subspace, in the units of the system. */
    RealMatrix qInside() {
        return qInside;
    }

    /**
     * The dimension of the system.
     *
     * @return d
     */
    public int dimension() {
        return system.dimension();
    }

    /**
     * Who computed, such as "pure Java".
     *
     * @return the name of the linear algebra
     */
    public String computedBy() {
        return algebra.name();
    }

    /**
     * The drift matrix.
     *
     * @return F
     */
    public RealMatrix driftMatrix() {
        return system.givenF;
    }

    /**
     * The diffusion matrix.
     *
     * @return D
     */
    public RealMatrix diffusionMatrix() {
        return system.givenD;
    }

    /**
     * The antisymmetric part of D + Q.
     *
     * @return Q
     */
    public RealMatrix q() {
        return q;
    }

    /**
     * The Hessian of the potential Φ = ½xᵀUx.
     *
     * @return U, symmetric
     */
    public RealMatrix u() {
        return u;
    }

    /**
     * How well Q solves its equation, computed from F, D and Q as they are.
     *
     * @return ‖FQ + QFᵀ − FD + DFᵀ‖ / ‖FD‖, Frobenius norms
     */
    public double sylvesterResidual() {
        return sylvesterResidual;
    }

    /**
     * How well F is recovered, computed from F, D, Q and U as they are.
     *
     * @return ‖FPPᵀ − (D + Q)U‖ / ‖F‖, Frobenius norms, where PPᵀ projects to the image of U: the reachable subspace, but
     *     for directions in which noise is lost in rounding
     */
    public double productResidual() {
        return productResidual;
    }

    /**
     * How far (D + Q)⁻¹F was from symmetric before its symmetric part was taken.
     *
     * @return ‖U − Uᵀ‖ / ‖U‖, Frobenius norms
     */
    public double asymmetry() {
        return asymmetry;
    }

    /**
     * The condition of the equation for Q on the reachable subspace, 2‖T‖₁/sep, where T is the Schur form of F and 1/sep an
     * estimate from below of the 1-norm of the inverse operator, see {@link LyapunovEquation#antisymmetricCondition}.
     * Computed when first asked for, with some six triangular solutions.
     *
     * @return the estimate; Q is relatively wrong by about this times 10⁻¹⁶
     */
    public synchronized double condition() {
        if (condition == null) {
            condition = equation.antisymmetricCondition();
        }
        return condition;
    }

    /**
     * The eigenvalues of F.
     *
     * @return a new array of length d, by falling real part; of a pair that with the positive imaginary part first
     */
    public Complex[] eigenvalues() {
        return Arrays.stream(eigenvalues)
                .map(z -> Resonance.scaled(z, system.exponentOfF))
                .toArray(Complex[]::new);
    }

    /**
     * The two eigenvalues of F on the reachable subspace that come closest to cancelling.
     *
     * @return λᵢ and λⱼ with the least |λᵢ + λⱼ|, i ≠ j; empty if there is but one eigenvalue
     */
    public Optional<Resonance> closestToResonance() {
        return closest.map(pair -> pair.scaled(system.exponentOfF));
    }

    /**
     * The numerical rank of D.
     *
     * @return how many eigenvalues count as positive
     */
    public int rankOfD() {
        return system.rankOfD;
    }

    /**
     * The dimension of the reachable subspace, on which U lives.
     *
     * @return r, from 1 to d
     */
    public int reachableDimension() {
        return fInside.getRowDimension();
    }

    /**
     * An orthonormal basis of the reachable subspace.
     *
     * @return P, d×r; the unit matrix if r = d
     */
    public RealMatrix reachableBasis() {
        return system.reachableBasis();
    }

    /**
     * The inertia of F on the reachable subspace.
     *
     * @return how many of its eigenvalues have positive, negative and zero real part
     */
    public Inertia inertiaOfF() {
        double[] real = Arrays.stream(equation.eigenvalues())
                .mapToDouble(Complex::getReal)
                .toArray();
        return Inertia.of(real, system.rounding());
    }

    /**
     * The inertia of U on the reachable subspace, from its own eigenvalues; in exact arithmetic that of F.
     *
     * @return how many of its eigenvalues are positive, negative and zero
     */
    public Inertia inertiaOfU() {
        double[] values = algebra.symmetricEigenvalues(uInside);
        double size = FastMath.max(FastMath.abs(values[0]), FastMath.abs(values[values.length - 1]));
        return Inertia.of(values, values.length * LinearSystem.EPSILON * size);
    }

    /**
     * The eigenvalue of F with the least real part, which decides over stability.
     *
     * @return λ
     */
    public Complex leastStable() {
        return Resonance.scaled(leastStableInside(), system.exponentOfF);
    }

    private Complex leastStableInside() {
        return Arrays.stream(eigenvalues)
                .min(Comparator.comparingDouble(Complex::getReal))
                .orElseThrow();
    }

    /**
     * Whether a stationary distribution exists.
     *
     * @return whether all eigenvalues of F have a positive real part, beyond rounding
     */
    public boolean isStable() {
        return leastStableInside().getReal() > system.rounding();
    }

    /**
     * Whether there is a stationary distribution, in words.
     *
     * @return a sentence that names the eigenvalue on which it depends
     */
    public String stability() {
        String eigenvalue = Resonance.text(leastStable());
        return isStable()
                ? "F is stable (least stable eigenvalue " + eigenvalue + "): the stationary law is Gaussian with"
                        + " covariance β⁻¹U⁻¹"
                : "F has the eigenvalue " + eigenvalue
                        + ", whose real part is not positive: there is no stationary law," + " although Q and U exist";
    }

    /**
     * The covariance of the stationary distribution, from FΣ + ΣFᵀ = 2β⁻¹D; it is β⁻¹U⁻¹ on the reachable subspace and
     * zero across it.
     *
     * @param temperature β⁻¹
     * @return Σ, or empty if F is not stable, see {@link #stability}
     */
    public Optional<RealMatrix> stationaryCovariance(Temperature temperature) {
        temperature.requireConstant("LinearDecomposition.stationaryCovariance");
        if (!isStable()) {
            return Optional.empty();
        }
        RealMatrix inside = covarianceInside().scalarMultiply(temperature.value());
        return Optional.of(
                LinearSystem.inUnits("Σ", system.outside(inside, 1.0), system.exponentOfD - system.exponentOfF, true));
    }

    /** At β = 1, on the reachable subspace. */
    private RealMatrix covarianceInside() {
        return equation.solve(dInside.scalarMultiply(2.0), Symmetry.SYMMETRIC);
    }

    private synchronized Eigenpairs eigenOfCovariance() {
        if (eigenOfCovariance == null) {
            eigenOfCovariance = algebra.symmetricEigen(covarianceInside());
        }
        return eigenOfCovariance;
    }

    /**
     * The number of directions in which the stationary variance counts as positive. On the reachable subspace all do in
     * exact arithmetic; rounding hides those in which it is least.
     *
     * @return from 1 to r; 0 if F is not stable
     */
    public int rankOfCovariance() {
        if (!isStable()) {
            return 0;
        }
        double[] variances = eigenOfCovariance().values();
        double cut = system.tolerance * variances[0];
        return (int) Arrays.stream(variances).filter(value -> value > cut).count();
    }

    /** The pseudo-inverse of U⁻¹ on its numerical image. */
    private RealMatrix inverseOfCovariance() {
        RealMatrix root = rootOfCovariance(-0.5);
        return algebra.multiply(root, root.transpose());
    }

    /** Columns sₖ^power·wₖ for the leading eigenvalues sₖ and eigenvectors wₖ of U⁻¹, on its numerical image. */
    RealMatrix rootOfCovariance(double power) {
        int rank = rankOfCovariance();
        double[][] columns = eigenOfCovariance().leadingVectors(rank);
        for (int k = 0; k < rank; k++) {
            double scale = FastMath.pow(eigenOfCovariance().value(k), power);
            for (int i = 0; i < columns[k].length; i++) {
                columns[k][i] *= scale;
            }
        }
        return new Array2DRowRealMatrix(columns, false).transpose();
    }

    /**
     * How far the system is from detailed balance; for a symmetric F the commutator ‖FD − DF‖/‖FD‖.
     *
     * @return ‖FD − DFᵀ‖ / ‖FD‖, Frobenius norms, from 0 to 2
     */
    public double detailedBalanceDefect() {
        return detailedBalanceDefect;
    }

    /**
     * The same system as fields: constant D and Q, Φ(x) = ½xᵀUx.
     *
     * @return the decomposition; where D does not reach all dimensions, that of the motion on the reachable subspace
     */
    public Decomposition toDecomposition() {
        LinearField gradient = LinearField.of(u);
        Potential potential = Potential.of(
                x -> {
                    double[] g = new double[x.length];
                    gradient.at(x, g);
                    return 0.5 * Vectors.dot(x, g);
                },
                gradient);
        double[][] factor = system.eigenOfD.leadingVectors(system.rankOfD);
        for (int k = 0; k < factor.length; k++) {
            // √2ᵇ by halves, of which each is a number.
            int half = system.exponentOfD >> 1;
            double odd = system.exponentOfD - 2 * half == 0 ? 1.0 : 2.0;
            double scale = FastMath.scalb(FastMath.sqrt(odd * system.eigenOfD.value(k)), half);
            for (int i = 0; i < factor[k].length; i++) {
                factor[k][i] *= scale;
            }
        }
        return new Decomposition(
                potential,
                Diffusion.constantFactor(new Array2DRowRealMatrix(factor, false).transpose()),
                AntisymmetricField.constant(q));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "F = (D + Q)U of order %d, rank of D %d: %s; residuals %.2g (Sylvester), %.2g (product)",
                dimension(),
                rankOfD(),
                stability(),
                sylvesterResidual,
                productResidual);
    }
}
