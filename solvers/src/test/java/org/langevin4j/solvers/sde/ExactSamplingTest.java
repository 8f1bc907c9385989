package org.langevin4j.solvers.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.GeometricBrownianMotion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Moments;

class ExactSamplingTest {

    private static RealMatrix matrix(double[]... rows) {
        return MatrixUtils.createRealMatrix(rows);
    }

    /** dx = −Fx dt + √(2D) dW. */
    private static Sde relaxation(RealMatrix f, RealMatrix d) {
        return Sde.ito(LinearField.of(f.scalarMultiply(-1)), Diffusion.constant(d), Temperature.of(1.0));
    }

    private static void assertClose(RealMatrix found, RealMatrix expected, double relative) {
        for (int i = 0; i < expected.getRowDimension(); i++) {
            for (int j = 0; j < expected.getColumnDimension(); j++) {
                double value = expected.getEntry(i, j);
                assertThat(found.getEntry(i, j)).isCloseTo(value, within(relative * Math.abs(value) + 1e-300));
            }
        }
    }

    private static final Sde FULL = relaxation(
            matrix(new double[] {1.0, -2.0}, new double[] {2.0, 1.2}),
            matrix(new double[] {1.0, 0.5}, new double[] {0.5, 1.0}));

    /** Reference entry OU2_full: mean and covariance from (1, −½) with covariance 0.04·I, and the stationary one. */
    @Test
    void rotationWithFullDiffusion() {
        double[] times = {0.1, 0.5, 1.0, 3.0};
        double[][] means = {
            {0.7979316052934508, -0.6125390934835273},
            {0.09376761838924678, -0.6297283117198473},
            {-0.27429739551150506, -0.22693596962326543},
            {0.04009878462714292, -0.007348056093724428}
        };
        double[][] covariances = {
            {0.23116437851490268, 0.08716746099694207, 0.19235352847414605},
            {0.8327066065603349, 0.16478433952796773, 0.4207303538362937},
            {1.0662313135997028, 0.0655495838782469, 0.5932175491880188},
            {1.1385033681768117, 0.06970232493237312, 0.7157363610666156}
        };
        for (int k = 0; k < times.length; k++) {
            StepMap map = StepMap.of(OrnsteinUhlenbeckExact.withStep(times[k]), FULL);
            double[] mean = map.flow().operate(new double[] {1.0, -0.5});
            assertThat(mean[0]).isCloseTo(means[k][0], within(1e-13));
            assertThat(mean[1]).isCloseTo(means[k][1], within(1e-13));
            RealMatrix covariance = map.flow()
                    .multiply(map.flow().transpose())
                    .scalarMultiply(0.04)
                    .add(map.covariance());
            assertThat(covariance.getEntry(0, 0)).isCloseTo(covariances[k][0], within(1e-13));
            assertThat(covariance.getEntry(0, 1)).isCloseTo(covariances[k][1], within(1e-13));
            assertThat(covariance.getEntry(1, 1)).isCloseTo(covariances[k][2], within(1e-13));
        }
        RealMatrix stationary = matrix(
                new double[] {1.13986013986014, 0.06993006993006994},
                new double[] {0.06993006993006994, 0.7167832167832168});
        assertClose(StepMap.of(OrnsteinUhlenbeckExact.withStep(1000.0), FULL).covariance(), stationary, 1e-12);
        assertClose(StepMap.of(OrnsteinUhlenbeckExact.withStep(0.3), FULL).stationaryCovariance(), stationary, 1e-12);
    }

    /** Reference entry OU2_underdamped_rank1D: D of rank one; from the point (1, 0) to t = 1 in one step and in eight. */
    @Test
    void degenerateDiffusion() {
        Sde sde = relaxation(
                matrix(new double[] {0.0, -1.0}, new double[] {1.0, 0.5}),
                matrix(new double[] {0.0, 0.0}, new double[] {0.0, 0.5}));
        RealMatrix expected = matrix(
                new double[] {0.19232426928611113, 0.21958007040833824},
                new double[] {0.21958007040833824, 0.48482437608445295});
        StepMap one = StepMap.of(OrnsteinUhlenbeckExact.withStep(1.0), sde);
        double[] mean = one.flow().operate(new double[] {1.0, 0.0});
        assertThat(mean[0]).isCloseTo(0.6070548491670357, within(1e-14));
        assertThat(mean[1]).isCloseTo(-0.6626915880080843, within(1e-14));
        assertClose(one.covariance(), expected, 1e-13);
        StepMap eighth = StepMap.of(OrnsteinUhlenbeckExact.withStep(0.125), sde);
        RealMatrix sigma = MatrixUtils.createRealMatrix(2, 2);
        for (int k = 0; k < 8; k++) {
            sigma = eighth.flow()
                    .multiply(sigma)
                    .multiply(eighth.flow().transpose())
                    .add(eighth.covariance());
        }
        assertClose(sigma, expected, 1e-13);
        RealMatrix late =
                StepMap.of(OrnsteinUhlenbeckExact.withStep(200.0), sde).covariance();
        assertThat(late.subtract(MatrixUtils.createRealIdentityMatrix(2)).getNorm1())
                .isLessThan(1e-12);
    }

