package org.langevin4j.models.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;

/** Some functions of the state, the time and parameters; compiled when they are first asked for, for all parameters. */
final class Functions {

    /** A Jacobian of more operations than this comes from differences. */
    private static final int LARGEST_JACOBIAN = 200_000;

    private final List<Tree> outputs;
    private final List<String> states;
    private final List<String> parameters;
    private final boolean isDerivative;
    private final Program program;

    /** By which one is told from another; what is compiled when it is first asked for is no part of the value. */
    private final String text;

    private transient @Nullable Kernel kernel;
    private transient @Nullable Functions jacobian;

    Functions(List<Tree> outputs, List<String> states, List<String> parameters) {
        this(outputs, states, parameters, false);
    }

    private Functions(List<Tree> outputs, List<String> states, List<String> parameters, boolean isDerivative) {
        this.isDerivative = isDerivative;
        this.outputs = outputs;
        this.states = states;
        this.parameters = parameters;
        this.program = Program.of(outputs, states, parameters);
        this.text = isDerivative ? "" : program.toString();
    }

    /** Compiled code, one for all parameters and times. */
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
            List<Tree> entries = new ArrayList<>();
            long operations = 0;
            for (Tree output : outputs) {
                Set<String> variables = output.variables();
                long own = states.stream().filter(variables::contains).count();
                operations += Tree.order(List.of(output)).size() * own;
                if (operations > LARGEST_JACOBIAN) {
                    entries.clear();
                    break;
                }
                for (String state : states) {
                    entries.add(variables.contains(state) ? Derivative.of(output, state) : Tree.Literal.ZERO);
                }
            }
            jacobian = new Functions(entries, states, parameters, true);
        }
        return jacobian;
    }

    @Override
    public String toString() {
        return text;
    }

    Bound bind(double[] values) {
        return new Bound(this, program.uniform(values), values);
    }

    /** The functions with numbers for the parameters. */
    static final class Bound {

        private final Functions functions;
        private final double[] uniform;
        private final double[] parameters;
        private final String text;

        private Bound(Functions functions, double[] uniform, double[] parameters) {
            this.functions = functions;
            this.uniform = uniform;
            this.parameters = parameters;
            this.text = Arrays.toString(parameters);
        }

        @Override
        public String toString() {
            return text;
        }

        /** The functions and their Jacobian at a time. */
        DifferentiableField at(double t) {
            return new TypedField(this, t);
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

        /** The functions and their Jacobian; driven where they depend on time. */
        DifferentiableField field() {
            return functions.dependsOnTime() ? DifferentiableField.driven(this::at) : at(0.0);
        }

        private VectorField jacobianAt(double t, Kernel kernel, double[] uniform) {
            Functions derivatives = functions.jacobian();
            return derivatives.outputs.isEmpty()
                    ? DifferentiableField.byDifferences((x, out) -> kernel.at(uniform, x, out))::jacobian
                    : derivatives.bind(parameters).at(t);
        }
    }

    /** The functions at one time, whose Jacobian is compiled when it is first asked for. */
    private static final class TypedField implements DifferentiableField {

        private final Bound bound;
        private final double t;
        private final Kernel kernel;
        private final double[] uniform;
        private transient volatile @Nullable VectorField jacobian;

        TypedField(Bound bound, double t) {
            this.bound = bound;
            this.t = t;
            this.kernel = bound.functions.kernel();
            this.uniform = bound.uniformAt(t);
        }

        @Override
        public void at(double[] x, double[] out) {
            kernel.at(uniform, x, out);
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            kernel.atBlock(uniform, x, paths, out);
        }

        @Override
        public void requireShape(int arguments, int values) {
            int states = bound.functions.states.size();
            int outputs = bound.functions.outputs.size();
            if (arguments != states || values != outputs) {
                throw new IllegalArgumentException("field must have " + values + " components of " + arguments
                        + " coordinates, got " + outputs + " of " + states);
            }
        }

        @Override
        public void jacobian(double[] x, double[] out) {
            VectorField known = jacobian;
            if (known == null) {
                known = bound.jacobianAt(t, kernel, uniform);
                jacobian = known;
            }
            known.at(x, out);
        }
    }
}
