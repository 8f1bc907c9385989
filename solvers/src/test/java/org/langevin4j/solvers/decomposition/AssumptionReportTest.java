package org.langevin4j.solvers.decomposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

class AssumptionReportTest {

    private static Verdict verdict(AssumptionReport report, Claim claim) {
        return report.finding(claim).verdict();
    }

    @Test
    void example19() {
        Grid grid = Grid.of(Axis.uniform(-3.5, 3.5, 96), Axis.uniform(-5, 5, 128));
        AssumptionReport report =
                AssumptionReport.of(Systems.example19(1.5, 1.0), Region.of(grid, Boundary.REFLECTING));
        assertThat(verdict(report, Claim.EQUATION_8)).isEqualTo(Verdict.HOLDS);
        assertThat(verdict(report, Claim.STATIONARITY)).isEqualTo(Verdict.HOLDS);
        assertThat(verdict(report, Claim.EQUATION_19)).isEqualTo(Verdict.HOLDS);
        assertThat(verdict(report, Claim.ASSUMPTION_4)).isEqualTo(Verdict.FAILS);
        assertThat(verdict(report, Claim.ORTHOGONALITY)).isEqualTo(Verdict.FAILS);
        assertThat(verdict(report, Claim.DETAILED_BALANCE)).isEqualTo(Verdict.FAILS);
        // √E[(∇·j)²] by NumPy sums.
        assertThat(report.finding(Claim.ASSUMPTION_4).limit()).isCloseTo(1.5 * 0.45192073890764684, within(2e-3));
        assertThat(report.finding(Claim.EQUATION_19).order()).isBetween(1.7, 2.3);
        assertThat(report.temperatureIndependence()).isEqualTo(Verdict.FAILS);
        assertThat(report.densityAtWalls()).isBetween(0.0, 1e-4);
        assertThat(report.toString())
                .contains("FAILS      ∇·j = 0")
                .contains("HOLDS      ∇·(jρˢˢ)/ρˢˢ = 0")
                .contains("rounding")
                .contains("Φ the same at every β: FAILS");
    }

    /** A thousandth of drift and temperature is the same motion, a thousand times as slow: it has the same verdicts. */
    @Test
    void theUnitOfTimeDoesNotMatter() {
        Sde sde = Systems.example19(1.5, 2.0);
        Region region = Region.of(Grid.square(-3.5, 3.5, 64), Boundary.REFLECTING);
        AssumptionReport report = AssumptionReport.of(sde, region);
        AssumptionReport slow = AssumptionReport.of(
                Sde.ito(
                        (x, out) -> {
                            sde.drift().at(x, out);
                            out[0] *= 1e-3;
                            out[1] *= 1e-3;
                        },
                        sde.diffusion(),
                        Temperature.of(5e-4)),
                region);
        for (Claim claim : Claim.values()) {
            assertThat(verdict(slow, claim)).as("%s", claim).isEqualTo(verdict(report, claim));
        }
        assertThat(verdict(slow, Claim.ORTHOGONALITY)).isEqualTo(Verdict.FAILS);
        assertThat(verdict(slow, Claim.ASSUMPTION_4)).isEqualTo(Verdict.FAILS);
    }

