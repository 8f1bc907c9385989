package org.langevin4j.solvers.sde;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Sde;

/**
 * Exact sampling of the Ornstein–Uhlenbeck process dx = (Ax + c) dt + √(2β⁻¹) B dW with constant B, for any A, singular
 * and unstable ones too, and any D = BBᵀ, singular too. A step draws from the Gaussian transition law,
 *
 * <pre>x ← e^(Ah)x + m(h) + L(h)ξ,   m(h) = ∫₀ʰ e^(As)c ds,   LLᵀ = Σ(h) = ∫₀ʰ e^(As) 2β⁻¹D e^(Aᵀs) ds,</pre>
 *
 * so that h is only the interval of observation. A = 0 is Brownian motion with drift c.
 *
 * <p>e^(At), m and Σ come from a short time t = h/2ᵏ with ‖A‖t ≤ ½, where a Taylor series gives the integrals, and from
 * there by doubling, Σ(2t) = Σ(t) + e^(At)Σ(t)e^(Aᵀt): a sum of positive matrices. The block exponential of Van Loan
 * (1978, IEEE Trans. Automat. Control 23, 395, theorem 1) gives the same numbers, but for long times it cancels, and for
 * short ones it loses the small variances of a degenerate noise.
 *
 * <p>The law is exact, but ξ is not the increment of a Brownian path: orders are infinite, and paths with different h
 * cannot share their noise.
 *
 * @param stepSize h
 */
public record OrnsteinUhlenbeckExact(double stepSize) implements Scheme {

    /** Eigenvalues of the correlation matrix up to this multiple of d are rounding, of either sign. */
    private static final double ROUNDING = 4.0 * Math.ulp(1.0);

    /** 1/22! < 10⁻²¹. */
    private static final int TERMS = 22;

    /** Checks the step. */
    public OrnsteinUhlenbeckExact {
        Scheme.requireStepSize(stepSize);
    }

    @Override
    public OrnsteinUhlenbeckExact withStepSize(double value) {
        return new OrnsteinUhlenbeckExact(value);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static OrnsteinUhlenbeckExact withStep(double stepSize) {
        return new OrnsteinUhlenbeckExact(stepSize);
    }

    /** Infinite: the law of a path at the times of observation is exact. */
    @Override
    public double strongOrder() {
        return Double.POSITIVE_INFINITY;
    }

    /** Infinite: the law is exact. */
    @Override
    public double weakOrder() {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * Prepares the scheme.
     *
     * @throws IllegalArgumentException if the drift is neither a {@link LinearField} nor an {@link AffineField}, the
     *     diffusion is not constant, the reading is A-type, or the step is so long that the law is not finite
     */
    @Override
    public Stepper stepper(Sde sde) {
        AcceptedEquations.requirePlain("OrnsteinUhlenbeckExact", sde);
        sde.requireAutonomous("OrnsteinUhlenbeckExact");
        if (!(sde.calculus() instanceof Calculus.Alpha)) {
            throw new IllegalArgumentException("OrnsteinUhlenbeckExact solves α-type equations, this one is "
                    + sde.calculus() + "; write its Itô drift as an AffineField");
        }
        if (!sde.diffusion().isConstant()) {
            throw new IllegalArgumentException(
                    "OrnsteinUhlenbeckExact needs a constant diffusion, this one depends on the state; use EulerMaruyama");
        }
        AffineField drift = AffineField.recognise(sde.drift())
                .orElseThrow(() -> new IllegalArgumentException(
                        "OrnsteinUhlenbeckExact needs a drift of type LinearField or AffineField, got "
                                + sde.drift().getClass().getName() + "; use EulerMaruyama"));
        int d = sde.dimension();
        double[] entries = new double[d * d];
        sde.diffusion().matrix(new double[d], entries);
        RealMatrix noise = MatrixUtils.createRealMatrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                noise.setEntry(i, j, 2.0 * sde.temperature().value() * entries[i * d + j]);
            }
        }
        RealMatrix a = drift.matrix();
        double norm = Math.max(a.getNorm1(), a.getNormInfty()) * stepSize;
        int doublings = norm > 0.5 ? Math.getExponent(norm) + 2 : 0;
        Transition law = Transition.shortTime(a, drift.offset(), noise, Math.scalb(stepSize, -doublings));
        for (int k = 0; k < doublings; k++) {
            law = law.doubled();
        }
        if (!(largest(law.flow) <= Double.MAX_VALUE && largest(law.covariance) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "stepSize must leave the transition law finite, got " + stepSize + " with ‖A‖h = " + norm);
        }
        return new TransitionStepper(
                AffineField.of(law.flow, law.mean.getColumn(0)), LinearField.of(factor(law.covariance)));
    }

