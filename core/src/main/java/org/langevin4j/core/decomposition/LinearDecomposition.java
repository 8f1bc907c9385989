package org.langevin4j.core.decomposition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.util.FastMath;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.LyapunovEquation;
import org.langevin4j.core.linear.LyapunovEquation.Symmetry;
import org.langevin4j.core.linear.RealSchur;
import org.langevin4j.core.linear.SymmetricEigen;
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
 * <p><b>Irreversibility.</b> The stationary current is j(x)ρˢˢ with j = −QUx. In the coordinates y = U^½x, in which
 * ρˢˢ is isotropic, ẏ = −Ay with A = U^½QU^½, which is antisymmetric: its eigenvalues are pairs ±iω, its real Schur form
 * consists of 2×2 blocks, and in the plane of each the current turns at the rate ω along circles of y, which are ellipses
 * Φ = const of x. Detailed balance is FD = DFᵀ.
 *
 * <p>Q comes from the Schur form of F (Bartels and Stewart 1972), or from its eigenvectors if it is exactly symmetric:
 * (VᵀQV)ᵢⱼ = (VᵀDV)ᵢⱼ(λᵢ − λⱼ)/(λᵢ + λⱼ). The condition and the planes are computed when first asked for, and kept. All
 * matrices returned are the decomposition's own: do not change them. Safe for use by several threads.
 */
public final class LinearDecomposition {

    /** Asymmetry of D up to this fraction of its largest entry is rounding. */
    private static final double ASYMMETRY = 1e-12;

    private static final double EPSILON = 0x1p-52;

    /** Components of the current outside of im D up to this fraction are rounding. */
    private static final double OUTSIDE = 1e-9;

    private final LinearAlgebra algebra;
    private final RealMatrix f;
    private final RealMatrix d;
    private final double tolerance;
    private final SymmetricEigen eigenOfD;
    private final int rankOfD;

    /** Of the reachable subspace, d×r; none if that is the whole space. */
    private final Optional<RealMatrix> basis;

    /** F, D, Q and U on the reachable subspace. */
    private final RealMatrix fInside;

    private final RealMatrix dInside;
    private final RealMatrix qInside;
    private final RealMatrix uInside;
    private final LyapunovEquation equation;
    private final Complex[] eigenvalues;
    private final Optional<EigenvaluePair> closestPair;
    private final double asymmetry;
    private final RealMatrix q;
    private final RealMatrix u;
    private final double sylvesterResidual;
    private final double productResidual;
    private final double detailedBalanceDefect;

    private @Nullable SymmetricEigen eigenOfCovariance;
    private @Nullable Double condition;
    private @Nullable List<RotationPlane> planes;

    private LinearDecomposition(RealMatrix f, RealMatrix d, double tolerance, LinearAlgebra algebra) {
        this.f = f;
        this.d = d;
        this.tolerance = tolerance;
        this.algebra = algebra;
        int n = f.getRowDimension();
        eigenOfD = algebra.symmetricEigen(d);
        double[] noise = eigenOfD.values();
        double largest = noise[n - 1];
        if (!(largest > 0.0)) {
            throw new IllegalArgumentException("diffusion must not be zero, its largest eigenvalue is " + largest);
        }
        double cut = tolerance * largest;
        if (!(noise[0] >= -cut)) {
            throw new IllegalArgumentException("diffusion must be positive semi-definite, its eigenvalues run from "
                    + noise[0] + " to " + largest);
        }
        rankOfD = (int) Arrays.stream(noise).filter(value -> value > cut).count();
        basis = rankOfD == n
                ? Optional.empty()
                : Optional.of(ReachableSubspace.basis(
                                f, columns(eigenOfD.vectors(), n - rankOfD, n), tolerance, algebra))
                        .filter(p -> p.getColumnDimension() < n);
        boolean symmetric = MatrixUtils.isSymmetric(f, 0.0);
        fInside = basis.map(p -> inside(p, f, symmetric)).orElse(f);
        dInside = basis.map(p -> inside(p, d, true)).orElse(d);
        equation = LyapunovEquation.of(fInside, algebra);
        Complex[] onSubspace = equation.eigenvalues();
        eigenvalues = basis.isPresent() ? algebra.schur(f).eigenvalues() : onSubspace;
        closestPair = closestPair(onSubspace);
        double threshold = n * EPSILON * f.getFrobeniusNorm();
        closestPair.filter(pair -> !(pair.distance() > threshold)).ifPresent(pair -> {
            throw new ResonanceException(pair, threshold);
        });
        RealMatrix fd = algebra.multiply(fInside, dInside);
        RealMatrix defect = fd.subtract(fd.transpose());
        detailedBalanceDefect = ratio(defect, fd);
        qInside = equation.solve(defect, Symmetry.ANTISYMMETRIC);
        boolean hidden = rankOfD < n && isStable() && rankOfCovariance() < reachableDimension();
        RealMatrix raw = hidden ? inverseOfCovariance() : algebra.solve(dInside.add(qInside), fInside);
        asymmetry = ratio(raw.subtract(raw.transpose()), raw);
        uInside = raw.add(raw.transpose()).scalarMultiply(0.5);
        q = basis.map(p -> outside(p, qInside, -1.0)).orElse(qInside);
        u = basis.map(p -> outside(p, uInside, 1.0)).orElse(uInside);
        RealMatrix fullFd = basis.isPresent() ? algebra.multiply(f, d) : fd;
        RealMatrix fq = algebra.multiply(f, q);
        // (FQ)ᵀ = −QFᵀ.
        sylvesterResidual = ratio(fq.subtract(fq.transpose()).subtract(fullFd).add(fullFd.transpose()), fullFd);
        RealMatrix product = algebra.multiply(d.add(q), u);
        Optional<RealMatrix> image =
                hidden ? Optional.of(algebra.multiply(reachableBasis(), rootOfCovariance(0.0))) : basis;
        RealMatrix onR = image.map(p -> algebra.multiply(algebra.multiply(f, p), p.transpose()))
                .orElse(f);
        productResidual = ratio(product.subtract(onR), f);
    }

