/**
 * What a stochastic differential equation is: a drift, a diffusion, a temperature and a calculus.
 *
 * <p>The equation is
 *
 * <pre>dx = b(x) dt + √(2β⁻¹) B(x) dW,   B Bᵀ = D,</pre>
 *
 * read in the {@link org.langevin4j.core.sde.Calculus} that the problem names. b is the {@code drift} (for stochastic
 * gradient descent b = −∇f), D the {@link org.langevin4j.core.sde.Diffusion}, β⁻¹ the {@link
 * org.langevin4j.core.sde.Temperature}. The Fokker–Planck equation of the Itô reading is ∂ρ/∂t = −∇·J with
 * J = bρ − β⁻¹∇·(Dρ) (Chaudhari and Soatto 2018, eq. FP).
 *
 * <p>An equation may also have {@link org.langevin4j.core.sde.Jumps}: kinds of sudden changes x⁺ = x + c(x, mark), each at a
 * rate λ(x). Its drift may depend on the past, b(t, x(t), x(t − τ)), by {@link
 * org.langevin4j.core.field.VectorField#delayed}. What cannot carry jumps or a delay refuses them in one line.
 *
 * <p>The calculus is part of the problem, never of the method. {@link org.langevin4j.core.sde.Sde#toIto()} converts
 * exactly:
 *
 * <table>
 * <caption>Itô drift of each reading</caption>
 * <tr><th>calculus</th><th>Itô drift</th></tr>
 * <tr><td>α-type (0 Itô, ½ Stratonovich, 1 Hänggi–Klimontovich)</td><td>bᵢ + 2αβ⁻¹ Σⱼₖ Bⱼₖ ∂ⱼBᵢₖ</td></tr>
 * <tr><td>A-type with antisymmetric Q</td><td>b + β⁻¹ ∇·(D + Q)</td></tr>
 * </table>
 *
 * <p>{@link org.langevin4j.core.sde.UnderdampedLangevin} is the kinetic equation of positions and momenta, with friction and
 * temperature of each coordinate; {@link org.langevin4j.core.sde.GeometricBrownianMotion} that of prices and populations.
 */
@NullMarked
package org.langevin4j.core.sde;

import org.jspecify.annotations.NullMarked;
