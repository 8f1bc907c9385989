package org.langevin4j.solvers.fokkerplanck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.FreeEnergy;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.discretisation.SellingTest;
import org.langevin4j.solvers.markov.Elimination;
import org.langevin4j.solvers.markov.Generator;
import org.langevin4j.solvers.markov.ReducibleGeneratorException;

/** Full, anisotropic and singular D; periodic and absorbing faces; masks; systems given by Φ, D and Q. */
class FullDiffusionTest {

    private static final Temperature ONE = Temperature.of(1.0);

    private static Diffusion constant(int d, double... entries) {
        return Diffusion.of(MatrixField.of(
                d, (x, out) -> System.arraycopy(entries, 0, out, 0, d * d), (x, out) -> Arrays.fill(out, 0.0)));
    }

    /** Reference values OU2_full: stationary covariance with full D and strong rotation. */
    @Test
    void ornsteinUhlenbeckWithFullDIsOfSecondOrder() {
        RealMatrix f = MatrixUtils.createRealMatrix(new double[][] {{-1.0, 2.0}, {-2.0, -1.2}});
        Sde sde = Sde.ito(LinearField.of(f), constant(2, 1, 0.5, 0.5, 1), ONE);
        double[][] expected = {{1.13986013986014, 0.06993006993006994}, {0.06993006993006994, 0.7167832167832168}};
        RealMatrix inverse = MatrixUtils.inverse(MatrixUtils.createRealMatrix(expected));
        double[] errors = new double[3];
        for (int i = 0; i < 3; i++) {
            Grid grid = Grid.of(Axis.uniform(-7, 7, 50 << i), Axis.uniform(-6, 6, 50 << i));
            Density steady = FokkerPlanck.of(sde, grid, Boundary.REFLECTING)
                    .steadyState()
                    .density();
            errors[i] = steady.l1Distance(Density.gibbs(grid, x -> quadratic(inverse, x), ONE));
            if (i == 2) {
                for (int a = 0; a < 2; a++) {
                    assertThat(steady.covariance().getRow(a)).containsExactly(expected[a], within(5e-3));
                }
            }
        }
        assertThat(errors[2]).isLessThan(5e-3);
        assertThat(log2(errors[1] / errors[2])).isGreaterThan(1.9);
    }

