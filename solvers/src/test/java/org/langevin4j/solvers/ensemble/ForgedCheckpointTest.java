package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.sde.EulerMaruyama;

/** Files with a right checksum and wrong contents. */
class ForgedCheckpointTest {

    private static byte[] sealed(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, bytes.length - Long.BYTES);
        ByteBuffer.wrap(bytes).putLong(bytes.length - Long.BYTES, crc.getValue());
        return bytes;
    }

    /** Some batches done and one under way, of all kinds of collectors. */
    private static Ensemble ensemble() {
        return ResumeTest.observed(ResumeTest.ensemble(EulerMaruyama.withStep(0.05), 700, 10.0))
                .onNonFinite(NonFinite.STOP_PATH)
                .threads(1);
    }

    private static byte[] genuine(Ensemble ensemble, Path file) throws IOException {
        Cancellation cancellation = new Cancellation();
        ensemble.startingFrom((path, out) -> {
                    out[0] = 0.3;
                    out[1] = 0.1;
                    if (path == 300) {
                        cancellation.cancel();
                    }
                })
                .cancelledBy(cancellation)
                .checkpoint(file, Duration.ofDays(1))
                .run();
        return Files.readAllBytes(file);
    }

    /** Where mutations go: numbers that count something are few among the sums, so all lengths are tried by themselves. */
    @Property(tries = 150)
    void anyMutationIsRefusedOrRuns(@ForAll long seed) throws IOException {
        Path file = Files.createTempFile("forged", "");
        try {
            Ensemble ensemble = ensemble();
            byte[] bytes = genuine(ensemble, file);
            Random random = new Random(seed);
            int head = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("observables");
            for (int change = 0; change <= random.nextInt(3); change++) {
                int at = head + random.nextInt(bytes.length - head - Long.BYTES);
                switch (random.nextInt(4)) {
                    case 0 -> bytes[at] = (byte) random.nextInt();
                    case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                    case 2 ->
                        ByteBuffer.wrap(bytes)
                                .putLong(
                                        Math.min(at, bytes.length - 2 * Long.BYTES),
                                        random.nextLong() >> random.nextInt(64));
                    default -> bytes = Arrays.copyOf(bytes, bytes.length - random.nextInt(bytes.length - at - 1));
                }
            }
            Files.write(file, sealed(bytes));
            try {
                EnsembleResult result =
                        ensemble.checkpoint(file, Duration.ofDays(1)).resume();
                assertThat(result.isComplete()).isTrue();
                assertThat(result.get(Moments.of(2)).count()).isEqualTo(700);
            } catch (CheckpointException refused) {
                assertThat(refused).hasMessageContaining(file.toString());
            } catch (NonFinitePathException | IllegalArgumentException ofTheRun) {
                // A forged state or sum is a number like any other; what the run makes of it is told by the run.
                assertThat(ofTheRun.getMessage()).isNotBlank();
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Every word of eight bytes, and every one of four, becomes a count that is negative, huge or a little too large. */
    @Test
    void everyForgedCountIsRefusedOrAPossibleNumber(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("c");
        Ensemble ensemble = Ensemble.of(
                        Sde.ito((x, out) -> out[0] = -x[0], Diffusion.isotropic(1, 1.0), Temperature.of(1.0)))
                .scheme(EulerMaruyama.withStep(0.1))
                .until(0.5)
                .paths(3000)
                .seed(1)
                .observe(Moments.of(1), TimeSeries.of(Moments.of(1)), Snapshots.ofFirst(2))
                .checkpoint(file, Duration.ofDays(1));
        ensemble.run();
        byte[] good = Files.readAllBytes(file);
        int head = new String(good, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("observables");
        for (int at = head; at <= good.length - 2 * Long.BYTES; at++) {
            for (long value : new long[] {-1, Long.MAX_VALUE, Long.MIN_VALUE, 6256, Integer.MAX_VALUE}) {
                byte[] bad = good.clone();
                ByteBuffer.wrap(bad).putLong(at, value);
                Files.write(file, sealed(bad));
                try {
                    EnsembleResult result = ensemble.resume();
                    assertThat(result.get(Moments.of(1)).count()).isEqualTo(3000);
                } catch (CheckpointException refused) {
                    assertThat(refused).hasMessageContaining(file.toString());
                }
            }
        }
    }

    /** An observable whose collector writes so many numbers and reads so many. */
    private record Numbers(int written, int read) implements PathObservable<Integer> {

        @Override
        public String identity(int dimension) {
            return "Numbers";
        }

        @Override
        public Collector<Integer> collector(int dimension) {
            return new Collector<>() {

                @Override
                public void record(PathBlock block) {}

                @Override
                public void merge(Collector<Integer> later) {}

                @Override
                public Integer result() {
                    return 1;
                }

                @Override
                public void write(StateWriter out) throws IOException {
                    for (int k = 0; k < written; k++) {
                        out.number(k);
                    }
                }

                @Override
                public void read(StateReader in) throws IOException {
                    for (int k = 0; k < read; k++) {
                        in.number();
                    }
                }
            };
        }
    }

    @Test
    void whatACollectorDoesNotReadToItsEndIsRefused(@TempDir Path folder) {
        for (int[] pair : new int[][] {{2, 1}, {1, 2}, {0, 1}, {1, 0}}) {
            Path file = folder.resolve(pair[0] + "-" + pair[1]);
            Ensemble ensemble = ResumeTest.ensemble(EulerMaruyama.withStep(0.05), 10, 1.0);
            ensemble.observe(new Numbers(pair[0], pair[1]), Moments.of(2))
                    .checkpoint(file, Duration.ZERO)
                    .run();
            assertThatThrownBy(() -> ensemble.observe(new Numbers(pair[1], pair[1]), Moments.of(2))
                            .checkpoint(file, Duration.ZERO)
                            .resume())
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining(pair[0] > pair[1] ? "8 bytes are left over" : "content ends too early")
                    .hasMessageContaining("Numbers[");
        }
    }
}
