package org.langevin4j.models.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Some expressions as one list of operations in which equal parts stand once. What does not depend on the state is
 * <em>uniform</em>: it is computed once for a set of parameters, or once for a time, and handed to the rest as numbers.
 *
 * <p>Powers with a whole number n from −8 to 8 are products from the left, x³ = (x·x)·x and x⁻² = 1/(x·x).
 */
final class Program {

    /** Exponents up to this one are products. */
    static final int LARGEST_PRODUCT = 8;

    /** An operation or what operations begin with. Operands are positions in the list. */
    sealed interface Node permits Literal, Input, Apply {}

    record Literal(double value) implements Node {}

    record Input(Source source, int index) implements Node {}

    /** The second operand of one with a single operand is −1. */
    record Apply(Op op, int a, int b) implements Node {}

    enum Source {
        PARAMETER,
        TIME,
        STATE
    }

    /** On what a node depends at most. */
    enum Level {
        NUMBER,
        PARAMETERS,
        TIME,
        STATE
    }

    private final int states;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Level> levels = new ArrayList<>();
    private final Map<Node, Integer> positions = new HashMap<>();
    private final int[] outputs;

    /** Where the value of a uniform node is kept, in the order of the nodes; −1 for the others. */
    private int[] slots = new int[0];

    /** Whether an output needs a node; of sin(x)^0 nothing is left but 1. */
    private boolean[] live = new boolean[0];

    /** The uniform nodes of each level. */
    private final Map<Level, List<Integer>> uniform = new EnumMap<>(Level.class);

    private Program(int states, int outputs) {
        this.states = states;
        this.outputs = new int[outputs];
    }

    static Program of(List<Tree> outputs, List<String> states, List<String> parameters) {
        Program program = new Program(states.size(), outputs.size());
        Map<String, Node> inputs = new HashMap<>();
        for (int i = 0; i < states.size(); i++) {
            inputs.put(states.get(i), new Input(Source.STATE, i));
        }
        for (int i = 0; i < parameters.size(); i++) {
            inputs.put(parameters.get(i), new Input(Source.PARAMETER, i));
        }
        inputs.put(Names.TIME, new Input(Source.TIME, 0));
        IdentityHashMap<Tree, Integer> known = new IdentityHashMap<>();
        for (Tree e : Tree.order(outputs)) {
            known.put(e, program.position(e, inputs, known));
        }
        for (int i = 0; i < program.outputs.length; i++) {
            program.outputs[i] = position(known, outputs.get(i));
        }
        program.arrange();
        return program;
    }

    /** All operations, in a length that grows as their number. */
    @Override
    public String toString() {
        return nodes + " → " + Arrays.toString(outputs);
    }

    private void arrange() {
        slots = new int[nodes.size()];
        live = new boolean[nodes.size()];
        for (int output : outputs) {
            live[output] = true;
        }
        for (int k = live.length - 1; k >= 0; k--) {
            if (live[k] && nodes.get(k) instanceof Apply apply) {
                live[apply.a()] = true;
                if (apply.b() >= 0) {
                    live[apply.b()] = true;
                }
            }
        }
        int next = 0;
        for (int k = 0; k < slots.length; k++) {
            boolean kept = live[k] && isUniform(k);
            slots[k] = kept ? next++ : -1;
            if (kept) {
                uniform.computeIfAbsent(levels.get(k), level -> new ArrayList<>())
                        .add(k);
            }
        }
    }

    private static int position(IdentityHashMap<Tree, Integer> known, Tree e) {
        Integer position = known.get(e);
        if (position == null) {
            throw new IllegalStateException("operands come before their operation");
        }
        return position;
    }

    private int position(Tree e, Map<String, Node> inputs, IdentityHashMap<Tree, Integer> known) {
        if (e instanceof Tree.Literal literal) {
            return add(new Literal(literal.value()), Level.NUMBER);
        }
        if (e instanceof Tree.Symbol symbol) {
            OptionalDouble constant = Names.constant(symbol.name());
            if (constant.isPresent()) {
                return add(new Literal(constant.getAsDouble()), Level.NUMBER);
            }
            Node input = inputs.get(symbol.name());
            if (!(input instanceof Input given)) {
                throw new IllegalArgumentException("variable must have a value, got none for '" + symbol.name() + "'");
            }
            return add(
                    given,
                    switch (given.source()) {
                        case PARAMETER -> Level.PARAMETERS;
                        case TIME -> Level.TIME;
                        case STATE -> Level.STATE;
                    });
        }
        Tree.Operation operation = (Tree.Operation) e;
        int a = position(known, operation.first());
        if (operation.operands().size() == 1) {
            return apply(operation.op(), a, -1);
        }
        for (int i = 1; i < operation.operands().size(); i++) {
            int b = position(known, operation.operands().get(i));
            a = operation.op() == Op.POW ? power(a, b) : apply(operation.op(), a, b);
        }
        return a;
    }

