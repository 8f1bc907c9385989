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
 *
 * <p>{@link org.langevin4j.models.training.NoisyDescent} puts Gaussian noise of the measured D(x) in the place of mini-batches: the stochastic differential equation of
 * Chaudhari and Soatto (2018), Lemma 2, of a real network.
 */
@NullMarked
package org.langevin4j.models.training;

import org.jspecify.annotations.NullMarked;
