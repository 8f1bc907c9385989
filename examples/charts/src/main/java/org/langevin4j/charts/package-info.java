/**
 * Charts as PNG and SVG files, drawn without a display and without a single installed font.
 *
 * <pre>{@code
 * Figure.titled("Theorem 5: F never rises")
 *     .row(
 *         XyPanel.titled("Free energy").xAxis("t").yAxis("F − F(ρˢˢ)").logY()
 *             .points("paths", t, means, standardErrors)
 *             .line("theory", t, expected).like("paths"),
 *         FieldPanel.titled("Steady state", grid)
 *             .heatMap(density, "ρˢˢ(x)")
 *             .contours("Φ", potential)
 *             .streamlines("−∇f", drift)
 *             .dots("most likely", modes))
 *     .writeTo(out.resolve("free-energy.png"));
 * }</pre>
 *
 * <p>Markers are what was computed, lines are theory. Error bars are ±2 standard errors of what {@code points} is given, which the figure
 * says; others say what they are. What means the same in all panels is in one legend below them, panels of a row are equally high, and
 * those beside each other with one colour scale have one colour bar.
 *
 * <p>Series differ in colour (Okabe and Ito's palette, safe for the colour-blind) and in dash or marker, so that they
 * can be told apart in grey. Heat maps use a colour map whose CIE lightness falls evenly. The same input gives the same
 * bytes on the same Java runtime; {@link org.langevin4j.charts.Figure#writeDataTo} and
 * {@link org.langevin4j.charts.Figure#writeFieldsTo} write the numbers behind a figure.
 */
@NullMarked
package org.langevin4j.charts;

import org.jspecify.annotations.NullMarked;
