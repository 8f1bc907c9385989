/**
 * Dense linear algebra of order d³: products, equations, Schur form, symmetric eigenvalues, and the Lyapunov equation
 * AX + XAᵀ = C built on them.
 *
 * <p>{@link org.langevin4j.core.linear.LinearAlgebra} is a seam: pure Java is always there, and a module that brings
 * native code ({@code langevin4j-lapack}) is found by {@link java.util.ServiceLoader}. Both compute the same to rounding;
 * results say by name which was used.
 *
 * <table>
 * <caption>Parts</caption>
 * <tr><th>type</th><th>what it is</th><th>cost</th></tr>
 * <tr><td>{@link org.langevin4j.core.linear.LinearAlgebra}</td><td>the operations, and who does them</td><td></td></tr>
 * <tr><td>{@link org.langevin4j.core.linear.RealSchur}</td><td>A = ZTZᵀ, T quasi-triangular</td><td>25 d³</td></tr>
 * <tr><td>{@link org.langevin4j.core.linear.SymmetricEigen}</td><td>A = VΛVᵀ</td><td>9 d³</td></tr>
 * <tr><td>{@link org.langevin4j.core.linear.LyapunovEquation}</td><td>AX + XAᵀ = C, by Bartels and Stewart (1972)</td>
 * <td>2 d³ beyond the Schur form</td></tr>
 * </table>
 */
@NullMarked
package org.langevin4j.core.linear;

import org.jspecify.annotations.NullMarked;
