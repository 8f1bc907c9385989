package org.langevin4j.examples.cli.model;

import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;

/**
 * Errors of numbers from cells of twice the width: a third of the difference where the scheme is of second order in every direction, all
 * of it where it is not.
 *
 * @param part of the difference
 * @param remark in words
 */
record GridError(double part, String remark) {

    static GridError of(FokkerPlanck equation) {
        return equation.chain().isRough()
                ? new GridError(1.0, "± what cells of twice the width change; the scheme is not of second order here")
                : new GridError(1.0 / 3.0, "± a third of what cells of twice the width change");
    }

    double of(double fine, double coarse) {
        return part * Math.abs(fine - coarse);
    }

    /** ½∫|ρ − σ| of two densities, the mass of the finer one summed in cells of the coarser. */
    double of(Density fine, Density coarse) {
        Grid here = fine.grid();
        Grid there = coarse.grid();
        double[] masses = new double[there.cells()];
        for (int cell = 0; cell < here.cells(); cell++) {
            int parent = 0;
            for (int a = 0; a < here.dimension(); a++) {
                Axis axis = there.axis(a);
                int position = here.position(cell, a);
                parent += there.stride(a)
                        * (axis.cells() == here.axis(a).cells() ? position : Math.min(position / 2, axis.cells() - 1));
            }
            masses[parent] += fine.value(cell) * here.volume(cell);
        }
        double sum = 0.0;
        for (int cell = 0; cell < masses.length; cell++) {
            sum += 0.5 * Math.abs(masses[cell] - coarse.value(cell) * there.volume(cell));
        }
        return part * sum;
    }
}
