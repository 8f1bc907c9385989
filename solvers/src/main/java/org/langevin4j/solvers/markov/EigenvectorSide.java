package org.langevin4j.solvers.markov;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.hipparchus.complex.Complex;
import org.langevin4j.solvers.ConvergenceException;

/** The converged eigenvectors of one side, left or right, slowest first. */
final class EigenvectorSide {

    private static final double TOLERANCE = 1e-10;

    /** Eigenvalues nearer than this, relative to their distance from the shift, are treated together. */
    private static final double CLUSTER = 1e-7;

    /** An eigenvector of one side. */
    static final class Vector {
        final Complex value;
        final double[][] parts;
        final double residual;

        Vector(Complex value, double[][] parts, double residual) {
            this.value = value;
            this.parts = parts;
            this.residual = residual;
        }
    }

    final List<Vector> vectors;
    final int iterations;
    final double radius;

    private EigenvectorSide(List<Vector> vectors, int iterations, double radius) {
        this.vectors = vectors;
        this.iterations = iterations;
        this.radius = radius;
    }

    /**
     * Expands until enough eigenvalues have converged.
     *
     * @param arnoldi iteration with the operator, whose eigenvalues are unit/(σ − λ)
     * @param operator (σI − A)⁻¹ or its transpose, times the unit
     * @param nearest how many eigenvalues
     * @param shift σ
     * @param unit a factor that keeps the operator in range
     */
    static EigenvectorSide of(
            Arnoldi arnoldi, UnaryOperator<double[]> operator, int nearest, double shift, double unit) {
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
                return collect(arnoldi, operator, ritz.subList(0, converged), shift, unit);
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
    private static EigenvectorSide collect(
            Arnoldi arnoldi, UnaryOperator<double[]> operator, List<Arnoldi.Ritz> ritz, double shift, double unit) {
        List<Vector> vectors = new ArrayList<>();
        double radius = Double.POSITIVE_INFINITY;
        for (Arnoldi.Ritz pair : ritz) {
            // By which the operator brings the vector back, and the eigenvalue's distance from the shift.
            Complex back = pair.value().reciprocal();
            Complex distance = back.multiply(unit);
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
                Complex z = back.multiply(new Complex(image[0][i], image[1][i]));
                error += arnoldi.weight(i) * sum2(z.getRealPart() - before[0][i], z.getImaginaryPart() - before[1][i]);
                size += arnoldi.weight(i) * sum2(z.getRealPart(), z.getImaginaryPart());
                image[0][i] = z.getRealPart();
                image[1][i] = real ? 0.0 : z.getImaginaryPart();
            }
            Complex value = new Complex(shift).subtract(distance);
            vectors.add(new Vector(value, image, Math.sqrt(error / size)));
        }
        vectors.sort(Comparator.comparingDouble((Vector vector) -> -vector.value.getRealPart())
                .thenComparingDouble(vector -> vector.value.getImaginaryPart()));
        return new EigenvectorSide(vectors, arnoldi.size(), arnoldi.isComplete() ? Double.POSITIVE_INFINITY : radius);
    }

    /** As many vectors as the cluster has, nearest to its eigenvalues. */
    List<Vector> nearest(List<Vector> cluster, double shift) {
        Complex centre = cluster.get(0).value;
        List<Vector> sorted = new ArrayList<>(vectors);
        sorted.sort(Comparator.comparingDouble(
                vector -> vector.value.subtract(centre).norm()));
        double scale = centre.subtract(shift).norm();
        for (int k = 0; k < cluster.size(); k++) {
            double apart =
                    k < sorted.size() ? sorted.get(k).value.subtract(centre).norm() / scale : Double.POSITIVE_INFINITY;
            if (!(apart <= 2 * CLUSTER)) {
                throw new ConvergenceException(
                        "left and right eigenvalues near " + centre + " do not agree", apart, iterations, CLUSTER);
            }
        }
        return sorted.subList(0, cluster.size());
    }

    /** The vectors, those of nearly equal eigenvalues together. */
    List<List<Vector>> clusters(double shift) {
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

    private static double sum2(double a, double b) {
        return a * a + b * b;
    }
}
