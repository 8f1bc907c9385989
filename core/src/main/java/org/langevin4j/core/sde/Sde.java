package org.langevin4j.core.sde;

import java.util.Objects;
import org.langevin4j.core.field.DelayedField;
import org.langevin4j.core.field.VectorField;

/**
 * A stochastic differential equation, dx = b(x) dt + √(2β⁻¹) B(x) dW with B Bᵀ = D (Chaudhari and Soatto 2018, eq. 3).
 *
 * @param drift b: ℝᵈ → ℝᵈ; for stochastic gradient descent −∇f
 * @param diffusion D with its factor B; its dimension is the dimension of the state
 * @param temperature β⁻¹
 * @param calculus how the noise is read
 * @param jumps sudden changes of the state besides, in most equations none
 */
public record Sde(VectorField drift, Diffusion diffusion, Temperature temperature, Calculus calculus, Jumps jumps) {

    /**
     * Checks that all parts are there and fit.
     *
     * @throws IllegalArgumentException if the drift is known to have another dimension than the diffusion, or the Q of
     *     an A-type calculus has
     */
    public Sde {
        Objects.requireNonNull(drift, "drift");
        Objects.requireNonNull(diffusion, "diffusion");
        Objects.requireNonNull(temperature, "temperature");
        Objects.requireNonNull(calculus, "calculus");
        Objects.requireNonNull(jumps, "jumps");
        drift.requireShape(diffusion.dimension(), diffusion.dimension());
        if (calculus instanceof Calculus.AType aType && aType.q().dimension() != diffusion.dimension()) {
            throw new IllegalArgumentException("q must have the dimension of the diffusion, " + diffusion.dimension()
                    + ", got " + aType.q().dimension());
        }
    }

    /**
     * An equation with continuous paths.
     *
     * @param drift b
     * @param diffusion D
     * @param temperature β⁻¹
     * @param calculus how the noise is read
     */
    public Sde(VectorField drift, Diffusion diffusion, Temperature temperature, Calculus calculus) {
        this(drift, diffusion, temperature, calculus, Jumps.none());
    }

    /**
     * An equation in the Itô calculus.
     *
     * @param drift b
     * @param diffusion D
     * @param temperature β⁻¹
     * @return the equation
     */
    public static Sde ito(VectorField drift, Diffusion diffusion, Temperature temperature) {
        return new Sde(drift, diffusion, temperature, Calculus.ITO);
    }

    /**
     * The dimension of the state.
     *
     * @return d
     */
    public int dimension() {
        return diffusion.dimension();
    }

    /**
     * The equation with other jumps.
     *
     * @param value the jumps, instead of those it has
     * @return the changed equation
     */
    public Sde with(Jumps value) {
        return new Sde(drift, diffusion, temperature, calculus, value);
    }

    /**
     * The equation of the motion between jumps.
     *
     * @return this one if it has none
     */
    public Sde withoutJumps() {
        return jumps.isEmpty() ? this : with(Jumps.none());
    }

    /**
     * Whether neither drift nor diffusion nor temperature nor jumps, nor the Q of an A-type calculus, depend on time, or
     * on the past.
     *
     * @return false for a driven equation, and for one with a delay
     */
    public boolean isAutonomous() {
        return drift.isAutonomous()
                && diffusion.isAutonomous()
                && temperature.isConstant()
                && calculus.isAutonomous()
                && jumps.isAutonomous();
    }

    /**
     * The equation with the coefficients that it has at one time.
     *
     * @param t time
     * @return an autonomous equation; this one if it does not depend on time
     */
    public Sde atTime(double t) {
        return isAutonomous()
                ? this
                : new Sde(
                        drift.atTime(t),
                        diffusion.atTime(t),
                        temperature.atTime(t),
                        calculus.atTime(t),
                        jumps.atTime(t));
    }

    /**
     * Refuses, at one time and state, an equation whose drift or diffusion reads or writes beyond its arrays or leaves an entry
     * unwritten, which would be whatever was there before.
     *
     * @param t time
     * @param x state, length d; not modified
     * @throws IllegalArgumentException with index and dimension if one does
     */
    public void requireWritten(double t, double[] x) {
        drift.requireWritten("drift", t, x, dimension());
        diffusion.requireWritten(t, x);
    }

