package org.langevin4j.solvers.path;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.langevin4j.core.block.VectorText;

/**
 * A string that the drift leaves as it is, with the highest point on it.
 *
 * @param path between the attractors at its ends; {@link TransitionPath#work} is its energy profile
 * @param saddle the resting point at the highest point of the path; empty if the path only falls or only climbs
 * @param barrier the work −∫ b·D⁻¹dφ from the beginning to the saddle, ΔΦ in a gradient system; zero without a saddle
 */
public record MinimumEnergyPath(TransitionPath path, Optional<double[]> saddle, double barrier) {

    /** Copies the saddle. */
    public MinimumEnergyPath {
        Objects.requireNonNull(path, "path");
        saddle = saddle.map(double[]::clone);
    }

    @Override
    public Optional<double[]> saddle() {
        return saddle.map(double[]::clone);
    }

    /**
     * The barrier seen from the end of the path.
     *
     * @return work from the end back to the saddle; zero without a saddle
     */
    public double backwardBarrier() {
        return saddle.isPresent() ? barrier - path.work(path.size() - 1) : 0.0;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s; barrier %.8g at %s",
                path,
                barrier,
                saddle.map(VectorText::of).orElse("no saddle"));
    }
}
