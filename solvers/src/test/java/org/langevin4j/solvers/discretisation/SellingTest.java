package org.langevin4j.solvers.discretisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;

public class SellingTest {

    private static final int[] FAR = {100_000, 100_000, 100_000};

    /** B Bᵀ with B normal, d×rank, its columns of very different length. */
    public static double[] random(int d, int rank, double spread, long seed) {
        NormalStream normals = NormalStream.of(Seed.of(seed));
        double[] m = new double[d * d];
        for (int k = 0; k < rank; k++) {
            double length = Math.exp(spread * normals.at(1, 0, k));
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    m[i * d + j] += length * length * normals.at(0, k, i) * normals.at(0, k, j);
                }
            }
        }
        return m;
    }

    private static double[] sum(Selling selling, int d) {
        double[] m = new double[d * d];
        for (int k = 0; k < selling.count; k++) {
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    m[i * d + j] += selling.weights[k] * selling.offsets[k * d + i] * selling.offsets[k * d + j];
                }
            }
        }
        return m;
    }

    @Property(tries = 5000)
    void sumsToTheMatrixWithPositiveWeights(
            @ForAll @IntRange(min = 2, max = 3) int d,
            @ForAll @DoubleRange(min = 0, max = 1.5) double spread,
            @ForAll long seed) {
        double[] m = random(d, d, spread, seed);
        Selling selling = new Selling(d, FAR);
        selling.decompose(m);
        double trace = 0.0;
        for (int i = 0; i < d; i++) {
            trace += m[i * d + i];
        }
        assertThat(selling.thickness).isLessThanOrEqualTo(4e-6 * trace);
        for (int i = 0; i < d; i++) {
            m[i * d + i] += selling.thickness;
        }
        assertThat(sum(selling, d)).containsExactly(m, within(2e-10 * trace));
        for (int k = 0; k < selling.count; k++) {
            assertThat(selling.weights[k]).isPositive();
        }
    }

    /** At every angle of the plane and anisotropy 10⁴ the offsets are no longer than √κ. */
    @Test
    void strongAnisotropyNeedsNoThickening() {
        Selling selling = new Selling(2, FAR);
        for (int degree = 0; degree < 180; degree++) {
            double c = Math.cos(Math.toRadians(degree + 0.3));
            double s = Math.sin(Math.toRadians(degree + 0.3));
            double[] m = {c * c + 1e-4 * s * s, (1 - 1e-4) * c * s, (1 - 1e-4) * c * s, s * s + 1e-4 * c * c};
            selling.decompose(m);
            assertThat(selling.thickness).isZero();
            assertThat(sum(selling, 2)).containsExactly(m, within(1e-11));
            for (int k = 0; k < 2 * selling.count; k++) {
                assertThat(Math.abs(selling.offsets[k])).isLessThanOrEqualTo(101);
            }
        }
    }

    /** Rank one along a direction that no offset has: (1, √2). The thickened matrix fits into the reach. */
    @Property(tries = 500)
    void singularMatricesAreThickenedToFit(@ForAll @IntRange(min = 2, max = 3) int d, @ForAll long seed) {
        double[] m = random(d, 1, 0, seed);
        int[] reach = {12, 12, 12};
        Selling selling = new Selling(d, reach);
        selling.decompose(m);
        double trace = 0.0;
        for (int i = 0; i < d; i++) {
            trace += m[i * d + i];
        }
        assertThat(selling.thickness).isBetween(0.0, 0.2 * trace);
        for (int k = 0; k < d * selling.count; k++) {
            assertThat(Math.abs(selling.offsets[k])).isLessThanOrEqualTo(12);
        }
        for (int i = 0; i < d; i++) {
            m[i * d + i] += selling.thickness;
        }
        assertThat(sum(selling, d)).containsExactly(m, within(1e-11 * trace));
    }

    @Test
    void aRationalDirectionIsExact() {
        Selling selling = new Selling(2, FAR);
        selling.decompose(new double[] {4, 6, 6, 9});
        assertThat(selling.thickness).isZero();
        assertThat(selling.count).isEqualTo(1);
        assertThat(selling.weights[0]).isEqualTo(1.0);
        assertThat(Math.abs(selling.offsets[0])).isEqualTo(2);
        assertThat(Math.abs(selling.offsets[1])).isEqualTo(3);
    }
}
