package org.langevin4j.core.sde;

import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.langevin4j.core.field.VectorField;

/** D(t, x): an autonomous diffusion for each time, all of one shape. */
final class DrivenDiffusion implements Diffusion {

    private final DoubleFunction<? extends Diffusion> at;

    /** The shape of all times is that of this one. */
    private final Diffusion shape;

    DrivenDiffusion(DoubleFunction<? extends Diffusion> at) {
        this.at = Objects.requireNonNull(at, "diffusion");
        this.shape = frozen(0.0);
    }

    private Diffusion frozen(double t) {
        Diffusion diffusion = Objects.requireNonNull(at.apply(t), "diffusion at a time");
        if (!diffusion.isAutonomous()) {
            throw new IllegalArgumentException("diffusion at t = " + t + " must not depend on time");
        }
        return diffusion;
    }

    private static String shapeOf(Diffusion diffusion) {
        return diffusion.dimension() + "×" + diffusion.noiseDimension() + " factor, " + diffusion.structure() + ", "
                + diffusion.noise();
    }

    @Override
    public Diffusion atTime(double t) {
        Diffusion diffusion = frozen(t);
        // An isotropic moment of a diagonal diffusion is no change of shape: both have the same factor.
        boolean same = diffusion.dimension() == shape.dimension()
                && diffusion.noiseDimension() == shape.noiseDimension()
                && (diffusion.structure() == Structure.FULL) == (shape.structure() == Structure.FULL)
                && diffusion.noise() == shape.noise();
        if (!same) {
            throw new IllegalArgumentException("diffusion must have one shape at all times, got " + shapeOf(shape)
                    + " at t = 0 and " + shapeOf(diffusion) + " at t = " + t);
        }
        return diffusion;
    }

    @Override
    public boolean isAutonomous() {
        return false;
    }

    @Override
    public int dimension() {
        return shape.dimension();
    }

    @Override
    public int noiseDimension() {
        return shape.noiseDimension();
    }

    @Override
    public Structure structure() {
        return shape.structure() == Structure.ISOTROPIC ? Structure.DIAGONAL : shape.structure();
    }

    @Override
    public boolean isConstant() {
        return shape.isConstant();
    }

    @Override
    public Noise noise() {
        return shape.noise();
    }

    private static IllegalArgumentException timeless() {
        return new IllegalArgumentException("diffusion must not depend on time where it is evaluated without one;"
                + " freeze it by atTime(t), or use an analysis that takes a driven equation");
    }

    @Override
    public void requireWritten(double t, double[] x) {
        Diffusion diffusion;
        try {
            diffusion = frozen(t);
        } catch (RuntimeException none) {
            return;
        }
        diffusion.requireWritten(t, x);
    }

    @Override
    public void factorTimes(double[] x, double[] xi, double[] out) {
        throw timeless();
    }

    @Override
    public void times(double[] x, double[] v, double[] out) {
        throw timeless();
    }

    @Override
    public void divergence(double[] x, double[] out) {
        throw timeless();
    }

    @Override
    public Optional<VectorField> noiseInducedDrift() {
        throw timeless();
    }

    @Override
    public Optional<FactorDerivative> factorDerivative() {
        throw timeless();
    }
}
