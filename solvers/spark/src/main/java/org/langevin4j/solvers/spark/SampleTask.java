package org.langevin4j.solvers.spark;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.langevin4j.models.network.PartialTree;
import org.langevin4j.models.network.PartialTree.Node;
import org.langevin4j.models.network.PerSampleGradients;
import org.langevin4j.models.network.SampleReduction;
import org.langevin4j.solvers.cluster.Recipe;

/** Visits the samples of a range of blocks on an executor and gives the part of the tree that they make up. */
final class SampleTask<P extends Serializable> implements FlatMapFunction<Integer, Node<SampleAnswer<P>>> {

    private static final long serialVersionUID = 1L;

    private final Recipe<PerSampleGradients> source;
    private final SampleReduction<P, ?> reduction;
    private final Broadcast<double[]> centre;
    private final int samples;

    /** Numbers of the first blocks of the ranges, and how many there are in all. */
    private final int[] cuts;

    SampleTask(
            Recipe<PerSampleGradients> source,
            SampleReduction<P, ?> reduction,
            Broadcast<double[]> centre,
            int samples,
            int[] cuts) {
        this.source = source;
        this.reduction = reduction;
        this.centre = centre;
        this.samples = samples;
        this.cuts = cuts;
    }

    @Override
    public Iterator<Node<SampleAnswer<P>>> call(Integer range) throws Exception {
        int from = cuts[range];
        int to = cuts[range + 1];
        try {
            PerSampleGradients gradients = source.make();
            int d = centre.value().length;
            if (gradients.samples() != samples || gradients.dimension() != d) {
                throw new IllegalArgumentException(
                        "source must give the same gradients everywhere, got " + samples + "×"
                                + d + " on the driver and " + gradients.samples() + "×" + gradients.dimension()
                                + " on an executor");
            }
            return reduction.nodes(gradients, centre.value(), from, to).stream()
                    .map(node -> new Node<>(node.level(), node.index(), new SampleAnswer<>(node.partial(), null)))
                    .iterator();
        } catch (Exception failed) {
            String lasting = SampleAnswer.lasting(failed);
            if (lasting == null) {
                throw failed;
            }
            PartialTree<SampleAnswer<P>> tree = new PartialTree<>(reduction.blocks(samples), (left, right) -> left);
            for (int block = from; block < to; block++) {
                tree.add(block, new SampleAnswer<>(null, lasting));
            }
            return tree.nodes().iterator();
        }
    }
}
