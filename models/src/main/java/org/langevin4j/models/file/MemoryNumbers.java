package org.langevin4j.models.file;

/** Numbers in an array. */
final class MemoryNumbers implements NumberReader {

    private final double[] numbers;
    private int next;

    MemoryNumbers(double[] numbers) {
        this.numbers = numbers;
    }

    @Override
    public void read(double[] to, int offset, int count) {
        System.arraycopy(numbers, next, to, offset, count);
        next += count;
    }

    @Override
    public void skip(long count) {
        next += Math.toIntExact(count);
    }
}
