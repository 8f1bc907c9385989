/**
 * Charts as PNG and SVG files, drawn without a display and without a single installed font.
 *
 * <pre>{@code
 * Figure.titled("Theorem 5: F never rises")
 *     .row(
 *         XyPanel.titled("Free energy").xAxis("t").yAxis("F − F(ρˢˢ)").logY()
 *             .line("narrow start", t, narrow)
 *             .line("wide start", t, wide),
 *         FieldPanel.titled("Steady state", grid)
 *             .heatMap(density, "ρˢˢ(x)")
 *             .contours("Φ", potential)
 *             .streamlines("−∇f", drift)
 *             .dots("most likely", modes))
 *     .writeTo(out.resolve("free-energy.png"));
 * }</pre>
 *
 * <p>Series differ in colour (Okabe and Ito's palette, safe for the colour-blind) and in dash or marker, so that they
 * can be told apart in grey. Heat maps use a colour map whose CIE lightness falls evenly. The same input gives the same
 * bytes on the same Java runtime; {@link org.langevin4j.charts.Figure#writeDataTo} writes the numbers behind a figure.
 */
@NullMarked
package org.langevin4j.charts;

import org.jspecify.annotations.NullMarked;
