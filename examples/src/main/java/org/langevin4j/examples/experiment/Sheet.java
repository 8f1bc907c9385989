package org.langevin4j.examples.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.langevin4j.charts.Figure;
import org.langevin4j.core.random.Seed;
import org.langevin4j.examples.experiment.Finding.Bearing;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;

/**
 * What an experiment writes down, and what it is given to work with.
 *
 * <pre>{@code
 * sheet.holds(Statement.LEMMA_6, "D = I")
 *         .measure("standard deviation of Φ − f", deviation)
 *         .atMost(1e-9, rounding(0), closedForm("Φ = f"));
 * sheet.fails(Statement.LEMMA_6, "a D(x) that is far from isotropic and has Φ = f")
 *         .measure("⟨x²⟩", mean).standardError(error).near(0.5, standardErrors(4), closedForm("Gibbs"));
 * sheet.figure("angle", "what it shows", Figure.titled("").row(panel), Statement.LEMMA_6);
 * }</pre>
 *
 * <p>Numbers under the same statement and text form one finding, in the order in which they were written. Not safe for several threads.
 */
public final class Sheet {

    /** The bar counts in parts of the whole: the number of path-steps is known to the run alone. */
    private static final int PARTS = 1000;

    private final RunContext context;
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<Picture> pictures = new ArrayList<>();

    /**
     * An empty sheet.
     *
     * @param context what the run is given
     */
    public Sheet(RunContext context) {
        this.context = context;
    }

    /**
     * Evidence for a statement.
     *
     * @param statement of the paper
     * @param condition under which it is shown to hold; reads after "holds for"
     * @return takes the numbers
     */
    public Evidence holds(Statement statement, String condition) {
        return on(Bearing.SUPPORTS, statement, condition);
    }

    /**
     * Evidence against a statement.
     *
     * @param statement of the paper
     * @param counterExample that shows it; reads after "fails for"
     * @return takes the numbers
     */
    public Evidence fails(Statement statement, String counterExample) {
        return on(Bearing.CONTRADICTS, statement, counterExample);
    }

    /**
     * What is worth knowing and no statement of the paper: the order of a method, a law of physics.
     *
     * @param what is shown
     * @return takes the numbers
     */
    public Evidence supplement(String what) {
        return on(Bearing.SUPPLEMENTS, null, what);
    }

    /**
     * Checks that our own code is in order: what is true by construction, or tests only the discretisation. Never counts as evidence.
     *
     * @param what is in order
     * @return takes the numbers
     */
    public Evidence consistency(String what) {
        return on(Bearing.CONSISTENCY, null, what);
    }

    private Evidence on(Bearing bearing, @Nullable Statement statement, String text) {
        for (Evidence one : evidence) {
            if (one.is(bearing, statement, text)) {
                return one;
            }
        }
        Evidence one = new Evidence(bearing, statement, text);
        evidence.add(one);
        return one;
    }

    /**
     * Draws a figure into the folder of the experiment and writes the numbers behind it beside it.
     *
     * @param name of the file without its ending
     * @param caption what the figure shows; also its text for those who cannot see it
     * @param figure what to draw
     * @param statements that it illustrates
     * @throws IOException if a file cannot be written
     */
    public void figure(String name, String caption, Figure figure, Statement... statements) throws IOException {
        figure.writeTo(context.out().resolve(name + ".png"));
        boolean data = figure.writeDataTo(context.out().resolve(name + ".csv"));
        boolean fields = figure.writeFieldsTo(context.out().resolve(name + ".npz"));
        pictures.add(new Picture(
                name + ".png", caption, data ? name + ".csv" : "", fields ? name + ".npz" : "", List.of(statements)));
    }

    /**
     * The value for the effort of this run.
     *
     * @param quick for {@link Effort#QUICK}
     * @param standard for {@link Effort#STANDARD}
     * @param full for {@link Effort#FULL}
     * @param <T> type of the value
     * @return one of the three
     */
    public <T> T choose(T quick, T standard, T full) {
        return context.effort().choose(quick, standard, full);
    }

    /**
     * The seed of all randomness of this run.
     *
     * @return the seed
     */
    public Seed seed() {
        return context.seed();
    }

    /**
     * How much work to do.
     *
     * @return the effort
     */
    public Effort effort() {
        return context.effort();
    }

    /**
     * The folder with real data.
     *
     * @return the folder, if there is one
     */
    public Optional<Path> data() {
        return context.data();
    }

    /**
     * Files named on the command line.
     *
     * @return in their order; not checked
     */
    public List<Path> files() {
        return context.files();
    }

    /**
     * The folder for files that are no figures.
     *
     * @return the experiment's own folder; exists
     */
    public Path out() {
        return context.out();
    }

    /**
     * Who is told of long work.
     *
     * @return the reporter
     */
    public ProgressReporter progress() {
        return context.progress();
    }

    /**
     * Runs an ensemble under the progress bar.
     *
     * @param title a few words
     * @param ensemble what to run
     * @return its result
     */
    public EnsembleResult run(String title, Ensemble ensemble) {
        try (ProgressReporter.Task task = context.progress().start(title, PARTS)) {
            return ensemble.onProgress(progress -> task.advanceTo(PARTS * progress.done() / progress.total()))
                    .run();
        }
    }

    /**
     * What has been found so far.
     *
     * @return in the order of writing
     */
    public List<Finding> findings() {
        return evidence.stream().map(Evidence::finding).toList();
    }

    /**
     * The pictures drawn so far.
     *
     * @return in the order of drawing
     */
    public List<Picture> pictures() {
        return List.copyOf(pictures);
    }
}