    /**
     * Refuses an equation that depends on time, for those who study autonomous ones.
     *
     * @param who what is asked of the equation
     * @return this equation
     * @throws IllegalArgumentException if the equation is driven or has a delay
     */
    public Sde requireAutonomous(String who) {
        requireMemoryless(who);
        if (!isAutonomous()) {
            throw new IllegalArgumentException(
                    who + " takes an autonomous equation, this one depends on time; freeze it by atTime(t)");
        }
        return this;
    }

    /**
     * Refuses an equation with jumps, for those who study continuous paths.
     *
     * @param who what is asked of the equation
     * @return this equation
     * @throws IllegalArgumentException if the equation has jumps
     */
    public Sde requireContinuous(String who) {
        if (!jumps.isEmpty()) {
            throw new IllegalArgumentException(who + " takes an equation with continuous paths, this one has jumps ("
                    + jumps + "); run it in an Ensemble, or leave them out by withoutJumps()");
        }
        return this;
    }

    /**
     * Refuses an equation whose drift depends on the past, for those who take the state to be all there is to know.
     *
     * @param who what is asked of the equation
     * @return this equation
     * @throws IllegalArgumentException if the drift is delayed
     */
    public Sde requireMemoryless(String who) {
        if (drift instanceof DelayedField delayed) {
            throw new IllegalArgumentException(who + " takes an equation without delay, the drift of this one is "
                    + delayed + "; solve it by EulerMaruyama");
        }
        return this;
    }

    /**
     * The Itô equation with the same paths. The conversion is exact: no derivative is approximated, unless the diffusion
     * was given without its own, see {@link Diffusion#factor}.
     *
     * @return this equation if it is Itô already or its diffusion is constant and the reading is α-type; otherwise the
     *     equation with the drift of the package's table
     * @throws IllegalArgumentException if the reading is α-type with α ≠ 0 and the diffusion does not know the
     *     derivative of its factor, see {@link Diffusion#noiseInducedDrift}
     */
    public Sde toIto() {
        if (!isAutonomous()) {
            boolean alike =
                    calculus instanceof Calculus.Alpha alpha && (alpha.alpha() == 0.0 || diffusion.isConstant());
            return withItoDrift(
                    alike ? drift : VectorField.driven(t -> atTime(t).toIto().drift()));
        }
        int d = dimension();
        if (calculus instanceof Calculus.AType aType) {
            VectorField divergence = VectorField.withScratch(
                    (x, scratch, out) -> {
                        diffusion.divergence(x, out);
                        aType.q().divergence(x, scratch[0]);
                        for (int i = 0; i < d; i++) {
                            out[i] += scratch[0][i];
                        }
                    },
                    d);
            return withItoDrift(plus(temperature.value(), divergence));
        }
        double alpha = ((Calculus.Alpha) calculus).alpha();
        if (alpha == 0.0) {
            return this;
        }
        if (diffusion.isConstant()) {
            return withItoDrift(drift);
        }
        VectorField noiseInduced = diffusion
                .noiseInducedDrift()
                .orElseThrow(() -> new IllegalArgumentException("calculus " + calculus
                        + " needs the derivative of the factor B, which this diffusion does not know; give it by"
                        + " Diffusion.factor or as a diagonal"));
        return withItoDrift(plus(2.0 * alpha * temperature.value(), noiseInduced));
    }

    private Sde withItoDrift(VectorField itoDrift) {
        return new Sde(itoDrift, diffusion, temperature, Calculus.ITO, jumps);
    }

    /** b + factor·correction, also on blocks. */
    private VectorField plus(double factor, VectorField correction) {
        return new VectorField() {
            @Override
            public void at(double[] x, double[] out) {
                double[] extra = new double[out.length];
                drift.at(x, out);
                correction.at(x, extra);
                for (int i = 0; i < out.length; i++) {
                    out[i] += factor * extra[i];
                }
            }

            @Override
            public void atBlock(double[][] x, int paths, double[][] out) {
                double[][] extra = new double[out.length][paths];
                drift.atBlock(x, paths, out);
                correction.atBlock(x, paths, extra);
                for (int i = 0; i < out.length; i++) {
                    for (int p = 0; p < paths; p++) {
                        out[i][p] += factor * extra[i][p];
                    }
                }
            }
        };
    }
}
