package org.langevin4j.core.block;

/**
 * The counter-based generator Threefry-2×64 with 13 rounds: a keyed bijection of 128 bits whose outputs pass BigCrush
 * (Salmon et al. 2011, Table 2). Additions, rotations and exclusive-ors only.
 */
public final class Threefry {

    private Threefry() {}

    /**
     * Replaces a counter by its hash.
     *
     * @param key0 first key word
     * @param key1 second key word
     * @param words two words: the counter on entry, the hash on return
     * @throws IllegalArgumentException if there are not two
     */
    public static void hash(long key0, long key1, long[] words) {
        if (words.length != 2) {
            throw new IllegalArgumentException("words must number 2, got " + words.length);
        }
        long key2 = Constants.PARITY ^ key0 ^ key1;
        long x = words[0] + key0;
        long y = words[1] + key1;
        x += y;
        y = Long.rotateLeft(y, 16) ^ x;
        x += y;
        y = Long.rotateLeft(y, 42) ^ x;
        x += y;
        y = Long.rotateLeft(y, 12) ^ x;
        x += y;
        y = Long.rotateLeft(y, 31) ^ x;
        x += key1;
        y += key2 + 1;
        x += y;
        y = Long.rotateLeft(y, 16) ^ x;
        x += y;
        y = Long.rotateLeft(y, 32) ^ x;
        x += y;
        y = Long.rotateLeft(y, 24) ^ x;
        x += y;
        y = Long.rotateLeft(y, 21) ^ x;
        x += key2;
        y += key0 + 2;
        x += y;
        y = Long.rotateLeft(y, 16) ^ x;
        x += y;
        y = Long.rotateLeft(y, 42) ^ x;
        x += y;
        y = Long.rotateLeft(y, 12) ^ x;
        x += y;
        y = Long.rotateLeft(y, 31) ^ x;
        x += key0;
        y += key1 + 3;
        x += y;
        y = Long.rotateLeft(y, 16) ^ x;
        words[0] = x;
        words[1] = y;
    }
}
