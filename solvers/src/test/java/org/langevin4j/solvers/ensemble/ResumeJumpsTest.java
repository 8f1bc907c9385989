package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Jump;
import org.langevin4j.core.sde.Jumps;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.StateMap;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.domain.Projection;
import org.langevin4j.solvers.sde.EulerMaruyama;

/** Jumps, resets, projections and delays in checkpoints: they go on to the same bits, and others are told apart. */
class ResumeJumpsTest {

    private static final VectorField CHASE = VectorField.delayed(0.5, (t, x, past, out) -> {
        out[0] = Math.sin(t) - past[0];
        out[1] = -x[1] - 0.5 * past[1];
    });

    private static Ensemble ensemble(VectorField drift, double size, double level, double kick, Projection onto) {
        Jumps jumps = Jumps.driven(t -> Jumps.of(
                Jump.atRate(1 + Math.cos(t), (x, mark) -> x[0] += size * mark.normal(0)),
                Jump.atRate(x -> x[1] * x[1], (x, mark) -> x[1] *= mark.uniform(0))));
        Sde sde =
                Sde.ito(drift, Diffusion.isotropic(2, 1.0), Temperature.of(0.3)).with(jumps);
        StateMap map = (x, mark) -> x[0] = -kick * mark.exponential(0);
        return Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(0.05))
                .paths(30)
                .until(40)
                .seed(3)
                .onEvent(Reset.at(Event.of("level", x -> level - x[0]), map).bridged((x, out) -> {
                    out[0] = -1;
                    out[1] = 0;
                }))
                .projecting(onto)
                .observe(When.every(10, 0.0), Moments.of(2))
                .observe(When.every(40, 0.0), Snapshots.ofFirst(2));
    }

    private record Halfway(double share) implements Projection {
        @Override
        public void apply(double[] x) {
            x[1] = share * Math.abs(x[1]);
        }
    }

    @Test
    void allOfThemGoOnToTheSameBits(@TempDir Path folder) throws IOException {
        ResumeTest.sameBitsHoweverOftenCancelled(ensemble(CHASE, 0.4, 1.0, 0.2, new Halfway(1.0)), 3, folder);
    }

    private static void refused(Ensemble other, Path file, String item) {
        assertThatThrownBy(() -> other.checkpoint(file, Duration.ZERO).resume())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("its " + item + " is");
    }

    @Test
    void otherParametersAreRefusedByName(@TempDir Path folder) {
        Path file = folder.resolve("c");
        Projection onto = new Halfway(1.0);
        ensemble(CHASE, 0.4, 1.0, 0.2, onto).checkpoint(file, Duration.ZERO).run();
        ensemble(CHASE, 0.4, 1.0, 0.2, onto).checkpoint(file, Duration.ZERO).resume();
        refused(ensemble(CHASE, 0.5, 1.0, 0.2, onto), file, "jumps");
        refused(ensemble(CHASE, 0.4, 1.1, 0.2, onto), file, "resets");
        refused(ensemble(CHASE, 0.4, 1.0, 0.3, onto), file, "resets");
        refused(ensemble(CHASE, 0.4, 1.0, 0.2, new Halfway(0.9)), file, "walk");
        VectorField longer = VectorField.delayed(0.6, (t, x, past, out) -> {
            out[0] = Math.sin(t) - past[0];
            out[1] = -x[1] - 0.5 * past[1];
        });
        refused(ensemble(longer, 0.4, 1.0, 0.2, onto), file, "drift");
        VectorField earlier = VectorField.delayed(0.5, (t, x, past, out) -> {
                    out[0] = Math.sin(t) - past[0];
                    out[1] = -x[1] - 0.5 * past[1];
                })
                .withHistory((t, out) -> out[0] = t);
        refused(ensemble(earlier, 0.4, 1.0, 0.2, onto), file, "drift");
    }
}
