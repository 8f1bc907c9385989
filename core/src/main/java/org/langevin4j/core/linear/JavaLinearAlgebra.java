package org.langevin4j.core.linear;

import cern.colt.matrix.DoubleMatrix2D;
import cern.colt.matrix.impl.DenseDoubleMatrix2D;
import cern.colt.matrix.linalg.EigenvalueDecomposition;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.LinearField;

/** Pure Java. */
final class JavaLinearAlgebra implements LinearAlgebra {

    static final JavaLinearAlgebra INSTANCE = new JavaLinearAlgebra();

    /** The order from which native code is worth being loaded: below it everything takes milliseconds. */
    static final int LARGE = 64;

    private JavaLinearAlgebra() {}

    @Override
    public String name() {
        return "pure Java";
    }

    @Override
    public RealMatrix multiply(RealMatrix a, RealMatrix b) {
        int columns = b.getColumnDimension();
        double[][] product = new double[a.getRowDimension()][columns];
        LinearField.of(a).atBlock(b.getData(), columns, product);
        return new Array2DRowRealMatrix(product, false);
    }

    @Override
    public RealMatrix solve(RealMatrix a, RealMatrix b) {
        try {
            return new LUDecomposition(a, Double.MIN_NORMAL).getSolver().solve(b);
        } catch (MathRuntimeException e) {
            throw new ArithmeticException("the matrix of order " + a.getRowDimension() + " is singular");
        }
    }

    @Override
    public RealSchur schur(RealMatrix a) {
        if (MatrixUtils.isSymmetric(a, 0.0)) {
            SymmetricEigen eigen = symmetricEigen(a);
            return new RealSchur(eigen.vectors(), new Array2DRowRealMatrix(diagonal(eigen.values()), false));
        }
        return FrancisIteration.schur(a);
    }

    private static double[][] diagonal(double[] values) {
        double[][] rows = new double[values.length][values.length];
        for (int i = 0; i < values.length; i++) {
            rows[i][i] = values[i];
        }
        return rows;
    }

    @Override
    public SymmetricEigen symmetricEigen(RealMatrix a) {
        double[][] rows = a.getData();
        int n = rows.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                rows[j][i] = rows[i][j];
            }
        }
        // Colt's, because that of Hipparchus 4.0.3 often does not converge for a singular matrix of order 100 or more.
        EigenvalueDecomposition eigen = new EigenvalueDecomposition(new DenseDoubleMatrix2D(rows));
        double[] values = eigen.getRealEigenvalues().toArray();
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> values[k]))
                .mapToInt(Integer::intValue)
                .toArray();
        // Once: each call copies.
        DoubleMatrix2D v = eigen.getV();
        double[][] vectors = new double[n][n];
        double[] ascending = new double[n];
        for (int k = 0; k < n; k++) {
            ascending[k] = values[order[k]];
            for (int i = 0; i < n; i++) {
                vectors[i][k] = v.getQuick(i, order[k]);
            }
        }
        return new SymmetricEigen(ascending, new Array2DRowRealMatrix(vectors, false));
    }
}
