package org.langevin4j.solvers.fokkerplanck;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hipparchus.complex.Complex;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.solvers.ConvergenceException;
import org.langevin4j.solvers.NumericalException;
import org.langevin4j.solvers.discretisation.GridGenerator;
import org.langevin4j.solvers.discretisation.ThirdOrderFlux;
import org.langevin4j.solvers.markov.Eigenmodes;
import org.langevin4j.solvers.markov.Generator;
import org.langevin4j.solvers.markov.ReducibleGeneratorException;

/**
 * The slowest modes of a Fokker–Planck equation: eigenvalues λₖ of largest real part of the generator A, with right
 * eigenfunctions ρₖ (densities, Aρₖ = λₖρₖ) and left ones uₖ (observables, Aᵀuₖ = λₖuₖ), so that
 *
 * <pre>
 * ρ(t) = Σₖ ρₖ e^(λₖt) ∫uₖρ(0),   E[g(x(t)) | x(0) = x] = Σₖ uₖ(x) e^(λₖt) ∫ρₖg,   ∫uₖρₗ = δₖₗ, ∫ρˢˢ|uₖ|² = 1.
 * </pre>
 *
 * <p>Eigenvalues are complex where the flow rotates; a pair stands together, the one with positive imaginary part first.
 * Without absorption λ₀ = 0 with ρ₀ = ρˢˢ and u₀ = 1, and ∫ρₖ = 0 for all others. With absorption λ₀ &lt; 0, ρ₀ is the
 * quasi-stationary density up to its mass, and ρˢˢ in the norm above is that of the process with its exits closed.
 *
 * <p>Shift-and-invert Arnoldi iteration (Saad 2011, chapters 6 to 8): (σI − A)⁻¹ is applied by one subtraction-free
 * elimination, with a real shift σ > 0. It finds the eigenvalues nearest to σ; among them the slowest are kept. A mode
 * that decays slowly but turns faster than {@link #frequencyBound()} can be missed: a larger σ sees farther, for more
 * iterations. Eigenvalues are accurate to about 1e-13 of |σ − λ|, times their condition ‖uₖ‖‖ρₖ/ρˢˢ‖ in L²(ρˢˢ), which is
 * 1 if the process is reversible. Those far below σ, as of escapes over high barriers, are found again with a shift of their
 * own size. Immutable.
 */
public final class RelaxationModes {

    private final GridGenerator chain;
    private final List<Eigenmodes.Mode> modes;
    private final int iterations;
    private final double shift;
    private final double radius;

    /** Estimates of the relative errors of the eigenvalues. */
    private final double[] errors;

    private RelaxationModes(
            GridGenerator chain,
            List<Eigenmodes.Mode> modes,
            int iterations,
            double shift,
            double radius,
            double[] errors) {
        this.errors = errors;
        this.chain = chain;
        this.modes = modes;
        this.iterations = iterations;
        this.shift = shift;
        this.radius = radius;
    }

    /**
     * The slowest modes, with a shift that is the smallest rate at which a coordinate relaxes, as the ratio of its noise
     * to its variance.
     *
     * @param equation the equation
     * @param count number of eigenvalues, from 1 to a few dozen; one more where it would tear a complex pair or a
     *     multiple eigenvalue
     * @return the modes
     * @throws ReducibleGeneratorException if the steady state is not unique
     * @throws ConvergenceException if the iteration does not converge
     */
    public static RelaxationModes of(FokkerPlanck equation, int count) {
        requireCount(equation, count);
        double[] weights =
                Eigenmodes.weights(equation.generator(), equation.chain().order());
        return of(equation, count, relaxationRate(equation, weights), weights);
    }

