package org.langevin4j.solvers.ensemble;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.langevin4j.core.statistics.RunningMoments;

/** A collector whose result is running moments: subclasses say what is added to them. It goes into checkpoints. */
public abstract class MomentsCollector implements Collector<RunningMoments>, Saved {

    private RunningMoments moments;

    /**
     * Without samples yet.
     *
     * @param dimension of the samples
     */
    protected MomentsCollector(int dimension) {
        this.moments = new RunningMoments(dimension);
    }

    @Override
    public final void merge(Collector<RunningMoments> later) {
        moments.merge(later.result());
    }

    @Override
    public final void write(DataOutput out) throws IOException {
        SavedMoments.write(moments, out);
    }

    @Override
    public final void read(DataInput in) throws IOException {
        moments = SavedMoments.read(moments.dimension(), in);
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
