package org.langevin4j.core.decomposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.sde.Parity;
import org.langevin4j.core.sde.Temperature;

class LinearIrreversibilityTest {

    private final Random random = new Random(5);

    private RealMatrix normal(int n) {
        RealMatrix a = MatrixUtils.createRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a.setEntry(i, j, random.nextGaussian());
            }
        }
        return a;
    }

    /** q̇ = M⁻¹p, ṗ = −Kq − Γp: F of −Fx with x = (q, p), Γ of rates. */
    private static RealMatrix oscillators(RealMatrix k, double[] mass, double[] friction) {
        int n = mass.length;
        RealMatrix f = MatrixUtils.createRealMatrix(2 * n, 2 * n);
        f.setSubMatrix(k.getData(), n, 0);
        for (int i = 0; i < n; i++) {
            f.setEntry(i, n + i, -1.0 / mass[i]);
            f.setEntry(n + i, n + i, friction[i]);
        }
        return f;
    }

    private static RealMatrix baths(double[] mass, double[] friction, double[] temperature) {
        int n = mass.length;
        RealMatrix d = MatrixUtils.createRealMatrix(2 * n, 2 * n);
        for (int i = 0; i < n; i++) {
            d.setEntry(n + i, n + i, friction[i] * mass[i] * temperature[i]);
        }
        return d;
    }

    private RealMatrix springs(int n) {
        RealMatrix b = normal(n);
        return b.multiplyTransposed(b)
                .add(MatrixUtils.createRealIdentityMatrix(n).scalarMultiply(0.5));
    }

    /** FΣ + ΣFᵀ = 2D as one linear equation for the entries of Σ. */
    private static RealMatrix covariance(RealMatrix f, RealMatrix d) {
        int n = f.getRowDimension();
        RealMatrix operator = MatrixUtils.createRealMatrix(n * n, n * n);
        RealVector right = MatrixUtils.createRealVector(new double[n * n]);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                right.setEntry(i * n + j, 2.0 * d.getEntry(i, j));
                for (int k = 0; k < n; k++) {
                    operator.addToEntry(i * n + j, k * n + j, f.getEntry(i, k));
                    operator.addToEntry(i * n + j, i * n + k, f.getEntry(j, k));
                }
            }
        }
        RealVector entries = new LUDecomposition(operator).getSolver().solve(right);
        RealMatrix sigma = MatrixUtils.createRealMatrix(n, n);
        for (int i = 0; i < n * n; i++) {
            sigma.setEntry(i / n, i % n, entries.getEntry(i));
        }
        return sigma;
    }

    /** Oscillators with any springs and masses in one bath are in equilibrium, although Q ≠ 0: exactly no entropy. */
    @Test
    void oscillatorsInOneBathProduceNoEntropy() {
        for (int n : new int[] {1, 2, 3, 5, 8}) {
            double[] mass = new double[n];
            double[] friction = new double[n];
            double[] temperature = new double[n];
            for (int i = 0; i < n; i++) {
                mass[i] = 0.5 + random.nextDouble();
                friction[i] = i > 0 && random.nextBoolean() ? 0.0 : 0.2 + random.nextDouble();
                temperature[i] = 0.3;
            }
            LinearDecomposition found =
                    LinearDecomposition.of(oscillators(springs(n), mass, friction), baths(mass, friction, temperature));
            assertThat(found.q().getFrobeniusNorm()).isGreaterThan(0.1);
            LinearIrreversibility kinetic = LinearIrreversibility.of(found, Parity.ofPhaseSpace(n));
            assertThat(kinetic.entropyProductionRate().orElseThrow()).isZero();
            assertThat(kinetic.currentOutsideOfNoise()).isLessThan(1e-12);
            assertThat(LinearIrreversibility.of(found).entropyProductionRate().orElseThrow())
                    .isInfinite();
        }
    }

    /** Several baths: σ = −ΣJᵢ/Tᵢ with the heat Jᵢ = γᵢ(Tᵢ − ⟨pᵢ²⟩/mᵢ) that each gives, and Σ by another method. */
    @Test
    void oscillatorsBetweenBathsProduceWhatTheHeatDoes() {
        for (int n : new int[] {2, 3, 6}) {
            double[] mass = new double[n];
            double[] friction = new double[n];
            double[] temperature = new double[n];
            for (int i = 0; i < n; i++) {
                mass[i] = 0.5 + random.nextDouble();
                friction[i] = i > 0 && i < n - 1 ? 0.0 : 0.2 + random.nextDouble();
                temperature[i] = 0.3 + random.nextDouble();
            }
            RealMatrix f = oscillators(springs(n), mass, friction);
            RealMatrix d = baths(mass, friction, temperature);
            RealMatrix sigma = covariance(f, d);
            double entropy = 0.0;
            double heat = 0.0;
            for (int i = 0; i < n; i++) {
                double fromBath = friction[i] * (temperature[i] - sigma.getEntry(n + i, n + i) / mass[i]);
                heat += fromBath;
                entropy -= fromBath / temperature[i];
            }
            assertThat(heat).isCloseTo(0.0, within(1e-11));
            LinearIrreversibility found =
                    LinearIrreversibility.of(LinearDecomposition.of(f, d), Parity.ofPhaseSpace(n));
            assertThat(found.entropyProductionRate().orElseThrow()).isCloseTo(entropy, within(1e-9 * entropy));
        }
    }

    /** σ = tr(F_irrᵀD⁻¹F_irrΣ) − tr F for any F, any parity and a D that does not mix: the mean of the heat over T. */
    @Test
    void anyParityBySecondFormula() {
        int n = 5;
        RealMatrix f = normal(n)
                .scalarMultiply(0.4)
                .add(MatrixUtils.createRealIdentityMatrix(n).scalarMultiply(2.5));
        RealMatrix d = MatrixUtils.createRealMatrix(n, n);
        d.setSubMatrix(springs(2).getData(), 0, 0);
        d.setSubMatrix(springs(3).getData(), 2, 2);
        Parity parity = Parity.of(1, 1, -1, -1, -1);
        RealMatrix irreversible = f.copy();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (parity.sign(i) != parity.sign(j)) {
                    irreversible.setEntry(i, j, 0.0);
                }
            }
        }
        RealMatrix sigma = covariance(f, d);
        double expected = MatrixUtils.inverse(d)
                        .multiply(irreversible)
                        .multiply(sigma)
                        .multiplyTransposed(irreversible)
                        .getTrace()
                - f.getTrace();
        LinearDecomposition found = LinearDecomposition.of(f, d);
        double rate =
                LinearIrreversibility.of(found, parity).entropyProductionRate().orElseThrow();
        assertThat(rate).isCloseTo(expected, within(1e-10 * expected));
        assertThat(LinearIrreversibility.of(found, Parity.even(n))
                        .entropyProductionRate()
                        .orElseThrow())
                .isNotCloseTo(rate, within(0.01 * rate));
    }

    /** A charge in a magnetic field, whose own reversal is not part of the parity: the momenta turn one way for ever. */
    @Test
    void aMagneticFieldIsNotReversed() {
        double b = 1.5;
        double gamma = 0.5;
        RealMatrix f = MatrixUtils.createRealMatrix(new double[][] {{gamma, -b}, {b, gamma}});
        RealMatrix d = MatrixUtils.createRealIdentityMatrix(2).scalarMultiply(gamma);
        // Σ = 1, F_irr = F: tr(FᵀF)/γ − tr F = 2(γ² + b²)/γ − 2γ.
        assertThat(LinearIrreversibility.of(LinearDecomposition.of(f, d), Parity.of(-1, -1))
                        .entropyProductionRate()
                        .orElseThrow())
                .isCloseTo(2.0 * b * b / gamma, within(1e-12));
    }

    @Test
    void noiseThatMixesParitiesCannotBeReversed() {
        RealMatrix d = MatrixUtils.createRealMatrix(new double[][] {{1, 0.3}, {0.3, 1}});
        LinearDecomposition found = LinearDecomposition.of(MatrixUtils.createRealIdentityMatrix(2), d);
        assertThat(LinearIrreversibility.of(found, Parity.of(1, -1))
                        .entropyProductionRate()
                        .orElseThrow())
                .isInfinite();
        assertThat(LinearIrreversibility.of(found, Parity.of(-1, -1))
                        .entropyProductionRate()
                        .orElseThrow())
                .isZero();
        assertThatThrownBy(() -> LinearIrreversibility.of(found, Parity.even(3)))
                .hasMessage("parity must have the dimension of the system, 2, got 3");
        assertThat(LinearIrreversibility.of(found))
                .hasToString(LinearIrreversibility.of(found).toString());
    }

    /** F → 2ᵃF, D → 2ᵇD: Q → 2ᵇQ, U → 2ᵃ⁻ᵇU and σ → 2ᵃσ, to the bit, as far as these are numbers. */
    @Test
    void powersOfTwoChangeNoBit() {
        RealMatrix f = normal(4)
                .scalarMultiply(0.4)
                .add(MatrixUtils.createRealIdentityMatrix(4).scalarMultiply(2.5));
        RealMatrix d = springs(4);
        LinearDecomposition plain = LinearDecomposition.of(f, d);
        LinearIrreversibility current = LinearIrreversibility.of(plain);
        double rate = current.entropyProductionRate().orElseThrow();
        for (int[] powers : new int[][] {{0, 700}, {0, -1000}, {-700, 0}, {500, -400}, {-660, -660}, {1, 1}, {0, 3}}) {
            LinearDecomposition found = LinearDecomposition.of(
                    f.scalarMultiply(Math.scalb(1.0, powers[0])), d.scalarMultiply(Math.scalb(1.0, powers[1])));
            assertThat(found.q()).isEqualTo(plain.q().scalarMultiply(Math.scalb(1.0, powers[1])));
            assertThat(found.u()).isEqualTo(plain.u().scalarMultiply(Math.scalb(1.0, powers[0] - powers[1])));
            assertThat(found.sylvesterResidual()).isEqualTo(plain.sylvesterResidual());
            assertThat(found.condition()).isEqualTo(plain.condition());
            assertThat(found.eigenvalues()[0].getReal())
                    .isEqualTo(Math.scalb(plain.eigenvalues()[0].getReal(), powers[0]));
            LinearIrreversibility scaled = LinearIrreversibility.of(found);
            assertThat(scaled.entropyProductionRate().orElseThrow()).isEqualTo(Math.scalb(rate, powers[0]));
            assertThat(scaled.rotationPlanes().get(0).rate())
                    .isEqualTo(Math.scalb(current.rotationPlanes().get(0).rate(), powers[0]));
            RealMatrix sigma = found.stationaryCovariance(Temperature.of(0.5)).orElseThrow();
            assertThat(sigma)
                    .isEqualTo(plain.stationaryCovariance(Temperature.of(0.5))
                            .orElseThrow()
                            .scalarMultiply(Math.scalb(1.0, powers[1] - powers[0])));
        }
    }

    /** The gyrator of the reference values in units of any size: σ = 0.5625 per unit of time. */
    @Test
    void unitsOfAnySize() {
        RealMatrix f = MatrixUtils.createRealMatrix(new double[][] {{2, 1}, {1, 2}});
        RealMatrix d = MatrixUtils.createRealDiagonalMatrix(new double[] {1, 0.25});
        for (double size : new double[] {1e200, 1e-200, 1e-158, 1e-307, 1e300}) {
            LinearIrreversibility noise = LinearIrreversibility.of(LinearDecomposition.of(f, d.scalarMultiply(size)));
            assertThat(noise.entropyProductionRate().orElseThrow()).isCloseTo(0.5625, within(1e-12));
            LinearIrreversibility both =
                    LinearIrreversibility.of(LinearDecomposition.of(f.scalarMultiply(size), d.scalarMultiply(size)));
            assertThat(both.entropyProductionRate().orElseThrow()).isCloseTo(0.5625 * size, within(1e-12 * size));
        }
        assertThatThrownBy(() -> LinearDecomposition.of(f.scalarMultiply(1e200), d.scalarMultiply(1e-200)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "drift matrix and diffusion must be nearer to each other in size: U has entries of");
        assertThatThrownBy(() -> LinearDecomposition.of(f.scalarMultiply(1e-200), d.scalarMultiply(1e200)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
