package org.langevin4j.solvers.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.cluster.Cluster;
import org.langevin4j.solvers.cluster.DistributedEnsemble;
import org.langevin4j.solvers.cluster.TaskFailedException;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.sde.EulerMaruyama;

class SparkLauncherTest {

    private static Ensemble walks() {
        return Ensemble.of(Sde.ito((x, out) -> out[0] = 0.0, Diffusion.isotropic(1, 1.0), Temperature.of(0.5)))
                .scheme(EulerMaruyama.withStep(0.1))
                .paths(1_000)
                .until(1.0)
                .seed(3)
                .observe(Moments.of(1));
    }

    @Test
    void startsSparkAndEndsIt() {
        Cluster cluster = Cluster.launch("spark", "local[1]");
        try (cluster) {
            assertThat(cluster).hasToString("Spark at local[1]");
            assertThat(cluster.parallelism()).isEqualTo(1);
            assertThat(DistributedEnsemble.of(SparkLauncherTest::walks)
                            .run(cluster)
                            .get(Moments.of(1))
                            .variance(0))
                    .isEqualTo(walks().run().get(Moments.of(1)).variance(0));
        }
        assertThatThrownBy(cluster::parallelism)
                .isInstanceOf(TaskFailedException.class)
                .hasMessage("Spark has ended; is there a cluster at local[1]?");
    }
}
