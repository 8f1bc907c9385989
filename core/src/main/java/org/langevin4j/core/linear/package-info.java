/**
 * Dense linear algebra of order d³, the one place of the library where matrices are decomposed: products, equations, Schur
 * form, eigenvalues, and the Lyapunov equation AX + XAᵀ = C built on them.
 *
 * <p>{@link org.langevin4j.core.linear.LinearAlgebra} checks its arguments, brings them to one scale by a power of two and hands
 * them to {@link org.langevin4j.core.linear.DenseRoutines}. That is a seam: pure Java is always there, and a module that brings
 * native code ({@code langevin4j-lapack}) is found by {@link java.util.ServiceLoader}. Both compute the same to rounding and
 * keep one contract; results say by name which was used.
 *
 * <p>Eigenvalues descend everywhere: those of symmetric matrices from the largest, those of others by falling real part, of a
 * pair of complex ones that with the positive imaginary part first.
 *
 * <table>
 * <caption>Parts</caption>
 * <tr><th>type</th><th>what it is</th><th>cost</th></tr>
 * <tr><td>{@link org.langevin4j.core.linear.LinearAlgebra}</td><td>the operations, and who does them</td><td></td></tr>
 * <tr><td>{@link org.langevin4j.core.linear.Eigenpairs}</td><td>A = VΛVᵀ of a symmetric matrix</td><td>9 d³; 4/3 d³ without
 * V</td></tr>
 * <tr><td>{@link org.langevin4j.core.linear.GramMatrix}</td><td>Σ AᵀA of more rows than memory holds; its trace, norm,
 * eigenvalues</td><td>n² a row; 4/3 n³</td></tr>
 * <tr><td>{@link org.langevin4j.core.linear.LeadingEigenpairs}</td><td>the largest eigenvalues, from products alone</td><td>one
 * product a vector</td></tr>
 * <tr><td>{@link org.langevin4j.core.linear.PrincipalAngles}</td><td>between two subspaces</td><td>n k²</td></tr>
 * <tr><td>{@link org.langevin4j.core.linear.RealSchur}</td><td>A = ZTZᵀ, T quasi-triangular: eigenvalues and vectors of any
 * matrix</td><td>25 d³</td></tr>
 * <tr><td>{@link org.langevin4j.core.linear.LyapunovEquation}</td><td>AX + XAᵀ = C, by Bartels and Stewart (1972)</td>
 * <td>2 d³ beyond the Schur form</td></tr>
 * <tr><td>{@link org.langevin4j.core.linear.SteinEquation}</td><td>X = AXAᵀ + C, the discrete one, by doubling (Smith 1968)</td><td>6 d³ a
 * doubling</td></tr>
 * <tr><td>{@link org.langevin4j.core.linear.LuFactors}</td><td>PA = LU of a small matrix: several equations, determinant,
 * inverse</td><td>2/3 d³</td></tr>
 * <tr><td>{@link org.langevin4j.core.linear.Cholesky}</td><td>A = LLᵀ in place, for matrices at every state</td><td>1/3
 * d³</td></tr>
 * <tr><td>{@link org.langevin4j.core.linear.SingularVectors}</td><td>A = UΣVᵀ of a small matrix: null vectors, nearest rotation,
 * least squares</td><td>20 d³</td></tr>
 * <tr><td>{@link org.langevin4j.core.linear.TransposedProduct}</td><td>AᵀX with the same bits however it is cut</td><td>2
 * d³</td></tr>
 * <tr><td>{@link org.langevin4j.core.linear.Vectors}</td><td>dot, norm, axpy</td><td>2 d</td></tr>
 * </table>
 */
@NullMarked
package org.langevin4j.core.linear;

import org.jspecify.annotations.NullMarked;
