package org.langevin4j.solvers.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An order of elimination by nested dissection (George 1973): a tree of sets of states in which no rate joins the states below
 * one child of a node with those below another, because the node's own states separate them. The children come first. The
 * fewer states separate, the less a direct solver costs. Immutable.
 */
public final class Dissection {

    /** The states of this node, eliminated after those of its children. */
    final int[] own;

    /** None for a leaf. */
    final List<Dissection> children;

    private Dissection(int[] own, List<Dissection> children) {
        this.own = own;
        this.children = children;
    }

    /**
     * A node, by whoever knows how the states lie.
     *
     * @param own the states that separate the children from each other, or all states of a leaf
     * @param children the parts; those without states are left out
     * @return the dissection of all states of the node and below
     */
    public static Dissection of(int[] own, List<Dissection> children) {
        return new Dissection(
                own.clone(),
                children.stream()
                        .filter(child -> child.own.length > 0 || !child.children.isEmpty())
                        .toList());
    }

    /**
     * Finds an order from the rates alone: each part is cut by a level of distances from a state at its rim (automatic nested
     * dissection; George and Liu 1978, 1981, chapter 8). Cheap to eliminate where rates join neighbours on a line, in a plane
     * or along a tree; the more of them lead far, the more it costs.
     *
     * @param generator the chain; its rates count in both directions
     * @return a dissection of all states
     */
    public static Dissection of(Generator generator) {
        int[] all = new int[generator.states()];
        Arrays.setAll(all, i -> i);
        return new Graph(generator).components(all);
    }

    /**
     * The number of states of this node and all below.
     *
     * @return count
     */
    public int size() {
        int size = own.length;
        for (Dissection child : children) {
            size += child.size();
        }
        return size;
    }

    /** Refuses an order that leaves out a state of a chain, has one twice or one of another chain. */
    void requireStates(int states) {
        boolean[] found = new boolean[states];
        if (size() != states || !isNew(found)) {
            throw new IllegalArgumentException(
                    "dissection must have each of the " + states + " states once, got a " + this);
        }
    }

    private boolean isNew(boolean[] found) {
        for (int state : own) {
            if (!(state >= 0 && state < found.length) || found[state]) {
                return false;
            }
            found[state] = true;
        }
        for (Dissection child : children) {
            if (!child.isNew(found)) {
                return false;
            }
        }
        return true;
    }

    /** The largest number of states that a node has of its own. */
    int widest() {
        int widest = own.length;
        for (Dissection child : children) {
            widest = Math.max(widest, child.widest());
        }
        return widest;
    }

    @Override
    public String toString() {
        return "dissection of " + size() + " states, " + own.length + " of them separating " + children.size()
                + " parts";
    }

    /** Which states are joined by a rate, in whatever direction. */
    private static final class Graph {

        /** Parts of at most this many states are not divided further. */
        private static final int LEAF = 48;

        /** Searches for a state at the rim. */
        private static final int SEARCHES = 6;

        /** The part of the states that a cut should leave at least on either side. */
        private static final double BALANCE = 0.3;

        private final int[] starts;
        private final int[] neighbours;

        /** Number of the part that each state belongs to at present; a cut state belongs to none. */
        private final int[] part;

        private int parts;

        /** Distance from the start of the last search, and the states in the order in which it met them. */
        private final int[] distance;

        private final int[] queue;

        Graph(Generator generator) {
            int n = generator.states();
            this.part = new int[n];
            this.distance = new int[n];
            this.queue = new int[n];
            this.starts = new int[n + 1];
            for (int j = 0; j < n; j++) {
                generator.forEachRateFrom(j, (from, to, rate) -> {
                    starts[from + 1]++;
                    starts[to + 1]++;
                });
            }
            for (int j = 0; j < n; j++) {
                starts[j + 1] += starts[j];
            }
            this.neighbours = new int[starts[n]];
            int[] next = Arrays.copyOf(starts, n);
            for (int j = 0; j < n; j++) {
                generator.forEachRateFrom(j, (from, to, rate) -> {
                    neighbours[next[from]++] = to;
                    neighbours[next[to]++] = from;
                });
            }
        }

