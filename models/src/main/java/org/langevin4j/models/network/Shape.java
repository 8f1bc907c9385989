package org.langevin4j.models.network;

/**
 * The shape of what goes from one layer to the next: numbers in channels × rows × columns, the columns of a row contiguous, as images are.
 *
 * @param channels C ≥ 1
 * @param height H ≥ 1
 * @param width W ≥ 1
 */
public record Shape(int channels, int height, int width) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is below 1, or C·H·W is above 2²⁴
     */
    public Shape {
        if (!(channels >= 1 && height >= 1 && width >= 1)) {
            throw new IllegalArgumentException(
                    "a shape must have at least 1×1×1 numbers, got " + channels + "×" + height + "×" + width);
        }
        if (!((double) channels * height * width <= 1 << 24)) {
            throw new IllegalArgumentException(
                    "a shape must have at most 2²⁴ numbers, got " + channels + "×" + height + "×" + width);
        }
    }

    /**
     * Numbers without a place in an image.
     *
     * @param length how many, at least 1
     * @return C = length, H = W = 1
     */
    public static Shape vector(int length) {
        return new Shape(length, 1, 1);
    }

    /**
     * How many numbers there are.
     *
     * @return C·H·W
     */
    public int size() {
        return channels * height * width;
    }

    /** H·W. */
    int positions() {
        return height * width;
    }

    @Override
    public String toString() {
        return positions() == 1 ? Integer.toString(channels) : channels + "×" + height + "×" + width;
    }
}
