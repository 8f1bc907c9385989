package org.langevin4j.solvers.ensemble;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one order in which partial results are merged: a binary tree over the numbers of the batches. Node i of level l
 * covers the batches i·2ˡ … (i + 1)·2ˡ − 1, cut at the number of batches, and is its left child merged with its right one, or
 * the left one alone where the cut leaves nothing to the right. A node is formed as soon as both children are there, so
 * that results may come in any order and from anywhere, and all that is kept are the largest nodes so far: O(log batches)
 * of them for a range of batches.
 */
final class MergeTree {

    /** A node; the batches it covers follow from level and index. */
    record Node(int level, long index, PartialResult result) {

        long first() {
            return index << level;
        }
    }

    /** The batches of a node: first, and the one after the last. */
    record Shape(long first, long end) {}

    private final long batches;
    private final int rootLevel;

    /** By the first batch. */
    private final NavigableMap<Long, Node> nodes = new TreeMap<>();

    MergeTree(long batches) {
        this.batches = batches;
        this.rootLevel = Long.SIZE - Long.numberOfLeadingZeros(batches - 1);
    }

    /** Adds the result of a batch. */
    void add(long batch, PartialResult result) {
        add(new Node(0, batch, result));
    }

    /** A node of this tree, without its result. */
    Shape node(int level, long index) {
        boolean exists = level >= 0 && level <= rootLevel && index >= 0 && index <= (batches - 1) >> level;
        if (!exists) {
            throw new IllegalArgumentException("node must be one of the tree over " + batches + " batches, got level "
                    + level + ", index " + index);
        }
        return new Shape(index << level, Math.min(batches, (index + 1) << level));
    }

    /** Adds a node that was formed elsewhere. */
    void add(Node added) {
        node(added.level, added.index);
        long end = end(added);
        Map.Entry<Long, Node> before = nodes.lowerEntry(end);
        if (before != null && end(before.getValue()) > added.first()) {
            throw new IllegalArgumentException("batches must be added once, got " + added.first() + " again");
        }
        Node node = added;
        while (node.level < rootLevel) {
            Node parent = parent(node);
            if (parent == null) {
                break;
            }
            node = parent;
        }
        nodes.put(node.first(), node);
    }

    /** The parent, if the sibling is there or there is none; the sibling is then taken out. */
    private @Nullable Node parent(Node node) {
        long siblingFirst = (node.index ^ 1L) << node.level;
        if ((node.index & 1L) == 0 && siblingFirst >= batches) {
            return new Node(node.level + 1, node.index >> 1, node.result);
        }
        Node sibling = nodes.get(siblingFirst);
        if (sibling == null || sibling.level != node.level) {
            return null;
        }
        nodes.remove(siblingFirst);
        boolean isLeft = (node.index & 1L) == 0;
        PartialResult merged = isLeft ? node.result : sibling.result;
        merged.merge(isLeft ? sibling.result : node.result);
        return new Node(node.level + 1, node.index >> 1, merged);
    }

    /** The first batch that a node does not cover. */
    long end(Node node) {
        return Math.min(batches, node.first() + (1L << node.level));
    }

    Collection<Node> nodes() {
        return nodes.values();
    }

    /** The number of batches from 0 on of which none is missing. */
    long prefix() {
        return prefix(0);
    }

    /** The same from another batch on. */
    long prefix(long first) {
        long reached = first;
        for (Node node : nodes.tailMap(first).values()) {
            if (node.first() != reached) {
                break;
            }
            reached = end(node);
        }
        return reached;
    }

    boolean contains(long batch) {
        Map.Entry<Long, Node> before = nodes.floorEntry(batch);
        return before != null && end(before.getValue()) > batch;
    }

    /**
     * The result of the batches before {@link #prefix()}, null if there is none: bit by bit the root of the tree over so
     * many. The nodes are merged and not to be used again.
     */
    @Nullable
    PartialResult takePrefix() {
        return takePrefix(0);
    }

    /** The same from another batch on. */
    @Nullable
    PartialResult takePrefix(long first) {
        List<Node> parts = new ArrayList<>(nodes.subMap(first, prefix(first)).values());
        PartialResult merged = null;
        for (int k = parts.size() - 1; k >= 0; k--) {
            PartialResult left = parts.get(k).result;
            if (merged != null) {
                left.merge(merged);
            }
            merged = left;
        }
        return merged;
    }
}
