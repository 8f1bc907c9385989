package org.langevin4j.solvers.estimation;

import java.util.Arrays;
import java.util.Optional;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;

/** dm/dt = b(m), dP/dt = JP + PJᵀ + 2β⁻¹D(m) by the method of Runge and Kutta; exact for a linear drift and constant D but for the error of that method. */
record LocalLinearisation(int substeps) implements ConditionalMoments {

    /** Where all steps are alike they are taken once, and finely. */
    private static final int REFINED = 8;

    @Override
    public Step of(Sde sde, double interval) {
        VectorField drift = sde.drift();
        double temperature = sde.temperature().value();
        Optional<AffineField> affine = AffineField.recognise(drift);
        if (affine.isPresent() && sde.diffusion().isConstant()) {
            int fine = substeps * REFINED;
            return linear(new Moves(affine.get(), sde.diffusion(), temperature, interval / fine, fine));
        }
        DifferentiableField field =
                drift instanceof DifferentiableField known ? known : DifferentiableField.byDifferences(drift);
        return new Moves(field, sde.diffusion(), temperature, interval / substeps, substeps);
    }

    /** m ← Am + c, P ← APAᵀ + N, the same from every state. */
    private static Step linear(Moves moves) {
        int d = moves.d;
        double[] offset = new double[d];
        double[] noise = new double[d * d];
        moves.advance(offset, noise);
        double[] a = new double[d * d];
        for (int j = 0; j < d; j++) {
            double[] unit = new double[d];
            unit[j] = 1.0;
            moves.advance(unit, new double[d * d]);
            for (int i = 0; i < d; i++) {
                a[i * d + j] = unit[i] - offset[i];
            }
        }
        double[] m = new double[d];
        double[] ap = new double[d * d];
        return (mean, covariance) -> {
            for (int i = 0; i < d; i++) {
                m[i] = offset[i];
                for (int k = 0; k < d; k++) {
                    m[i] += a[i * d + k] * mean[k];
                }
                for (int j = 0; j < d; j++) {
                    ap[i * d + j] = 0.0;
                    for (int k = 0; k < d; k++) {
                        ap[i * d + j] += a[i * d + k] * covariance[k * d + j];
                    }
                }
            }
            System.arraycopy(m, 0, mean, 0, d);
            for (int i = 0; i < d; i++) {
                for (int j = 0; j <= i; j++) {
                    double sum = noise[i * d + j];
                    for (int k = 0; k < d; k++) {
                        sum += ap[i * d + k] * a[j * d + k];
                    }
                    covariance[i * d + j] = sum;
                    covariance[j * d + i] = sum;
                }
            }
        };
    }

    private static final class Moves implements Step {

        private static final double[] NODES = {0.0, 0.5, 0.5, 1.0};
        private static final double[] WEIGHTS = {1.0 / 6.0, 1.0 / 3.0, 1.0 / 3.0, 1.0 / 6.0};

        private final DifferentiableField field;
        private final Diffusion diffusion;
        private final double temperature;
        private final double h;
        private final int substeps;
        private final int d;
        private final double[] jacobian;
        private final double[] noise;

        /** b, and JP + PJᵀ + 2β⁻¹D, in one array. */
        private final double[] slope;

        private final double[] sum;
        private final double[] stageMean;
        private final double[] stageCovariance;
        private final double[] velocity;

        Moves(DifferentiableField field, Diffusion diffusion, double temperature, double h, int substeps) {
            this.field = field;
            this.diffusion = diffusion;
            this.temperature = temperature;
            this.h = h;
            this.substeps = substeps;
            this.d = diffusion.dimension();
            this.jacobian = new double[d * d];
            this.noise = new double[d * d];
            this.slope = new double[d + d * d];
            this.sum = new double[d + d * d];
            this.stageMean = new double[d];
            this.stageCovariance = new double[d * d];
            this.velocity = new double[d];
            if (diffusion.isConstant()) {
                diffusion.matrix(new double[d], noise);
            }
        }

        @Override
        public void advance(double[] mean, double[] covariance) {
            for (int k = 0; k < substeps; k++) {
                Arrays.fill(sum, 0.0);
                Arrays.fill(slope, 0.0);
                for (int stage = 0; stage < NODES.length; stage++) {
                    for (int i = 0; i < d; i++) {
                        stageMean[i] = mean[i] + h * NODES[stage] * slope[i];
                    }
                    for (int i = 0; i < d * d; i++) {
                        stageCovariance[i] = covariance[i] + h * NODES[stage] * slope[d + i];
                    }
                    differentiate();
                    for (int i = 0; i < slope.length; i++) {
                        sum[i] += h * WEIGHTS[stage] * slope[i];
                    }
                }
                for (int i = 0; i < d; i++) {
                    mean[i] += sum[i];
                }
                for (int i = 0; i < d * d; i++) {
                    covariance[i] += sum[d + i];
                }
            }
        }

        private void differentiate() {
            field.at(stageMean, velocity);
            System.arraycopy(velocity, 0, slope, 0, d);
            field.jacobian(stageMean, jacobian);
            if (!diffusion.isConstant()) {
                diffusion.matrix(stageMean, noise);
            }
            for (int i = 0; i < d; i++) {
                for (int j = 0; j <= i; j++) {
                    double rate = 2.0 * temperature * noise[i * d + j];
                    for (int k = 0; k < d; k++) {
                        rate += jacobian[i * d + k] * stageCovariance[k * d + j];
                        rate += jacobian[j * d + k] * stageCovariance[k * d + i];
                    }
                    slope[d + i * d + j] = rate;
                    slope[d + j * d + i] = rate;
                }
            }
        }
    }
}
