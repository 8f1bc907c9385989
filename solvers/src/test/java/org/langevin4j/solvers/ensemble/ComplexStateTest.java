package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.complex.Complex;
import org.hipparchus.linear.FieldMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.ComplexSde;
import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.domain.Projection;
import org.langevin4j.solvers.sde.EulerMaruyama;

class ComplexStateTest {

    /** Rabi frequency, detuning, rates of damping and dephasing. */
    private static final double RABI = 2.0;

    private static final double DETUNING = 0.7;
    private static final double DAMPING = 1.0;
    private static final double DEPHASING = 0.3;

    private static final Complex ONE = Complex.ONE;
    private static final Complex ZERO = Complex.ZERO;

    /** Excited state first: H = −½Δσz + ½Ωσx, L = √γ σ₋, √κ σz. */
    private static final Complex[][] HAMILTONIAN = {
        {new Complex(-0.5 * DETUNING), new Complex(0.5 * RABI)}, {new Complex(0.5 * RABI), new Complex(0.5 * DETUNING)}
    };

    private static final Complex[][][] LINDBLAD = {
        {{ZERO, ZERO}, {new Complex(Math.sqrt(DAMPING)), ZERO}},
        {{new Complex(Math.sqrt(DEPHASING)), ZERO}, {ZERO, new Complex(-Math.sqrt(DEPHASING))}}
    };

    private static Complex[] times(Complex[][] m, Complex[] v) {
        Complex[] product = new Complex[v.length];
        for (int i = 0; i < v.length; i++) {
            product[i] = ZERO;
            for (int j = 0; j < v.length; j++) {
                product[i] = product[i].add(m[i][j].multiply(v[j]));
            }
        }
        return product;
    }

    private static Complex[][] adjoint(Complex[][] m) {
        Complex[][] adjoint = new Complex[m.length][m.length];
        for (int i = 0; i < m.length; i++) {
            for (int j = 0; j < m.length; j++) {
                adjoint[j][i] = m[i][j].conjugate();
            }
        }
        return adjoint;
    }

    private static Complex mean(Complex[][] m, Complex[] psi) {
        Complex[] applied = times(m, psi);
        return psi[0].conjugate().multiply(applied[0]).add(psi[1].conjugate().multiply(applied[1]));
    }

    /**
     * Gisin and Percival (1992), eq. 4: d|ψ⟩ = −iH|ψ⟩dt + Σ(⟨L†⟩L − ½L†L − ½⟨L†⟩⟨L⟩)|ψ⟩dt + Σ(L − ⟨L⟩)|ψ⟩dξ.
     */
    private static Sde stateDiffusion() {
        VectorField drift = ComplexSde.field(psi -> {
            Complex[] change = times(HAMILTONIAN, psi);
            for (int i = 0; i < 2; i++) {
                change[i] = change[i].multiply(Complex.I.negate());
            }
            for (Complex[][] l : LINDBLAD) {
                Complex expectation = mean(l, psi);
                Complex[] once = times(l, psi);
                Complex[] twice = times(adjoint(l), once);
                double square = expectation.getReal() * expectation.getReal()
                        + expectation.getImaginary() * expectation.getImaginary();
                for (int i = 0; i < 2; i++) {
                    change[i] = change[i]
                            .add(expectation.conjugate().multiply(once[i]))
                            .subtract(twice[i].multiply(0.5))
                            .subtract(psi[i].multiply(0.5 * square));
                }
            }
            return change;
        });
        VectorField factor = ComplexSde.field(psi -> {
            Complex[] entries = new Complex[4];
            for (int k = 0; k < 2; k++) {
                Complex expectation = mean(LINDBLAD[k], psi);
                Complex[] once = times(LINDBLAD[k], psi);
                for (int i = 0; i < 2; i++) {
                    entries[2 * i + k] = once[i].subtract(expectation.multiply(psi[i]));
                }
            }
            return entries;
        });
        return ComplexSde.ito(2, 2, drift, factor, Temperature.of(0.5));
    }

    private static FieldMatrix<Complex> matrix(Complex[][] entries) {
        return MatrixUtils.createFieldMatrix(entries);
    }

