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
 * <p>A complex state z ∈ ℂᵈ with complex noise is one of ℝ²ᵈ to all that follows: {@link org.langevin4j.core.sde.ComplexSde}.
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
 * <table>
 * <caption>Diffusions</caption>
 * <tr><th>factory</th><th>known</th><th>∇·D and derivatives of B</th></tr>
 * <tr><td>{@code isotropic(d, c)}, {@code diagonal(a, b, …)}, {@code constant(D)}, {@code constantFactor(B)}</td>
 *     <td>constants; of a matrix D the factor has as many columns as D has positive eigenvalues</td><td>0</td></tr>
 * <tr><td>{@code isotropic(d, c(x))}, {@code diagonal(d, D(x))}</td><td>c or the diagonal, plain doubles</td>
 *     <td>of a Potential or DifferentiableField, else by differences</td></tr>
 * <tr><td>{@code factor(d, m, B(x))}</td><td>the d·m entries, plain doubles, alone or in blocks</td>
 *     <td>of a DifferentiableField, else by differences</td></tr>
 * <tr><td>{@code of(MatrixField)}</td><td>the entries of D(x); B is computed from them, D may be singular</td>
 *     <td>∇·D of the field; those of B not known</td></tr>
 * <tr><td>{@code automaticDiagonal}, {@code automaticFactor}</td><td>written with Gradients</td>
 *     <td>automatic, exact to rounding</td></tr>
 * <tr><td>{@code driven(t -> diffusion)}</td><td>any of these for each time</td><td>those of the time</td></tr>
 * </table>
 *
 * <p>The dimensions of drift, diffusion and Q are compared when the equation is made, as far as they are known; a function
 * of the user's that gives another number of entries is refused with both numbers when it is first evaluated. At a state that
 * is not finite, or beyond 2²⁵⁶, no coefficient throws: it is NaN or infinite, so that the path is reported as lost. At all
 * other states a D that is negative or no number is the fault of the one who gave it, and says so.
 *
 * <p>{@link org.langevin4j.core.sde.UnderdampedLangevin} is the kinetic equation of positions and momenta, with friction and
 * temperature of each coordinate; {@link org.langevin4j.core.sde.GeometricBrownianMotion} that of prices and populations.
 * {@link org.langevin4j.core.sde.StochasticGradientDescent} gives the equations that stand for that recursion, of first and second order and with
 * inertia, and the stationary covariances of both sides.
 * {@link org.langevin4j.core.sde.Parity} says which coordinates change their sign when time is reversed,
 * {@link org.langevin4j.core.sde.TimeReversal} what of the drift and of a path runs backwards.
 */
@NullMarked
package org.langevin4j.core.sde;

import org.jspecify.annotations.NullMarked;
