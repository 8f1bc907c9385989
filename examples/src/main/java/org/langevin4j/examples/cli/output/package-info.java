/**
 * Results of commands as files and tables: named arrays with units and what they are results of, in {@code .npy}, {@code .npz},
 * CSV, JSON and HDF5.
 */
@NullMarked
package org.langevin4j.examples.cli.output;

import org.jspecify.annotations.NullMarked;
