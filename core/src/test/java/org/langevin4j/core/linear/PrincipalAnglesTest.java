package org.langevin4j.core.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class PrincipalAnglesTest {

    /** Planes through e₁, e₂ … turned by known angles towards e₄, e₅ …, seen in random bases: from 10⁻¹² to π/2. */
    @Test
    void knownRotations() {
        double[] expected = {0.0, 1e-12, 1e-8, 0.3, 1.2, 0.5 * Math.PI};
        int k = expected.length;
        RealMatrix a = MatrixUtils.createRealMatrix(2 * k, k);
        RealMatrix b = MatrixUtils.createRealMatrix(2 * k, k);
        for (int j = 0; j < k; j++) {
            a.setEntry(j, j, 1.0);
            b.setEntry(j, j, Math.cos(expected[j]));
            b.setEntry(k + j, j, Math.sin(expected[j]));
        }
        RealMatrix turn = orthogonal(2 * k);
        double[] angles = PrincipalAngles.between(
                turn.multiply(a).multiply(orthogonal(k)), turn.multiply(b).multiply(orthogonal(k)));
        assertThat(angles).containsExactly(expected, within(2e-15 * k));
        // Of a line and a plane there is one angle, and it does not matter which comes first.
        RealMatrix line = a.getSubMatrix(0, 2 * k - 1, 3, 3);
        RealMatrix space = b.getSubMatrix(0, 2 * k - 1, 2, 4);
        assertThat(PrincipalAngles.between(line, space)).containsExactly(new double[] {0.3}, within(1e-15));
        assertThat(PrincipalAngles.between(space, line)).containsExactly(new double[] {0.3}, within(1e-15));
        assertThatThrownBy(() -> PrincipalAngles.between(a, orthogonal(3)))
                .hasMessage("subspaces must lie in the same space, got vectors of length 12 and 3");
    }

    private final Random random = new Random(5);

    private RealMatrix orthogonal(int n) {
        RealMatrix a = MatrixUtils.createRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                a.setEntry(i, j, random.nextGaussian());
                a.setEntry(j, i, a.getEntry(i, j));
            }
        }
        return LinearAlgebra.pureJava().symmetricEigen(a).vectors();
    }
}
