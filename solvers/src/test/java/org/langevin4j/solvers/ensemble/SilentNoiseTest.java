package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.LeimkuhlerMatthews;
import org.langevin4j.solvers.sde.Scheme;
import org.langevin4j.solvers.sde.Sra1;
import org.langevin4j.solvers.sde.Stepper;

class SilentNoiseTest {

    private static final int DIMENSION = 9;

    private static final VectorField DECAY = (x, out) -> {
        for (int i = 0; i < out.length; i++) {
            out[i] = -x[i];
        }
    };

    /** D = diag(0, 0, 0, 0.5, 0, 0, 0, 0, 2). */
    private static Diffusion diagonal() {
        double[] entries = new double[DIMENSION];
        entries[3] = 0.5;
        entries[8] = 2.0;
        return Diffusion.diagonal(entries);
    }

    private static Diffusion factor() {
        RealMatrix b = MatrixUtils.createRealMatrix(DIMENSION, DIMENSION);
        b.setEntry(0, 3, 1.0);
        b.setEntry(1, 3, -1.0);
        b.setEntry(5, 8, 2.0);
        return Diffusion.constantFactor(b);
    }

    @Test
    void steppersTellWhichNoisesAreOfAnyEffect() {
        for (Diffusion diffusion : new Diffusion[] {diagonal(), factor()}) {
            Sde sde = Sde.ito(DECAY, diffusion, Temperature.of(0.5));
            List<Scheme> schemes = new ArrayList<>(List.of(EulerMaruyama.withStep(0.1), Sra1.withStep(0.1)));
            if (diffusion.structure() != Diffusion.Structure.FULL) {
                schemes.add(LeimkuhlerMatthews.withStep(0.1));
            }
            for (Scheme scheme : schemes) {
                Stepper stepper = scheme.stepper(sde);
                for (int k = 0; k < stepper.noises(); k++) {
                    int column = k % DIMENSION;
                    assertThat(stepper.needs(k)).isEqualTo(column == 3 || column == 8);
                }
            }
        }
    }

    /** The bits are those of a run in which all is drawn, here by a stepper fed by hand. */
    @Test
    void theOthersKeepTheirBits() {
        for (Diffusion diffusion : new Diffusion[] {diagonal(), factor()}) {
            Sde sde = Sde.ito(DECAY, diffusion, Temperature.of(0.5));
            for (Scheme scheme : new Scheme[] {EulerMaruyama.withStep(0.1), Sra1.withStep(0.1)}) {
                FinalStates.States states = Ensemble.of(sde)
                        .scheme(scheme)
                        .until(1.0)
                        .paths(5)
                        .seed(6)
                        .observe(FinalStates.all())
                        .run()
                        .get(FinalStates.all());
                Stepper stepper = scheme.stepper(sde);
                double[][] x = new double[DIMENSION][5];
                double[][] xi = new double[stepper.noises()][5];
                stepper.begin(5);
                for (int step = 0; step < 10; step++) {
                    NormalStream.of(Seed.of(6)).fill(0, 5, step, xi);
                    stepper.step(step * 0.1, x, 5, xi);
                }
                double[] state = new double[DIMENSION];
                for (int p = 0; p < 5; p++) {
                    states.copyState(p, state);
                    for (int i = 0; i < DIMENSION; i++) {
                        assertThat(state[i] + 0.0).isEqualTo(x[i][p] + 0.0);
                    }
                }
            }
        }
    }
}
