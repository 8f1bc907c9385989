package org.langevin4j.solvers.orbit;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.linear.Vectors;

/**
 * Watches three functions along a branch of fixed points, whose changes of sign tell a fold, a branch point and a Hopf
 * point, and has the bifurcations located that it passes. Used for one course.
 */
final class TestFunctions implements PseudoArclength.Visitor {

    private static final int FOLD = 0;
    private static final int CROSSING = 1;
    private static final int HOPF = 2;

    /** A test function that is smaller, relative to its parts, has no sign. */
    private static final double NO_SIGN = 1e-8;

    private final FixedPointEquation equation;
    private final DefiningSystems systems;
    private final List<Bifurcation> found = new ArrayList<>();

    /** Where each function last had a sign, and its value there. */
    private final double[] lastValues = new double[3];

    private final double[][] lastPoints = new double[3][0];

    TestFunctions(FixedPointEquation equation) {
        this.equation = equation;
        this.systems = new DefiningSystems(equation);
    }

    /** What was passed, in the order of the curve. */
    List<Bifurcation> found() {
        return found;
    }

    @Override
    public void visit(double[] y, double[] tangent) {
        boolean first = lastPoints[FOLD].length == 0;
        double[] values = values(y, tangent);
        boolean[] changed = new boolean[3];
        for (int k = 0; k < 3; k++) {
            changed[k] = lastValues[k] * values[k] < 0.0;
        }
        if (changed[CROSSING]) {
            found.add(systems.crossingNear(guess(CROSSING, values, y)));
        } else if (changed[FOLD]) {
            found.add(systems.foldNear(guess(FOLD, values, y), tangent));
        }
        if (changed[HOPF]) {
            systems.hopfNear(guess(HOPF, values, y)).ifPresent(found::add);
        }
        for (int k = 0; k < 3; k++) {
            if (first || values[k] != 0.0) {
                lastValues[k] = values[k];
                lastPoints[k] = y;
            }
        }
    }

    private double[] values(double[] y, double[] tangent) {
        int d = equation.dimension();
        RealMatrix bordered = equation.bordered(y, tangent);
        double scale = 1.0;
        for (int i = 0; i <= d; i++) {
            scale *= bordered.getRowVector(i).getNorm();
        }
        double determinant = LuFactors.of(bordered).determinant();
        return new double[] {
            Math.abs(tangent[d]) > NO_SIGN ? tangent[d] : 0.0,
            Math.abs(determinant) > NO_SIGN * scale ? determinant : 0.0,
            hopf(bordered.getSubMatrix(0, d - 1, 0, d - 1))
        };
    }

    private static double hopf(RealMatrix jacobian) {
        Complex[] eigenvalues = Eigenvalues.of(jacobian);
        if (eigenvalues.length == 1) {
            return 1.0;
        }
        double least = Double.POSITIVE_INFINITY;
        Complex product = Complex.ONE;
        for (int i = 0; i < eigenvalues.length; i++) {
            for (int j = i + 1; j < eigenvalues.length; j++) {
                Complex sum = eigenvalues[i].add(eigenvalues[j]);
                product = product.multiply(sum);
                least = Math.min(least, Eigenvalues.modulus(sum));
            }
        }
        return least > NO_SIGN * Vectors.norm(jacobian) ? product.getReal() : 0.0;
    }

    /** Where the test function would vanish if it were linear. */
    private double[] guess(int k, double[] values, double[] y) {
        double t = lastValues[k] / (lastValues[k] - values[k]);
        return Vectors.moved(lastPoints[k], Vectors.difference(y, lastPoints[k]), t);
    }
}
