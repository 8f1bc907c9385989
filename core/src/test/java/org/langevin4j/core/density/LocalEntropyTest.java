package org.langevin4j.core.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.random.Seed;

class LocalEntropyTest {

    private static final ScalarField DOUBLE_WELL = x -> 0.25 * (x[0] * x[0] - 1) * (x[0] * x[0] - 1);

    private static final RealMatrix HESSIAN =
            new Array2DRowRealMatrix(new double[][] {{3.0, 0.8, -0.4}, {0.8, 1.0, 0.2}, {-0.4, 0.2, 0.5}});

    private static double quadratic(double[] x) {
        return 0.5 * MatrixUtils.createRealVector(x).dotProduct(HESSIAN.operate(MatrixUtils.createRealVector(x)));
    }

    /** ½xᵀH(I + γH)⁻¹x + ½ log det(I + γH). */
    private static double quadraticLocalEntropy(double[] x, double variance) {
        RealMatrix sum = MatrixUtils.createRealIdentityMatrix(3).add(HESSIAN.scalarMultiply(variance));
        LUDecomposition lu = new LUDecomposition(sum);
        RealMatrix smoothed = HESSIAN.multiply(lu.getSolver().getInverse());
        return 0.5 * MatrixUtils.createRealVector(x).dotProduct(smoothed.operate(MatrixUtils.createRealVector(x)))
                + 0.5 * Math.log(lu.getDeterminant());
    }

