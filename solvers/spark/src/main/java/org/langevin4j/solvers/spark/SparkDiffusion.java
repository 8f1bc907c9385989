package org.langevin4j.solvers.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.langevin4j.models.network.MeasuredDiffusion;
import org.langevin4j.models.network.PartialTree;
import org.langevin4j.models.network.PartialTree.Node;
import org.langevin4j.models.network.PerSampleGradients;
import org.langevin4j.models.network.SampleReduction;
import org.langevin4j.models.network.Sampling;
import org.langevin4j.models.network.SketchedDiffusion;
import org.langevin4j.solvers.cluster.Recipe;
import org.langevin4j.solvers.cluster.Shipping;
import scala.Tuple2;

/**
 * The diffusion matrix D(x) of gradients that are spread over a cluster: each task visits a range of the samples and sums up Σg and Σggᵀ, centred, or a sketch of it; partial
 * results are merged along the one {@link PartialTree}, on executors. So the result is to the bit that of {@link SampleReduction#run} on one
 * machine, for any number of partitions and executors, and however often a task was tried.
 *
 * <pre>{@code
 * MeasuredDiffusion d = SparkDiffusion.of(() -> FileGradients.open("/data/gradients.safetensors")).run(spark);
 * SketchedDiffusion s = SparkDiffusion.of(() -> FileGradients.open("/data/gradients.npy")).sketch(100).run(spark);
 * }</pre>
 *
 * <p>Heap of a task that sums up B blocks (all tasks together have {@value SampleReduction#MOST_BLOCKS} at most), beside what the source takes: for D 8·(514 d + (log₂ B + 2)·d²/2) bytes, for a sketch
 * 8·(log₂ B + 3)·ℓ·d bytes; a task that merges holds a few partial results, of 4·d² and 8·ℓ·d bytes. None of it grows with the number of samples. The driver holds one partial result and the result. A partial result that is
 * brought there as one is limited by Spark to 2 GB, d ≤ 23,000, and by {@code spark.driver.maxResultSize}. Immutable.
 *
 * @param <R> {@link MeasuredDiffusion} or {@link SketchedDiffusion}
 */
public final class SparkDiffusion<R> {

    /** Ranges are cut between groups of blocks, of which each range has that many or more, so that it gives few nodes. */
    private static final int GROUPS = 4;

    private final Recipe<PerSampleGradients> source;
    private final Function<Sampling, SampleReduction<?, R>> reduction;
    private final Sampling sampling;
    private final int partitions;

    private SparkDiffusion(
            Recipe<PerSampleGradients> source,
            Function<Sampling, SampleReduction<?, R>> reduction,
            Sampling sampling,
            int partitions) {
        this.source = source;
        this.reduction = reduction;
        this.sampling = sampling;
        this.partitions = partitions;
    }

    /**
     * D itself, of mini-batches drawn with replacement, in three partitions for each processor of the cluster.
     *
     * @param source gives the gradients in each task: from a file that every executor reads under the same name, or from a network and a data set that are
     *     built from names, numbers and files
     * @return what is to be measured
     */
    public static SparkDiffusion<MeasuredDiffusion> of(Recipe<PerSampleGradients> source) {
        Objects.requireNonNull(source, "source");
        return new SparkDiffusion<>(source, SampleReduction::exact, Sampling.WITH_REPLACEMENT, 0);
    }

    /**
     * A sketch of D in place of D, where d·d numbers are too many.
     *
     * @param directions ℓ, at least 1
     * @return the changed measurement
     */
    public SparkDiffusion<SketchedDiffusion> sketch(int directions) {
        if (!(directions >= 1)) {
            throw new IllegalArgumentException("directions must be at least 1, got " + directions);
        }
        return new SparkDiffusion<>(source, drawn -> SampleReduction.sketch(directions, drawn), sampling, partitions);
    }

    /**
     * Sets how mini-batches are drawn.
     *
     * @param value which matrix is meant
     * @return the changed measurement
     */
    public SparkDiffusion<R> sampling(Sampling value) {
        return new SparkDiffusion<>(source, reduction, Objects.requireNonNull(value, "value"), partitions);
    }

