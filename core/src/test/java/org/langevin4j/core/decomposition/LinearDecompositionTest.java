package org.langevin4j.core.decomposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/** Expected figures named OU2_…, lemma20_saddle and so on are reference values computed with 34 digits. */
class LinearDecompositionTest {

    private static final Temperature ONE = Temperature.of(1.0);

    private static RealMatrix matrix(double[]... rows) {
        return MatrixUtils.createRealMatrix(rows);
    }

    private static RealMatrix identity(int n) {
        return MatrixUtils.createRealIdentityMatrix(n);
    }

    private static void assertClose(RealMatrix actual, RealMatrix expected, double relative) {
        assertThat(actual.subtract(expected).getFrobeniusNorm())
                .as("%s against %s", actual, expected)
                .isLessThanOrEqualTo(relative * Math.max(1e-300, expected.getFrobeniusNorm()));
    }

    @Test
    void referenceFull() {
        LinearDecomposition found = LinearDecomposition.of(
                matrix(new double[] {1, -2}, new double[] {2, 1.2}),
                matrix(new double[] {1, 0.5}, new double[] {0.5, 1}));
        assertClose(
                found.q(), matrix(new double[] {0, -1.8636363636363635}, new double[] {1.8636363636363635, 0}), 1e-14);
        assertClose(
                found.u(),
                matrix(
                        new double[] {0.8825831702544031, -0.08610567514677103},
                        new double[] {-0.08610567514677103, 1.4035225048923679}),
                1e-14);
        assertClose(
                found.stationaryCovariance(ONE).orElseThrow(),
                matrix(
                        new double[] {1.13986013986014, 0.06993006993006994},
                        new double[] {0.06993006993006994, 0.7167832167832168}),
                1e-14);
        assertThat(LinearIrreversibility.of(found).entropyProductionRate().orElseThrow())
                .isCloseTo(10.187878787878788, within(1e-12));
        assertThat(found.eigenvalues()[0].getReal()).isCloseTo(1.1, within(1e-14));
        assertThat(found.eigenvalues()[0].getImaginary()).isCloseTo(1.997498435543818, within(1e-14));
        assertThat(found.isStable()).isTrue();
        assertThat(found.computedBy()).isEqualTo("pure Java");
        assertThat(found.reachableDimension()).isEqualTo(2);
        assertThat(found.condition()).isGreaterThanOrEqualTo(1.0).isLessThan(100.0);
        assertThat(found.sylvesterResidual()).isLessThan(1e-14);
        assertThat(found.productResidual()).isLessThan(1e-14);
        assertThat(found.asymmetry()).isLessThan(1e-14);
    }

    /** OU2_gyrator: a symmetric F with a D that does not commute has no detailed balance. */
    @Test
    void referenceGyrator() {
        LinearDecomposition found = LinearDecomposition.of(
                matrix(new double[] {2, 1}, new double[] {1, 2}), matrix(new double[] {1, 0}, new double[] {0, 0.25}));
        assertClose(found.q(), matrix(new double[] {0, -0.1875}, new double[] {0.1875, 0}), 1e-14);
        assertClose(
                found.u(),
                matrix(
                        new double[] {2.410958904109589, 2.191780821917808},
                        new double[] {2.191780821917808, 6.3561643835616435}),
                1e-14);
        assertThat(LinearIrreversibility.of(found).entropyProductionRate().orElseThrow())
                .isCloseTo(0.5625, within(1e-13));
        // ‖FD − DF‖/‖FD‖ = √2·0.75/√(4 + 1/16 + 1 + 1/4).
        assertThat(found.detailedBalanceDefect()).isCloseTo(Math.sqrt(1.125 / 5.3125), within(1e-14));
        // In two dimensions A = U^½QU^½ has the one rate |q|√det U.
        List<RotationPlane> planes = LinearIrreversibility.of(found).rotationPlanes();
        assertThat(planes).hasSize(1);
        double determinant = 2.410958904109589 * 6.3561643835616435 - 2.191780821917808 * 2.191780821917808;
        assertThat(planes.get(0).rate()).isCloseTo(0.1875 * Math.sqrt(determinant), within(1e-13));
    }

