/**
 * The deterministic skeleton ẋ = b(x) of a stochastic system, or the closed loops of ẋ = j(x): fixed points, periodic
 * orbits, separatrices, and how they change with a parameter.
 *
 * <table>
 * <caption>What is there</caption>
 * <tr><th>type</th><th>question</th><th>method</th></tr>
 * <tr><td>{@link org.langevin4j.solvers.orbit.Flow}</td><td>φₜ(x), ∂φₜ/∂x, the next crossing of a section</td><td>Dormand–Prince
 * 8(5,3), variational equation, event detection</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.orbit.Section}</td><td>a hyperplane that orbits cross</td><td></td></tr>
 * <tr><td>{@link org.langevin4j.solvers.orbit.Orbit}, {@link org.langevin4j.solvers.orbit.Tangent}, {@link
 * org.langevin4j.solvers.orbit.Crossing}</td><td>what a flow returns: an orbit, φₜ with its derivative, where and when a section
 * was crossed</td><td></td></tr>
 * <tr><td>{@link org.langevin4j.solvers.orbit.FixedPoint}</td><td>where b = 0: node, focus, saddle, centre</td><td>Newton,
 * eigenvalues of the Jacobian</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.orbit.FixedPoints}</td><td>all of them in a box</td><td>Newton from a grid; in the plane
 * the Poincaré index tells what is missing</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.orbit.FirstLyapunovCoefficient}</td><td>weak focus or centre; which kind of Hopf
 * point</td><td>third derivatives on the critical plane</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.orbit.ReturnMap}, {@link org.langevin4j.solvers.orbit.PeriodicOrbit}</td><td>limit cycles:
 * period and Floquet multipliers</td><td>Newton on the return map of a section</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.orbit.ClosedLoop}</td><td>closed orbits that are not isolated</td><td>first return to the
 * start</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.orbit.Separatrix}</td><td>stable and unstable manifolds of saddles</td><td>orbits from
 * beside the saddle</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.orbit.Continuation}</td><td>fixed points over a parameter; folds, Hopf points,
 * pitchforks</td><td>pseudo-arclength</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.orbit.FixedPointBranch}, {@link
 * org.langevin4j.solvers.orbit.Bifurcation}</td><td>what a continuation returns: points along a curve, and where their number or
 * stability changes</td><td></td></tr>
 * <tr><td>{@link org.langevin4j.solvers.orbit.PeriodicOrbitBranch}, {@link
 * org.langevin4j.solvers.orbit.PeriodicOrbitBifurcation}</td><td>periodic orbits from a Hopf point on, stable or not: their folds,
 * period doublings and tori, and why the branch ends</td><td>orthogonal collocation with pseudo-arclength</td></tr>
 * </table>
 *
 * <pre>{@code
 * Flow flow = Flow.of(new VanDerPol(1.0).drift(), 2);
 * Section axis = Section.coordinate(2, 1, 0.0).reversed();           // x₂ = 0, crossed downwards
 * PeriodicOrbit cycle = PeriodicOrbit.near(new ReturnMap(flow, axis, 100.0), new double[] {2, 0});
 * cycle.period();                                                    // 6.66328685932…
 * cycle.largestMultiplier();                                         // 8.6e-4: it attracts
 * }</pre>
 *
 * <p>The whole life of a cycle, here that of FitzHugh–Nagumo over its current, from one Hopf point through two folds to the
 * other:
 *
 * <pre>{@code
 * Continuation family = Continuation.of(current -> new FitzHughNagumo(…, current).drift(), 2, 0.0, 2.0);
 * FixedPointBranch rest = family.from(0.0, -1.2, -0.6);
 * PeriodicOrbitBranch spiking = family.periodicOrbits(rest.bifurcations().get(0));
 * spiking.bifurcations();                                            // fold at 0.3241785, fold at 1.425821
 * }</pre>
 *
 * <p>An isolated orbit and one of a family differ. A limit cycle has one Floquet multiplier 1, and Newton's method finds
 * it whether it attracts or repels. A closed orbit of ẋ = j(x) in the plane has neighbours that are closed, too, all
 * multipliers 1, and no Newton iteration singles it out: {@link org.langevin4j.solvers.orbit.ClosedLoop} follows it instead.
 *
 * <p>Things are made by {@code of}; what is searched for, and may not be found, says where: {@code near}, {@code in}, {@code
 * through}, {@code from}.
 *
 * <p>Where b gives no Jacobian it is found by extrapolated differences. An orbit that runs away, cannot be followed or does
 * not come to its section is an {@link org.langevin4j.solvers.orbit.OrbitException} with time and state; Newton's method
 * that stagnates a {@link org.langevin4j.solvers.ConvergenceException} with residual and iterations.
 *
 * <p>Sources: Hairer, Nørsett and Wanner (1993), Solving Ordinary Differential Equations I; Guckenheimer and Holmes (1983);
 * Kuznetsov (2004), Elements of Applied Bifurcation Theory; Keller (1977) on
 * pseudo-arclength; Doedel (1981) and Russell and Christiansen (1978) on collocation for periodic orbits and its meshes.
 */
@NullMarked
package org.langevin4j.solvers.orbit;

import org.jspecify.annotations.NullMarked;
