package org.langevin4j.core.model;

import java.util.Comparator;
import java.util.List;

/** Finds the known word that a mistyped one was meant to be. */
public final class DidYouMean {

    private DidYouMean() {}

    /**
     * A suggestion to append to a message.
     *
     * @param known the words that exist
     * @param word the word that does not
     * @return "; did you mean '…'?", or nothing if no word is near
     */
    public static String among(List<String> known, String word) {
        int farthest = Math.max(2, word.length() / 3);
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= farthest)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElse("");
    }

    /** Levenshtein distance: fewest letters to insert, remove or replace. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
