/**
 * What an experiment found: measurements that judge themselves, written as JSON, as a table and as one HTML page.
 *
 * <p>Layout of the folder {@code OUT}: {@code OUT/index.html} shows every result that is present; {@code OUT/NAME/}
 * holds {@code result.json}, the pictures, and {@code pictures.json} with their captions.
 */
@NullMarked
package org.langevin4j.examples.report;

import org.jspecify.annotations.NullMarked;
