package org.langevin4j.solvers.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.ensemble.Collector;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Event;
import org.langevin4j.solvers.ensemble.PathBlock;
import org.langevin4j.solvers.ensemble.PathEnd;
import org.langevin4j.solvers.ensemble.PathObservable;
import org.langevin4j.solvers.ensemble.StateReader;
import org.langevin4j.solvers.ensemble.StateWriter;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.Stepper;

/** Exits in blocks against one path after the other, with the bridge drawn in every step: the same to the last bit. */
class ExitReferenceTest {

    private static final int PATHS = 700;
    private static final int STEPS = 400;
    private static final double H = 0.01;
    private static final double BETA_INVERSE = 0.3;
    private static final Seed SEED = new Seed(11);

    /** "bridge" in ASCII, with the number of the face. */
    private static final long BRIDGE = 0x627269646765L << 16;

    private static final VectorField WELL = (x, out) -> {
        out[0] = x[0] - x[0] * x[0] * x[0];
        out[1] = -x[1];
    };

    private static final List<Diffusion> DIFFUSIONS = List.of(
            Diffusion.diagonal(0.7, 1.3),
            Diffusion.constantFactor(MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.0}, {0.4, 0.9}})),
            Diffusion.isotropic(2, x -> 1.0 + 0.2 * x[0] * x[0]),
            Diffusion.driven(t -> Diffusion.diagonal(1.0 + 0.3 * Math.sin(t), 1.0)));

    /** The end of a path: in which step, where, which face. */
    private record Exit(long path, long step, int which, double x, double y) {}

    /** What one step of one path has come to: the face through which it has gone, with the state put on it, or −1. */
    private interface Rule {
        int exit(double t, double[] before, double[] x, long path, long step);
    }

    private int crossed;
    private int bridged;

    /** −ln U > 2a₀a₁/s for a uniform U, drawn whatever the exponent is. */
    private boolean touched(double exponent, int face, long path, long step) {
        NormalStream normals = NormalStream.of(SEED.derive(BRIDGE + face));
        double a = normals.at(path, step, 0);
        double b = normals.at(path, step, 1);
        boolean yes = 0.5 * (a * a + b * b) > exponent;
        bridged += yes ? 1 : 0;
        return yes;
    }

    private static double variance(Diffusion diffusion, double t, double[] x, double[] n) {
        double[] product = new double[2];
        diffusion.atTime(t).times(x, n, product);
        double sum = 0.0;
        for (int i = 0; i < 2; i++) {
            sum += n[i] * product[i];
        }
        return 2.0 * BETA_INVERSE * H * sum;
    }

    private static Sde sde(Diffusion diffusion) {
        return Sde.ito(WELL, diffusion, Temperature.of(BETA_INVERSE));
    }

    private static List<Exit> reference(Diffusion diffusion, Rule rule) {
        Stepper stepper = EulerMaruyama.withStep(H).stepper(sde(diffusion));
        NormalStream normals = NormalStream.of(SEED);
        List<Exit> exits = new ArrayList<>();
        for (int path = 0; path < PATHS; path++) {
            double[][] x = {{-0.5}, {0.0}};
            stepper.begin(1);
            for (int step = 0; step < STEPS; step++) {
                double[] before = {x[0][0], x[1][0]};
                double[][] xi = {{normals.at(path, step, 0)}, {normals.at(path, step, 1)}};
                stepper.step(step * H, x, 1, xi);
                double[] after = {x[0][0], x[1][0]};
                int face = rule.exit(step * H, before, after, path, step);
                x[0][0] = after[0];
                x[1][0] = after[1];
                if (face >= 0) {
                    exits.add(new Exit(path, step + 1, face, after[0], after[1]));
                    break;
                }
            }
        }
        return exits;
    }

    private static List<Exit> blocks(Diffusion diffusion, UnaryOperator<Ensemble> exit) {
        Ends ends = new Ends();
        Ensemble all = Ensemble.of(sde(diffusion))
                .scheme(EulerMaruyama.withStep(H))
                .paths(PATHS)
                .until(STEPS * H)
                .startingAt(-0.5, 0.0)
                .seed(SEED)
                .threads(1);
        return exit.apply(all).observe(ends).run().get(ends);
    }

    /** The ends of all paths, by path. */
    private record Ends() implements PathObservable<List<Exit>> {

        @Override
        public Collector<List<Exit>> collector(int dimension) {
            return new Collector<>() {
                private final List<Exit> exits = new ArrayList<>();

                @Override
                public void record(PathBlock block) {}

                @Override
                public void stopped(int slot, PathEnd end) {
                    double[] x = end.state();
                    exits.add(new Exit(end.path(), end.step(), end.which(), x[0], x[1]));
                }

                @Override
                public void merge(Collector<List<Exit>> later) {
                    exits.addAll(later.result());
                }

                @Override
                public List<Exit> result() {
                    return exits.stream()
                            .sorted(Comparator.comparingLong(Exit::path))
                            .toList();
                }

                @Override
                public void write(StateWriter out) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void read(StateReader in) {
                    throw new UnsupportedOperationException();
                }
            };
        }
    }

    private void agree(UnaryOperator<Ensemble> exit, Function<Diffusion, Rule> rule, boolean bridge) {
        for (Diffusion diffusion : DIFFUSIONS) {
            crossed = 0;
            bridged = 0;
            List<Exit> expected = reference(diffusion, rule.apply(diffusion));
            assertThat(expected.size()).isBetween(100, PATHS - 1);
            assertThat(crossed).isPositive();
            assertThat(bridged > 0).isEqualTo(bridge);
            assertThat(blocks(diffusion, exit)).isEqualTo(expected);
        }
    }

    /** The rule of a level set, its state moved to g = 0 along ∇g. */
    private Rule level(Diffusion diffusion, ScalarField g, VectorField gradient) {
        return (t, before, x, path, step) -> {
            double g0 = g.at(before);
            double g1 = g.at(x);
            double[] slope = new double[2];
            gradient.at(before, slope);
            boolean out = !(g1 > 0.0);
            crossed += out ? 1 : 0;
            if (!out && !touched(2.0 * g0 * g1 / variance(diffusion, t, before, slope), 0, path, step)) {
                return -1;
            }
            gradient.at(x, slope);
            double squared = slope[0] * slope[0] + slope[1] * slope[1];
            for (int i = 0; i < 2; i++) {
                x[i] -= g1 * slope[i] / squared;
            }
            return 0;
        };
    }

    @Test
    void box() {
        double wall = 0.9;
        double mirror = -1.6;
        Box box = Box.of(
                new Interval(mirror, Face.REFLECTING, wall, Face.ABSORBING),
                new Interval(-1.0, Face.ABSORBING_AT_STEPS, Double.POSITIVE_INFINITY, Face.REFLECTING));
        agree(
                all -> all.within(box),
                diffusion -> (t, before, x, path, step) -> {
                    double after = -(x[0] - wall);
                    boolean out = !(after > 0.0);
                    crossed += out ? 1 : 0;
                    double exponent =
                            2.0 * -(before[0] - wall) * after / variance(diffusion, t, before, new double[] {1.0, 0.0});
                    if (out || touched(exponent, 1, path, step)) {
                        x[0] = wall;
                        return 1;
                    }
                    if (x[0] < mirror) {
                        x[0] = mirror + Math.abs(x[0] - mirror);
                    }
                    if (!(x[1] + 1.0 > 0.0)) {
                        x[1] = -1.0;
                        return 2;
                    }
                    return -1;
                },
                true);
    }

    @Test
    void halfSpace() {
        double[] n = {-2.0, 0.5};
        agree(
                all -> all.within(HalfSpace.absorbing(n, -1.7)),
                diffusion -> level(diffusion, x -> 1.7 + n[0] * x[0] + n[1] * x[1], (x, out) -> {
                    out[0] = n[0];
                    out[1] = n[1];
                }),
                true);
    }

    @Test
    void levelSet() {
        ScalarField disc = x -> 1.5 - x[0] * x[0] - x[1] * x[1];
        VectorField gradient = (x, out) -> {
            out[0] = -2.0 * x[0];
            out[1] = -2.0 * x[1];
        };
        agree(
                all -> all.within(LevelSet.absorbing(2, disc, gradient)),
                diffusion -> level(diffusion, disc, gradient),
                true);
    }

    /** The second event is not asked of a path that the first has stopped. */
    @Test
    void events() {
        ScalarField right = x -> 0.7 - x[0];
        ScalarField up = x -> x[1] - 0.6;
        agree(
                all -> all.stoppingAt(Event.falling("right", right)).stoppingAt(Event.rising("up", up)),
                diffusion -> (t, before, x, path, step) -> {
                    boolean first = right.at(before) > 0.0 && !(right.at(x) > 0.0);
                    boolean second = !(up.at(before) > 0.0) && up.at(x) > 0.0;
                    crossed += first || second ? 1 : 0;
                    return first ? 0 : second ? 1 : -1;
                },
                false);
    }
}
