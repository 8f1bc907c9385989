package org.langevin4j.examples.paper.measured;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.statistics.Autocorrelation;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Network;

/** What one run does, step by step from a start x₀: loss, distance, size of the steps, and the course along the leading eigenvectors of D(x₀). */
final class Course {

    /** Steps over which correlations are taken. */
    static final int LAGS = 40;

    private final Network start;
    private final DataSet data;
    private final Eigenpairs directions;
    private final double[][] along;
    private final double[] last;
    private final double[] losses;
    private final double[] distances;
    private final double[] squares;
    private int steps;
    private int epoch;

    Course(Network start, DataSet data, Eigenpairs directions, int epochs, int stepsOfAnEpoch) {
        this.start = start;
        this.data = data;
        this.directions = directions;
        this.along = new double[directions.size()][epochs * stepsOfAnEpoch];
        this.last = start.weights();
        this.losses = new double[epochs];
        this.distances = new double[epochs];
        this.squares = new double[epochs];
    }

    /** After a step. */
    void step(double[] weights) {
        double[] moved = Vectors.difference(weights, last);
        squares[epoch] += Vectors.dot(moved, moved);
        double[] displacement = Vectors.difference(weights, start.weights());
        for (int j = 0; j < along.length; j++) {
            along[j][steps] = Vectors.dot(directions.vector(j), displacement);
        }
        System.arraycopy(weights, 0, last, 0, last.length);
        steps++;
    }

    /** After an epoch, of which the loss is asked in the mode of the start. */
    void epoch(Network now) {
        losses[epoch] = now.score(data).loss();
        distances[epoch] = Math.pow(Vectors.distance(now.weights(), start.weights()), 2);
        squares[epoch] *= (double) (epoch + 1) / steps;
        epoch++;
    }

    int epochs() {
        return losses.length;
    }

    /** f after each epoch. */
    double[] losses() {
        return losses;
    }

    /** ‖x − x₀‖² after each epoch. */
    double[] distances() {
        return distances;
    }

    /** The mean of ‖Δx‖² over the steps of each epoch. */
    double[] squares() {
        return squares;
    }

    private double[] secondHalf(int j) {
        return Arrays.copyOfRange(along[j], steps / 2, steps);
    }

    /** Covariance along two of the directions over the second half of the run. */
    double covariance(int i, int j) {
        double[] x = secondHalf(i);
        double[] y = secondHalf(j);
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        return IntStream.range(0, x.length)
                .mapToDouble(t -> (x[t] - meanX) * (y[t] - meanY))
                .average()
                .orElseThrow();
    }

    /** The mean over the directions of the autocorrelations over the second half, lags from 0. */
    double[] correlation() {
        double[] mean = new double[LAGS + 1];
        for (int j = 0; j < along.length; j++) {
            Vectors.addMultiple(1.0 / along.length, Autocorrelation.of(secondHalf(j), LAGS), mean);
        }
        return mean;
    }

    /** Along each direction over the second half of the run. */
    double[] variances() {
        return IntStream.range(0, along.length)
                .mapToDouble(j -> covariance(j, j))
                .toArray();
    }

    int steps() {
        return steps;
    }

    /** The last weights. */
    double[] end() {
        return last;
    }
}