    private int power(int a, int b) {
        if (!(nodes.get(b) instanceof Literal literal)) {
            return apply(Op.POW, a, b);
        }
        double n = Math.abs(literal.value());
        if (!(n <= LARGEST_PRODUCT && n == Math.rint(n))) {
            return apply(Op.POW, a, b);
        }
        int one = add(new Literal(1.0), Level.NUMBER);
        if (n == 0.0) {
            return one;
        }
        int product = a;
        for (int i = 2; i <= n; i++) {
            product = apply(Op.MULTIPLY, product, a);
        }
        return literal.value() > 0.0 ? product : apply(Op.DIVIDE, one, product);
    }

    private int apply(Op op, int a, int b) {
        if (nodes.get(a) instanceof Literal first) {
            if (b < 0) {
                return add(new Literal(op.apply(first.value(), 0.0)), Level.NUMBER);
            }
            if (nodes.get(b) instanceof Literal second) {
                return add(new Literal(op.apply(first.value(), second.value())), Level.NUMBER);
            }
        }
        Level level = levels.get(a);
        if (b >= 0 && levels.get(b).compareTo(level) > 0) {
            level = levels.get(b);
        }
        boolean exchange = op.commutes() && b < a;
        return add(exchange ? new Apply(op, b, a) : new Apply(op, a, b), level);
    }

    private int add(Node node, Level level) {
        Integer known = positions.putIfAbsent(node, nodes.size());
        if (known != null) {
            return known;
        }
        nodes.add(node);
        levels.add(level);
        return nodes.size() - 1;
    }

    int states() {
        return states;
    }

    int size() {
        return nodes.size();
    }

    Node node(int position) {
        return nodes.get(position);
    }

    /** Whether a node is an operation on the state that must be done for each state. */
    boolean isComputed(int position) {
        return live[position] && !isUniform(position) && nodes.get(position) instanceof Apply;
    }

    boolean isUniform(int position) {
        return levels.get(position) != Level.STATE;
    }

    int[] outputs() {
        return outputs.clone();
    }

    /** On what the outputs depend. */
    Level level() {
        Level level = Level.NUMBER;
        for (int output : outputs) {
            level = levels.get(output).compareTo(level) > 0 ? levels.get(output) : level;
        }
        return level;
    }

    boolean dependsOnTime() {
        return uniform.containsKey(Level.TIME);
    }

    /** Where the value of a uniform node is kept. */
    int slot(int position) {
        return slots[position];
    }

    /** The uniform values that do not depend on time, with room for the others. */
    double[] uniform(double[] parameters) {
        double[] values =
                new double[uniform.values().stream().mapToInt(List::size).sum()];
        compute(Level.NUMBER, values, parameters, 0.0);
        compute(Level.PARAMETERS, values, parameters, 0.0);
        return values;
    }

    /** Completes uniform values, in place, for a time. */
    void setTime(double[] values, double t) {
        compute(Level.TIME, values, new double[0], t);
    }

    private void compute(Level level, double[] values, double[] parameters, double t) {
        for (int k : uniform.getOrDefault(level, List.of())) {
            Node node = nodes.get(k);
            if (node instanceof Apply apply) {
                double b = apply.b() < 0 ? 0.0 : values[slots[apply.b()]];
                values[slots[k]] = apply.op().apply(values[slots[apply.a()]], b);
            } else if (node instanceof Input input) {
                values[slots[k]] = input.source() == Source.TIME ? t : parameters[input.index()];
            } else if (node instanceof Literal literal) {
                values[slots[k]] = literal.value();
            }
        }
    }

    /** The value of one expression. */
    static double value(Tree e, Map<String, Double> values) {
        List<String> names = new ArrayList<>();
        for (String name : e.variables()) {
            if (values.containsKey(name) && !name.equals(Names.TIME)) {
                names.add(name);
            }
        }
        Program program = of(List.of(e), List.of(), names);
        Double t = values.get(Names.TIME);
        if (t == null && program.dependsOnTime()) {
            throw new IllegalArgumentException("variable must have a value, got none for '" + Names.TIME + "'");
        }
        double[] parameters = names.stream().mapToDouble(values::get).toArray();
        double[] all = program.uniform(parameters);
        program.setTime(all, t == null ? 0.0 : t);
        return all[program.slots[program.outputs[0]]];
    }
}
