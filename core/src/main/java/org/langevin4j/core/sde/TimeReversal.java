package org.langevin4j.core.sde;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;

/**
 * An equation dx = b dt + √(2β⁻¹)B dW (Itô) beside itself with time reversed, where coordinates of {@link Parity} ε = −1 change
 * their sign. The log ratio of the probabilities of a path and of its reversal is
 *
 * <pre>
 * log P[x]/P[x reversed] = ∫ω∘(dx − b_rev dt) − ∫∇·b_rev dt + log ρ(x₀)/ρ(x_t)
 * Dω = β(b_irr − β⁻¹∇·D),   b_rev(x) = ½(b(x) − εb(εx)),   b_irr(x) = ½(b(x) + εb(εx))
 * </pre>
 *
 * (Spinney and Ford 2012, Phys. Rev. E 85, 051113). For a particle with inertia in baths it is
 * the heat given to each over its temperature, −Σ(vᵢ/Tᵢ)∘(dpᵢ − fᵢdt) (Sekimoto 2010, Stochastic Energetics). It is finite if
 * D(εx) = εD(x)ε and b_irr − β⁻¹∇·D is in the image of D, where ω is unique up to what D does not see, and which does not matter.
 *
 * <p>What takes part is (b, D) alone: two baths at one momentum are one of friction γ₁ + γ₂ and temperature (γ₁T₁ + γ₂T₂)/(γ₁ + γ₂), and
 * what flows from one to the other leaves no trace. Immutable, for several threads at once.
 */
public final class TimeReversal {

    /** Parts outside of im D, and differences of D and its reversal, up to this fraction are rounding. */
    private static final double OUTSIDE = 1e-9;

    private static final double ZERO_NOISE = 0x1p-45;

    /** What is left of a sum beside its parts by rounding alone. */
    private static final double ROUNDING = 0x1p-48;

    private final Sde sde;
    private final Parity parity;

    /** Of a constant D. */
    private final @Nullable Noise constant;

    /** Empty where ∇·b_rev = 0 is known. */
    private final @Nullable DifferentiableField differentiable;

    private TimeReversal(Sde sde, Parity parity) {
        this.sde = sde;
        this.parity = parity;
        this.constant = sde.diffusion().isConstant() ? noise(new double[sde.dimension()]) : null;
        boolean free = parity.isEven() || AffineField.recognise(sde.drift()).isPresent() || isHamiltonian(sde, parity);
        this.differentiable = free ? null : differentiable(sde.drift());
    }

    /**
     * An equation beside its reversal.
     *
     * @param sde autonomous, with continuous paths; in any calculus
     * @param parity ε
     * @return both
     * @throws IllegalArgumentException if the dimensions differ, or the equation depends on time or has jumps
     */
    public static TimeReversal of(Sde sde, Parity parity) {
        Sde ito = sde.requireContinuous("TimeReversal")
                .requireAutonomous("TimeReversal")
                .toIto();
        if (parity.dimension() != ito.dimension()) {
            throw new IllegalArgumentException("parity must have the dimension of the equation, " + ito.dimension()
                    + ", got " + parity.dimension());
        }
        return new TimeReversal(ito, parity);
    }

    private static DifferentiableField differentiable(VectorField drift) {
        return drift instanceof DifferentiableField known ? known : DifferentiableField.byDifferences(drift);
    }

    /** Whether b_rev = (M⁻¹p, −∇U). */
    private static boolean isHamiltonian(Sde sde, Parity parity) {
        return UnderdampedLangevin.recognise(sde)
                .filter(equation -> equation.parity().equals(parity))
                .isPresent();
    }

    /**
     * The dimension of the state.
     *
     * @return d
     */
    public int dimension() {
        return parity.dimension();
    }

    /**
     * The part of the drift that runs backwards by itself.
     *
     * @param x state; not modified
     * @param out receives b_rev(x) = ½(b(x) − εb(εx))
     */
    public void reversible(double[] x, double[] out) {
        split(x, out, new double[x.length]);
    }

    /** b_rev, and b_irr. */
    private void split(double[] x, double[] reversible, double[] irreversible) {
        int d = x.length;
        double[] there = new double[d];
        double[] reversed = new double[d];
        parity.reverse(x, reversed);
        sde.drift().at(reversed, there);
        sde.drift().at(x, irreversible);
        for (int i = 0; i < d; i++) {
            double here = irreversible[i];
            double back = parity.sign(i) * there[i];
            reversible[i] = 0.5 * (here - back);
            irreversible[i] = 0.5 * (here + back);
        }
    }

