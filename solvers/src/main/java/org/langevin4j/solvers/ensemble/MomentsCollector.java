package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import org.langevin4j.core.statistics.RunningMoments;

/** A collector whose result is running moments: subclasses say what is added to them. */
public abstract class MomentsCollector implements Collector<RunningMoments> {

    private RunningMoments moments;

    /**
     * Without samples yet.
     *
     * @param dimension of the samples
     */
    protected MomentsCollector(int dimension) {
        this(new RunningMoments(dimension));
    }

    /**
     * Without samples yet.
     *
     * @param empty moments of the dimension of the samples, with or without covariances, to which samples are added
     */
    protected MomentsCollector(RunningMoments empty) {
        this.moments = empty;
    }

    @Override
    public final void merge(Collector<RunningMoments> later) {
        moments.merge(later.result());
    }

    /** Writes the moments; a subclass that keeps anything of the block under way writes it after them. */
    @Override
    public void write(StateWriter out) throws IOException {
        out.moments(moments);
    }

    /** Reads the moments, of one sample for each recorded state at most. */
    @Override
    public void read(StateReader in) throws IOException {
        moments = in.moments(moments, in.records());
    }

    /**
     * The moments so far.
     *
     * @return the moments to which samples are added
     */
    @Override
    public final RunningMoments result() {
        return moments;
    }
}
