package org.langevin4j.solvers.irreversibility;

import java.io.IOException;
import java.util.Arrays;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Parity;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.TimeReversal;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Collector;
import org.langevin4j.solvers.ensemble.MomentsCollector;
import org.langevin4j.solvers.ensemble.PathBlock;
import org.langevin4j.solvers.ensemble.PathObservable;
import org.langevin4j.solvers.ensemble.StateReader;
import org.langevin4j.solvers.ensemble.StateWriter;

/**
 * Currents along paths: (1/t)∫ω(x)∘dx for 1-forms ω, Stratonovich, by the trapezoidal rule Σ½[ω(x) + ω(x′)]·(x′ − x) over
 * recorded times. In the steady state the mean is ∫ω·Jˢˢ dx, which is zero for every ω if and only if detailed balance
 * holds. The result holds the moments over paths, whose standard errors are those of independent samples; a path that was
 * recorded less than twice is left out.
 *
 * <p><b>Entropy production.</b> Of the probabilities of a path of dx = b dt + √(2β⁻¹)B dW (Itô) and of its reversal, all
 * coordinates even, the log ratio is
 *
 * <pre>log P[x]/P[x reversed] = ∫ω∘dx + log ρ(x₀)/ρ(x_t),   ω = βD⁻¹(b − β⁻¹∇·D)</pre>
 *
 * (Seifert 2012, Rep. Prog. Phys. 75, 126001, for constant D). For D that depends on the state b − β⁻¹∇·D is what stands in
 * the current J = (b − β⁻¹∇·D)ρ − β⁻¹D∇ρ, and b = j − D∇Φ + β⁻¹∇·D gives ω = βD⁻¹j − β∇Φ: the first part is what a steady
 * state produces, β∫ρˢˢjᵀD⁻¹j in the mean, the second is exact and returns to where it began. Steps of length h leave a
 * bias of order h.
 *
 * <p>With odd coordinates, such as momenta, what runs backwards by itself does not count, and what does is ∫ω∘dx + ∫a dt of {@link
 * TimeReversal}: the heat given to each bath over its temperature. It is finite although the noise reaches the momenta alone.
 *
 * @param forms the n 1-forms, n·d values row by row, or n·(d + 1)
 * @param count n
 * @param timed whether each form has a part by dt, its last value: ω(x)∘dx + a(x)dt
 */
public record PathCurrent(VectorField forms, int count, boolean timed) implements PathObservable<RunningMoments> {

    /** Checks both. */
    public PathCurrent {
        forms.requireAutonomous("PathCurrent");
        if (!(count > 0)) {
            throw new IllegalArgumentException("count must be positive, got " + count);
        }
    }

    /**
     * Currents without a part by dt.
     *
     * @param forms the n 1-forms, n·d values row by row
     * @param count n
     */
    public PathCurrent(VectorField forms, int count) {
        this(forms, count, false);
    }

    /**
     * One current.
     *
     * @param form ω, d values; evaluated on blocks, thread-safe and finite
     * @return the observable
     */
    public static PathCurrent of(VectorField form) {
        return new PathCurrent(form, 1);
    }

    /**
     * The rate at which the paths of an equation produce entropy.
     *
     * @param sde the equation; its drift is converted to Itô's where it is another
     * @return the observable, in nats per unit of time
     * @throws IllegalArgumentException if D is constant and singular. Where D(x) is singular the reversal of a path has
     *     probability zero, unless the drift is in the range of D; where only some coordinates are noisy some others may be
     *     odd (velocities), for which there is {@link #entropyProduction(Sde, Parity)}
     */
    public static PathCurrent entropyProduction(Sde sde) {
        Sde ito = sde.requireContinuous("PathCurrent.entropyProduction")
                .requireAutonomous("PathCurrent.entropyProduction")
                .toIto();
        int d = ito.dimension();
        double temperature = ito.temperature().value();
        VectorField drift = ito.drift();
        VectorField force = ito.diffusion().isConstant()
                ? scaled(drift, ito.temperature().beta())
                : VectorField.withScratch(
                        (x, scratch, out) -> {
                            drift.at(x, out);
                            ito.diffusion().divergence(x, scratch[0]);
                            for (int i = 0; i < d; i++) {
                                out[i] = out[i] / temperature - scratch[0][i];
                            }
                        },
                        d);
        return of(ito.diffusion().inverseTimes(force));
    }

    /**
     * The rate at which the paths of an equation with odd coordinates produce entropy, (1/t)[∫ω∘(dx − b_rev dt) − ∫∇·b_rev dt] of
     * {@link TimeReversal}. In the steady state the mean is σ. Intervals of length h leave a bias of order h; there is none
     * for a harmonic system in baths whose steps are exact.
     *
     * @param sde the equation, in any calculus
     * @param parity ε, of its dimension
     * @return the observable, in nats per unit of time
     * @throws IllegalArgumentException if the dimensions differ, or paths have no reversal because the irreversible drift leaves the
     *     range of D or D(εx) is not εD(x)ε: the entropy production is infinite. Here if D is constant and a few states show it, else
     *     when a path meets such a state
     */
    public static PathCurrent entropyProduction(Sde sde, Parity parity) {
        VectorField form = TimeReversal.of(sde, parity).entropyForm();
        if (sde.diffusion().isConstant()) {
            double[] x = new double[sde.dimension()];
            double[] values = new double[x.length + 1];
            for (int trial = 0; trial < 3; trial++) {
                for (int i = 0; i < x.length; i++) {
                    x[i] = Math.sin(1.0 + trial + 1.7 * i);
                }
                form.at(x, values);
            }
        }
        return new PathCurrent(form, 1, true);
    }

