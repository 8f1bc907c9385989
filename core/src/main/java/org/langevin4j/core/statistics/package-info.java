/** Statistics of samples and of spectra: running moments, eigenvalue summaries, the sampling error of a histogram. */
@NullMarked
package org.langevin4j.core.statistics;

import org.jspecify.annotations.NullMarked;