    /** ρ̇ = −i[H, ρ] + Σ(LρL† − ½{L†L, ρ}), by 2,000 steps of Runge and Kutta. */
    private static FieldMatrix<Complex> master(Complex[][] start, double t) {
        FieldMatrix<Complex> h = matrix(HAMILTONIAN);
        FieldMatrix<Complex> rho = matrix(start);
        int steps = 2_000;
        Complex dt = new Complex(t / steps);
        for (int n = 0; n < steps; n++) {
            FieldMatrix<Complex> k1 = rate(h, rho);
            FieldMatrix<Complex> k2 = rate(h, rho.add(k1.scalarMultiply(dt.multiply(0.5))));
            FieldMatrix<Complex> k3 = rate(h, rho.add(k2.scalarMultiply(dt.multiply(0.5))));
            FieldMatrix<Complex> k4 = rate(h, rho.add(k3.scalarMultiply(dt)));
            FieldMatrix<Complex> sum = k1.add(k2.scalarMultiply(new Complex(2)))
                    .add(k3.scalarMultiply(new Complex(2)))
                    .add(k4);
            rho = rho.add(sum.scalarMultiply(dt.divide(6)));
        }
        return rho;
    }

    private static FieldMatrix<Complex> rate(FieldMatrix<Complex> h, FieldMatrix<Complex> rho) {
        FieldMatrix<Complex> rate = h.multiply(rho).subtract(rho.multiply(h)).scalarMultiply(Complex.I.negate());
        for (Complex[][] entries : LINDBLAD) {
            FieldMatrix<Complex> l = matrix(entries);
            FieldMatrix<Complex> dagger = matrix(adjoint(entries));
            FieldMatrix<Complex> square = dagger.multiply(l);
            rate = rate.add(l.multiply(rho).multiply(dagger))
                    .subtract(square.multiply(rho).add(rho.multiply(square)).scalarMultiply(new Complex(0.5)));
        }
        return rate;
    }

    /** The mean of |ψ⟩⟨ψ| of a driven, damped, dephased two-level atom is the density matrix of its Lindblad equation. */
    @Test
    void stateDiffusionAveragesToTheLindbladEquation() {
        double t = 1.6;
        Complex[][] ground = {{ZERO, ZERO}, {ZERO, ONE}};
        FieldMatrix<Complex> rho = master(ground, t);
        double[] expected = {
            rho.getEntry(0, 0).getReal(),
            rho.getEntry(0, 1).getReal(),
            rho.getEntry(0, 1).getImaginary(),
            1.0
        };
        FunctionMoments density = FunctionMoments.of(
                (x, out) -> {
                    out[0] = x[0] * x[0] + x[1] * x[1];
                    out[1] = x[0] * x[2] + x[1] * x[3];
                    out[2] = x[1] * x[2] - x[0] * x[3];
                    out[3] = out[0] + x[2] * x[2] + x[3] * x[3];
                },
                4);
        double[][] means = new double[2][4];
        double[] error = new double[4];
        for (int level = 0; level < 2; level++) {
            RunningMoments m = Ensemble.of(stateDiffusion())
                    .scheme(EulerMaruyama.withStep(t / (24 << level)))
                    .paths(5_000)
                    .startingAt(0, 0, 1, 0)
                    .until(t)
                    .seed(1)
                    .projecting(Projection.sphere(1))
                    .observe(density)
                    .run()
                    .get(density);
            for (int i = 0; i < 4; i++) {
                means[level][i] = m.mean(i);
                error[i] = m.standardError(i);
            }
        }
        for (int i = 0; i < 3; i++) {
            assertThat(2 * means[1][i] - means[0][i]).isCloseTo(expected[i], within(4 * Math.sqrt(5) * error[i]));
            assertThat(means[1][i]).isCloseTo(expected[i], within(0.02 + 4 * error[i]));
        }
        assertThat(means[1][3]).isCloseTo(1.0, within(1e-14));
        // Not trivial: without damping the population would be another.
        double undamped = RABI
                * RABI
                / (RABI * RABI + DETUNING * DETUNING)
                * Math.pow(Math.sin(0.5 * Math.sqrt(RABI * RABI + DETUNING * DETUNING) * t), 2);
        assertThat(Math.abs(undamped - expected[0])).isGreaterThan(0.1);
    }

