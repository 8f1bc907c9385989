package org.langevin4j.models.analytic;

import java.util.List;
import java.util.Optional;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.model.StationaryMoments;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.FactorDerivative;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * A classical spin in a field: the stochastic Landau–Lifshitz equation, read in Stratonovich's calculus, which keeps |s| = 1.
 *
 * <pre>
 * ds = [−g s × h − a s × (s × h)] dt + √(2β⁻¹a) s ∘× dW,   h = (0, 0, h)
 * D(s) = a(|s|² I − ssᵀ),   B(s)ξ = √a s × ξ,   ρˢˢ ∝ e^(βh s₃) on the sphere
 * E[s₃] = L(βh) = coth βh − 1/(βh),   E[s₁²] = E[s₂²] = L/(βh),   E[s₃²] = 1 − 2L/(βh)
 * </pre>
 *
 * <p>The noise alone is Brownian motion on the sphere, E[s(t)·s(0)] = e^(−2β⁻¹at). Start on the sphere; schemes leave it by their
 * error unless a projection brings the state back. D is singular along s, so that there is no density in space.
 *
 * @param field h, finite
 * @param damping a > 0
 * @param precession g, finite
 */
public record SpinOnSphere(double field, double damping, double precession) implements Model {

    private static final Parameter FIELD =
            Parameter.of("field", 1.0, Range.FINITE, "energy", "h, field along the third axis");
    private static final Parameter DAMPING =
            Parameter.of("damping", 0.5, Range.POSITIVE, "1/(energy·time)", "a, damping");
    private static final Parameter PRECESSION =
            Parameter.of("precession", 1.0, Range.FINITE, "1/(energy·time)", "g, rate of precession in a unit field");

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public SpinOnSphere {
        FIELD.at(field);
        DAMPING.at(damping);
        PRECESSION.at(precession);
    }

    /** The default parameters. */
    public SpinOnSphere() {
        this(FIELD.defaultValue(), DAMPING.defaultValue(), PRECESSION.defaultValue());
    }

    @Override
    public String name() {
        return "spin-on-sphere";
    }

    @Override
    public String description() {
        return "spin with damping and noise, ds = [−g s × h − a s × (s × h)] dt + √(2β⁻¹a) s ∘× dW (Stratonovich), h = h e₃, |s| = 1";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(FIELD.at(field), DAMPING.at(damping), PRECESSION.at(precession));
    }

    @Override
    public SpinOnSphere withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new SpinOnSphere(values[0], values[1], values[2]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("s1", "s2", "s3");
    }

    @Override
    public List<String> sources() {
        return List.of(
                "Brown (1963), Phys. Rev. 130, 1677",
                "García-Palacios and Lázaro (1998), Phys. Rev. B 58, 14937",
                "Langevin (1905), Ann. Chim. Phys. 5, 70");
    }

    /**
     * The equation in the Stratonovich calculus.
     *
     * @param temperature β⁻¹
     * @return the equation
     */
    @Override
    public Sde sde(Temperature temperature) {
        return new Sde(drift(), diffusion(), temperature, Calculus.STRATONOVICH);
    }

    /**
     * The drift of the Stratonovich equation.
     *
     * @return −g s × h − a s × (s × h) with its Jacobian
     */
    public DifferentiableField drift() {
        return new Drift(damping * field, precession * field);
    }

    /**
     * The diffusion matrix.
     *
     * @return a(|s|² I − ssᵀ) with the factor √a s × and its derivatives
     */
    public Diffusion diffusion() {
        return new Noise(damping);
    }

    /** pull = ah, turn = gh: −g s × h = turn (−s₂, s₁, 0), −s × (s × e₃) = (−s₁s₃, −s₂s₃, s₁² + s₂²). */
    private record Drift(double pull, double turn) implements DifferentiableField {

        @Override
        public void at(double[] x, double[] out) {
            out[0] = -turn * x[1] - pull * x[0] * x[2];
            out[1] = turn * x[0] - pull * x[1] * x[2];
            out[2] = pull * (x[0] * x[0] + x[1] * x[1]);
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            block(x[0], x[1], x[2], paths, out[0], out[1], out[2]);
        }

