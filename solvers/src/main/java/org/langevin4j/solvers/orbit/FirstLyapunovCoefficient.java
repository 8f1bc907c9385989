package org.langevin4j.solvers.orbit;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;

/**
 * What the quadratic and cubic terms do at a fixed point with eigenvalues ±iω: the first Lyapunov coefficient ℓ₁
 * (Kuznetsov 2004, eq. 5.39).
 *
 * <pre>
 * ℓ₁ = (1/2ω) Re[⟨p, C(q,q,q̄)⟩ − 2⟨p, B(q, A⁻¹B(q,q̄))⟩ + ⟨p, B(q̄, (2iω − A)⁻¹B(q,q))⟩]
 * Aq = iωq,  Aᵀp = −iωp,  ⟨q,q⟩ = ⟨p,q⟩ = 1
 * </pre>
 *
 * <p>Negative: a weak stable focus, reached algebraically, or the Hopf bifurcation is supercritical. Positive: a weak unstable
 * focus, or it is subcritical. Zero: undecided at this order, as for a true centre. In two dimensions the coefficient a of
 * Guckenheimer and Holmes (1983, eq. 3.4.11), r′ = ar³ in coordinates in which the linear part is a rotation by ω, is
 * ωℓ₁/2.
 */
public final class FirstLyapunovCoefficient {

    /** Largest real part of the pair, relative to ω. */
    /** Coordinates: with 32 there are a million third derivatives. */
    private static final int MOST = 32;

    private static final double ON_AXIS = 1e-6;

    private final double value;
    private final double frequency;
    private final double[] sizes;

    private FirstLyapunovCoefficient(double value, double frequency, double[] sizes) {
        this.value = value;
        this.frequency = frequency;
        this.sizes = sizes;
    }

    /**
     * From the field: its Jacobian is differentiated twice by extrapolated differences. The error is about 1e-10 of the
     * derivatives where the field gives its Jacobian, 1e-8 where it does not.
     *
     * @param field b
     * @param x a fixed point with one pair of eigenvalues on the imaginary axis
     * @return the coefficient
     * @throws IllegalArgumentException if there is no such pair, x is not finite or empty, or has more than {@value #MOST} coordinates: there are d⁴ derivatives
     */
    public static FirstLyapunovCoefficient of(VectorField field, double... x) {
        field.requireAutonomous("FirstLyapunovCoefficient");
        requirePoint(x);
        int d = x.length;
        field.requireShape(d, d);
        DifferentiableField b = ExtrapolatedDifferences.differentiable(field);
        VectorField first = b::jacobian;
        VectorField second = (y, out) -> ExtrapolatedDifferences.jacobian(first, y, d * d, out);
        double[] a = new double[d * d];
        double[] h = new double[d * d * d];
        double[] t = new double[d * d * d * d];
        first.at(x, a);
        second.at(x, h);
        ExtrapolatedDifferences.jacobian(second, x, d * d * d, t);
        return of(d, a, h, t);
    }

