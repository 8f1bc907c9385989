package org.langevin4j.examples.paper.descent;

import java.util.function.UnaryOperator;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.models.network.LeastSquares;
import org.langevin4j.models.network.Sampling;

/**
 * First and second moments m = E z, M = E zzᵀ of the distance z from the minimum of a linear regression. They close, as affine maps of (m, M): of
 * gradient descent M′ = (I − ηF)M(I − ηF) + η²s E D, of an equation with drift −Az dM/dt = −AM − MA + ηs E D; s is the variance of the mean of
 * a mini-batch over D.
 */
final class RegressionMoments {

    private final LeastSquares loss;
    private final Sampling sampling;
    private final int d;

    RegressionMoments(LeastSquares loss, Sampling sampling) {
        this.loss = loss;
        this.sampling = sampling;
        this.d = loss.dimension();
    }

    /** Mean excess of the loss after steps of SGD; {@code boost} multiplies the covariance of the noise. */
    double descent(double[] start, double rate, double boost, double share, int steps) {
        RealMatrix q =
                MatrixUtils.createRealIdentityMatrix(d).subtract(loss.hessian().scalarMultiply(rate));
        RealMatrix map = matrix(s -> {
            double[] mean = mean(s);
            RealMatrix second = second(s);
            RealMatrix noise = noise(s[0], mean, second).scalarMultiply(rate * rate * share * boost);
            return pack(s[0], q.operate(mean), q.multiply(second).multiply(q).add(noise));
        });
        double[] state = start(start);
        for (int k = 0; k < steps; k++) {
            state = map.operate(state);
        }
        return excess(state);
    }

    /** Mean excess of the loss at a time, of dz = −Az dt + √(temperature·2D) dW with A = F + correction·F². */
    double equation(double[] start, double temperature, double correction, double time) {
        RealMatrix f = loss.hessian();
        RealMatrix a = f.add(f.multiply(f).scalarMultiply(correction));
        RealMatrix generator = matrix(s -> {
            double[] mean = mean(s);
            RealMatrix second = second(s);
            RealMatrix noise = noise(s[0], mean, second).scalarMultiply(2.0 * temperature);
            RealMatrix flow = a.multiply(second).add(second.multiply(a));
            return pack(0.0, Vectors.scaled(a.operate(mean), -1.0), noise.subtract(flow));
        });
        return excess(
                MatrixUtils.matrixExponential(generator.scalarMultiply(time)).operate(start(start)));
    }

    /** E D, whose constant part counts one times: s₀ = 1 but for the vectors by which matrices are read off. */
    private RealMatrix noise(double one, double[] mean, RealMatrix second) {
        RealMatrix constant = loss.meanDiffusion(new double[d], second.scalarMultiply(0.0), sampling);
        return loss.meanDiffusion(mean, second, sampling).add(constant.scalarMultiply(one - 1.0));
    }

    private RealMatrix matrix(UnaryOperator<double[]> linear) {
        int n = 1 + d + d * d;
        RealMatrix matrix = MatrixUtils.createRealMatrix(n, n);
        for (int k = 0; k < n; k++) {
            double[] unit = new double[n];
            unit[k] = 1.0;
            matrix.setColumn(k, linear.apply(unit));
        }
        return matrix;
    }

    private double[] start(double[] z) {
        RealMatrix square = MatrixUtils.createRealMatrix(d, d);
        for (int i = 0; i < d * d; i++) {
            square.setEntry(i / d, i % d, z[i / d] * z[i % d]);
        }
        return pack(1.0, z, square);
    }

    private double excess(double[] state) {
        return 0.5 * loss.hessian().multiply(second(state)).getTrace();
    }

    private double[] mean(double[] state) {
        double[] mean = new double[d];
        System.arraycopy(state, 1, mean, 0, d);
        return mean;
    }

    private RealMatrix second(double[] state) {
        RealMatrix second = MatrixUtils.createRealMatrix(d, d);
        for (int i = 0; i < d * d; i++) {
            second.setEntry(i / d, i % d, state[1 + d + i]);
        }
        return second.add(second.transpose()).scalarMultiply(0.5);
    }

    private double[] pack(double one, double[] mean, RealMatrix second) {
        double[] state = new double[1 + d + d * d];
        state[0] = one;
        System.arraycopy(mean, 0, state, 1, d);
        for (int i = 0; i < d * d; i++) {
            state[1 + d + i] = second.getEntry(i / d, i % d);
        }
        return state;
    }
}
