package org.langevin4j.core.sde;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;

/**
 * The underdamped (kinetic) Langevin equation,
 *
 * <pre>dq = M⁻¹p dt,   dp = −∇U(t, q) dt − ΓM⁻¹p dt + √(2β⁻¹Γ) dW,</pre>
 *
 * of n degrees of freedom with positions q ∈ ℝⁿ, momenta p ∈ ℝⁿ and a diagonal mass matrix M. The friction is
 *
 * <table>
 * <caption>Frictions</caption>
 * <tr><th>Γ</th><th>by</th></tr>
 * <tr><td>γM, one rate γ</td><td>{@link #of}</td></tr>
 * <tr><td>diag(γᵢMᵢᵢ); γᵢ = 0: no bath at this coordinate</td><td>{@link #withFriction(double...)}</td></tr>
 * <tr><td>diag(γᵢ(t, q)Mᵢᵢ)</td><td>{@link #withFriction(VectorField)}, {@link #withFriction(ScalarField)}</td></tr>
 * <tr><td>Γ(t, q), symmetric and positive semi-definite</td><td>{@link #withFrictionMatrix}</td></tr>
 * </table>
 *
 * <p>With one temperature that does not change its stationary density is e^(−βH), H = U(q) + pᵀM⁻¹p/2, whatever the
 * friction (Leimkuhler and Matthews 2013, J. Chem. Phys. 138, 174102). A friction that depends on q asks for no further
 * drift here: Γ acts on p and its derivatives are along q, so that ∇·diag(0, Γ(q)) = 0 and all readings of the noise are
 * one. Its overdamped limit has one: for Γ → ∞
 *
 * <pre>dq = −Γ⁻¹∇U dt + β⁻¹ ∇·Γ⁻¹ dt + √(2β⁻¹Γ⁻¹) dW   (Itô),</pre>
 *
 * which in one dimension is the reading α = 1 (Hottovy, McDaniel, Volpe and Wehr 2015, Commun. Math. Phys. 336, 1259).
 *
 * <p>Heat baths of different temperatures, {@link #withTemperature}, take the place of the one β⁻¹: 2γᵢMᵢᵢTᵢ is the
 * strength of the noise of pᵢ. Heat then flows and the stationary law is no e^(−βH) (Rieder, Lebowitz and Lieb 1967, J.
 * Math. Phys. 8, 1073, for a chain of oscillators).
 *
 * <p>Potential, friction and temperature may depend on time: {@link VectorField#driven}, {@link Diffusion#driven}, {@link
 * Temperature#varying}.
 *
 * <p>{@link #sde()} gives the same equation in the state x = (q, p) ∈ ℝ²ⁿ, which any scheme takes; schemes that split
 * it find it again by {@link #recognise}. Immutable.
 */
public final class UnderdampedLangevin {

    private final VectorField gradient;

    /** U, where more than its gradient was given. */
    private final @Nullable Potential potential;

    private final double[] mass;
    private final Friction friction;

    /** One for all coordinates, or n that differ. */
    private final Temperature[] temperatures;

    private final Sde sde;

