package org.langevin4j.examples.paper.descent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.sde.Diffusion;

/** A loss that is the mean over so few samples that every mini-batch can be counted. */
interface FiniteSum {

    int dimension();

    int samples();

    /** ∇fₖ(x). */
    void gradient(int sample, double[] x, double[] out);

    /** The Hessian of the mean, row by row. */
    void hessian(double[] x, double[] out);

    /** The mean gradient of a mini-batch. */
    default void gradient(int[] batch, double[] x, double[] out) {
        double[] one = new double[out.length];
        Arrays.fill(out, 0.0);
        for (int k : batch) {
            gradient(k, x, one);
            for (int i = 0; i < out.length; i++) {
                out[i] += one[i] / batch.length;
            }
        }
    }

    /** ∇f with its Jacobian. */
    default DifferentiableField gradient() {
        int[] all = IntStream.range(0, samples()).toArray();
        return DifferentiableField.of((x, out) -> gradient(all, x, out), this::hessian);
    }

    /** D(x) of eq. (2), or with the divisor N − 1, by its factor of N columns. */
    default Diffusion diffusion(boolean replaced) {
        int n = samples();
        int d = dimension();
        double root = 1.0 / Math.sqrt(replaced ? n : n - 1.0);
        DifferentiableField mean = gradient();
        return Diffusion.factor(d, n, (x, out) -> {
            double[] full = new double[d];
            double[] one = new double[d];
            mean.at(x, full);
            for (int k = 0; k < n; k++) {
                gradient(k, x, one);
                for (int i = 0; i < d; i++) {
                    out[i * n + k] = root * (one[i] - full[i]);
                }
            }
        });
    }

    /** All mini-batches of one size, equally likely: ordered ones with replacement, or all subsets. */
    default List<int[]> batches(int size, boolean replaced) {
        List<int[]> all = List.of(new int[0]);
        for (int place = 0; place < size; place++) {
            List<int[]> longer = new ArrayList<>();
            for (int[] start : all) {
                for (int k = replaced || place == 0 ? 0 : start[place - 1] + 1; k < samples(); k++) {
                    int[] next = Arrays.copyOf(start, place + 1);
                    next[place] = k;
                    longer.add(next);
                }
            }
            all = longer;
        }
        return all;
    }

    /** Logistic regression in one weight, fₖ = log(1 + exp(−uₖx)) + ½λx²; labels are in the signs of the inputs. */
    static FiniteSum logistic(double decay, double... inputs) {
        return new FiniteSum() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public int samples() {
                return inputs.length;
            }

            @Override
            public void gradient(int k, double[] x, double[] out) {
                out[0] = decay * x[0] - inputs[k] / (1.0 + Math.exp(inputs[k] * x[0]));
            }

            @Override
            public void hessian(double[] x, double[] out) {
                out[0] = decay;
                for (double u : inputs) {
                    out[0] += u * u / (4.0 * Math.pow(Math.cosh(0.5 * u * x[0]), 2)) / inputs.length;
                }
            }
        };
    }

    /** Two wells as those of Example 19, fₖ = ¼(x₁² − 1)² + ½x₂² + aₖx₁ + cₖx₂ + eₖx₁x₂, the sums of aₖ, cₖ and eₖ zero. */
    static FiniteSum wells() {
        double[][] tilts = {{0.5, -0.1, 0.3}, {-0.3, 0.4, 0.2}, {-0.2, -0.3, 0.1}, {0.1, 0.2, -0.4}, {-0.1, -0.2, -0.2}
        };
        return new FiniteSum() {
            @Override
            public int dimension() {
                return 2;
            }

            @Override
            public int samples() {
                return tilts.length;
            }

            @Override
            public void gradient(int k, double[] x, double[] out) {
                double[] t = tilts[k];
                out[0] = x[0] * (x[0] * x[0] - 1.0) + t[0] + t[2] * x[1];
                out[1] = x[1] + t[1] + t[2] * x[0];
            }

            @Override
            public void hessian(double[] x, double[] out) {
                out[0] = 3.0 * x[0] * x[0] - 1.0;
                out[1] = 0.0;
                out[2] = 0.0;
                out[3] = 1.0;
            }
        };
    }
}
