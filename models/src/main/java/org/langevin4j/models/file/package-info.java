/**
 * Arrays of numbers in files: NumPy's {@code .npy} and {@code .npz}, safetensors, HDF5, MATLAB's {@code .mat}, text, and
 * folders of parts of one array.
 *
 * <p>{@link org.langevin4j.models.file.ArrayFile} is the way in; it tells the kind by the content. What it gives is
 * a {@link org.langevin4j.models.file.StoredArray}, which is read whole, as a
 * {@link org.langevin4j.models.file.NumberArray}, or row by row where it is larger than memory.
 * {@link org.langevin4j.models.file.NpyWriter} writes such a one.
 */
@NullMarked
package org.langevin4j.models.file;

import org.jspecify.annotations.NullMarked;
