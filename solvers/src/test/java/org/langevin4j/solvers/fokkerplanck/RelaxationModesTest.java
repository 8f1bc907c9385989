package org.langevin4j.solvers.fokkerplanck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.EigenDecompositionNonSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.markov.Dissection;
import org.langevin4j.solvers.markov.Eigenmodes;
import org.langevin4j.solvers.markov.Generator;

class RelaxationModesTest {

    /** dx = −U′dt + √(2/β) dW, U = (x² − 1)²/4. */
    private static FokkerPlanck doubleWell(double beta, double halfWidth, int cells) {
        Sde sde = Sde.ito(
                (x, out) -> out[0] = x[0] - x[0] * x[0] * x[0], Diffusion.isotropic(1, 1.0), Temperature.of(1 / beta));
        return FokkerPlanck.of(sde, Grid.of(Axis.uniform(-halfWidth, halfWidth, cells)), Boundary.REFLECTING);
    }

    /** Escape from a well of a plane over x = 0, U = (x² − 1)²/4 + y²: τ is 1/|λ₀| but for the time of getting there. */
    @ParameterizedTest
    @ValueSource(doubles = {60, 150, 500, 1600})
    void escapesFromAWellOfAPlaneKeepTheirDigits(double beta) {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = x[0] - x[0] * x[0] * x[0];
                    out[1] = -2 * x[1];
                },
                Diffusion.isotropic(2, 1.0),
                Temperature.of(1 / beta));
        Grid grid = Grid.of(Axis.uniform(-1.6, 0, 32), Axis.uniform(-0.6, 0.6, 12));
        FokkerPlanck fp = FokkerPlanck.of(
                sde, Region.of(grid, Boundary.REFLECTING).withFaces(0, Boundary.REFLECTING, Boundary.ABSORBING));
        RelaxationModes modes = RelaxationModes.of(fp, 3);
        double time = HittingProblem.of(fp).meanTime().at(-1.0, 0.0);
        assertThat(modes.isResolved(0)).isTrue();
        assertThat(modes.relaxationTime(0) / time).isCloseTo(1.0, within(1e-3));
        // Kramers: τ = 2π/√(U″|U″|) e^(βΔU) to the other side, half of it to the top, where it is second order in the
        // grid.
        if (beta <= 60) {
            double kramers = Math.PI / Math.sqrt(2.0) * Math.exp(beta / 4);
            assertThat(modes.relaxationTime(0) / kramers).isBetween(0.9, 1.15);
        }
    }

    /** Reference values doublewell1d_beta1, _beta2, _beta4, _beta16. */
    @ParameterizedTest
    @CsvSource({
        "1, 4.5, 0.7920884265794528, 3.5488891823080406, 6.843548464318259, 10.826973947662257",
        "2, 3.8, 0.4229446453977572, 2.3149132469920644, 4.503778815219742, 7.175475390495284",
        "4, 3.2, 0.18717041808709853, 1.5010284177127269, 2.915173889417815, 4.66078669535205",
        "16, 2.4, 0.007444898327359342, 0.8275985160299331, 1.3780600744725104, 1.9778695859005764"
    })
    void eigenvaluesOfTheDoubleWellAreOfSecondOrder(
            double beta, double halfWidth, double first, double second, double third, double fourth) {
        double[] exact = {first, second, third, fourth};
        double[][] errors = new double[2][4];
        for (int i = 0; i < 2; i++) {
            RelaxationModes spectrum = RelaxationModes.of(doubleWell(beta, halfWidth, 200 << i), 5);
            assertThat(spectrum.size()).isEqualTo(5);
            assertThat(spectrum.eigenvalue(0)).isEqualTo(Complex.ZERO);
            for (int k = 0; k < 4; k++) {
                assertThat(spectrum.frequency(k + 1)).isZero();
                assertThat(spectrum.residual(k + 1)).isLessThan(1e-11);
                errors[i][k] = Math.abs(-spectrum.eigenvalue(k + 1).getRealPart() / exact[k] - 1);
            }
            assertThat(spectrum.gap()).isCloseTo(1 / spectrum.relaxationTime(1), within(1e-15));
        }
        for (int k = 0; k < 4; k++) {
            assertThat(errors[1][k]).isLessThan(2e-3);
            assertThat(Math.log(errors[0][k] / errors[1][k]) / Math.log(2))
                    .as("order of %d", k)
                    .isBetween(1.9, 2.1);
        }
    }

    /** Reference values cir: dx = 2(1 − x)dt + 0.8√x dW has eigenvalues −2n. */
    @Test
    void eigenvaluesOfCoxIngersollRoss() {
        Sde sde = Sde.ito(
                (x, out) -> out[0] = 2 * (1 - x[0]),
                Diffusion.automaticDiagonal(1, x -> new Gradient[] {x[0]}),
                Temperature.of(0.32));
        double[][] errors = new double[2][4];
        for (int i = 0; i < 2; i++) {
            FokkerPlanck fp = FokkerPlanck.of(sde, Grid.of(Axis.uniform(0, 8, 400 << i)), Boundary.REFLECTING);
            RelaxationModes spectrum = RelaxationModes.of(fp, 4);
            for (int k = 1; k < 4; k++) {
                errors[i][k] = Math.abs(spectrum.eigenvalue(k).getRealPart() + 2 * k);
            }
        }
        for (int k = 1; k < 4; k++) {
            assertThat(errors[1][k]).isLessThan(2e-3);
            assertThat(Math.log(errors[0][k] / errors[1][k]) / Math.log(2))
                    .as("order of %d", k)
                    .isGreaterThan(1.9);
        }
    }

    /** Reference values bm_interval. A periodic interval of length 2 has −(nπ)²/2, each twice but the first. */
    @ParameterizedTest
    @CsvSource({
        "REFLECTING, 0, 1.2337005501361697, 4.934802200544679, 11.103304951225528, 19.739208802178716",
        "ABSORBING, 1.2337005501361697, 4.934802200544679, 11.103304951225528, 19.739208802178716, 30.842513753404248",
        "PERIODIC, 0, 4.934802200544679, 4.934802200544679, 19.739208802178716, 19.739208802178716"
    })
    void brownianMotionOnAnInterval(Boundary boundary, double a, double b, double c, double d, double e) {
        double[] exact = {a, b, c, d, e};
        Sde sde = Sde.ito((x, out) -> out[0] = 0.0, Diffusion.isotropic(1, 1.0), Temperature.of(0.5));
        double[][] errors = new double[2][5];
        for (int i = 0; i < 2; i++) {
            RelaxationModes spectrum =
                    RelaxationModes.of(FokkerPlanck.of(sde, Grid.of(Axis.uniform(-1, 1, 80 << i)), boundary), 5);
            for (int k = 0; k < 5; k++) {
                errors[i][k] = Math.abs(spectrum.eigenvalue(k).getRealPart() + exact[k]);
                assertThat(spectrum.frequency(k)).isZero();
            }
        }
        for (int k = 0; k < 5; k++) {
            if (exact[k] > 0.0) {
                assertThat(errors[1][k]).isLessThan(1e-3 * exact[k]);
                assertThat(Math.log(errors[0][k] / errors[1][k]) / Math.log(2)).isBetween(1.9, 2.1);
            }
        }
    }

    /** A square: −(m² + n²)π²/8; of pairs m ≠ n both are found, also where the eigenvalue has multiplicity two. */
    @Test
    void multipleEigenvaluesAreFoundWithAllTheirVectors() {
        Sde sde = Sde.ito((x, out) -> Arrays.fill(out, 0.0), Diffusion.isotropic(2, 1.0), Temperature.of(0.5));
        FokkerPlanck fp = FokkerPlanck.of(sde, Grid.square(-1, 1, 40), Boundary.REFLECTING);
        RelaxationModes spectrum = RelaxationModes.of(fp, 11);
        int[] sums = {0, 1, 1, 2, 4, 4, 5, 5, 8, 9, 9};
        assertThat(spectrum.size()).isEqualTo(11);
        for (int k = 0; k < 11; k++) {
            assertThat(spectrum.eigenvalue(k).getRealPart())
                    .isCloseTo(-sums[k] * Math.PI * Math.PI / 8, within(0.008 * sums[k] + 1e-12));
        }
        assertBiorthonormal(fp, spectrum, 1e-10);
    }

    private static FokkerPlanck rotating(double beta, double omega, int cells) {
        Sde sde = Sde.ito(
                (x, out) -> {
                    double fx = x[0] * x[0] * x[0] - x[0];
                    double fy = x[1];
                    out[0] = -fx + omega * fy;
                    out[1] = -fy - omega * fx;
                },
                Diffusion.isotropic(2, 1.0),
                Temperature.of(1 / beta));
        return FokkerPlanck.of(
                sde, Grid.of(Axis.uniform(-2.6, 2.6, cells), Axis.uniform(-2.6, 2.6, cells)), Boundary.REFLECTING);
    }

    /** Reference values rotating_doublewell2d, β = 4: λ₁ and the second odd eigenvalue. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.18717041808854684, 0.9999999999960075, 0",
        "1, 0.34061227716711867, 1.4058292850138487, 0",
        "2, 0.6219046258310176, 2.1319890818603504, 1.2090079813390024"
    })
    void rotationTurnsEigenvaluesComplex(double omega, double first, double decay, double frequency) {
        double[] errors = new double[2];
        double[] secondErrors = new double[2];
        for (int i = 0; i < 2; i++) {
            FokkerPlanck fp = rotating(4, omega, 40 << i);
            RelaxationModes spectrum = RelaxationModes.of(fp, 8);
            errors[i] = Math.abs(spectrum.eigenvalue(1).getRealPart() + first);
            Complex expected = new Complex(-decay, frequency);
            secondErrors[i] = Double.POSITIVE_INFINITY;
            for (int k = 1; k < spectrum.size(); k++) {
                secondErrors[i] = Math.min(
                        secondErrors[i],
                        spectrum.eigenvalue(k).subtract(expected).norm());
                assertThat(spectrum.residual(k)).isLessThan(1e-10);
                if (spectrum.frequency(k) > 0) {
                    assertThat(spectrum.eigenvalue(k + 1))
                            .isEqualTo(spectrum.eigenvalue(k).conjugate());
                }
            }
            if (i == 0) {
                assertBiorthonormal(fp, spectrum, 1e-9);
                assertEigenvectors(fp, spectrum, 1e-8);
            }
        }
        assertThat(errors[1]).isLessThan(0.01 * first);
        assertThat(Math.log(errors[0] / errors[1]) / Math.log(2)).isBetween(1.8, 2.3);
        assertThat(secondErrors[1]).isLessThan(0.015 * decay);
        assertThat(Math.log(secondErrors[0] / secondErrors[1]) / Math.log(2)).isBetween(1.8, 2.3);
    }

    /** Reference values OU2_full: n·(−1.1 + 1.9975i) + m·(−1.1 − 1.9975i), D with off-diagonal part. */
    @Test
    void ornsteinUhlenbeckWithFullDiffusion() {
        RealMatrix d = MatrixUtils.createRealMatrix(new double[][] {{1, 0.5}, {0.5, 1}});
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = -x[0] + 2 * x[1];
                    out[1] = -2 * x[0] - 1.2 * x[1];
                },
                Diffusion.constant(d),
                Temperature.of(1.0));
        Complex base = new Complex(-1.1, 1.997498435543818);
        Complex[] exact = {
            Complex.ZERO,
            base,
            base.conjugate(),
            new Complex(-2.2),
            base.multiply(2),
            base.conjugate().multiply(2)
        };
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            FokkerPlanck fp = FokkerPlanck.of(
                    sde,
                    Grid.of(Axis.uniform(-5.5, 5.5, 60 << i), Axis.uniform(-4.5, 4.5, 60 << i)),
                    Boundary.REFLECTING);
            RelaxationModes spectrum = RelaxationModes.of(fp, 6);
            assertThat(spectrum.frequencyBound()).isGreaterThan(4.0);
            for (Complex expected : exact) {
                double nearest = Double.POSITIVE_INFINITY;
                for (int k = 0; k < spectrum.size(); k++) {
                    nearest = Math.min(
                            nearest, spectrum.eigenvalue(k).subtract(expected).norm());
                }
                errors[i] = Math.max(errors[i], nearest);
            }
        }
        assertThat(errors[1]).isLessThan(0.06);
        assertThat(Math.log(errors[0] / errors[1]) / Math.log(2)).isBetween(1.8, 2.3);
    }

    /** Of a system given by (Φ, D, Q) the right eigenfunction of λ₀ is e^(−βΦ) in every cell, however small. */
    @Test
    void steadyStateIsTheFirstRightEigenfunction() {
        Potential phi = Potential.automatic(x -> x[0].square()
                .subtract(1)
                .square()
                .multiply(0.25)
                .add(x[1].square().multiply(0.5)));
        Decomposition system = new Decomposition(
                phi,
                Diffusion.isotropic(2, 1.0),
                AntisymmetricField.constant(MatrixUtils.createRealMatrix(new double[][] {{0, -2}, {2, 0}})));
        Temperature temperature = Temperature.of(0.0625);
        Grid grid = Grid.square(-3, 3, 48);
        FokkerPlanck fp = FokkerPlanck.of(system, temperature, Region.of(grid, Boundary.REFLECTING));
        RelaxationModes spectrum = RelaxationModes.of(fp, 4);
        Density exact = Density.gibbs(grid, phi, temperature);
        double[] steady = spectrum.right(0).real().values();
        for (int cell = 0; cell < grid.cells(); cell++) {
            assertThat(steady[cell] / exact.value(cell)).isCloseTo(1.0, within(1e-10));
        }
        assertThat(spectrum.left(0).real().values()).containsOnly(1.0);
        assertThat(exact.value(0)).isLessThan(1e-100);
        assertEigenvectors(fp, spectrum, 1e-8);
    }

    /** Where ρ is tiny, ρ₁/ρˢˢ must still be the left eigenfunction of a reversible process, of the size of one. */
    @Test
    void eigenfunctionsKeepTheirDigitsWhereTheDensityIsTiny() {
        FokkerPlanck fp = doubleWell(16, 3.2, 256);
        RelaxationModes spectrum = RelaxationModes.of(fp, 3);
        int n = fp.generator().states();
        double lambda = spectrum.eigenvalue(1).getRealPart();
        double[] u = spectrum.left(1).real().values();
        double[] change = new double[n];
        fp.generator().backwardTimes(u, change);
        for (int j = 0; j < n; j++) {
            // The residual cell by cell, against the rounding of what cancels in it.
            assertThat(change[j] - lambda * u[j])
                    .isCloseTo(0.0, within(1e-11 * fp.generator().outflow(j)));
        }
        double smallest = Arrays.stream(spectrum.right(0).real().values()).min().orElseThrow();
        assertThat(smallest).isLessThan(1e-120);
        // Constant in each well, far up the walls too.
        assertThat(u[0] / u[n / 4]).isCloseTo(1.0, within(0.02));
        assertThat(u[n - 1] / u[0]).isCloseTo(-1.0, within(1e-10));
    }

    private static Generator random(Grid grid, long seed, boolean absorbing) {
        NormalStream normals = NormalStream.of(Seed.of(seed));
        Generator.Builder builder = Generator.builder(grid.cells());
        int pair = 0;
        for (int cell = 0; cell < grid.cells(); cell++) {
            for (int a = 0; a < grid.dimension(); a++) {
                if (grid.position(cell, a) + 1 < grid.axis(a).cells()) {
                    builder.pair(
                            cell,
                            cell + grid.stride(a),
                            Math.exp(normals.at(pair, 0, 0)),
                            Math.exp(normals.at(pair, 0, 1)));
                    pair++;
                }
            }
        }
        if (absorbing) {
            builder.exit(0, 0.7);
        }
        return builder.build();
    }

    /** Against the dense decomposition of the whole matrix. */
    @Property(tries = 60)
    void agreesWithTheDenseDecomposition(
            @ForAll @IntRange(min = 2, max = 7) int n, @ForAll boolean absorbing, @ForAll long seed) {
        Grid grid = Grid.of(Axis.uniform(0, 1, n), Axis.uniform(0, 1, n + 1));
        Generator generator = random(grid, seed, absorbing);
        int cells = generator.states();
        RealMatrix dense = MatrixUtils.createRealMatrix(cells, cells);
        for (int j = 0; j < cells; j++) {
            double[] unit = new double[cells];
            double[] column = new double[cells];
            unit[j] = 1.0;
            generator.times(unit, column);
            dense.setColumn(j, column);
        }
        Complex[] exact = new EigenDecompositionNonSymmetric(dense).getEigenvalues();
        Dissection dissection = Dissection.of(generator);
        double[] weights = Eigenmodes.weights(generator, dissection);
        int count = Math.min(6, cells);
        Eigenmodes found = Eigenmodes.of(generator, dissection, weights, count, 0.5);
        assertThat(found.modes().size()).isBetween(count, count + 1);
        for (Eigenmodes.Mode mode : found.modes()) {
            double nearest = Arrays.stream(exact)
                    .mapToDouble(value -> value.subtract(mode.eigenvalue()).norm())
                    .min()
                    .orElseThrow();
            assertThat(nearest).isLessThan(1e-7);
        }
        // All that are slower than the last found and inside the disc of the search are there.
        double slowest =
                found.modes().get(found.modes().size() - 1).eigenvalue().getRealPart();
        long slower = Arrays.stream(exact)
                .filter(value -> value.getRealPart() > slowest + 1e-7
                        && value.subtract(0.5).norm() < found.radius() - 1e-7)
                .count();
        long got = found.modes().stream()
                .filter(mode -> mode.eigenvalue().getRealPart() > slowest + 1e-7)
                .count();
        assertThat(got).isGreaterThanOrEqualTo(slower);
        assertThat(found.modes())
                .isSortedAccordingTo(Comparator.comparingDouble(
                        mode -> -Math.round(mode.eigenvalue().getRealPart() * 1e7)));
        for (Eigenmodes.Mode one : found.modes()) {
            for (Eigenmodes.Mode other : found.modes()) {
                Complex product = pairing(one.left(), other.right());
                assertThat(product.subtract(one == other ? 1.0 : 0.0).norm()).isLessThan(1e-6);
            }
        }
    }

    private static Complex pairing(double[][] u, double[][] p) {
        Complex sum = Complex.ZERO;
        for (int i = 0; i < u[0].length; i++) {
            sum = sum.add(new Complex(u[0][i], u[1][i]).multiply(new Complex(p[0][i], p[1][i])));
        }
        return sum;
    }

    private static void assertBiorthonormal(FokkerPlanck fp, RelaxationModes spectrum, double tolerance) {
        double volume = fp.grid().volume(0);
        for (int k = 0; k < spectrum.size(); k++) {
            double[][] u = parts(spectrum.left(k));
            for (int l = 0; l < spectrum.size(); l++) {
                Complex product = pairing(u, parts(spectrum.right(l))).multiply(volume);
                assertThat(product.subtract(k == l ? 1.0 : 0.0).norm())
                        .as("∫u%dρ%d", k, l)
                        .isLessThan(tolerance);
            }
        }
    }

    private static double[][] parts(RelaxationModes.ComplexFunction f) {
        return new double[][] {f.real().values(), f.imaginary().values()};
    }

    /** Ap = λp and Aᵀu = λu through the generator itself. */
    private static void assertEigenvectors(FokkerPlanck fp, RelaxationModes spectrum, double tolerance) {
        double volume = fp.grid().volume(0);
        double[] density = spectrum.right(0).real().values();
        for (int k = 1; k < spectrum.size(); k++) {
            Complex lambda = spectrum.eigenvalue(k);
            double[][] p = parts(spectrum.right(k));
            double[][] u = parts(spectrum.left(k));
            double[][] ap = new double[2][p[0].length];
            double[][] au = new double[2][p[0].length];
            double right = 0.0;
            double left = 0.0;
            for (int part = 0; part < 2; part++) {
                fp.generator().times(p[part], ap[part]);
                fp.generator().backwardTimes(u[part], au[part]);
            }
            for (int i = 0; i < p[0].length; i++) {
                double rho = density[i] * volume;
                Complex dp = new Complex(ap[0][i], ap[1][i]).subtract(lambda.multiply(new Complex(p[0][i], p[1][i])));
                Complex du = new Complex(au[0][i], au[1][i]).subtract(lambda.multiply(new Complex(u[0][i], u[1][i])));
                right += volume * dp.norm();
                left += rho * du.norm();
            }
            assertThat(right).as("right %d", k).isLessThan(tolerance);
            assertThat(left).as("left %d", k).isLessThan(tolerance);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 201})
    void countMustBePossible(int count) {
        assertThatThrownBy(() -> RelaxationModes.of(doubleWell(1, 3, 200), count))
                .hasMessage("count must be from 1 to the number of cells, 200, got " + count);
    }

    @Test
    void badArgumentsAreRefused() {
        FokkerPlanck fp = doubleWell(1, 3, 50);
        assertThatThrownBy(() -> RelaxationModes.of(fp, 3, 0.0))
                .hasMessage("shift must be positive and finite, got 0.0");
        assertThatThrownBy(() -> RelaxationModes.of(fp, 1).gap()).hasMessage("a gap needs 2 modes, got 1");
    }
}
