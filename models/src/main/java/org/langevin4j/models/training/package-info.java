/**
 * Training of networks by stochastic gradient descent, and the data sets they are trained on.
 *
 * <pre>{@code
 * Training training = Training.of(Network.initialised(Architectures.smallFc(), Seed.of(1)), Sgd.withRate(0.1), data, Seed.of(2));
 * while (training.epoch() < 20) {
 *     training.run();
 * }
 * Network network = training.network();
 * }</pre>
 */
@NullMarked
package org.langevin4j.models.training;

import org.jspecify.annotations.NullMarked;