    /**
     * Φ = r²/2, D = diag(1 + x₁²/2, 1) and no current, on graded axes: c = 1 + T/4, E‖D − cI‖² = 3T²/8 and E‖D‖² = 2 + T + 3T²/4;
     * r²/2 has the standard deviation T, x₁ that of √T.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2.0})
    void aLossOnGradedAxes(double temperature) {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = -(1 + 0.5 * x[0] * x[0]) * x[0] + temperature * x[0];
                    out[1] = -x[1];
                },
                Diffusion.automaticDiagonal(
                        2, x -> new Gradient[] {x[0].square().multiply(0.5).add(1.0), x[0].newInstance(1.0)}),
                Temperature.of(temperature));
        Axis axis = Systems.graded(6 * Math.sqrt(temperature), 128);
        GridDecomposition grid = GridDecomposition.of(sde, Grid.of(axis, axis), Boundary.REFLECTING);
        double c = 1 + temperature / 4;
        LossComparison bowl = grid.comparedTo(x -> 0.5 * (x[0] * x[0] + x[1] * x[1]));
        double square = 2 + temperature + 0.75 * temperature * temperature;
        assertThat(bowl.meanDiffusion()).isCloseTo(c, within(2e-3 * c));
        assertThat(bowl.anisotropy() / (temperature * Math.sqrt(0.375 / square)))
                .isCloseTo(1, within(1e-2));
        assertThat(bowl.deviation()).isLessThan(1e-2 * temperature);
        assertThat(bowl.scaledDeviation() / ((1 - 1 / c) * temperature)).isCloseTo(1, within(2e-2));
        LossComparison tilted = grid.comparedTo(x -> 0.5 * (x[0] * x[0] + x[1] * x[1]) + 0.3 * x[0]);
        assertThat(tilted.deviation() / (0.3 * Math.sqrt(temperature))).isCloseTo(1, within(1e-2));
    }

    /** ∇·j = 0 and so Φ of one temperature serves all. */
    @Test
    void hopf() {
        AssumptionReport report =
                AssumptionReport.of(Systems.hopf(2.0), Region.of(Grid.square(-2.6, 2.6, 96), Boundary.REFLECTING));
        for (Claim claim : Claim.values()) {
            assertThat(verdict(report, claim))
                    .as("%s", claim)
                    .isEqualTo(claim == Claim.DETAILED_BALANCE ? Verdict.FAILS : Verdict.HOLDS);
        }
        assertThat(report.temperatureIndependence()).isEqualTo(Verdict.HOLDS);
        // √E[j²] = 2√E[r²], and r² is normal of mean 1 and variance 1, cut off at 0.
        double mass = 0.5 * Erf.erfc(-Math.sqrt(0.5)) * Math.sqrt(2 * Math.PI);
        assertThat(report.finding(Claim.DETAILED_BALANCE).limit())
                .isCloseTo(2 * Math.sqrt(1.0 + Math.exp(-0.5) / mass), within(2e-3));
    }

    /** thm22_1d_counterexample: ∂²D = 2, and j = 0 all the same. */
    @Test
    void multiplicativeNoise() {
        Sde sde = Sde.ito(
                (x, out) -> out[0] = -3 * x[0],
                Diffusion.automaticDiagonal(
                        1, x -> new Gradient[] {x[0].square().add(1.0)}),
                Temperature.of(0.25));
        AssumptionReport report =
                AssumptionReport.of(sde, Region.of(Grid.of(Axis.uniform(-6, 6, 1024)), Boundary.REFLECTING));
        assertThat(verdict(report, Claim.DETAILED_BALANCE)).isEqualTo(Verdict.HOLDS);
        assertThat(verdict(report, Claim.ASSUMPTION_4)).isEqualTo(Verdict.HOLDS);
        assertThat(verdict(report, Claim.ORDER_INVERSE_BETA)).isEqualTo(Verdict.FAILS);
        assertThat(report.finding(Claim.ORDER_INVERSE_BETA).limit()).isCloseTo(2.0, within(1e-6));
        assertThat(report.temperatureIndependence()).isEqualTo(Verdict.FAILS);
        // The reference: Φ(1) − Φ(0) = 1.2130075659799042 at β = 4.
        GridDecomposition fine = report.finest();
        assertThat(fine.potential().at(1.0) - fine.potential().at(0.0)).isCloseTo(1.2130075659799042, within(0.03));
    }

    /** D = cI has Φ = f/c, and only for c = 1 Φ = f. */
    @Test
    void lemma6ForIsotropicDiffusion() {
        ScalarField f = x -> Math.pow(x[0] * x[0] - 1, 2) / 4 + x[1] * x[1] / 2 + 0.3 * x[0] * x[1];
        for (double c : new double[] {1.0, 2.0}) {
            AssumptionReport report = AssumptionReport.of(
                    gradient(Diffusion.isotropic(2, c)), Region.of(Grid.square(-5, 5, 96), Boundary.REFLECTING));
            assertThat(report.potentialEquals(f, true).verdict()).isEqualTo(Verdict.HOLDS);
            assertThat(report.potentialEquals(f, false).verdict()).isEqualTo(c == 1.0 ? Verdict.HOLDS : Verdict.FAILS);
            assertThat(verdict(report, Claim.DETAILED_BALANCE)).isEqualTo(Verdict.HOLDS);
            assertThat(report.finest().comparedTo(f).anisotropy()).isZero();
        }
    }

