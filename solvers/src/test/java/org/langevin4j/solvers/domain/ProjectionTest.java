package org.langevin4j.solvers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Jump;
import org.langevin4j.core.sde.Jumps;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.FunctionMoments;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.sde.EulerMaruyama;

class ProjectionTest {

    private static final VectorField NONE = new VectorField() {
        @Override
        public void at(double[] x, double[] out) {
            Arrays.fill(out, 0.0);
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            for (double[] row : out) {
                Arrays.fill(row, 0, paths, 0.0);
            }
        }
    };

    /** Brownian motion on S²: ⟨x·x₀⟩ = e^(−2Dt) and ⟨P₂(x·x₀)⟩ = e^(−6Dt), D = β⁻¹ (eigenvalues l(l + 1) of −Δ). */
    @Test
    void projectedNoiseIsBrownianMotionOnTheSphere() {
        double d = 0.4;
        double radius = 2.0;
        double t = 0.8 * radius * radius;
        double[] start = {2.0 / 3 * radius, 1.0 / 3 * radius, -2.0 / 3 * radius};
        FunctionMoments legendre = FunctionMoments.of(
                (x, out) -> {
                    double c = (x[0] * start[0] + x[1] * start[1] + x[2] * start[2]) / (radius * radius);
                    out[0] = c;
                    out[1] = 1.5 * c * c - 0.5;
                    out[2] = x[0] * x[0] + x[1] * x[1] + x[2] * x[2];
                },
                3);
        double[][] means = new double[2][2];
        double[] error = new double[2];
        for (int level = 0; level < 2; level++) {
            RunningMoments m = Ensemble.of(Sde.ito(NONE, Diffusion.isotropic(3, 1.0), Temperature.of(d)))
                    .scheme(EulerMaruyama.withStep(t / (16 << level)))
                    .paths(100_000)
                    .startingAt(start)
                    .until(t)
                    .seed(1)
                    .projecting(Projection.sphere(radius))
                    .observe(legendre)
                    .run()
                    .get(legendre);
            assertThat(m.mean(2)).isCloseTo(radius * radius, within(1e-12));
            for (int l = 0; l < 2; l++) {
                means[level][l] = m.mean(l);
                error[l] = m.standardError(l);
            }
        }
        for (int l = 1; l <= 2; l++) {
            double expected = Math.exp(-l * (l + 1) * d * 0.8);
            double extrapolated = 2 * means[1][l - 1] - means[0][l - 1];
            assertThat(extrapolated).isCloseTo(expected, within(4 * Math.sqrt(5) * error[l - 1]));
            assertThat(means[1][l - 1]).isCloseTo(expected, within(0.02));
        }
    }

    /** dx = ω × x dt turns about ω: Euler's steps leave the sphere, projected ones do not, and err by O(h). */
    @Test
    void aRotationStaysOnTheSphere() {
        VectorField spin = (x, out) -> {
            out[0] = -x[1];
            out[1] = x[0];
            out[2] = 0;
        };
        Moments moments = Moments.of(3);
        Ensemble ensemble = Ensemble.of(Sde.ito(spin, Diffusion.isotropic(3, 0.0), Temperature.of(1.0)))
                .scheme(EulerMaruyama.withStep(0.01))
                .startingAt(3, 0, 4)
                .until(2)
                .observe(moments);
        RunningMoments free = ensemble.run().get(moments);
        RunningMoments kept = ensemble.projecting(Projection.sphere(5)).run().get(moments);
        assertThat(Math.hypot(free.mean(0), free.mean(1))).isGreaterThan(3.02);
        double norm =
                Math.sqrt(kept.mean(0) * kept.mean(0) + kept.mean(1) * kept.mean(1) + kept.mean(2) * kept.mean(2));
        assertThat(norm).isCloseTo(5.0, within(1e-14));
        assertThat(Math.atan2(kept.mean(1), kept.mean(0))).isCloseTo(2.0, within(1e-3));
    }

