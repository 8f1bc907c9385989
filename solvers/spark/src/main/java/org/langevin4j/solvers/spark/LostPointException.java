package org.langevin4j.solvers.spark;

import org.langevin4j.solvers.sweep.SweepOutcome;
import org.langevin4j.solvers.sweep.SweepPoint;

/**
 * An error of the machine at a point, for Spark to try elsewhere; it looks at causes too. If it gives up, this tells
 * the driver at which point.
 */
final class LostPointException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final PointAnswer answer;

    LostPointException(SweepPoint point, Error error) {
        super(point + ": " + error, error);
        this.answer = new PointAnswer(point.seed(), SweepOutcome.failed(error));
    }

    PointAnswer answer() {
        return answer;
    }
}
