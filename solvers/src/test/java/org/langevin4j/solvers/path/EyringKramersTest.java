package org.langevin4j.solvers.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.HittingProblem;

/** Against exact rates, of quadrature or of a grid: the relative error falls as 1/β, and what is left is that of the grid. */
class EyringKramersTest {

    /** A tilted double well: Φ = x⁴/4 − x²/2 + 0.1x. */
    private static final Potential TILTED = Potential.of(
            x -> 0.25 * Math.pow(x[0], 4) - 0.5 * x[0] * x[0] + 0.1 * x[0],
            (x, out) -> out[0] = x[0] * x[0] * x[0] - x[0] + 0.1);

    /** Φ = (x² − 1)²/4 + (y − x/2)²: the valley is oblique. */
    private static final Potential OBLIQUE =
            Potential.of(x -> 0.25 * Math.pow(x[0] * x[0] - 1.0, 2) + Math.pow(x[1] - 0.5 * x[0], 2), (x, out) -> {
                out[0] = x[0] * (x[0] * x[0] - 1.0) - (x[1] - 0.5 * x[0]);
                out[1] = 2.0 * (x[1] - 0.5 * x[0]);
            });

    /** Cells whose width grows from the middle outwards. */
    private static Axis stretched(double half, int cells) {
        double[] edges = new double[cells + 1];
        Arrays.setAll(edges, i -> {
            double u = 2.0 * i / cells - 1.0;
            return half * (0.8 * u + 0.2 * u * u * u);
        });
        return Axis.of(edges);
    }

    private static double gridRate(FokkerPlanck equation, Predicate<double[]> target, double... well) {
        return 1.0 / HittingProblem.of(equation, target).meanTime().at(well);
    }

    /** Slope of log|error| over log β. */
    private static double slope(double[] betas, double[] errors) {
        int last = betas.length - 1;
        return Math.log(Math.abs(errors[last] / errors[0])) / Math.log(betas[last] / betas[0]);
    }

    /** τ = β∫e^(βΦ)/D ∫e^(−βΦ) from one well to the other, by the trapezoidal rule. */
    private static double exactRate(Potential potential, Diffusion diffusion, double beta, double from, double to) {
        int n = 40_000;
        double start = from - 1.5;
        double h = (to - start) / n;
        double inner = 0.0;
        double before = 0.0;
        double time = 0.0;
        double[] d = new double[1];
        for (int i = 0; i <= n; i++) {
            double[] x = {start + i * h};
            double value = Math.exp(-beta * potential.at(x));
            inner += 0.5 * h * (before + value);
            before = value;
            diffusion.matrix(x, d);
            time += x[0] < from ? 0.0 : h * beta * inner / (value * d[0]);
        }
        return 1.0 / time;
    }

    @Test
    void oneDimensionAgainstTheExactIntegralToTheOrderAfterNext() {
        Diffusion noise = Diffusion.isotropic(1, x -> 1.0 + 0.5 * Math.sin(2.0 * x[0] + 0.3));
        double[] betas = {25.0, 50.0, 100.0};
        double[] plain = new double[3];
        double[] corrected = new double[3];
        for (int k = 0; k < 3; k++) {
            EscapeRate rate = EyringKramers.of(TILTED, noise, Temperature.of(1.0 / betas[k]))
                    .rate(new double[] {-1.0}, new double[] {0.0});
            double exact = exactRate(TILTED, noise, betas[k], -1.04668, 0.94565);
            plain[k] = rate.rate() / exact - 1.0;
            corrected[k] = rate.correctedRate().orElseThrow() / exact - 1.0;
            assertThat(rate.reducedBarrier()).isCloseTo(betas[k] * 0.35755, within(1e-3 * betas[k]));
        }
        assertThat(slope(betas, plain)).isCloseTo(-1.0, within(0.2));
        assertThat(slope(betas, corrected)).isCloseTo(-2.0, within(0.3));
        assertThat(Math.abs(corrected[2])).isLessThan(0.1 * Math.abs(plain[2]));
    }

