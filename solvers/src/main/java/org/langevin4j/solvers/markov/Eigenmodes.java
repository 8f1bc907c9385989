package org.langevin4j.solvers.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hipparchus.complex.Complex;
import org.langevin4j.solvers.ConvergenceException;

/**
 * The slowest eigenvalues of a generator with biorthonormal eigenvectors, by shift-and-invert Arnoldi iterations.
 *
 * <p>With π the stationary law (of the process with its exits closed), A acts on v = p/π as π⁻¹Aπ and Aᵀ on u as it is;
 * the one is the adjoint of the other in L²(π), and they are the same if the process is reversible. Both iterations run
 * in L²(π), where eigenvalues are best conditioned, and on functions of the size of one, to which every state contributes
 * its own digits: the solves subtract nothing, all else is done state by state. So a mode p = πv is known to many digits
 * also where π is tiny. Eigenvalues far below the shift, as of escapes over high barriers, are found again with smaller and
 * smaller shifts until each has its digits; one that still has none is said to be beyond accuracy.
 */
public final class Eigenmodes {

    /** The error of an eigenvalue of condition 1, relative to its distance from the shift. */
    private static final double PRECISION = 1e-13;

    /** Eigenvalues smaller than this part of the shift are found again with a smaller one, */
    private static final double SMALL = 1e-3;

    /** of at least this part of the one before, since what is smaller still was not told from zero, */
    private static final double SHRINK = 1e-12;

    /** down to this. */
    private static final double LEAST_SHIFT = 1e-290;

    /** The smallest weight, against underflow. */
    private static final double SMALLEST = 1e-290;

    private final List<Mode> modes;
    private final int iterations;
    private final double radius;

    /** λ with its right vector p (Ap = λp) and left vector u (Aᵀu = λu). */
    public static final class Mode {
        private final Complex eigenvalue;
        private final double[][] right;
        private final double[][] left;
        private final double residual;
        private final double accuracy;

        Mode(Complex eigenvalue, double[][] right, double[][] left, double residual, double accuracy) {
            this.eigenvalue = eigenvalue;
            this.accuracy = accuracy;
            this.right = right;
            this.left = left;
            this.residual = residual;
        }

        /**
         * The eigenvalue.
         *
         * @return λ, per unit of time
         */
        public Complex eigenvalue() {
            return eigenvalue;
        }

        /**
         * The right eigenvector.
         *
         * @return real and imaginary part of p, one number a state, copies
         */
        public double[][] right() {
            return new double[][] {right[0].clone(), right[1].clone()};
        }

        /**
         * The left eigenvector, with Σᵢ πᵢ|uᵢ|² = 1.
         *
         * @return real and imaginary part of u, one number a state, copies
         */
        public double[][] left() {
            return new double[][] {left[0].clone(), left[1].clone()};
        }

        /**
         * How well the vectors are eigenvectors.
         *
         * @return the larger of ‖v − (σ−λ)(σI−A)⁻¹v‖/‖v‖ over its two sides, in L²(π); for λ = 0 {@link Generator#residual}
         */
        public double residual() {
            return residual;
        }

        /**
         * How far rounding may have moved the eigenvalue.
         *
         * @return about 1e-13 of |σ − λ| for the last shift σ, times the condition ‖u‖‖p/π‖; 0 for the stationary law
         */
        public double accuracy() {
            return accuracy;
        }

        /**
         * Whether the decay is told from zero.
         *
         * @return false if |Re λ| is not above {@link #accuracy()}; true for the stationary law, whose eigenvalue is known
         */
        public boolean isResolved() {
            return accuracy == 0.0 || -eigenvalue.getRealPart() > accuracy;
        }

        /**
         * The time in which the mode decays by a factor e.
         *
         * @return −1/Re λ, infinite for the stationary law; a lower bound if the decay is not told from zero
         */
        public double relaxationTime() {
            double decay = -eigenvalue.getRealPart();
            if (!isResolved()) {
                decay = Math.abs(decay) + accuracy;
            }
            return decay == 0.0 ? Double.POSITIVE_INFINITY : 1.0 / decay;
        }

        @Override
        public String toString() {
            return isResolved()
                    ? "mode of eigenvalue " + eigenvalue
                    : "mode of an eigenvalue beyond accuracy, slower than " + 1.0 / relaxationTime();
        }

        private Mode conjugate() {
            return new Mode(eigenvalue.conjugate(), conjugate(right), conjugate(left), residual, accuracy);
        }

        private static double[][] conjugate(double[][] z) {
            double[] negative = z[1].clone();
            for (int i = 0; i < negative.length; i++) {
                negative[i] = -negative[i];
            }
            return new double[][] {z[0], negative};
        }
    }

    private Eigenmodes(List<Mode> modes, int iterations, double radius) {
        this.modes = modes;
        this.iterations = iterations;
        this.radius = radius;
    }

