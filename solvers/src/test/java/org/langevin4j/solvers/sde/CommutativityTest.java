package org.langevin4j.solvers.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;

/** What is declared of the noise is tried before it is relied on, whichever way the diffusion is given. */
class CommutativityTest {

    private static final VectorField NONE = (x, out) -> Arrays.fill(out, 0.0);

    private static final Temperature TEMPERATURE = Temperature.of(0.8);

    /** Schemes whose order or correctness rests on noise that commutes, with the calculus they solve. */
    private static final List<DoubleFunction<Scheme>> SCHEMES =
            List.of(Milstein::withStep, StratonovichMilstein::withStep, Heun::withStep, Midpoint::withStep);

    private static Stepper stepper(DoubleFunction<Scheme> scheme, Diffusion diffusion) {
        Scheme one = scheme.apply(0.01);
        Calculus calculus = one instanceof Milstein || one instanceof Sri1w1 ? Calculus.ITO : Calculus.STRATONOVICH;
        return one.stepper(new Sde(NONE, diffusion, TEMPERATURE, calculus));
    }

    /** Steps of a block that starts from the given states. */
    private static void run(Stepper stepper, int steps, double[][] x) {
        int paths = x[0].length;
        double[][] xi = new double[stepper.noises()][paths];
        NormalStream normals = NormalStream.of(Seed.of(7));
        stepper.begin(paths);
        for (int step = 0; step < steps; step++) {
            normals.fill(0, paths, step, xi);
            stepper.step(0.01 * step, x, paths, xi);
        }
    }

    private static double[][] at(double... state) {
        double[][] x = new double[state.length][1];
        for (int i = 0; i < state.length; i++) {
            x[i][0] = state[i];
        }
        return x;
    }

    /** dx₁ = dW₁, dx₂ = dW₂, dx₃ = s(x) dW₂ by the entries of D, s = x₁ or a function that is flat at the start. */
    private static Diffusion entries(boolean flatAtFirst) {
        return Diffusion.of(MatrixField.automatic(3, x -> {
            Gradient zero = x[0].newInstance(0.0);
            Gradient one = x[0].newInstance(1.0);
            Gradient s = flatAtFirst ? x[0].square() : x[0];
            return new Gradient[][] {{one, zero, zero}, {zero, one, s}, {zero, s, s.square()}};
        }));
    }

