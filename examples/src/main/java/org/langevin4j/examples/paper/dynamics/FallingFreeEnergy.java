package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.construction;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.util.function.ToDoubleFunction;
import org.langevin4j.core.density.FreeEnergy;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.fokkerplanck.Evolution;
import org.langevin4j.solvers.fokkerplanck.FreeEnergyTrace;

/** What is said of F along every flow of Theorem 5. */
final class FallingFreeEnergy {

    static final double HALF_WIDTH = 3.0;

    /** Of Assumption 4 nothing is needed: Example 19 has ∇·j ≠ 0. */
    static final String FALLS =
            "D isotropic, constant, D(x) and of rank one, ρˢˢ being unique; ∇·j = 0 is not needed, ∇·(jρˢˢ) = 0 is enough";

    private FallingFreeEnergy() {}

    static void consistency(Sheet sheet, String what, Evolution flow, FreeEnergyTrace trace) {
        Evidence evidence = sheet.consistency("F falls at every implicit step, and mass is kept");
        var process = construction("a Markov process on the cells");
        evidence.measure(
                        what + ": steps at which F increases, of "
                                + (trace.values().size() - 1),
                        trace.increases())
                .exact()
                .near(0.0, none(), process);
        evidence.measure(what + ": largest change of mass", flow.massError()).atMost(1e-12, none(), process);
    }

    static double[] times(FreeEnergyTrace trace) {
        return trace.times().stream().mapToDouble(Double::doubleValue).toArray();
    }

    static double[] array(FreeEnergyTrace trace, ToDoubleFunction<FreeEnergy> part) {
        return trace.values().stream().mapToDouble(part).toArray();
    }
}
