package org.langevin4j.models.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The order in which a block is computed: loops of plain arithmetic, which C2 turns into vector instructions, and calls of
 * functions on whole arrays in between. What one loop leaves to another stands in an array: that of an output as long as it
 * is free, else an array of scratch space.
 */
final class BlockPlan {

    /**
     * Operations in one loop. C2 does not unroll, and so not vectorise, a loop whose body has grown large.
     */
    private static final int LARGEST_LOOP = 24;

    /** A loop over nodes that read and write the arrays of each other, or the call of one function. */
    record Stage(boolean isCall, List<Integer> nodes) {}

    /** Where a value of the block stands: x[i], out[i] or scratch[i]. */
    enum Place {
        X,
        OUT,
        SCRATCH
    }

    /** An array. */
    record Home(Place place, int index) {}

    /** An array of scratch space and the stage that reads it last. */
    private record Busy(int index, int until) {}

    private static final Home NONE = new Home(Place.X, -1);

    private final Program program;
    private final List<Stage> stages = new ArrayList<>();

    /** Stage in which a node is computed, −1 where it is not computed. */
    private final int[] stageOf;

    /** The last stage that reads a node; that of its own if no other does. */
    private final int[] lastUse;

    private final Home[] homes;
    private int scratchArrays;

    private BlockPlan(Program program) {
        this.program = program;
        this.stageOf = new int[program.size()];
        this.lastUse = new int[program.size()];
        this.homes = new Home[program.size()];
        Arrays.fill(stageOf, -1);
        Arrays.fill(homes, NONE);
    }

    static BlockPlan of(Program program) {
        BlockPlan plan = new BlockPlan(program);
        plan.arrangeStages();
        plan.findLastUses();
        plan.settle();
        return plan;
    }

    /** No plan, where no block form is wanted. */
    static BlockPlan none(Program program) {
        return new BlockPlan(program);
    }

    List<Stage> stages() {
        return stages;
    }

    int scratchArrays() {
        return scratchArrays;
    }

    /** Whether a node stands in an array after its stage, or is a coordinate. */
    boolean hasHome(int node) {
        return homes[node].index() >= 0;
    }

    Home home(int node) {
        return homes[node];
    }

    /** What C2 has vector instructions for. */
    private static boolean isArithmetic(Op op) {
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, NEGATE, SQRT, ABS, MIN, MAX -> true;
            default -> false;
        };
    }

    private void arrangeStages() {
        int[] rank = new int[program.size()];
        List<List<Integer>> loops = new ArrayList<>();
        List<List<Integer>> calls = new ArrayList<>();
        for (int k = 0; k < rank.length; k++) {
            if (!program.isComputed(k) || !(program.node(k) instanceof Program.Apply apply)) {
                continue;
            }
            rank[k] = Math.max(rank[apply.a()], apply.b() < 0 ? 0 : rank[apply.b()]);
            boolean arithmetic = isArithmetic(apply.op());
            if (!arithmetic) {
                rank[k]++;
            }
            while (loops.size() <= rank[k]) {
                loops.add(new ArrayList<>());
                calls.add(new ArrayList<>());
            }
            (arithmetic ? loops : calls).get(rank[k]).add(k);
        }
        for (int r = 0; r < loops.size(); r++) {
            for (int call : calls.get(r)) {
                add(true, List.of(call));
            }
            List<Integer> loop = loops.get(r);
            // Loops of about equal length.
            int parts = (loop.size() + LARGEST_LOOP - 1) / LARGEST_LOOP;
            for (int part = 0; part < parts; part++) {
                add(false, loop.subList(loop.size() * part / parts, loop.size() * (part + 1) / parts));
            }
        }
    }

    private void add(boolean isCall, List<Integer> nodes) {
        for (int node : nodes) {
            stageOf[node] = stages.size();
        }
        stages.add(new Stage(isCall, nodes));
    }

    private void findLastUses() {
        System.arraycopy(stageOf, 0, lastUse, 0, lastUse.length);
        for (int s = 0; s < stages.size(); s++) {
            for (int node : stages.get(s).nodes()) {
                Program.Apply apply = (Program.Apply) program.node(node);
                lastUse[apply.a()] = Math.max(lastUse[apply.a()], s);
                if (apply.b() >= 0) {
                    lastUse[apply.b()] = Math.max(lastUse[apply.b()], s);
                }
            }
        }
    }

    /** Gives arrays to the coordinates, the outputs, and what is read by a later stage. */
    private void settle() {
        int[] outputs = program.outputs();
        for (int k = 0; k < homes.length; k++) {
            if (program.node(k) instanceof Program.Input input && input.source() == Program.Source.STATE) {
                homes[k] = new Home(Place.X, input.index());
            }
        }
        // The stage from which on an output's array is its own.
        int[] ownFrom = new int[outputs.length];
        Arrays.fill(ownFrom, stages.size());
        for (int i = 0; i < outputs.length; i++) {
            int node = outputs[i];
            if (stageOf[node] >= 0 && !hasHome(node)) {
                homes[node] = new Home(Place.OUT, i);
                ownFrom[i] = stageOf[node];
            }
        }
        int[] outBusy = new int[outputs.length];
        PriorityQueue<Busy> scratchBusy = new PriorityQueue<>(Comparator.comparingInt(Busy::until));
        for (int s = 0; s < stages.size(); s++) {
            for (int node : stages.get(s).nodes()) {
                if (hasHome(node) || lastUse[node] == s) {
                    continue;
                }
                homes[node] = free(s, lastUse[node], outBusy, ownFrom, scratchBusy);
            }
        }
        scratchArrays = scratchBusy.size();
    }

    /** An array that nobody reads after this stage begins and nobody owns before the last use. */
    private static Home free(int stage, int last, int[] outBusy, int[] ownFrom, PriorityQueue<Busy> scratchBusy) {
        for (int i = 0; i < outBusy.length; i++) {
            if (outBusy[i] <= stage && last <= ownFrom[i]) {
                // Not again in this stage, whatever its last use.
                outBusy[i] = Math.max(last, stage + 1);
                return new Home(Place.OUT, i);
            }
        }
        Busy first = scratchBusy.peek();
        int index =
                first != null && first.until() <= stage ? scratchBusy.remove().index() : scratchBusy.size();
        scratchBusy.add(new Busy(index, Math.max(last, stage + 1)));
        return new Home(Place.SCRATCH, index);
    }
}
