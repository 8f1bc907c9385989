package org.langevin4j.models.network;

/** What a network computes with in evaluation: layers, weights, running averages and precision. Immutable. */
final class Evaluation {

    final Architecture architecture;
    final double[] weights;
    final double[][] means;
    final double[][] variances;
    final Precision precision;

    Evaluation(
            Architecture architecture, double[] weights, double[][] means, double[][] variances, Precision precision) {
        this.architecture = architecture;
        this.weights = weights;
        this.means = means;
        this.variances = variances;
        this.precision = precision;
    }

    int dimension() {
        return weights.length;
    }

    static void requireFinite(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!(Math.abs(values[i]) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(name + " must be finite, got [" + i + "] = " + values[i]);
            }
        }
    }

    /** At another point of weight space. */
    Evaluation at(double[] x) {
        requireFinite("weights", x);
        return new Evaluation(architecture, x, means, variances, precision);
    }

    /** Working memory with the weights and averages in it. */
    <A> Pass<A> pass(Kernels<A> kernels, int groups) {
        Pass<A> pass = architecture.pass(kernels, groups, false);
        for (int i = 0; i < means.length; i++) {
            pass.means[i] = means[i];
            pass.variances[i] = variances[i];
        }
        pass.prepare(weights);
        pass.useStatistics();
        return pass;
    }

    @Override
    public String toString() {
        return architecture + (precision == Precision.SINGLE ? ", single precision" : ", double precision");
    }
}
