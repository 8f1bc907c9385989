package org.langevin4j.solvers.sde;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.BrownianPath;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.FactorDerivative;
import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.convergence.PathwiseSolution;

/** Equations with known solutions; β⁻¹ = ½, so that σ = B. */
final class TestEquations {

    static final Temperature UNIT = Temperature.of(0.5);

    private TestEquations() {}

    /** An equation, its start at time 0 and its solution at T. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Problem(String name, Sde sde, double[] start, PathwiseSolution exact) {

        /** The same solution, from the Stratonovich equation whose drift is b − ½ of the noise-induced one. */
        Problem stratonovich() {
            VectorField induced = sde.diffusion().noiseInducedDrift().orElseThrow();
            VectorField drift = (x, out) -> {
                double[] extra = new double[out.length];
                sde.drift().at(x, out);
                induced.at(x, extra);
                for (int i = 0; i < out.length; i++) {
                    out[i] -= 0.5 * extra[i];
                }
            };
            return new Problem(
                    name + ", Stratonovich",
                    new Sde(drift, sde.diffusion(), UNIT, Calculus.STRATONOVICH),
                    start,
                    exact);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static double[] end(BrownianPath path) {
        double[] w = new double[path.components()];
        path.at(0, 1, w);
        return w;
    }

    private static Diffusion scalar(Function<Gradient, Gradient> b) {
        return Diffusion.automaticFactor(1, 1, x -> new Gradient[][] {{b.apply(x[0])}});
    }

    /** dX = μX dt + σX dW, X = X₀ exp((μ − σ²/2)T + σW). */
    static Problem geometric(double mu, double sigma) {
        return new Problem(
                "geometric Brownian motion (scalar)",
                Sde.ito((x, out) -> out[0] = mu * x[0], scalar(x -> x.multiply(sigma)), UNIT),
                new double[] {1.0},
                (path, start, out) -> out[0] =
                        start[0] * Math.exp((mu - 0.5 * sigma * sigma) * path.horizon() + sigma * end(path)[0]));
    }

    /** Kloeden and Platen (1992), eq. (4.4.46): dX = −a² sin X cos³X dt + a cos²X dW, X = arctan(aW + tan X₀). */
    static Problem kloedenPlaten(double a) {
        return new Problem(
                "Kloeden-Platen (4.4.46) (scalar)",
                Sde.ito(
                        (x, out) -> out[0] = -a * a * Math.sin(x[0]) * Math.pow(Math.cos(x[0]), 3),
                        scalar(x -> x.cos().square().multiply(a)),
                        UNIT),
                new double[] {0.5},
                (path, start, out) -> out[0] = Math.atan(a * end(path)[0] + Math.tan(start[0])));
    }

    /**
     * Three coordinates, each its own noise: (4.4.46), geometric Brownian motion, and dX = ½a²X dt + a√(1+X²) dW with
     * X = sinh(aW + arsinh X₀) (f = sinh: ½a²f″ = ½a²f, f′ = √(1+f²)).
     */
    static Problem diagonal() {
        double a = 0.8;
        double mu = 0.4;
        double sigma = 0.6;
        Diffusion diffusion = Diffusion.automaticDiagonal(3, x -> new Gradient[] {
                    x[0].cos().square().multiply(a).square(),
                    x[1].multiply(sigma).square(),
                    x[2].square().add(1.0).multiply(a * a)
                })
                .declaring(Noise.DIAGONAL);
        return new Problem(
                "three coordinates (diagonal)",
                Sde.ito(
                        (x, out) -> {
                            out[0] = -a * a * Math.sin(x[0]) * Math.pow(Math.cos(x[0]), 3);
                            out[1] = mu * x[1];
                            out[2] = 0.5 * a * a * x[2];
                        },
                        diffusion,
                        UNIT),
                new double[] {0.5, 1.0, 0.3},
                (path, start, out) -> {
                    double[] w = end(path);
                    out[0] = Math.atan(a * w[0] + Math.tan(start[0]));
                    out[1] = start[1] * Math.exp((mu - 0.5 * sigma * sigma) * path.horizon() + sigma * w[1]);
                    double y = a * w[2] + Math.log(start[2] + Math.sqrt(start[2] * start[2] + 1.0));
                    out[2] = Math.sinh(y);
                });
    }

    /** αI + βJ with J the matrix of ones: diagonal entries p, others q. */
    private static RealMatrix equalEntries(int d, double p, double q) {
        double[][] m = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                m[i][j] = i == j ? p : q;
            }
        }
        return MatrixUtils.createRealMatrix(m);
    }

    /**
     * Rößler's (2010) linear system with commutative noise, d = 4, m = 10: dX = AX dt + ΣₖBX dWₖ, A = −3/2 on the diagonal
     * and 1/20 elsewhere, B = 1/5 on the diagonal and 1/100 elsewhere. All matrices are αI + βJ and commute, so that
     * by Itô's formula X = exp((A − ½·10·B²)T + BΣWₖ)X₀, and exp acts on the mean and on the rest of X₀ by its two
     * eigenvalues.
     */
    static Problem commutative() {
        int d = 4;
        int m = 10;
        double p = 0.2;
        double q = 0.01;
        Diffusion diffusion = Diffusion.automaticFactor(d, m, x -> {
                    Gradient sum = x[0].add(x[1]).add(x[2]).add(x[3]).multiply(q);
                    Gradient[][] b = new Gradient[d][m];
                    for (int i = 0; i < d; i++) {
                        Gradient row = x[i].multiply(p - q).add(sum);
                        Arrays.fill(b[i], row);
                    }
                    return b;
                })
                .declaring(Noise.COMMUTATIVE);
        double[] a = {-1.5 + 3 * 0.05, -1.5 - 0.05};
        double[] b = {p + 3 * q, p - q};
        return new Problem(
                "Rößler, d = 4, m = 10 (commutative)",
                Sde.ito(LinearField.of(equalEntries(d, -1.5, 0.05)), diffusion, UNIT),
                new double[] {1.0, 0.5, -0.3, 2.0},
                (path, start, out) -> {
                    double w = 0.0;
                    for (double component : end(path)) {
                        w += component;
                    }
                    double mean = 0.0;
                    for (double value : start) {
                        mean += value / d;
                    }
                    double[] growth = new double[2];
                    for (int e = 0; e < 2; e++) {
                        growth[e] = Math.exp((a[e] - 0.5 * m * b[e] * b[e]) * path.horizon() + b[e] * w);
                    }
                    for (int i = 0; i < d; i++) {
                        out[i] = growth[0] * mean + growth[1] * (start[i] - mean);
                    }
                });
    }

    static final RealMatrix A = MatrixUtils.createRealMatrix(new double[][] {{-1.0, 1.0}, {-0.8, -0.6}});
    static final RealMatrix B1 = MatrixUtils.createRealMatrix(new double[][] {{0.0, 0.8}, {0.2, 0.0}});
    static final RealMatrix B2 = MatrixUtils.createRealMatrix(new double[][] {{0.5, 0.0}, {0.0, -0.6}});

    /** dX = AX dt + B₁X dW₁ + B₂X dW₂ with B₁B₂ ≠ B₂B₁. */
    static Sde linear(Calculus calculus) {
        return new Sde(LinearField.of(A), new LinearNoise(B1.getData(), B2.getData()), UNIT, calculus);
    }

    /** B(x) = (b₁x, b₂x) in two dimensions. */
    static Diffusion linearNoise(RealMatrix b1, RealMatrix b2) {
        return new LinearNoise(b1.getData(), b2.getData());
    }

    /** dx = (x − x³ + y/2)dt + σ dW₁ + ½σ dW₂, dy = (sin 2x − y)dt + σ dW₂: additive noise, nothing known in closed form. */
    static Sde additive(double sigma) {
        return Sde.ito(
                (x, out) -> {
                    out[0] = x[0] - x[0] * x[0] * x[0] + 0.5 * x[1];
                    out[1] = Math.sin(2.0 * x[0]) - x[1];
                },
                Diffusion.constantFactor(MatrixUtils.createRealMatrix(
                        new double[][] {{sigma, 0.5 * sigma}, {0.0, sigma}})),
                UNIT);
    }

    /** B(x) = (B₁x, B₂x) in two dimensions, in closed form. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record LinearNoise(double[][] first, double[][] second) implements Diffusion {

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public int noiseDimension() {
            return 2;
        }

        @Override
        public Structure structure() {
            return Structure.FULL;
        }

        @Override
        public boolean isConstant() {
            return false;
        }

        @Override
        public void factorTimes(double[] x, double[] xi, double[] out) {
            for (int i = 0; i < 2; i++) {
                out[i] = (first[i][0] * x[0] + first[i][1] * x[1]) * xi[0]
                        + (second[i][0] * x[0] + second[i][1] * x[1]) * xi[1];
            }
        }

        @Override
        public void times(double[] x, double[] v, double[] out) {
            throw new UnsupportedOperationException("no scheme asks for it");
        }

        @Override
        public void divergence(double[] x, double[] out) {
            throw new UnsupportedOperationException("no scheme asks for it");
        }

        /** (B₁² + B₂²)x. */
        @Override
        public Optional<VectorField> noiseInducedDrift() {
            RealMatrix b1 = MatrixUtils.createRealMatrix(first);
            RealMatrix b2 = MatrixUtils.createRealMatrix(second);
            return Optional.of(LinearField.of(b1.multiply(b1).add(b2.multiply(b2))));
        }

        /** ∂ᵥB = B(v), for B is linear. */
        @Override
        public Optional<FactorDerivative> factorDerivative() {
            return Optional.of((x, v, xi, out) -> factorTimes(v, xi, out));
        }
    }
}
