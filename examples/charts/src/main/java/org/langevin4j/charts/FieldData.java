package org.langevin4j.charts;

import java.io.IOException;
import java.util.Arrays;

/** The numbers of a field on a lattice. */
final class FieldData {

    /** By component; each the values at the first x for all y, then at the second and so on. */
    final double[][] values;

    private final String kind;
    private final double[] x;
    private final double[] y;

    /** What is drawn with them, such as heatmap, the coordinates of the lattice, and the numbers. */
    FieldData(String kind, double[] x, double[] y, double[]... values) {
        this.kind = kind;
        this.x = x;
        this.y = y;
        this.values = values;
    }

    void addTo(NpzFile file, String prefix) throws IOException {
        file.add(prefix + "x1", x, x.length);
        file.add(prefix + "x2", y, y.length);
        if (values.length == 1) {
            file.add(prefix + kind, values[0], x.length, y.length);
        } else {
            double[] all = Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
            file.add(prefix + kind, all, values.length, x.length, y.length);
        }
    }
}
