package org.langevin4j.core.block;

import java.util.Locale;

/** Vectors as people read them. */
public final class VectorText {

    private static final int SHOWN = 6;

    private VectorText() {}

    /**
     * The first numbers of a vector, five digits each.
     *
     * @param x the vector
     * @return (x₁, x₂, …), and how many there are if not all are shown
     */
    public static String of(double... x) {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < Math.min(SHOWN, x.length); i++) {
            text.append(i == 0 ? "" : ", ").append(String.format(Locale.ROOT, "%.5g", x[i]));
        }
        return text.append(x.length > SHOWN ? ", … of " + x.length + ")" : ")").toString();
    }
}
