package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Diffusion;

/**
 * D(x) of a network by weighted sums of gradients, with C = (1/N) Σₖ (gₖ − g)(gₖ − g)ᵀ and D = cC + w ggᵀ as {@link Sampling} has it:
 *
 * <pre>Cv = (1/N) Σₖ (sₖ − s) gₖ,   sₖ = gₖ·v,   s = (1/N) Σₖ sₖ,   B ξ = √(c/N) Σₖ (ξₖ − ξ̄) gₖ + √w ξ_N g.</pre>
 */
final class NetworkDiffusion implements Diffusion {

    private final Evaluation network;
    private final DataSet data;
    private final int samples;
    private final double centred;
    private final double ofMean;

    private NetworkDiffusion(Evaluation network, DataSet data, Sampling sampling) {
        this.network = network;
        this.data = data;
        this.samples = data.size();
        this.centred = sampling.centred(samples);
        this.ofMean = sampling.meanGradient(samples);
    }

    static NetworkDiffusion of(Evaluation network, DataSet data, Sampling sampling) {
        Objects.requireNonNull(sampling, "sampling");
        if (!(data.size() >= 2)) {
            throw new IllegalArgumentException("samples must be at least 2, got " + data.size());
        }
        return new NetworkDiffusion(network, data, sampling);
    }

    @Override
    public int dimension() {
        return network.dimension();
    }

    @Override
    public int noiseDimension() {
        return ofMean == 0.0 ? samples : samples + 1;
    }

    @Override
    public Structure structure() {
        return Structure.FULL;
    }

    @Override
    public boolean isConstant() {
        return false;
    }

    private double mean(double[] values) {
        double sum = 0.0;
        for (int k = 0; k < samples; k++) {
            sum += values[k];
        }
        return sum / samples;
    }

    @Override
    public void factorTimes(double[] x, double[] xi, double[] out) {
        double mean = mean(xi);
        double scale = Math.sqrt(centred / samples);
        double last = ofMean == 0.0 ? 0.0 : Math.sqrt(ofMean) * xi[samples] / samples;
        double[] factors = new double[samples];
        Arrays.setAll(factors, k -> scale * (xi[k] - mean) + last);
        write(Sums.weightedGradient(network.at(x), data, factors), out);
    }

    @Override
    public void times(double[] x, double[] v, double[] out) {
        Evaluation there = network.at(x);
        double[] products = Sums.gradientProducts(there, data, v);
        double mean = mean(products);
        double[] factors = new double[samples];
        Arrays.setAll(factors, k -> (centred * (products[k] - mean) + ofMean * mean) / samples);
        write(Sums.weightedGradient(there, data, factors), out);
    }

    private static void write(double[] value, double[] out) {
        System.arraycopy(value, 0, out, 0, value.length);
    }

    /** Means over the samples, with H the Hessian of the mean: of Hₖgₖ − Hg and of gₖ tr Hₖ − g tr H; then Hg + g tr H and Hg. */
    private static final class Second {

        final double[] byGradient;
        final double[] byTrace;
        final double[] ofMean;
        final double[] alongMean;

        Second(double[] byGradient, double[] byTrace, double[] ofMean, double[] alongMean) {
            this.byGradient = byGradient;
            this.byTrace = byTrace;
            this.ofMean = ofMean;
            this.alongMean = alongMean;
        }
    }

    private Second second(double[] x) {
        return second(network.at(x), network.precision.kernels());
    }

    /** All Hₖeⱼ, a direction j after the other, sixteen samples at a time. */
    private <A> Second second(Evaluation there, Kernels<A> kernels) {
        int d = dimension();
        int[] all = IntStream.range(0, samples).toArray();
        Pass<A> pass = there.pass(kernels, 1);
        Pass<A> tangent = network.architecture.pass(kernels, 1, false);
        double[][] gradients = new double[LANES][d];
        double[][] columns = new double[LANES][d];
        double[] byGradient = new double[d];
        double[] byTrace = new double[d];
        double trace = 0.0;
        double[] unit = new double[d];
        for (int start = 0; start < samples; start += LANES) {
            int count = Math.min(LANES, samples - start);
            double[] traces = new double[count];
            pass.load(data, all, start, count);
            pass.forward();
            pass.crossEntropy(null, new double[LANES], new boolean[LANES]);
            pass.backward();
            kernels.lanes(pass.rows, 0, dimension(), count, gradients, 0);
            for (int j = 0; j < d; j++) {
                unit[j] = 1.0;
                tangent.prepare(unit);
                unit[j] = 0.0;
                pass.alongWeights(tangent);
                kernels.lanes(tangent.rows, 0, dimension(), count, columns, 0);
                for (int k = 0; k < count; k++) {
                    Vectors.addMultiple(gradients[k][j] / samples, columns[k], byGradient);
                    traces[k] += columns[k][j];
                }
            }
            for (int k = 0; k < count; k++) {
                Vectors.addMultiple(traces[k] / samples, gradients[k], byTrace);
                trace += traces[k] / samples;
            }
        }
        double[] each = new double[samples];
        Arrays.fill(each, 1.0 / samples);
        double[] mean = Sums.weightedGradient(there, data, each);
        double[] alongMean = Sums.hessianTimes(there, data, mean);
        double[] ofMean = Vectors.moved(alongMean, mean, trace);
        Vectors.addMultiple(-1.0, alongMean, byGradient);
        Vectors.addMultiple(-trace, mean, byTrace);
        return new Second(byGradient, byTrace, ofMean, alongMean);
    }

    @Override
    public void divergence(double[] x, double[] out) {
        Second second = second(x);
        for (int i = 0; i < dimension(); i++) {
            out[i] = centred * (second.byGradient[i] + second.byTrace[i]) + ofMean * second.ofMean[i];
        }
    }

    @Override
    public Optional<VectorField> noiseInducedDrift() {
        return Optional.of((x, out) -> {
            Second second = second(x);
            for (int i = 0; i < dimension(); i++) {
                out[i] = centred * second.byGradient[i] + ofMean * second.alongMean[i];
            }
        });
    }

    @Override
    public String toString() {
        return "D(x) of " + network + " on " + data;
    }
}