    @Test
    void entriesThatDoNotCommuteAreRefused() {
        for (DoubleFunction<Scheme> scheme : SCHEMES) {
            Stepper stepper = stepper(scheme, entries(false).declaring(Noise.COMMUTATIVE));
            assertThatThrownBy(() -> run(stepper, 1, at(0.0, 0.0, 0.0)))
                    .as("%s", scheme.apply(1.0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("noise must commute as declared, COMMUTATIVE, got a commutator")
                    .hasMessageEndingWith("declare GENERAL");
        }
    }

    /** ds/dx₁ = 0 at the start of the first path; other paths and later steps show it. */
    @Test
    void otherStatesThanTheFirstAreLookedAt() {
        for (DoubleFunction<Scheme> scheme : SCHEMES) {
            Diffusion declared = entries(true).declaring(Noise.COMMUTATIVE);
            assertThatCode(() -> run(stepper(scheme, declared), 1, at(0.0, 0.0, 0.0)))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> run(stepper(scheme, declared), 4, at(0.0, 0.0, 0.0)))
                    .hasMessageStartingWith("noise must commute as declared");
            double[][] block = new double[3][50];
            block[0][49] = 0.7;
            assertThatThrownBy(() -> run(stepper(scheme, declared), 1, block))
                    .hasMessageStartingWith("noise must commute as declared");
        }
    }

    /** The equation itself, as GENERAL: E x₃² = σ⁴T²/2 with σ² = 1.6. 8,000 paths, four standard errors. */
    @Test
    void undeclaredEntriesComeOutRight() {
        Stepper stepper = Milstein.withStep(1.0 / 32).stepper(Sde.ito(NONE, entries(false), TEMPERATURE));
        int paths = 8_000;
        double[][] x = new double[3][paths];
        double[][] xi = new double[stepper.noises()][paths];
        NormalStream normals = NormalStream.of(Seed.of(11));
        for (int step = 0; step < 32; step++) {
            normals.fill(0, paths, step, xi);
            stepper.step(step / 32.0, x, paths, xi);
        }
        RunningMoments square = new RunningMoments(1);
        for (int p = 0; p < paths; p++) {
            square.add(x[2][p] * x[2][p]);
        }
        // Σ over 32 steps of the exact ∫x₁dW₂: no error of the step in the second moment beyond the areas'
        // approximation.
        assertThat(square.mean(0)).isCloseTo(0.5 * 1.6 * 1.6, within(4.0 * square.standardError(0) + 0.01));
    }

    /** B = x·(p, q) + cW-like columns that do commute are accepted: by entries, by a factor, by one's own class. */
    @Test
    void noiseThatCommutesIsAccepted() {
        // D = diag(1 + x₁², (2 + sin x₂)²): the Cholesky factor is diagonal, each entry of its own coordinate.
        Diffusion entries = Diffusion.of(MatrixField.automatic(2, x -> {
            Gradient zero = x[0].newInstance(0.0);
            return new Gradient[][] {
                {x[0].square().add(1.0), zero}, {zero, x[1].sin().add(2.0).square()}
            };
        }));
        Diffusion factor = Diffusion.automaticFactor(2, 40, x -> {
            Gradient[][] b = new Gradient[2][40];
            for (int k = 0; k < 40; k++) {
                b[0][k] = x[0].multiply(0.01 * (k + 1));
                b[1][k] = x[1].multiply(0.01 * (k + 1));
            }
            return b;
        });
        for (DoubleFunction<Scheme> scheme : SCHEMES) {
            for (Diffusion diffusion : List.of(entries, factor)) {
                double[][] block = {{0.3, -1.2, 4.0, 1e-3}, {0.1, 2.0, -0.7, 1e3}};
                assertThatCode(() -> run(stepper(scheme, diffusion.declaring(Noise.COMMUTATIVE)), 20, block))
                        .doesNotThrowAnyException();
            }
        }
    }

    /** Forty noises, one pair of which does not commute. */
    @Test
    void manyNoisesAreCheckedToo() {
        Diffusion diffusion = Diffusion.automaticFactor(2, 40, x -> {
                    Gradient[][] b = new Gradient[2][40];
                    for (int k = 0; k < 40; k++) {
                        b[0][k] = x[0].newInstance(k == 3 ? 1.0 : 0.0);
                        b[1][k] = k == 29 ? x[0].multiply(0.02) : x[0].newInstance(0.0);
                    }
                    return b;
                })
                .declaring(Noise.COMMUTATIVE);
        for (DoubleFunction<Scheme> scheme : SCHEMES) {
            assertThatThrownBy(() -> run(stepper(scheme, diffusion), 1, at(0.4, 0.2)))
                    .hasMessageStartingWith("noise must commute as declared, COMMUTATIVE");
        }
    }

    /** A diagonal D of one's own that says what it likes and knows no derivative; √D is (1 + x₂², 1) or constant. */
    private record Own(Noise noise, boolean constant, boolean mixed) implements Diffusion {

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public int noiseDimension() {
            return 2;
        }

        @Override
        public Structure structure() {
            return Structure.DIAGONAL;
        }

        @Override
        public boolean isConstant() {
            return constant;
        }

        @Override
        public void factorTimes(double[] x, double[] xi, double[] out) {
            out[0] = (1.0 + (mixed ? x[1] * x[1] : 0.0)) * xi[0];
            out[1] = xi[1];
        }

        @Override
        public void times(double[] x, double[] v, double[] out) {
            throw new UnsupportedOperationException("no scheme asks for it");
        }

        @Override
        public void divergence(double[] x, double[] out) {
            throw new UnsupportedOperationException("no scheme asks for it");
        }

        @Override
        public Optional<VectorField> noiseInducedDrift() {
            return Optional.empty();
        }
    }

    @Test
    void diagonalAndAdditiveAreCheckedToo() {
        double[][] block = {{0.1, 0.2}, {0.6, 0.9}};
        Diffusion diagonal = new Own(Noise.DIAGONAL, false, true);
        for (DoubleFunction<Scheme> scheme :
                List.<DoubleFunction<Scheme>>of(Milstein::withStep, Sri1w1::withStep, Heun::withStep)) {
            assertThatThrownBy(() -> run(stepper(scheme, diagonal), 1, block))
                    .hasMessageStartingWith("noise must commute as declared, DIAGONAL");
        }
        Diffusion additive = new Own(Noise.ADDITIVE, true, true);
        for (DoubleFunction<Scheme> scheme : List.<DoubleFunction<Scheme>>of(
                Milstein::withStep, Sri1w1::withStep, Sra1::withStep, Sra3::withStep, Heun::withStep)) {
            assertThatThrownBy(() -> run(stepper(scheme, additive), 1, at(0.1, 0.6)))
                    .as("%s", scheme.apply(1.0))
                    .hasMessageStartingWith("noise must not depend on the state as declared, ADDITIVE");
            assertThatCode(() -> run(stepper(scheme, new Own(Noise.ADDITIVE, true, false)), 9, block))
                    .doesNotThrowAnyException();
        }
        // Declared through the wrapper: what its own answers exclude is refused at once, the rest when it is used.
        assertThatThrownBy(() -> new Own(Noise.GENERAL, false, true).declaring(Noise.ADDITIVE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Own(Noise.GENERAL, false, true).declaring(Noise.SCALAR))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Driven: what commutes at one time need not at another. */
    @Test
    void laterTimesAreLookedAt() {
        Diffusion turning = Diffusion.driven(t -> Diffusion.automaticFactor(2, 2, x -> new Gradient[][] {
                    {x[0].newInstance(1.0), x[0].newInstance(0.0)},
                    {x[0].newInstance(0.0), x[0].multiply(t).add(1.0)}
                })
                .declaring(Noise.COMMUTATIVE));
        for (DoubleFunction<Scheme> scheme : SCHEMES) {
            assertThatCode(() -> run(stepper(scheme, turning), 1, at(0.3, 0.4))).doesNotThrowAnyException();
            assertThatThrownBy(() -> run(stepper(scheme, turning), 2, at(0.3, 0.4)))
                    .hasMessageStartingWith("noise must commute as declared");
        }
    }
}