    /** OU2_commuting: D is not isotropic and Φ is not f, but detailed balance holds. */
    @Test
    void referenceCommuting() {
        LinearDecomposition found = LinearDecomposition.of(
                matrix(new double[] {3, 0}, new double[] {0, 1}), matrix(new double[] {1, 0}, new double[] {0, 0.25}));
        assertThat(found.q().getFrobeniusNorm()).isZero();
        assertClose(found.u(), matrix(new double[] {3, 0}, new double[] {0, 4}), 1e-15);
        assertThat(LinearIrreversibility.of(found).entropyProductionRate().orElseThrow())
                .isZero();
        assertThat(found.detailedBalanceDefect()).isZero();
        assertThat(LinearIrreversibility.of(found).rotationPlanes()).isEmpty();
    }

    /** OU2_underdamped_rank1D: D is singular, but noise reaches everything, and U is whole. */
    @Test
    void referenceUnderdamped() {
        LinearDecomposition found = LinearDecomposition.of(
                matrix(new double[] {0, -1}, new double[] {1, 0.5}),
                matrix(new double[] {0, 0}, new double[] {0, 0.5}));
        assertThat(found.rankOfD()).isEqualTo(1);
        assertThat(found.reachableDimension()).isEqualTo(2);
        assertClose(found.q(), matrix(new double[] {0, -1}, new double[] {1, 0}), 1e-14);
        assertClose(found.u(), identity(2), 1e-14);
        assertClose(found.stationaryCovariance(ONE).orElseThrow(), identity(2), 1e-14);
        assertThat(LinearIrreversibility.of(found).entropyProductionRate().orElseThrow())
                .isInfinite();
        // j = (x₂, −x₁): half of it, ẋ₁ = x₂, is where there is no noise.
        assertThat(LinearIrreversibility.of(found).currentOutsideOfNoise()).isCloseTo(Math.sqrt(0.5), within(1e-14));
        RotationPlane plane = LinearIrreversibility.of(found).rotationPlanes().get(0);
        assertThat(plane.rate()).isCloseTo(1.0, within(1e-14));
        // ẋ = j takes a to b: j(a) = ωb.
        assertThat(new double[] {plane.first()[1], -plane.first()[0]}).containsExactly(plane.second(), within(1e-14));
    }

    /** lemma20_saddle: Q and U exist, a stationary law does not. */
    @Test
    void referenceSaddle() {
        LinearDecomposition found = LinearDecomposition.of(
                matrix(new double[] {1, 0.4}, new double[] {-0.2, -0.5}),
                matrix(new double[] {1, 0.3}, new double[] {0.3, 0.6}));
        assertClose(found.q(), matrix(new double[] {0, 1.78}, new double[] {-1.78, 0}), 1e-14);
        assertClose(
                found.u(),
                matrix(
                        new double[] {0.27620704654197475, 0.34797738147020446},
                        new double[] {0.34797738147020446, 0.025010874293170945}),
                1e-14);
        assertThat(found.inertiaOfF()).isEqualTo(new Inertia(1, 1, 0));
        assertThat(found.inertiaOfU()).isEqualTo(new Inertia(1, 1, 0));
        assertThat(found.isStable()).isFalse();
        assertThat(found.stationaryCovariance(ONE)).isEmpty();
        assertThat(LinearIrreversibility.of(found).entropyProductionRate()).isEmpty();
        assertThat(LinearIrreversibility.of(found).rotationPlanes()).isEmpty();
        assertThat(found.stability())
                .startsWith("F has the eigenvalue -0.4446221995")
                .contains("no stationary law");
    }

