package org.langevin4j.solvers.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;

class WassersteinTest {

    private static Density onLine(double min, double max, double... weights) {
        return Density.of(Grid.of(Axis.uniform(min, max, weights.length)), weights)
                .normalized();
    }

    /** Weights may be zero, but not all. */
    private static double[] withMass(List<Double> weights) {
        double[] copy = weights.stream().mapToDouble(Double::doubleValue).toArray();
        copy[copy.length / 2] += 0.1;
        for (int i = 0; i < copy.length; i++) {
            copy[i] = copy[i] < 0.2 && i != copy.length / 2 ? 0.0 : copy[i];
        }
        return copy;
    }

    @Property(tries = 300)
    void translationsMoveByTheirLength(
            @ForAll @Size(min = 2, max = 12) List<@DoubleRange(min = 0.0, max = 1.0) Double> weights,
            @ForAll @DoubleRange(min = -5, max = 5) double shift) {
        double[] w = withMass(weights);
        assertThat(Wasserstein.distance(onLine(0, 1, w), onLine(shift, shift + 1, w)))
                .isCloseTo(Math.abs(shift), within(1e-13 * (1 + Math.abs(shift))));
    }

    /** W₂ of ρ and its image under x ↦ cx is |c − 1| times the root of the second moment, which is known in each cell. */
    @Property(tries = 300)
    void dilationsMoveByTheSecondMoment(
            @ForAll @Size(min = 2, max = 12) List<@DoubleRange(min = 0.0, max = 1.0) Double> weights,
            @ForAll @DoubleRange(min = 0.1, max = 5) double factor) {
        double[] w = withMass(weights);
        Density density = onLine(-1, 2, w);
        Axis axis = density.grid().axis(0);
        double second = 0.0;
        for (int i = 0; i < w.length; i++) {
            second += density.value(i) * (Math.pow(axis.edge(i + 1), 3) - Math.pow(axis.edge(i), 3)) / 3;
        }
        assertThat(Wasserstein.distance(density, onLine(-factor, 2 * factor, w)))
                .isCloseTo(Math.abs(factor - 1) * Math.sqrt(second), within(1e-12));
    }

    @Property(tries = 500)
    void isAMetric(
            @ForAll @Size(min = 2, max = 9) List<@DoubleRange(min = 0.0, max = 1.0) Double> first,
            @ForAll @Size(min = 2, max = 9) List<@DoubleRange(min = 0.0, max = 1.0) Double> second,
            @ForAll @Size(min = 2, max = 9) List<@DoubleRange(min = 0.0, max = 1.0) Double> third) {
        Density a = onLine(0, 1, withMass(first));
        Density b = onLine(-0.3, 0.8, withMass(second));
        Density c = onLine(0.2, 1.7, withMass(third));
        double ab = Wasserstein.distance(a, b);
        double bc = Wasserstein.distance(b, c);
        double ac = Wasserstein.distance(a, c);
        assertThat(Wasserstein.distance(b, a)).isCloseTo(ab, within(1e-13));
        assertThat(Wasserstein.distance(a, a)).isZero();
        assertThat(ac).isLessThanOrEqualTo(ab + bc + 1e-13);
        // The means are never further apart than the densities.
        assertThat(ab).isGreaterThanOrEqualTo(Math.abs(a.mean()[0] - b.mean()[0]) - 1e-13);
    }

    /** Six needles of equal mass on either side: the least cost over all 720 assignments, to the width of a needle. */
    @Property(tries = 60)
    void agreesWithTheBestAssignment(
            @ForAll @Size(6) List<@DoubleRange(min = 0.01, max = 1.0) Double> gaps,
            @ForAll @Size(6) List<@DoubleRange(min = 0.01, max = 1.0) Double> otherGaps) {
        double[] x = needles(-1.0, gaps);
        double[] y = needles(-2.0, otherGaps);
        double best = leastCost(x, y, 0, 0);
        assertThat(Wasserstein.distance(needleDensity(x), needleDensity(y)))
                .isCloseTo(Math.sqrt(best / 6), within(1e-8));
    }

    private static double[] needles(double from, List<Double> gaps) {
        double[] x = new double[gaps.size()];
        double at = from;
        for (int i = 0; i < x.length; i++) {
            at += gaps.get(i);
            x[i] = at;
        }
        return x;
    }

    private static final double NEEDLE = 1e-9;

    private static Density needleDensity(double[] x) {
        double[] edges = new double[2 * x.length];
        double[] values = new double[2 * x.length - 1];
        for (int i = 0; i < x.length; i++) {
            edges[2 * i] = x[i] - NEEDLE;
            edges[2 * i + 1] = x[i] + NEEDLE;
            values[2 * i] = 1 / (edges[2 * i + 1] - edges[2 * i]);
        }
        return Density.of(Grid.of(Axis.of(edges)), values);
    }

