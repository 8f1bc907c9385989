package org.langevin4j.models.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.decomposition.LinearIrreversibility;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/** Momenta are odd: the chain between two baths produces J(1/Tₙ − 1/T₁), with J by Rieder, Lebowitz and Lieb (1967). */
class HeatChainEntropyTest {

    private static LinearDecomposition decomposition(HeatConductingChain chain, double temperature) {
        int d = chain.dimension();
        Sde sde = chain.sde(Temperature.of(temperature));
        double[] jacobian = new double[d * d];
        double[] noise = new double[d * d];
        chain.drift().jacobian(new double[d], jacobian);
        sde.diffusion().matrix(new double[d], noise);
        RealMatrix f = MatrixUtils.createRealMatrix(d, d);
        RealMatrix n = MatrixUtils.createRealMatrix(d, d);
        for (int i = 0; i < d * d; i++) {
            f.setEntry(i / d, i % d, -jacobian[i]);
            n.setEntry(i / d, i % d, noise[i]);
        }
        return LinearDecomposition.of(f, n);
    }

    @Test
    void theChainOf64CoordinatesHasAFiniteEntropyProduction() {
        HeatConductingChain chain = new HeatConductingChain(32, 1.0, 1.0, 2.0);
        // (3 − √5)/4 for a long chain, T₁ − Tₙ = 1.
        assertThat(chain.heatCurrent(Temperature.of(1.0))).isCloseTo(0.1909830056, within(1e-10));
        LinearDecomposition found = decomposition(chain, 1.0);
        LinearIrreversibility kinetic = LinearIrreversibility.of(found, chain.parity());
        assertThat(kinetic.entropyProductionRate().orElseThrow()).isCloseTo(0.1909830056 * 0.5, within(1e-9));
        assertThat(LinearIrreversibility.of(found).entropyProductionRate().orElseThrow())
                .isInfinite();
    }

    @Test
    void otherChainsAtOtherTemperatures() {
        for (HeatConductingChain chain : new HeatConductingChain[] {
            new HeatConductingChain(2, 1.3, 0.4, 3.0),
            new HeatConductingChain(5, 0.7, 2.0, 0.25),
            new HeatConductingChain(12, 2.0, 0.6, 1.1)
        }) {
            double expected = chain.heatCurrent(Temperature.of(0.4)) * (1.0 / 0.4 - 1.0 / (0.4 * chain.ratio()));
            assertThat(chain.entropyProductionRate()).isCloseTo(expected, within(1e-13 * expected));
            assertThat(LinearIrreversibility.of(decomposition(chain, 0.4), chain.parity())
                            .entropyProductionRate()
                            .orElseThrow())
                    .as("%s", chain)
                    .isCloseTo(expected, within(1e-8 * expected));
        }
    }

    @Test
    void oneTemperatureIsEquilibrium() {
        for (int n : new int[] {2, 7, 32}) {
            HeatConductingChain chain = new HeatConductingChain(n, 1.0, 1.0, 1.0);
            LinearDecomposition found = decomposition(chain, 1.0);
            assertThat(found.q().getFrobeniusNorm()).isGreaterThan(1.0);
            assertThat(LinearIrreversibility.of(found, chain.parity())
                            .entropyProductionRate()
                            .orElseThrow())
                    .isZero();
        }
    }
}
