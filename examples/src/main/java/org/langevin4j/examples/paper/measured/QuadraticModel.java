package org.langevin4j.examples.paper.measured;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.MeasuredDiffusion;
import org.langevin4j.models.network.Network;

/**
 * Stochastic gradient descent of the quadratic loss that has a network's Hessian, with independent noise of its D: in the eigenvectors u of
 * F = H + λI the modes move by themselves, each with noise uᵀDu/b. What modes have in common, off the diagonal of UᵀDU, enters no statistic that
 * is a sum over modes.
 */
final class QuadraticModel {

    /** Curvature over the largest that counts; what is below, or negative, is as good as flat over any record. */
    private static final double FLAT = 1e-9;

    private final Eigenpairs eigen;
    private final double[] curvatures;
    private final Mode[] modes;

    private QuadraticModel(Eigenpairs eigen, double[] curvatures, Mode[] modes) {
        this.eigen = eigen;
        this.curvatures = curvatures;
        this.modes = modes;
    }

    static QuadraticModel of(Network network, DataSet samples, double decay, double rate, double momentum, int batch) {
        int d = network.dimension();
        MeasuredDiffusion diffusion = MeasuredDiffusion.from(network.perSampleGradients(samples));
        Eigenpairs eigen = LinearAlgebra.forOrder(d).symmetricEigen(network.hessian(samples));
        double[] curvatures = Arrays.stream(eigen.values())
                .map(h -> Math.max(h + decay, FLAT * eigen.value(0)))
                .toArray();
        double[] image = new double[d];
        Mode[] modes = IntStream.range(0, d)
                .mapToObj(i -> {
                    double[] u = eigen.vector(i);
                    diffusion.times(u, u, image);
                    return new Mode(curvatures[i], Vectors.dot(u, image) / batch, rate, momentum, true);
                })
                .toArray(Mode[]::new);
        return new QuadraticModel(eigen, curvatures, modes);
    }

    double[] direction(int k) {
        return eigen.vector(k);
    }

    double curvature(int k) {
        return curvatures[k];
    }

    Mode mode(int k) {
        return modes[k];
    }

    /** ⟨|x(t + k) − x(t)|²⟩, k steps. */
    double displacement(long k) {
        return Arrays.stream(modes).mapToDouble(mode -> mode.displacement(k)).sum();
    }

    double exponent(long from, long to) {
        return Math.log(displacement(to) / displacement(from)) / Math.log((double) to / from);
    }

    /** Of log ⟨x²⟩ against log curvature, over the modes above a part of the largest. */
    double slope(double part) {
        RunningMoments moments = new RunningMoments(2);
        for (int k = 0; k < modes.length; k++) {
            if (curvatures[k] > part * curvatures[0] && modes[k].variance() > 0.0) {
                moments.add(Math.log(curvatures[k]), Math.log(modes[k].variance()));
            }
        }
        return moments.covariance(0, 1) / moments.variance(0);
    }
}
