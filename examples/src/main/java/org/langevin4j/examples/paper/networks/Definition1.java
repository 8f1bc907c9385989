package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.construction;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Statement.DEFINITION_1;
import static org.langevin4j.examples.experiment.Statement.EQUATION_A1;
import static org.langevin4j.examples.experiment.Statement.EQUATION_A2;
import static org.langevin4j.examples.experiment.Statement.REMARK_12;
import static org.langevin4j.examples.experiment.Tolerance.rounding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.network.MeasuredDiffusion;

/**
 * Definition 1 and Appendix A of Chaudhari and Soatto (2018): the covariance of the mean of a mini-batch, counted over all
 * mini-batches of small data sets, with and without replacement.
 */
public final class Definition1 implements Experiment {

    /** Gradients of five samples in three weights, no mean zero. */
    private static final double[][] GRADIENTS = {{1, 0, 2}, {0, 2, -1}, {-1, 1, 0}, {3, 1, 1}, {2, -2, 1}};

    private static final Oracle SAMPLING = literature("Cochran, Sampling Techniques (1977), Theorem 2.2");

    private static final String COUNTED = "small data sets, every mini-batch with replacement counted";

    private static final String NO_CRITICAL_POINT =
            "a full gradient g ≠ 0: the factor of ggᵀ is 1 + 1/(N−1), and the printed one misses 2ggᵀ/(N−1)";

    @Override
    public String name() {
        return "definition-1";
    }

    @Override
    public String summary() {
        return "Covariances of mini-batches counted with and without replacement, and what they do to the steady state";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        withReplacement(sheet);
        withoutReplacement(sheet);
        SampledMiniBatches.write(sheet);
        MiniBatches.steadyStates(sheet);
    }

    private static void withReplacement(Sheet sheet) {
        RealMatrix d =
                MeasuredDiffusion.from(MatrixUtils.createRealMatrix(GRADIENTS)).toMatrix();
        RealMatrix formula = combination(GRADIENTS, GRADIENTS.length, 1.0);
        for (int b = 1; b <= 4; b++) {
            RealMatrix counted =
                    covariance(GRADIENTS, tuples(GRADIENTS.length, b)).scalarMultiply(b);
            sheet.holds(DEFINITION_1, COUNTED)
                    .measure(
                            "N = 5, b = " + b + ": largest entry of b·cov less D of eq. (2)",
                            largest(counted.subtract(d)))
                    .near(0.0, rounding(1e-13), closedForm("0; rounding"));
            sheet.holds(EQUATION_A1, COUNTED)
                    .measure(
                            "N = 5, b = " + b + ": largest entry of b·cov less eq. (A1)",
                            largest(counted.subtract(formula)))
                    .near(0.0, rounding(1e-13), closedForm("0; rounding"));
        }
        // Reference value diffusion_matrix_tiny, by exact rationals.
        double[][] tiny = {{1, 0}, {0, 2}, {-1, 1}};
        Evidence reference = sheet.holds(DEFINITION_1, COUNTED);
        RealMatrix pairs = covariance(tiny, tuples(3, 2));
        reference
                .measure("gradients (1, 0), (0, 2), (−1, 1), b = 2: cov₁₁", pairs.getEntry(0, 0))
                .exact()
                .near(1.0 / 3.0, rounding(1e-15), independent("exact rationals"));
        reference
                .measure("gradients (1, 0), (0, 2), (−1, 1), b = 2: cov₁₂", pairs.getEntry(0, 1))
                .exact()
                .near(-1.0 / 6.0, rounding(1e-15), independent("exact rationals"));
    }

    private static void withoutReplacement(Sheet sheet) {
        int n = GRADIENTS.length;
        double[] mean = mean(GRADIENTS);
        double largest = 0.0;
        for (double g : mean) {
            largest = Math.max(largest, g * g);
        }
        RealMatrix printed = combination(GRADIENTS, n - 1.0, 1.0 - 1.0 / (n - 1.0));
        RealMatrix right = combination(GRADIENTS, n - 1.0, 1.0 + 1.0 / (n - 1.0));
        double[][] centred = centred(GRADIENTS, mean);
        RealMatrix atCriticalPoint = combination(centred, n - 1.0, 1.0 - 1.0 / (n - 1.0));
        RealMatrix d =
                MeasuredDiffusion.from(MatrixUtils.createRealMatrix(GRADIENTS)).toMatrix();
        Evidence remark = sheet.holds(REMARK_12, MiniBatches.FRESH);
        for (int b = 1; b < n; b++) {
            double factor = b / (1.0 - (double) b / n);
            RealMatrix counted = covariance(GRADIENTS, subsets(n, b));
            String pair = "N = 5, b = " + b + ": ";
            sheet.fails(EQUATION_A2, NO_CRITICAL_POINT)
                    .measure(
                            pair + "largest entry of b·cov/(1 − b/N) less (A2) as printed",
                            largest(counted.scalarMultiply(factor).subtract(printed)))
                    .exact()
                    .near(2.0 / (n - 1.0) * largest, rounding(1e-13), closedForm("2ggᵀ/(N−1)"));
            sheet.fails(EQUATION_A2, NO_CRITICAL_POINT)
                    .measure(
                            pair + "largest entry of b·cov/(1 − b/N) less (A2) with 1 + 1/(N−1)",
                            largest(counted.scalarMultiply(factor).subtract(right)))
                    .exact()
                    .near(0.0, rounding(1e-13), SAMPLING);
            sheet.holds(EQUATION_A2, "critical points of the loss, g = 0; elsewhere up to 2ggᵀ/(N−1)")
                    .measure(
                            pair + "g = 0, largest entry of b·cov/(1 − b/N) less (A2)",
                            largest(covariance(centred, subsets(n, b))
                                    .scalarMultiply(factor)
                                    .subtract(atCriticalPoint)))
                    .exact()
                    .near(0.0, rounding(1e-13), SAMPLING);
            remark.measure(
                            pair + "largest entry of b·cov less (1 − b/N)·D·N/(N−1), D of eq. (2)",
                            largest(counted.scalarMultiply(b)
                                    .subtract(d.scalarMultiply((1.0 - (double) b / n) * n / (n - 1.0)))))
                    .exact()
                    .near(0.0, rounding(1e-13), SAMPLING);
        }
        remark.measure("N = 5, b = 5: largest entry of cov", largest(covariance(GRADIENTS, subsets(n, n))))
                .exact()
                .near(0.0, rounding(1e-14), closedForm("the mini-batch is the data set"));
        double[][] alike = {{2, 1}, {2, 1}, {2, 1}};
        sheet.fails(EQUATION_A2, NO_CRITICAL_POINT)
                .measure(
                        "three gradients (2, 1), hence no noise: D₁₁ by (A2) as printed",
                        combination(alike, 2.0, 0.5).getEntry(0, 0))
                .exact()
                .near(4.0, rounding(1e-14), closedForm("2g₁²/(N−1); the noise is 0"));
        membership(sheet, n);
    }