    @Test
    void twoDimensionsWithCorrelatedNoiseOnUnequalCells() {
        Diffusion noise = Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.6}, {0.6, 2.0}}));
        Grid grid = Grid.of(stretched(1.9, 110), stretched(1.9, 90));
        double[] betas = {12.0, 24.0};
        double[] errors = new double[2];
        for (int k = 0; k < 2; k++) {
            Temperature temperature = Temperature.of(1.0 / betas[k]);
            Sde sde = new Decomposition(OBLIQUE, noise, AntisymmetricField.zero(2))
                    .aType(temperature)
                    .toIto();
            double exact = gridRate(FokkerPlanck.of(sde, grid, Boundary.REFLECTING), x -> x[0] > 0.8, -1.0, -0.5);
            errors[k] = EyringKramers.of(OBLIQUE, noise, temperature)
                                    .rate(new double[] {-1.0, -0.5}, new double[] {0.0, 0.0})
                                    .rate()
                            / exact
                    - 1.0;
        }
        requireFirstOrder(betas, errors, 0.1);
    }

    /** x = Ay and D = AAᵀ make five coordinates of which each, yᵢ, moves alone with unit noise: the exact rate is that of y₁. */
    @Test
    void fiveDimensionsWithFullNoiseAgainstTheExactIntegral() {
        int d = 5;
        RealMatrix a = MatrixUtils.createRealMatrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                a.setEntry(i, j, (i == j ? 1.5 : 0.0) + Math.sin(3.0 * i + 5.0 * j + 1.0));
            }
        }
        RealMatrix inverse = LuFactors.of(a).inverse();
        Potential potential = Potential.of(
                x -> {
                    double[] y = inverse.operate(x);
                    double sum = TILTED.at(new double[] {y[0]});
                    for (int i = 1; i < d; i++) {
                        sum += 0.5 * i * y[i] * y[i];
                    }
                    return sum;
                },
                (x, out) -> {
                    double[] y = inverse.operate(x);
                    double[] slope = new double[d];
                    TILTED.gradient(y, slope);
                    for (int i = 1; i < d; i++) {
                        slope[i] = i * y[i];
                    }
                    System.arraycopy(inverse.transpose().operate(slope), 0, out, 0, d);
                });
        Diffusion noise = Diffusion.constant(a.multiply(a.transpose()));
        double[] betas = {25.0, 100.0};
        double[] errors = new double[2];
        for (int k = 0; k < 2; k++) {
            errors[k] = EyringKramers.of(potential, noise, Temperature.of(1.0 / betas[k]))
                                    .rate(a.operate(new double[] {-1.0, 0.0, 0.0, 0.0, 0.0}), new double[d])
                                    .rate()
                            / exactRate(TILTED, Diffusion.isotropic(1, 1.0), betas[k], -1.04668, 0.94565)
                    - 1.0;
        }
        assertThat(slope(betas, errors)).isCloseTo(-1.0, within(0.2));
        assertThat(Math.abs(errors[1])).isLessThan(0.03);
    }

    /** ℓ = g(x)(−∂₂Φ, ∂₁Φ) with ∇·ℓ = −∂₁g ∂₂Φ + ∂₂g ∂₁Φ: the drift does not depend on β, and e^(−βΦ) is not its stationary density. */
    @Test
    void driftThatIsNotGibbsianWithNoiseThatDependsOnTheState() {
        Diffusion noise = Diffusion.isotropic(
                2,
                Potential.automatic(x -> x[0].multiply(0.8).sin().multiply(0.3).add(1.0)));
        VectorField drift = (x, out) -> {
            double[] slope = new double[2];
            OBLIQUE.gradient(x, slope);
            double c = 1.0 + 0.3 * Math.sin(0.8 * x[0]);
            double g = 0.4 + x[1];
            out[0] = -c * slope[0] - g * slope[1];
            out[1] = -c * slope[1] + g * slope[0];
        };
        Grid grid = Grid.of(stretched(1.9, 120), stretched(1.9, 120));
        double[] betas = {12.0, 24.0};
        double[] errors = new double[2];
        double exponent = 0.0;
        for (int k = 0; k < 2; k++) {
            Temperature temperature = Temperature.of(1.0 / betas[k]);
            EscapeRate rate = EyringKramers.of(drift, noise, OBLIQUE, temperature)
                    .rate(new double[] {-1.0, -0.5}, new double[] {0.0, 0.0});
            double exact = gridRate(
                    FokkerPlanck.of(Sde.ito(drift, noise, temperature), grid, Boundary.REFLECTING),
                    x -> x[0] > 0.8,
                    -1.0,
                    -0.5);
            errors[k] = rate.rate() / exact - 1.0;
            exponent = rate.ways().get(0).exponent();
        }
        requireFirstOrder(betas, errors, 0.03);
        // Without it the rate would be four times as large.
        assertThat(exponent).isGreaterThan(1.4);
    }

    @Test
    void rotationThatKeepsTheDensityOnlyChangesTheUnstableRate() {
        AntisymmetricField q = AntisymmetricField.planar(Potential.of(x -> 1.5 + x[1], (x, out) -> {
            out[0] = 0.0;
            out[1] = 1.0;
        }));
        Decomposition system = new Decomposition(OBLIQUE, Diffusion.diagonal(1.0, 0.5), q);
        Grid grid = Grid.of(stretched(1.9, 100), stretched(1.9, 90));
        double[] betas = {12.0, 24.0};
        double[] errors = new double[2];
        for (int k = 0; k < 2; k++) {
            Temperature temperature = Temperature.of(1.0 / betas[k]);
            double exact = gridRate(
                    FokkerPlanck.of(system, temperature, Region.of(grid, Boundary.REFLECTING)),
                    x -> x[0] > 0.8,
                    -1.0,
                    -0.5);
            errors[k] = EyringKramers.of(system, temperature)
                                    .rate(new double[] {-1.0, -0.5}, new double[] {0.0, 0.0})
                                    .rate()
                            / exact
                    - 1.0;
        }
        requireFirstOrder(betas, errors, 0.06);
    }

    /** Kramers (1940): λ₊ = √(γ²/4 + ω²/m) − γ/2 with unit curvature at the top, ω₀ = √2. */
    @Test
    void inertiaGivesSpatialDiffusionOfKramers() {
        Potential well = Potential.of(
                x -> 0.25 * Math.pow(x[0], 4) - 0.5 * x[0] * x[0], (x, out) -> out[0] = x[0] * x[0] * x[0] - x[0]);
        double gamma = 0.7;
        double mass = 2.0;
        Temperature temperature = Temperature.of(0.05);
        UnderdampedLangevin equation =
                UnderdampedLangevin.of(1, well, gamma, temperature).withMass(mass);
        EscapeRate rate = EyringKramers.of(Decomposition.of(equation).orElseThrow(), temperature)
                .rate(new double[] {1.0, 0.0}, new double[] {0.1, 0.1});
        double unstable = Math.sqrt(0.25 * gamma * gamma + 1.0 / mass) - 0.5 * gamma;
        double expected = unstable * Math.sqrt(2.0) / (2.0 * Math.PI) * Math.exp(-5.0);
        assertThat(rate.rate()).isCloseTo(expected, within(1e-9 * expected));
        assertThat(rate.correctedRate()).isEmpty();
    }

    /** Φ = (r² − 1)² + a y² + c y: a ring with two wells and two saddles of different height between them. */
    @Test
    void twoSaddlesBetweenTwoWells() {
        double a = 0.5;
        double c = 0.03;
        Potential ring = Potential.of(
                x -> Math.pow(x[0] * x[0] + x[1] * x[1] - 1.0, 2) + a * x[1] * x[1] + c * x[1], (x, out) -> {
                    double radial = 4.0 * (x[0] * x[0] + x[1] * x[1] - 1.0);
                    out[0] = radial * x[0];
                    out[1] = radial * x[1] + 2.0 * a * x[1] + c;
                });
        Diffusion noise = Diffusion.isotropic(2, 1.0);
        Grid grid = Grid.of(Axis.uniform(-1.6, 1.6, 96), Axis.uniform(-1.6, 1.6, 96));
        double[] betas = {12.0, 24.0};
        double[] errors = new double[2];
        for (int k = 0; k < 2; k++) {
            Temperature temperature = Temperature.of(1.0 / betas[k]);
            EscapeRate rate = EyringKramers.of(ring, noise, temperature)
                    .rate(new double[] {-1.0, 0.0}, new double[] {0.0, 0.87}, new double[] {0.0, -0.87});
            double exact = gridRate(
                    FokkerPlanck.of(Sde.ito(negative(ring), noise, temperature), grid, Boundary.REFLECTING),
                    x -> x[0] > 0.8,
                    -1.0,
                    -0.03);
            errors[k] = rate.rate() / exact - 1.0;
            assertThat(rate.rateOver(1)).isGreaterThan(rate.rateOver(0));
            assertThat(rate.rateOver(0) + rate.rateOver(1)).isCloseTo(rate.rate(), within(1e-14 * rate.rate()));
        }
        requireFirstOrder(betas, errors, 0.05);
    }

    private static void requireFirstOrder(double[] betas, double[] errors, double last) {
        assertThat(slope(betas, errors)).isCloseTo(-1.0, within(0.4));
        assertThat(Math.abs(errors[errors.length - 1])).isLessThan(last);
    }

    private static VectorField negative(Potential potential) {
        return (x, out) -> {
            potential.gradient(x, out);
            out[0] = -out[0];
            out[1] = -out[1];
        };
    }

    @Test
    void twoEqualWellsInEquilibriumHalveTheRate() {
        Temperature temperature = Temperature.of(0.02);
        EyringKramers rates = EyringKramers.of(OBLIQUE, Diffusion.isotropic(2, 1.0), temperature);
        double[] left = {-1.0, -0.5};
        double[] right = {1.0, 0.5};
        double[] saddle = {0.0, 0.0};
        double one = rates.rate(left, saddle).rate();
        double two = rates.rate(List.of(left, right), List.<double[]>of(saddle)).rate();
        assertThat(two).isCloseTo(0.5 * one, within(1e-12 * one));
    }

    @Test
    void refusals() {
        Diffusion noise = Diffusion.isotropic(2, 1.0);
        EyringKramers rates = EyringKramers.of(OBLIQUE, noise, Temperature.of(0.1));
        double[] well = {-1.0, -0.5};
        double[] saddle = {0.0, 0.0};
        assertThatThrownBy(() -> rates.rate(saddle, saddle)).hasMessageContaining("wells must be minima");
        assertThatThrownBy(() -> rates.rate(well, well)).hasMessageContaining("saddles must be above");
        assertThatThrownBy(() -> rates.rate(well)).hasMessageContaining("at least 1, got 1 and 0");
        Potential quartic = Potential.of(x -> Math.pow(x[0], 4) + x[1] * x[1], (x, out) -> {
            out[0] = 4.0 * Math.pow(x[0], 3);
            out[1] = 2.0 * x[1];
        });
        assertThatThrownBy(() ->
                        EyringKramers.of(quartic, noise, Temperature.of(0.1)).rate(new double[] {1e-5, 0.0}, well))
                .hasMessageContaining("degenerate");
    }
}