    /** sgd_quadratic_discrete: the equation's covariance at β⁻¹ = η/(2b), and how far stochastic gradient descent is. */
    @Test
    void referenceQuadraticSgd() {
        LinearDecomposition found = LinearDecomposition.of(
                matrix(new double[] {2, 0.5}, new double[] {0.5, 1}),
                matrix(new double[] {1, -0.2}, new double[] {-0.2, 0.5}));
        RealMatrix continuous =
                found.stationaryCovariance(Temperature.ofSgd(0.1, 4)).orElseThrow();
        assertClose(
                continuous,
                matrix(
                        new double[] {0.007321428571428572, -0.004285714285714286},
                        new double[] {-0.004285714285714286, 0.008392857142857143}),
                1e-14);
        RealMatrix discrete = matrix(
                new double[] {0.007976624368697963, -0.004371231955697648},
                new double[] {-0.004371231955697648, 0.008754486510181753});
        assertThat(discrete.subtract(continuous).getFrobeniusNorm() / continuous.getFrobeniusNorm())
                .isCloseTo(0.059786222269593826, within(1e-12));
    }

    /** quasipotential_linear: V = |x|² in the convention of the action for every rotation, so that Φ = V/2. */
    @Test
    void referenceQuasipotential() {
        for (double omega : new double[] {1, 10}) {
            LinearDecomposition found =
                    LinearDecomposition.of(matrix(new double[] {1, omega}, new double[] {-omega, 1}), identity(2));
            Decomposition fields = found.toDecomposition();
            assertThat(2.0 * fields.potential().at(new double[] {0.5, 0})).isCloseTo(0.25, within(1e-14));
            assertThat(2.0 * fields.potential().at(new double[] {0.5, 0.5})).isCloseTo(0.5, within(1e-14));
            assertThat(LinearIrreversibility.of(found).rotationPlanes().get(0).rate())
                    .isCloseTo(omega, within(1e-13));
            // ẋ = j = (−ωx₂, ωx₁) turns one way round; entropy production is 2ω² here.
            assertThat(LinearIrreversibility.of(found).entropyProductionRate().orElseThrow())
                    .isCloseTo(2.0 * omega * omega, within(1e-11));
        }
    }

    /** The system as fields has the drift it came from. */
    @Test
    void fieldsHaveTheDrift() {
        Random random = new Random(3);
        RealMatrix f = normal(random, 6).add(identity(6).scalarMultiply(4.0));
        LinearDecomposition found = LinearDecomposition.of(f, wishart(random, 6));
        Sde sde = found.toDecomposition().aType(Temperature.of(0.3)).toIto();
        double[] x = {1, -2, 0.5, 0.3, -0.7, 2};
        double[] drift = new double[6];
        sde.drift().at(x, drift);
        assertThat(drift).containsExactly(f.scalarMultiply(-1.0).operate(x), within(1e-11));
    }