    private static Sde gradient(Diffusion diffusion) {
        return Sde.ito(
                (x, out) -> {
                    out[0] = -(x[0] * (x[0] * x[0] - 1) + 0.3 * x[1]);
                    out[1] = -(x[1] + 0.3 * x[0]);
                },
                diffusion,
                Systems.ONE);
    }

    /** An anisotropic constant D: neither f nor a multiple of it. */
    @Test
    void lemma6ForAnisotropicDiffusion() {
        ScalarField f = x -> Math.pow(x[0] * x[0] - 1, 2) / 4 + x[1] * x[1] / 2 + 0.3 * x[0] * x[1];
        AssumptionReport report = AssumptionReport.of(
                gradient(Diffusion.diagonal(1.0, 0.25)), Region.of(Grid.square(-4, 4, 96), Boundary.REFLECTING));
        assertThat(report.potentialEquals(f, false).verdict()).isEqualTo(Verdict.FAILS);
        assertThat(report.potentialEquals(f, true).verdict()).isEqualTo(Verdict.FAILS);
        assertThat(verdict(report, Claim.DETAILED_BALANCE)).isEqualTo(Verdict.FAILS);
    }

    /**
     * The converse of Lemma 6 fails for D(x): with the rotated x⊥ and D = (1 − ε)I + ε x⊥x⊥ᵀ, f = r²/2 has Φ = f at β = 1, since
     * ∂ᵢ∂ⱼ((D − I)ᵢⱼρ) = 0. By hand: ∇·D = −εx, D∇Φ = (1 − ε)x, hence j = −x + (1 − ε)x + εx = 0.
     */
    @Test
    void anAnisotropicDiffusionWhosePotentialIsTheLoss() {
        double e = 0.2;
        Diffusion d = Diffusion.automaticFactor(2, 3, x -> new Gradient[][] {
            {x[0].newInstance(Math.sqrt(1 - e)), x[0].newInstance(0.0), x[1].multiply(-Math.sqrt(e))},
            {x[0].newInstance(0.0), x[0].newInstance(Math.sqrt(1 - e)), x[0].multiply(Math.sqrt(e))}
        });
        Sde sde = Sde.ito(LinearField.of(MatrixUtils.createRealIdentityMatrix(2).scalarMultiply(-1)), d, Systems.ONE);
        AssumptionReport report = AssumptionReport.of(sde, Region.of(Grid.square(-5, 5, 96), Boundary.REFLECTING));
        ScalarField f = x -> 0.5 * (x[0] * x[0] + x[1] * x[1]);
        assertThat(report.finest().comparedTo(f).anisotropy()).isGreaterThan(0.25);
        assertThat(report.potentialEquals(f, false).verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(verdict(report, Claim.DETAILED_BALANCE)).isEqualTo(Verdict.HOLDS);
        // ∂ᵢ∂ⱼDᵢⱼ = −2ε: at another temperature it is not.
        assertThat(report.finding(Claim.ORDER_INVERSE_BETA).limit()).isCloseTo(2 * e, within(1e-9));
        assertThat(report.temperatureIndependence()).isEqualTo(Verdict.FAILS);
    }

    @Test
    void verdictsFromNorms() {
        assertThat(Finding.of("a", List.of(4.0, 1.0), 1.0, 0.0).verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(Finding.of("a", List.of(4.0, 1.0), 1.0, 0.0).order()).isCloseTo(2.0, within(1e-15));
        assertThat(Finding.of("a", List.of(1e-12, 2e-12), 1.0, 0.0).verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(Finding.of("a", List.of(1.04, 1.01), 1.0, 0.1).verdict()).isEqualTo(Verdict.FAILS);
        assertThat(Finding.of("a", List.of(1.04, 1.01), 1.0, 0.1).limit()).isCloseTo(1.0, within(1e-15));
        assertThat(Finding.of("a", List.of(1.0, 0.7), 1.0, 0.0).verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(Finding.of("a", List.of(1.04, 1.01), 1.0, 0.4).verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThatThrownBy(() -> Finding.of("a", List.of(1.0), 1.0, 0.0))
                .hasMessage("norms must number at least 2, got 1");
        assertThatThrownBy(() ->
                        AssumptionReport.of(Systems.hopf(1.0), Region.of(Grid.square(-2, 2, 50), Boundary.REFLECTING)))
                .hasMessage("cells of an axis must be a multiple of 4 and at least 16, got 50");
    }
}