    /**
     * The force ω that acts on the part of a path that does not run backwards.
     *
     * @param x state; not modified
     * @param out receives ω(x), of Dω = β(b_irr − β⁻¹∇·D); NaN where x is not finite
     * @return whether there is one; if not, paths cannot be reversed here and produce entropy without bound
     */
    public boolean force(double[] x, double[] out) {
        return force(x, new double[x.length], out);
    }

    private boolean force(double[] x, double[] reversible, double[] out) {
        if (Entries.blownUp(x)) {
            Arrays.fill(out, Double.NaN);
            return true;
        }
        int d = x.length;
        double[] irreversible = new double[d];
        double[] divergence = new double[d];
        split(x, reversible, irreversible);
        sde.diffusion().divergence(x, divergence);
        double[] size = new double[d];
        for (int i = 0; i < d; i++) {
            double induced = sde.temperature().value() * divergence[i];
            size[i] = Math.abs(reversible[i]) + Math.abs(irreversible[i]) + Math.abs(induced);
            irreversible[i] -= induced;
        }
        Noise noise = constant != null ? constant : noise(x);
        if (noise.isMixing || !noise.inverse(irreversible, size, out)) {
            return false;
        }
        for (int i = 0; i < d; i++) {
            out[i] *= sde.temperature().beta();
        }
        return true;
    }

    /**
     * The entropy given off along a path as a 1-form of state and time: ω∘dx + a dt with a = −ω·b_rev − ∇·b_rev.
     *
     * @return a field of d + 1 values, ω and a
     * @throws IllegalArgumentException when it is evaluated where there is no ω
     */
    public VectorField entropyForm() {
        int d = dimension();
        return VectorField.withScratch(
                (x, scratch, out) -> {
                    double[] omega = scratch[0];
                    double[] reversible = scratch[1];
                    if (!force(x, reversible, omega)) {
                        throw new IllegalArgumentException(
                                "irreversible drift must be in the range of D, and D(εx) must be"
                                        + " εD(x)ε, for paths to be reversed with parity " + parity
                                        + ", got others at x = "
                                        + Arrays.toString(x) + ", where the entropy production is infinite");
                    }
                    double rest = -divergence(x);
                    for (int i = 0; i < d; i++) {
                        out[i] = omega[i];
                        rest -= omega[i] * reversible[i];
                    }
                    out[d] = rest;
                },
                d,
                d);
    }

    /** ∇·b_rev = ½[(∇·b)(x) − (∇·b)(εx)]. */
    private double divergence(double[] x) {
        if (differentiable == null || Entries.blownUp(x)) {
            return 0.0;
        }
        int d = x.length;
        double[] jacobian = new double[d * d];
        double[] reversed = new double[d];
        parity.reverse(x, reversed);
        differentiable.jacobian(x, jacobian);
        double here = 0.0;
        for (int i = 0; i < d; i++) {
            here += jacobian[i * d + i];
        }
        differentiable.jacobian(reversed, jacobian);
        double there = 0.0;
        for (int i = 0; i < d; i++) {
            there += jacobian[i * d + i];
        }
        return 0.5 * (here - there);
    }

    /**
     * The entropy that is produced at a state, in the mean: βgᵀD⁺g for the irreversible current ρg = b_irrρ − β⁻¹∇·(Dρ), which is
     * β⁻¹uᵀDu with u = ω − ∇log ρ. In the steady state of a decomposition ∇log ρ = −β∇Φ and g = j − b_rev.
     *
     * @param x state
     * @param logGradient ∇log ρ there; what D does not see of it has no effect
     * @return nats per unit of time, not negative; zero where g is but the rounding of its parts; infinite where there is no ω
     */
    public double entropyProduction(double[] x, double[] logGradient) {
        if (Entries.blownUp(x)) {
            return Double.NaN;
        }
        int d = x.length;
        double[] reversible = new double[d];
        double[] rest = new double[d];
        double[] divergence = new double[d];
        double[] conducted = new double[d];
        double[] size = new double[d];
        split(x, reversible, rest);
        sde.diffusion().divergence(x, divergence);
        sde.diffusion().times(x, logGradient, conducted);
        double temperature = sde.temperature().value();
        for (int i = 0; i < d; i++) {
            size[i] = Math.abs(reversible[i])
                    + Math.abs(rest[i])
                    + temperature * (Math.abs(divergence[i]) + Math.abs(conducted[i]));
            rest[i] -= temperature * (divergence[i] + conducted[i]);
            if (Math.abs(rest[i]) <= ROUNDING * size[i]) {
                rest[i] = 0.0;
            }
        }
        Noise noise = constant != null ? constant : noise(x);
        double[] solution = new double[d];
        if (noise.isMixing || !noise.inverse(rest, size, solution)) {
            return Double.POSITIVE_INFINITY;
        }
        return sde.temperature().beta() * Math.max(Vectors.dot(rest, solution), 0.0);
    }

