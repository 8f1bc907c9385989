package org.langevin4j.examples.paper.networks;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.random.UniformStream;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.examples.experiment.Sheet;

/**
 * Linear regression with random data: N inputs x ~ N(0, H), H = diag(h), outputs w̄·x + s·noise, f(w) = Σ (w·x − y)²/(2N). Near the least-squares
 * weights w* the Hessian is H and D ≈ s²H, so that stochastic gradient descent has the law N(w*, (ηs²/2b) I) given the data, and w* has the law
 * N(w̄, (s²/N) H⁻¹) over data sets: weights carry ½ Σ log(1 + 2b/(ηNhᵢ)) nats of the data.
 */
final class LinearRegression {

    static final double[] CURVATURES = {2.0, 0.5, 0.1};

    static final int SAMPLES = 400;

    static final double NOISE = 0.5;

    private static final int D = CURVATURES.length;

    /** Groups of data sets for the jackknife. */
    private static final int GROUPS = 25;

    private LinearRegression() {}

    /** What moves the weights, in its data set, by one step. */
    interface Step {
        void apply(DataSet data, long chain, long step, double[] w);
    }

    /** One data set with w̄ = 0. */
    static final class DataSet {
        final double[][] inputs = new double[SAMPLES][D];
        final double[] outputs = new double[SAMPLES];
        final RealMatrix hessian;
        final double[] best;

        private DataSet(NormalStream stream, long chain) {
            double[] gradient = new double[D];
            RealMatrix h = MatrixUtils.createRealMatrix(D, D);
            double[][] normals = new double[D + 1][1];
            for (int k = 0; k < SAMPLES; k++) {
                stream.fill(chain, 1, k, normals);
                outputs[k] = NOISE * normals[D][0];
                for (int i = 0; i < D; i++) {
                    inputs[k][i] = Math.sqrt(CURVATURES[i]) * normals[i][0];
                }
                for (int i = 0; i < D; i++) {
                    gradient[i] += outputs[k] * inputs[k][i] / SAMPLES;
                    for (int j = 0; j < D; j++) {
                        h.addToEntry(i, j, inputs[k][i] * inputs[k][j] / SAMPLES);
                    }
                }
            }
            hessian = h;
            best = LuFactors.of(h).solve(gradient);
        }
    }

    /** Weights at the minimum of f + ½ decay |w|². */
    private static double[] minimum(DataSet data, double decay) {
        RealMatrix shifted =
                data.hessian.add(MatrixUtils.createRealIdentityMatrix(D).scalarMultiply(decay));
        return LuFactors.of(shifted).solve(data.hessian.operate(data.best));
    }

    /** One sample a step, with replacement: b = 1. */
    static Step stochasticGradient(Seed seed, double rate) {
        UniformStream stream = UniformStream.of(seed);
        return (data, chain, step, w) -> {
            int k = (int) (SAMPLES * stream.at(chain, step, 0));
            double residual = -data.outputs[k];
            for (int i = 0; i < D; i++) {
                residual += data.inputs[k][i] * w[i];
            }
            for (int i = 0; i < D; i++) {
                w[i] -= rate * residual * data.inputs[k][i];
            }
        };
    }

    /** The full gradient of f + ½ decay |w|² and isotropic noise of the temperature τ. */
    static Step langevin(Seed seed, double rate, double temperature, double decay) {
        NormalStream stream = NormalStream.of(seed);
        double size = Math.sqrt(2.0 * rate * temperature);
        return (data, chain, step, w) -> {
            double[][] normals = new double[D][1];
            stream.fill(chain, 1, step, normals);
            double[] next = new double[D];
            for (int i = 0; i < D; i++) {
                next[i] = w[i] - rate * decay * w[i] + size * normals[i][0];
                for (int j = 0; j < D; j++) {
                    next[i] -= rate * data.hessian.getEntry(i, j) * (w[j] - data.best[j]);
                }
            }
            System.arraycopy(next, 0, w, 0, D);
        };
    }

    /** Second moments of final weights: about w̄, about the minimum m, and E½(w − m)ᵀ(H + decay)(w − m) with the Hessian of each data set. */
    record Moments(RealMatrix total, RealMatrix within, double loss) {

        /** Information in nats, as of normal laws. */
        double information() {
            return 0.5 * (logDeterminant(total) - logDeterminant(within));
        }
    }

    static double logDeterminant(RealMatrix matrix) {
        return Math.log(LuFactors.of(matrix).determinant());
    }

    /** A number with its standard error. */
    record Estimate(double value, double error) {}

