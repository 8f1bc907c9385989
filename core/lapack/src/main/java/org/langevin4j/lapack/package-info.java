/**
 * {@link org.langevin4j.core.linear.DenseRoutines} by LAPACK, in the build of OpenBLAS that the JavaCPP presets of Bytedeco
 * bring. With this module on the class path {@link org.langevin4j.core.linear.LinearAlgebra#forOrder} finds it.
 *
 * <table>
 * <caption>Operations</caption>
 * <tr><th>operation</th><th>routine</th></tr>
 * <tr><td>product</td><td>dgemm</td></tr>
 * <tr><td>products of a matrix with itself</td><td>dsyrk, panel by panel</td></tr>
 * <tr><td>equations</td><td>dgesv</td></tr>
 * <tr><td>real Schur form</td><td>dgees</td></tr>
 * <tr><td>symmetric eigenvalues</td><td>dsyevd</td></tr>
 * <tr><td>second moments outside the heap</td><td>dsyrk, dsymm; dsyevd, from order 1,500 on dsyevd_2stage</td></tr>
 * </table>
 *
 * <p>Two copies of OpenBLAS in one virtual machine can crash it: use no second binding beside this one.
 *
 * <p>A process that is ended while LAPACK works, by Ctrl-C or {@link System#exit}, may print a fatal error as it goes: OpenBLAS then gives back memory in
 * which its threads still write. Nothing is lost by it that the end of the process would not lose.
 */
@NullMarked
package org.langevin4j.lapack;

import org.jspecify.annotations.NullMarked;
