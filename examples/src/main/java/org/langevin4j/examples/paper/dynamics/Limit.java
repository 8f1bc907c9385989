package org.langevin4j.examples.paper.dynamics;

import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Line;

/**
 * What a scheme of known order tends to as its cells vanish, extrapolated from three grids, each twice as fine as the one before.
 *
 * @param value from the two finest
 * @param error by how much the finest one changed it
 */
record Limit(double value, double error) {

    static Limit of(int order, double coarse, double middle, double fine) {
        double factor = 1 << order;
        double value = (factor * fine - middle) / (factor - 1.0);
        return new Limit(value, Math.abs(value - (factor * middle - coarse) / (factor - 1.0)));
    }

    Line on(Evidence evidence, String name) {
        return evidence.measure(name, value).discretisationError(error);
    }
}
