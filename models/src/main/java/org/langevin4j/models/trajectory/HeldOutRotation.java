package org.langevin4j.models.trajectory;

import java.util.Arrays;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.statistics.DetailedBalanceTest;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.core.statistics.TimeAsymmetry;
import org.langevin4j.models.file.ArrayFileException;
import org.langevin4j.models.file.StoredArray;

/**
 * Whether a record of many coordinates circulates: the plane in which it seems to turn most is chosen by its first half and tested by the second,
 * so that the choice costs no level.
 *
 * <p>The first half gives the mean, the m principal directions, in which z is the whitened record, and the antisymmetric part of the
 * correlation one lag apart, ½⟨z(t)z(t+τ)ᵀ − z(t+τ)z(t)ᵀ⟩, whose leading plane (u, v) is kept. Of the second half,
 *
 * <pre>A(τ) = ½⟨x(t)y(t+τ) − y(t)x(t+τ)⟩,   x = u·z, y = v·z,</pre>
 *
 * is zero in a stationary process with detailed balance whatever its relaxation times ({@link TimeAsymmetry}); its error is that of batches. A record that
 * drifts is not stationary and may turn without loops: {@link #drift()} tells.
 */
public final class HeldOutRotation {

    private final int directions;
    private final double found;
    private final TimeAsymmetry asymmetry;
    private final RunningMoments winding;
    private final double drift;

    private HeldOutRotation(
            int directions, double found, TimeAsymmetry asymmetry, RunningMoments winding, double drift) {
        this.directions = directions;
        this.found = found;
        this.asymmetry = asymmetry;
        this.winding = winding;
        this.drift = drift;
    }

    /**
     * Tests a record.
     *
     * @param record rows in the order of time
     * @param most principal directions, at least 2; not more than the record has with some variance
     * @param lag τ in rows, at least 1
     * @param batches of the second half, each much longer than what relaxes in the plane; at least 3
     * @return the test
     * @throws ArrayFileException if the record cannot be read
     * @throws IllegalArgumentException if the record is too short, or varies in less than two directions
     */
    public static HeldOutRotation of(StoredArray record, int most, int lag, int batches) throws ArrayFileException {
        int half = Math.toIntExact(record.rows() / 2);
        requireEnough(record.rows(), most, lag, batches);
        return of(PrincipalCoordinates.of(record, half, most).of(record), most, lag, batches);
    }

    private static void requireEnough(long rows, int most, int lag, int batches) {
        if (!(most >= 2 && lag >= 1 && batches >= 3 && rows / 2 > batches * (long) lag)) {
            throw new IllegalArgumentException("a record of " + rows + " rows cannot be tested with " + most
                    + " directions, lag " + lag + " and " + batches + " batches");
        }
    }

    /**
     * Tests a record in memory.
     *
     * @param rows in the order of time; not modified
     * @param most as for a file
     * @param lag as for a file
     * @param batches as for a file
     * @return the test
     * @throws IllegalArgumentException if the record is too short, or varies in less than two directions
     */
    public static HeldOutRotation of(double[][] rows, int most, int lag, int batches) {
        requireEnough(rows.length, most, lag, batches);
        int half = rows.length / 2;
        double[][] z = Whitening.of(rows, half, most).apply(rows);
        int m = z[0].length;
        if (!(m >= 2)) {
            throw new IllegalArgumentException("the first half of the record must vary in two directions, got " + m);
        }
        double[][] plane = plane(z, half, lag, m);
        double[][] first = projected(z, 0, half, plane);
        double[][] second = projected(z, half, z.length, plane);
        double drift = 0.0;
        for (int axis = 0; axis < 2; axis++) {
            drift = Math.hypot(drift, average(second, axis) - average(first, axis));
        }
        return new HeldOutRotation(
                m,
                TimeAsymmetry.ofTrajectory(first, 1.0, lag, batches).value(0, 1, lag),
                TimeAsymmetry.ofTrajectory(second, 1.0, lag, batches),
                winding(second, lag, batches),
                drift);
    }