    private static VectorField scaled(VectorField field, double factor) {
        return new VectorField() {
            @Override
            public void at(double[] x, double[] out) {
                field.at(x, out);
                for (int i = 0; i < out.length; i++) {
                    out[i] *= factor;
                }
            }

            @Override
            public void atBlock(double[][] x, int paths, double[][] out) {
                field.atBlock(x, paths, out);
                for (double[] row : out) {
                    for (int p = 0; p < paths; p++) {
                        row[p] *= factor;
                    }
                }
            }
        };
    }

    @Override
    public Collector<RunningMoments> collector(int dimension) {
        return new CurrentCollector(this, dimension);
    }

    @Override
    public String identity(int dimension) {
        return "PathCurrent[" + count + (timed ? " timed forms " : " forms ")
                + PathObservable.fingerprint(forms, dimension, count * rows(dimension)) + "]";
    }

    /** Values of each form. */
    private int rows(int dimension) {
        return timed ? dimension + 1 : dimension;
    }

    private static final class CurrentCollector extends MomentsCollector {

        private final VectorField forms;
        private final int dimension;
        private final int rows;
        private double[][] values = new double[0][0];
        private double[][] last = new double[0][0];
        private double[][] lastValues = new double[0][0];
        private double[][] sums = new double[0][0];
        private double[] since = new double[0];
        private double[] until = new double[0];

        CurrentCollector(PathCurrent current, int dimension) {
            super(current.count());
            this.forms = current.forms();
            this.dimension = dimension;
            this.rows = current.rows(dimension);
        }

        @Override
        public void begin(PathBlock block) {
            int size = block.size();
            int count = result().dimension();
            values = new double[count * rows][size];
            lastValues = new double[count * rows][size];
            last = new double[dimension][size];
            sums = new double[count][size];
            since = new double[size];
            until = new double[size];
            Arrays.fill(since, Double.NaN);
        }

        @Override
        public void write(StateWriter out) throws IOException {
            super.write(out);
            out.rows(new double[][] {since, until});
            out.rows(sums);
            out.rows(last);
            out.rows(lastValues);
        }

        @Override
        public void read(StateReader in) throws IOException {
            super.read(in);
            double[][] times = in.rows("times", 2, in.blockPaths());
            in.require(times.length == 2, "times must have 2 rows");
            since = times[0];
            until = times[1];
            sums = rows(in, result().dimension());
            last = rows(in, dimension);
            lastValues = rows(in, result().dimension() * rows);
            values = new double[lastValues.length][since.length];
        }

        private double[][] rows(StateReader in, int number) throws IOException {
            double[][] read = in.rows("sums", number, since.length);
            in.require(
                    since.length == 0 || (read.length == number && read[0].length == since.length),
                    "sums must be of the block");
            return read;
        }

        @Override
        public void record(PathBlock block) {
            int paths = block.paths();
            double[][] x = block.states();
            forms.atBlock(x, paths, values);
            block.requireFinite(values);
            for (int k = 0; k < paths; k++) {
                int slot = block.slot(k);
                if (Double.isNaN(since[slot])) {
                    since[slot] = block.time();
                } else {
                    for (int n = 0; n < sums.length; n++) {
                        double sum = 0.0;
                        for (int i = 0; i < dimension; i++) {
                            int row = n * rows + i;
                            sum += 0.5 * (values[row][k] + lastValues[row][slot]) * (x[i][k] - last[i][slot]);
                        }
                        if (rows > dimension) {
                            int row = n * rows + dimension;
                            sum += 0.5 * (values[row][k] + lastValues[row][slot]) * (block.time() - until[slot]);
                        }
                        sums[n][slot] += sum;
                    }
                }
                until[slot] = block.time();
                for (int i = 0; i < dimension; i++) {
                    last[i][slot] = x[i][k];
                }
                for (int row = 0; row < values.length; row++) {
                    lastValues[row][slot] = values[row][k];
                }
            }
        }

        @Override
        public void end() {
            double[] rates = new double[sums.length];
            for (int slot = 0; slot < since.length; slot++) {
                double duration = until[slot] - since[slot];
                if (duration > 0.0) {
                    for (int n = 0; n < rates.length; n++) {
                        rates[n] = sums[n][slot] / duration;
                    }
                    result().add(rates);
                }
            }
            since = new double[0];
            until = new double[0];
            sums = new double[0][0];
            last = new double[0][0];
            lastValues = new double[0][0];
        }
    }
}
