package org.langevin4j.models.file;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads numbers into memory that grows with what is really there, not with what a header claims. */
final class Growing {

    /** Numbers read before more memory is taken. */
    private static final int CHUNK = 1 << 13;

    /** The longest array that a Java virtual machine surely makes. */
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private Growing() {}

    /**
     * The next numbers.
     *
     * @param count how many, at least 1
     * @param borneOut whether the size of the file bears the count out: all of it may be allocated at once
     */
    static double[] take(NumberReader reader, long count, boolean borneOut, Claim claim) throws IOException {
        requireFits(count, claim);
        int length = (int) count;
        try {
            double[] numbers = new double[borneOut ? length : Math.min(length, CHUNK)];
            for (int filled = 0; filled < length; ) {
                int some = Math.min(CHUNK, length - filled);
                if (numbers.length < filled + some) {
                    numbers = Arrays.copyOf(numbers, (int) Math.min(length, 2L * numbers.length));
                }
                reader.read(numbers, filled, some);
                filled += some;
            }
            return numbers;
        } catch (OutOfMemoryError e) {
            // Below the limit, but other things live in the heap as well.
            throw tooLarge(count, claim, e);
        }
    }

    /** Refuses what no array or not the heap can hold. */
    static void requireFits(long count, Claim claim) throws ArrayFileException {
        if (!(count <= Runtime.getRuntime().maxMemory() / Double.BYTES)) {
            throw tooLarge(count, claim, null);
        }
        if (!(count <= LONGEST)) {
            throw new ArrayFileException(
                    claim.shown(),
                    "is too large: its header claims " + claim + ", more than the " + LONGEST
                            + " numbers that one Java array holds");
        }
    }

    /** Says how much memory would be needed. */
    static ArrayFileException tooLarge(long count, Claim claim, @Nullable Throwable cause) {
        return new ArrayFileException(
                claim.shown(),
                "is too large: its header claims " + claim + ", of which " + count + " numbers take "
                        + count * Double.BYTES + " bytes of heap as doubles; the heap has "
                        + Runtime.getRuntime().maxMemory() + " bytes at most, for everything (option -Xmx)",
                cause);
    }
}
