package org.langevin4j.examples.paper.potential;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;

import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.solvers.decomposition.AssumptionReport;
import org.langevin4j.solvers.decomposition.Claim;
import org.langevin4j.solvers.decomposition.Finding;
import org.langevin4j.solvers.decomposition.GridDecomposition;
import org.langevin4j.solvers.decomposition.Verdict;

/** Root mean squares under ρˢˢ of what a grid leaves, and where they settle on finer grids. */
final class GridNorms {

    private GridNorms() {}

    static double rms(GridDecomposition grid, CellFunction found, ScalarField exact) {
        Density density = grid.density();
        double[] x = new double[2];
        double sum = 0.0;
        for (int cell = 0; cell < density.grid().cells(); cell++) {
            density.grid().centre(cell, x);
            double error = found.value(cell) - exact.at(x);
            sum += density.value(cell) * density.grid().volume(cell) * error * error;
        }
        return Math.sqrt(sum);
    }

    static double[] norms(AssumptionReport report, Claim claim) {
        return values(report.finding(claim));
    }

    /** That a norm, of second order on grids each twice as fine, is zero at cells of no width. */
    static void vanishes(Evidence evidence, String what, double... norms) {
        settles(evidence, what, 0.0, "zero", norms);
    }

    static void vanishes(Evidence evidence, String what, Finding finding) {
        vanishes(evidence, what, values(finding));
    }

    private static double[] values(Finding finding) {
        return finding.norms().stream().mapToDouble(v -> v).toArray();
    }

    static void settles(Evidence evidence, String what, double limit, String source, double... norms) {
        Extrapolated found = Extrapolated.of(norms[norms.length - 2], norms[norms.length - 1]);
        evidence.measure(what + ", root mean square, extrapolated", found.value())
                .discretisationError(found.error())
                .near(limit, estimatedErrors(1), closedForm(source));
    }

    /** Where the residual settles, extrapolated from three grids; 0 if it does not. */
    static double limit(Finding finding) {
        return finding.verdict() == Verdict.FAILS ? finding.limit() : 0.0;
    }
}
