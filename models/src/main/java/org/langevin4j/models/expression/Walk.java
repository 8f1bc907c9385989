package org.langevin4j.models.expression;

/** Computes a program node by node. */
record Walk(Program program) implements Kernel {

    @Override
    public void at(double[] u, double[] x, double[] out) {
        double[] values = new double[program.size()];
        for (int k = 0; k < values.length; k++) {
            Program.Node node = program.node(k);
            if (program.isUniform(k)) {
                values[k] = u[program.slot(k)];
            } else if (node instanceof Program.Apply apply) {
                values[k] = apply.op().apply(values[apply.a()], apply.b() < 0 ? 0.0 : values[apply.b()]);
            } else if (node instanceof Program.Input input) {
                values[k] = x[input.index()];
            }
        }
        int[] outputs = program.outputs();
        for (int i = 0; i < outputs.length; i++) {
            out[i] = values[outputs[i]];
        }
    }

    @Override
    public void atBlock(double[] u, double[][] x, int paths, double[][] out) {
        double[] state = new double[x.length];
        double[] value = new double[out.length];
        for (int p = 0; p < paths; p++) {
            for (int i = 0; i < state.length; i++) {
                state[i] = x[i][p];
            }
            at(u, state, value);
            for (int i = 0; i < value.length; i++) {
                out[i][p] = value[i];
            }
        }
    }
}
