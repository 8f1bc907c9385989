package org.langevin4j.solvers.sde;

import org.langevin4j.core.block.BlockMath;
import org.langevin4j.core.sde.GeometricBrownianMotion;
import org.langevin4j.core.sde.Sde;

/**
 * Exact sampling of geometric Brownian motion with independent noises, in any α-type reading,
 *
 * <pre>xᵢ ← xᵢ exp((μᵢ + (α − ½)σᵢ²)h + σᵢ√h ξᵢ)</pre>
 *
 * (Kloeden and Platen 1992, section 4.4). Exact path by path: √h ξ is the increment of W.
 *
 * @param stepSize h
 */
public record GeometricBrownianMotionExact(double stepSize) implements Scheme {

    /** Checks the step. */
    public GeometricBrownianMotionExact {
        Scheme.requireStepSize(stepSize);
    }

    @Override
    public GeometricBrownianMotionExact withStepSize(double value) {
        return new GeometricBrownianMotionExact(value);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static GeometricBrownianMotionExact withStep(double stepSize) {
        return new GeometricBrownianMotionExact(stepSize);
    }

    /** Infinite: the path is exact. */
    @Override
    public double strongOrder() {
        return Double.POSITIVE_INFINITY;
    }

    /** Infinite: the law is exact. */
    @Override
    public double weakOrder() {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * Prepares the scheme.
     *
     * @throws IllegalArgumentException if the equation is not one of {@link GeometricBrownianMotion#sde()}
     */
    @Override
    public Stepper stepper(Sde sde) {
        AcceptedEquations.requirePlain("GeometricBrownianMotionExact", sde);
        GeometricBrownianMotion motion = AcceptedEquations.recognised(
                "GeometricBrownianMotionExact",
                GeometricBrownianMotion.recognise(sde),
                "GeometricBrownianMotion",
                "use EulerMaruyama");
        double h = stepSize;
        return new Stepper() {
            @Override
            public int noises() {
                return motion.dimension();
            }

            @Override
            public void step(double t, double[][] x, int paths, double[][] xi) {
                for (int i = 0; i < x.length; i++) {
                    double growth = motion.logarithmicRate(i) * h;
                    double amplitude = motion.volatility(i) * Math.sqrt(h);
                    double[] state = x[i];
                    double[] noise = xi[i];
                    for (int p = 0; p < paths; p++) {
                        state[p] *= BlockMath.exp(growth + amplitude * noise[p]);
                    }
                }
            }
        };
    }
}