    /**
     * Reference entry lemma20_saddle: −F has an unstable direction. With U of the entry, Σ(t) = U⁻¹ − e^(−Ft)U⁻¹e^(−Fᵀt)
     * solves dΣ/dt = −FΣ − ΣFᵀ + 2D from 0; e^(−Ft) by Sylvester's formula from the entry's eigenvalues.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 1.0, 4.0})
    void unstableDrift(double t) {
        RealMatrix f = matrix(new double[] {1.0, 0.4}, new double[] {-0.2, -0.5});
        RealMatrix d = matrix(new double[] {1.0, 0.3}, new double[] {0.3, 0.6});
        RealMatrix u = matrix(
                new double[] {0.27620704654197475, 0.34797738147020446},
                new double[] {0.34797738147020446, 0.025010874293170945});
        double first = 0.9446221994724903;
        double second = -0.4446221994724902;
        RealMatrix identity = MatrixUtils.createRealIdentityMatrix(2);
        RealMatrix flow = f.subtract(identity.scalarMultiply(second))
                .scalarMultiply(Math.exp(-first * t) / (first - second))
                .add(f.subtract(identity.scalarMultiply(first))
                        .scalarMultiply(Math.exp(-second * t) / (second - first)));
        RealMatrix inverse = new LUDecomposition(u).getSolver().getInverse();
        RealMatrix expected = inverse.subtract(flow.multiply(inverse).multiply(flow.transpose()));
        StepMap map = StepMap.of(OrnsteinUhlenbeckExact.withStep(t), relaxation(f, d));
        assertClose(map.flow(), flow, 1e-12);
        assertClose(map.covariance(), expected, 1e-11);
    }

    /** Velocity and position of free Brownian motion under a constant force: nilpotent A, closed form at any time. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-3, 1.0, 1000.0})
    void singularDrift(double h) {
        Sde sde = Sde.ito(
                AffineField.of(matrix(new double[] {0, 1}, new double[] {0, 0}), 0.5, 3.0),
                Diffusion.diagonal(0.0, 0.5),
                Temperature.of(1.0));
        StepMap map = StepMap.of(OrnsteinUhlenbeckExact.withStep(h), sde);
        assertThat(map.mean().getEntry(0)).isCloseTo(0.5 * h + 1.5 * h * h, within(1e-13 * (h + h * h)));
        assertThat(map.mean().getEntry(1)).isCloseTo(3 * h, within(1e-13 * h));
        assertClose(
                map.covariance(), matrix(new double[] {h * h * h / 3, h * h / 2}, new double[] {h * h / 2, h}), 1e-12);
    }

    /** A = 0: increments c·h + √(2β⁻¹Dh)ξ. */
    @Test
    void brownianMotion() {
        RealMatrix d = matrix(new double[] {2.0, 1.0, 0.0}, new double[] {1.0, 2.0, 0.0}, new double[] {0.0, 0.0, 0.0});
        Sde sde = Sde.ito(
                AffineField.of(MatrixUtils.createRealMatrix(3, 3), 1.0, -2.0, 0.25),
                Diffusion.constant(d),
                Temperature.of(3.0));
        StepMap map = StepMap.of(OrnsteinUhlenbeckExact.withStep(0.5), sde);
        assertClose(map.flow(), MatrixUtils.createRealIdentityMatrix(3), 0.0);
        assertThat(map.mean().toArray()).containsExactly(0.5, -1.0, 0.125);
        assertThat(map.noise().getColumnDimension()).isEqualTo(2);
        RealMatrix difference = map.covariance().subtract(d.scalarMultiply(3.0));
        assertThat(difference.getNorm1()).isLessThan(1e-13);
    }

    /** Moler and Van Loan (2003, SIAM Rev. 45, 3): eigenvalues −1 and −17, and two more far from normal. */
    @Test
    void exponentialsOfNonNormalMatrices() {
        double a = Math.exp(-1);
        double b = Math.exp(-17);
        assertFlow(
                matrix(new double[] {-49, 24}, new double[] {-64, 31}),
                matrix(new double[] {3 * b - 2 * a, 1.5 * (a - b)}, new double[] {4 * (b - a), 3 * a - 2 * b}),
                1e-13);
        assertFlow(
                matrix(new double[] {-1, 1e6}, new double[] {0, -2}),
                matrix(new double[] {Math.exp(-1), 1e6 * (Math.exp(-1) - Math.exp(-2))}, new double[] {0, Math.exp(-2)
                }),
                1e-9);
        double e = Math.exp(-0.5);
        assertFlow(
                matrix(new double[] {-0.5, 10, 0}, new double[] {0, -0.5, 10}, new double[] {0, 0, -0.5}),
                matrix(new double[] {e, 10 * e, 50 * e}, new double[] {0, e, 10 * e}, new double[] {0, 0, e}),
                1e-13);
    }

