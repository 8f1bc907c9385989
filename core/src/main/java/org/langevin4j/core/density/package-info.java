/**
 * Probability densities on grids, and their functionals.
 *
 * <p>A {@link org.langevin4j.core.density.Grid} divides a box into cells; a {@link org.langevin4j.core.density.Density}
 * holds one value a cell, probability per unit of volume. Cells are numbered row-major: the last axis runs fastest, so
 * that in two dimensions cell (i, j) of an n₁×n₂ grid has the number i·n₂ + j. Entropies use natural logarithms. Between the
 * centres densities and {@linkplain org.langevin4j.core.density.CellFunction functions} are multilinear, {@code at(x)};
 * {@code Density.at(grid, x)} starts at a point, with the mean x.
 *
 * <p>Local entropy fᵧ = −log(Gᵧ ∗ e⁻ᶠ): {@link org.langevin4j.core.density.LocalEntropy} by quadrature in few dimensions and
 * on grids, {@link org.langevin4j.core.density.SampledLocalEntropy} in many.
 */
@NullMarked
package org.langevin4j.core.density;

import org.jspecify.annotations.NullMarked;
