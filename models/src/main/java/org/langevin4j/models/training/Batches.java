package org.langevin4j.models.training;

import java.util.stream.IntStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.random.UniformStream;

/** How the samples of mini-batches are drawn (Chaudhari and Soatto 2018, Remark 12). */
public enum Batches {
    /** The samples of an epoch in a random order, cut into mini-batches: what deep learning does. Its noise is anticorrelated within an epoch. */
    SHUFFLED {
        @Override
        int[] draw(int samples, int batchSize, UniformStream uniform) {
            int[] order = IntStream.range(0, samples).toArray();
            shuffle(order, samples, uniform, 0);
            return order;
        }
    },

    /** Each sample drawn from all: the mean of a mini-batch has the variance D/b. */
    WITH_REPLACEMENT {
        @Override
        int[] draw(int samples, int batchSize, UniformStream uniform) {
            int[] drawn = new int[samples];
            for (int i = 0; i < samples; i++) {
                drawn[i] = (int) (uniform.at(i, 0, 0) * samples);
            }
            return drawn;
        }
    },

    /** Each mini-batch a random subset, independent of the others: the variance is (1 − b/N)/b times D·N/(N − 1). */
    WITHOUT_REPLACEMENT {
        @Override
        int[] draw(int samples, int batchSize, UniformStream uniform) {
            int[] drawn = new int[samples];
            int[] order = IntStream.range(0, samples).toArray();
            for (int start = 0; start < samples; start += batchSize) {
                int count = Math.min(batchSize, samples - start);
                shuffle(order, count, uniform, start);
                System.arraycopy(order, 0, drawn, start, count);
            }
            return drawn;
        }
    };

    /** The samples of one epoch, as many as there are, in the order of the mini-batches. */
    abstract int[] draw(int samples, int batchSize, UniformStream uniform);

    /** For an epoch. */
    int[] epoch(int samples, int batchSize, Seed seed, long epoch) {
        return draw(samples, batchSize, UniformStream.of(seed.derive(epoch)));
    }

    /** Fisher and Yates for the first {@code count} places. */
    private static void shuffle(int[] order, int count, UniformStream uniform, int counter) {
        for (int i = 0; i < count; i++) {
            int j = i + (int) (uniform.at(counter + i, 0, 0) * (order.length - i));
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }
}