    private static void assertFlow(RealMatrix a, RealMatrix expected, double relative) {
        Sde sde = Sde.ito(LinearField.of(a), Diffusion.isotropic(a.getRowDimension(), 1.0), Temperature.of(1.0));
        RealMatrix difference =
                StepMap.of(OrnsteinUhlenbeckExact.withStep(1.0), sde).flow().subtract(expected);
        assertThat(difference.getNorm1()).isLessThan(relative * expected.getNorm1());
    }

    /** Another method: the block exponential of Van Loan 1978, for a random matrix of order 6, and rank-2 noise. */
    @Test
    void agreesWithVanLoan() {
        int d = 6;
        NormalStream normals = NormalStream.of(Seed.of(5));
        RealMatrix a = MatrixUtils.createRealMatrix(d, d);
        RealMatrix factor = MatrixUtils.createRealMatrix(d, 2);
        double[] c = new double[d];
        for (int i = 0; i < d; i++) {
            c[i] = normals.at(2, i, 0);
            for (int j = 0; j < d; j++) {
                a.setEntry(i, j, normals.at(0, i, j));
            }
            for (int j = 0; j < 2; j++) {
                factor.setEntry(i, j, normals.at(1, i, j));
            }
        }
        double h = 0.8;
        RealMatrix noise = factor.multiply(factor.transpose()).scalarMultiply(2 * 0.7);
        RealMatrix block = MatrixUtils.createRealMatrix(2 * d, 2 * d);
        block.setSubMatrix(a.scalarMultiply(-h).getData(), 0, 0);
        block.setSubMatrix(noise.scalarMultiply(h).getData(), 0, d);
        block.setSubMatrix(a.transpose().scalarMultiply(h).getData(), d, d);
        RealMatrix exponential = MatrixUtils.matrixExponential(block);
        RealMatrix flow = exponential.getSubMatrix(d, 2 * d - 1, d, 2 * d - 1).transpose();
        RealMatrix sigma = flow.multiply(exponential.getSubMatrix(0, d - 1, d, 2 * d - 1));
        // A is regular: m = A⁻¹(e^(Ah) − I)c.
        double[] mean = new LUDecomposition(a)
                .getSolver()
                .getInverse()
                .multiply(flow.subtract(MatrixUtils.createRealIdentityMatrix(d)))
                .operate(c);
        Sde sde = Sde.ito(AffineField.of(a, c), Diffusion.constantFactor(factor), Temperature.of(0.7));
        StepMap map = StepMap.of(OrnsteinUhlenbeckExact.withStep(h), sde);
        assertThat(map.flow().subtract(flow).getNorm1()).isLessThan(1e-12 * flow.getNorm1());
        assertThat(map.covariance().subtract(sigma).getNorm1()).isLessThan(1e-11 * sigma.getNorm1());
        for (int i = 0; i < d; i++) {
            assertThat(map.mean().getEntry(i)).isCloseTo(mean[i], within(1e-12 * (1 + Math.abs(mean[i]))));
        }
    }

    /** 2·10⁵ paths through the ensemble: OU2_full at t = 1 from the point (1, −½), covariance without the start's. */
    @Test
    void ensembleOfOrnsteinUhlenbeck() {
        int paths = 200_000;
        RunningMoments moments = Ensemble.of(FULL)
                .scheme(OrnsteinUhlenbeckExact.withStep(0.5))
                .until(1.0)
                .startingAt(1.0, -0.5)
                .paths(paths)
                .seed(8)
                .observe(Moments.of(2))
                .run()
                .get(Moments.of(2));
        RealMatrix covariance =
                StepMap.of(OrnsteinUhlenbeckExact.withStep(1.0), FULL).covariance();
        assertThat(moments.mean(0))
                .isCloseTo(-0.27429739551150506, within(4 * Math.sqrt(covariance.getEntry(0, 0) / paths)));
        assertThat(moments.mean(1))
                .isCloseTo(-0.22693596962326543, within(4 * Math.sqrt(covariance.getEntry(1, 1) / paths)));
        double scale = 4 * Math.sqrt(2.0 / paths);
        assertThat(moments.variance(0)).isCloseTo(covariance.getEntry(0, 0), within(scale * covariance.getEntry(0, 0)));
        assertThat(moments.variance(1)).isCloseTo(covariance.getEntry(1, 1), within(scale * covariance.getEntry(1, 1)));
    }

