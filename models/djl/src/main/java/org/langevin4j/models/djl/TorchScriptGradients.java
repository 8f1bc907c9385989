package org.langevin4j.models.djl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.ForeignNetwork.Parameter;
import org.langevin4j.models.network.PerSampleGradients;

/** The gradients of the samples of a data set, computed anew each time, on all threads. */
final class TorchScriptGradients implements PerSampleGradients {

    private static final int MOST_SAMPLES = 64;

    /** Copies of weights that a block may have; more do not fit into the caches. */
    private static final int MOST_COPIES = 1 << 22;

    /** Samples whose gradients are computed both ways. */
    private static final int COMPARED = 16;

    /** Relative difference of gradients that rounding may make, in single precision. */
    private static final double ROUNDING = 1e-4;

    private final TorchScriptNetwork network;
    private final DataSet data;
    private final int blockSize;

    /** In which each sample has its own weights; empty where they are computed one by one. */
    private final byte[] ofEach;

    private final String how;

    private TorchScriptGradients(TorchScriptNetwork network, DataSet data, int blockSize, byte[] ofEach, String how) {
        this.network = network;
        this.data = data;
        this.blockSize = blockSize;
        this.ofEach = ofEach;
        this.how = how;
    }

    /**
     * Decides how they are computed.
     *
     * @param network whose they are
     * @param module the same, loaded
     * @param data N samples
     * @return N×d
     */
    static TorchScriptGradients of(TorchScriptNetwork network, LoadedModule module, DataSet data) {
        int blockSize = Math.max(1, Math.min(Math.min(MOST_SAMPLES, data.size()), MOST_COPIES / network.dimension()));
        if (blockSize == 1) {
            return oneByOne(network, data, 1, "a block would have one sample");
        }
        try {
            byte[] ofEach = Archive.withWeightsOfEach(network.file());
            TorchScriptGradients inBlocks =
                    new TorchScriptGradients(network, data, blockSize, ofEach, "in blocks of " + blockSize);
            if (inBlocks.agreesWith(module)) {
                return inBlocks;
            }
            return oneByOne(network, data, blockSize, "in blocks they would be others");
        } catch (IOException | RuntimeException e) {
            return oneByOne(network, data, blockSize, Failures.line(e));
        }
    }

    private static TorchScriptGradients oneByOne(
            TorchScriptNetwork network, DataSet data, int blockSize, String reason) {
        return new TorchScriptGradients(network, data, blockSize, new byte[0], "one by one: " + reason);
    }

    /** Whether the first gradients are those that PyTorch gives of single samples. */
    private boolean agreesWith(LoadedModule single) throws IOException {
        int d = dimension();
        double[][] inputs = data.inputs(0, blockSize);
        int[] labels = Arrays.copyOf(data.labels(), blockSize);
        double[][] inBlock = new double[blockSize][d];
        try (LoadedModule module = load()) {
            if (!module.parameters().equals(network.parameters())) {
                return false;
            }
            module.gradients(inputs, labels, inBlock, 0);
        }
        double[][] alone = new double[1][d];
        for (int n = 0; n < Math.min(COMPARED, blockSize); n++) {
            single.gradients(new double[][] {inputs[n]}, new int[] {labels[n]}, alone, 0);
            double size = Arrays.stream(alone[0]).map(Math::abs).max().orElseThrow();
            for (int j = 0; j < d; j++) {
                if (!(Math.abs(alone[0][j] - inBlock[n][j]) <= ROUNDING * size)) {
                    return false;
                }
            }
        }
        return true;
    }

    private LoadedModule load() throws IOException {
        if (ofEach.length == 0) {
            return network.load(data);
        }
        Set<String> names = network.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
        return LoadedModule.ofEach(ofEach, names, blockSize, network.shapeOf(data));
    }

    @Override
    public int samples() {
        return data.size();
    }

    @Override
    public int dimension() {
        return network.dimension();
    }

    /** What one thread has. */
    private static final class Worker {

        final LoadedModule module;
        final double[][] rows;

        Worker(LoadedModule module, double[][] rows) {
            this.module = module;
            this.rows = rows;
        }
    }

    @Override
    public void forEachBlock(Visitor visitor) {
        forEachBlock(0, data.size(), visitor);
    }

    @Override
    public void forEachBlock(int from, int to, Visitor visitor) {
        Objects.checkFromToIndex(from, to, data.size());
        // Blocks are those of a visit of all: PyTorch may round otherwise in others.
        int before = from / blockSize;
        int blocks = (to + blockSize - 1) / blockSize - before;
        Visitor asked = visitor.within(from, to);
        int threads = Math.min(blocks, ForkJoinPool.getCommonPoolParallelism() + 1);
        int[] labels = data.labels();
        Deque<Worker> workers = new ArrayDeque<>();
        try {
            for (int i = 0; i < threads; i++) {
                workers.add(new Worker(load(), new double[blockSize][dimension()]));
            }
            List<Worker> all = List.copyOf(workers);
            for (int start = 0; start < blocks; start += threads) {
                int begin = before + start;
                int count = Math.min(threads, blocks - start);
                IntStream.range(0, count).parallel().forEach(i -> fill(all.get(i), (begin + i) * blockSize, labels));
                for (int i = 0; i < count; i++) {
                    int first = (begin + i) * blockSize;
                    asked.accept(first, all.get(i).rows, Math.min(blockSize, data.size() - first));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            workers.forEach(worker -> worker.module.close());
        }
    }

    private void fill(Worker worker, int first, int[] labels) {
        int end = Math.min(first + blockSize, labels.length);
        int step = worker.module.samplesOfPass();
        for (int n = first; n < end; n += step) {
            int to = Math.min(n + step, end);
            double[][] logits = worker.module.gradients(
                    data.inputs(n, to), Arrays.copyOfRange(labels, n, to), worker.rows, n - first);
            for (int k = 0; k < logits.length; k++) {
                Loss.requireFinite(logits[k], n + k);
            }
        }
        for (int n = first; n < end; n++) {
            requireFinite(worker.rows[n - first], n);
        }
    }

    private static void requireFinite(double[] gradient, int sample) {
        for (double g : gradient) {
            if (!(Math.abs(g) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("gradients must be finite, got " + g + " for sample " + sample);
            }
        }
    }

    @Override
    public String toString() {
        return "gradients of " + network + " by " + data + ", " + how;
    }
}
