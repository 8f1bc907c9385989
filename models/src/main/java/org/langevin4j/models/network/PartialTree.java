package org.langevin4j.models.network;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * The one order in which partial results of blocks of samples are merged: a binary tree over the numbers of the blocks. Node i of level l covers the
 * blocks i·2ˡ … (i + 1)·2ˡ − 1, cut at the number of blocks, and is its left child merged with its right one, or the left one alone where the cut leaves
 * nothing to the right. Which parts of it are formed where makes no difference to the root. Of a range of blocks, added in their order, what is
 * kept are the largest nodes so far: 2 log₂ of their number at most.
 *
 * @param <P> a partial result
 */
public final class PartialTree<P extends Serializable> {

    private final int blocks;
    private final BinaryOperator<P> merge;
    private final Deque<Node<P>> nodes = new ArrayDeque<>();

    /**
     * A node.
     *
     * @param level l
     * @param index i
     * @param partial of the blocks it covers
     * @param <P> a partial result
     */
    public record Node<P extends Serializable>(int level, int index, P partial) implements Serializable {

        private static final long serialVersionUID = 1L;

        /**
         * The parent, of both children or of a left one that is alone.
         *
         * @param whole what it holds
         * @return the node above
         */
        public Node<P> parent(P whole) {
            return new Node<>(level + 1, index >> 1, whole);
        }
    }

    /**
     * A tree without nodes.
     *
     * @param blocks how many there are in all, at least 1
     * @param merge left and right, may use up both
     */
    public PartialTree(int blocks, BinaryOperator<P> merge) {
        this.blocks = blocks;
        this.merge = merge;
    }

    /**
     * The level of the root.
     *
     * @param blocks how many there are
     * @return ⌈log₂ blocks⌉
     */
    public static int rootLevel(int blocks) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(blocks - 1);
    }

    /**
     * Adds a block.
     *
     * @param block its number, one more than that of the block before
     * @param partial its result
     */
    public void add(int block, P partial) {
        Node<P> node = new Node<>(0, block, partial);
        while (node.level < rootLevel(blocks)) {
            Node<P> before = nodes.peekLast();
            boolean isLeft = (node.index & 1) == 0;
            if (isLeft && ((long) node.index + 1) << node.level >= blocks) {
                node = node.parent(node.partial);
            } else if (!isLeft && before != null && before.level == node.level) {
                nodes.removeLast();
                node = node.parent(merge.apply(before.partial, node.partial));
            } else {
                break;
            }
        }
        nodes.addLast(node);
    }

    /**
     * The nodes that are left to be merged.
     *
     * @return in the order of their blocks; of all blocks, the root
     */
    public List<Node<P>> nodes() {
        return new ArrayList<>(nodes);
    }

    @Override
    public String toString() {
        return "tree over " + blocks + " blocks, " + nodes.size() + " nodes so far";
    }
}