    /** Reference values local_entropy_gamma0.1: f = (x² − 1)²/4, γ = 0.1, mpmath quadrature. */
    @ParameterizedTest
    @CsvSource({"0, 0.20616237465837955", "0.5, 0.1322718812809648", "1, 0.09219059366905187", "2, 1.6214191389288377"})
    void quadratureMeetsTheReference(double x, double expected) {
        LocalEntropy entropy = LocalEntropy.of(DOUBLE_WELL, 1, 0.1, 64);
        assertThat(entropy.at(new double[] {x})).isCloseTo(expected, within(1e-12));
        assertThat(entropy.error(new double[] {x})).isLessThan(1e-7);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.20616237465837955", "0.5, 0.1322718812809648", "1, 0.09219059366905187", "2, 1.6214191389288377"})
    void gridMeetsTheReference(double x, double expected) {
        // Centres at the multiples of 1/20.
        Grid grid = Grid.of(Axis.uniform(-5.025, 5.025, 201));
        double[] values = new double[grid.cells()];
        for (int i = 0; i < values.length; i++) {
            values[i] = DOUBLE_WELL.at(new double[] {grid.axis(0).centre(i)});
        }
        CellFunction entropy = LocalEntropy.onGrid(CellFunction.of(grid, values), 0.1, Boundary.ABSORBING);
        assertThat(entropy.at(x)).isCloseTo(expected, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.20616237465837955", "0.5, 0.1322718812809648", "1, 0.09219059366905187", "2, 1.6214191389288377"})
    void samplingMeetsTheReference(double x, double expected) {
        SampledLocalEntropy entropy = SampledLocalEntropy.of(DOUBLE_WELL, 1, 0.1, 200_000, Seed.of(17));
        SampledLocalEntropy.Estimate estimate = entropy.estimate(new double[] {x});
        assertThat(estimate.standardError()).isLessThan(3e-3);
        assertThat(estimate.value()).isCloseTo(expected, within(4 * estimate.standardError()));
        assertThat(estimate.value()).isEqualTo(entropy.at(new double[] {x}));
        assertThat(estimate.isCollapsed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.1, 0.5})
    void quadraticInThreeDimensions(double variance) {
        LocalEntropy entropy = LocalEntropy.of(LocalEntropyTest::quadratic, 3, variance, 48);
        SampledLocalEntropy sampled =
                SampledLocalEntropy.of(LocalEntropyTest::quadratic, 3, variance, 100_000, Seed.of(3));
        for (double[] x : new double[][] {{0, 0, 0}, {1, -0.5, 2}, {-0.3, 0.2, -1}}) {
            double expected = quadraticLocalEntropy(x, variance);
            assertThat(entropy.at(x)).isCloseTo(expected, within(1e-11));
            SampledLocalEntropy.Estimate estimate = sampled.estimate(x);
            assertThat(estimate.value()).isCloseTo(expected, within(4 * estimate.standardError()));
        }
    }

    /** The standard error is the spread over seeds. */
    @Test
    void standardErrorIsTheSpreadOverSeeds() {
        int seeds = 400;
        double[] x = {0.5, -0.2, 0.1};
        double sum = 0.0;
        double told = 0.0;
        for (int s = 0; s < seeds; s++) {
            SampledLocalEntropy.Estimate estimate = SampledLocalEntropy.of(
                            LocalEntropyTest::quadratic, 3, 0.3, 1000, Seed.of(100 + s))
                    .estimate(x);
            double off = estimate.value() - quadraticLocalEntropy(x, 0.3);
            sum += off * off;
            told += estimate.standardError();
        }
        double spread = Math.sqrt(sum / seeds);
        // The relative error of a standard deviation from n values is 1/√(2n).
        assertThat(told / seeds).isCloseTo(spread, within(4 * spread / Math.sqrt(2.0 * seeds)));
    }

    @Test
    void gradientIsTheDerivative() {
        LocalEntropy entropy = LocalEntropy.of(x -> DOUBLE_WELL.at(x) + x[0] * x[1] + x[1] * x[1], 2, 0.1, 48);
        differencesAgree(entropy, new double[] {0.4, -0.3}, 1e-8);
        double[] gradient = new double[3];
        double[] x = {1, -0.5, 2};
        LocalEntropy.of(LocalEntropyTest::quadratic, 3, 0.5, 48).gradient(x, gradient);
        RealMatrix smoothed = HESSIAN.multiply(
                MatrixUtils.inverse(MatrixUtils.createRealIdentityMatrix(3).add(HESSIAN.scalarMultiply(0.5))));
        double[] expected = smoothed.operate(x);
        for (int a = 0; a < 3; a++) {
            assertThat(gradient[a]).isCloseTo(expected[a], within(1e-10));
        }
    }

    /** Central differences, of second order. */
    private static void differencesAgree(Potential potential, double[] x, double tolerance) {
        double[] gradient = new double[x.length];
        potential.gradient(x, gradient);
        double h = 1e-5;
        for (int a = 0; a < x.length; a++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[a] += h;
            down[a] -= h;
            assertThat(gradient[a]).isCloseTo((potential.at(up) - potential.at(down)) / (2 * h), within(tolerance));
        }
    }

    /** Means of z with n weights: the standard error is at most 1/√(γ·effective size) where the weighted variance is below 1. */
    @Test
    void sampledGradient() {
        double variance = 0.2;
        double[] x = {0.4, -0.3, 0.8};
        SampledLocalEntropy sampled =
                SampledLocalEntropy.of(LocalEntropyTest::quadratic, 3, variance, 100_000, Seed.of(5));
        double[] gradient = new double[3];
        sampled.gradient(x, gradient);
        double[] expected = HESSIAN.multiply(MatrixUtils.inverse(
                        MatrixUtils.createRealIdentityMatrix(3).add(HESSIAN.scalarMultiply(variance))))
                .operate(x);
        double bound = 4.0 / Math.sqrt(variance * sampled.estimate(x).effectiveSampleSize());
        assertThat(bound).isLessThan(0.06);
        for (int a = 0; a < 3; a++) {
            assertThat(gradient[a]).isCloseTo(expected[a], within(bound));
        }
    }

    /** f of the order of ±10⁵, whose exponentials are out of range. */
    @Test
    void nothingOverflows() {
        double[] x = {0.3, 0.1, -0.2};
        for (double shift : new double[] {1e5, -1e5}) {
            ScalarField f = y -> quadratic(y) + shift;
            double expected = quadraticLocalEntropy(x, 0.5) + shift;
            assertThat(LocalEntropy.of(f, 3, 0.5, 48).at(x)).isCloseTo(expected, within(1e-9));
            SampledLocalEntropy.Estimate estimate =
                    SampledLocalEntropy.of(f, 3, 0.5, 20_000, Seed.of(1)).estimate(x);
            assertThat(estimate.value()).isCloseTo(expected, within(4 * estimate.standardError() + 1e-9));
        }
    }

    /** f = ½k|x|² in d dimensions: E[w]²/E[w²] = ((1 + 2γk)/(1 + γk)²)^(d/2). */
    @Test
    void theEffectiveNumberOfSamplesCollapsesInManyDimensions() {
        double[] few = effectiveShare(4);
        assertThat(few[0]).isCloseTo(Math.pow(2.0 * few[1] + 1.0, 2) / Math.pow(1 + few[1], 4), within(0.01));
        SampledLocalEntropy many = SampledLocalEntropy.of(x -> 5.0 * squares(x), 60, 0.3, 20_000, Seed.of(2));
        SampledLocalEntropy.Estimate estimate = many.estimate(new double[60]);
        assertThat(estimate.isCollapsed()).isTrue();
        assertThat(estimate.effectiveSampleSize()).isBetween(1.0, 100.0);
        // Too high: the samples that would carry the mean are not there.
        assertThat(estimate.value()).isGreaterThan(30.0 * Math.log(1 + 0.3 * 10.0) + 3.0);
    }

    private static double[] effectiveShare(int dimension) {
        double variance = 0.1;
        SampledLocalEntropy sampled =
                SampledLocalEntropy.of(x -> 5.0 * squares(x), dimension, variance, 100_000, Seed.of(9));
        return new double[] {sampled.estimate(new double[dimension]).effectiveSampleSize() / 100_000, 10.0 * variance};
    }

    private static double squares(double[] x) {
        double sum = 0.0;
        for (double value : x) {
            sum += value * value;
        }
        return sum;
    }

    /** A constant is its own local entropy where nothing is lost at the faces; where f is infinite beyond, half is lost. */
    @ParameterizedTest
    @EnumSource(value = Boundary.class, names = "SPECULAR", mode = EnumSource.Mode.EXCLUDE)
    void whatIsBeyondTheGrid(Boundary beyond) {
        Grid grid = Grid.of(Axis.uniform(0, 1, 40), Axis.uniform(-1, 1, 50));
        double[] values = new double[grid.cells()];
        Arrays.fill(values, 2.5);
        CellFunction entropy = LocalEntropy.onGrid(CellFunction.of(grid, values), 0.01, beyond);
        double edge = entropy.at(0.5 / 40, 0.02);
        if (beyond == Boundary.ABSORBING) {
            // P(z > −Δ/2) with Δ/2 = 0.0125 and √γ = 0.1: 0.549738 (SciPy norm.cdf(0.125)).
            assertThat(edge).isCloseTo(2.5 - Math.log(0.5497382248301129), within(2e-3));
        } else {
            assertThat(edge).isCloseTo(2.5, within(1e-12));
        }
        assertThat(entropy.at(0.5125, 0.02)).isCloseTo(2.5, within(1e-5));
    }

    /** f = cos(kx) repeated: the images are summed. Against quadrature, which knows no box. */
    @Test
    void periodicGridAgreesWithQuadrature() {
        ScalarField f = x -> Math.cos(x[0]) + 0.5 * Math.sin(x[0] + x[1]);
        int n = 48;
        Axis axis = Axis.uniform(0, 2 * Math.PI, n);
        Grid grid = Grid.of(axis, axis);
        double[] values = new double[grid.cells()];
        double[] x = new double[2];
        for (int cell = 0; cell < values.length; cell++) {
            grid.centre(cell, x);
            values[cell] = f.at(x);
        }
        CellFunction onGrid = LocalEntropy.onGrid(CellFunction.of(grid, values), 1.5, Boundary.PERIODIC);
        LocalEntropy exact = LocalEntropy.of(f, 2, 1.5, 64);
        for (int cell = 0; cell < values.length; cell += 97) {
            grid.centre(cell, x);
            assertThat(onGrid.value(cell)).isCloseTo(exact.at(x), within(1e-10));
        }
    }

    /** Mirrored at a face where f is even: as if there were no face. */
    @Test
    void mirroredGridAgreesWithQuadrature() {
        Grid grid = Grid.of(Axis.uniform(0, 6, 120));
        double[] values = new double[120];
        for (int i = 0; i < 120; i++) {
            values[i] = DOUBLE_WELL.at(new double[] {grid.axis(0).centre(i)});
        }
        CellFunction onGrid = LocalEntropy.onGrid(CellFunction.of(grid, values), 0.1, Boundary.REFLECTING);
        LocalEntropy exact = LocalEntropy.of(DOUBLE_WELL, 1, 0.1, 64);
        for (int i = 0; i < 60; i += 7) {
            assertThat(onGrid.value(i))
                    .isCloseTo(exact.at(new double[] {grid.axis(0).centre(i)}), within(1e-11));
        }
    }

    @Test
    void cellsThatDoNotExistHaveNoWeight() {
        Grid grid = Grid.of(Axis.uniform(-1, 1, 40));
        double[] values = new double[40];
        Arrays.fill(values, 0, 20, Double.NaN);
        CellFunction entropy = LocalEntropy.onGrid(CellFunction.of(grid, values), 0.01, Boundary.REFLECTING);
        assertThat(entropy.value(5)).isNaN();
        // P(z > −Δ/2), Δ/2 = 0.025, √γ = 0.1: SciPy norm.cdf(0.25).
        assertThat(entropy.value(20)).isCloseTo(-Math.log(0.5987063256829237), within(5e-3));
    }

    @Test
    void badArguments() {
        assertThatThrownBy(() -> LocalEntropy.of(DOUBLE_WELL, 1, 0.0, 16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("variance must be positive and finite, got 0.0");
        assertThatThrownBy(() -> LocalEntropy.of(DOUBLE_WELL, 1, 0.1, 1)).hasMessageContaining("points must be from 2");
        assertThatThrownBy(() -> LocalEntropy.of(DOUBLE_WELL, 9, 0.1, 16)).hasMessageContaining("16^9");
        assertThatThrownBy(() -> SampledLocalEntropy.of(DOUBLE_WELL, 1, Double.NaN, 16, Seed.of(1)))
                .hasMessage("variance must be positive and finite, got NaN");
        assertThatThrownBy(() -> SampledLocalEntropy.of(DOUBLE_WELL, 1, 0.1, 1, Seed.of(1)))
                .hasMessage("samples must be at least 2, got 1");
        assertThatThrownBy(() -> LocalEntropy.of(x -> Double.NaN, 1, 0.1, 16).at(new double[] {0}))
                .hasMessageContaining("got NaN at x = [");
        assertThatThrownBy(() -> LocalEntropy.onGrid(
                        CellFunction.of(Grid.of(Axis.uniform(0, 1, 2)), 0.0, 0.0), 0.3, Boundary.SPECULAR))
                .hasMessage("beyond must be reflecting, periodic or absorbing, got SPECULAR");
        assertThatThrownBy(() -> LocalEntropy.onGrid(
                        CellFunction.of(Grid.of(Axis.uniform(0, 1, 2)), 0.0, 0.0), 0.1, Boundary.PERIODIC))
                .hasMessage("variance must be at least the square of the widest cell, 0.25, got 0.1");
        ScalarField infinite = x -> Double.POSITIVE_INFINITY;
        assertThat(LocalEntropy.of(infinite, 1, 0.1, 16).at(new double[] {0})).isInfinite();
        assertThatThrownBy(() -> LocalEntropy.of(infinite, 1, 0.1, 16).gradient(new double[1], new double[1]))
                .isInstanceOf(ArithmeticException.class);
        SampledLocalEntropy.Estimate none =
                SampledLocalEntropy.of(infinite, 1, 0.1, 16, Seed.of(1)).estimate(new double[] {0});
        assertThat(none.isCollapsed()).isTrue();
        assertThat(none.value()).isInfinite();
    }
}