        private void block(
                double[] x0, double[] x1, double[] x2, int paths, double[] out0, double[] out1, double[] out2) {
            for (int p = 0; p < paths; p++) {
                out0[p] = -turn * x1[p] - pull * x0[p] * x2[p];
                out1[p] = turn * x0[p] - pull * x1[p] * x2[p];
                out2[p] = pull * (x0[p] * x0[p] + x1[p] * x1[p]);
            }
        }

        @Override
        public void jacobian(double[] x, double[] out) {
            out[0] = -pull * x[2];
            out[1] = -turn;
            out[2] = -pull * x[0];
            out[3] = turn;
            out[4] = -pull * x[2];
            out[5] = -pull * x[1];
            out[6] = 2.0 * pull * x[0];
            out[7] = 2.0 * pull * x[1];
            out[8] = 0.0;
        }
    }

    private record Noise(double damping) implements Diffusion {

        @Override
        public int dimension() {
            return 3;
        }

        @Override
        public int noiseDimension() {
            return 3;
        }

        @Override
        public Structure structure() {
            return Structure.FULL;
        }

        @Override
        public boolean isConstant() {
            return false;
        }

        private void cross(double factor, double[] a, double[] b, double[] out) {
            double first = factor * (a[1] * b[2] - a[2] * b[1]);
            double second = factor * (a[2] * b[0] - a[0] * b[2]);
            out[2] = factor * (a[0] * b[1] - a[1] * b[0]);
            out[0] = first;
            out[1] = second;
        }

        @Override
        public void factorTimes(double[] x, double[] xi, double[] out) {
            cross(Math.sqrt(damping), x, xi, out);
        }

        @Override
        public void factorTimesBlock(double[][] x, double[][] xi, int paths, double[][] out) {
            component(x[1], x[2], xi[1], xi[2], paths, out[0]);
            component(x[2], x[0], xi[2], xi[0], paths, out[1]);
            component(x[0], x[1], xi[0], xi[1], paths, out[2]);
        }

        private void component(double[] a1, double[] a2, double[] b1, double[] b2, int paths, double[] out) {
            double factor = Math.sqrt(damping);
            for (int p = 0; p < paths; p++) {
                out[p] = factor * (a1[p] * b2[p] - a2[p] * b1[p]);
            }
        }

        @Override
        public void times(double[] x, double[] v, double[] out) {
            double square = x[0] * x[0] + x[1] * x[1] + x[2] * x[2];
            double along = x[0] * v[0] + x[1] * v[1] + x[2] * v[2];
            for (int i = 0; i < 3; i++) {
                out[i] = damping * (square * v[i] - along * x[i]);
            }
        }

        /** −2as, and the columns of the factor do not diverge: the same as the noise-induced drift. */
        @Override
        public void divergence(double[] x, double[] out) {
            for (int i = 0; i < 3; i++) {
                out[i] = -2.0 * damping * x[i];
            }
        }

        @Override
        public Optional<VectorField> noiseInducedDrift() {
            return Optional.of(this::divergence);
        }

        @Override
        public Optional<FactorDerivative> factorDerivative() {
            return Optional.of((x, v, xi, out) -> cross(Math.sqrt(damping), v, xi, out));
        }
    }

    @Override
    public Optional<StationaryMoments> stationaryMoments(Temperature temperature) {
        double x = field / temperature.value();
        double ratio = langevinOver(x);
        double mean = x * ratio;
        return Optional.of(StationaryMoments.uncorrelated(
                new double[] {0.0, 0.0, mean}, ratio, ratio, 1.0 - 2.0 * ratio - mean * mean));
    }

    /** L(x)/x, where L(x) = coth x − 1/x. */
    private static double langevinOver(double x) {
        double square = x * x;
        // The next term of the series is of relative size x⁸/31185.
        return square < 1e-3
                ? 1.0 / 3.0 - square * (1.0 / 45.0 - square * (2.0 / 945.0 - square / 4725.0))
                : (1.0 / Math.tanh(x) - 1.0 / x) / x;
    }

    /** The poles. */
    @Override
    public List<double[]> restingPoints() {
        return List.of(new double[] {0.0, 0.0, 1.0}, new double[] {0.0, 0.0, -1.0});
    }
}
