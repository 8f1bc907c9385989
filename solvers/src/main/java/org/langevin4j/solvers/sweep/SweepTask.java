package org.langevin4j.solvers.sweep;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.random.Seed;
import org.langevin4j.solvers.cluster.Cluster;

/** Computes points of a sweep on other machines, by their places in a list. */
final class SweepTask implements Cluster.Task {

    private static final long serialVersionUID = 1L;

    private static final byte FAILED = 1;

    private final String[] names;
    private final double[][] values;
    private final int[] replicas;
    private final long[] seeds;
    private final int columns;
    private final SweepFunction function;

    SweepTask(List<SweepPoint> points, int columns, SweepFunction function) {
        this.names = points.get(0).names().toArray(String[]::new);
        this.values = points.stream()
                .map(point ->
                        point.values().stream().mapToDouble(value -> value).toArray())
                .toArray(double[][]::new);
        this.replicas = points.stream().mapToInt(SweepPoint::replica).toArray();
        this.seeds = points.stream().mapToLong(point -> point.seed().value()).toArray();
        this.columns = columns;
        this.function = function;
    }

    @Override
    public byte[] answer(int number, Cluster.Worker worker) {
        List<Double> parameters = Arrays.stream(values[number]).boxed().toList();
        SweepPoint point = new SweepPoint(List.of(names), parameters, replicas[number], Seed.of(seeds[number]));
        SweepOutcome outcome = SweepOutcome.of(function, point, columns);
        if (outcome.failure() != null) {
            byte[] message = outcome.failure().getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(1 + message.length)
                    .put(FAILED)
                    .put(message)
                    .array();
        }
        ByteBuffer numbers = ByteBuffer.allocate(1 + Double.BYTES * columns).put((byte) 0);
        outcome.values().forEach(numbers::putDouble);
        return numbers.array();
    }

    /** What an answer says. */
    static SweepOutcome outcome(byte[] answer) {
        ByteBuffer buffer = ByteBuffer.wrap(answer);
        if (buffer.get() == FAILED) {
            return new SweepOutcome(List.of(), new String(answer, 1, answer.length - 1, StandardCharsets.UTF_8));
        }
        List<Double> values = new ArrayList<>();
        while (buffer.hasRemaining()) {
            values.add(buffer.getDouble());
        }
        return new SweepOutcome(values, null);
    }

    @Override
    public String toString() {
        return "points of a sweep over " + Arrays.toString(names);
    }
}