    private static RealMatrix normal(Random random, int n) {
        RealMatrix a = MatrixUtils.createRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a.setEntry(i, j, random.nextGaussian());
            }
        }
        return a;
    }

    private static RealMatrix wishart(Random random, int n) {
        RealMatrix b = normal(random, n);
        return b.multiplyTransposed(b).scalarMultiply(0.5 / n).add(identity(n).scalarMultiply(0.5));
    }

    private static RealMatrix antisymmetric(Random random, int n) {
        RealMatrix b = normal(random, n);
        return b.subtract(b.transpose()).scalarMultiply(0.5 / Math.sqrt(n));
    }

    /** A symmetric matrix with eigenvalues of size ½ … 2 and the given number of negative ones. */
    private static RealMatrix symmetric(Random random, int n, int negative) {
        RealMatrix u = identity(n);
        for (int i = 0; i < n; i++) {
            u.setEntry(i, i, (i < negative ? -1.0 : 1.0) * (0.5 + 1.5 * random.nextDouble()));
        }
        RealMatrix z = LinearAlgebra.pureJava().schur(normal(random, n)).vectors();
        return z.multiply(u).multiplyTransposed(z);
    }

    /**
     * F = (D + Q)U is made from known Q and U, which must come back to 1e-10: d = 2 … 50, stable points, saddles and
     * maxima. Well-conditioned are those whose equation amplifies rounding by less than 1e4.
     */
    @Test
    void aThousandKnownDecompositionsComeBack() {
        Random random = new Random(20);
        int[] kinds = new int[3];
        double worstResidual = 0.0;
        for (int k = 0; k < 1000; k++) {
            int n = 2 + k % 49;
            boolean accepted = false;
            while (!accepted) {
                int kind = random.nextInt(3);
                int negative = kind == 0 ? 0 : kind == 1 ? 1 + random.nextInt(n - 1) : n;
                RealMatrix d = wishart(random, n);
                RealMatrix q = antisymmetric(random, n);
                RealMatrix u = symmetric(random, n, negative);
                RealMatrix f = d.add(q).multiply(u);
                LinearDecomposition found = LinearDecomposition.of(f, d);
                worstResidual = Math.max(worstResidual, found.sylvesterResidual());
                if (found.condition() > 1e4) {
                    continue;
                }
                accepted = true;
                kinds[kind]++;
                assertThat(found.q().subtract(q).getFrobeniusNorm() / q.getFrobeniusNorm())
                        .as("Q, d = %d, negative %d", n, negative)
                        .isLessThan(1e-10);
                assertThat(found.u().subtract(u).getFrobeniusNorm() / u.getFrobeniusNorm())
                        .as("U, d = %d, negative %d", n, negative)
                        .isLessThan(1e-10);
                assertThat(found.productResidual()).isLessThan(1e-10);
                assertThat(found.inertiaOfU()).isEqualTo(new Inertia(n - negative, negative, 0));
                assertThat(found.inertiaOfF()).isEqualTo(found.inertiaOfU());
                assertThat(found.isStable()).isEqualTo(negative == 0);
            }
        }
        assertThat(kinds[0]).isGreaterThan(100);
        assertThat(kinds[1]).isGreaterThan(100);
        assertThat(kinds[2]).isGreaterThan(100);
        assertThat(worstResidual).isLessThan(1e-8);
    }

    /** F symmetric: Q̃ᵢⱼ = D̃ᵢⱼ(λᵢ − λⱼ)/(λᵢ + λⱼ); the same as by the Schur form of a matrix not exactly symmetric. */
    @Test
    void symmetricDriftsTakeEigenvectors() {
        Random random = new Random(4);
        for (int negative : new int[] {0, 5, 20}) {
            RealMatrix f = symmetric(random, 20, negative);
            f = f.add(f.transpose()).scalarMultiply(0.5);
            RealMatrix d = wishart(random, 20);
            LinearDecomposition bySymmetry = LinearDecomposition.of(f, d);
            RealMatrix almost = f.copy();
            almost.addToEntry(0, 19, 1e-15);
            LinearDecomposition bySchur = LinearDecomposition.of(almost, d);
            double relative = 1e-13 * bySymmetry.condition();
            assertClose(bySchur.q(), bySymmetry.q(), relative);
            assertClose(bySchur.u(), bySymmetry.u(), relative);
            assertThat(bySymmetry.sylvesterResidual()).isLessThan(1e-11);
        }
    }

    /** λ and −λ + ε: the residual and the condition tell what is lost, and the error is within them. */
    @Test
    void residualsAreTrueWhereTheEquationIsIllConditioned() {
        RealMatrix d = matrix(new double[] {1, 0.3}, new double[] {0.3, 0.6});
        for (double gap : new double[] {1e-3, 1e-6, 1e-9, 1e-12}) {
            RealMatrix f = matrix(new double[] {1, 0.4}, new double[] {-0.2, -1 + gap});
            LinearDecomposition found = LinearDecomposition.of(f, d);
            // Closed form for d = 2, q = (FD − DFᵀ)₁₂ / tr F, with the trace that F has in double precision.
            double trace = 1.0 + f.getEntry(1, 1);
            double q = (1 * 0.3 + 0.4 * 0.6 - (1 * -0.2 + 0.3 * f.getEntry(1, 1))) / trace;
            assertThat(found.q().getEntry(0, 1)).isCloseTo(q, within(Math.abs(q) * 4e-16 * found.condition()));
            assertThat(found.condition()).isGreaterThan(0.5 / gap);
            RealMatrix r = f.multiply(found.q())
                    .add(found.q().multiplyTransposed(f))
                    .subtract(f.multiply(d))
                    .add(d.multiplyTransposed(f));
            assertThat(found.sylvesterResidual())
                    .isCloseTo(
                            r.getFrobeniusNorm() / f.multiply(d).getFrobeniusNorm(),
                            within(1e-14 * found.q().getFrobeniusNorm()));
            assertThat(found.closestToResonance().orElseThrow().distance()).isCloseTo(gap, within(1e-14));
        }
    }

    @Test
    void cancellingEigenvaluesAreNamed() {
        assertThatThrownBy(() -> LinearDecomposition.of(matrix(new double[] {2, 0}, new double[] {0, -2}), identity(2)))
                .isInstanceOf(ResonanceException.class)
                .hasMessageContaining("eigenvalues that cancel, got λᵢ = -2.0")
                .hasMessageContaining("λⱼ = 2.0");
        ResonanceException centre = (ResonanceException) org.assertj.core.api.Assertions.catchThrowable(() ->
                LinearDecomposition.of(matrix(new double[] {0, -3}, new double[] {3, 0}), identity(2)));
        assertThat(centre.pair().first()).isEqualTo(new Complex(0, 3));
        assertThat(centre.pair().distance()).isLessThan(centre.threshold());
        // One eigenvalue 0 is no obstacle: there is no second one to cancel it. F = diag(0, 1), D = I: U = F.
        LinearDecomposition flat =
                LinearDecomposition.of(matrix(new double[] {0, 0}, new double[] {0, 1}), identity(2));
        assertClose(flat.u(), matrix(new double[] {0, 0}, new double[] {0, 1}), 1e-15);
        assertThat(flat.isStable()).isFalse();
        assertThat(flat.inertiaOfU()).isEqualTo(new Inertia(1, 0, 1));
    }

    /** Noise in the first two of four coordinates, which the drift couples to the third but not to the fourth. */
    @Test
    void singularDiffusionsReachASubspace() {
        Random random = new Random(8);
        RealMatrix f11 = normal(random, 3).scalarMultiply(0.4).add(identity(3).scalarMultiply(2.0));
        RealMatrix d11 = MatrixUtils.createRealMatrix(3, 3);
        d11.setSubMatrix(wishart(random, 2).getData(), 0, 0);
        RealMatrix f = MatrixUtils.createRealMatrix(5, 5);
        f.setSubMatrix(f11.getData(), 0, 0);
        f.setSubMatrix(normal(random, 2).getData(), 0, 3);
        f.setEntry(3, 3, 1.0);
        f.setEntry(4, 4, 3.0);
        RealMatrix d = MatrixUtils.createRealMatrix(5, 5);
        d.setSubMatrix(d11.getData(), 0, 0);
        // Turned, so that the subspace is not along the axes.
        RealMatrix z = LinearAlgebra.pureJava().schur(normal(random, 5)).vectors();
        LinearDecomposition found = LinearDecomposition.of(
                z.multiply(f).multiplyTransposed(z), z.multiply(d).multiplyTransposed(z));
        LinearDecomposition small = LinearDecomposition.of(f11, d11);
        assertThat(small.reachableDimension()).isEqualTo(3);
        assertThat(found.rankOfD()).isEqualTo(2);
        assertThat(found.reachableDimension()).isEqualTo(3);
        RealMatrix p = z.getSubMatrix(0, 4, 0, 2);
        assertClose(found.q(), p.multiply(small.q()).multiplyTransposed(p), 1e-12);
        assertClose(found.u(), p.multiply(small.u()).multiplyTransposed(p), 1e-12);
        assertThat(found.productResidual()).isLessThan(1e-12);
        assertThat(found.sylvesterResidual()).isLessThan(1e-12);
        RealMatrix covariance = found.stationaryCovariance(Temperature.of(0.5)).orElseThrow();
        RealMatrix a = found.driftMatrix();
        assertThat(a.multiply(covariance)
                        .add(covariance.multiplyTransposed(a))
                        .subtract(found.diffusionMatrix())
                        .getFrobeniusNorm())
                .isLessThan(1e-12);
        assertThat(LinearIrreversibility.of(found).rotationPlanes()).hasSize(1);
        assertThat(LinearIrreversibility.of(found).entropyProductionRate().orElseThrow())
                .isInfinite();
        assertThat(found.inertiaOfU()).isEqualTo(new Inertia(3, 0, 0));
    }

    /** Noise that reaches the third coordinate through two couplings of 1e-5 has a variance of 1e-20 there: lost. */
    @Test
    void noiseLostInRoundingIsLeftOut() {
        RealMatrix f = matrix(new double[] {1, 0, 0}, new double[] {1e-5, 2, 0}, new double[] {0, 1e-5, 3});
        LinearDecomposition found =
                LinearDecomposition.of(f, MatrixUtils.createRealDiagonalMatrix(new double[] {1, 0, 0}));
        assertThat(found.rankOfD()).isEqualTo(1);
        assertThat(found.reachableDimension()).isEqualTo(3);
        assertThat(found.rankOfCovariance()).isEqualTo(2);
        assertThat(found.inertiaOfU()).isEqualTo(new Inertia(2, 0, 1));
        assertThat(found.productResidual()).isLessThan(1e-4);
        assertThat(found.sylvesterResidual()).isLessThan(1e-15);
        // The plane of the two coordinates that are left: q√det U with q = (FD − DFᵀ)₂₁/(1 + 2) = 1e-5/3.
        LinearDecomposition two = LinearDecomposition.of(
                matrix(new double[] {1, 0}, new double[] {1e-5, 2}), matrix(new double[] {1, 0}, new double[] {0, 0}));
        assertThat(two.rankOfCovariance()).isEqualTo(2);
        assertThat(LinearIrreversibility.of(found).rotationPlanes().get(0).rate())
                .isCloseTo(LinearIrreversibility.of(two).rotationPlanes().get(0).rate(), within(1e-4));
    }

    /** D of rank 1 along an eigenvector: the current stays in the image of D, where there is none, and no entropy. */
    @Test
    void oneDimensionalNoiseInItsOwnDirectionIsReversible() {
        LinearDecomposition found = LinearDecomposition.of(
                matrix(new double[] {1, 0}, new double[] {0, 2}), matrix(new double[] {0, 0}, new double[] {0, 3}));
        assertThat(found.reachableDimension()).isEqualTo(1);
        assertThat(found.closestToResonance()).isEmpty();
        assertClose(found.u(), matrix(new double[] {0, 0}, new double[] {0, 2.0 / 3.0}), 1e-15);
        assertThat(LinearIrreversibility.of(found).entropyProductionRate().orElseThrow())
                .isZero();
    }

    /** In each plane j(a) = −QUa = ωb and j(b) = −ωa; planes are conjugate, and rates are those of QU. */
    @Test
    void planesTurnAtTheirRates() {
        Random random = new Random(11);
        RealMatrix d = wishart(random, 9);
        RealMatrix q = antisymmetric(random, 9);
        RealMatrix u = symmetric(random, 9, 0);
        LinearDecomposition found = LinearDecomposition.of(d.add(q).multiply(u), d);
        List<RotationPlane> planes = LinearIrreversibility.of(found).rotationPlanes();
        assertThat(planes).hasSize(4);
        RealMatrix qu = q.multiply(u);
        double square = 0.0;
        for (int k = 0; k < 4; k++) {
            RotationPlane plane = planes.get(k);
            double[] turned = qu.operate(plane.first());
            double[] back = qu.operate(plane.second());
            for (int i = 0; i < 9; i++) {
                assertThat(-turned[i]).isCloseTo(plane.rate() * plane.second()[i], within(1e-11));
                assertThat(-back[i]).isCloseTo(-plane.rate() * plane.first()[i], within(1e-11));
            }
            assertThat(dot(plane.first(), u.operate(plane.first()))).isCloseTo(1.0, within(1e-11));
            assertThat(dot(plane.first(), u.operate(plane.second()))).isCloseTo(0.0, within(1e-11));
            for (int l = 0; l < k; l++) {
                assertThat(planes.get(l).rate()).isGreaterThanOrEqualTo(plane.rate());
                assertThat(dot(plane.first(), u.operate(planes.get(l).first()))).isCloseTo(0.0, within(1e-11));
            }
            square += plane.rate() * plane.rate();
        }
        // tr (QU)² = −2Σω².
        assertThat(square).isCloseTo(-0.5 * qu.multiply(qu).getTrace(), within(1e-11));
    }

    /** Σ of FΣ + ΣFᵀ = 2β⁻¹D is β⁻¹U⁻¹, and entropy production is tr(D⁻¹FΣβFᵀ) − tr F. */
    @Test
    void covarianceAndEntropyProductionBySecondFormulas() {
        Random random = new Random(12);
        RealMatrix d = wishart(random, 12);
        RealMatrix f = d.add(antisymmetric(random, 12)).multiply(symmetric(random, 12, 0));
        LinearDecomposition found = LinearDecomposition.of(f, d);
        RealMatrix covariance = found.stationaryCovariance(Temperature.of(0.25)).orElseThrow();
        assertClose(covariance.multiply(found.u()), identity(12).scalarMultiply(0.25), 1e-12);
        RealMatrix inverse = MatrixUtils.inverse(d);
        double expected = 4.0
                        * inverse.multiply(f)
                                .multiply(covariance)
                                .multiplyTransposed(f)
                                .getTrace()
                - f.getTrace();
        assertThat(LinearIrreversibility.of(found).entropyProductionRate().orElseThrow())
                .isCloseTo(expected, within(1e-10 * expected));
        assertThat(Arrays.stream(LinearIrreversibility.of(found).entropyProductionByDirection())
                        .min()
                        .orElseThrow())
                .isNotNegative();
    }

    @Test
    void badInputIsNamed() {
        RealMatrix f = identity(2);
        assertBad(MatrixUtils.createRealMatrix(2, 3), f, "drift matrix must be square, got 2×3");
        assertBad(f, MatrixUtils.createRealMatrix(3, 2), "diffusion must be square, got 3×2");
        assertBad(f, identity(3), "diffusion must be 2×2 as the drift matrix is, got 3×3");
        assertBad(
                matrix(new double[] {1, Double.NaN}, new double[] {0, 1}),
                f,
                "drift matrix must be finite, got F[0][1] = NaN");
        assertBad(
                f,
                matrix(new double[] {1, 0.5}, new double[] {0.25, 1}),
                "diffusion must be symmetric, got D[1][0] = 0.25 and D[0][1] = 0.5");
        assertBad(
                f,
                matrix(new double[] {1, 0}, new double[] {0, -1}),
                "diffusion must be positive semi-definite, its eigenvalues run from -1.0 to 1.0");
        assertBad(f, MatrixUtils.createRealMatrix(2, 2), "diffusion must not be zero, its largest eigenvalue is 0.0");
        assertBad(MatrixUtils.createRealMatrix(2, 2), f, "drift matrix must not be zero");
        assertThatThrownBy(() -> LinearDecomposition.of(f, f, 0.0, LinearAlgebra.pureJava()))
                .hasMessage("rankTolerance must be between 0 and 1, got 0.0");
    }

    private static void assertBad(RealMatrix f, RealMatrix d, String message) {
        assertThatThrownBy(() -> LinearDecomposition.of(f, d))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0.0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
