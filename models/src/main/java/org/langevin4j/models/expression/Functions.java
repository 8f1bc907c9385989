package org.langevin4j.models.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;

/** Some functions of the state, the time and parameters; compiled when they are first asked for, for all parameters. */
final class Functions {

    /** A Jacobian of more operations than this comes from differences. */
    private static final int LARGEST_JACOBIAN = 200_000;

    private final List<Expression> outputs;
    private final List<String> states;
    private final List<String> parameters;
    private final boolean isDerivative;
    private final Program program;
    private @Nullable Kernel kernel;
    private @Nullable Functions jacobian;

    Functions(List<Expression> outputs, List<String> states, List<String> parameters) {
        this(outputs, states, parameters, false);
    }

    private Functions(
            List<Expression> outputs, List<String> states, List<String> parameters, boolean isDerivative) {
        this.isDerivative = isDerivative;
        this.outputs = outputs;
        this.states = states;
        this.parameters = parameters;
        this.program = Program.of(outputs, states, parameters);
    }

    private synchronized Kernel kernel() {
        if (kernel == null) {
            kernel = isDerivative ? KernelCompiler.compileAt(program) : KernelCompiler.compile(program);
        }
        return kernel;
    }

    /** On what the functions depend. */
    Program.Level level() {
        return program.level();
    }

    boolean dependsOnTime() {
        return program.dependsOnTime();
    }

    /** ∂ⱼ of function i at i·d + j; without functions where there would be too many operations. */
    private synchronized Functions jacobian() {
        if (jacobian == null) {
            List<Expression> entries = new ArrayList<>();
            long operations = 0;
            for (Expression output : outputs) {
                operations += (long) Tree.order(List.of(output)).size() * states.size();
                if (operations > LARGEST_JACOBIAN) {
                    entries.clear();
                    break;
                }
                for (String state : states) {
                    entries.add(Derivative.of(output, state));
                }
            }
            jacobian = new Functions(entries, states, parameters, true);
        }
        return jacobian;
    }

    Bound bind(double[] values) {
        return new Bound(this, program.uniform(values), values);
    }

    /** The functions with numbers for the parameters. */
    record Bound(Functions functions, double[] uniform, double[] parameters) {

        /** The functions of the state at a time. */
        VectorField at(double t) {
            return new Frozen(
                    functions.kernel(), uniformAt(t), functions.states.size(), functions.outputs.size());
        }

        private double[] uniformAt(double t) {
            if (!functions.dependsOnTime()) {
                return uniform;
            }
            double[] values = uniform.clone();
            functions.program.setTime(values, t);
            return values;
        }

        /** The values of functions that do not depend on the state. */
        double[] values(double t) {
            double[] all = uniformAt(t);
            int[] outputs = functions.program.outputs();
            double[] values = new double[outputs.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = all[functions.program.slot(outputs[i])];
            }
            return values;
        }

        /** The functions and their Jacobian at a time. */
        DifferentiableField differentiableAt(double t) {
            return new TypedField(this, at(t), t);
        }

        /** The functions and their Jacobian; driven where they depend on time. */
        DifferentiableField field() {
            return functions.dependsOnTime()
                    ? DifferentiableField.driven(this::differentiableAt)
                    : differentiableAt(0.0);
        }

        private VectorField jacobianAt(double t, VectorField field) {
            Functions derivatives = functions.jacobian();
            return derivatives.outputs.isEmpty()
                    ? DifferentiableField.byDifferences(field)::jacobian
                    : derivatives.bind(parameters).at(t);
        }
    }

    /** Functions of the state alone. */
    private record Frozen(Kernel kernel, double[] uniform, int states, int values) implements VectorField {

        @Override
        public void at(double[] x, double[] out) {
            kernel.at(uniform, x, out);
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            kernel.atBlock(uniform, x, paths, out);
        }

        @Override
        public void requireShape(int arguments, int components) {
            if (arguments != states || components != values) {
                throw new IllegalArgumentException("field must have " + components + " components of " + arguments
                        + " coordinates, got " + values + " of " + states);
            }
        }
    }

    /** A field at one time whose Jacobian is compiled when it is first asked for. */
    private static final class TypedField implements DifferentiableField {

        private final Bound bound;
        private final VectorField field;
        private final double t;
        private volatile @Nullable VectorField jacobian;

        TypedField(Bound bound, VectorField field, double t) {
            this.bound = bound;
            this.field = field;
            this.t = t;
        }

        @Override
        public void at(double[] x, double[] out) {
            field.at(x, out);
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            field.atBlock(x, paths, out);
        }

        @Override
        public void requireShape(int arguments, int values) {
            field.requireShape(arguments, values);
        }

        @Override
        public void jacobian(double[] x, double[] out) {
            VectorField known = jacobian;
            if (known == null) {
                known = bound.jacobianAt(t, field);
                jacobian = known;
            }
            known.at(x, out);
        }
    }
}
