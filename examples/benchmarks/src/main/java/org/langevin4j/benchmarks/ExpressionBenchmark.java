package org.langevin4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.langevin4j.core.block.BlockMath;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.models.expression.ExpressionModel;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Drifts typed as expressions beside the same ones in Java, time for one state or one path-step. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(1)
public class ExpressionBenchmark {

    private static final int PATHS = 256;
    private static final int MANY = 8192;
    private static final int STEPS = 500;

    /** Which drift. */
    public enum Drift {
        /** x − x³ + 0.3 cos(0.1t). */
        WELL("x", "x-x^3+0.3*cos(0.1*t)") {
            @Override
            VectorField inJava() {
                return VectorField.driven(t -> new Well(0.3 * BlockMath.cos(0.1 * t)));
            }
        },
        /** FitzHugh and Nagumo's. */
        MEMBRANE("x, y", "x - x^3/3 - y + 0.5, 0.08*(x + 0.7 - 0.8*y)") {
            @Override
            VectorField inJava() {
                return new Membrane();
            }
        },
        /** With a sine and an exponential function. */
        FUNCTIONS("x, y", "-sin(x)*y, exp(-y^2) - x") {
            @Override
            VectorField inJava() {
                return new Functions();
            }
        };

        private final String states;
        private final String text;

        Drift(String states, String text) {
            this.states = states;
            this.text = text;
        }

        abstract VectorField inJava();

        VectorField typed() {
            return ExpressionModel.of(states).drift(text).build().drift();
        }

        int dimension() {
            return states.split(",").length;
        }
    }

    /** The drift. */
    @Param
    public Drift drift;

    /** Whether it is typed. */
    @Param({"true", "false"})
    public boolean typed;

    private VectorField field = Drift.WELL.inJava();
    private VectorField frozen = field;
    private double[][] x = new double[0][];
    private double[][] out = new double[0][];
    private double[] state = new double[0];
    private double[] value = new double[0];

    /** States between −1 and 1. */
    @Setup
    public void prepare() {
        field = typed ? drift.typed() : drift.inJava();
        frozen = field.atTime(0.5);
        int d = drift.dimension();
        x = new double[d][PATHS];
        out = new double[d][PATHS];
        state = new double[d];
        value = new double[d];
        for (int i = 0; i < d; i++) {
            for (int p = 0; p < PATHS; p++) {
                x[i][p] = (2.0 * p + i) / PATHS - 1.0;
            }
        }
    }

    /**
     * One state after the other.
     *
     * @return a number that depends on all values
     */
    @Benchmark
    @OperationsPerInvocation(PATHS)
    public double at() {
        double sum = 0.0;
        for (int p = 0; p < PATHS; p++) {
            for (int i = 0; i < state.length; i++) {
                state[i] = x[i][p];
            }
            frozen.at(state, value);
            sum += value[0];
        }
        return sum;
    }

    /**
     * A block.
     *
     * @return the values
     */
    @Benchmark
    @OperationsPerInvocation(PATHS)
    public double[][] atBlock() {
        frozen.atBlock(x, PATHS, out);
        return out;
    }

    /**
     * Euler–Maruyama.
     *
     * @return the result
     */
    @Benchmark
    @OperationsPerInvocation(MANY * STEPS)
    public EnsembleResult ensemble() {
        return Ensemble.of(Sde.ito(field, Diffusion.isotropic(state.length, 1.0), Temperature.of(0.2)))
                .scheme(EulerMaruyama.withStep(2e-3))
                .until(1.0)
                .paths(MANY)
                .startingAt(new double[state.length])
                .seed(1)
                .threads(1)
                .observe(Moments.of(state.length))
                .run();
    }

    private record Well(double push) implements VectorField {

        @Override
        public void at(double[] x, double[] out) {
            out[0] = x[0] - x[0] * x[0] * x[0] + push;
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            double[] from = x[0];
            double[] to = out[0];
            for (int p = 0; p < paths; p++) {
                to[p] = from[p] - from[p] * from[p] * from[p] + push;
            }
        }
    }

    private static final class Membrane implements VectorField {

        @Override
        public void at(double[] x, double[] out) {
            out[0] = x[0] - x[0] * x[0] * x[0] / 3.0 - x[1] + 0.5;
            out[1] = 0.08 * (x[0] + 0.7 - 0.8 * x[1]);
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            block(x[0], x[1], paths, out[0], out[1]);
        }

        private static void block(double[] x, double[] y, int paths, double[] first, double[] second) {
            for (int p = 0; p < paths; p++) {
                first[p] = x[p] - x[p] * x[p] * x[p] / 3.0 - y[p] + 0.5;
                second[p] = 0.08 * (x[p] + 0.7 - 0.8 * y[p]);
            }
        }
    }

    private static final class Functions implements VectorField {

        @Override
        public void at(double[] x, double[] out) {
            out[0] = -BlockMath.sin(x[0]) * x[1];
            out[1] = BlockMath.exp(-(x[1] * x[1])) - x[0];
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            BlockMath.sin(x[0], paths, out[0]);
            squares(x[1], paths, out[1]);
            BlockMath.exp(out[1], paths, out[1]);
            finish(x[0], x[1], paths, out[0], out[1]);
        }

        private static void squares(double[] y, int paths, double[] out) {
            for (int p = 0; p < paths; p++) {
                out[p] = -(y[p] * y[p]);
            }
        }

        private static void finish(double[] x, double[] y, int paths, double[] first, double[] second) {
            for (int p = 0; p < paths; p++) {
                first[p] = -first[p] * y[p];
                second[p] = second[p] - x[p];
            }
        }
    }
}