    /** Final weights of many data sets. */
    static final class Run {
        private final double[][][] weights;
        private final double[] losses;

        private Run(double[][][] weights, double[] losses) {
            this.weights = weights;
            this.losses = losses;
        }

        /** Of all but one group; of all if the group is negative. */
        private Moments without(int group) {
            RealMatrix total = MatrixUtils.createRealMatrix(D, D);
            RealMatrix within = MatrixUtils.createRealMatrix(D, D);
            double loss = 0.0;
            int count = 0;
            for (int chain = 0; chain < weights.length; chain++) {
                if (group >= 0 && chain % GROUPS == group) {
                    continue;
                }
                count++;
                loss += losses[chain];
                for (int i = 0; i < D; i++) {
                    for (int j = 0; j < D; j++) {
                        total.addToEntry(i, j, weights[chain][0][i] * weights[chain][0][j]);
                        within.addToEntry(i, j, weights[chain][1][i] * weights[chain][1][j]);
                    }
                }
            }
            return new Moments(total.scalarMultiply(1.0 / count), within.scalarMultiply(1.0 / count), loss / count);
        }

        /** By the jackknife over groups of data sets, the bias of small samples taken off. */
        Estimate estimate(ToDoubleFunction<Moments> statistic) {
            double value = statistic.applyAsDouble(without(-1));
            double[] others = new double[GROUPS];
            double mean = 0.0;
            for (int g = 0; g < GROUPS; g++) {
                others[g] = statistic.applyAsDouble(without(g));
                mean += others[g] / GROUPS;
            }
            double sum = 0.0;
            for (double other : others) {
                sum += (other - mean) * (other - mean);
            }
            return new Estimate(GROUPS * value - (GROUPS - 1.0) * mean, Math.sqrt(sum * (GROUPS - 1.0) / GROUPS));
        }
    }

    /** Runs one chain in each of many data sets, from a normal start with these variances about the minimum of f + ½ decay |w|². */
    static Run run(Sheet sheet, String title, int part, int sets, int steps, double[] start, double decay, Step step) {
        NormalStream data = NormalStream.of(sheet.seed().derive(part).derive(0));
        NormalStream starts = NormalStream.of(sheet.seed().derive(part).derive(1));
        double[][][] weights = new double[sets][][];
        double[] losses = new double[sets];
        int chunk = 1000;
        try (ProgressReporter.Task task = sheet.progress().start(title, sets)) {
            for (int first = 0; first < sets; first += chunk) {
                int end = Math.min(sets, first + chunk);
                List<double[][]> done = IntStream.range(first, end)
                        .parallel()
                        .mapToObj(chain -> chain(new DataSet(data, chain), chain, starts, steps, start, decay, step))
                        .toList();
                for (int k = 0; k < done.size(); k++) {
                    weights[first + k] = done.get(k);
                    losses[first + k] = done.get(k)[2][0];
                }
                task.advanceTo(end);
            }
        }
        return new Run(weights, losses);
    }

    private static double[][] chain(
            DataSet data, long chain, NormalStream starts, int steps, double[] start, double decay, Step step) {
        double[] minimum = minimum(data, decay);
        double[] w = new double[D];
        for (int i = 0; i < D; i++) {
            w[i] = minimum[i] + Math.sqrt(start[i]) * starts.at(chain, 0, i);
        }
        for (int k = 0; k < steps; k++) {
            step.apply(data, chain, k, w);
        }
        double[] off = new double[D];
        double loss = 0.0;
        for (int i = 0; i < D; i++) {
            off[i] = w[i] - minimum[i];
            loss += 0.5 * decay * off[i] * off[i];
        }
        for (int i = 0; i < D; i++) {
            for (int j = 0; j < D; j++) {
                loss += 0.5 * off[i] * data.hessian.getEntry(i, j) * off[j];
            }
        }
        return new double[][] {w, off, {loss}};
    }

    /**
     * Stationary variances about w* of SGD with b = 1 for normal inputs: 2vᵢ(1 − ηhᵢ) = η(s² + Σ hₖvₖ), with s²(1 − (d + 2)/N) for s²: residuals
     * of a data set are smaller where inputs are large.
     */
    static double[] variances(double rate) {
        double residual = NOISE * NOISE * (1.0 - (D + 2.0) / SAMPLES);
        double kappa = 0.0;
        for (double h : CURVATURES) {
            kappa += 0.5 * rate * h / (1.0 - rate * h);
        }
        double noise = residual / (1.0 - kappa);
        return Arrays.stream(CURVATURES)
                .map(h -> 0.5 * rate * noise / (1.0 - rate * h))
                .toArray();
    }
}
