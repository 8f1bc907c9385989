package org.langevin4j.examples.cli.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.langevin4j.core.model.DidYouMean;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.sde.ATypeEuler;
import org.langevin4j.solvers.sde.AlphaEuler;
import org.langevin4j.solvers.sde.Baoab;
import org.langevin4j.solvers.sde.CoxIngersollRossExact;
import org.langevin4j.solvers.sde.DriftImplicitEuler;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.FullTruncationEuler;
import org.langevin4j.solvers.sde.GeometricBrownianMotionExact;
import org.langevin4j.solvers.sde.Heun;
import org.langevin4j.solvers.sde.ImplicitWeak2;
import org.langevin4j.solvers.sde.LeimkuhlerMatthews;
import org.langevin4j.solvers.sde.Midpoint;
import org.langevin4j.solvers.sde.Milstein;
import org.langevin4j.solvers.sde.Obabo;
import org.langevin4j.solvers.sde.OrnsteinUhlenbeckExact;
import org.langevin4j.solvers.sde.PlatenWeak2;
import org.langevin4j.solvers.sde.Scheme;
import org.langevin4j.solvers.sde.Sra1;
import org.langevin4j.solvers.sde.Sra3;
import org.langevin4j.solvers.sde.Sri1w1;
import org.langevin4j.solvers.sde.StochasticTheta;
import org.langevin4j.solvers.sde.StratonovichMilstein;
import org.langevin4j.solvers.sde.TamedEuler;

/** The schemes by their names, in the order in which one is chosen where none is named: exact ones, then those made for a structure. */
enum NamedScheme {
    ORNSTEIN_UHLENBECK_EXACT(OrnsteinUhlenbeckExact::withStep),
    GEOMETRIC_BROWNIAN_MOTION_EXACT(GeometricBrownianMotionExact::withStep),
    COX_INGERSOLL_ROSS_EXACT(CoxIngersollRossExact::withStep),
    BAOAB(Baoab::withStep),
    EULER_MARUYAMA(EulerMaruyama::withStep),
    HEUN(Heun::withStep),
    A_TYPE_EULER(ATypeEuler::withStep),
    ALPHA_EULER(AlphaEuler::withStep),
    OBABO(Obabo::withStep),
    LEIMKUHLER_MATTHEWS(LeimkuhlerMatthews::withStep),
    TAMED_EULER(TamedEuler::withStep),
    DRIFT_IMPLICIT_EULER(DriftImplicitEuler::withStep),
    STOCHASTIC_THETA(StochasticTheta::withStep),
    MILSTEIN(Milstein::withStep),
    STRATONOVICH_MILSTEIN(StratonovichMilstein::withStep),
    MIDPOINT(Midpoint::withStep),
    SRA1(Sra1::withStep),
    SRA3(Sra3::withStep),
    SRI1W1(Sri1w1::withStep),
    PLATEN_WEAK2(PlatenWeak2::withStep),
    IMPLICIT_WEAK2(ImplicitWeak2::withStep),
    FULL_TRUNCATION_EULER(FullTruncationEuler::withStep);

    private static final int MOST_LOOKED_AT = 200;

    @SuppressWarnings("ImmutableEnumChecker") // A method without state.
    private final DoubleFunction<Scheme> factory;

    NamedScheme(DoubleFunction<Scheme> factory) {
        this.factory = factory;
    }

    /** For example "euler-maruyama". */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Scheme withStep(double step) {
        return factory.apply(step);
    }

    /** Whether it takes the equation. */
    boolean fits(Sde sde) {
        try {
            withStep(0.01).stepper(sde.withoutJumps());
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    static List<String> fitting(Sde sde) {
        List<String> names = new ArrayList<>();
        for (NamedScheme scheme : values()) {
            if (scheme.fits(sde)) {
                names.add(scheme.text());
            }
        }
        return names;
    }

    /**
     * The first that takes the equation. Where constant noise leaves out some coordinate, as with inertia, Euler and Maruyama's heats
     * the motion by a part of the order of the step over the friction, and one of weak order 2 is taken.
     */
    static NamedScheme forEquation(Sde sde) {
        if (leavesOutSome(sde) && !BAOAB.fits(sde) && !ORNSTEIN_UHLENBECK_EXACT.fits(sde) && SRA1.fits(sde)) {
            return SRA1;
        }
        return Arrays.stream(values())
                .filter(scheme -> scheme.fits(sde))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no scheme takes this equation; a diffusion that knows the derivative of its factor may help"));
    }

    private static boolean leavesOutSome(Sde sde) {
        int d = sde.dimension();
        if (d > MOST_LOOKED_AT
                || !sde.jumps().isEmpty()
                || !sde.diffusion().isConstant()
                || !sde.diffusion().isAutonomous()) {
            return false;
        }
        double[] matrix = new double[d * d];
        sde.diffusion().matrix(new double[d], matrix);
        for (int i = 0; i < d; i++) {
            if (matrix[i * d + i] == 0.0) {
                return true;
            }
        }
        return false;
    }

    static NamedScheme named(String name) {
        List<String> names = Arrays.stream(values()).map(NamedScheme::text).toList();
        return Arrays.stream(values())
                .filter(scheme -> scheme.text().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    String near = DidYouMean.among(names, name);
                    return new IllegalArgumentException("--scheme: no scheme is called '" + name + "'"
                            + (near.isEmpty() ? "; known are " + String.join(", ", names) : near));
                });
    }
}
