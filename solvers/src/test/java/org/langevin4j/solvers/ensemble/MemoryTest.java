package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.sde.EulerMaruyama;

class MemoryTest {

    /** {@code main(paths)}: paths of 10 steps with moments and a histogram of 64² cells at the end. */
    static final class ManyPaths {

        private ManyPaths() {}

        public static void main(String[] arguments) {
            long paths = Long.parseLong(arguments[0]);
            Histogram histogram = Histogram.on(Grid.square(-3, 3, 64));
            EnsembleResult run = Ensemble.of(Sde.ito(
                            (x, out) -> {
                                out[0] = -x[0];
                                out[1] = -x[1];
                            },
                            Diffusion.isotropic(2, 1.0),
                            Temperature.of(0.5)))
                    .scheme(EulerMaruyama.withStep(0.1))
                    .until(1.0)
                    .paths(paths)
                    .seed(1)
                    .observe(Moments.of(2), histogram)
                    .run();
            if (run.get(histogram).total() != paths || run.get(Moments.of(2)).count() != paths) {
                throw new AssertionError("paths are missing");
            }
            System.out.println(paths + " paths in " + run.wallTime().toMillis() + " ms");
        }
    }

    /** One coordinate of each path would already be 80 MB. */
    @Test
    void tenMillionPathsRunInASmallHeap() throws IOException, InterruptedException {
        Process child = CheckpointTest.start(ManyPaths.class, "-Xmx64m", "10000000");
        assertThat(child.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isZero();
    }
}