    /**
     * The law π that the process would have if nothing were absorbed.
     *
     * @param generator A
     * @param dissection order of elimination
     * @return probabilities of sum 1, at least 1e-290 of the largest
     * @throws ReducibleGeneratorException if it is not unique
     */
    public static double[] weights(Generator generator, Dissection dissection) {
        Generator closed = generator;
        if (!generator.isConservative()) {
            Generator.Builder builder = Generator.builder(generator.states());
            for (int j = 0; j < generator.states(); j++) {
                generator.forEachRateFrom(j, builder::rate);
            }
            closed = builder.build();
        }
        double[] weights = Elimination.of(closed, dissection, 0.0).nullVector();
        double largest = 0.0;
        for (double weight : weights) {
            largest = Math.max(largest, weight);
        }
        double sum = 0.0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.max(weights[i] / largest, SMALLEST);
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    /**
     * Finds the slowest modes.
     *
     * @param generator A
     * @param dissection order of elimination
     * @param weights π
     * @param count how many eigenvalues, at least; one more where a pair or a multiple eigenvalue would be torn
     * @param shift σ > 0
     * @return the modes, slowest first
     * @throws ConvergenceException if the iteration does not converge
     * @throws IllegalArgumentException if an argument is not what it must be
     */
    public static Eigenmodes of(Generator generator, Dissection dissection, double[] weights, int count, double shift) {
        requireCount(generator, count);
        if (weights.length != generator.states()) {
            throw new IllegalArgumentException(
                    "weights must number " + generator.states() + " as the states, got " + weights.length);
        }
        if (!(shift > 0.0 && shift <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("shift must be positive and finite, got " + shift);
        }
        return new Search(generator, dissection, weights).find(count, shift);
    }

    private static void requireCount(Generator generator, int count) {
        if (!(count >= 1 && count <= generator.states())) {
            throw new IllegalArgumentException(
                    "count must be from 1 to the number of states, " + generator.states() + ", got " + count);
        }
    }

    /**
     * The slowest modes of a chain given by its rates alone.
     *
     * @param generator A
     * @param count how many eigenvalues, at least; one more where a pair or a multiple eigenvalue would be torn
     * @return the modes, slowest first
     * @throws ReducibleGeneratorException if the stationary law is not unique
     * @throws ConvergenceException if the iteration does not converge
     */
    public static Eigenmodes of(Generator generator, int count) {
        requireCount(generator, count);
        Dissection dissection = Dissection.of(generator);
        Search search = new Search(generator, dissection, weights(generator, dissection));
        return search.find(count, search.shift(count));
    }

    /** The search in one chain. */
    private static final class Search {

        /** Shifts tried by a chain that does not know its own. */
        private static final int SHIFTS = 40;

        private final Generator generator;
        private final Dissection dissection;
        private final double[] weights;
        private final boolean conservative;
        private final boolean reversible;
        private int iterations;
        private double radius = Double.POSITIVE_INFINITY;

        Search(Generator generator, Dissection dissection, double[] weights) {
            this.generator = generator;
            this.dissection = dissection;
            this.weights = weights;
            this.conservative = generator.isConservative();
            this.reversible = isReversible(generator, weights);
        }

        Eigenmodes find(int count, double shift) {
            int n = generator.states();
            int available = conservative ? n - 1 : n;
            int wanted = conservative ? count - 1 : count;
            List<Mode> modes = new ArrayList<>();
            if (conservative) {
                double[] ones = new double[n];
                Arrays.fill(ones, 1.0);
                modes.add(new Mode(
                        Complex.ZERO,
                        new double[][] {weights.clone(), new double[n]},
                        new double[][] {ones, new double[n]},
                        generator.residual(weights),
                        0.0));
            }
            if (wanted == 0) {
                return new Eigenmodes(modes, 0, shift);
            }
            // More than asked for: the nearest to the shift need not be the slowest, and none of a pair must be
            // missing.
            List<Mode> found = nearest(Math.min(available, wanted + wanted / 2 + 3), wanted, shift);
            double reach = radius;
            modes.addAll(refined(found, shift));
            return new Eigenmodes(modes, iterations, reach);
        }

        /** The first of the modes nearest to the shift, in order of their decay. */
        private List<Mode> nearest(int nearest, int wanted, double shift) {
            Elimination elimination = Elimination.of(generator, dissection, shift);
            double unit = unit(shift);
            UnaryOperator<double[]> backward = u -> scaled(elimination.solveTransposed(u), unit);
            EigenvectorSide left = EigenvectorSide.of(
                    new Arnoldi(backward, weights, conservative, reversible), backward, nearest, shift, unit);
            EigenvectorSide right = left;
            if (!reversible) {
                UnaryOperator<double[]> forward = v -> scaled(forward(elimination, v), unit);
                right = EigenvectorSide.of(
                        new Arnoldi(forward, weights, conservative, false), forward, nearest, shift, unit);
            }
            iterations += left.iterations + (reversible ? 0 : right.iterations);
            radius = Math.min(left.radius, right.radius);
            List<Mode> modes = new ArrayList<>();
            for (List<EigenvectorSide.Vector> cluster : left.clusters(shift)) {
                if (modes.size() >= wanted) {
                    break;
                }
                if (cluster.get(0).value.getImaginary() < 0.0) {
                    // Comes with its partner.
                    continue;
                }
                List<EigenvectorSide.Vector> partners = reversible ? cluster : right.nearest(cluster, shift);
                for (EigenvectorPair pair : EigenvectorPair.of(cluster, partners, weights)) {
                    double distance = pair.value.subtract(shift).norm();
                    Mode mode = new Mode(
                            notGrowing(pair.value),
                            pair.right,
                            pair.left,
                            pair.residual,
                            PRECISION * distance * Math.max(1.0, pair.condition));
                    modes.add(mode);
                    if (mode.eigenvalue.getImaginary() > 0.0) {
                        modes.add(mode.conjugate());
                    }
                }
            }
            return modes;
        }

        /** The power of two at σ: times it, (σI − A)⁻¹ stays in range for every σ. */
        private static double unit(double shift) {
            return Math.scalb(1.0, Math.getExponent(shift));
        }

        private static double[] scaled(double[] values, double factor) {
            for (int i = 0; i < values.length; i++) {
                values[i] *= factor;
            }
            return values;
        }

        /** No mode of a chain grows; of an operator with negative rates one may. */
        private Complex notGrowing(Complex value) {
            return value.getRealPart() > 0.0 && !generator.hasNegativeRates()
                    ? new Complex(0.0, value.getImaginary())
                    : value;
        }

        private double[] forward(Elimination elimination, double[] v) {
            double[] p = new double[v.length];
            for (int i = 0; i < p.length; i++) {
                p[i] = weights[i] * v[i];
            }
            p = elimination.solve(p);
            for (int i = 0; i < p.length; i++) {
                p[i] /= weights[i];
            }
            return p;
        }

        /**
         * Eigenvalues far below the shift are lost in its rounding, as those of escapes over high barriers. A shift of
         * their own size tells them apart.
         */
        private List<Mode> refined(List<Mode> modes, double shift) {
            List<Mode> small = new ArrayList<>();
            List<Mode> large = new ArrayList<>();
            double most = 0.0;
            for (Mode mode : modes) {
                if (mode.eigenvalue.norm() < SMALL * shift) {
                    small.add(mode);
                    most = Math.max(most, mode.eigenvalue.norm());
                } else {
                    large.add(mode);
                }
            }
            double next = Math.max(most, SHRINK * shift);
            if (small.isEmpty() || next < LEAST_SHIFT) {
                return modes;
            }
            List<Mode> again;
            try {
                again = nearest(small.size(), small.size(), next);
            } catch (ConvergenceException | ReducibleGeneratorException e) {
                return modes;
            }
            List<Mode> all = new ArrayList<>(refined(again, next));
            all.addAll(large);
            return all;
        }

        /**
         * A shift of the size of the wanted eigenvalues: from the mean rate of leaving a state downwards, each time to where a
         * short search sees the last of them.
         */
        double shift(int count) {
            int wanted = conservative ? count - 1 : count;
            double shift = 0.0;
            for (int j = 0; j < weights.length; j++) {
                shift += weights[j] * generator.outflow(j);
            }
            if (!(shift > 0.0)) {
                return 1.0;
            }
            for (int k = 0; k < SHIFTS && wanted > 0; k++) {
                Elimination elimination = Elimination.of(generator, dissection, shift);
                double unit = unit(shift);
                Arnoldi arnoldi = new Arnoldi(
                        u -> scaled(elimination.solveTransposed(u), unit), weights, conservative, reversible);
                while (arnoldi.size() < 2 * wanted + 6 && !arnoldi.isComplete()) {
                    arnoldi.expand();
                }
                List<Arnoldi.Ritz> ritz = arnoldi.ritz();
                if (ritz.isEmpty()) {
                    break;
                }
                double distance = ritz.get(Math.min(wanted, ritz.size()) - 1)
                        .value()
                        .reciprocal()
                        .multiply(unit)
                        .subtract(shift)
                        .norm();
                if (!(distance < 0.1 * shift)) {
                    break;
                }
                shift = Math.max(distance, 1e-6 * shift);
            }
            return shift;
        }
    }

    private static boolean isReversible(Generator generator, double[] weights) {
        boolean[] holds = {true};
        for (int j = 0; j < weights.length && holds[0]; j++) {
            generator.forEachRateFrom(j, (from, to, rate) -> {
                double forth = weights[from] * generator.rateBetween(from, to);
                double back = weights[to] * generator.rateBetween(to, from);
                holds[0] &= Math.abs(forth - back) <= 1e-11 * (forth + back);
            });
        }
        return holds[0];
    }

    /**
     * The modes, slowest first.
     *
     * @return at least as many as were asked for, fewer only if the generator has no more
     */
    public List<Mode> modes() {
        return List.copyOf(modes);
    }

    /**
     * The work done.
     *
     * @return applications of (σI − A)⁻¹ while the bases grew
     */
    public int iterations() {
        return iterations;
    }

    /**
     * How far nothing is missing.
     *
     * @return all eigenvalues nearer to the shift than this were found
     */
    public double radius() {
        return radius;
    }

    @Override
    public String toString() {
        return modes.size() + " slowest modes, the last of eigenvalue " + modes.get(modes.size() - 1).eigenvalue;
    }
}
