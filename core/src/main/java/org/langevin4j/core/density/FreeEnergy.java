package org.langevin4j.core.density;

import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Temperature;

/**
 * The free energy of a density relative to the stationary one, F(ρ) = β⁻¹KL(ρ‖ρˢˢ), with its split
 * F = E_ρ[Φ] − β⁻¹H(ρ) where Φ = −β⁻¹ log ρˢˢ (Chaudhari and Soatto 2018, eqs. 5, 10 and 11). With this Φ the paper's
 * constant is zero.
 *
 * @param total F ≥ 0; computed without the cancellation of the two parts
 * @param energetic E_ρ[Φ]
 * @param entropic −β⁻¹H(ρ)
 */
public record FreeEnergy(double total, double energetic, double entropic) {

    /**
     * The free energy of a density.
     *
     * @param density ρ
     * @param steady ρˢˢ, on the same grid
     * @param temperature β⁻¹
     * @return F and its parts
     */
    public static FreeEnergy of(Density density, Density steady, Temperature temperature) {
        double inverseBeta = temperature.requireConstant("FreeEnergy.of").value();
        return new FreeEnergy(
                inverseBeta * density.relativeEntropy(steady),
                inverseBeta * density.crossEntropy(steady),
                -inverseBeta * density.entropy());
    }

    /**
     * The derivative of the free energy along the Fokker–Planck flow by the formula of Theorem 5,
     *
     * <pre>
     * dF/dt = −∫ρ D:(∇δF/δρ)(∇δF/δρ)ᵀ,   δF/δρ = β⁻¹ log(ρ/ρˢˢ) + const,
     * </pre>
     *
     * <p>with differences of log(ρ/ρˢˢ) between the centres of neighbouring cells: second order in their width. Neither Q nor
     * j occurs in it. Cells where ρ or ρˢˢ is zero are left out.
     *
     * @param density ρ
     * @param steady ρˢˢ, on the same grid
     * @param diffusion D, of the dimension of the grid
     * @param temperature β⁻¹
     * @return dF/dt ≤ 0
     */
    public static double rate(Density density, Density steady, Diffusion diffusion, Temperature temperature) {
        diffusion.requireAutonomous("FreeEnergy.rate");
        temperature.requireConstant("FreeEnergy.rate");
        Grid grid = density.grid();
        if (!grid.equals(steady.grid())) {
            throw new IllegalArgumentException("densities must be on the same grid");
        }
        int d = grid.dimension();
        if (diffusion.dimension() != d) {
            throw new IllegalArgumentException(
                    "diffusion must have the dimension of the grid, " + d + ", got " + diffusion.dimension());
        }
        double[] logRatio = new double[grid.cells()];
        for (int cell = 0; cell < logRatio.length; cell++) {
            double value = Density.logRatio(density.value(cell), steady.value(cell));
            logRatio[cell] = Math.abs(value) <= Double.MAX_VALUE ? value : Double.NaN;
        }
        double[] x = new double[d];
        double[] gradient = new double[d];
        double[] product = new double[d];
        double sum = 0.0;
        for (int cell = 0; cell < logRatio.length; cell++) {
            if (Double.isNaN(logRatio[cell])) {
                continue;
            }
            for (int a = 0; a < d; a++) {
                gradient[a] = slope(grid, logRatio, cell, a);
            }
            grid.centre(cell, x);
            diffusion.times(x, gradient, product);
            for (int a = 0; a < d; a++) {
                sum += density.value(cell) * grid.volume(cell) * gradient[a] * product[a];
            }
        }
        return -temperature.value() * temperature.value() * sum;
    }

    /** The slope at the centre of a cell of the parabola through it and its neighbours, or of a line if it has but one. */
    private static double slope(Grid grid, double[] values, int cell, int axis) {
        int position = grid.position(cell, axis);
        Axis along = grid.axis(axis);
        double below = position > 0 ? values[cell - grid.stride(axis)] : Double.NaN;
        double above = position + 1 < along.cells() ? values[cell + grid.stride(axis)] : Double.NaN;
        double left = position > 0
                ? (values[cell] - below) / (along.centre(position) - along.centre(position - 1))
                : Double.NaN;
        double right = position + 1 < along.cells()
                ? (above - values[cell]) / (along.centre(position + 1) - along.centre(position))
                : Double.NaN;
        if (Double.isNaN(left)) {
            return Double.isNaN(right) ? 0.0 : right;
        }
        if (Double.isNaN(right)) {
            return left;
        }
        double toLeft = along.centre(position) - along.centre(position - 1);
        double toRight = along.centre(position + 1) - along.centre(position);
        return (toRight * left + toLeft * right) / (toLeft + toRight);
    }
}