    private static double leastCost(double[] x, double[] y, int row, int used) {
        if (row == x.length) {
            return 0.0;
        }
        double best = Double.POSITIVE_INFINITY;
        for (int j = 0; j < y.length; j++) {
            if ((used & (1 << j)) == 0) {
                double cost = (x[row] - y[j]) * (x[row] - y[j]);
                best = Math.min(best, cost + leastCost(x, y, row + 1, used | (1 << j)));
            }
        }
        return best;
    }

    /** N(0, 1) and N(0.5, 0.6²): W₂² = 0.25 + 0.16; the cells are of second order. */
    @Test
    void gaussiansOnALine() {
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            Density a = Density.gaussian(Grid.of(Axis.uniform(-9, 9, 200 << i)), new double[] {0}, 1.0);
            Density b = Density.gaussian(Grid.of(Axis.uniform(-5, 6, 170 << i)), new double[] {0.5}, 0.6);
            errors[i] = Math.abs(Wasserstein.distance(a, b) - Math.sqrt(0.41));
        }
        assertThat(errors[1]).isLessThan(1e-4);
        assertThat(errors[0] / errors[1]).isBetween(3.5, 4.5);
    }

    private static RealMatrix matrix(double a, double b, double c) {
        return MatrixUtils.createRealMatrix(new double[][] {{a, b}, {b, c}});
    }

    /** Reference values w2_gaussians. */
    @Test
    void gaussiansInThePlane() {
        double w2 = Wasserstein.betweenGaussians(
                new double[] {0, 0}, matrix(1, 0.3, 0.5), new double[] {1, -2}, matrix(0.4, -0.1, 0.9));
        assertThat(w2 * w2).isCloseTo(5.311926144990843, within(1e-13));
    }

    @Test
    void commutingAndSingularCovariances() {
        double[] zero = new double[2];
        // Diagonal: |√C₁ − √C₂|.
        assertThat(Wasserstein.betweenGaussians(zero, matrix(4, 0, 0.25), zero, matrix(1, 0, 1)))
                .isCloseTo(Math.sqrt(1.25), within(1e-14));
        // A segment turned by a right angle: nothing in common, tr C₁ + tr C₂.
        assertThat(Wasserstein.betweenGaussians(zero, matrix(1, 1, 1), zero, matrix(1, -1, 1)))
                .isCloseTo(2.0, within(1e-14));
        // To a point: the trace.
        assertThat(Wasserstein.betweenGaussians(zero, matrix(2, 0.5, 1), zero, matrix(0, 0, 0)))
                .isCloseTo(Math.sqrt(3), within(1e-14));
        // A hair's breadth apart, where tr(C₁ + C₂ − 2(…)^½) has lost everything: ½δ for 1 and (1 + ½δ)².
        double delta = 1e-10;
        double wider = (1 + delta) * (1 + delta);
        assertThat(Wasserstein.betweenGaussians(zero, matrix(1, 0, 1), zero, matrix(wider, 0, 1)))
                .isCloseTo(delta, within(1e-14));
    }

    @Test
    void badArgumentsAreRefused() {
        Density plane = Density.gaussian(Grid.square(-1, 1, 4), new double[2], 1.0);
        Density empty = Density.of(Grid.of(Axis.uniform(0, 1, 2)), 0, 0);
        Density line = onLine(0, 1, 1, 1);
        assertThatThrownBy(() -> Wasserstein.distance(line, plane))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("density must have 1 axis for the exact distance, got 2; Sinkhorn takes any number");
        assertThatThrownBy(() -> Wasserstein.distance(empty, line))
                .hasMessage("density must have positive mass, got 0.0");
        double[] zero = new double[2];
        RealMatrix identity = matrix(1, 0, 1);
        assertThatThrownBy(() -> Wasserstein.betweenGaussians(zero, identity, new double[3], identity))
                .hasMessage("means must have the same length, got 2 and 3");
        assertThatThrownBy(() -> Wasserstein.betweenGaussians(
                        zero, identity, zero, MatrixUtils.createRealMatrix(new double[][] {{1, 1}, {0, 1}})))
                .hasMessageStartingWith("covariance must be finite and symmetric, got");
        assertThatThrownBy(() -> Wasserstein.betweenGaussians(zero, identity, zero, matrix(1, 2, 1)))
                .hasMessageStartingWith("covariance must be positive semi-definite, got the eigenvalue -");
        assertThatThrownBy(() -> Wasserstein.betweenGaussians(zero, identity, zero, matrix(1, Double.NaN, 1)))
                .hasMessageStartingWith("covariance must be finite and symmetric, got");
        assertThatThrownBy(() ->
                        Wasserstein.betweenGaussians(zero, identity, zero, MatrixUtils.createRealIdentityMatrix(3)))
                .hasMessage("covariance must be 2×2, got 3×3");
    }
}
