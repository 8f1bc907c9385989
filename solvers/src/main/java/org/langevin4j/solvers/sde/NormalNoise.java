package org.langevin4j.solvers.sde;

/**
 * Driving noise made from raw standard normals. Lévy areas are those of Mrongowius and Rößler (2022, "On the
 * approximation and simulation of iterated stochastic integrals and the corresponding Lévy areas in terms of a
 * multidimensional Brownian motion"): with the Fourier coefficients xᵣ, yᵣ of the Brownian bridge,
 *
 * <pre>a = (1/2π) Σ_{r≤n} (1/r) [xᵣ(yᵣ − √2ξ)ᵀ − (yᵣ − √2ξ)xᵣᵀ] + √ψ/(√2π)·(ξgᵀ − gξᵀ) + √(2ψ)/(2π)·G,</pre>
 *
 * ψ = Σ_{r>n} 1/r², g standard normal: the tail's part that is linear in ξ is exact in law, the rest is replaced by
 * independent normals G of its variance. The mean-square error of an area is at most m h²/(12π²n²).
 */
final class NormalNoise implements DrivingNoise {

    /** Of a step and path; an area takes as many as 1/√h. */
    private static final int MOST_NORMALS = 1 << 24;

    private final int components;
    private final Detail detail;
    private final int terms;
    private final double tail;
    private double[][] xi = new double[0][0];
    private double[][] areas = new double[0][0];
    private int paths;

    /**
     * The noise of a step.
     *
     * @param components m
     * @param detail what is asked for
     * @param stepSize h; enough terms are taken for an error of h^{3/2}, as a scheme of strong order 1 needs
     */
    NormalNoise(int components, Detail detail, double stepSize) {
        this.components = components;
        this.detail = detail;
        double needed = Math.max(1.0, Math.ceil(Math.sqrt(components / (12.0 * stepSize)) / Math.PI));
        if (detail != Detail.LEVY_AREAS || components == 1) {
            // The series is that of areas alone.
            this.terms = 0;
            this.tail = 0.0;
            return;
        }
        if (!(2.0 * components * (needed + 1.0) + 0.5 * components * components <= MOST_NORMALS)) {
            throw new IllegalArgumentException("stepSize must be larger for the Lévy areas of " + components
                    + " noises, whose series would have " + needed + " terms, got " + stepSize);
        }
        this.terms = (int) needed;
        double rest = Math.PI * Math.PI / 6.0;
        for (int r = 1; r <= terms; r++) {
            rest -= 1.0 / ((double) r * r);
        }
        this.tail = rest;
    }

    /** m. */
    int components() {
        return components;
    }

    /** The number of raw normals of a step. */
    int normals() {
        return switch (detail) {
            case INCREMENTS -> components;
            case TIME_AREAS -> 2 * components;
            case LEVY_AREAS -> components == 1 ? 1 : 2 * components * (terms + 1) + pairs();
        };
    }

    private int pairs() {
        return components * (components - 1) / 2;
    }

    /** The noise of the next step. */
    DrivingNoise from(double[][] normals, int count) {
        xi = normals;
        paths = count;
        return this;
    }

    @Override
    public double[][] increments() {
        return rows(0, components);
    }

    @Override
    public double[][] timeAreas() {
        require(Detail.TIME_AREAS);
        return rows(components, components);
    }

    private double[][] rows(int first, int count) {
        double[][] rows = new double[count][];
        System.arraycopy(xi, first, rows, 0, count);
        return rows;
    }

    private void require(Detail asked) {
        if (detail != asked) {
            throw new IllegalStateException("this noise was made for " + detail + ", not for " + asked);
        }
    }

    @Override
    public double[][] levyAreas() {
        require(Detail.LEVY_AREAS);
        int m = components;
        if (m == 1) {
            return new double[0][0];
        }
        if (areas.length == 0 || areas[0].length < paths) {
            areas = new double[pairs()][paths];
        }
        // Rows after ξ: m of g, then for each r the m of xᵣ and the m of yᵣ, then the pairs of G.
        int g = m;
        int last = 2 * m * (terms + 1);
        double linear = Math.sqrt(tail) / (Math.sqrt(2.0) * Math.PI);
        double rest = Math.sqrt(2.0 * tail) / (2.0 * Math.PI);
        int pair = 0;
        for (int j = 0; j < m; j++) {
            for (int k = j + 1; k < m; k++, pair++) {
                double[] out = areas[pair];
                double[] xj = xi[j];
                double[] xk = xi[k];
                for (int p = 0; p < paths; p++) {
                    out[p] = linear * (xj[p] * xi[g + k][p] - xi[g + j][p] * xk[p]) + rest * xi[last + pair][p];
                }
                for (int r = 1; r <= terms; r++) {
                    int x = 2 * m * r;
                    int y = x + m;
                    addTerm(out, 1.0 / (2.0 * Math.PI * r), xj, xk, xi[x + j], xi[x + k], xi[y + j], xi[y + k]);
                }
            }
        }
        return areas;
    }

    private void addTerm(
            double[] out, double factor, double[] wj, double[] wk, double[] xj, double[] xk, double[] yj, double[] yk) {
        double root = Math.sqrt(2.0);
        for (int p = 0; p < paths; p++) {
            out[p] += factor * (xj[p] * (yk[p] - root * wk[p]) - (yj[p] - root * wj[p]) * xk[p]);
        }
    }
}
