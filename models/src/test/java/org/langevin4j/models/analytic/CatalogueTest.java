package org.langevin4j.models.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.model.DriftCycle;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.model.StationaryMoments;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/** What every model of the catalogue promises, whatever it is. */
class CatalogueTest {

    private static final double[] TEMPERATURES = {0.4, 1.0, 1.7};

    /** The defaults, and variants in which more, or less, is known. */
    static List<Model> models() {
        List<Model> all = new ArrayList<>(Catalogue.models());
        all.addAll(List.of(
                new ActiveOrnsteinUhlenbeck(0.4, 0.0),
                new Brusselator(1.3, 4.0),
                new DoubleWell(0.0),
                new DrivenDoubleWell(-0.3, 0.0),
                new FitzHughNagumo(0.5, 0.1, 0.3, 2.5, 0.2),
                new GeneticToggle(1.7, 1),
                new GeneticToggle(6.0, 3),
                new HeatConductingChain(4, 1.3, 0.7, 0.5),
                new HopfNormalForm(-0.7, -1.0),
                new Kuramoto(7, 1.5, 0.4),
                new MaierStein(1.0),
                new NoisyLorenz(4.0, 0.5, 1.0),
                new OrnsteinUhlenbeck(2.0, -3.0, 4.0),
                new RingWell(0.5, 2.0, -1.5),
                new SpinOnSphere(-2.0, 1.5, 0.0),
                new StuartLandau(0.8, -1.0, -0.6),
                new StuartLandau(-0.5, 1.0, 2.0),
                new TiltedWashboard(1.5, 0.0),
                new VanDerPol(0.4)));
        return all;
    }

    /** States where the equation makes sense, none of them special: concentrations and rates are positive. */
    private static double[] state(Model model, Random random) {
        boolean positive = model instanceof GeneticToggle
                || model instanceof Schloegl
                || model instanceof Brusselator
                || model instanceof CoxIngersollRoss;
        double[] x = new double[model.dimension()];
        for (int i = 0; i < x.length; i++) {
            x[i] = positive ? 0.2 + 2.0 * random.nextDouble() : 4.0 * random.nextDouble() - 2.0;
        }
        return x;
    }

    private static Sde frozen(Model model, double temperature) {
        return model.sde(Temperature.of(temperature)).atTime(0.3);
    }