    /**
     * Sets the number of partitions. It changes the time and the memory of a task, never a bit of the result.
     *
     * @param value at least 1; no more than there are blocks are used
     * @return the changed measurement
     */
    public SparkDiffusion<R> partitions(int value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("partitions must be positive, got " + value);
        }
        return new SparkDiffusion<>(source, reduction, sampling, value);
    }

    /**
     * Visits all samples once.
     *
     * @param spark the session
     * @return the result; a {@link MeasuredDiffusion} asks the gradients of the driver for products with B
     * @throws IllegalArgumentException if the source cannot be shipped, with what it captures, there are fewer than two samples, or the result overflows or underflows
     * @throws GradientsFailedException if an entry is not finite, with its sample and its place, or executors have other gradients or none; not tried again
     */
    public R run(SparkSession spark) {
        return run(JavaSparkContext.fromSparkContext(spark.sparkContext()), reduction.apply(sampling));
    }

    private <P extends Serializable> R run(JavaSparkContext context, SampleReduction<P, R> reduced) {
        PerSampleGradients gradients = Shipping.make(source);
        double[] centre = centre(gradients);
        int blocks = reduced.blocks(gradients.samples());
        int wanted = partitions > 0 ? partitions : 3 * context.defaultParallelism();
        int level = level(blocks, wanted);
        int[] cuts = cuts(blocks, wanted, 1 << level);
        int count = cuts.length - 1;
        Broadcast<double[]> sent = context.broadcast(centre);
        try {
            JavaRDD<Node<SampleAnswer<P>>> nodes = context.parallelize(
                            IntStream.range(0, count).boxed().toList(), count)
                    .flatMap(new SampleTask<>(source, reduced, sent, gradients.samples(), cuts));
            for (; level < PartialTree.rootLevel(blocks); level++) {
                nodes = merged(nodes, level, Math.min(count, ((blocks - 1) >> (level + 1)) + 1), reduced);
            }
            return reduced.result(nodes.first().partial().orThrow(), gradients, centre);
        } finally {
            sent.destroy();
        }
    }

    private static double[] centre(PerSampleGradients gradients) {
        try {
            return SampleReduction.centre(gradients);
        } catch (RuntimeException failed) {
            String lasting = SampleAnswer.lasting(failed);
            if (lasting == null || failed instanceof IllegalArgumentException) {
                throw failed;
            }
            throw new GradientsFailedException(lasting);
        }
    }

    /** Of the nodes of the tree that a range does not cut. */
    private static int level(int blocks, int wanted) {
        long groups = (long) GROUPS * wanted;
        int level = 0;
        while (blocks >> (level + 1) >= groups) {
            level++;
        }
        return level;
    }

    private static int[] cuts(int blocks, int wanted, int group) {
        int groups = (blocks + group - 1) / group;
        int count = Math.min(wanted, groups);
        int[] cuts = new int[count + 1];
        Arrays.setAll(cuts, p -> (int) Math.min(blocks, (long) p * groups / count * group));
        return cuts;
    }

    /** Merges the nodes of a level in pairs; those of higher levels wait. */
    private static <P extends Serializable> JavaRDD<Node<SampleAnswer<P>>> merged(
            JavaRDD<Node<SampleAnswer<P>>> nodes, int level, int reducers, SampleReduction<P, ?> reduction) {
        return nodes.mapToPair(node -> new Tuple2<>(
                        node.level() == level ? key(level + 1, node.index() >> 1) : key(node.level(), node.index()),
                        node))
                .reduceByKey(
                        (a, b) -> {
                            boolean inOrder = a.index() < b.index();
                            Node<SampleAnswer<P>> left = inOrder ? a : b;
                            Node<SampleAnswer<P>> right = inOrder ? b : a;
                            return left.parent(SampleAnswer.merged(reduction, left.partial(), right.partial()));
                        },
                        reducers)
                .values()
                // One without a sibling is its own parent.
                .map(node -> node.level() == level ? node.parent(node.partial()) : node);
    }

    private static long key(int level, int index) {
        return ((long) level << Integer.SIZE) | index;
    }

    @Override
    public String toString() {
        return reduction.apply(sampling) + " for Spark" + (partitions > 0 ? " in " + partitions + " partitions" : "");
    }
}
