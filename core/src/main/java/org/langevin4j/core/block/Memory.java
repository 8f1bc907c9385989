package org.langevin4j.core.block;

import java.util.Locale;

/** What large arrays would take, told before they are allocated. */
public final class Memory {

    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Memory() {}

    /**
     * Refuses what cannot fit into the heap of this virtual machine, however empty.
     *
     * @param what what needs the memory, the beginning of a sentence
     * @param bytes how much, not negative; a double, so that no product overflows
     * @param wayOut what would need less
     * @throws InsufficientMemoryException if it is more than the heap may grow to; the message has both numbers
     */
    public static void require(String what, double bytes, String wayOut) {
        double heap = (double) Runtime.getRuntime().maxMemory();
        if (!(bytes <= heap)) {
            throw refused(what, bytes, "the heap has at most " + text(heap) + " (-Xmx); " + wayOut);
        }
    }

    /**
     * Refuses what cannot fit into the memory of the machine beside the heap.
     *
     * @param what what needs the memory, the beginning of a sentence
     * @param bytes how much, not negative; a double, so that no product overflows
     * @param free how much there is
     * @param wayOut what would need less
     * @throws InsufficientMemoryException if it is more than there is; the message has both numbers
     */
    public static void requireNative(String what, double bytes, double free, String wayOut) {
        if (!(bytes <= free)) {
            throw refused(what, bytes, "the machine has " + text(free) + " free; " + wayOut);
        }
    }

    private static InsufficientMemoryException refused(String what, double bytes, String rest) {
        return new InsufficientMemoryException(what + " needs " + text(bytes) + ", " + rest);
    }

    /** Three digits and a decimal unit. */
    private static String text(double bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000.0;
            unit++;
        }
        return String.format(Locale.ROOT, value < 99.95 && unit > 0 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
    }
}