    /**
     * dz = −κz dt + √(2T) G dξ with complex κ and two noises at β ≠ 1: E z zᴴ solves κC + C κ* = 2T GGᴴ, and E z zᵀ stays 0:
     * the noise has no preferred phase.
     */
    @Test
    void additiveComplexNoiseIsCircular() {
        Complex kappa = new Complex(0.8, 3.0);
        Complex[][] g = {{new Complex(1, 0.5), new Complex(-0.4, 0.2)}, {new Complex(0.3, -1), new Complex(0, 0.6)}};
        double temperature = 0.7;
        VectorField drift = ComplexSde.field(z -> new Complex[] {
            z[0].multiply(kappa).negate(), z[1].multiply(kappa).negate()
        });
        Sde sde = ComplexSde.additive(drift, matrix(g), Temperature.of(temperature));
        assertThat(sde.dimension()).isEqualTo(4);
        assertThat(sde.diffusion().noise()).isEqualTo(Noise.ADDITIVE);
        Sde general = ComplexSde.ito(
                2,
                2,
                drift,
                ComplexSde.field(z -> new Complex[] {g[0][0], g[0][1], g[1][0], g[1][1]}),
                sde.temperature());
        double[] xi = {0.3, -1, 2, 0.1};
        double[] one = new double[4];
        double[] other = new double[4];
        sde.diffusion().factorTimes(new double[4], xi, one);
        general.diffusion().factorTimes(new double[4], xi, other);
        for (int i = 0; i < 2; i++) {
            Complex expected = g[i][0].multiply(new Complex(0.3, -1)).add(g[i][1].multiply(new Complex(2, 0.1)));
            assertThat(one[2 * i]).isCloseTo(expected.getReal() / Math.sqrt(2), within(1e-15));
            assertThat(one[2 * i + 1]).isCloseTo(expected.getImaginary() / Math.sqrt(2), within(1e-15));
            assertThat(other[2 * i]).isCloseTo(one[2 * i], within(1e-15));
            assertThat(other[2 * i + 1]).isCloseTo(one[2 * i + 1], within(1e-15));
        }
        Moments moments = Moments.of(4);
        int paths = 10_000;
        double h = 0.02;
        RunningMoments m = Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(h))
                .paths(paths)
                .until(6)
                .seed(2)
                .observe(moments)
                .run()
                .get(moments);
        // Of the recursion z ← (1 − κh)z + noise: C = 2T h GGᴴ/(1 − |1 − κh|²).
        double decay = 1 - Math.pow(1 - 0.8 * h, 2) - Math.pow(3.0 * h, 2);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                Complex c = g[i][0].multiply(g[j][0].conjugate())
                        .add(g[i][1].multiply(g[j][1].conjugate()))
                        .multiply(2 * temperature * h / decay);
                double error = 4 * Math.sqrt(2.0 / paths) * 2 * temperature * h / decay * 1.5;
                double rr = m.covariance(2 * i, 2 * j);
                double ii = m.covariance(2 * i + 1, 2 * j + 1);
                double ir = m.covariance(2 * i + 1, 2 * j);
                double ri = m.covariance(2 * i, 2 * j + 1);
                assertThat(rr + ii).isCloseTo(c.getReal(), within(error));
                assertThat(ir - ri).isCloseTo(c.getImaginary(), within(error));
                assertThat(rr - ii).isCloseTo(0.0, within(error));
                assertThat(ir + ri).isCloseTo(0.0, within(error));
            }
        }
    }

    @Test
    void refusals() {
        VectorField three = ComplexSde.field(z -> new Complex[3]);
        assertThatThrownBy(() -> three.at(new double[4], new double[4]))
                .hasMessageContaining("function must give 2 complex numbers, got 3");
        assertThatThrownBy(() -> ComplexSde.vector(new double[3])).hasMessageContaining("even length, got 3");
        assertThatThrownBy(() -> ComplexSde.ito(0, 1, three, three, Temperature.of(1)))
                .hasMessageContaining("dimension must be positive");
        assertThatThrownBy(() -> ComplexSde.ito(1, 0, three, three, Temperature.of(1)))
                .hasMessageContaining("noises must be positive");
        assertThat(ComplexSde.vector(ComplexSde.parts(new Complex(1, 2)))[0]).isEqualTo(new Complex(1, 2));
    }
}