    private static double ratio(RealMatrix difference, RealMatrix whole) {
        double norm = difference.getFrobeniusNorm();
        return norm == 0.0 ? 0.0 : norm / whole.getFrobeniusNorm();
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
        return of(f, d, f.getRowDimension() * EPSILON, LinearAlgebra.forOrder(f.getRowDimension()));
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
        Objects.requireNonNull(algebra, "algebra");
        if (!(rankTolerance > 0.0 && rankTolerance < 1.0)) {
            throw new IllegalArgumentException("rankTolerance must be between 0 and 1, got " + rankTolerance);
        }
        requireSquare("drift matrix", f);
        requireSquare("diffusion", d);
        int n = f.getRowDimension();
        if (d.getRowDimension() != n) {
            throw new IllegalArgumentException("diffusion must be " + n + "×" + n + " as the drift matrix is, got "
                    + d.getRowDimension() + "×" + d.getColumnDimension());
        }
        if (largestEntry("drift matrix", "F", f) == 0.0) {
            throw new IllegalArgumentException("drift matrix must not be zero");
        }
        return new LinearDecomposition(
                new Array2DRowRealMatrix(f.getData(), false), symmetric(d), rankTolerance, algebra);
    }

    private static void requireSquare(String name, RealMatrix matrix) {
        if (matrix.getRowDimension() != matrix.getColumnDimension()) {
            throw new IllegalArgumentException(
                    name + " must be square, got " + matrix.getRowDimension() + "×" + matrix.getColumnDimension());
        }
    }