    private Noise noise(double[] x) {
        int d = x.length;
        double[] here = new double[d * d];
        double[] there = new double[d * d];
        double[] reversed = new double[d];
        parity.reverse(x, reversed);
        sde.diffusion().matrix(x, here);
        sde.diffusion().matrix(reversed, there);
        boolean mixing = false;
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < d; k++) {
                double scale = Math.sqrt(Math.max(here[i * d + i], there[i * d + i]))
                        * Math.sqrt(Math.max(here[k * d + k], there[k * d + k]));
                double mirror = parity.sign(i) * parity.sign(k) * there[i * d + k];
                mixing |= Math.abs(here[i * d + k] - mirror) > OUTSIDE * scale;
            }
        }
        return new Noise(here, d, mixing);
    }

    /** D scaled to a unit diagonal, S⁻¹DS⁻¹ = VΛVᵀ, S = √diag D: units of coordinates do not decide what is a zero. */
    private static final class Noise {

        private final double[] roots;
        private final boolean isMixing;

        /** Empty for a diagonal D. */
        private final @Nullable Eigenpairs pairs;

        Noise(double[] matrix, int d, boolean mixing) {
            this.roots = new double[d];
            this.isMixing = mixing;
            boolean diagonal = true;
            for (int i = 0; i < d; i++) {
                roots[i] = Math.sqrt(Math.max(matrix[i * d + i], 0.0));
                for (int k = 0; k < d; k++) {
                    diagonal &= i == k || matrix[i * d + k] == 0.0;
                }
            }
            this.pairs = diagonal ? null : LinearAlgebra.pureJava().symmetricEigen(scaled(matrix, d));
        }

        private RealMatrix scaled(double[] matrix, int d) {
            RealMatrix scaled = new Array2DRowRealMatrix(d, d);
            for (int i = 0; i < d; i++) {
                for (int k = 0; k < d; k++) {
                    double scale = roots[i] * roots[k];
                    scaled.setEntry(i, k, scale > 0.0 ? matrix[i * d + k] / roots[i] / roots[k] : 0.0);
                }
            }
            return scaled;
        }

        /** A solution of D·out = v, unless v, the sum of parts of the given sizes, leaves the image of D. */
        boolean inverse(double[] v, double[] size, double[] out) {
            int d = v.length;
            double[] weighted = new double[d];
            double largest = 0.0;
            for (int i = 0; i < d; i++) {
                if (roots[i] > 0.0) {
                    weighted[i] = v[i] / roots[i];
                    largest = Math.max(largest, size[i] / roots[i]);
                } else if (Math.abs(v[i]) > OUTSIDE * size[i]) {
                    return false;
                }
            }
            double[] solution = weighted;
            if (pairs != null) {
                solution = new double[d];
                for (int k = 0; k < d; k++) {
                    double[] vector = pairs.vector(k);
                    double part = Vectors.dot(vector, weighted);
                    if (pairs.value(k) > d * ZERO_NOISE * pairs.value(0)) {
                        for (int i = 0; i < d; i++) {
                            solution[i] += part / pairs.value(k) * vector[i];
                        }
                    } else if (Math.abs(part) > OUTSIDE * largest) {
                        return false;
                    }
                }
            }
            for (int i = 0; i < d; i++) {
                out[i] = roots[i] > 0.0 ? solution[i] / roots[i] : 0.0;
            }
            return true;
        }
    }

    @Override
    public String toString() {
        return "reversal of time with parity " + parity + " of an equation at " + sde.temperature();
    }
}
