package org.langevin4j.models.analytic;

import java.util.List;
import java.util.Optional;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.model.StationaryMoments;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * An active Ornstein–Uhlenbeck particle: pushed by a velocity that is itself an Ornstein–Uhlenbeck process, in a harmonic trap.
 *
 * <pre>
 * b = (v − kx, −v/τ),   D = diag(0, 1/τ²)
 * E[x²] = β⁻¹/(k(1 + kτ)),   E[xv] = β⁻¹/(1 + kτ),   E[v²] = β⁻¹/τ
 * free, k = 0:   E(x(t) − x(0))² = 2β⁻¹(t − τ(1 − e^(−t/τ)))
 * </pre>
 *
 * <p>At τ → 0 it is a Brownian particle in the trap; the variance is that of a colder one.
 *
 * @param persistence τ > 0
 * @param stiffness k ≥ 0; 0 is a free particle
 */
public record ActiveOrnsteinUhlenbeck(double persistence, double stiffness) implements Model {

    private static final Parameter PERSISTENCE =
            Parameter.of("persistence", 1.0, Range.POSITIVE, "time", "τ, how long the velocity lasts");
    private static final Parameter STIFFNESS =
            Parameter.of("stiffness", 1.0, Range.NOT_NEGATIVE, "1/time", "k, stiffness of the trap");

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public ActiveOrnsteinUhlenbeck {
        PERSISTENCE.at(persistence);
        STIFFNESS.at(stiffness);
    }

    /** The default parameters. */
    public ActiveOrnsteinUhlenbeck() {
        this(PERSISTENCE.defaultValue(), STIFFNESS.defaultValue());
    }

    @Override
    public String name() {
        return "active-ornstein-uhlenbeck";
    }

    @Override
    public String description() {
        return "particle in a trap driven by coloured noise, dx = (v − kx) dt, dv = −v/τ dt + √(2β⁻¹)/τ dW";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(PERSISTENCE.at(persistence), STIFFNESS.at(stiffness));
    }

    @Override
    public ActiveOrnsteinUhlenbeck withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new ActiveOrnsteinUhlenbeck(values[0], values[1]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("x", "v");
    }

    @Override
    public List<String> sources() {
        return List.of("Szamel (2014), Phys. Rev. E 90, 012111");
    }

    /**
     * The equation in the Itô calculus; the noise is additive, so that every calculus agrees.
     *
     * @param temperature β⁻¹
     * @return the equation
     */
    @Override
    public Sde sde(Temperature temperature) {
        return Sde.ito(drift(), Diffusion.diagonal(0.0, 1.0 / (persistence * persistence)), temperature);
    }

    /**
     * The drift, of a class that exact schemes recognise.
     *
     * @return (v − kx, −v/τ)
     */
    public AffineField drift() {
        return AffineField.of(matrix().scalarMultiply(-1.0), 0.0, 0.0);
    }

    private RealMatrix matrix() {
        return MatrixUtils.createRealMatrix(new double[][] {{stiffness, -1.0}, {0.0, 1.0 / persistence}});
    }

    /** In a trap, the same parts at every temperature. */
    @Override
    public Optional<Decomposition> decomposition(Temperature temperature) {
        return stiffness > 0.0
                ? Optional.of(LinearDecomposition.of(matrix(), MatrixUtils.createRealDiagonalMatrix(new double[] {
                            0.0, 1.0 / (persistence * persistence)
                        }))
                        .toDecomposition())
                : Optional.empty();
    }

    @Override
    public Optional<StationaryMoments> stationaryMoments(Temperature temperature) {
        if (stiffness == 0.0) {
            return Optional.empty();
        }
        double t = temperature.value();
        double mixed = t / (1.0 + stiffness * persistence);
        return Optional.of(StationaryMoments.of(new double[2], MatrixUtils.createRealMatrix(new double[][] {
            {mixed / stiffness, mixed}, {mixed, t / persistence}
        })));
    }

    @Override
    public List<double[]> restingPoints() {
        return List.of(new double[2]);
    }

    /**
     * How far a free particle gets whose velocity is stationary, in the mean square.
     *
     * @param temperature β⁻¹
     * @param time t ≥ 0
     * @return 2β⁻¹(t − τ(1 − e^(−t/τ)))
     * @throws IllegalArgumentException if there is a trap
     */
    public double meanSquaredDisplacement(Temperature temperature, double time) {
        if (!(time >= 0.0)) {
            throw new IllegalArgumentException("time must not be negative, got " + time);
        }
        if (stiffness != 0.0) {
            throw new IllegalArgumentException("stiffness must be zero for a free particle, got " + stiffness);
        }
        return 2.0 * temperature.value() * (time + persistence * Math.expm1(-time / persistence));
    }
}