    @Test
    void namesAreSortedAndEachModelIsFoundByItsName() {
        List<String> names = Catalogue.models().stream().map(Model::name).toList();
        assertThat(names).doesNotHaveDuplicates().isSorted();
        for (Model model : Catalogue.models()) {
            assertThat(Catalogue.named(model.name())).isEqualTo(model);
        }
        assertThatThrownBy(() -> Catalogue.named("dubble-well"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("model must be one of the catalogue, got 'dubble-well'; did you mean 'double-well'?");
        assertThatThrownBy(() -> Catalogue.named("quark-gluon-plasma"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it has ")
                .hasMessageContaining("van-der-pol");
    }

    @ParameterizedTest
    @MethodSource("models")
    void itIsDescribed(Model model) {
        assertThat(model.name()).matches("[a-z]+(-[a-z]+)*");
        assertThat(model.description()).doesNotContain("\n").contains("=");
        assertThat(model.sources())
                .isNotEmpty()
                .allSatisfy(source -> assertThat(source).isNotBlank());
        assertThat(model.coordinates()).hasSize(model.dimension()).doesNotHaveDuplicates();
        for (double temperature : TEMPERATURES) {
            Sde sde = model.sde(Temperature.of(temperature));
            assertThat(sde.dimension()).isEqualTo(model.dimension());
            assertThat(sde.temperature()).isEqualTo(Temperature.of(temperature));
        }
        Set<String> names = new HashSet<>();
        for (Parameter parameter : model.parameters()) {
            assertThat(names.add(parameter.name())).isTrue();
            assertThat(parameter.unit()).isNotBlank();
            assertThat(parameter.meaning()).isNotBlank();
            assertThat(parameter.toString()).startsWith(parameter.name() + " = " + parameter.value());
        }
    }

    @Test
    void theCatalogueHasDefaults() {
        for (Model model : Catalogue.models()) {
            assertThat(model.parameters())
                    .allSatisfy(parameter -> assertThat(parameter.value()).isEqualTo(parameter.defaultValue()));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void itIsComparedByValueAndChangedByName(Model model) {
        List<Parameter> parameters = model.parameters();
        double[] values = parameters.stream().mapToDouble(Parameter::value).toArray();
        Model copy = model.withValues(values);
        assertThat(copy).isEqualTo(model).hasSameHashCodeAs(model).hasSameClassAs(model);
        assertThat(model.with(Map.of())).isEqualTo(model);
        for (int i = 0; i < values.length; i++) {
            Parameter parameter = parameters.get(i);
            double changed = other(parameter);
            double[] expected = values.clone();
            expected[i] = changed;
            Model found = model.with(parameter.name(), changed);
            assertThat(found).isEqualTo(model.withValues(expected)).isNotEqualTo(model);
            assertThat(found.parameters().stream().mapToDouble(Parameter::value).toArray())
                    .containsExactly(expected);
            assertThatThrownBy(() -> model.with(parameter.name() + "x", changed))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("got '" + parameter.name() + "x'; did you mean '" + parameter.name() + "'?");
        }
        assertThatThrownBy(() -> model.with("no-such-parameter-at-all", 1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("parameter must be one of [")
                .hasMessageEndingWith("got 'no-such-parameter-at-all'");
    }

    private static double other(Parameter parameter) {
        double value = parameter.value();
        Range range = parameter.range();
        for (double candidate : new double[] {value + 1.0, value - 1.0, value + 0.125, value - 0.125}) {
            if (range.contains(candidate)) {
                return candidate;
            }
        }
        throw new AssertionError("no other value of " + parameter);
    }

    @ParameterizedTest
    @MethodSource("models")
    void parametersOutOfRangeAreRefused(Model model) {
        for (Parameter parameter : model.parameters()) {
            Range range = parameter.range();
            List<Double> bad = new ArrayList<>(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
            if (range.least() > -Double.MAX_VALUE) {
                bad.add(range.least() - 1.0);
            }
            if (range.greatest() < Double.MAX_VALUE) {
                bad.add(range.greatest() + 1.0);
            }
            if (!range.leastIncluded()) {
                bad.add(range.least());
            }
            if (!range.greatestIncluded()) {
                bad.add(range.greatest());
            }
            if (!range.zeroIncluded()) {
                bad.add(0.0);
            }
            if (range.whole()) {
                bad.add(parameter.value() + 0.5);
            }
            for (double value : bad) {
                assertThatThrownBy(() -> model.with(parameter.name(), value))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(parameter.name() + " must be " + range + ", got " + value);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void pointsAndBlocksHaveTheSameBits(Model model) {
        Sde sde = frozen(model, 0.7);
        int d = model.dimension();
        int m = sde.diffusion().noiseDimension();
        Random random = new Random(11);
        for (int paths : new int[] {1, 7, 64}) {
            double[][] x = new double[d][paths + 3];
            double[][] xi = new double[m][paths + 3];
            for (int p = 0; p < paths; p++) {
                double[] state = state(model, random);
                for (int i = 0; i < d; i++) {
                    x[i][p] = state[i];
                }
                for (int k = 0; k < m; k++) {
                    xi[k][p] = random.nextGaussian();
                }
            }
            double[][] drift = new double[d][paths + 3];
            double[][] noise = new double[d][paths + 3];
            sde.drift().atBlock(x, paths, drift);
            sde.diffusion().factorTimesBlock(x, xi, paths, noise);
            double[] value = new double[d];
            for (int p = 0; p < paths; p++) {
                double[] state = column(x, p);
                sde.drift().at(state, value);
                assertThat(column(drift, p)).containsExactly(value);
                sde.diffusion().factorTimes(state, column(xi, p), value);
                assertThat(column(noise, p)).containsExactly(value);
            }
        }
    }

    private static double[] column(double[][] block, int path) {
        return Arrays.stream(block).mapToDouble(row -> row[path]).toArray();
    }

    @ParameterizedTest
    @MethodSource("models")
    void theJacobianIsThatOfTheDrift(Model model) {
        if (!(frozen(model, 0.7).drift() instanceof DifferentiableField field)) {
            return;
        }
        int d = model.dimension();
        Random random = new Random(12);
        double[] jacobian = new double[d * d];
        for (int trial = 0; trial < 5; trial++) {
            double[] x = state(model, random);
            field.jacobian(x, jacobian);
            assertThat(jacobian).containsExactly(differences(field, x), within(1e-6 * (1.0 + largest(jacobian))));
        }
    }

    /** ∂ⱼvᵢ by central differences of fourth order. */
    private static double[] differences(VectorField field, double[] x) {
        int d = x.length;
        double h = 1e-3;
        double[] out = new double[d * d];
        double[][] v = new double[4][d];
        for (int j = 0; j < d; j++) {
            double middle = x[j];
            for (int k = 0; k < 4; k++) {
                x[j] = middle + h * new double[] {-2, -1, 1, 2}[k];
                field.at(x, v[k]);
            }
            x[j] = middle;
            for (int i = 0; i < d; i++) {
                out[i * d + j] = (v[0][i] - 8.0 * v[1][i] + 8.0 * v[2][i] - v[3][i]) / (12.0 * h);
            }
        }
        return out;
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0.0);
    }

    /** The factor squares to D, ∇·D is its divergence, and D of the decomposition is D of the equation. */
    @ParameterizedTest
    @MethodSource("models")
    void theDiffusionFitsItself(Model model) {
        Diffusion diffusion = frozen(model, 0.7).diffusion();
        int d = model.dimension();
        int m = diffusion.noiseDimension();
        Random random = new Random(13);
        double[] entries = new double[d * d];
        double[] divergence = new double[d];
        for (int trial = 0; trial < 3; trial++) {
            double[] x = state(model, random);
            diffusion.matrix(x, entries);
            double[] product = new double[d * d];
            double[] unit = new double[m];
            double[] column = new double[d];
            for (int k = 0; k < m; k++) {
                unit[k] = 1.0;
                diffusion.factorTimes(x, unit, column);
                unit[k] = 0.0;
                for (int i = 0; i < d; i++) {
                    for (int j = 0; j < d; j++) {
                        product[i * d + j] += column[i] * column[j];
                    }
                }
            }
            assertThat(product).containsExactly(entries, within(1e-13 * (1.0 + largest(entries))));
            diffusion.divergence(x, divergence);
            assertThat(divergence)
                    .containsExactly(divergence(diffusion::matrix, x), within(1e-7 * (1.0 + largest(entries))));
            double[] induced = new double[d];
            diffusion.noiseInducedDrift().orElseThrow().at(x, induced);
            assertThat(induced).containsExactly(induced(diffusion, x), within(1e-7 * (1.0 + largest(entries))));
        }
    }

    private static double[] divergence(VectorField entries, double[] x) {
        int d = x.length;
        double h = 1e-3;
        double[] sum = new double[d];
        double[][] v = new double[4][d * d];
        for (int j = 0; j < d; j++) {
            double middle = x[j];
            for (int k = 0; k < 4; k++) {
                x[j] = middle + h * new double[] {-2, -1, 1, 2}[k];
                entries.at(x, v[k]);
            }
            x[j] = middle;
            for (int i = 0; i < d; i++) {
                int at = i * d + j;
                sum[i] += (v[0][at] - 8.0 * v[1][at] + 8.0 * v[2][at] - v[3][at]) / (12.0 * h);
            }
        }
        return sum;
    }

    /** Σⱼₖ Bⱼₖ ∂ⱼBᵢₖ, column after column. */
    private static double[] induced(Diffusion diffusion, double[] x) {
        int d = x.length;
        double[] sum = new double[d];
        for (int k = 0; k < diffusion.noiseDimension(); k++) {
            double[] unit = new double[diffusion.noiseDimension()];
            unit[k] = 1.0;
            VectorField column = (y, out) -> diffusion.factorTimes(y, unit, out);
            double[] b = new double[d];
            column.at(x, b);
            double[] slopes = diffusion.isConstant() ? new double[d * d] : differences(column, x);
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    sum[i] += b[j] * slopes[i * d + j];
                }
            }
        }
        return sum;
    }

    /** Eq. (19) at several temperatures: what is said to be known gives the drift. */
    @ParameterizedTest
    @MethodSource("models")
    void theDecompositionHasTheDrift(Model model) {
        for (double temperature : TEMPERATURES) {
            Temperature t = Temperature.of(temperature);
            assertThat(model.potential(t).isPresent())
                    .isEqualTo(model.decomposition(t).isPresent());
            if (model.decomposition(t).isEmpty()) {
                continue;
            }
            Decomposition parts = model.decomposition(t).orElseThrow();
            Sde sde = model.sde(t).toIto();
            Sde own = parts.aType(t).toIto();
            Random random = new Random(14);
            int d = model.dimension();
            double[] expected = new double[d];
            double[] found = new double[d];
            double[] q = new double[d * d];
            double[] matrix = new double[d * d];
            double[] other = new double[d * d];
            for (int trial = 0; trial < (d > 10 ? 2 : 20); trial++) {
                double[] x = state(model, random);
                sde.drift().at(x, expected);
                own.drift().at(x, found);
                parts.q().at(x, q);
                assertThat(found).containsExactly(expected, within(1e-9 * (1.0 + largest(expected) + largest(q))));
                sde.diffusion().matrix(x, matrix);
                parts.diffusion().matrix(x, other);
                assertThat(other).containsExactly(matrix, within(1e-12 * (1.0 + largest(matrix))));
                parts.potential().gradient(x, found);
                assertThat(found).containsExactly(gradient(parts, x), within(1e-6 * (1.0 + largest(found))));
                parts.q().divergence(x, found);
                assertThat(found)
                        .containsExactly(divergence(parts.q()::at, x), within(1e-6 * (1.0 + 10.0 * largest(q))));
            }
        }
    }

    private static double[] gradient(Decomposition parts, double[] x) {
        VectorField value = (y, out) -> out[0] = parts.potential().at(y);
        double h = 1e-3;
        double[] slope = new double[x.length];
        double[][] v = new double[4][1];
        for (int j = 0; j < x.length; j++) {
            double middle = x[j];
            for (int k = 0; k < 4; k++) {
                x[j] = middle + h * new double[] {-2, -1, 1, 2}[k];
                value.at(x, v[k]);
            }
            x[j] = middle;
            slope[j] = (v[0][0] - 8.0 * v[1][0] + 8.0 * v[2][0] - v[3][0]) / (12.0 * h);
        }
        return slope;
    }

    /** For a linear drift Fx the covariance solves FΣ + ΣFᵀ + 2β⁻¹D = 0. */
    @ParameterizedTest
    @MethodSource("models")
    void momentsOfLinearModelsSolveTheLyapunovEquation(Model model) {
        if (!(frozen(model, 0.4).drift() instanceof DifferentiableField field)
                || model.stationaryMoments(Temperature.of(0.4)).isEmpty()
                || !frozen(model, 0.4).diffusion().isConstant()) {
            return;
        }
        int d = model.dimension();
        double[] slopes = new double[d * d];
        double[] other = new double[d * d];
        field.jacobian(new double[d], slopes);
        Random random = new Random(15);
        field.jacobian(state(model, random), other);
        if (!Arrays.equals(slopes, other)) {
            return;
        }
        for (double temperature : TEMPERATURES) {
            StationaryMoments moments =
                    model.stationaryMoments(Temperature.of(temperature)).orElseThrow();
            double[] out = new double[d];
            field.at(moments.mean(), out);
            assertThat(out).containsExactly(new double[d], within(1e-12));
            RealMatrix f = MatrixUtils.createRealMatrix(d, d);
            RealMatrix noise = MatrixUtils.createRealMatrix(d, d);
            double[] entries = new double[d * d];
            frozen(model, temperature).diffusion().matrix(new double[d], entries);
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    f.setEntry(i, j, slopes[i * d + j]);
                    noise.setEntry(i, j, 2.0 * temperature * entries[i * d + j]);
                }
            }
            RealMatrix product = f.multiply(moments.covariance());
            RealMatrix rest = product.add(product.transpose()).add(noise);
            assertThat(rest.getNorm1()).isLessThan(1e-11 * (1.0 + noise.getNorm1()));
        }
    }

    /** In the plane the moments are those of e^(−βΦ), summed on a fine grid. */
    @ParameterizedTest
    @MethodSource("models")
    void momentsInThePlaneAreThoseOfThePotential(Model model) {
        if (model.dimension() != 2 || model.potential(Temperature.of(1.0)).isEmpty()) {
            return;
        }
        for (double temperature : new double[] {0.4, 1.0}) {
            Temperature t = Temperature.of(temperature);
            if (model.potential(t).isEmpty() || model.stationaryMoments(t).isEmpty()) {
                continue;
            }
            StationaryMoments moments = model.stationaryMoments(t).orElseThrow();
            double mass = 0.0;
            double[] sums = new double[5];
            double[] x = new double[2];
            Potential phi = model.potential(t).orElseThrow();
            for (x[0] = -10.0; x[0] <= 10.0; x[0] += 0.1) {
                for (x[1] = -10.0; x[1] <= 10.0; x[1] += 0.1) {
                    double weight = Math.exp(-phi.at(x) / temperature);
                    mass += weight;
                    double[] powers = {x[0], x[1], x[0] * x[0], x[0] * x[1], x[1] * x[1]};
                    for (int k = 0; k < 5; k++) {
                        sums[k] += weight * powers[k];
                    }
                }
            }
            for (int k = 0; k < 5; k++) {
                sums[k] /= mass;
            }
            RealMatrix covariance = moments.covariance();
            double[] mean = moments.mean();
            assertThat(new double[] {
                        mean[0],
                        mean[1],
                        covariance.getEntry(0, 0) + mean[0] * mean[0],
                        covariance.getEntry(0, 1) + mean[0] * mean[1],
                        covariance.getEntry(1, 1) + mean[1] * mean[1]
                    })
                    .containsExactly(sums, within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void itRestsWhereItIsSaidTo(Model model) {
        VectorField drift = frozen(model, 0.7).drift();
        double[] out = new double[model.dimension()];
        for (double[] point : model.restingPoints()) {
            drift.at(point, out);
            assertThat(out).containsExactly(new double[out.length], within(1e-11));
        }
    }

    /** The drift is followed by Runge and Kutta's method until nothing but the cycle is left, then for one period. */
    @ParameterizedTest
    @MethodSource("models")
    void theCycleClosesAfterItsPeriod(Model model) {
        if (model.cycle().isEmpty()) {
            return;
        }
        DriftCycle cycle = model.cycle().orElseThrow();
        VectorField drift = frozen(model, 0.7).drift();
        int steps = 4000;
        double h = cycle.period() / steps;
        double[] x = {cycle.amplitude(), 0.1};
        for (int k = 0; k < 20 * steps; k++) {
            runge(drift, x, h);
        }
        double[] start = x.clone();
        double highest = x[0];
        for (int k = 0; k < steps; k++) {
            runge(drift, x, h);
            highest = Math.max(highest, x[0]);
        }
        assertThat(x).containsExactly(start, within(2e-6));
        assertThat(highest).isCloseTo(cycle.amplitude(), within(1e-5));
    }

    private static void runge(VectorField drift, double[] x, double h) {
        int d = x.length;
        double[][] k = new double[4][d];
        double[] y = x.clone();
        double[] part = {0.5, 0.5, 1.0};
        drift.at(x, k[0]);
        for (int s = 1; s < 4; s++) {
            for (int i = 0; i < d; i++) {
                y[i] = x[i] + h * part[s - 1] * k[s - 1][i];
            }
            drift.at(y, k[s]);
        }
        for (int i = 0; i < d; i++) {
            x[i] += h / 6.0 * (k[0][i] + 2.0 * k[1][i] + 2.0 * k[2][i] + k[3][i]);
        }
    }

    /** A path that has left the finite numbers is reported by those who run it; the model does not throw first. */
    @ParameterizedTest
    @MethodSource("models")
    void statesThatAreNoNumbersPass(Model model) {
        Sde sde = frozen(model, 0.7);
        int d = model.dimension();
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300}) {
            double[] x = new double[d];
            Arrays.fill(x, bad);
            double[] out = new double[d];
            sde.drift().at(x, out);
            double[] xi = new double[sde.diffusion().noiseDimension()];
            Arrays.fill(xi, 1.0);
            sde.diffusion().factorTimes(x, xi, out);
            double[][] block = new double[d][1];
            double[][] result = new double[d][1];
            for (double[] row : block) {
                row[0] = bad;
            }
            sde.drift().atBlock(block, 1, result);
            assertThat(result).hasDimensions(d, 1);
        }
    }
}