    /** The nearest point satisfies ⟨y − π(y), z − π(y)⟩ ≤ 0 for all z of the simplex: for its corners, thus for all. */
    @Test
    void theSimplexProjectionIsTheNearestPoint() {
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 500; trial++) {
            int d = 1 + trial % 7;
            double[] y = random.doubles(d, -2, 2).toArray();
            double[] x = y.clone();
            Projection.simplex().apply(x);
            double sum = 0;
            double own = 0;
            for (int i = 0; i < d; i++) {
                assertThat(x[i]).isNotNegative();
                sum += x[i];
                own += (y[i] - x[i]) * x[i];
            }
            assertThat(sum).isCloseTo(1.0, within(1e-14));
            for (int i = 0; i < d; i++) {
                assertThat(y[i] - x[i] - own).isLessThan(1e-13);
            }
            double[] again = x.clone();
            Projection.simplex().apply(again);
            for (int i = 0; i < d; i++) {
                assertThat(again[i]).isCloseTo(x[i], within(1e-15));
            }
        }
    }

    /**
     * Three alleles with mutation (Wright 1949): dxᵢ = ½(αᵢ − |α|xᵢ) dt + √(2T) B dW, B Bᵀ = ½(diag x − xxᵀ)/T: stationary law
     * Dirichlet(α), means αᵢ/|α|, covariances (αᵢδᵢⱼ|α| − αᵢαⱼ)/(|α|²(|α| + 1)).
     */
    @Test
    void wrightAndFishersAllelesHaveDirichletsLaw() {
        double[] alpha = {3, 4, 5};
        double total = 12;
        double temperature = 0.7;
        double scale = Math.sqrt(0.5 / temperature);
        Diffusion diffusion = Diffusion.factor(3, 3, (x, out) -> {
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    out[3 * i + j] = scale * Math.sqrt(x[i]) * ((i == j ? 1 : 0) - Math.sqrt(x[i]) * Math.sqrt(x[j]));
                }
            }
        });
        VectorField drift = (x, out) -> {
            for (int i = 0; i < 3; i++) {
                out[i] = 0.5 * (alpha[i] - total * x[i]);
            }
        };
        Moments moments = Moments.of(3);
        int paths = 10_000;
        RunningMoments m = Ensemble.of(Sde.ito(drift, diffusion, Temperature.of(temperature)))
                .scheme(EulerMaruyama.withStep(0.005))
                .paths(paths)
                .startingAt(1.0 / 3, 1.0 / 3, 1.0 / 3)
                .until(1.0)
                .seed(4)
                .projecting(Projection.simplex())
                .observe(moments)
                .run()
                .get(moments);
        for (int i = 0; i < 3; i++) {
            double mean = alpha[i] / total;
            // What is left of the start: e^(−½|α|t) = e^(−6).
            assertThat(m.mean(i)).isCloseTo(mean, within(1e-3 + 4 * m.standardError(i)));
            for (int j = 0; j < 3; j++) {
                double expected =
                        ((i == j ? alpha[i] * total : 0) - alpha[i] * alpha[j]) / (total * total * (total + 1));
                // An error O(h|α|/4) of the variance, 1.5 %.
                assertThat(m.covariance(i, j))
                        .isCloseTo(expected, within(0.05 * 0.018 + 4 * 0.018 * Math.sqrt(2.0 / paths)));
            }
        }
        assertThat(m.covariance(0, 0) + m.covariance(0, 1) + m.covariance(0, 2)).isCloseTo(0.0, within(1e-12));
    }

    @Test
    void startsAndJumpsAreProjectedToo() {
        Moments moments = Moments.of(2);
        RunningMoments m = Ensemble.of(Sde.ito(NONE, Diffusion.isotropic(2, 0.0), Temperature.of(1.0))
                        .with(Jumps.of(Jump.atRate(50, (x, mark) -> {
                            assertThat(Math.hypot(x[0], x[1])).isCloseTo(1.0, within(1e-14));
                            x[1] += 1;
                        }))))
                .scheme(EulerMaruyama.withStep(1.0))
                .startingAt(3, 0)
                .until(1)
                .seed(5)
                .projecting(Projection.sphere(1))
                .observe(moments)
                .run()
                .get(moments);
        assertThat(Math.hypot(m.mean(0), m.mean(1))).isCloseTo(1.0, within(1e-14));
        assertThat(m.mean(1)).isGreaterThan(0.9);
    }

    @Test
    void blocksHaveTheBitsOfSingleStates() {
        double[][] block = {
            {0.3, -1.2, 3e200, -3e-200, Double.NaN, 1, 7},
            {0.4, 5.0, 4e200, 4e-200, 1, 1, 7},
            {0.0, 1e10, 0, 0, 2, 1, 7}
        };
        int paths = 5;
        for (Projection projection : new Projection[] {Projection.sphere(1.5), Projection.simplex(), x -> x[0] = 1}) {
            double[][] copy = Arrays.stream(block).map(double[]::clone).toArray(double[][]::new);
            projection.applyBlock(copy, paths);
            for (int p = 0; p < paths; p++) {
                double[] x = {block[0][p], block[1][p], block[2][p]};
                if (!Double.isNaN(x[0])) {
                    projection.apply(x);
                } else if (projection instanceof Projection.Sphere) {
                    Arrays.fill(x, Double.NaN);
                }
                assertThat(new double[] {copy[0][p], copy[1][p], copy[2][p]}).containsExactly(x);
            }
            assertThat(copy[1][6]).isEqualTo(7);
        }
        assertThatThrownBy(() -> Projection.sphere(0))
                .hasMessageContaining("radius must be positive and finite, got 0");
        double[] far = {-3e200, 4e200};
        Projection.sphere(10).apply(far);
        assertThat(far[0]).isCloseTo(-6, within(1e-14));
        double[] lost = {1, Double.POSITIVE_INFINITY};
        Projection.sphere(1).apply(lost);
        assertThat(lost[1]).isNaN();
        double[] centre = new double[2];
        Projection.sphere(1).apply(centre);
        assertThat(centre[0]).isNaN();
    }
}
