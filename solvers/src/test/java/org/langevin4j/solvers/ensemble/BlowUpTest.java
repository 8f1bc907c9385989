package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Stream;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.Milstein;
import org.langevin4j.solvers.sde.Scheme;

/** A step that is too long is reported as that, whatever the diffusion thinks of the states it leads to. */
class BlowUpTest {

    static Stream<Named<Diffusion>> diffusions() {
        return Stream.of(
                Named.of("automatic diagonal", Diffusion.automaticDiagonal(2, x ->
                        new Gradient[] {x[0].square().add(1.0), x[1].square().add(1.0)})),
                Named.of("diagonal", Diffusion.diagonal(2, (x, out) -> {
                    out[0] = 1.0 + x[0] * x[0];
                    out[1] = 1.0 + x[0] * x[0] - x[1];
                    out[1] *= out[1];
                })),
                Named.of("isotropic", Diffusion.isotropic(2, x -> 1.0 + x[0] * x[0])),
                Named.of("automatic factor", Diffusion.automaticFactor(2, 1, x ->
                        new Gradient[][] {{x[0].square().add(1.0).sqrt()}, {x[1].sin()}})),
                Named.of("factor", Diffusion.factor(2, 2, (x, out) -> {
                    Arrays.fill(out, 0.0);
                    out[0] = Math.sqrt(1.0 + x[0] * x[0]);
                    out[3] = x[0] - x[1];
                })),
                Named.of("matrix", Diffusion.of(MatrixField.of(2, (x, out) -> {
                    out[0] = 1.0 + x[0] * x[0];
                    out[1] = out[2] = x[0] * x[1];
                    out[3] = 1.0 + x[1] * x[1];
                }))),
                Named.of("constant", Diffusion.diagonal(1.0, 0.0)));
    }

    @ParameterizedTest
    @MethodSource("diffusions")
    void isReportedAsSuch(Diffusion diffusion) {
        for (Scheme scheme : new Scheme[] {EulerMaruyama.withStep(0.01), Milstein.withStep(0.1)}) {
            Sde sde = new Sde(
                    (x, out) -> {
                        out[0] = -1000.0 * x[0] * x[0] * x[0];
                        out[1] = -x[1];
                    },
                    diffusion,
                    Temperature.of(0.7),
                    Calculus.ITO);
            for (int paths : new int[] {1, 300}) {
                Ensemble ensemble = Ensemble.of(sde)
                        .scheme(scheme)
                        .paths(paths)
                        .until(10.0)
                        .startingAt(3.0, 0.5)
                        .seed(5);
                assertThatThrownBy(ensemble::run).isInstanceOfSatisfying(NonFinitePathException.class, lost -> {
                    assertThat(lost.step()).isBetween(2L, 20L);
                    assertThat(lost.lastFinite()).hasSize(2);
                    assertThat(Math.abs(lost.lastFinite()[0])).isBetween(1e3, Double.MAX_VALUE);
                });
            }
        }
    }
}
