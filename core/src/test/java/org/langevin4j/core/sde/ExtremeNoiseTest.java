package org.langevin4j.core.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.langevin4j.core.Extremes.answer;

import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.Extremes;
import org.langevin4j.core.decomposition.LinearCurrents;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.random.BrownianPath;
import org.langevin4j.core.random.Seed;

/** Equations, their noise and what linear ones do, at the ends of the doubles and in a million dimensions. */
@Domain(Extremes.class)
class ExtremeNoiseTest {

    @Property(tries = 300, seed = "1")
    void diffusionsAreMadeOrRefused(@ForAll double c, @ForAll double[] diagonal, @ForAll int d, @ForAll double x) {
        answer("dimension|diffusion", () -> Diffusion.isotropic(Math.min(d, 1000), c))
                .ifPresent(made -> assertThat(made.dimension()).isEqualTo(Math.min(d, 1000)));
        answer("entries|diffusion", () -> Diffusion.diagonal(diagonal)).ifPresent(made -> {
            double[] out = new double[diagonal.length];
            double[] v = new double[diagonal.length];
            Arrays.fill(v, 1.0);
            made.times(v, v, out);
            assertThat(out).isEqualTo(diagonal);
            answer(
                            "positive definite",
                            () -> made.inverseTimes((at, f) -> System.arraycopy(diagonal, 0, f, 0, f.length)))
                    .ifPresent(field -> {
                        field.at(v, out);
                        // √D√D is D to rounding, and to the few digits that a subnormal D has.
                        assertThat(out).containsExactly(v, within(4e-16));
                    });
        });
        answer("dimension|signs", () -> Parity.even(Math.min(d, 1000)));
        answer("degreesOfFreedom", () -> Parity.ofPhaseSpace(Math.min(d, 1000)));
        answer("temperature|β|beta", () -> Temperature.of(x))
                .ifPresent(made -> assertThat(made.value()).isEqualTo(x));
        answer("rate|mean|volatilit", () -> CoxIngersollRoss.of(x, c, 1.0));
        answer("rate|volatilit", () -> GeometricBrownianMotion.of(diagonal, new double[] {x}));
        answer(
                "matrix|offset",
                () -> AffineField.of(MatrixUtils.createRealDiagonalMatrix(new double[] {c, 1.0}), diagonal));
        answer(
                "q must|matrix|antisymm",
                () -> AntisymmetricField.constant(new Array2DRowRealMatrix(new double[][] {{0.0, x}, {-x, c}}, false)));
        answer("path|components|horizon", () -> BrownianPath.of(Seed.of(1), 0, Math.min(d, 1000), x));
    }

    @Property(tries = 300, seed = "1")
    void lawsOfDescentAreCovariancesOrRefused(
            @ForAll double rate, @ForAll int batch, @ForAll double h, @ForAll double momentum) {
        RealMatrix hessian = MatrixUtils.createRealDiagonalMatrix(new double[] {h, 1.0});
        RealMatrix noise = MatrixUtils.createRealIdentityMatrix(2);
        answer(
                        "learningRate|batchSize|momentum",
                        () -> StochasticGradientDescent.of(rate, batch).momentum(momentum, h > 0.5))
                .ifPresent(sgd -> {
                    answer(
                            "hessian|radius|vanish|a must|c must|finite|Temperature|temperature",
                            () -> sgd.covariance(hessian, noise));
                    answer("hessian|temperature|finite|beyond", () -> sgd.covarianceOfEquation(hessian, noise))
                            .ifPresent(found -> assertThat(found.getEntry(1, 1)).isNotNaN());
                    answer(
                                    "hessian|temperature|a must|finite|beyond|no digit",
                                    () -> sgd.covarianceOfUnderdamped(hessian, noise))
                            .ifPresent(found -> assertThat(found.getEntry(1, 1)).isNotNaN());
                    answer(
                            "diffusion must be 2×2",
                            () -> sgd.covariance(
                                    hessian, noise.scalarMultiply(2.0).getSubMatrix(0, 0, 0, 0)));
                });
    }

    @Example
    void aSaddleOrAFlatLossHasNoLaw() {
        StochasticGradientDescent sgd = StochasticGradientDescent.of(0.1, 1).momentum(0.5, true);
        for (double least : new double[] {0.0, -0.5}) {
            RealMatrix hessian = MatrixUtils.createRealDiagonalMatrix(new double[] {least, 1.0});
            RealMatrix noise = MatrixUtils.createRealIdentityMatrix(2);
            assertThatThrownBy(() -> sgd.covarianceOfUnderdamped(hessian, noise))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("hessian must be positive definite");
            assertThatThrownBy(() -> sgd.covarianceOfEquation(hessian, noise))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("hessian must be positive definite");
        }
    }

    @Property(tries = 50, seed = "1")
    @Domain(DomainContext.Global.class)
    void currentsGoWithTheirMatrix(@ForAll @IntRange(min = -1000, max = 1000) int power) {
        LinearCurrents currents = LinearCurrents.of(
                LinearDecomposition.of(
                        new Array2DRowRealMatrix(new double[][] {{1.0, -0.5}, {0.5, 1.0}}),
                        MatrixUtils.createRealIdentityMatrix(2)),
                Temperature.of(0.5));
        LinearCurrents.Current once = currents.area(new double[] {1.0, 0.0}, new double[] {0.0, 1.0});
        LinearCurrents.Current scaled =
                currents.area(new double[] {Math.scalb(1.0, power), 0.0}, new double[] {0.0, 1.0});
        assertThat(Math.scalb(scaled.rate(), -power)).isCloseTo(once.rate(), within(1e-15));
        if (Math.abs(power) < 500) {
            assertThat(scaled.entropyBound()).isCloseTo(once.entropyBound(), within(1e-14));
        }
        assertThatThrownBy(() -> currents.area(new double[] {1.0}, new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("p and q must have length 2");
    }

    /** What is of the size of the state stays so. */
    @Example
    void aMillionDimensionsTakeNoSquareOfMemory() {
        int d = 1_000_000;
        double[] x = new double[d];
        Arrays.fill(x, 2.0);
        double[] out = new double[d];
        Diffusion four = Diffusion.isotropic(d, 4.0);
        four.inverseTimes((at, f) -> System.arraycopy(at, 0, f, 0, d)).at(x, out);
        assertThat(out[d - 1]).isEqualTo(0.5);
        AntisymmetricField.zero(d).at(x, new double[0]);
        assertThat(Parity.even(d).dimension()).isEqualTo(d);
        for (int huge : new int[] {Integer.MAX_VALUE, -1}) {
            assertThatThrownBy(() -> Parity.even(huge)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Diffusion.factor(d, 1, (at, b) -> Arrays.fill(b, 1.0))
                        .inverseTimes((at, f) -> Arrays.fill(f, 1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the inverse of a diffusion of dimension 1000000");
    }
}
