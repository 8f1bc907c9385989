package org.langevin4j.examples.experiment;

import java.util.List;
import org.langevin4j.examples.experiment.Check.AtLeast;
import org.langevin4j.examples.experiment.Check.AtMost;
import org.langevin4j.examples.experiment.Check.Expectation;
import org.langevin4j.examples.experiment.Check.Near;
import org.langevin4j.examples.experiment.Check.Reported;

/**
 * A line of a sheet under writing. It stands there, as reported, as soon as {@link Evidence#measure} has returned it; each call
 * says more of it. The uncertainty goes before the expectation that needs it.
 */
public final class Line {

    private final List<Check> sheet;
    private final int index;
    private final boolean evidence;

    Line(List<Check> sheet, boolean evidence, String name, double value) {
        this.evidence = evidence;
        this.sheet = sheet;
        this.index = sheet.size();
        sheet.add(Check.of(name, value, "", new Uncertainty(Uncertainty.Kind.UNKNOWN, 0.0), new Reported()));
    }

    /**
     * Names the unit of all numbers of the line.
     *
     * @param unit such as {@code nats/time}
     * @return this line
     */
    public Line in(String unit) {
        Check c = sheet.get(index);
        sheet.set(index, Check.of(c.name(), c.value(), unit, c.uncertainty(), c.expectation()));
        return this;
    }

    /**
     * Says that the value is an estimate from a sample.
     *
     * @param standardError its standard error
     * @return this line
     */
    public Line standardError(double standardError) {
        return uncertain(new Uncertainty(Uncertainty.Kind.STATISTICAL, standardError));
    }

    /**
     * Says that the value has an error of grid or step.
     *
     * @param error estimated from refinement
     * @return this line
     */
    public Line discretisationError(double error) {
        return uncertain(new Uncertainty(Uncertainty.Kind.DISCRETISATION, error));
    }

    /**
     * Says that the value has no error but rounding.
     *
     * @return this line
     */
    public Line exact() {
        return uncertain(new Uncertainty(Uncertainty.Kind.EXACT, 0.0));
    }

    /**
     * Expects |value − expected| ≤ tolerance.
     *
     * @param expected the number
     * @param tolerance how far off, and why
     * @param oracle where the number comes from
     * @return this line
     */
    public Line near(double expected, Tolerance tolerance, Oracle oracle) {
        return expecting(new Near(expected, tolerance.of(uncertainty()), tolerance.reason(), oracle), oracle);
    }

    /**
     * Expects value + margin ≤ limit.
     *
     * @param limit the bound
     * @param margin by how much it must stay below, and why
     * @param oracle where the bound comes from
     * @return this line
     */
    public Line atMost(double limit, Tolerance margin, Oracle oracle) {
        return expecting(new AtMost(limit, margin.of(uncertainty()), margin.reason(), oracle), oracle);
    }

    /**
     * Expects value − margin ≥ limit.
     *
     * @param limit the bound
     * @param margin by how much it must stay above, and why
     * @param oracle where the bound comes from
     * @return this line
     */
    public Line atLeast(double limit, Tolerance margin, Oracle oracle) {
        return expecting(new AtLeast(limit, margin.of(uncertainty()), margin.reason(), oracle), oracle);
    }

    private Uncertainty uncertainty() {
        return sheet.get(index).uncertainty();
    }

    private Line uncertain(Uncertainty uncertainty) {
        Check c = sheet.get(index);
        if (c.isClaim()) {
            throw new IllegalStateException(c.name() + ": the uncertainty goes before the expectation");
        }
        sheet.set(index, Check.of(c.name(), c.value(), c.unit(), uncertainty, c.expectation()));
        return this;
    }

    private Line expecting(Expectation expectation, Oracle oracle) {
        Check c = sheet.get(index);
        if (evidence && oracle.kind() == Oracle.Kind.CONSTRUCTION) {
            throw new IllegalArgumentException(c.name() + ": what is true by construction belongs to consistency");
        }
        sheet.set(index, Check.of(c.name(), c.value(), c.unit(), c.uncertainty(), expectation));
        return this;
    }
}
