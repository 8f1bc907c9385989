package org.langevin4j.solvers.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.langevin4j.solvers.sweep.SweepFunction;
import org.langevin4j.solvers.sweep.SweepOutcome;
import org.langevin4j.solvers.sweep.SweepPoint;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** Computes the points of one task on an executor. */
final class PointTask extends AbstractFunction1<Iterator<SentPoint>, PointAnswer[]> implements Serializable {

    private static final long serialVersionUID = 1L;

    private final List<String> names;
    private final int columns;
    private final SweepFunction function;

    PointTask(List<String> names, int columns, SweepFunction function) {
        this.names = names;
        this.columns = columns;
        this.function = function;
    }

    @Override
    public PointAnswer[] apply(Iterator<SentPoint> points) {
        List<PointAnswer> answers = new ArrayList<>();
        while (points.hasNext()) {
            SweepPoint point = points.next().named(names);
            try {
                answers.add(new PointAnswer(point.seed(), SweepOutcome.of(function, point, columns)));
            } catch (Error error) {
                throw new LostPointException(point, error);
            }
        }
        return answers.toArray(PointAnswer[]::new);
    }
}
