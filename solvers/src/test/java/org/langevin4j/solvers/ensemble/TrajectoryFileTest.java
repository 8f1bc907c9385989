package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.sde.EulerMaruyama;

class TrajectoryFileTest {

    private static Ensemble ensemble(int paths) {
        Sde sde = Sde.ito(
                (x, out) -> {
                    for (int i = 0; i < 3; i++) {
                        out[i] = -x[i];
                    }
                },
                Diffusion.isotropic(3, 1.0),
                Temperature.of(0.5));
        return Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(0.125))
                .until(50.0)
                .paths(paths)
                .startingAt(1.0, 2.0, 3.0)
                .seed(6);
    }

    /** A minimal reader of its own, after NumPy's description of the format. */
    static double[][] read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[8];
        bytes.get(magic);
        assertThat(magic).containsExactly(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0);
        byte[] text = new byte[bytes.getShort()];
        bytes.get(text);
        assertThat(bytes.position() % 64).isZero();
        Matcher matcher = Pattern.compile(
                        "\\{'descr': '<f([48])', 'fortran_order': False, 'shape': \\((\\d+), (\\d+)\\), } *\n")
                .matcher(new String(text, StandardCharsets.US_ASCII));
        assertThat(matcher.matches()).isTrue();
        boolean single = matcher.group(1).equals("4");
        double[][] array = new double[Integer.parseInt(matcher.group(2))][Integer.parseInt(matcher.group(3))];
        for (double[] row : array) {
            for (int c = 0; c < row.length; c++) {
                row[c] = single ? bytes.getFloat() : bytes.getDouble();
            }
        }
        return array;
    }

    @Test
    void theFileHoldsTheTrajectories(@TempDir Path folder) throws IOException {
        Snapshots snapshots = Snapshots.ofFirst(3);
        TrajectoryFile one = TrajectoryFile.of(folder.resolve("one.npy"), 2);
        TrajectoryFile three =
                TrajectoryFile.of(folder.resolve("three.npy"), 0, 2).ofFirst(3).in(TrajectoryFile.Precision.FLOAT32);
        When when = When.atStart().or(When.logarithmic(0.25, 4)).or(When.every(40, 0.0));
        EnsembleResult run = ensemble(700).observe(when, snapshots, one, three).run();
        List<Snapshots.Trajectory> expected = run.get(snapshots);
        double[][] a = read(folder.resolve("one.npy"));
        double[][] b = read(folder.resolve("three.npy"));
        assertThat(a).hasDimensions(expected.get(0).length(), 2);
        assertThat(b).hasDimensions(expected.get(0).length(), 7);
        assertThat(run.get(three)).hasToString(b.length + " rows of 7 numbers in " + folder.resolve("three.npy"));
        assertThat(a[0]).containsExactly(0.0, 3.0);
        for (int k = 0; k < a.length; k++) {
            assertThat(a[k][0]).isEqualTo(expected.get(0).time(k));
            assertThat(a[k][1]).isEqualTo(expected.get(0).state(k, 2));
            for (int p = 0; p < 3; p++) {
                assertThat(b[k][1 + 2 * p]).isEqualTo((float) expected.get(p).state(k, 0));
                assertThat(b[k][2 + 2 * p]).isEqualTo((float) expected.get(p).state(k, 2));
            }
        }
    }

    /** x = t: of the paths that start at 0, 1, 2 … the later stop earlier. */
    @Test
    void pathsThatHaveStoppedAreNaN(@TempDir Path folder) throws IOException {
        Sde clock = Sde.ito((x, out) -> out[0] = 1.0, Diffusion.isotropic(1, 0.0), Temperature.of(1.0));
        TrajectoryFile file = TrajectoryFile.of(folder.resolve("c.npy"), 0).ofFirst(3);
        EnsembleResult run = Ensemble.of(clock)
                .scheme(EulerMaruyama.withStep(0.5))
                .until(5.0)
                .paths(5)
                .startingFrom((path, out) -> out[0] = path)
                .stoppingAt(Event.rising("end", x -> x[0] - 3.75))
                .observe(When.every(1, 0.0), file)
                .run();
        double[][] rows = read(folder.resolve("c.npy"));
        assertThat(run.get(file).rows()).isEqualTo(7);
        assertThat(rows).hasDimensions(7, 4);
        assertThat(rows[2]).containsExactly(1.5, 1.5, 2.5, 3.5);
        assertThat(rows[3]).containsExactly(2.0, 2.0, 3.0, Double.NaN);
        assertThat(rows[6]).containsExactly(3.5, 3.5, Double.NaN, Double.NaN);
    }

    /**
     * After each record the file could be read, whatever follows; a collector that is read from a checkpoint cuts off what came
     * later, and the file ends with the bytes of a run that was never stopped.
     */
    @Test
    void aFileGoesOnFromACheckpoint(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("g.npy");
        TrajectoryFile target = TrajectoryFile.of(file, 1, 0).ofFirst(2);
        double[][] x = new double[2][4];
        long[] indices = {0, 1, 2, 3};
        PathBlock block = new PathBlock(0, 4);
        block.show(x, indices, 4, 0, 0.0);
        Collector<TrajectoryFile.Written> collector = target.collector(2);
        collector.begin(block);
        assertThat(read(file)).isEmpty();
        byte[] saved = {};
        for (int step = 1; step <= 5000; step++) {
            x[0][0] = step;
            x[1][1] = -step;
            block.show(x, indices, 4, step, 0.5 * step);
            collector.record(block);
            if (step == 1234) {
                saved = bytes(collector);
                assertThat(read(file)).hasDimensions(1234, 5);
            }
            if (step % 500 == 0) {
                assertThat(read(file).length).isBetween(Math.max(step >= 1234 ? 1234 : 0, step - 1638), step);
            }
        }
        assertThat(Files.size(file)).isGreaterThan(128 + 40 * 4000);
        Collector<TrajectoryFile.Written> resumed = target.collector(2);
        read(resumed, saved);
        for (int step = 1235; step <= 2000; step++) {
            x[0][0] = step;
            x[1][1] = -step;
            block.show(x, indices, 4, step, 0.5 * step);
            resumed.record(block);
        }
        resumed.end();
        double[][] rows = read(file);
        assertThat(rows).hasDimensions(2000, 5);
        assertThat(Files.size(file)).isEqualTo(128 + 40 * 2000);
        for (int k = 0; k < 2000; k++) {
            assertThat(rows[k]).containsExactly(0.5 * (k + 1), 0.0, k + 1, -(k + 1), 0.0);
        }
        Files.write(file, new byte[200]);
        Collector<TrajectoryFile.Written> lost = target.collector(2);
        read(lost, saved);
        lost.record(block);
        assertThatThrownBy(lost::end)
                .hasMessage("trajectory file " + file + " cannot be written")
                .rootCause()
                .hasMessage("it must have 49488 bytes by now, got 200: changed by someone else");
    }

    private static void read(Collector<?> collector, byte[] content) throws IOException {
        collector.read(new StateReader(
                new ByteArrayInputStream(content), content.length, new StateReader.Limits(8, 8, 0, 100_000, 10_000)));
    }

    private static byte[] bytes(Collector<?> collector) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        collector.write(new StateWriter(new DataOutputStream(bytes)));
        return bytes.toByteArray();
    }

    @Test
    void whatCannotBeWrittenIsRefused(@TempDir Path folder) {
        Path file = folder.resolve("none").resolve("x.npy");
        assertThatThrownBy(() -> ensemble(3).observe(TrajectoryFile.of(file, 0)).run())
                .hasMessageContaining("trajectory file " + file + " cannot be written");
        assertThatThrownBy(() -> ensemble(3).observe(TrajectoryFile.of(file, 3)))
                .hasMessageContaining("less than 3");
        assertThatThrownBy(() -> TrajectoryFile.of(file)).hasMessageContaining("coordinates must be given");
        assertThatThrownBy(() -> TrajectoryFile.of(file, 0).ofFirst(0)).hasMessage("paths must be positive, got 0");
        Path inside = folder.resolve("x.npy");
        assertThatThrownBy(() -> ensemble(3)
                        .observe(TrajectoryFile.of(inside, 0).ofFirst(4))
                        .run())
                .hasMessage("paths of a trajectory file must be at most 3, those of the first block, got 4");
    }
}
