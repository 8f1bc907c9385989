package org.langevin4j.examples.paper.paths;

import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Grid;

/** Values of cells as values at their centres, linear along each axis between them. */
final class Interpolation {

    private Interpolation() {}

    static double at(CellFunction f, double... x) {
        Grid grid = f.grid();
        int lowest = 0;
        double[] part = new double[x.length];
        for (int a = 0; a < x.length; a++) {
            Axis axis = grid.axis(a);
            int low = 0;
            while (low < axis.cells() - 2 && axis.centre(low + 1) <= x[a]) {
                low++;
            }
            lowest += low * grid.stride(a);
            part[a] = (x[a] - axis.centre(low)) / (axis.centre(low + 1) - axis.centre(low));
        }
        double sum = 0.0;
        for (int corner = 0; corner < 1 << x.length; corner++) {
            double weight = 1.0;
            int cell = lowest;
            for (int a = 0; a < x.length; a++) {
                boolean high = (corner >> a & 1) == 1;
                weight *= high ? part[a] : 1.0 - part[a];
                cell += high ? grid.stride(a) : 0;
            }
            // A corner of weight 0 may lie outside of the region.
            sum += weight == 0.0 ? 0.0 : weight * f.value(cell);
        }
        return sum;
    }
}
