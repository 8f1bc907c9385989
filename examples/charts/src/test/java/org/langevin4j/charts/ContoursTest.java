package org.langevin4j.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Rectangle2D;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContoursTest {

    private static final Rectangle2D SQUARE = new Rectangle2D.Double(-2, -2, 4, 4);

    @Test
    void levelOfAParaboloidIsACircle() {
        List<double[][]> curves = new Contours(x -> x[0] * x[0] + x[1] * x[1], SQUARE).at(1.44);
        assertThat(curves).hasSize(1);
        double[][] circle = curves.get(0);
        for (double[] point : circle) {
            assertThat(Math.hypot(point[0], point[1])).isEqualTo(1.2, within(1e-4));
        }
        assertThat(circle[0]).isEqualTo(circle[circle.length - 1]);
        assertThat(length(circle)).isEqualTo(2 * Math.PI * 1.2, within(1e-2));
    }

    @Test
    void levelBelowASaddleIsTwoCurvesAndAboveItOne() {
        Contours wells = new Contours(x -> Math.pow(x[0] * x[0] - 1, 2) + x[1] * x[1], SQUARE);
        assertThat(wells.at(0.5)).hasSize(2);
        assertThat(wells.at(1.5)).hasSize(1);
    }

    @Test
    void openCurvesReachTheBorder() {
        List<double[][]> curves = new Contours(x -> x[0] + 0.1 * x[1], SQUARE).at(0.3);
        assertThat(curves).hasSize(1);
        assertThat(length(curves.get(0))).isEqualTo(4 * Math.hypot(1, 0.1), within(1e-9));
    }

    @Test
    void atASaddleOfTheLatticeEachEdgeIsUsedOnce() {
        // The lattice cannot tell which corners of a checkerboard are joined; no curve may get lost over it.
        Contours board = new Contours(x -> Math.sin(40 * x[0]) * Math.sin(40 * x[1]), SQUARE);
        assertThat(board.at(0.0))
                .isNotEmpty()
                .allSatisfy(curve -> assertThat(curve.length).isGreaterThan(1));
    }

    @Test
    void whereTheFunctionIsNotFiniteNothingIsDrawn() {
        Contours half = new Contours(x -> x[0] < 0 ? Double.NaN : x[0] * x[0] + x[1] * x[1], SQUARE);
        assertThat(half.at(1.0))
                .hasSize(1)
                .allSatisfy(curve -> assertThat(length(curve)).isEqualTo(Math.PI, within(0.05)));
    }

    @Test
    void automaticLevelsAreWithinTheRangeAndCrowdedWhereTheFunctionIsLow() {
        double[] levels = new Contours(x -> x[0] * x[0] + x[1] * x[1], SQUARE).automaticLevels(9);
        assertThat(levels).isSorted().hasSize(9);
        assertThat(levels[0]).isPositive();
        assertThat(levels[8]).isLessThan(8.0);
        assertThat(levels[1] - levels[0]).isLessThan(levels[8] - levels[7]);
        assertThat(new Contours(x -> 3.0, SQUARE).automaticLevels(9)).isEmpty();
    }

    private static double length(double[][] curve) {
        double length = 0.0;
        for (int i = 1; i < curve.length; i++) {
            length += Math.hypot(curve[i][0] - curve[i - 1][0], curve[i][1] - curve[i - 1][1]);
        }
        return length;
    }
}
