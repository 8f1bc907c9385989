package org.langevin4j.models.expression;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Noise;

/** B or D as typed, with the structure that the text shows. */
final class NoiseText {

    private enum Shape {
        SCALAR,
        DIAGONAL,
        ROWS
    }

    private final boolean isFactor;
    private final Shape shape;
    private final int columns;
    private final boolean ownOnly;
    private final List<Tree> entries;
    private final List<String> states;
    private final Functions functions;
    private final Functions divergence;

    private NoiseText(
            boolean isFactor, Shape shape, int columns, List<Tree> entries, List<String> states, List<String> names) {
        this.isFactor = isFactor;
        this.shape = shape;
        this.columns = columns;
        this.entries = entries;
        this.states = states;
        this.ownOnly = shape != Shape.ROWS && dependOnOwn(entries, states);
        this.functions = new Functions(entries, states, names);
        boolean needsDivergence = shape == Shape.ROWS && !isFactor && functions.level() == Program.Level.STATE;
        this.divergence = new Functions(needsDivergence ? divergence(entries, states) : List.of(), states, names);
    }

    /** D = I. */
    static NoiseText unit(List<String> states) {
        return new NoiseText(false, Shape.SCALAR, 1, List.of(Tree.Literal.ONE), states, List.of());
    }

    static NoiseText parse(boolean isFactor, String text, List<String> states, List<String> parameters, Names names) {
        List<List<Parser.Entry>> rows = Parser.rows(text, names);
        int d = states.size();
        int columns = rows.get(0).size();
        for (List<Parser.Entry> row : rows) {
            if (row.size() != columns) {
                throw new ExpressionException(
                        "rows must have the same number of entries, got " + columns + " and " + row.size(),
                        text,
                        row.get(0).column());
            }
        }
        List<Parser.Entry> placed = rows.stream().flatMap(List::stream).toList();
        List<Tree> all = placed.stream().map(Parser.Entry::expression).toList();
        if (all.size() == 1) {
            return new NoiseText(isFactor, Shape.SCALAR, 1, all, states, parameters);
        }
        if (rows.size() == 1 && columns == d) {
            return new NoiseText(isFactor, Shape.DIAGONAL, d, all, states, parameters);
        }
        if (rows.size() != d || !(isFactor || columns == d)) {
            throw new ExpressionException(
                    isFactor
                            ? "factor must be one entry, " + d + " entries of a diagonal, or " + d
                                    + " rows divided by ';', got " + rows.size() + " row(s) of " + columns
                            : "diffusion must be one entry, " + d + " entries of a diagonal, or " + d + " rows of " + d
                                    + " divided by ';', got " + rows.size() + " row(s) of " + columns,
                    text,
                    placed.get(0).column());
        }
        if (columns == d && isDiagonal(all, d)) {
            List<Tree> diagonal = new ArrayList<>();
            for (int i = 0; i < d; i++) {
                diagonal.add(all.get(i * d + i));
            }
            return new NoiseText(isFactor, Shape.DIAGONAL, d, diagonal, states, parameters);
        }
        NoiseText noise = new NoiseText(isFactor, Shape.ROWS, columns, all, states, parameters);
        if (!isFactor) {
            Symmetry.require(text, placed, states, parameters);
        }
        return noise;
    }

    private static boolean isDiagonal(List<Tree> all, int d) {
        for (int i = 0; i < all.size(); i++) {
            if (i % (d + 1) != 0 && !Tree.isZero(all.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean dependOnOwn(List<Tree> entries, List<String> states) {
        for (int i = 0; i < states.size(); i++) {
            Tree entry = entries.get(entries.size() == 1 ? 0 : i);
            for (String variable : entry.variables()) {
                if (states.contains(variable) && !variable.equals(states.get(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<Tree> divergence(List<Tree> entries, List<String> states) {
        List<Tree> sums = new ArrayList<>();
        int d = states.size();
        for (int i = 0; i < d; i++) {
            Tree sum = Tree.Literal.ZERO;
            for (int j = 0; j < d; j++) {
                sum = Tree.sum(sum, Derivative.of(entries.get(i * d + j), states.get(j)));
            }
            sums.add(sum);
        }
        return sums;
    }

    List<Tree> entries() {
        return entries;
    }

    /** The diffusion for values of the parameters. */
    Diffusion diffusion(double[] parameters) {
        Functions.Bound bound = functions.bind(parameters);
        return functions.dependsOnTime() ? Diffusion.driven(t -> at(bound, t, parameters)) : at(bound, 0.0, parameters);
    }

    private Diffusion at(Functions.Bound bound, double t, double[] parameters) {
        if (functions.level() != Program.Level.STATE) {
            return constant(bound.values(t));
        }
        DifferentiableField field = bound.at(t);
        int d = states.size();
        if (isFactor) {
            return shape == Shape.ROWS
                    ? Diffusion.factor(d, columns, field)
                    : new DiagonalFactor(d, field, shape == Shape.SCALAR, ownOnly);
        }
        return switch (shape) {
            case SCALAR -> {
                Diffusion isotropic = Diffusion.isotropic(d, Potential.of(scalar(field), field::jacobian));
                yield ownOnly && d > 1 ? isotropic.declaring(Noise.DIAGONAL) : isotropic;
            }
            case DIAGONAL -> {
                Diffusion diagonal = Diffusion.diagonal(d, field);
                yield ownOnly ? diagonal.declaring(Noise.DIAGONAL) : diagonal;
            }
            case ROWS ->
                Diffusion.of(
                        MatrixField.of(d, field, divergence.bind(parameters).at(t)));
        };
    }

    private static ScalarField scalar(VectorField field) {
        return new ScalarField() {
            @Override
            public double at(double[] x) {
                double[] value = new double[1];
                field.at(x, value);
                return value[0];
            }

            @Override
            public void atBlock(double[][] x, int paths, double[] out) {
                field.atBlock(x, paths, new double[][] {out});
            }
        };
    }

    private Diffusion constant(double[] values) {
        int d = states.size();
        if (shape == Shape.ROWS) {
            RealMatrix matrix = MatrixUtils.createRealMatrix(d, columns);
            for (int i = 0; i < values.length; i++) {
                matrix.setEntry(i / columns, i % columns, values[i]);
            }
            return isFactor ? Diffusion.constantFactor(matrix) : Diffusion.constant(matrix);
        }
        double[] diagonal = new double[d];
        for (int i = 0; i < d; i++) {
            double value = values[shape == Shape.SCALAR ? 0 : i];
            diagonal[i] = isFactor ? value * value : value;
        }
        return Diffusion.diagonal(diagonal);
    }
}
