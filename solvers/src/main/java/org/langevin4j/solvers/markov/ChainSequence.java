package org.langevin4j.solvers.markov;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A chain on fewer and fewer states, itself first, down to one that is small enough for a dense solver. */
final class ChainSequence {

    /** A chain of at most so many states is the coarsest. */
    private static final int COARSEST = 300;

    private static final int LARGEST_DENSE = 600;

    private final List<NestedChain> chains = new ArrayList<>();

    /** Number k leads from chain k + 1 to chain k. */
    private final List<NestedChain.Interpolation> interpolations = new ArrayList<>();

    private ChainSequence() {}

    /** Empty if the chain cannot be made coarser, or not small enough. */
    static Optional<ChainSequence> of(NestedChain finest) {
        ChainSequence sequence = new ChainSequence();
        sequence.chains.add(finest);
        NestedChain chain = finest;
        while (chain.generator().states() > COARSEST) {
            Optional<NestedChain.Coarsening> coarser = chain.coarsened();
            if (coarser.isEmpty()) {
                break;
            }
            chain = coarser.get().chain();
            sequence.chains.add(chain);
            sequence.interpolations.add(coarser.get().interpolation());
        }
        return chain.generator().states() > LARGEST_DENSE || sequence.size() == 1
                ? Optional.empty()
                : Optional.of(sequence);
    }

    int size() {
        return chains.size();
    }

    /** From 0, the finest, on. */
    NestedChain chain(int number) {
        return chains.get(number);
    }

    NestedChain coarsest() {
        return chains.get(size() - 1);
    }

    /** From the next coarser chain to the one of that number. */
    NestedChain.Interpolation interpolation(int number) {
        return interpolations.get(number);
    }
}
