package org.langevin4j.core.decomposition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.util.FastMath;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.RealSchur;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Parity;

/**
 * How far a linear system is from equilibrium in its stationary state. The stationary current is jρˢˢ with j = −QUx. In the
 * coordinates y = U^½x, in which ρˢˢ is isotropic, ẏ = −Ay with A = U^½QU^½, which is antisymmetric: its eigenvalues are
 * pairs ±iω, its real Schur form consists of 2×2 blocks, and in the plane of each the current turns at the rate ω along
 * circles of y, which are ellipses Φ = const of x.
 *
 * <p><b>Entropy production</b> compares the paths with the same paths run backwards, in which coordinates of parity ε = −1,
 * such as momenta, have changed their sign. With E = diag(ε) the drift −Fx splits (Risken 1989, §6.4) into
 *
 * <pre>
 * F = F_rev + F_irr,   F_rev = ½(F − EFE),   F_irr = ½(F + EFE),
 * σ = tr(RᵀD⁺RΣβ),   R = F_irr − DU = QU − F_rev        (Spinney and Ford 2012, Phys. Rev. E 85, 051113)
 * </pre>
 *
 * <p>where −Rx is the irreversible current over ρˢˢ. σ does not depend on β. It is infinite if R leaves the image of a
 * singular D, or if noise mixes even with odd coordinates, D ≠ EDE: then paths and reversed paths have no density with
 * respect to each other. With all coordinates even R = QU and equilibrium is FD = DFᵀ; a particle with inertia in one heat
 * bath is in equilibrium, σ = 0, although Q ≠ 0, once its momenta are odd; and a chain of oscillators between two baths
 * produces J(1/T₁ − 1/T₂), J the heat that flows. Parameters that would have to be reversed as well, such as a magnetic
 * field, are outside of this: F is the same forwards and backwards.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class LinearIrreversibility {

    /** Components of the current outside of im D up to this fraction are rounding. */
    private static final double OUTSIDE = 1e-9;

    /** Asymmetry of D under the reversal up to this fraction of its largest entry is rounding. */
    private static final double MIXING = 1e-12;

    /** R that is smaller beside its parts than this many units of rounding is nothing. */
    private static final double ROUNDING = 64.0 * LinearSystem.EPSILON;

    private final LinearDecomposition decomposition;
    private final LinearSystem system;
    private final LinearAlgebra algebra;
    private final Parity parity;

    /** Q, and F_rev on the reachable subspace, in the units of the system. */
    private final RealMatrix q;

    private final RealMatrix reversible;
    private final double currentOutsideOfNoise;
    private final double[] rates;

    private @Nullable List<RotationPlane> planes;

    private LinearIrreversibility(LinearDecomposition decomposition, Parity parity) {
        this.decomposition = decomposition;
        this.system = decomposition.system();
        this.algebra = system.algebra;
        this.parity = parity;
        this.q = system.outside(decomposition.qInside(), -1.0);
        this.reversible = reversible();
        this.currentOutsideOfNoise = outsideOfNoise();
        this.rates = decomposition.isStable() ? ratesByDirection() : new double[0];
    }

    /**
     * The irreversibility of a system of which all coordinates are even under the reversal of time.
     *
     * @param decomposition F, D, Q and U
     * @return its measures
     */
    public static LinearIrreversibility of(LinearDecomposition decomposition) {
        return of(decomposition, Parity.even(decomposition.dimension()));
    }

    /**
     * The irreversibility of a system with odd coordinates.
     *
     * @param decomposition F, D, Q and U
     * @param parity ε, of the dimension of the system
     * @return its measures
     * @throws IllegalArgumentException if the dimensions differ
     */
    public static LinearIrreversibility of(LinearDecomposition decomposition, Parity parity) {
        if (parity.dimension() != decomposition.dimension()) {
            throw new IllegalArgumentException("parity must have the dimension of the system, "
                    + decomposition.dimension() + ", got " + parity.dimension());
        }
        return new LinearIrreversibility(decomposition, parity);
    }

    /** ½(F − EFE): what couples even with odd coordinates. */
    private RealMatrix reversible() {
        int n = system.dimension();
        RealMatrix coupling = MatrixUtils.createRealMatrix(n, n);
        if (parity.isEven()) {
            return coupling;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                coupling.setEntry(i, j, parity.isOdd(i) == parity.isOdd(j) ? 0.0 : system.f.getEntry(i, j));
            }
        }
        return system.basis
                .map(p -> algebra.multiply(algebra.multiply(coupling, p), p.transpose()))
                .orElse(coupling);
    }

    /** ‖R‖ outside of the image of D, beside the sizes of its parts. */
    private double outsideOfNoise() {
        int n = system.dimension();
        RealMatrix current = algebra.multiply(q, system.outside(decomposition.uInside(), 1.0));
        double whole = Vectors.norm(current) + Vectors.norm(reversible);
        if (whole == 0.0 || system.rankOfD == n) {
            return 0.0;
        }
        double[][] kernel = new double[n - system.rankOfD][];
        Arrays.setAll(kernel, k -> system.eigenOfD.vector(system.rankOfD + k));
        return Vectors.norm(algebra.multiply(new Array2DRowRealMatrix(kernel, false), current.subtract(reversible)))
                / whole;
    }

    private double[] ratesByDirection() {
        RealMatrix image = new Array2DRowRealMatrix(system.eigenOfD.leadingVectors(system.rankOfD), false);
        // Rows of VᵀQU^½ on the reachable subspace, for R Σ^½ = QU^½ − F_rev Σ^½.
        RealMatrix whitened =
                algebra.multiply(onSubspace(algebra.multiply(image, q)), decomposition.rootOfCovariance(-0.5));
        if (!parity.isEven()) {
            RealMatrix kept = algebra.multiply(
                    onSubspace(algebra.multiply(image, reversible)), decomposition.rootOfCovariance(0.5));
            RealMatrix rest = whitened.subtract(kept);
            double size = Vectors.norm(whitened) + Vectors.norm(kept);
            boolean nothing = Vectors.norm(rest) <= ROUNDING * system.dimension() * decomposition.condition() * size;
            whitened = nothing ? rest.scalarMultiply(0.0) : rest;
        }
        double[] found = new double[system.rankOfD];
        for (int k = 0; k < found.length; k++) {
            double sum = 0.0;
            for (double entry : whitened.getRow(k)) {
                sum += entry * entry;
            }
            found[k] = FastMath.scalb(sum / system.eigenOfD.value(k), system.exponentOfF);
            if (!(found[k] <= Double.MAX_VALUE)) {
                throw new ArithmeticException("the entropy production rate is beyond the largest double, 1.8e308");
            }
        }
        return found;
    }

    private RealMatrix onSubspace(RealMatrix rows) {
        return system.basis.map(p -> algebra.multiply(rows, p)).orElse(rows);
    }

    /**
     * The system.
     *
     * @return F, D, Q and U
     */
    public LinearDecomposition decomposition() {
        return decomposition;
    }

    /**
     * The parity of the coordinates.
     *
     * @return ε
     */
    public Parity parity() {
        return parity;
    }

    /**
     * The rate of entropy production σ in the stationary state. For odd coordinates it is exactly zero where R is no larger
     * than rounding, beside its two parts and times the condition of the equation for Q.
     *
     * @return nats per unit of time, infinite where paths cannot be reversed; empty if F is not stable
     */
    public OptionalDouble entropyProductionRate() {
        if (rates.length == 0) {
            return OptionalDouble.empty();
        }
        boolean leaves = system.rankOfD < decomposition.reachableDimension() && currentOutsideOfNoise > OUTSIDE;
        return leaves || isMixing()
                ? OptionalDouble.of(Double.POSITIVE_INFINITY)
                : OptionalDouble.of(Arrays.stream(rates).sum());
    }

    /** Whether D ≠ EDE. */
    private boolean isMixing() {
        double largest = 0.0;
        double mixed = 0.0;
        for (int i = 0; i < system.dimension(); i++) {
            for (int j = 0; j < system.dimension(); j++) {
                double entry = FastMath.abs(system.d.getEntry(i, j));
                largest = FastMath.max(largest, entry);
                mixed = parity.isOdd(i) == parity.isOdd(j) ? mixed : FastMath.max(mixed, entry);
            }
        }
        return mixed > MIXING * largest;
    }

    /**
     * The part of R outside of the image of D, where the irreversible current meets no noise, ‖R‖ there over ‖QU‖ + ‖F_rev‖.
     * If all coordinates are even it is the part of ‖QU‖.
     *
     * @return from 0 to 1; 0 if there is no current
     */
    public double currentOutsideOfNoise() {
        return currentOutsideOfNoise;
    }

    /**
     * The terms vₖᵀRΣβRᵀvₖ/dₖ of the entropy production rate for the positive eigenvalues dₖ of D with eigenvectors vₖ. None
     * is negative: sums over the larger dₖ are bounds from below.
     *
     * @return a copy, one for each positive eigenvalue of D in descending order, nats per unit of time; empty if F is not
     *     stable
     */
    public double[] entropyProductionByDirection() {
        return rates.clone();
    }

    /**
     * The planes in which the stationary current turns, from the real Schur form of U^½QU^½, where U⁻¹ is the covariance
     * at β = 1. They are conjugate to each other, aᵀUa′ = 0. Directions whose variance counts as zero, see {@link
     * LinearDecomposition#rankOfCovariance}, are left out. The parity plays no part. Computed when first asked for.
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
        if (!decomposition.isStable()) {
            return List.of();
        }
        RealMatrix whitening = decomposition.rootOfCovariance(-0.5);
        RealMatrix a = algebra.multiply(whitening.transpose(), algebra.multiply(decomposition.qInside(), whitening));
        int r = a.getRowDimension();
        RealSchur schur = algebra.schur(a.subtract(a.transpose()).scalarMultiply(0.5));
        RealMatrix axes = algebra.multiply(decomposition.rootOfCovariance(0.5), schur.vectors());
        RealMatrix inSpace = system.basis.map(p -> algebra.multiply(p, axes)).orElse(axes);
        List<RotationPlane> found = new ArrayList<>();
        RealMatrix t = schur.form();
        int k = 0;
        while (k + 1 < r) {
            if (t.getEntry(k + 1, k) == 0.0) {
                k++;
                continue;
            }
            // ẏ = −Ay takes column k to column k + 1 at the rate t_{k,k+1}.
            double rate = FastMath.scalb(0.5 * (t.getEntry(k, k + 1) - t.getEntry(k + 1, k)), system.exponentOfF);
            double[] first = inUnits(inSpace.getColumn(k));
            double[] second = inUnits(inSpace.getColumn(k + 1));
            found.add(rate > 0.0 ? new RotationPlane(rate, first, second) : new RotationPlane(-rate, second, first));
            k += 2;
        }
        found.sort(Comparator.comparingDouble(RotationPlane::rate).reversed());
        return List.copyOf(found);
    }

    /** Lengths have the units of √Σ. */
    private double[] inUnits(double[] axis) {
        int exponent = system.exponentOfD - system.exponentOfF;
        int half = exponent >> 1;
        double odd = exponent == 2 * half ? 1.0 : FastMath.sqrt(2.0);
        double[] scaled = new double[axis.length];
        Arrays.setAll(scaled, i -> FastMath.scalb(odd * axis[i], half));
        return scaled;
    }

    @Override
    public String toString() {
        OptionalDouble rate = entropyProductionRate();
        return rate.isEmpty()
                ? "no stationary state"
                : String.format(
                        Locale.ROOT,
                        "entropy production rate %.5g with parity %s, part of the current outside of noise %.2g",
                        rate.getAsDouble(),
                        parity,
                        currentOutsideOfNoise);
    }
}
