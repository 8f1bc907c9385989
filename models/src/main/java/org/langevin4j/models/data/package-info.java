/**
 * Data sets of images: read from the files in which they are published, generated where there are none, and prepared
 * for networks.
 *
 * <pre>{@code
 * DataSet digits = ImageSet.MNIST.training(Path.of("data")).ofClasses(0, 1, 2, 3, 4);
 * DataSet small = Preparation.averaged(digits, ImageSet.MNIST.shape(), 4);      // 7×7
 * Standardisation standardisation = Standardisation.over(small);               // of test data too
 * DataSet inputs = standardisation.apply(small);
 *
 * DataSet photographs = Preparation.contrastNormalised(ImageSet.CIFAR_10.training(Path.of("data")));
 * Whitening whitening = Whitening.fit(photographs, Whitening.REGULARISER);
 * DataSet white = whitening.apply(photographs);
 * Augmentation augmentation = new Augmentation(ImageSet.CIFAR_10.shape(), 4, true);
 * training.run(augmentation.apply(white, Seed.of(3), training.epoch()));
 * }</pre>
 *
 * <p>All functions leave their arguments as they are and give single precision; sums are in double precision and in
 * the order of the samples.
 */
@NullMarked
package org.langevin4j.models.data;

import org.jspecify.annotations.NullMarked;
