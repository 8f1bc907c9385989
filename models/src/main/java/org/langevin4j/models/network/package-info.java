/**
 * Networks, and the diffusion matrix D(x) measured from their per-sample gradients.
 *
 * <p>A network with weights x ∈ ℝᵈ has the loss f(x) = (1/N)Σₖ fₖ(x) over N samples. Stochastic gradient descent with
 * mini-batches of size b and learning rate η moves by −η∇f_b, whose noise has, for samples drawn with replacement
 * (Chaudhari and Soatto 2018, eq. 2, Lemma 2 and Appendix A),
 *
 * <pre>var(∇f_b) = D/b,   D = (1/N) Σₖ gₖgₖᵀ − ggᵀ,   gₖ = ∇fₖ,   g = (1/N) Σₖ gₖ,</pre>
 *
 * and which the equation dx = −∇f dt + √(2β⁻¹D) dW follows with β⁻¹ = η/(2b)
 * ({@link org.langevin4j.core.sde.Temperature#ofSgd}). Drawn without replacement the variance is (1 − b/N)/b times
 * D·N/(N − 1).
 *
 * <p>The way from a file to a number is
 *
 * <pre>
 * NumberArray gradients = ArrayFile.find("run.npz:gradients").read();            // N×d, row = sample
 * MeasuredDiffusion diffusion = MeasuredDiffusion.from(gradients.toMatrix());
 * int rank = diffusion.spectrum().rank(Spectrum.FLOAT32_EPSILON);               // footnote 1
 * Diffusion cheap = diffusion.reduced();                                        // the same D, as few noises as it has
 * </pre>
 *
 * <table>
 * <caption>Parts</caption>
 * <tr><th>type</th><th>what it is</th></tr>
 * <tr><td>{@link org.langevin4j.models.network.FileGradients}</td><td>gradients in a file, which may be larger than
 * memory</td></tr>
 * <tr><td>{@link org.langevin4j.models.network.MeasuredDiffusion}</td><td>D, its factor, spectrum and leading
 * directions; d×d is never formed where N &lt; d</td></tr>
 * <tr><td>{@link org.langevin4j.models.network.PerSampleGradients}</td><td>gradients block by block, from which D is summed up in
 * one pass</td></tr>
 * <tr><td>{@link org.langevin4j.models.network.SampleReduction}</td><td>D from blocks of samples, on one machine or many, with one result to the bit</td></tr>
 * <tr><td>{@link org.langevin4j.models.network.SketchedDiffusion}</td><td>bounds on all eigenvalues of D and its leading directions, where d·d numbers are too many</td></tr>
 * <tr><td>{@link org.langevin4j.models.network.Network#diffusion}</td><td>D(x) at every x, by weighted passes without matrices</td></tr>
 * <tr><td>{@link org.langevin4j.models.network.Sampling}</td><td>which of the three D of the paper is meant</td></tr>
 * <tr><td>{@link org.langevin4j.models.network.Architecture}, {@link org.langevin4j.models.network.Layer}</td><td>the layers of a network;
 * {@link org.langevin4j.models.network.Architectures} has the paper's</td></tr>
 * <tr><td>{@link org.langevin4j.models.network.Network}</td><td>layers with weights: loss, gradients of each sample and of weighted sums, products with the
 * Hessian</td></tr>
 * <tr><td>{@link org.langevin4j.models.network.PerSampleGradients}</td><td>N×d gradients, block by block, wherever they come from</td></tr>
 * <tr><td>{@link org.langevin4j.models.network.ForeignNetwork}</td><td>a network that another library computes, such as PyTorch
 * ({@code langevin4j-models-djl})</td></tr>
 * <tr><td>{@link org.langevin4j.models.network.MiniBatchGradient}</td><td>the gradient in training mode, with which {@code models.training} trains</td></tr>
 * <tr><td>{@link org.langevin4j.models.network.SoftmaxRegression}</td><td>a network of one layer, with gradients and
 * Hessian in closed form</td></tr>
 * <tr><td>{@link org.langevin4j.models.network.LeastSquares}</td><td>linear regression: D(x) is quadratic, so that moments of stochastic gradient
 * descent are known</td></tr>
 * </table>
 */
@NullMarked
package org.langevin4j.models.network;

import org.jspecify.annotations.NullMarked;
