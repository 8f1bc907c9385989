package org.langevin4j.solvers.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.hipparchus.complex.Complex;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.solvers.ConvergenceException;

/**
 * The slowest eigenvalues of a generator with biorthonormal eigenvectors, by shift-and-invert Arnoldi iterations.
 *
 * <p>With π the stationary law (of the process with its exits closed), A acts on v = p/π as π⁻¹Aπ and Aᵀ on u as it is;
 * the one is the adjoint of the other in L²(π), and they are the same if the process is reversible. Both iterations run
 * in L²(π), where eigenvalues are best conditioned, and on functions of the size of one, to which every state contributes
 * its own digits: the solves subtract nothing, all else is done state by state. So a mode p = πv is known to many digits
 * also where π is tiny.
 */
public final class Eigenmodes {

    private static final double TOLERANCE = 1e-10;

    /** Eigenvalues nearer than this, relative to their distance from the shift, are treated together. */
    private static final double CLUSTER = 1e-7;

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

        Mode(Complex eigenvalue, double[][] right, double[][] left, double residual) {
            this.eigenvalue = eigenvalue;
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

        @Override
        public String toString() {
            return "mode of eigenvalue " + eigenvalue;
        }

        private Mode conjugate() {
            return new Mode(eigenvalue.conjugate(), conjugate(right), conjugate(left), residual);
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
     */
    public static Eigenmodes of(Generator generator, Dissection dissection, double[] weights, int count, double shift) {
        int n = generator.states();
        boolean conservative = generator.isConservative();
        Elimination elimination = Elimination.of(generator, dissection, shift);
        UnaryOperator<double[]> backward = elimination::solveTransposed;
        UnaryOperator<double[]> forward = v -> {
            double[] p = new double[n];
            for (int i = 0; i < n; i++) {
                p[i] = weights[i] * v[i];
            }
            p = elimination.solve(p);
            for (int i = 0; i < n; i++) {
                p[i] /= weights[i];
            }
            return p;
        };
        boolean reversible = isReversible(generator, weights);
        int wanted = conservative ? count - 1 : count;
        int available = conservative ? n - 1 : n;
        List<Mode> modes = new ArrayList<>();
        if (conservative) {
            double[] ones = new double[n];
            Arrays.fill(ones, 1.0);
            modes.add(new Mode(
                    Complex.ZERO,
                    new double[][] {weights.clone(), new double[n]},
                    new double[][] {ones, new double[n]},
                    generator.residual(weights)));
        }
        if (wanted == 0) {
            return new Eigenmodes(modes, 0, shift);
        }
        // More than asked for: the nearest to the shift need not be the slowest, and none of a pair must be missing.
        int nearest = Math.min(available, wanted + wanted / 2 + 3);
        Side left = Side.of(new Arnoldi(backward, weights, conservative, reversible), backward, nearest, shift);
        Side right = reversible
                ? left
                : Side.of(new Arnoldi(forward, weights, conservative, false), forward, nearest, shift);
        for (List<Vector> cluster : clusters(left.vectors, shift)) {
            if (modes.size() >= count) {
                break;
            }
            if (cluster.get(0).value.getImaginary() < 0.0) {
                // Comes with its partner.
                continue;
            }
            List<Vector> partners = reversible ? cluster : right.nearest(cluster, shift);
            for (Mode mode : biorthonormal(cluster, partners, weights)) {
                modes.add(mode);
                if (mode.eigenvalue.getImaginary() > 0.0) {
                    modes.add(mode.conjugate());
                }
            }
        }
        return new Eigenmodes(
                modes, left.iterations + (reversible ? 0 : right.iterations), Math.min(left.radius, right.radius));
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

    /** An eigenvector of one side. */
    private static final class Vector {
        final Complex value;
        final double[][] parts;
        final double residual;

        Vector(Complex value, double[][] parts, double residual) {
            this.value = value;
            this.parts = parts;
            this.residual = residual;
        }
    }

    /** The converged eigenvectors of one side, slowest first. */
    private static final class Side {
        final List<Vector> vectors;
        final int iterations;
        final double radius;

        private Side(List<Vector> vectors, int iterations, double radius) {
            this.vectors = vectors;
            this.iterations = iterations;
            this.radius = radius;
        }

        static Side of(Arnoldi arnoldi, UnaryOperator<double[]> operator, int nearest, double shift) {
            int limit = 40 * nearest + 200;
            int next = 2 * nearest + 10;
            while (true) {
                while (arnoldi.size() < next && !arnoldi.isComplete()) {
                    arnoldi.expand();
                }
                List<Arnoldi.Ritz> ritz = arnoldi.ritz();
                int converged = 0;
                while (converged < ritz.size() && ritz.get(converged).residual() <= TOLERANCE) {
                    converged++;
                }
                if (converged >= nearest || (arnoldi.isComplete() && !ritz.isEmpty())) {
                    return collect(arnoldi, operator, ritz.subList(0, converged), shift);
                }
                if (arnoldi.size() >= limit || arnoldi.isComplete()) {
                    throw new ConvergenceException(
                            String.format(
                                    Locale.ROOT, "%d of %d eigenvalues did not converge", nearest - converged, nearest),
                            converged < ritz.size() ? ritz.get(converged).residual() : Double.NaN,
                            arnoldi.size(),
                            TOLERANCE);
                }
                next = arnoldi.size() + (ritz.isEmpty() ? 1 : Math.max(6, arnoldi.size() / 6));
            }
        }

        /** One more application of the operator to each vector takes out what is left of the fast modes. */
        private static Side collect(
                Arnoldi arnoldi, UnaryOperator<double[]> operator, List<Arnoldi.Ritz> ritz, double shift) {
            List<Vector> vectors = new ArrayList<>();
            double radius = Double.POSITIVE_INFINITY;
            for (Arnoldi.Ritz pair : ritz) {
                Complex distance = pair.value().reciprocal();
                radius = distance.norm();
                if (pair.value().getImaginary() < 0.0) {
                    continue;
                }
                boolean real = pair.value().getImaginary() == 0.0;
                double[][] before = {arnoldi.vector(pair, 0), arnoldi.vector(pair, 1)};
                double[][] image = {
                    operator.apply(before[0]), real ? new double[before[0].length] : operator.apply(before[1])
                };
                double error = 0.0;
                double size = 0.0;
                for (int i = 0; i < image[0].length; i++) {
                    Complex z = distance.multiply(new Complex(image[0][i], image[1][i]));
                    error += arnoldi.weight(i)
                            * sum2(z.getRealPart() - before[0][i], z.getImaginaryPart() - before[1][i]);
                    size += arnoldi.weight(i) * sum2(z.getRealPart(), z.getImaginaryPart());
                    image[0][i] = z.getRealPart();
                    image[1][i] = real ? 0.0 : z.getImaginaryPart();
                }
                Complex value = new Complex(shift).subtract(distance);
                vectors.add(new Vector(value, image, Math.sqrt(error / size)));
            }
            vectors.sort(Comparator.comparingDouble((Vector vector) -> -vector.value.getRealPart())
                    .thenComparingDouble(vector -> vector.value.getImaginaryPart()));
            return new Side(vectors, arnoldi.size(), arnoldi.isComplete() ? Double.POSITIVE_INFINITY : radius);
        }

        /** As many vectors as the cluster has, nearest to its eigenvalues. */
        List<Vector> nearest(List<Vector> cluster, double shift) {
            Complex centre = cluster.get(0).value;
            List<Vector> sorted = new ArrayList<>(vectors);
            sorted.sort(Comparator.comparingDouble(
                    vector -> vector.value.subtract(centre).norm()));
            double scale = centre.subtract(shift).norm();
            for (int k = 0; k < cluster.size(); k++) {
                double apart = k < sorted.size()
                        ? sorted.get(k).value.subtract(centre).norm() / scale
                        : Double.POSITIVE_INFINITY;
                if (!(apart <= 2 * CLUSTER)) {
                    throw new ConvergenceException(
                            "left and right eigenvalues near " + centre + " do not agree", apart, iterations, CLUSTER);
                }
            }
            return sorted.subList(0, cluster.size());
        }
    }

    private static double sum2(double a, double b) {
        return a * a + b * b;
    }

    private static List<List<Vector>> clusters(List<Vector> vectors, double shift) {
        List<List<Vector>> clusters = new ArrayList<>();
        for (Vector vector : vectors) {
            List<Vector> home = null;
            for (List<Vector> cluster : clusters) {
                Complex centre = cluster.get(0).value;
                if (vector.value.subtract(centre).norm()
                        <= CLUSTER * centre.subtract(shift).norm()) {
                    home = cluster;
                    break;
                }
            }
            if (home == null) {
                home = new ArrayList<>();
                clusters.add(home);
            }
            home.add(vector);
        }
        return clusters;
    }

    /** Scales the left vectors to Σπ|u|² = 1 and combines the right ones to Σuᵢpⱼ = δᵢⱼ, without conjugation. */
    private static List<Mode> biorthonormal(List<Vector> lefts, List<Vector> rights, double[] weights) {
        int m = lefts.size();
        List<double[][]> u = new ArrayList<>();
        for (Vector vector : lefts) {
            u.add(normalised(vector.parts, weights));
        }
        Complex[][] gram = new Complex[m][m];
        Complex[][] unit = new Complex[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                gram[i][j] = pairing(u.get(i), rights.get(j).parts, weights);
                unit[i][j] = i == j ? Complex.ONE : Complex.ZERO;
            }
        }
        Complex[][] inverse = LinearAlgebra.pureJava().solve(gram, unit);
        List<Mode> modes = new ArrayList<>();
        for (int k = 0; k < m; k++) {
            double[][] p = new double[2][weights.length];
            double residual = lefts.get(k).residual;
            for (int j = 0; j < m; j++) {
                Complex factor = inverse[j][k];
                double[][] v = rights.get(j).parts;
                residual = Math.max(residual, rights.get(j).residual);
                for (int i = 0; i < weights.length; i++) {
                    p[0][i] += weights[i] * (factor.getRealPart() * v[0][i] - factor.getImaginaryPart() * v[1][i]);
                    p[1][i] += weights[i] * (factor.getRealPart() * v[1][i] + factor.getImaginaryPart() * v[0][i]);
                }
            }
            modes.add(new Mode(lefts.get(k).value, p, u.get(k), residual));
        }
        return modes;
    }

    /** Norm 1 in L²(π), and real and positive where it weighs most. */
    private static double[][] normalised(double[][] vector, double[] weights) {
        double square = 0.0;
        int heaviest = 0;
        double most = 0.0;
        for (int i = 0; i < weights.length; i++) {
            double part = weights[i] * sum2(vector[0][i], vector[1][i]);
            square += part;
            // By more than rounding, so that the first of two equal places decides.
            if (part > most * (1 + 1e-6)) {
                most = part;
                heaviest = i;
            }
        }
        Complex factor = new Complex(vector[0][heaviest], -vector[1][heaviest])
                .divide(Math.hypot(vector[0][heaviest], vector[1][heaviest]) * Math.sqrt(square));
        double[][] scaled = new double[2][weights.length];
        for (int i = 0; i < weights.length; i++) {
            scaled[0][i] = factor.getRealPart() * vector[0][i] - factor.getImaginaryPart() * vector[1][i];
            scaled[1][i] = factor.getRealPart() * vector[1][i] + factor.getImaginaryPart() * vector[0][i];
        }
        return scaled;
    }

    private static Complex pairing(double[][] u, double[][] v, double[] weights) {
        double re = 0.0;
        double im = 0.0;
        for (int i = 0; i < weights.length; i++) {
            re += weights[i] * (u[0][i] * v[0][i] - u[1][i] * v[1][i]);
            im += weights[i] * (u[0][i] * v[1][i] + u[1][i] * v[0][i]);
        }
        return new Complex(re, im);
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
