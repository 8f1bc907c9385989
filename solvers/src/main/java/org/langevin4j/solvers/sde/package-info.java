/**
 * Schemes: rules that take a stochastic differential equation one step further.
 *
 * <table>
 * <caption>Schemes</caption>
 * <tr><th>scheme</th><th>calculus</th><th>noise</th><th>strong order</th><th>weak order</th></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.EulerMaruyama}</td><td>Itô</td><td>any</td><td>½ (1 if
 * additive)</td><td>1</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.ATypeEuler}</td><td>A-type</td><td>any</td><td>½ (1 if
 * additive)</td><td>1</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.Milstein}</td><td>Itô</td><td>any</td><td>1</td><td>1</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.Sri1w1}</td><td>Itô</td><td>additive, scalar, diagonal</td><td>1.5</td><td>1.5 (2 if additive, or linear and autonomous)</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.Sra1}</td><td>any α (additive noise reads alike)</td><td>additive</td><td>1.5</td><td>2</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.Sra3}</td><td>any α (additive noise reads alike)</td><td>additive</td><td>1.5</td><td>2</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.Heun}</td><td>Stratonovich</td><td>any</td><td>½ (1 if it commutes)</td><td>1</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.Midpoint}</td><td>Stratonovich</td><td>any</td><td>½ (1 if it commutes)</td><td>1</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.StratonovichMilstein}</td><td>Stratonovich</td><td>any</td><td>1</td><td>1</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.AlphaEuler}</td><td>any α</td><td>any with a known factor derivative</td><td>½ (1 if additive)</td><td>1</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.TamedEuler}</td><td>Itô</td><td>any; superlinear drift</td><td>½ (1 if additive)</td><td>1</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.DriftImplicitEuler}</td><td>Itô</td><td>any; stiff drift with a Jacobian; loses fluctuations</td><td>½ (1 if additive)</td><td>1</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.StochasticTheta}</td><td>Itô</td><td>any; stiff drift with a Jacobian; θ = ½ keeps linear laws</td><td>½ (1 if additive)</td><td>1 (2 if additive and constant in time, θ = ½)</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.ImplicitWeak2}</td><td>Itô</td><td>any; stiff drift with a Jacobian; keeps linear laws</td><td>½ (1 for one noise or additive)</td><td>2</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.SkRock}</td><td>Itô</td><td>any; stiff drift</td><td>½ (1 if additive)</td><td>1</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.PlatenWeak2}</td><td>Itô</td><td>any</td><td>½ (1 for one noise or additive)</td><td>2</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.LeimkuhlerMatthews}</td><td>any α</td><td>constant isotropic or diagonal</td><td>½</td><td>1 (2 for the stationary law of b = −D∇Φ)</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.Baoab}</td><td>{@link org.langevin4j.core.sde.UnderdampedLangevin}</td><td>baths of its own for each pᵢ, γ(t, q), matrices</td><td>1</td><td>2</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.Obabo}</td><td>{@link org.langevin4j.core.sde.UnderdampedLangevin}</td><td>baths of its own for each pᵢ, γ(t, q), matrices</td><td>1</td><td>2</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.OrnsteinUhlenbeckExact}</td><td>any α</td><td>constant; affine drift</td><td>exact in law</td><td>exact</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.GeometricBrownianMotionExact}</td><td>any α</td><td>{@link org.langevin4j.core.sde.GeometricBrownianMotion}</td><td>exact</td><td>exact</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.CoxIngersollRossExact}</td><td>Itô</td><td>{@link org.langevin4j.core.sde.CoxIngersollRoss}</td><td>exact in law</td><td>exact</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.FullTruncationEuler}</td><td>Itô</td><td>any; coordinates that must not be negative</td><td>converges</td><td>converges</td></tr>
 * </table>
 *
 * <p>A scheme refuses an equation in another calculus; {@link org.langevin4j.core.sde.Sde#toIto()} converts in sight.
 *
 * <p>Schemes move the continuous part of an equation. Its jumps are made after each step by a {@link
 * org.langevin4j.solvers.sde.JumpStepper}; the whole has weak order 1. A drift with a delay is for {@link
 * org.langevin4j.solvers.sde.EulerMaruyama}.
 *
 * <p>Orders hold for coefficients that are smooth enough, Lipschitz at least. No order is claimed where they are not, as √x at a
 * wall at 0: weak order 1 of a step with a reflecting wall is lost there.
 *
 * <p>Drift, diffusion and temperature may depend on time: a scheme takes them at the times of its stages, which its page names,
 * and keeps its orders. {@link org.langevin4j.solvers.sde.LeimkuhlerMatthews}, whose merit is its stationary law, and the exact
 * schemes take autonomous equations. A kind of noise that was declared is tried at several states and times before it is
 * relied on.
 *
 * <p>The steps of a scheme are equal; {@code org.langevin4j.solvers.adaptive} chooses them by the error.
 */
@NullMarked
package org.langevin4j.solvers.sde;

import org.jspecify.annotations.NullMarked;
