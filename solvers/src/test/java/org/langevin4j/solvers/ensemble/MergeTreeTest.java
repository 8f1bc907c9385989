package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.sde.EulerMaruyama;

class MergeTreeTest {

    /** Writes down how it was merged: a leaf is its first path, a merge a pair of brackets. */
    private record Brackets() implements PathObservable<String> {

        @Override
        public Collector<String> collector(int dimension) {
            return new BracketCollector();
        }
    }

    private static final class BracketCollector implements Collector<String> {

        private String text = "";

        @Override
        public void begin(PathBlock block) {
            text += block.path(0);
        }

        @Override
        public void record(PathBlock block) {}

        @Override
        public void merge(Collector<String> later) {
            text = "(" + text + " " + later.result() + ")";
        }

        @Override
        public String result() {
            return text;
        }

        @Override
        public void write(StateWriter out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void read(StateReader in) {
            throw new UnsupportedOperationException();
        }
    }

    private static EnsemblePlan plan(long paths) {
        return Ensemble.of(Sde.ito((x, out) -> out[0] = -x[0], Diffusion.isotropic(1, 1.0), Temperature.of(1.0)))
                .scheme(EulerMaruyama.withStep(0.5))
                .until(1.0)
                .paths(paths)
                .seed(Seed.of(1))
                .observe(new Brackets())
                .plan();
    }

    /** The definition, word by word. */
    private static String tree(int level, long index, long batches, long batchPaths) {
        if (level == 0) {
            return Long.toString(index * batchPaths);
        }
        String left = tree(level - 1, 2 * index, batches, batchPaths);
        if ((2 * index + 1) << (level - 1) >= batches) {
            return left;
        }
        return "(" + left + " " + tree(level - 1, 2 * index + 1, batches, batchPaths) + ")";
    }

    private static String expected(long batches, long batchPaths) {
        int level = 0;
        while (1L << level < batches) {
            level++;
        }
        return tree(level, 0, batches, batchPaths);
    }

    @Test
    void anyOrderOfArrivalGivesTheTreeOfTheDefinition() {
        Random random = new Random(1);
        for (long batches = 1; batches <= 33; batches++) {
            EnsemblePlan plan = plan(batches * 256 - 100);
            BatchGeometry geometry = BatchGeometry.of(plan);
            assertThat(geometry.batches()).isEqualTo(batches);
            assertThat(geometry.firstPath(batches)).isEqualTo(plan.paths());
            List<Long> order = new ArrayList<>();
            for (long b = 0; b < batches; b++) {
                order.add(b);
            }
            for (int repeat = 0; repeat < 3; repeat++) {
                Collections.shuffle(order, random);
                MergeTree tree = new MergeTree(batches);
                BatchRunner runner = BatchRunner.of(plan);
                for (long batch : order) {
                    assertThat(tree.contains(batch)).isFalse();
                    tree.add(batch, runner.run(batch));
                    assertThat(tree.contains(batch)).isTrue();
                }
                assertThat(tree.nodes()).hasSize(1);
                assertThat(brackets(tree)).isEqualTo(expected(batches, 256));
            }
        }
    }

    @Test
    void thePrefixOfACancelledRunIsTheTreeOfSoManyBatches() {
        EnsemblePlan plan = plan(32 * 256);
        BatchRunner runner = BatchRunner.of(plan);
        for (long prefix = 1; prefix <= 32; prefix++) {
            MergeTree tree = new MergeTree(32);
            for (long batch = 0; batch < prefix; batch++) {
                tree.add(batch, runner.run(batch));
            }
            for (long batch = prefix + 1; batch < 32; batch += 2) {
                tree.add(batch, runner.run(batch));
            }
            assertThat(tree.prefix()).isEqualTo(prefix);
            assertThat(brackets(tree)).isEqualTo(expected(prefix, 256));
        }
        assertThat(new MergeTree(3).takePrefix()).isNull();
    }

    @Test
    void threadsMergeByTheSameTree() {
        for (int threads = 1; threads <= 7; threads++) {
            EnsembleResult run = Ensemble.of(
                            Sde.ito((x, out) -> out[0] = -x[0], Diffusion.isotropic(1, 1.0), Temperature.of(1.0)))
                    .scheme(EulerMaruyama.withStep(0.5))
                    .until(1.0)
                    .paths(37 * 256)
                    .threads(threads)
                    .observe(new Brackets())
                    .run();
            assertThat(run.get(new Brackets())).isEqualTo(expected(37, 256));
        }
    }

    @Test
    void batchesAreAddedOnceAndBelongToTheTree() {
        EnsemblePlan plan = plan(5 * 256);
        BatchRunner runner = BatchRunner.of(plan);
        MergeTree tree = new MergeTree(5);
        tree.add(0, runner.run(0));
        tree.add(1, runner.run(1));
        assertThatThrownBy(() -> tree.add(1, runner.run(1))).hasMessage("batches must be added once, got 1 again");
        assertThatThrownBy(() -> tree.add(new MergeTree.Node(2, 0, runner.run(2))))
                .hasMessage("batches must be added once, got 0 again");
        assertThatThrownBy(() -> tree.add(5, runner.run(4))).hasMessageStartingWith("node must be one of the tree");
        assertThatThrownBy(() -> tree.add(new MergeTree.Node(4, 0, runner.run(4))))
                .hasMessageStartingWith("node must be one of the tree over 5 batches, got level 4");
        assertThatThrownBy(() -> runner.run(5)).hasMessage("batch must be in [0, 5), got 5");
    }

    private static String brackets(MergeTree tree) {
        PartialResult merged = tree.takePrefix();
        return merged == null ? "" : (String) merged.collectors().get(0).result();
    }
}