    private static double largestEntry(String name, String symbol, RealMatrix matrix) {
        double largest = 0.0;
        for (int i = 0; i < matrix.getRowDimension(); i++) {
            for (int j = 0; j < matrix.getColumnDimension(); j++) {
                double entry = matrix.getEntry(i, j);
                if (!(FastMath.abs(entry) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException(
                            name + " must be finite, got " + symbol + "[" + i + "][" + j + "] = " + entry);
                }
                largest = FastMath.max(largest, FastMath.abs(entry));
            }
        }
        return largest;
    }

    private static RealMatrix symmetric(RealMatrix d) {
        double largest = largestEntry("diffusion", "D", d);
        double[][] rows = d.getData();
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < i; j++) {
                if (!(FastMath.abs(rows[i][j] - rows[j][i]) <= ASYMMETRY * largest)) {
                    throw new IllegalArgumentException("diffusion must be symmetric, got D[" + i + "][" + j + "] = "
                            + rows[i][j] + " and D[" + j + "][" + i + "] = " + rows[j][i]);
                }
                rows[i][j] = 0.5 * (rows[i][j] + rows[j][i]);
                rows[j][i] = rows[i][j];
            }
        }
        return new Array2DRowRealMatrix(rows, false);
    }

    /** Columns of a matrix, as arrays. */
    private static double[][] columns(RealMatrix matrix, int from, int to) {
        double[][] columns = new double[to - from][];
        for (int k = from; k < to; k++) {
            columns[k - from] = matrix.getColumn(k);
        }
        return columns;
    }

    private RealMatrix inside(RealMatrix p, RealMatrix matrix, boolean symmetric) {
        RealMatrix product = algebra.multiply(p.transpose(), algebra.multiply(matrix, p));
        return symmetric ? product.add(product.transpose()).scalarMultiply(0.5) : product;
    }

    private RealMatrix outside(RealMatrix p, RealMatrix matrix, double sign) {
        RealMatrix product = algebra.multiply(p, algebra.multiply(matrix, p.transpose()));
        return product.add(product.transpose().scalarMultiply(sign)).scalarMultiply(0.5);
    }

    private static Optional<EigenvaluePair> closestPair(Complex[] values) {
        int n = values.length;
        int first = 0;
        int second = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            double real = values[i].getReal();
            double imaginary = values[i].getImaginary();
            for (int j = i + 1; j < n; j++) {
                double x = real + values[j].getReal();
                double y = imaginary + values[j].getImaginary();
                double square = x * x + y * y;
                if (square < least) {
                    least = square;
                    first = i;
                    second = j;
                }
            }
        }
        return n < 2 ? Optional.empty() : Optional.of(new EigenvaluePair(values[first], values[second]));
    }

    /**
     * The dimension of the system.
     *
     * @return d
     */
    public int dimension() {
        return f.getRowDimension();
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
        return f;
    }

    /**
     * The diffusion matrix.
     *
     * @return D
     */
    public RealMatrix diffusionMatrix() {
        return d;
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
     * @return a new array of length d
     */
    public Complex[] eigenvalues() {
        return eigenvalues.clone();
    }

    /**
     * The two eigenvalues of F on the reachable subspace that come closest to cancelling.
     *
     * @return λᵢ and λⱼ with the least |λᵢ + λⱼ|, i ≠ j; empty if there is but one eigenvalue
     */
    public Optional<EigenvaluePair> closestPair() {
        return closestPair;
    }

    /**
     * The numerical rank of D.
     *
     * @return how many eigenvalues count as positive
     */
    public int rankOfD() {
        return rankOfD;
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
        return basis.orElseGet(() -> MatrixUtils.createRealIdentityMatrix(dimension()));
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
        return Inertia.of(real, rounding());
    }

    /**
     * The inertia of U on the reachable subspace, from its own eigenvalues; in exact arithmetic that of F.
     *
     * @return how many of its eigenvalues are positive, negative and zero
     */
    public Inertia inertiaOfU() {
        double[] values = algebra.symmetricEigen(uInside).values();
        double size = FastMath.max(FastMath.abs(values[0]), FastMath.abs(values[values.length - 1]));
        return Inertia.of(values, values.length * EPSILON * size);
    }

    private double rounding() {
        return dimension() * EPSILON * f.getFrobeniusNorm();
    }

    /**
     * The eigenvalue of F with the least real part, which decides over stability.
     *
     * @return λ
     */
    public Complex leastStable() {
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
        return leastStable().getReal() > rounding();
    }

    /**
     * Whether there is a stationary distribution, in words.
     *
     * @return a sentence that names the eigenvalue on which it depends
     */
    public String stability() {
        String eigenvalue = EigenvaluePair.text(leastStable());
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
        return Optional.of(basis.map(p -> outside(p, inside, 1.0)).orElse(inside));
    }

    /** At β = 1, on the reachable subspace. */
    private RealMatrix covarianceInside() {
        return equation.solve(dInside.scalarMultiply(2.0), Symmetry.SYMMETRIC);
    }

    private synchronized SymmetricEigen eigenOfCovariance() {
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
        double cut = tolerance * variances[variances.length - 1];
        return (int) Arrays.stream(variances).filter(value -> value > cut).count();
    }

    /** The pseudo-inverse of U⁻¹ on its numerical image. */
    private RealMatrix inverseOfCovariance() {
        RealMatrix root = rootOfCovariance(-0.5);
        return algebra.multiply(root, root.transpose());
    }

    /** Columns sₖ^power·wₖ for the leading eigenvalues sₖ and eigenvectors wₖ of U⁻¹, on its numerical image. */
    private RealMatrix rootOfCovariance(double power) {
        double[] variances = eigenOfCovariance().values();
        int rank = rankOfCovariance();
        double[][] columns = columns(eigenOfCovariance().vectors(), variances.length - rank, variances.length);
        for (int k = 0; k < rank; k++) {
            double scale = FastMath.pow(variances[variances.length - rank + k], power);
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
     * The rate of entropy production in the stationary state, all coordinates being even under time reversal:
     * β∫jᵀD⁻¹j ρˢˢdx = tr(D⁻¹QUQᵀ). It does not depend on β. If j leaves the image of a singular D the paths and their
     * reversals have no density with respect to each other, and the rate is infinite; so it is for Langevin's equation
     * with inertia, where velocities are odd and this is not the physical one.
     *
     * @return nats per unit of time, or empty if F is not stable
     */
    public OptionalDouble entropyProductionRate() {
        double[] rates = entropyProductionByDirection();
        if (rates.length == 0) {
            return OptionalDouble.empty();
        }
        return rankOfD < reachableDimension() && currentOutsideOfNoise() > OUTSIDE
                ? OptionalDouble.of(Double.POSITIVE_INFINITY)
                : OptionalDouble.of(Arrays.stream(rates).sum());
    }

    /**
     * The part of ‖QU‖ outside of the image of D, where the current meets no noise.
     *
     * @return from 0 to 1; 0 if there is no current
     */
    public double currentOutsideOfNoise() {
        RealMatrix current = algebra.multiply(q, u);
        double whole = current.getFrobeniusNorm();
        if (whole == 0.0 || rankOfD == dimension()) {
            return 0.0;
        }
        RealMatrix kernel =
                new Array2DRowRealMatrix(columns(eigenOfD.vectors(), 0, dimension() - rankOfD), false).copy();
        return algebra.multiply(kernel, current).getFrobeniusNorm() / whole;
    }

    /**
     * The terms vₖᵀQUQᵀvₖ/dₖ of the entropy production rate for the positive eigenvalues dₖ of D with eigenvectors vₖ.
     * None is negative: sums over the larger dₖ are bounds from below.
     *
     * @return one for each positive eigenvalue of D in descending order, nats per unit of time; empty if F is not stable
     */
    public double[] entropyProductionByDirection() {
        if (!isStable()) {
            return new double[0];
        }
        int n = dimension();
        double[] noise = eigenOfD.values();
        RealMatrix rotated = new Array2DRowRealMatrix(columns(eigenOfD.vectors(), n - rankOfD, n), false);
        // Rows of VᵀQ, and those times U^½ on the reachable subspace.
        RealMatrix onR = basis.map(p -> algebra.multiply(algebra.multiply(rotated, q), p))
                .orElseGet(() -> algebra.multiply(rotated, q));
        RealMatrix whitened = algebra.multiply(onR, rootOfCovariance(-0.5));
        double[] rates = new double[rankOfD];
        for (int k = 0; k < rankOfD; k++) {
            double sum = 0.0;
            for (double entry : whitened.getRow(rankOfD - 1 - k)) {
                sum += entry * entry;
            }
            rates[k] = sum / noise[n - 1 - k];
        }
        return rates;
    }

    /**
     * The planes in which the stationary current turns, from the real Schur form of U^½QU^½, where U⁻¹ is the covariance
     * at β = 1. They are conjugate to each other, aᵀUa′ = 0. Directions whose variance counts as zero, see {@link
     * #rankOfCovariance}, are left out.
     *
     * @return half as many planes as directions at most, the fastest first; empty if F is not stable, where there are no
     *     ellipses
     */
    public synchronized List<RotationPlane> rotationPlanes() {
        if (planes == null) {
            planes = findPlanes();
        }
        return planes;
    }

    private List<RotationPlane> findPlanes() {
        if (!isStable()) {
            return List.of();
        }
        RealMatrix whitening = rootOfCovariance(-0.5);
        RealMatrix a = algebra.multiply(whitening.transpose(), algebra.multiply(qInside, whitening));
        int r = a.getRowDimension();
        RealSchur schur = algebra.schur(a.subtract(a.transpose()).scalarMultiply(0.5));
        RealMatrix axes = algebra.multiply(rootOfCovariance(0.5), schur.vectors());
        RealMatrix inSpace = basis.map(p -> algebra.multiply(p, axes)).orElse(axes);
        List<RotationPlane> found = new ArrayList<>();
        RealMatrix t = schur.form();
        int k = 0;
        while (k + 1 < r) {
            if (t.getEntry(k + 1, k) == 0.0) {
                k++;
                continue;
            }
            // ẏ = −Ay takes column k to column k + 1 at the rate t_{k,k+1}.
            double rate = 0.5 * (t.getEntry(k, k + 1) - t.getEntry(k + 1, k));
            double[] first = inSpace.getColumn(k);
            double[] second = inSpace.getColumn(k + 1);
            found.add(rate > 0.0 ? new RotationPlane(rate, first, second) : new RotationPlane(-rate, second, first));
            k += 2;
        }
        found.sort(Comparator.comparingDouble(RotationPlane::rate).reversed());
        return List.copyOf(found);
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
                    double sum = 0.0;
                    for (int i = 0; i < g.length; i++) {
                        sum += x[i] * g[i];
                    }
                    return 0.5 * sum;
                },
                gradient);
        int n = dimension();
        double[] noise = eigenOfD.values();
        double[][] factor = columns(eigenOfD.vectors(), n - rankOfD, n);
        for (int k = 0; k < rankOfD; k++) {
            double scale = FastMath.sqrt(noise[n - rankOfD + k]);
            for (int i = 0; i < n; i++) {
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
                "F = (D + Q)U of order %d, rank of D %d: %s; entropy production rate %s; residuals %.2g (Sylvester), %.2g (product)",
                dimension(),
                rankOfD,
                stability(),
                entropyProductionRate(),
                sylvesterResidual,
                productResidual);
    }
}
