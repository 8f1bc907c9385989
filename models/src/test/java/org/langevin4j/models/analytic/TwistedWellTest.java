package org.langevin4j.models.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.hipparchus.analysis.differentiation.Gradient;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.sde.Diffusion;

class TwistedWellTest {

    /** The same B and q, differentiated automatically. */
    private static final Diffusion AUTOMATIC = Diffusion.automaticFactor(2, 2, x -> new Gradient[][] {
        {x[1].multiply(decay(x[1])).multiply(0.3).add(1.0), x[0].newInstance(0.0)},
        {x[0].multiply(decay(x[0])).multiply(0.5), decay(x[0]).multiply(0.3).add(1.0)}
    });

    private static final AntisymmetricField AUTOMATIC_Q = AntisymmetricField.automatic(2, x -> new Gradient[] {
        decay(x[0]).multiply(x[1]).multiply(decay(x[1])).multiply(0.5).add(1.0).multiply(2.0)
    });

    private static Gradient decay(Gradient u) {
        return u.square().add(1.0).sqrt().reciprocal();
    }

    @Property(tries = 200)
    void closedFormsAgreeWithAutomaticDifferentiation(
            @ForAll @DoubleRange(min = -4, max = 4) double x, @ForAll @DoubleRange(min = -4, max = 4) double y) {
        double[] point = {x, y};
        Diffusion closed = new TwistedWell(2.0).diffusion();
        double[] first = new double[4];
        double[] second = new double[4];
        closed.matrix(point, first);
        AUTOMATIC.matrix(point, second);
        assertThat(first).containsExactly(second, within(1e-14));
        new TwistedWell(2.0).antisymmetric().at(point, first);
        AUTOMATIC_Q.at(point, second);
        assertThat(first).containsExactly(second, within(1e-14));

        double[] a = new double[2];
        double[] b = new double[2];
        closed.divergence(point, a);
        AUTOMATIC.divergence(point, b);
        assertThat(a).containsExactly(b, within(1e-14));
        closed.noiseInducedDrift().orElseThrow().at(point, a);
        AUTOMATIC.noiseInducedDrift().orElseThrow().at(point, b);
        assertThat(a).containsExactly(b, within(1e-14));
        new TwistedWell(2.0).antisymmetric().divergence(point, a);
        AUTOMATIC_Q.divergence(point, b);
        assertThat(a).containsExactly(b, within(1e-14));

        double[] xi = {0.3, -1.2};
        closed.factorTimes(point, xi, a);
        AUTOMATIC.factorTimes(point, xi, b);
        assertThat(a).containsExactly(b, within(1e-14));
        double[][] block = new double[2][1];
        closed.factorTimesBlock(new double[][] {{x}, {y}}, new double[][] {{0.3}, {-1.2}}, 1, block);
        assertThat(new double[] {block[0][0], block[1][0]}).containsExactly(a);
    }
}