    private static double largest(RealMatrix m) {
        double largest = 0.0;
        for (double[] row : m.getData()) {
            for (double entry : row) {
                // NaN stays NaN in Math.max.
                largest = Math.max(largest, Math.abs(entry));
            }
        }
        return largest;
    }

    /**
     * L with LLᵀ = Σ, by the eigenvectors of the correlation matrix: variances of different orders in h, as those of
     * position and velocity, all keep their digits.
     */
    private static RealMatrix factor(RealMatrix covariance) {
        int d = covariance.getRowDimension();
        double[] deviation = new double[d];
        for (int i = 0; i < d; i++) {
            deviation[i] = Math.sqrt(covariance.getEntry(i, i));
        }
        double[][] correlation = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double scale = deviation[i] * deviation[j];
                double mean = 0.5 * (covariance.getEntry(i, j) + covariance.getEntry(j, i));
                correlation[i][j] = scale > 0.0 ? mean / scale : 0.0;
            }
        }
        Eigenpairs eigen = LinearAlgebra.forOrder(d).symmetricEigen(new Array2DRowRealMatrix(correlation, false));
        RealMatrix factor = MatrixUtils.createRealMatrix(d, d);
        int columns = 0;
        for (int k = 0; k < d; k++) {
            double value = eigen.value(k);
            if (value > ROUNDING * d) {
                for (int i = 0; i < d; i++) {
                    factor.setEntry(i, columns, deviation[i] * eigen.vectors().getEntry(i, k) * Math.sqrt(value));
                }
                columns++;
            }
        }
        return factor.getSubMatrix(0, d - 1, 0, Math.max(columns, 1) - 1);
    }

    /** e^(At), m(t) and Σ(t). */
    private record Transition(RealMatrix flow, RealMatrix mean, RealMatrix covariance) {

        /**
         * m and Σ by their Taylor series in t, Σ = Σₖ tᵏ⁺¹/(k+1)! 𝓛ᵏS with 𝓛X = AX + XAᵀ and ‖𝓛‖t ≤ 1: an entry that
         * starts at a high power of t, as the variance of a position does, has all its digits.
         */
        static Transition shortTime(RealMatrix a, double[] c, RealMatrix noise, double t) {
            RealMatrix at = a.scalarMultiply(t);
            RealMatrix meanTerm = MatrixUtils.createColumnRealMatrix(c).scalarMultiply(t);
            RealMatrix noiseTerm = noise.scalarMultiply(t);
            RealMatrix mean = meanTerm;
            RealMatrix covariance = noiseTerm;
            for (int k = 2; k <= TERMS; k++) {
                meanTerm = at.multiply(meanTerm).scalarMultiply(1.0 / k);
                RealMatrix half = at.multiply(noiseTerm);
                noiseTerm = half.add(half.transpose()).scalarMultiply(1.0 / k);
                mean = mean.add(meanTerm);
                covariance = covariance.add(noiseTerm);
            }
            return new Transition(MatrixUtils.matrixExponential(at), mean, covariance);
        }

        Transition doubled() {
            return new Transition(
                    flow.multiply(flow),
                    mean.add(flow.multiply(mean)),
                    covariance.add(flow.multiply(covariance).multiply(flow.transpose())));
        }
    }

    private static final class TransitionStepper implements Stepper {

        private final AffineField flow;
        private final LinearField factor;
        private double[][] mean = new double[0][0];
        private double[][] noise = new double[0][0];

        TransitionStepper(AffineField flow, LinearField factor) {
            this.flow = flow;
            this.factor = factor;
        }

        @Override
        public int noises() {
            return factor.columns();
        }

        /** The normals are those of the law of the step. */
        @Override
        public boolean followsPath(int components) {
            return false;
        }

        @Override
        public void step(double t, double[][] x, int paths, double[][] xi) {
            if (mean.length != x.length || mean[0].length < paths) {
                mean = new double[x.length][paths];
                noise = new double[x.length][paths];
            }
            flow.atBlock(x, paths, mean);
            factor.atBlock(xi, paths, noise);
            for (int i = 0; i < x.length; i++) {
                double[] state = x[i];
                double[] m = mean[i];
                double[] w = noise[i];
                for (int p = 0; p < paths; p++) {
                    state[p] = m[p] + w[p];
                }
            }
        }
    }
}