    /**
     * The slowest modes with a given shift.
     *
     * @param equation the equation
     * @param count number of eigenvalues, see {@link #of(FokkerPlanck, int)}
     * @param shift σ > 0, per unit of time
     * @return the modes
     * @throws ReducibleGeneratorException if the steady state is not unique
     * @throws ConvergenceException if the iteration does not converge
     */
    public static RelaxationModes of(FokkerPlanck equation, int count, double shift) {
        requireCount(equation, count);
        if (!(shift > 0.0 && shift <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("shift must be positive and finite, got " + shift);
        }
        return of(
                equation,
                count,
                shift,
                Eigenmodes.weights(equation.generator(), equation.chain().order()));
    }

    private static void requireCount(FokkerPlanck equation, int count) {
        int cells = equation.generator().states();
        if (!(count >= 1 && count <= cells)) {
            throw new IllegalArgumentException(
                    "count must be from 1 to the number of cells, " + cells + ", got " + count);
        }
    }

    private static RelaxationModes of(FokkerPlanck equation, int count, double shift, double[] weights) {
        GridGenerator chain = equation.chain();
        chain.requireFlow(weights, "the spectrum");
        Optional<ThirdOrderFlux> sharp = chain.thirdOrder();
        Generator taken =
                sharp.map(flux -> flux.on(chain.region(), chain.generator())).orElse(chain.generator());
        Eigenmodes found =
                Eigenmodes.of(taken, sharp.map(ThirdOrderFlux::order).orElse(chain.order()), weights, count, shift);
        double[] errors = new double[found.modes().size()];
        if (chain.isRough()) {
            errors(equation, taken, found.modes(), shift, errors);
        }
        return new RelaxationModes(chain, found.modes(), found.iterations(), shift, found.radius(), errors);
    }

    /** By the modes on a coarser grid; the slowest that decays must be resolved. */
    private static void errors(
            FokkerPlanck equation, Generator taken, List<Eigenmodes.Mode> modes, double shift, double[] errors) {
        int first = equation.generator().isConservative() ? 1 : 0;
        Arrays.fill(errors, first, errors.length, Double.NaN);
        Optional<CoarserGrid> coarser = equation.coarser();
        if (coarser.isEmpty()) {
            return;
        }
        RelaxationModes coarse;
        try {
            FokkerPlanck wide = FokkerPlanck.of(coarser.get().chain()).withErrorsUpTo(Double.POSITIVE_INFINITY);
            coarse = of(wide, Math.min(modes.size(), wide.generator().states()), shift);
        } catch (NumericalException | IllegalStateException e) {
            return;
        }
        for (int k = first; k < Math.min(errors.length, coarse.size()); k++) {
            Complex here = modes.get(k).eigenvalue();
            double difference = here.subtract(coarse.eigenvalue(k)).norm();
            errors[k] = coarser.get().error(here.norm(), here.norm() + difference);
        }
        equation.chain().thirdOrder().ifPresent(flux -> {
            Generator unfaded = flux.unfaded(equation.region(), equation.generator());
            for (int k = first; k < errors.length; k++) {
                Complex change = change(modes.get(k), unfaded).subtract(change(modes.get(k), taken));
                errors[k] += CoarserGrid.OF_FADING
                        * change.norm()
                        / modes.get(k).eigenvalue().norm();
            }
        });
        if (errors.length > first) {
            equation.requireResolved("the slowest decay", errors[first]);
        }
    }

    /** Σu·Ap of a mode, without conjugation: how its eigenvalue changes with A, to first order. */
    private static Complex change(Eigenmodes.Mode mode, Generator operator) {
        double[][] u = mode.left();
        double[][] p = mode.right();
        double[][] image = new double[2][operator.states()];
        operator.times(p[0], image[0]);
        operator.times(p[1], image[1]);
        double re = 0.0;
        double im = 0.0;
        for (int i = 0; i < operator.states(); i++) {
            re += u[0][i] * image[0][i] - u[1][i] * image[1][i];
            im += u[0][i] * image[1][i] + u[1][i] * image[0][i];
        }
        return new Complex(re, im);
    }

    /** min over the coordinates of E[½ d⟨x⟩/dt]/Var(x), jumps across periodic faces left out. */
    private static double relaxationRate(FokkerPlanck equation, double[] weights) {
        int d = equation.grid().dimension();
        double[] x = new double[d];
        double[] y = new double[d];
        double slowest = Double.POSITIVE_INFINITY;
        for (int a = 0; a < d; a++) {
            int axis = a;
            double mean = 0.0;
            double square = 0.0;
            double[] noise = {0.0};
            double half = 0.5
                    * (equation.grid().axis(a).max() - equation.grid().axis(a).min());
            for (int j = 0; j < weights.length; j++) {
                equation.grid().centre(equation.region().cell(j), x);
                mean += weights[j] * x[a];
                square += weights[j] * x[a] * x[a];
                double weight = weights[j];
                equation.generator().forEachRateFrom(j, (from, to, rate) -> {
                    equation.grid().centre(equation.region().cell(to), y);
                    double jump = y[axis] - x[axis];
                    if (Math.abs(jump) < half) {
                        noise[0] += 0.5 * weight * rate * jump * jump;
                    }
                });
            }
            double rate = noise[0] / (square - mean * mean);
            if (rate > 0.0) {
                slowest = Math.min(slowest, rate);
            }
        }
        return slowest <= Double.MAX_VALUE ? slowest : 1.0;
    }

    /**
     * The number of modes.
     *
     * @return at least as many as were asked for, fewer only if the generator has no more
     */
    public int size() {
        return modes.size();
    }

    /**
     * An eigenvalue.
     *
     * @param k 0 slowest … size − 1
     * @return λₖ, per unit of time
     */
    public Complex eigenvalue(int k) {
        return modes.get(k).eigenvalue();
    }

    /**
     * The relative error of an eigenvalue that comes from the grid, estimated from cells of twice the width, where the scheme is
     * not of second order in every direction; half of the difference where the flux is of higher order, and what
     * its fading costs ({@link ThirdOrderFlux#unfaded}). Beyond {@link
     * FokkerPlanck#withErrorsUpTo} for the slowest decay all is refused.
     *
     * @param k number of the mode
     * @return the estimate; 0 where the scheme is of second order, NaN if there is none
     */
    public double errorEstimate(int k) {
        return errors[k];
    }

    /**
     * A complex function on a grid.
     *
     * @param real its real part
     * @param imaginary its imaginary part
     */
    public record ComplexFunction(CellFunction real, CellFunction imaginary) {}

    /**
     * A right eigenfunction.
     *
     * @param k number of the mode
     * @return ρₖ, per unit of volume; NaN outside the region
     */
    public ComplexFunction right(int k) {
        double[][] p = modes.get(k).right();
        return new ComplexFunction(density(p[0]), density(p[1]));
    }

    /**
     * A left eigenfunction.
     *
     * @param k number of the mode
     * @return uₖ; NaN outside the region
     */
    public ComplexFunction left(int k) {
        double[][] u = modes.get(k).left();
        return new ComplexFunction(chain.function(u[0]), chain.function(u[1]));
    }

    private CellFunction density(double[] p) {
        double[] values = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            values[i] = p[i] / chain.grid().volume(chain.region().cell(i));
        }
        return chain.function(values);
    }

