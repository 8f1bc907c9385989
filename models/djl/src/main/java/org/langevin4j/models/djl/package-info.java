/**
 * Gradients of the samples of a TorchScript network, computed by PyTorch through the Deep Java Library (DJL).
 *
 * <pre>{@code
 * TorchScriptNetwork network = TorchScriptNetwork.read(Path.of("network.pt"));
 * System.out.println(network.parameters());                     // names and shapes, in the order of a gradient
 * MeasuredDiffusion d = MeasuredDiffusion.from(network.perSampleGradients(data));
 * }</pre>
 *
 * <p><b>Native code.</b> The module brings DJL and no native library, as that is of one platform and 110 MB. Add {@code
 * ai.djl.pytorch:pytorch-native-cpu:2.7.1} with the classifier of the platform, such as {@code linux-x86_64}. DJL unpacks it, 450
 * MB, into the folder that the environment or system property {@code DJL_CACHE_DIR} names, by default {@code .djl.ai} in the home
 * folder, or in that for temporary files where the home cannot be written to. Nothing is downloaded and nothing reported: unless
 * they are set, {@code ai.djl.offline} and {@code OPT_OUT_TRACKING} are set to {@code true} before DJL starts, and {@code
 * ai.djl.pytorch.num_threads} and {@code ai.djl.pytorch.num_interop_threads} to 1, since samples and not operations are shared
 * among threads.
 *
 * <p><b>How it is computed.</b> PyTorch's gradient of a sample by itself costs a forward and a backward pass of one sample each.
 * Where the graph allows it, samples are computed in blocks: each gets a copy of the weights of its own, and operations that take
 * weights (linear, two-dimensional convolution, batch and layer normalisation) are replaced by ones that take a batch of weights,
 * so that one backward pass gives the gradients of all samples of the block. For this a copy of the file in memory is changed:
 * these operations in its code are renamed. It counts only if the gradients of the first samples, one by one, are the same.
 */
@NullMarked
package org.langevin4j.models.djl;

import org.jspecify.annotations.NullMarked;
