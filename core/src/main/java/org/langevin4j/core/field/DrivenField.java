package org.langevin4j.core.field;

import java.util.Objects;
import java.util.function.DoubleFunction;

/** v(t, x): an autonomous field for each time. */
record DrivenField(DoubleFunction<? extends VectorField> field) implements VectorField {

    DrivenField {
        Objects.requireNonNull(field, "field");
    }

    static IllegalArgumentException timeless() {
        return new IllegalArgumentException("field must not depend on time where it is evaluated without one;"
                + " freeze it by atTime(t), or use an analysis that takes a driven equation");
    }

    @Override
    public void at(double[] x, double[] out) {
        throw timeless();
    }

    @Override
    public void atBlock(double[][] x, int paths, double[][] out) {
        throw timeless();
    }

    @Override
    public boolean isAutonomous() {
        return false;
    }

    @Override
    public VectorField atTime(double t) {
        return Objects.requireNonNull(field.apply(t), "field at a time");
    }
}
