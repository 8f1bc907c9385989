package org.langevin4j.examples.training;

import org.langevin4j.core.random.Seed;
import org.langevin4j.models.training.Batches;
import org.langevin4j.models.training.Sgd;

/**
 * How a network is trained: Nesterov's momentum 0.9, shuffled mini-batches, and a learning rate that is annealed, to a fifth after 40 per cent of the
 * epochs and to a 25th after 80.
 *
 * @param epochs at least 5
 * @param rate η at first
 * @param batch b
 */
public record Schedule(int epochs, double rate, int batch) {

    /** Fewer epochs have no three instants. */
    private static final int LEAST = 5;

    /** Checks the number of epochs. */
    public Schedule {
        if (!(epochs >= LEAST)) {
            throw new IllegalArgumentException("epochs must be at least " + LEAST + ", got " + epochs);
        }
    }

    /**
     * As many steps with other mini-batches.
     *
     * @param size b
     * @return the schedule with so many epochs more or fewer; at least 5
     */
    public Schedule withBatch(int size) {
        return new Schedule((int) Math.max(LEAST, Math.round((double) epochs * size / batch)), rate, size);
    }

    /**
     * A training of this length.
     *
     * @param paper the network and its data
     * @param seed of weights, mini-batches, dropout and augmentation
     * @return before it begins
     */
    public TrainingRun run(PaperNetwork paper, Seed seed) {
        Sgd sgd = Sgd.withRate(epoch -> rate * (epoch < 0.4 * epochs ? 1.0 : epoch < 0.8 * epochs ? 0.2 : 0.04))
                .batches(batch, Batches.SHUFFLED);
        return new TrainingRun(paper, sgd, seed);
    }

    @Override
    public String toString() {
        return epochs + " epochs, η = " + rate + ", b = " + batch;
    }
}
