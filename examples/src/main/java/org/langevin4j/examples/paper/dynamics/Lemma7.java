package org.langevin4j.examples.paper.dynamics;

import java.io.IOException;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;

/**
 * Lemma 7 of Chaudhari and Soatto (2018): the orbits of ẋ = j(x) are closed. In the plane they are, since ∇·(jρˢˢ) = 0 gives
 * jρˢˢ a stream function ψ and j is tangent to its level sets; ∇·j = 0 is not needed. In more dimensions ∇·j = 0 does not
 * make them close.
 */
public final class Lemma7 implements Experiment {

    @Override
    public String name() {
        return "lemma-7";
    }

    @Override
    public String summary() {
        return "Orbits of ẋ = j(x) close in the plane, with the periods of closed forms; in more dimensions they need not";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        ClosedLoops.run(sheet);
        LoopPeriods.run(sheet);
        OpenOrbits.run(sheet);
    }
}
