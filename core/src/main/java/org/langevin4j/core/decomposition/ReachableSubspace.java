package org.langevin4j.core.decomposition;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;

/**
 * The reachable (controllable) subspace of (F, D), spanned by im D, F im D, F² im D, … It is where noise acts, directly or
 * carried on by the drift. Its basis is built block by block, orthogonalised twice and with the largest remainder first.
 */
final class ReachableSubspace {

    private final List<double[]> basis = new ArrayList<>();
    private final LinearAlgebra algebra;

    private ReachableSubspace(LinearAlgebra algebra) {
        this.algebra = algebra;
    }

    /**
     * An orthonormal basis.
     *
     * @param noise an orthonormal basis of im D, one row a vector
     * @param tolerance what a new direction must reach, relative to ‖F‖
     * @return d×r
     */
    static RealMatrix basis(RealMatrix f, double[][] noise, double tolerance, LinearAlgebra algebra) {
        ReachableSubspace subspace = new ReachableSubspace(algebra);
        subspace.basis.addAll(List.of(noise));
        double smallest = tolerance * Vectors.norm(f);
        int done = 0;
        while (done < subspace.basis.size() && subspace.basis.size() < f.getRowDimension()) {
            RealMatrix images =
                    algebra.multiply(rows(subspace.basis.subList(done, subspace.basis.size())), f.transpose());
            done = subspace.basis.size();
            subspace.include(images, smallest);
        }
        return rows(subspace.basis).transpose();
    }

    private static RealMatrix rows(List<double[]> vectors) {
        return new Array2DRowRealMatrix(vectors.toArray(double[][]::new));
    }

    /** Adds the directions of the rows that are not there yet. */
    private void include(RealMatrix images, double smallest) {
        RealMatrix known = rows(basis);
        RealMatrix rest = images;
        for (int twice = 0; twice < 2; twice++) {
            rest = rest.subtract(algebra.multiply(algebra.multiply(rest, known.transpose()), known));
        }
        List<double[]> vectors = new ArrayList<>(List.of(rest.getData()));
        while (!vectors.isEmpty()) {
            int largest = 0;
            double square = 0.0;
            for (int k = 0; k < vectors.size(); k++) {
                double candidate = Vectors.dot(vectors.get(k), vectors.get(k));
                if (candidate > square) {
                    square = candidate;
                    largest = k;
                }
            }
            double[] next = vectors.remove(largest);
            orthogonalise(next, 0);
            double length = Vectors.norm(next);
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
            Vectors.addMultiple(-Vectors.dot(direction, vector), direction, vector);
        }
    }
}