    /**
     * From the field written with the arithmetic of {@link DerivativeStructure}: exact to rounding.
     *
     * @param field the d components
     * @param x a fixed point with one pair of eigenvalues on the imaginary axis
     * @return the coefficient
     * @throws IllegalArgumentException if there is no such pair, x is not finite or empty, or has more than {@value #MOST} coordinates: there are d⁴ derivatives
     */
    public static FirstLyapunovCoefficient automatic(
            Function<DerivativeStructure[], DerivativeStructure[]> field, double... x) {
        requirePoint(x);
        int d = x.length;
        DSFactory factory = new DSFactory(d, 3);
        DerivativeStructure[] variables = new DerivativeStructure[d];
        for (int i = 0; i < d; i++) {
            variables[i] = factory.variable(i, x[i]);
        }
        DerivativeStructure[] values = field.apply(variables);
        if (values.length != d) {
            throw new IllegalArgumentException("field must have " + d + " components, got " + values.length);
        }
        double[] a = new double[d * d];
        double[] h = new double[d * d * d];
        double[] t = new double[d * d * d * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                a[i * d + j] = derivative(values[i], d, j);
                for (int k = 0; k < d; k++) {
                    h[(i * d + j) * d + k] = derivative(values[i], d, j, k);
                    for (int l = 0; l < d; l++) {
                        t[((i * d + j) * d + k) * d + l] = derivative(values[i], d, j, k, l);
                    }
                }
            }
        }
        return of(d, a, h, t);
    }

    private static void requirePoint(double[] x) {
        if (!(x.length >= 1 && x.length <= MOST && Vectors.norm(x) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "x must be finite and have 1 to " + MOST + " coordinates, got " + OrbitException.text(x));
        }
    }

    private static double derivative(DerivativeStructure value, int d, int... variables) {
        int[] orders = new int[d];
        for (int v : variables) {
            orders[v]++;
        }
        return value.getPartialDerivative(orders);
    }

    private static FirstLyapunovCoefficient of(int d, double[] a, double[] h, double[] t) {
        RealMatrix matrix = MatrixUtils.createRealMatrix(d, d);
        for (int i = 0; i < d * d; i++) {
            matrix.setEntry(i / d, i % d, a[i]);
        }
        double omega = 0.0;
        double real = Double.NaN;
        for (Complex z : Eigenvalues.of(matrix)) {
            if (z.getImaginary() > 0.0 && !(Math.abs(z.getReal()) >= Math.abs(real))) {
                omega = z.getImaginary();
                real = z.getReal();
            }
        }
        if (!(Math.abs(real) <= ON_AXIS * omega)) {
            throw new IllegalArgumentException("x must have a pair of eigenvalues on the imaginary axis, got "
                    + Arrays.toString(Eigenvalues.of(matrix)));
        }
        Complex[] q = Eigenvalues.vector(matrix, new Complex(0.0, omega));
        Complex[] p = Eigenvalues.vector(matrix.transpose(), new Complex(0.0, -omega));
        Complex norm = product(p, q).conjugate();
        for (int i = 0; i < d; i++) {
            p[i] = p[i].divide(norm);
        }
        Complex[] conjugate = new Complex[d];
        double[] sizes = new double[d];
        for (int i = 0; i < d; i++) {
            conjugate[i] = q[i].conjugate();
            sizes[i] = Eigenvalues.modulus(q[i]);
        }
        Complex[] steady = solve(matrix, Complex.ZERO, bilinear(h, q, conjugate));
        Complex[] doubled = solve(matrix, new Complex(0.0, 2.0 * omega), bilinear(h, q, q));
        // (2iω − A)⁻¹ is minus what was solved, (A − 2iω)⁻¹.
        double sum = product(p, trilinear(t, q, q, conjugate)).getReal()
                - 2.0 * product(p, bilinear(h, q, steady)).getReal()
                - product(p, bilinear(h, conjugate, doubled)).getReal();
        return new FirstLyapunovCoefficient(0.5 * sum / omega, omega, sizes);
    }

    /** Σ p̄ᵢvᵢ. */
    private static Complex product(Complex[] p, Complex[] v) {
        Complex sum = Complex.ZERO;
        for (int i = 0; i < p.length; i++) {
            sum = sum.add(p[i].conjugate().multiply(v[i]));
        }
        return sum;
    }

    /** Σ hᵢⱼₖuⱼvₖ. */
    private static Complex[] bilinear(double[] h, Complex[] u, Complex[] v) {
        int d = u.length;
        Complex[] result = new Complex[d];
        for (int i = 0; i < d; i++) {
            result[i] = Complex.ZERO;
            for (int j = 0; j < d; j++) {
                for (int k = 0; k < d; k++) {
                    result[i] = result[i].add(u[j].multiply(v[k]).multiply(h[(i * d + j) * d + k]));
                }
            }
        }
        return result;
    }

    private static Complex[] trilinear(double[] t, Complex[] u, Complex[] v, Complex[] w) {
        int d = u.length;
        double[] slice = new double[d * d * d];
        Complex[] result = new Complex[d];
        for (int i = 0; i < d; i++) {
            result[i] = Complex.ZERO;
        }
        for (int l = 0; l < d; l++) {
            for (int n = 0; n < slice.length; n++) {
                slice[n] = t[n * d + l];
            }
            Complex[] part = bilinear(slice, u, v);
            for (int i = 0; i < d; i++) {
                result[i] = result[i].add(part[i].multiply(w[l]));
            }
        }
        return result;
    }

    /** (A − shift)⁻¹v. */
    private static Complex[] solve(RealMatrix a, Complex shift, Complex[] v) {
        return LinearAlgebra.pureJava().solveShifted(a, shift, v);
    }

    /**
     * The coefficient.
     *
     * @return ℓ₁; its sign matters, its size depends on ⟨q,q⟩ = 1
     */
    public double value() {
        return value;
    }

    /**
     * The imaginary part of the eigenvalues.
     *
     * @return ω > 0, in radians per unit of time
     */
    public double frequency() {
        return frequency;
    }

    /**
     * How the amplitude of a coordinate changes: A′ = cA³ averaged over turns, hence A → 1/√(2|c|t) for a weak stable focus.
     *
     * @param k the coordinate, of which A is the largest distance from the fixed point in a turn
     * @return c = ωℓ₁/(4|q_k|²)
     */
    public double amplitudeRate(int k) {
        return frequency * value / (4.0 * sizes[k] * sizes[k]);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "ℓ₁ = %g at ω = %g", value, frequency);
    }
}
