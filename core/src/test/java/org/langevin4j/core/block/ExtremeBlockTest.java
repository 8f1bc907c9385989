package org.langevin4j.core.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.langevin4j.core.Extremes.answer;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.langevin4j.core.Extremes;
import org.langevin4j.core.random.BrownianPath;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;

/** Elementary functions and random numbers in blocks of any size, of any number. */
@Domain(Extremes.class)
class ExtremeBlockTest {

    /** Against {@link StrictMath}, to two units in the last place; what is not finite to the bit. */
    @Property(tries = 300, seed = "1")
    void functionsOfExtremesAreThoseOfStrictMath(@ForAll double[] x, @ForAll int n) {
        double[] out = new double[3];
        answer("^n must", () -> {
                    BlockMath.exp(x, n, out);
                    return n;
                })
                .ifPresent(count -> {
                    for (int i = 0; i < count; i++) {
                        near(out[i], StrictMath.exp(x[i]));
                        assertThat(Double.compare(BlockMath.exp(x[i]), out[i])).isZero();
                    }
                    BlockMath.log(x, count, out);
                    for (int i = 0; i < count; i++) {
                        near(out[i], StrictMath.log(x[i]));
                    }
                    BlockMath.sin(x, count, out);
                    for (int i = 0; i < count; i++) {
                        near(out[i], StrictMath.sin(x[i]));
                    }
                    BlockMath.cos(x, count, out);
                    for (int i = 0; i < count; i++) {
                        near(out[i], StrictMath.cos(x[i]));
                    }
                });
    }

    private static void near(double found, double known) {
        if (Double.isFinite(known)) {
            assertThat(Math.abs(found - known)).isLessThanOrEqualTo(2.0 * Math.ulp(known));
        } else {
            assertThat(Double.compare(found, known)).isZero();
        }
    }

    @Property(tries = 300, seed = "1")
    void randomNumbersAreDrawnOrRefused(@ForAll long seed, @ForAll long path, @ForAll long step, @ForAll int paths) {
        double[][] out = new double[3][4];
        answer("^paths must|^step must", () -> {
                    NormalStream.of(Seed.of(seed)).fill(path, paths, step, out);
                    return paths;
                })
                .ifPresent(count -> {
                    for (int p = 0; p < count; p++) {
                        assertThat(Math.abs(out[2][p])).isLessThan(8.6);
                    }
                });
        answer("^needed must|^paths must|^step must", () -> {
            NormalStream.of(Seed.of(seed)).fill(new long[] {path}, paths, step, new boolean[] {true}, out);
            return paths;
        });
        answer("^words must", () -> {
            Threefry.hash(seed, path, new long[Math.max(0, Math.min(paths, 4))]);
            return paths;
        });
        answer(
                "refinement|interval|level",
                () -> BrownianPath.of(Seed.of(seed), 0, 2, 1.0).levyAreas(3, path, paths == 17 ? 4 : paths));
    }
}
