package org.langevin4j.models.training;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.Budget;
import org.langevin4j.models.network.Architecture;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Layer;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.network.Shape;

/** Any bytes are a saved training or an {@link IOException} that says what is wrong. */
class SavedTrainingFuzzTest {

    private static final DataSet DATA =
            DataSet.of(new double[][] {{1, 0, 2}, {0, 1, -1}, {2, 1, 0}, {-1, 0, 1}}, new int[] {0, 1, 0, 1}, 2);

    /** The smallest with running averages. */
    private static final Network START = Network.initialised(
            Architecture.of(
                    Shape.vector(3), new Layer.Dense(2), new Layer.BatchNorm(), new Layer.Relu(), new Layer.Dense(2)),
            Seed.of(2));

    private static final Sgd SGD = Sgd.withRate(0.05).batches(2, Batches.SHUFFLED);

    /** Magic, identity, epoch. */
    private static final int HEAD = 2 * Long.BYTES + Integer.BYTES;

    /** The first byte says whether the head of a genuine file is put before the rest. */
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void savedTraining(byte[] bytes) throws IOException {
        byte[] rest = bytes.length == 0 ? bytes : Arrays.copyOfRange(bytes, 1, bytes.length);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        if (bytes.length > 0 && bytes[0] % 2 == 0) {
            file.write(Head.BYTES);
        }
        file.write(rest);
        Budget.within(100L * bytes.length, () -> {
            try {
                Training training =
                        Training.resume(START, SGD, DATA, Seed.of(3), new ByteArrayInputStream(file.toByteArray()));
                for (double weight : training.network().weights()) {
                    if (!(Math.abs(weight) <= Double.MAX_VALUE && training.epoch() >= 0)) {
                        throw new AssertionError("weight " + weight + ", epoch " + training.epoch());
                    }
                }
            } catch (IOException refused) {
                if (!(refused.getMessage() != null && refused.getMessage().startsWith("it "))) {
                    throw new AssertionError("says nothing", refused);
                }
            }
        });
    }

    private static byte[] genuine() throws IOException {
        Training training = Training.of(START, SGD, DATA, Seed.of(3));
        training.run();
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        training.save(saved);
        return saved.toByteArray();
    }

    private static final class Head {

        static final byte[] BYTES = make();

        private static byte[] make() {
            try {
                return Arrays.copyOf(genuine(), Long.BYTES * 2);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static List<byte[]> seeds() throws IOException {
        byte[] genuine = genuine();
        ByteBuffer endless = ByteBuffer.allocate(genuine.length).put(genuine);
        endless.putDouble(HEAD, Double.NaN);
        // Was taken for a training of −7 epochs.
        ByteBuffer before = ByteBuffer.allocate(genuine.length).put(genuine);
        before.putInt(HEAD - Integer.BYTES, -7);
        return List.of(
                with(1, genuine),
                with(0, Arrays.copyOfRange(genuine, 2 * Long.BYTES, genuine.length)),
                with(1, Arrays.copyOf(genuine, genuine.length + 1)),
                with(1, endless.array()),
                with(1, before.array()),
                with(0, new byte[] {-1, -1, -1, -1}));
    }

    private static byte[] with(int first, byte[] rest) {
        byte[] all = new byte[rest.length + 1];
        all[0] = (byte) first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }
}