    private static double quadratic(RealMatrix inverse, double[] x) {
        double sum = 0.0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                sum += 0.5 * x[i] * inverse.getEntry(i, j) * x[j];
            }
        }
        return sum;
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2.0);
    }

    /** b = −DFx for symmetric F has ρ = N(0, F⁻¹), d = 3: exact at the centres, as the forces integrate exactly. */
    @Test
    void reversibleOrnsteinUhlenbeckInThreeDimensionsIsExact() {
        RealMatrix d = MatrixUtils.createRealMatrix(new double[][] {{1, 0.4, -0.3}, {0.4, 0.8, 0.2}, {-0.3, 0.2, 0.6}});
        RealMatrix f = MatrixUtils.createRealMatrix(new double[][] {{1, 0.2, 0.1}, {0.2, 1.5, -0.3}, {0.1, -0.3, 1.2}});
        Sde sde = Sde.ito(
                LinearField.of(d.multiply(f).scalarMultiply(-1.0)),
                constant(3, 1, 0.4, -0.3, 0.4, 0.8, 0.2, -0.3, 0.2, 0.6),
                ONE);
        Axis axis = Axis.uniform(-4, 4, 14);
        Grid grid = Grid.of(axis, axis, axis);
        Density steady =
                FokkerPlanck.of(sde, grid, Boundary.REFLECTING).steadyState().density();
        Density exact = Density.gibbs(grid, x -> quadratic(f, x), ONE);
        for (int cell = 0; cell < grid.cells(); cell++) {
            assertThat(Math.log(steady.value(cell) / exact.value(cell))).isCloseTo(0.0, within(1e-11));
        }
    }

    /**
     * A law that is known although D(x) turns, stretches and changes the offsets of its stencil: ∂ᵢ∂ⱼ(Dᵢⱼρ) = 0 for
     * Dρ = R + S with constant R and Airy's S₁₁ = ∂₂²χ, S₂₂ = ∂₁²χ, S₁₂ = −∂₁∂₂χ. A drift c/ρ adds a constant current.
     */
    @Test
    void stateDependentFullDOnATorusIsOfSecondOrder() {
        Potential psi = Potential.automatic(x -> x[0].sin()
                .add(x[1].cos().multiply(0.7))
                .add(x[0].subtract(x[1]).sin().multiply(0.3)));
        Diffusion diffusion = Diffusion.of(MatrixField.of(
                2,
                (x, out) -> {
                    double scale = Math.exp(psi.at(x));
                    double s = Math.sin(x[0]) * Math.sin(x[1]);
                    double c = Math.cos(x[0]) * Math.cos(x[1]);
                    out[0] = scale * (1.0 - 0.35 * s);
                    out[1] = scale * (0.3 - 0.35 * c);
                    out[2] = scale * (0.3 - 0.35 * c);
                    out[3] = scale * (0.8 - 0.35 * s);
                },
                (x, out) -> Arrays.fill(out, Double.NaN)));
        VectorField drift = (x, out) -> {
            out[0] = 0.8 * Math.exp(psi.at(x));
            out[1] = -0.5 * Math.exp(psi.at(x));
        };
        double[] errors = new double[3];
        for (int i = 0; i < 3; i++) {
            Grid grid = Grid.square(0, 2 * Math.PI, 24 << i);
            FokkerPlanck fp = FokkerPlanck.of(Sde.ito(drift, diffusion, ONE), grid, Boundary.PERIODIC);
            errors[i] = fp.steadyState().density().l1Distance(Density.gibbs(grid, psi, ONE));
        }
        assertThat(errors[2]).isLessThan(1e-2);
        assertThat(log2(errors[0] / errors[1]))
                .as("errors %s", Arrays.toString(errors))
                .isGreaterThan(1.9);
        assertThat(log2(errors[1] / errors[2]))
                .as("errors %s", Arrays.toString(errors))
                .isGreaterThan(1.9);
    }

    /** Reference values tilted_V1_F0.5_beta1 (Stratonovich): the mean velocity in a tilted periodic potential. */
    @Test
    void tiltedPeriodicPotential() {
        double[] errors = new double[3];
        for (int i = 0; i < 3; i++) {
            Grid grid = Grid.of(Axis.uniform(0, 2 * Math.PI, 32 << i));
            VectorField drift = (x, out) -> out[0] = Math.sin(x[0]) + 0.5;
            FokkerPlanck fp =
                    FokkerPlanck.of(Sde.ito(drift, Diffusion.isotropic(1, 1.0), ONE), grid, Boundary.PERIODIC);
            Density steady = fp.steadyState().density();
            double velocity = steady.expectation(x -> Math.sin(x[0]) + 0.5);
            errors[i] = Math.abs(velocity - 0.338454722018441);
        }
        assertThat(errors[2]).isLessThan(1e-4);
        assertThat(log2(errors[1] / errors[2])).isGreaterThan(1.9);
    }

    /**
     * Brownian motion with D = 1/2 on (−1, 1), reference values bm_interval: with absorbing ends the survival probability
     * from 0 at t = 1 is 0.3707774297995239, and ∫S dt = (1 − x²) solves −Aᵀτ = 1.
     */
    @Test
    void absorbingFacesAreOfSecondOrder() {
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            Grid grid = Grid.of(Axis.uniform(-1, 1, 41 * (2 * i + 1)));
            FokkerPlanck fp = FokkerPlanck.of(
                    Sde.ito((x, out) -> out[0] = 0.0, Diffusion.isotropic(1, 0.5), ONE), grid, Boundary.ABSORBING);
            // ½τ'' = −1, τ(±1) = 0; the time spent is the steady state under a constant source: self-adjoint here.
            double[] ones = new double[grid.cells()];
            Arrays.fill(ones, 1.0);
            double[] tau =
                    Elimination.of(fp.generator(), fp.chain().order(), 0.0).solve(ones);
            errors[i] = Math.abs(tau[grid.cellOf(0.0)] - 1.0);
        }
        assertThat(errors[0]).isLessThan(1e-3);
        assertThat(Math.log(errors[0] / errors[1]) / Math.log(3.0)).isGreaterThan(1.9);
    }

    /** Exit from a disc, D = 1: mean time (1 − r²)/4. A mask is a staircase, of first order. */
    @Test
    void absorbingRimOfADisc() {
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            Grid grid = Grid.square(-1.1, 1.1, 45 << (2 * i));
            Region disc = Region.of(grid, Boundary.REFLECTING)
                    .where(x -> x[0] * x[0] + x[1] * x[1] < 1.0, Boundary.ABSORBING);
            FokkerPlanck fp =
                    FokkerPlanck.of(Sde.ito((x, out) -> Arrays.fill(out, 0.0), Diffusion.isotropic(2, 1.0), ONE), disc);
            double[] ones = new double[disc.size()];
            Arrays.fill(ones, 1.0);
            double[] tau =
                    Elimination.of(fp.generator(), fp.chain().order(), 0.0).solve(ones);
            errors[i] = Math.abs(tau[disc.index(grid.cellOf(0.0, 0.0))] - 0.25);
        }
        assertThat(errors[0]).isLessThan(0.01);
        assertThat(errors[1]).isLessThan(0.004);
    }

    /** Everything that makes Theorem 5 exact, for any D: d = 2 and 3, any rank, anisotropy up to 10⁴ and more. */
    @Property(tries = 2_500)
    void everyDiffusionMatrixGivesAMarkovProcess(
            @ForAll @IntRange(min = 2, max = 3) int d,
            @ForAll @IntRange(min = 0, max = 2) int deficit,
            @ForAll @DoubleRange(min = 0, max = 2.5) double spread,
            @ForAll long seed) {
        double[] entries = SellingTest.random(d, Math.max(1, d - deficit), spread, seed);
        NormalStream normals = NormalStream.of(Seed.of(seed).derive(1));
        double[] linear = new double[d * d];
        for (int i = 0; i < d * d; i++) {
            linear[i] = normals.at(0, 0, i) - (i % (d + 1) == 0 ? 1.0 : 0.0);
        }
        VectorField drift = (x, out) -> {
            for (int i = 0; i < d; i++) {
                out[i] = 0.3;
                for (int j = 0; j < d; j++) {
                    out[i] += linear[i * d + j] * x[j];
                }
            }
        };
        Axis[] axes = new Axis[d];
        for (int a = 0; a < d; a++) {
            axes[a] = Axis.uniform(-1, 1, d == 2 ? 5 + a : 3);
        }
        Grid grid = Grid.of(axes);
        Region region = Region.of(grid, Boundary.REFLECTING);
        if (seed % 2 == 0) {
            region = region.withFaces(0, Boundary.PERIODIC, Boundary.PERIODIC);
        }
        FokkerPlanck fp = FokkerPlanck.of(Sde.ito(drift, constant(d, entries), ONE), region);
        Generator generator = fp.generator();
        double[] unit = new double[grid.cells()];
        double[] column = new double[grid.cells()];
        double[] least = {0.0};
        double leak = 0.0;
        for (int j = 0; j < grid.cells(); j++) {
            generator.forEachRateFrom(j, (from, to, rate) -> least[0] = Math.min(least[0], rate));
            unit[j] = 1.0;
            generator.times(unit, column);
            unit[j] = 0.0;
            leak = Math.max(leak, Math.abs(Arrays.stream(column).sum()) - 1e-12 * generator.outflow(j));
        }
        assertThat(least[0]).isZero();
        assertThat(leak).isNotPositive();
        double[] steady;
        try {
            steady = Elimination.of(generator, fp.chain().order(), 0.0).nullVector();
        } catch (ReducibleGeneratorException twoTraps) {
            // So little noise that the rates against the drift, e^(−w), are below the range of double.
            assertThat(fp.pecletNumbers().maxNorm()).isGreaterThan(600.0);
            return;
        }
        Density pi = fp.chain().density(steady).normalized();
        double[] values = new double[grid.cells()];
        for (int j = 0; j < values.length; j++) {
            values[j] = Math.exp(2 * normals.at(1, 0, j));
        }
        Density rho = Density.of(grid, values).normalized();
        double before = FreeEnergy.of(rho, pi, ONE).total();
        for (int n = 0; n < 12; n++) {
            double stepSize = Math.exp(3 * normals.at(2, 0, n)) / generator.outflow(0);
            double[] p = fp.chain().probabilities(rho);
            for (int j = 0; j < p.length; j++) {
                p[j] /= stepSize;
            }
            rho = fp.chain()
                    .density(Elimination.of(generator, fp.chain().order(), 1 / stepSize)
                            .solve(p));
            double after = FreeEnergy.of(rho, pi, ONE).total();
            // A relative error ε of ρ changes F by up to ε∫ρ|log(ρ/ρˢˢ)|, about ε√(2F) near the end.
            assertThat(after).isLessThanOrEqualTo(before + 1e-14 * Math.sqrt(before) + 1e-28);
            before = after;
        }
        assertThat(rho.mass()).isCloseTo(1.0, within(1e-12));
    }

    /** Anisotropy 10⁴ at an angle no grid likes: ⟨xy⟩ of the reversible law is kept to second order. */
    @ParameterizedTest
    @ValueSource(doubles = {100, 10_000})
    void anisotropicGaussianKeepsItsCorrelation(double anisotropy) {
        double c = Math.cos(0.61);
        double s = Math.sin(0.61);
        double small = 1 / anisotropy;
        RealMatrix d = MatrixUtils.createRealMatrix(new double[][] {
            {c * c + small * s * s, (1 - small) * c * s}, {(1 - small) * c * s, s * s + small * c * c}
        });
        // b = −x: stationary covariance D.
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = -x[0];
                    out[1] = -x[1];
                },
                Diffusion.constant(d),
                ONE);
        Grid grid = Grid.square(-4, 4, 160);
        FokkerPlanck fp = FokkerPlanck.of(sde, grid, Boundary.REFLECTING);
        RealMatrix covariance = fp.steadyState().density().covariance();
        assertThat(covariance.getEntry(0, 1)).isCloseTo(d.getEntry(0, 1), within(0.05 * d.getEntry(0, 1)));
        assertThat(fp.thickening()).isZero();
        assertThat(covariance.getEntry(0, 1)).isCloseTo(d.getEntry(0, 1), within(2e-3 * d.getEntry(0, 1)));
    }

    /** With Φ = ½xᵀD⁻¹x and a rotation as strong as the drift: ⟨xy⟩ = D₁₂ to 1 % and second order. */
    @ParameterizedTest
    @ValueSource(doubles = {100, 1000})
    void rotatingAnisotropicGaussianIsOfSecondOrder(double anisotropy) {
        double c = Math.cos(0.61);
        double s = Math.sin(0.61);
        double small = 1 / anisotropy;
        RealMatrix d = MatrixUtils.createRealMatrix(new double[][] {
            {c * c + small * s * s, (1 - small) * c * s}, {(1 - small) * c * s, s * s + small * c * c}
        });
        double q = Math.sqrt(small);
        RealMatrix drift = d.add(MatrixUtils.createRealMatrix(new double[][] {{0, q}, {-q, 0}}))
                .multiply(MatrixUtils.inverse(d))
                .scalarMultiply(-1.0);
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            FokkerPlanck fp = FokkerPlanck.of(
                    Sde.ito(LinearField.of(drift), Diffusion.constant(d), ONE),
                    Grid.square(-4.5, 4.5, 64 << i),
                    Boundary.REFLECTING);
            double correlation = fp.steadyState().density().covariance().getEntry(0, 1);
            errors[i] = Math.abs(correlation / d.getEntry(0, 1) - 1.0);
        }
        assertThat(errors[1]).isLessThan(0.01);
        assertThat(log2(errors[0] / errors[1])).isGreaterThan(1.9);
    }

    private static final Potential PHI = Potential.automatic(x -> x[0].square()
            .subtract(1.0)
            .square()
            .multiply(0.25)
            .add(x[1].subtract(x[0].multiply(0.3)).square().multiply(0.5)));

    /** Anisotropy 100 and strong rotation, a reflecting box and a mask: e^(−βΦ) to rounding in every cell. */
    @ParameterizedTest
    @ValueSource(doubles = {0.25, 1.0, 4.0})
    void balancedFormIsExactInTwoDimensions(double beta) {
        AntisymmetricField q = AntisymmetricField.planar(Potential.automatic(x -> x[0].multiply(0.5)
                .sin()
                .add(x[1].square().multiply(-0.1))
                .add(2.0)
                .multiply(20.0)));
        Diffusion diffusion = Diffusion.automaticFactor(2, 2, x -> {
            var angle = x[0].add(x[1]);
            return new Gradient[][] {
                {angle.cos(), angle.sin().multiply(-0.1)},
                {angle.sin(), angle.cos().multiply(0.1)}
            };
        });
        Grid grid = Grid.of(Axis.uniform(-2.5, 2.5, 48), Axis.uniform(-3, 3, 40));
        Region box = Region.of(grid, Boundary.REFLECTING);
        Decomposition system = new Decomposition(PHI, diffusion, q);
        for (Region region : new Region[] {box, box.where(x -> PHI.at(x) < 2.0, Boundary.REFLECTING)}) {
            assertStationary(FokkerPlanck.of(system, Temperature.of(1 / beta), region), PHI);
        }
    }

    @Test
    void balancedFormIsExactInThreeDimensions() {
        Potential phi = Potential.automatic(x -> x[0].square()
                .add(x[1].square().multiply(0.5))
                .add(x[2].square().multiply(2))
                .add(x[0].multiply(x[2]).multiply(0.4)));
        AntisymmetricField q = AntisymmetricField.automatic(3, x -> new Gradient[] {
            x[2].add(3.0), x[0].multiply(x[1]).sin().multiply(5), x[0].cos().multiply(4)
        });
        Diffusion diffusion = constant(3, 1, 0.4, -0.3, 0.4, 0.8, 0.2, -0.3, 0.2, 0.6);
        Axis graded = Axis.of(-2, -1.5, -1.1, -0.7, -0.4, -0.1, 0.2, 0.6, 1.0, 1.5, 2);
        Region region =
                Region.of(Grid.of(Axis.uniform(-2, 2, 11), graded, Axis.uniform(-2, 2, 9)), Boundary.REFLECTING);
        assertStationary(FokkerPlanck.of(new Decomposition(phi, diffusion, q), ONE, region), phi);
    }

    private static void assertStationary(FokkerPlanck fp, Potential phi) {
        double[] p = new double[fp.region().size()];
        double[] x = new double[fp.grid().dimension()];
        for (int k = 0; k < p.length; k++) {
            int cell = fp.region().cell(k);
            fp.grid().centre(cell, x);
            p[k] = Math.exp(-phi.at(x) / fp.temperature().value()) * fp.grid().volume(cell);
        }
        double[] change = new double[p.length];
        fp.generator().times(p, change);
        for (int k = 0; k < p.length; k++) {
            assertThat(Math.abs(change[k]))
                    .isLessThanOrEqualTo(1e-12 * fp.generator().outflow(k) * p[k]);
            fp.generator()
                    .forEachRateFrom(k, (from, to, rate) -> assertThat(rate).isNotNegative());
        }
        // And the rotation is there: some pair is far from detailed balance.
        double[] net = {0.0};
        for (int k = 0; k < p.length; k++) {
            fp.generator().forEachRateFrom(k, (from, to, rate) -> {
                double[] back = {0.0};
                fp.generator().forEachRateFrom(to, (origin, end, reverse) -> back[0] += end == from ? reverse : 0.0);
                net[0] = Math.max(net[0], Math.abs(rate * p[from] - back[0] * p[to]) / (rate * p[from]));
            });
        }
        assertThat(net[0]).isGreaterThan(0.5);
        Density steady = fp.steadyState().density();
        double[] computed = fp.chain().probabilities(steady);
        double total = Arrays.stream(p).sum();
        for (int k = 0; k < p.length; k++) {
            assertThat(Math.log(computed[k] / (p[k] / total))).isCloseTo(0.0, within(1e-10));
        }
    }

    /** Full D on graded axes: the law of the reversible Ornstein–Uhlenbeck process to second order. */
    @Test
    void gradedAxesKeepTheSecondOrder() {
        RealMatrix d = MatrixUtils.createRealMatrix(new double[][] {{1, 0.5}, {0.5, 0.8}});
        double[] errors = new double[3];
        for (int i = 0; i < 3; i++) {
            int n = 24 << i;
            double[] edges = new double[n + 1];
            for (int k = 0; k <= n; k++) {
                edges[k] = 5 * Math.sinh(2.0 * (2 * k - n) / n) / Math.sinh(2.0);
            }
            Grid grid = Grid.of(Axis.of(edges), Axis.uniform(-5, 5, n));
            // b = −x: covariance D.
            Density steady = FokkerPlanck.of(
                            Sde.ito(
                                    (x, out) -> {
                                        out[0] = -x[0];
                                        out[1] = -x[1];
                                    },
                                    Diffusion.constant(d),
                                    ONE),
                            grid,
                            Boundary.REFLECTING)
                    .steadyState()
                    .density();
            RealMatrix inverse = MatrixUtils.inverse(d);
            errors[i] = steady.l1Distance(Density.gibbs(grid, x -> quadratic(inverse, x), ONE));
        }
        assertThat(errors[2]).isLessThan(3e-3);
        assertThat(log2(errors[1] / errors[2]))
                .as("errors %s", Arrays.toString(errors))
                .isGreaterThan(1.9);
    }

    /** Kramers' equation, D = diag(0, 1): position moves by the flow alone. First order, and positive. */
    @Test
    void underdampedMotionIsUpwindInPosition() {
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            Grid grid = Grid.square(-5, 5, 50 << i);
            Sde sde = Sde.ito(
                    (x, out) -> {
                        out[0] = x[1];
                        out[1] = -x[0] - x[1];
                    },
                    Diffusion.diagonal(0.0, 1.0),
                    ONE);
            FokkerPlanck fp = FokkerPlanck.of(sde, grid, Boundary.REFLECTING);
            assertThat(fp.thickening()).isZero();
            errors[i] = fp.steadyState()
                    .density()
                    .l1Distance(Density.gibbs(grid, x -> 0.5 * (x[0] * x[0] + x[1] * x[1]), ONE));
        }
        assertThat(errors[1]).isLessThan(0.1);
        assertThat(errors[0] / errors[1]).isBetween(1.7, 2.6);
    }

    /** A box that the rotation leaves: the drift at its walls says so. */
    @Test
    void outwardDriftAtTheWallsIsTold() {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = -x[0] - 5 * x[1];
                    out[1] = 5 * x[0] - x[1];
                },
                Diffusion.isotropic(2, 1.0),
                ONE);
        Grid grid = Grid.square(-2, 2, 40);
        Region box = Region.of(grid, Boundary.REFLECTING);
        assertThat(FokkerPlanck.of(sde, box).outwardWalls()).isBetween(0.3, 0.5);
        assertThat(FokkerPlanck.of(
                                Sde.ito(
                                        (x, out) -> {
                                            out[0] = -x[0];
                                            out[1] = -x[1];
                                        },
                                        Diffusion.isotropic(2, 1.0),
                                        ONE),
                                box)
                        .outwardWalls())
                .isZero();
    }

    @Test
    void matrixMarketHoldsTheGenerator() throws IOException {
        Grid grid = Grid.of(Axis.uniform(0, 3, 3));
        FokkerPlanck fp = FokkerPlanck.of(
                Sde.ito((x, out) -> out[0] = 0.0, Diffusion.isotropic(1, 1.0), ONE), grid, Boundary.PERIODIC);
        StringBuilder text = new StringBuilder();
        fp.generator().writeMatrixMarket(text);
        assertThat(text.toString().lines().filter(line -> !line.startsWith("%")))
                .containsExactly(
                        "3 3 9",
                        "1 1 -2.0",
                        "2 1 1.0",
                        "3 1 1.0",
                        "1 2 1.0",
                        "2 2 -2.0",
                        "3 2 1.0",
                        "1 3 1.0",
                        "2 3 1.0",
                        "3 3 -2.0");
        assertThat(text).startsWith("%%MatrixMarket matrix coordinate real general\n");
    }

    @Test
    void badRegionsAreRefused() {
        Grid grid = Grid.square(-1, 1, 8);
        Region box = Region.of(grid, Boundary.REFLECTING);
        assertThatThrownBy(() -> box.withFaces(0, Boundary.PERIODIC, Boundary.ABSORBING))
                .hasMessage("both faces of axis 0 must be periodic or neither, got PERIODIC and ABSORBING");
        assertThatThrownBy(() -> box.where(x -> false, Boundary.REFLECTING))
                .hasMessage("region must have at least 2 cells, got 0");
        assertThatThrownBy(() -> box.where(x -> true, Boundary.PERIODIC))
                .hasMessage("the rim must be reflecting or absorbing, got PERIODIC");
        Sde still = Sde.ito((x, out) -> Arrays.fill(out, 0.0), Diffusion.isotropic(2, 1.0), ONE);
        // Two halves with a gap between: two steady states.
        FokkerPlanck halves = FokkerPlanck.of(still, box.where(x -> Math.abs(x[0]) > 0.3, Boundary.REFLECTING));
        assertThatThrownBy(halves::steadyState)
                .isInstanceOf(ReducibleGeneratorException.class)
                .hasMessageContaining("the steady state is not unique");
        FokkerPlanck absorbing = FokkerPlanck.of(still, grid, Boundary.ABSORBING);
        assertThatThrownBy(absorbing::steadyState)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("there is no steady state: probability is absorbed");
        double[] values = new double[grid.cells()];
        Arrays.fill(values, 1.0);
        assertThatThrownBy(() -> halves.evolve(Density.of(grid, values), 0.1, 1))
                .hasMessageStartingWith("start must be zero outside the region, got 1.0 at x = [");
    }

    /** b = −x with any constant D: mean m e^(−t), covariance D(1 − e^(−2t)) + σ²e^(−2t), in one to three dimensions. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void ornsteinUhlenbeckTransientIsOfSecondOrder(int d) {
        double[][] full = {{0.8, 0.3, -0.2}, {0.3, 0.7, 0.15}, {-0.2, 0.15, 0.6}};
        RealMatrix matrix = MatrixUtils.createRealMatrix(full).getSubMatrix(0, d - 1, 0, d - 1);
        double time = 0.6;
        double variance = 0.25;
        double decay = Math.exp(-2 * time);
        RealMatrix inverse = MatrixUtils.inverse(matrix.scalarMultiply(1 - decay)
                .add(MatrixUtils.createRealIdentityMatrix(d).scalarMultiply(variance * decay)));
        double[] mean = Arrays.copyOf(new double[] {0.6, -0.4, 0.3}, d);
        Sde sde = Sde.ito(
                (x, out) -> {
                    for (int i = 0; i < d; i++) {
                        out[i] = -x[i];
                    }
                },
                Diffusion.constant(matrix),
                ONE);
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            int n = (d == 3 ? 18 : 48) << i;
            Axis[] axes = new Axis[d];
            Arrays.fill(axes, Axis.uniform(-4.2, 4.2, n));
            Grid grid = Grid.of(axes);
            FokkerPlanck fp = FokkerPlanck.of(sde, grid, Boundary.REFLECTING);
            Density start = Density.gaussian(grid, mean, Math.sqrt(variance));
            Density end = fp.evolve(start, new double[] {0.0, time}, Integrator.uniformisation(1e-10))
                    .last();
            double shrink = Math.exp(-time);
            errors[i] = end.l1Distance(Density.gibbs(
                    grid,
                    x -> {
                        double[] centred = new double[d];
                        for (int a = 0; a < d; a++) {
                            centred[a] = x[a] - shrink * mean[a];
                        }
                        return quadratic(inverse, centred);
                    },
                    ONE));
        }
        assertThat(errors[1]).isLessThan(0.05);
        assertThat(log2(errors[0] / errors[1]))
                .as("errors %s", Arrays.toString(errors))
                .isGreaterThan(1.9);
    }
}
