package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.domain.Box;
import org.langevin4j.solvers.domain.Interval;
import org.langevin4j.solvers.sde.EulerMaruyama;

class CheckpointTest {

    private static Ensemble decay(double rate) {
        return decay(rate, 1.0, 0.5);
    }

    private static Ensemble decay(double rate, double diffusion, double temperature) {
        VectorField drift = (x, out) -> out[0] = -rate * x[0];
        return Ensemble.of(Sde.ito(drift, Diffusion.isotropic(1, diffusion), Temperature.of(temperature)))
                .scheme(EulerMaruyama.withStep(0.1))
                .until(2.0)
                .paths(50_000)
                .seed(8)
                .observe(Moments.of(1));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A process of its own, to be killed: {@code main(checkpoint)} resumes the run that the test compares with. */
    static final class Victim {

        private Victim() {}

        public static void main(String[] arguments) {
            long seconds = ensemble()
                    .checkpoint(Path.of(arguments[0]), Duration.ZERO)
                    .resume()
                    .wallTime()
                    .toSeconds();
            System.out.println("done in " + seconds + " s");
        }

        static Ensemble ensemble() {
            return ObservablesTest.everything(2).paths(200_000);
        }
    }

    static Process start(Class<?> main, String... options) throws IOException {
        String[] command = new String[options.length + 4];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        int at = 1;
        for (String option : options) {
            if (option.startsWith("-")) {
                command[at] = option;
                at++;
            }
        }
        command[at] = "-cp";
        command[at + 1] = System.getProperty("java.class.path");
        command[at + 2] = main.getName();
        at += 3;
        for (String option : options) {
            if (!option.startsWith("-")) {
                command[at] = option;
                at++;
            }
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void aProcessKilledAtAnyInstantLeavesACheckpointToGoOnFrom(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path whole = folder.resolve("whole");
        Victim.ensemble().checkpoint(whole, Duration.ofDays(1)).run();
        Path file = folder.resolve("killed");
        Random random = new Random(4);
        Cancellation atOnce = new Cancellation();
        atOnce.cancel();
        int killedInBetween = 0;
        long before = 0;
        for (int kill = 0; kill < 6 && killedInBetween == kill; kill++) {
            Process child = start(Victim.class, file.toString());
            // Not before it has written something new, then at any instant.
            long deadline = System.nanoTime() + 20_000_000_000L;
            long written = Files.exists(file) ? Files.getLastModifiedTime(file).toMillis() : 0;
            while (child.isAlive()
                    && System.nanoTime() < deadline
                    && (!Files.exists(file) || Files.getLastModifiedTime(file).toMillis() == written)) {
                Thread.sleep(1);
            }
            Thread.sleep(0, random.nextInt(999_999));
            Thread.sleep(random.nextInt(60));
            child.destroyForcibly();
            assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
            // What is there can be read, and nothing of it is lost.
            AtomicLong done = new AtomicLong();
            EnsembleResult left = Victim.ensemble()
                    .cancelledBy(atOnce)
                    .onProgress(progress -> done.set(progress.done()))
                    .checkpoint(file, Duration.ZERO)
                    .resume();
            assertThat(done.get()).isGreaterThan(before);
            before = done.get();
            killedInBetween += left.isComplete() ? 0 : 1;
        }
        assertThat(killedInBetween).isGreaterThanOrEqualTo(2);
        EnsembleResult resumed =
                Victim.ensemble().threads(1).checkpoint(file, Duration.ZERO).resume();
        assertThat(resumed.isComplete()).isTrue();
        assertThat(Files.readAllBytes(file)).isEqualTo(Files.readAllBytes(whole));
    }

    @Test
    void aCancelledRunKeepsWhatIsDoneAndResumesToTheSameBits(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("cancelled");
        Path whole = folder.resolve("whole");
        EnsembleResult complete = decay(1).checkpoint(whole, Duration.ofDays(1)).run();
        assertThat(complete.isComplete()).isTrue();
        Cancellation cancellation = new Cancellation();
        // Cancels itself at the start of path 20,000; the other thread waits for that, however slow this one is.
        CountDownLatch cancelled = new CountDownLatch(1);
        EnsembleResult part = decay(1).startingFrom((path, out) -> {
                    out[0] = 0.0;
                    if (path == 20_000) {
                        cancellation.cancel();
                        cancelled.countDown();
                    } else if (path == 40_001) {
                        await(cancelled);
                    }
                })
                .threads(2)
                .cancelledBy(cancellation)
                .checkpoint(file, Duration.ofDays(1))
                .run();
        assertThat(part.isComplete()).isFalse();
        assertThat(part.plannedPaths()).isEqualTo(50_000);
        assertThat(part.paths()).isPositive().isLessThan(50_000);
        assertThat(part.get(Moments.of(1)).count()).isEqualTo(part.paths());
        EnsembleResult rest = decay(1).checkpoint(file, Duration.ZERO).resume();
        assertThat(rest.isComplete()).isTrue();
        assertThat(rest.get(Moments.of(1)).exactSums())
                .isEqualTo(complete.get(Moments.of(1)).exactSums());
        assertThat(Files.readAllBytes(file)).isEqualTo(Files.readAllBytes(whole));
    }

    @Test
    void anInterruptedThreadGetsWhatIsDone() {
        Thread caller = Thread.currentThread();
        EnsembleResult part = decay(1).startingFrom((path, out) -> {
                    out[0] = 0.0;
                    if (path == 30_000) {
                        caller.interrupt();
                    }
                })
                .paths(100_000_000)
                .run();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(part.isComplete()).isFalse();
        assertThat(part.get(Moments.of(1)).count()).isEqualTo(part.paths());
    }

    @Test
    void aResumedRunWithoutASeedTakesThatOfTheCheckpoint(@TempDir Path folder) {
        Path file = folder.resolve("c");
        Ensemble unseeded = Ensemble.of(
                        Sde.ito((x, out) -> out[0] = -x[0], Diffusion.isotropic(1, 1.0), Temperature.of(1.0)))
                .scheme(EulerMaruyama.withStep(0.1))
                .until(1.0)
                .paths(100)
                .observe(Moments.of(1))
                .checkpoint(file, Duration.ZERO);
        EnsembleResult first = unseeded.resume();
        EnsembleResult again = unseeded.resume();
        assertThat(again.seed()).isEqualTo(first.seed());
        assertThat(again.get(Moments.of(1)).mean(0))
                .isEqualTo(first.get(Moments.of(1)).mean(0));
    }

    @Test
    void aDamagedCheckpointIsRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("damaged");
        Ensemble ensemble = decay(1).checkpoint(file, Duration.ZERO);
        ensemble.run();
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 4;
            Files.write(file, bad);
            assertThatThrownBy(ensemble::resume)
                    .as("byte %d", at)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining(file.toString());
        }
        for (int length : new int[] {0, 7, 30, good.length / 2, good.length - 1}) {
            Files.write(file, Arrays.copyOf(good, length));
            assertThatThrownBy(ensemble::resume).isInstanceOf(CheckpointException.class);
        }
        Files.write(file, Arrays.copyOf(good, good.length + 1));
        assertThatThrownBy(ensemble::resume)
                .isInstanceOf(CheckpointException.class)
                .hasMessageEndingWith("is damaged: its contents do not match its checksum");
        Files.write(file, good);
        assertThat(ensemble.resume().isComplete()).isTrue();
    }

    @Test
    void aCheckpointOfAnotherProblemIsRefusedByName(@TempDir Path folder) {
        Path file = folder.resolve("c");
        decay(1).checkpoint(file, Duration.ZERO).run();
        refused(decay(1).seed(9), file, "its seed is 8, here it is 9");
        refused(decay(1).paths(50_001), file, "its paths is 50000, here it is 50001");
        refused(decay(1).until(2.1), file, "its steps is 20, here it is 21");
        refused(decay(1).scheme(EulerMaruyama.withStep(0.2)).until(4.0), file, "its scheme is");
        refused(decay(2), file, "its drift is");
        refused(decay(1).startingAt(1), file, "its starts is");
        refused(decay(1).onNonFinite(NonFinite.STOP_PATH), file, "its non-finite paths is FAIL");
        refused(decay(1).within(Box.of(Interval.reflecting(-1, 1))), file, "its domain is none");
        refused(decay(1).stoppingAt(Event.of("e", x -> x[0])), file, "its events is");
        refused(decay(1).observe(Snapshots.ofFirst(1)), file, "its observables is");
        refused(decay(1, 1.0, 0.25), file, "its temperature is 0.5, here it is 0.25");
        refused(decay(1, 1.5, 0.5), file, "its diffusion is");
        assertThat(decay(1).checkpoint(file, Duration.ZERO).resume().isComplete())
                .isTrue();
    }

    private static void refused(Ensemble other, Path file, String reason) {
        assertThatThrownBy(() -> other.checkpoint(file, Duration.ZERO).resume())
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("checkpoint " + file + " belongs to another problem: ")
                .hasMessageContaining(reason);
    }
}
