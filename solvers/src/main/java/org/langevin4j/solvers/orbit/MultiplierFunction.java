package org.langevin4j.solvers.orbit;

import org.hipparchus.complex.Complex;

/** Functions of the Floquet multipliers that change their sign where a family of periodic orbits bifurcates. */
enum MultiplierFunction {
    /** Π(μ − 1). */
    ONE,
    /** Π(μ + 1). */
    MINUS_ONE,
    /** |μ| − 1 of the complex pair nearest to the unit circle. */
    CIRCLE;

    /** A function that is smaller has no sign. */
    private static final double NO_SIGN = 1e-7;

    /** Largest error of the multiplier along the orbit, beyond which the others have no sign either. */
    private static final double TRUSTED = 1e-3;

    /** A function that is smaller vanishes, and does not jump, where its sign changes. */
    private static final double VANISHES = 1e-3;

    /** Smallest angle of a multiplier, in radians, that is complex for sure. */
    private static final double TURNS = 1e-4;

    /** The sign of the function, 0 where it has none. */
    double sign(PeriodicOrbit orbit) {
        double value = value(orbit);
        return Math.abs(value) > NO_SIGN && orbit.trivialMultiplierError() < TRUSTED ? Math.signum(value) : 0.0;
    }

    boolean vanishes(PeriodicOrbit orbit) {
        return Math.abs(value(orbit)) < VANISHES;
    }

    /** The function, each part relative to 1 + |μ|. */
    double value(PeriodicOrbit orbit) {
        Complex[] multipliers = orbit.multipliers();
        return switch (this) {
            case ONE -> product(multipliers, 1.0);
            case MINUS_ONE -> product(multipliers, -1.0);
            case CIRCLE -> nearestPair(multipliers);
        };
    }

    private static double product(Complex[] multipliers, double at) {
        Complex product = Complex.ONE;
        for (Complex each : multipliers) {
            product = product.multiply(each.subtract(at).divide(1.0 + Eigenvalues.modulus(each)));
        }
        return product.getReal();
    }

    /** 0 without a pair. */
    private static double nearestPair(Complex[] multipliers) {
        double nearest = 0.0;
        double least = Double.POSITIVE_INFINITY;
        for (Complex each : multipliers) {
            double size = Eigenvalues.modulus(each);
            double off = (size - 1.0) / (size + 1.0);
            if (each.getImaginary() > TURNS * size && Math.abs(off) < least) {
                least = Math.abs(off);
                nearest = off;
            }
        }
        return nearest;
    }

    /** What happens where the function vanishes, unless p turns back there. */
    PeriodicOrbitBifurcation.Type type() {
        return switch (this) {
            case ONE -> PeriodicOrbitBifurcation.Type.BRANCH_POINT;
            case MINUS_ONE -> PeriodicOrbitBifurcation.Type.PERIOD_DOUBLING;
            case CIRCLE -> PeriodicOrbitBifurcation.Type.TORUS;
        };
    }
}
