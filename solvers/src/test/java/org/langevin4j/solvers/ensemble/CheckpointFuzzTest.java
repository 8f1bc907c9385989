package org.langevin4j.solvers.ensemble;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.Budget;
import org.langevin4j.solvers.sde.EulerMaruyama;

/**
 * Any content behind a right checksum is what a run can have collected, or is refused: of a checkpoint as of the result of a
 * shard. How to go on from the seeds is told in docs/trials/fuzzing.md.
 */
class CheckpointFuzzTest {

    /** Bytes of heap for a byte of content. */
    private static final long EACH = 200;

    /** Each a few of the observables, so that the files are short. */
    private static final List<UnaryOperator<Ensemble>> OBSERVED = List.of(
            ensemble -> ensemble.observe(Moments.of(2)).observe(When.every(4, 0.0), TimeSeries.of(Moments.of(2))),
            ensemble -> ensemble.observe(Histogram.on(Grid.square(-3, 3, 4)), Snapshots.ofFirst(2)),
            ensemble -> ensemble.observe(
                    FunctionMoments.of((x, out) -> out[0] = x[0], 1),
                    Autocorrelation.of((x, out) -> out[0] = x[0], 1, 2)),
            ensemble -> ensemble.observe(
                    TimeAverage.of((x, out) -> out[0] = x[0], 1),
                    Crossings.of(Event.of("right", x -> x[0] - 0.2)),
                    FirstPassage.of(Event.of("right", x -> x[0] - 0.2), Axis.uniform(0, 10, 4))));

    private static final List<EnsemblePlan> PLANS = OBSERVED.stream()
            .map(each -> each.apply(ensemble(ResumeTest.SPIRAL)).plan())
            .toList();

    private static final Path FILE = temporary();

    private static final List<Checkpoint> CHECKPOINTS = PLANS.stream()
            .map(plan -> new Checkpoint(FILE, Problem.describe(plan, range(plan).toString())))
            .toList();

    private static Path temporary() {
        try {
            Path path = Files.createTempFile("fuzz", "");
            path.toFile().deleteOnExit();
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Ensemble ensemble(VectorField drift) {
        return Ensemble.of(Sde.ito(drift, Diffusion.isotropic(2, 1.0), Temperature.of(0.5)))
                .scheme(EulerMaruyama.withStep(0.05))
                .until(5.0)
                .paths(40)
                .seed(11)
                .startingAt(0.3, 0.1)
                .onNonFinite(NonFinite.STOP_PATH)
                .threads(1);
    }

    private static ShardRange range(EnsemblePlan plan) {
        return ShardRange.of(plan, 0, 1);
    }

    /** The first byte says of which plan, the rest is what stands behind the description of the problem. */
    @MethodSource("contents")
    @FuzzTest(maxDuration = "")
    void content(byte[] bytes) throws IOException {
        int which = which(bytes);
        byte[] content = rest(bytes);
        EnsemblePlan plan = PLANS.get(which);
        Budget.within(EACH * bytes.length, () -> {
            Harvest harvest = new Harvest(plan, range(plan), null, Duration.ZERO);
            try {
                StateReader in = new StateReader(
                        new ByteArrayInputStream(content), content.length, new StateReader.Limits(0, 0, 0, 0, 0));
                harvest.read(in);
                in.requireEnd();
            } catch (StateReader.Refusal | EOFException | UTFDataFormatException | IllegalArgumentException refused) {
                requireMessage(refused);
                return;
            }
            // What has been taken for possible can be told of.
            if (!(harvest.pathSteps() >= 0)
                    || EnsembleResult.of(plan, range(plan), harvest, Duration.ZERO)
                            .toString()
                            .isEmpty()) {
                throw new AssertionError("told nothing");
            }
        });
    }

    /** The first byte says of which plan, the rest is a file, whose checksum is put right. */
    @MethodSource("files")
    @FuzzTest(maxDuration = "")
    void file(byte[] bytes) throws IOException {
        int which = which(bytes);
        EnsemblePlan plan = PLANS.get(which);
        Files.write(FILE, sealed(rest(bytes)), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        Budget.within(EACH * bytes.length, () -> {
            try {
                Checkpoint.problem(FILE);
                Problem.seed(FILE);
                CHECKPOINTS.get(which).read(new Harvest(plan, range(plan), null, Duration.ZERO)::read);
            } catch (CheckpointException refused) {
                requireMessage(refused);
            }
        });
    }

    private static void requireMessage(Exception refused) {
        if (refused instanceof StateReader.Refusal || refused instanceof RuntimeException) {
            String message = refused.getMessage();
            if (message == null || message.isBlank()) {
                throw new AssertionError("says nothing", refused);
            }
        }
    }

    private static int which(byte[] bytes) {
        return bytes.length == 0 ? 0 : Math.floorMod(bytes[0], PLANS.size());
    }

    private static byte[] rest(byte[] bytes) {
        return bytes.length == 0 ? bytes : Arrays.copyOfRange(bytes, 1, bytes.length);
    }

    private static byte[] sealed(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return ByteBuffer.allocate(bytes.length + Long.BYTES)
                .put(bytes)
                .putLong(crc.getValue())
                .array();
    }

    static List<byte[]> files() throws IOException {
        return files(Long.MAX_VALUE);
    }

    /** Of runs that are left when the drift has been asked so often. */
    private static List<byte[]> files(long calls) throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (int which = 0; which < PLANS.size(); which++) {
            Path file = temporary();
            Files.delete(file);
            Cancellation cancellation = new Cancellation();
            AtomicLong called = new AtomicLong();
            VectorField drift = (x, out) -> {
                if (called.incrementAndGet() > calls) {
                    cancellation.cancel();
                }
                ResumeTest.SPIRAL.at(x, out);
            };
            OBSERVED.get(which)
                    .apply(ensemble(drift))
                    .cancelledBy(cancellation)
                    .checkpoint(file, Duration.ofDays(1))
                    .run();
            byte[] bytes = Files.readAllBytes(file);
            files.add(with(which, Arrays.copyOf(bytes, bytes.length - Long.BYTES)));
        }
        return files;
    }

    /** Of finished runs, and of such as were left in the middle of a batch. */
    static List<byte[]> contents() throws IOException {
        List<byte[]> contents = new ArrayList<>();
        List<byte[]> files = new ArrayList<>(files());
        files.addAll(files(400));
        for (byte[] file : files) {
            // The last item of the problem, its length in two bytes, and then the content.
            int at = new String(file, ISO_8859_1).indexOf("observables") + "observables".length();
            int begin = at + Short.BYTES + (ByteBuffer.wrap(file).getShort(at) & 0xffff);
            contents.add(with(file[0], Arrays.copyOfRange(file, begin, file.length)));
        }
        return contents;
    }

    private static byte[] with(int first, byte[] rest) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(first);
        all.writeBytes(rest);
        return all.toByteArray();
    }
}
