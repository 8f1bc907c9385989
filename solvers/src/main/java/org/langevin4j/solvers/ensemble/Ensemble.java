package org.langevin4j.solvers.ensemble;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.StateMap;
import org.langevin4j.solvers.domain.Domain;
import org.langevin4j.solvers.domain.Projection;
import org.langevin4j.solvers.sde.Scheme;

/**
 * An ensemble of independent paths of one equation: what to run, not the run itself. Immutable; every setting gives a
 * changed copy.
 *
 * <pre>{@code
 * EnsembleResult run = Ensemble.of(sde)
 *         .scheme(EulerMaruyama.withStep(1e-3)).paths(100_000).until(10.0)
 *         .startingAt(0.5, 0.0).seed(42)
 *         .observe(Moments.of(2), Histogram.on(grid))
 *         .run();
 * }</pre>
 */
public final class Ensemble {

    private final Sde sde;
    private @Nullable Scheme scheme;
    private long paths = 1;
    private double end = Double.NaN;
    private Start start = (path, out) -> Arrays.fill(out, 0.0);
    private @Nullable Seed seed;
    private List<Observation> observations = List.of();
    private NonFinite nonFinite = NonFinite.FAIL;
    private @Nullable Domain domain;
    private List<Event> terminalEvents = List.of();
    private List<Reset> resets = List.of();
    private Optional<Projection> projection = Optional.empty();
    private ExecutionSettings execution = ExecutionSettings.usual();
    private GoingOn goingOn = GoingOn.atTime(0.0);

    private Ensemble(Sde sde) {
        this.sde = sde;
    }

    /** A copy to be changed before anyone sees it. */
    private Ensemble(Ensemble other) {
        this.sde = other.sde;
        this.scheme = other.scheme;
        this.paths = other.paths;
        this.end = other.end;
        this.start = other.start;
        this.seed = other.seed;
        this.execution = other.execution;
        this.observations = other.observations;
        this.nonFinite = other.nonFinite;
        this.domain = other.domain;
        this.terminalEvents = other.terminalEvents;
        this.resets = other.resets;
        this.projection = other.projection;
        this.goingOn = other.goingOn;
    }

    private Ensemble with(Consumer<Ensemble> change) {
        Ensemble changed = new Ensemble(this);
        change.accept(changed);
        return changed;
    }

    /**
     * An ensemble of one path that starts at the origin, has a fresh seed and uses all processors. Scheme and end must
     * still be given.
     *
     * @param sde the equation
     * @return the ensemble
     */
    public static Ensemble of(Sde sde) {
        return new Ensemble(Objects.requireNonNull(sde, "sde"));
    }

    /**
     * An ensemble that goes on where another one ended, with all that it was but its observables: the paths that are under way
     * start in their final states, numbered from 0 in the order of their indices; time and the numbers of the steps go on, so
     * that no noise is drawn twice. {@link #until} is the new end, not a duration. A scheme that remembers its last step begins
     * anew.
     *
     * @param result complete, with {@link FinalStates} among its observables
     * @return the ensemble, with its end still to be given and nothing observed yet
     * @throws IllegalArgumentException if the final states are not there
     */
    public static Ensemble from(EnsembleResult result) {
        FinalStates.States states = GoingOn.states(result);
        EnsemblePlan plan = result.plan();
        Ensemble ensemble = new Ensemble(plan.sde());
        ensemble.scheme = plan.scheme();
        ensemble.paths = states.paths();
        ensemble.start = GoingOn.start(states);
        ensemble.seed = plan.seed();
        ensemble.nonFinite = plan.nonFinite();
        ensemble.domain = plan.domain();
        ensemble.terminalEvents = plan.events();
        ensemble.resets = plan.resets();
        ensemble.projection = plan.projection();
        ensemble.goingOn = GoingOn.after(plan);
        return ensemble;
    }

    /**
     * Sets the time at which the paths start, 0 without it. It matters for the end, for schedules and for a driven equation.
     *
     * @param value time, finite
     * @return the changed ensemble
     */
    public Ensemble startingAtTime(double value) {
        return with(changed -> changed.goingOn = goingOn.at(value));
    }

