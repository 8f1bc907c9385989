/**
 * Statistics of samples and of spectra.
 *
 * <table>
 * <caption>Parts</caption>
 * <tr><th>type</th><th>gives</th></tr>
 * <tr><td>{@link org.langevin4j.core.statistics.RunningMoments}</td><td>mean and covariance, or variances alone, in one
 * pass</td></tr>
 * <tr><td>{@link org.langevin4j.core.statistics.AutocorrelationTime}, {@link
 * org.langevin4j.core.statistics.RunningBlocks}</td><td>the error of the mean of one long record, a {@link
 * org.langevin4j.core.statistics.CorrelatedMean}: by the integrated autocorrelation time; in one pass by blocking or batch
 * means</td></tr>
 * <tr><td>{@link org.langevin4j.core.statistics.HistogramError}</td><td>the sampling error of a histogram</td></tr>
 * <tr><td>{@link org.langevin4j.core.statistics.MatrixSpectrum}</td><td>summaries of eigenvalues</td></tr>
 * <tr><td>{@link org.langevin4j.core.statistics.PowerSpectrum}</td><td>Welch's power spectrum</td></tr>
 * <tr><td>{@link org.langevin4j.core.statistics.SpectralPeak}</td><td>frequency, width and quality factor of its peak</td></tr>
 * <tr><td>{@link org.langevin4j.core.statistics.TimeAsymmetry}, {@link
 * org.langevin4j.core.statistics.DetailedBalanceTest}</td><td>whether a record can be told from its reversal in
 * time</td></tr>
 * <tr><td>{@link org.langevin4j.core.statistics.MeanSquareDisplacement}</td><td>how far a record gets in k steps, exponents of
 * diffusion</td></tr>
 * <tr><td>{@link org.langevin4j.core.statistics.TailIndex}</td><td>how heavy a tail is</td></tr>
 * <tr><td>{@link org.langevin4j.core.statistics.KramersMoyal}</td><td>drift and diffusion of a record, cell by cell</td></tr>
 * <tr><td>{@link org.langevin4j.core.statistics.OrnsteinUhlenbeckFit}</td><td>the linear process of largest likelihood for a record at any
 * interval</td></tr>
 * </table>
 */
@NullMarked
package org.langevin4j.core.statistics;

import org.jspecify.annotations.NullMarked;
