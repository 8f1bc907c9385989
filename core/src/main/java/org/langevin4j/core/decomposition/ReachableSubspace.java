package org.langevin4j.core.decomposition;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.util.FastMath;

/**
 * The reachable (controllable) subspace of (F, D), spanned by im D, F im D, F² im D, … It is where noise acts, directly or
 * carried on by the drift. Its basis is built block by block, orthogonalised twice and with the largest remainder first.
 */
final class ReachableSubspace {

    private final List<double[]> basis = new ArrayList<>();

    private ReachableSubspace() {}

    /**
     * An orthonormal basis.
     *
     * @param noise an orthonormal basis of im D, one row a vector
     * @param tolerance what a new direction must reach, relative to ‖F‖
     * @return d×r
     */
    static RealMatrix basis(RealMatrix f, double[][] noise, double tolerance) {
        ReachableSubspace subspace = new ReachableSubspace();
        subspace.basis.addAll(List.of(noise));
        double smallest = tolerance * f.getFrobeniusNorm();
        int done = 0;
        while (done < subspace.basis.size() && subspace.basis.size() < f.getRowDimension()) {
            List<double[]> images = new ArrayList<>();
            for (double[] v : subspace.basis.subList(done, subspace.basis.size())) {
                images.add(f.operate(v));
            }
            done = subspace.basis.size();
            subspace.include(images, smallest);
        }
        return new Array2DRowRealMatrix(subspace.basis.toArray(double[][]::new), false).transpose();
    }

    private void include(List<double[]> vectors, double smallest) {
        for (double[] vector : vectors) {
            orthogonalise(vector, 0);
        }
        while (!vectors.isEmpty()) {
            int largest = 0;
            for (int k = 1; k < vectors.size(); k++) {
                if (dot(vectors.get(k), vectors.get(k)) > dot(vectors.get(largest), vectors.get(largest))) {
                    largest = k;
                }
            }
            double[] next = vectors.remove(largest);
            orthogonalise(next, 0);
            double length = FastMath.sqrt(dot(next, next));
            if (!(length > smallest)) {
                return;
            }
            for (int i = 0; i < next.length; i++) {
                next[i] /= length;
            }
            orthogonalise(next, 0);
            basis.add(next);
            for (double[] vector : vectors) {
                orthogonalise(vector, basis.size() - 1);
            }
        }
    }

    private void orthogonalise(double[] vector, int from) {
        for (double[] direction : basis.subList(from, basis.size())) {
            double product = dot(direction, vector);
            for (int i = 0; i < vector.length; i++) {
                vector[i] -= product * direction[i];
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0.0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
