package org.langevin4j.core.linear;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;

/** Pure Java. */
final class JavaRoutines implements DenseRoutines {

    JavaRoutines() {}

    @Override
    public String name() {
        return "pure Java";
    }

    @Override
    public RealMatrix multiply(RealMatrix a, RealMatrix b) {
        int columns = b.getColumnDimension();
        double[][] product = new double[a.getRowDimension()][columns];
        TransposedProduct.of(Rows.transposed(Rows.of(a)), Rows.of(b), columns, product);
        return new Array2DRowRealMatrix(product, false);
    }

    @Override
    public RealMatrix columnProducts(RealMatrix a) {
        return new Array2DRowRealMatrix(TransposedProduct.ofItself(Rows.of(a)), false);
    }

    @Override
    public RealMatrix rowProducts(RealMatrix a) {
        return new Array2DRowRealMatrix(TransposedProduct.ofRows(Rows.of(a)), false);
    }

    @Override
    public RealMatrix solve(RealMatrix a, RealMatrix b) {
        return LuFactors.of(a).solve(b);
    }

    @Override
    public RealSchur schur(RealMatrix a) {
        return FrancisIteration.schur(a);
    }

    @Override
    public Eigenpairs symmetricEigen(RealMatrix a) {
        return SymmetricIteration.pairs(Rows.copy(Rows.of(a)));
    }

    @Override
    public double[] symmetricEigenvalues(RealMatrix a) {
        return SymmetricIteration.values(Rows.copy(Rows.of(a)));
    }

    @Override
    public SymmetricStorage symmetric(int order) {
        return new TriangularRows(order);
    }
}
