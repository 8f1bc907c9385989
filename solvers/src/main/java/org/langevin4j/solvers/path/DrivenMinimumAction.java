package org.langevin4j.solvers.path;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.ConvergenceException;

/**
 * The most likely ways out of a well that is driven periodically, b(x, t + T) = b(x, t), and D likewise: the paths of least action
 *
 * <pre>S = inf ¼∫(ẋ − b)ᵀD⁻¹(ẋ − b)dt = inf ∫p·Dp dt,   ẋ = b + 2Dp,   ṗ = −∂H/∂x,   H = p·Dp + b·p,</pre>
 *
 * from the stable periodic orbit of the well, left at t → −∞, to the unstable one at the edge of its basin, reached at t → ∞. Time is not free: of
 * the paths of each period one is least, as it climbs at the best phase, and
 *
 * <pre>k = (1/T) Σ c(2πβ)^(−½) e^(−βS),   β → ∞,</pre>
 *
 * is the rate of leaving, averaged over a period. c comes from the Gaussian tube about the path ({@code PathFluctuations}), after
 * Lehmann, Reimann and Hänggi (2003, phys. stat. sol. (b) 237, 53). D may be singular where noise reaches all directions with the help of the drift, as with inertia.
 *
 * <p>The way to them: the drift averaged over a period has a well and a saddle near the given states, and a path of least action between them ({@link
 * MinimumAction}). Turned on a little, driving of the phase φ changes its action by −∫p·(b(x, t + φ) − b̄(x))dt (Smelyanskiy, Dykman, Rabitz and Vugmeister 1997, Phys. Rev. Lett. 79,
 * 3113), and from each minimum of that over φ the driving is led to its full strength. The ends of the time window are so far away
 * that neither orbit needs to be known: left is the well of the mean drift, from which paths relax onto the orbit at no cost, right the separatrix of its saddle.
 *
 * <p>The formula needs β times {@linkplain DrivenTransition#modulation() what another phase costs more} to be large: where the driving is so fast or weak that all phases are alike, the
 * rate is that of the mean drift, with the action found here. Ways that exist with strong driving only are not found. Immutable.
 */
public final class DrivenMinimumAction {

    private final VectorField drift;
    private final Diffusion diffusion;
    private final double period;
    private final double tolerance;

    private DrivenMinimumAction(VectorField drift, Diffusion diffusion, double period, double tolerance) {
        this.drift = Objects.requireNonNull(drift, "drift");
        this.diffusion = Objects.requireNonNull(diffusion, "diffusion");
        this.period = period;
        this.tolerance = tolerance;
        if (!(period > 0.0 && period <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("period must be positive and finite, got " + period);
        }
        if (drift.isAutonomous() && diffusion.isAutonomous()) {
            throw new IllegalArgumentException("neither drift nor diffusion depends on time: use MinimumAction");
        }
    }

    /**
     * The method with a tolerance of 1e-6 of the action.
     *
     * @param drift b(x, t); a {@link org.langevin4j.core.field.DifferentiableField} brings its Jacobian, otherwise differences
     * @param diffusion D
     * @param period T
     * @return the method
     * @throws IllegalArgumentException if T is not positive, or nothing depends on time
     */
    public static DrivenMinimumAction of(VectorField drift, Diffusion diffusion, double period) {
        return new DrivenMinimumAction(drift, diffusion, period, 1e-6);
    }

    /**
     * The method for an equation, in Itô's form.
     *
     * @param sde an equation without jumps and memory
     * @param period T
     * @return the method with a tolerance of 1e-6 of the action
     */
    public static DrivenMinimumAction of(Sde sde, double period) {
        Sde ito = sde.requireMemoryless("DrivenMinimumAction").withoutJumps().toIto();
        return of(ito.drift(), ito.diffusion(), period);
    }

    /**
     * Sets the error of the action to aim at.
     *
     * @param relative a part of the action, positive
     * @return the method with that tolerance
     */
    public DrivenMinimumAction withTolerance(double relative) {
        if (!(relative > 0.0)) {
            throw new IllegalArgumentException("tolerance must be positive, got " + relative);
        }
        return new DrivenMinimumAction(drift, diffusion, period, relative);
    }

    /**
     * The drift averaged over a period, whose resting points are where ways begin and end.
     *
     * @return b̄, the mean of a few instants
     */
    public VectorField meanDrift() {
        return PeriodMean.of(drift, diffusion, period).drift();
    }

    /**
     * The diffusion averaged over a period.
     *
     * @return D̄
     */
    public Diffusion meanDiffusion() {
        return PeriodMean.of(drift, diffusion, period).diffusion();
    }

    /**
     * The ways out.
     *
     * @param well a state near the well of the mean drift
     * @param saddle a state near its saddle
     * @return one path for each phase that is locally best, the least action first; times are those of the driving
     * @throws IllegalArgumentException if the drift does not have the period, or its mean no stable resting point near {@code well} or none with
     *     one unstable direction near {@code saddle}, or the driving does not act along the path
     * @throws ConvergenceException if the path does not settle
     */
    public List<DrivenTransition> between(double[] well, double[] saddle) {
        long begin = System.nanoTime();
        DrivenWay way = new DrivenWay(drift, diffusion, period, well, saddle);
        List<Double> best = new ArrayList<>();
        double worstPhase = way.phases(best);
        ConvergenceException failure = null;
        List<DrivenTransition> found = new ArrayList<>();
        double worst = Double.NaN;
        try {
            worst = way.action(worstPhase);
        } catch (ConvergenceException e) {
            // Only the modulation is not known then.
        }
        for (double phase : best) {
            try {
                found.add(way.follow(phase, worst, tolerance, begin));
            } catch (ConvergenceException e) {
                failure = e;
            }
        }
        if (found.isEmpty() && failure != null) {
            throw failure;
        }
        found.sort(Comparator.comparingDouble(DrivenTransition::action));
        return List.copyOf(found);
    }

    @Override
    public String toString() {
        return "paths of least action driven with the period " + period;
    }
}
