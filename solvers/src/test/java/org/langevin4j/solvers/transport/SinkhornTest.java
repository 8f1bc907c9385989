package org.langevin4j.solvers.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.ConvergenceException;

class SinkhornTest {

    private static final Temperature ONE = Temperature.of(1.0);

    /** Reference values w2_gaussians: N(0, A) and N((1, −2), B). */
    private static final RealMatrix A = MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.3}, {0.3, 0.5}});

    private static final RealMatrix B = MatrixUtils.createRealMatrix(new double[][] {{0.4, -0.1}, {-0.1, 0.9}});

    private static final double W2_SQUARED = 5.311926144990843;

    private static Density gaussian(Grid grid, double m0, double m1, RealMatrix covariance) {
        RealMatrix inverse = MatrixUtils.inverse(covariance);
        return Density.gibbs(
                grid,
                x -> {
                    double[] z = {x[0] - m0, x[1] - m1};
                    return 0.5
                            * MatrixUtils.createRealVector(z)
                                    .dotProduct(inverse.operate(MatrixUtils.createRealVector(z)));
                },
                ONE);
    }

    /**
     * OT_ε of centred Gaussians (Janati, Muzellec, Peyré and Cuturi 2020, Theorem 1), s = ε/2, D = (4A^½BA^½ + s²)^½:
     * tr(A + B − D) + ds(1 − log 2s) + s log det(D + s).
     */
    private static double entropicTransport(RealMatrix a, RealMatrix b, double epsilon) {
        double s = 0.5 * epsilon;
        EigenDecompositionSymmetric ofA = new EigenDecompositionSymmetric(a);
        RealMatrix root = ofA.getSquareRoot();
        EigenDecompositionSymmetric product =
                new EigenDecompositionSymmetric(root.multiply(b).multiply(root));
        int d = a.getRowDimension();
        double value = a.getTrace() + b.getTrace() + d * s * (1 - Math.log(2 * s));
        for (int i = 0; i < d; i++) {
            double eigenvalue = Math.sqrt(4 * product.getEigenvalue(i) + s * s);
            value += s * Math.log(eigenvalue + s) - eigenvalue;
        }
        return value;
    }

    /** On different grids, of different sizes, with correlations: closed form for each ε, and W₂² with an error ∝ ε². */
    @Test
    void gaussiansInThePlane() {
        Grid first = Grid.of(Axis.uniform(-5.5, 5.5, 70), Axis.uniform(-4, 4, 60));
        Grid second = Grid.of(Axis.uniform(-2.5, 4.5, 50), Axis.uniform(-7, 3.5, 68));
        Density a = gaussian(first, 0, 0, A);
        Density b = gaussian(second, 1, -2, B);
        double[] errors = new double[3];
        for (int i = 0; i < 3; i++) {
            double epsilon = 0.4 / (1 << i);
            EntropicDistance result = Sinkhorn.withEpsilon(epsilon).between(a, b);
            assertThat(result.marginalError()).isBetween(0.0, 1e-7);
            assertThat(result.epsilon()).isEqualTo(epsilon);
            double transport = 5 + entropicTransport(A, B, epsilon);
            double divergence =
                    transport - 0.5 * entropicTransport(A, A, epsilon) - 0.5 * entropicTransport(B, B, epsilon);
            assertThat(result.transport()).isCloseTo(transport, within(1e-5));
            assertThat(result.divergence()).isCloseTo(divergence, within(1e-5));
            errors[i] = Math.abs(result.divergence() - W2_SQUARED);
        }
        assertThat(errors[2]).isLessThan(3e-4);
        assertThat(Math.log(errors[0] / errors[2]) / Math.log(4)).isBetween(1.8, 2.2);
    }

    @Test
    void translationsAreExact() {
        Grid grid = Grid.square(-4, 4, 40);
        Density a = gaussian(grid, 0, 0, A.scalarMultiply(0.5));
        Density moved = Density.of(Grid.of(Axis.uniform(-3, 5, 40), Axis.uniform(-4.5, 3.5, 40)), a.values());
        EntropicDistance result = Sinkhorn.withEpsilon(0.5).withTolerance(1e-9).between(a, moved);
        assertThat(result.divergence()).isCloseTo(1.25, within(1e-8));
        assertThat(result.distance()).isCloseTo(Math.sqrt(1.25), within(1e-8));
        assertThat(Sinkhorn.withEpsilon(0.5).between(a, a).distance()).isLessThan(1e-4);
    }

    /** Two humps, with cells without mass, against the exact distance; and the same the other way round. */
    @Test
    void agreesWithTheExactDistanceOnALine() {
        Density a = Density.gibbs(
                Grid.of(Axis.uniform(-3, 3, 240)),
                x -> Math.abs(x[0]) > 2.5 ? Double.POSITIVE_INFINITY : 4 * Math.pow(x[0] * x[0] - 1, 2),
                ONE);
        Density b = Density.gaussian(Grid.of(Axis.uniform(-4, 4, 300)), new double[] {0.7}, 0.5);
        double exact = Wasserstein.distance(a, b);
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            Sinkhorn method = Sinkhorn.withEpsilon(0.04 / (1 << i));
            EntropicDistance result = method.between(a, b);
            errors[i] = Math.abs(result.divergence() - exact * exact);
            assertThat(method.between(b, a).divergence()).isCloseTo(result.divergence(), within(1e-7));
        }
        assertThat(errors[1]).isLessThan(3e-4).isLessThan(errors[0]);
    }

    /** In three dimensions, of a product, the closed form of each axis; graded cells on one of them. */
    @Test
    void threeDimensions() {
        double[] edges = new double[31];
        for (int i = 0; i <= 30; i++) {
            edges[i] = 4 * Math.sinh(1.2 * (i - 15) / 15) / Math.sinh(1.2);
        }
        Grid grid = Grid.of(Axis.uniform(-4, 4, 26), Axis.of(edges), Axis.uniform(-5, 5, 28));
        Density a = Density.gaussian(grid, new double[] {0.2, 0, 0}, 0.8);
        Density b = Density.gaussian(grid, new double[] {0, 0.1, -0.5}, 0.7);
        double epsilon = 0.6;
        EntropicDistance result = Sinkhorn.withEpsilon(epsilon).between(a, b);
        RealMatrix ofA = MatrixUtils.createRealIdentityMatrix(3).scalarMultiply(0.64);
        RealMatrix ofB = MatrixUtils.createRealIdentityMatrix(3).scalarMultiply(0.49);
        double expected = 0.3
                + entropicTransport(ofA, ofB, epsilon)
                - 0.5 * entropicTransport(ofA, ofA, epsilon)
                - 0.5 * entropicTransport(ofB, ofB, epsilon);
        assertThat(result.divergence()).isCloseTo(expected, within(1e-5));
    }

    /** ε so small that every kernel underflows between the two: the logarithms bear it. */
    @Test
    void farApartAndSmallEpsilon() {
        Grid left = Grid.of(Axis.uniform(0, 1, 40));
        Grid right = Grid.of(Axis.uniform(100, 101, 40));
        Density a = Density.gaussian(left, new double[] {0.5}, 0.1);
        Density b = Density.of(right, a.values());
        EntropicDistance result = Sinkhorn.withEpsilon(2e-3).between(a, b);
        assertThat(result.distance()).isCloseTo(100, within(1e-6));
    }

    @Test
    void faultsAreTold() {
        assertThatThrownBy(() -> Sinkhorn.withEpsilon(0.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("epsilon must be positive and finite, got 0.0");
        assertThatThrownBy(() -> Sinkhorn.withEpsilon(1).withTolerance(Double.NaN))
                .hasMessage("tolerance must be positive and finite, got NaN");
        assertThatThrownBy(() -> Sinkhorn.withEpsilon(1).withMaxIterations(0))
                .hasMessage("maxIterations must be at least 1, got 0");
        Density plane = Density.gaussian(Grid.square(-1, 1, 4), new double[2], 1.0);
        Density line = Density.gaussian(Grid.of(Axis.uniform(-1, 1, 4)), new double[1], 1.0);
        assertThatThrownBy(() -> Sinkhorn.withEpsilon(1).between(plane, line))
                .hasMessage("densities must have the same dimension, got 2 and 1");
        Density other = Density.gaussian(Grid.square(-1, 2, 9), new double[] {1, 1}, 0.3);
        ConvergenceException failure = catchThrowableOfType(
                ConvergenceException.class,
                () -> Sinkhorn.withEpsilon(1e-2).withMaxIterations(3).between(plane, other));
        assertThat(failure.iterations()).isGreaterThanOrEqualTo(3);
        assertThat(failure.residual()).isGreaterThan(failure.tolerance());
        assertThat(failure.tolerance()).isEqualTo(1e-7);
        assertThat(failure).hasMessageStartingWith("Sinkhorn iteration did not converge: residual ");
    }
}
