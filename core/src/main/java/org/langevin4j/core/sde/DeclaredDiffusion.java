package org.langevin4j.core.sde;

import java.util.Objects;
import java.util.Optional;
import org.langevin4j.core.field.VectorField;

/** A diffusion of which its author knows more than can be read off its structure. */
record DeclaredDiffusion(Diffusion diffusion, Noise noise) implements Diffusion {

    DeclaredDiffusion {
        Objects.requireNonNull(diffusion, "diffusion");
        Objects.requireNonNull(noise, "noise");
        boolean possible = switch (noise) {
            case ADDITIVE -> diffusion.isConstant();
            case SCALAR -> diffusion.noiseDimension() == 1;
            case DIAGONAL -> diffusion.structure() != Structure.FULL;
            case COMMUTATIVE, GENERAL -> true;
        };
        if (!possible) {
            throw new IllegalArgumentException("noise must fit the diffusion (constant: " + diffusion.isConstant()
                    + ", noises: " + diffusion.noiseDimension() + ", structure: " + diffusion.structure() + "), got "
                    + noise);
        }
    }

    @Override
    public int dimension() {
        return diffusion.dimension();
    }

    @Override
    public int noiseDimension() {
        return diffusion.noiseDimension();
    }

    @Override
    public Structure structure() {
        return diffusion.structure();
    }

    @Override
    public boolean isConstant() {
        return diffusion.isConstant();
    }

    @Override
    public boolean isAutonomous() {
        return diffusion.isAutonomous();
    }

    @Override
    public Diffusion atTime(double t) {
        return diffusion.isAutonomous() ? this : new DeclaredDiffusion(diffusion.atTime(t), noise);
    }

    @Override
    public boolean isSilent(int noise) {
        return diffusion.isSilent(noise);
    }

    @Override
    public void requireWritten(double t, double[] x) {
        diffusion.requireWritten(t, x);
    }

    @Override
    public void factorTimes(double[] x, double[] xi, double[] out) {
        diffusion.factorTimes(x, xi, out);
    }

    @Override
    public void factorTimesBlock(double[][] x, double[][] xi, int paths, double[][] out) {
        diffusion.factorTimesBlock(x, xi, paths, out);
    }

    @Override
    public void times(double[] x, double[] v, double[] out) {
        diffusion.times(x, v, out);
    }

    @Override
    public void matrix(double[] x, double[] out) {
        diffusion.matrix(x, out);
    }

    @Override
    public void divergence(double[] x, double[] out) {
        diffusion.divergence(x, out);
    }

    @Override
    public Optional<VectorField> noiseInducedDrift() {
        return diffusion.noiseInducedDrift();
    }

    @Override
    public Optional<FactorDerivative> factorDerivative() {
        return diffusion.factorDerivative();
    }
}