    /**
     * Sets the scheme.
     *
     * @param value scheme with its step
     * @return the changed ensemble
     * @throws IllegalArgumentException if the scheme refuses the equation
     */
    public Ensemble scheme(Scheme value) {
        value.stepper(sde.withoutJumps());
        return with(changed -> changed.scheme = value);
    }

    /**
     * Sets the number of paths.
     *
     * @param value at least 1
     * @return the changed ensemble
     */
    public Ensemble paths(long value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("paths must be positive, got " + value);
        }
        return with(changed -> changed.paths = value);
    }

    /**
     * Sets the end.
     *
     * @param value time, a whole number of steps after the start unless {@link #shorteningLastStep}
     * @return the changed ensemble
     */
    public Ensemble until(double value) {
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("until must be finite, got " + value);
        }
        return with(changed -> changed.end = value);
    }

    /**
     * Lets the last step be as short as is needed to end at any time, made by the scheme with that step ({@link
     * Scheme#withStepSize}); the plan refuses it for schemes and drifts that remember steps of one length. Observables that
     * take records for equally far apart see the last one too early.
     *
     * @return the changed ensemble
     */
    public Ensemble shorteningLastStep() {
        return with(changed -> changed.goingOn = goingOn.shorteningLast());
    }

    /**
     * Starts every path at the same point.
     *
     * @param x state, finite, length d
     * @return the changed ensemble
     */
    public Ensemble startingAt(double... x) {
        if (x.length != sde.dimension()) {
            throw new IllegalArgumentException("start must have length " + sde.dimension() + ", got " + x.length);
        }
        for (int i = 0; i < x.length; i++) {
            if (!(Math.abs(x[i]) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("start must be finite, got x[" + i + "] = " + x[i]);
            }
        }
        double[] point = x.clone();
        return startingFrom((path, out) -> System.arraycopy(point, 0, out, 0, point.length));
    }

    /**
     * Starts the paths where a function says.
     *
     * @param value start of each path
     * @return the changed ensemble
     */
    public Ensemble startingFrom(Start value) {
        Objects.requireNonNull(value, "start");
        return with(changed -> changed.start = value);
    }

    /**
     * Sets the seed.
     *
     * @param value any number
     * @return the changed ensemble
     */
    public Ensemble seed(long value) {
        return seed(Seed.of(value));
    }

    /**
     * Sets the seed.
     *
     * @param value the seed
     * @return the changed ensemble
     */
    public Ensemble seed(Seed value) {
        Objects.requireNonNull(value, "seed");
        return with(changed -> changed.seed = value);
    }

    /**
     * Drives the paths by Brownian paths that ensembles of other step sizes see too: those of (seed, index of the path), one
     * {@link org.langevin4j.core.random.BrownianPath} over each unit of time from the start. With h = unit/2ᵏ, any k, a step has
     * the increments and space-time areas which these paths have over it, so that the difference of two ensembles of the same
     * seed and unit is that of two step sizes. Without it the numbers of step n are those of step n whatever its length: other
     * paths. Jumps and what is drawn at walls and bridges are keyed by steps as always. The noise costs many times that of keyed
     * normals, in proportion to k + 1.
     *
     * @param unit > 0, h times a power of two
     * @return the changed ensemble; {@link #plan} refuses steps that do not fit, and schemes whose steps are no functions of
     *     increments and space-time areas alone
     */
    public Ensemble alongBrownianPaths(double unit) {
        return with(changed -> changed.goingOn = goingOn.along(unit));
    }

    /**
     * Sets the number of threads. It changes the time a run takes, never a bit of its result.
     *
     * @param value at least 1
     * @return the changed ensemble
     */
    public Ensemble threads(int value) {
        return with(changed -> changed.execution = execution.withThreads(value));
    }

    /**
     * Adds observables, recorded once at the end.
     *
     * @param values the observables
     * @return the changed ensemble
     */
    public Ensemble observe(PathObservable<?>... values) {
        return observe(When.atEnd(), values);
    }

    /**
     * Adds observables with a schedule.
     *
     * @param when at which steps they are recorded
     * @param values the observables
     * @return the changed ensemble
     * @throws IllegalArgumentException if one does not fit the equation or is there already
     */
    public Ensemble observe(When when, PathObservable<?>... values) {
        List<Observation> more = new ArrayList<>(observations);
        for (PathObservable<?> value : values) {
            value.collector(sde.dimension());
            if (more.stream().anyMatch(known -> known.observable().equals(value))) {
                throw new IllegalArgumentException("observable must be added once, got it twice: " + value);
            }
            more.add(new Observation(value, when));
        }
        return with(changed -> changed.observations = List.copyOf(more));
    }

    /**
     * Sets the listener for progress.
     *
     * @param value listener
     * @return the changed ensemble
     */
    public Ensemble onProgress(ProgressListener value) {
        return with(changed -> changed.execution = execution.withListener(value));
    }

    /**
     * Sets what is done with paths that leave the finite numbers; without this the run fails.
     *
     * @param value the choice
     * @return the changed ensemble
     */
    public Ensemble onNonFinite(NonFinite value) {
        Objects.requireNonNull(value, "nonFinite");
        return with(changed -> changed.nonFinite = value);
    }

    /**
     * Confines the paths to a domain.
     *
     * @param value the domain with its boundary
     * @return the changed ensemble
     * @throws IllegalArgumentException if it has another dimension than the state
     */
    public Ensemble within(Domain value) {
        if (value.dimension() != sde.dimension()) {
            throw new IllegalArgumentException(
                    "domain must have the dimension of the state, " + sde.dimension() + ", got " + value.dimension());
        }
        return with(changed -> changed.domain = value);
    }

    /**
     * Stops a path after the step in which an event happens to it. Several events may be given, one call each.
     *
     * @param value the event
     * @return the changed ensemble
     */
    public Ensemble stoppingAt(Event value) {
        Objects.requireNonNull(value, "event");
        List<Event> more = new ArrayList<>(terminalEvents);
        more.add(value);
        return with(changed -> changed.terminalEvents = List.copyOf(more));
    }

    /**
     * Changes the state of a path after the step in which an event happens to it; the path goes on. The event is looked for
     * after each step; {@link Reset#bridged} sees crossings within a step, too.
     *
     * @param event the event
     * @param map what happens to the state; must be thread-safe and draw its chance from the mark
     * @return the changed ensemble
     */
    public Ensemble onEvent(Event event, StateMap map) {
        return onEvent(Reset.at(event, map));
    }

    /**
     * Changes the state of a path after the step in which an event happens to it. Several resets may be given, one call each;
     * they are made in that order, after the walls of the domain and the events that stop a path.
     *
     * @param value the reset
     * @return the changed ensemble
     */
    public Ensemble onEvent(Reset value) {
        Objects.requireNonNull(value, "reset");
        List<Reset> more = new ArrayList<>(resets);
        more.add(value);
        return with(changed -> changed.resets = List.copyOf(more));
    }

    /**
     * Ends each step with a projection of the state onto a manifold; starts and states after a jump are projected as well.
     *
     * @param value the projection
     * @return the changed ensemble
     */
    public Ensemble projecting(Projection value) {
        return with(changed -> changed.projection = Optional.of(value));
    }

    /**
     * Lets another thread end the run early: {@link #run} then returns the results of the paths done by then. To interrupt
     * the thread that runs has the same effect; its interrupt status stays set.
     *
     * @param value the token
     * @return the changed ensemble
     */
    public Ensemble cancelledBy(Cancellation value) {
        return with(changed -> changed.execution = execution.withCancellation(value));
    }

    /**
     * Saves the run to a file from time to time, and at its end: the results of the batches that are done, and the states of
     * those under way, so that a run of few long paths can be resumed too. The file is written aside, forced to the disk and
     * renamed, so that at every instant it is whole or not there. Where it cannot be written is found before the run
     * begins; if it fails later the run goes on, see {@link EnsembleResult#checkpointFailure}.
     *
     * @param file the checkpoint
     * @param interval wall-clock time between two checkpoints, not negative; longer where writing would otherwise take more
     *     than a tenth of the time
     * @return the changed ensemble
     */
    public Ensemble checkpoint(Path file, Duration interval) {
        return with(changed -> changed.execution = execution.withCheckpoint(file, interval));
    }

    /**
     * One of n shards of this ensemble: a range of its batches, to be run by itself, in another process or on another
     * machine, and saved by {@link #checkpoint}. {@link #merge} puts the n files together, to the bits of a run of the whole.
     * All shards need the same seed.
     *
     * @param index which one, 0 … count − 1
     * @param count n
     * @return the changed ensemble, whose results are those of its own paths
     */
    public Ensemble shard(int index, int count) {
        return with(changed -> changed.execution = execution.withShard(index, count));
    }

    /**
     * Merges the files of all shards of this ensemble, in any order. Without a seed of its own it takes that of the first.
     *
     * @param files one of each shard
     * @return the result of the whole, bit by bit that of one run
     * @throws CheckpointException if a file is damaged, of another problem, there twice or not complete
     * @throws IllegalArgumentException if one is missing
     */
    public EnsembleResult merge(Collection<Path> files) {
        return Shards.merge(files, this::planOf);
    }

    /**
     * Whether a file is the checkpoint of this ensemble, or of this {@link #shard} of it, with nothing left to be run.
     *
     * @param file a checkpoint
     * @return false if it is of a run that was stopped
     * @throws CheckpointException if it is damaged, or of another problem, seed or shard
     */
    public boolean isComplete(Path file) {
        return Shards.isComplete(planOf(file), execution, file);
    }

    /**
     * Runs all paths from the beginning. A checkpoint that is there already is replaced.
     *
     * @return the results of the observables
     * @throws IllegalStateException if scheme or end are missing
     * @throws IllegalArgumentException if a path starts outside the domain or not at finite numbers
     * @throws CheckpointException if the checkpoint cannot be written
     * @throws NonFinitePathException if a path leaves the finite numbers and the run is to fail then
     */
    public EnsembleResult run() {
        return new ThreadedExecution(plan(), execution).execute();
    }

    /**
     * Goes on from the checkpoint, or begins if there is none. The results are those of a run that was never stopped, to
     * the last bit; the number of threads may differ. Without a seed of its own the ensemble takes that of the checkpoint.
     *
     * @return the results of the observables
     * @throws IllegalStateException if no checkpoint was named, or scheme or end are missing
     * @throws CheckpointException if the checkpoint is damaged or belongs to another problem
     */
    public EnsembleResult resume() {
        return ThreadedExecution.resumed(this::planOf, execution).execute();
    }

    /**
     * What is to be run, without how: threads, listener, cancellation and checkpoint are not part of it.
     *
     * @return the plan; without a seed of its own the ensemble gives it a fresh one
     * @throws IllegalStateException if scheme or end are missing
     */
    public EnsemblePlan plan() {
        return plan(seed == null ? Seed.fresh() : seed);
    }

    /** The plan with the seed of a file, if it is there and this has none. */
    private EnsemblePlan planOf(Path file) {
        return seed == null && Files.exists(file) ? plan(Problem.seed(file)) : plan();
    }

    private EnsemblePlan plan(Seed actual) {
        if (scheme == null || Double.isNaN(end)) {
            throw new IllegalStateException("an ensemble needs a scheme and an end (until) to run");
        }
        long steps = goingOn.stepsUntil(end, scheme.stepSize());
        EnsemblePlan plan = new EnsemblePlan(
                sde,
                scheme,
                goingOn.origin(scheme.stepSize()),
                goingOn.steps(),
                steps,
                paths,
                actual,
                start,
                observations,
                domain,
                terminalEvents,
                resets,
                projection,
                goingOn.unit(),
                goingOn.shortenedEnd(end, scheme.stepSize(), steps),
                nonFinite);
        PartialResult.requireMemory(plan);
        return plan;
    }

    @Override
    public String toString() {
        return "ensemble of " + paths + (paths == 1 ? " path" : " paths") + " in " + sde.dimension()
                + " dimensions until " + end + " by " + scheme;
    }
}