    /** Reference entries gbm_ito and gbm_stratonovich; 4·10⁵ paths; each reading misses the other's mean. */
    @Test
    void geometricBrownianMotion() {
        GeometricBrownianMotion motion = GeometricBrownianMotion.of(new double[] {0.1}, new double[] {0.4});
        RunningMoments ito = sample(motion);
        RunningMoments stratonovich = sample(motion.read(Calculus.STRATONOVICH));
        assertThat(ito.mean(0)).isCloseTo(1.1051709180756475, within(4 * ito.standardError(0)));
        assertThat(stratonovich.mean(0)).isCloseTo(1.1972173631218102, within(4 * stratonovich.standardError(0)));
        assertThat(Math.abs(ito.mean(0) - 1.1972173631218102)).isGreaterThan(10 * ito.standardError(0));
        // Fourth central moment over squared variance of a log-normal law: e^(4σ²) + 2e^(3σ²) + 3e^(2σ²) − 3.
        double w = Math.exp(0.16);
        double kurtosis = w * w * w * w + 2 * w * w * w + 3 * w * w - 3;
        double relative = 4 * Math.sqrt((kurtosis - 1) / 400_000);
        assertThat(ito.variance(0)).isCloseTo(0.21192665640017042, within(relative * 0.212));
        assertThat(stratonovich.variance(0)).isCloseTo(0.24869823513854608, within(relative * 0.249));
        assertThat(median(motion)).isCloseTo(1.0202013400267558, within(1e-15));
        assertThat(median(motion.read(Calculus.STRATONOVICH))).isCloseTo(1.1051709180756475, within(1e-15));
    }

    private static RunningMoments sample(GeometricBrownianMotion motion) {
        return Ensemble.of(motion.sde())
                .scheme(GeometricBrownianMotionExact.withStep(0.5))
                .until(1.0)
                .startingAt(1.0)
                .paths(400_000)
                .seed(21)
                .observe(Moments.of(1))
                .run()
                .get(Moments.of(1));
    }

    private static double median(GeometricBrownianMotion motion) {
        double[][] x = {{1.0}};
        GeometricBrownianMotionExact.withStep(1.0).stepper(motion.sde()).step(0.0, x, 1, new double[1][1]);
        return x[0][0];
    }

    @Test
    void whatCannotBeSampledIsRefused() {
        Scheme exact = OrnsteinUhlenbeckExact.withStep(0.1);
        assertThatThrownBy(() -> exact.stepper(
                        Sde.ito((x, out) -> out[0] = -x[0], Diffusion.isotropic(1, 1.0), Temperature.of(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "OrnsteinUhlenbeckExact needs a drift of type LinearField or AffineField, got ");
        LinearField decay = LinearField.of(matrix(new double[] {-1}));
        assertThatThrownBy(() -> exact.stepper(Sde.ito(
                        decay, Diffusion.automaticDiagonal(1, x -> new Gradient[] {x[0].square()}), Temperature.of(1))))
                .hasMessageStartingWith("OrnsteinUhlenbeckExact needs a constant diffusion");
        assertThatThrownBy(() -> exact.stepper(Sde.ito(decay, Diffusion.isotropic(2, 1.0), Temperature.of(1))))
                .hasMessage("field must map 2 coordinates to 2 components, got a matrix of 1×1");
        assertThatThrownBy(() -> exact.stepper(new Sde(
                        decay,
                        Diffusion.isotropic(1, 1.0),
                        Temperature.of(1),
                        new Calculus.AType(AntisymmetricField.zero(1)))))
                .hasMessageStartingWith("OrnsteinUhlenbeckExact solves α-type equations, this one is A-type");
        assertThatThrownBy(() -> OrnsteinUhlenbeckExact.withStep(1000)
                        .stepper(Sde.ito(
                                LinearField.of(matrix(new double[] {1})),
                                Diffusion.isotropic(1, 1.0),
                                Temperature.of(1))))
                .hasMessage("stepSize must leave the transition law finite, got 1000.0 with ‖A‖h = 1000.0");
        assertThatThrownBy(() -> GeometricBrownianMotionExact.withStep(0.1).stepper(FULL))
                .hasMessageStartingWith("GeometricBrownianMotionExact needs an equation made by");
        assertThatThrownBy(() -> GeometricBrownianMotion.of(new double[] {0.1}, new double[] {Double.NaN}))
                .hasMessage("volatilities must be finite and not negative, got σ[0] = NaN");
        assertThatThrownBy(() -> OrnsteinUhlenbeckExact.withStep(-1))
                .hasMessage("stepSize must be positive and finite, got -1.0");
    }
}
