package org.langevin4j.solvers.markov;

import java.util.Arrays;

/**
 * The rate of entropy production of the Markov process on the states (Schnakenberg 1976) and its two parts, none of which is
 * ever negative (Esposito and Van den Broeck 2010). With the flow aₖₗ = Aₗₖpₖ from k to l and r = p/π:
 *
 * <pre>
 * total        = Σ aₖₗ log(aₖₗ/aₗₖ)              over ordered pairs, ½ Σ (aₖₗ − aₗₖ) log(aₖₗ/aₗₖ)
 * housekeeping = Σ aₖₗ log(Aₗₖπₖ/(Aₖₗπₗ))        what keeps the steady current going; zero with detailed balance
 * excess       = Σ aₖₗ log(rₖ/rₗ) = −β dF/dt     what relaxation adds; zero in the steady state
 * </pre>
 *
 * <p>The total converges, as the states shrink, to β∫J·D⁻¹J/ρ; where D is singular and the drift is not, it grows without
 * bound instead. It is infinite if a rate has no reverse.
 *
 * @param total in nats per unit of time
 * @param housekeeping its part at ρ/ρˢˢ held still
 * @param excess −β times the derivative of the free energy
 */
public record EntropyProduction(double total, double housekeeping, double excess) {

    /**
     * The entropy production of a law.
     *
     * @param generator the chain, without absorption
     * @param p probabilities
     * @param steady its stationary law π
     * @return the rate and its two parts
     * @throws IllegalArgumentException if there are fewer numbers than states
     */
    public static EntropyProduction of(Generator generator, double[] p, double[] steady) {
        int n = generator.requirePositive("entropy production").states();
        generator.requireStates("p", p.length);
        generator.requireStates("steady", steady.length);
        double[] forth = new double[n];
        double[] back = new double[n];
        int[] neighbours = new int[16];
        double total = 0.0;
        double housekeeping = 0.0;
        Pairs pairs = new Pairs(forth, back, neighbours);
        for (int a = 0; a < n; a++) {
            pairs.collect(generator, a);
            for (int k = 0; k < pairs.count; k++) {
                int b = pairs.neighbours[k];
                total += pair(forth[b] * p[a], back[b] * p[b]);
                if (steady[a] > 0.0 && steady[b] > 0.0) {
                    double flow = forth[b] * steady[a];
                    double reverse = back[b] * steady[b];
                    housekeeping += p[a] / steady[a] * kept(flow, reverse) + p[b] / steady[b] * kept(reverse, flow);
                }
                forth[b] = 0.0;
                back[b] = 0.0;
            }
        }
        return new EntropyProduction(total, housekeeping, excess(generator, p, steady));
    }

    /**
     * Where it is produced: of each pair of states one half in either.
     *
     * @param generator the chain, without absorption
     * @param p probabilities
     * @return one number ≥ 0 a state, whose sum is the total
     * @throws IllegalArgumentException if there are fewer numbers than states
     */
    public static double[] local(Generator generator, double[] p) {
        int n = generator.states();
        generator.requireStates("p", p.length);
        double[] sums = new double[n];
        Pairs pairs = new Pairs(new double[n], new double[n], new int[16]);
        for (int a = 0; a < n; a++) {
            pairs.collect(generator, a);
            for (int k = 0; k < pairs.count; k++) {
                int b = pairs.neighbours[k];
                double half = 0.5 * pair(pairs.forth[b] * p[a], pairs.back[b] * p[b]);
                sums[a] += half;
                sums[b] += half;
                pairs.forth[b] = 0.0;
                pairs.back[b] = 0.0;
            }
        }
        return sums;
    }

    /** The pairs of a state with states of higher number, the rates of both directions summed. */
    private static final class Pairs {

        private final double[] forth;
        private final double[] back;
        private int[] neighbours;
        private int count;

        Pairs(double[] forth, double[] back, int[] neighbours) {
            this.forth = forth;
            this.back = back;
            this.neighbours = neighbours;
        }

        void collect(Generator generator, int a) {
            count = 0;
            generator.forEachRateFrom(a, (from, to, rate) -> {
                if (to > a) {
                    note(to);
                    forth[to] += rate;
                }
            });
            for (int k = 0; k < count; k++) {
                generator.forEachRateFrom(neighbours[k], (from, to, rate) -> {
                    if (to == a) {
                        back[from] += rate;
                    }
                });
            }
        }

        private void note(int state) {
            for (int k = 0; k < count; k++) {
                if (neighbours[k] == state) {
                    return;
                }
            }
            if (count == neighbours.length) {
                neighbours = Arrays.copyOf(neighbours, 2 * count);
            }
            neighbours[count++] = state;
        }
    }

    /** (a − b) log(a/b). */
    private static double pair(double a, double b) {
        return a == b ? 0.0 : (a - b) * Math.log(a / b);
    }

    /** a log(a/b) − a + b ≥ 0, without cancellation where a and b nearly agree. */
    private static double kept(double a, double b) {
        if (a == 0.0) {
            return b;
        }
        if (b == 0.0) {
            return Double.POSITIVE_INFINITY;
        }
        double z = (a - b) / b;
        if (!(Math.abs(z) <= 1e-2)) {
            return a * Math.log(a / b) - (a - b);
        }
        // b((1+z) log(1+z) − z) by its series, Σ (−z)ᵏ/(k(k−1)).
        double sum = 0.0;
        double power = -z;
        for (int k = 2; k <= 9; k++) {
            power *= -z;
            sum += power / (k * (k - 1.0));
        }
        return b * sum;
    }

    /**
     * The excess part alone: Σ Aₗₖπₖ(rₖ log(rₖ/rₗ) − rₖ + rₗ), which is Σ aₖₗ log(rₖ/rₗ) because Aπ = 0; but every term is ≥ 0, so that it is
     * accurate also close to the steady state, where those of the other form cancel.
     *
     * @param generator the chain, without absorption
     * @param p probabilities
     * @param steady its stationary law π
     * @return the rate at which the relative entropy Σ p log(p/π) falls
     * @throws IllegalArgumentException if there are fewer numbers than states
     */
    public static double excess(Generator generator, double[] p, double[] steady) {
        generator.requireStates("p", p.length);
        generator.requireStates("steady", steady.length);
        double[] sum = {0.0};
        for (int state = 0; state < generator.states(); state++) {
            double mass = steady[state];
            double ratio = p[state] / mass;
            generator.forEachRateFrom(state, (from, to, rate) -> {
                // A pair with a steady probability that has underflowed is left out.
                if (mass > 0.0 && steady[to] > 0.0) {
                    sum[0] += rate * mass * kept(ratio, p[to] / steady[to]);
                }
            });
        }
        return sum[0];
    }
}