    /** The leading plane of the antisymmetric part of the first half's correlation. */
    private static double[][] plane(double[][] z, int half, int lag, int m) {
        RealMatrix part = MatrixUtils.createRealMatrix(m, m);
        for (int i = 0; i < m; i++) {
            for (int j = i + 1; j < m; j++) {
                double sum = 0.0;
                for (int t = 0; t + lag < half; t++) {
                    sum += z[t][i] * z[t + lag][j] - z[t + lag][i] * z[t][j];
                }
                part.setEntry(i, j, 0.5 * sum / (half - lag));
                part.setEntry(j, i, -0.5 * sum / (half - lag));
            }
        }
        LinearAlgebra algebra = LinearAlgebra.pureJava();
        double[] u = algebra.symmetricEigen(algebra.columnProducts(part)).vector(0);
        double[] v = part.transpose().operate(u);
        if (!(Vectors.norm(v) > 0.0)) {
            throw new IllegalArgumentException("the first half of the record is the same in both directions of time");
        }
        return new double[][] {u, Vectors.unit(v)};
    }

    private static double[][] projected(double[][] z, int from, int to, double[][] plane) {
        double[][] projected = new double[to - from][2];
        for (int t = from; t < to; t++) {
            projected[t - from][0] = Vectors.dot(plane[0], z[t]);
            projected[t - from][1] = Vectors.dot(plane[1], z[t]);
        }
        return projected;
    }

    private static double average(double[][] samples, int axis) {
        return Arrays.stream(samples).mapToDouble(row -> row[axis]).average().orElseThrow();
    }

    /** Turns in a lag about the mean, each change of the angle taken the shorter way round, averaged over batches. */
    private static RunningMoments winding(double[][] second, int lag, int batches) {
        double[] centre = {average(second, 0), average(second, 1)};
        RunningMoments turns = new RunningMoments(1);
        int length = (second.length - lag) / batches;
        for (int batch = 0; batch < batches; batch++) {
            double sum = 0.0;
            for (int t = batch * length; t < (batch + 1) * length; t++) {
                double x = second[t][0] - centre[0];
                double y = second[t][1] - centre[1];
                double nextX = second[t + lag][0] - centre[0];
                double nextY = second[t + lag][1] - centre[1];
                sum += Math.atan2(x * nextY - y * nextX, x * nextX + y * nextY);
            }
            turns.add(sum / length / (2.0 * Math.PI));
        }
        return turns;
    }

    /**
     * The number of principal directions in which the plane was sought.
     *
     * @return m
     */
    public int directions() {
        return directions;
    }

    /**
     * A(τ) of the first half, which is the largest of all planes and so is never zero.
     *
     * @return of the half that chose
     */
    public double chosen() {
        return found;
    }

    /**
     * A of the second half.
     *
     * @return at all lags up to τ, with errors of batches
     */
    public TimeAsymmetry asymmetry() {
        return asymmetry;
    }

    /**
     * A(τ) of the second half over its error; of the sign of the first half's if both turn one way.
     *
     * @return z-score
     */
    public double score() {
        int lag = asymmetry.lags();
        return Math.signum(found) * asymmetry.value(0, 1, lag) / asymmetry.error(0, 1, lag);
    }

    /**
     * The test of detailed balance by A(τ) of the second half.
     *
     * @return with its p-value
     */
    public DetailedBalanceTest test() {
        return asymmetry.test(asymmetry.lags());
    }

    /**
     * The winding number about the mean of the second half.
     *
     * @return turns in τ rows, of the sign of A; one quantity, one sample a batch
     */
    public RunningMoments winding() {
        return winding;
    }

    /**
     * How far the mean in the plane has moved from the first half to the second, in standard deviations of the first.
     *
     * @return near 0 for a stationary record much longer than its correlation time
     */
    public double drift() {
        return drift;
    }

    @Override
    public String toString() {
        return test() + " in one of " + directions + " principal directions, drift " + drift;
    }
}