    /** The two steps before (A2): variance and covariance of "sample i is in the mini-batch". */
    private static void membership(Sheet sheet, int n) {
        for (int b = 2; b <= 3; b++) {
            RunningMoments moments = new RunningMoments(2);
            List<int[]> all = subsets(n, b);
            for (int[] batch : all) {
                double[] in = new double[2];
                for (int i : batch) {
                    if (i < 2) {
                        in[i] = 1.0;
                    }
                }
                moments.add(in);
            }
            // Moments have the divisor of a sample; these are all mini-batches.
            double whole = (all.size() - 1.0) / all.size();
            Evidence steps = sheet.supplement("The steps that lead to eq. (A2) are right as printed");
            steps.measure("N = 5, b = " + b + ": variance of sample 1 being in", whole * moments.variance(0))
                    .exact()
                    .near((double) b / n - (double) b * b / (n * n), rounding(1e-14), closedForm("b/N − b²/N²"));
            steps.measure("N = 5, b = " + b + ": covariance with sample 2", whole * moments.covariance(0, 1))
                    .exact()
                    .near(
                            -(double) b * (n - b) / ((double) n * n * (n - 1)),
                            rounding(1e-14),
                            closedForm("−b(N − b)/(N²(N − 1))"));
        }
        sheet.consistency("The library’s D is that of eq. (2)")
                .measure(
                        "N = 5: largest entry of the difference",
                        largest(MeasuredDiffusion.from(MatrixUtils.createRealMatrix(GRADIENTS))
                                .toMatrix()
                                .subtract(combination(GRADIENTS, n, 1.0))))
                .near(0.0, rounding(1e-14), construction("one formula twice"));
    }

    /** Σ gₖgₖᵀ/divisor − factor·ggᵀ. */
    private static RealMatrix combination(double[][] gradients, double divisor, double factor) {
        RealMatrix g = MatrixUtils.createRealMatrix(gradients);
        RealMatrix mean = MatrixUtils.createColumnRealMatrix(mean(gradients));
        return g.transposeMultiply(g)
                .scalarMultiply(1.0 / divisor)
                .subtract(mean.multiplyTransposed(mean).scalarMultiply(factor));
    }

    /** Of the mean of a mini-batch, each of them equally likely. */
    private static RealMatrix covariance(double[][] gradients, List<int[]> batches) {
        double[] centre = mean(gradients);
        int d = centre.length;
        RealMatrix sum = MatrixUtils.createRealMatrix(d, d);
        for (int[] batch : batches) {
            RealMatrix off = MatrixUtils.createRealMatrix(d, 1);
            for (int i = 0; i < d; i++) {
                for (int k : batch) {
                    off.addToEntry(i, 0, (gradients[k][i] - centre[i]) / batch.length);
                }
            }
            sum = sum.add(off.multiplyTransposed(off));
        }
        return sum.scalarMultiply(1.0 / batches.size());
    }

    private static double[] mean(double[][] gradients) {
        double[] mean = new double[gradients[0].length];
        for (double[] g : gradients) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += g[i] / gradients.length;
            }
        }
        return mean;
    }

    private static double[][] centred(double[][] gradients, double[] mean) {
        double[][] result = new double[gradients.length][mean.length];
        for (int k = 0; k < gradients.length; k++) {
            for (int i = 0; i < mean.length; i++) {
                result[k][i] = gradients[k][i] - mean[i];
            }
        }
        return result;
    }

    /** All nᵇ ordered mini-batches with replacement. */
    private static List<int[]> tuples(int n, int b) {
        List<int[]> all = List.of(new int[0]);
        for (int place = 0; place < b; place++) {
            List<int[]> longer = new ArrayList<>();
            for (int[] start : all) {
                for (int k = 0; k < n; k++) {
                    int[] next = Arrays.copyOf(start, place + 1);
                    next[place] = k;
                    longer.add(next);
                }
            }
            all = longer;
        }
        return all;
    }

    /** All mini-batches of b different samples. */
    private static List<int[]> subsets(int n, int b) {
        return tuples(n, b).stream()
                .filter(batch -> {
                    for (int i = 1; i < batch.length; i++) {
                        if (batch[i] <= batch[i - 1]) {
                            return false;
                        }
                    }
                    return true;
                })
                .toList();
    }

    private static double largest(RealMatrix matrix) {
        double largest = 0.0;
        for (double[] row : matrix.getData()) {
            for (double entry : row) {
                largest = Math.max(largest, Math.abs(entry));
            }
        }
        return largest;
    }
}
