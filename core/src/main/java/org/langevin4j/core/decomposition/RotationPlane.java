package org.langevin4j.core.decomposition;

import java.util.Locale;
import org.langevin4j.core.block.VectorText;

/**
 * A plane in which the stationary current of a linear system turns. There ẋ = j(x) runs along the ellipses xᵀUx = const
 * with one angular velocity: x(t) = r (cos ωt · a + sin ωt · b).
 *
 * @see LinearIrreversibility#rotationPlanes()
 */
public final class RotationPlane {

    private final double rate;
    private final double[] first;
    private final double[] second;

    RotationPlane(double rate, double[] first, double[] second) {
        this.rate = rate;
        this.first = first;
        this.second = second;
    }

    /**
     * The angular velocity.
     *
     * @return ω ≥ 0, radians per unit of time
     */
    public double rate() {
        return rate;
    }

    /**
     * The direction from which the current turns.
     *
     * @return a copy of a, length d, with aᵀUa = 1 and aᵀUb = 0
     */
    public double[] first() {
        return first.clone();
    }

    /**
     * The direction to which the current turns.
     *
     * @return a copy of b, length d, with bᵀUb = 1
     */
    public double[] second() {
        return second.clone();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "rate %.5g in the plane of %s and %s", rate, VectorText.of(first), VectorText.of(second));
    }
}