    private UnderdampedLangevin(
            VectorField gradient,
            @Nullable Potential potential,
            double[] mass,
            Friction friction,
            Temperature[] temperatures) {
        this.gradient = Objects.requireNonNull(gradient, "gradient");
        this.potential = potential;
        if (!(mass.length > 0)) {
            throw new IllegalArgumentException("degreesOfFreedom must be positive, got " + mass.length);
        }
        for (int i = 0; i < mass.length; i++) {
            if (!(mass[i] > 0.0 && mass[i] <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("mass must be positive and finite, got m[" + i + "] = " + mass[i]);
            }
        }
        if (temperatures.length > 1 && friction instanceof Friction.Matrix) {
            throw new IllegalArgumentException("temperature must be one for all coordinates where the friction is a"
                    + " matrix, got " + temperatures.length);
        }
        this.mass = mass;
        this.friction = friction;
        this.temperatures = temperatures;
        this.sde = Sde.ito(
                PhaseSpaceDrift.of(this, this::isAutonomous, gradient, friction, mass),
                diffusion(),
                temperatures.length == 1 ? temperatures[0] : Temperature.of(1.0));
    }

    private Diffusion diffusion() {
        boolean constant =
                temperatures.length == 1 || Arrays.stream(temperatures).allMatch(Temperature::isConstant);
        if (!constant) {
            return PhaseSpaceDiffusion.of(
                    Diffusion.driven(t -> friction.atTime(t).diffusion(mass, scales(t))));
        }
        Diffusion momenta = friction.diffusion(mass, scales(0.0));
        if (!(friction instanceof Friction.Rates)) {
            return PhaseSpaceDiffusion.of(momenta);
        }
        // Diagonal, which makes a step of many schemes cheaper.
        int n = mass.length;
        double[] entries = new double[2 * n];
        double[] ones = new double[n];
        double[] diagonal = new double[n];
        Arrays.fill(ones, 1.0);
        momenta.times(ones, ones, diagonal);
        System.arraycopy(diagonal, 0, entries, n, n);
        return Diffusion.diagonal(entries);
    }

    /** The temperatures in units of that of {@link #sde()}. */
    private double[] scales(double t) {
        return temperatures.length == 1
                ? new double[] {1.0}
                : Arrays.stream(temperatures)
                        .mapToDouble(temperature -> temperature.atTime(t).value())
                        .toArray();
    }

    /**
     * The equation of unit masses in a potential.
     *
     * @param degreesOfFreedom n ≥ 1
     * @param potential U: ℝⁿ → ℝ
     * @param friction γ > 0, a rate
     * @param temperature β⁻¹
     * @return the equation
     */
    public static UnderdampedLangevin of(
            int degreesOfFreedom, Potential potential, double friction, Temperature temperature) {
        Objects.requireNonNull(potential, "potential");
        return of(degreesOfFreedom, potential::gradient, potential, friction, temperature);
    }

    /**
     * The equation of unit masses under a force given by ∇U, which may have a block form and may depend on time.
     *
     * @param degreesOfFreedom n ≥ 1
     * @param gradient ∇U: ℝⁿ → ℝⁿ
     * @param friction γ > 0, a rate
     * @param temperature β⁻¹
     * @return the equation
     */
    public static UnderdampedLangevin ofGradient(
            int degreesOfFreedom, VectorField gradient, double friction, Temperature temperature) {
        return of(degreesOfFreedom, gradient, null, friction, temperature);
    }

    private static UnderdampedLangevin of(
            int degreesOfFreedom,
            VectorField gradient,
            @Nullable Potential potential,
            double friction,
            Temperature temperature) {
        Objects.requireNonNull(temperature, "temperature");
        if (!(degreesOfFreedom > 0)) {
            throw new IllegalArgumentException("degreesOfFreedom must be positive, got " + degreesOfFreedom);
        }
        Memory.require(
                "an equation of " + degreesOfFreedom + " degrees of freedom",
                64.0 * degreesOfFreedom,
                "fewer need less");
        if (!(friction > 0.0 && friction <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("friction must be positive and finite, got " + friction);
        }
        double[] mass = new double[degreesOfFreedom];
        Arrays.fill(mass, 1.0);
        return new UnderdampedLangevin(
                gradient, potential, mass, Friction.ofRates(degreesOfFreedom, friction), new Temperature[] {temperature
                });
    }

    /**
     * The same equation with other masses. Rates of friction stay as they are, and so does a matrix Γ.
     *
     * @param masses diagonal of M, all positive: one for each degree of freedom, or a single one for all
     * @return the changed equation
     */
    public UnderdampedLangevin withMass(double... masses) {
        double[] all = masses.clone();
        if (masses.length == 1) {
            all = new double[mass.length];
            Arrays.fill(all, masses[0]);
        }
        if (all.length != mass.length) {
            throw new IllegalArgumentException(
                    "masses must have length 1 or " + mass.length + ", got " + masses.length);
        }
        return new UnderdampedLangevin(gradient, potential, all, friction, temperatures);
    }

    /**
     * The same equation with a bath of its own at each coordinate, Γ = diag(γᵢMᵢᵢ).
     *
     * @param rates γᵢ ≥ 0, one for each degree of freedom, or a single one for all; zero is no bath
     * @return the changed equation
     */
    public UnderdampedLangevin withFriction(double... rates) {
        return new UnderdampedLangevin(gradient, potential, mass, Friction.ofRates(mass.length, rates), temperatures);
    }

    /**
     * The same equation with frictions that depend on the position, and on time if the field is {@link
     * VectorField#driven}.
     *
     * @param rates γ: ℝⁿ → ℝⁿ, the n rates γᵢ(q), none negative where it is used; Γ = diag(γᵢ(q)Mᵢᵢ)
     * @return the changed equation
     */
    public UnderdampedLangevin withFriction(VectorField rates) {
        Objects.requireNonNull(rates, "rates");
        return new UnderdampedLangevin(gradient, potential, mass, new Friction.RateField(rates), temperatures);
    }

    /**
     * The same equation with one rate of friction that depends on the position.
     *
     * @param rate γ: ℝⁿ → ℝ, not negative where it is used; Γ = γ(q)M
     * @return the changed equation
     */
    public UnderdampedLangevin withFriction(ScalarField rate) {
        Objects.requireNonNull(rate, "rate");
        return withFriction((q, out) -> Arrays.fill(out, rate.at(q)));
    }

    /**
     * The same equation with a friction matrix, as of hydrodynamic interactions: dp = −∇U dt − Γ(q)M⁻¹p dt + √(2β⁻¹) B(q)
     * dW with B Bᵀ = Γ.
     *
     * @param gamma Γ with its factor, of dimension n; mass/time
     * @return the changed equation
     * @throws IllegalArgumentException if the dimension is not n or the temperatures differ
     */
    public UnderdampedLangevin withFrictionMatrix(Diffusion gamma) {
        if (gamma.dimension() != mass.length) {
            throw new IllegalArgumentException(
                    "gamma must have the dimension " + mass.length + ", got " + gamma.dimension());
        }
        return new UnderdampedLangevin(gradient, potential, mass, new Friction.Matrix(gamma), temperatures);
    }

    /**
     * The same equation with other temperatures of its baths.
     *
     * @param values one for all coordinates, or Tᵢ for each; where γᵢ = 0 it has no effect
     * @return the changed equation
     */
    public UnderdampedLangevin withTemperature(Temperature... values) {
        if (values.length != 1 && values.length != mass.length) {
            throw new IllegalArgumentException(
                    "temperatures must have length 1 or " + mass.length + ", got " + values.length);
        }
        boolean one = Arrays.stream(values).allMatch(value -> value.equals(values[0]));
        return new UnderdampedLangevin(
                gradient, potential, mass, friction, one ? new Temperature[] {values[0]} : values.clone());
    }

    /**
     * The underdamped equation behind an equation in (q, p).
     *
     * @param sde any equation
     * @return the equation whose {@link #sde()} it is, or that at a time t whose {@code sde().atTime(t)} it is; empty if
     *     there is none
     */
    public static Optional<UnderdampedLangevin> recognise(Sde sde) {
        if (!(sde.drift() instanceof PhaseSpaceDrift drift
                && drift.equation() instanceof UnderdampedLangevin equation)) {
            return Optional.empty();
        }
        if (equation.sde.equals(sde)) {
            return Optional.of(equation);
        }
        return equation.isAtTime(sde, drift) ? Optional.of(equation.atTime(drift.time())) : Optional.empty();
    }

    /** Whether an equation is sde().atTime(t), where it is known that its drift is. */
    private boolean isAtTime(Sde other, PhaseSpaceDrift drift) {
        double t = drift.time();
        if (Double.isNaN(t)) {
            return false;
        }
        boolean alike = sde.diffusion().isAutonomous()
                ? sde.diffusion().equals(other.diffusion())
                : other.diffusion() instanceof PhaseSpaceDiffusion diffusion && diffusion.isMoment(sde.diffusion(), t);
        return alike
                && other.temperature().equals(sde.temperature().atTime(t))
                && other.calculus().equals(sde.calculus());
    }

    /**
     * Whether nothing depends on time.
     *
     * @return false for a driven equation
     */
    public boolean isAutonomous() {
        return sde.isAutonomous();
    }

    /**
     * The equation with potential, friction and temperatures that it has at one time.
     *
     * @param t time
     * @return an autonomous equation; this one if it does not depend on time
     */
    public UnderdampedLangevin atTime(double t) {
        return isAutonomous()
                ? this
                : new UnderdampedLangevin(
                        gradient.atTime(t),
                        null,
                        mass,
                        friction.atTime(t),
                        Arrays.stream(temperatures)
                                .map(temperature -> temperature.atTime(t))
                                .toArray(Temperature[]::new));
    }

    /**
     * The number of degrees of freedom.
     *
     * @return n; the state has dimension 2n
     */
    public int degreesOfFreedom() {
        return mass.length;
    }

    /**
     * How (q, p) behaves when time runs backwards.
     *
     * @return positions even, momenta odd
     */
    public Parity parity() {
        return Parity.ofPhaseSpace(mass.length);
    }

    /**
     * The gradient of the potential.
     *
     * @return ∇U: ℝⁿ → ℝⁿ
     */
    public VectorField gradient() {
        return gradient;
    }

    /**
     * The potential.
     *
     * @return U, or empty where only its gradient is known: by {@link #ofGradient}, or at one time of a driven equation
     */
    public Optional<Potential> potential() {
        return Optional.ofNullable(potential);
    }

    /**
     * A mass.
     *
     * @param i degree of freedom
     * @return Mᵢᵢ
     */
    public double mass(int i) {
        return mass[i];
    }

    /**
     * Whether the friction is a number γᵢ for each coordinate.
     *
     * @return false if it is a function of t or q, or a matrix
     */
    public boolean hasConstantRates() {
        return friction instanceof Friction.Rates;
    }

    /**
     * The rates of friction.
     *
     * @return γ: ℝⁿ → ℝⁿ, or empty where the friction is a matrix
     */
    public Optional<VectorField> rates() {
        if (friction instanceof Friction.Rates constant) {
            double[] values = constant.values();
            return Optional.of((q, out) -> System.arraycopy(values, 0, out, 0, values.length));
        }
        return friction instanceof Friction.RateField field ? Optional.of(field.rates()) : Optional.empty();
    }

    /**
     * The friction matrix.
     *
     * @return Γ(t, q), n×n, with its factor
     */
    public Diffusion frictionMatrix() {
        return friction.diffusion(mass, new double[] {1.0});
    }

    /**
     * The temperature of a coordinate's bath.
     *
     * @param i degree of freedom
     * @return Tᵢ
     */
    public Temperature temperature(int i) {
        return temperatures[temperatures.length == 1 ? 0 : i];
    }

    /**
     * The equation in x = (q, p): drift (M⁻¹p, −∇U − ΓM⁻¹p) and D = diag(0, Γ) at the temperature β⁻¹, or D = diag(0,
     * γᵢMᵢᵢTᵢ) at β⁻¹ = 1 where the temperatures differ. All readings of the noise but the A-type are the same.
     *
     * @return the Itô equation of dimension 2n
     */
    public Sde sde() {
        return sde;
    }

    @Override
    public String toString() {
        String gamma = friction instanceof Friction.Rates constant
                ? "γ = " + numbers(constant.values())
                : friction instanceof Friction.Matrix ? "friction matrix Γ(q)" : "γ(q)";
        return "UnderdampedLangevin[n = " + mass.length + ", M = " + numbers(mass) + ", " + gamma + ", "
                + (temperatures.length == 1 ? temperatures[0] : Arrays.toString(temperatures)) + "]";
    }

    /** One number where all are the same. */
    private static String numbers(double[] values) {
        return IntStream.range(1, values.length).allMatch(i -> values[i] == values[0])
                ? Double.toString(values[0])
                : Arrays.toString(values);
    }
}
