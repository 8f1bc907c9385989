package org.langevin4j.models.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.Potential;

class MaierSteinTest {

    @Property(tries = 100)
    void theJacobianIsThatOfTheDrift(
            @ForAll @DoubleRange(min = -2, max = 2) double x,
            @ForAll @DoubleRange(min = -2, max = 2) double y,
            @ForAll @DoubleRange(min = 0.5, max = 12) double kappa) {
        DifferentiableField automatic = DifferentiableField.automatic(v -> new Gradient[] {
            v[0].subtract(v[0].pow(3)).subtract(v[0].multiply(v[1].square()).multiply(kappa)),
            v[0].square().add(1.0).multiply(v[1]).negate()
        });
        DifferentiableField drift = new MaierStein(kappa).drift();
        double[] point = {x, y};
        double[] found = new double[2];
        double[] expected = new double[2];
        drift.at(point, found);
        automatic.at(point, expected);
        assertThat(found).containsExactly(expected, within(1e-12));
        double[] jacobian = new double[4];
        double[] expectedJacobian = new double[4];
        drift.jacobian(point, jacobian);
        automatic.jacobian(point, expectedJacobian);
        assertThat(jacobian).containsExactly(expectedJacobian, within(1e-12));
    }

    @Property(tries = 50)
    void itIsAGradientForKappaOne(
            @ForAll @DoubleRange(min = -2, max = 2) double x, @ForAll @DoubleRange(min = -2, max = 2) double y) {
        Potential loss = Potential.automatic(v -> v[0].square()
                .subtract(1.0)
                .square()
                .multiply(0.25)
                .add(v[0].square().add(1.0).multiply(v[1].square()).multiply(0.5)));
        double[] found = new double[2];
        double[] gradient = new double[2];
        new MaierStein(1.0).drift().at(new double[] {x, y}, found);
        loss.gradient(new double[] {x, y}, gradient);
        assertThat(found).containsExactly(new double[] {-gradient[0], -gradient[1]}, within(1e-12));
    }

    @Test
    void theDriftRestsAtASaddleAndTwoWells() {
        MaierStein model = new MaierStein(5.0);
        double[] b = new double[2];
        double[] jacobian = new double[4];
        assertThat(model.restingPoints()).hasSize(3);
        for (double[] point : model.restingPoints()) {
            model.drift().at(point, b);
            assertThat(b).containsExactly(new double[2], within(1e-300));
            model.drift().jacobian(point, jacobian);
            boolean well = point[0] != 0.0;
            assertThat(jacobian[0]).isEqualTo(well ? -2.0 : 1.0);
            assertThat(jacobian[3]).isNegative();
        }
    }

    @Test
    void kappaMustBePositive() {
        assertThatThrownBy(() -> new MaierStein(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("kappa must be positive and finite, got NaN");
    }
}