        /** The dissection of states that may hang together or not. */
        Dissection components(int[] states) {
            int mine = ++parts;
            for (int state : states) {
                part[state] = mine;
                distance[state] = -1;
            }
            List<int[]> components = new ArrayList<>();
            for (int state : states) {
                if (distance[state] < 0) {
                    int reached = search(state, mine);
                    components.add(Arrays.copyOf(queue, reached));
                }
            }
            if (components.size() == 1) {
                return cut(components.get(0));
            }
            return Dissection.of(new int[0], components.stream().map(this::cut).toList());
        }

        /** The dissection of states that hang together. */
        private Dissection cut(int[] states) {
            if (states.length <= LEAF) {
                return Dissection.of(states, List.of());
            }
            int mine = ++parts;
            for (int state : states) {
                part[state] = mine;
            }
            int[] sizes = levels(states, mine);
            int level = separator(sizes, states.length);
            if (level < 0) {
                return Dissection.of(states, List.of());
            }
            int[] own = new int[sizes[level]];
            int[] near = new int[states.length];
            int[] far = new int[states.length];
            int separating = 0;
            int before = 0;
            int beyond = 0;
            for (int state : states) {
                if (distance[state] == level && touches(state, mine, level + 1)) {
                    own[separating++] = state;
                } else if (distance[state] <= level) {
                    near[before++] = state;
                } else {
                    far[beyond++] = state;
                }
            }
            return Dissection.of(
                    Arrays.copyOf(own, separating),
                    List.of(components(Arrays.copyOf(near, before)), components(Arrays.copyOf(far, beyond))));
        }

        private boolean touches(int state, int mine, int level) {
            for (int k = starts[state]; k < starts[state + 1]; k++) {
                if (part[neighbours[k]] == mine && distance[neighbours[k]] == level) {
                    return true;
                }
            }
            return false;
        }

        /** Leaves the distances from a state at the rim; the number of states at each. */
        private int[] levels(int[] states, int mine) {
            int start = states[0];
            int farthest = -1;
            for (int round = 0; round < SEARCHES; round++) {
                for (int state : states) {
                    distance[state] = -1;
                }
                int reached = search(start, mine);
                int last = distance[queue[reached - 1]];
                if (last <= farthest) {
                    break;
                }
                farthest = last;
                start = queue[reached - 1];
                for (int k = reached - 1; k >= 0 && distance[queue[k]] == last; k--) {
                    if (degree(queue[k]) < degree(start)) {
                        start = queue[k];
                    }
                }
            }
            int most = 0;
            for (int state : states) {
                most = Math.max(most, distance[state]);
            }
            int[] sizes = new int[most + 1];
            for (int state : states) {
                sizes[distance[state]]++;
            }
            return sizes;
        }

        private int degree(int state) {
            return starts[state + 1] - starts[state];
        }

        /** The smallest level that leaves enough on both sides, or the middle one; −1 if none has states on both sides. */
        private static int separator(int[] sizes, int total) {
            int best = -1;
            int middle = -1;
            int before = 0;
            for (int level = 0; level < sizes.length - 1; level++) {
                int after = total - before - sizes[level];
                if (level > 0) {
                    if (Math.min(before, after) >= BALANCE * total && (best < 0 || sizes[level] < sizes[best])) {
                        best = level;
                    }
                    if (middle < 0 && before + sizes[level] >= total / 2) {
                        middle = level;
                    }
                }
                before += sizes[level];
            }
            if (best >= 0) {
                return best;
            }
            return middle >= 0 ? middle : sizes.length - 2 >= 1 ? sizes.length - 2 : -1;
        }

        /** Searches breadth first within a part; the number of states met. */
        private int search(int start, int mine) {
            int read = 0;
            int written = 0;
            queue[written++] = start;
            distance[start] = 0;
            while (read < written) {
                int state = queue[read++];
                for (int k = starts[state]; k < starts[state + 1]; k++) {
                    int neighbour = neighbours[k];
                    if (part[neighbour] == mine && distance[neighbour] < 0) {
                        distance[neighbour] = distance[state] + 1;
                        queue[written++] = neighbour;
                    }
                }
            }
            return written;
        }
    }
}