    /**
     * The time in which a mode decays by a factor e.
     *
     * @param k number of the mode
     * @return −1/Re λₖ, infinite for the steady state; a lower bound if the mode is not {@link #isResolved}
     */
    public double relaxationTime(int k) {
        return modes.get(k).relaxationTime();
    }

    /**
     * How far rounding may have moved an eigenvalue.
     *
     * @param k number of the mode
     * @return about 1e-13 of |σ − λₖ| for the last shift σ, times the condition of the eigenvalue; 0 for the steady state
     */
    public double accuracy(int k) {
        return modes.get(k).accuracy();
    }

    /**
     * Whether the decay of a mode is told from zero.
     *
     * @param k number of the mode
     * @return false if |Re λₖ| is not above its {@link #accuracy}
     */
    public boolean isResolved(int k) {
        return modes.get(k).isResolved();
    }

    /**
     * The angular frequency at which a mode turns.
     *
     * @param k number of the mode
     * @return Im λₖ, in radians per unit of time
     */
    public double frequency(int k) {
        return eigenvalue(k).getImaginaryPart();
    }

    /**
     * The distance of the two slowest decays.
     *
     * @return Re λ₀ − Re λ₁; without absorption the rate at which the steady state is reached
     * @throws IllegalArgumentException if there is one mode only
     */
    public double gap() {
        if (!(size() >= 2)) {
            throw new IllegalArgumentException("a gap needs 2 modes, got " + size());
        }
        return eigenvalue(0).getRealPart() - eigenvalue(1).getRealPart();
    }

    /**
     * How well the vectors of a mode are eigenvectors.
     *
     * @param k number of the mode
     * @return the larger of ‖v − (σ−λ)(σI−A)⁻¹v‖/‖v‖ over its two sides, in L²(ρˢˢ); for λ = 0 {@link Generator#residual}
     */
    public double residual(int k) {
        return modes.get(k).residual();
    }

    /**
     * The frequency up to which nothing slow is missing: every eigenvalue with a real part at least that of the last mode
     * and |Im λ| at most this was found.
     *
     * @return a bound in radians per unit of time, infinite if all eigenvalues were computed
     */
    public double frequencyBound() {
        double across = shift - eigenvalue(size() - 1).getRealPart();
        return Math.sqrt(Math.max(0.0, radius * radius - across * across));
    }

    /**
     * The shift.
     *
     * @return σ
     */
    public double shift() {
        return shift;
    }

    /**
     * The work done.
     *
     * @return number of applications of (σI − A)⁻¹ while the bases grew
     */
    public int iterations() {
        return iterations;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(size()).append(" slowest eigenvalues:");
        for (int k = 0; k < size(); k++) {
            text.append(String.format(Locale.ROOT, " %.5g", eigenvalue(k).getReal()));
            if (eigenvalue(k).getImaginary() != 0.0) {
                text.append(String.format(Locale.ROOT, "%+.5gi", eigenvalue(k).getImaginary()));
            }
            if (!isResolved(k)) {
                text.append(String.format(Locale.ROOT, " (beyond accuracy, %.2g)", accuracy(k)));
            }
            if (errors[k] != 0.0) {
                text.append(String.format(Locale.ROOT, " (relative error about %.2g)", errors[k]));
            }
        }
        for (double error : errors) {
            if (error >= CoarserGrid.NOTABLE) {
                return text.append("; ").append(CoarserGrid.advice(chain)).toString();
            }
        }
        return text.toString();
    }
}
